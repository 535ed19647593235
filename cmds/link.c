/* SPDX-License-Identifier: ISC */
/* dev DEV link show, add, del: the MLO links of an interface. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "../iw-mlo.h"

/* ---- show ---- */

struct link_show {
	struct iface iface;
	bool is_client; /* a type that connects: the rest have no state of this kind */
	bool connected;
	const struct mlo_link *one; /* NULL: all of them */
	/* the RFC's: link devices with a channel are part of a connection */
	struct iface_list ifaces;
	unsigned int
		on_air; /* stations with a channel: with more than one, whose device is whose? */
};

static bool is_linked_device(const struct iface *i)
{
	return i->type == RFC_IFTYPE_MLO_LINK_DEVICE && i->chan.has_freq;
}

/* What is connected, or beacons, but is no MLD has one link, which has no id. */
static bool has_plain_link(const struct link_show *s)
{
	return !s->iface.n_links && s->iface.chan.has_freq && (s->connected || !s->is_client);
}

static void text_link_devices(const struct text *t, const struct link_show *s)
{
	char mac[MAC_TEXT];

	for (size_t n = 0; n < s->ifaces.n; n++) {
		const struct iface *i = &s->ifaces.v[n];

		if (!is_linked_device(i))
			continue;
		fprintf(t->f, "\tlink device wdev 0x%llx  addr %s", (unsigned long long)i->wdev,
			i->has_addr ? fmt_mac(mac, i->addr) : "-");
		text_chandef(t, &i->chan);
		fputs(s->on_air > 1 ? "  (of which connection, the kernel does not tell)\n" : "\n",
		      t->f);
	}
}

static void text_link_show(const struct text *t, const struct ctx *ctx, const void *model)
{
	const struct link_show *s = model;
	char mac[MAC_TEXT], type[IFTYPE_TEXT];

	if (s->one) {
		text_link(t, "", s->one);
		return;
	}
	text_iface_name(t, &s->iface);
	fprintf(t->f, "  type %s", iftype_name(type, s->iface.type, ctx->dialect));
	fprintf(t->f, "  addr %s", s->iface.has_addr ? fmt_mac(mac, s->iface.addr) : "-");
	if (s->is_client)
		fputs(s->connected ? "  connected" : "  disconnected", t->f);
	else if (!s->iface.n_links)
		fputs("  no links", t->f);
	putc('\n', t->f);
	for (int n = 0; n < s->iface.n_links; n++)
		text_link(t, "\t", &s->iface.links[n]);
	if (has_plain_link(s)) {
		fputs(ctx->dialect == DIALECT_RFC ? "\tstation" : "\tnot an MLD", t->f);
		text_chandef(t, &s->iface.chan);
		putc('\n', t->f);
	}
	if (s->connected)
		text_link_devices(t, s);
}

static void json_plain_link(struct json *j, const struct link_show *s)
{
	json_open(j, "links", '[');
	json_open(j, NULL, '{');
	if (s->iface.has_addr)
		json_mac(j, "addr", s->iface.addr);
	json_chandef(j, &s->iface.chan);
	if (s->iface.has_tx_power)
		json_dbm(j, "tx_power_dbm", s->iface.tx_power);
	json_close(j, '}');
	json_close(j, ']');
}

static void json_link_devices(struct json *j, const struct link_show *s)
{
	json_bool(j, "link_devices_certain", s->on_air <= 1);
	json_open(j, "link_devices", '[');
	for (size_t n = 0; n < s->ifaces.n && s->connected; n++) {
		const struct iface *i = &s->ifaces.v[n];

		if (!is_linked_device(i))
			continue;
		json_open(j, NULL, '{');
		json_handle(j, "wdev", i->wdev);
		json_uint(j, "wiphy", i->wiphy);
		if (i->has_addr)
			json_mac(j, "addr", i->addr);
		json_chandef(j, &i->chan);
		json_close(j, '}');
	}
	json_close(j, ']');
}

static void json_link_show(struct json *j, const struct ctx *ctx, const void *model)
{
	const struct link_show *s = model;

	if (s->one) {
		json_link(j, s->one);
		return;
	}
	json_open(j, NULL, '{');
	json_iface_head(j, ctx, &s->iface);
	if (s->is_client)
		json_text(j, "state", s->connected ? "connected" : "disconnected");
	if (has_plain_link(s))
		json_plain_link(j, s);
	else
		json_links(j, &s->iface);
	if (ctx->dialect == DIALECT_RFC && s->is_client)
		json_link_devices(j, s);
	json_close(j, '}');
}

/* " (links: 0, 1)"; "" if there are none. */
static const char *link_ids(char *buf, size_t size, const struct iface *i)
{
	size_t used = 0;

	*buf = '\0';
	for (int n = 0; n < i->n_links && used < size; n++)
		used += (size_t)snprintf(buf + used, size - used, "%s%u",
					 n ? ", " : " (links: ", i->links[n].id);
	if (i->n_links && used < size)
		snprintf(buf + used, size - used, ")");
	return buf;
}

static enum status no_such_link(struct ctx *ctx, const struct iface *i, uint8_t id)
{
	char ids[80];

	return fail(ctx, ST_REFUSED, "there is no link %u%s", id, link_ids(ids, sizeof(ids), i));
}

/* Of a kernel of the RFC's, the links are interfaces of their own. */
static enum status query_link_devices(struct ctx *ctx, struct link_show *s)
{
	enum status st = settle_dialect(ctx);

	if (st != ST_OK || ctx->dialect != DIALECT_RFC)
		return st;
	st = query_ifaces(ctx, &s->ifaces);
	for (size_t n = 0; n < s->ifaces.n; n++)
		s->on_air += iface_is_client(&s->ifaces.v[n]) && s->ifaces.v[n].chan.has_freq;
	return st;
}

static enum status query_link_show(struct ctx *ctx, struct link_show *s)
{
	enum status st = open_iface(ctx, &s->iface);

	if (st != ST_OK)
		return st;
	s->is_client = iface_is_client(&s->iface);
	s->connected = s->is_client && s->iface.n_links;
	if (s->is_client && !s->connected)
		st = query_associated(ctx, &s->connected);
	if (st == ST_OK && s->is_client && ctx->dialect != DIALECT_LINKS)
		st = query_link_devices(ctx, s);
	return st;
}

static enum status run_link_show(struct ctx *ctx)
{
	static const struct view view = { text_link_show, json_link_show };
	struct link_show s = { 0 };
	enum status st = query_link_show(ctx, &s);

	if (st == ST_OK && ctx->args.given) {
		s.one = iface_link(&s.iface, ctx->args.link_id);
		if (!s.one)
			st = no_such_link(ctx, &s.iface, ctx->args.link_id);
	}
	if (st == ST_OK)
		show(ctx, &view, &s);
	free(s.ifaces.v);
	return st;
}

static const struct param show_params[] = {
	{ .kind = PARAM_LINK_ID, .name = "ID", .optional = true },
	{ 0 },
};

const struct cmd cmd_link_show = {
	.name = "link show",
	.objects = ON_DEV | ON_WDEV,
	.params = show_params,
	.help = "Show the interface's links, or one of them.",
	.run = run_link_show,
};

const struct cmd cmd_link = {
	.name = "link",
	.objects = ON_DEV | ON_WDEV,
	.help = "The same as link show.",
	.run = run_link_show,
};

/* ---- changes ---- */

static const char *netdev_name(const struct ctx *ctx, const struct iface *i)
{
	return *i->name ? i->name : ctx->target.word;
}

/* What the kernel would refuse with a bare EINVAL, or not refuse at all. */
static enum status guard_change(struct ctx *ctx, const struct iface *i, uint8_t cmd)
{
	char type[IFTYPE_TEXT], name[ESCAPED_SIZE(NAME_LEN_MAX)];
	const char *netdev = netdev_name(ctx, i);

	if (!family_has(&ctx->family, cmd))
		return fail(ctx, ST_REFUSED, "this kernel has no MLO links (its nl80211 lacks %s)",
			    command_name(cmd));
	if (i->type != NL80211_IFTYPE_AP)
		return fail(ctx, ST_REFUSED,
			    "the interface is of type %s, and only an ap's links can be "
			    "changed (\"set type ap\" first)",
			    iftype_name(type, i->type, ctx->dialect));
	if (!netdev_is_up(netdev))
		return fail(ctx, ST_REFUSED, "the interface is down (\"ip link set %s up\" first)",
			    escape(name, sizeof(name), netdev, strlen(netdev)));
	return ST_OK;
}

/*
 * The kernel answers 0 to each of these and does harm: an id that is there has the address that is
 * reported overwritten, but not the one in use; an AP that runs without links stops beaconing.
 */
static enum status guard_add(struct ctx *ctx, const struct iface *i)
{
	const struct args *a = &ctx->args;
	const struct mlo_link *there = iface_link(i, a->link_id);
	char mac[MAC_TEXT];

	if (there && link_is_ghost(there))
		return fail(ctx, ST_REFUSED,
			    "link %u is a ghost of a link that was torn down: take the "
			    "interface down and up to be rid of it",
			    a->link_id);
	if (there)
		return fail(ctx, ST_REFUSED, "link %u is there already%s%s (\"link del %u\" first)",
			    a->link_id, there->has_addr ? ", with address " : "",
			    there->has_addr ? fmt_mac(mac, there->addr) : "", a->link_id);
	for (int n = 0; n < i->n_links; n++)
		if (i->links[n].has_addr && !memcmp(i->links[n].addr, a->mac, ADDR_LEN))
			return fail(ctx, ST_REFUSED, "link %u has the address %s already",
				    i->links[n].id, fmt_mac(mac, a->mac));
	if (!i->n_links && (i->chan.has_freq || i->has_ssid))
		return fail(ctx, ST_REFUSED,
			    "an AP without links runs here, and the kernel would silence "
			    "its beacon: stop it first");
	return ST_OK;
}

static enum status verify_added(struct ctx *ctx, enum status change)
{
	const struct args *a = &ctx->args;
	const struct mlo_link *l;
	struct iface i = { 0 };
	char mac[MAC_TEXT];
	enum status st = query_iface(ctx, &i);

	if (st != ST_OK)
		return st;
	l = iface_link(&i, a->link_id);
	if (!l)
		return fail(ctx, ST_REFUSED, "%s link %u is not there", but_found(change),
			    a->link_id);
	if (!l->has_addr || memcmp(l->addr, a->mac, ADDR_LEN) != 0)
		return fail(ctx, ST_REFUSED, "%s link %u has address %s", but_found(change),
			    a->link_id, l->has_addr ? fmt_mac(mac, l->addr) : "unknown");
	return ST_OK;
}

/* EINVAL has no sentence of the kernel's here; the commonest reason is in the wiphy's own words. */
static enum status explain_add(struct ctx *ctx, const struct iface *i)
{
	struct refusal r = ctx->refusal;
	struct wiphy w;
	bool no_mlo;

	if (r.err == EALREADY)
		return refused(ctx, "another link has this address");
	if (r.err != EINVAL)
		return ST_REFUSED;
	no_mlo = query_wiphy_full(ctx, i->wiphy, &w) == ST_OK && !w.mlo;
	ctx->refusal = r;
	return no_mlo ? refused(ctx, "the driver of this phy does not support MLO")
		      : refused(ctx, NULL);
}

static enum status run_link_add(struct ctx *ctx)
{
	struct iface i = { 0 };
	struct req rq;
	enum status st = open_iface(ctx, &i);

	if (st == ST_OK)
		st = guard_change(ctx, &i, NL80211_CMD_ADD_LINK);
	if (st == ST_OK)
		st = guard_add(ctx, &i);
	if (st != ST_OK)
		return st;
	req_change(ctx, &rq, NL80211_CMD_ADD_LINK);
	req_target(ctx, &rq);
	req_u8(&rq, NL80211_ATTR_MLO_LINK_ID, ctx->args.link_id);
	req_mac(&rq, NL80211_ATTR_MAC, ctx->args.mac);
	st = dispatch(ctx, &rq, NULL);
	if (st == ST_REFUSED)
		return explain_add(ctx, &i);
	/* an answer that was lost is found again by looking */
	if ((st == ST_OK && !ctx->opt.dry_run) || st == ST_PARTIAL)
		st = verify_added(ctx, st);
	return st;
}

static const struct param add_params[] = {
	{ .kind = PARAM_LINK_ID, .name = "ID" },
	{ .kind = PARAM_MAC, .name = "MAC", .keyword = "addr" },
	{ 0 },
};

const struct cmd cmd_link_add = {
	.name = "link add",
	.objects = ON_DEV | ON_WDEV,
	.params = add_params,
	.help = "Give an AP one more link.",
	.run = run_link_add,
};

static enum status verify_removed(struct ctx *ctx, enum status change)
{
	struct iface i = { 0 };
	enum status st = query_iface(ctx, &i);

	if (st == ST_OK && iface_link(&i, ctx->args.link_id))
		st = fail(ctx, ST_REFUSED, "%s link %u is still there", but_found(change),
			  ctx->args.link_id);
	return st;
}

static enum status run_link_del(struct ctx *ctx)
{
	struct iface i = { 0 };
	struct req rq;
	enum status st = open_iface(ctx, &i);

	if (st == ST_OK)
		st = guard_change(ctx, &i, NL80211_CMD_REMOVE_LINK);
	if (st == ST_OK && !iface_link(&i, ctx->args.link_id))
		st = no_such_link(ctx, &i, ctx->args.link_id);
	if (st != ST_OK)
		return st;
	req_change(ctx, &rq, NL80211_CMD_REMOVE_LINK);
	req_target(ctx, &rq);
	req_u8(&rq, NL80211_ATTR_MLO_LINK_ID, ctx->args.link_id);
	st = dispatch(ctx, &rq, NULL);
	if (st == ST_REFUSED && ctx->refusal.err == EINVAL)
		return refused(ctx, "somebody else may have removed the link meanwhile");
	if ((st == ST_OK && !ctx->opt.dry_run) || st == ST_PARTIAL)
		st = verify_removed(ctx, st);
	return st;
}

static const struct param del_params[] = {
	{ .kind = PARAM_LINK_ID, .name = "ID" },
	{ 0 },
};

const struct cmd cmd_link_del = {
	.name = "link del",
	.objects = ON_DEV | ON_WDEV,
	.params = del_params,
	.help = "Take a link away from an AP.",
	.run = run_link_del,
};
