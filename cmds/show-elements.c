/* SPDX-License-Identifier: ISC */
/* The elements of a frame in text and in JSON: one after the other, each by what knows it. */
#include <inttypes.h>

#include "show-elements.h"

static element_text text_fragment;
static element_json json_fragment;

/* By id and extension: they are found by halves. */
/* clang-format off */
static const struct element_view views[] = {
	{ 0, NO_EXT, "SSID", text_ssid, json_ssid },
	{ 1, NO_EXT, "Supported Rates", text_rates, json_rates },
	{ 3, NO_EXT, "DSSS Parameter Set", text_ds_parameter_set, json_ds_parameter_set },
	{ 5, NO_EXT, "TIM", text_tim, json_tim },
	{ 7, NO_EXT, "Country", text_country, json_country },
	{ 10, NO_EXT, "Request", NULL, NULL },
	{ 11, NO_EXT, "BSS Load", text_bss_load, json_bss_load },
	{ 32, NO_EXT, "Power Constraint", NULL, NULL },
	{ 33, NO_EXT, "Power Capability", NULL, NULL },
	{ 35, NO_EXT, "TPC Report", NULL, NULL },
	{ 36, NO_EXT, "Supported Channels", NULL, NULL },
	{ 37, NO_EXT, "Channel Switch Announcement", text_channel_switch, json_channel_switch },
	{ 40, NO_EXT, "Quiet", NULL, NULL },
	{ 42, NO_EXT, "ERP", NULL, NULL },
	{ 45, NO_EXT, "HT Capabilities", text_ht_capabilities, json_ht_capabilities },
	{ 46, NO_EXT, "QoS Capability", NULL, NULL },
	{ 48, NO_EXT, "RSN", text_rsn, json_rsn },
	{ 50, NO_EXT, "Extended Supported Rates", text_rates, json_rates },
	{ 51, NO_EXT, "AP Channel Report", NULL, NULL },
	{ 52, NO_EXT, "Neighbor Report", NULL, NULL },
	{ 54, NO_EXT, "Mobility Domain", NULL, NULL },
	{ 55, NO_EXT, "Fast BSS Transition", NULL, NULL },
	{ 59, NO_EXT, "Supported Operating Classes", NULL, NULL },
	{ 60, NO_EXT, "Ext Channel Switch Announce", text_ext_channel_switch, json_ext_channel_switch },
	{ 61, NO_EXT, "HT Operation", text_ht_operation, json_ht_operation },
	{ 69, NO_EXT, "Time Advertisement", NULL, NULL },
	{ 70, NO_EXT, "RM Enabled Capabilities", NULL, NULL },
	{ 71, NO_EXT, "Multiple BSSID", text_multiple_bssid, json_multiple_bssid },
	{ 72, NO_EXT, "20/40 BSS Coexistence", NULL, NULL },
	{ 74, NO_EXT, "Overlapping BSS Scan", NULL, NULL },
	{ 76, NO_EXT, "Management MIC", NULL, NULL },
	{ 83, NO_EXT, "Nontransmitted BSSID Cap", NULL, NULL },
	{ 85, NO_EXT, "Multiple BSSID-Index", NULL, NULL },
	{ 90, NO_EXT, "BSS Max Idle Period", NULL, NULL },
	{ 107, NO_EXT, "Interworking", NULL, NULL },
	{ 108, NO_EXT, "Advertisement Protocol", NULL, NULL },
	{ 111, NO_EXT, "Roaming Consortium", NULL, NULL },
	{ 127, NO_EXT, "Extended Capabilities", text_ext_capabilities, json_ext_capabilities },
	{ 191, NO_EXT, "VHT Capabilities", text_vht_capabilities, json_vht_capabilities },
	{ 192, NO_EXT, "VHT Operation", text_vht_operation, json_vht_operation },
	{ 193, NO_EXT, "Extended BSS Load", NULL, NULL },
	{ 194, NO_EXT, "Wide Bandwidth Channel Switch", NULL, NULL },
	{ 195, NO_EXT, "Transmit Power Envelope", text_tx_power_envelope, json_tx_power_envelope },
	{ 196, NO_EXT, "Channel Switch Wrapper", NULL, NULL },
	{ 199, NO_EXT, "Operating Mode Notification", NULL, NULL },
	{ 201, NO_EXT, "Reduced Neighbor Report", text_rnr, json_rnr },
	{ 221, NO_EXT, "Vendor Specific", text_vendor, json_vendor },
	{ 242, NO_EXT, "Fragment", text_fragment, json_fragment },
	{ 244, NO_EXT, "RSN Extension", text_rsn_extension, json_rsn_extension },
	{ 255, 35, "HE Capabilities", text_he_capabilities, json_he_capabilities },
	{ 255, 36, "HE Operation", text_he_operation, json_he_operation },
	{ 255, 37, "UORA Parameter Set", NULL, NULL },
	{ 255, 38, "MU EDCA Parameter Set", NULL, NULL },
	{ 255, 39, "Spatial Reuse Parameter Set", NULL, NULL },
	{ 255, 41, "NDP Feedback Report Param Set", NULL, NULL },
	{ 255, 52, "Max Channel Switch Time", text_max_channel_switch_time, json_max_channel_switch_time },
	{ 255, 55, "MBSSID Configuration", NULL, NULL },
	{ 255, 56, "Non-Inheritance", text_non_inheritance, json_non_inheritance },
	{ 255, 57, "Known BSSID", NULL, NULL },
	{ 255, 58, "Short SSID List", NULL, NULL },
	{ 255, 59, "HE 6 GHz Band Capabilities", text_he_6ghz_capabilities, json_he_6ghz_capabilities },
	{ 255, 92, "Rejected Groups", NULL, NULL },
	{ 255, 106, "EHT Operation", text_eht_operation, json_eht_operation },
	{ 255, 107, "Multi-Link", text_multi_link, json_multi_link },
	{ 255, 108, "EHT Capabilities", text_eht_capabilities, json_eht_capabilities },
	{ 255, 109, "TID-To-Link Mapping", text_ttlm, json_ttlm },
	{ 255, 110, "Multi-Link Traffic Indication", NULL, NULL },
	{ 255, 135, "Bandwidth Indication", text_bandwidth_indication, json_bandwidth_indication },
	{ 255, 151, "UHR Operation", NULL, NULL },
	{ 255, 152, "UHR Capabilities", NULL, NULL },
};
/* clang-format on */

static int order(unsigned int id, int ext)
{
	return (int)id * 512 + ext;
}

static const struct element_view *find_view(const struct element *e)
{
	size_t from = 0, to = ARRAY_SIZE(views);

	while (from < to) {
		size_t n = (from + to) / 2;
		int diff = order(views[n].id, views[n].ext) - order(e->id, e->ext);

		if (!diff)
			return &views[n];
		if (diff < 0)
			from = n + 1;
		else
			to = n;
	}
	return NULL;
}

bool env_find(const struct element_env *env, uint8_t id, int ext, struct bytes *body)
{
	struct non_inheritance list = { 0 };
	struct element e;

	if (element_find(env->elements, id, ext, &e)) {
		*body = e.body;
		return true;
	}
	if (!env->outer)
		return false;
	if (element_find(env->elements, EID_EXTENSION, EID_EXT_NON_INHERITANCE, &e))
		decode_non_inheritance(e.body, &list);
	return is_inherited(&list, id, ext) && env_find(env->outer, id, ext, body);
}

/* Of what may not be there again and again, how much there was. */
struct seen {
	unsigned int multi_links; /* bit n: type n */
	unsigned int ttlms;
};

/* Why there should not be this one more; NULL: there may. */
static const char *repeated(struct seen *seen, const struct element *e, struct bytes body)
{
	unsigned int type;
	bool again;

	if (e->ext == EID_EXT_TTLM && ++seen->ttlms > 2)
		return "a third of its kind";
	if (e->ext != EID_EXT_MULTI_LINK || !body.len)
		return NULL;
	type = 1u << (body.p[0] & 7);
	again = seen->multi_links & type;
	seen->multi_links |= type;
	return again ? "a second of its type" : NULL;
}

/* ---- JSON ---- */

static void json_rest(struct json *j, struct bytes rest)
{
	json_uint(j, "len", rest.len);
	json_hex(j, "hex", rest.p, rest.len);
}

static void json_undecoded(struct json *j, struct bytes b, const struct element_env *env)
{
	if (env->brief)
		json_uint(j, "len", b.len);
	else
		json_rest(j, b);
}

static void json_element(struct json *j, const struct element *e, struct bytes body,
			 const struct element_env *env, const char *why)
{
	const struct element_view *v = find_view(e);
	const char *wrong = NULL;

	json_open(j, NULL, '{');
	json_uint(j, "id", e->id);
	if (e->ext != NO_EXT)
		json_uint(j, "ext_id", (uint64_t)e->ext);
	if (v)
		json_text(j, "name", v->name);
	if (v && v->json)
		wrong = v->json(j, body, env);
	if (wrong || why)
		json_text(j, "malformed", wrong ? wrong : why);
	if (wrong || why)
		json_rest(j, body);
	else if (!v || !v->json)
		json_undecoded(j, body, env);
	json_close(j, '}');
}

static void json_cut_element(struct json *j, struct bytes rest)
{
	json_open(j, NULL, '{');
	json_uint(j, "id", rest.p[0]);
	json_text(j, "malformed", "cut off");
	json_rest(j, (struct bytes){ rest.p + 1, rest.len - 1 });
	json_close(j, '}');
}

void json_elements(struct json *j, const char *key, struct bytes elements,
		   const struct element_env *env)
{
	struct element_env inner = *env;
	struct seen seen = { 0 };
	struct element e;

	if (!elements.len)
		return;
	inner.elements = elements;
	json_open(j, key, '[');
	while (element_next(&elements, &e)) {
		struct bytes body = element_body(&e, &inner.scratch);

		json_element(j, &e, body, &inner, repeated(&seen, &e, body));
	}
	if (elements.len)
		json_cut_element(j, elements);
	json_close(j, ']');
}

/* A Fragment element on its own. */
static const char *json_fragment(struct json *j, struct bytes body, const struct element_env *env)
{
	(void)j, (void)body, (void)env;
	return "continues no element";
}

/* ---- text ---- */

void text_indent(const struct text *t, unsigned int level)
{
	while (level--)
		putc('\t', t->f);
}

void text_malformed(const struct text *t, unsigned int level, const char *why)
{
	text_indent(t, level);
	paint(t, COLOUR_WARN);
	fprintf(t->f, "malformed: %s", why);
	paint(t, COLOUR_OFF);
	putc('\n', t->f);
}

#define HEX_IN_LINE 24

void text_hex(const struct text *t, struct bytes b)
{
	static const char digit[] = "0123456789abcdef";
	char text[2 * HEX_IN_LINE + 1] = "", *p = text;

	for (size_t i = 0; i < b.len && i < HEX_IN_LINE; i++) {
		*p++ = digit[b.p[i] >> 4];
		*p++ = digit[b.p[i] & 15];
	}
	fprintf(t->f, "%zu bytes %s%s\n", b.len, text, b.len > HEX_IN_LINE ? "..." : "");
}

void text_undecoded(const struct text *t, struct bytes b, const struct element_env *env)
{
	if (env->brief)
		fprintf(t->f, "%zu bytes\n", b.len);
	else
		text_hex(t, b);
}

static void text_name(const struct text *t, const struct element *e, const struct element_view *v)
{
	if (v)
		fputs(v->name, t->f);
	else if (e->ext == NO_EXT)
		fprintf(t->f, "element %u", e->id);
	else
		fprintf(t->f, "element %u/%d", e->id, e->ext);
}

static void text_element(const struct text *t, unsigned int level, const struct element *e,
			 struct bytes body, const struct element_env *env, const char *why)
{
	const struct element_view *v = find_view(e);
	const char *wrong = NULL;

	text_indent(t, level);
	text_name(t, e, v);
	if (v && v->text) {
		wrong = v->text(t, level, body, env);
	} else {
		fputs(": ", t->f);
		text_undecoded(t, body, env);
	}
	if (wrong || why)
		text_malformed(t, level + 1, wrong ? wrong : why);
}

void text_elements(const struct text *t, unsigned int level, struct bytes elements,
		   const struct element_env *env)
{
	struct element_env inner = *env;
	struct seen seen = { 0 };
	struct element e;

	inner.elements = elements;
	while (element_next(&elements, &e)) {
		struct bytes body = element_body(&e, &inner.scratch);

		text_element(t, level, &e, body, &inner, repeated(&seen, &e, body));
	}
	if (!elements.len)
		return;
	text_indent(t, level);
	fprintf(t->f, "element %u: ", elements.p[0]);
	text_hex(t, (struct bytes){ elements.p + 1, elements.len - 1 });
	text_malformed(t, level + 1, "cut off");
}

static const char *text_fragment(const struct text *t, unsigned int level, struct bytes body,
				 const struct element_env *env)
{
	(void)level, (void)env;
	fputs(": ", t->f);
	text_hex(t, body);
	return "continues no element";
}
