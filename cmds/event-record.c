/* SPDX-License-Identifier: ISC */
/* The records of "event", each with its number and, if asked for, its time. */
#include <string.h>
#include <time.h>

#include "event.h"

static int64_t wall_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static int64_t record_us(const struct watch *w)
{
	if (w->replay)
		return w->now_us;
	return w->clock == CLOCK_WALL ? wall_us() : now_us();
}

static void text_time(const struct watch *w, FILE *f, int64_t us)
{
	time_t seconds = (time_t)(us / 1000000);
	int64_t since = w->seq > 1 ? us - w->last_us : 0;
	char text[32];
	struct tm tm;

	if (w->clock == CLOCK_WALL) {
		gmtime_r(&seconds, &tm);
		strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%S", &tm);
		fprintf(f, "%s.%06dZ  ", text, (int)(us % 1000000));
	} else if (w->clock == CLOCK_MONO) {
		fprintf(f, "%lld.%06d  ", (long long)seconds, (int)(us % 1000000));
	} else {
		fprintf(f, "%+.6f  ", (double)since / 1e6);
	}
}

static void json_time(const struct watch *w, struct json *j, int64_t us)
{
	if (w->clock == CLOCK_WALL)
		json_int(j, "time_us", us);
	else if (w->clock == CLOCK_MONO)
		json_int(j, "monotonic_us", us);
	else
		json_int(j, "delta_us", w->seq > 1 ? us - w->last_us : 0);
}

struct record {
	struct json j; /* or */
	struct page p;
};

/* What every record begins with. */
static void begin_record(struct watch *w, struct record *r)
{
	int64_t us;

	w->seq++;
	r->j = (struct json){ .f = w->out.f };
	if (w->ctx->opt.json) {
		json_open(&r->j, NULL, '{');
		json_uint(&r->j, "seq", w->seq);
	} else {
		page_open(&r->p, w->ctx, w->out.f);
	}
	if (w->clock == CLOCK_NONE)
		return;
	us = record_us(w);
	if (w->ctx->opt.json)
		json_time(w, &r->j, us);
	else
		text_time(w, r->p.t.f, us);
	w->last_us = us;
}

static void end_record(const struct watch *w, struct record *r)
{
	if (w->ctx->opt.json)
		json_close(&r->j, '}');
	else
		page_close(&r->p, w->ctx);
}

static void count_record(struct watch *w)
{
	if (is_given(&w->ctx->args, EVENT_COUNT))
		w->over |= ++w->shown == w->ctx->args.count;
}

void print_event(struct watch *w, const struct event *e)
{
	struct record r;

	begin_record(w, &r);
	if (w->ctx->opt.json)
		json_event_members(&r.j, w->ctx, e);
	else
		text_event(&r.p.t, w->ctx, e);
	end_record(w, &r);
	count_record(w);
}

void print_gap(struct watch *w)
{
	uint32_t lost = w->ctx->gap;
	struct record r;

	begin_record(w, &r);
	if (w->ctx->opt.json) {
		json_text(&r.j, "event", "gap");
		if (lost)
			json_uint(&r.j, "lost", lost);
	} else if (lost) {
		fprintf(r.p.t.f, "-  gap: %u events were lost here\n", lost);
	} else {
		fputs("-  gap: events were lost here\n", r.p.t.f);
	}
	end_record(w, &r);
}

static void text_rfkill_event(const struct text *t, const struct rfkill *rk, const struct wiphy *of,
			      bool gone)
{
	char text[ESCAPED_SIZE(NAME_LEN_MAX)];

	fprintf(t->f, "%s  rfkill  rfkill%u",
		of ? escape(text, sizeof(text), of->name, strlen(of->name)) : "-", rk->index);
	if (gone)
		fputs("  gone", t->f);
	else
		text_rfkill(t, rk);
	putc('\n', t->f);
}

void print_rfkill(struct watch *w, const struct rfkill *rk, const struct wiphy *of, bool gone)
{
	struct record r;

	begin_record(w, &r);
	if (w->ctx->opt.json) {
		json_text(&r.j, "event", "rfkill");
		if (of)
			json_wiphy_head(&r.j, of, of->index);
		json_rfkill(&r.j, rk);
		if (gone)
			json_bool(&r.j, "gone", true);
	} else {
		text_rfkill_event(&r.p.t, rk, of, gone);
	}
	end_record(w, &r);
	count_record(w);
}

/* ---- a gap, and what it hid ---- */

static void text_change(const struct text *t, const struct watch *w, const struct known_change *c)
{
	static const char *const words[] = { "gone", "new", "changed" };
	char text[ESCAPED_SIZE(NAME_LEN_MAX)], type[IFTYPE_TEXT];

	if (c->wiphy) {
		fprintf(t->f, "%s  resync  %s\n",
			escape(text, sizeof(text), c->wiphy->name, strlen(c->wiphy->name)),
			words[c->how]);
		return;
	}
	text_iface_name(t, c->iface);
	fprintf(t->f, "  resync  %s  type %s\n", words[c->how],
		iftype_name(type, c->iface->type, w->ctx->dialect));
	for (int n = 0; c->how != KNOWN_GONE && n < c->iface->n_links; n++)
		text_link(t, "\t", &c->iface->links[n]);
}

static void json_change(struct json *j, const struct watch *w, const struct known_change *c)
{
	static const char *const words[] = { "gone", "new", "changed" };

	json_text(j, "event", "resync");
	json_text(j, "change", words[c->how]);
	if (c->wiphy) {
		json_wiphy_head(j, c->wiphy, c->wiphy->index);
		return;
	}
	json_uint(j, "wiphy", c->iface->wiphy);
	json_iface_members(j, w->ctx, c->iface);
	if (!c->was)
		return;
	json_open(j, "was", '{');
	json_iface_members(j, w->ctx, c->was);
	json_close(j, '}');
}

/* Of what is filtered out, its changes are, too. */
static bool change_passes(const struct watch *w, const struct known_change *c)
{
	const char *dev = w->filter.dev;
	uint32_t index = c->wiphy ? c->wiphy->index : c->iface->wiphy;
	const struct wiphy *k = c->wiphy ? c->wiphy : wiphy_of_index(&w->known.wiphys, index);

	if (dev && (c->wiphy || strcmp(c->iface->name, dev) != 0))
		return false;
	return phy_passes(&w->filter, index, k ? k->name : "");
}

static void print_change(void *arg, const struct known_change *c)
{
	struct watch *w = arg;
	struct record r;

	if (!change_passes(w, c))
		return;
	begin_record(w, &r);
	if (w->ctx->opt.json)
		json_change(&r.j, w, c);
	else
		text_change(&r.p.t, w, c);
	end_record(w, &r);
}

static void print_snapshot(struct watch *w)
{
	struct record r;

	begin_record(w, &r);
	if (w->ctx->opt.json) {
		json_text(&r.j, "event", "snapshot");
		json_dev_phys(&r.j, w->ctx, "phys", &w->known);
	} else {
		fprintf(r.p.t.f, "-  snapshot: %zu interfaces on %zu phys were read again\n",
			w->known.ifaces.n, w->known.wiphys.n);
	}
	end_record(w, &r);
}

void print_resync(struct watch *w, const struct dev_list *was)
{
	print_snapshot(w);
	known_compare(was, &w->known, print_change, w);
}
