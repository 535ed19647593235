// SPDX-License-Identifier: GPL-2.0
/*
 * csmesim - a simulated Wi-Fi device that Intel's CSME firmware shares with the host
 *
 * To user space it looks as iwlmvm with iwlmei does: the vendor commands and the event of
 * include/uapi/linux/nl80211-vnd-intel.h, with their errnos, the order and the types of their
 * attributes, and a hard block of rfkill whose reason is "not owner". What the firmware does is
 * decided by the files below. Nothing is ever sent or received.
 *
 * There are no radios unless "csmesim.radios=N" (1 or 2) is on the kernel command line. Each has a
 * station, csme0 and csme1, which is blocked from the start. In debugfs, below csmesim/N/, are
 * numbers to read and write:
 *
 *   grant_ms   how long the firmware takes to grant ownership, in ms; 100 at first; 65535: for ever
 *   wait_ms    how long the driver waits for that, in ms; 500 at first, as iwlmei's
 *   lift_ms    how long after the grant the block is lifted, in ms; 0 (at first): before the driver
 *              answers the request
 *   keep_ms    if not 0, the firmware takes the device back so many ms after the block was lifted
 *   fail       if not 0, the errno that a request for ownership is refused with at once
 *   positive   if not 0, what a request for ownership is answered with: a positive number, as
 *              kernels up to 6.1 do where ownership was not granted
 *   has_conn   whether the firmware has told of a connection; 1 at first
 *   auth, cipher, channel   of that connection; 7 (RSNA-PSK), 4 (CCMP), 36 at first
 *   band       sent if it is below 255; 255 at first, as no driver sends it
 *
 * files to write:
 *
 *   ssid       0 to 32 bytes; "csme" at first
 *   bssid      aa:bb:cc:dd:ee:ff
 *   raw        up to 4096 bytes: sent instead of the connection's attributes, if there are any
 *   hear       MHz: the access point is heard there, and gets into the table of BSSes
 *   own        1: the firmware gives the device to the host, 0: it takes the device back
 *   button     1: the radio's switch is off, 0: on. A block with the reason "signal".
 *   roam       1: roaming is allowed, 0: it is forbidden. Sends the event.
 *   present    0: the device goes away, 1: it comes back
 *
 * and "asked", how often the host has asked for ownership.
 */

#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/version.h>

/* Before there was a reason, nothing of this could be told apart. */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 14, 0)

#include <linux/debugfs.h>
#include <linux/etherdevice.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/rtnetlink.h>
#include <linux/workqueue.h>
#include <net/cfg80211.h>
#include <net/netlink.h>

#define MAX_RADIOS 2
#define NEVER	   65535
#define NO_BAND	   255

#define INTEL_OUI 0x001735

enum intel_command {
	GET_CSME_CONN_INFO = 0x2d,
	HOST_GET_OWNERSHIP = 0x30,
	ROAMING_FORBIDDEN_EVENT = 0x32,
};

enum intel_attr {
	ATTR_VIF_ADDR = 0x02,
	ATTR_ADDR = 0x0a,
	ATTR_SSID = 0x3d,
	ATTR_STA_CIPHER = 0x51,
	ATTR_ROAMING_FORBIDDEN = 0x64,
	ATTR_AUTH_MODE = 0x65,
	ATTR_CHANNEL_NUM = 0x66,
	ATTR_BAND = 0x69,
	ATTR_MAX = 0x71,
};

struct connection {
	u8 has, channel, band;
	u32 auth, cipher;
	u8 bssid[ETH_ALEN];
	u8 ssid[IEEE80211_MAX_SSID_LEN];
	u8 ssid_len;
	u8 raw[4096];
	size_t raw_len;
};

struct radio {
	int number;
	struct platform_device *device;
	struct wiphy *wiphy; /* NULL: the device went away */
	struct wireless_dev *wdev;
	struct ieee80211_supported_band bands[3];
	struct ieee80211_channel channels[3][2];

	u16 grant_ms, wait_ms, lift_ms, keep_ms, fail, positive;
	u32 asked;
	struct connection conn;

	struct mutex lock; /* of what follows, and of wiphy */
	bool owned;	   /* by the host */
	wait_queue_head_t answered;
	struct delayed_work grant, lift, take_back;
};

static struct radio radios[MAX_RADIOS];

static unsigned int n_radios;
module_param_named(radios, n_radios, uint, 0444);
MODULE_PARM_DESC(radios, "Number of simulated radios, 0 to 2");

static struct radio *radio_of(struct wiphy *wiphy)
{
	return *(struct radio **)wiphy_priv(wiphy);
}

/* ---- ownership ---- */

static void block(struct radio *radio, bool blocked, enum rfkill_hard_block_reasons reason)
{
	mutex_lock(&radio->lock);
	if (radio->wiphy)
		wiphy_rfkill_set_hw_state_reason(radio->wiphy, blocked, reason);
	mutex_unlock(&radio->lock);
}

static void give(struct radio *radio)
{
	radio->owned = true;
	if (radio->lift_ms)
		schedule_delayed_work(&radio->lift, msecs_to_jiffies(radio->lift_ms));
	else
		radio->lift.work.func(&radio->lift.work);
	wake_up_all(&radio->answered);
}

static void take(struct radio *radio)
{
	cancel_delayed_work_sync(&radio->grant);
	cancel_delayed_work_sync(&radio->lift);
	radio->owned = false;
	block(radio, true, RFKILL_HARD_BLOCK_NOT_OWNER);
}

static void do_grant(struct work_struct *work)
{
	give(container_of(to_delayed_work(work), struct radio, grant));
}

static void do_lift(struct work_struct *work)
{
	struct radio *radio = container_of(to_delayed_work(work), struct radio, lift);

	block(radio, false, RFKILL_HARD_BLOCK_NOT_OWNER);
	if (radio->keep_ms)
		schedule_delayed_work(&radio->take_back, msecs_to_jiffies(radio->keep_ms));
}

static void do_take_back(struct work_struct *work)
{
	take(container_of(to_delayed_work(work), struct radio, take_back));
}

/* ---- Intel's vendor commands ---- */

static int get_ownership(struct wiphy *wiphy, struct wireless_dev *wdev, const void *data, int len)
{
	struct radio *radio = radio_of(wiphy);

	radio->asked++;
	if (radio->fail)
		return -radio->fail;
	if (radio->owned)
		return 0;

	if (radio->grant_ms != NEVER)
		schedule_delayed_work(&radio->grant, msecs_to_jiffies(radio->grant_ms));
	if (wait_event_timeout(radio->answered, radio->owned, msecs_to_jiffies(radio->wait_ms)))
		return radio->positive;
	return radio->positive ?: -ETIMEDOUT;
}

static int put_connection(struct sk_buff *skb, const struct connection *c)
{
	if (c->raw_len) {
		skb_put_data(skb, c->raw, c->raw_len);
		return 0;
	}
	if (nla_put_u32(skb, ATTR_AUTH_MODE, c->auth) ||
	    nla_put(skb, ATTR_SSID, c->ssid_len, c->ssid) ||
	    nla_put_u32(skb, ATTR_STA_CIPHER, c->cipher) ||
	    nla_put_u8(skb, ATTR_CHANNEL_NUM, c->channel) ||
	    nla_put(skb, ATTR_ADDR, ETH_ALEN, c->bssid))
		return -ENOBUFS;
	return c->band == NO_BAND ? 0 : nla_put_u8(skb, ATTR_BAND, c->band);
}

static int get_conn_info(struct wiphy *wiphy, struct wireless_dev *wdev, const void *data, int len)
{
	struct connection *c = &radio_of(wiphy)->conn;
	struct sk_buff *skb;
	int err;

	if (!c->has)
		return -EINVAL;

	skb = cfg80211_vendor_cmd_alloc_reply_skb(wiphy, 200 + c->raw_len);
	if (!skb)
		return -ENOMEM;
	err = put_connection(skb, c);
	if (err) {
		kfree_skb(skb);
		return err;
	}
	return cfg80211_vendor_cmd_reply(skb);
}

static const struct nla_policy policy[ATTR_MAX + 1] = {
	[ATTR_ROAMING_FORBIDDEN] = { .type = NLA_U8 },
	[ATTR_AUTH_MODE] = { .type = NLA_U32 },
	[ATTR_CHANNEL_NUM] = { .type = NLA_U8 },
	[ATTR_SSID] = { .type = NLA_BINARY, .len = IEEE80211_MAX_SSID_LEN },
	[ATTR_BAND] = { .type = NLA_U8 },
};

static const struct wiphy_vendor_command vendor_commands[] = {
	{
		.info = { INTEL_OUI, GET_CSME_CONN_INFO },
		.flags = WIPHY_VENDOR_CMD_NEED_WDEV,
		.doit = get_conn_info,
		.policy = policy,
		.maxattr = ATTR_MAX,
	},
	{
		.info = { INTEL_OUI, HOST_GET_OWNERSHIP },
		.flags = WIPHY_VENDOR_CMD_NEED_WDEV,
		.doit = get_ownership,
		.policy = policy,
		.maxattr = ATTR_MAX,
	},
};

/* The first four are holes in iwlmvm's list, too. */
#define ROAMING_FORBIDDEN_INDEX 4
static const struct nl80211_vendor_cmd_info vendor_events[] = {
	[ROAMING_FORBIDDEN_INDEX] = { INTEL_OUI, ROAMING_FORBIDDEN_EVENT },
};

static int send_roaming(struct radio *radio, bool forbidden)
{
	struct sk_buff *skb = cfg80211_vendor_event_alloc(radio->wiphy, radio->wdev, 200,
							  ROAMING_FORBIDDEN_INDEX, GFP_KERNEL);

	if (!skb)
		return -ENOMEM;
	if (nla_put(skb, ATTR_VIF_ADDR, ETH_ALEN, radio->wdev->netdev->dev_addr) ||
	    nla_put_u8(skb, ATTR_ROAMING_FORBIDDEN, forbidden)) {
		kfree_skb(skb);
		return -ENOBUFS;
	}
	cfg80211_vendor_event(skb, GFP_KERNEL);
	return 0;
}

/* ---- the device ---- */

static int open_netdev(struct net_device *dev)
{
	return 0;
}

static netdev_tx_t drop(struct sk_buff *skb, struct net_device *dev)
{
	dev_kfree_skb(skb);
	return NETDEV_TX_OK;
}

static const struct net_device_ops netdev_ops = {
	.ndo_open = open_netdev,
	.ndo_stop = open_netdev,
	.ndo_start_xmit = drop,
};

static void setup_netdev(struct net_device *dev)
{
	ether_setup(dev);
	dev->netdev_ops = &netdev_ops;
	dev->needs_free_netdev = true;
}

static int change_intf(struct wiphy *wiphy, struct net_device *dev, enum nl80211_iftype type,
		       struct vif_params *params)
{
	dev->ieee80211_ptr->iftype = type;
	return 0;
}

static const struct cfg80211_ops ops = { .change_virtual_intf = change_intf };

/* 2.4 GHz needs all twelve, the others have the last eight. */
static struct ieee80211_rate rates[] = {
	{ .bitrate = 10 },  { .bitrate = 20 },	{ .bitrate = 55 },  { .bitrate = 110 },
	{ .bitrate = 60 },  { .bitrate = 90 },	{ .bitrate = 120 }, { .bitrate = 180 },
	{ .bitrate = 240 }, { .bitrate = 360 }, { .bitrate = 480 }, { .bitrate = 540 },
};

static const struct ieee80211_sband_iftype_data wifi6 = {
	.types_mask = BIT(NL80211_IFTYPE_STATION),
	.he_cap = { .has_he = true },
};

/* Channel 1 of 2.4 and 6 GHz, and 36 of 5 GHz; channel 37 of 6 GHz; radio 1 has no 6 GHz. */
static const struct {
	enum nl80211_band band;
	int freqs[2];
} plan[] = {
	{ NL80211_BAND_2GHZ, { 2412, 2437 } },
	{ NL80211_BAND_5GHZ, { 5180, 5745 } },
	{ NL80211_BAND_6GHZ, { 5955, 6135 } },
};

static void add_bands(struct radio *radio)
{
	int nr, c;

	for (nr = 0; nr < ARRAY_SIZE(plan) - radio->number; nr++) {
		struct ieee80211_supported_band *sband = &radio->bands[nr];

		for (c = 0; c < ARRAY_SIZE(plan[nr].freqs); c++)
			radio->channels[nr][c] = (struct ieee80211_channel){
				.band = plan[nr].band,
				.center_freq = plan[nr].freqs[c],
				.max_power = 20,
			};
		sband->band = plan[nr].band;
		sband->channels = radio->channels[nr];
		sband->n_channels = ARRAY_SIZE(plan[nr].freqs);
		sband->bitrates = nr ? rates + 4 : rates;
		sband->n_bitrates = rates + ARRAY_SIZE(rates) - sband->bitrates;
		sband->iftype_data = &wifi6;
		sband->n_iftype_data = 1;
		radio->wiphy->bands[sband->band] = sband;
	}
}

static const struct ieee80211_regdomain rules = {
	.n_reg_rules = 3,
	.alpha2 = "99",
	.reg_rules = {
		REG_RULE(2402, 2482, 40, 0, 20, 0),
		REG_RULE(5170, 5835, 160, 0, 20, 0),
		REG_RULE(5945, 7125, 160, 0, 20, 0),
	},
};

static int add_station(struct radio *radio)
{
	u8 address[ETH_ALEN] = { 0x02, 0x43, 0x53, 0x4d, 0x45, radio->number };
	struct net_device *dev;
	int err;

	dev = alloc_netdev(sizeof(struct wireless_dev), "csme%d", NET_NAME_ENUM, setup_netdev);
	if (!dev)
		return -ENOMEM;

	radio->wdev = netdev_priv(dev);
	radio->wdev->wiphy = radio->wiphy;
	radio->wdev->netdev = dev;
	radio->wdev->iftype = NL80211_IFTYPE_STATION;
	dev->ieee80211_ptr = radio->wdev;
	SET_NETDEV_DEV(dev, wiphy_dev(radio->wiphy));
	eth_hw_addr_set(dev, address);
	netif_carrier_off(dev);

	err = register_netdev(dev);
	if (err)
		free_netdev(dev);
	return err;
}

static int come(struct radio *radio)
{
	struct wiphy *wiphy = wiphy_new(&ops, sizeof(radio));
	int err;

	if (!wiphy)
		return -ENOMEM;

	*(struct radio **)wiphy_priv(wiphy) = radio;
	set_wiphy_dev(wiphy, &radio->device->dev);
	radio->wiphy = wiphy;
	add_bands(radio);
	wiphy->interface_modes = BIT(NL80211_IFTYPE_STATION);
	wiphy->max_scan_ssids = 1;
	wiphy->flags |= WIPHY_FLAG_NETNS_OK;
	wiphy->regulatory_flags |= REGULATORY_WIPHY_SELF_MANAGED;
	wiphy->signal_type = CFG80211_SIGNAL_TYPE_MBM;
	wiphy->vendor_commands = vendor_commands;
	wiphy->n_vendor_commands = ARRAY_SIZE(vendor_commands);
	wiphy->vendor_events = vendor_events;
	wiphy->n_vendor_events = ARRAY_SIZE(vendor_events);
	err = regulatory_set_wiphy_regd(wiphy, (void *)&rules);
	if (!err)
		err = wiphy_register(wiphy);
	if (err)
		return err;

	take(radio);
	return add_station(radio);
}

static void go(struct radio *radio)
{
	struct wiphy *wiphy = radio->wiphy;

	cancel_delayed_work_sync(&radio->grant);
	cancel_delayed_work_sync(&radio->lift);
	cancel_delayed_work_sync(&radio->take_back);
	mutex_lock(&radio->lock);
	radio->wiphy = NULL;
	mutex_unlock(&radio->lock);
	unregister_netdev(radio->wdev->netdev);
	wiphy_unregister(wiphy);
	wiphy_free(wiphy);
}

/* Puts the access point of the firmware's connection into the table of BSSes. */
static int hear(struct radio *radio, int mhz)
{
	static const u8 elements[] = { WLAN_EID_SUPP_RATES, 1, 0x8c };
	struct cfg80211_inform_bss data = {
		.chan = ieee80211_get_channel(radio->wiphy, mhz),
		.signal = -4000,
	};
	struct cfg80211_bss *bss;

	if (!data.chan)
		return -EINVAL;
	bss = cfg80211_inform_bss_data(radio->wiphy, &data, CFG80211_BSS_FTYPE_BEACON,
				       radio->conn.bssid, 0, WLAN_CAPABILITY_ESS, 100, elements,
				       sizeof(elements), GFP_KERNEL);
	cfg80211_put_bss(radio->wiphy, bss);
	return 0;
}

/* ---- debugfs ---- */

static ssize_t write_ssid(struct file *file, const char __user *user, size_t size, loff_t *pos)
{
	struct connection *c = &((struct radio *)file->private_data)->conn;

	if (size > sizeof(c->ssid))
		return -EINVAL;
	if (copy_from_user(c->ssid, user, size))
		return -EFAULT;
	c->ssid_len = size;
	return size;
}

static ssize_t write_raw(struct file *file, const char __user *user, size_t size, loff_t *pos)
{
	struct connection *c = &((struct radio *)file->private_data)->conn;

	if (size > sizeof(c->raw))
		return -EINVAL;
	if (copy_from_user(c->raw, user, size))
		return -EFAULT;
	c->raw_len = size;
	return size;
}

/* A file that was opened to be written anew holds nothing: the way to an SSID of no bytes. */
static int open_ssid(struct inode *inode, struct file *file)
{
	struct radio *radio = inode->i_private;

	radio->conn.ssid_len = 0;
	file->private_data = radio;
	return 0;
}

static int open_raw(struct inode *inode, struct file *file)
{
	struct radio *radio = inode->i_private;

	radio->conn.raw_len = 0;
	file->private_data = radio;
	return 0;
}

static ssize_t write_bssid(struct file *file, const char __user *user, size_t size, loff_t *pos)
{
	struct radio *radio = file->private_data;
	u8 *b = radio->conn.bssid;
	char text[24] = "";

	if (size >= sizeof(text))
		return -EINVAL;
	if (copy_from_user(text, user, size))
		return -EFAULT;
	if (sscanf(text, "%hhx:%hhx:%hhx:%hhx:%hhx:%hhx", &b[0], &b[1], &b[2], &b[3], &b[4],
		   &b[5]) != ETH_ALEN)
		return -EINVAL;
	return size;
}

static const struct file_operations ssid_ops = { .open = open_ssid, .write = write_ssid };
static const struct file_operations raw_ops = { .open = open_raw, .write = write_raw };
static const struct file_operations bssid_ops = { .open = simple_open, .write = write_bssid };

static int set_own(void *data, u64 value)
{
	struct radio *radio = data;

	cancel_delayed_work_sync(&radio->take_back);
	if (value)
		give(radio);
	else
		take(radio);
	return 0;
}
DEFINE_DEBUGFS_ATTRIBUTE(own_ops, NULL, set_own, "%llu\n");

static int set_button(void *data, u64 value)
{
	block(data, value, RFKILL_HARD_BLOCK_SIGNAL);
	return 0;
}
DEFINE_DEBUGFS_ATTRIBUTE(button_ops, NULL, set_button, "%llu\n");

static int set_roam(void *data, u64 value)
{
	struct radio *radio = data;

	return radio->wiphy ? send_roaming(radio, !value) : -ENODEV;
}
DEFINE_DEBUGFS_ATTRIBUTE(roam_ops, NULL, set_roam, "%llu\n");

static int set_hear(void *data, u64 value)
{
	struct radio *radio = data;

	return radio->wiphy ? hear(radio, value) : -ENODEV;
}
DEFINE_DEBUGFS_ATTRIBUTE(hear_ops, NULL, set_hear, "%llu\n");

static int set_present(void *data, u64 value)
{
	struct radio *radio = data;

	if (value && !radio->wiphy)
		return come(radio);
	if (!value && radio->wiphy)
		go(radio);
	return 0;
}
DEFINE_DEBUGFS_ATTRIBUTE(present_ops, NULL, set_present, "%llu\n");

static void add_files(struct radio *radio, struct dentry *parent)
{
	struct connection *c = &radio->conn;
	char name[] = { '0' + radio->number, '\0' };
	struct dentry *dir = debugfs_create_dir(name, parent);

	debugfs_create_u16("grant_ms", 0600, dir, &radio->grant_ms);
	debugfs_create_u16("wait_ms", 0600, dir, &radio->wait_ms);
	debugfs_create_u16("lift_ms", 0600, dir, &radio->lift_ms);
	debugfs_create_u16("keep_ms", 0600, dir, &radio->keep_ms);
	debugfs_create_u16("fail", 0600, dir, &radio->fail);
	debugfs_create_u16("positive", 0600, dir, &radio->positive);
	debugfs_create_u32("asked", 0400, dir, &radio->asked);
	debugfs_create_u8("has_conn", 0600, dir, &c->has);
	debugfs_create_u32("auth", 0600, dir, &c->auth);
	debugfs_create_u32("cipher", 0600, dir, &c->cipher);
	debugfs_create_u8("channel", 0600, dir, &c->channel);
	debugfs_create_u8("band", 0600, dir, &c->band);
	debugfs_create_file("ssid", 0200, dir, radio, &ssid_ops);
	debugfs_create_file("bssid", 0200, dir, radio, &bssid_ops);
	debugfs_create_file("raw", 0200, dir, radio, &raw_ops);
	debugfs_create_file_unsafe("hear", 0200, dir, radio, &hear_ops);
	debugfs_create_file_unsafe("own", 0200, dir, radio, &own_ops);
	debugfs_create_file_unsafe("button", 0200, dir, radio, &button_ops);
	debugfs_create_file_unsafe("roam", 0200, dir, radio, &roam_ops);
	debugfs_create_file_unsafe("present", 0200, dir, radio, &present_ops);
}

static void set_up(struct radio *radio, int number)
{
	static const u8 bssid[ETH_ALEN] = { 0x02, 0x43, 0x53, 0x4d, 0x45, 0xaa };
	struct connection *c = &radio->conn;

	radio->number = number;
	radio->grant_ms = 100;
	radio->wait_ms = 500;
	c->has = 1;
	c->auth = 7;
	c->cipher = 4;
	c->channel = 36;
	c->band = NO_BAND;
	c->ssid_len = 4;
	memcpy(c->ssid, "csme", 4);
	ether_addr_copy(c->bssid, bssid);
	mutex_init(&radio->lock);
	init_waitqueue_head(&radio->answered);
	INIT_DELAYED_WORK(&radio->grant, do_grant);
	INIT_DELAYED_WORK(&radio->lift, do_lift);
	INIT_DELAYED_WORK(&radio->take_back, do_take_back);
}

static int add_radio(int number, struct dentry *dir)
{
	struct radio *radio = &radios[number];

	set_up(radio, number);
	radio->device = platform_device_register_simple("csmesim", number, NULL, 0);
	if (IS_ERR(radio->device))
		return PTR_ERR(radio->device);
	add_files(radio, dir);
	return come(radio);
}

static int __init csmesim_init(void)
{
	struct dentry *dir = n_radios ? debugfs_create_dir("csmesim", NULL) : NULL;
	int i, err = 0;

	for (i = 0; i < min_t(int, n_radios, MAX_RADIOS) && !err; i++)
		err = add_radio(i, dir);
	if (err)
		pr_err("radio %d: error %d\n", i - 1, err);
	return err;
}
module_init(csmesim_init);

MODULE_DESCRIPTION("Simulated Wi-Fi device that CSME firmware shares with the host");
MODULE_LICENSE("GPL");

#endif
