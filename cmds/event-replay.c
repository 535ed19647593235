/* SPDX-License-Identifier: ISC */
/* event read: what happened, from a recording: of this program's, or of tcpdump's from nlmon. */
#include <stdlib.h>
#include <string.h>
#include <linux/genetlink.h>
#include <netlink/msg.h>

#include "event.h"

#define TWIN_US 1000 /* copies of one event are no further apart */

static struct attrs payload(const struct nlmsghdr *nlh)
{
	return (struct attrs){ nlmsg_attrdata(nlh, GENL_HDRLEN), nlmsg_attrlen(nlh, GENL_HDRLEN) };
}

/* Of generic netlink itself: which id nl80211 has, and what the kernel speaks. */
static void learn(struct watch *w, const struct nlmsghdr *nlh)
{
	const struct genlmsghdr *genl = nlmsg_data(nlh);
	struct attrs list = payload(nlh);
	struct family f = { 0 };
	char name[NAME_LEN_MAX] = "";
	const struct nlattr *a;
	int rem;

	for_each_attr(a, &list, rem)
		if (attr_type(a) == CTRL_ATTR_FAMILY_NAME)
			attr_name(a, name);
	if (genl->cmd == CTRL_CMD_NEWFAMILY && !strcmp(name, NL80211_GENL_NAME) &&
	    decode_family(&list, &f)) {
		w->ctx->family = f;
		w->is_marked |= !w->is_begun;
	} else if (genl->cmd == CTRL_CMD_GETPOLICY && decode_policy(&list, &w->ctx->policy)) {
		w->ctx->has_policy = true;
	}
	if (w->ctx->family.id)
		w->ctx->dialect =
			judge_dialect(&w->ctx->family, w->ctx->has_policy ? &w->ctx->policy : NULL);
}

/* Nothing else of generic netlink has an event with these three. */
static bool looks_like_nl80211(const struct nlmsghdr *nlh)
{
	struct attrs list = payload(nlh);
	bool wiphy = false, ifindex = false, wdev = false;
	const struct nlattr *a;
	uint64_t u64;
	uint32_t u32;
	int rem;

	for_each_attr(a, &list, rem) {
		wiphy |= attr_type(a) == NL80211_ATTR_WIPHY && attr_u32(a, &u32) && u32 < 1000;
		ifindex |= attr_type(a) == NL80211_ATTR_IFINDEX && attr_u32(a, &u32);
		wdev |= attr_type(a) == NL80211_ATTR_WDEV && attr_u64(a, &u64);
	}
	return rem <= 0 && wiphy && ifindex && wdev;
}

static bool is_nl80211(struct watch *w, const struct nlmsghdr *nlh)
{
	struct ctx *ctx = w->ctx;

	if (ctx->family.id || w->guessed)
		return nlh->nlmsg_type == (ctx->family.id ? ctx->family.id : w->guessed);
	if (nlh->nlmsg_type == GENL_ID_CTRL)
		return false;
	if (!looks_like_nl80211(nlh)) {
		w->skipped++;
		return false;
	}
	w->guessed = nlh->nlmsg_type;
	ctx->dialect = DIALECT_LINKS;
	fprintf(stderr,
		"iw-mlo: event: the recording does not tell the id of nl80211: taken to be 0x%x\n",
		w->guessed);
	return true;
}

/* nlmon has an event once for every socket that got it. */
static bool is_twin(struct watch *w, const struct nlmsghdr *nlh)
{
	size_t len = nlh->nlmsg_len;
	bool same = !w->is_marked && len == w->twin_len && w->now_us - w->twin_us <= TWIN_US &&
		    !memcmp(w->twin, nlh, len);

	if (len > w->twin_size) {
		free(w->twin);
		w->twin = malloc(len);
		w->twin_size = w->twin ? len : 0;
	}
	w->twin_len = w->twin ? len : 0;
	if (w->twin)
		memcpy(w->twin, nlh, len);
	w->twin_us = w->now_us;
	return same;
}

/* Answers tell what interfaces there are; requests, and what others were told, nothing here. */
static void take_answer(struct watch *w, uint8_t cmd, const struct attrs *list)
{
	struct event e;

	if ((cmd == NL80211_CMD_NEW_INTERFACE || cmd == NL80211_CMD_NEW_WIPHY) &&
	    decode_event(cmd, list, w->ctx->dialect, &e))
		known_apply(&w->known, &e);
}

static void take_message(struct watch *w, const struct nlmsghdr *nlh)
{
	const struct genlmsghdr *genl = nlmsg_data(nlh);
	struct attrs list;

	if (nlh->nlmsg_type == NLMSG_OVERRUN) {
		print_gap(w);
		w->ctx->events_lost = true;
	}
	if (nlh->nlmsg_flags & NLM_F_REQUEST)
		w->is_begun = true;
	if (nlh->nlmsg_type < NLMSG_MIN_TYPE || nlmsg_datalen(nlh) < (int)GENL_HDRLEN ||
	    nlh->nlmsg_flags & NLM_F_REQUEST)
		return;
	list = payload(nlh);
	if (nlh->nlmsg_type == GENL_ID_CTRL)
		learn(w, nlh);
	w->is_begun = true;
	if (!is_nl80211(w, nlh))
		return;
	if (nlh->nlmsg_seq || nlh->nlmsg_pid)
		take_answer(w, genl->cmd, &list);
	else if (!is_twin(w, nlh))
		take_event(w, genl->cmd, &list);
}

/* Lengths below 64 KiB are none in the other byte order. */
static bool is_whole(const struct nlmsghdr *nlh, size_t len)
{
	return len >= sizeof(*nlh) && nlh->nlmsg_len >= sizeof(*nlh) && nlh->nlmsg_len <= len;
}

static void take_datagram(struct watch *w, unsigned char *p, size_t len)
{
	while (len >= sizeof(struct nlmsghdr) && !w->over) {
		struct nlmsghdr *nlh = (struct nlmsghdr *)p;
		size_t step;

		if (!is_whole(nlh, len) && (!swap_message(nlh, len) || !is_whole(nlh, len))) {
			w->capture.cut = true;
			return;
		}
		take_message(w, nlh);
		step = NLMSG_ALIGN(nlh->nlmsg_len);
		p += step;
		len -= step < len ? step : len;
	}
}

/* Who reads slowly is waited for. */
static void wait_for_room(struct watch *w)
{
	while (outlet_is_full(&w->out) && !w->over && !w->ctx->interrupted)
		listen_once(w->ctx, -1, 0);
}

static enum status judge_recording(struct watch *w)
{
	struct ctx *ctx = w->ctx;

	if (w->over || ctx->interrupted)
		return ST_OK;
	if (w->capture.err)
		return fail(ctx, ST_PARTIAL, "cannot read \"%s\" to its end: %s", w->capture.path,
			    strerror(w->capture.err));
	if (w->capture.cut)
		return fail(ctx, ST_PARTIAL,
			    "the recording has packets that are not whole, or ends in one");
	if (!ctx->family.id && !w->guessed && w->skipped)
		return fail(ctx, ST_PARTIAL,
			    "the recording does not tell which of its messages are of nl80211");
	return ST_OK;
}

static enum status play(struct watch *w)
{
	struct ctx *ctx = w->ctx;
	unsigned char *p = NULL;
	size_t len;
	enum status st = capture_open(ctx, &w->capture, ctx->args.values[EVENT_READ]);

	if (st != ST_OK || ctx->opt.dry_run)
		return st;
	st = open_output(w);
	while (st == ST_OK && !w->over && !ctx->interrupted &&
	       (p = capture_next(&w->capture, &len))) {
		w->now_us = w->capture.time_us;
		take_datagram(w, p, len);
		let_flow(w);
		wait_for_room(w);
	}
	return st == ST_OK ? judge_recording(w) : st;
}

enum status run_replay(struct watch *w)
{
	struct ctx *ctx = w->ctx;
	enum status st = listen_signals(ctx);

	w->replay = true;
	if (ctx->opt.timeout_ms)
		ctx->deadline_ms = now_ms() + ctx->opt.timeout_ms;
	if (st == ST_OK)
		st = play(w);
	st = finish_event(w, st);
	capture_close(ctx, &w->capture);
	return st;
}
