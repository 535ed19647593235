/* SPDX-License-Identifier: ISC */
/* dev DEV link add, del: changing the MLO links of an AP. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "../iw-mlo.h"

/* " (links: 0, 1)"; "" if there are none. */
static const char *link_ids(char *buf, size_t size, const struct iface *i)
{
	size_t used = 0;

	*buf = '\0';
	for (int n = 0; n < i->n_links && used < size; n++)
		used += (size_t)snprintf(buf + used, size - used, "%s%u",
					 n ? ", " : " (links: ", i->links[n].id);
	if (i->n_links && used < size)
		snprintf(buf + used, size - used, ")");
	return buf;
}

enum status no_such_link(struct ctx *ctx, const struct iface *i, uint8_t id)
{
	char ids[80];

	return fail(ctx, ST_REFUSED, "there is no link %u%s", id, link_ids(ids, sizeof(ids), i));
}

static const char *netdev_name(const struct ctx *ctx, const struct iface *i)
{
	return *i->name ? i->name : ctx->target.word;
}

/* What the kernel would refuse with a bare EINVAL, or not refuse at all. */
static enum status guard_change(struct ctx *ctx, const struct iface *i, uint8_t cmd)
{
	char type[IFTYPE_TEXT], name[ESCAPED_SIZE(NAME_LEN_MAX)];
	const char *netdev = netdev_name(ctx, i);

	if (!family_has(&ctx->family, cmd))
		return fail(ctx, ST_REFUSED, "this kernel has no MLO links (its nl80211 lacks %s)",
			    command_name(cmd));
	if (i->type != NL80211_IFTYPE_AP)
		return fail(ctx, ST_REFUSED,
			    "the interface is of type %s, and only an ap's links can be "
			    "changed (\"set type ap\" first)",
			    iftype_name(type, i->type, ctx->dialect));
	if (!netdev_is_up(netdev))
		return fail(ctx, ST_REFUSED, "the interface is down (\"ip link set %s up\" first)",
			    escape(name, sizeof(name), netdev, strlen(netdev)));
	return ST_OK;
}

/*
 * The kernel answers 0 to each of these and does harm: an id that is there has the address that is
 * reported overwritten, but not the one in use; an AP that runs without links stops beaconing.
 */
static enum status guard_add(struct ctx *ctx, const struct iface *i)
{
	const struct args *a = &ctx->args;
	const struct mlo_link *there = iface_link(i, a->link_id);
	char mac[MAC_TEXT];

	if (there && link_is_ghost(there))
		return fail(ctx, ST_REFUSED,
			    "link %u is a ghost of a link that was torn down: take the "
			    "interface down and up to be rid of it",
			    a->link_id);
	if (there)
		return fail(ctx, ST_REFUSED, "link %u is there already%s%s (\"link del %u\" first)",
			    a->link_id, there->has_addr ? ", with address " : "",
			    there->has_addr ? fmt_mac(mac, there->addr) : "", a->link_id);
	for (int n = 0; n < i->n_links; n++)
		if (i->links[n].has_addr && !memcmp(i->links[n].addr, a->mac, ADDR_LEN))
			return fail(ctx, ST_REFUSED, "link %u has the address %s already",
				    i->links[n].id, fmt_mac(mac, a->mac));
	if (!i->n_links && (i->chan.has_freq || i->has_ssid))
		return fail(ctx, ST_REFUSED,
			    "an AP without links runs here, and the kernel would silence "
			    "its beacon: stop it first");
	return ST_OK;
}

static enum status verify_added(struct ctx *ctx, enum status change)
{
	const struct args *a = &ctx->args;
	const struct mlo_link *l;
	struct iface i = { 0 };
	char mac[MAC_TEXT];
	enum status st = query_iface(ctx, &i);

	if (st != ST_OK)
		return st;
	l = iface_link(&i, a->link_id);
	if (!l)
		return fail(ctx, ST_REFUSED, "%s link %u is not there", but_found(change),
			    a->link_id);
	if (!l->has_addr || memcmp(l->addr, a->mac, ADDR_LEN) != 0)
		return fail(ctx, ST_REFUSED, "%s link %u has address %s", but_found(change),
			    a->link_id, l->has_addr ? fmt_mac(mac, l->addr) : "unknown");
	return ST_OK;
}

/* EINVAL has no sentence of the kernel's here; the commonest reason is in the wiphy's own words. */
static enum status explain_add(struct ctx *ctx, const struct iface *i)
{
	struct refusal r = ctx->refusal;
	struct wiphy w;
	bool no_mlo;

	if (r.err == EALREADY)
		return refused(ctx, "another link has this address");
	if (r.err != EINVAL)
		return ST_REFUSED;
	no_mlo = query_wiphy_full(ctx, i->wiphy, &w) == ST_OK && !w.mlo;
	ctx->refusal = r;
	return no_mlo ? refused(ctx, "the driver of this phy does not support MLO")
		      : refused(ctx, NULL);
}

static enum status run_link_add(struct ctx *ctx)
{
	struct iface i = { 0 };
	struct req rq;
	enum status st = open_iface(ctx, &i);

	if (st == ST_OK)
		st = guard_change(ctx, &i, NL80211_CMD_ADD_LINK);
	if (st == ST_OK)
		st = guard_add(ctx, &i);
	if (st != ST_OK)
		return st;
	req_change(ctx, &rq, NL80211_CMD_ADD_LINK);
	req_target(ctx, &rq);
	req_u8(&rq, NL80211_ATTR_MLO_LINK_ID, ctx->args.link_id);
	req_mac(&rq, NL80211_ATTR_MAC, ctx->args.mac);
	st = dispatch(ctx, &rq, NULL);
	if (st == ST_REFUSED)
		return explain_add(ctx, &i);
	/* an answer that was lost is found again by looking */
	if ((st == ST_OK && !ctx->opt.dry_run) || st == ST_PARTIAL)
		st = verify_added(ctx, st);
	return st;
}

static const struct param add_params[] = {
	{ .kind = PARAM_LINK_ID, .name = "ID" },
	{ .kind = PARAM_MAC, .name = "MAC", .keyword = "addr" },
	{ 0 },
};

const struct cmd cmd_link_add = {
	.name = "link add",
	.objects = ON_DEV | ON_WDEV,
	.params = add_params,
	.help = "Give an AP one more link.",
	.run = run_link_add,
};

static enum status verify_removed(struct ctx *ctx, enum status change)
{
	struct iface i = { 0 };
	enum status st = query_iface(ctx, &i);

	if (st == ST_OK && iface_link(&i, ctx->args.link_id))
		st = fail(ctx, ST_REFUSED, "%s link %u is still there", but_found(change),
			  ctx->args.link_id);
	return st;
}

static enum status run_link_del(struct ctx *ctx)
{
	struct iface i = { 0 };
	struct req rq;
	enum status st = open_iface(ctx, &i);

	if (st == ST_OK)
		st = guard_change(ctx, &i, NL80211_CMD_REMOVE_LINK);
	if (st == ST_OK && !iface_link(&i, ctx->args.link_id))
		st = no_such_link(ctx, &i, ctx->args.link_id);
	if (st != ST_OK)
		return st;
	req_change(ctx, &rq, NL80211_CMD_REMOVE_LINK);
	req_target(ctx, &rq);
	req_u8(&rq, NL80211_ATTR_MLO_LINK_ID, ctx->args.link_id);
	st = dispatch(ctx, &rq, NULL);
	if (st == ST_REFUSED && ctx->refusal.err == EINVAL)
		return refused(ctx, "somebody else may have removed the link meanwhile");
	if ((st == ST_OK && !ctx->opt.dry_run) || st == ST_PARTIAL)
		st = verify_removed(ctx, st);
	return st;
}

static const struct param del_params[] = {
	{ .kind = PARAM_LINK_ID, .name = "ID" },
	{ 0 },
};

const struct cmd cmd_link_del = {
	.name = "link del",
	.objects = ON_DEV | ON_WDEV,
	.params = del_params,
	.help = "Take a link away from an AP.",
	.run = run_link_del,
};
