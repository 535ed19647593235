/* SPDX-License-Identifier: ISC */
/* Words to values and back, at the edges of what is a word. */
#include <string.h>

#include "fake-kernel.h"

static void mac_words_of_six_pairs(void **state)
{
	static const uint8_t want[] = { 0x02, 0xab, 0xcd, 0xef, 0x90, 0xff };
	uint8_t mac[ADDR_LEN] = { 0 };

	(void)state;
	assert_true(parse_mac("02:ab:cd:ef:90:ff", mac));
	assert_memory_equal(mac, want, ADDR_LEN);
	memset(mac, 0, sizeof(mac));
	assert_true(parse_mac("02:AB:cD:EF:90:FF", mac));
	assert_memory_equal(mac, want, ADDR_LEN);
}

static void words_that_are_no_mac(void **state)
{
	static const char *const words[] = {
		"",
		"1:2:3:4:5:6",
		"02:00:00:00:00:0",
		"02:00:00:00:00:000",
		"02:00:00:00:00:0g",
		"02:00:00:00:00:00 ",
		" 2:00:00:00:00:00",
		"02-00-00-00-00-00",
		"0200.0000.0000",
		"020000000000",
		"0200000000001",
		"02:00:00:00:00:00:00",
		"02:00:00:00:00",
		"02:00:00:00:00-00",
		"0x:00:00:00:00:00",
		"+2:00:00:00:00:00",
		"02::0:00:00:00:00",
		"02:00:00:00:00:/0",
		"02:00:00:00:00:0:",
		"02:00:00:00:00:@0",
		"02:00:00:00:00:`0",
		("02:00:00:00:00:\xff"
		 "0"),
		"g2:00:00:00:00:00",
		"02:00:00:00:00:G0",
	};
	static const uint8_t untouched[ADDR_LEN] = { 1, 2, 3, 4, 5, 6 };
	uint8_t mac[ADDR_LEN] = { 1, 2, 3, 4, 5, 6 };

	(void)state;
	for (size_t n = 0; n < ARRAY_SIZE(words); n++) {
		if (parse_mac(words[n], mac))
			fail_msg("\"%s\" is taken for an address", words[n]);
		assert_memory_equal(mac, untouched, ADDR_LEN);
	}
}

static void link_id_words(void **state)
{
	char word[12];
	uint8_t id;

	(void)state;
	for (int n = 0; n <= LINK_ID_MAX; n++) {
		snprintf(word, sizeof(word), "%d", n);
		id = 99;
		assert_true(parse_link_id(word, &id));
		assert_int_equal(id, n);
	}
}

static void words_that_are_no_link_id(void **state)
{
	static const char *const words[] = {
		"",   "-1", "15", "16", "99", "1e1", "0x1", "00",  "01",	 "014",
		"+1", " 1", "1 ", "1a", "a",  "-",   "0.",  "256", "4294967296",
	};
	uint8_t id = 7;

	(void)state;
	for (size_t n = 0; n < ARRAY_SIZE(words); n++)
		if (parse_link_id(words[n], &id))
			fail_msg("\"%s\" is taken for a link id", words[n]);
	assert_int_equal(id, 7);
}

static void number_words(void **state)
{
	static const struct {
		const char *word;
		uint64_t value;
	} rows[] = {
		{ "0", 0 },
		{ "007", 7 },
		{ "18446744073709551615", UINT64_MAX },
		{ "0x0", 0 },
		{ "0x100000001", 0x100000001 },
		{ "0xDEADbeef", 0xdeadbeef },
		{ "0xffffffffffffffff", UINT64_MAX },
	};

	(void)state;
	for (size_t n = 0; n < ARRAY_SIZE(rows); n++) {
		uint64_t v = 99;

		assert_true(parse_u64(rows[n].word, &v));
		assert_int_equal(v, rows[n].value);
	}
}

static void words_that_are_no_number(void **state)
{
	static const char *const words[] = {
		"",
		"-1",
		"+1",
		" 1",
		"1 ",
		"0x",
		"0X1",
		"x1",
		"a",
		"12a",
		"1.0",
		"1e3",
		"0x-1",
		"0x 1",
		"0x+1",
		"0xg",
		"0x0x1",
		"0x0X1",
		"0x1 ",
		"\n1",
		"18446744073709551616",
		"-0",
		"0x10000000000000000",
	};
	uint64_t v;

	(void)state;
	for (size_t n = 0; n < ARRAY_SIZE(words); n++)
		if (parse_u64(words[n], &v))
			fail_msg("\"%s\" is taken for a number", words[n]);
}

static void seconds_words(void **state)
{
	static const struct {
		const char *word;
		uint32_t ms;
	} rows[] = {
		{ "1", 1000 },
		{ "0.05", 50 },
		{ "0.001", 1 },
		{ "10.5", 10500 },
		{ "1.9999", 1999 },
		{ "86400", 86400000 },
		{ "86400.000", 86400000 },
		{ "01", 1000 },
		{ "0.0019999999999999", 1 },
	};

	(void)state;
	for (size_t n = 0; n < ARRAY_SIZE(rows); n++) {
		uint32_t ms = 99;

		if (!parse_seconds(rows[n].word, &ms) || ms != rows[n].ms)
			fail_msg("\"%s\" is %u ms", rows[n].word, ms);
	}
}

static void words_that_are_no_seconds(void **state)
{
	static const char *const words[] = {
		"",
		"0",
		"0.0",
		"0.0001",
		"-1",
		"+1",
		"86400.001",
		"86401",
		"1.",
		".5",
		"1e3",
		"1,5",
		" 1",
		"1 ",
		"1s",
		"4294967297",
		".",
		"inf",
		"nan",
		"0x1",
		"1.2.3",
		"1.-5",
		"99999999999999999999",
	};
	uint32_t ms;

	(void)state;
	for (size_t n = 0; n < ARRAY_SIZE(words); n++)
		if (parse_seconds(words[n], &ms))
			fail_msg("\"%s\" is taken for seconds", words[n]);
}

static void names_that_a_netdev_may_have(void **state)
{
	static const char *const words[] = {
		"a", "wlan0", "123456789012345", "...", ".a", "0", "-j", "wl@n%d", "\xff\x01",
	};

	(void)state;
	for (size_t n = 0; n < ARRAY_SIZE(words); n++)
		if (!valid_ifname(words[n]))
			fail_msg("\"%s\" is refused", words[n]);
}

static void names_that_no_netdev_has(void **state)
{
	static const char *const words[] = {
		"",	".",	"..",	"1234567890123456",
		"a/b",	"/",	"a:1",	":",
		"a b",	" a",	"a ",	"a\tb",
		"a\nb", "a\vb", "a\fb", "a\rb",
	};

	(void)state;
	for (size_t n = 0; n < ARRAY_SIZE(words); n++)
		if (valid_ifname(words[n]))
			fail_msg("\"%s\" is taken for a name", words[n]);
}

/* ---- SSIDs ---- */

static void ssid_words(void **state)
{
	static const struct {
		const char *word, *bytes;
		uint8_t len;
	} rows[] = {
		{ "a", "a", 1 },
		{ "--force", "--force", 7 },
		{ " a b ", " a b ", 5 },
		{ "\\x41", "A", 1 },
		{ "\\x5c\\x22", "\\\"", 2 },
		{ "\\xfF\\xAa", "\xff\xaa", 2 },
		{ "\\x01a", "\1a", 2 },
		{ "\\x411", "A1", 2 },
		{ "x41", "x41", 3 },
		{ "Caf\xc3\xa9", "Caf\xc3\xa9", 5 },
		{ "12345678901234567890123456789012", "12345678901234567890123456789012", 32 },
		{ "1234567890123456789012345678901\\xff", "1234567890123456789012345678901\xff",
		  32 },
	};

	(void)state;
	for (size_t n = 0; n < ARRAY_SIZE(rows); n++) {
		uint8_t ssid[SSID_LEN_MAX], len = 0;

		if (!parse_ssid(rows[n].word, ssid, &len))
			fail_msg("\"%s\" is refused", rows[n].word);
		assert_int_equal(len, rows[n].len);
		assert_memory_equal(ssid, rows[n].bytes, len);
	}
}

static void words_that_are_no_ssid(void **state)
{
	static const char *const words[] = {
		"",
		"\\x00",
		"a\\x00b",
		"\\",
		"a\\",
		"\\x",
		"\\x4",
		"\\xZZ",
		"\\x4Z",
		"\\xZ4",
		"\\x 4",
		"\\x-1",
		"\\X41",
		"\\n",
		"\\\\",
		"\\101",
		"123456789012345678901234567890123",
		"12345678901234567890123456789012\\x41",
		"1234567890123456789012345678901\\x4",
	};

	(void)state;
	for (size_t n = 0; n < ARRAY_SIZE(words); n++) {
		uint8_t ssid[SSID_LEN_MAX], len;

		if (parse_ssid(words[n], ssid, &len))
			fail_msg("\"%s\" is taken for an SSID", words[n]);
	}
}

/* The bytes that escape() prints, UTF-8 and what is none, are read back as they were. */
static void ssid_that_was_printed_is_read_back(void **state)
{
	uint32_t seed = 2463534242u;

	(void)state;
	for (int round = 0; round < 20000; round++) {
		uint8_t bytes[SSID_LEN_MAX], back[SSID_LEN_MAX], len = 0;
		char text[ESCAPED_SIZE(SSID_LEN_MAX)];
		size_t want = 1 + (size_t)round % SSID_LEN_MAX;

		for (size_t n = 0; n < want; n++) {
			seed = seed * 1664525 + 1013904223;
			bytes[n] = (uint8_t)(seed >> 24);
			if (round % 3 == 0)
				bytes[n] = (uint8_t) "ax\\\"\xc3\xa9 0"[bytes[n] % 8];
			if (!bytes[n])
				bytes[n] = 1;
		}
		if (!parse_ssid(escape(text, sizeof(text), bytes, want), back, &len))
			fail_msg("\"%s\" is refused", text);
		assert_int_equal(len, want);
		assert_memory_equal(back, bytes, want);
	}
}

/* ---- codes ---- */

static void codes_in_words(void **state)
{
	(void)state;
	assert_string_equal(status_words(0), "success");
	assert_string_equal(status_words(1), "unspecified failure");
	assert_string_equal(status_words(17), "the AP takes no more stations");
	assert_string_equal(status_words(30), "refused for now, try again later");
	assert_string_equal(status_words(53), "invalid PMKID");
	assert_string_equal(status_words(126), "SAE hash to element");
	assert_string_equal(status_words(130),
			    "the station belongs to an MLD that is associated already");
	assert_string_equal(status_words(133), "TID-to-link mapping denied");
	assert_string_equal(status_words(135), "EHT not supported");
	assert_string_equal(status_words(139), "the link of the association is not accepted");
	assert_string_equal(reason_words(1), "unspecified");
	assert_string_equal(reason_words(3), "the station leaves");
	assert_string_equal(reason_words(4), "inactivity");
	assert_string_equal(reason_words(15), "4-way handshake timed out");
	assert_string_equal(reason_words(23), "802.1X authentication failed");
	assert_string_equal(reason_words(39), "timed out");
}

static void codes_without_words(void **state)
{
	(void)state;
	assert_null(status_words(2));
	assert_null(status_words(9));
	assert_null(status_words(65535));
	assert_null(reason_words(0));
	assert_null(reason_words(65535));
}

static void addresses_zero_and_multicast(void **state)
{
	static const uint8_t zero[ADDR_LEN], last[ADDR_LEN] = { 0, 0, 0, 0, 0, 1 },
					     group[ADDR_LEN] = { 1 }, local[ADDR_LEN] = { 2 },
					     all[ADDR_LEN] = { 255, 255, 255, 255, 255, 255 };

	(void)state;
	assert_true(mac_is_zero(zero));
	assert_false(mac_is_zero(last) || mac_is_zero(group));
	assert_true(mac_is_multicast(group) && mac_is_multicast(all));
	assert_false(mac_is_multicast(local) || mac_is_multicast(last));
}

static void addresses_are_written_in_lower_case(void **state)
{
	static const uint8_t mac[ADDR_LEN] = { 0x02, 0xab, 0xcd, 0xef, 0x09, 0xf0 };
	char buf[MAC_TEXT];

	(void)state;
	assert_string_equal(fmt_mac(buf, mac), "02:ab:cd:ef:09:f0");
}

static void powers_of_every_sign_and_size(void **state)
{
	static const struct {
		int32_t mbm;
		const char *text;
	} rows[] = {
		{ 2253, "22.53" },
		{ 3000, "30.0" },
		{ 2250, "22.5" },
		{ 0, "0.0" },
		{ 5, "0.05" },
		{ 50, "0.5" },
		{ 99, "0.99" },
		{ -1, "-0.01" },
		{ -5, "-0.05" },
		{ -50, "-0.5" },
		{ -100, "-1.0" },
		{ -4950, "-49.5" },
		{ -4905, "-49.05" },
		{ 100, "1.0" },
		{ INT32_MAX, "21474836.47" },
		{ INT32_MIN, "-21474836.48" },
	};
	char buf[DBM_TEXT];

	(void)state;
	for (size_t n = 0; n < ARRAY_SIZE(rows); n++)
		assert_string_equal(fmt_dbm(buf, rows[n].mbm), rows[n].text);
}

static void errno_names(void **state)
{
	(void)state;
	assert_string_equal(errno_name(EPERM), "EPERM");
	assert_string_equal(errno_name(ENETDOWN), "ENETDOWN");
	assert_string_equal(errno_name(ERFKILL), "ERFKILL");
	assert_string_equal(errno_name(EOPNOTSUPP), "EOPNOTSUPP");
	assert_null(errno_name(0));
	assert_null(errno_name(-EPERM));
	assert_null(errno_name(4095));
}

static void check_channel(uint32_t mhz, uint32_t want, const char *want_band)
{
	const char *band = NULL;
	uint32_t channel = 0;

	if (!freq_to_channel(mhz, &channel, &band) || channel != want)
		fail_msg("%u MHz: channel %u instead of %u", mhz, channel, want);
	assert_string_equal(band, want_band);
}

static void channels_of_all_bands(void **state)
{
	static const struct {
		uint32_t mhz, channel;
		const char *band;
	} rows[] = {
		{ 2412, 1, "2.4GHz" },	{ 2437, 6, "2.4GHz" }, { 2472, 13, "2.4GHz" },
		{ 2484, 14, "2.4GHz" }, { 4920, 184, "5GHz" }, { 4980, 196, "5GHz" },
		{ 5180, 36, "5GHz" },	{ 5320, 64, "5GHz" },  { 5500, 100, "5GHz" },
		{ 5825, 165, "5GHz" },	{ 5885, 177, "5GHz" }, { 5920, 184, "5GHz" },
		{ 5935, 2, "6GHz" },	{ 5955, 1, "6GHz" },   { 5975, 5, "6GHz" },
		{ 6415, 93, "6GHz" },	{ 7115, 233, "6GHz" }, { 58320, 1, "60GHz" },
		{ 60480, 2, "60GHz" },	{ 62640, 3, "60GHz" }, { 64800, 4, "60GHz" },
		{ 66960, 5, "60GHz" },	{ 69120, 6, "60GHz" },
	};

	(void)state;
	for (size_t n = 0; n < ARRAY_SIZE(rows); n++)
		check_channel(rows[n].mhz, rows[n].channel, rows[n].band);
}

static void frequency_of_a_channel_in_a_band(void **state)
{
	static const struct {
		const char *band;
		uint32_t channel, mhz;
	} rows[] = {
		{ "2.4GHz", 0, 0 },	   { "2.4GHz", 1, 2412 },
		{ "2.4GHz", 13, 2472 },	   { "2.4GHz", 14, 2484 },
		{ "2.4GHz", 15, 0 },	   { "2.4GHz", 255, 0 },
		{ "5GHz", 0, 0 },	   { "5GHz", 36, 5180 },
		{ "5GHz", 177, 5885 },	   { "5GHz", 184, 4920 },
		{ "5GHz", 196, 4980 },	   { "5GHz", 255, 0 },
		{ "6GHz", 0, 0 },	   { "6GHz", 1, 5955 },
		{ "6GHz", 2, 5935 },	   { "6GHz", 233, 7115 },
		{ "6GHz", 255, 0 },	   { "6GHz", 4000000000, 0 },
		{ "5GHz", 4000000000, 0 }, { "2.4GHz", 4000000000, 0 },
		{ "60GHz", 1, 0 },	   { "", 1, 0 },
	};

	(void)state;
	for (size_t n = 0; n < ARRAY_SIZE(rows); n++)
		if (channel_to_freq(rows[n].band, rows[n].channel) != rows[n].mhz)
			fail_msg("channel %u of %s: %u MHz instead of %u", rows[n].channel,
				 rows[n].band, channel_to_freq(rows[n].band, rows[n].channel),
				 rows[n].mhz);
}

/* What is a channel's frequency one way is so the other way, too, and nothing else is. */
static void channels_and_frequencies_are_inverse(void **state)
{
	static const char *const bands[] = { "2.4GHz", "5GHz", "6GHz" };

	(void)state;
	for (size_t b = 0; b < ARRAY_SIZE(bands); b++)
		for (uint32_t channel = 0; channel < 1000; channel++) {
			uint32_t mhz = channel_to_freq(bands[b], channel), back = 0;
			const char *band = "";

			if (mhz && (!freq_to_channel(mhz, &back, &band) || back != channel ||
				    strcmp(band, bands[b]) != 0))
				fail_msg("channel %u of %s: %u MHz", channel, bands[b], mhz);
		}
	for (uint32_t mhz = 2300; mhz < 8000; mhz++) {
		uint32_t channel;
		const char *band;

		/* two have these numbers: those of 4.9 GHz, and of 5935 MHz, are meant */
		if (mhz != 5910 && mhz != 5915 && mhz != 5920 && mhz != 5960 &&
		    freq_to_channel(mhz, &channel, &band))
			assert_int_equal(channel_to_freq(band, channel), mhz);
	}
}

static void frequencies_without_a_channel(void **state)
{
	static const uint32_t mhz[] = {
		0,    1,     902,   2407,  2411,  2413,	 2414,	2473,  2477,	   2482,       2483,
		2485, 4905,  4985,  5181,  5925,  5930,	 5940,	5945,  5950,	   5956,       7116,
		7120, 56160, 58319, 58321, 60000, 69121, 71280, 74880, UINT32_MAX, 0x80000000,
	};
	const char *band;
	uint32_t channel;

	(void)state;
	for (size_t n = 0; n < ARRAY_SIZE(mhz); n++)
		if (freq_to_channel(mhz[n], &channel, &band))
			fail_msg("%u MHz is taken for channel %u", mhz[n], channel);
}

static void no_frequency_has_channel_0(void **state)
{
	const char *band;
	uint32_t channel;

	(void)state;
	for (uint32_t mhz = 0; mhz < 80000; mhz++)
		if (freq_to_channel(mhz, &channel, &band) && !channel)
			fail_msg("%u MHz has channel 0", mhz);
}

static void widths(void **state)
{
	static const uint32_t mhz[] = { 20, 20, 40, 80, 160, 160, 5, 10, 1, 2, 4, 8, 16, 320 };

	(void)state;
	for (uint32_t n = 0; n < ARRAY_SIZE(mhz); n++)
		assert_int_equal(width_mhz(n), mhz[n]);
	assert_int_equal(width_mhz(14), 0);
	assert_int_equal(width_mhz(UINT32_MAX), 0);
}

static void iftype_words_have_the_kernels_numbers(void **state)
{
	static const char *const words[] = {
		"unspecified", "adhoc",	  "station",	"ap",	      "ap-vlan",
		"wds",	       "monitor", "mesh-point", "p2p-client", "p2p-go",
		"p2p-device",  "ocb",	  "nan",	"nan-data",   "pd",
	};
	char buf[IFTYPE_TEXT];

	(void)state;
	for (uint32_t n = 0; n < ARRAY_SIZE(words); n++) {
		assert_non_null(iftype_of_word(words[n]));
		assert_int_equal(iftype_of_word(words[n])->number, n);
		assert_true(iftype_speaks(iftype_of_word(words[n]), DIALECT_LINKS));
		assert_string_equal(iftype_name(buf, n, DIALECT_LINKS), words[n]);
	}
	assert_null(iftype_of_word("AP"));
	assert_null(iftype_of_word("managed"));
	assert_null(iftype_of_word(""));
}

static void iftype_13_has_no_meaning_of_its_own(void **state)
{
	char buf[IFTYPE_TEXT];

	(void)state;
	assert_string_equal(iftype_name(buf, 13, DIALECT_LINKS), "nan-data");
	assert_string_equal(iftype_name(buf, 13, DIALECT_NONE), "type-13");
	assert_string_equal(iftype_name(buf, 14, DIALECT_NONE), "type-14");
	assert_string_equal(iftype_name(buf, 12, DIALECT_NONE), "nan");
	assert_string_equal(iftype_name(buf, 15, DIALECT_LINKS), "type-15");
	assert_string_equal(iftype_name(buf, UINT32_MAX, DIALECT_LINKS), "type-4294967295");
	assert_int_equal(iftype_of_word("mlo-link-device")->number, 13);
	assert_false(iftype_speaks(iftype_of_word("mlo-link-device"), DIALECT_LINKS));
	assert_false(iftype_speaks(iftype_of_word("mlo-link-device"), DIALECT_NONE));
	assert_false(iftype_speaks(iftype_of_word("nan-data"), DIALECT_NONE));
	assert_true(iftype_speaks(iftype_of_word("mlo-link-device"), DIALECT_RFC));
	assert_false(iftype_speaks(iftype_of_word("nan-data"), DIALECT_RFC));
	assert_false(iftype_speaks(iftype_of_word("pd"), DIALECT_RFC));
	assert_string_equal(iftype_name(buf, 13, DIALECT_RFC), "mlo-link-device");
	assert_string_equal(iftype_name(buf, 14, DIALECT_RFC), "type-14");
	assert_string_equal(iftype_name(buf, 13, DIALECT_HYBRID), "type-13");
	assert_string_equal(iftype_name(buf, 13, DIALECT_UNKNOWN), "type-13");
}

static void iftype_lists(void **state)
{
	char buf[IFTYPES_TEXT];

	(void)state;
	iftype_words(buf, 0, DIALECT_LINKS);
	assert_string_equal(buf, "none");
	iftype_words(buf, 1u << 3, DIALECT_LINKS);
	assert_string_equal(buf, "ap");
	iftype_words(buf, 1u << 2 | 1u << 3 | 1u << 13 | 1u << 31, DIALECT_NONE);
	assert_string_equal(buf, "station, ap, type-13, type-31");
}

static void list_of_every_iftype_fits(void **state)
{
	static const char last[] = ", type-30, type-31";
	char buf[IFTYPES_TEXT];

	(void)state;
	iftype_words(buf, UINT32_MAX, DIALECT_LINKS);
	assert_true(strlen(buf) > strlen(last));
	assert_string_equal(buf + strlen(buf) - strlen(last), last);
	iftype_words(buf, UINT32_MAX, DIALECT_NONE);
	assert_string_equal(buf + strlen(buf) - strlen(last), last);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(mac_words_of_six_pairs),
	cmocka_unit_test(words_that_are_no_mac),
	cmocka_unit_test(link_id_words),
	cmocka_unit_test(words_that_are_no_link_id),
	cmocka_unit_test(number_words),
	cmocka_unit_test(words_that_are_no_number),
	cmocka_unit_test(seconds_words),
	cmocka_unit_test(words_that_are_no_seconds),
	cmocka_unit_test(names_that_a_netdev_may_have),
	cmocka_unit_test(names_that_no_netdev_has),
	cmocka_unit_test(ssid_words),
	cmocka_unit_test(words_that_are_no_ssid),
	cmocka_unit_test(ssid_that_was_printed_is_read_back),
	cmocka_unit_test(codes_in_words),
	cmocka_unit_test(codes_without_words),
	cmocka_unit_test(addresses_zero_and_multicast),
	cmocka_unit_test(addresses_are_written_in_lower_case),
	cmocka_unit_test(powers_of_every_sign_and_size),
	cmocka_unit_test(errno_names),
	cmocka_unit_test(channels_of_all_bands),
	cmocka_unit_test(frequency_of_a_channel_in_a_band),
	cmocka_unit_test(channels_and_frequencies_are_inverse),
	cmocka_unit_test(frequencies_without_a_channel),
	cmocka_unit_test(no_frequency_has_channel_0),
	cmocka_unit_test(widths),
	cmocka_unit_test(iftype_words_have_the_kernels_numbers),
	cmocka_unit_test(iftype_13_has_no_meaning_of_its_own),
	cmocka_unit_test(iftype_lists),
	cmocka_unit_test(list_of_every_iftype_fits),
};

int main(void)
{
	return cmocka_run_group_tests(tests, NULL, NULL);
}
