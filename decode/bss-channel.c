/* SPDX-License-Identifier: ISC */
/* The channel that a BSS is on: what its Operation elements, old and new, say together. */
#include <stdlib.h>
#include <string.h>

#include "../iw-mlo.h"
#include "../elements.h"

/* ---- the elements ---- */

/* false: there is none, or a malformed one. */
static bool is_whole(struct bss_operations *o, const char *malformed, const char *problem)
{
	if (malformed && !o->malformed)
		o->malformed = problem;
	return !malformed;
}

/* Of each kind the first: a second one is the sender's mistake, and nobody's to choose from. */
static void take_extended(const struct element *e, struct bss_operations *o, bool *he, bool *eht)
{
	if (e->ext == EID_EXT_EHT_OPERATION && !*eht) {
		*eht = true;
		o->has_eht = is_whole(o, decode_eht_operation(e->body, &o->eht),
				      "EHT Operation is malformed");
	} else if (e->ext == EID_EXT_HE_OPERATION && !*he) {
		*he = true;
		o->has_he = is_whole(o, decode_he_operation(e->body, &o->he),
				     "HE Operation is malformed");
	}
}

void find_operations(struct bytes elements, struct bss_operations *o)
{
	bool ht = false, vht = false, he = false, eht = false;
	struct element e;

	memset(o, 0, sizeof(*o));
	while (element_next(&elements, &e)) {
		if (e.id == EID_EXTENSION) {
			take_extended(&e, o, &he, &eht);
		} else if (e.id == EID_VHT_OPERATION && !vht) {
			vht = true;
			o->has_vht = is_whole(o, decode_vht_operation(e.body, &o->vht),
					      "VHT Operation is malformed");
		} else if (e.id == EID_HT_OPERATION && !ht) {
			ht = true;
			o->has_ht = is_whole(o, decode_ht_operation(e.body, &o->ht),
					     "HT Operation is malformed");
		}
	}
}

/* ---- where in the band ---- */

/* The primary channel, and how its band counts. */
struct place {
	uint32_t primary; /* MHz */
	uint32_t channel;
	uint32_t base; /* MHz of channel 0 */
	const char *band;
	bool in_6ghz;
};

static bool find_place(uint32_t primary, struct place *p)
{
	if (!freq_to_channel(primary, &p->channel, &p->band) || !strcmp(p->band, "60GHz"))
		return false;
	p->primary = primary;
	p->base = primary - 5 * p->channel;
	p->in_6ghz = !strcmp(p->band, "6GHz");
	return true;
}

/* Which 20 MHz of a block the primary is, counted from the lowest; -1: none of them. */
static int index_of_primary(const struct place *p, uint32_t center, uint32_t width)
{
	uint32_t lowest = center - width / 2 + 10;

	if (p->primary < lowest || (p->primary - lowest) % 20 || p->primary - lowest >= width)
		return -1;
	return (int)((p->primary - lowest) / 20);
}

/*
 * Wide channels lie side by side, from where each part of a band begins (annex E); those of 320 MHz
 * overlap by half. The band at 2.4 GHz and that of Japan at 4.9 GHz have no such order.
 */
static bool on_raster(const struct place *p, uint32_t center, uint32_t width)
{
	uint32_t lowest = center - width / 2, step = width == 320 ? 160 : width;
	uint32_t begin = p->in_6ghz ? 5945 : lowest >= 5735 ? 5735 : 5170;

	if (width == 20 || p->base < 5000)
		return true;
	return lowest >= begin && (lowest - begin) % step == 0;
}

/* center: a channel number */
static const char *set_channel(const struct place *p, uint32_t width, uint8_t center,
			       struct bss_channel *c)
{
	c->width = (uint16_t)width;
	c->center1 = p->base + 5u * center;
	if (width > 40 && !strcmp(p->band, "2.4GHz"))
		return "wider than 40 MHz in the 2.4 GHz band";
	if (width > 160 && !p->in_6ghz)
		return "wider than 160 MHz outside the 6 GHz band";
	if (index_of_primary(p, c->center1, width) < 0)
		return "the primary channel is not in it";
	return on_raster(p, c->center1, width) ? NULL : "there is no such channel";
}

static bool in_band(const struct place *p, uint32_t mhz)
{
	const char *band;
	uint32_t channel;

	return freq_to_channel(mhz, &channel, &band) && !strcmp(band, p->band);
}

/*
 * The convention since VHT: one segment of 80 MHz, or two, CCFS1 being the second that is apart, or
 * the middle of both. Every other distance is reserved.
 */
static const char *set_segments(const struct place *p, uint8_t ccfs0, uint8_t ccfs1,
				struct bss_channel *c)
{
	int distance = abs(ccfs1 - ccfs0);
	const char *problem = set_channel(p, 80, ccfs0, c);

	if (problem || !ccfs1)
		return problem;
	if (distance == 8)
		return set_channel(p, 160, ccfs1, c);
	c->width = 160;
	c->center2 = p->base + 5u * ccfs1;
	if (distance <= 16 || !in_band(p, c->center2) || !on_raster(p, c->center2, 80))
		return "no such pair of segments";
	return NULL;
}

/* ---- each generation's own words ---- */

static bool is_ht40(const struct ht_operation *ht)
{
	return ht->any_width && ht->secondary_offset != HT_SECONDARY_NONE;
}

static const char *judge_ht(const struct ht_operation *ht, struct bss_channel *c)
{
	c->decided_by = "HT Operation";
	if (!is_ht40(ht))
		return NULL;
	c->width = 40;
	c->center1 = ht->secondary_offset == HT_SECONDARY_ABOVE ? c->center1 + 10 : c->center1 - 10;
	return NULL;
}

static const char *judge_vht(const struct place *p, const struct vht_operation *vht,
			     const struct ht_operation *ht, struct bss_channel *c)
{
	if (!vht->width)
		return judge_ht(ht, c);
	c->decided_by = "VHT Operation";
	switch (vht->width) {
	case 1: /* an AP with fewer streams at 160 MHz than at 80 tells the centre in HT's CCFS2 */
		return set_segments(p, vht->ccfs0, vht->ccfs1 ? vht->ccfs1 : ht->ccfs2, c);
	case 2:
		return set_channel(p, 160, vht->ccfs0, c);
	case 3:
		if (!vht->ccfs1 || abs(vht->ccfs1 - vht->ccfs0) == 8)
			return "no such pair of segments";
		return set_segments(p, vht->ccfs0, vht->ccfs1, c);
	}
	return "VHT Operation has a reserved width";
}

static const char *judge_he_6ghz(const struct place *p, const struct he_operation *he,
				 struct bss_channel *c)
{
	const struct he_6ghz_info *i = &he->info;

	c->decided_by = "HE Operation";
	if (!he->has_6ghz)
		return "without 6 GHz Operation Information";
	if (i->width < 160)
		return set_channel(p, i->width, i->ccfs0, c);
	return i->ccfs1 ? set_segments(p, i->ccfs0, i->ccfs1, c)
			: "160 MHz without a second segment";
}

/* The bitmaps that IEEE Std 802.11be allows are those of net/wireless/chan.c. */
static bool can_be_punctured(uint16_t punctured, uint32_t width)
{
	static const uint16_t of_320[] = {
		0xc000, 0x3000, 0x0c00, 0x0300, 0x00c0, 0x0030, 0x000c, 0x0003,
		0xf000, 0x0f00, 0x00f0, 0x000f, 0xfc00, 0xf300, 0xf0c0, 0xf030,
		0xf00c, 0xf003, 0xc00f, 0x300f, 0x0c0f, 0x030f, 0x00cf, 0x003f,
	};
	bool is_one = !(punctured & (punctured - 1));

	if (!punctured)
		return true;
	if (punctured >> width / 20)
		return false;
	if (width == 80)
		return is_one;
	for (size_t i = 0; i < ARRAY_SIZE(of_320); i++)
		if (of_320[i] == punctured)
			return width == 320 || (width == 160 && i < 8);
	return width == 160 && is_one;
}

static const char *judge_eht(const struct place *p, const struct eht_channel *eht,
			     struct bss_channel *c)
{
	bool wide = eht->width >= 160;
	const char *problem;
	int primary;

	c->decided_by = "EHT Operation";
	if (!eht->width)
		return "EHT Operation has a reserved width";
	problem = set_channel(p, eht->width, wide ? eht->ccfs1 : eht->ccfs0, c);
	if (problem)
		return problem;
	if (wide && (abs(eht->ccfs1 - eht->ccfs0) != eht->width / 20 ||
		     index_of_primary(p, p->base + 5u * eht->ccfs0, eht->width / 2u) < 0))
		return "its two halves do not fit together";
	primary = index_of_primary(p, c->center1, c->width);
	if (eht->punctured >> primary & 1)
		return "the primary channel is punctured";
	if (!can_be_punctured(eht->punctured, c->width))
		return "punctured in a way that is not allowed";
	c->punctured = eht->punctured;
	return NULL;
}

/* ---- together ---- */

static const char *judge(const struct place *p, const struct bss_operations *o,
			 struct bss_channel *c)
{
	if (o->has_eht && o->eht.channel.known)
		return judge_eht(p, &o->eht.channel, c);
	if (p->in_6ghz)
		return judge_he_6ghz(p, &o->he, c);
	if (o->has_vht)
		return o->has_ht ? judge_vht(p, &o->vht, &o->ht, c)
				 : "VHT Operation without HT Operation";
	return o->has_ht ? judge_ht(&o->ht, c) : NULL;
}

/* Does HT's secondary channel lie where the wider channel has it? */
static bool ht_agrees(const struct place *p, const struct ht_operation *ht,
		      const struct bss_channel *c)
{
	/* of 80+80 counted from 40 MHz too low, which leaves even and odd as they are */
	int primary = index_of_primary(p, c->center1, c->width);
	bool above = ht->secondary_offset == HT_SECONDARY_ABOVE;

	return !is_ht40(ht) || (c->width >= 40 && above == !(primary & 1));
}

static const char *contradiction(const struct place *p, const struct bss_operations *o,
				 const struct bss_channel *c)
{
	if (p->in_6ghz) {
		if (o->has_he && o->he.has_6ghz && o->he.info.primary != p->channel)
			return "HE Operation has another primary channel";
		return NULL;
	}
	if (!o->has_ht)
		return NULL;
	if (o->ht.primary != p->channel)
		return "HT Operation has another primary channel";
	if (o->ht.secondary_offset == 2)
		return "HT Operation has a reserved secondary channel offset";
	return ht_agrees(p, &o->ht, c) ? NULL : "HT Operation has another secondary channel";
}

void judge_channel(uint32_t primary, const struct bss_operations *o, struct bss_channel *c)
{
	const char *problem = o->malformed;
	struct place p;

	*c = (struct bss_channel){ .width = 20, .center1 = primary };
	c->generation = o->has_eht   ? "EHT"
			: o->has_he  ? "HE"
			: o->has_vht ? "VHT"
			: o->has_ht  ? "HT"
				     : NULL;
	if (!problem && !find_place(primary, &p))
		problem = "a frequency of no band that is known here";
	if (!problem)
		problem = judge(&p, o, c);
	if (!problem)
		problem = contradiction(&p, o, c);
	if (!problem)
		return;
	c->problem = problem;
	c->width = c->punctured = 0;
	c->center1 = c->center2 = 0;
}
