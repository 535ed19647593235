/* SPDX-License-Identifier: ISC */
/* The decoders: every length one byte off, every message cut anywhere, every link that cannot be.
 */
#include <stdlib.h>
#include <string.h>
#include <linux/genetlink.h>

#include "fake-kernel.h"

#define MAC0 "02:00:00:00:00:10"

static int setup(void **state)
{
	(void)state;
	k_reset();
	k_turn();
	return 0;
}

/* ---- single attributes ---- */

struct sized {
	uint16_t type;
	uint8_t len;
};

static const struct sized channel_attrs[] = {
	{ NL80211_ATTR_WIPHY_FREQ, 4 },	   { NL80211_ATTR_WIPHY_FREQ_OFFSET, 4 },
	{ NL80211_ATTR_CHANNEL_WIDTH, 4 }, { NL80211_ATTR_CENTER_FREQ1, 4 },
	{ NL80211_ATTR_CENTER_FREQ2, 4 },  { NL80211_ATTR_PUNCT_BITMAP, 4 },
};

static const struct sized iface_attrs[] = {
	{ NL80211_ATTR_WIPHY, 4 },	    { NL80211_ATTR_IFINDEX, 4 },
	{ NL80211_ATTR_IFTYPE, 4 },	    { NL80211_ATTR_MAC, 6 },
	{ NL80211_ATTR_WDEV, 8 },	    { NL80211_ATTR_GENERATION, 4 },
	{ NL80211_ATTR_VIF_RADIO_MASK, 4 }, { NL80211_ATTR_WIPHY_TX_POWER_LEVEL, 4 },
	{ NL80211_ATTR_4ADDR, 1 },
};

static const struct sized link_attrs[] = {
	{ NL80211_ATTR_MLO_LINK_ID, 1 },
	{ NL80211_ATTR_MAC, 6 },
	{ NL80211_ATTR_WIPHY_TX_POWER_LEVEL, 4 },
};

static bool decodes(struct iface *i)
{
	struct attrs a = k_attrs(0);
	bool ok = decode_iface(&a, i);

	k_attrs_free(a);
	return ok;
}

static bool top_decodes(uint16_t type, size_t len)
{
	static const uint8_t bytes[16] = { 1, 2, 3 };
	struct iface i;

	k_reset();
	k_data(NL80211_CMD_NEW_INTERFACE, 0);
	k_put(type, bytes, len);
	return decodes(&i);
}

static bool link_decodes(uint16_t type, size_t len)
{
	static const uint8_t bytes[16] = { 1, 2, 3 };
	struct iface i;

	k_reset();
	k_data(NL80211_CMD_NEW_INTERFACE, 0);
	k_links_begin();
	k_nest(1);
	if (type != NL80211_ATTR_MLO_LINK_ID)
		k_put_u8(NL80211_ATTR_MLO_LINK_ID, 0);
	k_put(type, bytes, len);
	k_nest_end();
	k_links_end();
	return decodes(&i);
}

/* Right at its own length only; which one it is stands in the message of the assertion. */
static void check_sizes(bool (*try)(uint16_t, size_t), const struct sized *list, size_t n)
{
	for (size_t k = 0; k < n; k++)
		for (size_t len = 0; len <= 12; len++)
			if (try(list[k].type, len) != (len == list[k].len))
				fail_msg("attribute %u of %zu bytes", list[k].type, len);
}

static void every_attribute_of_an_interface_has_one_length(void **state)
{
	(void)state;
	check_sizes(top_decodes, iface_attrs, ARRAY_SIZE(iface_attrs));
	check_sizes(top_decodes, channel_attrs, ARRAY_SIZE(channel_attrs));
}

static void every_attribute_of_a_link_has_one_length(void **state)
{
	(void)state;
	check_sizes(link_decodes, link_attrs, ARRAY_SIZE(link_attrs));
	check_sizes(link_decodes, channel_attrs, ARRAY_SIZE(channel_attrs));
}

/* The same through the program: nothing on stdout, one line on stderr. */
static void wrong_length_is_malformed_for_the_program(void **state)
{
	static const uint8_t bytes[16];

	(void)state;
	for (size_t k = 0; k < ARRAY_SIZE(iface_attrs); k++) {
		for (int off = -1; off <= 1; off += 2) {
			k_reset();
			k_turn();
			k_iface(0, NL80211_IFTYPE_AP);
			k_put(iface_attrs[k].type, bytes, (size_t)(iface_attrs[k].len + off));
			assert_run(run("dev lo"), ST_SYSTEM, "",
				   "iw-mlo: dev lo: the kernel sent what cannot be: "
				   "its answer is malformed (-d shows it)\n",
				   "get GET_INTERFACE IFINDEX=1\n");
		}
	}
}

static void unknown_attributes_are_skipped(void **state)
{
	struct iface i;

	(void)state;
	k_iface(0, NL80211_IFTYPE_AP);
	k_put(1000, "abc", 3);
	k_put(NL80211_ATTR_TXQ_STATS, "abc", 3);
	assert_true(decodes(&i));
	assert_int_equal(i.type, NL80211_IFTYPE_AP);
}

static void absent_stays_absent(void **state)
{
	static const struct iface nothing;
	struct iface i;

	(void)state;
	k_data(NL80211_CMD_NEW_INTERFACE, 0);
	memset(&i, 0xff, sizeof(i));
	assert_true(decodes(&i));
	assert_memory_equal(&i, &nothing, sizeof(i));
}

static void interface_has_what_was_sent(void **state)
{
	struct iface i;

	(void)state;
	k_iface(0, NL80211_IFTYPE_STATION);
	k_put_u8(NL80211_ATTR_4ADDR, 1);
	k_put_u32(NL80211_ATTR_VIF_RADIO_MASK, 3);
	k_put_u32(NL80211_ATTR_WIPHY_TX_POWER_LEVEL, (uint32_t)-4950);
	assert_true(decodes(&i));
	assert_true(i.has_wiphy && i.has_ifindex && i.has_wdev && i.has_type && i.has_addr);
	assert_true(i.has_generation && i.has_4addr && i.has_radio_mask && i.has_tx_power);
	assert_false(i.has_ssid || i.chan.has_freq || i.chan.has_width || i.n_links);
	assert_int_equal(i.ifindex, K_LO);
	assert_int_equal(i.wdev, 1);
	assert_int_equal(i.generation, 5);
	assert_int_equal(i.tx_power, -4950);
	assert_true(i.use_4addr);
	assert_string_equal(i.name, "lo");
}

/* ---- names and SSIDs ---- */

static bool name_decodes(const void *name, size_t len, const char *want)
{
	struct iface i;
	bool ok;

	k_reset();
	k_data(NL80211_CMD_NEW_INTERFACE, 0);
	k_put(NL80211_ATTR_IFNAME, name, len);
	ok = decodes(&i);
	if (ok)
		assert_string_equal(i.name, want);
	return ok;
}

static void names_end_at_their_nul_or_their_length(void **state)
{
	(void)state;
	assert_true(name_decodes("wlan0", 6, "wlan0"));
	assert_true(name_decodes("wlan0", 5, "wlan0"));
	assert_true(name_decodes("wl\0n0", 6, "wl"));
	assert_false(name_decodes("", 0, ""));
	assert_false(name_decodes("", 1, ""));
}

static void names_that_do_not_fit_are_malformed(void **state)
{
	char name[NAME_LEN_MAX + 1], most[NAME_LEN_MAX];

	(void)state;
	memset(name, 'a', sizeof(name));
	memcpy(most, name, sizeof(most));
	most[NAME_LEN_MAX - 1] = '\0';
	assert_true(name_decodes(name, NAME_LEN_MAX - 1, most));
	assert_false(name_decodes(name, NAME_LEN_MAX, most));
	assert_false(name_decodes(name, NAME_LEN_MAX + 1, most));
}

static void ssids_have_up_to_32_bytes(void **state)
{
	static const uint8_t ssid[33] = { 'a', 0, 'b' };
	struct iface i;

	(void)state;
	for (size_t len = 0; len <= 33; len++) {
		k_reset();
		k_data(NL80211_CMD_NEW_INTERFACE, 0);
		k_put(NL80211_ATTR_SSID, ssid, len);
		assert_int_equal(decodes(&i), len <= 32);
		if (len > 32)
			continue;
		assert_true(i.has_ssid);
		assert_int_equal(i.ssid_len, len);
		assert_memory_equal(i.ssid, ssid, len);
	}
}

/* ---- links ---- */

static bool links_decode(const uint8_t *ids, size_t n, struct iface *i)
{
	k_reset();
	k_data(NL80211_CMD_NEW_INTERFACE, 0);
	k_links_begin();
	for (size_t k = 0; k < n; k++)
		k_link(ids[k], MAC0);
	k_links_end();
	return decodes(i);
}

static void links_are_sorted_by_id(void **state)
{
	static const uint8_t ids[] = { 9, 14, 0, 3, 13, 1 }, sorted[] = { 0, 1, 3, 9, 13, 14 };
	struct iface i;

	(void)state;
	assert_true(links_decode(ids, ARRAY_SIZE(ids), &i));
	assert_int_equal(i.n_links, ARRAY_SIZE(ids));
	for (size_t k = 0; k < ARRAY_SIZE(sorted); k++)
		assert_int_equal(i.links[k].id, sorted[k]);
	assert_non_null(iface_link(&i, 14));
	assert_int_equal(iface_link(&i, 3)->id, 3);
	assert_null(iface_link(&i, 2));
}

static void fifteen_links_fit(void **state)
{
	uint8_t ids[LINKS_MAX];
	struct iface i;

	(void)state;
	for (uint8_t k = 0; k < LINKS_MAX; k++)
		ids[k] = LINK_ID_MAX - k;
	assert_true(links_decode(ids, LINKS_MAX, &i));
	for (uint8_t k = 0; k < LINKS_MAX; k++)
		assert_int_equal(i.links[k].id, k);
}

static void link_id_15_is_malformed(void **state)
{
	static const uint8_t ids[] = { 15 }, more[] = { 0, 255 };
	struct iface i;

	(void)state;
	assert_false(links_decode(ids, ARRAY_SIZE(ids), &i));
	assert_false(links_decode(more, ARRAY_SIZE(more), &i));
}

static void link_id_that_comes_twice_is_malformed(void **state)
{
	static const uint8_t ids[] = { 3, 1, 3 }, neighbours[] = { 1, 1 };
	struct iface i;

	(void)state;
	assert_false(links_decode(ids, ARRAY_SIZE(ids), &i));
	assert_false(links_decode(neighbours, ARRAY_SIZE(neighbours), &i));
}

static void link_without_an_id_is_malformed(void **state)
{
	struct iface i;

	(void)state;
	k_data(NL80211_CMD_NEW_INTERFACE, 0);
	k_links_begin();
	k_nest(1);
	k_put_mac(NL80211_ATTR_MAC, MAC0);
	k_nest_end();
	k_links_end();
	assert_false(decodes(&i));
}

/* What a link does not say is not taken from the link before it. */
static void links_share_nothing(void **state)
{
	struct iface i;

	(void)state;
	k_data(NL80211_CMD_NEW_INTERFACE, 0);
	k_links_begin();
	k_link_begin(0, MAC0);
	k_put_u32(NL80211_ATTR_WIPHY_FREQ, 2412);
	k_put_u32(NL80211_ATTR_WIPHY_TX_POWER_LEVEL, 2000);
	k_nest_end();
	k_link_begin(1, NULL);
	k_nest_end();
	k_links_end();
	assert_true(decodes(&i));
	assert_true(i.links[0].has_addr && i.links[0].has_tx_power && i.links[0].chan.has_freq);
	assert_false(i.links[1].has_addr || i.links[1].has_tx_power || i.links[1].chan.has_freq);
	assert_false(i.chan.has_freq || i.has_tx_power || i.has_addr);
}

static void link_whose_address_is_zero_is_a_ghost(void **state)
{
	struct iface i;

	(void)state;
	k_data(NL80211_CMD_NEW_INTERFACE, 0);
	k_links_begin();
	k_link(0, "00:00:00:00:00:00");
	k_link(1, "00:00:00:00:00:01");
	k_link(2, NULL);
	k_links_end();
	assert_true(decodes(&i));
	assert_true(link_is_ghost(&i.links[0]));
	assert_false(link_is_ghost(&i.links[1]));
	assert_false(link_is_ghost(&i.links[2]));
}

/* ---- whole messages, cut or changed anywhere ---- */

static void build_rich_iface(void)
{
	k_iface(0, NL80211_IFTYPE_AP);
	k_put(NL80211_ATTR_SSID, "abc", 3);
	k_put_u8(NL80211_ATTR_4ADDR, 1);
	k_put_u32(NL80211_ATTR_WIPHY_FREQ, 5180);
	k_put_u32(NL80211_ATTR_CHANNEL_WIDTH, NL80211_CHAN_WIDTH_80);
	k_links_begin();
	for (uint8_t id = 0; id < LINKS_MAX; id++) {
		k_link_begin(LINK_ID_MAX - id, MAC0);
		k_put_u32(NL80211_ATTR_WIPHY_FREQ, 5955);
		k_put_u32(NL80211_ATTR_PUNCT_BITMAP, 1);
		k_nest_end();
	}
	k_links_end();
}

static void interface_cut_at_every_byte_is_survived(void **state)
{
	struct iface i;

	(void)state;
	build_rich_iface();
	for (size_t cut = 0; cut <= k_attrs_len(); cut++) {
		struct attrs a = k_attrs(cut);
		bool ok = decode_iface(&a, &i);

		assert_true(i.n_links <= LINKS_MAX);
		assert_true(!ok || cut || i.n_links == LINKS_MAX);
		k_attrs_free(a);
	}
}

/* A message that ends within an attribute is no message: what is missing is not known. */
static void interface_cut_within_an_attribute_is_malformed(void **state)
{
	struct iface i;
	struct attrs a;
	bool ok;

	(void)state;
	k_iface(0, NL80211_IFTYPE_AP);
	for (size_t cut = 1; cut < 8; cut++) {
		a = k_attrs(cut);
		ok = decode_iface(&a, &i);
		k_attrs_free(a);
		if (ok)
			fail_msg("accepted without its last %zu bytes", cut);
	}
}

static void interface_with_any_byte_changed_is_survived(void **state)
{
	static const uint8_t changes[] = { 0x01, 0x80, 0xff };
	struct iface i;

	(void)state;
	build_rich_iface();
	for (size_t at = 0; at < k_attrs_len(); at++)
		for (size_t k = 0; k < ARRAY_SIZE(changes); k++) {
			struct attrs a = k_attrs(0);

			((uint8_t *)a.head)[at] ^= changes[k];
			decode_iface(&a, &i);
			assert_true(i.n_links <= LINKS_MAX);
			assert_true(i.ssid_len <= SSID_LEN_MAX);
			assert_true(strlen(i.name) < NAME_LEN_MAX);
			k_attrs_free(a);
		}
}

static void link_attribute_longer_than_its_link_is_malformed(void **state)
{
	struct iface i;

	(void)state;
	k_data(NL80211_CMD_NEW_INTERFACE, 0);
	k_links_begin();
	k_link_begin(0, MAC0);
	k_put_u32(NL80211_ATTR_WIPHY_FREQ, 2412);
	k_attr_length(8);
	k_nest_end();
	k_links_end();
	assert_false(decodes(&i));
}

static void link_longer_than_the_list_of_links_is_malformed(void **state)
{
	struct iface i;

	(void)state;
	k_data(NL80211_CMD_NEW_INTERFACE, 0);
	k_links_begin();
	k_link(0, MAC0);
	k_link(1, MAC0);
	k_attr_length(8);
	k_links_end();
	assert_false(decodes(&i));
}

/* ---- wiphys ---- */

static bool wiphy_decodes(struct wiphy *w)
{
	struct attrs a = k_attrs(0);
	bool ok = decode_wiphy(&a, w);

	k_attrs_free(a);
	return ok;
}

static void wiphy_in_parts_is_put_together(void **state)
{
	struct wiphy w = { 0 };

	(void)state;
	k_wiphy(NLM_F_MULTI, 7, "phy7");
	assert_true(wiphy_decodes(&w));
	assert_false(w.has_iftypes || w.mlo);
	k_wiphy(NLM_F_MULTI, 7, "phy7");
	k_iftypes(NL80211_ATTR_SUPPORTED_IFTYPES, 1u << 2 | 1u << 3 | 1u << 31);
	assert_true(wiphy_decodes(&w));
	k_wiphy(NLM_F_MULTI, 7, "phy7");
	k_iftypes(NL80211_ATTR_SOFTWARE_IFTYPES, 1u << 6);
	k_put(NL80211_ATTR_MLO_SUPPORT, NULL, 0);
	assert_true(wiphy_decodes(&w));
	assert_true(w.has_index && w.has_iftypes && w.mlo);
	assert_int_equal(w.index, 7);
	assert_int_equal(w.iftypes, 1u << 2 | 1u << 3 | 1u << 31);
	assert_int_equal(w.software_iftypes, 1u << 6);
	assert_string_equal(w.name, "phy7");
}

static void iftypes_beyond_the_bitmap_are_left_out(void **state)
{
	struct wiphy w = { 0 };

	(void)state;
	k_wiphy(0, 0, "phy0");
	k_nest(NL80211_ATTR_SUPPORTED_IFTYPES);
	k_put(3, NULL, 0);
	k_put(32, NULL, 0);
	k_put(33, NULL, 0);
	k_nest_end();
	assert_true(wiphy_decodes(&w));
	assert_int_equal(w.iftypes, 1u << 3);
}

static void wiphy_of_wrong_lengths_is_malformed(void **state)
{
	struct wiphy w = { 0 };
	struct attrs a;
	uint32_t index;

	(void)state;
	k_data(NL80211_CMD_NEW_WIPHY, 0);
	k_put(NL80211_ATTR_WIPHY, "abc", 3);
	assert_false(wiphy_decodes(&w));
	a = k_attrs(0);
	assert_false(decode_wiphy_index(&a, &index));
	k_attrs_free(a);
	k_data(NL80211_CMD_NEW_WIPHY, 0);
	k_put_text(NL80211_ATTR_WIPHY_NAME, "");
	assert_false(wiphy_decodes(&w));
	a = k_attrs(0);
	assert_false(decode_wiphy_index(&a, &index));
	k_attrs_free(a);
}

static void wiphys_are_found_by_the_index_they_have(void **state)
{
	struct wiphy v[] = { { .index = 0 }, { .has_index = true, .index = 7 } };
	struct wiphy_list list = { .v = v, .n = ARRAY_SIZE(v) };

	(void)state;
	assert_ptr_equal(wiphy_of_index(&list, 7), &v[1]);
	assert_null(wiphy_of_index(&list, 0));
	assert_null(wiphy_of_index(&list, 1));
}

static void wiphy_cut_at_every_byte_is_survived(void **state)
{
	(void)state;
	k_wiphy(0, 7, "phy7");
	k_iftypes(NL80211_ATTR_SUPPORTED_IFTYPES, 0x7fff);
	k_iftypes(NL80211_ATTR_SOFTWARE_IFTYPES, 0x70);
	for (size_t cut = 0; cut <= k_attrs_len(); cut++) {
		struct wiphy w = { 0 };
		struct attrs a = k_attrs(cut);
		uint32_t index;

		decode_wiphy(&a, &w);
		decode_wiphy_index(&a, &index);
		k_attrs_free(a);
	}
}

/* ---- what a wiphy can do ---- */

static void put_limit(uint16_t place, uint32_t max, uint32_t types)
{
	k_nest(place);
	k_put_u32(NL80211_IFACE_LIMIT_MAX, max);
	k_iftypes(NL80211_IFACE_LIMIT_TYPES, types);
	k_nest_end();
}

static void put_combination(uint16_t place, uint16_t limits, uint32_t total)
{
	k_nest(place);
	k_nest(NL80211_IFACE_COMB_LIMITS);
	for (uint16_t n = 1; n <= limits; n++)
		put_limit(n, n, 1u << n);
	k_nest_end();
	k_put_u32(NL80211_IFACE_COMB_MAXNUM, total);
	k_put_u32(NL80211_IFACE_COMB_NUM_CHANNELS, 2);
	k_nest_end();
}

static void build_combinations(uint16_t n, uint16_t limits)
{
	k_wiphy(0, 7, "phy7");
	k_nest(NL80211_ATTR_INTERFACE_COMBINATIONS);
	for (uint16_t k = 1; k <= n; k++)
		put_combination(k, limits, 100u + k);
	k_nest_end();
}

static void combinations_are_kept_as_they_come(void **state)
{
	struct wiphy w = { 0 };

	(void)state;
	build_combinations(COMBINATIONS_MAX, LIMITS_MAX);
	assert_true(wiphy_decodes(&w));
	assert_int_equal(w.n_combinations, COMBINATIONS_MAX);
	assert_false(w.more_combinations);
	for (uint32_t n = 0; n < COMBINATIONS_MAX; n++) {
		assert_int_equal(w.combinations[n].total, 101 + n);
		assert_int_equal(w.combinations[n].channels, 2);
		assert_int_equal(w.combinations[n].n_limits, LIMITS_MAX);
		for (uint32_t k = 0; k < LIMITS_MAX; k++) {
			assert_int_equal(w.combinations[n].limits[k].max, k + 1);
			assert_int_equal(w.combinations[n].limits[k].iftypes, 2u << k);
		}
	}
	build_combinations(COMBINATIONS_MAX + 1, 1);
	assert_true(wiphy_decodes(&w));
	assert_int_equal(w.n_combinations, COMBINATIONS_MAX);
	assert_true(w.more_combinations);
}

static void ext_feature_55_is_bit_7_of_byte_6(void **state)
{
	static const uint8_t all[8] = { 255, 255, 255, 255, 255, 255, 255, 255 },
			     none[8] = { 255, 255, 255, 255, 255, 255, 0x7f, 255 };

	(void)state;
	for (size_t len = 0; len <= sizeof(all); len++) {
		struct wiphy w = { 0 };

		k_wiphy(0, 7, "phy7");
		k_put(NL80211_ATTR_EXT_FEATURES, all, len);
		assert_true(wiphy_decodes(&w));
		assert_int_equal(w.ext_feature_55, len >= 7);
		k_wiphy(0, 7, "phy7");
		k_put(NL80211_ATTR_EXT_FEATURES, none, len);
		assert_true(wiphy_decodes(&w));
		assert_false(w.ext_feature_55);
	}
}

/* What pads the attribute is no part of it. */
static void ext_feature_55_is_not_read_from_the_padding(void **state)
{
	struct wiphy w = { 0 };
	struct attrs a;

	(void)state;
	k_data(NL80211_CMD_NEW_WIPHY, 0);
	k_put(NL80211_ATTR_EXT_FEATURES, "\0\0\0\0\0\0", 6);
	a = k_attrs(0);
	memset((char *)a.head + a.len - 2, 0xff, 2);
	assert_true(decode_wiphy(&a, &w));
	assert_false(w.ext_feature_55);
	k_attrs_free(a);
}

static void put_vendor_entry(uint16_t place, uint32_t vendor, uint32_t subcmd)
{
	k_put(place, (uint32_t[]){ vendor, subcmd }, 8);
}

/* Which commands and events are listed, alone and among others; what looks like them is not. */
static void intel_commands_are_found_by_vendor_and_number(void **state)
{
	struct wiphy w = { 0 };

	(void)state;
	k_wiphy(0, 7, "phy7");
	k_nest(NL80211_ATTR_VENDOR_DATA);
	put_vendor_entry(0, 0, 0);
	put_vendor_entry(1, INTEL_OUI + 1, INTEL_CMD_GET_CSME_CONN_INFO);
	put_vendor_entry(2, INTEL_OUI, INTEL_CMD_HOST_GET_OWNERSHIP + 1);
	put_vendor_entry(3, INTEL_CMD_HOST_GET_OWNERSHIP, INTEL_OUI);
	put_vendor_entry(4, INTEL_OUI, INTEL_CMD_ROAMING_FORBIDDEN_EVENT); /* a command of it */
	k_put(5, (uint32_t[]){ INTEL_OUI, INTEL_CMD_HOST_GET_OWNERSHIP, 0 }, 12);
	k_put(6, (uint32_t[]){ INTEL_OUI, INTEL_CMD_HOST_GET_OWNERSHIP }, 7);
	k_put(7, (uint32_t[]){ INTEL_OUI }, 4);
	k_nest_end();
	k_nest(NL80211_ATTR_VENDOR_EVENTS);
	put_vendor_entry(1, INTEL_OUI, INTEL_CMD_GET_CSME_CONN_INFO);
	put_vendor_entry(2, INTEL_OUI, INTEL_CMD_HOST_GET_OWNERSHIP);
	k_nest_end();
	assert_true(wiphy_decodes(&w));
	assert_false(w.csme_conn_info || w.csme_ownership || w.csme_roaming);

	for (int n = 0; n < 3; n++) {
		static const uint32_t numbers[] = { 0x2d, 0x30, 0x32 };

		w = (struct wiphy){ 0 };
		k_wiphy(0, 7, "phy7");
		k_nest(n == 2 ? NL80211_ATTR_VENDOR_EVENTS : NL80211_ATTR_VENDOR_DATA);
		put_vendor_entry(1, 0x1018, numbers[n]);
		put_vendor_entry(2, 0x1735, numbers[n]);
		put_vendor_entry(3, 0x1018, numbers[n]);
		k_nest_end();
		assert_true(wiphy_decodes(&w));
		assert_int_equal(w.csme_conn_info, n == 0);
		assert_int_equal(w.csme_ownership, n == 1);
		assert_int_equal(w.csme_roaming, n == 2);
		/* another message about the same wiphy takes nothing away */
		k_wiphy(0, 7, "phy7");
		assert_true(wiphy_decodes(&w));
		assert_true(w.csme_conn_info || w.csme_ownership || w.csme_roaming);
	}
}

static void put_channel(uint16_t place, uint32_t mhz)
{
	k_nest(place);
	k_put_u32(NL80211_FREQUENCY_ATTR_FREQ, mhz);
	k_put(2, NULL, 0); /* a disabled one is one, too */
	k_nest_end();
}

static void put_bands(void)
{
	k_wiphy(0, 7, "phy7");
	k_nest(NL80211_ATTR_WIPHY_BANDS);
	for (uint16_t band = 0; band < 2; band++) {
		k_nest(band);
		k_put(2, "\1\0\0", 4); /* rates */
		k_nest(NL80211_BAND_ATTR_FREQS);
		put_channel(0, band ? 5180 : 2412);
		put_channel(1, band ? 5745 : 2437);
		k_nest_end();
		k_nest_end();
	}
	k_nest_end();
}

static bool channels_decode(struct channel_list *l)
{
	struct attrs a = k_attrs(0);
	bool ok = decode_wiphy_channels(&a, l);

	k_attrs_free(a);
	return ok;
}

static void channels_of_a_wiphy_are_found(void **state)
{
	struct channel_list l = { 0 };

	(void)state;
	put_bands();
	assert_true(channels_decode(&l));
	assert_int_equal(l.n, 4);
	assert_int_equal(channel_at(&l, 2437)->mhz, 2437);
	assert_int_equal(channel_at(&l, 5180)->mhz, 5180);
	assert_null(channel_at(&l, 5955));
	assert_true(channels_decode(&l)); /* of a later message */
	assert_int_equal(l.n, 8);
	k_wiphy(0, 7, "phy7");
	assert_true(channels_decode(&l));
	assert_int_equal(l.n, 8);
	k_wiphy(0, 7, "phy7");
	k_nest(NL80211_ATTR_WIPHY_BANDS);
	k_nest(0);
	k_nest(NL80211_BAND_ATTR_FREQS);
	k_nest(0);
	k_put_u16(NL80211_FREQUENCY_ATTR_FREQ, 5180);
	k_nest_end();
	k_nest_end();
	k_nest_end();
	k_nest_end();
	assert_false(channels_decode(&l));
}

static void channels_cut_at_every_byte_are_survived(void **state)
{
	(void)state;
	put_bands();
	for (size_t cut = 0; cut <= k_attrs_len(); cut++) {
		struct attrs a = k_attrs(cut);
		struct channel_list l = { 0 };

		/* right where it ends with a whole attribute, with or without what pads it */
		assert_int_equal(decode_wiphy_channels(&a, &l),
				 !cut || a.len == 0 || a.len == 8 || (a.len >= 17 && a.len <= 20));
		assert_null(channel_at(&l, 5955));
		k_attrs_free(a);
	}
}

static void combinations_cut_at_every_byte_are_survived(void **state)
{
	(void)state;
	build_combinations(3, LIMITS_MAX);
	for (size_t cut = 0; cut <= k_attrs_len(); cut++) {
		struct wiphy w = { 0 };
		struct attrs a = k_attrs(cut);

		decode_wiphy(&a, &w);
		assert_true(w.n_combinations <= 3);
		k_attrs_free(a);
	}
}

/* ---- BSSes, the family, refusals ---- */

static void build_bss(uint16_t type, const void *bytes, size_t len)
{
	k_data(NL80211_CMD_NEW_SCAN_RESULTS, NLM_F_MULTI);
	k_nest(NL80211_ATTR_BSS);
	if (type != NL80211_BSS_BSSID)
		k_put_mac(NL80211_BSS_BSSID, MAC0);
	k_put(type, bytes, len);
	k_nest_end();
}

static bool bss_decodes(struct bss *b)
{
	struct attrs a = k_attrs(0);
	bool ok = decode_bss(&a, b);

	k_attrs_free(a);
	return ok;
}

static bool bss_member_decodes(uint16_t type, size_t len)
{
	static const uint8_t bytes[16] = { 1, 2, 3 };
	struct bss b;

	k_reset();
	build_bss(type, bytes, len);
	return bss_decodes(&b);
}

static void bss_has_what_it_tells(void **state)
{
	static const struct sized members[] = { { NL80211_BSS_BSSID, 6 },
						{ NL80211_BSS_FREQUENCY, 4 },
						{ NL80211_BSS_STATUS, 4 } };
	static const uint8_t mac[ADDR_LEN] = { 2, 0, 0, 0, 0, 0x10 };
	uint32_t status = 2, freq = 5955;
	struct bss b;

	(void)state;
	check_sizes(bss_member_decodes, members, ARRAY_SIZE(members));
	k_reset();
	build_bss(200, "what is not known", 17);
	assert_true(bss_decodes(&b));
	assert_true(b.has_bssid && !b.has_freq && !b.has_status);
	assert_memory_equal(b.bssid, mac, ADDR_LEN);
	build_bss(NL80211_BSS_STATUS, &status, 4);
	assert_true(bss_decodes(&b));
	assert_true(b.has_status && !b.has_freq && b.status == 2);
	build_bss(NL80211_BSS_FREQUENCY, &freq, 4);
	assert_true(bss_decodes(&b));
	assert_true(!b.has_status && b.has_freq && b.freq == 5955);
}

static void bss_cut_at_every_byte_is_none(void **state)
{
	struct bss b;

	(void)state;
	build_bss(NL80211_BSS_STATUS, "\1\0\0", 4);
	for (size_t cut = 1; cut < k_attrs_len(); cut++) {
		struct attrs a = k_attrs(cut);

		assert_false(decode_bss(&a, &b));
		k_attrs_free(a);
	}
	/* the same where only the nest is cut: a BSS within a whole message */
	for (int off = -1; off > -8; off--) {
		k_reset();
		build_bss(NL80211_BSS_STATUS, "\1\0\0", 4);
		k_attr_length(off);
		assert_false(bss_decodes(&b));
	}
}

static void build_family(uint16_t id, uint32_t op)
{
	k_message(GENL_ID_CTRL, 0);
	k_raw("\1\2\0", GENL_HDRLEN);
	k_put_u16(CTRL_ATTR_FAMILY_ID, id);
	k_put_u32(CTRL_ATTR_MAXATTR, 333);
	k_nest(CTRL_ATTR_OPS);
	k_nest(1);
	k_put_u32(CTRL_ATTR_OP_ID, op);
	k_nest_end();
	k_nest_end();
}

static bool family_decodes(struct family *f)
{
	struct attrs a = k_attrs(0);
	bool ok = decode_family(&a, f);

	k_attrs_free(a);
	return ok;
}

static void family_tells_its_operations(void **state)
{
	struct family f = { 0 };

	(void)state;
	build_family(28, NL80211_CMD_ADD_LINK);
	assert_true(family_decodes(&f));
	assert_int_equal(f.id, 28);
	assert_int_equal(f.maxattr, 333);
	assert_true(family_has(&f, NL80211_CMD_ADD_LINK));
	assert_false(family_has(&f, NL80211_CMD_REMOVE_LINK));
	f = (struct family){ 0 };
	build_family(28, NL80211_CMD_ADD_LINK + 256);
	assert_true(family_decodes(&f));
	assert_false(family_has(&f, NL80211_CMD_ADD_LINK));
}

static void put_group(uint16_t place, const char *name, uint32_t id)
{
	k_nest(place);
	if (id)
		k_put_u32(CTRL_ATTR_MCAST_GRP_ID, id);
	k_put_text(CTRL_ATTR_MCAST_GRP_NAME, name);
	k_nest_end();
}

static void groups_of_the_family_are_found_by_their_names(void **state)
{
	struct family f = { 0 };

	(void)state;
	build_family(28, 1);
	k_nest(CTRL_ATTR_MCAST_GROUPS);
	put_group(1, "vendor", 4);
	put_group(2, "mlme", 9);
	put_group(3, "config", 7);
	put_group(4, "conf", 6);
	put_group(5, "configs", 6);
	k_nest_end();
	assert_true(family_decodes(&f));
	assert_int_equal(f.groups[GROUP_CONFIG], 7);
	assert_int_equal(f.groups[GROUP_MLME], 9);
	f = (struct family){ 0 };
	build_family(28, 1);
	assert_true(family_decodes(&f));
	assert_int_equal(f.groups[GROUP_CONFIG] | f.groups[GROUP_MLME], 0);
	k_nest(CTRL_ATTR_MCAST_GROUPS);
	k_nest(1);
	k_put_u16(CTRL_ATTR_MCAST_GRP_ID, 5);
	k_nest_end();
	k_nest_end();
	assert_false(family_decodes(&f));
}

static void family_of_wrong_lengths_is_malformed(void **state)
{
	static const struct sized list[] = { { CTRL_ATTR_FAMILY_ID, 2 }, { CTRL_ATTR_MAXATTR, 4 } };

	(void)state;
	for (size_t k = 0; k < ARRAY_SIZE(list); k++)
		for (size_t len = 0; len < 8; len++) {
			struct family f = { 0 };

			build_family(28, 1);
			k_put(list[k].type, "\x1c\x1c\1\1\1\1\1\1", len);
			assert_int_equal(family_decodes(&f), len == list[k].len);
		}
}

static void operation_of_a_wrong_length_is_malformed(void **state)
{
	struct family f = { 0 };

	(void)state;
	build_family(28, 1);
	k_nest(CTRL_ATTR_OPS);
	k_nest(1);
	k_put_u16(CTRL_ATTR_OP_ID, 1);
	k_nest_end();
	k_nest_end();
	assert_false(family_decodes(&f));
}

static void lists_that_end_within_an_attribute_are_malformed(void **state)
{
	struct bss bss;
	struct family f = { 0 };
	struct wiphy w = { 0 };
	struct attrs a;

	(void)state;
	k_wiphy(0, 7, "phy7");
	k_attr_length(8);
	assert_false(wiphy_decodes(&w));
	build_family(28, 1);
	k_attr_length(8);
	assert_false(family_decodes(&f));
	k_data(NL80211_CMD_NEW_SCAN_RESULTS, NLM_F_MULTI);
	k_nest(NL80211_ATTR_BSS);
	k_nest_end();
	k_attr_length(8);
	a = k_attrs(0);
	assert_false(decode_bss(&a, &bss));
	k_attrs_free(a);
}

static void refusal_of_every_length_is_survived(void **state)
{
	char text[400];

	(void)state;
	memset(text, '\n', sizeof(text));
	k_data(0, 0);
	k_put(1, text, sizeof(text));
	k_put_u32(2, 36);
	k_put_u32(5, 6);
	for (size_t cut = 0; cut <= k_attrs_len(); cut++) {
		struct refusal r = { 0 };
		struct attrs a = k_attrs(cut);

		decode_ext_ack(a.head, (size_t)a.len, &r);
		assert_true(strlen(r.text) < sizeof(r.text));
		assert_int_equal(strlen(r.text) % 4, 0);
		assert_int_equal(r.offset, cut <= 8 ? 36 : 0);
		assert_int_equal(r.missing, cut ? 0 : 6);
		k_attrs_free(a);
	}
}

/* ---- the policy of SET_INTERFACE ---- */

#define IFTYPE	  NL80211_ATTR_IFTYPE
#define LINK_INFO RFC_ATTR_MLO_LINK_INFO
#define NESTED	  NL_ATTR_TYPE_NESTED

/* The last message, without its last cut bytes. */
static bool policy_decodes(struct policy *p, size_t cut)
{
	struct attrs a = k_attrs(cut);
	bool ok = decode_policy(&a, p);

	k_attrs_free(a);
	return ok;
}

static void policy_is_that_of_the_index(void **state)
{
	struct policy p = { 0 };

	(void)state;
	k_policy_index(3);
	assert_true(policy_decodes(&p, 0));
	assert_int_equal(p.index, 3);
	for (uint16_t other = 0; other < 6; other++) {
		k_policy_attr(other == 3 ? 4 : other, IFTYPE, NL_ATTR_TYPE_U32, 99);
		assert_true(policy_decodes(&p, 0));
		k_policy_attr(other == 3 ? 4 : other, LINK_INFO, NESTED, 0);
		assert_true(policy_decodes(&p, 0));
		assert_int_equal(p.iftype_max, 0);
		assert_false(p.link_info_is_nest);
	}
	k_policy_attr(3, IFTYPE, NL_ATTR_TYPE_U32, 13);
	assert_true(policy_decodes(&p, 0));
	k_policy_attr(3, LINK_INFO, NESTED, 0);
	assert_true(policy_decodes(&p, 0));
	k_policy_attr(3, LINK_INFO + 1, NL_ATTR_TYPE_U32, 5);
	assert_true(policy_decodes(&p, 0));
	assert_int_equal(p.iftype_max, 13);
	assert_true(p.link_info_is_nest);
}

/* The index of another kind of request than the one that is sent does not count. */
static void policy_of_a_dump_is_not_that_of_a_request(void **state)
{
	struct policy p = { .index = 2 };

	(void)state;
	k_message(GENL_ID_CTRL, NLM_F_MULTI);
	k_raw("\12\2\0", GENL_HDRLEN);
	k_nest(CTRL_ATTR_OP_POLICY);
	k_nest(NL80211_CMD_SET_INTERFACE);
	k_put_u32(CTRL_ATTR_POLICY_DUMP, 7);
	k_nest_end();
	k_nest_end();
	assert_true(policy_decodes(&p, 0));
	assert_int_equal(p.index, 2);
}

static void only_a_nest_is_a_nest(void **state)
{
	(void)state;
	for (uint32_t type = 0; type <= NL_ATTR_TYPE_BITFIELD32; type++) {
		struct policy p = { 0 };

		k_reset();
		k_policy_attr(0, LINK_INFO, type, 0);
		assert_true(policy_decodes(&p, 0));
		assert_int_equal(p.link_info_is_nest, type == NL_ATTR_TYPE_NESTED);
	}
}

static bool limit_decodes(uint16_t attr, uint16_t type, size_t len)
{
	struct policy p = { 0 };

	k_reset();
	k_message(GENL_ID_CTRL, NLM_F_MULTI);
	k_raw("\12\2\0", GENL_HDRLEN);
	k_nest(CTRL_ATTR_POLICY);
	k_nest(0);
	k_nest(attr);
	k_put(type, "\0\0\0\0\0\0\0\0\0\0\0\0", len);
	k_nest_end();
	k_nest_end();
	k_nest_end();
	return policy_decodes(&p, 0);
}

static bool index_decodes(size_t len)
{
	struct policy p = { 0 };

	k_reset();
	k_message(GENL_ID_CTRL, NLM_F_MULTI);
	k_raw("\12\2\0", GENL_HDRLEN);
	k_nest(CTRL_ATTR_OP_POLICY);
	k_nest(NL80211_CMD_SET_INTERFACE);
	k_put(CTRL_ATTR_POLICY_DO, "\0\0\0\0\0\0\0\0\0\0\0\0", len);
	k_nest_end();
	k_nest_end();
	return policy_decodes(&p, 0);
}

static void policy_of_wrong_lengths_is_malformed(void **state)
{
	(void)state;
	for (size_t len = 0; len <= 12; len++) {
		assert_int_equal(limit_decodes(IFTYPE, NL_POLICY_TYPE_ATTR_TYPE, len), len == 4);
		assert_int_equal(limit_decodes(LINK_INFO, NL_POLICY_TYPE_ATTR_TYPE, len), len == 4);
		assert_int_equal(limit_decodes(IFTYPE, NL_POLICY_TYPE_ATTR_MAX_VALUE_U, len),
				 len == 8);
		assert_int_equal(index_decodes(len), len == 4);
	}
}

/* Cut within its attributes, it is malformed; cut before the first of them, it says nothing. */
static void policy_cut_at_every_byte_is_malformed(void **state)
{
	struct policy p = { 0 };

	(void)state;
	k_policy_attr(0, IFTYPE, NL_ATTR_TYPE_U32, 13);
	assert_true(policy_decodes(&p, 0));
	for (size_t cut = 1; cut < k_attrs_len() - 8; cut++)
		if (policy_decodes(&p, cut))
			fail_msg("accepted without its last %zu bytes", cut);
	p.iftype_max = 0;
	assert_true(policy_decodes(&p, k_attrs_len() - 8));
	assert_int_equal(p.iftype_max, 0);
	k_policy_index(0);
	for (size_t cut = 1; cut < k_attrs_len() - 8; cut++)
		if (policy_decodes(&p, cut))
			fail_msg("accepted without its last %zu bytes", cut);
}

/* ---- events ---- */

static bool event_decodes(uint8_t cmd, enum dialect dialect, struct event *e, size_t cut)
{
	struct attrs a = k_attrs(cut);
	bool ok = decode_event(cmd, &a, dialect, e);

	k_attrs_free(a);
	return ok;
}

static bool connect_decodes(enum dialect dialect, struct event *e)
{
	return event_decodes(NL80211_CMD_CONNECT, dialect, e, 0);
}

static const struct sized event_attrs[] = {
	{ NL80211_ATTR_WIPHY, 4 }, { NL80211_ATTR_IFINDEX, 4 },	    { NL80211_ATTR_WDEV, 8 },
	{ NL80211_ATTR_MAC, 6 },   { NL80211_ATTR_STATUS_CODE, 2 }, { NL80211_ATTR_REASON_CODE, 2 },
};

static const struct sized event_link_attrs[] = {
	{ NL80211_ATTR_WIPHY, 4 }, { NL80211_ATTR_WDEV, 8 },	    { NL80211_ATTR_BSSID, 6 },
	{ NL80211_ATTR_MAC, 6 },   { NL80211_ATTR_STATUS_CODE, 2 },
};

static bool event_attr_decodes(uint16_t type, size_t len)
{
	static const uint8_t bytes[16] = { 1, 2, 3 };
	struct event e;

	k_reset();
	k_data(NL80211_CMD_CONNECT, 0);
	k_put(type, bytes, len);
	return connect_decodes(DIALECT_LINKS, &e);
}

static bool event_link_attr_decodes(uint16_t type, size_t len)
{
	static const uint8_t bytes[16] = { 1, 2, 3 };
	struct event e;

	k_reset();
	k_data(NL80211_CMD_CONNECT, 0);
	k_links_begin();
	k_nest(1);
	k_put_u8(NL80211_ATTR_MLO_LINK_ID, 0);
	k_put(type, bytes, len);
	k_nest_end();
	k_links_end();
	return connect_decodes(DIALECT_LINKS, &e);
}

static bool link_device_attr_decodes(uint16_t type, size_t len)
{
	static const uint8_t bytes[16] = { 1, 2, 3 };
	struct event e;

	k_reset();
	k_data(NL80211_CMD_CONNECT, 0);
	k_nest(LINK_INFO);
	k_nest(1);
	k_put(type, bytes, len);
	k_nest_end();
	k_nest_end();
	return connect_decodes(DIALECT_RFC, &e);
}

static void every_attribute_of_an_event_has_one_length(void **state)
{
	(void)state;
	check_sizes(event_attr_decodes, event_attrs, ARRAY_SIZE(event_attrs));
	check_sizes(event_link_attr_decodes, event_link_attrs, ARRAY_SIZE(event_link_attrs));
	check_sizes(link_device_attr_decodes, event_link_attrs, ARRAY_SIZE(event_link_attrs));
	/* a flag, which newer kernels give a value */
	for (size_t len = 0; len <= 4; len += 4) {
		assert_true(event_attr_decodes(NL80211_ATTR_TIMED_OUT, len));
		assert_true(event_attr_decodes(NL80211_ATTR_DISCONNECTED_BY_AP, len));
	}
}

static void event_has_what_was_sent(void **state)
{
	static const struct event nothing = { .cmd = NL80211_CMD_DISCONNECT };
	struct event e;

	(void)state;
	k_data(NL80211_CMD_DISCONNECT, 0);
	memset(&e, 0xff, sizeof(e));
	assert_true(event_decodes(NL80211_CMD_DISCONNECT, DIALECT_LINKS, &e, 0));
	assert_memory_equal(&e, &nothing, sizeof(e));
	k_put_u32(NL80211_ATTR_WIPHY, 7);
	k_put_u32(NL80211_ATTR_IFINDEX, 9);
	k_put_u64(NL80211_ATTR_WDEV, 0x700000001);
	k_put_mac(NL80211_ATTR_MAC, MAC0);
	k_put_u16(NL80211_ATTR_STATUS_CODE, 130);
	k_put_u16(NL80211_ATTR_REASON_CODE, 3);
	k_put(NL80211_ATTR_DISCONNECTED_BY_AP, NULL, 0);
	k_put_u32(NL80211_ATTR_TIMED_OUT, 1);
	k_put(NL80211_ATTR_REQ_IE, "abc", 3);
	assert_true(event_decodes(NL80211_CMD_DISCONNECT, DIALECT_LINKS, &e, 0));
	assert_true(e.has_wiphy && e.has_ifindex && e.has_wdev && e.has_addr && e.has_status);
	assert_true(e.has_reason && e.timed_out && e.by_ap);
	assert_int_equal(e.wiphy, 7);
	assert_int_equal(e.ifindex, 9);
	assert_int_equal(e.wdev, 0x700000001);
	assert_int_equal(e.status, 130);
	assert_int_equal(e.reason, 3);
	assert_int_equal(e.addr[5], 0x10);
}

/* Links of a connection: an own address, a BSSID, a status, all made of the id. */
static void put_event_link(uint8_t id)
{
	char mac[MAC_TEXT];

	k_nest(id + 1);
	k_put_u8(NL80211_ATTR_MLO_LINK_ID, id);
	snprintf(mac, sizeof(mac), "02:00:00:00:00:%02x", id);
	k_put_mac(NL80211_ATTR_MAC, mac);
	snprintf(mac, sizeof(mac), "02:00:00:00:01:%02x", id);
	k_put_mac(NL80211_ATTR_BSSID, mac);
	k_put_u16(NL80211_ATTR_STATUS_CODE, id);
	k_nest_end();
}

static bool event_links_decode(const uint8_t *ids, size_t n, struct event *e)
{
	k_reset();
	k_data(NL80211_CMD_CONNECT, 0);
	k_links_begin();
	for (size_t k = 0; k < n; k++)
		put_event_link(ids[k]);
	k_links_end();
	return connect_decodes(DIALECT_LINKS, e);
}

static void links_of_an_event_are_sorted_by_id(void **state)
{
	static const uint8_t ids[] = { 9, 14, 0, 3, 13, 1 }, sorted[] = { 0, 1, 3, 9, 13, 14 };
	struct event e;

	(void)state;
	assert_true(event_links_decode(ids, ARRAY_SIZE(ids), &e));
	assert_int_equal(e.n_links, ARRAY_SIZE(sorted));
	for (size_t k = 0; k < ARRAY_SIZE(sorted); k++) {
		const struct event_link *l = &e.links[k];

		assert_true(l->has_id && l->has_addr && l->has_bssid && l->has_status);
		assert_false(l->has_wdev || l->has_wiphy);
		assert_int_equal(l->id, sorted[k]);
		assert_int_equal(l->status, sorted[k]);
		assert_int_equal(l->addr[5], sorted[k]);
		assert_int_equal(l->addr[4], 0);
		assert_int_equal(l->bssid[5], sorted[k]);
		assert_int_equal(l->bssid[4], 1);
	}
}

static void links_of_an_event_that_cannot_be(void **state)
{
	static const uint8_t twice[] = { 3, 1, 3 }, neighbours[] = { 1, 1 }, beyond[] = { 15 },
			     far[] = { 0, 255 };
	uint8_t all[LINKS_MAX + 1];
	struct event e;

	(void)state;
	assert_false(event_links_decode(twice, ARRAY_SIZE(twice), &e));
	assert_false(event_links_decode(neighbours, ARRAY_SIZE(neighbours), &e));
	assert_false(event_links_decode(beyond, ARRAY_SIZE(beyond), &e));
	assert_false(event_links_decode(far, ARRAY_SIZE(far), &e));
	for (uint8_t k = 0; k < ARRAY_SIZE(all); k++)
		all[k] = k < LINKS_MAX ? LINK_ID_MAX - k : 0;
	assert_true(event_links_decode(all, LINKS_MAX, &e));
	assert_int_equal(e.n_links, LINKS_MAX);
	assert_int_equal(e.links[0].id, 0);
	assert_int_equal(e.links[LINK_ID_MAX].id, LINK_ID_MAX);
	assert_false(event_links_decode(all, LINKS_MAX + 1, &e));
}

static void link_of_an_event_without_its_id_is_malformed(void **state)
{
	struct event e;

	(void)state;
	k_data(NL80211_CMD_CONNECT, 0);
	k_links_begin();
	put_event_link(0);
	k_nest(2);
	k_put_mac(NL80211_ATTR_BSSID, MAC0);
	k_nest_end();
	k_links_end();
	assert_false(connect_decodes(DIALECT_LINKS, &e));
}

static void put_link_device(uint8_t n)
{
	char mac[MAC_TEXT];

	k_nest(n);
	k_put_u32(NL80211_ATTR_WIPHY, 2);
	k_put_u64(NL80211_ATTR_WDEV, 0x200000000 + n);
	snprintf(mac, sizeof(mac), "02:00:00:00:01:%02x", n);
	k_put_mac(NL80211_ATTR_MAC, mac);
	k_nest_end();
}

static void build_link_devices(size_t n)
{
	k_reset();
	k_data(NL80211_CMD_CONNECT, 0);
	k_nest(LINK_INFO);
	for (size_t k = 0; k < n; k++)
		put_link_device((uint8_t)(n - k));
	k_nest_end();
}

/* They have no id but their order, and their MAC is the BSSID. */
static void link_devices_of_an_event_keep_their_order(void **state)
{
	struct event e;

	(void)state;
	build_link_devices(LINKS_MAX);
	assert_true(connect_decodes(DIALECT_RFC, &e));
	assert_int_equal(e.n_links, LINKS_MAX);
	for (int k = 0; k < e.n_links; k++) {
		const struct event_link *l = &e.links[k];

		assert_true(l->has_wiphy && l->has_wdev && l->has_bssid);
		assert_false(l->has_id || l->has_addr || l->has_status);
		assert_int_equal(l->wiphy, 2);
		assert_int_equal(l->wdev, 0x200000000 + LINKS_MAX - k);
		assert_int_equal(l->bssid[5], LINKS_MAX - k);
	}
	build_link_devices(LINKS_MAX + 1);
	assert_false(connect_decodes(DIALECT_RFC, &e));
}

static void link_device_with_an_id_is_malformed(void **state)
{
	struct event e;

	(void)state;
	k_data(NL80211_CMD_CONNECT, 0);
	k_nest(LINK_INFO);
	put_event_link(0);
	k_nest_end();
	assert_false(connect_decodes(DIALECT_RFC, &e));
}

/* 299 is RECONNECT_REQUESTED to released kernels, and 312 is nothing to the RFC. */
static void links_of_the_other_dialect_are_no_links(void **state)
{
	static const enum dialect others[] = { DIALECT_NONE, DIALECT_HYBRID, DIALECT_UNKNOWN };
	struct event e;

	(void)state;
	k_data(NL80211_CMD_CONNECT, 0);
	k_put(LINK_INFO, NULL, 0);
	assert_true(connect_decodes(DIALECT_LINKS, &e));
	k_put(LINK_INFO, "abc", 3);
	assert_true(connect_decodes(DIALECT_LINKS, &e));
	assert_int_equal(e.n_links, 0);
	build_link_devices(2);
	k_links_begin();
	put_event_link(3);
	k_links_end();
	for (size_t n = 0; n < ARRAY_SIZE(others); n++) {
		assert_true(connect_decodes(others[n], &e));
		assert_int_equal(e.n_links, 0);
	}
	assert_true(connect_decodes(DIALECT_LINKS, &e));
	assert_int_equal(e.n_links, 1);
	assert_int_equal(e.links[0].id, 3);
	assert_true(connect_decodes(DIALECT_RFC, &e));
	assert_int_equal(e.n_links, 2);
	assert_false(e.links[0].has_id || e.links[1].has_id);
}

static void event_about_an_interface_has_the_interface(void **state)
{
	static const uint8_t cmds[] = { NL80211_CMD_NEW_INTERFACE, NL80211_CMD_DEL_INTERFACE,
					NL80211_CMD_SET_INTERFACE };
	struct event e;

	(void)state;
	for (size_t n = 0; n < ARRAY_SIZE(cmds); n++) {
		k_iface(0, NL80211_IFTYPE_MONITOR);
		assert_true(event_decodes(cmds[n], DIALECT_LINKS, &e, 0));
		assert_int_equal(e.cmd, cmds[n]);
		assert_int_equal(e.iface.type, NL80211_IFTYPE_MONITOR);
		assert_string_equal(e.iface.name, "lo");
		assert_int_equal(e.iface.ifindex, K_LO);
		assert_false(event_decodes(cmds[n], DIALECT_LINKS, &e, 1));
	}
}

/* In memory of exactly the size that is left; and never without being told within an attribute. */
static void check_event_cuts(enum dialect dialect, size_t last)
{
	struct event e;

	assert_true(connect_decodes(dialect, &e));
	for (size_t cut = 1; cut <= k_attrs_len(); cut++) {
		bool ok = event_decodes(NL80211_CMD_CONNECT, dialect, &e, cut);

		assert_true(e.n_links <= LINKS_MAX);
		if (ok && cut < last)
			fail_msg("accepted without its last %zu bytes", cut);
	}
}

static void event_cut_at_every_byte_is_malformed(void **state)
{
	size_t before;

	(void)state;
	k_event_about(NL80211_CMD_CONNECT, 1);
	k_put_mac(NL80211_ATTR_MAC, MAC0);
	k_put_u16(NL80211_ATTR_STATUS_CODE, 0);
	before = k_attrs_len();
	k_links_begin();
	for (uint8_t id = 0; id < LINKS_MAX; id++)
		put_event_link(LINK_ID_MAX - id);
	k_links_end();
	check_event_cuts(DIALECT_LINKS, k_attrs_len() - before);
	build_link_devices(LINKS_MAX);
	check_event_cuts(DIALECT_RFC, k_attrs_len());
}

static void event_whose_lengths_lie_is_malformed(void **state)
{
	struct event e;

	(void)state;
	k_data(NL80211_CMD_CONNECT, 0);
	k_links_begin();
	put_event_link(0);
	k_attr_length(8);
	k_links_end();
	assert_false(connect_decodes(DIALECT_LINKS, &e));
	k_data(NL80211_CMD_CONNECT, 0);
	k_links_begin();
	k_nest(1);
	k_put_u8(NL80211_ATTR_MLO_LINK_ID, 0);
	k_put(1000, "abcd", 4);
	k_attr_length(8);
	k_nest_end();
	k_links_end();
	assert_false(connect_decodes(DIALECT_LINKS, &e));
	k_data(NL80211_CMD_CONNECT, 0);
	k_put(1000, "abcd", 4);
	k_attr_length(8);
	assert_false(connect_decodes(DIALECT_LINKS, &e));
}

#define T(f) cmocka_unit_test_setup(f, setup)

static const struct CMUnitTest tests[] = {
	T(every_attribute_of_an_interface_has_one_length),
	T(every_attribute_of_a_link_has_one_length),
	T(wrong_length_is_malformed_for_the_program),
	T(unknown_attributes_are_skipped),
	T(absent_stays_absent),
	T(interface_has_what_was_sent),
	T(names_end_at_their_nul_or_their_length),
	T(names_that_do_not_fit_are_malformed),
	T(ssids_have_up_to_32_bytes),
	T(links_are_sorted_by_id),
	T(fifteen_links_fit),
	T(link_id_15_is_malformed),
	T(link_id_that_comes_twice_is_malformed),
	T(link_without_an_id_is_malformed),
	T(links_share_nothing),
	T(link_whose_address_is_zero_is_a_ghost),
	T(interface_cut_at_every_byte_is_survived),
	T(interface_cut_within_an_attribute_is_malformed),
	T(interface_with_any_byte_changed_is_survived),
	T(link_attribute_longer_than_its_link_is_malformed),
	T(link_longer_than_the_list_of_links_is_malformed),
	T(wiphy_in_parts_is_put_together),
	T(iftypes_beyond_the_bitmap_are_left_out),
	T(wiphy_of_wrong_lengths_is_malformed),
	T(wiphys_are_found_by_the_index_they_have),
	T(wiphy_cut_at_every_byte_is_survived),
	T(combinations_are_kept_as_they_come),
	T(ext_feature_55_is_bit_7_of_byte_6),
	T(ext_feature_55_is_not_read_from_the_padding),
	T(intel_commands_are_found_by_vendor_and_number),
	T(channels_of_a_wiphy_are_found),
	T(channels_cut_at_every_byte_are_survived),
	T(combinations_cut_at_every_byte_are_survived),
	T(bss_has_what_it_tells),
	T(bss_cut_at_every_byte_is_none),
	T(family_tells_its_operations),
	T(groups_of_the_family_are_found_by_their_names),
	T(family_of_wrong_lengths_is_malformed),
	T(operation_of_a_wrong_length_is_malformed),
	T(lists_that_end_within_an_attribute_are_malformed),
	T(refusal_of_every_length_is_survived),
	T(policy_is_that_of_the_index),
	T(policy_of_a_dump_is_not_that_of_a_request),
	T(only_a_nest_is_a_nest),
	T(policy_of_wrong_lengths_is_malformed),
	T(policy_cut_at_every_byte_is_malformed),
	T(every_attribute_of_an_event_has_one_length),
	T(event_has_what_was_sent),
	T(links_of_an_event_are_sorted_by_id),
	T(links_of_an_event_that_cannot_be),
	T(link_of_an_event_without_its_id_is_malformed),
	T(link_devices_of_an_event_keep_their_order),
	T(link_device_with_an_id_is_malformed),
	T(links_of_the_other_dialect_are_no_links),
	T(event_about_an_interface_has_the_interface),
	T(event_cut_at_every_byte_is_malformed),
	T(event_whose_lengths_lie_is_malformed),
};

int main(void)
{
	return cmocka_run_group_tests(tests, NULL, NULL);
}
