/* SPDX-License-Identifier: ISC */
/* What a person sees: lines that fit, columns, the brief forms, and the picture of a signal. */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fake-kernel.h"

#define MAC0 "02:00:00:00:00:10"
#define MAC1 "02:00:00:00:00:11"

static int setup(void **state)
{
	(void)state;
	k_reset();
	sysfs_root = "/nowhere";
	setenv("TERM", "xterm", 1);
	unsetenv("COLUMNS");
	unsetenv("LC_ALL");
	unsetenv("LC_CTYPE");
	setenv("LANG", "C", 1);
	return 0;
}

/* ---- lines ---- */

static void assert_folded(unsigned int width, const char *text, const char *want, unsigned int rows)
{
	char *out = NULL;
	size_t size;
	FILE *f = open_memstream(&out, &size);
	unsigned int is = fold_lines(f, text, strlen(text), width);

	fclose(f);
	assert_string_equal(out, want);
	assert_int_equal(is, rows);
	free(out);
}

static void lines_that_fit_are_as_they_are(void **state)
{
	(void)state;
	assert_folded(20, "", "", 0);
	assert_folded(20, "\n", "\n", 1);
	assert_folded(20, "12345678  012345  89\n", "12345678  012345  89\n", 1);
	assert_folded(20, "\t9  2  5  890\n\tx\n", "\t9  2  5  890\n\tx\n", 2);
}

static void lines_are_broken_between_facts(void **state)
{
	(void)state;
	assert_folded(20, "12345678  0123 5  89x\n", "12345678  0123 5\n    89x\n", 2);
	/* a tab goes to the next eighth column, and what follows hangs */
	assert_folded(30, "\tlink 0  channel 36  5180 MHz\n",
		      "\tlink 0  channel 36\n            5180 MHz\n", 2);
	assert_folded(20, "12345678901234567  0  1\n", "12345678901234567  0\n    1\n", 2);
	/* the gap at the very end of the room, and blanks that would begin a line */
	assert_folded(20, "1234567890  345678    1234\n", "1234567890  345678\n    1234\n", 2);
	assert_folded(20, "a  123456789012345  123456789012345  b\n",
		      "a  123456789012345\n    123456789012345\n    b\n", 3);
	/* too deep for what follows to hang from it */
	assert_folded(20, "\t\tword  another one\n", "\t\tword\n    another one\n", 2);
}

static void lists_are_broken_within_if_they_must(void **state)
{
	(void)state;
	assert_folded(20, "types adhoc, station, ap, monitor\n",
		      "types adhoc,\n    station, ap,\n    monitor\n", 3);
	assert_folded(20, "phy0  types adhoc, station, ap\n",
		      "phy0\n    types adhoc,\n    station, ap\n", 3);
}

static void colour_before_a_line_is_no_gap(void **state)
{
	(void)state;
	assert_folded(20, "\033[1m  ! 1234567 90123456 8\033[0m\n",
		      "\033[1m  ! 1234567 90123456\n      8\033[0m\n", 2);
}

static void words_and_quotations_stay_whole(void **state)
{
	(void)state;
	assert_folded(20, "0123456789012345678901234  x\n", "0123456789012345678901234  x\n", 2);
	assert_folded(20, "ssid  \"a  b  c  d  e  f\"  x\n", "ssid\n    \"a  b  c  d  e  f\"  x\n",
		      3);
	assert_folded(20, "a  0123456789012345678901234\n", "a\n    0123456789012345678901234\n",
		      3);
	assert_folded(1, "1234567890  1234567890\n", "1234567890\n    1234567890\n", 2);
}

/* Colours take no room, East Asia's characters two columns, and marks over others none. */
static void columns_are_counted_as_they_are_seen(void **state)
{
	(void)state;
	assert_folded(20, "\033[1;36m123456789\033[0m  123456789\n",
		      "\033[1;36m123456789\033[0m  123456789\n", 1);
	assert_folded(20, "\033[1;36m123456789\033[0m  1234567890\n",
		      "\033[1;36m123456789\033[0m\n    1234567890\n", 2);
	assert_folded(20, "日本語日本語日  1234\n", "日本語日本語日  1234\n", 1);
	assert_folded(20, "日本語日本語日  12345\n", "日本語日本語日\n    12345\n", 2);
	assert_folded(20, "e\xcc\x81tude e\xcc\x81tude  123456\n",
		      "e\xcc\x81tude e\xcc\x81tude  123456\n", 1);
}

static void assert_aligned(const char *text, const char *want)
{
	char *out = NULL;
	size_t size;
	FILE *f = open_memstream(&out, &size);

	align_columns(f, text, strlen(text));
	fclose(f);
	assert_string_equal(out, want);
	free(out);
}

static void cells_become_columns(void **state)
{
	(void)state;
	assert_aligned("", "");
	assert_aligned("a\n", "a\n");
	assert_aligned("a\tbb\tc\nddd\te\t\n", "a    bb  c\nddd  e\n");
	assert_aligned("a\t\tc\nddd\t\tf\n", "a    c\nddd  f\n");
	assert_aligned("a\t\tc\nddd\te\tf\n", "a       c\nddd  e  f\n");
	assert_aligned("\033[1ma\033[0m\tx\nbb\ty\n", "\033[1ma\033[0m   x\nbb  y\n");
	assert_aligned("1\t2\t3\t4\t5\t6\t7\t8\t9\t10\t11\t12\t13\n",
		       "1  2  3  4  5  6  7  8  9  10  11  12  13\n");
}

/* ---- the program ---- */

static void put_link(uint8_t id, const char *mac, uint32_t freq)
{
	k_link_begin(id, mac);
	if (freq) {
		k_put_u32(NL80211_ATTR_WIPHY_FREQ, freq);
		k_put_u32(NL80211_ATTR_CHANNEL_WIDTH, NL80211_CHAN_WIDTH_20);
		k_put_u32(NL80211_ATTR_CENTER_FREQ1, freq);
	}
	k_nest_end();
}

static void put_links(void)
{
	k_links_begin();
	put_link(0, MAC0, 2412);
	put_link(1, MAC1, 0);
	k_links_end();
}

static void script_dev(void)
{
	k_turn();
	k_wiphy(NLM_F_MULTI, 0, "phy0");
	k_done(0);
	k_turn();
	k_iface(NLM_F_MULTI, NL80211_IFTYPE_AP);
	put_links();
	k_data(NL80211_CMD_NEW_INTERFACE, NLM_F_MULTI);
	k_put_u32(NL80211_ATTR_WIPHY, 0);
	k_put_u32(NL80211_ATTR_IFTYPE, NL80211_IFTYPE_P2P_DEVICE);
	k_put_u64(NL80211_ATTR_WDEV, 0x123);
	k_put_u32(NL80211_ATTR_GENERATION, 5);
	k_done(0);
}

#define NAME(text) "\033[1;36m" text "\033[0m"
#define DEV                                                                                     \
	"phy0\n\tlo  type ap  addr 02:00:00:00:00:01  ifindex 1  wdev 0x1\n"                    \
	"\t  link 0  addr " MAC0                                                                \
	"  channel 1 (2.4GHz)  2412 MHz  width 20 MHz  center 2412 MHz\n\t  link 1  addr " MAC1 \
	"  no channel\n\twdev 0x123  type p2p-device  addr -\n"

static void pipe_gets_its_lines_whole(void **state)
{
	(void)state;
	setenv("COLUMNS", "40", 1);
	script_dev();
	assert_run(run("dev"), ST_OK, DEV, "", NULL);
}

static void terminal_gets_lines_that_fit(void **state)
{
	static const char broken[] =
		"phy0\n\tlo  type ap  addr 02:00:00:00:00:01  ifindex 1  wdev 0x1\n"
		"\t  link 0  addr " MAC0 "  channel 1 (2.4GHz)  2412 MHz\n"
		"              width 20 MHz  center 2412 MHz\n\t  link 1  addr " MAC1
		"  no channel\n\twdev 0x123  type p2p-device  addr -\n";

	(void)state;
	script_dev();
	assert_run(run_on_terminal(80, 24, "-c never dev"), ST_OK, broken, "", NULL);
	assert_run(run_on_terminal(200, 24, "-c never dev"), ST_OK, DEV, "", NULL);
	/* one that does not tell has 80 columns, unless the environment knows better */
	assert_run(run_on_terminal(0, 0, "-c never dev"), ST_OK, broken, "", NULL);
	setenv("COLUMNS", "200", 1);
	assert_run(run_on_terminal(0, 0, "-c never dev"), ST_OK, DEV, "", NULL);
	assert_run(run_on_terminal(80, 24, "-c never dev"), ST_OK, broken, "", NULL);
	for (size_t n = 0; n < 5; n++) {
		static const char *const wrong[] = { "", "0", "-1", "x", "99999999999" };

		setenv("COLUMNS", wrong[n], 1);
		assert_run(run_on_terminal(0, 0, "-c never dev"), ST_OK, broken, "", NULL);
	}
}

static void colour_is_for_terminals_that_can(void **state)
{
	(void)state;
	script_dev();
	assert_non_null(strstr(run_on_terminal(80, 24, "dev")->out, NAME("lo")));
	assert_null(strstr(run("dev")->out, "\033"));
	assert_non_null(strstr(run("-c always dev")->out, NAME("lo")));
	setenv("TERM", "dumb", 1);
	assert_null(strstr(run_on_terminal(80, 24, "dev")->out, "\033"));
	unsetenv("TERM");
	assert_null(strstr(run_on_terminal(80, 24, "dev")->out, "\033"));
}

static void events_fit_too(void **state)
{
	static const char line[] = "-c never -t 0.1 event";

	(void)state;
	k_events();
	k_event_about(NL80211_CMD_DISCONNECT, K_LO);
	k_put_u16(NL80211_ATTR_REASON_CODE, 3);
	k_policy_turn();
	k_done(0);
	script_dev();
	assert_run(run(line), ST_OK, "lo  disconnect  reason 3 (the station leaves)\n", "", NULL);
	assert_run(run_on_terminal(40, 24, line), ST_OK,
		   "lo  disconnect\n    reason 3 (the station leaves)\n", "", NULL);
}

/* ---- brief ---- */

static void brief_dev(void **state)
{
	char *json;

	(void)state;
	script_dev();
	assert_run(run("-b dev"), ST_OK,
		   "lo          phy0  ap          02:00:00:00:00:01  0@2412/20 1@-\n"
		   "wdev 0x123  phy0  p2p-device  -                  -\n",
		   "", NULL);
	json = strdup(run("-j dev")->out);
	assert_run(run("-j --brief dev"), ST_OK, json, "", NULL);
	free(json);
	k_reset();
	k_turn();
	k_iface(0, NL80211_IFTYPE_AP);
	put_links();
	k_turn();
	k_wiphy(0, 0, "a b");
	assert_run(run("--brief dev lo"), ST_OK, "lo  a b  ap  02:00:00:00:00:01  0@2412/20 1@-\n",
		   "", NULL);
}

static void brief_phy(void **state)
{
	(void)state;
	k_turn();
	k_wiphy(NLM_F_MULTI, 10, "phy10");
	k_iftypes(NL80211_ATTR_SUPPORTED_IFTYPES, 1u << 2 | 1u << 3);
	k_put(NL80211_ATTR_MLO_SUPPORT, NULL, 0);
	k_wiphy(NLM_F_MULTI, 0, "a");
	k_done(0);
	assert_run(run("-b phy"), ST_OK, "a      0   -\nphy10  10  mlo  station ap\n", "", NULL);
}

static void brief_is_refused_where_there_is_none(void **state)
{
	(void)state;
	assert_run(run("-b reg get"), ST_USAGE, "", "iw-mlo: reg get: it has no brief form\n", "");
	assert_run(run("-b event"), ST_USAGE, "", NULL, "");
	assert_run(run("-b phy 0 caps"), ST_USAGE, "", NULL, "");
	assert_run(run("-b dev lo del"), ST_USAGE, "", NULL, "");
}

/* ---- a connection ---- */

static void put_bss(uint8_t id, const char *bssid, const int32_t *mbm, uint32_t ago)
{
	static const uint8_t ssid[] = { 0, 3, 'n', 'e', 't' };

	k_data(NL80211_CMD_NEW_SCAN_RESULTS, NLM_F_MULTI);
	k_nest(NL80211_ATTR_BSS);
	k_put_mac(NL80211_BSS_BSSID, bssid);
	k_put_u32(NL80211_BSS_FREQUENCY, 2412);
	k_put(NL80211_BSS_INFORMATION_ELEMENTS, ssid, sizeof(ssid));
	if (mbm)
		k_put_u32(NL80211_BSS_SIGNAL_MBM, (uint32_t)*mbm);
	k_put_u32(NL80211_BSS_SEEN_MS_AGO, ago);
	k_put_u32(NL80211_BSS_STATUS, NL80211_BSS_STATUS_ASSOCIATED);
	k_put_u8(NL80211_BSS_MLO_LINK_ID, id);
	k_put_mac(NL80211_BSS_MLD_ADDR, "02:00:00:00:00:00");
	k_nest_end();
}

static void turn_two_bsses(const char *bssid, int32_t mbm)
{
	k_turn();
	put_bss(0, bssid, &mbm, 1);
	put_bss(1, MAC1, NULL, 0);
	k_done(0);
}

static void turn_links(void)
{
	k_turn();
	k_iface(0, NL80211_IFTYPE_STATION);
	k_links_begin();
	put_link(0, "02:00:00:00:01:10", 2412);
	put_link(1, "02:00:00:00:01:11", 5180);
	k_links_end();
}

static void turn_nothing(void)
{
	k_turn();
	k_done(0);
}

/* NULL: the kernel does not tell the signal of link 1. */
static void script_connection(int32_t mbm0, uint32_t ago, const int32_t *mbm1)
{
	turn_links();
	k_turn();
	put_bss(0, MAC0, &mbm0, ago);
	put_bss(1, MAC1, mbm1, 0);
	k_done(0);
	turn_nothing();
	turn_nothing();
	turn_links();
}

static void brief_link(void **state)
{
	(void)state;
	script_connection(-5050, 1, NULL);
	assert_run(run("-b dev lo link"), ST_OK,
		   "0  active  2412/20  02:00:00:00:01:10  02:00:00:00:00:10  -50.5 dBm\n"
		   "1  active  5180/20  02:00:00:00:01:11  02:00:00:00:00:11  -\n",
		   "", NULL);
	assert_run(run("-b dev lo link show 1"), ST_OK,
		   "1  active  5180/20  02:00:00:00:01:11  02:00:00:00:00:11  -\n", "", NULL);
	k_reset();
	k_turn();
	k_iface(0, NL80211_IFTYPE_STATION);
	turn_nothing();
	assert_run(run("-b dev lo link"), ST_OK, "", "", NULL);
	k_reset();
	k_turn();
	k_iface(0, NL80211_IFTYPE_AP);
	k_links_begin();
	k_link(0, "00:00:00:00:00:00");
	put_link(1, MAC1, 5180);
	k_links_end();
	assert_run(run("-b dev lo link"), ST_OK,
		   "0  ghost  -        00:00:00:00:00:00\n1  -      5180/20  " MAC1 "\n", "", NULL);
}

static void brief_bss(void **state)
{
	static const int32_t mbm = -4200;
	static const struct k_mld mld = { .ssid = "x y", .m = 1, .announced = 7 };

	(void)state;
	k_turn();
	put_bss(0, MAC0, &mbm, 1);
	k_mld_bss(&mld, 1, false);
	k_mld_bss(&mld, 2, false);
	k_done(0);
	assert_run(run("-b dev lo bss"), ST_OK,
		   "02:00:00:00:00:10  bss  2412                    -42.0 dBm  open  associated  "
		   "\"net\"\n"
		   "02:00:00:00:01:aa  mld  (0@2412) 1@5180 2@5955  -58.0 dBm  open              "
		   "\"x y\"\n",
		   "", NULL);
	assert_run(run("-b dev lo bss --flat"), ST_OK,
		   "02:00:00:00:01:01  5180/20  1@02:00:00:00:01:aa  -59.0 dBm  open              "
		   "\"x y\"\n"
		   "02:00:00:00:01:02  5955     2@02:00:00:00:01:aa  -58.0 dBm  open              "
		   "\"x y\"\n"
		   "02:00:00:00:00:10  2412/20                       -42.0 dBm  open  associated  "
		   "\"net\"\n",
		   "", NULL);
}

static void brief_station(void **state)
{
	(void)state;
	k_turn();
	k_iface(0, NL80211_IFTYPE_AP);
	k_turn();
	k_data(NL80211_CMD_NEW_STATION, NLM_F_MULTI);
	k_put_mac(NL80211_ATTR_MAC, "02:00:00:00:01:00");
	k_put_u8(NL80211_ATTR_MLO_LINK_ID, 0);
	k_nest(NL80211_ATTR_STA_INFO);
	k_put_u8(NL80211_STA_INFO_SIGNAL, (uint8_t)-41);
	k_nest(NL80211_STA_INFO_TX_BITRATE);
	k_put_u32(NL80211_RATE_INFO_BITRATE32, 12009);
	k_nest_end();
	k_nest_end();
	k_data(NL80211_CMD_NEW_STATION, NLM_F_MULTI);
	k_put_mac(NL80211_ATTR_MAC, "02:00:00:00:02:00");
	k_done(0);
	assert_run(run("-b dev lo station"), ST_OK,
		   "02:00:00:00:01:00  -  -  -41 dBm  tx 1200.9  rx -\n"
		   "02:00:00:00:02:00  -  -  -        tx -       rx -\n",
		   "", NULL);
}

/* ---- the picture ---- */

static void picture_grows_with_the_signal(void **state)
{
	static const struct {
		int32_t mbm;
		const char *ascii, *utf8;
	} want[] = {
		{ -20000, "_", "▁" }, { -9000, "_", "▁" }, { -8251, "_", "▁" }, { -8250, "-", "▂" },
		{ -6000, "+", "▅" },  { -3001, "#", "█" }, { -3000, "#", "█" }, { 0, "#", "█" },
	};

	(void)state;
	for (size_t n = 0; n < ARRAY_SIZE(want); n++) {
		assert_string_equal(signal_picture(SAMPLE_NEW, want[n].mbm, false), want[n].ascii);
		assert_string_equal(signal_picture(SAMPLE_NEW, want[n].mbm, true), want[n].utf8);
	}
	assert_string_equal(signal_picture(SAMPLE_NONE, 0, true), " ");
	assert_string_equal(signal_picture(SAMPLE_NONE, 0, false), " ");
	assert_string_equal(signal_picture(SAMPLE_OLD, 0, true), "·");
	assert_string_equal(signal_picture(SAMPLE_OLD, 0, false), ".");
}

#define K   "\033[K\n"
#define END "\033[J"
#define FRAME(ago, bar)                                                                \
	"lo  type station  addr 02:00:00:00:00:01  connected  ssid \"net\"" K          \
	"    ap-mld 02:00:00:00:00:00" K                                               \
	"\tlink 0  addr 02:00:00:00:01:10  channel 1 (2.4GHz)  2412 MHz" K             \
	"            width 20 MHz  center 2412 MHz" K "\t\tactive  bssid " MAC0 K      \
	"                    signal -61.0 dBm (beacon, " ago " ms ago)" K "\t\t" bar K \
	"\tlink 1  addr 02:00:00:00:01:11  channel 36 (5GHz)  5180 MHz" K              \
	"            width 20 MHz  center 5180 MHz" K "\t\tactive  bssid " MAC1 K END

/* -t ends it before the timer's first turn: one look, and what an event makes it look at. */
static void watched_signals_are_drawn(void **state)
{
	static const char line[] = "-c never -t 0.2 dev lo link show --watch 1000";

	(void)state;
	script_connection(-6100, 5, NULL);
	assert_run(run_on_terminal(80, 24, line), ST_OK, FRAME("5", "="), "", NULL);
	setenv("LANG", "de_DE.UTF-8", 1);
	setenv("LC_ALL", "", 1);
	assert_run(run_on_terminal(80, 24, line), ST_OK, FRAME("5", "▄"), "", NULL);
	setenv("LC_CTYPE", "POSIX", 1);
	assert_run(run_on_terminal(80, 24, line), ST_OK, FRAME("5", "="), "", NULL);
	setenv("LC_ALL", "C.utf8", 1);
	assert_run(run_on_terminal(80, 24, line), ST_OK, FRAME("5", "▄"), "", NULL);
	k_reset();
	setenv("LC_ALL", "C", 1);
	script_connection(-6100, 1000001, NULL); /* heard before it was watched */
	assert_run(run_on_terminal(80, 24, line), ST_OK, FRAME("1000001", "."), "", NULL);
}

static void nothing_is_drawn_elsewhere(void **state)
{
	static const char line[] = "-c never -t 0.2 dev lo link show --watch 1000";
	char *once;

	(void)state;
	script_connection(-6100, 5, NULL);
	once = strdup(run("dev lo link")->out);
	assert_run(run(line), ST_OK, once, "", NULL);
	setenv("TERM", "dumb", 1);
	assert_null(strstr(run_on_terminal(80, 24, line)->out, "\033"));
	setenv("TERM", "xterm", 1);
	assert_null(strstr(run_on_terminal(200, 24, "-j -t 0.2 dev lo link show --watch 1000")->out,
			   "\033"));
	assert_null(strstr(run_on_terminal(80, 24,
					   "-b -c never -t 0.2 dev lo link show "
					   "--watch 1000")
				   ->out,
			   "="));
	free(once);
}

/* What is drawn again goes over what was there; a screen that is too low has no such place. */
static void picture_stays_in_its_place(void **state)
{
	static const char line[] = "-c never -t 0.2 dev lo link show --watch 1000";
	const struct run *r;

	(void)state;
	k_events();
	k_event_about(NL80211_CMD_DEAUTHENTICATE, K_LO);
	script_connection(-6100, 5, NULL);
	script_connection(-6100, 5, NULL);
	r = run_on_terminal(80, 24, line);
	assert_run(r, ST_OK, FRAME("5", "=") "\033[10A\r" FRAME("5", "="), "", NULL);
	r = run_on_terminal(80, 10, line);
	assert_run(r, ST_OK, FRAME("5", "=") "\033[H" FRAME("5", "="), "", NULL);
}

static void script_look(const char *bssid, int32_t mbm)
{
	turn_links();
	turn_two_bsses(bssid, mbm);
	turn_nothing();
	turn_nothing();
	turn_links();
}

/* The last picture of a link. */
static const char *last_picture(const char *out)
{
	const char *last = NULL;

	for (const char *p = out; (p = strstr(p, "\n\t\t")); p += 3)
		if (strchr("_#", p[3]))
			last = p + 3;
	assert_non_null(last);
	return last;
}

/* At least three looks are taken in that time, and at most twenty. */
static void assert_last_picture(const char *chars)
{
	const struct run *r =
		run_on_terminal(200, 50, "-c never -t 1 dev lo link show --watch 0.1");
	const char *last = last_picture(r->out);

	assert_int_equal(r->status, ST_OK);
	assert_int_equal(strspn(last, chars), strcspn(last, "\033"));
	assert_true(strspn(last, chars) > 0);
}

/* A link's history is that of one AP, and of one connection. */
static void history_begins_anew(void **state)
{
	(void)state;
	script_look(MAC0, -9000);
	for (int n = 0; n < 20; n++)
		script_look("02:00:00:00:00:20", -3000);
	assert_last_picture("#");
	k_reset();
	script_look(MAC0, -9000);
	k_turn();
	k_iface(0, NL80211_IFTYPE_STATION);
	turn_nothing();
	for (int n = 0; n < 20; n++)
		script_look(MAC0, -3000);
	assert_last_picture("#");
	k_reset();
	script_look(MAC0, -9000);
	for (int n = 0; n < 20; n++)
		script_look(MAC0, -3000);
	assert_last_picture("_#");
}

static void interrupt(void)
{
	kill(getpid(), SIGTERM);
}

static void history_has_its_end(void **state)
{
	const char *last;

	(void)state;
	for (int n = 0; n < 69; n++)
		script_look(MAC0, n < 5 ? -9000 : -3000);
	turn_links();
	k_do(interrupt);
	turn_two_bsses(MAC0, -3000);
	turn_nothing();
	turn_nothing();
	turn_links();
	last = last_picture(
		run_on_terminal(200, 50, "-c never dev lo link show --watch 0.01")->out);
	assert_int_equal(strspn(last, "#"), 64);
	assert_int_equal(last[64], '\033');
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test_setup(lines_that_fit_are_as_they_are, setup),
	cmocka_unit_test_setup(lines_are_broken_between_facts, setup),
	cmocka_unit_test_setup(lists_are_broken_within_if_they_must, setup),
	cmocka_unit_test_setup(colour_before_a_line_is_no_gap, setup),
	cmocka_unit_test_setup(words_and_quotations_stay_whole, setup),
	cmocka_unit_test_setup(columns_are_counted_as_they_are_seen, setup),
	cmocka_unit_test_setup(cells_become_columns, setup),
	cmocka_unit_test_setup(pipe_gets_its_lines_whole, setup),
	cmocka_unit_test_setup(terminal_gets_lines_that_fit, setup),
	cmocka_unit_test_setup(events_fit_too, setup),
	cmocka_unit_test_setup(colour_is_for_terminals_that_can, setup),
	cmocka_unit_test_setup(brief_dev, setup),
	cmocka_unit_test_setup(brief_phy, setup),
	cmocka_unit_test_setup(brief_is_refused_where_there_is_none, setup),
	cmocka_unit_test_setup(brief_link, setup),
	cmocka_unit_test_setup(brief_bss, setup),
	cmocka_unit_test_setup(brief_station, setup),
	cmocka_unit_test_setup(picture_grows_with_the_signal, setup),
	cmocka_unit_test_setup(watched_signals_are_drawn, setup),
	cmocka_unit_test_setup(nothing_is_drawn_elsewhere, setup),
	cmocka_unit_test_setup(picture_stays_in_its_place, setup),
	cmocka_unit_test_setup(history_begins_anew, setup),
	cmocka_unit_test_setup(history_has_its_end, setup),
};

int main(void)
{
	return cmocka_run_group_tests(tests, NULL, NULL);
}
