/* SPDX-License-Identifier: ISC */
/* bss and scan: an entry of the table, how entries fold into MLDs, and exactly what is printed. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <time.h>
#include <netlink/attr.h>

#include "fake-kernel.h"

#define GET_LO	"get GET_INTERFACE IFINDEX=1\n"
#define DUMP	"dump GET_SCAN IFINDEX=1 BSS_DUMP_INCLUDE_USE_DATA\n"
#define LISTEN	"listen scan\n"
#define TRIGGER "change TRIGGER_SCAN IFINDEX=1"
#define ANY_SSID \
	" SCAN_SSIDS=65540" /* a list of one SSID of no bytes, which is all of four bytes */
#define ABORT	"change ABORT_SCAN IFINDEX=1\n"
#define FAILED	"iw-mlo: dev lo scan: "
#define LO_WDEV 1
#define OTHER	7 /* a wdev */

static int setup(void **state)
{
	(void)state;
	k_reset();
	return 0;
}

/* ---- frames ---- */

struct made {
	uint8_t b[8192];
	size_t len;
};

static void put(struct made *f, const void *p, size_t len)
{
	assert_true(f->len + len <= sizeof(f->b));
	if (len)
		memcpy(f->b + f->len, p, len);
	f->len += len;
}

static void put_bytes(struct made *f, size_t n, ...)
{
	va_list ap;

	va_start(ap, n);
	while (n--) {
		uint8_t v = (uint8_t)va_arg(ap, int);

		put(f, &v, 1);
	}
	va_end(ap);
}

static void put_addr(struct made *f, const char *text)
{
	uint8_t mac[ADDR_LEN];

	assert_true(parse_mac(text, mac));
	put(f, mac, ADDR_LEN);
}

/* With fragments, if it is long; ext: -1 for none. */
static void put_element(struct made *f, uint8_t id, int ext, const void *body, size_t len)
{
	struct made whole = { .len = 0 };
	size_t at = 0;

	if (ext >= 0)
		put_bytes(&whole, 1, ext);
	put(&whole, body, len);
	do {
		size_t piece = whole.len - at < 255 ? whole.len - at : 255;

		put_bytes(f, 2, at ? 242 : id, (int)piece);
		put(f, whole.b + at, piece);
		at += piece;
	} while (at < whole.len);
}

static void put_ssid(struct made *f, const char *ssid)
{
	put_element(f, 0, -1, ssid, strlen(ssid));
}

static void put_index(struct made *f, uint8_t index)
{
	put_element(f, 85, -1, &index, 1);
}

/* What a basic Multi-Link element says, in front of its profiles; negative: it does not. */
struct basic {
	const char *mld;
	int link, count, mld_id;
};
#define LINK(mld_, link_, count_) \
	(&(struct basic){ .mld = (mld_), .link = (link_), .count = (count_), .mld_id = -1 })

static void put_common(struct made *f, const struct basic *b)
{
	int presence = (b->link >= 0 ? 0x10 : 0) | (b->count >= 0 ? 0x20 : 0),
	    more = b->mld_id >= 0 ? 2 : 0;

	put_bytes(f, 3, presence, more, 7 + (b->link >= 0) + (b->count >= 0) + (b->mld_id >= 0));
	put_addr(f, b->mld);
	if (b->link >= 0)
		put_bytes(f, 1, b->link);
	if (b->count >= 0)
		put_bytes(f, 1, b->count);
	if (b->mld_id >= 0)
		put_bytes(f, 1, b->mld_id);
}

static void put_basic(struct made *f, const struct basic *b)
{
	struct made body = { .len = 0 };

	put_common(&body, b);
	put_element(f, 255, 107, body.b, body.len);
}

/* A profile with a MAC address and, if it is not negative, a change count; extra: bytes of it. */
static void put_profile(struct made *ml, int link, const char *addr, int count, uint8_t extra)
{
	static const uint8_t zeros[255];
	struct made p = { .len = 0 };

	put_bytes(&p, 3, link | (addr ? 0x20 : 0), count >= 0 ? 8 : 0,
		  1 + (addr ? 6 : 0) + (count >= 0));
	if (addr)
		put_addr(&p, addr);
	if (count >= 0)
		put_bytes(&p, 1, count);
	put(&p, zeros, extra);
	put_bytes(ml, 2, 0, (int)p.len);
	put(ml, p.b, p.len);
}

/* An AP of a Reduced Neighbor Report, alone in its field; addr NULL: the short form without it. */
struct neighbor_ap {
	int class, channel;
	const char *addr;
	int mld_id, link, count, disabled;
};

static void put_neighbor(struct made *f, const struct neighbor_ap *n)
{
	int params = n->link | n->count << 4 | n->disabled << 13;

	put_bytes(f, 4, n->addr ? 0 : 1, n->addr ? 16 : 3, n->class, n->channel);
	if (n->addr) {
		put_bytes(f, 1, 255);
		put_addr(f, n->addr);
		put_bytes(f, 6, 1, 2, 3, 4, 0x40, 127);
	}
	put_bytes(f, 3, n->mld_id, params & 0xff, params >> 8);
}

static void put_rnr(struct made *f, size_t n, const struct neighbor_ap *aps)
{
	struct made body = { .len = 0 };

	for (size_t i = 0; i < n; i++)
		put_neighbor(&body, &aps[i]);
	put_element(f, 201, -1, body.b, body.len);
}

/* ---- decode_bss ---- */

static const uint8_t some_elements[] = { 0, 3, 'n', 'e', 't', 1, 1, 0x82 };
static const uint8_t beacon_elements[] = { 0, 0, 1, 1, 0x82 };

static void put_all_of_a_bss(void)
{
	k_put_mac(NL80211_BSS_BSSID, "02:00:00:00:0a:01");
	k_put_u32(NL80211_BSS_FREQUENCY, 5955);
	k_put_u32(NL80211_BSS_FREQUENCY_OFFSET, 500);
	k_put_u64(NL80211_BSS_TSF, 0x123456789abcdef);
	k_put_u16(NL80211_BSS_BEACON_INTERVAL, 100);
	k_put_u16(NL80211_BSS_CAPABILITY, 0x0411);
	k_put(NL80211_BSS_INFORMATION_ELEMENTS, some_elements, sizeof(some_elements));
	k_put(NL80211_BSS_PRESP_DATA, NULL, 0);
	k_put(NL80211_BSS_BEACON_IES, beacon_elements, sizeof(beacon_elements));
	k_put_u32(NL80211_BSS_SIGNAL_MBM, (uint32_t)-4050);
	k_put_u8(NL80211_BSS_SIGNAL_UNSPEC, 77);
	k_put_u32(NL80211_BSS_SEEN_MS_AGO, 1234);
	k_put_u32(NL80211_BSS_STATUS, NL80211_BSS_STATUS_ASSOCIATED);
	k_put_u8(NL80211_BSS_MLO_LINK_ID, 14);
	k_put_mac(NL80211_BSS_MLD_ADDR, "02:00:00:00:0a:ff");
	k_put_u32(NL80211_BSS_USE_FOR, 3);
	k_put_u64(NL80211_BSS_CANNOT_USE_REASONS, 1ull << 40);
	k_put(999, "later", 5);
}

static void k_bss_begin(void)
{
	k_data(NL80211_CMD_NEW_SCAN_RESULTS, NLM_F_MULTI);
	k_put_u32(NL80211_ATTR_GENERATION, 9);
	k_nest(NL80211_ATTR_BSS);
}

static void every_fact_of_a_bss_decodes(void **state)
{
	struct attrs a;
	struct bss b;
	char mac[MAC_TEXT];

	(void)state;
	k_turn();
	k_bss_begin();
	put_all_of_a_bss();
	k_nest_end();
	a = k_attrs(0);
	memset(&b, 0xff, sizeof(b));
	assert_true(decode_bss(&a, &b));
	assert_true(b.has_bssid && b.has_freq && b.has_status && b.has_tsf && b.has_interval &&
		    b.has_capability && b.has_signal && b.has_signal_percent && b.has_seen &&
		    b.has_link_id && b.has_mld_addr && b.has_use_for && b.from_probe_response);
	assert_string_equal(fmt_mac(mac, b.bssid), "02:00:00:00:0a:01");
	assert_string_equal(fmt_mac(mac, b.mld_addr), "02:00:00:00:0a:ff");
	assert_int_equal(b.freq, 5955);
	assert_int_equal(b.freq_offset, 500);
	assert_int_equal(b.tsf, 0x123456789abcdef);
	assert_int_equal(b.interval, 100);
	assert_int_equal(b.capability, 0x0411);
	assert_int_equal(b.signal, -4050);
	assert_int_equal(b.signal_percent, 77);
	assert_int_equal(b.seen_ms, 1234);
	assert_int_equal(b.link_id, 14);
	assert_int_equal(b.use_for, 3);
	assert_int_equal(b.cannot_use, 1ull << 40);
	assert_int_equal(b.elements.len, sizeof(some_elements));
	assert_memory_equal(b.elements.p, some_elements, sizeof(some_elements));
	assert_int_equal(b.beacon_elements.len, sizeof(beacon_elements));
	assert_memory_equal(b.beacon_elements.p, beacon_elements, sizeof(beacon_elements));
	assert_true(bss_is_ours(&b));
	k_attrs_free(a);
}

static void what_is_not_told_of_a_bss_is_absent(void **state)
{
	static const struct bss nothing;
	struct attrs a;
	struct bss b;

	(void)state;
	k_turn();
	k_bss_begin();
	k_nest_end();
	a = k_attrs(0);
	memset(&b, 0xff, sizeof(b));
	assert_true(decode_bss(&a, &b));
	assert_memory_equal(&b, &nothing, sizeof(b));
	assert_false(bss_is_ours(&b));
	k_attrs_free(a);
}

static void other_states_of_a_bss_are_not_ours(void **state)
{
	(void)state;
	assert_false(bss_is_ours(&(struct bss){ .has_status = true }));
	assert_false(bss_is_ours(
		&(struct bss){ .has_status = true, .status = NL80211_BSS_STATUS_AUTHENTICATED }));
	assert_false(bss_is_ours(&(struct bss){ .status = NL80211_BSS_STATUS_ASSOCIATED }));
}

static void bss_cut_anywhere_is_malformed(void **state)
{
	size_t len;

	(void)state;
	k_turn();
	k_bss_begin();
	put_all_of_a_bss();
	k_nest_end();
	len = k_attrs_len();
	for (size_t cut = 1; cut <= len; cut++) {
		struct attrs a = k_attrs(cut);
		struct bss b;

		/* before and behind the first attribute, the generation */
		assert_int_equal(decode_bss(&a, &b), cut == len || cut == len - 8);
		k_attrs_free(a);
	}
}

/* The nest ends early, and says so: that is malformed unless an attribute ends there. */
static void nest_cut_anywhere_is_malformed(void **state)
{
	size_t len;

	(void)state;
	k_turn();
	k_data(NL80211_CMD_NEW_SCAN_RESULTS, NLM_F_MULTI);
	k_nest(NL80211_ATTR_BSS);
	put_all_of_a_bss();
	k_nest_end();
	len = k_attrs_len() - NLA_HDRLEN;
	for (size_t cut = 1; cut <= len; cut++) {
		struct attrs a = k_attrs(cut);
		struct nlattr *nest = (struct nlattr *)(uintptr_t)a.head, *inner;
		bool whole = true;
		struct bss b;
		int rem;

		nest->nla_len = (uint16_t)(NLA_HDRLEN + len - cut);
		nla_for_each_nested(inner, nest, rem);
		whole = rem <= 0;
		assert_int_equal(decode_bss(&a, &b), whole);
		k_attrs_free(a);
	}
}

static void fact_of_a_wrong_length_is_malformed(void **state)
{
	static const struct {
		uint16_t type;
		size_t len;
	} facts[] = {
		{ NL80211_BSS_BSSID, 6 },
		{ NL80211_BSS_FREQUENCY, 4 },
		{ NL80211_BSS_FREQUENCY_OFFSET, 4 },
		{ NL80211_BSS_TSF, 8 },
		{ NL80211_BSS_BEACON_INTERVAL, 2 },
		{ NL80211_BSS_CAPABILITY, 2 },
		{ NL80211_BSS_SIGNAL_MBM, 4 },
		{ NL80211_BSS_SIGNAL_UNSPEC, 1 },
		{ NL80211_BSS_SEEN_MS_AGO, 4 },
		{ NL80211_BSS_STATUS, 4 },
		{ NL80211_BSS_MLO_LINK_ID, 1 },
		{ NL80211_BSS_MLD_ADDR, 6 },
		{ NL80211_BSS_USE_FOR, 4 },
		{ NL80211_BSS_CANNOT_USE_REASONS, 8 },
	};

	(void)state;
	for (size_t n = 0; n < ARRAY_SIZE(facts); n++)
		for (size_t len = 0; len <= 12; len++) {
			struct attrs a;
			struct bss b;

			k_reset();
			k_turn();
			k_bss_begin();
			k_put(facts[n].type, "\1\0\0\0\0\0\0\0\0\0\0\0", len);
			k_nest_end();
			a = k_attrs(0);
			assert_int_equal(decode_bss(&a, &b), len == facts[n].len);
			k_attrs_free(a);
		}
}

static void link_id_of_a_bss_is_at_most_14(void **state)
{
	(void)state;
	for (unsigned int id = 0; id < 256; id++) {
		struct attrs a;
		struct bss b;

		k_reset();
		k_turn();
		k_bss_begin();
		k_put_u8(NL80211_BSS_MLO_LINK_ID, (uint8_t)id);
		k_nest_end();
		a = k_attrs(0);
		assert_int_equal(decode_bss(&a, &b), id <= 14);
		assert_int_equal(b.has_link_id, id <= 14);
		k_attrs_free(a);
	}
}

/* ---- folding ---- */

#define MLD_A "02:00:00:00:0a:ff"
#define A0    "02:00:00:00:0a:00"
#define A1    "02:00:00:00:0a:01"
#define A2    "02:00:00:00:0a:02"
#define A3    "02:00:00:00:0a:03"
#define MLD_B "02:00:00:00:0b:ff"
#define B0    "02:00:00:00:0b:00"
#define B1    "02:00:00:00:0b:01"

static struct world {
	struct bss_list list;
	struct ap_list aps;
	char text[8192];
	size_t used;
} world;

static struct bytes kept(const struct made *f)
{
	uint8_t *p = f->len ? malloc(f->len) : NULL; /* of exactly its size */

	if (p)
		memcpy(p, f->b, f->len);
	return (struct bytes){ p, f->len };
}

/* A beacon, 10 ms ago. */
static struct bss *hear(const char *bssid, uint32_t freq, const struct made *f)
{
	struct bss *b = grow((void **)&world.list.v, &world.list.n, &world.list.size, sizeof(*b));

	*b = (struct bss){ .has_bssid = true,
			   .has_freq = true,
			   .freq = freq,
			   .has_seen = true,
			   .seen_ms = 10,
			   .has_signal = true,
			   .signal = -5000 };
	assert_true(parse_mac(bssid, b->bssid));
	b->elements = kept(f);
	b->beacon_elements = b->elements;
	return b;
}

static struct bss *hear_link(const char *bssid, uint32_t freq, const struct basic *basic)
{
	struct made f = { .len = 0 };

	put_ssid(&f, "net");
	put_basic(&f, basic);
	return hear(bssid, freq, &f);
}

static void forget_all(void)
{
	free_ap_list(&world.aps);
	for (size_t n = 0; n < world.list.n; n++) {
		struct bss *b = &world.list.v[n];

		free((void *)(uintptr_t)b->elements.p);
		if (b->beacon_elements.p != b->elements.p)
			free((void *)(uintptr_t)b->beacon_elements.p);
	}
	free(world.list.v);
	memset(&world, 0, sizeof(world));
}

__attribute__((format(printf, 1, 2))) static void say(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	world.used += (size_t)vsnprintf(world.text + world.used, sizeof(world.text) - world.used,
					fmt, ap);
	va_end(ap);
	assert_true(world.used < sizeof(world.text));
}

/* The last two bytes, which differ here. */
static const char *end_of(const uint8_t *mac)
{
	static char text[4][8];
	static unsigned int n;

	n = (n + 1) % 4;
	snprintf(text[n], sizeof(text[n]), "%02x%02x", mac[4], mac[5]);
	return text[n];
}

static void say_link(const struct ap_link *l)
{
	say(l->id == LINK_ID_NONE ? " ?" : " %u", l->id);
	if (l->heard)
		say("=%s@%u", end_of(l->heard->bss->bssid), l->heard->bss->freq);
	if (!l->announced)
		return;
	say("<%s/%s", l->announced_in, end_of(l->announced_by));
	if (l->has_bssid)
		say(":%s", end_of(l->bssid));
	if (l->freq)
		say("@%u", l->freq);
	if (l->has_change_count)
		say("#%u", l->change_count);
	say(l->disabled ? "x>" : ">");
}

static void say_ap(const struct ap *ap)
{
	static const char *const kinds[] = {
		[CLAIMED_TWICE] = "twice",   [OTHER_MLD] = "mld",     [OTHER_ID] = "id",
		[OTHER_SSID] = "ssid",	     [OTHER_COUNT] = "count", [OTHER_CHANNEL] = "channel",
		[KERNEL_DIFFERS] = "kernel",
	};
	char ssid[ESCAPED_SIZE(SSID_LEN_MAX)];

	say("%s \"%s\"", ap->is_mld ? end_of(ap->mld_addr) : "bss",
	    escape(ssid, sizeof(ssid), ap->ssid.p, ap->ssid.len));
	for (size_t n = 0; n < ap->n_links; n++)
		say_link(&ap->links[n]);
	for (int n = 0; n < ap->n_contradictions; n++) {
		const struct contradiction *c = &ap->contradictions[n];

		say(" !%s(%u,%s,%s)", kinds[c->kind], c->link_id, end_of(c->a), end_of(c->b));
	}
	say(ap->more_contradictions ? " !more\n" : "\n");
}

/* Each AP on a line: links as "id=bssid@freq", with "<where/by:bssid@freq#count>" if announced. */
#define assert_folded(want)                                       \
	do {                                                      \
		assert_true(fold_bsses(&world.list, &world.aps)); \
		for (size_t n_ = 0; n_ < world.aps.n; n_++)       \
			say_ap(&world.aps.v[n_]);                 \
		assert_string_equal(world.text, want);            \
		forget_all();                                     \
	} while (0)

static void nothing_folds_into_nothing(void **state)
{
	(void)state;
	assert_folded("");
}

static void links_of_two_mlds_and_an_ap_without(void **state)
{
	struct made f = { .len = 0 };

	(void)state;
	put_ssid(&f, "old");
	hear_link(B0, 2437, LINK(MLD_B, 0, 0))->signal = -6000;
	hear_link(A2, 5955, LINK(MLD_A, 2, 1))->signal = -7000;
	hear("02:00:00:00:0c:00", 2412, &f)->signal = -5500;
	hear_link(A0, 2412, LINK(MLD_A, 0, 1))->signal = -4000;
	hear_link(B1, 5180, LINK(MLD_B, 9, 1))->signal = -6500;
	assert_folded("0aff \"net\" 0=0a00@2412 2=0a02@5955\n"
		      "bss \"old\" ?=0c00@2412\n"
		      "0bff \"net\" 0=0b00@2437 9=0b01@5180\n");
}

/* What a reader looks for first comes first: ours, then by the best signal; none is the weakest. */
static void access_points_are_sorted_by_rank(void **state)
{
	struct made f = { .len = 0 };
	struct bss *b;

	(void)state;
	hear("02:00:00:00:01:00", 2412, &f)->has_signal = false;
	hear("02:00:00:00:02:00", 2412, &f)->signal = INT32_MIN + 1;
	hear("02:00:00:00:03:00", 2412, &f)->signal = 100;
	b = hear("02:00:00:00:04:00", 2412, &f);
	b->has_status = true;
	b->status = NL80211_BSS_STATUS_ASSOCIATED;
	b->has_signal = false;
	hear("02:00:00:00:05:00", 2412, &f)->signal = -1;
	assert_folded("bss \"\" ?=0400@2412\nbss \"\" ?=0300@2412\nbss \"\" ?=0500@2412\n"
		      "bss \"\" ?=0200@2412\nbss \"\" ?=0100@2412\n");
}

static void link_without_an_id(void **state)
{
	(void)state;
	hear_link(A0, 2412, LINK(MLD_A, -1, 1));
	hear_link(A1, 5180, LINK(MLD_A, 15, 1));
	hear_link(A2, 5955, LINK(MLD_A, 14, 1));
	assert_folded("0aff \"net\" 14=0a02@5955 ?=0a00@2412 ?=0a01@5180\n");
}

static void links_announced_in_a_neighbor_report(void **state)
{
	struct made f = { .len = 0 };

	(void)state;
	put_ssid(&f, "net");
	put_rnr(&f, 7,
		(const struct neighbor_ap[]){
			{ 115, 36, A1, 0, 1, 5, 0 },   /* of the same MLD */
			{ 131, 1, A2, 0, 2, 255, 1 },  /* count unknown, disabled */
			{ 131, 5, NULL, 0, 3, 6, 0 },  /* no BSSID */
			{ 115, 40, B0, 1, 1, 1, 0 },   /* another MLD */
			{ 115, 40, B1, 255, 4, 1, 0 }, /* none */
			{ 115, 40, B1, 0, 15, 1, 0 },  /* no link */
			{ 200, 36, A3, 0, 6, 0, 0 },   /* channel unknown */
		});
	put_basic(&f, LINK(MLD_A, 0, 1));
	hear(A0, 2412, &f);
	assert_folded("0aff \"net\" 0=0a00@2412 1<rnr/0a00:0a01@5180#5> 2<rnr/0a00:0a02@5955x>"
		      " 3<rnr/0a00@5975#6> 6<rnr/0a00:0a03#0>\n");
}

static void neighbor_without_mld_parameters_is_no_link(void **state)
{
	struct made f = { .len = 0 }, rnr = { .len = 0 };

	(void)state;
	put_ssid(&f, "net");
	put_bytes(&rnr, 4, 0, 7, 115, 36);
	put_bytes(&rnr, 1, 255);
	put_addr(&rnr, A1);
	put_element(&f, 201, -1, rnr.b, rnr.len);
	put_basic(&f, LINK(MLD_A, 0, 1));
	hear(A0, 2412, &f);
	assert_folded("0aff \"net\" 0=0a00@2412\n");
}

static void links_announced_in_profiles(void **state)
{
	struct made f = { .len = 0 }, ml = { .len = 0 };

	(void)state;
	put_common(&ml, LINK(MLD_A, 0, 1));
	put_profile(&ml, 1, A1, 7, 40);
	put_profile(&ml, 2, NULL, -1, 200);
	put_profile(&ml, 15, A3, 7, 200); /* no link */
	put_profile(&ml, 3, A3, -1, 200);
	put_ssid(&f, "net");
	put_element(&f, 255, 107, ml.b, ml.len);
	assert_true(f.len > 600); /* fragments */
	hear(A0, 2412, &f);
	assert_folded("0aff \"net\" 0=0a00@2412 1<profile/0a00:0a01#7> 2<profile/0a00>"
		      " 3<profile/0a00:0a03>\n");
}

/* The report comes first in a frame, and what it lacks comes from the profile. */
static void link_announced_in_both(void **state)
{
	struct made f = { .len = 0 }, ml = { .len = 0 };

	(void)state;
	put_common(&ml, LINK(MLD_A, 0, 1));
	put_profile(&ml, 3, A3, 6, 0);
	put_profile(&ml, 1, A1, 9, 0);
	put_rnr(&f, 2,
		(const struct neighbor_ap[]){ { 131, 5, NULL, 0, 3, 255, 0 },
					      { 115, 36, A1, 0, 1, 9, 1 } });
	put_element(&f, 255, 107, ml.b, ml.len);
	hear(A0, 2412, &f);
	assert_folded("0aff \"\" 0=0a00@2412 1<rnr/0a00:0a01@5180#9x>"
		      " 3<rnr/0a00:0a03@5975#6>\n");
}

static void link_heard_and_announced_is_one(void **state)
{
	struct made f = { .len = 0 };

	(void)state;
	put_ssid(&f, "net");
	put_rnr(&f, 2,
		(const struct neighbor_ap[]){ { 115, 36, A1, 0, 1, 1, 0 },
					      { 131, 5, NULL, 0, 2, 255, 0 } });
	put_basic(&f, LINK(MLD_A, 0, 1));
	hear(A0, 2412, &f);
	hear_link(A1, 5180, LINK(MLD_A, 1, 1));
	hear_link(A2, 5975, LINK(MLD_A, 2, 1));
	assert_folded("0aff \"net\" 0=0a00@2412 1=0a01@5180<rnr/0a00:0a01@5180#1>"
		      " 2=0a02@5975<rnr/0a00@5975>\n");
}

/* Of a probe response and a beacon, either may announce what the other does not. */
static void both_frames_of_a_bss_announce(void **state)
{
	struct made f = { .len = 0 }, beacon = { .len = 0 };
	struct bss *b;

	(void)state;
	put_ssid(&f, "net");
	put_rnr(&f, 1, (const struct neighbor_ap[]){ { 115, 36, A1, 0, 1, 1, 0 } });
	put_basic(&beacon, LINK(MLD_A, 0, 1));
	put_rnr(&beacon, 1, (const struct neighbor_ap[]){ { 131, 1, A2, 0, 2, 1, 0 } });
	b = hear(A0, 2412, &f);
	b->from_probe_response = true;
	b->beacon_elements = kept(&beacon);
	assert_folded("0aff \"net\" 0=0a00@2412 1<rnr/0a00:0a01@5180#1>"
		      " 2<rnr/0a00:0a02@5955#1>\n");
}

/* The beacon alone may have the Multi-Link element, and be the longer one. */
static void beacon_with_fragments_behind_a_short_probe_response(void **state)
{
	struct made f = { .len = 0 }, beacon = { .len = 0 }, ml = { .len = 0 };
	struct bss *b;

	(void)state;
	put_ssid(&f, "n");
	put_common(&ml, LINK(MLD_A, 0, 1));
	put_profile(&ml, 1, A1, 7, 200);
	put_profile(&ml, 2, A2, 7, 200);
	put_element(&beacon, 255, 107, ml.b, ml.len);
	b = hear(A0, 2412, &f);
	b->beacon_elements = kept(&beacon);
	assert_folded("0aff \"n\" 0=0a00@2412 1<profile/0a00:0a01#7> 2<profile/0a00:0a02#7>\n");
}

/* Frames speak of the MLD of a nontransmitted BSSID by its index, of that of the transmitter by 0.
 */
static void nontransmitted_bss_has_a_number_of_its_own(void **state)
{
	struct made f = { .len = 0 }, ml = { .len = 0 };
	struct basic of_3 = { .mld = MLD_B, .link = 0, .count = 1, .mld_id = 3 };
	const struct neighbor_ap aps[] = { { 115, 36, A1, 0, 1, 1, 0 },
					   { 115, 36, B1, 3, 1, 1, 0 } };

	(void)state;
	/* as the kernel puts it together for the nontransmitted one, with its index */
	put_ssid(&f, "guest");
	put_rnr(&f, 2, aps);
	put_index(&f, 3);
	put_common(&ml, &of_3);
	put_profile(&ml, 2, "02:00:00:00:0b:02", -1, 0);
	put_element(&f, 255, 107, ml.b, ml.len);
	hear(B0, 2412, &f);
	/* the transmitter's probe response has Multi-Link elements of both */
	f = (struct made){ .len = 0 };
	put_ssid(&f, "net");
	put_rnr(&f, 2, aps);
	put_element(&f, 255, 107, ml.b, ml.len);
	put_basic(&f, LINK(MLD_A, 0, 1));
	hear(A0, 2412, &f)->signal = -6000;
	assert_folded("0bff \"guest\" 0=0b00@2412 1<rnr/0b00:0b01@5180#1> 2<profile/0b00:0b02>\n"
		      "0aff \"net\" 0=0a00@2412 1<rnr/0a00:0a01@5180#1>\n");
}

/* ---- what cannot all be true ---- */

static void link_claimed_twice(void **state)
{
	struct made f = { .len = 0 };

	(void)state;
	hear_link(A0, 2412, LINK(MLD_A, 1, 1));
	hear_link(A1, 5180, LINK(MLD_A, 1, 1));
	assert_folded("0aff \"net\" 1=0a00@2412 1=0a01@5180 !twice(1,0a00,0a01)\n");
	/* heard and announced */
	put_rnr(&f, 1, (const struct neighbor_ap[]){ { 131, 1, A3, 0, 1, 1, 0 } });
	put_basic(&f, LINK(MLD_A, 0, 1));
	hear(A0, 2412, &f);
	hear_link(A1, 5180, LINK(MLD_A, 1, 1));
	assert_folded("0aff \"net\" 0=0a00@2412 1=0a01@5180 1<rnr/0a00:0a03@5955#1>"
		      " !twice(1,0a01,0a03)\n");
	/* announced twice */
	f = (struct made){ .len = 0 };
	put_rnr(&f, 3,
		(const struct neighbor_ap[]){ { 131, 1, A3, 0, 1, 1, 0 },
					      { 115, 36, A2, 0, 1, 1, 0 },
					      { 115, 36, A2, 0, 1, 1, 0 } });
	put_basic(&f, LINK(MLD_A, 0, 1));
	hear(A0, 2412, &f);
	assert_folded("0aff \"\" 0=0a00@2412 1<rnr/0a00:0a02@5180#1> 1<rnr/0a00:0a03@5955#1>"
		      " !twice(1,0a03,0a02)\n");
}

static void two_links_without_ids_are_no_contradiction(void **state)
{
	(void)state;
	hear_link(A0, 2412, LINK(MLD_A, -1, 1));
	hear_link(A1, 5180, LINK(MLD_A, -1, 1));
	assert_folded("0aff \"net\" ?=0a00@2412 ?=0a01@5180\n");
}

/* What A0 announces, against what the other has; count and channel of A0 itself as well. */
static void announce_one(const struct neighbor_ap *n)
{
	struct made f = { .len = 0 };

	put_ssid(&f, "net");
	put_rnr(&f, 1, n);
	put_basic(&f, LINK(MLD_A, 0, 1));
	hear(A0, 2412, &f);
}

static void announced_link_that_is_of_another_mld(void **state)
{
	struct made f = { .len = 0 };

	(void)state;
	announce_one(&(const struct neighbor_ap){ 115, 36, B1, 0, 1, 9, 0 });
	hear_link(B1, 5200, LINK(MLD_B, 2, 1))->signal = -6000;
	assert_folded("0aff \"net\" 0=0a00@2412 1<rnr/0a00:0b01@5180#9> !mld(1,0a00,0b01)\n"
		      "0bff \"net\" 2=0b01@5200\n");
	/* by whatever address, */
	announce_one(&(const struct neighbor_ap){ 115, 36, B1, 0, 1, 9, 0 });
	hear_link(B1, 5200, LINK("02:00:00:00:08:ff", 2, 1))->signal = -6000;
	assert_folded("0aff \"net\" 0=0a00@2412 1<rnr/0a00:0b01@5180#9> !mld(1,0a00,0b01)\n"
		      "08ff \"net\" 2=0b01@5200\n");
	/* or of none */
	announce_one(&(const struct neighbor_ap){ 115, 36, B1, 0, 1, 9, 0 });
	put_ssid(&f, "old");
	hear(B1, 5180, &f)->signal = -6000;
	assert_folded("0aff \"net\" 0=0a00@2412 1<rnr/0a00:0b01@5180#9> !mld(1,0a00,0b01)\n"
		      "bss \"old\" ?=0b01@5180\n");
}

/* Zeros are an address like any other, but not that of what is no MLD. */
static void mld_with_an_address_of_zeros(void **state)
{
	struct made f = { .len = 0 };

	(void)state;
	put_ssid(&f, "net");
	put_rnr(&f, 1, &(const struct neighbor_ap){ 115, 36, B1, 0, 1, 9, 0 });
	put_basic(&f, LINK("00:00:00:00:00:00", 0, 1));
	hear(A0, 2412, &f);
	f = (struct made){ .len = 0 };
	put_ssid(&f, "old");
	hear(B1, 5180, &f)->signal = -6000;
	assert_folded("0000 \"net\" 0=0a00@2412 1<rnr/0a00:0b01@5180#9> !mld(1,0a00,0b01)\n"
		      "bss \"old\" ?=0b01@5180\n");
}

/* One BSSID, two MLDs: what is announced is compared with the one that it is announced of. */
static void bssid_in_two_mlds(void **state)
{
	static const char *const mlds[] = { "02:00:00:00:08:ff", MLD_B };

	(void)state;
	for (size_t n = 0; n < ARRAY_SIZE(mlds); n++) {
		announce_one(&(const struct neighbor_ap){ 115, 36, A1, 0, 1, 1, 0 });
		hear_link(A1, 5180, LINK(MLD_A, 1, 1));
		hear_link(A1, 5200, LINK(mlds[n], 2, 2))->signal = -6000;
		assert_true(fold_bsses(&world.list, &world.aps));
		assert_int_equal(world.aps.n, 2);
		assert_int_equal(world.aps.v[0].n_contradictions, 0);
		assert_int_equal(world.aps.v[0].n_links, 2);
		forget_all();
	}
}

static void announced_link_with_another_id(void **state)
{
	(void)state;
	/* it was heard, as what it is: no link of the announced id was not */
	announce_one(&(const struct neighbor_ap){ 115, 36, A1, 0, 1, 1, 0 });
	hear_link(A1, 5180, LINK(MLD_A, 2, 1));
	assert_folded("0aff \"net\" 0=0a00@2412 2=0a01@5180"
		      " !id(1,0a00,0a01)\n");
	/* not told is not the announced one either */
	announce_one(&(const struct neighbor_ap){ 115, 36, A1, 0, 1, 1, 0 });
	hear_link(A1, 5180, LINK(MLD_A, -1, 1));
	assert_folded("0aff \"net\" 0=0a00@2412 ?=0a01@5180"
		      " !id(1,0a00,0a01)\n");
}

static void announced_link_with_another_change_count(void **state)
{
	(void)state;
	announce_one(&(const struct neighbor_ap){ 115, 36, A1, 0, 1, 1, 0 });
	hear_link(A1, 5180, LINK(MLD_A, 1, 2));
	assert_folded("0aff \"net\" 0=0a00@2412 1=0a01@5180<rnr/0a00:0a01@5180#1>"
		      " !count(1,0a00,0a01)\n");
	/* not known is no contradiction, on either side */
	announce_one(&(const struct neighbor_ap){ 115, 36, A1, 0, 1, 255, 0 });
	hear_link(A1, 5180, LINK(MLD_A, 1, 2));
	assert_folded("0aff \"net\" 0=0a00@2412 1=0a01@5180<rnr/0a00:0a01@5180>\n");
	announce_one(&(const struct neighbor_ap){ 115, 36, A1, 0, 1, 1, 0 });
	hear_link(A1, 5180, LINK(MLD_A, 1, -1));
	assert_folded("0aff \"net\" 0=0a00@2412 1=0a01@5180<rnr/0a00:0a01@5180#1>\n");
}

static void announced_link_on_another_channel(void **state)
{
	(void)state;
	announce_one(&(const struct neighbor_ap){ 115, 40, A1, 0, 1, 1, 0 });
	hear_link(A1, 5180, LINK(MLD_A, 1, 1));
	assert_folded("0aff \"net\" 0=0a00@2412 1=0a01@5180<rnr/0a00:0a01@5200#1>"
		      " !channel(1,0a00,0a01)\n");
	announce_one(&(const struct neighbor_ap){ 115, 40, A1, 0, 1, 1, 0 });
	hear_link(A1, 5180, LINK(MLD_A, 1, 1))->has_freq = false;
	assert_folded("0aff \"net\" 0=0a00@2412 1=0a01@5180<rnr/0a00:0a01@5200#1>\n");
}

/* A profile tells no channel. */
static void link_heard_and_announced_in_a_profile(void **state)
{
	struct made f = { .len = 0 }, ml = { .len = 0 };

	(void)state;
	put_common(&ml, LINK(MLD_A, 0, 1));
	put_profile(&ml, 1, A1, 2, 0);
	put_bytes(&ml, 5, 0, 3, 0x22, 0, 9); /* of link 2, and cut */
	put_ssid(&f, "net");
	put_element(&f, 255, 107, ml.b, ml.len);
	hear(A0, 2412, &f);
	hear_link(A1, 5180, LINK(MLD_A, 1, 2));
	assert_folded("0aff \"net\" 0=0a00@2412 1=0a01@5180<profile/0a00:0a01#2>\n");
}

static void what_was_announced_first_stands(void **state)
{
	struct made f = { .len = 0 };

	(void)state;
	put_rnr(&f, 2,
		(const struct neighbor_ap[]){ { 115, 36, A1, 0, 1, 1, 0 },
					      { 115, 40, A1, 0, 1, 2, 0 } });
	put_basic(&f, LINK(MLD_A, 0, 1));
	hear(A0, 2412, &f);
	assert_folded("0aff \"\" 0=0a00@2412 1<rnr/0a00:0a01@5180#1>\n");
}

static void links_with_other_ssids(void **state)
{
	struct made f = { .len = 0 };

	(void)state;
	put_basic(&f, LINK(MLD_A, 0, 1)); /* hidden, and the first */
	hear(A0, 2412, &f);
	hear_link(A1, 5180, LINK(MLD_A, 1, 1));
	f = (struct made){ .len = 0 };
	put_ssid(&f, "nex");
	put_basic(&f, LINK(MLD_A, 2, 1));
	hear(A2, 5955, &f);
	f = (struct made){ .len = 0 };
	put_ssid(&f, "net ");
	put_basic(&f, LINK(MLD_A, 3, 1));
	hear(A3, 5975, &f);
	assert_folded("0aff \"net\" 0=0a00@2412 1=0a01@5180 2=0a02@5955 3=0a03@5975"
		      " !ssid(2,0a01,0a02) !ssid(3,0a01,0a03)\n");
}

/* A hidden SSID has no bytes, or as many zeros as the SSID has bytes. */
static void hidden_ssids_are_no_contradiction(void **state)
{
	struct made f = { .len = 0 };

	(void)state;
	put_element(&f, 0, -1, "\0\0\0", 3);
	put_basic(&f, LINK(MLD_A, 0, 1));
	hear(A0, 2412, &f);
	assert_folded("0aff \"\\x00\\x00\\x00\" 0=0a00@2412\n");
	hear(A0, 2412, &f);
	hear_link(A1, 5180, LINK(MLD_A, 1, 1));
	f = (struct made){ .len = 0 };
	put_ssid(&f, "");
	put_basic(&f, LINK(MLD_A, 2, 1));
	hear(A2, 5955, &f);
	assert_folded("0aff \"net\" 0=0a00@2412 1=0a01@5180 2=0a02@5955\n");
}

/* The kernel keeps the beacon that hides the SSID and the probe response that tells it apart. */
static void hidden_bss_that_answers_probes_has_its_ssid(void **state)
{
	struct made f = { .len = 0 };

	(void)state;
	put_ssid(&f, "");
	put_basic(&f, LINK(MLD_A, 0, 1));
	hear(A0, 2412, &f);
	hear_link(A0, 2412, LINK(MLD_A, 0, 1))->seen_ms = 900;
	assert_folded("0aff \"net\" 0=0a00@2412\n");
}

static void kernel_that_has_another_mld_or_link_id(void **state)
{
	struct made f = { .len = 0 };
	struct bss *b;

	(void)state;
	b = hear_link(A0, 2412, LINK(MLD_A, 0, 1));
	b->has_mld_addr = b->has_link_id = true;
	parse_mac(MLD_A, b->mld_addr);
	assert_folded("0aff \"net\" 0=0a00@2412\n");
	b = hear_link(A0, 2412, LINK(MLD_A, 0, 1));
	b->has_mld_addr = true;
	parse_mac(MLD_B, b->mld_addr);
	assert_folded("0aff \"net\" 0=0a00@2412 !kernel(0,0a00,0bff)\n");
	b = hear_link(A0, 2412, LINK(MLD_A, 0, 1));
	b->has_mld_addr = b->has_link_id = true;
	b->link_id = 1;
	parse_mac(MLD_A, b->mld_addr);
	assert_folded("0aff \"net\" 0=0a00@2412 !kernel(1,0a00,0aff)\n");
	/* and what says that it is no MLD at all */
	put_ssid(&f, "old");
	b = hear(A0, 2412, &f);
	b->has_mld_addr = b->has_link_id = true;
	b->link_id = 1;
	parse_mac(MLD_A, b->mld_addr);
	assert_folded("bss \"old\" ?=0a00@2412 !kernel(1,0a00,0aff)\n");
}

static void contradictions_are_listed_once_and_not_without_end(void **state)
{
	struct made f = { .len = 0 };
	char bssid[20];

	(void)state;
	for (int n = 0; n < 9; n++) {
		snprintf(bssid, sizeof(bssid), "02:00:00:00:0a:%02x", n);
		hear_link(bssid, 2412, LINK(MLD_A, 1, 1));
	}
	assert_true(fold_bsses(&world.list, &world.aps));
	assert_int_equal(world.aps.v[0].n_contradictions, CONTRADICTIONS_MAX);
	assert_false(world.aps.v[0].more_contradictions);
	forget_all();
	for (int n = 0; n < 10; n++) {
		snprintf(bssid, sizeof(bssid), "02:00:00:00:0a:%02x", n);
		hear_link(bssid, 2412, LINK(MLD_A, 1, 1));
	}
	assert_true(fold_bsses(&world.list, &world.aps));
	assert_int_equal(world.aps.v[0].n_contradictions, CONTRADICTIONS_MAX);
	assert_true(world.aps.v[0].more_contradictions);
	assert_int_equal(world.aps.v[0].n_links, 10);
	forget_all();
	put_rnr(&f, 3,
		(const struct neighbor_ap[]){ { 115, 36, B1, 0, 1, 1, 0 },
					      { 115, 36, B1, 0, 1, 1, 0 },
					      { 115, 36, B1, 0, 1, 1, 0 } });
	put_basic(&f, LINK(MLD_A, 0, 1));
	hear(A0, 2412, &f);
	hear_link(B1, 5180, LINK(MLD_B, 1, 1))->signal = -6000;
	assert_folded("0aff \"\" 0=0a00@2412 1<rnr/0a00:0b01@5180#1> !mld(1,0a00,0b01)\n"
		      "0bff \"net\" 1=0b01@5180\n");
}

/* ---- the same BSS more than once ---- */

static void bss_on_two_channels_has_moved(void **state)
{
	for (int later = 0; later < 2; later++) {
		(void)state;
		hear_link(A0, 2412, LINK(MLD_A, 0, 1))->seen_ms = later ? 9 : 500;
		hear_link(A0, 2437, LINK(MLD_A, 0, 2))->seen_ms = later ? 500 : 9;
		assert_folded(later ? "0aff \"net\" 0=0a00@2412\n" : "0aff \"net\" 0=0a00@2437\n");
	}
}

/* Ours is the one that we are connected to, whatever was heard since. */
static void bss_on_two_channels_that_is_ours(void **state)
{
	(void)state;
	for (int first = 0; first < 2; first++) {
		for (int n = 0; n < 2; n++) {
			struct bss *b = hear_link(A0, n ? 2437 : 2412, LINK(MLD_A, 0, 1));

			b->seen_ms = n == first ? 900 : 5;
			b->has_status = n == first;
			b->status = NL80211_BSS_STATUS_ASSOCIATED;
		}
		assert_folded(first ? "0aff \"net\" 0=0a00@2437\n" : "0aff \"net\" 0=0a00@2412\n");
	}
}

static void announced_bss_that_moved_is_compared_where_it_is_now(void **state)
{
	struct bss *b;

	(void)state;
	for (int later = 0; later < 2; later++) {
		announce_one(&(const struct neighbor_ap){ 115, 36, A1, 0, 1, 2, 0 });
		hear_link(A1, later ? 5180 : 5745, LINK(MLD_A, 1, later ? 2 : 1))->seen_ms =
			later ? 5 : 900;
		hear_link(A1, later ? 5745 : 5180, LINK(MLD_A, 1, later ? 1 : 2))->seen_ms =
			later ? 900 : 5;
		b = hear_link(A1, 5765, LINK(MLD_A, 1, 1));
		b->has_seen = false;
		b->seen_ms = 0;
		assert_folded("0aff \"net\" 0=0a00@2412 1=0a01@5180<rnr/0a00:0a01@5180#2>\n");
	}
}

/* ---- hostile ---- */

static void announced_links_are_listed_up_to_64(void **state)
{
	struct neighbor_ap aps[100];
	char addr[100][20];
	struct made f = { .len = 0 };

	(void)state;
	for (int n = 0; n < 100; n++) {
		snprintf(addr[n], sizeof(addr[n]), "02:00:00:01:0a:%02x", n);
		aps[n] = (struct neighbor_ap){ 115, 36, addr[n], 0, n % 15, 1, 0 };
	}
	put_basic(&f, LINK(MLD_A, 0, 1));
	for (int n = 0; n < 10; n++)
		put_rnr(&f, 10, aps + 10 * n);
	hear(A0, 2412, &f);
	assert_true(fold_bsses(&world.list, &world.aps));
	assert_int_equal(world.aps.v[0].n_links, 64);
	assert_true(world.aps.v[0].more_contradictions);
	for (size_t n = 1; n < 64; n++)
		assert_true(world.aps.v[0].links[n - 1].id <= world.aps.v[0].links[n].id);
	forget_all();
}

static void announced_link_that_is_not_listed_is_told_of(void **state)
{
	(void)state;
	for (int n = 0; n < 63; n++) {
		char bssid[20];

		snprintf(bssid, sizeof(bssid), "02:00:00:00:0c:%02x", n);
		hear_link(bssid, 2412, LINK(MLD_A, -1, 1));
	}
	announce_one(&(const struct neighbor_ap){ 115, 36, A1, 0, 1, 1, 0 });
	assert_true(fold_bsses(&world.list, &world.aps));
	assert_int_equal(world.aps.v[0].n_links, 64);
	assert_int_equal(world.aps.v[0].n_contradictions, 0);
	assert_true(world.aps.v[0].more_contradictions);
	forget_all();
}

static double seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Every one claims the same link and announces as many links as fit into a report. */
static void ten_thousand_that_claim_the_same_link(void **state)
{
	double began;

	(void)state;
	for (unsigned int n = 0; n < 10000; n++) {
		struct made f = { .len = 0 };
		struct neighbor_ap aps[10];
		char bssid[20], addr[10][20];

		snprintf(bssid, sizeof(bssid), "02:00:%02x:%02x:0c:00", n >> 8, n & 255);
		for (unsigned int k = 0; k < 10; k++) {
			snprintf(addr[k], sizeof(addr[k]), "02:%02x:%02x:%02x:0d:00", k, n >> 8,
				 n & 255);
			aps[k] = (struct neighbor_ap){
				115, 36, k ? addr[k] : bssid, 0, (int)k, 1, 0
			};
		}
		put_basic(&f, LINK(MLD_A, 3, 1));
		put_rnr(&f, 10, aps);
		hear(bssid, 2412, &f);
	}
	began = seconds();
	assert_true(fold_bsses(&world.list, &world.aps));
	assert_int_equal(world.aps.n, 1);
	assert_true(world.aps.v[0].n_links >= 10000);
	assert_true(world.aps.v[0].more_contradictions);
	free_ap_list(&world.aps);
	assert_true(seconds() - began < 5); /* some 50 ms, if it is not sanitized or quadratic */
	forget_all();
}

static void elements_of_any_bytes_fold(void **state)
{
	uint32_t seed = 1;

	(void)state;
	for (int round = 0; round < 300; round++) {
		for (int n = 0; n < 4; n++) {
			struct made f = { .len = 0 };
			static const uint8_t ids[] = { 0, 255, 201, 242, 85, 48, 61, 192 };

			while (f.len < 400) {
				uint8_t body[60];

				for (size_t i = 0; i < sizeof(body); i++)
					body[i] =
						(uint8_t)((seed = seed * 1103515245 + 12345) >> 16 &
							  (i & 1 ? 0xff : 0x33));
				body[0] = body[0] & 1 ? 107 : body[0];
				put_element(&f, ids[body[1] & 7], -1, body, body[2]);
			}
			f.len -= seed >> 16 & 63;
			hear(n & 1 ? A0 : A1, 2412, &f);
		}
		assert_true(fold_bsses(&world.list, &world.aps));
		forget_all();
	}
}

/* ---- what of the elements cannot be decoded ---- */

static const char *malformed(const struct made *f)
{
	static uint8_t scratch[5 * 8192];
	struct bytes b = kept(f);
	struct bss bss = { .elements = b };
	struct bss_view v;

	view_bss(&bss, (struct scratch){ scratch, sizeof(scratch) }, &v);
	free((void *)(uintptr_t)b.p);
	return v.malformed ? v.malformed : "";
}

static void what_is_malformed_is_said(void **state)
{
	static const uint8_t long_ssid[33] = { 'x' };
	struct made f = { .len = 0 }, cut;

	(void)state;
	assert_string_equal(malformed(&f), "");
	put_element(&f, 0, -1, long_ssid, 32);
	put_basic(&f, LINK(MLD_A, 0, 1));
	assert_string_equal(malformed(&f), "");
	cut = f;
	cut.len -= 3;
	assert_string_equal(malformed(&cut), "an element is cut off");
	put_bytes(&f, 1, 0);
	assert_string_equal(malformed(&f), "an element is cut off");
	f = (struct made){ .len = 0 };
	put_element(&f, 0, -1, long_ssid, 33);
	put_basic(&f, LINK(MLD_A, 0, 1));
	assert_string_not_equal(malformed(&f), "");
	assert_string_not_equal(malformed(&f), "an element is cut off");
	f = (struct made){ .len = 0 };
	put_basic(&f, LINK(MLD_A, 15, 1));
	assert_string_equal(malformed(&f), "link id 15");
	f = (struct made){ .len = 0 };
	put_element(&f, 255, 107, "\x10\x00\x09\x02\x00\x00\x00\x0a\xff", 9);
	assert_string_equal(malformed(&f), "Common Info is longer than the element");
}

static void multi_link_element_of_other_types_makes_no_mld(void **state)
{
	struct made f = { .len = 0 }, ml = { .len = 0 };

	(void)state;
	put_bytes(&ml, 3, 0x12, 0, 7); /* reconfiguration, with an MLD address */
	put_addr(&ml, MLD_A);
	put_element(&f, 255, 107, ml.b, ml.len);
	hear(A0, 2412, &f);
	assert_folded("bss \"\" ?=0a00@2412\n");
	/* and does not hide the one that does */
	put_basic(&f, LINK(MLD_B, 2, 1));
	hear(A0, 2412, &f);
	assert_folded("0bff \"\" 2=0a00@2412\n");
}

/* The address may be there, although what follows is not: it is an MLD all the same. */
static void malformed_multi_link_element_with_an_address_makes_an_mld(void **state)
{
	struct made f = { .len = 0 };

	(void)state;
	put_element(&f, 255, 107, "\x30\x00\x09\x02\x00\x00\x00\x0a\xff", 9);
	hear(A0, 2412, &f);
	assert_folded("0aff \"\" ?=0a00@2412\n");
	f.len -= 1;
	f.b[1] -= 1;
	hear(A0, 2412, &f);
	assert_folded("bss \"\" ?=0a00@2412\n");
}

/* ---- bss ---- */

/* An entry of a dump, as far as every one has it; k_nest_end() ends it. */
static void k_bss(const char *bssid, uint32_t freq, const struct made *f)
{
	k_bss_begin();
	k_put_mac(NL80211_BSS_BSSID, bssid);
	k_put_u32(NL80211_BSS_FREQUENCY, freq);
	k_put(NL80211_BSS_INFORMATION_ELEMENTS, f->b, f->len);
	k_put(NL80211_BSS_BEACON_IES, f->b, f->len);
	k_put_u32(NL80211_BSS_SEEN_MS_AGO, 20);
}

static void k_small_bss(const char *bssid, const char *ssid)
{
	struct made f = { .len = 0 };

	put_ssid(&f, ssid);
	k_bss(bssid, 2412, &f);
	k_nest_end();
}

/* SSID, RSN with SAE and, of 5 GHz, a width of 80 MHz with EHT. */
static void put_usual(struct made *f, const char *ssid, bool wide)
{
	put_ssid(f, ssid);
	put_element(f, 48, -1, "\1\0\0\x0f\xac\4\1\0\0\x0f\xac\4\2\0\0\x0f\xac\x08\0\x0f\xac\x18",
		    22);
	if (!wide)
		return;
	put_element(f, 61, -1, "\x24\5\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 22);
	put_element(f, 192, -1, "\1\x2a\0\0\0", 5);
	put_element(f, 255, 36, "\0\0\0\1\xfc\xff", 6);
	put_element(f, 255, 106, "\0\x44\x44\x44\x44", 5);
}

/* Three links of an MLD: connected, out of date, and announced; the first has it all. */
static void script_office(void)
{
	struct made f = { .len = 0 };

	put_usual(&f, "office", false);
	put_rnr(&f, 2,
		(const struct neighbor_ap[]){ { 128, 36, A1, 0, 1, 1, 0 },
					      { 131, 1, A2, 0, 2, 3, 1 } });
	put_basic(&f, LINK(MLD_A, 0, 1));
	k_bss(A0, 2412, &f);
	k_put_u64(NL80211_BSS_TSF, 1000000);
	k_put_u16(NL80211_BSS_BEACON_INTERVAL, 100);
	k_put_u16(NL80211_BSS_CAPABILITY, 0x0411);
	k_put_u32(NL80211_BSS_SIGNAL_MBM, (uint32_t)-4050);
	k_put_u32(NL80211_BSS_USE_FOR, 3);
	k_nest_end();
	f = (struct made){ .len = 0 };
	put_usual(&f, "office", true);
	put_basic(&f, LINK(MLD_A, 1, 2));
	k_bss(A1, 5180, &f);
	k_put_u16(NL80211_BSS_CAPABILITY, 0x0411);
	k_put_u32(NL80211_BSS_SIGNAL_MBM, (uint32_t)-5500);
	k_put_u32(NL80211_BSS_STATUS, NL80211_BSS_STATUS_ASSOCIATED);
	k_put_u8(NL80211_BSS_MLO_LINK_ID, 1);
	k_put_mac(NL80211_BSS_MLD_ADDR, MLD_A);
	k_put_u32(NL80211_BSS_USE_FOR, 2);
	k_nest_end();
}

/* One that is of no use, hidden, in the units of another driver. */
static void script_hidden(void)
{
	struct made f = { .len = 0 };

	put_ssid(&f, "");
	put_element(&f, 221, -1, "\x00\x50\xf2\x01\1\0\0\x50\xf2\2\1\0\0\x50\xf2\2\1\0\0\x50\xf2\2",
		    22);
	k_bss(B0, 2484, &f);
	k_put_u16(NL80211_BSS_CAPABILITY, 0x0010);
	k_put_u8(NL80211_BSS_SIGNAL_UNSPEC, 40);
	k_put_u32(NL80211_BSS_USE_FOR, 0);
	k_put_u64(NL80211_BSS_CANNOT_USE_REASONS, 1ull << 63 | 7);
	k_nest_end();
}

/* All that a terminal or a reader of JSON could choke on. */
static void script_nasty(void)
{
	struct made f = { .len = 0 };

	put_ssid(&f, "\033]0;\a\r\xe2\x80\xae\xff\"\\");
	put_bytes(&f, 3, 1, 200, 0x82);
	k_bss(B1, 5180, &f);
	k_put_u16(NL80211_BSS_CAPABILITY, 0x0010);
	k_nest_end();
}

static void script_table(void)
{
	k_turn();
	script_office();
	k_datagram();
	script_hidden();
	script_nasty();
	k_done(0);
}

static void bss_folds(void **state)
{
	(void)state;
	script_table();
	assert_run(run("dev lo bss"), ST_OK,
		   "\"office\"  SAE+SAE-EXT-KEY  ap-mld " MLD_A "  3 links\n"
		   "  link 0  " A0 "  2412 MHz 2.4GHz/1   20 MHz        -40.5 dBm"
		   "  20 ms ago\n"
		   "  link 1  " A1 "  5180 MHz 5GHz/36    80 MHz EHT    -55.0 dBm"
		   "  20 ms ago  associated, link 1  as a link only\n"
		   "  link 2  " A2 "  5955 MHz 6GHz/1                "
		   "  not heard; announced by " A0 " (rnr)  disabled\n"
		   "  ! " A0 " announces " A1 " (link 1) with another change"
		   " count than it has: one of them is out of date\n"
		   "hidden  WPA\n"
		   "  bss     " B0 "  2484 MHz 2.4GHz/14  20 MHz       signal 40%"
		   "  20 ms ago  not usable  cannot be used: not the primary link of an NSTR pair,"
		   " 6 GHz regulatory power mode does not match, reason 0x4,"
		   " reason 0x8000000000000000\n"
		   "\"\\x1b]0;\\x07\\x0d\\xe2\\x80\\xae\\xff\\x22\\x5c\"  private, no RSN\n"
		   "  bss     " B1 "  5180 MHz 5GHz/36    20 MHz        no signal"
		   "  20 ms ago  malformed: an element is cut off\n",
		   "", DUMP);
}

static void bss_folds_in_json(void **state)
{
	(void)state;
	script_table();
	assert_run(run("-j dev lo bss"), ST_OK,
		   "[{\"ap_mld_addr\":\"" MLD_A "\",\"ssid\":\"office\","
		   "\"ssid_hex\":\"6f6666696365\",\"links\":[{\"link_id\":0,\"heard\":true,"
		   "\"bssid\":\"" A0 "\",\"freq_mhz\":2412,\"channel\":1,"
		   "\"band\":\"2.4GHz\",\"width_mhz\":20,\"no_ht\":true,\"center_freq1_mhz\":2412,"
		   "\"signal_dbm\":-40.5,\"seen_ms\":20,\"use_for\":[\"normal\",\"mld_link\"],"
		   "\"beacon_interval_tu\":100,\"privacy\":true,\"akms\":[\"SAE\","
		   "\"SAE-EXT-KEY\"],\"change_count\":1},{\"link_id\":1,\"heard\":true,"
		   "\"bssid\":\"" A1 "\",\"freq_mhz\":5180,\"channel\":36,"
		   "\"band\":\"5GHz\",\"width_mhz\":80,\"center_freq1_mhz\":5210,"
		   "\"generation\":\"EHT\",\"signal_dbm\":-55.0,\"seen_ms\":20,"
		   "\"associated\":true,\"use_for\":[\"mld_link\"],\"privacy\":true,"
		   "\"akms\":[\"SAE\",\"SAE-EXT-KEY\"],\"change_count\":2,"
		   "\"announced\":{\"in\":\"rnr\",\"by\":\"" A0 "\","
		   "\"bssid\":\"" A1 "\",\"freq_mhz\":5180,\"change_count\":1,"
		   "\"disabled\":false}},{\"link_id\":2,\"heard\":false,"
		   "\"announced\":{\"in\":\"rnr\",\"by\":\"" A0 "\","
		   "\"bssid\":\"" A2 "\",\"freq_mhz\":5955,\"change_count\":3,"
		   "\"disabled\":true}}],\"contradictions\":[{\"what\":\"other_change_count\","
		   "\"link_id\":1,\"addrs\":[\"" A0 "\",\"" A1 "\"]}]},"
		   "{\"links\":[{\"heard\":true,\"bssid\":\"" B0 "\",\"freq_mhz\":2484,"
		   "\"channel\":14,\"band\":\"2.4GHz\",\"width_mhz\":20,\"no_ht\":true,"
		   "\"center_freq1_mhz\":2484,\"signal_percent\":40,\"seen_ms\":20,\"use_for\":[],"
		   "\"cannot_use\":[\"nstr_nonprimary\",\"6ghz_power_mismatch\",\"0x4\","
		   "\"0x8000000000000000\"],\"privacy\":true,\"akms\":[\"WPA\"]}]},"
		   "{\"ssid_hex\":\"1b5d303b070de280aeff225c\",\"links\":[{\"heard\":true,"
		   "\"bssid\":\"" B1 "\",\"freq_mhz\":5180,\"channel\":36,"
		   "\"band\":\"5GHz\",\"width_mhz\":20,\"no_ht\":true,\"center_freq1_mhz\":5180,"
		   "\"seen_ms\":20,\"privacy\":true,\"malformed\":\"an element is cut off\"}]}]\n",
		   "", DUMP);
}

static void bss_flat(void **state)
{
	(void)state;
	script_table();
	assert_run(run("dev lo bss --flat"), ST_OK,
		   A0 "  2412 MHz 2.4GHz/1   20 MHz        -40.5 dBm  20 ms ago"
		      "  \"office\"  ap-mld " MLD_A " link 0  SAE+SAE-EXT-KEY\n" A1
		      "  5180 MHz 5GHz/36    80 MHz EHT    -55.0 dBm  20 ms ago"
		      "  associated, link 1  as a link only  \"office\""
		      "  ap-mld " MLD_A " link 1  SAE+SAE-EXT-KEY\n" B0
		      "  2484 MHz 2.4GHz/14  20 MHz       signal 40%  20 ms ago"
		      "  not usable  cannot be used: not the primary link of an NSTR pair,"
		      " 6 GHz regulatory power mode does not match, reason 0x4,"
		      " reason 0x8000000000000000  hidden  WPA\n" B1
		      "  5180 MHz 5GHz/36    20 MHz        no signal  20 ms ago"
		      "  malformed: an element is cut off  \"\\x1b]0;\\x07\\x0d\\xe2\\x80\\xae\\xff"
		      "\\x22\\x5c\"  private, no RSN\n",
		   "", DUMP);
}

static void bss_flat_in_json(void **state)
{
	(void)state;
	script_table();
	assert_run(run("-j dev lo bss --flat"), ST_OK,
		   "[{\"ssid\":\"office\",\"ssid_hex\":\"6f6666696365\","
		   "\"ap_mld_addr\":\"" MLD_A "\",\"link_id\":0,"
		   "\"bssid\":\"" A0 "\",\"freq_mhz\":2412,\"channel\":1,"
		   "\"band\":\"2.4GHz\",\"width_mhz\":20,\"no_ht\":true,\"center_freq1_mhz\":2412,"
		   "\"signal_dbm\":-40.5,\"seen_ms\":20,\"use_for\":[\"normal\",\"mld_link\"],"
		   "\"beacon_interval_tu\":100,\"privacy\":true,\"akms\":[\"SAE\","
		   "\"SAE-EXT-KEY\"],\"change_count\":1},{\"ssid\":\"office\","
		   "\"ssid_hex\":\"6f6666696365\",\"ap_mld_addr\":\"" MLD_A "\","
		   "\"link_id\":1,\"bssid\":\"" A1 "\",\"freq_mhz\":5180,"
		   "\"channel\":36,\"band\":\"5GHz\",\"width_mhz\":80,\"center_freq1_mhz\":5210,"
		   "\"generation\":\"EHT\",\"signal_dbm\":-55.0,\"seen_ms\":20,"
		   "\"associated\":true,\"use_for\":[\"mld_link\"],\"privacy\":true,"
		   "\"akms\":[\"SAE\",\"SAE-EXT-KEY\"],\"change_count\":2},"
		   "{\"bssid\":\"" B0 "\",\"freq_mhz\":2484,\"channel\":14,"
		   "\"band\":\"2.4GHz\",\"width_mhz\":20,\"no_ht\":true,\"center_freq1_mhz\":2484,"
		   "\"signal_percent\":40,\"seen_ms\":20,\"use_for\":[],"
		   "\"cannot_use\":[\"nstr_nonprimary\",\"6ghz_power_mismatch\",\"0x4\","
		   "\"0x8000000000000000\"],\"privacy\":true,\"akms\":[\"WPA\"]},"
		   "{\"ssid_hex\":\"1b5d303b070de280aeff225c\",\"bssid\":\"" B1 "\","
		   "\"freq_mhz\":5180,\"channel\":36,\"band\":\"5GHz\",\"width_mhz\":20,"
		   "\"no_ht\":true,\"center_freq1_mhz\":5180,\"seen_ms\":20,\"privacy\":true,"
		   "\"malformed\":\"an element is cut off\"}]\n",
		   "", DUMP);
}

/* The probe response and the beacon differ: both are shown. */
static void script_two_frames(void)
{
	struct made f = { .len = 0 }, beacon = { .len = 0 };

	put_ssid(&f, "net");
	put_element(&f, 1, -1, "\x82\x84", 2);
	put_element(&f, 99, -1, "\1\2", 2);
	put_ssid(&beacon, "");
	put_bytes(&beacon, 3, 1, 4, 0x82);
	k_turn();
	k_small_bss(B1, "other");
	k_bss_begin();
	k_put_mac(NL80211_BSS_BSSID, B0);
	k_put_u32(NL80211_BSS_FREQUENCY, 2412);
	k_put_u64(NL80211_BSS_TSF, 77);
	k_put_u16(NL80211_BSS_CAPABILITY, 1);
	k_put(NL80211_BSS_PRESP_DATA, NULL, 0);
	k_put(NL80211_BSS_INFORMATION_ELEMENTS, f.b, f.len);
	k_put(NL80211_BSS_BEACON_IES, beacon.b, beacon.len);
	k_nest_end();
	k_done(0);
}

static void bss_elements(void **state)
{
	(void)state;
	script_two_frames();
	assert_run(run("dev lo bss --elements"), ST_OK,
		   B0 "  2412 MHz 2.4GHz/1   20 MHz        no signal  \"net\""
		      "  open\n"
		      "\tSSID: \"net\"\n"
		      "\tSupported Rates: 1* 2* Mb/s (* basic)\n"
		      "\telement 99: 2 bytes\n"
		      "\tin the beacon:\n"
		      "\t\tSSID: hidden, 0 bytes\n"
		      "\t\telement 1: 2 bytes 0482\n"
		      "\t\t\tmalformed: cut off\n" B1
		      "  2412 MHz 2.4GHz/1   20 MHz        no signal  20 ms ago"
		      "  \"other\"  open\n"
		      "\tSSID: \"other\"\n",
		   "", DUMP);
	assert_run(run("-j dev lo bss --elements"), ST_OK,
		   "[{\"ssid\":\"net\",\"ssid_hex\":\"6e6574\",\"bssid\":\"" B0 "\","
		   "\"freq_mhz\":2412,\"channel\":1,\"band\":\"2.4GHz\",\"width_mhz\":20,"
		   "\"no_ht\":true,\"center_freq1_mhz\":2412,\"privacy\":false,\"tsf_us\":77,"
		   "\"capability\":1,\"frame\":\"probe_response\",\"elements\":[{\"id\":0,"
		   "\"name\":\"SSID\",\"ssid\":\"net\",\"ssid_hex\":\"6e6574\"},{\"id\":1,"
		   "\"name\":\"Supported Rates\",\"rates_kbps\":[1000,2000],"
		   "\"basic_rates_kbps\":[1000,2000],\"membership_selectors\":[]},{\"id\":99,"
		   "\"len\":2}],\"beacon_elements\":[{\"id\":0,\"name\":\"SSID\",\"ssid\":\"\","
		   "\"ssid_hex\":\"\"},{\"id\":1,\"malformed\":\"cut off\",\"len\":2,"
		   "\"hex\":\"0482\"}]},{\"ssid\":\"other\",\"ssid_hex\":\"6f74686572\","
		   "\"bssid\":\"" B1 "\",\"freq_mhz\":2412,\"channel\":1,"
		   "\"band\":\"2.4GHz\",\"width_mhz\":20,\"no_ht\":true,\"center_freq1_mhz\":2412,"
		   "\"seen_ms\":20,\"frame\":\"beacon\",\"elements\":[{\"id\":0,\"name\":\"SSID\","
		   "\"ssid\":\"other\",\"ssid_hex\":\"6f74686572\"}]}]\n",
		   "", DUMP);
}

static void bss_of_one_bssid(void **state)
{
	(void)state;
	script_two_frames();
	assert_run(run("dev lo bss " B0), ST_OK,
		   B0 "  2412 MHz 2.4GHz/1   20 MHz        no signal  \"net\""
		      "  open\n"
		      "\tSSID: \"net\"\n"
		      "\tSupported Rates: 1* 2* Mb/s (* basic)\n"
		      "\telement 99: 2 bytes\n"
		      "\tin the beacon:\n"
		      "\t\tSSID: hidden, 0 bytes\n"
		      "\t\telement 1: 2 bytes 0482\n"
		      "\t\t\tmalformed: cut off\n",
		   "", DUMP);
	assert_run(run("-j dev lo bss " B0), ST_OK,
		   "[{\"ssid\":\"net\",\"ssid_hex\":\"6e6574\",\"bssid\":\"" B0 "\","
		   "\"freq_mhz\":2412,\"channel\":1,\"band\":\"2.4GHz\",\"width_mhz\":20,"
		   "\"no_ht\":true,\"center_freq1_mhz\":2412,\"privacy\":false,\"tsf_us\":77,"
		   "\"capability\":1,\"frame\":\"probe_response\",\"elements\":[{\"id\":0,"
		   "\"name\":\"SSID\",\"ssid\":\"net\",\"ssid_hex\":\"6e6574\"},{\"id\":1,"
		   "\"name\":\"Supported Rates\",\"rates_kbps\":[1000,2000],"
		   "\"basic_rates_kbps\":[1000,2000],\"membership_selectors\":[]},{\"id\":99,"
		   "\"len\":2}],\"beacon_elements\":[{\"id\":0,\"name\":\"SSID\",\"ssid\":\"\","
		   "\"ssid_hex\":\"\"},{\"id\":1,\"malformed\":\"cut off\",\"len\":2,"
		   "\"hex\":\"0482\"}]}]\n",
		   "", DUMP);
	assert_run(run("dev lo bss " A0), ST_REFUSED, "",
		   "iw-mlo: dev lo bss: no such BSS in the table (\"scan\" fills it)\n", DUMP);
}

/* In the order of their MLDs, links and BSSIDs. */
static void flat_order(void **state)
{
	static const struct {
		const char *bssid, *mld;
		int link;
	} heard[] = {
		{ B1, MLD_B, 3 }, { A2, MLD_A, 1 }, { A0, MLD_A, 2 },
		{ A1, MLD_A, 1 }, { B0, NULL, 0 },
	};
	static const char *const sorted[] = { A1, A2, A0, B1, B0 };
	const struct run *r;
	const char *p;

	(void)state;
	k_turn();
	for (size_t n = 0; n < ARRAY_SIZE(heard); n++) {
		struct made f = { .len = 0 };

		if (heard[n].mld)
			put_basic(&f, LINK(heard[n].mld, heard[n].link, 1));
		k_bss(heard[n].bssid, 2412, &f);
		k_nest_end();
	}
	k_done(0);
	r = run("dev lo bss --flat");
	p = r->out;
	for (size_t n = 0; n < ARRAY_SIZE(sorted); n++, p = strchr(p, '\n') + 1)
		assert_int_equal(strncmp(p, sorted[n], MAC_TEXT - 1), 0);
	assert_string_equal(p, "");
}

/* Of two RSN elements the first one counts; and there need be no beacon. */
static void bss_that_only_answered(void **state)
{
	struct made f = { .len = 0 };

	(void)state;
	put_ssid(&f, "net");
	put_element(&f, 48, -1, "\1\0\0\x0f\xac\4\1\0\0\x0f\xac\4\1\0\0\x0f\xac\x08", 18);
	put_element(&f, 48, -1, "\1\0\0\x0f\xac\4\1\0\0\x0f\xac\4\1\0\0\x0f\xac\x02", 18);
	k_turn();
	k_bss_begin();
	k_put_mac(NL80211_BSS_BSSID, A0);
	k_put(NL80211_BSS_PRESP_DATA, NULL, 0);
	k_put(NL80211_BSS_INFORMATION_ELEMENTS, f.b, f.len);
	k_nest_end();
	k_done(0);
	assert_run(run("dev lo bss --flat"), ST_OK, A0 "   no signal  \"net\"  SAE\n", "", DUMP);
	assert_run(run("dev lo bss --elements"), ST_OK,
		   A0 "   no signal  \"net\"  SAE\n"
		      "\tSSID: \"net\"\n"
		      "\tRSN: version 1\n"
		      "\t\tgroup CCMP-128\n"
		      "\t\tpairwise CCMP-128\n"
		      "\t\tAKM SAE\n"
		      "\tRSN: version 1\n"
		      "\t\tgroup CCMP-128\n"
		      "\t\tpairwise CCMP-128\n"
		      "\t\tAKM PSK\n",
		   "", DUMP);
}

static void contradiction_of_links_without_ids(void **state)
{
	struct made f = { .len = 0 };
	const struct run *r;

	(void)state;
	k_turn();
	put_ssid(&f, "one");
	put_basic(&f, LINK(MLD_A, -1, 1));
	k_bss(A0, 2412, &f);
	k_nest_end();
	f = (struct made){ .len = 0 };
	put_ssid(&f, "two");
	put_basic(&f, LINK(MLD_A, -1, 1));
	k_bss(A1, 2412, &f);
	k_nest_end();
	k_done(0);
	r = run("-j dev lo bss");
	assert_non_null(strstr(r->out, "\"contradictions\":[{\"what\":\"other_ssid\",\"addrs\":["));
	r = run("dev lo bss");
	assert_non_null(strstr(r->out, "  ! " A0 " and " A1 " have different SSIDs\n"));
	assert_non_null(strstr(r->out, "  link ?  " A0 "  "));
}

/* A kernel that tells next to nothing, and elements of a beacon alone. */
static void bss_of_which_little_is_told(void **state)
{
	struct made f = { .len = 0 };

	(void)state;
	put_usual(&f, "net", true);
	k_turn();
	k_bss_begin();
	k_nest_end();
	k_bss_begin();
	k_put_mac(NL80211_BSS_BSSID, B0);
	k_put_u32(NL80211_BSS_FREQUENCY, 5180);
	k_put(NL80211_BSS_BEACON_IES, f.b, f.len);
	k_nest_end();
	k_done(0);
	assert_run(run("dev lo bss"), ST_OK,
		   "hidden  open\n"
		   "  bss     -   no signal\n"
		   "\"net\"  SAE+SAE-EXT-KEY\n"
		   "  bss     " B0 "  5180 MHz 5GHz/36    80 MHz EHT    no signal\n",
		   "", DUMP);
	assert_run(run("-j dev lo bss"), ST_OK,
		   "[{\"links\":[{\"heard\":true}]},{\"ssid\":\"net\",\"ssid_hex\":\"6e6574\","
		   "\"links\":[{\"heard\":true,\"bssid\":\"" B0 "\",\"freq_mhz\":5180,"
		   "\"channel\":36,\"band\":\"5GHz\",\"width_mhz\":80,\"center_freq1_mhz\":5210,"
		   "\"generation\":\"EHT\",\"akms\":[\"SAE\",\"SAE-EXT-KEY\"]}]}]\n",
		   "", DUMP);
	assert_run(run("-j dev lo bss --elements"), ST_OK, NULL, "", DUMP);
}

static void every_contradiction_has_words(void **state)
{
	struct made f = { .len = 0 };

	(void)state;
	put_ssid(&f, "net");
	put_rnr(&f, 4,
		(const struct neighbor_ap[]){ { 115, 36, A1, 0, 1, 1, 0 },
					      { 115, 36, A2, 0, 2, 1, 0 },
					      { 115, 36, B0, 0, 3, 1, 0 },
					      { 115, 40, "02:00:00:00:0a:05", 0, 1, 1, 0 } });
	put_basic(&f, LINK(MLD_A, 0, 1));
	k_turn();
	k_bss(A0, 2412, &f);
	k_put_u8(NL80211_BSS_MLO_LINK_ID, 0);
	k_put_mac(NL80211_BSS_MLD_ADDR, MLD_B);
	k_nest_end();
	f = (struct made){ .len = 0 };
	put_ssid(&f, "ten");
	put_basic(&f, LINK(MLD_A, 1, 2));
	k_bss(A1, 5200, &f);
	k_nest_end();
	f = (struct made){ .len = 0 };
	put_basic(&f, LINK(MLD_A, 4, 1));
	k_bss(A2, 5180, &f);
	k_nest_end();
	k_small_bss(B0, "old");
	k_done(0);
	assert_run(run("dev lo bss"), ST_OK,
		   "\"net\"  open  ap-mld " MLD_A "  5 links\n"
		   "  link 0  " A0 "  2412 MHz 2.4GHz/1   20 MHz        no signal"
		   "  20 ms ago\n"
		   "  link 1  " A1 "  5200 MHz 5GHz/40    20 MHz        no signal"
		   "  20 ms ago\n"
		   "  link 1  02:00:00:00:0a:05  5200 MHz 5GHz/40               "
		   "  not heard; announced by " A0 " (rnr)\n"
		   "  link 3  " B0 "  5180 MHz 5GHz/36               "
		   "  not heard; announced by " A0 " (rnr)\n"
		   "  link 4  " A2 "  5180 MHz 5GHz/36    20 MHz        no signal"
		   "  20 ms ago\n"
		   "  ! the kernel has " A0 " as a link of " MLD_B ", link 0,"
		   " and it says otherwise itself\n"
		   "  ! " A0 " announces " A1 " (link 1) with another change"
		   " count than it has: one of them is out of date\n"
		   "  ! " A0 " announces " A1 " (link 1) on another channel "
		   "than it was heard on\n"
		   "  ! " A0 " announces " A2 " as link 2,"
		   " which has another id by its own word\n"
		   "  ! " A0 " announces " B0 " as link 3,"
		   " which is no link of this MLD by its own word\n"
		   "  ! " A1 " and 02:00:00:00:0a:05 are both said to be link 1\n"
		   "  ! " A0 " and " A1 " have different SSIDs\n"
		   "\"old\"  open\n"
		   "  bss     " B0 "  2412 MHz 2.4GHz/1   20 MHz        no signal"
		   "  20 ms ago\n",
		   "", DUMP);
	assert_run(run("-j dev lo bss"), ST_OK,
		   "[{\"ap_mld_addr\":\"" MLD_A "\",\"ssid\":\"net\","
		   "\"ssid_hex\":\"6e6574\",\"links\":[{\"link_id\":0,\"heard\":true,"
		   "\"bssid\":\"" A0 "\",\"freq_mhz\":2412,\"channel\":1,"
		   "\"band\":\"2.4GHz\",\"width_mhz\":20,\"no_ht\":true,\"center_freq1_mhz\":2412,"
		   "\"seen_ms\":20,\"change_count\":1},{\"link_id\":1,\"heard\":true,"
		   "\"bssid\":\"" A1 "\",\"freq_mhz\":5200,\"channel\":40,"
		   "\"band\":\"5GHz\",\"width_mhz\":20,\"no_ht\":true,\"center_freq1_mhz\":5200,"
		   "\"seen_ms\":20,\"change_count\":2,\"announced\":{\"in\":\"rnr\","
		   "\"by\":\"" A0 "\",\"bssid\":\"" A1 "\","
		   "\"freq_mhz\":5180,\"change_count\":1,\"disabled\":false}},{\"link_id\":1,"
		   "\"heard\":false,\"announced\":{\"in\":\"rnr\",\"by\":\"" A0 "\","
		   "\"bssid\":\"02:00:00:00:0a:05\",\"freq_mhz\":5200,\"change_count\":1,"
		   "\"disabled\":false}},{\"link_id\":3,\"heard\":false,"
		   "\"announced\":{\"in\":\"rnr\",\"by\":\"" A0 "\","
		   "\"bssid\":\"" B0 "\",\"freq_mhz\":5180,\"change_count\":1,"
		   "\"disabled\":false}},{\"link_id\":4,\"heard\":true,"
		   "\"bssid\":\"" A2 "\",\"freq_mhz\":5180,\"channel\":36,"
		   "\"band\":\"5GHz\",\"width_mhz\":20,\"no_ht\":true,\"center_freq1_mhz\":5180,"
		   "\"seen_ms\":20,\"change_count\":1}],\"contradictions\":[{\"what\":\"kernel_dif"
		   "fers\",\"link_id\":0,\"addrs\":[\"" A0 "\",\"" MLD_B "\"]},"
		   "{\"what\":\"other_change_count\",\"link_id\":1,"
		   "\"addrs\":[\"" A0 "\",\"" A1 "\"]},"
		   "{\"what\":\"other_channel\",\"link_id\":1,\"addrs\":[\"" A0 "\","
		   "\"" A1 "\"]},{\"what\":\"other_link_id\",\"link_id\":2,"
		   "\"addrs\":[\"" A0 "\",\"" A2 "\"]},"
		   "{\"what\":\"other_mld\",\"link_id\":3,\"addrs\":[\"" A0 "\","
		   "\"" B0 "\"]},{\"what\":\"claimed_twice\",\"link_id\":1,"
		   "\"addrs\":[\"" A1 "\",\"02:00:00:00:0a:05\"]},"
		   "{\"what\":\"other_ssid\",\"link_id\":1,\"addrs\":[\"" A0 "\","
		   "\"" A1 "\"]}]},{\"ssid\":\"old\",\"ssid_hex\":\"6f6c64\","
		   "\"links\":[{\"heard\":true,\"bssid\":\"" B0 "\",\"freq_mhz\":2412,"
		   "\"channel\":1,\"band\":\"2.4GHz\",\"width_mhz\":20,\"no_ht\":true,"
		   "\"center_freq1_mhz\":2412,\"seen_ms\":20}]}]\n",
		   "", DUMP);
}

static void contradictions_that_are_not_listed(void **state)
{
	const struct run *r;

	(void)state;
	k_turn();
	for (int n = 0; n < 10; n++) {
		struct made f = { .len = 0 };
		char bssid[20];

		snprintf(bssid, sizeof(bssid), "02:00:00:00:0a:%02x", n);
		put_basic(&f, LINK(MLD_A, 1, 1));
		k_bss(bssid, 2412, &f);
		k_nest_end();
	}
	k_done(0);
	r = run("dev lo bss");
	assert_int_equal(r->status, ST_OK);
	assert_non_null(strstr(r->out,
			       "  ! " A0 " and 02:00:00:00:0a:08 are both said to be link 1\n"
			       "  ! and more\n"));
	r = run("-j dev lo bss");
	assert_non_null(strstr(r->out, "],\"more_contradictions\":true}"));
}

static void bss_table_that_is_empty(void **state)
{
	(void)state;
	k_turn();
	k_done(0);
	assert_run(run("dev lo bss"), ST_OK, "", "", DUMP);
	assert_run(run("-j dev lo bss"), ST_OK, "[]\n", "", DUMP);
	assert_run(run("-j dev lo bss --flat"), ST_OK, "[]\n", "", DUMP);
}

static void bss_by_wdev_of_an_old_kernel(void **state)
{
	(void)state;
	k_maxattr(326);
	k_turn();
	k_done(0);
	assert_run(run("wdev 1 bss"), ST_OK, "", "", "dump GET_SCAN WDEV=0100000000000000\n");
}

static void bss_that_is_refused(void **state)
{
	(void)state;
	k_turn();
	k_nack(EOPNOTSUPP, NLM_F_CAPPED);
	assert_run(run("-j dev lo bss"), ST_REFUSED, "", NULL, DUMP);
}

/* What was read before the table changed is thrown away with its elements. */
static void bss_table_that_changes_is_read_again(void **state)
{
	(void)state;
	k_turn();
	k_small_bss(A0, "gone");
	k_data(NL80211_CMD_NEW_SCAN_RESULTS, NLM_F_MULTI | NLM_F_DUMP_INTR);
	k_done(0);
	k_turn();
	k_small_bss(A1, "here");
	k_done(0);
	assert_run(run("dev lo bss"), ST_OK,
		   "\"here\"  open\n"
		   "  bss     " A1 "  2412 MHz 2.4GHz/1   20 MHz        no signal  20 ms ago\n",
		   "", DUMP DUMP);
}

static void bss_table_that_never_settles(void **state)
{
	const struct run *r;

	(void)state;
	for (int n = 0; n < 20; n++) {
		k_turn();
		k_small_bss(A0, "net");
		k_data(NL80211_CMD_NEW_SCAN_RESULTS, NLM_F_MULTI | NLM_F_DUMP_INTR);
		k_done(0);
	}
	r = run("-j dev lo bss");
	assert_int_equal(r->status, ST_PARTIAL);
	assert_non_null(strstr(r->out, "\"ssid\":\"net\""));
}

static void bss_that_the_kernel_tells_malformed(void **state)
{
	(void)state;
	k_turn();
	k_bss_begin();
	k_put_u16(NL80211_BSS_FREQUENCY, 2412);
	k_nest_end();
	k_done(0);
	assert_run(run("-j dev lo bss"), ST_SYSTEM, "", NULL, DUMP);
}

/* Each with more elements than a block keeps, and with all that a frame can have. */
static void bss_with_many_elements(void **state)
{
	static struct made f;
	const struct run *r;
	size_t lines = 0;

	(void)state;
	f.len = 0;
	put_ssid(&f, "net");
	while (f.len < 7000)
		put_element(&f, 200, -1, f.b, 254);
	k_turn();
	for (int n = 0; n < 15; n++) {
		char bssid[20];

		snprintf(bssid, sizeof(bssid), "02:00:00:00:0c:%02x", n);
		k_datagram();
		k_bss(bssid, 2412, &f);
		k_nest_end();
	}
	k_done(0);
	r = run("dev lo bss --elements");
	assert_int_equal(r->status, ST_OK);
	for (const char *p = r->out; (p = strstr(p, "element 200: 254 bytes")); p++)
		lines++;
	assert_int_equal(lines, 15 * 28);
}

/* ---- scan ---- */

static void turn_station(void)
{
	k_turn();
	k_iface(0, NL80211_IFTYPE_STATION);
}

static void turn_ack(void)
{
	k_turn();
	k_ack();
}

static void event_scan(uint8_t cmd, uint32_t wiphy, uint64_t wdev)
{
	k_event(cmd);
	k_put_u32(NL80211_ATTR_WIPHY, wiphy);
	k_put_u32(NL80211_ATTR_IFINDEX, K_LO);
	k_put_u64(NL80211_ATTR_WDEV, wdev);
}

static void events_of_a_scan(uint8_t end)
{
	event_scan(NL80211_CMD_TRIGGER_SCAN, 0, LO_WDEV);
	event_scan(end, 0, LO_WDEV);
}

static void turn_one_bss(void)
{
	k_turn();
	k_small_bss(A0, "net");
	k_done(0);
}

#define ONE_BSS           \
	"\"net\"  open\n" \
	"  bss     " A0 "  2412 MHz 2.4GHz/1   20 MHz        no signal  20 ms ago\n"

static void script_scan(void)
{
	turn_station();
	turn_ack();
	events_of_a_scan(NL80211_CMD_NEW_SCAN_RESULTS);
	turn_one_bss();
}

static void scan_that_succeeds(void **state)
{
	(void)state;
	script_scan();
	assert_run(run("dev lo scan"), ST_OK, ONE_BSS, "",
		   GET_LO LISTEN TRIGGER ANY_SSID "\n" DUMP);
	assert_run(run("dev lo scan --flat"), ST_OK,
		   A0 "  2412 MHz 2.4GHz/1   20 MHz        no signal  20 ms ago"
		      "  \"net\"  open\n",
		   "", GET_LO LISTEN TRIGGER ANY_SSID "\n" DUMP);
	assert_run(run("dev lo scan --elements"), ST_OK,
		   A0 "  2412 MHz 2.4GHz/1   20 MHz        no signal  20 ms ago"
		      "  \"net\"  open\n"
		      "\tSSID: \"net\"\n",
		   "", GET_LO LISTEN TRIGGER ANY_SSID "\n" DUMP);
	assert_run(run("-j dev lo scan"), ST_OK,
		   "[{\"ssid\":\"net\",\"ssid_hex\":\"6e6574\",\"links\":[{\"heard\":true,"
		   "\"bssid\":\"" A0 "\",\"freq_mhz\":2412,\"channel\":1,\"band\":\"2.4GHz\","
		   "\"width_mhz\":20,\"no_ht\":true,\"center_freq1_mhz\":2412,\"seen_ms\":20}]}]\n",
		   "", GET_LO LISTEN TRIGGER ANY_SSID "\n" DUMP);
}

static void what_scan_asks_for(void **state)
{
	static const struct {
		const char *words, *sent;
	} cases[] = {
		{ "passive", "" },
		{ "flush", ANY_SSID " 158=2" },
		{ "freq 2412", " SCAN_FREQUENCIES=080001006c090000" ANY_SSID },
		{ "passive freq 5955 flush freq 2412", " SCAN_FREQUENCIES=080001004317000008000200"
						       "6c090000 158=2" },
		{ "ssid net", " SCAN_SSIDS=070001006e657400" },
		{ "ssid a\\xff ssid net", " SCAN_SSIDS=0600010061ff0000070002006e657400" },
		{ "freq 2484 ssid a",
		  " SCAN_FREQUENCIES=08000100b4090000 SCAN_SSIDS=0500010061000000" },
	};

	(void)state;
	script_scan();
	for (size_t n = 0; n < ARRAY_SIZE(cases); n++) {
		char line[100], sent[300];

		snprintf(line, sizeof(line), "dev lo scan %s", cases[n].words);
		snprintf(sent, sizeof(sent), GET_LO LISTEN TRIGGER "%s\n" DUMP, cases[n].sent);
		assert_run(run(line), ST_OK, ONE_BSS, "", sent);
	}
}

static void as_many_channels_and_ssids_as_there_may_be(void **state)
{
	char *words[300] = { (char *)"iw-mlo", (char *)"dev", (char *)"lo", (char *)"scan" };
	char text[64][8];
	size_t n = 4;

	(void)state;
	script_scan();
	for (int k = 0; k < 64; k++) {
		snprintf(text[k], sizeof(text[k]), "%d",
			 k < 13 ? 2412 + 5 * k : 5955 + 20 * (k % 50));
		words[n++] = (char *)"freq";
		words[n++] = text[k];
	}
	for (int k = 0; k < 16; k++) {
		words[n++] = (char *)"ssid";
		words[n++] = text[k];
	}
	assert_run(run_words(words), ST_OK, ONE_BSS, "", NULL);
	k_reset();
	words[n++] = (char *)"ssid";
	words[n++] = text[0];
	assert_run(run_words(words), ST_USAGE, "", FAILED "more than 16 SSIDs\n", "");
	words[n - 2] = (char *)"freq";
	assert_run(run_words(words), ST_USAGE, "", FAILED "more than 64 frequencies\n", "");
}

static void scan_words_that_are_wrong(void **state)
{
	static const struct {
		const char *words, *err;
	} cases[] = {
		{ "scan freq", FAILED "freq MHZ is missing\n" },
		{ "scan freq 2413", FAILED "\"2413\": not the frequency of a channel, in MHz\n" },
		{ "scan freq passive",
		  FAILED "\"passive\": not the frequency of a channel, in MHz\n" },
		{ "scan freq 4294969708", NULL },
		{ "scan ssid", FAILED "ssid SSID is missing\n" },
		{ "scan ssid 012345678901234567890123456789012", NULL },
		{ "scan ssid \\x00", NULL },
		{ "scan passive ssid net", FAILED "a passive scan asks for no SSID\n" },
		{ "scan passive passive", FAILED "\"passive\": given twice\n" },
		{ "scan flush flush", FAILED "\"flush\": given twice\n" },
		{ "scan 2412", NULL },
		{ "bss 02:00:00:00:00", NULL },
		{ "bss " A0 " " A1, NULL },
		{ "bss --flat --flat", NULL },
	};

	(void)state;
	for (size_t n = 0; n < ARRAY_SIZE(cases); n++) {
		char line[100];

		snprintf(line, sizeof(line), "dev lo %s", cases[n].words);
		assert_run(run(line), ST_USAGE, "", cases[n].err, "");
	}
}

static void scan_in_a_dry_run(void **state)
{
	(void)state;
	turn_station();
	turn_one_bss();
	assert_run(run("-n dev lo scan passive"), ST_OK,
		   "GET_INTERFACE IFINDEX 1\n"
		   "TRIGGER_SCAN IFINDEX 1\n"
		   "GET_SCAN IFINDEX 1 BSS_DUMP_INCLUDE_USE_DATA\n",
		   "", NULL);
	k_reset();
	turn_station();
	turn_one_bss();
	assert_non_null(
		strstr(run("-n dev lo scan freq 2412 freq 5180 ssid net ssid a\\xff")->out,
		       "\nTRIGGER_SCAN IFINDEX 1 SCAN_FREQUENCIES [ 2412 5180 ] SCAN_SSIDS [ "
		       "\"net\" \"a\\xff\" ]\n"));
	k_reset();
	turn_station();
	turn_one_bss();
	assert_non_null(strstr(run("-j -n dev lo scan freq 2412 freq 5180 ssid net")->out,
			       "\"scan_frequencies\":[2412,5180],\"scan_ssids\":[\"6e6574\"]"));
}

/* Whatever else ends meanwhile. */
static void scan_ends_with_its_own_end(void **state)
{
	(void)state;
	k_events();
	event_scan(NL80211_CMD_NEW_SCAN_RESULTS, 0, LO_WDEV); /* another's of before, */
	event_scan(NL80211_CMD_SCAN_ABORTED, 0, LO_WDEV);
	turn_station();
	turn_ack();
	event_scan(NL80211_CMD_TRIGGER_SCAN, 0, LO_WDEV);
	event_scan(NL80211_CMD_TRIGGER_SCAN, 1, OTHER); /* of another phy, */
	event_scan(NL80211_CMD_NEW_SCAN_RESULTS, 1, OTHER);
	event_scan(NL80211_CMD_SCAN_ABORTED, 0, OTHER);	   /* of another interface, */
	k_event(NL80211_CMD_NEW_SCAN_RESULTS);		   /* of nobody, */
	event_scan(NL80211_CMD_NEW_INTERFACE, 0, LO_WDEV); /* and no end */
	event_scan(NL80211_CMD_NEW_SCAN_RESULTS, 0, LO_WDEV);
	turn_one_bss();
	assert_run(run("-t 5 dev lo scan passive"), ST_OK, ONE_BSS, "",
		   GET_LO LISTEN TRIGGER "\n" DUMP);
}

static void take_long(void)
{
	usleep(80000);
}

/* The end that came before the deadline, though nobody had looked. */
static void scan_that_had_ended_at_the_deadline(void **state)
{
	(void)state;
	turn_station();
	turn_ack();
	k_do(take_long);
	event_scan(NL80211_CMD_TRIGGER_SCAN, 0, LO_WDEV);
	k_datagram();
	event_scan(NL80211_CMD_NEW_SCAN_RESULTS, 0, LO_WDEV);
	turn_one_bss();
	assert_run(run("-t 0.05 dev lo scan passive"), ST_OK, ONE_BSS, "",
		   GET_LO LISTEN TRIGGER "\n" DUMP);
	k_reset();
	turn_station();
	turn_ack();
	k_do(take_long);
	for (int n = 0; n < 150; n++) {
		event_scan(NL80211_CMD_TRIGGER_SCAN, 0, LO_WDEV);
		k_datagram();
	}
	event_scan(NL80211_CMD_NEW_SCAN_RESULTS, 0, LO_WDEV);
	turn_ack();
	assert_run(run("-t 0.05 dev lo scan passive"), ST_UNMET, "",
		   FAILED "the scan did not end within 0.050 s\n",
		   GET_LO LISTEN TRIGGER "\n" ABORT);
}

static void scan_that_does_not_end_is_aborted(void **state)
{
	static const struct {
		uint8_t cmd;
		uint32_t wiphy;
		uint64_t wdev;
	} ends[] = {
		{ NL80211_CMD_NEW_SCAN_RESULTS, 0, OTHER },
		{ NL80211_CMD_SCAN_ABORTED, 0, OTHER },
		{ NL80211_CMD_NEW_INTERFACE, 0, LO_WDEV },
	};

	(void)state;
	for (size_t n = 0; n < ARRAY_SIZE(ends); n++) {
		k_reset();
		turn_station();
		turn_ack();
		event_scan(NL80211_CMD_TRIGGER_SCAN, 0, LO_WDEV);
		event_scan(ends[n].cmd, ends[n].wiphy, ends[n].wdev);
		turn_ack();
		assert_run(run("-t 0.05 dev lo scan passive"), ST_UNMET, "",
			   FAILED "the scan did not end within 0.050 s\n",
			   GET_LO LISTEN TRIGGER "\n" ABORT);
	}
}

/* Why it is aborted stays the reason, whatever the kernel says to that. */
static void scan_whose_abort_is_refused(void **state)
{
	(void)state;
	turn_station();
	turn_ack();
	k_turn();
	k_nack(ENOENT, NLM_F_CAPPED);
	assert_run(run("-t 0.05 dev lo scan passive"), ST_UNMET, "",
		   FAILED "the scan did not end within 0.050 s\n",
		   GET_LO LISTEN TRIGGER "\n" ABORT);
}

static void stale_end_is_not_ours(void **state)
{
	(void)state;
	k_events();
	event_scan(NL80211_CMD_NEW_SCAN_RESULTS, 0, LO_WDEV);
	turn_station();
	turn_ack();
	turn_ack();
	assert_run(run("-t 0.05 dev lo scan passive"), ST_UNMET, "",
		   FAILED "the scan did not end within 0.050 s\n",
		   GET_LO LISTEN TRIGGER "\n" ABORT);
}

static void scan_that_was_aborted(void **state)
{
	(void)state;
	turn_station();
	turn_ack();
	events_of_a_scan(NL80211_CMD_SCAN_ABORTED);
	assert_run(run("dev lo scan passive"), ST_REFUSED, "",
		   FAILED "the scan was aborted, by the driver or by another process "
			  "(\"bss\" shows the table as it is)\n",
		   GET_LO LISTEN TRIGGER "\n");
}

static void scan_with_events_lost(void **state)
{
	(void)state;
	turn_station();
	turn_ack();
	k_events();
	k_receive_error(ENOBUFS);
	assert_run(run("dev lo scan passive"), ST_PARTIAL, "",
		   FAILED "events were lost: whether the scan ended is not known\n",
		   GET_LO LISTEN TRIGGER "\n");
}

static void scan_with_events_that_cannot_be_read(void **state)
{
	(void)state;
	turn_station();
	turn_ack();
	k_events();
	k_receive_error(EIO);
	assert_run(run("dev lo scan passive"), ST_SYSTEM, "", NULL, GET_LO LISTEN TRIGGER "\n");
}

/* Another's may be for another interface of the phy, and may end by being aborted. */
static void scan_waits_for_the_end_of_anothers(void **state)
{
	(void)state;
	turn_station();
	k_turn();
	k_nack(EBUSY, NLM_F_CAPPED);
	event_scan(NL80211_CMD_NEW_SCAN_RESULTS, 1, OTHER); /* of another phy */
	event_scan(NL80211_CMD_SCAN_ABORTED, 0, OTHER);
	k_turn();
	k_nack(EBUSY, NLM_F_CAPPED);
	event_scan(NL80211_CMD_NEW_SCAN_RESULTS, 0, LO_WDEV);
	turn_ack();
	events_of_a_scan(NL80211_CMD_NEW_SCAN_RESULTS);
	turn_one_bss();
	assert_run(run("-t 5 dev lo scan passive"), ST_OK, ONE_BSS, "",
		   GET_LO LISTEN TRIGGER "\n" TRIGGER "\n" TRIGGER "\n" DUMP);
}

/* What was announced while another's was waited for does not count for ours. */
static void scan_after_anothers_ends_with_its_own_end(void **state)
{
	(void)state;
	turn_station();
	k_turn();
	k_nack(EBUSY, NLM_F_CAPPED);
	event_scan(NL80211_CMD_TRIGGER_SCAN, 0, LO_WDEV);
	event_scan(NL80211_CMD_NEW_SCAN_RESULTS, 0, LO_WDEV);
	turn_ack();
	event_scan(NL80211_CMD_NEW_SCAN_RESULTS, 0, LO_WDEV);
	turn_ack();
	assert_run(run("-t 0.05 dev lo scan passive"), ST_UNMET, "",
		   FAILED "the scan did not end within 0.050 s\n",
		   GET_LO LISTEN TRIGGER "\n" TRIGGER "\n" ABORT);
}

static void scan_that_is_never_begun_is_not_aborted(void **state)
{
	(void)state;
	turn_station();
	k_turn();
	k_nack(EBUSY, NLM_F_CAPPED);
	event_scan(NL80211_CMD_NEW_SCAN_RESULTS, 1, OTHER);
	assert_run(run("-t 0.05 dev lo scan passive"), ST_UNMET, "",
		   FAILED
		   "the driver was too busy to scan (EBUSY), at each of 1 tries within 0.050 "
		   "s; no scan of another's was seen to begin or to end\n",
		   GET_LO LISTEN TRIGGER "\n");
	k_reset();
	turn_station();
	k_turn();
	k_nack(EBUSY, NLM_F_CAPPED);
	event_scan(NL80211_CMD_TRIGGER_SCAN, 0, OTHER);
	assert_run(run("-t 0.05 dev lo scan passive"), ST_UNMET, "",
		   FAILED "another's scan did not end within 0.050 s\n",
		   GET_LO LISTEN TRIGGER "\n");
}

/* A driver that is busy with anything but a scan does not tell when that is over. */
static void driver_that_is_busy_is_asked_again_every_second(void **state)
{
	(void)state;
	turn_station();
	k_turn();
	k_nack(EBUSY, NLM_F_CAPPED);
	k_turn();
	k_nack(EBUSY, NLM_F_CAPPED);
	assert_run(run("-t 1.2 dev lo scan passive"), ST_UNMET, "",
		   FAILED
		   "the driver was too busy to scan (EBUSY), at each of 2 tries within 1.200 "
		   "s; no scan of another's was seen to begin or to end\n",
		   GET_LO LISTEN TRIGGER "\n" TRIGGER "\n");
	k_reset();
	turn_station();
	k_turn();
	k_nack(EBUSY, NLM_F_CAPPED);
	turn_ack();
	events_of_a_scan(NL80211_CMD_NEW_SCAN_RESULTS);
	turn_one_bss();
	assert_run(run("-t 5 dev lo scan passive"), ST_OK, ONE_BSS, "",
		   GET_LO LISTEN TRIGGER "\n" TRIGGER "\n" DUMP);
}

/* Of what was lost, the next try tells. */
static void busy_driver_whose_events_are_lost_is_asked_again(void **state)
{
	(void)state;
	turn_station();
	k_turn();
	k_nack(EBUSY, NLM_F_CAPPED);
	k_events();
	k_receive_error(ENOBUFS);
	turn_ack();
	events_of_a_scan(NL80211_CMD_NEW_SCAN_RESULTS);
	turn_one_bss();
	assert_run(run("-t 5 dev lo scan passive"), ST_OK, ONE_BSS, "",
		   GET_LO LISTEN TRIGGER "\n" TRIGGER "\n" DUMP);
}

static void scan_that_is_refused(void **state)
{
	static const struct {
		int err;
		const char *text;
	} cases[] = {
		{ EPERM, NULL },
		{ ENETDOWN, NULL },
		{ EINVAL, "the phy has no such channel, or none of them is enabled, or it takes "
			  "fewer SSIDs" },
		{ EOPNOTSUPP, NULL },
	};

	(void)state;
	for (size_t n = 0; n < ARRAY_SIZE(cases); n++) {
		const struct run *r;

		k_reset();
		turn_station();
		k_turn();
		k_nack(cases[n].err, NLM_F_CAPPED);
		r = run("dev lo scan passive");
		assert_run(r, ST_REFUSED, "", NULL, GET_LO LISTEN TRIGGER "\n");
		assert_non_null(strstr(r->err, errno_name(cases[n].err)));
		assert_true(!cases[n].text || strstr(r->err, cases[n].text));
	}
}

static void scan_of_what_is_no_interface(void **state)
{
	(void)state;
	k_turn();
	k_nack(ENODEV, NLM_F_CAPPED);
	assert_run(run("dev lo scan"), ST_REFUSED, "", NULL, GET_LO);
}

static void scan_whose_table_cannot_be_read(void **state)
{
	(void)state;
	turn_station();
	turn_ack();
	events_of_a_scan(NL80211_CMD_NEW_SCAN_RESULTS);
	k_turn();
	k_nack(EINVAL, NLM_F_CAPPED);
	assert_run(run("dev lo scan passive"), ST_REFUSED, "", NULL,
		   GET_LO LISTEN TRIGGER "\n" DUMP);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(every_fact_of_a_bss_decodes, setup),
		cmocka_unit_test_setup(what_is_not_told_of_a_bss_is_absent, setup),
		cmocka_unit_test_setup(other_states_of_a_bss_are_not_ours, setup),
		cmocka_unit_test_setup(bss_cut_anywhere_is_malformed, setup),
		cmocka_unit_test_setup(nest_cut_anywhere_is_malformed, setup),
		cmocka_unit_test_setup(fact_of_a_wrong_length_is_malformed, setup),
		cmocka_unit_test_setup(link_id_of_a_bss_is_at_most_14, setup),
		cmocka_unit_test_setup(nothing_folds_into_nothing, setup),
		cmocka_unit_test_setup(links_of_two_mlds_and_an_ap_without, setup),
		cmocka_unit_test_setup(access_points_are_sorted_by_rank, setup),
		cmocka_unit_test_setup(link_without_an_id, setup),
		cmocka_unit_test_setup(links_announced_in_a_neighbor_report, setup),
		cmocka_unit_test_setup(neighbor_without_mld_parameters_is_no_link, setup),
		cmocka_unit_test_setup(links_announced_in_profiles, setup),
		cmocka_unit_test_setup(link_announced_in_both, setup),
		cmocka_unit_test_setup(link_heard_and_announced_is_one, setup),
		cmocka_unit_test_setup(both_frames_of_a_bss_announce, setup),
		cmocka_unit_test_setup(beacon_with_fragments_behind_a_short_probe_response, setup),
		cmocka_unit_test_setup(nontransmitted_bss_has_a_number_of_its_own, setup),
		cmocka_unit_test_setup(link_claimed_twice, setup),
		cmocka_unit_test_setup(two_links_without_ids_are_no_contradiction, setup),
		cmocka_unit_test_setup(announced_link_that_is_of_another_mld, setup),
		cmocka_unit_test_setup(mld_with_an_address_of_zeros, setup),
		cmocka_unit_test_setup(bssid_in_two_mlds, setup),
		cmocka_unit_test_setup(announced_link_with_another_id, setup),
		cmocka_unit_test_setup(announced_link_with_another_change_count, setup),
		cmocka_unit_test_setup(announced_link_on_another_channel, setup),
		cmocka_unit_test_setup(link_heard_and_announced_in_a_profile, setup),
		cmocka_unit_test_setup(what_was_announced_first_stands, setup),
		cmocka_unit_test_setup(links_with_other_ssids, setup),
		cmocka_unit_test_setup(hidden_ssids_are_no_contradiction, setup),
		cmocka_unit_test_setup(hidden_bss_that_answers_probes_has_its_ssid, setup),
		cmocka_unit_test_setup(kernel_that_has_another_mld_or_link_id, setup),
		cmocka_unit_test_setup(contradictions_are_listed_once_and_not_without_end, setup),
		cmocka_unit_test_setup(bss_on_two_channels_has_moved, setup),
		cmocka_unit_test_setup(bss_on_two_channels_that_is_ours, setup),
		cmocka_unit_test_setup(announced_bss_that_moved_is_compared_where_it_is_now, setup),
		cmocka_unit_test_setup(announced_links_are_listed_up_to_64, setup),
		cmocka_unit_test_setup(announced_link_that_is_not_listed_is_told_of, setup),
		cmocka_unit_test_setup(ten_thousand_that_claim_the_same_link, setup),
		cmocka_unit_test_setup(elements_of_any_bytes_fold, setup),
		cmocka_unit_test_setup(what_is_malformed_is_said, setup),
		cmocka_unit_test_setup(multi_link_element_of_other_types_makes_no_mld, setup),
		cmocka_unit_test_setup(malformed_multi_link_element_with_an_address_makes_an_mld,
				       setup),
		cmocka_unit_test_setup(bss_folds, setup),
		cmocka_unit_test_setup(bss_folds_in_json, setup),
		cmocka_unit_test_setup(bss_flat, setup),
		cmocka_unit_test_setup(bss_flat_in_json, setup),
		cmocka_unit_test_setup(bss_elements, setup),
		cmocka_unit_test_setup(bss_of_one_bssid, setup),
		cmocka_unit_test_setup(flat_order, setup),
		cmocka_unit_test_setup(bss_that_only_answered, setup),
		cmocka_unit_test_setup(contradiction_of_links_without_ids, setup),
		cmocka_unit_test_setup(bss_of_which_little_is_told, setup),
		cmocka_unit_test_setup(every_contradiction_has_words, setup),
		cmocka_unit_test_setup(contradictions_that_are_not_listed, setup),
		cmocka_unit_test_setup(bss_table_that_is_empty, setup),
		cmocka_unit_test_setup(bss_by_wdev_of_an_old_kernel, setup),
		cmocka_unit_test_setup(bss_that_is_refused, setup),
		cmocka_unit_test_setup(bss_table_that_changes_is_read_again, setup),
		cmocka_unit_test_setup(bss_table_that_never_settles, setup),
		cmocka_unit_test_setup(bss_that_the_kernel_tells_malformed, setup),
		cmocka_unit_test_setup(bss_with_many_elements, setup),
		cmocka_unit_test_setup(scan_that_succeeds, setup),
		cmocka_unit_test_setup(what_scan_asks_for, setup),
		cmocka_unit_test_setup(as_many_channels_and_ssids_as_there_may_be, setup),
		cmocka_unit_test_setup(scan_words_that_are_wrong, setup),
		cmocka_unit_test_setup(scan_in_a_dry_run, setup),
		cmocka_unit_test_setup(scan_ends_with_its_own_end, setup),
		cmocka_unit_test_setup(scan_that_had_ended_at_the_deadline, setup),
		cmocka_unit_test_setup(scan_that_does_not_end_is_aborted, setup),
		cmocka_unit_test_setup(scan_whose_abort_is_refused, setup),
		cmocka_unit_test_setup(stale_end_is_not_ours, setup),
		cmocka_unit_test_setup(scan_that_was_aborted, setup),
		cmocka_unit_test_setup(scan_with_events_lost, setup),
		cmocka_unit_test_setup(scan_with_events_that_cannot_be_read, setup),
		cmocka_unit_test_setup(scan_waits_for_the_end_of_anothers, setup),
		cmocka_unit_test_setup(scan_after_anothers_ends_with_its_own_end, setup),
		cmocka_unit_test_setup(scan_that_is_never_begun_is_not_aborted, setup),
		cmocka_unit_test_setup(driver_that_is_busy_is_asked_again_every_second, setup),
		cmocka_unit_test_setup(busy_driver_whose_events_are_lost_is_asked_again, setup),
		cmocka_unit_test_setup(scan_that_is_refused, setup),
		cmocka_unit_test_setup(scan_of_what_is_no_interface, setup),
		cmocka_unit_test_setup(scan_whose_table_cannot_be_read, setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
