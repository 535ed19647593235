/* SPDX-License-Identifier: ISC */
/* dev, dev DEV info: interfaces with their links, those without a netdev included. */
#include <stdlib.h>
#include <string.h>

#include "../iw-mlo.h"

/* ---- text ---- */

static void text_bytes(const struct text *t, const char *label, const void *bytes, size_t len)
{
	char buf[ESCAPED_SIZE(NAME_LEN_MAX)];

	fprintf(t->f, "  %s \"%s\"", label, escape(buf, sizeof(buf), bytes, len));
}

void text_iface_name(const struct text *t, const struct iface *i)
{
	char buf[ESCAPED_SIZE(NAME_LEN_MAX)];

	paint(t, COLOUR_NAME);
	if (*i->name)
		fputs(escape(buf, sizeof(buf), i->name, strlen(i->name)), t->f);
	else
		fprintf(t->f, "wdev 0x%llx", (unsigned long long)i->wdev);
	paint(t, COLOUR_OFF);
}

static void text_width(const struct text *t, const struct chandef *c)
{
	if (c->width == NL80211_CHAN_WIDTH_80P80)
		fputs("  width 80+80 MHz", t->f);
	else if (width_mhz(c->width))
		fprintf(t->f, "  width %u MHz%s", width_mhz(c->width),
			c->width == NL80211_CHAN_WIDTH_20_NOHT ? " (no HT)" : "");
	else
		fprintf(t->f, "  width type-%u", c->width);
}

/* Bit n of the bitmap is the n-th 20 MHz counted from the lowest frequency (802.11be 36.3.12.11).
 */
static uint32_t punctured_freq(const struct chandef *c, unsigned int n)
{
	return c->center1 - width_mhz(c->width) / 2 + 10 + 20 * n;
}

static bool can_locate_punctured(const struct chandef *c)
{
	return c->has_punctured && c->has_center1 && c->has_width && width_mhz(c->width) >= 20;
}

static void text_punctured(const struct text *t, const struct chandef *c)
{
	if (!c->has_punctured || !c->punctured)
		return;
	fprintf(t->f, "  punctured 0x%04x", c->punctured);
	for (unsigned int n = 0; n < 16 && can_locate_punctured(c); n++)
		if (c->punctured >> n & 1)
			fprintf(t->f, " %u", punctured_freq(c, n));
	if (can_locate_punctured(c))
		fputs(" MHz", t->f);
}

void text_chandef(const struct text *t, const struct chandef *c)
{
	const char *band;
	uint32_t channel;

	if (!c->has_freq) {
		fputs("  no channel", t->f);
		return;
	}
	if (freq_to_channel(c->freq, &channel, &band))
		fprintf(t->f, "  channel %u (%s)", channel, band);
	fprintf(t->f, "  %u", c->freq);
	if (c->freq_offset)
		fprintf(t->f, ".%03u", c->freq_offset);
	fputs(" MHz", t->f);
	if (c->has_width)
		text_width(t, c);
	if (c->has_center1)
		fprintf(t->f, "  center %u", c->center1);
	if (c->has_center2)
		fprintf(t->f, "+%u", c->center2);
	if (c->has_center1)
		fputs(" MHz", t->f);
	text_punctured(t, c);
}

static void text_tx_power(const struct text *t, int32_t mbm)
{
	char buf[DBM_TEXT];

	fprintf(t->f, "  tx power %s dBm", fmt_dbm(buf, mbm));
}

void text_link(const struct text *t, const char *indent, const struct mlo_link *l)
{
	char mac[MAC_TEXT];

	fprintf(t->f, "%slink %u  addr %s", indent, l->id,
		l->has_addr ? fmt_mac(mac, l->addr) : "-");
	if (link_is_ghost(l)) {
		paint(t, COLOUR_WARN);
		fputs("  ghost: torn down by the kernel, listed until the interface goes down",
		      t->f);
		paint(t, COLOUR_OFF);
	}
	text_chandef(t, &l->chan);
	if (l->has_tx_power)
		text_tx_power(t, l->tx_power);
	putc('\n', t->f);
}

static void text_iface(const struct text *t, const struct ctx *ctx, const struct iface *i)
{
	char mac[MAC_TEXT], type[IFTYPE_TEXT];

	putc('\t', t->f);
	text_iface_name(t, i);
	if (i->has_type)
		fprintf(t->f, "  type %s", iftype_name(type, i->type, ctx->dialect));
	fprintf(t->f, "  addr %s", i->has_addr ? fmt_mac(mac, i->addr) : "-");
	if (i->has_ifindex)
		fprintf(t->f, "  ifindex %u", i->ifindex);
	if (i->has_wdev && *i->name)
		fprintf(t->f, "  wdev 0x%llx", (unsigned long long)i->wdev);
	if (i->has_ssid)
		text_bytes(t, "ssid", i->ssid, i->ssid_len);
	if (i->has_4addr && i->use_4addr)
		fputs("  4addr", t->f);
	if (i->has_radio_mask && i->radio_mask)
		fprintf(t->f, "  radios 0x%x", i->radio_mask);
	putc('\n', t->f);
	if (i->chan.has_freq) {
		putc('\t', t->f);
		text_chandef(t, &i->chan);
		if (i->has_tx_power)
			text_tx_power(t, i->tx_power);
		putc('\n', t->f);
	}
	for (int n = 0; n < i->n_links; n++)
		text_link(t, "\t  ", &i->links[n]);
}

/* ---- brief ---- */

void brief_chandef(const struct text *t, const struct chandef *c)
{
	if (!c->has_freq) {
		putc('-', t->f);
		return;
	}
	fprintf(t->f, "%u", c->freq);
	if (c->has_width && width_mhz(c->width))
		fprintf(t->f, "/%u", width_mhz(c->width));
}

static void brief_iface_channels(const struct text *t, const struct iface *i)
{
	for (int n = 0; n < i->n_links; n++) {
		fprintf(t->f, "%s%u@", n ? " " : "", i->links[n].id);
		brief_chandef(t, &i->links[n].chan);
	}
	if (!i->n_links)
		brief_chandef(t, &i->chan);
}

/* Name, phy, type, address, and where it is: 0@2412/20 is link 0 on 2412 MHz, 20 MHz wide. */
static void brief_iface(const struct text *t, const struct ctx *ctx, const struct iface *i,
			const struct wiphy *w)
{
	char mac[MAC_TEXT], type[IFTYPE_TEXT], name[ESCAPED_SIZE(NAME_LEN_MAX)];

	text_iface_name(t, i);
	fprintf(t->f, "\t%s\t%s\t%s\t",
		*w->name ? escape(name, sizeof(name), w->name, strlen(w->name)) : "-",
		i->has_type ? iftype_name(type, i->type, ctx->dialect) : "-",
		i->has_addr ? fmt_mac(mac, i->addr) : "-");
	brief_iface_channels(t, i);
	putc('\n', t->f);
}

static void text_wiphy_name(const struct text *t, const struct wiphy *w, uint32_t index)
{
	char buf[ESCAPED_SIZE(NAME_LEN_MAX)];

	paint(t, COLOUR_NAME);
	if (w && *w->name)
		fputs(escape(buf, sizeof(buf), w->name, strlen(w->name)), t->f);
	else
		fprintf(t->f, "wiphy %u", index);
	paint(t, COLOUR_OFF);
	putc('\n', t->f);
}

/* ---- JSON ---- */

static void json_punctured(struct json *j, const struct chandef *c)
{
	if (!c->has_punctured)
		return;
	json_uint(j, "punctured_bitmap", c->punctured);
	if (!can_locate_punctured(c))
		return;
	json_open(j, "punctured_mhz", '[');
	for (unsigned int n = 0; n < 16; n++)
		if (c->punctured >> n & 1)
			json_uint(j, NULL, punctured_freq(c, n));
	json_close(j, ']');
}

void json_chandef(struct json *j, const struct chandef *c)
{
	const char *band;
	uint32_t channel;

	if (!c->has_freq)
		return;
	json_uint(j, "freq_mhz", c->freq);
	if (c->freq_offset)
		json_uint(j, "freq_offset_khz", c->freq_offset);
	if (freq_to_channel(c->freq, &channel, &band)) {
		json_uint(j, "channel", channel);
		json_text(j, "band", band);
	}
	if (c->has_width && width_mhz(c->width))
		json_uint(j, "width_mhz", width_mhz(c->width));
	if (c->has_width && c->width == NL80211_CHAN_WIDTH_20_NOHT)
		json_bool(j, "no_ht", true);
	if (c->has_center1)
		json_uint(j, "center_freq1_mhz", c->center1);
	if (c->has_center2)
		json_uint(j, "center_freq2_mhz", c->center2);
	json_punctured(j, c);
}

void json_link(struct json *j, const struct mlo_link *l)
{
	json_open(j, NULL, '{');
	json_uint(j, "link_id", l->id);
	if (l->has_addr)
		json_mac(j, "addr", l->addr);
	if (link_is_ghost(l))
		json_bool(j, "ghost", true);
	json_chandef(j, &l->chan);
	if (l->has_tx_power)
		json_dbm(j, "tx_power_dbm", l->tx_power);
	json_close(j, '}');
}

void json_links(struct json *j, const struct iface *i)
{
	json_open(j, "links", '[');
	for (int n = 0; n < i->n_links; n++)
		json_link(j, &i->links[n]);
	json_close(j, ']');
}

/* Names may be any bytes: what is no UTF-8 has its hexadecimal form alone. */
static void json_name(struct json *j, const char *key, const char *key_hex, const char *name)
{
	size_t len = strlen(name);

	if (!len)
		return;
	json_bytes(j, key, name, len);
	if (!is_utf8(name, len))
		json_hex(j, key_hex, name, len);
}

void json_iface_head(struct json *j, const struct ctx *ctx, const struct iface *i)
{
	char type[IFTYPE_TEXT];

	json_name(j, "ifname", "ifname_hex", i->name);
	if (i->has_ifindex)
		json_uint(j, "ifindex", i->ifindex);
	if (i->has_wdev)
		json_handle(j, "wdev", i->wdev);
	if (i->has_type)
		json_text(j, "type", iftype_name(type, i->type, ctx->dialect));
	if (i->has_addr)
		json_mac(j, "addr", i->addr);
	if (!i->has_ssid)
		return;
	json_bytes(j, "ssid", i->ssid, i->ssid_len);
	json_hex(j, "ssid_hex", i->ssid, i->ssid_len);
}

void json_iface_members(struct json *j, const struct ctx *ctx, const struct iface *i)
{
	json_iface_head(j, ctx, i);
	if (i->has_4addr && i->use_4addr)
		json_bool(j, "4addr", true);
	if (i->has_radio_mask && i->radio_mask)
		json_uint(j, "radio_mask", i->radio_mask);
	json_chandef(j, &i->chan);
	if (i->has_tx_power)
		json_dbm(j, "tx_power_dbm", i->tx_power);
	if (i->n_links)
		json_links(j, i);
}

void json_wiphy_head(struct json *j, const struct wiphy *w, uint32_t index)
{
	if (w)
		json_name(j, "phy", "phy_hex", w->name);
	json_uint(j, "wiphy", index);
}

/* ---- all interfaces ---- */

void text_dev_list(const struct text *t, const struct ctx *ctx, const void *model)
{
	const struct dev_list *l = model;
	size_t n = 0;

	for (size_t k = 0; k < l->wiphys.n; k++) {
		const struct wiphy *w = &l->wiphys.v[k];

		text_wiphy_name(t, w, w->index);
		for (; n < l->ifaces.n && l->ifaces.v[n].wiphy == w->index; n++)
			text_iface(t, ctx, &l->ifaces.v[n]);
	}
}

static void brief_dev_list(const struct text *t, const struct ctx *ctx, const void *model)
{
	const struct dev_list *l = model;

	for (size_t n = 0; n < l->ifaces.n; n++) {
		const struct wiphy *w = wiphy_of_index(&l->wiphys, l->ifaces.v[n].wiphy);

		if (w)
			brief_iface(t, ctx, &l->ifaces.v[n], w);
	}
}

void json_dev_phys(struct json *j, const struct ctx *ctx, const char *key, const struct dev_list *l)
{
	size_t n = 0;

	json_open(j, key, '[');
	for (size_t k = 0; k < l->wiphys.n; k++) {
		const struct wiphy *w = &l->wiphys.v[k];

		json_open(j, NULL, '{');
		json_wiphy_head(j, w, w->index);
		json_open(j, "interfaces", '[');
		for (; n < l->ifaces.n && l->ifaces.v[n].wiphy == w->index; n++) {
			json_open(j, NULL, '{');
			json_iface_members(j, ctx, &l->ifaces.v[n]);
			json_close(j, '}');
		}
		json_close(j, ']');
		json_close(j, '}');
	}
	json_close(j, ']');
}

void json_dev_list(struct json *j, const struct ctx *ctx, const void *model)
{
	json_dev_phys(j, ctx, NULL, model);
}

static enum status run_dev(struct ctx *ctx)
{
	static const struct view view = { text_dev_list, json_dev_list };
	struct dev_list l = { 0 };
	enum status st = dispatch_open(ctx);

	if (st == ST_OK)
		st = query_dev_list(ctx, &l.ifaces, &l.wiphys);
	if (st == ST_OK)
		show(ctx, &view, &l);
	free(l.ifaces.v);
	free(l.wiphys.v);
	return st;
}

const struct cmd cmd_dev = {
	.name = "",
	.objects = ON_DEV,
	.all = true,
	.help = "Show every interface, with its links.",
	.run = run_dev,
	.brief = brief_dev_list,
};

/* ---- one interface ---- */

struct dev_info {
	struct iface iface;
	struct wiphy wiphy; /* empty if the kernel did not tell it */
};

static void text_dev_info(const struct text *t, const struct ctx *ctx, const void *model)
{
	const struct dev_info *d = model;

	text_wiphy_name(t, &d->wiphy, d->iface.wiphy);
	text_iface(t, ctx, &d->iface);
}

static void brief_dev_info(const struct text *t, const struct ctx *ctx, const void *model)
{
	const struct dev_info *d = model;

	brief_iface(t, ctx, &d->iface, &d->wiphy);
}

static void json_dev_info(struct json *j, const struct ctx *ctx, const void *model)
{
	const struct dev_info *d = model;

	json_open(j, NULL, '{');
	json_wiphy_head(j, &d->wiphy, d->iface.wiphy);
	json_iface_members(j, ctx, &d->iface);
	json_close(j, '}');
}

enum status show_iface(struct ctx *ctx, const struct iface *i)
{
	static const struct view view = { text_dev_info, json_dev_info };
	struct dev_info d = { .iface = *i };
	enum status st = query_wiphy(ctx, i->wiphy, &d.wiphy);
	char why[sizeof(ctx->error)];

	if (st != ST_OK && st != ST_REFUSED && st != ST_SYSTEM)
		return st;
	if (st != ST_OK)
		d.wiphy = (struct wiphy){ 0 };
	show(ctx, &view, &d);
	if (st == ST_OK)
		return ST_OK;
	snprintf(why, sizeof(why), "%s", ctx->error);
	return fail(ctx, ST_PARTIAL, "the name of the phy is not shown: %s", why);
}

static enum status run_info(struct ctx *ctx)
{
	struct iface i = { 0 };
	enum status st = open_iface(ctx, &i);

	return st == ST_OK ? show_iface(ctx, &i) : st;
}

const struct cmd cmd_dev_info = {
	.name = "info",
	.objects = ON_DEV | ON_WDEV,
	.help = "Show the interface, with its links.",
	.run = run_info,
	.brief = brief_dev_info,
};

const struct cmd cmd_dev_bare = {
	.name = "",
	.objects = ON_DEV | ON_WDEV,
	.help = "The same as info.",
	.run = run_info,
	.brief = brief_dev_info,
};
