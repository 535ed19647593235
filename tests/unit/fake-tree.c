/* SPDX-License-Identifier: ISC */
/* The files of the unit tests, in a directory of their own that goes away again. */
#include <ftw.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/stat.h>

#include "fake-kernel.h"
#include "fake-tree.h"

char tree[40];

void tree_make(void)
{
	strcpy(tree, "/tmp/iw-mlo-test.XXXXXX");
	assert_non_null(mkdtemp(tree));
}

static int remove_one(const char *path, const struct stat *st, int flag, struct FTW *ftw)
{
	(void)st;
	(void)flag;
	(void)ftw;
	return remove(path);
}

void tree_remove(void)
{
	assert_int_equal(nftw(tree, remove_one, 8, FTW_DEPTH | FTW_PHYS), 0);
}

void put_file(const char *text, const char *fmt, ...)
{
	char path[400];
	size_t root = (size_t)snprintf(path, sizeof(path), "%s/", tree);
	va_list ap;
	FILE *f;

	va_start(ap, fmt);
	vsnprintf(path + root, sizeof(path) - root, fmt, ap);
	va_end(ap);
	for (char *slash = path + root; (slash = strchr(slash, '/')); slash++) {
		*slash = '\0';
		mkdir(path, 0700);
		*slash = '/';
	}
	if (path[strlen(path) - 1] == '/')
		return;
	f = fopen(path, "w");
	assert_non_null(f);
	fputs(text, f);
	fclose(f);
}

void drop(const char *place)
{
	char path[400];

	snprintf(path, sizeof(path), "%s/%s", tree, place);
	unlink(path);
}

void link_to(const char *target, const char *place)
{
	char path[400];

	drop(place);
	put_file("", "%s", place);
	drop(place);
	snprintf(path, sizeof(path), "%s/%s", tree, place);
	assert_int_equal(symlink(target, path), 0);
}

void put_number(uint64_t v, const char *place)
{
	char text[30];

	snprintf(text, sizeof(text), "%llu\n", (unsigned long long)v);
	put_file(text, "%s", place);
}
