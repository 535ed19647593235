/* SPDX-License-Identifier: ISC */
/* Intel's vendor commands and event about the CSME firmware. */
#include <string.h>

#include "../iw-mlo.h"

/* As sent, or with the length that the header's comment promises instead. */
static bool attr_u8_or_u32(const struct nlattr *a, uint32_t *v)
{
	uint8_t byte;

	if (attr_u32(a, v))
		return true;
	if (!attr_u8(a, &byte))
		return false;
	*v = byte;
	return true;
}

static bool take_ssid(const struct nlattr *a, struct csme_connection *c)
{
	if (attr_len(a) > SSID_LEN_MAX)
		return false;
	c->ssid_len = (uint8_t)attr_len(a);
	memcpy(c->ssid, attr_data(a), c->ssid_len);
	return true;
}

static bool take_fact(const struct nlattr *a, enum csme_fact fact, struct csme_connection *c)
{
	switch (fact) {
	case CSME_AUTH:
		return attr_u32(a, &c->auth);
	case CSME_SSID:
		return take_ssid(a, c);
	case CSME_CIPHER:
		return attr_u32(a, &c->cipher);
	case CSME_CHANNEL:
		return attr_u8(a, &c->channel);
	case CSME_BSSID:
		return attr_mac(a, c->bssid);
	case CSME_BAND:
		return attr_u8(a, &c->band);
	case CSME_COLLOC_CHANNEL:
		return attr_u8_or_u32(a, &c->colloc_channel);
	case CSME_COLLOC_BSSID:
		return attr_mac(a, c->colloc_bssid);
	case CSME_FACTS:
		break;
	}
	return false;
}

static const struct {
	uint16_t type;
	const char *word;
} facts[CSME_FACTS] = {
	[CSME_AUTH] = { INTEL_ATTR_AUTH_MODE, "auth" },
	[CSME_SSID] = { INTEL_ATTR_SSID, "ssid" },
	[CSME_CIPHER] = { INTEL_ATTR_STA_CIPHER, "cipher" },
	[CSME_CHANNEL] = { INTEL_ATTR_CHANNEL_NUM, "channel" },
	[CSME_BSSID] = { INTEL_ATTR_ADDR, "bssid" },
	[CSME_BAND] = { INTEL_ATTR_BAND, "band" },
	[CSME_COLLOC_CHANNEL] = { INTEL_ATTR_COLLOC_CHANNEL, "colloc_channel" },
	[CSME_COLLOC_BSSID] = { INTEL_ATTR_COLLOC_ADDR, "colloc_bssid" },
};

const char *csme_fact_word(enum csme_fact fact)
{
	return facts[fact].word;
}

/* What was told twice is not known: which of the two is meant? */
static void add_fact(const struct nlattr *a, enum csme_fact fact, struct csme_connection *c)
{
	uint32_t bit = 1u << fact;

	if ((c->has | c->malformed) & bit || !take_fact(a, fact, c))
		c->malformed |= bit;
	else
		c->has |= bit;
	c->has &= ~c->malformed;
}

static void decode_data(const struct nlattr *data, struct csme_connection *c)
{
	const struct nlattr *a;
	int rem;

	for_each_nested(a, data, rem)
		for (size_t n = 0; n < ARRAY_SIZE(facts); n++)
			if (facts[n].type == attr_type(a))
				add_fact(a, (enum csme_fact)n, c);
	c->torn |= rem > 0;
}

bool decode_csme_connection(const struct attrs *list, struct csme_connection *c)
{
	const struct nlattr *a;
	bool found = false;
	int rem;

	memset(c, 0, sizeof(*c));
	for_each_attr(a, list, rem) {
		if (attr_type(a) != NL80211_ATTR_VENDOR_DATA)
			continue;
		decode_data(a, c);
		found = true;
	}
	return found && rem <= 0;
}

static bool decode_roaming_data(const struct nlattr *data, struct csme_roaming *r)
{
	const struct nlattr *a;
	int rem;

	for_each_nested(a, data, rem) {
		if (attr_type(a) == INTEL_ATTR_VIF_ADDR && !(r->has_addr = attr_mac(a, r->addr)))
			return false;
		if (attr_type(a) == INTEL_ATTR_ROAMING_FORBIDDEN &&
		    !(r->has_forbidden = attr_u8(a, &r->forbidden)))
			return false;
	}
	return rem <= 0;
}

bool decode_csme_roaming(const struct attrs *list, struct csme_roaming *r)
{
	uint32_t vendor = 0, subcmd = 0;
	const struct nlattr *a;
	bool ok = true;
	int rem;

	memset(r, 0, sizeof(*r));
	for_each_attr(a, list, rem) {
		switch (attr_type(a)) {
		case NL80211_ATTR_VENDOR_ID:
			ok = attr_u32(a, &vendor);
			break;
		case NL80211_ATTR_VENDOR_SUBCMD:
			ok = attr_u32(a, &subcmd);
			break;
		case NL80211_ATTR_IFINDEX:
			ok = r->has_ifindex = attr_u32(a, &r->ifindex);
			break;
		case NL80211_ATTR_VENDOR_DATA:
			ok = decode_roaming_data(a, r);
			break;
		}
		if (!ok)
			return false;
	}
	return rem <= 0 && vendor == INTEL_OUI && subcmd == INTEL_CMD_ROAMING_FORBIDDEN_EVENT;
}

/* enum iwl_vendor_auth_akm_mode */
const char *csme_auth_word(uint32_t auth)
{
	switch (auth) {
	case 0:
		return "open";
	case 6:
		return "rsna";
	case 7:
		return "rsna-psk";
	case 9:
		return "sae";
	}
	return NULL;
}

/* enum iwl_mei_pairwise_cipher (drivers/net/wireless/intel/iwlwifi/mei/iwl-mei.h) */
const char *csme_cipher_word(uint32_t cipher)
{
	switch (cipher) {
	case 0:
		return "none";
	case 2:
		return "tkip";
	case 4:
		return "ccmp";
	case 8:
		return "gcmp";
	case 9:
		return "gcmp-256";
	}
	return NULL;
}
