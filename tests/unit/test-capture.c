/* SPDX-License-Identifier: ISC */
/* Recordings: what is written is read again, and what others wrote, in either byte order, whole or
 * not. */
#include <arpa/inet.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <linux/genetlink.h>

#include "fake-kernel.h"

#define AP     "02:00:00:00:00:aa"
#define FAMILY 0x21

static char path[] = "/tmp/test-capture.XXXXXX";

/* ---- a file, in the byte order of any machine ---- */

static struct {
	bool swapped; /* the other order than ours */
	uint8_t bytes[1 << 16];
	size_t len, packet, message, nests[8];
	int depth;
} file;

static void put(const void *p, size_t len)
{
	if (len)
		memcpy(file.bytes + file.len, p, len);
	file.len += len;
}

static void put_ordered(uint64_t v, size_t len)
{
	bool big = (htons(1) == 1) != file.swapped;

	for (size_t n = 0; n < len; n++) {
		uint8_t byte = (uint8_t)(v >> 8 * (big ? len - 1 - n : n));

		put(&byte, 1);
	}
}

static void patch(size_t at, uint64_t v, size_t len)
{
	size_t end = file.len;

	file.len = at;
	put_ordered(v, len);
	file.len = end;
}

static void begin_file(bool swapped)
{
	memset(&file, 0, sizeof(file));
	file.swapped = swapped;
	put_ordered(0xa1b2c3d4, 4);
	put_ordered(2, 2);
	put_ordered(4, 2);
	put_ordered(0, 8);
	put_ordered(262144, 4);
	put_ordered(253, 4);
}

static void end_packet(void)
{
	if (!file.packet)
		return;
	patch(file.packet + 8, file.len - file.packet - 16, 4);
	patch(file.packet + 12, file.len - file.packet - 16, 4);
}

/* Of this protocol of netlink, at so many microseconds. */
static void packet_of(uint16_t protocol, uint32_t us)
{
	uint16_t cooked[8] = { htons(4), htons(824), 0, 0, 0, 0, 0, htons(protocol) };

	end_packet();
	file.packet = file.len;
	put_ordered(1700000000, 4);
	put_ordered(us, 4);
	put_ordered(0, 8);
	put(cooked, sizeof(cooked));
}

static void message(uint16_t type, uint8_t cmd, uint16_t flags, uint32_t seq, uint32_t pid)
{
	file.message = file.len;
	put_ordered(0, 4);
	put_ordered(type, 2);
	put_ordered(flags, 2);
	put_ordered(seq, 4);
	put_ordered(pid, 4);
	put_ordered(0, 4);
	file.bytes[file.len - 4] = cmd;
	file.bytes[file.len - 3] = 1;
	file.depth = 0;
	patch(file.message, file.len - file.message, 4);
}

static void attr(uint16_t type, const void *p, size_t len)
{
	put_ordered(4 + len, 2);
	put_ordered(type, 2);
	put(p, len);
	while (file.len % 4)
		put("", 1);
	patch(file.message, file.len - file.message, 4);
}

static void attr_number(uint16_t type, uint64_t v, size_t len)
{
	put_ordered(4 + len, 2);
	put_ordered(type, 2);
	put_ordered(v, len);
	while (file.len % 4)
		put("", 1);
	patch(file.message, file.len - file.message, 4);
}

static void nest(uint16_t type)
{
	file.nests[file.depth++] = file.len;
	attr(type | NLA_F_NESTED, NULL, 0);
}

static void nest_end(void)
{
	size_t at = file.nests[--file.depth];

	patch(at, file.len - at, 2);
}

static void event_packet(uint8_t cmd)
{
	packet_of(NETLINK_GENERIC, 0);
	message(FAMILY, cmd, 0, 0, 0);
}

static void save(void)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	end_packet();
	assert_true(fd >= 0);
	assert_int_equal(write(fd, file.bytes, file.len), (ssize_t)file.len);
	close(fd);
}

static const struct run *replay(const char *options, const char *words)
{
	char line[300];

	save();
	snprintf(line, sizeof(line), "%s event -r %s %s", options, path, words);
	return run(line);
}

/* ---- what is in it ---- */

static void put_family(void)
{
	packet_of(NETLINK_GENERIC, 0);
	message(GENL_ID_CTRL, CTRL_CMD_NEWFAMILY, 0, 1, 77);
	attr(CTRL_ATTR_FAMILY_NAME, "nl80211", 8);
	attr_number(CTRL_ATTR_FAMILY_ID, FAMILY, 2);
	attr_number(CTRL_ATTR_MAXATTR, 340, 4);
	nest(CTRL_ATTR_OPS);
	nest(1);
	attr_number(CTRL_ATTR_OP_ID, NL80211_CMD_ADD_LINK, 4);
	attr_number(CTRL_ATTR_OP_FLAGS, 10, 4);
	nest_end();
	nest_end();
	nest(CTRL_ATTR_MCAST_GROUPS);
	nest(1);
	attr(CTRL_ATTR_MCAST_GRP_NAME, "config", 7);
	attr_number(CTRL_ATTR_MCAST_GRP_ID, 5, 4);
	nest_end();
	nest_end();
}

static void attr_mac6(uint16_t type, uint8_t last)
{
	attr(type, (uint8_t[]){ 2, 0, 0, 0, 0, last }, 6);
}

static void put_interface(uint8_t cmd, uint32_t seq, uint32_t pid)
{
	packet_of(NETLINK_GENERIC, 0);
	message(FAMILY, cmd, seq ? NLM_F_MULTI : 0, seq, pid);
	attr_number(NL80211_ATTR_IFINDEX, 7, 4);
	attr(NL80211_ATTR_IFNAME, "wlan7", 6);
	attr_number(NL80211_ATTR_WIPHY, 3, 4);
	attr_number(NL80211_ATTR_IFTYPE, NL80211_IFTYPE_AP, 4);
	attr_number(NL80211_ATTR_WDEV, 0x300000001, 8);
	attr_mac6(NL80211_ATTR_MAC, 1);
	nest(NL80211_ATTR_MLO_LINKS);
	nest(2);
	attr_number(NL80211_ATTR_MLO_LINK_ID, 1, 1);
	attr_mac6(NL80211_ATTR_MAC, 0x11);
	attr_number(NL80211_ATTR_WIPHY_FREQ, 5180, 4);
	attr_number(NL80211_ATTR_CHANNEL_WIDTH, NL80211_CHAN_WIDTH_80, 4);
	attr_number(NL80211_ATTR_CENTER_FREQ1, 5210, 4);
	attr_number(NL80211_ATTR_WIPHY_TX_POWER_LEVEL, (uint32_t)-150, 4);
	nest_end();
	nest_end();
}

#define SET_INTERFACE                                                                               \
	"wlan7  set_interface  type ap  addr 02:00:00:00:00:01  wdev 0x300000001\n"                 \
	"\tlink 1  addr 02:00:00:00:00:11  channel 36 (5GHz)  5180 MHz  width 80 MHz  center 5210 " \
	"MHz  tx power -1.5 dBm\n"

static void put_connect(void)
{
	event_packet(NL80211_CMD_CONNECT);
	attr_number(NL80211_ATTR_WIPHY, 3, 4);
	attr_number(NL80211_ATTR_IFINDEX, 7, 4);
	attr_mac6(NL80211_ATTR_MAC, 0xaa);
	attr_number(NL80211_ATTR_STATUS_CODE, 17, 2);
	nest(NL80211_ATTR_MLO_LINKS);
	nest(1);
	attr_number(NL80211_ATTR_MLO_LINK_ID, 2, 1);
	attr_mac6(NL80211_ATTR_BSSID, 0x22);
	attr_number(NL80211_ATTR_STATUS_CODE, 37, 2);
	nest_end();
	nest_end();
}

#define CONNECT                                                                      \
	"wlan7  connect  ap-mld " AP "  status 17 (the AP takes no more stations)\n" \
	"\tlink 2  bssid 02:00:00:00:00:22  status 37 (request declined)\n"

static void put_rest(void)
{
	event_packet(NL80211_CMD_TRIGGER_SCAN);
	attr_number(NL80211_ATTR_IFINDEX, 7, 4);
	nest(NL80211_ATTR_SCAN_SSIDS);
	attr(0, "net", 3);
	nest_end();
	nest(NL80211_ATTR_SCAN_FREQUENCIES);
	attr_number(0, 2412, 4);
	attr_number(1, 5180, 4);
	nest_end();
	event_packet(NL80211_CMD_OBSS_COLOR_COLLISION);
	attr_number(NL80211_ATTR_IFINDEX, 7, 4);
	attr_number(NL80211_ATTR_OBSS_COLOR_BITMAP, 0x8000000000000002, 8);
	event_packet(NL80211_CMD_SET_TID_TO_LINK_MAPPING);
	attr_number(NL80211_ATTR_IFINDEX, 7, 4);
	attr(NL80211_ATTR_MLO_TTLM_DLINK, NULL, 0);
	for (int n = 0; n < 8; n++)
		put_ordered(0x4001, 2);
	patch(file.len - 16 - 4, 20, 2);
	patch(file.message, file.len - file.message, 4);
	event_packet(NL80211_CMD_VENDOR);
	attr_number(NL80211_ATTR_IFINDEX, 7, 4);
	attr_number(NL80211_ATTR_VENDOR_ID, INTEL_OUI, 4);
	attr_number(NL80211_ATTR_VENDOR_SUBCMD, INTEL_CMD_ROAMING_FORBIDDEN_EVENT, 4);
	nest(NL80211_ATTR_VENDOR_DATA);
	attr_mac6(INTEL_ATTR_VIF_ADDR, 1);
	attr_number(INTEL_ATTR_ROAMING_FORBIDDEN, 1, 1);
	nest_end();
	event_packet(NL80211_CMD_DISCONNECT);
	attr_number(NL80211_ATTR_IFINDEX, 7, 4);
	attr_number(NL80211_ATTR_REASON_CODE, 4, 2);
	event_packet(NL80211_CMD_RADAR_DETECT);
	attr_number(NL80211_ATTR_WIPHY, 3, 4);
	attr_number(NL80211_ATTR_RADAR_EVENT, 1, 4);
	attr_number(NL80211_ATTR_WIPHY_FREQ, 5500, 4);
}

#define TID(n) "\ttid " #n "  down on links 0,14\n"
#define REST                                                                                \
	"wlan7  trigger_scan  ssid \"net\"  freq 2412 5180\n"                               \
	"wlan7  obss_color_collision  colours 0x8000000000000002\n"                         \
	"wlan7  set_tid_to_link_mapping\n" TID(0) TID(1) TID(2) TID(3) TID(4) TID(5) TID(6) \
		TID(7) "wlan7  vendor  0x001735 0x32  roaming forbidden"                    \
		       "  addr 02:00:00:00:00:01\n"                                         \
		       "wlan7  disconnect  reason 4 (inactivity)\n"                         \
		       "wiphy 3  radar_detect  cac_finished  channel 100 (5GHz)  5500 MHz\n"

static void in_either_byte_order(void **state)
{
	(void)state;
	for (int swapped = 0; swapped < 2; swapped++) {
		begin_file(swapped);
		put_family();
		put_interface(NL80211_CMD_SET_INTERFACE, 0, 0);
		put_connect();
		put_rest();
		assert_run(replay("", ""), ST_OK, SET_INTERFACE CONNECT REST, "", "");
		assert_int_equal(replay("", "")->opened, 0);
	}
}

/* The file's order is that of whoever wrote it, not of the machine that it tells of. */
static void order_of_the_file_is_not_that_of_its_messages(void **state)
{
	(void)state;
	for (int swapped = 0; swapped < 2; swapped++) {
		size_t head = 24, at;

		begin_file(swapped);
		put_family();
		put_connect();
		end_packet();
		file.swapped = !swapped;
		patch(0, 0xa1b2c3d4, 4);
		patch(20, 253, 4);
		for (at = head; at < file.len;) {
			uint32_t len;

			memcpy(&len, file.bytes + at + 8, 4);
			len = swapped ? __builtin_bswap32(len) : len;
			patch(at, 1700000000, 4);
			patch(at + 8, len, 4);
			patch(at + 12, len, 4);
			at += 16 + len;
		}
		file.packet = 0;
		assert_run(replay("", "connect"), ST_OK,
			   "ifindex 7  connect  ap-mld " AP
			   "  status 17 (the AP takes no more stations)\n"
			   "\tlink 2  bssid 02:00:00:00:00:22  status 37 (request declined)\n",
			   "", "");
	}
}

/* As the RFC has it: its nest is a flag to others. */
static void dialect_of_the_recorded_kernel(void **state)
{
	static const char out[] = "ifindex 7  connect  bssid " AP "\n"
				  "\tlink wdev 0x300000002  wiphy 3  bssid 02:00:00:00:00:33\n";

	(void)state;
	for (int swapped = 0; swapped < 2; swapped++) {
		begin_file(swapped);
		packet_of(NETLINK_GENERIC, 0);
		message(GENL_ID_CTRL, CTRL_CMD_NEWFAMILY, 0, 1, 77);
		attr(CTRL_ATTR_FAMILY_NAME, "nl80211", 8);
		attr_number(CTRL_ATTR_FAMILY_ID, FAMILY, 2);
		attr_number(CTRL_ATTR_MAXATTR, 299, 4);
		packet_of(NETLINK_GENERIC, 0);
		message(GENL_ID_CTRL, CTRL_CMD_GETPOLICY, NLM_F_MULTI, 2, 77);
		nest(CTRL_ATTR_OP_POLICY);
		nest(NL80211_CMD_SET_INTERFACE);
		attr_number(CTRL_ATTR_POLICY_DO, 4, 4);
		nest_end();
		nest_end();
		for (int n = 0; n < 2; n++) {
			packet_of(NETLINK_GENERIC, 0);
			message(GENL_ID_CTRL, CTRL_CMD_GETPOLICY, NLM_F_MULTI, 2, 77);
			nest(CTRL_ATTR_POLICY);
			nest(4);
			nest(n ? 299 : NL80211_ATTR_IFTYPE);
			attr_number(NL_POLICY_TYPE_ATTR_TYPE,
				    n ? NL_ATTR_TYPE_NESTED : NL_ATTR_TYPE_U32, 4);
			attr_number(NL_POLICY_TYPE_ATTR_MAX_VALUE_U, 13, 8);
			nest_end();
			nest_end();
			nest_end();
		}
		event_packet(NL80211_CMD_CONNECT);
		attr_number(NL80211_ATTR_IFINDEX, 7, 4);
		attr_mac6(NL80211_ATTR_MAC, 0xaa);
		nest(RFC_ATTR_MLO_LINK_INFO);
		nest(1);
		attr_number(NL80211_ATTR_WIPHY, 3, 4);
		attr_number(NL80211_ATTR_WDEV, 0x300000002, 8);
		attr_mac6(NL80211_ATTR_MAC, 0x33);
		nest_end();
		nest_end();
		assert_run(replay("", ""), ST_OK, out, "", "");
	}
}

/* ---- what is no event ---- */

static void answers_and_requests_are_no_events(void **state)
{
	(void)state;
	begin_file(false);
	put_family();
	put_interface(NL80211_CMD_NEW_INTERFACE, 9, 77); /* tells the name */
	packet_of(NETLINK_GENERIC, 0);
	message(FAMILY, NL80211_CMD_CONNECT, NLM_F_REQUEST, 0, 0);
	attr_number(NL80211_ATTR_IFINDEX, 7, 4);
	packet_of(NETLINK_GENERIC, 0);
	message(NLMSG_DONE, 0, NLM_F_MULTI, 9, 77);
	packet_of(NETLINK_ROUTE, 0);
	message(FAMILY, NL80211_CMD_CONNECT, 0, 0, 0);
	packet_of(NETLINK_GENERIC, 0);
	message(FAMILY + 1, NL80211_CMD_CONNECT, 0, 0, 0);
	put_connect();
	assert_run(replay("", ""), ST_OK, CONNECT, "", "");
	assert_run(replay("", "dev wlan7"), ST_OK, CONNECT, "", "");
	assert_run(replay("", "dev wlan8"), ST_OK, "", "", "");
	assert_run(replay("", "phy 3 link 2"), ST_OK, CONNECT, "", "");
}

/* nlmon has an event once for every socket that it went to: what is ours was read by one. */
static void twins(void **state)
{
	(void)state;
	begin_file(false);
	packet_of(NETLINK_GENERIC, 0);
	message(FAMILY, 1, NLM_F_REQUEST, 1, 77);
	put_family();
	put_connect();
	put_connect();
	assert_run(replay("", "-t"), ST_OK,
		   "2023-11-14T22:13:20.000000Z  ifindex 7  connect  ap-mld " AP
		   "  status 17 (the AP takes no more stations)\n"
		   "\tlink 2  bssid 02:00:00:00:00:22  status 37 (request declined)\n",
		   "", "");
	packet_of(NETLINK_GENERIC, 1001);
	message(FAMILY, NL80211_CMD_EPCS_CFG, 0, 0, 0);
	packet_of(NETLINK_GENERIC, 2500);
	message(FAMILY, NL80211_CMD_EPCS_CFG, 0, 0, 0);
	assert_run(replay("", "epcs_cfg --time delta"), ST_OK,
		   "+0.000000  -  epcs_cfg  off\n+0.001499  -  epcs_cfg  off\n", "", "");
	begin_file(false);
	put_family();
	put_connect();
	put_connect();
	assert_int_equal(strlen(replay("", "")->out), 2 * strlen(CONNECT) + 2 * 4);
}

static void gap_in_a_recording(void **state)
{
	(void)state;
	begin_file(false);
	put_family();
	packet_of(NETLINK_GENERIC, 0);
	message(NLMSG_OVERRUN, 0, 0, 0, 0);
	put_connect();
	assert_int_equal(replay("-j", "")->status, ST_PARTIAL);
	assert_non_null(
		strstr(replay("-j", "")->out, "{\"seq\":1,\"event\":\"gap\"}\n{\"seq\":2,"));
}

static void several_messages_in_a_packet(void **state)
{
	(void)state;
	begin_file(false);
	put_family();
	event_packet(NL80211_CMD_EPCS_CFG);
	message(FAMILY, NL80211_CMD_LINKS_REMOVED, 0, 0, 0);
	message(FAMILY, NL80211_CMD_ROAM, 0, 0, 0);
	assert_run(replay("", ""), ST_OK, "-  epcs_cfg  off\n-  links_removed\n-  roam\n", "", "");
}

/* ---- whose id nobody tells ---- */

static void family_that_is_not_told(void **state)
{
	static const char guess[] = "iw-mlo: event: the recording does not tell the id of "
				    "nl80211: taken to be 0x21\n";

	(void)state;
	begin_file(false);
	event_packet(NL80211_CMD_CONNECT); /* too little to be sure */
	attr_number(NL80211_ATTR_WIPHY, 3, 4);
	attr_number(NL80211_ATTR_IFINDEX, 7, 4);
	event_packet(NL80211_CMD_STOP_AP);
	attr_number(NL80211_ATTR_WIPHY, 3, 4);
	attr_number(NL80211_ATTR_IFINDEX, 7, 4);
	attr_number(NL80211_ATTR_WDEV, 0x300000001, 8);
	put_connect();
	assert_run(replay("", ""), ST_OK,
		   "ifindex 7  stop_ap\nifindex 7  connect  ap-mld " AP
		   "  status 17 (the AP takes no more stations)\n"
		   "\tlink 2  bssid 02:00:00:00:00:22  status 37 (request declined)\n",
		   guess, "");
	begin_file(false);
	put_connect();
	assert_run(replay("", ""), ST_PARTIAL, "",
		   "iw-mlo: event: the recording does not tell which of its messages are of "
		   "nl80211\n",
		   "");
	begin_file(false);
	assert_run(replay("", ""), ST_OK, "", "", "");
}

/* ---- files that are none ---- */

static void files_that_are_none(void **state)
{
	char line[200];

	(void)state;
	assert_run(run("event -r /nonexistent"), ST_REFUSED, "",
		   "iw-mlo: event: cannot read \"/nonexistent\": No such file or directory\n", "");
	assert_run(run("event -r /"), ST_SYSTEM, "",
		   "iw-mlo: event: cannot read \"/\": Is a directory\n", "");
	assert_int_equal(run("event -r /dev/null")->status, ST_REFUSED);
	assert_non_null(strstr(run("event -r /dev/null")->err, "it is empty"));
	begin_file(false);
	file.len = 23;
	assert_non_null(strstr(replay("", "")->err, "it is no recording (pcap)"));
	begin_file(false);
	file.bytes[0] ^= 1;
	assert_non_null(strstr(replay("", "")->err, "it is no recording (pcap)"));
	begin_file(false);
	patch(20, 1, 4);
	assert_non_null(strstr(replay("", "")->err, "its link type is not that of nlmon"));
	assert_int_equal(replay("", "")->status, ST_REFUSED);
	begin_file(false);
	patch(0, 0x0a0d0d0a, 4);
	assert_non_null(strstr(replay("", "")->err, "editcap -F pcap"));
	begin_file(false);
	patch(20, 253 | 0x14000000, 4); /* with the length of an FCS */
	assert_run(replay("", ""), ST_OK, "", "", "");
	snprintf(line, sizeof(line), "event -w %s/no", path);
	assert_int_equal(run(line)->status, ST_SYSTEM);
}

static void nanoseconds(void **state)
{
	(void)state;
	begin_file(true);
	patch(0, 0xa1b23c4d, 4);
	put_family();
	packet_of(NETLINK_GENERIC, 123456789);
	message(FAMILY, NL80211_CMD_EPCS_CFG, 0, 0, 0);
	assert_run(replay("", "-t"), ST_OK, "2023-11-14T22:13:20.123456Z  -  epcs_cfg  off\n", "",
		   "");
}

/* Cut anywhere, what was before is told, and that something is missing. */
static void cut_at_every_byte(void **state)
{
	size_t whole, second;

	(void)state;
	begin_file(false);
	put_family();
	put_connect();
	end_packet();
	second = file.packet;
	put_interface(NL80211_CMD_SET_INTERFACE, 0, 0);
	end_packet();
	whole = file.len;
	for (size_t len = file.packet; len <= whole; len += len < file.packet + 40 ? 1 : 13) {
		const struct run *r;
		size_t packet = file.packet;

		file.packet = 0;
		file.len = len;
		r = replay("", "");
		file.packet = packet;
		assert_non_null(strstr(r->out, "connect  ap-mld"));
		assert_int_equal(r->status, len == packet || len == whole ? ST_OK : ST_PARTIAL);
	}
	file.len = second + 5;
	file.packet = 0;
	assert_run(replay("", ""), ST_PARTIAL, "",
		   "iw-mlo: event: the recording has packets that are not whole, or ends in one\n",
		   "");
}

/* By the recorder, who was told to keep no more. */
static void packets_that_are_cut(void **state)
{
	(void)state;
	begin_file(false);
	put_family();
	put_connect();
	end_packet();
	patch(file.packet + 12, 5000, 4);
	file.packet = 0;
	assert_run(replay("", "connect link 2"), ST_PARTIAL, NULL,
		   "iw-mlo: event: the recording has packets that are not whole, or ends in one\n",
		   "");
	patch(24 + 8, 1 << 21, 4); /* no datagram is as long */
	assert_run(replay("", ""), ST_PARTIAL, "", NULL, "");
}

/* Lengths that lie, of packets, messages and attributes: never more is read than is there. */
static void every_byte_changed(void **state)
{
	for (int swapped = 0; swapped < 2; swapped++) {
		size_t len;

		(void)state;
		begin_file(swapped);
		put_family();
		put_connect();
		put_interface(NL80211_CMD_SET_INTERFACE, 0, 0);
		end_packet();
		file.packet = 0;
		len = file.len;
		for (size_t n = swapped; n < len; n += 2) {
			const struct run *r;

			file.bytes[n] ^= 0xff;
			r = replay("", "");
			file.bytes[n] ^= 0xff;
			if (r->status > ST_PARTIAL)
				fail_msg("byte %zu: status %d, %s", n, r->status, r->err);
		}
	}
}

static void holes(void **state)
{
	(void)state;
	begin_file(false);
	put_family();
	put_connect();
	end_packet();
	file.packet = 0;
	save();
	if (truncate(path, (off_t)10 << 30) < 0)
		skip();
	{
		char line[100];
		int64_t began = now_ms();
		const struct run *r;

		snprintf(line, sizeof(line), "event -r %s", path);
		r = run(line);
		assert_int_equal(r->status, ST_PARTIAL);
		assert_non_null(strstr(r->out, "connect"));
		assert_true(now_ms() - began < 2000);
	}
}

/* ---- what is written is read again ---- */

static void turn_look(void)
{
	k_turn();
	k_wiphy(NLM_F_MULTI, 0, "phy0");
	k_done(0);
	k_turn();
	k_iface(NLM_F_MULTI, NL80211_IFTYPE_STATION);
	k_done(0);
}

static void written_and_read(void **state)
{
	char line[200], *seen;

	(void)state;
	turn_look();
	k_event_about(NL80211_CMD_CONNECT, K_LO);
	k_put_mac(NL80211_ATTR_MAC, AP);
	k_put_u16(NL80211_ATTR_STATUS_CODE, 0);
	k_event_about(NL80211_CMD_DISCONNECT, K_LO);
	k_event_about(NL80211_CMD_DISCONNECT, K_LO);
	snprintf(line, sizeof(line), "-j -t 0.1 event -w %s connect disconnect", path);
	seen = strdup(run(line)->out);
	assert_non_null(strstr(seen, "\"ifname\":\"lo\""));
	snprintf(line, sizeof(line), "-j event -r %s", path);
	k_reset();
	assert_run(run(line), ST_OK, seen, "", "");
	free(seen);
}

static int64_t wall_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static void times_are_recorded(void **state)
{
	int64_t before = wall_us();
	char line[200];
	long long us;

	(void)state;
	turn_look();
	k_event_about(NL80211_CMD_ROAM, K_LO);
	snprintf(line, sizeof(line), "-t 0.1 event -w %s", path);
	assert_int_equal(run(line)->status, ST_OK);
	snprintf(line, sizeof(line), "-j event -t -r %s", path);
	k_reset();
	assert_int_equal(sscanf(run(line)->out, "{\"seq\":1,\"time_us\":%lld,", &us), 1);
	assert_in_range(us, before, wall_us());
}

/* What is filtered out is recorded all the same. */
static void everything_is_recorded(void **state)
{
	char line[200];

	(void)state;
	turn_look();
	k_event_about(NL80211_CMD_DISCONNECT, K_LO);
	k_event_about(NL80211_CMD_ROAM, K_LO);
	snprintf(line, sizeof(line), "-t 0.1 event roam -w %s", path);
	assert_run(run(line), ST_OK, "lo  roam\n", "", NULL);
	snprintf(line, sizeof(line), "event -r %s", path);
	k_reset();
	assert_run(run(line), ST_OK, "lo  disconnect\nlo  roam\n", "", "");
}

static void recording_that_cannot_be_written(void **state)
{
	const struct run *r;

	(void)state;
	turn_look();
	k_event_about(NL80211_CMD_ROAM, K_LO);
	r = run("-t 0.1 event -w /dev/full");
	assert_run(r, ST_SYSTEM, "lo  roam\n",
		   "iw-mlo: event: cannot write to \"/dev/full\": No space left on device\n", NULL);
}

static int setup(void **state)
{
	(void)state;
	k_reset();
	return 0;
}

#define T(f) cmocka_unit_test_setup(f, setup)

static const struct CMUnitTest tests[] = {
	T(in_either_byte_order),
	T(order_of_the_file_is_not_that_of_its_messages),
	T(dialect_of_the_recorded_kernel),
	T(answers_and_requests_are_no_events),
	T(twins),
	T(gap_in_a_recording),
	T(several_messages_in_a_packet),
	T(family_that_is_not_told),
	T(files_that_are_none),
	T(nanoseconds),
	T(cut_at_every_byte),
	T(packets_that_are_cut),
	T(every_byte_changed),
	T(holes),
	T(written_and_read),
	T(times_are_recorded),
	T(everything_is_recorded),
	T(recording_that_cannot_be_written),
};

static int make_file(void **state)
{
	int fd = mkstemp(path);

	(void)state;
	return fd < 0 ? -1 : close(fd);
}

static int remove_file(void **state)
{
	(void)state;
	return unlink(path);
}

int main(void)
{
	return cmocka_run_group_tests(tests, make_file, remove_file);
}
