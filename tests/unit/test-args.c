/* SPDX-License-Identifier: ISC */
/* The command line: what is understood, and what is told about the rest, before anything is sent.
 */
#include <string.h>

#include "fake-kernel.h"

#define TRY	   " (try \"iw-mlo help\")\n"
#define NO_ID	   ": not a link id (0 to 14)\n"
#define NO_MAC	   ": not a MAC address (02:00:00:00:00:00)\n"
#define NO_DEV	   ": not an interface name (1 to 15 bytes, no '/', ':' or space)\n"
#define NO_WDEV	   ": not a wdev id (0x1 and up)\n"
#define NO_TYPE	   ": not an interface type (\"iw-mlo help set type\")\n"
#define NO_OPTION  ": unknown option, or its value is missing" TRY
#define NO_COUNTRY ": not a country (two capital letters, or 00 for the world)\n"
#define NO_MAPPING ": not a mapping (as 0-3=0,1 or all=1)\n"
#define NO_TIDS	   ": not a list of TIDs (0 to 7, as 0-3,6, or all)\n"
#define NO_LINKS   ": not a list of link ids (0 to 14, as 0,2)\n"
#define NEXT                                                                   \
	": unknown word, expected info, link, set, connect, disconnect, del, " \
	"wait, assert, scan, bss, station, csme, ttlm, epcs, ap\n"
#define NEXT_PHY ": unknown word, expected caps, interface\n"
#define NO_SSID	 ": not an SSID (1 to 32 bytes, \\xHH for any but 0)\n"
#define IF_ADD	 "phy 0 interface add"
#define MAC3	 "02:00:00:00:00:03"

static int setup(void **state)
{
	(void)state;
	k_reset();
	return 0;
}

/* ---- wrong ones ---- */

struct wrong {
	const char *line, *err;
};

static const struct wrong wrong_objects[] = {
	{ "", "nothing to do" TRY },
	{ "foo", "\"foo\": unknown word" TRY },
	{ "DEV", "\"DEV\": unknown word" TRY },
	{ "info", "\"info\": unknown word" TRY },
	{ "link add 3 addr " MAC3, "\"link\": unknown word" TRY },
	{ "lo link show", "\"lo\": unknown word" TRY },
	{ "wdev", "wdev: WDEV is missing\n" },
	{ "wdev 0", "wdev: \"0\"" NO_WDEV },
	{ "wdev 0x0", "wdev: \"0x0\"" NO_WDEV },
	{ "wdev x", "wdev: \"x\"" NO_WDEV },
	{ "wdev -1", "wdev: \"-1\"" NO_WDEV },
	{ "wdev info", "wdev: \"info\"" NO_WDEV },
	{ "wdev 18446744073709551616", "wdev: \"18446744073709551616\"" NO_WDEV },
	{ "dev a/b", "dev: \"a/b\"" NO_DEV },
	{ "dev a:1 info", "dev: \"a:1\"" NO_DEV },
	{ "dev .", "dev: \".\"" NO_DEV },
	{ "dev aaaaaaaaaaaaaaaa", "dev: \"aaaaaaaaaaaaaaaa\"" NO_DEV },
	{ "dev a\033[31m/", "dev: \"a\\x1b[31m/\"" NO_DEV },
};

static const struct wrong wrong_commands[] = {
	{ "dev lo foo", "dev lo: \"foo\"" NEXT },
	{ "dev lo foo info", "dev lo: \"foo\"" NEXT },
	{ "dev lo inf", "dev lo: \"inf\"" NEXT },
	{ "dev lo infos", "dev lo: \"infos\"" NEXT },
	{ "dev lo dev", "dev lo: \"dev\"" NEXT },
	{ "dev lo -j", "dev lo: \"-j\"" NEXT },
	{ "wdev 0x1 foo", "wdev 0x1: \"foo\"" NEXT },
	{ "phy 0 foo", "phy 0: \"foo\"" NEXT_PHY },
	{ "phy 0 link show", "phy 0: \"link\"" NEXT_PHY },
	{ "phy 0 set type ap", "phy 0: \"set\"" NEXT_PHY },
	{ "phy 0 connect net", "phy 0: \"connect\"" NEXT_PHY },
	{ "phy 0 del", "phy 0: \"del\"" NEXT_PHY },
	{ "dev lo caps", "dev lo: \"caps\"" NEXT },
	{ "dev lo interface add x type ap", "dev lo: \"interface\"" NEXT },
	{ "dev lo event", "dev lo: \"event\"" NEXT },
	{ "phy 0 caps x", "phy 0 caps: \"x\": unknown word\n" },
	{ "event extra",
	  "event: \"extra\": not an event (one of the kernel's commands in lower case, as "
	  "new_station; or rfkill)\n" },
	{ "connect net", "\"connect\": unknown word" TRY },
	{ "dev lo info x", "dev lo info: \"x\": unknown word\n" },
	{ "dev lo info info", "dev lo info: \"info\": unknown word\n" },
	{ "dev lo set", "dev lo: a word is missing, expected type\n" },
	{ "dev lo set foo", "dev lo: \"foo\": unknown word, expected type\n" },
	{ "dev lo set foo bar", "dev lo: \"foo\": unknown word, expected type\n" },
	{ "wdev 1 set", "wdev 1: a word is missing, expected type\n" },
};

static const struct wrong wrong_links[] = {
	{ "reg", "a word is missing, expected get, set\n" },
	{ "reg foo", "\"foo\": unknown word, expected get, set\n" },
	{ "reg get US", "reg get: \"US\": unknown word\n" },
	{ "reg set", "reg set: CC is missing\n" },
	{ "reg set us", "reg set: \"us\"" NO_COUNTRY },
	{ "reg set USA", "reg set: \"USA\"" NO_COUNTRY },
	{ "reg set U", "reg set: \"U\"" NO_COUNTRY },
	{ "reg set 01", "reg set: \"01\"" NO_COUNTRY },
	{ "reg set 98", "reg set: \"98\"" NO_COUNTRY },
	{ "reg set US US", "reg set: \"US\": unknown word\n" },
	{ "dev lo link reconf", "dev lo link reconf: nothing to add and nothing to del\n" },
	{ "dev lo link reconf 1", "dev lo link reconf: \"1\": unknown word\n" },
	{ "dev lo link reconf add", "dev lo link reconf: add ID is missing\n" },
	{ "dev lo link reconf add 15", "dev lo link reconf: \"15\": not a link id (0 to 14)\n" },
	{ "dev lo link reconf add 1 add 1", "dev lo link reconf: link 1 is given twice\n" },
	{ "dev lo link reconf add 1 del 1", "dev lo link reconf: link 1 is given twice\n" },
	{ "dev lo ttlm", "dev lo: a word is missing, expected set\n" },
	{ "dev lo ttlm set", "dev lo ttlm set: [dl:|ul:]TIDS=LINKS is missing\n" },
	{ "dev lo ttlm set all", "dev lo ttlm set: \"all\"" NO_MAPPING },
	{ "dev lo ttlm set 0-7", "dev lo ttlm set: \"0-7\"" NO_MAPPING },
	{ "dev lo ttlm set 8=0", "dev lo ttlm set: \"8=0\"" NO_TIDS },
	{ "dev lo ttlm set 0-8=0", "dev lo ttlm set: \"0-8=0\"" NO_TIDS },
	{ "dev lo ttlm set 3-0=0", "dev lo ttlm set: \"3-0=0\"" NO_TIDS },
	{ "dev lo ttlm set 0,0=0", "dev lo ttlm set: \"0,0=0\"" NO_TIDS },
	{ "dev lo ttlm set 0,=0", "dev lo ttlm set: \"0,=0\"" NO_TIDS },
	{ "dev lo ttlm set 00=0", "dev lo ttlm set: \"00=0\"" NO_TIDS },
	{ "dev lo ttlm set 99999999999=0", "dev lo ttlm set: \"99999999999=0\"" NO_TIDS },
	{ "dev lo ttlm set 0,1,2,3,4,5,6,7,0,1,2,3,4,5,6,7,0,1,2,3=0",
	  "dev lo ttlm set: \"0,1,2,3,4,5,6,7,0,1,2,3,4,5,6,7,0,1,2,3=0\"" NO_TIDS },
	{ "dev lo ttlm set =0", "dev lo ttlm set: \"=0\"" NO_TIDS },
	{ "dev lo ttlm set xl:all=0", "dev lo ttlm set: \"xl:all=0\"" NO_TIDS },
	{ "dev lo ttlm set alls=0", "dev lo ttlm set: \"alls=0\"" NO_TIDS },
	{ "dev lo ttlm set all=", "dev lo ttlm set: \"all=\"" NO_LINKS },
	{ "dev lo ttlm set all=15", "dev lo ttlm set: \"all=15\"" NO_LINKS },
	{ "dev lo ttlm set all=0=1", "dev lo ttlm set: \"all=0=1\"" NO_LINKS },
	{ "dev lo ttlm set all=all", "dev lo ttlm set: \"all=all\"" NO_LINKS },
	{ "dev lo ttlm set all=0 3=1", "dev lo ttlm set: \"3=1\": a TID that has links already\n" },
	{ "dev lo ttlm set dl:3=1 all=0",
	  "dev lo ttlm set: \"all=0\": a TID that has links already\n" },
	{ "dev lo ttlm set 0-6=0", "dev lo ttlm set: TID 7 is left without a link (downlink)\n" },
	{ "dev lo ttlm set dl:all=0 ul:1-7=0",
	  "dev lo ttlm set: TID 0 is left without a link (uplink)\n" },
	{ "dev lo epcs", "dev lo epcs: either on or off\n" },
	{ "dev lo epcs on off", "dev lo epcs: either on or off\n" },
	{ "dev lo epcs on on", "dev lo epcs: \"on\": given twice\n" },
	{ "dev lo epcs yes", "dev lo epcs: \"yes\": unknown word\n" },
	{ "dev lo ap stop 1", "dev lo ap stop: \"1\": unknown word\n" },
	{ "dev lo ap stop link 1 link 2", "dev lo ap stop: \"link\": given twice\n" },
	{ "dev lo link foo",
	  "dev lo link: \"foo\": unknown word, expected show, add, del, reconf\n" },
	{ "dev lo link 3", "dev lo link: \"3\": unknown word, expected show, add, del, reconf\n" },
	{ "wdev 1 link foo",
	  "wdev 1 link: \"foo\": unknown word, expected show, add, del, reconf\n" },
	{ "dev lo link show 15", "dev lo link show: \"15\"" NO_ID },
	{ "dev lo link show -1", "dev lo link show: \"-1\"" NO_ID },
	{ "dev lo link show 01", "dev lo link show: \"01\"" NO_ID },
	{ "dev lo link show 1 2", "dev lo link show: \"2\": unknown word\n" },
	{ "dev lo link show 1 1", "dev lo link show: \"1\": unknown word\n" },
	{ "dev lo link add", "dev lo link add: ID is missing\n" },
	{ "dev lo link add 3", "dev lo link add: addr MAC is missing\n" },
	{ "dev lo link add 3 addr", "dev lo link add: addr MAC is missing\n" },
	{ "dev lo link add addr", "dev lo link add: addr MAC is missing\n" },
	{ "dev lo link add addr " MAC3, "dev lo link add: ID is missing\n" },
	{ "dev lo link add 3 " MAC3, "dev lo link add: \"" MAC3 "\": unknown word\n" },
	{ "dev lo link add 3 4 addr " MAC3, "dev lo link add: \"4\": unknown word\n" },
	{ "dev lo link add 15 addr " MAC3, "dev lo link add: \"15\"" NO_ID },
	{ "dev lo link add x addr " MAC3, "dev lo link add: \"x\"" NO_ID },
	{ "dev lo link add 3 addr x", "dev lo link add: \"x\"" NO_MAC },
	{ "dev lo link add 3 addr addr", "dev lo link add: \"addr\"" NO_MAC },
	{ "dev lo link add 3 addr 2:0:0:0:0:3", "dev lo link add: \"2:0:0:0:0:3\"" NO_MAC },
	{ "dev lo link add 3 addr 01:00:00:00:00:03",
	  "dev lo link add: \"01:00:00:00:00:03\": a multicast address\n" },
	{ "dev lo link add 3 addr ff:ff:ff:ff:ff:ff",
	  "dev lo link add: \"ff:ff:ff:ff:ff:ff\": a multicast address\n" },
	{ "dev lo link add 3 addr 00:00:00:00:00:00",
	  "dev lo link add: \"00:00:00:00:00:00\": the zero address\n" },
	{ "dev lo link add 3 addr " MAC3 " 4", "dev lo link add: \"4\": unknown word\n" },
	{ "dev lo link add 3 addr " MAC3 " foo", "dev lo link add: \"foo\": unknown word\n" },
	{ "dev lo link add 3 addr " MAC3 " addr", "dev lo link add: \"addr\": given twice\n" },
	{ "dev lo link add 3 addr " MAC3 " addr " MAC3,
	  "dev lo link add: \"addr\": given twice\n" },
	{ "dev lo link del", "dev lo link del: ID is missing\n" },
	{ "dev lo link del x", "dev lo link del: \"x\"" NO_ID },
	{ "dev lo link del 1 2", "dev lo link del: \"2\": unknown word\n" },
	{ "dev lo link del 1 addr " MAC3, "dev lo link del: \"addr\": unknown word\n" },
};

static const struct wrong wrong_types[] = {
	{ "dev lo set type", "dev lo set type: TYPE is missing\n" },
	{ "dev lo set type foo", "dev lo set type: \"foo\"" NO_TYPE },
	{ "dev lo set type AP", "dev lo set type: \"AP\"" NO_TYPE },
	{ "dev lo set type 3", "dev lo set type: \"3\"" NO_TYPE },
	{ "dev lo set type type-13", "dev lo set type: \"type-13\"" NO_TYPE },
	{ "dev lo set type ap ap", "dev lo set type: \"ap\": unknown word\n" },
	{ "dev lo set type --force", "dev lo set type: TYPE is missing\n" },
	{ "dev lo set type ap --frob", "dev lo set type: \"--frob\": unknown word\n" },
	{ "dev lo set type ap --forc", "dev lo set type: \"--forc\": unknown word\n" },
	{ "dev lo set type ap --force=1", "dev lo set type: \"--force=1\": unknown word\n" },
	{ "dev lo set type ap force", "dev lo set type: \"force\": unknown word\n" },
	{ "dev lo set type --force --force ap", "dev lo set type: \"--force\": given twice\n" },
	{ "dev lo set type ap --force ap", "dev lo set type: \"ap\": unknown word\n" },
	{ "--force dev lo set type ap", "\"--force\"" NO_OPTION },
	{ "dev lo link del 3 --force", "dev lo link del: \"--force\": unknown word\n" },
};

static const struct wrong wrong_interfaces[] = {
	{ "phy interface add x type ap", "phy interface: \"add\"" NEXT_PHY },
	{ "phy 0 interface", "phy 0: a word is missing, expected add\n" },
	{ "phy 0 interface del x", "phy 0: \"del\": unknown word, expected add\n" },
	{ IF_ADD, IF_ADD ": NAME is missing\n" },
	{ IF_ADD " x", IF_ADD ": type TYPE is missing\n" },
	{ IF_ADD " x type", IF_ADD ": type TYPE is missing\n" },
	{ IF_ADD " type ap", IF_ADD ": NAME is missing\n" },
	{ IF_ADD " x ap", IF_ADD ": \"ap\": unknown word\n" },
	{ IF_ADD " x type frob", IF_ADD ": \"frob\"" NO_TYPE },
	{ IF_ADD " x type 13", IF_ADD ": \"13\"" NO_TYPE },
	{ IF_ADD " x type type-13", IF_ADD ": \"type-13\"" NO_TYPE },
	{ IF_ADD " x type ap type ap", IF_ADD ": \"type\": given twice\n" },
	{ IF_ADD " aaaaaaaaaaaaaaaa type ap", IF_ADD ": \"aaaaaaaaaaaaaaaa\"" NO_DEV },
	{ IF_ADD " a/b type ap", IF_ADD ": \"a/b\"" NO_DEV },
	{ IF_ADD " a:b type ap", IF_ADD ": \"a:b\"" NO_DEV },
	{ IF_ADD " .. type ap", IF_ADD ": \"..\"" NO_DEV },
	{ IF_ADD " x type ap addr", IF_ADD ": addr MAC is missing\n" },
	{ IF_ADD " x type ap addr 1:2", IF_ADD ": \"1:2\"" NO_MAC },
	{ IF_ADD " x type ap " MAC3, IF_ADD ": \"" MAC3 "\": unknown word\n" },
	{ IF_ADD " x type ap addr 01:00:00:00:00:03",
	  IF_ADD ": \"01:00:00:00:00:03\": a multicast address\n" },
	{ IF_ADD " x type ap addr 00:00:00:00:00:00",
	  IF_ADD ": \"00:00:00:00:00:00\": the zero address\n" },
	{ IF_ADD " x type ap extra", IF_ADD ": \"extra\": unknown word\n" },
	{ "dev lo del extra", "dev lo del: \"extra\": unknown word\n" },
	{ "wdev 1 del 1", "wdev 1 del: \"1\": unknown word\n" },
};

#define LONG_SSID "aaaaaaaabbbbbbbbccccccccdddddddd"

static const struct wrong wrong_connects[] = {
	{ "dev lo connect", "dev lo connect: SSID is missing\n" },
	{ "dev lo connect " LONG_SSID "e", "dev lo connect: \"" LONG_SSID "e\"" NO_SSID },
	{ "dev lo connect \\x00", "dev lo connect: \"\\x5cx00\"" NO_SSID },
	{ "dev lo connect a\\x00b", "dev lo connect: \"a\\x5cx00b\"" NO_SSID },
	{ "dev lo connect \\", "dev lo connect: \"\\x5c\"" NO_SSID },
	{ "dev lo connect a\\n", "dev lo connect: \"a\\x5cn\"" NO_SSID },
	{ "dev lo connect \\xZZ", "dev lo connect: \"\\x5cxZZ\"" NO_SSID },
	{ "dev lo connect \\x4", "dev lo connect: \"\\x5cx4\"" NO_SSID },
	{ "dev lo connect net work", "dev lo connect: \"work\": unknown word\n" },
	{ "dev lo disconnect net", "dev lo disconnect: \"net\": unknown word\n" },
};

#define CSME	  "dev lo csme"
#define TAKE	  CSME " takeover"
#define NEXT_CSME ": unknown word, expected info, own, wait, events, takeover\n"
#define NO_TIME	  ": not a time in seconds\n"

static const struct wrong wrong_csmes[] = {
	{ CSME, "dev lo: a word is missing, expected info, own, wait, events, takeover\n" },
	{ CSME " foo", "dev lo: \"foo\"" NEXT_CSME },
	{ "phy 0 csme info", "phy 0: \"csme\"" NEXT_PHY },
	{ "csme info", "\"csme\": unknown word" TRY },
	{ CSME " info x", CSME " info: \"x\": unknown word\n" },
	{ CSME " info --wpa_supplicant", CSME " info: \"--wpa_supplicant\": unknown word\n" },
	{ CSME " info --wpa-supplicant --wpa-supplicant",
	  CSME " info: \"--wpa-supplicant\": given twice\n" },
	{ CSME " own --wpa-supplicant", CSME " own: \"--wpa-supplicant\": unknown word\n" },
	{ CSME " own 3", CSME " own: \"3\": unknown word\n" },
	{ CSME " own timeout", CSME " own: timeout S is missing\n" },
	{ CSME " own timeout 0", CSME " own: \"0\"" NO_TIME },
	{ CSME " own timeout -1", CSME " own: \"-1\"" NO_TIME },
	{ CSME " own timeout 1s", CSME " own: \"1s\"" NO_TIME },
	{ CSME " own timeout 86401", CSME " own: \"86401\"" NO_TIME },
	{ CSME " own timeout 1 timeout 1", CSME " own: \"timeout\": given twice\n" },
	{ CSME " wait timeout x", CSME " wait: \"x\"" NO_TIME },
	{ CSME " wait --exec true", CSME " wait: \"--exec\": unknown word\n" },
	{ CSME " events timeout 1", CSME " events: \"timeout\": unknown word\n" },
	{ TAKE " --exec", TAKE ": --exec COMMAND is missing\n" },
	{ TAKE " true", TAKE ": \"true\": unknown word\n" },
	{ TAKE " --exec=true", TAKE ": \"--exec=true\": unknown word\n" },
	{ TAKE " --exec true false", TAKE ": \"false\": unknown word\n" },
	{ TAKE " --exec true --exec true", TAKE ": \"--exec\": given twice\n" },
	{ TAKE " --exec true timeout", TAKE ": timeout S is missing\n" },
	{ TAKE " --exec timeout 1", TAKE ": \"1\": unknown word\n" },
};

static const struct wrong wrong_helps[] = {
	{ "help foo", "help: no such command\n" },
	{ "help dev lo", "help: no such command\n" },
	{ "help phy link", "help: no such command\n" },
	{ "help set type x", "help: no such command\n" },
	{ "help link foo", "help: no such command\n" },
};

static const struct wrong wrong_options[] = {
	{ "-x", "\"-x\"" NO_OPTION },
	{ "-jx dev", "\"-jx\"" NO_OPTION },
	{ "-", "\"-\": unknown word" TRY },
	{ "--", "nothing to do" TRY },
	{ "-n", "nothing to do" TRY },
	{ "--jso dev", "\"--jso\"" NO_OPTION },
	{ "--json=x dev", "\"--json=x\"" NO_OPTION },
	{ "--jsonx dev", "\"--jsonx\"" NO_OPTION },
	{ "--timeou 1 dev", "\"--timeou\"" NO_OPTION },
	{ "--timeou=1 dev", "\"--timeou=1\"" NO_OPTION },
	{ "-t", "\"-t\"" NO_OPTION },
	{ "--timeout", "\"--timeout\"" NO_OPTION },
	{ "-t 0 dev", "\"0\": not a value for -t\n" },
	{ "-t x dev", "\"x\": not a value for -t\n" },
	{ "-t -1 dev", "\"-1\": not a value for -t\n" },
	{ "--timeout=1s dev", "\"1s\": not a value for -t\n" },
	{ "--timeout dev", "\"dev\": not a value for -t\n" },
	{ "-c maybe dev", "\"maybe\": not a value for -c\n" },
	{ "--color=auto,never dev", "\"auto,never\": not a value for -c\n" },
	{ "-- -j dev", "\"-j\": unknown word" TRY },
	{ "-j -t 1 -- dev lo foo", "dev lo: \"foo\"" NEXT },
};

/* Told on one line, with status 1, and before a socket is opened. */
static void check_wrong(const struct wrong *rows, size_t n)
{
	for (size_t k = 0; k < n; k++) {
		const struct run *r;
		char err[300];

		snprintf(err, sizeof(err), "iw-mlo: %s", rows[k].err);
		r = run(rows[k].line);
		if (r->status != ST_USAGE || strcmp(r->err, err) != 0)
			print_error("iw-mlo %s\n", rows[k].line);
		assert_run(r, ST_USAGE, "", err, "");
		assert_int_equal(r->opened, 0);
	}
}

static void wrong_objects_and_selectors(void **state)
{
	(void)state;
	check_wrong(wrong_objects, ARRAY_SIZE(wrong_objects));
}

static void wrong_words_for_a_command(void **state)
{
	(void)state;
	check_wrong(wrong_commands, ARRAY_SIZE(wrong_commands));
}

static void wrong_parameters_of_the_link_commands(void **state)
{
	(void)state;
	check_wrong(wrong_links, ARRAY_SIZE(wrong_links));
}

static void wrong_parameters_of_set_type(void **state)
{
	(void)state;
	check_wrong(wrong_types, ARRAY_SIZE(wrong_types));
}

static void wrong_parameters_of_interface_add_and_del(void **state)
{
	(void)state;
	check_wrong(wrong_interfaces, ARRAY_SIZE(wrong_interfaces));
}

static void wrong_parameters_of_connect(void **state)
{
	(void)state;
	check_wrong(wrong_connects, ARRAY_SIZE(wrong_connects));
}

static void wrong_parameters_of_the_csme_commands(void **state)
{
	(void)state;
	check_wrong(wrong_csmes, ARRAY_SIZE(wrong_csmes));
}

static void wrong_words_for_help(void **state)
{
	(void)state;
	check_wrong(wrong_helps, ARRAY_SIZE(wrong_helps));
}

static void wrong_options_and_values(void **state)
{
	(void)state;
	check_wrong(wrong_options, ARRAY_SIZE(wrong_options));
}

/* Words that a shell's quotes make: empty, with spaces, longer than any buffer. */
static void words_of_every_kind(void **state)
{
	char longest[5000];

	(void)state;
	memset(longest, '\n', sizeof(longest) - 1);
	longest[sizeof(longest) - 1] = '\0';
#define WORDS(...) run_words((char *const[]){ (char *)"iw-mlo", __VA_ARGS__, NULL })
	assert_run(WORDS((char *)""), ST_USAGE, "", "iw-mlo: \"\": unknown word" TRY, "");
	assert_run(WORDS((char *)"dev", (char *)""), ST_USAGE, "", "iw-mlo: dev: \"\"" NO_DEV, "");
	assert_run(WORDS((char *)"dev", (char *)"a b"), ST_USAGE, "", "iw-mlo: dev: \"a b\"" NO_DEV,
		   "");
	assert_run(WORDS((char *)"phy", (char *)""), ST_USAGE, "",
		   "iw-mlo: phy: \"\": not a phy's name or number\n", "");
	assert_run(WORDS((char *)"dev", (char *)"lo", (char *)""), ST_USAGE, "",
		   "iw-mlo: dev lo: \"\"" NEXT, "");
	assert_run(WORDS((char *)"dev", (char *)"lo", (char *)"link add"), ST_USAGE, "",
		   "iw-mlo: dev lo: \"link add\"" NEXT, "");
	assert_run(WORDS((char *)"dev", (char *)"lo", (char *)"connect", (char *)""), ST_USAGE, "",
		   "iw-mlo: dev lo connect: \"\"" NO_SSID, "");
	assert_run(WORDS((char *)"phy", (char *)"0", (char *)"interface", (char *)"add", (char *)"",
			 (char *)"type", (char *)"ap"),
		   ST_USAGE, "", "iw-mlo: " IF_ADD ": \"\"" NO_DEV, "");
	assert_run(WORDS((char *)"dev", (char *)"lo", (char *)"csme", (char *)"takeover",
			 (char *)"--exec", (char *)""),
		   ST_USAGE, "", "iw-mlo: " TAKE ": \"\": not a command\n", "");
	assert_run(WORDS(longest), ST_USAGE, "", NULL, "");
	assert_run(WORDS((char *)"dev", longest), ST_USAGE, "", NULL, "");
	assert_run(WORDS((char *)"phy", longest), ST_USAGE, "", NULL, "");
	assert_run(WORDS((char *)"dev", (char *)"lo", longest), ST_USAGE, "", NULL, "");
	assert_run(WORDS((char *)"help", longest), ST_USAGE, "", NULL, "");
	assert_run(WORDS((char *)"-t", longest, (char *)"dev"), ST_USAGE, "", NULL, "");
#undef WORDS
}

/* ---- right ones ---- */

struct right {
	const char *line;
	const struct cmd *cmd;
	enum object object;
	uint32_t given;
};

static const struct right right_lines[] = {
	{ "dev", &cmd_dev, OBJECT_DEV, 0 },
	{ "dev lo", &cmd_dev_bare, OBJECT_DEV, 0 },
	{ "dev dev", &cmd_dev_bare, OBJECT_DEV, 0 },
	{ "dev lo info", &cmd_dev_info, OBJECT_DEV, 0 },
	{ "dev link info", &cmd_dev_info, OBJECT_DEV, 0 },
	{ "dev lo link", &cmd_link, OBJECT_DEV, 0 },
	{ "dev lo link show", &cmd_link_show, OBJECT_DEV, 0 },
	{ "dev lo link show 14", &cmd_link_show, OBJECT_DEV, 1 },
	{ "dev lo link add 14 addr " MAC3, &cmd_link_add, OBJECT_DEV, 3 },
	{ "dev lo link add addr " MAC3 " 14", &cmd_link_add, OBJECT_DEV, 3 },
	{ "dev lo link del 14", &cmd_link_del, OBJECT_DEV, 1 },
	{ "dev lo set type ap", &cmd_set_type, OBJECT_DEV, 1 },
	{ "dev lo set type ap --force", &cmd_set_type, OBJECT_DEV, 3 },
	{ "dev lo set type --force ap", &cmd_set_type, OBJECT_DEV, 3 },
	{ "dev lo connect net", &cmd_connect, OBJECT_DEV, 1 },
	{ "dev lo connect net --force", &cmd_connect, OBJECT_DEV, 0x11 },
	{ "dev lo connect net link 3 link 0 freq 5180 freq 2412 bssid " MAC3, &cmd_connect,
	  OBJECT_DEV, 0xf },
	{ "dev lo scan", &cmd_scan, OBJECT_DEV, 0 },
	{ "dev lo scan passive flush freq 2412 freq 5180", &cmd_scan, OBJECT_DEV, 0xd },
	{ "dev lo bss --flat", &cmd_bss, OBJECT_DEV, 2 },
	{ "dev lo station " MAC3, &cmd_station, OBJECT_DEV, 1 },
	{ "dev lo csme info", &cmd_csme_info, OBJECT_DEV, 0 },
	{ "dev lo csme own timeout 1.5", &cmd_csme_own, OBJECT_DEV, 1 },
	{ "dev lo csme wait", &cmd_csme_wait, OBJECT_DEV, 0 },
	{ "dev lo csme events", &cmd_csme_events, OBJECT_DEV, 0 },
	{ "dev lo csme takeover", &cmd_csme_takeover, OBJECT_DEV, 0 },
	{ "dev lo link reconf add 2", &cmd_link_reconf, OBJECT_DEV, 1 },
	{ "wdev 1 link reconf del 14 add 0 add 1", &cmd_link_reconf, OBJECT_WDEV, 3 },
	{ "dev lo ttlm set all=0", &cmd_ttlm_set, OBJECT_DEV, 0 },
	{ "dev lo ttlm set dl:0,2-7=14 dl:1=0 ul:all=0-14", &cmd_ttlm_set, OBJECT_DEV, 0 },
	{ "dev lo epcs on", &cmd_epcs, OBJECT_DEV, 1 },
	{ "wdev 1 epcs off", &cmd_epcs, OBJECT_WDEV, 2 },
	{ "dev lo ap stop", &cmd_ap_stop, OBJECT_DEV, 0 },
	{ "dev lo ap stop link 1", &cmd_ap_stop, OBJECT_DEV, 1 },
	{ "reg get", &cmd_reg_get, OBJECT_NONE, 0 },
	{ "reg set US", &cmd_reg_set, OBJECT_NONE, 1 },
	{ "reg set 00", &cmd_reg_set, OBJECT_NONE, 1 },
	{ "dev lo disconnect", &cmd_disconnect, OBJECT_DEV, 0 },
	{ "dev lo del", &cmd_del, OBJECT_DEV, 0 },
	{ "dev del", &cmd_dev_bare, OBJECT_DEV, 0 },
	{ "dev del del", &cmd_del, OBJECT_DEV, 0 },
	{ "wdev 0x1", &cmd_dev_bare, OBJECT_WDEV, 0 },
	{ "wdev 1 connect net", &cmd_connect, OBJECT_WDEV, 1 },
	{ "wdev 1 disconnect", &cmd_disconnect, OBJECT_WDEV, 0 },
	{ "wdev 1 del", &cmd_del, OBJECT_WDEV, 0 },
	{ "wdev 1 info", &cmd_dev_info, OBJECT_WDEV, 0 },
	{ "wdev 1 link", &cmd_link, OBJECT_WDEV, 0 },
	{ "wdev 1 link show 0", &cmd_link_show, OBJECT_WDEV, 1 },
	{ "wdev 1 link add 0 addr " MAC3, &cmd_link_add, OBJECT_WDEV, 3 },
	{ "wdev 1 link del 0", &cmd_link_del, OBJECT_WDEV, 1 },
	{ "wdev 1 set type mlo-link-device", &cmd_set_type, OBJECT_WDEV, 1 },
	{ "phy", &cmd_phy, OBJECT_PHY, 0 },
	{ "phy 0", &cmd_phy_bare, OBJECT_PHY, 0 },
	{ "phy phy0", &cmd_phy_bare, OBJECT_PHY, 0 },
	{ "phy caps", &cmd_phy_bare, OBJECT_PHY, 0 },
	{ "phy 0 caps", &cmd_phy_caps, OBJECT_PHY, 0 },
	{ IF_ADD " x type ap", &cmd_interface_add, OBJECT_PHY, 3 },
	{ IF_ADD " x type ap addr " MAC3, &cmd_interface_add, OBJECT_PHY, 7 },
	{ IF_ADD " addr " MAC3 " type ap x", &cmd_interface_add, OBJECT_PHY, 7 },
	{ IF_ADD " aaaaaaaaaaaaaaa type mlo-link-device", &cmd_interface_add, OBJECT_PHY, 3 },
	{ "event", &cmd_event, OBJECT_NONE, 0 },
	{ "check", &cmd_check, OBJECT_NONE, 0 },
	{ "check wlan0", &cmd_check, OBJECT_NONE, 1 },
	{ "dev lo scan", &cmd_scan, OBJECT_DEV, 0 },
	{ "dev lo scan freq 2412 freq 5180 ssid a ssid b flush", &cmd_scan, OBJECT_DEV, 0xb },
	{ "dev lo scan passive --flat --elements --hex", &cmd_scan, OBJECT_DEV, 0x74 },
	{ "dev lo bss", &cmd_bss, OBJECT_DEV, 0 },
	{ "dev lo bss " MAC3 " --hex", &cmd_bss, OBJECT_DEV, 9 },
	{ "wdev 1 bss --flat --elements", &cmd_bss, OBJECT_WDEV, 6 },
	{ CSME " info", &cmd_csme_info, OBJECT_DEV, 0 },
	{ CSME " info --wpa-supplicant", &cmd_csme_info, OBJECT_DEV, 1 },
	{ CSME " own", &cmd_csme_own, OBJECT_DEV, 0 },
	{ CSME " own timeout 86400", &cmd_csme_own, OBJECT_DEV, 1 },
	{ CSME " wait timeout 0.5", &cmd_csme_wait, OBJECT_DEV, 1 },
	{ CSME " events", &cmd_csme_events, OBJECT_DEV, 0 },
	{ TAKE, &cmd_csme_takeover, OBJECT_DEV, 0 },
	{ TAKE " --exec true", &cmd_csme_takeover, OBJECT_DEV, 1 },
	{ TAKE " timeout 1 --exec timeout", &cmd_csme_takeover, OBJECT_DEV, 3 },
	{ "wdev 1 csme info", &cmd_csme_info, OBJECT_WDEV, 0 },
	{ "wdev 1 csme takeover", &cmd_csme_takeover, OBJECT_WDEV, 0 },
	{ "event -t connect dev lo command-250 phy phy0 link 0 link 14 rfkill --count 3 --timeout 1 "
	  "--time delta -w /dev/null",
	  &cmd_event, OBJECT_NONE, 0x3ff & ~(1 << 8) },
	{ "event -r - --time wall", &cmd_event, OBJECT_NONE, 1 << 8 | 1 << 4 },
	{ "dev lo wait links=0 timeout 2 not owned", &cmd_wait, OBJECT_DEV, 3 },
	{ "wdev 1 wait link 3 signal>-60.5", &cmd_wait, OBJECT_WDEV, 1 },
	{ "dev lo assert not state=connected type=station", &cmd_assert, OBJECT_DEV, 1 },
	{ "help", &cmd_help, OBJECT_NONE, 0 },
	{ "help link add", &cmd_help, OBJECT_NONE, 0 },
	{ "help dev link add", &cmd_help, OBJECT_NONE, 0 },
	{ "help dev", &cmd_help, OBJECT_NONE, 0 },
};

static enum status parse_line(struct ctx *ctx, const char *line, char *copy, size_t size)
{
	char *words[40], *save;
	int n = 0;

	*ctx = (struct ctx){ 0 };
	snprintf(copy, size, "%s", line);
	for (char *w = strtok_r(copy, " ", &save); w; w = strtok_r(NULL, " ", &save))
		words[n++] = w;
	words[n] = NULL;
	return parse_command(ctx, n, words);
}

static void right_lines_are_understood(void **state)
{
	struct ctx ctx;
	char copy[200];

	(void)state;
	for (size_t n = 0; n < ARRAY_SIZE(right_lines); n++) {
		const struct right *r = &right_lines[n];

		if (parse_line(&ctx, r->line, copy, sizeof(copy)) != ST_OK)
			fail_msg("\"%s\": %s", r->line, ctx.error);
		if (ctx.cmd != r->cmd || ctx.target.object != r->object)
			fail_msg("\"%s\" is \"%s\"", r->line, ctx.cmd->name);
		assert_int_equal(ctx.args.given, r->given);
	}
}

static void every_command_has_a_right_line(void **state)
{
	(void)state;
	for (int i = 0; commands[i]; i++) {
		bool found = false;

		for (size_t n = 0; n < ARRAY_SIZE(right_lines); n++)
			found |= right_lines[n].cmd == commands[i];
		if (!found)
			fail_msg("no line of the test is \"%s\"", commands[i]->name);
	}
}

static void values_are_those_of_the_line(void **state)
{
	static const uint8_t mac[ADDR_LEN] = { 2, 0, 0, 0, 0, 3 };
	struct ctx ctx;
	char copy[200];

	(void)state;
	assert_int_equal(parse_line(&ctx, "dev lo link add 14 addr " MAC3, copy, sizeof(copy)), 0);
	assert_int_equal(ctx.args.link_id, 14);
	assert_memory_equal(ctx.args.mac, mac, ADDR_LEN);
	assert_string_equal(ctx.target.word, "lo");
	assert_int_equal(parse_line(&ctx, "wdev 0x100000002 link", copy, sizeof(copy)), 0);
	assert_int_equal(ctx.target.wdev, 0x100000002);
	assert_int_equal(parse_line(&ctx, "dev lo set type mesh-point", copy, sizeof(copy)), 0);
	assert_string_equal(ctx.args.iftype->word, "mesh-point");
	assert_int_equal(parse_line(&ctx, IF_ADD " addr " MAC3 " type ap x0", copy, sizeof(copy)),
			 0);
	assert_string_equal(ctx.args.name, "x0");
	assert_string_equal(ctx.args.iftype->word, "ap");
	assert_memory_equal(ctx.args.mac, mac, ADDR_LEN);
	assert_int_equal(parse_line(&ctx, "dev lo connect a\\x00\\x", copy, sizeof(copy)),
			 ST_USAGE);
	assert_int_equal(parse_line(&ctx, "dev lo connect \\xffa\\x20", copy, sizeof(copy)), 0);
	assert_int_equal(ctx.args.ssids[0].len, 3);
	assert_memory_equal(ctx.args.ssids[0].bytes,
			    "\xff"
			    "a ",
			    3);
	assert_int_equal(parse_line(&ctx, TAKE " timeout 2.5 --exec -x", copy, sizeof(copy)), 0);
	assert_int_equal(ctx.args.ms, 2500);
	assert_string_equal(ctx.args.command, "-x");
	assert_int_equal(parse_line(&ctx, "help link add", copy, sizeof(copy)), 0);
	assert_int_equal(ctx.args.n_words, 2);
	assert_string_equal(ctx.args.words[1], "add");
}

/* ---- help ---- */

static void every_command_is_in_the_help(void **state)
{
	char line[200];
	FILE *f;

	(void)state;
	for (int i = 0; commands[i]; i++) {
		const struct run *r = run("help");

		memset(line, 0, sizeof(line));
		f = fmemopen(line, sizeof(line) - 1, "w");
		fputs("\n  iw-mlo ", f);
		usage_line(f, commands[i]);
		fputs("\n", f);
		fclose(f);
		if (!strstr(r->out, line) || !strstr(r->out, commands[i]->help))
			fail_msg("not in the help: %s", line);
		assert_run(r, ST_OK, NULL, "", "");
		assert_int_equal(r->opened, 0);
	}
}

static void every_option_is_in_the_help(void **state)
{
	char word[40];

	(void)state;
	for (const struct option_help *o = option_table; o->name; o++) {
		snprintf(word, sizeof(word), "  -%c, --%s", o->letter, o->name);
		assert_non_null(strstr(run("--help")->out, word));
		assert_non_null(strstr(run("-h dev lo foo")->out, o->help));
	}
}

static void help_of_one_command(void **state)
{
	(void)state;
	assert_run(run("help link add"), ST_OK,
		   "  iw-mlo dev DEV link add ID addr MAC\n"
		   "    Give an AP one more link.\n"
		   "    dev DEV: or wdev WDEV\n"
		   "    ID: a link id, 0 to 14\n"
		   "    MAC: an address, 02:00:00:00:00:00\n",
		   "", "");
	assert_run(run("help set type"), ST_OK,
		   "  iw-mlo dev DEV set type TYPE [--force]\n"
		   "    Switch the interface to another type.\n"
		   "    dev DEV: or wdev WDEV\n"
		   "    TYPE: adhoc, station, ap, ap-vlan, wds, monitor, mesh-point, p2p-client, "
		   "p2p-go, p2p-device, ocb, nan, nan-data, pd, mlo-link-device\n",
		   "", "");
	assert_run(run("help connect"), ST_OK,
		   "  iw-mlo dev DEV connect SSID [link ID ...] [freq MHZ ...] [bssid BSSID] "
		   "[--force]\n"
		   "    Connect a station to an open network, with several links, and show them.\n"
		   "    dev DEV: or wdev WDEV\n"
		   "    SSID: 1 to 32 bytes; \\xHH is a byte\n"
		   "    ID: a link id, 0 to 14\n"
		   "    MHZ: MHz, as 5180\n"
		   "    BSSID: an address, 02:00:00:00:00:00\n",
		   "", "");
	assert_run(run("help reg set"), ST_OK,
		   "  iw-mlo reg set CC\n"
		   "    Ask for the regulatory domain of a country, wait for it, and show it.\n"
		   "    CC: two capital letters, or 00 for the world\n",
		   "", "");
	assert_run(run("help csme takeover"), ST_OK,
		   "  iw-mlo dev DEV csme takeover [--exec COMMAND] [timeout S]\n"
		   "    Take the radio over from the CSME firmware, with a profile for its "
		   "connection.\n"
		   "    dev DEV: or wdev WDEV\n"
		   "    COMMAND: for sh -c, in one word\n"
		   "    S: seconds, as 2.5\n",
		   "", "");
	assert_run(run("help interface add"), ST_OK, NULL, "", "");
	assert_non_null(strstr(run("help interface add")->out,
			       "  iw-mlo phy PHY interface add NAME type TYPE [addr MAC]\n"));
	assert_non_null(strstr(run("help interface add")->out, "\n    NAME: 1 to 15 bytes\n"));
}

static void version_needs_no_command(void **state)
{
	const struct run *r;

	(void)state;
	for (int n = 0; n < 2; n++) {
		r = run(n ? "--version" : "-V dev");
		assert_run(r, ST_OK, NULL, "", "");
		assert_int_equal(strncmp(r->out, "iw-mlo ", 7), 0);
		assert_int_equal(r->opened, 0);
	}
}

/* ---- options that are right ---- */

static void turn_phy(void)
{
	k_turn();
	k_wiphy(NLM_F_MULTI, 0, "phy0");
	k_done(0);
}

static void every_spelling_of_the_options(void **state)
{
	static const struct {
		const char *line, *out;
	} rows[] = {
		{ "phy", "phy0  wiphy 0  mlo no\n" },
		{ "-j phy", "[{\"phy\":\"phy0\",\"wiphy\":0,\"mlo\":false}]\n" },
		{ "--json phy", "[{\"phy\":\"phy0\",\"wiphy\":0,\"mlo\":false}]\n" },
		{ "-p phy", "[\n\t{\n\t\t\"phy\": \"phy0\",\n\t\t\"wiphy\": 0,\n"
			    "\t\t\"mlo\": false\n\t}\n]\n" },
		{ "--pretty phy", "[\n\t{\n\t\t\"phy\": \"phy0\",\n\t\t\"wiphy\": 0,\n"
				  "\t\t\"mlo\": false\n\t}\n]\n" },
		{ "-t10 phy", "phy0  wiphy 0  mlo no\n" },
		{ "--timeout=10 phy", "phy0  wiphy 0  mlo no\n" },
		{ "--timeout 10 -- phy", "phy0  wiphy 0  mlo no\n" },
		{ "-c always phy", "\033[1;36mphy0\033[0m  wiphy 0  mlo no\n" },
		{ "-calways -c never phy", "phy0  wiphy 0  mlo no\n" },
		{ "--color=always phy", "\033[1;36mphy0\033[0m  wiphy 0  mlo no\n" },
		{ "--color=auto phy", "phy0  wiphy 0  mlo no\n" },
		{ "-n phy", "GET_WIPHY SPLIT_WIPHY_DUMP\n" },
		{ "--dry-run phy", "GET_WIPHY SPLIT_WIPHY_DUMP\n" },
	};

	(void)state;
	turn_phy();
	for (size_t n = 0; n < ARRAY_SIZE(rows); n++)
		assert_run(run(rows[n].line), ST_OK, rows[n].out, "",
			   "dump GET_WIPHY SPLIT_WIPHY_DUMP\n");
}

#define T(f) cmocka_unit_test_setup(f, setup)

static const struct CMUnitTest tests[] = {
	T(wrong_objects_and_selectors),
	T(wrong_words_for_a_command),
	T(wrong_parameters_of_the_link_commands),
	T(wrong_parameters_of_set_type),
	T(wrong_parameters_of_interface_add_and_del),
	T(wrong_parameters_of_connect),
	T(wrong_parameters_of_the_csme_commands),
	T(wrong_words_for_help),
	T(wrong_options_and_values),
	T(words_of_every_kind),
	T(right_lines_are_understood),
	T(every_command_has_a_right_line),
	T(values_are_those_of_the_line),
	T(every_command_is_in_the_help),
	T(every_option_is_in_the_help),
	T(help_of_one_command),
	T(version_needs_no_command),
	T(every_spelling_of_the_options),
};

int main(void)
{
	return cmocka_run_group_tests(tests, NULL, NULL);
}
