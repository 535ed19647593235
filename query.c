/* SPDX-License-Identifier: ISC */
/* What several commands ask of the kernel, and finding the thing that a selector names. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <net/if.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include "iw-mlo.h"

#define DEV_LIST_TRIES 5

void *grow(void **v, size_t *n, size_t *size, size_t each)
{
	size_t want = *size ? 2 * *size : 8;
	void *more;

	if (*n == *size) {
		more = reallocarray(*v, want, each);
		if (!more) {
			errno = ENOMEM;
			return NULL;
		}
		*v = more;
		*size = want;
	}
	return memset((char *)*v + each * (*n)++, 0, each);
}

/* ---- interfaces ---- */

static bool add_iface(void *model, const struct attrs *a)
{
	struct iface_list *l = model;
	struct iface *i = grow((void **)&l->v, &l->n, &l->size, sizeof(*l->v));

	return i && decode_iface(a, i) && iface_is_whole(i);
}

static void reset_ifaces(void *model)
{
	struct iface_list *l = model;

	l->n = 0;
}

/* The kernel sends the interfaces of one wiphy together, each with the generation of their list. */
static bool torn_ifaces(const void *model)
{
	const struct iface_list *l = model;

	for (size_t n = 1; n < l->n; n++) {
		const struct iface *a = &l->v[n - 1], *b = &l->v[n];

		if (a->wiphy == b->wiphy && a->generation != b->generation)
			return true;
	}
	return false;
}

static int by_wdev(const void *a, const void *b)
{
	const struct iface *i = a, *k = b;

	if (i->wiphy != k->wiphy)
		return i->wiphy < k->wiphy ? -1 : 1;
	return i->wdev < k->wdev ? -1 : i->wdev > k->wdev;
}

static uint32_t iftype_bit(uint32_t iftype)
{
	return iftype < 32 ? 1u << iftype : 0;
}

enum status settle_if_ambiguous(struct ctx *ctx, uint32_t iftypes)
{
	return iftypes & ambiguous_iftypes() ? settle_dialect(ctx) : ST_OK;
}

enum status query_ifaces(struct ctx *ctx, struct iface_list *list)
{
	struct sink sink = { add_iface, reset_ifaces, torn_ifaces, list };
	uint32_t types = 0;
	struct req rq;
	enum status st;

	list->n = 0;
	req_dump(ctx, &rq, NL80211_CMD_GET_INTERFACE);
	st = dispatch(ctx, &rq, &sink);
	if (list->n)
		qsort(list->v, list->n, sizeof(*list->v), by_wdev);
	for (size_t n = 0; n < list->n; n++)
		types |= iftype_bit(list->v[n].type);
	return st == ST_OK ? settle_if_ambiguous(ctx, types) : st;
}

bool add_to_iface(void *model, const struct attrs *a)
{
	struct iface *i = model;

	return decode_iface(a, i) && iface_is_whole(i);
}

enum status query_iface(struct ctx *ctx, struct iface *i)
{
	struct sink sink = { .add = add_to_iface, .model = i };
	struct req rq;
	enum status st;

	req_get(ctx, &rq, NL80211_CMD_GET_INTERFACE);
	req_target(ctx, &rq);
	st = dispatch(ctx, &rq, &sink);
	if (st == ST_OK)
		return settle_if_ambiguous(ctx, iftype_bit(i->type));
	if (st != ST_REFUSED || ctx->refusal.err != ENODEV)
		return st;
	if (ctx->target.object == OBJECT_WDEV)
		return fail(ctx, ST_REFUSED, "no such wdev; \"iw-mlo dev\" lists them");
	return fail(ctx, ST_REFUSED, "not a Wi-Fi interface; \"iw-mlo dev\" lists them");
}

/* ---- wiphys ---- */

/* The kernel may spread a wiphy over many messages, each of which repeats its index. */
static bool add_wiphy(void *model, const struct attrs *a)
{
	struct wiphy_list *l = model;
	struct wiphy *w;
	uint32_t index;

	if (!decode_wiphy_index(a, &index))
		return false;
	w = (struct wiphy *)(uintptr_t)wiphy_of_index(l, index);
	if (!w)
		w = grow((void **)&l->v, &l->n, &l->size, sizeof(*l->v));
	return w && decode_wiphy(a, w);
}

static void reset_wiphys(void *model)
{
	struct wiphy_list *l = model;

	l->n = 0;
}

static int by_index(const void *a, const void *b)
{
	const struct wiphy *w = a, *k = b;

	return w->index < k->index ? -1 : w->index > k->index;
}

/* of: the index of the only one that is asked for; NULL: all. */
static enum status dump_wiphys(struct ctx *ctx, struct wiphy_list *list, bool split,
			       const uint32_t *of)
{
	struct sink sink = { .add = add_wiphy, .reset = reset_wiphys, .model = list };
	struct req rq;
	enum status st;

	list->n = 0;
	req_dump(ctx, &rq, NL80211_CMD_GET_WIPHY);
	if (split)
		req_flag(&rq, NL80211_ATTR_SPLIT_WIPHY_DUMP);
	if (of)
		req_u32(&rq, NL80211_ATTR_WIPHY, *of);
	st = dispatch(ctx, &rq, &sink);
	if (list->n)
		qsort(list->v, list->n, sizeof(*list->v), by_index);
	for (size_t n = 0; split && n < list->n && st == ST_OK; n++)
		st = settle_if_ambiguous(ctx, list->v[n].iftypes | list->v[n].software_iftypes);
	return st;
}

enum status query_wiphys_full(struct ctx *ctx, struct wiphy_list *list)
{
	return dump_wiphys(ctx, list, true, NULL);
}

enum status query_wiphys(struct ctx *ctx, struct wiphy_list *list)
{
	enum status st = dump_wiphys(ctx, list, false, NULL);

	/* one message a wiphy, of some 4 KiB at most: a wiphy of many channels does not fit */
	return st == ST_REFUSED ? query_wiphys_full(ctx, list) : st;
}

static bool set_wiphy(void *model, const struct attrs *a)
{
	return decode_wiphy(a, model);
}

enum status query_wiphy(struct ctx *ctx, uint32_t index, struct wiphy *w)
{
	struct sink sink = { .add = set_wiphy, .model = w };
	struct req rq;

	req_get(ctx, &rq, NL80211_CMD_GET_WIPHY);
	req_u32(&rq, NL80211_ATTR_WIPHY, index);
	return dispatch(ctx, &rq, &sink);
}

enum status query_wiphy_full(struct ctx *ctx, uint32_t index, struct wiphy *w)
{
	struct wiphy_list list = { 0 };
	enum status st = dump_wiphys(ctx, &list, true, &index);
	const struct wiphy *found = wiphy_of_index(&list, index);

	if (found)
		*w = *found;
	free(list.v);
	/* a dump of one that is not there is either refused or empty */
	if (st == ST_OK && !found)
		return fail(ctx, ST_REFUSED, "the phy went away");
	return st;
}

static bool add_wiphy_caps(void *model, const struct attrs *a)
{
	struct wiphy_caps *c = model;
	uint32_t index;

	if (!decode_wiphy_index(a, &index))
		return false;
	return index != c->wiphy.index || decode_wiphy_caps(a, c);
}

static bool add_wiphy_links(void *model, const struct attrs *a)
{
	struct wiphy_caps *c = model;
	uint32_t index;

	if (!decode_wiphy_index(a, &index))
		return false;
	return index != c->wiphy.index || decode_wiphy_links(a, c);
}

static void reset_wiphy_caps(void *model)
{
	struct wiphy_caps *c = model;

	*c = (struct wiphy_caps){ .wiphy.index = c->wiphy.index };
}

static enum status dump_wiphy(struct ctx *ctx, uint32_t index, const struct sink *sink)
{
	struct req rq;

	req_dump(ctx, &rq, NL80211_CMD_GET_WIPHY);
	req_flag(&rq, NL80211_ATTR_SPLIT_WIPHY_DUMP);
	req_u32(&rq, NL80211_ATTR_WIPHY, index);
	return dispatch(ctx, &rq, sink);
}

enum status query_wiphy_links(struct ctx *ctx, uint32_t index, struct wiphy_caps *c)
{
	struct sink sink = { .add = add_wiphy_links, .reset = reset_wiphy_caps, .model = c };

	*c = (struct wiphy_caps){ .wiphy.index = index };
	return dump_wiphy(ctx, index, &sink);
}

enum status query_wiphy_caps(struct ctx *ctx, uint32_t index, struct wiphy_caps *c)
{
	struct sink sink = { .add = add_wiphy_caps, .reset = reset_wiphy_caps, .model = c };
	enum status st;

	*c = (struct wiphy_caps){ .wiphy.index = index };
	st = dump_wiphy(ctx, index, &sink);
	if (st == ST_OK && !c->wiphy.has_index)
		return fail(ctx, ST_REFUSED, "the phy went away");
	return st == ST_OK ? settle_if_ambiguous(ctx, c->wiphy.iftypes | c->wiphy.software_iftypes)
			   : st;
}

static bool all_wiphys_known(const struct iface_list *ifaces, const struct wiphy_list *wiphys)
{
	for (size_t n = 0; n < ifaces->n; n++)
		if (!wiphy_of_index(wiphys, ifaces->v[n].wiphy))
			return false;
	return true;
}

enum status query_dev_list(struct ctx *ctx, struct iface_list *ifaces, struct wiphy_list *wiphys)
{
	/* a wiphy may appear between the two dumps: its interfaces would have nobody to belong to
	 */
	for (int left = DEV_LIST_TRIES; left--;) {
		enum status st = query_wiphys(ctx, wiphys);

		if (st == ST_OK)
			st = query_ifaces(ctx, ifaces);
		if (st != ST_OK || all_wiphys_known(ifaces, wiphys))
			return st;
	}
	ctx->unsettled = true;
	return ST_OK;
}

/* ---- regulatory domains ---- */

static bool add_regdom(void *model, const struct attrs *a)
{
	struct regdom_list *l = model;
	struct regdom *d = grow((void **)&l->v, &l->n, &l->size, sizeof(*l->v));

	return d && decode_regdom(a, d);
}

static void reset_regdoms(void *model)
{
	struct regdom_list *l = model;

	l->n = 0;
}

enum status query_regdoms(struct ctx *ctx, struct regdom_list *list)
{
	struct sink sink = { .add = add_regdom, .reset = reset_regdoms, .model = list };
	struct req rq;

	list->n = 0;
	req_dump(ctx, &rq, NL80211_CMD_GET_REG);
	return dispatch(ctx, &rq, &sink);
}

/* ---- BSSes ---- */

/* Elements are kept together in a few large blocks: there may be thousands of them. */
#define BLOCK_SIZE 65536
struct block {
	struct block *next;
	size_t used, size;
	uint8_t bytes[];
};

static uint8_t *keep(struct bss_list *l, struct bytes b)
{
	struct block *block = l->blocks;
	size_t size = b.len > BLOCK_SIZE ? b.len : BLOCK_SIZE;

	if (!block || block->size - block->used < b.len) {
		block = malloc(sizeof(*block) + size);
		if (!block) {
			errno = ENOMEM;
			return NULL;
		}
		*block = (struct block){ .next = l->blocks, .size = size };
		l->blocks = block;
	}
	block->used += b.len;
	return memcpy(block->bytes + block->used - b.len, b.p, b.len);
}

static bool keep_elements(struct bss_list *l, struct bss *b)
{
	struct bytes *e = &b->elements, *beacon = &b->beacon_elements;
	bool same = e->len == beacon->len && e->len && !memcmp(e->p, beacon->p, e->len);

	if (e->len && !(e->p = keep(l, *e)))
		return false;
	if (same)
		beacon->p = e->p;
	else if (beacon->len && !(beacon->p = keep(l, *beacon)))
		return false;
	return true;
}

static bool add_bss(void *model, const struct attrs *a)
{
	struct bss_list *l = model;
	struct bss *b = grow((void **)&l->v, &l->n, &l->size, sizeof(*l->v));

	return b && decode_bss(a, b) && keep_elements(l, b);
}

static void free_blocks(struct bss_list *l)
{
	while (l->blocks) {
		struct block *next = l->blocks->next;

		free(l->blocks);
		l->blocks = next;
	}
}

static void reset_bss(void *model)
{
	struct bss_list *l = model;

	l->n = 0;
	free_blocks(l);
}

bool bsses_agree(const struct bss_list *l, const struct iface *i)
{
	for (size_t n = 0; n < l->n; n++) {
		const struct bss *b = &l->v[n];

		if (bss_is_ours(b) && b->has_link_id && !iface_link(i, b->link_id))
			return false;
	}
	return true;
}

void free_bss_list(struct bss_list *l)
{
	free_blocks(l);
	free(l->v);
	memset(l, 0, sizeof(*l));
}

static void req_bss(struct ctx *ctx, struct req *rq)
{
	req_dump(ctx, rq, NL80211_CMD_GET_SCAN);
	req_target(ctx, rq);
	/* without it, kernels that know it leave out what can be used as a link alone */
	if (ctx->family.maxattr >= NL80211_ATTR_BSS_DUMP_INCLUDE_USE_DATA)
		req_flag(rq, NL80211_ATTR_BSS_DUMP_INCLUDE_USE_DATA);
}

enum status query_bss(struct ctx *ctx, struct bss_list *list)
{
	struct sink sink = { .add = add_bss, .reset = reset_bss, .model = list };
	struct req rq;

	req_bss(ctx, &rq);
	return dispatch(ctx, &rq, &sink);
}

static bool add_bss_status(void *model, const struct attrs *a)
{
	struct bss b;

	if (!decode_bss(a, &b))
		return false;
	*(bool *)model |= bss_is_ours(&b);
	return true;
}

static void reset_bss_status(void *model)
{
	*(bool *)model = false;
}

enum status query_associated(struct ctx *ctx, bool *associated)
{
	struct sink sink = { .add = add_bss_status,
			     .reset = reset_bss_status,
			     .model = associated };
	struct req rq;

	*associated = false;
	req_bss(ctx, &rq);
	return dispatch(ctx, &rq, &sink);
}

/* ---- surveys ---- */

static bool add_survey(void *model, const struct attrs *a)
{
	struct survey_list *l = model;
	struct survey s;

	if (!decode_survey(a, &s))
		return false;
	if (s.in_use && l->n < SURVEYS_MAX)
		l->v[l->n++] = s;
	return true;
}

static void reset_surveys(void *model)
{
	((struct survey_list *)model)->n = 0;
}

enum status query_surveys(struct ctx *ctx, struct survey_list *list)
{
	struct sink sink = { .add = add_survey, .reset = reset_surveys, .model = list };
	struct req rq;
	enum status st;

	list->n = 0;
	req_dump(ctx, &rq, NL80211_CMD_GET_SURVEY);
	req_target(ctx, &rq);
	st = dispatch(ctx, &rq, &sink);
	return st == ST_REFUSED ? ST_OK : st;
}

/* ---- stations ---- */

static bool add_station(void *model, const struct attrs *a)
{
	struct station_list *l = model;
	struct station s, *there;

	if (!decode_station(a, &s))
		return false;
	there = (struct station *)(uintptr_t)station_of_addr(l, s.addr);
	if (there) {
		join_station(there, &s);
		return true;
	}
	there = grow((void **)&l->v, &l->n, &l->size, sizeof(*l->v));
	if (there)
		*there = s;
	return there;
}

static void reset_stations(void *model)
{
	struct station_list *l = model;

	l->n = 0;
}

/* The generation counts who came and went: the kernel lists them by their places in a row. */
static bool torn_stations(const void *model)
{
	const struct station_list *l = model;

	for (size_t n = 1; n < l->n; n++)
		if (l->v[n].generation != l->v[0].generation)
			return true;
	return false;
}

/* All but the statistics, which shall be of one moment. */
static bool add_station_ids(void *model, const struct attrs *a)
{
	struct station s;

	if (!decode_station(a, &s))
		return false;
	memset(&s.info, 0, sizeof(s.info));
	join_station(model, &s);
	return true;
}

/* What a dump leaves out of a station that it tells the links of. */
static enum status query_station_ids(struct ctx *ctx, struct station *s)
{
	struct sink sink = { .add = add_station_ids, .model = s };
	struct req rq;
	enum status st;

	req_get(ctx, &rq, NL80211_CMD_GET_STATION);
	req_target(ctx, &rq);
	req_mac(&rq, NL80211_ATTR_MAC, s->addr);
	st = dispatch(ctx, &rq, &sink);
	return st == ST_REFUSED ? ST_OK : st; /* it went away */
}

enum status query_stations(struct ctx *ctx, struct station_list *list)
{
	struct sink sink = { add_station, reset_stations, torn_stations, list };
	struct req rq;
	enum status st;

	list->n = 0;
	req_dump(ctx, &rq, NL80211_CMD_GET_STATION);
	req_target(ctx, &rq);
	if (ctx->family.maxattr >= NL80211_ATTR_STA_DUMP_LINK_STATS)
		req_flag(&rq, NL80211_ATTR_STA_DUMP_LINK_STATS);
	st = dispatch(ctx, &rq, &sink);
	for (size_t n = 0; n < list->n && st == ST_OK; n++)
		if (list->v[n].n_links && !list->v[n].has_assoc_link_id)
			st = query_station_ids(ctx, &list->v[n]);
	return st;
}

/* ---- selectors ---- */

static enum status find_netdev(struct ctx *ctx)
{
	ctx->target.ifindex = if_nametoindex(ctx->target.word);
	if (ctx->target.ifindex)
		return ST_OK;
	if (errno == ENODEV)
		return fail(ctx, ST_REFUSED, "no such interface");
	return fail(ctx, ST_SYSTEM, "cannot look the interface up: %s", strerror(errno));
}

/* By number, or by name: a name of digits alone cannot be told from a number and is not looked for.
 */
static enum status find_wiphy(struct ctx *ctx)
{
	struct wiphy_list list = { 0 };
	enum status st = query_wiphys(ctx, &list);
	bool is_number, found = false;
	uint64_t number;

	is_number = parse_u64(ctx->target.word, &number);
	for (size_t n = 0; n < list.n && !found; n++) {
		const struct wiphy *w = &list.v[n];

		found = is_number ? w->index == number : !strcmp(w->name, ctx->target.word);
		if (found)
			ctx->target.wiphy = w->index;
	}
	free(list.v);
	if (st == ST_OK && !found)
		return fail(ctx, ST_REFUSED, "no such phy; \"iw-mlo phy\" lists them");
	return st;
}

enum status find_target(struct ctx *ctx)
{
	if (ctx->target.object == OBJECT_DEV)
		return find_netdev(ctx);
	if (ctx->target.object == OBJECT_PHY)
		return find_wiphy(ctx);
	return ST_OK; /* a wdev's id is what the kernel takes */
}

void req_target(struct ctx *ctx, struct req *rq)
{
	/* never two of them: the kernel takes the first interface that matches either */
	if (ctx->target.object == OBJECT_DEV)
		req_u32(rq, NL80211_ATTR_IFINDEX, ctx->target.ifindex);
	else if (ctx->target.object == OBJECT_WDEV)
		req_u64(rq, NL80211_ATTR_WDEV, ctx->target.wdev);
	else if (ctx->target.object == OBJECT_PHY)
		req_u32(rq, NL80211_ATTR_WIPHY, ctx->target.wiphy);
}

static int netdev_ioctl(unsigned long request, const char *name, struct ifreq *ifr)
{
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0), n, err;

	if (fd < 0)
		return -1;
	memset(ifr->ifr_name, 0, IFNAMSIZ);
	memcpy(ifr->ifr_name, name, strnlen(name, IFNAMSIZ - 1));
	n = ioctl(fd, request, ifr);
	err = errno;
	close(fd);
	errno = err;
	return n;
}

bool netdev_is_up(const char *name)
{
	struct ifreq ifr = { 0 };

	return netdev_ioctl(SIOCGIFFLAGS, name, &ifr) == 0 && ifr.ifr_flags & IFF_UP;
}

enum status set_netdev_up(struct ctx *ctx, const char *name, bool up)
{
	struct ifreq ifr = { 0 };

	if (ctx->opt.dry_run) {
		plan_netdev(ctx, name, up);
		return ST_OK;
	}
	if (netdev_ioctl(SIOCGIFFLAGS, name, &ifr) == 0) {
		ifr.ifr_flags = (short)(up ? ifr.ifr_flags | IFF_UP : ifr.ifr_flags & ~IFF_UP);
		if (netdev_ioctl(SIOCSIFFLAGS, name, &ifr) == 0)
			return ST_OK;
	}
	return fail(ctx, ST_REFUSED, "cannot take the interface %s: %s", up ? "up" : "down",
		    strerror(errno));
}

enum status open_iface(struct ctx *ctx, struct iface *i)
{
	enum status st = dispatch_open(ctx);

	if (st == ST_OK)
		st = find_target(ctx);
	return st == ST_OK ? query_iface(ctx, i) : st;
}
