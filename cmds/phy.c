/* SPDX-License-Identifier: ISC */
/* phy: the wiphys, whether they support MLO, and the interface types they have. */
#include <stdlib.h>
#include <string.h>

#include "../iw-mlo.h"

static void text_phy(const struct text *t, const struct ctx *ctx, const struct wiphy *w)
{
	char name[ESCAPED_SIZE(NAME_LEN_MAX)], words[IFTYPES_TEXT];

	paint(t, COLOUR_NAME);
	fputs(*w->name ? escape(name, sizeof(name), w->name, strlen(w->name)) : "-", t->f);
	paint(t, COLOUR_OFF);
	fprintf(t->f, "  wiphy %u  mlo %s", w->index, w->mlo ? "yes" : "no");
	if (w->has_iftypes) {
		iftype_words(words, w->iftypes, family_dialect(&ctx->family));
		fprintf(t->f, "  types %s", words);
	}
	putc('\n', t->f);
}

static void json_types(struct json *j, const struct ctx *ctx, const char *key, uint32_t bitmap)
{
	char name[IFTYPE_TEXT];

	json_open(j, key, '[');
	for (uint32_t n = 0; n < 32; n++)
		if (bitmap >> n & 1)
			json_text(j, NULL, iftype_name(name, n, family_dialect(&ctx->family)));
	json_close(j, ']');
}

static void json_phy(struct json *j, const struct ctx *ctx, const struct wiphy *w)
{
	json_open(j, NULL, '{');
	json_wiphy_head(j, w, w->index);
	json_bool(j, "mlo", w->mlo);
	if (w->has_iftypes) {
		json_types(j, ctx, "types", w->iftypes);
		json_types(j, ctx, "software_types", w->software_iftypes);
	}
	json_close(j, '}');
}

static void text_phys(const struct text *t, const struct ctx *ctx, const void *model)
{
	const struct wiphy_list *l = model;

	for (size_t n = 0; n < l->n; n++)
		text_phy(t, ctx, &l->v[n]);
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

static void json_one_phy(struct json *j, const struct ctx *ctx, const void *model)
{
	json_phy(j, ctx, model);
}

static enum status run_phy(struct ctx *ctx)
{
	static const struct view all = { text_phys, json_phys },
				 one = { text_one_phy, json_one_phy };
	struct wiphy_list list = { 0 };
	const struct wiphy *w = NULL;
	enum status st = dispatch_open(ctx);

	if (st == ST_OK && ctx->target.word)
		st = find_target(ctx);
	if (st == ST_OK)
		st = query_wiphys_full(ctx, &list);
	if (st == ST_OK && ctx->target.word) {
		w = wiphy_of_index(&list, ctx->target.wiphy);
		st = w ? ST_OK : fail(ctx, ST_REFUSED, "the phy went away");
	}
	if (st == ST_OK)
		show(ctx, w ? &one : &all, w ? (const void *)w : &list);
	free(list.v);
	return st;
}

const struct cmd cmd_phy = {
	.name = "",
	.objects = ON_PHY,
	.all = true,
	.help = "Show every phy, its MLO support and interface types.",
	.run = run_phy,
};

const struct cmd cmd_phy_bare = {
	.name = "",
	.objects = ON_PHY,
	.help = "Show one of them.",
	.run = run_phy,
};
