/* SPDX-License-Identifier: ISC */
/* What the fuzz targets share: promises of the decoders that any input must leave true. */
#ifndef FUZZ_H
#define FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../elements.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Not assert(): it must hold in every build. */
#define must(condition)                                                                           \
	do {                                                                                      \
		if (!(condition)) {                                                               \
			fprintf(stderr, "%s:%d: not true: %s\n", __FILE__, __LINE__, #condition); \
			abort();                                                                  \
		}                                                                                 \
	} while (0)

static inline bool is_within(struct bytes inner, struct bytes outer)
{
	return !inner.len || (inner.p >= outer.p && inner.len <= outer.len &&
			      inner.p - outer.p <= (ptrdiff_t)(outer.len - inner.len));
}

/* Room of exactly the size that the decoders promise to be enough. */
static inline struct scratch scratch_for(size_t len)
{
	struct scratch s = { malloc(SCRATCH_SIZE(len) + !len), SCRATCH_SIZE(len) };

	must(s.p);
	return s;
}

/* The first byte, which chooses; 0 of no input. */
static inline uint8_t take_choice(struct bytes *input)
{
	uint8_t v = 0;

	take_u8(input, &v);
	return v;
}

#endif /* FUZZ_H */
