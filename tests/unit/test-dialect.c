/* SPDX-License-Identifier: ISC */
/* Kernels of every MLO dialect: what they are taken for, and that 13 is named and sent accordingly.
 */
#include <string.h>
#include <linux/genetlink.h>

#include "fake-kernel.h"

#define MAC0 "02:00:00:00:00:10"

#define GET_LO	    "get GET_INTERFACE IFINDEX=1\n"
#define GET_PHY	    "get GET_WIPHY WIPHY=0\n"
#define DUMP_WIPHYS "dump GET_WIPHY\n"
#define DUMP_FULL   "dump GET_WIPHY SPLIT_WIPHY_DUMP WIPHY=0\n"
#define DUMP_IFACES "dump GET_INTERFACE\n"
#define DUMP_SCAN   "dump GET_SCAN IFINDEX=1\n"
#define DUMP_POLICY "dump policy 6\n"
#define NEW_13	    "change NEW_INTERFACE WIPHY=0 IFNAME=783000 IFTYPE=13\n"
#define TYPE_FAILED "iw-mlo: dev lo set type: "
#define ADD_FAILED  "iw-mlo: phy 0 interface add: "
#define NO_TYPE	    "this kernel has no interface type "

static int setup(void **state)
{
	(void)state;
	k_reset();
	return 0;
}

/* ---- the kernels ---- */

#define NEST NL_ATTR_TYPE_NESTED

/* The table at the head of dialect.c, and its edges. */
static const struct kernel {
	const char *what;
	bool add_link;
	uint32_t maxattr, link_info; /* the type of attribute 299; 0: it has no policy */
	uint64_t iftype_max;
	int refused; /* the errno instead of a policy */
	enum dialect dialect;
} kernels[] = {
	{ "mainline", true, 333, 0, 14, 0, DIALECT_LINKS },
	{ "mainline 6.1", true, 325, 0, 12, 0, DIALECT_LINKS },
	{ "mainline, 299 checked as a flag", true, 333, NL_ATTR_TYPE_FLAG, 14, 0, DIALECT_LINKS },
	{ "mainline without a policy to be had", true, 333, 0, 0, EOPNOTSUPP, DIALECT_LINKS },
	{ "mainline without attributes", true, 298, NEST, 13, 0, DIALECT_LINKS },
	{ "hybrid", true, 333, NEST, 14, 0, DIALECT_HYBRID },
	{ "hybrid whose last attribute it is", true, 299, NEST, 12, 0, DIALECT_HYBRID },
	{ "the RFC", false, 299, NEST, 13, 0, DIALECT_RFC },
	{ "the RFC, back-ported", false, 325, NEST, 14, 0, DIALECT_RFC },
	{ "a nest without the iftype", false, 299, NEST, 12, 0, DIALECT_UNKNOWN },
	{ "a nest without any limit", false, 325, NEST, 0, 0, DIALECT_UNKNOWN },
	{ "5.9", false, 297, NEST, 13, 0, DIALECT_NONE },
	{ "5.10", false, 298, NEST, 13, 0, DIALECT_NONE },
	{ "5.11, which rejects 299", false, 299, 0, 12, 0, DIALECT_NONE },
	{ "5.19, which rejects 299", false, 325, 0, 12, 0, DIALECT_NONE },
	{ "nan-data without links", false, 325, 0, 13, 0, DIALECT_NONE },
	{ "299 a flag", false, 325, NL_ATTR_TYPE_FLAG, 13, 0, DIALECT_NONE },
	{ "299 an array of nests", false, 325, NL_ATTR_TYPE_NESTED_ARRAY, 13, 0, DIALECT_NONE },
	{ "no policy to be had", false, 299, 0, 0, EOPNOTSUPP, DIALECT_UNKNOWN },
	{ "no policy for this one", false, 325, 0, 0, EINVAL, DIALECT_UNKNOWN },
};

static bool is_asked(const struct kernel *k)
{
	return k->maxattr >= 299;
}

static void script_kernel(const struct kernel *k)
{
	k_reset();
	if (!k->add_link)
		k_without_links();
	k_maxattr(k->maxattr);
	k_policy(k->iftype_max, k->link_info);
	if (k->refused)
		k_no_policy(k->refused);
}

static void every_row_of_the_table(void **state)
{
	(void)state;
	for (size_t n = 0; n < ARRAY_SIZE(kernels); n++) {
		const struct kernel *k = &kernels[n];
		struct family f = { .maxattr = k->maxattr };
		struct policy p = { .iftype_max = k->iftype_max,
				    .link_info_is_nest = k->link_info == NEST };
		bool has_policy = is_asked(k) && !k->refused;

		if (k->add_link)
			f.commands[NL80211_CMD_ADD_LINK / 32] |= 1u << NL80211_CMD_ADD_LINK % 32;
		if (judge_dialect(&f, has_policy ? &p : NULL) != k->dialect)
			fail_msg("%s is taken for %s", k->what,
				 dialect_word(judge_dialect(&f, has_policy ? &p : NULL)));
	}
}

/* ---- phy caps: the dialect and its evidence ---- */

static void turn_short_wiphys(void)
{
	k_turn();
	k_wiphy(NLM_F_MULTI, 0, "phy0");
	k_done(0);
}

static void turn_wiphy_with_13(void)
{
	k_turn();
	k_wiphy(NLM_F_MULTI, 0, "phy0");
	k_iftypes(NL80211_ATTR_SUPPORTED_IFTYPES, 1u << 2 | 1u << 13);
	k_put(NL80211_ATTR_EXT_FEATURES, "\0\0\0\0\0\0\x80", 7);
	k_done(0);
}

static const char *word_of_13(enum dialect d)
{
	return d == DIALECT_LINKS ? "nan-data" : d == DIALECT_RFC ? "mlo-link-device" : "type-13";
}

static const char *word_of_feature_55(enum dialect d)
{
	return d == DIALECT_LINKS ? ",\"ext_feature_secure_ltf\":true"
	       : d == DIALECT_RFC ? ",\"ext_feature_mlo\":true"
				  : "";
}

static void caps_in_json_of_every_kernel(void **state)
{
	(void)state;
	for (size_t n = 0; n < ARRAY_SIZE(kernels); n++) {
		const struct kernel *k = &kernels[n];
		char want[600], policy[80] = "";

		script_kernel(k);
		turn_short_wiphys();
		turn_wiphy_with_13();
		if (is_asked(k) && !k->refused)
			snprintf(policy, sizeof(policy),
				 ",\"iftype_max\":%llu,\"link_info_is_nest\":%s",
				 (unsigned long long)k->iftype_max,
				 k->link_info == NEST ? "true" : "false");
		snprintf(
			want, sizeof(want),
			"{\"phy\":\"phy0\",\"wiphy\":0,\"mlo\":false,\"types\":[\"station\",\"%s\"],"
			"\"software_types\":[],\"dialect\":\"%s\",\"evidence\":{\"add_link\":%s,"
			"\"maxattr\":%u%s}%s,\"csme\":{\"connection_info\":false,"
			"\"get_ownership\":false,\"roaming_events\":false},\"bands\":[],"
			"\"iftype_capabilities\":[],\"combinations\":[]}\n",
			word_of_13(k->dialect), dialect_word(k->dialect),
			k->add_link ? "true" : "false", k->maxattr, policy,
			word_of_feature_55(k->dialect));
		assert_run(run("-j phy 0 caps"), ST_OK, want, "",
			   is_asked(k) ? DUMP_WIPHYS DUMP_POLICY DUMP_FULL : DUMP_WIPHYS DUMP_FULL);
	}
}

static void caps_in_text(void **state)
{
	(void)state;
	k_rfc();
	turn_short_wiphys();
	turn_wiphy_with_13();
	assert_run(run("phy 0 caps"), ST_OK,
		   "phy0  wiphy 0  mlo no  types station, mlo-link-device\n"
		   "\tdialect rfc: ADD_LINK no, last attribute 299, iftypes up to 13, "
		   "attribute 299 is a nest\n"
		   "\tsoftware types none\n"
		   "\text feature 55 (mlo)\n",
		   "", DUMP_WIPHYS DUMP_POLICY DUMP_FULL);
	k_reset();
	k_without_links();
	k_maxattr(298);
	turn_short_wiphys();
	turn_wiphy_with_13();
	assert_run(run("phy 0 caps"), ST_OK,
		   "phy0  wiphy 0  mlo no  types station, type-13\n"
		   "\tdialect none: ADD_LINK no, last attribute 298, no policy to be had\n"
		   "\tsoftware types none\n"
		   "\text feature 55 (unknown)\n",
		   "", DUMP_WIPHYS DUMP_FULL);
}

/* ---- what the policy is asked for, and how it is read ---- */

static void policy_is_asked_for_once(void **state)
{
	(void)state;
	k_turn();
	k_wiphy(NLM_F_MULTI, 0, "phy0");
	k_done(0);
	k_turn();
	for (uint32_t n = 1; n <= 3; n++) {
		k_iface(NLM_F_MULTI, 13);
		k_put_u64(NL80211_ATTR_WDEV, n);
	}
	k_done(0);
	assert_run(run("dev"), ST_OK, NULL, "", DUMP_WIPHYS DUMP_IFACES DUMP_POLICY);
}

static void policy_is_not_asked_for_without_need(void **state)
{
	(void)state;
	k_without_links();
	k_turn();
	k_iface(0, NL80211_IFTYPE_AP);
	assert_run(run("dev lo link"), ST_OK, NULL, "", GET_LO);
}

static void policy_in_a_dry_run_is_no_request_of_the_plan(void **state)
{
	(void)state;
	k_turn();
	k_iface(0, NL80211_IFTYPE_AP);
	assert_run(run("-n dev lo set type nan-data"), ST_OK,
		   "GET_INTERFACE IFINDEX 1\nSET_INTERFACE IFINDEX 1 IFTYPE 13\n", "",
		   DUMP_POLICY GET_LO);
}

static void policy_that_is_malformed_settles_nothing(void **state)
{
	(void)state;
	k_without_links();
	k_policy_turn();
	k_message(GENL_ID_CTRL, NLM_F_MULTI);
	k_raw("\12\2\0", 4);
	k_nest(CTRL_ATTR_OP_POLICY);
	k_nest(NL80211_CMD_SET_INTERFACE);
	k_put_u16(CTRL_ATTR_POLICY_DO, 0);
	k_nest_end();
	k_nest_end();
	k_done(0);
	assert_run(run("dev lo set type mlo-link-device"), ST_SYSTEM, "",
		   TYPE_FAILED "the kernel sent what cannot be: its answer is malformed "
			       "(-d shows it)\n",
		   DUMP_POLICY);
}

/* What was said before the kernel gave up is no evidence. */
static void policy_that_ends_in_an_errno_is_none(void **state)
{
	(void)state;
	k_rfc();
	k_policy_turn();
	k_policy_index(1);
	k_policy_attr(1, RFC_ATTR_MLO_LINK_INFO, NEST, 0);
	k_policy_attr(1, NL80211_ATTR_IFTYPE, NL_ATTR_TYPE_U32, 13);
	k_done(ENOENT);
	assert_run(run("dev lo set type mlo-link-device"), ST_REFUSED, "",
		   TYPE_FAILED NO_TYPE "\"mlo-link-device\": it does not tell which MLO dialect "
				       "it speaks; nothing was sent\n",
		   DUMP_POLICY);
}

/* An interrupted dump never settles here: what it says stands, and status 5 tells of it. */
static void policy_of_an_interrupted_dump_is_asked_for_again(void **state)
{
	(void)state;
	k_rfc();
	k_policy_turn();
	k_policy_index(1);
	k_policy_attr(1, RFC_ATTR_MLO_LINK_INFO, NEST, 0);
	k_policy_attr(1, NL80211_ATTR_IFTYPE, NL_ATTR_TYPE_U32, 13);
	k_message(NLMSG_DONE, NLM_F_MULTI | NLM_F_DUMP_INTR);
	k_turn();
	k_iface(0, 13);
	assert_run(run("dev lo link"), ST_PARTIAL, NULL, NULL,
		   GET_LO DUMP_POLICY DUMP_POLICY DUMP_POLICY DUMP_POLICY DUMP_POLICY DUMP_POLICY);
}

/* ---- the number 13 ---- */

static void type_13_is_named_by_the_dialect(void **state)
{
	(void)state;
	for (size_t n = 0; n < ARRAY_SIZE(kernels); n++) {
		const struct kernel *k = &kernels[n];
		char text[200], json[200];

		script_kernel(k);
		k_turn();
		k_iface(0, 13);
		snprintf(text, sizeof(text), "lo  type %s  addr 02:00:00:00:00:01  no links\n",
			 word_of_13(k->dialect));
		snprintf(json, sizeof(json),
			 "{\"ifname\":\"lo\",\"ifindex\":1,\"wdev\":\"0x1\",\"type\":\"%s\","
			 "\"addr\":\"02:00:00:00:00:01\",\"links\":[]}\n",
			 word_of_13(k->dialect));
		assert_run(run("dev lo link"), ST_OK, text, "",
			   is_asked(k) ? GET_LO DUMP_POLICY : GET_LO);
		assert_run(run("-j dev lo link"), ST_OK, json, "",
			   is_asked(k) ? GET_LO DUMP_POLICY : GET_LO);
	}
}

static void expected_refusal(char *buf, size_t size, const char *word, enum dialect d)
{
	const char *why = d == DIALECT_HYBRID ? "\": it has the marks of both MLO dialects"
			  : d == DIALECT_UNKNOWN
				  ? "\": it does not tell which MLO dialect it speaks"
				  : "\"";

	if (d == DIALECT_LINKS || d == DIALECT_RFC)
		snprintf(buf, size, NO_TYPE "\"%s\": its number 13 is %s here; nothing was sent\n",
			 word, word_of_13(d));
	else
		snprintf(buf, size, NO_TYPE "\"%s%s; nothing was sent\n", word, why);
}

/* Of a kernel that does not say 13 for it, the policy is asked at most. */
static void check_refused(const struct kernel *k, const char *word)
{
	char line[100], err[300], why[250];
	const char *sent = is_asked(k) ? DUMP_POLICY : "";

	script_kernel(k);
	expected_refusal(why, sizeof(why), word, k->dialect);
	snprintf(line, sizeof(line), "dev lo set type %s", word);
	snprintf(err, sizeof(err), TYPE_FAILED "%s", why);
	assert_run(run(line), ST_REFUSED, "", err, sent);
	snprintf(line, sizeof(line), "dev lo set type %s --force", word);
	assert_run(run(line), ST_REFUSED, "", err, sent);
	snprintf(line, sizeof(line), "phy 0 interface add x0 type %s", word);
	snprintf(err, sizeof(err), ADD_FAILED "%s", why);
	assert_run(run(line), ST_REFUSED, "", err, sent);
}

static void link_device_is_asked_of_the_rfc_only(void **state)
{
	(void)state;
	for (size_t n = 0; n < ARRAY_SIZE(kernels); n++)
		if (kernels[n].dialect != DIALECT_RFC)
			check_refused(&kernels[n], "mlo-link-device");
}

static void nan_data_is_asked_of_mainline_only(void **state)
{
	(void)state;
	for (size_t n = 0; n < ARRAY_SIZE(kernels); n++)
		if (kernels[n].dialect != DIALECT_LINKS)
			check_refused(&kernels[n], "nan-data");
}

/* The list of what is supported, after a refusal, is the first that names 13 here. */
static void refused_type_lists_13_by_the_dialect(void **state)
{
	(void)state;
	for (size_t n = 0; n < ARRAY_SIZE(kernels); n++) {
		const struct kernel *k = &kernels[n];
		char err[300];

		script_kernel(k);
		k_turn();
		k_iface(0, NL80211_IFTYPE_MONITOR);
		k_turn();
		k_nack(EOPNOTSUPP, NLM_F_CAPPED);
		k_turn();
		k_wiphy(0, 0, "phy0");
		k_iftypes(NL80211_ATTR_SUPPORTED_IFTYPES, 1u << 2 | 1u << 13);
		snprintf(err, sizeof(err),
			 TYPE_FAILED "refused by the kernel: EOPNOTSUPP (Operation not supported); "
				     "the hardware supports station, %s (in software: none)\n",
			 word_of_13(k->dialect));
		assert_run(run("dev lo set type ocb"), ST_REFUSED, "", err, NULL);
	}
}

static void set_type_of_a_link_device_on_the_rfc(void **state)
{
	(void)state;
	k_rfc();
	k_turn();
	k_iface(0, NL80211_IFTYPE_MONITOR);
	k_turn();
	k_ack();
	k_turn();
	k_iface(0, 13);
	assert_run(run("dev lo set type mlo-link-device"), ST_OK, "", "",
		   DUMP_POLICY GET_LO "change SET_INTERFACE IFINDEX=1 IFTYPE=13\n" GET_LO);
}

static void set_type_of_nan_data_on_mainline(void **state)
{
	(void)state;
	k_turn();
	k_iface(0, NL80211_IFTYPE_MONITOR);
	k_turn();
	k_ack();
	k_turn();
	k_iface(0, 13);
	assert_run(run("dev lo set type nan-data"), ST_OK, "", "",
		   DUMP_POLICY GET_LO "change SET_INTERFACE IFINDEX=1 IFTYPE=13\n" GET_LO);
}

/* A link device has no netdev: its wdev id is all there is. */
static void put_link_device(uint16_t flags, uint64_t wdev, const char *mac)
{
	k_data(NL80211_CMD_NEW_INTERFACE, flags);
	k_put_u32(NL80211_ATTR_WIPHY, 0);
	k_put_u32(NL80211_ATTR_IFTYPE, 13);
	k_put_u64(NL80211_ATTR_WDEV, wdev);
	k_put_mac(NL80211_ATTR_MAC, mac);
	k_put_u32(NL80211_ATTR_GENERATION, 5);
}

static void interface_add_of_a_link_device_on_the_rfc(void **state)
{
	(void)state;
	k_rfc();
	turn_short_wiphys();
	k_turn();
	put_link_device(0, 7, MAC0);
	k_ack();
	k_turn();
	k_wiphy(0, 0, "phy0");
	assert_run(run("phy 0 interface add x0 type mlo-link-device"), ST_OK,
		   "phy0\n\twdev 0x7  type mlo-link-device  addr " MAC0 "\n", "",
		   DUMP_POLICY DUMP_WIPHYS NEW_13 GET_PHY);
	assert_run(run("-j phy 0 interface add x0 type mlo-link-device"), ST_OK,
		   "{\"phy\":\"phy0\",\"wiphy\":0,\"wdev\":\"0x7\",\"type\":\"mlo-link-device\","
		   "\"addr\":\"" MAC0 "\"}\n",
		   "", DUMP_POLICY DUMP_WIPHYS NEW_13 GET_PHY);
}

/* ---- link show of a kernel with the RFC ---- */

static void put_channel(uint32_t freq)
{
	k_put_u32(NL80211_ATTR_WIPHY_FREQ, freq);
	k_put_u32(NL80211_ATTR_CHANNEL_WIDTH, NL80211_CHAN_WIDTH_20);
	k_put_u32(NL80211_ATTR_CENTER_FREQ1, freq);
}

static void turn_station(void)
{
	k_turn();
	k_iface(0, NL80211_IFTYPE_STATION);
	put_channel(2412);
}

static void turn_station_with_bss(uint32_t status)
{
	k_rfc();
	turn_station();
	k_turn();
	k_data(NL80211_CMD_NEW_SCAN_RESULTS, NLM_F_MULTI);
	k_nest(NL80211_ATTR_BSS);
	k_put_u32(NL80211_BSS_STATUS, status);
	k_nest_end();
	k_done(0);
}

/* Without stations, and without a survey. */
static void turn_connected_station(void)
{
	turn_station_with_bss(NL80211_BSS_STATUS_ASSOCIATED);
	k_turn();
	k_done(0);
	k_turn();
	k_nack(EOPNOTSUPP, NLM_F_CAPPED);
}

/* Two link devices on the air and one that is not, and of another type one that is. */
static void turn_ifaces_of_the_rfc(bool other_station)
{
	k_turn();
	put_link_device(NLM_F_MULTI, 4, "02:00:00:00:00:04");
	put_channel(5955);
	put_link_device(NLM_F_MULTI, 3, "02:00:00:00:00:03");
	put_link_device(NLM_F_MULTI, 2, "02:00:00:00:00:02");
	put_channel(5180);
	k_iface(NLM_F_MULTI, NL80211_IFTYPE_STATION);
	put_channel(2412);
	k_iface(NLM_F_MULTI, NL80211_IFTYPE_AP);
	k_put_u64(NL80211_ATTR_WDEV, 5);
	put_channel(2412);
	k_iface(NLM_F_MULTI, NL80211_IFTYPE_STATION);
	k_put_u64(NL80211_ATTR_WDEV, 6);
	if (other_station)
		put_channel(2412);
	k_done(0);
}

#define RFC_STATION                                                                \
	"lo  type station  addr 02:00:00:00:00:01  connected\n"                    \
	"\tstation  channel 1 (2.4GHz)  2412 MHz  width 20 MHz  center 2412 MHz\n" \
	"\t\tactive\n"
#define RFC_DEVICE_2                                                                  \
	"\tlink device wdev 0x2  addr 02:00:00:00:00:02  channel 36 (5GHz)  5180 MHz" \
	"  width 20 MHz  center 5180 MHz"
#define RFC_DEVICE_4                                                                 \
	"\tlink device wdev 0x4  addr 02:00:00:00:00:04  channel 1 (6GHz)  5955 MHz" \
	"  width 20 MHz  center 5955 MHz"
#define UNCERTAIN "  (of which connection, the kernel does not tell)\n"
#define ASK_PEER  "dump GET_STATION IFINDEX=1\ndump GET_SURVEY IFINDEX=1\n"
#define RFC_SHOW  GET_LO DUMP_SCAN ASK_PEER DUMP_POLICY DUMP_IFACES GET_LO

static void link_devices_are_listed_with_the_station(void **state)
{
	(void)state;
	turn_connected_station();
	turn_ifaces_of_the_rfc(false);
	turn_station();
	assert_run(run("dev lo link"), ST_OK, RFC_STATION RFC_DEVICE_2 "\n" RFC_DEVICE_4 "\n", "",
		   RFC_SHOW);
	assert_run(
		run("-j dev lo link"), ST_OK,
		"{\"ifname\":\"lo\",\"ifindex\":1,\"wdev\":\"0x1\",\"type\":\"station\","
		"\"addr\":\"02:00:00:00:00:01\",\"state\":\"connected\","
		"\"links\":[{\"addr\":\"02:00:00:00:00:01\",\"freq_mhz\":2412,\"channel\":1,"
		"\"band\":\"2.4GHz\",\"width_mhz\":20,\"center_freq1_mhz\":2412,"
		"\"active\":true,\"active_source\":\"channel\"}],"
		"\"link_devices_certain\":true,\"link_devices\":["
		"{\"wdev\":\"0x2\",\"wiphy\":0,\"addr\":\"02:00:00:00:00:02\",\"freq_mhz\":5180,"
		"\"channel\":36,\"band\":\"5GHz\",\"width_mhz\":20,\"center_freq1_mhz\":5180},"
		"{\"wdev\":\"0x4\",\"wiphy\":0,\"addr\":\"02:00:00:00:00:04\",\"freq_mhz\":5955,"
		"\"channel\":1,\"band\":\"6GHz\",\"width_mhz\":20,\"center_freq1_mhz\":5955}]}\n",
		"", RFC_SHOW);
}

static void link_devices_of_two_stations_are_not_certain(void **state)
{
	const struct run *r;

	(void)state;
	turn_connected_station();
	turn_ifaces_of_the_rfc(true);
	turn_station();
	assert_run(run("dev lo link"), ST_OK,
		   RFC_STATION RFC_DEVICE_2 UNCERTAIN RFC_DEVICE_4 UNCERTAIN, "", RFC_SHOW);
	r = run("-j dev lo link");
	assert_run(r, ST_OK, NULL, "", RFC_SHOW);
	assert_non_null(strstr(r->out, ",\"link_devices_certain\":false,\"link_devices\":[{"));
}

static void link_devices_of_no_connection_are_not_shown(void **state)
{
	(void)state;
	turn_station_with_bss(NL80211_BSS_STATUS_AUTHENTICATED);
	turn_ifaces_of_the_rfc(false);
	assert_run(run("dev lo link"), ST_OK,
		   "lo  type station  addr 02:00:00:00:00:01  disconnected\n", "",
		   GET_LO DUMP_SCAN DUMP_POLICY DUMP_IFACES);
	assert_run(run("-j dev lo link"), ST_OK,
		   "{\"ifname\":\"lo\",\"ifindex\":1,\"wdev\":\"0x1\",\"type\":\"station\","
		   "\"addr\":\"02:00:00:00:00:01\",\"state\":\"disconnected\",\"links\":[],"
		   "\"link_devices_certain\":true,\"link_devices\":[]}\n",
		   "", GET_LO DUMP_SCAN DUMP_POLICY DUMP_IFACES);
}

static void link_devices_are_looked_for_on_the_rfc_only(void **state)
{
	(void)state;
	turn_connected_station();
	turn_station();
	k_policy(12, NEST);
	assert_run(run("dev lo link"), ST_OK,
		   "lo  type station  addr 02:00:00:00:00:01  connected\n"
		   "\tnot an MLD  channel 1 (2.4GHz)  2412 MHz  width 20 MHz  center 2412 MHz\n"
		   "\t\tactive\n",
		   "", GET_LO DUMP_SCAN ASK_PEER DUMP_POLICY GET_LO);
}

#define T(f) cmocka_unit_test_setup(f, setup)

static const struct CMUnitTest tests[] = {
	T(every_row_of_the_table),
	T(caps_in_json_of_every_kernel),
	T(caps_in_text),
	T(policy_is_asked_for_once),
	T(policy_is_not_asked_for_without_need),
	T(policy_in_a_dry_run_is_no_request_of_the_plan),
	T(policy_that_is_malformed_settles_nothing),
	T(policy_that_ends_in_an_errno_is_none),
	T(policy_of_an_interrupted_dump_is_asked_for_again),
	T(type_13_is_named_by_the_dialect),
	T(link_device_is_asked_of_the_rfc_only),
	T(nan_data_is_asked_of_mainline_only),
	T(refused_type_lists_13_by_the_dialect),
	T(set_type_of_a_link_device_on_the_rfc),
	T(set_type_of_nan_data_on_mainline),
	T(interface_add_of_a_link_device_on_the_rfc),
	T(link_devices_are_listed_with_the_station),
	T(link_devices_of_two_stations_are_not_certain),
	T(link_devices_of_no_connection_are_not_shown),
	T(link_devices_are_looked_for_on_the_rfc_only),
};

int main(void)
{
	return cmocka_run_group_tests(tests, NULL, NULL);
}
