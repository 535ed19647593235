/* SPDX-License-Identifier: ISC */
/* What the files of "event" share. */
#ifndef CMDS_EVENT_H
#define CMDS_EVENT_H

#include <net/if.h>

#include "../iw-mlo.h"

enum {
	EVENT_T,
	EVENT_DEV,
	EVENT_PHY,
	EVENT_LINK,
	EVENT_TIME,
	EVENT_COUNT,
	EVENT_TIMEOUT,
	EVENT_WRITE,
	EVENT_READ,
	EVENT_NAME,
};

enum clock { CLOCK_NONE, CLOCK_WALL, CLOCK_MONO, CLOCK_DELTA };

/* Which events are shown. */
struct filter {
	const char *dev, *phy; /* NULL: all */
	bool by_index;
	uint64_t index;
	uint16_t links; /* bitmap; 0: all */
	bool some;	/* of the events, these: */
	bool rfkill;
	uint32_t cmds[8];
};

struct watch {
	struct ctx *ctx;
	struct filter filter;
	enum clock clock;
	struct outlet out;
	struct dev_list known;
	struct capture capture;
	uint64_t seq, shown;
	int64_t last_us; /* when the record before was */
	int rfkill_fd;
	bool over; /* there is nobody to show more to */
	/* of a recording */
	bool replay, is_begun;
	bool is_marked; /* it begins with the family: it is of this program */
	int64_t now_us;
	uint16_t guessed; /* the family's id, as long as nothing tells it; 0: none */
	uint64_t skipped; /* messages that may be of nl80211, before its id was known */
	unsigned char *twin;
	size_t twin_len, twin_size;
	int64_t twin_us;
};

/* ---- event.c ---- */

/* Is it one that is asked for? */
bool event_passes(const struct watch *w, const struct event *e);
bool phy_passes(const struct filter *f, uint32_t index, const char *name);
void take_event(struct watch *w, uint8_t cmd, const struct attrs *a);
/* What was printed goes out, as far as that is possible now. */
void let_flow(struct watch *w);
enum status open_output(struct watch *w);
/* What is still on its way goes out, unless who reads has stopped. */
enum status finish_event(struct watch *w, enum status st);

/* ---- event-record.c: everything that is printed ---- */

void print_event(struct watch *w, const struct event *e);
void print_rfkill(struct watch *w, const struct rfkill *r, const struct wiphy *of, bool gone);
void print_gap(struct watch *w);
/* All that is known, and then what of it was known otherwise. */
void print_resync(struct watch *w, const struct dev_list *was);

/* ---- event-replay.c ---- */

enum status run_replay(struct watch *w);

#endif /* CMDS_EVENT_H */
