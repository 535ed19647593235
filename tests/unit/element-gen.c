/* SPDX-License-Identifier: ISC */
/* Random elements. Each is made in bytes and in JSON side by side, from the same choices. */
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "element-gen.h"

/* ---- randomness: xorshift64*, by S. Vigna ---- */

void gen_seed(struct gen *g, uint64_t seed)
{
	g->state = seed * 0x9e3779b97f4a7c15 + 1;
	if (!g->state)
		g->state = 1;
}

uint64_t gen_random(struct gen *g)
{
	g->state ^= g->state >> 12;
	g->state ^= g->state << 25;
	g->state ^= g->state >> 27;
	return g->state * 0x2545f4914f6cdd1d;
}

static unsigned int below(struct gen *g, unsigned int n)
{
	return (unsigned int)((gen_random(g) >> 32) % n);
}

static bool one_in(struct gen *g, unsigned int n)
{
	return below(g, n) == 0;
}

/* ---- bytes and text in the making ---- */

struct out {
	FILE *f;
	char *p;
	size_t len;
};

static struct out *out_open(void)
{
	struct out *o = calloc(1, sizeof(*o));

	if (!o)
		abort();
	o->f = open_memstream(&o->p, &o->len);
	if (!o->f)
		abort();
	return o;
}

/* What is in it so far may be read after this. */
static struct bytes look(struct out *o)
{
	fflush(o->f);
	return (struct bytes){ (const uint8_t *)o->p, o->len };
}

static void out_free(struct out *o)
{
	fclose(o->f);
	free(o->p);
	free(o);
}

/* Little endian. */
static void put(struct out *o, unsigned int size, uint64_t v)
{
	for (unsigned int i = 0; i < size; i++)
		putc((int)(v >> 8 * i & 0xff), o->f);
}

static void put_bytes(struct out *o, struct bytes b)
{
	fwrite(b.p, 1, b.len, o->f);
}

/* Drains what is in from into an element, or as many fragments as it takes. */
static void put_element(struct out *o, uint8_t id, uint8_t fragment, struct out *from)
{
	struct bytes b = look(from);
	size_t n;

	do {
		n = b.len < 255 ? b.len : 255;
		put(o, 1, id);
		put(o, 1, n);
		put_bytes(o, (struct bytes){ b.p, n });
		b.p += n;
		b.len -= n;
		id = fragment;
	} while (b.len);
	out_free(from);
}

__attribute__((format(printf, 2, 3))) static void say(struct out *o, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vfprintf(o->f, fmt, ap);
	va_end(ap);
}

static void say_hex(struct out *o, const char *key, struct bytes b)
{
	say(o, "\"%s\":\"", key);
	for (size_t i = 0; i < b.len; i++)
		say(o, "%02x", b.p[i]);
	say(o, "\"");
}

static void say_mac(struct out *o, const char *key, uint64_t mac)
{
	say(o, ",\"%s\":\"%02x:%02x:%02x:%02x:%02x:%02x\"", key, (unsigned int)(mac & 0xff),
	    (unsigned int)(mac >> 8 & 0xff), (unsigned int)(mac >> 16 & 0xff),
	    (unsigned int)(mac >> 24 & 0xff), (unsigned int)(mac >> 32 & 0xff),
	    (unsigned int)(mac >> 40 & 0xff));
}

static const char *truth(uint64_t bit)
{
	return bit ? "true" : "false";
}

static void say_ids(struct out *o, const char *key, unsigned int bits)
{
	const char *comma = "";

	say(o, ",\"%s\":[", key);
	for (unsigned int i = 0; i < 16; i++) {
		if (!(bits & 1u << i))
			continue;
		say(o, "%s%u", comma, i);
		comma = ",";
	}
	say(o, "]");
}

static void say_reserved(struct out *o, unsigned int bits)
{
	if (bits)
		say(o, ",\"reserved\":\"0x%x\"", bits);
}

/* Closes the object of an element; why: NULL if it is well. */
static void say_end(struct out *json, const char *why, struct bytes body)
{
	if (why) {
		say(json, ",\"malformed\":\"%s\",\"len\":%zu,", why, body.len);
		say_hex(json, "hex", body);
	}
	say(json, "}");
}

/* What is being made: one body, and its members in JSON, each with a comma in front. */
struct made {
	struct out *body, *json;
	const char *why; /* malformed in this way */
	enum frame frame;
};

/* ---- elements that nothing decodes ---- */

static unsigned int random_len(struct gen *g)
{
	if (one_in(g, 12))
		return 240 + below(g, 600);
	return below(g, 9);
}

static void put_random(struct gen *g, struct out *o, unsigned int n)
{
	while (n--)
		put(o, 1, gen_random(g) >> 32);
}

/* Neither the id nor the extension has a name. */
static void gen_unknown(struct gen *g, struct out *bytes, struct out *json)
{
	bool ext = one_in(g, 2);
	struct out *body = out_open();
	struct bytes b;

	if (ext)
		put(body, 1, 200);
	put_random(g, body, random_len(g));
	b = look(body);
	if (ext)
		say(json, "{\"id\":255,\"ext_id\":200,\"len\":%zu,", b.len - 1);
	else
		say(json, "{\"id\":150,\"len\":%zu,", b.len);
	say_hex(json, "hex", (struct bytes){ b.p + ext, b.len - ext });
	say(json, "}");
	put_element(bytes, ext ? 255 : 150, 242, body);
}

static void gen_extension_of_no_length(struct out *bytes, struct out *json)
{
	put(bytes, 2, 0x00ff);
	say(json, "{\"id\":255,\"len\":0,\"hex\":\"\"}");
}

/* It must not follow an element of 255 bytes. */
static void gen_orphan(struct out *bytes, struct out *json)
{
	put(bytes, 1, 149);
	put(bytes, 1, 0);
	put(bytes, 4, 0xbbaa02f2);
	say(json, "{\"id\":149,\"len\":0,\"hex\":\"\"},{\"id\":242,\"name\":\"Fragment\","
		  "\"malformed\":\"continues no element\",\"len\":2,\"hex\":\"aabb\"}");
}

static void gen_non_inheritance(struct gen *g, struct out *bytes, struct out *json)
{
	unsigned int n[2] = { below(g, 4), below(g, 4) };
	bool cut = one_in(g, 6);
	struct out *body = out_open(), *members = out_open();
	struct bytes b;

	put(body, 1, 56);
	say(json, "{\"id\":255,\"ext_id\":56,\"name\":\"Non-Inheritance\"");
	for (int list = 0; list < 2; list++) {
		say(members, ",\"%s\":[", list ? "ext_ids" : "ids");
		put(body, 1, n[list] + (cut && list));
		for (unsigned int i = 0; i < n[list]; i++) {
			put(body, 1, 7 * i);
			say(members, "%s%u", i ? "," : "", 7 * i);
		}
		say(members, "]");
	}
	if (!cut)
		put_bytes(json, look(members));
	b = look(body);
	say_end(json, cut ? "lists are longer than the element" : NULL,
		(struct bytes){ b.p + 1, b.len - 1 });
	out_free(members);
	put_element(bytes, 255, 242, body);
}

/* ---- Multi-Link: Common Info ---- */

static void gen_mld_addr(struct gen *g, struct made *m, const char *key)
{
	uint64_t mac = gen_random(g) >> 16;

	put(m->body, 6, mac);
	say_mac(m->json, key, mac);
}

static void gen_medium_sync(struct gen *g, struct made *m)
{
	unsigned int duration = below(g, 256), threshold = below(g, 16), txops = below(g, 16);

	put(m->body, 1, duration);
	put(m->body, 1, threshold | txops << 4);
	say(m->json, ",\"medium_sync_delay\":{\"duration_us\":%u", 32 * duration);
	if (threshold < 11)
		say(m->json, ",\"ofdm_ed_threshold_dbm\":%d", (int)threshold - 72);
	if (txops < 15)
		say(m->json, ",\"max_txops\":%u}", 1 + txops);
	else
		say(m->json, ",\"txops_unlimited\":true}");
}

/* Codes above 0 double the delay from step to step. */
static unsigned int doubled(unsigned int at_one, unsigned int code)
{
	return code ? at_one << code >> 1 : 0;
}

static void gen_eml(struct gen *g, struct made *m)
{
	unsigned int v = below(g, 0x10000);
	bool emlsr = v % 2, emlmr = v / 128 % 2, any = emlsr || emlmr;
	unsigned int padding = v / 2 % 8, transition = v / 16 % 8, timeout = v / 2048 % 16;

	put(m->body, 2, v);
	say(m->json, ",\"eml_capabilities\":{\"emlsr\":%s,\"emlmr\":%s", truth(emlsr),
	    truth(emlmr));
	if (any && padding < 5)
		say(m->json, ",\"padding_delay_us\":%u", doubled(32, padding));
	if (any && transition < (emlsr ? 6 : 5))
		say(m->json, ",\"transition_delay_us\":%u", doubled(emlsr ? 16 : 32, transition));
	if (any && timeout < 11)
		say(m->json, ",\"transition_timeout_us\":%u", doubled(128, timeout));
	say_reserved(m->json, (v / 0x8000 << 15) + (v / 256 % 8 << 8));
	say(m->json, "}");
}

static void gen_mld_capabilities(struct gen *g, struct made *m)
{
	unsigned int v = below(g, 0x10000), ttlm = v / 32 % 4, separation = v / 128 % 32;
	bool client = m->frame == FRAME_ASSOC_REQUEST;

	put(m->body, 2, v);
	say(m->json, ",\"mld_capabilities\":{\"max_simultaneous_links\":%u,\"srs\":%s", v % 16 + 1,
	    truth(v & 16));
	if (ttlm != 2)
		say(m->json, ",\"ttlm_negotiation\":\"%s\"",
		    ttlm == 3 ? "any_links"
		    : ttlm    ? "same_links"
			      : "none");
	if (!client)
		say(m->json, ",\"nstr_mobile_ap\":%s", truth(separation % 2));
	else if (separation)
		say(m->json, ",\"str_separation_mhz\":%u", 80 * separation - 80);
	say(m->json, ",\"aar\":%s,\"link_reconfiguration\":%s,\"aligned_twt\":%s", truth(v & 4096),
	    truth(v & 8192), truth(v & 16384));
	say_reserved(m->json, (v & 32768) + (client ? 0 : separation / 2 * 256));
	say(m->json, "}");
}

static void gen_ext_mld_capabilities(struct gen *g, struct made *m)
{
	unsigned int v = below(g, 0x10000), links = v / 2 % 16;

	put(m->body, 2, v);
	say(m->json, ",\"ext_mld_capabilities\":{\"parameter_update\":%s", truth(v % 2));
	if (links > 1)
		say(m->json, ",\"recommended_links\":%u", links);
	say(m->json,
	    ",\"nstr_status_update\":%s,\"emlsr_on_one_link\":%s,\"btm_recommendation\":%s",
	    truth(v & 32), truth(v & 64), truth(v & 128));
	say_reserved(m->json, v / 256 * 256);
	say(m->json, "}");
}

static void gen_number(struct gen *g, struct made *m, const char *key)
{
	unsigned int v = below(g, 256);

	put(m->body, 1, v);
	say(m->json, ",\"%s\":%u", key, v);
}

static void gen_link_id_info(struct gen *g, struct made *m)
{
	unsigned int v = below(g, 256);

	put(m->body, 1, v);
	if (v % 16 == 15)
		m->why = "link id 15";
	else
		say(m->json, ",\"link_id\":%u", v % 16);
}

static void gen_common_info(struct gen *g, struct made *m, unsigned int type, unsigned int control)
{
	bool basic = type == 0, reconf = type == 2;

	if (basic || (reconf && control & 0x10) || type >= 3)
		gen_mld_addr(g, m, type == 3 ? "ap_mld_addr" : "mld_addr");
	if (basic && control & 0x10)
		gen_link_id_info(g, m);
	if (basic && control & 0x20)
		gen_number(g, m, "bss_params_change_count");
	if (basic && control & 0x40)
		gen_medium_sync(g, m);
	if ((basic && control & 0x80) || (reconf && control & 0x20))
		gen_eml(g, m);
	if ((basic && control & 0x100) || (reconf && control & 0x40))
		gen_mld_capabilities(g, m);
	if ((basic && control & 0x200) || (type == 1 && control & 0x10))
		gen_number(g, m, "ap_mld_id");
	if ((basic && control & 0x400) || (reconf && control & 0x80))
		gen_ext_mld_capabilities(g, m);
}

/* Fields of a later amendment, up to as many as Common Info can be long. */
static void gen_rest(struct gen *g, struct made *m, const char *key, unsigned int most)
{
	unsigned int n = one_in(g, 3) ? 1 + below(g, 5) : one_in(g, 20) ? most : 0;
	struct out *rest = out_open();

	put_random(g, rest, n);
	put_bytes(m->body, look(rest));
	if (n) {
		say(m->json, ",");
		say_hex(m->json, key, look(rest));
	}
	out_free(rest);
}

/* ---- Multi-Link: profiles ---- */

static void gen_profile_elements(struct gen *g, struct made *p)
{
	unsigned int n = below(g, 4);
	struct out *json = out_open();

	for (unsigned int i = 0; i < n; i++) {
		if (i)
			say(json, ",");
		switch (below(g, 6)) {
		case 0:
			gen_non_inheritance(g, p->body, json);
			break;
		case 1:
			put(p->body, 4, 0x006b03ff);
			put(p->body, 1, 0);
			say(json,
			    "{\"id\":255,\"ext_id\":107,\"name\":\"Multi-Link\",\"malformed\":"
			    "\"within a profile of a link\",\"len\":2,\"hex\":\"0000\"}");
			break;
		case 2:
			gen_orphan(p->body, json);
			break;
		default:
			gen_unknown(g, p->body, json);
		}
	}
	if (n)
		say(p->json, ",\"elements\":[%.*s]", (int)look(json).len,
		    (const char *)look(json).p);
	out_free(json);
}

static void gen_tsf_offset(struct gen *g, struct made *p)
{
	int64_t us = (int64_t)gen_random(g) >> below(g, 63);

	us -= us % 2;
	put(p->body, 8, (uint64_t)us >> 1 | (one_in(g, 2) ? 1ull << 63 : 0));
	say(p->json, ",\"tsf_offset_us\":%" PRId64, us);
}

static void gen_nstr(struct gen *g, struct made *p, bool wide)
{
	unsigned int v = below(g, wide ? 0x10000 : 0x100);

	put(p->body, wide ? 2 : 1, v);
	say_ids(p->json, "nstr_links", v % 0x8000);
}

static void gen_basic_sta_info(struct gen *g, struct made *p, unsigned int control)
{
	if (control & 0x20)
		gen_mld_addr(g, p, "addr");
	if (control & 0x40) {
		unsigned int tu = below(g, 0x10000);

		put(p->body, 2, tu);
		say(p->json, ",\"beacon_interval_tu\":%u", tu);
	}
	if (control & 0x80)
		gen_tsf_offset(g, p);
	if (control & 0x100) {
		gen_number(g, p, "dtim_count");
		gen_number(g, p, "dtim_period");
	}
	if ((control & 0x210) == 0x210)
		gen_nstr(g, p, control & 0x400);
	if (control & 0x800)
		gen_number(g, p, "bss_params_change_count");
}

static void say_operation(struct made *p, unsigned int control)
{
	static const char *const words[] = { "ap_removal", "parameter_update", "add_link",
					     "delete_link", "nstr_status_update" };
	unsigned int operation = control / 128 % 16;

	if (operation < 5)
		say(p->json, ",\"operation\":\"%s\"", words[operation]);
	else
		say(p->json, ",\"operation_type\":%u", operation);
}

static void gen_reconfiguration_sta_info(struct gen *g, struct made *p, unsigned int control)
{
	unsigned int v = below(g, 0x10000);

	if (control & 0x20)
		gen_mld_addr(g, p, "addr");
	say_operation(p, control);
	if (control & 0x40) {
		put(p->body, 2, v);
		say(p->json, ",\"removal_timer_tbtts\":%u", v);
	}
	if (control & 0x800) {
		put(p->body, 2, v ^ 0x55);
		say(p->json, ",\"operation_parameters\":\"0x%x\"", v ^ 0x55);
	}
	if (control & 0x2000)
		gen_nstr(g, p, control & 0x1000);
}

/* Info, with its length in front, which counts itself and may lie. */
static void put_counted(struct out *to, struct out *info, unsigned int lie)
{
	put(to, 1, look(info).len + 1 + lie);
	put_bytes(to, look(info));
}

/* The length says that there is nothing, which is less than the fields that there should be. */
static void gen_info_without_fields(struct gen *g, struct out *to, struct made *m)
{
	put(to, 1, below(g, 2));
	put_random(g, to, below(g, 9));
	out_free(m->json);
	m->json = out_open();
}

static void gen_fixed_fields(struct gen *g, struct made *p)
{
	unsigned int v = below(g, 0x10000);

	put(p->body, 2, v);
	say(p->json, ",\"capability\":%u", v);
	if (p->frame != FRAME_ASSOC_RESPONSE)
		return;
	put(p->body, 2, 0);
	say(p->json, ",\"status_code\":0,\"status\":\"success\"");
}

/* STA Info and what follows it. */
static void gen_sta_info(struct gen *g, struct made *p, unsigned int type, unsigned int control)
{
	struct made info = { .body = out_open(), .json = out_open(), .frame = p->frame };

	if (type == 0)
		gen_basic_sta_info(g, &info, control);
	else
		gen_reconfiguration_sta_info(g, &info, control);
	if (look(info.body).len && one_in(g, 8)) {
		p->why = "STA Info is shorter than its fields";
		gen_info_without_fields(g, p->body, &info);
		if (type == 2)
			say_operation(&info, control);
	} else if (one_in(g, 8)) {
		p->why = "STA Info is longer than the profile";
		put_counted(p->body, info.body, 1 + below(g, 30));
	} else {
		gen_rest(g, &info, "sta_info_rest", 200);
		put_counted(p->body, info.body, 0);
	}
	put_bytes(p->json, look(info.json));
	out_free(info.body);
	out_free(info.json);
	if (!p->why && control & 0x10)
		gen_fixed_fields(g, p);
	if (!p->why)
		gen_profile_elements(g, p);
}

/* Members without the comma in front of the first. */
static void say_members(struct out *json, struct out *members)
{
	struct bytes b = look(members);

	if (b.len)
		put_bytes(json, (struct bytes){ b.p + 1, b.len - 1 });
	out_free(members);
}

/* A profile as a sub-element; *seen: the links that had theirs. */
static void gen_profile(struct gen *g, struct made *m, unsigned int type, unsigned int *seen)
{
	unsigned int control = below(g, 0x10000), link = control % 16;
	struct made p = { .body = out_open(), .json = out_open(), .frame = m->frame };

	put(p.body, 2, control);
	if (link < 15)
		say(p.json, ",\"link_id\":%u", link);
	if (type < 3)
		say(p.json, ",\"complete\":%s", truth(control & 0x10));
	if (type == 0 || type == 2)
		gen_sta_info(g, &p, type, control);
	else
		gen_profile_elements(g, &p);
	if (!p.why && link == 15)
		p.why = "link id 15";
	else if (!p.why && *seen >> link & 1)
		p.why = "a second profile of this link";
	*seen |= 1u << link;
	if (p.why) {
		say(p.json, ",\"malformed\":\"%s\",", p.why);
		say_hex(p.json, "hex", look(p.body));
	}
	say(m->json, "{");
	say_members(m->json, p.json);
	say(m->json, "}");
	put_element(m->body, 0, 254, p.body);
}

/* Sub-elements that are no profile; of TDLS none is. */
static void gen_sub_element(struct gen *g, struct made *m, unsigned int type)
{
	unsigned int id = type == 3 && one_in(g, 2) ? 0 : 221;
	struct out *body = out_open();

	put_random(g, body, random_len(g));
	say(m->json, "{\"id\":%u,", id);
	say_hex(m->json, "hex", look(body));
	say(m->json, "}");
	put_element(m->body, (uint8_t)id, 254, body);
}

static void gen_sub_elements(struct gen *g, struct made *m, unsigned int type)
{
	struct made profiles = { .body = m->body, .json = out_open(), .frame = m->frame };
	struct made others = { .body = m->body, .json = out_open() };
	unsigned int seen = 0, n = one_in(g, 30) ? 18 : below(g, 4);

	while (n--) {
		struct made *one = type == 3 || one_in(g, 5) ? &others : &profiles;

		say(one->json, ",");
		if (one == &others)
			gen_sub_element(g, one, type);
		else
			gen_profile(g, one, type, &seen);
	}
	if (look(profiles.json).len) {
		say(m->json, ",\"profiles\":[");
		say_members(m->json, profiles.json);
		say(m->json, "]");
	} else {
		out_free(profiles.json);
	}
	if (look(others.json).len) {
		say(m->json, ",\"subelements\":[");
		say_members(m->json, others.json);
		say(m->json, "]");
	} else {
		out_free(others.json);
	}
	if (!one_in(g, 10))
		return;
	put(m->body, 1, 0); /* cut within its header */
	if (!m->why)
		m->why = "a sub-element is cut off";
}

/* Common Info and sub-elements; Common Info may be malformed, and then there are none. */
static void gen_mld(struct gen *g, struct made *m, unsigned int type, unsigned int control)
{
	struct made info = { .body = out_open(), .json = out_open(), .frame = m->frame };

	gen_common_info(g, &info, type, control);
	m->why = info.why;
	if (look(info.body).len && one_in(g, 8)) {
		m->why = "Common Info is shorter than its fields";
		gen_info_without_fields(g, m->body, &info);
	} else if (one_in(g, 8)) {
		m->why = "Common Info is longer than the element";
		put_counted(m->body, info.body, 1 + below(g, 200));
	} else {
		gen_rest(g, &info, "common_info_rest", (unsigned int)(254 - look(info.body).len));
		put_counted(m->body, info.body, 0);
	}
	put_bytes(m->json, look(info.json));
	if (!m->why || m->why == info.why)
		gen_sub_elements(g, m, type);
	out_free(info.body);
	out_free(info.json);
}

static void gen_multi_link_body(struct gen *g, struct made *m, unsigned int type)
{
	static const char *const words[] = { "basic", "probe_request", "reconfiguration", "tdls",
					     "priority_access" };
	unsigned int control = below(g, 0x10000) / 8 * 8 + type, cut = below(g, 30);

	if (cut < 2) {
		put(m->body, cut, control);
		m->why = "no Multi-Link Control";
		return;
	}
	put(m->body, 2, control);
	if (type > 4) {
		put_random(g, m->body, random_len(g));
		m->why = "of an unknown type";
		return;
	}
	say(m->json, ",\"type\":\"%s\"", words[type]);
	if (cut == 2)
		m->why = "no Common Info";
	else
		gen_mld(g, m, type, control);
}

/* What a frame had of the elements that it may have once or twice. */
struct had {
	unsigned int types, ttlms;
};

/* Makes an element of a name and an id, or an extension's, of what there is in m. */
static void finish(struct made *m, const char *name, unsigned int id, unsigned int ext,
		   struct out *bytes, struct out *json)
{
	struct out *body = out_open();

	if (ext)
		put(body, 1, ext);
	put_bytes(body, look(m->body));
	say(json, "{\"id\":%u", id);
	if (ext)
		say(json, ",\"ext_id\":%u", ext);
	say(json, ",\"name\":\"%s\"", name);
	put_bytes(json, look(m->json));
	say_end(json, m->why, look(m->body));
	put_element(bytes, (uint8_t)id, 242, body);
	out_free(m->body);
	out_free(m->json);
}

static void gen_multi_link(struct gen *g, enum frame frame, struct had *had, struct out *bytes,
			   struct out *json)
{
	struct made m = { .body = out_open(), .json = out_open(), .frame = frame };
	unsigned int type = one_in(g, 2) ? 0 : below(g, 8);

	gen_multi_link_body(g, &m, type);
	if (look(m.body).len) {
		if (!m.why && had->types >> type & 1)
			m.why = "a second of its type";
		had->types |= 1u << type;
	}
	finish(&m, "Multi-Link", 255, 107, bytes, json);
}

/* ---- Reduced Neighbor Report ---- */

/* Where each field begins within an info of this length; 0: nowhere. */
struct layout {
	unsigned int bssid, short_ssid, parameters, psd, mld;
};

static struct layout layout_of(unsigned int len)
{
	static const struct layout of[] = {
		[2] = { .parameters = 1 },
		[5] = { .short_ssid = 1 },
		[6] = { .short_ssid = 1, .parameters = 5 },
		[7] = { .bssid = 1 },
		[8] = { .bssid = 1, .parameters = 7 },
		[9] = { .bssid = 1, .parameters = 7, .psd = 8 },
		[11] = { .bssid = 1, .short_ssid = 7 },
		[12] = { .bssid = 1, .short_ssid = 7, .parameters = 11 },
		[13] = { .bssid = 1, .short_ssid = 7, .parameters = 11, .psd = 12 },
		[14] = { .bssid = 1, .short_ssid = 7, .parameters = 11, .psd = 12 },
		[15] = { .bssid = 1, .short_ssid = 7, .parameters = 11, .psd = 12 },
		[16] = { .bssid = 1, .short_ssid = 7, .parameters = 11, .psd = 12, .mld = 13 },
	};

	return of[len > 16 ? 16 : len];
}

static void say_parameters(struct out *json, unsigned int bits)
{
	static const char words[][30] = {
		"oct_recommended",   "same_ssid",      "multiple_bssid",
		"transmitted_bssid", "co_located_ess", "unsolicited_probe_responses",
		"co_located",	     "same_smd",
	};
	const char *comma = "";

	say(json, ",\"bss_parameters\":[");
	for (unsigned int i = 0; i < 8; i++, bits /= 2) {
		if (!(bits % 2))
			continue;
		say(json, "%s\"%s\"", comma, words[i]);
		comma = ",";
	}
	say(json, "]");
}

/* In half a dBm/MHz. */
static void say_psd(struct out *json, unsigned int byte)
{
	int half = byte < 128 ? (int)byte : (int)byte - 256;

	if (half == 127)
		say(json, ",\"psd_unlimited\":true");
	else if (half != -128)
		say(json, ",\"psd_dbm_per_mhz\":%.1f", half / 2.0);
}

static void say_mld(struct out *json, const uint8_t *p)
{
	unsigned int v = p[1] + 256u * p[2];

	if (p[0] < 255)
		say(json, ",\"ap_mld_id\":%u", p[0]);
	if (v % 16 < 15)
		say(json, ",\"link_id\":%u", v % 16);
	if (v / 16 % 256 < 255)
		say(json, ",\"bss_params_change_count\":%u", v / 16 % 256);
	say(json, ",\"all_updates_included\":%s,\"disabled\":%s", truth(v & 4096), truth(v & 8192));
}

static void say_info(struct out *json, unsigned int len, const uint8_t *p)
{
	struct layout at = layout_of(len);
	uint64_t mac = 0;

	if (p[0] < 255)
		say(json, ",\"tbtt_offset_tu\":%u", p[0]);
	for (int i = 5; at.bssid && i >= 0; i--)
		mac = mac << 8 | p[at.bssid + (unsigned int)i];
	if (at.bssid)
		say_mac(json, "bssid", mac);
	if (at.short_ssid)
		say(json, ",\"short_ssid\":\"0x%x\"",
		    p[at.short_ssid] + 256u * p[at.short_ssid + 1] + 65536u * p[at.short_ssid + 2] +
			    16777216u * p[at.short_ssid + 3]);
	if (at.parameters)
		say_parameters(json, p[at.parameters]);
	if (at.psd)
		say_psd(json, p[at.psd]);
	if (at.mld)
		say_mld(json, p + at.mld);
}

/* A byte, oftener than by chance one that has a meaning of its own. */
static uint8_t notable(struct gen *g)
{
	static const uint8_t notables[] = { 0, 15, 127, 128, 255 };

	return one_in(g, 4) ? notables[below(g, 5)] : (uint8_t)below(g, 256);
}

static void gen_infos(struct gen *g, struct made *m, unsigned int type, unsigned int n,
		      unsigned int len)
{
	uint8_t info[32];

	say(m->json, ",\"aps\":[");
	for (unsigned int i = 0; i < n; i++) {
		struct out *members = out_open();

		for (unsigned int k = 0; k < len; k++)
			info[k] = notable(g);
		put_bytes(m->body, (struct bytes){ info, len });
		if (type)
			say_mld(members, info);
		else
			say_info(members, len, info);
		say(m->json, i ? ",{" : "{");
		say_members(m->json, members);
		say(m->json, "}");
	}
	say(m->json, "]");
}

/* Classes and channels with what they mean, some of them nothing. */
static void gen_channel(struct gen *g, struct made *m)
{
	static const struct {
		uint8_t op_class, channel;
		unsigned int mhz;
		const char *band;
	} known[] = {
		{ 81, 1, 2412, "2.4GHz" },  { 81, 13, 2472, "2.4GHz" }, { 82, 14, 2484, "2.4GHz" },
		{ 83, 6, 2437, "2.4GHz" },  { 84, 11, 2462, "2.4GHz" }, { 115, 36, 5180, "5GHz" },
		{ 125, 177, 5885, "5GHz" }, { 128, 106, 5530, "5GHz" }, { 130, 42, 5210, "5GHz" },
		{ 131, 1, 5955, "6GHz" },   { 133, 233, 7115, "6GHz" }, { 136, 2, 5935, "6GHz" },
		{ 137, 37, 6135, "6GHz" },  { 180, 1, 58320, "60GHz" }, { 180, 6, 69120, "60GHz" },
		{ 81, 15, 0, NULL },	    { 81, 36, 0, NULL },	{ 115, 1 + 186, 0, NULL },
		{ 131, 234, 0, NULL },	    { 80, 1, 0, NULL },		{ 85, 1, 0, NULL },
		{ 114, 36, 0, NULL },	    { 138, 1, 0, NULL },	{ 180, 7, 0, NULL },
		{ 179, 1, 0, NULL },	    { 181, 1, 0, NULL },	{ 1, 36, 0, NULL },
		{ 0, 0, 0, NULL },	    { 131, 255, 0, NULL },	{ 131, 0, 0, NULL },
		{ 121, 0, 0, NULL },	    { 81, 0, 0, NULL },
	};
	unsigned int i = below(g, sizeof(known) / sizeof(known[0]));

	put(m->body, 1, known[i].op_class);
	put(m->body, 1, known[i].channel);
	say(m->json, ",\"op_class\":%u", known[i].op_class);
	if (known[i].channel && known[i].channel < 255)
		say(m->json, ",\"channel\":%u", known[i].channel);
	if (known[i].mhz)
		say(m->json, ",\"freq_mhz\":%u,\"band\":\"%s\"", known[i].mhz, known[i].band);
}

static void gen_neighbor(struct gen *g, struct made *m)
{
	unsigned int type = one_in(g, 3) ? below(g, 4) : 0, n = one_in(g, 4) ? 16 : 1 + below(g, 3);
	unsigned int len = one_in(g, 2) ? 16 : below(g, 21), filtered = below(g, 2);
	struct made one = { .body = m->body, .json = out_open() };

	put(m->body, 1, type | filtered << 2 | below(g, 2) << 3 | (n - 1) << 4);
	put(m->body, 1, len);
	gen_channel(g, &one);
	say(one.json, ",\"filtered\":%s", truth(filtered));
	if ((type == 0 && len && len != 3 && len != 4 && len != 10) || (type == 1 && len > 2)) {
		gen_infos(g, &one, type, n, len);
	} else {
		struct out *infos = out_open();

		put_random(g, infos, n * len);
		put_bytes(m->body, look(infos));
		say(one.json, ",\"type\":%u,\"info_len\":%u,", type, len);
		say_hex(one.json, "hex", look(infos));
		out_free(infos);
	}
	say(m->json, "{");
	say_members(m->json, one.json);
	say(m->json, "}");
}

static void gen_rnr(struct gen *g, struct out *bytes, struct out *json)
{
	struct made m = { .body = out_open(), .json = out_open() };
	unsigned int n = below(g, 4);

	say(m.json, ",\"neighbors\":[");
	for (unsigned int i = 0; i < n; i++) {
		if (i)
			say(m.json, ",");
		gen_neighbor(g, &m);
	}
	say(m.json, "]");
	if (one_in(g, 6)) {
		unsigned int left = 1 + below(g, 18);

		put(m.body, left < 4 ? left : 4, 0x00000110); /* two infos of one byte each */
		if (left == 5)
			put(m.body, 1, 0);
		m.why = "a neighbor is cut off";
	}
	finish(&m, "Reduced Neighbor Report", 201, 0, bytes, json);
}

/* ---- TID-To-Link Mapping ---- */

static void gen_maps(struct gen *g, struct made *m, unsigned int tids, bool one_byte)
{
	struct out *maps = out_open();
	bool cut = one_in(g, 6);

	for (unsigned int tid = 0; tid < 8; tid++) {
		unsigned int links = one_in(g, 8) ? 0 : below(g, one_byte ? 0x100 : 0x10000);

		if (!(tids & 1u << tid))
			continue;
		if (cut && one_in(g, 3)) {
			if (!one_byte)
				put(m->body, 1, links);
			m->why = "fewer maps than TIDs";
			break;
		}
		put(m->body, one_byte ? 1 : 2, links);
		if (!m->why && (!links || links & 0x8000))
			m->why = links ? "link id 15" : "a TID without a link";
		say(maps, ",{\"tid\":%u", tid);
		say_ids(maps, "links", links);
		say(maps, "}");
	}
	if (look(maps).len) {
		say(m->json, ",\"tids\":[");
		say_members(m->json, maps);
		say(m->json, "]");
	} else {
		out_free(maps);
	}
}

static void gen_ttlm_body(struct gen *g, struct made *m)
{
	static const char *const words[] = { "downlink", "uplink", "both" };
	unsigned int control = below(g, 256), tids = control & 4 ? 0 : below(g, 256);
	unsigned int switch_time = below(g, 0x10000), duration = below(g, 0x1000000);

	put(m->body, 1, control);
	if (control % 4 < 3)
		say(m->json, ",\"direction\":\"%s\"", words[control % 4]);
	say(m->json, ",\"default_mapping\":%s", truth(control & 4));
	if (!(control & 4))
		put(m->body, 1, tids);
	if (control & 8) {
		put(m->body, 2, switch_time);
		say(m->json, ",\"switch_time_tu\":%u", switch_time);
	}
	if (control & 16) {
		put(m->body, 3, duration);
		say(m->json, ",\"expected_duration_tu\":%u", duration);
	}
	gen_maps(g, m, tids, control & 32);
	if (!m->why && control % 4 == 3)
		m->why = "direction 3";
	if (!m->why && one_in(g, 5))
		put_random(g, m->body, 1 + below(g, 4)); /* of a later amendment */
}

static void gen_ttlm(struct gen *g, struct had *had, struct out *bytes, struct out *json)
{
	struct made m = { .body = out_open(), .json = out_open() };

	if (one_in(g, 20))
		m.why = "no TID-To-Link Mapping Control";
	else
		gen_ttlm_body(g, &m);
	had->ttlms++;
	if (!m.why && had->ttlms > 2)
		m.why = "a third of its kind";
	finish(&m, "TID-To-Link Mapping", 255, 109, bytes, json);
}

/* ---- frames ---- */

static void gen_element(struct gen *g, enum frame frame, struct had *had, struct out *bytes,
			struct out *json)
{
	switch (below(g, 16)) {
	case 0:
		gen_extension_of_no_length(bytes, json);
		break;
	case 1:
		gen_orphan(bytes, json);
		break;
	case 2:
		gen_unknown(g, bytes, json);
		break;
	case 3:
	case 4:
	case 5:
	case 6:
		gen_rnr(g, bytes, json);
		break;
	case 7:
	case 8:
	case 9:
		gen_ttlm(g, had, bytes, json);
		break;
	case 10:
		gen_non_inheritance(g, bytes, json);
		break;
	default:
		gen_multi_link(g, frame, had, bytes, json);
	}
}

/* An element that says it is longer than what is left of the frame. */
static void gen_cut_element(struct gen *g, struct out *bytes, struct out *json)
{
	struct out *left = out_open();
	unsigned int n = below(g, 5);

	put(bytes, 1, 107);
	if (n)
		put(left, 1, 40);
	put_random(g, left, n);
	say(json, "{\"id\":107,\"malformed\":\"cut off\",\"len\":%zu,", look(left).len);
	say_hex(json, "hex", look(left));
	say(json, "}");
	put_bytes(bytes, look(left));
	out_free(left);
}

static struct generated take(struct out *bytes, struct out *json, enum frame frame, unsigned int n)
{
	struct generated e = { .frame = frame, .n = n };

	fclose(bytes->f);
	fclose(json->f);
	e.bytes = (uint8_t *)bytes->p;
	e.len = bytes->len;
	e.json = json->p;
	free(bytes);
	free(json);
	return e;
}

struct generated gen_frame(struct gen *g)
{
	enum frame frame = (enum frame)below(g, FRAME_ASSOC_RESPONSE + 1);
	struct out *bytes = out_open(), *json = out_open();
	unsigned int n = 1 + below(g, 4);
	struct had had = { 0 };

	say(json, "[");
	for (unsigned int i = 0; i < n; i++) {
		if (i)
			say(json, ",");
		gen_element(g, frame, &had, bytes, json);
	}
	if (one_in(g, 12)) {
		say(json, ",");
		gen_cut_element(g, bytes, json);
	}
	say(json, "]");
	return take(bytes, json, frame, n);
}

void gen_free(struct generated *e)
{
	free(e->bytes);
	free(e->json);
}

/* ---- bytes in writing ---- */

static void repeat(struct out *o, const char **text)
{
	char *end;
	unsigned long n = strtoul(*text + 1, &end, 10);
	uint8_t byte = look(o).p[look(o).len - 1];

	while (n-- > 1)
		put(o, 1, byte);
	*text = end;
}

static void put_text(struct out *o, const char **text);

/* What stands up to the bracket, which is passed. */
static struct out *text_within(const char **text, char bracket)
{
	struct out *inner = out_open();

	put_text(inner, text);
	if (*(*text)++ != bracket)
		abort();
	return inner;
}

static void put_attribute(struct out *o, const char **text)
{
	char digits[5] = { 0 };
	struct out *inner;
	size_t len;

	memcpy(digits, *text, 4);
	*text += 4;
	inner = text_within(text, ']');
	len = look(inner).len;
	put(o, 2, len + 4);
	put(o, 2, strtoul(digits, NULL, 16));
	put_bytes(o, look(inner));
	put(o, (unsigned int)(-len & 3), 0);
	out_free(inner);
}

static void put_text(struct out *o, const char **text)
{
	while (**text && !strchr(")]", **text)) {
		char digits[3] = { (*text)[0], (*text)[1] };
		struct out *inner;

		switch (**text) {
		case ' ':
			++*text;
			continue;
		case '*':
			repeat(o, text);
			continue;
		case '[':
			++*text;
			put_attribute(o, text);
			continue;
		case '(':
			++*text;
			inner = text_within(text, ')');
			if (look(inner).len > 255)
				abort();
			put(o, 1, look(inner).len);
			put_bytes(o, look(inner));
			out_free(inner);
			continue;
		}
		if (strspn(digits, "0123456789abcdef") != 2)
			abort();
		put(o, 1, strtoul(digits, NULL, 16));
		*text += 2;
	}
}

uint8_t *bytes_of(const char *text, size_t *len)
{
	struct out *o = out_open();
	uint8_t *exact;

	put_text(o, &text);
	*len = look(o).len;
	exact = malloc(*len ? *len : 1);
	if (!exact || *text)
		abort();
	memcpy(exact, look(o).p, *len);
	out_free(o);
	return exact;
}
