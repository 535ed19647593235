/* SPDX-License-Identifier: ISC */
/* event: what happens to interfaces and connections, as it happens. */
#include <errno.h>
#include <string.h>
#include <net/if.h>

#include "../iw-mlo.h"

static const char *event_name(uint8_t cmd)
{
	switch (cmd) {
	case NL80211_CMD_NEW_INTERFACE:
		return "new_interface";
	case NL80211_CMD_DEL_INTERFACE:
		return "del_interface";
	case NL80211_CMD_SET_INTERFACE:
		return "set_interface";
	case NL80211_CMD_CONNECT:
		return "connect";
	case NL80211_CMD_ROAM:
		return "roam";
	case NL80211_CMD_DISCONNECT:
		return "disconnect";
	case NL80211_CMD_LINKS_REMOVED:
		return "links_removed";
	case NL80211_CMD_ASSOC_MLO_RECONF:
		return "assoc_mlo_reconf";
	case NL80211_CMD_EPCS_CFG:
		return "epcs_cfg";
	case NL80211_CMD_CH_SWITCH_STARTED_NOTIFY:
		return "ch_switch_started";
	case NL80211_CMD_CH_SWITCH_NOTIFY:
		return "ch_switch";
	}
	return NULL;
}

static bool has_interface(const struct event *e)
{
	return e->cmd == NL80211_CMD_NEW_INTERFACE || e->cmd == NL80211_CMD_DEL_INTERFACE ||
	       e->cmd == NL80211_CMD_SET_INTERFACE;
}

/* The netdev may be gone by now, or another have its number: then there is the number alone. */
static const char *netdev_name(char name[IF_NAMESIZE], const struct event *e)
{
	return e->has_ifindex ? if_indextoname(e->ifindex, name) : NULL;
}

/* ---- text ---- */

static void text_code(const struct text *t, const char *what, uint16_t code, const char *words)
{
	fprintf(t->f, "  %s %u", what, code);
	if (words)
		fprintf(t->f, " (%s)", words);
}

static void text_event_link(const struct text *t, const struct event_link *l)
{
	char mac[MAC_TEXT];

	fputs("\n\tlink", t->f);
	if (l->has_id)
		fprintf(t->f, " %u", l->id);
	if (l->has_wdev)
		fprintf(t->f, " wdev 0x%llx", (unsigned long long)l->wdev);
	if (l->has_wiphy)
		fprintf(t->f, "  wiphy %u", l->wiphy);
	if (l->has_bssid || l->has_wdev)
		fprintf(t->f, "  bssid %s", l->has_bssid ? fmt_mac(mac, l->bssid) : "-");
	if (l->has_addr)
		fprintf(t->f, "  addr %s", fmt_mac(mac, l->addr));
	if (l->has_status)
		text_code(t, "status", l->status, status_words(l->status));
}

static bool is_channel_switch(const struct event *e)
{
	return e->cmd == NL80211_CMD_CH_SWITCH_STARTED_NOTIFY ||
	       e->cmd == NL80211_CMD_CH_SWITCH_NOTIFY;
}

/* The AP's response did not come, or the connection ended before. */
static bool is_unanswered(const struct event *e)
{
	return e->cmd == NL80211_CMD_ASSOC_MLO_RECONF && !e->frame.len;
}

static void text_channel_switch(const struct text *t, const struct event *e)
{
	if (e->has_link_id)
		fprintf(t->f, "  link %u", e->link_id);
	text_chandef(t, &e->chan);
	if (e->has_count)
		fprintf(t->f, "  in %u beacons", e->count);
}

static void text_connection(const struct text *t, const struct event *e)
{
	char name[IF_NAMESIZE], text[ESCAPED_SIZE(IF_NAMESIZE)], mac[MAC_TEXT];
	const char *netdev = netdev_name(name, e);

	paint(t, COLOUR_NAME);
	if (netdev)
		fputs(escape(text, sizeof(text), netdev, strlen(netdev)), t->f);
	else if (e->has_ifindex)
		fprintf(t->f, "ifindex %u", e->ifindex);
	paint(t, COLOUR_OFF);
	fprintf(t->f, "%s%s", netdev || e->has_ifindex ? "  " : "", event_name(e->cmd));
	if (is_channel_switch(e))
		text_channel_switch(t, e);
	if (e->cmd == NL80211_CMD_EPCS_CFG)
		fputs(e->epcs ? "  on" : "  off", t->f);
	if (is_unanswered(e))
		fputs("  no response", t->f);
	if (e->has_addr)
		fprintf(t->f, "  %s %s", e->n_links && e->links[0].has_id ? "ap-mld" : "bssid",
			fmt_mac(mac, e->addr));
	if (e->timed_out)
		fputs("  timed out", t->f);
	else if (e->has_status)
		text_code(t, "status", e->status, status_words(e->status));
	if (e->has_reason)
		text_code(t, "reason", e->reason, reason_words(e->reason));
	if (e->by_ap)
		fputs("  by the AP", t->f);
	for (int n = 0; n < e->n_links; n++)
		text_event_link(t, &e->links[n]);
	putc('\n', t->f);
}

static void text_interface(const struct text *t, const struct ctx *ctx, const struct event *e)
{
	char type[IFTYPE_TEXT], mac[MAC_TEXT];

	text_iface_name(t, &e->iface);
	fprintf(t->f, "  %s", event_name(e->cmd));
	if (e->iface.has_type)
		fprintf(t->f, "  type %s", iftype_name(type, e->iface.type, ctx->dialect));
	if (e->iface.has_addr)
		fprintf(t->f, "  addr %s", fmt_mac(mac, e->iface.addr));
	if (e->iface.has_wdev)
		fprintf(t->f, "  wdev 0x%llx", (unsigned long long)e->iface.wdev);
	putc('\n', t->f);
	for (int n = 0; n < e->iface.n_links; n++)
		text_link(t, "\t", &e->iface.links[n]);
}

void text_event(const struct text *t, const struct ctx *ctx, const struct event *e)
{
	if (has_interface(e))
		text_interface(t, ctx, e);
	else
		text_connection(t, e);
}

/* ---- JSON ---- */

static void json_status(struct json *j, uint16_t code)
{
	json_uint(j, "status_code", code);
	if (status_words(code))
		json_text(j, "status", status_words(code));
}

static void json_event_link(struct json *j, const struct event_link *l)
{
	json_open(j, NULL, '{');
	if (l->has_id)
		json_uint(j, "link_id", l->id);
	if (l->has_wdev)
		json_handle(j, "wdev", l->wdev);
	if (l->has_wiphy)
		json_uint(j, "wiphy", l->wiphy);
	if (l->has_bssid)
		json_mac(j, "bssid", l->bssid);
	if (l->has_addr)
		json_mac(j, "addr", l->addr);
	if (l->has_status)
		json_status(j, l->status);
	json_close(j, '}');
}

static void json_connection(struct json *j, const struct event *e)
{
	char name[IF_NAMESIZE];
	const char *netdev = netdev_name(name, e);

	if (netdev)
		json_string(j, "ifname", netdev);
	if (e->has_ifindex)
		json_uint(j, "ifindex", e->ifindex);
	if (e->has_wiphy)
		json_uint(j, "wiphy", e->wiphy);
	if (e->has_addr)
		json_mac(j, e->n_links && e->links[0].has_id ? "ap_mld_addr" : "bssid", e->addr);
	if (e->cmd == NL80211_CMD_EPCS_CFG)
		json_bool(j, "epcs", e->epcs);
	if (is_unanswered(e))
		json_bool(j, "response", false);
	if (is_channel_switch(e)) {
		if (e->has_link_id)
			json_uint(j, "link_id", e->link_id);
		json_chandef(j, &e->chan);
	}
	if (e->has_count)
		json_uint(j, "in_beacons", e->count);
	if (e->timed_out)
		json_bool(j, "timed_out", true);
	if (e->has_status)
		json_status(j, e->status);
	if (e->has_reason)
		json_uint(j, "reason_code", e->reason);
	if (e->has_reason && reason_words(e->reason))
		json_text(j, "reason", reason_words(e->reason));
	if (e->by_ap)
		json_bool(j, "by_ap", true);
	if (!e->n_links)
		return;
	json_open(j, "links", '[');
	for (int n = 0; n < e->n_links; n++)
		json_event_link(j, &e->links[n]);
	json_close(j, ']');
}

void json_event(struct json *j, const struct ctx *ctx, const struct event *e)
{
	json_open(j, NULL, '{');
	json_text(j, "event", event_name(e->cmd));
	if (has_interface(e))
		json_iface_members(j, ctx, &e->iface);
	else
		json_connection(j, e);
	json_close(j, '}');
}

/* ---- the stream ---- */

static void print_event(struct ctx *ctx, const struct event *e)
{
	struct json j = { .f = stdout };
	struct text t = { .f = stdout, .colour = ctx->colour };

	if (ctx->opt.json)
		json_event(&j, ctx, e);
	else
		text_event(&t, ctx, e);
}

static void print_gap(struct ctx *ctx)
{
	struct json j = { .f = stdout };

	ctx->events_lost = true;
	if (!ctx->opt.json) {
		puts("gap: events were lost here");
		return;
	}
	json_open(&j, NULL, '{');
	json_text(&j, "event", "gap");
	json_close(&j, '}');
}

/* A record goes out whole, and at once. One that cannot be is dropped, and named. */
static bool on_event(void *arg, uint8_t cmd, const struct attrs *a)
{
	struct ctx *ctx = arg;
	struct event e;

	if (!cmd)
		print_gap(ctx);
	else if (!event_name(cmd))
		return false;
	else if (decode_event(cmd, a, ctx->dialect, &e))
		print_event(ctx, &e);
	else
		fprintf(stderr, "iw-mlo: event: %s is malformed, and left out (-d shows it)\n",
			event_name(cmd));
	return fflush(stdout) != 0;
}

static enum status run_event(struct ctx *ctx)
{
	enum status st = dispatch_open(ctx);

	/* an interface of an ambiguous type may come at any time: better to know before */
	if (st == ST_OK)
		st = settle_dialect(ctx);
	if (st == ST_OK)
		st = listen_open(ctx, 1u << GROUP_CONFIG | 1u << GROUP_MLME);
	if (st != ST_OK || ctx->opt.dry_run)
		return st;
	st = listen_until(ctx, ctx->deadline_ms, on_event, ctx);
	return st == ST_UNMET ? ST_OK : st;
}

const struct cmd cmd_event = {
	.name = "event",
	.objects = ON_NOTHING,
	.help = "Show what happens to interfaces and connections, until stopped or --timeout.",
	.run = run_event,
};
