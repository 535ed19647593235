/* SPDX-License-Identifier: ISC */
/* dev DEV connect, disconnect: connections to open networks, made by the driver, with what came of
 * it. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "../iw-mlo.h"

enum { CONNECT_SSID, CONNECT_LINK, CONNECT_FREQ, CONNECT_BSSID, CONNECT_FORCE };

/* What the kernel itself allows an attempt is about as much. */
#define PATIENCE_MS 15000

/* The event that is waited for. */
struct outcome {
	struct ctx *ctx;
	uint32_t ifindex;
	uint8_t cmd;
	bool lost, malformed;
	struct event event;
};

static bool is_outcome(void *arg, uint8_t cmd, const struct attrs *a)
{
	struct outcome *o = arg;

	if (!cmd)
		return o->lost = true;
	if (cmd != o->cmd)
		return false;
	o->malformed = !decode_event(cmd, a, o->ctx->dialect, &o->event);
	if (o->event.has_ifindex && o->event.ifindex != o->ifindex)
		return o->malformed = false; /* another's, whole or not */
	return o->malformed || o->event.has_ifindex;
}

static enum status wait_outcome(struct ctx *ctx, struct outcome *o)
{
	uint32_t patience = ctx->opt.timeout_ms ? ctx->opt.timeout_ms : PATIENCE_MS;
	enum status st = listen_until(
		ctx, ctx->deadline_ms ? ctx->deadline_ms : now_ms() + patience, is_outcome, o);

	if (st == ST_UNMET)
		return fail(ctx, ST_UNMET, "nothing came of it within %u.%03u s", patience / 1000,
			    patience % 1000);
	if (st == ST_OK && o->lost)
		return fail(ctx, ST_PARTIAL, "events were lost: what came of it is not known");
	if (st == ST_OK && o->malformed)
		return fail(ctx, ST_SYSTEM, "the kernel's event is malformed (-d shows it)");
	return st;
}

/* The station, and whether it is connected. */
static enum status open_station(struct ctx *ctx, struct iface *i, bool *connected)
{
	char type[IFTYPE_TEXT];
	enum status st = open_iface(ctx, i);

	if (st != ST_OK)
		return st;
	if (!i->has_ifindex)
		return fail(ctx, ST_REFUSED,
			    "an interface without a netdev does not connect by itself");
	if (!iface_is_client(i))
		return fail(ctx, ST_REFUSED,
			    "the interface is of type %s, and only a station connects",
			    iftype_name(type, i->type, ctx->dialect));
	return query_associated(ctx, connected);
}

static void text_outcome(const struct text *t, const struct ctx *ctx, const void *model)
{
	text_event(t, ctx, model);
}

static void json_outcome(struct json *j, const struct ctx *ctx, const void *model)
{
	json_event(j, ctx, model);
}

static const struct view outcome_view = { text_outcome, json_outcome };

static enum status send_disconnect(struct ctx *ctx)
{
	struct req rq;

	req_change(ctx, &rq, NL80211_CMD_DISCONNECT);
	req_target(ctx, &rq);
	return dispatch(ctx, &rq, NULL);
}

/* ---- connect, by the driver ---- */

static enum status send_connect(struct ctx *ctx, bool mlo)
{
	struct req rq;

	req_change(ctx, &rq, NL80211_CMD_CONNECT);
	req_target(ctx, &rq);
	req_bytes(&rq, NL80211_ATTR_SSID, ctx->args.ssids[0].bytes, ctx->args.ssids[0].len);
	req_u32(&rq, NL80211_ATTR_AUTH_TYPE, NL80211_AUTHTYPE_OPEN_SYSTEM);
	/* a driver that is not told that we understand links makes none */
	if (mlo)
		req_flag(&rq, NL80211_ATTR_MLO_SUPPORT);
	return dispatch(ctx, &rq, NULL);
}

static enum status judge_connect(struct ctx *ctx, const struct event *e)
{
	const char *words = status_words(e->status);

	if (e->timed_out)
		return fail(ctx, ST_REFUSED, "no AP answered");
	if (!e->has_status)
		return fail(ctx, ST_SYSTEM, "the kernel's event has no status");
	if (e->status)
		return fail(ctx, ST_REFUSED, "refused by the AP: status %u%s%s%s", e->status,
			    words ? " (" : "", words ? words : "", words ? ")" : "");
	return ST_OK;
}

/* An attempt that is given up must not go on behind our back. */
static enum status give_up(struct ctx *ctx, enum status st)
{
	char why[sizeof(ctx->error)];

	snprintf(why, sizeof(why), "%s", ctx->error);
	send_disconnect(ctx);
	snprintf(ctx->error, sizeof(ctx->error), "%s", why);
	return st;
}

static enum status by_driver(struct ctx *ctx, const struct iface *i, const struct wiphy *w,
			     struct event *e)
{
	struct outcome o = { .ctx = ctx, .ifindex = i->ifindex, .cmd = NL80211_CMD_CONNECT };
	enum status st;

	if (is_given(&ctx->args, CONNECT_LINK) || is_given(&ctx->args, CONNECT_FREQ) ||
	    is_given(&ctx->args, CONNECT_BSSID))
		return fail(ctx, ST_REFUSED,
			    "the driver of this phy chooses the AP and its links by "
			    "itself");
	st = send_connect(ctx, w->mlo && ctx->dialect == DIALECT_LINKS);
	if (st == ST_REFUSED && ctx->refusal.err == EALREADY)
		return refused(ctx, "an attempt is under way already");
	if (st != ST_OK || ctx->opt.dry_run)
		return st;
	st = wait_outcome(ctx, &o);
	if (st != ST_OK)
		return give_up(ctx, st);
	*e = o.event;
	return judge_connect(ctx, e);
}

/* ---- connect, step by step ---- */

static uint64_t boottime_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_BOOTTIME, &t);
	return (uint64_t)t.tv_sec * 1000000000 + (uint64_t)t.tv_nsec;
}

/* What was heard before may have moved since: its elements and its channel would not go together.
 */
static void forget_older(struct bss_list *l, uint64_t than_ns)
{
	size_t kept = 0;

	for (size_t n = 0; n < l->n; n++)
		if (!l->v[n].has_boottime || l->v[n].boottime_ns >= than_ns)
			l->v[kept++] = l->v[n];
	l->n = kept;
}

static bool has_ssid(const struct ap *ap, const struct ssid *ssid)
{
	for (size_t n = 0; n < ap->n_links; n++) {
		const struct bss_view *v = ap->links[n].heard;

		if (v && v->ssid.len == ssid->len && !memcmp(v->ssid.p, ssid->bytes, ssid->len))
			return true;
	}
	return false;
}

static bool has_bssid(const struct ap *ap, const uint8_t *bssid)
{
	if (ap->is_mld && !memcmp(ap->mld_addr, bssid, ADDR_LEN))
		return true;
	for (size_t n = 0; n < ap->n_links; n++)
		if (ap->links[n].heard && !memcmp(ap->links[n].heard->bss->bssid, bssid, ADDR_LEN))
			return true;
	return false;
}

static enum status choose_ap(struct ctx *ctx, const struct ap_list *aps, const struct ap **chosen)
{
	const struct args *a = &ctx->args;
	int n = 0;

	for (size_t i = 0; i < aps->n; i++) {
		const struct ap *ap = &aps->v[i];

		if (!has_ssid(ap, &a->ssids[0]) ||
		    (is_given(a, CONNECT_BSSID) && !has_bssid(ap, a->mac)))
			continue;
		*chosen = ap;
		n++;
	}
	if (!n)
		return fail(ctx, ST_REFUSED, "no AP with this SSID%s was heard",
			    is_given(a, CONNECT_BSSID) ? " and BSSID" : "");
	if (n > 1)
		return fail(ctx, ST_REFUSED,
			    "%d APs have this SSID: choose one by \"bssid BSSID\" (\"bss\" lists "
			    "them)",
			    n);
	return ST_OK;
}

static bool usable_as(const struct bss *b, uint32_t use)
{
	return !b->has_use_for || b->use_for & use;
}

/* The ids that can be asked for: "0, 1". */
static const char *heard_ids(char buf[64], const struct ap *ap)
{
	size_t used = 0;

	*buf = '\0';
	for (size_t n = 0; n < ap->n_links && used < 56; n++)
		if (ap->links[n].heard && ap->links[n].id != LINK_ID_NONE)
			used += (size_t)snprintf(buf + used, 64 - used, "%s%u", used ? ", " : "",
						 ap->links[n].id);
	return buf;
}

enum status choose_link(struct ctx *ctx, const struct ap *ap, uint8_t id,
			const struct bss_view **found)
{
	char ids[64];

	*found = NULL;
	for (size_t n = 0; n < ap->n_links; n++) {
		const struct ap_link *l = &ap->links[n];

		if (l->id != id || !l->heard)
			continue;
		if (*found)
			return fail(
				ctx, ST_REFUSED,
				"two BSSes say that they are link %u of the AP: \"bss\" shows them",
				id);
		*found = l->heard;
	}
	if (!*found)
		return fail(ctx, ST_REFUSED, "link %u of the AP was not heard: it has %s", id,
			    heard_ids(ids, ap));
	if (!usable_as((*found)->bss, NL80211_BSS_USE_FOR_MLD_LINK))
		return fail(ctx, ST_REFUSED,
			    "the kernel cannot use link %u of the AP (\"bss\" "
			    "tells why)",
			    id);
	return ST_OK;
}

static enum status add_link(struct sme *sme, const struct ap *ap, uint8_t id)
{
	return choose_link(sme->ctx, ap, id, &sme->links[sme->n_links++]);
}

static void strongest_first(struct sme *sme)
{
	for (int n = 1; n < sme->n_links; n++) {
		const struct bss_view *first = sme->links[0], *v = sme->links[n];

		if (!usable_as(v->bss, NL80211_BSS_USE_FOR_NORMAL) || !v->bss->has_signal ||
		    (usable_as(first->bss, NL80211_BSS_USE_FOR_NORMAL) && first->bss->has_signal &&
		     first->bss->signal >= v->bss->signal))
			continue;
		sme->links[0] = v;
		sme->links[n] = first;
	}
}

/* Those that are asked for, or else all that were heard and can be used. */
static enum status choose_links(struct sme *sme, const struct ap *ap)
{
	const struct args *a = &sme->ctx->args;
	enum status st = ST_OK;

	for (int n = 0; n < a->n_link_ids && st == ST_OK; n++)
		st = add_link(sme, ap, a->link_ids[n]);
	for (size_t n = 0; !a->n_link_ids && n < ap->n_links && st == ST_OK; n++) {
		const struct ap_link *l = &ap->links[n];

		if (l->heard && l->id != LINK_ID_NONE &&
		    usable_as(l->heard->bss, NL80211_BSS_USE_FOR_MLD_LINK))
			st = add_link(sme, ap, l->id);
	}
	if (st == ST_OK && !sme->n_links)
		return fail(sme->ctx, ST_REFUSED, "the kernel cannot use any link of the AP");
	if (!a->n_link_ids)
		strongest_first(sme);
	return st;
}

static const struct bss_view *first_heard(const struct ap *ap)
{
	for (size_t n = 0; n < ap->n_links; n++)
		if (ap->links[n].heard)
			return ap->links[n].heard;
	return NULL;
}

static enum status plan(struct sme *sme, const struct ap *ap, const struct wiphy *w)
{
	struct ctx *ctx = sme->ctx;
	const struct bss_view *any = first_heard(ap);
	const char *closed = bss_is_closed(any->bss);

	if (closed)
		return fail(ctx, ST_REFUSED,
			    "the network is not open (%s): wpa_supplicant connects to such",
			    closed);
	sme->mlo = ap->is_mld && w->mlo && ctx->dialect == DIALECT_LINKS;
	if (sme->mlo)
		return choose_links(sme, ap);
	if (ctx->args.n_link_ids)
		return fail(ctx, ST_REFUSED,
			    ap->is_mld ? "the driver of this phy does not support MLO"
				       : "the AP is no MLD: it has no links");
	sme->links[0] = any;
	sme->n_links = 1;
	return ST_OK;
}

static bool is_asked_for(const struct args *a, uint32_t freq)
{
	for (int n = 0; n < a->n_freqs; n++)
		if (a->freqs[n] == freq)
			return true;
	return !a->n_freqs;
}

enum status hear_links(struct ctx *ctx, const struct iface *i, const struct ap *ap, uint16_t links,
		       bool *scanned)
{
	struct args *a = &ctx->args, asked = *a;
	enum status st = ST_OK;

	a->n_freqs = 0;
	for (size_t n = 0; n < ap->n_links && a->n_freqs < FREQS_MAX; n++) {
		const struct ap_link *l = &ap->links[n];

		if (!l->heard && !l->disabled && l->freq && l->id < LINKS_MAX &&
		    links >> l->id & 1 && is_asked_for(&asked, l->freq))
			a->freqs[a->n_freqs++] = l->freq;
	}
	*scanned = a->n_freqs;
	if (*scanned)
		st = scan(ctx, i, true, false);
	*a = asked;
	return st;
}

/* What is in the table since the scan, and the AP in it. */
struct heard {
	uint64_t began_ns;
	struct bss_list bsses;
	struct ap_list aps;
	const struct ap *ap;
};

static void forget(struct heard *h)
{
	free_ap_list(&h->aps);
	free_bss_list(&h->bsses);
}

static enum status look(struct ctx *ctx, struct heard *h)
{
	enum status st = query_bss(ctx, &h->bsses);

	if (st != ST_OK)
		return st;
	if (!ctx->opt.dry_run)
		forget_older(&h->bsses, h->began_ns);
	if (!fold_bsses(&h->bsses, &h->aps))
		return fail(ctx, ST_SYSTEM, "out of memory");
	return choose_ap(ctx, &h->aps, &h->ap);
}

static enum status find_ap(struct ctx *ctx, const struct iface *i, struct heard *h)
{
	bool again = false;
	enum status st;

	h->began_ns = boottime_ns();
	st = scan(ctx, i, false, false);
	if (st == ST_OK)
		st = look(ctx, h);
	if (st == ST_OK)
		st = hear_links(ctx, i, h->ap,
				is_given(&ctx->args, CONNECT_LINK)
					? ctx->args.links_of[CONNECT_LINK]
					: UINT16_MAX,
				&again);
	if (st != ST_OK || !again)
		return st;
	forget(h);
	return look(ctx, h);
}

static enum status by_steps(struct ctx *ctx, const struct iface *i, const struct wiphy *w,
			    struct event *e)
{
	struct sme sme = { .ctx = ctx, .iface = i };
	struct heard h = { 0 };
	enum status st = find_ap(ctx, i, &h);

	sme.ssid = (struct bytes){ ctx->args.ssids[0].bytes, ctx->args.ssids[0].len };
	if (st == ST_OK)
		st = plan(&sme, h.ap, w);
	if (st == ST_OK)
		st = sme_connect(&sme, e);
	forget(&h);
	return st;
}

/* ---- connect ---- */

/* Two that manage one interface undo each other's work. */
static enum status guard_managed(struct ctx *ctx, const struct iface *i)
{
	struct manager m;

	if (is_given(&ctx->args, CONNECT_FORCE) || !find_manager(i, &m))
		return ST_OK;
	return fail(ctx, ST_REFUSED,
		    "%s manages this interface (%s is there): --force connects all the same",
		    m.network_manager ? "NetworkManager" : "wpa_supplicant", m.evidence);
}

static enum status run_connect(struct ctx *ctx)
{
	struct iface i = { 0 };
	struct wiphy w = { 0 };
	struct event e;
	bool connected = false;
	enum status st = open_station(ctx, &i, &connected);

	if (st == ST_OK && connected)
		st = fail(ctx, ST_REFUSED, "connected already (\"disconnect\" first)");
	if (st == ST_OK)
		st = guard_managed(ctx, &i);
	if (st == ST_OK)
		st = settle_dialect(ctx);
	if (st == ST_OK)
		st = query_wiphy_full(ctx, i.wiphy, &w);
	if (st == ST_OK)
		st = listen_open(ctx, 1u << GROUP_MLME | 1u << GROUP_SCAN);
	if (st == ST_OK)
		st = listen_signals(ctx);
	if (st == ST_OK)
		st = w.associates ? by_steps(ctx, &i, &w, &e) : by_driver(ctx, &i, &w, &e);
	if (st == ST_OK)
		show(ctx, &outcome_view, &e);
	return st;
}

static const struct param connect_params[] = {
	[CONNECT_SSID] = { .kind = PARAM_SSID, .name = "SSID" },
	[CONNECT_LINK] = { .kind = PARAM_LINK_ID,
			   .name = "ID",
			   .keyword = "link",
			   .optional = true,
			   .many = true },
	[CONNECT_FREQ] = { .kind = PARAM_FREQ,
			   .name = "MHZ",
			   .keyword = "freq",
			   .optional = true,
			   .many = true },
	[CONNECT_BSSID] = { .kind = PARAM_MAC,
			    .name = "BSSID",
			    .keyword = "bssid",
			    .optional = true },
	[CONNECT_FORCE] = { .kind = PARAM_FLAG,
			    .name = "--force",
			    .keyword = "--force",
			    .optional = true },
	{ 0 },
};

const struct cmd cmd_connect = {
	.name = "connect",
	.objects = ON_DEV | ON_WDEV,
	.params = connect_params,
	.help = "Connect a station to an open network, with several links, and show them.",
	.run = run_connect,
};

/* ---- disconnect ---- */

static enum status run_disconnect(struct ctx *ctx)
{
	struct outcome o = { .ctx = ctx, .cmd = NL80211_CMD_DISCONNECT };
	struct iface i = { 0 };
	bool connected = false;
	enum status st = open_station(ctx, &i, &connected);

	if (st == ST_OK && !connected)
		st = fail(ctx, ST_REFUSED, "not connected");
	if (st == ST_OK)
		st = settle_dialect(ctx);
	if (st == ST_OK)
		st = listen_open(ctx, 1u << GROUP_MLME);
	if (st == ST_OK)
		st = send_disconnect(ctx);
	if (st != ST_OK || ctx->opt.dry_run)
		return st;
	o.ifindex = i.ifindex;
	st = wait_outcome(ctx, &o);
	if (st == ST_OK)
		show(ctx, &outcome_view, &o.event);
	return st;
}

const struct cmd cmd_disconnect = {
	.name = "disconnect",
	.objects = ON_DEV | ON_WDEV,
	.help = "End the connection.",
	.run = run_disconnect,
};
