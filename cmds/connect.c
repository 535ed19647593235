/* SPDX-License-Identifier: ISC */
/* dev DEV connect, disconnect: connections to open networks, made by the driver, with what came of
 * it. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "../iw-mlo.h"

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

/* ---- connect ---- */

/* A driver that is not told that we understand links makes none. */
static enum status supports_mlo(struct ctx *ctx, uint32_t wiphy, bool *mlo)
{
	struct wiphy w = { 0 };
	enum status st = ST_OK;

	if (ctx->dialect == DIALECT_LINKS)
		st = query_wiphy_full(ctx, wiphy, &w);
	*mlo = w.mlo;
	return st;
}

static enum status send_connect(struct ctx *ctx, bool mlo)
{
	struct req rq;

	req_change(ctx, &rq, NL80211_CMD_CONNECT);
	req_target(ctx, &rq);
	req_bytes(&rq, NL80211_ATTR_SSID, ctx->args.ssids[0].bytes, ctx->args.ssids[0].len);
	req_u32(&rq, NL80211_ATTR_AUTH_TYPE, NL80211_AUTHTYPE_OPEN_SYSTEM);
	if (mlo)
		req_flag(&rq, NL80211_ATTR_MLO_SUPPORT);
	return dispatch(ctx, &rq, NULL);
}

static enum status send_disconnect(struct ctx *ctx)
{
	struct req rq;

	req_change(ctx, &rq, NL80211_CMD_DISCONNECT);
	req_target(ctx, &rq);
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

static enum status run_connect(struct ctx *ctx)
{
	struct outcome o = { .ctx = ctx, .cmd = NL80211_CMD_CONNECT };
	struct iface i = { 0 };
	bool connected = false, mlo = false;
	enum status st = open_station(ctx, &i, &connected);

	if (st == ST_OK && connected)
		st = fail(ctx, ST_REFUSED, "connected already (\"disconnect\" first)");
	if (st == ST_OK)
		st = settle_dialect(ctx);
	if (st == ST_OK)
		st = supports_mlo(ctx, i.wiphy, &mlo);
	if (st == ST_OK)
		st = listen_open(ctx, 1u << GROUP_MLME);
	if (st == ST_OK)
		st = send_connect(ctx, mlo);
	if (st == ST_REFUSED && ctx->refusal.err == EALREADY)
		return refused(ctx, "an attempt is under way already");
	if (st != ST_OK || ctx->opt.dry_run)
		return st;
	o.ifindex = i.ifindex;
	st = wait_outcome(ctx, &o);
	if (st != ST_OK)
		return give_up(ctx, st);
	st = judge_connect(ctx, &o.event);
	if (st == ST_OK)
		show(ctx, &outcome_view, &o.event);
	return st;
}

static const struct param connect_params[] = {
	{ .kind = PARAM_SSID, .name = "SSID" },
	{ 0 },
};

const struct cmd cmd_connect = {
	.name = "connect",
	.objects = ON_DEV | ON_WDEV,
	.params = connect_params,
	.help = "Connect a station to an open network, and show the links.",
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
