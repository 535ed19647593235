/* SPDX-License-Identifier: ISC */
/* The one internal header: every contract between the files of iw-mlo, stated once. */
#ifndef IW_MLO_H
#define IW_MLO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <linux/netlink.h>

#include "elements.h"
#include "nl80211.h"

struct nl_msg;
struct nl_sock;
struct pollfd;
struct ctx;

#define ADDR_LEN     6
#define SSID_LEN_MAX 32
#define NAME_LEN_MAX \
	64 /* of what the kernel calls a netdev (15 bytes) or a wiphy (19, may be renamed) */
#define LINK_ID_MAX 14 /* 802.11be 9.4.2.312: link ids are 4 bits and 15 is no link */
#define LINKS_MAX   (LINK_ID_MAX + 1)

/* Exit statuses, a promise to scripts: see EXIT STATUS in the manual. */
enum status {
	ST_OK = 0,
	ST_USAGE = 1,	/* the command line is wrong; nothing was sent */
	ST_REFUSED = 2, /* the kernel refused, or the object does not exist there */
	ST_SYSTEM = 3,	/* no nl80211, no memory, stdout cannot be written */
	ST_UNMET = 4,	/* not true in time: the deadline passed */
	ST_PARTIAL = 5, /* what was printed may be incomplete */
};

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

/* ---- util.c: words <-> values; pure ---- */

/* Six pairs of hexadecimal digits with colons between, nothing else. */
bool parse_mac(const char *word, uint8_t mac[ADDR_LEN]);
/* Decimal, 0 to LINK_ID_MAX, no sign, no leading zero. */
bool parse_link_id(const char *word, uint8_t *id);
/* "0,2-5": a bitmap of numbers up to max, each of them once. */
bool parse_bitmap(const char *word, unsigned int max, uint16_t *bitmap);
/* Decimal, or hexadecimal after 0x; no sign, no space; overflow is an error. */
bool parse_u64(const char *word, uint64_t *value);
/* Seconds with an optional fraction, greater than 0 and at most a day, in milliseconds. */
bool parse_seconds(const char *word, uint32_t *ms);
/* May it name a netdev: 1 to 15 bytes, no '/', ':' or space (net/core/dev.c: dev_valid_name). */
bool valid_ifname(const char *word);
/* The frequency of a channel of a band that is known here, in MHz. */
bool parse_freq(const char *word, uint32_t *mhz);
/* 1 to 32 bytes, \xHH being a byte: what escape() prints is read back. */
bool parse_ssid(const char *word, uint8_t ssid[SSID_LEN_MAX], uint8_t *len);

bool mac_is_zero(const uint8_t mac[ADDR_LEN]);
bool mac_is_multicast(const uint8_t mac[ADDR_LEN]);

#define MAC_TEXT 18
const char *fmt_mac(char buf[MAC_TEXT], const uint8_t mac[ADDR_LEN]);
/* 2253 -> "22.53", 3000 -> "30.0": at least one decimal, as many as there are. Somewhere in buf. */
#define DBM_TEXT 16
const char *fmt_dbm(char buf[DBM_TEXT], int32_t mbm);
/* 1200900 -> "1200.9", cut. */
#define MBPS_TEXT 24
const char *fmt_mbps(char buf[MBPS_TEXT], uint64_t kbps);

/* The ids of the links in a bitmap: "0,2"; "none" for 0. */
#define LINKS_TEXT 40
const char *fmt_links(char buf[LINKS_TEXT], uint16_t bitmap);

/* "ENETDOWN"; NULL for an errno without a name here. */
const char *errno_name(int err);

/*
 * Channel number and band of a centre frequency in MHz (802.11 annex E; as net/wireless/util.c
 * computes it). false: no channel of any band that is known here.
 */
bool freq_to_channel(uint32_t mhz, uint32_t *channel, const char **band);
/* The other way: the band is "2.4GHz", "5GHz" or "6GHz". 0: it has no such channel. */
uint32_t channel_to_freq(const char *band, uint32_t channel);
/* Width in MHz; 0 for a number that is no width. Both halves of 80+80 are counted. */
uint32_t width_mhz(uint32_t chan_width);

/*
 * How a kernel speaks of MLO. The iftype number 13 has a meaning of its own in each dialect, so no
 * number is named or sent without the dialect at hand.
 */
enum dialect {
	DIALECT_NONE,	 /* no MLO: neither of the two */
	DIALECT_LINKS,	 /* mainline since 6.0: an interface has links, each with an id */
	DIALECT_RFC,	 /* the RFC of 2020: a link is an interface of its own, without a netdev */
	DIALECT_HYBRID,	 /* the marks of both: refused */
	DIALECT_UNKNOWN, /* the kernel does not tell: refused */
};
const char *dialect_word(enum dialect d);

struct iftype {
	const char *word;
	uint32_t number;
	unsigned int dialects; /* bit n: in enum dialect n the number means this */
};

/* NULL: no such word. */
const struct iftype *iftype_of_word(const char *word);
/* The word for a number of this dialect; "type-N", in buf, where there is none. */
#define IFTYPE_TEXT 16
const char *iftype_name(char buf[IFTYPE_TEXT], uint32_t number, enum dialect dialect);
bool iftype_speaks(const struct iftype *t, enum dialect dialect);
/* A bitmap of the numbers whose meaning depends on the dialect. */
uint32_t ambiguous_iftypes(void);
/* The words for the numbers in a bitmap, with ", " between; "none" for 0. */
#define IFTYPES_TEXT 300
void iftype_words(char buf[IFTYPES_TEXT], uint32_t bitmap, enum dialect dialect);

/* ---- codes.c: IEEE 802.11 status and reason codes in words; NULL: none here ---- */

const char *status_words(uint16_t code);
const char *reason_words(uint16_t code);

/* ---- output.c: text and JSON; knows no nl80211 ---- */

/*
 * Copies len bytes that nobody vouches for into buf, always terminated: what is not printable UTF-8
 * (control characters, bidirectional controls, invalid sequences), '"' and '\' becomes \xHH.
 * Cut at the end of buf, never within an escape.
 */
#define ESCAPED_SIZE(len) ((size_t)(len)*4 + 1)
const char *escape(char *buf, size_t size, const void *bytes, size_t len);
bool is_utf8(const void *bytes, size_t len);

/*
 * The code point at p, and its length in bytes; 0 if the bytes are not well-formed UTF-8 (RFC 3629:
 * no overlong forms, no surrogates, nothing above U+10FFFF).
 */
size_t utf8_decode(const uint8_t *p, size_t len, uint32_t *code);

enum colour { COLOUR_NAME, COLOUR_GOOD, COLOUR_ATTENTION, COLOUR_WARN, COLOUR_OFF };
struct text {
	FILE *f;
	bool colour;
};
void paint(const struct text *t, enum colour c);

/* ---- terminal.c: what only a person sees ---- */

/* The columns of the terminal, and its rows (NULL: not asked for; 0: it does not tell); 0: it is
 * none. */
unsigned int terminal_width(int fd, unsigned int *rows);
/* Does the terminal do more than to print: colour, and going back? */
bool terminal_can_move(void);
/* By the environment: a locale that is not installed says as much of the terminal. */
bool locale_is_utf8(void);
/*
 * Breaks the lines that are longer, between facts, and what follows hangs; tells how many rows all
 * of it takes. A word that is longer by itself stays whole.
 */
unsigned int fold_lines(FILE *f, const char *text, size_t len, unsigned int width);
/* Lines of cells with a TAB between become columns, two blanks apart; empty ones are left out. */
void align_columns(FILE *f, const char *text, size_t len);

/* Text on its way to stdout, where page_close() brings it in the form that ctx asks for. */
struct page {
	struct text t;
	FILE *to;
	char *buf;
	size_t len;
};
void page_open(struct page *p, const struct ctx *ctx, FILE *to);
void page_close(struct page *p, const struct ctx *ctx);

/* Where the last picture on the terminal is. */
struct screen {
	unsigned int width, rows;
};
/* In its place, but for the first. */
void screen_draw(struct screen *s, const char *text, size_t len);

/* A signal at one time: nothing was told, or the same that had been told before. */
enum sample_kind { SAMPLE_NONE, SAMPLE_OLD, SAMPLE_NEW };
/* One column: from -90 dBm, the lowest of eight heights, to -30 dBm. */
const char *signal_picture(enum sample_kind kind, int32_t mbm, bool utf8);

/*
 * A streaming JSON writer. The key is NULL inside an array. Strings must be UTF-8: what is not is
 * left out together with its key, for half a document is worse than a missing fact.
 */
struct json {
	FILE *f;
	bool pretty;
	unsigned int depth;
	bool filled; /* the innermost container that is open has a member */
	size_t used;
	char buf[1024]; /* on its way to f, which has all of it when the outermost bracket closes */
};
void json_open(struct json *j, const char *key, char bracket); /* '{' or '[' */
void json_close(struct json *j, char bracket);
void json_uint(struct json *j, const char *key, uint64_t v);
void json_int(struct json *j, const char *key, int64_t v);
void json_bool(struct json *j, const char *key, bool v);
/* Keys and texts are words of our own: plain ASCII, a key of 50 at most. */
void json_text(struct json *j, const char *key, const char *v);
void json_string(struct json *j, const char *key, const char *v); /* anybody's */
void json_bytes(struct json *j, const char *key, const void *v, size_t len);
void json_hex(struct json *j, const char *key, const void *v, size_t len);
void json_handle(struct json *j, const char *key, uint64_t v); /* "0x1f": wider than a double */
void json_mac(struct json *j, const char *key, const uint8_t mac[ADDR_LEN]);
void json_dbm(struct json *j, const char *key, int32_t mbm);
void json_mbps(struct json *j, const char *key, uint64_t kbps);

/* ---- decode/: bytes -> structs; pure, every length checked; absent stays absent ---- */

/* One attribute's value. false: its length is not that of the type, and *v is as it was. */
bool attr_u8(const struct nlattr *a, uint8_t *v);
bool attr_u16(const struct nlattr *a, uint16_t *v);
bool attr_u32(const struct nlattr *a, uint32_t *v);
bool attr_u64(const struct nlattr *a, uint64_t *v);
bool attr_mac(const struct nlattr *a, uint8_t mac[ADDR_LEN]);
/* A name with or without its final NUL; false if empty or longer than fits. */
bool attr_name(const struct nlattr *a, char name[NAME_LEN_MAX]);

/* Attributes in a row: those of a message, or those within another. */
struct attrs {
	const struct nlattr *head;
	int len;
};

/*
 * What libnl has as nla_type(), nla_len(), nla_data(), nla_ok() and nla_next(): inline, as a dump
 * of wiphys uses them 40,000 times, and a call into a shared library costs more than the work.
 */
static inline uint16_t attr_type(const struct nlattr *a)
{
	return a->nla_type & NLA_TYPE_MASK;
}

static inline size_t attr_len(const struct nlattr *a)
{
	return a->nla_len - (size_t)NLA_HDRLEN;
}

static inline const void *attr_data(const struct nlattr *a)
{
	return (const char *)a + NLA_HDRLEN;
}

static inline struct attrs attr_nested(const struct nlattr *a)
{
	return (struct attrs){ attr_data(a), (int)attr_len(a) };
}

/* Is there a whole attribute at a, with rem bytes to the end? */
static inline bool attr_ok(const struct nlattr *a, int rem)
{
	return rem >= NLA_HDRLEN && a->nla_len >= NLA_HDRLEN && a->nla_len <= rem;
}

static inline const struct nlattr *attr_next(const struct nlattr *a, int *rem)
{
	int whole = NLA_ALIGN(a->nla_len);

	*rem -= whole;
	return (const struct nlattr *)((const char *)a + whole);
}

/* Bytes that are left over, rem > 0 at the end, are a message that was cut or lies about its
 * lengths. */
#define for_each_attr(pos, list, rem) \
	for (pos = (list)->head, rem = (list)->len; attr_ok(pos, rem); pos = attr_next(pos, &(rem)))
#define for_each_nested(pos, parent, rem)                                             \
	for (pos = attr_data(parent), rem = (int)attr_len(parent); attr_ok(pos, rem); \
	     pos = attr_next(pos, &(rem)))

/* The multicast groups that are listened to here. */
enum group {
	GROUP_CONFIG,
	GROUP_MLME,
	GROUP_VENDOR,
	GROUP_SCAN,
	GROUP_REGULATORY,
	GROUP_NAN,
	GROUP_TESTMODE, /* few kernels have it */
	GROUPS
};

/* The nl80211 family as the running kernel has it. */
struct family {
	uint16_t id;
	uint32_t maxattr;
	uint32_t commands[8];	 /* bit n: the kernel has an operation for command n */
	uint32_t groups[GROUPS]; /* their ids; 0: the kernel has no such group */
};
bool decode_family(const struct attrs *a, struct family *f);
bool family_has(const struct family *f, uint8_t cmd);

/* Of the policy that the kernel checks SET_INTERFACE by: what tells the dialects apart. */
struct policy {
	uint32_t index;		/* of that policy among those that are dumped */
	bool link_info_is_nest; /* attribute 299 is a nest, which no released kernel has there */
	uint64_t iftype_max;
};
/* Adds what this message of the dump says to *p. */
bool decode_policy(const struct attrs *a, struct policy *p);

struct chandef {
	bool has_freq, has_width, has_center1, has_center2, has_punctured;
	uint32_t freq, freq_offset; /* MHz; kHz on top of it, 0 if there is none */
	uint32_t width;		    /* enum nl80211_chan_width */
	uint32_t center1, center2;  /* MHz */
	uint32_t punctured; /* bit n: the n-th 20 MHz from the lowest frequency is not used */
};
/* Takes the attribute if it is one of a channel's. false: it is, and malformed. */
bool decode_chandef_attr(const struct nlattr *a, struct chandef *c);

struct mlo_link {
	uint8_t id;
	bool has_addr, has_tx_power;
	uint8_t addr[ADDR_LEN];
	int32_t tx_power; /* mBm */
	struct chandef chan;
};
/*
 * A link whose address is all zero was torn down by the kernel but not forgotten: a refused change
 * of the iftype leaves such behind on a running AP MLD, until the interface is taken down.
 */
bool link_is_ghost(const struct mlo_link *l);

/* One interface: the answer to GET_INTERFACE. */
struct iface {
	bool has_wiphy, has_ifindex, has_wdev, has_type, has_addr, has_ssid, has_generation;
	bool has_4addr, has_radio_mask, has_tx_power;
	uint32_t wiphy, ifindex, type, generation, radio_mask;
	uint64_t wdev;
	char name[NAME_LEN_MAX]; /* "" for an interface without a netdev */
	uint8_t addr[ADDR_LEN];	 /* of an MLD: the MLD address */
	uint8_t ssid[SSID_LEN_MAX];
	uint8_t ssid_len;
	bool use_4addr;
	int32_t tx_power; /* mBm */
	struct chandef chan;
	uint8_t n_links;
	struct mlo_link links[LINKS_MAX]; /* by ascending id */
};
bool decode_iface(const struct attrs *a, struct iface *i);
/* Has it what every kernel says of every interface: wiphy, type, wdev? */
bool iface_is_whole(const struct iface *i);
/* Is it of a type that connects to an AP? */
bool iface_is_client(const struct iface *i);
/* NULL: it has no such link. */
const struct mlo_link *iface_link(const struct iface *i, uint8_t id);
/* The ids of its links, as a bitmap. */
uint16_t link_bitmap(const struct iface *i);

struct iface_list {
	struct iface *v;
	size_t n, size;
};

#define COMBINATIONS_MAX 8
#define LIMITS_MAX	 8

/* Interfaces that may be there together: for each limit at most max of all of its types. */
struct combination {
	uint32_t total, channels; /* 0: not told */
	uint8_t n_limits;
	struct {
		uint32_t max, iftypes;
	} limits[LIMITS_MAX];
};

struct wiphy {
	bool has_index, has_iftypes, mlo;
	bool associates; /* user space authenticates and associates; else the driver connects */
	bool csme_conn_info, csme_ownership, csme_roaming; /* Intel's vendor commands, and event */
	bool ext_feature_55;	/* RFC_EXT_FEATURE_MLO, or SECURE_LTF: by the dialect */
	uint8_t n_combinations; /* those beyond COMBINATIONS_MAX are not kept */
	bool more_combinations;
	struct combination combinations[COMBINATIONS_MAX];
	uint32_t index;
	uint32_t iftypes;	   /* bit n: type n can be switched to */
	uint32_t software_iftypes; /* bit n: needs no support of the driver's, may be added at any
				      time */
	char name[NAME_LEN_MAX];
};
/* Adds what this message says to *w: the kernel spreads a wiphy over many. */
bool decode_wiphy(const struct attrs *a, struct wiphy *w);

struct wiphy_list {
	struct wiphy *v;
	size_t n, size;
};
/* NULL: not in the list. */
const struct wiphy *wiphy_of_index(const struct wiphy_list *l, uint32_t index);

/* An element of NL80211_ATTR_INTERFACE_COMBINATIONS, and of what else has such. */
bool decode_combination(const struct nlattr *nest, struct combination *c, bool *more);

#define BANDS_MAX	6 /* enum nl80211_band */
#define IFTYPE_CAPS_MAX 16
#define RADIOS_MAX	8
#define RANGES_MAX	8

/* A band, as the regulatory domain has it at the moment. */
struct band_caps {
	uint16_t channels, disabled;   /* 0 channels: there is no such band */
	uint16_t no_ir, radar, no_eht; /* of those that are enabled */
	uint32_t first_mhz, last_mhz;
	uint32_t first_enabled_mhz, last_enabled_mhz;
};

/* MLO, as interfaces of this type can do it; raw fields of IEEE 802.11be. */
struct iftype_caps {
	uint32_t iftype;
	bool has_eml, has_mld, has_ext_mld;
	uint16_t eml, mld, ext_mld;
};

struct freq_range {
	uint32_t start_khz, end_khz;
};

/* One of several radios that make up a wiphy; since 6.11. */
struct radio {
	bool has_index, has_antennas;
	uint32_t index, antennas; /* antennas: a bitmap */
	uint8_t n_ranges, n_combinations;
	bool more; /* some were not kept */
	struct freq_range ranges[RANGES_MAX];
	struct combination combinations[COMBINATIONS_MAX];
};

struct wiphy_caps {
	struct wiphy wiphy; /* whose combinations are radio 0's, if there are radios */
	struct band_caps bands[BANDS_MAX];
	uint8_t n_iftypes, n_radios, n_combinations;
	bool more; /* some were not kept */
	struct iftype_caps iftypes[IFTYPE_CAPS_MAX];
	struct radio radios[RADIOS_MAX];
	struct combination combinations[COMBINATIONS_MAX]; /* of all radios together */
	bool has_antennas_tx, has_antennas_rx;
	uint32_t antennas_tx, antennas_rx; /* bitmaps of those that are there */
};
/* Adds what this message says to *c. */
bool decode_wiphy_caps(const struct attrs *a, struct wiphy_caps *c);
/* Of it, what links have to do with: the capabilities of iftypes, and radios. */
bool decode_wiphy_links(const struct attrs *a, struct wiphy_caps *c);
/* "2.4GHz" */
const char *band_word(unsigned int band);

/* A channel, as the regulatory domain has it at the moment. */
struct channel {
	uint32_t mhz;	      /* 0: not told */
	bool disabled, no_ir; /* no_ir: nothing may be sent there before an AP is heard */
	bool radar, no_eht;
};
#define CHANNELS_MAX 256
struct channel_list {
	uint16_t n; /* those beyond CHANNELS_MAX are not kept */
	struct channel v[CHANNELS_MAX];
};
/* Adds those of one band. */
bool decode_band(const struct nlattr *band, struct channel_list *l);
/* Adds the channels of this message about a wiphy. */
bool decode_wiphy_channels(const struct attrs *a, struct channel_list *l);
/* NULL: it has none there. */
const struct channel *channel_at(const struct channel_list *l, uint32_t mhz);

/* The wiphy that a message is about. */
bool decode_wiphy_index(const struct attrs *a, uint32_t *index);

/* An entry of the table of BSSes. */
struct bss {
	bool has_bssid, has_freq, has_status, has_tsf, has_interval, has_capability;
	bool has_signal, has_signal_percent, has_seen, has_link_id, has_mld_addr, has_use_for;
	bool has_boottime;
	uint64_t boottime_ns; /* when it was heard, of CLOCK_BOOTTIME */
	uint8_t bssid[ADDR_LEN];
	uint32_t freq, freq_offset; /* MHz; kHz on top of it */
	uint32_t status;	    /* enum nl80211_bss_status */
	uint64_t tsf;		    /* us */
	uint16_t interval;	    /* of beacons, in TU */
	uint16_t capability;
	int32_t signal; /* mBm */
	uint8_t signal_percent;
	uint32_t seen_ms;	  /* ago */
	bool from_probe_response; /* elements are a probe response's, else a beacon's */
	struct bytes elements, beacon_elements; /* in the message, or where bss_list keeps them */
	/* of a link of this very interface's connection */
	uint8_t link_id, mld_addr[ADDR_LEN];
	uint32_t use_for;    /* enum nl80211_bss_use_for; since 6.8 */
	uint64_t cannot_use; /* why: enum nl80211_bss_cannot_use_reasons */
};
/* What its elements say is not looked at. */
bool decode_bss(const struct attrs *a, struct bss *b);
static inline bool bss_is_ours(const struct bss *b)
{
	return b->has_status && b->status == NL80211_BSS_STATUS_ASSOCIATED;
}

struct bss_list {
	struct bss *v;
	size_t n, size;
	struct block *blocks; /* where the elements are */
};

/* How busy a channel was while the radio was on it. */
struct survey {
	bool has_freq, has_noise, has_time, has_busy, in_use;
	uint32_t freq;	  /* MHz */
	int8_t noise;	  /* dBm */
	uint64_t time_ms; /* so long it was on it, */
	uint64_t busy_ms; /* and so much of it was busy */
};
bool decode_survey(const struct attrs *a, struct survey *s);
#define SURVEYS_MAX 64
struct survey_list {
	struct survey v[SURVEYS_MAX]; /* of channels in use; more are not kept */
	int n;
};

/* How fast frames go. */
struct rate {
	const char *generation; /* "HT", "VHT", "HE", "EHT", "UHR", "S1G"; NULL: older than HT */
	bool has_kbps, has_nss, has_width, has_gi, has_dcm;
	uint64_t kbps;
	uint8_t mcs; /* with a generation */
	uint8_t nss;
	bool dcm;
	uint16_t width; /* MHz; both halves of 80+80 are counted */
	uint16_t gi_ns;
	const char *ru; /* of OFDMA, in tones: "484+242"; NULL: the whole width */
};

#define CHAINS_MAX 8

/* Statistics of a station, or of one link of it. */
struct sta_info {
	uint64_t has;		     /* bit n: enum nl80211_sta_info n */
	uint64_t malformed;	     /* bit n: the same, in a length that it cannot have */
	bool torn;		     /* bytes are left over that are no attribute */
	uint64_t rx_bytes, tx_bytes; /* with RX_BYTES64; with RX_BYTES alone, modulo 2^32 */
	uint64_t rx_us, tx_us;	     /* airtime: RX_DURATION, TX_DURATION */
	uint64_t beacon_rx, rx_dropped, assoc_at_ns;
	uint32_t inactive_ms, connected_s;
	uint32_t rx_packets, tx_packets, tx_retries, tx_failed;
	uint32_t rx_mpdus, fcs_errors, beacon_loss, expected_kbps;
	uint16_t airtime_weight;
	uint16_t beacon_interval_tu; /* 0: not known, as the next */
	uint8_t dtim_period;
	int8_t signal, signal_avg, beacon_signal_avg, ack_signal, ack_signal_avg; /* dBm */
	uint8_t n_chains, n_chains_avg;
	int8_t chain_signal[CHAINS_MAX], chain_signal_avg[CHAINS_MAX];
	uint32_t flags_known, flags; /* bit n: enum nl80211_sta_flags n; with STA_FLAGS */
	struct rate tx_rate, rx_rate;
};
static inline bool sta_has(const struct sta_info *s, enum nl80211_sta_info n)
{
	return s->has >> n & 1;
}
/* "tx_bitrate"; NULL: not decoded here. */
const char *sta_info_word(unsigned int n);
/* "authorized" */
const char *sta_flag_word(unsigned int n);

struct station_link {
	bool has_addr;
	uint8_t id;
	uint8_t addr[ADDR_LEN]; /* of the station on this link */
	struct sta_info info;	/* since 7.3 */
};

/*
 * A client of an AP, or the AP of a client, as GET_STATION and the station events have it.
 * MLO_LINK_ID and MLD_ADDR: since 6.17, of what is a link of an MLD; before, of some drivers.
 */
struct station {
	bool has_ifindex, has_generation, has_assoc_link_id, has_mld_addr;
	uint32_t ifindex, generation;
	uint8_t addr[ADDR_LEN];
	uint8_t assoc_link_id;	    /* the link that it associated on; of a client of an AP MLD */
	uint8_t mld_addr[ADDR_LEN]; /* absent though there is an assoc_link_id: it is no MLD */
	struct sta_info info;	    /* of a station with links: the kernel's own sums and choices */
	bool torn;		    /* a link is left out that has no id, or another's */
	uint8_t n_links;
	struct station_link links[LINKS_MAX]; /* by ascending id */
};
/* false: it has no address, or the message is cut. Wrong statistics are marked, and no reason. */
bool decode_station(const struct attrs *a, struct station *s);
/* Adds what from, about the same station, tells. */
void join_station(struct station *s, const struct station *from);
/* NULL: it has no such link. */
const struct station_link *station_link(const struct station *s, uint8_t id);

struct station_list {
	struct station *v;
	size_t n, size;
};

/*
 * What the CSME firmware last reported of its connection: the answer to
 * INTEL_CMD_GET_CSME_CONN_INFO. A fact that was told twice, or in a wrong length, is not taken.
 */
enum csme_fact {
	CSME_AUTH,
	CSME_SSID,
	CSME_CIPHER,
	CSME_CHANNEL,
	CSME_BSSID,
	CSME_BAND,
	CSME_COLLOC_CHANNEL,
	CSME_COLLOC_BSSID,
	CSME_FACTS,
};
struct csme_connection {
	uint32_t has, malformed; /* bit n: enum csme_fact n */
	bool torn;		 /* bytes are left over that are no attribute */
	uint32_t auth, cipher;	 /* enums of Intel's, see csme_auth_word() */
	uint8_t ssid[SSID_LEN_MAX], ssid_len;
	uint8_t bssid[ADDR_LEN], colloc_bssid[ADDR_LEN];
	uint8_t channel, band; /* band: 0 2.4 GHz, 1 5 GHz, 2 6 GHz */
	uint32_t colloc_channel;
};
/* false: there is no VENDOR_DATA to be read. */
bool decode_csme_connection(const struct attrs *a, struct csme_connection *c);
static inline bool csme_has(const struct csme_connection *c, enum csme_fact fact)
{
	return c->has >> fact & 1;
}
const char *csme_fact_word(enum csme_fact fact);
/* NULL: a number without a name. */
const char *csme_auth_word(uint32_t auth);
const char *csme_cipher_word(uint32_t cipher);

/* INTEL_CMD_ROAMING_FORBIDDEN_EVENT */
struct csme_roaming {
	bool has_ifindex, has_addr, has_forbidden;
	uint32_t ifindex;
	uint8_t addr[ADDR_LEN];
	uint8_t forbidden; /* 0: allowed */
};
/* false: another vendor's event, or another of Intel's, or malformed. */
bool decode_csme_roaming(const struct attrs *a, struct csme_roaming *r);

/* A link of a connection, as an event tells of it. */
struct event_link {
	bool has_id, has_wiphy, has_wdev, has_bssid, has_addr, has_status;
	uint8_t id;
	uint32_t wiphy;
	uint64_t wdev; /* of the RFC's link device */
	uint8_t bssid[ADDR_LEN], addr[ADDR_LEN];
	uint16_t status;
};

#define EVENT_FREQS_MAX 128
#define EVENT_SSIDS_MAX 16
#define TIDS		8

/* Something that happened. What only some events have is behind a has_x, or empty. */
struct event {
	uint8_t cmd;
	bool has_wiphy, has_ifindex, has_wdev, has_addr, has_status, has_reason;
	bool has_link_id, has_mld_addr, has_bssid, has_cookie, has_count;
	bool has_timeout_reason, has_radar, has_colors, has_alpha2, has_reg_type, has_initiator;
	bool has_vendor, has_subcmd, has_roaming, has_freqs, has_tids_down, has_tids_up;
	bool timed_out, by_ap, quiet, epcs, acked, background, self_managed, reconnect;
	bool bad_frame; /* it is not what a frame of this event has to be */
	uint8_t link_id;
	uint32_t wiphy, ifindex;
	uint64_t wdev;
	char phy[NAME_LEN_MAX]; /* "" if not told; of the event, or filled in by who knows */
	const char *ifname;	/* NULL: to be asked of the kernel; "": not known */
	struct bytes frame;	/* in the message: a management frame, from its header on */
	uint8_t addr[ADDR_LEN]; /* of the AP: of the AP MLD if there are links with ids */
	uint8_t bssid[ADDR_LEN], mld_addr[ADDR_LEN];
	uint16_t status, reason;
	uint64_t cookie;
	uint32_t count;		 /* beacons until the switch, or the change of colour */
	uint32_t timeout_reason; /* enum nl80211_timeout_reason */
	uint32_t radar;		 /* enum nl80211_radar_event */
	uint64_t colors;	 /* bit n: the colour n is used by others */
	uint8_t initiator, reg_type;
	char alpha2[3];
	uint32_t vendor, subcmd;
	struct bytes vendor_data, ssid;
	struct csme_roaming roaming;
	struct chandef chan;
	uint16_t tids_down[TIDS], tids_up[TIDS]; /* bitmaps of links */
	uint8_t n_ssids, n_links;
	uint16_t n_freqs;
	struct event_link links[LINKS_MAX];
	struct bytes ssids[EVENT_SSIDS_MAX];
	uint32_t freqs[EVENT_FREQS_MAX]; /* MHz */
	struct iface iface;		 /* of an event about an interface */
};
/* Is it one that has an interface in full? */
static inline bool is_about_interface(uint8_t cmd)
{
	return cmd == NL80211_CMD_NEW_INTERFACE || cmd == NL80211_CMD_DEL_INTERFACE ||
	       cmd == NL80211_CMD_SET_INTERFACE;
}
/* The AP's response did not come, or the connection ended before. */
static inline bool event_is_unanswered(const struct event *e)
{
	return e->cmd == NL80211_CMD_ASSOC_MLO_RECONF && !e->frame.len;
}
bool decode_event(uint8_t cmd, const struct attrs *a, enum dialect dialect, struct event *e);

/* What may be done within a range of frequencies. */
struct reg_rule {
	bool has_flags, has_range, has_width, has_eirp, has_gain, has_cac, has_psd;
	uint32_t flags; /* bit n: reg_flag(n) */
	uint32_t start_khz, end_khz, width_khz;
	int32_t eirp, gain; /* mBm, mBi */
	uint32_t cac_ms;
	int8_t psd; /* dBm per MHz */
};

/* A regulatory domain: the global one, or that of a wiphy. */
#define REG_RULES_MAX 128
struct regdom {
	bool has_wiphy, self_managed, cell_base;
	uint32_t wiphy;
	char country[3];    /* "" if it is not told; "00" of the world, "99" a driver's own, "98" an
			       intersection */
	uint8_t dfs_region; /* 0: none */
	uint8_t n_rules;    /* those beyond REG_RULES_MAX are not kept */
	bool more_rules;
	struct reg_rule rules[REG_RULES_MAX];
};
bool decode_regdom(const struct attrs *a, struct regdom *r);
/* NULL: no word for this bit. */
const char *reg_flag(unsigned int bit);
const char *dfs_region_word(uint8_t region);
/* decode/event-frame.c */
#define MAC_HEADER_LEN 24 /* of a management frame: bytes */
/* "probe_request", by its first byte; NULL: it is no management frame. */
const char *mgmt_frame_word(uint8_t fc);
/* Adds to *e what its frame says of statuses, reasons and links. */
void decode_event_frame(struct event *e);

/* decode/swap.c */

/*
 * Turns a message of generic netlink from a machine of the other byte order into ours, in place:
 * headers, and all numbers that decode_event(), decode_iface(), decode_family() and decode_policy()
 * read. What is not known by its form stays as it is. false: it cannot be such a message.
 */
bool swap_message(void *message, size_t len);

struct regdom_list {
	struct regdom *v;
	size_t n, size;
};

/* Why the kernel said no: errno, its own sentence, and the attributes that it points at. */
struct refusal {
	int err; /* positive errno */
	char text[160];
	uint32_t
		offset; /* of the attribute at fault, in bytes from the request's header; 0: none */
	uint32_t missing; /* type of the attribute that was not there; 0: none */
	uint16_t at;	  /* type of the attribute at that offset; 0: unknown */
};
/* The extended acknowledgement after an error: tlvs may be anything. */
void decode_ext_ack(const void *tlvs, size_t len, struct refusal *r);

/* ---- trace.c: requests and replies in words ---- */

/* What an attribute's value is. */
enum form {
	FORM_HEX, /* bytes, or not known */
	FORM_FLAG,
	FORM_U8,
	FORM_U16,
	FORM_U32,
	FORM_S32,
	FORM_U64,
	FORM_MAC,
	FORM_NAME,
	FORM_BYTES,
	FORM_U16S,     /* one after the other */
	FORM_U32_LIST, /* attributes, each of them a number, or bytes */
	FORM_BYTES_LIST,
	FORM_NEST,
	FORM_ARRAY, /* of nests, by their place */
};
enum form attribute_form(uint16_t type);
const char *command_name(uint8_t cmd);	   /* "ADD_LINK"; NULL: not spoken here */
const char *attribute_name(uint16_t type); /* "MLO_LINK_ID"; NULL: not spoken here */
/* The type of the attribute at this offset of a request, however deep; 0: none begins there. */
uint16_t attribute_at(const struct nlmsghdr *nlh, uint32_t offset);
/* The name of an event, as the kernel's of its command, in lower case; "command-N" without one. */
#define EVENT_NAME_TEXT 40
const char *event_name(char buf[EVENT_NAME_TEXT], uint8_t cmd);
/* One line without its end: the command and its attributes. */
void text_message(FILE *f, const struct nlmsghdr *nlh);
void json_message(struct json *j, const struct nlmsghdr *nlh);

/* ---- dispatch.c: the one netlink loop ---- */

/* A request under construction. The first failure sticks and makes dispatch() refuse to send. */
struct req {
	struct nl_msg *msg;
	bool failed;
	bool changes; /* it changes the kernel's state: not sent in a dry run */
};
void req_get(struct ctx *ctx, struct req *rq, uint8_t cmd);
void req_dump(struct ctx *ctx, struct req *rq, uint8_t cmd);
/* Of generic netlink: the policy that the kernel checks this command's attributes by. */
void req_dump_policy(struct ctx *ctx, struct req *rq, uint8_t cmd);
void req_change(struct ctx *ctx, struct req *rq, uint8_t cmd);
void req_flag(struct req *rq, uint16_t type);
void req_u8(struct req *rq, uint16_t type, uint8_t v);
void req_u16(struct req *rq, uint16_t type, uint16_t v);
void req_u32(struct req *rq, uint16_t type, uint32_t v);
void req_u64(struct req *rq, uint16_t type, uint64_t v);
void req_mac(struct req *rq, uint16_t type, const uint8_t mac[ADDR_LEN]);
void req_bytes(struct req *rq, uint16_t type, const void *bytes, size_t len);
/* What comes between the two is within the attribute; at is what the first returned. */
size_t req_nest(struct req *rq, uint16_t type);
void req_nest_end(struct req *rq, size_t at);

/*
 * Where the messages of an answer go. add() only decodes: false means malformed, or no memory if it
 * sets errno to ENOMEM. An answer that has to be asked for again is dropped with reset() first.
 */
struct sink {
	bool (*add)(void *model, const struct attrs *a);
	void (*reset)(void *model);
	/* Two parts of one dump that cannot both be true: ask again. NULL: nothing to compare. */
	bool (*torn)(const void *model);
	void *model;
};

/* Opens the socket and looks the family up, once. ST_SYSTEM without nl80211. */
enum status dispatch_open(struct ctx *ctx);
void dispatch_close(struct ctx *ctx);
/*
 * Sends the request, waits for the whole answer and frees the request.
 * ST_REFUSED: ctx->refusal says why. ST_PARTIAL, for a change: the kernel's answer was lost, the
 * change may have been made or not. An answer to a dump that never settles is delivered all the
 * same, and ctx->unsettled is set.
 */
enum status dispatch(struct ctx *ctx, struct req *rq, const struct sink *sink);
/*
 * Takes a datagram, waiting for it, and hands over its messages, if the kernel sent it. Returns how
 * many there were; negative: errno tells why there is none.
 */
int receive_messages(struct nl_sock *sock, void (*take)(void *arg, const struct nlmsghdr *nlh),
		     void *arg);
/* Of a message of generic netlink; false: it is too short to be one. */
bool answer_attrs(const struct nlmsghdr *nlh, struct attrs *list);
/* A step of a dry run that is no request of nl80211. */
void plan_netdev(const struct ctx *ctx, const char *name, bool up);

int64_t now_us(void); /* CLOCK_MONOTONIC */
int64_t now_ms(void);
/* false: the deadline (of now_ms(); 0: none) passed and there is nothing to be read. */
bool wait_readable(int fd, int64_t deadline);
/* The same of several; a deadline of 0 waits for as long as it takes. */
bool wait_any(struct pollfd *p, int n_fds, int64_t deadline);

/*
 * How the message begins when a read-back is not what was asked: change is what dispatch()
 * returned, ST_OK or ST_PARTIAL.
 */
const char *but_found(enum status change);

/* ---- dialect.c ---- */

/* p: what the kernel's policy says; NULL: not asked for, or not to be had. */
enum dialect judge_dialect(const struct family *f, const struct policy *p);
/*
 * ctx->dialect is what the family alone tells, until this asks the kernel for its policy, once: to
 * be called before anything is named or sent that means different things to different kernels.
 */
enum status settle_dialect(struct ctx *ctx);

/* ---- listen.c: events, on a socket of their own ---- */

/* From here on no event of these groups (bit n: enum group n) is missed. */
enum status listen_open(struct ctx *ctx, unsigned int groups);
/*
 * One more descriptor for listen_until() to wait for: fn() is called when there is something to be
 * read, and reads all of it; true ends the waiting as an event does.
 */
typedef bool source_fn(void *arg);
enum status listen_also(struct ctx *ctx, int fd, source_fn *fn, void *arg);
/* What of it is waited for: POLLIN, unless told otherwise. */
void listen_for(struct ctx *ctx, int fd, short events);
void listen_less(struct ctx *ctx, int fd);
/*
 * Waits one time for any of those, and for this one. false: it cannot be read; the deadline passed,
 * or it was another.
 */
bool listen_once(struct ctx *ctx, int fd, int64_t deadline);
/*
 * From here on SIGHUP, SIGINT and SIGTERM end listen_until(), with ST_OK, and are in
 * ctx->interrupted. SIGCHLD ends it, too.
 */
enum status listen_signals(struct ctx *ctx);
/* As they were: for a child process. */
void unblock_signals(void);
/*
 * Hands events over as they come, until one is answered with true (ST_OK), or the deadline (of
 * now_ms(); 0: none) passed (ST_UNMET). Command 0: events were lost at this point. While ctx->hold
 * is set, events stay where they are.
 */
typedef bool listen_fn(void *arg, uint8_t cmd, const struct attrs *a);
enum status listen_until(struct ctx *ctx, int64_t deadline, listen_fn *fn, void *arg);

/* ---- transport.c: the only place that touches a netlink socket ---- */

/*
 * Makes ctx->sock, whose send is a hook of libnl's: onto a socket of the kernel's here, onto a
 * script of answers in the unit tests. A hook that fails leaves the reason in errno.
 */
enum status transport_open(struct ctx *ctx);
/*
 * A datagram from one of the two sockets, which is the caller's to free, and the port that sent it:
 * 0 is the kernel's. Negative: errno tells why there is none.
 */
int transport_receive(struct nl_sock *sock, unsigned char **buf, uint32_t *port);
/* Makes ctx->events, likewise, bound and in these groups. */
enum status transport_listen(struct ctx *ctx, const uint32_t *groups, size_t n);
/* How many bytes of events the kernel holds for us, more or less; 0: none, or it does not tell. */
uint32_t transport_waiting(const struct ctx *ctx);
/* How many events it has dropped until now; 0: none, or it does not tell. */
uint32_t transport_dropped(const struct ctx *ctx);
void transport_close(struct ctx *ctx);

/* ---- query.c: what several commands ask ---- */

enum status query_iface(struct ctx *ctx, struct iface *i); /* of ctx->target */
/* The add() of a sink whose model is one struct iface. */
bool add_to_iface(void *model, const struct attrs *a);
/* Names and iftypes only, at a fraction of the cost of query_wiphys_full(). By ascending index. */
enum status query_wiphys(struct ctx *ctx, struct wiphy_list *list);
/* With MLO support and vendor commands, which the kernel tells only this way. */
enum status query_wiphys_full(struct ctx *ctx, struct wiphy_list *list);
/* One, by its index, without those, at a fraction of the cost of query_wiphy_full(). */
enum status query_wiphy(struct ctx *ctx, uint32_t index, struct wiphy *w);
/* ST_REFUSED: it went away. */
enum status query_wiphy_full(struct ctx *ctx, uint32_t index, struct wiphy *w);
/* The same, and all that it can do. */
enum status query_wiphy_caps(struct ctx *ctx, uint32_t index, struct wiphy_caps *c);
/* The part of it that decode_wiphy_links() has, at half the cost. */
enum status query_wiphy_links(struct ctx *ctx, uint32_t index, struct wiphy_caps *c);
/* Every interface, by wiphy and wdev. */
enum status query_ifaces(struct ctx *ctx, struct iface_list *list);
/* The same, and every wiphy that they are on. */
enum status query_dev_list(struct ctx *ctx, struct iface_list *ifaces, struct wiphy_list *wiphys);
enum status query_associated(struct ctx *ctx, bool *associated);
/* Settles the dialect if a type is there that means different things to different kernels. */
enum status settle_if_ambiguous(struct ctx *ctx, uint32_t iftypes);
/*
 * The stations of ctx->target, each with its links where the kernel tells of them, in the kernel's
 * order. One that goes away meanwhile may be listed or not.
 */
enum status query_stations(struct ctx *ctx, struct station_list *list);
/* NULL: not in the list. */
const struct station *station_of_addr(const struct station_list *l, const uint8_t addr[ADDR_LEN]);
/* The global one, and those of wiphys that have their own. */
enum status query_regdoms(struct ctx *ctx, struct regdom_list *list);
/* The whole table of BSSes of ctx->target. */
enum status query_bss(struct ctx *ctx, struct bss_list *list);
void free_bss_list(struct bss_list *list);
/* false: it has links as ours that the interface has not; as a connection changes, both may be. */
bool bsses_agree(const struct bss_list *l, const struct iface *i);
/* The SSID among its elements; empty: hidden, or malformed. */
struct bytes bss_ssid(const struct bss *b);
/* Of the channels in use by the radio of ctx->target. A driver that tells of none is no error. */
enum status query_surveys(struct ctx *ctx, struct survey_list *list);
/* One more zeroed element of an array that grows by doubling; NULL, errno ENOMEM: no memory. */
void *grow(void **v, size_t *n, size_t *size, size_t each);
/* Finds what the selector names. ST_REFUSED: there is no such thing. */
enum status find_target(struct ctx *ctx);
void req_target(struct ctx *ctx, struct req *rq);
/* How most commands begin: the kernel's nl80211, what the selector names, and what it is. */
enum status open_iface(struct ctx *ctx, struct iface *i);
/* false: down, or it cannot be told. */
bool netdev_is_up(const char *name);
/* ip link set NAME up, or down; in a dry run, planned. ST_REFUSED: not allowed, or the driver
 * refused. */
enum status set_netdev_up(struct ctx *ctx, const char *name, bool up);

/* ---- sysfs.c: what a file below /sys says; paths are relative to it ---- */

extern const char *sysfs_root; /* the unit tests have one of their own */
/* A small file from anywhere, cut at the end of buf. false: it cannot be read. */
bool read_file(char *buf, size_t size, const char *path);
/* Its first line, cut at the end of buf. false: it cannot be read. */
__attribute__((format(printf, 3, 4))) bool sysfs_read(char *buf, size_t size, const char *fmt, ...);
/* false: it cannot be read, or is no number. */
__attribute__((format(printf, 2, 3))) bool sysfs_number(uint64_t *v, const char *fmt, ...);
/* The last name of what a link points at. */
__attribute__((format(printf, 3, 4))) bool sysfs_link(char *name, size_t size, const char *fmt,
						      ...);
__attribute__((format(printf, 1, 2))) bool sysfs_exists(const char *fmt, ...);
/*
 * Which links are active, in mac80211's own word: to root, where debugfs is built and mounted.
 * false: errno tells why; 0: it was no number.
 */
bool sysfs_active_links(uint64_t *bitmap, const char *phy, const char *ifname);

/* ---- manager.c: who else manages an interface ---- */

extern const char *run_root, *etc_root; /* likewise */

struct manager {
	bool wpa_supplicant, network_manager;
	bool hidden;		 /* something may not be looked at */
	char evidence[128];	 /* the path that says so */
	char connection[40];	 /* NetworkManager's id of the profile in use; "": not told */
	bool profile_known;	 /* it was found and read: */
	char band[8], bssid[24]; /* what the profile pins; "": nothing */
};
/* What is to be seen of it in /run; false: nobody is. */
bool find_manager(const struct iface *i, struct manager *m);

/* ---- rfkill.c ---- */

/* How an rfkill device is. */
struct rfkill {
	uint32_t index; /* as in "rfkill0" */
	bool soft, hard;
	bool has_reasons; /* kernels before 5.11 do not tell */
	uint8_t reasons;  /* of a hard block: bits of enum rfkill_hard_block_reasons */
};
/* false: the wiphy has none, or sysfs is not that of the wiphy's network namespace. */
bool rfkill_find(uint32_t wiphy, uint32_t *index);
/* false: there is no such device, or no sysfs. */
bool rfkill_read(uint32_t index, struct rfkill *r);

extern const char *rfkill_device; /* likewise */
/* Never waits to be read; begins with how every device is. -1: not there, or not permitted. */
int rfkill_open(void);
enum rfkill_news { RFKILL_NOTHING, RFKILL_CHANGED, RFKILL_GONE, RFKILL_LOST };
/* The next that is told of any device of Wi-Fi. */
enum rfkill_news rfkill_next_any(int fd, struct rfkill *r);
/* The next that is told of this device. RFKILL_LOST: it cannot be read any more. */
enum rfkill_news rfkill_next(int fd, uint32_t index, struct rfkill *r);
/* Not blocked for the reason that the host does not own it. */
bool rfkill_is_owned(const struct rfkill *r);
/* "not-owner" for bit 1 of the reasons; NULL: no word for it. */
const char *rfkill_reason(unsigned int bit);

/* ---- fold.c: which BSSes are links of one AP MLD; pure ---- */

/* What the BSS says of itself and its MLD. */
struct bss_view {
	const struct bss *bss;
	struct bytes ssid;
	const char *malformed; /* of its elements; NULL: nothing, as far as they matter here */
	uint8_t own_mld_id;    /* by which frames speak of its MLD: 0, or the index of a
				      nontransmitted BSSID */
	uint64_t bssid_key, mld_key; /* to sort by; mld_key is UINT64_MAX of what is no MLD */
	bool has_ml;		     /* it is an MLD: it has a basic Multi-Link element */
	struct multi_link ml;
};
void view_bss(const struct bss *b, struct scratch scratch, struct bss_view *v);

/* A link of an AP MLD: heard, announced by other links, or both. */
struct ap_link {
	uint8_t id;		      /* LINK_ID_NONE: the AP has not told it */
	const struct bss_view *heard; /* NULL: not */
	bool announced, has_bssid, has_change_count, disabled;
	const char *announced_in; /* "rnr" or "profile" */
	uint8_t announced_by[ADDR_LEN], bssid[ADDR_LEN];
	uint32_t freq; /* MHz, as announced; 0: not, or not known */
	uint8_t change_count;
};

/* What cannot all be true, or not at the same time. */
enum contradiction_kind {
	CLAIMED_TWICE,	/* two BSSes are the same link */
	OTHER_MLD,	/* announced as a link of this MLD, but says that it is one of another */
	OTHER_ID,	/* announced with another link id than it has */
	OTHER_SSID,	/* a link with another SSID */
	OTHER_COUNT,	/* announced with another BSS parameters change count: one is out of date */
	OTHER_CHANNEL,	/* announced on another channel than it was heard on */
	KERNEL_DIFFERS, /* the kernel has another MLD address or link id than the BSS */
};
struct contradiction {
	enum contradiction_kind kind;
	uint8_t link_id;
	uint8_t a[ADDR_LEN], b[ADDR_LEN]; /* the BSSIDs of both */
};
#define CONTRADICTIONS_MAX 8

/* An AP: an MLD with its links, or one BSS that is none. */
struct ap {
	bool is_mld;
	uint8_t mld_addr[ADDR_LEN];
	struct bytes ssid;     /* any link's that tells it */
	struct ap_link *links; /* by ascending id; more than one of an id is a contradiction */
	size_t n_links, links_size;
	int64_t rank;	    /* what is looked for first has the greatest */
#define RANK_OURS INT32_MAX /* we are connected to it */
	uint8_t n_contradictions;
	bool more_contradictions;
	struct contradiction contradictions[CONTRADICTIONS_MAX];
};
struct ap_list {
	struct bss_view *views;
	struct ap *v;
	size_t n, size;
};
/* By the signal of the best link, the AP that we are connected to first. errno ENOMEM: no memory.
 */
bool fold_bsses(const struct bss_list *bsses, struct ap_list *aps);
/* The views alone, the links of an MLD next to each other. errno ENOMEM: no memory. */
bool view_bsses(const struct bss_list *bsses, struct ap_list *aps);
void free_ap_list(struct ap_list *aps);
/* Any link says it for all; ap may be NULL. false: nothing tells. */
bool ap_capabilities(const struct ap *ap, struct mld_capabilities *c);

/* ---- args.c: the command line after the options; pure ---- */

enum object { OBJECT_NONE, OBJECT_DEV, OBJECT_WDEV, OBJECT_PHY };

struct target {
	enum object object;
	const char *word; /* as typed; NULL: none */
	uint32_t ifindex; /* found by find_target() */
	uint64_t wdev;
	uint32_t wiphy;
};

enum param_kind {
	PARAM_LINK_ID,
	PARAM_MAC,
	PARAM_IFTYPE,
	PARAM_NAME,
	PARAM_SSID,
	PARAM_FREQ,
	PARAM_SECONDS,
	PARAM_COUNTRY,
	PARAM_COUNT,
	PARAM_COMMAND, /* of the shell's */
	PARAM_FLAG,    /* the keyword alone */
	PARAM_TEXT,    /* for the command to look at */
	PARAM_ITEM,    /* likewise, without a keyword, as many as there are */
	PARAM_WORDS,
};
struct param {
	enum param_kind kind;
	const char *name;    /* in usages: "MAC" */
	const char *keyword; /* the word that goes before the value; NULL: found by position */
	bool optional;
	bool many; /* may be there several times */
	/* For completion: what it may be, in words with a blank between; NULL: its name tells. */
	const char *(*choices)(int argc, char **argv); /* the words of the parameters before it */
};
#define PARAMS_MAX 12
#define ITEMS_MAX  64
#define FREQS_MAX  64
#define SSIDS_MAX  16

/* The values of a command's parameters. */
struct args {
	uint32_t given;	 /* bit n: parameter n of the command was there */
	uint8_t link_id; /* the last that was given, and all of them */
	uint8_t link_ids[LINKS_MAX];
	uint8_t n_link_ids;
	uint16_t links_of[PARAMS_MAX]; /* by parameter: a bitmap of those that it was given */
	uint8_t mac[ADDR_LEN];
	const char *country;
	const struct iftype *iftype;
	const char *name;
	struct ssid {
		uint8_t bytes[SSID_LEN_MAX];
		uint8_t len;
	} ssids[SSIDS_MAX];
	uint8_t n_ssids;
	uint32_t freqs[FREQS_MAX]; /* MHz */
	uint8_t n_freqs;
	uint32_t ms; /* of PARAM_SECONDS */
	uint64_t count;
	const char *command;
	const char *values[PARAMS_MAX]; /* of each parameter, as typed last */
	const char *items[ITEMS_MAX];
	int n_items;
	char **words;
	int n_words;
};

/* Was the n-th parameter of the command there? */
static inline bool is_given(const struct args *a, int n)
{
	return a->given >> n & 1;
}

struct cmd {
	const char *name;     /* "link add"; "": the object, and its name if it has one, alone */
	unsigned int objects; /* bit n: enum object n may stand before it */
	bool all;	      /* takes the object without a name: all of them */
	const struct param *params;	       /* ends with one without a name; NULL: takes none */
	const char *help;		       /* a line */
	enum status (*check)(struct ctx *ctx); /* what params cannot say; NULL: nothing */
	enum status (*run)(struct ctx *ctx);
	/* The view's other text: a line for each object, for align_columns(). NULL: there is none.
	 */
	void (*brief)(const struct text *t, const struct ctx *ctx, const void *model);
};
#define ON_NOTHING (1u << OBJECT_NONE)
#define ON_DEV	   (1u << OBJECT_DEV)
#define ON_WDEV	   (1u << OBJECT_WDEV)
#define ON_PHY	   (1u << OBJECT_PHY)
extern const struct cmd *const commands[]; /* ends with NULL */

/* Fills ctx->target, ctx->cmd and ctx->args, or fails with ST_USAGE. */
enum status parse_command(struct ctx *ctx, int argc, char **argv);
/* Whether the words begin the command, with or without the object's word in front. */
bool cmd_matches(const struct cmd *cmd, int argc, char **argv);
/* "dev DEV link add ID addr MAC" */
void usage_line(FILE *f, const struct cmd *cmd);
/* The interface types that may be asked for. */
void iftype_choices(char buf[IFTYPES_TEXT]);
/*
 * For completion: the words that may follow those of an unfinished command line, one a line, with a
 * tab and what they are about; in capitals, what another value stands for.
 */
void print_next_words(FILE *f, int argc, char **argv);

/* "dev wlan0 link add": what was tried, as far as it was understood; escaped. */
void describe_target(FILE *f, const struct ctx *ctx);

/* ---- iw-mlo.c ---- */

struct options {
	bool json, pretty, brief, dry_run, debug;
	enum { COLOUR_AUTO, COLOUR_ALWAYS, COLOUR_NEVER } colour;
	uint32_t timeout_ms; /* 0: none */
	bool help, version;
};

struct ctx {
	struct options opt;
	const struct cmd *cmd;
	struct target target;
	struct args args;

	struct nl_sock *sock, *events;
	int fd, events_fd; /* of the two, to wait for */
	struct source {
		int fd;
		source_fn *fn;
		void *arg;
		short events;
	} sources[4]; /* to wait for as well */
	int n_sources;
	bool hold;		    /* no events, for now */
	bool lost;		    /* events were lost, after those that the kernel still holds */
	uint32_t lost_left;	    /* of which there were so many bytes */
	uint32_t dropped;	    /* events, in all */
	uint32_t gap;		    /* of which, in the last gap; 0: it is not known */
	struct capture *capture;    /* where everything that is received goes, too; NULL: nowhere */
	int signal_fd, interrupted; /* by this signal */
	struct family family;
	enum dialect dialect;
	bool dialect_settled;
	struct policy policy; /* the evidence */
	bool has_policy;
	uint32_t seq;
	int64_t deadline_ms; /* of CLOCK_MONOTONIC; 0: none */
	bool unsettled;	     /* a dump never settled: status 5 after the output */
	bool events_lost;    /* likewise */
	bool colour;
	unsigned int width; /* of the terminal that text goes to; 0: it goes elsewhere, unbroken */
	struct json *plan;  /* of a dry run: where the requests go */

	struct refusal refusal; /* of the last ST_REFUSED that dispatch() returned */
	int positive; /* what the last change was answered with, if not 0: a driver's own number */
	char error[600]; /* why it failed: one line */
};

/* Remembers why, for main() to print after what was tried; returns status. */
__attribute__((format(printf, 3, 4))) enum status fail(struct ctx *ctx, enum status status,
						       const char *fmt, ...);
/* Replaces the general hint after the kernel's refusal by one that knows the command. */
__attribute__((format(printf, 2, 3))) enum status refused(struct ctx *ctx, const char *hint, ...);

/*
 * The one place that chooses between text and JSON. In a dry run nothing is shown: stdout belongs
 * to the requests.
 */
struct view {
	void (*text)(const struct text *t, const struct ctx *ctx, const void *model);
	void (*json)(struct json *j, const struct ctx *ctx, const void *model);
};
void show(const struct ctx *ctx, const struct view *view, const void *model);

struct option_help {
	char letter;
	const char *name, *value, *help;
};
extern const struct option_help option_table[]; /* ends with one without a name */

/* ---- cmds/ ---- */

extern const struct cmd cmd_dev, cmd_dev_info, cmd_dev_bare;
extern const struct cmd cmd_link, cmd_link_show, cmd_link_add, cmd_link_del;
extern const struct cmd cmd_link_reconf, cmd_ttlm_set, cmd_epcs;
extern const struct cmd cmd_ap_stop;
extern const struct cmd cmd_reg_get, cmd_reg_set;
extern const struct cmd cmd_set_type;
extern const struct cmd cmd_phy, cmd_phy_bare, cmd_phy_caps;
extern const struct cmd cmd_interface_add, cmd_del;
extern const struct cmd cmd_connect, cmd_disconnect;
extern const struct cmd cmd_event, cmd_wait, cmd_assert;
extern const struct cmd cmd_scan, cmd_bss;
extern const struct cmd cmd_station;
extern const struct cmd cmd_csme_info, cmd_csme_own, cmd_csme_wait, cmd_csme_events,
	cmd_csme_takeover;
extern const struct cmd cmd_check;
extern const struct cmd cmd_help;

/* Does the number mean this to the kernel at hand? ST_REFUSED: no, and nothing may be sent. */
enum status guard_iftype(struct ctx *ctx, const struct iftype *t);
/* After the kernel refused an iftype: what the wiphy supports. Returns ST_REFUSED. */
enum status explain_iftype(struct ctx *ctx, uint32_t wiphy);
/* The interface with its wiphy, as "dev DEV info" shows it. */
enum status show_iface(struct ctx *ctx, const struct iface *i);
/* An event on one line, or a few; what is known of it, for JSON. */
void text_event(const struct text *t, const struct ctx *ctx, const struct event *e);
void json_event(struct json *j, const struct ctx *ctx, const struct event *e);
void json_event_members(struct json *j, const struct ctx *ctx, const struct event *e);

/* Every interface on its wiphy. */
struct dev_list {
	struct iface_list ifaces;
	struct wiphy_list wiphys;
};
void text_dev_list(const struct text *t, const struct ctx *ctx, const void *model);
void json_dev_list(struct json *j, const struct ctx *ctx, const void *model);
void json_dev_phys(struct json *j, const struct ctx *ctx, const char *key,
		   const struct dev_list *l);

/* ---- cmds/known.c: what is known of interfaces and wiphys, kept up to date by events ---- */

enum known_from { KNOWN_GONE, KNOWN_NEW, KNOWN_CHANGED };
/* One difference between two looks. */
struct known_change {
	enum known_from how;
	const struct iface *iface, *was; /* NULL: it is a wiphy; there was none */
	const struct wiphy *wiphy;
};
typedef void known_fn(void *arg, const struct known_change *c);

enum status known_read(struct ctx *ctx, struct dev_list *l);
/* An interface or a wiphy came, went or changed. false: no memory. */
bool known_apply(struct dev_list *l, const struct event *e);
/* Of the event's interface; "" if it has none, or is not known. */
const char *known_ifname(const struct dev_list *l, const struct event *e);
/* Of the event, or of its interface; NULL: it has none, or is not known. */
const struct wiphy *known_wiphy(const struct dev_list *l, const struct event *e);
void known_compare(const struct dev_list *was, const struct dev_list *is, known_fn *fn, void *arg);
void known_free(struct dev_list *l);

/* ---- outlet.c: output that never keeps its writer waiting ---- */

/*
 * What is printed to f goes to stdout as fast as that takes it; what it does not take waits here,
 * up to OUTLET_MAX bytes: then outlet_is_full(), and nothing more should be printed.
 */
#define OUTLET_MAX (16 << 20)
struct outlet {
	FILE *f;
	int fd;
	bool own, is_socket; /* fd was opened here; it is none that has O_NONBLOCK of its own */
	bool gone;	     /* nobody reads any more */
	int err;	     /* why nothing can be written any more; 0: it can */
	char *buf;
	size_t start, len, size, max;
};
bool outlet_open(struct outlet *s);
/* Everything that was printed so far goes out, as far as that is possible without waiting. */
void outlet_push(struct outlet *s);
static inline bool outlet_is_full(const struct outlet *s)
{
	return s->len >= s->max;
}
/* Waits until all is out, for as long as it goes on within so many milliseconds. */
void outlet_drain(struct outlet *s, int patience_ms);
void outlet_close(struct outlet *s);

/* ---- capture.c: messages in a file, as nlmon records them ---- */

/* pcap, of the link type NETLINK: packets with a header of 16 bytes before a datagram. */
struct capture {
	struct ctx *ctx;
	const char *path;
	FILE *f; /* to be written; NULL: it is read */
	int fd;
	int err; /* of either */
	bool swapped, nanoseconds;
	bool cut;	   /* a packet is not whole, or what follows is none */
	size_t start, len; /* of what was read into buf, and is not taken yet */
	unsigned char *packet;
	size_t size;
	int64_t time_us; /* of the packet that was read last, since 1970 */
	unsigned char buf[65536];
};
enum status capture_create(struct ctx *ctx, struct capture *c, const char *path);
void capture_write(struct capture *c, const struct nlmsghdr *nlh);
/* What was written so far goes out. false: it cannot. */
bool capture_flush(struct capture *c);
enum status capture_open(struct ctx *ctx, struct capture *c, const char *path);
/* The next datagram of generic netlink, in memory that may be written to. NULL: there is none. */
void *capture_next(struct capture *c, size_t *len);
/* ST_SYSTEM: what was written is not there. */
enum status capture_close(struct ctx *ctx, struct capture *c);

/* ---- cmds/link.c, cmds/station.c: shared by what shows links ---- */

enum status no_such_link(struct ctx *ctx, const struct iface *i, uint8_t id);
/*
 * Statistics, and the signal: the station's own, or else that of its beacons, labelled. s: NULL if
 * the kernel tells none; bss: NULL if there is none.
 */
void json_station_info(struct json *j, const struct sta_info *s, const struct bss *bss);

/* ---- cmds/scan.c ---- */

/* Scans for the SSIDs on the frequencies of ctx->args, after listen_open() and listen_signals(). */
enum status scan(struct ctx *ctx, const struct iface *i, bool passive, bool flush);

/* ---- cmds/sme.c ---- */

/* A connection that is to be made, or is being made. */
struct sme {
	struct ctx *ctx;
	const struct iface *iface;
	struct bytes ssid;
	bool mlo;
	const struct bss_view *links[LINKS_MAX]; /* the one that carries the association first */
	int n_links;
	uint8_t peer[ADDR_LEN]; /* the AP MLD, or the BSSID */
	bool unjammed;
};
/* Makes it, and fills *e with its outcome; an attempt that fails leaves nothing behind. */
enum status sme_connect(struct sme *sme, struct event *e);

/* MLO_LINKS, as ASSOCIATE and ASSOC_MLO_RECONF take it. */
void req_links(struct req *rq, const struct bss_view *const *links, int n);

/* ---- cmds/connect.c ---- */

/* The BSS that is this link of the AP. ST_REFUSED: none can be used as it, and why. */
enum status choose_link(struct ctx *ctx, const struct ap *ap, uint8_t id,
			const struct bss_view **found);

/*
 * Scans for those of these links that the AP announces and that were not heard, if there are any:
 * an answer to a probe request is easily lost, but beacons come.
 */
enum status hear_links(struct ctx *ctx, const struct iface *i, const struct ap *ap, uint16_t links,
		       bool *scanned);

/* ---- cmds/steer.c: what a connected station asks of its AP MLD ---- */

struct steering {
	struct ctx *ctx;
	uint8_t cmd; /* of the request, and of the event that tells of its success */
	bool epcs;   /* of EPCS_CFG: what is asked for */
	struct iface iface;
	struct bss_list bsses;
	struct ap_list aps;
	const struct ap *ap; /* NULL: the table does not have it */
	/* while it is waited for */
	bool told, ended, lost, malformed;
	struct event event; /* what was told; its frame is gone */
};
/*
 * Opens the interface, checks that the kernel has the command and that there is a connection with
 * links, and listens. since: the version of Linux that has the command.
 */
enum status steer_open(struct steering *s, const char *since);
void steer_close(struct steering *s);
enum status steer_find_ap_again(struct steering *s);
/*
 * Waits for what comes of the request. ST_OK: it is in s->event if s->told, else nothing came in
 * that time. ST_REFUSED: the connection ended; why: what it means if the kernel ended it.
 */
enum status steer_wait(struct steering *s, uint32_t ms, const char *why);

/* ---- cmds/reg.c ---- */

extern const char *firmware_root; /* likewise */

/* ---- cmds/bss.c: the table of BSSes, for "bss" and "scan" ---- */

/* In words, why it takes more than an open network does to get in; NULL: it is one. */
const char *bss_is_closed(const struct bss *b);

void brief_bsses(const struct text *t, const struct ctx *ctx, const void *model);
enum bss_form { BSS_FOLDED, BSS_FLAT, BSS_ELEMENTS, BSS_HEX };
/* of: the only BSSID to be shown; NULL: all. */
enum status show_bsses(struct ctx *ctx, enum bss_form form, const uint8_t *of);

/* ---- cmds/csme.c: what its commands share ---- */

/* An interface whose radio Intel's CSME firmware shares, as far as it is known. */
struct csme {
	struct ctx *ctx;
	struct iface iface;
	struct wiphy wiphy;
	bool has_rfkill, has_connection;
	struct rfkill rfkill;
	struct csme_connection connection;
	/* Where its channel is, in MHz: the band is not told, so there may be several, or none. */
	uint32_t freqs[3];
	unsigned int n_freqs;
	const char *freq_source; /* what told the band; NULL: nothing did */

	/* while it is watched */
	int rfkill_fd;	   /* of /dev/rfkill, or of a timer: then sysfs is looked at */
	source_fn *look;   /* reads what it has to tell */
	int64_t lifted_us; /* when the block by the firmware was last seen to end; 0: never */
	int64_t taken_us;  /* when it was last seen to begin; 0: never */
	bool seen, gone;
	bool lost;			   /* rfkill cannot be read any more */
	bool (*on_rfkill)(struct csme *c); /* after each change; NULL: nobody asks */
};
/* Who and what it is. ST_REFUSED: there can be no CSME firmware, and why. */
enum status csme_open(struct ctx *ctx, struct csme *c);
/* What the firmware tells of its connection. ST_OK without has_connection: it has told nothing. */
enum status csme_ask_connection(struct csme *c);
/* The time limit of the whole command, before it begins: that of its own parameter, or -t. */
#define CSME_PATIENCE_MS 10000 /* the firmware grants within a second or two, or not at all */
void csme_limit(struct ctx *ctx, bool given, uint32_t otherwise_ms);
/* From here on no change of its ownership is missed; how it is now is in *c. */
enum status csme_watch(struct csme *c);
/* ST_REFUSED: it is blocked, but not by the firmware, so that there is nothing to ask for. */
enum status csme_guard_switch(const struct csme *c);
/*
 * Asks the driver for ownership. ST_OK: what came of it is in *a, ownership or none; it may still
 * come.
 */
struct csme_answer {
	int64_t asked_us, answered_us;
	int err;      /* ETIMEDOUT: not granted in the driver's time */
	int positive; /* the same, of kernels up to 6.1 */
};
enum status csme_ask_ownership(struct csme *c, struct csme_answer *a);
/* Until it is owned. Else it is gone, or we are interrupted, or it was not granted in time. */
enum status csme_wait_granted(struct csme *c, const struct csme_answer *a);
/* The interface, its phy, and who owns it: the beginning of every document. */
void json_csme_head(struct json *j, const struct csme *c);

/* cmds/csme-profile.c: a network block for wpa_supplicant, for this very connection. */
enum status csme_check_profile(struct csme *c);
void csme_print_profile(FILE *f, const struct csme *c);

/* Shared by the renderers. */
void text_rfkill(const struct text *t, const struct rfkill *r);
void json_rfkill(struct json *j, const struct rfkill *r);
void text_iface_name(const struct text *t, const struct iface *i);
void text_chandef(const struct text *t, const struct chandef *c);
void brief_chandef(const struct text *t, const struct chandef *c); /* "5180/80", "-" */
void text_link(const struct text *t, const char *indent, const struct mlo_link *l);
void json_iface_members(struct json *j, const struct ctx *ctx, const struct iface *i);
void json_iface_head(struct json *j, const struct ctx *ctx, const struct iface *i);
void json_chandef(struct json *j, const struct chandef *c);
void json_link(struct json *j, const struct mlo_link *l);
void json_links(struct json *j, const struct iface *i);
void json_wiphy_head(struct json *j, const struct wiphy *w, uint32_t index);

#endif /* IW_MLO_H */
