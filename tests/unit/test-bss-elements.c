/* SPDX-License-Identifier: ISC */
/*
 * Elements that say what a BSS is, can and does: known ones in text and JSON, each cut at every
 * byte, and the channel that they make together.
 */
#include <stdlib.h>
#include <string.h>

#include "fake-kernel.h"
#include "element-gen.h"
#include "../../cmds/show-elements.h"

/* ---- rendering ---- */

#define MHZ_2GHZ 2412
#define MHZ_5GHZ 5180

/* A copy of exactly its size, for what is read beyond it to be noticed. */
static struct bytes copy_of(const uint8_t *p, size_t len)
{
	uint8_t *copy = malloc(len);

	assert_true(copy || !len);
	if (len)
		memcpy(copy, p, len);
	return (struct bytes){ copy, len };
}

static struct bytes written(const char *text)
{
	size_t len;
	uint8_t *p = bytes_of(text, &len);

	return (struct bytes){ p, len };
}

static void drop(struct bytes b)
{
	free((void *)b.p);
}

static char *shown(struct bytes elements, bool as_json, enum frame frame, uint32_t mhz)
{
	uint8_t scratch[SCRATCH_SIZE(2000)];
	struct element_env env = { .frame = frame, .freq = mhz };
	char *out = NULL;
	size_t size;
	struct text t = { .f = open_memstream(&out, &size) };
	struct json j = { .f = t.f };

	assert_non_null(t.f);
	env.scratch = (struct scratch){ scratch, sizeof(scratch) };
	if (as_json)
		json_elements(&j, NULL, elements, &env);
	else
		text_elements(&t, 0, elements, &env);
	assert_int_equal(j.depth, 0);
	fclose(t.f);
	return out;
}

static void check_shown(const char *elements, enum frame frame, uint32_t mhz, const char *text,
			const char *json)
{
	struct bytes b = written(elements), exact = copy_of(b.p, b.len);
	char *out = shown(exact, false, frame, mhz);

	assert_string_equal(out, text);
	free(out);
	out = shown(exact, true, frame, mhz);
	assert_int_equal(out[strlen(out) - 1], '\n');
	out[strlen(out) - 1] = '\0';
	if (json)
		assert_string_equal(out, json);
	free(out);
	drop(exact);
	drop(b);
}

/* ---- an element of each kind ---- */

struct known {
	const char *element;
	const char *whole; /* lengths of the body that are not malformed: "2 6 12-15 20-" */
	const char *text;
	const char *json;
};

/*
 * RSN as hostapd 2.10 sends it (wpa=2 with wpa_key_mgmt as named); operations as mac80211_hwsim and
 * hostapd make them for the channels that are named; the rest after the figures of 802.11.
 */
static const struct known known[] = {
	{ "00(74c3a9)", "0-32", "SSID: \"té\"\n",
	  "[{\"id\":0,\"name\":\"SSID\",\"ssid\":\"té\",\"ssid_hex\":\"74c3a9\"}]" },
	{ "00()", "0-32", "SSID: hidden, 0 bytes\n",
	  "[{\"id\":0,\"name\":\"SSID\",\"ssid\":\"\",\"ssid_hex\":\"\"}]" },
	{ "00( 61*32)", "0-32", "SSID: \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"\n",
	  "[{\"id\":0,\"name\":\"SSID\",\"ssid\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\","
	  "\"ssid_hex\":\"6161616161616161616161616161616161616161616161616161616161616161\"}]" },
	{ "01(82848b960c128c98)", "1-",
	  "Supported Rates: 1* 2* 5.5* 11* 6 9 6* 12* Mb/s (* basic)\n",
	  "[{\"id\":1,\"name\":\"Supported Rates\","
	  "\"rates_kbps\":[1000,2000,5500,11000,6000,9000,6000,12000],"
	  "\"basic_rates_kbps\":[1000,2000,5500,11000,6000,12000],\"membership_selectors\":[]}]" },
	{ "32(30486cfffefbfaf97f)", "1-",
	  "Extended Supported Rates: 24 36 54 HT VHT SAE-H2E HE EHT 63.5 Mb/s (* basic)\n",
	  "[{\"id\":50,\"name\":\"Extended Supported Rates\","
	  "\"rates_kbps\":[24000,36000,54000,63500],\"basic_rates_kbps\":[],"
	  "\"membership_selectors\":[\"HT\",\"VHT\",\"SAE-H2E\",\"HE\",\"EHT\"]}]" },
	{ "03(0b)", "1-", "DSSS Parameter Set: channel 11\n",
	  "[{\"id\":3,\"name\":\"DSSS Parameter Set\",\"channel\":11}]" },
	{ "05(00020000)", "2-", "TIM: DTIM period 2, count 0\n",
	  "[{\"id\":5,\"name\":\"TIM\",\"dtim_count\":0,\"dtim_period\":2}]" },
	{ "07(4445042404178708ffc97d00)", "6-7 9-10 12-",
	  "Country: DE, environment 4\n"
	  "\t4 channels from 36, at most 23 dBm\n"
	  "\t8 channels from 135, at most -1 dBm\n"
	  "\toperating class 125, coverage class 0\n",
	  "[{\"id\":7,\"name\":\"Country\",\"country\":\"DE\",\"environment_code\":4,\"triplets\":["
	  "{\"first_channel\":36,\"channels\":4,\"max_power_dbm\":23.0},"
	  "{\"first_channel\":135,\"channels\":8,\"max_power_dbm\":-1.0},"
	  "{\"op_class\":125,\"coverage_class\":0}]}]" },
	{ "07(55534f010b1e00)", "6-7",
	  "Country: US, outdoor\n\t11 channels from 1, at most 30 dBm\n",
	  "[{\"id\":7,\"name\":\"Country\",\"country\":\"US\",\"environment\":\"outdoor\","
	  "\"environment_code\":79,\"triplets\":["
	  "{\"first_channel\":1,\"channels\":11,\"max_power_dbm\":30.0}]}]" },
	{ "0b(0300801234)", "5-",
	  "BSS Load: stations 3, channel busy 50%, admission capacity 426560 us/s\n",
	  "[{\"id\":11,\"name\":\"BSS Load\",\"station_count\":3,\"channel_utilization\":128,"
	  "\"channel_utilization_percent\":50,\"admission_capacity_us_per_s\":426560}]" },
	{ "0b(0000020000)", "5-",
	  "BSS Load: stations 0, channel busy 1%, admission capacity 0 us/s\n",
	  "[{\"id\":11,\"name\":\"BSS Load\",\"station_count\":0,\"channel_utilization\":2,"
	  "\"channel_utilization_percent\":1,\"admission_capacity_us_per_s\":0}]" },
	{ "25(022401)", "3-", "Channel Switch Announcement: to channel 36, count 1\n",
	  "[{\"id\":37,\"name\":\"Channel Switch Announcement\",\"switch_mode\":2,"
	  "\"switch_count\":1,\"channel\":36}]" },
	{ "25(019505)", "3-",
	  "Channel Switch Announcement: to channel 149, count 5, quiet until then\n",
	  "[{\"id\":37,\"name\":\"Channel Switch Announcement\",\"switch_mode\":1,"
	  "\"switch_count\":5,\"channel\":149}]" },
	{ "25(002400)", "3-", "Channel Switch Announcement: to channel 36, count 0\n",
	  "[{\"id\":37,\"name\":\"Channel Switch Announcement\",\"switch_mode\":0,"
	  "\"switch_count\":0,\"channel\":36}]" },
	{ "3c(00862503)", "4-",
	  "Ext Channel Switch Announce: to channel 37, class 134 (6135 MHz), count 3\n",
	  "[{\"id\":60,\"name\":\"Ext Channel Switch Announce\",\"switch_mode\":0,"
	  "\"switch_count\":3,\"channel\":37,\"op_class\":134,\"freq_mhz\":6135,"
	  "\"band\":\"6GHz\"}]" },
	{ "3c(01fa0101)", "4-",
	  "Ext Channel Switch Announce: to channel 1, class 250, count 1, quiet until then\n",
	  "[{\"id\":60,\"name\":\"Ext Channel Switch Announce\",\"switch_mode\":1,"
	  "\"switch_count\":1,\"channel\":1,\"op_class\":250}]" },
	{ "ff(34f40102)", "3-", "Max Channel Switch Time: 131572 TU\n",
	  "[{\"id\":255,\"ext_id\":52,\"name\":\"Max Channel Switch Time\","
	  "\"max_channel_switch_time_tu\":131572}]" },
	{ "2d(6e40 00*24)", "26-", "HT Capabilities: up to 40 MHz, intolerant of 40 MHz\n",
	  "[{\"id\":45,\"name\":\"HT Capabilities\",\"max_width_mhz\":40,"
	  "\"forty_mhz_intolerant\":true}]" },
	{ "2d(6c00 00*24)", "26-", "HT Capabilities: up to 20 MHz\n",
	  "[{\"id\":45,\"name\":\"HT Capabilities\",\"max_width_mhz\":20,"
	  "\"forty_mhz_intolerant\":false}]" },
	{ "3d(2405 00*20)", "22-", "HT Operation: primary channel 36, secondary above, any width\n",
	  "[{\"id\":61,\"name\":\"HT Operation\",\"primary_channel\":36,"
	  "\"secondary_channel\":\"above\",\"any_width\":true,\"ccfs2\":0}]" },
	{ "3d(2803 4006 00*18)", "22-",
	  "HT Operation: primary channel 40, secondary below, 20 MHz only, CCFS2 50\n",
	  "[{\"id\":61,\"name\":\"HT Operation\",\"primary_channel\":40,"
	  "\"secondary_channel\":\"below\",\"any_width\":false,\"ccfs2\":50}]" },
	{ "3d(0106 1ee0 00*18)", "22-",
	  "HT Operation: primary channel 1, secondary reserved, any width\n",
	  "[{\"id\":61,\"name\":\"HT Operation\",\"primary_channel\":1,\"any_width\":true,"
	  "\"ccfs2\":0}]" },
	{ "bf(b2018033 fffe0000fffe0000)", "12-",
	  "VHT Capabilities: up to 80 MHz (width set 0, extended NSS BW 0)\n",
	  "[{\"id\":191,\"name\":\"VHT Capabilities\",\"max_width_mhz\":80,"
	  "\"channel_width_set\":0,\"extended_nss_bw\":0}]" },
	{ "bf(f6018073 fffe0000fffe0000)", "12-",
	  "VHT Capabilities: up to 160 MHz (width set 1, extended NSS BW 1)\n",
	  "[{\"id\":191,\"name\":\"VHT Capabilities\",\"max_width_mhz\":160,"
	  "\"channel_width_set\":1,\"extended_nss_bw\":1}]" },
	{ "bf(f8018040 fffe0000fffe0000)", "12-",
	  "VHT Capabilities: reserved width (width set 2, extended NSS BW 1)\n",
	  "[{\"id\":191,\"name\":\"VHT Capabilities\",\"channel_width_set\":2,"
	  "\"extended_nss_bw\":1}]" },
	{ "c0(012a32fcff)", "5-", "VHT Operation: 80-or-more MHz, CCFS0 42, CCFS1 50\n",
	  "[{\"id\":192,\"name\":\"VHT Operation\",\"channel_width\":\"80-or-more\","
	  "\"ccfs0\":42,\"ccfs1\":50}]" },
	{ "c0(04000000)", "", "VHT Operation\n\tmalformed: too short\n",
	  "[{\"id\":192,\"name\":\"VHT Operation\",\"malformed\":\"too short\",\"len\":4,"
	  "\"hex\":\"04000000\"}]" },
	{ "c0(0400000000)", "5-", "VHT Operation: reserved width 4, CCFS0 0, CCFS1 0\n",
	  "[{\"id\":192,\"name\":\"VHT Operation\",\"ccfs0\":0,\"ccfs1\":0}]" },
	{ "ff(23 0178c81a4000 44 00*10 faff)", "", /* 2 bytes of 4 of its map */
	  "HE Capabilities\n\tmalformed: too short\n",
	  "[{\"id\":255,\"ext_id\":35,\"name\":\"HE Capabilities\",\"malformed\":\"too short\","
	  "\"len\":19,\"hex\":\"0178c81a40004400000000000000000000faff\"}]" },
	{ "ff(23 0178c81a4000 5c 00*10 faff*12)", "29-",
	  "HE Capabilities: 20, 40, 80, 160, 80+80 MHz\n",
	  "[{\"id\":255,\"ext_id\":35,\"name\":\"HE Capabilities\","
	  "\"width_40mhz_in_2ghz\":false,\"width_40mhz_80mhz\":true,\"width_160mhz\":true,"
	  "\"width_80p80mhz\":true}]" },
	{ "ff(23 0178c81a4000 02 00*10 ff*4)", "21-", "HE Capabilities: 20, 40 (2.4 GHz) MHz\n",
	  "[{\"id\":255,\"ext_id\":35,\"name\":\"HE Capabilities\","
	  "\"width_40mhz_in_2ghz\":true,\"width_40mhz_80mhz\":false,\"width_160mhz\":false,"
	  "\"width_80p80mhz\":false}]" },
	{ "ff(24 f43f00 2a fcff)", "6-", "HE Operation: BSS color 42\n",
	  "[{\"id\":255,\"ext_id\":36,\"name\":\"HE Operation\",\"bss_color\":42,"
	  "\"bss_color_disabled\":false,\"bss_color_partial\":false,\"twt_required\":false,"
	  "\"er_su_disabled\":false}]" },
	/* channel 37 of 160 MHz, standard power */
	{ "ff(24 f43f02 2a fcff 250f272f06)", "11-",
	  "HE Operation: BSS color 42\n"
	  "\t6 GHz: primary channel 37, 80+80 or 160 MHz, CCFS0 39, CCFS1 47\n"
	  "\tstandard power, from 6 Mb/s, duplicate beacon\n",
	  "[{\"id\":255,\"ext_id\":36,\"name\":\"HE Operation\",\"bss_color\":42,"
	  "\"bss_color_disabled\":false,\"bss_color_partial\":false,\"twt_required\":false,"
	  "\"er_su_disabled\":false,\"operation_6ghz\":{\"primary_channel\":37,"
	  "\"width_mhz\":160,\"ccfs0\":39,\"ccfs1\":47,\"duplicate_beacon\":true,"
	  "\"regulatory\":\"standard power\",\"regulatory_code\":1,\"min_rate_mbps\":6}}]" },
	/* everything that is optional, and a kind of AP that is reserved */
	{ "ff(24 fcff03 c1 fcff 012a00 03 01280100 0b aa)", "15-",
	  "HE Operation: BSS color 1, disabled, partial, TWT required, ER SU disabled\n"
	  "\tco-hosted BSSIDs: 2^3 at most\n"
	  "\t6 GHz: primary channel 1, 20 MHz, CCFS0 1, CCFS1 0\n\tregulatory 5, from 11 Mb/s\n",
	  "[{\"id\":255,\"ext_id\":36,\"name\":\"HE Operation\",\"bss_color\":1,"
	  "\"bss_color_disabled\":true,\"bss_color_partial\":true,\"twt_required\":true,"
	  "\"er_su_disabled\":true,\"max_cohosted_bssid_indicator\":3,"
	  "\"operation_6ghz\":{\"primary_channel\":1,\"width_mhz\":20,\"ccfs0\":1,\"ccfs1\":0,"
	  "\"duplicate_beacon\":false,\"regulatory_code\":5,\"min_rate_mbps\":11}}]" },
	/* each of the three alone */
	{ "ff(24 004000 00 0000 012a00)", "9-", "HE Operation: BSS color 0\n",
	  "[{\"id\":255,\"ext_id\":36,\"name\":\"HE Operation\",\"bss_color\":0,"
	  "\"bss_color_disabled\":false,\"bss_color_partial\":false,\"twt_required\":false,"
	  "\"er_su_disabled\":false}]" },
	{ "ff(24 008000 40 0000 04)", "7-",
	  "HE Operation: BSS color 0, partial\n\tco-hosted BSSIDs: 2^4 at most\n",
	  "[{\"id\":255,\"ext_id\":36,\"name\":\"HE Operation\",\"bss_color\":0,"
	  "\"bss_color_disabled\":false,\"bss_color_partial\":true,\"twt_required\":false,"
	  "\"er_su_disabled\":false,\"max_cohosted_bssid_indicator\":4}]" },
	{ "ff(24 000002 00 0000 0142070006)", "11-",
	  "HE Operation: BSS color 0\n"
	  "\t6 GHz: primary channel 1, 80 MHz, CCFS0 7, CCFS1 0\n\tindoor standard power, from 6 Mb/s\n",
	  "[{\"id\":255,\"ext_id\":36,\"name\":\"HE Operation\",\"bss_color\":0,"
	  "\"bss_color_disabled\":false,\"bss_color_partial\":false,\"twt_required\":false,"
	  "\"er_su_disabled\":false,\"operation_6ghz\":{\"primary_channel\":1,"
	  "\"width_mhz\":80,\"ccfs0\":7,\"ccfs1\":0,\"duplicate_beacon\":false,"
	  "\"regulatory\":\"indoor standard power\",\"regulatory_code\":8,"
	  "\"min_rate_mbps\":6}}]" },
	{ "ff(3b bd06)", "2-",
	  "HE 6 GHz Band Capabilities: MPDU 11454, A-MPDU 1048575 bytes\n\tMPDUs start 4000 ns apart, "
	  "SM power save disabled\n",
	  "[{\"id\":255,\"ext_id\":59,\"name\":\"HE 6 GHz Band Capabilities\","
	  "\"max_mpdu_bytes\":11454,\"max_ampdu_bytes\":1048575,"
	  "\"min_mpdu_start_spacing_ns\":4000,\"sm_power_save\":\"disabled\"}]" },
	{ "ff(3b c004)", "2-",
	  "HE 6 GHz Band Capabilities: A-MPDU 8191 bytes\n\tMPDUs start 0 ns apart\n",
	  "[{\"id\":255,\"ext_id\":59,\"name\":\"HE 6 GHz Band Capabilities\","
	  "\"max_ampdu_bytes\":8191,\"min_mpdu_start_spacing_ns\":0}]" },
	/* 80 MHz, channels 36 to 48 without the last: hostapd's punct_bitmap=8 */
	{ "ff(6a 03 44332211 022a00 0800)", "10-",
	  "EHT Operation: 80 MHz, CCFS0 42, CCFS1 0, punctured 0x0008\n"
	  "\tbasic MCS 0-7 rx 4 tx 4, 8-9 rx 3 tx 3, 10-11 rx 2 tx 2, 12-13 rx 1 tx 1\n",
	  "[{\"id\":255,\"ext_id\":106,\"name\":\"EHT Operation\",\"width_mhz\":80,\"ccfs0\":42,"
	  "\"ccfs1\":0,\"punctured_bitmap\":8,\"default_pe_duration\":false,"
	  "\"group_addressed_bu_limit\":false,\"bu_indication_exponent\":0,"
	  "\"mcs15_disabled\":false,\"basic_mcs_nss\":["
	  "{\"first_mcs\":0,\"last_mcs\":7,\"max_rx_nss\":4,\"max_tx_nss\":4},"
	  "{\"first_mcs\":8,\"last_mcs\":9,\"max_rx_nss\":3,\"max_tx_nss\":3},"
	  "{\"first_mcs\":10,\"last_mcs\":11,\"max_rx_nss\":2,\"max_tx_nss\":2},"
	  "{\"first_mcs\":12,\"last_mcs\":13,\"max_rx_nss\":1,\"max_tx_nss\":1}]}]" },
	/* the bit of the bitmap without that of the channel: neither is there (f.8) */
	{ "ff(6a 7e 12000021 0102)", "5-",
	  "EHT Operation: no channel of its own, MCS 15 disabled\n"
	  "\tbasic MCS 0-7 rx 2 tx 1, 8-9 rx 0 tx 0, 10-11 rx 0 tx 0, 12-13 rx 1 tx 2\n",
	  "[{\"id\":255,\"ext_id\":106,\"name\":\"EHT Operation\",\"default_pe_duration\":true,"
	  "\"group_addressed_bu_limit\":true,\"bu_indication_exponent\":3,"
	  "\"mcs15_disabled\":true,\"basic_mcs_nss\":["
	  "{\"first_mcs\":0,\"last_mcs\":7,\"max_rx_nss\":2,\"max_tx_nss\":1},"
	  "{\"first_mcs\":8,\"last_mcs\":9,\"max_rx_nss\":0,\"max_tx_nss\":0},"
	  "{\"first_mcs\":10,\"last_mcs\":11,\"max_rx_nss\":0,\"max_tx_nss\":0},"
	  "{\"first_mcs\":12,\"last_mcs\":13,\"max_rx_nss\":1,\"max_tx_nss\":2}]}]" },
	{ "ff(6a 01 00000000 051f2f)", "8-",
	  "EHT Operation: reserved width, CCFS0 31, CCFS1 47\n"
	  "\tbasic MCS 0-7 rx 0 tx 0, 8-9 rx 0 tx 0, 10-11 rx 0 tx 0, 12-13 rx 0 tx 0\n",
	  "[{\"id\":255,\"ext_id\":106,\"name\":\"EHT Operation\",\"ccfs0\":31,\"ccfs1\":47,"
	  "\"default_pe_duration\":false,\"group_addressed_bu_limit\":false,"
	  "\"bu_indication_exponent\":0,\"mcs15_disabled\":false,\"basic_mcs_nss\":["
	  "{\"first_mcs\":0,\"last_mcs\":7,\"max_rx_nss\":0,\"max_tx_nss\":0},"
	  "{\"first_mcs\":8,\"last_mcs\":9,\"max_rx_nss\":0,\"max_tx_nss\":0},"
	  "{\"first_mcs\":10,\"last_mcs\":11,\"max_rx_nss\":0,\"max_tx_nss\":0},"
	  "{\"first_mcs\":12,\"last_mcs\":13,\"max_rx_nss\":0,\"max_tx_nss\":0}]}]" },
	{ "ff(87 02 040f1f 0030)", "6-",
	  "Bandwidth Indication: 320 MHz, CCFS0 15, CCFS1 31, punctured 0x3000\n",
	  "[{\"id\":255,\"ext_id\":135,\"name\":\"Bandwidth Indication\",\"width_mhz\":320,"
	  "\"ccfs0\":15,\"ccfs1\":31,\"punctured_bitmap\":12288}]" },
	{ "ff(87 00 032a32)", "4-", "Bandwidth Indication: 160 MHz, CCFS0 42, CCFS1 50\n",
	  "[{\"id\":255,\"ext_id\":135,\"name\":\"Bandwidth Indication\",\"width_mhz\":160,"
	  "\"ccfs0\":42,\"ccfs1\":50}]" },
	{ "47(03 00(53(1104) 55(030101)) dd(506f9a) 00())", "1 12 17 19",
	  "Multiple BSSID: 8 BSSIDs at most, profiles 2\n"
	  "\tnontransmitted BSSID  index 3\n"
	  "\t\tNontransmitted BSSID Cap: 2 bytes 1104\n"
	  "\t\tMultiple BSSID-Index: 3 bytes 030101\n"
	  "\tnontransmitted BSSID  continued\n",
	  "[{\"id\":71,\"name\":\"Multiple BSSID\",\"max_bssid_indicator\":3,\"max_bssids\":8,"
	  "\"profiles\":2,\"nontransmitted\":[{\"bssid_index\":3,\"continues\":false,"
	  "\"elements\":[{\"id\":83,\"name\":\"Nontransmitted BSSID Cap\",\"len\":2,"
	  "\"hex\":\"1104\"},{\"id\":85,\"name\":\"Multiple BSSID-Index\",\"len\":3,"
	  "\"hex\":\"030101\"}]},{\"continues\":true}]}]" },
	{ "47(00)", "1", "Multiple BSSID: reserved indicator 0, profiles 0\n",
	  "[{\"id\":71,\"name\":\"Multiple BSSID\",\"max_bssid_indicator\":0,\"profiles\":0}]" },
	{ "47(09)", "1", "Multiple BSSID: reserved indicator 9, profiles 0\n",
	  "[{\"id\":71,\"name\":\"Multiple BSSID\",\"max_bssid_indicator\":9,\"profiles\":0}]" },
	{ "7f(0400080000000040 00600018)", "0-",
	  "Extended Capabilities\n"
	  "\textended channel switching, BSS transition, operating mode notification, "
	  "TWT requester,\n"
	  "\tTWT responder\n",
	  "[{\"id\":127,\"name\":\"Extended Capabilities\",\"capabilities\":["
	  "\"extended channel switching\",\"BSS transition\",\"operating mode notification\","
	  "\"TWT requester\",\"TWT responder\"]}]" },
	{ "7f(0000400000000000 000019)", "0-",
	  "Extended Capabilities\n"
	  "\tmultiple BSSID, complete list of nontransmitted BSSIDs, "
	  "enhanced multi-BSSID advertisement,\n"
	  "\tbeacon protection\n",
	  "[{\"id\":127,\"name\":\"Extended Capabilities\",\"capabilities\":["
	  "\"multiple BSSID\",\"complete list of nontransmitted BSSIDs\","
	  "\"enhanced multi-BSSID advertisement\",\"beacon protection\"]}]" },
	{ "c3(02 282e3c)", "4-", /* one of each width to 80 MHz */
	  "Transmit Power Envelope: local, category 0\n\t20 MHz 20.0, 40 MHz 23.0, 80 MHz 30.0 dBm\n",
	  "[{\"id\":195,\"name\":\"Transmit Power Envelope\",\"limits_of\":\"local\","
	  "\"category\":0,\"limits\":[{\"width_mhz\":20,\"max_dbm\":20.0},"
	  "{\"width_mhz\":40,\"max_dbm\":23.0},{\"width_mhz\":80,\"max_dbm\":30.0}]}]" },
	{ "c3(13 2a2a2a2a 2b)", "5-", /* with the extension for 320 MHz */
	  "Transmit Power Envelope: regulatory client, category 0\n\t20 MHz 21.0, 40 MHz 21.0, "
	  "80 MHz 21.0, 160 MHz 21.0, 320 MHz 21.5 dBm\n",
	  "[{\"id\":195,\"name\":\"Transmit Power Envelope\",\"limits_of\":\"regulatory-client\","
	  "\"category\":0,\"limits\":[{\"width_mhz\":20,\"max_dbm\":21.0},"
	  "{\"width_mhz\":40,\"max_dbm\":21.0},{\"width_mhz\":80,\"max_dbm\":21.0},"
	  "{\"width_mhz\":160,\"max_dbm\":21.0},{\"width_mhz\":320,\"max_dbm\":21.5}]}]" },
	{ "c3(58 fe)", "2-", /* one limit of any 20 MHz, of 6 GHz, for subordinate devices */
	  "Transmit Power Envelope: regulatory client, category 1\n\t-1.0 dBm/MHz\n",
	  "[{\"id\":195,\"name\":\"Transmit Power Envelope\",\"limits_of\":\"regulatory-client\","
	  "\"category\":1,\"limits\":[{\"usable\":true,\"max_dbm_per_mhz\":-1.0}]}]" },
	{ "c3(0b 05807ff6 11 0a)", "5 7-",
	  "Transmit Power Envelope: local, category 0\n\t2.5, unusable, none, -5.0, 5.0 dBm/MHz\n",
	  "[{\"id\":195,\"name\":\"Transmit Power Envelope\",\"limits_of\":\"local\","
	  "\"category\":0,\"limits\":["
	  "{\"subchannel\":0,\"usable\":true,\"max_dbm_per_mhz\":2.5},"
	  "{\"subchannel\":1,\"usable\":false},{\"subchannel\":2,\"usable\":true},"
	  "{\"subchannel\":3,\"usable\":true,\"max_dbm_per_mhz\":-5.0},"
	  "{\"subchannel\":4,\"usable\":true,\"max_dbm_per_mhz\":5.0}]}]" },
	/* what follows a single limit, or those of less than 160 MHz, is not of it */
	{ "c3(08 fe 05)", "2-", "Transmit Power Envelope: local, category 0\n\t-1.0 dBm/MHz\n",
	  "[{\"id\":195,\"name\":\"Transmit Power Envelope\",\"limits_of\":\"local\","
	  "\"category\":0,\"limits\":[{\"usable\":true,\"max_dbm_per_mhz\":-1.0}]}]" },
	{ "c3(c0 28 ff)", "2-", "Transmit Power Envelope: local, category 3\n\t20 MHz 20.0 dBm\n",
	  "[{\"id\":195,\"name\":\"Transmit Power Envelope\",\"limits_of\":\"local\","
	  "\"category\":3,\"limits\":[{\"width_mhz\":20,\"max_dbm\":20.0}]}]" },
	{ "c3(04 2a*5)", "", "Transmit Power Envelope\n\tmalformed: reserved count\n",
	  "[{\"id\":195,\"name\":\"Transmit Power Envelope\",\"malformed\":\"reserved count\","
	  "\"len\":6,\"hex\":\"042a2a2a2a2a\"}]" },
	{ "c3(20 2a)", "", "Transmit Power Envelope\n\tmalformed: reserved interpretation\n",
	  "[{\"id\":195,\"name\":\"Transmit Power Envelope\","
	  "\"malformed\":\"reserved interpretation\",\"len\":2,\"hex\":\"202a\"}]" },
	/* WPA2-PSK */
	{ "30(0100 000fac04 0100000fac04 0100000fac02 0c00)", "2 6 12 18 20 22-",
	  "RSN: version 1\n"
	  "\tgroup CCMP-128\n"
	  "\tpairwise CCMP-128\n"
	  "\tAKM PSK\n"
	  "\treplay counters PTKSA 16 GTKSA 1\n",
	  "[{\"id\":48,\"name\":\"RSN\",\"version\":1,\"group_cipher\":\"CCMP-128\","
	  "\"pairwise_ciphers\":[\"CCMP-128\"],\"akm_suites\":[\"PSK\"],\"capabilities\":[],"
	  "\"ptksa_replay_counters\":16,\"gtksa_replay_counters\":1}]" },
	/* WPA2 and WPA3, with a cached key */
	{ "30(0100 000fac02 0200000fac04000fac02 0300000fac02000fac06000fac08 8100 010000112233445566778899aabbccddeeff 000fac06)",
	  "2 6 16 30 32 50 54-",
	  "RSN: version 1\n"
	  "\tgroup TKIP\n"
	  "\tpairwise CCMP-128 TKIP\n"
	  "\tAKM PSK PSK-SHA256 SAE\n"
	  "\tpreauthentication, MFP capable, replay counters PTKSA 1 GTKSA 1\n"
	  "\tPMKIDs 1\n"
	  "\tgroup management BIP-CMAC-128\n",
	  "[{\"id\":48,\"name\":\"RSN\",\"version\":1,\"group_cipher\":\"TKIP\","
	  "\"pairwise_ciphers\":[\"CCMP-128\",\"TKIP\"],"
	  "\"akm_suites\":[\"PSK\",\"PSK-SHA256\",\"SAE\"],"
	  "\"group_management_cipher\":\"BIP-CMAC-128\","
	  "\"capabilities\":[\"preauthentication\",\"MFP capable\"],"
	  "\"ptksa_replay_counters\":1,\"gtksa_replay_counters\":1,\"pmkids\":1}]" },
	/* WPA3 of an AP MLD, and suites that nobody knows */
	{ "30(0100 000fac09 0200000fac09001018ff 0300000fac18000fac19000fac63 e87c 0000 000fac0c)",
	  "2 6 16 30 32 34 38-",
	  "RSN: version 1\n"
	  "\tgroup GCMP-256\n"
	  "\tpairwise GCMP-256 00-10-18:255\n"
	  "\tAKM SAE-EXT-KEY FT-SAE-EXT-KEY 00-0f-ac:99\n"
	  "\tMFP required, MFP capable, SPP A-MSDU capable, SPP A-MSDU required, extended key ID, "
	  "OCV,\n"
	  "\treplay counters PTKSA 4 GTKSA 4\n"
	  "\tgroup management BIP-GMAC-256\n",
	  "[{\"id\":48,\"name\":\"RSN\",\"version\":1,\"group_cipher\":\"GCMP-256\","
	  "\"pairwise_ciphers\":[\"GCMP-256\",\"00-10-18:255\"],"
	  "\"akm_suites\":[\"SAE-EXT-KEY\",\"FT-SAE-EXT-KEY\",\"00-0f-ac:99\"],"
	  "\"group_management_cipher\":\"BIP-GMAC-256\","
	  "\"capabilities\":[\"MFP required\",\"MFP capable\",\"SPP A-MSDU capable\","
	  "\"SPP A-MSDU required\",\"extended key ID\",\"OCV\"],\"ptksa_replay_counters\":4,"
	  "\"gtksa_replay_counters\":4,\"pmkids\":0}]" },
	{ "f4(20)", "1-", "RSN Extension\n\tSAE hash-to-element\n",
	  "[{\"id\":244,\"name\":\"RSN Extension\",\"capabilities\":[\"SAE hash-to-element\"]}]" },
	{ "f4(7103)", "2-",
	  "RSN Extension\n\tprotected TWT, SAE hash-to-element, SAE-PK, secure LTF, secure RTT\n",
	  "[{\"id\":244,\"name\":\"RSN Extension\",\"capabilities\":[\"protected TWT\","
	  "\"SAE hash-to-element\",\"SAE-PK\",\"secure LTF\",\"secure RTT\"]}]" },
	{ "f4(20ff)", "1-", /* what its length does not cover is not of it */
	  "RSN Extension\n\tSAE hash-to-element\n",
	  "[{\"id\":244,\"name\":\"RSN Extension\",\"capabilities\":[\"SAE hash-to-element\"]}]" },
	{ "dd(0050f201 0100 0050f202 01000050f202 01000050f202)", "3 6 10 16 22",
	  "Vendor Specific: 00:50:f2 type 1, WPA, version 1\n"
	  "\tgroup TKIP\n"
	  "\tpairwise TKIP\n"
	  "\tAKM PSK\n",
	  "[{\"id\":221,\"name\":\"Vendor Specific\",\"oui\":\"00:50:f2\",\"type\":1,"
	  "\"vendor_element\":\"WPA\",\"version\":1,\"group_cipher\":\"TKIP\","
	  "\"pairwise_ciphers\":[\"TKIP\"],\"akm_suites\":[\"PSK\"]}]" },
	{ "dd(506f9a1c 020000000001 0161)", "3-",
	  "Vendor Specific: 50:6f:9a type 28, OWE transition, 8 bytes 0200000000010161\n",
	  "[{\"id\":221,\"name\":\"Vendor Specific\",\"oui\":\"50:6f:9a\",\"type\":28,"
	  "\"vendor_element\":\"OWE transition\",\"data_len\":8,\"data_hex\":\"0200000000010161\"}]" },
	{ "dd(8cfdf0 04)", "3-", "Vendor Specific: 8c:fd:f0 type 4, 0 bytes \n",
	  "[{\"id\":221,\"name\":\"Vendor Specific\",\"oui\":\"8c:fd:f0\",\"type\":4,"
	  "\"data_len\":0,\"data_hex\":\"\"}]" },
	{ "dd(8cfdf0)", "3-", "Vendor Specific: 8c:fd:f0, 0 bytes \n",
	  "[{\"id\":221,\"name\":\"Vendor Specific\",\"oui\":\"8c:fd:f0\",\"data_len\":0,\"data_hex\":\"\"}]" },
};

static void known_elements_are_shown(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(known); i++)
		check_shown(known[i].element, FRAME_BEACON, MHZ_5GHZ, known[i].text, known[i].json);
}

/* ---- cut at every byte ---- */

/* Is it one of "2 6 12-15 20-"? */
static bool is_listed(const char *list, size_t n)
{
	while (*list) {
		char *end;
		size_t first = strtoul(list, &end, 10), last = first;

		if (*end == '-')
			last = strtoul(end + 1, &end, 10);
		if (n >= first && (n <= last || !last))
			return true;
		list = end + strspn(end, " ");
	}
	return false;
}

/* The element with so many bytes more at its end, or fewer. */
static struct bytes resized(struct bytes element, long by)
{
	struct bytes b = copy_of(element.p, element.len + (by < 0 ? (size_t)by : 0));
	uint8_t *p = (uint8_t *)b.p;

	if (by > 0) {
		p = calloc(1, element.len + (size_t)by);
		assert_non_null(p);
		memcpy(p, element.p, element.len);
		drop(b);
		b = (struct bytes){ p, element.len + (size_t)by };
	}
	p[1] = (uint8_t)(b.len - 2);
	return b;
}

static void check_length(const struct known *k, struct bytes element, long by)
{
	struct bytes b = resized(element, by);
	size_t head = element.p[0] == EID_EXTENSION ? 3 : 2;
	char *text = shown(b, false, FRAME_BEACON, MHZ_5GHZ);
	char *json = shown(b, true, FRAME_BEACON, MHZ_5GHZ);

	if (!strstr(json, "\"malformed\":") != is_listed(k->whole, b.len - head))
		fail_msg("element %s with %zu bytes: %s", k->element, b.len - head, json);
	assert_true(!strstr(json, "\"malformed\":") == !strstr(text, "malformed: "));
	free(text);
	free(json);
	drop(b);
}

static void elements_of_every_length_are_whole_or_malformed(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(known); i++) {
		struct bytes e = written(known[i].element);
		long head = e.p[0] == EID_EXTENSION ? 3 : 2;

		for (long len = head; len <= (long)e.len; len++)
			check_length(&known[i], e, len - (long)e.len);
		if (known[i].whole[0] && known[i].whole[strlen(known[i].whole) - 1] == '-')
			check_length(&known[i], e, 1);
		drop(e);
	}
}

/* What precedes the fault is shown all the same. */
static void malformed_elements_are_shown_as_far_as_they_go(void **state)
{
	(void)state;
	check_shown("00( 41*33)", FRAME_BEACON, MHZ_5GHZ,
		    "SSID\n\tmalformed: longer than 32 bytes\n",
		    "[{\"id\":0,\"name\":\"SSID\",\"ssid_hex\":"
		    "\"414141414141414141414141414141414141414141414141414141414141414141\","
		    "\"malformed\":\"longer than 32 bytes\",\"len\":33,\"hex\":"
		    "\"414141414141414141414141414141414141414141414141414141414141414141\"}]");
	check_shown("05(0000)", FRAME_BEACON, MHZ_5GHZ, "TIM\n\tmalformed: DTIM period 0\n",
		    "[{\"id\":5,\"name\":\"TIM\",\"malformed\":\"DTIM period 0\",\"len\":2,"
		    "\"hex\":\"0000\"}]");
	check_shown("07(444520240417 6406)", FRAME_BEACON, MHZ_5GHZ,
		    "Country: DE, any\n\t4 channels from 36, at most 23 dBm\n"
		    "\tmalformed: its last triplet is cut\n",
		    "[{\"id\":7,\"name\":\"Country\",\"country\":\"DE\",\"environment\":\"any\","
		    "\"environment_code\":32,\"triplets\":[{\"first_channel\":36,\"channels\":4,"
		    "\"max_power_dbm\":23.0}],\"malformed\":\"its last triplet is cut\","
		    "\"len\":8,\"hex\":\"4445202404176406\"}]");
	check_shown("ff(24 f43f02 2a fcff 2503)", FRAME_BEACON, MHZ_5GHZ,
		    "HE Operation: BSS color 42\n"
		    "\tmalformed: 6 GHz Operation Information is cut\n",
		    "[{\"id\":255,\"ext_id\":36,\"name\":\"HE Operation\",\"bss_color\":42,"
		    "\"bss_color_disabled\":false,\"bss_color_partial\":false,"
		    "\"twt_required\":false,\"er_su_disabled\":false,"
		    "\"malformed\":\"6 GHz Operation Information is cut\",\"len\":8,"
		    "\"hex\":\"f43f022afcff2503\"}]");
	check_shown("ff(87 02 022a00 08)", FRAME_BEACON, MHZ_5GHZ,
		    "Bandwidth Indication: 80 MHz, CCFS0 42, CCFS1 0\n"
		    "\tmalformed: Disabled Subchannel Bitmap is cut\n",
		    "[{\"id\":255,\"ext_id\":135,\"name\":\"Bandwidth Indication\","
		    "\"width_mhz\":80,\"ccfs0\":42,\"ccfs1\":0,"
		    "\"malformed\":\"Disabled Subchannel Bitmap is cut\",\"len\":5,"
		    "\"hex\":\"02022a0008\"}]");
	check_shown("47(02 00(5302)) 47(02 0005)", FRAME_BEACON, MHZ_5GHZ,
		    "Multiple BSSID: 4 BSSIDs at most, profiles 1\n"
		    "\tnontransmitted BSSID  continued\n"
		    "\t\telement 83: 1 bytes 02\n"
		    "\t\t\tmalformed: cut off\n"
		    "Multiple BSSID: 4 BSSIDs at most, profiles 0\n"
		    "\tmalformed: its last subelement is cut\n",
		    "[{\"id\":71,\"name\":\"Multiple BSSID\",\"max_bssid_indicator\":2,"
		    "\"max_bssids\":4,\"profiles\":1,\"nontransmitted\":[{\"continues\":true,"
		    "\"elements\":[{\"id\":83,\"malformed\":\"cut off\",\"len\":1,"
		    "\"hex\":\"02\"}]}]},"
		    "{\"id\":71,\"name\":\"Multiple BSSID\",\"max_bssid_indicator\":2,"
		    "\"max_bssids\":4,\"profiles\":0,"
		    "\"malformed\":\"its last subelement is cut\",\"len\":3,\"hex\":\"020005\"}]");
	check_shown("f4(28)", FRAME_BEACON, MHZ_5GHZ,
		    "RSN Extension\n\tSAE hash-to-element\n"
		    "\tmalformed: shorter than its own length field\n",
		    "[{\"id\":244,\"name\":\"RSN Extension\",\"capabilities\":["
		    "\"SAE hash-to-element\"],"
		    "\"malformed\":\"shorter than its own length field\",\"len\":1,"
		    "\"hex\":\"28\"}]");
	check_shown("dd(0050f201 0100 0050f204 02000050f202)", FRAME_BEACON, MHZ_5GHZ,
		    "Vendor Specific: 00:50:f2 type 1, WPA, version 1\n"
		    "\tgroup CCMP-128\n"
		    "\tmalformed: fewer suites than it counts\n",
		    "[{\"id\":221,\"name\":\"Vendor Specific\",\"oui\":\"00:50:f2\",\"type\":1,"
		    "\"vendor_element\":\"WPA\",\"version\":1,\"group_cipher\":\"CCMP-128\","
		    "\"malformed\":\"fewer suites than it counts\",\"len\":16,"
		    "\"hex\":\"0050f20101000050f20402000050f202\"}]");
}

static const char rsn_json[] = "[{\"id\":48,\"name\":\"RSN\",%s\"malformed\":\"%s\",\"len\":%zu,";

/* RSN up to each of its faults. */
static void rsn_ends_where_it_is_malformed(void **state)
{
#define V "\"version\":1,"
#define G "\"group_cipher\":\"CCMP-128\","
#define P "\"pairwise_ciphers\":[\"CCMP-128\"],"
#define A "\"akm_suites\":[\"SAE\"],"
#define C \
	"\"capabilities\":[],\"ptksa_replay_counters\":1,\"gtksa_replay_counters\":1,\"pmkids\":2,"
#define HEAD "0100000fac04"
	static const struct {
		const char *element, *members, *why;
	} cases[] = {
		{ "30()", "", "too short" },
		{ "30(0200000fac04)", "\"version\":2,", "of another version" },
		{ "30(0000)", "\"version\":0,", "of another version" },
		{ "30(0100000fac)", V, "a cipher suite is cut" },
		{ "30(" HEAD "01)", V G, "a count of suites is cut" },
		{ "30(" HEAD "0000)", V G, "a list without suites" },
		{ "30(" HEAD "0101000fac04)", V G, "fewer suites than it counts" },
		{ "30(" HEAD "ffff000fac04)", V G, "fewer suites than it counts" },
		{ "30(" HEAD "0100000fac04 0100000fac)", V G P, "fewer suites than it counts" },
		{ "30(" HEAD "0100000fac04 0100000fac08 00)", V G P A, "the capabilities are cut" },
		{ "30(" HEAD "0100000fac04 0100000fac08 0000 0200 00*31)", V G P A C,
		  "fewer PMKIDs than it counts" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct bytes b = written(cases[i].element), exact = copy_of(b.p, b.len);
		char *json = shown(exact, true, FRAME_BEACON, MHZ_5GHZ), want[400];

		snprintf(want, sizeof(want), rsn_json, cases[i].members, cases[i].why, b.len - 2);
		json[strnlen(want, sizeof(want))] = '\0';
		assert_string_equal(json, want);
		free(json);
		drop(exact);
		drop(b);
	}
}

#define MLD "020000000aff"

/*
 * What a nontransmitted BSSID has of its own: an EHT element whose layout depends on the HE element
 * that it inherits, and an MLD with a profile of another link. Within any profile, no Multiple
 * BSSID element is looked into.
 */
static void nontransmitted_bssids_are_decoded(void **state)
{
	(void)state;
	check_shown("ff(23 00*6 02 00*10 fafffaff)"
		    "47(02 00(53(1104) 00(62) 55(02) ff(6c 00*11 111111)))",
		    FRAME_BEACON, MHZ_2GHZ,
		    "HE Capabilities: 20, 40 (2.4 GHz) MHz\n"
		    "Multiple BSSID: 4 BSSIDs at most, profiles 1\n"
		    "\tnontransmitted BSSID  index 2\n"
		    "\t\tNontransmitted BSSID Cap: 2 bytes 1104\n"
		    "\t\tSSID: \"b\"\n"
		    "\t\tMultiple BSSID-Index: 1 bytes 02\n"
		    "\t\tEHT Capabilities: up to 160 MHz, MPDU 3895 bytes\n"
		    "\t\t\t80 MHz at most: MCS 0-9 rx 1 tx 1, 10-11 rx 1 tx 1, 12-13 rx 1 tx 1\n",
		    NULL);
	check_shown("47(02 00(53(1104) 55(01) ff(6b 0000 07 " MLD " 00(0100 01 00(63) 47(02 00(53("
		    "1104)))))))",
		    FRAME_BEACON, MHZ_5GHZ,
		    "Multiple BSSID: 4 BSSIDs at most, profiles 1\n"
		    "\tnontransmitted BSSID  index 1\n"
		    "\t\tNontransmitted BSSID Cap: 2 bytes 1104\n"
		    "\t\tMultiple BSSID-Index: 1 bytes 01\n"
		    "\t\tMulti-Link: basic  mld 02:00:00:00:0a:ff\n"
		    "\t\t\tlink 1\n"
		    "\t\t\t\tSSID: \"c\"\n"
		    "\t\t\t\tMultiple BSSID: 4 BSSIDs at most, profiles 1\n",
		    NULL);
	check_shown("47(02 00(53(1104) 47(02 00(53(1104) 47(02 00(53(1104)))))))", FRAME_BEACON,
		    MHZ_5GHZ,
		    "Multiple BSSID: 4 BSSIDs at most, profiles 1\n"
		    "\tnontransmitted BSSID\n"
		    "\t\tNontransmitted BSSID Cap: 2 bytes 1104\n"
		    "\t\tMultiple BSSID: 4 BSSIDs at most, profiles 1\n",
		    "[{\"id\":71,\"name\":\"Multiple BSSID\",\"max_bssid_indicator\":2,"
		    "\"max_bssids\":4,\"profiles\":1,\"nontransmitted\":[{\"continues\":false,"
		    "\"elements\":[{\"id\":83,\"name\":\"Nontransmitted BSSID Cap\",\"len\":2,"
		    "\"hex\":\"1104\"},{\"id\":71,\"name\":\"Multiple BSSID\","
		    "\"max_bssid_indicator\":2,\"max_bssids\":4,\"profiles\":1}]}]}]");
}

/* The second is in the element's fragment. */
static void nontransmitted_bssids_in_fragments(void **state)
{
	struct bytes b = written("47 ff 02 00 fc 53(1104) dd f6 aa*246 f2(00(00(62)))");
	char *out = shown(b, false, FRAME_BEACON, MHZ_5GHZ);

	(void)state;
	assert_non_null(strstr(out, "4 BSSIDs at most, profiles 2\n"));
	assert_non_null(strstr(out, "nontransmitted BSSID  continued\n\t\tSSID: \"b\"\n"));
	assert_non_null(strstr(out, "nontransmitted BSSID\n\t\tNontransmitted BSSID Cap"));
	free(out);
	drop(b);
}

static void ssids_are_what_they_are(void **state)
{
	(void)state;
	check_shown("00(1b5b324a)", FRAME_BEACON, MHZ_5GHZ, "SSID: \"\\x1b[2J\"\n",
		    "[{\"id\":0,\"name\":\"SSID\",\"ssid\":\"\\u001b[2J\",\"ssid_hex\":"
		    "\"1b5b324a\"}]");
	check_shown("00(ff41)", FRAME_BEACON, MHZ_5GHZ, "SSID: \"\\xffA\"\n",
		    "[{\"id\":0,\"name\":\"SSID\",\"ssid_hex\":\"ff41\"}]");
	check_shown("00(000000)", FRAME_BEACON, MHZ_5GHZ, "SSID: hidden, 3 bytes\n",
		    "[{\"id\":0,\"name\":\"SSID\",\"ssid\":\"\\u0000\\u0000\\u0000\","
		    "\"ssid_hex\":\"000000\"}]");
	check_shown("07(1b4120010b14)", FRAME_BEACON, MHZ_5GHZ,
		    "Country: \\x1bA, any\n\t11 channels from 1, at most 20 dBm\n",
		    "[{\"id\":7,\"name\":\"Country\",\"country\":\"\\u001bA\","
		    "\"environment\":\"any\",\"environment_code\":32,\"triplets\":["
		    "{\"first_channel\":1,\"channels\":11,\"max_power_dbm\":20.0}]}]");
}

/* ---- names ---- */

static void suites_have_their_names(void **state)
{
	static const char *const akms[] = {
		NULL,
		"8021X",
		"PSK",
		"FT-8021X",
		"FT-PSK",
		"8021X-SHA256",
		"PSK-SHA256",
		"TDLS",
		"SAE",
		"FT-SAE",
		"AP-PEERKEY",
		"SUITE-B",
		"SUITE-B-192",
		"FT-SUITE-B-192",
		"FILS-SHA256",
		"FILS-SHA384",
		"FT-FILS-SHA256",
		"FT-FILS-SHA384",
		"OWE",
		"FT-PSK-SHA384",
		"PSK-SHA384",
		"PASN",
		"FT-8021X-SHA384",
		"8021X-SHA384",
		"SAE-EXT-KEY",
		"FT-SAE-EXT-KEY",
		NULL,
	};
	static const char *const ciphers[] = {
		"use-group", "WEP-40",	     "TKIP",	     NULL,	     "CCMP-128",
		"WEP-104",   "BIP-CMAC-128", "no-group",     "GCMP-128",     "GCMP-256",
		"CCMP-256",  "BIP-GMAC-128", "BIP-GMAC-256", "BIP-CMAC-256", NULL,
	};
	uint8_t suite[SUITE_LEN] = { 0x00, 0x0f, 0xac, 0 };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(akms); i++) {
		suite[3] = (uint8_t)i;
		assert_true(!akm_name(suite) == !akms[i]);
		if (akms[i])
			assert_string_equal(akm_name(suite), akms[i]);
	}
	for (size_t i = 0; i < ARRAY_SIZE(ciphers); i++) {
		suite[3] = (uint8_t)i;
		assert_true(!cipher_name(suite) == !ciphers[i]);
		if (ciphers[i])
			assert_string_equal(cipher_name(suite), ciphers[i]);
	}
	suite[3] = 255;
	assert_null(akm_name(suite));
	assert_null(cipher_name(suite));
}

static void suites_of_others_have_their_names(void **state)
{
	static const uint8_t dpp[] = { 0x50, 0x6f, 0x9a, 2 }, none[] = { 0x50, 0x6f, 0x9a, 1 };
	static const uint8_t sms4[] = { 0x00, 0x14, 0x72, 1 }, wapi[] = { 0x00, 0x14, 0x72, 2 };
	static const uint8_t ms[] = { 0x00, 0x50, 0xf2, 2 }, ms5[] = { 0x00, 0x50, 0xf2, 5 };
	static const uint8_t ms6[] = { 0x00, 0x50, 0xf2, 6 }, ms3[] = { 0x00, 0x50, 0xf2, 3 };

	(void)state;
	assert_string_equal(akm_name(dpp), "DPP");
	assert_null(akm_name(none));
	assert_null(akm_name(sms4));
	assert_string_equal(akm_name(ms), "PSK");
	assert_null(akm_name(ms3));
	assert_string_equal(cipher_name(sms4), "SMS4");
	assert_null(cipher_name(wapi));
	assert_null(cipher_name(dpp));
	assert_string_equal(cipher_name(ms), "TKIP");
	assert_string_equal(cipher_name(ms5), "WEP-104");
	assert_null(cipher_name(ms3));
	assert_null(cipher_name(ms6));
}

static void vendors_have_their_names(void **state)
{
	static const struct {
		uint8_t body[4];
		const char *name;
	} vendors[] = {
		{ { 0x00, 0x50, 0xf2, 1 }, "WPA" },
		{ { 0x00, 0x50, 0xf2, 2 }, "WMM" },
		{ { 0x00, 0x50, 0xf2, 4 }, "WPS" },
		{ { 0x00, 0x50, 0xf2, 9 }, NULL },
		{ { 0x50, 0x6f, 0x9a, 0x09 }, "P2P" },
		{ { 0x50, 0x6f, 0x9a, 0x0a }, "Wi-Fi Display" },
		{ { 0x50, 0x6f, 0x9a, 0x10 }, "Hotspot 2.0" },
		{ { 0x50, 0x6f, 0x9a, 0x12 }, "OSEN" },
		{ { 0x50, 0x6f, 0x9a, 0x16 }, "MBO" },
		{ { 0x50, 0x6f, 0x9a, 0x1b }, "Multi-AP" },
		{ { 0x50, 0x6f, 0x9a, 0x1c }, "OWE transition" },
		{ { 0x50, 0x6f, 0x9a, 0x1e }, "DPP" },
		{ { 0x50, 0x6f, 0x9a, 0x1f }, "SAE-PK" },
		{ { 0x50, 0x6f, 0x9a, 0x22 }, "QoS management" },
		{ { 0x50, 0x6f, 0x9a, 0x23 }, "Wi-Fi Alliance capabilities" },
		{ { 0x50, 0x6f, 0x9a, 0x29 }, "RSNE override" },
		{ { 0x50, 0x6f, 0x9a, 0x2a }, "RSNE override 2" },
		{ { 0x50, 0x6f, 0x9a, 0x2b }, "RSNXE override" },
		{ { 0x50, 0x6f, 0x9b, 0x09 }, NULL },
		{ { 0x51, 0x6f, 0x9a, 0x09 }, NULL },
		{ { 0x50, 0x6e, 0x9a, 0x09 }, NULL },
	};
	struct vendor v;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(vendors); i++) {
		assert_null(decode_vendor((struct bytes){ vendors[i].body, 4 }, &v));
		assert_true(!vendor_name(&v) == !vendors[i].name);
		if (vendors[i].name)
			assert_string_equal(vendor_name(&v), vendors[i].name);
	}
}

static void selectors_are_told_from_rates(void **state)
{
	(void)state;
	for (unsigned int rate = 0; rate < 256; rate++)
		assert_true(!membership_selector((uint8_t)rate) == (rate < 0xf9));
	assert_string_equal(membership_selector(0xff), "HT");
	assert_string_equal(membership_selector(0xfd), "GLK");
	assert_string_equal(membership_selector(0xfc), "EPD");
}

static void kinds_of_6ghz_aps_have_their_names(void **state)
{
	(void)state;
	assert_string_equal(he_regulatory(0), "indoor low power");
	assert_string_equal(he_regulatory(2), "very low power");
	assert_string_equal(he_regulatory(8), "indoor standard power");
	assert_null(he_regulatory(6));
	assert_null(he_regulatory(9));
}

static void bits_are_counted_from_the_first_byte(void **state)
{
	static const uint8_t two[] = { 0x01, 0x80 };

	(void)state;
	for (unsigned int n = 0; n < 40; n++)
		assert_int_equal(has_bit((struct bytes){ two, 2 }, n), n == 0 || n == 15);
	assert_false(has_bit((struct bytes){ two, 1 }, 15));
	assert_false(has_bit((struct bytes){ NULL, 0 }, 0));
}

/* Of 16 channels there are 16 limits, whatever the element says. */
static void limits_beyond_320_mhz_are_left_out(void **state)
{
	struct bytes b = written("0c 01*8 0f 02*15");
	struct tx_power_envelope e;

	(void)state;
	assert_null(decode_tx_power_envelope(b, &e));
	assert_int_equal(e.n, 16);
	assert_int_equal(e.limit[7], 1);
	assert_int_equal(e.limit[15], 2);
	drop(b);
	b = written("0d 01*16");
	assert_string_equal(decode_tx_power_envelope(b, &e), "reserved count");
	drop(b);
}

/* ---- EHT Capabilities, whose layout HE Capabilities decide ---- */

#define HE(phy0) "ff(23 000000000000" phy0 "00*10 ff*12)"
#define MAC	 "f300"
#define PHY(b0)	 b0 "00*8 "
/* 5 GHz to 160 MHz: two maps */
#define EHT_160 "ff(6c" MAC PHY("00") "222120 111111)"

static char *eht_json(const char *elements, enum frame frame, uint32_t mhz)
{
	struct bytes b = written(elements), exact = copy_of(b.p, b.len);
	char *json = shown(exact, true, frame, mhz),
	     *eht = strstr(json, "{\"id\":255,\"ext_id\":108");

	assert_non_null(eht);
	memmove(json, eht, strlen(eht) + 1);
	drop(exact);
	drop(b);
	return json;
}

/* Which maps there are: "80: 0-9 10-11 12-13". */
static void check_maps(const char *elements, enum frame frame, const char *want)
{
	char *json = eht_json(elements, frame, MHZ_5GHZ), maps[400] = "", *at = json;
	unsigned int last = 0, width, first, to;

	while ((at = strstr(at, "{\"width_mhz\":"))) {
		assert_int_equal(sscanf(at, "{\"width_mhz\":%u,\"first_mcs\":%u,\"last_mcs\":%u",
					&width, &first, &to),
				 3);
		if (width != last)
			sprintf(maps + strlen(maps), "%s%u:", last ? " " : "", width);
		sprintf(maps + strlen(maps), " %u-%u", first, to);
		last = width;
		at++;
	}
	if (strstr(json, "\"malformed\""))
		strcat(maps, " malformed");
	assert_string_equal(maps, want);
	free(json);
}

static void maps_of_eht_are_those_of_its_he(void **state)
{
#define M80  "80: 0-9 10-11 12-13"
#define M160 "160: 0-9 10-11 12-13"
#define M320 "320: 0-9 10-11 12-13"
	(void)state;
	check_maps(HE("04") "ff(6c" MAC PHY("00") "222222)", FRAME_BEACON, M80);
	check_maps(HE("02") "ff(6c" MAC PHY("00") "222222)", FRAME_BEACON, M80);
	check_maps(HE("0e") "ff(6c" MAC PHY("02") "222222)", FRAME_BEACON, M80);
	check_maps(HE("0c") EHT_160, FRAME_BEACON, M80 " " M160);
	check_maps(HE("0c") "ff(6c" MAC PHY("02") "22*9)", FRAME_BEACON, M80 " " M160 " " M320);
	check_maps(HE("04") "ff(6c" MAC PHY("02") "22*6)", FRAME_BEACON, M80 " " M320);
	check_maps(HE("08") "ff(6c" MAC PHY("02") "22*6)", FRAME_BEACON, M160 " " M320);
	check_maps(HE("08") "ff(6c" MAC PHY("00") "22*3)", FRAME_BEACON, M160);
	check_maps(HE("00") "ff(6c" MAC PHY("02") "22*3)", FRAME_BEACON, M320);
	check_maps(HE("00") "ff(6c" MAC PHY("00") "22*3)", FRAME_BEACON, M80);
	check_maps(HE("00") "ff(6c" MAC PHY("00") "22*3)", FRAME_ASSOC_REQUEST, " malformed");
	check_maps(HE("00") "ff(6c" MAC PHY("00") "22*4)", FRAME_ASSOC_REQUEST,
		   "20: 0-7 8-9 10-11 12-13");
	check_maps(HE("0c") "ff(6c" MAC PHY("00") "22*5)", FRAME_BEACON, M80 " malformed");
	check_maps(EHT_160, FRAME_BEACON, " malformed");
	check_maps("ff(23 0000000000000c)" EHT_160, FRAME_BEACON, " malformed");
}

static void eht_capabilities_are_shown(void **state)
{
	(void)state;
	check_shown("ff(6c 0000" PHY("00") "22*3)", FRAME_BEACON, MHZ_5GHZ,
		    "EHT Capabilities: up to 160 MHz\n"
		    "\tmalformed: cannot be decoded without HE Capabilities beside it\n",
		    "[{\"id\":255,\"ext_id\":108,\"name\":\"EHT Capabilities\","
		    "\"width_320mhz_in_6ghz\":false,\"epcs\":false,\"om_control\":false,"
		    "\"restricted_twt\":false,\"scs_traffic_description\":false,\"mcs_nss\":[],"
		    "\"malformed\":\"cannot be decoded without HE Capabilities beside it\","
		    "\"len\":14,\"hex\":\"0000000000000000000000222222\"}]");
	check_shown("ff(6c 7300" PHY("02") "21*3)" HE("02"), FRAME_BEACON, MHZ_2GHZ,
		    "EHT Capabilities: 320 MHz, MPDU 7991 bytes\n"
		    "\tEPCS, OM control, restricted TWT, SCS traffic description\n"
		    "\t80 MHz at most: MCS 0-9 rx 1 tx 2, 10-11 rx 1 tx 2, 12-13 rx 1 tx 2\n"
		    "HE Capabilities: 20, 40 (2.4 GHz) MHz\n",
		    "[{\"id\":255,\"ext_id\":108,\"name\":\"EHT Capabilities\","
		    "\"width_320mhz_in_6ghz\":true,\"max_mpdu_bytes\":7991,\"epcs\":true,"
		    "\"om_control\":true,\"restricted_twt\":true,"
		    "\"scs_traffic_description\":true,\"mcs_nss\":["
		    "{\"width_mhz\":80,\"first_mcs\":0,\"last_mcs\":9,\"max_rx_nss\":1,"
		    "\"max_tx_nss\":2},"
		    "{\"width_mhz\":80,\"first_mcs\":10,\"last_mcs\":11,\"max_rx_nss\":1,"
		    "\"max_tx_nss\":2},"
		    "{\"width_mhz\":80,\"first_mcs\":12,\"last_mcs\":13,\"max_rx_nss\":1,"
		    "\"max_tx_nss\":2}]},"
		    "{\"id\":255,\"ext_id\":35,\"name\":\"HE Capabilities\","
		    "\"width_40mhz_in_2ghz\":true,\"width_40mhz_80mhz\":false,"
		    "\"width_160mhz\":false,\"width_80p80mhz\":false}]");
}

static void eht_mpdu_is_told_in_2ghz_only(void **state)
{
	static const uint32_t mhz[] = { MHZ_2GHZ, MHZ_5GHZ, 5955, 0 };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(mhz); i++) {
		char *json =
			eht_json(HE("04") "ff(6c 8000" PHY("00") "22*3)", FRAME_BEACON, mhz[i]);

		assert_true(!strstr(json, "\"max_mpdu_bytes\":11454") == (mhz[i] != MHZ_2GHZ));
		free(json);
	}
}

/* 9 bits and 6 for each stream and size of RU, and not one less. */
static void ppe_thresholds_of_eht_have_their_size(void **state)
{
	static const struct {
		uint16_t header;
		size_t len;
	} cases[] = {
		{ 0x0000, 2 },	{ 0x0010, 2 }, { 0x0011, 3 }, { 0x01f0, 5 },
		{ 0x01f7, 32 }, { 0xfe07, 2 }, { 0x0013, 5 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		for (size_t len = 0; len <= 34; len++) {
			uint8_t body[14 + 34] = { [7] = 0x08 };
			struct he_capabilities he = { .mhz40_80 = true };
			struct eht_capabilities c;
			struct bytes b;
			const char *why;

			body[14] = (uint8_t)cases[i].header;
			body[15] = (uint8_t)(cases[i].header >> 8);
			b = copy_of(body, 14 + len);
			why = decode_eht_capabilities(b, &he, true, &c);
			assert_int_equal(c.n_maps, 1);
			assert_true(!why == (len >= cases[i].len));
			drop(b);
		}
	}
}

/* ---- the channel of a BSS ---- */

#define HT_20(ch)	    "3d(" ch "00 00*20)"
#define HT_ABOVE(ch)	    "3d(" ch "05 00*20)"
#define HT_BELOW(ch)	    "3d(" ch "07 00*20)"
#define VHT(fields)	    "c0(" fields "0000)"
#define HE_OP		    "ff(24 000000 01 0000)"
#define HE_6(fields)	    "ff(24 000002 01 0000" fields "06)"
#define EHT(fields)	    "ff(6a 01 00000000" fields ")"
#define PUNCT(chan, bitmap) "ff(6a 03 00000000" chan bitmap ")"
#define EHT_BARE	    "ff(6a 00 00000000)"

struct on_channel {
	uint32_t primary;
	const char *elements;
	const char *generation, *decided_by;
	uint16_t width;
	uint32_t center1, center2;
	uint16_t punctured;
	const char *problem;
};

static void check_text(const char *got, const char *want)
{
	if (want && got)
		assert_string_equal(got, want);
	assert_true(!got == !want);
}

static void check_channels(const struct on_channel *list, size_t n)
{
	for (; n--; list++) {
		struct bytes b = written(list->elements), exact = copy_of(b.p, b.len);
		struct bss_operations o;
		struct bss_channel c;

		find_operations(exact, &o);
		judge_channel(list->primary, &o, &c);
		if (c.width != list->width || c.center1 != list->center1 ||
		    c.center2 != list->center2 || c.punctured != list->punctured)
			fail_msg("%u MHz with %s: %u MHz, %u, %u, 0x%x, %s", list->primary,
				 list->elements, c.width, c.center1, c.center2, c.punctured,
				 c.problem ? c.problem : "no problem");
		check_text(c.problem, list->problem);
		check_text(c.decided_by, list->decided_by);
		check_text(c.generation, list->generation);
		drop(exact);
		drop(b);
	}
}

static void channels_that_are_right(void **state)
{
#define H   "HT Operation"
#define V_  "VHT Operation"
#define HE_ "HE Operation"
#define E   "EHT Operation"
	static const struct on_channel list[] = {
		{ 2412, "", NULL, NULL, 20, 2412, 0, 0, NULL },
		{ 2484, "00()", NULL, NULL, 20, 2484, 0, 0, NULL },
		{ 2437, HT_20("06"), "HT", H, 20, 2437, 0, 0, NULL },
		{ 2412, HT_ABOVE("01"), "HT", H, 40, 2422, 0, 0, NULL },
		{ 2462, HT_BELOW("0b"), "HT", H, 40, 2452, 0, 0, NULL },
		{ 2484, HT_20("0e"), "HT", H, 20, 2484, 0, 0, NULL },
		/* a secondary channel that is not in use now */
		{ 2412, "3d(01 01 00*20)", "HT", H, 20, 2412, 0, 0, NULL },
		{ 5180, HT_ABOVE("24") VHT("000000"), "VHT", H, 40, 5190, 0, 0, NULL },
		{ 5180, HT_ABOVE("24") VHT("012a00"), "VHT", V_, 80, 5210, 0, 0, NULL },
		{ 5240, HT_BELOW("30") VHT("012a00"), "VHT", V_, 80, 5210, 0, 0, NULL },
		{ 5180, HT_20("24") VHT("012a00"), "VHT", V_, 80, 5210, 0, 0, NULL },
		{ 5180, HT_ABOVE("24") VHT("012a32"), "VHT", V_, 160, 5250, 0, 0, NULL },
		{ 5260, HT_ABOVE("34") VHT("013a32"), "VHT", V_, 160, 5250, 0, 0, NULL },
		{ 5180, HT_ABOVE("24") VHT("012a9b"), "VHT", V_, 160, 5210, 5775, 0, NULL },
		{ 5180, HT_ABOVE("24") VHT("023200"), "VHT", V_, 160, 5250, 0, 0, NULL },
		{ 5180, HT_ABOVE("24") VHT("032a9b"), "VHT", V_, 160, 5210, 5775, 0, NULL },
		/* CCFS2, 50 and 155 */
		{ 5180, "3d(24054006 00*18)" VHT("012a00"), "VHT", V_, 160, 5250, 0, 0, NULL },
		{ 5180, "3d(24056013 00*18)" VHT("012a00"), "VHT", V_, 160, 5210, 5775, 0, NULL },
		{ 5180, "3d(24056013 00*18)" VHT("012a32"), "VHT", V_, 160, 5250, 0, 0, NULL },
		/* the highest of each width in 5 GHz */
		{ 5825, HT_ABOVE("a5") VHT("01aba3"), "VHT", V_, 160, 5815, 0, 0, NULL },
		{ 5720, HT_BELOW("90") VHT("018a00"), "VHT", V_, 80, 5690, 0, 0, NULL },
		{ 5720, HT_BELOW("90") EHT("018e00"), "EHT", E, 40, 5710, 0, 0, NULL },
		{ 5745, HT_ABOVE("95") EHT("019700"), "EHT", E, 40, 5755, 0, 0, NULL },
		{ 4920, HT_ABOVE("b8") EHT("01ba00"), "EHT", E, 40, 4930, 0, 0, NULL },
		{ 4920, HT_20("b8"), "HT", H, 20, 4920, 0, 0, NULL },
		{ 5180, HT_ABOVE("24") VHT("012a00") HE_OP, "HE", V_, 80, 5210, 0, 0, NULL },
		{ 2412, HT_ABOVE("01") HE_OP EHT_BARE, "EHT", H, 40, 2422, 0, 0, NULL },
		{ 5180, HT_ABOVE("24") VHT("012a00") HE_OP EHT("032a32"), "EHT", E, 160, 5250, 0, 0,
		  NULL },
		{ 2412, HT_ABOVE("01") HE_OP EHT("010300"), "EHT", E, 40, 2422, 0, 0, NULL },
		{ 5180, HT_20("24") HE_OP EHT("002400"), "EHT", E, 20, 5180, 0, 0, NULL },
		{ 5180, HT_20("24") HE_OP PUNCT("022a00", "0200"), "EHT", E, 80, 5210, 0, 2, NULL },
		{ 5955, HE_6("01000100"), "HE", HE_, 20, 5955, 0, 0, NULL },
		{ 5935, HE_6("02000200"), "HE", HE_, 20, 5935, 0, 0, NULL },
		{ 5955, HE_6("01010300"), "HE", HE_, 40, 5965, 0, 0, NULL },
		{ 5955, HE_6("01020700"), "HE", HE_, 80, 5985, 0, 0, NULL },
		{ 6135, HE_6("2503272f"), "HE", HE_, 160, 6185, 0, 0, NULL },
		{ 5955, HE_6("01030747"), "HE", HE_, 160, 5985, 6305, 0, NULL },
		{ 5955, HE_6("0103070f") EHT_BARE, "EHT", HE_, 160, 6025, 0, 0, NULL },
		{ 5955, HE_6("0103070f") EHT("040f1f"), "EHT", E, 320, 6105, 0, 0, NULL },
		{ 6135, HE_6("2503272f") EHT("042f3f"), "EHT", E, 320, 6265, 0, 0, NULL },
		{ 6135, HE_6("2503272f") EHT("042f1f"), "EHT", E, 320, 6105, 0, 0, NULL },
		{ 5955, HE_6("0103070f") PUNCT("040f1f", "00f0"), "EHT", E, 320, 6105, 0, 0xf000,
		  NULL },
		/* of HT and VHT nothing is heard in 6 GHz */
		{ 5955, HT_BELOW("05") VHT("012a00") HE_6("01020700"), "HE", HE_, 80, 5985, 0, 0,
		  NULL },
		/* the first of two decides */
		{ 2412, HT_ABOVE("01") HT_20("01"), "HT", H, 40, 2422, 0, 0, NULL },
	};

	(void)state;
	check_channels(list, ARRAY_SIZE(list));
}

static void channels_that_cannot_be(void **state)
{
#define NO_PRIMARY "the primary channel is not in it"
#define NO_PAIR	   "no such pair of segments"
#define HALVES	   "its two halves do not fit together"
#define OTHER	   "HT Operation has another primary channel"
#define SECONDARY  "HT Operation has another secondary channel"
#define NO_CHANNEL "there is no such channel"
#define NO_BAND	   "a frequency of no band that is known here"
	static const struct on_channel list[] = {
		{ 0, "", NULL, NULL, 0, 0, 0, 0, NO_BAND },
		{ 2413, HT_20("01"), "HT", NULL, 0, 0, 0, 0, NO_BAND },
		{ 58320, "", NULL, NULL, 0, 0, 0, 0, NO_BAND },
		{ 2412, "3d(01)", NULL, NULL, 0, 0, 0, 0, "HT Operation is malformed" },
		{ 5180, HT_20("24") "c0(01)", "HT", NULL, 0, 0, 0, 0,
		  "VHT Operation is malformed" },
		{ 5180, HT_20("24") "ff(2400)", "HT", NULL, 0, 0, 0, 0,
		  "HE Operation is malformed" },
		{ 5180, HT_20("24") "ff(6a01)" HE_OP, "HE", NULL, 0, 0, 0, 0,
		  "EHT Operation is malformed" },
		{ 5180, "ff(6a01)ff(2400)c0()3d()", NULL, NULL, 0, 0, 0, 0,
		  "EHT Operation is malformed" },
		{ 2412, HT_20("02"), "HT", H, 0, 0, 0, 0, OTHER },
		{ 2412, "3d(01 06 00*20)", "HT", H, 0, 0, 0, 0,
		  "HT Operation has a reserved secondary channel offset" },
		{ 2412, "3d(01 02 00*20)", "HT", H, 0, 0, 0, 0,
		  "HT Operation has a reserved secondary channel offset" },
		{ 5180, VHT("012a00"), "VHT", NULL, 0, 0, 0, 0,
		  "VHT Operation without HT Operation" },
		{ 5180, HT_ABOVE("24") VHT("040000"), "VHT", V_, 0, 0, 0, 0,
		  "VHT Operation has a reserved width" },
		{ 5180, HT_ABOVE("24") VHT("013a00"), "VHT", V_, 0, 0, 0, 0, NO_PRIMARY },
		{ 5260, HT_ABOVE("34") VHT("012a00"), "VHT", V_, 0, 0, 0, 0, NO_PRIMARY },
		{ 5180, HT_ABOVE("24") VHT("012b00"), "VHT", V_, 0, 0, 0, 0, NO_PRIMARY },
		{ 5180, HT_ABOVE("24") VHT("010000"), "VHT", V_, 0, 0, 0, 0, NO_PRIMARY },
		{ 5180, HT_ABOVE("24") VHT("012a22"), "VHT", V_, 0, 0, 0, 0, NO_CHANNEL },
		{ 5180, HT_ABOVE("24") VHT("012aa3"), "VHT", V_, 0, 0, 0, 0, NO_PAIR },
		{ 5180, HT_ABOVE("24") VHT("012600"), "VHT", V_, 0, 0, 0, 0, NO_CHANNEL },
		{ 5200, HT_ABOVE("28") EHT("012a00"), "EHT", E, 0, 0, 0, 0, NO_CHANNEL },
		{ 5180, HT_ABOVE("24") VHT("012a2a"), "VHT", V_, 0, 0, 0, 0, NO_PAIR },
		{ 5180, HT_ABOVE("24") VHT("012a3a"), "VHT", V_, 0, 0, 0, 0, NO_PAIR },
		{ 5180, HT_ABOVE("24") VHT("012abb"), "VHT", V_, 0, 0, 0, 0, NO_PAIR },
		{ 5180, HT_ABOVE("24") VHT("012aff"), "VHT", V_, 0, 0, 0, 0, NO_PAIR },
		{ 5180, HT_ABOVE("24") VHT("022a00"), "VHT", V_, 0, 0, 0, 0, NO_CHANNEL },
		{ 5180, HT_ABOVE("24") VHT("032a00"), "VHT", V_, 0, 0, 0, 0, NO_PAIR },
		{ 5180, HT_ABOVE("24") VHT("032a32"), "VHT", V_, 0, 0, 0, 0, NO_PAIR },
		{ 5180, HT_BELOW("24") VHT("012a00"), "VHT", V_, 0, 0, 0, 0, SECONDARY },
		{ 5200, HT_ABOVE("28") VHT("012a9b"), "VHT", V_, 0, 0, 0, 0, SECONDARY },
		{ 5180, HT_ABOVE("24") EHT("002400"), "EHT", E, 0, 0, 0, 0, SECONDARY },
		{ 2412, HT_ABOVE("01") VHT("010700"), "VHT", V_, 0, 0, 0, 0,
		  "wider than 40 MHz in the 2.4 GHz band" },
		{ 2412, HT_ABOVE("01") EHT("020700"), "EHT", E, 0, 0, 0, 0,
		  "wider than 40 MHz in the 2.4 GHz band" },
		{ 5180, HT_ABOVE("24") EHT("043242"), "EHT", E, 0, 0, 0, 0,
		  "wider than 160 MHz outside the 6 GHz band" },
		{ 5180, HT_ABOVE("24") EHT("050000"), "EHT", E, 0, 0, 0, 0,
		  "EHT Operation has a reserved width" },
		{ 5180, HT_ABOVE("24") EHT("070000"), "EHT", E, 0, 0, 0, 0,
		  "EHT Operation has a reserved width" },
		{ 5180, HT_ABOVE("24") EHT("033232"), "EHT", E, 0, 0, 0, 0, HALVES },
		{ 5180, HT_ABOVE("24") EHT("033a32"), "EHT", E, 0, 0, 0, 0, HALVES },
		{ 5955, HE_6("0103070f") EHT("042f1f"), "EHT", E, 0, 0, 0, 0, HALVES },
		{ 5955, HE_6("0103070f") EHT("04071f"), "EHT", E, 0, 0, 0, 0, HALVES },
		{ 5955, HE_6("0103070f") EHT("040f5f"), "EHT", E, 0, 0, 0, 0, NO_PRIMARY },
		{ 5955, HE_OP, "HE", HE_, 0, 0, 0, 0, "without 6 GHz Operation Information" },
		{ 5955, HT_20("01"), "HT", HE_, 0, 0, 0, 0, "without 6 GHz Operation Information" },
		{ 5955, HE_6("05020700"), "HE", HE_, 0, 0, 0, 0,
		  "HE Operation has another primary channel" },
		{ 5955, HE_6("05020700") EHT("020700"), "EHT", E, 0, 0, 0, 0,
		  "HE Operation has another primary channel" },
		{ 5955, HE_6("01020f00"), "HE", HE_, 0, 0, 0, 0, NO_PRIMARY },
		{ 5955, HE_6("01030700"), "HE", HE_, 0, 0, 0, 0,
		  "160 MHz without a second segment" },
		{ 5955, HE_6("01030717"), "HE", HE_, 0, 0, 0, 0, NO_PAIR },
		{ 5955, HE_6("010307ef"), "HE", HE_, 0, 0, 0, 0, NO_PAIR },
		{ 5955, HE_6("01030748"), "HE", HE_, 0, 0, 0, 0, NO_PAIR },
		{ 5975, HE_6("05010700"), "HE", HE_, 0, 0, 0, 0, NO_CHANNEL },
		{ 5975, HE_6("05020b00"), "HE", HE_, 0, 0, 0, 0, NO_CHANNEL },
		{ 6115, HE_6("21020700") EHT("03232b"), "EHT", E, 0, 0, 0, 0, NO_CHANNEL },
		{ 5935, HE_6("02010300"), "HE", HE_, 0, 0, 0, 0, NO_PRIMARY },
		{ 5935, HE_6("02010000"), "HE", HE_, 0, 0, 0, 0, NO_CHANNEL },
	};

	(void)state;
	check_channels(list, ARRAY_SIZE(list));
}

/* All bitmaps of all widths, counted: those of net/wireless/chan.c are 4, 12 and 24, and none. */
static void punctured_channels_are_those_of_the_standard(void **state)
{
	static const struct {
		uint16_t width;
		uint8_t ccfs0, ccfs1;
		unsigned int n; /* without the lowest 20 MHz, which are the primary channel */
	} cases[] = {
		{ 20, 1, 0, 1 },
		{ 40, 3, 0, 1 },
		{ 80, 7, 0, 1 + 3 },
		{ 160, 7, 15, 1 + 7 + 3 },
		{ 320, 15, 31, 1 + 7 + 3 + 5 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct bss_operations o = { .has_eht = true };
		unsigned int n = 0;
		struct bss_channel c;

		for (uint32_t bitmap = 0; bitmap <= 0xffff; bitmap++) {
			o.eht.channel = (struct eht_channel){ true,	      cases[i].width,
							      cases[i].ccfs0, cases[i].ccfs1,
							      true,	      (uint16_t)bitmap };
			judge_channel(5955, &o, &c);
			assert_true(c.problem || c.punctured == bitmap);
			assert_true(c.problem || !(bitmap & 1));
			n += !c.problem;
		}
		assert_int_equal(n, cases[i].n);
	}
}

static void puncturing_that_cannot_be(void **state)
{
#define NOT_ALLOWED "punctured in a way that is not allowed"
	static const struct on_channel list[] = {
		{ 5180, HT_20("24") PUNCT("022a00", "0100"), "EHT", E, 0, 0, 0, 0,
		  "the primary channel is punctured" },
		{ 5200, HT_20("28") PUNCT("022a00", "0200"), "EHT", E, 0, 0, 0, 0,
		  "the primary channel is punctured" },
		{ 5180, HT_20("24") PUNCT("022a00", "ffff"), "EHT", E, 0, 0, 0, 0,
		  "the primary channel is punctured" },
		{ 5180, HT_20("24") PUNCT("022a00", "0600"), "EHT", E, 0, 0, 0, 0, NOT_ALLOWED },
		{ 5180, HT_20("24") PUNCT("022a00", "1000"), "EHT", E, 0, 0, 0, 0, NOT_ALLOWED },
		{ 5180, HT_20("24") PUNCT("012600", "0200"), "EHT", E, 0, 0, 0, 0, NOT_ALLOWED },
		{ 5180, HT_20("24") PUNCT("032a32", "0600"), "EHT", E, 0, 0, 0, 0, NOT_ALLOWED },
		{ 5180, HT_20("24") PUNCT("032a32", "0c00"), "EHT", E, 160, 5250, 0, 0x0c, NULL },
		{ 5260, HT_20("34") PUNCT("033a32", "0300"), "EHT", E, 160, 5250, 0, 3, NULL },
		{ 5180, HT_20("28") PUNCT("022a00", "0200"), "EHT", E, 0, 0, 0, 0, OTHER },
		{ 5180, HT_20("24") PUNCT("032a32", "0001"), "EHT", E, 0, 0, 0, 0, NOT_ALLOWED },
		{ 5180, HT_20("24") PUNCT("032a32", "f000"), "EHT", E, 0, 0, 0, 0, NOT_ALLOWED },
		{ 5955, PUNCT("040f1f", "0200"), "EHT", E, 0, 0, 0, 0, NOT_ALLOWED },
	};

	(void)state;
	check_channels(list, ARRAY_SIZE(list));
}

#define T(f) cmocka_unit_test(f)

static const struct CMUnitTest tests[] = {
	T(known_elements_are_shown),
	T(elements_of_every_length_are_whole_or_malformed),
	T(malformed_elements_are_shown_as_far_as_they_go),
	T(rsn_ends_where_it_is_malformed),
	T(nontransmitted_bssids_are_decoded),
	T(nontransmitted_bssids_in_fragments),
	T(ssids_are_what_they_are),
	T(suites_have_their_names),
	T(suites_of_others_have_their_names),
	T(vendors_have_their_names),
	T(selectors_are_told_from_rates),
	T(kinds_of_6ghz_aps_have_their_names),
	T(bits_are_counted_from_the_first_byte),
	T(limits_beyond_320_mhz_are_left_out),
	T(maps_of_eht_are_those_of_its_he),
	T(eht_capabilities_are_shown),
	T(eht_mpdu_is_told_in_2ghz_only),
	T(ppe_thresholds_of_eht_have_their_size),
	T(channels_that_are_right),
	T(channels_that_cannot_be),
	T(punctured_channels_are_those_of_the_standard),
	T(puncturing_that_cannot_be),
};

int main(void)
{
	return cmocka_run_group_tests(tests, NULL, NULL);
}
