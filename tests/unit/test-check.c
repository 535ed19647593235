/* SPDX-License-Identifier: ISC */
/*
 * check: every verdict with its exact words, on a machine that is described by a struct and lacks,
 * test by test, one thing.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <net/if.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <sys/utsname.h>

#include "element-gen.h"
#include "fake-kernel.h"
#include "fake-tree.h"

#define POLICY	   "dump policy 6\n"
#define GET_LO	   "get GET_INTERFACE IFINDEX=1\n"
#define BSSES	   "dump GET_SCAN IFINDEX=1 BSS_DUMP_INCLUDE_USE_DATA\n"
#define MACHINE	   POLICY "get GET_KEY\ndump GET_WIPHY\ndump GET_INTERFACE\ndump GET_REG\n"
#define DUMP_0	   "dump GET_WIPHY SPLIT_WIPHY_DUMP WIPHY=0\n"
#define CLIENT	   GET_LO BSSES
#define ALL_SENT   MACHINE DUMP_0 CLIENT
#define KERNEL	   "Linux 9.9.9-test"
#define AP_MLD	   "02:00:00:00:0a:ff"
#define HOW_TO_SET "\"iw-mlo reg set CC\" asks for the domain of country CC"

/* ---- what is not the kernel's answer ---- */

static bool down;
static const char *denied; /* NULL: no file is */

/* Whether the interface is up is asked by the only ioctl here. */
int ioctl(int fd, unsigned long request, ...)
{
	va_list ap;
	void *arg;

	va_start(ap, request);
	arg = va_arg(ap, void *);
	va_end(ap);
	if (request != SIOCGIFFLAGS)
		return (int)syscall(SYS_ioctl, fd, request, arg);
	((struct ifreq *)arg)->ifr_flags = down ? 0 : IFF_UP;
	return 0;
}

/* The superuser may read every file: a test has to say which one may not be. */
int open(const char *path, int flags, ...)
{
	va_list ap;
	mode_t mode;

	va_start(ap, flags);
	mode = flags & O_CREAT ? va_arg(ap, mode_t) : 0;
	va_end(ap);
	if (denied && strstr(path, denied)) {
		errno = EACCES;
		return -1;
	}
	return (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}

int access(const char *path, int mode)
{
	if (denied && strstr(path, denied)) {
		errno = EACCES;
		return -1;
	}
	return (int)syscall(SYS_faccessat, AT_FDCWD, path, mode);
}

int uname(struct utsname *name)
{
	memset(name, 0, sizeof(*name));
	strcpy(name->sysname, "Linux");
	strcpy(name->release, "9.9.9-test");
	return 0;
}

/* ---- the machine ---- */

enum { ENABLED, DISABLED = 1, NO_IR = 2, NO_EHT = 4 };

static const struct machine {
	int permission; /* the errno that GET_KEY is answered with */
	bool no_phy;
	const char *phy; /* its name */

	/* its wiphy */
	bool mlo, feature_55, csme;
	uint32_t iftypes, total_channels;
	int n_radios, n_combinations;
	int sta_eml, sta_mld, ap_mld; /* negative: not told */
	bool eml_only;		      /* of a station */
	struct {
		uint32_t mhz;
		unsigned int flags;
	} channels[8];

	/* regulatory domains */
	const char *global, *own; /* countries; NULL: no such domain; "": no country */
	bool self_managed;
	uint8_t dfs;
	struct {
		uint32_t start, end; /* MHz */
	} rules[4];
	int n_rules;
	bool many_rules; /* and more than are kept, of another band */

	/* its interface */
	uint32_t iftype;
	uint32_t mhz; /* of an interface without links */
	struct {
		int id; /* -1: there is no more */
		uint32_t mhz;
		bool ghost;
	} links[LINKS_MAX];

	/* the table of BSSes, as bytes of elements */
	struct {
		const char *bssid, *elements;
		uint32_t mhz;
		int link;    /* of the connection; -1: of one without links, -2: of none */
		int use_for; /* negative: not told */
		int cannot_use;
	} bsses[5];
} well = {
	.permission = EINVAL,
	.phy = "phy0",
	.mlo = true,
	.iftypes = 1 << NL80211_IFTYPE_STATION | 1 << NL80211_IFTYPE_AP |
		   1 << NL80211_IFTYPE_MONITOR,
	.n_combinations = 1,
	.total_channels = 2,
	.sta_eml = 1,
	.sta_mld = 0x2021,
	.ap_mld = -1,
	.channels = { { 2412, ENABLED },
		      { 2484, DISABLED },
		      { 5180, ENABLED },
		      { 5955, ENABLED },
		      { 6135, NO_IR } },
	.global = "DE",
	.dfs = NL80211_DFS_ETSI,
	.iftype = NL80211_IFTYPE_STATION,
	.links = { { 0, 2412, false }, { 1, 5180, false }, { -1, 0, false } },
	.bsses = { { "02:00:00:00:0a:00", "00(6e6574) ff(6b 3001 0b 02000000 0aff 00 00 4100)",
		     2412, 0, -1, 0 },
		   { "02:00:00:00:0a:01", "00(6e6574) ff(6b 3001 0b 02000000 0aff 01 00 4100)",
		     5180, 1, -1, 0 } },
}, *w;

/* A machine that is not well is a copy of the one that is. */
static struct machine ill(void)
{
	return well;
}

static void put_iftype(uint16_t place, uint32_t iftype, int eml, int mld)
{
	k_wiphy(NLM_F_MULTI, 0, w->phy);
	k_nest(NL80211_ATTR_IFTYPE_EXT_CAPA);
	k_nest(place);
	k_put_u32(NL80211_ATTR_IFTYPE, iftype);
	if (eml >= 0)
		k_put_u16(NL80211_ATTR_EML_CAPABILITY, (uint16_t)eml);
	if (mld >= 0)
		k_put_u16(NL80211_ATTR_MLD_CAPA_AND_OPS, (uint16_t)mld);
	k_nest_end();
	k_nest_end();
}

static void put_channel(uint16_t place, uint32_t mhz, unsigned int flags)
{
	k_nest(place);
	k_put_u32(NL80211_FREQUENCY_ATTR_FREQ, mhz);
	if (flags & DISABLED)
		k_put(NL80211_FREQUENCY_ATTR_DISABLED, NULL, 0);
	if (flags & NO_IR)
		k_put(NL80211_FREQUENCY_ATTR_NO_IR, NULL, 0);
	if (flags & NO_EHT)
		k_put(NL80211_FREQUENCY_ATTR_NO_EHT, NULL, 0);
	k_nest_end();
}

/* Each channel in a message of its own. */
static void put_channels(void)
{
	for (uint16_t n = 0; n < ARRAY_SIZE(w->channels) && w->channels[n].mhz; n++) {
		k_wiphy(NLM_F_MULTI, 0, w->phy);
		k_nest(NL80211_ATTR_WIPHY_BANDS);
		k_nest(w->channels[n].mhz < 3000 ? 0 : w->channels[n].mhz < 5950 ? 1 : 3);
		k_nest(NL80211_BAND_ATTR_FREQS);
		put_channel(n, w->channels[n].mhz, w->channels[n].flags);
		k_nest_end();
		k_nest_end();
		k_nest_end();
	}
}

static void put_combinations(uint16_t list)
{
	k_nest(list);
	for (int n = 0; n < w->n_combinations; n++) {
		k_nest((uint16_t)(n + 1));
		k_put_u32(NL80211_IFACE_COMB_NUM_CHANNELS, n ? 1 : w->total_channels);
		k_nest_end();
	}
	k_nest_end();
}

static void put_radios(void)
{
	k_nest(NL80211_ATTR_WIPHY_RADIOS);
	for (int n = 0; n < w->n_radios; n++) {
		k_nest((uint16_t)n);
		k_put_u32(NL80211_WIPHY_RADIO_ATTR_INDEX, (uint32_t)n);
		k_nest_end();
	}
	k_nest_end();
	put_combinations(NL80211_ATTR_WIPHY_INTERFACE_COMBINATIONS);
}

static void turn_wiphy(void)
{
	static const uint32_t csme[2][2] = { { INTEL_OUI, INTEL_CMD_GET_CSME_CONN_INFO },
					     { INTEL_OUI, INTEL_CMD_HOST_GET_OWNERSHIP } };

	k_turn();
	k_wiphy(NLM_F_MULTI, 0, w->phy);
	k_iftypes(NL80211_ATTR_SUPPORTED_IFTYPES, w->iftypes);
	if (w->n_radios)
		put_radios();
	else if (w->n_combinations)
		put_combinations(NL80211_ATTR_INTERFACE_COMBINATIONS);
	if (w->mlo)
		k_put(NL80211_ATTR_MLO_SUPPORT, NULL, 0);
	k_put(NL80211_ATTR_EXT_FEATURES, w->feature_55 ? "\0\0\0\0\0\0\x80" : "\0\0\0\0\0\0\0", 7);
	if (w->csme) {
		k_nest(NL80211_ATTR_VENDOR_DATA);
		k_put(1, csme[0], sizeof(csme[0]));
		k_put(2, csme[1], sizeof(csme[1]));
		k_nest_end();
	}
	k_wiphy(NLM_F_MULTI, 7, "phy7"); /* of another */
	k_put(NL80211_ATTR_MLO_SUPPORT, NULL, 0);
	put_channels();
	if (w->ap_mld >= 0)
		put_iftype(1, NL80211_IFTYPE_AP, -1, w->ap_mld);
	if (w->sta_mld >= 0 || w->eml_only)
		put_iftype(0, NL80211_IFTYPE_STATION, w->sta_eml, w->sta_mld);
	k_done(0);
}

static void put_iface(uint16_t flags)
{
	k_iface(flags, w->iftype);
	if (w->mhz)
		k_put_u32(NL80211_ATTR_WIPHY_FREQ, w->mhz);
	if (w->links[0].id < 0)
		return;
	k_links_begin();
	for (size_t n = 0; n < ARRAY_SIZE(w->links) && w->links[n].id >= 0; n++) {
		k_link_begin((uint8_t)w->links[n].id,
			     w->links[n].ghost ? "00:00:00:00:00:00" : "02:00:00:00:0b:00");
		if (w->links[n].mhz)
			k_put_u32(NL80211_ATTR_WIPHY_FREQ, w->links[n].mhz);
		k_nest_end();
	}
	k_links_end();
}

static void turn_iface(void)
{
	k_turn();
	put_iface(0);
}

static void put_bss(size_t n)
{
	uint8_t *bytes;
	size_t len;

	k_data(NL80211_CMD_NEW_SCAN_RESULTS, NLM_F_MULTI);
	k_nest(NL80211_ATTR_BSS);
	k_put_mac(NL80211_BSS_BSSID, w->bsses[n].bssid);
	k_put_u32(NL80211_BSS_FREQUENCY, w->bsses[n].mhz);
	bytes = bytes_of(w->bsses[n].elements, &len);
	k_put(NL80211_BSS_INFORMATION_ELEMENTS, bytes, len);
	free(bytes);
	if (w->bsses[n].link >= -1)
		k_put_u32(NL80211_BSS_STATUS, NL80211_BSS_STATUS_ASSOCIATED);
	if (w->bsses[n].link >= 0)
		k_put_u8(NL80211_BSS_MLO_LINK_ID, (uint8_t)w->bsses[n].link);
	if (w->bsses[n].use_for >= 0)
		k_put_u32(NL80211_BSS_USE_FOR, (uint32_t)w->bsses[n].use_for);
	if (w->bsses[n].cannot_use)
		k_put_u64(NL80211_BSS_CANNOT_USE_REASONS, (uint64_t)w->bsses[n].cannot_use);
	k_nest_end();
}

static void turn_bsses(void)
{
	k_turn();
	for (size_t n = 0; n < ARRAY_SIZE(w->bsses) && w->bsses[n].bssid; n++)
		put_bss(n);
	k_done(0);
}

static void put_regdom(const char *country, bool own)
{
	k_data(NL80211_CMD_GET_REG, NLM_F_MULTI);
	if (own)
		k_put_u32(NL80211_ATTR_WIPHY, 0);
	if (own && w->self_managed)
		k_put(NL80211_ATTR_WIPHY_SELF_MANAGED_REG, NULL, 0);
	if (*country)
		k_put_text(NL80211_ATTR_REG_ALPHA2, country);
	if (w->dfs)
		k_put_u8(NL80211_ATTR_DFS_REGION, w->dfs);
	k_nest(NL80211_ATTR_REG_RULES);
	for (int n = 0; n < w->n_rules; n++) {
		k_nest((uint16_t)n);
		if (w->rules[n].start)
			k_put_u32(NL80211_ATTR_FREQ_RANGE_START, w->rules[n].start * 1000);
		k_put_u32(NL80211_ATTR_FREQ_RANGE_END, w->rules[n].end * 1000);
		k_nest_end();
	}
	for (uint16_t n = 0; w->many_rules && n < REG_RULES_MAX + 1; n++) {
		k_nest(n);
		k_put_u32(NL80211_ATTR_REG_RULE_FLAGS, 0);
		k_nest_end();
	}
	k_nest_end();
}

static void turn_regdoms(void)
{
	k_turn();
	if (w->global)
		put_regdom(w->global, false);
	if (w->own) { /* of another wiphy, then of this */
		k_data(NL80211_CMD_GET_REG, NLM_F_MULTI);
		k_put_u32(NL80211_ATTR_WIPHY, 7);
		k_put_text(NL80211_ATTR_REG_ALPHA2, "JP");
		put_regdom(w->own, true);
	}
	k_done(0);
}

static bool is_client(void)
{
	return w->iftype == NL80211_IFTYPE_STATION;
}

/* Everything that is asked; of the only interface, if it is named. */
static void play(const struct machine *m, bool named)
{
	w = m;
	if (named)
		turn_iface();
	k_turn();
	k_nack(w->permission, NLM_F_CAPPED);
	k_turn();
	if (!w->no_phy) {
		k_wiphy(NLM_F_MULTI, 0, w->phy);
		k_iftypes(NL80211_ATTR_SUPPORTED_IFTYPES, w->iftypes);
	}
	k_done(0);
	k_turn();
	if (!w->no_phy)
		put_iface(NLM_F_MULTI);
	k_done(0);
	turn_regdoms();
	if (w->no_phy)
		return;
	turn_wiphy();
	if (is_client()) {
		turn_iface();
		turn_bsses();
	}
}

/* The kernel and the files of a machine that lacks nothing. */
static int setup(void **state)
{
	(void)state;
	tree_make();
	sysfs_root = run_root = etc_root = tree;
	down = false;
	denied = NULL;
	link_to("../../../bus/pci/drivers/wifi7", "class/ieee80211/phy0/device/driver");
	put_number(3, "class/rfkill/rfkill3/index");
	put_number(0, "class/rfkill/rfkill3/device/index");
	link_to("../../../class/ieee80211", "class/rfkill/rfkill3/device/subsystem");
	put_number(0, "class/rfkill/rfkill3/soft");
	put_number(0, "class/rfkill/rfkill3/hard");
	put_file("0x0\n", "class/rfkill/rfkill3/hard_block_reasons");
	put_file("0x3\n", "kernel/debug/ieee80211/phy0/netdev:lo/active_links");
	k_reset();
	k_maxattr(367);
	k_family_has(NL80211_CMD_SET_TID_TO_LINK_MAPPING);
	k_family_has(NL80211_CMD_ASSOC_MLO_RECONF);
	k_family_has(NL80211_CMD_EPCS_CFG);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	tree_remove();
	return 0;
}

/* Another question of the same test. */
static void again(void)
{
	tree_remove();
	setup(NULL);
}

/* ---- what it says ---- */

static size_t put_member(char *to, size_t size, const char *key, const char *value)
{
	size_t n = (size_t)snprintf(to, size, ",\"%s\":\"", key);

	for (; *value; value++)
		n += (size_t)snprintf(to + n, size - n,
				      *value == '"' || *value == '\\' ? "\\%c" : "%c", *value);
	return n + (size_t)snprintf(to + n, size - n, "\"");
}

/* No line goes beyond the last column, but for a word that alone is longer. */
static void fits(const char *text)
{
	for (const char *line = text, *end; *line; line = end + 1) {
		end = strchr(line, '\n');
		assert_non_null(end);
		if (end - line > 80)
			fail_msg("%td columns: %.*s", end - line, (int)(end - line), line);
	}
}

enum whose { OF_MACHINE, OF_PHY, OF_DEV };

/* Of a check there is one finding, but for those that look at many things. */
static void once(const char *out, const char *head, const char *check)
{
	const char *first = strstr(out, head);

	if (!strcmp(check, "device") || !strcmp(check, "ap_links"))
		return;
	if (first && strstr(first + 1, head))
		fail_msg("twice %s in %s", head, out);
}

/* One finding, in the JSON of the whole; fact and next: NULL if there is none. */
static void says(enum whose whose, const char *check, const char *verdict, const char *text,
		 const char *fact, const char *next)
{
	char want[1500] = "{";
	const struct run *r = run("-j check");
	size_t n = 1;

	if (r->status != ST_OK || *r->err || r->turns_left)
		fail_msg("status %d, %u turns left: %s\n%s", r->status, r->turns_left, r->err,
			 r->sent);
	if (whose != OF_MACHINE)
		n += (size_t)snprintf(want + n, sizeof(want) - n, "\"phy\":\"%s\",\"wiphy\":0,",
				      w->phy);
	if (whose == OF_DEV)
		n += (size_t)snprintf(want + n, sizeof(want) - n, "\"ifname\":\"lo\",");
	n--; /* the comma, or bracket, comes with the member */
	n += put_member(want + n, sizeof(want) - n, "check", check);
	*want = '{';
	once(r->out, want, check);
	n += put_member(want + n, sizeof(want) - n, "verdict", verdict);
	n += put_member(want + n, sizeof(want) - n, "text", text);
	if (fact)
		n += put_member(want + n, sizeof(want) - n, "fact", fact);
	if (next)
		n += put_member(want + n, sizeof(want) - n, "next", next);
	strcpy(want + n, "}");
	if (!strstr(r->out, want))
		fail_msg("no\n%s\nin\n%s", want, r->out);
	r = run("check");
	assert_run(r, ST_OK, NULL, "", NULL);
	fits(r->out);
}

/* Nothing is said of this. */
static void silent(const char *check)
{
	const struct run *r = run("-j check");
	char key[60];

	assert_run(r, ST_OK, NULL, "", NULL);
	snprintf(key, sizeof(key), "\"check\":\"%s\"", check);
	if (strstr(r->out, key))
		fail_msg("%s in %s", key, r->out);
}

/* One phy with one thing that is not as in the machine that is well. */
#define CASE(m, ...)               \
	do {                       \
		again();           \
		play(&m, false);   \
		says(__VA_ARGS__); \
	} while (0)

/* ---- the whole ---- */

#define WELL_TEXT                                                                           \
	"machine\n"                                                                         \
	"  ok         nl80211: this kernel has nl80211\n"                                   \
	"             generic netlink lists it; Linux 9.9.9-test\n"                         \
	"  ok         dialect: links have ids, as Linux has them since 6.0\n"               \
	"             the kernel has ADD_LINK; last attribute 367; attribute 299 is no\n"   \
	"             nest, as the RFC's would be; iftypes up to 14\n"                      \
	"  ok         kernel: it is new enough for all that is asked here\n"                \
	"             bss_use, ttlm, radios, reconfiguration, epcs, link_statistics\n"      \
	"  ok         permission: this user may change links\n"                             \
	"             GET_KEY, which needs CAP_NET_ADMIN and names no interface here, is\n" \
	"             answered with EINVAL\n"                                               \
	"phy0\n"                                                                            \
	"  ok         driver: it supports MLO\n"                                            \
	"             driver wifi7; MLO_SUPPORT is set\n"                                   \
	"  ok         types: stations and access points can be made\n"                      \
	"             GET_WIPHY lists station, ap, monitor\n"                               \
	"  ok         channels: it can be on 2 channels at a time\n"                        \
	"             GET_WIPHY lists 1 interface combination\n"                            \
	"  ok         capabilities: a station uses up to 2 links at a time\n"               \
	"             station: EML 0x0001 (EMLSR), MLD 0x2021 (2 links at a time;\n"        \
	"             TID-to-link mapping: the same links for all TIDs; reconfiguration)\n" \
	"  ok         bands: 3 bands are open\n"                                            \
	"             channels enabled: 1 of 2 at 2.4GHz, 1 of 1 at 5GHz, 2 of 2 at 6GHz\n" \
	"  ok         6ghz: the band is open\n"                                             \
	"             2 of 2 channels enabled, 5955-6135 MHz; 1 of them to listen first\n"  \
	"             (no-ir)\n"                                                            \
	"  ok         regdomain: the country is DE\n"                                       \
	"             GET_REG: the global domain, country DE, DFS ETSI\n"                   \
	"  ok         rfkill: the radio is not blocked\n"                                   \
	"             rfkill3: soft no, hard no\n"                                          \
	"lo\n"                                                                              \
	"  ok         manager: nobody else is seen to manage it\n"                          \
	"             %s has nothing of wpa_supplicant or\n"                                \
	"             NetworkManager for it\n"                                              \
	"  ok         debugfs: it tells which links are active\n"                           \
	"             active_links of the interface can be read\n"                          \
	"  ok         links: 2 are set up, and all of them active\n"                        \
	"             set up: 0,1; active: 0,1 (by debugfs); limit at a time: 2 by the\n"   \
	"             driver, 2 by the AP\n"                                                \
	"  ok         ap_links: every link that the AP tells of is set up\n"                \
	"             2 in the table of BSSes\n"                                            \
	"0 problem, 0 attention, 16 ok\n"

static void nothing_is_between_the_machine_and_mlo(void **state)
{
	char want[4000];

	(void)state;
	snprintf(want, sizeof(want), WELL_TEXT, tree);
	play(&well, false);
	assert_run(run("check"), ST_OK, want, "", ALL_SENT);
	fits(want);
	k_reset();
	again();
	snprintf(want, sizeof(want), WELL_TEXT, tree);
	play(&well, true);
	assert_run(run("check lo"), ST_OK, want, "", GET_LO MACHINE DUMP_0 CLIENT);
}

static void beginning_of_the_json(void **state)
{
	const struct run *r;

	(void)state;
	play(&well, false);
	r = run("-j check");
	assert_run(r, ST_OK, NULL, "", ALL_SENT);
	assert_memory_equal(r->out,
			    "[{\"check\":\"nl80211\",\"verdict\":\"ok\",\"text\":\"this kernel has "
			    "nl80211\",\"fact\":\"generic netlink lists it; " KERNEL "\"},",
			    110);
	assert_string_equal(r->out + strlen(r->out) - 3, "}]\n");
}

static void colours_tell_the_verdicts(void **state)
{
	static const char begin[] =
		"\033[1;36mmachine\033[0m\n  \033[1;32mok\033[0m         nl80211: ";
	struct machine m = ill();
	const struct run *r;

	(void)state;
	m.mlo = false;
	m.global = "00";
	play(&m, false);
	r = run("--color=always check");
	assert_run(r, ST_OK, NULL, "", NULL);
	assert_int_equal(strncmp(r->out, begin, sizeof(begin) - 1), 0);
	assert_non_null(strstr(r->out, "\n  \033[1;33mattention\033[0m  regdomain: no country"));
	assert_non_null(
		strstr(r->out, "\n  \033[1;31mproblem\033[0m    driver: it does not support MLO"));
	assert_null(strchr(run("check")->out, '\033'));
	assert_null(strchr(run("--color=auto check")->out, '\033'));
	assert_null(strchr(run("--color=always -j check")->out, '\033'));
}

static void names_cannot_write_to_the_terminal(void **state)
{
	struct machine m = ill();
	const struct run *r;

	(void)state;
	m.phy = "p\033[2J";
	play(&m, false);
	r = run("check");
	assert_run(r, ST_OK, NULL, "", NULL);
	assert_null(strchr(r->out, '\033'));
	assert_non_null(strstr(r->out, "\np\\x1b[2J\n"));
}

/* Words that cannot be broken are not. */
static void long_name_has_a_line_of_its_own(void **state)
{
	char name[NAME_LEN_MAX], want[600], wide[300];
	static char root[120];

	(void)state;
	memset(name, '\a', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	link_to(name, "class/ieee80211/phy0/device/driver");
	play(&well, false);
	escape(wide, sizeof(wide), name, strlen(name));
	snprintf(want, sizeof(want),
		 "MLO\n             driver\n             %s;\n             MLO_SUPPORT is set\n",
		 wide);
	assert_non_null(strstr(run("check")->out, want));
	snprintf(root, sizeof(root), "%s/%050d", tree, 0);
	put_file("", "%050d/wpa_supplicant/lo", 0);
	run_root = root; /* as the first word, it stands where the first word does */
	snprintf(want, sizeof(want), "here\n             %s/wpa_supplicant/lo\n", root);
	assert_non_null(strstr(run("check")->out, want));
}

/* To the last column, and not beyond. */
static void lines_are_full(void **state)
{
	static const char *const wrapped[][2] = {
		{ "", "             driver %s; MLO_SUPPORT is set\n" },
		{ "n", "             driver %s; MLO_SUPPORT is\n             set\n" },
	};
	static const struct {
		int ids[12];
		const char *text;
	} links[] = {
		{ { 0, 1, 2, 3, 4, 5, 6, 7, 10, 11, -1 }, " 0,1,2,3,4,5,6,7,10,11\n" },
		{ { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, -1 },
		  "\n             0,1,2,3,4,5,6,7,8,9,10\n" },
	};
	struct machine m = ill();
	char name[50], want[200];

	(void)state;
	play(&well, false);
	for (size_t n = 0; n < ARRAY_SIZE(wrapped); n++) {
		snprintf(name, sizeof(name), "%040d%s", 0, wrapped[n][0]);
		link_to(name, "class/ieee80211/phy0/device/driver");
		snprintf(want, sizeof(want), wrapped[n][1], name);
		assert_non_null(strstr(run("check")->out, want));
	}
	m.iftype = NL80211_IFTYPE_AP;
	for (size_t n = 0; n < ARRAY_SIZE(links); n++) {
		for (size_t at = 0; at < ARRAY_SIZE(links[n].ids); at++) {
			m.links[at].id = links[n].ids[at];
			m.links[at].mhz = 0;
		}
		again();
		play(&m, false);
		snprintf(want, sizeof(want), "links: links without a channel, so no beacon:%s",
			 links[n].text);
		assert_non_null(strstr(run("check")->out, want));
	}
}

static void dry_run_lists_what_is_asked(void **state)
{
	(void)state;
	play(&well, false);
	assert_run(run("-n check"), ST_OK,
		   "GET_KEY\nGET_WIPHY\nGET_INTERFACE\nGET_REG\n"
		   "GET_WIPHY SPLIT_WIPHY_DUMP WIPHY 0\nGET_INTERFACE IFINDEX 1\n"
		   "GET_SCAN IFINDEX 1 BSS_DUMP_INCLUDE_USE_DATA\n",
		   "", ALL_SENT);
}

/* ---- the machine ---- */

static void without_nl80211(void **state)
{
	(void)state;
	k_nack(ENOENT, NLM_F_CAPPED);
	assert_run(run("check"), ST_OK,
		   "machine\n"
		   "  problem    nl80211: this kernel has no nl80211\n"
		   "             generic netlink knows no such family (ENOENT); Linux 9.9.9-test\n"
		   "             next: load the driver of the Wi-Fi device, which brings it\n"
		   "             (\"modprobe cfg80211\" brings nl80211 alone)\n"
		   "1 problem, 0 attention, 0 ok\n",
		   "", "");
	put_file("0x028000\n", "bus/pci/devices/0000:02:00.0/class");
	put_file("0x14c3\n", "bus/pci/devices/0000:02:00.0/vendor");
	put_file("0x0925\n", "bus/pci/devices/0000:02:00.0/device");
	says(OF_MACHINE, "device", "attention", "a wireless or other network device has no driver",
	     "PCI 0000:02:00.0, vendor 0x14c3, device 0x0925",
	     "\"dmesg\" tells if a driver gave up, and for want of which firmware; else this "
	     "kernel has none");
	k_reset();
	k_nack(EPERM, NLM_F_CAPPED);
	assert_run(run("check"), ST_SYSTEM, "", NULL, "");
}

static void devices_that_no_driver_drives(void **state)
{
	(void)state;
	put_file("0x028000\n", "bus/pci/devices/0000:02:00.0/class");
	put_file("0x14c3\n", "bus/pci/devices/0000:02:00.0/vendor");
	play(&well, false);
	silent("device"); /* it is on its way out: what it is, is not told any more */
	put_file("0x7925\n", "bus/pci/devices/0000:02:00.0/device");
	says(OF_MACHINE, "device", "attention", "a wireless or other network device has no driver",
	     "PCI 0000:02:00.0, vendor 0x14c3, device 0x7925",
	     "\"dmesg\" tells if a driver gave up, and for want of which firmware; else this "
	     "kernel has none");
	link_to("../../../drivers/wifi7", "bus/pci/devices/0000:02:00.0/driver");
	silent("device");
	drop("bus/pci/devices/0000:02:00.0/driver");
	put_file("0x020000\n", "bus/pci/devices/0000:02:00.0/class");
	silent("device");
}

static void without_a_phy(void **state)
{
	struct machine m = ill();

	(void)state;
	m.no_phy = true;
	play(&m, false);
	says(OF_MACHINE, "phy", "problem", "no driver drives a Wi-Fi device",
	     "GET_WIPHY lists none", "load the device's driver; \"dmesg\" tells if it gave up");
}

static void dialects_and_their_evidence(void **state)
{
	static const char no_mlo[] = "this kernel has no MLO",
			  since[] = "Linux has MLO from 6.0 on";
	struct machine m = ill();

	(void)state;
	m.iftype = NL80211_IFTYPE_MONITOR;
	k_reset();
	k_without_links();
	k_maxattr(297);
	play(&m, false);
	says(OF_MACHINE, "dialect", "problem", no_mlo, "no ADD_LINK; last attribute 297", since);
	silent("kernel");
	silent("ttlm");
	k_reset();
	k_without_links();
	play(&m, false);
	says(OF_MACHINE, "dialect", "problem", no_mlo,
	     "no ADD_LINK; last attribute 333; attribute 299 is no nest, as the RFC's would be; iftypes up to 14",
	     since);
	k_reset();
	k_without_links();
	k_no_policy(EOPNOTSUPP);
	play(&m, false);
	says(OF_MACHINE, "dialect", "problem", "this kernel does not tell which kind of MLO it has",
	     "no ADD_LINK; last attribute 333; its policy is not to be had",
	     "Linux has MLO, and tells so, from 6.0 on");
	says(OF_PHY, "driver", "attention", "whether it supports MLO, this kernel does not tell",
	     "driver wifi7; MLO_SUPPORT is set", NULL);
	k_reset();
	k_policy(13, NL_ATTR_TYPE_NESTED);
	play(&m, false);
	says(OF_MACHINE, "dialect", "problem", "this kernel has the marks of both kinds of MLO",
	     "the kernel has ADD_LINK; last attribute 333; attribute 299 is a nest, as the RFC's is; "
	     "iftypes up to 13",
	     "a kernel of one kind: to this one nothing is sent that the kinds have different "
	     "meanings for");
	k_reset();
	k_rfc();
	play(&m, false);
	says(OF_MACHINE, "dialect", "ok", "links are devices, as the RFC of 2020 has them",
	     "no ADD_LINK; last attribute 299; attribute 299 is a nest, as the RFC's is; iftypes up to 13",
	     NULL);
	silent("kernel");
	silent("link_statistics");
}

/* A kernel that has all commands but one, and attributes up to this. */
static void play_older(uint8_t without, uint32_t maxattr)
{
	static const uint8_t all[] = { NL80211_CMD_SET_TID_TO_LINK_MAPPING,
				       NL80211_CMD_ASSOC_MLO_RECONF, NL80211_CMD_EPCS_CFG };

	again();
	k_reset();
	k_maxattr(maxattr);
	for (size_t n = 0; n < ARRAY_SIZE(all); n++)
		if (all[n] != without)
			k_family_has(all[n]);
	play(&well, false);
}

static void kernels_that_are_too_old(void **state)
{
	(void)state;
	play_older(NL80211_CMD_SET_TID_TO_LINK_MAPPING, 367);
	silent("kernel");
	silent("reconfiguration");
	says(OF_MACHINE, "ttlm", "attention", "too old to map kinds of traffic (TIDs) to links",
	     "no command SET_TID_TO_LINK_MAPPING", "Linux 6.8 or newer");
	play_older(NL80211_CMD_ASSOC_MLO_RECONF, 367);
	says(OF_MACHINE, "reconfiguration", "attention",
	     "too old to add links to a connection, or remove them", "no command ASSOC_MLO_RECONF",
	     "Linux 6.14 or newer");
	play_older(NL80211_CMD_EPCS_CFG, 367);
	says(OF_MACHINE, "epcs", "attention", "too old to ask for priority access (EPCS)",
	     "no command EPCS_CFG", "Linux 6.14 or newer");
	play_older(0, 366);
	silent("kernel");
	silent("radios");
	says(OF_MACHINE, "link_statistics", "attention",
	     "too old to tell the statistics of each link",
	     "last attribute 366, which should be 367", "Linux 7.3 or newer");
	play_older(0, 330);
	silent("bss_use");
	says(OF_MACHINE, "radios", "attention", "too old to tell of the several radios of a phy",
	     "last attribute 330, which should be 331", "Linux 6.11 or newer");
	play_older(0, 326);
	says(OF_MACHINE, "bss_use", "attention",
	     "too old to tell which access points can be a link only",
	     "last attribute 326, which should be 327", "Linux 6.8 or newer");
}

static void permission_is_the_kernels_word(void **state)
{
	struct machine m = ill();

	(void)state;
#define ASKED "GET_KEY, which needs CAP_NET_ADMIN and names no interface here, is answered with "
	m.permission = EPERM;
	CASE(m, OF_MACHINE, "permission", "attention", "this user may change nothing, only look",
	     ASKED "EPERM", "changes need CAP_NET_ADMIN: as root");
	m.permission = EACCES;
	CASE(m, OF_MACHINE, "permission", "attention",
	     "whether anything may be changed cannot be told", ASKED "EACCES", NULL);
	m.permission = 4000;
	CASE(m, OF_MACHINE, "permission", "attention",
	     "whether anything may be changed cannot be told", ASKED "Unknown error 4000", NULL);
}

/* ---- the phy ---- */

#define WIFI_7                                                                              \
	"a Wi-Fi 7 device; if this is one, a newer kernel or newer firmware: some drivers " \
	"have MLO only where the firmware has"

static void drivers_without_mlo(void **state)
{
	struct machine m = ill();

	(void)state;
	m.mlo = false;
	CASE(m, OF_PHY, "driver", "problem", "it does not support MLO on this device",
	     "driver wifi7; MLO_SUPPORT is not set", WIFI_7);
	silent("capabilities");
	silent("channels");
	silent("debugfs");
	drop("class/ieee80211/phy0/device/driver");
	says(OF_PHY, "driver", "problem", "it does not support MLO on this device",
	     "/sys does not tell the driver; MLO_SUPPORT is not set", WIFI_7);
	put_file("Y\n", "module/iwlwifi/parameters/disable_11be");
	says(OF_PHY, "driver", "problem", "it does not support MLO on this device",
	     "/sys does not tell the driver; MLO_SUPPORT is not set", WIFI_7);
	link_to("../../../bus/pci/drivers/iwlwifi", "class/ieee80211/phy0/device/driver");
	says(OF_PHY, "driver", "problem", "it does not support MLO on this device",
	     "driver iwlwifi; MLO_SUPPORT is not set; iwlwifi.disable_11be is set",
	     "load iwlwifi without disable_11be");
	put_file("Y\n", "module/iwlwifi/parameters/disable_11ax");
	says(OF_PHY, "driver", "problem", "it does not support MLO on this device",
	     "driver iwlwifi; MLO_SUPPORT is not set; iwlwifi.disable_11ax is set; "
	     "iwlwifi.disable_11be is set",
	     "load iwlwifi without disable_11ax; load iwlwifi without disable_11be");
	link_to("../../../bus/pci/drivers/wifi7", "class/ieee80211/phy0/device/driver");
	says(OF_PHY, "driver", "problem", "it does not support MLO on this device",
	     "driver wifi7; MLO_SUPPORT is not set", WIFI_7);
	link_to("../../../bus/pci/drivers/iwlwifi", "class/ieee80211/phy0/device/driver");
	put_file("N\n", "module/iwlwifi/parameters/disable_11ax");
	put_file("N\n", "module/iwlwifi/parameters/disable_11be");
	says(OF_PHY, "driver", "problem", "it does not support MLO on this device",
	     "driver iwlwifi; MLO_SUPPORT is not set", WIFI_7);
}

static void drivers_of_the_rfc(void **state)
{
	struct machine m = ill();

	(void)state;
	m.iftype = NL80211_IFTYPE_MONITOR;
	k_reset();
	k_rfc();
	play(&m, false);
	says(OF_PHY, "driver", "problem", "it does not support MLO on this device",
	     "driver wifi7; ext feature 55 is not set", WIFI_7);
	says(OF_PHY, "types", "problem", "link devices cannot be made",
	     "GET_WIPHY lists station, ap, monitor", NULL);
	silent("channels");
	silent("capabilities");
	m.feature_55 = true;
	m.iftypes |= 1 << RFC_IFTYPE_MLO_LINK_DEVICE;
	for (size_t n = 2; n < ARRAY_SIZE(m.channels); n++)
		m.channels[n].mhz = 0;
	k_reset();
	k_rfc();
	play(&m, false);
	says(OF_PHY, "driver", "ok", "it supports MLO", "driver wifi7; ext feature 55 is set",
	     NULL);
	says(OF_PHY, "types", "ok", "link devices can be made",
	     "GET_WIPHY lists station, ap, monitor, mlo-link-device", NULL);
	says(OF_PHY, "bands", "ok", "one band is open; links may be of other phys",
	     "channels enabled: 1 of 2 at 2.4GHz", NULL);
}

static void types_that_have_links(void **state)
{
	struct machine m = ill();

	(void)state;
	m.iftypes = 1 << NL80211_IFTYPE_AP | 1 << NL80211_IFTYPE_MONITOR;
	CASE(m, OF_PHY, "types", "ok", "access points can be made, stations cannot",
	     "GET_WIPHY lists ap, monitor", NULL);
	m.iftypes = 1 << NL80211_IFTYPE_STATION;
	CASE(m, OF_PHY, "types", "ok", "stations can be made, access points cannot",
	     "GET_WIPHY lists station", NULL);
	m.iftypes = 1 << NL80211_IFTYPE_MONITOR;
	CASE(m, OF_PHY, "types", "problem", "neither stations nor access points can be made",
	     "GET_WIPHY lists monitor", NULL);
}

static void channels_at_a_time(void **state)
{
	struct machine m = ill();

	(void)state;
	m.n_combinations = 2; /* the second has one channel */
	m.total_channels = 4;
	CASE(m, OF_PHY, "channels", "ok", "it can be on 4 channels at a time",
	     "GET_WIPHY lists 2 interface combinations", NULL);
	m.total_channels = 1;
	CASE(m, OF_PHY, "channels", "attention",
	     "it can be on one channel at a time, with all active links",
	     "GET_WIPHY lists 2 interface combinations", NULL);
	m.n_combinations = 0;
	CASE(m, OF_PHY, "channels", "attention",
	     "on how many channels it can be at a time is not told",
	     "GET_WIPHY lists 0 interface combinations", NULL);
	m.n_combinations = 1;
	m.n_radios = 2;
	m.total_channels = 3;
	CASE(m, OF_PHY, "channels", "ok", "it can be on 3 channels at a time",
	     "GET_WIPHY lists 1 interface combination of 2 radios", NULL);
}

static void capabilities_of_a_station(void **state)
{
	struct machine m = ill();

	(void)state;
	m.sta_mld = 0; /* as mt7925e has it */
	CASE(m, OF_PHY, "capabilities", "attention",
	     "a station uses one link at a time, which it changes by EMLSR",
	     "station: EML 0x0001 (EMLSR), MLD 0x0000 (1 link at a time; TID-to-link mapping: none)",
	     NULL);
	m.sta_eml = 0x80;
	CASE(m, OF_PHY, "capabilities", "attention", "a station uses one link at a time",
	     "station: EML 0x0080 (EMLMR), MLD 0x0000 (1 link at a time; TID-to-link mapping: none)",
	     NULL);
	m.sta_eml = 0x81;
	CASE(m, OF_PHY, "capabilities", "attention",
	     "a station uses one link at a time, which it changes by EMLSR",
	     "station: EML 0x0081 (EMLSR, EMLMR), MLD 0x0000 (1 link at a time; TID-to-link "
	     "mapping: none)",
	     NULL);
	m.sta_mld = -1;
	m.ap_mld = 0x6e;
	CASE(m, OF_PHY, "capabilities", "attention",
	     "how many links a station uses at a time is not told",
	     "ap: MLD 0x006e (15 links at a time; TID-to-link mapping: any links)", NULL);
	m.ap_mld = -1;
	m.eml_only = true;
	CASE(m, OF_PHY, "capabilities", "attention",
	     "how many links a station uses at a time is not told",
	     "GET_WIPHY has no MLD capabilities of any type", NULL);
	m.eml_only = false;
	CASE(m, OF_PHY, "capabilities", "attention",
	     "how many links a station uses at a time is not told",
	     "GET_WIPHY has no MLD capabilities of any type", NULL);
	m.sta_mld = 2;
	m.sta_eml = -1;
	m.ap_mld = 0x40;
	CASE(m, OF_PHY, "capabilities", "ok", "a station uses up to 3 links at a time",
	     "ap: MLD 0x0040 (1 link at a time; TID-to-link mapping: reserved). station: MLD "
	     "0x0002 (3 links at a time; TID-to-link mapping: none)",
	     NULL);
}

static void bands_that_are_open(void **state)
{
	struct machine m = ill();

	(void)state;
	m.channels[0].flags = DISABLED;
	CASE(m, OF_PHY, "bands", "ok", "2 bands are open",
	     "channels enabled: 0 of 2 at 2.4GHz, 1 of 1 at 5GHz, 2 of 2 at 6GHz", NULL);
	m.channels[2].flags = DISABLED;
	CASE(m, OF_PHY, "bands", "attention", "one band is open: all links have to be there",
	     "channels enabled: 0 of 2 at 2.4GHz, 0 of 1 at 5GHz, 2 of 2 at 6GHz", NULL);
	m.channels[3].flags = m.channels[4].flags = DISABLED | NO_IR;
	CASE(m, OF_PHY, "bands", "problem", "no band is open: every channel is disabled",
	     "channels enabled: 0 of 2 at 2.4GHz, 0 of 1 at 5GHz, 0 of 2 at 6GHz", NULL);
	m.channels[0].mhz = 0;
	CASE(m, OF_PHY, "bands", "problem", "no band is open: every channel is disabled",
	     "GET_WIPHY lists no channel", NULL);
}

#define CLOSED "the band is closed: no link can be there"

static void six_ghz_that_is_closed(void **state)
{
	struct machine m = ill();

	(void)state;
	m.channels[3].flags = m.channels[4].flags = DISABLED;
	CASE(m, OF_PHY, "6ghz", "attention", CLOSED,
	     "0 of 2 channels enabled; the domain of DE has no rule there", HOW_TO_SET);
	m.n_rules = 3; /* up to its lower edge, and from its upper */
	m.rules[0].start = 5150, m.rules[0].end = 5945;
	m.rules[1].start = 7125, m.rules[1].end = 7250;
	m.rules[2].start = 57000, m.rules[2].end = 66000;
	CASE(m, OF_PHY, "6ghz", "attention", CLOSED,
	     "0 of 2 channels enabled; the domain of DE has no rule there", HOW_TO_SET);
	m.rules[0].end = 5946;
	m.rules[2].start = 6425, m.rules[2].end = 7125;
	CASE(m, OF_PHY, "6ghz", "attention", CLOSED,
	     "0 of 2 channels enabled; but the domain has rules for 5150-5946 MHz, 6425-7125 MHz",
	     "the driver, or its firmware, keeps it closed: why, the kernel does not tell");
	m.n_rules = 1;
	m.rules[0].start = 0; /* a rule of which the beginning is not told */
	m.rules[0].end = 6000;
	CASE(m, OF_PHY, "6ghz", "attention", CLOSED,
	     "0 of 2 channels enabled; the domain of DE has no rule there", HOW_TO_SET);
	m.n_rules = 0;
	m.many_rules = true; /* who knows what those that are not kept are */
	CASE(m, OF_PHY, "6ghz", "attention", CLOSED, "0 of 2 channels enabled",
	     "the driver, or its firmware, keeps it closed: why, the kernel does not tell");
	m.many_rules = false;
	m.own = "US";
	m.self_managed = true;
	CASE(m, OF_PHY, "6ghz", "attention", CLOSED,
	     "0 of 2 channels enabled; the domain of US has no rule there",
	     "it is the driver's to know the country: it cannot be set");
	m.own = m.global = NULL;
	CASE(m, OF_PHY, "6ghz", "attention", CLOSED, "0 of 2 channels enabled", HOW_TO_SET);
	m.global = "";
	CASE(m, OF_PHY, "6ghz", "attention", CLOSED, "0 of 2 channels enabled", HOW_TO_SET);
	m.channels[3].mhz = 0;
	CASE(m, OF_PHY, "6ghz", "attention", "the driver has no such band for this device",
	     "GET_WIPHY lists no channel there", NULL);
}

static void six_ghz_that_is_open(void **state)
{
	struct machine m = ill();

	(void)state;
	m.channels[3].flags = NO_IR;
	CASE(m, OF_PHY, "6ghz", "attention",
	     "the band is open to listen: an AP must be heard first, and none be started",
	     "2 of 2 channels enabled, 5955-6135 MHz; 2 of them to listen first (no-ir)", NULL);
	m.channels[4].flags = DISABLED | NO_IR;
	m.channels[3].flags = ENABLED;
	CASE(m, OF_PHY, "6ghz", "ok", "the band is open", "1 of 2 channels enabled, 5955-5955 MHz",
	     NULL);
}

static void six_ghz_that_is_open_but_not_to_wifi_7(void **state)
{
	struct machine m = ill();

	(void)state;
	m.channels[3].flags = NO_EHT;
	CASE(m, OF_PHY, "6ghz", "ok", "the band is open",
	     "2 of 2 channels enabled, 5955-6135 MHz; 1 of them to listen first (no-ir); 1 of "
	     "them without Wi-Fi 7 (no-eht)",
	     NULL);
	m.channels[4].flags = NO_EHT | NO_IR;
	m.channels[3].flags = NO_EHT | NO_IR;
	CASE(m, OF_PHY, "6ghz", "attention",
	     "the band is open, but not to Wi-Fi 7: no link can be there",
	     "2 of 2 channels enabled, 5955-6135 MHz; 2 of them to listen first (no-ir); 2 of "
	     "them without Wi-Fi 7 (no-eht)",
	     NULL);
}

static void regulatory_domains(void **state)
{
	struct machine m = ill();

	(void)state;
	m.global = "00";
	m.dfs = 0;
	CASE(m, OF_PHY, "regdomain", "attention",
	     "no country is set: only what every country allows is open",
	     "GET_REG: the global domain, country 00", HOW_TO_SET);
	m.global = "98";
	CASE(m, OF_PHY, "regdomain", "attention",
	     "several countries were told: only what all of them allow is open",
	     "GET_REG: the global domain, country 98", HOW_TO_SET);
	m.own = "FR";
	CASE(m, OF_PHY, "regdomain", "ok", "the country is FR",
	     "GET_REG: the phy's own domain, country FR", NULL);
	m.self_managed = true;
	m.own = "99";
	CASE(m, OF_PHY, "regdomain", "ok", "the driver has a domain of its own",
	     "GET_REG: the driver's own domain, country 99", NULL);
	m.own = "00";
	CASE(m, OF_PHY, "regdomain", "attention",
	     "no country is set: only what every country allows is open",
	     "GET_REG: the driver's own domain, country 00",
	     "it is the driver's to know the country: it cannot be set");
	m.own = "";
	CASE(m, OF_PHY, "regdomain", "attention", "the kernel tells of no country",
	     "GET_REG has none", NULL);
	m.own = m.global = NULL;
	CASE(m, OF_PHY, "regdomain", "attention", "the kernel tells of no country",
	     "GET_REG tells of no domain", NULL);
}

static void blocks(bool soft, bool hard, const char *reasons)
{
	put_number(soft, "class/rfkill/rfkill3/soft");
	put_number(hard, "class/rfkill/rfkill3/hard");
	drop("class/rfkill/rfkill3/hard_block_reasons");
	if (reasons)
		put_file(reasons, "class/rfkill/rfkill3/hard_block_reasons");
}

#define BLOCKED "rfkill", "problem", "the radio is blocked"
#define SWITCH	"the radio's switch, or the firmware's setup"
#define OTHER	"another system owns the device, and the driver has no command to ask for it"

static void radios_that_are_blocked(void **state)
{
	struct machine m = ill();

	(void)state;
	play(&m, false);
	blocks(true, false, "0x0");
	says(OF_PHY, BLOCKED, "rfkill3: soft yes, hard no", "\"rfkill unblock 3\"");
	blocks(false, true, "0x1");
	says(OF_PHY, BLOCKED, "rfkill3: soft no, hard yes: signal", SWITCH);
	blocks(true, true, NULL);
	says(OF_PHY, BLOCKED, "rfkill3: soft yes, hard yes: the reason is not told",
	     "\"rfkill unblock 3\"; " SWITCH);
	blocks(false, true, "0x0");
	says(OF_PHY, BLOCKED, "rfkill3: soft no, hard yes: the reason is not told", SWITCH);
	blocks(false, true, "0x2");
	says(OF_PHY, BLOCKED, "rfkill3: soft no, hard yes: not-owner", OTHER);
	blocks(true, true, "0x7");
	says(OF_PHY, BLOCKED, "rfkill3: soft yes, hard yes: signal, not-owner, reason-0x4",
	     "\"rfkill unblock 3\"; " SWITCH "; " OTHER);
	silent("csme");
	drop("class/rfkill/rfkill3/index");
	says(OF_PHY, "rfkill", "attention", "whether the radio is blocked cannot be told",
	     "/sys shows no rfkill device of this phy", "is /sys that of this network namespace?");
	tree_remove();
	tree_make();
	sysfs_root = run_root = etc_root = tree;
	says(OF_PHY, "rfkill", "attention", "whether the radio is blocked cannot be told",
	     "/sys shows no rfkill device of this phy", "is /sys that of this network namespace?");
	put_file("", "class/ieee80211/phy0/");
	says(OF_PHY, "rfkill", "ok", "this kernel has no rfkill to block the radio",
	     "/sys has no class of it", NULL);
}

static void device_of_the_csme_firmware(void **state)
{
	struct machine m = ill();

	(void)state;
	m.csme = true;
	play(&m, false);
	says(OF_PHY, "csme", "ok", "Intel's CSME firmware does not block the device",
	     "the driver has its commands; rfkill3 is not blocked as not-owner", NULL);
	blocks(false, true, "0x2");
	says(OF_PHY, "csme", "problem", "Intel's CSME firmware has the device",
	     "the driver has its commands; rfkill3 is blocked as not-owner",
	     "\"iw-mlo dev lo csme info\" shows its connection, \"iw-mlo dev lo csme takeover\" "
	     "takes it over");
	says(OF_PHY, BLOCKED, "rfkill3: soft no, hard yes: not-owner", NULL);
	drop("class/rfkill/rfkill3/index");
	says(OF_PHY, "csme", "attention",
	     "whether Intel's CSME firmware has the device cannot be told",
	     "/sys shows no rfkill device of this phy", NULL);
}

/* ---- the interface ---- */

static void interface_that_is_down(void **state)
{
	(void)state;
	play(&well, false);
	silent("state");
	down = true;
	says(OF_DEV, "state", "attention", "the interface is down", "SIOCGIFFLAGS has no IFF_UP",
	     "\"ip link set lo up\"");
}

#define UUID	"1b4e28ba-2fa1-11d2-883f-0016d3cca427"
#define DEVICES "NetworkManager/devices/1"
#define PROFILE "NetworkManager/system-connections/a.nmconnection"

static void says_manager(const char *who, const char *place)
{
	char fact[100], text[100];

	snprintf(fact, sizeof(fact), "%s/%s", tree, place);
	snprintf(text, sizeof(text), "%s manages it, and may undo what is changed here", who);
	says(OF_DEV, "manager", "attention", text, fact, NULL);
}

static void other_managers(void **state)
{
	char fact[120];

	(void)state;
	play(&well, false);
	snprintf(fact, sizeof(fact), "%s has nothing of wpa_supplicant or NetworkManager for it",
		 tree);
	says(OF_DEV, "manager", "ok", "nobody else is seen to manage it", fact, NULL);
	put_file("[device]\nmanaged=false\nunmanaged=true\n", DEVICES);
	put_file("[device]\nmanaged=true\n", "NetworkManager/devices/2");
	put_file("", "wpa_supplicant/wlan7");
	says(OF_DEV, "manager", "ok", "nobody else is seen to manage it", fact, NULL);
	put_file("", "wpa_supplicant/lo");
	says_manager("wpa_supplicant", "wpa_supplicant/lo");
	silent("preference");
	put_file("[device]\nmanaged-by=root\nmanaged=true\n", DEVICES);
	says_manager("NetworkManager", DEVICES);
	silent("preference"); /* no profile is in use */
	drop("wpa_supplicant/lo");
	put_file("[device]\nmanaged=full\n", DEVICES);
	says_manager("NetworkManager", DEVICES);
}

static void managers_that_may_not_be_looked_for(void **state)
{
	char fact[120];

	(void)state;
	play(&well, false);
	snprintf(fact, sizeof(fact), "%s may not be searched for wpa_supplicant and NetworkManager",
		 tree);
	put_file("[device]\nmanaged=false\n", DEVICES);
	denied = "/wpa_supplicant/";
	says(OF_DEV, "manager", "attention", "whether anyone else manages it cannot be told", fact,
	     "run it as root");
	silent("preference");
	assert_null(strstr(run("check")->out, "nobody else"));
	denied = "/NetworkManager/devices/";
	says(OF_DEV, "manager", "attention", "whether anyone else manages it cannot be told", fact,
	     "run it as root");
	put_file("", "wpa_supplicant/lo");
	says_manager("wpa_supplicant", "wpa_supplicant/lo");
}

static void bands_that_a_profile_keeps_to(void **state)
{
	static const char unknown[] = "whether NetworkManager keeps to one band cannot be told",
			  unread[] = "its profile cannot be read, or is nowhere that is known here";
	static char etc[60];

	(void)state;
	play(&well, false);
	put_file("[device]\nmanaged=true\nconnection-uuid=" UUID "\nnm-owned=0\n", DEVICES);
	says(OF_DEV, "preference", "attention", unknown, unread, "run it as root");
	put_file("[connection]\nuuid=" UUID "0\n[wifi]\nband=a\n", PROFILE);
	put_file("[connection]\nuuid=" UUID "\n[wifi]\nband=a\n",
		 "NetworkManager/system-connections/.a.nmconnection.swp");
	says(OF_DEV, "preference", "attention", unknown, unread, "run it as root");
	put_file("[connection]\nid=x\nuuid=" UUID "\n[wifi]\nssid=band=a\n",
		 "NetworkManager/system-connections/b.nmconnection");
	says(OF_DEV, "preference", "ok", "NetworkManager keeps to no band",
	     "its profile has neither band nor bssid", NULL);
	put_file("[connection]\nuuid=" UUID "\r\n[wifi]\nband=bg\n",
		 "NetworkManager/system-connections/b.nmconnection");
	says(OF_DEV, "preference", "attention", "NetworkManager keeps to one band",
	     "its profile has band=bg", "clear 802-11-wireless.band of the profile (nmcli)");
	snprintf(etc, sizeof(etc), "%s/etc", tree);
	etc_root = etc;
	says(OF_DEV, "preference", "attention", "NetworkManager keeps to one band",
	     "its profile has band=bg", "clear 802-11-wireless.band of the profile (nmcli)");
	put_file("[connection]\nuuid=" UUID "\n", "etc/NetworkManager/system-connections/c");
	says(OF_DEV, "preference", "ok", "NetworkManager keeps to no band",
	     "its profile has neither band nor bssid", NULL);
	etc_root = tree;
	put_file("[connection]\nuuid=" UUID "\n[wifi]\nband=a\nbssid=02:00:00:00:0a:00",
		 "NetworkManager/system-connections/b.nmconnection");
	says(OF_DEV, "preference", "attention", "NetworkManager keeps to one access point",
	     "its profile has band=a and bssid=02:00:00:00:0a:00",
	     "clear 802-11-wireless.bssid of the profile (nmcli)");
}

static void debugfs_that_does_not_tell(void **state)
{
	static const char text[] = "only the channels tell which links are active",
			  file[] = "kernel/debug/ieee80211/phy0/netdev:lo/active_links";
	char from[100], to[100];

	(void)state;
	play(&well, false);
	denied = "/active_links";
	says(OF_DEV, "debugfs", "attention", text, "active_links may not be read",
	     "run it as root");
	denied = NULL;
	put_file("many\n", file);
	says(OF_DEV, "debugfs", "attention", text, "active_links has no number", NULL);
	drop(file);
	says(OF_DEV, "debugfs", "attention", text,
	     "the interface has no active_links there: the driver is not of mac80211, or the "
	     "kernel is without CONFIG_MAC80211_DEBUGFS",
	     NULL);
	snprintf(from, sizeof(from), "%s/kernel/debug/ieee80211", tree);
	snprintf(to, sizeof(to), "%s/kernel/debug/other", tree);
	assert_int_equal(rename(from, to), 0);
	says(OF_DEV, "debugfs", "attention", text, "/sys/kernel/debug has nothing of Wi-Fi",
	     "\"mount -t debugfs debugfs /sys/kernel/debug\", if it is not");
}

/* ---- links ---- */

static void without_debugfs(const struct machine *m)
{
	again();
	drop("kernel/debug/ieee80211/phy0/netdev:lo/active_links");
	play(m, false);
}

static void links_that_are_not_all_active(void **state)
{
	struct machine m = ill();

	(void)state;
	m.links[1].mhz = 0;
	without_debugfs(&m);
	says(OF_DEV, "links", "attention", "2 are set up, but only 1 active",
	     "set up: 0,1; active: 0 (by channel); limit at a time: 2 by the driver, 2 by the AP",
	     NULL);
	m.sta_mld = 0;
	without_debugfs(&m);
	says(OF_DEV, "links", "ok", "2 are set up and 1 active, as many as may be at a time",
	     "set up: 0,1; active: 0 (by channel); limit at a time: 1 by the driver, 2 by the AP",
	     NULL);
	m.sta_mld = -1;
	without_debugfs(&m);
	says(OF_DEV, "links", "attention", "2 are set up, but only 1 active",
	     "set up: 0,1; active: 0 (by channel); limit at a time: not told by the driver, 2 by the AP",
	     NULL);
	m.sta_mld = 0;
	m.ap_mld = 3; /* of the driver's access points */
	without_debugfs(&m);
	says(OF_DEV, "links", "ok", "2 are set up and 1 active, as many as may be at a time",
	     "set up: 0,1; active: 0 (by channel); limit at a time: 1 by the driver, 2 by the AP",
	     NULL);
	m.ap_mld = m.sta_mld = -1;
	m.bsses[0].elements = "00(6e6574) ff(6b 3001 0b 02000000 0aff 00 00 4000)";
	without_debugfs(&m);
	says(OF_DEV, "links", "attention", "2 are set up, but only 1 active",
	     "set up: 0,1; active: 0 (by channel); limit at a time: not told by the driver, 1 by the AP",
	     NULL);
	m.bsses[0].elements = "00(6e6574) ff(6b 1000 08 02000000 0aff 00)";
	m.bsses[1].elements = "00(6e6574) ff(6b 1000 08 02000000 0aff 01)";
	without_debugfs(&m);
	says(OF_DEV, "links", "attention", "2 are set up, but only 1 active",
	     "set up: 0,1; active: 0 (by channel); limit at a time: not told by the driver", NULL);
	m.bsses[1].elements = well.bsses[1].elements;
	m.sta_mld = 3;
	m.bsses[0].elements = "00(6e6574) ff(6b 3001 0b 02000000 0aff 00 00 4000)";
	without_debugfs(&m);
	says(OF_DEV, "links", "ok", "2 are set up and 1 active, as many as may be at a time",
	     "set up: 0,1; active: 0 (by channel); limit at a time: 4 by the driver, 1 by the AP",
	     NULL);
	m.bsses[0].elements = "00(6e6574) ff(6b 1000 08 02000000 0aff 00)"; /* another tells it */
	m.bsses[1].elements = "00(6e6574) ff(6b 3001 0b 02000000 0aff 01 00 4000)";
	without_debugfs(&m);
	says(OF_DEV, "links", "ok", "2 are set up and 1 active, as many as may be at a time",
	     "set up: 0,1; active: 0 (by channel); limit at a time: 4 by the driver, 1 by the AP",
	     NULL);
}

static void links_of_which_activity_is_not_told(void **state)
{
	struct machine m = ill();

	(void)state;
	m.links[0].mhz = m.links[1].mhz = 0;
	without_debugfs(&m);
	says(OF_DEV, "links", "attention", "2 are set up; which are active is not told",
	     "set up: 0,1; limit at a time: 2 by the driver, 2 by the AP", NULL);
	put_file("0x12\n", "kernel/debug/ieee80211/phy0/netdev:lo/active_links");
	says(OF_DEV, "links", "attention", "2 are set up, but only 1 active",
	     "set up: 0,1; active: 1 (by debugfs); limit at a time: 2 by the driver, 2 by the AP",
	     NULL);
	put_file("0x0\n", "kernel/debug/ieee80211/phy0/netdev:lo/active_links");
	m.sta_mld = -1;
	k_reset();
	play(&m, false);
	says(OF_DEV, "links", "attention", "2 are set up, but none is active",
	     "set up: 0,1; active: none (by debugfs); limit at a time: not told by the driver, 2 by the AP",
	     NULL);
}

static void connection_of_one_link(void **state)
{
	struct machine m = ill();

	(void)state;
	m.links[1].id = -1;
	m.bsses[1].link = -2;
	CASE(m, OF_DEV, "links", "attention", "the connection has one link only",
	     "set up: 0; active: 0 (by debugfs); limit at a time: 2 by the driver, 2 by the AP",
	     NULL);
	says(OF_DEV, "ap_links", "attention", "link 1 of the AP is not set up",
	     "5180 MHz (5GHz); heard, and nothing here forbids it", NULL);
}

static void interface_that_is_not_connected(void **state)
{
	struct machine m = ill();

	(void)state;
	m.links[0].id = -1;
	m.bsses[0].link = m.bsses[1].link = -2;
	CASE(m, OF_DEV, "links", "attention", "it is not connected",
	     "GET_INTERFACE has no links, GET_SCAN no BSS of a connection",
	     "connect it, and check again");
	silent("ap_links");
}

static void connections_without_mlo(void **state)
{
	struct machine m = ill();

	(void)state;
	m.links[0].id = -1;
	m.mhz = 2412;
	m.bsses[0].link = -1;
	m.bsses[1].link = -2;
	CASE(m, OF_DEV, "links", "problem",
	     "the connection is without MLO, though the AP is an MLD",
	     "AP MLD " AP_MLD ", which tells of 2 links; MLO_SUPPORT is set",
	     "who connects has to ask for MLO: wpa_supplicant does from 2.11 on, with management "
	     "frame protection");
	silent("ap_links");
	m.mlo = false;
	m.bsses[1].bssid = NULL;
	CASE(m, OF_DEV, "links", "attention",
	     "the connection is without MLO, though the AP is an MLD",
	     "AP MLD " AP_MLD ", which tells of 1 link; MLO_SUPPORT is not set", NULL);
	m.bsses[0].elements = "00(6e6574) ff(6b 0000)";
	CASE(m, OF_DEV, "links", "attention", "the connection is without MLO",
	     "what the AP says of itself cannot be decoded: no Common Info", NULL);
	m.bsses[0].elements = "";
	CASE(m, OF_DEV, "links", "attention", "the connection is without MLO",
	     "what the AP can do, the table of BSSes does not tell", NULL);
	m.bsses[0].elements = "00(6e6574)";
	CASE(m, OF_DEV, "links", "attention", "the connection is without MLO: the AP is no MLD",
	     "BSS 02:00:00:00:0a:00 has no basic Multi-Link element",
	     "another access point, or MLO switched on in this one");
}

/* A neighbor of link 0 in its Reduced Neighbor Report: class 131 is 6 GHz, 121 is 5 GHz. */
#define ANNOUNCED(class_channel, params)                                                  \
	"00(6e6574) c9(0010 " class_channel " ff 02000000 0a02 01020304 40 7f 00 " params \
	") ff(6b 3001 0b 02000000 0aff 00 00 4100)"

static void says_missing(const struct machine *m, const char *fact, const char *next)
{
	again();
	play(m, false);
	says(OF_DEV, "ap_links", "attention", "link 2 of the AP is not set up", fact, next);
}

/* Its MLD capabilities have link reconfiguration. */
#define RECONFIGURES(link) "00(6e6574) ff(6b 3001 0b 02000000 0aff " link " 00 4120)"
#define LISTEN(mhz)	   "\"iw-mlo dev lo scan freq " mhz " passive\" listens for it"
#define ASK		   "\"iw-mlo dev lo link reconf add 2\" asks the AP for it"

static void links_of_the_ap_that_are_missing(void **state)
{
	struct machine m = ill();

	(void)state;
	m.bsses[0].elements = ANNOUNCED("83 01", "0200");
	says_missing(&m, "5955 MHz (6GHz); announced, but not heard", LISTEN("5955"));
	m.channels[3].flags = DISABLED;
	says_missing(&m, "5955 MHz (6GHz); that channel is disabled here: see 6ghz and regdomain",
		     NULL);
	m.channels[3].mhz = 5975;
	says_missing(&m, "5955 MHz (6GHz); the driver has no such channel", NULL);
	m.bsses[0].elements = ANNOUNCED("83 01", "0220");
	says_missing(&m, "5955 MHz (6GHz); the AP announces it as disabled", NULL);
	m.bsses[0].elements = ANNOUNCED("73 24", "0200");
	m.channels[2].flags = DISABLED;
	says_missing(&m, "5180 MHz (5GHz); that channel is disabled here: see bands and regdomain",
		     NULL);
	m.bsses[0].elements = ANNOUNCED("00 00", "0200");
	says_missing(&m, "the AP has not told its channel; announced, but not heard", NULL);
}

static void links_of_the_ap_that_cannot_be_used(void **state)
{
	struct machine m = ill();

	(void)state;
	m.bsses[2].bssid = "02:00:00:00:0a:02";
	m.bsses[2].elements = "00(6e6574) ff(6b 3001 0b 02000000 0aff 02 00 4100)";
	m.bsses[2].mhz = 5955;
	m.bsses[2].link = -2;
	m.bsses[2].use_for = NL80211_BSS_USE_FOR_NORMAL;
	says_missing(&m,
		     "5955 MHz (6GHz); the kernel would not use it: the kernel does not tell why",
		     NULL);
	m.bsses[2].cannot_use = 4;
	says_missing(&m,
		     "5955 MHz (6GHz); the kernel would not use it: the kernel does not tell why",
		     NULL);
	m.bsses[2].cannot_use = 1;
	says_missing(
		&m,
		"5955 MHz (6GHz); the kernel would not use it: it is not the primary link of an "
		"NSTR pair",
		NULL);
	m.bsses[2].cannot_use = 2;
	says_missing(
		&m,
		"5955 MHz (6GHz); the kernel would not use it: its 6 GHz power mode is none of "
		"this station's",
		NULL);
	m.bsses[2].use_for = NL80211_BSS_USE_FOR_MLD_LINK;
	says_missing(&m, "5955 MHz (6GHz); heard, and nothing here forbids it", NULL);
	m.bsses[0].elements = RECONFIGURES("00");
	says_missing(&m, "5955 MHz (6GHz); heard, and nothing here forbids it", ASK);
	again();
	k_reset();
	k_maxattr(367);
	play(&m, false);
	says(OF_DEV, "ap_links", "attention", "link 2 of the AP is not set up",
	     "5955 MHz (6GHz); heard, and nothing here forbids it", NULL);
	m.bsses[2].mhz = 4000;
	m.channels[5].mhz = 4000;
	says_missing(&m, "4000 MHz; heard, and nothing here forbids it", ASK);
}

static void links_that_the_table_does_not_tell(void **state)
{
	static const char no_id[] = "00(6e6574) ff(6b 2001 0a 02000000 0aff 00 4100)";
	const struct run *r;
	const char *first;
	struct machine m = ill();

	(void)state;
	m.bsses[2].bssid = "02:00:00:00:0a:02"; /* which is a link of unknown id */
	m.bsses[2].elements = no_id;
	m.bsses[2].mhz = 5955;
	m.bsses[2].link = -2;
	CASE(m, OF_DEV, "ap_links", "ok", "every link that the AP tells of is set up",
	     "2 in the table of BSSes", NULL);
	m.bsses[2].elements = "00(6e6574) ff(6b 3001 0b 02000000 0aff 02 00 4100)";
	m.bsses[3] = m.bsses[2]; /* and another that claims the same */
	m.bsses[3].bssid = "02:00:00:00:0a:03";
	m.bsses[3].mhz = 6135;
	again();
	play(&m, false);
	r = run("check");
	assert_run(r, ST_OK, NULL, "", NULL);
	first = strstr(r->out, "\n  attention  ap_links: link 2 of the AP is not set up\n");
	assert_non_null(first);
	assert_null(strstr(first + 20, "ap_links"));
	m.bsses[2].bssid = NULL;
	m.bsses[0].elements = m.bsses[1].elements = no_id;
	again();
	play(&m, false);
	silent("ap_links");
	m.bsses[0].bssid = NULL;
	CASE(m, OF_DEV, "links", "ok", "2 are set up, and all of them active",
	     "set up: 0,1; active: 0,1 (by debugfs); limit at a time: 2 by the driver", NULL);
	silent("ap_links");
}

/* ---- access points, and the rest ---- */

static void links_of_an_ap(void **state)
{
	struct machine m = ill();

	(void)state;
	m.iftype = NL80211_IFTYPE_AP;
	CASE(m, OF_DEV, "links", "ok", "every link of this AP MLD has a channel",
	     "GET_INTERFACE lists 0,1", NULL);
	silent("debugfs");
	m.links[0].mhz = 0;
	CASE(m, OF_DEV, "links", "attention", "links without a channel, so no beacon: 0",
	     "GET_INTERFACE lists 0,1", "who runs the AP has to start them");
	m.links[1].ghost = true;
	CASE(m, OF_DEV, "links", "problem", "links are listed that were torn down: 1",
	     "GET_INTERFACE lists 0,1", "\"ip link set lo down\", then up, makes an end of them");
	m.links[0].ghost = true;
	CASE(m, OF_DEV, "links", "problem", "links are listed that were torn down: 0,1",
	     "GET_INTERFACE lists 0,1", "\"ip link set lo down\", then up, makes an end of them");
	m.links[0].id = -1;
	CASE(m, OF_DEV, "links", "attention", "this AP has no links: it is no MLD",
	     "GET_INTERFACE lists none", "\"iw-mlo dev lo link add ID addr MAC\"");
	m.mlo = false;
	again();
	play(&m, false);
	silent("links");
}

/* Of all interfaces, only those that can have links are looked at; one that is named, is.
 */
static void interface_of_another_type(void **state)
{
	struct machine m = ill();
	const struct run *r;

	(void)state;
	m.iftype = NL80211_IFTYPE_MONITOR;
	play(&m, false);
	silent("links");
	silent("manager");
	k_reset();
	play(&m, true);
	r = run("check lo");
	assert_run(r, ST_OK, NULL, "", GET_LO MACHINE DUMP_0);
	assert_non_null(strstr(r->out, "\n  attention  links: an interface of this type has none\n"
				       "             type monitor\n"
				       "             next: a station or an AP has\n"));
}

/* ---- the RFC's link devices ---- */

static void put_other(uint32_t wdev, uint32_t type, uint32_t mhz)
{
	k_data(NL80211_CMD_NEW_INTERFACE, NLM_F_MULTI);
	k_put_u32(NL80211_ATTR_WIPHY, 0);
	k_put_u32(NL80211_ATTR_IFTYPE, type);
	k_put_u64(NL80211_ATTR_WDEV, wdev);
	k_put_u32(NL80211_ATTR_GENERATION, 5);
	if (mhz)
		k_put_u32(NL80211_ATTR_WIPHY_FREQ, mhz);
}

/* The script of play(), with more interfaces in the list of all. */
static void play_link_devices(const struct machine *m, int devices, int linked, bool other)
{
	k_reset();
	k_rfc();
	w = m;
	k_turn();
	k_nack(EINVAL, NLM_F_CAPPED);
	k_turn();
	k_wiphy(0, 0, "phy0");
	k_done(0);
	k_turn();
	put_iface(NLM_F_MULTI);
	for (int n = 0; n < devices; n++)
		put_other((uint32_t)n + 2, RFC_IFTYPE_MLO_LINK_DEVICE, n < linked ? 5955 : 0);
	if (other)
		put_other(9, NL80211_IFTYPE_STATION, 5180);
	k_done(0);
	turn_regdoms();
	turn_wiphy();
	turn_iface();
	turn_bsses();
}

static void link_devices_of_a_connection(void **state)
{
	struct machine m = ill();

	(void)state;
	m.links[0].id = -1;
	m.mhz = 5180;
	m.bsses[0].link = -1;
	m.bsses[1].bssid = NULL;
	play_link_devices(&m, 0, 0, false);
	says(OF_DEV, "links", "attention", "the connection has one link only",
	     "link devices: 0; with a channel: 0; stations with a channel: 1",
	     "\"iw-mlo phy PHY interface add NAME type mlo-link-device\", then connect anew");
	silent("ap_links");
	silent("debugfs");
	play_link_devices(&m, 2, 0, false);
	says(OF_DEV, "links", "attention", "the connection has one link only",
	     "link devices: 2; with a channel: 0; stations with a channel: 1", NULL);
	play_link_devices(&m, 2, 1, false);
	says(OF_DEV, "links", "ok", "the connection has 1 link device",
	     "link devices: 2; with a channel: 1; stations with a channel: 1", NULL);
	play_link_devices(&m, 2, 2, false);
	says(OF_DEV, "links", "ok", "the connection has 2 link devices",
	     "link devices: 2; with a channel: 2; stations with a channel: 1", NULL);
	play_link_devices(&m, 2, 2, true);
	says(OF_DEV, "links", "attention", "of which connection the link devices are is not told",
	     "link devices: 2; with a channel: 2; stations with a channel: 2", NULL);
}

/* ---- what changes while it is asked, and what cannot be asked ---- */

static void connection_that_changes_meanwhile(void **state)
{
	struct machine later = ill();

	(void)state;
	later.links[1].id = -1;
	later.bsses[1].link = -2;
	play(&well, false);
	/* link 1 was there once, and is not any more, and then the table says so, too */
	k_reset();
	play(&later, false);
	k_reset();
	k_maxattr(333);
	w = &later;
	k_turn();
	k_nack(EINVAL, NLM_F_CAPPED);
	k_turn();
	k_wiphy(0, 0, "phy0");
	k_done(0);
	k_turn();
	w = &well; /* as it was when all were listed */
	put_iface(NLM_F_MULTI);
	w = &later;
	k_done(0);
	turn_regdoms();
	turn_wiphy();
	turn_iface();
	w = &well;
	turn_bsses();
	w = &later;
	turn_iface();
	turn_bsses();
	says(OF_DEV, "links", "attention", "the connection has one link only",
	     "set up: 0; active: 0 (by debugfs); limit at a time: 2 by the driver, 2 by the AP",
	     NULL);
}

static void connection_that_never_settles(void **state)
{
	struct machine later = ill();

	(void)state;
	later.links[1].id = -1;
	play(&later, false); /* the table goes on to have it */
	for (int n = 1; n < 5; n++) {
		turn_iface();
		turn_bsses();
	}
	assert_run(
		run("check"), ST_PARTIAL, NULL,
		"iw-mlo: check: the kernel's list kept changing: what is shown may be incomplete\n",
		NULL);
}

/* Another phy, with an interface of its own. */
static void play_two(const struct machine *m, bool named)
{
	w = m;
	if (named)
		turn_iface();
	k_turn();
	k_nack(EINVAL, NLM_F_CAPPED);
	k_turn();
	k_wiphy(NLM_F_MULTI, 0, "phy0");
	k_wiphy(NLM_F_MULTI, 7, "phy7");
	k_done(0);
	k_turn();
	put_iface(NLM_F_MULTI);
	k_data(NL80211_CMD_NEW_INTERFACE, NLM_F_MULTI);
	k_put_u32(NL80211_ATTR_IFINDEX, 9);
	k_put_text(NL80211_ATTR_IFNAME, "ap7");
	k_put_u32(NL80211_ATTR_WIPHY, 7);
	k_put_u32(NL80211_ATTR_IFTYPE, NL80211_IFTYPE_AP);
	k_put_u64(NL80211_ATTR_WDEV, 0x700000001);
	k_data(NL80211_CMD_NEW_INTERFACE, NLM_F_MULTI);
	k_put_u32(NL80211_ATTR_IFINDEX, 10);
	k_put_text(NL80211_ATTR_IFNAME, "ap0");
	k_put_u32(NL80211_ATTR_WIPHY, 0);
	k_put_u32(NL80211_ATTR_IFTYPE, NL80211_IFTYPE_AP);
	k_put_u64(NL80211_ATTR_WDEV, 2);
	k_put_u32(NL80211_ATTR_GENERATION, 5);
	k_done(0);
	turn_regdoms();
	turn_wiphy();
	turn_iface();
	turn_bsses();
	if (named)
		return;
	k_turn();
	k_wiphy(NLM_F_MULTI, 7, "phy7");
	k_done(0);
}

static void others_are_left_alone(void **state)
{
	const struct run *r;

	(void)state;
	play_two(&well, true);
	r = run("check lo");
	assert_run(r, ST_OK, NULL, "", GET_LO MACHINE DUMP_0 CLIENT);
	assert_null(strstr(r->out, "\nap"));
	assert_null(strstr(r->out, "phy7"));
	k_reset();
	play_two(&well, false);
	r = run("check");
	assert_run(r, ST_OK, NULL, "",
		   MACHINE DUMP_0 CLIENT "dump GET_WIPHY SPLIT_WIPHY_DUMP WIPHY=7\n");
	assert_true(strstr(r->out, "\nlo\n") < strstr(r->out, "\nap0\n"));
	assert_true(strstr(r->out, "\nap0\n") < strstr(r->out, "\nphy7\n"));
	assert_true(strstr(r->out, "\nphy7\n") < strstr(r->out, "\nap7\n"));
	assert_null(strstr(strstr(r->out, "\nap7\n") + 1, "\nap"));
	/* nothing of the first phy is told of the second */
	assert_non_null(strstr(strstr(r->out, "\nphy7\n"), "MLO_SUPPORT is not set\n"));
	assert_non_null(strstr(strstr(r->out, "\nphy7\n"), "GET_WIPHY lists no channel\n"));
	assert_non_null(strstr(run("-j check")->out,
			       "{\"phy\":\"phy7\",\"wiphy\":7,\"check\":\"driver\","));
}

static void domains_are_asked_for_until_they_settle(void **state)
{
	struct machine m = ill();

	(void)state;
	m.no_phy = true;
	w = &m;
	k_turn();
	k_nack(EINVAL, NLM_F_CAPPED);
	k_turn();
	k_wiphy(NLM_F_MULTI, 0, "phy0");
	k_done(0);
	k_turn();
	k_done(0);
	k_turn();
	put_regdom("FR", true);
	k_message(NLMSG_DONE, NLM_F_MULTI | NLM_F_DUMP_INTR);
	k_raw(&(int){ 0 }, sizeof(int));
	turn_regdoms();
	turn_wiphy();
	says(OF_PHY, "regdomain", "ok", "the country is DE",
	     "GET_REG: the global domain, country DE, DFS ETSI", NULL);
}

/* The script of play() up to the phy, with or without an interface. */
static void play_lists(const struct machine *m, bool iface)
{
	w = m;
	k_turn();
	k_nack(EINVAL, NLM_F_CAPPED);
	k_turn();
	k_wiphy(NLM_F_MULTI, 0, "phy0");
	k_done(0);
	k_turn();
	if (iface)
		put_iface(NLM_F_MULTI);
	k_done(0);
	turn_regdoms();
}

/* Of an answer that was cut short, nothing is kept: neither MLO nor its channels. */
static void phy_is_asked_for_until_it_settles(void **state)
{
	struct machine before = ill(), after = ill();

	(void)state;
	after.bsses[0].elements = ANNOUNCED("83 01", "0200");
	after.channels[3].mhz = 5975;
	play_lists(&before, true);
	k_turn();
	k_wiphy(NLM_F_MULTI, 0, "phy0");
	k_put(NL80211_ATTR_MLO_SUPPORT, NULL, 0);
	put_channels();
	k_message(NLMSG_DONE, NLM_F_MULTI | NLM_F_DUMP_INTR);
	k_raw(&(int){ 0 }, sizeof(int));
	w = &after;
	k_turn();
	k_wiphy(NLM_F_MULTI, 0, "phy0");
	put_channels();
	k_done(0);
	turn_iface();
	turn_bsses();
	says(OF_PHY, "driver", "problem", "it does not support MLO on this device",
	     "driver wifi7; MLO_SUPPORT is not set", WIFI_7);
	says(OF_PHY, "6ghz", "ok", "the band is open",
	     "2 of 2 channels enabled, 5975-6135 MHz; 1 of them to listen first (no-ir)", NULL);
	says(OF_DEV, "ap_links", "attention", "link 2 of the AP is not set up",
	     "5955 MHz (6GHz); the driver has no such channel", NULL);
}

static void phy_that_is_malformed(void **state)
{
	(void)state;
	play_lists(&well, false);
	k_turn();
	k_data(NL80211_CMD_NEW_WIPHY, NLM_F_MULTI); /* of which wiphy? */
	k_put(NL80211_ATTR_MLO_SUPPORT, NULL, 0);
	k_wiphy(NLM_F_MULTI, 0, "phy0");
	k_done(0);
	assert_run(run("check"), ST_SYSTEM, "", NULL, NULL);
}

static void what_cannot_be_asked_is_an_error(void **state)
{
	(void)state;
	k_turn();
	k_nack(EINVAL, NLM_F_CAPPED);
	k_turn();
	k_done(0);
	k_turn();
	k_done(0);
	k_turn();
	k_done(EBUSY);
	assert_run(run("check"), ST_REFUSED, "", NULL,
		   POLICY "get GET_KEY\ndump GET_WIPHY\ndump GET_INTERFACE\ndump GET_REG\n");
	k_reset();
	k_turn();
	k_nack(ENODEV, NLM_F_CAPPED);
	assert_run(run("check lo"), ST_REFUSED, "",
		   "iw-mlo: dev lo check: not a Wi-Fi interface; \"iw-mlo dev\" lists them\n",
		   GET_LO);
	k_reset();
	assert_run(run("check no-such-dev"), ST_REFUSED, "",
		   "iw-mlo: dev no-such-dev check: no such interface\n", "");
}

static void phy_that_goes_away(void **state)
{
	(void)state;
	w = &well;
	k_turn();
	k_nack(EINVAL, NLM_F_CAPPED);
	k_turn();
	k_wiphy(0, 0, "phy0");
	k_done(0);
	k_turn();
	k_done(0);
	turn_regdoms();
	k_turn();
	k_wiphy(NLM_F_MULTI, 7, "phy7");
	k_done(0);
	assert_run(run("check"), ST_REFUSED, "", "iw-mlo: check: the phy went away\n", NULL);
}

/* ---- decoders ---- */

static void channels_of_a_wiphy(void **state)
{
	struct channel_list l = { 0 };
	struct attrs a;

	(void)state;
	k_wiphy(0, 0, "phy0");
	k_nest(NL80211_ATTR_WIPHY_BANDS);
	k_nest(0);
	k_nest(2); /* rates, whose attributes have the same numbers */
	k_nest(0);
	k_put_u32(NL80211_FREQUENCY_ATTR_FREQ, 10);
	k_nest_end();
	k_nest_end();
	k_nest(NL80211_BAND_ATTR_FREQS);
	put_channel(0, 5180, ENABLED);
	put_channel(1, 5955, NO_IR);
	put_channel(2, 6135, DISABLED | NO_IR);
	k_nest(3); /* of no frequency */
	k_put(NL80211_FREQUENCY_ATTR_NO_IR, NULL, 0);
	k_nest_end();
	k_nest_end();
	k_nest_end();
	k_nest_end();
	a = k_attrs(0);
	assert_true(decode_wiphy_channels(&a, &l));
	k_attrs_free(a);
	assert_int_equal(l.n, 4);
	assert_null(channel_at(&l, 0));
	assert_int_equal(channel_at(&l, 5955)->mhz, 5955);
	assert_true(channel_at(&l, 5955)->no_ir && !channel_at(&l, 5955)->disabled);
	assert_true(channel_at(&l, 6135)->disabled);
	assert_false(channel_at(&l, 5180)->disabled || channel_at(&l, 5180)->no_ir);
	assert_null(channel_at(&l, 5200));
	for (size_t cut = 1; cut < k_attrs_len(); cut++) {
		a = k_attrs(cut);
		if (decode_wiphy_channels(&a, &l) && k_attrs_len() - cut > 20)
			fail_msg("%zu bytes less", cut);
		k_attrs_free(a);
	}
	for (int level = 0; level < 3; level++) { /* what ends amid an attribute */
		k_wiphy(0, 0, "phy0");
		if (level)
			k_nest(NL80211_ATTR_WIPHY_BANDS);
		if (level > 1)
			k_nest(0);
		k_put(level == 0   ? NL80211_ATTR_WIPHY_BANDS
		      : level == 1 ? 0
				   : NL80211_BAND_ATTR_FREQS,
		      "\1\0\0\0\0\0\0\0", 8);
		for (int n = 0; n < level; n++)
			k_nest_end();
		a = k_attrs(0);
		assert_false(decode_wiphy_channels(&a, &l));
		k_attrs_free(a);
	}
	k_wiphy(0, 0, "phy0");
	k_nest(NL80211_ATTR_WIPHY_BANDS);
	k_nest(0);
	k_nest(NL80211_BAND_ATTR_FREQS);
	for (uint16_t n = 0; n < CHANNELS_MAX + 5; n++)
		put_channel(n, 5000u + n, ENABLED);
	k_nest_end();
	k_nest_end();
	k_nest_end();
	memset(&l, 0, sizeof(l));
	a = k_attrs(0);
	assert_true(decode_wiphy_channels(&a, &l));
	k_attrs_free(a);
	assert_int_equal(l.n, CHANNELS_MAX);
}

#define T(fn) cmocka_unit_test_setup_teardown(fn, setup, teardown)

static const struct CMUnitTest tests[] = {
	T(nothing_is_between_the_machine_and_mlo),
	T(beginning_of_the_json),
	T(colours_tell_the_verdicts),
	T(names_cannot_write_to_the_terminal),
	T(long_name_has_a_line_of_its_own),
	T(lines_are_full),
	T(dry_run_lists_what_is_asked),
	T(without_nl80211),
	T(devices_that_no_driver_drives),
	T(without_a_phy),
	T(dialects_and_their_evidence),
	T(kernels_that_are_too_old),
	T(permission_is_the_kernels_word),
	T(drivers_without_mlo),
	T(drivers_of_the_rfc),
	T(types_that_have_links),
	T(channels_at_a_time),
	T(capabilities_of_a_station),
	T(bands_that_are_open),
	T(six_ghz_that_is_closed),
	T(six_ghz_that_is_open),
	T(six_ghz_that_is_open_but_not_to_wifi_7),
	T(regulatory_domains),
	T(radios_that_are_blocked),
	T(device_of_the_csme_firmware),
	T(interface_that_is_down),
	T(other_managers),
	T(managers_that_may_not_be_looked_for),
	T(bands_that_a_profile_keeps_to),
	T(debugfs_that_does_not_tell),
	T(links_that_are_not_all_active),
	T(links_of_which_activity_is_not_told),
	T(connection_of_one_link),
	T(interface_that_is_not_connected),
	T(connections_without_mlo),
	T(links_of_the_ap_that_are_missing),
	T(links_of_the_ap_that_cannot_be_used),
	T(links_that_the_table_does_not_tell),
	T(others_are_left_alone),
	T(domains_are_asked_for_until_they_settle),
	T(links_of_an_ap),
	T(interface_of_another_type),
	T(link_devices_of_a_connection),
	T(connection_that_changes_meanwhile),
	T(connection_that_never_settles),
	T(phy_is_asked_for_until_it_settles),
	T(phy_that_is_malformed),
	T(what_cannot_be_asked_is_an_error),
	T(phy_that_goes_away),
	T(channels_of_a_wiphy),
};

int main(void)
{
	return cmocka_run_group_tests(tests, NULL, NULL);
}
