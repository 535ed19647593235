/* SPDX-License-Identifier: ISC */
/* event: what is said of everything that happens, which of it is shown, and what of a loss. */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/socket.h>

#include "fake-kernel.h"

#define AP	 "02:00:00:00:00:aa"
#define OTHER_IF 99 /* an ifindex that nothing has here */

#define LISTEN "listen config mlme vendor scan regulatory\n"
#define LOOK   "dump GET_WIPHY\ndump GET_INTERFACE\n"
#define SENT   "dump policy 6\n" LISTEN LOOK

/* One wiphy, phy0, with lo on it, a station. */
static void turn_look(void)
{
	k_turn();
	k_wiphy(NLM_F_MULTI, 0, "phy0");
	k_done(0);
	k_turn();
	k_iface(NLM_F_MULTI, NL80211_IFTYPE_STATION);
	k_done(0);
}

static int setup(void **state)
{
	(void)state;
	k_reset();
	turn_look();
	return 0;
}

/* What one event of nl80211 is in text, and in JSON. */
#define assert_event(text, json) check_event(text, json, __FILE__, __LINE__)
static void check_event(const char *text, const char *json, const char *file, int line)
{
	k_assert_run(run("-t 0.1 event"), ST_OK, text, "", SENT, file, line);
	k_assert_run(run("-j -t 0.1 event"), ST_OK, json, "", SENT, file, line);
}

static void put_frame(const char *hex)
{
	uint8_t bytes[256];
	size_t n = 0;
	unsigned int v;

	for (; sscanf(hex + 2 * n, "%2x", &v) == 1; n++)
		bytes[n] = (uint8_t)v;
	k_put(NL80211_ATTR_FRAME, bytes, n);
}

/* Of a frame from the AP to the station: frame control, then the addresses. */
#define FROM_AP(fc)       \
	fc "000000"       \
	   "020000000001" \
	   "0200000000aa" \
	   "0200000000aa" \
	   "0000"
#define TO_AP(fc)         \
	fc "000000"       \
	   "0200000000aa" \
	   "020000000001" \
	   "0200000000aa" \
	   "0000"

/* ---- interfaces and phys ---- */

static void put_new_interface(void)
{
	k_event(NL80211_CMD_NEW_INTERFACE);
	k_put_u32(NL80211_ATTR_WIPHY, 0);
	k_put_u32(NL80211_ATTR_IFINDEX, OTHER_IF);
	k_put_text(NL80211_ATTR_IFNAME, "a\n\"b");
	k_put_u32(NL80211_ATTR_IFTYPE, 13);
	k_put_u64(NL80211_ATTR_WDEV, 0x10);
	k_put_mac(NL80211_ATTR_MAC, "02:00:00:00:00:10");
}

static void put_del_interface(void)
{
	k_event(NL80211_CMD_DEL_INTERFACE);
	k_put_u32(NL80211_ATTR_WIPHY, 0);
	k_put_u32(NL80211_ATTR_IFTYPE, NL80211_IFTYPE_P2P_DEVICE);
	k_put_u64(NL80211_ATTR_WDEV, 0x11);
}

static void put_set_interface(void)
{
	k_event(NL80211_CMD_SET_INTERFACE);
	k_put_u32(NL80211_ATTR_WIPHY, 0);
	k_put_u32(NL80211_ATTR_IFINDEX, K_LO);
	k_put_text(NL80211_ATTR_IFNAME, "lo");
	k_put_u32(NL80211_ATTR_IFTYPE, NL80211_IFTYPE_AP);
	k_put_u64(NL80211_ATTR_WDEV, 1);
	k_links_begin();
	k_link(3, "02:00:00:00:00:03");
	k_links_end();
}

#define TEXT_DEL "wdev 0x11  del_interface  type p2p-device  wdev 0x11\n"
#define JSON_DEL                                                     \
	"\"event\":\"del_interface\",\"wiphy\":0,\"wdev\":\"0x11\"," \
	"\"type\":\"p2p-device\"}\n"

static void interfaces(void **state)
{
	(void)state;
	put_new_interface();
	put_del_interface();
	put_set_interface();
	assert_event("a\\x0a\\x22b  new_interface  type nan-data  addr 02:00:00:00:00:10"
		     "  wdev 0x10\n" TEXT_DEL "lo  set_interface  type ap  wdev 0x1\n"
		     "\tlink 3  addr 02:00:00:00:00:03  no channel\n",
		     "{\"seq\":1,\"event\":\"new_interface\",\"wiphy\":0,"
		     "\"ifname\":\"a\\u000a\\\"b\",\"ifindex\":99,\"wdev\":\"0x10\","
		     "\"type\":\"nan-data\",\"addr\":\"02:00:00:00:00:10\"}\n"
		     "{\"seq\":2," JSON_DEL
		     "{\"seq\":3,\"event\":\"set_interface\",\"wiphy\":0,\"ifname\":\"lo\","
		     "\"ifindex\":1,\"wdev\":\"0x1\",\"type\":\"ap\",\"links\":["
		     "{\"link_id\":3,\"addr\":\"02:00:00:00:00:03\"}]}\n");
}

static void phys(void **state)
{
	(void)state;
	k_event(NL80211_CMD_NEW_WIPHY);
	k_put_u32(NL80211_ATTR_WIPHY, 4);
	k_put_text(NL80211_ATTR_WIPHY_NAME, "p\x1b");
	k_put_mac(NL80211_ATTR_MAC, AP); /* what it can do is not told here */
	k_event(NL80211_CMD_DEL_WIPHY);
	k_put_u32(NL80211_ATTR_WIPHY, 4);
	assert_event("p\\x1b  new_wiphy  wiphy 4\nwiphy 4  del_wiphy  wiphy 4\n",
		     "{\"seq\":1,\"event\":\"new_wiphy\",\"phy\":\"p\\u001b\",\"wiphy\":4}\n"
		     "{\"seq\":2,\"event\":\"del_wiphy\",\"wiphy\":4}\n");
}

/* ---- connections ---- */

static void put_link(uint8_t id, const char *bssid, const char *addr, uint16_t status)
{
	k_nest(id + 1);
	k_put_u8(NL80211_ATTR_MLO_LINK_ID, id);
	k_put_mac(NL80211_ATTR_BSSID, bssid);
	k_put_mac(NL80211_ATTR_MAC, addr);
	k_put_u16(NL80211_ATTR_STATUS_CODE, status);
	k_nest_end();
}

static void put_connect(uint32_t ifindex, uint16_t status)
{
	k_event_about(NL80211_CMD_CONNECT, ifindex);
	k_put_mac(NL80211_ATTR_MAC, AP);
	k_put_u16(NL80211_ATTR_STATUS_CODE, status);
}

#define LO "\"ifname\":\"lo\",\"ifindex\":1,\"wiphy\":0"

static void connections(void **state)
{
	(void)state;
	put_connect(K_LO, 0);
	k_links_begin();
	put_link(1, "02:00:00:00:01:01", "02:00:00:00:00:01", 0);
	k_links_end();
	put_connect(K_LO, 1);
	k_put(NL80211_ATTR_TIMED_OUT, NULL, 0);
	k_put_u32(NL80211_ATTR_TIMEOUT_REASON, NL80211_TIMEOUT_AUTH);
	k_event_about(NL80211_CMD_ROAM, OTHER_IF);
	k_put_mac(NL80211_ATTR_MAC, AP);
	k_event_about(NL80211_CMD_DISCONNECT, K_LO);
	k_put_u16(NL80211_ATTR_REASON_CODE, 65000);
	k_put(NL80211_ATTR_DISCONNECTED_BY_AP, NULL, 0);
	k_event_about(NL80211_CMD_DISCONNECT, K_LO);
	k_put_u16(NL80211_ATTR_REASON_CODE, 4);
	assert_event("lo  connect  ap-mld " AP "  status 0 (success)\n"
		     "\tlink 1  bssid 02:00:00:00:01:01  addr 02:00:00:00:00:01"
		     "  status 0 (success)\n"
		     "lo  connect  bssid " AP "  timed out (authentication)\n"
		     "ifindex 99  roam  bssid " AP "\n"
		     "lo  disconnect  reason 65000  by the AP\n"
		     "lo  disconnect  reason 4 (inactivity)\n",
		     "{\"seq\":1,\"event\":\"connect\"," LO ",\"ap_mld_addr\":\"" AP
		     "\",\"status_code\":0,\"status\":\"success\",\"links\":[{\"link_id\":1,"
		     "\"bssid\":\"02:00:00:00:01:01\",\"addr\":\"02:00:00:00:00:01\","
		     "\"status_code\":0,\"status\":\"success\"}]}\n"
		     "{\"seq\":2,\"event\":\"connect\"," LO ",\"bssid\":\"" AP
		     "\",\"timed_out\":true,\"timed_out_in\":\"authentication\","
		     "\"status_code\":1,\"status\":\"unspecified failure\"}\n"
		     "{\"seq\":3,\"event\":\"roam\",\"ifindex\":99,\"wiphy\":0,\"bssid\":\"" AP
		     "\"}\n"
		     "{\"seq\":4,\"event\":\"disconnect\"," LO ",\"reason_code\":65000,"
		     "\"by_ap\":true}\n"
		     "{\"seq\":5,\"event\":\"disconnect\"," LO ",\"reason_code\":4,"
		     "\"reason\":\"inactivity\"}\n");
}

/* Status and reason are in the frame. */
static void steps_of_a_connection(void **state)
{
	(void)state;
	k_event_about(NL80211_CMD_AUTHENTICATE, K_LO);
	put_frame(FROM_AP("b0") "0000"
				"0200"
				"1e00");
	k_event_about(NL80211_CMD_ASSOCIATE, K_LO);
	put_frame(FROM_AP("10") "3104"
				"1100"
				"01c0");
	k_event_about(NL80211_CMD_DEAUTHENTICATE, K_LO);
	put_frame(FROM_AP("c0") "0400");
	k_put(NL80211_ATTR_RECONNECT_REQUESTED, NULL, 0);
	k_event_about(NL80211_CMD_DISASSOCIATE, K_LO);
	put_frame(TO_AP("a0") "0300");
	k_event_about(NL80211_CMD_AUTHENTICATE, K_LO);
	k_put_mac(NL80211_ATTR_MAC, AP);
	k_put(NL80211_ATTR_TIMED_OUT, NULL, 0);
	assert_event("lo  authenticate  ap " AP "  status 30 (refused for now, try again later)\n"
		     "lo  associate  ap " AP "  status 17 (the AP takes no more stations)\n"
		     "lo  deauthenticate  ap " AP "  reason 4 (inactivity)  by the AP"
		     "  with the wish to reconnect\n"
		     "lo  disassociate  ap " AP "  reason 3 (the station leaves)\n"
		     "lo  authenticate  ap " AP "  timed out\n",
		     "{\"seq\":1,\"event\":\"authenticate\"," LO ",\"ap_addr\":\"" AP
		     "\",\"status_code\":30,\"status\":\"refused for now, try again later\"}\n"
		     "{\"seq\":2,\"event\":\"associate\"," LO ",\"ap_addr\":\"" AP
		     "\",\"status_code\":17,\"status\":\"the AP takes no more stations\"}\n"
		     "{\"seq\":3,\"event\":\"deauthenticate\"," LO ",\"ap_addr\":\"" AP
		     "\",\"reason_code\":4,\"reason\":\"inactivity\",\"by_ap\":true,"
		     "\"reconnect\":true}\n"
		     "{\"seq\":4,\"event\":\"disassociate\"," LO ",\"ap_addr\":\"" AP
		     "\",\"reason_code\":3,\"reason\":\"the station leaves\"}\n"
		     "{\"seq\":5,\"event\":\"authenticate\"," LO ",\"ap_addr\":\"" AP
		     "\",\"timed_out\":true}\n");
}

/* From the air: the event is told all the same. */
static void frames_that_are_malformed(void **state)
{
	static const struct {
		uint8_t cmd;
		const char *frame;
	} cases[] = {
		{ NL80211_CMD_AUTHENTICATE, FROM_AP("b0") "000002001e" },
		{ NL80211_CMD_AUTHENTICATE, FROM_AP("c0") "000002001e00" },
		{ NL80211_CMD_ASSOCIATE, FROM_AP("10") "310411" },
		{ NL80211_CMD_ASSOCIATE, FROM_AP("00") "31041100" },
		{ NL80211_CMD_DEAUTHENTICATE, FROM_AP("c0") "04" },
		{ NL80211_CMD_DEAUTHENTICATE, FROM_AP("b0") "0400" },
		{ NL80211_CMD_DEAUTHENTICATE, "c000" },
		{ NL80211_CMD_ASSOC_MLO_RECONF, FROM_AP("d0") "250c01" },
		{ NL80211_CMD_ASSOC_MLO_RECONF, FROM_AP("d0") "250c0102"
							      "000000"
							      "0100" },
		{ NL80211_CMD_ASSOC_MLO_RECONF, FROM_AP("d0") "250c0102"
							      "010000"
							      "010000" },
		{ NL80211_CMD_ASSOC_MLO_RECONF, FROM_AP("d0") "250c0101"
							      "0f0000" },
		{ NL80211_CMD_ASSOC_MLO_RECONF, FROM_AP("d0") "250d0101"
							      "010000" },
		{ NL80211_CMD_ASSOC_MLO_RECONF, FROM_AP("d0") "240c0101"
							      "010000" },
		{ NL80211_CMD_ASSOC_MLO_RECONF, FROM_AP("c0") "250c0101"
							      "010000" },
	};

	(void)state;
	for (size_t n = 0; n < ARRAY_SIZE(cases); n++) {
		const struct run *r;

		setup(NULL);
		k_event_about(cases[n].cmd, K_LO);
		put_frame(cases[n].frame);
		r = run("-t 0.1 event");
		assert_run(r, ST_OK, NULL, "", SENT);
		if (!strstr(r->out, "with a frame that is malformed"))
			fail_msg("case %zu: %s", n, r->out);
	}
}

static void links_that_come_and_go(void **state)
{
	(void)state;
	k_event_about(NL80211_CMD_LINKS_REMOVED, K_LO);
	k_links_begin();
	k_link_begin(2, NULL);
	k_nest_end();
	k_link_begin(0, NULL);
	k_nest_end();
	k_links_end();
	k_event_about(NL80211_CMD_ASSOC_MLO_RECONF, K_LO);
	put_frame(FROM_AP("d0") "250c0702"
				"010000"
				"f27600"
				"00");
	k_event_about(NL80211_CMD_ASSOC_MLO_RECONF, K_LO);
	k_put(NL80211_ATTR_FRAME, NULL, 0);
	assert_event("lo  links_removed\n\tlink 0\n\tlink 2\n"
		     "lo  assoc_mlo_reconf\n\tlink 1  status 0 (success)\n\tlink 2  status 118\n"
		     "lo  assoc_mlo_reconf  no response\n",
		     "{\"seq\":1,\"event\":\"links_removed\"," LO ",\"links\":[{\"link_id\":0},"
		     "{\"link_id\":2}]}\n"
		     "{\"seq\":2,\"event\":\"assoc_mlo_reconf\"," LO ",\"links\":["
		     "{\"link_id\":1,\"status_code\":0,\"status\":\"success\"},"
		     "{\"link_id\":2,\"status_code\":118}]}\n"
		     "{\"seq\":3,\"event\":\"assoc_mlo_reconf\"," LO ",\"response\":false}\n");
}

static void epcs_and_tids(void **state)
{
	static const uint16_t down[8] = { 1, 1, 3, 0, 1, 1, 1, 0x4001 }, up[8] = { 2 };

	(void)state;
	k_event(NL80211_CMD_EPCS_CFG);
	k_put(NL80211_ATTR_EPCS, NULL, 0);
	k_event(NL80211_CMD_EPCS_CFG);
	k_event_about(NL80211_CMD_SET_TID_TO_LINK_MAPPING, K_LO);
	k_put(NL80211_ATTR_MLO_TTLM_DLINK, down, sizeof(down));
	assert_event("-  epcs_cfg  on\n-  epcs_cfg  off\nlo  set_tid_to_link_mapping\n"
		     "\ttid 0  down on links 0\n\ttid 1  down on links 0\n"
		     "\ttid 2  down on links 0,1\n\ttid 3  down on links none\n"
		     "\ttid 4  down on links 0\n\ttid 5  down on links 0\n"
		     "\ttid 6  down on links 0\n\ttid 7  down on links 0,14\n",
		     "{\"seq\":1,\"event\":\"epcs_cfg\",\"epcs\":true}\n"
		     "{\"seq\":2,\"event\":\"epcs_cfg\",\"epcs\":false}\n"
		     "{\"seq\":3,\"event\":\"set_tid_to_link_mapping\"," LO ",\"tids\":["
		     "{\"tid\":0,\"down\":[0]},{\"tid\":1,\"down\":[0]},"
		     "{\"tid\":2,\"down\":[0,1]},{\"tid\":3,\"down\":[]},"
		     "{\"tid\":4,\"down\":[0]},{\"tid\":5,\"down\":[0]},"
		     "{\"tid\":6,\"down\":[0]},{\"tid\":7,\"down\":[0,14]}]}\n");
	k_put(NL80211_ATTR_MLO_TTLM_ULINK, up, sizeof(up));
	assert_non_null(strstr(run("-j -t 0.1 event")->out,
			       "{\"tid\":0,\"down\":[0],\"up\":[1]},{\"tid\":1,\"down\":[0],"
			       "\"up\":[]}"));
	k_put(NL80211_ATTR_MLO_TTLM_ULINK, up, sizeof(up) - 2);
	assert_non_null(strstr(run("-t 0.1 event")->err, "set_tid_to_link_mapping is malformed"));
}

/* ---- access points ---- */

static void access_points(void **state)
{
	(void)state;
	k_event_about(NL80211_CMD_START_AP, K_LO);
	k_put_u64(NL80211_ATTR_WDEV, 1);
	k_put(NL80211_ATTR_SSID, "a\xff", 2);
	k_put_u8(NL80211_ATTR_MLO_LINK_ID, 1);
	k_event_about(NL80211_CMD_STOP_AP, K_LO);
	k_put_u64(NL80211_ATTR_WDEV, 1);
	k_put_u8(NL80211_ATTR_MLO_LINK_ID, 1);
	k_event(NL80211_CMD_NEW_STATION);
	k_put_u32(NL80211_ATTR_IFINDEX, K_LO);
	k_put_mac(NL80211_ATTR_MAC, AP);
	k_put_u8(NL80211_ATTR_MLO_LINK_ID, 2);
	k_put_mac(NL80211_ATTR_MLD_ADDR, "02:00:00:00:00:bb");
	k_event(NL80211_CMD_DEL_STATION);
	k_put_u32(NL80211_ATTR_IFINDEX, K_LO);
	k_put_mac(NL80211_ATTR_MAC, AP);
	assert_event("lo  start_ap  link 1  ssid \"a\\xff\"\nlo  stop_ap  link 1\n"
		     "lo  new_station  link 2  station " AP "  mld 02:00:00:00:00:bb\n"
		     "lo  del_station  station " AP "\n",
		     "{\"seq\":1,\"event\":\"start_ap\",\"ifname\":\"lo\",\"ifindex\":1,"
		     "\"wdev\":\"0x1\",\"wiphy\":0,\"link_id\":1,\"ssid_hex\":\"61ff\"}\n"
		     "{\"seq\":2,\"event\":\"stop_ap\",\"ifname\":\"lo\",\"ifindex\":1,"
		     "\"wdev\":\"0x1\",\"wiphy\":0,\"link_id\":1}\n"
		     "{\"seq\":3,\"event\":\"new_station\",\"ifname\":\"lo\",\"ifindex\":1,"
		     "\"link_id\":2,\"station\":\"" AP "\",\"mld_addr\":\"02:00:00:00:00:bb\"}\n"
		     "{\"seq\":4,\"event\":\"del_station\",\"ifname\":\"lo\",\"ifindex\":1,"
		     "\"station\":\"" AP "\"}\n");
}

static void put_channel(void)
{
	k_put_u32(NL80211_ATTR_WIPHY_FREQ, 5180);
	k_put_u32(NL80211_ATTR_CHANNEL_WIDTH, NL80211_CHAN_WIDTH_80);
	k_put_u32(NL80211_ATTR_CENTER_FREQ1, 5210);
}

#define TEXT_CHANNEL "  channel 36 (5GHz)  5180 MHz  width 80 MHz  center 5210 MHz"
#define JSON_CHANNEL                                          \
	"\"freq_mhz\":5180,\"channel\":36,\"band\":\"5GHz\"," \
	"\"width_mhz\":80,\"center_freq1_mhz\":5210"

static void channels_and_colours(void **state)
{
	(void)state;
	k_event(NL80211_CMD_CH_SWITCH_STARTED_NOTIFY);
	k_put_u32(NL80211_ATTR_IFINDEX, K_LO);
	k_put_u8(NL80211_ATTR_MLO_LINK_ID, 1);
	put_channel();
	k_put_u32(NL80211_ATTR_CH_SWITCH_COUNT, 5);
	k_put(NL80211_ATTR_CH_SWITCH_BLOCK_TX, NULL, 0);
	k_event(NL80211_CMD_CH_SWITCH_NOTIFY);
	k_put_u32(NL80211_ATTR_IFINDEX, K_LO);
	put_channel();
	k_event(NL80211_CMD_COLOR_CHANGE_STARTED);
	k_put_u32(NL80211_ATTR_IFINDEX, K_LO);
	k_put_u8(NL80211_ATTR_MLO_LINK_ID, 0);
	k_put_u32(NL80211_ATTR_COLOR_CHANGE_COUNT, 10);
	k_event(NL80211_CMD_OBSS_COLOR_COLLISION);
	k_put_u32(NL80211_ATTR_IFINDEX, K_LO);
	k_put_u64(NL80211_ATTR_OBSS_COLOR_BITMAP, 0x8000000000000001);
	assert_event("lo  ch_switch_started_notify  link 1" TEXT_CHANNEL
		     "  in 5 beacons  silent until then\n"
		     "lo  ch_switch_notify" TEXT_CHANNEL "\n"
		     "lo  color_change_started  link 0  in 10 beacons\n"
		     "lo  obss_color_collision  colours 0x8000000000000001\n",
		     "{\"seq\":1,\"event\":\"ch_switch_started_notify\",\"ifname\":\"lo\","
		     "\"ifindex\":1,\"link_id\":1," JSON_CHANNEL ",\"beacons_left\":5,"
		     "\"quiet\":true}\n"
		     "{\"seq\":2,\"event\":\"ch_switch_notify\",\"ifname\":\"lo\","
		     "\"ifindex\":1," JSON_CHANNEL "}\n"
		     "{\"seq\":3,\"event\":\"color_change_started\",\"ifname\":\"lo\","
		     "\"ifindex\":1,\"link_id\":0,\"beacons_left\":10}\n"
		     "{\"seq\":4,\"event\":\"obss_color_collision\",\"ifname\":\"lo\","
		     "\"ifindex\":1,\"colors\":\"0x8000000000000001\"}\n");
}

static void radar(void **state)
{
	(void)state;
	k_event(NL80211_CMD_RADAR_DETECT);
	k_put_u32(NL80211_ATTR_WIPHY, 0);
	k_put(NL80211_ATTR_RADAR_BACKGROUND, NULL, 0);
	k_put_u32(NL80211_ATTR_RADAR_EVENT, NL80211_RADAR_CAC_STARTED);
	put_channel();
	k_event(NL80211_CMD_RADAR_DETECT);
	k_put_u32(NL80211_ATTR_WIPHY, 9);
	k_put_u32(NL80211_ATTR_RADAR_EVENT, 77);
	assert_event("wiphy 0  radar_detect  cac_started  in the background" TEXT_CHANNEL "\n"
		     "wiphy 9  radar_detect  77\n",
		     "{\"seq\":1,\"event\":\"radar_detect\",\"wiphy\":0,\"radar\":\"cac_started\","
		     "\"background\":true," JSON_CHANNEL "}\n"
		     "{\"seq\":2,\"event\":\"radar_detect\",\"wiphy\":9,\"radar\":\"77\"}\n");
}

/* ---- scans, the regulatory domain, vendors, and the rest ---- */

static void scans(void **state)
{
	(void)state;
	k_event_about(NL80211_CMD_TRIGGER_SCAN, K_LO);
	k_nest(NL80211_ATTR_SCAN_SSIDS);
	k_put(0, "", 0);
	k_put(1, "net", 3);
	k_nest_end();
	k_nest(NL80211_ATTR_SCAN_FREQUENCIES);
	k_put_u32(0, 2412);
	k_put_u32(1, 5180);
	k_nest_end();
	k_event_about(NL80211_CMD_NEW_SCAN_RESULTS, K_LO);
	k_nest(NL80211_ATTR_SCAN_FREQ_KHZ);
	k_put_u32(0, 5955000);
	k_nest_end();
	k_event_about(NL80211_CMD_SCAN_ABORTED, K_LO);
	k_nest(NL80211_ATTR_SCAN_FREQUENCIES);
	k_nest_end();
	assert_event("lo  trigger_scan  ssid \"\"  \"net\"  freq 2412 5180\n"
		     "lo  new_scan_results  freq 5955\nlo  scan_aborted\n",
		     "{\"seq\":1,\"event\":\"trigger_scan\"," LO ",\"ssids\":[{\"ssid\":\"\","
		     "\"ssid_hex\":\"\"},{\"ssid\":\"net\",\"ssid_hex\":\"6e6574\"}],"
		     "\"freqs_mhz\":[2412,5180]}\n"
		     "{\"seq\":2,\"event\":\"new_scan_results\"," LO ",\"freqs_mhz\":[5955]}\n"
		     "{\"seq\":3,\"event\":\"scan_aborted\"," LO ",\"freqs_mhz\":[]}\n");
}

/* More than fit are left out, and nothing else is overwritten. */
static void scan_of_too_much(void **state)
{
	const struct run *r;

	(void)state;
	k_event_about(NL80211_CMD_TRIGGER_SCAN, K_LO);
	k_nest(NL80211_ATTR_SCAN_SSIDS);
	for (uint16_t n = 0; n < 40; n++)
		k_put(n, "x", 1);
	k_nest_end();
	k_nest(NL80211_ATTR_SCAN_FREQUENCIES);
	for (uint16_t n = 0; n < 300; n++)
		k_put_u32(n, 1000u + n);
	k_nest_end();
	r = run("-t 0.1 event");
	assert_run(r, ST_OK, NULL, "", SENT);
	assert_non_null(strstr(r->out, " 1127\n"));
	setup(NULL);
	k_event_about(NL80211_CMD_TRIGGER_SCAN, K_LO);
	k_nest(NL80211_ATTR_SCAN_SSIDS);
	k_put(0, "0123456789012345678901234567890123", 33);
	k_nest_end();
	assert_non_null(strstr(run("-t 0.1 event")->err, "trigger_scan is malformed"));
}

static void regulatory_changes(void **state)
{
	(void)state;
	k_event(NL80211_CMD_REG_CHANGE);
	k_put_u8(NL80211_ATTR_REG_INITIATOR, NL80211_REGDOM_SET_BY_USER);
	k_put_u8(NL80211_ATTR_REG_TYPE, NL80211_REGDOM_TYPE_COUNTRY);
	k_put_text(NL80211_ATTR_REG_ALPHA2, "DE");
	k_event(NL80211_CMD_WIPHY_REG_CHANGE);
	k_put_u8(NL80211_ATTR_REG_INITIATOR, 9);
	k_put_u8(NL80211_ATTR_REG_TYPE, NL80211_REGDOM_TYPE_INTERSECTION);
	k_put_u32(NL80211_ATTR_WIPHY, 0);
	k_put(NL80211_ATTR_WIPHY_SELF_MANAGED_REG, NULL, 0);
	assert_event("-  reg_change  country \"DE\"  by user\n"
		     "wiphy 0  wiphy_reg_change  intersection  by 9"
		     "  managed by the driver itself\n",
		     "{\"seq\":1,\"event\":\"reg_change\",\"country\":\"DE\","
		     "\"reg_type\":\"country\",\"initiator\":\"user\"}\n"
		     "{\"seq\":2,\"event\":\"wiphy_reg_change\",\"wiphy\":0,"
		     "\"reg_type\":\"intersection\",\"initiator\":\"9\",\"self_managed\":true}\n");
}

static void put_vendor(uint32_t vendor, uint32_t subcmd)
{
	k_event_about(NL80211_CMD_VENDOR, K_LO);
	k_put_u32(NL80211_ATTR_VENDOR_ID, vendor);
	k_put_u32(NL80211_ATTR_VENDOR_SUBCMD, subcmd);
}

static void vendors(void **state)
{
	(void)state;
	put_vendor(INTEL_OUI, INTEL_CMD_ROAMING_FORBIDDEN_EVENT);
	k_nest(NL80211_ATTR_VENDOR_DATA);
	k_put_mac(INTEL_ATTR_VIF_ADDR, AP);
	k_put_u8(INTEL_ATTR_ROAMING_FORBIDDEN, 1);
	k_nest_end();
	put_vendor(0x001374, 1);
	k_put(NL80211_ATTR_VENDOR_DATA, "\x01\xff", 2);
	assert_event("lo  vendor  0x001735 0x32  roaming forbidden  addr " AP "\n"
		     "lo  vendor  0x001374 0x1  01ff\n",
		     "{\"seq\":1,\"event\":\"vendor\"," LO ",\"vendor_id\":\"0x1735\","
		     "\"subcmd\":\"0x32\",\"roaming_forbidden\":true,\"addr\":\"" AP "\"}\n"
		     "{\"seq\":2,\"event\":\"vendor\"," LO ",\"vendor_id\":\"0x1374\","
		     "\"subcmd\":\"0x1\",\"data_hex\":\"01ff\"}\n");
}

static void whatever_else(void **state)
{
	(void)state;
	k_event_about(250, K_LO);
	k_event(NL80211_CMD_FRAME_TX_STATUS);
	k_put_u32(NL80211_ATTR_WIPHY, 0);
	k_put_u64(NL80211_ATTR_WDEV, 0x77);
	k_put_u64(NL80211_ATTR_COOKIE, 0x1234);
	k_put(NL80211_ATTR_ACK, NULL, 0);
	k_put(NL80211_ATTR_FRAME, "\xd0", 1);
	k_event_about(NL80211_CMD_FRAME, K_LO);
	put_frame(TO_AP("40"));
	k_event_about(NL80211_CMD_FRAME, K_LO);
	k_put(NL80211_ATTR_FRAME, "\x08", 1);
	k_event_about(NL80211_CMD_FRAME, K_LO);
	k_put(NL80211_ATTR_FRAME, "", 0);
	assert_event("lo  command-250\n"
		     "wdev 0x77  frame_tx_status  action  acknowledged\n"
		     "lo  frame  probe_request  from 02:00:00:00:00:01  to 02:00:00:00:00:aa\n"
		     "lo  frame  with a frame that is malformed\n"
		     "lo  frame  with a frame that is malformed\n",
		     "{\"seq\":1,\"event\":\"command-250\"," LO "}\n"
		     "{\"seq\":2,\"event\":\"frame_tx_status\",\"wdev\":\"0x77\",\"wiphy\":0,"
		     "\"frame_type\":\"action\",\"frame_hex\":\"d0\","
		     "\"acknowledged\":true,\"cookie\":\"0x1234\"}\n"
		     "{\"seq\":3,\"event\":\"frame\"," LO ",\"frame_type\":\"probe_request\","
		     "\"from_addr\":\"02:00:00:00:00:01\",\"to_addr\":\"" AP "\","
		     "\"frame_hex\":\"400000000200000000aa02000000000102000000"
		     "00aa0000\"}\n"
		     "{\"seq\":4,\"event\":\"frame\"," LO
		     ",\"frame_hex\":\"08\",\"malformed_frame\":true}\n"
		     "{\"seq\":5,\"event\":\"frame\"," LO ",\"malformed_frame\":true}\n");
}

static void in_the_dialect_of_the_kernel(void **state)
{
	(void)state;
	k_rfc();
	put_new_interface();
	put_connect(K_LO, 0);
	k_nest(RFC_ATTR_MLO_LINK_INFO);
	k_nest(1);
	k_put_u64(NL80211_ATTR_WDEV, 7);
	k_nest_end();
	k_nest_end();
	k_links_begin(); /* the RFC has no such attribute */
	put_link(1, "02:00:00:00:01:01", "02:00:00:00:00:01", 0);
	k_links_end();
	assert_run(run("-t 0.1 event"), ST_OK,
		   "a\\x0a\\x22b  new_interface  type mlo-link-device  addr 02:00:00:00:00:10"
		   "  wdev 0x10\n"
		   "lo  connect  bssid " AP "  status 0 (success)\n"
		   "\tlink wdev 0x7  bssid -\n",
		   "", SENT);
}

/* The name of an interface that is gone by now is what it was. */
static void names_of_what_is_gone(void **state)
{
	(void)state;
	put_new_interface();
	k_event_about(NL80211_CMD_DISCONNECT, OTHER_IF);
	k_event(NL80211_CMD_DEL_INTERFACE);
	k_put_u32(NL80211_ATTR_WIPHY, 0);
	k_put_u32(NL80211_ATTR_IFINDEX, OTHER_IF);
	k_put_u64(NL80211_ATTR_WDEV, 0x10);
	k_event_about(NL80211_CMD_DISCONNECT, OTHER_IF);
	assert_run(run("-t 0.1 event disconnect"), ST_OK,
		   "a\\x0a\\x22b  disconnect\nifindex 99  disconnect\n", "", SENT);
}

/* ---- which are shown ---- */

static void put_some(void)
{
	put_connect(K_LO, 0);
	k_links_begin();
	put_link(1, AP, AP, 0);
	put_link(4, AP, AP, 0);
	k_links_end();
	k_event_about(NL80211_CMD_DISCONNECT, OTHER_IF);
	k_event(NL80211_CMD_EPCS_CFG);
	k_event(NL80211_CMD_CH_SWITCH_NOTIFY);
	k_put_u32(NL80211_ATTR_IFINDEX, K_LO);
	k_put_u8(NL80211_ATTR_MLO_LINK_ID, 4);
	put_set_interface();
	k_event(NL80211_CMD_NEW_WIPHY);
	k_put_u32(NL80211_ATTR_WIPHY, 3);
	k_put_text(NL80211_ATTR_WIPHY_NAME, "phy3");
	k_event(NL80211_CMD_TRIGGER_SCAN);
	k_put_u32(NL80211_ATTR_WIPHY, 3);
	k_put_u64(NL80211_ATTR_WDEV, 0x300000001);
}

/* The names of the events that pass, with a space after each. */
static const char *passing(const char *filter)
{
	static char names[500];
	char line[200];
	const struct run *r;

	snprintf(line, sizeof(line), "-j -t 0.1 event %s", filter);
	r = run(line);
	assert_run(r, ST_OK, NULL, "", SENT);
	*names = '\0';
	for (const char *p = r->out; (p = strstr(p, "\"event\":\"")); p++)
		snprintf(names + strlen(names), sizeof(names) - strlen(names), "%.*s ",
			 (int)strcspn(p + 9, "\""), p + 9);
	return names;
}

static void filters(void **state)
{
	(void)state;
	put_some();
	assert_string_equal(passing(""), "connect disconnect epcs_cfg ch_switch_notify "
					 "set_interface new_wiphy trigger_scan ");
	assert_string_equal(passing("dev lo"), "connect epcs_cfg ch_switch_notify set_interface ");
	assert_string_equal(passing("dev nope"), "epcs_cfg ");
	assert_string_equal(passing("phy phy0"),
			    "connect disconnect epcs_cfg ch_switch_notify set_interface ");
	assert_string_equal(passing("phy 0"),
			    "connect disconnect epcs_cfg ch_switch_notify set_interface ");
	assert_string_equal(passing("phy phy3"), "epcs_cfg new_wiphy trigger_scan ");
	assert_string_equal(passing("phy 3"), "epcs_cfg new_wiphy trigger_scan ");
	assert_string_equal(passing("link 4"), "connect ch_switch_notify ");
	assert_string_equal(passing("link 3"), "set_interface ");
	assert_string_equal(passing("link 1 link 3"), "connect set_interface ");
	assert_string_equal(passing("connect new_wiphy"), "connect new_wiphy ");
	assert_string_equal(passing("connect dev lo disconnect"), "connect ");
	assert_string_equal(passing("command-250 phy 0 epcs_cfg"), "epcs_cfg ");
	assert_string_equal(passing("--count 2"), "connect disconnect ");
	assert_string_equal(passing("--count 1 set_interface"), "set_interface ");
}

static void wrong_words(void **state)
{
	static const char *const cases[][2] = {
		{ "event frobnicate", "\"frobnicate\": not an event" },
		{ "event connect GAP", "\"GAP\": not an event" },
		{ "event command-0", "\"command-0\": not an event" },
		{ "event command-46", "\"command-46\": not an event" },
		{ "event --time sometimes", "\"sometimes\": not a clock" },
		{ "event --count 0", "\"0\": not a number" },
		{ "event link 15", "\"15\": not a link id" },
		{ "event link 1 link 1", "link 1 is given twice" },
		{ "event -r a -w b", "exclude each other" },
		{ "event --time mono -r a", "does not have the time" },
		{ "event rfkill -r a", "no events of rfkill" },
		{ "event dev a dev b", "\"dev\": given twice" },
		{ "event --timeout 0", "\"0\": not a time" },
	};

	(void)state;
	for (size_t n = 0; n < ARRAY_SIZE(cases); n++) {
		const struct run *r = run(cases[n][0]);

		if (r->status != ST_USAGE || *r->out || !strstr(r->err, cases[n][1]) || r->opened)
			fail_msg("%s: %d, %s", cases[n][0], r->status, r->err);
	}
}

static void times(void **state)
{
	unsigned int year, month;
	long long us, after;
	const struct run *r;
	double delta;

	(void)state;
	put_del_interface();
	put_del_interface();
	r = run("-t 0.1 event -t");
	assert_int_equal(sscanf(r->out, "%u-%u-", &year, &month), 2);
	assert_true(year >= 2024 && month <= 12);
	assert_non_null(strstr(r->out, "Z  wdev 0x11"));
	r = run("-j -t 0.1 event --time wall");
	assert_int_equal(sscanf(r->out, "{\"seq\":1,\"time_us\":%lld,", &us), 1);
	assert_true(us > 1700000000000000);
	r = run("-j -t 0.1 event --time mono");
	assert_int_equal(sscanf(r->out, "{\"seq\":1,\"monotonic_us\":%lld,", &us), 1);
	after = now_us();
	assert_true(us <= after && us > after - 5000000);
	r = run("-j -t 0.1 event --time delta");
	assert_int_equal(sscanf(r->out, "{\"seq\":1,\"delta_us\":%lld,", &us), 1);
	assert_int_equal(us, 0);
	r = run("-t 0.1 event --time delta");
	assert_int_equal(sscanf(strchr(r->out, '\n') + 1, "%lf  wdev", &delta), 1);
	assert_true(delta >= 0 && delta < 1);
}

/* ---- losses ---- */

static void turn_look_otherwise(void)
{
	k_turn();
	k_wiphy(NLM_F_MULTI, 1, "phy1");
	k_done(0);
	k_turn();
	k_iface(NLM_F_MULTI, NL80211_IFTYPE_STATION);
	k_put_u32(NL80211_ATTR_WIPHY, 1);
	k_done(0);
}

/* The loss is told before those that came before it; what comes after them is after the gap. */
static void loss_is_told_where_it_was(void **state)
{
	(void)state;
	k_events();
	k_receive_error(ENOBUFS);
	put_del_interface();
	put_connect(K_LO, 0);
	k_events();
	k_lost(7);
	put_del_interface();
	turn_look();
	assert_run(run("-t 0.1 event"), ST_OK,
		   TEXT_DEL "lo  connect  bssid " AP "  status 0 (success)\n"
			    "-  gap: 7 events were lost here\n"
			    "-  snapshot: 1 interfaces on 1 phys were read again\n" TEXT_DEL,
		   "", SENT LOOK);
	assert_run(run("-j -t 0.1 event del_interface"), ST_OK,
		   "{\"seq\":1," JSON_DEL "{\"seq\":2,\"event\":\"gap\",\"lost\":7}\n"
		   "{\"seq\":3,\"event\":\"snapshot\",\"phys\":[{\"phy\":\"phy0\",\"wiphy\":0,"
		   "\"interfaces\":[{\"ifname\":\"lo\",\"ifindex\":1,\"wdev\":\"0x1\","
		   "\"type\":\"station\",\"addr\":\"02:00:00:00:00:01\"}]}]}\n"
		   "{\"seq\":4," JSON_DEL,
		   "", SENT LOOK);
}

static void put_loss(void)
{
	k_events();
	k_receive_error(ENOBUFS);
	k_lost(0);
}

#define SNAPSHOT_1                                                                                \
	"{\"seq\":2,\"event\":\"snapshot\",\"phys\":[{\"phy\":\"phy1\",\"wiphy\":1,"              \
	"\"interfaces\":[{\"ifname\":\"lo\",\"ifindex\":1,\"wdev\":\"0x1\",\"type\":\"station\"," \
	"\"addr\":\"02:00:00:00:00:01\"}]}]}\n"
#define LO_MEMBERS                                                               \
	"\"ifname\":\"lo\",\"ifindex\":1,\"wdev\":\"0x1\",\"type\":\"station\"," \
	"\"addr\":\"02:00:00:00:00:01\""

static void what_the_gap_hid(void **state)
{
	(void)state;
	put_loss();
	turn_look_otherwise();
	assert_run(
		run("-j -t 0.1 event"), ST_OK,
		"{\"seq\":1,\"event\":\"gap\"}\n" SNAPSHOT_1
		"{\"seq\":3,\"event\":\"resync\",\"change\":\"gone\",\"phy\":\"phy0\","
		"\"wiphy\":0}\n"
		"{\"seq\":4,\"event\":\"resync\",\"change\":\"new\",\"phy\":\"phy1\","
		"\"wiphy\":1}\n"
		"{\"seq\":5,\"event\":\"resync\",\"change\":\"gone\",\"wiphy\":0," LO_MEMBERS "}\n"
		"{\"seq\":6,\"event\":\"resync\",\"change\":\"new\",\"wiphy\":1," LO_MEMBERS "}\n",
		"", SENT LOOK);
	assert_run(run("-t 0.1 event phy phy1 dev lo"), ST_OK,
		   "-  gap: events were lost here\n"
		   "-  snapshot: 1 interfaces on 1 phys were read again\n"
		   "lo  resync  new  type station\n",
		   "", SENT LOOK);
}

/* Each difference alone is one; what events told before the gap is none. */
static void what_is_different(void **state)
{
	static const struct {
		uint16_t attr;
		const char *bytes;
		size_t len;
	} cases[] = {
		{ NL80211_ATTR_IFTYPE, "\3\0\0\0", 4 },
		{ NL80211_ATTR_IFINDEX, "\2\0\0\0", 4 },
		{ NL80211_ATTR_IFNAME, "other", 6 },
		{ NL80211_ATTR_MAC, "\2\0\0\0\0\2", 6 },
		{ NL80211_ATTR_SSID, "net", 3 },
		{ NL80211_ATTR_4ADDR, "\1", 1 },
		{ NL80211_ATTR_VIF_RADIO_MASK, "\1\0\0\0", 4 },
		{ NL80211_ATTR_WIPHY_TX_POWER_LEVEL, "\1\0\0\0", 4 },
		{ NL80211_ATTR_WIPHY_FREQ, "\x6c\x09\0\0", 4 },
		{ NL80211_ATTR_CENTER_FREQ1, "\x6c\x09\0\0", 4 },
	};

	(void)state;
	for (size_t n = 0; n < ARRAY_SIZE(cases); n++) {
		const struct run *r;

		setup(NULL);
		put_loss();
		k_turn();
		k_wiphy(NLM_F_MULTI, 0, "phy0");
		k_done(0);
		k_turn();
		k_iface(NLM_F_MULTI, NL80211_IFTYPE_STATION);
		k_put(cases[n].attr, cases[n].bytes, cases[n].len);
		k_done(0);
		r = run("-j -t 0.1 event");
		assert_run(r, ST_OK, NULL, "", SENT LOOK);
		if (!strstr(r->out, "\"event\":\"resync\",\"change\":\"changed\",\"wiphy\":0,") ||
		    !strstr(r->out, ",\"was\":{" LO_MEMBERS "}}\n"))
			fail_msg("case %zu: %s", n, r->out);
	}
}

static void links_that_are_different(void **state)
{
	const struct run *r;

	(void)state;
	put_set_interface();
	put_loss();
	k_turn();
	k_wiphy(NLM_F_MULTI, 0, "phy0");
	k_done(0);
	k_turn();
	k_data(NL80211_CMD_NEW_INTERFACE, NLM_F_MULTI);
	k_put_u32(NL80211_ATTR_WIPHY, 0);
	k_put_u32(NL80211_ATTR_IFINDEX, K_LO);
	k_put_text(NL80211_ATTR_IFNAME, "lo");
	k_put_u32(NL80211_ATTR_IFTYPE, NL80211_IFTYPE_AP);
	k_put_u64(NL80211_ATTR_WDEV, 1);
	k_links_begin();
	k_link(3, "02:00:00:00:00:03");
	k_links_end();
	k_done(0);
	/* the same as the event has told */
	r = run("-t 0.1 event");
	assert_run(r, ST_OK, NULL, "", SENT LOOK);
	assert_null(strstr(r->out, "resync"));
	assert_non_null(strstr(r->out, "snapshot"));
	setup(NULL);
	put_set_interface();
	put_loss();
	turn_look();
	r = run("-j -t 0.1 event");
	assert_non_null(strstr(r->out, "\"type\":\"station\",\"addr\":\"02:00:00:00:00:01\","
				       "\"was\":{\"ifname\":\"lo\",\"ifindex\":1,\"wdev\":\"0x1\","
				       "\"type\":\"ap\",\"links\":[{\"link_id\":3,"));
}

/* One thing of the links alone. */
static void links_that_are_different_in_one_thing(void **state)
{
	(void)state;
	for (int what = 0; what < 6; what++) {
		const struct run *r;

		setup(NULL);
		put_set_interface();
		put_loss();
		k_turn();
		k_wiphy(NLM_F_MULTI, 0, "phy0");
		k_done(0);
		k_turn();
		k_data(NL80211_CMD_NEW_INTERFACE, NLM_F_MULTI);
		k_put_u32(NL80211_ATTR_WIPHY, 0);
		k_put_u32(NL80211_ATTR_IFINDEX, K_LO);
		k_put_text(NL80211_ATTR_IFNAME, "lo");
		k_put_u32(NL80211_ATTR_IFTYPE, NL80211_IFTYPE_AP);
		k_put_u64(NL80211_ATTR_WDEV, 1);
		k_links_begin();
		k_link_begin(what == 1 ? 4 : 3,
			     what == 2 ? "02:00:00:00:00:04" : "02:00:00:00:00:03");
		if (what == 3)
			k_put_u32(NL80211_ATTR_WIPHY_FREQ, 5180);
		if (what == 4)
			k_put_u32(NL80211_ATTR_WIPHY_TX_POWER_LEVEL, 0);
		k_nest_end();
		if (what == 5)
			k_link(5, "02:00:00:00:00:05");
		k_links_end();
		k_done(0);
		r = run("-t 0.1 event");
		assert_run(r, ST_OK, NULL, "", SENT LOOK);
		if (!strstr(r->out, "lo  resync  changed  type ap\n\tlink ") != !what)
			fail_msg("%d: %s", what, r->out);
	}
}

static void what_cannot_be_read_again_is_lost(void **state)
{
	const struct run *r;

	(void)state;
	put_loss();
	k_turn();
	k_nack(EPERM, NLM_F_CAPPED);
	k_turn();
	k_nack(EPERM, NLM_F_CAPPED);
	r = run("-t 0.1 event");
	assert_run(r, ST_PARTIAL, "-  gap: events were lost here\n", NULL, NULL);
	assert_non_null(strstr(r->err, "events were lost"));
}

/* ---- what is none, and ends ---- */

static void malformed_is_left_out_and_named(void **state)
{
	static const char err[] =
		"iw-mlo: event: connect is malformed, and left out (-d shows it)\n"
		"iw-mlo: event: new_interface is malformed, and left out "
		"(-d shows it)\n";

	(void)state;
	put_del_interface();
	k_event_about(NL80211_CMD_CONNECT, K_LO);
	k_links_begin();
	put_link(1, AP, AP, 0);
	put_link(1, AP, AP, 0);
	k_links_end();
	k_event(NL80211_CMD_NEW_INTERFACE);
	k_put_u16(NL80211_ATTR_IFTYPE, 1);
	put_del_interface();
	assert_run(run("-t 0.1 event"), ST_OK, TEXT_DEL TEXT_DEL, err, SENT);
}

static void events_of_another_process_are_none(void **state)
{
	(void)state;
	put_del_interface();
	k_from_port(4711);
	k_events();
	k_datagram();
	k_message(K_FAMILY_ID + 1, 0); /* of another family */
	k_raw("\10\1\0\0", 4);
	k_datagram();
	k_message(K_FAMILY_ID, 0); /* shorter than any header */
	k_raw("\10\1", 2);
	assert_run(run("-t 0.1 event"), ST_OK, "", "", SENT);
}

static void nothing_happens(void **state)
{
	(void)state;
	assert_run(run("-t 0.1 event"), ST_OK, "", "", SENT);
	assert_run(run("-j event --timeout 0.1"), ST_OK, "", "", SENT);
}

static void state_that_cannot_be_read(void **state)
{
	(void)state;
	k_reset();
	k_turn();
	k_nack(EPERM, NLM_F_CAPPED);
	k_turn();
	k_nack(EPERM, NLM_F_CAPPED);
	assert_int_equal(run("-t 0.1 event")->status, ST_REFUSED);
}

/* A reader that went away ends it: no event is taken that nobody reads. */
static void events_that_cannot_be_written(void **state)
{
	(void)state;
	put_del_interface();
	put_del_interface();
	k_silence();
	assert_run(run_to("/dev/full", "event"), ST_SYSTEM, NULL,
		   "iw-mlo: event: cannot write to stdout: No space left on device\n", SENT);
}

static void in_a_dry_run(void **state)
{
	(void)state;
	assert_run(run("-n event"), ST_OK, "GET_WIPHY\nGET_INTERFACE\n", "", NULL);
	assert_run(run("-n event -w /nowhere/at/all"), ST_OK, NULL, "", NULL);
}

/* ---- outlet ---- */

static char got[1 << 20];

/* Behind what is there. */
static size_t read_all(int fd, size_t at)
{
	size_t len = 0;
	ssize_t n;

	while ((n = read(fd, got + at + len, sizeof(got) - at - len)) > 0)
		len += (size_t)n;
	return len;
}

/* stdout becomes this descriptor for as long as the outlet is open. */
static int with_stdout(int fd, struct outlet *o)
{
	int saved = dup(STDOUT_FILENO);

	fflush(stdout);
	dup2(fd, STDOUT_FILENO);
	assert_true(outlet_open(o));
	return saved;
}

static void restore_stdout(int saved)
{
	dup2(saved, STDOUT_FILENO);
	close(saved);
}

static void outlet_keeps_what_is_not_read(int fds[2], bool shared)
{
	struct outlet o;
	int saved = with_stdout(fds[1], &o);
	size_t total = 0, len;
	int number = 0;

	fcntl(fds[0], F_SETFL, O_NONBLOCK);
	if (shared) { /* as where /proc is not to be had */
		close(o.fd);
		o.fd = STDOUT_FILENO;
		o.own = false;
	}
	o.max = 300000;
	for (int n = 0; !outlet_is_full(&o); n++) {
		total += (size_t)fprintf(o.f, "%d\n", n);
		outlet_push(&o);
		if (n > 1000000)
			break;
	}
	assert_true(outlet_is_full(&o) && !o.gone && !o.err);
	for (len = read_all(fds[0], 0); o.len; len += read_all(fds[0], len))
		outlet_push(&o);
	assert_int_equal(len, total);
	for (const char *p = got; p < got + len; p = strchr(p, '\n') + 1)
		assert_int_equal(atoi(p), number++);
	assert_false(outlet_is_full(&o));
	close(fds[0]);
	fputs("more\n", o.f);
	outlet_push(&o);
	assert_true(o.gone && !o.err);
	outlet_close(&o);
	restore_stdout(saved);
	close(fds[1]);
}

static void outlet_onto_a_pipe(void **state)
{
	int fds[2];

	(void)state;
	assert_int_equal(pipe(fds), 0);
	outlet_keeps_what_is_not_read(fds, false);
	assert_int_equal(pipe(fds), 0);
	outlet_keeps_what_is_not_read(fds, true);
}

static void outlet_onto_a_socket(void **state)
{
	int fds[2];

	(void)state;
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, fds), 0);
	outlet_keeps_what_is_not_read(fds, false);
}

/* The open file is shared with others, who may not expect that it does not wait. */
static void outlet_changes_nobody_elses_file(void **state)
{
	struct outlet o;
	int fds[2], saved;

	(void)state;
	assert_int_equal(pipe(fds), 0);
	saved = with_stdout(fds[1], &o);
	assert_int_equal(fcntl(fds[1], F_GETFL) & O_NONBLOCK, 0);
	assert_true(o.own && o.fd != STDOUT_FILENO);
	outlet_close(&o);
	restore_stdout(saved);
	close(fds[0]);
	close(fds[1]);
}

/* As much is read as comes, but never all of it: what is kept does not grow. */
static void outlet_does_not_grow(void **state)
{
	struct outlet o;
	int fds[2], saved;
	char record[1000];

	(void)state;
	memset(record, 'x', sizeof(record));
	assert_int_equal(pipe(fds), 0);
	saved = with_stdout(fds[1], &o);
	for (int n = 0; n < 200; n++)
		fwrite(record, sizeof(record), 1, o.f);
	for (int n = 0; n < 20000; n++) {
		fwrite(record, sizeof(record), 1, o.f);
		outlet_push(&o);
		assert_int_equal(read(fds[0], got, sizeof(record)), sizeof(record));
	}
	assert_true(o.len > 0 && o.size <= 1 << 19);
	outlet_close(&o);
	restore_stdout(saved);
	close(fds[0]);
	close(fds[1]);
}

static void outlet_is_drained_with_patience(void **state)
{
	struct outlet o;
	int fds[2], saved;
	int64_t began;

	(void)state;
	assert_int_equal(pipe(fds), 0);
	saved = with_stdout(fds[1], &o);
	for (int n = 0; n < 30000; n++)
		fprintf(o.f, "%d\n", n);
	began = now_ms();
	outlet_drain(&o, 100);
	assert_true(o.len > 0 && now_ms() - began >= 100 && now_ms() - began < 2000);
	outlet_close(&o);
	restore_stdout(saved);
	close(fds[0]);
	close(fds[1]);
}

#define T(f) cmocka_unit_test_setup(f, setup)

static const struct CMUnitTest tests[] = {
	T(interfaces),
	T(phys),
	T(connections),
	T(steps_of_a_connection),
	T(frames_that_are_malformed),
	T(links_that_come_and_go),
	T(epcs_and_tids),
	T(access_points),
	T(channels_and_colours),
	T(radar),
	T(scans),
	T(scan_of_too_much),
	T(regulatory_changes),
	T(vendors),
	T(whatever_else),
	T(in_the_dialect_of_the_kernel),
	T(names_of_what_is_gone),
	T(filters),
	T(wrong_words),
	T(times),
	T(loss_is_told_where_it_was),
	T(what_the_gap_hid),
	T(what_is_different),
	T(links_that_are_different),
	T(links_that_are_different_in_one_thing),
	T(what_cannot_be_read_again_is_lost),
	T(malformed_is_left_out_and_named),
	T(events_of_another_process_are_none),
	T(nothing_happens),
	T(state_that_cannot_be_read),
	T(events_that_cannot_be_written),
	T(in_a_dry_run),
	T(outlet_onto_a_pipe),
	T(outlet_onto_a_socket),
	T(outlet_changes_nobody_elses_file),
	T(outlet_does_not_grow),
	T(outlet_is_drained_with_patience),
};

int main(void)
{
	return cmocka_run_group_tests(tests, NULL, NULL);
}
