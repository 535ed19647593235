/* SPDX-License-Identifier: ISC */
/* What a wiphy can do beyond its iftypes: bands, radios, antennas, and MLO by iftype. */
#include <string.h>

#include "../iw-mlo.h"

/* ---- bands ---- */

/* Into the range from the first to the last. */
static void add_mhz(uint32_t mhz, uint32_t *first, uint32_t *last)
{
	if (mhz && (!*first || mhz < *first))
		*first = mhz;
	if (mhz > *last)
		*last = mhz;
}

static void add_channel(struct band_caps *b, const struct channel *c)
{
	b->channels++;
	add_mhz(c->mhz, &b->first_mhz, &b->last_mhz);
	b->disabled += c->disabled;
	if (c->disabled)
		return;
	b->no_ir += c->no_ir;
	b->radar += c->radar;
	b->no_eht += c->no_eht;
	add_mhz(c->mhz, &b->first_enabled_mhz, &b->last_enabled_mhz);
}

/* A band's channels come over many messages, each channel in one of them. */
static bool add_band(const struct nlattr *band, struct band_caps *b)
{
	struct channel_list channels;

	channels.n = 0;
	if (!decode_band(band, &channels))
		return false;
	for (int n = 0; n < channels.n; n++)
		add_channel(b, &channels.v[n]);
	return true;
}

static bool decode_bands(const struct nlattr *bands, struct wiphy_caps *c)
{
	const struct nlattr *band;
	int rem;

	for_each_nested(band, bands, rem)
		if (attr_type(band) < BANDS_MAX && !add_band(band, &c->bands[attr_type(band)]))
			return false;
	return rem <= 0;
}

/* ---- MLO, by iftype ---- */

static bool decode_iftype_attr(const struct nlattr *a, struct iftype_caps *c, bool *has_iftype)
{
	switch (attr_type(a)) {
	case NL80211_ATTR_IFTYPE:
		return *has_iftype = attr_u32(a, &c->iftype);
	case NL80211_ATTR_EML_CAPABILITY:
		return c->has_eml = attr_u16(a, &c->eml);
	case NL80211_ATTR_MLD_CAPA_AND_OPS:
		return c->has_mld = attr_u16(a, &c->mld);
	case NL80211_ATTR_EXT_MLD_CAPA_AND_OPS:
		return c->has_ext_mld = attr_u16(a, &c->ext_mld);
	}
	return true;
}

/* One iftype a message. */
static bool decode_iftype_caps(const struct nlattr *list, struct wiphy_caps *c)
{
	const struct nlattr *nest, *a;
	int rem, rem2;

	for_each_nested(nest, list, rem) {
		struct iftype_caps caps = { 0 };
		bool has_iftype = false;

		for_each_nested(a, nest, rem2)
			if (!decode_iftype_attr(a, &caps, &has_iftype))
				return false;
		if (rem2 > 0 || !has_iftype)
			return false;
		if (c->n_iftypes == IFTYPE_CAPS_MAX)
			c->more = true;
		else
			c->iftypes[c->n_iftypes++] = caps;
	}
	return rem <= 0;
}

/* ---- radios ---- */

static bool decode_range(const struct nlattr *nest, struct radio *r)
{
	struct freq_range range = { 0 };
	const struct nlattr *a;
	int rem;

	for_each_nested(a, nest, rem) {
		if (attr_type(a) == NL80211_WIPHY_RADIO_FREQ_ATTR_START &&
		    !attr_u32(a, &range.start_khz))
			return false;
		if (attr_type(a) == NL80211_WIPHY_RADIO_FREQ_ATTR_END &&
		    !attr_u32(a, &range.end_khz))
			return false;
	}
	if (r->n_ranges == RANGES_MAX)
		r->more = true;
	else
		r->ranges[r->n_ranges++] = range;
	return rem <= 0;
}

static bool add_combination(const struct nlattr *nest, struct combination *v, uint8_t *n,
			    bool *more)
{
	struct combination c = { 0 };

	if (!decode_combination(nest, &c, more))
		return false;
	if (*n == COMBINATIONS_MAX)
		*more = true;
	else
		v[(*n)++] = c;
	return true;
}

/* Ranges and combinations have no list: each is an attribute of the radio's own. */
static bool decode_radio(const struct nlattr *nest, struct radio *r)
{
	const struct nlattr *a;
	int rem;

	memset(r, 0, sizeof(*r));
	for_each_nested(a, nest, rem) {
		bool ok = true;

		switch (attr_type(a)) {
		case NL80211_WIPHY_RADIO_ATTR_INDEX:
			ok = r->has_index = attr_u32(a, &r->index);
			break;
		case NL80211_WIPHY_RADIO_ATTR_ANTENNA_MASK:
			ok = r->has_antennas = attr_u32(a, &r->antennas);
			break;
		case NL80211_WIPHY_RADIO_ATTR_FREQ_RANGE:
			ok = decode_range(a, r);
			break;
		case NL80211_WIPHY_RADIO_ATTR_INTERFACE_COMBINATION:
			ok = add_combination(a, r->combinations, &r->n_combinations, &r->more);
			break;
		}
		if (!ok)
			return false;
	}
	return rem <= 0;
}

static bool decode_radios(const struct nlattr *list, struct wiphy_caps *c)
{
	const struct nlattr *nest;
	int rem;

	c->n_radios = 0;
	for_each_nested(nest, list, rem) {
		struct radio r;

		if (!decode_radio(nest, &r))
			return false;
		if (c->n_radios == RADIOS_MAX)
			c->more = true;
		else
			c->radios[c->n_radios++] = r;
	}
	return rem <= 0;
}

static bool decode_all_radios(const struct nlattr *list, struct wiphy_caps *c)
{
	const struct nlattr *nest;
	int rem;

	c->n_combinations = 0;
	for_each_nested(nest, list, rem)
		if (!add_combination(nest, c->combinations, &c->n_combinations, &c->more))
			return false;
	return rem <= 0;
}

/* ---- all of it ---- */

/* 0 is sent for every driver that does not tell. */
static bool take_antennas(const struct nlattr *a, bool *has, uint32_t *bitmap)
{
	if (!attr_u32(a, bitmap))
		return false;
	*has = *bitmap;
	return true;
}

bool decode_wiphy_caps(const struct attrs *list, struct wiphy_caps *c)
{
	const struct nlattr *a;
	int rem;

	for_each_attr(a, list, rem) {
		bool ok = true;

		switch (attr_type(a)) {
		case NL80211_ATTR_WIPHY_BANDS:
			ok = decode_bands(a, c);
			break;
		case NL80211_ATTR_IFTYPE_EXT_CAPA:
			ok = decode_iftype_caps(a, c);
			break;
		case NL80211_ATTR_WIPHY_RADIOS:
			ok = decode_radios(a, c);
			break;
		case NL80211_ATTR_WIPHY_INTERFACE_COMBINATIONS:
			ok = decode_all_radios(a, c);
			break;
		case NL80211_ATTR_WIPHY_ANTENNA_AVAIL_TX:
			ok = take_antennas(a, &c->has_antennas_tx, &c->antennas_tx);
			break;
		case NL80211_ATTR_WIPHY_ANTENNA_AVAIL_RX:
			ok = take_antennas(a, &c->has_antennas_rx, &c->antennas_rx);
			break;
		}
		if (!ok)
			return false;
	}
	return rem <= 0 && decode_wiphy(list, &c->wiphy);
}

const char *band_word(unsigned int band)
{
	static const char *const words[BANDS_MAX] = { "2.4GHz", "5GHz",	 "60GHz",
						      "6GHz",	"S1GHz", "LC" };

	return words[band];
}

bool decode_wiphy_links(const struct attrs *list, struct wiphy_caps *c)
{
	const struct nlattr *a;
	int rem;

	for_each_attr(a, list, rem) {
		bool ok = true;

		if (attr_type(a) == NL80211_ATTR_IFTYPE_EXT_CAPA)
			ok = decode_iftype_caps(a, c);
		else if (attr_type(a) == NL80211_ATTR_WIPHY_RADIOS)
			ok = decode_radios(a, c);
		if (!ok)
			return false;
	}
	return rem <= 0;
}
