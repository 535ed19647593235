/* SPDX-License-Identifier: ISC */
/* connect and disconnect: that nothing is missed, and exactly what is said of what came. */
#include <string.h>

#include "fake-kernel.h"

#define AP	 "02:00:00:00:00:aa"
#define CONNECT	 "dev lo connect net"
#define OTHER_IF 99 /* an ifindex that nothing has here */

#define GET_LO	    "get GET_INTERFACE IFINDEX=1\n"
#define DUMP_SCAN   "dump GET_SCAN IFINDEX=1 BSS_DUMP_INCLUDE_USE_DATA\n"
#define DUMP_OLD    "dump GET_SCAN IFINDEX=1\n" /* of kernels before 6.8 */
#define DUMP_FULL   "dump GET_WIPHY SPLIT_WIPHY_DUMP WIPHY=0\n"
#define DUMP_POLICY "dump policy 6\n"
#define LISTEN	    "listen mlme scan\n"
#define LISTEN_MLME "listen mlme\n"
#define ASK	    "change CONNECT IFINDEX=1 SSID=6e6574 AUTH_TYPE=0"
#define LEAVE	    "change DISCONNECT IFINDEX=1\n"
#define QUESTIONS   GET_LO DUMP_SCAN DUMP_POLICY DUMP_FULL
#define SENT	    QUESTIONS LISTEN ASK "\n"
#define SENT_LEAVE  GET_LO DUMP_SCAN DUMP_POLICY LISTEN_MLME LEAVE
#define CON_FAILED  "iw-mlo: dev lo connect: "
#define DIS_FAILED  "iw-mlo: dev lo disconnect: "

static int setup(void **state)
{
	(void)state;
	k_reset();
	return 0;
}

static void turn_nack(int err)
{
	k_turn();
	k_nack(err, NLM_F_CAPPED);
}

static void turn_station(bool associated)
{
	k_turn();
	k_iface(0, NL80211_IFTYPE_STATION);
	k_turn();
	k_data(NL80211_CMD_NEW_SCAN_RESULTS, NLM_F_MULTI);
	k_nest(NL80211_ATTR_BSS);
	k_put_u32(NL80211_BSS_STATUS,
		  associated ? NL80211_BSS_STATUS_ASSOCIATED : NL80211_BSS_STATUS_AUTHENTICATED);
	k_nest_end();
	k_done(0);
}

/* The station's wiphy is the first; the other has what it has not. */
static void turn_wiphys(bool mlo)
{
	k_turn();
	k_wiphy(NLM_F_MULTI, 0, "phy0");
	if (mlo)
		k_put(NL80211_ATTR_MLO_SUPPORT, NULL, 0);
	k_wiphy(NLM_F_MULTI, 1, "phy1");
	if (!mlo)
		k_put(NL80211_ATTR_MLO_SUPPORT, NULL, 0);
	k_done(0);
}

/* Up to the request and its acknowledgement. */
static void script_connect(void)
{
	turn_station(false);
	turn_wiphys(false);
	k_turn();
	k_ack();
}

static void script_disconnect(void)
{
	turn_station(true);
	k_turn();
	k_ack();
}

static void event_connect(uint32_t ifindex, uint16_t status)
{
	k_event_about(NL80211_CMD_CONNECT, ifindex);
	k_put_mac(NL80211_ATTR_MAC, AP);
	k_put_u16(NL80211_ATTR_STATUS_CODE, status);
}

static void put_link(uint8_t id, const char *bssid, const char *addr, uint16_t status)
{
	k_nest(id + 1);
	k_put_u8(NL80211_ATTR_MLO_LINK_ID, id);
	k_put_mac(NL80211_ATTR_BSSID, bssid);
	k_put_mac(NL80211_ATTR_MAC, addr);
	k_put_u16(NL80211_ATTR_STATUS_CODE, status);
	k_nest_end();
}

/* ---- connect ---- */

static void connect_that_succeeds(void **state)
{
	(void)state;
	script_connect();
	event_connect(K_LO, 0);
	assert_run(run(CONNECT), ST_OK, "lo  connect  bssid " AP "  status 0 (success)\n", "",
		   SENT);
	assert_run(run("-j " CONNECT), ST_OK,
		   "{\"event\":\"connect\",\"ifname\":\"lo\",\"ifindex\":1,\"wiphy\":0,"
		   "\"bssid\":\"" AP "\",\"status_code\":0,\"status\":\"success\"}\n",
		   "", SENT);
}

static void connect_with_links(void **state)
{
	(void)state;
	turn_station(false);
	turn_wiphys(true);
	k_turn();
	k_ack();
	event_connect(K_LO, 0);
	k_links_begin();
	put_link(5, "02:00:00:00:01:05", "02:00:00:00:00:05", 133);
	put_link(0, "02:00:00:00:01:00", "02:00:00:00:00:00", 0);
	k_links_end();
	assert_run(run(CONNECT), ST_OK,
		   "lo  connect  ap-mld " AP "  status 0 (success)\n"
		   "\tlink 0  bssid 02:00:00:00:01:00  addr 02:00:00:00:00:00"
		   "  status 0 (success)\n"
		   "\tlink 5  bssid 02:00:00:00:01:05  addr 02:00:00:00:00:05"
		   "  status 133 (TID-to-link mapping denied)\n",
		   "", QUESTIONS LISTEN ASK " MLO_SUPPORT\n");
	assert_run(run("-j " CONNECT), ST_OK,
		   "{\"event\":\"connect\",\"ifname\":\"lo\",\"ifindex\":1,\"wiphy\":0,"
		   "\"ap_mld_addr\":\"" AP "\",\"status_code\":0,\"status\":\"success\",\"links\":["
		   "{\"link_id\":0,\"bssid\":\"02:00:00:00:01:00\","
		   "\"addr\":\"02:00:00:00:00:00\",\"status_code\":0,\"status\":\"success\"},"
		   "{\"link_id\":5,\"bssid\":\"02:00:00:00:01:05\","
		   "\"addr\":\"02:00:00:00:00:05\",\"status_code\":133,"
		   "\"status\":\"TID-to-link mapping denied\"}]}\n",
		   "", QUESTIONS LISTEN ASK " MLO_SUPPORT\n");
}

/* The dialect is settled before the request, as the event will be in it. */
static void connect_on_a_kernel_with_the_rfc(void **state)
{
	(void)state;
	k_rfc();
	turn_station(false);
	turn_wiphys(false);
	k_turn();
	k_ack();
	event_connect(K_LO, 0);
	k_nest(RFC_ATTR_MLO_LINK_INFO);
	k_nest(1);
	k_put_u32(NL80211_ATTR_WIPHY, 2);
	k_put_u64(NL80211_ATTR_WDEV, 0x200000003);
	k_put_mac(NL80211_ATTR_MAC, "02:00:00:00:01:03");
	k_nest_end();
	k_nest_end();
	assert_run(run(CONNECT), ST_OK,
		   "lo  connect  bssid " AP "  status 0 (success)\n"
		   "\tlink wdev 0x200000003  wiphy 2  bssid 02:00:00:00:01:03\n",
		   "", GET_LO DUMP_OLD DUMP_POLICY DUMP_FULL LISTEN ASK "\n");
	assert_run(run("-j " CONNECT), ST_OK,
		   "{\"event\":\"connect\",\"ifname\":\"lo\",\"ifindex\":1,\"wiphy\":0,"
		   "\"bssid\":\"" AP "\",\"status_code\":0,\"status\":\"success\",\"links\":["
		   "{\"wdev\":\"0x200000003\",\"wiphy\":2,\"bssid\":\"02:00:00:00:01:03\"}]}\n",
		   "", GET_LO DUMP_OLD DUMP_POLICY DUMP_FULL LISTEN ASK "\n");
}

static void connect_on_a_kernel_without_mlo(void **state)
{
	(void)state;
	k_without_links();
	k_maxattr(290);
	turn_station(false);
	turn_wiphys(false);
	k_turn();
	k_ack();
	event_connect(K_LO, 0);
	assert_run(run(CONNECT), ST_OK, "lo  connect  bssid " AP "  status 0 (success)\n", "",
		   GET_LO DUMP_OLD DUMP_FULL LISTEN ASK "\n");
}

static void connect_by_wdev(void **state)
{
	(void)state;
	script_connect();
	event_connect(K_LO, 0);
	assert_run(run("wdev 1 connect net"), ST_OK,
		   "lo  connect  bssid " AP "  status 0 (success)\n", "",
		   "get GET_INTERFACE WDEV=0100000000000000\n"
		   "dump GET_SCAN WDEV=0100000000000000 BSS_DUMP_INCLUDE_USE_DATA\n" DUMP_POLICY
			   DUMP_FULL LISTEN
		   "change CONNECT WDEV=0100000000000000 SSID=6e6574 AUTH_TYPE=0\n");
}

static void ssid_of_any_bytes_is_sent_as_it_is(void **state)
{
	(void)state;
	script_connect();
	event_connect(K_LO, 0);
	assert_run(run("dev lo connect \\xff\\x01a"), ST_OK, NULL, "",
		   QUESTIONS LISTEN "change CONNECT IFINDEX=1 SSID=ff0161 AUTH_TYPE=0\n");
}

static void connect_that_the_ap_refuses(void **state)
{
	(void)state;
	script_connect();
	event_connect(K_LO, 17);
	assert_run(run(CONNECT), ST_REFUSED, "",
		   CON_FAILED "refused by the AP: status 17 (the AP takes no more stations)\n",
		   SENT);
	k_reset();
	script_connect();
	event_connect(K_LO, 65000);
	assert_run(run("-j " CONNECT), ST_REFUSED, "",
		   CON_FAILED "refused by the AP: status 65000\n", SENT);
}

/* The kernel gives a status, too, which is none of any AP's. */
static void connect_that_no_ap_answers(void **state)
{
	(void)state;
	script_connect();
	event_connect(K_LO, 1);
	k_put_u32(NL80211_ATTR_TIMED_OUT, 0);
	assert_run(run(CONNECT), ST_REFUSED, "", CON_FAILED "no AP answered\n", SENT);
}

static void connect_event_without_a_status(void **state)
{
	(void)state;
	script_connect();
	k_event_about(NL80211_CMD_CONNECT, K_LO);
	assert_run(run(CONNECT), ST_SYSTEM, "", CON_FAILED "the kernel's event has no status\n",
		   SENT);
}

static void events_of_others_are_no_outcome(void **state)
{
	(void)state;
	script_connect();
	event_connect(OTHER_IF, 17);
	k_event_about(NL80211_CMD_DISCONNECT, K_LO);
	k_event_about(NL80211_CMD_ROAM, K_LO);
	k_event(NL80211_CMD_CONNECT); /* of what has no netdev */
	k_event(200);
	event_connect(K_LO, 0);
	k_from_port(4711); /* another process may send here, too */
	event_connect(K_LO, 0);
	k_put_u16(NL80211_ATTR_STATUS_CODE, 30);
	assert_run(run(CONNECT), ST_REFUSED, "",
		   CON_FAILED "refused by the AP: status 30 (refused for now, try again later)\n",
		   SENT);
}

static void first_outcome_counts(void **state)
{
	(void)state;
	script_connect();
	event_connect(K_LO, 17);
	event_connect(K_LO, 0);
	assert_run(run(CONNECT), ST_REFUSED, "", NULL, SENT);
	k_reset();
	script_connect();
	k_events();
	k_data(NL80211_CMD_CONNECT, 0);
	k_put_u32(NL80211_ATTR_IFINDEX, K_LO);
	k_put_u16(NL80211_ATTR_STATUS_CODE, 0);
	k_data(NL80211_CMD_CONNECT, 0); /* in the same datagram */
	k_put_u32(NL80211_ATTR_IFINDEX, K_LO);
	k_put_u16(NL80211_ATTR_STATUS_CODE, 17);
	assert_run(run(CONNECT), ST_OK, "lo  connect  status 0 (success)\n", "", SENT);
}

/* An attempt that is given up is called off, and what is told is why. */
static void connect_of_which_nothing_comes(void **state)
{
	(void)state;
	script_connect();
	event_connect(OTHER_IF, 0);
	k_turn();
	k_ack();
	assert_run(run("-t 0.3 " CONNECT), ST_UNMET, "",
		   CON_FAILED "nothing came of it within 0.300 s\n", SENT LEAVE);
	k_reset();
	script_connect();
	turn_nack(ENOTCONN);
	assert_run(run("-t 0.3 " CONNECT), ST_UNMET, "",
		   CON_FAILED "nothing came of it within 0.300 s\n", SENT LEAVE);
}

static void connect_whose_events_are_lost(void **state)
{
	(void)state;
	script_connect();
	k_events();
	k_receive_error(ENOBUFS);
	k_turn();
	k_ack();
	assert_run(run(CONNECT), ST_PARTIAL, "",
		   CON_FAILED "events were lost: what came of it is not known\n", SENT LEAVE);
}

static void events_that_cannot_be_received(void **state)
{
	(void)state;
	script_connect();
	k_events();
	k_receive_error(ENOMEM);
	k_turn();
	k_ack();
	assert_run(run(CONNECT), ST_SYSTEM, "",
		   CON_FAILED "cannot receive events: Cannot allocate memory\n", SENT LEAVE);
}

static void connect_event_that_is_malformed(void **state)
{
	(void)state;
	script_connect();
	k_event_about(NL80211_CMD_CONNECT, K_LO);
	k_put_u32(NL80211_ATTR_STATUS_CODE, 0);
	k_turn();
	k_ack();
	assert_run(run(CONNECT), ST_SYSTEM, "",
		   CON_FAILED "the kernel's event is malformed (-d shows it)\n", SENT LEAVE);
	assert_non_null(
		strstr(run("-d " CONNECT)->err, "\n* CONNECT WIPHY 0 IFINDEX 1 STATUS_CODE"));
	k_reset();
	script_connect();
	k_event(NL80211_CMD_CONNECT);
	k_put_u32(NL80211_ATTR_STATUS_CODE, 0); /* before it says of whom it is */
	k_put_u32(NL80211_ATTR_IFINDEX, K_LO);
	k_turn();
	k_ack();
	assert_run(run(CONNECT), ST_SYSTEM, "",
		   CON_FAILED "the kernel's event is malformed (-d shows it)\n", SENT LEAVE);
	k_reset();
	script_connect();
	k_event_about(NL80211_CMD_CONNECT, OTHER_IF); /* of no concern, whatever it is */
	k_put_u32(NL80211_ATTR_STATUS_CODE, 0);
	event_connect(K_LO, 0);
	assert_run(run(CONNECT), ST_OK, "lo  connect  bssid " AP "  status 0 (success)\n", "",
		   SENT);
}

static void connect_of_what_is_connected(void **state)
{
	(void)state;
	turn_station(true);
	assert_run(run(CONNECT), ST_REFUSED, "",
		   CON_FAILED "connected already (\"disconnect\" first)\n", GET_LO DUMP_SCAN);
	assert_int_equal(run(CONNECT)->opened, 1);
}

static void connect_while_another_attempt_goes_on(void **state)
{
	(void)state;
	turn_station(false);
	turn_wiphys(false);
	turn_nack(EALREADY);
	assert_run(run(CONNECT), ST_REFUSED, "",
		   CON_FAILED "refused by the kernel: EALREADY (Operation already in progress); "
			      "an attempt is under way already\n",
		   SENT);
}

/* Nothing is waited for, and nothing called off that did not begin. */
static void connect_that_the_kernel_refuses(void **state)
{
	(void)state;
	turn_station(false);
	turn_wiphys(false);
	turn_nack(ENETDOWN);
	assert_run(run(CONNECT), ST_REFUSED, "",
		   CON_FAILED "refused by the kernel: ENETDOWN (Network is down); the interface is "
			      "down (\"ip link set lo up\" first)\n",
		   SENT);
}

static void only_stations_connect(void **state)
{
	(void)state;
	k_turn();
	k_iface(0, NL80211_IFTYPE_AP);
	assert_run(run(CONNECT), ST_REFUSED, "",
		   CON_FAILED "the interface is of type ap, and only a station connects\n", GET_LO);
	assert_run(run("dev lo disconnect"), ST_REFUSED, "",
		   DIS_FAILED "the interface is of type ap, and only a station connects\n", GET_LO);
	k_reset();
	k_turn();
	k_data(NL80211_CMD_NEW_INTERFACE, 0);
	k_put_u32(NL80211_ATTR_WIPHY, 0);
	k_put_u32(NL80211_ATTR_IFTYPE, NL80211_IFTYPE_STATION);
	k_put_u64(NL80211_ATTR_WDEV, 7);
	assert_run(run("wdev 7 connect net"), ST_REFUSED, "",
		   "iw-mlo: wdev 7 connect: an interface without a netdev does not connect by "
		   "itself\n",
		   "get GET_INTERFACE WDEV=0700000000000000\n");
}

static void connect_in_a_dry_run(void **state)
{
	(void)state;
	turn_station(false);
	turn_wiphys(true);
	assert_run(run("-n " CONNECT), ST_OK,
		   "GET_INTERFACE IFINDEX 1\n"
		   "GET_SCAN IFINDEX 1 BSS_DUMP_INCLUDE_USE_DATA\n"
		   "GET_WIPHY SPLIT_WIPHY_DUMP WIPHY 0\n"
		   "CONNECT IFINDEX 1 SSID \"net\" AUTH_TYPE 0 MLO_SUPPORT\n",
		   "", QUESTIONS LISTEN);
}

/* ---- disconnect ---- */

static void disconnect_that_succeeds(void **state)
{
	(void)state;
	script_disconnect();
	k_event_about(NL80211_CMD_DISCONNECT, OTHER_IF);
	k_event_about(NL80211_CMD_CONNECT, K_LO);
	k_event_about(NL80211_CMD_DISCONNECT, K_LO);
	k_put_u16(NL80211_ATTR_REASON_CODE, 3);
	assert_run(run("dev lo disconnect"), ST_OK,
		   "lo  disconnect  reason 3 (the station leaves)\n", "", SENT_LEAVE);
	assert_run(run("-j dev lo disconnect"), ST_OK,
		   "{\"event\":\"disconnect\",\"ifname\":\"lo\",\"ifindex\":1,\"wiphy\":0,"
		   "\"reason_code\":3,\"reason\":\"the station leaves\"}\n",
		   "", SENT_LEAVE);
}

static void disconnect_of_what_is_not_connected(void **state)
{
	(void)state;
	turn_station(false);
	assert_run(run("dev lo disconnect"), ST_REFUSED, "", DIS_FAILED "not connected\n",
		   GET_LO DUMP_SCAN);
}

static void disconnect_of_which_nothing_comes(void **state)
{
	(void)state;
	script_disconnect();
	assert_run(run("-t 0.3 dev lo disconnect"), ST_UNMET, "",
		   DIS_FAILED "nothing came of it within 0.300 s\n", SENT_LEAVE);
}

static void disconnect_whose_events_are_lost(void **state)
{
	(void)state;
	script_disconnect();
	k_events();
	k_receive_error(ENOBUFS);
	assert_run(run("dev lo disconnect"), ST_PARTIAL, "",
		   DIS_FAILED "events were lost: what came of it is not known\n", SENT_LEAVE);
}

#define T(f) cmocka_unit_test_setup(f, setup)

static const struct CMUnitTest tests[] = {
	T(connect_that_succeeds),
	T(connect_with_links),
	T(connect_on_a_kernel_with_the_rfc),
	T(connect_on_a_kernel_without_mlo),
	T(connect_by_wdev),
	T(ssid_of_any_bytes_is_sent_as_it_is),
	T(connect_that_the_ap_refuses),
	T(connect_that_no_ap_answers),
	T(connect_event_without_a_status),
	T(events_of_others_are_no_outcome),
	T(first_outcome_counts),
	T(connect_of_which_nothing_comes),
	T(connect_whose_events_are_lost),
	T(events_that_cannot_be_received),
	T(connect_event_that_is_malformed),
	T(connect_of_what_is_connected),
	T(connect_while_another_attempt_goes_on),
	T(connect_that_the_kernel_refuses),
	T(only_stations_connect),
	T(connect_in_a_dry_run),
	T(disconnect_that_succeeds),
	T(disconnect_of_what_is_not_connected),
	T(disconnect_of_which_nothing_comes),
	T(disconnect_whose_events_are_lost),
};

int main(void)
{
	return cmocka_run_group_tests(tests, NULL, NULL);
}
