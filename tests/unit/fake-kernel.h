/* SPDX-License-Identifier: ISC */
/* A kernel made of a script: it stands behind libnl's hooks and plays one answer per request. */
#ifndef FAKE_KERNEL_H
#define FAKE_KERNEL_H

#include "../../iw-mlo.h" /* before cmocka.h, which makes a macro of fail() */

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <errno.h>
#include <cmocka.h>
#include <linux/netlink.h>
#include <netlink/attr.h>

#define K_FAMILY_ID 0x1c
#define K_LO	    1 /* the ifindex of "lo", in every network namespace */

/* The ids of the multicast groups; of others there are some, too. */
#define K_GROUP_CONFIG	   5
#define K_GROUP_SCAN	   6
#define K_GROUP_REGULATORY 7
#define K_GROUP_MLME	   8
#define K_GROUP_VENDOR	   10

/* ---- the script ---- */

/*
 * An empty script of a kernel with MLO links. What is scripted before the first k_turn() answers
 * the look-up of the family, which answers itself if nothing is.
 */
void k_reset(void);
void k_without_links(void); /* neither ADD_LINK nor REMOVE_LINK: a kernel before 6.0 */
void k_family_has(uint8_t cmd);
void k_maxattr(uint32_t maxattr);
/* What the policy of SET_INTERFACE says, else 14 and nothing: enum netlink_attribute_type, or 0. */
void k_policy(uint64_t iftype_max, uint32_t link_info_type);
void k_rfc(void); /* a kernel with the RFC of 2020 */
/*
 * The program in a network of its own; false: this machine lets nobody make one. What it sends has
 * a line more wherever lo went up or down meanwhile.
 */
bool k_own_network(bool lo_up);

void k_turn(void);	  /* what follows answers the next request */
void k_policy_turn(void); /* what follows answers the dump of the policy, instead */
void k_no_policy(int err);
void k_events(void);		/* what follows comes as events after the answer of this turn,
				   or, before the first, as soon as somebody listens */
void k_datagram(void);		/* what follows travels in a datagram of its own */
void k_from_port(uint32_t pid); /* the datagram comes from another process */
void k_cut(size_t bytes);	/* so many are missing at the datagram's end */
void k_receive_error(int err);	/* instead of a datagram */
/* What ENOBUFS that came before tells of happened here: so many events are gone; 0: not told. */
void k_lost(uint32_t dropped);
void k_end_of_file(void);    /* a datagram of no bytes */
void k_silence(void);	     /* nothing comes: to wait is right, to receive is a hang */
void k_do(void (*fn)(void)); /* in the program's process, before this turn is answered */

void k_message(uint16_t type, uint16_t flags);
void k_data(uint8_t cmd, uint16_t flags);
void k_event(uint8_t cmd);
void k_event_about(uint8_t cmd, uint32_t ifindex); /* on wiphy 0 */
void k_policy_index(uint32_t index);		   /* the index of SET_INTERFACE's policy */
void k_policy_attr(uint16_t policy, uint16_t attr, uint32_t type, uint64_t max);
void k_ack(void);
void k_nack(int err, uint16_t flags); /* a positive errno; NLM_F_CAPPED: without the request */
void k_done(int err);		      /* a positive errno, or 0 */
void k_seq(int off);		      /* the message's sequence number is off by so many */
void k_length(int off);		      /* its length is a lie by so many bytes */

/* Attributes of the last message. */
void k_put(uint16_t type, const void *bytes, size_t len);
void k_put_u8(uint16_t type, uint8_t v);
void k_put_u16(uint16_t type, uint16_t v);
void k_put_u32(uint16_t type, uint32_t v);
void k_put_u64(uint16_t type, uint64_t v);
/* In as many bytes, of which it may be too few or too many for a number. */
void k_put_number(uint16_t type, uint64_t v, size_t len);
void k_put_text(uint16_t type, const char *text);
void k_put_mac(uint16_t type, const char *text);
void k_attr_length(int off); /* the length of the last attribute is a lie by so many bytes */
void k_raw(const void *bytes, size_t len);
void k_nest(uint16_t type);
void k_nest_end(void);

/* The extended acknowledgement, of k_nack() or k_done(). */
void k_ext_text(const char *text);
void k_ext_offset(uint32_t offset);
void k_ext_offset_of(uint16_t type); /* where the request has this attribute */
void k_ext_missing(uint32_t type);

/* What nl80211 says most. */
void k_iface(uint16_t flags, uint32_t type); /* "lo" on wiphy 0, without channel or links */
void k_links_begin(void);
void k_link_begin(uint8_t id, const char *mac);
void k_link(uint8_t id, const char *mac);
void k_links_end(void);
/* An AP MLD: its links have BSSIDs 02:00:00:00:M:ID; what is announced, besides the heard, is
 * there. */
struct k_mld {
	const char *ssid;
	uint8_t m; /* the MLD address is 02:00:00:00:M:aa */
	uint16_t capabilities;
	uint16_t announced; /* bit n: link n, of 0 to 2, on 2412, 5180 and 5955 MHz */
	bool closed, use_normal_only;
};
#define K_MLD(m) "02:00:00:00:0" #m ":aa"
/* An entry of the table of BSSes, the greater the id, the stronger; ours: the station is connected
 * to it. */
void k_mld_bss(const struct k_mld *mld, uint8_t id, bool ours);
uint32_t k_mld_freq(uint8_t id);
void k_wiphy(uint16_t flags, uint32_t index, const char *name);
void k_iftypes(uint16_t attr, uint32_t bitmap);

/* The last message's attributes without the last cut bytes, in memory of exactly their size. */
struct attrs k_attrs(size_t cut);
void k_attrs_free(struct attrs a);
size_t k_attrs_len(void);

/* ---- running the program against the script ---- */

struct run {
	int status;
	char *out, *err;
	const char *sent;    /* a line per request but that for the family, and per listening */
	unsigned int opened; /* sockets */
	unsigned int family; /* look-ups of the family */
	unsigned int turns_left;
};
/* In a process of its own; the script is played from its start. The words have a space between. */
const struct run *run(const char *line);
const struct run *run_words(char *const words[]);
/* The same with stdout going there. */
const struct run *run_to(const char *path, const char *line);
/* The same on a terminal of this size; out is what arrived there. */
const struct run *run_on_terminal(unsigned short columns, unsigned short rows, const char *line);

/* NULL: may be anything. The whole script must have been played. */
#define assert_run(r, status, out, err, sent) \
	k_assert_run(r, status, out, err, sent, __FILE__, __LINE__)
void k_assert_run(const struct run *r, int status, const char *out, const char *err,
		  const char *sent, const char *file, int line);

#endif /* FAKE_KERNEL_H */
