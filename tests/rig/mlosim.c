// SPDX-License-Identifier: GPL-2.0
/*
 * mlosim - a simulated full-MAC device for Multi-Link Operation
 *
 * A device whose firmware scans and connects by itself: all that a test can see of it comes out of
 * cfg80211, and all that happens in it is decided by the knobs below. Nothing is ever sent or
 * received. It gives two radios, phyN and phyN+1, each with a station: sim0 and sim1. Around them
 * are one open AP MLD and one open AP without MLO, which every scan finds on the radio's bands:
 *
 *   SSID           link  BSSID              channel           AP MLD
 *   mlosim         0     02:4d:4c:4f:00:00  1, 2412 MHz, 20   02:4d:4c:4f:ff:00
 *   mlosim         1     02:4d:4c:4f:00:01  36, 5180 MHz, 80
 *   mlosim         2     02:4d:4c:4f:00:02  1, 5955 MHz, 160
 *   mlosim         3     02:4d:4c:4f:00:03  149, 5745 MHz, 80
 *   mlosim         4     02:4d:4c:4f:00:04  33, 6115 MHz, 80
 *   mlosim-legacy  -     02:4d:4c:4f:00:05  40, 5200 MHz, 20
 *
 * Where the kernel has MLO link devices (the RFC of 2020), sim0 is a 5 GHz radio and sim1 one of
 * 6 GHz. A connection to the AP MLD takes the first of its links on the station's own band, and
 * every idle link device of both radios along, for as long as the AP MLD has a link on the device's
 * band that is not in use yet.
 *
 * Where the kernel has link IDs, both radios have all three bands. A request that says
 * MLO_SUPPORT gets a connection with several links, whose own addresses are the station's with
 * 0x10 + link ID XORed into the fourth byte; any other request gets a connection to one BSS, as
 * from an AP without MLO.
 *
 * There are no radios unless "mlosim.radios=2" is on the kernel command line. In debugfs, below
 * mlosim/, are numbers to read and write, which hold for the next scan or connection:
 *
 *   scan_ms      how long a scan takes, in ms; 10 at first
 *   connect_ms   how long it takes until a connection is there or refused; 20 at first
 *   refuse       the status code of every connection, if not 0
 *   timeout      every connection times out, if not 0: 1 scanning, 2 authenticating, 3 associating
 *   request      a bitmap of the links that an MLO station asks for (link IDs only); 0x7 at first
 *   accept       a bitmap of the links that the AP MLD accepts; 0xffff at first
 *   link_status  the status code of a link that it does not accept; 1 at first
 *   force_mlo    if not 0, connections are MLO without being asked for (link IDs only)
 *
 * files that take an interface's name and a number, and do something before the write ends:
 *
 *   lose        NAME LINK-ID: the connection goes on without this link
 *   regain      NAME LINK-ID: it has this link again. For user space that is a link device's
 *               channel, or where the kernel has link IDs, a roam.
 *   disconnect  NAME REASON: the AP ends the connection
 *   roam        NAME 0: the station roams to where it was
 *   hear        what follows each other is heard by the first radio: 1 byte 0 for a beacon, 1 for a
 *               probe response; 2 bytes MHz and 2 bytes signal in mBm, little endian; 6 bytes
 * BSSID; and up to 3000 bytes of elements
 *
 * and the file "state", with a line for each interface: phy, number of the wdev, name, type,
 * address, idle/connecting/connected/linked, bitmap of links.
 */

#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/debugfs.h>
#include <linux/delay.h>
#include <linux/etherdevice.h>
#include <linux/ieee80211.h>
#include <linux/module.h>
#include <linux/rtnetlink.h>
#include <linux/seq_file.h>
#include <linux/version.h>
#include <linux/workqueue.h>
#include <net/cfg80211.h>

/* ---- what differs between kernels ---- */

#ifdef CFG80211_HAS_MLO_LINK_DEVICES
#define LINK_DEVICES	   1
#define MLO_WIPHY_FLAGS	   0
#define asks_for_mlo(sme)  false
#define is_connected(wdev) ((wdev)->current_bss != NULL)
#define first_link(params) (params)
#define LINK_ID_PARAMETER
#define lock_radio(radio)   rtnl_lock()
#define unlock_radio(radio) rtnl_unlock()
#else
#define LINK_DEVICES	    0
#define MLO_WIPHY_FLAGS	    WIPHY_FLAG_SUPPORTS_MLO
#define asks_for_mlo(sme)   ((sme)->flags & CONNECT_REQ_MLO_SUPPORT)
#define is_connected(wdev)  ((wdev)->connected)
#define first_link(params)  (&(params)->links[0])
#define LINK_ID_PARAMETER   unsigned int link_id,
#define lock_radio(radio)   wiphy_lock((radio)->wiphy)
#define unlock_radio(radio) wiphy_unlock((radio)->wiphy)
#endif

#if LINUX_VERSION_CODE < KERNEL_VERSION(5, 12, 0)
#define cfg80211_register_netdevice   register_netdevice
#define cfg80211_unregister_netdevice unregister_netdevice
#endif

/* Stations without a netdev came, and with them statistics for each link. */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(7, 1, 0)
#define LINK_STATISTICS	    1
#define STATION_OF	    struct wireless_dev
#define vif_of_station(dev) container_of(dev, struct vif, wdev)
#else
#define LINK_STATISTICS	    0
#define STATION_OF	    struct net_device
#define vif_of_station(dev) ((struct vif *)netdev_priv(dev))
#endif

/* ---- the world: access points ---- */

#define MAX_RADIOS 2
#define MLD_SSID   "mlosim"

struct ap {
	const char *ssid;
	u8 id; /* of the link; also the bit in the bitmaps */
	u8 bssid[ETH_ALEN];
	enum nl80211_band band;
	u8 channel;
	u16 freq;
	u16 center;
	enum nl80211_chan_width width;
};

/* clang-format off */
#define BSSID(n) { 0x02, 0x4d, 0x4c, 0x4f, 0x00, n }

static const u8 mld_address[ETH_ALEN] = { 0x02, 0x4d, 0x4c, 0x4f, 0xff, 0x00 };

/* Those of the AP MLD first, in the order of their link IDs. */
static const struct ap aps[] = {
	{ MLD_SSID, 0, BSSID(0), NL80211_BAND_2GHZ, 1, 2412, 2412, NL80211_CHAN_WIDTH_20 },
	{ MLD_SSID, 1, BSSID(1), NL80211_BAND_5GHZ, 36, 5180, 5210, NL80211_CHAN_WIDTH_80 },
	{ MLD_SSID, 2, BSSID(2), NL80211_BAND_6GHZ, 1, 5955, 6025, NL80211_CHAN_WIDTH_160 },
	{ MLD_SSID, 3, BSSID(3), NL80211_BAND_5GHZ, 149, 5745, 5775, NL80211_CHAN_WIDTH_80 },
	{ MLD_SSID, 4, BSSID(4), NL80211_BAND_6GHZ, 33, 6115, 6145, NL80211_CHAN_WIDTH_80 },
	{ "mlosim-legacy", 5, BSSID(5), NL80211_BAND_5GHZ, 40, 5200, 5200, NL80211_CHAN_WIDTH_20 },
};
/* clang-format on */

#define N_MLD_LINKS 5

static bool is_mld(const struct ap *ap)
{
	return ap->id < N_MLD_LINKS;
}

/* ---- radios and interfaces ---- */

enum state { IDLE, CONNECTING, CONNECTED };

/*
 * Everything here is protected by the lock that cfg80211 holds when it calls a driver: see
 * lock_radio().
 */
struct vif {
	struct list_head list;
	struct radio *radio;
	struct wireless_dev wdev;
	const struct ap *ap; /* what it is, or is to be, connected to; NULL: not found */
	enum state state;    /* of a station */
	unsigned long due;   /* when CONNECTING becomes something else */
	unsigned long since; /* when it became CONNECTED */
	u16 links;	     /* of a station: IDs of the links in use */
	bool mlo;	     /* of a station: whether it asked for it */
	bool started;	     /* of a link device: see start_mlo_link_device() */
	struct vif *mld;     /* of a link device: the station that uses it */
};

struct radio {
	struct wiphy *wiphy;
	struct list_head vifs;
	struct delayed_work tick;
	struct cfg80211_scan_request *scan;
	unsigned long scan_due;
	u8 number;
	u8 last_address;
	struct ieee80211_supported_band bands[3];
	struct ieee80211_channel channels[20];
};

static struct radio *radios[MAX_RADIOS];

static unsigned int n_radios;
module_param_named(radios, n_radios, uint, 0444);
MODULE_PARM_DESC(radios, "Number of simulated radios, 0 to 2");

static struct {
	u16 scan_ms, connect_ms, refuse, timeout, request, accept, link_status, force_mlo;
} knobs = {
	.scan_ms = 10,
	.connect_ms = 20,
	.request = 0x7,
	.accept = 0xffff,
	.link_status = WLAN_STATUS_UNSPECIFIED_FAILURE,
};

/* Of a link that the AP MLD does not accept: never success. */
static u16 link_refusal(void)
{
	return knobs.link_status ?: WLAN_STATUS_UNSPECIFIED_FAILURE;
}

static struct radio *radio_of(struct wiphy *wiphy)
{
	return *(struct radio **)wiphy_priv(wiphy);
}

static struct vif *vif_of(struct wireless_dev *wdev)
{
	return container_of(wdev, struct vif, wdev);
}

static const u8 *address_of(struct vif *vif)
{
	return vif->wdev.netdev ? vif->wdev.netdev->dev_addr : vif->wdev.address;
}

static bool is_link_device(struct vif *vif)
{
#if LINK_DEVICES
	return vif->wdev.iftype == NL80211_IFTYPE_MLO_LINK_DEVICE;
#else
	return false;
#endif
}

static bool on_band(struct radio *radio, const struct ap *ap)
{
	return radio->wiphy->bands[ap->band];
}

/* ---- scanning ---- */

static u8 *put_element(u8 *at, u8 id, const void *data, u8 len)
{
	*at++ = id;
	*at++ = len;
	memcpy(at, data, len);
	return at + len;
}

/* HE Operation with 6 GHz information: without it, cfg80211 takes a 6 GHz BSS for unusable. */
static u8 *put_he_operation(u8 *at, const struct ap *ap)
{
	const bool wide = ap->width == NL80211_CHAN_WIDTH_160;
	const u8 center = (ap->center - 5950) / 5;
	/* of the primary 80 MHz, which is the lower half of the wide ones here */
	const u8 center80 = wide ? center - 8 : center;
	/* parameters, BSS colour, basic MCS; primary channel, control, two centres, minimum rate */
	const u8 he[] = { WLAN_EID_EXT_HE_OPERATION,
			  0,
			  0,
			  0x02,
			  1,
			  0xfc,
			  0xff,
			  ap->channel,
			  wide ? 3 : 2,
			  center80,
			  wide ? center : 0,
			  6 };

	return put_element(at, WLAN_EID_EXTENSION, he, sizeof(he));
}

/* A basic Multi-Link element: MLD address, link ID, change count, MLD capabilities. */
static u8 *put_multi_link(u8 *at, const struct ap *ap)
{
	u8 ml[14] = { 107, 0x30, 0x01, 11 };

	memcpy(ml + 4, mld_address, ETH_ALEN);
	ml[10] = ap->id;
	ml[12] = N_MLD_LINKS - 1; /* other links at the same time */
	return put_element(at, WLAN_EID_EXTENSION, ml, sizeof(ml));
}

static size_t put_elements(u8 *start, const struct ap *ap)
{
	static const u8 rates[] = { 0x8c, 0x12, 0x98, 0x24, 0xb0, 0x48, 0x60, 0x6c };
	const u8 country[] = { 'U', 'S', ' ', ap->channel, 1, 20 };
	u8 *at = start;

	at = put_element(at, WLAN_EID_SSID, ap->ssid, strlen(ap->ssid));
	at = put_element(at, WLAN_EID_SUPP_RATES, rates, sizeof(rates));
	at = put_element(at, WLAN_EID_COUNTRY, country, sizeof(country));
	if (ap->band == NL80211_BAND_6GHZ)
		at = put_he_operation(at, ap);
	if (is_mld(ap))
		at = put_multi_link(at, ap);
	return at - start;
}

/* Makes the AP known to cfg80211. Returns a reference to its entry. */
static struct cfg80211_bss *hear(struct radio *radio, const struct ap *ap)
{
	struct cfg80211_inform_bss data = {
		.chan = ieee80211_get_channel(radio->wiphy, ap->freq),
		.signal = -4000 - 500 * ap->id,
		.boottime_ns = ktime_get_boottime_ns(),
	};
	u8 elements[128];

	return cfg80211_inform_bss_data(radio->wiphy, &data, CFG80211_BSS_FTYPE_BEACON, ap->bssid,
					div_u64(data.boottime_ns, 1000), WLAN_CAPABILITY_ESS, 100,
					elements, put_elements(elements, ap), GFP_KERNEL);
}

/* Lets tick() come when the next thing is due, if there is any. */
static void set_alarm(struct radio *radio)
{
	unsigned long due = radio->scan_due;
	bool any = radio->scan;
	struct vif *vif;

	list_for_each_entry(vif, &radio->vifs, list) {
		if (vif->state != CONNECTING)
			continue;
		if (!any || time_before(vif->due, due))
			due = vif->due;
		any = true;
	}
	cancel_delayed_work(&radio->tick);
	if (any)
		schedule_delayed_work(&radio->tick, time_after(due, jiffies) ? due - jiffies : 0);
}

static void end_scan(struct radio *radio, bool aborted)
{
	struct cfg80211_scan_info info = { .aborted = aborted };
	struct cfg80211_scan_request *request = radio->scan;
	int i, c;

	for (i = 0; i < ARRAY_SIZE(aps) && !aborted; i++)
		for (c = 0; c < request->n_channels; c++)
			if (request->channels[c]->center_freq == aps[i].freq)
				cfg80211_put_bss(radio->wiphy, hear(radio, &aps[i]));
	radio->scan = NULL;
	cfg80211_scan_done(request, &info);
}

static int sim_scan(struct wiphy *wiphy, struct cfg80211_scan_request *request)
{
	struct radio *radio = radio_of(wiphy);

	if (radio->scan)
		return -EBUSY;

	radio->scan = request;
	radio->scan_due = jiffies + msecs_to_jiffies(knobs.scan_ms);
	set_alarm(radio);
	return 0;
}

static void sim_abort_scan(struct wiphy *wiphy, struct wireless_dev *wdev)
{
	struct radio *radio = radio_of(wiphy);

	if (radio->scan && radio->scan->wdev == wdev)
		end_scan(radio, true);
}

/* ---- the links of a connection ---- */

#if LINK_DEVICES

static u16 links_in_use(struct vif *mld)
{
	u16 links = BIT(mld->ap->id);
	struct vif *vif;
	int i;

	for (i = 0; i < MAX_RADIOS && radios[i]; i++)
		list_for_each_entry(vif, &radios[i]->vifs, list)
			if (vif->mld == mld)
				links |= BIT(vif->ap->id);
	return links;
}

static const struct ap *free_link(struct vif *mld, struct radio *radio, u16 wanted)
{
	u16 links = wanted & ~links_in_use(mld);
	int id;

	for (id = 0; id < N_MLD_LINKS; id++)
		if ((links & BIT(id)) && on_band(radio, &aps[id]))
			return &aps[id];
	return NULL;
}

/* Lets the link device have one of the wanted links, if there is one for it. */
static bool take_link(struct vif *mld, struct vif *vif, u16 wanted,
		      struct cfg80211_mlo_link_device_params *link)
{
	const struct ap *ap;

	if (!is_link_device(vif) || vif->mld)
		return false;

	ap = free_link(mld, vif->radio, wanted);
	if (!ap)
		return false;

	vif->ap = ap;
	vif->mld = mld;
	link->wdev = &vif->wdev;
	link->bss = hear(vif->radio, ap);
	return true;
}

static int take_links(struct vif *mld, u16 wanted, struct cfg80211_mlo_link_device_params *links)
{
	struct vif *vif;
	int i, n = 0;

	for (i = 0; i < MAX_RADIOS && radios[i]; i++)
		list_for_each_entry(vif, &radios[i]->vifs, list)
			if (n < N_MLD_LINKS && take_link(mld, vif, wanted, &links[n]))
				n++;
	return n;
}

static void report_connected(struct vif *vif)
{
	struct cfg80211_mlo_link_device_params links[N_MLD_LINKS];
	struct cfg80211_connect_resp_params params = {
		.bssid = vif->ap->bssid,
		.bss = hear(vif->radio, vif->ap),
		.mlo_links = links,
	};

	if (is_mld(vif->ap))
		params.n_mlo_links = take_links(vif, knobs.accept, links);
	cfg80211_connect_done(vif->wdev.netdev, &params, GFP_KERNEL);
}

static struct vif *link_of(struct vif *mld, int id)
{
	struct vif *vif;
	int i;

	for (i = 0; i < MAX_RADIOS && radios[i]; i++)
		list_for_each_entry(vif, &radios[i]->vifs, list)
			if (vif->mld == mld && vif->ap->id == id)
				return vif;
	return NULL;
}

static int lose(struct vif *mld, int id)
{
	struct vif *vif = link_of(mld, id);

	if (!vif || !vif->started)
		return -ENOLINK;

	cfg80211_mlo_link_removed(&vif->wdev);
	return 0;
}

static int regain(struct vif *mld, int id)
{
	struct cfg80211_mlo_link_device_params link;

	if (!is_connected(&mld->wdev) || !is_mld(mld->ap))
		return -ENOTCONN;
	if (id < 0 || id >= N_MLD_LINKS || !take_links(mld, BIT(id), &link))
		return -ENODEV;

	return cfg80211_mlo_link_added(&mld->wdev, &link);
}

static int roam(struct vif *vif, int unused)
{
	struct cfg80211_roam_info info = { .bss = hear(vif->radio, vif->ap) };

	cfg80211_roamed(vif->wdev.netdev, &info, GFP_KERNEL);
	return 0;
}

static int sim_start_link(struct wiphy *wiphy, struct wireless_dev *wdev)
{
	if (WARN_ON(vif_of(wdev)->started))
		return -EBUSY;
	vif_of(wdev)->started = true;
	return 0;
}

static void sim_stop_link(struct wiphy *wiphy, struct wireless_dev *wdev)
{
	WARN_ON(!vif_of(wdev)->started);
	vif_of(wdev)->started = false;
	vif_of(wdev)->mld = NULL;
}

#else /* link IDs */

static void own_link_address(struct vif *vif, int id, u8 *address)
{
	ether_addr_copy(address, address_of(vif));
	address[3] ^= 0x10 + id;
}

static void report_connected(struct vif *vif)
{
	struct cfg80211_connect_resp_params params = { .ap_mld_addr = NULL };
	u8 own[N_MLD_LINKS][ETH_ALEN];
	u16 wanted = knobs.request | BIT(vif->ap->id);
	int id;

	vif->links = 0;
	if (!is_mld(vif->ap) || !(vif->mlo || knobs.force_mlo)) {
		params.links[0].bssid = vif->ap->bssid;
		params.links[0].bss = hear(vif->radio, vif->ap);
		wanted = 0;
	}
	for (id = 0; id < N_MLD_LINKS; id++) {
		if (!(wanted & BIT(id)))
			continue;
		own_link_address(vif, id, own[id]);
		params.ap_mld_addr = mld_address;
		params.valid_links |= BIT(id);
		params.links[id].addr = own[id];
		params.links[id].bssid = aps[id].bssid;
		if (knobs.accept & BIT(id)) {
			params.links[id].bss = hear(vif->radio, &aps[id]);
			vif->links |= BIT(id);
		} else {
			params.links[id].status = link_refusal();
		}
	}
	cfg80211_connect_done(vif->wdev.netdev, &params, GFP_KERNEL);
}

static int lose(struct vif *vif, int id)
{
	u16 link = id < 0 || id >= N_MLD_LINKS ? 0 : BIT(id);

	if (!(vif->wdev.valid_links & link))
		return -ENOLINK;
	if (vif->wdev.valid_links == link) /* that would be a disconnection */
		return -EBUSY;

	vif->links &= ~link;
	if (vif->ap->id == id)
		vif->ap = &aps[__ffs(vif->links)];
	cfg80211_links_removed(vif->wdev.netdev, link);
	return 0;
}

static int roam_to(struct vif *vif, u16 links)
{
	struct cfg80211_roam_info info = { .valid_links = links };
	u8 own[N_MLD_LINKS][ETH_ALEN];
	int id;

	if (!links)
		info.links[0].bss = hear(vif->radio, vif->ap);
	else
		info.ap_mld_addr = mld_address;
	for (id = 0; id < N_MLD_LINKS; id++) {
		if (!(links & BIT(id)))
			continue;
		own_link_address(vif, id, own[id]);
		info.links[id].addr = own[id];
		info.links[id].bssid = aps[id].bssid;
		info.links[id].bss = hear(vif->radio, &aps[id]);
	}
	vif->links = links;
	cfg80211_roamed(vif->wdev.netdev, &info, GFP_KERNEL);
	return 0;
}

static int roam(struct vif *vif, int unused)
{
	return roam_to(vif, vif->links);
}

static int regain(struct vif *vif, int id)
{
	if (!vif->links || id < 0 || id >= N_MLD_LINKS)
		return -ENODEV;
	if (vif->links & BIT(id))
		return -EALREADY;

	return roam_to(vif, vif->links | BIT(id));
}

#endif

/*
 * cfg80211 learns of a connection and of its end a little later than the driver: only what it knows
 * already has a channel, so that nobody sees a connection half.
 */
static int sim_get_channel(struct wiphy *wiphy, struct wireless_dev *wdev,
			   LINK_ID_PARAMETER struct cfg80211_chan_def *chandef)
{
	const struct ap *ap = vif_of(wdev)->ap;

	if (!is_connected(wdev))
		return -ENODATA;
#if !LINK_DEVICES
	if (wdev->valid_links) {
		if (link_id >= N_MLD_LINKS || !(wdev->valid_links & BIT(link_id)))
			return -ENOLINK;
		ap = &aps[link_id];
	}
#endif
	chandef->chan = ieee80211_get_channel(wiphy, ap->freq);
	chandef->width = ap->width;
	chandef->center_freq1 = ap->center;
	return 0;
}

/* ---- connecting ---- */

static void set_idle(struct vif *vif)
{
	vif->state = IDLE;
	vif->links = 0;
}

static void report_failure(struct vif *vif, int status, int reason)
{
	struct cfg80211_connect_resp_params params = {
		.status = status,
		.timeout_reason = reason,
	};

	if (vif->ap)
		first_link(&params)->bssid = vif->ap->bssid;
	set_idle(vif);
	cfg80211_connect_done(vif->wdev.netdev, &params, GFP_KERNEL);
}

static void end_connecting(struct vif *vif)
{
	if (knobs.timeout || !vif->ap) {
		report_failure(vif, -1, knobs.timeout ?: NL80211_TIMEOUT_SCAN);
	} else if (knobs.refuse) {
		report_failure(vif, knobs.refuse, NL80211_TIMEOUT_UNSPECIFIED);
	} else if (is_mld(vif->ap) && !(knobs.accept & BIT(vif->ap->id))) {
		report_failure(vif, link_refusal(), NL80211_TIMEOUT_UNSPECIFIED);
	} else {
		vif->state = CONNECTED;
		vif->since = jiffies;
		report_connected(vif);
		netif_carrier_on(vif->wdev.netdev);
	}
}

static const struct ap *find_ap(struct radio *radio, struct cfg80211_connect_params *sme)
{
	const struct ap *ap;

	for (ap = aps; ap < aps + ARRAY_SIZE(aps); ap++) {
		if (!on_band(radio, ap) || strlen(ap->ssid) != sme->ssid_len ||
		    memcmp(ap->ssid, sme->ssid, sme->ssid_len))
			continue;
		if (sme->bssid && !ether_addr_equal(sme->bssid, ap->bssid))
			continue;
		if (sme->channel && sme->channel->center_freq != ap->freq)
			continue;
		return ap;
	}
	return NULL;
}

static int sim_connect(struct wiphy *wiphy, struct net_device *dev,
		       struct cfg80211_connect_params *sme)
{
	struct vif *vif = netdev_priv(dev);

	if (vif->state != IDLE)
		return -EBUSY;
	if (sme->privacy || sme->crypto.n_akm_suites)
		return -EOPNOTSUPP;

	vif->ap = find_ap(vif->radio, sme);
	vif->mlo = asks_for_mlo(sme);
	vif->state = CONNECTING;
	vif->due = jiffies + msecs_to_jiffies(knobs.connect_ms);
	set_alarm(vif->radio);
	return 0;
}

static int sim_disconnect(struct wiphy *wiphy, struct net_device *dev, u16 reason)
{
	struct vif *vif = netdev_priv(dev);

	netif_carrier_off(dev);
	if (vif->state == CONNECTING)
		report_failure(vif, -1, NL80211_TIMEOUT_UNSPECIFIED);
	else if (vif->state == CONNECTED)
		cfg80211_disconnected(dev, reason, NULL, 0, true, GFP_KERNEL);
	set_idle(vif);
	return 0;
}

static int disconnected_by_ap(struct vif *vif, int reason)
{
	if (vif->state != CONNECTED)
		return -ENOTCONN;

	netif_carrier_off(vif->wdev.netdev);
	set_idle(vif);
	cfg80211_disconnected(vif->wdev.netdev, reason, NULL, 0, false, GFP_KERNEL);
	return 0;
}

/* Does what is due on a radio. */
static void tick(struct work_struct *work)
{
	struct radio *radio = container_of(to_delayed_work(work), struct radio, tick);
	struct vif *vif;

	lock_radio(radio);
	if (radio->scan && time_after_eq(jiffies, radio->scan_due))
		end_scan(radio, false);
	list_for_each_entry(vif, &radio->vifs, list)
		if (vif->state == CONNECTING && time_after_eq(jiffies, vif->due))
			end_connecting(vif);
	set_alarm(radio);
	unlock_radio(radio);
}

/* ---- statistics ---- */

/* Numbers that a test can foretell: they depend on the link, and on nothing else. */
/* clang-format off */
#define FILL_STATISTICS(info, id) do {					\
	(info)->filled |= BIT_ULL(NL80211_STA_INFO_RX_BYTES64) |	\
			  BIT_ULL(NL80211_STA_INFO_TX_BYTES64) |	\
			  BIT_ULL(NL80211_STA_INFO_RX_PACKETS) |	\
			  BIT_ULL(NL80211_STA_INFO_TX_PACKETS) |	\
			  BIT_ULL(NL80211_STA_INFO_TX_RETRIES) |	\
			  BIT_ULL(NL80211_STA_INFO_TX_FAILED) |		\
			  BIT_ULL(NL80211_STA_INFO_SIGNAL) |		\
			  BIT_ULL(NL80211_STA_INFO_TX_BITRATE);		\
	(info)->rx_bytes = 1000000ULL * ((id) + 1);			\
	(info)->tx_bytes = 200000ULL * ((id) + 1);			\
	(info)->rx_packets = 1000 * ((id) + 1);				\
	(info)->tx_packets = 200 * ((id) + 1);				\
	(info)->tx_retries = 10 * ((id) + 1);				\
	(info)->tx_failed = (id) + 1;					\
	(info)->signal = -40 - 5 * (id);				\
	(info)->txrate.legacy = 60 * ((id) + 1);			\
} while (0)
/* clang-format on */

#if !LINK_DEVICES
static void fill_mlo_statistics(struct vif *vif, struct station_info *info)
{
	info->mlo_params_valid = true;
	info->assoc_link_id = vif->ap->id;
	ether_addr_copy(info->mld_addr, mld_address);
#if LINK_STATISTICS
	int id;

	for (id = 0; id < N_MLD_LINKS; id++) {
		if (!(vif->wdev.valid_links & BIT(id)) || !info->links[id])
			continue;
		FILL_STATISTICS(info->links[id], id);
		ether_addr_copy(info->links[id]->addr, aps[id].bssid);
		info->valid_links |= BIT(id);
	}
#endif
}
#endif

static int sim_dump_station(struct wiphy *wiphy, STATION_OF *dev, int index, u8 *mac,
			    struct station_info *info)
{
	struct vif *vif = vif_of_station(dev);

	if (index || vif->state != CONNECTED || !is_connected(&vif->wdev))
		return -ENOENT;

	ether_addr_copy(mac, vif->ap->bssid);
	FILL_STATISTICS(info, vif->ap->id);
	info->filled |= BIT_ULL(NL80211_STA_INFO_CONNECTED_TIME);
	info->connected_time = (jiffies - vif->since) / HZ;
#if !LINK_DEVICES
	if (vif->wdev.valid_links) {
		ether_addr_copy(mac, mld_address);
		fill_mlo_statistics(vif, info);
	}
#endif
	return 0;
}

static int sim_get_station(struct wiphy *wiphy, STATION_OF *dev, const u8 *mac,
			   struct station_info *info)
{
	u8 address[ETH_ALEN];
	int err;

	err = sim_dump_station(wiphy, dev, 0, address, info);
	if (err)
		return err;

	return ether_addr_equal(mac, address) ? 0 : -ENOENT;
}

/* ---- interfaces ---- */

static int sim_open(struct net_device *dev)
{
	return 0;
}

/* cfg80211 has disconnected it before this, but leaves a scan to the driver. */
static int sim_stop(struct net_device *dev)
{
	struct vif *vif = netdev_priv(dev);

#if !LINK_DEVICES
	lock_radio(vif->radio);
#endif
	sim_abort_scan(vif->radio->wiphy, &vif->wdev);
#if !LINK_DEVICES
	unlock_radio(vif->radio);
#endif
	return 0;
}

static netdev_tx_t sim_xmit(struct sk_buff *skb, struct net_device *dev)
{
	dev_kfree_skb(skb);
	return NETDEV_TX_OK;
}

static const struct net_device_ops sim_netdev_ops = {
	.ndo_open = sim_open,
	.ndo_stop = sim_stop,
	.ndo_start_xmit = sim_xmit,
	.ndo_set_mac_address = eth_mac_addr,
	.ndo_validate_addr = eth_validate_addr,
};

static void setup_netdev(struct net_device *dev)
{
	ether_setup(dev);
	dev->netdev_ops = &sim_netdev_ops;
	dev->needs_free_netdev = true;
}

static bool is_taken(struct radio *radio, const u8 *address)
{
	struct vif *vif;

	list_for_each_entry(vif, &radio->vifs, list)
		if (ether_addr_equal(address, address_of(vif)))
			return true;
	return false;
}

/* The address that was asked for, or one that no interface of the radio has. */
static int choose_address(struct radio *radio, const u8 *wanted, u8 *address)
{
	const u8 own[ETH_ALEN] = { 0x02, 0x4d, 0x4c, 0x00, radio->number, 0 };
	int tries;

	if (is_valid_ether_addr(wanted)) {
		ether_addr_copy(address, wanted);
		return is_taken(radio, address) ? -EADDRINUSE : 0;
	}
	ether_addr_copy(address, own);
	for (tries = 0; tries < 256; tries++) {
		address[5] = radio->last_address++;
		if (!is_taken(radio, address))
			return 0;
	}
	return -ENOSPC;
}

static void init_vif(struct vif *vif, struct radio *radio, enum nl80211_iftype type)
{
	vif->radio = radio;
	vif->wdev.wiphy = radio->wiphy;
	vif->wdev.iftype = type;
	list_add_tail(&vif->list, &radio->vifs);
}

static struct wireless_dev *add_station(struct radio *radio, const char *name,
					unsigned char name_assign_type, const u8 *address)
{
	struct net_device *dev;
	struct vif *vif;
	int err;

	dev = alloc_netdev(sizeof(*vif), name, name_assign_type, setup_netdev);
	if (!dev)
		return ERR_PTR(-ENOMEM);

	vif = netdev_priv(dev);
	init_vif(vif, radio, NL80211_IFTYPE_STATION);
	vif->wdev.netdev = dev;
	dev->ieee80211_ptr = &vif->wdev;
	SET_NETDEV_DEV(dev, wiphy_dev(radio->wiphy));
	eth_hw_addr_set(dev, address);
	netif_carrier_off(dev);

	err = cfg80211_register_netdevice(dev);
	if (err) {
		list_del(&vif->list);
		free_netdev(dev);
		return ERR_PTR(err);
	}
	return &vif->wdev;
}

static struct wireless_dev *add_link_device(struct radio *radio, enum nl80211_iftype type,
					    const u8 *address)
{
	struct vif *vif = kzalloc(sizeof(*vif), GFP_KERNEL);

	if (!vif)
		return ERR_PTR(-ENOMEM);

	init_vif(vif, radio, type);
	ether_addr_copy(vif->wdev.address, address);
	return &vif->wdev;
}

static struct wireless_dev *sim_add_intf(struct wiphy *wiphy, const char *name,
					 unsigned char name_assign_type, enum nl80211_iftype type,
					 struct vif_params *params)
{
	struct radio *radio = radio_of(wiphy);
	u8 address[ETH_ALEN];
	int err;

	err = choose_address(radio, params->macaddr, address);
	if (err)
		return ERR_PTR(err);

	if (type == NL80211_IFTYPE_STATION)
		return add_station(radio, name, name_assign_type, address);
	return add_link_device(radio, type, address);
}

static int sim_del_intf(struct wiphy *wiphy, struct wireless_dev *wdev)
{
	struct vif *vif = vif_of(wdev);

	if (wdev->netdev) {
		/* not before it is off: its events may still name it */
		cfg80211_unregister_netdevice(wdev->netdev);
		list_del(&vif->list);
	} else {
		cfg80211_unregister_wdev(wdev);
		list_del(&vif->list);
		kfree(vif);
	}
	return 0;
}

static int sim_change_intf(struct wiphy *wiphy, struct net_device *dev, enum nl80211_iftype type,
			   struct vif_params *params)
{
	struct vif *vif = netdev_priv(dev);

	if (netif_running(dev) && type != vif->wdev.iftype)
		return -EBUSY;

	/* a connection that was about to take it along did not come about */
	vif->mld = NULL;
	vif->wdev.iftype = type;
	return 0;
}

static const struct cfg80211_ops sim_ops = {
	.add_virtual_intf = sim_add_intf,
	.del_virtual_intf = sim_del_intf,
	.change_virtual_intf = sim_change_intf,
	.scan = sim_scan,
	.abort_scan = sim_abort_scan,
	.connect = sim_connect,
	.disconnect = sim_disconnect,
	.get_station = sim_get_station,
	.dump_station = sim_dump_station,
	.get_channel = sim_get_channel,
#if LINK_DEVICES
	.start_mlo_link_device = sim_start_link,
	.stop_mlo_link_device = sim_stop_link,
#endif
};

/* ---- what a radio can do ---- */

/* 2.4 GHz needs all twelve, the others have the last eight. */
static struct ieee80211_rate rates[] = {
	{ .bitrate = 10 },  { .bitrate = 20 },	{ .bitrate = 55 },  { .bitrate = 110 },
	{ .bitrate = 60 },  { .bitrate = 90 },	{ .bitrate = 120 }, { .bitrate = 180 },
	{ .bitrate = 240 }, { .bitrate = 360 }, { .bitrate = 480 }, { .bitrate = 540 },
};

static const struct ieee80211_sband_iftype_data wifi6 = {
	.types_mask = BIT(NL80211_IFTYPE_STATION),
	.he_cap = {
		.has_he = true,
		.he_cap_elem.phy_cap_info[0] =
			IEEE80211_HE_PHY_CAP0_CHANNEL_WIDTH_SET_40MHZ_80MHZ_IN_5G |
			IEEE80211_HE_PHY_CAP0_CHANNEL_WIDTH_SET_160MHZ_IN_5G,
		.he_mcs_nss_supp = {
			.rx_mcs_80 = cpu_to_le16(0xfffa),
			.tx_mcs_80 = cpu_to_le16(0xfffa),
			.rx_mcs_160 = cpu_to_le16(0xfffa),
			.tx_mcs_160 = cpu_to_le16(0xfffa),
		},
	},
};

static const struct {
	enum nl80211_band band;
	int channels[8];
} plan[] = {
	{ NL80211_BAND_2GHZ, { 1, 6, 11 } },
	{ NL80211_BAND_5GHZ, { 36, 40, 44, 48, 149, 153, 157 } },
	{ NL80211_BAND_6GHZ, { 1, 5, 9, 13, 33, 37, 41 } },
};

static struct ieee80211_channel *add_band(struct radio *radio, int nr,
					  struct ieee80211_channel *chan)
{
	struct ieee80211_supported_band *sband = &radio->bands[nr];
	const int *number;

	sband->band = plan[nr].band;
	sband->channels = chan;
	for (number = plan[nr].channels; *number; number++, chan++) {
		chan->band = sband->band;
		chan->hw_value = *number;
		chan->center_freq = ieee80211_channel_to_frequency(*number, sband->band);
		chan->max_power = 20;
	}
	sband->n_channels = chan - sband->channels;

	sband->bitrates = sband->band == NL80211_BAND_2GHZ ? rates : rates + 4;
	sband->n_bitrates = rates + ARRAY_SIZE(rates) - sband->bitrates;
	sband->iftype_data = &wifi6;
	sband->n_iftype_data = 1;
	radio->wiphy->bands[sband->band] = sband;
	return chan;
}

static void add_bands(struct radio *radio)
{
	struct ieee80211_channel *chan = radio->channels;
	int nr;

	for (nr = 0; nr < ARRAY_SIZE(plan); nr++)
		if (!LINK_DEVICES || nr == radio->number + 1)
			chan = add_band(radio, nr, chan);
}

/* Rules of its own, or 6 GHz would be closed until a test gets a database loaded. */
static const struct ieee80211_regdomain rules = {
	.n_reg_rules = 3,
	.alpha2 = "99",
	.reg_rules = {
		REG_RULE(2402, 2482, 40, 0, 20, 0),
		REG_RULE(5170, 5835, 160, 0, 20, 0),
		REG_RULE(5945, 7125, 160, 0, 20, 0),
	},
};

static const struct ieee80211_iface_limit limits[] = {
	{ .max = 2, .types = BIT(NL80211_IFTYPE_STATION) },
#if LINK_DEVICES
	{ .max = 6, .types = BIT(NL80211_IFTYPE_MLO_LINK_DEVICE) },
#endif
};

static const struct ieee80211_iface_combination combination = {
	.limits = limits,
	.n_limits = ARRAY_SIZE(limits),
	.max_interfaces = LINK_DEVICES ? 8 : 2,
	.num_different_channels = 3,
};

static void describe(struct wiphy *wiphy)
{
	wiphy->interface_modes = BIT(NL80211_IFTYPE_STATION);
#if LINK_DEVICES
	wiphy->interface_modes |= BIT(NL80211_IFTYPE_MLO_LINK_DEVICE);
	wiphy_ext_feature_set(wiphy, NL80211_EXT_FEATURE_MLO);
#endif
	wiphy->iface_combinations = &combination;
	wiphy->n_iface_combinations = 1;
	wiphy->flags |= MLO_WIPHY_FLAGS;
	wiphy->features |= NL80211_FEATURE_MAC_ON_CREATE;
	wiphy->signal_type = CFG80211_SIGNAL_TYPE_MBM;
	wiphy->max_scan_ssids = 4;
	wiphy->max_scan_ie_len = 256;
	wiphy->regulatory_flags |= REGULATORY_WIPHY_SELF_MANAGED;
}

static int add_first_station(struct radio *radio)
{
	struct vif_params params = {};
	struct wireless_dev *wdev;

	rtnl_lock();
#if !LINK_DEVICES
	lock_radio(radio);
#endif
	wdev = sim_add_intf(radio->wiphy, "sim%d", NET_NAME_ENUM, NL80211_IFTYPE_STATION, &params);
#if !LINK_DEVICES
	unlock_radio(radio);
#endif
	rtnl_unlock();
	return PTR_ERR_OR_ZERO(wdev);
}

static int add_radio(int number)
{
	struct radio *radio = kzalloc(sizeof(*radio), GFP_KERNEL);
	int err;

	if (!radio)
		return -ENOMEM;

	radio->wiphy = wiphy_new(&sim_ops, sizeof(radio));
	if (!radio->wiphy)
		return -ENOMEM;

	*(struct radio **)wiphy_priv(radio->wiphy) = radio;
	radio->number = number;
	INIT_LIST_HEAD(&radio->vifs);
	INIT_DELAYED_WORK(&radio->tick, tick);
	describe(radio->wiphy);
	add_bands(radio);

	/* registering puts it into force */
	err = regulatory_set_wiphy_regd(radio->wiphy, (void *)&rules);
	if (!err)
		err = wiphy_register(radio->wiphy);
	if (err)
		return err;

	radios[number] = radio;
	return add_first_station(radio);
}

/* ---- debugfs ---- */

typedef int (*action)(struct vif *vif, int number);

/* Takes the lock of the station's radio, if there is such a station. */
static struct vif *find_and_lock(const char *name)
{
	struct vif *vif;
	int i;

	for (i = 0; i < MAX_RADIOS && radios[i]; i++) {
		lock_radio(radios[i]);
		list_for_each_entry(vif, &radios[i]->vifs, list)
			if (vif->wdev.netdev && !strcmp(vif->wdev.netdev->name, name))
				return vif;
		unlock_radio(radios[i]);
	}
	return NULL;
}

/* Whether cfg80211 has come to know what the driver told it of the station. */
static bool is_settled(struct vif *vif)
{
#if !LINK_DEVICES
	if (vif->links != vif->wdev.valid_links)
		return false;
#endif
	return (vif->state == CONNECTED) == is_connected(&vif->wdev);
}

/* As find_and_lock(), but waits for what is going on to come to its end. */
static struct vif *settle_and_lock(const char *name)
{
	struct vif *vif;
	int tries = 100;

	while ((vif = find_and_lock(name)) && !is_settled(vif) && --tries) {
		unlock_radio(vif->radio);
		msleep(10);
	}
	return vif;
}

static int do_action(action what, const char *name, int number)
{
	struct vif *vif = settle_and_lock(name);
	int err = -ENOTCONN;

	if (!vif)
		return -ENODEV;
	if (vif->state == CONNECTED && is_connected(&vif->wdev))
		err = what(vif, number);
	unlock_radio(vif->radio);

	vif = settle_and_lock(name);
	if (vif)
		unlock_radio(vif->radio);
	return err;
}

static ssize_t act(struct file *file, const char __user *user, size_t size, loff_t *pos)
{
	char text[32] = "", name[IFNAMSIZ];
	int number, err;

	if (size >= sizeof(text))
		return -EINVAL;
	if (copy_from_user(text, user, size))
		return -EFAULT;
	if (sscanf(text, "%15s %i", name, &number) != 2)
		return -EINVAL;

	err = do_action(file->private_data, name, number);
	return err ?: size;
}

static const struct file_operations action_ops = {
	.owner = THIS_MODULE,
	.open = simple_open,
	.write = act,
};

/* A frame from anybody: its elements are not looked at. */
struct heard {
	u8 probe_response;
	__le16 freq, signal;
	u8 bssid[ETH_ALEN];
	u8 elements[];
} __packed;

static int hear_frame(struct radio *radio, const struct heard *h, size_t len)
{
	struct cfg80211_inform_bss data = {
		.chan = ieee80211_get_channel(radio->wiphy, le16_to_cpu(h->freq)),
		.signal = (s16)le16_to_cpu(h->signal),
		.boottime_ns = ktime_get_boottime_ns(),
	};
	struct cfg80211_bss *bss;

	if (!data.chan)
		return -EINVAL;
	bss = cfg80211_inform_bss_data(radio->wiphy, &data,
				       h->probe_response ? CFG80211_BSS_FTYPE_PRESP
							 : CFG80211_BSS_FTYPE_BEACON,
				       h->bssid, div_u64(data.boottime_ns, 1000),
				       WLAN_CAPABILITY_ESS, 100, h->elements, len, GFP_KERNEL);
	cfg80211_put_bss(radio->wiphy, bss);
	return bss ? 0 : -EINVAL;
}

static ssize_t hear_user(struct file *file, const char __user *user, size_t size, loff_t *pos)
{
	struct heard *h;
	int err;

	if (size < sizeof(*h) || size > sizeof(*h) + 3000)
		return -EINVAL;
	h = memdup_user(user, size);
	if (IS_ERR(h))
		return PTR_ERR(h);
	err = hear_frame(radios[0], h, size - sizeof(*h));
	kfree(h);
	return err ?: size;
}

static const struct file_operations hear_ops = {
	.owner = THIS_MODULE,
	.write = hear_user,
};

static const char *state_name(struct vif *vif)
{
	static const char *const names[] = { "idle", "connecting", "connected" };

	if (is_link_device(vif))
		return vif->started ? "linked" : "idle";
	return names[vif->state];
}

static u16 links_of(struct vif *vif)
{
	if (vif->started)
		return BIT(vif->ap->id);
	return vif->state == CONNECTED && !is_link_device(vif) ? vif->links ?: BIT(vif->ap->id) : 0;
}

static int state_show(struct seq_file *file, void *unused)
{
	struct vif *vif;
	int i;

	for (i = 0; i < MAX_RADIOS && radios[i]; i++) {
		lock_radio(radios[i]);
		list_for_each_entry(vif, &radios[i]->vifs, list)
			seq_printf(file, "%s %u %s %s %pM %s 0x%x\n", wiphy_name(radios[i]->wiphy),
				   vif->wdev.identifier,
				   vif->wdev.netdev ? vif->wdev.netdev->name : "-",
				   is_link_device(vif) ? "link" : "station", address_of(vif),
				   state_name(vif), links_of(vif));
		unlock_radio(radios[i]);
	}
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(state);

static void add_files(void)
{
	struct dentry *dir = debugfs_create_dir("mlosim", NULL);

	debugfs_create_u16("scan_ms", 0600, dir, &knobs.scan_ms);
	debugfs_create_u16("connect_ms", 0600, dir, &knobs.connect_ms);
	debugfs_create_u16("refuse", 0600, dir, &knobs.refuse);
	debugfs_create_u16("timeout", 0600, dir, &knobs.timeout);
	debugfs_create_x16("request", 0600, dir, &knobs.request);
	debugfs_create_x16("accept", 0600, dir, &knobs.accept);
	debugfs_create_u16("link_status", 0600, dir, &knobs.link_status);
	debugfs_create_u16("force_mlo", 0600, dir, &knobs.force_mlo);
	debugfs_create_file("lose", 0200, dir, lose, &action_ops);
	debugfs_create_file("regain", 0200, dir, regain, &action_ops);
	debugfs_create_file("roam", 0200, dir, roam, &action_ops);
	debugfs_create_file("hear", 0200, dir, NULL, &hear_ops);
	debugfs_create_file("disconnect", 0200, dir, disconnected_by_ap, &action_ops);
	debugfs_create_file("state", 0400, dir, NULL, &state_fops);
}

static int __init mlosim_init(void)
{
	int i, err = 0;

	for (i = 0; i < min_t(int, n_radios, MAX_RADIOS) && !err; i++)
		err = add_radio(i);
	if (i)
		add_files();
	if (err)
		pr_err("radio %d: error %d\n", i - 1, err);
	return err;
}
module_init(mlosim_init);

MODULE_DESCRIPTION("Simulated full-MAC device for Multi-Link Operation");
MODULE_LICENSE("GPL");
