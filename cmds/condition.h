/* SPDX-License-Identifier: ISC */
/* The language of conditions, for "wait" and "assert". */
#ifndef CMDS_CONDITION_H
#define CMDS_CONDITION_H

#include "../iw-mlo.h"

#define CONDITIONS_MAX 16

enum subject {
	SUBJECT_STATE,
	SUBJECT_TYPE,
	SUBJECT_AP_MLD,
	SUBJECT_OWNED,
	SUBJECT_LINKS,	/* which */
	SUBJECT_NUMBER, /* how many */
	SUBJECT_PRESENT,
	SUBJECT_ACTIVE,
	SUBJECT_SIGNAL,
	SUBJECT_FREQ,
};

enum op { OP_EQUAL, OP_LESS, OP_LESS_EQUAL, OP_MORE, OP_MORE_EQUAL };

struct condition {
	enum subject subject;
	bool negated;
	enum op op;
	uint8_t link_id;
	uint16_t links; /* bitmap */
	int64_t value;	/* 1: connected; how many; mBm; MHz */
	const struct iftype *iftype;
	uint8_t mac[ADDR_LEN];
	int first, last; /* its words */
};

/* All of them have to hold. */
struct conditions {
	struct condition v[CONDITIONS_MAX];
	int n;
};

/* Those of ctx->args.items. ST_USAGE: points at the word that is wrong. */
enum status parse_conditions(struct ctx *ctx, struct conditions *all);
/* ST_USAGE: they contradict each other, whatever the interface. */
enum status check_possible(struct ctx *ctx, const struct conditions *all);
/* As it was typed, escaped. */
const char *condition_words(const struct ctx *ctx, const struct condition *c, char *buf,
			    size_t size);
/* For completion: which words may follow. */
const char *condition_choices(int argc, char **argv);
bool condition_compare(int64_t is, enum op op, int64_t with);

#endif /* CMDS_CONDITION_H */
