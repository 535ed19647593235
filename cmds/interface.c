/* SPDX-License-Identifier: ISC */
/* phy PHY interface add, dev DEV del: interfaces made and removed, link devices of the RFC among
 * them. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <net/if.h>

#include "../iw-mlo.h"

/* The parameters of interface add, by their place in add_params. */
enum { ADD_NAME, ADD_TYPE, ADD_ADDR };

/* ---- add ---- */

static enum status guard_type(struct ctx *ctx)
{
	const struct iftype *t = ctx->args.iftype;
	enum status st = settle_if_ambiguous(ctx, 1u << t->number);

	return st == ST_OK ? guard_iftype(ctx, t) : st;
}

static enum status guard_name(struct ctx *ctx)
{
	if (!if_nametoindex(ctx->args.name))
		return ST_OK;
	return fail(ctx, ST_REFUSED, "there is an interface of this name already");
}

/* The drivers do not look, and two interfaces of one address can hear but not tell each other
 * apart. */
static enum status guard_addr(struct ctx *ctx)
{
	struct iface_list list = { 0 };
	char name[ESCAPED_SIZE(NAME_LEN_MAX)], mac[MAC_TEXT];
	enum status st = query_ifaces(ctx, &list);

	for (size_t n = 0; n < list.n && st == ST_OK; n++) {
		const struct iface *i = &list.v[n];

		if (!i->has_addr || memcmp(i->addr, ctx->args.mac, ADDR_LEN) != 0)
			continue;
		st = fail(ctx, ST_REFUSED, "%s%s (wdev 0x%llx) has the address %s already",
			  *i->name ? "interface " : "an interface",
			  escape(name, sizeof(name), i->name, strlen(i->name)),
			  (unsigned long long)i->wdev, fmt_mac(mac, ctx->args.mac));
	}
	free(list.v);
	return st;
}

static enum status remove_iface(struct ctx *ctx, uint64_t wdev)
{
	struct req rq;

	req_change(ctx, &rq, NL80211_CMD_DEL_INTERFACE);
	req_u64(&rq, NL80211_ATTR_WDEV, wdev);
	return dispatch(ctx, &rq, NULL);
}

/* What is not what was asked for does not stay. */
static enum status verify_new(struct ctx *ctx, const struct iface *i)
{
	char mac[MAC_TEXT], type[IFTYPE_TEXT];
	uint64_t wdev = i->wdev;
	enum status st;

	if (i->type != ctx->args.iftype->number)
		st = fail(ctx, ST_REFUSED, "the kernel made a %s instead; it was removed again",
			  iftype_name(type, i->type, ctx->dialect));
	else if (is_given(&ctx->args, ADD_ADDR) && memcmp(i->addr, ctx->args.mac, ADDR_LEN) != 0)
		st = fail(ctx, ST_REFUSED,
			  "the kernel gave it the address %s instead; it was removed again",
			  fmt_mac(mac, i->addr));
	else
		return ST_OK;
	if (remove_iface(ctx, wdev) != ST_OK)
		return fail(ctx, ST_REFUSED,
			    "the kernel made another than was asked for, and refused to remove "
			    "wdev 0x%llx again",
			    (unsigned long long)wdev);
	return st;
}

static enum status run_add(struct ctx *ctx)
{
	struct iface i = { 0 };
	struct sink sink = { .add = add_to_iface, .model = &i };
	struct req rq;
	enum status st = dispatch_open(ctx);

	if (st == ST_OK)
		st = guard_type(ctx);
	if (st == ST_OK)
		st = guard_name(ctx);
	if (st == ST_OK)
		st = find_target(ctx);
	if (st == ST_OK && is_given(&ctx->args, ADD_ADDR))
		st = guard_addr(ctx);
	if (st != ST_OK)
		return st;
	req_change(ctx, &rq, NL80211_CMD_NEW_INTERFACE);
	req_target(ctx, &rq);
	req_bytes(&rq, NL80211_ATTR_IFNAME, ctx->args.name, strlen(ctx->args.name) + 1);
	req_u32(&rq, NL80211_ATTR_IFTYPE, ctx->args.iftype->number);
	if (is_given(&ctx->args, ADD_ADDR))
		req_mac(&rq, NL80211_ATTR_MAC, ctx->args.mac);
	st = dispatch(ctx, &rq, &sink);
	if (st == ST_REFUSED)
		return explain_iftype(ctx, ctx->target.wiphy);
	if (st != ST_OK || ctx->opt.dry_run)
		return st;
	if (!iface_is_whole(&i))
		return fail(ctx, ST_PARTIAL, "the kernel agreed, but did not tell what it made");
	st = verify_new(ctx, &i);
	return st == ST_OK ? show_iface(ctx, &i) : st;
}

static const struct param add_params[] = {
	[ADD_NAME] = { .kind = PARAM_NAME, .name = "NAME" },
	[ADD_TYPE] = { .kind = PARAM_IFTYPE, .name = "TYPE", .keyword = "type" },
	[ADD_ADDR] = { .kind = PARAM_MAC, .name = "MAC", .keyword = "addr", .optional = true },
	{ 0 },
};

const struct cmd cmd_interface_add = {
	.name = "interface add",
	.objects = ON_PHY,
	.params = add_params,
	.help = "Make an interface, and show it: its wdev id may be its only handle.",
	.run = run_add,
};

/* ---- del ---- */

static enum status verify_gone(struct ctx *ctx, uint64_t wdev, enum status change)
{
	struct iface_list list = { 0 };
	enum status st = query_ifaces(ctx, &list);

	for (size_t n = 0; n < list.n && st == ST_OK; n++)
		if (list.v[n].wdev == wdev)
			st = fail(ctx, ST_REFUSED, "%s it is still there", but_found(change));
	free(list.v);
	return st;
}

static enum status run_del(struct ctx *ctx)
{
	struct iface i = { 0 };
	struct req rq;
	enum status st = open_iface(ctx, &i);

	if (st != ST_OK)
		return st;
	req_change(ctx, &rq, NL80211_CMD_DEL_INTERFACE);
	req_target(ctx, &rq);
	st = dispatch(ctx, &rq, NULL);
	if (st == ST_REFUSED && ctx->refusal.err == EOPNOTSUPP)
		return refused(ctx, "the driver does not let interfaces be removed");
	if ((st == ST_OK && !ctx->opt.dry_run) || st == ST_PARTIAL)
		st = verify_gone(ctx, i.wdev, st);
	return st;
}

const struct cmd cmd_del = {
	.name = "del",
	.objects = ON_DEV | ON_WDEV,
	.help = "Remove the interface.",
	.run = run_del,
};
