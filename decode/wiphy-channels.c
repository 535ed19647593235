/* SPDX-License-Identifier: ISC */
/* Which channels a wiphy has, and what the regulatory domain makes of each. */
#include "../iw-mlo.h"

static bool decode_channel(const struct nlattr *nest, struct channel *c)
{
	const struct nlattr *a;
	int rem;

	for_each_nested(a, nest, rem) {
		switch (attr_type(a)) {
		case NL80211_FREQUENCY_ATTR_FREQ:
			if (!attr_u32(a, &c->mhz))
				return false;
			break;
		case NL80211_FREQUENCY_ATTR_DISABLED:
			c->disabled = true;
			break;
		case NL80211_FREQUENCY_ATTR_NO_IR:
			c->no_ir = true;
			break;
		case NL80211_FREQUENCY_ATTR_RADAR:
			c->radar = true;
			break;
		case NL80211_FREQUENCY_ATTR_NO_EHT:
			c->no_eht = true;
			break;
		}
	}
	return rem <= 0;
}

bool decode_band(const struct nlattr *band, struct channel_list *l)
{
	const struct nlattr *a, *channel;
	int rem, rem2;

	for_each_nested(a, band, rem) {
		if (attr_type(a) != NL80211_BAND_ATTR_FREQS)
			continue;
		for_each_nested(channel, a, rem2) {
			struct channel c = { 0 };

			if (!decode_channel(channel, &c))
				return false;
			if (l->n < CHANNELS_MAX)
				l->v[l->n++] = c;
		}
		if (rem2 > 0)
			return false;
	}
	return rem <= 0;
}

bool decode_wiphy_channels(const struct attrs *list, struct channel_list *l)
{
	const struct nlattr *a, *band;
	int rem, rem2;

	for_each_attr(a, list, rem) {
		if (attr_type(a) != NL80211_ATTR_WIPHY_BANDS)
			continue;
		for_each_nested(band, a, rem2)
			if (!decode_band(band, l))
				return false;
		if (rem2 > 0)
			return false;
	}
	return rem <= 0;
}

const struct channel *channel_at(const struct channel_list *l, uint32_t mhz)
{
	for (int n = 0; mhz && n < l->n; n++)
		if (l->v[n].mhz == mhz)
			return &l->v[n];
	return NULL;
}
