/* SPDX-License-Identifier: ISC */
/* Interfaces and their links: the answer to GET_INTERFACE (kernel: nl80211_send_iface). */
#include <string.h>

#include "../iw-mlo.h"

bool decode_chandef_attr(const struct nlattr *a, struct chandef *c)
{
	switch (attr_type(a)) {
	case NL80211_ATTR_WIPHY_FREQ:
		return c->has_freq = attr_u32(a, &c->freq);
	case NL80211_ATTR_WIPHY_FREQ_OFFSET:
		return attr_u32(a, &c->freq_offset);
	case NL80211_ATTR_CHANNEL_WIDTH:
		return c->has_width = attr_u32(a, &c->width);
	case NL80211_ATTR_CENTER_FREQ1:
		return c->has_center1 = attr_u32(a, &c->center1);
	case NL80211_ATTR_CENTER_FREQ2:
		return c->has_center2 = attr_u32(a, &c->center2);
	case NL80211_ATTR_PUNCT_BITMAP:
		return c->has_punctured = attr_u32(a, &c->punctured);
	}
	return true;
}

static bool decode_tx_power(const struct nlattr *a, bool *has, int32_t *mbm)
{
	/* sent as u32, meant as signed (net/wireless/nl80211.c casts it) */
	return *has = attr_u32(a, (uint32_t *)mbm);
}

static bool decode_link_attr(const struct nlattr *a, struct mlo_link *l, bool *has_id)
{
	switch (attr_type(a)) {
	case NL80211_ATTR_MLO_LINK_ID:
		return *has_id = attr_u8(a, &l->id);
	case NL80211_ATTR_MAC:
		return l->has_addr = attr_mac(a, l->addr);
	case NL80211_ATTR_WIPHY_TX_POWER_LEVEL:
		return decode_tx_power(a, &l->has_tx_power, &l->tx_power);
	}
	return decode_chandef_attr(a, &l->chan);
}

/* Keeps the links sorted: an id above 14, or one that comes twice, is no answer of a sane kernel.
 */
static bool insert_link(struct iface *i, const struct mlo_link *l)
{
	int at = i->n_links;

	if (l->id > LINK_ID_MAX || iface_link(i, l->id))
		return false;
	for (; at > 0 && i->links[at - 1].id > l->id; at--)
		i->links[at] = i->links[at - 1];
	i->links[at] = *l;
	i->n_links++;
	return true;
}

static bool decode_links(const struct nlattr *links, struct iface *i)
{
	const struct nlattr *nest, *a;
	int rem, rem2;

	for_each_nested(nest, links, rem) {
		struct mlo_link l = { 0 };
		bool has_id = false;

		for_each_nested(a, nest, rem2)
			if (!decode_link_attr(a, &l, &has_id))
				return false;
		if (rem2 > 0 || !has_id || !insert_link(i, &l))
			return false;
	}
	return rem <= 0;
}

static bool take_ssid(const struct nlattr *a, struct iface *i)
{
	if (attr_len(a) > SSID_LEN_MAX)
		return false;
	i->has_ssid = true;
	i->ssid_len = (uint8_t)attr_len(a);
	memcpy(i->ssid, attr_data(a), i->ssid_len);
	return true;
}

static bool decode_4addr(const struct nlattr *a, struct iface *i)
{
	uint8_t on;

	if (!attr_u8(a, &on))
		return false;
	i->has_4addr = true;
	i->use_4addr = on;
	return true;
}

static bool decode_iface_attr(const struct nlattr *a, struct iface *i)
{
	switch (attr_type(a)) {
	case NL80211_ATTR_WIPHY:
		return i->has_wiphy = attr_u32(a, &i->wiphy);
	case NL80211_ATTR_IFINDEX:
		return i->has_ifindex = attr_u32(a, &i->ifindex);
	case NL80211_ATTR_IFNAME:
		return attr_name(a, i->name);
	case NL80211_ATTR_WDEV:
		return i->has_wdev = attr_u64(a, &i->wdev);
	case NL80211_ATTR_IFTYPE:
		return i->has_type = attr_u32(a, &i->type);
	case NL80211_ATTR_MAC:
		return i->has_addr = attr_mac(a, i->addr);
	case NL80211_ATTR_GENERATION:
		return i->has_generation = attr_u32(a, &i->generation);
	case NL80211_ATTR_VIF_RADIO_MASK:
		return i->has_radio_mask = attr_u32(a, &i->radio_mask);
	case NL80211_ATTR_4ADDR:
		return decode_4addr(a, i);
	case NL80211_ATTR_SSID:
		return take_ssid(a, i);
	case NL80211_ATTR_WIPHY_TX_POWER_LEVEL:
		return decode_tx_power(a, &i->has_tx_power, &i->tx_power);
	case NL80211_ATTR_MLO_LINKS:
		return decode_links(a, i);
	}
	return decode_chandef_attr(a, &i->chan);
}

bool decode_iface(const struct attrs *list, struct iface *i)
{
	const struct nlattr *a;
	int rem;

	memset(i, 0, sizeof(*i));
	for_each_attr(a, list, rem)
		if (!decode_iface_attr(a, i))
			return false;
	return rem <= 0;
}

bool iface_is_whole(const struct iface *i)
{
	return i->has_wiphy && i->has_type && i->has_wdev;
}

bool iface_is_client(const struct iface *i)
{
	return i->type == NL80211_IFTYPE_STATION || i->type == NL80211_IFTYPE_P2P_CLIENT;
}

uint16_t link_bitmap(const struct iface *i)
{
	uint16_t links = 0;

	for (int n = 0; n < i->n_links; n++)
		links |= (uint16_t)(1u << i->links[n].id);
	return links;
}

const struct mlo_link *iface_link(const struct iface *i, uint8_t id)
{
	for (int n = 0; n < i->n_links; n++)
		if (i->links[n].id == id)
			return &i->links[n];
	return NULL;
}

bool link_is_ghost(const struct mlo_link *l)
{
	return l->has_addr && mac_is_zero(l->addr);
}
