/* SPDX-License-Identifier: ISC */
/* check: an interface. Who else manages it, its links, and which of the AP's it has not. */
#include <errno.h>
#include <string.h>

#include "check.h"

#define TRIES 5

/* A connection that is to be judged. */
struct connection {
	struct bss_list bsses;
	struct ap_list aps;
	const struct ap *ap; /* NULL: the table does not have it */
	bool connected;
	struct iface iface;
};

/* ---- other managers ---- */

static void check_profile(struct checkup *c, const struct manager *m)
{
	char band[ESCAPED_SIZE(sizeof(m->band))], bssid[ESCAPED_SIZE(sizeof(m->bssid))];
	struct finding *f;

	if (!*m->connection)
		return;
	if (!m->profile_known)
		f = found(c, "preference", CHECK_ATTENTION,
			  "whether NetworkManager keeps to one band cannot be told");
	else if (*m->band || *m->bssid)
		f = found(c, "preference", CHECK_ATTENTION, "NetworkManager keeps to one %s",
			  *m->bssid ? "access point" : "band");
	else
		f = found(c, "preference", CHECK_OK, "NetworkManager keeps to no band");
	if (!m->profile_known) {
		add_fact(f, "its profile cannot be read, or is nowhere that is known here");
		add_next(f, "run it as root");
		return;
	}
	add_fact(f, "its profile has %s", *m->band || *m->bssid ? "" : "neither band nor bssid");
	if (*m->band)
		add_fact(f, "band=%s", escape(band, sizeof(band), m->band, strlen(m->band)));
	if (*m->bssid)
		add_fact(f, "%sbssid=%s", *m->band ? " and " : "",
			 escape(bssid, sizeof(bssid), m->bssid, strlen(m->bssid)));
	if (f->verdict != CHECK_OK)
		add_next(f, "clear 802-11-wireless.%s of the profile (nmcli)",
			 *m->bssid ? "bssid" : "band");
}

static void check_manager(struct checkup *c)
{
	char path[ESCAPED_SIZE(sizeof(((struct manager *)NULL)->evidence))];
	struct finding *f;
	struct manager m;

	if (!find_manager(c->iface, &m) && m.hidden) {
		f = found(c, "manager", CHECK_ATTENTION,
			  "whether anyone else manages it cannot be told");
		add_fact(f, "%s may not be searched for wpa_supplicant and NetworkManager",
			 run_root);
		add_next(f, "run it as root");
		return;
	}
	if (!*m.evidence) {
		f = found(c, "manager", CHECK_OK, "nobody else is seen to manage it");
		add_fact(f, "%s has nothing of wpa_supplicant or NetworkManager for it", run_root);
		return;
	}
	f = found(c, "manager", CHECK_ATTENTION, "%s manages it, and may undo what is changed here",
		  m.network_manager ? "NetworkManager" : "wpa_supplicant");
	add_fact(f, "%s", escape(path, sizeof(path), m.evidence, strlen(m.evidence)));
	check_profile(c, &m);
}

/* ---- debugfs ---- */

static void explain_debugfs(struct checkup *c, struct finding *f, int err)
{
	if (err == EACCES || err == EPERM) {
		add_fact(f, "active_links may not be read");
		add_next(f, "run it as root");
	} else if (!sysfs_exists("kernel/debug/ieee80211")) {
		add_fact(f, "/sys/kernel/debug has nothing of Wi-Fi");
		add_next(f, "\"mount -t debugfs debugfs /sys/kernel/debug\", if it is not");
	} else if (!sysfs_exists("kernel/debug/ieee80211/%s/netdev:%s/active_links", c->wiphy->name,
				 c->iface->name)) {
		add_fact(f, "the interface has no active_links there: the driver is not of "
			    "mac80211, or the kernel is without CONFIG_MAC80211_DEBUGFS");
	} else {
		add_fact(f, "active_links has no number");
	}
}

static void check_debugfs(struct checkup *c)
{
	struct finding *f;
	uint64_t bitmap;
	int err;

	if (sysfs_active_links(&bitmap, c->wiphy->name, c->iface->name)) {
		f = found(c, "debugfs", CHECK_OK, "it tells which links are active");
		add_fact(f, "active_links of the interface can be read");
		return;
	}
	err = errno;
	f = found(c, "debugfs", CHECK_ATTENTION, "only the channels tell which links are active");
	explain_debugfs(c, f, err);
}

/* ---- links that are set up, and those that are active ---- */

static uint16_t links_with_channel(const struct iface *i)
{
	uint16_t bitmap = 0;

	for (int n = 0; n < i->n_links; n++)
		if (i->links[n].chan.has_freq)
			bitmap |= (uint16_t)(1u << i->links[n].id);
	return bitmap;
}

static unsigned int count(uint16_t bitmap)
{
	return (unsigned int)__builtin_popcount(bitmap);
}

static unsigned int limit_of_ap(const struct connection *con)
{
	struct mld_capabilities m;

	return ap_capabilities(con->ap, &m) ? m.max_simultaneous_links : 0;
}

static void add_links(struct checkup *c, struct finding *f, const struct connection *con,
		      const char *source, uint16_t active)
{
	unsigned int driver = links_at_a_time(&c->caps, c->iface->type), ap = limit_of_ap(con);
	char links[LINKS_TEXT];

	add_fact(f, "set up: %s", fmt_links(links, link_bitmap(c->iface)));
	if (source)
		add_fact(f, "; active: %s (by %s)", fmt_links(links, active), source);
	if (driver)
		add_fact(f, "; limit at a time: %u by the driver", driver);
	else
		add_fact(f, "; limit at a time: not told by the driver");
	if (ap)
		add_fact(f, ", %u by the AP", ap);
}

static void judge_links(struct checkup *c, const struct connection *con)
{
	uint16_t all = link_bitmap(c->iface), active = links_with_channel(c->iface);
	unsigned int limit = links_at_a_time(&c->caps, c->iface->type), ap = limit_of_ap(con), n;
	const char *source = active ? "channel" : NULL;
	struct finding *f;
	uint64_t word;

	if (sysfs_active_links(&word, c->wiphy->name, c->iface->name)) {
		active = (uint16_t)(word & all);
		source = "debugfs";
	}
	if (ap && ap < limit)
		limit = ap;
	n = count(active);
	if (count(all) == 1)
		f = found(c, "links", CHECK_ATTENTION, "the connection has one link only");
	else if (!source)
		f = found(c, "links", CHECK_ATTENTION,
			  "%u are set up; which are active is not told", count(all));
	else if (n == count(all))
		f = found(c, "links", CHECK_OK, "%u are set up, and all of them active", n);
	else if (n && n == limit)
		f = found(c, "links", CHECK_OK,
			  "%u are set up and %u active, as many as may be at a time", count(all),
			  n);
	else if (n)
		f = found(c, "links", CHECK_ATTENTION, "%u are set up, but only %u active",
			  count(all), n);
	else
		f = found(c, "links", CHECK_ATTENTION, "%u are set up, but none is active",
			  count(all));
	add_links(c, f, con, source, active);
}

/* ---- a connection without links ---- */

/* v: NULL if the table does not have it. */
static void judge_plain_ap(struct checkup *c, const struct bss_view *v)
{
	bool told = v && v->bss->elements.len;
	char mac[MAC_TEXT];
	struct finding *f;

	if (told && !v->malformed) {
		f = found(c, "links", CHECK_ATTENTION,
			  "the connection is without MLO: the AP is no MLD");
		add_fact(f, "BSS %s has no basic Multi-Link element", fmt_mac(mac, v->bss->bssid));
		add_next(f, "another access point, or MLO switched on in this one");
		return;
	}
	f = found(c, "links", CHECK_ATTENTION, "the connection is without MLO");
	if (told)
		add_fact(f, "what the AP says of itself cannot be decoded: %s", v->malformed);
	else
		add_fact(f, "what the AP can do, the table of BSSes does not tell");
}

static void judge_no_mlo(struct checkup *c, const struct connection *con)
{
	char mac[MAC_TEXT];
	struct finding *f;

	if (!con->ap || !con->ap->is_mld) {
		judge_plain_ap(c, con->ap ? con->ap->links[0].heard : NULL);
		return;
	}
	f = found(c, "links", c->caps.wiphy.mlo ? CHECK_PROBLEM : CHECK_ATTENTION,
		  "the connection is without MLO, though the AP is an MLD");
	add_fact(f, "AP MLD %s, which tells of %zu link%s; MLO_SUPPORT is %sset",
		 fmt_mac(mac, con->ap->mld_addr), con->ap->n_links,
		 con->ap->n_links == 1 ? "" : "s", c->caps.wiphy.mlo ? "" : "not ");
	if (c->caps.wiphy.mlo)
		add_next(f, "who connects has to ask for MLO: wpa_supplicant does from 2.11 on, "
			    "with management frame protection");
}

/* ---- the AP's links that are not set up ---- */

static uint32_t freq_of(const struct ap_link *l)
{
	return l->heard && l->heard->bss->has_freq ? l->heard->bss->freq : l->freq;
}

static const char *cannot_use_reason(const struct bss *b)
{
	if (b->cannot_use & NL80211_BSS_CANNOT_USE_NSTR_NONPRIMARY)
		return "it is not the primary link of an NSTR pair";
	if (b->cannot_use & NL80211_BSS_CANNOT_USE_6GHZ_PWR_MISMATCH)
		return "its 6 GHz power mode is none of this station's";
	return "the kernel does not tell why";
}

static bool is_unusable(const struct ap_link *l)
{
	const struct bss *b = l->heard ? l->heard->bss : NULL;

	return b && b->has_use_for && !(b->use_for & NL80211_BSS_USE_FOR_MLD_LINK);
}

/* Why there is no such link, as far as anything tells; what rules it out first. */
static void explain_missing(struct checkup *c, struct finding *f, const struct ap_link *l)
{
	uint32_t mhz = freq_of(l), channel;
	const struct channel *ch = channel_at(&c->channels, mhz);
	const char *band = "";

	if (!mhz)
		add_fact(f, "the AP has not told its channel");
	else if (freq_to_channel(mhz, &channel, &band))
		add_fact(f, "%u MHz (%s)", mhz, band);
	else
		add_fact(f, "%u MHz", mhz);
	if (l->announced && l->disabled)
		add_fact(f, "; the AP announces it as disabled");
	else if (mhz && !ch)
		add_fact(f, "; the driver has no such channel");
	else if (ch && ch->disabled)
		add_fact(f, "; that channel is disabled here: see %s and regdomain",
			 !strcmp(band, "6GHz") ? "6ghz" : "bands");
	else if (is_unusable(l))
		add_fact(f, "; the kernel would not use it: %s", cannot_use_reason(l->heard->bss));
	else if (!l->heard)
		add_fact(f, "; announced, but not heard");
	else
		add_fact(f, "; heard, and nothing here forbids it");
}

/* What can be done for it, where nothing that is known stands against it. */
static void add_way(struct checkup *c, struct finding *f, const struct connection *con,
		    const struct ap_link *l)
{
	const struct channel *ch = channel_at(&c->channels, freq_of(l));
	char name[ESCAPED_SIZE(NAME_LEN_MAX)];
	struct mld_capabilities m;

	if ((l->announced && l->disabled) || !ch || ch->disabled || is_unusable(l))
		return;
	escape(name, sizeof(name), c->iface->name, strlen(c->iface->name));
	if (!l->heard)
		add_next(f, "\"iw-mlo dev %s scan freq %u passive\" listens for it", name,
			 freq_of(l));
	else if (family_has(&c->ctx->family, NL80211_CMD_ASSOC_MLO_RECONF) &&
		 ap_capabilities(con->ap, &m) && m.link_reconfiguration)
		add_next(f, "\"iw-mlo dev %s link reconf add %u\" asks the AP for it", name, l->id);
}

static void check_ap_links(struct checkup *c, const struct connection *con)
{
	uint16_t mine = link_bitmap(c->iface), told = 0;
	struct finding *f;

	if (!con->ap || !con->ap->is_mld)
		return;
	for (size_t n = 0; n < con->ap->n_links; n++) {
		const struct ap_link *l = &con->ap->links[n];

		if (l->id == LINK_ID_NONE || told >> l->id & 1)
			continue;
		told |= (uint16_t)(1u << l->id);
		if (mine >> l->id & 1)
			continue;
		f = found(c, "ap_links", CHECK_ATTENTION, "link %u of the AP is not set up", l->id);
		explain_missing(c, f, l);
		add_way(c, f, con, l);
	}
	if (!told || told & ~mine)
		return;
	f = found(c, "ap_links", CHECK_OK, "every link that the AP tells of is set up");
	add_fact(f, "%u in the table of BSSes", count(told));
}

/* ---- a client ---- */

static enum status query_connection(struct ctx *ctx, struct connection *con)
{
	enum status st = ST_OK;
	int left = TRIES;

	do {
		free_bss_list(&con->bsses);
		memset(&con->iface, 0, sizeof(con->iface));
		st = query_iface(ctx, &con->iface);
		if (st == ST_OK)
			st = query_bss(ctx, &con->bsses);
	} while (st == ST_OK && !bsses_agree(&con->bsses, &con->iface) && --left);
	ctx->unsettled |= !left;
	if (st == ST_OK && !fold_bsses(&con->bsses, &con->aps))
		return fail(ctx, ST_SYSTEM, "out of memory");
	if (st == ST_OK && con->aps.n && con->aps.v[0].rank == RANK_OURS)
		con->ap = &con->aps.v[0]; /* it comes first */
	con->connected = con->iface.n_links || con->ap;
	return st;
}

/* Of the RFC's dialect, the other links are devices that have a channel. */
static void judge_link_devices(struct checkup *c)
{
	unsigned int devices = 0, linked = 0, stations = 0;
	struct finding *f;

	for (size_t n = 0; n < c->ifaces.n; n++) {
		const struct iface *i = &c->ifaces.v[n];

		devices += i->type == RFC_IFTYPE_MLO_LINK_DEVICE;
		linked += i->type == RFC_IFTYPE_MLO_LINK_DEVICE && i->chan.has_freq;
		stations += iface_is_client(i) && i->chan.has_freq;
	}
	if (!linked)
		f = found(c, "links", CHECK_ATTENTION, "the connection has one link only");
	else if (stations > 1)
		f = found(c, "links", CHECK_ATTENTION,
			  "of which connection the link devices are is not told");
	else
		f = found(c, "links", CHECK_OK, "the connection has %u link device%s", linked,
			  linked == 1 ? "" : "s");
	add_fact(f, "link devices: %u; with a channel: %u; stations with a channel: %u", devices,
		 linked, stations);
	if (!devices)
		add_next(f, "\"iw-mlo phy PHY interface add NAME type mlo-link-device\", then "
			    "connect anew");
}

static void judge_client(struct checkup *c, const struct connection *con)
{
	struct finding *f;

	if (!con->connected) {
		f = found(c, "links", CHECK_ATTENTION, "it is not connected");
		add_fact(f, "GET_INTERFACE has no links, GET_SCAN no BSS of a connection");
		add_next(f, "connect it, and check again");
		return;
	}
	if (c->ctx->dialect == DIALECT_RFC) {
		judge_link_devices(c);
	} else if (c->iface->n_links) {
		judge_links(c, con);
		check_ap_links(c, con);
	} else {
		judge_no_mlo(c, con);
	}
}

static enum status check_client(struct checkup *c)
{
	struct target before = c->ctx->target;
	const struct iface *listed = c->iface;
	struct connection con = { 0 };
	enum status st;

	c->ctx->target = (struct target){ .object = OBJECT_DEV,
					  .word = listed->name,
					  .ifindex = listed->ifindex };
	st = query_connection(c->ctx, &con);
	if (st == ST_OK) {
		c->iface = &con.iface;
		judge_client(c, &con);
		c->iface = listed;
		c->ctx->target = before;
	}
	free_ap_list(&con.aps);
	free_bss_list(&con.bsses);
	return st;
}

/* ---- an AP ---- */

static void check_ap(struct checkup *c)
{
	const struct iface *i = c->iface;
	uint16_t all = link_bitmap(i), with_channel = links_with_channel(i), ghosts = 0;
	char links[LINKS_TEXT], name[ESCAPED_SIZE(NAME_LEN_MAX)];
	struct finding *f;

	escape(name, sizeof(name), i->name, strlen(i->name));
	for (int n = 0; n < i->n_links; n++)
		if (link_is_ghost(&i->links[n]))
			ghosts |= (uint16_t)(1u << i->links[n].id);
	if (ghosts) {
		f = found(c, "links", CHECK_PROBLEM, "links are listed that were torn down: %s",
			  fmt_links(links, ghosts));
		add_next(f, "\"ip link set %s down\", then up, makes an end of them", name);
	} else if (!all) {
		f = found(c, "links", CHECK_ATTENTION, "this AP has no links: it is no MLD");
		add_next(f, "\"iw-mlo dev %s link add ID addr MAC\"", name);
	} else if (all & ~with_channel) {
		f = found(c, "links", CHECK_ATTENTION, "links without a channel, so no beacon: %s",
			  fmt_links(links, all & (uint16_t)~with_channel));
		add_next(f, "who runs the AP has to start them");
	} else {
		f = found(c, "links", CHECK_OK, "every link of this AP MLD has a channel");
	}
	add_fact(f, "GET_INTERFACE lists %s", fmt_links(links, all));
}

/* ---- all of it ---- */

enum status check_dev(struct checkup *c)
{
	char name[ESCAPED_SIZE(NAME_LEN_MAX)], type[IFTYPE_TEXT];
	bool links = c->ctx->dialect == DIALECT_LINKS;
	struct finding *f;

	if (!netdev_is_up(c->iface->name)) {
		f = found(c, "state", CHECK_ATTENTION, "the interface is down");
		add_fact(f, "SIOCGIFFLAGS has no IFF_UP");
		add_next(f, "\"ip link set %s up\"",
			 escape(name, sizeof(name), c->iface->name, strlen(c->iface->name)));
	}
	check_manager(c);
	if (iface_is_client(c->iface)) {
		if (links && c->caps.wiphy.mlo)
			check_debugfs(c);
		return check_client(c);
	}
	if (c->iface->type == NL80211_IFTYPE_AP) {
		if (links && c->caps.wiphy.mlo)
			check_ap(c);
		return ST_OK;
	}
	f = found(c, "links", CHECK_ATTENTION, "an interface of this type has none");
	add_fact(f, "type %s", iftype_name(type, c->iface->type, c->ctx->dialect));
	add_next(f, "a station or an AP has");
	return ST_OK;
}
