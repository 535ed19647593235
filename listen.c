/* SPDX-License-Identifier: ISC */
/* Events, as the kernel multicasts them, on a socket of their own: answers and events would race on
 * one. */
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <linux/genetlink.h>
#include <netlink/handlers.h>
#include <netlink/msg.h>
#include <netlink/netlink.h>
#include <netlink/socket.h>

#include "iw-mlo.h"

struct listener {
	struct ctx *ctx;
	listen_fn *fn;
	void *arg;
	bool done;
};

enum status listen_open(struct ctx *ctx, unsigned int groups)
{
	uint32_t ids[GROUPS];
	size_t n = 0;

	for (unsigned int g = 0; g < GROUPS; g++)
		if (groups >> g & 1 && ctx->family.groups[g])
			ids[n++] = ctx->family.groups[g];
	return transport_listen(ctx, ids, n);
}

static int on_event(struct nl_msg *msg, void *arg)
{
	struct listener *l = arg;
	const struct nlmsghdr *nlh = nlmsg_hdr(msg);
	const struct sockaddr_nl *from = nlmsg_get_src(msg);
	const struct genlmsghdr *genl = nlmsg_data(nlh);
	struct attrs list;

	if ((from && from->nl_pid) || l->done || nlh->nlmsg_type != l->ctx->family.id ||
	    nlmsg_datalen(nlh) < (int)GENL_HDRLEN)
		return NL_SKIP;
	if (l->ctx->opt.debug) {
		fputs("* ", stderr);
		text_message(stderr, nlh);
		putc('\n', stderr);
	}
	list = (struct attrs){ nlmsg_attrdata(nlh, GENL_HDRLEN), nlmsg_attrlen(nlh, GENL_HDRLEN) };
	l->done = l->fn(l->arg, genl->cmd, &list);
	return NL_SKIP;
}

static enum status receive_events(struct listener *l, struct nl_cb *cb)
{
	errno = 0;
	if (nl_recvmsgs(l->ctx->events, cb) >= 0)
		return ST_OK;
	if (errno != ENOBUFS)
		return fail(l->ctx, ST_SYSTEM, "cannot receive events: %s", strerror(errno));
	l->done = l->fn(l->arg, 0, &(struct attrs){ 0 });
	return ST_OK;
}

enum status listen_until(struct ctx *ctx, int64_t deadline, listen_fn *fn, void *arg)
{
	struct listener l = { .ctx = ctx, .fn = fn, .arg = arg };
	struct nl_cb *cb = nl_socket_get_cb(ctx->events);
	enum status st = ST_OK;

	nl_cb_set(cb, NL_CB_MSG_IN, NL_CB_CUSTOM, on_event, &l);
	while (st == ST_OK && !l.done) {
		if (wait_readable(ctx->events_fd, deadline))
			st = receive_events(&l, cb);
		else
			st = ST_UNMET;
	}
	nl_cb_put(cb);
	return st;
}
