/* SPDX-License-Identifier: ISC */
/* dev DEV epcs: emergency preparedness communications service, priority for whom it is granted to.
 */
#include <errno.h>

#include "../iw-mlo.h"

enum { EPCS_ON, EPCS_OFF };

#define ANSWER_MS 1000 /* the kernel itself sets no limit */
#define OFF_MS	  100  /* that it is off now, it tells before it answers the request */

static void text_epcs(const struct text *t, const struct ctx *ctx, const void *model)
{
	const struct steering *s = model;

	(void)ctx;
	text_iface_name(t, &s->iface);
	fprintf(t->f, "  epcs %s%s\n", s->epcs ? "on" : "off", s->told ? "" : "  as it was");
}

static void json_epcs(struct json *j, const struct ctx *ctx, const void *model)
{
	const struct steering *s = model;

	json_open(j, NULL, '{');
	json_iface_head(j, ctx, &s->iface);
	json_bool(j, "epcs", s->epcs);
	json_bool(j, "changed", s->told);
	json_close(j, '}');
}

static enum status send_epcs(const struct steering *s)
{
	struct ctx *ctx = s->ctx;
	enum status st;
	struct req rq;

	req_change(ctx, &rq, NL80211_CMD_EPCS_CFG);
	req_target(ctx, &rq);
	if (s->epcs)
		req_flag(&rq, NL80211_ATTR_EPCS);
	st = dispatch(ctx, &rq, NULL);
	if (st == ST_REFUSED && ctx->refusal.err == EINVAL)
		return refused(ctx, "not every link of the AP offers EPCS");
	if (st == ST_REFUSED && ctx->refusal.err == EALREADY)
		return refused(ctx,
			       "the AP has not answered an earlier request (\"epcs off\" takes it "
			       "back)");
	return st;
}

static enum status configure(struct steering *s)
{
	struct ctx *ctx = s->ctx;
	enum status st = send_epcs(s);

	if (st != ST_OK || ctx->opt.dry_run)
		return st;
	st = steer_wait(s, s->epcs ? ANSWER_MS : OFF_MS, "the AP did not answer");
	if (st != ST_OK || s->told || !s->epcs)
		return st;
	return fail(ctx, ST_UNMET,
		    "no change was told within %u.%03u s: it is on already, or the AP refused or "
		    "did not answer, and the kernel does not tell which (\"epcs off\" before it "
		    "makes sure)",
		    ANSWER_MS / 1000, ANSWER_MS % 1000);
}

static enum status run_epcs(struct ctx *ctx)
{
	static const struct view view = { text_epcs, json_epcs };
	struct steering s = { .ctx = ctx,
			      .cmd = NL80211_CMD_EPCS_CFG,
			      .epcs = is_given(&ctx->args, EPCS_ON) };
	enum status st = steer_open(&s, "6.14");

	if (st == ST_OK)
		st = configure(&s);
	if (st == ST_OK)
		show(ctx, &view, &s);
	steer_close(&s);
	return st;
}

static enum status check_epcs(struct ctx *ctx)
{
	if (is_given(&ctx->args, EPCS_ON) != is_given(&ctx->args, EPCS_OFF))
		return ST_OK;
	return fail(ctx, ST_USAGE, "either on or off");
}

static const struct param epcs_params[] = {
	[EPCS_ON] = { .kind = PARAM_FLAG, .name = "on", .keyword = "on", .optional = true },
	[EPCS_OFF] = { .kind = PARAM_FLAG, .name = "off", .keyword = "off", .optional = true },
	{ 0 },
};

const struct cmd cmd_epcs = {
	.name = "epcs",
	.objects = ON_DEV | ON_WDEV,
	.params = epcs_params,
	.help = "Ask the AP for priority access (EPCS), or give it back.",
	.check = check_epcs,
	.run = run_epcs,
};
