/* SPDX-License-Identifier: ISC */
/* link reconf, ttlm set, epcs, ap stop, reg: the requests exactly, and what is said of what came of
 * them. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fake-kernel.h"

#define RECONF	  "dev lo link reconf "
#define REC	  "iw-mlo: dev lo link reconf: "
#define TTLM	  "iw-mlo: dev lo ttlm set: "
#define EPCS	  "iw-mlo: dev lo epcs: "
#define GET_LO	  "get GET_INTERFACE IFINDEX=1\n"
#define DUMP_SCAN "dump GET_SCAN IFINDEX=1 BSS_DUMP_INCLUDE_USE_DATA\n"
#define OPENED	  GET_LO "dump policy 6\nlisten mlme scan\n" DUMP_SCAN
#define ADDR(n)	  "02:00:00:00:00:0" #n
#define LINK(n)	  "\tlink " #n "  addr " ADDR(n) "  no channel\n"
/* link 2, its BSSID and 5955 MHz */
#define NEST2	   "2000018005003901020000000a00060002000000010200000800260043170000"
#define ASK_ADD	   "change ASSOC_MLO_RECONF IFINDEX=1 MLO_LINKS=" NEST2 "\n"
#define ASK_DEL(n) "change ASSOC_MLO_RECONF IFINDEX=1 MLO_RECONF_REM_LINKS=" n "\n"

static struct k_mld ap;

static int setup(void **state)
{
	(void)state;
	k_reset();
	k_family_has(NL80211_CMD_ASSOC_MLO_RECONF);
	k_family_has(NL80211_CMD_SET_TID_TO_LINK_MAPPING);
	k_family_has(NL80211_CMD_EPCS_CFG);
	ap = (struct k_mld){ .ssid = "net", .m = 1, .capabilities = 0x2062, .announced = 7 };
	return 0;
}

static void turn_nack(int err)
{
	k_turn();
	k_nack(err, NLM_F_CAPPED);
}

static void turn_ack(void)
{
	k_turn();
	k_ack();
}

static void turn_iface(uint16_t links)
{
	static const char *const addrs[] = { ADDR(0), ADDR(1), ADDR(2), ADDR(3) };

	k_turn();
	k_iface(0, NL80211_IFTYPE_STATION);
	k_links_begin();
	for (uint8_t id = 0; id < ARRAY_SIZE(addrs); id++)
		if (links >> id & 1)
			k_link(id, addrs[id]);
	k_links_end();
}

static void turn_bsses(uint16_t ours, uint16_t heard)
{
	k_turn();
	for (uint8_t id = 0; id < 3; id++)
		if ((ours | heard) >> id & 1)
			k_mld_bss(&ap, id, ours >> id & 1);
	k_done(0);
}

/* Connected with links 0 and 1; 2 was heard, too. */
static void script_connected(void)
{
	turn_iface(3);
	turn_bsses(3, 4);
}

static void turn_not_connected(bool associated)
{
	k_turn();
	k_iface(0, NL80211_IFTYPE_STATION);
	turn_bsses(associated ? 1 : 0, 0);
}

static void event_reconf(const void *frame, size_t len)
{
	k_event_about(NL80211_CMD_ASSOC_MLO_RECONF, K_LO);
	k_put(NL80211_ATTR_FRAME, frame, len);
}

static void event_disconnect(uint16_t reason, bool by_ap)
{
	k_event_about(NL80211_CMD_DISCONNECT, K_LO);
	k_put_u16(NL80211_ATTR_REASON_CODE, reason);
	if (by_ap)
		k_put(NL80211_ATTR_DISCONNECTED_BY_AP, NULL, 0);
}

/* Header, category, action, token, two links: 2 added, 1 deleted. */
static const uint8_t response[] = { 0xd0, 0, 0, 0, 2,	 0, 0, 0,  0,  1, 2, 0, 0, 0, 1, 0xaa, 2,
				    0,	  0, 0, 1, 0xaa, 0, 0, 37, 12, 1, 2, 2, 0, 0, 1, 0,    0 };

/* ---- link reconf ---- */

static void links_are_added_and_deleted(void **state)
{
	(void)state;
	script_connected();
	turn_ack();
	k_event_about(NL80211_CMD_LINKS_REMOVED, K_LO);
	k_event_about(NL80211_CMD_ASSOC_MLO_RECONF, 99); /* another's */
	k_put(NL80211_ATTR_FRAME, response, sizeof(response));
	event_reconf(response, sizeof(response));
	turn_iface(5);
	assert_run(run(RECONF "add 2 del 1"), ST_OK, "lo  added 2  deleted 1\n" LINK(0) LINK(2), "",
		   OPENED "change ASSOC_MLO_RECONF IFINDEX=1 MLO_LINKS=" NEST2
			  " MLO_RECONF_REM_LINKS=0200\n" GET_LO);
}

static void statuses_are_in_json(void **state)
{
	(void)state;
	script_connected();
	turn_ack();
	event_reconf(response, sizeof(response));
	turn_iface(5);
	assert_run(run("-j " RECONF "add 2 del 1"), ST_OK,
		   "{\"ifname\":\"lo\",\"ifindex\":1,\"wdev\":\"0x1\",\"type\":\"station\","
		   "\"addr\":\"" ADDR(
			   1) "\",\"operations\":[{\"link_id\":1,\"operation\":\"del\","
			      "\"status_code\":0,\"status\":\"success\"},{\"link_id\":2,"
			      "\"operation\":\"add\",\"status_code\":0,\"status\":\"success\"}],"
			      "\"links\":[{\"link_id\":0,\"addr\":\"" ADDR(
				      0) "\"},{\"link_id\":2,\"addr\":\"" ADDR(2) "\"}]}\n",
		   "", NULL);
}

/* No event tells that the AP agreed; that the connection is there half a second later, does. */
static void links_are_deleted(void **state)
{
	(void)state;
	script_connected();
	turn_ack();
	turn_iface(2);
	assert_run(
		run("-j " RECONF "del 0"), ST_OK,
		"{\"ifname\":\"lo\",\"ifindex\":1,\"wdev\":\"0x1\",\"type\":\"station\","
		"\"addr\":\"" ADDR(1) "\",\"operations\":[{\"link_id\":0,\"operation\":\"del\"}],"
				      "\"links\":[{\"link_id\":1,\"addr\":\"" ADDR(1) "\"}]}\n",
		"", OPENED ASK_DEL("0100") GET_LO);
}

static void link_that_was_not_heard_is_scanned_for(void **state)
{
	(void)state;
	turn_iface(3);
	turn_bsses(3, 0);
	turn_ack();
	k_event(NL80211_CMD_TRIGGER_SCAN);
	k_put_u64(NL80211_ATTR_WDEV, 1);
	k_event(NL80211_CMD_NEW_SCAN_RESULTS);
	k_put_u64(NL80211_ATTR_WDEV, 1);
	turn_bsses(3, 4);
	turn_ack();
	event_reconf(response, sizeof(response));
	turn_iface(7);
	assert_run(run(RECONF "add 2"), ST_OK, "lo  added 2\n" LINK(0) LINK(1) LINK(2), "",
		   OPENED
		   "change TRIGGER_SCAN IFINDEX=1 SCAN_FREQUENCIES=0800010043170000\n" DUMP_SCAN
			   ASK_ADD GET_LO);
	setup(NULL);
	turn_iface(3);
	turn_bsses(3, 0);
	turn_ack();
	k_event(NL80211_CMD_TRIGGER_SCAN);
	k_put_u64(NL80211_ATTR_WDEV, 1);
	k_event(NL80211_CMD_NEW_SCAN_RESULTS);
	k_put_u64(NL80211_ATTR_WDEV, 1);
	turn_bsses(3, 0);
	assert_run(run(RECONF "add 2"), ST_REFUSED, "",
		   REC "link 2 of the AP was not heard: it has 0, 1\n", NULL);
	setup(NULL);
	turn_iface(3);
	turn_bsses(3, 0);
	turn_ack();
	k_event(NL80211_CMD_TRIGGER_SCAN);
	k_put_u64(NL80211_ATTR_WDEV, 1);
	k_event(NL80211_CMD_NEW_SCAN_RESULTS);
	k_put_u64(NL80211_ATTR_WDEV, 1);
	turn_bsses(0, 7);
	assert_run(run(RECONF "add 2"), ST_REFUSED, "", REC "the connection ended meanwhile\n",
		   NULL);
}

/* What the kernel would refuse with a bare EINVAL, nothing is sent of. */
static void what_cannot_be_is_explained(void **state)
{
	static const struct {
		const char *words, *err;
	} wrong[] = {
		{ "add 1", "link 1 is there already (links: 0,1)" },
		{ "add 0 add 1 add 2", "link 0,1 is there already (links: 0,1)" },
		{ "del 2", "there is no link 2 (links: 0,1)" },
		{ "del 0 del 2", "there is no link 2 (links: 0,1)" },
		{ "del 0 del 1", "no link would be left to ask over: one of 0,1 has to stay" },
		{ "del 1 del 0 add 2",
		  "no link would be left to ask over: one of 0,1 has to stay" },
		{ "add 5", "the AP has no link 5 (it has 0,1,2)" },
		{ "add 2 add 14 del 0", "the AP has no link 14 (it has 0,1,2)" },
	};
	char line[80], err[160];

	(void)state;
	script_connected();
	for (size_t n = 0; n < ARRAY_SIZE(wrong); n++) {
		snprintf(line, sizeof(line), RECONF "%s", wrong[n].words);
		snprintf(err, sizeof(err), REC "%s\n", wrong[n].err);
		assert_run(run(line), ST_REFUSED, "", err, OPENED);
	}
	setup(NULL);
	ap.capabilities = 0x62;
	script_connected();
	assert_run(run(RECONF "del 0"), ST_REFUSED, "",
		   REC "the AP does not offer link reconfiguration\n", OPENED);
	setup(NULL);
	turn_iface(3);
	turn_bsses(0, 7);
	assert_run(run(RECONF "add 2"), ST_REFUSED, "",
		   REC "the table of BSSes does not have the AP\n", OPENED);
	setup(NULL);
	ap.use_normal_only = true;
	script_connected();
	assert_run(run(RECONF "add 2"), ST_REFUSED, "",
		   REC "the kernel cannot use link 2 of the AP (\"bss\" tells why)\n", OPENED);
}

static void there_has_to_be_a_connection(void **state)
{
	static const char *const lines[] = { RECONF "del 0", "dev lo ttlm set all=0",
					     "dev lo epcs on" };
	char err[200];

	for (size_t n = 0; n < ARRAY_SIZE(lines); n++) {
		char name[40];

		snprintf(name, sizeof(name), "%.*s",
			 (int)(n == 0	? 18
			       : n == 1 ? 15
					: 11),
			 lines[n]);
		setup(state);
		turn_not_connected(false);
		snprintf(err, sizeof(err), "iw-mlo: %s: not connected\n", name);
		assert_run(run(lines[n]), ST_REFUSED, "", err, GET_LO DUMP_SCAN);
		setup(state);
		turn_not_connected(true);
		snprintf(err, sizeof(err),
			 "iw-mlo: %s: the connection has no links: it is not one of an MLD\n",
			 name);
		assert_run(run(lines[n]), ST_REFUSED, "", err, GET_LO DUMP_SCAN);
		setup(state);
		k_turn();
		k_iface(0, NL80211_IFTYPE_AP);
		snprintf(err, sizeof(err),
			 "iw-mlo: %s: the interface is of type ap, and only a station has an AP to "
			 "ask\n",
			 name);
		assert_run(run(lines[n]), ST_REFUSED, "", err, GET_LO);
	}
}

static void kernels_without_the_command(void **state)
{
	(void)state;
	k_reset();
	turn_iface(3);
	assert_run(run(RECONF "del 0"), ST_REFUSED, "",
		   REC
		   "this kernel cannot do it: its nl80211 lacks ASSOC_MLO_RECONF, which Linux has "
		   "since 6.14\n",
		   GET_LO);
	assert_run(run("dev lo ttlm set all=0"), ST_REFUSED, "",
		   TTLM
		   "this kernel cannot do it: its nl80211 lacks SET_TID_TO_LINK_MAPPING, which "
		   "Linux has since 6.8\n",
		   GET_LO);
	assert_run(run("dev lo epcs off"), ST_REFUSED, "",
		   EPCS
		   "this kernel cannot do it: its nl80211 lacks EPCS_CFG, which Linux has since "
		   "6.14\n",
		   GET_LO);
}

static void refused_by_the_kernel(void **state)
{
	static const struct {
		int err;
		const char *text;
	} refusals[] = {
		{ EBUSY,
		  "EBUSY (Device or resource busy); an earlier reconfiguration is under way" },
		{ ENOENT,
		  "ENOENT (No such file or directory); the kernel does not have the BSS of a link "
		  "any more" },
		{ EINVAL, "EINVAL (Invalid argument)" },
	};
	char err[200];

	for (size_t n = 0; n < ARRAY_SIZE(refusals); n++) {
		setup(state);
		script_connected();
		turn_nack(refusals[n].err);
		snprintf(err, sizeof(err), REC "refused by the kernel: %s\n", refusals[n].text);
		assert_run(run(RECONF "del 0"), ST_REFUSED, "", err, OPENED ASK_DEL("0100"));
	}
}

/* Who is not root may just lack the privilege. */
static void connection_of_another_process(void **state)
{
	(void)state;
	script_connected();
	turn_nack(EPERM);
	if (geteuid() != 0)
		assert_run(run(RECONF "del 0"), ST_REFUSED, "",
			   REC "refused by the kernel: EPERM (Operation not permitted); it needs "
			       "CAP_NET_ADMIN: try as root\n",
			   NULL);
	else
		assert_run(
			run(RECONF "add 2 del 0"), ST_REFUSED, "",
			REC
			"refused by the kernel: EPERM (Operation not permitted); another process "
			"owns the connection; of wpa_supplicant (newer than 2.11), ask \"wpa_cli -i lo "
			"setup_link_reconfig add=2 delete=0\"\n",
			NULL);
}

static void refused_by_the_ap(void **state)
{
	(void)state;
	script_connected();
	turn_ack();
	turn_iface(3);
	assert_run(run(RECONF "add 2"), ST_REFUSED, "",
		   REC "the AP refused link 2, with a status that the kernel does not tell "
		       "(links: 0,1)\n",
		   OPENED ASK_ADD GET_LO);
	setup(NULL);
	script_connected();
	turn_ack();
	turn_iface(2);
	assert_run(
		run(RECONF "add 2 del 0"), ST_REFUSED, "",
		REC
		"the AP refused link 2, with a status that the kernel does not tell; what was to "
		"be deleted is (links: 1)\n",
		NULL);
	setup(NULL);
	script_connected();
	turn_ack();
	turn_iface(3);
	assert_run(run(RECONF "del 0"), ST_REFUSED, "",
		   REC "the kernel agreed, but link 0 is still there\n", NULL);
	setup(NULL);
	script_connected();
	turn_ack();
	k_turn();
	k_iface(0, NL80211_IFTYPE_STATION);
	assert_run(run(RECONF "del 0"), ST_REFUSED, "", REC "the connection ended meanwhile\n",
		   NULL);
}

/* Silence: an event with an empty frame, and the end. */
static void connection_that_ends(void **state)
{
	(void)state;
	script_connected();
	turn_ack();
	event_reconf(NULL, 0);
	event_disconnect(4, false);
	assert_run(run(RECONF "add 2"), ST_REFUSED, "",
		   REC "the AP gave no usable answer, and so the kernel ended the connection\n",
		   OPENED ASK_ADD);
	setup(NULL);
	script_connected();
	turn_ack();
	event_disconnect(4, false);
	assert_run(run(RECONF "del 0"), ST_REFUSED, "",
		   REC
		   "the AP gave no usable answer, or refused to delete a link, and so the kernel "
		   "ended the connection\n",
		   NULL);
	setup(NULL);
	script_connected();
	turn_ack();
	event_disconnect(4, true);
	assert_run(run(RECONF "del 0"), ST_REFUSED, "",
		   REC "the AP ended the connection meanwhile: reason 4 (inactivity)\n", NULL);
	setup(NULL);
	script_connected();
	turn_ack();
	event_disconnect(65000, false);
	assert_run(run(RECONF "del 0"), ST_REFUSED, "",
		   REC "the connection ended meanwhile: reason 65000\n", NULL);
	setup(NULL);
	script_connected();
	turn_ack();
	k_event_about(NL80211_CMD_DISCONNECT, K_LO);
	assert_run(run(RECONF "del 0"), ST_REFUSED, "", REC "the connection ended meanwhile\n",
		   NULL);
	setup(NULL);
	script_connected();
	turn_ack();
	k_event_about(NL80211_CMD_DISCONNECT, 99); /* another's */
	turn_iface(2);
	assert_run(run(RECONF "del 0"), ST_OK, NULL, "", NULL);
}

static void outcome_that_is_not_known(void **state)
{
	(void)state;
	script_connected();
	turn_ack();
	k_events();
	k_receive_error(ENOBUFS);
	assert_run(run(RECONF "del 0"), ST_PARTIAL, "",
		   REC "events were lost: what came of it is not known\n", NULL);
	setup(NULL);
	script_connected();
	turn_ack();
	assert_run(run("-t 0.2 " RECONF "del 0"), ST_UNMET, "",
		   REC "what comes of it is not known within 0.200 s\n", NULL);
	setup(NULL);
	script_connected();
	turn_ack();
	event_reconf(response, sizeof(response) - 1); /* a status of one byte */
	assert_run(run(RECONF "add 2"), ST_SYSTEM, "",
		   REC "the kernel's event is malformed (-d shows it)\n", NULL);
	setup(NULL);
	script_connected();
	turn_ack();
	event_reconf(response, 24 + 3); /* no count */
	assert_run(run(RECONF "add 2"), ST_SYSTEM, "", NULL, NULL);
	setup(NULL);
	script_connected();
	turn_ack();
	event_reconf(response, sizeof(response));
	k_put_u16(NL80211_ATTR_IFINDEX, 1);
	assert_run(run(RECONF "add 2"), ST_SYSTEM, "", NULL, NULL);
}

static void reconf_in_a_dry_run(void **state)
{
	(void)state;
	script_connected();
	assert_run(run("-n " RECONF "add 2 del 0"), ST_OK,
		   "GET_INTERFACE IFINDEX 1\nGET_SCAN IFINDEX 1 BSS_DUMP_INCLUDE_USE_DATA\n"
		   "ASSOC_MLO_RECONF IFINDEX 1 MLO_LINKS { 1 { MLO_LINK_ID 2 MAC 02:00:00:00:01:02 "
		   "WIPHY_FREQ 5955 } } MLO_RECONF_REM_LINKS 1\n",
		   "", OPENED);
}

/* ---- ttlm set ---- */

#define X8(n) n n n n n n n n
#define ASK_TTLM(d, u) \
	"change SET_TID_TO_LINK_MAPPING IFINDEX=1 MLO_TTLM_DLINK=" d " MLO_TTLM_ULINK=" u "\n"

static void script_ttlm(void)
{
	script_connected();
	turn_ack();
	turn_iface(3);
}

static void mapping_of_all_tids(void **state)
{
	(void)state;
	script_ttlm();
	assert_run(run("dev lo ttlm set all=0"), ST_OK, "lo  ttlm  all=0\n" LINK(0) LINK(1), "",
		   OPENED ASK_TTLM(X8("0100"), X8("0100")) GET_LO);
	assert_run(run("dev lo ttlm set 0-3=0-1 4,5-7=1,0"), ST_OK,
		   "lo  ttlm  all=0,1\n" LINK(0) LINK(1), "",
		   OPENED ASK_TTLM(X8("0300"), X8("0300")) GET_LO);
}

/* In the words in which it may be given. */
static void mappings_of_every_kind(void **state)
{
	static const struct {
		const char *words, *printed, *dlink, *ulink;
	} mappings[] = {
		{ "0-3=0 4-7=1", "0-3=0  4-7=1", "01000100010001000200020002000200",
		  "01000100010001000200020002000200" },
		{ "dl:all=0 ul:all=1", "dl:all=0  ul:all=1", X8("0100"), X8("0200") },
		{ "0-5=0 ul:6,7=1 dl:6=0 dl:7=0,1", "0-5=0  dl:6=0  dl:7=0,1  ul:6-7=1",
		  "01000100010001000100010001000300", "01000100010001000100010002000200" },
		{ "0,2,4,6=0 1,3,5,7=1", "0,2,4,6=0  1,3,5,7=1", "01000200010002000100020001000200",
		  "01000200010002000100020001000200" },
	};
	char line[120], out[300], sent[600];

	(void)state;
	script_ttlm();
	for (size_t n = 0; n < ARRAY_SIZE(mappings); n++) {
		snprintf(line, sizeof(line), "dev lo ttlm set %s", mappings[n].words);
		snprintf(out, sizeof(out), "lo  ttlm  %s\n" LINK(0) LINK(1), mappings[n].printed);
		snprintf(sent, sizeof(sent), OPENED ASK_TTLM("%s", "%s") GET_LO, mappings[n].dlink,
			 mappings[n].ulink);
		assert_run(run(line), ST_OK, out, "", sent);
		/* and what is printed says the same */
		snprintf(line, sizeof(line), "dev lo ttlm set %s", mappings[n].printed);
		assert_run(run(line), ST_OK, out, "", sent);
	}
}

static void mapping_in_json(void **state)
{
	(void)state;
	script_ttlm();
	assert_run(
		run("-j dev lo ttlm set dl:0-7=0 ul:0=1 ul:1-7=0,1"), ST_OK,
		"{\"ifname\":\"lo\",\"ifindex\":1,\"wdev\":\"0x1\",\"type\":\"station\","
		"\"addr\":\"" ADDR(
			1) "\",\"ttlm\":[{\"tid\":0,\"downlink\":[0],\"uplink\":[1]},"
			   "{\"tid\":1,\"downlink\":[0],\"uplink\":[0,1]},{\"tid\":2,\"downlink\":[0],\"uplink\":[0,1]},"
			   "{\"tid\":3,\"downlink\":[0],\"uplink\":[0,1]},{\"tid\":4,\"downlink\":[0],\"uplink\":[0,1]},"
			   "{\"tid\":5,\"downlink\":[0],\"uplink\":[0,1]},{\"tid\":6,\"downlink\":[0],\"uplink\":[0,1]},"
			   "{\"tid\":7,\"downlink\":[0],\"uplink\":[0,1]}],"
			   "\"links\":[{\"link_id\":0,\"addr\":\"" ADDR(
				   0) "\"},{\"link_id\":1,\"addr\":\"" ADDR(1) "\"}]}\n",
		"", NULL);
}

static void mapping_that_cannot_be(void **state)
{
	(void)state;
	script_connected();
	assert_run(run("dev lo ttlm set 0-6=0 dl:7=0 ul:7=1,2,14"), ST_REFUSED, "",
		   TTLM "link 2,14 is not part of the connection (links: 0,1)\n", OPENED);
	setup(NULL);
	ap.capabilities = 0x2002;
	script_connected();
	assert_run(run("dev lo ttlm set all=0"), ST_REFUSED, "",
		   TTLM "the AP negotiates no TID-to-link mapping\n", OPENED);
	setup(NULL);
	ap.capabilities = 0x2022; /* 1: all TIDs to the same links */
	script_connected();
	assert_run(run("dev lo ttlm set dl:all=0 ul:all=1"), ST_REFUSED, "",
		   TTLM "the AP negotiates only mappings of all TIDs to the same links\n", OPENED);
	assert_run(run("dev lo ttlm set 0-6=0 7=1"), ST_REFUSED, "",
		   TTLM "the AP negotiates only mappings of all TIDs to the same links\n", OPENED);
	turn_ack();
	turn_iface(3);
	assert_run(run("dev lo ttlm set all=0"), ST_OK, NULL, "", NULL);
}

static void mapping_that_is_refused(void **state)
{
	(void)state;
	script_connected();
	turn_nack(EINVAL);
	assert_run(
		run("dev lo ttlm set all=0"), ST_REFUSED, "",
		TTLM
		"refused by the kernel: EINVAL (Invalid argument); the driver does not take this "
		"mapping\n",
		NULL);
	assert_run(
		run("dev lo ttlm set 0-6=0 7=1"), ST_REFUSED, "",
		TTLM
		"refused by the kernel: EINVAL (Invalid argument); the driver does not take this "
		"mapping: some take only one of all TIDs to the same links\n",
		NULL);
	setup(NULL);
	script_connected();
	turn_ack();
	event_disconnect(4, false);
	assert_run(run("dev lo ttlm set all=0"), ST_REFUSED, "",
		   TTLM
		   "the AP refused the mapping, or did not answer, and so the kernel ended the "
		   "connection\n",
		   OPENED ASK_TTLM(X8("0100"), X8("0100")));
	setup(NULL);
	script_connected();
	turn_ack();
	k_turn();
	k_iface(0, NL80211_IFTYPE_STATION);
	assert_run(run("dev lo ttlm set all=0"), ST_REFUSED, "",
		   TTLM "the connection ended meanwhile\n", NULL);
}

static void mapping_in_a_dry_run(void **state)
{
	(void)state;
	script_connected();
	assert_run(run("-n dev lo ttlm set all=1"), ST_OK,
		   "GET_INTERFACE IFINDEX 1\nGET_SCAN IFINDEX 1 BSS_DUMP_INCLUDE_USE_DATA\n"
		   "SET_TID_TO_LINK_MAPPING IFINDEX 1 MLO_TTLM_DLINK [" X8(
			   " 2") " ] MLO_TTLM_ULINK [" X8(" 2") " ]\n",
		   "", OPENED);
}

/* ---- epcs ---- */

#define ASK_ON	"change EPCS_CFG IFINDEX=1 EPCS\n"
#define ASK_OFF "change EPCS_CFG IFINDEX=1\n"

static void event_epcs(bool on)
{
	k_event(NL80211_CMD_EPCS_CFG);
	if (on)
		k_put(NL80211_ATTR_EPCS, NULL, 0);
}

static void epcs_is_confirmed(void **state)
{
	(void)state;
	script_connected();
	turn_ack();
	event_epcs(false); /* of another connection */
	event_epcs(true);
	assert_run(run("dev lo epcs on"), ST_OK, "lo  epcs on\n", "", OPENED ASK_ON);
	assert_run(run("-j dev lo epcs on"), ST_OK,
		   "{\"ifname\":\"lo\",\"ifindex\":1,\"wdev\":\"0x1\",\"type\":\"station\","
		   "\"addr\":\"" ADDR(1) "\",\"epcs\":true,\"changed\":true}\n",
		   "", OPENED ASK_ON);
	setup(NULL);
	script_connected();
	turn_ack();
	event_epcs(false);
	assert_run(run("dev lo epcs off"), ST_OK, "lo  epcs off\n", "", OPENED ASK_OFF);
	setup(NULL);
	script_connected();
	turn_ack();
	assert_run(run("dev lo epcs off"), ST_OK, "lo  epcs off  as it was\n", "", OPENED ASK_OFF);
}

static void epcs_is_not_confirmed(void **state)
{
	(void)state;
	script_connected();
	turn_ack();
	event_epcs(false);
	assert_run(
		run("dev lo epcs on"), ST_UNMET, "",
		EPCS
		"no change was told within 1.000 s: it is on already, or the AP refused or did not "
		"answer, and the kernel does not tell which (\"epcs off\" before it makes sure)\n",
		OPENED ASK_ON);
	setup(NULL);
	script_connected();
	turn_ack();
	event_disconnect(3, true);
	assert_run(run("dev lo epcs on"), ST_REFUSED, "",
		   EPCS "the AP ended the connection meanwhile: reason 3 (the station leaves)\n",
		   NULL);
}

static void epcs_that_the_kernel_refuses(void **state)
{
	(void)state;
	script_connected();
	turn_nack(EALREADY);
	assert_run(
		run("dev lo epcs on"), ST_REFUSED, "",
		EPCS
		"refused by the kernel: EALREADY (Operation already in progress); the AP has not "
		"answered an earlier request (\"epcs off\" takes it back)\n",
		OPENED ASK_ON);
	setup(NULL);
	script_connected();
	turn_nack(EINVAL);
	assert_run(
		run("dev lo epcs off"), ST_REFUSED, "",
		EPCS
		"refused by the kernel: EINVAL (Invalid argument); not every link of the AP offers "
		"EPCS\n",
		OPENED ASK_OFF);
	setup(NULL);
	script_connected();
	assert_run(run("-n dev lo epcs on"), ST_OK, NULL, "", OPENED);
}

/* ---- ap stop ---- */

#define STOP_FAILED "iw-mlo: dev lo ap stop: "

static void turn_ap(uint16_t links, uint16_t on_air)
{
	k_turn();
	k_iface(0, NL80211_IFTYPE_AP);
	if (!links && on_air)
		k_put_u32(NL80211_ATTR_WIPHY_FREQ, 2412);
	if (!links)
		return;
	k_links_begin();
	for (uint8_t id = 0; id < 3; id++) {
		if (!(links >> id & 1))
			continue;
		k_link_begin(id, ADDR(5));
		if (on_air >> id & 1)
			k_put_u32(NL80211_ATTR_WIPHY_FREQ, k_mld_freq(id));
		k_nest_end();
	}
	k_links_end();
}

#define STOP(n) "change STOP_AP IFINDEX=1 MLO_LINK_ID=" #n "\n"

static void ap_is_stopped(void **state)
{
	(void)state;
	turn_ap(7, 5);
	turn_ack();
	turn_ack();
	turn_ap(7, 0);
	assert_run(run("dev lo ap stop"), ST_OK, "", "", GET_LO STOP(0) STOP(2) GET_LO);
	k_reset();
	turn_ap(7, 7);
	turn_ack();
	turn_ap(7, 5);
	assert_run(run("dev lo ap stop link 1"), ST_OK, "", "", GET_LO STOP(1) GET_LO);
	k_reset();
	turn_ap(0, 1);
	turn_ack();
	turn_ap(0, 0);
	assert_run(run("dev lo ap stop"), ST_OK, "", "",
		   GET_LO "change STOP_AP IFINDEX=1\n" GET_LO);
}

static void ap_that_cannot_be_stopped(void **state)
{
	(void)state;
	turn_ap(7, 5);
	assert_run(run("dev lo ap stop link 1"), ST_REFUSED, "",
		   STOP_FAILED "link 1 does not beacon\n", GET_LO);
	assert_run(run("dev lo ap stop link 3"), ST_REFUSED, "",
		   STOP_FAILED "there is no link 3 (links: 0,1,2)\n", GET_LO);
	k_reset();
	turn_ap(0, 0);
	assert_run(run("dev lo ap stop"), ST_REFUSED, "",
		   STOP_FAILED "no AP runs on this interface\n", GET_LO);
	k_reset();
	turn_ap(3, 0);
	assert_run(run("dev lo ap stop"), ST_REFUSED, "",
		   STOP_FAILED "no AP runs on this interface\n", GET_LO);
	k_reset();
	k_turn();
	k_iface(0, NL80211_IFTYPE_STATION);
	assert_run(run("dev lo ap stop"), ST_REFUSED, "",
		   STOP_FAILED "the interface is of type station, and no AP\n", GET_LO);
	k_reset();
	turn_ap(1, 1);
	turn_ack();
	turn_ap(1, 1);
	assert_run(run("dev lo ap stop"), ST_REFUSED, "",
		   STOP_FAILED "the kernel agreed, but it has a channel still\n", NULL);
	k_reset();
	turn_ap(3, 3);
	turn_nack(ENOENT);
	assert_run(run("dev lo ap stop"), ST_REFUSED, "",
		   STOP_FAILED "refused by the kernel: ENOENT (No such file or directory)\n",
		   GET_LO STOP(0));
}

/* ---- reg ---- */

#define DUMP_REG "dump GET_REG\n"
#define ASK_US	 "change REQ_SET_REG REG_ALPHA2=555300\n"

static char root[] = "/tmp/iw-mlo-reg-XXXXXX";

/* A database of these countries. */
static void write_database(const void *bytes, size_t len)
{
	char path[80];
	FILE *f;

	snprintf(path, sizeof(path), "%s/regulatory.db", root);
	f = fopen(path, "w");
	assert_non_null(f);
	fwrite(bytes, 1, len, f);
	fclose(f);
}

static void put_regdom(const char *country)
{
	k_data(NL80211_CMD_GET_REG, NLM_F_MULTI);
	k_put_text(NL80211_ATTR_REG_ALPHA2, country);
}

static void put_rule(uint32_t flags, uint32_t start, uint32_t end)
{
	k_put_u32(NL80211_ATTR_REG_RULE_FLAGS, flags);
	k_put_u32(NL80211_ATTR_FREQ_RANGE_START, start);
	k_put_u32(NL80211_ATTR_FREQ_RANGE_END, end);
	k_put_u32(NL80211_ATTR_FREQ_RANGE_MAX_BW, 320000);
	k_put_u32(NL80211_ATTR_POWER_RULE_MAX_ANT_GAIN, 600);
	k_put_u32(NL80211_ATTR_POWER_RULE_MAX_EIRP, (uint32_t)-150);
	k_put_u32(NL80211_ATTR_DFS_CAC_TIME, 60000);
}

static void turn_country(const char *country)
{
	k_turn();
	put_regdom(country);
	k_done(0);
}

static void domains_in_text_and_json(void **state)
{
	(void)state;
	k_turn();
	put_regdom("US");
	k_put_u8(NL80211_ATTR_DFS_REGION, NL80211_DFS_FCC);
	k_put_u32(NL80211_ATTR_USER_REG_HINT_TYPE, NL80211_USER_REG_HINT_CELL_BASE);
	k_nest(NL80211_ATTR_REG_RULES);
	k_nest(0);
	put_rule(1u << 7 | 1u << 19 | 1u << 9, 2400000, 2483500);
	k_put_u8(NL80211_ATTR_POWER_RULE_PSD, (uint8_t)-1);
	k_nest_end();
	k_nest(1);
	k_nest_end();
	k_nest_end();
	put_regdom("99");
	k_put_u32(NL80211_ATTR_WIPHY, 0);
	k_put(NL80211_ATTR_WIPHY_SELF_MANAGED_REG, NULL, 0);
	k_put_u8(NL80211_ATTR_DFS_REGION, 9);
	put_regdom("\"\n");
	k_put_u32(NL80211_ATTR_WIPHY, 7);
	k_done(0);
	k_turn();
	k_wiphy(NLM_F_MULTI, 0, "phy0");
	k_done(0);
	assert_run(
		run("reg get"), ST_OK,
		"global  country US  told by a cellular base station  dfs FCC\n"
		"\t2400-2483.500 MHz  width 320 MHz  eirp -1.5 dBm  antenna gain 6.0 dBi  psd -1 "
		"dBm/MHz  cac 60000 ms  no-ir  flag-9  no-eht\n"
		"\t0-0 MHz\n"
		"phy0  country 99 (of a driver's own)  self-managed  dfs 9\n"
		"wiphy 7  country \\x22\\x0a\n",
		"", DUMP_REG "dump GET_WIPHY\n");
	assert_run(
		run("-j reg get"), ST_OK,
		"[{\"country\":\"US\",\"cell_base\":true,\"dfs_region\":\"FCC\",\"rules\":["
		"{\"start_khz\":2400000,\"end_khz\":2483500,\"max_width_khz\":320000,"
		"\"max_eirp_dbm\":-1.5,\"max_antenna_gain_dbi\":6.0,\"max_psd_dbm_mhz\":-1,"
		"\"dfs_cac_ms\":60000,\"flags\":[\"no-ir\",\"flag-9\",\"no-eht\"]},{}]},"
		"{\"phy\":\"phy0\",\"wiphy\":0,\"country\":\"99\",\"self_managed\":true,\"rules\":[]},"
		"{\"wiphy\":7,\"country\":\"\\\"\\u000a\",\"self_managed\":false,\"rules\":[]}]\n",
		"", NULL);
}

static void domains_that_are_malformed(void **state)
{
	(void)state;
	k_turn();
	put_regdom("USA");
	k_done(0);
	assert_run(run("reg get"), ST_SYSTEM, "", NULL, DUMP_REG);
	k_reset();
	k_turn();
	put_regdom("US");
	k_nest(NL80211_ATTR_REG_RULES);
	k_nest(0);
	k_put_u16(NL80211_ATTR_FREQ_RANGE_START, 1);
	k_nest_end();
	k_nest_end();
	k_done(0);
	assert_run(run("reg get"), ST_SYSTEM, "", NULL, DUMP_REG);
}

static void event_reg(const char *country)
{
	k_event(NL80211_CMD_REG_CHANGE);
	k_put_text(NL80211_ATTR_REG_ALPHA2, country);
}

/* The event tells what was asked for; the domain is looked at. */
static void country_is_set(void **state)
{
	(void)state;
	turn_country("00");
	turn_ack();
	k_event(NL80211_CMD_WIPHY_REG_CHANGE);
	event_reg("US");
	event_reg("US");
	turn_country("DE");
	turn_country("US");
	assert_run(run("reg set US"), ST_OK, "global  country US\n", "",
		   "listen regulatory\n" DUMP_REG ASK_US DUMP_REG DUMP_REG);
	k_reset();
	turn_country("US");
	turn_ack();
	assert_run(run("reg set US"), ST_OK, "global  country US\n", "",
		   "listen regulatory\n" DUMP_REG ASK_US);
	k_reset();
	turn_country("DE");
	turn_ack();
	k_events();
	k_receive_error(ENOBUFS); /* to look again is all it takes */
	turn_country("US");
	assert_run(run("reg set US"), ST_OK, "global  country US\n", "", NULL);
}

static void country_is_not_set(void **state)
{
	char err[300];

	(void)state;
	turn_country("DE");
	turn_ack();
	event_reg("US");
	turn_country("98");
	snprintf(
		err, sizeof(err),
		"iw-mlo: reg set: the country is 98 after 0.300 s: the kernel has no database, or another "
		"than that of %s, or a driver or an AP determines the domain\n",
		root);
	assert_run(run("-t 0.3 reg set US"), ST_UNMET, "", err, NULL);
	k_reset();
	turn_country("DE");
	turn_nack(EPERM);
	assert_run(
		run("reg set US"), ST_REFUSED, "",
		"iw-mlo: reg set: refused by the kernel: EPERM (Operation not permitted); it needs "
		"CAP_NET_ADMIN: try as root\n",
		NULL);
	k_reset();
	turn_country("DE");
	assert_run(run("-n reg set US"), ST_OK, "GET_REG\nREQ_SET_REG REG_ALPHA2 \"US\"\n", "",
		   NULL);
}

static void country_that_the_database_lacks(void **state)
{
	static const uint8_t db[] = "RGDB\0\0\0\24DE\0\1US\0\2\0\0\0\0ZZ\0\3";
	char err[300];

	(void)state;
	write_database(db, sizeof(db) - 1);
	snprintf(
		err, sizeof(err),
		"iw-mlo: reg set: %s/regulatory.db has no such country; the kernel would accept it, and fall "
		"back to the domain of the world\n",
		root);
	assert_run(run("reg set ZZ"), ST_REFUSED, "", err, "");
	turn_country("US");
	turn_ack();
	assert_run(run("reg set US"), ST_OK, NULL, "", NULL);
	/* of what cannot be read, nothing is concluded */
	k_reset();
	turn_country("ZZ");
	turn_ack();
	write_database(db, 16);
	assert_run(run("reg set ZZ"), ST_OK, NULL, "", NULL);
	write_database("RGDB\0\0\0\23\0\0\0\0", 12);
	assert_run(run("reg set ZZ"), ST_OK, NULL, "", NULL);
	write_database(db, 5);
	assert_run(run("reg set ZZ"), ST_OK, NULL, "", NULL);
}

#define T(f) cmocka_unit_test_setup(f, setup)

static const struct CMUnitTest tests[] = {
	T(links_are_added_and_deleted),
	T(statuses_are_in_json),
	T(links_are_deleted),
	T(link_that_was_not_heard_is_scanned_for),
	T(what_cannot_be_is_explained),
	T(there_has_to_be_a_connection),
	T(kernels_without_the_command),
	T(refused_by_the_kernel),
	T(connection_of_another_process),
	T(refused_by_the_ap),
	T(connection_that_ends),
	T(outcome_that_is_not_known),
	T(reconf_in_a_dry_run),
	T(mapping_of_all_tids),
	T(mappings_of_every_kind),
	T(mapping_in_json),
	T(mapping_that_cannot_be),
	T(mapping_that_is_refused),
	T(mapping_in_a_dry_run),
	T(epcs_is_confirmed),
	T(epcs_is_not_confirmed),
	T(epcs_that_the_kernel_refuses),
	T(ap_is_stopped),
	T(ap_that_cannot_be_stopped),
	T(domains_in_text_and_json),
	T(domains_that_are_malformed),
	T(country_is_set),
	T(country_is_not_set),
	T(country_that_the_database_lacks),
};

int main(void)
{
	char command[80];
	int failed;

	if (!mkdtemp(root))
		return 1;
	firmware_root = root;
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	snprintf(command, sizeof(command), "rm -r %s", root);
	return system(command) ? 1 : failed;
}
