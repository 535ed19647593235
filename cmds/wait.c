/* SPDX-License-Identifier: ISC */
/*
 * dev DEV wait, dev DEV assert: conditions on an interface, its links and its connection.
 *
 * Events are listened to first, then the state is read, and again after every event that may have
 * changed it: so no change is missed, whenever it comes. Where the kernel sends none, the state is
 * looked at every LOOK_EVERY_MS.
 */
#include <errno.h>
#include <string.h>

#include "condition.h"

#define LOOK_EVERY_MS 100

enum { WAIT_CONDITION, WAIT_TIMEOUT };

/* ---- what is ---- */

struct facts {
	struct iface iface;
	bool is_client, connected, has_ap_mld, has_rfkill;
	uint8_t ap_mld[ADDR_LEN];
	uint16_t has_signal; /* bitmap of links */
	int32_t signal[LINKS_MAX];
	struct rfkill rfkill;
};

struct waiter {
	struct ctx *ctx;
	struct conditions all;
	struct facts facts;
	bool needs_bss, needs_rfkill;
	uint32_t rfkill_index;
	int rfkill_fd; /* -1: sysfs has to be looked at */
};

static bool add_own_bss(void *model, const struct attrs *a)
{
	struct facts *f = model;
	struct bss b;

	if (!decode_bss(a, &b))
		return false;
	if (!bss_is_ours(&b))
		return true;
	f->connected = true;
	if (b.has_mld_addr) {
		f->has_ap_mld = true;
		memcpy(f->ap_mld, b.mld_addr, ADDR_LEN);
	}
	if (b.has_link_id && b.link_id <= LINK_ID_MAX && b.has_signal) {
		f->has_signal |= (uint16_t)(1u << b.link_id);
		f->signal[b.link_id] = b.signal;
	}
	return true;
}

static void reset_own_bss(void *model)
{
	struct facts *f = model;

	f->connected = f->has_ap_mld = false;
	f->has_signal = 0;
}

static enum status look_at_bss(struct waiter *w)
{
	struct sink sink = { .add = add_own_bss, .reset = reset_own_bss, .model = &w->facts };
	struct req rq;

	reset_own_bss(&w->facts);
	req_dump(w->ctx, &rq, NL80211_CMD_GET_SCAN);
	req_target(w->ctx, &rq);
	if (w->ctx->family.maxattr >= NL80211_ATTR_BSS_DUMP_INCLUDE_USE_DATA)
		req_flag(&rq, NL80211_ATTR_BSS_DUMP_INCLUDE_USE_DATA);
	return dispatch(w->ctx, &rq, &sink);
}

/* What the interface itself does not tell. */
static enum status look_beside(struct waiter *w)
{
	struct facts *f = &w->facts;
	enum status st = ST_OK;

	f->is_client = iface_is_client(&f->iface);
	f->connected = false;
	if (w->needs_bss && f->is_client)
		st = look_at_bss(w);
	if (f->is_client && f->iface.n_links)
		f->connected = true;
	if (w->needs_rfkill)
		f->has_rfkill = rfkill_read(w->rfkill_index, &f->rfkill);
	return st;
}

static enum status look(struct waiter *w)
{
	enum status st = query_iface(w->ctx, &w->facts.iface);

	return st == ST_OK ? look_beside(w) : st;
}

/* ---- does it hold ---- */

enum truth { FALSE, TRUE, UNKNOWN };

static enum truth truth(bool is)
{
	return is ? TRUE : FALSE;
}

static uint16_t links_of(const struct iface *i)
{
	uint16_t links = 0;

	for (int n = 0; n < i->n_links; n++)
		if (!link_is_ghost(&i->links[n]))
			links |= (uint16_t)(1u << i->links[n].id);
	return links;
}

static enum truth judge_link(const struct condition *c, const struct facts *f)
{
	const struct mlo_link *l = iface_link(&f->iface, c->link_id);

	if (l && link_is_ghost(l))
		l = NULL;
	switch (c->subject) {
	case SUBJECT_PRESENT:
		return truth(l);
	case SUBJECT_ACTIVE:
		return truth(l && l->chan.has_freq);
	case SUBJECT_SIGNAL:
		if (!l || !(f->has_signal >> c->link_id & 1))
			return UNKNOWN;
		return truth(condition_compare(f->signal[c->link_id], c->op, c->value));
	case SUBJECT_FREQ:
		return l && l->chan.has_freq
			       ? truth(condition_compare(l->chan.freq, c->op, c->value))
			       : UNKNOWN;
	default:
		return UNKNOWN;
	}
}

static enum truth judge_as_is(const struct ctx *ctx, const struct condition *c,
			      const struct facts *f)
{
	switch (c->subject) {
	case SUBJECT_STATE:
		return f->is_client ? truth(f->connected == (bool)c->value) : UNKNOWN;
	case SUBJECT_TYPE:
		return truth(f->iface.type == c->iftype->number &&
			     iftype_speaks(c->iftype, ctx->dialect));
	case SUBJECT_AP_MLD:
		return truth(f->connected && f->has_ap_mld && !memcmp(f->ap_mld, c->mac, ADDR_LEN));
	case SUBJECT_OWNED:
		return f->has_rfkill ? truth(rfkill_is_owned(&f->rfkill)) : UNKNOWN;
	case SUBJECT_LINKS:
		return truth(links_of(&f->iface) == c->links);
	case SUBJECT_NUMBER:
		return truth(condition_compare(__builtin_popcount(links_of(&f->iface)), c->op,
					       c->value));
	case SUBJECT_PRESENT:
	case SUBJECT_ACTIVE:
	case SUBJECT_SIGNAL:
	case SUBJECT_FREQ:
		break;
	}
	return judge_link(c, f);
}

/* What is not known neither holds nor does not. */
static bool holds(const struct ctx *ctx, const struct condition *c, const struct facts *f)
{
	enum truth t = judge_as_is(ctx, c, f);

	return t != UNKNOWN && (t == TRUE) != c->negated;
}

static bool all_hold(const struct waiter *w)
{
	for (int n = 0; n < w->all.n; n++)
		if (!holds(w->ctx, &w->all.v[n], &w->facts))
			return false;
	return true;
}

/* ---- what is missing ---- */

static const char *list_links(char *buf, size_t size, uint16_t links)
{
	size_t used = 0;

	snprintf(buf, size, "none");
	for (unsigned int id = 0; id <= LINK_ID_MAX && used < size; id++)
		if (links >> id & 1)
			used += (size_t)snprintf(buf + used, size - used, "%s%u", used ? "," : "",
						 id);
	return buf;
}

static void tell_link(const struct condition *c, const struct facts *f, char *buf, size_t size)
{
	const struct mlo_link *l = iface_link(&f->iface, c->link_id);
	char dbm[DBM_TEXT];

	if (!l || link_is_ghost(l))
		snprintf(buf, size, "it is not there");
	else if (c->subject == SUBJECT_PRESENT)
		snprintf(buf, size, "it is there");
	else if (c->subject == SUBJECT_SIGNAL && f->has_signal >> c->link_id & 1)
		snprintf(buf, size, "it is %s dBm", fmt_dbm(dbm, f->signal[c->link_id]));
	else if (c->subject == SUBJECT_SIGNAL)
		snprintf(buf, size, "no signal is known");
	else if (!l->chan.has_freq)
		snprintf(buf, size, "it is not active");
	else if (c->subject == SUBJECT_FREQ)
		snprintf(buf, size, "it is %u MHz", l->chan.freq);
	else
		snprintf(buf, size, "it is active");
}

static void tell(const struct ctx *ctx, const struct condition *c, const struct facts *f, char *buf,
		 size_t size)
{
	char text[IFTYPE_TEXT];

	switch (c->subject) {
	case SUBJECT_STATE:
		snprintf(buf, size, "it is %s",
			 !f->is_client	? "of a type that does not connect"
			 : f->connected ? "connected"
					: "disconnected");
		break;
	case SUBJECT_TYPE:
		snprintf(buf, size, "it is %s", iftype_name(text, f->iface.type, ctx->dialect));
		break;
	case SUBJECT_AP_MLD:
		snprintf(buf, size, "%s",
			 f->connected && f->has_ap_mld ? "it is " : "it is connected to none");
		if (f->connected && f->has_ap_mld && size > 24)
			fmt_mac(buf + strlen(buf), f->ap_mld);
		break;
	case SUBJECT_OWNED:
		snprintf(buf, size,
			 !f->has_rfkill		       ? "that cannot be told"
			 : rfkill_is_owned(&f->rfkill) ? "it is"
						       : "it is not");
		break;
	case SUBJECT_LINKS:
	case SUBJECT_NUMBER:
		snprintf(buf, size, "they are ");
		list_links(buf + strlen(buf), size - strlen(buf), links_of(&f->iface));
		break;
	case SUBJECT_PRESENT:
	case SUBJECT_ACTIVE:
	case SUBJECT_SIGNAL:
	case SUBJECT_FREQ:
		tell_link(c, f, buf, size);
	}
}

/* "not true in time: state=connected (it is disconnected)" */
static enum status unmet(struct waiter *w, const char *how)
{
	char all[480] = "", words[160], now[100];
	size_t used = 0;

	for (int n = 0; n < w->all.n && used < sizeof(all); n++) {
		const struct condition *c = &w->all.v[n];

		if (holds(w->ctx, c, &w->facts))
			continue;
		tell(w->ctx, c, &w->facts, now, sizeof(now));
		used += (size_t)snprintf(all + used, sizeof(all) - used, "%s%s (%s)",
					 used ? "; " : "",
					 condition_words(w->ctx, c, words, sizeof(words)), now);
	}
	return fail(w->ctx, ST_UNMET, "%s: %s", how, all);
}

/* ---- what cannot be here ---- */

static bool is_of_links(const struct condition *c)
{
	if (c->subject == SUBJECT_LINKS)
		return c->links && !c->negated;
	if (c->subject == SUBJECT_NUMBER)
		return condition_compare(0, c->op, c->value) == c->negated;
	return c->subject >= SUBJECT_SIGNAL || (c->subject >= SUBJECT_PRESENT && !c->negated);
}

static const char *why_never(const struct ctx *ctx, const struct condition *c,
			     const struct wiphy *w)
{
	if ((is_of_links(c) || (c->subject == SUBJECT_AP_MLD && !c->negated)) &&
	    ctx->dialect != DIALECT_LINKS)
		return "this kernel has no links with ids";
	if (c->subject == SUBJECT_TYPE && !c->negated &&
	    (!iftype_speaks(c->iftype, ctx->dialect) ||
	     !((w->iftypes | w->software_iftypes) >> c->iftype->number & 1)))
		return "the phy has no interfaces of this type";
	if ((is_of_links(c) || (c->subject == SUBJECT_AP_MLD && !c->negated)) && !w->mlo)
		return "the phy does not support MLO";
	return NULL;
}

/* What the phy cannot do, it will not do later. */
static enum status judge_never(struct waiter *w)
{
	struct wiphy wiphy = { 0 };
	char words[160];
	enum status st = query_wiphy_full(w->ctx, w->facts.iface.wiphy, &wiphy);

	for (int n = 0; n < w->all.n && st == ST_OK; n++) {
		const char *why = why_never(w->ctx, &w->all.v[n], &wiphy);

		if (why && !holds(w->ctx, &w->all.v[n], &w->facts))
			return fail(w->ctx, ST_UNMET, "%s can never be: %s",
				    condition_words(w->ctx, &w->all.v[n], words, sizeof(words)),
				    why);
	}
	return st;
}

/* ---- waiting ---- */

/* Is it about another interface for certain? */
static bool is_elsewhere(const struct waiter *w, const struct event *e)
{
	const struct iface *i = &w->facts.iface;

	if (e->has_ifindex && i->has_ifindex)
		return e->ifindex != i->ifindex;
	return e->has_wdev && e->wdev != i->wdev;
}

/* Whatever it is, and even if it was lost: the state is read again. */
static bool on_event(void *arg, uint8_t cmd, const struct attrs *a)
{
	const struct waiter *w = arg;
	struct event e;

	return !cmd || !decode_event(cmd, a, w->ctx->dialect, &e) || !is_elsewhere(w, &e);
}

static bool on_rfkill(void *arg)
{
	const struct waiter *w = arg;
	enum rfkill_news news;
	struct rfkill r;

	do
		news = rfkill_next_any(w->rfkill_fd, &r);
	while (news == RFKILL_CHANGED || news == RFKILL_GONE);
	if (news == RFKILL_LOST)
		listen_less(w->ctx, w->rfkill_fd);
	return true;
}

/* Of links of an AP, channels and signals the kernel tells no changes, or not all. */
static bool has_no_event(const struct waiter *w, const struct condition *c)
{
	if (c->subject == SUBJECT_OWNED)
		return w->rfkill_fd < 0;
	if (c->subject >= SUBJECT_ACTIVE)
		return true;
	return c->subject >= SUBJECT_LINKS && !w->facts.is_client;
}

static int64_t next_look(const struct waiter *w)
{
	int64_t deadline = w->ctx->deadline_ms, look = now_ms() + LOOK_EVERY_MS;

	for (int n = 0; n < w->all.n; n++)
		if (has_no_event(w, &w->all.v[n]) && !holds(w->ctx, &w->all.v[n], &w->facts))
			return deadline && deadline < look ? deadline : look;
	return deadline;
}

static enum status look_again(struct waiter *w)
{
	enum status st = look(w);

	if (st == ST_REFUSED && w->ctx->refusal.err == ENODEV)
		return fail(w->ctx, ST_REFUSED, "the interface went away");
	return st;
}

static enum status wait_all(struct waiter *w)
{
	struct ctx *ctx = w->ctx;
	enum status st = ST_OK;

	while (st == ST_OK && !all_hold(w)) {
		st = listen_until(ctx, next_look(w), on_event, w);
		if (ctx->interrupted) {
			char how[60];

			snprintf(how, sizeof(how), "interrupted (%s)", strsignal(ctx->interrupted));
			return unmet(w, how);
		}
		if (st == ST_UNMET && ctx->deadline_ms && now_ms() >= ctx->deadline_ms)
			return unmet(w, "not true in time");
		if (st == ST_OK || st == ST_UNMET)
			st = look_again(w);
	}
	return st;
}

/* ---- the commands ---- */

static enum status check_wait(struct ctx *ctx)
{
	struct conditions all;
	enum status st = parse_conditions(ctx, &all);

	return st == ST_OK ? check_possible(ctx, &all) : st;
}

static enum status open_rfkill(struct waiter *w)
{
	if (!rfkill_find(w->facts.iface.wiphy, &w->rfkill_index))
		return fail(w->ctx, ST_REFUSED,
			    "\"owned\": the phy has no rfkill device that could be seen here");
	w->rfkill_fd = rfkill_open();
	return w->rfkill_fd < 0 ? ST_OK : listen_also(w->ctx, w->rfkill_fd, on_rfkill, w);
}

static void find_needs(struct waiter *w)
{
	for (int n = 0; n < w->all.n; n++) {
		enum subject s = w->all.v[n].subject;

		w->needs_bss |= s == SUBJECT_STATE || s == SUBJECT_AP_MLD || s == SUBJECT_SIGNAL;
		w->needs_rfkill |= s == SUBJECT_OWNED;
	}
}

static enum status begin(struct waiter *w, bool waits)
{
	struct ctx *ctx = w->ctx;
	enum status st = parse_conditions(ctx, &w->all);

	find_needs(w);
	if (st == ST_OK)
		st = open_iface(ctx, &w->facts.iface);
	if (st == ST_OK)
		st = settle_dialect(ctx);
	if (st == ST_OK && waits)
		st = listen_open(ctx, 1u << GROUP_CONFIG | 1u << GROUP_MLME);
	if (st == ST_OK && waits)
		st = listen_signals(ctx);
	if (st == ST_OK && w->needs_rfkill)
		st = open_rfkill(w);
	if (st != ST_OK)
		return st;
	return waits ? look(w) : look_beside(w);
}

static enum status run_wait(struct ctx *ctx)
{
	struct waiter w = { .ctx = ctx, .rfkill_fd = -1 };
	enum status st;

	csme_limit(ctx, is_given(&ctx->args, WAIT_TIMEOUT), 0);
	st = begin(&w, true);
	if (st != ST_OK || ctx->opt.dry_run || all_hold(&w))
		return st;
	st = judge_never(&w);
	return st == ST_OK ? wait_all(&w) : st;
}

static enum status run_assert(struct ctx *ctx)
{
	struct waiter w = { .ctx = ctx, .rfkill_fd = -1 };
	enum status st = begin(&w, false);

	if (st != ST_OK || ctx->opt.dry_run || all_hold(&w))
		return st;
	return unmet(&w, "not true");
}

static const struct param wait_params[] = {
	[WAIT_CONDITION] = { .kind = PARAM_ITEM,
			     .name = "CONDITION",
			     .many = true,
			     .choices = condition_choices },
	[WAIT_TIMEOUT] = { .kind = PARAM_SECONDS,
			   .name = "S",
			   .keyword = "timeout",
			   .optional = true },
	{ 0 },
};

static const struct param assert_params[] = {
	[WAIT_CONDITION] = { .kind = PARAM_ITEM,
			     .name = "CONDITION",
			     .many = true,
			     .choices = condition_choices },
	{ 0 },
};

const struct cmd cmd_wait = {
	.name = "wait",
	.objects = ON_DEV | ON_WDEV,
	.params = wait_params,
	.help = "Wait until all conditions hold.",
	.check = check_wait,
	.run = run_wait,
};

const struct cmd cmd_assert = {
	.name = "assert",
	.objects = ON_DEV | ON_WDEV,
	.params = assert_params,
	.help = "Succeed if all conditions hold now.",
	.check = check_wait,
	.run = run_assert,
};
