/* SPDX-License-Identifier: ISC */
/* bss: the table of BSSes, folded into AP MLDs with their links, or as it is. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "show-elements.h"

/* What is printed: the table, and what was made of it. */
struct table {
	enum bss_form form;
	struct bss_list bsses;
	struct ap_list aps;
	struct scratch scratch; /* of the longest elements */
};

/* ---- words ---- */

static const char *use_word(unsigned int bit)
{
	static const char *const words[] = { "normal", "mld_link" };

	return bit < ARRAY_SIZE(words) ? words[bit] : NULL;
}

static const char *cannot_use_word(unsigned int bit)
{
	static const char *const words[] = { "nstr_nonprimary", "6ghz_power_mismatch" };

	return bit < ARRAY_SIZE(words) ? words[bit] : NULL;
}

static const char *cannot_use_text(unsigned int bit)
{
	static const char *const words[] = {
		"not the primary link of an NSTR pair",
		"6 GHz regulatory power mode does not match",
	};

	return bit < ARRAY_SIZE(words) ? words[bit] : NULL;
}

static const char *contradiction_word(enum contradiction_kind kind)
{
	static const char *const words[] = {
		[CLAIMED_TWICE] = "claimed_twice",    [OTHER_MLD] = "other_mld",
		[OTHER_ID] = "other_link_id",	      [OTHER_SSID] = "other_ssid",
		[OTHER_COUNT] = "other_change_count", [OTHER_CHANNEL] = "other_channel",
		[KERNEL_DIFFERS] = "kernel_differs",
	};

	return words[kind];
}

/* A and B stand for the two BSSIDs. */
static const char *contradiction_text(enum contradiction_kind kind)
{
	static const char *const words[] = {
		[CLAIMED_TWICE] = "%s and %s are both said to be link %u",
		[OTHER_MLD] = "%s announces %s as link %u, which is no link of this MLD by its own "
			      "word",
		[OTHER_ID] = "%s announces %s as link %u, which has another id by its own word",
		[OTHER_SSID] = "%s and %s have different SSIDs",
		[OTHER_COUNT] = "%s announces %s (link %u) with another change count than it has: "
				"one of them is out of date",
		[OTHER_CHANNEL] =
			"%s announces %s (link %u) on another channel than it was heard on",
		[KERNEL_DIFFERS] =
			"the kernel has %s as a link of %s, link %u, and it says otherwise itself",
	};

	return words[kind];
}

/* ---- facts that are worked out ---- */

static enum nl80211_chan_width width_number(const struct bss_channel *c)
{
	switch (c->width) {
	case 40:
		return NL80211_CHAN_WIDTH_40;
	case 80:
		return NL80211_CHAN_WIDTH_80;
	case 160:
		return c->center2 ? NL80211_CHAN_WIDTH_80P80 : NL80211_CHAN_WIDTH_160;
	case 320:
		return NL80211_CHAN_WIDTH_320;
	}
	return c->decided_by ? NL80211_CHAN_WIDTH_20 : NL80211_CHAN_WIDTH_20_NOHT;
}

/* The channel as its elements tell it, on the frequency that the kernel tells. */
static const char *channel_of(const struct bss *b, struct chandef *chan, struct bss_channel *c)
{
	struct bss_operations o;

	find_operations(b->elements.len ? b->elements : b->beacon_elements, &o);
	judge_channel(b->freq, &o, c);
	*chan = (struct chandef){ .has_freq = b->has_freq,
				  .freq = b->freq,
				  .freq_offset = b->freq_offset };
	if (!b->has_freq || c->problem)
		return b->has_freq ? c->problem : NULL;
	chan->has_width = true;
	chan->width = width_number(c);
	chan->has_center1 = c->center1;
	chan->center1 = c->center1;
	chan->has_center2 = c->center2;
	chan->center2 = c->center2;
	chan->has_punctured = c->punctured;
	chan->punctured = c->punctured;
	return o.malformed;
}

/* What a station has to have to get in. */
struct access {
	bool rsn, wpa, privacy;
	struct rsn info;
};

static struct access access_of(const struct bss *b)
{
	struct bytes rest = b->elements.len ? b->elements : b->beacon_elements;
	struct access a = { .privacy = b->has_capability && b->capability & 0x10 };
	struct element e;

	while (element_next(&rest, &e)) {
		struct vendor v;
		const char *name;

		if (e.id == 48 && !a.rsn) {
			decode_rsn(e.body, &a.info);
			a.rsn = true;
		}
		if (e.id != 221 || decode_vendor(e.body, &v))
			continue;
		name = vendor_name(&v);
		a.wpa |= name && !strcmp(name, "WPA");
	}
	return a;
}

const char *bss_is_closed(const struct bss *b)
{
	struct access a = access_of(b);

	return a.rsn ? "RSN" : a.wpa ? "WPA" : a.privacy ? "privacy" : NULL;
}

/* ---- text ---- */

static void text_ssid_of(const struct text *t, struct bytes ssid)
{
	char text[ESCAPED_SIZE(SSID_LEN_MAX)];

	paint(t, COLOUR_NAME);
	if (ssid.len)
		fprintf(t->f, "\"%s\"", escape(text, sizeof(text), ssid.p, ssid.len));
	else
		fputs("hidden", t->f);
	paint(t, COLOUR_OFF);
}

static void text_suite(const struct text *t, const uint8_t *suite)
{
	const char *name = akm_name(suite);

	if (name)
		fputs(name, t->f);
	else
		fprintf(t->f, "%02x-%02x-%02x:%u", suite[0], suite[1], suite[2], suite[3]);
}

static void text_access(const struct text *t, const struct bss *b)
{
	struct access a = access_of(b);
	struct bytes akms = a.info.akms, suite;
	bool first = true;

	for (; a.rsn && take_bytes(&akms, SUITE_LEN, &suite); first = false) {
		fputs(first ? "" : "+", t->f);
		text_suite(t, suite.p);
	}
	if (a.wpa)
		fputs(first ? "WPA" : "+WPA", t->f);
	else if (first)
		fputs(a.rsn ? "RSN" : a.privacy ? "private, no RSN" : "open", t->f);
}

/* In columns, as far as there is something to stand in them. */
static void text_channel(const struct text *t, const struct chandef *chan,
			 const struct bss_channel *c)
{
	char place[24] = "", width[24] = "";
	uint32_t channel;
	const char *band;

	if (!chan->has_freq)
		return;
	if (freq_to_channel(chan->freq, &channel, &band))
		snprintf(place, sizeof(place), "%s/%u", band, channel);
	if (chan->has_width)
		snprintf(width, sizeof(width), "%u MHz%s%s", width_mhz(chan->width),
			 c->generation ? " " : "", c->generation ? c->generation : "");
	fprintf(t->f, "  %u MHz %-10s %-11s", chan->freq, place, width);
}

static void text_signal(const struct text *t, const struct bss *b)
{
	char dbm[DBM_TEXT];

	if (b->has_signal)
		fprintf(t->f, "  %6s dBm", fmt_dbm(dbm, b->signal));
	if (b->has_signal_percent)
		fprintf(t->f, "  signal %u%%", b->signal_percent);
	if (!b->has_signal && !b->has_signal_percent)
		fputs("   no signal", t->f);
	if (b->has_seen)
		fprintf(t->f, "  %u ms ago", b->seen_ms);
}

/* Only what is out of the ordinary. */
static void text_use(const struct text *t, const struct bss *b)
{
	const char *before = "  cannot be used: ";

	if (b->has_use_for && b->use_for == NL80211_BSS_USE_FOR_MLD_LINK)
		fputs("  as a link only", t->f);
	if (b->has_use_for && !b->use_for)
		fputs("  not usable", t->f);
	for (unsigned int bit = 0; b->cannot_use && bit < 64; bit++) {
		if (!(b->cannot_use >> bit & 1))
			continue;
		fputs(before, t->f);
		if (cannot_use_text(bit))
			fputs(cannot_use_text(bit), t->f);
		else
			fprintf(t->f, "reason 0x%llx", 1ull << bit);
		before = ", ";
	}
}

static void text_ours(const struct text *t, const struct bss *b)
{
	if (!bss_is_ours(b))
		return;
	paint(t, COLOUR_NAME);
	if (b->has_link_id)
		fprintf(t->f, "  associated, link %u", b->link_id);
	else
		fputs("  associated", t->f);
	paint(t, COLOUR_OFF);
}

static void text_warning(const struct text *t, const char *what, const char *why)
{
	if (!why)
		return;
	paint(t, COLOUR_WARN);
	fprintf(t->f, "  %s: %s", what, why);
	paint(t, COLOUR_OFF);
}

static void text_heard(const struct text *t, const struct bss_view *v)
{
	struct chandef chan;
	struct bss_channel c;
	char mac[MAC_TEXT];
	const char *problem = channel_of(v->bss, &chan, &c);

	fprintf(t->f, "%s", v->bss->has_bssid ? fmt_mac(mac, v->bss->bssid) : "-");
	text_channel(t, &chan, &c);
	text_signal(t, v->bss);
	text_ours(t, v->bss);
	text_use(t, v->bss);
	text_warning(t, "malformed", v->malformed);
	text_warning(t, "channel", problem);
}

static void text_announced(const struct text *t, const struct ap_link *l)
{
	const struct chandef chan = { .has_freq = l->freq, .freq = l->freq };
	const struct bss_channel unknown = { 0 };
	char mac[MAC_TEXT], by[MAC_TEXT];

	fputs(l->has_bssid ? fmt_mac(mac, l->bssid) : "bssid not told", t->f);
	text_channel(t, &chan, &unknown);
	fprintf(t->f, "  not heard; announced by %s (%s)", fmt_mac(by, l->announced_by),
		l->announced_in);
	if (l->disabled)
		fputs("  disabled", t->f);
}

static void text_ap_link(const struct text *t, const struct ap_link *l)
{
	if (l->id == LINK_ID_NONE)
		fputs("  link ?  ", t->f);
	else
		fprintf(t->f, "  link %-2u ", l->id);
	if (l->heard)
		text_heard(t, l->heard);
	else
		text_announced(t, l);
	putc('\n', t->f);
}

static void text_legacy(const struct text *t, const struct bss_view *v)
{
	fputs("  bss     ", t->f);
	text_heard(t, v);
	putc('\n', t->f);
}

static void text_contradictions(const struct text *t, const struct ap *ap)
{
	char a[MAC_TEXT], b[MAC_TEXT];

	paint(t, COLOUR_WARN);
	for (int n = 0; n < ap->n_contradictions; n++) {
		const struct contradiction *c = &ap->contradictions[n];

		fputs("  ! ", t->f);
		fprintf(t->f, contradiction_text(c->kind), fmt_mac(a, c->a), fmt_mac(b, c->b),
			c->link_id);
		putc('\n', t->f);
	}
	if (ap->more_contradictions)
		fputs("  ! and more\n", t->f);
	paint(t, COLOUR_OFF);
}

static const struct bss_view *first_heard(const struct ap *ap)
{
	for (size_t n = 0; n < ap->n_links; n++)
		if (ap->links[n].heard)
			return ap->links[n].heard;
	return NULL;
}

static void text_ap(const struct text *t, const struct ap *ap)
{
	const struct bss_view *v = first_heard(ap);
	char mac[MAC_TEXT];

	text_ssid_of(t, ap->ssid);
	fputs(v ? "  " : "", t->f);
	if (v)
		text_access(t, v->bss);
	if (ap->is_mld)
		fprintf(t->f, "  ap-mld %s  %zu link%s", fmt_mac(mac, ap->mld_addr), ap->n_links,
			ap->n_links == 1 ? "" : "s");
	putc('\n', t->f);
	for (size_t n = 0; n < ap->n_links; n++)
		if (ap->is_mld)
			text_ap_link(t, &ap->links[n]);
		else
			text_legacy(t, v);
	text_contradictions(t, ap);
}

static struct element_env env_of(const struct table *table, const struct bss *b, bool beacon)
{
	return (struct element_env){
		.frame = b->from_probe_response && !beacon ? FRAME_PROBE_RESPONSE : FRAME_BEACON,
		.freq = b->freq,
		.scratch = table->scratch,
		.brief = table->form != BSS_HEX,
	};
}

/* The kernel hands out a beacon's elements twice if there was no probe response. */
static bool has_other_beacon(const struct bss *b)
{
	return b->beacon_elements.len && b->beacon_elements.p != b->elements.p;
}

static void text_flat(const struct text *t, const struct table *table, const struct bss_view *v)
{
	struct element_env env = env_of(table, v->bss, false), beacon = env_of(table, v->bss, true);
	char mac[MAC_TEXT];

	text_heard(t, v);
	fputs("  ", t->f);
	text_ssid_of(t, v->ssid);
	if (v->has_ml)
		fprintf(t->f, "  ap-mld %s", fmt_mac(mac, v->ml.mld_addr));
	if (v->has_ml && v->ml.has_link_id)
		fprintf(t->f, " link %u", v->ml.link_id);
	fputs("  ", t->f);
	text_access(t, v->bss);
	putc('\n', t->f);
	if (table->form < BSS_ELEMENTS)
		return;
	text_elements(t, 1, v->bss->elements, &env);
	if (!has_other_beacon(v->bss))
		return;
	fputs("\tin the beacon:\n", t->f);
	text_elements(t, 2, v->bss->beacon_elements, &beacon);
}

static void text_table(const struct text *t, const struct ctx *ctx, const void *model)
{
	const struct table *table = model;

	(void)ctx;
	if (table->form == BSS_FOLDED)
		for (size_t n = 0; n < table->aps.n; n++)
			text_ap(t, &table->aps.v[n]);
	else
		for (size_t n = 0; n < table->bsses.n; n++)
			text_flat(t, table, &table->aps.views[n]);
}

/* ---- brief ---- */

/* Links that were not heard are in brackets: 0@2412 (2@5955). */
static void brief_links(const struct text *t, const struct ap *ap)
{
	for (size_t n = 0; n < ap->n_links; n++) {
		const struct ap_link *l = &ap->links[n];
		uint32_t freq = l->heard ? l->heard->bss->freq : l->freq;

		fputs(n ? " " : "", t->f);
		fputs(l->heard ? "" : "(", t->f);
		if (ap->is_mld && l->id == LINK_ID_NONE)
			fputs("?@", t->f);
		else if (ap->is_mld)
			fprintf(t->f, "%u@", l->id);
		if (freq)
			fprintf(t->f, "%u", freq);
		else
			putc('-', t->f);
		fputs(l->heard ? "" : ")", t->f);
	}
}

static const struct bss *strongest(const struct ap *ap)
{
	const struct bss *best = NULL;

	for (size_t n = 0; n < ap->n_links; n++) {
		const struct bss *b = ap->links[n].heard ? ap->links[n].heard->bss : NULL;

		if (b && b->has_signal && (!best || b->signal > best->signal))
			best = b;
	}
	return best;
}

/* What an AP and a BSS have in common: the signal, security, and the SSID at the end. */
static void brief_signal(const struct text *t, const struct bss *b)
{
	char dbm[DBM_TEXT];

	if (b && b->has_signal)
		fprintf(t->f, "%s dBm", fmt_dbm(dbm, b->signal));
	else if (b && b->has_signal_percent)
		fprintf(t->f, "%u%%", b->signal_percent);
	else
		putc('-', t->f);
}

static void brief_tail(const struct text *t, const struct bss *b, bool ours, struct bytes ssid)
{
	fputs("\t", t->f);
	if (b)
		text_access(t, b);
	fprintf(t->f, "\t%s\t", ours ? "associated" : "");
	text_ssid_of(t, ssid);
	putc('\n', t->f);
}

/* The AP MLD's address or the BSSID, its links, and the strongest of their signals. */
static void brief_ap(const struct text *t, const struct ap *ap)
{
	const struct bss_view *v = first_heard(ap);
	const struct bss *best = strongest(ap), *first = v ? v->bss : NULL;
	const uint8_t *addr = first && first->has_bssid ? first->bssid : NULL;
	char mac[MAC_TEXT];
	bool ours = false;

	if (ap->is_mld)
		addr = ap->mld_addr;
	for (size_t n = 0; n < ap->n_links; n++)
		ours |= ap->links[n].heard && bss_is_ours(ap->links[n].heard->bss);
	fprintf(t->f, "%s\t%s\t", addr ? fmt_mac(mac, addr) : "-", ap->is_mld ? "mld" : "bss");
	brief_links(t, ap);
	putc('\t', t->f);
	brief_signal(t, best ? best : first);
	brief_tail(t, first, ours, ap->ssid);
}

/* The BSSID, its channel, its link of which AP MLD, and the signal. */
static void brief_bss(const struct text *t, const struct bss_view *v)
{
	struct chandef chan;
	struct bss_channel c;
	char mac[MAC_TEXT];

	channel_of(v->bss, &chan, &c);
	fprintf(t->f, "%s\t", v->bss->has_bssid ? fmt_mac(mac, v->bss->bssid) : "-");
	brief_chandef(t, &chan);
	putc('\t', t->f);
	if (v->ml.has_link_id)
		fprintf(t->f, "%u@", v->ml.link_id);
	if (v->has_ml)
		fputs(fmt_mac(mac, v->ml.mld_addr), t->f);
	putc('\t', t->f);
	brief_signal(t, v->bss);
	brief_tail(t, v->bss, bss_is_ours(v->bss), v->ssid);
}

void brief_bsses(const struct text *t, const struct ctx *ctx, const void *model)
{
	const struct table *table = model;

	(void)ctx;
	if (table->form == BSS_FOLDED)
		for (size_t n = 0; n < table->aps.n; n++)
			brief_ap(t, &table->aps.v[n]);
	else
		for (size_t n = 0; n < table->bsses.n; n++)
			brief_bss(t, &table->aps.views[n]);
}

/* ---- JSON ---- */

/* The names of the bits that are set; the number of one that has none. */
static void json_bits(struct json *j, const char *key, uint64_t bits,
		      const char *(*word)(unsigned int bit))
{
	json_open(j, key, '[');
	for (unsigned int bit = 0; bits >> bit; bit++) {
		char number[24];

		if (!(bits >> bit & 1))
			continue;
		if (!word(bit))
			snprintf(number, sizeof(number), "0x%llx", 1ull << bit);
		json_text(j, NULL, word(bit) ? word(bit) : number);
		if (bit == 63)
			break;
	}
	json_close(j, ']');
}

static void json_use(struct json *j, const struct bss *b)
{
	if (b->has_use_for)
		json_bits(j, "use_for", b->use_for, use_word);
	if (b->cannot_use)
		json_bits(j, "cannot_use", b->cannot_use, cannot_use_word);
}

static void json_suite(struct json *j, const uint8_t *suite)
{
	const char *name = akm_name(suite);
	char number[16];

	if (!name)
		snprintf(number, sizeof(number), "%02x-%02x-%02x:%u", suite[0], suite[1], suite[2],
			 suite[3]);
	json_text(j, NULL, name ? name : number);
}

/* An array that is empty of an open network, and absent if it cannot be told. */
static void json_access(struct json *j, const struct bss *b)
{
	struct access a = access_of(b);
	struct bytes akms = a.info.akms, suite;

	if (b->has_capability)
		json_bool(j, "privacy", a.privacy);
	if (!a.rsn && !a.wpa)
		return;
	json_open(j, "akms", '[');
	while (a.rsn && take_bytes(&akms, SUITE_LEN, &suite))
		json_suite(j, suite.p);
	if (a.wpa)
		json_text(j, NULL, "WPA");
	json_close(j, ']');
}

static void json_ssid_of(struct json *j, struct bytes ssid)
{
	if (!ssid.len)
		return;
	json_bytes(j, "ssid", ssid.p, ssid.len);
	json_hex(j, "ssid_hex", ssid.p, ssid.len);
}

static void json_channel_of(struct json *j, const struct bss *b)
{
	struct chandef chan;
	struct bss_channel c;
	const char *problem = channel_of(b, &chan, &c);

	json_chandef(j, &chan);
	if (c.generation)
		json_text(j, "generation", c.generation);
	if (problem)
		json_text(j, "channel_problem", problem);
}

static void json_heard(struct json *j, const struct bss_view *v)
{
	const struct bss *b = v->bss;

	if (b->has_bssid)
		json_mac(j, "bssid", b->bssid);
	json_channel_of(j, b);
	if (b->has_signal)
		json_dbm(j, "signal_dbm", b->signal);
	if (b->has_signal_percent)
		json_uint(j, "signal_percent", b->signal_percent);
	if (b->has_seen)
		json_uint(j, "seen_ms", b->seen_ms);
	if (b->has_status)
		json_bool(j, "associated", bss_is_ours(b));
	json_use(j, b);
	if (b->has_interval)
		json_uint(j, "beacon_interval_tu", b->interval);
	json_access(j, b);
	if (v->ml.has_change_count)
		json_uint(j, "change_count", v->ml.change_count);
	if (v->malformed)
		json_text(j, "malformed", v->malformed);
}

static void json_announced(struct json *j, const struct ap_link *l)
{
	json_open(j, "announced", '{');
	json_text(j, "in", l->announced_in);
	json_mac(j, "by", l->announced_by);
	if (l->has_bssid)
		json_mac(j, "bssid", l->bssid);
	if (l->freq)
		json_uint(j, "freq_mhz", l->freq);
	if (l->has_change_count)
		json_uint(j, "change_count", l->change_count);
	json_bool(j, "disabled", l->disabled);
	json_close(j, '}');
}

static void json_ap_link(struct json *j, const struct ap_link *l)
{
	json_open(j, NULL, '{');
	if (l->id != LINK_ID_NONE)
		json_uint(j, "link_id", l->id);
	json_bool(j, "heard", l->heard);
	if (l->heard)
		json_heard(j, l->heard);
	if (l->announced)
		json_announced(j, l);
	json_close(j, '}');
}

static void json_contradictions(struct json *j, const struct ap *ap)
{
	if (!ap->n_contradictions)
		return;
	json_open(j, "contradictions", '[');
	for (int n = 0; n < ap->n_contradictions; n++) {
		const struct contradiction *c = &ap->contradictions[n];

		json_open(j, NULL, '{');
		json_text(j, "what", contradiction_word(c->kind));
		if (c->link_id != LINK_ID_NONE)
			json_uint(j, "link_id", c->link_id);
		json_open(j, "addrs", '[');
		json_mac(j, NULL, c->a);
		json_mac(j, NULL, c->b);
		json_close(j, ']');
		json_close(j, '}');
	}
	json_close(j, ']');
	if (ap->more_contradictions)
		json_bool(j, "more_contradictions", true);
}

static void json_ap(struct json *j, const struct ap *ap)
{
	json_open(j, NULL, '{');
	if (ap->is_mld)
		json_mac(j, "ap_mld_addr", ap->mld_addr);
	json_ssid_of(j, ap->ssid);
	json_open(j, "links", '[');
	for (size_t n = 0; n < ap->n_links; n++)
		json_ap_link(j, &ap->links[n]);
	json_close(j, ']');
	json_contradictions(j, ap);
	json_close(j, '}');
}

static void json_flat(struct json *j, const struct table *table, const struct bss_view *v)
{
	struct element_env env = env_of(table, v->bss, false), beacon = env_of(table, v->bss, true);
	const struct bss *b = v->bss;

	json_open(j, NULL, '{');
	json_ssid_of(j, v->ssid);
	if (v->has_ml)
		json_mac(j, "ap_mld_addr", v->ml.mld_addr);
	if (v->ml.has_link_id)
		json_uint(j, "link_id", v->ml.link_id);
	json_heard(j, v);
	if (table->form >= BSS_ELEMENTS) {
		if (b->has_tsf)
			json_uint(j, "tsf_us", b->tsf);
		if (b->has_capability)
			json_uint(j, "capability", b->capability);
		json_text(j, "frame", b->from_probe_response ? "probe_response" : "beacon");
		json_elements(j, "elements", b->elements, &env);
		if (has_other_beacon(b))
			json_elements(j, "beacon_elements", b->beacon_elements, &beacon);
	}
	json_close(j, '}');
}

static void json_table(struct json *j, const struct ctx *ctx, const void *model)
{
	const struct table *table = model;

	(void)ctx;
	json_open(j, NULL, '[');
	if (table->form == BSS_FOLDED)
		for (size_t n = 0; n < table->aps.n; n++)
			json_ap(j, &table->aps.v[n]);
	else
		for (size_t n = 0; n < table->bsses.n; n++)
			json_flat(j, table, &table->aps.views[n]);
	json_close(j, ']');
}

/* ---- the table ---- */

static void keep_only(struct bss_list *l, const uint8_t *bssid)
{
	size_t kept = 0;

	for (size_t n = 0; n < l->n; n++)
		if (!memcmp(l->v[n].bssid, bssid, ADDR_LEN))
			l->v[kept++] = l->v[n];
	l->n = kept;
}

static bool make_scratch(struct table *table)
{
	size_t max = 1;

	for (size_t n = 0; n < table->bsses.n; n++) {
		const struct bss *b = &table->bsses.v[n];

		max = b->elements.len > max ? b->elements.len : max;
		max = b->beacon_elements.len > max ? b->beacon_elements.len : max;
	}
	table->scratch.left = SCRATCH_SIZE(max);
	table->scratch.p = malloc(table->scratch.left);
	return table->scratch.p;
}

enum status show_bsses(struct ctx *ctx, enum bss_form form, const uint8_t *of)
{
	static const struct view view = { text_table, json_table };
	bool (*look)(const struct bss_list *, struct ap_list *) =
		form == BSS_FOLDED ? fold_bsses : view_bsses;
	struct table table = { .form = form };
	enum status st = query_bss(ctx, &table.bsses);

	if (st == ST_OK && of) {
		keep_only(&table.bsses, of);
		if (!table.bsses.n && !ctx->opt.dry_run)
			st = fail(ctx, ST_REFUSED, "no such BSS in the table (\"scan\" fills it)");
	}
	if (st == ST_OK && (!look(&table.bsses, &table.aps) || !make_scratch(&table)))
		st = fail(ctx, ST_SYSTEM, "out of memory");
	if (st == ST_OK)
		show(ctx, &view, &table);
	free(table.scratch.p);
	free_ap_list(&table.aps);
	free_bss_list(&table.bsses);
	return st;
}

enum { BSS_BSSID, BSS_OPT_FLAT, BSS_OPT_ELEMENTS, BSS_OPT_HEX };

static enum status run_bss(struct ctx *ctx)
{
	const struct args *a = &ctx->args;
	bool one = is_given(a, BSS_BSSID);
	enum bss_form form = is_given(a, BSS_OPT_HEX)		    ? BSS_HEX
			     : is_given(a, BSS_OPT_ELEMENTS) || one ? BSS_ELEMENTS
			     : is_given(a, BSS_OPT_FLAT)	    ? BSS_FLAT
								    : BSS_FOLDED;
	enum status st = dispatch_open(ctx);

	if (st == ST_OK)
		st = find_target(ctx);
	return st == ST_OK ? show_bsses(ctx, form, one ? a->mac : NULL) : st;
}

static const struct param bss_params[] = {
	[BSS_BSSID] = { .kind = PARAM_MAC, .name = "BSSID", .optional = true },
	[BSS_OPT_FLAT] = { .kind = PARAM_FLAG,
			   .name = "--flat",
			   .keyword = "--flat",
			   .optional = true },
	[BSS_OPT_ELEMENTS] = { .kind = PARAM_FLAG,
			       .name = "--elements",
			       .keyword = "--elements",
			       .optional = true },
	[BSS_OPT_HEX] = { .kind = PARAM_FLAG,
			  .name = "--hex",
			  .keyword = "--hex",
			  .optional = true },
	{ 0 },
};

const struct cmd cmd_bss = {
	.name = "bss",
	.objects = ON_DEV | ON_WDEV,
	.params = bss_params,
	.help = "Show the access points that were heard, as multi-link devices with their links.",
	.run = run_bss,
	.brief = brief_bsses,
};
