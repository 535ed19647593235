/* SPDX-License-Identifier: ISC */
/* Regulatory domains: the answer to GET_REG. */
#include <string.h>

#include "../iw-mlo.h"

/* The bits of REG_RULE_FLAGS. */
static const char *const flags[] = {
	[0] = "no-ofdm",
	[1] = "no-cck",
	[2] = "no-indoor",
	[3] = "no-outdoor",
	[4] = "dfs",
	[5] = "ptp-only",
	[6] = "ptmp-only",
	[7] = "no-ir",
	[8] = "no-ibss",
	[11] = "auto-bw",
	[12] = "ir-concurrent",
	[13] = "no-ht40minus",
	[14] = "no-ht40plus",
	[15] = "no-80mhz",
	[16] = "no-160mhz",
	[17] = "no-he",
	[18] = "no-320mhz",
	[19] = "no-eht",
	[20] = "psd",
	[21] = "dfs-concurrent",
	[22] = "no-6ghz-vlp-client",
	[23] = "no-6ghz-afc-client",
	[24] = "allow-6ghz-vlp-ap",
	[25] = "allow-20mhz-activity",
	[26] = "no-uhr",
};

const char *reg_flag(unsigned int bit)
{
	return bit < ARRAY_SIZE(flags) ? flags[bit] : NULL;
}

const char *dfs_region_word(uint8_t region)
{
	switch (region) {
	case NL80211_DFS_FCC:
		return "FCC";
	case NL80211_DFS_ETSI:
		return "ETSI";
	case NL80211_DFS_JP:
		return "JP";
	}
	return NULL;
}

static bool decode_rule_attr(const struct nlattr *a, struct reg_rule *r, unsigned int *ends)
{
	switch (attr_type(a)) {
	case NL80211_ATTR_REG_RULE_FLAGS:
		return r->has_flags = attr_u32(a, &r->flags);
	case NL80211_ATTR_FREQ_RANGE_START:
		++*ends;
		return attr_u32(a, &r->start_khz);
	case NL80211_ATTR_FREQ_RANGE_END:
		++*ends;
		return attr_u32(a, &r->end_khz);
	case NL80211_ATTR_FREQ_RANGE_MAX_BW:
		return r->has_width = attr_u32(a, &r->width_khz);
	case NL80211_ATTR_POWER_RULE_MAX_ANT_GAIN:
		return r->has_gain = attr_u32(a, (uint32_t *)&r->gain);
	case NL80211_ATTR_POWER_RULE_MAX_EIRP:
		return r->has_eirp = attr_u32(a, (uint32_t *)&r->eirp);
	case NL80211_ATTR_DFS_CAC_TIME:
		return r->has_cac = attr_u32(a, &r->cac_ms);
	case NL80211_ATTR_POWER_RULE_PSD:
		return r->has_psd = attr_u8(a, (uint8_t *)&r->psd);
	}
	return true;
}

static bool decode_rules(const struct nlattr *rules, struct regdom *d)
{
	const struct nlattr *nest, *a;
	int rem, rem2;

	for_each_nested(nest, rules, rem) {
		struct reg_rule r = { 0 };
		unsigned int ends = 0;

		for_each_nested(a, nest, rem2)
			if (!decode_rule_attr(a, &r, &ends))
				return false;
		if (rem2 > 0)
			return false;
		r.has_range = ends == 2;
		if (d->n_rules < REG_RULES_MAX)
			d->rules[d->n_rules++] = r;
		else
			d->more_rules = true;
	}
	return rem <= 0;
}

static bool decode_alpha2(const struct nlattr *a, struct regdom *d)
{
	size_t len = strnlen(attr_data(a), attr_len(a));

	if (len != sizeof(d->country) - 1)
		return false;
	memcpy(d->country, attr_data(a), len);
	return true;
}

bool decode_regdom(const struct attrs *list, struct regdom *d)
{
	const struct nlattr *a;
	uint32_t hint;
	int rem;

	memset(d, 0, sizeof(*d));
	for_each_attr(a, list, rem) {
		bool ok = true;

		switch (attr_type(a)) {
		case NL80211_ATTR_WIPHY:
			ok = d->has_wiphy = attr_u32(a, &d->wiphy);
			break;
		case NL80211_ATTR_REG_ALPHA2:
			ok = decode_alpha2(a, d);
			break;
		case NL80211_ATTR_DFS_REGION:
			ok = attr_u8(a, &d->dfs_region);
			break;
		case NL80211_ATTR_WIPHY_SELF_MANAGED_REG:
			d->self_managed = true;
			break;
		case NL80211_ATTR_USER_REG_HINT_TYPE:
			ok = attr_u32(a, &hint);
			d->cell_base = ok && hint == NL80211_USER_REG_HINT_CELL_BASE;
			break;
		case NL80211_ATTR_REG_RULES:
			ok = decode_rules(a, d);
			break;
		}
		if (!ok)
			return false;
	}
	return rem <= 0;
}
