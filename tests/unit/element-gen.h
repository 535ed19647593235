/* SPDX-License-Identifier: ISC */
/* Random elements, and what JSON must say of them: by a model that shares no code with either. */
#ifndef ELEMENT_GEN_H
#define ELEMENT_GEN_H

#include <stddef.h>
#include <stdint.h>

#include "../../elements.h"

/* The elements of a frame; to be freed with gen_free(). */
struct generated {
	enum frame frame;
	uint8_t *bytes;
	size_t len;
	char *json;	/* the array, without anything around it; "" without any element */
	unsigned int n; /* elements */
};

struct gen {
	uint64_t state;
};
/* The same seed makes the same elements, on every machine. */
void gen_seed(struct gen *g, uint64_t seed);
uint64_t gen_random(struct gen *g);
struct generated gen_frame(struct gen *g);
void gen_free(struct generated *e);

/*
 * Bytes in writing: hexadecimal digits; "(...)" is what stands in it after a byte with its length,
 * "HH*N" N times the byte, and "[TTTT...]" a netlink attribute of that type. To be freed; ends the
 * program if it is no such text.
 */
uint8_t *bytes_of(const char *text, size_t *len);

#endif /* ELEMENT_GEN_H */
