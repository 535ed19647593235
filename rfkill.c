/* SPDX-License-Identifier: ISC */
/*
 * rfkill: whether a radio is blocked, and by what (linux/rfkill.h).
 *
 * /dev/rfkill tells every change as it happens, to who may open it; sysfs tells everybody how
 * things are. Neither knows of network namespaces, and the name of an rfkill device is that which
 * its wiphy had when it came: only the wiphy's number tells which device is whose.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>
#include <linux/rfkill.h>
#include <sys/ioctl.h>

#include "iw-mlo.h"

const char *rfkill_device = "/dev/rfkill";

/* ---- sysfs ---- */

static bool is_of_wiphy(const char *name, uint32_t wiphy)
{
	char subsystem[NAME_LEN_MAX];
	uint64_t index;

	return sysfs_link(subsystem, sizeof(subsystem), "class/rfkill/%s/device/subsystem", name) &&
	       !strcmp(subsystem, "ieee80211") &&
	       sysfs_number(&index, "class/rfkill/%s/device/index", name) && index == wiphy;
}

bool rfkill_find(uint32_t wiphy, uint32_t *index)
{
	char path[PATH_MAX];
	const struct dirent *e;
	bool found = false;
	uint64_t number;
	DIR *dir;

	snprintf(path, sizeof(path), "%s/class/rfkill", sysfs_root);
	dir = opendir(path);
	while (dir && !found && (e = readdir(dir)))
		found = !strncmp(e->d_name, "rfkill", 6) && is_of_wiphy(e->d_name, wiphy) &&
			sysfs_number(&number, "class/rfkill/%s/index", e->d_name) &&
			number <= UINT32_MAX;
	if (dir)
		closedir(dir);
	if (found)
		*index = (uint32_t)number;
	return found;
}

/* File by file, so that it may change in between: a block must not be seen without its reason. */
bool rfkill_read(uint32_t index, struct rfkill *r)
{
	uint64_t soft, hard, reasons = 0, again;
	bool has_reasons;

	do {
		if (!sysfs_number(&soft, "class/rfkill/rfkill%u/soft", index) ||
		    !sysfs_number(&hard, "class/rfkill/rfkill%u/hard", index))
			return false;
		has_reasons =
			sysfs_number(&reasons, "class/rfkill/rfkill%u/hard_block_reasons", index);
	} while (sysfs_number(&again, "class/rfkill/rfkill%u/hard", index) && again != hard);
	*r = (struct rfkill){ .index = index, .soft = soft, .hard = hard };
	r->has_reasons = has_reasons;
	if (has_reasons)
		r->reasons = (uint8_t)reasons;
	return true;
}

/* ---- /dev/rfkill ---- */

int rfkill_open(void)
{
	/* by a pointer, whatever the header's comment says (net/rfkill/core.c) */
	uint32_t size = sizeof(struct rfkill_event_ext);
	int fd = open(rfkill_device, O_RDONLY | O_NONBLOCK | O_CLOEXEC);

	/* without it, events end before the reason */
	if (fd >= 0 && ioctl(fd, RFKILL_IOCTL_MAX_SIZE, &size) < 0) {
		close(fd);
		return -1;
	}
	return fd;
}

enum rfkill_news rfkill_next_any(int fd, struct rfkill *r)
{
	struct rfkill_event_ext e;
	ssize_t n;

	do {
		n = read(fd, &e, sizeof(e));
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return errno == EAGAIN ? RFKILL_NOTHING : RFKILL_LOST;
		if (n < (ssize_t)RFKILL_EVENT_SIZE_V1)
			return RFKILL_LOST;
	} while (n < 0 || e.type != RFKILL_TYPE_WLAN);
	*r = (struct rfkill){ .index = e.idx, .soft = e.soft, .hard = e.hard };
	r->has_reasons = n >= (ssize_t)sizeof(e);
	if (r->has_reasons)
		r->reasons = e.hard_block_reasons;
	return e.op == RFKILL_OP_DEL ? RFKILL_GONE : RFKILL_CHANGED;
}

enum rfkill_news rfkill_next(int fd, uint32_t index, struct rfkill *r)
{
	struct rfkill any;
	enum rfkill_news news;

	do
		news = rfkill_next_any(fd, &any);
	while ((news == RFKILL_CHANGED || news == RFKILL_GONE) && any.index != index);
	if (news == RFKILL_CHANGED)
		*r = any;
	return news;
}

bool rfkill_is_owned(const struct rfkill *r)
{
	return !r->hard || !(r->reasons & RFKILL_HARD_BLOCK_NOT_OWNER);
}

const char *rfkill_reason(unsigned int bit)
{
	static const char *const words[] = { "signal", "not-owner" };

	return bit < ARRAY_SIZE(words) ? words[bit] : NULL;
}
