/* SPDX-License-Identifier: ISC */
/* The Multi-Link element: an MLD, and what it says of its links. */
#include <string.h>

#include "../elements.h"

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

/* Fields that need not be there: false if one should be and the bytes do not reach. */
static bool take_u8_if(struct bytes *from, bool there, bool *has, uint8_t *v)
{
	*has = there && take_u8(from, v);
	return *has == there;
}

static bool take_u16_if(struct bytes *from, bool there, bool *has, uint16_t *v)
{
	*has = there && take_u16(from, v);
	return *has == there;
}

static bool take_addr_if(struct bytes *from, bool there, bool *has, uint8_t addr[6])
{
	struct bytes b;

	*has = there && take_bytes(from, 6, &b);
	if (*has)
		memcpy(addr, b.p, 6);
	return *has == there;
}

/* ---- Common Info ---- */

static bool take_link_id_if(struct bytes *info, bool there, struct multi_link *m)
{
	bool has;

	if (!take_u8_if(info, there, &has, &m->link_id))
		return false;
	m->link_id &= 0x0f;
	m->has_link_id = has && m->link_id != LINK_ID_NONE;
	return true;
}

static bool take_basic(struct bytes *info, struct multi_link *m)
{
	uint16_t there = m->presence;

	return take_addr_if(info, true, &m->has_mld_addr, m->mld_addr) &&
	       take_link_id_if(info, there & 0x0010, m) &&
	       take_u8_if(info, there & 0x0020, &m->has_change_count, &m->change_count) &&
	       take_u16_if(info, there & 0x0040, &m->has_medium_sync, &m->medium_sync) &&
	       take_u16_if(info, there & 0x0080, &m->has_eml_capabilities, &m->eml_capabilities) &&
	       take_u16_if(info, there & 0x0100, &m->has_mld_capabilities, &m->mld_capabilities) &&
	       take_u8_if(info, there & 0x0200, &m->has_ap_mld_id, &m->ap_mld_id) &&
	       take_u16_if(info, there & 0x0400, &m->has_ext_mld_capabilities,
			   &m->ext_mld_capabilities);
}

static bool take_reconfiguration(struct bytes *info, struct multi_link *m)
{
	uint16_t there = m->presence;

	return take_addr_if(info, there & 0x0010, &m->has_mld_addr, m->mld_addr) &&
	       take_u16_if(info, there & 0x0020, &m->has_eml_capabilities, &m->eml_capabilities) &&
	       take_u16_if(info, there & 0x0040, &m->has_mld_capabilities, &m->mld_capabilities) &&
	       take_u16_if(info, there & 0x0080, &m->has_ext_mld_capabilities,
			   &m->ext_mld_capabilities);
}

static bool take_common_info(struct bytes *info, struct multi_link *m)
{
	switch (m->type) {
	case ML_BASIC:
		return take_basic(info, m);
	case ML_PROBE_REQUEST:
		return take_u8_if(info, m->presence & 0x0010, &m->has_ap_mld_id, &m->ap_mld_id);
	case ML_RECONFIGURATION:
		return take_reconfiguration(info, m);
	case ML_TDLS:
	case ML_PRIORITY_ACCESS: /* has a presence bit for it, which hostapd does not set */
		return take_addr_if(info, true, &m->has_mld_addr, m->mld_addr);
	}
	return true;
}

/* Is it told which link this is, but by the number of none? */
static bool is_link_15(const struct multi_link *m)
{
	return m->type == ML_BASIC && m->presence & 0x0010 && !m->has_link_id;
}

const char *decode_multi_link(struct bytes body, struct multi_link *m)
{
	struct bytes info;
	uint16_t control;
	uint8_t len;

	memset(m, 0, sizeof(*m));
	m->type = ML_TYPELESS;
	if (!take_u16(&body, &control))
		return "no Multi-Link Control";
	m->type = control & 7;
	m->presence = control & 0xfff0;
	if (m->type > ML_PRIORITY_ACCESS)
		return "of an unknown type";
	if (!take_u8(&body, &len))
		return "no Common Info";
	if (!take_bytes(&body, len ? len - 1u : 0, &info)) { /* the length counts itself */
		take_common_info(&body, m);
		return "Common Info is longer than the element";
	}
	if (!take_common_info(&info, m) || !len)
		return "Common Info is shorter than its fields";
	m->unknown = info;
	m->sub_elements = body;
	return is_link_15(m) ? "link id 15" : NULL;
}

struct medium_sync decode_medium_sync(uint16_t raw)
{
	uint8_t threshold = raw >> 8 & 0x0f, txops = raw >> 12;

	return (struct medium_sync){
		.duration_us = (uint16_t)((raw & 0xff) * 32),
		.has_threshold = threshold <= 10,
		.threshold_dbm = (int8_t)(threshold - 72),
		.has_max_txops = txops != 15,
		.max_txops = (uint8_t)(txops + 1),
	};
}

struct eml_capabilities decode_eml_capabilities(uint16_t raw)
{
	static const uint16_t emlmr_us[] = { 0, 32, 64, 128, 256 };
	static const uint16_t emlsr_us[] = { 0, 16, 32, 64, 128, 256 };
	struct eml_capabilities c = { .emlsr = raw & 0x0001, .emlmr = raw & 0x0080 };
	unsigned int padding = raw >> 1 & 7, transition = raw >> 4 & 7, timeout = raw >> 11 & 15;
	bool any = c.emlsr || c.emlmr;

	c.reserved = raw & 0x8700;
	c.has_padding_delay = any && padding < ARRAY_SIZE(emlmr_us);
	if (c.has_padding_delay)
		c.padding_delay_us = emlmr_us[padding];
	c.has_transition_delay =
		any && transition < (c.emlsr ? ARRAY_SIZE(emlsr_us) : ARRAY_SIZE(emlmr_us));
	if (c.has_transition_delay)
		c.transition_delay_us = c.emlsr ? emlsr_us[transition] : emlmr_us[transition];
	c.has_transition_timeout = any && timeout <= 10;
	if (c.has_transition_timeout && timeout)
		c.transition_timeout_us = 128u << (timeout - 1);
	return c;
}

struct mld_capabilities decode_mld_capabilities(uint16_t raw, enum frame frame)
{
	bool client = frame == FRAME_ASSOC_REQUEST;
	unsigned int separation = raw >> 7 & 0x1f;

	return (struct mld_capabilities){
		.max_simultaneous_links = (uint8_t)((raw & 0x000f) + 1),
		.srs = raw & 0x0010,
		.ttlm = (enum ttlm_negotiation)(raw >> 5 & 3),
		.nstr_mobile_ap = !client && raw & 0x0080,
		.has_str_separation = client && separation,
		.str_separation_mhz = client && separation ? (uint16_t)((separation - 1) * 80) : 0,
		.aar = raw & 0x1000,
		.link_reconfiguration = raw & 0x2000,
		.aligned_twt = raw & 0x4000,
		.reserved = raw & (client ? 0x8000 : 0x8f00),
	};
}

struct ext_mld_capabilities decode_ext_mld_capabilities(uint16_t raw)
{
	uint8_t links = raw >> 1 & 0x0f;

	return (struct ext_mld_capabilities){
		.parameter_update = raw & 0x0001,
		.has_recommended_links = links > 1, /* 0: no recommendation, 1: reserved */
		.recommended_links = links,
		.nstr_status_update = raw & 0x0020,
		.emlsr_on_one_link = raw & 0x0040,
		.btm_recommendation = raw & 0x0080,
		.reserved = raw & 0xff00,
	};
}

/* ---- Per-STA Profiles ---- */

static bool take_tsf_offset_if(struct bytes *from, bool there, struct sta_profile *p)
{
	uint64_t v = 0;
	struct bytes b;

	p->has_tsf_offset = there && take_bytes(from, 8, &b);
	for (int i = 0; p->has_tsf_offset && i < 8; i++)
		v |= (uint64_t)b.p[i] << 8 * i;
	p->tsf_offset_us = (int64_t)(v * 2); /* in units of 2 us, modulo 2^64 as the TSF itself */
	return p->has_tsf_offset == there;
}

static bool take_dtim_if(struct bytes *from, bool there, struct sta_profile *p)
{
	struct bytes b;

	p->has_dtim = there && take_bytes(from, 2, &b);
	if (p->has_dtim) {
		p->dtim_count = b.p[0];
		p->dtim_period = b.p[1];
	}
	return p->has_dtim == there;
}

static bool take_nstr_if(struct bytes *from, bool there, bool wide, struct sta_profile *p)
{
	uint8_t narrow = 0;
	bool ok = wide ? take_u16_if(from, there, &p->has_nstr, &p->nstr)
		       : take_u8_if(from, there, &p->has_nstr, &narrow);

	p->nstr = (p->nstr | narrow) & 0x7fff; /* there is no link 15 */
	return ok;
}

static bool take_basic_sta_info(struct bytes *info, uint16_t control, struct sta_profile *p)
{
	return take_addr_if(info, control & 0x0020, &p->has_addr, p->addr) &&
	       take_u16_if(info, control & 0x0040, &p->has_beacon_interval,
			   &p->beacon_interval_tu) &&
	       take_tsf_offset_if(info, control & 0x0080, p) &&
	       take_dtim_if(info, control & 0x0100, p) &&
	       take_nstr_if(info, p->complete && control & 0x0200, control & 0x0400, p) &&
	       take_u8_if(info, control & 0x0800, &p->has_change_count, &p->change_count);
}

static bool take_reconfiguration_sta_info(struct bytes *info, uint16_t control,
					  struct sta_profile *p)
{
	p->has_operation = true;
	p->operation = control >> 7 & 0x0f;
	return take_addr_if(info, control & 0x0020, &p->has_addr, p->addr) &&
	       take_u16_if(info, control & 0x0040, &p->has_removal_timer, &p->removal_timer) &&
	       take_u16_if(info, control & 0x0800, &p->has_parameters, &p->parameters) &&
	       take_nstr_if(info, control & 0x2000, control & 0x1000, p);
}

static bool take_sta_info(uint8_t type, struct bytes *info, uint16_t control, struct sta_profile *p)
{
	return type == ML_BASIC ? take_basic_sta_info(info, control, p)
				: take_reconfiguration_sta_info(info, control, p);
}

/* A complete profile is a frame of its own, from the fixed fields on that links do not share. */
static const char *take_fixed_fields(struct bytes *rest, enum frame frame, struct sta_profile *p)
{
	bool with_status = p->complete && frame == FRAME_ASSOC_RESPONSE;

	if (!take_u16_if(rest, p->complete, &p->has_capability, &p->capability))
		return "profile is shorter than its Capability Information";
	if (!take_u16_if(rest, with_status, &p->has_status, &p->status))
		return "profile is shorter than its Status Code";
	return NULL;
}

/* With STA Info, as those of Basic and Reconfiguration have it. */
static const char *decode_profile(uint8_t type, enum frame frame, struct bytes rest,
				  uint16_t control, struct sta_profile *p)
{
	const char *malformed;
	struct bytes info;
	uint8_t len;

	if (!take_u8(&rest, &len))
		return "no STA Info";
	if (!take_bytes(&rest, len ? len - 1u : 0, &info)) {
		take_sta_info(type, &rest, control, p);
		return "STA Info is longer than the profile";
	}
	if (!take_sta_info(type, &info, control, p) || !len)
		return "STA Info is shorter than its fields";
	p->unknown = info;
	malformed = take_fixed_fields(&rest, frame, p);
	if (!malformed)
		p->elements = rest;
	return malformed;
}

static void decode_sta_profile(struct sta_profiles *i, struct bytes body, struct sta_profile *p)
{
	uint16_t control, link;

	memset(p, 0, sizeof(*p));
	p->body = body;
	if (!take_u16(&body, &control)) {
		p->malformed = "no STA Control";
		return;
	}
	p->link_id = control & 0x000f;
	p->has_link_id = p->link_id != LINK_ID_NONE;
	p->has_complete = i->type != ML_PRIORITY_ACCESS;
	p->complete = p->has_complete && control & 0x0010;
	if (i->type == ML_BASIC || i->type == ML_RECONFIGURATION)
		p->malformed = decode_profile(i->type, i->frame, body, control, p);
	else
		p->elements = body;
	link = (uint16_t)(1u << p->link_id);
	if (!p->malformed && !p->has_link_id)
		p->malformed = "link id 15";
	else if (!p->malformed && i->seen & link)
		p->malformed = "a second profile of this link";
	i->seen |= link;
}

struct sta_profiles sta_profiles(const struct multi_link *m, enum frame frame)
{
	struct sta_profiles i = { .type = m->type, .frame = frame };

	if (m->type != ML_TDLS) /* where profiles are not defined */
		i.rest = m->sub_elements;
	return i;
}

bool sta_profile_next(struct sta_profiles *i, struct scratch *s, struct sta_profile *p)
{
	struct element e;

	while (subelement_next(&i->rest, &e)) {
		if (e.id != ML_PER_STA_PROFILE)
			continue;
		decode_sta_profile(i, element_body(&e, s), p);
		return true;
	}
	return false;
}

/* ---- Non-Inheritance ---- */

static bool take_list(struct bytes *from, struct bytes *list)
{
	uint8_t n;

	return take_u8(from, &n) && take_bytes(from, n, list);
}

const char *decode_non_inheritance(struct bytes body, struct non_inheritance *n)
{
	if (take_list(&body, &n->ids) && take_list(&body, &n->ext_ids))
		return NULL;
	memset(n, 0, sizeof(*n));
	return "lists are longer than the element";
}

bool is_inherited(const struct non_inheritance *n, uint8_t id, int ext)
{
	const struct bytes *list = id == EID_EXTENSION ? &n->ext_ids : &n->ids;
	int wanted = id == EID_EXTENSION ? ext : id;

	if (id == EID_MULTIPLE_BSSID || (id == EID_EXTENSION && ext == EID_EXT_MULTI_LINK))
		return false;
	for (size_t i = 0; i < list->len; i++)
		if (list->p[i] == wanted)
			return false;
	return true;
}
