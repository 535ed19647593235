/* SPDX-License-Identifier: ISC */
/*
 * The bare program of the benchmark: sends what iw-mlo sends, the straightforward way of libnl, and
 * throws the answers away. What a program around libnl costs at the least.
 *
 * usage: floor [dev DEV] [phy N] REQUEST...
 *	  floor [dev DEV] [phy N] [listen GROUP] ... REQUEST...
 *   dev, phy and listen hold for what comes after them; after a "listen" the program waits for
 *   events when all requests are answered, until it is killed.
 */
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <linux/genetlink.h>
#include <netlink/netlink.h>
#include <netlink/genl/ctrl.h>
#include <netlink/genl/genl.h>

#include "../../nl80211.h"

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

struct floor {
	struct nl_sock *sock, *events;
	int family;
	uint32_t ifindex, wiphy;
	int has_wiphy;
};

enum value { NOTHING, FLAG, U8, U32, TEXT, MAC };
enum about { TARGET, EVERYTHING, POLICY };

/* What iw-mlo adds that has a value in any case, or takes the one after the '='. */
static const struct request {
	const char *word;
	uint8_t cmd;
	uint16_t flags;
	uint16_t attr; /* 0: none */
	enum value value;
	enum about about; /* POLICY: a family's, of the controller's */
} requests[] = {
	{ "interface", NL80211_CMD_GET_INTERFACE, 0, 0, NOTHING, TARGET },
	{ "interfaces", NL80211_CMD_GET_INTERFACE, NLM_F_DUMP, 0, NOTHING, EVERYTHING },
	{ "wiphy", NL80211_CMD_GET_WIPHY, 0, 0, NOTHING, TARGET },
	{ "wiphys", NL80211_CMD_GET_WIPHY, NLM_F_DUMP, 0, NOTHING, EVERYTHING },
	{ "wiphys-split", NL80211_CMD_GET_WIPHY, NLM_F_DUMP, NL80211_ATTR_SPLIT_WIPHY_DUMP, FLAG,
	  0 },
	{ "bss", NL80211_CMD_GET_SCAN, NLM_F_DUMP, NL80211_ATTR_BSS_DUMP_INCLUDE_USE_DATA, FLAG,
	  0 },
	{ "stations", NL80211_CMD_GET_STATION, NLM_F_DUMP, NL80211_ATTR_STA_DUMP_LINK_STATS, FLAG,
	  0 },
	{ "station", NL80211_CMD_GET_STATION, 0, NL80211_ATTR_MAC, MAC, TARGET },
	{ "surveys", NL80211_CMD_GET_SURVEY, NLM_F_DUMP, 0, NOTHING, TARGET },
	{ "regs", NL80211_CMD_GET_REG, NLM_F_DUMP, 0, NOTHING, EVERYTHING },
	{ "csme", NL80211_CMD_VENDOR, 0, NL80211_ATTR_VENDOR_SUBCMD, U32, TARGET },
	{ "set-type", NL80211_CMD_SET_INTERFACE, NLM_F_ACK, NL80211_ATTR_IFTYPE, U32, TARGET },
	{ "add-link", NL80211_CMD_ADD_LINK, NLM_F_ACK, NL80211_ATTR_MLO_LINK_ID, U8, TARGET },
	{ "del-link", NL80211_CMD_REMOVE_LINK, NLM_F_ACK, NL80211_ATTR_MLO_LINK_ID, U8, TARGET },
	{ "new", NL80211_CMD_NEW_INTERFACE, 0, NL80211_ATTR_IFNAME, TEXT, TARGET },
	{ "del", NL80211_CMD_DEL_INTERFACE, NLM_F_ACK, 0, NOTHING, TARGET },
	{ "policy", CTRL_CMD_GETPOLICY, NLM_F_DUMP, CTRL_ATTR_FAMILY_NAME, TEXT, POLICY },
};

static int discard(struct nl_msg *msg, void *arg)
{
	(void)msg;
	(void)arg;
	return NL_SKIP;
}

/* One answer is the end of what was no dump, and asked for no acknowledgement. */
static int take(struct nl_msg *msg, void *arg)
{
	if (!(nlmsg_hdr(msg)->nlmsg_flags & NLM_F_MULTI))
		*(int *)arg = 0;
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

static int receive(struct nl_sock *sock, int one)
{
	struct nl_cb *cb = nl_cb_alloc(NL_CB_DEFAULT);
	int left = 1;

	if (!cb)
		return -1;
	nl_cb_set(cb, NL_CB_VALID, NL_CB_CUSTOM, one ? take : discard, &left);
	nl_cb_set(cb, NL_CB_FINISH, NL_CB_CUSTOM, finish, &left);
	nl_cb_set(cb, NL_CB_ACK, NL_CB_CUSTOM, finish, &left);
	nl_cb_err(cb, NL_CB_CUSTOM, note_error, &left);
	while (left > 0)
		if (nl_recvmsgs(sock, cb) < 0)
			left = -1;
	nl_cb_put(cb);
	return left;
}

static int put_mac(struct nl_msg *msg, uint16_t attr, const char *text)
{
	uint8_t mac[6];

	if (sscanf(text, "%hhx:%hhx:%hhx:%hhx:%hhx:%hhx", mac, mac + 1, mac + 2, mac + 3, mac + 4,
		   mac + 5) != 6)
		return -1;
	return nla_put(msg, attr, sizeof(mac), mac);
}

static int put_value(struct nl_msg *msg, const struct request *r, const char *value)
{
	switch (r->value) {
	case FLAG:
		return nla_put_flag(msg, r->attr);
	case U8:
		return nla_put_u8(msg, r->attr, (uint8_t)atoi(value));
	case U32:
		return nla_put_u32(msg, r->attr, (uint32_t)atoi(value));
	case TEXT:
		return nla_put_string(msg, r->attr, value);
	case MAC:
		return put_mac(msg, r->attr, value);
	case NOTHING:
		break;
	}
	return 0;
}

/* What some cannot do without. */
static int put_more(struct nl_msg *msg, uint8_t cmd, enum about about)
{
	if (about == POLICY)
		return nla_put_u32(msg, CTRL_ATTR_OP, NL80211_CMD_SET_INTERFACE);
	if (cmd == NL80211_CMD_ADD_LINK)
		return put_mac(msg, NL80211_ATTR_MAC, "02:00:00:00:0a:02");
	if (cmd == NL80211_CMD_NEW_INTERFACE)
		return nla_put_u32(msg, NL80211_ATTR_IFTYPE, NL80211_IFTYPE_STATION);
	if (cmd == NL80211_CMD_VENDOR)
		return nla_put_u32(msg, NL80211_ATTR_VENDOR_ID, 0x1735);
	return 0;
}

static int put_target(const struct floor *f, struct nl_msg *msg)
{
	if (f->has_wiphy)
		return nla_put_u32(msg, NL80211_ATTR_WIPHY, f->wiphy);
	return f->ifindex ? nla_put_u32(msg, NL80211_ATTR_IFINDEX, f->ifindex) : 0;
}

static int ask(struct floor *f, const struct request *r, const char *value)
{
	int family = r->about == POLICY ? GENL_ID_CTRL : f->family, err = -1;
	struct nl_msg *msg = nlmsg_alloc();

	if (!msg)
		return -1;
	if (genlmsg_put(msg, 0, 0, family, 0, r->flags, r->cmd, 0) &&
	    (r->about != TARGET || !put_target(f, msg)) && !put_value(msg, r, value) &&
	    !put_more(msg, r->cmd, r->about) && nl_send_auto(f->sock, msg) >= 0)
		err = receive(f->sock, !r->flags);
	nlmsg_free(msg);
	return err;
}

static int ask_word(struct floor *f, const char *word)
{
	size_t len = strcspn(word, "=");

	for (size_t i = 0; i < ARRAY_SIZE(requests); i++)
		if (strlen(requests[i].word) == len && !strncmp(requests[i].word, word, len))
			return ask(f, &requests[i], word + len + !!word[len]);
	return -1;
}

static int listen_to(struct floor *f, const char *group)
{
	int id = genl_ctrl_resolve_grp(f->sock, NL80211_GENL_NAME, group);

	if (!f->events) {
		f->events = nl_socket_alloc();
		if (!f->events || genl_connect(f->events))
			return -1;
		nl_socket_disable_msg_peek(f->events);
		nl_socket_disable_seq_check(f->events);
		nl_socket_modify_cb(f->events, NL_CB_VALID, NL_CB_CUSTOM, discard, NULL);
	}
	return id < 0 ? id : nl_socket_add_membership(f->events, id);
}

static int set(struct floor *f, const char *what, const char *value)
{
	if (!strcmp(what, "dev")) {
		f->has_wiphy = 0;
		return (f->ifindex = if_nametoindex(value)) ? 0 : -1;
	}
	if (!strcmp(what, "listen"))
		return listen_to(f, value);
	f->has_wiphy = 1;
	f->wiphy = (uint32_t)atoi(value);
	return 0;
}

static int run(struct floor *f, char **word)
{
	int err = 0;

	for (; *word && !err; word++)
		if (!strcmp(*word, "dev") || !strcmp(*word, "phy") || !strcmp(*word, "listen")) {
			err = word[1] ? set(f, word[0], word[1]) : -1;
			word++;
		} else {
			err = ask_word(f, *word);
			if (err)
				fprintf(stderr, "floor: %s: %d\n", *word, err);
		}
	while (!err && f->events)
		nl_recvmsgs_default(f->events);
	return err;
}

int main(int argc, char **argv)
{
	struct floor f = { 0 };
	int err = -1;

	if (argc < 2) {
		puts("floor");
		return 0;
	}
	f.sock = nl_socket_alloc();
	if (!f.sock)
		return 3;
	/* libnl reads every answer twice otherwise, which no floor should */
	nl_socket_disable_msg_peek(f.sock);
	nl_socket_disable_auto_ack(f.sock);
	if (!genl_connect(f.sock)) {
		f.family = genl_ctrl_resolve(f.sock, NL80211_GENL_NAME);
		if (f.family > 0)
			err = run(&f, argv + 1);
	}
	nl_socket_free(f.sock);
	return err ? 3 : 0;
}
