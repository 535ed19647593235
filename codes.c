/* SPDX-License-Identifier: ISC */
/* IEEE 802.11 status and reason codes in words (clauses 9.4.1.9 and 9.4.1.7, and what 802.11be
 * adds). */
#include "iw-mlo.h"

struct code {
	uint16_t number;
	const char *words;
};

static const struct code status_codes[] = {
	{ 0, "success" },
	{ 1, "unspecified failure" },
	{ 5, "security disabled" },
	{ 6, "lifetime not acceptable" },
	{ 7, "not in the same BSS" },
	{ 10, "capabilities cannot all be supported" },
	{ 11, "no association to take over" },
	{ 12, "denied for another reason" },
	{ 13, "authentication algorithm not supported" },
	{ 14, "authentication out of sequence" },
	{ 15, "challenge failed" },
	{ 16, "authentication timed out" },
	{ 17, "the AP takes no more stations" },
	{ 18, "basic rates not supported" },
	{ 19, "short preamble not supported" },
	{ 22, "spectrum management required" },
	{ 23, "power capability not acceptable" },
	{ 24, "supported channels not acceptable" },
	{ 25, "short slot time not supported" },
	{ 27, "HT not supported" },
	{ 30, "refused for now, try again later" },
	{ 31, "robust management frames violated" },
	{ 32, "unspecified QoS failure" },
	{ 33, "too little bandwidth for QoS" },
	{ 34, "poor channel" },
	{ 35, "QoS not supported" },
	{ 37, "request declined" },
	{ 38, "invalid parameters" },
	{ 39, "rejected with changes suggested" },
	{ 40, "invalid element" },
	{ 41, "invalid group cipher" },
	{ 42, "invalid pairwise cipher" },
	{ 43, "invalid AKM" },
	{ 44, "RSNE version not supported" },
	{ 45, "invalid RSNE capabilities" },
	{ 46, "cipher out of policy" },
	{ 51, "listen interval too large" },
	{ 53, "invalid PMKID" },
	{ 54, "invalid mobility domain" },
	{ 55, "invalid fast transition element" },
	{ 72, "invalid RSNE" },
	{ 76, "anti-clogging token required" },
	{ 77, "finite cyclic group not supported" },
	{ 79, "transmission failed" },
	{ 82, "rejected, with a BSS transition suggested" },
	{ 92, "refused for an external reason" },
	{ 93, "the AP is out of memory" },
	{ 104, "VHT not supported" },
	{ 112, "FILS authentication failed" },
	{ 123, "unknown password identifier" },
	{ 124, "HE not supported" },
	{ 126, "SAE hash to element" },
	{ 127, "SAE public key" },
	{ 130, "the station belongs to an MLD that is associated already" },
	{ 131, "EPCS denied, not authorised" },
	{ 132, "EPCS denied" },
	{ 133, "TID-to-link mapping denied" },
	{ 134, "another TID-to-link mapping suggested" },
	{ 135, "EHT not supported" },
	{ 136, "invalid public key" },
	{ 137, "PASN base AKMP failed" },
	{ 138, "operating channel mismatch" },
	{ 139, "the link of the association is not accepted" },
	{ 140, "EPCS denied, verification failed" },
	{ 141, "operation parameter update denied" },
};

static const struct code reason_codes[] = {
	{ 1, "unspecified" },
	{ 2, "authentication no longer valid" },
	{ 3, "the station leaves" },
	{ 4, "inactivity" },
	{ 5, "the AP is busy" },
	{ 6, "class 2 frame of a station that is not authenticated" },
	{ 7, "class 3 frame of a station that is not associated" },
	{ 8, "the station leaves the BSS" },
	{ 9, "association before authentication" },
	{ 10, "power capability not acceptable" },
	{ 11, "supported channels not acceptable" },
	{ 12, "BSS transition" },
	{ 13, "invalid element" },
	{ 14, "MIC failure" },
	{ 15, "4-way handshake timed out" },
	{ 16, "group key handshake timed out" },
	{ 17, "4-way handshake element differs" },
	{ 18, "invalid group cipher" },
	{ 19, "invalid pairwise cipher" },
	{ 20, "invalid AKM" },
	{ 21, "RSNE version not supported" },
	{ 22, "invalid RSNE capabilities" },
	{ 23, "802.1X authentication failed" },
	{ 24, "cipher out of policy" },
	{ 32, "unspecified QoS failure" },
	{ 33, "too little bandwidth for QoS" },
	{ 34, "poor channel" },
	{ 35, "TXOP limit exceeded" },
	{ 36, "the peer leaves" },
	{ 37, "the peer ends the session" },
	{ 38, "unknown session" },
	{ 39, "timed out" },
	{ 45, "peer key mismatch" },
	{ 46, "authorised access limit reached" },
	{ 47, "external service requirements" },
};

static const char *words_of(const struct code *codes, size_t n, uint16_t number)
{
	for (size_t i = 0; i < n; i++)
		if (codes[i].number == number)
			return codes[i].words;
	return NULL;
}

const char *status_words(uint16_t code)
{
	return words_of(status_codes, ARRAY_SIZE(status_codes), code);
}

const char *reason_words(uint16_t code)
{
	return words_of(reason_codes, ARRAY_SIZE(reason_codes), code);
}
