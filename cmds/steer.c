/* SPDX-License-Identifier: ISC */
/*
 * What a connected station asks of its AP MLD: other links, a TID-to-link mapping, EPCS.
 *
 * The kernel answers as soon as the request is sent. What the AP says comes later, by an event, or
 * not at all; where an AP refuses what was done already, or is silent, the kernel ends the
 * connection (net/mac80211/mlme.c).
 */
#include <errno.h>
#include <string.h>

#include "../iw-mlo.h"

#define REASON_INACTIVITY 4 /* what the kernel gives when it is its own decision */

static enum status find_ap(struct steering *s)
{
	struct ctx *ctx = s->ctx;
	enum status st = query_bss(ctx, &s->bsses);

	if (st == ST_OK && !fold_bsses(&s->bsses, &s->aps))
		return fail(ctx, ST_SYSTEM, "out of memory");
	/* the AP that we are connected to is the first */
	if (st == ST_OK && s->aps.n && s->aps.v[0].is_mld && s->aps.v[0].rank == RANK_OURS)
		s->ap = &s->aps.v[0];
	return st;
}

static void forget_ap(struct steering *s)
{
	free_ap_list(&s->aps);
	free_bss_list(&s->bsses);
	s->ap = NULL;
}

enum status steer_find_ap_again(struct steering *s)
{
	forget_ap(s);
	return find_ap(s);
}

static enum status guard_connected(struct steering *s)
{
	char type[IFTYPE_TEXT];
	bool connected = false;
	enum status st = ST_OK;

	if (!iface_is_client(&s->iface))
		return fail(s->ctx, ST_REFUSED,
			    "the interface is of type %s, and only a station has an AP to ask",
			    iftype_name(type, s->iface.type, s->ctx->dialect));
	if (s->iface.n_links)
		return ST_OK;
	st = query_associated(s->ctx, &connected);
	if (st != ST_OK)
		return st;
	return fail(s->ctx, ST_REFUSED,
		    connected ? "the connection has no links: it is not one of an MLD"
			      : "not connected");
}

enum status steer_open(struct steering *s, const char *since)
{
	struct ctx *ctx = s->ctx;
	enum status st = open_iface(ctx, &s->iface);

	if (st == ST_OK && !family_has(&ctx->family, s->cmd))
		st = fail(ctx, ST_REFUSED,
			  "this kernel cannot do it: its nl80211 lacks %s, which Linux has since "
			  "%s",
			  command_name(s->cmd), since);
	if (st == ST_OK)
		st = guard_connected(s);
	if (st == ST_OK)
		st = settle_dialect(ctx);
	if (st == ST_OK)
		st = listen_open(ctx, 1u << GROUP_MLME | 1u << GROUP_SCAN);
	if (st == ST_OK)
		st = listen_signals(ctx);
	return st == ST_OK ? find_ap(s) : st;
}

void steer_close(struct steering *s)
{
	forget_ap(s);
}

/* ---- waiting ---- */

static bool is_about_us(const struct steering *s, const struct event *e)
{
	return e->has_ifindex && e->ifindex == s->iface.ifindex;
}

/* That EPCS changed, the kernel tells without saying of which interface. */
static bool is_awaited(const struct steering *s, const struct event *e)
{
	if (e->cmd != s->cmd)
		return false;
	if (e->cmd == NL80211_CMD_EPCS_CFG)
		return e->epcs == s->epcs;
	return is_about_us(s, e) && e->frame.len;
}

static bool on_event(void *arg, uint8_t cmd, const struct attrs *a)
{
	struct steering *s = arg;
	struct event e;

	if (!cmd)
		return s->lost = true;
	if (cmd != s->cmd && cmd != NL80211_CMD_DISCONNECT)
		return false;
	if (!decode_event(cmd, a, s->ctx->dialect, &e) || e.bad_frame)
		return s->malformed = true;
	s->told = is_awaited(s, &e);
	s->ended = cmd == NL80211_CMD_DISCONNECT && is_about_us(s, &e);
	if (s->told || s->ended)
		s->event = e;
	return s->told || s->ended;
}

static enum status judge_end(struct steering *s, const char *why)
{
	const struct event *e = &s->event;
	const char *words = e->has_reason ? reason_words(e->reason) : NULL;

	if (!e->by_ap && e->has_reason && e->reason == REASON_INACTIVITY)
		return fail(s->ctx, ST_REFUSED, "%s, and so the kernel ended the connection", why);
	if (!e->has_reason)
		return fail(s->ctx, ST_REFUSED, "the connection ended meanwhile");
	return fail(s->ctx, ST_REFUSED, "%s meanwhile: reason %u%s%s%s",
		    e->by_ap ? "the AP ended the connection" : "the connection ended", e->reason,
		    words ? " (" : "", words ? words : "", words ? ")" : "");
}

enum status steer_wait(struct steering *s, uint32_t ms, const char *why)
{
	struct ctx *ctx = s->ctx;
	int64_t until = now_ms() + ms;
	bool sooner = ctx->deadline_ms && ctx->deadline_ms < until;
	enum status st = ST_OK;

	while (st == ST_OK && !s->told && !s->ended && !s->lost && !s->malformed &&
	       !ctx->interrupted)
		st = listen_until(ctx, sooner ? ctx->deadline_ms : until, on_event, s);
	if (s->told)
		return ST_OK;
	if (s->ended)
		return judge_end(s, why);
	if (s->lost)
		return fail(ctx, ST_PARTIAL, "events were lost: what came of it is not known");
	if (s->malformed)
		return fail(ctx, ST_SYSTEM, "the kernel's event is malformed (-d shows it)");
	if (ctx->interrupted)
		return fail(ctx, ST_UNMET, "interrupted (%s): what comes of it is not known",
			    strsignal(ctx->interrupted));
	if (st == ST_UNMET && sooner)
		return fail(ctx, ST_UNMET, "what comes of it is not known within %u.%03u s",
			    ctx->opt.timeout_ms / 1000, ctx->opt.timeout_ms % 1000);
	return st == ST_UNMET ? ST_OK : st;
}
