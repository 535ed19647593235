/* SPDX-License-Identifier: ISC */
/* dev DEV set type: switch the iftype of an interface; and what any use of an iftype has to heed.
 */
#include <errno.h>
#include <string.h>

#include "../iw-mlo.h"

/* The parameters of set type, by their place in type_params. */
enum { TYPE_TYPE, TYPE_FORCE };

/* ---- for all who send an iftype ---- */

static const char *why_not_spoken(enum dialect d)
{
	switch (d) {
	case DIALECT_NONE:
	case DIALECT_RFC:
	case DIALECT_LINKS:
		break;
	case DIALECT_HYBRID:
		return ": it has the marks of both MLO dialects";
	case DIALECT_UNKNOWN:
		return ": it does not tell which MLO dialect it speaks";
	}
	return "";
}

/* 13 means NAN_DATA to one kernel and an MLO link device to another: never guess. */
enum status guard_iftype(struct ctx *ctx, const struct iftype *t)
{
	char other[IFTYPE_TEXT];
	const char *means = iftype_name(other, t->number, ctx->dialect);

	if (iftype_speaks(t, ctx->dialect))
		return ST_OK;
	if (strncmp(means, "type-", 5) != 0)
		return fail(ctx, ST_REFUSED,
			    "this kernel has no interface type \"%s\": its number %u is "
			    "%s here; nothing was sent",
			    t->word, t->number, means);
	return fail(ctx, ST_REFUSED, "this kernel has no interface type \"%s\"%s; nothing was sent",
		    t->word, why_not_spoken(ctx->dialect));
}

/* Of these the kernel makes new ones, and turns no interface into one (cfg80211_change_iface()). */
static bool is_only_created(uint32_t iftype)
{
	return iftype == NL80211_IFTYPE_P2P_DEVICE || iftype == NL80211_IFTYPE_NAN ||
	       iftype == NL80211_IFTYPE_PD;
}

enum status explain_iftype(struct ctx *ctx, uint32_t wiphy)
{
	char words[IFTYPES_TEXT], software[IFTYPES_TEXT];
	struct refusal r = ctx->refusal;
	struct wiphy w = { 0 };
	enum status st;

	if (r.err != EOPNOTSUPP && r.err != ERANGE)
		return ST_REFUSED;
	st = query_wiphy(ctx, wiphy, &w);
	if (st == ST_OK)
		st = settle_if_ambiguous(ctx, w.iftypes | w.software_iftypes);
	ctx->refusal = r;
	if (st != ST_OK || !w.has_iftypes)
		return refused(ctx, NULL);
	iftype_words(words, w.iftypes, ctx->dialect);
	iftype_words(software, w.software_iftypes, ctx->dialect);
	return refused(ctx, "the hardware supports %s (in software: %s)", words, software);
}

/* ---- set type ---- */

/* What would die of the change, in words; NULL: nothing. */
static const char *alive(struct ctx *ctx, const struct iface *i, enum status *st)
{
	bool associated = false;

	*st = ST_OK;
	if (iface_is_client(i)) {
		*st = i->n_links ? ST_OK : query_associated(ctx, &associated);
		return i->n_links || associated ? "its connection" : NULL;
	}
	if (i->type == NL80211_IFTYPE_AP || i->type == NL80211_IFTYPE_P2P_GO) {
		if (i->n_links)
			return "the AP MLD and its links";
		return i->chan.has_freq ? "the AP" : NULL;
	}
	if (i->type == NL80211_IFTYPE_ADHOC || i->type == NL80211_IFTYPE_MESH_POINT)
		return i->chan.has_freq ? "the network that it is part of" : NULL;
	return NULL;
}

static enum status guard_alive(struct ctx *ctx, const struct iface *i)
{
	bool force = is_given(&ctx->args, TYPE_FORCE);
	enum status st;
	const char *dies;

	if (!i->has_ifindex)
		return fail(ctx, ST_REFUSED, "an interface without a netdev keeps its type");
	if (force)
		return ST_OK;
	dies = alive(ctx, i, &st);
	if (st != ST_OK || !dies)
		return st;
	return fail(ctx, ST_REFUSED, "%s would end (--force does it)", dies);
}

static enum status send_type(struct ctx *ctx, uint32_t iftype)
{
	struct req rq;

	req_change(ctx, &rq, NL80211_CMD_SET_INTERFACE);
	req_target(ctx, &rq);
	req_u32(&rq, NL80211_ATTR_IFTYPE, iftype);
	return dispatch(ctx, &rq, NULL);
}

static enum status explain(struct ctx *ctx, const struct iface *i)
{
	char name[ESCAPED_SIZE(NAME_LEN_MAX)];

	if (ctx->refusal.err == EOPNOTSUPP && is_only_created(ctx->args.iftype->number))
		return refused(ctx, "an interface is created as a %s, it cannot become one",
			       ctx->args.iftype->word);
	if (ctx->refusal.err == EBUSY && netdev_is_up(i->name))
		return refused(
			ctx, "the driver wants it down (\"ip link set %s down\" first, or --force)",
			escape(name, sizeof(name), i->name, strlen(i->name)));
	return explain_iftype(ctx, i->wiphy);
}

static bool has_ghosts(const struct iface *i)
{
	for (int n = 0; n < i->n_links; n++)
		if (link_is_ghost(&i->links[n]))
			return true;
	return false;
}

/* Another type than was asked for is no place to stay: back to where it was. */
static enum status verify_type(struct ctx *ctx, const struct iface *before, enum status change)
{
	char type[IFTYPE_TEXT];
	struct iface i = { 0 };
	enum status st = query_iface(ctx, &i);
	const char *is;

	if (st != ST_OK)
		return st;
	if (has_ghosts(&i))
		return fail(ctx, ST_REFUSED,
			    "ghosts of its links are left: take the interface down and up");
	if (i.type == ctx->args.iftype->number)
		return ST_OK;
	is = iftype_name(type, i.type, ctx->dialect);
	if (i.type == before->type)
		return fail(ctx, ST_REFUSED, "%s the type is still %s", but_found(change), is);
	st = send_type(ctx, before->type);
	return fail(ctx, ST_REFUSED, "%s the type was %s; %s", but_found(change), is,
		    st == ST_OK ? "it has its old type again"
				: "it could not be given its old type again");
}

static enum status raise_again(struct ctx *ctx, const char *name, enum status st)
{
	char why[sizeof(ctx->error)];
	enum status up;

	snprintf(why, sizeof(why), "%s", ctx->error);
	up = set_netdev_up(ctx, name, true);
	if (up == ST_OK || st != ST_OK) {
		snprintf(ctx->error, sizeof(ctx->error), "%s", why);
		return st;
	}
	snprintf(why, sizeof(why), "%s", ctx->error);
	return fail(ctx, ST_REFUSED, "the type is changed, but the interface stays down: %s", why);
}

/* Down for the change if it must be, and up again whatever came of it. */
static enum status switch_type(struct ctx *ctx, const struct iface *i)
{
	bool lower = is_given(&ctx->args, TYPE_FORCE) && netdev_is_up(i->name);
	enum status st = lower ? set_netdev_up(ctx, i->name, false) : ST_OK;

	if (st != ST_OK)
		return st;
	st = send_type(ctx, ctx->args.iftype->number);
	if (st == ST_REFUSED)
		st = explain(ctx, i);
	else if ((st == ST_OK && !ctx->opt.dry_run) || st == ST_PARTIAL)
		st = verify_type(ctx, i, st);
	return lower ? raise_again(ctx, i->name, st) : st;
}

static enum status run_set_type(struct ctx *ctx)
{
	const struct iftype *t = ctx->args.iftype;
	struct iface i = { 0 };
	enum status st = dispatch_open(ctx);

	if (st == ST_OK)
		st = settle_if_ambiguous(ctx, 1u << t->number);
	if (st == ST_OK)
		st = guard_iftype(ctx, t);
	if (st == ST_OK)
		st = find_target(ctx);
	if (st == ST_OK)
		st = query_iface(ctx, &i);
	if (st != ST_OK || i.type == t->number)
		return st;
	st = guard_alive(ctx, &i);
	return st == ST_OK ? switch_type(ctx, &i) : st;
}

static const struct param type_params[] = {
	[TYPE_TYPE] = { .kind = PARAM_IFTYPE, .name = "TYPE" },
	[TYPE_FORCE] = { .kind = PARAM_FLAG,
			 .name = "--force",
			 .keyword = "--force",
			 .optional = true },
	{ 0 },
};

const struct cmd cmd_set_type = {
	.name = "set type",
	.objects = ON_DEV | ON_WDEV,
	.params = type_params,
	.help = "Switch the interface to another type.",
	.run = run_set_type,
};
