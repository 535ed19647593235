/* SPDX-License-Identifier: ISC */
/* phy: the wiphys, whether they support MLO, and the interface types they have. */
#include <stdlib.h>
#include <string.h>

#include "show-elements.h"

static void text_phy(const struct text *t, const struct ctx *ctx, const struct wiphy *w)
{
	char name[ESCAPED_SIZE(NAME_LEN_MAX)], words[IFTYPES_TEXT];

	paint(t, COLOUR_NAME);
	fputs(*w->name ? escape(name, sizeof(name), w->name, strlen(w->name)) : "-", t->f);
	paint(t, COLOUR_OFF);
	fprintf(t->f, "  wiphy %u  mlo %s", w->index, w->mlo ? "yes" : "no");
	if (w->has_iftypes) {
		iftype_words(words, w->iftypes, ctx->dialect);
		fprintf(t->f, "  types %s", words);
	}
	putc('\n', t->f);
}

/* Name, index, MLO or not, and the interface types. */
static void brief_phy(const struct text *t, const struct ctx *ctx, const struct wiphy *w)
{
	char name[ESCAPED_SIZE(NAME_LEN_MAX)], types[IFTYPE_TEXT];
	const char *before = "";

	paint(t, COLOUR_NAME);
	fputs(*w->name ? escape(name, sizeof(name), w->name, strlen(w->name)) : "-", t->f);
	paint(t, COLOUR_OFF);
	fprintf(t->f, "\t%u\t%s\t", w->index, w->mlo ? "mlo" : "-");
	for (uint32_t n = 0; n < 32 && w->has_iftypes; n++) {
		if (!(w->iftypes >> n & 1))
			continue;
		fprintf(t->f, "%s%s", before, iftype_name(types, n, ctx->dialect));
		before = " ";
	}
	putc('\n', t->f);
}

static void json_types(struct json *j, const struct ctx *ctx, const char *key, uint32_t bitmap)
{
	char name[IFTYPE_TEXT];

	json_open(j, key, '[');
	for (uint32_t n = 0; n < 32; n++)
		if (bitmap >> n & 1)
			json_text(j, NULL, iftype_name(name, n, ctx->dialect));
	json_close(j, ']');
}

static void json_phy_members(struct json *j, const struct ctx *ctx, const struct wiphy *w)
{
	json_wiphy_head(j, w, w->index);
	json_bool(j, "mlo", w->mlo);
	if (w->has_iftypes) {
		json_types(j, ctx, "types", w->iftypes);
		json_types(j, ctx, "software_types", w->software_iftypes);
	}
}

static void json_phy(struct json *j, const struct ctx *ctx, const struct wiphy *w)
{
	json_open(j, NULL, '{');
	json_phy_members(j, ctx, w);
	json_close(j, '}');
}

static void text_phys(const struct text *t, const struct ctx *ctx, const void *model)
{
	const struct wiphy_list *l = model;

	for (size_t n = 0; n < l->n; n++)
		text_phy(t, ctx, &l->v[n]);
}

static void brief_phys(const struct text *t, const struct ctx *ctx, const void *model)
{
	const struct wiphy_list *l = model;

	for (size_t n = 0; n < l->n; n++)
		brief_phy(t, ctx, &l->v[n]);
}

static void json_phys(struct json *j, const struct ctx *ctx, const void *model)
{
	const struct wiphy_list *l = model;

	json_open(j, NULL, '[');
	for (size_t n = 0; n < l->n; n++)
		json_phy(j, ctx, &l->v[n]);
	json_close(j, ']');
}

static void text_one_phy(const struct text *t, const struct ctx *ctx, const void *model)
{
	text_phy(t, ctx, model);
}

static void brief_one_phy(const struct text *t, const struct ctx *ctx, const void *model)
{
	brief_phy(t, ctx, model);
}

static void json_one_phy(struct json *j, const struct ctx *ctx, const void *model)
{
	json_phy(j, ctx, model);
}

static enum status show_all(struct ctx *ctx)
{
	static const struct view view = { text_phys, json_phys };
	struct wiphy_list list = { 0 };
	enum status st = query_wiphys_full(ctx, &list);

	if (st == ST_OK)
		show(ctx, &view, &list);
	free(list.v);
	return st;
}

static enum status show_one(struct ctx *ctx)
{
	static const struct view view = { text_one_phy, json_one_phy };
	struct wiphy w;
	enum status st = find_target(ctx);

	if (st == ST_OK)
		st = query_wiphy_full(ctx, ctx->target.wiphy, &w);
	if (st == ST_OK)
		show(ctx, &view, &w);
	return st;
}

static enum status run_phy(struct ctx *ctx)
{
	enum status st = dispatch_open(ctx);

	if (st != ST_OK)
		return st;
	return ctx->target.word ? show_one(ctx) : show_all(ctx);
}

const struct cmd cmd_phy = {
	.name = "",
	.objects = ON_PHY,
	.all = true,
	.help = "Show every phy, its MLO support and interface types.",
	.run = run_phy,
	.brief = brief_phys,
};

const struct cmd cmd_phy_bare = {
	.name = "",
	.objects = ON_PHY,
	.help = "Show one of them.",
	.run = run_phy,
	.brief = brief_one_phy,
};

/* ---- caps ---- */

/* What ext feature 55 means depends on who says it. */
static const char *feature_55(enum dialect d)
{
	return d == DIALECT_RFC ? "mlo" : d == DIALECT_LINKS ? "secure-ltf" : NULL;
}

/* Which of the two meanings the fields have: a client's, or an AP's. */
static enum frame frame_of(uint32_t iftype)
{
	return iftype == NL80211_IFTYPE_STATION || iftype == NL80211_IFTYPE_P2P_CLIENT
		       ? FRAME_ASSOC_REQUEST
		       : FRAME_BEACON;
}

static void text_evidence(const struct text *t, const struct ctx *ctx)
{
	fprintf(t->f, "\tdialect %s: ADD_LINK %s, last attribute %u", dialect_word(ctx->dialect),
		family_has(&ctx->family, NL80211_CMD_ADD_LINK) ? "yes" : "no", ctx->family.maxattr);
	if (ctx->has_policy)
		fprintf(t->f, ", iftypes up to %llu, attribute %u is %s",
			(unsigned long long)ctx->policy.iftype_max,
			(unsigned int)RFC_ATTR_MLO_LINK_INFO,
			ctx->policy.link_info_is_nest ? "a nest" : "no nest");
	else
		fputs(", no policy to be had", t->f);
	putc('\n', t->f);
}

static void text_combination(const struct text *t, const struct ctx *ctx, const char *indent,
			     const struct combination *c)
{
	char words[IFTYPES_TEXT];

	fprintf(t->f, "%scombination", indent);
	for (int n = 0; n < c->n_limits; n++) {
		iftype_words(words, c->limits[n].iftypes, ctx->dialect);
		fprintf(t->f, "%s %u of {%s}", n ? "," : "", c->limits[n].max, words);
	}
	if (c->total)
		fprintf(t->f, "; %u in all", c->total);
	if (c->channels)
		fprintf(t->f, " on %u channel%s", c->channels, c->channels == 1 ? "" : "s");
	putc('\n', t->f);
}

static void text_csme(const struct text *t, const struct wiphy *w)
{
	if (!w->csme_conn_info && !w->csme_ownership && !w->csme_roaming)
		return;
	fprintf(t->f, "\tcsme%s%s%s\n", w->csme_conn_info ? " connection-info" : "",
		w->csme_ownership ? " get-ownership" : "",
		w->csme_roaming ? " roaming-events" : "");
}

static void text_antennas(const struct text *t, const struct wiphy_caps *c)
{
	if (!c->has_antennas_tx && !c->has_antennas_rx)
		return;
	fputs("\tantennas", t->f);
	if (c->has_antennas_tx)
		fprintf(t->f, "  tx 0x%x", c->antennas_tx);
	if (c->has_antennas_rx)
		fprintf(t->f, "  rx 0x%x", c->antennas_rx);
	putc('\n', t->f);
}

static void text_band(const struct text *t, const char *word, const struct band_caps *b)
{
	fprintf(t->f, "\tband %s  %u-%u MHz  %u channel%s: %u disabled", word, b->first_mhz,
		b->last_mhz, b->channels, b->channels == 1 ? "" : "s", b->disabled);
	if (b->no_ir)
		fprintf(t->f, ", %u no-IR", b->no_ir);
	if (b->radar)
		fprintf(t->f, ", %u radar", b->radar);
	putc('\n', t->f);
}

static void text_iftype_caps(const struct text *t, const struct ctx *ctx,
			     const struct iftype_caps *c)
{
	char type[IFTYPE_TEXT];
	const char *name = iftype_name(type, c->iftype, ctx->dialect);

	if (c->has_eml) {
		fprintf(t->f, "\t%s ", name);
		text_eml(t, decode_eml_capabilities(c->eml));
	}
	if (c->has_mld) {
		fprintf(t->f, "\t%s ", name);
		text_mld(t, decode_mld_capabilities(c->mld, frame_of(c->iftype)));
	}
	if (c->has_ext_mld) {
		fprintf(t->f, "\t%s ", name);
		text_ext_mld(t, decode_ext_mld_capabilities(c->ext_mld));
	}
}

/* 5150000 -> "5150", 5150500 -> "5150.500" */
static void text_mhz(const struct text *t, uint32_t khz)
{
	fprintf(t->f, khz % 1000 ? "%u.%03u" : "%u", khz / 1000, khz % 1000);
}

static void text_radio(const struct text *t, const struct ctx *ctx, const struct radio *r)
{
	fputs("\tradio", t->f);
	if (r->has_index)
		fprintf(t->f, " %u", r->index);
	for (int n = 0; n < r->n_ranges; n++) {
		fputs(n ? ", " : "  ", t->f);
		text_mhz(t, r->ranges[n].start_khz);
		putc('-', t->f);
		text_mhz(t, r->ranges[n].end_khz);
	}
	fputs(r->n_ranges ? " MHz" : "", t->f);
	if (r->has_antennas)
		fprintf(t->f, "  antennas 0x%x", r->antennas);
	putc('\n', t->f);
	for (int n = 0; n < r->n_combinations; n++)
		text_combination(t, ctx, "\t\t", &r->combinations[n]);
	if (r->more)
		fputs("\t\tmore ranges or combinations, not shown\n", t->f);
}

static void text_combinations(const struct text *t, const struct ctx *ctx,
			      const struct wiphy_caps *c)
{
	/* beside radios, what the wiphy has are those of its first radio */
	int n_all = c->n_radios ? c->n_combinations : c->wiphy.n_combinations;

	for (int n = 0; n < n_all; n++)
		text_combination(t, ctx, "\t",
				 c->n_radios ? &c->combinations[n] : &c->wiphy.combinations[n]);
	if (c->n_radios ? c->more : c->wiphy.more_combinations)
		fputs("\tmore combinations, not shown\n", t->f);
}

static void text_caps(const struct text *t, const struct ctx *ctx, const void *model)
{
	const struct wiphy_caps *c = model;
	const struct wiphy *w = &c->wiphy;
	char words[IFTYPES_TEXT];

	text_phy(t, ctx, w);
	text_evidence(t, ctx);
	iftype_words(words, w->software_iftypes, ctx->dialect);
	fprintf(t->f, "\tsoftware types %s\n", words);
	if (w->ext_feature_55)
		fprintf(t->f, "\text feature 55 (%s)\n",
			feature_55(ctx->dialect) ? feature_55(ctx->dialect) : "unknown");
	text_csme(t, w);
	for (unsigned int n = 0; n < BANDS_MAX; n++)
		if (c->bands[n].channels)
			text_band(t, band_word(n), &c->bands[n]);
	text_antennas(t, c);
	for (int n = 0; n < c->n_iftypes; n++)
		text_iftype_caps(t, ctx, &c->iftypes[n]);
	for (int n = 0; n < c->n_radios; n++)
		text_radio(t, ctx, &c->radios[n]);
	text_combinations(t, ctx, c);
}

static void json_evidence(struct json *j, const struct ctx *ctx)
{
	json_text(j, "dialect", dialect_word(ctx->dialect));
	json_open(j, "evidence", '{');
	json_bool(j, "add_link", family_has(&ctx->family, NL80211_CMD_ADD_LINK));
	json_uint(j, "maxattr", ctx->family.maxattr);
	if (ctx->has_policy) {
		json_uint(j, "iftype_max", ctx->policy.iftype_max);
		json_bool(j, "link_info_is_nest", ctx->policy.link_info_is_nest);
	}
	json_close(j, '}');
}

static void json_combination(struct json *j, const struct ctx *ctx, const struct combination *c)
{
	json_open(j, NULL, '{');
	json_open(j, "limits", '[');
	for (int n = 0; n < c->n_limits; n++) {
		json_open(j, NULL, '{');
		json_uint(j, "max", c->limits[n].max);
		json_types(j, ctx, "types", c->limits[n].iftypes);
		json_close(j, '}');
	}
	json_close(j, ']');
	if (c->total)
		json_uint(j, "total", c->total);
	if (c->channels)
		json_uint(j, "channels", c->channels);
	json_close(j, '}');
}

static void json_combinations(struct json *j, const struct ctx *ctx, const struct combination *c,
			      int n_all, bool more)
{
	json_open(j, "combinations", '[');
	for (int n = 0; n < n_all; n++)
		json_combination(j, ctx, &c[n]);
	json_close(j, ']');
	if (more)
		json_bool(j, "more_combinations", true);
}

static void json_bands(struct json *j, const struct wiphy_caps *c)
{
	json_open(j, "bands", '[');
	for (unsigned int n = 0; n < BANDS_MAX; n++) {
		const struct band_caps *b = &c->bands[n];

		if (!b->channels)
			continue;
		json_open(j, NULL, '{');
		json_text(j, "band", band_word(n));
		json_uint(j, "channels", b->channels);
		json_uint(j, "enabled", b->channels - b->disabled);
		json_uint(j, "disabled", b->disabled);
		json_uint(j, "no_ir", b->no_ir);
		json_uint(j, "radar", b->radar);
		json_uint(j, "first_mhz", b->first_mhz);
		json_uint(j, "last_mhz", b->last_mhz);
		json_close(j, '}');
	}
	json_close(j, ']');
}

static void json_iftype_caps(struct json *j, const struct ctx *ctx, const struct iftype_caps *c)
{
	char type[IFTYPE_TEXT];

	json_open(j, NULL, '{');
	json_text(j, "type", iftype_name(type, c->iftype, ctx->dialect));
	if (c->has_eml)
		json_eml(j, decode_eml_capabilities(c->eml));
	if (c->has_mld)
		json_mld(j, decode_mld_capabilities(c->mld, frame_of(c->iftype)),
			 frame_of(c->iftype));
	if (c->has_ext_mld)
		json_ext_mld(j, decode_ext_mld_capabilities(c->ext_mld));
	json_close(j, '}');
}

static void json_radio(struct json *j, const struct ctx *ctx, const struct radio *r)
{
	json_open(j, NULL, '{');
	if (r->has_index)
		json_uint(j, "radio", r->index);
	if (r->has_antennas)
		json_uint(j, "antenna_mask", r->antennas);
	json_open(j, "freq_ranges", '[');
	for (int n = 0; n < r->n_ranges; n++) {
		json_open(j, NULL, '{');
		json_uint(j, "start_khz", r->ranges[n].start_khz);
		json_uint(j, "end_khz", r->ranges[n].end_khz);
		json_close(j, '}');
	}
	json_close(j, ']');
	json_combinations(j, ctx, r->combinations, r->n_combinations, r->more);
	json_close(j, '}');
}

static void json_hardware(struct json *j, const struct ctx *ctx, const struct wiphy_caps *c)
{
	json_bands(j, c);
	if (c->has_antennas_tx)
		json_uint(j, "antenna_mask_tx", c->antennas_tx);
	if (c->has_antennas_rx)
		json_uint(j, "antenna_mask_rx", c->antennas_rx);
	json_open(j, "iftype_capabilities", '[');
	for (int n = 0; n < c->n_iftypes; n++)
		json_iftype_caps(j, ctx, &c->iftypes[n]);
	json_close(j, ']');
	if (!c->n_radios)
		return;
	json_open(j, "radios", '[');
	for (int n = 0; n < c->n_radios; n++)
		json_radio(j, ctx, &c->radios[n]);
	json_close(j, ']');
}

static void json_caps(struct json *j, const struct ctx *ctx, const void *model)
{
	const struct wiphy_caps *c = model;
	const struct wiphy *w = &c->wiphy;
	const char *feature = feature_55(ctx->dialect);

	json_open(j, NULL, '{');
	json_phy_members(j, ctx, w);
	json_evidence(j, ctx);
	if (feature)
		json_bool(j, feature[0] == 'm' ? "ext_feature_mlo" : "ext_feature_secure_ltf",
			  w->ext_feature_55);
	json_open(j, "csme", '{');
	json_bool(j, "connection_info", w->csme_conn_info);
	json_bool(j, "get_ownership", w->csme_ownership);
	json_bool(j, "roaming_events", w->csme_roaming);
	json_close(j, '}');
	json_hardware(j, ctx, c);
	if (c->n_radios)
		json_combinations(j, ctx, c->combinations, c->n_combinations, c->more);
	else
		json_combinations(j, ctx, w->combinations, w->n_combinations, w->more_combinations);
	json_close(j, '}');
}

static enum status run_caps(struct ctx *ctx)
{
	static const struct view view = { text_caps, json_caps };
	struct wiphy_caps c;
	enum status st = dispatch_open(ctx);

	if (st == ST_OK)
		st = find_target(ctx);
	if (st == ST_OK)
		st = settle_dialect(ctx);
	if (st == ST_OK)
		st = query_wiphy_caps(ctx, ctx->target.wiphy, &c);
	if (st == ST_OK)
		show(ctx, &view, &c);
	return st;
}

const struct cmd cmd_phy_caps = {
	.name = "caps",
	.objects = ON_PHY,
	.help = "Show what the phy can do, and which MLO dialect the kernel speaks.",
	.run = run_caps,
};
