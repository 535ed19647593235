/* SPDX-License-Identifier: ISC */
/* Events: connections made, moved and ended, in both dialects, and interfaces that come and go. */
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
	case NL80211_ATTR_IFINDEX:
		return e->has_ifindex = attr_u32(a, &e->ifindex);
	case NL80211_ATTR_WDEV:
		return e->has_wdev = attr_u64(a, &e->wdev);
	case NL80211_ATTR_MAC:
		return e->has_addr = attr_mac(a, e->addr);
	case NL80211_ATTR_STATUS_CODE:
		return e->has_status = attr_u16(a, &e->status);
	case NL80211_ATTR_REASON_CODE:
		return e->has_reason = attr_u16(a, &e->reason);
	case NL80211_ATTR_FRAME:
		e->frame = (struct bytes){ attr_data(a), attr_len(a) };
		return true;
	case NL80211_ATTR_TIMED_OUT:
		return e->timed_out = true;
	case NL80211_ATTR_DISCONNECTED_BY_AP:
		return e->by_ap = true;
	case NL80211_ATTR_MLO_LINK_ID:
		return e->has_link_id = attr_u8(a, &e->link_id) && e->link_id <= LINK_ID_MAX;
	case NL80211_ATTR_EPCS:
		return e->epcs = true;
	case NL80211_ATTR_CH_SWITCH_COUNT:
		return e->has_count = attr_u32(a, &e->count);
	}
	return decode_chandef_attr(a, &e->chan);
}

/*
 * A Link Reconfiguration Response: MAC header, category, action, dialog token, and a list of link
 * ids with a status each (802.11be 9.6.35.13). Without a frame, none came.
 */
static bool decode_reconf(struct event *e)
{
	struct bytes rest = e->frame, header;
	uint8_t count;

	if (!rest.len)
		return true;
	if (!take_bytes(&rest, 24 + 3, &header) || !take_u8(&rest, &count))
		return false;
	while (count--) {
		struct event_link l = { .has_id = true, .has_status = true };

		if (!take_u8(&rest, &l.id) || !take_u16(&rest, &l.status))
			return false;
		l.id &= 15;
		if (l.id > LINK_ID_MAX || !insert_link(e, &l))
			return false;
	}
	return true;
}

static bool is_about_interface(uint8_t cmd)
{
	return cmd == NL80211_CMD_NEW_INTERFACE || cmd == NL80211_CMD_DEL_INTERFACE ||
	       cmd == NL80211_CMD_SET_INTERFACE;
}

bool decode_event(uint8_t cmd, const struct attrs *list, enum dialect dialect, struct event *e)
{
	const struct nlattr *a;
	int rem;

	memset(e, 0, sizeof(*e));
	e->cmd = cmd;
	if (is_about_interface(cmd))
		return decode_iface(list, &e->iface);
	for_each_attr(a, list, rem)
		if (!decode_event_attr(a, dialect, e))
			return false;
	return rem <= 0 && (cmd != NL80211_CMD_ASSOC_MLO_RECONF || decode_reconf(e));
}
