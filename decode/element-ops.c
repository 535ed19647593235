/* SPDX-License-Identifier: ISC */
/* Elements that say what a BSS is, can and does: names, rates, channels, widths, switches. */
#include <string.h>

#include "../iw-mlo.h"
#include "../elements.h"

static const char too_short[] = "too short";

const char *decode_ssid(struct bytes b, struct bytes *ssid)
{
	*ssid = (struct bytes){ NULL, 0 };
	if (b.len > SSID_LEN_MAX)
		return "longer than 32 bytes";
	*ssid = b;
	return NULL;
}

const char *decode_rates(struct bytes b, struct bytes *rates)
{
	*rates = b;
	return b.len ? NULL : "empty";
}

const char *membership_selector(uint8_t rate)
{
	switch (rate) { /* those with bit 7, as all selectors are basic */
	case 0x80 | 127:
		return "HT";
	case 0x80 | 126:
		return "VHT";
	case 0x80 | 125:
		return "GLK";
	case 0x80 | 124:
		return "EPD";
	case 0x80 | 123:
		return "SAE-H2E";
	case 0x80 | 122:
		return "HE";
	case 0x80 | 121:
		return "EHT";
	}
	return NULL;
}

const char *decode_ds_parameter_set(struct bytes b, uint8_t *channel)
{
	*channel = 0;
	return take_u8(&b, channel) ? NULL : too_short;
}

const char *decode_tim(struct bytes b, struct tim *t)
{
	memset(t, 0, sizeof(*t));
	if (b.len < 2)
		return too_short;
	if (!b.p[1])
		return "DTIM period 0";
	*t = (struct tim){ b.p[0], b.p[1] };
	return NULL;
}

/* ---- country ---- */

#define OPERATING_EXTENSION_FROM 201 /* no subband begins with such a channel */
#define TRIPLET_LEN		 3

bool country_triplet_next(struct bytes *triplets, struct country_triplet *t)
{
	struct bytes b;

	if (!take_bytes(triplets, TRIPLET_LEN, &b))
		return false;
	*t = (struct country_triplet){ .operating = b.p[0] >= OPERATING_EXTENSION_FROM };
	if (t->operating) {
		t->operating_class = b.p[1];
		t->coverage_class = b.p[2];
	} else {
		t->first_channel = b.p[0];
		t->n_channels = b.p[1];
		t->max_power = (int8_t)b.p[2];
	}
	return true;
}

const char *decode_country(struct bytes b, struct country *c)
{
	struct bytes head;

	memset(c, 0, sizeof(*c));
	if (!take_bytes(&b, 3, &head))
		return too_short;
	c->has_code = true;
	memcpy(c->code, head.p, 2);
	c->environment = head.p[2];
	take_bytes(&b, b.len - b.len % TRIPLET_LEN, &c->triplets);
	if (!c->triplets.len)
		return "without a triplet";
	return b.len > 1 ? "its last triplet is cut" : NULL; /* one byte is padding */
}

/* ---- what happens there ---- */

const char *decode_bss_load(struct bytes b, struct bss_load *l)
{
	memset(l, 0, sizeof(*l));
	if (b.len < 5)
		return too_short;
	*l = (struct bss_load){ le16(b.p), b.p[2], le16(b.p + 3) };
	return NULL;
}

const char *decode_channel_switch(struct bytes b, struct channel_switch *s)
{
	memset(s, 0, sizeof(*s));
	if (b.len < 3)
		return too_short;
	*s = (struct channel_switch){ .mode = b.p[0], .channel = b.p[1], .count = b.p[2] };
	return NULL;
}

const char *decode_ext_channel_switch(struct bytes b, struct channel_switch *s)
{
	memset(s, 0, sizeof(*s));
	if (b.len < 4)
		return too_short;
	*s = (struct channel_switch){ b.p[0], b.p[1], b.p[2], b.p[3] };
	return NULL;
}

const char *decode_max_channel_switch_time(struct bytes b, uint32_t *time)
{
	*time = 0;
	if (b.len < 3)
		return too_short;
	*time = le16(b.p) | (uint32_t)b.p[2] << 16;
	return NULL;
}

/* ---- HT, VHT ---- */

const char *decode_ht_capabilities(struct bytes b, struct ht_capabilities *c)
{
	uint16_t info;

	memset(c, 0, sizeof(*c));
	if (b.len < 26)
		return too_short;
	info = le16(b.p);
	c->width = info & 0x0002 ? 40 : 20;
	c->intolerant_of_40 = info & 0x4000;
	return NULL;
}

const char *decode_ht_operation(struct bytes b, struct ht_operation *o)
{
	memset(o, 0, sizeof(*o));
	if (b.len < 22)
		return too_short;
	o->primary = b.p[0];
	o->secondary_offset = b.p[1] & 0x03;
	o->any_width = b.p[1] & 0x04;
	o->ccfs2 = (uint8_t)(le16(b.p + 2) >> 5);
	return NULL;
}

const char *decode_vht_capabilities(struct bytes b, struct vht_capabilities *c)
{
	memset(c, 0, sizeof(*c));
	if (b.len < 12)
		return too_short;
	*c = (struct vht_capabilities){ b.p[0] >> 2 & 3, b.p[3] >> 6 };
	return NULL;
}

const char *decode_vht_operation(struct bytes b, struct vht_operation *o)
{
	memset(o, 0, sizeof(*o));
	if (b.len < 5)
		return too_short;
	*o = (struct vht_operation){ b.p[0], b.p[1], b.p[2] };
	return NULL;
}

/* ---- HE ---- */

#define HE_FIXED_LEN 17 /* MAC and PHY capabilities */
#define HE_MAP_LEN   4
#define HE_PHY	     6 /* where the PHY capabilities begin */

const char *decode_he_capabilities(struct bytes b, struct he_capabilities *c)
{
	size_t maps = 1;

	memset(c, 0, sizeof(*c));
	if (b.len < HE_FIXED_LEN)
		return too_short;
	maps += b.p[HE_PHY] >> 3 & 1;
	maps += b.p[HE_PHY] >> 4 & 1;
	if (b.len < HE_FIXED_LEN + maps * HE_MAP_LEN)
		return too_short;
	c->mhz40_in_2ghz = b.p[HE_PHY] & 0x02;
	c->mhz40_80 = b.p[HE_PHY] & 0x04;
	c->mhz160 = b.p[HE_PHY] & 0x08;
	c->mhz80p80 = b.p[HE_PHY] & 0x10;
	return NULL;
}

static bool take_he_6ghz_info(struct bytes *b, struct he_6ghz_info *i)
{
	struct bytes f;

	if (!take_bytes(b, 5, &f))
		return false;
	i->primary = f.p[0];
	i->width = (uint8_t)(20 << (f.p[1] & 0x03));
	i->duplicate_beacon = f.p[1] & 0x04;
	i->regulatory = f.p[1] >> 3 & 0x0f;
	i->ccfs0 = f.p[2];
	i->ccfs1 = f.p[3];
	i->min_rate = f.p[4];
	return true;
}

const char *decode_he_operation(struct bytes b, struct he_operation *o)
{
	struct bytes f, vht;

	memset(o, 0, sizeof(*o));
	if (!take_bytes(&b, 6, &f))
		return too_short;
	o->whole = true;
	o->twt_required = f.p[0] & 0x08;
	o->er_su_disabled = f.p[2] & 0x01;
	o->bss_color = f.p[3] & 0x3f;
	o->partial_color = f.p[3] & 0x40;
	o->color_disabled = f.p[3] & 0x80;
	if (f.p[1] & 0x40 && !take_bytes(&b, 3, &vht))
		return "VHT Operation Information is cut";
	if (f.p[1] & 0x80 && !(o->has_max_cohosted = take_u8(&b, &o->max_cohosted)))
		return "Max Co-Hosted BSSID Indicator is missing";
	if (f.p[2] & 0x02 && !(o->has_6ghz = take_he_6ghz_info(&b, &o->info)))
		return "6 GHz Operation Information is cut";
	return NULL;
}

const char *he_regulatory(uint8_t regulatory)
{
	static const char *const names[] = {
		[0] = "indoor low power",
		[1] = "standard power",
		[2] = "very low power",
		[3] = "indoor",
		[4] = "indoor standard power (old number)",
		[7] = "not relevant",
		[8] = "indoor standard power",
	};

	return regulatory < ARRAY_SIZE(names) ? names[regulatory] : NULL;
}

static uint16_t max_mpdu(unsigned int code)
{
	static const uint16_t bytes[] = { 3895, 7991, 11454, 0 };

	return bytes[code & 3];
}

const char *decode_he_6ghz_capabilities(struct bytes b, struct he_6ghz_capabilities *c)
{
	static const uint16_t spacing[] = { 0, 250, 500, 1000, 2000, 4000, 8000, 16000 };
	uint16_t v;

	memset(c, 0, sizeof(*c));
	if (!take_u16(&b, &v))
		return too_short;
	c->min_start_spacing = spacing[v & 0x07];
	c->max_ampdu = (1u << (13 + (v >> 3 & 0x07))) - 1;
	c->max_mpdu = max_mpdu(v >> 6);
	c->power_save = v >> 9 & 0x03;
	return NULL;
}

/* ---- EHT ---- */

static struct eht_nss eht_nss(uint8_t v)
{
	return (struct eht_nss){ .rx = v & 0x0f, .tx = v >> 4 };
}

/* Control, CCFS0 and CCFS1, and the bitmap if there has to be one. */
static const char *take_eht_channel(struct bytes *b, bool punctured, struct eht_channel *c)
{
	struct bytes f;

	if (!take_bytes(b, 3, &f))
		return "the channel is cut";
	c->known = true;
	c->width = (f.p[0] & 0x07) <= 4 ? (uint16_t)(20 << (f.p[0] & 0x07)) : 0;
	c->ccfs0 = f.p[1];
	c->ccfs1 = f.p[2];
	c->has_punctured = punctured && take_u16(b, &c->punctured);
	return punctured && !c->has_punctured ? "Disabled Subchannel Bitmap is cut" : NULL;
}

const char *decode_eht_operation(struct bytes b, struct eht_operation *o)
{
	struct bytes f;

	memset(o, 0, sizeof(*o));
	if (!take_bytes(&b, 5, &f))
		return too_short;
	o->whole = true;
	o->default_pe_duration = f.p[0] & 0x04;
	o->limits_group_addressed_bus = f.p[0] & 0x08;
	o->bu_indication_exponent = f.p[0] >> 4 & 0x03;
	o->mcs15_disabled = f.p[0] & 0x40;
	for (int i = 0; i < 4; i++)
		o->basic[i] = eht_nss(f.p[1 + i]);
	/* the bit of the bitmap means nothing without that of the channel */
	return f.p[0] & 0x01 ? take_eht_channel(&b, f.p[0] & 0x02, &o->channel) : NULL;
}

const char *decode_bandwidth_indication(struct bytes b, struct eht_channel *c)
{
	uint8_t params;

	memset(c, 0, sizeof(*c));
	if (!take_u8(&b, &params))
		return too_short;
	return take_eht_channel(&b, params & 0x02, c);
}

#define EHT_FIXED_LEN 11 /* MAC and PHY capabilities */
#define EHT_PHY	      2	 /* where the PHY capabilities begin */

static bool take_eht_map(struct bytes *b, uint16_t width, struct eht_capabilities *c)
{
	struct eht_map *m = &c->maps[c->n_maps];
	struct bytes f;

	m->width = width;
	m->n = width == 20 ? 4 : 3;
	if (!take_bytes(b, m->n, &f))
		return false;
	for (int i = 0; i < m->n; i++)
		m->nss[i] = eht_nss(f.p[i]);
	c->n_maps++;
	return true;
}

/* As ieee80211_eht_mcs_nss_size() of linux/ieee80211-eht.h finds which maps there are. */
static bool take_eht_maps(struct bytes *b, const struct he_capabilities *he, bool from_ap,
			  struct eht_capabilities *c)
{
	if (he->mhz40_in_2ghz)
		return take_eht_map(b, 80, c);
	if (!he->mhz40_80 && !he->mhz160 && !c->mhz320)
		return take_eht_map(b, from_ap ? 80 : 20, c);
	return (!he->mhz40_80 || take_eht_map(b, 80, c)) &&
	       (!he->mhz160 || take_eht_map(b, 160, c)) && (!c->mhz320 || take_eht_map(b, 320, c));
}

/* 9 bits, and 6 for each pair of a stream and a size of RU. */
static size_t eht_ppe_len(uint16_t header)
{
	size_t nss = (header & 0x0f) + 1u, rus = 0;

	for (int bit = 4; bit <= 8; bit++)
		rus += header >> bit & 1;
	return (9 + rus * nss * 6 + 7) / 8;
}

const char *decode_eht_capabilities(struct bytes b, const struct he_capabilities *he, bool from_ap,
				    struct eht_capabilities *c)
{
	struct bytes f;

	memset(c, 0, sizeof(*c));
	if (!take_bytes(&b, EHT_FIXED_LEN, &f))
		return too_short;
	c->whole = true;
	c->epcs = f.p[0] & 0x01;
	c->om_control = f.p[0] & 0x02;
	c->restricted_twt = f.p[0] & 0x10;
	c->scs_traffic_description = f.p[0] & 0x20;
	c->max_mpdu = max_mpdu(f.p[0] >> 6);
	c->mhz320 = f.p[EHT_PHY] & 0x02;
	if (!he)
		return "cannot be decoded without HE Capabilities beside it";
	if (!take_eht_maps(&b, he, from_ap, c))
		return "Supported EHT-MCS And NSS Set is cut";
	if (f.p[EHT_PHY + 5] & 0x08 && (b.len < 2 || b.len < eht_ppe_len(le16(b.p))))
		return "EHT PPE Thresholds is cut";
	return NULL;
}

/* ---- the rest ---- */

#define NONTRANSMITTED_BSSID_PROFILE 0

const char *decode_multiple_bssid(struct bytes b, struct multiple_bssid *m)
{
	struct element e;

	memset(m, 0, sizeof(*m));
	if (!take_u8(&b, &m->max_indicator))
		return too_short;
	while (subelement_next(&b, &e))
		m->n_profiles += e.id == NONTRANSMITTED_BSSID_PROFILE;
	return b.len ? "its last subelement is cut" : NULL;
}

bool bssid_profile_next(struct bytes *rest, struct scratch *s, struct bssid_profile *p)
{
	struct element e;
	struct bytes body;

	do
		if (!subelement_next(rest, &e))
			return false;
	while (e.id != NONTRANSMITTED_BSSID_PROFILE);
	*p = (struct bssid_profile){ .elements = element_body(&e, s) };
	body = p->elements;
	p->continues = !element_next(&body, &e) || e.id != EID_NONTRANSMITTED_CAP;
	p->has_index = element_find(p->elements, EID_MULTIPLE_BSSID_INDEX, NO_EXT, &e) &&
		       take_u8(&e.body, &p->index);
	return true;
}

const struct named_bit ext_capabilities[] = {
	{ 2, "extended channel switching" },
	{ 19, "BSS transition" },
	{ 22, "multiple BSSID" },
	{ 31, "interworking" },
	{ 48, "UTF-8 SSID" },
	{ 62, "operating mode notification" },
	{ 70, "FTM responder" },
	{ 71, "FTM initiator" },
	{ 72, "FILS" },
	{ 77, "TWT requester" },
	{ 78, "TWT responder" },
	{ 80, "complete list of nontransmitted BSSIDs" },
	{ 81, "SAE password identifiers" },
	{ 82, "SAE password identifiers only" },
	{ 83, "enhanced multi-BSSID advertisement" },
	{ 84, "beacon protection" },
	{ 85, "mirrored SCS" },
	{ 86, "on-channel tunneling" },
	{ 88, "SAE-PK passwords only" },
	{ 0, NULL },
};

/* The values go on, for more than 160 MHz, where those who know 160 only do not look for them. */
static const char *take_psd_limits(struct bytes b, unsigned int count, struct tx_power_envelope *e)
{
	struct bytes f;
	uint8_t more;

	if (count > 4)
		return "reserved count";
	if (!take_bytes(&b, count ? 1u << (count - 1) : 1, &f))
		return "its limits are cut";
	e->every = !count;
	e->n = (uint8_t)f.len;
	memcpy(e->limit, f.p, f.len);
	if (e->every || !take_u8(&b, &more))
		return NULL;
	if (!take_bytes(&b, more & 0x0f, &f))
		return "its further limits are cut";
	if (f.len > sizeof(e->limit) - e->n)
		f.len = sizeof(e->limit) - e->n;
	memcpy(e->limit + e->n, f.p, f.len);
	e->n += (uint8_t)f.len;
	return NULL;
}

static const char *take_limits(struct bytes b, unsigned int count, struct tx_power_envelope *e)
{
	struct bytes f;
	uint8_t mhz320;

	if (count > 3)
		return "reserved count";
	if (!take_bytes(&b, count + 1, &f))
		return "its limits are cut";
	e->n = (uint8_t)f.len;
	memcpy(e->limit, f.p, f.len);
	if (count == 3 && take_u8(&b, &mhz320))
		e->limit[e->n++] = (int8_t)mhz320;
	return NULL;
}

const char *decode_tx_power_envelope(struct bytes b, struct tx_power_envelope *e)
{
	uint8_t info;

	memset(e, 0, sizeof(*e));
	if (!take_u8(&b, &info))
		return too_short;
	if ((info >> 3 & 0x07) > 3)
		return "reserved interpretation";
	e->psd = info & 0x08;
	e->regulatory = info & 0x10;
	e->category = info >> 6;
	return e->psd ? take_psd_limits(b, info & 0x07, e) : take_limits(b, info & 0x07, e);
}

/* ---- vendors ---- */

#define MICROSOFT 0x0050f2
#define WFA	  0x506f9a

const char *decode_vendor(struct bytes b, struct vendor *v)
{
	struct bytes oui;

	memset(v, 0, sizeof(*v));
	if (!take_bytes(&b, sizeof(v->oui), &oui))
		return too_short;
	memcpy(v->oui, oui.p, sizeof(v->oui));
	v->has_type = take_u8(&b, &v->type);
	v->data = b;
	return NULL;
}

const char *vendor_name(const struct vendor *v)
{
	static const struct {
		uint32_t oui;
		uint8_t type;
		const char *name;
	} names[] = {
		{ MICROSOFT, 1, "WPA" },
		{ MICROSOFT, 2, "WMM" },
		{ MICROSOFT, 4, "WPS" },
		{ WFA, 0x09, "P2P" },
		{ WFA, 0x0a, "Wi-Fi Display" },
		{ WFA, 0x10, "Hotspot 2.0" },
		{ WFA, 0x12, "OSEN" },
		{ WFA, 0x16, "MBO" },
		{ WFA, 0x1b, "Multi-AP" },
		{ WFA, 0x1c, "OWE transition" },
		{ WFA, 0x1e, "DPP" },
		{ WFA, 0x1f, "SAE-PK" },
		{ WFA, 0x22, "QoS management" },
		{ WFA, 0x23, "Wi-Fi Alliance capabilities" },
		{ WFA, 0x29, "RSNE override" },
		{ WFA, 0x2a, "RSNE override 2" },
		{ WFA, 0x2b, "RSNXE override" },
	};
	uint32_t oui = (uint32_t)(v->oui[0] << 16 | v->oui[1] << 8 | v->oui[2]);

	if (!v->has_type || (oui != MICROSOFT && oui != WFA))
		return NULL;
	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		if (names[i].oui == oui && names[i].type == v->type)
			return names[i].name;
	return NULL;
}
