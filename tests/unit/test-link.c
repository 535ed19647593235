/* SPDX-License-Identifier: ISC */
/* dev DEV link: what it asks, what it joins of the answers, and when it asks again. */
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/stat.h>

#include "fake-kernel.h"

#define AP_MLD	  "02:00:00:00:00:00"
#define OTHER_MLD "02:00:00:00:07:00"
#define BSSID0	  "02:00:00:00:00:10"
#define BSSID1	  "02:00:00:00:00:11"
#define OWN0	  "02:00:00:00:01:10"
#define OWN1	  "02:00:00:00:01:11"

#define GET_LO	   "get GET_INTERFACE IFINDEX=1\n"
#define DUMP_BSSES "dump GET_SCAN IFINDEX=1 BSS_DUMP_INCLUDE_USE_DATA\n"
#define DUMP_PEERS "dump GET_STATION IFINDEX=1\n"
#define PER_LINK   "dump GET_STATION IFINDEX=1 STA_DUMP_LINK_STATS\n"
#define GET_PEER   "get GET_STATION IFINDEX=1 MAC=020000000000\n"
#define DUMP_CHANS "dump GET_SURVEY IFINDEX=1\n"
#define DUMP_CAPS  "dump GET_WIPHY SPLIT_WIPHY_DUMP WIPHY=0\n"
#define LOOK	   GET_LO DUMP_BSSES DUMP_PEERS DUMP_CHANS GET_LO
#define LOOK_CAPS  GET_LO DUMP_BSSES DUMP_PEERS DUMP_CHANS DUMP_CAPS GET_LO
#define IDLE	   GET_LO DUMP_BSSES

#define HEAD	     "lo  type station  addr 02:00:00:00:00:01  "
#define LINK0_TEXT   "link 0  addr " OWN0 "  channel 1 (2.4GHz)  2412 MHz"
#define LINK1_TEXT   "link 1  addr " OWN1 "  channel 36 (5GHz)  5180 MHz"
#define LINK1_UNUSED "link 1  addr " OWN1 "  no channel"
#define CONNECTED    HEAD "connected  ssid \"net\"  ap-mld " AP_MLD
#define BEACONS_0    "  bssid " BSSID0 "  signal -50.5 dBm (beacon, 100 ms ago)"
#define BEACONS_1    "  bssid " BSSID1 "  signal -61.0 dBm (beacon, 200 ms ago)"

#define HEAD_JSON                                                                 \
	"{\"ifname\":\"lo\",\"ifindex\":1,\"wdev\":\"0x1\",\"type\":\"station\"," \
	"\"addr\":\"02:00:00:00:00:01\","
#define SSID_JSON	  "\"ssid\":\"net\",\"ssid_hex\":\"6e6574\","
#define CONNECTED_JSON	  HEAD_JSON "\"state\":\"connected\",\"ap_mld_addr\":\"" AP_MLD "\"," SSID_JSON
#define DISCONNECTED_JSON HEAD_JSON "\"state\":\"disconnected\",\"links\":[]}\n"
#define LINK0_JSON                                                                       \
	"{\"link_id\":0,\"addr\":\"" OWN0 "\",\"freq_mhz\":2412,\"channel\":1,\"band\":" \
	"\"2.4GHz\",\"bssid\":\"" BSSID0 "\""
#define LINK1_JSON                                                                        \
	"{\"link_id\":1,\"addr\":\"" OWN1 "\",\"freq_mhz\":5180,\"channel\":36,\"band\":" \
	"\"5GHz\",\"bssid\":\"" BSSID1 "\""
#define BEACONS_0_JSON	     ",\"signal_dbm\":-50.5,\"signal_source\":\"bss\",\"seen_ms\":100"
#define BEACONS_1_JSON	     ",\"signal_dbm\":-61.0,\"signal_source\":\"bss\",\"seen_ms\":200"
#define ACTIVE(word, source) ",\"active\":" #word ",\"active_source\":\"" #source "\""

#define AGAIN                                                                         \
	"iw-mlo: dev lo link: the kernel's list kept changing: what is shown may be " \
	"incomplete\n"

static char root[] = "/tmp/iw-mlo-link-XXXXXX";

static int setup(void **state)
{
	(void)state;
	k_reset();
	sysfs_root = "/nowhere";
	return 0;
}

/* ---- what the kernel answers ---- */

static void turn_iface(void)
{
	k_turn();
	k_iface(0, NL80211_IFTYPE_STATION);
}

/* freq 0: none */
static void put_link(uint8_t id, const char *mac, uint32_t freq)
{
	k_link_begin(id, mac);
	if (freq)
		k_put_u32(NL80211_ATTR_WIPHY_FREQ, freq);
	k_nest_end();
}

static void turn_two_links_of(const char *own0, uint32_t freq0, uint32_t freq1)
{
	turn_iface();
	k_links_begin();
	put_link(1, OWN1, freq1);
	put_link(0, own0, freq0);
	k_links_end();
}

static void turn_two_links(void)
{
	turn_two_links_of(OWN0, 2412, 5180);
}

static void turn_one_link(void)
{
	turn_iface();
	k_links_begin();
	put_link(0, OWN0, 2412);
	k_links_end();
}

static void turn_plain(void)
{
	turn_iface();
	k_put_u32(NL80211_ATTR_WIPHY_FREQ, 2412);
}

static void turn_nothing(void)
{
	k_turn();
	k_done(0);
}

static void turn_nack(int err)
{
	k_turn();
	k_nack(err, NLM_F_CAPPED);
}

static void put_ssid(const void *ssid, size_t len)
{
	uint8_t element[2 + 40] = { 0, (uint8_t)len };

	memcpy(element + 2, ssid, len);
	k_put(NL80211_BSS_INFORMATION_ELEMENTS, element, 2 + len);
}

static void bss_begin(const char *bssid)
{
	k_data(NL80211_CMD_NEW_SCAN_RESULTS, NLM_F_MULTI);
	k_nest(NL80211_ATTR_BSS);
	k_put_mac(NL80211_BSS_BSSID, bssid);
}

/* Of nobody that we are connected to. */
static void put_stranger(void)
{
	bss_begin("02:00:00:00:09:09");
	put_ssid("other", 5);
	k_put_u32(NL80211_BSS_SIGNAL_MBM, (uint32_t)-3000);
	k_nest_end();
}

static void put_our_bss(const char *bssid, int32_t mbm, uint32_t ago)
{
	bss_begin(bssid);
	put_ssid("net", 3);
	k_put_u32(NL80211_BSS_SIGNAL_MBM, (uint32_t)mbm);
	k_put_u32(NL80211_BSS_SEEN_MS_AGO, ago);
	k_put_u32(NL80211_BSS_STATUS, NL80211_BSS_STATUS_ASSOCIATED);
}

static void put_our_link(const char *bssid, uint8_t id, int32_t mbm, uint32_t ago)
{
	put_our_bss(bssid, mbm, ago);
	k_put_u8(NL80211_BSS_MLO_LINK_ID, id);
	k_put_mac(NL80211_BSS_MLD_ADDR, AP_MLD);
	k_nest_end();
}

static void turn_bss_of_link(uint8_t id)
{
	k_turn();
	put_our_link(BSSID0, id, -5050, 100);
	k_done(0);
}

static void turn_two_bsses(void)
{
	k_turn();
	put_our_link(BSSID1, 1, -6100, 200);
	put_stranger();
	put_our_link(BSSID0, 0, -5050, 100);
	k_done(0);
}

static void turn_plain_bss(void)
{
	k_turn();
	put_stranger();
	put_our_bss(BSSID0, -5050, 100);
	k_nest_end();
	k_done(0);
}

static void station_begin(uint16_t flags, const char *mac)
{
	k_data(NL80211_CMD_NEW_STATION, flags);
	k_put_mac(NL80211_ATTR_MAC, mac);
	k_put_u32(NL80211_ATTR_GENERATION, 5);
}

static void put_statistics(int8_t signal, uint32_t sent)
{
	k_nest(NL80211_ATTR_STA_INFO);
	k_put_u8(NL80211_STA_INFO_SIGNAL, (uint8_t)signal);
	k_put_u32(NL80211_STA_INFO_TX_PACKETS, sent);
	k_nest_end();
}

static void put_many_statistics(void)
{
	k_nest(NL80211_ATTR_STA_INFO);
	k_put_u8(NL80211_STA_INFO_SIGNAL, (uint8_t)-41);
	k_put_u32(NL80211_STA_INFO_TX_PACKETS, 70);
	k_put_u32(NL80211_STA_INFO_TX_RETRIES, 7);
	k_put_u32(NL80211_STA_INFO_RX_PACKETS, 80);
	k_nest(NL80211_STA_INFO_TX_BITRATE);
	k_put_u32(NL80211_RATE_INFO_BITRATE32, 12009);
	k_nest_end();
	k_nest(NL80211_STA_INFO_RX_BITRATE);
	k_put_u32(NL80211_RATE_INFO_BITRATE32, 60);
	k_nest_end();
	k_nest_end();
}

/* The AP, as kernels before 7.3 have it: the statistics are of all links. */
static void turn_peer(void)
{
	k_turn();
	station_begin(NLM_F_MULTI, AP_MLD);
	put_statistics(-41, 70);
	k_put_u8(NL80211_ATTR_MLO_LINK_ID, 1);
	k_put_mac(NL80211_ATTR_MLD_ADDR, AP_MLD);
	k_done(0);
}

static void put_peer_link(uint8_t id, const char *mac, void (*statistics)(void))
{
	station_begin(NLM_F_MULTI, AP_MLD);
	k_nest(NL80211_ATTR_MLO_LINKS);
	k_nest((uint16_t)(id + 1));
	k_put_u8(NL80211_ATTR_MLO_LINK_ID, id);
	k_put_mac(NL80211_ATTR_MAC, mac);
	statistics();
	k_nest_end();
	k_nest_end();
}

static void put_survey(uint32_t freq, int8_t noise, uint64_t time, uint64_t busy, bool in_use)
{
	k_data(NL80211_CMD_NEW_SURVEY_RESULTS, NLM_F_MULTI);
	k_put_u32(NL80211_ATTR_IFINDEX, K_LO);
	k_nest(NL80211_ATTR_SURVEY_INFO);
	k_put_u32(NL80211_SURVEY_INFO_FREQUENCY, freq);
	if (noise)
		k_put_u8(NL80211_SURVEY_INFO_NOISE, (uint8_t)noise);
	if (in_use)
		k_put(NL80211_SURVEY_INFO_IN_USE, NULL, 0);
	if (time) {
		k_put_u64(NL80211_SURVEY_INFO_TIME, time);
		k_put_u64(NL80211_SURVEY_INFO_TIME_BUSY, busy);
	}
	k_nest_end();
}

static void turn_two_surveys(void)
{
	k_turn();
	put_survey(2412, -95, 1000, 259, true);
	put_survey(5180, -11, 100, 99, false); /* heard in a scan, long ago */
	put_survey(5180, -92, 0, 0, true);
	k_done(0);
}

/* A client with two links, of a kernel that tells no more than it must. */
static void turns_of_two_links(void)
{
	turn_two_links();
	turn_two_bsses();
	turn_peer();
	turn_nack(EOPNOTSUPP);
	turn_two_links();
}

#define TWO_LINKS                                                                                  \
	CONNECTED "  association link 1\n\t" LINK0_TEXT "\n\t\tactive" BEACONS_0 "\n\t" LINK1_TEXT \
		  "\n\t\tactive" BEACONS_1 "\n"
#define TWO_LINKS_JSON                                                                    \
	CONNECTED_JSON "\"assoc_link_id\":1,\"links\":[" LINK0_JSON ACTIVE(true, channel) \
		BEACONS_0_JSON "}," LINK1_JSON ACTIVE(true, channel) BEACONS_1_JSON "}]}\n"

/* ---- what is joined ---- */

static void two_links(void **state)
{
	(void)state;
	turns_of_two_links();
	assert_run(run("dev lo link"), ST_OK, TWO_LINKS, "", LOOK);
	assert_run(run("-j dev lo link show"), ST_OK, TWO_LINKS_JSON, "", LOOK);
}

static void one_of_two_links(void **state)
{
	(void)state;
	turns_of_two_links();
	assert_run(run("dev lo link show 1"), ST_OK, LINK1_TEXT "\n\t\tactive" BEACONS_1 "\n", "",
		   LOOK);
	assert_run(run("-j dev lo link show 1"), ST_OK,
		   LINK1_JSON ACTIVE(true, channel) BEACONS_1_JSON "}\n", "", LOOK);
	assert_run(run("dev lo link show 7"), ST_REFUSED, "",
		   "iw-mlo: dev lo link show: there is no link 7 (links: 0, 1)\n", LOOK);
}

static void more_statistics(void)
{
	put_statistics(-77, 5);
}

static void turns_of_statistics(void)
{
	k_maxattr(NL80211_ATTR_STA_DUMP_LINK_STATS);
	turn_two_links();
	turn_two_bsses();
	k_turn();
	station_begin(NLM_F_MULTI, AP_MLD);
	put_statistics(-1, 1);
	put_peer_link(1, BSSID1, more_statistics);
	put_peer_link(0, BSSID0, put_many_statistics);
	k_done(0);
	k_turn();
	station_begin(0, AP_MLD);
	put_statistics(-2, 2);
	k_put_u8(NL80211_ATTR_MLO_LINK_ID, 0);
	k_put_mac(NL80211_ATTR_MLD_ADDR, AP_MLD);
	turn_two_surveys();
	turn_two_links();
}

static void statistics_and_survey_of_each_link(void **state)
{
	(void)state;
	turns_of_statistics();
	assert_run(run("dev lo link"), ST_OK,
		   CONNECTED "  association link 0\n\t" LINK0_TEXT "\n\t\tactive  bssid " BSSID0
			     "  signal -41 dBm  tx 1200.9 Mb/s  rx 6.0 Mb/s  sent 70 (7 retries)"
			     "  received 80  noise -95 dBm  busy 25%\n\t" LINK1_TEXT
			     "\n\t\tactive  bssid " BSSID1
			     "  signal -77 dBm  sent 5  noise -92 dBm\n",
		   "", GET_LO DUMP_BSSES PER_LINK GET_PEER DUMP_CHANS GET_LO);
	assert_run(
		run("-j dev lo link"), ST_OK,
		CONNECTED_JSON "\"assoc_link_id\":0,\"links\":[" LINK0_JSON ACTIVE(
			true,
			channel) ",\"signal_dbm\":-41,\"signal_source\":\"station\","
				 "\"tx_bitrate_mbps\":1200.9,\"rx_bitrate_mbps\":6.0,\"tx_packets\":70,"
				 "\"tx_retries\":7,\"rx_packets\":80,\"noise_dbm\":-95,"
				 "\"channel_time_ms\":1000,\"channel_busy_ms\":259}," LINK1_JSON ACTIVE(
					 true,
					 channel) ",\"signal_dbm\":-77,\"signal_source\":\"station\",\"tx_packets\":5,"
						  "\"noise_dbm\":-92}]}\n",
		"", GET_LO DUMP_BSSES PER_LINK GET_PEER DUMP_CHANS GET_LO);
}

static void colours_of_activity(void **state)
{
	(void)state;
	turn_two_links_of(OWN0, 2412, 0);
	turn_two_bsses();
	turn_nothing();
	turn_nothing();
	turn_nothing();
	turn_two_links_of(OWN0, 2412, 0);
	assert_run(run("-c always dev lo link"), ST_OK,
		   "\033[1;36mlo\033[0m  type station  addr 02:00:00:00:00:01  connected  "
		   "ssid \"net\"  ap-mld " AP_MLD "\n\t" LINK0_TEXT
		   "\n\t\t\033[1;36mactive\033[0m" BEACONS_0 "\n\t" LINK1_UNUSED
		   "\n\t\t\033[1;31minactive\033[0m" BEACONS_1 "\n",
		   "", LOOK_CAPS);
}

static void put_caps(uint32_t iftype, uint16_t mld)
{
	k_nest(0);
	k_put_u32(NL80211_ATTR_IFTYPE, iftype);
	k_put_u16(NL80211_ATTR_MLD_CAPA_AND_OPS, mld);
	k_nest_end();
}

static void caps_begin(uint32_t wiphy)
{
	k_wiphy(NLM_F_MULTI, wiphy, "phy0");
	k_nest(NL80211_ATTR_IFTYPE_EXT_CAPA);
}

/* Of another phy, and of another type, as well. */
static void turn_caps(void)
{
	k_turn();
	caps_begin(1);
	put_caps(NL80211_IFTYPE_STATION, 9);
	k_nest_end();
	caps_begin(0);
	put_caps(NL80211_IFTYPE_AP, 14);
	put_caps(NL80211_IFTYPE_STATION, 1);
	k_nest_end();
	k_done(0);
}

static void turns_of_unused_link(void)
{
	turn_two_links_of(OWN0, 2412, 0);
	turn_two_bsses();
	turn_peer();
	turn_two_surveys();
	turn_caps();
	turn_two_links_of(OWN0, 2412, 0);
}

static void link_without_a_channel_is_inactive(void **state)
{
	(void)state;
	turns_of_unused_link();
	assert_run(run("dev lo link"), ST_OK,
		   CONNECTED "  association link 1  at most 2 active\n\t" LINK0_TEXT
			     "\n\t\tactive" BEACONS_0 "  noise -95 dBm  busy 25%\n\t" LINK1_UNUSED
			     "\n\t\tinactive" BEACONS_1 "\n",
		   "", LOOK_CAPS);
	assert_run(run("-j dev lo link"), ST_OK,
		   CONNECTED_JSON
		   "\"assoc_link_id\":1,\"max_active_links\":2,\"links\":[" LINK0_JSON ACTIVE(
			   true, channel) BEACONS_0_JSON
		   ",\"noise_dbm\":-95,\"channel_time_ms\":1000,\"channel_busy_ms\":259},"
		   "{\"link_id\":1,\"addr\":\"" OWN1 "\",\"bssid\":\"" BSSID1
		   "\"" ACTIVE(false, channel) BEACONS_1_JSON "}]}\n",
		   "", LOOK_CAPS);
}

/* The channel may go between the first look and the last: the last one counts. */
static void channel_that_goes_meanwhile(void **state)
{
	(void)state;
	turn_two_links();
	turn_two_bsses();
	turn_nothing();
	turn_nothing();
	turn_two_links_of(OWN0, 0, 5180);
	assert_run(run("dev lo link"), ST_OK,
		   CONNECTED "\n\tlink 0  addr " OWN0 "  no channel\n\t\tinactive" BEACONS_0
			     "\n\t" LINK1_TEXT "\n\t\tactive" BEACONS_1 "\n",
		   "", LOOK);
}

static void activity_unknown_without_any_channel(void **state)
{
	(void)state;
	turn_two_links_of(OWN0, 0, 0);
	turn_two_bsses();
	turn_nothing();
	turn_nothing();
	turn_nothing();
	turn_two_links_of(OWN0, 0, 0);
	assert_run(run("dev lo link"), ST_OK,
		   CONNECTED "\n\tlink 0  addr " OWN0 "  no channel\n\t\tactivity unknown" BEACONS_0
			     "\n\t" LINK1_UNUSED "\n\t\tactivity unknown" BEACONS_1 "\n",
		   "", LOOK_CAPS);
	assert_run(run("-j dev lo link"), ST_OK,
		   CONNECTED_JSON "\"links\":[{\"link_id\":0,\"addr\":\"" OWN0
				  "\",\"bssid\":\"" BSSID0 "\"" BEACONS_0_JSON
				  "},{\"link_id\":1,\"addr\":\"" OWN1 "\",\"bssid\":\"" BSSID1
				  "\"" BEACONS_1_JSON "}]}\n",
		   "", LOOK_CAPS);
}

/* ---- debugfs ---- */

static void sysfs_file(const char *path, const char *text)
{
	char full[PATH_MAX];
	FILE *f;

	snprintf(full, sizeof(full), "%s/%s", root, path);
	for (char *p = full + strlen(root) + 1; (p = strchr(p, '/')); p++) {
		*p = '\0';
		mkdir(full, 0700);
		*p = '/';
	}
	f = fopen(full, "w");
	assert_non_null(f);
	fputs(text, f);
	fclose(f);
}

static int setup_sysfs(void **state)
{
	setup(state);
	strcpy(root + strlen(root) - 6, "XXXXXX");
	if (!mkdtemp(root))
		return -1;
	sysfs_root = root;
	sysfs_file("class/net/lo/phy80211/name", "odd phy\n");
	sysfs_file("class/net/lo/phy80211/index", "0\n");
	sysfs_file("kernel/debug/ieee80211/odd phy/netdev:lo/active_links", "0x2\n");
	return 0;
}

static int teardown_sysfs(void **state)
{
	char words[PATH_MAX + 10];

	(void)state;
	snprintf(words, sizeof(words), "rm -r '%s'", root);
	return system(words);
}

static void debugfs_tells_what_is_active(void **state)
{
	(void)state;
	turns_of_two_links();
	assert_run(run("dev lo link"), ST_OK,
		   CONNECTED "  association link 1\n\t" LINK0_TEXT "\n\t\tinactive" BEACONS_0
			     "\n\t" LINK1_TEXT "\n\t\tactive" BEACONS_1 "\n",
		   "", LOOK);
	assert_run(
		run("-j dev lo link"), ST_OK,
		CONNECTED_JSON "\"assoc_link_id\":1,\"links\":[" LINK0_JSON ACTIVE(false, debugfs)
			BEACONS_0_JSON "}," LINK1_JSON ACTIVE(true, debugfs) BEACONS_1_JSON "}]}\n",
		"", LOOK);
}

static void debugfs_that_is_wrong_is_not_believed(void **state)
{
	(void)state;
	turns_of_two_links();
	/* an interface of this name in another network namespace */
	sysfs_file("class/net/lo/phy80211/index", "1\n");
	assert_run(run("-j dev lo link"), ST_OK, TWO_LINKS_JSON, "", LOOK);
	sysfs_file("class/net/lo/phy80211/index", "0\n");
	sysfs_file("kernel/debug/ieee80211/odd phy/netdev:lo/active_links", "none\n");
	assert_run(run("-j dev lo link"), ST_OK, TWO_LINKS_JSON, "", LOOK);
}

static void begin_another_connection(void)
{
	sysfs_file("kernel/debug/ieee80211/odd phy/netdev:lo/active_links", "0x3\n");
}

/* It is of the connection that the first and the last look have in common. */
static void debugfs_is_read_between_the_looks(void **state)
{
	(void)state;
	turns_of_two_links();
	k_do(begin_another_connection);
	assert_run(
		run("-j dev lo link"), ST_OK,
		CONNECTED_JSON "\"assoc_link_id\":1,\"links\":[" LINK0_JSON ACTIVE(false, debugfs)
			BEACONS_0_JSON "}," LINK1_JSON ACTIVE(true, debugfs) BEACONS_1_JSON "}]}\n",
		"", LOOK);
}

static void debugfs_is_of_no_use_without_links(void **state)
{
	(void)state;
	turn_plain();
	turn_plain_bss();
	turn_nothing();
	turn_nothing();
	turn_plain();
	assert_run(run("-j dev lo link"), ST_OK,
		   HEAD_JSON "\"state\":\"connected\"," SSID_JSON
			     "\"links\":[{\"addr\":\"02:00:00:00:00:01\",\"freq_mhz\":2412,"
			     "\"channel\":1,\"band\":\"2.4GHz\",\"bssid\":\"" BSSID0
			     "\"" ACTIVE(true, channel) BEACONS_0_JSON "}]}\n",
		   "", LOOK);
}

/* ---- what is no MLD ---- */

static void plain_connection(void **state)
{
	(void)state;
	turn_plain();
	turn_plain_bss();
	k_turn();
	station_begin(NLM_F_MULTI, BSSID0);
	put_many_statistics();
	k_done(0);
	turn_two_surveys();
	turn_plain();
	assert_run(run("dev lo link"), ST_OK,
		   HEAD "connected  ssid \"net\"\n\tnot an MLD  channel 1 (2.4GHz)  2412 MHz\n"
			"\t\tactive  bssid " BSSID0
			"  signal -41 dBm  tx 1200.9 Mb/s  rx 6.0 Mb/s  sent 70 (7 retries)"
			"  received 80  noise -95 dBm  busy 25%\n",
		   "", LOOK);
	assert_run(
		run("-j dev lo link"), ST_OK,
		HEAD_JSON
		"\"state\":\"connected\"," SSID_JSON
		"\"links\":[{\"addr\":\"02:00:00:00:00:01\",\"freq_mhz\":2412,"
		"\"channel\":1,\"band\":\"2.4GHz\",\"bssid\":\"" BSSID0 "\"" ACTIVE(
			true,
			channel) ",\"signal_dbm\":-41,\"signal_source\":\"station\","
				 "\"tx_bitrate_mbps\":1200.9,\"rx_bitrate_mbps\":6.0,\"tx_packets\":70,"
				 "\"tx_retries\":7,\"rx_packets\":80,\"noise_dbm\":-95,"
				 "\"channel_time_ms\":1000,\"channel_busy_ms\":259}]}\n",
		"", LOOK);
}

/* Of a driver that does not tell its channel. */
static void plain_connection_without_a_channel(void **state)
{
	(void)state;
	turn_iface();
	turn_plain_bss();
	turn_nothing();
	turn_nothing();
	turn_iface();
	assert_run(run("dev lo link"), ST_OK,
		   HEAD "connected  ssid \"net\"\n\tnot an MLD  no channel\n"
			"\t\tactivity unknown" BEACONS_0 "\n",
		   "", LOOK);
	assert_run(run("-j dev lo link"), ST_OK,
		   HEAD_JSON "\"state\":\"connected\"," SSID_JSON
			     "\"links\":[{\"addr\":\"02:00:00:00:00:01\",\"bssid\":\"" BSSID0
			     "\"" BEACONS_0_JSON "}]}\n",
		   "", LOOK);
}

static void disconnected(void **state)
{
	(void)state;
	turn_plain(); /* the channel is another interface's */
	k_put_u32(NL80211_ATTR_VIF_RADIO_MASK, 3);
	k_turn();
	put_stranger();
	k_done(0);
	assert_run(run("dev lo link"), ST_OK, HEAD "disconnected\n", "", IDLE);
	assert_run(run("-j dev lo link"), ST_OK, DISCONNECTED_JSON, "", IDLE);
	assert_run(run("dev lo link show 0"), ST_REFUSED, "",
		   "iw-mlo: dev lo link show: there is no link 0\n", IDLE);
}

static void ap_is_asked_nothing_more(void **state)
{
	(void)state;
	k_turn();
	k_iface(0, NL80211_IFTYPE_AP);
	k_put(NL80211_ATTR_SSID, "net", 3);
	k_put_u32(NL80211_ATTR_VIF_RADIO_MASK, 3);
	k_links_begin();
	put_link(1, "00:00:00:00:00:00", 0);
	k_link_begin(0, BSSID0);
	k_put_u32(NL80211_ATTR_WIPHY_FREQ, 2412);
	k_put_u32(NL80211_ATTR_WIPHY_TX_POWER_LEVEL, 2000);
	k_nest_end();
	k_links_end();
	assert_run(run("dev lo link"), ST_OK,
		   "lo  type ap  addr 02:00:00:00:00:01\n"
		   "\tlink 0  addr " BSSID0 "  channel 1 (2.4GHz)  2412 MHz  tx power 20.0 dBm\n"
		   "\tlink 1  addr 00:00:00:00:00:00  ghost: torn down by the kernel, listed "
		   "until the interface goes down  no channel\n",
		   "", GET_LO);
	assert_run(run("-j dev lo link"), ST_OK,
		   "{\"ifname\":\"lo\",\"ifindex\":1,\"wdev\":\"0x1\",\"type\":\"ap\","
		   "\"addr\":\"02:00:00:00:00:01\"," SSID_JSON
		   "\"links\":[{\"link_id\":0,\"addr\":\"" BSSID0
		   "\",\"freq_mhz\":2412,\"channel\":1,\"band\":\"2.4GHz\","
		   "\"tx_power_dbm\":20.0},{\"link_id\":1,\"addr\":\"00:00:00:00:00:00\","
		   "\"ghost\":true}]}\n",
		   "", GET_LO);
}

/* ---- the SSID ---- */

static void turns_of_ssid(const void *ssid, size_t len, const char *of_iface)
{
	turn_one_link();
	k_turn();
	bss_begin(BSSID0);
	put_ssid(ssid, len);
	k_put_u32(NL80211_BSS_STATUS, NL80211_BSS_STATUS_ASSOCIATED);
	k_put_u8(NL80211_BSS_MLO_LINK_ID, 0);
	k_nest_end();
	k_done(0);
	turn_nothing();
	turn_nothing();
	turn_one_link();
	if (of_iface)
		k_put(NL80211_ATTR_SSID, of_iface, strlen(of_iface));
}

#define LINK0_OF_SSID	   "\n\t" LINK0_TEXT "\n\t\tactive  bssid " BSSID0 "\n"
#define LINK0_OF_SSID_JSON "\"links\":[" LINK0_JSON ACTIVE(true, channel) "}]}\n"

static void ssid_of_32_nasty_bytes(void **state)
{
	static const char nasty[] = "\0\x1b[2J\"\\\n\xff\xfe\xc0\x80\xe2\x80\xae"
				    "evil\x7f\r\t</script>'";
	char hex[2 * 32 + 1];

	(void)state;
	assert_int_equal(sizeof(nasty) - 1, 32);
	turns_of_ssid(nasty, 32, NULL);
	assert_run(run("dev lo link"), ST_OK,
		   HEAD "connected  ssid \"\\x00\\x1b[2J\\x22\\x5c\\x0a\\xff\\xfe\\xc0\\x80"
			"\\xe2\\x80\\xaeevil\\x7f\\x0d\\x09</script>'\"" LINK0_OF_SSID,
		   "", LOOK);
	for (int n = 0; n < 32; n++)
		snprintf(hex + 2 * n, 3, "%02x", (uint8_t)nasty[n]);
	assert_non_null(strstr(run("-j dev lo link")->out, hex));
	assert_run(run("-j dev lo link"), ST_OK,
		   HEAD_JSON "\"state\":\"connected\",\"ssid_hex\":\"001b5b324a225c0afffec080"
			     "e280ae6576696c7f0d093c2f7363726970743e27\"," LINK0_OF_SSID_JSON,
		   "", LOOK);
}

static void ssid_that_is_too_long_or_hidden_is_none(void **state)
{
	(void)state;
	turns_of_ssid("123456789012345678901234567890123", 33, NULL);
	assert_run(run("dev lo link"), ST_OK, HEAD "connected" LINK0_OF_SSID, "", LOOK);
	k_reset();
	turns_of_ssid("", 0, NULL);
	assert_run(run("-j dev lo link"), ST_OK,
		   HEAD_JSON "\"state\":\"connected\"," LINK0_OF_SSID_JSON, "", LOOK);
}

static void ssid_of_the_interface_comes_first(void **state)
{
	(void)state;
	turns_of_ssid("", 0, "net");
	assert_run(run("dev lo link"), ST_OK, HEAD "connected  ssid \"net\"" LINK0_OF_SSID, "",
		   LOOK);
	assert_run(run("-j dev lo link"), ST_OK,
		   HEAD_JSON SSID_JSON "\"state\":\"connected\"," LINK0_OF_SSID_JSON, "", LOOK);
	k_reset();
	turns_of_ssid("old", 3, "net");
	assert_run(run("dev lo link"), ST_OK, HEAD "connected  ssid \"net\"" LINK0_OF_SSID, "",
		   LOOK);
}

/* ---- the phy ---- */

static void put_radio(uint32_t index, uint32_t start, uint32_t end)
{
	k_nest((uint16_t)index);
	k_put_u32(NL80211_WIPHY_RADIO_ATTR_INDEX, index);
	k_nest(NL80211_WIPHY_RADIO_ATTR_FREQ_RANGE);
	k_put_u32(NL80211_WIPHY_RADIO_FREQ_ATTR_START, start);
	k_put_u32(NL80211_WIPHY_RADIO_FREQ_ATTR_END, end);
	k_nest_end();
	k_nest_end();
}

static void turn_radio_client(void)
{
	turn_two_links();
	k_put_u32(NL80211_ATTR_VIF_RADIO_MASK, 6);
}

static void turn_radios(void (*put)(void))
{
	k_turn();
	k_wiphy(NLM_F_MULTI, 0, "phy0");
	k_nest(NL80211_ATTR_WIPHY_RADIOS);
	put();
	k_nest_end();
	k_done(0);
}

/* The first frequency of a range is in it, the last is not. */
static void put_three_radios(void)
{
	put_radio(0, 5170000, 5180000);
	put_radio(1, 2411000, 2412001);
	put_radio(2, 5180000, 5181000);
}

static void radio_of_each_link(void **state)
{
	(void)state;
	turn_radio_client();
	turn_two_bsses();
	turn_nothing();
	turn_nothing();
	turn_radios(put_three_radios);
	turn_radio_client();
	assert_run(run("dev lo link"), ST_OK,
		   CONNECTED "\n\t" LINK0_TEXT "\n\t\tactive" BEACONS_0 "  radio 1\n\t" LINK1_TEXT
			     "\n\t\tactive" BEACONS_1 "  radio 2\n",
		   "", LOOK_CAPS);
	assert_run(run("-j dev lo link"), ST_OK,
		   CONNECTED_JSON "\"links\":[" LINK0_JSON ACTIVE(true, channel) BEACONS_0_JSON
		   ",\"radio\":1}," LINK1_JSON ACTIVE(true, channel) BEACONS_1_JSON
		   ",\"radio\":2}]}\n",
		   "", LOOK_CAPS);
}

static void put_radio_elsewhere(void)
{
	put_radio(0, 5900000, 7200000);
}

static void radio_of_no_link(void **state)
{
	(void)state;
	turn_radio_client();
	turn_two_bsses();
	turn_nothing();
	turn_nothing();
	turn_radios(put_radio_elsewhere);
	turn_radio_client();
	assert_run(run("dev lo link show 0"), ST_OK, LINK0_TEXT "\n\t\tactive" BEACONS_0 "\n", "",
		   LOOK_CAPS);
}

/* How many links can be active is of no interest to what has none. */
static void capabilities_of_a_plain_connection(void **state)
{
	(void)state;
	turn_plain();
	k_put_u32(NL80211_ATTR_VIF_RADIO_MASK, 1);
	turn_plain_bss();
	turn_nothing();
	turn_nothing();
	turn_caps();
	turn_plain();
	assert_run(run("dev lo link"), ST_OK,
		   HEAD "connected  ssid \"net\"\n\tnot an MLD  channel 1 (2.4GHz)  2412 MHz\n"
			"\t\tactive" BEACONS_0 "\n",
		   "", LOOK_CAPS);
}

/* A mask of 0: the phy has one radio. */
static void capabilities_are_asked_for_where_they_tell_something(void **state)
{
	(void)state;
	turns_of_two_links();
	k_put_u32(NL80211_ATTR_VIF_RADIO_MASK, 0);
	assert_run(run("dev lo link"), ST_OK, TWO_LINKS, "", LOOK);
	k_reset();
	turn_two_links();
	k_put_u32(NL80211_ATTR_VIF_RADIO_MASK, 0);
	turn_two_bsses();
	turn_peer();
	turn_nothing();
	turn_two_links();
	assert_run(run("dev lo link"), ST_OK, TWO_LINKS, "", LOOK);
}

/* ---- what the driver has not, and what cannot be ---- */

static void statistics_that_the_driver_has_not(void **state)
{
	static const int errs[] = { EOPNOTSUPP, EIO, EBUSY };

	(void)state;
	for (size_t n = 0; n < ARRAY_SIZE(errs); n++) {
		k_reset();
		turn_two_links();
		turn_two_bsses();
		turn_nack(errs[n]);
		k_turn();
		k_done(errs[n]);
		turn_two_links();
		assert_run(run("dev lo link"), ST_OK,
			   CONNECTED "\n\t" LINK0_TEXT "\n\t\tactive" BEACONS_0 "\n\t" LINK1_TEXT
				     "\n\t\tactive" BEACONS_1 "\n",
			   "", LOOK);
	}
}

static void survey_that_breaks_off_is_taken_as_far_as_it_goes(void **state)
{
	(void)state;
	turn_plain();
	turn_plain_bss();
	turn_nothing();
	k_turn();
	put_survey(2412, -95, 100, 101, true); /* busy for longer than it listened? */
	k_done(EIO);
	turn_plain();
	assert_run(run("dev lo link"), ST_OK,
		   HEAD "connected  ssid \"net\"\n\tnot an MLD  channel 1 (2.4GHz)  2412 MHz\n"
			"\t\tactive" BEACONS_0 "  noise -95 dBm\n",
		   "", LOOK);
	assert_non_null(
		strstr(run("-j dev lo link")->out,
		       ",\"noise_dbm\":-95,\"channel_time_ms\":100,\"channel_busy_ms\":101}"));
}

static void survey_of_more_channels_than_are_kept(void **state)
{
	(void)state;
	turn_plain();
	turn_plain_bss();
	turn_nothing();
	k_turn();
	for (int n = 0; n < SURVEYS_MAX - 1; n++)
		put_survey(5180, -1, 0, 0, true);
	put_survey(2412, -95, 0, 0, true);
	put_survey(2412, -1, 0, 0, true);
	k_done(0);
	turn_plain();
	assert_run(run("dev lo link"), ST_OK,
		   HEAD "connected  ssid \"net\"\n\tnot an MLD  channel 1 (2.4GHz)  2412 MHz\n"
			"\t\tactive" BEACONS_0 "  noise -95 dBm\n",
		   "", LOOK);
}

/* Of TDLS there may be more peers than the AP; and what is no peer of these links tells nothing. */
static void statistics_of_the_ap_alone(void **state)
{
	(void)state;
	turn_plain();
	turn_plain_bss();
	k_turn();
	station_begin(NLM_F_MULTI, "02:00:00:00:05:05");
	put_statistics(-1, 1);
	station_begin(NLM_F_MULTI, BSSID0);
	put_statistics(-41, 70);
	k_done(0);
	turn_nothing();
	turn_plain();
	assert_run(run("dev lo link"), ST_OK,
		   HEAD "connected  ssid \"net\"\n\tnot an MLD  channel 1 (2.4GHz)  2412 MHz\n"
			"\t\tactive  bssid " BSSID0 "  signal -41 dBm  sent 70\n",
		   "", LOOK);
	k_reset();
	turn_two_links();
	turn_two_bsses();
	k_turn();
	station_begin(NLM_F_MULTI, OTHER_MLD);
	put_statistics(-41, 70);
	k_put_u8(NL80211_ATTR_MLO_LINK_ID, 1);
	k_done(0);
	turn_nothing();
	turn_two_links();
	assert_run(run("dev lo link"), ST_OK,
		   CONNECTED "\n\t" LINK0_TEXT "\n\t\tactive" BEACONS_0 "\n\t" LINK1_TEXT
			     "\n\t\tactive" BEACONS_1 "\n",
		   "", LOOK);
}

/* A kernel of 6.0 has no MLD address in its table. */
static void ap_mld_is_told_by_the_station(void **state)
{
	(void)state;
	turns_of_ssid("net", 3, NULL);
	assert_run(run("dev lo link"), ST_OK, HEAD "connected  ssid \"net\"" LINK0_OF_SSID, "",
		   LOOK);
	k_reset();
	turn_one_link();
	k_turn();
	put_our_bss(BSSID0, -5050, 100);
	k_put_u8(NL80211_BSS_MLO_LINK_ID, 0);
	k_nest_end();
	k_done(0);
	k_turn();
	station_begin(NLM_F_MULTI, BSSID0);
	k_put_mac(NL80211_ATTR_MLD_ADDR, AP_MLD);
	k_done(0);
	turn_nothing();
	turn_one_link();
	assert_run(run("dev lo link"), ST_OK,
		   CONNECTED "\n\t" LINK0_TEXT "\n\t\tactive" BEACONS_0 "\n", "", LOOK);
}

#define MALFORMED                                                                       \
	"iw-mlo: dev lo link: the kernel sent what cannot be: its answer is malformed " \
	"(-d shows it)\n"

static void malformed_answers(void **state)
{
	(void)state;
	turn_plain();
	k_turn();
	bss_begin(BSSID0);
	k_put_u8(NL80211_BSS_STATUS, 1);
	k_nest_end();
	k_done(0);
	assert_run(run("dev lo link"), ST_SYSTEM, "", MALFORMED, IDLE);
	k_reset();
	turn_plain();
	turn_plain_bss();
	turn_nothing();
	k_turn();
	k_data(NL80211_CMD_NEW_SURVEY_RESULTS, NLM_F_MULTI);
	k_nest(NL80211_ATTR_SURVEY_INFO);
	k_put_u16(NL80211_SURVEY_INFO_FREQUENCY, 2412);
	k_nest_end();
	k_done(0);
	assert_run(run("dev lo link"), ST_SYSTEM, "", MALFORMED,
		   GET_LO DUMP_BSSES DUMP_PEERS DUMP_CHANS);
	k_reset();
	turn_plain();
	turn_plain_bss();
	k_turn();
	k_data(NL80211_CMD_NEW_STATION, NLM_F_MULTI); /* without an address */
	k_done(0);
	assert_run(run("-j dev lo link"), ST_SYSTEM, "", MALFORMED, GET_LO DUMP_BSSES DUMP_PEERS);
}

static void interface_that_goes_away_meanwhile(void **state)
{
	(void)state;
	turn_plain();
	turn_plain_bss();
	turn_nack(ENODEV);
	turn_nack(ENODEV);
	turn_nack(ENODEV);
	assert_run(run("dev lo link"), ST_REFUSED, "",
		   "iw-mlo: dev lo link: not a Wi-Fi interface; \"iw-mlo dev\" lists them\n", LOOK);
	k_reset();
	turn_plain();
	turn_nack(ENODEV);
	assert_run(run("-j dev lo link"), ST_REFUSED, "", NULL, IDLE);
	k_reset();
	turn_two_links_of(OWN0, 2412, 0);
	turn_two_bsses();
	turn_nothing();
	turn_nothing();
	turn_nack(ENODEV);
	assert_run(run("-j dev lo link"), ST_REFUSED, "", NULL,
		   GET_LO DUMP_BSSES DUMP_PEERS DUMP_CHANS DUMP_CAPS);
}

static void dry_run_prints_the_requests(void **state)
{
	(void)state;
	turn_plain();
	turn_nothing();
	assert_run(run("-n dev lo link"), ST_OK,
		   "GET_INTERFACE IFINDEX 1\nGET_SCAN IFINDEX 1 BSS_DUMP_INCLUDE_USE_DATA\n", "",
		   IDLE);
	assert_run(run("-n dev lo link show --watch 1000"), ST_OK,
		   "GET_INTERFACE IFINDEX 1\nGET_SCAN IFINDEX 1 BSS_DUMP_INCLUDE_USE_DATA\n", "",
		   IDLE);
}

/* ---- a connection that changes meanwhile ---- */

static const char *own(int n)
{
	static char mac[MAC_TEXT];

	snprintf(mac, sizeof(mac), "02:00:00:00:03:%02x", n);
	return mac;
}

static void turns_of_a_change(int from, int to)
{
	turn_two_links_of(own(from), 2412, 5180);
	turn_two_bsses();
	turn_nothing();
	turn_nothing();
	turn_two_links_of(own(to), 2412, 5180);
}

static void changed_connection_is_asked_again(void **state)
{
	(void)state;
	turns_of_a_change(1, 2);
	turns_of_two_links();
	assert_run(run("dev lo link"), ST_OK, TWO_LINKS, "", LOOK LOOK);
}

static void connection_that_keeps_changing_is_asked_six_times(void **state)
{
	(void)state;
	for (int n = 1; n <= 6; n++)
		turns_of_a_change(n, n + 1);
	assert_run(run("dev lo link"), ST_PARTIAL,
		   CONNECTED "\n\tlink 0  addr 02:00:00:00:03:07  channel 1 (2.4GHz)  2412 MHz"
			     "\n\t\tactive" BEACONS_0 "\n\t" LINK1_TEXT "\n\t\tactive" BEACONS_1
			     "\n",
		   AGAIN, LOOK LOOK LOOK LOOK LOOK LOOK);
	k_reset();
	for (int n = 1; n <= 5; n++)
		turns_of_a_change(n, n + 1);
	turns_of_two_links();
	assert_run(run("dev lo link"), ST_OK, TWO_LINKS, "", LOOK LOOK LOOK LOOK LOOK LOOK);
}

/* A link that came, one that is another's, and what ended. */
static void link_list_that_changes_is_asked_again(void **state)
{
	(void)state;
	turn_one_link();
	turn_bss_of_link(0);
	turn_nothing();
	turn_nothing();
	turn_two_links();
	turns_of_two_links();
	assert_run(run("dev lo link"), ST_OK, TWO_LINKS, "", LOOK LOOK);
	k_reset();
	turn_one_link();
	turn_bss_of_link(0);
	turn_nothing();
	turn_nothing();
	turn_iface();
	k_links_begin();
	put_link(2, OWN0, 2412);
	k_links_end();
	turns_of_two_links();
	assert_run(run("dev lo link"), ST_OK, TWO_LINKS, "", LOOK LOOK);
	k_reset();
	turn_two_links();
	turn_two_bsses();
	turn_nothing();
	turn_nothing();
	turn_iface();
	turn_iface();
	turn_nothing();
	assert_run(run("-j dev lo link"), ST_OK, DISCONNECTED_JSON, "", LOOK IDLE);
}

static void plain_connection_that_begins_or_ends_is_asked_again(void **state)
{
	(void)state;
	turn_iface();
	turn_plain_bss();
	turn_nothing();
	turn_nothing();
	turn_plain();
	turn_plain();
	turn_plain_bss();
	turn_nothing();
	turn_nothing();
	turn_iface();
	turn_iface();
	turn_nothing();
	assert_run(run("-j dev lo link"), ST_OK, DISCONNECTED_JSON, "", LOOK LOOK IDLE);
}

/* The addresses are the same each time, as some drivers have them; what else is there is not. */
static void table_that_does_not_fit_the_links_is_asked_again(void **state)
{
	(void)state;
	turn_one_link();
	turn_two_bsses();
	turn_nothing();
	turn_nothing();
	turn_one_link();
	turns_of_two_links();
	assert_run(run("dev lo link"), ST_OK, TWO_LINKS, "", LOOK LOOK);
	k_reset();
	turn_two_links();
	turn_bss_of_link(0);
	turn_nothing();
	turn_nothing();
	turn_two_links();
	turns_of_two_links();
	assert_run(run("dev lo link"), ST_OK, TWO_LINKS, "", LOOK LOOK);
	k_reset();
	for (int n = 0; n < 6; n++) {
		turn_one_link();
		turn_nothing();
		turn_nothing();
		turn_nothing();
		turn_one_link();
	}
	assert_run(run("dev lo link"), ST_PARTIAL, HEAD "connected\n\t" LINK0_TEXT "\n\t\tactive\n",
		   AGAIN, LOOK LOOK LOOK LOOK LOOK LOOK);
}

/* ---- again and again ---- */

static void interrupt(void)
{
	kill(getpid(), SIGINT);
}

static void terminate(void)
{
	kill(getpid(), SIGTERM);
}

static void turns_of_idle(void)
{
	turn_iface();
	turn_nothing();
}

#define WATCHED(looks) "listen mlme\n" looks
#define SLOWLY	       "link show --watch 1000"

static void watch_looks_again_at_each_tick(void **state)
{
	(void)state;
	turns_of_idle();
	turns_of_idle();
	turns_of_two_links();
	k_do(interrupt);
	assert_run(run("-j dev lo link show --watch 0.05"), ST_OK,
		   DISCONNECTED_JSON DISCONNECTED_JSON TWO_LINKS_JSON, "", WATCHED(IDLE IDLE LOOK));
	assert_run(run("dev lo link show --watch 0.05"), ST_OK,
		   HEAD "disconnected\n" HEAD "disconnected\n" TWO_LINKS, "",
		   WATCHED(IDLE IDLE LOOK));
}

static void watch_of_one_link(void **state)
{
	(void)state;
	turns_of_two_links();
	turns_of_two_links();
	k_do(terminate);
	assert_run(run("-j dev lo link show 1 --watch 0.05"), ST_OK,
		   LINK1_JSON ACTIVE(true, channel) BEACONS_1_JSON
		   "}\n" LINK1_JSON ACTIVE(true, channel) BEACONS_1_JSON "}\n",
		   "", WATCHED(LOOK LOOK));
	k_reset();
	turns_of_two_links();
	turns_of_idle();
	assert_run(run("-j dev lo link show 1 --watch 0.05"), ST_REFUSED,
		   LINK1_JSON ACTIVE(true, channel) BEACONS_1_JSON "}\n",
		   "iw-mlo: dev lo link show: there is no link 1\n", WATCHED(LOOK IDLE));
}

static void watch_looks_again_at_each_event(void **state)
{
	(void)state;
	turns_of_idle();
	k_event_about(NL80211_CMD_CONNECT, K_LO);
	turns_of_two_links();
	k_event(NL80211_CMD_EPCS_CFG); /* which does not say what it is about */
	turns_of_two_links();
	k_events();
	k_receive_error(ENOBUFS);
	turns_of_idle();
	k_do(interrupt);
	assert_run(run("-j dev lo " SLOWLY), ST_OK,
		   DISCONNECTED_JSON TWO_LINKS_JSON TWO_LINKS_JSON DISCONNECTED_JSON, "",
		   WATCHED(IDLE LOOK LOOK IDLE));
}

static void watch_ignores_the_events_of_others(void **state)
{
	(void)state;
	turns_of_idle();
	k_event_about(NL80211_CMD_CONNECT, 99);
	assert_run(run("-t 0.2 dev lo " SLOWLY), ST_OK, HEAD "disconnected\n", "", WATCHED(IDLE));
}

/* Without a netdev in its name, nothing tells that an event is another's. */
static void watch_of_a_wdev(void **state)
{
	(void)state;
	turns_of_idle();
	k_event_about(NL80211_CMD_CONNECT, 99);
	turns_of_idle();
	k_do(interrupt);
	assert_run(run("-j wdev 0x1 " SLOWLY), ST_OK, DISCONNECTED_JSON DISCONNECTED_JSON, "",
		   NULL);
}

static void watch_until_the_time_limit(void **state)
{
	(void)state;
	turns_of_idle();
	assert_run(run("-t 0.1 dev lo " SLOWLY), ST_OK, HEAD "disconnected\n", "", WATCHED(IDLE));
	/* the limit is reached in the middle of a look, and before there is any */
	k_turn();
	k_silence();
	assert_run(run("-t 0.3 dev lo link show --watch 0.05"), ST_OK, HEAD "disconnected\n", "",
		   WATCHED(IDLE GET_LO));
	k_reset();
	k_turn();
	k_silence();
	assert_run(run("-t 0.1 dev lo " SLOWLY), ST_UNMET, "",
		   "iw-mlo: dev lo link show: no answer from the kernel within 0.100 s\n",
		   WATCHED(GET_LO));
}

static void watch_ends_with_the_interface(void **state)
{
	(void)state;
	turns_of_idle();
	k_event_about(NL80211_CMD_DISCONNECT, K_LO);
	turn_nack(ENODEV);
	assert_run(run("-j dev lo " SLOWLY), ST_REFUSED, DISCONNECTED_JSON,
		   "iw-mlo: dev lo link show: not a Wi-Fi interface; \"iw-mlo dev\" lists them\n",
		   WATCHED(IDLE GET_LO));
}

static void watch_ends_when_nobody_reads(void **state)
{
	(void)state;
	turns_of_idle();
	assert_run(run_to("/dev/full", "-j dev lo " SLOWLY), ST_SYSTEM, NULL,
		   "iw-mlo: dev lo link show: cannot write to stdout: No space left on device\n",
		   WATCHED(IDLE));
}

/* ---- decode_survey() ---- */

static bool decodes(size_t cut, struct survey *s)
{
	struct attrs a = k_attrs(cut);
	bool ok = decode_survey(&a, s);

	k_attrs_free(a);
	return ok;
}

static void surveys_are_decoded_as_they_were_sent(void **state)
{
	struct survey s;

	(void)state;
	k_turn();
	put_survey(5955, -101, 0x100000002, 0x100000001, true);
	assert_true(decodes(0, &s));
	assert_true(s.has_freq && s.has_noise && s.has_time && s.has_busy && s.in_use);
	assert_int_equal(s.freq, 5955);
	assert_int_equal(s.noise, -101);
	assert_true(s.time_ms == 0x100000002 && s.busy_ms == 0x100000001);
	for (size_t cut = 1; cut < k_attrs_len(); cut++)
		if (cut != k_attrs_len() - 8) /* all of the survey: IFINDEX is a whole attribute */
			assert_false(decodes(cut, &s));
	k_data(NL80211_CMD_NEW_SURVEY_RESULTS, NLM_F_MULTI);
	k_put_u32(NL80211_ATTR_IFINDEX, K_LO);
	assert_true(decodes(0, &s));
	assert_false(s.has_freq || s.has_noise || s.has_time || s.has_busy || s.in_use);
}

static void survey_facts_have_one_length(void **state)
{
	static const struct {
		uint16_t type;
		size_t len;
	} facts[] = {
		{ NL80211_SURVEY_INFO_FREQUENCY, 4 },
		{ NL80211_SURVEY_INFO_NOISE, 1 },
		{ NL80211_SURVEY_INFO_TIME, 8 },
		{ NL80211_SURVEY_INFO_TIME_BUSY, 8 },
	};
	struct survey s;

	(void)state;
	k_turn();
	for (size_t i = 0; i < ARRAY_SIZE(facts); i++)
		for (size_t len = 0; len <= 9; len++) {
			k_data(NL80211_CMD_NEW_SURVEY_RESULTS, NLM_F_MULTI);
			k_nest(NL80211_ATTR_SURVEY_INFO);
			k_put(99, "unknown", 7);
			k_put(facts[i].type, "\1\2\3\4\5\6\7\10\11", len);
			k_nest_end();
			assert_int_equal(decodes(0, &s), len == facts[i].len);
		}
}

#define T(f)	   cmocka_unit_test_setup(f, setup)
#define T_SYSFS(f) cmocka_unit_test_setup_teardown(f, setup_sysfs, teardown_sysfs)

static const struct CMUnitTest tests[] = {
	T(two_links),
	T(one_of_two_links),
	T(statistics_and_survey_of_each_link),
	T(colours_of_activity),
	T(link_without_a_channel_is_inactive),
	T(channel_that_goes_meanwhile),
	T(activity_unknown_without_any_channel),
	T_SYSFS(debugfs_tells_what_is_active),
	T_SYSFS(debugfs_that_is_wrong_is_not_believed),
	T_SYSFS(debugfs_is_read_between_the_looks),
	T_SYSFS(debugfs_is_of_no_use_without_links),
	T(plain_connection),
	T(plain_connection_without_a_channel),
	T(disconnected),
	T(ap_is_asked_nothing_more),
	T(ssid_of_32_nasty_bytes),
	T(ssid_that_is_too_long_or_hidden_is_none),
	T(ssid_of_the_interface_comes_first),
	T(radio_of_each_link),
	T(radio_of_no_link),
	T(capabilities_of_a_plain_connection),
	T(capabilities_are_asked_for_where_they_tell_something),
	T(statistics_that_the_driver_has_not),
	T(survey_that_breaks_off_is_taken_as_far_as_it_goes),
	T(survey_of_more_channels_than_are_kept),
	T(statistics_of_the_ap_alone),
	T(ap_mld_is_told_by_the_station),
	T(malformed_answers),
	T(interface_that_goes_away_meanwhile),
	T(dry_run_prints_the_requests),
	T(changed_connection_is_asked_again),
	T(connection_that_keeps_changing_is_asked_six_times),
	T(link_list_that_changes_is_asked_again),
	T(plain_connection_that_begins_or_ends_is_asked_again),
	T(table_that_does_not_fit_the_links_is_asked_again),
	T(watch_looks_again_at_each_tick),
	T(watch_of_one_link),
	T(watch_looks_again_at_each_event),
	T(watch_ignores_the_events_of_others),
	T(watch_of_a_wdev),
	T(watch_until_the_time_limit),
	T(watch_ends_with_the_interface),
	T(watch_ends_when_nobody_reads),
	T(surveys_are_decoded_as_they_were_sent),
	T(survey_facts_have_one_length),
};

int main(void)
{
	return cmocka_run_group_tests(tests, NULL, NULL);
}
