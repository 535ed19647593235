/* SPDX-License-Identifier: ISC */
/* The body of a TID-To-Link Mapping. */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ttlm t;
	const char *wrong = decode_ttlm((struct bytes){ data, size }, &t);

	must(wrong || t.direction <= TTLM_BOTH);
	must(!t.default_mapping || !t.tids);
	must(t.has_switch_time || !t.switch_time_tu);
	must(t.has_duration || !t.duration_tu);
	must(t.duration_tu < 1u << 24);
	for (int tid = 0; tid < TIDS; tid++) {
		must(t.tids >> tid & 1 || !t.links[tid]);
		must(wrong || !(t.tids >> tid & 1) || t.links[tid]);
		must(wrong || !(t.links[tid] >> LINK_ID_NONE));
	}
	return 0;
}
