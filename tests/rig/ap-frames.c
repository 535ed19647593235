/* SPDX-License-Identifier: ISC */
/*
 * The frames of an AP MLD: an open network with one spatial stream, no more than what mac80211 asks
 * of an EHT AP. Where a capability's octets are not explained they are all zero but for that
 * stream.
 */
#include <stdlib.h>
#include <string.h>

#include "ap-mld.h"

/* ---- bytes and elements ---- */

void put(struct out *o, const void *bytes, size_t len)
{
	if (len > sizeof(o->b) - o->len)
		abort();
	memcpy(o->b + o->len, bytes, len);
	o->len += len;
}

void put_u8(struct out *o, uint8_t v)
{
	put(o, &v, 1);
}

void put_u16(struct out *o, uint16_t v)
{
	put_u8(o, (uint8_t)v);
	put_u8(o, (uint8_t)(v >> 8));
}

static void put_zeros(struct out *o, size_t n)
{
	while (n--)
		put_u8(o, 0);
}

/* An element or a subelement, with as many fragments as it takes (clause 10.28.11). */
static void put_pieces(struct out *o, uint8_t id, uint8_t fragment, const struct out *body)
{
	size_t done = 0, n;

	do {
		n = body->len - done < 255 ? body->len - done : 255;
		put_u8(o, id);
		put_u8(o, (uint8_t)n);
		put(o, body->b + done, n);
		done += n;
		id = fragment;
	} while (done < body->len);
}

static void put_element(struct out *o, int id, const void *bytes, size_t len)
{
	struct out body = { .len = 0 };

	if (id > 255)
		put_u8(&body, (uint8_t)id);
	put(&body, bytes, len);
	put_pieces(o, id > 255 ? ELEMENT_EXTENSION : (uint8_t)id, ELEMENT_FRAGMENT, &body);
}

#define ELEMENT(o, id, ...)                                  \
	put_element(o, id, (const uint8_t[]){ __VA_ARGS__ }, \
		    sizeof((const uint8_t[]){ __VA_ARGS__ }))

/* ---- channels ---- */

bool is_6ghz(const struct chandef *c)
{
	return c->freq >= 5945;
}

bool is_5ghz(const struct chandef *c)
{
	return c->freq >= 5000 && !is_6ghz(c);
}

bool parse_channel(const char *word, struct chandef *c)
{
	uint32_t number, base;
	const char *band;
	char *end;

	*c = (struct chandef){ .width = NL80211_CHAN_WIDTH_20 };
	c->freq = (uint32_t)strtoul(word, &end, 10);
	c->center1 = c->freq;
	if (!strcmp(end, "/80") && c->freq > 5000) {
		c->width = NL80211_CHAN_WIDTH_80;
		base = is_6ghz(c) ? 5955 : c->freq >= 5745 ? 5745 : 5180;
		c->center1 = base + (c->freq - base) / 80 * 80 + 30;
	} else if (*end) {
		return false;
	}
	return freq_to_channel(c->freq, &number, &band);
}

static uint8_t channel(uint32_t mhz)
{
	uint32_t number = 0;
	const char *band;

	freq_to_channel(mhz, &number, &band);
	return (uint8_t)number;
}

static bool is_80(const struct chandef *c)
{
	return c->width == NL80211_CHAN_WIDTH_80;
}

/* Of the secondary 20 MHz: 1 above the primary, 3 below, 0 none. */
static uint8_t secondary_offset(const struct chandef *c)
{
	if (!is_80(c))
		return 0;
	return (c->freq - (c->center1 - 30)) / 20 % 2 ? 3 : 1;
}

/* Of the primary 20 MHz (annex E, table E-4). */
static uint8_t operating_class(const struct chandef *c)
{
	if (is_6ghz(c))
		return 131;
	if (!is_5ghz(c))
		return 81;
	return c->freq < 5250 ? 115 : c->freq < 5350 ? 118 : c->freq < 5735 ? 121 : 125;
}

/* ---- what a link can do and does ---- */

static const uint8_t rates[] = { 0x8c, 0x12, 0x98, 0x24, 0xb0, 0x48, 0x60, 0x6c };

static void put_ht_vht(struct out *o, const struct chandef *c)
{
	struct out ht = { .len = 0 };

	ELEMENT(o, ELEMENT_HT_CAPABILITIES, is_80(c) ? 0x0e : 0x0c, 0, 0x1b, 0xff, 0xff, 0, 0, 0, 0,
		0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
	put_u8(&ht, channel(c->freq));
	put_u8(&ht, secondary_offset(c) | (is_80(c) ? 4 : 0));
	put_zeros(&ht, 20);
	put_element(o, ELEMENT_HT_OPERATION, ht.b, ht.len);
	if (!is_5ghz(c))
		return;
	ELEMENT(o, ELEMENT_VHT_CAPABILITIES, 0, 0, 0, 0, 0xfa, 0xff, 0, 0, 0xfa, 0xff, 0, 0);
	ELEMENT(o, ELEMENT_VHT_OPERATION, is_80(c), is_80(c) ? channel(c->center1) : 0, 0, 0xfc,
		0xff);
}

static void put_he(struct out *o, const struct chandef *c)
{
	/* the widths: 40 MHz in the 2.4 GHz band, 40 and 80 MHz in the others */
	ELEMENT(o, EXT_HE_CAPABILITIES, 1, 0, 0, 0, 0, 0, c->freq < 5000 ? 2 : 4, 0, 0, 0, 0, 0, 0,
		0, 0, 0, 0, 0xfa, 0xff, 0xfa, 0xff);
	if (!is_6ghz(c)) {
		ELEMENT(o, EXT_HE_OPERATION, 0xf0, 0x3f, 0, 0x97, 0xfc, 0xff);
		return;
	}
	/* with the 6 GHz operation information: an indoor AP of low power */
	ELEMENT(o, EXT_HE_OPERATION, 0xf0, 0x3f, 2, 0x97, 0xfc, 0xff, channel(c->freq),
		is_80(c) ? 2 : 0, channel(c->center1), 0, 6);
	ELEMENT(o, EXT_HE_6GHZ_CAPABILITIES, 0x3d, 0);
}

static void put_eht(struct out *o)
{
	/* EPCS; no operation information, as the HE one tells the channel */
	ELEMENT(o, EXT_EHT_CAPABILITIES, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x22, 0x22, 0x22);
	ELEMENT(o, EXT_EHT_OPERATION, 0, 0x11, 0, 0, 0);
}

static void put_wmm(struct out *o)
{
	ELEMENT(o, ELEMENT_VENDOR, 0x00, 0x50, 0xf2, 2, 1, 1, 0, 0, 3, 0xa4, 0, 0, 0x27, 0xa4, 0, 0,
		0x42, 0x43, 0x5e, 0, 0x62, 0x32, 0x2f, 0);
}

static void put_capabilities(struct out *o, const struct chandef *c)
{
	if (!is_6ghz(c))
		put_ht_vht(o, c);
	put_he(o, c);
	put_eht(o);
	put_wmm(o);
}

/* What a profile must not take over from a frame that was sent in another band. */
static void put_non_inheritance(struct out *o, const struct chandef *c)
{
	if (is_6ghz(c))
		ELEMENT(o, EXT_NON_INHERITANCE, 4, ELEMENT_HT_CAPABILITIES, ELEMENT_HT_OPERATION,
			ELEMENT_VHT_CAPABILITIES, ELEMENT_VHT_OPERATION, 0);
	else if (is_5ghz(c))
		ELEMENT(o, EXT_NON_INHERITANCE, 0, 1, (uint8_t)EXT_HE_6GHZ_CAPABILITIES);
	else
		ELEMENT(o, EXT_NON_INHERITANCE, 2, ELEMENT_VHT_CAPABILITIES, ELEMENT_VHT_OPERATION,
			1, (uint8_t)EXT_HE_6GHZ_CAPABILITIES);
}

/* ---- the MLD ---- */

static unsigned int count_links(const struct own_ap *ap)
{
	const struct own_link *l;
	unsigned int n = 0;

	for_each_link(ap, l)
		n++;
	return n;
}

/* CRC-32, as the short SSID is defined (clause 9.4.2.170.3). */
static uint32_t short_ssid(const struct own_ap *ap)
{
	uint32_t crc = ~0u;

	for (size_t i = 0; i < ap->ssid_len; i++) {
		crc ^= ap->ssid[i];
		for (int bit = 0; bit < 8; bit++)
			crc = crc >> 1 ^ (crc & 1 ? 0xedb88320 : 0);
	}
	return ~crc;
}

/* Every other link is a neighbour with a channel of its own: one TBTT information each. */
static void put_rnr(struct out *o, const struct own_ap *ap, const struct own_link *self)
{
	struct out body = { .len = 0 };
	uint32_t ssid = short_ssid(ap);
	const struct own_link *l;

	for_each_link(ap, l) {
		if (l == self)
			continue;
		put_u16(&body, 16 << 8);
		put_u8(&body, operating_class(&l->chan));
		put_u8(&body, channel(l->chan.freq));
		put_u8(&body, 255); /* TBTT offset: unknown */
		put(&body, l->addr, ADDR_LEN);
		put_u16(&body, (uint16_t)ssid);
		put_u16(&body, (uint16_t)(ssid >> 16));
		put_u8(&body, 0x42); /* the same SSID; co-located */
		put_u8(&body, 127);  /* no limit of the PSD */
		put_u8(&body, 0);    /* of this very MLD */
		put_u16(&body, (uint16_t)(l->id | l->changes << 4));
	}
	if (body.len)
		put_element(o, ELEMENT_RNR, body.b, body.len);
}

/* Clause 9.4.2.322.2.2: link id, change count and MLD capabilities are there. */
static void put_ml_common(struct out *o, const struct own_ap *ap, const struct own_link *l)
{
	put_u16(o, ML_BASIC | 0x0130);
	put_u8(o, 11);
	put(o, ap->iface.addr, ADDR_LEN);
	put_u8(o, l->id);
	put_u8(o, l->changes);
	/* links at a time; any TID-to-link mapping; link reconfiguration */
	put_u16(o, (uint16_t)((count_links(ap) - 1) | 0x0060 | 0x2000));
}

/* A complete profile; with a status in responses to a request for the link. */
static void put_profile(struct out *o, const struct own_link *l, const uint16_t *status)
{
	struct out body = { .len = 0 };

	put_u16(&body, 0x09f0 | l->id);
	put_u8(&body, 20);
	put(&body, l->addr, ADDR_LEN);
	put_u16(&body, BEACON_TU);
	put_zeros(&body, 8); /* TSF offset: the simulated radios have one clock */
	put_u8(&body, 0);
	put_u8(&body, DTIM_PERIOD);
	put_u8(&body, l->changes);
	put_u16(&body, 1); /* capability: ESS */
	if (status)
		put_u16(&body, *status);
	put_element(&body, ELEMENT_RATES, rates, sizeof(rates));
	put_capabilities(&body, &l->chan);
	put_non_inheritance(&body, &l->chan);
	put_pieces(o, 0, 254, &body);
}

static void put_profiles(struct out *o, const struct own_ap *ap, const struct link_status *s,
			 size_t n)
{
	for (size_t i = 0; i < n; i++) {
		/* a link that is not there is refused with what it would be */
		struct own_link l = ap->links[s[i].id];

		l.id = s[i].id;
		if (!l.up)
			l.chan = ap->links[0].chan;
		put_profile(o, &l, &s[i].status);
	}
}

static void put_multi_link(struct out *o, const struct own_ap *ap, const struct own_link *self,
			   bool profiles)
{
	struct out body = { .len = 0 };
	const struct own_link *l;

	put_ml_common(&body, ap, self);
	for_each_link(ap, l)
		if (profiles && l != self)
			put_profile(&body, l, NULL);
	put_element(o, EXT_MULTI_LINK, body.b, body.len);
}

/* Which links will be removed, and when (clause 9.4.2.322.4). */
static void put_removals(struct out *o, const struct own_ap *ap)
{
	struct out body = { .len = 0 };
	const struct own_link *l;
	bool any = ap->kept;

	put_u16(&body, ML_RECONFIGURATION);
	put_u8(&body, 1);
	for_each_link(ap, l) {
		if (!l->removal)
			continue;
		any = true;
		put_u16(&body, 5 << 8);
		put_u16(&body, l->id | 0x40);
		put_u8(&body, 3);
		put_u16(&body, l->removal);
	}
	if (any)
		put_element(o, EXT_MULTI_LINK, body.b, body.len);
}

/* ---- frames ---- */

void begin_frame(struct out *o, uint8_t type, const uint8_t *to, const struct own_link *l)
{
	put_u16(o, type);
	put_u16(o, 0);
	put(o, to, ADDR_LEN);
	put(o, l->addr, ADDR_LEN);
	put(o, l->addr, ADDR_LEN);
	put_u16(o, 0);
}

/* Time stamp, interval, capability ESS, SSID, rates: the same in beacon and probe response. */
static void put_beacon_begin(struct out *o, const struct own_ap *ap)
{
	put_zeros(o, 8);
	put_u16(o, BEACON_TU);
	put_u16(o, 1);
	put_element(o, ELEMENT_SSID, ap->ssid, ap->ssid_len);
	put_element(o, ELEMENT_RATES, rates, sizeof(rates));
}

void put_beacon_head(struct out *o, const struct own_ap *ap, const struct own_link *l)
{
	static const uint8_t everyone[] = { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff };

	begin_frame(o, FC_BEACON, everyone, l);
	put_beacon_begin(o, ap);
}

static void put_beacon_end(struct out *o, const struct own_ap *ap, const struct own_link *l,
			   bool profiles)
{
	put_rnr(o, ap, l);
	put_capabilities(o, &l->chan);
	put_multi_link(o, ap, l, profiles);
	put_removals(o, ap);
}

void put_beacon_tail(struct out *o, const struct own_ap *ap, const struct own_link *l)
{
	put_beacon_end(o, ap, l, false);
}

size_t put_channel_switch(struct out *o, const struct chandef *to, uint8_t count)
{
	size_t counter = o->len + 4;

	ELEMENT(o, ELEMENT_CHANNEL_SWITCH, 0, channel(to->freq), count);
	if (is_80(to))
		ELEMENT(o, ELEMENT_CHANNEL_SWITCH_WRAPPER, ELEMENT_WIDE_CHANNEL_SWITCH, 3, 1,
			channel(to->center1), 0);
	return counter;
}

void put_probe_response(struct out *o, const struct own_ap *ap, const struct own_link *l,
			const uint8_t *to)
{
	begin_frame(o, FC_PROBE_RESPONSE, to, l);
	put_beacon_begin(o, ap);
	put_beacon_end(o, ap, l, ap->profiles);
}

void put_auth_response(struct out *o, const struct own_ap *ap, const struct own_link *l,
		       const uint8_t *to, bool mld, uint16_t status)
{
	struct out ml = { .len = 0 };

	begin_frame(o, FC_AUTH, to, l);
	put_u16(o, 0); /* open system */
	put_u16(o, 2);
	put_u16(o, status);
	if (!mld)
		return;
	put_u16(&ml, ML_BASIC);
	put_u8(&ml, 7);
	put(&ml, ap->iface.addr, ADDR_LEN);
	put_element(o, EXT_MULTI_LINK, ml.b, ml.len);
}

void put_reconf_element(struct out *o, const struct own_ap *ap, const struct own_link *l,
			const struct link_status *s, size_t n)
{
	struct out body = { .len = 0 };

	put_ml_common(&body, ap, l);
	put_profiles(&body, ap, s, n);
	put_element(o, EXT_MULTI_LINK, body.b, body.len);
}

void put_assoc_elements(struct out *o, const struct own_ap *ap, const struct own_link *l, bool mld,
			const struct link_status *s, size_t n)
{
	put_element(o, ELEMENT_RATES, rates, sizeof(rates));
	put_capabilities(o, &l->chan);
	if (mld)
		put_reconf_element(o, ap, l, s, n);
}

void put_epcs_element(struct out *o, const struct own_ap *ap)
{
	struct out body = { .len = 0 };
	const struct own_link *l;

	put_u16(&body, ML_PRIORITY_ACCESS);
	put_u8(&body, 7);
	put(&body, ap->iface.addr, ADDR_LEN);
	for_each_link(ap, l) {
		struct out profile = { .len = 0 };

		put_u16(&profile, l->id);
		put_wmm(&profile);
		put_pieces(&body, 0, 254, &profile);
	}
	put_element(o, EXT_MULTI_LINK, body.b, body.len);
}
