/* SPDX-License-Identifier: ISC */
/* dev DEV ap stop: an AP, or one link of an AP MLD, beacons no more. */
#include <errno.h>

#include "../iw-mlo.h"

/* NULL: of an AP that has no links. */
static enum status stop(struct ctx *ctx, const struct mlo_link *l)
{
	struct req rq;

	req_change(ctx, &rq, NL80211_CMD_STOP_AP);
	req_target(ctx, &rq);
	if (l)
		req_u8(&rq, NL80211_ATTR_MLO_LINK_ID, l->id);
	return dispatch(ctx, &rq, NULL);
}

static enum status no_beacon(struct ctx *ctx, const struct mlo_link *l)
{
	if (l)
		return fail(ctx, ST_REFUSED, "link %u does not beacon", l->id);
	return fail(ctx, ST_REFUSED, "no AP runs on this interface");
}

static enum status stop_link(struct ctx *ctx, const struct iface *i, uint8_t id)
{
	const struct mlo_link *l = iface_link(i, id);
	char links[LINKS_TEXT];

	if (!l)
		return fail(ctx, ST_REFUSED, "there is no link %u (links: %s)", id,
			    fmt_links(links, link_bitmap(i)));
	return l->chan.has_freq ? stop(ctx, l) : no_beacon(ctx, l);
}

static enum status stop_all(struct ctx *ctx, const struct iface *i)
{
	enum status st = ST_OK;
	bool any = false;

	if (!i->n_links)
		return i->chan.has_freq ? stop(ctx, NULL) : no_beacon(ctx, NULL);
	for (int n = 0; n < i->n_links && st == ST_OK; n++) {
		if (!i->links[n].chan.has_freq)
			continue;
		any = true;
		st = stop(ctx, &i->links[n]);
	}
	return any ? st : no_beacon(ctx, NULL);
}

static bool is_stopped(const struct ctx *ctx, const struct iface *i)
{
	for (int n = 0; n < i->n_links; n++)
		if (i->links[n].chan.has_freq &&
		    (!ctx->args.given || i->links[n].id == ctx->args.link_id))
			return false;
	return !i->chan.has_freq;
}

static enum status run_ap_stop(struct ctx *ctx)
{
	struct iface i = { 0 }, after = { 0 };
	char type[IFTYPE_TEXT];
	enum status st = open_iface(ctx, &i);

	if (st != ST_OK)
		return st;
	if (i.type != NL80211_IFTYPE_AP && i.type != NL80211_IFTYPE_P2P_GO)
		return fail(ctx, ST_REFUSED, "the interface is of type %s, and no AP",
			    iftype_name(type, i.type, ctx->dialect));
	st = ctx->args.given ? stop_link(ctx, &i, ctx->args.link_id) : stop_all(ctx, &i);
	if ((st != ST_OK && st != ST_PARTIAL) || ctx->opt.dry_run)
		return st;
	if (query_iface(ctx, &after) == ST_OK && is_stopped(ctx, &after))
		return ST_OK;
	return fail(ctx, ST_REFUSED, "%s it has a channel still", but_found(st));
}

static const struct param stop_params[] = {
	{ .kind = PARAM_LINK_ID, .name = "ID", .keyword = "link", .optional = true },
	{ 0 },
};

const struct cmd cmd_ap_stop = {
	.name = "ap stop",
	.objects = ON_DEV | ON_WDEV,
	.params = stop_params,
	.help = "Stop an AP, or one link of an AP MLD.",
	.run = run_ap_stop,
};
