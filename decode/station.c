/* SPDX-License-Identifier: ISC */
/* Stations, and their statistics: the answer to GET_STATION (kernel: nl80211_send_station). */
#include <string.h>

#include "../iw-mlo.h"

/* ---- rates ---- */

static const struct generation {
	uint16_t mcs;
	const char *word;
} generations[] = {
	{ NL80211_RATE_INFO_MCS, "HT" },      { NL80211_RATE_INFO_VHT_MCS, "VHT" },
	{ NL80211_RATE_INFO_HE_MCS, "HE" },   { NL80211_RATE_INFO_EHT_MCS, "EHT" },
	{ NL80211_RATE_INFO_UHR_MCS, "UHR" }, { NL80211_RATE_INFO_S1G_MCS, "S1G" },
};

static const struct {
	uint16_t flag, mhz;
} widths[] = {
	{ NL80211_RATE_INFO_1_MHZ_WIDTH, 1 },	  { NL80211_RATE_INFO_2_MHZ_WIDTH, 2 },
	{ NL80211_RATE_INFO_4_MHZ_WIDTH, 4 },	  { NL80211_RATE_INFO_5_MHZ_WIDTH, 5 },
	{ NL80211_RATE_INFO_8_MHZ_WIDTH, 8 },	  { NL80211_RATE_INFO_10_MHZ_WIDTH, 10 },
	{ NL80211_RATE_INFO_16_MHZ_WIDTH, 16 },	  { NL80211_RATE_INFO_40_MHZ_WIDTH, 40 },
	{ NL80211_RATE_INFO_80_MHZ_WIDTH, 80 },	  { NL80211_RATE_INFO_80P80_MHZ_WIDTH, 160 },
	{ NL80211_RATE_INFO_160_MHZ_WIDTH, 160 }, { NL80211_RATE_INFO_320_MHZ_WIDTH, 320 },
};

static bool take_mcs(const struct nlattr *a, struct rate *r)
{
	for (size_t i = 0; i < ARRAY_SIZE(generations); i++) {
		if (generations[i].mcs != attr_type(a))
			continue;
		r->generation = generations[i].word;
		return attr_u8(a, &r->mcs);
	}
	return true;
}

static void take_width(const struct nlattr *a, struct rate *r)
{
	for (size_t i = 0; i < ARRAY_SIZE(widths); i++)
		if (widths[i].flag == attr_type(a))
			r->width = widths[i].mhz;
}

/* In units of 100 kbit/s. The narrow one is there for programs that do not know the wide one. */
static bool take_bitrate(const struct nlattr *a, struct rate *r)
{
	uint32_t wide;
	uint16_t narrow;

	if (attr_type(a) == NL80211_RATE_INFO_BITRATE32) {
		if (!attr_u32(a, &wide))
			return false;
		r->kbps = wide * 100ull;
	} else {
		if (!attr_u16(a, &narrow))
			return false;
		if (!r->has_kbps)
			r->kbps = narrow * 100ull;
	}
	return r->has_kbps = true;
}

static bool take_gi(const struct nlattr *a, struct rate *r)
{
	static const uint16_t ns[] = { 800, 1600, 3200 };
	uint8_t gi;

	if (!attr_u8(a, &gi))
		return false;
	r->has_gi = gi < ARRAY_SIZE(ns);
	if (r->has_gi)
		r->gi_ns = ns[gi];
	return true;
}

static bool take_dcm(const struct nlattr *a, struct rate *r)
{
	uint8_t dcm;

	if (!attr_u8(a, &dcm))
		return false;
	r->has_dcm = true;
	r->dcm = dcm;
	return true;
}

static bool take_ru(const struct nlattr *a, struct rate *r)
{
	static const char *const he[] = { "26", "52", "106", "242", "484", "996", "2x996" };
	static const char *const eht[] = {
		"26",	     "52",	"52+26",     "106",	"106+26",      "242",
		"484",	     "484+242", "996",	     "996+484", "996+484+242", "2x996",
		"2x996+484", "3x996",	"3x996+484", "4x996",
	};
	bool is_he = attr_type(a) == NL80211_RATE_INFO_HE_RU_ALLOC;
	uint8_t ru;

	if (!attr_u8(a, &ru))
		return false;
	r->ru = "?";
	if (is_he && ru < ARRAY_SIZE(he))
		r->ru = he[ru];
	else if (!is_he && ru < ARRAY_SIZE(eht))
		r->ru = eht[ru];
	return true;
}

static bool decode_rate_attr(const struct nlattr *a, struct rate *r, bool *short_gi)
{
	switch (attr_type(a)) {
	case NL80211_RATE_INFO_BITRATE:
	case NL80211_RATE_INFO_BITRATE32:
		return take_bitrate(a, r);
	case NL80211_RATE_INFO_VHT_NSS:
	case NL80211_RATE_INFO_HE_NSS:
	case NL80211_RATE_INFO_EHT_NSS:
	case NL80211_RATE_INFO_S1G_NSS:
		return r->has_nss = attr_u8(a, &r->nss);
	case NL80211_RATE_INFO_HE_GI:
	case NL80211_RATE_INFO_EHT_GI:
		return take_gi(a, r);
	case NL80211_RATE_INFO_SHORT_GI:
		return *short_gi = true;
	case NL80211_RATE_INFO_HE_DCM:
		return take_dcm(a, r);
	case NL80211_RATE_INFO_HE_RU_ALLOC:
	case NL80211_RATE_INFO_EHT_RU_ALLOC:
		return take_ru(a, r);
	}
	take_width(a, r);
	return take_mcs(a, r);
}

static bool is_one_of(const char *generation, const char *a, const char *b, const char *c)
{
	return generation &&
	       (!strcmp(generation, a) || !strcmp(generation, b) || !strcmp(generation, c));
}

/* What goes without saying: 20 MHz, a long guard interval, and the streams in HT's MCS. */
static void complete_rate(struct rate *r, bool short_gi)
{
	r->has_width = !r->ru && (r->width || r->generation);
	if (r->has_width && !r->width)
		r->width = 20;
	if (is_one_of(r->generation, "HT", "VHT", "S1G")) {
		r->has_gi = true;
		r->gi_ns = short_gi ? 400 : 800;
	}
	if (is_one_of(r->generation, "HT", "HT", "HT") && r->mcs < 32) {
		r->has_nss = true;
		r->nss = (uint8_t)(r->mcs / 8 + 1);
	}
}

static bool take_rate(const struct nlattr *nest, struct rate *to)
{
	const struct nlattr *a;
	struct rate r = { 0 };
	bool short_gi = false;
	int rem;

	for_each_nested(a, nest, rem)
		if (!decode_rate_attr(a, &r, &short_gi))
			return false;
	if (rem > 0)
		return false;
	complete_rate(&r, short_gi);
	*to = r;
	return true;
}

/* ---- statistics ---- */

/* size 0: what take_other() takes */
#define FACT(n, word)                            \
	{                                        \
		NL80211_STA_INFO_##n, 0, 0, word \
	}
#define NUMBER(n, member, word)                                               \
	{                                                                     \
		NL80211_STA_INFO_##n, sizeof(((struct sta_info *)0)->member), \
			offsetof(struct sta_info, member), word               \
	}

static const struct fact {
	uint8_t n, size;
	uint16_t offset;
	const char *word;
} facts[] = {
	NUMBER(INACTIVE_TIME, inactive_ms, "inactive_time"),
	FACT(RX_BYTES, "rx_bytes"),
	FACT(TX_BYTES, "tx_bytes"),
	NUMBER(SIGNAL, signal, "signal"),
	FACT(TX_BITRATE, "tx_bitrate"),
	NUMBER(RX_PACKETS, rx_packets, "rx_packets"),
	NUMBER(TX_PACKETS, tx_packets, "tx_packets"),
	NUMBER(TX_RETRIES, tx_retries, "tx_retries"),
	NUMBER(TX_FAILED, tx_failed, "tx_failed"),
	NUMBER(SIGNAL_AVG, signal_avg, "signal_avg"),
	FACT(RX_BITRATE, "rx_bitrate"),
	FACT(BSS_PARAM, "bss_param"),
	NUMBER(CONNECTED_TIME, connected_s, "connected_time"),
	FACT(STA_FLAGS, "flags"),
	NUMBER(BEACON_LOSS, beacon_loss, "beacon_loss"),
	NUMBER(RX_BYTES64, rx_bytes, "rx_bytes64"),
	NUMBER(TX_BYTES64, tx_bytes, "tx_bytes64"),
	FACT(CHAIN_SIGNAL, "chain_signal"),
	FACT(CHAIN_SIGNAL_AVG, "chain_signal_avg"),
	NUMBER(EXPECTED_THROUGHPUT, expected_kbps, "expected_throughput"),
	NUMBER(RX_DROP_MISC, rx_dropped, "rx_dropped"),
	NUMBER(BEACON_RX, beacon_rx, "beacon_rx"),
	NUMBER(BEACON_SIGNAL_AVG, beacon_signal_avg, "beacon_signal_avg"),
	NUMBER(RX_DURATION, rx_us, "rx_duration"),
	NUMBER(ACK_SIGNAL, ack_signal, "ack_signal"),
	NUMBER(ACK_SIGNAL_AVG, ack_signal_avg, "ack_signal_avg"),
	NUMBER(RX_MPDUS, rx_mpdus, "rx_mpdus"),
	NUMBER(FCS_ERROR_COUNT, fcs_errors, "fcs_errors"),
	NUMBER(TX_DURATION, tx_us, "tx_duration"),
	NUMBER(AIRTIME_WEIGHT, airtime_weight, "airtime_weight"),
	NUMBER(ASSOC_AT_BOOTTIME, assoc_at_ns, "assoc_at_boottime"),
};

static const struct fact *find_fact(unsigned int n)
{
	for (size_t i = 0; i < ARRAY_SIZE(facts); i++)
		if (facts[i].n == n)
			return &facts[i];
	return NULL;
}

const char *sta_info_word(unsigned int n)
{
	const struct fact *fact = find_fact(n);

	return fact ? fact->word : NULL;
}

const char *sta_flag_word(unsigned int n)
{
	static const char *const words[] = {
		[NL80211_STA_FLAG_AUTHORIZED] = "authorized",
		[NL80211_STA_FLAG_SHORT_PREAMBLE] = "short_preamble",
		[NL80211_STA_FLAG_WME] = "wme",
		[NL80211_STA_FLAG_MFP] = "mfp",
		[NL80211_STA_FLAG_AUTHENTICATED] = "authenticated",
		[NL80211_STA_FLAG_TDLS_PEER] = "tdls_peer",
		[NL80211_STA_FLAG_ASSOCIATED] = "associated",
		[NL80211_STA_FLAG_SPP_AMSDU] = "spp_amsdu",
	};

	return n < ARRAY_SIZE(words) ? words[n] : NULL;
}

static bool take_low_bytes(const struct nlattr *a, bool has_all, uint64_t *bytes)
{
	uint32_t low;

	if (!attr_u32(a, &low))
		return false;
	if (!has_all)
		*bytes = low;
	return true;
}

static bool take_flags(const struct nlattr *a, struct sta_info *s)
{
	uint32_t v[2];

	if (attr_len(a) != sizeof(v))
		return false;
	memcpy(v, attr_data(a), sizeof(v));
	s->flags_known = v[0];
	s->flags = v[1] & v[0];
	return true;
}

static bool take_bss_param(const struct nlattr *nest, struct sta_info *s)
{
	const struct nlattr *a;
	uint16_t interval = 0;
	uint8_t dtim = 0;
	int rem;

	for_each_nested(a, nest, rem) {
		if (attr_type(a) == NL80211_STA_BSS_PARAM_DTIM_PERIOD && !attr_u8(a, &dtim))
			return false;
		if (attr_type(a) == NL80211_STA_BSS_PARAM_BEACON_INTERVAL &&
		    !attr_u16(a, &interval))
			return false;
	}
	s->dtim_period = dtim;
	s->beacon_interval_tu = interval;
	return rem <= 0;
}

/* One a chain that is in use, in their order; which chains, the type tells. */
static bool take_chains(const struct nlattr *nest, uint8_t *n, int8_t signal[CHAINS_MAX])
{
	const struct nlattr *a;
	int rem;

	*n = 0;
	for_each_nested(a, nest, rem)
		if (*n == CHAINS_MAX || !attr_u8(a, (uint8_t *)&signal[(*n)++]))
			return false;
	return rem <= 0;
}

static bool take_other(const struct nlattr *a, struct sta_info *s)
{
	switch (attr_type(a)) {
	case NL80211_STA_INFO_RX_BYTES:
		return take_low_bytes(a, sta_has(s, NL80211_STA_INFO_RX_BYTES64), &s->rx_bytes);
	case NL80211_STA_INFO_TX_BYTES:
		return take_low_bytes(a, sta_has(s, NL80211_STA_INFO_TX_BYTES64), &s->tx_bytes);
	case NL80211_STA_INFO_TX_BITRATE:
		return take_rate(a, &s->tx_rate);
	case NL80211_STA_INFO_RX_BITRATE:
		return take_rate(a, &s->rx_rate);
	case NL80211_STA_INFO_BSS_PARAM:
		return take_bss_param(a, s);
	case NL80211_STA_INFO_STA_FLAGS:
		return take_flags(a, s);
	case NL80211_STA_INFO_CHAIN_SIGNAL:
		return take_chains(a, &s->n_chains, s->chain_signal);
	case NL80211_STA_INFO_CHAIN_SIGNAL_AVG:
		return take_chains(a, &s->n_chains_avg, s->chain_signal_avg);
	}
	return false;
}

static bool take_number(const struct nlattr *a, const struct fact *fact, struct sta_info *s)
{
	if (attr_len(a) != fact->size)
		return false;
	memcpy((char *)s + fact->offset, attr_data(a), fact->size);
	return true;
}

/* What cannot be read is marked, and no reason to doubt the rest: each stands for itself. */
/* mac80211's value, and average, of a signal that was never received: nobody is heard at 0 dBm. */
static void forget_zeros(struct sta_info *s)
{
	if (!s->signal)
		s->has &= ~(1ull << NL80211_STA_INFO_SIGNAL);
	if (!s->signal_avg)
		s->has &= ~(1ull << NL80211_STA_INFO_SIGNAL_AVG);
	if (!s->beacon_signal_avg)
		s->has &= ~(1ull << NL80211_STA_INFO_BEACON_SIGNAL_AVG);
}

static void decode_sta_info(const struct nlattr *nest, struct sta_info *s)
{
	const struct nlattr *a;
	int rem;

	for_each_nested(a, nest, rem) {
		const struct fact *fact = find_fact(attr_type(a));

		if (!fact)
			continue;
		if (fact->size ? take_number(a, fact, s) : take_other(a, s))
			s->has |= 1ull << fact->n;
		else
			s->malformed |= 1ull << fact->n;
	}
	forget_zeros(s);
	s->torn |= rem > 0;
}

/* ---- stations ---- */

const struct station_link *station_link(const struct station *s, uint8_t id)
{
	for (int n = 0; n < s->n_links; n++)
		if (s->links[n].id == id)
			return &s->links[n];
	return NULL;
}

/* Keeps the links sorted; of an id that is there already, what comes later is the newer. */
static void put_link(struct station *s, const struct station_link *l)
{
	struct station_link *there = (struct station_link *)(uintptr_t)station_link(s, l->id);
	int at = s->n_links;

	if (there) {
		*there = *l;
		return;
	}
	for (; at > 0 && s->links[at - 1].id > l->id; at--)
		s->links[at] = s->links[at - 1];
	s->links[at] = *l;
	s->n_links++;
}

static bool decode_link(const struct nlattr *nest, struct station_link *l)
{
	const struct nlattr *a;
	bool has_id = false;
	int rem;

	memset(l, 0, sizeof(*l));
	for_each_nested(a, nest, rem) {
		bool ok = true;

		switch (attr_type(a)) {
		case NL80211_ATTR_MLO_LINK_ID:
			ok = has_id = attr_u8(a, &l->id) && l->id <= LINK_ID_MAX;
			break;
		case NL80211_ATTR_MAC:
			ok = l->has_addr = attr_mac(a, l->addr);
			break;
		case NL80211_ATTR_STA_INFO:
			decode_sta_info(a, &l->info);
			break;
		}
		if (!ok)
			return false;
	}
	return has_id && rem <= 0;
}

static void decode_links(const struct nlattr *links, struct station *s)
{
	const struct nlattr *nest;
	struct station_link l;
	int rem;

	for_each_nested(nest, links, rem) {
		if (decode_link(nest, &l) && !station_link(s, l.id))
			put_link(s, &l);
		else
			s->torn = true;
	}
	s->torn |= rem > 0;
}

static bool take_assoc_link_id(const struct nlattr *a, struct station *s)
{
	if (!attr_u8(a, &s->assoc_link_id))
		return false;
	s->has_assoc_link_id = s->assoc_link_id <= LINK_ID_MAX;
	s->torn |= !s->has_assoc_link_id;
	return true;
}

static bool decode_station_attr(const struct nlattr *a, struct station *s, bool *has_addr)
{
	switch (attr_type(a)) {
	case NL80211_ATTR_IFINDEX:
		return s->has_ifindex = attr_u32(a, &s->ifindex);
	case NL80211_ATTR_GENERATION:
		return s->has_generation = attr_u32(a, &s->generation);
	case NL80211_ATTR_MAC:
		return *has_addr = attr_mac(a, s->addr);
	case NL80211_ATTR_MLO_LINK_ID:
		return take_assoc_link_id(a, s);
	case NL80211_ATTR_MLD_ADDR:
		return s->has_mld_addr = attr_mac(a, s->mld_addr);
	case NL80211_ATTR_STA_INFO:
		decode_sta_info(a, &s->info);
		break;
	case NL80211_ATTR_MLO_LINKS:
		decode_links(a, s);
		break;
	}
	return true;
}

bool decode_station(const struct attrs *list, struct station *s)
{
	const struct nlattr *a;
	bool has_addr = false;
	int rem;

	memset(s, 0, sizeof(*s));
	for_each_attr(a, list, rem)
		if (!decode_station_attr(a, s, &has_addr))
			return false;
	return has_addr && rem <= 0;
}

void join_station(struct station *s, const struct station *from)
{
	if (from->info.has || from->info.malformed)
		s->info = from->info;
	if (from->has_assoc_link_id) {
		s->has_assoc_link_id = true;
		s->assoc_link_id = from->assoc_link_id;
	}
	if (from->has_mld_addr) {
		s->has_mld_addr = true;
		memcpy(s->mld_addr, from->mld_addr, ADDR_LEN);
	}
	s->torn |= from->torn;
	for (int n = 0; n < from->n_links; n++)
		put_link(s, &from->links[n]);
}

const struct station *station_of_addr(const struct station_list *l, const uint8_t addr[ADDR_LEN])
{
	/* what is joined comes right after what it is joined to */
	for (size_t n = l->n; n--;)
		if (!memcmp(l->v[n].addr, addr, ADDR_LEN))
			return &l->v[n];
	return NULL;
}
