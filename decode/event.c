/* SPDX-License-Identifier: ISC */
/* Events, in both dialects: decode_event() knows no command but by what is in its message. */
#include <string.h>

#include "../iw-mlo.h"

static bool decode_link_attr(const struct nlattr *a, enum dialect dialect, struct event_link *l)
{
	switch (attr_type(a)) {
	case NL80211_ATTR_MLO_LINK_ID:
		return l->has_id = attr_u8(a, &l->id) && l->id <= LINK_ID_MAX;
	case NL80211_ATTR_WIPHY:
		return l->has_wiphy = attr_u32(a, &l->wiphy);
	case NL80211_ATTR_WDEV:
		return l->has_wdev = attr_u64(a, &l->wdev);
	case NL80211_ATTR_BSSID:
		return l->has_bssid = attr_mac(a, l->bssid);
	case NL80211_ATTR_STATUS_CODE:
		return l->has_status = attr_u16(a, &l->status);
	case NL80211_ATTR_MAC: /* mainline's own address of the link is the RFC's BSSID */
		if (dialect == DIALECT_RFC)
			return l->has_bssid = attr_mac(a, l->bssid);
		return l->has_addr = attr_mac(a, l->addr);
	}
	return true;
}

/* Mainline's links come in any order; the RFC's have none but that of the message. */
static bool insert_link(struct event *e, const struct event_link *l)
{
	int at = e->n_links;

	if (at == LINKS_MAX)
		return false;
	for (; l->has_id && at > 0 && e->links[at - 1].id >= l->id; at--) {
		if (e->links[at - 1].id == l->id)
			return false;
		e->links[at] = e->links[at - 1];
	}
	e->links[at] = *l;
	e->n_links++;
	return true;
}

static bool decode_links(const struct nlattr *links, enum dialect dialect, struct event *e)
{
	const struct nlattr *nest, *a;
	int rem, rem2;

	for_each_nested(nest, links, rem) {
		struct event_link l = { 0 };

		for_each_nested(a, nest, rem2)
			if (!decode_link_attr(a, dialect, &l))
				return false;
		if (rem2 > 0 || l.has_id == (dialect == DIALECT_RFC) || !insert_link(e, &l))
			return false;
	}
	return rem <= 0;
}

/* ---- scans ---- */

/* What does not fit is left out: no phy has as many channels. */
static bool decode_freqs(const struct nlattr *nest, bool khz, struct event *e)
{
	const struct nlattr *a;
	uint32_t freq;
	int rem;

	e->has_freqs = true;
	for_each_nested(a, nest, rem) {
		if (!attr_u32(a, &freq))
			return false;
		if (e->n_freqs < EVENT_FREQS_MAX)
			e->freqs[e->n_freqs++] = khz ? freq / 1000 : freq;
	}
	return rem <= 0;
}

static bool decode_ssids(const struct nlattr *nest, struct event *e)
{
	const struct nlattr *a;
	int rem;

	for_each_nested(a, nest, rem) {
		if (attr_len(a) > SSID_LEN_MAX)
			return false;
		if (e->n_ssids < EVENT_SSIDS_MAX)
			e->ssids[e->n_ssids++] = (struct bytes){ attr_data(a), attr_len(a) };
	}
	return rem <= 0;
}

/* ---- what else there is ---- */

static bool decode_tids(const struct nlattr *a, bool *has, uint16_t tids[TIDS])
{
	if (attr_len(a) != TIDS * sizeof(*tids))
		return false;
	memcpy(tids, attr_data(a), TIDS * sizeof(*tids));
	return *has = true;
}

static bool decode_alpha2(const struct nlattr *a, struct event *e)
{
	char name[NAME_LEN_MAX];

	if (!attr_name(a, name) || strlen(name) != 2)
		return false;
	memcpy(e->alpha2, name, sizeof(e->alpha2));
	return e->has_alpha2 = true;
}

static bool take_ssid(const struct nlattr *a, struct event *e)
{
	e->ssid = (struct bytes){ attr_data(a), attr_len(a) };
	return e->ssid.len <= SSID_LEN_MAX;
}

static bool decode_vendor_attr(const struct nlattr *a, struct event *e)
{
	switch (attr_type(a)) {
	case NL80211_ATTR_VENDOR_ID:
		return e->has_vendor = attr_u32(a, &e->vendor);
	case NL80211_ATTR_VENDOR_SUBCMD:
		return e->has_subcmd = attr_u32(a, &e->subcmd);
	case NL80211_ATTR_VENDOR_DATA:
		e->vendor_data = (struct bytes){ attr_data(a), attr_len(a) };
		return true;
	}
	return true;
}

static bool decode_radio_attr(const struct nlattr *a, struct event *e)
{
	switch (attr_type(a)) {
	case NL80211_ATTR_CH_SWITCH_COUNT:
	case NL80211_ATTR_COLOR_CHANGE_COUNT:
		return e->has_count = attr_u32(a, &e->count);
	case NL80211_ATTR_CH_SWITCH_BLOCK_TX:
		return e->quiet = true;
	case NL80211_ATTR_OBSS_COLOR_BITMAP:
		return e->has_colors = attr_u64(a, &e->colors);
	case NL80211_ATTR_RADAR_EVENT:
		return e->has_radar = attr_u32(a, &e->radar);
	case NL80211_ATTR_RADAR_BACKGROUND:
		return e->background = true;
	case NL80211_ATTR_REG_INITIATOR:
		return e->has_initiator = attr_u8(a, &e->initiator);
	case NL80211_ATTR_REG_TYPE:
		return e->has_reg_type = attr_u8(a, &e->reg_type);
	case NL80211_ATTR_REG_ALPHA2:
		return decode_alpha2(a, e);
	case NL80211_ATTR_WIPHY_SELF_MANAGED_REG:
		return e->self_managed = true;
	case NL80211_ATTR_SCAN_FREQUENCIES:
		return decode_freqs(a, false, e);
	case NL80211_ATTR_SCAN_FREQ_KHZ:
		return decode_freqs(a, true, e);
	case NL80211_ATTR_SCAN_SSIDS:
		return decode_ssids(a, e);
	}
	return decode_chandef_attr(a, &e->chan) && decode_vendor_attr(a, e);
}

static bool decode_connection_attr(const struct nlattr *a, struct event *e)
{
	switch (attr_type(a)) {
	case NL80211_ATTR_MLO_LINK_ID:
		return e->has_link_id = attr_u8(a, &e->link_id) && e->link_id <= LINK_ID_MAX;
	case NL80211_ATTR_MLD_ADDR:
		return e->has_mld_addr = attr_mac(a, e->mld_addr);
	case NL80211_ATTR_STATUS_CODE:
		return e->has_status = attr_u16(a, &e->status);
	case NL80211_ATTR_REASON_CODE:
		return e->has_reason = attr_u16(a, &e->reason);
	case NL80211_ATTR_TIMED_OUT:
		return e->timed_out = true;
	case NL80211_ATTR_TIMEOUT_REASON:
		return e->has_timeout_reason = attr_u32(a, &e->timeout_reason);
	case NL80211_ATTR_DISCONNECTED_BY_AP:
		return e->by_ap = true;
	case NL80211_ATTR_RECONNECT_REQUESTED: /* a nest in the RFC's dialect, and taken before */
		return e->reconnect = true;
	case NL80211_ATTR_ACK:
		return e->acked = true;
	case NL80211_ATTR_EPCS:
		return e->epcs = true;
	case NL80211_ATTR_MLO_TTLM_DLINK:
		return decode_tids(a, &e->has_tids_down, e->tids_down);
	case NL80211_ATTR_MLO_TTLM_ULINK:
		return decode_tids(a, &e->has_tids_up, e->tids_up);
	case NL80211_ATTR_SSID:
		return take_ssid(a, e);
	}
	return decode_radio_attr(a, e);
}

static bool decode_event_attr(const struct nlattr *a, enum dialect dialect, struct event *e)
{
	uint16_t links = dialect == DIALECT_RFC	    ? (uint16_t)RFC_ATTR_MLO_LINK_INFO
			 : dialect == DIALECT_LINKS ? (uint16_t)NL80211_ATTR_MLO_LINKS
						    : 0;

	if (links && attr_type(a) == links)
		return decode_links(a, dialect, e);
	switch (attr_type(a)) {
	case NL80211_ATTR_WIPHY:
		return e->has_wiphy = attr_u32(a, &e->wiphy);
	case NL80211_ATTR_WIPHY_NAME:
		return attr_name(a, e->phy);
	case NL80211_ATTR_IFINDEX:
		return e->has_ifindex = attr_u32(a, &e->ifindex);
	case NL80211_ATTR_WDEV:
		return e->has_wdev = attr_u64(a, &e->wdev);
	case NL80211_ATTR_MAC:
		return e->has_addr = attr_mac(a, e->addr);
	case NL80211_ATTR_COOKIE:
		return e->has_cookie = attr_u64(a, &e->cookie);
	case NL80211_ATTR_FRAME:
		e->frame = (struct bytes){ attr_data(a), attr_len(a) };
		return true;
	}
	return decode_connection_attr(a, e);
}

static void take_head(struct event *e)
{
	const struct iface *i = &e->iface;

	e->has_wiphy = i->has_wiphy;
	e->wiphy = i->wiphy;
	e->has_ifindex = i->has_ifindex;
	e->ifindex = i->ifindex;
	e->has_wdev = i->has_wdev;
	e->wdev = i->wdev;
}

bool decode_event(uint8_t cmd, const struct attrs *list, enum dialect dialect, struct event *e)
{
	const struct nlattr *a;
	int rem;

	memset(e, 0, sizeof(*e));
	e->cmd = cmd;
	if (is_about_interface(cmd)) {
		if (!decode_iface(list, &e->iface))
			return false;
		take_head(e);
		return true;
	}
	for_each_attr(a, list, rem)
		if (!decode_event_attr(a, dialect, e))
			return false;
	if (rem > 0)
		return false;
	if (cmd == NL80211_CMD_VENDOR)
		e->has_roaming = decode_csme_roaming(list, &e->roaming) && e->roaming.has_forbidden;
	decode_event_frame(e);
	return true;
}
