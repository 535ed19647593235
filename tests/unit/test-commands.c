/* SPDX-License-Identifier: ISC */
/* Whole commands against the fake kernel: what they send, and exactly what they print. */
#include <stdlib.h>
#include <string.h>

#include "fake-kernel.h"

#define LINK_ADD "dev lo link add 3 addr 02:00:00:00:00:03"
#define LINK_DEL "dev lo link del 3"
#define MAC0	 "02:00:00:00:00:10"
#define MAC3	 "02:00:00:00:00:03"
#define ZERO	 "00:00:00:00:00:00"

#define GET_LO	     "get GET_INTERFACE IFINDEX=1\n"
#define GET_PHY	     "get GET_WIPHY WIPHY=0\n"
#define ADD_3	     "change ADD_LINK IFINDEX=1 MLO_LINK_ID=3 MAC=020000000003\n"
#define DEL_3	     "change REMOVE_LINK IFINDEX=1 MLO_LINK_ID=3\n"
#define SET_TYPE(n)  "change SET_INTERFACE IFINDEX=1 IFTYPE=" #n "\n"
#define DUMP_WIPHYS  "dump GET_WIPHY\n"
#define DUMP_FULL    "dump GET_WIPHY SPLIT_WIPHY_DUMP\n"
#define DUMP_FULL_0  "dump GET_WIPHY SPLIT_WIPHY_DUMP WIPHY=0\n"
#define DUMP_FULL_12 "dump GET_WIPHY SPLIT_WIPHY_DUMP WIPHY=12\n"
#define DUMP_IFACES  "dump GET_INTERFACE\n"
#define DUMP_POLICY  "dump policy 6\n"
#define DUMP_SCAN    "dump GET_SCAN IFINDEX=1 BSS_DUMP_INCLUDE_USE_DATA\n"
#define GET_IDLE     GET_LO DUMP_SCAN
#define ASK_PEER     "dump GET_STATION IFINDEX=1\ndump GET_SURVEY IFINDEX=1\n"
#define LO_DOWN	     "lo is down\n"
#define LO_UP	     "lo is up\n"
#define ADD_FAILED   "iw-mlo: dev lo link add: "
#define DEL_FAILED   "iw-mlo: dev lo link del: "
#define TYPE_FAILED  "iw-mlo: dev lo set type: "
#define REFUSED	     "refused by the kernel: "
#define EINVAL_TEXT  "EINVAL (Invalid argument)"
#define GHOST_TEXT   "ghost: torn down by the kernel, listed until the interface goes down"
#define SUPPORTED    "; the hardware supports station, ap (in software: monitor)\n"
#define EUNSUPP_TEXT "EOPNOTSUPP (Operation not supported)"
#define SHOW_FAILED  "iw-mlo: dev lo link show: "
#define INFO_FAILED  "iw-mlo: dev lo info: "
#define NOT_WIFI     "not a Wi-Fi interface; \"iw-mlo dev\" lists them\n"

static int setup(void **state)
{
	(void)state;
	k_reset();
	return 0;
}

static void put_channel(uint32_t freq, uint32_t width, uint32_t center1)
{
	k_put_u32(NL80211_ATTR_WIPHY_FREQ, freq);
	k_put_u32(NL80211_ATTR_CHANNEL_WIDTH, width);
	k_put_u32(NL80211_ATTR_CENTER_FREQ1, center1);
}

static void turn_wiphy(void)
{
	k_turn();
	k_wiphy(0, 0, "phy0");
	k_iftypes(NL80211_ATTR_SUPPORTED_IFTYPES, 1u << 2 | 1u << 3);
	k_iftypes(NL80211_ATTR_SOFTWARE_IFTYPES, 1u << 6);
}

static void turn_iface(uint32_t type)
{
	k_turn();
	k_iface(0, type);
}

static void turn_ap(void)
{
	turn_iface(NL80211_IFTYPE_AP);
}

static void turn_ap_with_link(uint8_t id, const char *mac)
{
	turn_ap();
	k_links_begin();
	k_link(id, mac);
	k_links_end();
}

static void turn_ack(void)
{
	k_turn();
	k_ack();
}

static void turn_nack(int err)
{
	k_turn();
	k_nack(err, NLM_F_CAPPED);
}

/* ---- dev ---- */

static void put_punctured_link(void)
{
	k_link_begin(2, "02:00:00:00:00:12");
	put_channel(6115, NL80211_CHAN_WIDTH_320, 6265);
	k_put_u32(NL80211_ATTR_PUNCT_BITMAP, 0x8003);
	k_put_u32(NL80211_ATTR_WIPHY_TX_POWER_LEVEL, (uint32_t)-4950);
	k_nest_end();
}

/* An AP MLD with everything, its links in descending order. */
static void put_rich_iface(void)
{
	k_iface(NLM_F_MULTI, NL80211_IFTYPE_AP);
	k_put(NL80211_ATTR_SSID, "a\n\xff\xe2\x80\xae\"", 7);
	k_put_u8(NL80211_ATTR_4ADDR, 1);
	k_put_u32(NL80211_ATTR_VIF_RADIO_MASK, 6);
	k_put_u32(NL80211_ATTR_WIPHY_TX_POWER_LEVEL, 2253);
	k_links_begin();
	k_link(14, ZERO);
	put_punctured_link();
	k_link_begin(1, "02:00:00:00:00:11");
	put_channel(5180, NL80211_CHAN_WIDTH_80P80, 5210);
	k_put_u32(NL80211_ATTR_CENTER_FREQ2, 5530);
	k_put_u32(NL80211_ATTR_WIPHY_TX_POWER_LEVEL, 2000);
	k_nest_end();
	k_link_begin(0, MAC0);
	put_channel(2484, NL80211_CHAN_WIDTH_20_NOHT, 2484);
	k_nest_end();
	k_links_end();
}

/* A station without a name in UTF-8, and a P2P device that is no netdev. */
static void put_other_ifaces(void)
{
	k_data(NL80211_CMD_NEW_INTERFACE, NLM_F_MULTI);
	k_put_u32(NL80211_ATTR_IFINDEX, 9);
	k_put_text(NL80211_ATTR_IFNAME, "wl\xff\033\"");
	k_put_u32(NL80211_ATTR_WIPHY, 3);
	k_put_u32(NL80211_ATTR_IFTYPE, NL80211_IFTYPE_STATION);
	k_put_u64(NL80211_ATTR_WDEV, 0x300000002);
	k_put_mac(NL80211_ATTR_MAC, "02:00:00:00:03:02");
	k_put(NL80211_ATTR_SSID, "Caf\xc3\xa9", 5);
	put_channel(922, NL80211_CHAN_WIDTH_1, 922);
	k_put_u32(NL80211_ATTR_WIPHY_FREQ_OFFSET, 500);
	k_put_u32(NL80211_ATTR_WIPHY_TX_POWER_LEVEL, 2250);
	k_data(NL80211_CMD_NEW_INTERFACE, NLM_F_MULTI);
	k_put_u32(NL80211_ATTR_WIPHY, 3);
	k_put_u32(NL80211_ATTR_IFTYPE, NL80211_IFTYPE_P2P_DEVICE);
	k_put_u64(NL80211_ATTR_WDEV, 0x300000001);
	k_put_mac(NL80211_ATTR_MAC, "02:00:00:00:03:01");
}

static void script_rich_dev(void)
{
	k_turn();
	k_wiphy(NLM_F_MULTI, 3, "my\tphy");
	k_wiphy(NLM_F_MULTI, 0, "phy0");
	k_done(0);
	k_turn();
	put_other_ifaces();
	put_rich_iface();
	k_done(0);
}

static void dev_lists_everything_sorted(void **state)
{
	(void)state;
	script_rich_dev();
	assert_run(run("dev"), ST_OK,
		   "phy0\n"
		   "\tlo  type ap  addr 02:00:00:00:00:01  ifindex 1  wdev 0x1"
		   "  ssid \"a\\x0a\\xff\\xe2\\x80\\xae\\x22\"  4addr  radios 0x6\n"
		   "\t  link 0  addr " MAC0 "  channel 14 (2.4GHz)  2484 MHz"
		   "  width 20 MHz (no HT)  center 2484 MHz\n"
		   "\t  link 1  addr 02:00:00:00:00:11  channel 36 (5GHz)  5180 MHz"
		   "  width 80+80 MHz  center 5210+5530 MHz  tx power 20.0 dBm\n"
		   "\t  link 2  addr 02:00:00:00:00:12  channel 33 (6GHz)  6115 MHz"
		   "  width 320 MHz  center 6265 MHz  punctured 0x8003 6115 6135 6415 MHz"
		   "  tx power -49.5 dBm\n"
		   "\t  link 14  addr " ZERO "  " GHOST_TEXT "  no channel\n"
		   "my\\x09phy\n"
		   "\twdev 0x300000001  type p2p-device  addr 02:00:00:00:03:01\n"
		   "\twl\\xff\\x1b\\x22  type station  addr 02:00:00:00:03:02  ifindex 9"
		   "  wdev 0x300000002  ssid \"Caf\xc3\xa9\"\n"
		   "\t  922.500 MHz  width 1 MHz  center 922 MHz  tx power 22.5 dBm\n",
		   "", DUMP_WIPHYS DUMP_IFACES);
}

static void dev_lists_everything_in_json(void **state)
{
	(void)state;
	script_rich_dev();
	assert_run(run("-j dev"), ST_OK,
		   "[{\"phy\":\"phy0\",\"wiphy\":0,\"interfaces\":[{\"ifname\":\"lo\","
		   "\"ifindex\":1,\"wdev\":\"0x1\",\"type\":\"ap\","
		   "\"addr\":\"02:00:00:00:00:01\",\"ssid_hex\":\"610affe280ae22\","
		   "\"4addr\":true,\"radio_mask\":6,\"tx_power_dbm\":22.53,"
		   "\"links\":[{\"link_id\":0,\"addr\":\"" MAC0 "\",\"freq_mhz\":2484,"
		   "\"channel\":14,\"band\":\"2.4GHz\",\"width_mhz\":20,\"no_ht\":true,"
		   "\"center_freq1_mhz\":2484},"
		   "{\"link_id\":1,\"addr\":\"02:00:00:00:00:11\",\"freq_mhz\":5180,"
		   "\"channel\":36,\"band\":\"5GHz\",\"width_mhz\":160,"
		   "\"center_freq1_mhz\":5210,\"center_freq2_mhz\":5530,"
		   "\"tx_power_dbm\":20.0},"
		   "{\"link_id\":2,\"addr\":\"02:00:00:00:00:12\",\"freq_mhz\":6115,"
		   "\"channel\":33,\"band\":\"6GHz\",\"width_mhz\":320,"
		   "\"center_freq1_mhz\":6265,\"punctured_bitmap\":32771,"
		   "\"punctured_mhz\":[6115,6135,6415],\"tx_power_dbm\":-49.5},"
		   "{\"link_id\":14,\"addr\":\"" ZERO "\",\"ghost\":true}]}]},"
		   "{\"phy\":\"my\\u0009phy\",\"wiphy\":3,\"interfaces\":["
		   "{\"wdev\":\"0x300000001\",\"type\":\"p2p-device\","
		   "\"addr\":\"02:00:00:00:03:01\"},"
		   "{\"ifname_hex\":\"776cff1b22\",\"ifindex\":9,\"wdev\":\"0x300000002\","
		   "\"type\":\"station\",\"addr\":\"02:00:00:00:03:02\","
		   "\"ssid\":\"Caf\xc3\xa9\",\"ssid_hex\":\"436166c3a9\",\"freq_mhz\":922,"
		   "\"freq_offset_khz\":500,\"width_mhz\":1,\"center_freq1_mhz\":922,"
		   "\"tx_power_dbm\":22.5}]}]\n",
		   "", DUMP_WIPHYS DUMP_IFACES);
}

static void dev_of_a_kernel_without_any(void **state)
{
	(void)state;
	k_turn();
	k_done(0);
	k_turn();
	k_done(0);
	assert_run(run("dev"), ST_OK, "", "", DUMP_WIPHYS DUMP_IFACES);
	assert_run(run("-j dev"), ST_OK, "[]\n", "", DUMP_WIPHYS DUMP_IFACES);
}

static void dev_of_many_interfaces(void **state)
{
	const char *p;
	size_t lines = 0;

	(void)state;
	k_turn();
	k_wiphy(NLM_F_MULTI, 0, "phy0");
	k_done(0);
	k_turn();
	for (uint64_t n = 100; n > 0; n--) {
		k_data(NL80211_CMD_NEW_INTERFACE, NLM_F_MULTI);
		k_put_u32(NL80211_ATTR_WIPHY, 0);
		k_put_u32(NL80211_ATTR_IFTYPE, NL80211_IFTYPE_STATION);
		k_put_u64(NL80211_ATTR_WDEV, n);
		k_put_mac(NL80211_ATTR_MAC, MAC0);
	}
	k_done(0);
	p = run("dev")->out;
	for (uint64_t n = 1; n <= 100; n++) {
		char want[80];

		p = strchr(p, '\n') + 1;
		snprintf(want, sizeof(want), "\twdev 0x%llx  type station  addr " MAC0 "\n",
			 (unsigned long long)n);
		assert_int_equal(strncmp(p, want, strlen(want)), 0);
		lines++;
	}
	assert_int_equal(lines, 100);
}

/* A wiphy of many channels does not fit in the short form of the dump. */
static void dev_asks_for_wiphys_in_parts_when_they_do_not_fit(void **state)
{
	(void)state;
	k_turn();
	k_done(EMSGSIZE);
	k_turn();
	k_wiphy(NLM_F_MULTI, 0, "phy0");
	k_wiphy(NLM_F_MULTI, 0, "phy0");
	k_done(0);
	k_turn();
	k_done(0);
	assert_run(run("dev"), ST_OK, "phy0\n", "", DUMP_WIPHYS DUMP_FULL DUMP_IFACES);
}

static void info_and_bare_dev_show_one_interface(void **state)
{
	static const char out[] =
		"phy0\n"
		"\tlo  type station  addr 02:00:00:00:00:01  ifindex 1"
		"  wdev 0x1\n"
		"\t  channel 36 (5GHz)  5180 MHz  width 80 MHz  center 5210 MHz\n";

	(void)state;
	turn_iface(NL80211_IFTYPE_STATION);
	put_channel(5180, NL80211_CHAN_WIDTH_80, 5210);
	turn_wiphy();
	assert_run(run("dev lo"), ST_OK, out, "", GET_LO GET_PHY);
	assert_run(run("dev lo info"), ST_OK, out, "", GET_LO GET_PHY);
	assert_run(run("wdev 0x1 info"), ST_OK, out, "",
		   "get GET_INTERFACE WDEV=0100000000000000\n" GET_PHY);
	assert_run(run("-j dev lo"), ST_OK,
		   "{\"phy\":\"phy0\",\"wiphy\":0,\"ifname\":\"lo\",\"ifindex\":1,"
		   "\"wdev\":\"0x1\",\"type\":\"station\",\"addr\":\"02:00:00:00:00:01\","
		   "\"freq_mhz\":5180,\"channel\":36,\"band\":\"5GHz\",\"width_mhz\":80,"
		   "\"center_freq1_mhz\":5210}\n",
		   "", GET_LO GET_PHY);
}

/* What is known is shown, and what is not is told. */
static void info_without_its_phy(void **state)
{
	static const char json[] =
		"{\"wiphy\":0,\"ifname\":\"lo\",\"ifindex\":1,\"wdev\":\"0x1\",\"type\":\"ap\","
		"\"addr\":\"02:00:00:00:00:01\"}\n";

	(void)state;
	turn_ap();
	turn_nack(EPERM);
	assert_run(run("dev lo"), ST_PARTIAL,
		   "wiphy 0\n\tlo  type ap  addr 02:00:00:00:00:01  ifindex 1  wdev 0x1\n",
		   "iw-mlo: dev lo: the name of the phy is not shown: " REFUSED
		   "EPERM (Operation not permitted); it needs CAP_NET_ADMIN: try as root\n",
		   GET_LO GET_PHY);
	assert_run(run("-j dev lo info"), ST_PARTIAL, json, NULL, GET_LO GET_PHY);
	assert_run(run("-b dev lo info"), ST_PARTIAL, "lo  -  ap  02:00:00:00:00:01  -\n", NULL,
		   GET_LO GET_PHY);
	k_reset();
	turn_ap();
	k_turn();
	k_wiphy(0, 0, "phy0");
	k_put_u8(NL80211_ATTR_WIPHY, 0);
	assert_run(run("-j dev lo info"), ST_PARTIAL, json,
		   INFO_FAILED "the name of the phy is not shown: the kernel sent what cannot be: "
			       "its answer is malformed (-d shows it)\n",
		   GET_LO GET_PHY);
	k_reset();
	turn_ap();
	k_turn();
	k_silence();
	assert_run(run("-t 0.05 dev lo info"), ST_UNMET, "", NULL, GET_LO GET_PHY);
}

static void width_of_an_unknown_number_is_told_as_such(void **state)
{
	(void)state;
	turn_ap();
	put_channel(5180, 77, 5210);
	k_put_u32(NL80211_ATTR_PUNCT_BITMAP, 2);
	assert_run(run("dev lo link"), ST_OK,
		   "lo  type ap  addr 02:00:00:00:00:01  no links\n"
		   "\tnot an MLD  channel 36 (5GHz)  5180 MHz  width type-77  center 5210 MHz"
		   "  punctured 0x0002\n",
		   "", GET_LO);
}

static void offset_of_a_frequency_has_three_digits(void **state)
{
	(void)state;
	turn_ap();
	put_channel(5180, NL80211_CHAN_WIDTH_20, 5180);
	k_put_u32(NL80211_ATTR_WIPHY_FREQ_OFFSET, 50);
	assert_run(run("dev lo link"), ST_OK,
		   "lo  type ap  addr 02:00:00:00:00:01  no links\n"
		   "\tnot an MLD  channel 36 (5GHz)  5180.050 MHz  width 20 MHz"
		   "  center 5180 MHz\n",
		   "", GET_LO);
}

static void what_is_off_is_not_shown(void **state)
{
	(void)state;
	turn_ap();
	k_put_u8(NL80211_ATTR_4ADDR, 0);
	k_put_u32(NL80211_ATTR_VIF_RADIO_MASK, 0);
	turn_wiphy();
	assert_run(run("dev lo"), ST_OK,
		   "phy0\n\tlo  type ap  addr 02:00:00:00:00:01  ifindex 1  wdev 0x1\n", "",
		   GET_LO GET_PHY);
	assert_run(run("-j dev lo"), ST_OK,
		   "{\"phy\":\"phy0\",\"wiphy\":0,\"ifname\":\"lo\",\"ifindex\":1,"
		   "\"wdev\":\"0x1\",\"type\":\"ap\",\"addr\":\"02:00:00:00:00:01\"}\n",
		   "", GET_LO GET_PHY);
}

static void reasons_of_an_earlier_refusal_are_forgotten(void **state)
{
	(void)state;
	k_turn();
	k_done(EMSGSIZE);
	k_ext_text("too long");
	k_ext_missing(NL80211_ATTR_MAC);
	k_turn();
	k_done(ENOLINK);
	assert_run(run("dev"), ST_REFUSED, "",
		   "iw-mlo: dev: refused by the kernel: ENOLINK (Link has been severed)\n",
		   DUMP_WIPHYS DUMP_FULL);
}

static void interface_that_does_not_exist(void **state)
{
	const struct run *r;

	(void)state;
	r = run("dev nosuchdev0 info");
	assert_run(r, ST_REFUSED, "", "iw-mlo: dev nosuchdev0 info: no such interface\n", "");
}

static void netdev_that_is_no_wifi(void **state)
{
	(void)state;
	turn_nack(ENODEV);
	assert_run(run("dev lo info"), ST_REFUSED, "", INFO_FAILED NOT_WIFI, GET_LO);
	assert_run(run("dev lo link show"), ST_REFUSED, "", SHOW_FAILED NOT_WIFI, GET_LO);
	assert_run(run(LINK_ADD), ST_REFUSED, "", ADD_FAILED NOT_WIFI, GET_LO);
	assert_run(run(LINK_DEL), ST_REFUSED, "", DEL_FAILED NOT_WIFI, GET_LO);
	assert_run(run("dev lo set type ap"), ST_REFUSED, "", TYPE_FAILED NOT_WIFI, GET_LO);
	assert_run(run("wdev 7 info"), ST_REFUSED, "",
		   "iw-mlo: wdev 7 info: no such wdev; \"iw-mlo dev\" lists them\n",
		   "get GET_INTERFACE WDEV=0700000000000000\n");
}

static void colours_mark_names_and_ghosts(void **state)
{
	(void)state;
	turn_ap_with_link(3, ZERO);
	assert_run(run("-c always dev lo link"), ST_OK,
		   "\033[1;36mlo\033[0m  type ap  addr 02:00:00:00:00:01\n"
		   "\tlink 3  addr " ZERO "\033[1;31m  " GHOST_TEXT "\033[0m  no channel\n",
		   "", GET_LO);
}

/* ---- phy ---- */

static void turn_full_wiphys(void)
{
	k_turn();
	k_wiphy(NLM_F_MULTI, 12, "phy12");
	k_iftypes(NL80211_ATTR_SUPPORTED_IFTYPES, 1u << 2 | 1u << 3 | 1u << 13);
	k_wiphy(NLM_F_MULTI, 0, "phy0");
	k_datagram();
	k_wiphy(NLM_F_MULTI, 12, "phy12");
	k_put(NL80211_ATTR_MLO_SUPPORT, NULL, 0);
	k_wiphy(NLM_F_MULTI, 12, "phy12");
	k_iftypes(NL80211_ATTR_SOFTWARE_IFTYPES, 1u << 6);
	k_done(0);
}

static void turn_short_wiphys(void)
{
	k_turn();
	k_wiphy(NLM_F_MULTI, 12, "phy12");
	k_wiphy(NLM_F_MULTI, 0, "phy0");
	k_done(0);
}

static void phy_lists_wiphys_sorted_with_all_their_parts(void **state)
{
	(void)state;
	turn_full_wiphys();
	assert_run(run("phy"), ST_OK,
		   "phy0  wiphy 0  mlo no\n"
		   "phy12  wiphy 12  mlo yes  types station, ap, nan-data\n",
		   "", DUMP_FULL DUMP_POLICY);
	assert_run(run("-j phy"), ST_OK,
		   "[{\"phy\":\"phy0\",\"wiphy\":0,\"mlo\":false},"
		   "{\"phy\":\"phy12\",\"wiphy\":12,\"mlo\":true,"
		   "\"types\":[\"station\",\"ap\",\"nan-data\"],"
		   "\"software_types\":[\"monitor\"]}]\n",
		   "", DUMP_FULL DUMP_POLICY);
}

static void one_phy_by_its_name_or_number(void **state)
{
	static const char out[] = "phy12  wiphy 12  mlo yes  types station, ap, nan-data\n";

	(void)state;
	turn_short_wiphys();
	turn_full_wiphys();
	assert_run(run("phy phy12"), ST_OK, out, "", DUMP_WIPHYS DUMP_FULL_12 DUMP_POLICY);
	assert_run(run("phy 12"), ST_OK, out, "", DUMP_WIPHYS DUMP_FULL_12 DUMP_POLICY);
	assert_run(run("-j phy 0"), ST_OK, "{\"phy\":\"phy0\",\"wiphy\":0,\"mlo\":false}\n", "",
		   DUMP_WIPHYS DUMP_FULL_0 DUMP_POLICY);
}

static void phy_that_does_not_exist(void **state)
{
	(void)state;
	turn_short_wiphys();
	assert_run(run("phy phy1"), ST_REFUSED, "",
		   "iw-mlo: phy phy1: no such phy; \"iw-mlo phy\" lists them\n", DUMP_WIPHYS);
	assert_run(run("phy 1"), ST_REFUSED, "",
		   "iw-mlo: phy 1: no such phy; \"iw-mlo phy\" lists them\n", DUMP_WIPHYS);
	k_turn();
	k_done(0);
	assert_run(run("phy 12"), ST_REFUSED, "", "iw-mlo: phy 12: the phy went away\n",
		   DUMP_WIPHYS DUMP_FULL_12);
	k_reset();
	turn_short_wiphys();
	turn_nack(ENODEV);
	assert_run(run("phy 12"), ST_REFUSED, "", NULL, DUMP_WIPHYS DUMP_FULL_12);
}

/* ---- link show ---- */

static void turn_bss(uint32_t status)
{
	k_turn();
	k_data(NL80211_CMD_NEW_SCAN_RESULTS, NLM_F_MULTI);
	k_nest(NL80211_ATTR_BSS);
	k_put_mac(NL80211_BSS_BSSID, MAC0);
	k_put_u32(NL80211_BSS_STATUS, status);
	k_nest_end();
	k_data(NL80211_CMD_NEW_SCAN_RESULTS, NLM_F_MULTI);
	k_nest(NL80211_ATTR_BSS);
	k_put_mac(NL80211_BSS_BSSID, MAC3);
	k_nest_end();
	k_done(0);
}

static void links_of_an_ap_mld(void **state)
{
	(void)state;
	turn_ap_with_link(3, MAC3);
	assert_run(run("dev lo link"), ST_OK,
		   "lo  type ap  addr 02:00:00:00:00:01\n\tlink 3  addr " MAC3 "  no channel\n", "",
		   GET_LO);
	assert_run(run("-j dev lo link show"), ST_OK,
		   "{\"ifname\":\"lo\",\"ifindex\":1,\"wdev\":\"0x1\",\"type\":\"ap\","
		   "\"addr\":\"02:00:00:00:00:01\","
		   "\"links\":[{\"link_id\":3,\"addr\":\"" MAC3 "\"}]}\n",
		   "", GET_LO);
}

static void one_link_of_an_ap_mld(void **state)
{
	(void)state;
	turn_ap();
	k_links_begin();
	k_link(0, MAC0);
	k_link(3, MAC3);
	k_links_end();
	assert_run(run("dev lo link show 3"), ST_OK, "link 3  addr " MAC3 "  no channel\n", "",
		   GET_LO);
	assert_run(run("-j dev lo link show 3"), ST_OK, "{\"link_id\":3,\"addr\":\"" MAC3 "\"}\n",
		   "", GET_LO);
	assert_run(run("dev lo link show 1"), ST_REFUSED, "",
		   SHOW_FAILED "there is no link 1 (links: 0, 3)\n", GET_LO);
}

static void links_of_an_ap_that_is_no_mld(void **state)
{
	(void)state;
	turn_ap();
	put_channel(2412, NL80211_CHAN_WIDTH_20, 2412);
	k_put_u32(NL80211_ATTR_WIPHY_TX_POWER_LEVEL, 2000);
	assert_run(run("dev lo link"), ST_OK,
		   "lo  type ap  addr 02:00:00:00:00:01  no links\n"
		   "\tnot an MLD  channel 1 (2.4GHz)  2412 MHz  width 20 MHz  center 2412 MHz\n",
		   "", GET_LO);
	assert_run(run("-j dev lo link"), ST_OK,
		   "{\"ifname\":\"lo\",\"ifindex\":1,\"wdev\":\"0x1\",\"type\":\"ap\","
		   "\"addr\":\"02:00:00:00:00:01\",\"links\":[{\"addr\":\"02:00:00:00:00:01\","
		   "\"freq_mhz\":2412,\"channel\":1,\"band\":\"2.4GHz\",\"width_mhz\":20,"
		   "\"center_freq1_mhz\":2412,\"tx_power_dbm\":20.0}]}\n",
		   "", GET_LO);
	assert_run(run("dev lo link show 0"), ST_REFUSED, "", SHOW_FAILED "there is no link 0\n",
		   GET_LO);
}

/* No stations, and no survey. */
static void turn_nothing_more(void)
{
	k_turn();
	k_done(0);
	turn_nack(EOPNOTSUPP);
}

static void turn_station_with_link_3(void)
{
	turn_iface(NL80211_IFTYPE_STATION);
	k_links_begin();
	k_link(3, MAC3);
	k_links_end();
}

static void station_with_links_is_connected(void **state)
{
	(void)state;
	turn_station_with_link_3();
	k_turn();
	k_data(NL80211_CMD_NEW_SCAN_RESULTS, NLM_F_MULTI);
	k_nest(NL80211_ATTR_BSS);
	k_put_mac(NL80211_BSS_BSSID, MAC0);
	k_put_u32(NL80211_BSS_STATUS, NL80211_BSS_STATUS_ASSOCIATED);
	k_put_u8(NL80211_BSS_MLO_LINK_ID, 3);
	k_nest_end();
	k_done(0);
	turn_nothing_more();
	k_turn();
	k_done(0);
	turn_station_with_link_3();
	assert_run(run("dev lo link"), ST_OK,
		   "lo  type station  addr 02:00:00:00:00:01  connected\n"
		   "\tlink 3  addr " MAC3 "  no channel\n"
		   "\t\tactivity unknown  bssid " MAC0 "\n",
		   "", GET_IDLE ASK_PEER DUMP_FULL_0 GET_LO);
}

static void station_is_connected_if_a_bss_is(void **state)
{
	(void)state;
	turn_iface(NL80211_IFTYPE_STATION);
	put_channel(5180, NL80211_CHAN_WIDTH_80, 5210);
	turn_bss(NL80211_BSS_STATUS_ASSOCIATED);
	turn_nothing_more();
	turn_iface(NL80211_IFTYPE_STATION);
	put_channel(5180, NL80211_CHAN_WIDTH_80, 5210);
	assert_run(run("dev lo link"), ST_OK,
		   "lo  type station  addr 02:00:00:00:00:01  connected\n"
		   "\tnot an MLD  channel 36 (5GHz)  5180 MHz  width 80 MHz  center 5210 MHz\n"
		   "\t\tactive  bssid " MAC0 "\n",
		   "", GET_IDLE ASK_PEER GET_LO);
	assert_run(run("-j dev lo link"), ST_OK,
		   "{\"ifname\":\"lo\",\"ifindex\":1,\"wdev\":\"0x1\",\"type\":\"station\","
		   "\"addr\":\"02:00:00:00:00:01\",\"state\":\"connected\","
		   "\"links\":[{\"addr\":\"02:00:00:00:00:01\",\"freq_mhz\":5180,"
		   "\"channel\":36,\"band\":\"5GHz\",\"width_mhz\":80,"
		   "\"center_freq1_mhz\":5210,\"bssid\":\"" MAC0 "\","
		   "\"active\":true,\"active_source\":\"channel\"}]}\n",
		   "", GET_IDLE ASK_PEER GET_LO);
}

/* A channel alone says nothing: another interface of the same radio may have set it. */
static void station_that_is_not_connected(void **state)
{
	(void)state;
	turn_iface(NL80211_IFTYPE_STATION);
	put_channel(5180, NL80211_CHAN_WIDTH_80, 5210);
	turn_bss(NL80211_BSS_STATUS_AUTHENTICATED);
	assert_run(run("dev lo link"), ST_OK,
		   "lo  type station  addr 02:00:00:00:00:01  disconnected\n", "",
		   GET_LO DUMP_SCAN);
	assert_run(run("-j dev lo link"), ST_OK,
		   "{\"ifname\":\"lo\",\"ifindex\":1,\"wdev\":\"0x1\",\"type\":\"station\","
		   "\"addr\":\"02:00:00:00:00:01\",\"state\":\"disconnected\",\"links\":[]}\n",
		   "", GET_LO DUMP_SCAN);
}

static void p2p_client_has_a_state_too(void **state)
{
	(void)state;
	turn_iface(NL80211_IFTYPE_P2P_CLIENT);
	turn_bss(NL80211_BSS_STATUS_IBSS_JOINED);
	assert_run(run("dev lo link"), ST_OK,
		   "lo  type p2p-client  addr 02:00:00:00:00:01  disconnected\n", "",
		   GET_LO DUMP_SCAN);
}

/* What the first try of an interrupted dump said does not count. */
static void association_of_an_interrupted_dump_is_forgotten(void **state)
{
	(void)state;
	turn_iface(NL80211_IFTYPE_STATION);
	k_turn();
	k_data(NL80211_CMD_NEW_SCAN_RESULTS, NLM_F_MULTI | NLM_F_DUMP_INTR);
	k_nest(NL80211_ATTR_BSS);
	k_put_u32(NL80211_BSS_STATUS, NL80211_BSS_STATUS_ASSOCIATED);
	k_nest_end();
	k_done(0);
	turn_bss(NL80211_BSS_STATUS_AUTHENTICATED);
	assert_run(run("dev lo link"), ST_OK,
		   "lo  type station  addr 02:00:00:00:00:01  disconnected\n", "",
		   GET_LO DUMP_SCAN DUMP_SCAN);
}

/* ---- link add ---- */

static void add_of_a_link_by_wdev(void **state)
{
	(void)state;
	turn_ap();
	turn_ack();
	turn_ap_with_link(3, MAC3);
	assert_run(run("wdev 0x1 link add 3 addr " MAC3), ST_OK, "", "",
		   "get GET_INTERFACE WDEV=0100000000000000\n"
		   "change ADD_LINK WDEV=0100000000000000 MLO_LINK_ID=3 MAC=020000000003\n"
		   "get GET_INTERFACE WDEV=0100000000000000\n");
}

static void add_next_to_another_link(void **state)
{
	(void)state;
	turn_ap_with_link(0, MAC0);
	put_channel(2412, NL80211_CHAN_WIDTH_20, 2412);
	turn_ack();
	turn_ap();
	k_links_begin();
	k_link(0, MAC0);
	k_link(3, MAC3);
	k_links_end();
	assert_run(run(LINK_ADD), ST_OK, "", "", GET_LO ADD_3 GET_LO);
}

static void add_refuses_a_link_that_is_there(void **state)
{
	(void)state;
	turn_ap_with_link(3, MAC0);
	assert_run(run(LINK_ADD), ST_REFUSED, "",
		   ADD_FAILED "link 3 is there already, with address " MAC0
			      " (\"link del 3\" first)\n",
		   GET_LO);
}

static void add_refuses_a_link_that_is_there_without_an_address(void **state)
{
	(void)state;
	turn_ap_with_link(3, NULL);
	assert_run(run(LINK_ADD), ST_REFUSED, "",
		   ADD_FAILED "link 3 is there already (\"link del 3\" first)\n", GET_LO);
}

static void add_refuses_the_address_of_another_link(void **state)
{
	(void)state;
	turn_ap();
	k_links_begin();
	k_link(0, MAC0);
	k_link(5, MAC3);
	k_links_end();
	assert_run(run(LINK_ADD), ST_REFUSED, "",
		   ADD_FAILED "link 5 has the address " MAC3 " already\n", GET_LO);
}

static void add_refuses_a_ghost(void **state)
{
	(void)state;
	turn_ap_with_link(3, ZERO);
	assert_run(run(LINK_ADD), ST_REFUSED, "",
		   ADD_FAILED "link 3 is a ghost of a link that was torn down: take the "
			      "interface down and up to be rid of it\n",
		   GET_LO);
}

static void add_refuses_to_silence_a_running_ap(void **state)
{
	(void)state;
	turn_ap();
	put_channel(2412, NL80211_CHAN_WIDTH_20, 2412);
	assert_run(run(LINK_ADD), ST_REFUSED, "",
		   ADD_FAILED "an AP without links runs here, and the kernel would silence "
			      "its beacon: stop it first\n",
		   GET_LO);
	k_reset();
	turn_ap();
	k_put(NL80211_ATTR_SSID, "abc", 3);
	assert_run(run(LINK_ADD), ST_REFUSED, "", NULL, GET_LO);
}

static void changes_refuse_another_type(void **state)
{
	(void)state;
	turn_iface(NL80211_IFTYPE_STATION);
	assert_run(run(LINK_ADD), ST_REFUSED, "",
		   ADD_FAILED "the interface is of type station, and only an ap's links can be "
			      "changed (\"set type ap\" first)\n",
		   GET_LO);
	assert_run(run(LINK_DEL), ST_REFUSED, "",
		   DEL_FAILED "the interface is of type station, and only an ap's links can be "
			      "changed (\"set type ap\" first)\n",
		   GET_LO);
}

/* The name of the netdev that has the wdev is the kernel's, and no such netdev is up here. */
static void changes_refuse_a_netdev_that_is_down(void **state)
{
	(void)state;
	k_turn();
	k_data(NL80211_CMD_NEW_INTERFACE, 0);
	k_put_text(NL80211_ATTR_IFNAME, "nosuchdev0");
	k_put_u32(NL80211_ATTR_IFTYPE, NL80211_IFTYPE_AP);
	k_put_u64(NL80211_ATTR_WDEV, 7);
	k_put_u32(NL80211_ATTR_IFINDEX, 99);
	k_put_u32(NL80211_ATTR_WIPHY, 0);
	assert_run(run("wdev 7 link add 3 addr " MAC3), ST_REFUSED, "",
		   "iw-mlo: wdev 7 link add: the interface is down "
		   "(\"ip link set nosuchdev0 up\" first)\n",
		   "get GET_INTERFACE WDEV=0700000000000000\n");
}

static void changes_refuse_lo_when_it_is_down(void **state)
{
	(void)state;
	if (!k_own_network(false))
		skip();
	turn_ap_with_link(3, MAC3);
	assert_run(run("dev lo link add 4 addr " MAC0), ST_REFUSED, "",
		   ADD_FAILED "the interface is down (\"ip link set lo up\" first)\n", GET_LO);
	assert_run(run(LINK_DEL), ST_REFUSED, "",
		   DEL_FAILED "the interface is down (\"ip link set lo up\" first)\n", GET_LO);
}

static void add_that_is_agreed_to_but_not_done(void **state)
{
	(void)state;
	turn_ap();
	turn_ack();
	turn_ap_with_link(2, MAC3);
	assert_run(run(LINK_ADD), ST_REFUSED, "",
		   ADD_FAILED "the kernel agreed, but link 3 is not there\n", GET_LO ADD_3 GET_LO);
}

static void add_that_is_agreed_to_with_another_address(void **state)
{
	(void)state;
	turn_ap();
	turn_ack();
	turn_ap_with_link(3, MAC0);
	assert_run(run(LINK_ADD), ST_REFUSED, "",
		   ADD_FAILED "the kernel agreed, but link 3 has address " MAC0 "\n",
		   GET_LO ADD_3 GET_LO);
	k_reset();
	turn_ap();
	turn_ack();
	turn_ap_with_link(3, NULL);
	assert_run(run(LINK_ADD), ST_REFUSED, "",
		   ADD_FAILED "the kernel agreed, but link 3 has address unknown\n",
		   GET_LO ADD_3 GET_LO);
}

static void add_refused_as_the_driver_has_no_mlo(void **state)
{
	(void)state;
	turn_ap();
	turn_nack(EINVAL);
	k_turn();
	k_wiphy(NLM_F_MULTI, 0, "phy0");
	k_done(0);
	assert_run(run(LINK_ADD), ST_REFUSED, "",
		   ADD_FAILED REFUSED EINVAL_TEXT "; the driver of this phy does not support MLO\n",
		   GET_LO ADD_3 DUMP_FULL_0);
}

static void add_refused_though_the_driver_has_mlo(void **state)
{
	(void)state;
	turn_ap();
	k_turn();
	k_nack(EINVAL, 0);
	k_ext_text("no");
	k_turn();
	k_wiphy(NLM_F_MULTI, 0, "phy0");
	k_put(NL80211_ATTR_MLO_SUPPORT, NULL, 0);
	k_done(0);
	assert_run(run(LINK_ADD), ST_REFUSED, "", ADD_FAILED REFUSED EINVAL_TEXT ": \"no\"\n",
		   GET_LO ADD_3 DUMP_FULL_0);
}

/* Looking for the reason must not replace what was refused. */
static void add_refused_and_its_reason_cannot_be_found(void **state)
{
	(void)state;
	turn_ap();
	k_turn();
	k_nack(EINVAL, 0);
	k_ext_text("no");
	k_turn();
	k_nack(EPERM, 0);
	k_ext_text("something else");
	assert_run(run(LINK_ADD), ST_REFUSED, "", ADD_FAILED REFUSED EINVAL_TEXT ": \"no\"\n",
		   GET_LO ADD_3 DUMP_FULL_0);
}

static void add_refused_as_the_address_is_taken(void **state)
{
	(void)state;
	turn_ap();
	turn_nack(EALREADY);
	assert_run(run(LINK_ADD), ST_REFUSED, "",
		   ADD_FAILED REFUSED "EALREADY (Operation already in progress); "
				      "another link has this address\n",
		   GET_LO ADD_3);
}

static void add_refused_with_a_general_hint(void **state)
{
	(void)state;
	turn_ap();
	turn_nack(ENETDOWN);
	assert_run(run(LINK_ADD), ST_REFUSED, "",
		   ADD_FAILED REFUSED "ENETDOWN (Network is down); the interface is down "
				      "(\"ip link set lo up\" first)\n",
		   GET_LO ADD_3);
	assert_non_null(strstr(run("wdev 0x1 link add 3 addr " MAC3)->err,
			       "ENETDOWN (Network is down); the interface is down\n"));
}

/* ---- link del ---- */

static void del_of_a_link(void **state)
{
	(void)state;
	turn_ap_with_link(3, MAC3);
	turn_ack();
	turn_ap();
	assert_run(run(LINK_DEL), ST_OK, "", "", GET_LO DEL_3 GET_LO);
}

static void del_refuses_a_link_that_is_not_there(void **state)
{
	(void)state;
	turn_ap_with_link(4, MAC3);
	assert_run(run(LINK_DEL), ST_REFUSED, "", DEL_FAILED "there is no link 3 (links: 4)\n",
		   GET_LO);
}

static void del_that_is_agreed_to_but_not_done(void **state)
{
	(void)state;
	turn_ap_with_link(3, MAC3);
	turn_ack();
	turn_ap_with_link(3, MAC3);
	assert_run(run(LINK_DEL), ST_REFUSED, "",
		   DEL_FAILED "the kernel agreed, but link 3 is still there\n",
		   GET_LO DEL_3 GET_LO);
}

static void del_refused_by_the_kernel(void **state)
{
	(void)state;
	turn_ap_with_link(3, MAC3);
	turn_nack(EINVAL);
	assert_run(run(LINK_DEL), ST_REFUSED, "",
		   DEL_FAILED REFUSED EINVAL_TEXT
		   "; somebody else may have removed the link meanwhile\n",
		   GET_LO DEL_3);
}

static void del_whose_answer_is_lost_is_read_back(void **state)
{
	(void)state;
	turn_ap_with_link(3, MAC3);
	k_turn();
	k_receive_error(ENOBUFS);
	turn_ap();
	assert_run(run(LINK_DEL), ST_OK, "", "", GET_LO DEL_3 GET_LO);
}

static void del_in_a_dry_run(void **state)
{
	(void)state;
	turn_ap_with_link(3, MAC3);
	assert_run(run("-n " LINK_DEL), ST_OK,
		   "GET_INTERFACE IFINDEX 1\nREMOVE_LINK IFINDEX 1 MLO_LINK_ID 3\n", "", GET_LO);
}

/* ---- set type ---- */

/* A station that is not connected. */
static void turn_idle_station(void)
{
	turn_iface(NL80211_IFTYPE_STATION);
	turn_bss(NL80211_BSS_STATUS_AUTHENTICATED);
}

static void set_type_is_read_back(void **state)
{
	(void)state;
	turn_idle_station();
	turn_ack();
	turn_ap();
	assert_run(run("dev lo set type ap"), ST_OK, "", "", GET_IDLE SET_TYPE(3) GET_LO);
}

static void set_type_that_is_agreed_to_but_not_done(void **state)
{
	(void)state;
	turn_idle_station();
	turn_ack();
	turn_iface(NL80211_IFTYPE_STATION);
	assert_run(run("dev lo set type ap"), ST_REFUSED, "",
		   TYPE_FAILED "the kernel agreed, but the type is still station\n",
		   GET_IDLE SET_TYPE(3) GET_LO);
}

/* It is neither what it was nor what was asked for: that is no place to stay. */
static void set_type_that_becomes_another_is_undone(void **state)
{
	(void)state;
	turn_idle_station();
	turn_ack();
	turn_iface(NL80211_IFTYPE_MONITOR);
	turn_ack();
	assert_run(run("dev lo set type ap"), ST_REFUSED, "",
		   TYPE_FAILED "the kernel agreed, but the type was monitor; "
			       "it has its old type again\n",
		   GET_IDLE SET_TYPE(3) GET_LO SET_TYPE(2));
}

static void set_type_that_becomes_another_and_cannot_be_undone(void **state)
{
	(void)state;
	turn_idle_station();
	k_turn();
	k_receive_error(ENOBUFS);
	turn_iface(NL80211_IFTYPE_MONITOR);
	turn_nack(EBUSY);
	assert_run(run("dev lo set type ap"), ST_REFUSED, "",
		   TYPE_FAILED "the kernel's answer was lost, and the type was monitor; "
			       "it could not be given its old type again\n",
		   GET_IDLE SET_TYPE(3) GET_LO SET_TYPE(2));
}

static void set_type_in_a_dry_run(void **state)
{
	(void)state;
	turn_idle_station();
	assert_run(run("-n dev lo set type ap"), ST_OK,
		   "GET_INTERFACE IFINDEX 1\n"
		   "GET_SCAN IFINDEX 1 BSS_DUMP_INCLUDE_USE_DATA\n"
		   "SET_INTERFACE IFINDEX 1 IFTYPE 3\n",
		   "", GET_IDLE);
}

static void set_type_refuses_to_end_an_ap(void **state)
{
	static const uint32_t types[] = { NL80211_IFTYPE_AP, NL80211_IFTYPE_P2P_GO };

	(void)state;
	for (size_t n = 0; n < ARRAY_SIZE(types); n++) {
		k_reset();
		turn_iface(types[n]);
		k_links_begin();
		k_link(3, MAC3);
		k_links_end();
		assert_run(run("dev lo set type station"), ST_REFUSED, "",
			   TYPE_FAILED "the AP MLD and its links would end (--force does it)\n",
			   GET_LO);
		assert_run(run("-n dev lo set type station"), ST_REFUSED, "", NULL, GET_LO);
		k_reset();
		turn_iface(types[n]);
		put_channel(2412, NL80211_CHAN_WIDTH_20, 2412);
		assert_run(run("dev lo set type station"), ST_REFUSED, "",
			   TYPE_FAILED "the AP would end (--force does it)\n", GET_LO);
	}
}

static void set_type_refuses_to_end_a_connection(void **state)
{
	static const uint32_t types[] = { NL80211_IFTYPE_STATION, NL80211_IFTYPE_P2P_CLIENT };

	(void)state;
	for (size_t n = 0; n < ARRAY_SIZE(types); n++) {
		k_reset();
		turn_iface(types[n]);
		turn_bss(NL80211_BSS_STATUS_ASSOCIATED);
		assert_run(run("dev lo set type ap"), ST_REFUSED, "",
			   TYPE_FAILED "its connection would end (--force does it)\n", GET_IDLE);
		k_reset();
		turn_iface(types[n]);
		k_links_begin();
		k_link(3, MAC3);
		k_links_end();
		assert_run(run("dev lo set type ap"), ST_REFUSED, "",
			   TYPE_FAILED "its connection would end (--force does it)\n", GET_LO);
	}
}

static void set_type_refuses_to_leave_a_network(void **state)
{
	static const uint32_t types[] = { NL80211_IFTYPE_ADHOC, NL80211_IFTYPE_MESH_POINT };

	(void)state;
	for (size_t n = 0; n < ARRAY_SIZE(types); n++) {
		k_reset();
		turn_iface(types[n]);
		put_channel(2412, NL80211_CHAN_WIDTH_20, 2412);
		assert_run(run("dev lo set type ap"), ST_REFUSED, "",
			   TYPE_FAILED "the network that it is part of would end "
				       "(--force does it)\n",
			   GET_LO);
	}
}

/* Not known is not dead: the question is refused, and nothing is changed. */
static void set_type_of_a_station_that_does_not_tell(void **state)
{
	(void)state;
	turn_iface(NL80211_IFTYPE_STATION);
	turn_nack(EPERM);
	assert_run(run("dev lo set type ap"), ST_REFUSED, "", NULL, GET_IDLE);
}

static void set_type_of_what_ends_nothing_needs_no_force(void **state)
{
	static const uint32_t types[] = { NL80211_IFTYPE_AP, NL80211_IFTYPE_P2P_GO,
					  NL80211_IFTYPE_ADHOC, NL80211_IFTYPE_MONITOR };

	(void)state;
	for (size_t n = 0; n < ARRAY_SIZE(types); n++) {
		k_reset();
		turn_iface(types[n]);
		if (types[n] == NL80211_IFTYPE_MONITOR) /* which listens only */
			put_channel(2412, NL80211_CHAN_WIDTH_20, 2412);
		turn_ack();
		turn_iface(NL80211_IFTYPE_STATION);
		assert_run(run("dev lo set type station"), ST_OK, "", "",
			   GET_LO SET_TYPE(2) GET_LO);
	}
}

static void set_type_to_what_it_is_does_nothing(void **state)
{
	(void)state;
	turn_ap_with_link(3, MAC3);
	assert_run(run("dev lo set type ap"), ST_OK, "", "", GET_LO);
	assert_run(run("dev lo set type --force ap"), ST_OK, "", "", GET_LO);
	assert_run(run("-n dev lo set type ap --force"), ST_OK, "GET_INTERFACE IFINDEX 1\n", "",
		   GET_LO);
}

static void set_type_by_force_in_a_dry_run_lists_the_steps(void **state)
{
	(void)state;
	if (!k_own_network(true))
		skip();
	turn_ap_with_link(3, MAC3);
	assert_run(run("-n dev lo set type station --force"), ST_OK,
		   "GET_INTERFACE IFINDEX 1\n"
		   "SIOCSIFFLAGS lo down\n"
		   "SET_INTERFACE IFINDEX 1 IFTYPE 2\n"
		   "SIOCSIFFLAGS lo up\n",
		   "", GET_LO);
	assert_run(run("-jn dev lo set type station --force"), ST_OK,
		   "[{\"command\":\"GET_INTERFACE\",\"number\":5,\"attributes\":{\"ifindex\":1}},"
		   "{\"command\":\"SIOCSIFFLAGS\",\"ifname\":\"lo\",\"up\":false},"
		   "{\"command\":\"SET_INTERFACE\",\"number\":6,"
		   "\"attributes\":{\"ifindex\":1,\"iftype\":2}},"
		   "{\"command\":\"SIOCSIFFLAGS\",\"ifname\":\"lo\",\"up\":true}]\n",
		   "", GET_LO);
}

static void set_type_by_force_takes_it_down_for_the_change(void **state)
{
	(void)state;
	if (!k_own_network(true))
		skip();
	turn_ap_with_link(3, MAC3);
	turn_ack();
	turn_iface(NL80211_IFTYPE_STATION);
	assert_run(run("dev lo set type station --force"), ST_OK, "", "",
		   GET_LO LO_DOWN SET_TYPE(2) GET_LO LO_UP);
}

static void set_type_by_force_leaves_down_what_was_down(void **state)
{
	(void)state;
	if (!k_own_network(false))
		skip();
	turn_ap_with_link(3, MAC3);
	turn_ack();
	turn_iface(NL80211_IFTYPE_STATION);
	assert_run(run("dev lo set type station --force"), ST_OK, "", "",
		   GET_LO SET_TYPE(2) GET_LO);
}

static void set_type_without_force_leaves_up_what_was_up(void **state)
{
	(void)state;
	if (!k_own_network(true))
		skip();
	turn_idle_station();
	turn_ack();
	turn_ap();
	assert_run(run("dev lo set type ap"), ST_OK, "", "", GET_IDLE SET_TYPE(3) GET_LO);
}

/* Whatever came of it, it is up again, and the first reason is the one that is told. */
static void set_type_by_force_that_is_refused_comes_up_again(void **state)
{
	(void)state;
	if (!k_own_network(true))
		skip();
	turn_ap_with_link(3, MAC3);
	turn_nack(EOPNOTSUPP);
	turn_wiphy();
	assert_run(run("dev lo set type ocb --force"), ST_REFUSED, "",
		   TYPE_FAILED REFUSED EUNSUPP_TEXT SUPPORTED,
		   GET_LO LO_DOWN SET_TYPE(11) GET_PHY LO_UP);
}

static void set_type_by_force_that_becomes_another_comes_up_again(void **state)
{
	(void)state;
	if (!k_own_network(true))
		skip();
	turn_ap_with_link(3, MAC3);
	turn_ack();
	turn_iface(NL80211_IFTYPE_MONITOR);
	turn_ack();
	assert_run(run("dev lo set type station --force"), ST_REFUSED, "",
		   TYPE_FAILED "the kernel agreed, but the type was monitor; "
			       "it has its old type again\n",
		   GET_LO LO_DOWN SET_TYPE(2) GET_LO SET_TYPE(3) LO_UP);
}

static void set_type_that_leaves_ghosts_is_told(void **state)
{
	(void)state;
	turn_ap();
	turn_ack();
	turn_iface(NL80211_IFTYPE_STATION);
	k_links_begin();
	k_link(3, ZERO);
	k_links_end();
	assert_run(run("dev lo set type station"), ST_REFUSED, "",
		   TYPE_FAILED "ghosts of its links are left: take the interface down and up\n",
		   GET_LO SET_TYPE(2) GET_LO);
}

static void set_type_of_an_interface_without_a_netdev(void **state)
{
	(void)state;
	k_turn();
	k_data(NL80211_CMD_NEW_INTERFACE, 0);
	k_put_u32(NL80211_ATTR_IFTYPE, NL80211_IFTYPE_P2P_DEVICE);
	k_put_u64(NL80211_ATTR_WDEV, 7);
	k_put_u32(NL80211_ATTR_WIPHY, 0);
	assert_run(run("wdev 7 set type ap"), ST_REFUSED, "",
		   "iw-mlo: wdev 7 set type: an interface without a netdev keeps its type\n",
		   "get GET_INTERFACE WDEV=0700000000000000\n");
	assert_run(run("wdev 7 set type ap --force"), ST_REFUSED, "", NULL,
		   "get GET_INTERFACE WDEV=0700000000000000\n");
}

static void set_type_unsupported_lists_what_is(void **state)
{
	static const int errors[] = { EOPNOTSUPP, ERANGE };

	(void)state;
	for (size_t n = 0; n < ARRAY_SIZE(errors); n++) {
		k_reset();
		turn_idle_station();
		turn_nack(errors[n]);
		turn_wiphy();
		assert_run(run("dev lo set type ocb"), ST_REFUSED, "",
			   n ? TYPE_FAILED REFUSED
				   "ERANGE (Numerical result out of range)" SUPPORTED
			     : TYPE_FAILED REFUSED EUNSUPP_TEXT SUPPORTED,
			   GET_IDLE SET_TYPE(11) GET_PHY);
	}
}

static void set_type_unsupported_keeps_the_kernels_reason(void **state)
{
	(void)state;
	turn_idle_station();
	k_turn();
	k_nack(EOPNOTSUPP, 0);
	k_ext_text("no");
	k_ext_offset_of(NL80211_ATTR_IFTYPE);
	turn_wiphy();
	assert_run(run("dev lo set type ocb"), ST_REFUSED, "",
		   TYPE_FAILED REFUSED EUNSUPP_TEXT ": \"no\", attribute IFTYPE" SUPPORTED,
		   GET_IDLE SET_TYPE(11) GET_PHY);
}

static void set_type_unsupported_and_the_wiphy_says_nothing(void **state)
{
	(void)state;
	turn_idle_station();
	turn_nack(EOPNOTSUPP);
	turn_nack(ENODEV);
	assert_run(run("dev lo set type ocb"), ST_REFUSED, "",
		   TYPE_FAILED REFUSED EUNSUPP_TEXT "; this kernel or driver cannot do it\n",
		   GET_IDLE SET_TYPE(11) GET_PHY);
}

static void set_type_that_is_only_created(void **state)
{
	(void)state;
	turn_idle_station();
	turn_nack(EOPNOTSUPP);
	assert_run(run("dev lo set type p2p-device"), ST_REFUSED, "",
		   TYPE_FAILED REFUSED EUNSUPP_TEXT
		   "; an interface is created as a p2p-device, it cannot become one\n",
		   GET_IDLE SET_TYPE(10));
}

static void set_type_that_the_driver_wants_down(void **state)
{
	(void)state;
	turn_idle_station();
	turn_nack(EBUSY);
	assert_run(run("dev lo set type ap"), ST_REFUSED, "",
		   TYPE_FAILED REFUSED "EBUSY (Device or resource busy); the driver wants it down "
				       "(\"ip link set lo down\" first, or --force)\n",
		   GET_IDLE SET_TYPE(3));
}

static void set_type_that_is_busy_though_it_is_down(void **state)
{
	(void)state;
	if (!k_own_network(false))
		skip();
	turn_idle_station();
	turn_nack(EBUSY);
	assert_run(run("dev lo set type ap"), ST_REFUSED, "",
		   TYPE_FAILED REFUSED "EBUSY (Device or resource busy)\n", GET_IDLE SET_TYPE(3));
}

static void set_type_whose_answer_is_lost_is_read_back(void **state)
{
	(void)state;
	turn_idle_station();
	k_turn();
	k_receive_error(ENOBUFS);
	turn_ap();
	assert_run(run("dev lo set type ap"), ST_OK, "", "", GET_IDLE SET_TYPE(3) GET_LO);
}

/* ---- interface add ---- */

#define ADD_IF	      "phy 0 interface add x0 type ap"
#define ADD_IF_FAILED "iw-mlo: phy 0 interface add: "
#define NEW_IF	      "change NEW_INTERFACE WIPHY=0 IFNAME=783000 IFTYPE=3"
#define DEL_7	      "change DEL_INTERFACE WDEV=0700000000000000\n"

static void turn_phy0(void)
{
	k_turn();
	k_wiphy(NLM_F_MULTI, 0, "phy0");
	k_done(0);
}

/* The kernel's answer to NEW_INTERFACE is the interface, then the acknowledgement. */
static void turn_new_iface(uint32_t type, const char *mac)
{
	k_turn();
	k_data(NL80211_CMD_NEW_INTERFACE, 0);
	k_put_u32(NL80211_ATTR_IFINDEX, 9);
	k_put_text(NL80211_ATTR_IFNAME, "x0");
	k_put_u32(NL80211_ATTR_WIPHY, 0);
	k_put_u32(NL80211_ATTR_IFTYPE, type);
	k_put_u64(NL80211_ATTR_WDEV, 7);
	k_put_mac(NL80211_ATTR_MAC, mac);
	k_ack();
}

static void interface_add_shows_what_was_made(void **state)
{
	(void)state;
	turn_phy0();
	turn_new_iface(NL80211_IFTYPE_AP, MAC0);
	turn_wiphy();
	assert_run(run(ADD_IF), ST_OK, "phy0\n\tx0  type ap  addr " MAC0 "  ifindex 9  wdev 0x7\n",
		   "", DUMP_WIPHYS NEW_IF "\n" GET_PHY);
	assert_run(run("-j " ADD_IF), ST_OK,
		   "{\"phy\":\"phy0\",\"wiphy\":0,\"ifname\":\"x0\",\"ifindex\":9,"
		   "\"wdev\":\"0x7\",\"type\":\"ap\",\"addr\":\"" MAC0 "\"}\n",
		   "", DUMP_WIPHYS NEW_IF "\n" GET_PHY);
}

static void interface_add_with_an_address_looks_who_has_it(void **state)
{
	(void)state;
	turn_phy0();
	k_turn();
	k_iface(NLM_F_MULTI, NL80211_IFTYPE_STATION);
	k_done(0);
	turn_new_iface(NL80211_IFTYPE_AP, MAC0);
	turn_wiphy();
	assert_run(run(ADD_IF " addr " MAC0), ST_OK,
		   "phy0\n\tx0  type ap  addr " MAC0 "  ifindex 9  wdev 0x7\n", "",
		   DUMP_WIPHYS DUMP_IFACES NEW_IF " MAC=020000000010\n" GET_PHY);
}

static void interface_add_refuses_a_name_that_is_taken(void **state)
{
	(void)state;
	assert_run(run("phy 0 interface add lo type ap"), ST_REFUSED, "",
		   ADD_IF_FAILED "there is an interface of this name already\n", "");
}

static void interface_add_refuses_an_address_that_is_taken(void **state)
{
	(void)state;
	turn_phy0();
	k_turn();
	k_iface(NLM_F_MULTI, NL80211_IFTYPE_STATION);
	k_done(0);
	assert_run(run(ADD_IF " addr 02:00:00:00:00:01"), ST_REFUSED, "",
		   ADD_IF_FAILED
		   "interface lo (wdev 0x1) has the address 02:00:00:00:00:01 already\n",
		   DUMP_WIPHYS DUMP_IFACES);
	k_reset();
	turn_phy0();
	k_turn();
	k_data(NL80211_CMD_NEW_INTERFACE, NLM_F_MULTI);
	k_put_u32(NL80211_ATTR_WIPHY, 3);
	k_put_u32(NL80211_ATTR_IFTYPE, NL80211_IFTYPE_P2P_DEVICE);
	k_put_u64(NL80211_ATTR_WDEV, 0x300000001);
	k_put_mac(NL80211_ATTR_MAC, MAC3);
	k_done(0);
	assert_run(run(ADD_IF " addr " MAC3), ST_REFUSED, "",
		   ADD_IF_FAILED "an interface (wdev 0x300000001) has the address " MAC3
				 " already\n",
		   DUMP_WIPHYS DUMP_IFACES);
}

static void interface_add_on_a_phy_that_is_not_there(void **state)
{
	(void)state;
	turn_phy0();
	assert_run(run("phy 7 interface add x0 type ap"), ST_REFUSED, "",
		   "iw-mlo: phy 7 interface add: no such phy; \"iw-mlo phy\" lists them\n",
		   DUMP_WIPHYS);
}

/* What is not what was asked for does not stay. */
static void interface_add_of_another_type_is_undone(void **state)
{
	(void)state;
	turn_phy0();
	turn_new_iface(NL80211_IFTYPE_MONITOR, MAC0);
	turn_ack();
	assert_run(run(ADD_IF), ST_REFUSED, "",
		   ADD_IF_FAILED "the kernel made a monitor instead; it was removed again\n",
		   DUMP_WIPHYS NEW_IF "\n" DEL_7);
}

static void interface_add_of_another_address_is_undone(void **state)
{
	(void)state;
	turn_phy0();
	k_turn();
	k_done(0);
	turn_new_iface(NL80211_IFTYPE_AP, MAC0);
	turn_ack();
	assert_run(run(ADD_IF " addr " MAC3), ST_REFUSED, "",
		   ADD_IF_FAILED "the kernel gave it the address " MAC0
				 " instead; it was removed again\n",
		   DUMP_WIPHYS DUMP_IFACES NEW_IF " MAC=020000000003\n" DEL_7);
}

static void interface_add_that_cannot_be_undone_names_what_is_left(void **state)
{
	(void)state;
	turn_phy0();
	turn_new_iface(NL80211_IFTYPE_MONITOR, MAC0);
	turn_nack(EOPNOTSUPP);
	assert_run(run(ADD_IF), ST_REFUSED, "",
		   ADD_IF_FAILED "the kernel made another than was asked for, and refused to "
				 "remove wdev 0x7 again\n",
		   DUMP_WIPHYS NEW_IF "\n" DEL_7);
}

static void interface_add_that_is_unsupported_lists_what_is(void **state)
{
	(void)state;
	turn_phy0();
	turn_nack(EOPNOTSUPP);
	turn_wiphy();
	assert_run(run(ADD_IF), ST_REFUSED, "", ADD_IF_FAILED REFUSED EUNSUPP_TEXT SUPPORTED,
		   DUMP_WIPHYS NEW_IF "\n" GET_PHY);
	k_reset();
	turn_phy0();
	turn_nack(EPERM);
	assert_run(run(ADD_IF), ST_REFUSED, "",
		   ADD_IF_FAILED REFUSED
		   "EPERM (Operation not permitted); it needs CAP_NET_ADMIN: try as root\n",
		   DUMP_WIPHYS NEW_IF "\n");
}

static void interface_add_whose_answer_is_lost(void **state)
{
	(void)state;
	turn_phy0();
	k_turn();
	k_receive_error(ENOBUFS);
	assert_run(run(ADD_IF), ST_PARTIAL, "", NULL, DUMP_WIPHYS NEW_IF "\n");
}

static void interface_add_in_a_dry_run(void **state)
{
	(void)state;
	turn_phy0();
	assert_run(run("-n " ADD_IF), ST_OK,
		   "GET_WIPHY\nNEW_INTERFACE WIPHY 0 IFNAME \"x0\" IFTYPE 3\n", "", DUMP_WIPHYS);
}

/* ---- del ---- */

#define DEL_LO	      "change DEL_INTERFACE IFINDEX=1\n"
#define DEL_IF_FAILED "iw-mlo: dev lo del: "

static void turn_other_iface(void)
{
	k_turn();
	k_iface(NLM_F_MULTI, NL80211_IFTYPE_AP);
	k_put_u64(NL80211_ATTR_WDEV, 2);
	k_done(0);
}

static void turn_the_same_iface(void)
{
	k_turn();
	k_iface(NLM_F_MULTI, NL80211_IFTYPE_AP);
	k_done(0);
}

static void interface_del_reads_back_that_it_is_gone(void **state)
{
	(void)state;
	turn_ap();
	turn_ack();
	turn_other_iface();
	assert_run(run("dev lo del"), ST_OK, "", "", GET_LO DEL_LO DUMP_IFACES);
	assert_run(run("wdev 1 del"), ST_OK, "", "",
		   "get GET_INTERFACE WDEV=0100000000000000\n"
		   "change DEL_INTERFACE WDEV=0100000000000000\n" DUMP_IFACES);
}

static void interface_del_that_is_agreed_to_but_not_done(void **state)
{
	(void)state;
	turn_ap();
	turn_ack();
	turn_the_same_iface();
	assert_run(run("dev lo del"), ST_REFUSED, "",
		   DEL_IF_FAILED "the kernel agreed, but it is still there\n",
		   GET_LO DEL_LO DUMP_IFACES);
}

static void interface_del_whose_answer_is_lost_is_read_back(void **state)
{
	(void)state;
	turn_ap();
	k_turn();
	k_receive_error(ENOBUFS);
	turn_other_iface();
	assert_run(run("dev lo del"), ST_OK, "", "", GET_LO DEL_LO DUMP_IFACES);
	k_reset();
	turn_ap();
	k_turn();
	k_receive_error(ENOBUFS);
	turn_the_same_iface();
	assert_run(run("dev lo del"), ST_REFUSED, "",
		   DEL_IF_FAILED "the kernel's answer was lost, and it is still there\n",
		   GET_LO DEL_LO DUMP_IFACES);
}

static void interface_del_that_the_driver_cannot(void **state)
{
	(void)state;
	turn_ap();
	turn_nack(EOPNOTSUPP);
	assert_run(run("dev lo del"), ST_REFUSED, "",
		   DEL_IF_FAILED REFUSED EUNSUPP_TEXT
		   "; the driver does not let interfaces be removed\n",
		   GET_LO DEL_LO);
}

static void interface_del_of_what_is_not_there(void **state)
{
	(void)state;
	turn_nack(ENODEV);
	assert_run(run("dev lo del"), ST_REFUSED, "", DEL_IF_FAILED NOT_WIFI, GET_LO);
	k_reset();
	assert_run(run("dev nosuchdev0 del"), ST_REFUSED, "",
		   "iw-mlo: dev nosuchdev0 del: no such interface\n", "");
}

static void interface_del_in_a_dry_run(void **state)
{
	(void)state;
	turn_ap();
	assert_run(run("-n dev lo del"), ST_OK,
		   "GET_INTERFACE IFINDEX 1\nDEL_INTERFACE IFINDEX 1\n", "", GET_LO);
}

/* ---- caps ---- */

static void turn_wiphy_with_combinations(void)
{
	k_turn();
	k_wiphy(NLM_F_MULTI, 0, "phy0");
	k_iftypes(NL80211_ATTR_SUPPORTED_IFTYPES, 1u << 2 | 1u << 3);
	k_iftypes(NL80211_ATTR_SOFTWARE_IFTYPES, 1u << 6);
	k_put(NL80211_ATTR_EXT_FEATURES, "\0\0\0\0\0\0\x80", 7);
	k_put(NL80211_ATTR_MLO_SUPPORT, NULL, 0);
	k_nest(NL80211_ATTR_VENDOR_EVENTS);
	k_put(1, &(uint32_t[]){ INTEL_OUI, INTEL_CMD_ROAMING_FORBIDDEN_EVENT }, 8);
	k_nest_end();
	k_nest(NL80211_ATTR_INTERFACE_COMBINATIONS);
	k_nest(1);
	k_nest(NL80211_IFACE_COMB_LIMITS);
	k_nest(1);
	k_put_u32(NL80211_IFACE_LIMIT_MAX, 2048);
	k_iftypes(NL80211_IFACE_LIMIT_TYPES, 1u << 2 | 1u << 3);
	k_nest_end();
	k_nest(2);
	k_put_u32(NL80211_IFACE_LIMIT_MAX, 1);
	k_iftypes(NL80211_IFACE_LIMIT_TYPES, 1u << 10);
	k_nest_end();
	k_nest_end();
	k_put_u32(NL80211_IFACE_COMB_MAXNUM, 2049);
	k_put_u32(NL80211_IFACE_COMB_NUM_CHANNELS, 1);
	k_nest_end();
	k_nest(2);
	k_put_u32(NL80211_IFACE_COMB_NUM_CHANNELS, 3);
	k_nest_end();
	k_nest_end();
	k_done(0);
}

static void caps_of_a_phy(void **state)
{
	(void)state;
	turn_phy0();
	turn_wiphy_with_combinations();
	assert_run(run("phy 0 caps"), ST_OK,
		   "phy0  wiphy 0  mlo yes  types station, ap\n"
		   "\tdialect links: ADD_LINK yes, last attribute 333, iftypes up to 14, "
		   "attribute 299 is no nest\n"
		   "\tsoftware types monitor\n"
		   "\text feature 55 (secure-ltf)\n"
		   "\tcsme roaming-events\n"
		   "\tcombination 2048 of {station, ap}, 1 of {p2p-device}; 2049 in all on 1 "
		   "channel\n"
		   "\tcombination on 3 channels\n",
		   "", DUMP_WIPHYS DUMP_POLICY DUMP_FULL_0);
	assert_run(run("-j phy 0 caps"), ST_OK,
		   "{\"phy\":\"phy0\",\"wiphy\":0,\"mlo\":true,\"types\":[\"station\",\"ap\"],"
		   "\"software_types\":[\"monitor\"],\"dialect\":\"links\",\"evidence\":{"
		   "\"add_link\":true,\"maxattr\":333,\"iftype_max\":14,"
		   "\"link_info_is_nest\":false},\"ext_feature_secure_ltf\":true,"
		   "\"csme\":{\"connection_info\":false,\"get_ownership\":false,"
		   "\"roaming_events\":true},\"bands\":[],\"iftype_capabilities\":[],"
		   "\"combinations\":[{\"limits\":["
		   "{\"max\":2048,\"types\":[\"station\",\"ap\"]},"
		   "{\"max\":1,\"types\":[\"p2p-device\"]}],\"total\":2049,\"channels\":1},"
		   "{\"limits\":[],\"channels\":3}]}\n",
		   "", DUMP_WIPHYS DUMP_POLICY DUMP_FULL_0);
}

static void caps_of_a_phy_that_goes_away(void **state)
{
	(void)state;
	turn_phy0();
	k_turn();
	k_done(0);
	assert_run(run("phy 0 caps"), ST_REFUSED, "", "iw-mlo: phy 0 caps: the phy went away\n",
		   DUMP_WIPHYS DUMP_POLICY DUMP_FULL_0);
	k_reset();
	turn_phy0();
	assert_run(run("phy 9 caps"), ST_REFUSED, "",
		   "iw-mlo: phy 9 caps: no such phy; \"iw-mlo phy\" lists them\n", DUMP_WIPHYS);
}

#define T(f) cmocka_unit_test_setup(f, setup)

static const struct CMUnitTest tests[] = {
	T(dev_lists_everything_sorted),
	T(dev_lists_everything_in_json),
	T(dev_of_a_kernel_without_any),
	T(dev_of_many_interfaces),
	T(dev_asks_for_wiphys_in_parts_when_they_do_not_fit),
	T(info_and_bare_dev_show_one_interface),
	T(info_without_its_phy),
	T(width_of_an_unknown_number_is_told_as_such),
	T(offset_of_a_frequency_has_three_digits),
	T(what_is_off_is_not_shown),
	T(reasons_of_an_earlier_refusal_are_forgotten),
	T(interface_that_does_not_exist),
	T(netdev_that_is_no_wifi),
	T(colours_mark_names_and_ghosts),
	T(phy_lists_wiphys_sorted_with_all_their_parts),
	T(one_phy_by_its_name_or_number),
	T(phy_that_does_not_exist),
	T(links_of_an_ap_mld),
	T(one_link_of_an_ap_mld),
	T(links_of_an_ap_that_is_no_mld),
	T(station_with_links_is_connected),
	T(station_is_connected_if_a_bss_is),
	T(station_that_is_not_connected),
	T(p2p_client_has_a_state_too),
	T(association_of_an_interrupted_dump_is_forgotten),
	T(add_of_a_link_by_wdev),
	T(add_next_to_another_link),
	T(add_refuses_a_link_that_is_there),
	T(add_refuses_a_link_that_is_there_without_an_address),
	T(add_refuses_the_address_of_another_link),
	T(add_refuses_a_ghost),
	T(add_refuses_to_silence_a_running_ap),
	T(changes_refuse_another_type),
	T(changes_refuse_a_netdev_that_is_down),
	T(changes_refuse_lo_when_it_is_down),
	T(add_that_is_agreed_to_but_not_done),
	T(add_that_is_agreed_to_with_another_address),
	T(add_refused_as_the_driver_has_no_mlo),
	T(add_refused_though_the_driver_has_mlo),
	T(add_refused_and_its_reason_cannot_be_found),
	T(add_refused_as_the_address_is_taken),
	T(add_refused_with_a_general_hint),
	T(del_of_a_link),
	T(del_refuses_a_link_that_is_not_there),
	T(del_that_is_agreed_to_but_not_done),
	T(del_refused_by_the_kernel),
	T(del_whose_answer_is_lost_is_read_back),
	T(del_in_a_dry_run),
	T(set_type_is_read_back),
	T(set_type_that_is_agreed_to_but_not_done),
	T(set_type_that_becomes_another_is_undone),
	T(set_type_that_becomes_another_and_cannot_be_undone),
	T(set_type_in_a_dry_run),
	T(set_type_refuses_to_end_an_ap),
	T(set_type_refuses_to_end_a_connection),
	T(set_type_refuses_to_leave_a_network),
	T(set_type_of_a_station_that_does_not_tell),
	T(set_type_of_what_ends_nothing_needs_no_force),
	T(set_type_to_what_it_is_does_nothing),
	T(set_type_by_force_in_a_dry_run_lists_the_steps),
	T(set_type_by_force_takes_it_down_for_the_change),
	T(set_type_by_force_leaves_down_what_was_down),
	T(set_type_without_force_leaves_up_what_was_up),
	T(set_type_by_force_that_is_refused_comes_up_again),
	T(set_type_by_force_that_becomes_another_comes_up_again),
	T(set_type_that_leaves_ghosts_is_told),
	T(set_type_of_an_interface_without_a_netdev),
	T(set_type_unsupported_lists_what_is),
	T(set_type_unsupported_keeps_the_kernels_reason),
	T(set_type_unsupported_and_the_wiphy_says_nothing),
	T(set_type_that_is_only_created),
	T(set_type_that_the_driver_wants_down),
	T(set_type_that_is_busy_though_it_is_down),
	T(set_type_whose_answer_is_lost_is_read_back),
	T(interface_add_shows_what_was_made),
	T(interface_add_with_an_address_looks_who_has_it),
	T(interface_add_refuses_a_name_that_is_taken),
	T(interface_add_refuses_an_address_that_is_taken),
	T(interface_add_on_a_phy_that_is_not_there),
	T(interface_add_of_another_type_is_undone),
	T(interface_add_of_another_address_is_undone),
	T(interface_add_that_cannot_be_undone_names_what_is_left),
	T(interface_add_that_is_unsupported_lists_what_is),
	T(interface_add_whose_answer_is_lost),
	T(interface_add_in_a_dry_run),
	T(interface_del_reads_back_that_it_is_gone),
	T(interface_del_that_is_agreed_to_but_not_done),
	T(interface_del_whose_answer_is_lost_is_read_back),
	T(interface_del_that_the_driver_cannot),
	T(interface_del_of_what_is_not_there),
	T(interface_del_in_a_dry_run),
	T(caps_of_a_phy),
	T(caps_of_a_phy_that_goes_away),
};

int main(void)
{
	return cmocka_run_group_tests(tests, NULL, NULL);
}
