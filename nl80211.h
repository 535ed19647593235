/* SPDX-License-Identifier: ISC */
/*
 * The numbers of the kernel's nl80211 interface that iw-mlo speaks.
 *
 * Names and values are the kernel's (include/uapi/linux/nl80211.h); the words are ours.
 * A number, once in a released kernel, never changes its meaning, so this one copy serves every
 * kernel: what the running one understands is asked of it (struct family), not compiled in.
 * "since" names the first release that has the group. tests/uapi.bats compares every value with the
 * header that is installed and with those of the rig's kernels.
 */
#ifndef IW_MLO_NL80211_H
#define IW_MLO_NL80211_H

#define NL80211_GENL_NAME "nl80211"

enum nl80211_commands {
	/* wiphys: the hardware */
	NL80211_CMD_GET_WIPHY = 1,
	NL80211_CMD_SET_WIPHY = 2,
	NL80211_CMD_NEW_WIPHY = 3,
	NL80211_CMD_DEL_WIPHY = 4,

	/* interfaces (wdevs), with a netdev or without */
	NL80211_CMD_GET_INTERFACE = 5,
	NL80211_CMD_SET_INTERFACE = 6,
	NL80211_CMD_NEW_INTERFACE = 7,
	NL80211_CMD_DEL_INTERFACE = 8,

	/* access points; the rig's */
	NL80211_CMD_START_AP = 15,
	NL80211_CMD_STOP_AP = 16,

	/* the table of BSSes heard; the last three are events, too */
	NL80211_CMD_GET_SCAN = 32,
	NL80211_CMD_TRIGGER_SCAN = 33,
	NL80211_CMD_NEW_SCAN_RESULTS = 34,
	NL80211_CMD_SCAN_ABORTED = 35,
	NL80211_CMD_ABORT_SCAN = 114,

	/* connections, as the driver or cfg80211 makes them; events, too */
	NL80211_CMD_CONNECT = 46,
	NL80211_CMD_ROAM = 47,
	NL80211_CMD_DISCONNECT = 48,

	/* a vendor's own commands and events: what they mean, VENDOR_ID and VENDOR_SUBCMD tell */
	NL80211_CMD_VENDOR = 103,

	/* since 6.0: links of an AP MLD */
	NL80211_CMD_ADD_LINK = 148,
	NL80211_CMD_REMOVE_LINK = 149,
};

enum nl80211_attrs {
	/* who is meant */
	NL80211_ATTR_WIPHY = 1,
	NL80211_ATTR_WIPHY_NAME = 2,
	NL80211_ATTR_IFINDEX = 3,
	NL80211_ATTR_IFNAME = 4,
	NL80211_ATTR_IFTYPE = 5,
	NL80211_ATTR_MAC = 6,
	NL80211_ATTR_WDEV = 153,

	/* what an interface is */
	NL80211_ATTR_SSID = 52,
	NL80211_ATTR_4ADDR = 83,
	NL80211_ATTR_GENERATION = 46,
	NL80211_ATTR_TXQ_STATS = 265,
	NL80211_ATTR_VIF_RADIO_MASK = 333, /* since 6.13 */

	/* its channel */
	NL80211_ATTR_WIPHY_FREQ = 38,
	NL80211_ATTR_WIPHY_CHANNEL_TYPE = 39,
	NL80211_ATTR_WIPHY_TX_POWER_LEVEL = 98,
	NL80211_ATTR_CHANNEL_WIDTH = 159,
	NL80211_ATTR_CENTER_FREQ1 = 160,
	NL80211_ATTR_CENTER_FREQ2 = 161,
	NL80211_ATTR_WIPHY_FREQ_OFFSET = 290,
	NL80211_ATTR_CENTER_FREQ1_OFFSET = 291,
	NL80211_ATTR_PUNCT_BITMAP = 322, /* since 6.3 */

	/* what an AP sends */
	NL80211_ATTR_BEACON_INTERVAL = 12,
	NL80211_ATTR_DTIM_PERIOD = 13,
	NL80211_ATTR_BEACON_HEAD = 14,

	/* connecting, and what came of it */
	NL80211_ATTR_AUTH_TYPE = 53,
	NL80211_ATTR_REASON_CODE = 54,
	NL80211_ATTR_TIMED_OUT = 65,
	NL80211_ATTR_DISCONNECTED_BY_AP = 71,
	NL80211_ATTR_STATUS_CODE = 72,
	NL80211_ATTR_REQ_IE = 77,
	NL80211_ATTR_RESP_IE = 78,
	NL80211_ATTR_BSSID = 245,

	/* what a wiphy can do */
	NL80211_ATTR_SUPPORTED_IFTYPES = 32,
	NL80211_ATTR_INTERFACE_COMBINATIONS = 120,
	NL80211_ATTR_SOFTWARE_IFTYPES = 121,
	NL80211_ATTR_SPLIT_WIPHY_DUMP = 174,
	NL80211_ATTR_EXT_FEATURES = 217,

	NL80211_ATTR_WIPHY_BANDS = 22,

	/* what a vendor says; of a wiphy: the commands and events that it has */
	NL80211_ATTR_VENDOR_ID = 195,
	NL80211_ATTR_VENDOR_SUBCMD = 196,
	NL80211_ATTR_VENDOR_DATA = 197,
	NL80211_ATTR_VENDOR_EVENTS = 198,

	/* what to scan for */
	NL80211_ATTR_SCAN_FREQUENCIES = 44,
	NL80211_ATTR_SCAN_SSIDS = 45,
	NL80211_ATTR_SCAN_FLAGS = 158,

	/* one entry of the BSS table: enum nl80211_bss */
	NL80211_ATTR_BSS = 47,
	NL80211_ATTR_BSS_DUMP_INCLUDE_USE_DATA = 327, /* since 6.8 */

	/* since 6.0: multi-link operation */
	NL80211_ATTR_MLO_LINKS = 312,
	NL80211_ATTR_MLO_LINK_ID = 313,
	NL80211_ATTR_MLD_ADDR = 314,
	NL80211_ATTR_MLO_SUPPORT = 315,
};

/* One set of interfaces that may be there together: NL80211_ATTR_INTERFACE_COMBINATIONS has many.
 */
enum nl80211_if_combination_attrs {
	NL80211_IFACE_COMB_LIMITS = 1,
	NL80211_IFACE_COMB_MAXNUM = 2,
	NL80211_IFACE_COMB_NUM_CHANNELS = 4,
};

enum nl80211_iface_limit_attrs {
	NL80211_IFACE_LIMIT_MAX = 1,
	NL80211_IFACE_LIMIT_TYPES = 2,
};

/* A band of a wiphy: NL80211_ATTR_WIPHY_BANDS has many, and each many channels. */
enum nl80211_band_attr {
	NL80211_BAND_ATTR_FREQS = 1,
};

enum nl80211_frequency_attr {
	NL80211_FREQUENCY_ATTR_FREQ = 1,
};

enum nl80211_auth_type {
	NL80211_AUTHTYPE_OPEN_SYSTEM = 0,
};

enum nl80211_bss {
	NL80211_BSS_BSSID = 1,
	NL80211_BSS_FREQUENCY = 2,
	NL80211_BSS_TSF = 3,
	NL80211_BSS_BEACON_INTERVAL = 4,
	NL80211_BSS_CAPABILITY = 5,
	NL80211_BSS_INFORMATION_ELEMENTS = 6,
	NL80211_BSS_SIGNAL_MBM = 7,
	NL80211_BSS_SIGNAL_UNSPEC = 8,
	NL80211_BSS_STATUS = 9,
	NL80211_BSS_SEEN_MS_AGO = 10,
	NL80211_BSS_BEACON_IES = 11,
	NL80211_BSS_PRESP_DATA = 14,
	NL80211_BSS_FREQUENCY_OFFSET = 20,
	NL80211_BSS_MLO_LINK_ID = 21,	     /* since 6.0 */
	NL80211_BSS_MLD_ADDR = 22,	     /* since 6.1 */
	NL80211_BSS_USE_FOR = 23,	     /* since 6.8 */
	NL80211_BSS_CANNOT_USE_REASONS = 24, /* since 6.8 */
};

enum nl80211_bss_use_for {
	NL80211_BSS_USE_FOR_NORMAL = 1,
	NL80211_BSS_USE_FOR_MLD_LINK = 2,
};

enum nl80211_bss_cannot_use_reasons {
	NL80211_BSS_CANNOT_USE_NSTR_NONPRIMARY = 1,
	NL80211_BSS_CANNOT_USE_6GHZ_PWR_MISMATCH = 2,
};

enum nl80211_scan_flags {
	NL80211_SCAN_FLAG_FLUSH = 2,
};

enum nl80211_bss_status {
	NL80211_BSS_STATUS_AUTHENTICATED = 0,
	NL80211_BSS_STATUS_ASSOCIATED = 1,
	NL80211_BSS_STATUS_IBSS_JOINED = 2,
};

enum nl80211_iftype {
	NL80211_IFTYPE_UNSPECIFIED = 0,
	NL80211_IFTYPE_ADHOC = 1,
	NL80211_IFTYPE_STATION = 2,
	NL80211_IFTYPE_AP = 3,
	NL80211_IFTYPE_AP_VLAN = 4,
	NL80211_IFTYPE_WDS = 5,
	NL80211_IFTYPE_MONITOR = 6,
	NL80211_IFTYPE_MESH_POINT = 7,
	NL80211_IFTYPE_P2P_CLIENT = 8,
	NL80211_IFTYPE_P2P_GO = 9,
	NL80211_IFTYPE_P2P_DEVICE = 10,
	NL80211_IFTYPE_OCB = 11,
	NL80211_IFTYPE_NAN = 12,
	NL80211_IFTYPE_NAN_DATA = 13, /* since 7.1; the RFC below has another meaning for 13 */
	NL80211_IFTYPE_PD = 14,	      /* since 7.2 */
};

enum nl80211_chan_width {
	NL80211_CHAN_WIDTH_20_NOHT = 0,
	NL80211_CHAN_WIDTH_20 = 1,
	NL80211_CHAN_WIDTH_40 = 2,
	NL80211_CHAN_WIDTH_80 = 3,
	NL80211_CHAN_WIDTH_80P80 = 4,
	NL80211_CHAN_WIDTH_160 = 5,
	NL80211_CHAN_WIDTH_5 = 6,
	NL80211_CHAN_WIDTH_10 = 7,
	NL80211_CHAN_WIDTH_1 = 8,
	NL80211_CHAN_WIDTH_2 = 9,
	NL80211_CHAN_WIDTH_4 = 10,
	NL80211_CHAN_WIDTH_8 = 11,
	NL80211_CHAN_WIDTH_16 = 12,
	NL80211_CHAN_WIDTH_320 = 13,
};

/*
 * The RFC of December 2020, "Introduce NL80211_IFTYPE_MLO_LINK_DEVICE": never merged. Released
 * kernels gave its numbers to something else (NAN_DATA, RECONNECT_REQUESTED, SECURE_LTF), so they
 * have names that no kernel header has, and mean this only where the kernel was seen to speak the
 * RFC.
 */
enum rfc_mlo {
	RFC_IFTYPE_MLO_LINK_DEVICE = 13,
	RFC_EXT_FEATURE_MLO = 55,
	RFC_ATTR_MLO_LINK_INFO = 299, /* in CONNECT events: nests of WIPHY, WDEV, MAC (the BSSID) */
};

/*
 * Intel's vendor commands (include/uapi/linux/nl80211-vnd-intel.h), as far as they are about the
 * CSME firmware: since 5.17, of iwlmvm where iwlmei is built. Attributes are those within
 * NL80211_ATTR_VENDOR_DATA.
 */
enum intel_vendor {
	INTEL_OUI = 0x001735,
	INTEL_CMD_GET_CSME_CONN_INFO = 0x2d,
	INTEL_CMD_HOST_GET_OWNERSHIP = 0x30,
	INTEL_CMD_ROAMING_FORBIDDEN_EVENT = 0x32,
};

enum intel_vendor_attr {
	INTEL_ATTR_VIF_ADDR = 0x02,
	INTEL_ATTR_ADDR = 0x0a,
	INTEL_ATTR_SSID = 0x3d,
	INTEL_ATTR_STA_CIPHER = 0x51,
	INTEL_ATTR_ROAMING_FORBIDDEN = 0x64,
	INTEL_ATTR_AUTH_MODE = 0x65,
	INTEL_ATTR_CHANNEL_NUM = 0x66,
	INTEL_ATTR_BAND = 0x69,		  /* named by the header, sent by no kernel so far */
	INTEL_ATTR_COLLOC_CHANNEL = 0x70, /* likewise */
	INTEL_ATTR_COLLOC_ADDR = 0x71,	  /* likewise */
};

#endif /* IW_MLO_NL80211_H */
