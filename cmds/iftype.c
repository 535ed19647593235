/* SPDX-License-Identifier: ISC */
/* dev DEV set type: switch the iftype of an interface. */
#include <errno.h>
#include <string.h>

#include "../iw-mlo.h"

/* 13 means NAN_DATA to one kernel and was to mean an MLO link device to another: never guess. */
static enum status guard_dialect(struct ctx *ctx)
{
	const struct iftype *t = ctx->args.iftype;

	if (iftype_speaks(t, family_dialect(&ctx->family)))
		return ST_OK;
	return fail(ctx, ST_REFUSED, "this kernel has no interface type \"%s\"; nothing was sent",
		    t->word);
}

/* The kernel stops the AP and only then finds that it cannot; zero-address links stay behind. */
static enum status guard_live_mld(struct ctx *ctx, const struct iface *i)
{
	char name[ESCAPED_SIZE(NAME_LEN_MAX)];

	if (!i->has_ifindex)
		return fail(ctx, ST_REFUSED, "an interface without a netdev keeps its type");
	if (!i->n_links || !netdev_is_up(i->name))
		return ST_OK;
	return fail(ctx, ST_REFUSED,
		    "it is up with %u link%s, which the kernel would tear down and then "
		    "refuse the change (\"ip link set %s down\" first)",
		    i->n_links, i->n_links == 1 ? "" : "s",
		    escape(name, sizeof(name), i->name, strlen(i->name)));
}

static enum status explain_unsupported(struct ctx *ctx, const struct iface *i)
{
	char words[IFTYPES_TEXT], software[IFTYPES_TEXT];
	struct refusal r = ctx->refusal;
	enum dialect d = family_dialect(&ctx->family);
	struct wiphy w = { 0 };
	enum status st = query_wiphy(ctx, i->wiphy, &w);

	ctx->refusal = r;
	if (st != ST_OK || !w.has_iftypes)
		return refused(ctx, NULL);
	iftype_words(words, w.iftypes, d);
	iftype_words(software, w.software_iftypes, d);
	return refused(ctx, "the hardware supports %s (in software: %s)", words, software);
}

/* Of these the kernel makes new ones, and turns no interface into one (kernel:
 * cfg80211_change_iface). */
static bool is_only_created(uint32_t iftype)
{
	return iftype == NL80211_IFTYPE_P2P_DEVICE || iftype == NL80211_IFTYPE_NAN ||
	       iftype == NL80211_IFTYPE_PD;
}

static enum status explain(struct ctx *ctx, const struct iface *i)
{
	char name[ESCAPED_SIZE(NAME_LEN_MAX)];

	if (ctx->refusal.err == EOPNOTSUPP && is_only_created(ctx->args.iftype->number))
		return refused(ctx, "an interface is created as a %s, it cannot become one",
			       ctx->args.iftype->word);
	if (ctx->refusal.err == EOPNOTSUPP || ctx->refusal.err == ERANGE)
		return explain_unsupported(ctx, i);
	if (ctx->refusal.err == EBUSY)
		return refused(ctx, "the interface is in use: \"ip link set %s down\" first",
			       escape(name, sizeof(name), i->name, strlen(i->name)));
	return ST_REFUSED;
}

static enum status verify_type(struct ctx *ctx, enum status change)
{
	char type[IFTYPE_TEXT];
	struct iface i = { 0 };
	enum status st = query_iface(ctx, &i);

	if (st == ST_OK && i.type != ctx->args.iftype->number)
		st = fail(ctx, ST_REFUSED, "%s the type is %s", but_found(change),
			  iftype_name(type, i.type, family_dialect(&ctx->family)));
	return st;
}

static enum status run_set_type(struct ctx *ctx)
{
	struct iface i = { 0 };
	struct req rq;
	enum status st = dispatch_open(ctx);

	if (st == ST_OK)
		st = guard_dialect(ctx);
	if (st == ST_OK)
		st = find_target(ctx);
	if (st == ST_OK)
		st = query_iface(ctx, &i);
	if (st == ST_OK && i.type != ctx->args.iftype->number)
		st = guard_live_mld(ctx, &i);
	if (st != ST_OK)
		return st;
	req_change(ctx, &rq, NL80211_CMD_SET_INTERFACE);
	req_target(ctx, &rq);
	req_u32(&rq, NL80211_ATTR_IFTYPE, ctx->args.iftype->number);
	st = dispatch(ctx, &rq, NULL);
	if (st == ST_REFUSED)
		return explain(ctx, &i);
	if ((st == ST_OK && !ctx->opt.dry_run) || st == ST_PARTIAL)
		st = verify_type(ctx, st);
	return st;
}

static const struct param type_params[] = {
	{ .kind = PARAM_IFTYPE, .name = "TYPE" },
	{ 0 },
};

const struct cmd cmd_set_type = {
	.name = "set type",
	.objects = ON_DEV | ON_WDEV,
	.params = type_params,
	.help = "Switch the interface to another type.",
	.run = run_set_type,
};
