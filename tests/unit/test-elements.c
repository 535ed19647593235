/* SPDX-License-Identifier: ISC */
/* Elements from the air: what is decoded of them, and that nothing in them can do harm. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "../../cmds/show-elements.h"
#include "element-gen.h"
#include "fake-kernel.h"

/* ---- elements in, text out ---- */

/* Bytes in memory of exactly their size, so that a sanitizer sees what is read beyond. */
static struct bytes exactly(const uint8_t *p, size_t len)
{
	uint8_t *copy = malloc(len ? len : 1);

	assert_non_null(copy);
	memcpy(copy, p, len);
	return (struct bytes){ copy, len };
}

static void render(FILE *f, bool json, struct bytes elements, const struct element_env *env)
{
	struct json j = { .f = f };
	struct text t = { .f = f };

	if (!json) {
		text_elements(&t, 0, elements, env);
		return;
	}
	json_open(&j, NULL, '{');
	json_elements(&j, "elements", elements, env);
	json_close(&j, '}');
}

/* As without --hex. */
static bool in_brief;

/* The elements as a command shows them; to be freed. */
static char *shown(bool json, const uint8_t *p, size_t len, enum frame frame)
{
	struct bytes elements = exactly(p, len);
	struct element_env env = { .frame = frame, .brief = in_brief };
	size_t size;
	char *out;
	FILE *f = open_memstream(&out, &size);

	env.scratch = (struct scratch){ malloc(SCRATCH_SIZE(len) + 1), SCRATCH_SIZE(len) };
	render(f, json, elements, &env);
	fclose(f);
	free(env.scratch.p);
	free((void *)elements.p);
	assert_true(is_utf8(out, size));
	assert_int_equal(strlen(out), size);
	return out;
}

static void shows(bool json, enum frame frame, const char *bytes, const char *expected)
{
	size_t len;
	uint8_t *p = bytes_of(bytes, &len);
	char *out = shown(json, p, len, frame);

	assert_string_equal(out, expected);
	free(out);
	free(p);
}

/* Expected is what stands in the array, with ' for ". */
static void check_json_of(enum frame frame, const char *bytes, const char *expected)
{
	char *whole;

	assert_true(asprintf(&whole, "{\"elements\":[%s]}\n", expected) > 0);
	for (char *p = whole; *p; p++)
		if (*p == '\'')
			*p = '"';
	shows(true, frame, bytes, whole);
	free(whole);
}

static void check_json(const char *bytes, const char *expected)
{
	check_json_of(FRAME_UNKNOWN, bytes, expected);
}

/* Of an element of one kind, the members after its name; the body without its id. */
static void check_element(enum frame frame, const char *head, const char *name, const char *body,
			  const char *members)
{
	char *bytes, *expected;

	assert_true(asprintf(&bytes, "%s%s)", head, body) > 0);
	assert_true(asprintf(&expected, "{%s%s%s}", name, *members ? "," : "", members) > 0);
	check_json_of(frame, bytes, expected);
	free(bytes);
	free(expected);
}

static void check_multi_link_of(enum frame frame, const char *body, const char *members)
{
	check_element(frame, "ff(6b", "'id':255,'ext_id':107,'name':'Multi-Link'", body, members);
}

static void check_multi_link(const char *body, const char *members)
{
	check_multi_link_of(FRAME_UNKNOWN, body, members);
}

static void check_rnr(const char *body, const char *members)
{
	check_element(FRAME_UNKNOWN, "c9(", "'id':201,'name':'Reduced Neighbor Report'", body,
		      members);
}

static void check_ttlm(const char *body, const char *members)
{
	check_element(FRAME_UNKNOWN, "ff(6d", "'id':255,'ext_id':109,'name':'TID-To-Link Mapping'",
		      body, members);
}

static void check_text(const char *bytes, const char *expected)
{
	shows(false, FRAME_UNKNOWN, bytes, expected);
}

/* ---- the reader ---- */

static void elements_come_one_after_the_other(void **state)
{
	(void)state;
	check_json("96() 97(01) ff(c8 0203)",
		   "{'id':150,'len':0,'hex':''},{'id':151,'len':1,'hex':'01'},"
		   "{'id':255,'ext_id':200,'len':2,'hex':'0203'}");
	shows(true, FRAME_UNKNOWN, "", "{}\n");
	shows(false, FRAME_UNKNOWN, "", "");
}

static void extension_of_no_length_has_no_extension_id(void **state)
{
	(void)state;
	check_json("ff() 96()", "{'id':255,'len':0,'hex':''},{'id':150,'len':0,'hex':''}");
}

static void elements_that_are_cut_say_so(void **state)
{
	(void)state;
	check_json("96", "{'id':150,'malformed':'cut off','len':0,'hex':''}");
	check_json("96 01", "{'id':150,'malformed':'cut off','len':1,'hex':'01'}");
	check_json("96(01) 97 03 0102", "{'id':150,'len':1,'hex':'01'},"
					"{'id':151,'malformed':'cut off','len':3,'hex':'030102'}");
	check_text("96(01) 97 03 0102",
		   "element 150: 1 bytes 01\nelement 151: 3 bytes 030102\n\tmalformed: cut off\n");
}

static struct element first(const char *text, uint8_t **memory, bool sub)
{
	struct element e;
	struct bytes b;

	*memory = bytes_of(text, &b.len);
	b.p = *memory;
	assert_true(sub ? subelement_next(&b, &e) : element_next(&b, &e));
	return e;
}

/* The whole body of the first element, and how much of the text belongs to it. */
static void check_fragments(const char *text, bool sub, size_t extent, size_t body)
{
	uint8_t *memory, room[2000];
	struct element e = first(text, &memory, sub);
	struct scratch s = { room, sizeof(room) };
	struct bytes b = element_body(&e, &s);

	assert_int_equal(e.extent.len, extent);
	assert_int_equal(b.len, body);
	assert_int_equal(e.fragmented, extent > 2 + 255);
	assert_int_equal(s.left, sizeof(room) - (e.fragmented ? body : 0));
	assert_true(e.fragmented || b.p == e.body.p);
	for (size_t i = 0; i < b.len; i++)
		assert_int_equal(b.p[i], 0xaa);
	free(memory);
}

static void only_full_elements_go_on_in_fragments(void **state)
{
	(void)state;
	check_fragments("96(aa*255) f2(aa)", false, 260, 256);
	check_fragments("ff(c8 aa*254) f2(aa)", false, 260, 255);
	check_fragments("96(aa*254) f2(bb)", false, 256, 254);
	check_fragments("96(aa*255) f2(aa*255) f2(aa*255) f2(aa*3)", false, 776, 768);
	check_fragments("96(aa*255) f2(aa*254) f2(bb)", false, 513, 509);
	check_fragments("96(aa*255) f2() f2(bb)", false, 259, 255);
	check_fragments("96(aa*255) 97(bb)", false, 257, 255);
	check_fragments("96(aa*255) fe(bb)", false, 257, 255);
	check_fragments("96(aa*255)", false, 257, 255);
}

static void chains_of_fragments_may_end_with_the_frame(void **state)
{
	(void)state;
	check_fragments("96(aa*255) f2(aa*255)", false, 514, 510);
	check_fragments("96(aa*255) f2", false, 257, 255);
	check_fragments("96(aa*255) f2 01", false, 257, 255);
	check_fragments("96(aa*255) f2(aa*255) f2 ff bb", false, 514, 510);
}

static void sub_elements_have_fragments_of_their_own(void **state)
{
	(void)state;
	check_fragments("00(aa*255) fe(aa)", true, 260, 256);
	check_fragments("00(aa*255) f2(bb)", true, 257, 255);
	check_fragments("00(aa*254) fe(bb)", true, 256, 254);
	check_fragments("00(aa*255) fe(aa*255)", true, 514, 510);
	check_fragments("ff(aa*4)", true, 6, 4); /* 255 has no extension there */
}

static void body_without_room_is_cut(void **state)
{
	uint8_t *memory, room[301];
	struct element e = first("96(aa*255) f2(aa*46)", &memory, false);
	struct scratch enough = { room, 301 }, little = { room, 300 }, none = { NULL, 0 };

	(void)state;
	assert_int_equal(element_body(&e, &enough).len, 301);
	assert_int_equal(element_body(&e, &little).len, 255);
	assert_int_equal(little.left, 45);
	assert_true(little.p == room + 255);
	assert_int_equal(element_body(&e, &none).len, 0);
	free(memory);
}

static void fragment_of_nothing_is_an_element_of_its_own(void **state)
{
	(void)state;
	check_json("f2(0102) 96()",
		   "{'id':242,'name':'Fragment','malformed':'continues no element','len':2,"
		   "'hex':'0102'},{'id':150,'len':0,'hex':''}");
	check_text("f2(0102)", "Fragment: 2 bytes 0102\n\tmalformed: continues no element\n");
}

static void element_is_found_by_id_and_extension(void **state)
{
	size_t len;
	uint8_t *p = bytes_of("96(01) ff(96 02) ff(97 03) 97(04) ff(97 05) ff()", &len);
	struct bytes all = { p, len };
	struct element e;

	(void)state;
	assert_true(element_find(all, 151, NO_EXT, &e));
	assert_int_equal(e.body.p[0], 4);
	assert_true(element_find(all, 255, 151, &e));
	assert_int_equal(e.body.p[0], 3);
	assert_true(element_find(all, 255, NO_EXT, &e));
	assert_int_equal(e.body.len, 0);
	assert_false(element_find(all, 152, NO_EXT, &e));
	assert_false(element_find(all, 255, 152, &e));
	free(p);
}

/* ---- Multi-Link: Common Info ---- */

#define MLD  "02aabbccddee"
#define ADDR "'mld_addr':'02:aa:bb:cc:dd:ee'"

static void basic_multi_link_has_every_field(void **state)
{
	(void)state;
	check_multi_link(
		"f007 12 " MLD " 03 2a ac10 4350 2170 05 8700",
		"'type':'basic'," ADDR ",'link_id':3,'bss_params_change_count':42,"
		"'medium_sync_delay':{'duration_us':5504,'ofdm_ed_threshold_dbm':-72,"
		"'max_txops':2},'eml_capabilities':{'emlsr':true,'emlmr':false,"
		"'padding_delay_us':32,'transition_delay_us':128,'transition_timeout_us':65536},"
		"'mld_capabilities':{'max_simultaneous_links':2,'srs':false,"
		"'ttlm_negotiation':'same_links','nstr_mobile_ap':false,'aar':true,"
		"'link_reconfiguration':true,'aligned_twt':true},'ap_mld_id':5,"
		"'ext_mld_capabilities':{'parameter_update':true,'recommended_links':3,"
		"'nstr_status_update':false,'emlsr_on_one_link':false,"
		"'btm_recommendation':true}");
}

static void absent_fields_are_left_out(void **state)
{
	(void)state;
	check_multi_link("0000 07 " MLD, "'type':'basic'," ADDR);
	check_multi_link("0800 07 " MLD, "'type':'basic'," ADDR); /* bit 3 is reserved */
	check_multi_link("2000 08 " MLD " 07",
			 "'type':'basic'," ADDR ",'bss_params_change_count':7");
	check_multi_link("0100 01", "'type':'probe_request'");
	check_multi_link("f1ff 02 07", "'type':'probe_request','ap_mld_id':7");
	check_multi_link("0200 01", "'type':'reconfiguration'");
	check_multi_link("0300 07 " MLD, "'type':'tdls','ap_mld_addr':'02:aa:bb:cc:dd:ee'");
	check_multi_link("0400 07 " MLD, "'type':'priority_access'," ADDR);
	check_multi_link("1400 07 " MLD, "'type':'priority_access'," ADDR);
}

static void reconfiguration_has_its_own_presence_bits(void **state)
{
	(void)state;
	check_multi_link("1200 07 " MLD, "'type':'reconfiguration'," ADDR);
	check_multi_link("f200 0d " MLD " 0000 0000 0000",
			 "'type':'reconfiguration'," ADDR
			 ",'eml_capabilities':{'emlsr':false,'emlmr':false},"
			 "'mld_capabilities':{'max_simultaneous_links':1,'srs':false,"
			 "'ttlm_negotiation':'none','nstr_mobile_ap':false,'aar':false,"
			 "'link_reconfiguration':false,'aligned_twt':false},"
			 "'ext_mld_capabilities':{'parameter_update':false,"
			 "'nstr_status_update':false,'emlsr_on_one_link':false,"
			 "'btm_recommendation':false}");
}

static void multi_link_too_short_to_begin(void **state)
{
	(void)state;
	check_multi_link("", "'malformed':'no Multi-Link Control','len':0,'hex':''");
	check_multi_link("00", "'malformed':'no Multi-Link Control','len':1,'hex':'00'");
	check_multi_link("0000",
			 "'type':'basic','malformed':'no Common Info','len':2,'hex':'0000'");
}

static void unknown_types_are_shown_as_bytes(void **state)
{
	(void)state;
	check_multi_link("f500 07 " MLD,
			 "'malformed':'of an unknown type','len':9,'hex':'f5000702aabbccddee'");
	check_multi_link("0600", "'malformed':'of an unknown type','len':2,'hex':'0600'");
	check_multi_link("0700", "'malformed':'of an unknown type','len':2,'hex':'0700'");
}

static void common_info_of_every_wrong_length(void **state)
{
	static const char shorter[] = "'malformed':'Common Info is shorter than its fields'";
	static const char longer[] = "'malformed':'Common Info is longer than the element'";
	char members[200];

	(void)state;
	for (unsigned int len = 0; len <= 255; len++) {
		char body[64];
		bool right = len == 7, is_short = len < 7;

		snprintf(body, sizeof(body), "0000 %02x " MLD, len);
		snprintf(members, sizeof(members),
			 "'type':'basic'%s%s%s,'len':9,'hex':'0000%02x" MLD "'",
			 is_short ? "" : "," ADDR, right ? "" : ",",
			 right	    ? ""
			 : is_short ? shorter
				    : longer,
			 len);
		check_multi_link(body, right ? "'type':'basic'," ADDR : members);
	}
	check_multi_link("0100 00",
			 "'type':'probe_request','malformed':'Common Info is shorter than "
			 "its fields','len':3,'hex':'010000'");
}

/* Longer than an element: the kernel's helper counts it in eight bits. */
static void common_info_of_255_bytes_is_followed_by_profiles(void **state)
{
	char *expected, rest[2 * 248 + 1] = "";

	(void)state;
	memset(rest, 'a', sizeof(rest) - 1);
	assert_true(
		asprintf(&expected,
			 "{'id':255,'ext_id':107,'name':'Multi-Link','type':'basic'," ADDR
			 ",'common_info_rest':'%s','profiles':[{'link_id':1,'complete':false}]}",
			 rest) > 0);
	check_json("ff(6b 0000 ff " MLD " aa*245) f2(aa*3 00(0100 01))", expected);
	free(expected);
}

static void fields_of_the_future_are_skipped(void **state)
{
	(void)state;
	check_multi_link("1008 0a " MLD " f2 1234 00(0100 01)",
			 "'type':'basic'," ADDR ",'link_id':2,'common_info_rest':'1234',"
			 "'profiles':[{'link_id':1,'complete':false}]");
}

static void link_15_is_no_link(void **state)
{
	(void)state;
	check_multi_link("3000 09 " MLD " ff 01 00(0100 01)",
			 "'type':'basic'," ADDR ",'bss_params_change_count':1,"
			 "'profiles':[{'link_id':1,'complete':false}],'malformed':'link id 15',"
			 "'len':16,'hex':'300009" MLD "ff010003010001'");
	check_multi_link("0000 07 " MLD " 00(0f00 01)",
			 "'type':'basic'," ADDR ",'profiles':[{'complete':false,'malformed':"
			 "'link id 15','hex':'0f0001'}]");
}

/* ---- capabilities ---- */

static void medium_sync_in_its_units(void **state)
{
	struct medium_sync s = decode_medium_sync(0x10ac);

	(void)state;
	assert_int_equal(s.duration_us, 5504);
	assert_int_equal(s.threshold_dbm, -72);
	assert_int_equal(s.max_txops, 2);
	s = decode_medium_sync(0xfaff);
	assert_int_equal(s.duration_us, 8160);
	assert_true(s.has_threshold);
	assert_int_equal(s.threshold_dbm, -62);
	assert_false(s.has_max_txops);
	s = decode_medium_sync(0xeb00);
	assert_false(s.has_threshold);
	assert_true(s.has_max_txops);
	assert_int_equal(s.max_txops, 15);
}

static void delays_of_eml_in_microseconds(void **state)
{
	static const int padding[] = { 0, 32, 64, 128, 256, -1, -1, -1 };
	static const int emlsr[] = { 0, 16, 32, 64, 128, 256, -1, -1 };

	(void)state;
	for (uint16_t code = 0; code < 8; code++) {
		struct eml_capabilities sr = decode_eml_capabilities(
						(uint16_t)(0x0001 | code << 1 | code << 4)),
					mr = decode_eml_capabilities(
						(uint16_t)(0x0080 | code << 1 | code << 4));

		assert_int_equal(sr.has_padding_delay ? sr.padding_delay_us : -1, padding[code]);
		assert_int_equal(mr.has_padding_delay ? mr.padding_delay_us : -1, padding[code]);
		assert_int_equal(sr.has_transition_delay ? sr.transition_delay_us : -1,
				 emlsr[code]);
		assert_int_equal(mr.has_transition_delay ? mr.transition_delay_us : -1,
				 padding[code]);
	}
}

static void transition_timeout_of_eml(void **state)
{
	(void)state;
	for (uint16_t code = 0; code < 16; code++) {
		struct eml_capabilities c = decode_eml_capabilities((uint16_t)(1 | code << 11));

		assert_int_equal(c.has_transition_timeout, code <= 10);
		if (code && code <= 10)
			assert_int_equal(c.transition_timeout_us, 64u << code);
		if (!code)
			assert_int_equal(c.transition_timeout_us, 0);
	}
}

static void delays_of_no_mode_are_absent(void **state)
{
	struct eml_capabilities c = decode_eml_capabilities(0x7f7e & ~0x0080);

	(void)state;
	assert_false(c.emlsr || c.emlmr);
	assert_false(c.has_padding_delay || c.has_transition_delay || c.has_transition_timeout);
	assert_int_equal(c.reserved, 0x0700);
	assert_int_equal(decode_eml_capabilities(0x8000).reserved, 0x8000);
}

static void frequency_separation_is_of_clients(void **state)
{
	struct mld_capabilities ap = decode_mld_capabilities(0x8f80, FRAME_PROBE_RESPONSE),
				client = decode_mld_capabilities(0x8f80, FRAME_ASSOC_REQUEST);

	(void)state;
	assert_true(ap.nstr_mobile_ap);
	assert_false(ap.has_str_separation);
	assert_int_equal(ap.reserved, 0x8f00);
	assert_false(client.nstr_mobile_ap);
	assert_int_equal(client.str_separation_mhz, 2400);
	assert_int_equal(client.reserved, 0x8000);
	client = decode_mld_capabilities(0x0080, FRAME_ASSOC_REQUEST);
	assert_true(client.has_str_separation);
	assert_int_equal(client.str_separation_mhz, 0);
	assert_false(decode_mld_capabilities(0, FRAME_ASSOC_REQUEST).has_str_separation);
}

static void each_capability_is_its_own_bit(void **state)
{
	(void)state;
	assert_int_equal(decode_mld_capabilities(0x000f, FRAME_BEACON).max_simultaneous_links, 16);
	assert_true(decode_mld_capabilities(0x0010, FRAME_BEACON).srs);
	assert_int_equal(decode_mld_capabilities(0x0060, FRAME_BEACON).ttlm, TTLM_ANY_LINKS);
	assert_true(decode_mld_capabilities(0x1000, FRAME_BEACON).aar);
	assert_true(decode_mld_capabilities(0x2000, FRAME_BEACON).link_reconfiguration);
	assert_true(decode_mld_capabilities(0x4000, FRAME_BEACON).aligned_twt);
	assert_true(decode_ext_mld_capabilities(0x0001).parameter_update);
	assert_true(decode_ext_mld_capabilities(0x0020).nstr_status_update);
	assert_true(decode_ext_mld_capabilities(0x0040).emlsr_on_one_link);
	assert_true(decode_ext_mld_capabilities(0x0080).btm_recommendation);
	assert_int_equal(decode_ext_mld_capabilities(0x001e).recommended_links, 15);
	assert_false(decode_ext_mld_capabilities(0x0002).has_recommended_links); /* reserved */
	assert_false(decode_ext_mld_capabilities(0xffe1).has_recommended_links);
	assert_int_equal(decode_ext_mld_capabilities(0xffff).reserved, 0xff00);
}

/* ---- Multi-Link: profiles ---- */

#define BASIC	   "0000 07 " MLD " "
#define BASIC_HEAD "'type':'basic'," ADDR ","

static void complete_profile_of_a_probe_response(void **state)
{
	(void)state;
	check_multi_link_of(
		FRAME_PROBE_RESPONSE,
		BASIC "00(f10b 15 020000000001 6400 fcffffffffffffff 0103 05 09 3114 96(aa))",
		BASIC_HEAD
		"'profiles':[{'link_id':1,'complete':true,'addr':'02:00:00:00:00:01',"
		"'beacon_interval_tu':100,'tsf_offset_us':-8,'dtim_count':1,'dtim_period':3,"
		"'nstr_links':[0,2],'bss_params_change_count':9,'capability':5169,"
		"'elements':[{'id':150,'len':1,'hex':'aa'}]}]");
}

static void complete_profile_of_an_association_response(void **state)
{
	(void)state;
	check_multi_link_of(FRAME_ASSOC_RESPONSE, BASIC "00(1200 01 3114 8200 96())",
			    BASIC_HEAD "'profiles':[{'link_id':2,'complete':true,"
				       "'capability':5169,'status_code':130,'status':"
				       "'the station belongs to an MLD that is associated already',"
				       "'elements':[{'id':150,'len':0,'hex':''}]}]");
	check_multi_link_of(FRAME_ASSOC_RESPONSE, BASIC "00(1200 01 3114 ffff)",
			    BASIC_HEAD "'profiles':[{'link_id':2,'complete':true,"
				       "'capability':5169,'status_code':65535}]");
	check_multi_link_of(FRAME_ASSOC_REQUEST, BASIC "00(1200 01 3114 96())",
			    BASIC_HEAD "'profiles':[{'link_id':2,'complete':true,"
				       "'capability':5169,"
				       "'elements':[{'id':150,'len':0,'hex':''}]}]");
}

static void partial_profile_has_elements_only(void **state)
{
	(void)state;
	check_multi_link_of(FRAME_BEACON, BASIC "00(0200 01 96(01))",
			    BASIC_HEAD "'profiles':[{'link_id':2,'complete':false,"
				       "'elements':[{'id':150,'len':1,'hex':'01'}]}]");
}

static void in_brief_profiles_are_brief(void **state)
{
	(void)state;
	in_brief = true;
	check_json("96(aa)", "{'id':150,'len':1}");
	check_multi_link_of(FRAME_BEACON, BASIC "00(0200 01 96(01))",
			    BASIC_HEAD "'profiles':[{'link_id':2,'complete':false,"
				       "'elements':[{'id':150,'len':1}]}]");
	in_brief = false;
}

/* The presence of the bitmap counts in complete profiles only, its size is a bit of its own. */
static void nstr_bitmap_of_one_and_two_bytes(void **state)
{
	(void)state;
	check_multi_link(BASIC "00(0102 01)",
			 BASIC_HEAD "'profiles':[{'link_id':1,'complete':false}]");
	check_multi_link(BASIC "00(1102 02 81 0000)",
			 BASIC_HEAD "'profiles':[{'link_id':1,'complete':true,"
				    "'nstr_links':[0,7],'capability':0}]");
	check_multi_link(BASIC "00(1106 03 81c0 0000)",
			 BASIC_HEAD "'profiles':[{'link_id':1,'complete':true,"
				    "'nstr_links':[0,7,14],'capability':0}]");
}

static void sta_info_of_every_wrong_length(void **state)
{
	(void)state;
	check_multi_link(BASIC "00()",
			 BASIC_HEAD "'profiles':[{'malformed':'no STA Control','hex':''}]");
	check_multi_link(BASIC "00(01)",
			 BASIC_HEAD "'profiles':[{'malformed':'no STA Control','hex':'01'}]");
	check_multi_link(BASIC "00(0100)", BASIC_HEAD "'profiles':[{'link_id':1,'complete':false,"
						      "'malformed':'no STA Info','hex':'0100'}]");
	check_multi_link(BASIC "00(0100 00 96())",
			 BASIC_HEAD "'profiles':[{'link_id':1,'complete':false,'malformed':"
				    "'STA Info is shorter than its fields','hex':'0100009600'}]");
	check_multi_link(BASIC "00(4100 02 64 00)",
			 BASIC_HEAD "'profiles':[{'link_id':1,'complete':false,'malformed':"
				    "'STA Info is shorter than its fields','hex':'4100026400'}]");
	check_multi_link(BASIC "00(4100 04 6400)",
			 BASIC_HEAD "'profiles':[{'link_id':1,'complete':false,"
				    "'beacon_interval_tu':100,'malformed':"
				    "'STA Info is longer than the profile','hex':'4100046400'}]");
	check_multi_link(BASIC "00(4100 05 6400 aabb)",
			 BASIC_HEAD "'profiles':[{'link_id':1,'complete':false,"
				    "'beacon_interval_tu':100,'sta_info_rest':'aabb'}]");
}

static void profile_shorter_than_its_fixed_fields(void **state)
{
	(void)state;
	check_multi_link(BASIC "00(1100 01 31)",
			 BASIC_HEAD "'profiles':[{'link_id':1,'complete':true,'malformed':"
				    "'profile is shorter than its Capability Information',"
				    "'hex':'11000131'}]");
	check_multi_link_of(FRAME_ASSOC_RESPONSE, BASIC "00(1100 01 3114 00)",
			    BASIC_HEAD "'profiles':[{'link_id':1,'complete':true,"
				       "'capability':5169,'malformed':'profile is shorter "
				       "than its Status Code','hex':'110001311400'}]");
}

static void reconfiguration_of_links(void **state)
{
	static const char head[] = "'type':'reconfiguration','profiles':[{'link_id':1,";
	char members[300];

	(void)state;
	snprintf(members, sizeof(members),
		 "%s'complete':false,'operation':'ap_removal','removal_timer_tbtts':0}]", head);
	check_multi_link("0200 01 00(4100 03 0000)", members);
	snprintf(members, sizeof(members),
		 "%s'complete':false,'addr':'02:00:00:00:00:01','operation':'parameter_update',"
		 "'removal_timer_tbtts':513,'operation_parameters':'0x1234','nstr_links':[1]}]",
		 head);
	check_multi_link("0200 01 00(e128 0c 020000000001 0102 3412 02)", members);
	snprintf(members, sizeof(members),
		 "%s'complete':true,'operation':'add_link','nstr_links':[9],"
		 "'capability':17}]",
		 head);
	check_multi_link("0200 01 00(1131 03 0002 1100)", members);
	snprintf(members, sizeof(members), "%s'complete':false,'operation':'delete_link'}]", head);
	check_multi_link("0200 01 00(8101 01)", members);
	snprintf(members, sizeof(members), "%s'complete':false,'operation':'nstr_status_update'}]",
		 head);
	check_multi_link("0200 01 00(0102 01)", members);
	snprintf(members, sizeof(members), "%s'complete':false,'operation_type':15}]", head);
	check_multi_link("0200 01 00(8107 01)", members);
}

static void profiles_without_sta_info(void **state)
{
	(void)state;
	check_multi_link("0100 01 00(f3ff 96(01))",
			 "'type':'probe_request','profiles':[{'link_id':3,'complete':true,"
			 "'elements':[{'id':150,'len':1,'hex':'01'}]}]");
	check_multi_link("0400 07 " MLD " 00(1300 96(01)) 00(0f00)",
			 "'type':'priority_access'," ADDR ",'profiles':[{'link_id':3,"
			 "'elements':[{'id':150,'len':1,'hex':'01'}]},"
			 "{'malformed':'link id 15','hex':'0f00'}]");
	check_multi_link("0300 07 " MLD " 00(0100)",
			 "'type':'tdls','ap_mld_addr':'02:aa:bb:cc:dd:ee',"
			 "'subelements':[{'id':0,'hex':'0100'}]");
}

static void second_profile_of_a_link_says_so(void **state)
{
	(void)state;
	check_multi_link(BASIC "00(0100 01) 00(0200 01) 00(0100 01)",
			 BASIC_HEAD "'profiles':[{'link_id':1,'complete':false},"
				    "{'link_id':2,'complete':false},"
				    "{'link_id':1,'complete':false,'malformed':"
				    "'a second profile of this link','hex':'010001'}]");
}

static void sub_elements_that_are_no_profiles(void **state)
{
	(void)state;
	check_multi_link(BASIC "dd(0102) 00(0100 01) fe(03)", BASIC_HEAD
			 "'profiles':[{'link_id':1,'complete':false}],"
			 "'subelements':[{'id':221,'hex':'0102'},{'id':254,'hex':'03'}]");
}

static void sub_element_that_is_cut(void **state)
{
	(void)state;
	check_multi_link(BASIC "00(0100 01) 00",
			 BASIC_HEAD "'profiles':[{'link_id':1,'complete':false}],"
				    "'malformed':'a sub-element is cut off','len':15,"
				    "'hex':'000007" MLD "000301000100'");
	check_multi_link(BASIC "00 02 01",
			 BASIC_HEAD "'malformed':'a sub-element is cut off','len':12,"
				    "'hex':'000007" MLD "000201'");
}

/* Both kinds of fragments at once: the element's own are joined first. */
static void profile_longer_than_an_element(void **state)
{
	char *expected, hex[2 * 250 + 1] = "";

	(void)state;
	memset(hex, 'c', sizeof(hex) - 1);
	assert_true(asprintf(&expected,
			     "{'id':255,'ext_id':107,'name':'Multi-Link'," BASIC_HEAD
			     "'profiles':[{'link_id':1,'complete':false,'elements':["
			     "{'id':150,'len':250,'hex':'%s'},{'id':151,'len':3,'hex':'ddeeff'}]},"
			     "{'link_id':2,'complete':false}]}",
			     hex) > 0);
	/* 9 + 2 + 3 + 2 = 16 bytes, and 238 of the 250: then the second fragment begins */
	check_json("ff(6b " BASIC "00 ff 0100 01 96 fa cc*238)"
		   "f2(cc*12 fe(97 03 ddeeff) 00(0200 01))",
		   expected);
	free(expected);
}

static void elements_within_a_profile_may_be_fragmented(void **state)
{
	size_t len;
	uint8_t *p = bytes_of(
		"ff(6b " BASIC "00 ff 0100 01 96 ff cc*238) f2(cc*12 fe(cc*5 f2(dd)))", &len);
	char *out = shown(true, p, len, FRAME_UNKNOWN);

	(void)state;
	assert_non_null(strstr(out, "{\"id\":150,\"len\":256,\"hex\":\"cc"));
	assert_non_null(strstr(out, "ccdd\"}]}]}"));
	free(out);
	free(p);
}

static void multi_link_within_a_profile_is_not_followed(void **state)
{
	(void)state;
	check_multi_link(BASIC "00(0100 01 ff(6b " BASIC "00(0200 01)))",
			 BASIC_HEAD "'profiles':[{'link_id':1,'complete':false,'elements':["
				    "{'id':255,'ext_id':107,'name':'Multi-Link','malformed':"
				    "'within a profile of a link','len':14,"
				    "'hex':'000007" MLD "0003020001'}]}]");
}

/* Deeper than any stack or JSON writer goes, if it were followed. */
static void nesting_without_end_is_not_followed(void **state)
{
	static uint8_t bytes[60000];
	char *out;

	(void)state;
	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] =
			"\xff\xff\x6b\x00\x00\x07\x02\x02\x02\x02\x02\x02\x00\xfb\x01\x00\x01"[i %
											       17];
	out = shown(true, bytes, sizeof(bytes), FRAME_UNKNOWN);
	free(out);
	out = shown(false, bytes, sizeof(bytes), FRAME_UNKNOWN);
	free(out);
}

static void more_profiles_than_links(void **state)
{
	struct multi_link m = { .type = ML_BASIC };
	struct scratch none = { NULL, 0 };
	struct sta_profile p;
	struct sta_profiles i;
	uint8_t bytes[20 * 5];
	int n = 0;

	(void)state;
	for (uint8_t k = 0; k < 20; k++)
		memcpy(bytes + 5 * k, (uint8_t[]){ 0, 3, k % 16, 0, 1 }, 5);
	m.sub_elements = (struct bytes){ bytes, sizeof(bytes) };
	for (i = sta_profiles(&m, FRAME_BEACON); sta_profile_next(&i, &none, &p); n++) {
		assert_int_equal(p.has_link_id, n != 15);
		assert_int_equal(!p.malformed, n < 15);
	}
	assert_int_equal(n, 20);
	assert_int_equal(i.seen, 0xffff);
}

static void second_element_of_a_type_says_so(void **state)
{
	(void)state;
	check_json("ff(6b 0100 01) ff(6b 0200 01) ff(6b 0100 01)",
		   "{'id':255,'ext_id':107,'name':'Multi-Link','type':'probe_request'},"
		   "{'id':255,'ext_id':107,'name':'Multi-Link','type':'reconfiguration'},"
		   "{'id':255,'ext_id':107,'name':'Multi-Link','type':'probe_request',"
		   "'malformed':'a second of its type','len':3,'hex':'010001'}");
}

/* ---- Non-Inheritance ---- */

static struct non_inheritance list_of(const char *text, uint8_t **memory, const char **why)
{
	struct non_inheritance n;
	size_t len;

	*memory = bytes_of(text, &len);
	*why = decode_non_inheritance((struct bytes){ *memory, len }, &n);
	return n;
}

static void listed_elements_are_not_inherited(void **state)
{
	const char *why;
	uint8_t *memory;
	struct non_inheritance n = list_of("02 2d 3d 01 24 ffff", &memory, &why);

	(void)state;
	assert_null(why);
	assert_false(is_inherited(&n, 45, NO_EXT));
	assert_false(is_inherited(&n, 61, NO_EXT));
	assert_true(is_inherited(&n, 36, NO_EXT));
	assert_true(is_inherited(&n, 1, NO_EXT));
	assert_false(is_inherited(&n, 255, 36));
	assert_true(is_inherited(&n, 255, 45));
	assert_true(is_inherited(&n, 255, NO_EXT));
	free(memory);
}

static void some_elements_are_never_inherited(void **state)
{
	static const struct non_inheritance none;

	(void)state;
	assert_false(is_inherited(&none, 71, NO_EXT));
	assert_false(is_inherited(&none, 255, 107));
	assert_true(is_inherited(&none, 107, NO_EXT));
	assert_true(is_inherited(&none, 255, 71));
	assert_true(is_inherited(&none, 0, NO_EXT));
}

static void malformed_list_inherits_everything(void **state)
{
	static const char *const texts[] = { "",	 "00",	  "01",	     "01 2d",
					     "01 2d 01", "02 2d", "00 02 01" };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
		const char *why;
		uint8_t *memory;
		struct non_inheritance n = list_of(texts[i], &memory, &why);

		assert_string_equal(why, "lists are longer than the element");
		assert_int_equal(n.ids.len + n.ext_ids.len, 0);
		assert_true(is_inherited(&n, 45, NO_EXT));
		free(memory);
	}
}

/* What a profile does not have itself it has of the frame, unless it says no. */
static void profiles_inherit(void **state)
{
	size_t len, len2;
	uint8_t *outer = bytes_of("96(01) 97(02) ff(c8 03) ff(c9 04) ff(6b 05)", &len);
	uint8_t *inner = bytes_of("97(12) ff(38 01 96 01 c9)", &len2);
	struct element_env frame = { .elements = { outer, len } };
	struct element_env partial = { .elements = { inner, len2 } };
	struct element_env complete = { .elements = { inner, len2 }, .outer = &frame };
	struct bytes b;

	(void)state;
	assert_true(env_find(&complete, 151, NO_EXT, &b));
	assert_int_equal(b.p[0], 0x12);
	assert_true(env_find(&complete, 255, 200, &b));
	assert_int_equal(b.p[0], 3);
	assert_false(env_find(&complete, 150, NO_EXT, &b));
	assert_false(env_find(&complete, 255, 201, &b));
	assert_false(env_find(&complete, 255, 107, &b));
	assert_false(env_find(&partial, 255, 200, &b));
	assert_false(env_find(&complete, 152, NO_EXT, &b));
	free(outer);
	free(inner);
}

/* ---- Reduced Neighbor Report ---- */

#define CH	 "'op_class':131,'channel':5,'freq_mhz':5975,'band':'6GHz','filtered':false"
#define BSSID	 "020000000005"
#define BSSID_IS "'bssid':'02:00:00:00:00:05'"
#define SSID_IS	 "'short_ssid':'0x4030201'"

static void infos_of_neighbors_by_their_length(void **state)
{
	static const struct {
		const char *bytes, *members;
	} infos[] = {
		{ "07", "'tbtt_offset_tu':7" },
		{ "ff", "" },
		{ "07 42", "'tbtt_offset_tu':7,'bss_parameters':['same_ssid','co_located']" },
		{ "07 01020304", "'tbtt_offset_tu':7," SSID_IS },
		{ "07 01020304 00", "'tbtt_offset_tu':7," SSID_IS ",'bss_parameters':[]" },
		{ "07 " BSSID, "'tbtt_offset_tu':7," BSSID_IS },
		{ "07 " BSSID " 01",
		  "'tbtt_offset_tu':7," BSSID_IS ",'bss_parameters':['oct_recommended']" },
		{ "07 " BSSID " 01 03",
		  "'tbtt_offset_tu':7," BSSID_IS
		  ",'bss_parameters':['oct_recommended'],'psd_dbm_per_mhz':1.5" },
		{ "ff " BSSID " 01020304", BSSID_IS "," SSID_IS },
		{ "ff " BSSID " 01020304 80",
		  BSSID_IS "," SSID_IS ",'bss_parameters':['same_smd']" },
		{ "ff " BSSID " 01020304 80 ff",
		  BSSID_IS "," SSID_IS ",'bss_parameters':['same_smd'],'psd_dbm_per_mhz':-0.5" },
		{ "ff " BSSID " 01020304 80 7f 00",
		  BSSID_IS "," SSID_IS ",'bss_parameters':['same_smd'],'psd_unlimited':true" },
		{ "ff " BSSID " 01020304 80 80 0000",
		  BSSID_IS "," SSID_IS ",'bss_parameters':['same_smd']" },
		{ "ff " BSSID " 01020304 3c 7e 00 4120", BSSID_IS
		  "," SSID_IS
		  ",'bss_parameters':['multiple_bssid','transmitted_bssid','co_located_ess',"
		  "'unsolicited_probe_responses'],'psd_dbm_per_mhz':63.0,'ap_mld_id':0,"
		  "'link_id':1,'bss_params_change_count':4,'all_updates_included':false,"
		  "'disabled':true" },
		{ "ff " BSSID " 01020304 00 81 ff ff1f aabb", BSSID_IS
		  "," SSID_IS
		  ",'bss_parameters':[],'psd_dbm_per_mhz':-63.5,'all_updates_included':true,"
		  "'disabled':false" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(infos); i++) {
		char body[100], members[500];
		size_t len;

		free(bytes_of(infos[i].bytes, &len));
		snprintf(body, sizeof(body), "00 %02zx 83 05 %s", len, infos[i].bytes);
		snprintf(members, sizeof(members), "'neighbors':[{" CH ",'aps':[{%s}]}]",
			 infos[i].members);
		check_rnr(body, members);
	}
}

static void infos_without_a_layout_are_bytes(void **state)
{
	static const struct {
		unsigned int type, len;
	} none[] = { { 0, 0 }, { 0, 3 }, { 0, 4 }, { 0, 10 },
		     { 1, 0 }, { 1, 2 }, { 2, 7 }, { 3, 16 } };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(none); i++) {
		char body[100], members[300], hex[33] = "";

		memset(hex, 'a', 2 * none[i].len);
		snprintf(body, sizeof(body), "%02x %02x 83 05 %s", none[i].type, none[i].len, hex);
		snprintf(members, sizeof(members),
			 "'neighbors':[{" CH ",'type':%u,'info_len':%u,'hex':'%s'}]", none[i].type,
			 none[i].len, hex);
		check_rnr(body, members);
	}
}

static void mld_parameters_alone(void **state)
{
	(void)state;
	check_rnr("11 03 8305 00 0110 01 f02f",
		  "'neighbors':[{" CH ",'aps':[{'ap_mld_id':0,'link_id':1,"
		  "'bss_params_change_count':0,'all_updates_included':true,'disabled':false},"
		  "{'ap_mld_id':1,'link_id':0,'all_updates_included':false,'disabled':true}]}]");
	check_rnr("01 04 8305 ff 0f00 ff", "'neighbors':[{" CH ",'aps':[{"
					   "'bss_params_change_count':0,'all_updates_included':"
					   "false,'disabled':false}]}]");
}

static void neighbors_of_16_infos(void **state)
{
	struct neighbor n;
	struct tbtt_info t;
	struct bytes b;
	uint8_t *p = bytes_of("f0 10 83 05 11*256", &b.len),
		*zero = bytes_of("f0 00 83 05", &b.len);
	unsigned int found = 0;

	(void)state;
	b = (struct bytes){ p, 260 };
	assert_true(neighbor_next(&b, &n));
	while (tbtt_info_next(&n, &t))
		found += t.has_mld && t.bssid[5] == 0x11;
	assert_int_equal(found, 16);
	assert_int_equal(b.len, 0);
	b = (struct bytes){ zero, 4 };
	assert_true(neighbor_next(&b, &n));
	assert_false(tbtt_info_next(&n, &t));
	b = (struct bytes){ p, 259 };
	assert_false(neighbor_next(&b, &n));
	assert_int_equal(b.len, 259);
	free(p);
	free(zero);
}

static void neighbors_that_are_cut(void **state)
{
	(void)state;
	check_rnr("", "'neighbors':[]");
	check_rnr("00", "'neighbors':[],'malformed':'a neighbor is cut off','len':1,'hex':'00'");
	check_rnr("00 01 83", "'neighbors':[],'malformed':'a neighbor is cut off','len':3,"
			      "'hex':'000183'");
	check_rnr("04 01 83 ff 07 00 01 83 05",
		  "'neighbors':[{'op_class':131,'filtered':true,'aps':[{'tbtt_offset_tu':7}]}],"
		  "'malformed':'a neighbor is cut off','len':9,'hex':'040183ff0700018305'");
	check_rnr("10 01 83 05 07", "'neighbors':[],'malformed':'a neighbor is cut off','len':5,"
				    "'hex':'1001830507'");
}

/* ---- TID-To-Link Mapping ---- */

static void default_mapping_has_no_maps(void **state)
{
	(void)state;
	check_ttlm("06", "'direction':'both','default_mapping':true");
	check_ttlm("04 ff 01", "'direction':'downlink','default_mapping':true");
	check_ttlm("1d 0100 010203",
		   "'direction':'uplink','default_mapping':true,'switch_time_tu':1,"
		   "'expected_duration_tu':197121");
}

static void maps_of_one_and_two_bytes(void **state)
{
	(void)state;
	check_ttlm("22 81 03 40", "'direction':'both','default_mapping':false,'tids':["
				  "{'tid':0,'links':[0,1]},{'tid':7,'links':[6]}]");
	check_ttlm("0a 02 ffff 0041",
		   "'direction':'both','default_mapping':false,'switch_time_tu':65535,"
		   "'tids':[{'tid':1,'links':[8,14]}]");
	check_ttlm("02 00", "'direction':'both','default_mapping':false");
}

static void mappings_that_are_malformed(void **state)
{
	static const char both[] = "'direction':'both','default_mapping':false";
	static const struct {
		const char *body, *members, *why, *hex;
		unsigned int len;
	} wrong[] = {
		{ "", "", "no TID-To-Link Mapping Control", "", 0 },
		{ "02", both, "no Link Mapping Presence Indicator", "02", 1 },
		{ "0a 01 01", both, "shorter than its times", "0a0101", 3 },
		{ "0a 01", both, "shorter than its times", "0a01", 2 },
		{ "12 01 0102", both, "shorter than its times", "12010102", 4 },
		{ "22 03 01",
		  "'direction':'both','default_mapping':false,'tids':["
		  "{'tid':0,'links':[0]}]",
		  "fewer maps than TIDs", "220301", 3 },
		{ "02 01 01", both, "fewer maps than TIDs", "020101", 3 },
		{ "22 01 00",
		  "'direction':'both','default_mapping':false,'tids':["
		  "{'tid':0,'links':[]}]",
		  "a TID without a link", "220100", 3 },
		{ "02 01 0080",
		  "'direction':'both','default_mapping':false,'tids':["
		  "{'tid':0,'links':[15]}]",
		  "link id 15", "02010080", 4 },
		{ "07", "'default_mapping':true", "direction 3", "07", 1 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(wrong); i++) {
		char members[300];

		snprintf(members, sizeof(members), "%s%s'malformed':'%s','len':%u,'hex':'%s'",
			 wrong[i].members, *wrong[i].members ? "," : "", wrong[i].why, wrong[i].len,
			 wrong[i].hex);
		check_ttlm(wrong[i].body, members);
	}
}

static void third_mapping_of_a_frame_says_so(void **state)
{
	static const char one[] = "{'id':255,'ext_id':109,'name':'TID-To-Link Mapping',"
				  "'direction':'both','default_mapping':true";
	char expected[600];

	(void)state;
	snprintf(expected, sizeof(expected),
		 "%s},%s},%s,'malformed':'a third of its kind','len':1,'hex':'06'}", one, one, one);
	check_json("ff(6d 06) ff(6d 06) ff(6d 06)", expected);
}

/* ---- text ---- */

static void multi_link_in_text(void **state)
{
	(void)state;
	check_text(
		"ff(6b f007 12 " MLD " 03 2a ac10 4350 2170 05 8700"
		"00(f10b 15 020000000001 6400 fcffffffffffffff 0103 05 09 3114 96(aa)) dd(01))",
		"Multi-Link: basic  mld 02:aa:bb:cc:dd:ee  link 3  change count 42  ap-mld-id 5\n"
		"\tmedium sync delay  5504 us  OFDM ED threshold -72 dBm  2 TXOPs\n"
		"\tEML  EMLSR  padding 32 us  transition 128 us  timeout 65536 us\n"
		"\tMLD  2 simultaneous links  TTLM same links  AAR  "
		"link reconfiguration  aligned TWT\n"
		"\tMLD extended  3 links recommended  parameter update  BTM recommendation\n"
		"\tlink 1  complete  addr 02:00:00:00:00:01  NSTR with 0 2  change count 9  "
		"capability 0x1431\n"
		"\t\ttiming  interval 100 TU  TSF -8 us  DTIM 1/3\n"
		"\t\telement 150: 1 bytes aa\n"
		"\tsub-element 221: 1 bytes 01\n");
}

static void capabilities_in_text(void **state)
{
	(void)state;
	check_text("ff(6b 4000 09 " MLD " 01fb) ff(6b f200 0d " MLD " 0000 fffe ffff)"
		   "ff(6b e202 07 8050 2000 e100)",
		   "Multi-Link: basic  mld 02:aa:bb:cc:dd:ee\n"
		   "\tmedium sync delay  32 us  TXOPs without limit\n"
		   "Multi-Link: reconfiguration  mld 02:aa:bb:cc:dd:ee\n"
		   "\tEML  none\n"
		   "\tMLD  16 simultaneous links  TTLM any links  SRS  AAR  "
		   "link reconfiguration  aligned TWT  NSTR mobile AP\n"
		   "\tMLD extended  15 links recommended  parameter update  NSTR status update  "
		   "EMLSR on one link  BTM recommendation\n"
		   "Multi-Link: reconfiguration\n"
		   "\tEML  EMLMR  padding 0 us  transition 0 us  timeout 65536 us\n"
		   "\tMLD  1 simultaneous links  TTLM same links\n"
		   "\tMLD extended  parameter update  NSTR status update  EMLSR on one link  "
		   "BTM recommendation\n"
		   "\tmalformed: a second of its type\n");
}

static void malformed_multi_link_in_text(void **state)
{
	(void)state;
	check_text("ff(6b) ff(6b 0600) ff(6b " BASIC "00(0f00 01 ff(6b)) 00)",
		   "Multi-Link:\n\tmalformed: no Multi-Link Control\n"
		   "Multi-Link:\n\tmalformed: of an unknown type\n"
		   "Multi-Link: basic  mld 02:aa:bb:cc:dd:ee\n"
		   "\tlink -\n"
		   "\t\tMulti-Link\n"
		   "\t\t\tmalformed: within a profile of a link\n"
		   "\t\tmalformed: link id 15\n"
		   "\tmalformed: a sub-element is cut off\n");
}

static void reconfiguration_in_text(void **state)
{
	(void)state;
	check_text("ff(6b 0200 01 00(c108 05 0a00 3412) 00(8207 01))",
		   "Multi-Link: reconfiguration\n"
		   "\tlink 1  parameter_update  in 10 TBTTs  parameters 0x1234\n"
		   "\tlink 2  operation 15\n");
}

static void neighbors_in_text(void **state)
{
	(void)state;
	check_text(
		"c9(04 10 83 05 07 " BSSID " 01020304 c1 03 00 4120 00 0d 00 00 ff " BSSID
		" 01020304 00 7f 03 01 51 06 aa 11 03 51 06 010010 fff03f)",
		"Reduced Neighbor Report:\n"
		"\tclass 131  channel 5  5975 MHz (6GHz)  filtered\n"
		"\t\tAP  bssid 02:00:00:00:00:05  ap-mld-id 0  link 1  change count 4  disabled\n"
		"\t\t\tBSS  short ssid 0x04030201  tbtt +7 TU  psd 1.5 dBm/MHz  "
		"oct_recommended  co_located  same_smd\n"
		"\tclass 0\n"
		"\t\tAP  bssid 02:00:00:00:00:05\n"
		"\t\t\tBSS  short ssid 0x04030201  psd without limit\n"
		"\tclass 81  channel 6  2437 MHz (2.4GHz)  type 3: 1 bytes aa\n"
		"\tclass 81  channel 6  2437 MHz (2.4GHz)\n"
		"\t\tAP  ap-mld-id 1  link 0  change count 0  all updates included\n"
		"\t\tAP  link 0  all updates included  disabled\n");
}

/* HE Capabilities decide how EHT Capabilities are read: those of the frame in complete profiles. */
static void profiles_inherit_what_decides_of_their_elements(void **state)
{
	static const char he[] = "ff(23 00*6 04 00*10 00*4) ";
	static const char *const profiles[] = {
		"00(0100 01 ff(6c 00*11 11*3))",
		"00(1100 01 0000 ff(6c 00*11 11*3))",
		"00(1100 01 0000 ff(6c 00*11 11*3) ff(38 00 01 23))",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(profiles); i++) {
		char *text, *out;
		size_t len;
		uint8_t *p;

		assert_true(asprintf(&text, "%s ff(6b " BASIC "%s)", he, profiles[i]) > 0);
		p = bytes_of(text, &len);
		out = shown(true, p, len, FRAME_UNKNOWN);
		assert_int_equal(strstr(out, "first_mcs") != NULL, i == 1);
		free(out);
		out = shown(false, p, len, FRAME_UNKNOWN);
		assert_int_equal(strstr(out, "MCS 0-9") != NULL, i == 1);
		free(out);
		free(p);
		free(text);
	}
}

static void every_level_has_a_tab_more(void **state)
{
	static const uint8_t bytes[] = { 150, 1, 0xaa, 242, 0, 151, 2 };
	struct element_env env = { 0 };
	size_t size;
	char *out;
	struct text t = { .f = open_memstream(&out, &size), .colour = true };

	(void)state;
	text_elements(&t, 2, (struct bytes){ bytes, sizeof(bytes) }, &env);
	fclose(t.f);
	assert_string_equal(out, "\t\telement 150: 1 bytes aa\n\t\tFragment: 0 bytes \n"
				 "\t\t\t\033[1;31mmalformed: continues no element\033[0m\n"
				 "\t\telement 151: 1 bytes 02\n"
				 "\t\t\t\033[1;31mmalformed: cut off\033[0m\n");
	free(out);
}

static void links_are_painted(void **state)
{
	size_t len, size;
	uint8_t *p = bytes_of("ff(6b " BASIC "00(0100 01))", &len);
	struct element_env env = { 0 };
	char *out;
	struct text t = { .f = open_memstream(&out, &size), .colour = true };

	(void)state;
	text_elements(&t, 0, (struct bytes){ p, len }, &env);
	fclose(t.f);
	assert_string_equal(out, "Multi-Link: basic  mld 02:aa:bb:cc:dd:ee\n"
				 "\t\033[1;36mlink 1\033[0m\n");
	free(out);
	free(p);
}

static void mappings_in_text(void **state)
{
	(void)state;
	check_text("ff(6d 06) ff(6d 3a 87 0100 020000 03 01 03 01)",
		   "TID-To-Link Mapping: both  every TID on every link\n"
		   "TID-To-Link Mapping: both  from TSF 1 TU  for 2 TU\n"
		   "\tTIDs 0 2: links 0 1\n"
		   "\tTIDs 1 7: links 0\n");
}

static void non_inheritance_in_text(void **state)
{
	(void)state;
	check_text("ff(38 02 2d 3d 01 24) ff(38)",
		   "Non-Inheritance: 45 61 255/36\n"
		   "Non-Inheritance:\n\tmalformed: lists are longer than the element\n");
}

static void long_elements_are_shortened_in_text(void **state)
{
	(void)state;
	check_text("96(ab*24) 96(ab*25)",
		   "element 150: 24 bytes abababababababababababababababababababababababab\n"
		   "element 150: 25 bytes abababababababababababababababababababababababab...\n");
}

/* ---- names: from the tables of element ids in IEEE Std 802.11, some of them shortened ---- */

static const struct {
	uint8_t id;
	int ext;
	const char *name;
} names[] = {
	{ 0, NO_EXT, "SSID" },
	{ 1, NO_EXT, "Supported Rates" },
	{ 3, NO_EXT, "DSSS Parameter Set" },
	{ 5, NO_EXT, "TIM" },
	{ 7, NO_EXT, "Country" },
	{ 10, NO_EXT, "Request" },
	{ 11, NO_EXT, "BSS Load" },
	{ 32, NO_EXT, "Power Constraint" },
	{ 33, NO_EXT, "Power Capability" },
	{ 35, NO_EXT, "TPC Report" },
	{ 36, NO_EXT, "Supported Channels" },
	{ 37, NO_EXT, "Channel Switch Announcement" },
	{ 40, NO_EXT, "Quiet" },
	{ 42, NO_EXT, "ERP" },
	{ 45, NO_EXT, "HT Capabilities" },
	{ 46, NO_EXT, "QoS Capability" },
	{ 48, NO_EXT, "RSN" },
	{ 50, NO_EXT, "Extended Supported Rates" },
	{ 51, NO_EXT, "AP Channel Report" },
	{ 52, NO_EXT, "Neighbor Report" },
	{ 54, NO_EXT, "Mobility Domain" },
	{ 55, NO_EXT, "Fast BSS Transition" },
	{ 59, NO_EXT, "Supported Operating Classes" },
	{ 60, NO_EXT, "Ext Channel Switch Announce" },
	{ 61, NO_EXT, "HT Operation" },
	{ 69, NO_EXT, "Time Advertisement" },
	{ 70, NO_EXT, "RM Enabled Capabilities" },
	{ 71, NO_EXT, "Multiple BSSID" },
	{ 72, NO_EXT, "20/40 BSS Coexistence" },
	{ 74, NO_EXT, "Overlapping BSS Scan" },
	{ 76, NO_EXT, "Management MIC" },
	{ 83, NO_EXT, "Nontransmitted BSSID Cap" },
	{ 85, NO_EXT, "Multiple BSSID-Index" },
	{ 90, NO_EXT, "BSS Max Idle Period" },
	{ 107, NO_EXT, "Interworking" },
	{ 108, NO_EXT, "Advertisement Protocol" },
	{ 111, NO_EXT, "Roaming Consortium" },
	{ 127, NO_EXT, "Extended Capabilities" },
	{ 191, NO_EXT, "VHT Capabilities" },
	{ 192, NO_EXT, "VHT Operation" },
	{ 193, NO_EXT, "Extended BSS Load" },
	{ 194, NO_EXT, "Wide Bandwidth Channel Switch" },
	{ 195, NO_EXT, "Transmit Power Envelope" },
	{ 196, NO_EXT, "Channel Switch Wrapper" },
	{ 199, NO_EXT, "Operating Mode Notification" },
	{ 201, NO_EXT, "Reduced Neighbor Report" },
	{ 221, NO_EXT, "Vendor Specific" },
	{ 242, NO_EXT, "Fragment" },
	{ 244, NO_EXT, "RSN Extension" },
	{ 255, 35, "HE Capabilities" },
	{ 255, 36, "HE Operation" },
	{ 255, 37, "UORA Parameter Set" },
	{ 255, 38, "MU EDCA Parameter Set" },
	{ 255, 39, "Spatial Reuse Parameter Set" },
	{ 255, 41, "NDP Feedback Report Param Set" },
	{ 255, 52, "Max Channel Switch Time" },
	{ 255, 55, "MBSSID Configuration" },
	{ 255, 56, "Non-Inheritance" },
	{ 255, 57, "Known BSSID" },
	{ 255, 58, "Short SSID List" },
	{ 255, 59, "HE 6 GHz Band Capabilities" },
	{ 255, 92, "Rejected Groups" },
	{ 255, 106, "EHT Operation" },
	{ 255, 107, "Multi-Link" },
	{ 255, 108, "EHT Capabilities" },
	{ 255, 109, "TID-To-Link Mapping" },
	{ 255, 110, "Multi-Link Traffic Indication" },
	{ 255, 135, "Bandwidth Indication" },
	{ 255, 151, "UHR Operation" },
	{ 255, 152, "UHR Capabilities" },
};

static const char *name_of(uint8_t id, int ext)
{
	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		if (names[i].id == id && names[i].ext == ext)
			return names[i].name;
	return NULL;
}

static void check_name(uint8_t id, int ext)
{
	uint8_t bytes[] = { id, ext != NO_EXT, (uint8_t)ext };
	char *out = shown(true, bytes, 2u + bytes[1], FRAME_UNKNOWN);
	const char *key = "\"name\":\"", *found = strstr(out, key), *name = name_of(id, ext);

	assert_int_equal(found != NULL, name != NULL);
	if (name) {
		assert_memory_equal(found + strlen(key), name, strlen(name));
		assert_int_equal(found[strlen(key) + strlen(name)], '"');
	}
	free(out);
}

static void every_element_has_its_name(void **state)
{
	(void)state;
	for (int id = 0; id < 256; id++)
		check_name((uint8_t)id, NO_EXT);
	for (int ext = 0; ext < 256; ext++)
		check_name(255, ext);
}

static void elements_without_a_decoder_have_name_and_bytes(void **state)
{
	(void)state;
	check_json("0a(01) ff(6e 02)",
		   "{'id':10,'name':'Request','len':1,'hex':'01'},{'id':255,'ext_id':110,"
		   "'name':'Multi-Link Traffic Indication','len':1,'hex':'02'}");
	check_text("0a(01) ff(c8 02)", "Request: 1 bytes 01\nelement 255/200: 1 bytes 02\n");
}

/* ---- all that can come ---- */

static void check_frame(const struct generated *e, uint64_t seed, unsigned int n)
{
	char *out = shown(true, e->bytes, e->len, e->frame), *expected;

	assert_true(asprintf(&expected, "{\"elements\":%s}\n", e->json) > 0);
	if (strcmp(out, expected))
		print_message("# seed %llu, frame %u\n", (unsigned long long)seed, n);
	assert_string_equal(out, expected);
	free(out);
	free(expected);
	free(shown(false, e->bytes, e->len, e->frame));
}

static uint64_t chosen_seed(void)
{
	const char *word = getenv("ELEMENT_SEED");
	uint64_t seed = (uint64_t)time(NULL) << 16 ^ (uint64_t)getpid();

	if (word)
		assert_true(parse_u64(word, &seed));
	print_message("# ELEMENT_SEED=%llu\n", (unsigned long long)seed);
	return seed;
}

/* 10,000 elements in frames. */
static void random_elements_are_as_the_model_says(void **state)
{
	uint64_t seed = chosen_seed();
	unsigned int elements = 0;
	struct gen g;

	(void)state;
	gen_seed(&g, seed);
	for (unsigned int n = 0; elements < 10000; n++) {
		struct generated e = gen_frame(&g);

		check_frame(&e, seed, n);
		elements += e.n;
		gen_free(&e);
	}
}

static void frames_cut_at_every_byte_are_survived(void **state)
{
	struct gen g;

	(void)state;
	gen_seed(&g, 1);
	for (int n = 0; n < 60; n++) {
		struct generated e = gen_frame(&g);

		for (size_t len = 0; len < e.len && len < 600; len++) {
			free(shown(true, e.bytes, len, e.frame));
			free(shown(false, e.bytes, len, e.frame));
		}
		gen_free(&e);
	}
}

/* Cut within, the element itself being whole. */
static void bodies_cut_at_every_byte_are_survived(void **state)
{
	static const char *const bodies[] = {
		"f007 12 " MLD " 03 2a ac10 4350 2170 05 8700 "
		"00(f10f 16 020000000001 6400 fcffffffffffffff 0103 0500 09 3114 0000 96(aa)) dd(01)",
		"f200 0d " MLD
		" 0000 0000 0000 00(f17a 0d 020000000001 0102 3412 0200 1100 96(aa))",
		"1100 02 07 00(1300 96(01))",
		"0400 07 " MLD " 00(0300 96(01))",
		"02 2d 3d 01 24",
		"3a ff 0100 020000 03 01 03 01 01 01 01 01",
		"1a ff 0100 020000 0300 0100 0300 0100 0100 0100 0100 0100",
		"04 10 83 05 07 " BSSID " 01020304 42 03 00 4120 01 03 83 05 000000",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(bodies); i++) {
		size_t len;
		uint8_t *p = bytes_of(bodies[i], &len);

		for (size_t n = 0; n <= len; n++) {
			struct bytes b = exactly(p, n), rest = b;
			struct non_inheritance list;
			struct tbtt_info info;
			struct multi_link m;
			struct neighbor nb;
			struct ttlm t;

			decode_multi_link(b, &m);
			decode_non_inheritance(b, &list);
			decode_ttlm(b, &t);
			while (neighbor_next(&rest, &nb))
				while (tbtt_info_next(&nb, &info))
					continue;
			free((void *)b.p);
		}
		free(p);
	}
}

#define T(f) cmocka_unit_test(f)

static const struct CMUnitTest tests[] = {
	T(elements_come_one_after_the_other),
	T(extension_of_no_length_has_no_extension_id),
	T(elements_that_are_cut_say_so),
	T(only_full_elements_go_on_in_fragments),
	T(chains_of_fragments_may_end_with_the_frame),
	T(sub_elements_have_fragments_of_their_own),
	T(body_without_room_is_cut),
	T(fragment_of_nothing_is_an_element_of_its_own),
	T(element_is_found_by_id_and_extension),
	T(basic_multi_link_has_every_field),
	T(absent_fields_are_left_out),
	T(reconfiguration_has_its_own_presence_bits),
	T(multi_link_too_short_to_begin),
	T(unknown_types_are_shown_as_bytes),
	T(common_info_of_every_wrong_length),
	T(common_info_of_255_bytes_is_followed_by_profiles),
	T(fields_of_the_future_are_skipped),
	T(link_15_is_no_link),
	T(medium_sync_in_its_units),
	T(delays_of_eml_in_microseconds),
	T(transition_timeout_of_eml),
	T(delays_of_no_mode_are_absent),
	T(frequency_separation_is_of_clients),
	T(each_capability_is_its_own_bit),
	T(complete_profile_of_a_probe_response),
	T(complete_profile_of_an_association_response),
	T(partial_profile_has_elements_only),
	T(in_brief_profiles_are_brief),
	T(nstr_bitmap_of_one_and_two_bytes),
	T(sta_info_of_every_wrong_length),
	T(profile_shorter_than_its_fixed_fields),
	T(reconfiguration_of_links),
	T(profiles_without_sta_info),
	T(second_profile_of_a_link_says_so),
	T(sub_elements_that_are_no_profiles),
	T(sub_element_that_is_cut),
	T(profile_longer_than_an_element),
	T(elements_within_a_profile_may_be_fragmented),
	T(multi_link_within_a_profile_is_not_followed),
	T(nesting_without_end_is_not_followed),
	T(more_profiles_than_links),
	T(second_element_of_a_type_says_so),
	T(listed_elements_are_not_inherited),
	T(some_elements_are_never_inherited),
	T(malformed_list_inherits_everything),
	T(profiles_inherit),
	T(infos_of_neighbors_by_their_length),
	T(infos_without_a_layout_are_bytes),
	T(mld_parameters_alone),
	T(neighbors_of_16_infos),
	T(neighbors_that_are_cut),
	T(default_mapping_has_no_maps),
	T(maps_of_one_and_two_bytes),
	T(mappings_that_are_malformed),
	T(third_mapping_of_a_frame_says_so),
	T(multi_link_in_text),
	T(capabilities_in_text),
	T(malformed_multi_link_in_text),
	T(reconfiguration_in_text),
	T(neighbors_in_text),
	T(profiles_inherit_what_decides_of_their_elements),
	T(every_level_has_a_tab_more),
	T(links_are_painted),
	T(mappings_in_text),
	T(non_inheritance_in_text),
	T(long_elements_are_shortened_in_text),
	T(every_element_has_its_name),
	T(elements_without_a_decoder_have_name_and_bytes),
	T(random_elements_are_as_the_model_says),
	T(frames_cut_at_every_byte_are_survived),
	T(bodies_cut_at_every_byte_are_survived),
};

int main(void)
{
	return cmocka_run_group_tests(tests, NULL, NULL);
}
