/* SPDX-License-Identifier: ISC */
/* The body of a Reduced Neighbor Report. */
#include "../../iw-mlo.h"
#include "fuzz.h"

static void check_info(const struct tbtt_info *t, uint8_t len)
{
	must(!t->has_link_id || t->link_id < LINK_ID_NONE);
	must(t->has_mld || (!t->has_ap_mld_id && !t->has_link_id && !t->has_change_count));
	must(!t->has_psd || !t->psd_no_limit);
	must(len >= 7 || !t->has_bssid);
	must(len >= 3 || !t->has_mld);
}

static void check_channel(const struct neighbor *n)
{
	uint32_t mhz, channel;
	const char *band, *same;

	if (!op_class_freq(n->op_class, n->channel, &mhz, &band))
		return;
	must(n->has_channel);
	must(freq_to_channel(mhz, &channel, &same));
	must(channel == n->channel && !strcmp(band, same));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes input = { data, size }, rest = input;
	size_t consumed = 0;
	struct tbtt_info t;
	struct neighbor n;

	while (neighbor_next(&rest, &n)) {
		unsigned int infos = 0, all = n.n_infos;

		must(all >= 1 && all <= 16);
		must(is_within(n.infos, input));
		must(n.infos.len == (size_t)all * n.info_len);
		consumed += 4 + n.infos.len;
		must(consumed + rest.len == input.len);
		check_channel(&n);
		for (; tbtt_info_next(&n, &t); infos++)
			check_info(&t, n.info_len);
		must(infos == (n.has_layout ? all : 0));
	}
	must(rest.len < 4 || rest.len < 4u + ((rest.p[0] >> 4) + 1u) * rest.p[1]);
	return 0;
}
