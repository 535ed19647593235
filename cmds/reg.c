/* SPDX-License-Identifier: ISC */
/* reg get, reg set: the regulatory domain, by which channels, and with them links, come and go. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "../iw-mlo.h"

/*
 * The kernel asks its database, which takes milliseconds; where that has no such country, it waits
 * for a helper of user space for 3.1 s, and then goes back to the domain of the world.
 */
#define PATIENCE_MS 4000

const char *firmware_root = "/lib/firmware";

struct regdoms {
	struct regdom_list domains;
	struct wiphy_list wiphys; /* to name them by */
};

/* ---- what is asked ---- */

static enum status query_all(struct ctx *ctx, struct regdoms *l)
{
	enum status st = query_regdoms(ctx, &l->domains);

	for (size_t n = 0; n < l->domains.n && st == ST_OK; n++)
		if (l->domains.v[n].has_wiphy && !l->wiphys.n)
			st = query_wiphys(ctx, &l->wiphys);
	return st;
}

/* NULL: the kernel has none. */
static const struct regdom *global(const struct regdoms *l)
{
	for (size_t n = 0; n < l->domains.n; n++)
		if (!l->domains.v[n].has_wiphy)
			return &l->domains.v[n];
	return NULL;
}

static const char *country_of(const struct regdoms *l)
{
	const struct regdom *d = global(l);

	return d && *d->country ? d->country : "not told";
}

static void free_regdoms(struct regdoms *l)
{
	free(l->domains.v);
	free(l->wiphys.v);
}

/* ---- text ---- */

static void text_mhz(const struct text *t, uint32_t khz)
{
	fprintf(t->f, "%u", khz / 1000);
	if (khz % 1000)
		fprintf(t->f, ".%03u", khz % 1000);
}

static const char *country_words(const char *country)
{
	return !strcmp(country, "00")	? " (world)"
	       : !strcmp(country, "98") ? " (intersection)"
	       : !strcmp(country, "99") ? " (of a driver's own)"
					: "";
}

static void text_rule(const struct text *t, const struct reg_rule *r)
{
	char dbm[DBM_TEXT];

	putc('\t', t->f);
	text_mhz(t, r->has_range ? r->start_khz : 0);
	putc('-', t->f);
	text_mhz(t, r->has_range ? r->end_khz : 0);
	fputs(" MHz", t->f);
	if (r->has_width) {
		fputs("  width ", t->f);
		text_mhz(t, r->width_khz);
		fputs(" MHz", t->f);
	}
	if (r->has_eirp)
		fprintf(t->f, "  eirp %s dBm", fmt_dbm(dbm, r->eirp));
	if (r->has_gain && r->gain)
		fprintf(t->f, "  antenna gain %s dBi", fmt_dbm(dbm, r->gain));
	if (r->has_psd)
		fprintf(t->f, "  psd %d dBm/MHz", r->psd);
	if (r->has_cac && r->cac_ms)
		fprintf(t->f, "  cac %u ms", r->cac_ms);
	for (unsigned int bit = 0; bit < 32; bit++) {
		if (!(r->flags >> bit & 1))
			continue;
		if (reg_flag(bit))
			fprintf(t->f, "  %s", reg_flag(bit));
		else
			fprintf(t->f, "  flag-%u", bit);
	}
	putc('\n', t->f);
}

static void text_regdom(const struct text *t, const struct regdoms *l, const struct regdom *d)
{
	char text[ESCAPED_SIZE(NAME_LEN_MAX)];
	const struct wiphy *w = wiphy_of_index(&l->wiphys, d->wiphy);

	paint(t, COLOUR_NAME);
	if (!d->has_wiphy)
		fputs("global", t->f);
	else if (w)
		fputs(escape(text, sizeof(text), w->name, strlen(w->name)), t->f);
	else
		fprintf(t->f, "wiphy %u", d->wiphy);
	paint(t, COLOUR_OFF);
	fprintf(t->f, "  country %s%s",
		*d->country ? escape(text, sizeof(text), d->country, 2) : "-",
		country_words(d->country));
	if (d->self_managed)
		fputs("  self-managed", t->f);
	if (d->cell_base)
		fputs("  told by a cellular base station", t->f);
	if (dfs_region_word(d->dfs_region))
		fprintf(t->f, "  dfs %s", dfs_region_word(d->dfs_region));
	else if (d->dfs_region)
		fprintf(t->f, "  dfs %u", d->dfs_region);
	putc('\n', t->f);
	for (int n = 0; n < d->n_rules; n++)
		text_rule(t, &d->rules[n]);
	if (d->more_rules)
		fputs("\tand more rules\n", t->f);
}

static void text_regdoms(const struct text *t, const struct ctx *ctx, const void *model)
{
	const struct regdoms *l = model;

	(void)ctx;
	for (size_t n = 0; n < l->domains.n; n++)
		text_regdom(t, l, &l->domains.v[n]);
}

/* ---- JSON ---- */

static void json_rule(struct json *j, const struct reg_rule *r)
{
	char number[16];

	json_open(j, NULL, '{');
	if (r->has_range) {
		json_uint(j, "start_khz", r->start_khz);
		json_uint(j, "end_khz", r->end_khz);
	}
	if (r->has_width)
		json_uint(j, "max_width_khz", r->width_khz);
	if (r->has_eirp)
		json_dbm(j, "max_eirp_dbm", r->eirp);
	if (r->has_gain)
		json_dbm(j, "max_antenna_gain_dbi", r->gain);
	if (r->has_psd)
		json_int(j, "max_psd_dbm_mhz", r->psd);
	if (r->has_cac)
		json_uint(j, "dfs_cac_ms", r->cac_ms);
	if (r->has_flags) {
		json_open(j, "flags", '[');
		for (unsigned int bit = 0; bit < 32; bit++) {
			snprintf(number, sizeof(number), "flag-%u", bit);
			if (r->flags >> bit & 1)
				json_text(j, NULL, reg_flag(bit) ? reg_flag(bit) : number);
		}
		json_close(j, ']');
	}
	json_close(j, '}');
}

static void json_regdom(struct json *j, const struct regdoms *l, const struct regdom *d)
{
	json_open(j, NULL, '{');
	if (d->has_wiphy)
		json_wiphy_head(j, wiphy_of_index(&l->wiphys, d->wiphy), d->wiphy);
	if (*d->country)
		json_string(j, "country", d->country);
	if (d->has_wiphy)
		json_bool(j, "self_managed", d->self_managed);
	if (d->cell_base)
		json_bool(j, "cell_base", true);
	if (dfs_region_word(d->dfs_region))
		json_text(j, "dfs_region", dfs_region_word(d->dfs_region));
	json_open(j, "rules", '[');
	for (int n = 0; n < d->n_rules; n++)
		json_rule(j, &d->rules[n]);
	json_close(j, ']');
	if (d->more_rules)
		json_bool(j, "more_rules", true);
	json_close(j, '}');
}

static void json_regdoms(struct json *j, const struct ctx *ctx, const void *model)
{
	const struct regdoms *l = model;

	(void)ctx;
	json_open(j, NULL, '[');
	for (size_t n = 0; n < l->domains.n; n++)
		json_regdom(j, l, &l->domains.v[n]);
	json_close(j, ']');
}

static const struct view view = { text_regdoms, json_regdoms };

/* ---- reg get ---- */

static enum status run_reg_get(struct ctx *ctx)
{
	struct regdoms l = { 0 };
	enum status st = dispatch_open(ctx);

	if (st == ST_OK)
		st = query_all(ctx, &l);
	if (st == ST_OK)
		show(ctx, &view, &l);
	free_regdoms(&l);
	return st;
}

const struct cmd cmd_reg_get = {
	.name = "reg get",
	.objects = ON_NOTHING,
	.help = "Show the regulatory domain, and those of phys that have their own.",
	.run = run_reg_get,
};

/* ---- reg set ---- */

/*
 * Is the country in the database that the kernel loads? (net/wireless/reg.c: "RGDB", the version
 * 20, and entries of two letters and a pointer until one of zeros.) false as well: it cannot be
 * told.
 */
static bool is_not_in_database(const char *country)
{
	uint8_t db[4096] = { 0 };
	char path[512];
	size_t len = 0;
	FILE *f;

	snprintf(path, sizeof(path), "%s/regulatory.db", firmware_root);
	f = fopen(path, "re");
	if (f) {
		len = fread(db, 1, sizeof(db), f);
		fclose(f);
	}
	if (len < 8 || memcmp(db, "RGDB\0\0\0\24", 8) != 0)
		return false;
	for (size_t at = 8; at + 4 <= len; at += 4) {
		if (!memcmp(db + at, "\0\0\0\0", 4))
			return true;
		if (!memcmp(db + at, country, 2))
			return false;
	}
	return false;
}

static enum status send_reg(struct ctx *ctx)
{
	struct req rq;

	req_change(ctx, &rq, NL80211_CMD_REQ_SET_REG);
	req_bytes(&rq, NL80211_ATTR_REG_ALPHA2, ctx->args.country, strlen(ctx->args.country) + 1);
	return dispatch(ctx, &rq, NULL);
}

static bool on_event(void *arg, uint8_t cmd, const struct attrs *a)
{
	(void)arg;
	(void)a;
	return !cmd || cmd == NL80211_CMD_REG_CHANGE;
}

static bool is_set(const struct ctx *ctx, const struct regdoms *l)
{
	const struct regdom *d = global(l);

	return d && !strcmp(d->country, ctx->args.country);
}

/* The event says what was asked for; what has come of it, the domain itself. */
static enum status wait_set(struct ctx *ctx, struct regdoms *l)
{
	uint32_t patience = ctx->opt.timeout_ms ? ctx->opt.timeout_ms : PATIENCE_MS;
	int64_t deadline = ctx->deadline_ms ? ctx->deadline_ms : now_ms() + patience;
	enum status st = ST_OK;

	while (st == ST_OK && !is_set(ctx, l) && !ctx->interrupted) {
		st = listen_until(ctx, deadline, on_event, ctx);
		if (st == ST_OK)
			st = query_all(ctx, l);
	}
	if (ctx->interrupted)
		return fail(ctx, ST_UNMET, "interrupted (%s)", strsignal(ctx->interrupted));
	if (st != ST_UNMET)
		return st;
	return fail(ctx, ST_UNMET,
		    "the country is %s after %u.%03u s: the kernel has no database, or another "
		    "than that of %s, or a driver or an AP determines the domain",
		    country_of(l), patience / 1000, patience % 1000, firmware_root);
}

static enum status run_reg_set(struct ctx *ctx)
{
	struct regdoms l = { 0 };
	enum status st = dispatch_open(ctx);

	if (st == ST_OK && is_not_in_database(ctx->args.country))
		st = fail(ctx, ST_REFUSED,
			  "%s/regulatory.db has no such country; the kernel would accept it, and "
			  "fall back to the domain of the world",
			  firmware_root);
	if (st == ST_OK)
		st = listen_open(ctx, 1u << GROUP_REGULATORY);
	if (st == ST_OK)
		st = listen_signals(ctx);
	if (st == ST_OK)
		st = query_all(ctx, &l);
	if (st == ST_OK)
		st = send_reg(ctx);
	if (st == ST_OK && !ctx->opt.dry_run)
		st = wait_set(ctx, &l);
	if (st == ST_OK)
		show(ctx, &view, &l);
	free_regdoms(&l);
	return st;
}

static const struct param set_params[] = {
	{ .kind = PARAM_COUNTRY, .name = "CC" },
	{ 0 },
};

const struct cmd cmd_reg_set = {
	.name = "reg set",
	.objects = ON_NOTHING,
	.params = set_params,
	.help = "Ask for the regulatory domain of a country, wait for it, and show it.",
	.run = run_reg_set,
};
