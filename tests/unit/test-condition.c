/* SPDX-License-Identifier: ISC */
/* wait and assert: what the words mean, what is asked of the kernel, that no change is missed. */
#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/stat.h>

#include "fake-kernel.h"

#define AP     "02:00:00:00:00:aa"
#define GET_LO "get GET_INTERFACE IFINDEX=1\n"
#define SCAN   "dump GET_SCAN IFINDEX=1 BSS_DUMP_INCLUDE_USE_DATA\n"
#define POLICY "dump policy 6\n"
#define LISTEN "listen config mlme\n"
#define FULL   "dump GET_WIPHY SPLIT_WIPHY_DUMP WIPHY=0\n"
#define WAIT   "iw-mlo: dev lo wait: "
#define ASSERT "iw-mlo: dev lo assert: "

static int setup(void **state)
{
	(void)state;
	k_reset();
	return 0;
}

/* lo as a station or an AP with links 0, and 1 that has no channel, or without any. */
static void put_lo(uint32_t type, bool links)
{
	k_iface(0, type);
	if (!links)
		return;
	k_links_begin();
	k_link_begin(0, "02:00:00:00:00:10");
	k_put_u32(NL80211_ATTR_WIPHY_FREQ, 5180);
	k_nest_end();
	k_link(1, "02:00:00:00:00:11");
	k_links_end();
}

static void turn_lo(uint32_t type, bool links)
{
	k_turn();
	put_lo(type, links);
}

static void put_bss(uint8_t id, int32_t signal)
{
	k_data(NL80211_CMD_NEW_SCAN_RESULTS, NLM_F_MULTI);
	k_nest(NL80211_ATTR_BSS);
	k_put_u32(NL80211_BSS_STATUS, NL80211_BSS_STATUS_ASSOCIATED);
	k_put_u8(NL80211_BSS_MLO_LINK_ID, id);
	k_put_mac(NL80211_BSS_MLD_ADDR, AP);
	if (signal)
		k_put_u32(NL80211_BSS_SIGNAL_MBM, (uint32_t)signal);
	k_nest_end();
}

static void turn_scan(bool connected)
{
	k_turn();
	if (connected) {
		put_bss(0, -5550);
		put_bss(1, 0);
	}
	k_done(0);
}

static void turn_wiphy(bool mlo)
{
	k_turn();
	k_wiphy(NLM_F_MULTI, 0, "phy0");
	k_iftypes(NL80211_ATTR_SUPPORTED_IFTYPES,
		  1u << NL80211_IFTYPE_STATION | 1u << NL80211_IFTYPE_AP);
	if (mlo)
		k_put(NL80211_ATTR_MLO_SUPPORT, NULL, 0);
	k_done(0);
}

/* ---- what the words mean ---- */

/* Asserts this of a station with links 0 and 1, of which 1 has neither channel nor signal. */
static void assert_of_station(const char *words, const char *missing)
{
	char line[300], err[500];
	bool scans = strstr(words, "state") || strstr(words, "ap-mld") || strstr(words, "signal");

	k_reset();
	turn_lo(NL80211_IFTYPE_STATION, true);
	if (scans)
		turn_scan(true);
	snprintf(line, sizeof(line), "dev lo assert %s", words);
	snprintf(err, sizeof(err), ASSERT "not true: %s\n", missing ? missing : "");
	assert_run(run(line), missing ? ST_UNMET : ST_OK, "", missing ? err : "", NULL);
}

static void conditions_that_hold(void **state)
{
	static const char *const words[] = {
		"state=connected",
		"not state=disconnected",
		"state!=disconnected",
		"not not state=connected",
		"type=station",
		"type!=ap",
		"not type=ap",
		"links=0,1",
		"links=1,0",
		"links!=0",
		"not links=none",
		"links>=2",
		"links>1",
		"links<=2",
		"links<3",
		"not links>2",
		"link 0 present",
		"link 1 present",
		"not link 2 present",
		"link 0 active",
		"not link 1 active",
		"link 0 freq=5180",
		"link 0 freq!=2412",
		"not link 0 freq=2412",
		"link 0 freq>5000",
		"link 0 freq<=5180",
		"link 0 signal>-60",
		"link 0 signal>=-55.5",
		"link 0 signal<=-55.50",
		"link 0 signal<0",
		"not link 0 signal>-50",
		("ap-mld-addr=" AP),
		"ap-mld-addr!=02:00:00:00:00:ab",
		"state=connected links=0,1 link 0 active not link 1 active type=station",
	};

	(void)state;
	for (size_t n = 0; n < ARRAY_SIZE(words); n++)
		assert_of_station(words[n], NULL);
}

/* Neither a fact nor its contrary holds where nothing is known. */
static void conditions_that_do_not(void **state)
{
	static const char *const cases[][2] = {
		{ "state=disconnected", "state=disconnected (it is connected)" },
		{ "not state=connected", "not state=connected (it is connected)" },
		{ "type=ap", "type=ap (it is station)" },
		{ "links=0", "links=0 (they are 0,1)" },
		{ "links=none", "links=none (they are 0,1)" },
		{ "links>2", "links>2 (they are 0,1)" },
		{ "not links<3", "not links<3 (they are 0,1)" },
		{ "link 2 present", "link 2 present (it is not there)" },
		{ "not link 1 present", "not link 1 present (it is there)" },
		{ "link 1 active", "link 1 active (it is not active)" },
		{ "not link 0 active", "not link 0 active (it is active)" },
		{ "link 0 freq=2412", "link 0 freq=2412 (it is 5180 MHz)" },
		{ "link 1 freq=2412", "link 1 freq=2412 (it is not active)" },
		{ "link 1 freq!=2412", "link 1 freq!=2412 (it is not active)" },
		{ "link 0 signal>-50", "link 0 signal>-50 (it is -55.5 dBm)" },
		{ "link 1 signal<0", "link 1 signal<0 (no signal is known)" },
		{ "not link 1 signal<0", "not link 1 signal<0 (no signal is known)" },
		{ "link 2 signal<0", "link 2 signal<0 (it is not there)" },
		{ "ap-mld-addr=02:00:00:00:00:ab", "ap-mld-addr=02:00:00:00:00:ab (it is " AP ")" },
		{ "link 0 active links>2 link 2 active",
		  "links>2 (they are 0,1); link 2 active (it is not there)" },
	};

	(void)state;
	for (size_t n = 0; n < ARRAY_SIZE(cases); n++)
		assert_of_station(cases[n][0], cases[n][1]);
}

static void of_what_is_not_connected(void **state)
{
	(void)state;
	turn_lo(NL80211_IFTYPE_STATION, false);
	turn_scan(false);
	assert_run(run("dev lo assert state=disconnected links=none"), ST_OK, "", "",
		   GET_LO POLICY SCAN);
	k_reset();
	turn_lo(NL80211_IFTYPE_STATION, false);
	turn_scan(false);
	assert_run(run("dev lo assert ap-mld-addr=" AP), ST_UNMET, "",
		   ASSERT "not true: ap-mld-addr=" AP " (it is connected to none)\n",
		   GET_LO POLICY SCAN);
	k_reset(); /* a connection that is none of an MLD has no links */
	turn_lo(NL80211_IFTYPE_STATION, false);
	turn_scan(true);
	assert_run(run("dev lo assert state=connected links=none"), ST_OK, "", "", NULL);
}

static void of_an_access_point(void **state)
{
	(void)state;
	turn_lo(NL80211_IFTYPE_AP, true);
	assert_run(run("dev lo assert links=0,1 type=ap"), ST_OK, "", "", GET_LO POLICY);
	k_reset();
	turn_lo(NL80211_IFTYPE_AP, true);
	assert_run(run("dev lo assert not state=connected"), ST_UNMET, "",
		   ASSERT "not true: not state=connected (it is of a type that does not "
			  "connect)\n",
		   NULL);
}

static void ghosts_are_no_links(void **state)
{
	(void)state;
	k_turn();
	k_iface(0, NL80211_IFTYPE_AP);
	k_links_begin();
	k_link(3, "00:00:00:00:00:00");
	k_links_end();
	assert_run(run("dev lo assert links=none not link 3 present"), ST_OK, "", "", NULL);
}

static void by_wdev(void **state)
{
	(void)state;
	turn_lo(NL80211_IFTYPE_AP, true);
	assert_run(run("wdev 1 assert link 0 active"), ST_OK, "", "", NULL);
	assert_non_null(strstr(run("wdev 1 assert link 0 active")->sent, "GET_INTERFACE WDEV="));
}

/* ---- words that are wrong ---- */

static void words_that_are_wrong(void **state)
{
	static const char *const cases[][2] = {
		{ "", "CONDITION is missing" },
		{ "connected", "\"connected\": expected a condition (state=" },
		{ "State=connected", "\"State=connected\"" },
		{ "state", "\"state\": expected a condition" },
		{ "state=on", "\"state=on\": expected connected or disconnected" },
		{ "state>connected", "\"state>connected\": expected = or !=" },
		{ "type=nothing", "\"type=nothing\": expected an interface type" },
		{ "type<ap", "\"type<ap\": expected = or !=" },
		{ "links=", "\"links=\": expected a list of link ids" },
		{ "links=0,", "\"links=0,\": expected a list" },
		{ "links=0,0", "\"links=0,0\": expected a list" },
		{ "links=15", "\"links=15\": expected a list" },
		{ "links=00", "\"links=00\": expected a list" },
		{ "links=100000", "\"links=100000\": expected a list" },
		{ "links>x", "\"links>x\": expected a number of links" },
		{ "links>-1", "\"links>-1\": expected a number of links" },
		{ "link", "nothing follows \"link\": expected a link id" },
		{ "link 15 active", "\"15\": expected a link id (0 to 14)" },
		{ "link 1", "nothing follows \"1\": expected present, active" },
		{ "link 1 there", "\"there\": expected present, active" },
		{ "link 1 signal", "\"signal\": expected present" },
		{ "link 1 signal>", "\"signal>\": expected a signal in dBm" },
		{ "link 1 signal>-", "\"signal>-\": expected a signal" },
		{ "link 1 signal>--60", "\"signal>--60\": expected a signal" },
		{ "link 1 signal>-60.", "\"signal>-60.\": expected a signal" },
		{ "link 1 signal>-60.123", "\"signal>-60.123\": expected a signal" },
		{ "link 1 signal>-6.0.1", "\"signal>-6.0.1\": expected a signal" },
		{ "link 1 freq=0", "\"freq=0\": expected a frequency" },
		{ "link 1 freq=5180x", "\"freq=5180x\": expected a frequency" },
		{ "ap-mld-addr=02:00", "\"ap-mld-addr=02:00\": expected a MAC address" },
		{ "ap-mld-addr>" AP, "expected = or !=" },
		{ "not", "nothing follows \"not\": expected a condition" },
		{ "owned not", "nothing follows \"not\": expected a condition" },
		{ "owned=1", "\"owned=1\": expected a condition" },
	};
	char line[200];

	(void)state;
	for (size_t n = 0; n < ARRAY_SIZE(cases); n++) {
		const struct run *r;

		snprintf(line, sizeof(line), "dev lo wait %s", cases[n][0]);
		r = run(line);
		if (r->status != ST_USAGE || *r->out || !strstr(r->err, cases[n][1]) || r->opened)
			fail_msg("%s: %d, %s", line, r->status, r->err);
	}
}

static void words_that_are_many(void **state)
{
	char line[500] = "dev lo wait";

	(void)state;
	for (int n = 0; n < 17; n++)
		strcat(line, " owned");
	assert_non_null(strstr(run(line)->err, "no more than 16 conditions"));
}

/* What can never be is said at once, and nothing is asked. */
static void what_can_never_be(void **state)
{
	static const char *const cases[][2] = {
		{ "links>=16", "\"links>=16\" can never be\n" },
		{ "links<0", "\"links<0\" can never be\n" },
		{ "not links>=0", "\"not links>=0\" can never be\n" },
		{ "links>3 links<4", "\"links<4\" can never be, together with what is before it" },
		{ "links=0,1 links=0", "\"links=0\" can never be, together" },
		{ "links=0,1 link 2 present", "\"link 2 present\" can" },
		{ "links=0,1 not link 1 present", "\"not link 1 present\" can" },
		{ "link 1 active not link 1 present", "\"not link 1 present\" can" },
		{ "not link 1 signal>-50 links=0", "\"links=0\" can" },
		{ "link 3 freq!=5180 links=none", "\"links=none\" can" },
		{ "links=0,1 links>2", "\"links>2\" can" },
		{ "link 0 present link 1 present links<2", "\"links<2\" can" },
		{ "state=connected not state=connected", "\"not state=connected\" can" },
		{ "state=connected state=disconnected", "\"state=disconnected\" can" },
		{ "state=disconnected links>0", "\"links>0\" can" },
		{ "state=disconnected ap-mld-addr=" AP, "\"ap-mld-addr=" AP "\" can" },
		{ "type=ap type=station", "\"type=station\" can" },
		{ "type=ap state=disconnected", "\"state=disconnected\" can" },
		{ "ap-mld-addr=" AP " ap-mld-addr=02:00:00:00:00:ab", "00:ab\" can" },
	};
	static const char *const fine[] = {
		"links>3 links<5",
		"type=station type=station",
		"type=station state=connected",
		"type!=ap type!=station",
		"links=0 not link 1 present",
		"links>=0",
		"not links<15",
		"not link 1 active link 1 present",
		"ap-mld-addr=" AP " ap-mld-addr!=02:00:00:00:00:ab",
	};
	char line[200];
	const struct run *r;

	(void)state;
	for (size_t n = 0; n < ARRAY_SIZE(cases); n++) {
		snprintf(line, sizeof(line), "dev lo wait %s", cases[n][0]);
		r = run(line);
		if (r->status != ST_USAGE || !strstr(r->err, cases[n][1]) || r->opened)
			fail_msg("%s: %d, %s", line, r->status, r->err);
	}
	for (size_t n = 0; n < ARRAY_SIZE(fine); n++) {
		k_reset();
		k_turn();
		k_nack(ENODEV, NLM_F_CAPPED);
		snprintf(line, sizeof(line), "dev lo wait %s", fine[n]);
		r = run(line);
		if (r->status != ST_REFUSED)
			fail_msg("%s: %d, %s", line, r->status, r->err);
	}
}

/* What the phy or the kernel has not, it will not have. */
static void what_can_never_be_here(void **state)
{
	static const struct {
		const char *words, *why;
		bool mlo, links;
	} cases[] = {
		{ "links=0", "links=0 can never be: the phy does not support MLO", false, true },
		{ "link 1 active", "the phy does not support MLO", false, true },
		{ "links>=1", "the phy does not support MLO", false, true },
		{ "link 0 present", "this kernel has no links with ids", true, false },
		{ "type=nan", "type=nan can never be: the phy has no interfaces of this type", true,
		  true },
		{ "type=mlo-link-device", "the phy has no interfaces of this type", true, true },
	};
	char line[200];

	(void)state;
	for (size_t n = 0; n < ARRAY_SIZE(cases); n++) {
		const struct run *r;

		k_reset();
		if (!cases[n].links)
			k_without_links();
		turn_lo(NL80211_IFTYPE_STATION, false);
		turn_lo(NL80211_IFTYPE_STATION, false);
		turn_wiphy(cases[n].mlo);
		snprintf(line, sizeof(line), "-t 5 dev lo wait %s", cases[n].words);
		r = run(line);
		assert_run(r, ST_UNMET, "", NULL, GET_LO POLICY LISTEN GET_LO FULL);
		if (!strstr(r->err, cases[n].why))
			fail_msg("%s: %s", line, r->err);
	}
	k_reset();
	turn_lo(NL80211_IFTYPE_STATION, false);
	turn_lo(NL80211_IFTYPE_STATION, false);
	k_turn(); /* no BSS */
	k_done(0);
	turn_wiphy(false);
	assert_run(run("-t 5 dev lo wait ap-mld-addr=02:00:00:00:00:aa"), ST_UNMET, "",
		   "iw-mlo: dev lo wait: ap-mld-addr=02:00:00:00:00:aa can never be: the phy does "
		   "not support MLO\n",
		   NULL);
}

/* ---- waiting ---- */

static void nothing_to_wait_for(void **state)
{
	(void)state;
	turn_lo(NL80211_IFTYPE_AP, true);
	turn_lo(NL80211_IFTYPE_AP, true);
	assert_run(run("dev lo wait links=0,1"), ST_OK, "", "", GET_LO POLICY LISTEN GET_LO);
	k_reset(); /* it came true before it was listened, and was not there before */
	turn_lo(NL80211_IFTYPE_AP, false);
	turn_lo(NL80211_IFTYPE_AP, true);
	assert_run(run("dev lo wait links=0,1"), ST_OK, "", "", GET_LO POLICY LISTEN GET_LO);
}

static void event_and_look(void **state)
{
	(void)state;
	turn_lo(NL80211_IFTYPE_STATION, false);
	turn_lo(NL80211_IFTYPE_STATION, false);
	turn_wiphy(true);
	k_event_about(NL80211_CMD_CONNECT, 99); /* another's: no look */
	k_event_about(NL80211_CMD_CONNECT, K_LO);
	turn_lo(NL80211_IFTYPE_STATION, false); /* not yet */
	k_event(NL80211_CMD_LINKS_REMOVED);	/* nobody's: it may be ours */
	turn_lo(NL80211_IFTYPE_STATION, true);
	assert_run(run("dev lo wait links=0,1"), ST_OK, "", "",
		   GET_LO POLICY LISTEN GET_LO FULL GET_LO GET_LO);
}

/* The change comes with the look that does not show it yet. */
static void event_during_the_look(void **state)
{
	(void)state;
	turn_lo(NL80211_IFTYPE_STATION, false);
	turn_lo(NL80211_IFTYPE_STATION, false);
	k_event_about(NL80211_CMD_CONNECT, K_LO);
	turn_wiphy(true);
	turn_lo(NL80211_IFTYPE_STATION, true);
	assert_run(run("dev lo wait link 1 present"), ST_OK, "", "",
		   GET_LO POLICY LISTEN GET_LO FULL GET_LO);
}

/* So does what was malformed, or lost. */
static void looked_at_after_a_gap(void **state)
{
	(void)state;
	turn_lo(NL80211_IFTYPE_STATION, false);
	turn_lo(NL80211_IFTYPE_STATION, false);
	turn_wiphy(true);
	k_event_about(NL80211_CMD_CONNECT, K_LO);
	k_put_u32(NL80211_ATTR_STATUS_CODE, 0);
	turn_lo(NL80211_IFTYPE_STATION, false);
	k_events();
	k_receive_error(ENOBUFS);
	k_lost(0);
	turn_lo(NL80211_IFTYPE_STATION, true);
	assert_run(run("dev lo wait links=0,1"), ST_OK, "", "",
		   GET_LO POLICY LISTEN GET_LO FULL GET_LO GET_LO);
}

/* A station's links have events, and are not looked at without. */
static void in_time_or_not(void **state)
{
	(void)state;
	turn_lo(NL80211_IFTYPE_STATION, false);
	turn_lo(NL80211_IFTYPE_STATION, false);
	turn_wiphy(true);
	assert_run(run("dev lo wait links=0 timeout 0.4"), ST_UNMET, "",
		   WAIT "not true in time: links=0 (they are none)\n",
		   GET_LO POLICY LISTEN GET_LO FULL);
	assert_run(run("dev lo wait timeout 0.1 links=0"), ST_UNMET, "", NULL, NULL);
	assert_run(run("-t 0.1 dev lo wait links=0"), ST_UNMET, "", NULL, NULL);
	assert_run(run("-t 0.1 dev lo wait links=0 timeout 60"), ST_UNMET, "", NULL, NULL);
}

/* What has no event is looked at ten times a second: links of an AP, channels, signals. */
static void looked_at_without_events(void **state)
{
	(void)state;
	turn_lo(NL80211_IFTYPE_AP, false);
	turn_lo(NL80211_IFTYPE_AP, false);
	turn_wiphy(true);
	turn_lo(NL80211_IFTYPE_AP, false);
	turn_lo(NL80211_IFTYPE_AP, true);
	assert_run(run("-t 5 dev lo wait links=0,1"), ST_OK, "", "",
		   GET_LO POLICY LISTEN GET_LO FULL GET_LO GET_LO);
	k_reset();
	turn_lo(NL80211_IFTYPE_STATION, true);
	turn_lo(NL80211_IFTYPE_STATION, true);
	turn_scan(false);
	turn_wiphy(true);
	turn_lo(NL80211_IFTYPE_STATION, true);
	turn_scan(true);
	assert_run(run("-t 5 dev lo wait link 0 signal>-60"), ST_OK, "", "",
		   GET_LO POLICY LISTEN GET_LO SCAN FULL GET_LO SCAN);
}

static void interface_that_goes_away(void **state)
{
	(void)state;
	turn_lo(NL80211_IFTYPE_STATION, false);
	turn_lo(NL80211_IFTYPE_STATION, false);
	turn_wiphy(true);
	k_event_about(NL80211_CMD_DEL_INTERFACE, K_LO);
	k_turn();
	k_nack(ENODEV, NLM_F_CAPPED);
	assert_run(run("-t 5 dev lo wait links=0"), ST_REFUSED, "",
		   WAIT "the interface went away\n", NULL);
	k_reset();
	assert_run(run("dev nope0 wait links=0"), ST_REFUSED, "",
		   "iw-mlo: dev nope0 wait: no such interface\n", "");
}

static void in_a_dry_run(void **state)
{
	(void)state;
	turn_lo(NL80211_IFTYPE_AP, false);
	turn_lo(NL80211_IFTYPE_AP, false);
	assert_run(run("-n dev lo wait links=0"), ST_OK, NULL, "", NULL);
}

/* ---- owned ---- */

static char root[] = "/tmp/test-condition.XXXXXX";

static void write_to(const char *name, const char *text)
{
	char path[200];
	FILE *f;

	snprintf(path, sizeof(path), "%s/class/rfkill/rfkill5/%s", root, name);
	f = fopen(path, "w");
	assert_non_null(f);
	fputs(text, f);
	fclose(f);
}

static void make_rfkill(bool owned)
{
	static const char *const dirs[] = { "class", "class/rfkill", "class/rfkill/rfkill5",
					    "class/rfkill/rfkill5/device", "ieee80211" };
	char path[200];

	for (size_t n = 0; n < ARRAY_SIZE(dirs); n++) {
		snprintf(path, sizeof(path), "%s/%s", root, dirs[n]);
		mkdir(path, 0700);
	}
	snprintf(path, sizeof(path), "%s/class/rfkill/rfkill5/device/subsystem", root);
	if (symlink("../../../../ieee80211", path) < 0)
		assert_int_equal(errno, EEXIST);
	write_to("device/index", "0\n");
	write_to("index", "5\n");
	write_to("soft", "0\n");
	write_to("hard", owned ? "0\n" : "1\n");
	write_to("hard_block_reasons", owned ? "0x0\n" : "0x2\n");
}

static void take_over(void)
{
	make_rfkill(true);
}

static void owned_by_the_host(void **state)
{
	(void)state;
	sysfs_root = root;
	rfkill_device = "/nonexistent";
	turn_lo(NL80211_IFTYPE_STATION, false);
	assert_run(run("dev lo assert owned"), ST_REFUSED, "",
		   ASSERT "\"owned\": the phy has no rfkill device that could be seen here\n",
		   NULL);
	make_rfkill(false);
	assert_run(run("dev lo assert owned"), ST_UNMET, "", ASSERT "not true: owned (it is not)\n",
		   NULL);
	assert_run(run("dev lo assert not owned"), ST_OK, "", "", NULL);
	k_reset(); /* looked at, where /dev/rfkill cannot be opened */
	turn_lo(NL80211_IFTYPE_STATION, false);
	turn_lo(NL80211_IFTYPE_STATION, false);
	turn_wiphy(true);
	turn_lo(NL80211_IFTYPE_STATION, false);
	turn_lo(NL80211_IFTYPE_STATION, false);
	k_do(take_over);
	assert_run(run("-t 5 dev lo wait owned"), ST_OK, "", "",
		   GET_LO POLICY LISTEN GET_LO FULL GET_LO GET_LO);
	make_rfkill(true);
	k_reset();
	turn_lo(NL80211_IFTYPE_STATION, false);
	assert_run(run("dev lo assert owned"), ST_OK, "", "", NULL);
	write_to("hard", "1\n");
	write_to("hard_block_reasons", "0x1\n"); /* by a switch: it is the host's all the same */
	assert_run(run("dev lo assert owned"), ST_OK, "", "", NULL);
}

static int make_root(void **state)
{
	(void)state;
	return mkdtemp(root) ? 0 : -1;
}

static int remove_root(void **state)
{
	char command[100];

	(void)state;
	snprintf(command, sizeof(command), "rm -rf %s", root);
	return system(command);
}

#define T(f) cmocka_unit_test_setup(f, setup)

static const struct CMUnitTest tests[] = {
	T(conditions_that_hold),     T(conditions_that_do_not),	  T(of_what_is_not_connected),
	T(of_an_access_point),	     T(ghosts_are_no_links),	  T(by_wdev),
	T(words_that_are_wrong),     T(words_that_are_many),	  T(what_can_never_be),
	T(what_can_never_be_here),   T(nothing_to_wait_for),	  T(event_and_look),
	T(event_during_the_look),    T(looked_at_after_a_gap),	  T(in_time_or_not),
	T(looked_at_without_events), T(interface_that_goes_away), T(in_a_dry_run),
	T(owned_by_the_host),
};

int main(void)
{
	return cmocka_run_group_tests(tests, make_root, remove_root);
}
