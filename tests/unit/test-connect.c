/* SPDX-License-Identifier: ISC */
/* connect, where user space authenticates and associates: every step, its failures, and what is
 * left. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/stat.h>

#include "fake-kernel.h"

#define CONNECT	   "dev lo connect net"
#define FAILED	   "iw-mlo: dev lo connect: "
#define GET_LO	   "get GET_INTERFACE IFINDEX=1\n"
#define DUMP_SCAN  "dump GET_SCAN IFINDEX=1 BSS_DUMP_INCLUDE_USE_DATA\n"
#define DUMP_WIPHY "dump GET_WIPHY SPLIT_WIPHY_DUMP WIPHY=0\n"
#define LISTEN	   "listen mlme scan\n"
#define SCAN	   "change TRIGGER_SCAN IFINDEX=1 SCAN_SSIDS=070001006e657400\n"
#define PASSIVE(f) "change TRIGGER_SCAN IFINDEX=1 SCAN_FREQUENCIES=08000100" f "\n"
#define OPENED	   GET_LO DUMP_SCAN "dump policy 6\n" DUMP_WIPHY LISTEN SCAN DUMP_SCAN
#define AUTH(id, freq)                                                           \
	"change AUTHENTICATE IFINDEX=1 MAC=02000000010" #id " WIPHY_FREQ=" #freq \
	" SSID=6e6574 AUTH_TYPE=0 MLO_LINK_ID=" #id " MLD_ADDR=0200000001aa\n"
#define AUTH_PLAIN(id, freq)                                                     \
	"change AUTHENTICATE IFINDEX=1 MAC=02000000010" #id " WIPHY_FREQ=" #freq \
	" SSID=6e6574 AUTH_TYPE=0\n"
#define ASSOC(id, nests)                                          \
	"change ASSOCIATE IFINDEX=1 SSID=6e6574 MLO_LINK_ID=" #id \
	" MLD_ADDR=0200000001aa MLO_LINKS=" nests "\n"
#define ASSOC_PLAIN(id, freq) \
	"change ASSOCIATE IFINDEX=1 SSID=6e6574 MAC=02000000010" #id " WIPHY_FREQ=" #freq "\n"
/* The n-th of MLO_LINKS: link id, its BSSID, its frequency. */
#define NEST(n, id, freq)                          \
	"20000" #n "80"                            \
	"050039010" #id "0000000a0006000200000001" \
	"0" #id "0000"                             \
	"08002600" freq "0000"
#define F2412 "6c09"
#define F5180 "3c14"
#define F5955 "4317"
#define LEAVE "change DISCONNECT IFINDEX=1\n"
#define OK    "lo  connect  ap-mld " K_MLD(1) "  status 0 (success)\n"

static struct k_mld ap;
static char root[] = "/tmp/iw-mlo-run-XXXXXX";

static int setup(void **state)
{
	(void)state;
	k_reset();
	ap = (struct k_mld){ .ssid = "net", .m = 1, .announced = 7 };
	return 0;
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

static void turn_wiphy(bool mlo)
{
	k_turn();
	k_wiphy(NLM_F_MULTI, 0, "phy0");
	k_nest(NL80211_ATTR_SUPPORTED_COMMANDS);
	k_put_u32(1, NL80211_CMD_AUTHENTICATE);
	k_put_u32(2, NL80211_CMD_ASSOCIATE);
	k_nest_end();
	if (mlo)
		k_put(NL80211_ATTR_MLO_SUPPORT, NULL, 0);
	k_done(0);
}

static void turn_scan(void)
{
	turn_ack();
	k_event(NL80211_CMD_TRIGGER_SCAN);
	k_put_u64(NL80211_ATTR_WDEV, 1);
	k_event(NL80211_CMD_NEW_SCAN_RESULTS);
	k_put_u64(NL80211_ATTR_WDEV, 99); /* another's */
	k_event(NL80211_CMD_NEW_SCAN_RESULTS);
	k_put_u64(NL80211_ATTR_WDEV, 1);
}

static void put_bsses(const struct k_mld *mld, uint16_t heard)
{
	for (uint8_t id = 0; id < 3; id++)
		if (heard >> id & 1)
			k_mld_bss(mld, id, false);
}

static void turn_bsses(uint16_t heard)
{
	k_turn();
	put_bsses(&ap, heard);
	k_done(0);
}

/* Up to the scan. */
static void script_begin(bool mlo)
{
	k_turn();
	k_iface(0, NL80211_IFTYPE_STATION);
	turn_bsses(0);
	turn_wiphy(mlo);
	turn_scan();
}

/* Up to the table after it. */
static void script_heard(uint16_t heard)
{
	script_begin(true);
	turn_bsses(heard);
}

static void event_auth(uint16_t status)
{
	uint8_t frame[30] = { 0xb0 };

	frame[26] = 2;
	frame[28] = (uint8_t)status;
	k_event_about(NL80211_CMD_AUTHENTICATE, K_LO);
	k_put(NL80211_ATTR_FRAME, frame, sizeof(frame));
}

static void turn_auth(void)
{
	turn_ack();
	event_auth(0);
}

static void event_lost_station(const char *mac)
{
	k_event_about(NL80211_CMD_DEL_STATION, K_LO);
	k_put_mac(NL80211_ATTR_MAC, mac);
}

static void event_timed_out(uint8_t cmd)
{
	k_event_about(cmd, K_LO);
	k_put(NL80211_ATTR_TIMED_OUT, NULL, 0);
}

static void event_connect(uint16_t status, uint16_t links)
{
	k_event_about(NL80211_CMD_CONNECT, K_LO);
	k_put_mac(NL80211_ATTR_MAC, K_MLD(1));
	k_put_u16(NL80211_ATTR_STATUS_CODE, status);
	k_links_begin();
	for (uint8_t id = 0; id < 3; id++) {
		if (!(links >> id & 1))
			continue;
		k_link_begin(id, "02:00:00:00:00:05");
		k_put_u16(NL80211_ATTR_STATUS_CODE, 0);
		k_nest_end();
	}
	k_links_end();
}

/* The links that are there, and those of them that have a channel. */
static void turn_links(uint16_t links, uint16_t active)
{
	k_turn();
	k_iface(0, NL80211_IFTYPE_STATION);
	k_links_begin();
	for (uint8_t id = 0; id < 3; id++) {
		if (!(links >> id & 1))
			continue;
		k_link_begin(id, "02:00:00:00:00:05");
		if (active >> id & 1)
			k_put_u32(NL80211_ATTR_WIPHY_FREQ, k_mld_freq(id));
		k_nest_end();
	}
	k_links_end();
}

#define LINK(n) "\tlink " #n "  addr 02:00:00:00:00:05  status 0 (success)\n"

/* ---- that succeeds ---- */

/* With all links, over the strongest; shown when all of them are up. */
static void all_links_that_were_heard(void **state)
{
	(void)state;
	script_heard(7);
	turn_auth();
	turn_ack();
	event_connect(0, 7);
	turn_links(7, 1);
	turn_links(7, 7);
	assert_run(run(CONNECT), ST_OK, OK LINK(0) LINK(1) LINK(2), "",
		   OPENED AUTH(2, 5955) ASSOC(2, NEST(1, 2, F5955) NEST(2, 0, F2412)
							 NEST(3, 1, F5180)) GET_LO GET_LO);
}

static void links_that_are_named(void **state)
{
	(void)state;
	script_heard(7);
	turn_auth();
	turn_ack();
	event_connect(0, 3);
	turn_links(3, 3);
	assert_run(run(CONNECT " link 0 link 1"), ST_OK, OK LINK(0) LINK(1), "",
		   OPENED AUTH(0, 2412) ASSOC(0, NEST(1, 0, F2412) NEST(2, 1, F5180)) GET_LO);
}

static void frequencies_that_are_named(void **state)
{
	(void)state;
	script_heard(1);
	turn_auth();
	turn_ack();
	event_connect(0, 1);
	turn_links(1, 1);
	/* and so it is not looked for links on others */
	assert_run(run(CONNECT " freq 2412 freq 2437"), ST_OK, NULL, "",
		   GET_LO DUMP_SCAN
		   "dump policy 6\n" DUMP_WIPHY LISTEN
		   "change TRIGGER_SCAN IFINDEX=1 SCAN_FREQUENCIES=08000100" F2412
		   "00000800020085090000 SCAN_SSIDS=070001006e657400\n" DUMP_SCAN AUTH(0, 2412)
			   ASSOC(0, NEST(1, 0, F2412)) GET_LO);
}

/* A link that stays inactive is no error, but it is waited for. */
static void links_that_do_not_come_up(void **state)
{
	(void)state;
	script_heard(3);
	turn_auth();
	turn_ack();
	event_connect(0, 3);
	for (int n = 0; n < 60; n++)
		turn_links(3, 1);
	assert_int_equal(run(CONNECT " link 0 link 1")->status, ST_OK);
	assert_true(run(CONNECT " link 0 link 1")->turns_left < 59);
}

/* An answer to a probe request was lost. */
static void link_that_was_announced_is_listened_for(void **state)
{
	(void)state;
	script_heard(3);
	turn_scan();
	turn_bsses(7);
	turn_auth();
	turn_ack();
	event_connect(0, 7);
	turn_links(7, 7);
	assert_run(run(CONNECT), ST_OK, OK LINK(0) LINK(1) LINK(2), "",
		   OPENED PASSIVE(F5955 "0000") DUMP_SCAN AUTH(2, 5955)
			   ASSOC(2, NEST(1, 2, F5955) NEST(2, 0, F2412) NEST(3, 1, F5180)) GET_LO);
	setup(NULL);
	script_heard(3);
	turn_auth();
	turn_ack();
	event_connect(0, 2);
	turn_links(2, 2);
	assert_run(run(CONNECT " link 1"), ST_OK, NULL, "",
		   OPENED AUTH(1, 5180) ASSOC(1, NEST(1, 1, F5180)) GET_LO);
}

static void driver_without_mlo(void **state)
{
	(void)state;
	script_begin(false);
	turn_bsses(4);
	turn_scan(); /* for what is announced */
	turn_bsses(4);
	turn_auth();
	turn_ack();
	k_event_about(NL80211_CMD_CONNECT, K_LO);
	k_put_mac(NL80211_ATTR_MAC, "02:00:00:00:01:02");
	k_put_u16(NL80211_ATTR_STATUS_CODE, 0);
	turn_links(0, 0);
	assert_run(run(CONNECT), ST_OK,
		   "lo  connect  bssid 02:00:00:00:01:02  status 0 (success)\n", "",
		   OPENED "change TRIGGER_SCAN IFINDEX=1 SCAN_FREQUENCIES=08000100" F2412 "0000"
			  "08000200" F5180 "0000\n" DUMP_SCAN AUTH_PLAIN(2, 5955)
				  ASSOC_PLAIN(2, 5955) GET_LO);
	setup(NULL);
	script_begin(false);
	turn_bsses(4);
	assert_run(run(CONNECT " link 2"), ST_REFUSED, "",
		   FAILED "the driver of this phy does not support MLO\n", NULL);
}

/* ---- that is not begun ---- */

static void put_legacy(void)
{
	static const uint8_t elements[] = { 0, 3, 'n', 'e', 't' }, bssid[] = { 2, 0, 0, 0, 9, 9 };

	k_data(NL80211_CMD_NEW_SCAN_RESULTS, NLM_F_MULTI);
	k_nest(NL80211_ATTR_BSS);
	k_put(NL80211_BSS_BSSID, bssid, sizeof(bssid));
	k_put_u32(NL80211_BSS_FREQUENCY, 2412);
	k_put_u16(NL80211_BSS_CAPABILITY, 1);
	k_put(NL80211_BSS_INFORMATION_ELEMENTS, elements, sizeof(elements));
	k_nest_end();
}

static void no_such_ap(void **state)
{
	(void)state;
	script_begin(true);
	k_turn();
	k_done(0);
	assert_run(run(CONNECT), ST_REFUSED, "", FAILED "no AP with this SSID was heard\n", OPENED);
	setup(NULL);
	ap.ssid = "other";
	script_heard(7);
	assert_run(run(CONNECT), ST_REFUSED, "", FAILED "no AP with this SSID was heard\n", OPENED);
	setup(NULL);
	script_heard(7);
	assert_run(run(CONNECT " bssid 02:00:00:00:02:aa"), ST_REFUSED, "",
		   FAILED "no AP with this SSID and BSSID was heard\n", OPENED);
}

static void several_aps(void **state)
{
	struct k_mld second = { .ssid = "net", .m = 2 };

	(void)state;
	script_begin(true);
	k_turn();
	put_bsses(&second, 7);
	put_bsses(&ap, 7);
	k_done(0);
	assert_run(run(CONNECT), ST_REFUSED, "",
		   FAILED
		   "2 APs have this SSID: choose one by \"bssid BSSID\" (\"bss\" lists them)\n",
		   OPENED);
	/* by its MLD address, or that of a link */
	turn_auth();
	turn_ack();
	event_connect(0, 1);
	turn_links(1, 1);
	assert_run(run(CONNECT " link 0 bssid " K_MLD(1)), ST_OK, NULL, "",
		   OPENED AUTH(0, 2412) ASSOC(0, NEST(1, 0, F2412)) GET_LO);
	assert_run(run(CONNECT " link 0 bssid 02:00:00:00:01:02"), ST_OK, NULL, "",
		   OPENED AUTH(0, 2412) ASSOC(0, NEST(1, 0, F2412)) GET_LO);
}

static void links_that_cannot_be(void **state)
{
	(void)state;
	ap.announced = 3;
	script_heard(3);
	assert_run(run(CONNECT " link 0 link 2"), ST_REFUSED, "",
		   FAILED "link 2 of the AP was not heard: it has 0, 1\n", OPENED);
	setup(NULL);
	ap.use_normal_only = true;
	script_heard(7);
	assert_run(run(CONNECT " link 0"), ST_REFUSED, "",
		   FAILED "the kernel cannot use link 0 of the AP (\"bss\" tells why)\n", OPENED);
	assert_run(run(CONNECT), ST_REFUSED, "",
		   FAILED "the kernel cannot use any link of the AP\n", OPENED);
	setup(NULL);
	script_begin(true);
	k_turn();
	put_legacy();
	k_done(0);
	assert_run(run(CONNECT " link 0"), ST_REFUSED, "",
		   FAILED "the AP is no MLD: it has no links\n", OPENED);
}

static void network_that_is_closed(void **state)
{
	(void)state;
	ap.closed = true;
	script_heard(7);
	assert_run(run(CONNECT), ST_REFUSED, "",
		   FAILED "the network is not open (privacy): wpa_supplicant connects to such\n",
		   OPENED);
}

static void touch(const char *name, const char *text)
{
	char path[120];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", root, name);
	f = fopen(path, "w");
	assert_non_null(f);
	fputs(text, f);
	fclose(f);
}

static void erase(const char *name)
{
	char path[120];

	snprintf(path, sizeof(path), "%s/%s", root, name);
	unlink(path);
}

/* Two that manage one interface undo each other's work. */
static void interface_that_is_managed(void **state)
{
	static const char *const states[] = { "managed=true", "managed=full" };
	char err[240], text[40];

	(void)state;
	script_heard(7);
	turn_nack(ENETDOWN);
	turn_ack();
	touch("wpa_supplicant/lo", "");
	snprintf(err, sizeof(err),
		 FAILED "wpa_supplicant manages this interface (%s/wpa_supplicant/lo is there): "
			"--force connects all the same\n",
		 root);
	assert_string_equal(run(CONNECT)->err, err);
	assert_string_equal(run(CONNECT)->sent, GET_LO DUMP_SCAN);
	assert_non_null(strstr(run(CONNECT " --force")->err, "ENETDOWN"));
	erase("wpa_supplicant/lo");
	snprintf(err, sizeof(err),
		 FAILED "NetworkManager manages this interface (%s/NetworkManager/devices/1 is "
			"there): --force connects all the same\n",
		 root);
	for (size_t n = 0; n < ARRAY_SIZE(states); n++) {
		snprintf(text, sizeof(text), "[device]\n%s\n", states[n]);
		touch("NetworkManager/devices/1", text);
		assert_string_equal(run(CONNECT)->err, err);
		assert_non_null(strstr(run(CONNECT " --force")->err, "ENETDOWN"));
	}
	touch("NetworkManager/devices/1", "[device]\nmanaged=unmanaged\n");
	assert_non_null(strstr(run(CONNECT)->err, "ENETDOWN"));
	erase("NetworkManager/devices/1");
}

/* ---- that fails ---- */

static void authentication_that_fails(void **state)
{
	static const struct {
		enum { REFUSED, SILENT, DROPPED, DROPPED_OTHER, NONE, SHORT } kind;
		enum status status;
		const char *err;
	} fails[] = {
		{ REFUSED, ST_REFUSED,
		  "the authentication was refused by the AP: status 30 (refused for now, try again later)" },
		{ SILENT, ST_REFUSED, "the AP did not answer the authentication" },
		{ DROPPED, ST_REFUSED,
		  "the kernel gave the AP up without telling why: its answer was not usable, or came too "
		  "late" },
		{ DROPPED_OTHER, ST_UNMET, "nothing came of it in time" },
		{ NONE, ST_UNMET, "nothing came of it in time" },
		{ SHORT, ST_SYSTEM, "the kernel's event is malformed (-d shows it)" },
	};
	char err[200];

	for (size_t n = 0; n < ARRAY_SIZE(fails); n++) {
		setup(state);
		script_heard(1);
		turn_ack();
		if (fails[n].kind == REFUSED)
			event_auth(30);
		else if (fails[n].kind == SILENT)
			event_timed_out(NL80211_CMD_AUTHENTICATE);
		else if (fails[n].kind == DROPPED)
			event_lost_station(K_MLD(1));
		else if (fails[n].kind == DROPPED_OTHER)
			event_lost_station(K_MLD(2));
		else if (fails[n].kind == SHORT)
			k_event_about(NL80211_CMD_AUTHENTICATE, K_LO);
		turn_ack();
		snprintf(err, sizeof(err), FAILED "%s\n", fails[n].err);
		assert_run(run("-t 0.5 " CONNECT " link 0"), (int)fails[n].status, "", err,
			   OPENED AUTH(0, 2412) LEAVE);
	}
}

/* Three ways to fail, two of them without a word of why. */
static void association_that_fails(void **state)
{
	static const struct {
		enum { REFUSED2, SILENT2, DROPPED2, NO_STATUS, LOST } kind;
		enum status status;
		const char *err;
	} fails[] = {
		{ REFUSED2, ST_REFUSED,
		  "the association was refused by the AP: status 17 (the AP takes no more stations)" },
		{ SILENT2, ST_REFUSED, "the AP did not answer the association, or not usably" },
		{ DROPPED2, ST_REFUSED,
		  "the kernel gave the AP up without telling why: its answer was not usable, or came too "
		  "late" },
		{ NO_STATUS, ST_SYSTEM, "the kernel's event has no status" },
		{ LOST, ST_PARTIAL, "events were lost: what came of it is not known" },
	};
	char err[200];

	for (size_t n = 0; n < ARRAY_SIZE(fails); n++) {
		setup(state);
		script_heard(1);
		turn_auth();
		turn_ack();
		k_event_about(NL80211_CMD_ASSOCIATE, K_LO); /* is no outcome */
		if (fails[n].kind == REFUSED2) {
			event_lost_station(K_MLD(1));
			event_connect(17, 1);
		} else if (fails[n].kind == SILENT2) {
			event_timed_out(NL80211_CMD_ASSOCIATE);
		} else if (fails[n].kind == DROPPED2) {
			event_lost_station(K_MLD(1));
		} else if (fails[n].kind == NO_STATUS) {
			k_event_about(NL80211_CMD_CONNECT, K_LO);
		} else {
			k_events();
			k_receive_error(ENOBUFS);
		}
		turn_nack(ENOTCONN);
		snprintf(err, sizeof(err), FAILED "%s\n", fails[n].err);
		assert_run(run(CONNECT " link 0"), (int)fails[n].status, "", err,
			   OPENED AUTH(0, 2412) ASSOC(0, NEST(1, 0, F2412)) LEAVE);
	}
}

/* The interface refuses links until an authentication without any. */
static void jam_is_cleared(void **state)
{
	(void)state;
	script_heard(1);
	turn_nack(EINVAL);
	turn_auth();
	turn_auth();
	turn_ack();
	event_connect(0, 1);
	turn_links(1, 1);
	assert_run(run(CONNECT " link 0"), ST_OK, OK LINK(0), "",
		   OPENED AUTH(0, 2412) AUTH_PLAIN(0, 2412) AUTH(0, 2412)
			   ASSOC(0, NEST(1, 0, F2412)) GET_LO);
	/* where that was not the reason, what is told is the first refusal */
	setup(NULL);
	script_heard(1);
	turn_nack(EINVAL);
	turn_nack(ENETDOWN);
	turn_ack();
	assert_run(run(CONNECT " link 0"), ST_REFUSED, "",
		   FAILED "refused by the kernel: EINVAL (Invalid argument)\n",
		   OPENED AUTH(0, 2412) AUTH_PLAIN(0, 2412) LEAVE);
	setup(NULL);
	script_heard(1);
	turn_nack(EINVAL);
	turn_auth();
	turn_nack(EINVAL);
	turn_ack();
	assert_run(run(CONNECT " link 0"), ST_REFUSED, "",
		   FAILED "refused by the kernel: EINVAL (Invalid argument)\n",
		   OPENED AUTH(0, 2412) AUTH_PLAIN(0, 2412) AUTH(0, 2412) LEAVE);
}

/* An association that the kernel refuses leaves a jam, which is cleared for those who come later.
 */
static void association_that_the_kernel_refuses(void **state)
{
	(void)state;
	script_heard(1);
	turn_auth();
	k_turn();
	k_nack(EINVAL, NLM_F_CAPPED);
	k_ext_text("no");
	turn_auth();
	turn_ack();
	assert_run(run(CONNECT " link 0"), ST_REFUSED, "",
		   FAILED "refused by the kernel: EINVAL (Invalid argument): \"no\"\n",
		   OPENED AUTH(0, 2412) ASSOC(0, NEST(1, 0, F2412)) AUTH_PLAIN(0, 2412) LEAVE);
}

static void bss_that_is_gone(void **state)
{
	(void)state;
	script_heard(1);
	turn_nack(ENOENT);
	turn_ack();
	assert_run(
		run(CONNECT " link 0"), ST_REFUSED, "",
		FAILED
		"refused by the kernel: ENOENT (No such file or directory); the kernel does not have "
		"this BSS any more (scan again)\n",
		OPENED AUTH(0, 2412) LEAVE);
}

static void scan_that_fails(void **state)
{
	(void)state;
	k_turn();
	k_iface(0, NL80211_IFTYPE_STATION);
	turn_bsses(0);
	turn_wiphy(true);
	turn_nack(ENETDOWN);
	assert_run(
		run(CONNECT), ST_REFUSED, "",
		FAILED
		"refused by the kernel: ENETDOWN (Network is down); the interface is down (\"ip link "
		"set lo up\" first)\n",
		NULL);
}

static void plan_of_a_dry_run(void **state)
{
	(void)state;
	k_turn();
	k_iface(0, NL80211_IFTYPE_STATION);
	turn_bsses(0);
	turn_wiphy(true);
	turn_bsses(3);
	assert_run(
		run("-n " CONNECT " link 0"), ST_OK,
		"GET_INTERFACE IFINDEX 1\nGET_SCAN IFINDEX 1 BSS_DUMP_INCLUDE_USE_DATA\n"
		"GET_WIPHY SPLIT_WIPHY_DUMP WIPHY 0\n"
		"TRIGGER_SCAN IFINDEX 1 SCAN_SSIDS [ \"net\" ]\n"
		"GET_SCAN IFINDEX 1 BSS_DUMP_INCLUDE_USE_DATA\n"
		"AUTHENTICATE IFINDEX 1 MAC 02:00:00:00:01:00 WIPHY_FREQ 2412 SSID \"net\" AUTH_TYPE 0 "
		"MLO_LINK_ID 0 MLD_ADDR " K_MLD(
			1) "\n"
			   "ASSOCIATE IFINDEX 1 SSID \"net\" MLO_LINK_ID 0 MLD_ADDR " K_MLD(
				   1) " MLO_LINKS { 1 { MLO_LINK_ID 0 MAC 02:00:00:00:01:00 WIPHY_FREQ 2412 } }\n",
		"", GET_LO DUMP_SCAN "dump policy 6\n" DUMP_WIPHY LISTEN DUMP_SCAN);
}

#define T(f) cmocka_unit_test_setup(f, setup)

static const struct CMUnitTest tests[] = {
	T(all_links_that_were_heard),
	T(links_that_are_named),
	T(frequencies_that_are_named),
	T(links_that_do_not_come_up),
	T(link_that_was_announced_is_listened_for),
	T(driver_without_mlo),
	T(no_such_ap),
	T(several_aps),
	T(links_that_cannot_be),
	T(network_that_is_closed),
	T(interface_that_is_managed),
	T(authentication_that_fails),
	T(association_that_fails),
	T(jam_is_cleared),
	T(association_that_the_kernel_refuses),
	T(bss_that_is_gone),
	T(scan_that_fails),
	T(plan_of_a_dry_run),
};

static void make(const char *name)
{
	char path[120];

	snprintf(path, sizeof(path), "%s/%s", root, name);
	mkdir(path, 0700);
}

int main(void)
{
	char command[80];
	int failed;

	if (!mkdtemp(root))
		return 1;
	make("wpa_supplicant");
	make("NetworkManager");
	make("NetworkManager/devices");
	run_root = root;
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	snprintf(command, sizeof(command), "rm -r %s", root);
	return system(command) ? 1 : failed;
}
