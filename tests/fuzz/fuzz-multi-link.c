/* SPDX-License-Identifier: ISC */
/* The body of a Multi-Link element; the first byte chooses the frame. */
#include "fuzz.h"

static void check_profile(const struct sta_profile *p, struct bytes input, struct bytes memory)
{
	struct bytes whole = is_within(p->body, input) ? input : memory, elements = p->elements;
	struct element e;

	must(is_within(p->body, whole));
	must(is_within(p->unknown, p->body) && is_within(p->elements, p->body));
	must(!p->has_link_id || p->link_id < LINK_ID_NONE);
	must(p->has_link_id || p->malformed);
	must(p->has_nstr || !p->nstr);
	must(!(p->nstr >> LINK_ID_NONE));
	must(!p->has_status || p->has_capability);
	must(!p->has_capability || p->complete);
	must(!(p->tsf_offset_us & 1));
	while (element_next(&elements, &e))
		must(is_within(e.extent, p->elements));
}

static void check_profiles(const struct multi_link *m, enum frame frame, struct bytes input)
{
	struct scratch all = scratch_for(input.len);
	struct sta_profiles i = sta_profiles(m, frame);
	struct bytes memory = { all.p, all.left };
	struct scratch s = all;
	struct sta_profile p;
	unsigned int n = 0;

	for (; sta_profile_next(&i, &s, &p); s = all, n++)
		check_profile(&p, input, memory);
	must(n * 2 <= m->sub_elements.len);
	must(is_within(i.rest, m->sub_elements));
	free(all.p);
}

static void check_list(struct bytes body)
{
	struct non_inheritance n;
	const char *wrong = decode_non_inheritance(body, &n);

	must(is_within(n.ids, body) && is_within(n.ext_ids, body));
	must(wrong ? !n.ids.len && !n.ext_ids.len : n.ids.len + n.ext_ids.len + 2 <= body.len);
	must(!is_inherited(&n, EID_EXTENSION, EID_EXT_MULTI_LINK));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes input = { data, size };
	enum frame frame = (enum frame)(take_choice(&input) % (FRAME_ASSOC_RESPONSE + 1));
	struct multi_link m;
	const char *wrong = decode_multi_link(input, &m);

	must(wrong || m.type <= ML_PRIORITY_ACCESS);
	must(m.type <= 7 ? input.len >= 2 : m.type == ML_TYPELESS && input.len < 2);
	must(is_within(m.unknown, input) && is_within(m.sub_elements, input));
	must(!m.sub_elements.len || m.sub_elements.p + m.sub_elements.len == input.p + input.len);
	must(wrong || input.p[2] + 2u + m.sub_elements.len == input.len);
	must(!m.has_link_id || m.link_id < LINK_ID_NONE);
	check_profiles(&m, frame, input);
	check_list(input);
	return 0;
}
