/* SPDX-License-Identifier: ISC */
/* Surveys: how busy channels are. An answer to GET_SURVEY. */
#include <string.h>

#include "../iw-mlo.h"

static bool decode_info(const struct nlattr *a, struct survey *s)
{
	switch (attr_type(a)) {
	case NL80211_SURVEY_INFO_FREQUENCY:
		return s->has_freq = attr_u32(a, &s->freq);
	case NL80211_SURVEY_INFO_NOISE:
		return s->has_noise = attr_u8(a, (uint8_t *)&s->noise);
	case NL80211_SURVEY_INFO_IN_USE:
		return s->in_use = true;
	case NL80211_SURVEY_INFO_TIME:
		return s->has_time = attr_u64(a, &s->time_ms);
	case NL80211_SURVEY_INFO_TIME_BUSY:
		return s->has_busy = attr_u64(a, &s->busy_ms);
	}
	return true;
}

bool decode_survey(const struct attrs *list, struct survey *s)
{
	const struct nlattr *a, *info;
	int rem, rem2;

	memset(s, 0, sizeof(*s));
	for_each_attr(a, list, rem) {
		if (attr_type(a) != NL80211_ATTR_SURVEY_INFO)
			continue;
		for_each_nested(info, a, rem2)
			if (!decode_info(info, s))
				return false;
		if (rem2 > 0)
			return false;
	}
	return rem <= 0;
}
