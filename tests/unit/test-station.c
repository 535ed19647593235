/* SPDX-License-Identifier: ISC */
/* Stations: every statistic and rate, the three layouts of their links, and how they are shown. */
#include <stdlib.h>
#include <string.h>

#include "fake-kernel.h"

#define CLIENT "02:00:00:00:01:00"
#define OTHER  "02:00:00:00:02:00"
#define AP_MLD "02:00:00:00:00:00"
#define LINK0  "02:00:00:00:11:10"
#define LINK1  "02:00:00:00:11:11"

static int setup(void **state)
{
	(void)state;
	k_reset();
	k_turn();
	return 0;
}

static bool decodes(struct station *s)
{
	struct attrs a = k_attrs(0);
	bool ok = decode_station(&a, s);

	k_attrs_free(a);
	return ok;
}

static void station_begin(const char *mac)
{
	k_data(NL80211_CMD_NEW_STATION, NLM_F_MULTI);
	k_put_u32(NL80211_ATTR_IFINDEX, K_LO);
	k_put_mac(NL80211_ATTR_MAC, mac);
	k_put_u32(NL80211_ATTR_GENERATION, 5);
}

static void link_begin(uint8_t id, const char *mac)
{
	k_nest((uint16_t)(id + 1));
	k_put_u8(NL80211_ATTR_MLO_LINK_ID, id);
	k_put_mac(NL80211_ATTR_MAC, mac);
}

/* ---- statistics ---- */

static const struct sized {
	uint16_t n;
	uint8_t len;
	const char *word;
} statistics[] = {
	{ 1, 4, "inactive_time" },
	{ 2, 4, "rx_bytes" },
	{ 3, 4, "tx_bytes" },
	{ 7, 1, "signal" },
	{ 9, 4, "rx_packets" },
	{ 10, 4, "tx_packets" },
	{ 11, 4, "tx_retries" },
	{ 12, 4, "tx_failed" },
	{ 13, 1, "signal_avg" },
	{ 16, 4, "connected_time" },
	{ 17, 8, "flags" },
	{ 18, 4, "beacon_loss" },
	{ 23, 8, "rx_bytes64" },
	{ 24, 8, "tx_bytes64" },
	{ 27, 4, "expected_throughput" },
	{ 28, 8, "rx_dropped" },
	{ 29, 8, "beacon_rx" },
	{ 30, 1, "beacon_signal_avg" },
	{ 32, 8, "rx_duration" },
	{ 34, 1, "ack_signal" },
	{ 35, 1, "ack_signal_avg" },
	{ 36, 4, "rx_mpdus" },
	{ 37, 4, "fcs_errors" },
	{ 39, 8, "tx_duration" },
	{ 40, 2, "airtime_weight" },
	{ 42, 8, "assoc_at_boottime" },
};

static void decode_one(uint16_t n, size_t len, struct station *s)
{
	static const uint8_t bytes[16] = { 1, 2, 3, 4, 5, 6, 7, 8 };

	k_reset();
	station_begin(CLIENT);
	k_nest(NL80211_ATTR_STA_INFO);
	k_put_u32(NL80211_STA_INFO_TX_RETRIES, 77);
	k_put(n, bytes, len);
	k_nest_end();
	assert_true(decodes(s));
}

static void every_statistic_has_one_length(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(statistics); i++) {
		const struct sized *one = &statistics[i];

		for (size_t len = 0; len < 16; len++) {
			uint64_t bit = 1ull << one->n,
				 retries = 1ull << NL80211_STA_INFO_TX_RETRIES;
			bool good = len == one->len;
			struct station s;

			decode_one(one->n, len, &s);
			assert_int_equal(s.info.has, good ? retries | bit : retries);
			assert_int_equal(s.info.malformed, good ? 0 : bit);
			assert_false(s.torn || s.info.torn);
			if (one->n != NL80211_STA_INFO_TX_RETRIES)
				assert_int_equal(s.info.tx_retries, 77);
		}
		assert_string_equal(sta_info_word(one->n), one->word);
	}
}

static void put_all(void)
{
	static const int8_t chains[] = { -41, -42 };

	k_put_u32(1, 101);
	k_put_u32(2, 102);
	k_put_u32(3, 103);
	k_put_u64(23, 0x100000066);
	k_put_u64(24, 0x100000067);
	k_put_u8(7, (uint8_t)-40);
	k_put_u8(13, (uint8_t)-43);
	k_put_u32(9, 109);
	k_put_u32(10, 110);
	k_put_u32(11, 111);
	k_put_u32(12, 112);
	k_put_u32(16, 116);
	k_put_u32(18, 118);
	k_put_u32(27, 127);
	k_put_u64(28, 128);
	k_put_u64(29, 129);
	k_put_u8(30, (uint8_t)-130);
	k_put_u64(32, 132);
	k_put_u8(34, (uint8_t)-34);
	k_put_u8(35, (uint8_t)-35);
	k_put_u32(36, 136);
	k_put_u32(37, 137);
	k_put_u64(39, 139);
	k_put_u16(40, 140);
	k_put_u64(42, 142);
	k_put(17, (uint32_t[]){ 0xfe, 0x12a }, 8);
	k_nest(15);
	k_put(1, NULL, 0);
	k_put_u8(NL80211_STA_BSS_PARAM_DTIM_PERIOD, 2);
	k_put_u16(NL80211_STA_BSS_PARAM_BEACON_INTERVAL, 100);
	k_nest_end();
	for (uint16_t n = 25; n <= 26; n++) {
		k_nest(n);
		k_put_u8(0, (uint8_t)chains[0]);
		k_put_u8(2, (uint8_t)chains[1]);
		k_nest_end();
	}
	k_put(99, "unknown", 7);
}

static void assert_all(const struct sta_info *s)
{
	assert_int_equal(s->malformed, 0);
	assert_int_equal(s->inactive_ms, 101);
	assert_true(s->rx_bytes == 0x100000066 && s->tx_bytes == 0x100000067);
	assert_int_equal(s->signal, -40);
	assert_int_equal(s->signal_avg, -43);
	assert_int_equal(s->rx_packets, 109);
	assert_int_equal(s->tx_packets, 110);
	assert_int_equal(s->tx_retries, 111);
	assert_int_equal(s->tx_failed, 112);
	assert_int_equal(s->connected_s, 116);
	assert_int_equal(s->beacon_loss, 118);
	assert_int_equal(s->expected_kbps, 127);
	assert_int_equal(s->rx_dropped, 128);
	assert_int_equal(s->beacon_rx, 129);
	assert_int_equal(s->beacon_signal_avg, 126);
	assert_int_equal(s->rx_us, 132);
	assert_int_equal(s->ack_signal, -34);
	assert_int_equal(s->ack_signal_avg, -35);
	assert_int_equal(s->rx_mpdus, 136);
	assert_int_equal(s->fcs_errors, 137);
	assert_int_equal(s->tx_us, 139);
	assert_int_equal(s->airtime_weight, 140);
	assert_int_equal(s->assoc_at_ns, 142);
	assert_int_equal(s->flags_known, 0xfe);
	assert_int_equal(s->flags, 0x2a); /* bit 8 is not in the mask */
	assert_int_equal(s->dtim_period, 2);
	assert_int_equal(s->beacon_interval_tu, 100);
	assert_true(s->n_chains == 2 && s->chain_signal[0] == -41 && s->chain_signal[1] == -42);
	assert_true(s->n_chains_avg == 2 && s->chain_signal_avg[1] == -42);
}

static void statistics_are_as_they_were_sent(void **state)
{
	struct station s;

	(void)state;
	station_begin(CLIENT);
	k_nest(NL80211_ATTR_STA_INFO);
	put_all();
	k_nest_end();
	assert_true(decodes(&s));
	assert_all(&s.info);
	assert_int_equal(s.ifindex, K_LO);
	assert_int_equal(s.generation, 5);
	assert_int_equal(s.n_links, 0);
	assert_false(s.has_assoc_link_id || s.has_mld_addr);
}

static void bytes_are_the_wide_counter_if_there_is_one(void **state)
{
	struct station s;

	(void)state;
	for (int wide = 0; wide < 3; wide++) { /* none, after, before */
		k_reset();
		station_begin(CLIENT);
		k_nest(NL80211_ATTR_STA_INFO);
		if (wide == 2)
			k_put_u64(NL80211_STA_INFO_RX_BYTES64, 0x500000001);
		k_put_u32(NL80211_STA_INFO_RX_BYTES, 1);
		k_put_u32(NL80211_STA_INFO_TX_BYTES, 2);
		if (wide == 1)
			k_put_u64(NL80211_STA_INFO_RX_BYTES64, 0x500000001);
		k_nest_end();
		assert_true(decodes(&s));
		assert_true(s.info.rx_bytes == (wide ? 0x500000001 : 1));
		assert_int_equal(sta_has(&s.info, NL80211_STA_INFO_RX_BYTES64), wide != 0);
		assert_true(sta_has(&s.info, NL80211_STA_INFO_RX_BYTES));
		assert_true(s.info.tx_bytes == 2);
		assert_false(sta_has(&s.info, NL80211_STA_INFO_TX_BYTES64));
	}
}

static void signal_of_nothing_is_none(void **state)
{
	static const uint16_t signals[] = { NL80211_STA_INFO_BEACON_SIGNAL_AVG,
					    NL80211_STA_INFO_SIGNAL, NL80211_STA_INFO_SIGNAL_AVG };

	(void)state;
	for (uint8_t v = 0; v < 2; v++)
		for (size_t n = 0; n < ARRAY_SIZE(signals); n++) {
			struct station s;

			k_reset();
			station_begin(CLIENT);
			k_nest(NL80211_ATTR_STA_INFO);
			k_put_u8(signals[n], v);
			k_put_u32(NL80211_STA_INFO_TX_FAILED, 0);
			k_nest_end();
			assert_true(decodes(&s));
			assert_int_equal(sta_has(&s.info, signals[n]), v);
			assert_true(sta_has(&s.info, NL80211_STA_INFO_TX_FAILED));
		}
}

static void chains_beyond_eight_are_malformed(void **state)
{
	(void)state;
	for (uint16_t n = 7; n < 11; n++) {
		struct station s;

		k_reset();
		station_begin(CLIENT);
		k_nest(NL80211_ATTR_STA_INFO);
		k_nest(NL80211_STA_INFO_CHAIN_SIGNAL);
		for (uint16_t i = 0; i < n; i++)
			k_put_u8(i, i);
		k_nest_end();
		k_nest_end();
		assert_true(decodes(&s));
		assert_int_equal(s.info.malformed != 0, n > CHAINS_MAX);
		assert_int_equal(sta_has(&s.info, NL80211_STA_INFO_CHAIN_SIGNAL), n <= CHAINS_MAX);
	}
}

/* ---- rates ---- */

/* A member: its type, the length of its value, and the value. */
struct member {
	uint8_t type, len;
	uint32_t v;
};
static const struct {
	struct member members[8];
	const char *want; /* "generation mcs nss width gi ru dcm kbps", - for what is not there */
} rates[] = {
	{ { { 0 } }, "- 0 - - - - - -" },
	{ { { 1, 2, 60 } }, "- 0 - - - - - 6000" },
	{ { { 5, 4, 115291 }, { 1, 2, 7 } }, "- 0 - - - - - 11529100" },
	{ { { 1, 2, 7 }, { 5, 4, 115291 } }, "- 0 - - - - - 11529100" },
	{ { { 5, 4, UINT32_MAX } }, "- 0 - - - - - 429496729500" },
	{ { { 1, 2, 10 }, { 12, 0, 0 } }, "- 0 - 5 - - - 1000" },
	{ { { 2, 1, 0 } }, "HT 0 1 20 800 - - -" },
	{ { { 2, 1, 7 } }, "HT 7 1 20 800 - - -" },
	{ { { 2, 1, 8 } }, "HT 8 2 20 800 - - -" },
	{ { { 2, 1, 15 }, { 3, 0, 0 }, { 4, 0, 0 } }, "HT 15 2 40 400 - - -" },
	{ { { 2, 1, 31 } }, "HT 31 4 20 800 - - -" },
	{ { { 2, 1, 32 }, { 3, 0, 0 } }, "HT 32 - 40 800 - - -" },
	{ { { 6, 1, 9 }, { 7, 1, 2 }, { 8, 0, 0 }, { 4, 0, 0 } }, "VHT 9 2 80 400 - - -" },
	{ { { 6, 1, 9 }, { 7, 1, 8 }, { 9, 0, 0 } }, "VHT 9 8 160 800 - - -" },
	{ { { 13, 1, 11 }, { 14, 1, 2 }, { 15, 1, 1 }, { 16, 1, 1 }, { 10, 0, 0 } },
	  "HE 11 2 160 1600 - 1 -" },
	{ { { 13, 1, 3 }, { 14, 1, 1 }, { 15, 1, 2 }, { 16, 1, 0 }, { 17, 1, 6 } },
	  "HE 3 1 - 3200 2x996 0 -" },
	{ { { 13, 1, 3 }, { 17, 1, 7 } }, "HE 3 - - - ? - -" },
	{ { { 19, 1, 13 }, { 20, 1, 2 }, { 21, 1, 0 }, { 18, 0, 0 }, { 5, 4, 57647 } },
	  "EHT 13 2 320 800 - - 5764700" },
	{ { { 19, 1, 13 }, { 20, 1, 2 }, { 21, 1, 3 }, { 22, 1, 7 } }, "EHT 13 2 - - 484+242 - -" },
	{ { { 19, 1, 0 }, { 20, 1, 1 }, { 22, 1, 15 } }, "EHT 0 1 - - 4x996 - -" },
	{ { { 19, 1, 0 }, { 20, 1, 1 }, { 22, 1, 16 } }, "EHT 0 1 - - ? - -" },
	{ { { 30, 1, 14 }, { 20, 1, 4 }, { 21, 1, 1 } }, "UHR 14 4 20 1600 - - -" },
	{ { { 23, 1, 7 }, { 24, 1, 1 }, { 25, 0, 0 }, { 4, 0, 0 } }, "S1G 7 1 1 400 - - -" },
	{ { { 23, 1, 7 }, { 29, 0, 0 } }, "S1G 7 - 16 800 - - -" },
	{ { { 11, 0, 0 } }, "- 0 - 10 - - - -" },
	{ { { 26, 0, 0 } }, "- 0 - 2 - - - -" },
	{ { { 27, 0, 0 } }, "- 0 - 4 - - - -" },
	{ { { 28, 0, 0 } }, "- 0 - 8 - - - -" },
};

static void number_or_dash(char *buf, size_t size, bool has, uint64_t v)
{
	size_t used = strlen(buf);

	if (has)
		snprintf(buf + used, size - used, " %llu", (unsigned long long)v);
	else
		snprintf(buf + used, size - used, " -");
}

static void assert_rate(const struct rate *r, const char *want)
{
	char got[100];
	size_t used;

	snprintf(got, sizeof(got), "%s %u", r->generation ? r->generation : "-", r->mcs);
	number_or_dash(got, sizeof(got), r->has_nss, r->nss);
	number_or_dash(got, sizeof(got), r->has_width, r->width);
	number_or_dash(got, sizeof(got), r->has_gi, r->gi_ns);
	used = strlen(got);
	snprintf(got + used, sizeof(got) - used, " %s", r->ru ? r->ru : "-");
	number_or_dash(got, sizeof(got), r->has_dcm, r->dcm);
	number_or_dash(got, sizeof(got), r->has_kbps, r->kbps);
	assert_string_equal(got, want);
}

static void put_rate(uint16_t n, const struct member *m)
{
	k_nest(n);
	for (; m->type; m++)
		k_put_number(m->type, m->v, m->len);
	k_nest_end();
}

static void rates_of_every_generation(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rates); i++) {
		struct station s;

		k_reset();
		station_begin(CLIENT);
		k_nest(NL80211_ATTR_STA_INFO);
		put_rate(NL80211_STA_INFO_TX_BITRATE, rates[i].members);
		put_rate(NL80211_STA_INFO_RX_BITRATE, rates[(i + 1) % ARRAY_SIZE(rates)].members);
		k_nest_end();
		assert_true(decodes(&s));
		assert_true(sta_has(&s.info, NL80211_STA_INFO_TX_BITRATE));
		assert_rate(&s.info.tx_rate, rates[i].want);
		assert_rate(&s.info.rx_rate, rates[(i + 1) % ARRAY_SIZE(rates)].want);
	}
}

static void rate_of_wrong_lengths_is_malformed(void **state)
{
	static const uint8_t lens[33] = {
		[1] = 2,  [2] = 1,  [5] = 4,  [6] = 1,	[7] = 1,  [13] = 1,
		[14] = 1, [15] = 1, [16] = 1, [17] = 1, [19] = 1, [20] = 1,
		[21] = 1, [22] = 1, [23] = 1, [24] = 1, [30] = 1
	};

	(void)state;
	for (uint8_t type = 1; type < ARRAY_SIZE(lens); type++)
		for (uint8_t len = 0; len <= 4 && lens[type]; len++) {
			struct member members[] = { { type, len, 1 }, { 0 } };
			struct station s;

			k_reset();
			station_begin(CLIENT);
			k_nest(NL80211_ATTR_STA_INFO);
			put_rate(NL80211_STA_INFO_RX_BITRATE, members);
			k_put_u32(NL80211_STA_INFO_RX_PACKETS, 3);
			k_nest_end();
			assert_true(decodes(&s));
			assert_int_equal(sta_has(&s.info, NL80211_STA_INFO_RX_BITRATE),
					 len == lens[type]);
			assert_int_equal(s.info.malformed >> NL80211_STA_INFO_RX_BITRATE & 1,
					 len != lens[type]);
			assert_int_equal(s.info.rx_packets, 3);
		}
}

static void words_for_numbers(void **state)
{
	(void)state;
	assert_string_equal(sta_info_word(NL80211_STA_INFO_TX_BITRATE), "tx_bitrate");
	assert_string_equal(sta_info_word(NL80211_STA_INFO_RX_BITRATE), "rx_bitrate");
	assert_string_equal(sta_info_word(NL80211_STA_INFO_BSS_PARAM), "bss_param");
	assert_string_equal(sta_info_word(NL80211_STA_INFO_CHAIN_SIGNAL), "chain_signal");
	assert_string_equal(sta_info_word(NL80211_STA_INFO_CHAIN_SIGNAL_AVG), "chain_signal_avg");
	assert_null(sta_info_word(0));
	assert_null(sta_info_word(31));
	assert_null(sta_info_word(1000));
	assert_string_equal(sta_flag_word(1), "authorized");
	assert_string_equal(sta_flag_word(8), "spp_amsdu");
	assert_null(sta_flag_word(0));
	assert_null(sta_flag_word(9));
}

/* ---- links ---- */

static void put_link(uint8_t id, const char *mac, uint32_t tx_packets)
{
	link_begin(id, mac);
	k_nest(NL80211_ATTR_STA_INFO);
	k_put_u32(NL80211_STA_INFO_TX_PACKETS, tx_packets);
	k_nest_end();
	k_nest_end();
}

static void links_of_one_message_are_sorted(void **state)
{
	struct station s;

	(void)state;
	station_begin(CLIENT);
	k_put_u8(NL80211_ATTR_MLO_LINK_ID, 14);
	k_put_mac(NL80211_ATTR_MLD_ADDR, CLIENT);
	k_nest(NL80211_ATTR_MLO_LINKS);
	put_link(14, LINK1, 14);
	put_link(0, LINK0, 1);
	put_link(7, LINK1, 8);
	k_nest_end();
	assert_true(decodes(&s));
	assert_true(s.has_assoc_link_id && s.assoc_link_id == 14 && s.has_mld_addr && !s.torn);
	assert_int_equal(s.n_links, 3);
	assert_int_equal(s.links[0].id, 0);
	assert_int_equal(s.links[1].id, 7);
	assert_int_equal(s.links[2].id, 14);
	assert_int_equal(s.links[1].info.tx_packets, 8);
	assert_int_equal(s.links[0].addr[5], 0x10);
	assert_ptr_equal(station_link(&s, 14), &s.links[2]);
	assert_null(station_link(&s, 1));
}

static void links_that_cannot_be_are_left_out(void **state)
{
	enum { ID_15, ID_TWICE, NO_ID, WIDE_ID, SHORT_ADDR, CASES };

	(void)state;
	for (int n = 0; n < CASES; n++) {
		struct station s;

		k_reset();
		station_begin(CLIENT);
		k_nest(NL80211_ATTR_MLO_LINKS);
		put_link(1, LINK1, 5);
		k_nest(3);
		if (n == WIDE_ID)
			k_put_u32(NL80211_ATTR_MLO_LINK_ID, 2);
		else if (n != NO_ID)
			k_put_u8(NL80211_ATTR_MLO_LINK_ID, n == ID_15 ? 15 : n == ID_TWICE ? 1 : 2);
		k_put(NL80211_ATTR_MAC, "\2\0\0\0\0\1", n == SHORT_ADDR ? 5 : 6);
		k_nest_end();
		k_nest_end();
		assert_true(decodes(&s));
		assert_true(s.torn);
		assert_int_equal(s.n_links, 1);
		assert_int_equal(s.links[0].info.tx_packets, 5);
	}
}

static void fifteen_links_fit(void **state)
{
	struct station s;

	(void)state;
	station_begin(CLIENT);
	k_nest(NL80211_ATTR_MLO_LINKS);
	for (int id = 15; id-- > 0;)
		put_link((uint8_t)id, LINK0, (uint32_t)id);
	k_nest_end();
	assert_true(decodes(&s));
	assert_int_equal(s.n_links, 15);
	for (int id = 0; id < 15; id++)
		assert_int_equal(s.links[id].info.tx_packets, id);
}

static void association_link_that_cannot_be_is_none(void **state)
{
	struct station s;

	(void)state;
	station_begin(CLIENT);
	k_put_u8(NL80211_ATTR_MLO_LINK_ID, 15);
	assert_true(decodes(&s));
	assert_true(!s.has_assoc_link_id && s.torn);
}

static void messages_about_a_station_are_joined(void **state)
{
	struct station s, more;

	(void)state;
	station_begin(CLIENT);
	k_nest(NL80211_ATTR_STA_INFO);
	k_put_u32(NL80211_STA_INFO_TX_PACKETS, 9);
	k_nest_end();
	assert_true(decodes(&s));
	for (int turn = 0; turn < 3; turn++) { /* the last is newer than the second */
		k_reset();
		station_begin(CLIENT);
		k_nest(NL80211_ATTR_MLO_LINKS);
		put_link(turn ? 0 : 2, turn ? LINK0 : LINK1, (uint32_t)turn);
		k_nest_end();
		assert_true(decodes(&more));
		join_station(&s, &more);
	}
	assert_int_equal(s.n_links, 2);
	assert_int_equal(s.links[0].info.tx_packets, 2);
	assert_int_equal(s.links[1].id, 2);
	assert_int_equal(s.info.tx_packets, 9);
	assert_false(s.has_assoc_link_id || s.has_mld_addr || s.torn);
	more = (struct station){ .has_assoc_link_id = true,
				 .assoc_link_id = 2,
				 .has_mld_addr = true,
				 .torn = true,
				 .mld_addr = { 2 } };
	join_station(&s, &more);
	assert_true(s.has_assoc_link_id && s.assoc_link_id == 2 && s.torn);
	assert_true(s.has_mld_addr && s.mld_addr[0] == 2);
	assert_int_equal(s.info.tx_packets, 9);
	more = (struct station){ .info = { .malformed = 1 << 9 } };
	join_station(&s, &more);
	assert_int_equal(s.info.has, 0);
}

/* ---- messages that are cut, or lie ---- */

static void station_without_an_address_is_malformed(void **state)
{
	struct station s;

	(void)state;
	k_data(NL80211_CMD_NEW_STATION, 0);
	k_put_u32(NL80211_ATTR_IFINDEX, 1);
	assert_false(decodes(&s));
	for (size_t len = 0; len < 9; len++) {
		k_reset();
		k_data(NL80211_CMD_NEW_STATION, 0);
		k_put(NL80211_ATTR_MAC, "\2\0\0\0\0\1\0\0\0", len);
		assert_int_equal(decodes(&s), len == 6);
	}
}

static void top_attributes_have_one_length(void **state)
{
	static const struct sized top[] = { { NL80211_ATTR_IFINDEX, 4, NULL },
					    { NL80211_ATTR_GENERATION, 4, NULL },
					    { NL80211_ATTR_MLO_LINK_ID, 1, NULL },
					    { NL80211_ATTR_MLD_ADDR, 6, NULL } };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(top); i++)
		for (size_t len = 0; len < 9; len++) {
			struct station s;

			k_reset();
			k_data(NL80211_CMD_NEW_STATION, 0);
			k_put_mac(NL80211_ATTR_MAC, CLIENT);
			k_put(top[i].n, "\0\0\0\0\0\0\0\0", len);
			assert_int_equal(decodes(&s), len == top[i].len);
		}
}

static void build_big(void)
{
	static const struct member rate[] = { { 5, 4, 57647 }, { 19, 1, 13 }, { 20, 1, 2 },
					      { 21, 1, 0 },    { 18, 0, 0 },  { 0 } };

	k_reset();
	station_begin(CLIENT);
	k_nest(NL80211_ATTR_STA_INFO);
	put_all();
	put_rate(NL80211_STA_INFO_TX_BITRATE, rate);
	k_nest_end();
	k_put_u8(NL80211_ATTR_MLO_LINK_ID, 1);
	k_put_mac(NL80211_ATTR_MLD_ADDR, CLIENT);
	k_nest(NL80211_ATTR_MLO_LINKS);
	link_begin(1, LINK1);
	k_nest(NL80211_ATTR_STA_INFO);
	put_all();
	put_rate(NL80211_STA_INFO_RX_BITRATE, rate);
	k_nest_end();
	k_nest_end();
	put_link(0, LINK0, 4);
	k_nest_end();
}

static void station_cut_at_every_byte_is_survived(void **state)
{
	size_t len;

	(void)state;
	build_big();
	len = k_attrs_len();
	for (size_t cut = 0; cut <= len; cut++) {
		struct attrs a = k_attrs(cut);
		struct station s;
		bool ok = decode_station(&a, &s);

		k_attrs_free(a);
		if (!ok)
			continue;
		/* what was cut at the end of an attribute is whole as far as it goes */
		assert_int_equal(s.addr[4], 1);
		assert_int_equal(s.info.malformed, 0);
		assert_true(s.n_links == 0 || s.n_links == 2);
	}
}

static void station_with_any_byte_changed_is_survived(void **state)
{
	size_t len;

	(void)state;
	build_big();
	len = k_attrs_len();
	for (size_t at = 0; at < len; at++)
		for (unsigned int flip = 1; flip < 256; flip <<= 1) {
			struct attrs a = k_attrs(0);
			struct station s;

			((uint8_t *)(uintptr_t)a.head)[at] ^= (uint8_t)flip;
			if (decode_station(&a, &s)) {
				assert_true(s.n_links <= LINKS_MAX);
				assert_true(s.info.n_chains <= CHAINS_MAX);
			}
			k_attrs_free(a);
		}
}

static void statistics_that_end_within_an_attribute_are_marked(void **state)
{
	struct station s;

	(void)state;
	station_begin(CLIENT);
	k_nest(NL80211_ATTR_STA_INFO);
	k_put_u32(NL80211_STA_INFO_TX_PACKETS, 9);
	k_put_u32(NL80211_STA_INFO_RX_PACKETS, 9);
	k_attr_length(1);
	k_nest_end();
	assert_true(decodes(&s));
	assert_true(s.info.torn && !s.torn);
	assert_int_equal(s.info.has, 1u << NL80211_STA_INFO_TX_PACKETS);
}

/* A byte that is no attribute, within each nest. */
static void what_is_left_over_is_marked(void **state)
{
	static const uint16_t nests[] = { NL80211_STA_INFO_TX_BITRATE, NL80211_STA_INFO_RX_BITRATE,
					  NL80211_STA_INFO_BSS_PARAM, NL80211_STA_INFO_CHAIN_SIGNAL,
					  NL80211_STA_INFO_CHAIN_SIGNAL_AVG };
	struct station s;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(nests); i++) {
		k_reset();
		station_begin(CLIENT);
		k_nest(NL80211_ATTR_STA_INFO);
		k_nest(nests[i]);
		k_raw("\1", 1);
		k_nest_end();
		k_nest_end();
		assert_true(decodes(&s));
		assert_int_equal(s.info.malformed, 1ull << nests[i]);
		assert_int_equal(s.info.has, 0);
	}
	for (int deep = 0; deep < 4; deep++) { /* the message, its statistics, links, a link */
		k_reset();
		station_begin(CLIENT);
		if (deep)
			k_nest(deep == 1 ? NL80211_ATTR_STA_INFO : NL80211_ATTR_MLO_LINKS);
		if (deep == 3)
			link_begin(2, LINK0);
		k_raw("\1", 1);
		for (int n = deep == 3 ? 2 : deep ? 1 : 0; n--;)
			k_nest_end();
		assert_int_equal(decodes(&s), deep != 0);
		assert_int_equal(s.info.torn, deep == 1);
		assert_int_equal(s.torn, deep > 1);
		assert_int_equal(s.n_links, 0);
	}
}

static void members_of_the_bss_may_be_absent_or_wrong(void **state)
{
	(void)state;
	for (size_t len = 0; len < 4; len++)
		for (uint16_t type = 4; type < 6; type++) {
			bool good = len == (type == 4 ? 1 : 2);
			struct station s;

			k_reset();
			station_begin(CLIENT);
			k_nest(NL80211_ATTR_STA_INFO);
			k_nest(NL80211_STA_INFO_BSS_PARAM);
			k_put_number(type, 3, len);
			k_nest_end();
			k_nest_end();
			assert_true(decodes(&s));
			assert_int_equal(s.info.malformed != 0, !good);
			assert_int_equal(s.info.dtim_period, good && type == 4 ? 3 : 0);
			assert_int_equal(s.info.beacon_interval_tu, good && type == 5 ? 3 : 0);
		}
}

/* ---- how they are shown ---- */

static int reset(void **state)
{
	(void)state;
	k_reset();
	return 0;
}

#define GET_LO	   "get GET_INTERFACE IFINDEX=1\n"
#define DUMP	   "dump GET_STATION IFINDEX=1\n"
#define DUMP_LINKS "dump GET_STATION IFINDEX=1 STA_DUMP_LINK_STATS\n"
#define ASK_IDS	   "get GET_STATION IFINDEX=1 MAC=020000000100\n"
#define DUMP_SCAN  "dump GET_SCAN IFINDEX=1 BSS_DUMP_INCLUDE_USE_DATA\n"
#define HEAD	   "                          Mbit/s  mode        bytes packets retries failed  dBm\n"

static void turn_iface(uint32_t type)
{
	k_family_has(NL80211_CMD_GET_STATION);
	k_turn();
	k_iface(0, type);
	if (type != NL80211_IFTYPE_AP)
		return;
	k_links_begin();
	k_link_begin(0, AP_MLD);
	k_put_u32(NL80211_ATTR_WIPHY_FREQ, 5180);
	k_nest_end();
	k_links_end();
}

static void put_some(uint32_t n)
{
	static const struct member rate[] = {
		{ 5, 4, 12009 }, { 13, 1, 11 }, { 14, 1, 2 }, { 10, 0, 0 }, { 0 }
	};

	k_put_u64(NL80211_STA_INFO_TX_BYTES64, 1234567ull * n);
	k_put_u64(NL80211_STA_INFO_RX_BYTES64, 99999);
	k_put_u32(NL80211_STA_INFO_TX_PACKETS, 100000 * n);
	k_put_u32(NL80211_STA_INFO_RX_PACKETS, 10);
	k_put_u32(NL80211_STA_INFO_TX_RETRIES, n);
	k_put_u32(NL80211_STA_INFO_TX_FAILED, 0);
	k_put_u8(NL80211_STA_INFO_SIGNAL, (uint8_t)(-40 - n));
	put_rate(NL80211_STA_INFO_TX_BITRATE, rate);
}

static void put_station(const char *mac, uint32_t n)
{
	station_begin(mac);
	k_nest(NL80211_ATTR_STA_INFO);
	k_put_u32(NL80211_STA_INFO_CONNECTED_TIME, 7);
	k_put_u32(NL80211_STA_INFO_INACTIVE_TIME, 20);
	k_put(NL80211_STA_INFO_STA_FLAGS, (uint32_t[]){ 0xa2, 0xa2 }, 8);
	put_some(n);
	k_nest_end();
}

static void put_link_message(const char *mac, uint8_t id, const char *link)
{
	station_begin(mac);
	k_nest(NL80211_ATTR_MLO_LINKS);
	link_begin(id, link);
	k_nest(NL80211_ATTR_STA_INFO);
	put_some(id + 1u);
	k_nest_end();
	k_nest_end();
	k_nest_end();
}

static void turn_ids(uint8_t link, const char *mld)
{
	k_turn();
	k_data(NL80211_CMD_NEW_STATION, 0);
	k_put_mac(NL80211_ATTR_MAC, CLIENT);
	k_put_u32(NL80211_ATTR_GENERATION, 9);
	k_nest(NL80211_ATTR_STA_INFO);
	k_put_u32(NL80211_STA_INFO_TX_PACKETS, 1);
	k_nest_end();
	k_put_u8(NL80211_ATTR_MLO_LINK_ID, link);
	if (mld)
		k_put_mac(NL80211_ATTR_MLD_ADDR, mld);
}

/* As 7.3 has it: of the dump, aggregate and links; of the question, who it is. */
static void turns_per_link(void)
{
	k_maxattr(NL80211_ATTR_STA_DUMP_LINK_STATS);
	turn_iface(NL80211_IFTYPE_AP);
	k_turn();
	put_station(CLIENT, 3);
	put_link_message(CLIENT, 0, LINK0);
	put_link_message(CLIENT, 1, LINK1);
	k_done(0);
	turn_ids(1, CLIENT);
}

#define TX_3 "tx  1200.9  HE160 11x2  3.70M    300k       3      0    -\n"
#define TX_1 "tx  1200.9  HE160 11x2  1.23M    100k       1      0    -\n"
#define TX_2 "tx  1200.9  HE160 11x2  2.46M    200k       2      0    -\n"
#define RX   "                      rx       -              99999      10                 "

static void client_of_an_ap_mld(void **state)
{
	(void)state;
	turns_per_link();
	assert_run(run("dev lo station"), ST_OK,
		   HEAD CLIENT
		   "  MLD  association link 1  authorized  connected 7 s  inactive 20 ms\n"
		   "  total               " TX_3 RX "-43\n"
		   "  0 " LINK0 " " TX_1 RX "-41\n"
		   "  1 " LINK1 " " TX_2 RX "-42\n",
		   "", GET_LO DUMP_LINKS ASK_IDS);
}

#define JSON_SOME(n)                                                                        \
	"\"signal_dbm\":-4" #n ",\"signal_source\":\"station\",\"tx_bitrate_mbps\":1200.9," \
	"\"tx_rate\":{\"generation\":\"HE\",\"mcs\":11,\"nss\":2,\"width_mhz\":160},"
#define JSON_REST  "\"tx_failed\":0,\"rx_bytes\":99999,\"rx_packets\":10"
#define JSON_FLAGS "\"authorized\":true,\"authenticated\":true,\"associated\":true,"
#define JSON_TIMES ",\"inactive_ms\":20,\"connected_s\":7"

static void client_of_an_ap_mld_in_json(void **state)
{
	(void)state;
	turns_per_link();
	assert_run(
		run("-j dev lo station"), ST_OK,
		"[{\"addr\":\"" CLIENT "\",\"mld\":true,\"mld_addr\":\"" CLIENT "\","
		"\"assoc_link_id\":1," JSON_FLAGS JSON_SOME(
			3) "\"tx_bytes\":3703701,\"tx_packets\":300000,\"tx_retries\":3," JSON_REST
			JSON_TIMES
			   ",\"link_statistics\":true,\"links\":[{\"link_id\":0,\"addr\":\"" LINK0
			   "\","
			   "\"freq_mhz\":5180,\"channel\":36,\"band\":\"5GHz\"," JSON_SOME(
				   1) "\"tx_bytes\":1234567,\"tx_packets\":100000,\"tx_retries\":1," JSON_REST
				      "},"
				      "{\"link_id\":1,\"addr\":\"" LINK1 "\"," JSON_SOME(
					      2) "\"tx_bytes\":2469134,\"tx_packets\":200000,\"tx_retries\":2," JSON_REST
						 "}]}]\n",
		"", GET_LO DUMP_LINKS ASK_IDS);
}

static void legacy_client_has_one_link_and_no_total(void **state)
{
	(void)state;
	k_maxattr(NL80211_ATTR_STA_DUMP_LINK_STATS);
	turn_iface(NL80211_IFTYPE_AP);
	k_turn();
	put_station(CLIENT, 1);
	put_link_message(CLIENT, 1, CLIENT);
	k_done(0);
	turn_ids(1, NULL);
	assert_run(run("dev lo station"), ST_OK,
		   HEAD CLIENT
		   "  no MLD  association link 1  authorized  connected 7 s  inactive 20 ms\n"
		   "  1 " CLIENT " " TX_2 RX "-42\n",
		   "", GET_LO DUMP_LINKS ASK_IDS);
}

/* As 6.12 has it. */
static void stations_without_links(void **state)
{
	(void)state;
	turn_iface(NL80211_IFTYPE_AP);
	k_turn();
	put_station(CLIENT, 1);
	put_station(OTHER, 2);
	k_done(0);
	assert_run(run("dev lo station"), ST_OK,
		   HEAD CLIENT "  authorized  connected 7 s  inactive 20 ms\n"
			       "                      " TX_1 RX "-41\n" OTHER
			       "  authorized  connected 7 s  inactive 20 ms\n"
			       "                      " TX_2 RX "-42\n",
		   "", GET_LO DUMP);
	assert_run(
		run("-j dev lo station " OTHER), ST_OK,
		"{\"addr\":\"" OTHER "\"," JSON_FLAGS JSON_SOME(
			2) "\"tx_bytes\":2469134,\"tx_packets\":200000,\"tx_retries\":2," JSON_REST
			JSON_TIMES "}\n",
		"", GET_LO DUMP);
	assert_run(run("dev lo station 02:00:00:00:03:00"), ST_REFUSED, "",
		   "iw-mlo: dev lo station: there is no station 02:00:00:00:03:00\n", GET_LO DUMP);
}

/* As the kernel's own code has it that is not in use: all links in the one message. */
static void links_of_one_message_are_shown(void **state)
{
	(void)state;
	turn_iface(NL80211_IFTYPE_AP);
	k_turn();
	put_station(CLIENT, 3);
	k_put_u8(NL80211_ATTR_MLO_LINK_ID, 0);
	k_put_mac(NL80211_ATTR_MLD_ADDR, OTHER);
	k_nest(NL80211_ATTR_MLO_LINKS);
	for (uint8_t id = 0; id < 2; id++) {
		link_begin(id, id ? LINK1 : LINK0);
		k_nest(NL80211_ATTR_STA_INFO);
		put_some(id + 1u);
		k_nest_end();
		k_nest_end();
	}
	k_nest_end();
	k_done(0);
	assert_run(run("dev lo station"), ST_OK,
		   HEAD CLIENT "  MLD " OTHER
			       "  association link 0  authorized  connected 7 s  inactive 20 ms\n"
			       "  total               " TX_3 RX "-43\n"
			       "  0 " LINK0 " " TX_1 RX "-41\n"
			       "  1 " LINK1 " " TX_2 RX "-42\n",
		   "", GET_LO DUMP);
	/* by the address of a link, with what has no column */
	assert_run(run("dev lo station " LINK1), ST_OK,
		   HEAD CLIENT "  MLD " OTHER
			       "  association link 0  authorized  connected 7 s  inactive 20 ms\n"
			       "  total               " TX_3 RX "-43\n"
			       "  0 " LINK0 " " TX_1 RX "-41\n"
			       "  1 " LINK1 " " TX_2 RX "-42\n",
		   "", GET_LO DUMP);
}

static void station_that_went_away_before_the_question(void **state)
{
	(void)state;
	k_maxattr(NL80211_ATTR_STA_DUMP_LINK_STATS);
	turn_iface(NL80211_IFTYPE_AP);
	k_turn();
	put_station(CLIENT, 3);
	put_link_message(CLIENT, 1, LINK1);
	k_done(0);
	k_turn();
	k_nack(ENOENT, 0);
	assert_run(run("dev lo station"), ST_OK,
		   HEAD CLIENT "  authorized  connected 7 s  inactive 20 ms\n"
			       "  1 " LINK1 " " TX_2 RX "-42\n",
		   "", GET_LO DUMP_LINKS ASK_IDS);
}

static void dump_that_a_station_joined_is_asked_for_again(void **state)
{
	(void)state;
	turn_iface(NL80211_IFTYPE_AP);
	k_turn();
	put_station(CLIENT, 1);
	k_data(NL80211_CMD_NEW_STATION, NLM_F_MULTI);
	k_put_mac(NL80211_ATTR_MAC, OTHER);
	k_put_u32(NL80211_ATTR_GENERATION, 6);
	k_done(0);
	k_turn();
	put_station(OTHER, 2);
	k_done(0);
	assert_run(run("dev lo station"), ST_OK,
		   HEAD OTHER "  authorized  connected 7 s  inactive 20 ms\n"
			      "                      " TX_2 RX "-42\n",
		   "", GET_LO DUMP DUMP);
}

static void station_that_is_listed_twice_is_one(void **state)
{
	(void)state;
	turn_iface(NL80211_IFTYPE_AP);
	k_turn();
	put_station(CLIENT, 1);
	put_station(OTHER, 1);
	put_station(CLIENT, 2);
	k_done(0);
	assert_run(run("dev lo station " CLIENT), ST_OK,
		   HEAD CLIENT "  authorized  connected 7 s  inactive 20 ms\n"
			       "                      " TX_2 RX "-42\n",
		   "", GET_LO DUMP);
}

static void malformed_statistics_harm_nobody_else(void **state)
{
	(void)state;
	turn_iface(NL80211_IFTYPE_AP);
	k_turn();
	station_begin(CLIENT);
	k_nest(NL80211_ATTR_STA_INFO);
	k_put_u32(NL80211_STA_INFO_SIGNAL, 1);
	k_put_u32(NL80211_STA_INFO_TX_PACKETS, 10);
	k_put_u8(NL80211_STA_INFO_CONNECTED_TIME, 1);
	k_put_u32(NL80211_STA_INFO_RX_PACKETS, 10);
	k_attr_length(1);
	k_nest_end();
	k_nest(NL80211_ATTR_MLO_LINKS);
	k_nest(1);
	k_nest_end();
	k_nest_end();
	put_station(OTHER, 2);
	k_done(0);
	assert_run(
		run("dev lo station"), ST_OK,
		HEAD CLIENT
		"\n"
		"                      tx       -                  -      10       -      -    -\n"
		"                      rx       -                  -       -                   -\n"
		"    ! left out, being malformed: signal, connected_time, and the rest\n"
		"    ! left out, being malformed: a link\n" OTHER
		"  authorized  connected 7 s  inactive 20 ms\n"
		"                      " TX_2 RX "-42\n",
		"", GET_LO DUMP);
	assert_run(run("-j dev lo station " CLIENT), ST_OK,
		   "{\"addr\":\"" CLIENT "\",\"tx_packets\":10,"
		   "\"malformed\":[\"signal\",\"connected_time\",\"attributes\"],\"torn\":true}\n",
		   "", GET_LO DUMP);
}

static void put_rest(void)
{
	put_all();
	put_rate(
		NL80211_STA_INFO_TX_BITRATE,
		(struct member[]){ { 19, 1, 3 }, { 20, 1, 1 }, { 21, 1, 2 }, { 22, 1, 7 }, { 0 } });
	put_rate(NL80211_STA_INFO_RX_BITRATE, (struct member[]){ { 1, 2, 60 }, { 0 } });
}

static void every_statistic_is_shown_of_one(void **state)
{
	(void)state;
	turn_iface(NL80211_IFTYPE_AP);
	k_turn();
	station_begin(CLIENT);
	k_nest(NL80211_ATTR_STA_INFO);
	put_rest();
	k_nest_end();
	k_done(0);
	assert_run(
		run("dev lo station " CLIENT), ST_OK,
		HEAD CLIENT
		"  authorized  connected 116 s  inactive 101 ms\n"
		"                      tx       -  EHT RU 484+242 3x1 4.29G     110     111    112  -34\n"
		"                      rx     6.0              4.29G     109                 -40\n"
		"    average -43 dBm  chain 0 -41 dBm  chain 1 -42 dBm  acks average -35 dBm\n"
		"    beacons 129  beacons average 126 dBm  beacon loss 118\n"
		"    beacon interval 100 TU  dtim period 2  expected 127 kbit/s  rx dropped 128\n"
		"    rx mpdus 136  fcs errors 137  airtime tx 139 us  airtime rx 132 us\n"
		"    airtime weight 140\n",
		"", GET_LO DUMP);
	assert_run(
		run("-j dev lo station " CLIENT), ST_OK,
		"{\"addr\":\"" CLIENT "\",\"authorized\":true,\"short_preamble\":false,"
		"\"wme\":true,\"mfp\":false,\"authenticated\":true,\"tdls_peer\":false,"
		"\"associated\":false,"
		"\"signal_dbm\":-40,\"signal_source\":\"station\",\"signal_avg_dbm\":-43,"
		"\"chain_signal_dbm\":[-41,-42],\"chain_signal_avg_dbm\":[-41,-42],"
		"\"ack_signal_dbm\":-34,\"ack_signal_avg_dbm\":-35,\"beacon_rx\":129,"
		"\"beacon_loss\":118,\"beacon_signal_avg_dbm\":126,"
		"\"tx_rate\":{\"generation\":\"EHT\",\"mcs\":3,\"nss\":1,\"gi_ns\":3200,"
		"\"ru\":\"484+242\"},\"rx_bitrate_mbps\":6.0,\"expected_throughput_kbps\":127,"
		"\"tx_bytes\":4294967399,\"tx_packets\":110,\"tx_retries\":111,\"tx_failed\":112,"
		"\"rx_bytes\":4294967398,\"rx_packets\":109,\"rx_dropped\":128,\"rx_mpdus\":136,"
		"\"fcs_errors\":137,\"inactive_ms\":101,\"connected_s\":116,"
		"\"assoc_at_boottime_ns\":142,\"tx_airtime_us\":139,\"rx_airtime_us\":132,"
		"\"airtime_weight\":140,\"dtim_period\":2,\"beacon_interval_tu\":100}\n",
		"", GET_LO DUMP);
}

#define NO_TX "                      tx       -                  -       -       -      -    -\n"
#define NO_RX "                      rx       -                  -       -                   -\n"

/* Alone, so that none is taken for another. */
static void every_statistic_is_shown_as_itself(void **state)
{
	static const struct {
		uint16_t n;
		uint8_t len;
		const char *json, *text;
	} each[] = {
		{ 1, 4, "\"inactive_ms\":7", "  inactive 7 ms\n" NO_TX NO_RX },
		{ 7, 1, "\"signal_dbm\":7,\"signal_source\":\"station\"",
		  "\n" NO_TX
		  "                      rx       -                  -       -                   7\n" },
		{ 9, 4, "\"rx_packets\":7",
		  "\n" NO_TX
		  "                      rx       -                  -       7                   -\n" },
		{ 10, 4, "\"tx_packets\":7",
		  "\n                      tx       -                  -       7       -      -    "
		  "-\n" NO_RX },
		{ 11, 4, "\"tx_retries\":7",
		  "\n                      tx       -                  -       -       7      -    "
		  "-\n" NO_RX },
		{ 12, 4, "\"tx_failed\":7",
		  "\n                      tx       -                  -       -       -      7    "
		  "-\n" NO_RX },
		{ 13, 1, "\"signal_avg_dbm\":7", "\n" NO_TX NO_RX "    average 7 dBm\n" },
		{ 16, 4, "\"connected_s\":7", "  connected 7 s\n" NO_TX NO_RX },
		{ 18, 4, "\"beacon_loss\":7", "\n" NO_TX NO_RX "    beacon loss 7\n" },
		{ 23, 8, "\"rx_bytes\":7",
		  "\n" NO_TX
		  "                      rx       -                  7       -                   -\n" },
		{ 24, 8, "\"tx_bytes\":7",
		  "\n                      tx       -                  7       -       -      -    "
		  "-\n" NO_RX },
		{ 2, 4, "\"rx_bytes\":7,\"rx_bytes_wrap\":true",
		  "\n" NO_TX
		  "                      rx       -                  7       -                   -\n" },
		{ 3, 4, "\"tx_bytes\":7,\"tx_bytes_wrap\":true",
		  "\n                      tx       -                  7       -       -      -    "
		  "-\n" NO_RX },
		{ 27, 4, "\"expected_throughput_kbps\":7",
		  "\n" NO_TX NO_RX "    expected 7 kbit/s\n" },
		{ 28, 8, "\"rx_dropped\":7", "\n" NO_TX NO_RX "    rx dropped 7\n" },
		{ 29, 8, "\"beacon_rx\":7", "\n" NO_TX NO_RX "    beacons 7\n" },
		{ 30, 1, "\"beacon_signal_avg_dbm\":7",
		  "\n" NO_TX NO_RX "    beacons average 7 dBm\n" },
		{ 32, 8, "\"rx_airtime_us\":7", "\n" NO_TX NO_RX "    airtime rx 7 us\n" },
		{ 34, 1, "\"ack_signal_dbm\":7",
		  "\n                      tx       -                  -       -       -      -    "
		  "7\n" NO_RX },
		{ 35, 1, "\"ack_signal_avg_dbm\":7", "\n" NO_TX NO_RX "    acks average 7 dBm\n" },
		{ 36, 4, "\"rx_mpdus\":7", "\n" NO_TX NO_RX "    rx mpdus 7\n" },
		{ 37, 4, "\"fcs_errors\":7", "\n" NO_TX NO_RX "    fcs errors 7\n" },
		{ 39, 8, "\"tx_airtime_us\":7", "\n" NO_TX NO_RX "    airtime tx 7 us\n" },
		{ 40, 2, "\"airtime_weight\":7", "\n" NO_TX NO_RX "    airtime weight 7\n" },
		{ 42, 8, "\"assoc_at_boottime_ns\":7", "\n" NO_TX NO_RX },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(each); i++) {
		char want[500];

		k_reset();
		turn_iface(NL80211_IFTYPE_AP);
		k_turn();
		station_begin(CLIENT);
		k_nest(NL80211_ATTR_STA_INFO);
		k_put_number(each[i].n, 7, each[i].len);
		k_nest_end();
		k_done(0);
		snprintf(want, sizeof(want), "{\"addr\":\"" CLIENT "\",%s}\n", each[i].json);
		assert_run(run("-j dev lo station " CLIENT), ST_OK, want, "", GET_LO DUMP);
		snprintf(want, sizeof(want), HEAD CLIENT "%s", each[i].text);
		assert_run(run("dev lo station " CLIENT), ST_OK, want, "", GET_LO DUMP);
	}
}

static void turn_rates(const struct member *tx, const struct member *rx)
{
	k_reset();
	turn_iface(NL80211_IFTYPE_AP);
	k_turn();
	station_begin(CLIENT);
	k_nest(NL80211_ATTR_STA_INFO);
	put_rate(NL80211_STA_INFO_TX_BITRATE, tx);
	put_rate(NL80211_STA_INFO_RX_BITRATE, rx);
	k_nest_end();
	k_done(0);
}

static void rates_are_shown_as_far_as_they_are_told(void **state)
{
	(void)state;
	turn_rates((struct member[]){ { 13, 1, 4 }, { 14, 1, 1 }, { 16, 1, 1 }, { 0 } },
		   (struct member[]){ { 2, 1, 32 }, { 3, 0, 0 }, { 0 } });
	assert_run(run("-j dev lo station"), ST_OK,
		   "[{\"addr\":\"" CLIENT "\",\"tx_rate\":{\"generation\":\"HE\",\"mcs\":4,"
		   "\"nss\":1,\"width_mhz\":20,\"dcm\":true},\"rx_rate\":{\"generation\":\"HT\","
		   "\"mcs\":32,\"width_mhz\":40,\"gi_ns\":800}}]\n",
		   "", GET_LO DUMP);
	assert_run(
		run("dev lo station"), ST_OK,
		HEAD CLIENT
		"\n"
		"                      tx       -  HE20 4x1        -       -       -      -    -\n"
		"                      rx       -  HT40 32         -       -                   -\n",
		"", GET_LO DUMP);
	turn_rates((struct member[]){ { 12, 0, 0 }, { 0 } },
		   (struct member[]){ { 20, 1, 2 }, { 0 } });
	assert_run(run("-j dev lo station"), ST_OK,
		   "[{\"addr\":\"" CLIENT "\",\"tx_rate\":{\"width_mhz\":5},"
		   "\"rx_rate\":{\"nss\":2}}]\n",
		   "", GET_LO DUMP);
	assert_run(run("dev lo station"), ST_OK, HEAD CLIENT "\n" NO_TX NO_RX, "", GET_LO DUMP);
	turn_rates((struct member[]){ { 17, 1, 0 }, { 0 } }, (struct member[]){ { 0 } });
	assert_run(run("-j dev lo station"), ST_OK,
		   "[{\"addr\":\"" CLIENT "\",\"tx_rate\":{\"ru\":\"26\"}}]\n", "", GET_LO DUMP);
}

static void states_and_flags(void **state)
{
	static const struct {
		uint32_t known, set;
		const char *json, *text;
	} each[] = {
		{ 0x82, 0x82, ",\"authorized\":true,\"associated\":true", "  authorized" },
		{ 0xa2, 0xa0, ",\"authorized\":false,\"authenticated\":true,\"associated\":true",
		  "  associated" },
		{ 0x20, 0x20, ",\"authenticated\":true", "  authenticated" },
		{ 0x300, 0x300, ",\"spp_amsdu\":true", "" }, /* bit 9 has no word */
		{ 0, 0xffffffff, "", "" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(each); i++) {
		char want[300];

		k_reset();
		turn_iface(NL80211_IFTYPE_AP);
		k_turn();
		station_begin(CLIENT);
		k_nest(NL80211_ATTR_STA_INFO);
		k_put(NL80211_STA_INFO_STA_FLAGS, (uint32_t[]){ each[i].known, each[i].set }, 8);
		k_nest_end();
		k_done(0);
		snprintf(want, sizeof(want), "[{\"addr\":\"" CLIENT "\"%s}]\n", each[i].json);
		assert_run(run("-j dev lo station"), ST_OK, want, "", GET_LO DUMP);
		snprintf(want, sizeof(want), HEAD CLIENT "%s\n" NO_TX NO_RX, each[i].text);
		assert_run(run("dev lo station"), ST_OK, want, "", GET_LO DUMP);
	}
}

static void what_is_malformed_alone(void **state)
{
	(void)state;
	for (int torn = 0; torn < 2; torn++) {
		k_reset();
		turn_iface(NL80211_IFTYPE_AP);
		k_turn();
		station_begin(CLIENT);
		k_nest(NL80211_ATTR_STA_INFO);
		k_put_u8(NL80211_STA_INFO_TX_FAILED, 1);
		if (torn)
			k_attr_length(4);
		k_nest_end();
		k_done(0);
		assert_run(run("dev lo station"), ST_OK,
			   torn ? HEAD CLIENT "\n    ! left out, being malformed: the rest\n"
				: HEAD CLIENT "\n    ! left out, being malformed: tx_failed\n",
			   "", GET_LO DUMP);
		assert_run(run("-j dev lo station"), ST_OK,
			   torn ? "[{\"addr\":\"" CLIENT "\",\"malformed\":[\"attributes\"]}]\n"
				: "[{\"addr\":\"" CLIENT "\",\"malformed\":[\"tx_failed\"]}]\n",
			   "", GET_LO DUMP);
	}
}

static void station_is_found_by_the_address_of_its_link(void **state)
{
	(void)state;
	turn_iface(NL80211_IFTYPE_STATION);
	k_turn();
	station_begin(OTHER);
	k_nest(NL80211_ATTR_MLO_LINKS);
	link_begin(0, OTHER);
	k_nest_end();
	k_nest_end();
	k_put_u8(NL80211_ATTR_MLO_LINK_ID, 0);
	station_begin(CLIENT);
	k_nest(NL80211_ATTR_MLO_LINKS);
	link_begin(4, LINK0);
	k_nest_end();
	link_begin(14, LINK1);
	k_nest_end();
	k_nest_end();
	k_put_u8(NL80211_ATTR_MLO_LINK_ID, 4);
	k_done(0);
	k_turn();
	k_done(0);
	for (int n = 0; n < 3; n++)
		assert_run(run(n == 0	? "-j dev lo station " LINK0
			       : n == 1 ? "-j dev lo station " LINK1
					: "-j dev lo station " CLIENT),
			   ST_OK,
			   "{\"addr\":\"" CLIENT "\",\"mld\":true,\"assoc_link_id\":4,"
			   "\"link_statistics\":true,\"links\":["
			   "{\"link_id\":4,\"addr\":\"" LINK0 "\"},"
			   "{\"link_id\":14,\"addr\":\"" LINK1 "\"}]}\n",
			   "", GET_LO DUMP DUMP_SCAN);
}

static void name_of_a_station_is_painted(void **state)
{
	(void)state;
	turn_iface(NL80211_IFTYPE_AP);
	k_turn();
	station_begin(CLIENT);
	k_done(0);
	assert_run(run("-c always dev lo station"), ST_OK, HEAD "\033[1;36m" CLIENT "\033[0m\n", "",
		   GET_LO DUMP);
}

static void counters_that_wrap_say_so(void **state)
{
	(void)state;
	turn_iface(NL80211_IFTYPE_AP);
	k_turn();
	station_begin(CLIENT);
	k_nest(NL80211_ATTR_STA_INFO);
	k_put_u32(NL80211_STA_INFO_TX_BYTES, UINT32_MAX);
	k_put_u32(NL80211_STA_INFO_RX_BYTES, 0);
	k_nest_end();
	k_done(0);
	assert_run(run("-j dev lo station"), ST_OK,
		   "[{\"addr\":\"" CLIENT "\",\"tx_bytes\":4294967295,\"tx_bytes_wrap\":true,"
		   "\"rx_bytes\":0,\"rx_bytes_wrap\":true}]\n",
		   "", GET_LO DUMP);
	assert_run(
		run("dev lo station"), ST_OK,
		HEAD CLIENT
		"\n"
		"                      tx       -              4.29G       -       -      -    -\n"
		"                      rx       -                  0       -                   -\n",
		"", GET_LO DUMP);
}

static void counter_that_wraps_is_no_word_about_the_other(void **state)
{
	(void)state;
	turn_iface(NL80211_IFTYPE_AP);
	k_turn();
	station_begin(CLIENT);
	k_nest(NL80211_ATTR_STA_INFO);
	k_put_u32(NL80211_STA_INFO_TX_BYTES, 1);
	k_put_u32(NL80211_STA_INFO_RX_BYTES, 2);
	k_put_u64(NL80211_STA_INFO_RX_BYTES64, 2);
	k_nest_end();
	station_begin(OTHER);
	k_nest(NL80211_ATTR_STA_INFO);
	k_put_u32(NL80211_STA_INFO_TX_BYTES, 3);
	k_put_u64(NL80211_STA_INFO_TX_BYTES64, 3);
	k_put_u32(NL80211_STA_INFO_RX_BYTES, 4);
	k_nest_end();
	k_done(0);
	assert_run(run("-j dev lo station"), ST_OK,
		   "[{\"addr\":\"" CLIENT "\",\"tx_bytes\":1,\"tx_bytes_wrap\":true,"
		   "\"rx_bytes\":2},{\"addr\":\"" OTHER "\",\"tx_bytes\":3,\"rx_bytes\":4,"
		   "\"rx_bytes_wrap\":true}]\n",
		   "", GET_LO DUMP);
}

static void counts_fit_five_columns(void **state)
{
	static const struct {
		uint64_t v;
		const char *text;
	} counts[] = {
		{ 99999, "99999" },	 { 100000, " 100k" },	    { 999999, " 999k" },
		{ 1000000, "1.00M" },	 { 10000000, "10.0M" },	    { 9999999, "9.99M" },
		{ 12345678, "12.3M" },	 { 123456789, " 123M" },    { 1009000000, "1.00G" },
		{ 1e12, "1.00T" },	 { 1e15, "1.00P" },	    { 1e18, "1.00E" },
		{ UINT64_MAX, "18.4E" }, { 999999999999, " 999G" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(counts); i++) {
		char want[400];

		k_reset();
		turn_iface(NL80211_IFTYPE_AP);
		k_turn();
		station_begin(CLIENT);
		k_nest(NL80211_ATTR_STA_INFO);
		k_put_u64(NL80211_STA_INFO_TX_BYTES64, counts[i].v);
		k_nest_end();
		k_done(0);
		snprintf(want, sizeof(want),
			 HEAD CLIENT
			 "\n%24s       -              %s       -       -      -    -\n"
			 "%24s       -                  -       -                   -\n",
			 "tx", counts[i].text, "rx");
		assert_run(run("dev lo station"), ST_OK, want, "", GET_LO DUMP);
	}
}

/* ---- of a client: the AP, with the signals of the table of BSSes ---- */

static void put_bss_of(const char *bssid, int link, int32_t mbm, uint32_t status, const char *mld)
{
	k_data(NL80211_CMD_NEW_SCAN_RESULTS, NLM_F_MULTI);
	k_nest(NL80211_ATTR_BSS);
	if (bssid)
		k_put_mac(NL80211_BSS_BSSID, bssid);
	k_put_u32(NL80211_BSS_FREQUENCY, 5180);
	if (mbm)
		k_put_u32(NL80211_BSS_SIGNAL_MBM, (uint32_t)mbm);
	k_put_u32(NL80211_BSS_SEEN_MS_AGO, 70);
	k_put_u32(NL80211_BSS_STATUS, status);
	if (link >= 0) {
		k_put_u8(NL80211_BSS_MLO_LINK_ID, (uint8_t)link);
		k_put_mac(NL80211_BSS_MLD_ADDR, mld);
	}
	k_nest_end();
}

static void put_bss(const char *bssid, int link, int32_t mbm)
{
	put_bss_of(bssid, link, mbm, NL80211_BSS_STATUS_ASSOCIATED, AP_MLD);
}

static void signals_of_beacons_are_labelled(void **state)
{
	(void)state;
	turn_iface(NL80211_IFTYPE_STATION);
	k_turn();
	put_station(AP_MLD, 1);
	put_station(OTHER, 2); /* a direct link */
	k_done(0);
	k_turn();
	put_bss(LINK1, 1, -5050);
	put_bss(LINK0, 0, 0);
	k_done(0);
	assert_run(
		run("dev lo station"), ST_OK,
		HEAD AP_MLD
		"  MLD  authorized  connected 7 s  inactive 20 ms\n"
		"                      " TX_1 RX "-41\n"
		"  0 " LINK0 "\n"
		"  1 " LINK1 "    -50.5 dBm in the table of BSSes, 70 ms ago\n"
		"    (the kernel tells no statistics of each link: the above may be of one alone)\n" OTHER
		"  authorized  connected 7 s  inactive 20 ms\n"
		"                      " TX_2 RX "-42\n",
		"", GET_LO DUMP DUMP_SCAN);
	assert_run(
		run("-j dev lo station " AP_MLD), ST_OK,
		"{\"addr\":\"" AP_MLD "\",\"mld\":true," JSON_FLAGS JSON_SOME(
			1) "\"tx_bytes\":1234567,\"tx_packets\":100000,\"tx_retries\":1," JSON_REST
			JSON_TIMES
			   ",\"link_statistics\":false,\"links\":[{\"link_id\":0,\"addr\":\"" LINK0
			   "\"},"
			   "{\"link_id\":1,\"addr\":\"" LINK1 "\",\"signal_dbm\":-50.5,"
			   "\"signal_source\":\"bss\",\"seen_ms\":70}]}\n",
		"", GET_LO DUMP DUMP_SCAN);
}

static void ap_without_mlo_has_its_own_signal_or_that_of_its_beacons(void **state)
{
	(void)state;
	for (int own = 0; own < 2; own++) {
		k_reset();
		turn_iface(NL80211_IFTYPE_STATION);
		k_turn();
		station_begin(OTHER);
		k_nest(NL80211_ATTR_STA_INFO);
		k_put_u32(NL80211_STA_INFO_TX_PACKETS, 1);
		if (own)
			k_put_u8(NL80211_STA_INFO_SIGNAL, (uint8_t)-40);
		k_nest_end();
		k_done(0);
		k_turn();
		put_bss(OTHER, -1, -6000);
		k_done(0);
		assert_run(run("-j dev lo station"), ST_OK,
			   own ? "[{\"addr\":\"" OTHER "\",\"signal_dbm\":-40,"
				 "\"signal_source\":\"station\",\"tx_packets\":1}]\n"
			       : "[{\"addr\":\"" OTHER "\",\"signal_dbm\":-60.0,"
				 "\"signal_source\":\"bss\",\"seen_ms\":70,\"tx_packets\":1}]\n",
			   "", GET_LO DUMP DUMP_SCAN);
		assert_run(
			run("dev lo station"), ST_OK,
			own ? HEAD OTHER
				"\n"
				"                      tx       -                  -       1       -      -    -\n"
				"                      rx       -                  -       -                 -40\n"
			    : HEAD OTHER
				"\n"
				"                      tx       -                  -       1       -      -    -\n"
				"                      rx       -                  -       -                   -\n"
				"                         -60.0 dBm in the table of BSSes, 70 ms ago\n",
			"", GET_LO DUMP DUMP_SCAN);
	}
}

/* What the kernel tells of a link goes before what its BSS does. */
static void link_without_a_signal_or_an_address_has_that_of_its_bss(void **state)
{
	(void)state;
	for (int told = 0; told < 2; told++) {
		k_reset();
		turn_iface(NL80211_IFTYPE_STATION);
		k_turn();
		station_begin(AP_MLD);
		k_put_u8(NL80211_ATTR_MLO_LINK_ID, 0);
		k_put_mac(NL80211_ATTR_MLD_ADDR, AP_MLD);
		k_nest(NL80211_ATTR_MLO_LINKS);
		k_nest(1);
		k_put_u8(NL80211_ATTR_MLO_LINK_ID, 0);
		if (told)
			k_put_mac(NL80211_ATTR_MAC, LINK1);
		k_nest(NL80211_ATTR_STA_INFO);
		k_put_u32(NL80211_STA_INFO_TX_PACKETS, 1);
		if (told)
			k_put_u8(NL80211_STA_INFO_SIGNAL, (uint8_t)-30);
		k_nest_end();
		k_nest_end();
		k_nest_end();
		k_done(0);
		k_turn();
		put_bss(LINK0, 0, -4000);
		k_done(0);
		assert_run(run("-j dev lo station"), ST_OK,
			   told ? "[{\"addr\":\"" AP_MLD "\",\"mld\":true,\"mld_addr\":\"" AP_MLD
				  "\",\"assoc_link_id\":0,\"link_statistics\":true,\"links\":["
				  "{\"link_id\":0,\"addr\":\"" LINK1 "\",\"signal_dbm\":-30,"
				  "\"signal_source\":\"station\",\"tx_packets\":1}]}]\n"
				: "[{\"addr\":\"" AP_MLD "\",\"mld\":true,\"mld_addr\":\"" AP_MLD
				  "\",\"assoc_link_id\":0,\"link_statistics\":true,\"links\":["
				  "{\"link_id\":0,\"addr\":\"" LINK0 "\",\"signal_dbm\":-40.0,"
				  "\"signal_source\":\"bss\",\"seen_ms\":70,\"tx_packets\":1}]}]\n",
			   "", GET_LO DUMP DUMP_SCAN);
		assert_run(
			run("dev lo station"), ST_OK,
			told ? HEAD AP_MLD
				"  MLD  association link 0\n"
				"  0 " LINK1
				" tx       -                  -       1       -      -    -\n"
				"                      rx       -                  -       -       "
				"          -30\n"
			     : HEAD AP_MLD
				"  MLD  association link 0\n"
				"  0 " LINK0
				" tx       -                  -       1       -      -    -\n" NO_RX
				"                         -40.0 dBm in the table of BSSes, 70 ms "
				"ago\n",
			"", GET_LO DUMP DUMP_SCAN);
	}
}

static void bsses_of_others_are_none_of_its_links(void **state)
{
	(void)state;
	turn_iface(NL80211_IFTYPE_STATION);
	k_turn();
	station_begin(OTHER);
	k_done(0);
	k_turn();
	put_bss_of(OTHER, -1, -4000, NL80211_BSS_STATUS_AUTHENTICATED, NULL);
	put_bss_of(LINK0, -1, -4100, NL80211_BSS_STATUS_ASSOCIATED, NULL);
	put_bss_of(OTHER, 0, -4200, NL80211_BSS_STATUS_ASSOCIATED, AP_MLD);
	put_bss_of(OTHER, 1, -4300, NL80211_BSS_STATUS_AUTHENTICATED, OTHER);
	put_bss_of(NULL, -1, -4400, NL80211_BSS_STATUS_ASSOCIATED, NULL);
	k_done(0);
	assert_run(run("-j dev lo station"), ST_OK, "[{\"addr\":\"" OTHER "\"}]\n", "",
		   GET_LO DUMP DUMP_SCAN);
}

static void link_0_alone_is_one_link(void **state)
{
	(void)state;
	turn_iface(NL80211_IFTYPE_STATION);
	k_turn();
	station_begin(AP_MLD);
	k_done(0);
	k_turn();
	put_bss(NULL, 0, 0);
	k_done(0);
	assert_run(run("-j dev lo station"), ST_OK,
		   "[{\"addr\":\"" AP_MLD "\",\"mld\":true,\"link_statistics\":false,"
		   "\"links\":[{\"link_id\":0}]}]\n",
		   "", GET_LO DUMP DUMP_SCAN);
	assert_run(
		run("dev lo station"), ST_OK,
		HEAD AP_MLD
		"  MLD\n  0 -\n"
		"    (the kernel tells no statistics of each link: the above may be of one alone)\n",
		"", GET_LO DUMP DUMP_SCAN);
}

static void no_stations(void **state)
{
	(void)state;
	turn_iface(NL80211_IFTYPE_STATION);
	k_turn();
	k_done(0);
	assert_run(run("dev lo station"), ST_OK, "", "", GET_LO DUMP);
	assert_run(run("-j dev lo station"), ST_OK, "[]\n", "", GET_LO DUMP);
	assert_run(run("dev lo station " OTHER), ST_REFUSED, "",
		   "iw-mlo: dev lo station: there is no station " OTHER "\n", GET_LO DUMP);
}

static void flag_is_sent_to_whom_knows_it(void **state)
{
	(void)state;
	for (uint32_t maxattr = 366; maxattr < 369; maxattr++) {
		k_reset();
		k_maxattr(maxattr);
		turn_iface(NL80211_IFTYPE_STATION);
		k_turn();
		k_done(0);
		assert_run(run("dev lo station"), ST_OK, "", "",
			   maxattr < 367 ? GET_LO DUMP : GET_LO DUMP_LINKS);
	}
}

static void refusals_have_their_hints(void **state)
{
	static const struct {
		int err;
		const char *said;
	} refusals[] = {
		{ EOPNOTSUPP,
		  "iw-mlo: dev lo station: refused by the kernel: EOPNOTSUPP (Operation "
		  "not supported); the driver does not tell its stations\n" },
		{ ENODEV, "iw-mlo: dev lo station: refused by the kernel: ENODEV (No such device); "
			  "the interface is gone\n" },
		{ EINVAL,
		  "iw-mlo: dev lo station: refused by the kernel: EINVAL (Invalid argument)\n" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(refusals); i++) {
		k_reset();
		turn_iface(NL80211_IFTYPE_AP);
		k_turn();
		k_done(refusals[i].err);
		assert_run(run("dev lo station"), ST_REFUSED, "", refusals[i].said, GET_LO DUMP);
	}
	k_reset();
	k_turn();
	k_data(NL80211_CMD_NEW_INTERFACE, 0);
	k_put_u32(NL80211_ATTR_WIPHY, 0);
	k_put_u64(NL80211_ATTR_WDEV, 2);
	k_put_u32(NL80211_ATTR_IFTYPE, NL80211_IFTYPE_P2P_DEVICE);
	k_turn();
	k_done(EINVAL);
	assert_run(run("wdev 2 station"), ST_REFUSED, "",
		   "iw-mlo: wdev 2 station: refused by the kernel: EINVAL (Invalid argument); "
		   "without a network device there are none\n",
		   NULL);
}

static void answer_without_an_address_is_malformed(void **state)
{
	(void)state;
	turn_iface(NL80211_IFTYPE_AP);
	k_turn();
	k_data(NL80211_CMD_NEW_STATION, NLM_F_MULTI);
	k_put_u32(NL80211_ATTR_IFINDEX, 1);
	k_done(0);
	assert_run(run("dev lo station"), ST_SYSTEM, "", NULL, GET_LO DUMP);
}

#define T(f) cmocka_unit_test_setup(f, setup)
#define R(f) cmocka_unit_test_setup(f, reset)
static const struct CMUnitTest tests[] = {
	T(every_statistic_has_one_length),
	T(statistics_are_as_they_were_sent),
	T(bytes_are_the_wide_counter_if_there_is_one),
	T(signal_of_nothing_is_none),
	T(chains_beyond_eight_are_malformed),
	T(rates_of_every_generation),
	T(rate_of_wrong_lengths_is_malformed),
	T(words_for_numbers),
	T(links_of_one_message_are_sorted),
	T(links_that_cannot_be_are_left_out),
	T(fifteen_links_fit),
	T(association_link_that_cannot_be_is_none),
	T(messages_about_a_station_are_joined),
	T(station_without_an_address_is_malformed),
	T(top_attributes_have_one_length),
	T(station_cut_at_every_byte_is_survived),
	T(station_with_any_byte_changed_is_survived),
	T(statistics_that_end_within_an_attribute_are_marked),
	T(what_is_left_over_is_marked),
	T(members_of_the_bss_may_be_absent_or_wrong),
	R(client_of_an_ap_mld),
	R(client_of_an_ap_mld_in_json),
	R(legacy_client_has_one_link_and_no_total),
	R(stations_without_links),
	R(links_of_one_message_are_shown),
	R(station_that_went_away_before_the_question),
	R(dump_that_a_station_joined_is_asked_for_again),
	R(station_that_is_listed_twice_is_one),
	R(malformed_statistics_harm_nobody_else),
	R(every_statistic_is_shown_of_one),
	R(every_statistic_is_shown_as_itself),
	R(rates_are_shown_as_far_as_they_are_told),
	R(states_and_flags),
	R(what_is_malformed_alone),
	R(station_is_found_by_the_address_of_its_link),
	R(name_of_a_station_is_painted),
	R(counters_that_wrap_say_so),
	R(counter_that_wraps_is_no_word_about_the_other),
	R(counts_fit_five_columns),
	R(signals_of_beacons_are_labelled),
	R(ap_without_mlo_has_its_own_signal_or_that_of_its_beacons),
	R(link_without_a_signal_or_an_address_has_that_of_its_bss),
	R(bsses_of_others_are_none_of_its_links),
	R(link_0_alone_is_one_link),
	R(no_stations),
	R(flag_is_sent_to_whom_knows_it),
	R(refusals_have_their_hints),
	R(answer_without_an_address_is_malformed),
};

int main(void)
{
	return cmocka_run_group_tests(tests, NULL, NULL);
}
