/* SPDX-License-Identifier: ISC */
/* BSSes: an entry of the table that GET_SCAN dumps. */
#include <string.h>

#include "../iw-mlo.h"

static struct bytes attr_bytes(const struct nlattr *a)
{
	return (struct bytes){ attr_data(a), attr_len(a) };
}

/* Who it is, and how it is received. */
static bool decode_reception(const struct nlattr *a, struct bss *b)
{
	switch (attr_type(a)) {
	case NL80211_BSS_BSSID:
		return b->has_bssid = attr_mac(a, b->bssid);
	case NL80211_BSS_FREQUENCY:
		return b->has_freq = attr_u32(a, &b->freq);
	case NL80211_BSS_FREQUENCY_OFFSET:
		return attr_u32(a, &b->freq_offset);
	case NL80211_BSS_SIGNAL_MBM:
		return b->has_signal = attr_u32(a, (uint32_t *)&b->signal);
	case NL80211_BSS_SIGNAL_UNSPEC:
		return b->has_signal_percent = attr_u8(a, &b->signal_percent);
	case NL80211_BSS_LAST_SEEN_BOOTTIME:
		return b->has_boottime = attr_u64(a, &b->boottime_ns);
	case NL80211_BSS_SEEN_MS_AGO:
		return b->has_seen = attr_u32(a, &b->seen_ms);
	}
	return true;
}

/* What it sent. */
static bool decode_frame(const struct nlattr *a, struct bss *b)
{
	switch (attr_type(a)) {
	case NL80211_BSS_TSF:
		return b->has_tsf = attr_u64(a, &b->tsf);
	case NL80211_BSS_BEACON_INTERVAL:
		return b->has_interval = attr_u16(a, &b->interval);
	case NL80211_BSS_CAPABILITY:
		return b->has_capability = attr_u16(a, &b->capability);
	case NL80211_BSS_INFORMATION_ELEMENTS:
		b->elements = attr_bytes(a);
		break;
	case NL80211_BSS_BEACON_IES:
		b->beacon_elements = attr_bytes(a);
		break;
	case NL80211_BSS_PRESP_DATA:
		b->from_probe_response = true;
		break;
	}
	return true;
}

/* What we are to it, and can be. */
static bool decode_use(const struct nlattr *a, struct bss *b)
{
	switch (attr_type(a)) {
	case NL80211_BSS_STATUS:
		return b->has_status = attr_u32(a, &b->status);
	case NL80211_BSS_MLO_LINK_ID:
		return b->has_link_id = attr_u8(a, &b->link_id) && b->link_id <= LINK_ID_MAX;
	case NL80211_BSS_MLD_ADDR:
		return b->has_mld_addr = attr_mac(a, b->mld_addr);
	case NL80211_BSS_USE_FOR:
		return b->has_use_for = attr_u32(a, &b->use_for);
	case NL80211_BSS_CANNOT_USE_REASONS:
		return attr_u64(a, &b->cannot_use);
	}
	return true;
}

static bool decode_members(const struct nlattr *bss, struct bss *b)
{
	const struct nlattr *a;
	int rem;

	for_each_nested(a, bss, rem)
		if (!decode_reception(a, b) || !decode_frame(a, b) || !decode_use(a, b))
			return false;
	return rem <= 0;
}

bool decode_bss(const struct attrs *list, struct bss *b)
{
	const struct nlattr *a;
	int rem;

	memset(b, 0, sizeof(*b));
	for_each_attr(a, list, rem)
		if (attr_type(a) == NL80211_ATTR_BSS && !decode_members(a, b))
			return false;
	return rem <= 0;
}
