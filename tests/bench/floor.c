/* SPDX-License-Identifier: ISC */
/*
 * The bare program of the benchmark: asks the kernel what iw-mlo asks, the straightforward way of
 * libnl, and throws the answers away. What a program around libnl costs at the least.
 *
 * usage: floor version | dev | link DEV | info DEV | phy
 */
#include <net/if.h>
#include <stdio.h>
#include <string.h>
#include <netlink/netlink.h>
#include <netlink/genl/ctrl.h>
#include <netlink/genl/genl.h>

#include "../../nl80211.h"

struct floor {
	struct nl_sock *sock;
	int family;
	unsigned int ifindex;
};

static int discard(struct nl_msg *msg, void *arg)
{
	(void)msg;
	(void)arg;
	return NL_SKIP;
}

static int finish(struct nl_msg *msg, void *arg)
{
	(void)msg;
	*(int *)arg = 0;
	return NL_STOP;
}

static int note_error(struct sockaddr_nl *from, struct nlmsgerr *e, void *arg)
{
	(void)from;
	*(int *)arg = e->error;
	return NL_STOP;
}

static int receive(struct nl_sock *sock)
{
	struct nl_cb *cb = nl_cb_alloc(NL_CB_DEFAULT);
	int left = 1;

	if (!cb)
		return -1;
	nl_cb_set(cb, NL_CB_VALID, NL_CB_CUSTOM, discard, NULL);
	nl_cb_set(cb, NL_CB_FINISH, NL_CB_CUSTOM, finish, &left);
	nl_cb_set(cb, NL_CB_ACK, NL_CB_CUSTOM, finish, &left);
	nl_cb_err(cb, NL_CB_CUSTOM, note_error, &left);
	while (left > 0)
		if (nl_recvmsgs(sock, cb) < 0)
			left = -1;
	nl_cb_put(cb);
	return left;
}

/* flag: an attribute without a value; 0: none */
static int ask(struct floor *f, uint8_t cmd, int flags, int flag)
{
	struct nl_msg *msg = nlmsg_alloc();
	int err = -1;

	if (!msg)
		return -1;
	if (genlmsg_put(msg, 0, 0, f->family, 0, flags, cmd, 0) &&
	    (!f->ifindex || !nla_put_u32(msg, NL80211_ATTR_IFINDEX, f->ifindex)) &&
	    (!flag || !nla_put_flag(msg, flag)) && nl_send_auto(f->sock, msg) >= 0)
		err = receive(f->sock);
	nlmsg_free(msg);
	return err;
}

static int ask_question(struct floor *f, const char *question)
{
	int err;

	if (!strcmp(question, "phy"))
		return ask(f, NL80211_CMD_GET_WIPHY, NLM_F_DUMP, NL80211_ATTR_SPLIT_WIPHY_DUMP);
	if (!strcmp(question, "dev")) {
		err = ask(f, NL80211_CMD_GET_WIPHY, NLM_F_DUMP, 0);
		return err ? err : ask(f, NL80211_CMD_GET_INTERFACE, NLM_F_DUMP, 0);
	}
	err = ask(f, NL80211_CMD_GET_INTERFACE, 0, 0);
	if (err || strcmp(question, "link") != 0)
		return err;
	return ask(f, NL80211_CMD_GET_SCAN, NLM_F_DUMP, NL80211_ATTR_BSS_DUMP_INCLUDE_USE_DATA);
}

int main(int argc, char **argv)
{
	struct floor f = { 0 };
	int err = -1;

	if (argc < 2)
		return 1;
	if (!strcmp(argv[1], "version")) {
		puts("floor");
		return 0;
	}
	if (argc > 2 && !(f.ifindex = if_nametoindex(argv[2])))
		return 2;
	f.sock = nl_socket_alloc();
	if (!f.sock)
		return 3;
	/* libnl reads every answer twice otherwise, which no floor should */
	nl_socket_disable_msg_peek(f.sock);
	if (!genl_connect(f.sock)) {
		f.family = genl_ctrl_resolve(f.sock, NL80211_GENL_NAME);
		if (f.family > 0)
			err = ask_question(&f, argv[1]);
	}
	nl_socket_free(f.sock);
	return err ? 3 : 0;
}
