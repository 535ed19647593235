/* SPDX-License-Identifier: ISC */
/* The reader: elements of a frame, or by the first byte's lowest bit sub-elements. */
#include "fuzz.h"

static void check_body(const struct element *e, struct bytes body, struct bytes memory)
{
	must(is_within(e->body, e->extent));
	must(is_within(body, e->fragmented ? memory : e->extent));
	must(e->fragmented || body.p == e->body.p);
	must(body.len >= e->body.len && body.len < e->extent.len);
	must(!body.len || !memcmp(body.p, e->body.p, e->body.len));
	must(!e->fragmented || e->body.len + (e->ext != NO_EXT) == 255);
}

static size_t check_element(const struct element *e, bool sub, size_t size)
{
	struct scratch all = scratch_for(size), s = all;
	struct bytes body = element_body(e, &s), memory = { all.p, all.left };

	must(e->id == e->extent.p[0]);
	must(!sub || e->ext == NO_EXT);
	must(e->id == EID_EXTENSION || e->ext == NO_EXT);
	check_body(e, body, memory);
	must(s.p == all.p + (e->fragmented ? body.len : 0));
	must(s.left + (size_t)(s.p - all.p) == all.left);
	free(all.p);
	return e->extent.len;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes input = { data, size }, rest;
	bool sub = take_choice(&input) & 1;
	struct element e, found;
	size_t consumed = 0;

	rest = input;
	while (sub ? subelement_next(&rest, &e) : element_next(&rest, &e)) {
		must(e.extent.p == input.p + consumed);
		consumed += check_element(&e, sub, input.len);
		must(consumed + rest.len == input.len);
		if (!sub) {
			must(element_find(input, e.id, e.ext, &found));
			must(found.extent.p <= e.extent.p);
		}
	}
	must(rest.len < 2 || rest.len < 2u + rest.p[1]);
	return 0;
}
