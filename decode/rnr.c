/* SPDX-License-Identifier: ISC */
/* Reduced Neighbor Report: the other APs that an AP knows of, those of its MLD among them. */
#include <string.h>

#include "../iw-mlo.h"
#include "../elements.h"

#define TYPE_TBTT    0
#define TYPE_MLD     1
#define PSD_NO_LIMIT 127
#define PSD_RESERVED (-128)
#define UNKNOWN	     255

/* Lengths that are no layout's are a later amendment's, which may mean anything. */
static bool has_layout(uint8_t type, uint8_t len)
{
	if (type == TYPE_TBTT)
		return len && len != 3 && len != 4 && len != 10;
	return type == TYPE_MLD && len >= 3;
}

bool neighbor_next(struct bytes *rest, struct neighbor *n)
{
	struct bytes left = *rest, head;

	if (!take_bytes(&left, 4, &head))
		return false;
	n->n_infos = (uint8_t)((head.p[0] >> 4) + 1);
	n->info_len = head.p[1];
	if (!take_bytes(&left, (size_t)n->n_infos * n->info_len, &n->infos))
		return false;
	n->type = head.p[0] & 3;
	n->filtered = head.p[0] & 4;
	n->op_class = head.p[2];
	n->channel = head.p[3];
	n->has_layout = has_layout(n->type, n->info_len);
	n->has_channel = n->channel && n->channel != UNKNOWN;
	*rest = left;
	return true;
}

static void take_short_ssid(struct bytes *info, struct tbtt_info *t)
{
	uint16_t low, high;

	t->has_short_ssid = take_u16(info, &low) && take_u16(info, &high);
	if (t->has_short_ssid)
		t->short_ssid = low | (uint32_t)high << 16;
}

static void take_bssid(struct bytes *info, struct tbtt_info *t)
{
	struct bytes b;

	t->has_bssid = take_bytes(info, 6, &b);
	if (t->has_bssid)
		memcpy(t->bssid, b.p, 6);
}

static void take_psd(struct bytes *info, struct tbtt_info *t)
{
	uint8_t v;

	if (!take_u8(info, &v))
		return;
	t->psd_no_limit = v == PSD_NO_LIMIT;
	t->psd = (int8_t)v;
	t->has_psd = !t->psd_no_limit && t->psd != PSD_RESERVED;
}

static void take_mld(struct bytes *info, struct tbtt_info *t)
{
	struct bytes b;
	uint16_t v;

	if (!take_bytes(info, 3, &b))
		return;
	v = le16(b.p + 1);
	t->has_mld = true;
	t->ap_mld_id = b.p[0];
	t->has_ap_mld_id = t->ap_mld_id != UNKNOWN;
	t->link_id = v & 0x0f;
	t->has_link_id = t->link_id != LINK_ID_NONE;
	t->change_count = v >> 4 & 0xff;
	t->has_change_count = t->change_count != UNKNOWN;
	t->all_updates = v & 0x1000;
	t->disabled = v & 0x2000;
}

/* Which fields there are follows from the length alone. */
static void decode_tbtt_info(struct bytes info, struct tbtt_info *t)
{
	size_t len = info.len;
	uint8_t offset;

	if (!take_u8(&info, &offset))
		return;
	t->has_offset = offset != UNKNOWN;
	t->offset_tu = offset;
	if (len >= 7)
		take_bssid(&info, t);
	if (len == 5 || len == 6 || len >= 11)
		take_short_ssid(&info, t);
	if (len == 2 || len == 6 || len == 8 || len == 9 || len >= 12)
		t->has_bss_parameters = take_u8(&info, &t->bss_parameters);
	if (len == 9 || len >= 13)
		take_psd(&info, t);
	if (len >= 16)
		take_mld(&info, t);
}

bool tbtt_info_next(struct neighbor *n, struct tbtt_info *t)
{
	struct bytes info;

	if (!n->has_layout || !n->n_infos)
		return false;
	memset(t, 0, sizeof(*t));
	n->n_infos--;
	take_bytes(&n->infos, n->info_len, &info);
	if (n->type == TYPE_TBTT)
		decode_tbtt_info(info, t);
	else
		take_mld(&info, t);
	return true;
}

static uint32_t channel_mhz(uint8_t op_class, uint8_t channel)
{
	if (op_class >= 81 && op_class <= 84)
		return channel == 14 ? 2484 : 2407u + 5 * channel;
	if (op_class >= 115 && op_class <= 130)
		return 5000u + 5 * channel;
	if (op_class >= 131 && op_class <= 137)
		return channel == 2 ? 5935 : 5950u + 5 * channel;
	return op_class == 180 ? 56160u + 2160 * channel : 0;
}

bool op_class_freq(uint8_t op_class, uint8_t channel, uint32_t *mhz, const char **band)
{
	uint32_t found;

	*mhz = channel_mhz(op_class, channel);
	return freq_to_channel(*mhz, &found, band) && found == channel;
}
