/* SPDX-License-Identifier: ISC */
/* What the kernel tells of a device outside netlink: small files of text, and links. */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <limits.h>

#include "iw-mlo.h"

const char *sysfs_root = "/sys";

static bool make_path(char path[PATH_MAX], const char *fmt, va_list ap)
{
	int root = snprintf(path, PATH_MAX, "%s/", sysfs_root), n;

	if (root < 0 || root >= PATH_MAX)
		return false;
	n = vsnprintf(path + root, PATH_MAX - (size_t)root, fmt, ap);
	return n >= 0 && n < PATH_MAX - root;
}

bool read_file(char *buf, size_t size, const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = -1;

	if (fd >= 0) {
		n = read(fd, buf, size - 1);
		close(fd);
	}
	if (n < 0)
		return false;
	buf[n] = '\0';
	return true;
}

bool sysfs_read(char *buf, size_t size, const char *fmt, ...)
{
	char path[PATH_MAX];
	va_list ap;
	bool ok;

	va_start(ap, fmt);
	ok = make_path(path, fmt, ap);
	va_end(ap);
	if (!ok || !read_file(buf, size, path))
		return false;
	buf[strcspn(buf, "\n")] = '\0';
	return true;
}

bool sysfs_number(uint64_t *v, const char *fmt, ...)
{
	char path[PATH_MAX], text[32];
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(path, sizeof(path), fmt, ap);
	va_end(ap);
	return n > 0 && n < PATH_MAX && sysfs_read(text, sizeof(text), "%s", path) &&
	       parse_u64(text, v);
}

bool sysfs_link(char *name, size_t size, const char *fmt, ...)
{
	char path[PATH_MAX], target[PATH_MAX];
	const char *last;
	va_list ap;
	ssize_t n;
	bool ok;

	va_start(ap, fmt);
	ok = make_path(path, fmt, ap);
	va_end(ap);
	n = ok ? readlink(path, target, sizeof(target) - 1) : -1;
	if (n < 0)
		return false;
	target[n] = '\0';
	last = strrchr(target, '/');
	last = last ? last + 1 : target;
	if (strlen(last) >= size)
		return false;
	memcpy(name, last, strlen(last) + 1);
	return true;
}

bool sysfs_active_links(uint64_t *bitmap, const char *phy, const char *ifname)
{
	errno = 0;
	return sysfs_number(bitmap, "kernel/debug/ieee80211/%s/netdev:%s/active_links", phy,
			    ifname);
}

bool sysfs_exists(const char *fmt, ...)
{
	char path[PATH_MAX];
	va_list ap;
	bool ok;

	va_start(ap, fmt);
	ok = make_path(path, fmt, ap);
	va_end(ap);
	return ok && access(path, F_OK) == 0;
}
