/* SPDX-License-Identifier: ISC */
/* What is between this machine and working MLO: what the files of "check" share. */
#ifndef CHECK_H
#define CHECK_H

#include "../iw-mlo.h"

enum verdict { CHECK_OK, CHECK_ATTENTION, CHECK_PROBLEM };

/* One answer to one question. */
struct finding {
	const char *check; /* "nl80211": what was looked at */
	enum verdict verdict;
	char phy[NAME_LEN_MAX], ifname[NAME_LEN_MAX]; /* whose; "": the machine's */
	uint32_t wiphy;
	char text[160]; /* what it is, in a sentence */
	char fact[400]; /* what that was concluded from */
	char next[240]; /* what can be done; "": nothing, or nothing that is known here */
};

struct checkup {
	struct ctx *ctx;
	struct finding *findings;
	size_t n, size;
	bool no_memory;
	struct finding lost; /* where findings go for which there is no memory */

	char release[80]; /* of Linux */
	uint32_t ifindex; /* of the only interface that is asked for; 0: all */
	struct regdom_list regdoms;
	struct iface_list ifaces;
	const struct wiphy *wiphy; /* at hand; NULL: none */
	struct wiphy_caps caps;	   /* of it */
	struct channel_list channels;
	const struct iface *iface; /* at hand; NULL: none */
};

/* Of the phy and interface at hand, if there are; what is printed must be escaped already. */
__attribute__((format(printf, 4, 5))) struct finding *
found(struct checkup *c, const char *check, enum verdict verdict, const char *text, ...);
/* What is printed goes on where the last call ended. */
__attribute__((format(printf, 2, 3))) void add_fact(struct finding *f, const char *fact, ...);
__attribute__((format(printf, 2, 3))) void add_next(struct finding *f, const char *next, ...);

/* ---- check-machine.c ---- */

void check_no_nl80211(struct checkup *c);
enum status check_machine(struct checkup *c);
void check_no_phy(struct checkup *c);

/* ---- check-phy.c: the phy at hand ---- */

void check_phy(struct checkup *c);
/* How many an interface of this type uses, as the driver tells; 0: it does not. */
unsigned int links_at_a_time(const struct wiphy_caps *c, uint32_t iftype);

/* ---- check-dev.c: the interface at hand ---- */

enum status check_dev(struct checkup *c);

#endif /* CHECK_H */
