/* SPDX-License-Identifier: ISC */
/* check: what is between this machine and working MLO, in words, with the evidence. */
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>

#include "check.h"

#define COLUMNS	    80
#define TEXT_COLUMN 13 /* where sentences begin, after the verdict */

/* ---- findings ---- */

struct finding *found(struct checkup *c, const char *check, enum verdict verdict, const char *text,
		      ...)
{
	struct finding *f = grow((void **)&c->findings, &c->n, &c->size, sizeof(*c->findings));
	va_list ap;

	c->no_memory |= !f;
	if (!f)
		f = &c->lost;
	f->check = check;
	f->verdict = verdict;
	if (c->wiphy) {
		memcpy(f->phy, c->wiphy->name, sizeof(f->phy));
		f->wiphy = c->wiphy->index;
	}
	if (c->iface)
		memcpy(f->ifname, c->iface->name, sizeof(f->ifname));
	va_start(ap, text);
	vsnprintf(f->text, sizeof(f->text), text, ap);
	va_end(ap);
	return f;
}

void add_fact(struct finding *f, const char *fact, ...)
{
	size_t used = strlen(f->fact);
	va_list ap;

	va_start(ap, fact);
	vsnprintf(f->fact + used, sizeof(f->fact) - used, fact, ap);
	va_end(ap);
}

void add_next(struct finding *f, const char *next, ...)
{
	size_t used = strlen(f->next);
	va_list ap;

	va_start(ap, next);
	vsnprintf(f->next + used, sizeof(f->next) - used, next, ap);
	va_end(ap);
}

/* ---- text ---- */

static const char *verdict_word(enum verdict v)
{
	static const char *const words[] = {
		[CHECK_OK] = "ok", [CHECK_ATTENTION] = "attention", [CHECK_PROBLEM] = "problem"
	};

	return words[v];
}

/* Goes on at this column, and on new lines where a word would go beyond the last. */
static void text_wrapped(const struct text *t, size_t column, const char *words)
{
	const char *space = "";

	while (*words) {
		size_t len = strcspn(words, " ");

		if (*space && column + 1 + len > COLUMNS) {
			fprintf(t->f, "\n%*s", TEXT_COLUMN, "");
			column = TEXT_COLUMN;
			space = "";
		}
		fprintf(t->f, "%s%.*s", space, (int)len, words);
		column += strlen(space) + len;
		words += len + strspn(words + len, " ");
		space = " ";
	}
	putc('\n', t->f);
}

static void text_paragraph(const struct text *t, const char *label, const char *words)
{
	if (!*words)
		return;
	fprintf(t->f, "%*s%s", TEXT_COLUMN, "", label);
	text_wrapped(t, TEXT_COLUMN + strlen(label), words);
}

static void text_finding(const struct text *t, const struct finding *f)
{
	static const enum colour colours[] = { [CHECK_OK] = COLOUR_GOOD,
					       [CHECK_ATTENTION] = COLOUR_ATTENTION,
					       [CHECK_PROBLEM] = COLOUR_WARN };
	const char *word = verdict_word(f->verdict);

	fputs("  ", t->f);
	paint(t, colours[f->verdict]);
	fputs(word, t->f);
	paint(t, COLOUR_OFF);
	fprintf(t->f, "%*s%s: ", TEXT_COLUMN - 2 - (int)strlen(word), "", f->check);
	text_wrapped(t, TEXT_COLUMN + strlen(f->check) + 2, f->text);
	text_paragraph(t, "", f->fact);
	text_paragraph(t, "next: ", f->next);
}

static void text_heading(const struct text *t, const struct finding *f)
{
	const char *name = *f->ifname ? f->ifname : *f->phy ? f->phy : "machine";
	char text[ESCAPED_SIZE(NAME_LEN_MAX)];

	paint(t, COLOUR_NAME);
	fputs(escape(text, sizeof(text), name, strlen(name)), t->f);
	paint(t, COLOUR_OFF);
	putc('\n', t->f);
}

static bool same_heading(const struct finding *a, const struct finding *b)
{
	return !strcmp(a->phy, b->phy) && !strcmp(a->ifname, b->ifname);
}

static void text_checkup(const struct text *t, const struct ctx *ctx, const void *model)
{
	unsigned int counts[CHECK_PROBLEM + 1] = { 0 };
	const struct checkup *c = model;

	(void)ctx;
	for (size_t n = 0; n < c->n; n++) {
		if (!n || !same_heading(&c->findings[n - 1], &c->findings[n]))
			text_heading(t, &c->findings[n]);
		text_finding(t, &c->findings[n]);
		counts[c->findings[n].verdict]++;
	}
	fprintf(t->f, "%u problem, %u attention, %u ok\n", counts[CHECK_PROBLEM],
		counts[CHECK_ATTENTION], counts[CHECK_OK]);
}

/* ---- JSON ---- */

static void json_checkup(struct json *j, const struct ctx *ctx, const void *model)
{
	const struct checkup *c = model;

	(void)ctx;
	json_open(j, NULL, '[');
	for (size_t n = 0; n < c->n; n++) {
		const struct finding *f = &c->findings[n];

		json_open(j, NULL, '{');
		if (*f->phy) {
			json_string(j, "phy", f->phy);
			json_uint(j, "wiphy", f->wiphy);
		}
		if (*f->ifname)
			json_string(j, "ifname", f->ifname);
		json_text(j, "check", f->check);
		json_text(j, "verdict", verdict_word(f->verdict));
		json_string(j, "text", f->text);
		if (*f->fact)
			json_string(j, "fact", f->fact);
		if (*f->next)
			json_string(j, "next", f->next);
		json_close(j, '}');
	}
	json_close(j, ']');
}

static const struct view view = { text_checkup, json_checkup };

/* ---- asking ---- */

static bool add_wiphy(void *model, const struct attrs *a)
{
	struct checkup *c = model;
	uint32_t index;

	if (!decode_wiphy_index(a, &index))
		return false;
	return index != c->wiphy->index ||
	       (decode_wiphy_caps(a, &c->caps) && decode_wiphy_channels(a, &c->channels));
}

static void reset_wiphy(void *model)
{
	struct checkup *c = model;

	memset(&c->caps, 0, sizeof(c->caps));
	c->channels.n = 0;
}

static enum status query_phy(struct checkup *c)
{
	struct sink sink = { .add = add_wiphy, .reset = reset_wiphy, .model = c };
	struct req rq;
	enum status st;

	reset_wiphy(c);
	req_dump(c->ctx, &rq, NL80211_CMD_GET_WIPHY);
	req_flag(&rq, NL80211_ATTR_SPLIT_WIPHY_DUMP);
	req_u32(&rq, NL80211_ATTR_WIPHY, c->wiphy->index);
	st = dispatch(c->ctx, &rq, &sink);
	if (st == ST_OK && !c->caps.wiphy.has_index)
		return fail(c->ctx, ST_REFUSED, "the phy went away");
	return st;
}

/* Interfaces of other types have nothing to do with links, and those without a name none of their
 * own. */
static bool is_checked(const struct checkup *c, const struct iface *i)
{
	if (c->ifindex)
		return i->has_ifindex && i->ifindex == c->ifindex;
	return *i->name && (iface_is_client(i) || i->type == NL80211_IFTYPE_AP);
}

static bool has_target(const struct checkup *c, const struct wiphy *w)
{
	if (!c->ifindex)
		return true;
	for (size_t n = 0; n < c->ifaces.n; n++)
		if (c->ifaces.v[n].wiphy == w->index && is_checked(c, &c->ifaces.v[n]))
			return true;
	return false;
}

static enum status check_one(struct checkup *c, const struct wiphy *w)
{
	enum status st;

	c->wiphy = w;
	st = query_phy(c);
	if (st == ST_OK)
		check_phy(c);
	for (size_t n = 0; n < c->ifaces.n && st == ST_OK; n++) {
		c->iface = &c->ifaces.v[n];
		if (c->iface->wiphy == w->index && is_checked(c, c->iface))
			st = check_dev(c);
	}
	c->iface = NULL;
	return st;
}

static enum status check_phys(struct checkup *c)
{
	struct wiphy_list wiphys = { 0 };
	enum status st = query_dev_list(c->ctx, &c->ifaces, &wiphys);

	if (st == ST_OK)
		st = query_regdoms(c->ctx, &c->regdoms);
	if (st == ST_OK && !wiphys.n)
		check_no_phy(c);
	for (size_t n = 0; n < wiphys.n && st == ST_OK; n++)
		if (has_target(c, &wiphys.v[n]))
			st = check_one(c, &wiphys.v[n]);
	free(wiphys.v);
	return st;
}

/* Said before anything else is asked: a name that is wrong is an error, not a finding. */
static enum status check_target(struct checkup *c)
{
	struct ctx *ctx = c->ctx;
	struct iface i = { 0 };
	enum status st;

	if (!ctx->args.name)
		return ST_OK;
	ctx->target.object = OBJECT_DEV;
	ctx->target.word = ctx->args.name;
	st = find_target(ctx);
	c->ifindex = ctx->target.ifindex;
	return st == ST_OK ? query_iface(ctx, &i) : st;
}

static enum status check_all(struct checkup *c)
{
	struct ctx *ctx = c->ctx;
	enum status st = dispatch_open(ctx);

	if (st == ST_SYSTEM && ctx->refusal.err == ENOENT) {
		check_no_nl80211(c);
		return ST_OK;
	}
	if (st == ST_OK)
		st = check_target(c);
	if (st == ST_OK)
		st = check_machine(c);
	return st == ST_OK ? check_phys(c) : st;
}

static enum status run_check(struct ctx *ctx)
{
	struct checkup c = { .ctx = ctx };
	struct utsname name;
	enum status st;

	strcpy(c.release, "an unknown version");
	if (uname(&name) == 0)
		snprintf(c.release, sizeof(c.release), "%.10s %.65s", name.sysname, name.release);
	st = check_all(&c);
	if (st == ST_OK && c.no_memory)
		st = fail(ctx, ST_SYSTEM, "out of memory");
	if (st == ST_OK)
		show(ctx, &view, &c);
	free(c.findings);
	free(c.regdoms.v);
	free(c.ifaces.v);
	return st;
}

static const struct param params[] = {
	{ .kind = PARAM_NAME, .name = "DEV", .optional = true },
	{ 0 },
};

const struct cmd cmd_check = {
	.name = "check",
	.objects = ON_NOTHING,
	.params = params,
	.help = "Say what is between this machine, or DEV, and working MLO, with the evidence.",
	.run = run_check,
};
