/* SPDX-License-Identifier: ISC */
/* Wiphys, as far as they are named and have iftypes: the answer to GET_WIPHY. */

#include <string.h>

#include "../iw-mlo.h"

/* A nest of flags, the attribute's type being the iftype. */
static uint32_t decode_iftypes(const struct nlattr *nest)
{
	const struct nlattr *a;
	uint32_t bitmap = 0;
	int rem;

	for_each_nested(a, nest, rem)
		if (attr_type(a) < 32)
			bitmap |= 1u << attr_type(a);
	return bitmap;
}

static bool decode_limits(const struct nlattr *limits, struct combination *c, bool *more)
{
	const struct nlattr *limit, *a;
	int rem, rem2;

	for_each_nested(limit, limits, rem) {
		uint32_t max = 0, iftypes = 0;

		for_each_nested(a, limit, rem2) {
			if (attr_type(a) == NL80211_IFACE_LIMIT_MAX && !attr_u32(a, &max))
				return false;
			if (attr_type(a) == NL80211_IFACE_LIMIT_TYPES)
				iftypes = decode_iftypes(a);
		}
		if (rem2 > 0)
			return false;
		if (c->n_limits == LIMITS_MAX) {
			*more = true;
			continue;
		}
		c->limits[c->n_limits].max = max;
		c->limits[c->n_limits++].iftypes = iftypes;
	}
	return rem <= 0;
}

bool decode_combination(const struct nlattr *nest, struct combination *c, bool *more)
{
	const struct nlattr *a;
	int rem;

	for_each_nested(a, nest, rem) {
		bool ok = true;

		switch (attr_type(a)) {
		case NL80211_IFACE_COMB_LIMITS:
			ok = decode_limits(a, c, more);
			break;
		case NL80211_IFACE_COMB_MAXNUM:
			ok = attr_u32(a, &c->total);
			break;
		case NL80211_IFACE_COMB_NUM_CHANNELS:
			ok = attr_u32(a, &c->channels);
			break;
		}
		if (!ok)
			return false;
	}
	return rem <= 0;
}

static bool decode_combinations(const struct nlattr *list, struct wiphy *w)
{
	const struct nlattr *nest;
	int rem;

	w->n_combinations = 0;
	for_each_nested(nest, list, rem) {
		struct combination c = { 0 };

		if (!decode_combination(nest, &c, &w->more_combinations))
			return false;
		if (w->n_combinations == COMBINATIONS_MAX)
			w->more_combinations = true;
		else
			w->combinations[w->n_combinations++] = c;
	}
	return rem <= 0;
}

/* An array of command numbers. */
static bool lists_command(const struct nlattr *list, uint32_t cmd)
{
	const struct nlattr *a;
	uint32_t v;
	int rem;

	for_each_nested(a, list, rem)
		if (attr_u32(a, &v) && v == cmd)
			return true;
	return false;
}

/* An array of vendor id and subcommand, both u32; one that is not used is all zero. */
static bool lists_intel(const struct nlattr *list, uint32_t subcmd)
{
	const struct nlattr *a;
	int rem;

	for_each_nested(a, list, rem) {
		uint32_t entry[2];

		if (attr_len(a) != sizeof(entry))
			continue;
		memcpy(entry, attr_data(a), sizeof(entry));
		if (entry[0] == INTEL_OUI && entry[1] == subcmd)
			return true;
	}
	return false;
}

/* Feature n is bit n % 8 of byte n / 8; a kernel that knows fewer sends fewer bytes. */
static bool has_ext_feature(const struct nlattr *a, unsigned int n)
{
	const uint8_t *bytes = attr_data(a);

	return attr_len(a) > n / 8 && bytes[n / 8] >> n % 8 & 1;
}

bool decode_wiphy_index(const struct attrs *list, uint32_t *index)
{
	const struct nlattr *a;
	int rem;

	for_each_attr(a, list, rem)
		if (attr_type(a) == NL80211_ATTR_WIPHY)
			return attr_u32(a, index);
	return false;
}

bool decode_wiphy(const struct attrs *list, struct wiphy *w)
{
	const struct nlattr *a;
	int rem;

	for_each_attr(a, list, rem) {
		bool ok = true;

		switch (attr_type(a)) {
		case NL80211_ATTR_WIPHY:
			ok = w->has_index = attr_u32(a, &w->index);
			break;
		case NL80211_ATTR_WIPHY_NAME:
			ok = attr_name(a, w->name);
			break;
		case NL80211_ATTR_SUPPORTED_IFTYPES:
			w->has_iftypes = true;
			w->iftypes = decode_iftypes(a);
			break;
		case NL80211_ATTR_SOFTWARE_IFTYPES:
			w->software_iftypes = decode_iftypes(a);
			break;
		case NL80211_ATTR_INTERFACE_COMBINATIONS:
			ok = decode_combinations(a, w);
			break;
		case NL80211_ATTR_EXT_FEATURES:
			w->ext_feature_55 = has_ext_feature(a, RFC_EXT_FEATURE_MLO);
			break;
		case NL80211_ATTR_MLO_SUPPORT:
			w->mlo = true;
			break;
		case NL80211_ATTR_SUPPORTED_COMMANDS:
			w->associates = lists_command(a, NL80211_CMD_ASSOCIATE);
			break;
		case NL80211_ATTR_VENDOR_DATA:
			w->csme_conn_info = lists_intel(a, INTEL_CMD_GET_CSME_CONN_INFO);
			w->csme_ownership = lists_intel(a, INTEL_CMD_HOST_GET_OWNERSHIP);
			break;
		case NL80211_ATTR_VENDOR_EVENTS:
			w->csme_roaming = lists_intel(a, INTEL_CMD_ROAMING_FORBIDDEN_EVENT);
			break;
		}
		if (!ok)
			return false;
	}
	return rem <= 0;
}

const struct wiphy *wiphy_of_index(const struct wiphy_list *l, uint32_t index)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->v[i].has_index && l->v[i].index == index)
			return &l->v[i];
	return NULL;
}
