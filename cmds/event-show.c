/* SPDX-License-Identifier: ISC */
/* Events in text and in JSON. */
#include <string.h>
#include <net/if.h>

#include "../iw-mlo.h"

/* The netdev may be gone by now, or another have its number: then there is the number alone. */
static const char *netdev_name(char name[IF_NAMESIZE], const struct event *e)
{
	if (e->ifname)
		return *e->ifname ? e->ifname : NULL;
	return e->has_ifindex ? if_indextoname(e->ifindex, name) : NULL;
}

/* What the address of such an event is that of. NULL: the event does not say. */
static const char *role_of_address(const struct event *e)
{
	switch (e->cmd) {
	case NL80211_CMD_CONNECT:
	case NL80211_CMD_ROAM:
		return e->n_links && e->links[0].has_id ? "ap_mld_addr" : "bssid";
	case NL80211_CMD_AUTHENTICATE:
	case NL80211_CMD_ASSOCIATE:
		return "ap_addr";
	case NL80211_CMD_NEW_STATION:
	case NL80211_CMD_DEL_STATION:
		return "station";
	}
	return "addr";
}

static bool is_of_frame(uint8_t cmd)
{
	return cmd == NL80211_CMD_AUTHENTICATE || cmd == NL80211_CMD_ASSOCIATE ||
	       cmd == NL80211_CMD_DEAUTHENTICATE || cmd == NL80211_CMD_DISASSOCIATE ||
	       cmd == NL80211_CMD_UNPROT_DEAUTHENTICATE || cmd == NL80211_CMD_UNPROT_DISASSOCIATE;
}

/* Is it a frame that nothing else is told of? */
static bool is_bare_frame(const struct event *e)
{
	return (e->cmd == NL80211_CMD_FRAME || e->cmd == NL80211_CMD_FRAME_TX_STATUS) &&
	       e->frame.len;
}

/* ---- words; NULL: none for the number ---- */

static const char *timeout_word(uint32_t n)
{
	static const char *const words[] = {
		[NL80211_TIMEOUT_SCAN] = "scan",
		[NL80211_TIMEOUT_AUTH] = "authentication",
		[NL80211_TIMEOUT_ASSOC] = "association",
	};

	return n < ARRAY_SIZE(words) ? words[n] : NULL;
}

static const char *radar_word(uint32_t n)
{
	static const char *const words[] = {
		[NL80211_RADAR_DETECTED] = "detected",
		[NL80211_RADAR_CAC_FINISHED] = "cac_finished",
		[NL80211_RADAR_CAC_ABORTED] = "cac_aborted",
		[NL80211_RADAR_NOP_FINISHED] = "nop_finished",
		[NL80211_RADAR_PRE_CAC_EXPIRED] = "pre_cac_expired",
		[NL80211_RADAR_CAC_STARTED] = "cac_started",
	};

	return n < ARRAY_SIZE(words) ? words[n] : NULL;
}

static const char *initiator_word(uint32_t n)
{
	static const char *const words[] = {
		[NL80211_REGDOM_SET_BY_CORE] = "core",
		[NL80211_REGDOM_SET_BY_USER] = "user",
		[NL80211_REGDOM_SET_BY_DRIVER] = "driver",
		[NL80211_REGDOM_SET_BY_COUNTRY_IE] = "country_element",
	};

	return n < ARRAY_SIZE(words) ? words[n] : NULL;
}

static const char *reg_type_word(uint32_t n)
{
	static const char *const words[] = {
		[NL80211_REGDOM_TYPE_COUNTRY] = "country",
		[NL80211_REGDOM_TYPE_WORLD] = "world",
		[NL80211_REGDOM_TYPE_CUSTOM_WORLD] = "custom_world",
		[NL80211_REGDOM_TYPE_INTERSECTION] = "intersection",
	};

	return n < ARRAY_SIZE(words) ? words[n] : NULL;
}

/* ---- text ---- */

static void text_code(const struct text *t, const char *what, uint16_t code, const char *words)
{
	fprintf(t->f, "  %s %u", what, code);
	if (words)
		fprintf(t->f, " (%s)", words);
}

static void text_word(const struct text *t, const char *what, const char *word, uint32_t number)
{
	if (word)
		fprintf(t->f, "  %s%s", what, word);
	else
		fprintf(t->f, "  %s%u", what, number);
}

static void text_mac(const struct text *t, const char *label, const uint8_t mac[ADDR_LEN])
{
	char text[MAC_TEXT];

	fputs(label, t->f);
	fputs(fmt_mac(text, mac), t->f);
}

static void text_string(const struct text *t, const char *label, const void *bytes, size_t len)
{
	char text[ESCAPED_SIZE(NAME_LEN_MAX)];

	fprintf(t->f, "  %s\"%s\"", label, escape(text, sizeof(text), bytes, len));
}

static void text_hex(const struct text *t, struct bytes b)
{
	fputs("  ", t->f);
	for (size_t n = 0; n < b.len; n++)
		fprintf(t->f, "%02x", b.p[n]);
}

static void text_event_link(const struct text *t, const struct event_link *l)
{
	fputs("\n\tlink", t->f);
	if (l->has_id)
		fprintf(t->f, " %u", l->id);
	if (l->has_wdev)
		fprintf(t->f, " wdev 0x%llx", (unsigned long long)l->wdev);
	if (l->has_wiphy)
		fprintf(t->f, "  wiphy %u", l->wiphy);
	if (l->has_bssid)
		text_mac(t, "  bssid ", l->bssid);
	else if (l->has_wdev)
		fputs("  bssid -", t->f);
	if (l->has_addr)
		text_mac(t, "  addr ", l->addr);
	if (l->has_status)
		text_code(t, "status", l->status, status_words(l->status));
}

static void text_link_ids(const struct text *t, const char *label, uint16_t bitmap)
{
	const char *before = label;

	for (unsigned int id = 0; id <= LINK_ID_MAX; id++)
		if (bitmap >> id & 1) {
			fprintf(t->f, "%s%u", before, id);
			before = ",";
		}
	if (before == label)
		fprintf(t->f, "%snone", label);
}

static void text_tids(const struct text *t, const struct event *e)
{
	for (unsigned int tid = 0; (e->has_tids_down || e->has_tids_up) && tid < TIDS; tid++) {
		fprintf(t->f, "\n\ttid %u", tid);
		if (e->has_tids_down)
			text_link_ids(t, "  down on links ", e->tids_down[tid]);
		if (e->has_tids_up)
			text_link_ids(t, "  up on links ", e->tids_up[tid]);
	}
}

static void text_subject(const struct text *t, const struct event *e)
{
	char name[IF_NAMESIZE], text[ESCAPED_SIZE(NAME_LEN_MAX)];
	const char *netdev = netdev_name(name, e);

	paint(t, COLOUR_NAME);
	if (netdev)
		fputs(escape(text, sizeof(text), netdev, strlen(netdev)), t->f);
	else if (e->has_ifindex)
		fprintf(t->f, "ifindex %u", e->ifindex);
	else if (e->has_wdev)
		fprintf(t->f, "wdev 0x%llx", (unsigned long long)e->wdev);
	else if (*e->phy)
		fputs(escape(text, sizeof(text), e->phy, strlen(e->phy)), t->f);
	else if (e->has_wiphy)
		fprintf(t->f, "wiphy %u", e->wiphy);
	else
		fputs("-", t->f);
	paint(t, COLOUR_OFF);
}

/* "  bssid ", for the key of JSON. */
static const char *label_of_address(const struct event *e)
{
	const char *role = role_of_address(e);

	return !strcmp(role, "ap_mld_addr") ? "  ap-mld "
	       : !strcmp(role, "ap_addr")   ? "  ap "
	       : !strcmp(role, "bssid")	    ? "  bssid "
	       : !strcmp(role, "station")   ? "  station "
					    : "  addr ";
}

static void text_addresses(const struct text *t, const struct event *e)
{
	if (e->has_link_id)
		fprintf(t->f, "  link %u", e->link_id);
	if (e->has_addr)
		text_mac(t, label_of_address(e), e->addr);
	if (e->has_bssid && is_of_frame(e->cmd))
		text_mac(t, "  ap ", e->bssid);
	if (e->has_mld_addr)
		text_mac(t, "  mld ", e->mld_addr);
	if (e->ssid.p)
		text_string(t, "ssid ", e->ssid.p, e->ssid.len);
}

static void text_frame(const struct text *t, const struct event *e)
{
	const char *word = mgmt_frame_word(*e->frame.p);

	if (word)
		fprintf(t->f, "  %s", word);
	if (word && e->frame.len >= MAC_HEADER_LEN) {
		text_mac(t, "  from ", e->frame.p + 10);
		text_mac(t, "  to ", e->frame.p + 4);
	}
}

static void text_outcome(const struct text *t, const struct event *e)
{
	if (event_is_unanswered(e))
		fputs("  no response", t->f);
	if (e->timed_out)
		fputs("  timed out", t->f);
	else if (e->has_status)
		text_code(t, "status", e->status, status_words(e->status));
	if (e->has_timeout_reason && timeout_word(e->timeout_reason))
		fprintf(t->f, " (%s)", timeout_word(e->timeout_reason));
	if (e->has_reason)
		text_code(t, "reason", e->reason, reason_words(e->reason));
	if (e->by_ap)
		fputs("  by the AP", t->f);
	if (e->reconnect)
		fputs("  with the wish to reconnect", t->f);
	if (e->bad_frame)
		fputs("  with a frame that is malformed", t->f);
	if (e->cmd == NL80211_CMD_EPCS_CFG)
		fputs(e->epcs ? "  on" : "  off", t->f);
	if (e->cmd == NL80211_CMD_FRAME_TX_STATUS)
		fputs(e->acked ? "  acknowledged" : "  not acknowledged", t->f);
}

static void text_radio(const struct text *t, const struct event *e)
{
	if (e->has_radar)
		text_word(t, "", radar_word(e->radar), e->radar);
	if (e->background)
		fputs("  in the background", t->f);
	if (e->chan.has_freq)
		text_chandef(t, &e->chan);
	if (e->has_count)
		fprintf(t->f, "  in %u beacons", e->count);
	if (e->quiet)
		fputs("  silent until then", t->f);
	if (e->has_colors)
		fprintf(t->f, "  colours 0x%llx", (unsigned long long)e->colors);
	if (e->has_alpha2)
		text_string(t, "country ", e->alpha2, 2);
	else if (e->has_reg_type)
		text_word(t, "", reg_type_word(e->reg_type), e->reg_type);
	if (e->has_initiator)
		text_word(t, "by ", initiator_word(e->initiator), e->initiator);
	if (e->self_managed)
		fputs("  managed by the driver itself", t->f);
}

static void text_scan(const struct text *t, const struct event *e)
{
	for (int n = 0; n < e->n_ssids; n++)
		text_string(t, n ? "" : "ssid ", e->ssids[n].p, e->ssids[n].len);
	for (int n = 0; n < e->n_freqs; n++)
		fprintf(t->f, "%s %u", n ? "" : "  freq", e->freqs[n]);
}

static void text_vendor(const struct text *t, const struct event *e)
{
	if (e->has_vendor)
		fprintf(t->f, "  0x%06x", e->vendor);
	if (e->has_subcmd)
		fprintf(t->f, " 0x%x", e->subcmd);
	if (e->has_roaming) {
		fprintf(t->f, "  roaming %s", e->roaming.forbidden ? "forbidden" : "allowed");
		if (e->roaming.has_addr)
			text_mac(t, "  addr ", e->roaming.addr);
	} else if (e->vendor_data.len) {
		text_hex(t, e->vendor_data);
	}
}

static void text_interface(const struct text *t, const struct ctx *ctx, const struct event *e)
{
	char type[IFTYPE_TEXT], name[EVENT_NAME_TEXT];

	text_iface_name(t, &e->iface);
	fprintf(t->f, "  %s", event_name(name, e->cmd));
	if (e->iface.has_type)
		fprintf(t->f, "  type %s", iftype_name(type, e->iface.type, ctx->dialect));
	if (e->iface.has_addr)
		text_mac(t, "  addr ", e->iface.addr);
	if (e->iface.has_wdev)
		fprintf(t->f, "  wdev 0x%llx", (unsigned long long)e->iface.wdev);
	putc('\n', t->f);
	for (int n = 0; n < e->iface.n_links; n++)
		text_link(t, "\t", &e->iface.links[n]);
}

void text_event(const struct text *t, const struct ctx *ctx, const struct event *e)
{
	char name[EVENT_NAME_TEXT];

	if (is_about_interface(e->cmd)) {
		text_interface(t, ctx, e);
		return;
	}
	text_subject(t, e);
	fputs("  ", t->f);
	fputs(event_name(name, e->cmd), t->f);
	if (e->cmd != NL80211_CMD_NEW_WIPHY && e->cmd != NL80211_CMD_DEL_WIPHY) {
		text_addresses(t, e);
		if (is_bare_frame(e))
			text_frame(t, e);
		text_outcome(t, e);
		text_radio(t, e);
		text_scan(t, e);
		text_vendor(t, e);
		for (int n = 0; n < e->n_links; n++)
			text_event_link(t, &e->links[n]);
		text_tids(t, e);
	} else if (e->has_wiphy) {
		fprintf(t->f, "  wiphy %u", e->wiphy);
	}
	putc('\n', t->f);
}

/* ---- JSON ---- */

static void json_status(struct json *j, uint16_t code)
{
	json_uint(j, "status_code", code);
	if (status_words(code))
		json_text(j, "status", status_words(code));
}

/* A word, or the number that has none: a string in either case. */
static void json_word(struct json *j, const char *key, const char *word, uint32_t number)
{
	char text[16];

	snprintf(text, sizeof(text), "%u", number);
	json_text(j, key, word ? word : text);
}

static void json_ssid(struct json *j, const struct bytes *b)
{
	json_bytes(j, "ssid", b->p, b->len);
	json_hex(j, "ssid_hex", b->p, b->len);
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

static void json_link_ids(struct json *j, const char *key, uint16_t bitmap)
{
	json_open(j, key, '[');
	for (unsigned int id = 0; id <= LINK_ID_MAX; id++)
		if (bitmap >> id & 1)
			json_uint(j, NULL, id);
	json_close(j, ']');
}

static void json_tids(struct json *j, const struct event *e)
{
	if (!e->has_tids_down && !e->has_tids_up)
		return;
	json_open(j, "tids", '[');
	for (unsigned int tid = 0; tid < TIDS; tid++) {
		json_open(j, NULL, '{');
		json_uint(j, "tid", tid);
		if (e->has_tids_down)
			json_link_ids(j, "down", e->tids_down[tid]);
		if (e->has_tids_up)
			json_link_ids(j, "up", e->tids_up[tid]);
		json_close(j, '}');
	}
	json_close(j, ']');
}

static void json_head(struct json *j, const struct event *e)
{
	char name[IF_NAMESIZE];
	const char *netdev = netdev_name(name, e);
	bool is_wiphy = e->cmd == NL80211_CMD_NEW_WIPHY || e->cmd == NL80211_CMD_DEL_WIPHY;

	if (netdev)
		json_string(j, "ifname", netdev);
	if (e->has_ifindex)
		json_uint(j, "ifindex", e->ifindex);
	if (e->has_wdev)
		json_handle(j, "wdev", e->wdev);
	if (*e->phy && is_wiphy)
		json_string(j, "phy", e->phy);
	if (e->has_wiphy)
		json_uint(j, "wiphy", e->wiphy);
}

static void json_addresses(struct json *j, const struct event *e)
{
	if (e->has_link_id)
		json_uint(j, "link_id", e->link_id);
	if (e->has_addr)
		json_mac(j, role_of_address(e), e->addr);
	if (e->has_bssid && is_of_frame(e->cmd))
		json_mac(j, "ap_addr", e->bssid);
	if (e->has_mld_addr)
		json_mac(j, "mld_addr", e->mld_addr);
	if (e->ssid.p)
		json_ssid(j, &e->ssid);
}

static void json_frame(struct json *j, const struct event *e)
{
	const char *word = mgmt_frame_word(*e->frame.p);

	if (word)
		json_text(j, "frame_type", word);
	if (word && e->frame.len >= MAC_HEADER_LEN) {
		json_mac(j, "from_addr", e->frame.p + 10);
		json_mac(j, "to_addr", e->frame.p + 4);
	}
	json_hex(j, "frame_hex", e->frame.p, e->frame.len);
}

static void json_outcome(struct json *j, const struct event *e)
{
	if (event_is_unanswered(e))
		json_bool(j, "response", false);
	if (e->timed_out)
		json_bool(j, "timed_out", true);
	if (e->has_timeout_reason && timeout_word(e->timeout_reason))
		json_text(j, "timed_out_in", timeout_word(e->timeout_reason));
	if (e->has_status)
		json_status(j, e->status);
	if (e->has_reason)
		json_uint(j, "reason_code", e->reason);
	if (e->has_reason && reason_words(e->reason))
		json_text(j, "reason", reason_words(e->reason));
	if (e->by_ap)
		json_bool(j, "by_ap", true);
	if (e->reconnect)
		json_bool(j, "reconnect", true);
	if (e->bad_frame)
		json_bool(j, "malformed_frame", true);
	if (e->cmd == NL80211_CMD_EPCS_CFG)
		json_bool(j, "epcs", e->epcs);
	if (e->cmd == NL80211_CMD_FRAME_TX_STATUS)
		json_bool(j, "acknowledged", e->acked);
	if (e->has_cookie)
		json_handle(j, "cookie", e->cookie);
}

static void json_radio(struct json *j, const struct event *e)
{
	if (e->has_radar)
		json_word(j, "radar", radar_word(e->radar), e->radar);
	if (e->background)
		json_bool(j, "background", true);
	json_chandef(j, &e->chan);
	if (e->has_count)
		json_uint(j, "beacons_left", e->count);
	if (e->quiet)
		json_bool(j, "quiet", true);
	if (e->has_colors)
		json_handle(j, "colors", e->colors);
	if (e->has_alpha2)
		json_bytes(j, "country", e->alpha2, 2);
	if (e->has_reg_type)
		json_word(j, "reg_type", reg_type_word(e->reg_type), e->reg_type);
	if (e->has_initiator)
		json_word(j, "initiator", initiator_word(e->initiator), e->initiator);
	if (e->self_managed)
		json_bool(j, "self_managed", true);
}

static void json_scan(struct json *j, const struct event *e)
{
	if (e->n_ssids) {
		json_open(j, "ssids", '[');
		for (int n = 0; n < e->n_ssids; n++) {
			json_open(j, NULL, '{');
			json_ssid(j, &e->ssids[n]);
			json_close(j, '}');
		}
		json_close(j, ']');
	}
	if (!e->has_freqs)
		return;
	json_open(j, "freqs_mhz", '[');
	for (int n = 0; n < e->n_freqs; n++)
		json_uint(j, NULL, e->freqs[n]);
	json_close(j, ']');
}

static void json_vendor(struct json *j, const struct event *e)
{
	if (e->has_vendor)
		json_handle(j, "vendor_id", e->vendor);
	if (e->has_subcmd)
		json_handle(j, "subcmd", e->subcmd);
	if (e->has_roaming) {
		json_bool(j, "roaming_forbidden", e->roaming.forbidden);
		if (e->roaming.has_addr)
			json_mac(j, "addr", e->roaming.addr);
	} else if (e->vendor_data.p) {
		json_hex(j, "data_hex", e->vendor_data.p, e->vendor_data.len);
	}
}

static void json_rest(struct json *j, const struct event *e)
{
	json_addresses(j, e);
	if (is_bare_frame(e))
		json_frame(j, e);
	json_outcome(j, e);
	json_radio(j, e);
	json_scan(j, e);
	json_vendor(j, e);
	if (e->n_links) {
		json_open(j, "links", '[');
		for (int n = 0; n < e->n_links; n++)
			json_event_link(j, &e->links[n]);
		json_close(j, ']');
	}
	json_tids(j, e);
}

void json_event_members(struct json *j, const struct ctx *ctx, const struct event *e)
{
	char name[EVENT_NAME_TEXT];

	json_text(j, "event", event_name(name, e->cmd));
	if (is_about_interface(e->cmd)) {
		if (e->has_wiphy)
			json_uint(j, "wiphy", e->wiphy);
		json_iface_members(j, ctx, &e->iface);
		return;
	}
	json_head(j, e);
	if (e->cmd != NL80211_CMD_NEW_WIPHY && e->cmd != NL80211_CMD_DEL_WIPHY)
		json_rest(j, e);
}

void json_event(struct json *j, const struct ctx *ctx, const struct event *e)
{
	json_open(j, NULL, '{');
	json_event_members(j, ctx, e);
	json_close(j, '}');
}
