/* SPDX-License-Identifier: ISC */
/* What a wiphy can do: bands, antennas, MLO by iftype, and radios; decoded, and as it is shown. */
#include <string.h>

#include "fake-kernel.h"

static int setup(void **state)
{
	(void)state;
	k_reset();
	k_turn();
	return 0;
}

static int reset(void **state)
{
	(void)state;
	k_reset();
	return 0;
}

/* Another message about wiphy 0. */
static void message(void)
{
	k_wiphy(NLM_F_MULTI, 0, "phy0");
}

static bool decodes(struct wiphy_caps *c)
{
	struct attrs a = k_attrs(0);
	bool ok = decode_wiphy_caps(&a, c);

	k_attrs_free(a);
	return ok;
}

/* ---- bands ---- */

enum { PLAIN, DISABLED = 1, NO_IR = 2, RADAR = 4 };

static void put_channel(uint16_t place, uint32_t mhz, unsigned int flags)
{
	k_nest(place);
	k_put_u32(NL80211_FREQUENCY_ATTR_FREQ, mhz);
	if (flags & DISABLED)
		k_put(NL80211_FREQUENCY_ATTR_DISABLED, NULL, 0);
	if (flags & NO_IR)
		k_put(NL80211_FREQUENCY_ATTR_NO_IR, NULL, 0);
	if (flags & RADAR)
		k_put(NL80211_FREQUENCY_ATTR_RADAR, NULL, 0);
	k_nest_end();
}

static void band_begin(uint16_t band)
{
	message();
	k_nest(NL80211_ATTR_WIPHY_BANDS);
	k_nest(band);
	k_nest(NL80211_BAND_ATTR_FREQS);
}

static void band_end(void)
{
	k_nest_end();
	k_nest_end();
	k_nest_end();
}

static void band_in_two_messages(void)
{
	band_begin(1);
	put_channel(0, 5260, NO_IR | RADAR);
	put_channel(1, 5180, NO_IR);
	put_channel(2, 5925, DISABLED | NO_IR | RADAR);
	band_end();
	band_begin(1);
	put_channel(3, 5500, NO_IR | RADAR);
	band_end();
}

static void channels_are_counted_over_messages(void **state)
{
	struct wiphy_caps c = { 0 };
	struct band_caps *b = &c.bands[1];

	(void)state;
	band_begin(1);
	put_channel(0, 5260, NO_IR | RADAR);
	put_channel(1, 5180, NO_IR);
	put_channel(2, 5925, DISABLED | NO_IR | RADAR);
	band_end();
	assert_true(decodes(&c));
	band_begin(1);
	put_channel(3, 5500, NO_IR | RADAR);
	band_end();
	assert_true(decodes(&c));
	assert_int_equal(b->channels, 4);
	assert_int_equal(b->disabled, 1);
	assert_int_equal(b->no_ir, 3);
	assert_int_equal(b->radar, 2);
	assert_int_equal(b->first_mhz, 5180);
	assert_int_equal(b->last_mhz, 5925);
	for (int n = 0; n < BANDS_MAX; n++)
		assert_int_equal(c.bands[n].channels, n == 1 ? 4 : 0);
	assert_int_equal(c.wiphy.index, 0);
	assert_string_equal(c.wiphy.name, "phy0");
}

static void channel_without_a_frequency_is_one(void **state)
{
	struct wiphy_caps c = { 0 };

	(void)state;
	band_begin(0);
	put_channel(0, 2437, PLAIN);
	k_nest(1);
	k_nest_end();
	band_end();
	assert_true(decodes(&c));
	assert_int_equal(c.bands[0].channels, 2);
	assert_int_equal(c.bands[0].first_mhz, 2437);
	assert_int_equal(c.bands[0].last_mhz, 2437);
}

static void bands_without_a_name_are_left_out(void **state)
{
	static const char *const words[] = { "2.4GHz", "5GHz", "60GHz", "6GHz", "S1GHz", "LC" };
	struct wiphy_caps c = { 0 };

	(void)state;
	band_begin(BANDS_MAX);
	put_channel(0, 5180, PLAIN);
	band_end();
	assert_true(decodes(&c));
	for (unsigned int n = 0; n < BANDS_MAX; n++) {
		assert_int_equal(c.bands[n].channels, 0);
		assert_string_equal(band_word(n), words[n]);
	}
}

/* ---- MLO, by iftype ---- */

static void put_iftype(uint16_t place, uint32_t iftype, int eml, int mld, int ext)
{
	message();
	k_nest(NL80211_ATTR_IFTYPE_EXT_CAPA);
	k_nest(place);
	k_put_u32(NL80211_ATTR_IFTYPE, iftype);
	k_put(169, "\0\0", 2); /* extended capabilities */
	if (eml >= 0)
		k_put_u16(NL80211_ATTR_EML_CAPABILITY, (uint16_t)eml);
	if (mld >= 0)
		k_put_u16(NL80211_ATTR_MLD_CAPA_AND_OPS, (uint16_t)mld);
	if (ext >= 0)
		k_put_u16(NL80211_ATTR_EXT_MLD_CAPA_AND_OPS, (uint16_t)ext);
	k_nest_end();
	k_nest_end();
}

static void iftypes_come_one_a_message(void **state)
{
	struct wiphy_caps c = { 0 };

	(void)state;
	put_iftype(0, 3, 0x81, 0x2e, -1);
	assert_true(decodes(&c));
	put_iftype(1, 2, -1, -1, 5);
	assert_true(decodes(&c));
	assert_int_equal(c.n_iftypes, 2);
	assert_true(c.iftypes[0].has_eml && c.iftypes[0].has_mld && !c.iftypes[0].has_ext_mld);
	assert_int_equal(c.iftypes[0].iftype, 3);
	assert_int_equal(c.iftypes[0].eml, 0x81);
	assert_int_equal(c.iftypes[0].mld, 0x2e);
	assert_true(!c.iftypes[1].has_eml && !c.iftypes[1].has_mld && c.iftypes[1].has_ext_mld);
	assert_int_equal(c.iftypes[1].ext_mld, 5);
	for (uint32_t n = 2; n < IFTYPE_CAPS_MAX; n++) {
		put_iftype((uint16_t)n, n, 0, 0, -1);
		assert_true(decodes(&c));
	}
	assert_int_equal(c.n_iftypes, IFTYPE_CAPS_MAX);
	assert_false(c.more);
	put_iftype(20, 20, 0, 0, -1);
	assert_true(decodes(&c));
	assert_int_equal(c.n_iftypes, IFTYPE_CAPS_MAX);
	assert_true(c.more);
}

static void capabilities_of_nobody_are_malformed(void **state)
{
	struct wiphy_caps c = { 0 };

	(void)state;
	message();
	k_nest(NL80211_ATTR_IFTYPE_EXT_CAPA);
	k_nest(0);
	k_put_u16(NL80211_ATTR_EML_CAPABILITY, 1);
	k_nest_end();
	k_nest_end();
	assert_false(decodes(&c));
}

/* ---- radios ---- */

static void put_combination(uint16_t type, uint32_t total)
{
	k_nest(type);
	k_put_u32(NL80211_IFACE_COMB_MAXNUM, total);
	k_nest_end();
}

static void put_range(uint32_t start, uint32_t end)
{
	k_nest(NL80211_WIPHY_RADIO_ATTR_FREQ_RANGE);
	k_put_u32(NL80211_WIPHY_RADIO_FREQ_ATTR_START, start);
	k_put_u32(NL80211_WIPHY_RADIO_FREQ_ATTR_END, end);
	k_nest_end();
}

/* Nothing but the attributes themselves is a list. */
static void put_radios(int n_radios, int n_each)
{
	message();
	k_nest(NL80211_ATTR_WIPHY_RADIOS);
	for (int n = 0; n < n_radios; n++) {
		k_nest((uint16_t)n);
		k_put_u32(NL80211_WIPHY_RADIO_ATTR_INDEX, (uint32_t)n);
		if (n)
			k_put_u32(NL80211_WIPHY_RADIO_ATTR_ANTENNA_MASK, 1u << n);
		k_put_u32(5, 2347); /* the RTS threshold */
		for (int k = 0; k < n_each; k++)
			put_range(5150000u + (unsigned int)k, 5250500);
		for (int k = 0; k < n_each; k++)
			put_combination(NL80211_WIPHY_RADIO_ATTR_INTERFACE_COMBINATION,
					(uint32_t)(k + 1));
		k_nest_end();
	}
	k_nest_end();
	k_nest(NL80211_ATTR_WIPHY_INTERFACE_COMBINATIONS);
	for (int n = 1; n <= n_each; n++)
		put_combination((uint16_t)n, (uint32_t)(10 * n));
	k_nest_end();
}

static void radios_have_their_ranges_and_combinations(void **state)
{
	struct wiphy_caps c = { 0 };

	(void)state;
	put_radios(RADIOS_MAX, RANGES_MAX);
	assert_true(decodes(&c));
	assert_int_equal(c.n_radios, RADIOS_MAX);
	assert_false(c.more);
	for (uint32_t n = 0; n < RADIOS_MAX; n++) {
		const struct radio *r = &c.radios[n];

		assert_true(r->has_index && r->index == n && !r->more);
		assert_int_equal(r->has_antennas, n > 0);
		assert_int_equal(r->antennas, n ? 1u << n : 0);
		assert_int_equal(r->n_ranges, RANGES_MAX);
		assert_int_equal(r->n_combinations, COMBINATIONS_MAX);
		assert_int_equal(r->ranges[7].start_khz, 5150007);
		assert_int_equal(r->ranges[7].end_khz, 5250500);
		assert_int_equal(r->combinations[7].total, 8);
	}
	assert_int_equal(c.n_combinations, COMBINATIONS_MAX);
	assert_int_equal(c.combinations[7].total, 80);
	assert_int_equal(c.wiphy.n_combinations, 0);
}

static void what_is_too_much_is_left_out(void **state)
{
	struct wiphy_caps c = { 0 };

	(void)state;
	put_radios(RADIOS_MAX + 1, 1);
	assert_true(decodes(&c));
	assert_true(c.more && c.n_radios == RADIOS_MAX && !c.radios[0].more);
	c = (struct wiphy_caps){ 0 };
	put_radios(1, RANGES_MAX + 1);
	assert_true(decodes(&c));
	assert_true(c.more && c.radios[0].more);
	assert_int_equal(c.radios[0].n_ranges, RANGES_MAX);
	assert_int_equal(c.radios[0].n_combinations, COMBINATIONS_MAX);
	assert_int_equal(c.n_combinations, COMBINATIONS_MAX);
}

static void ranges_that_are_too_many_are_left_out(void **state)
{
	struct wiphy_caps c = { 0 };

	(void)state;
	message();
	k_nest(NL80211_ATTR_WIPHY_RADIOS);
	k_nest(0);
	k_nest(NL80211_WIPHY_RADIO_ATTR_INTERFACE_COMBINATION);
	k_nest_end();
	k_nest(NL80211_WIPHY_RADIO_ATTR_FREQ_RANGE);
	k_nest_end();
	for (int n = 0; n < RANGES_MAX; n++)
		put_range(1, 2);
	k_nest_end();
	k_nest_end();
	assert_true(decodes(&c));
	assert_int_equal(c.radios[0].combinations[0].total, 0);
	assert_int_equal(c.radios[0].ranges[0].start_khz, 0);
	assert_int_equal(c.radios[0].ranges[1].start_khz, 1);
	assert_true(c.radios[0].more && !c.radios[0].has_index && !c.more);
}

static void radios_that_are_told_again_are_the_same(void **state)
{
	struct wiphy_caps c = { 0 };

	(void)state;
	for (int n = 0; n < 2; n++) {
		put_radios(2, 2);
		assert_true(decodes(&c));
		assert_true(c.n_radios == 2 && c.n_combinations == 2);
		assert_int_equal(c.combinations[1].total, 20);
	}
}

/* ---- lengths ---- */

/* Which attribute, within which nests, and its length. */
static const struct {
	uint16_t path[6];
	uint8_t len;
} sized[] = {
	{ { NL80211_ATTR_WIPHY_ANTENNA_AVAIL_TX }, 4 },
	{ { NL80211_ATTR_WIPHY_ANTENNA_AVAIL_RX }, 4 },
	{ { NL80211_ATTR_IFTYPE_EXT_CAPA, 9, NL80211_ATTR_EML_CAPABILITY }, 2 },
	{ { NL80211_ATTR_IFTYPE_EXT_CAPA, 9, NL80211_ATTR_MLD_CAPA_AND_OPS }, 2 },
	{ { NL80211_ATTR_IFTYPE_EXT_CAPA, 9, NL80211_ATTR_EXT_MLD_CAPA_AND_OPS }, 2 },
	{ { NL80211_ATTR_WIPHY_RADIOS, 9, NL80211_WIPHY_RADIO_ATTR_INDEX }, 4 },
	{ { NL80211_ATTR_WIPHY_RADIOS, 9, NL80211_WIPHY_RADIO_ATTR_ANTENNA_MASK }, 4 },
	{ { NL80211_ATTR_WIPHY_RADIOS, 9, NL80211_WIPHY_RADIO_ATTR_FREQ_RANGE, 1 }, 4 },
	{ { NL80211_ATTR_WIPHY_RADIOS, 9, NL80211_WIPHY_RADIO_ATTR_FREQ_RANGE, 2 }, 4 },
	{ { NL80211_ATTR_WIPHY_RADIOS, 9, NL80211_WIPHY_RADIO_ATTR_INTERFACE_COMBINATION,
	    NL80211_IFACE_COMB_MAXNUM },
	  4 },
	{ { NL80211_ATTR_WIPHY_INTERFACE_COMBINATIONS, 9, NL80211_IFACE_COMB_MAXNUM }, 4 },
	{ { NL80211_ATTR_WIPHY_BANDS, 1, NL80211_BAND_ATTR_FREQS, 1, NL80211_FREQUENCY_ATTR_FREQ },
	  4 },
};

static void every_attribute_has_one_length(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(sized); i++)
		for (size_t len = 0; len < 8; len++) {
			struct wiphy_caps c = { 0 };
			int depth = 0;

			message();
			for (; sized[i].path[depth + 1]; depth++) {
				k_nest(sized[i].path[depth]);
				if (depth == 1 && sized[i].path[0] == NL80211_ATTR_IFTYPE_EXT_CAPA)
					k_put_u32(NL80211_ATTR_IFTYPE, 3);
			}
			k_put(sized[i].path[depth], "\0\0\0\0\0\0\0\0", len);
			while (depth--)
				k_nest_end();
			assert_int_equal(decodes(&c), len == sized[i].len);
		}
}

/* A byte that is no attribute, at each depth. */
static void what_is_left_over_is_malformed(void **state)
{
	static const uint16_t paths[][5] = {
		{ NL80211_ATTR_WIPHY_BANDS, 1, NL80211_BAND_ATTR_FREQS, 1 },
		{ NL80211_ATTR_IFTYPE_EXT_CAPA, 1 },
		{ NL80211_ATTR_WIPHY_RADIOS, 1, NL80211_WIPHY_RADIO_ATTR_FREQ_RANGE },
		{ NL80211_ATTR_WIPHY_RADIOS, 1, NL80211_WIPHY_RADIO_ATTR_INTERFACE_COMBINATION },
		{ NL80211_ATTR_WIPHY_INTERFACE_COMBINATIONS, 1 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(paths); i++)
		for (int deep = 0; !deep || paths[i][deep - 1]; deep++) {
			struct wiphy_caps c = { 0 };

			k_reset();
			message();
			for (int n = 0; n < deep; n++) {
				k_nest(paths[i][n]);
				if (n == 1 && paths[i][0] == NL80211_ATTR_IFTYPE_EXT_CAPA)
					k_put_u32(NL80211_ATTR_IFTYPE, 3);
			}
			k_raw("\1", 1);
			for (int n = 0; n < deep; n++)
				k_nest_end();
			assert_false(decodes(&c));
		}
}

static void antennas_that_are_not_told_are_absent(void **state)
{
	struct wiphy_caps c = { 0 };

	(void)state;
	message();
	k_put_u32(NL80211_ATTR_WIPHY_ANTENNA_AVAIL_TX, 0);
	k_put_u32(NL80211_ATTR_WIPHY_ANTENNA_AVAIL_RX, 3);
	assert_true(decodes(&c));
	assert_true(!c.has_antennas_tx && c.has_antennas_rx && c.antennas_rx == 3);
}

static void caps_cut_at_every_byte_are_survived(void **state)
{
	(void)state;
	for (int part = 0; part < 3; part++) {
		if (part == 0)
			put_radios(2, 2);
		else if (part == 1)
			put_iftype(0, 3, 1, 2, 3);
		else
			band_in_two_messages();
		for (size_t cut = 0; cut <= k_attrs_len(); cut++) {
			struct wiphy_caps c = { 0 };
			struct attrs a = k_attrs(cut);

			decode_wiphy_caps(&a, &c);
			assert_true(c.n_radios <= 2 && c.n_iftypes <= 1);
			k_attrs_free(a);
		}
	}
}

static void caps_with_any_byte_changed_are_survived(void **state)
{
	(void)state;
	for (int part = 0; part < 2; part++) {
		if (part)
			put_radios(2, 2);
		else
			put_iftype(0, 3, 1, 2, 3);
		for (size_t at = 0; at < k_attrs_len(); at++)
			for (unsigned int flip = 1; flip < 256; flip <<= 1) {
				struct wiphy_caps c = { 0 };
				struct attrs a = k_attrs(0);

				((uint8_t *)(uintptr_t)a.head)[at] ^= (uint8_t)flip;
				decode_wiphy_caps(&a, &c);
				k_attrs_free(a);
			}
	}
}

/* ---- how it is shown ---- */

#define ASKED              \
	"dump GET_WIPHY\n" \
	"dump policy 6\n"  \
	"dump GET_WIPHY SPLIT_WIPHY_DUMP WIPHY=0\n"
#define BEGIN                                                                                 \
	"phy0  wiphy 0  mlo no\n"                                                             \
	"\tdialect links: ADD_LINK yes, last attribute 333, iftypes up to 14, attribute 299 " \
	"is no nest\n"                                                                        \
	"\tsoftware types none\n"
#define BEGIN_JSON                                                                          \
	"{\"phy\":\"phy0\",\"wiphy\":0,\"mlo\":false,\"dialect\":\"links\",\"evidence\":{"  \
	"\"add_link\":true,\"maxattr\":333,\"iftype_max\":14,\"link_info_is_nest\":false}," \
	"\"ext_feature_secure_ltf\":false,\"csme\":{\"connection_info\":false,"             \
	"\"get_ownership\":false,\"roaming_events\":false},"

static void turn_wiphys(void)
{
	k_turn();
	message();
	k_done(0);
	k_turn();
}

static void bands_and_antennas(void **state)
{
	(void)state;
	turn_wiphys();
	band_in_two_messages();
	band_begin(3);
	put_channel(0, 5955, PLAIN);
	band_end();
	message();
	k_put_u32(NL80211_ATTR_WIPHY_ANTENNA_AVAIL_TX, 3);
	k_put_u32(NL80211_ATTR_WIPHY_ANTENNA_AVAIL_RX, 7);
	/* a kernel that knows no filter */
	k_wiphy(NLM_F_MULTI, 1, "phy1");
	k_put_u32(NL80211_ATTR_WIPHY_ANTENNA_AVAIL_TX, 255);
	k_done(0);
	assert_run(run("phy 0 caps"), ST_OK,
		   BEGIN "\tband 5GHz  5180-5925 MHz  4 channels: 1 disabled, 3 no-IR, 2 radar\n"
			 "\tband 6GHz  5955-5955 MHz  1 channel: 0 disabled\n"
			 "\tantennas  tx 0x3  rx 0x7\n",
		   "", ASKED);
	assert_run(run("-j phy 0 caps"), ST_OK,
		   BEGIN_JSON
		   "\"bands\":[{\"band\":\"5GHz\",\"channels\":4,\"enabled\":3,\"disabled\":1,"
		   "\"no_ir\":3,\"radar\":2,\"first_mhz\":5180,\"last_mhz\":5925},"
		   "{\"band\":\"6GHz\",\"channels\":1,\"enabled\":1,\"disabled\":0,"
		   "\"no_ir\":0,\"radar\":0,\"first_mhz\":5955,\"last_mhz\":5955}],"
		   "\"antenna_mask_tx\":3,\"antenna_mask_rx\":7,\"iftype_capabilities\":[],"
		   "\"combinations\":[]}\n",
		   "", ASKED);
}

/* The frequency separation of a client is the type of an AP. */
static void iftypes_have_the_meaning_of_their_side(void **state)
{
	(void)state;
	turn_wiphys();
	put_iftype(0, 3, 0x0045, 0x00c1, -1);
	put_iftype(1, 2, 0x0081, 0x0182, 0x0005);
	put_iftype(2, 8, -1, -1, -1);
	k_done(0);
	assert_run(run("phy 0 caps"), ST_OK,
		   BEGIN
		   "\tap EML  EMLSR  padding 64 us  transition 128 us  timeout 0 us\n"
		   "\tap MLD  2 simultaneous links  NSTR mobile AP\n"
		   "\tstation EML  EMLSR  EMLMR  padding 0 us  transition 0 us  timeout 0 us\n"
		   "\tstation MLD  3 simultaneous links  STR from 160 MHz apart\n"
		   "\tstation MLD extended  2 links recommended  parameter update\n",
		   "", ASKED);
	assert_run(
		run("-j phy 0 caps"), ST_OK,
		BEGIN_JSON
		"\"bands\":[],\"iftype_capabilities\":[{\"type\":\"ap\","
		"\"eml_capabilities\":{\"emlsr\":true,\"emlmr\":false,\"padding_delay_us\":64,"
		"\"transition_delay_us\":128,\"transition_timeout_us\":0},"
		"\"mld_capabilities\":{\"max_simultaneous_links\":2,\"srs\":false,"
		"\"nstr_mobile_ap\":true,\"aar\":false,\"link_reconfiguration\":false,"
		"\"aligned_twt\":false}},{\"type\":\"station\","
		"\"eml_capabilities\":{\"emlsr\":true,\"emlmr\":true,\"padding_delay_us\":0,"
		"\"transition_delay_us\":0,\"transition_timeout_us\":0},"
		"\"mld_capabilities\":{\"max_simultaneous_links\":3,\"srs\":false,"
		"\"ttlm_negotiation\":\"none\",\"str_separation_mhz\":160,\"aar\":false,"
		"\"link_reconfiguration\":false,\"aligned_twt\":false},"
		"\"ext_mld_capabilities\":{\"parameter_update\":true,\"recommended_links\":2,"
		"\"nstr_status_update\":false,\"emlsr_on_one_link\":false,"
		"\"btm_recommendation\":false}},{\"type\":\"p2p-client\"}],\"combinations\":[]}\n",
		"", ASKED);
}

static void radios_and_what_they_have_together(void **state)
{
	(void)state;
	turn_wiphys();
	/* what old programs find: those of the first radio */
	message();
	k_nest(NL80211_ATTR_INTERFACE_COMBINATIONS);
	put_combination(1, 99);
	k_nest_end();
	put_radios(2, 2);
	k_done(0);
	assert_run(run("phy 0 caps"), ST_OK,
		   BEGIN "\tradio 0  5150-5250.500, 5150.001-5250.500 MHz\n"
			 "\t\tcombination; 1 in all\n\t\tcombination; 2 in all\n"
			 "\tradio 1  5150-5250.500, 5150.001-5250.500 MHz  antennas 0x2\n"
			 "\t\tcombination; 1 in all\n\t\tcombination; 2 in all\n"
			 "\tcombination; 10 in all\n\tcombination; 20 in all\n",
		   "", ASKED);
	assert_run(
		run("-j phy 0 caps"), ST_OK,
		BEGIN_JSON
		"\"bands\":[],\"iftype_capabilities\":[],\"radios\":[{\"radio\":0,"
		"\"freq_ranges\":[{\"start_khz\":5150000,\"end_khz\":5250500},"
		"{\"start_khz\":5150001,\"end_khz\":5250500}],"
		"\"combinations\":[{\"limits\":[],\"total\":1},{\"limits\":[],\"total\":2}]},"
		"{\"radio\":1,\"antenna_mask\":2,"
		"\"freq_ranges\":[{\"start_khz\":5150000,\"end_khz\":5250500},"
		"{\"start_khz\":5150001,\"end_khz\":5250500}],"
		"\"combinations\":[{\"limits\":[],\"total\":1},{\"limits\":[],\"total\":2}]}],"
		"\"combinations\":[{\"limits\":[],\"total\":10},{\"limits\":[],\"total\":20}]}\n",
		"", ASKED);
}

static void dump_that_is_asked_for_again_counts_once(void **state)
{
	(void)state;
	turn_wiphys();
	band_in_two_messages();
	k_message(NLMSG_DONE, NLM_F_MULTI | NLM_F_DUMP_INTR);
	k_raw("\0\0\0\0", 4);
	k_turn();
	band_in_two_messages();
	put_iftype(0, 3, 0, -1, -1);
	k_done(0);
	assert_run(run("phy 0 caps"), ST_OK,
		   BEGIN "\tband 5GHz  5180-5925 MHz  4 channels: 1 disabled, 3 no-IR, 2 radar\n"
			 "\tap EML  none\n",
		   "", ASKED "dump GET_WIPHY SPLIT_WIPHY_DUMP WIPHY=0\n");
}

#define T(f) cmocka_unit_test_setup(f, setup)
#define R(f) cmocka_unit_test_setup(f, reset)
static const struct CMUnitTest tests[] = {
	T(channels_are_counted_over_messages),
	T(channel_without_a_frequency_is_one),
	T(bands_without_a_name_are_left_out),
	T(iftypes_come_one_a_message),
	T(capabilities_of_nobody_are_malformed),
	T(radios_have_their_ranges_and_combinations),
	T(what_is_too_much_is_left_out),
	T(ranges_that_are_too_many_are_left_out),
	T(radios_that_are_told_again_are_the_same),
	T(every_attribute_has_one_length),
	T(what_is_left_over_is_malformed),
	T(antennas_that_are_not_told_are_absent),
	T(caps_cut_at_every_byte_are_survived),
	T(caps_with_any_byte_changed_are_survived),
	R(bands_and_antennas),
	R(iftypes_have_the_meaning_of_their_side),
	R(radios_and_what_they_have_together),
	R(dump_that_is_asked_for_again_counts_once),
};

int main(void)
{
	return cmocka_run_group_tests(tests, NULL, NULL);
}
