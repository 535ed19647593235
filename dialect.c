/* SPDX-License-Identifier: ISC */
/*
 * Which of the two ways of speaking about MLO the running kernel has. Asked of the kernel itself,
 *never concluded from its version: stable kernels back-port, and vendors' kernels carry what they
 *like.
 *
 *	ADD_LINK	attribute 299		iftypes up to	the kernel speaks
 *	yes		-			-		of links (mainline)
 *	yes		is a nest		-		hybrid: refused
 *	no		is a nest		13 or more	the RFC of 2020
 *	no		is a nest		less		unknown: refused
 *	no		beyond its last		-		neither
 *	no		has no policy		-		neither
 *	no		policy not to be had	-		unknown: refused
 *
 * Released kernels have 299 for RECONNECT_REQUESTED, which may not be sent and so is in no policy.
 */
#include "iw-mlo.h"

enum dialect judge_dialect(const struct family *f, const struct policy *p)
{
	bool nest = p && p->link_info_is_nest;

	if (family_has(f, NL80211_CMD_ADD_LINK))
		return nest ? DIALECT_HYBRID : DIALECT_LINKS;
	if (f->maxattr < RFC_ATTR_MLO_LINK_INFO)
		return DIALECT_NONE;
	if (!p)
		return DIALECT_UNKNOWN;
	if (!nest)
		return DIALECT_NONE;
	return p->iftype_max >= RFC_IFTYPE_MLO_LINK_DEVICE ? DIALECT_RFC : DIALECT_UNKNOWN;
}

static bool add_policy(void *model, const struct attrs *a)
{
	return decode_policy(a, model);
}

static void reset_policy(void *model)
{
	*(struct policy *)model = (struct policy){ 0 };
}

enum status settle_dialect(struct ctx *ctx)
{
	struct sink sink = { .add = add_policy, .reset = reset_policy, .model = &ctx->policy };
	struct req rq;
	enum status st;

	if (ctx->dialect_settled || ctx->family.maxattr < RFC_ATTR_MLO_LINK_INFO)
		return ST_OK;
	req_dump_policy(ctx, &rq, NL80211_CMD_SET_INTERFACE);
	st = dispatch(ctx, &rq, &sink);
	if (st != ST_OK && st != ST_REFUSED)
		return st;
	ctx->has_policy = st == ST_OK;
	ctx->dialect = judge_dialect(&ctx->family, ctx->has_policy ? &ctx->policy : NULL);
	ctx->dialect_settled = true;
	return ST_OK;
}

const char *dialect_word(enum dialect d)
{
	static const char *const words[] = {
		[DIALECT_NONE] = "none",     [DIALECT_LINKS] = "links",	    [DIALECT_RFC] = "rfc",
		[DIALECT_HYBRID] = "hybrid", [DIALECT_UNKNOWN] = "unknown",
	};

	return words[d];
}
