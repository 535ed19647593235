/* SPDX-License-Identifier: ISC */
/* What protects a BSS: RSN, its extension, and the WPA that came before it. */
#include <string.h>

#include "../iw-mlo.h"
#include "../elements.h"

static const char too_short[] = "too short";

/* ---- suites ---- */

static const uint8_t oui_rsn[3] = { 0x00, 0x0f, 0xac };
static const uint8_t oui_microsoft[3] = { 0x00, 0x50, 0xf2 };
static const uint8_t oui_wfa[3] = { 0x50, 0x6f, 0x9a };
static const uint8_t oui_wapi[3] = { 0x00, 0x14, 0x72 };

static bool is_of(const uint8_t suite[SUITE_LEN], const uint8_t oui[3])
{
	return !memcmp(suite, oui, 3);
}

const char *cipher_name(const uint8_t suite[SUITE_LEN])
{
	static const char *const rsn[] = {
		[0] = "use-group",     [1] = "WEP-40",	      [2] = "TKIP",
		[4] = "CCMP-128",      [5] = "WEP-104",	      [6] = "BIP-CMAC-128",
		[7] = "no-group",      [8] = "GCMP-128",      [9] = "GCMP-256",
		[10] = "CCMP-256",     [11] = "BIP-GMAC-128", [12] = "BIP-GMAC-256",
		[13] = "BIP-CMAC-256",
	};
	static const char *const wpa[] = { "use-group", "WEP-40",   "TKIP",
					   NULL,	"CCMP-128", "WEP-104" };
	uint8_t type = suite[3];

	if (is_of(suite, oui_rsn))
		return type < ARRAY_SIZE(rsn) ? rsn[type] : NULL;
	if (is_of(suite, oui_microsoft))
		return type < ARRAY_SIZE(wpa) ? wpa[type] : NULL;
	return is_of(suite, oui_wapi) && type == 1 ? "SMS4" : NULL;
}

const char *akm_name(const uint8_t suite[SUITE_LEN])
{
	static const char *const rsn[] = {
		[1] = "8021X",
		[2] = "PSK",
		[3] = "FT-8021X",
		[4] = "FT-PSK",
		[5] = "8021X-SHA256",
		[6] = "PSK-SHA256",
		[7] = "TDLS",
		[8] = "SAE",
		[9] = "FT-SAE",
		[10] = "AP-PEERKEY",
		[11] = "SUITE-B",
		[12] = "SUITE-B-192",
		[13] = "FT-SUITE-B-192",
		[14] = "FILS-SHA256",
		[15] = "FILS-SHA384",
		[16] = "FT-FILS-SHA256",
		[17] = "FT-FILS-SHA384",
		[18] = "OWE",
		[19] = "FT-PSK-SHA384",
		[20] = "PSK-SHA384",
		[21] = "PASN",
		[22] = "FT-8021X-SHA384",
		[23] = "8021X-SHA384",
		[24] = "SAE-EXT-KEY",
		[25] = "FT-SAE-EXT-KEY",
	};
	static const char *const wpa[] = { NULL, "8021X", "PSK" };
	uint8_t type = suite[3];

	if (is_of(suite, oui_rsn))
		return type < ARRAY_SIZE(rsn) ? rsn[type] : NULL;
	if (is_of(suite, oui_microsoft))
		return type < ARRAY_SIZE(wpa) ? wpa[type] : NULL;
	return is_of(suite, oui_wfa) && type == 2 ? "DPP" : NULL;
}

/* ---- RSN ---- */

const struct named_bit rsn_capabilities[] = {
	{ 0, "preauthentication" },
	{ 1, "no pairwise" },
	{ 6, "MFP required" },
	{ 7, "MFP capable" },
	{ 10, "SPP A-MSDU capable" },
	{ 11, "SPP A-MSDU required" },
	{ 13, "extended key ID" },
	{ 14, "OCV" },
	{ 0, NULL },
};

static const char *take_suite(struct bytes *b, bool *has, uint8_t suite[SUITE_LEN])
{
	struct bytes f;

	if (!take_bytes(b, SUITE_LEN, &f))
		return "a cipher suite is cut";
	memcpy(suite, f.p, SUITE_LEN);
	*has = true;
	return NULL;
}

static const char *take_suites(struct bytes *b, bool *has, struct bytes *suites)
{
	uint16_t n;

	if (!take_u16(b, &n))
		return "a count of suites is cut";
	if (!n)
		return "a list without suites";
	if (!take_bytes(b, (size_t)n * SUITE_LEN, suites))
		return "fewer suites than it counts";
	*has = true;
	return NULL;
}

static const char *take_capabilities(struct bytes *b, struct rsn *r)
{
	static const uint8_t counters[] = { 1, 2, 4, 16 };

	r->has_capabilities = take_bytes(b, 2, &r->capabilities);
	if (!r->has_capabilities)
		return "the capabilities are cut";
	r->ptksa_replay_counters = counters[r->capabilities.p[0] >> 2 & 3];
	r->gtksa_replay_counters = counters[r->capabilities.p[0] >> 4 & 3];
	return NULL;
}

#define PMKID_LEN 16

static const char *take_pmkids(struct bytes *b, struct rsn *r)
{
	struct bytes f;

	if (!take_u16(b, &r->n_pmkids))
		return "the count of PMKIDs is cut";
	r->has_pmkids = true;
	return take_bytes(b, (size_t)r->n_pmkids * PMKID_LEN, &f) ? NULL
								  : "fewer PMKIDs than it counts";
}

static const char *take_version(struct bytes *b, struct rsn *r)
{
	memset(r, 0, sizeof(*r));
	r->has_version = take_u16(b, &r->version);
	if (!r->has_version)
		return too_short;
	return r->version == 1 ? NULL : "of another version";
}

/* What RSN and WPA have in common. */
static const char *take_suites_and_capabilities(struct bytes *b, struct rsn *r)
{
	const char *malformed = take_version(b, r);

	if (!malformed && b->len)
		malformed = take_suite(b, &r->has_group, r->group);
	if (!malformed && b->len)
		malformed = take_suites(b, &r->has_pairwise, &r->pairwise);
	if (!malformed && b->len)
		malformed = take_suites(b, &r->has_akms, &r->akms);
	if (!malformed && b->len)
		malformed = take_capabilities(b, r);
	return malformed;
}

const char *decode_wpa(struct bytes b, struct rsn *r)
{
	return take_suites_and_capabilities(&b, r);
}

const char *decode_rsn(struct bytes b, struct rsn *r)
{
	const char *malformed = take_suites_and_capabilities(&b, r);

	if (!malformed && b.len)
		malformed = take_pmkids(&b, r);
	if (!malformed && b.len)
		malformed = take_suite(&b, &r->has_group_management, r->group_management);
	return malformed;
}

/* ---- RSN Extension ---- */

const struct named_bit rsn_extensions[] = {
	{ 4, "protected TWT" }, { 5, "SAE hash-to-element" }, { 6, "SAE-PK" },
	{ 8, "secure LTF" },	{ 9, "secure RTT" },	      { 0, NULL },
};

const char *decode_rsn_extension(struct bytes b, struct bytes *capabilities)
{
	size_t len;

	*capabilities = b;
	if (!b.len)
		return "empty";
	len = (b.p[0] & 0x0f) + 1u;
	if (len > b.len)
		return "shorter than its own length field";
	capabilities->len = len;
	return NULL;
}
