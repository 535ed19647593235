/* SPDX-License-Identifier: ISC */
/* BSSes: an entry of the table that GET_SCAN dumps. */
#include <string.h>

#include "../iw-mlo.h"

static bool decode_member(const struct nlattr *a, struct bss *b)
{
	switch (attr_type(a)) {
	case NL80211_BSS_BSSID:
		return b->has_bssid = attr_mac(a, b->bssid);
	case NL80211_BSS_FREQUENCY:
		return b->has_freq = attr_u32(a, &b->freq);
	case NL80211_BSS_STATUS:
		return b->has_status = attr_u32(a, &b->status);
	}
	return true;
}

bool decode_bss(const struct attrs *list, struct bss *b)
{
	const struct nlattr *a, *member;
	int rem, rem2;

	memset(b, 0, sizeof(*b));
	for_each_attr(a, list, rem) {
		if (attr_type(a) != NL80211_ATTR_BSS)
			continue;
		for_each_nested(member, a, rem2)
			if (!decode_member(member, b))
				return false;
		if (rem2 > 0)
			return false;
	}
	return rem <= 0;
}
