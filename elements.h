/* SPDX-License-Identifier: ISC */
/*
 * IEEE 802.11 elements, as they come from the air: bytes -> structs. Pure and without memory of its
 * own; knows no nl80211. Every length is checked, absent stays absent, and what is not understood
 * is kept as bytes. "Clause" is of IEEE Std 802.11-2024 as amended by 802.11be-2024.
 */
#ifndef IW_MLO_ELEMENTS_H
#define IW_MLO_ELEMENTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Bytes that somebody else owns. */
struct bytes {
	const uint8_t *p;
	size_t len;
};

static inline uint16_t le16(const uint8_t *p)
{
	return (uint16_t)(p[0] | p[1] << 8);
}

/* Takes n bytes from the front; false, and nothing is taken: there are fewer. */
static inline bool take_bytes(struct bytes *from, size_t n, struct bytes *taken)
{
	if (from->len < n)
		return false;
	*taken = (struct bytes){ from->p, n };
	from->p += n;
	from->len -= n;
	return true;
}

static inline bool take_u8(struct bytes *from, uint8_t *v)
{
	struct bytes b;

	if (!take_bytes(from, 1, &b))
		return false;
	*v = b.p[0];
	return true;
}

static inline bool take_u16(struct bytes *from, uint16_t *v)
{
	struct bytes b;

	if (!take_bytes(from, 2, &b))
		return false;
	*v = le16(b.p);
	return true;
}

/* ---- decode/element.c: which elements there are ---- */

#define NO_EXT (-1)

/* An element as it lies there. Its fragments, if it has any, are those that follow it. */
struct element {
	uint8_t id;
	int ext;	     /* of id 255: the extension id; NO_EXT: there is none */
	bool fragmented;     /* body is the first fragment only: see element_body() */
	struct bytes body;   /* after id, length and extension id */
	struct bytes extent; /* everything, headers and fragments included */
};

/*
 * Takes the next element with its fragments. false: there is no whole one left; what is left then
 * in *rest, if anything, is an element that was cut. A Fragment element (242) that continues
 * nothing is an element of its own. Of sub-elements (clause 9.4.3), fragment is 254 and ids have no
 * extension.
 */
bool element_next(struct bytes *rest, struct element *e);
bool subelement_next(struct bytes *rest, struct element *e);

/*
 * Where the bodies of fragmented elements are put together. Elements within elements need their
 * own: five levels (a frame's elements, the profiles of a Multiple BSSID element and their
 * elements, the profiles of a Multi-Link element and theirs) need at most SCRATCH_SIZE of the
 * frame's elements.
 */
struct scratch {
	uint8_t *p;
	size_t left;
};
#define SCRATCH_SIZE(len) (5 * (size_t)(len))

/* The whole body: e->body itself if it is not fragmented. Without room in s it is cut. */
struct bytes element_body(const struct element *e, struct scratch *s);

/* Ids that elements are looked for by; of an extension (255), its own. */
#define EID_HT_OPERATION	 61
#define EID_MULTIPLE_BSSID	 71
#define EID_NONTRANSMITTED_CAP	 83
#define EID_MULTIPLE_BSSID_INDEX 85
#define EID_VHT_OPERATION	 192
#define EID_RNR			 201
#define EID_FRAGMENT		 242
#define EID_EXTENSION		 255
#define EID_EXT_HE_CAPABILITIES	 35
#define EID_EXT_HE_OPERATION	 36
#define EID_EXT_NON_INHERITANCE	 56
#define EID_EXT_EHT_OPERATION	 106
#define EID_EXT_MULTI_LINK	 107
#define EID_EXT_TTLM		 109

/* The first such element; false: there is none. ext: NO_EXT for an id that has none. */
bool element_find(struct bytes elements, uint8_t id, int ext, struct element *e);

/* The frame that elements come from, as far as it decides what they mean. */
enum frame {
	FRAME_UNKNOWN, /* an AP's */
	FRAME_BEACON,
	FRAME_PROBE_RESPONSE,
	FRAME_ASSOC_REQUEST, /* the only one here that is not an AP's */
	FRAME_ASSOC_RESPONSE,
};

/*
 * The decoders of elements take a body with its fragments joined, fill in what there is, and return
 * NULL, or, in a few words, what is malformed first: what was decodable before that stays. Bytes
 * after what is known are from a later amendment, and skipped.
 */

/* ---- decode/multi-link.c: the Multi-Link element (255/107), clause 9.4.2.312 ---- */

#define ML_PER_STA_PROFILE 0  /* sub-element id */
#define LINK_ID_NONE	   15 /* of the four bits of a link id: no link */

enum multi_link_type {
	ML_BASIC,
	ML_PROBE_REQUEST,
	ML_RECONFIGURATION,
	ML_TDLS,
	ML_PRIORITY_ACCESS,
	ML_TYPELESS = 8, /* too short to tell */
};

struct multi_link {
	uint8_t type;	   /* enum multi_link_type, or 5 to 7, of which nothing is known */
	uint16_t presence; /* bits 4-15 of the Multi-Link Control field, where they are there */
	bool has_mld_addr, has_link_id, has_change_count, has_medium_sync;
	bool has_eml_capabilities, has_mld_capabilities, has_ap_mld_id, has_ext_mld_capabilities;
	uint8_t mld_addr[6];  /* of TDLS: of the AP MLD */
	uint8_t link_id;      /* 0-14: of the AP that sends this */
	uint8_t change_count; /* BSS Parameters Change Count */
	uint16_t medium_sync, eml_capabilities, mld_capabilities, ext_mld_capabilities;
	uint8_t ap_mld_id;	   /* 0: the MLD of the AP that sends this */
	struct bytes unknown;	   /* what Common Info has beyond these */
	struct bytes sub_elements; /* subelement_next(); none if Common Info is malformed */
};
const char *decode_multi_link(struct bytes body, struct multi_link *m);

/* Medium Synchronization Delay Information: after a time of deafness. */
struct medium_sync {
	uint16_t duration_us;
	bool has_threshold, has_max_txops;
	int8_t threshold_dbm; /* Medium Synchronization OFDM ED Threshold: -72 to -62 */
	uint8_t max_txops;    /* absent: no limit */
};
struct medium_sync decode_medium_sync(uint16_t raw);

/* EML Capabilities. Delays are absent where the code is reserved, or neither mode is supported. */
struct eml_capabilities {
	bool emlsr, emlmr;
	bool has_padding_delay, has_transition_delay, has_transition_timeout;
	uint16_t padding_delay_us, transition_delay_us;
	uint32_t transition_timeout_us;
	uint16_t reserved; /* bits that are set without a meaning here */
};
struct eml_capabilities decode_eml_capabilities(uint16_t raw);

enum ttlm_negotiation { TTLM_NONE, TTLM_SAME_LINKS, TTLM_RESERVED, TTLM_ANY_LINKS };

/* MLD Capabilities and Operations. */
struct mld_capabilities {
	uint8_t max_simultaneous_links; /* 1-16 */
	bool srs, aar, link_reconfiguration, aligned_twt;
	enum ttlm_negotiation ttlm;
	bool nstr_mobile_ap; /* of an AP MLD */
	bool has_str_separation;
	uint16_t str_separation_mhz; /* of a client: what it needs between links to use them as STR
				      */
	uint16_t reserved;
};
struct mld_capabilities decode_mld_capabilities(uint16_t raw, enum frame frame);

/* Extended MLD Capabilities and Operations. */
struct ext_mld_capabilities {
	bool parameter_update, nstr_status_update, emlsr_on_one_link, btm_recommendation;
	bool has_recommended_links;
	uint8_t recommended_links; /* Recommended Max Simultaneous Links: 2-15 */
	uint16_t reserved;
};
struct ext_mld_capabilities decode_ext_mld_capabilities(uint16_t raw);

enum reconfiguration {
	RECONF_AP_REMOVAL,
	RECONF_PARAMETER_UPDATE,
	RECONF_ADD_LINK,
	RECONF_DELETE_LINK,
	RECONF_NSTR_STATUS,
};

/* A Per-STA Profile: what the element says of one link. Which of it there can be is up to type. */
struct sta_profile {
	struct bytes body;
	const char *malformed;	     /* NULL: it is not */
	bool has_complete, complete; /* of ML_PROBE_REQUEST: asked to be */
	bool has_link_id, has_addr, has_beacon_interval, has_tsf_offset, has_dtim, has_nstr;
	bool has_change_count, has_operation, has_removal_timer, has_parameters;
	bool has_capability, has_status;
	uint8_t link_id; /* 0-14 */
	uint8_t addr[6];
	uint16_t beacon_interval_tu;
	int64_t tsf_offset_us; /* TSF of this link's AP less that of the AP that sends this */
	uint8_t dtim_count, dtim_period;
	uint16_t nstr; /* bit n: link n and this one cannot be used independently */
	uint8_t change_count;
	uint8_t operation;	     /* enum reconfiguration, or 5 to 15 */
	uint16_t removal_timer;	     /* TBTTs until the AP goes; 0: now */
	uint16_t parameters;	     /* Operation Parameters, raw */
	struct bytes unknown;	     /* what STA Info has beyond these */
	uint16_t capability, status; /* in front of the elements of a complete profile */
	struct bytes elements;
};

/* The Per-STA Profiles of an element in turn. */
struct sta_profiles {
	uint8_t type;
	enum frame frame;
	struct bytes rest;
	uint16_t seen; /* bit n: link n had its profile */
};
struct sta_profiles sta_profiles(const struct multi_link *m, enum frame frame);
/*
 * false: there is none left; i->rest, if anything, is a sub-element that was cut. s is used up
 * where the profile is fragmented, and what p points at is there for as long as it.
 */
bool sta_profile_next(struct sta_profiles *i, struct scratch *s, struct sta_profile *p);

/* Non-Inheritance (255/56): what a profile does not share with the frame. */
struct non_inheritance {
	struct bytes ids, ext_ids; /* none of both if malformed: everything is inherited */
};
const char *decode_non_inheritance(struct bytes body, struct non_inheritance *n);
/* As cfg80211_is_element_inherited() in net/wireless/scan.c has it. */
bool is_inherited(const struct non_inheritance *n, uint8_t id, int ext);

/* ---- decode/rnr.c: Reduced Neighbor Report (201) ---- */

/* A Neighbor AP Information field: APs on one channel. */
struct neighbor {
	uint8_t type; /* TBTT Information Field Type: 0, or 1 for MLD parameters alone */
	bool filtered, has_channel;
	bool has_layout; /* else the type or the length is reserved, and nothing is to be taken */
	uint8_t op_class, channel;
	uint8_t info_len;   /* of each of the infos */
	struct bytes infos; /* tbtt_info_next() */
	uint8_t n_infos;
};
/* false: there is none left; what is left then in *rest, if anything, is one that was cut. */
bool neighbor_next(struct bytes *rest, struct neighbor *n);

#define BSS_PARAMETERS 8 /* bits of BSS Parameters */

struct tbtt_info {
	bool has_offset, has_bssid, has_short_ssid, has_bss_parameters, has_psd, psd_no_limit;
	bool has_mld, has_ap_mld_id, has_link_id, has_change_count;
	uint8_t offset_tu; /* to the neighbor's next TBTT */
	uint8_t bssid[6];
	uint32_t short_ssid; /* CRC-32 of the SSID */
	uint8_t bss_parameters;
	int8_t psd; /* 20 MHz PSD: 0.5 dBm/MHz */
	uint8_t ap_mld_id, link_id, change_count;
	bool all_updates, disabled; /* if has_mld */
};
bool tbtt_info_next(struct neighbor *n, struct tbtt_info *t);

/*
 * The centre frequency in MHz and the band of a channel in a global operating class (table E-4).
 * false: unknown. Classes of single countries share numbers and are unknown.
 */
bool op_class_freq(uint8_t op_class, uint8_t channel, uint32_t *mhz, const char **band);

/* ---- decode/ttlm.c: TID-To-Link Mapping (255/109), clause 9.4.2.314 ---- */

#define TIDS 8

enum ttlm_direction { TTLM_DOWNLINK, TTLM_UPLINK, TTLM_BOTH };

struct ttlm {
	uint8_t direction;    /* enum ttlm_direction, or 3 */
	bool default_mapping; /* every TID on every link: no maps */
	bool has_switch_time, has_duration;
	uint16_t switch_time_tu; /* bits 10-25 of the TSF when the mapping takes effect */
	uint32_t duration_tu;
	uint8_t tids;	      /* bit n: TID n has a map */
	uint16_t links[TIDS]; /* bit n: link n carries the TID */
};
const char *decode_ttlm(struct bytes body, struct ttlm *t);

/* ---- decode/element-ops.c: what elements say of their BSS ---- */

/*
 * Of these elements, fields of fixed size are decoded whole or not at all, lists and optional
 * fields as far as they go.
 */

/* Bit n, in the order of 802.11: from the lowest of the first byte. What is not there is 0. */
static inline bool has_bit(struct bytes b, unsigned int n)
{
	return n / 8 < b.len && b.p[n / 8] >> n % 8 & 1;
}

/* 0: any bytes, 32 at most; of a longer one *ssid is empty. */
const char *decode_ssid(struct bytes body, struct bytes *ssid);

/*
 * 1, 50: each byte is a rate of 500 kb/s, with bit 7 a basic one; or a BSS membership selector,
 * which membership_selector() names. NULL: it is a rate.
 */
const char *decode_rates(struct bytes body, struct bytes *rates);
const char *membership_selector(uint8_t rate);

/* 3 */
const char *decode_ds_parameter_set(struct bytes body, uint8_t *channel);

/* 5: in beacon intervals; the period is never 0. */
struct tim {
	uint8_t dtim_count, dtim_period;
};
const char *decode_tim(struct bytes body, struct tim *t);

/* 7 */
struct country {
	bool has_code;
	uint8_t code[2];     /* of ISO 3166-1, or anything else */
	uint8_t environment; /* 'I', 'O', ' ', 'X', or the number of a table of annex E */
	struct bytes triplets;
};
struct country_triplet {
	bool operating; /* else a subband */
	uint8_t operating_class, coverage_class;
	uint8_t first_channel, n_channels;
	int8_t max_power; /* dBm */
};
const char *decode_country(struct bytes body, struct country *c);
/* Takes one from the front. false: there is none left. */
bool country_triplet_next(struct bytes *triplets, struct country_triplet *t);

/* 11 */
struct bss_load {
	uint16_t stations;
	uint8_t channel_utilization; /* 255 is always busy */
	uint16_t admission_capacity; /* 32 us per second */
};
const char *decode_bss_load(struct bytes body, struct bss_load *l);

/* 37, and 60, which has the operating class. */
struct channel_switch {
	uint8_t mode; /* 1: nothing may be sent until then */
	uint8_t operating_class, channel;
	uint8_t count; /* beacon intervals; 0: at any time now */
};
const char *decode_channel_switch(struct bytes body, struct channel_switch *s);
const char *decode_ext_channel_switch(struct bytes body, struct channel_switch *s);

/* 255/52: between two beacons, on the old channel and on the new one; in TU. */
const char *decode_max_channel_switch_time(struct bytes body, uint32_t *time);

/* 45 */
struct ht_capabilities {
	uint8_t width; /* MHz: 20 or 40 */
	bool intolerant_of_40;
};
const char *decode_ht_capabilities(struct bytes body, struct ht_capabilities *c);

/* 61 */
struct ht_operation {
	uint8_t primary;
	uint8_t secondary_offset; /* enum ht_secondary */
	bool any_width;		  /* "STA Channel Width": not 20 MHz only */
	uint8_t ccfs2;		  /* for VHT: see judge_channel(); 0: none */
};
enum ht_secondary { HT_SECONDARY_NONE, HT_SECONDARY_ABOVE, HT_SECONDARY_BELOW = 3 };
const char *decode_ht_operation(struct bytes body, struct ht_operation *o);

/* 191: the two fields together say which widths there are (table "Supported Channel Width Set"). */
struct vht_capabilities {
	uint8_t width_set; /* 0: up to 80 MHz, 1: 160, 2: 160 and 80+80, 3: reserved */
	uint8_t extended_nss_bw;
};
const char *decode_vht_capabilities(struct bytes body, struct vht_capabilities *c);

/* 192 */
struct vht_operation {
	uint8_t width; /* 0: 20 or 40 MHz, 1: 80 or more, 2: 160, 3: 80+80, the last two old */
	uint8_t ccfs0, ccfs1; /* channel numbers */
};
const char *decode_vht_operation(struct bytes body, struct vht_operation *o);

/* 255/35: the widths alone. */
struct he_capabilities {
	bool mhz40_in_2ghz, mhz40_80, mhz160, mhz80p80;
};
const char *decode_he_capabilities(struct bytes body, struct he_capabilities *c);

/* 255/36 */
struct he_6ghz_info {
	uint8_t primary, ccfs0, ccfs1; /* channel numbers */
	uint8_t width;		       /* MHz: 20 to 160, which may be 80+80 */
	bool duplicate_beacon; /* beacons go out in all of the width, not in the primary only */
	uint8_t regulatory;    /* the kind of AP: he_regulatory() */
	uint8_t min_rate;      /* Mb/s */
};
struct he_operation {
	bool whole; /* its fixed part is */
	uint8_t bss_color;
	bool partial_color, color_disabled, twt_required, er_su_disabled;
	bool has_max_cohosted, has_6ghz;
	uint8_t max_cohosted; /* of 2^n BSSIDs */
	struct he_6ghz_info info;
};
const char *decode_he_operation(struct bytes body, struct he_operation *o);
const char *he_regulatory(uint8_t regulatory); /* NULL: reserved */

/* 255/59 */
struct he_6ghz_capabilities {
	uint16_t min_start_spacing; /* of MPDUs, ns; 0: none */
	uint32_t max_ampdu;	    /* bytes */
	uint16_t max_mpdu;	    /* bytes; 0: reserved */
	uint8_t power_save;	    /* spatial multiplexing: 0 static, 1 dynamic, 3 none */
};
const char *decode_he_6ghz_capabilities(struct bytes body, struct he_6ghz_capabilities *c);

/* Streams at most; 0: such MCSs are not supported. */
struct eht_nss {
	uint8_t rx, tx;
};

/* Of EHT Operation and Bandwidth Indication. */
struct eht_channel {
	bool known;	      /* else the element does not tell any of it */
	uint16_t width;	      /* MHz; 0: reserved */
	uint8_t ccfs0, ccfs1; /* channel numbers: of 160 and 320 MHz, ccfs1 is the centre */
	bool has_punctured;
	uint16_t punctured; /* bit n: the n-th 20 MHz from the lowest frequency is not used */
};

/* 255/106 */
struct eht_operation {
	bool whole; /* its fixed part is */
	bool default_pe_duration, mcs15_disabled, limits_group_addressed_bus;
	uint8_t bu_indication_exponent;
	struct eht_nss basic[4]; /* for MCS 0 to 7, 8 to 9, 10 to 11, 12 to 13 */
	struct eht_channel channel;
};
const char *decode_eht_operation(struct bytes body, struct eht_operation *o);

/* 255/135 */
const char *decode_bandwidth_indication(struct bytes body, struct eht_channel *c);

/* 255/108 */
struct eht_map {
	uint16_t width; /* MHz; 80: up to 80; 20: of a station that has no other */
	uint8_t n;	/* 4 at 20 MHz: MCS 0 to 7, 8 to 9, and as below; else 3: 0 to 9, 10 to 11,
			   12 to 13 */
	struct eht_nss nss[4];
};
struct eht_capabilities {
	bool whole; /* its fixed part is */
	bool epcs, om_control, restricted_twt, scs_traffic_description, mhz320;
	uint16_t max_mpdu; /* bytes, of the 2.4 GHz band only; 0: reserved */
	uint8_t n_maps;
	struct eht_map maps[3]; /* by ascending width */
};
/* he: the HE capabilities of the same frame, which the layout depends on; NULL: it has none. */
const char *decode_eht_capabilities(struct bytes body, const struct he_capabilities *he,
				    bool from_ap, struct eht_capabilities *c);

/* 71 */
struct multiple_bssid {
	uint8_t max_indicator; /* of 2^n BSSIDs */
	size_t n_profiles;     /* of nontransmitted BSSIDs, begun or whole */
};
const char *decode_multiple_bssid(struct bytes body, struct multiple_bssid *m);
/*
 * Takes the next profile of a nontransmitted BSSID out of what follows the indicator. false: there
 * is none left.
 */
struct bssid_profile {
	bool continues; /* the last one of the Multiple BSSID element before */
	bool has_index;
	uint8_t index; /* of the BSSID, counted from the transmitted one's */
	struct bytes elements;
};
bool bssid_profile_next(struct bytes *rest, struct scratch *s, struct bssid_profile *p);

/* A bit and what it says; the last of a table has no name. */
struct named_bit {
	uint8_t bit; /* for has_bit() */
	const char *name;
};
/* 127: as far as it matters to who looks for a BSS. */
extern const struct named_bit ext_capabilities[];

/* 195 */
struct tx_power_envelope {
	bool regulatory; /* for clients of this AP; else the local limit */
	bool psd;   /* power per MHz, of each 20 MHz from the lowest; else of each width from 20 */
	bool every; /* psd: the one limit is that of every 20 MHz */
	uint8_t category;
	uint8_t n;
	int8_t limit[16]; /* 0.5 dBm, or dBm/MHz; of psd 127 is none, and -128 not to be used */
};
const char *decode_tx_power_envelope(struct bytes body, struct tx_power_envelope *e);

/* 221 */
struct vendor {
	uint8_t oui[3];
	bool has_type;
	uint8_t type;
	struct bytes data; /* what follows the type */
};
const char *decode_vendor(struct bytes body, struct vendor *v);
const char *vendor_name(const struct vendor *v); /* NULL: not known here */

/* ---- decode/security.c: RSN and what belongs to it ---- */

#define SUITE_LEN 4 /* an OUI and a type */

/*
 * 48, and Microsoft's WPA of a vendor's element, whose group management is never there. Each field
 * may be missing together with all that follow.
 */
struct rsn {
	bool has_version, has_group, has_pairwise, has_akms, has_capabilities, has_pmkids;
	bool has_group_management;
	uint16_t version;
	uint8_t group[SUITE_LEN], group_management[SUITE_LEN];
	struct bytes pairwise, akms; /* one suite after the other */
	struct bytes capabilities;   /* 2, with the bits of rsn_capabilities */
	uint8_t ptksa_replay_counters, gtksa_replay_counters; /* of the capabilities */
	uint16_t n_pmkids;
};
extern const struct named_bit rsn_capabilities[];
const char *decode_rsn(struct bytes body, struct rsn *r);
/* data: of the vendor's element, after its type. */
const char *decode_wpa(struct bytes data, struct rsn *r);
/* "CCMP-128", "SAE"; NULL: not known here. */
const char *cipher_name(const uint8_t suite[SUITE_LEN]);
const char *akm_name(const uint8_t suite[SUITE_LEN]);

/* 244: of the capabilities, the bits that the element's own length field tells of. */
const char *decode_rsn_extension(struct bytes body, struct bytes *capabilities);
extern const struct named_bit rsn_extensions[];

/* ---- decode/bss-channel.c: the channel that a BSS is on ---- */

/* The first of each kind among a BSS's elements. */
struct bss_operations {
	const char *malformed; /* one of them is, in words; NULL: none */
	bool has_ht, has_vht, has_he, has_eht;
	struct ht_operation ht;
	struct vht_operation vht;
	struct he_operation he;
	struct eht_operation eht;
};
void find_operations(struct bytes elements, struct bss_operations *o);

struct bss_channel {
	const char *problem; /* why the channel is not known: width, centers and punctured are 0 */
	const char *decided_by; /* the element; NULL: none, it is a BSS from before HT */
	const char *generation; /* "HT", "VHT", "HE", "EHT": the newest that there is; NULL: none */
	uint16_t width;		/* MHz; of 80+80 it is 160 */
	uint32_t center1;	/* MHz */
	uint32_t center2;	/* MHz, of 80+80; 0: none */
	uint16_t punctured;	/* as in struct eht_channel */
};
/*
 * primary: centre of the primary 20 MHz, in MHz. Elements that contradict it or each other are a
 * problem: nothing is guessed.
 */
void judge_channel(uint32_t primary, const struct bss_operations *o, struct bss_channel *c);

#endif /* IW_MLO_ELEMENTS_H */
