/* SPDX-License-Identifier: ISC */
/* event: what happens to interfaces, links and connections, as it happens. */
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "event.h"

#define DRAIN_MS   1000 /* how long who reads may do nothing at the end */
#define ALL_GROUPS ((1u << GROUPS) - 1)

/* ---- what is asked for ---- */

static bool parse_event_name(const char *word, uint8_t *cmd)
{
	char name[EVENT_NAME_TEXT];

	for (unsigned int n = 1; n < 256; n++)
		if (!strcmp(event_name(name, (uint8_t)n), word)) {
			*cmd = (uint8_t)n;
			return true;
		}
	return false;
}

static enum status parse_names(struct ctx *ctx, struct filter *f)
{
	const struct args *a = &ctx->args;
	char text[80];
	uint8_t cmd;

	for (int n = 0; n < a->n_items; n++) {
		f->some = true;
		if (!strcmp(a->items[n], "rfkill"))
			f->rfkill = true;
		else if (parse_event_name(a->items[n], &cmd))
			f->cmds[cmd / 32] |= 1u << cmd % 32;
		else
			return fail(ctx, ST_USAGE,
				    "\"%s\": not an event (one of the kernel's commands in lower "
				    "case, as new_station; or rfkill)",
				    escape(text, sizeof(text), a->items[n], strlen(a->items[n])));
	}
	return ST_OK;
}

static enum status parse_filter(struct ctx *ctx, struct filter *f)
{
	const struct args *a = &ctx->args;

	memset(f, 0, sizeof(*f));
	f->dev = a->values[EVENT_DEV];
	f->phy = a->values[EVENT_PHY];
	f->by_index = f->phy && parse_u64(f->phy, &f->index);
	for (int n = 0; n < a->n_link_ids; n++)
		f->links |= (uint16_t)(1u << a->link_ids[n]);
	return parse_names(ctx, f);
}

static enum status parse_clock(struct ctx *ctx, enum clock *clock)
{
	static const char *const words[] = { NULL, "wall", "mono", "delta" };
	const struct args *a = &ctx->args;
	char text[80];

	*clock = is_given(a, EVENT_T) ? CLOCK_WALL : CLOCK_NONE;
	if (!is_given(a, EVENT_TIME))
		return ST_OK;
	for (size_t n = CLOCK_WALL; n < ARRAY_SIZE(words); n++)
		if (!strcmp(a->values[EVENT_TIME], words[n])) {
			*clock = (enum clock)n;
			return ST_OK;
		}
	return fail(ctx, ST_USAGE, "\"%s\": not a clock (wall, mono, delta)",
		    escape(text, sizeof(text), a->values[EVENT_TIME],
			   strlen(a->values[EVENT_TIME])));
}

static enum status check_event(struct ctx *ctx)
{
	const struct args *a = &ctx->args;
	struct filter f;
	enum clock clock;
	enum status st = parse_filter(ctx, &f);

	if (st == ST_OK)
		st = parse_clock(ctx, &clock);
	if (st != ST_OK || !is_given(a, EVENT_READ))
		return st;
	if (is_given(a, EVENT_WRITE))
		return fail(ctx, ST_USAGE, "-r and -w exclude each other");
	if (clock == CLOCK_MONO)
		return fail(ctx, ST_USAGE, "a recording does not have the time of that clock");
	if (f.rfkill)
		return fail(ctx, ST_USAGE, "a recording has no events of rfkill");
	return ST_OK;
}

/* ---- which are shown ---- */

static bool is_of_dev(const struct watch *w, const struct event *e)
{
	const char *name = e->ifname;

	if (is_about_interface(e->cmd))
		name = e->iface.name;
	return !strcmp(name, w->filter.dev);
}

bool phy_passes(const struct filter *f, uint32_t index, const char *name)
{
	return !f->phy || (f->by_index ? index == f->index : !strcmp(name, f->phy));
}

static bool is_of_phy(const struct watch *w, const struct event *e)
{
	const struct wiphy *known = known_wiphy(&w->known, e);

	if (!known && !e->has_wiphy)
		return false;
	return phy_passes(&w->filter, known ? known->index : e->wiphy,
			  *e->phy ? e->phy
			  : known ? known->name
				  : "");
}

static bool is_of_link(const struct filter *f, const struct event *e)
{
	uint16_t links = 0;

	if (e->has_link_id)
		links |= (uint16_t)(1u << e->link_id);
	for (int n = 0; n < e->n_links; n++)
		if (e->links[n].has_id)
			links |= (uint16_t)(1u << e->links[n].id);
	for (int n = 0; is_about_interface(e->cmd) && n < e->iface.n_links; n++)
		links |= (uint16_t)(1u << e->iface.links[n].id);
	return links & f->links;
}

/* Whose the change of EPCS is, the kernel does not tell: it may be anybody's. */
bool event_passes(const struct watch *w, const struct event *e)
{
	const struct filter *f = &w->filter;

	if (f->some && !(f->cmds[e->cmd / 32] >> e->cmd % 32 & 1))
		return false;
	if (f->links && !is_of_link(f, e))
		return false;
	if (e->cmd == NL80211_CMD_EPCS_CFG && !e->has_ifindex)
		return true;
	return (!f->dev || is_of_dev(w, e)) && (!f->phy || is_of_phy(w, e));
}

/* ---- output ---- */

/* As long as who reads is slower than what happens, it is kept here, and then by the kernel. */
void let_flow(struct watch *w)
{
	struct outlet *out = &w->out;

	outlet_push(out);
	listen_for(w->ctx, out->fd, out->len ? POLLOUT : 0);
	w->ctx->hold = outlet_is_full(out);
	w->over |= out->gone || out->err;
}

static bool on_stdout(void *arg)
{
	struct watch *w = arg;

	/* nothing was waited for but the end */
	if (!w->out.len)
		w->over = w->out.gone = true;
	let_flow(w);
	return w->over;
}

/* Of stdout, its end is waited for, and room where there was none. */
enum status open_output(struct watch *w)
{
	enum status st;

	if (!outlet_open(&w->out))
		return fail(w->ctx, ST_SYSTEM, "out of memory");
	st = listen_also(w->ctx, w->out.fd, on_stdout, w);
	listen_for(w->ctx, w->out.fd, 0);
	return st;
}

enum status finish_event(struct watch *w, enum status st)
{
	struct ctx *ctx = w->ctx;

	if (w->out.f)
		outlet_drain(&w->out, DRAIN_MS);
	if (st == ST_OK && w->out.err)
		st = fail(ctx, ST_SYSTEM, "cannot write to stdout: %s", strerror(w->out.err));
	else if (st == ST_OK && w->out.len && !w->out.gone)
		st = fail(ctx, ST_PARTIAL, "%zu bytes are left that nobody read", w->out.len);
	outlet_close(&w->out);
	known_free(&w->known);
	free(w->twin);
	return st;
}

/* ---- events of the kernel ---- */

/* The kernel's word first: a netdev may have been renamed, which is no event here. */
static void find_name(const struct watch *w, struct event *e, char name[IF_NAMESIZE])
{
	if (is_about_interface(e->cmd))
		return;
	if (!w->replay && e->has_ifindex && if_indextoname(e->ifindex, name))
		e->ifname = name;
	else
		e->ifname = known_ifname(&w->known, e);
}

void take_event(struct watch *w, uint8_t cmd, const struct attrs *a)
{
	char name[IF_NAMESIZE], text[EVENT_NAME_TEXT];
	struct event e;

	if (!decode_event(cmd, a, w->ctx->dialect, &e)) {
		fprintf(stderr, "iw-mlo: event: %s is malformed, and left out%s\n",
			event_name(text, cmd), w->replay ? "" : " (-d shows it)");
		return;
	}
	find_name(w, &e, name);
	if (event_passes(w, &e))
		print_event(w, &e);
	if (!known_apply(&w->known, &e))
		w->ctx->events_lost = true;
}

/* ---- a gap, and what it hid ---- */

/* What cannot be read again is lost for good: the status will tell. */
static void resync(struct watch *w)
{
	struct dev_list was = w->known;

	w->known = (struct dev_list){ 0 };
	if (known_read(w->ctx, &w->known) != ST_OK) {
		known_free(&w->known);
		w->known = was;
		w->ctx->events_lost = true;
		return;
	}
	print_resync(w, &was);
	known_free(&was);
}

static void on_gap(struct watch *w)
{
	print_gap(w);
	resync(w);
}

/* A record goes out whole, and at once. One that cannot be is dropped, and named. */
static bool on_event(void *arg, uint8_t cmd, const struct attrs *a)
{
	struct watch *w = arg;

	if (cmd)
		take_event(w, cmd, a);
	else
		on_gap(w);
	let_flow(w);
	if (w->ctx->capture)
		w->over |= !capture_flush(w->ctx->capture);
	return w->over;
}

/* ---- rfkill ---- */

static const struct wiphy *wiphy_of_rfkill(const struct watch *w, uint32_t index)
{
	uint32_t found;

	for (size_t n = 0; n < w->known.wiphys.n; n++) {
		const struct wiphy *k = &w->known.wiphys.v[n];

		if (rfkill_find(k->index, &found) && found == index)
			return k;
	}
	return NULL;
}

static bool rfkill_passes(const struct watch *w, const struct wiphy *of)
{
	const struct filter *f = &w->filter;

	if ((f->some && !f->rfkill) || f->dev || f->links)
		return false;
	return !f->phy || (of && phy_passes(f, of->index, of->name));
}

static bool on_rfkill(void *arg)
{
	struct watch *w = arg;
	enum rfkill_news news;
	struct rfkill r;

	while ((news = rfkill_next_any(w->rfkill_fd, &r)) == RFKILL_CHANGED ||
	       news == RFKILL_GONE) {
		const struct wiphy *of = wiphy_of_rfkill(w, r.index);

		if (!w->over && rfkill_passes(w, of))
			print_rfkill(w, &r, of, news == RFKILL_GONE);
	}
	if (news == RFKILL_LOST)
		listen_less(w->ctx, w->rfkill_fd);
	let_flow(w);
	return w->over;
}

/* It begins with how every device is, which is no news. */
static enum status watch_rfkill(struct watch *w)
{
	struct rfkill r;

	w->rfkill_fd = w->filter.some && !w->filter.rfkill ? -1 : rfkill_open();
	if (w->rfkill_fd < 0) {
		if (!w->filter.rfkill)
			return ST_OK;
		return fail(w->ctx, ST_SYSTEM, "cannot read /dev/rfkill: %s", strerror(errno));
	}
	while (rfkill_next_any(w->rfkill_fd, &r) == RFKILL_CHANGED)
		;
	return listen_also(w->ctx, w->rfkill_fd, on_rfkill, w);
}

/* ---- as it happens ---- */

/* What happened before the end is told, too, as long as it does not go on for ever. */
static enum status take_rest(struct watch *w)
{
	struct ctx *ctx = w->ctx;
	int64_t end = now_ms() + DRAIN_MS;
	enum status st = ST_UNMET;

	while (st == ST_UNMET && !w->over && !ctx->hold && transport_waiting(ctx) && now_ms() < end)
		st = listen_until(ctx, now_ms() + 10, on_event, w);
	return st == ST_UNMET ? ST_OK : st;
}

static enum status watch(struct watch *w)
{
	struct ctx *ctx = w->ctx;
	enum status st = dispatch_open(ctx);

	/* an interface of an ambiguous type may come at any time: better to know before */
	if (st == ST_OK)
		st = settle_dialect(ctx);
	if (st == ST_OK)
		st = listen_open(ctx, ALL_GROUPS);
	if (st == ST_OK)
		st = known_read(ctx, &w->known);
	if (st == ST_OK)
		st = watch_rfkill(w);
	if (st == ST_OK)
		st = listen_signals(ctx);
	if (st == ST_OK && !ctx->opt.dry_run)
		st = open_output(w);
	while (st == ST_OK && !ctx->opt.dry_run && !w->over && !ctx->interrupted)
		st = listen_until(ctx, ctx->deadline_ms, on_event, w);
	return w->out.f && (st == ST_OK || st == ST_UNMET) ? take_rest(w) : st;
}

static enum status run_live(struct watch *w)
{
	struct ctx *ctx = w->ctx;
	const char *path = ctx->args.values[EVENT_WRITE];
	enum status st = ST_OK, written;

	if (path && !ctx->opt.dry_run)
		st = capture_create(ctx, &w->capture, path);
	if (st != ST_OK)
		return st;
	if (path && !ctx->opt.dry_run)
		ctx->capture = &w->capture;
	st = finish_event(w, watch(w));
	ctx->capture = NULL;
	if (!path || ctx->opt.dry_run)
		return st;
	written = capture_close(ctx, &w->capture);
	return st == ST_OK ? written : st;
}

static enum status run_event(struct ctx *ctx)
{
	const struct args *a = &ctx->args;
	struct watch w = { .ctx = ctx, .rfkill_fd = -1 };
	enum status st;

	csme_limit(ctx, is_given(a, EVENT_TIMEOUT), 0);
	st = parse_filter(ctx, &w.filter);
	if (st == ST_OK)
		st = parse_clock(ctx, &w.clock);
	if (st != ST_OK)
		return st;
	return is_given(a, EVENT_READ) ? run_replay(&w) : run_live(&w);
}

/* Those that a kernel is likely to send; there are others. */
static const char *event_choices(int argc, char **argv)
{
	(void)argc;
	(void)argv;
	return "new_interface del_interface set_interface new_wiphy del_wiphy authenticate associate "
	       "connect roam disconnect deauthenticate disassociate links_removed "
	       "assoc_mlo_reconf set_tid_to_link_mapping epcs_cfg new_station del_station "
	       "start_ap stop_ap ch_switch_started_notify ch_switch_notify "
	       "color_change_started color_change_completed obss_color_collision radar_detect "
	       "trigger_scan new_scan_results scan_aborted reg_change wiphy_reg_change "
	       "reg_beacon_hint notify_cqm frame frame_tx_status vendor rfkill";
}

static const char *clock_choices(int argc, char **argv)
{
	(void)argc;
	(void)argv;
	return "wall mono delta";
}

static const struct param event_params[] = {
	[EVENT_T] = { .kind = PARAM_FLAG, .name = "-t", .keyword = "-t", .optional = true },
	[EVENT_DEV] = { .kind = PARAM_NAME, .name = "DEV", .keyword = "dev", .optional = true },
	[EVENT_PHY] = { .kind = PARAM_TEXT, .name = "PHY", .keyword = "phy", .optional = true },
	[EVENT_LINK] = { .kind = PARAM_LINK_ID,
			 .name = "ID",
			 .keyword = "link",
			 .optional = true,
			 .many = true },
	[EVENT_TIME] = { .kind = PARAM_TEXT,
			 .name = "CLOCK",
			 .keyword = "--time",
			 .optional = true,
			 .choices = clock_choices },
	[EVENT_COUNT] = { .kind = PARAM_COUNT,
			  .name = "N",
			  .keyword = "--count",
			  .optional = true },
	[EVENT_TIMEOUT] = { .kind = PARAM_SECONDS,
			    .name = "S",
			    .keyword = "--timeout",
			    .optional = true },
	[EVENT_WRITE] = { .kind = PARAM_TEXT, .name = "FILE", .keyword = "-w", .optional = true },
	[EVENT_READ] = { .kind = PARAM_TEXT, .name = "FILE", .keyword = "-r", .optional = true },
	[EVENT_NAME] = { .kind = PARAM_ITEM,
			 .name = "EVENT",
			 .optional = true,
			 .many = true,
			 .choices = event_choices },
	{ 0 },
};

const struct cmd cmd_event = {
	.name = "event",
	.objects = ON_NOTHING,
	.params = event_params,
	.help = "Show what happens, as it happens or from a recording, until stopped.",
	.check = check_event,
	.run = run_event,
};
