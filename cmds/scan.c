/* SPDX-License-Identifier: ISC */
/* scan: look for access points, and show what the table of BSSes has then. */
#include <errno.h>
#include <string.h>
#include <unistd.h>
#include <sys/timerfd.h>

#include "../iw-mlo.h"

#define PATIENCE_MS 30000 /* of all channels of three bands, passively, a scan takes some ten */
#define TICK_MS	    200
#define RETRY_MS    1000 /* the end of what a driver is busy with is not always told */

enum {
	SCAN_FREQ,
	SCAN_SSID,
	SCAN_PASSIVE,
	SCAN_FLUSH,
	SCAN_OPT_FLAT,
	SCAN_OPT_ELEMENTS,
	SCAN_OPT_HEX
};

struct scan {
	struct ctx *ctx;
	const struct iface *iface;
	int timer;
	int64_t began_ms;
	bool passive, flush;
	bool ours;     /* it is our own that is waited for, not another's on this phy */
	bool begun;    /* and its beginning was announced: any end before that is another's */
	uint8_t ended; /* by this event */
	bool lost;
	bool another;	    /* another's scan was seen to begin, or to end */
	unsigned int tries; /* that the driver was too busy for */
};

/* ---- the request ---- */

static void req_freqs(struct req *rq, const struct args *a)
{
	size_t nest = req_nest(rq, NL80211_ATTR_SCAN_FREQUENCIES);

	for (int n = 0; n < a->n_freqs; n++)
		req_u32(rq, (uint16_t)(n + 1), a->freqs[n]);
	req_nest_end(rq, nest);
}

static void req_ssids(struct req *rq, const struct args *a)
{
	size_t nest = req_nest(rq, NL80211_ATTR_SCAN_SSIDS);

	if (!a->n_ssids)
		req_bytes(rq, 1, NULL, 0); /* any */
	for (int n = 0; n < a->n_ssids; n++)
		req_bytes(rq, (uint16_t)(n + 1), a->ssids[n].bytes, a->ssids[n].len);
	req_nest_end(rq, nest);
}

static enum status trigger(const struct scan *s)
{
	struct ctx *ctx = s->ctx;
	const struct args *a = &ctx->args;
	struct req rq;

	req_change(ctx, &rq, NL80211_CMD_TRIGGER_SCAN);
	req_target(ctx, &rq);
	if (a->n_freqs)
		req_freqs(&rq, a);
	if (!s->passive)
		req_ssids(&rq, a);
	if (s->flush)
		req_u32(&rq, NL80211_ATTR_SCAN_FLAGS, NL80211_SCAN_FLAG_FLUSH);
	return dispatch(ctx, &rq, NULL);
}

/* An aborted scan is not worth an error of its own. */
static void abort_scan(struct ctx *ctx)
{
	char why[sizeof(ctx->error)];
	struct req rq;

	snprintf(why, sizeof(why), "%s", ctx->error);
	req_change(ctx, &rq, NL80211_CMD_ABORT_SCAN);
	req_target(ctx, &rq);
	dispatch(ctx, &rq, NULL);
	snprintf(ctx->error, sizeof(ctx->error), "%s", why);
}

/* ---- waiting for its end ---- */

/* One phy scans for one interface at a time. */
static bool is_about(const struct scan *s, const struct attrs *list)
{
	const struct nlattr *a;
	bool wdev_is = false, wiphy_is = false;
	uint32_t wiphy;
	uint64_t wdev;
	int rem;

	for_each_attr(a, list, rem) {
		if (attr_type(a) == NL80211_ATTR_WDEV)
			wdev_is = attr_u64(a, &wdev) && wdev == s->iface->wdev;
		if (attr_type(a) == NL80211_ATTR_WIPHY)
			wiphy_is = attr_u32(a, &wiphy) && wiphy == s->iface->wiphy;
	}
	return s->ours ? wdev_is : wiphy_is;
}

static bool on_event(void *arg, uint8_t cmd, const struct attrs *a)
{
	struct scan *s = arg;

	if (!cmd)
		return s->lost = true;
	if (!is_about(s, a))
		return false;
	s->another |= !s->ours;
	if (cmd == NL80211_CMD_TRIGGER_SCAN)
		s->begun = true;
	if ((cmd != NL80211_CMD_NEW_SCAN_RESULTS && cmd != NL80211_CMD_SCAN_ABORTED) ||
	    (s->ours && !s->begun))
		return false;
	s->ended = cmd;
	return true;
}

static bool on_tick(void *arg)
{
	struct scan *s = arg;
	uint64_t ticks;
	int64_t ms = now_ms() - s->began_ms;

	if (read(s->timer, &ticks, sizeof(ticks)) == sizeof(ticks))
		fprintf(stderr, "\rscanning, %lld.%lld s", (long long)ms / 1000,
			(long long)ms / 100 % 10);
	return false;
}

/* For a person who waits, not for a script. */
static enum status show_progress(struct scan *s)
{
	struct timespec every = { .tv_nsec = TICK_MS * 1000000L };
	struct itimerspec t = { every, every };

	s->timer = -1;
	if (!isatty(STDERR_FILENO) || s->ctx->opt.debug)
		return ST_OK;
	s->timer = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
	if (s->timer < 0)
		return ST_OK;
	timerfd_settime(s->timer, 0, &t, NULL);
	return listen_also(s->ctx, s->timer, on_tick, s);
}

static void end_progress(const struct scan *s)
{
	if (s->timer < 0)
		return;
	fputs("\r\033[K", stderr);
	listen_less(s->ctx, s->timer);
	close(s->timer);
}

static enum status listen_for_end(struct scan *s, bool ours, int64_t deadline)
{
	struct ctx *ctx = s->ctx;
	enum status st = ST_OK;

	s->ours = ours;
	s->begun = s->lost = false;
	s->ended = 0;
	while (st == ST_OK && !s->ended && !s->lost && !ctx->interrupted)
		st = listen_until(ctx, deadline, on_event, s);
	if (ctx->interrupted)
		return fail(ctx, ST_UNMET, "interrupted (%s)", strsignal(ctx->interrupted));
	return st;
}

static enum status wait_end(struct scan *s)
{
	struct ctx *ctx = s->ctx;
	enum status st = listen_for_end(s, true, ctx->deadline_ms);

	if (st == ST_UNMET && !ctx->interrupted)
		return fail(ctx, ST_UNMET, "the scan did not end within %u.%03u s",
			    ctx->opt.timeout_ms / 1000, ctx->opt.timeout_ms % 1000);
	if (st == ST_OK && s->lost)
		return fail(ctx, ST_PARTIAL,
			    "events were lost: whether the scan ended is not known");
	return st;
}

static enum status too_busy(struct scan *s)
{
	struct ctx *ctx = s->ctx;
	unsigned int ms = ctx->opt.timeout_ms;

	if (s->another)
		return fail(ctx, ST_UNMET, "another's scan did not end within %u.%03u s", ms / 1000,
			    ms % 1000);
	return fail(ctx, ST_UNMET,
		    "the driver was too busy to scan (EBUSY), at each of %u tries within "
		    "%u.%03u s; no scan of another's was seen to begin or to end",
		    s->tries, ms / 1000, ms % 1000);
}

/* Until another's scan has ended, or a while: what else the driver does, it ends without a word. */
static enum status wait_turn(struct scan *s)
{
	struct ctx *ctx = s->ctx;
	int64_t retry = now_ms() + RETRY_MS;
	bool last = ctx->deadline_ms && ctx->deadline_ms <= retry;
	enum status st = listen_for_end(s, false, last ? ctx->deadline_ms : retry);

	if (st != ST_UNMET || ctx->interrupted)
		return st;
	return last ? too_busy(s) : ST_OK;
}

static enum status start(struct scan *s)
{
	enum status st = trigger(s);

	while (st == ST_REFUSED && s->ctx->refusal.err == EBUSY) {
		s->tries++;
		st = wait_turn(s);
		if (st == ST_OK)
			st = trigger(s);
	}
	if (st == ST_REFUSED && s->ctx->refusal.err == EINVAL)
		return refused(s->ctx,
			       "the phy has no such channel, or none of them is enabled, or it "
			       "takes fewer SSIDs");
	return st;
}

enum status scan(struct ctx *ctx, const struct iface *i, bool passive, bool flush)
{
	struct scan s = { .ctx = ctx, .iface = i, .passive = passive, .flush = flush, .timer = -1 };
	enum status st;

	s.began_ms = now_ms();
	st = show_progress(&s);
	if (st == ST_OK)
		st = start(&s);
	if (st == ST_OK && !ctx->opt.dry_run) {
		st = wait_end(&s);
		if (st == ST_UNMET)
			abort_scan(ctx);
	}
	end_progress(&s);
	if (st == ST_OK && s.ended == NL80211_CMD_SCAN_ABORTED)
		st = fail(ctx, ST_REFUSED,
			  "the scan was aborted, by the driver or by another process "
			  "(\"bss\" shows the table as it is)");
	return st;
}

static enum status run_scan(struct ctx *ctx)
{
	const struct args *a = &ctx->args;
	struct iface i = { 0 };
	enum bss_form form = is_given(a, SCAN_OPT_HEX)	      ? BSS_HEX
			     : is_given(a, SCAN_OPT_ELEMENTS) ? BSS_ELEMENTS
			     : is_given(a, SCAN_OPT_FLAT)     ? BSS_FLAT
							      : BSS_FOLDED;
	enum status st;

	if (!ctx->opt.timeout_ms)
		ctx->opt.timeout_ms = PATIENCE_MS;
	st = open_iface(ctx, &i);
	if (st == ST_OK)
		st = listen_open(ctx, 1u << GROUP_SCAN);
	if (st == ST_OK)
		st = listen_signals(ctx);
	if (st == ST_OK)
		st = scan(ctx, &i, is_given(a, SCAN_PASSIVE), is_given(a, SCAN_FLUSH));
	return st == ST_OK ? show_bsses(ctx, form, NULL) : st;
}

static enum status check_scan(struct ctx *ctx)
{
	if (is_given(&ctx->args, SCAN_PASSIVE) && is_given(&ctx->args, SCAN_SSID))
		return fail(ctx, ST_USAGE, "a passive scan asks for no SSID");
	return ST_OK;
}

static const struct param scan_params[] = {
	[SCAN_FREQ] = { .kind = PARAM_FREQ,
			.name = "MHZ",
			.keyword = "freq",
			.optional = true,
			.many = true },
	[SCAN_SSID] = { .kind = PARAM_SSID,
			.name = "SSID",
			.keyword = "ssid",
			.optional = true,
			.many = true },
	[SCAN_PASSIVE] = { .kind = PARAM_FLAG,
			   .name = "passive",
			   .keyword = "passive",
			   .optional = true },
	[SCAN_FLUSH] = { .kind = PARAM_FLAG,
			 .name = "flush",
			 .keyword = "flush",
			 .optional = true },
	[SCAN_OPT_FLAT] = { .kind = PARAM_FLAG,
			    .name = "--flat",
			    .keyword = "--flat",
			    .optional = true },
	[SCAN_OPT_ELEMENTS] = { .kind = PARAM_FLAG,
				.name = "--elements",
				.keyword = "--elements",
				.optional = true },
	[SCAN_OPT_HEX] = { .kind = PARAM_FLAG,
			   .name = "--hex",
			   .keyword = "--hex",
			   .optional = true },
	{ 0 },
};

const struct cmd cmd_scan = {
	.name = "scan",
	.objects = ON_DEV | ON_WDEV,
	.params = scan_params,
	.help = "Scan, and show the access points as multi-link devices with their links.",
	.check = check_scan,
	.run = run_scan,
	.brief = brief_bsses,
};
