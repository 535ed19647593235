/* SPDX-License-Identifier: ISC */
/* dev DEV link reconf: a station that is connected asks its AP MLD for other links. */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "../iw-mlo.h"

enum { RECONF_ADD, RECONF_DEL };

/* The kernel waits for the AP for 100 ms, and ends the connection if there is no answer. */
#define ANSWER_MS 500

struct reconf {
	struct steering s;
	uint16_t add, del; /* bitmaps of link ids */
	const struct bss_view *bsses[LINKS_MAX];
	int n_bsses;
	struct iface after;
};

/* ---- what is shown ---- */

/* The AP's status of the link; false: the kernel did not tell it. */
static bool status_of(const struct reconf *r, uint8_t id, uint16_t *status)
{
	const struct event *e = &r->s.event;

	for (int n = 0; r->s.told && n < e->n_links; n++) {
		if (e->links[n].id != id)
			continue;
		*status = e->links[n].status;
		return true;
	}
	return false;
}

static void text_reconf(const struct text *t, const struct ctx *ctx, const void *model)
{
	const struct reconf *r = model;
	char links[LINKS_TEXT];

	(void)ctx;
	text_iface_name(t, &r->after);
	if (r->add)
		fprintf(t->f, "  added %s", fmt_links(links, r->add));
	if (r->del)
		fprintf(t->f, "  deleted %s", fmt_links(links, r->del));
	putc('\n', t->f);
	for (int n = 0; n < r->after.n_links; n++)
		text_link(t, "\t", &r->after.links[n]);
}

static void json_operation(struct json *j, const struct reconf *r, uint8_t id)
{
	uint16_t status;

	json_open(j, NULL, '{');
	json_uint(j, "link_id", id);
	json_text(j, "operation", r->add >> id & 1 ? "add" : "del");
	if (status_of(r, id, &status)) {
		json_uint(j, "status_code", status);
		if (status_words(status))
			json_text(j, "status", status_words(status));
	}
	json_close(j, '}');
}

static void json_reconf(struct json *j, const struct ctx *ctx, const void *model)
{
	const struct reconf *r = model;

	json_open(j, NULL, '{');
	json_iface_head(j, ctx, &r->after);
	json_open(j, "operations", '[');
	for (uint8_t id = 0; id < LINKS_MAX; id++)
		if ((r->add | r->del) >> id & 1)
			json_operation(j, r, id);
	json_close(j, ']');
	json_links(j, &r->after);
	json_close(j, '}');
}

/* ---- what is asked ---- */

/* The kernel refuses these with a bare EINVAL. */
static enum status guard_links(const struct reconf *r)
{
	struct ctx *ctx = r->s.ctx;
	uint16_t there = link_bitmap(&r->s.iface);
	char links[LINKS_TEXT], all[LINKS_TEXT];

	if (r->add & there)
		return fail(ctx, ST_REFUSED, "link %s is there already (links: %s)",
			    fmt_links(links, r->add & there), fmt_links(all, there));
	if (r->del & ~there)
		return fail(ctx, ST_REFUSED, "there is no link %s (links: %s)",
			    fmt_links(links, r->del & (uint16_t)~there), fmt_links(all, there));
	if (r->del == there)
		return fail(ctx, ST_REFUSED,
			    "no link would be left to ask over: one of %s has to stay",
			    fmt_links(all, there));
	return ST_OK;
}

static enum status guard_capable(const struct reconf *r)
{
	struct mld_capabilities c;

	if (!ap_capabilities(r->s.ap, &c) || c.link_reconfiguration)
		return ST_OK;
	return fail(r->s.ctx, ST_REFUSED, "the AP does not offer link reconfiguration");
}

static enum status guard_announced(const struct reconf *r)
{
	char missing[LINKS_TEXT], all[LINKS_TEXT];
	uint16_t announced = 0;

	for (size_t n = 0; n < r->s.ap->n_links; n++)
		if (r->s.ap->links[n].id < LINKS_MAX)
			announced |= (uint16_t)(1u << r->s.ap->links[n].id);
	if (!(r->add & ~announced))
		return ST_OK;
	return fail(r->s.ctx, ST_REFUSED, "the AP has no link %s (it has %s)",
		    fmt_links(missing, r->add & (uint16_t)~announced), fmt_links(all, announced));
}

/* The kernel needs the BSS of a link that it is to add in its table, where it stays for 30 s. */
static enum status find_bsses(struct reconf *r)
{
	struct ctx *ctx = r->s.ctx;
	bool scanned = false;
	enum status st;

	if (!r->s.ap)
		return fail(ctx, ST_REFUSED, "the table of BSSes does not have the AP");
	st = guard_announced(r);
	if (st == ST_OK)
		st = hear_links(ctx, &r->s.iface, r->s.ap, r->add, &scanned);
	if (st == ST_OK && scanned)
		st = steer_find_ap_again(&r->s);
	if (st == ST_OK && !r->s.ap)
		return fail(ctx, ST_REFUSED, "the connection ended meanwhile");
	for (uint8_t id = 0; id < LINKS_MAX && st == ST_OK; id++)
		if (r->add >> id & 1)
			st = choose_link(ctx, r->s.ap, id, &r->bsses[r->n_bsses++]);
	return st;
}

/* The owner alone may, and wpa_supplicant has a command of its own for it. */
static enum status not_owner(const struct reconf *r)
{
	char command[100] = "", name[ESCAPED_SIZE(NAME_LEN_MAX)];
	size_t used = 0;

	for (int del = 0; del < 2; del++) {
		uint16_t links = del ? r->del : r->add;
		bool first = true;

		for (uint8_t id = 0; id < LINKS_MAX; id++) {
			if (!(links >> id & 1))
				continue;
			used += (size_t)snprintf(command + used, sizeof(command) - used, "%s%u",
						 !first ? " "
						 : del	? " delete="
							: " add=",
						 id);
			first = false;
		}
	}
	return refused(
		r->s.ctx,
		"another process owns the connection; of wpa_supplicant (newer than 2.11), ask "
		"\"wpa_cli -i %s setup_link_reconfig%s\"",
		escape(name, sizeof(name), r->s.iface.name, strlen(r->s.iface.name)), command);
}

static enum status send_reconf(const struct reconf *r)
{
	struct ctx *ctx = r->s.ctx;
	enum status st;
	struct req rq;

	req_change(ctx, &rq, NL80211_CMD_ASSOC_MLO_RECONF);
	req_target(ctx, &rq);
	if (r->add)
		req_links(&rq, r->bsses, r->n_bsses);
	if (r->del)
		req_u16(&rq, NL80211_ATTR_MLO_RECONF_REM_LINKS, r->del);
	st = dispatch(ctx, &rq, NULL);
	if (st != ST_REFUSED)
		return st;
	if (ctx->refusal.err == EPERM && geteuid() == 0)
		return not_owner(r);
	if (ctx->refusal.err == EBUSY)
		return refused(ctx, "an earlier reconfiguration is under way");
	if (ctx->refusal.err == ENOENT)
		return refused(ctx, "the kernel does not have the BSS of a link any more");
	return st;
}

/* ---- what came of it ---- */

/* Of a refusal to add a link, the kernel tells nothing. */
static enum status judge(struct reconf *r)
{
	struct ctx *ctx = r->s.ctx;
	char missing[LINKS_TEXT], left[LINKS_TEXT], now[LINKS_TEXT];
	enum status st = query_iface(ctx, &r->after);
	uint16_t links = link_bitmap(&r->after);

	if (st != ST_OK)
		return st;
	if (!links)
		return fail(ctx, ST_REFUSED, "the connection ended meanwhile");
	if (links & r->del)
		return fail(ctx, ST_REFUSED, "the kernel agreed, but link %s is still there",
			    fmt_links(left, links & r->del));
	if (r->add & ~links)
		return fail(ctx, ST_REFUSED,
			    "the AP refused link %s, with a status that the kernel does not tell%s "
			    "(links: %s)",
			    fmt_links(missing, r->add & (uint16_t)~links),
			    r->del ? "; what was to be deleted is" : "", fmt_links(now, links));
	return ST_OK;
}

static enum status reconfigure(struct reconf *r)
{
	enum status st = guard_links(r);

	if (st == ST_OK)
		st = guard_capable(r);
	if (st == ST_OK && r->add)
		st = find_bsses(r);
	if (st == ST_OK)
		st = send_reconf(r);
	if (st != ST_OK || r->s.ctx->opt.dry_run)
		return st;
	st = steer_wait(&r->s, ANSWER_MS,
			r->del ? "the AP gave no usable answer, or refused to delete a link"
			       : "the AP gave no usable answer");
	return st == ST_OK ? judge(r) : st;
}

static enum status run_reconf(struct ctx *ctx)
{
	static const struct view view = { text_reconf, json_reconf };
	struct reconf r = { .s = { .ctx = ctx, .cmd = NL80211_CMD_ASSOC_MLO_RECONF },
			    .add = ctx->args.links_of[RECONF_ADD],
			    .del = ctx->args.links_of[RECONF_DEL] };
	enum status st = steer_open(&r.s, "6.14");

	if (st == ST_OK)
		st = reconfigure(&r);
	if (st == ST_OK)
		show(ctx, &view, &r);
	steer_close(&r.s);
	return st;
}

static enum status check_reconf(struct ctx *ctx)
{
	if (ctx->args.n_link_ids)
		return ST_OK;
	return fail(ctx, ST_USAGE, "nothing to add and nothing to del");
}

static const struct param reconf_params[] = {
	[RECONF_ADD] = { .kind = PARAM_LINK_ID,
			 .name = "ID",
			 .keyword = "add",
			 .optional = true,
			 .many = true },
	[RECONF_DEL] = { .kind = PARAM_LINK_ID,
			 .name = "ID",
			 .keyword = "del",
			 .optional = true,
			 .many = true },
	{ 0 },
};

const struct cmd cmd_link_reconf = {
	.name = "link reconf",
	.objects = ON_DEV | ON_WDEV,
	.params = reconf_params,
	.help = "Ask the AP that a station is connected to for other links.",
	.check = check_reconf,
	.run = run_reconf,
};
