/* SPDX-License-Identifier: ISC */
/* dev DEV station: the clients of an AP, or the AP of a client, each with its links. */
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "../iw-mlo.h"

struct stations {
	struct iface iface;
	struct station_list list;
	const struct station *one; /* NULL: all of them */
	struct bss_list bsses;	   /* of a client: where the signals are, if nowhere else */
};

/* What is known of one link of a station; NULL: nothing, but not of both link and bss. */
struct link_view {
	const struct station_link *link;
	const struct mlo_link *own; /* the interface's own end */
	const struct bss *bss;
	uint8_t id;
};

static const struct bss *bss_of_link(const struct stations *s, const struct station *sta,
				     uint8_t id)
{
	for (size_t n = 0; n < s->bsses.n; n++) {
		const struct bss *b = &s->bsses.v[n];

		if (bss_is_ours(b) && b->has_link_id && b->link_id == id && b->has_mld_addr &&
		    !memcmp(b->mld_addr, sta->addr, ADDR_LEN))
			return b;
	}
	return NULL;
}

/* Of what is connected to us without being an MLD. */
static const struct bss *bss_of_station(const struct stations *s, const struct station *sta)
{
	for (size_t n = 0; n < s->bsses.n; n++) {
		const struct bss *b = &s->bsses.v[n];

		if (bss_is_ours(b) && !b->has_link_id && b->has_bssid &&
		    !memcmp(b->bssid, sta->addr, ADDR_LEN))
			return b;
	}
	return NULL;
}

/* false: it has no such link, as far as the kernel tells. */
static bool view_link(const struct stations *s, const struct station *sta, uint8_t id,
		      struct link_view *v)
{
	*v = (struct link_view){
		.link = station_link(sta, id),
		.own = iface_link(&s->iface, id),
		.bss = bss_of_link(s, sta, id),
		.id = id,
	};
	return v->link || v->bss;
}

/* The station's; NULL: not told. */
static const uint8_t *addr_of_link(const struct link_view *v)
{
	if (v->link && v->link->has_addr)
		return v->link->addr;
	return v->bss && v->bss->has_bssid ? v->bss->bssid : NULL;
}

static bool has_links(const struct stations *s, const struct station *sta)
{
	struct link_view v;

	for (uint8_t id = 0; id < LINKS_MAX; id++)
		if (view_link(s, sta, id, &v))
			return true;
	return false;
}

static bool is_mld(const struct stations *s, const struct station *sta, bool *known)
{
	bool peer = iface_is_client(&s->iface) && has_links(s, sta);

	*known = sta->has_assoc_link_id || sta->has_mld_addr || peer;
	return sta->has_mld_addr || peer;
}

/* ---- JSON ---- */

static void json_rate(struct json *j, const char *key, const struct rate *r)
{
	if (!r->generation && !r->has_nss && !r->has_width && !r->ru)
		return;
	json_open(j, key, '{');
	if (r->generation) {
		json_text(j, "generation", r->generation);
		json_uint(j, "mcs", r->mcs);
	}
	if (r->has_nss)
		json_uint(j, "nss", r->nss);
	if (r->has_width)
		json_uint(j, "width_mhz", r->width);
	if (r->has_gi)
		json_uint(j, "gi_ns", r->gi_ns);
	if (r->has_dcm)
		json_bool(j, "dcm", r->dcm);
	if (r->ru)
		json_text(j, "ru", r->ru);
	json_close(j, '}');
}

static void json_rates_of(struct json *j, const struct sta_info *s)
{
	if (sta_has(s, NL80211_STA_INFO_TX_BITRATE)) {
		if (s->tx_rate.has_kbps)
			json_mbps(j, "tx_bitrate_mbps", s->tx_rate.kbps);
		json_rate(j, "tx_rate", &s->tx_rate);
	}
	if (sta_has(s, NL80211_STA_INFO_RX_BITRATE)) {
		if (s->rx_rate.has_kbps)
			json_mbps(j, "rx_bitrate_mbps", s->rx_rate.kbps);
		json_rate(j, "rx_rate", &s->rx_rate);
	}
	if (sta_has(s, NL80211_STA_INFO_EXPECTED_THROUGHPUT))
		json_uint(j, "expected_throughput_kbps", s->expected_kbps);
}

static bool wraps(const struct sta_info *s, enum nl80211_sta_info low, enum nl80211_sta_info all)
{
	return sta_has(s, low) && !sta_has(s, all);
}

static void json_counters(struct json *j, const struct sta_info *s)
{
	bool tx_wraps = wraps(s, NL80211_STA_INFO_TX_BYTES, NL80211_STA_INFO_TX_BYTES64);
	bool rx_wraps = wraps(s, NL80211_STA_INFO_RX_BYTES, NL80211_STA_INFO_RX_BYTES64);

	if (tx_wraps || sta_has(s, NL80211_STA_INFO_TX_BYTES64))
		json_uint(j, "tx_bytes", s->tx_bytes);
	if (tx_wraps)
		json_bool(j, "tx_bytes_wrap", true);
	if (sta_has(s, NL80211_STA_INFO_TX_PACKETS))
		json_uint(j, "tx_packets", s->tx_packets);
	if (sta_has(s, NL80211_STA_INFO_TX_RETRIES))
		json_uint(j, "tx_retries", s->tx_retries);
	if (sta_has(s, NL80211_STA_INFO_TX_FAILED))
		json_uint(j, "tx_failed", s->tx_failed);
	if (rx_wraps || sta_has(s, NL80211_STA_INFO_RX_BYTES64))
		json_uint(j, "rx_bytes", s->rx_bytes);
	if (rx_wraps)
		json_bool(j, "rx_bytes_wrap", true);
	if (sta_has(s, NL80211_STA_INFO_RX_PACKETS))
		json_uint(j, "rx_packets", s->rx_packets);
	if (sta_has(s, NL80211_STA_INFO_RX_DROP_MISC))
		json_uint(j, "rx_dropped", s->rx_dropped);
	if (sta_has(s, NL80211_STA_INFO_RX_MPDUS))
		json_uint(j, "rx_mpdus", s->rx_mpdus);
	if (sta_has(s, NL80211_STA_INFO_FCS_ERROR_COUNT))
		json_uint(j, "fcs_errors", s->fcs_errors);
}

static void json_chains(struct json *j, const char *key, const int8_t *signal, uint8_t n)
{
	json_open(j, key, '[');
	for (int i = 0; i < n; i++)
		json_int(j, NULL, signal[i]);
	json_close(j, ']');
}

/* But for the signal itself, of which there is more than one source. */
static void json_signals(struct json *j, const struct sta_info *s)
{
	if (sta_has(s, NL80211_STA_INFO_SIGNAL_AVG))
		json_int(j, "signal_avg_dbm", s->signal_avg);
	if (sta_has(s, NL80211_STA_INFO_CHAIN_SIGNAL))
		json_chains(j, "chain_signal_dbm", s->chain_signal, s->n_chains);
	if (sta_has(s, NL80211_STA_INFO_CHAIN_SIGNAL_AVG))
		json_chains(j, "chain_signal_avg_dbm", s->chain_signal_avg, s->n_chains_avg);
	if (sta_has(s, NL80211_STA_INFO_ACK_SIGNAL))
		json_int(j, "ack_signal_dbm", s->ack_signal);
	if (sta_has(s, NL80211_STA_INFO_ACK_SIGNAL_AVG))
		json_int(j, "ack_signal_avg_dbm", s->ack_signal_avg);
	if (sta_has(s, NL80211_STA_INFO_BEACON_RX))
		json_uint(j, "beacon_rx", s->beacon_rx);
	if (sta_has(s, NL80211_STA_INFO_BEACON_LOSS))
		json_uint(j, "beacon_loss", s->beacon_loss);
	if (sta_has(s, NL80211_STA_INFO_BEACON_SIGNAL_AVG))
		json_int(j, "beacon_signal_avg_dbm", s->beacon_signal_avg);
}

static void json_times(struct json *j, const struct sta_info *s)
{
	if (sta_has(s, NL80211_STA_INFO_INACTIVE_TIME))
		json_uint(j, "inactive_ms", s->inactive_ms);
	if (sta_has(s, NL80211_STA_INFO_CONNECTED_TIME))
		json_uint(j, "connected_s", s->connected_s);
	if (sta_has(s, NL80211_STA_INFO_ASSOC_AT_BOOTTIME))
		json_uint(j, "assoc_at_boottime_ns", s->assoc_at_ns);
	if (sta_has(s, NL80211_STA_INFO_TX_DURATION))
		json_uint(j, "tx_airtime_us", s->tx_us);
	if (sta_has(s, NL80211_STA_INFO_RX_DURATION))
		json_uint(j, "rx_airtime_us", s->rx_us);
	if (sta_has(s, NL80211_STA_INFO_AIRTIME_WEIGHT))
		json_uint(j, "airtime_weight", s->airtime_weight);
	if (s->dtim_period)
		json_uint(j, "dtim_period", s->dtim_period);
	if (s->beacon_interval_tu)
		json_uint(j, "beacon_interval_tu", s->beacon_interval_tu);
}

static void json_malformed(struct json *j, const struct sta_info *s)
{
	if (!s->malformed && !s->torn)
		return;
	json_open(j, "malformed", '[');
	for (unsigned int n = 0; n < 64; n++)
		if (s->malformed >> n & 1)
			json_text(j, NULL, sta_info_word(n));
	if (s->torn)
		json_text(j, NULL, "attributes");
	json_close(j, ']');
}

/* s: NULL if the kernel tells no statistics; bss: NULL if there is none. */
static void json_signal(struct json *j, const struct sta_info *s, const struct bss *bss)
{
	bool own = s && sta_has(s, NL80211_STA_INFO_SIGNAL);

	if (own)
		json_int(j, "signal_dbm", s->signal);
	else if (bss && bss->has_signal)
		json_dbm(j, "signal_dbm", bss->signal);
	else
		return;
	json_text(j, "signal_source", own ? "station" : "bss");
	if (!own && bss->has_seen)
		json_uint(j, "seen_ms", bss->seen_ms);
}

void json_station_info(struct json *j, const struct sta_info *s, const struct bss *bss)
{
	json_signal(j, s, bss);
	if (!s)
		return;
	json_signals(j, s);
	json_rates_of(j, s);
	json_counters(j, s);
	json_times(j, s);
	json_malformed(j, s);
}

static void json_station_link(struct json *j, const struct link_view *v)
{
	const uint8_t *addr = addr_of_link(v);

	json_open(j, NULL, '{');
	json_uint(j, "link_id", v->id);
	if (addr)
		json_mac(j, "addr", addr);
	if (v->own)
		json_chandef(j, &v->own->chan);
	json_station_info(j, v->link ? &v->link->info : NULL, v->bss);
	json_close(j, '}');
}

static void json_flags(struct json *j, const struct sta_info *s)
{
	for (unsigned int n = 0; n < 32 && sta_has(s, NL80211_STA_INFO_STA_FLAGS); n++)
		if (s->flags_known >> n & 1 && sta_flag_word(n))
			json_bool(j, sta_flag_word(n), s->flags >> n & 1);
}

static void json_station_links(struct json *j, const struct stations *s, const struct station *sta)
{
	struct link_view v;

	if (!has_links(s, sta))
		return;
	json_bool(j, "link_statistics", sta->n_links);
	json_open(j, "links", '[');
	for (uint8_t id = 0; id < LINKS_MAX; id++)
		if (view_link(s, sta, id, &v))
			json_station_link(j, &v);
	json_close(j, ']');
}

static void json_station(struct json *j, const struct stations *s, const struct station *sta)
{
	bool known, mld = is_mld(s, sta, &known);

	json_open(j, NULL, '{');
	json_mac(j, "addr", sta->addr);
	if (known)
		json_bool(j, "mld", mld);
	if (sta->has_mld_addr)
		json_mac(j, "mld_addr", sta->mld_addr);
	if (sta->has_assoc_link_id)
		json_uint(j, "assoc_link_id", sta->assoc_link_id);
	json_flags(j, &sta->info);
	json_station_info(j, &sta->info, bss_of_station(s, sta));
	if (sta->torn)
		json_bool(j, "torn", true);
	json_station_links(j, s, sta);
	json_close(j, '}');
}

static void json_stations(struct json *j, const struct ctx *ctx, const void *model)
{
	const struct stations *s = model;

	(void)ctx;
	if (s->one) {
		json_station(j, s, s->one);
		return;
	}
	json_open(j, NULL, '[');
	for (size_t n = 0; n < s->list.n; n++)
		json_station(j, s, &s->list.v[n]);
	json_close(j, ']');
}

/* ---- text: at most 80 columns ---- */

/* Up to five columns: 99999, 1.23M. Cut, not rounded. */
#define COUNT_TEXT 8
static const char *fmt_count(char buf[COUNT_TEXT], uint64_t v)
{
	const char *unit = "kMGTPE";
	uint64_t one = 1000;

	if (v < 100000) {
		snprintf(buf, COUNT_TEXT, "%u", (unsigned int)v);
		return buf;
	}
	for (; v / one >= 1000; unit++)
		one *= 1000;
	if (v / one >= 100)
		snprintf(buf, COUNT_TEXT, "%u%c", (unsigned int)(v / one), *unit);
	else if (v / one >= 10)
		snprintf(buf, COUNT_TEXT, "%u.%u%c", (unsigned int)(v / one),
			 (unsigned int)(v / (one / 10) % 10), *unit);
	else
		snprintf(buf, COUNT_TEXT, "%u.%02u%c", (unsigned int)(v / one),
			 (unsigned int)(v / (one / 100) % 100), *unit);
	return buf;
}

static void text_count(const struct text *t, int width, bool has, uint64_t v)
{
	char buf[COUNT_TEXT];

	fprintf(t->f, "%*s", width, has ? fmt_count(buf, v) : "-");
}

/* "EHT160 13x2": MCS and streams. */
static void text_rate(const struct text *t, bool has, const struct rate *r)
{
	char mode[40] = "", mbps[MBPS_TEXT], width[24] = "";

	if (has && r->has_width)
		snprintf(width, sizeof(width), "%u", r->width);
	else if (has && r->ru)
		snprintf(width, sizeof(width), " RU %s", r->ru);
	if (has && r->generation && r->has_nss)
		snprintf(mode, sizeof(mode), "%s%s %ux%u", r->generation, width, r->mcs, r->nss);
	else if (has && r->generation)
		snprintf(mode, sizeof(mode), "%s%s %u", r->generation, width, r->mcs);
	fprintf(t->f, "%8s  %-11s", has && r->has_kbps ? fmt_mbps(mbps, r->kbps) : "-", mode);
}

static void text_dbm(const struct text *t, bool has, int8_t dbm)
{
	if (has)
		fprintf(t->f, "%5d\n", dbm);
	else
		fputs("    -\n", t->f);
}

static void text_columns(const struct text *t)
{
	fprintf(t->f, "%32s  %-11s%6s%8s%8s%7s%5s\n", "Mbit/s", "mode", "bytes", "packets",
		"retries", "failed", "dBm");
}

static void text_rows(const struct text *t, const char *label, const struct sta_info *s)
{
	fprintf(t->f, "%-21s tx", label);
	text_rate(t, sta_has(s, NL80211_STA_INFO_TX_BITRATE), &s->tx_rate);
	text_count(t, 6,
		   s->has & (1ull << NL80211_STA_INFO_TX_BYTES |
			     1ull << NL80211_STA_INFO_TX_BYTES64),
		   s->tx_bytes);
	text_count(t, 8, sta_has(s, NL80211_STA_INFO_TX_PACKETS), s->tx_packets);
	text_count(t, 8, sta_has(s, NL80211_STA_INFO_TX_RETRIES), s->tx_retries);
	text_count(t, 7, sta_has(s, NL80211_STA_INFO_TX_FAILED), s->tx_failed);
	text_dbm(t, sta_has(s, NL80211_STA_INFO_ACK_SIGNAL), s->ack_signal);
	fprintf(t->f, "%21s rx", "");
	text_rate(t, sta_has(s, NL80211_STA_INFO_RX_BITRATE), &s->rx_rate);
	text_count(t, 6,
		   s->has & (1ull << NL80211_STA_INFO_RX_BYTES |
			     1ull << NL80211_STA_INFO_RX_BYTES64),
		   s->rx_bytes);
	text_count(t, 8, sta_has(s, NL80211_STA_INFO_RX_PACKETS), s->rx_packets);
	fprintf(t->f, "%15s", "");
	text_dbm(t, sta_has(s, NL80211_STA_INFO_SIGNAL), s->signal);
}

static void text_malformed_info(const struct text *t, const struct sta_info *s)
{
	const char *before = " ";

	if (!s->malformed && !s->torn)
		return;
	fputs("    ! left out, being malformed:", t->f);
	for (unsigned int n = 0; n < 64; n++) {
		if (!(s->malformed >> n & 1))
			continue;
		fprintf(t->f, "%s%s", before, sta_info_word(n));
		before = ", ";
	}
	fprintf(t->f, "%s\n", s->torn ? *before == ' ' ? " the rest" : ", and the rest" : "");
}

/* A line of facts, broken before it is too long. */
struct line {
	FILE *f;
	int used;
};

__attribute__((format(printf, 2, 3))) static void add_fact(struct line *l, const char *fmt, ...)
{
	char buf[80];
	va_list ap;
	int len;

	va_start(ap, fmt);
	len = vsnprintf(buf, sizeof(buf), fmt, ap);
	va_end(ap);
	if (l->used && l->used + 2 + len > 79) {
		putc('\n', l->f);
		l->used = 0;
	}
	l->used += fprintf(l->f, "%s%s", l->used ? "  " : "    ", buf);
}

static void add_signals(struct line *l, const struct sta_info *s)
{
	if (sta_has(s, NL80211_STA_INFO_SIGNAL_AVG))
		add_fact(l, "average %d dBm", s->signal_avg);
	for (int n = 0; n < s->n_chains && sta_has(s, NL80211_STA_INFO_CHAIN_SIGNAL); n++)
		add_fact(l, "chain %d %d dBm", n, s->chain_signal[n]);
	if (sta_has(s, NL80211_STA_INFO_ACK_SIGNAL_AVG))
		add_fact(l, "acks average %d dBm", s->ack_signal_avg);
	if (sta_has(s, NL80211_STA_INFO_BEACON_RX))
		add_fact(l, "beacons %llu", (unsigned long long)s->beacon_rx);
	if (sta_has(s, NL80211_STA_INFO_BEACON_SIGNAL_AVG))
		add_fact(l, "beacons average %d dBm", s->beacon_signal_avg);
	if (sta_has(s, NL80211_STA_INFO_BEACON_LOSS))
		add_fact(l, "beacon loss %u", s->beacon_loss);
	if (s->beacon_interval_tu)
		add_fact(l, "beacon interval %u TU", s->beacon_interval_tu);
	if (s->dtim_period)
		add_fact(l, "dtim period %u", s->dtim_period);
}

static void add_others(struct line *l, const struct sta_info *s)
{
	if (sta_has(s, NL80211_STA_INFO_EXPECTED_THROUGHPUT))
		add_fact(l, "expected %u kbit/s", s->expected_kbps);
	if (sta_has(s, NL80211_STA_INFO_RX_DROP_MISC))
		add_fact(l, "rx dropped %llu", (unsigned long long)s->rx_dropped);
	if (sta_has(s, NL80211_STA_INFO_RX_MPDUS))
		add_fact(l, "rx mpdus %u", s->rx_mpdus);
	if (sta_has(s, NL80211_STA_INFO_FCS_ERROR_COUNT))
		add_fact(l, "fcs errors %u", s->fcs_errors);
	if (sta_has(s, NL80211_STA_INFO_TX_DURATION))
		add_fact(l, "airtime tx %llu us", (unsigned long long)s->tx_us);
	if (sta_has(s, NL80211_STA_INFO_RX_DURATION))
		add_fact(l, "airtime rx %llu us", (unsigned long long)s->rx_us);
	if (sta_has(s, NL80211_STA_INFO_AIRTIME_WEIGHT))
		add_fact(l, "airtime weight %u", s->airtime_weight);
}

/* What the table has no column for. */
static void text_details(const struct text *t, const struct sta_info *s)
{
	struct line l = { .f = t->f };

	add_signals(&l, s);
	add_others(&l, s);
	if (l.used)
		putc('\n', t->f);
}

static void text_info(const struct text *t, const struct stations *s, const char *label,
		      const struct sta_info *info)
{
	if (info->has)
		text_rows(t, label, info);
	if (s->one)
		text_details(t, info);
	text_malformed_info(t, info);
}

/* Heard, but not as a part of the connection's own statistics. */
static void text_bss_signal(const struct text *t, const char *label, const struct bss *b)
{
	char dbm[DBM_TEXT];

	fprintf(t->f, "%-21s    %s dBm in the table of BSSes", label, fmt_dbm(dbm, b->signal));
	if (b->has_seen)
		fprintf(t->f, ", %u ms ago", b->seen_ms);
	putc('\n', t->f);
}

static void text_station_link(const struct text *t, const struct stations *s,
			      const struct link_view *v)
{
	const uint8_t *addr = addr_of_link(v);
	char label[32], mac[MAC_TEXT];

	snprintf(label, sizeof(label), "%3u %s", v->id, addr ? fmt_mac(mac, addr) : "-");
	if (v->link)
		text_info(t, s, label, &v->link->info);
	if (v->link && sta_has(&v->link->info, NL80211_STA_INFO_SIGNAL))
		return;
	if (v->bss && v->bss->has_signal)
		text_bss_signal(t, v->link ? "" : label, v->bss);
	else if (!v->link)
		fprintf(t->f, "%s\n", label);
}

static const char *state_word(const struct sta_info *s)
{
	static const uint8_t states[] = { NL80211_STA_FLAG_AUTHORIZED, NL80211_STA_FLAG_ASSOCIATED,
					  NL80211_STA_FLAG_AUTHENTICATED };

	for (size_t n = 0; n < ARRAY_SIZE(states) && sta_has(s, NL80211_STA_INFO_STA_FLAGS); n++)
		if (s->flags >> states[n] & 1)
			return sta_flag_word(states[n]);
	return NULL;
}

static void text_state(const struct text *t, const struct sta_info *s)
{
	if (state_word(s))
		fprintf(t->f, "  %s", state_word(s));
	if (sta_has(s, NL80211_STA_INFO_CONNECTED_TIME))
		fprintf(t->f, "  connected %u s", s->connected_s);
	if (sta_has(s, NL80211_STA_INFO_INACTIVE_TIME))
		fprintf(t->f, "  inactive %u ms", s->inactive_ms);
}

static void text_station_head(const struct text *t, const struct stations *s,
			      const struct station *sta)
{
	bool known, mld = is_mld(s, sta, &known);
	char mac[MAC_TEXT];

	paint(t, COLOUR_NAME);
	fputs(fmt_mac(mac, sta->addr), t->f);
	paint(t, COLOUR_OFF);
	if (known)
		fputs(mld ? "  MLD" : "  no MLD", t->f);
	if (sta->has_mld_addr && memcmp(sta->mld_addr, sta->addr, ADDR_LEN) != 0)
		fprintf(t->f, " %s", fmt_mac(mac, sta->mld_addr));
	if (sta->has_assoc_link_id)
		fprintf(t->f, "  association link %u", sta->assoc_link_id);
	text_state(t, &sta->info);
	putc('\n', t->f);
}

static void text_station(const struct text *t, const struct stations *s, const struct station *sta)
{
	const struct bss *bss = bss_of_station(s, sta);
	struct link_view v;

	text_station_head(t, s, sta);
	/* of a station with one link, the sum is the link's */
	if (sta->n_links != 1)
		text_info(t, s, sta->n_links ? "  total" : "", &sta->info);
	if (!sta_has(&sta->info, NL80211_STA_INFO_SIGNAL) && bss && bss->has_signal)
		text_bss_signal(t, "", bss);
	for (uint8_t id = 0; id < LINKS_MAX; id++)
		if (view_link(s, sta, id, &v))
			text_station_link(t, s, &v);
	if (!sta->n_links && has_links(s, sta))
		fputs("    (the kernel tells no statistics of each link: the above may be of one alone)\n",
		      t->f);
	if (sta->torn)
		fputs("    ! left out, being malformed: a link\n", t->f);
}

static void text_stations(const struct text *t, const struct ctx *ctx, const void *model)
{
	const struct stations *s = model;

	(void)ctx;
	if (s->one || s->list.n)
		text_columns(t);
	if (s->one)
		text_station(t, s, s->one);
	for (size_t n = 0; n < s->list.n && !s->one; n++)
		text_station(t, s, &s->list.v[n]);
}

/* ---- brief ---- */

static void brief_signal(const struct text *t, const struct sta_info *s)
{
	if (sta_has(s, NL80211_STA_INFO_SIGNAL))
		fprintf(t->f, "%d dBm", s->signal);
	else
		putc('-', t->f);
}

static void brief_rate(const struct text *t, const char *what, bool has, const struct rate *r)
{
	char mbps[MBPS_TEXT];

	fprintf(t->f, "\t%s %s", what, has && r->has_kbps ? fmt_mbps(mbps, r->kbps) : "-");
}

/* Address, links, state, signal, and rates in Mbit/s. */
static void brief_station(const struct text *t, const struct stations *s, const struct station *sta)
{
	const char *state = state_word(&sta->info);
	char mac[MAC_TEXT], links[LINKS_TEXT];
	uint16_t bitmap = 0;
	struct link_view v;

	for (uint8_t id = 0; id < LINKS_MAX; id++)
		bitmap |= (uint16_t)(view_link(s, sta, id, &v) << id);
	paint(t, COLOUR_NAME);
	fputs(fmt_mac(mac, sta->addr), t->f);
	paint(t, COLOUR_OFF);
	fprintf(t->f, "\t%s\t%s\t", bitmap ? fmt_links(links, bitmap) : "-", state ? state : "-");
	brief_signal(t, &sta->info);
	brief_rate(t, "tx", sta_has(&sta->info, NL80211_STA_INFO_TX_BITRATE), &sta->info.tx_rate);
	brief_rate(t, "rx", sta_has(&sta->info, NL80211_STA_INFO_RX_BITRATE), &sta->info.rx_rate);
	putc('\n', t->f);
}

static void brief_stations(const struct text *t, const struct ctx *ctx, const void *model)
{
	const struct stations *s = model;

	(void)ctx;
	if (s->one)
		brief_station(t, s, s->one);
	for (size_t n = 0; n < s->list.n && !s->one; n++)
		brief_station(t, s, &s->list.v[n]);
}

/* ---- the command ---- */

static const struct station *station_of_link(const struct station_list *l,
					     const uint8_t addr[ADDR_LEN])
{
	for (size_t n = 0; n < l->n; n++)
		for (int k = 0; k < l->v[n].n_links; k++)
			if (l->v[n].links[k].has_addr &&
			    !memcmp(l->v[n].links[k].addr, addr, ADDR_LEN))
				return &l->v[n];
	return NULL;
}

static enum status choose_station(struct ctx *ctx, struct stations *s)
{
	char mac[MAC_TEXT];

	s->one = station_of_addr(&s->list, ctx->args.mac);
	if (!s->one)
		s->one = station_of_link(&s->list, ctx->args.mac);
	if (s->one)
		return ST_OK;
	return fail(ctx, ST_REFUSED, "there is no station %s", fmt_mac(mac, ctx->args.mac));
}

static enum status query_all(struct ctx *ctx, struct stations *s)
{
	enum status st = open_iface(ctx, &s->iface);

	if (st != ST_OK)
		return st;
	st = query_stations(ctx, &s->list);
	if (st == ST_REFUSED && ctx->refusal.err == EOPNOTSUPP)
		return refused(ctx, "the driver does not tell its stations");
	if (st == ST_REFUSED && ctx->refusal.err == EINVAL && !*s->iface.name)
		return refused(ctx, "without a network device there are none");
	if (st == ST_OK && s->list.n && iface_is_client(&s->iface))
		st = query_bss(ctx, &s->bsses);
	return st;
}

static enum status run_station(struct ctx *ctx)
{
	static const struct view view = { text_stations, json_stations };
	struct stations s = { 0 };
	enum status st = query_all(ctx, &s);

	if (st == ST_OK && ctx->args.given)
		st = choose_station(ctx, &s);
	if (st == ST_OK)
		show(ctx, &view, &s);
	free(s.list.v);
	free_bss_list(&s.bsses);
	return st;
}

static const struct param station_params[] = {
	{ .kind = PARAM_MAC, .name = "MAC", .optional = true },
	{ 0 },
};

const struct cmd cmd_station = {
	.name = "station",
	.objects = ON_DEV | ON_WDEV,
	.params = station_params,
	.help = "Show the stations that are connected here, with their links and statistics.",
	.run = run_station,
	.brief = brief_stations,
};
