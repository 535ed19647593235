/* SPDX-License-Identifier: ISC */
/*
 * What the files of ap-mld share: the AP MLD and its stations as they should be in the kernel, and
 * the frames between them. Clauses are of IEEE Std 802.11-2024 as amended by 802.11be-2024.
 */
#ifndef AP_MLD_H
#define AP_MLD_H

#include "../../elements.h"
#include "../../iw-mlo.h"

#define STATIONS_MAX   16
#define BEACON_TU      100
#define DTIM_PERIOD    2
#define MAC_HEADER     24
#define STATUS_REFUSED 1 /* unspecified failure (table 9-79) */

enum { /* management frames, first octet */
       FC_ASSOC_REQUEST = 0x00,
       FC_ASSOC_RESPONSE = 0x10,
       FC_REASSOC_REQUEST = 0x20,
       FC_REASSOC_RESPONSE = 0x30,
       FC_PROBE_REQUEST = 0x40,
       FC_PROBE_RESPONSE = 0x50,
       FC_BEACON = 0x80,
       FC_DISASSOC = 0xa0,
       FC_AUTH = 0xb0,
       FC_DEAUTH = 0xc0,
       FC_ACTION = 0xd0,
};

enum { /* elements; those of more than 8 bits are extensions: 255, then the low octet */
       ELEMENT_SSID = 0,
       ELEMENT_RATES = 1,
       ELEMENT_CHANNEL_SWITCH = 37,
       ELEMENT_HT_CAPABILITIES = 45,
       ELEMENT_HT_OPERATION = 61,
       ELEMENT_VHT_CAPABILITIES = 191,
       ELEMENT_VHT_OPERATION = 192,
       ELEMENT_WIDE_CHANNEL_SWITCH = 194,
       ELEMENT_CHANNEL_SWITCH_WRAPPER = 196,
       ELEMENT_RNR = 201,
       ELEMENT_VENDOR = 221,
       ELEMENT_FRAGMENT = 242,
       ELEMENT_EXTENSION = 255,
       EXT_HE_CAPABILITIES = 0x100 | 35,
       EXT_HE_OPERATION = 0x100 | 36,
       EXT_NON_INHERITANCE = 0x100 | 56,
       EXT_HE_6GHZ_CAPABILITIES = 0x100 | 59,
       EXT_EHT_OPERATION = 0x100 | 106,
       EXT_MULTI_LINK = 0x100 | 107,
       EXT_EHT_CAPABILITIES = 0x100 | 108,
       EXT_TTLM = 0x100 | 109,
};

enum { /* Multi-Link elements: types (clause 9.4.2.322.1), operations of link reconfiguration */
       RECONF_ADD = 2,
       RECONF_DELETE = 3,
};

enum { /* the category Protected EHT and its actions (clause 9.6.35) */
       CATEGORY_PROTECTED_EHT = 37,
       ACTION_TTLM_REQUEST = 0,
       ACTION_TTLM_RESPONSE = 1,
       ACTION_TTLM_TEARDOWN = 2,
       ACTION_EPCS_REQUEST = 3,
       ACTION_EPCS_RESPONSE = 4,
       ACTION_EPCS_TEARDOWN = 5,
       ACTION_RECONF_REQUEST = 11,
       ACTION_RECONF_RESPONSE = 12,
};

struct own_link {
	bool up, switching;
	uint8_t id, addr[ADDR_LEN];
	struct chandef chan;
	uint8_t changes;  /* BSS Parameters Change Count */
	uint16_t refusal; /* the status for those who ask for this link; 0: welcome */
	uint16_t removal; /* TBTTs until it is removed; 0: it stays */
};

struct own_station {
	bool used, mld, associated, authorized;
	uint8_t addr[ADDR_LEN]; /* of an MLD: its MLD address */
	uint8_t link_id;	/* that it authenticated on */
	uint16_t aid;
	uint16_t links;	  /* bit n: the kernel has link n of it */
	uint16_t refused; /* bit n: it asked for link n in vain */
	uint8_t link_addr[LINKS_MAX][ADDR_LEN];
};

/* How a kind of request is answered. */
struct answer {
	bool silent;
	uint16_t status;
};

struct own_ap {
	struct ctx ctx;
	struct iface iface;
	bool registered;
	uint8_t ssid[SSID_LEN_MAX];
	uint8_t ssid_len;
	struct own_link links[LINKS_MAX];
	struct own_station stations[STATIONS_MAX];
	struct answer auth, assoc, reconf, ttlm, epcs;
	bool profiles; /* of all links, in probe responses */
	bool kept;     /* a removal was called off: the element that tells of none goes on */
	int64_t tick;  /* of now_ms(): when the removals' counters go down; 0: none counts */
	struct {
		int err; /* of the first step that failed; 0: none did */
		char what[80];
	} failure;
};

#define for_each_link(ap, l)                                    \
	for (l = (ap)->links; l < (ap)->links + LINKS_MAX; l++) \
		if (!l->up) {                                   \
		} else
#define for_each_station(ap, s)                                          \
	for (s = (ap)->stations; s < (ap)->stations + STATIONS_MAX; s++) \
		if (!s->used) {                                          \
		} else

static inline bool same_addr(const uint8_t *a, const uint8_t *b)
{
	return !__builtin_memcmp(a, b, ADDR_LEN);
}

/* ---- ap-frames.c: what is sent; pure ---- */

/* Bytes being written; too many end the program. */
struct out {
	uint8_t b[4096];
	size_t len;
};
void put(struct out *o, const void *bytes, size_t len);
void put_u8(struct out *o, uint8_t v);
void put_u16(struct out *o, uint16_t v);

void begin_frame(struct out *o, uint8_t type, const uint8_t *to, const struct own_link *l);
/* A beacon up to its TIM, and from there on; with a channel switch under way, to where. */
void put_beacon_head(struct out *o, const struct own_ap *ap, const struct own_link *l);
void put_beacon_tail(struct out *o, const struct own_ap *ap, const struct own_link *l);
/* Where its counter is, from the tail's begin, is returned. */
size_t put_channel_switch(struct out *o, const struct chandef *to, uint8_t count);
void put_probe_response(struct out *o, const struct own_ap *ap, const struct own_link *l,
			const uint8_t *to);
void put_auth_response(struct out *o, const struct own_ap *ap, const struct own_link *l,
		       const uint8_t *to, bool mld, uint16_t status);
/* The elements of an association response; statuses: of the links that an MLD asked for beside l */
struct link_status {
	uint8_t id;
	uint16_t status;
};
void put_assoc_elements(struct out *o, const struct own_ap *ap, const struct own_link *l, bool mld,
			const struct link_status *s, size_t n);
/* The Basic Multi-Link element of a link reconfiguration response, with what was added. */
void put_reconf_element(struct out *o, const struct own_ap *ap, const struct own_link *l,
			const struct link_status *s, size_t n);
void put_epcs_element(struct out *o, const struct own_ap *ap);

bool is_6ghz(const struct chandef *c);
bool is_5ghz(const struct chandef *c);
/* "5180" or "5180/80" */
bool parse_channel(const char *word, struct chandef *c);

/* ---- ap-stations.c: what is received, and what the kernel is told of the stations ---- */

/* A management frame from the air, or the fate of one of ours. */
struct received {
	uint8_t type;
	const uint8_t *to, *from;
	struct bytes body;
	struct own_link *link; /* by its frequency, as the kernel may be wrong about the id */
	bool acked;
};
void on_frame(struct own_ap *ap, const struct received *r);
void on_frame_sent(struct own_ap *ap, const struct received *r);
/* NULL: none has this address, be it an MLD's or a link's. */
struct own_station *find_station(struct own_ap *ap, const uint8_t *addr);
/* Out of the kernel and out of the table; with a word to the station before it, or without. */
void dismiss(struct own_ap *ap, struct own_station *s, bool tell, uint16_t reason);
/* The link is about to go: no station may have it any longer. */
void leave_link(struct own_ap *ap, const struct own_link *l);
/* The kernel says that it deleted a station; on whose behalf, it does not. */
void on_deleted(struct own_ap *ap, const uint8_t *addr);
void print_links(uint16_t bitmap);

/* ---- ap-mld.c ---- */

/* As dispatch(). A failure is printed, and the first one remembered for the command's answer. */
enum status ask(struct own_ap *ap, struct req *rq, const char *what);
enum status send_frame(struct own_ap *ap, const struct own_link *l, const struct out *o,
		       const char *what);
void ap_request(struct own_ap *ap, struct req *rq, uint8_t cmd);

#endif /* AP_MLD_H */
