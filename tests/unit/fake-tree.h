/* SPDX-License-Identifier: ISC */
/* A tree of files that stands for /sys, /run and the like: paths are relative to it. */
#ifndef FAKE_TREE_H
#define FAKE_TREE_H

#include <stdint.h>

extern char tree[40]; /* where it is */

void tree_make(void);
void tree_remove(void);
/* With the directories that lead to it; a path that ends in '/' is one more of them. */
__attribute__((format(printf, 2, 3))) void put_file(const char *text, const char *fmt, ...);
void put_number(uint64_t v, const char *place);
void link_to(const char *target, const char *place);
void drop(const char *place);

#endif /* FAKE_TREE_H */
