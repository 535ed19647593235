/* SPDX-License-Identifier: ISC */
/* What is known of interfaces and wiphys while events are watched: read once, and then kept up to
 * date, so that after a loss it can be told what is different. */
#include <stdlib.h>
#include <string.h>

#include "../iw-mlo.h"

enum status known_read(struct ctx *ctx, struct dev_list *l)
{
	return query_dev_list(ctx, &l->ifaces, &l->wiphys);
}

void known_free(struct dev_list *l)
{
	free(l->ifaces.v);
	free(l->wiphys.v);
	memset(l, 0, sizeof(*l));
}

/* ---- the lists ---- */

static struct iface *find_iface(const struct iface_list *l, const struct iface *i)
{
	for (size_t n = 0; n < l->n; n++)
		if (l->v[n].wiphy == i->wiphy && l->v[n].wdev == i->wdev)
			return &l->v[n];
	return NULL;
}

static bool put_iface(struct iface_list *l, const struct iface *i)
{
	struct iface *at = find_iface(l, i);

	if (!at)
		at = grow((void **)&l->v, &l->n, &l->size, sizeof(*l->v));
	if (at)
		*at = *i;
	return at;
}

static void drop_iface(struct iface_list *l, const struct iface *i)
{
	struct iface *at = find_iface(l, i);

	if (at) {
		l->n--;
		memmove(at, at + 1, (size_t)(l->v + l->n - at) * sizeof(*at));
	}
}

static bool put_wiphy(struct wiphy_list *l, const struct event *e)
{
	struct wiphy *at = (struct wiphy *)(uintptr_t)wiphy_of_index(l, e->wiphy);

	if (!at)
		at = grow((void **)&l->v, &l->n, &l->size, sizeof(*l->v));
	if (!at)
		return false;
	at->has_index = true;
	at->index = e->wiphy;
	memcpy(at->name, e->phy, sizeof(at->name));
	return true;
}

/* Its interfaces went before it, each with an event of its own. */
static void drop_wiphy(struct wiphy_list *l, uint32_t index)
{
	struct wiphy *at = (struct wiphy *)(uintptr_t)wiphy_of_index(l, index);

	if (at) {
		l->n--;
		memmove(at, at + 1, (size_t)(l->v + l->n - at) * sizeof(*at));
	}
}

bool known_apply(struct dev_list *l, const struct event *e)
{
	if (is_about_interface(e->cmd) && e->iface.has_wdev && e->iface.has_wiphy) {
		if (e->cmd != NL80211_CMD_DEL_INTERFACE)
			return put_iface(&l->ifaces, &e->iface);
		drop_iface(&l->ifaces, &e->iface);
	}
	if (e->cmd == NL80211_CMD_NEW_WIPHY && e->has_wiphy && *e->phy)
		return put_wiphy(&l->wiphys, e);
	if (e->cmd == NL80211_CMD_DEL_WIPHY && e->has_wiphy)
		drop_wiphy(&l->wiphys, e->wiphy);
	return true;
}

/* ---- names ---- */

static const struct iface *iface_of(const struct dev_list *l, const struct event *e)
{
	for (size_t n = 0; n < l->ifaces.n; n++) {
		const struct iface *i = &l->ifaces.v[n];

		if (e->has_ifindex ? i->has_ifindex && i->ifindex == e->ifindex
				   : e->has_wdev && i->wdev == e->wdev)
			return i;
	}
	return NULL;
}

const char *known_ifname(const struct dev_list *l, const struct event *e)
{
	const struct iface *i = iface_of(l, e);

	return i ? i->name : "";
}

const struct wiphy *known_wiphy(const struct dev_list *l, const struct event *e)
{
	const struct iface *i = e->has_wiphy ? NULL : iface_of(l, e);

	if (!e->has_wiphy && !i)
		return NULL;
	return wiphy_of_index(&l->wiphys, i ? i->wiphy : e->wiphy);
}

/* ---- differences ---- */

static bool same_channel(const struct chandef *a, const struct chandef *b)
{
	return a->has_freq == b->has_freq && a->has_width == b->has_width &&
	       a->has_center1 == b->has_center1 && a->has_center2 == b->has_center2 &&
	       a->freq == b->freq && a->freq_offset == b->freq_offset && a->width == b->width &&
	       a->center1 == b->center1 && a->center2 == b->center2 && a->punctured == b->punctured;
}

static bool same_links(const struct iface *a, const struct iface *b)
{
	if (a->n_links != b->n_links)
		return false;
	for (int n = 0; n < a->n_links; n++) {
		const struct mlo_link *k = &a->links[n], *l = &b->links[n];

		if (k->id != l->id || memcmp(k->addr, l->addr, ADDR_LEN) != 0 ||
		    k->has_tx_power != l->has_tx_power || k->tx_power != l->tx_power ||
		    !same_channel(&k->chan, &l->chan))
			return false;
	}
	return true;
}

/* Of what is shown of it: all but the generation. */
static bool same_iface(const struct iface *a, const struct iface *b)
{
	return a->ifindex == b->ifindex && a->type == b->type && !strcmp(a->name, b->name) &&
	       !memcmp(a->addr, b->addr, ADDR_LEN) && a->ssid_len == b->ssid_len &&
	       !memcmp(a->ssid, b->ssid, a->ssid_len) && a->has_ssid == b->has_ssid &&
	       a->use_4addr == b->use_4addr && a->radio_mask == b->radio_mask &&
	       a->has_tx_power == b->has_tx_power && a->tx_power == b->tx_power &&
	       same_channel(&a->chan, &b->chan) && same_links(a, b);
}

static void compare_wiphys(const struct wiphy_list *was, const struct wiphy_list *is, known_fn *fn,
			   void *arg)
{
	for (size_t n = 0; n < was->n; n++)
		if (!wiphy_of_index(is, was->v[n].index))
			fn(arg, &(struct known_change){ KNOWN_GONE, NULL, NULL, &was->v[n] });
	for (size_t n = 0; n < is->n; n++) {
		const struct wiphy *old = wiphy_of_index(was, is->v[n].index);

		if (!old)
			fn(arg, &(struct known_change){ KNOWN_NEW, NULL, NULL, &is->v[n] });
		else if (strcmp(old->name, is->v[n].name) != 0)
			fn(arg, &(struct known_change){ KNOWN_CHANGED, NULL, NULL, &is->v[n] });
	}
}

void known_compare(const struct dev_list *was, const struct dev_list *is, known_fn *fn, void *arg)
{
	const struct iface_list *a = &was->ifaces, *b = &is->ifaces;

	compare_wiphys(&was->wiphys, &is->wiphys, fn, arg);
	for (size_t n = 0; n < a->n; n++)
		if (!find_iface(b, &a->v[n]))
			fn(arg, &(struct known_change){ KNOWN_GONE, &a->v[n], NULL, NULL });
	for (size_t n = 0; n < b->n; n++) {
		const struct iface *old = find_iface(a, &b->v[n]);

		if (!old)
			fn(arg, &(struct known_change){ KNOWN_NEW, &b->v[n], NULL, NULL });
		else if (!same_iface(old, &b->v[n]))
			fn(arg, &(struct known_change){ KNOWN_CHANGED, &b->v[n], old, NULL });
	}
}
