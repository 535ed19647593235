/* SPDX-License-Identifier: ISC */
/*
 * A connection made step by step, for drivers that leave that to user space, as mac80211 does:
 * AUTHENTICATE, then ASSOCIATE, with all the links of an AP MLD.
 *
 * What the kernel does not tell has to be known here (net/mac80211/mlme.c): it forgets an
 * authentication after 100 ms; an association without one leaves the interface so that it refuses
 * every further one; it compares neither link id nor MLD address with what the AP sends.
 */
#include <errno.h>
#include <string.h>

#include "../iw-mlo.h"

#define ANSWER_MS   2000 /* of the kernel's own tries, the longest */
#define MORE_MS	    100	 /* for the event that tells why, after one that does not */
#define SETTLE_MS   200	 /* for the links to come up after the connection */
#define MAC_HEADER  24
#define STATUS_AT   (MAC_HEADER + 4) /* of an Authentication frame: after algorithm, sequence */
#define REFUSED_BSS "the kernel does not have this BSS any more (scan again)"

/* ---- events ---- */

struct step {
	struct sme *sme;
	uint8_t cmd; /* the event that ends it */
	bool over, lost, malformed, dropped;
	bool has_auth_status;
	uint16_t auth_status;
	struct event event; /* its frame is gone */
};

static bool is_peer(const struct step *s, const struct event *e)
{
	return e->has_addr && !memcmp(e->addr, s->sme->peer, ADDR_LEN);
}

/* A refusal may be told by the loss of the station alone. */
static bool on_event(void *arg, uint8_t cmd, const struct attrs *a)
{
	struct step *s = arg;
	struct event e;

	if (!cmd)
		return s->lost = true;
	if (cmd != s->cmd && cmd != NL80211_CMD_ASSOCIATE && cmd != NL80211_CMD_DEL_STATION)
		return false;
	if (!decode_event(cmd, a, s->sme->ctx->dialect, &e))
		return s->malformed = true;
	if (!e.has_ifindex || e.ifindex != s->sme->iface->ifindex)
		return false;
	if (cmd == NL80211_CMD_DEL_STATION)
		return s->dropped = is_peer(s, &e);
	if (cmd != s->cmd && !e.timed_out)
		return false;
	s->event = e;
	s->has_auth_status = e.frame.len >= STATUS_AT + 2;
	if (s->has_auth_status)
		s->auth_status = le16(e.frame.p + STATUS_AT);
	return s->over = true;
}

static int64_t earlier(int64_t a, int64_t b)
{
	return a && a < b ? a : b;
}

static enum status wait_step(struct step *s)
{
	struct ctx *ctx = s->sme->ctx;
	int64_t deadline = earlier(ctx->deadline_ms, now_ms() + ANSWER_MS);
	enum status st = ST_OK;

	while (st == ST_OK && !s->over && !s->lost && !s->malformed && !ctx->interrupted) {
		bool dropped = s->dropped;

		st = listen_until(ctx, deadline, on_event, s);
		if (s->dropped && !dropped)
			deadline = earlier(deadline, now_ms() + MORE_MS);
	}
	if (ctx->interrupted)
		return fail(ctx, ST_UNMET, "interrupted (%s)", strsignal(ctx->interrupted));
	if (s->lost)
		return fail(ctx, ST_PARTIAL, "events were lost: what came of it is not known");
	if (s->malformed)
		return fail(ctx, ST_SYSTEM, "the kernel's event is malformed (-d shows it)");
	if (st == ST_UNMET && s->dropped)
		return fail(ctx, ST_REFUSED,
			    "the kernel gave the AP up without telling why: its answer was not "
			    "usable, or came too late");
	if (st == ST_UNMET)
		return fail(ctx, ST_UNMET, "nothing came of it in time");
	return st;
}

static enum status refused_by_ap(struct ctx *ctx, const char *what, uint16_t status)
{
	const char *words = status_words(status);

	return fail(ctx, ST_REFUSED, "%s refused by the AP: status %u%s%s%s", what, status,
		    words ? " (" : "", words ? words : "", words ? ")" : "");
}

/* ---- authentication ---- */

static void req_bss(struct req *rq, const struct bss *b)
{
	req_mac(rq, NL80211_ATTR_MAC, b->bssid);
	req_u32(rq, NL80211_ATTR_WIPHY_FREQ, b->freq);
}

static enum status send_authenticate(const struct sme *sme, bool mlo)
{
	struct ctx *ctx = sme->ctx;
	struct req rq;

	req_change(ctx, &rq, NL80211_CMD_AUTHENTICATE);
	req_target(ctx, &rq);
	req_bss(&rq, sme->links[0]->bss);
	req_bytes(&rq, NL80211_ATTR_SSID, sme->ssid.p, sme->ssid.len);
	req_u32(&rq, NL80211_ATTR_AUTH_TYPE, NL80211_AUTHTYPE_OPEN_SYSTEM);
	if (mlo) {
		req_u8(&rq, NL80211_ATTR_MLO_LINK_ID, sme->links[0]->ml.link_id);
		req_mac(&rq, NL80211_ATTR_MLD_ADDR, sme->peer);
	}
	return dispatch(ctx, &rq, NULL);
}

static enum status judge_authentication(const struct step *s)
{
	struct ctx *ctx = s->sme->ctx;

	if (s->event.timed_out)
		return fail(ctx, ST_REFUSED, "the AP did not answer the authentication");
	if (!s->has_auth_status)
		return fail(ctx, ST_SYSTEM, "the kernel's event is malformed (-d shows it)");
	if (s->auth_status)
		return refused_by_ap(ctx, "the authentication was", s->auth_status);
	return ST_OK;
}

static enum status authenticate(struct sme *sme, bool mlo)
{
	struct step s = { .sme = sme, .cmd = NL80211_CMD_AUTHENTICATE };
	enum status st = send_authenticate(sme, mlo);

	if (st == ST_REFUSED && sme->ctx->refusal.err == ENOENT)
		return refused(sme->ctx, REFUSED_BSS);
	if (st != ST_OK || sme->ctx->opt.dry_run)
		return st;
	st = wait_step(&s);
	return st == ST_OK ? judge_authentication(&s) : st;
}

/* A failed association may have left links behind, which only an authentication without links
 * clears away. */
static enum status unjam(struct sme *sme)
{
	struct ctx *ctx = sme->ctx;
	char why[sizeof(ctx->error)];
	struct refusal r = ctx->refusal;
	enum status st;

	snprintf(why, sizeof(why), "%s", ctx->error);
	st = authenticate(sme, false);
	snprintf(ctx->error, sizeof(ctx->error), "%s", why);
	ctx->refusal = r;
	return st;
}

static enum status authenticate_anew(struct sme *sme)
{
	enum status st = authenticate(sme, sme->mlo);

	if (st != ST_REFUSED || !sme->mlo || sme->ctx->refusal.err != EINVAL || sme->unjammed)
		return st;
	sme->unjammed = true;
	return unjam(sme) == ST_OK ? authenticate(sme, true) : st;
}

/* ---- association ---- */

void req_links(struct req *rq, const struct bss_view *const *links, int n)
{
	size_t nest = req_nest(rq, NL80211_ATTR_MLO_LINKS);

	for (int k = 0; k < n; k++) {
		size_t link = req_nest(rq, (uint16_t)(k + 1));

		req_u8(rq, NL80211_ATTR_MLO_LINK_ID, links[k]->ml.link_id);
		req_bss(rq, links[k]->bss);
		req_nest_end(rq, link);
	}
	req_nest_end(rq, nest);
}

static enum status send_associate(const struct sme *sme)
{
	struct ctx *ctx = sme->ctx;
	struct req rq;

	req_change(ctx, &rq, NL80211_CMD_ASSOCIATE);
	req_target(ctx, &rq);
	req_bytes(&rq, NL80211_ATTR_SSID, sme->ssid.p, sme->ssid.len);
	if (sme->mlo) {
		req_u8(&rq, NL80211_ATTR_MLO_LINK_ID, sme->links[0]->ml.link_id);
		req_mac(&rq, NL80211_ATTR_MLD_ADDR, sme->peer);
		req_links(&rq, sme->links, sme->n_links);
	} else {
		req_bss(&rq, sme->links[0]->bss);
	}
	return dispatch(ctx, &rq, NULL);
}

static enum status associate(struct sme *sme, struct event *e)
{
	struct ctx *ctx = sme->ctx;
	struct step s = { .sme = sme, .cmd = NL80211_CMD_CONNECT };
	enum status st = send_associate(sme);

	if (st == ST_REFUSED) {
		if (ctx->refusal.err == ENOENT)
			refused(ctx, REFUSED_BSS);
		unjam(sme);
		return st;
	}
	if (st != ST_OK || ctx->opt.dry_run)
		return st;
	st = wait_step(&s);
	if (st != ST_OK)
		return st;
	if (s.event.timed_out)
		return fail(ctx, ST_REFUSED,
			    "the AP did not answer the association, or not usably");
	if (!s.event.has_status)
		return fail(ctx, ST_SYSTEM, "the kernel's event has no status");
	if (s.event.status)
		return refused_by_ap(ctx, "the association was", s.event.status);
	*e = s.event;
	return ST_OK;
}

/* ---- the whole ---- */

/* Ends what may be there of it. That there is nothing is no error. */
static enum status give_up(struct sme *sme, enum status st)
{
	struct ctx *ctx = sme->ctx;
	char why[sizeof(ctx->error)];
	struct req rq;

	snprintf(why, sizeof(why), "%s", ctx->error);
	req_change(ctx, &rq, NL80211_CMD_DISCONNECT);
	req_target(ctx, &rq);
	dispatch(ctx, &rq, NULL);
	snprintf(ctx->error, sizeof(ctx->error), "%s", why);
	return st;
}

static bool all_have_channels(const struct iface *i, const struct event *e)
{
	for (int n = 0; n < e->n_links; n++) {
		const struct mlo_link *l = iface_link(i, e->links[n].id);

		if (e->links[n].status == 0 && (!l || !l->chan.has_freq))
			return false;
	}
	return true;
}

/* Links come up one after the other, without an event; those that stay inactive are no error. */
static void let_links_settle(struct ctx *ctx, const struct event *e)
{
	int64_t deadline = now_ms() + SETTLE_MS;
	struct iface i = { 0 };

	while (now_ms() < deadline && query_iface(ctx, &i) == ST_OK && !all_have_channels(&i, e))
		wait_any(NULL, 0, now_ms() + 5);
}

enum status sme_connect(struct sme *sme, struct event *e)
{
	struct ctx *ctx = sme->ctx;
	enum status st;

	memcpy(sme->peer, sme->mlo ? sme->links[0]->ml.mld_addr : sme->links[0]->bss->bssid,
	       ADDR_LEN);
	st = authenticate_anew(sme);
	if (st == ST_OK)
		st = associate(sme, e);
	if (ctx->opt.dry_run)
		return st;
	if (st != ST_OK)
		return give_up(sme, st);
	let_links_settle(ctx, e);
	return ST_OK;
}
