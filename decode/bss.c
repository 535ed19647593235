/* SPDX-License-Identifier: ISC */
/* BSSes: of the table that GET_SCAN dumps, whether an entry is one that we are connected to. */

#include "../iw-mlo.h"

bool decode_bss_status(const struct attrs *list, bool *associated)
{
	const struct nlattr *a, *member;
	int rem, rem2;

	for_each_attr(a, list, rem) {
		if (attr_type(a) != NL80211_ATTR_BSS)
			continue;
		for_each_nested(member, a, rem2) {
			uint32_t status;

			if (attr_type(member) != NL80211_BSS_STATUS)
				continue;
			if (!attr_u32(member, &status))
				return false;
			*associated |= status == NL80211_BSS_STATUS_ASSOCIATED;
		}
	}
	return rem <= 0;
}
