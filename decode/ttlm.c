/* SPDX-License-Identifier: ISC */
/* TID-To-Link Mapping: which traffic may go over which links. */
#include <string.h>

#include "../elements.h"

#define DEFAULT_LINK_MAPPING 0x04
#define SWITCH_TIME_PRESENT  0x08
#define DURATION_PRESENT     0x10
#define LINK_MAP_OF_ONE_BYTE 0x20

static bool take_times(struct bytes *rest, uint8_t control, struct ttlm *t)
{
	struct bytes b;

	if (control & SWITCH_TIME_PRESENT)
		t->has_switch_time = take_u16(rest, &t->switch_time_tu);
	if (t->has_switch_time != !!(control & SWITCH_TIME_PRESENT))
		return false;
	if (!(control & DURATION_PRESENT))
		return true;
	t->has_duration = take_bytes(rest, 3, &b);
	if (t->has_duration)
		t->duration_tu = le16(b.p) | (uint32_t)b.p[2] << 16;
	return t->has_duration;
}

static bool take_map(struct bytes *rest, bool one_byte, uint16_t *links)
{
	uint8_t low;

	if (!one_byte)
		return take_u16(rest, links);
	if (!take_u8(rest, &low))
		return false;
	*links = low;
	return true;
}

static const char *take_maps(struct bytes *rest, uint8_t control, uint8_t tids, struct ttlm *t)
{
	const char *malformed = NULL;

	for (unsigned int tid = 0; tid < TIDS; tid++) {
		if (!(tids >> tid & 1))
			continue;
		if (!take_map(rest, control & LINK_MAP_OF_ONE_BYTE, &t->links[tid]))
			return "fewer maps than TIDs";
		t->tids |= (uint8_t)(1u << tid);
		if (!malformed && !t->links[tid])
			malformed = "a TID without a link";
		if (!malformed && t->links[tid] >> LINK_ID_NONE)
			malformed = "link id 15";
	}
	return malformed;
}

const char *decode_ttlm(struct bytes body, struct ttlm *t)
{
	const char *malformed;
	uint8_t control, tids = 0;

	memset(t, 0, sizeof(*t));
	if (!take_u8(&body, &control))
		return "no TID-To-Link Mapping Control";
	t->direction = control & 3;
	t->default_mapping = control & DEFAULT_LINK_MAPPING;
	if (!t->default_mapping && !take_u8(&body, &tids))
		return "no Link Mapping Presence Indicator";
	if (!take_times(&body, control, t))
		return "shorter than its times";
	malformed = take_maps(&body, control, tids, t);
	return malformed || t->direction <= TTLM_BOTH ? malformed : "direction 3";
}
