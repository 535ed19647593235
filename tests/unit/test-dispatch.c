/* SPDX-License-Identifier: ISC */
/* What the netlink loop makes of every way in which a kernel answers, or fails to. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <linux/genetlink.h>
#include <netlink/msg.h>

#include "fake-kernel.h"

#define LINK_ADD  "dev lo link add 3 addr 02:00:00:00:00:03"
#define LINK_SHOW "dev lo link show"
#define MAC3	  "02:00:00:00:00:03"

#define GET_LO	    "get GET_INTERFACE IFINDEX=1\n"
#define ADD_3	    "change ADD_LINK IFINDEX=1 MLO_LINK_ID=3 MAC=020000000003\n"
#define DUMP_WIPHYS "dump GET_WIPHY\n"
#define DUMP_IFACES "dump GET_INTERFACE\n"

#define LO_AP	"lo  type ap  addr 02:00:00:00:00:01  no links\n"
#define LO_LIST "phy0\n\tlo  type ap  addr 02:00:00:00:00:01  ifindex 1  wdev 0x1\n"

#define ADD_FAILED  "iw-mlo: dev lo link add: "
#define ADD_REFUSED ADD_FAILED "refused by the kernel: "
#define SHOW_FAILED "iw-mlo: dev lo link show: "
#define CUT_SHORT   "the kernel's answer is cut short\n"
#define MALFORMED   "the kernel sent what cannot be: its answer is malformed (-d shows it)\n"
#define UNSETTLED   "iw-mlo: dev: the kernel's list kept changing: what is shown may be incomplete\n"

static int setup(void **state)
{
	(void)state;
	k_reset();
	return 0;
}

static void turn_ap(void)
{
	k_turn();
	k_iface(0, NL80211_IFTYPE_AP);
}

static void turn_ap_with_link(uint8_t id, const char *mac)
{
	turn_ap();
	k_links_begin();
	k_link(id, mac);
	k_links_end();
}

static void turn_wiphys(void)
{
	k_turn();
	k_wiphy(NLM_F_MULTI, 0, "phy0");
	k_done(0);
}

/* One of the answers to the second request of "dev". */
static void turn_ifaces(uint16_t flags)
{
	k_turn();
	k_iface(NLM_F_MULTI | flags, NL80211_IFTYPE_AP);
	k_done(0);
}

/* ---- acknowledgements and refusals ---- */

static void change_that_is_acknowledged_is_read_back(void **state)
{
	(void)state;
	turn_ap();
	k_turn();
	k_ack();
	turn_ap_with_link(3, MAC3);
	assert_run(run(LINK_ADD), ST_OK, "", "", GET_LO ADD_3 GET_LO);
}

static void family_is_looked_up_once_on_one_socket(void **state)
{
	const struct run *r;

	(void)state;
	turn_ap();
	k_turn();
	k_ack();
	turn_ap_with_link(3, MAC3);
	r = run(LINK_ADD);
	assert_int_equal(r->opened, 1);
	assert_int_equal(r->family, 1);
}

static void positive_error_number_is_no_error(void **state)
{
	(void)state;
	turn_ap();
	k_turn();
	k_nack(-5, NLM_F_CAPPED);
	turn_ap_with_link(3, MAC3);
	assert_run(run(LINK_ADD), ST_OK, "", "", GET_LO ADD_3 GET_LO);
}

static void acknowledgement_after_data_of_a_change(void **state)
{
	(void)state;
	turn_ap();
	k_turn();
	k_iface(0, NL80211_IFTYPE_AP);
	k_datagram();
	k_nack(ENOLINK, NLM_F_CAPPED);
	assert_run(run(LINK_ADD), ST_REFUSED, "", ADD_REFUSED "ENOLINK (Link has been severed)\n",
		   GET_LO ADD_3);
}

static void refusal_without_a_reason_tells_the_errno(void **state)
{
	(void)state;
	turn_ap();
	k_turn();
	k_nack(ENOLINK, 0);
	assert_run(run(LINK_ADD), ST_REFUSED, "", ADD_REFUSED "ENOLINK (Link has been severed)\n",
		   GET_LO ADD_3);
}

static void refusal_with_an_errno_that_has_no_name_here(void **state)
{
	(void)state;
	turn_ap();
	k_turn();
	k_nack(ENOTEMPTY, 0);
	assert_run(run(LINK_ADD), ST_REFUSED, "", ADD_REFUSED "Directory not empty\n",
		   GET_LO ADD_3);
}

static void eperm_hints_at_the_capability(void **state)
{
	(void)state;
	turn_ap();
	k_turn();
	k_nack(EPERM, NLM_F_CAPPED);
	assert_run(run(LINK_ADD), ST_REFUSED, "",
		   ADD_REFUSED "EPERM (Operation not permitted); it needs CAP_NET_ADMIN: "
			       "try as root\n",
		   GET_LO ADD_3);
}

/* The sentence and the attribute, with the request echoed or not. */
static void refuse_with_everything(uint16_t flags)
{
	turn_ap();
	k_turn();
	k_nack(ERANGE, flags);
	k_ext_text("integer out of range");
	k_ext_offset_of(NL80211_ATTR_MLO_LINK_ID);
	assert_run(run(LINK_ADD), ST_REFUSED, "",
		   ADD_REFUSED "ERANGE (Numerical result out of range): \"integer out of range\", "
			       "attribute MLO_LINK_ID\n",
		   GET_LO ADD_3);
}

static void refusal_after_the_echoed_request_names_the_attribute(void **state)
{
	(void)state;
	refuse_with_everything(0);
}

static void refusal_that_is_capped_names_the_attribute(void **state)
{
	(void)state;
	refuse_with_everything(NLM_F_CAPPED);
}

static void refusal_names_the_missing_attribute(void **state)
{
	(void)state;
	turn_ap();
	k_turn();
	k_nack(ENOLINK, NLM_F_CAPPED);
	k_ext_missing(NL80211_ATTR_MAC);
	assert_run(run(LINK_ADD), ST_REFUSED, "",
		   ADD_REFUSED "ENOLINK (Link has been severed), missing attribute MAC\n", NULL);
}

static void missing_attribute_without_a_name_has_its_number(void **state)
{
	(void)state;
	turn_ap();
	k_turn();
	k_nack(ENOLINK, 0);
	k_ext_missing(900);
	assert_run(run(LINK_ADD), ST_REFUSED, "",
		   ADD_REFUSED "ENOLINK (Link has been severed), missing attribute attribute-900\n",
		   NULL);
}

static void offset_where_no_attribute_begins_names_none(void **state)
{
	static const uint32_t offsets[] = { 1, 19, 21, 0x1000, 0x7fffffff };

	(void)state;
	for (size_t n = 0; n < ARRAY_SIZE(offsets); n++) {
		k_reset();
		turn_ap();
		k_turn();
		k_nack(ENOLINK, 0);
		k_ext_offset(offsets[n]);
		assert_run(run(LINK_ADD), ST_REFUSED, "",
			   ADD_REFUSED "ENOLINK (Link has been severed)\n", NULL);
	}
}

static void sentence_of_the_kernel_is_escaped(void **state)
{
	(void)state;
	turn_ap();
	k_turn();
	k_nack(ENOLINK, 0);
	k_ext_text("a\n\033[31m\xe2\x80\xae");
	assert_run(run(LINK_ADD), ST_REFUSED, "",
		   ADD_REFUSED "ENOLINK (Link has been severed): "
			       "\"a\\x0a\\x1b[31m\\xe2\\x80\\xae\"\n",
		   NULL);
}

static void sentence_without_its_end_is_not_read_beyond(void **state)
{
	(void)state;
	turn_ap();
	k_turn();
	k_nack(ENOLINK, NLM_F_CAPPED | NLM_F_ACK_TLVS);
	k_put(1, "abcd", 4);
	assert_run(run(LINK_ADD), ST_REFUSED, "",
		   ADD_REFUSED "ENOLINK (Link has been severed): \"abcd\"\n", NULL);
}

static void reasons_that_are_not_announced_are_not_read(void **state)
{
	(void)state;
	turn_ap();
	k_turn();
	k_nack(ENOLINK, NLM_F_CAPPED);
	k_put_text(1, "no reason");
	assert_run(run(LINK_ADD), ST_REFUSED, "", ADD_REFUSED "ENOLINK (Link has been severed)\n",
		   NULL);
}

static void reasons_of_lying_lengths_are_not_read_beyond(void **state)
{
	static const int lies[] = { 100, 3000, -12 };

	(void)state;
	for (size_t n = 0; n < ARRAY_SIZE(lies); n++) {
		k_reset();
		turn_ap();
		k_turn();
		k_nack(ENOLINK, NLM_F_CAPPED);
		k_ext_text("no reason");
		k_attr_length(lies[n]);
		assert_run(run(LINK_ADD), ST_REFUSED, "",
			   ADD_REFUSED "ENOLINK (Link has been severed)\n", NULL);
	}
}

static void reasons_announced_but_absent(void **state)
{
	(void)state;
	turn_ap();
	k_turn();
	k_nack(ENOLINK, NLM_F_ACK_TLVS); /* and what is echoed is cut off */
	k_cut(24);
	k_length(-24);
	assert_run(run(LINK_ADD), ST_REFUSED, "", ADD_REFUSED "ENOLINK (Link has been severed)\n",
		   NULL);
}

static void attribute_inside_a_nest_is_found_by_its_offset(void **state)
{
	struct ctx ctx = { .family = { .id = K_FAMILY_ID } };
	struct attrs a;
	struct req rq;
	uint32_t base;

	(void)state;
	turn_ap();
	k_links_begin();
	k_link(0, MAC3);
	k_link(1, MAC3);
	k_links_end();
	a = k_attrs(0);
	req_get(&ctx, &rq, NL80211_CMD_GET_INTERFACE);
	nlmsg_append(rq.msg, (void *)(uintptr_t)a.head, (size_t)a.len, NLMSG_ALIGNTO);
	base = nlmsg_hdr(rq.msg)->nlmsg_len;
	assert_int_equal(attribute_at(nlmsg_hdr(rq.msg), base - 12), NL80211_ATTR_MAC);
	assert_int_equal(attribute_at(nlmsg_hdr(rq.msg), base - 20), NL80211_ATTR_MLO_LINK_ID);
	assert_int_equal(attribute_at(nlmsg_hdr(rq.msg), base - 24), 0);
	assert_int_equal(attribute_at(nlmsg_hdr(rq.msg), base - 52), NL80211_ATTR_MLO_LINKS);
	assert_int_equal(attribute_at(nlmsg_hdr(rq.msg), base - 10), 0);
	nlmsg_free(rq.msg);
	k_attrs_free(a);
}

/* ---- ends of dumps ---- */

static void dump_that_ends_with_an_errno_is_refused(void **state)
{
	(void)state;
	turn_wiphys();
	k_turn();
	k_iface(NLM_F_MULTI, NL80211_IFTYPE_AP);
	k_done(ENODEV);
	assert_run(run("dev"), ST_REFUSED, "",
		   "iw-mlo: dev: refused by the kernel: ENODEV (No such device); "
		   "the interface is gone\n",
		   DUMP_WIPHYS DUMP_IFACES);
}

static void dump_that_ends_with_an_errno_and_reasons(void **state)
{
	(void)state;
	turn_wiphys();
	k_turn();
	k_done(ENOLINK);
	k_ext_text("no such thing");
	k_ext_missing(NL80211_ATTR_WDEV);
	assert_run(run("dev"), ST_REFUSED, "",
		   "iw-mlo: dev: refused by the kernel: ENOLINK (Link has been severed): "
		   "\"no such thing\", missing attribute WDEV\n",
		   DUMP_WIPHYS DUMP_IFACES);
}

static void dump_that_ends_with_reasons_not_announced(void **state)
{
	(void)state;
	turn_wiphys();
	k_turn();
	k_done(ENOLINK);
	k_put_text(1, "no reason");
	assert_run(run("dev"), ST_REFUSED, "",
		   "iw-mlo: dev: refused by the kernel: ENOLINK (Link has been severed)\n", NULL);
}

static void dump_refused_before_it_began(void **state)
{
	(void)state;
	turn_wiphys();
	k_turn();
	k_nack(EPERM, NLM_F_CAPPED);
	assert_run(run("dev"), ST_REFUSED, "",
		   "iw-mlo: dev: refused by the kernel: EPERM (Operation not permitted); "
		   "it needs CAP_NET_ADMIN: try as root\n",
		   DUMP_WIPHYS DUMP_IFACES);
}

static void dump_with_a_positive_number_at_its_end_is_a_success(void **state)
{
	(void)state;
	turn_wiphys();
	k_turn();
	k_iface(NLM_F_MULTI, NL80211_IFTYPE_AP);
	k_done(-7);
	assert_run(run("dev"), ST_OK, LO_LIST, "", DUMP_WIPHYS DUMP_IFACES);
}

static void dump_whose_end_has_no_payload_is_a_success(void **state)
{
	(void)state;
	turn_wiphys();
	k_turn();
	k_iface(NLM_F_MULTI, NL80211_IFTYPE_AP);
	k_message(NLMSG_DONE, NLM_F_MULTI);
	assert_run(run("dev"), ST_OK, LO_LIST, "", DUMP_WIPHYS DUMP_IFACES);
}

static void dump_in_many_datagrams(void **state)
{
	(void)state;
	k_turn();
	k_wiphy(NLM_F_MULTI, 0, "phy0");
	k_datagram();
	k_wiphy(NLM_F_MULTI, 1, "phy1");
	k_datagram();
	k_done(0);
	turn_ifaces(0);
	assert_run(run("dev"), ST_OK, LO_LIST "phy1\n", "", DUMP_WIPHYS DUMP_IFACES);
}

static void nothing_after_the_end_of_a_dump_is_taken(void **state)
{
	(void)state;
	k_turn();
	k_wiphy(NLM_F_MULTI, 0, "phy0");
	k_done(0);
	k_wiphy(NLM_F_MULTI, 1, "phy1");
	turn_ifaces(0);
	assert_run(run("dev"), ST_OK, LO_LIST, "", DUMP_WIPHYS DUMP_IFACES);
}

static void noop_messages_are_skipped(void **state)
{
	(void)state;
	k_turn();
	k_message(NLMSG_NOOP, 0);
	k_iface(0, NL80211_IFTYPE_AP);
	assert_run(run(LINK_SHOW), ST_OK, LO_AP, "", GET_LO);
}

/* ---- dumps that change while they last ---- */

static void interrupted_dump_is_asked_again_and_shown_once(void **state)
{
	(void)state;
	turn_wiphys();
	turn_ifaces(NLM_F_DUMP_INTR);
	turn_ifaces(NLM_F_DUMP_INTR);
	turn_ifaces(0);
	assert_run(run("dev"), ST_OK, LO_LIST, "", DUMP_WIPHYS DUMP_IFACES DUMP_IFACES DUMP_IFACES);
}

static void interruption_told_only_at_the_end_counts(void **state)
{
	(void)state;
	turn_wiphys();
	k_turn();
	k_iface(NLM_F_MULTI, NL80211_IFTYPE_STATION);
	k_message(NLMSG_DONE, NLM_F_MULTI | NLM_F_DUMP_INTR);
	turn_ifaces(0);
	assert_run(run("dev"), ST_OK, LO_LIST, "", DUMP_WIPHYS DUMP_IFACES DUMP_IFACES);
}

static void dump_that_never_settles_is_shown_with_status_5(void **state)
{
	(void)state;
	turn_wiphys();
	for (int n = 0; n < 6; n++)
		turn_ifaces(NLM_F_DUMP_INTR);
	assert_run(run("dev"), ST_PARTIAL, LO_LIST, UNSETTLED,
		   DUMP_WIPHYS DUMP_IFACES DUMP_IFACES DUMP_IFACES DUMP_IFACES DUMP_IFACES
			   DUMP_IFACES);
}

static void wiphys_that_never_settle_are_shown_with_status_5(void **state)
{
	(void)state;
	for (int n = 0; n < 6; n++) {
		k_turn();
		k_wiphy(NLM_F_MULTI | NLM_F_DUMP_INTR, 0, "phy0");
		k_done(0);
	}
	turn_ifaces(0);
	assert_run(run("dev"), ST_PARTIAL, LO_LIST, UNSETTLED, NULL);
}

static void interrupted_dump_that_is_refused_next_is_refused(void **state)
{
	(void)state;
	turn_wiphys();
	turn_ifaces(NLM_F_DUMP_INTR);
	k_turn();
	k_done(ENOLINK);
	assert_run(run("dev"), ST_REFUSED, "",
		   "iw-mlo: dev: refused by the kernel: ENOLINK (Link has been severed)\n", NULL);
}

static void add_generation(uint64_t wdev, uint32_t wiphy, uint32_t generation)
{
	k_data(NL80211_CMD_NEW_INTERFACE, NLM_F_MULTI);
	k_put_u32(NL80211_ATTR_WIPHY, wiphy);
	k_put_u32(NL80211_ATTR_IFTYPE, NL80211_IFTYPE_STATION);
	k_put_u64(NL80211_ATTR_WDEV, wdev);
	k_put_u32(NL80211_ATTR_GENERATION, generation);
}

static void generations_that_differ_within_a_wiphy_are_a_torn_dump(void **state)
{
	(void)state;
	turn_wiphys();
	k_turn();
	add_generation(1, 0, 5);
	add_generation(2, 0, 6);
	k_done(0);
	k_turn();
	add_generation(2, 0, 6);
	k_done(0);
	assert_run(run("dev"), ST_OK, "phy0\n\twdev 0x2  type station  addr -\n", "",
		   DUMP_WIPHYS DUMP_IFACES DUMP_IFACES);
}

static void generations_that_differ_between_wiphys_are_not(void **state)
{
	(void)state;
	k_turn();
	k_wiphy(NLM_F_MULTI, 0, "phy0");
	k_wiphy(NLM_F_MULTI, 1, "phy1");
	k_done(0);
	k_turn();
	add_generation(1, 0, 5);
	add_generation(0x100000001, 1, 6);
	k_done(0);
	assert_run(
		run("dev"), ST_OK,
		"phy0\n\twdev 0x1  type station  addr -\nphy1\n\twdev 0x100000001  type station  addr -\n",
		"", DUMP_WIPHYS DUMP_IFACES);
}

static void wiphy_that_appears_between_the_dumps_is_asked_for(void **state)
{
	(void)state;
	turn_wiphys();
	k_turn();
	add_generation(0x100000001, 1, 6);
	k_done(0);
	k_turn();
	k_wiphy(NLM_F_MULTI, 1, "phy1");
	k_done(0);
	k_turn();
	add_generation(0x100000001, 1, 6);
	k_done(0);
	assert_run(run("dev"), ST_OK, "phy1\n\twdev 0x100000001  type station  addr -\n", "",
		   DUMP_WIPHYS DUMP_IFACES DUMP_WIPHYS DUMP_IFACES);
}

/* ---- what is cut short, or lies ---- */

static void message_longer_than_its_datagram_is_cut_short(void **state)
{
	(void)state;
	turn_ap();
	k_length(4);
	assert_run(run(LINK_SHOW), ST_SYSTEM, "", SHOW_FAILED CUT_SHORT, GET_LO);
}

static void datagram_without_its_last_bytes_is_cut_short(void **state)
{
	(void)state;
	turn_ap();
	k_cut(8);
	assert_run(run(LINK_SHOW), ST_SYSTEM, "", SHOW_FAILED CUT_SHORT, GET_LO);
}

static void message_shorter_than_its_header_is_cut_short(void **state)
{
	(void)state;
	k_turn();
	k_message(NLMSG_ERROR, 0);
	k_length(-4);
	assert_run(run(LINK_SHOW), ST_SYSTEM, "", SHOW_FAILED CUT_SHORT, GET_LO);
}

static void datagram_of_no_bytes_is_cut_short(void **state)
{
	(void)state;
	k_turn();
	k_end_of_file();
	assert_run(run(LINK_SHOW), ST_SYSTEM, "", SHOW_FAILED CUT_SHORT, GET_LO);
}

static void errno_that_is_cut_short(void **state)
{
	static const uint8_t payload[sizeof(struct nlmsgerr)] = { 0xff, 0xff, 0xff, 0xff };

	(void)state;
	for (size_t len = 0; len < sizeof(payload); len += 4) {
		k_reset();
		k_turn();
		k_message(NLMSG_ERROR, 0);
		k_raw(payload, len);
		assert_run(run(LINK_SHOW), ST_SYSTEM, "", SHOW_FAILED CUT_SHORT, GET_LO);
	}
}

static void data_without_their_head_are_no_answer(void **state)
{
	(void)state;
	k_turn();
	k_message(K_FAMILY_ID, 0);
	assert_run(run(LINK_SHOW), ST_SYSTEM, "",
		   SHOW_FAILED "the kernel did not answer the question\n", GET_LO);
}

static void attribute_longer_than_its_message_is_malformed(void **state)
{
	(void)state;
	turn_ap();
	k_attr_length(40);
	assert_run(run(LINK_SHOW), ST_SYSTEM, "", SHOW_FAILED MALFORMED, GET_LO);
}

static void attribute_shorter_than_its_header_is_malformed(void **state)
{
	(void)state;
	turn_ap();
	k_attr_length(-6);
	assert_run(run(LINK_SHOW), ST_SYSTEM, "", SHOW_FAILED MALFORMED, GET_LO);
}

static void attribute_of_a_wrong_length_is_malformed(void **state)
{
	(void)state;
	turn_ap();
	k_put(NL80211_ATTR_IFTYPE, "abc", 3);
	assert_run(run(LINK_SHOW), ST_SYSTEM, "", SHOW_FAILED MALFORMED, GET_LO);
}

static void malformed_part_of_a_dump_leaves_stdout_empty(void **state)
{
	(void)state;
	turn_wiphys();
	k_turn();
	k_iface(NLM_F_MULTI, NL80211_IFTYPE_AP);
	k_iface(NLM_F_MULTI, NL80211_IFTYPE_AP);
	k_put(NL80211_ATTR_MAC, "abc", 3);
	k_iface(NLM_F_MULTI, NL80211_IFTYPE_AP);
	k_done(0);
	assert_run(run("dev"), ST_SYSTEM, "", "iw-mlo: dev: " MALFORMED, DUMP_WIPHYS DUMP_IFACES);
}

/* ---- an answer that answers nothing: never to be taken for an interface of no properties ---- */

static void assert_no_answer(void)
{
	const struct run *r = run(LINK_SHOW);

	assert_run(r, ST_SYSTEM, "", NULL, GET_LO);
	assert_int_not_equal(strlen(r->err), 0);
}

static void get_that_is_only_acknowledged_is_no_answer(void **state)
{
	(void)state;
	k_turn();
	k_ack();
	assert_no_answer();
}

static void get_that_only_ends_is_no_answer(void **state)
{
	(void)state;
	k_turn();
	k_done(0);
	assert_no_answer();
}

static void get_answered_without_a_generic_header_is_no_answer(void **state)
{
	(void)state;
	k_turn();
	k_message(K_FAMILY_ID, 0);
	assert_no_answer();
	assert_run(run("-d " LINK_SHOW), ST_SYSTEM, "", NULL, GET_LO);
}

static void get_answered_without_attributes_is_no_answer(void **state)
{
	(void)state;
	k_turn();
	k_data(NL80211_CMD_NEW_INTERFACE, 0);
	assert_no_answer();
}

/* Every kernel says of every interface on which wiphy it is: it is not on wiphy 0 by default. */
static void interface_of_a_dump_without_its_wiphy_is_malformed(void **state)
{
	(void)state;
	turn_wiphys();
	k_turn();
	k_data(NL80211_CMD_NEW_INTERFACE, NLM_F_MULTI);
	k_put_u32(NL80211_ATTR_IFTYPE, NL80211_IFTYPE_STATION);
	k_put_u64(NL80211_ATTR_WDEV, 1);
	k_done(0);
	assert_run(run("dev"), ST_SYSTEM, "", "iw-mlo: dev: " MALFORMED, DUMP_WIPHYS DUMP_IFACES);
}

/* ---- messages that are not the answer ---- */

static void answer_to_another_request_is_ignored(void **state)
{
	(void)state;
	k_turn();
	k_iface(0, NL80211_IFTYPE_STATION);
	k_seq(-1);
	k_datagram();
	k_iface(0, NL80211_IFTYPE_STATION);
	k_seq(1);
	k_nack(EPERM, 0);
	k_seq(7);
	k_datagram();
	k_iface(0, NL80211_IFTYPE_AP);
	assert_run(run(LINK_SHOW), ST_OK, LO_AP, "", GET_LO);
}

static void message_from_another_process_is_ignored(void **state)
{
	(void)state;
	k_turn();
	k_from_port(4711);
	k_iface(0, NL80211_IFTYPE_STATION);
	k_datagram();
	k_from_port(4711);
	k_nack(EPERM, 0);
	k_datagram();
	k_iface(0, NL80211_IFTYPE_AP);
	assert_run(run(LINK_SHOW), ST_OK, LO_AP, "", GET_LO);
}

static void forged_end_of_a_dump_is_ignored(void **state)
{
	(void)state;
	turn_wiphys();
	k_turn();
	k_from_port(4711);
	k_done(0);
	k_datagram();
	k_iface(NLM_F_MULTI, NL80211_IFTYPE_AP);
	k_done(0);
	assert_run(run("dev"), ST_OK, LO_LIST, "", DUMP_WIPHYS DUMP_IFACES);
}

static void message_of_another_family_is_no_data(void **state)
{
	(void)state;
	turn_wiphys();
	k_turn();
	k_message(K_FAMILY_ID + 1, NLM_F_MULTI);
	k_raw("\7\1\0", 4);
	k_put_u32(NL80211_ATTR_WIPHY, 0);
	k_iface(NLM_F_MULTI, NL80211_IFTYPE_AP);
	k_done(0);
	assert_run(run("dev"), ST_OK, LO_LIST, "", DUMP_WIPHYS DUMP_IFACES);
}

/* What an earlier request left in the socket is still there when the next one is answered. */
static void late_rest_of_an_earlier_answer_is_ignored(void **state)
{
	(void)state;
	turn_ap();
	k_datagram();
	k_nack(EPERM, 0);
	k_turn();
	k_ack();
	turn_ap_with_link(3, MAC3);
	assert_run(run(LINK_ADD), ST_OK, "", "", GET_LO ADD_3 GET_LO);
}

/* ---- the family ---- */

static void kernel_without_nl80211(void **state)
{
	(void)state;
	k_nack(ENOENT, NLM_F_CAPPED);
	assert_run(run("dev"), ST_SYSTEM, "",
		   "iw-mlo: dev: this kernel has no nl80211: no Wi-Fi driver is loaded "
		   "(\"modprobe cfg80211\" brings nl80211 alone)\n",
		   "");
}

static void look_up_of_the_family_that_is_refused(void **state)
{
	(void)state;
	k_nack(EPERM, NLM_F_CAPPED);
	assert_run(run("dev"), ST_SYSTEM, "",
		   "iw-mlo: dev: refused by the kernel: EPERM (Operation not permitted); "
		   "it needs CAP_NET_ADMIN: try as root\n",
		   "");
}

static void family_without_an_id_is_malformed(void **state)
{
	(void)state;
	k_message(GENL_ID_CTRL, 0);
	k_raw("\1\2\0", 4);
	k_put_text(CTRL_ATTR_FAMILY_NAME, "nl80211");
	assert_run(run("dev"), ST_SYSTEM, "", "iw-mlo: dev: " MALFORMED, "");
}

static void family_with_the_id_of_a_control_message_is_malformed(void **state)
{
	(void)state;
	k_message(GENL_ID_CTRL, 0);
	k_raw("\1\2\0", 4);
	k_put_u16(CTRL_ATTR_FAMILY_ID, NLMSG_DONE);
	assert_run(run("dev"), ST_SYSTEM, "", "iw-mlo: dev: " MALFORMED, "");
}

static void family_that_is_only_acknowledged_is_no_family(void **state)
{
	const struct run *r;

	(void)state;
	k_ack();
	r = run("dev");
	assert_run(r, ST_SYSTEM, "", NULL, "");
}

static void kernel_without_add_link_is_sent_reads_only(void **state)
{
	(void)state;
	k_without_links();
	turn_ap();
	assert_run(run(LINK_ADD), ST_REFUSED, "",
		   ADD_FAILED "this kernel has no MLO links (its nl80211 lacks ADD_LINK)\n",
		   GET_LO);
}

static void kernel_without_remove_link_is_sent_reads_only(void **state)
{
	(void)state;
	k_without_links();
	k_family_has(NL80211_CMD_ADD_LINK);
	turn_ap_with_link(3, MAC3);
	assert_run(run("dev lo link del 3"), ST_REFUSED, "",
		   "iw-mlo: dev lo link del: this kernel has no MLO links "
		   "(its nl80211 lacks REMOVE_LINK)\n",
		   GET_LO);
}

/* ---- receiving fails ---- */

static void overrun_of_a_get_asks_again(void **state)
{
	(void)state;
	k_turn();
	k_receive_error(ENOBUFS);
	turn_ap();
	assert_run(run(LINK_SHOW), ST_OK, LO_AP, "", GET_LO GET_LO);
}

/* No answer ever came: there is nothing to show, and nothing to judge by. */
static void overrun_of_a_get_for_ever_shows_nothing(void **state)
{
	const struct run *r;

	(void)state;
	for (int n = 0; n < 6; n++) {
		k_turn();
		k_receive_error(ENOBUFS);
	}
	r = run("dev lo link show");
	assert_string_equal(r->out, "");
	assert_int_equal(r->status, ST_SYSTEM);
}

static void overrun_of_a_dump_goes_on_and_asks_again(void **state)
{
	(void)state;
	turn_wiphys();
	k_turn();
	k_receive_error(ENOBUFS);
	k_iface(NLM_F_MULTI, NL80211_IFTYPE_STATION);
	k_done(0);
	turn_ifaces(0);
	assert_run(run("dev"), ST_OK, LO_LIST, "", DUMP_WIPHYS DUMP_IFACES DUMP_IFACES);
}

static void overrun_of_a_change_that_was_made(void **state)
{
	(void)state;
	turn_ap();
	k_turn();
	k_receive_error(ENOBUFS);
	turn_ap_with_link(3, MAC3);
	assert_run(run(LINK_ADD), ST_OK, "", "", GET_LO ADD_3 GET_LO);
}

static void overrun_of_a_change_that_was_not_made(void **state)
{
	const struct run *r;

	(void)state;
	turn_ap();
	k_turn();
	k_receive_error(ENOBUFS);
	turn_ap();
	r = run(LINK_ADD);
	assert_run(r, ST_REFUSED, "", NULL, GET_LO ADD_3 GET_LO);
	assert_null(strstr(r->err, "the kernel agreed"));
	assert_non_null(strstr(r->err, "link 3 is not there"));
}

static void other_failures_to_receive_are_told(void **state)
{
	(void)state;
	k_turn();
	k_receive_error(EMSGSIZE);
	assert_run(run(LINK_SHOW), ST_SYSTEM, "",
		   SHOW_FAILED "cannot receive from the kernel: Message too long\n", GET_LO);
}

static void failure_to_receive_in_a_dump_leaves_stdout_empty(void **state)
{
	(void)state;
	turn_wiphys();
	k_turn();
	k_iface(NLM_F_MULTI, NL80211_IFTYPE_AP);
	k_receive_error(ENOMEM);
	assert_run(run("dev"), ST_SYSTEM, "",
		   "iw-mlo: dev: cannot receive from the kernel: Cannot allocate memory\n", NULL);
}

/* ---- the deadline ---- */

static void deadline_passes_without_an_answer(void **state)
{
	(void)state;
	k_turn();
	k_silence();
	assert_run(run("-t 0.05 " LINK_SHOW), ST_UNMET, "",
		   SHOW_FAILED "no answer from the kernel within 0.050 s\n", GET_LO);
}

static void deadline_passes_at_the_look_up_of_the_family(void **state)
{
	(void)state;
	k_silence();
	assert_run(run("-t 0.05 dev"), ST_UNMET, "",
		   "iw-mlo: dev: no answer from the kernel within 0.050 s\n", "");
}

static void deadline_passes_in_the_middle_of_a_dump(void **state)
{
	(void)state;
	k_turn();
	k_wiphy(NLM_F_MULTI, 0, "phy0");
	k_silence();
	assert_run(run("-t 1.05 dev"), ST_UNMET, "",
		   "iw-mlo: dev: no answer from the kernel within 1.050 s\n", DUMP_WIPHYS);
}

static void deadline_passes_while_others_talk(void **state)
{
	(void)state;
	k_turn();
	k_iface(0, NL80211_IFTYPE_AP);
	k_seq(1);
	k_silence();
	assert_run(run("-t 0.05 " LINK_SHOW), ST_UNMET, "", NULL, GET_LO);
}

static void take_long(void)
{
	usleep(80000);
}

/* The kernel took all of the time to take the request: what is there then is the answer. */
static void answer_that_is_there_at_the_deadline_counts(void **state)
{
	(void)state;
	turn_ap();
	k_do(take_long);
	assert_run(run("-t 0.05 " LINK_SHOW), ST_OK, LO_AP, "", GET_LO);
	k_reset();
	k_turn();
	k_do(take_long);
	k_nack(EBUSY, NLM_F_CAPPED);
	assert_run(run("-t 0.05 " LINK_SHOW), ST_REFUSED, "", NULL, GET_LO);
	k_reset();
	k_turn();
	k_do(take_long);
	k_silence();
	assert_run(run("-t 0.05 " LINK_SHOW), ST_UNMET, "",
		   SHOW_FAILED "no answer from the kernel within 0.050 s\n", GET_LO);
}

/* One look, or a dump, or whoever else talks, would go on for ever. */
static void deadline_is_one_for_what_comes_in_parts(void **state)
{
	(void)state;
	k_turn();
	k_do(take_long);
	k_wiphy(NLM_F_MULTI, 0, "phy0");
	k_datagram();
	k_done(0);
	assert_run(run("-t 0.05 dev"), ST_UNMET, "",
		   "iw-mlo: dev: no answer from the kernel within 0.050 s\n", DUMP_WIPHYS);
}

static void deadline_that_does_not_pass_changes_nothing(void **state)
{
	(void)state;
	turn_ap();
	assert_run(run("-t 10 " LINK_SHOW), ST_OK, LO_AP, "", GET_LO);
}

/* ---- dry run and debugging ---- */

static void dry_run_prints_the_change_and_does_not_send_it(void **state)
{
	(void)state;
	turn_ap();
	assert_run(run("-n " LINK_ADD), ST_OK,
		   "GET_INTERFACE IFINDEX 1\n"
		   "ADD_LINK IFINDEX 1 MLO_LINK_ID 3 MAC 02:00:00:00:00:03\n",
		   "", GET_LO);
}

static void dry_run_in_json(void **state)
{
	(void)state;
	turn_ap();
	assert_run(run("-jn " LINK_ADD), ST_OK,
		   "[{\"command\":\"GET_INTERFACE\",\"number\":5,"
		   "\"attributes\":{\"ifindex\":1}},"
		   "{\"command\":\"ADD_LINK\",\"number\":148,\"attributes\":"
		   "{\"ifindex\":1,\"mlo_link_id\":3,\"mac\":\"02:00:00:00:00:03\"}}]\n",
		   "", GET_LO);
}

static void dry_run_of_a_read_shows_requests_only(void **state)
{
	(void)state;
	turn_wiphys();
	turn_ifaces(0);
	assert_run(run("-n dev"), ST_OK, "GET_WIPHY\nGET_INTERFACE\n", "", DUMP_WIPHYS DUMP_IFACES);
}

static void dry_run_that_fails_leaves_stdout_empty(void **state)
{
	(void)state;
	k_without_links();
	turn_ap();
	assert_run(run("-jn " LINK_ADD), ST_REFUSED, "", NULL, GET_LO);
	assert_run(run("-n " LINK_ADD), ST_REFUSED, "", NULL, GET_LO);
}

static void dry_run_by_wdev_has_its_id_as_text(void **state)
{
	(void)state;
	k_turn();
	k_iface(0, NL80211_IFTYPE_AP);
	assert_run(run("-jn wdev 0x10000000000001 link show"), ST_OK,
		   "[{\"command\":\"GET_INTERFACE\",\"number\":5,"
		   "\"attributes\":{\"wdev\":\"0x10000000000001\"}}]\n",
		   "", "get GET_INTERFACE WDEV=0100000000001000\n");
}

static void debugging_shows_requests_and_answers(void **state)
{
	(void)state;
	turn_ap();
	k_turn();
	k_nack(ENOLINK, 0);
	assert_run(run("-d " LINK_ADD), ST_REFUSED, "",
		   "> 1 family nl80211\n"
		   "< 1 family nl80211\n"
		   "> 2 GET_INTERFACE IFINDEX 1\n"
		   "< 2 NEW_INTERFACE IFINDEX 1 IFNAME \"lo\" WIPHY 0 IFTYPE 3 WDEV 1 "
		   "MAC 02:00:00:00:00:01 GENERATION 5\n"
		   "> 3 ADD_LINK IFINDEX 1 MLO_LINK_ID 3 MAC 02:00:00:00:00:03\n"
		   "< 3 error -67\n" ADD_REFUSED "ENOLINK (Link has been severed)\n",
		   GET_LO ADD_3);
}

static void debugging_shows_dumps_and_nests(void **state)
{
	(void)state;
	turn_wiphys();
	k_turn();
	add_generation(1, 0, 5);
	k_put(NL80211_ATTR_SSID, "a\n", 2);
	k_put_u32(NL80211_ATTR_WIPHY_TX_POWER_LEVEL, (uint32_t)-4950);
	k_put(999, "\1\2", 2);
	k_links_begin();
	k_link(2, MAC3);
	k_links_end();
	k_done(0);
	assert_run(run("-d dev"), ST_OK, NULL,
		   "> 1 family nl80211\n"
		   "< 1 family nl80211\n"
		   "> 2 GET_WIPHY (dump)\n"
		   "< 2 NEW_WIPHY WIPHY 0 WIPHY_NAME \"phy0\"\n"
		   "< 2 done 0\n"
		   "> 3 GET_INTERFACE (dump)\n"
		   "< 3 NEW_INTERFACE WIPHY 0 IFTYPE 2 WDEV 1 GENERATION 5 SSID \"a\\x0a\" "
		   "WIPHY_TX_POWER_LEVEL -4950 attribute-999 0102 "
		   "MLO_LINKS { 3 { MLO_LINK_ID 2 MAC 02:00:00:00:00:03 } }\n"
		   "< 3 done 0\n",
		   DUMP_WIPHYS DUMP_IFACES);
}

static void stdout_that_cannot_be_written_is_told(void **state)
{
	const struct run *r;

	(void)state;
	turn_ap();
	r = run_to("/dev/full", LINK_SHOW);
	assert_run(r, ST_SYSTEM, NULL,
		   SHOW_FAILED "cannot write to stdout: No space left on device\n", GET_LO);
}

#define T(f) cmocka_unit_test_setup(f, setup)

static const struct CMUnitTest tests[] = {
	T(change_that_is_acknowledged_is_read_back),
	T(family_is_looked_up_once_on_one_socket),
	T(positive_error_number_is_no_error),
	T(acknowledgement_after_data_of_a_change),
	T(refusal_without_a_reason_tells_the_errno),
	T(refusal_with_an_errno_that_has_no_name_here),
	T(eperm_hints_at_the_capability),
	T(refusal_after_the_echoed_request_names_the_attribute),
	T(refusal_that_is_capped_names_the_attribute),
	T(refusal_names_the_missing_attribute),
	T(missing_attribute_without_a_name_has_its_number),
	T(offset_where_no_attribute_begins_names_none),
	T(sentence_of_the_kernel_is_escaped),
	T(sentence_without_its_end_is_not_read_beyond),
	T(reasons_that_are_not_announced_are_not_read),
	T(reasons_of_lying_lengths_are_not_read_beyond),
	T(reasons_announced_but_absent),
	T(attribute_inside_a_nest_is_found_by_its_offset),
	T(dump_that_ends_with_an_errno_is_refused),
	T(dump_that_ends_with_an_errno_and_reasons),
	T(dump_that_ends_with_reasons_not_announced),
	T(dump_refused_before_it_began),
	T(dump_with_a_positive_number_at_its_end_is_a_success),
	T(dump_whose_end_has_no_payload_is_a_success),
	T(dump_in_many_datagrams),
	T(nothing_after_the_end_of_a_dump_is_taken),
	T(noop_messages_are_skipped),
	T(interrupted_dump_is_asked_again_and_shown_once),
	T(interruption_told_only_at_the_end_counts),
	T(dump_that_never_settles_is_shown_with_status_5),
	T(wiphys_that_never_settle_are_shown_with_status_5),
	T(interrupted_dump_that_is_refused_next_is_refused),
	T(generations_that_differ_within_a_wiphy_are_a_torn_dump),
	T(generations_that_differ_between_wiphys_are_not),
	T(wiphy_that_appears_between_the_dumps_is_asked_for),
	T(message_longer_than_its_datagram_is_cut_short),
	T(datagram_without_its_last_bytes_is_cut_short),
	T(message_shorter_than_its_header_is_cut_short),
	T(datagram_of_no_bytes_is_cut_short),
	T(errno_that_is_cut_short),
	T(data_without_their_head_are_no_answer),
	T(attribute_longer_than_its_message_is_malformed),
	T(attribute_shorter_than_its_header_is_malformed),
	T(attribute_of_a_wrong_length_is_malformed),
	T(malformed_part_of_a_dump_leaves_stdout_empty),
	T(get_that_is_only_acknowledged_is_no_answer),
	T(get_that_only_ends_is_no_answer),
	T(get_answered_without_a_generic_header_is_no_answer),
	T(get_answered_without_attributes_is_no_answer),
	T(interface_of_a_dump_without_its_wiphy_is_malformed),
	T(answer_to_another_request_is_ignored),
	T(message_from_another_process_is_ignored),
	T(forged_end_of_a_dump_is_ignored),
	T(message_of_another_family_is_no_data),
	T(late_rest_of_an_earlier_answer_is_ignored),
	T(kernel_without_nl80211),
	T(look_up_of_the_family_that_is_refused),
	T(family_without_an_id_is_malformed),
	T(family_with_the_id_of_a_control_message_is_malformed),
	T(family_that_is_only_acknowledged_is_no_family),
	T(kernel_without_add_link_is_sent_reads_only),
	T(kernel_without_remove_link_is_sent_reads_only),
	T(overrun_of_a_get_asks_again),
	T(overrun_of_a_get_for_ever_shows_nothing),
	T(overrun_of_a_dump_goes_on_and_asks_again),
	T(overrun_of_a_change_that_was_made),
	T(overrun_of_a_change_that_was_not_made),
	T(other_failures_to_receive_are_told),
	T(failure_to_receive_in_a_dump_leaves_stdout_empty),
	T(deadline_passes_without_an_answer),
	T(deadline_passes_at_the_look_up_of_the_family),
	T(deadline_passes_in_the_middle_of_a_dump),
	T(deadline_passes_while_others_talk),
	T(answer_that_is_there_at_the_deadline_counts),
	T(deadline_is_one_for_what_comes_in_parts),
	T(deadline_that_does_not_pass_changes_nothing),
	T(dry_run_prints_the_change_and_does_not_send_it),
	T(dry_run_in_json),
	T(dry_run_of_a_read_shows_requests_only),
	T(dry_run_that_fails_leaves_stdout_empty),
	T(dry_run_by_wdev_has_its_id_as_text),
	T(debugging_shows_requests_and_answers),
	T(debugging_shows_dumps_and_nests),
	T(stdout_that_cannot_be_written_is_told),
};

int main(void)
{
	return cmocka_run_group_tests(tests, NULL, NULL);
}
