/* SPDX-License-Identifier: ISC */
/* Elements that say what a BSS is, can and does, in text and in JSON. */
#include <string.h>

#include "show-elements.h"

/* ---- what several have ---- */

#define COLUMNS 100

/* Words with ", " between, on lines of their own. */
struct list {
	const struct text *t;
	unsigned int level; /* of its lines */
	size_t column;	    /* 0: it has not begun */
};

static void list_word(struct list *l, const char *word)
{
	size_t len = strlen(word);

	if (l->column && l->column + 2 + len < COLUMNS) {
		fprintf(l->t->f, ", %s", word);
		l->column += 2 + len;
		return;
	}
	if (l->column)
		fputs(",\n", l->t->f);
	text_indent(l->t, l->level);
	fputs(word, l->t->f);
	l->column = 8u * l->level + len;
}

static void list_end(struct list *l)
{
	if (l->column)
		putc('\n', l->t->f);
}

static void list_bits(struct list *l, const struct named_bit *bits, struct bytes b)
{
	for (; bits->name; bits++)
		if (has_bit(b, bits->bit))
			list_word(l, bits->name);
}

static void json_names(struct json *j, const struct named_bit *bits, struct bytes b)
{
	for (; bits->name; bits++)
		if (has_bit(b, bits->bit))
			json_text(j, NULL, bits->name);
}

/* The line ends: with this, or with nothing as it is malformed, which the caller says. */
static bool ends(const struct text *t, const char *malformed)
{
	fputs(malformed ? "\n" : ": ", t->f);
	return malformed;
}

/* ---- SSID ---- */

static bool is_hidden(struct bytes ssid)
{
	for (size_t i = 0; i < ssid.len; i++)
		if (ssid.p[i])
			return false;
	return true;
}

const char *text_ssid(const struct text *t, unsigned int level, struct bytes b,
		      const struct element_env *env)
{
	char buf[ESCAPED_SIZE(SSID_LEN_MAX)];
	struct bytes ssid;
	const char *malformed = decode_ssid(b, &ssid);

	(void)level, (void)env;
	if (ends(t, malformed))
		return malformed;
	if (is_hidden(ssid))
		fprintf(t->f, "hidden, %zu bytes\n", ssid.len);
	else
		fprintf(t->f, "\"%s\"\n", escape(buf, sizeof(buf), ssid.p, ssid.len));
	return NULL;
}

const char *json_ssid(struct json *j, struct bytes b, const struct element_env *env)
{
	struct bytes ssid;
	const char *malformed = decode_ssid(b, &ssid);

	(void)env;
	if (!malformed)
		json_bytes(j, "ssid", ssid.p, ssid.len);
	json_hex(j, "ssid_hex", b.p, b.len);
	return malformed;
}

/* ---- rates ---- */

#define KBPS(rate) (500u * ((rate)&0x7fu))

static bool is_basic(uint8_t rate)
{
	return rate & 0x80;
}

const char *text_rates(const struct text *t, unsigned int level, struct bytes b,
		       const struct element_env *env)
{
	struct bytes rates;
	const char *malformed = decode_rates(b, &rates);

	(void)level, (void)env;
	if (ends(t, malformed))
		return malformed;
	for (size_t i = 0; i < rates.len; i++) {
		const char *selector = membership_selector(rates.p[i]);

		fputs(i ? " " : "", t->f);
		if (selector)
			fputs(selector, t->f);
		else
			fprintf(t->f, "%u%s%s", KBPS(rates.p[i]) / 1000, rates.p[i] & 1 ? ".5" : "",
				is_basic(rates.p[i]) ? "*" : "");
	}
	fputs(" Mb/s (* basic)\n", t->f);
	return NULL;
}

const char *json_rates(struct json *j, struct bytes b, const struct element_env *env)
{
	struct bytes r;
	const char *malformed = decode_rates(b, &r);

	(void)env;
	json_open(j, "rates_kbps", '[');
	for (size_t i = 0; i < r.len; i++)
		if (!membership_selector(r.p[i]))
			json_uint(j, NULL, KBPS(r.p[i]));
	json_close(j, ']');
	json_open(j, "basic_rates_kbps", '[');
	for (size_t i = 0; i < r.len; i++)
		if (is_basic(r.p[i]) && !membership_selector(r.p[i]))
			json_uint(j, NULL, KBPS(r.p[i]));
	json_close(j, ']');
	json_open(j, "membership_selectors", '[');
	for (size_t i = 0; i < r.len; i++)
		if (membership_selector(r.p[i]))
			json_text(j, NULL, membership_selector(r.p[i]));
	json_close(j, ']');
	return malformed;
}

/* ---- DSSS Parameter Set, TIM ---- */

const char *text_ds_parameter_set(const struct text *t, unsigned int level, struct bytes b,
				  const struct element_env *env)
{
	uint8_t channel;
	const char *malformed = decode_ds_parameter_set(b, &channel);

	(void)level, (void)env;
	if (!ends(t, malformed))
		fprintf(t->f, "channel %u\n", channel);
	return malformed;
}

const char *json_ds_parameter_set(struct json *j, struct bytes b, const struct element_env *env)
{
	uint8_t channel;
	const char *malformed = decode_ds_parameter_set(b, &channel);

	(void)env;
	if (!malformed)
		json_uint(j, "channel", channel);
	return malformed;
}

const char *text_tim(const struct text *t, unsigned int level, struct bytes b,
		     const struct element_env *env)
{
	struct tim tim;
	const char *malformed = decode_tim(b, &tim);

	(void)level, (void)env;
	if (!ends(t, malformed))
		fprintf(t->f, "DTIM period %u, count %u\n", tim.dtim_period, tim.dtim_count);
	return malformed;
}

const char *json_tim(struct json *j, struct bytes b, const struct element_env *env)
{
	struct tim tim;
	const char *malformed = decode_tim(b, &tim);

	(void)env;
	if (malformed)
		return malformed;
	json_uint(j, "dtim_count", tim.dtim_count);
	json_uint(j, "dtim_period", tim.dtim_period);
	return NULL;
}

/* ---- Country ---- */

static const char *environment_word(uint8_t environment)
{
	switch (environment) {
	case ' ':
		return "any";
	case 'I':
		return "indoor";
	case 'O':
		return "outdoor";
	case 'X':
		return "noncountry";
	}
	return NULL;
}

static void text_triplet(const struct text *t, const struct country_triplet *c)
{
	if (c->operating)
		fprintf(t->f, "operating class %u, coverage class %u\n", c->operating_class,
			c->coverage_class);
	else
		fprintf(t->f, "%u channels from %u, at most %d dBm\n", c->n_channels,
			c->first_channel, c->max_power);
}

const char *text_country(const struct text *t, unsigned int level, struct bytes b,
			 const struct element_env *env)
{
	struct country c;
	struct country_triplet triplet;
	const char *malformed = decode_country(b, &c);
	char code[ESCAPED_SIZE(sizeof(c.code))];

	(void)env;
	if (ends(t, c.has_code ? NULL : malformed))
		return malformed;
	fputs(escape(code, sizeof(code), c.code, sizeof(c.code)), t->f);
	if (environment_word(c.environment))
		fprintf(t->f, ", %s\n", environment_word(c.environment));
	else
		fprintf(t->f, ", environment %u\n", c.environment);
	while (country_triplet_next(&c.triplets, &triplet)) {
		text_indent(t, level + 1);
		text_triplet(t, &triplet);
	}
	return malformed;
}

static void json_triplet(struct json *j, const struct country_triplet *c)
{
	json_open(j, NULL, '{');
	if (c->operating) {
		json_uint(j, "op_class", c->operating_class);
		json_uint(j, "coverage_class", c->coverage_class);
	} else {
		json_uint(j, "first_channel", c->first_channel);
		json_uint(j, "channels", c->n_channels);
		json_dbm(j, "max_power_dbm", 100 * c->max_power);
	}
	json_close(j, '}');
}

const char *json_country(struct json *j, struct bytes b, const struct element_env *env)
{
	struct country c;
	struct country_triplet triplet;
	const char *malformed = decode_country(b, &c);

	(void)env;
	if (!c.has_code)
		return malformed;
	json_bytes(j, "country", c.code, sizeof(c.code));
	if (environment_word(c.environment))
		json_text(j, "environment", environment_word(c.environment));
	json_uint(j, "environment_code", c.environment);
	json_open(j, "triplets", '[');
	while (country_triplet_next(&c.triplets, &triplet))
		json_triplet(j, &triplet);
	json_close(j, ']');
	return malformed;
}

/* ---- BSS Load ---- */

static unsigned int percent(uint8_t of_255)
{
	return (of_255 * 100u + 127) / 255;
}

const char *text_bss_load(const struct text *t, unsigned int level, struct bytes b,
			  const struct element_env *env)
{
	struct bss_load l;
	const char *malformed = decode_bss_load(b, &l);

	(void)level, (void)env;
	if (!ends(t, malformed))
		fprintf(t->f, "stations %u, channel busy %u%%, admission capacity %u us/s\n",
			l.stations, percent(l.channel_utilization), 32u * l.admission_capacity);
	return malformed;
}

const char *json_bss_load(struct json *j, struct bytes b, const struct element_env *env)
{
	struct bss_load l;
	const char *malformed = decode_bss_load(b, &l);

	(void)env;
	if (malformed)
		return malformed;
	json_uint(j, "station_count", l.stations);
	json_uint(j, "channel_utilization", l.channel_utilization);
	json_uint(j, "channel_utilization_percent", percent(l.channel_utilization));
	json_uint(j, "admission_capacity_us_per_s", 32u * l.admission_capacity);
	return NULL;
}

/* ---- channel switches ---- */

static void text_switch(const struct text *t, const struct channel_switch *s)
{
	fprintf(t->f, ", count %u%s\n", s->count, s->mode == 1 ? ", quiet until then" : "");
}

const char *text_channel_switch(const struct text *t, unsigned int level, struct bytes b,
				const struct element_env *env)
{
	struct channel_switch s;
	const char *malformed = decode_channel_switch(b, &s);

	(void)level, (void)env;
	if (ends(t, malformed))
		return malformed;
	fprintf(t->f, "to channel %u", s.channel);
	text_switch(t, &s);
	return NULL;
}

const char *text_ext_channel_switch(const struct text *t, unsigned int level, struct bytes b,
				    const struct element_env *env)
{
	struct channel_switch s;
	const char *malformed = decode_ext_channel_switch(b, &s), *band;
	uint32_t mhz;

	(void)level, (void)env;
	if (ends(t, malformed))
		return malformed;
	fprintf(t->f, "to channel %u, class %u", s.channel, s.operating_class);
	if (op_class_freq(s.operating_class, s.channel, &mhz, &band))
		fprintf(t->f, " (%u MHz)", mhz);
	text_switch(t, &s);
	return NULL;
}

static void json_switch(struct json *j, const struct channel_switch *s)
{
	json_uint(j, "switch_mode", s->mode);
	json_uint(j, "switch_count", s->count);
	json_uint(j, "channel", s->channel);
}

const char *json_channel_switch(struct json *j, struct bytes b, const struct element_env *env)
{
	struct channel_switch s;
	const char *malformed = decode_channel_switch(b, &s);

	(void)env;
	if (!malformed)
		json_switch(j, &s);
	return malformed;
}

const char *json_ext_channel_switch(struct json *j, struct bytes b, const struct element_env *env)
{
	struct channel_switch s;
	const char *malformed = decode_ext_channel_switch(b, &s), *band;
	uint32_t mhz;

	(void)env;
	if (malformed)
		return malformed;
	json_switch(j, &s);
	json_uint(j, "op_class", s.operating_class);
	if (op_class_freq(s.operating_class, s.channel, &mhz, &band)) {
		json_uint(j, "freq_mhz", mhz);
		json_text(j, "band", band);
	}
	return NULL;
}

const char *text_max_channel_switch_time(const struct text *t, unsigned int level, struct bytes b,
					 const struct element_env *env)
{
	uint32_t tu;
	const char *malformed = decode_max_channel_switch_time(b, &tu);

	(void)level, (void)env;
	if (!ends(t, malformed))
		fprintf(t->f, "%u TU\n", tu);
	return malformed;
}

const char *json_max_channel_switch_time(struct json *j, struct bytes b,
					 const struct element_env *env)
{
	uint32_t tu;
	const char *malformed = decode_max_channel_switch_time(b, &tu);

	(void)env;
	if (!malformed)
		json_uint(j, "max_channel_switch_time_tu", tu);
	return malformed;
}

/* ---- HT ---- */

const char *text_ht_capabilities(const struct text *t, unsigned int level, struct bytes b,
				 const struct element_env *env)
{
	struct ht_capabilities c;
	const char *malformed = decode_ht_capabilities(b, &c);

	(void)level, (void)env;
	if (!ends(t, malformed))
		fprintf(t->f, "up to %u MHz%s\n", c.width,
			c.intolerant_of_40 ? ", intolerant of 40 MHz" : "");
	return malformed;
}

const char *json_ht_capabilities(struct json *j, struct bytes b, const struct element_env *env)
{
	struct ht_capabilities c;
	const char *malformed = decode_ht_capabilities(b, &c);

	(void)env;
	if (malformed)
		return malformed;
	json_uint(j, "max_width_mhz", c.width);
	json_bool(j, "forty_mhz_intolerant", c.intolerant_of_40);
	return NULL;
}

static const char *const secondary_words[] = { "none", "above", NULL, "below" };

const char *text_ht_operation(const struct text *t, unsigned int level, struct bytes b,
			      const struct element_env *env)
{
	struct ht_operation o;
	const char *malformed = decode_ht_operation(b, &o), *secondary;

	(void)level, (void)env;
	if (ends(t, malformed))
		return malformed;
	secondary = secondary_words[o.secondary_offset];
	fprintf(t->f, "primary channel %u, secondary %s, %s", o.primary,
		secondary ? secondary : "reserved", o.any_width ? "any width" : "20 MHz only");
	if (o.ccfs2)
		fprintf(t->f, ", CCFS2 %u", o.ccfs2);
	putc('\n', t->f);
	return NULL;
}

const char *json_ht_operation(struct json *j, struct bytes b, const struct element_env *env)
{
	struct ht_operation o;
	const char *malformed = decode_ht_operation(b, &o);

	(void)env;
	if (malformed)
		return malformed;
	json_uint(j, "primary_channel", o.primary);
	if (secondary_words[o.secondary_offset])
		json_text(j, "secondary_channel", secondary_words[o.secondary_offset]);
	json_bool(j, "any_width", o.any_width);
	json_uint(j, "ccfs2", o.ccfs2);
	return NULL;
}

/* ---- VHT ---- */

/* MHz; 0: a reserved combination (IEEE Std 802.11, table 9-313). */
static unsigned int vht_max_width(const struct vht_capabilities *c)
{
	static const uint8_t widths[4][4] = {
		{ 80, 160, 160, 160 },
		{ 160, 160, 160, 160 },
		{ 160, 0, 0, 160 },
	};

	return widths[c->width_set][c->extended_nss_bw];
}

const char *text_vht_capabilities(const struct text *t, unsigned int level, struct bytes b,
				  const struct element_env *env)
{
	struct vht_capabilities c;
	const char *malformed = decode_vht_capabilities(b, &c);

	(void)level, (void)env;
	if (ends(t, malformed))
		return malformed;
	if (vht_max_width(&c))
		fprintf(t->f, "up to %u MHz", vht_max_width(&c));
	else
		fputs("reserved width", t->f);
	fprintf(t->f, " (width set %u, extended NSS BW %u)\n", c.width_set, c.extended_nss_bw);
	return NULL;
}

const char *json_vht_capabilities(struct json *j, struct bytes b, const struct element_env *env)
{
	struct vht_capabilities c;
	const char *malformed = decode_vht_capabilities(b, &c);

	(void)env;
	if (malformed)
		return malformed;
	if (vht_max_width(&c))
		json_uint(j, "max_width_mhz", vht_max_width(&c));
	json_uint(j, "channel_width_set", c.width_set);
	json_uint(j, "extended_nss_bw", c.extended_nss_bw);
	return NULL;
}

static const char *vht_width_word(uint8_t width)
{
	static const char *const words[] = { "20-or-40", "80-or-more", "160", "80+80" };

	return width < ARRAY_SIZE(words) ? words[width] : NULL;
}

const char *text_vht_operation(const struct text *t, unsigned int level, struct bytes b,
			       const struct element_env *env)
{
	struct vht_operation o;
	const char *malformed = decode_vht_operation(b, &o);

	(void)level, (void)env;
	if (ends(t, malformed))
		return malformed;
	if (vht_width_word(o.width))
		fprintf(t->f, "%s MHz", vht_width_word(o.width));
	else
		fprintf(t->f, "reserved width %u", o.width);
	fprintf(t->f, ", CCFS0 %u, CCFS1 %u\n", o.ccfs0, o.ccfs1);
	return NULL;
}

const char *json_vht_operation(struct json *j, struct bytes b, const struct element_env *env)
{
	struct vht_operation o;
	const char *malformed = decode_vht_operation(b, &o);

	(void)env;
	if (malformed)
		return malformed;
	if (vht_width_word(o.width))
		json_text(j, "channel_width", vht_width_word(o.width));
	json_uint(j, "ccfs0", o.ccfs0);
	json_uint(j, "ccfs1", o.ccfs1);
	return NULL;
}

/* ---- HE ---- */

const char *text_he_capabilities(const struct text *t, unsigned int level, struct bytes b,
				 const struct element_env *env)
{
	struct he_capabilities c;
	const char *malformed = decode_he_capabilities(b, &c);

	(void)level, (void)env;
	if (ends(t, malformed))
		return malformed;
	fputs("20", t->f);
	fputs(c.mhz40_in_2ghz ? ", 40 (2.4 GHz)" : "", t->f);
	fputs(c.mhz40_80 ? ", 40, 80" : "", t->f);
	fputs(c.mhz160 ? ", 160" : "", t->f);
	fputs(c.mhz80p80 ? ", 80+80" : "", t->f);
	fputs(" MHz\n", t->f);
	return NULL;
}

const char *json_he_capabilities(struct json *j, struct bytes b, const struct element_env *env)
{
	struct he_capabilities c;
	const char *malformed = decode_he_capabilities(b, &c);

	(void)env;
	if (malformed)
		return malformed;
	json_bool(j, "width_40mhz_in_2ghz", c.mhz40_in_2ghz);
	json_bool(j, "width_40mhz_80mhz", c.mhz40_80);
	json_bool(j, "width_160mhz", c.mhz160);
	json_bool(j, "width_80p80mhz", c.mhz80p80);
	return NULL;
}

static void text_he_6ghz(const struct text *t, unsigned int level, const struct he_6ghz_info *i)
{
	text_indent(t, level);
	fprintf(t->f, "6 GHz: primary channel %u, %s%u MHz, CCFS0 %u, CCFS1 %u\n", i->primary,
		i->width == 160 ? "80+80 or " : "", i->width, i->ccfs0, i->ccfs1);
	text_indent(t, level);
	if (he_regulatory(i->regulatory))
		fputs(he_regulatory(i->regulatory), t->f);
	else
		fprintf(t->f, "regulatory %u", i->regulatory);
	fprintf(t->f, ", from %u Mb/s%s\n", i->min_rate,
		i->duplicate_beacon ? ", duplicate beacon" : "");
}

const char *text_he_operation(const struct text *t, unsigned int level, struct bytes b,
			      const struct element_env *env)
{
	struct he_operation o;
	const char *malformed = decode_he_operation(b, &o);

	(void)env;
	if (ends(t, o.whole ? NULL : malformed))
		return malformed;
	fprintf(t->f, "BSS color %u%s%s%s%s\n", o.bss_color, o.color_disabled ? ", disabled" : "",
		o.partial_color ? ", partial" : "", o.twt_required ? ", TWT required" : "",
		o.er_su_disabled ? ", ER SU disabled" : "");
	if (o.has_max_cohosted) {
		text_indent(t, level + 1);
		fprintf(t->f, "co-hosted BSSIDs: 2^%u at most\n", o.max_cohosted);
	}
	if (o.has_6ghz)
		text_he_6ghz(t, level + 1, &o.info);
	return malformed;
}

static void json_he_6ghz(struct json *j, const struct he_6ghz_info *i)
{
	json_open(j, "operation_6ghz", '{');
	json_uint(j, "primary_channel", i->primary);
	json_uint(j, "width_mhz", i->width);
	json_uint(j, "ccfs0", i->ccfs0);
	json_uint(j, "ccfs1", i->ccfs1);
	json_bool(j, "duplicate_beacon", i->duplicate_beacon);
	if (he_regulatory(i->regulatory))
		json_text(j, "regulatory", he_regulatory(i->regulatory));
	json_uint(j, "regulatory_code", i->regulatory);
	json_uint(j, "min_rate_mbps", i->min_rate);
	json_close(j, '}');
}

const char *json_he_operation(struct json *j, struct bytes b, const struct element_env *env)
{
	struct he_operation o;
	const char *malformed = decode_he_operation(b, &o);

	(void)env;
	if (!o.whole)
		return malformed;
	json_uint(j, "bss_color", o.bss_color);
	json_bool(j, "bss_color_disabled", o.color_disabled);
	json_bool(j, "bss_color_partial", o.partial_color);
	json_bool(j, "twt_required", o.twt_required);
	json_bool(j, "er_su_disabled", o.er_su_disabled);
	if (o.has_max_cohosted)
		json_uint(j, "max_cohosted_bssid_indicator", o.max_cohosted);
	if (o.has_6ghz)
		json_he_6ghz(j, &o.info);
	return malformed;
}

static const char *const power_save_words[] = { "static", "dynamic", NULL, "disabled" };

const char *text_he_6ghz_capabilities(const struct text *t, unsigned int level, struct bytes b,
				      const struct element_env *env)
{
	struct he_6ghz_capabilities c;
	const char *malformed = decode_he_6ghz_capabilities(b, &c);

	(void)env;
	if (ends(t, malformed))
		return malformed;
	if (c.max_mpdu)
		fprintf(t->f, "MPDU %u, ", c.max_mpdu);
	fprintf(t->f, "A-MPDU %u bytes\n", c.max_ampdu);
	text_indent(t, level + 1);
	fprintf(t->f, "MPDUs start %u ns apart", c.min_start_spacing);
	if (power_save_words[c.power_save])
		fprintf(t->f, ", SM power save %s", power_save_words[c.power_save]);
	putc('\n', t->f);
	return NULL;
}

const char *json_he_6ghz_capabilities(struct json *j, struct bytes b, const struct element_env *env)
{
	struct he_6ghz_capabilities c;
	const char *malformed = decode_he_6ghz_capabilities(b, &c);

	(void)env;
	if (malformed)
		return malformed;
	if (c.max_mpdu)
		json_uint(j, "max_mpdu_bytes", c.max_mpdu);
	json_uint(j, "max_ampdu_bytes", c.max_ampdu);
	json_uint(j, "min_mpdu_start_spacing_ns", c.min_start_spacing);
	if (power_save_words[c.power_save])
		json_text(j, "sm_power_save", power_save_words[c.power_save]);
	return NULL;
}

/* ---- EHT ---- */

/* The first MCS of each field of a map, and where the next would begin. */
static const uint8_t basic_mcs[] = { 0, 8, 10, 12, 14 }; /* and of 20 MHz alone */
static const uint8_t wide_mcs[] = { 0, 10, 12, 14 };

static void text_nss(const struct text *t, const uint8_t *mcs, const struct eht_nss *nss, size_t n)
{
	for (size_t i = 0; i < n; i++)
		fprintf(t->f, "%s%u-%u rx %u tx %u", i ? ", " : " ", mcs[i], mcs[i + 1] - 1u,
			nss[i].rx, nss[i].tx);
	putc('\n', t->f);
}

/* width: 0: of all */
static void json_nss(struct json *j, uint16_t width, const uint8_t *mcs, const struct eht_nss *nss,
		     size_t n)
{
	for (size_t i = 0; i < n; i++) {
		json_open(j, NULL, '{');
		if (width)
			json_uint(j, "width_mhz", width);
		json_uint(j, "first_mcs", mcs[i]);
		json_uint(j, "last_mcs", mcs[i + 1] - 1u);
		json_uint(j, "max_rx_nss", nss[i].rx);
		json_uint(j, "max_tx_nss", nss[i].tx);
		json_close(j, '}');
	}
}

static void text_eht_channel(const struct text *t, const struct eht_channel *c)
{
	if (c->width)
		fprintf(t->f, "%u MHz", c->width);
	else
		fputs("reserved width", t->f);
	fprintf(t->f, ", CCFS0 %u, CCFS1 %u", c->ccfs0, c->ccfs1);
	if (c->has_punctured)
		fprintf(t->f, ", punctured 0x%04x", c->punctured);
}

static void json_eht_channel(struct json *j, const struct eht_channel *c)
{
	if (c->width)
		json_uint(j, "width_mhz", c->width);
	json_uint(j, "ccfs0", c->ccfs0);
	json_uint(j, "ccfs1", c->ccfs1);
	if (c->has_punctured)
		json_uint(j, "punctured_bitmap", c->punctured);
}

const char *text_eht_operation(const struct text *t, unsigned int level, struct bytes b,
			       const struct element_env *env)
{
	struct eht_operation o;
	const char *malformed = decode_eht_operation(b, &o);

	(void)env;
	if (ends(t, o.whole ? NULL : malformed))
		return malformed;
	if (o.channel.known)
		text_eht_channel(t, &o.channel);
	else
		fputs("no channel of its own", t->f);
	fputs(o.mcs15_disabled ? ", MCS 15 disabled\n" : "\n", t->f);
	text_indent(t, level + 1);
	fputs("basic MCS", t->f);
	text_nss(t, basic_mcs, o.basic, ARRAY_SIZE(o.basic));
	return malformed;
}

const char *json_eht_operation(struct json *j, struct bytes b, const struct element_env *env)
{
	struct eht_operation o;
	const char *malformed = decode_eht_operation(b, &o);

	(void)env;
	if (!o.whole)
		return malformed;
	if (o.channel.known)
		json_eht_channel(j, &o.channel);
	json_bool(j, "default_pe_duration", o.default_pe_duration);
	json_bool(j, "group_addressed_bu_limit", o.limits_group_addressed_bus);
	json_uint(j, "bu_indication_exponent", o.bu_indication_exponent);
	json_bool(j, "mcs15_disabled", o.mcs15_disabled);
	json_open(j, "basic_mcs_nss", '[');
	json_nss(j, 0, basic_mcs, o.basic, ARRAY_SIZE(o.basic));
	json_close(j, ']');
	return malformed;
}

const char *text_bandwidth_indication(const struct text *t, unsigned int level, struct bytes b,
				      const struct element_env *env)
{
	struct eht_channel c;
	const char *malformed = decode_bandwidth_indication(b, &c);

	(void)level, (void)env;
	if (ends(t, c.known ? NULL : malformed))
		return malformed;
	text_eht_channel(t, &c);
	putc('\n', t->f);
	return malformed;
}

const char *json_bandwidth_indication(struct json *j, struct bytes b, const struct element_env *env)
{
	struct eht_channel c;
	const char *malformed = decode_bandwidth_indication(b, &c);

	(void)env;
	if (c.known)
		json_eht_channel(j, &c);
	return malformed;
}

static const char *decode_eht_in(const struct element_env *env, struct bytes b,
				 struct eht_capabilities *c)
{
	bool from_ap = env->frame != FRAME_ASSOC_REQUEST;
	struct he_capabilities he;
	struct bytes he_body;

	if (!env_find(env, EID_EXTENSION, EID_EXT_HE_CAPABILITIES, &he_body) ||
	    decode_he_capabilities(he_body, &he))
		return decode_eht_capabilities(b, NULL, from_ap, c);
	return decode_eht_capabilities(b, &he, from_ap, c);
}

/* In the other bands the field is reserved. */
static bool has_max_mpdu(const struct eht_capabilities *c, const struct element_env *env)
{
	const char *band;
	uint32_t channel;

	return c->max_mpdu && freq_to_channel(env->freq, &channel, &band) &&
	       !strcmp(band, "2.4GHz");
}

static void text_eht_features(const struct text *t, unsigned int level,
			      const struct eht_capabilities *c)
{
	struct list l = { t, level, 0 };

	if (c->epcs)
		list_word(&l, "EPCS");
	if (c->om_control)
		list_word(&l, "OM control");
	if (c->restricted_twt)
		list_word(&l, "restricted TWT");
	if (c->scs_traffic_description)
		list_word(&l, "SCS traffic description");
	list_end(&l);
}

const char *text_eht_capabilities(const struct text *t, unsigned int level, struct bytes b,
				  const struct element_env *env)
{
	struct eht_capabilities c;
	const char *malformed = decode_eht_in(env, b, &c);

	if (ends(t, c.whole ? NULL : malformed))
		return malformed;
	fputs(c.mhz320 ? "320 MHz" : "up to 160 MHz", t->f);
	if (has_max_mpdu(&c, env))
		fprintf(t->f, ", MPDU %u bytes", c.max_mpdu);
	putc('\n', t->f);
	text_eht_features(t, level + 1, &c);
	for (const struct eht_map *m = c.maps; m < c.maps + c.n_maps; m++) {
		text_indent(t, level + 1);
		fprintf(t->f, "%u MHz%s: MCS", m->width, m->width == 80 ? " at most" : "");
		text_nss(t, m->n == 4 ? basic_mcs : wide_mcs, m->nss, m->n);
	}
	return malformed;
}

const char *json_eht_capabilities(struct json *j, struct bytes b, const struct element_env *env)
{
	struct eht_capabilities c;
	const char *malformed = decode_eht_in(env, b, &c);

	if (!c.whole)
		return malformed;
	json_bool(j, "width_320mhz_in_6ghz", c.mhz320);
	if (has_max_mpdu(&c, env))
		json_uint(j, "max_mpdu_bytes", c.max_mpdu);
	json_bool(j, "epcs", c.epcs);
	json_bool(j, "om_control", c.om_control);
	json_bool(j, "restricted_twt", c.restricted_twt);
	json_bool(j, "scs_traffic_description", c.scs_traffic_description);
	json_open(j, "mcs_nss", '[');
	for (const struct eht_map *m = c.maps; m < c.maps + c.n_maps; m++)
		json_nss(j, m->width, m->n == 4 ? basic_mcs : wide_mcs, m->nss, m->n);
	json_close(j, ']');
	return malformed;
}

/* ---- Multiple BSSID ---- */

/* The indicator is 1 to 8, as a set has no more BSSIDs than fit into the last byte. */
static unsigned int max_bssids(const struct multiple_bssid *m)
{
	return m->max_indicator >= 1 && m->max_indicator <= 8 ? 1u << m->max_indicator : 0;
}

/* What a nontransmitted BSSID does not tell, it has in common with the one that transmits. */
static struct element_env env_of_bssid(const struct element_env *env, struct scratch scratch)
{
	return (struct element_env){
		.frame = env->frame,
		.freq = env->freq,
		.scratch = scratch,
		.brief = env->brief,
		.outer = env,
		.nested = true,
	};
}

static void text_bssid_profiles(const struct text *t, unsigned int level, struct bytes rest,
				const struct element_env *env)
{
	struct scratch s = env->scratch;
	struct bssid_profile p;

	for (; bssid_profile_next(&rest, &s, &p); s = env->scratch) {
		struct element_env inner = env_of_bssid(env, s);

		text_indent(t, level);
		fputs("nontransmitted BSSID", t->f);
		if (p.has_index)
			fprintf(t->f, "  index %u", p.index);
		fputs(p.continues ? "  continued\n" : "\n", t->f);
		text_elements(t, level + 1, p.elements, &inner);
	}
}

static void json_bssid_profiles(struct json *j, struct bytes rest, const struct element_env *env)
{
	struct scratch s = env->scratch;
	struct bssid_profile p;

	json_open(j, "nontransmitted", '[');
	for (; bssid_profile_next(&rest, &s, &p); s = env->scratch) {
		struct element_env inner = env_of_bssid(env, s);

		json_open(j, NULL, '{');
		if (p.has_index)
			json_uint(j, "bssid_index", p.index);
		json_bool(j, "continues", p.continues);
		json_elements(j, "elements", p.elements, &inner);
		json_close(j, '}');
	}
	json_close(j, ']');
}

const char *text_multiple_bssid(const struct text *t, unsigned int level, struct bytes b,
				const struct element_env *env)
{
	struct multiple_bssid m;
	const char *malformed = decode_multiple_bssid(b, &m);

	if (ends(t, b.len ? NULL : malformed))
		return malformed;
	if (max_bssids(&m))
		fprintf(t->f, "%u BSSIDs at most", max_bssids(&m));
	else
		fprintf(t->f, "reserved indicator %u", m.max_indicator);
	fprintf(t->f, ", profiles %zu\n", m.n_profiles);
	if (!env->nested)
		text_bssid_profiles(t, level + 1, (struct bytes){ b.p + 1, b.len - 1 }, env);
	return malformed;
}

const char *json_multiple_bssid(struct json *j, struct bytes b, const struct element_env *env)
{
	struct multiple_bssid m;
	const char *malformed = decode_multiple_bssid(b, &m);

	if (!b.len)
		return malformed;
	json_uint(j, "max_bssid_indicator", m.max_indicator);
	if (max_bssids(&m))
		json_uint(j, "max_bssids", max_bssids(&m));
	json_uint(j, "profiles", m.n_profiles);
	if (m.n_profiles && !env->nested)
		json_bssid_profiles(j, (struct bytes){ b.p + 1, b.len - 1 }, env);
	return malformed;
}

/* ---- Extended Capabilities ---- */

const char *text_ext_capabilities(const struct text *t, unsigned int level, struct bytes b,
				  const struct element_env *env)
{
	struct list l = { t, level + 1, 0 };

	(void)env;
	putc('\n', t->f);
	list_bits(&l, ext_capabilities, b);
	list_end(&l);
	return NULL;
}

const char *json_ext_capabilities(struct json *j, struct bytes b, const struct element_env *env)
{
	(void)env;
	json_open(j, "capabilities", '[');
	json_names(j, ext_capabilities, b);
	json_close(j, ']');
	return NULL;
}

/* ---- Transmit Power Envelope ---- */

#define NO_PSD_LIMIT 127
#define NOT_USABLE   (-128)

static void text_limit(const struct text *t, const struct tx_power_envelope *e, unsigned int n)
{
	char dbm[DBM_TEXT];

	if (e->psd && e->limit[n] == NO_PSD_LIMIT)
		fputs("none", t->f);
	else if (e->psd && e->limit[n] == NOT_USABLE)
		fputs("unusable", t->f);
	else
		fputs(fmt_dbm(dbm, 50 * e->limit[n]), t->f);
}

const char *text_tx_power_envelope(const struct text *t, unsigned int level, struct bytes b,
				   const struct element_env *env)
{
	struct tx_power_envelope e;
	const char *malformed = decode_tx_power_envelope(b, &e);

	(void)env;
	if (ends(t, e.n ? NULL : malformed))
		return malformed;
	fprintf(t->f, "%s, category %u\n", e.regulatory ? "regulatory client" : "local",
		e.category);
	text_indent(t, level + 1);
	for (unsigned int n = 0; n < e.n; n++) {
		fputs(n ? ", " : "", t->f);
		if (!e.psd)
			fprintf(t->f, "%u MHz ", 20u << n);
		text_limit(t, &e, n);
	}
	fputs(e.psd ? " dBm/MHz\n" : " dBm\n", t->f);
	return malformed;
}

static void json_limit(struct json *j, const struct tx_power_envelope *e, unsigned int n)
{
	json_open(j, NULL, '{');
	if (!e->psd) {
		json_uint(j, "width_mhz", 20u << n);
		json_dbm(j, "max_dbm", 50 * e->limit[n]);
	} else {
		if (!e->every)
			json_uint(j, "subchannel", n);
		json_bool(j, "usable", e->limit[n] != NOT_USABLE);
		if (e->limit[n] != NOT_USABLE && e->limit[n] != NO_PSD_LIMIT)
			json_dbm(j, "max_dbm_per_mhz", 50 * e->limit[n]);
	}
	json_close(j, '}');
}

const char *json_tx_power_envelope(struct json *j, struct bytes b, const struct element_env *env)
{
	struct tx_power_envelope e;
	const char *malformed = decode_tx_power_envelope(b, &e);

	(void)env;
	if (!e.n)
		return malformed;
	json_text(j, "limits_of", e.regulatory ? "regulatory-client" : "local");
	json_uint(j, "category", e.category);
	json_open(j, "limits", '[');
	for (unsigned int n = 0; n < e.n; n++)
		json_limit(j, &e, n);
	json_close(j, ']');
	return malformed;
}

/* ---- RSN, its extension, and WPA ---- */

/* "00-0f-ac:99", as the standard writes them, or its name. */
#define SUITE_TEXT 16
static const char *suite_text(char buf[SUITE_TEXT], const uint8_t *suite, const char *name)
{
	if (name)
		return name;
	snprintf(buf, SUITE_TEXT, "%02x-%02x-%02x:%u", suite[0], suite[1], suite[2], suite[3]);
	return buf;
}

typedef const char *suite_name(const uint8_t suite[SUITE_LEN]);

static void text_suites(const struct text *t, unsigned int level, const char *what,
			struct bytes suites, suite_name *name)
{
	char buf[SUITE_TEXT];
	struct bytes s;

	if (!suites.len)
		return;
	text_indent(t, level);
	fputs(what, t->f);
	while (take_bytes(&suites, SUITE_LEN, &s))
		fprintf(t->f, " %s", suite_text(buf, s.p, name(s.p)));
	putc('\n', t->f);
}

static void text_rsn_capabilities(const struct text *t, unsigned int level, const struct rsn *r)
{
	struct list l = { t, level, 0 };
	char counters[50];

	snprintf(counters, sizeof(counters), "replay counters PTKSA %u GTKSA %u",
		 r->ptksa_replay_counters, r->gtksa_replay_counters);
	list_bits(&l, rsn_capabilities, r->capabilities);
	list_word(&l, counters);
	list_end(&l);
}

static void text_rsn_fields(const struct text *t, unsigned int level, const struct rsn *r)
{
	struct bytes group = { r->group, r->has_group ? SUITE_LEN : 0 };
	struct bytes management = { r->group_management, r->has_group_management ? SUITE_LEN : 0 };

	text_suites(t, level, "group", group, cipher_name);
	text_suites(t, level, "pairwise", r->pairwise, cipher_name);
	text_suites(t, level, "AKM", r->akms, akm_name);
	if (r->has_capabilities)
		text_rsn_capabilities(t, level, r);
	if (r->n_pmkids) {
		text_indent(t, level);
		fprintf(t->f, "PMKIDs %u\n", r->n_pmkids);
	}
	text_suites(t, level, "group management", management, cipher_name);
}

const char *text_rsn(const struct text *t, unsigned int level, struct bytes b,
		     const struct element_env *env)
{
	struct rsn r;
	const char *malformed = decode_rsn(b, &r);

	(void)env;
	if (ends(t, r.has_version ? NULL : malformed))
		return malformed;
	fprintf(t->f, "version %u\n", r.version);
	text_rsn_fields(t, level + 1, &r);
	return malformed;
}

static void json_suites(struct json *j, struct bytes suites, suite_name *name)
{
	char buf[SUITE_TEXT];
	struct bytes s;

	while (take_bytes(&suites, SUITE_LEN, &s))
		json_text(j, NULL, suite_text(buf, s.p, name(s.p)));
}

static void json_rsn_suites(struct json *j, const struct rsn *r)
{
	char buf[SUITE_TEXT];

	if (r->has_group)
		json_text(j, "group_cipher", suite_text(buf, r->group, cipher_name(r->group)));
	if (r->has_pairwise) {
		json_open(j, "pairwise_ciphers", '[');
		json_suites(j, r->pairwise, cipher_name);
		json_close(j, ']');
	}
	if (r->has_akms) {
		json_open(j, "akm_suites", '[');
		json_suites(j, r->akms, akm_name);
		json_close(j, ']');
	}
	if (r->has_group_management)
		json_text(j, "group_management_cipher",
			  suite_text(buf, r->group_management, cipher_name(r->group_management)));
}

static void json_rsn_fields(struct json *j, const struct rsn *r)
{
	if (r->has_version)
		json_uint(j, "version", r->version);
	json_rsn_suites(j, r);
	if (r->has_capabilities) {
		json_open(j, "capabilities", '[');
		json_names(j, rsn_capabilities, r->capabilities);
		json_close(j, ']');
		json_uint(j, "ptksa_replay_counters", r->ptksa_replay_counters);
		json_uint(j, "gtksa_replay_counters", r->gtksa_replay_counters);
	}
	if (r->has_pmkids)
		json_uint(j, "pmkids", r->n_pmkids);
}

const char *json_rsn(struct json *j, struct bytes b, const struct element_env *env)
{
	struct rsn r;
	const char *malformed = decode_rsn(b, &r);

	(void)env;
	json_rsn_fields(j, &r);
	return malformed;
}

const char *text_rsn_extension(const struct text *t, unsigned int level, struct bytes b,
			       const struct element_env *env)
{
	struct list l = { t, level + 1, 0 };
	struct bytes capabilities;
	const char *malformed = decode_rsn_extension(b, &capabilities);

	(void)env;
	putc('\n', t->f);
	list_bits(&l, rsn_extensions, capabilities);
	list_end(&l);
	return malformed;
}

const char *json_rsn_extension(struct json *j, struct bytes b, const struct element_env *env)
{
	struct bytes capabilities;
	const char *malformed = decode_rsn_extension(b, &capabilities);

	(void)env;
	json_open(j, "capabilities", '[');
	json_names(j, rsn_extensions, capabilities);
	json_close(j, ']');
	return malformed;
}

/* ---- vendors ---- */

static bool is_wpa(const struct vendor *v)
{
	const char *name = vendor_name(v);

	return name && !strcmp(name, "WPA");
}

static void text_vendor_head(const struct text *t, const struct vendor *v)
{
	fprintf(t->f, "%02x:%02x:%02x", v->oui[0], v->oui[1], v->oui[2]);
	if (v->has_type)
		fprintf(t->f, " type %u", v->type);
	if (vendor_name(v))
		fprintf(t->f, ", %s", vendor_name(v));
}

const char *text_vendor(const struct text *t, unsigned int level, struct bytes b,
			const struct element_env *env)
{
	struct vendor v;
	struct rsn wpa;
	const char *malformed = decode_vendor(b, &v);

	if (ends(t, malformed))
		return malformed;
	text_vendor_head(t, &v);
	if (!is_wpa(&v)) {
		fputs(", ", t->f);
		text_undecoded(t, v.data, env);
		return NULL;
	}
	malformed = decode_wpa(v.data, &wpa);
	if (wpa.has_version)
		fprintf(t->f, ", version %u", wpa.version);
	putc('\n', t->f);
	text_rsn_fields(t, level + 1, &wpa);
	return malformed;
}

const char *json_vendor(struct json *j, struct bytes b, const struct element_env *env)
{
	struct vendor v;
	struct rsn wpa;
	const char *malformed = decode_vendor(b, &v);
	uint8_t oui[ADDR_LEN] = { 0 };
	char text[MAC_TEXT];
	const char *name;

	if (malformed)
		return malformed;
	memcpy(oui, v.oui, sizeof(v.oui));
	fmt_mac(text, oui);
	text[3 * sizeof(v.oui) - 1] = '\0'; /* the first half of an address */
	json_text(j, "oui", text);
	if (v.has_type)
		json_uint(j, "type", v.type);
	name = vendor_name(&v);
	if (name)
		json_text(j, "vendor_element", name);
	if (!is_wpa(&v)) {
		json_uint(j, "data_len", v.data.len);
		if (!env->brief)
			json_hex(j, "data_hex", v.data.p, v.data.len);
		return NULL;
	}
	malformed = decode_wpa(v.data, &wpa);
	json_rsn_fields(j, &wpa);
	return malformed;
}
