/* SPDX-License-Identifier: ISC */
/*
 * What Intel's CSME firmware tells and does: its decoders, rfkill and sysfs on a tree of files that
 * stands for /sys, and whole commands, word for word.
 */
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <linux/rfkill.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include "fake-kernel.h"
#include "fake-tree.h"

#define GET_LO	   "get GET_INTERFACE IFINDEX=1\n"
#define DUMP_FULL  "dump GET_WIPHY SPLIT_WIPHY_DUMP WIPHY=0\n"
#define OPEN	   GET_LO DUMP_FULL
#define LISTEN	   "listen vendor\n"
#define VENDOR(n)  " VENDOR IFINDEX=1 VENDOR_ID=5941 VENDOR_SUBCMD=" #n "\n"
#define CONN	   "get" VENDOR(45)
#define ASK	   "change" VENDOR(48)
#define BSSES	   "dump GET_SCAN IFINDEX=1 BSS_DUMP_INCLUDE_USE_DATA\n"
#define RADIO	   DUMP_FULL
#define OWN_SENT   OPEN LISTEN ASK
#define INFO_SENT  OPEN CONN RADIO
#define AP	   "02:43:53:4d:45:aa"
#define FAILED(c)  "iw-mlo: dev lo csme " c ": "
#define REFUSED	   "refused by the kernel: "
#define ETIME_TEXT "ETIMEDOUT (Connection timed out)"
#define EPERM_TEXT "EPERM (Operation not permitted)"
#define AS_ROOT	   "; it needs CAP_NET_ADMIN: try as root\n"
#define WITHDRAWN  "; the command has withdrawn the profile\n"
#define REPORT	   "\tconnection of the firmware, as last reported\n"

/* ---- a FIFO that stands for /dev/rfkill ---- */

static bool fifo_is_rfkill;
static int fifo = -1;

/* Of all that a FIFO cannot do, the one thing that is asked of /dev/rfkill. */
int ioctl(int fd, unsigned long request, ...)
{
	va_list ap;
	void *arg;

	va_start(ap, request);
	arg = va_arg(ap, void *);
	va_end(ap);
	if (request == RFKILL_IOCTL_MAX_SIZE && fifo_is_rfkill)
		return *(uint32_t *)arg == sizeof(struct rfkill_event_ext) ? 0 : -1;
	return (int)syscall(SYS_ioctl, fd, request, arg);
}

/* ---- the files of rfkill ---- */

static char device[60];

/* As the kernel has it, the files of one device; it need not be a wiphy's. */
static void put_rfkill(unsigned int n, const char *subsystem, uint64_t index)
{
	char place[100];

	snprintf(place, sizeof(place), "class/rfkill/rfkill%u/index", n);
	put_number(n, place);
	snprintf(place, sizeof(place), "class/rfkill/rfkill%u/device/index", n);
	put_number(index, place);
	snprintf(place, sizeof(place), "class/rfkill/rfkill%u/device/subsystem", n);
	link_to(subsystem, place);
}

/*
 * How the radio of wiphy 0 is blocked: rfkill3, for the numbers are different things. All at once,
 * as in the kernel: the files are links into a directory, and that is exchanged.
 */
static void put_blocks(bool soft, bool hard, int reasons)
{
	static const char *const names[] = { "soft", "hard", "hard_block_reasons" };
	static unsigned int n;
	char state[40], from[400], to[400], text[20];

	snprintf(state, sizeof(state), "states/%d-%u", (int)getpid(), n++);
	put_file(soft ? "1\n" : "0\n", "%s/soft", state);
	put_file(hard ? "1\n" : "0\n", "%s/hard", state);
	snprintf(text, sizeof(text), "0x%x\n", (unsigned int)reasons);
	if (reasons >= 0)
		put_file(text, "%s/hard_block_reasons", state);
	for (size_t k = 0; k < ARRAY_SIZE(names); k++) {
		snprintf(from, sizeof(from), "now/%s", names[k]);
		snprintf(to, sizeof(to), "%s/class/rfkill/rfkill3/%s", tree, names[k]);
		(void)!symlink(from, to);
	}
	snprintf(from, sizeof(from), "%s/class/rfkill/rfkill3/now-%d", tree, (int)getpid());
	snprintf(to, sizeof(to), "%s/%s", tree, state);
	assert_int_equal(symlink(to, from), 0);
	snprintf(to, sizeof(to), "%s/class/rfkill/rfkill3/now", tree);
	assert_int_equal(rename(from, to), 0);
}

static int setup(void **state)
{
	(void)state;
	k_reset();
	tree_make();
	snprintf(device, sizeof(device), "%s/rfkill", tree);
	sysfs_root = tree;
	rfkill_device = device; /* not there, so that sysfs is looked at */
	fifo_is_rfkill = false;
	put_rfkill(3, "../../../class/ieee80211", 0);
	put_blocks(false, true, RFKILL_HARD_BLOCK_NOT_OWNER);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	if (fifo >= 0)
		close(fifo);
	fifo = -1;
	tree_remove();
	return 0;
}

/* ---- decoders ---- */

static const struct {
	uint16_t type;
	enum csme_fact fact;
	uint8_t least, most, also; /* lengths that are right */
} lengths[] = {
	{ 0x65, CSME_AUTH, 4, 4, 4 },		{ 0x3d, CSME_SSID, 0, 32, 0 },
	{ 0x51, CSME_CIPHER, 4, 4, 4 },		{ 0x66, CSME_CHANNEL, 1, 1, 1 },
	{ 0x0a, CSME_BSSID, 6, 6, 6 },		{ 0x69, CSME_BAND, 1, 1, 1 },
	{ 0x70, CSME_COLLOC_CHANNEL, 1, 1, 4 }, { 0x71, CSME_COLLOC_BSSID, 6, 6, 6 },
};

static void build_connection(void)
{
	k_data(NL80211_CMD_VENDOR, 0);
	k_nest(NL80211_ATTR_VENDOR_DATA);
	k_put_u32(0x65, 9);
	k_put(0x3d, "a\0b", 3);
	k_put_u32(0x51, 8);
	k_put_u8(0x66, 37);
	k_put_mac(0x0a, AP);
	k_put_u8(0x69, 2);
	k_put_u8(0x70, 36);
	k_put_mac(0x71, "02:43:53:4d:45:bb");
	k_nest_end();
}

static bool decodes(struct csme_connection *c)
{
	struct attrs a = k_attrs(0);
	bool ok = decode_csme_connection(&a, c);

	k_attrs_free(a);
	return ok;
}

static void connection_is_read_fact_by_fact(void **state)
{
	static const uint8_t bssid[] = { 2, 0x43, 0x53, 0x4d, 0x45, 0xaa };
	struct csme_connection c;

	(void)state;
	build_connection();
	assert_true(decodes(&c));
	assert_int_equal(c.has, (1 << CSME_FACTS) - 1);
	assert_int_equal(c.malformed, 0);
	assert_false(c.torn);
	assert_int_equal(c.auth, 9);
	assert_int_equal(c.ssid_len, 3);
	assert_memory_equal(c.ssid, "a\0b", 3);
	assert_int_equal(c.cipher, 8);
	assert_int_equal(c.channel, 37);
	assert_memory_equal(c.bssid, bssid, ADDR_LEN);
	assert_int_equal(c.band, 2);
	assert_int_equal(c.colloc_channel, 36);
	assert_int_equal(c.colloc_bssid[5], 0xbb);
	k_data(NL80211_CMD_VENDOR, 0);
	assert_false(decodes(&c)); /* nothing of the last one is left */
	assert_int_equal(c.has, 0);
}

/* One that is told in a wrong length, alone among others that are right. */
static void every_fact_has_its_length(void **state)
{
	static const uint8_t bytes[50] = { 1 };

	(void)state;
	for (size_t n = 0; n < ARRAY_SIZE(lengths); n++)
		for (size_t len = 0; len <= 40; len++) {
			uint16_t other = n ? 0x65 : 0x51;
			struct csme_connection c;
			bool right;

			k_reset();
			k_data(NL80211_CMD_VENDOR, 0);
			k_nest(NL80211_ATTR_VENDOR_DATA);
			k_put(lengths[n].type, bytes, len);
			k_put_u32(other, 7);
			k_nest_end();
			assert_true(decodes(&c));
			right = (len >= lengths[n].least && len <= lengths[n].most) ||
				len == lengths[n].also;
			if (c.malformed != (right ? 0 : 1u << lengths[n].fact) ||
			    csme_has(&c, lengths[n].fact) != right)
				fail_msg("attribute 0x%x of %zu bytes", lengths[n].type, len);
			assert_true(csme_has(&c, n ? CSME_AUTH : CSME_CIPHER));
			assert_false(c.torn);
		}
}

static void fact_that_is_told_twice_is_not_known(void **state)
{
	static const uint8_t bytes[6] = { 1 };

	(void)state;
	for (size_t n = 0; n < ARRAY_SIZE(lengths); n++)
		for (int times = 2; times <= 3; times++)
			for (int wrong = -1; wrong < 2; wrong++) { /* which of them is malformed */
				struct csme_connection c;

				k_reset();
				k_data(NL80211_CMD_VENDOR, 0);
				k_nest(NL80211_ATTR_VENDOR_DATA);
				for (int k = 0; k < times; k++)
					k_put(lengths[n].type, k == wrong ? tree : (void *)bytes,
					      k == wrong ? 35 : lengths[n].most % 32);
				k_put_u8(0x64, 1); /* no fact of a connection */
				k_nest_end();
				assert_true(decodes(&c));
				assert_int_equal(c.has, 0);
				assert_int_equal(c.malformed, 1u << lengths[n].fact);
			}
}

/* What is whole is known, and that there was more is, too. */
static void report_cut_at_every_byte(void **state)
{
	uint8_t bytes[200];
	struct attrs whole;
	size_t len, ends[CSME_FACTS] = { 8, 15, 24, 29, 42, 49, 57, 70 };
	/* in the order in which they are built */
	enum csme_fact order[CSME_FACTS] = { CSME_AUTH,		  CSME_SSID,	    CSME_CIPHER,
					     CSME_CHANNEL,	  CSME_BSSID,	    CSME_BAND,
					     CSME_COLLOC_CHANNEL, CSME_COLLOC_BSSID };

	(void)state;
	build_connection();
	whole = k_attrs(0);
	len = attr_len(whole.head);
	assert_true(len <= sizeof(bytes));
	memcpy(bytes, attr_data(whole.head), len);
	k_attrs_free(whole);
	for (size_t n = 0; n <= len; n++) {
		struct csme_connection c;
		uint32_t has = 0;
		bool torn = n != 0;

		k_reset();
		k_data(NL80211_CMD_VENDOR, 0);
		k_put(NL80211_ATTR_VENDOR_DATA, bytes, n);
		assert_true(decodes(&c));
		for (int k = 0; k < CSME_FACTS; k++) {
			size_t padded = (ends[k] + 3) & ~(size_t)3;

			if (n >= ends[k])
				has |= 1u << order[k];
			if (n >= ends[k] && n <= padded)
				torn = false;
		}
		if (c.has != has || c.malformed || c.torn != torn)
			fail_msg("%zu bytes: has 0x%x instead of 0x%x, torn %d", n, c.has, has,
				 c.torn);
	}
}

static void answer_that_is_no_report(void **state)
{
	struct csme_connection c;

	(void)state;
	k_data(NL80211_CMD_VENDOR, 0);
	k_put_u32(NL80211_ATTR_VENDOR_ID, INTEL_OUI);
	assert_false(decodes(&c));
	k_data(NL80211_CMD_VENDOR, 0);
	k_put(NL80211_ATTR_VENDOR_DATA, NULL, 0);
	assert_true(decodes(&c));
	assert_false(c.has || c.malformed || c.torn);
	build_connection();
	for (size_t cut = 1; cut <= k_attrs_len(); cut++) {
		struct attrs a = k_attrs(cut);

		assert_false(decode_csme_connection(&a, &c));
		k_attrs_free(a);
	}
	build_connection();
	k_raw(&(struct nlattr){ .nla_len = 3 }, 4);
	assert_false(decodes(&c));
	build_connection();
	k_nest(NL80211_ATTR_VENDOR_DATA);
	k_put_u8(0x66, 1);
	k_nest_end();
	k_put(NL80211_ATTR_VENDOR_DATA, "\1", 1);
	k_nest(NL80211_ATTR_VENDOR_DATA);
	k_put_u32(0x65, 7);
	k_nest_end();
	assert_true(decodes(&c));
	assert_int_equal(c.malformed, 1 << CSME_CHANNEL | 1 << CSME_AUTH);
	assert_true(c.torn);
	assert_true(csme_has(&c, CSME_SSID));
}

static void numbers_have_the_names_of_intels_header(void **state)
{
	static const char *const
		auths[] = { [0] = "open", [6] = "rsna", [7] = "rsna-psk", [9] = "sae" },
		*const ciphers[] = {
			[0] = "none", [2] = "tkip", [4] = "ccmp", [8] = "gcmp", [9] = "gcmp-256"
		};

	(void)state;
	for (uint32_t n = 0; n < 300; n++) {
		const char *auth = n < ARRAY_SIZE(auths) ? auths[n] : NULL;
		const char *cipher = n < ARRAY_SIZE(ciphers) ? ciphers[n] : NULL;

		if (auth)
			assert_string_equal(csme_auth_word(n), auth);
		else
			assert_null(csme_auth_word(n));
		if (cipher)
			assert_string_equal(csme_cipher_word(n), cipher);
		else
			assert_null(csme_cipher_word(n));
	}
	assert_null(csme_auth_word(UINT32_MAX));
	assert_null(csme_cipher_word(UINT32_MAX));
}

static void put_roaming(uint32_t vendor, uint32_t subcmd, uint32_t ifindex, uint8_t forbidden)
{
	k_put_u32(NL80211_ATTR_VENDOR_ID, vendor);
	k_put_u32(NL80211_ATTR_VENDOR_SUBCMD, subcmd);
	k_put_u32(NL80211_ATTR_IFINDEX, ifindex);
	k_nest(NL80211_ATTR_VENDOR_DATA);
	k_put_mac(0x02, "02:00:00:00:00:01");
	k_put_u8(0x64, forbidden);
	k_nest_end();
}

static bool roaming_decodes(struct csme_roaming *r)
{
	struct attrs a = k_attrs(0);
	bool ok = decode_csme_roaming(&a, r);

	k_attrs_free(a);
	return ok;
}

static bool roaming_with(uint16_t outer, uint16_t inner, size_t len)
{
	struct csme_roaming r;

	k_reset();
	k_data(NL80211_CMD_VENDOR, 0);
	put_roaming(INTEL_OUI, 0x32, 7, 1);
	if (inner)
		k_nest(outer);
	k_put_number(inner ? inner : outer, INTEL_OUI, len);
	if (inner)
		k_nest_end();
	return roaming_decodes(&r);
}

static void roaming_event_is_read(void **state)
{
	struct csme_roaming r;

	(void)state;
	k_data(NL80211_CMD_VENDOR, 0);
	put_roaming(0x1735, 0x32, 7, 1);
	assert_true(roaming_decodes(&r));
	assert_true(r.has_ifindex && r.has_addr && r.has_forbidden);
	assert_int_equal(r.ifindex, 7);
	assert_int_equal(r.forbidden, 1);
	assert_int_equal(r.addr[5], 1);
	for (size_t cut = 1; cut <= k_attrs_len(); cut++) {
		struct attrs a = k_attrs(cut);

		/* it may end with any whole attribute */
		assert_int_equal(decode_csme_roaming(&a, &r), a.len == 16 || a.len == 24);
		k_attrs_free(a);
	}
	k_data(NL80211_CMD_VENDOR, 0);
	put_roaming(0x1736, 0x32, 7, 1);
	assert_false(roaming_decodes(&r));
	k_data(NL80211_CMD_VENDOR, 0);
	put_roaming(0x1735, 0x31, 7, 1);
	assert_false(roaming_decodes(&r));
	k_data(NL80211_CMD_VENDOR, 0);
	assert_false(roaming_decodes(&r));
	assert_false(r.has_ifindex || r.has_addr || r.has_forbidden);
	for (size_t len = 0; len <= 10; len++) {
		assert_int_equal(roaming_with(NL80211_ATTR_IFINDEX, 0, len), len == 4);
		assert_int_equal(roaming_with(NL80211_ATTR_VENDOR_DATA, 0x02, len), len == 6);
		assert_int_equal(roaming_with(NL80211_ATTR_VENDOR_DATA, 0x64, len), len == 1);
		assert_int_equal(roaming_with(NL80211_ATTR_VENDOR_ID, 0, len), len == 4);
		assert_int_equal(roaming_with(NL80211_ATTR_VENDOR_DATA, 0x03, len), true);
		if (len != 4)
			assert_false(roaming_with(NL80211_ATTR_VENDOR_SUBCMD, 0, len));
	}
	k_reset();
	k_data(NL80211_CMD_VENDOR, 0);
	put_roaming(0x1735, 0x32, 7, 1);
	k_put(NL80211_ATTR_VENDOR_DATA, "\7\0\x64", 3);
	assert_false(roaming_decodes(&r));
}

/* ---- sysfs and rfkill ---- */

static void files_below_sys_are_read_by_their_first_line(void **state)
{
	char buf[8], deep[5000];
	uint64_t v = 7;

	(void)state;
	put_file("one\ntwo\n", "a/b");
	assert_true(sysfs_read(buf, sizeof(buf), "%s/%c", "a", 'b'));
	assert_string_equal(buf, "one");
	put_file("one two three", "a/b");
	assert_true(sysfs_read(buf, sizeof(buf), "a/b"));
	assert_string_equal(buf, "one two");
	put_file("", "a/b");
	assert_true(sysfs_read(buf, sizeof(buf), "a/b"));
	assert_string_equal(buf, "");
	assert_false(sysfs_read(buf, sizeof(buf), "a/c"));
	assert_false(sysfs_read(buf, sizeof(buf), "a"));
	assert_false(sysfs_number(&v, "a/b"));
	put_file("12x\n", "a/b");
	assert_false(sysfs_number(&v, "a/b"));
	put_file("-1\n", "a/b");
	assert_false(sysfs_number(&v, "a/b"));
	assert_false(sysfs_number(&v, "a/c"));
	put_file("0x1f\n", "a/b");
	assert_true(sysfs_number(&v, "a/%s", "b"));
	assert_int_equal(v, 31);
	memset(deep, 'a', sizeof(deep) - 1);
	deep[sizeof(deep) - 1] = '\0';
	assert_false(sysfs_read(buf, sizeof(buf), "%s", deep));
	assert_false(sysfs_number(&v, "%s", deep));
	assert_false(sysfs_exists("%s", deep));
	assert_false(sysfs_link(buf, sizeof(buf), "%s", deep));
	sysfs_root = deep;
	assert_false(sysfs_exists("a"));
}

static void links_below_sys_are_read_by_their_last_name(void **state)
{
	char name[8] = "before";

	(void)state;
	link_to("../x/iwlwifi", "a/l");
	assert_true(sysfs_link(name, sizeof(name), "a/%c", 'l'));
	assert_string_equal(name, "iwlwifi");
	link_to("alone", "a/l");
	assert_true(sysfs_link(name, sizeof(name), "a/l"));
	assert_string_equal(name, "alone");
	link_to("../x/too-long", "a/l");
	assert_false(sysfs_link(name, sizeof(name), "a/l"));
	put_file("", "a/f");
	assert_false(sysfs_link(name, sizeof(name), "a/f"));
	assert_false(sysfs_link(name, sizeof(name), "a/none"));
	assert_string_equal(name, "alone");
	assert_true(sysfs_exists("a/f") && sysfs_exists("a"));
	assert_false(sysfs_exists("a/none"));
}

/* Only the wiphy's number tells, whatever the names and the numbers of others are. */
static void rfkill_device_is_found_by_the_number_of_its_wiphy(void **state)
{
	uint32_t index = 99;

	(void)state;
	put_rfkill(0, "../../../class/bluetooth", 0);
	put_rfkill(1, "../../../class/ieee80211", 3);
	put_rfkill(5, "../../../class/ieee80211", 10);
	put_file("phy1\n", "class/rfkill/rfkill3/name");
	put_file("phy0\n", "class/rfkill/rfkill5/name");
	assert_true(rfkill_find(0, &index));
	assert_int_equal(index, 3);
	assert_true(rfkill_find(3, &index));
	assert_int_equal(index, 1);
	assert_true(rfkill_find(10, &index));
	assert_int_equal(index, 5);
	assert_false(rfkill_find(1, &index));
	assert_false(rfkill_find(2, &index));
	assert_int_equal(index, 5);
	/* of another network namespace, its own directory is not to be seen */
	drop("class/rfkill/rfkill3/device/subsystem");
	assert_false(rfkill_find(0, &index));
	put_rfkill(3, "x/ieee80211", 0);
	put_file("x\n", "class/rfkill/rfkill3/index");
	assert_false(rfkill_find(0, &index));
	put_file("4294967296\n", "class/rfkill/rfkill3/index");
	assert_false(rfkill_find(0, &index));
	put_file("4294967295\n", "class/rfkill/rfkill3/index");
	assert_true(rfkill_find(0, &index));
	assert_int_equal(index, UINT32_MAX);
	put_file("0\n", "class/other/rfkill3/index");
	sysfs_root = "/nonexistent";
	assert_false(rfkill_find(0, &index));
}

static void rfkill_device_is_read(void **state)
{
	struct rfkill r = { .index = 77 };

	(void)state;
	put_blocks(true, false, -1);
	assert_true(rfkill_read(3, &r));
	assert_true(r.index == 3 && r.soft && !r.hard && !r.has_reasons && !r.reasons);
	put_blocks(false, true, 3);
	assert_true(rfkill_read(3, &r));
	assert_true(r.index == 3 && !r.soft && r.hard && r.has_reasons && r.reasons == 3);
	drop("class/rfkill/rfkill3/soft");
	assert_false(rfkill_read(3, &r));
	put_blocks(false, true, 3);
	drop("class/rfkill/rfkill3/hard");
	assert_false(rfkill_read(3, &r));
	assert_false(rfkill_read(4, &r));
	assert_int_equal(r.reasons, 3);
}

/* Lifted after the block was read, and before its reason is: that waits for this process. */
static void rfkill_device_that_changes_while_it_is_read(void **state)
{
	char place[400];
	struct rfkill r;
	pid_t pid;

	(void)state;
	drop("class/rfkill/rfkill3/hard_block_reasons");
	snprintf(place, sizeof(place), "%s/class/rfkill/rfkill3/hard_block_reasons", tree);
	assert_int_equal(mkfifo(place, 0600), 0);
	pid = fork();
	if (!pid) {
		int reasons = open(place, O_WRONLY | O_CLOEXEC);

		drop("class/rfkill/rfkill3/hard_block_reasons");
		put_blocks(false, false, 0);
		_exit(write(reasons, "0x0\n", 4) != 4);
	}
	assert_true(rfkill_read(3, &r));
	assert_true(!r.hard && r.has_reasons && !r.reasons);
	assert_int_equal(waitpid(pid, NULL, 0), pid);
}

static void tell(int fd, uint32_t index, uint8_t op, uint8_t soft, uint8_t hard, uint8_t reasons,
		 size_t len)
{
	struct rfkill_event_ext e = { .idx = index,
				      .type = RFKILL_TYPE_WLAN,
				      .op = op,
				      .soft = soft,
				      .hard = hard,
				      .hard_block_reasons = reasons };

	assert_int_equal(write(fd, &e, len), (ssize_t)len);
}

static void rfkill_events_are_read_one_by_one(void **state)
{
	struct rfkill r = { .index = 77 };
	int ends[2];

	(void)state;
	assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_NONBLOCK, 0, ends), 0);
	assert_int_equal(rfkill_next(ends[0], 3, &r), RFKILL_NOTHING);
	tell(ends[1], 2, RFKILL_OP_CHANGE, 1, 1, 2, 9);
	assert_int_equal(rfkill_next(ends[0], 3, &r), RFKILL_NOTHING);
	assert_int_equal(r.index, 77);
	tell(ends[1], 2, RFKILL_OP_DEL, 0, 0, 0, 9);
	tell(ends[1], 3, RFKILL_OP_ADD, 0, 1, 2, 9);
	tell(ends[1], 3, RFKILL_OP_CHANGE, 1, 0, 0, 9);
	tell(ends[1], 3, RFKILL_OP_CHANGE, 0, 1, 2, 8); /* a kernel before 5.11 */
	assert_int_equal(rfkill_next(ends[0], 3, &r), RFKILL_CHANGED);
	assert_true(r.index == 3 && !r.soft && r.hard && r.has_reasons && r.reasons == 2);
	assert_int_equal(rfkill_next(ends[0], 3, &r), RFKILL_CHANGED);
	assert_true(r.index == 3 && r.soft && !r.hard && r.has_reasons && !r.reasons);
	assert_int_equal(rfkill_next(ends[0], 3, &r), RFKILL_CHANGED);
	assert_true(!r.soft && r.hard && !r.has_reasons && !r.reasons);
	tell(ends[1], 3, RFKILL_OP_DEL, 0, 0, 0, 9);
	assert_int_equal(rfkill_next(ends[0], 3, &r), RFKILL_GONE);
	tell(ends[1], 3, RFKILL_OP_CHANGE, 0, 0, 0, 7);
	assert_int_equal(rfkill_next(ends[0], 3, &r), RFKILL_LOST);
	tell(ends[1], 3, RFKILL_OP_CHANGE, 1, 0, 0, 9);
	close(ends[1]);
	assert_int_equal(rfkill_next(ends[0], 3, &r), RFKILL_CHANGED);
	assert_int_equal(rfkill_next(ends[0], 3, &r), RFKILL_LOST);
	close(ends[0]);
	assert_int_equal(rfkill_next(ends[0], 3, &r), RFKILL_LOST);
}

static void what_is_no_rfkill_device_is_closed_again(void **state)
{
	int before = dup(0), after;

	(void)state;
	assert_int_equal(rfkill_open(), -1);
	put_file("", "rfkill");
	assert_int_equal(rfkill_open(), -1);
	drop("rfkill");
	assert_int_equal(mkfifo(device, 0600), 0);
	assert_int_equal(rfkill_open(), -1);
	after = dup(0);
	assert_int_equal(after, before + 1);
	close(before);
	close(after);
}

static void who_owns_the_radio(void **state)
{
	static const struct {
		bool hard;
		uint8_t reasons;
		bool owned;
	} rows[] = { { false, 0, true },    { true, 2, false }, { true, 3, false },
		     { true, 1, true },	    { true, 0, true },	{ true, 4, true },
		     { true, 0xfe, false }, { false, 2, true } };

	(void)state;
	for (size_t n = 0; n < ARRAY_SIZE(rows); n++)
		for (int soft = 0; soft < 2; soft++)
			assert_int_equal(
				rfkill_is_owned(&(struct rfkill){ .soft = soft,
								  .hard = rows[n].hard,
								  .has_reasons = true,
								  .reasons = rows[n].reasons }),
				rows[n].owned);
	assert_string_equal(rfkill_reason(0), "signal");
	assert_string_equal(rfkill_reason(1), "not-owner");
	for (unsigned int bit = 2; bit < 40; bit++)
		assert_null(rfkill_reason(bit));
}

/* ---- waiting for several things ---- */

static int calls, reads;

static bool count_call(void *arg)
{
	char byte;

	reads++;
	if (read(*(int *)arg, &byte, 1) != 1)
		return false;
	calls++;
	return byte == 'x';
}

static bool no_event(void *arg, uint8_t cmd, const struct attrs *a)
{
	(void)arg;
	(void)cmd;
	(void)a;
	return true;
}

static void check_sources(struct ctx *ctx)
{
	int ends[2], wrong[2];

	assert_int_equal(pipe2(ends, O_NONBLOCK), 0);
	assert_int_equal(pipe2(wrong, O_NONBLOCK), 0);
	assert_int_equal(listen_also(ctx, ends[0], count_call, &ends[0]), ST_OK);
	assert_int_equal(listen_until(ctx, now_ms() + 30, no_event, NULL), ST_UNMET);
	assert_int_equal(calls, 0);
	assert_int_equal(write(ends[1], "a", 1), 1);
	assert_int_equal(listen_until(ctx, now_ms() + 30, no_event, NULL), ST_UNMET);
	assert_int_equal(calls, 1);
	assert_int_equal(write(ends[1], "ax", 2), 2);
	assert_int_equal(listen_until(ctx, 0, no_event, NULL), ST_OK);
	assert_int_equal(calls, 3);
	/* one that has nothing is not called for another that has */
	assert_int_equal(listen_also(ctx, wrong[0], count_call, &wrong[0]), ST_OK);
	reads = 0;
	assert_int_equal(write(wrong[1], "x", 1), 1);
	assert_int_equal(listen_until(ctx, 0, no_event, NULL), ST_OK);
	assert_int_equal(calls, 4);
	assert_int_equal(reads, 1);
	/* what one says, the next does not take back */
	assert_int_equal(write(ends[1], "x", 1), 1);
	assert_int_equal(write(wrong[1], "a", 1), 1);
	assert_int_equal(listen_until(ctx, now_ms() + 1000, no_event, NULL), ST_OK);
	assert_int_equal(calls, 6);
	ctx->n_sources = (int)ARRAY_SIZE(ctx->sources);
	assert_int_equal(listen_also(ctx, wrong[0], count_call, &wrong[0]), ST_SYSTEM);
	assert_int_equal(ctx->n_sources, (int)ARRAY_SIZE(ctx->sources));
	ctx->n_sources = 0;
}

static int blocked_signals(void)
{
	static const int signals[] = { SIGHUP, SIGINT, SIGTERM, SIGCHLD, SIGQUIT, SIGPIPE };
	int blocked = 0;
	sigset_t set;

	sigprocmask(SIG_SETMASK, NULL, &set);
	for (size_t n = 0; n < ARRAY_SIZE(signals); n++)
		blocked |= sigismember(&set, signals[n]) << n;
	return blocked;
}

static void check_signals(struct ctx *ctx)
{
	static const int signals[] = { SIGINT, SIGTERM, SIGHUP };

	signal(SIGCHLD, SIG_IGN); /* which would mean that there are no children */
	assert_int_equal(listen_signals(ctx), ST_OK);
	for (size_t n = 0; n < ARRAY_SIZE(signals); n++) {
		ctx->interrupted = 0;
		kill(getpid(), signals[n]);
		assert_int_equal(ctx->interrupted, 0);
		assert_int_equal(listen_until(ctx, 0, no_event, NULL), ST_OK);
		assert_int_equal(ctx->interrupted, signals[n]);
	}
	ctx->interrupted = 0;
	kill(getpid(), SIGCHLD);
	assert_int_equal(listen_until(ctx, 0, no_event, NULL), ST_OK);
	assert_int_equal(ctx->interrupted, 0);
	assert_int_equal(listen_until(ctx, now_ms() + 30, no_event, NULL), ST_UNMET);
	assert_int_equal(blocked_signals(), 15);
	assert_true(fcntl(ctx->signal_fd, F_GETFD) & FD_CLOEXEC);
	unblock_signals();
	assert_int_equal(blocked_signals(), 0);
	/* what is ignored stays so */
	signal(SIGHUP, SIG_IGN);
	assert_int_equal(listen_signals(ctx), ST_OK);
	assert_int_equal(blocked_signals(), 14);
	kill(getpid(), SIGHUP);
	assert_int_equal(listen_until(ctx, now_ms() + 30, no_event, NULL), ST_UNMET);
	signal(SIGHUP, SIG_DFL);
	unblock_signals();
}

/* In this very process, so that there is one test of it. */
static void several_things_are_waited_for(void **state)
{
	struct ctx ctx = { .family = { .id = K_FAMILY_ID, .groups = { 5, 8, 10 } } };

	(void)state;
	assert_int_equal(listen_open(&ctx, 1u << GROUP_VENDOR), ST_OK);
	check_sources(&ctx);
	check_signals(&ctx);
	transport_close(&ctx);
}

/* ---- the script of a radio that is shared ---- */

static void put_vendor_lists(void)
{
	k_nest(NL80211_ATTR_VENDOR_DATA);
	k_put(1, (uint32_t[]){ 0x1735, 0x2d }, 8);
	k_put(2, (uint32_t[]){ 0x1735, 0x30 }, 8);
	k_nest_end();
}

static void turn_open(void)
{
	k_turn();
	k_iface(0, NL80211_IFTYPE_STATION);
	k_turn();
	k_wiphy(NLM_F_MULTI, 0, "phy0");
	k_wiphy(NLM_F_MULTI, 0, "phy0");
	put_vendor_lists();
	k_done(0);
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

static void begin_connection(void)
{
	k_turn();
	k_data(NL80211_CMD_VENDOR, 0);
	k_put_u32(NL80211_ATTR_WIPHY, 0);
	k_put_u32(NL80211_ATTR_VENDOR_ID, INTEL_OUI);
	k_put_u32(NL80211_ATTR_VENDOR_SUBCMD, INTEL_CMD_GET_CSME_CONN_INFO);
	k_nest(NL80211_ATTR_VENDOR_DATA);
}

static void put_connection(uint32_t auth, const void *ssid, size_t len, uint32_t cipher,
			   uint8_t channel, const char *bssid)
{
	begin_connection();
	k_put_u32(INTEL_ATTR_AUTH_MODE, auth);
	k_put(INTEL_ATTR_SSID, ssid, len);
	k_put_u32(INTEL_ATTR_STA_CIPHER, cipher);
	k_put_u8(INTEL_ATTR_CHANNEL_NUM, channel);
	if (bssid)
		k_put_mac(INTEL_ATTR_ADDR, bssid);
	k_nest_end();
}

static void turn_radio(const uint32_t *mhz)
{
	k_turn();
	k_wiphy(NLM_F_MULTI, 0, "phy0");
	k_nest(NL80211_ATTR_WIPHY_BANDS);
	k_nest(0);
	k_nest(NL80211_BAND_ATTR_FREQS);
	for (uint16_t n = 0; mhz[n]; n++) {
		k_nest(n);
		k_put_u32(NL80211_FREQUENCY_ATTR_FREQ, mhz[n]);
		k_nest_end();
	}
	k_nest_end();
	k_nest_end();
	k_nest_end();
	k_wiphy(NLM_F_MULTI, 0, "phy0");
	k_done(0);
}

static void put_bss(const char *bssid, uint32_t mhz)
{
	k_data(NL80211_CMD_NEW_SCAN_RESULTS, NLM_F_MULTI);
	k_nest(NL80211_ATTR_BSS);
	k_put_mac(NL80211_BSS_BSSID, bssid);
	if (mhz)
		k_put_u32(NL80211_BSS_FREQUENCY, mhz);
	k_nest_end();
}

/* Numbers of ms and us are as they are; what the rest says is exact. */
static char *masked(char *text)
{
	char *to = text;

	for (const char *p = text; *p;) {
		size_t n = strspn(p, "0123456789.");

		if (n && (!strncmp(p + n, " ms", 3) ||
			  (to - text > 5 && !strncmp(to - 5, "_us\":", 5)))) {
			while (to - text > 1 && to[-1] == ' ' && to[-2] == ' ')
				to--;
			*to++ = 'T';
			p += n;
		} else {
			memmove(to, p, n + !n);
			to += n + !n;
			p += n + !n;
		}
	}
	*to = '\0';
	return text;
}

#define assert_masked(line, status, out, err, sent) \
	check_masked(run(line), status, out, err, sent, __FILE__, __LINE__)
static void check_masked(const struct run *r, int status, const char *out, const char *err,
			 const char *sent, const char *file, int line)
{
	masked(r->out);
	masked(r->err);
	k_assert_run(r, status, out, err, sent, file, line);
}

/* ---- what happens meanwhile ---- */

static void lift(void)
{
	put_blocks(false, false, 0);
}

static void take(void)
{
	put_blocks(false, true, RFKILL_HARD_BLOCK_NOT_OWNER);
}

static void interrupt(void)
{
	kill(getpid(), SIGINT);
}

/* As when the device goes away. */
static void go(void)
{
	drop("class/rfkill/rfkill3/hard");
}

/* By a process of its own that is nobody's child. */
static void later(unsigned int ms, void (*fn)(void))
{
	pid_t pid = fork();
	int status;

	if (!pid) {
		if (fork())
			_exit(0);
		usleep(ms * 1000);
		fn();
		_exit(0);
	}
	waitpid(pid, &status, 0);
}

static void lift_later(void)
{
	later(150, lift);
}

static void go_later(void)
{
	later(150, go);
}

static pid_t program;

static void interrupt_program(void)
{
	kill(program, SIGTERM);
}

static void interrupt_later(void)
{
	program = getpid();
	later(150, interrupt_program);
}

/* ---- why not ---- */

static void turn_plain(void)
{
	k_turn();
	k_iface(0, NL80211_IFTYPE_STATION);
	k_turn();
	k_wiphy(NLM_F_MULTI, 0, "phy0");
	k_done(0);
}

#define NO_COMMANDS "the driver of this phy has no commands for Intel's CSME firmware\n"

static void says_why_not(const char *why)
{
	static const char *const commands_of_it[] = { "info",
						      "info --wpa-supplicant",
						      "own",
						      "wait",
						      "events",
						      "takeover",
						      "takeover --exec touch/nonexistent" };

	for (size_t n = 0; n < ARRAY_SIZE(commands_of_it); n++) {
		char line[80], err[300];
		size_t word = strcspn(commands_of_it[n], " ");

		snprintf(line, sizeof(line), "dev lo csme %s", commands_of_it[n]);
		snprintf(err, sizeof(err), "iw-mlo: dev lo csme %.*s: %s", (int)word,
			 commands_of_it[n], why);
		assert_run(run(line), ST_REFUSED, "", err, OPEN);
	}
}

static void driver_without_the_commands(void **state)
{
	(void)state;
	turn_plain();
	says_why_not(NO_COMMANDS);
	link_to("../../../bus/pci/drivers/ath12k", "class/ieee80211/phy0/device/driver");
	says_why_not("the driver of this phy, ath12k, has no commands for Intel's CSME firmware: "
		     "only iwlwifi has\n");
	link_to("../x/iwlwifi", "class/ieee80211/phy1/device/driver"); /* of another */
	put_file("", "module/iwlmei/x");
	says_why_not("the driver of this phy, ath12k, has no commands for Intel's CSME firmware: "
		     "only iwlwifi has\n");
	link_to("a\033b\"", "class/ieee80211/phy0/device/driver");
	says_why_not("the driver of this phy, a\\x1bb\\x22, has no commands for Intel's CSME "
		     "firmware: only iwlwifi has\n");
}

static void iwlwifi_without_the_commands(void **state)
{
	static const char none[] = "this kernel has no iwlmei loaded, which iwlwifi's commands for "
				   "the CSME firmware come from (CONFIG_IWLMEI depends on BROKEN "
				   "in current kernels)\n";

	(void)state;
	turn_plain();
	link_to("../x/iwlwifi", "class/ieee80211/phy0/device/driver");
	says_why_not(none);
	put_file("", "module/iwlmvm/x");
	says_why_not(none);
	put_file("", "module/iwlmld/x");
	says_why_not(none); /* which of the two drives the device is not known */
	put_file("", "module/iwlmei/x");
	says_why_not(
		"iwlmei is loaded, but the driver of this phy offers none of its commands: the "
		"device has no CSME firmware, or it is driven by iwlmld\n");
}

static void device_of_iwlmld(void **state)
{
	(void)state;
	turn_plain();
	link_to("../x/iwlwifi", "class/ieee80211/phy0/device/driver");
	put_file("", "module/iwlmld/x");
	says_why_not("the device is driven by iwlmld, which has no commands for Intel's CSME "
		     "firmware\n");
}

/* One of the two commands alone is not what iwlmvm has. */
static void half_of_the_commands(void **state)
{
	(void)state;
	for (uint32_t n = 0; n < 2; n++) {
		k_reset();
		k_turn();
		k_iface(0, NL80211_IFTYPE_STATION);
		k_turn();
		k_wiphy(NLM_F_MULTI, 0, "phy0");
		k_nest(NL80211_ATTR_VENDOR_DATA);
		k_put(1, (uint32_t[]){ 0x1735, n ? 0x2d : 0x30 }, 8);
		k_nest_end();
		k_done(0);
		says_why_not(NO_COMMANDS);
	}
}

static void interface_that_is_not_there(void **state)
{
	(void)state;
	assert_run(run("dev nosuchdev0 csme own"), ST_REFUSED, "",
		   "iw-mlo: dev nosuchdev0 csme own: no such interface\n", "");
	k_reset();
	k_turn();
	k_iface(0, NL80211_IFTYPE_STATION);
	k_turn();
	k_done(0);
	assert_run(run("dev lo csme own"), ST_REFUSED, "", FAILED("own") "the phy went away\n",
		   OPEN);
}

/* Neither is a request sent that could change anything. */
static void rfkill_that_is_not_to_be_seen(void **state)
{
	static const char why[] =
		"its rfkill device is not to be seen (is /sys that of this network "
		"namespace?)\n";
	char err[200];

	(void)state;
	turn_open();
	drop("class/rfkill/rfkill3/device/index");
	for (int n = 0; n < 4; n++) {
		static const char *const words[] = { "own", "wait", "events", "takeover" };
		char line[80];

		snprintf(line, sizeof(line), "dev lo csme %s", words[n]);
		snprintf(err, sizeof(err), "iw-mlo: dev lo csme %s: %s%s", words[n],
			 n == 3 ? "looking at the block: " : "", why);
		assert_run(run(line), ST_REFUSED, "", err, OPEN LISTEN);
	}
}

/* The firmware is not who blocks it: there is nothing to ask for. */
static void radio_that_is_switched_off(void **state)
{
	static const char why[] = "rfkill3 is hard-blocked by the radio's switch or another cause, "
				  "not by the CSME firmware: there is nothing to ask for\n";
	char err[300];

	(void)state;
	turn_open();
	for (int reasons = 0; reasons < 256; reasons += 85) { /* none has bit 1 but 170 */
		if (reasons & RFKILL_HARD_BLOCK_NOT_OWNER)
			continue;
		put_blocks(false, true, reasons);
		snprintf(err, sizeof(err), FAILED("own") "%s", why);
		assert_run(run("dev lo csme own"), ST_REFUSED, "", err, OPEN LISTEN);
		snprintf(err, sizeof(err), FAILED("takeover") "looking at the block: %s", why);
		assert_run(run("dev lo csme takeover"), ST_REFUSED, "", err, OPEN LISTEN);
	}
}

/* ---- info ---- */

#define HEAD "lo  phy0\n\towned no  rfkill3 hard-blocked: not-owner\n"
#define JHEAD                                                                     \
	"{\"ifname\":\"lo\",\"ifindex\":1,\"wdev\":\"0x1\",\"type\":\"station\"," \
	"\"addr\":\"02:00:00:00:00:01\",\"phy\":\"phy0\",\"wiphy\":0,"
#define JBLOCKED                                                                \
	"\"owned\":false,\"rfkill\":{\"index\":3,\"soft\":false,\"hard\":true," \
	"\"reasons\":[\"not-owner\"]}"

static void info_of_everything(void **state)
{
	(void)state;
	turn_open();
	begin_connection();
	k_put_u32(INTEL_ATTR_AUTH_MODE, 9);
	k_put(INTEL_ATTR_SSID, "Caf\xc3\xa9", 5);
	k_put_u32(INTEL_ATTR_STA_CIPHER, 9);
	k_put_u8(INTEL_ATTR_CHANNEL_NUM, 37);
	k_put_mac(INTEL_ATTR_ADDR, AP);
	k_put_u8(INTEL_ATTR_BAND, 2);
	k_put_u32(INTEL_ATTR_COLLOC_CHANNEL, 36);
	k_put_mac(INTEL_ATTR_COLLOC_ADDR, "02:43:53:4d:45:bb");
	k_nest_end();
	assert_run(run("dev lo csme info"), ST_OK,
		   HEAD REPORT "\t  ssid \"Caf\xc3\xa9\"\n"
			       "\t  bssid " AP "\n"
			       "\t  channel 37  6135 MHz (6GHz)  band by band\n"
			       "\t  auth sae\n"
			       "\t  cipher gcmp-256\n"
			       "\t  co-located channel 36\n"
			       "\t  co-located bssid 02:43:53:4d:45:bb\n",
		   "", OPEN CONN);
	assert_run(
		run("-j dev lo csme info"), ST_OK,
		JHEAD JBLOCKED
		",\"connection\":{\"ssid\":\"Caf\xc3\xa9\",\"ssid_hex\":\"436166c3a9\","
		"\"bssid\":\"" AP "\",\"channel\":37,\"freq_mhz\":6135,\"band\":\"6GHz\","
		"\"freq_source\":\"band\",\"band_number\":2,\"auth_mode\":9,\"auth\":\"sae\",\"sta_cipher\":9,"
		"\"cipher\":\"gcmp-256\",\"colloc_channel\":36,"
		"\"colloc_bssid\":\"02:43:53:4d:45:bb\"}}\n",
		"", OPEN CONN);
	assert_run(run("wdev 0x1 csme info"), ST_OK, NULL, "",
		   "get GET_INTERFACE WDEV=0100000000000000\n" DUMP_FULL
		   "get VENDOR WDEV=0100000000000000 VENDOR_ID=5941 VENDOR_SUBCMD=45\n");
}

static void info_of_a_report_without_facts(void **state)
{
	(void)state;
	turn_open();
	begin_connection();
	k_nest_end();
	assert_run(run("dev lo csme info"), ST_OK, HEAD REPORT, "", OPEN CONN);
	assert_run(run("-j dev lo csme info"), ST_OK, JHEAD JBLOCKED ",\"connection\":{}}\n", "",
		   OPEN CONN);
}

static void info_of_what_has_no_name(void **state)
{
	(void)state;
	turn_open();
	put_connection(4000000000, "", 0, 255, 0, "00:00:00:00:00:00");
	assert_run(run("dev lo csme info"), ST_OK,
		   HEAD REPORT "\t  ssid \"\"\n"
			       "\t  bssid 00:00:00:00:00:00\n"
			       "\t  channel 0\n"
			       "\t  auth unknown (4000000000)\n"
			       "\t  cipher unknown (255)\n",
		   "", OPEN CONN);
	assert_run(run("-j dev lo csme info"), ST_OK,
		   JHEAD JBLOCKED ",\"connection\":{\"ssid\":\"\",\"ssid_hex\":\"\","
				  "\"bssid\":\"00:00:00:00:00:00\",\"channel\":0,"
				  "\"freq_candidates_mhz\":[],\"auth_mode\":4000000000,"
				  "\"sta_cipher\":255}}\n",
		   "", OPEN CONN);
	k_reset();
	turn_open();
	put_connection(0, "\"\\\n\033\xff\0\xe2\x80\xae}#", 11, 0, 255, AP);
	assert_run(run("dev lo csme info"), ST_OK,
		   HEAD REPORT "\t  ssid \"\\x22\\x5c\\x0a\\x1b\\xff\\x00\\xe2\\x80\\xae}#\"\n"
			       "\t  bssid " AP "\n"
			       "\t  channel 255\n"
			       "\t  auth open\n"
			       "\t  cipher none\n",
		   "", OPEN CONN);
	assert_run(run("-j dev lo csme info"), ST_OK,
		   JHEAD JBLOCKED ",\"connection\":{\"ssid_hex\":\"225c0a1bff00e280ae7d23\","
				  "\"bssid\":\"" AP "\",\"channel\":255,"
				  "\"freq_candidates_mhz\":[],\"auth_mode\":0,\"auth\":\"open\","
				  "\"sta_cipher\":0,\"cipher\":\"none\"}}\n",
		   "", OPEN CONN);
}

static void info_of_what_is_malformed(void **state)
{
	(void)state;
	turn_open();
	begin_connection();
	k_put_u8(INTEL_ATTR_AUTH_MODE, 7);
	k_put(INTEL_ATTR_SSID, "123456789012345678901234567890123", 33);
	k_put_u16(INTEL_ATTR_STA_CIPHER, 4);
	k_put_u32(INTEL_ATTR_CHANNEL_NUM, 36);
	k_put(INTEL_ATTR_ADDR, "abcde", 5);
	k_put(INTEL_ATTR_BAND, "", 0);
	k_put_u64(INTEL_ATTR_COLLOC_CHANNEL, 1);
	k_put_u8(INTEL_ATTR_COLLOC_ADDR, 1);
	k_put_u32(99, 1);
	k_raw(&(struct nlattr){ .nla_len = 3 }, 4);
	k_nest_end();
	assert_run(run("dev lo csme info"), ST_OK,
		   HEAD REPORT "\t  auth malformed, not shown\n"
			       "\t  ssid malformed, not shown\n"
			       "\t  cipher malformed, not shown\n"
			       "\t  channel malformed, not shown\n"
			       "\t  bssid malformed, not shown\n"
			       "\t  band malformed, not shown\n"
			       "\t  colloc_channel malformed, not shown\n"
			       "\t  colloc_bssid malformed, not shown\n"
			       "\t  the report is cut short\n",
		   "", OPEN CONN);
	assert_run(run("-j dev lo csme info"), ST_OK,
		   JHEAD JBLOCKED ",\"connection\":{\"malformed\":[\"auth\",\"ssid\",\"cipher\","
				  "\"channel\",\"bssid\",\"band\",\"colloc_channel\","
				  "\"colloc_bssid\",\"end\"]}}\n",
		   "", OPEN CONN);
	assert_run(run("dev lo csme info --wpa-supplicant"), ST_REFUSED, "",
		   FAILED("info") "the firmware has reported no SSID: a network without one would "
				  "match any\n",
		   OPEN CONN);
}

static void info_without_a_connection(void **state)
{
	(void)state;
	turn_open();
	turn_nack(EINVAL);
	assert_run(run("dev lo csme info"), ST_OK,
		   HEAD "\tno connection: the firmware has reported none\n", "", OPEN CONN);
	assert_run(run("-j dev lo csme info"), ST_OK, JHEAD JBLOCKED "}\n", "", OPEN CONN);
	assert_masked("dev lo csme info --wpa-supplicant", ST_REFUSED, "",
		      "iw-mlo: dev lo csme info: the firmware has reported no connection\n",
		      OPEN CONN);
}

/* Who owns it, everybody may know. */
static void info_without_being_permitted(void **state)
{
	static const char err[] =
		FAILED("info") "the firmware's connection is not shown: " EPERM_TEXT
			       "; it needs CAP_NET_ADMIN: try as root\n";

	(void)state;
	turn_open();
	turn_nack(EPERM);
	assert_run(run("dev lo csme info"), ST_PARTIAL, HEAD, err, OPEN CONN);
	assert_run(run("-j dev lo csme info"), ST_PARTIAL, JHEAD JBLOCKED "}\n", err, OPEN CONN);
	assert_run(run("dev lo csme info --wpa-supplicant"), ST_REFUSED, "",
		   FAILED("info") REFUSED EPERM_TEXT AS_ROOT, OPEN CONN);
}

static void info_that_the_driver_refuses(void **state)
{
	static const int errs[] = { EOPNOTSUPP, ENODEV, ENOMEM, EIO };

	(void)state;
	for (size_t n = 0; n < ARRAY_SIZE(errs); n++) {
		const struct run *r;

		k_reset();
		turn_open();
		turn_nack(errs[n]);
		r = run("dev lo csme info");
		assert_run(r, ST_REFUSED, "", NULL, OPEN CONN);
		assert_non_null(strstr(r->err, errno_name(errs[n])));
	}
	k_reset();
	turn_open();
	k_turn();
	k_data(NL80211_CMD_VENDOR, 0);
	k_put_u32(NL80211_ATTR_VENDOR_ID, INTEL_OUI);
	assert_run(
		run("dev lo csme info"), ST_SYSTEM, "",
		FAILED("info") "the kernel sent what cannot be: its answer is malformed (-d shows "
			       "it)\n",
		OPEN CONN);
}

static void info_of_every_kind_of_block(void **state)
{
	static const struct {
		bool soft, hard;
		int reasons;
		const char *text, *json;
	} rows[] = {
		{ false, false, 0, "yes  rfkill3 not blocked",
		  "true,\"rfkill\":{\"index\":3,\"soft\":false,\"hard\":false}" },
		{ false, false, 2, "yes  rfkill3 not blocked",
		  "true,\"rfkill\":{\"index\":3,\"soft\":false,\"hard\":false}" },
		{ true, false, 0, "yes  rfkill3 soft-blocked",
		  "true,\"rfkill\":{\"index\":3,\"soft\":true,\"hard\":false}" },
		{ true, true, 2, "no  rfkill3 soft-blocked hard-blocked: not-owner",
		  "false,\"rfkill\":{\"index\":3,\"soft\":true,\"hard\":true,"
		  "\"reasons\":[\"not-owner\"]}" },
		{ false, true, 1, "yes  rfkill3 hard-blocked: signal",
		  "true,\"rfkill\":{\"index\":3,\"soft\":false,\"hard\":true,"
		  "\"reasons\":[\"signal\"]}" },
		{ false, true, 0x83, "no  rfkill3 hard-blocked: signal, not-owner, reason-0x80",
		  "false,\"rfkill\":{\"index\":3,\"soft\":false,\"hard\":true,"
		  "\"reasons\":[\"signal\",\"not-owner\",\"reason-0x80\"]}" },
		{ false, true, 4, "yes  rfkill3 hard-blocked: reason-0x4",
		  "true,\"rfkill\":{\"index\":3,\"soft\":false,\"hard\":true,"
		  "\"reasons\":[\"reason-0x4\"]}" },
		{ false, true, 0,
		  "yes  rfkill3 hard-blocked: for a reason that the kernel does not tell",
		  "true,\"rfkill\":{\"index\":3,\"soft\":false,\"hard\":true,\"reasons\":[]}" },
		{ false, true, -1,
		  "yes  rfkill3 hard-blocked: for a reason that the kernel does not tell",
		  "true,\"rfkill\":{\"index\":3,\"soft\":false,\"hard\":true}" },
	};
	char out[400];

	(void)state;
	turn_open();
	turn_nack(EINVAL);
	for (size_t n = 0; n < ARRAY_SIZE(rows); n++) {
		put_blocks(rows[n].soft, rows[n].hard, rows[n].reasons);
		snprintf(out, sizeof(out),
			 "lo  phy0\n\towned %s\n"
			 "\tno connection: the firmware has reported none\n",
			 rows[n].text);
		assert_run(run("dev lo csme info"), ST_OK, out, "", OPEN CONN);
		snprintf(out, sizeof(out), JHEAD "\"owned\":%s}\n", rows[n].json);
		assert_run(run("-j dev lo csme info"), ST_OK, out, "", OPEN CONN);
	}
	drop("class/rfkill/rfkill3/soft");
	assert_run(run("dev lo csme info"), ST_OK,
		   "lo  phy0\n\towned unknown: the rfkill device is not to be seen\n"
		   "\tno connection: the firmware has reported none\n",
		   "", OPEN CONN);
	snprintf(out, sizeof(out), "%.*s}\n", (int)strlen(JHEAD) - 1, JHEAD);
	assert_run(run("-j dev lo csme info"), ST_OK, out, "", OPEN CONN);
}

/* ---- where the channel is ---- */

#define NO_BAND 99
#define OTHER	"02:00:00:00:00:77"

static const struct {
	uint8_t channel, band;
	uint32_t heard, other, also; /* MHz: of the AP, of another, and of the AP again */
	uint32_t radio[4];
	const char *text;
} freqs[] = {
	/* alone: no other band has such a channel */
	{ 2, 2, 0, 0, 0, { 0 }, "  5935 MHz (6GHz)  band by band" },
	{ 1, 0, 0, 0, 0, { 0 }, "  2412 MHz (2.4GHz)  band by band" },
	{ 36, 1, 0, 0, 0, { 0 }, "  5180 MHz (5GHz)  band by band" },
	{ 36, 2, 0, 0, 0, { 0 }, "  6130 MHz (6GHz)  band by band" },
	{ 14, 1, 0, 0, 0, { 0 }, "  5070 MHz (5GHz)  band by band" },
	{ 36, 0, 0, 0, 0, { 0 }, "\n\t  band 2.4GHz" }, /* which has no channel 36 */
	{ 36, 3, 0, 0, 0, { 0 }, "\n\t  band unknown (3)" },
	{ 233, NO_BAND, 0, 0, 0, { 0 }, "  7115 MHz (6GHz)  band by channel" },
	{ 0, NO_BAND, 0, 0, 0, { 0 }, "" },
	{ 255, NO_BAND, 0, 0, 0, { 0 }, "" },
	/* where the AP was heard */
	{ 1, NO_BAND, 5955, 2412, 0, { 0 }, "  5955 MHz (6GHz)  band by bss-table" },
	{ 36, NO_BAND, 5180, 0, 0, { 0 }, "  5180 MHz (5GHz)  band by bss-table" },
	/* twice, once elsewhere: that it moved is nothing against what the firmware says */
	{ 36, NO_BAND, 5180, 0, 2412, { 0 }, "  5180 MHz (5GHz)  band by bss-table" },
	{ 36, NO_BAND, 2412, 0, 5180, { 0 }, "  5180 MHz (5GHz)  band by bss-table" },
	/* at a channel of another number, or at two, or another AP: no proof */
	{ 36, NO_BAND, 2437, 5180, 0, { 5180, 6130 }, "  5180 MHz (5GHz) or 6130 MHz (6GHz)" },
	{ 36, NO_BAND, 5180, 0, 6130, { 5180, 6130 }, "  5180 MHz (5GHz) or 6130 MHz (6GHz)" },
	{ 36, NO_BAND, 0, 5180, 0, { 5180, 5955 }, "  5180 MHz (5GHz)  band by radio" },
	/* what the radio can tune to */
	{ 36, NO_BAND, 0, 0, 0, { 2412, 5180, 5955 }, "  5180 MHz (5GHz)  band by radio" },
	{ 14, NO_BAND, 0, 0, 0, { 2484 }, "  2484 MHz (2.4GHz)  band by radio" },
	{ 36, NO_BAND, 0, 0, 0, { 6130 }, "  6130 MHz (6GHz)  band by radio" },
	{ 1, NO_BAND, 0, 0, 0, { 2412, 5180 }, "  2412 MHz (2.4GHz)  band by radio" },
	{ 1, NO_BAND, 0, 0, 0, { 5955, 5180, 2412 }, "  2412 MHz (2.4GHz) or 5955 MHz (6GHz)" },
	/* of the two where it was heard, the radio has one */
	{ 1, NO_BAND, 5005, 0, 5955, { 2412, 5955 }, "  5955 MHz (6GHz)  band by radio" },
	{ 1,
	  NO_BAND,
	  0,
	  0,
	  0,
	  { 5180 },
	  "  2412 MHz (2.4GHz) or 5005 MHz (5GHz) or 5955 MHz (6GHz)" },
};

static bool many_candidates(size_t n)
{
	return freqs[n].band == NO_BAND && freqs[n].channel && freqs[n].channel < 197;
}

static void script_channel(size_t n)
{
	k_reset();
	turn_open();
	begin_connection();
	k_put_u8(INTEL_ATTR_CHANNEL_NUM, freqs[n].channel);
	k_put_mac(INTEL_ATTR_ADDR, AP);
	if (freqs[n].band != NO_BAND)
		k_put_u8(INTEL_ATTR_BAND, freqs[n].band);
	k_nest_end();
	if (!many_candidates(n))
		return;
	k_turn();
	if (freqs[n].heard)
		put_bss(AP, freqs[n].heard);
	if (freqs[n].other)
		put_bss(OTHER, freqs[n].other);
	if (freqs[n].also)
		put_bss(AP, freqs[n].also);
	put_bss(AP, 0);
	k_done(0);
	if (freqs[n].radio[0])
		turn_radio(freqs[n].radio);
}

static void frequency_of_a_channel_is_never_guessed(void **state)
{
	(void)state;
	for (size_t n = 0; n < ARRAY_SIZE(freqs); n++) {
		const struct run *r;
		char out[300], sent[400];

		script_channel(n);
		snprintf(out, sizeof(out), HEAD REPORT "\t  bssid " AP "\n\t  channel %u%s\n",
			 freqs[n].channel, freqs[n].text);
		snprintf(sent, sizeof(sent), OPEN CONN "%s%s", many_candidates(n) ? BSSES : "",
			 freqs[n].radio[0] ? RADIO : "");
		r = run("dev lo csme info");
		if (strcmp(r->out, out) != 0)
			print_error("row %zu\n", n);
		assert_run(r, ST_OK, out, "", sent);
	}
}

static void candidates_in_json_and_in_a_profile(void **state)
{
	(void)state;
	turn_open();
	put_connection(0, "x", 1, 0, 1, AP);
	k_turn();
	k_done(0);
	turn_radio((uint32_t[]){ 5955, 2412, 0 });
	assert_run(run("-j dev lo csme info"), ST_OK,
		   JHEAD JBLOCKED
		   ",\"connection\":{\"ssid\":\"x\",\"ssid_hex\":\"78\",\"bssid\":\"" AP
		   "\",\"channel\":1,\"freq_candidates_mhz\":[2412,5955],\"auth_mode\":0,"
		   "\"auth\":\"open\",\"sta_cipher\":0,\"cipher\":\"none\"}}\n",
		   "", OPEN CONN BSSES RADIO);
	/* on a terminal, too, its lines end where they end */
	assert_non_null(strstr(run_on_terminal(30, 24, "dev lo csme info --wpa-supplicant")->out,
			       "\t# the band of the channel is not told: one of these\n"));
	assert_run(run("dev lo csme info --wpa-supplicant"), ST_OK,
		   "network={\n\tssid=\"x\"\n\tbssid=" AP "\n"
		   "\t# the band of the channel is not told: one of these\n"
		   "\tscan_freq=2412 5955\n\tfreq_list=2412 5955\n\tkey_mgmt=NONE\n}\n",
		   "", OPEN CONN BSSES RADIO);
}

static void without_a_bssid_nothing_is_looked_for(void **state)
{
	(void)state;
	turn_open();
	begin_connection();
	k_put_u8(INTEL_ATTR_CHANNEL_NUM, 36);
	k_nest_end();
	turn_radio((uint32_t[]){ 5180, 0 });
	assert_run(run("dev lo csme info"), ST_OK,
		   HEAD REPORT "\t  channel 36  5180 MHz (5GHz)  band by radio\n", "", INFO_SENT);
}

/* Nor is one without a BSSID that of an AP whose BSSID is all zero. */
static void bss_without_a_bssid_is_nobodys(void **state)
{
	(void)state;
	turn_open();
	begin_connection();
	k_put_u8(INTEL_ATTR_CHANNEL_NUM, 36);
	k_put_mac(INTEL_ATTR_ADDR, "00:00:00:00:00:00");
	k_nest_end();
	k_turn();
	k_data(NL80211_CMD_NEW_SCAN_RESULTS, NLM_F_MULTI);
	k_nest(NL80211_ATTR_BSS);
	k_put_u32(NL80211_BSS_FREQUENCY, 6130);
	k_nest_end();
	k_done(0);
	turn_radio((uint32_t[]){ 5180, 0 });
	assert_run(run("dev lo csme info"), ST_OK,
		   HEAD REPORT "\t  bssid 00:00:00:00:00:00\n"
			       "\t  channel 36  5180 MHz (5GHz)  band by radio\n",
		   "", OPEN CONN BSSES RADIO);
}

static void look_for_the_channel_that_fails(void **state)
{
	(void)state;
	turn_open();
	put_connection(7, "csme", 4, 4, 36, AP);
	turn_nack(EIO);
	assert_run(run("dev lo csme info"), ST_REFUSED, "", NULL, OPEN CONN BSSES);
	k_reset();
	turn_open();
	put_connection(7, "csme", 4, 4, 36, AP);
	k_turn();
	k_done(0);
	turn_nack(ENODEV);
	assert_run(run("dev lo csme info"), ST_REFUSED, "", NULL, OPEN CONN BSSES RADIO);
}

/* ---- a network block ---- */

#define PROFILE "dev lo csme info --wpa-supplicant"
#define PINS	"\tbssid=" AP "\n\tscan_freq=7115\n\tfreq_list=7115\n"

static void check_profile(const char *body)
{
	char out[600];

	snprintf(out, sizeof(out), "network={\n%s}\n", body);
	assert_run(run(PROFILE), ST_OK, out, "", OPEN CONN);
}

static void profile_of_every_authentication_and_cipher(void **state)
{
	static const struct {
		uint32_t number;
		const char *lines;
	} auths[] = {
		{ 0, "\tkey_mgmt=NONE\n" },
		{ 6, "\tkey_mgmt=WPA-EAP\n\t# ADD THE SECRET: eap=, identity=, password= ...\n" },
		{ 7, "\tkey_mgmt=WPA-PSK\n\t# ADD THE SECRET: psk=\n" },
		{ 9, "\tkey_mgmt=SAE\n\tieee80211w=2\n\t# ADD THE SECRET: sae_password=\n" },
		{ 8, "\t# authentication mode 8 is unknown: add key_mgmt\n" },
	};
	static const struct {
		uint32_t number;
		const char *line;
	} ciphers[] = {
		{ 0, "" },
		{ 2, "\tpairwise=TKIP\n" },
		{ 4, "\tpairwise=CCMP\n" },
		{ 8, "\tpairwise=GCMP\n\tgroup=GCMP-256 GCMP CCMP TKIP\n" },
		{ 9, "\tpairwise=GCMP-256\n\tgroup=GCMP-256 GCMP CCMP TKIP\n" },
		{ 3, "\t# cipher 3 is unknown\n" },
	};

	(void)state;
	for (size_t a = 0; a < ARRAY_SIZE(auths); a++)
		for (size_t c = 0; c < ARRAY_SIZE(ciphers); c++) {
			char body[400];

			k_reset();
			turn_open();
			put_connection(auths[a].number, "csme", 4, ciphers[c].number, 233, AP);
			snprintf(body, sizeof(body), "\tssid=\"csme\"\n" PINS "%s%s",
				 auths[a].lines, ciphers[c].line);
			check_profile(body);
		}
}

static void profile_of_every_ssid(void **state)
{
	static const struct {
		const char *ssid;
		size_t len;
		const char *lines;
	} rows[] = {
		{ "a", 1, "\tssid=\"a\"\n" },
		{ " Az09_.- ", 9, "\tssid=\" Az09_.- \"\n" },
		{ "\"", 1, "\t# \\x22\n\tssid=22\n" },
		{ "a\"b", 3, "\t# a\\x22b\n\tssid=612262\n" },
		{ "\\", 1, "\t# \\x5c\n\tssid=5c\n" },
		{ "a\n}", 3, "\t# a\\x0a}\n\tssid=610a7d\n" },
		{ "#", 1, "\t# #\n\tssid=23\n" },
		{ "P\"\"", 3, "\t# P\\x22\\x22\n\tssid=502222\n" },
		{ "ext:foo", 7, "\t# ext:foo\n\tssid=6578743a666f6f\n" },
		{ "\0", 1, "\t# \\x00\n\tssid=00\n" },
		{ "a\0", 2, "\t# a\\x00\n\tssid=6100\n" },
		{ "\x7f", 1, "\t# \\x7f\n\tssid=7f\n" },
		{ "\t", 1, "\t# \\x09\n\tssid=09\n" },
		{ "Caf\xc3\xa9", 5, "\t# Caf\xc3\xa9\n\tssid=436166c3a9\n" },
		{ "\xe2\x80\xa8", 3, "\t# \\xe2\\x80\\xa8\n\tssid=e280a8\n" },
		{ "abcdefghijklmnopqrstuvwxyz012345", 32,
		  "\tssid=\"abcdefghijklmnopqrstuvwxyz012345\"\n" },
	};

	(void)state;
	for (size_t n = 0; n < ARRAY_SIZE(rows); n++) {
		char body[300];

		k_reset();
		turn_open();
		put_connection(0, rows[n].ssid, rows[n].len, 0, 233, AP);
		snprintf(body, sizeof(body), "%s" PINS "\tkey_mgmt=NONE\n", rows[n].lines);
		check_profile(body);
	}
}

/* Every byte that is not plainly harmless between quotes is in hexadecimal. */
static void profile_of_every_byte(void **state)
{
	(void)state;
	for (int byte = 0; byte < 256; byte++) {
		static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
					    "0123456789 _.-";
		char want[60];
		uint8_t b = (uint8_t)byte;

		k_reset();
		turn_open();
		put_connection(0, &b, 1, 0, 233, AP);
		if (byte && strchr(plain, byte))
			snprintf(want, sizeof(want), "network={\n\tssid=\"%c\"\n\tbssid", byte);
		else
			snprintf(want, sizeof(want), "\n\tssid=%02x\n\tbssid", byte);
		assert_non_null(strstr(run(PROFILE)->out, want));
	}
}

static void profile_with_less_than_everything(void **state)
{
	static const char *const none[] = { NULL, "00:00:00:00:00:00", "03:00:00:00:00:01",
					    "ff:ff:ff:ff:ff:ff" };

	(void)state;
	for (size_t n = 0; n < ARRAY_SIZE(none); n++) {
		k_reset();
		turn_open();
		put_connection(0, "x", 1, 0, 233, none[n]);
		check_profile("\tssid=\"x\"\n\t# the firmware has not told the BSSID\n"
			      "\tscan_freq=7115\n\tfreq_list=7115\n\tkey_mgmt=NONE\n");
	}
	k_reset();
	turn_open();
	begin_connection();
	k_put(INTEL_ATTR_SSID, "x", 1);
	k_nest_end();
	check_profile("\tssid=\"x\"\n\t# the firmware has not told the BSSID\n"
		      "\t# the firmware has told no channel that is known: all will be scanned\n"
		      "\t# the firmware has not told the authentication: add key_mgmt\n");
	/* told twice is not told, whatever it was */
	k_reset();
	turn_open();
	begin_connection();
	k_put(INTEL_ATTR_SSID, "x", 1);
	for (int n = 0; n < 2; n++) {
		k_put_u32(INTEL_ATTR_AUTH_MODE, 3);
		k_put_u32(INTEL_ATTR_STA_CIPHER, 3);
		k_put_u8(INTEL_ATTR_CHANNEL_NUM, 233);
		k_put_mac(INTEL_ATTR_ADDR, AP);
	}
	k_nest_end();
	check_profile("\tssid=\"x\"\n\t# the firmware has not told the BSSID\n"
		      "\t# the firmware has told no channel that is known: all will be scanned\n"
		      "\t# the firmware has not told the authentication: add key_mgmt\n");
	k_reset();
	turn_open();
	put_connection(7, "", 0, 4, 233, AP);
	assert_run(run(PROFILE), ST_REFUSED, "",
		   FAILED("info") "the firmware has reported no SSID: a network without one would "
				  "match any\n",
		   OPEN CONN);
	k_reset();
	turn_open();
	put_connection(7, "csme", 4, 4, 165, AP);
	k_turn();
	k_done(0);
	turn_radio((uint32_t[]){ 5825, 0 });
	assert_run(run("-j " PROFILE), ST_OK,
		   JHEAD JBLOCKED
		   ",\"connection\":{\"ssid\":\"csme\",\"ssid_hex\":\"63736d65\",\"bssid\":\"" AP
		   "\",\"channel\":165,\"freq_mhz\":5825,\"band\":\"5GHz\","
		   "\"freq_source\":\"radio\",\"auth_mode\":7,\"auth\":\"rsna-psk\","
		   "\"sta_cipher\":4,\"cipher\":\"ccmp\"}}\n",
		   "", OPEN CONN BSSES RADIO);
}

/* ---- own ---- */

#define OWN "dev lo csme own timeout 1"

static void own_that_is_granted_before_the_answer(void **state)
{
	(void)state;
	turn_open();
	turn_ack();
	k_do(lift);
	assert_masked(OWN, ST_OK, "lo  owned  answered after T ms  lifted after T ms\n", "",
		      OWN_SENT);
	take();
	assert_masked("-j " OWN, ST_OK,
		      JHEAD "\"owned\":true,\"rfkill\":{\"index\":3,\"soft\":false,\"hard\":false},"
			    "\"granted_in_time\":true,\"answered_us\":T,\"lifted_us\":T}\n",
		      "", OWN_SENT);
}

static void lift_slowly(void)
{
	usleep(80000);
	lift();
}

static void try_in_vain(void)
{
	usleep(80000);
}

/* The driver waits for the firmware while the request is sent: for longer than we would. */
static void own_that_takes_all_of_the_time(void **state)
{
	(void)state;
	turn_open();
	turn_ack();
	k_do(lift_slowly);
	assert_masked("dev lo csme own timeout 0.05", ST_OK,
		      "lo  owned  answered after T ms  lifted after T ms\n", "", OWN_SENT);
	k_reset();
	take();
	turn_open();
	turn_nack(ETIMEDOUT);
	k_do(try_in_vain);
	assert_masked("dev lo csme own timeout 0.05", ST_UNMET, "",
		      FAILED("own") "not granted: " ETIME_TEXT
				    " after T ms, and the block was not lifted within T ms\n",
		      OWN_SENT);
}

static void own_of_what_is_owned(void **state)
{
	(void)state;
	lift();
	turn_open();
	turn_ack();
	assert_masked(OWN, ST_OK, "lo  owned  answered after T ms\n", "", OWN_SENT);
	put_blocks(true, false, 0);
	assert_masked(OWN, ST_OK, "lo  owned  answered after T ms  still soft-blocked\n", "",
		      OWN_SENT);
}

static void own_that_is_granted_after_the_answer(void **state)
{
	(void)state;
	turn_open();
	turn_ack();
	k_do(lift_later);
	assert_masked(OWN, ST_OK, "lo  owned  answered after T ms  lifted after T ms\n", "",
		      OWN_SENT);
}

/* Two ways to say that the firmware did not answer the driver in time; the grant may still come. */
static void own_that_is_granted_late(void **state)
{
	(void)state;
	for (int n = 0; n < 2; n++) {
		k_reset();
		turn_open();
		turn_nack(n ? ETIMEDOUT : -62);
		k_do(lift_later);
		take();
		assert_masked(OWN, ST_OK,
			      "lo  owned  not granted in the driver's time, answered after T ms"
			      "  lifted after T ms\n",
			      "", OWN_SENT);
		take();
		assert_masked("-j " OWN, ST_OK,
			      JHEAD "\"owned\":true,\"rfkill\":{\"index\":3,\"soft\":false,"
				    "\"hard\":false},\"granted_in_time\":false,\"answered_us\":T,"
				    "\"lifted_us\":T}\n",
			      "", OWN_SENT);
	}
}

static void own_that_is_never_granted(void **state)
{
	static const struct {
		int err;
		const char *text;
	} rows[] = {
		{ 0, "the driver agreed after T ms, but" },
		{ ETIMEDOUT, "not granted: " ETIME_TEXT " after T ms, and" },
		{ -62, "not granted: the driver answered 62 after T ms, and" },
	};
	char err[300];

	(void)state;
	for (size_t n = 0; n < ARRAY_SIZE(rows); n++) {
		k_reset();
		turn_open();
		turn_nack(rows[n].err);
		snprintf(err, sizeof(err),
			 FAILED("own") "%s the block was not lifted within T ms\n", rows[n].text);
		assert_masked("dev lo csme own timeout 0.3", ST_UNMET, "", err, OWN_SENT);
		assert_masked("-t 0.3 dev lo csme own", ST_UNMET, "", err, OWN_SENT);
		assert_masked("-t 0.3 " OWN, ST_UNMET, "", err, OWN_SENT);
		assert_masked("-t 9 dev lo csme own timeout 0.3", ST_UNMET, "", err, OWN_SENT);
	}
}

static void own_that_is_refused(void **state)
{
	static const struct {
		int err;
		const char *text;
	} rows[] = {
		{ EPERM, EPERM_TEXT AS_ROOT },
		{ EOPNOTSUPP,
		  "EOPNOTSUPP (Operation not supported); this kernel or driver cannot do "
		  "it\n" },
		{ ENODEV,
		  "ENODEV (No such device); iwlmei has no connection to the firmware, or the "
		  "device is gone\n" },
		{ EINVAL, "EINVAL (Invalid argument)\n" },
		{ EIO, "EIO (Input/output error)\n" },
	};
	char err[300];

	(void)state;
	for (size_t n = 0; n < ARRAY_SIZE(rows); n++) {
		k_reset();
		turn_open();
		turn_nack(rows[n].err);
		k_do(lift); /* which is of no interest then */
		take();
		snprintf(err, sizeof(err), FAILED("own") REFUSED "%s", rows[n].text);
		assert_run(run(OWN), ST_REFUSED, "", err, OWN_SENT);
	}
}

/* The request is on its way, and nobody can call it back. */
static void own_that_is_not_answered(void **state)
{
	(void)state;
	turn_open();
	k_turn();
	k_silence();
	assert_masked(
		"dev lo csme own timeout 0.25", ST_UNMET, "",
		FAILED("own") "the driver did not answer within 0.250 s; it may still be asking "
			      "the firmware\n",
		OWN_SENT);
}

static void own_that_is_interrupted(void **state)
{
	(void)state;
	turn_open();
	turn_ack();
	k_do(interrupt);
	assert_masked(OWN, ST_UNMET, "", FAILED("own") "interrupted (Interrupt)\n", OWN_SENT);
	k_reset();
	turn_open();
	turn_nack(ETIMEDOUT);
	k_do(interrupt_later);
	assert_masked(OWN, ST_UNMET, "", FAILED("own") "interrupted (Terminated)\n", OWN_SENT);
}

static void own_of_a_device_that_goes_away(void **state)
{
	(void)state;
	turn_open();
	turn_ack();
	k_do(go);
	assert_masked(OWN, ST_REFUSED, "", FAILED("own") "the device went away\n", OWN_SENT);
	take();
	k_reset();
	turn_open();
	turn_ack();
	k_do(go_later);
	assert_masked(OWN, ST_REFUSED, "", FAILED("own") "the device went away\n", OWN_SENT);
}

/* Without a reason, it may be the firmware. */
static void own_of_what_is_blocked_for_no_known_reason(void **state)
{
	(void)state;
	put_blocks(false, true, -1);
	turn_open();
	turn_ack();
	assert_masked(
		OWN, ST_OK,
		"lo  owned  answered after T ms  still hard-blocked: for a reason that the kernel "
		"does not tell\n",
		"", OWN_SENT);
}

/* Asked for with both blocks there; the switch stays off. */
static void own_with_the_switch_off_as_well(void **state)
{
	(void)state;
	put_blocks(false, true, 3);
	turn_open();
	turn_ack();
	k_do(lift_later);
	assert_masked(OWN, ST_OK, "lo  owned  answered after T ms  lifted after T ms\n", "",
		      OWN_SENT);
}

static void own_in_a_dry_run(void **state)
{
	(void)state;
	turn_open();
	assert_run(run("-n " OWN), ST_OK,
		   "GET_INTERFACE IFINDEX 1\nGET_WIPHY SPLIT_WIPHY_DUMP WIPHY 0\n"
		   "VENDOR IFINDEX 1 VENDOR_ID 5941 VENDOR_SUBCMD 48\n",
		   "", OPEN LISTEN);
}

static void shorter_limit_counts(void **state)
{
	static const struct {
		uint32_t option, own, otherwise, limit; /* ms; 0: not given */
	} rows[] = {
		{ 0, 0, 0, 0 },
		{ 0, 0, 10000, 10000 },
		{ 5000, 0, 10000, 5000 },
		{ 15000, 0, 10000, 15000 },
		{ 15000, 0, 0, 15000 },
		{ 0, 700, 10000, 700 },
		{ 0, 20000, 10000, 20000 },
		{ 500, 700, 10000, 500 },
		{ 900, 700, 10000, 700 },
		{ 15000, 12000, 10000, 12000 },
	};

	(void)state;
	for (size_t n = 0; n < ARRAY_SIZE(rows); n++) {
		struct ctx ctx = { .opt.timeout_ms = rows[n].option, .args.ms = rows[n].own };

		csme_limit(&ctx, rows[n].own != 0, rows[n].otherwise);
		assert_int_equal(ctx.opt.timeout_ms, rows[n].limit);
	}
}

/* ---- wait ---- */

#define WAIT	  "dev lo csme wait timeout 1"
#define WAIT_SENT OPEN LISTEN

static void at_the_second_question(void (*fn)(void))
{
	turn_open();
	k_do(fn);
}

static void wait_for_what_is_owned(void **state)
{
	(void)state;
	lift();
	turn_open();
	assert_masked(WAIT, ST_OK, "lo  owned\n", "", WAIT_SENT);
	assert_masked("-j " WAIT, ST_OK,
		      JHEAD
		      "\"owned\":true,\"rfkill\":{\"index\":3,\"soft\":false,\"hard\":false}}\n",
		      "", WAIT_SENT);
	put_blocks(false, true, 1);
	assert_masked(WAIT, ST_OK, "lo  owned  still hard-blocked: signal\n", "", WAIT_SENT);
}

static void wait_until_it_is_owned(void **state)
{
	(void)state;
	at_the_second_question(lift_later);
	assert_masked(WAIT, ST_OK, "lo  owned  lifted after T ms\n", "", WAIT_SENT);
	take();
	assert_masked("-j dev lo csme wait", ST_OK, /* for ever, if need be */
		      JHEAD "\"owned\":true,\"rfkill\":{\"index\":3,\"soft\":false,\"hard\":false},"
			    "\"lifted_us\":T}\n",
		      "", WAIT_SENT);
}

static void wait_in_vain(void **state)
{
	static const char err[] =
		FAILED("wait") "not owned in time: rfkill3 is still hard-blocked: not-owner\n";

	(void)state;
	turn_open();
	assert_masked("dev lo csme wait timeout 0.3", ST_UNMET, "", err, WAIT_SENT);
	assert_masked("-t 0.3 dev lo csme wait", ST_UNMET, "", err, WAIT_SENT);
	k_reset();
	at_the_second_question(interrupt_later);
	assert_masked("dev lo csme wait", ST_UNMET, "", FAILED("wait") "interrupted (Terminated)\n",
		      WAIT_SENT);
	k_reset();
	at_the_second_question(go_later);
	assert_masked("dev lo csme wait", ST_REFUSED, "", FAILED("wait") "the device went away\n",
		      WAIT_SENT);
	take();
	k_reset();
	turn_open();
	assert_run(run("-n dev lo csme wait"), ST_OK, NULL, "", WAIT_SENT);
}

/* ---- events ---- */

#define EVENTS	 "-t 0.5 dev lo csme events"
#define NOT_MINE "lo  not_owned  rfkill3 hard-blocked: not-owner\n"

static void event_roaming(uint32_t vendor, uint32_t subcmd, uint32_t ifindex, uint8_t forbidden)
{
	k_event(NL80211_CMD_VENDOR);
	put_roaming(vendor, subcmd, ifindex, forbidden);
}

static void events_of_the_firmware(void **state)
{
	static const char json[] =
		"{\"event\":\"not_owned\",\"ifname\":\"lo\",\"ifindex\":1,\"wdev\":\"0x1\","
		"\"type\":\"station\",\"addr\":\"02:00:00:00:00:01\",\"phy\":\"phy0\",\"wiphy\":0,"
		"\"owned\":false,\"rfkill\":{\"index\":3,\"soft\":false,\"hard\":true,"
		"\"reasons\":[\"not-owner\"]}}\n"
		"{\"event\":\"roaming_forbidden\",\"ifname\":\"lo\",\"addr\":\"02:00:00:00:00:01\"}\n"
		"{\"event\":\"roaming_allowed\",\"ifname\":\"lo\",\"addr\":\"02:00:00:00:00:01\"}\n"
		"{\"event\":\"gap\"}\n";

	(void)state;
	event_roaming(0x1735, 0x32, K_LO, 1);
	event_roaming(0x1736, 0x32, K_LO, 1); /* another vendor's */
	event_roaming(0x1735, 0x31, K_LO, 1); /* another of Intel's */
	event_roaming(0x1735, 0x32, 99, 1);   /* of another interface */
	k_event_about(NL80211_CMD_CONNECT, K_LO);
	k_event(NL80211_CMD_VENDOR); /* without what it is about */
	k_put_u32(NL80211_ATTR_VENDOR_ID, INTEL_OUI);
	k_put_u32(NL80211_ATTR_VENDOR_SUBCMD, INTEL_CMD_ROAMING_FORBIDDEN_EVENT);
	k_put_u32(NL80211_ATTR_IFINDEX, K_LO);
	event_roaming(0x1735, 0x32, K_LO, 0);
	turn_open();
	assert_run(run(EVENTS), ST_OK,
		   NOT_MINE "lo  roaming_forbidden  addr 02:00:00:00:00:01\n"
			    "lo  roaming_allowed  addr 02:00:00:00:00:01\n",
		   "", OPEN LISTEN);
	k_reset();
	event_roaming(0x1735, 0x32, K_LO, 1);
	event_roaming(0x1735, 0x32, K_LO, 0);
	k_receive_error(ENOBUFS);
	turn_open();
	assert_run(run("-j " EVENTS), ST_PARTIAL, json, NULL, OPEN LISTEN);
	assert_run(run("-p " EVENTS), ST_PARTIAL, json, NULL, OPEN LISTEN);
}

/* One without the address, and one without the interface, which may be any. */
static void roaming_events_that_lack_something(void **state)
{
	(void)state;
	for (int n = 0; n < 2; n++) {
		k_event(NL80211_CMD_VENDOR);
		k_put_u32(NL80211_ATTR_VENDOR_ID, INTEL_OUI);
		k_put_u32(NL80211_ATTR_VENDOR_SUBCMD, INTEL_CMD_ROAMING_FORBIDDEN_EVENT);
		if (n)
			k_put_u32(NL80211_ATTR_IFINDEX, K_LO);
		k_nest(NL80211_ATTR_VENDOR_DATA);
		k_put_u8(INTEL_ATTR_ROAMING_FORBIDDEN, 1);
		k_nest_end();
	}
	turn_open();
	assert_run(run(EVENTS), ST_OK, NOT_MINE "lo  roaming_forbidden\n", "", OPEN LISTEN);
	assert_non_null(strstr(run("-j " EVENTS)->out,
			       "\n{\"event\":\"roaming_forbidden\",\"ifname\":\"lo\"}\n"));
}

static void lift_and_take_later(void)
{
	later(150, lift);
	later(350, take);
}

/* What may change alone, if all else stays as it is. */
static const struct {
	bool soft, hard;
	int reasons;
	bool soft2, hard2;
	int reasons2;
	const char *first, *then;
} changes[] = {
	{ false, true, 2, true, true, 2, "not_owned  rfkill3 hard-blocked: not-owner",
	  "rfkill  rfkill3 soft-blocked hard-blocked: not-owner" },
	{ false, true, 2, false, true, 3, "not_owned  rfkill3 hard-blocked: not-owner",
	  "rfkill  rfkill3 hard-blocked: signal, not-owner" },
	{ false, true, 1, false, true, 2, "owned  rfkill3 hard-blocked: signal",
	  "not_owned  rfkill3 hard-blocked: not-owner" },
	{ true, false, -1, true, true, -1, "owned  rfkill3 soft-blocked",
	  "rfkill  rfkill3 soft-blocked hard-blocked: for a reason that the kernel does not tell" },
};
static size_t change;

static void change_now(void)
{
	put_blocks(changes[change].soft2, changes[change].hard2, changes[change].reasons2);
}

static void change_later(void)
{
	later(150, change_now);
}

static void events_of_the_block(void **state)
{
	(void)state;
	at_the_second_question(lift_and_take_later);
	assert_run(run("-t 0.6 dev lo csme events"), ST_OK,
		   NOT_MINE "lo  owned  rfkill3 not blocked\n" NOT_MINE, "", OPEN LISTEN);
	k_reset();
	for (change = 0; change < ARRAY_SIZE(changes); change++) {
		char out[300];

		k_reset();
		put_blocks(changes[change].soft, changes[change].hard, changes[change].reasons);
		at_the_second_question(change_later);
		snprintf(out, sizeof(out), "lo  %s\nlo  %s\n", changes[change].first,
			 changes[change].then);
		assert_run(run(EVENTS), ST_OK, out, "", OPEN LISTEN);
	}
	k_reset();
	lift();
	turn_open();
	assert_run(run("-t 0.2 dev lo csme events"), ST_OK, "lo  owned  rfkill3 not blocked\n", "",
		   OPEN LISTEN);
}

static void end_of_the_events(void **state)
{
	(void)state;
	at_the_second_question(interrupt_later);
	assert_run(run("dev lo csme events"), ST_OK, NOT_MINE, "", OPEN LISTEN);
	k_reset();
	at_the_second_question(go_later);
	assert_run(run("dev lo csme events"), ST_REFUSED, NOT_MINE,
		   FAILED("events") "the device went away\n", OPEN LISTEN);
	take();
	k_reset();
	turn_open();
	assert_run(run("-n dev lo csme events"), ST_OK, NULL, "", OPEN LISTEN);
	assert_run(run_to("/dev/full", "dev lo csme events"), ST_SYSTEM, NULL,
		   FAILED("events") "cannot write to stdout: No space left on device\n",
		   OPEN LISTEN);
}

/* ---- takeover ---- */

#define TAKE	  "dev lo csme takeover"
#define TAKE_SENT OPEN LISTEN CONN ASK
#define BLOCK                                                                              \
	"network={\n\tssid=\"csme\"\n\tbssid=" AP "\n\tscan_freq=7115\n\tfreq_list=7115\n" \
	"\tkey_mgmt=WPA-PSK\n\t# ADD THE SECRET: psk=\n\tpairwise=CCMP\n}\n"
#define TIMES(words) \
	"# lo is owned after T ms" words "\n#   block seen T ms\n#   connection read T ms\n"
#define TIMES_END "#   ownership requested T ms\n#   block lifted T ms\n"

/* On a channel that needs no look at anything else. */
static void script_profile(void)
{
	k_reset();
	take();
	turn_open();
	put_connection(7, "csme", 4, 4, 233, AP);
}

static void script_takeover(int err, void (*fn)(void))
{
	script_profile();
	turn_nack(err);
	if (fn)
		k_do(fn);
}

static const struct run *run_exec(const char *command, const char *timeout)
{
	char log[60], words[400];

	snprintf(log, sizeof(log), "%s/log", tree);
	unlink(log);
	snprintf(words, sizeof(words), "cd %s; %s", tree, command);
	return run_words((char *const[]){ (char *)"iw-mlo", (char *)"dev", (char *)"lo",
					  (char *)"csme", (char *)"takeover", (char *)"--exec",
					  words, (char *)"timeout", (char *)timeout, NULL });
}

/* What the command did, all times together. */
static void assert_log(const char *want)
{
	char text[2000] = "";
	FILE *f;

	snprintf(text, sizeof(text), "%s/log", tree);
	f = fopen(text, "r");
	*text = '\0';
	if (f) {
		text[fread(text, 1, sizeof(text) - 1, f)] = '\0';
		fclose(f);
	}
	assert_string_equal(text, want);
}

static void takeover_in_text(void **state)
{
	(void)state;
	script_takeover(0, lift);
	assert_masked(TAKE, ST_OK, TIMES("") "#   profile T ms  written\n" TIMES_END BLOCK, "",
		      TAKE_SENT);
	script_takeover(ETIMEDOUT, lift_later);
	assert_masked(TAKE, ST_OK, TIMES("") "#   profile T ms  written\n" TIMES_END BLOCK, "",
		      TAKE_SENT);
	script_takeover(0, NULL);
	lift();
	assert_masked(
		TAKE, ST_OK,
		TIMES("; it was not blocked by the CSME firmware") "#   profile T ms  "
								   "written\n" TIMES_END BLOCK,
		"", TAKE_SENT);
	k_reset();
	take();
	turn_open();
	turn_nack(EINVAL);
	turn_ack();
	k_do(lift);
	assert_masked(TAKE, ST_OK,
		      TIMES("") "#   profile T ms  not needed: the firmware has reported no "
				"connection\n" TIMES_END,
		      "", TAKE_SENT);
}

static void takeover_in_json(void **state)
{
	static const char rest[] =
		"\"steps\":[{\"step\":\"block_seen\",\"took_us\":T},"
		"{\"step\":\"connection_read\",\"took_us\":T},{\"step\":\"profile\",\"took_us\":T},"
		"{\"step\":\"ownership_requested\",\"took_us\":T},"
		"{\"step\":\"block_lifted\",\"took_us\":T}],"
		"\"profile\":\"network={\\u000a\\u0009ssid=\\\"csme\\\"\\u000a\\u0009bssid=" AP
		"\\u000a\\u0009scan_freq=7115\\u000a\\u0009freq_list=7115\\u000a"
		"\\u0009key_mgmt=WPA-PSK\\u000a\\u0009# ADD THE SECRET: psk=\\u000a"
		"\\u0009pairwise=CCMP\\u000a}\\u000a\"}\n";
	char out[1500];

	(void)state;
	for (int late = 0; late < 3; late++) {
		script_takeover(late == 1 ? ETIMEDOUT : late ? -62 : 0, lift);
		snprintf(out, sizeof(out),
			 JHEAD "\"owned\":true,\"rfkill\":{\"index\":3,\"soft\":false,"
			       "\"hard\":false},\"was_blocked\":true,\"granted_in_time\":%s,%s",
			 late ? "false" : "true", rest);
		assert_masked("-j " TAKE, ST_OK, out, "", TAKE_SENT);
	}
}

/* The command has the profile on its stdin, and what it prints is not on our stdout. */
static void takeover_with_a_command(void **state)
{
	(void)state;
	script_takeover(0, lift);
	check_masked(run_exec("cat >>log; env | grep ^IW_MLO | sort >>log; echo said", "5"), ST_OK,
		     TIMES("") "#   profile T ms  handed to the command\n" TIMES_END, "said\n",
		     TAKE_SENT, __FILE__, __LINE__);
	assert_log(BLOCK "IW_MLO_ACTION=install\nIW_MLO_BSSID=" AP "\nIW_MLO_FREQ_MHZ=7115\n"
			 "IW_MLO_IFNAME=lo\nIW_MLO_SSID_HEX=63736d65\n");
	/* a command that reads nothing of it is none the worse */
	script_takeover(0, lift);
	check_masked(run_exec("exec <&-; : >log", "5"), ST_OK, NULL, "", TAKE_SENT, __FILE__,
		     __LINE__);
	/* without a connection there is nothing to hand over */
	k_reset();
	take();
	turn_open();
	turn_nack(EINVAL);
	turn_ack();
	k_do(lift);
	check_masked(run_exec("echo $IW_MLO_ACTION >>log", "5"), ST_OK, NULL, "", TAKE_SENT,
		     __FILE__, __LINE__);
	assert_log("");
}

static void takeover_tells_the_command_what_is_known(void **state)
{
	(void)state;
	setenv("IW_MLO_BSSID", "of another run", 1);
	take();
	turn_open();
	put_connection(7, "\"\n\xff\0x", 5, 4, 1, NULL);
	turn_radio((uint32_t[]){ 2412, 5955, 0 });
	turn_ack();
	k_do(lift);
	check_masked(run_exec("env | grep ^IW_MLO | sort >>log; wc -l >>log", "5"), ST_OK, NULL, "",
		     OPEN LISTEN CONN RADIO ASK, __FILE__, __LINE__);
	unsetenv("IW_MLO_BSSID");
	assert_log("IW_MLO_ACTION=install\nIW_MLO_FREQ_MHZ=2412 5955\nIW_MLO_IFNAME=lo\n"
		   "IW_MLO_SSID_HEX=220aff0078\n11\n");
}

static void takeover_that_fails_before_the_profile(void **state)
{
	(void)state;
	turn_open();
	turn_nack(EPERM);
	check_masked(run_exec("echo ran >>log", "5"), ST_REFUSED, "",
		     FAILED("takeover") "reading the connection: " REFUSED EPERM_TEXT AS_ROOT,
		     OPEN LISTEN CONN, __FILE__, __LINE__);
	assert_log("");
	k_reset();
	turn_open();
	put_connection(7, "", 0, 4, 233, AP);
	check_masked(
		run_exec("echo ran >>log", "5"), ST_REFUSED, "",
		FAILED("takeover") "installing the profile: the firmware has reported no SSID: "
				   "a network without one would match any\n",
		OPEN LISTEN CONN, __FILE__, __LINE__);
	assert_log("");
}

#define LOG_ACTION "echo $IW_MLO_ACTION >>log; cat >profile; "
#define BOTH	   "install\nwithdraw\n"

/* What the command ended with is why; that it is asked to withdraw follows. */
static void takeover_whose_command_fails(void **state)
{
	static const char installing[] = FAILED("takeover") "installing the profile: ";
	char err[300];

	(void)state;
	script_profile();
	snprintf(err, sizeof(err), "%sthe command ended with status 3" WITHDRAWN, installing);
	check_masked(run_exec(LOG_ACTION "[ $IW_MLO_ACTION = withdraw ] || exit 3", "5"), ST_UNMET,
		     "", err, OPEN LISTEN CONN, __FILE__, __LINE__);
	assert_log(BOTH);
	snprintf(
		err, sizeof(err),
		"%sthe command ended with status 3; and the command did not withdraw the profile\n",
		installing);
	check_masked(run_exec(LOG_ACTION "exit 3", "5"), ST_UNMET, "", err, OPEN LISTEN CONN,
		     __FILE__, __LINE__);
	assert_log(BOTH);
	snprintf(err, sizeof(err),
		 "%sthe command was ended by signal 9 (Killed); and the command did not withdraw "
		 "the profile\n",
		 installing);
	check_masked(run_exec(LOG_ACTION "kill -9 $$", "5"), ST_UNMET, "", err, OPEN LISTEN CONN,
		     __FILE__, __LINE__);
	assert_log(BOTH);
}

/* All that it started is ended with it. */
static void takeover_whose_command_does_not_end(void **state)
{
	static const char err[] =
		FAILED("takeover") "installing the profile: the command did not end "
				   "in time" WITHDRAWN;

	(void)state;
	script_profile();
	check_masked(run_exec(LOG_ACTION
			      "[ $IW_MLO_ACTION = withdraw ] || { (sleep 1; echo alive >>log) & "
			      "wait; }",
			      "0.3"),
		     ST_UNMET, "", err, OPEN LISTEN CONN, __FILE__, __LINE__);
	usleep(900000);
	assert_log(BOTH);
	/* even one that will not hear of it */
	check_masked(run_exec(LOG_ACTION
			      "[ $IW_MLO_ACTION = withdraw ] || { trap '' TERM; while :; "
			      "do sleep 1; done; }",
			      "0.3"),
		     ST_UNMET, "", err, OPEN LISTEN CONN, __FILE__, __LINE__);
	assert_log(BOTH);
}

/* Nor is one waited for that does not withdraw. */
static void takeover_whose_command_does_not_withdraw(void **state)
{
	(void)state;
	script_profile();
	check_masked(
		run_exec(LOG_ACTION "[ $IW_MLO_ACTION = withdraw ] && sleep 30; exit 1", "5"),
		ST_UNMET, "",
		FAILED("takeover") "installing the profile: the command ended with status 1; and "
				   "the command did not withdraw the profile\n",
		OPEN LISTEN CONN, __FILE__, __LINE__);
	assert_log(BOTH);
}

static void takeover_that_is_refused_after_the_profile(void **state)
{
	(void)state;
	script_takeover(EPERM, lift);
	check_masked(run_exec(LOG_ACTION, "5"), ST_REFUSED, "",
		     FAILED("takeover") "requesting ownership: " REFUSED EPERM_TEXT
					"; it needs CAP_NET_ADMIN: try as root" WITHDRAWN,
		     TAKE_SENT, __FILE__, __LINE__);
	assert_log(BOTH);
	script_takeover(ETIMEDOUT, NULL);
	check_masked(
		run_exec(LOG_ACTION, "0.4"), ST_UNMET, "",
		FAILED("takeover") "waiting for the block to be lifted: not granted: " ETIME_TEXT
				   " after T ms, and the block was not lifted within T ms" WITHDRAWN,
		TAKE_SENT, __FILE__, __LINE__);
	assert_log(BOTH);
	script_takeover(ETIMEDOUT, NULL); /* with nobody to withdraw anything */
	assert_masked(
		TAKE " timeout 0.3", ST_UNMET, "",
		FAILED("takeover") "waiting for the block to be lifted: not granted: " ETIME_TEXT
				   " after T ms, and the block was not lifted within T ms\n",
		TAKE_SENT);
}

static void takeover_that_is_interrupted(void **state)
{
	(void)state;
	/* while the command runs */
	script_profile();
	check_masked(run_exec(LOG_ACTION
			      "[ $IW_MLO_ACTION = withdraw ] || { kill -INT $PPID; sleep "
			      "30; }",
			      "60"),
		     ST_UNMET, "",
		     FAILED("takeover") "installing the profile: interrupted (Interrupt)" WITHDRAWN,
		     OPEN LISTEN CONN, __FILE__, __LINE__);
	assert_log(BOTH);
	/* while the command runs, which has ended well before that is noticed */
	check_masked(run_exec(LOG_ACTION
			      "[ $IW_MLO_ACTION = withdraw ] || { kill -STOP $PPID; kill "
			      "-INT $PPID; (sleep 0.3; kill -CONT $PPID) & }",
			      "60"),
		     ST_UNMET, "",
		     FAILED("takeover") "installing the profile: interrupted (Interrupt)" WITHDRAWN,
		     OPEN LISTEN CONN, __FILE__, __LINE__);
	assert_log(BOTH);
	/* while the block is waited for */
	script_takeover(0, interrupt_later);
	check_masked(run_exec(LOG_ACTION, "60"), ST_UNMET, "",
		     FAILED("takeover") "waiting for the block to be lifted: interrupted "
					"(Terminated)" WITHDRAWN,
		     TAKE_SENT, __FILE__, __LINE__);
	assert_log(BOTH);
	/* again while it is withdrawn: enough */
	script_takeover(0, interrupt_later);
	check_masked(
		run_exec(LOG_ACTION "[ $IW_MLO_ACTION = install ] || { kill -TERM $PPID; sleep "
				    "30; }",
			 "60"),
		ST_UNMET, "",
		FAILED("takeover") "waiting for the block to be lifted: interrupted "
				   "(Terminated); and the command did not withdraw the profile\n",
		TAKE_SENT, __FILE__, __LINE__);
	assert_log(BOTH);
}

static void ignore_children(void)
{
	signal(SIGCHLD, SIG_IGN);
}

/* Whoever starts us may not care for children; we do. */
static void takeover_by_who_ignores_its_children(void **state)
{
	(void)state;
	k_reset();
	turn_open();
	k_do(ignore_children);
	put_connection(7, "csme", 4, 4, 233, AP);
	turn_ack();
	k_do(lift);
	check_masked(run_exec(LOG_ACTION, "5"), ST_OK, NULL, "", TAKE_SENT, __FILE__, __LINE__);
	k_reset();
	take();
	turn_open();
	k_do(ignore_children);
	put_connection(7, "csme", 4, 4, 233, AP);
	check_masked(
		run_exec(LOG_ACTION "exit 3", "5"), ST_UNMET, "",
		FAILED("takeover") "installing the profile: the command ended with status 3; and "
				   "the command did not withdraw the profile\n",
		OPEN LISTEN CONN, __FILE__, __LINE__);
}

/* A command is as free to be interrupted as any that a shell starts. */
static void command_has_no_signal_blocked(void **state)
{
	(void)state;
	script_takeover(0, lift);
	/* by the shell itself: some unblock what is blocked before they start anything; what came
	 * after the first 32 signals is whoever's started the test */
	check_masked(
		run_exec(
			"while read -r what is; do case $what in Sig[BI]*) echo $what ${is#?????????};; esac; "
			"done </proc/$$/status >>log",
			"5"),
		ST_OK, NULL, "", TAKE_SENT, __FILE__, __LINE__);
	assert_log("SigBlk: 0000000\nSigIgn: 0000000\n");
}

/* However long it takes to withdraw: that the device is gone is told at every look. */
static void takeover_of_a_device_that_goes_away(void **state)
{
	(void)state;
	script_takeover(0, go);
	check_masked(run_exec(LOG_ACTION
			      "[ $IW_MLO_ACTION = install ] || sleep 0.5; echo done >>log",
			      "9"),
		     ST_REFUSED, "",
		     FAILED("takeover") "waiting for the block to be lifted: the device went "
					"away" WITHDRAWN,
		     TAKE_SENT, __FILE__, __LINE__);
	assert_log("install\ndone\nwithdraw\ndone\n");
	script_profile();
	k_do(go_later);
	check_masked(run_exec(LOG_ACTION "[ $IW_MLO_ACTION = withdraw ] || sleep 60", "60"),
		     ST_REFUSED, "",
		     FAILED("takeover") "installing the profile: the device went away" WITHDRAWN,
		     OPEN LISTEN CONN, __FILE__, __LINE__);
	assert_log(BOTH);
}

static void takeover_in_a_dry_run(void **state)
{
	(void)state;
	script_profile();
	assert_run(run("-n " TAKE " --exec touch"), ST_OK,
		   "GET_INTERFACE IFINDEX 1\nGET_WIPHY SPLIT_WIPHY_DUMP WIPHY 0\n"
		   "VENDOR IFINDEX 1 VENDOR_ID 5941 VENDOR_SUBCMD 45\n"
		   "VENDOR IFINDEX 1 VENDOR_ID 5941 VENDOR_SUBCMD 48\n",
		   "", OPEN LISTEN CONN);
}

/* ---- /dev/rfkill, which tells every change as it happens ---- */

static void say(uint8_t op, uint8_t soft, uint8_t hard, uint8_t reasons)
{
	tell(fifo, 3, op, soft, hard, reasons, 9);
}

/* What it begins with, of three devices; each run reads all of it. */
static void script_device(uint8_t hard, uint8_t reasons)
{
	char rest[4096];

	fifo_is_rfkill = true;
	if (fifo < 0) {
		assert_int_equal(mkfifo(device, 0600), 0);
		fifo = open(device, O_RDWR | O_NONBLOCK | O_CLOEXEC);
	}
	while (read(fifo, rest, sizeof(rest)) > 0)
		;
	tell(fifo, 0, RFKILL_OP_ADD, 0, 0, 0, 9);
	say(RFKILL_OP_ADD, 0, hard, reasons);
	tell(fifo, 5, RFKILL_OP_ADD, 1, 1, 2, 9);
}

static void say_lifted(void)
{
	tell(fifo, 5, RFKILL_OP_CHANGE, 0, 1, 2, 9);
	say(RFKILL_OP_CHANGE, 0, 0, 0);
	tell(fifo, 0, RFKILL_OP_DEL, 0, 0, 0, 9);
}

static void say_lifted_and_taken(void)
{
	say_lifted();
	say(RFKILL_OP_CHANGE, 0, 1, 2);
}

static void say_soft(void)
{
	say(RFKILL_OP_CHANGE, 1, 0, 0);
}

static void say_gone(void)
{
	say(RFKILL_OP_DEL, 0, 0, 0);
}

/* An event that is none: too short. */
static void break_off(void)
{
	tell(fifo, 3, RFKILL_OP_CHANGE, 0, 0, 0, 5);
}

static void say_lifted_later(void)
{
	later(100, say_lifted);
}

static void say_gone_later(void)
{
	later(100, say_gone);
}

static void break_off_later(void)
{
	later(100, break_off);
}

static void script_own(int err, void (*fn)(void))
{
	k_reset();
	turn_open();
	turn_nack(err);
	if (fn)
		k_do(fn);
}

static void device_tells_of_the_grant(void **state)
{
	static void (*const fns[])(void) = { say_lifted, say_lifted_later };

	(void)state;
	for (size_t n = 0; n < ARRAY_SIZE(fns); n++) {
		script_own(0, fns[n]);
		script_device(1, 2);
		assert_masked(OWN, ST_OK, "lo  owned  answered after T ms  lifted after T ms\n", "",
			      OWN_SENT);
		script_own(ETIMEDOUT, fns[n]);
		script_device(1, 2);
		assert_masked("dev lo csme own", ST_OK,
			      "lo  owned  not granted in the driver's time, answered after T ms  "
			      "lifted after T ms\n",
			      "", OWN_SENT);
		k_reset();
		at_the_second_question(fns[n]);
		script_device(1, 2);
		assert_masked(WAIT, ST_OK, n ? "lo  owned  lifted after T ms\n" : "lo  owned\n", "",
			      WAIT_SENT);
	}
	/* it was owned before, and another change is no grant */
	script_own(0, say_soft);
	script_device(0, 0);
	assert_masked(OWN, ST_OK, "lo  owned  answered after T ms  still soft-blocked\n", "",
		      OWN_SENT);
	/* what sysfs says meanwhile is of no interest */
	k_reset();
	turn_open();
	script_device(0, 0);
	assert_masked(WAIT, ST_OK, "lo  owned\n", "", WAIT_SENT);
}

static void device_tells_that_it_was_taken_back(void **state)
{
	static const struct {
		int err;
		const char *text;
	} rows[] = {
		{ 0, "the driver agreed after T ms, but" },
		{ ETIMEDOUT, "not granted: " ETIME_TEXT " after T ms, and" },
	};
	char err[300];

	(void)state;
	for (size_t n = 0; n < ARRAY_SIZE(rows); n++) {
		script_own(rows[n].err, say_lifted_and_taken);
		script_device(1, 2);
		snprintf(err, sizeof(err),
			 FAILED("own") "%s the firmware took the device back: the block was lifted "
				       "after T ms, and back after T ms\n",
			 rows[n].text);
		assert_masked("dev lo csme own timeout 0.3", ST_UNMET, "", err, OWN_SENT);
	}
	/* before it was asked for, that is another story */
	k_reset();
	at_the_second_question(say_lifted_and_taken);
	turn_nack(ETIMEDOUT);
	script_device(1, 2);
	assert_masked("dev lo csme own timeout 0.3", ST_UNMET, "",
		      FAILED("own") "not granted: " ETIME_TEXT " after T ms, and the block was not "
				    "lifted within T ms\n",
		      OWN_SENT);
}

static void device_tells_that_it_is_gone(void **state)
{
	static void (*const fns[])(void) = { say_gone, say_gone_later };

	(void)state;
	for (size_t n = 0; n < ARRAY_SIZE(fns); n++) {
		script_own(ETIMEDOUT, fns[n]);
		script_device(1, 2);
		assert_masked(OWN, ST_REFUSED, "", FAILED("own") "the device went away\n",
			      OWN_SENT);
	}
	k_reset();
	at_the_second_question(say_gone_later);
	script_device(1, 2);
	assert_masked("dev lo csme wait", ST_REFUSED, "", FAILED("wait") "the device went away\n",
		      WAIT_SENT);
	/* it is not among those that are told of */
	k_reset();
	turn_open();
	script_device(1, 2);
	put_rfkill(7, "x/ieee80211", 0);
	put_number(7, "class/rfkill/rfkill3/index");
	put_file("1\n", "class/rfkill/rfkill7/hard");
	put_file("0\n", "class/rfkill/rfkill7/soft");
	put_number(1, "class/rfkill/rfkill3/device/index");
	assert_masked(WAIT, ST_REFUSED, "", FAILED("wait") "the device went away\n", WAIT_SENT);
}

static void device_that_breaks_off(void **state)
{
	static const char lost[] = "rfkill cannot be read any more\n";
	char err[100];

	(void)state;
	script_own(ETIMEDOUT, break_off_later);
	script_device(1, 2);
	snprintf(err, sizeof(err), FAILED("own") "%s", lost);
	assert_masked(OWN, ST_SYSTEM, "", err, OWN_SENT);
	k_reset();
	at_the_second_question(break_off_later);
	script_device(1, 2);
	snprintf(err, sizeof(err), FAILED("wait") "%s", lost);
	assert_masked("dev lo csme wait", ST_SYSTEM, "", err, WAIT_SENT);
	script_device(1, 2);
	snprintf(err, sizeof(err), FAILED("events") "%s", lost);
	assert_run(run(EVENTS), ST_SYSTEM, NOT_MINE, err, OPEN LISTEN);
}

static void say_much(void)
{
	say(RFKILL_OP_CHANGE, 1, 1, 2);
	tell(fifo, 5, RFKILL_OP_CHANGE, 0, 1, 2, 9);
	say(RFKILL_OP_CHANGE, 1, 0, 0);
	say(RFKILL_OP_CHANGE, 0, 0, 0);
	say(RFKILL_OP_CHANGE, 0, 1, 1);
	say(RFKILL_OP_CHANGE, 0, 1, 3);
	say(RFKILL_OP_DEL, 0, 0, 0);
}

static void say_much_later(void)
{
	later(100, say_much);
}

static void device_tells_every_change(void **state)
{
	(void)state;
	at_the_second_question(say_much_later);
	script_device(1, 2);
	assert_run(run("-t 2 dev lo csme events"), ST_REFUSED,
		   NOT_MINE "lo  rfkill  rfkill3 soft-blocked hard-blocked: not-owner\n"
			    "lo  owned  rfkill3 soft-blocked\n"
			    "lo  rfkill  rfkill3 not blocked\n"
			    "lo  rfkill  rfkill3 hard-blocked: signal\n"
			    "lo  not_owned  rfkill3 hard-blocked: signal, not-owner\n",
		   FAILED("events") "the device went away\n", OPEN LISTEN);
}

static void takeover_by_the_device(void **state)
{
	(void)state;
	/* what came before it was asked for is no part of the answer */
	script_profile();
	k_do(say_lifted_and_taken);
	turn_nack(ETIMEDOUT);
	script_device(1, 2);
	check_masked(
		run_exec(LOG_ACTION "sleep 0.2", "0.8"), ST_UNMET, "",
		FAILED("takeover") "waiting for the block to be lifted: not granted: " ETIME_TEXT
				   " after T ms, and the block was not lifted within T ms" WITHDRAWN,
		TAKE_SENT, __FILE__, __LINE__);
	script_takeover(0, say_lifted);
	script_device(1, 2);
	check_masked(run_exec(LOG_ACTION, "5"), ST_OK,
		     TIMES("") "#   profile T ms  handed to the command\n" TIMES_END, "", TAKE_SENT,
		     __FILE__, __LINE__);
	assert_log("install\n");
	script_takeover(0, say_lifted_and_taken);
	script_device(1, 2);
	check_masked(
		run_exec(LOG_ACTION, "0.4"), ST_UNMET, "",
		FAILED("takeover") "waiting for the block to be lifted: the driver agreed after T "
				   "ms, but the firmware took the device back: the block was lifted "
				   "after T ms, and back after T ms" WITHDRAWN,
		TAKE_SENT, __FILE__, __LINE__);
	assert_log(BOTH);
}

#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

static const struct CMUnitTest tests[] = {
	T(connection_is_read_fact_by_fact),
	T(every_fact_has_its_length),
	T(fact_that_is_told_twice_is_not_known),
	T(report_cut_at_every_byte),
	T(answer_that_is_no_report),
	T(numbers_have_the_names_of_intels_header),
	T(roaming_event_is_read),
	T(files_below_sys_are_read_by_their_first_line),
	T(links_below_sys_are_read_by_their_last_name),
	T(rfkill_device_is_found_by_the_number_of_its_wiphy),
	T(rfkill_device_is_read),
	T(rfkill_device_that_changes_while_it_is_read),
	T(rfkill_events_are_read_one_by_one),
	T(what_is_no_rfkill_device_is_closed_again),
	T(who_owns_the_radio),
	T(driver_without_the_commands),
	T(iwlwifi_without_the_commands),
	T(device_of_iwlmld),
	T(half_of_the_commands),
	T(interface_that_is_not_there),
	T(rfkill_that_is_not_to_be_seen),
	T(radio_that_is_switched_off),
	T(info_of_everything),
	T(info_of_a_report_without_facts),
	T(info_of_what_has_no_name),
	T(info_of_what_is_malformed),
	T(info_without_a_connection),
	T(info_without_being_permitted),
	T(info_that_the_driver_refuses),
	T(info_of_every_kind_of_block),
	T(frequency_of_a_channel_is_never_guessed),
	T(candidates_in_json_and_in_a_profile),
	T(without_a_bssid_nothing_is_looked_for),
	T(bss_without_a_bssid_is_nobodys),
	T(look_for_the_channel_that_fails),
	T(profile_of_every_authentication_and_cipher),
	T(profile_of_every_ssid),
	T(profile_of_every_byte),
	T(profile_with_less_than_everything),
	T(own_that_is_granted_before_the_answer),
	T(own_that_takes_all_of_the_time),
	T(own_of_what_is_owned),
	T(own_that_is_granted_after_the_answer),
	T(own_that_is_granted_late),
	T(own_that_is_never_granted),
	T(own_that_is_refused),
	T(own_that_is_not_answered),
	T(own_that_is_interrupted),
	T(own_of_a_device_that_goes_away),
	T(own_of_what_is_blocked_for_no_known_reason),
	T(own_with_the_switch_off_as_well),
	T(own_in_a_dry_run),
	T(shorter_limit_counts),
	T(wait_for_what_is_owned),
	T(wait_until_it_is_owned),
	T(wait_in_vain),
	T(events_of_the_firmware),
	T(roaming_events_that_lack_something),
	T(events_of_the_block),
	T(end_of_the_events),
	T(takeover_in_text),
	T(takeover_in_json),
	T(takeover_with_a_command),
	T(takeover_tells_the_command_what_is_known),
	T(takeover_that_fails_before_the_profile),
	T(takeover_whose_command_fails),
	T(takeover_whose_command_does_not_end),
	T(takeover_whose_command_does_not_withdraw),
	T(takeover_that_is_refused_after_the_profile),
	T(takeover_that_is_interrupted),
	T(takeover_by_who_ignores_its_children),
	T(command_has_no_signal_blocked),
	T(takeover_of_a_device_that_goes_away),
	T(takeover_in_a_dry_run),
	T(device_tells_of_the_grant),
	T(device_tells_that_it_was_taken_back),
	T(device_tells_that_it_is_gone),
	T(device_that_breaks_off),
	T(device_tells_every_change),
	T(takeover_by_the_device),
	T(several_things_are_waited_for), /* the last: it listens in this process */
};

int main(void)
{
	return cmocka_run_group_tests(tests, NULL, NULL);
}
