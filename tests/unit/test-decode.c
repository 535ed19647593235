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

/* ---- wiphys, BSSes, the family, refusals ---- */

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

static bool bss_decodes(const void *status, size_t len, bool *associated)
{
	struct attrs a;
	bool ok;

	k_data(NL80211_CMD_NEW_SCAN_RESULTS, NLM_F_MULTI);
	k_nest(NL80211_ATTR_BSS);
	k_put_mac(NL80211_BSS_BSSID, MAC0);
	if (status)
		k_put(NL80211_BSS_STATUS, status, len);
	k_nest_end();
	a = k_attrs(0);
	ok = decode_bss_status(&a, associated);
	k_attrs_free(a);
	return ok;
}

static void bss_is_associated_only_by_its_status(void **state)
{
	uint32_t status[] = { 0, 2, 3, 1 };
	bool associated = false;

	(void)state;
	assert_true(bss_decodes(NULL, 0, &associated));
	for (size_t n = 0; n < ARRAY_SIZE(status); n++) {
		assert_true(bss_decodes(&status[n], 4, &associated));
		assert_int_equal(associated, status[n] == 1);
	}
	/* another entry of the same table does not undo it */
	assert_true(bss_decodes(&status[0], 4, &associated));
	assert_true(associated);
	assert_false(bss_decodes(status, 3, &associated));
	assert_false(bss_decodes(status, 5, &associated));
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

static void family_tells_the_dialect_by_its_operations(void **state)
{
	struct family f = { 0 };

	(void)state;
	build_family(28, NL80211_CMD_ADD_LINK);
	assert_true(family_decodes(&f));
	assert_int_equal(f.id, 28);
	assert_int_equal(f.maxattr, 333);
	assert_true(family_has(&f, NL80211_CMD_ADD_LINK));
	assert_false(family_has(&f, NL80211_CMD_REMOVE_LINK));
	assert_int_equal(family_dialect(&f), DIALECT_LINKS);
	f = (struct family){ 0 };
	build_family(28, NL80211_CMD_ADD_LINK + 256);
	assert_true(family_decodes(&f));
	assert_int_equal(family_dialect(&f), DIALECT_NONE);
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

#define T(f) cmocka_unit_test_setup(f, setup)

int main(void)
{
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
		T(wiphy_in_parts_is_put_together),
		T(iftypes_beyond_the_bitmap_are_left_out),
		T(wiphy_of_wrong_lengths_is_malformed),
		T(wiphy_cut_at_every_byte_is_survived),
		T(bss_is_associated_only_by_its_status),
		T(family_tells_the_dialect_by_its_operations),
		T(family_of_wrong_lengths_is_malformed),
		T(operation_of_a_wrong_length_is_malformed),
		T(refusal_of_every_length_is_survived),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
