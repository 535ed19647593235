/* SPDX-License-Identifier: ISC */
/* What elements say of MLO, in text and in JSON: Multi-Link, neighbors, TID-to-link mappings. */

#include "show-elements.h"

static const char *const multi_link_types[] = {
	[ML_BASIC] = "basic",
	[ML_PROBE_REQUEST] = "probe_request",
	[ML_RECONFIGURATION] = "reconfiguration",
	[ML_TDLS] = "tdls",
	[ML_PRIORITY_ACCESS] = "priority_access",
};

static const char *const operations[] = {
	[RECONF_AP_REMOVAL] = "ap_removal",
	[RECONF_PARAMETER_UPDATE] = "parameter_update",
	[RECONF_ADD_LINK] = "add_link",
	[RECONF_DELETE_LINK] = "delete_link",
	[RECONF_NSTR_STATUS] = "nstr_status_update",
};

static const char *const negotiations[] = {
	[TTLM_NONE] = "none",
	[TTLM_SAME_LINKS] = "same_links",
	[TTLM_RESERVED] = NULL,
	[TTLM_ANY_LINKS] = "any_links",
};

static const char *const directions[] = {
	[TTLM_DOWNLINK] = "downlink",
	[TTLM_UPLINK] = "uplink",
	[TTLM_BOTH] = "both",
};

static const char *const bss_parameters[BSS_PARAMETERS] = {
	"oct_recommended",   "same_ssid",      "multiple_bssid",
	"transmitted_bssid", "co_located_ess", "unsolicited_probe_responses",
	"co_located",	     "same_smd",
};

/* Whether it is a Per-STA Profile, which has its place; others are shown as they are. */
static bool is_profile(const struct multi_link *m, const struct element *e)
{
	return e->id == ML_PER_STA_PROFILE && m->type != ML_TDLS;
}

static struct element_env env_of_profile(const struct element_env *env, struct scratch s,
					 const struct sta_profile *p)
{
	return (struct element_env){
		.frame = env->frame,
		.scratch = s,
		.brief = env->brief,
		.outer = p->complete ? env : NULL,
		.in_profile = true,
		.nested = true,
	};
}

/* ---- JSON ---- */

static void json_link_ids(struct json *j, const char *key, uint16_t links)
{
	json_open(j, key, '[');
	for (unsigned int id = 0; links; id++, links >>= 1)
		if (links & 1)
			json_uint(j, NULL, id);
	json_close(j, ']');
}

static void json_reserved(struct json *j, uint16_t bits)
{
	if (bits)
		json_handle(j, "reserved", bits);
}

static void json_medium_sync(struct json *j, struct medium_sync s)
{
	json_open(j, "medium_sync_delay", '{');
	json_uint(j, "duration_us", s.duration_us);
	if (s.has_threshold)
		json_int(j, "ofdm_ed_threshold_dbm", s.threshold_dbm);
	if (s.has_max_txops)
		json_uint(j, "max_txops", s.max_txops);
	else
		json_bool(j, "txops_unlimited", true);
	json_close(j, '}');
}

void json_eml(struct json *j, struct eml_capabilities c)
{
	json_open(j, "eml_capabilities", '{');
	json_bool(j, "emlsr", c.emlsr);
	json_bool(j, "emlmr", c.emlmr);
	if (c.has_padding_delay)
		json_uint(j, "padding_delay_us", c.padding_delay_us);
	if (c.has_transition_delay)
		json_uint(j, "transition_delay_us", c.transition_delay_us);
	if (c.has_transition_timeout)
		json_uint(j, "transition_timeout_us", c.transition_timeout_us);
	json_reserved(j, c.reserved);
	json_close(j, '}');
}

void json_mld(struct json *j, struct mld_capabilities c, enum frame frame)
{
	json_open(j, "mld_capabilities", '{');
	json_uint(j, "max_simultaneous_links", c.max_simultaneous_links);
	json_bool(j, "srs", c.srs);
	if (negotiations[c.ttlm])
		json_text(j, "ttlm_negotiation", negotiations[c.ttlm]);
	if (frame != FRAME_ASSOC_REQUEST)
		json_bool(j, "nstr_mobile_ap", c.nstr_mobile_ap);
	if (c.has_str_separation)
		json_uint(j, "str_separation_mhz", c.str_separation_mhz);
	json_bool(j, "aar", c.aar);
	json_bool(j, "link_reconfiguration", c.link_reconfiguration);
	json_bool(j, "aligned_twt", c.aligned_twt);
	json_reserved(j, c.reserved);
	json_close(j, '}');
}

void json_ext_mld(struct json *j, struct ext_mld_capabilities c)
{
	json_open(j, "ext_mld_capabilities", '{');
	json_bool(j, "parameter_update", c.parameter_update);
	if (c.has_recommended_links)
		json_uint(j, "recommended_links", c.recommended_links);
	json_bool(j, "nstr_status_update", c.nstr_status_update);
	json_bool(j, "emlsr_on_one_link", c.emlsr_on_one_link);
	json_bool(j, "btm_recommendation", c.btm_recommendation);
	json_reserved(j, c.reserved);
	json_close(j, '}');
}

static void json_common_info(struct json *j, const struct multi_link *m, enum frame frame)
{
	if (m->has_mld_addr)
		json_mac(j, m->type == ML_TDLS ? "ap_mld_addr" : "mld_addr", m->mld_addr);
	if (m->has_link_id)
		json_uint(j, "link_id", m->link_id);
	if (m->has_change_count)
		json_uint(j, "bss_params_change_count", m->change_count);
	if (m->has_medium_sync)
		json_medium_sync(j, decode_medium_sync(m->medium_sync));
	if (m->has_eml_capabilities)
		json_eml(j, decode_eml_capabilities(m->eml_capabilities));
	if (m->has_mld_capabilities)
		json_mld(j, decode_mld_capabilities(m->mld_capabilities, frame), frame);
	if (m->has_ap_mld_id)
		json_uint(j, "ap_mld_id", m->ap_mld_id);
	if (m->has_ext_mld_capabilities)
		json_ext_mld(j, decode_ext_mld_capabilities(m->ext_mld_capabilities));
	if (m->unknown.len)
		json_hex(j, "common_info_rest", m->unknown.p, m->unknown.len);
}

static void json_reconfiguration(struct json *j, const struct sta_profile *p)
{
	if (p->operation < ARRAY_SIZE(operations))
		json_text(j, "operation", operations[p->operation]);
	else
		json_uint(j, "operation_type", p->operation);
	if (p->has_removal_timer)
		json_uint(j, "removal_timer_tbtts", p->removal_timer);
	if (p->has_parameters)
		json_handle(j, "operation_parameters", p->parameters);
}

static void json_sta_info(struct json *j, const struct sta_profile *p)
{
	if (p->has_addr)
		json_mac(j, "addr", p->addr);
	if (p->has_beacon_interval)
		json_uint(j, "beacon_interval_tu", p->beacon_interval_tu);
	if (p->has_tsf_offset)
		json_int(j, "tsf_offset_us", p->tsf_offset_us);
	if (p->has_dtim) {
		json_uint(j, "dtim_count", p->dtim_count);
		json_uint(j, "dtim_period", p->dtim_period);
	}
	if (p->has_operation)
		json_reconfiguration(j, p);
	if (p->has_nstr)
		json_link_ids(j, "nstr_links", p->nstr);
	if (p->has_change_count)
		json_uint(j, "bss_params_change_count", p->change_count);
	if (p->unknown.len)
		json_hex(j, "sta_info_rest", p->unknown.p, p->unknown.len);
}

static void json_fixed_fields(struct json *j, const struct sta_profile *p)
{
	if (p->has_capability)
		json_uint(j, "capability", p->capability);
	if (!p->has_status)
		return;
	json_uint(j, "status_code", p->status);
	if (status_words(p->status))
		json_text(j, "status", status_words(p->status));
}

static void json_profile(struct json *j, const struct sta_profile *p, const struct element_env *env)
{
	json_open(j, NULL, '{');
	if (p->has_link_id)
		json_uint(j, "link_id", p->link_id);
	if (p->has_complete)
		json_bool(j, "complete", p->complete);
	json_sta_info(j, p);
	json_fixed_fields(j, p);
	json_elements(j, "elements", p->elements, env);
	if (p->malformed) {
		json_text(j, "malformed", p->malformed);
		json_hex(j, "hex", p->body.p, p->body.len);
	}
	json_close(j, '}');
}

static void json_profiles(struct json *j, const struct multi_link *m, const struct element_env *env)
{
	struct sta_profiles i = sta_profiles(m, env->frame);
	struct scratch s = env->scratch;
	struct sta_profile p;
	bool any = false;

	while (sta_profile_next(&i, &s, &p)) {
		struct element_env inner = env_of_profile(env, s, &p);

		if (!any)
			json_open(j, "profiles", '[');
		any = true;
		json_profile(j, &p, &inner);
	}
	if (any)
		json_close(j, ']');
}

/* Those that are no profiles; those that say why the rest is missing. */
static const char *json_sub_elements(struct json *j, const struct multi_link *m,
				     struct scratch scratch)
{
	struct bytes rest = m->sub_elements;
	struct element e;
	bool any = false;

	while (subelement_next(&rest, &e)) {
		struct scratch s = scratch;
		struct bytes body;

		if (is_profile(m, &e))
			continue;
		if (!any)
			json_open(j, "subelements", '[');
		any = true;
		body = element_body(&e, &s);
		json_open(j, NULL, '{');
		json_uint(j, "id", e.id);
		json_hex(j, "hex", body.p, body.len);
		json_close(j, '}');
	}
	if (any)
		json_close(j, ']');
	return rest.len ? "a sub-element is cut off" : NULL;
}

const char *json_multi_link(struct json *j, struct bytes body, const struct element_env *env)
{
	const char *wrong, *cut;
	struct multi_link m;

	if (env->in_profile)
		return "within a profile of a link";
	wrong = decode_multi_link(body, &m);
	if (m.type < ARRAY_SIZE(multi_link_types))
		json_text(j, "type", multi_link_types[m.type]);
	json_common_info(j, &m, env->frame);
	json_profiles(j, &m, env);
	cut = json_sub_elements(j, &m, env->scratch);
	return wrong ? wrong : cut;
}

static void json_id_list(struct json *j, const char *key, struct bytes ids)
{
	json_open(j, key, '[');
	for (size_t i = 0; i < ids.len; i++)
		json_uint(j, NULL, ids.p[i]);
	json_close(j, ']');
}

const char *json_non_inheritance(struct json *j, struct bytes body, const struct element_env *env)
{
	struct non_inheritance n;
	const char *wrong = decode_non_inheritance(body, &n);

	(void)env;
	if (wrong)
		return wrong;
	json_id_list(j, "ids", n.ids);
	json_id_list(j, "ext_ids", n.ext_ids);
	return NULL;
}

static void json_bss_parameters(struct json *j, uint8_t bits)
{
	json_open(j, "bss_parameters", '[');
	for (unsigned int i = 0; i < BSS_PARAMETERS; i++)
		if (bits >> i & 1)
			json_text(j, NULL, bss_parameters[i]);
	json_close(j, ']');
}

static void json_tbtt_mld(struct json *j, const struct tbtt_info *t)
{
	if (t->has_ap_mld_id)
		json_uint(j, "ap_mld_id", t->ap_mld_id);
	if (t->has_link_id)
		json_uint(j, "link_id", t->link_id);
	if (t->has_change_count)
		json_uint(j, "bss_params_change_count", t->change_count);
	json_bool(j, "all_updates_included", t->all_updates);
	json_bool(j, "disabled", t->disabled);
}

static void json_tbtt_info(struct json *j, const struct tbtt_info *t)
{
	json_open(j, NULL, '{');
	if (t->has_offset)
		json_uint(j, "tbtt_offset_tu", t->offset_tu);
	if (t->has_bssid)
		json_mac(j, "bssid", t->bssid);
	if (t->has_short_ssid)
		json_handle(j, "short_ssid", t->short_ssid);
	if (t->has_bss_parameters)
		json_bss_parameters(j, t->bss_parameters);
	if (t->has_psd)
		json_dbm(j, "psd_dbm_per_mhz", t->psd * 50);
	if (t->psd_no_limit)
		json_bool(j, "psd_unlimited", true);
	if (t->has_mld)
		json_tbtt_mld(j, t);
	json_close(j, '}');
}

static void json_neighbor(struct json *j, struct neighbor *n)
{
	struct tbtt_info t;
	const char *band;
	uint32_t mhz;

	json_open(j, NULL, '{');
	json_uint(j, "op_class", n->op_class);
	if (n->has_channel)
		json_uint(j, "channel", n->channel);
	if (op_class_freq(n->op_class, n->channel, &mhz, &band)) {
		json_uint(j, "freq_mhz", mhz);
		json_text(j, "band", band);
	}
	json_bool(j, "filtered", n->filtered);
	if (n->has_layout) {
		json_open(j, "aps", '[');
		while (tbtt_info_next(n, &t))
			json_tbtt_info(j, &t);
		json_close(j, ']');
	} else {
		json_uint(j, "type", n->type);
		json_uint(j, "info_len", n->info_len);
		json_hex(j, "hex", n->infos.p, n->infos.len);
	}
	json_close(j, '}');
}

const char *json_rnr(struct json *j, struct bytes body, const struct element_env *env)
{
	struct neighbor n;

	(void)env;
	json_open(j, "neighbors", '[');
	while (neighbor_next(&body, &n))
		json_neighbor(j, &n);
	json_close(j, ']');
	return body.len ? "a neighbor is cut off" : NULL;
}

static void json_maps(struct json *j, const struct ttlm *t)
{
	if (!t->tids)
		return;
	json_open(j, "tids", '[');
	for (unsigned int tid = 0; tid < TIDS; tid++) {
		if (!(t->tids >> tid & 1))
			continue;
		json_open(j, NULL, '{');
		json_uint(j, "tid", tid);
		json_link_ids(j, "links", t->links[tid]);
		json_close(j, '}');
	}
	json_close(j, ']');
}

const char *json_ttlm(struct json *j, struct bytes body, const struct element_env *env)
{
	struct ttlm t;
	const char *wrong = decode_ttlm(body, &t);

	(void)env;
	if (!body.len)
		return wrong;
	if (t.direction < ARRAY_SIZE(directions))
		json_text(j, "direction", directions[t.direction]);
	json_bool(j, "default_mapping", t.default_mapping);
	if (t.has_switch_time)
		json_uint(j, "switch_time_tu", t.switch_time_tu);
	if (t.has_duration)
		json_uint(j, "expected_duration_tu", t.duration_tu);
	json_maps(j, &t);
	return wrong;
}

/* ---- text ---- */

static void text_words(const struct text *t, bool is, const char *words)
{
	if (is)
		fprintf(t->f, "  %s", words);
}

/* "0 1 2" */
static void text_link_ids(const struct text *t, uint16_t links)
{
	for (unsigned int id = 0; links; id++, links >>= 1)
		if (links & 1)
			fprintf(t->f, " %u", id);
}

static void text_medium_sync(const struct text *t, struct medium_sync s)
{
	fprintf(t->f, "medium sync delay  %u us", s.duration_us);
	if (s.has_threshold)
		fprintf(t->f, "  OFDM ED threshold %d dBm", s.threshold_dbm);
	if (s.has_max_txops)
		fprintf(t->f, "  %u TXOPs", s.max_txops);
	text_words(t, !s.has_max_txops, "TXOPs without limit");
	putc('\n', t->f);
}

void text_eml(const struct text *t, struct eml_capabilities c)
{
	fputs("EML", t->f);
	text_words(t, !c.emlsr && !c.emlmr, "none");
	text_words(t, c.emlsr, "EMLSR");
	text_words(t, c.emlmr, "EMLMR");
	if (c.has_padding_delay)
		fprintf(t->f, "  padding %u us", c.padding_delay_us);
	if (c.has_transition_delay)
		fprintf(t->f, "  transition %u us", c.transition_delay_us);
	if (c.has_transition_timeout)
		fprintf(t->f, "  timeout %u us", c.transition_timeout_us);
	putc('\n', t->f);
}

void text_mld(const struct text *t, struct mld_capabilities c)
{
	fprintf(t->f, "MLD  %u simultaneous links", c.max_simultaneous_links);
	text_words(t, c.ttlm == TTLM_SAME_LINKS, "TTLM same links");
	text_words(t, c.ttlm == TTLM_ANY_LINKS, "TTLM any links");
	text_words(t, c.srs, "SRS");
	text_words(t, c.aar, "AAR");
	text_words(t, c.link_reconfiguration, "link reconfiguration");
	text_words(t, c.aligned_twt, "aligned TWT");
	text_words(t, c.nstr_mobile_ap, "NSTR mobile AP");
	if (c.has_str_separation)
		fprintf(t->f, "  STR from %u MHz apart", c.str_separation_mhz);
	putc('\n', t->f);
}

void text_ext_mld(const struct text *t, struct ext_mld_capabilities c)
{
	fputs("MLD extended", t->f);
	if (c.has_recommended_links)
		fprintf(t->f, "  %u links recommended", c.recommended_links);
	text_words(t, c.parameter_update, "parameter update");
	text_words(t, c.nstr_status_update, "NSTR status update");
	text_words(t, c.emlsr_on_one_link, "EMLSR on one link");
	text_words(t, c.btm_recommendation, "BTM recommendation");
	putc('\n', t->f);
}

/* What goes into the line of the name. */
static void text_mld_head(const struct text *t, const struct multi_link *m)
{
	char mac[MAC_TEXT];

	if (m->type < ARRAY_SIZE(multi_link_types))
		fprintf(t->f, " %s", multi_link_types[m->type]);
	if (m->has_mld_addr)
		fprintf(t->f, "  %s %s", m->type == ML_TDLS ? "ap-mld" : "mld",
			fmt_mac(mac, m->mld_addr));
	if (m->has_link_id)
		fprintf(t->f, "  link %u", m->link_id);
	if (m->has_change_count)
		fprintf(t->f, "  change count %u", m->change_count);
	if (m->has_ap_mld_id)
		fprintf(t->f, "  ap-mld-id %u", m->ap_mld_id);
	putc('\n', t->f);
}

static void text_common_info(const struct text *t, unsigned int level, const struct multi_link *m,
			     enum frame frame)
{
	if (m->has_medium_sync) {
		text_indent(t, level);
		text_medium_sync(t, decode_medium_sync(m->medium_sync));
	}
	if (m->has_eml_capabilities) {
		text_indent(t, level);
		text_eml(t, decode_eml_capabilities(m->eml_capabilities));
	}
	if (m->has_mld_capabilities) {
		text_indent(t, level);
		text_mld(t, decode_mld_capabilities(m->mld_capabilities, frame));
	}
	if (m->has_ext_mld_capabilities) {
		text_indent(t, level);
		text_ext_mld(t, decode_ext_mld_capabilities(m->ext_mld_capabilities));
	}
}

static void text_reconfiguration(const struct text *t, const struct sta_profile *p)
{
	if (p->operation < ARRAY_SIZE(operations))
		text_words(t, true, operations[p->operation]);
	else
		fprintf(t->f, "  operation %u", p->operation);
	if (p->has_removal_timer)
		fprintf(t->f, "  in %u TBTTs", p->removal_timer);
	if (p->has_parameters)
		fprintf(t->f, "  parameters 0x%04x", p->parameters);
}

/* What a beacon of the link would say of its time. */
static void text_timing(const struct text *t, unsigned int level, const struct sta_profile *p)
{
	if (!p->has_beacon_interval && !p->has_tsf_offset && !p->has_dtim)
		return;
	text_indent(t, level);
	fputs("timing", t->f);
	if (p->has_beacon_interval)
		fprintf(t->f, "  interval %u TU", p->beacon_interval_tu);
	if (p->has_tsf_offset)
		fprintf(t->f, "  TSF %+lld us", (long long)p->tsf_offset_us);
	if (p->has_dtim)
		fprintf(t->f, "  DTIM %u/%u", p->dtim_count, p->dtim_period);
	putc('\n', t->f);
}

static void text_sta_info(const struct text *t, const struct sta_profile *p)
{
	char mac[MAC_TEXT];

	text_words(t, p->complete, "complete");
	if (p->has_addr)
		fprintf(t->f, "  addr %s", fmt_mac(mac, p->addr));
	if (p->has_operation)
		text_reconfiguration(t, p);
	if (p->has_nstr) {
		fputs("  NSTR with", t->f);
		text_link_ids(t, p->nstr);
	}
	if (p->has_change_count)
		fprintf(t->f, "  change count %u", p->change_count);
	if (p->has_capability)
		fprintf(t->f, "  capability 0x%04x", p->capability);
	if (p->has_status)
		fprintf(t->f, "  status %u", p->status);
	putc('\n', t->f);
}

static void text_profile(const struct text *t, unsigned int level, const struct sta_profile *p,
			 const struct element_env *env)
{
	text_indent(t, level);
	paint(t, COLOUR_NAME);
	if (p->has_link_id)
		fprintf(t->f, "link %u", p->link_id);
	else
		fputs("link -", t->f);
	paint(t, COLOUR_OFF);
	text_sta_info(t, p);
	text_timing(t, level + 1, p);
	text_elements(t, level + 1, p->elements, env);
	if (p->malformed)
		text_malformed(t, level + 1, p->malformed);
}

static void text_profiles(const struct text *t, unsigned int level, const struct multi_link *m,
			  const struct element_env *env)
{
	struct sta_profiles i = sta_profiles(m, env->frame);
	struct scratch s = env->scratch;
	struct sta_profile p;

	while (sta_profile_next(&i, &s, &p)) {
		struct element_env inner = env_of_profile(env, s, &p);

		text_profile(t, level, &p, &inner);
	}
}

static const char *text_sub_elements(const struct text *t, unsigned int level,
				     const struct multi_link *m)
{
	struct bytes rest = m->sub_elements;
	struct element e;

	while (subelement_next(&rest, &e)) {
		if (is_profile(m, &e))
			continue;
		text_indent(t, level);
		fprintf(t->f, "sub-element %u: ", e.id);
		text_hex(t, e.body);
	}
	return rest.len ? "a sub-element is cut off" : NULL;
}

const char *text_multi_link(const struct text *t, unsigned int level, struct bytes body,
			    const struct element_env *env)
{
	const char *wrong, *cut;
	struct multi_link m;

	if (env->in_profile) {
		putc('\n', t->f);
		return "within a profile of a link";
	}
	wrong = decode_multi_link(body, &m);
	putc(':', t->f);
	text_mld_head(t, &m);
	text_common_info(t, level + 1, &m, env->frame);
	text_profiles(t, level + 1, &m, env);
	cut = text_sub_elements(t, level + 1, &m);
	return wrong ? wrong : cut;
}

const char *text_non_inheritance(const struct text *t, unsigned int level, struct bytes body,
				 const struct element_env *env)
{
	struct non_inheritance n;
	const char *wrong = decode_non_inheritance(body, &n);

	(void)level, (void)env;
	putc(':', t->f);
	for (size_t i = 0; i < n.ids.len; i++)
		fprintf(t->f, " %u", n.ids.p[i]);
	for (size_t i = 0; i < n.ext_ids.len; i++)
		fprintf(t->f, " 255/%u", n.ext_ids.p[i]);
	putc('\n', t->f);
	return wrong;
}

static void text_tbtt_mld(const struct text *t, const struct tbtt_info *i)
{
	if (i->has_ap_mld_id)
		fprintf(t->f, "  ap-mld-id %u", i->ap_mld_id);
	if (i->has_link_id)
		fprintf(t->f, "  link %u", i->link_id);
	if (i->has_change_count)
		fprintf(t->f, "  change count %u", i->change_count);
	text_words(t, i->all_updates, "all updates included");
	text_words(t, i->disabled, "disabled");
}

static void text_tbtt_bss(const struct text *t, unsigned int level, const struct tbtt_info *i)
{
	char text[DBM_TEXT];

	if (!i->has_short_ssid && !i->has_offset && !i->has_psd && !i->has_bss_parameters)
		return;
	text_indent(t, level);
	fputs("BSS", t->f);
	if (i->has_short_ssid)
		fprintf(t->f, "  short ssid 0x%08x", i->short_ssid);
	if (i->has_offset)
		fprintf(t->f, "  tbtt +%u TU", i->offset_tu);
	if (i->has_psd)
		fprintf(t->f, "  psd %s dBm/MHz", fmt_dbm(text, i->psd * 50));
	text_words(t, i->psd_no_limit, "psd without limit");
	for (unsigned int n = 0; n < BSS_PARAMETERS; n++)
		text_words(t, i->bss_parameters >> n & 1, bss_parameters[n]);
	putc('\n', t->f);
}

static void text_tbtt_info(const struct text *t, unsigned int level, const struct tbtt_info *i)
{
	char mac[MAC_TEXT];

	text_indent(t, level);
	fputs("AP", t->f);
	if (i->has_bssid)
		fprintf(t->f, "  bssid %s", fmt_mac(mac, i->bssid));
	if (i->has_mld)
		text_tbtt_mld(t, i);
	putc('\n', t->f);
	text_tbtt_bss(t, level + 1, i);
}

static void text_neighbor(const struct text *t, unsigned int level, struct neighbor *n)
{
	struct tbtt_info i;
	const char *band;
	uint32_t mhz;

	text_indent(t, level);
	fprintf(t->f, "class %u", n->op_class);
	if (n->has_channel)
		fprintf(t->f, "  channel %u", n->channel);
	if (op_class_freq(n->op_class, n->channel, &mhz, &band))
		fprintf(t->f, "  %u MHz (%s)", mhz, band);
	text_words(t, n->filtered, "filtered");
	if (!n->has_layout) {
		fprintf(t->f, "  type %u: ", n->type);
		text_hex(t, n->infos);
		return;
	}
	putc('\n', t->f);
	while (tbtt_info_next(n, &i))
		text_tbtt_info(t, level + 1, &i);
}

const char *text_rnr(const struct text *t, unsigned int level, struct bytes body,
		     const struct element_env *env)
{
	struct neighbor n;

	(void)env;
	fputs(":\n", t->f);
	while (neighbor_next(&body, &n))
		text_neighbor(t, level + 1, &n);
	return body.len ? "a neighbor is cut off" : NULL;
}

/* "TIDs 0 1 2: links 0 1": a line for each set of links. */
static void text_maps(const struct text *t, unsigned int level, const struct ttlm *m)
{
	uint8_t left = m->tids;

	for (unsigned int first = 0; first < TIDS; first++) {
		if (!(left >> first & 1))
			continue;
		text_indent(t, level);
		fputs("TIDs", t->f);
		for (unsigned int tid = first; tid < TIDS; tid++) {
			if (!(left >> tid & 1) || m->links[tid] != m->links[first])
				continue;
			fprintf(t->f, " %u", tid);
			left &= (uint8_t) ~(1u << tid);
		}
		fputs(": links", t->f);
		text_link_ids(t, m->links[first]);
		putc('\n', t->f);
	}
}

const char *text_ttlm(const struct text *t, unsigned int level, struct bytes body,
		      const struct element_env *env)
{
	struct ttlm m;
	const char *wrong = decode_ttlm(body, &m);

	(void)env;
	putc(':', t->f);
	if (body.len && m.direction < ARRAY_SIZE(directions))
		fprintf(t->f, " %s", directions[m.direction]);
	text_words(t, m.default_mapping, "every TID on every link");
	if (m.has_switch_time)
		fprintf(t->f, "  from TSF %u TU", m.switch_time_tu);
	if (m.has_duration)
		fprintf(t->f, "  for %u TU", m.duration_tu);
	putc('\n', t->f);
	text_maps(t, level + 1, &m);
	return wrong;
}
