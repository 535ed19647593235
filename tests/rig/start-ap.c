/* SPDX-License-Identifier: ISC */
/*
 * Starts an access point, on a link of an AP MLD or without: what iw cannot do on an MLD.
 * The beacon has an SSID and rates, which is enough for the kernel; no client could join.
 *
 * usage: start-ap DEV LINK-ID|- SSID FREQ [WIDTH CENTER1 [PUNCTURED]]
 *	WIDTH is a number of enum nl80211_chan_width, PUNCTURED a bitmap
 */
#include <stdlib.h>
#include <string.h>

#include "../../iw-mlo.h"

/* A beacon up to its TIM: header, time stamp, interval, capability ESS, SSID, rates. */
static size_t beacon_head(uint8_t head[128], const struct iface *i, uint8_t *bssid,
			  const char *ssid)
{
	static const uint8_t rates[] = { 1, 8, 0x8c, 0x12, 0x98, 0x24, 0xb0, 0x48, 0x60, 0x6c };
	size_t len = 24 + 8 + 2 + 2, ssid_len = strlen(ssid);

	memset(head, 0, 128);
	head[0] = 0x80;
	memset(head + 4, 0xff, ADDR_LEN);
	memcpy(head + 10, bssid ? bssid : i->addr, ADDR_LEN);
	memcpy(head + 16, bssid ? bssid : i->addr, ADDR_LEN);
	head[32] = 100;
	head[34] = 1;
	head[len++] = 0;
	head[len++] = (uint8_t)ssid_len;
	memcpy(head + len, ssid, ssid_len);
	len += ssid_len;
	memcpy(head + len, rates, sizeof(rates));
	return len + sizeof(rates);
}

static void add_channel(struct req *rq, int argc, char **argv)
{
	req_u32(rq, NL80211_ATTR_WIPHY_FREQ, (uint32_t)strtoul(argv[4], NULL, 10));
	if (argc <= 6)
		return;
	req_u32(rq, NL80211_ATTR_CHANNEL_WIDTH, (uint32_t)strtoul(argv[5], NULL, 10));
	req_u32(rq, NL80211_ATTR_CENTER_FREQ1, (uint32_t)strtoul(argv[6], NULL, 10));
	if (argc > 7)
		req_u32(rq, NL80211_ATTR_PUNCT_BITMAP, (uint32_t)strtoul(argv[7], NULL, 0));
}

static enum status start(struct ctx *ctx, struct iface *i, int argc, char **argv)
{
	const struct mlo_link *link;
	uint8_t head[128], id;
	struct req rq;
	size_t len;

	link = parse_link_id(argv[2], &id) ? iface_link(i, id) : NULL;
	len = beacon_head(head, i, link ? (uint8_t *)link->addr : NULL, argv[3]);
	req_change(ctx, &rq, NL80211_CMD_START_AP);
	req_target(ctx, &rq);
	if (link)
		req_u8(&rq, NL80211_ATTR_MLO_LINK_ID, id);
	req_bytes(&rq, NL80211_ATTR_SSID, argv[3], strlen(argv[3]));
	req_bytes(&rq, NL80211_ATTR_BEACON_HEAD, head, len);
	req_u32(&rq, NL80211_ATTR_BEACON_INTERVAL, 100);
	req_u32(&rq, NL80211_ATTR_DTIM_PERIOD, 2);
	add_channel(&rq, argc, argv);
	return dispatch(ctx, &rq, NULL);
}

int main(int argc, char **argv)
{
	struct ctx ctx = { .target = { .object = OBJECT_DEV } };
	struct iface i = { 0 };
	enum status st;

	if (argc < 5 || strlen(argv[3]) > SSID_LEN_MAX)
		return ST_USAGE;
	ctx.target.word = argv[1];
	st = dispatch_open(&ctx);
	if (st == ST_OK)
		st = find_target(&ctx);
	if (st == ST_OK)
		st = query_iface(&ctx, &i);
	if (st == ST_OK)
		st = start(&ctx, &i, argc, argv);
	if (st != ST_OK)
		fprintf(stderr, "start-ap: %s\n", ctx.error);
	dispatch_close(&ctx);
	return st;
}
