/* SPDX-License-Identifier: ISC */
/*
 * dev DEV link show: the links of an interface, each with what the kernel scatters over its answers
 * about the interface, the table of BSSes, the station and the survey.
 *
 * The answers come one after the other, and a connection may end and another begin in between: the
 * interface is asked again at the end, and if it is another then, all of it is.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/timerfd.h>

#include "../iw-mlo.h"

#define TRIES	    6
#define SAMPLES_MAX 64 /* what a terminal of 80 columns has room for */

enum { SHOW_ID, SHOW_WATCH };

/* Is a link used at the moment? What is set up need not be. */
enum activity { UNKNOWN, ACTIVE, INACTIVE };

/* A link, or the one connection of what is no MLD. */
struct shown {
	uint8_t id; /* LINK_ID_NONE: it has none */
	bool has_addr, ghost, has_tx_power;
	uint8_t addr[ADDR_LEN];
	int32_t tx_power; /* mBm */
	const struct chandef *chan;
	enum activity activity;
	const char *activity_source; /* what told it; NULL: nothing did */
	const struct bss *bss;	     /* of the AP on this link; NULL: not in the table */
	const struct sta_info *info; /* of this very link; NULL: the kernel has none */
	const struct survey *survey; /* NULL: the driver has none */
};

struct link_show {
	struct iface iface;
	bool is_client; /* a type that connects: the rest have no state of this kind */
	bool connected;
	struct shown links[LINKS_MAX + 1];
	int n_links;
	const struct shown *one; /* NULL: all of them */
	struct bytes ssid;
	const uint8_t *ap_mld; /* NULL: not told */
	bool has_assoc_link;
	uint8_t assoc_link;

	struct bss_list bsses;
	struct station_list stations;
	struct survey_list surveys;
	struct wiphy_caps caps; /* see needs_caps() */
	bool has_active_links;	/* mac80211's own word, a bitmap */
	uint64_t active_links;

	/* the RFC's: link devices with a channel are part of a connection */
	struct iface_list ifaces;
	unsigned int
		on_air; /* stations with a channel: with more than one, whose device is whose? */

	const struct watch *watch; /* of a picture on a terminal; else NULL */
};

/* The signals of a link, as they were at each turn of the timer, the oldest first. */
struct history {
	bool used;
	uint8_t bssid[ADDR_LEN];
	int n;
	struct sample {
		enum sample_kind kind;
		int32_t mbm;
	} v[SAMPLES_MAX];
};

struct watch {
	int timer;
	bool ticked, utf8;
	unsigned int width; /* of the terminal at the moment */
	int64_t sampled_ms; /* when, for the last time; 0: never */
	struct screen screen;
	struct history of[LINKS_MAX + 1]; /* by link id; the last is of what has none */
};

static void free_link_show(struct link_show *s)
{
	free_bss_list(&s->bsses);
	free(s->stations.v);
	free(s->ifaces.v);
	memset(s, 0, sizeof(*s));
}

/* ---- joining ---- */

static bool is_linked_device(const struct iface *i)
{
	return i->type == RFC_IFTYPE_MLO_LINK_DEVICE && i->chan.has_freq;
}

/* What is connected, or beacons, but is no MLD has one link, which has no id. */
static bool has_plain_link(const struct link_show *s)
{
	return !s->iface.n_links && (s->is_client ? s->connected : s->iface.chan.has_freq);
}

static void list_links(struct link_show *s)
{
	const struct iface *i = &s->iface;

	for (int n = 0; n < i->n_links; n++) {
		const struct mlo_link *l = &i->links[n];

		s->links[s->n_links++] = (struct shown){ .id = l->id,
							 .has_addr = l->has_addr,
							 .ghost = link_is_ghost(l),
							 .has_tx_power = l->has_tx_power,
							 .tx_power = l->tx_power,
							 .chan = &l->chan };
		memcpy(s->links[n].addr, l->addr, ADDR_LEN);
	}
	if (!has_plain_link(s))
		return;
	s->links[s->n_links++] = (struct shown){ .id = LINK_ID_NONE,
						 .has_addr = i->has_addr,
						 .has_tx_power = i->has_tx_power,
						 .tx_power = i->tx_power,
						 .chan = &i->chan };
	memcpy(s->links[0].addr, i->addr, ADDR_LEN);
}

/* An entry without a link id is the BSS of a connection without links. */
static const struct bss *bss_of_link(const struct link_show *s, uint8_t id)
{
	for (size_t n = 0; n < s->bsses.n; n++) {
		const struct bss *b = &s->bsses.v[n];

		if (bss_is_ours(b) && (b->has_link_id ? b->link_id : LINK_ID_NONE) == id)
			return b;
	}
	return NULL;
}

static const struct survey *survey_of(const struct link_show *s, const struct chandef *c)
{
	for (int n = 0; n < s->surveys.n; n++)
		if (c->has_freq && s->surveys.v[n].has_freq && s->surveys.v[n].freq == c->freq)
			return &s->surveys.v[n];
	return NULL;
}

/* The AP, among whom there may be peers of TDLS. */
static const struct station *peer_of(const struct link_show *s)
{
	for (size_t n = 0; n < s->bsses.n; n++) {
		const struct bss *b = &s->bsses.v[n];

		if (bss_is_ours(b))
			return station_of_addr(&s->stations,
					       b->has_mld_addr ? b->mld_addr : b->bssid);
	}
	return NULL;
}

static const struct sta_info *info_of_link(const struct link_show *s, uint8_t id)
{
	const struct station *peer = peer_of(s);
	const struct station_link *l = peer ? station_link(peer, id) : NULL;

	if (peer && id == LINK_ID_NONE && peer->info.has)
		return &peer->info;
	return l && l->info.has ? &l->info : NULL;
}

static bool any_has_channel(const struct link_show *s)
{
	for (int n = 0; n < s->n_links; n++)
		if (s->links[n].chan->has_freq)
			return true;
	return false;
}

/* The kernel names the channel of a link that is used; where it names none at all, who knows. */
static void judge_activity(struct link_show *s)
{
	for (int n = 0; n < s->n_links && s->connected; n++) {
		struct shown *l = &s->links[n];

		if (s->has_active_links) {
			l->activity = s->active_links >> l->id & 1 ? ACTIVE : INACTIVE;
			l->activity_source = "debugfs";
		} else if (any_has_channel(s)) {
			l->activity = l->chan->has_freq ? ACTIVE : INACTIVE;
			l->activity_source = "channel";
		}
	}
}

static void join(struct link_show *s)
{
	const struct station *peer;

	list_links(s);
	peer = peer_of(s);
	for (int n = 0; n < s->n_links; n++) {
		struct shown *l = &s->links[n];

		l->bss = s->connected ? bss_of_link(s, l->id) : NULL;
		l->info = info_of_link(s, l->id);
		l->survey = survey_of(s, l->chan);
		if (l->bss && l->bss->has_mld_addr)
			s->ap_mld = l->bss->mld_addr;
		if (l->bss && !s->ssid.len)
			s->ssid = bss_ssid(l->bss);
	}
	if (s->connected && s->iface.has_ssid)
		s->ssid = (struct bytes){ s->iface.ssid, s->iface.ssid_len };
	if (!s->ap_mld && peer && peer->has_mld_addr)
		s->ap_mld = peer->mld_addr;
	if (peer && peer->has_assoc_link_id && s->iface.n_links) {
		s->has_assoc_link = true;
		s->assoc_link = peer->assoc_link_id;
	}
	judge_activity(s);
}

/* How many links this type of interface can use at the same time; 0: not told, or it has none. */
static unsigned int max_active(const struct link_show *s)
{
	for (int n = 0; n < s->caps.n_iftypes && s->iface.n_links; n++) {
		const struct iftype_caps *c = &s->caps.iftypes[n];

		if (c->iftype == s->iface.type && c->has_mld)
			return decode_mld_capabilities(c->mld, FRAME_ASSOC_REQUEST)
				.max_simultaneous_links;
	}
	return 0;
}

/* Of a phy with several radios, the one that the channel is on; -1: there is one, or none has it.
 */
static int radio_of(const struct link_show *s, const struct chandef *chan)
{
	for (int n = 0; n < s->caps.n_radios && chan->has_freq; n++) {
		const struct radio *r = &s->caps.radios[n];

		for (int i = 0; i < r->n_ranges && r->has_index; i++)
			if (chan->freq * 1000 >= r->ranges[i].start_khz &&
			    chan->freq * 1000 < r->ranges[i].end_khz)
				return (int)r->index;
	}
	return -1;
}

/* ---- asking ---- */

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

static bool any_is_ours(const struct bss_list *l)
{
	for (size_t n = 0; n < l->n; n++)
		if (bss_is_ours(&l->v[n]))
			return true;
	return false;
}

/*
 * What the phy can do costs as much to ask as all the rest: only where it tells something, why a
 * link is not used, or which of several radios one is on.
 */
static bool needs_caps(const struct iface *i)
{
	bool unused = false;

	for (int n = 0; n < i->n_links; n++)
		unused |= !i->links[n].chan.has_freq;
	return unused || (i->has_radio_mask && i->radio_mask);
}

/* An interface of this name in another network namespace is on another wiphy. */
static void read_active_links(struct link_show *s)
{
	const struct iface *i = &s->iface;
	char phy[NAME_LEN_MAX];
	uint64_t index;

	s->has_active_links = i->n_links && *i->name &&
			      sysfs_number(&index, "class/net/%s/phy80211/index", i->name) &&
			      index == i->wiphy &&
			      sysfs_read(phy, sizeof(phy), "class/net/%s/phy80211/name", i->name) &&
			      sysfs_active_links(&s->active_links, phy, i->name);
}

/* Statistics are asked of the driver, and some have none, or none of all stations at once. */
static enum status query_statistics(struct ctx *ctx, struct link_show *s)
{
	enum status st = query_stations(ctx, &s->stations);

	if (st == ST_OK || st == ST_REFUSED)
		st = query_surveys(ctx, &s->surveys);
	if (st == ST_OK && needs_caps(&s->iface))
		st = query_wiphy_links(ctx, s->iface.wiphy, &s->caps);
	read_active_links(s);
	return st;
}

static enum status query_client(struct ctx *ctx, struct link_show *s)
{
	enum status st = query_bss(ctx, &s->bsses);

	s->connected = s->iface.n_links || any_is_ours(&s->bsses);
	if (st == ST_OK && s->connected)
		st = query_statistics(ctx, s);
	if (st == ST_OK && ctx->dialect != DIALECT_LINKS)
		st = query_link_devices(ctx, s);
	return st;
}

/*
 * Of one connection: a link keeps its own address for as long as it is there, and most drivers make
 * it up anew for each connection. The channel may come and go with the link's use.
 */
static bool same_connection(const struct iface *a, const struct iface *b)
{
	if (a->n_links != b->n_links || a->chan.has_freq != b->chan.has_freq)
		return false;
	for (int n = 0; n < a->n_links; n++)
		if (a->links[n].id != b->links[n].id ||
		    memcmp(a->links[n].addr, b->links[n].addr, ADDR_LEN) != 0)
			return false;
	return true;
}

/*
 * The links that the BSS table has as ours are those of the interface, if all is of one time: what
 * a client is connected to does not expire.
 */
static bool is_consistent(const struct link_show *s)
{
	for (int n = 0; n < s->iface.n_links; n++)
		if (!bss_of_link(s, s->iface.links[n].id))
			return false;
	return bsses_agree(&s->bsses, &s->iface);
}

static enum status query_once(struct ctx *ctx, struct link_show *s, bool *settled)
{
	struct iface after = { 0 };
	enum status st = query_iface(ctx, &s->iface);

	s->is_client = iface_is_client(&s->iface);
	*settled = true;
	if (st != ST_OK || !s->is_client)
		return st;
	st = query_client(ctx, s);
	if (st == ST_OK && s->connected) {
		st = query_iface(ctx, &after);
		*settled = same_connection(&s->iface, &after) && is_consistent(s);
		s->iface = after; /* whose channels are the latest */
	}
	return st;
}

static enum status query_link_show(struct ctx *ctx, struct link_show *s)
{
	bool settled = false;
	enum status st = ST_OK;

	for (int left = TRIES; left && st == ST_OK && !settled; left--) {
		free_link_show(s);
		st = query_once(ctx, s, &settled);
	}
	ctx->unsettled |= !settled;
	if (st == ST_OK)
		join(s);
	return st;
}

/* ---- text ---- */

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

static const char *activity_word(enum activity a)
{
	return a == ACTIVE ? "active" : a == INACTIVE ? "inactive" : "activity unknown";
}

static void text_signal(const struct text *t, const struct shown *l)
{
	char dbm[DBM_TEXT];

	if (l->info && sta_has(l->info, NL80211_STA_INFO_SIGNAL)) {
		fprintf(t->f, "  signal %d dBm", l->info->signal);
		return;
	}
	if (!l->bss || !l->bss->has_signal)
		return;
	fprintf(t->f, "  signal %s dBm (beacon", fmt_dbm(dbm, l->bss->signal));
	if (l->bss->has_seen)
		fprintf(t->f, ", %u ms ago", l->bss->seen_ms);
	putc(')', t->f);
}

static void text_rate(const struct text *t, const char *what, bool has, const struct rate *r)
{
	char mbps[MBPS_TEXT];

	if (has && r->has_kbps)
		fprintf(t->f, "  %s %s Mb/s", what, fmt_mbps(mbps, r->kbps));
}

static void text_traffic(const struct text *t, const struct sta_info *s)
{
	text_rate(t, "tx", sta_has(s, NL80211_STA_INFO_TX_BITRATE), &s->tx_rate);
	text_rate(t, "rx", sta_has(s, NL80211_STA_INFO_RX_BITRATE), &s->rx_rate);
	if (sta_has(s, NL80211_STA_INFO_TX_PACKETS))
		fprintf(t->f, "  sent %u", s->tx_packets);
	if (sta_has(s, NL80211_STA_INFO_TX_RETRIES) && s->tx_retries)
		fprintf(t->f, " (%u retries)", s->tx_retries);
	if (sta_has(s, NL80211_STA_INFO_RX_PACKETS))
		fprintf(t->f, "  received %u", s->rx_packets);
}

static void text_survey(const struct text *t, const struct survey *v)
{
	if (v->has_noise)
		fprintf(t->f, "  noise %d dBm", v->noise);
	if (v->has_busy && v->has_time && v->time_ms && v->busy_ms <= v->time_ms)
		fprintf(t->f, "  busy %u%%", (unsigned int)(100 * v->busy_ms / v->time_ms));
}

static int history_of(const struct shown *l)
{
	return l->id == LINK_ID_NONE ? LINKS_MAX : l->id;
}

/* As many of the last as there is room for, if there was a signal at all. */
static void text_history(const struct text *t, const struct watch *w, const struct shown *l)
{
	const struct history *h = &w->of[history_of(l)];
	int room = (int)w->width - 2 * 8, first;
	bool any = false;

	first = room > 0 && h->n > room ? h->n - room : 0;
	for (int n = first; n < h->n; n++)
		any |= h->v[n].kind != SAMPLE_NONE;
	if (!any || room <= 0)
		return;
	fputs("\t\t", t->f);
	for (int n = first; n < h->n; n++)
		fputs(signal_picture(h->v[n].kind, h->v[n].mbm, w->utf8), t->f);
	putc('\n', t->f);
}

static void text_reception(const struct text *t, const struct link_show *s, const struct shown *l)
{
	char mac[MAC_TEXT];

	fputs("\t\t", t->f);
	paint(t, l->activity == ACTIVE ? COLOUR_NAME : COLOUR_WARN);
	fputs(activity_word(l->activity), t->f);
	paint(t, COLOUR_OFF);
	if (l->bss && l->bss->has_bssid)
		fprintf(t->f, "  bssid %s", fmt_mac(mac, l->bss->bssid));
	text_signal(t, l);
	if (l->info)
		text_traffic(t, l->info);
	if (l->survey)
		text_survey(t, l->survey);
	if (radio_of(s, l->chan) >= 0)
		fprintf(t->f, "  radio %d", radio_of(s, l->chan));
	putc('\n', t->f);
	if (s->watch)
		text_history(t, s->watch, l);
}

static void text_shown(const struct text *t, const struct link_show *s, const struct shown *l,
		       const char *indent)
{
	struct mlo_link as = { .id = l->id,
			       .has_addr = l->has_addr,
			       .has_tx_power = l->has_tx_power,
			       .tx_power = l->tx_power,
			       .chan = *l->chan };

	memcpy(as.addr, l->addr, ADDR_LEN);
	text_link(t, indent, &as);
	if (s->connected)
		text_reception(t, s, l);
}

static void text_plain(const struct text *t, const struct ctx *ctx, const struct link_show *s)
{
	fputs(ctx->dialect == DIALECT_RFC ? "\tstation" : "\tnot an MLD", t->f);
	text_chandef(t, &s->iface.chan);
	putc('\n', t->f);
	if (s->connected)
		text_reception(t, s, &s->links[0]);
}

static void text_connection(const struct text *t, const struct link_show *s)
{
	char mac[MAC_TEXT], text[ESCAPED_SIZE(SSID_LEN_MAX)];

	if (s->ssid.len)
		fprintf(t->f, "  ssid \"%s\"", escape(text, sizeof(text), s->ssid.p, s->ssid.len));
	if (s->ap_mld)
		fprintf(t->f, "  ap-mld %s", fmt_mac(mac, s->ap_mld));
	if (s->has_assoc_link)
		fprintf(t->f, "  association link %u", s->assoc_link);
	if (max_active(s))
		fprintf(t->f, "  at most %u active", max_active(s));
}

static void text_link_show(const struct text *t, const struct ctx *ctx, const void *model)
{
	const struct link_show *s = model;
	char mac[MAC_TEXT], type[IFTYPE_TEXT];

	if (s->one) {
		text_shown(t, s, s->one, "");
		return;
	}
	text_iface_name(t, &s->iface);
	fprintf(t->f, "  type %s", iftype_name(type, s->iface.type, ctx->dialect));
	fprintf(t->f, "  addr %s", s->iface.has_addr ? fmt_mac(mac, s->iface.addr) : "-");
	if (s->is_client)
		fputs(s->connected ? "  connected" : "  disconnected", t->f);
	else if (!s->iface.n_links)
		fputs("  no links", t->f);
	text_connection(t, s);
	putc('\n', t->f);
	for (int n = 0; n < s->iface.n_links; n++)
		text_shown(t, s, &s->links[n], "\t");
	if (has_plain_link(s))
		text_plain(t, ctx, s);
	if (s->connected)
		text_link_devices(t, s);
}

/* ---- brief ---- */

static void brief_signal(const struct text *t, const struct shown *l)
{
	char dbm[DBM_TEXT];

	if (l->info && sta_has(l->info, NL80211_STA_INFO_SIGNAL))
		fprintf(t->f, "\t%d dBm", l->info->signal);
	else if (l->bss && l->bss->has_signal)
		fprintf(t->f, "\t%s dBm", fmt_dbm(dbm, l->bss->signal));
	else
		fputs("\t-", t->f);
}

/* Id, state, channel, address, BSSID, and the signal: of what is connected the last two. */
static void brief_shown(const struct text *t, const struct link_show *s, const struct shown *l)
{
	static const char *const states[] = {
		[UNKNOWN] = "-", [ACTIVE] = "active", [INACTIVE] = "inactive"
	};
	char mac[MAC_TEXT];

	if (l->id == LINK_ID_NONE)
		putc('-', t->f);
	else
		fprintf(t->f, "%u", l->id);
	fprintf(t->f, "\t%s\t", l->ghost ? "ghost" : states[l->activity]);
	brief_chandef(t, l->chan);
	fprintf(t->f, "\t%s", l->has_addr ? fmt_mac(mac, l->addr) : "-");
	if (s->connected) {
		fprintf(t->f, "\t%s",
			l->bss && l->bss->has_bssid ? fmt_mac(mac, l->bss->bssid) : "-");
		brief_signal(t, l);
	}
	putc('\n', t->f);
}

static void brief_link_show(const struct text *t, const struct ctx *ctx, const void *model)
{
	const struct link_show *s = model;

	(void)ctx;
	if (s->one)
		brief_shown(t, s, s->one);
	for (int n = 0; n < s->n_links && !s->one; n++)
		brief_shown(t, s, &s->links[n]);
}

/* ---- JSON ---- */

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

static void json_survey(struct json *j, const struct survey *v)
{
	if (v->has_noise)
		json_int(j, "noise_dbm", v->noise);
	if (v->has_time)
		json_uint(j, "channel_time_ms", v->time_ms);
	if (v->has_busy)
		json_uint(j, "channel_busy_ms", v->busy_ms);
}

static void json_reception(struct json *j, const struct link_show *s, const struct shown *l)
{
	if (l->bss && l->bss->has_bssid)
		json_mac(j, "bssid", l->bss->bssid);
	if (l->activity != UNKNOWN) {
		json_bool(j, "active", l->activity == ACTIVE);
		json_text(j, "active_source", l->activity_source);
	}
	json_station_info(j, l->info, l->bss);
	if (l->survey)
		json_survey(j, l->survey);
	if (radio_of(s, l->chan) >= 0)
		json_uint(j, "radio", (uint64_t)radio_of(s, l->chan));
}

static void json_shown(struct json *j, const struct link_show *s, const struct shown *l)
{
	json_open(j, NULL, '{');
	if (l->id != LINK_ID_NONE)
		json_uint(j, "link_id", l->id);
	if (l->has_addr)
		json_mac(j, "addr", l->addr);
	if (l->ghost)
		json_bool(j, "ghost", true);
	json_chandef(j, l->chan);
	if (l->has_tx_power)
		json_dbm(j, "tx_power_dbm", l->tx_power);
	if (s->connected)
		json_reception(j, s, l);
	json_close(j, '}');
}

static void json_connection(struct json *j, const struct link_show *s)
{
	if (s->ap_mld)
		json_mac(j, "ap_mld_addr", s->ap_mld);
	if (s->ssid.len && !s->iface.has_ssid) {
		json_bytes(j, "ssid", s->ssid.p, s->ssid.len);
		json_hex(j, "ssid_hex", s->ssid.p, s->ssid.len);
	}
	if (s->has_assoc_link)
		json_uint(j, "assoc_link_id", s->assoc_link);
	if (max_active(s))
		json_uint(j, "max_active_links", max_active(s));
}

static void json_link_show(struct json *j, const struct ctx *ctx, const void *model)
{
	const struct link_show *s = model;

	if (s->one) {
		json_shown(j, s, s->one);
		return;
	}
	json_open(j, NULL, '{');
	json_iface_head(j, ctx, &s->iface);
	if (s->is_client)
		json_text(j, "state", s->connected ? "connected" : "disconnected");
	json_connection(j, s);
	json_open(j, "links", '[');
	for (int n = 0; n < s->n_links; n++)
		json_shown(j, s, &s->links[n]);
	json_close(j, ']');
	if (ctx->dialect == DIALECT_RFC && s->is_client)
		json_link_devices(j, s);
	json_close(j, '}');
}

static const struct view view = { text_link_show, json_link_show };

/* ---- once, or again and again ---- */

static enum status choose_one(struct ctx *ctx, struct link_show *s)
{
	for (int n = 0; n < s->n_links; n++)
		if (s->links[n].id == ctx->args.link_id)
			s->one = &s->links[n];
	return s->one ? ST_OK : no_such_link(ctx, &s->iface, ctx->args.link_id);
}

static enum status query_shown(struct ctx *ctx, struct link_show *s)
{
	enum status st = query_link_show(ctx, s);

	return st == ST_OK && is_given(&ctx->args, SHOW_ID) ? choose_one(ctx, s) : st;
}

static enum status show_once(struct ctx *ctx)
{
	struct link_show s = { 0 };
	enum status st = query_shown(ctx, &s);

	if (st == ST_OK)
		show(ctx, &view, &s);
	free_link_show(&s);
	return st;
}

/* ---- a picture on a terminal ---- */

/* What is no newer than the last look has been told before: it is no second measurement. */
static struct sample sample_of(const struct shown *l, int64_t since_ms)
{
	if (l->info && sta_has(l->info, NL80211_STA_INFO_SIGNAL))
		return (struct sample){ SAMPLE_NEW, l->info->signal * 100 };
	if (!l->bss || !l->bss->has_signal)
		return (struct sample){ SAMPLE_NONE, 0 };
	if (l->bss->has_seen && l->bss->seen_ms > since_ms)
		return (struct sample){ SAMPLE_OLD, 0 };
	return (struct sample){ SAMPLE_NEW, l->bss->signal };
}

static void add_sample(struct history *h, const struct shown *l, int64_t since_ms)
{
	static const uint8_t unknown[ADDR_LEN];
	const uint8_t *bssid = l->bss && l->bss->has_bssid ? l->bss->bssid : unknown;

	if (!h->used || memcmp(h->bssid, bssid, ADDR_LEN) != 0) /* of another AP */
		*h = (struct history){ .used = true };
	memcpy(h->bssid, bssid, ADDR_LEN);
	if (h->n == SAMPLES_MAX)
		memmove(h->v, h->v + 1, sizeof(h->v[0]) * (size_t)--h->n);
	h->v[h->n++] = sample_of(l, since_ms);
}

/* A link that is gone takes its history along. */
static void add_samples(struct watch *w, const struct ctx *ctx, const struct link_show *s)
{
	int64_t now = now_ms(), since = w->sampled_ms ? now - w->sampled_ms : ctx->args.ms;
	bool there[LINKS_MAX + 1] = { false };

	for (int n = 0; n < s->n_links && s->connected; n++) {
		const struct shown *l = &s->links[n];

		add_sample(&w->of[history_of(l)], l, since);
		there[history_of(l)] = true;
	}
	for (int n = 0; n <= LINKS_MAX; n++)
		w->of[n].used &= there[n];
	w->sampled_ms = now;
}

/* Something may happen at any time: only what the timer calls for is a step of the history. */
static enum status draw(struct ctx *ctx, struct watch *w)
{
	struct link_show s = { 0 };
	char *frame = NULL;
	size_t len = 0;
	enum status st = query_shown(ctx, &s);
	struct text t = { .f = open_memstream(&frame, &len), .colour = ctx->colour };

	if (st == ST_OK && !t.f)
		st = fail(ctx, ST_SYSTEM, "out of memory");
	w->width = terminal_width(STDOUT_FILENO, NULL);
	if (st == ST_OK && (w->ticked || !w->sampled_ms))
		add_samples(w, ctx, &s);
	s.watch = w;
	if (st == ST_OK)
		text_link_show(&t, ctx, &s);
	if (t.f && fclose(t.f) == 0 && st == ST_OK)
		screen_draw(&w->screen, frame, len);
	w->ticked = false;
	free(frame);
	free_link_show(&s);
	return st;
}

/* ---- again and again ---- */

static bool on_tick(void *arg)
{
	struct watch *w = arg;
	uint64_t ticks;

	w->ticked |= read(w->timer, &ticks, sizeof(ticks)) == sizeof(ticks);
	return w->ticked;
}

static int open_timer(uint32_t ms)
{
	struct timespec every = { ms / 1000, ms % 1000 * 1000000L };
	struct itimerspec t = { every, every };
	int fd = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);

	if (fd >= 0)
		timerfd_settime(fd, 0, &t, NULL);
	return fd;
}

/* Whatever it is, look again, unless it says that it is about another interface. */
static bool on_event(void *arg, uint8_t cmd, const struct attrs *a)
{
	const struct ctx *ctx = arg;
	struct event e;

	return ctx->target.object != OBJECT_DEV || !decode_event(cmd, a, ctx->dialect, &e) ||
	       !e.has_ifindex || e.ifindex == ctx->target.ifindex;
}

static enum status watch_begin(struct ctx *ctx, struct watch *w)
{
	enum status st = listen_open(ctx, 1u << GROUP_MLME);

	if (st == ST_OK)
		st = listen_signals(ctx);
	w->timer = open_timer(ctx->args.ms);
	if (st == ST_OK && w->timer < 0)
		st = fail(ctx, ST_SYSTEM, "cannot make a timer: %s", strerror(errno));
	return st == ST_OK ? listen_also(ctx, w->timer, on_tick, w) : st;
}

/* One picture in the place of the other on a terminal, one view below the other elsewhere. */
static enum status watch(struct ctx *ctx)
{
	bool picture = ctx->width && terminal_can_move() && !ctx->opt.brief, shown = false;
	struct watch w = { .utf8 = picture && locale_is_utf8() };
	enum status st = watch_begin(ctx, &w);

	while (st == ST_OK && !ctx->interrupted) {
		st = picture ? draw(ctx, &w) : show_once(ctx);
		if (fflush(stdout) != 0 || st != ST_OK)
			break;
		shown = true;
		st = listen_until(ctx, ctx->deadline_ms, on_event, ctx);
	}
	return st == ST_UNMET && shown ? ST_OK : st;
}

static enum status run_link_show(struct ctx *ctx)
{
	enum status st = dispatch_open(ctx);

	if (st == ST_OK)
		st = find_target(ctx);
	if (st != ST_OK)
		return st;
	return is_given(&ctx->args, SHOW_WATCH) && !ctx->opt.dry_run ? watch(ctx) : show_once(ctx);
}

static const struct param show_params[] = {
	[SHOW_ID] = { .kind = PARAM_LINK_ID, .name = "ID", .optional = true },
	[SHOW_WATCH] = { .kind = PARAM_SECONDS,
			 .name = "SECONDS",
			 .keyword = "--watch",
			 .optional = true },
	{ 0 },
};

const struct cmd cmd_link_show = {
	.name = "link show",
	.objects = ON_DEV | ON_WDEV,
	.params = show_params,
	.help = "Show the interface's links, or one of them, with all that is known of each.",
	.run = run_link_show,
	.brief = brief_link_show,
};

const struct cmd cmd_link = {
	.name = "link",
	.objects = ON_DEV | ON_WDEV,
	.help = "The same as link show.",
	.run = run_link_show,
	.brief = brief_link_show,
};
