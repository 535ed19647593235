/* SPDX-License-Identifier: ISC */
/* The management frames within events: statuses, reasons, and what became of links. Clauses are of
 * IEEE Std 802.11-2024 as amended by 802.11be-2024. */
#include <string.h>

#include "../iw-mlo.h"

#define ADDR2_AT 10
#define ADDR3_AT 16

enum { /* clause 9.2.4.1.3: type management, by the frame's first octet */
       FC_ASSOC_RESPONSE = 0x10,
       FC_REASSOC_RESPONSE = 0x30,
       FC_DISASSOC = 0xa0,
       FC_AUTH = 0xb0,
       FC_DEAUTH = 0xc0,
       FC_ACTION = 0xd0,
};

enum {
	CATEGORY_PROTECTED_EHT = 37, /* clause 9.6.35 */
	LINK_RECONF_RESPONSE = 12,
};

/* Clause 9.2.4.1.3, table 9-1. */
const char *mgmt_frame_word(uint8_t fc)
{
	static const char *const words[16] = {
		"assoc_request",    "assoc_response", "reassoc_request",      "reassoc_response",
		"probe_request",    "probe_response", "timing_advertisement", NULL,
		"beacon",	    "atim",	      "disassociation",	      "authentication",
		"deauthentication", "action",	      "action_no_ack",	      NULL,
	};

	return fc & 0x0f ? NULL : words[fc >> 4]; /* another version, or no management frame */
}

/* A 16-bit field at so many bytes after the header. */
static bool field(struct event *e, size_t at, uint16_t *v)
{
	if (e->frame.len < MAC_HEADER_LEN + at + sizeof(*v))
		return false;
	*v = le16(e->frame.p + MAC_HEADER_LEN + at);
	return true;
}

/* The AP is whom the frame comes from or goes to, which the BSSID field tells. */
static void take_addresses(struct event *e)
{
	const uint8_t *from = e->frame.p + ADDR2_AT, *bssid = e->frame.p + ADDR3_AT;

	e->has_bssid = true;
	memcpy(e->bssid, bssid, ADDR_LEN);
	if (e->cmd == NL80211_CMD_DEAUTHENTICATE || e->cmd == NL80211_CMD_DISASSOCIATE)
		e->by_ap = !memcmp(from, bssid, ADDR_LEN);
}

static bool add_reconf_link(struct event *e, uint8_t info, uint16_t status)
{
	struct event_link l = { .has_id = true, .has_status = true };

	l.id = info & 0x0f;
	l.status = status;
	for (int n = 0; n < e->n_links; n++)
		if (e->links[n].id == l.id)
			return false;
	if (l.id > LINK_ID_MAX)
		return false;
	e->links[e->n_links++] = l;
	return true;
}

/* Clause 9.6.35.13: token, count, and for each link 4 bits of id, 4 reserved, and a status. */
static bool take_reconf(struct event *e)
{
	struct bytes rest = { e->frame.p + MAC_HEADER_LEN, e->frame.len - MAC_HEADER_LEN };
	uint8_t category, action, token, count, info;
	uint16_t status;

	if (!take_u8(&rest, &category) || !take_u8(&rest, &action) || !take_u8(&rest, &token) ||
	    !take_u8(&rest, &count) || category != CATEGORY_PROTECTED_EHT ||
	    action != LINK_RECONF_RESPONSE)
		return false;
	while (count--)
		if (!take_u8(&rest, &info) || !take_u16(&rest, &status) ||
		    !add_reconf_link(e, info, status))
			return false;
	return true;
}

static bool take_frame(struct event *e)
{
	uint8_t kind = e->frame.p[0];

	switch (e->cmd) {
	case NL80211_CMD_AUTHENTICATE: /* algorithm, sequence, status */
		return kind == FC_AUTH && (e->has_status = field(e, 4, &e->status));
	case NL80211_CMD_ASSOCIATE: /* capabilities, status */
		return (kind == FC_ASSOC_RESPONSE || kind == FC_REASSOC_RESPONSE) &&
		       (e->has_status = field(e, 2, &e->status));
	case NL80211_CMD_DEAUTHENTICATE:
	case NL80211_CMD_DISASSOCIATE:
	case NL80211_CMD_UNPROT_DEAUTHENTICATE:
	case NL80211_CMD_UNPROT_DISASSOCIATE:
		return (kind == FC_DEAUTH || kind == FC_DISASSOC) &&
		       (e->has_reason = field(e, 0, &e->reason));
	case NL80211_CMD_ASSOC_MLO_RECONF:
		return kind == FC_ACTION && take_reconf(e);
	}
	return true;
}

void decode_event_frame(struct event *e)
{
	if (!e->frame.p || event_is_unanswered(e))
		return;
	if (e->frame.len < MAC_HEADER_LEN) {
		e->bad_frame = e->cmd != NL80211_CMD_FRAME_TX_STATUS;
		return;
	}
	take_addresses(e);
	e->bad_frame = !take_frame(e);
}
