/* SPDX-License-Identifier: ISC */
/* dev DEV ttlm set: which links the frames of which traffic identifier (TID) may take. */
#include <errno.h>
#include <string.h>

#include "../iw-mlo.h"

#define TIDS	  8 /* those above are not mapped (802.11be 35.3.7) */
#define ALL_TIDS  0xff
#define ANSWER_MS 600 /* the kernel waits for the AP for 200 ms */

enum direction { DOWN, UP, DIRECTIONS };

static const char *const direction_words[] = { [DOWN] = "dl", [UP] = "ul" };

/* Links by direction and TID; what is negotiated in both directions is written once. */
struct mapping {
	uint16_t links[DIRECTIONS][TIDS];
};

struct negotiation {
	struct steering s;
	struct mapping mapping;
	struct iface after;
};

/* ---- the words: [dl:|ul:]TIDS=LINKS ---- */

static enum status bad_word(struct ctx *ctx, const char *word, const char *why)
{
	char text[80];

	return fail(ctx, ST_USAGE, "\"%s\": %s", escape(text, sizeof(text), word, strlen(word)),
		    why);
}

/* The directions that the word is about, and past its prefix. */
static unsigned int take_directions(const char **word)
{
	for (unsigned int d = DOWN; d < DIRECTIONS; d++) {
		size_t len = strlen(direction_words[d]);

		if (strncmp(*word, direction_words[d], len) != 0 || (*word)[len] != ':')
			continue;
		*word += len + 1;
		return 1u << d;
	}
	return 1u << DOWN | 1u << UP;
}

static bool parse_tids(const char *word, size_t len, uint16_t *tids)
{
	char text[40];

	if (len == 3 && !strncmp(word, "all", 3)) {
		*tids = ALL_TIDS;
		return true;
	}
	if (len >= sizeof(text))
		return false;
	memcpy(text, word, len);
	text[len] = '\0';
	return parse_bitmap(text, TIDS - 1, tids);
}

static enum status parse_word(struct ctx *ctx, const char *word, struct mapping *m)
{
	const char *rest = word;
	unsigned int directions = take_directions(&rest);
	size_t len = strcspn(rest, "=");
	uint16_t tids, links;

	if (!rest[len])
		return bad_word(ctx, word, "not a mapping (as 0-3=0,1 or all=1)");
	if (!parse_tids(rest, len, &tids))
		return bad_word(ctx, word, "not a list of TIDs (0 to 7, as 0-3,6, or all)");
	if (!parse_bitmap(rest + len + 1, LINK_ID_MAX, &links))
		return bad_word(ctx, word, "not a list of link ids (0 to 14, as 0,2)");
	for (unsigned int d = DOWN; d < DIRECTIONS; d++) {
		for (unsigned int tid = 0; tid < TIDS; tid++) {
			if (!(directions >> d & 1) || !(tids >> tid & 1))
				continue;
			if (m->links[d][tid])
				return bad_word(ctx, word, "a TID that has links already");
			m->links[d][tid] = links;
		}
	}
	return ST_OK;
}

static enum status parse_mapping(struct ctx *ctx, struct mapping *m)
{
	enum status st = ST_OK;

	for (int n = 0; n < ctx->args.n_words && st == ST_OK; n++)
		st = parse_word(ctx, ctx->args.words[n], m);
	for (unsigned int tid = 0; tid < TIDS && st == ST_OK; tid++)
		for (unsigned int d = DOWN; d < DIRECTIONS && st == ST_OK; d++)
			if (!m->links[d][tid])
				st = fail(ctx, ST_USAGE, "TID %u is left without a link (%s)", tid,
					  d == UP ? "uplink" : "downlink");
	return st;
}

/* ---- the same, printed ---- */

static bool both_ways(const struct mapping *m, unsigned int tid)
{
	return m->links[DOWN][tid] == m->links[UP][tid];
}

/* The TIDs that have the links of the first of these. */
static uint16_t alike(const uint16_t links[TIDS], uint16_t tids)
{
	uint16_t same = 0, of = 0;

	for (unsigned int tid = 0; tid < TIDS; tid++) {
		if (!(tids >> tid & 1))
			continue;
		if (!same)
			of = links[tid];
		same |= (uint16_t)((links[tid] == of) << tid);
	}
	return same;
}

/* "0-3,6" */
static void print_tids(FILE *f, uint16_t tids)
{
	const char *comma = "";

	if (tids == ALL_TIDS) {
		fputs("all", f);
		return;
	}
	for (unsigned int tid = 0; tid < TIDS; tid++) {
		unsigned int last = tid;

		if (!(tids >> tid & 1))
			continue;
		while (tids >> (last + 1) & 1)
			last++;
		fprintf(f, "%s%u", comma, tid);
		if (last > tid)
			fprintf(f, "-%u", last);
		comma = ",";
		tid = last;
	}
}

static void print_direction(FILE *f, const char *prefix, const uint16_t links[TIDS], uint16_t tids)
{
	char text[LINKS_TEXT];

	while (tids) {
		uint16_t same = alike(links, tids);

		fprintf(f, "  %s", prefix);
		print_tids(f, same);
		fprintf(f, "=%s", fmt_links(text, links[__builtin_ctz(same)]));
		tids &= (uint16_t)~same;
	}
}

static void print_mapping(FILE *f, const struct mapping *m)
{
	uint16_t both = 0;

	for (unsigned int tid = 0; tid < TIDS; tid++)
		both |= (uint16_t)(both_ways(m, tid) << tid);
	print_direction(f, "", m->links[DOWN], both);
	print_direction(f, "dl:", m->links[DOWN], ALL_TIDS & (uint16_t)~both);
	print_direction(f, "ul:", m->links[UP], ALL_TIDS & (uint16_t)~both);
}

static void text_ttlm(const struct text *t, const struct ctx *ctx, const void *model)
{
	const struct negotiation *m = model;

	(void)ctx;
	text_iface_name(t, &m->after);
	fputs("  ttlm", t->f);
	print_mapping(t->f, &m->mapping);
	putc('\n', t->f);
	for (int n = 0; n < m->after.n_links; n++)
		text_link(t, "\t", &m->after.links[n]);
}

static void json_link_ids(struct json *j, const char *key, uint16_t links)
{
	json_open(j, key, '[');
	for (unsigned int id = 0; id < LINKS_MAX; id++)
		if (links >> id & 1)
			json_uint(j, NULL, id);
	json_close(j, ']');
}

static void json_ttlm(struct json *j, const struct ctx *ctx, const void *model)
{
	const struct negotiation *m = model;

	json_open(j, NULL, '{');
	json_iface_head(j, ctx, &m->after);
	json_open(j, "ttlm", '[');
	for (unsigned int tid = 0; tid < TIDS; tid++) {
		json_open(j, NULL, '{');
		json_uint(j, "tid", tid);
		json_link_ids(j, "downlink", m->mapping.links[DOWN][tid]);
		json_link_ids(j, "uplink", m->mapping.links[UP][tid]);
		json_close(j, '}');
	}
	json_close(j, ']');
	json_links(j, &m->after);
	json_close(j, '}');
}

/* ---- */

static bool is_uniform(const struct mapping *m)
{
	for (unsigned int tid = 0; tid < TIDS; tid++)
		if (!both_ways(m, tid) || m->links[DOWN][tid] != m->links[DOWN][0])
			return false;
	return true;
}

static enum status guard_links(const struct negotiation *m)
{
	uint16_t there = link_bitmap(&m->s.iface), asked = 0;
	char links[LINKS_TEXT], all[LINKS_TEXT];

	for (unsigned int tid = 0; tid < TIDS; tid++)
		asked |= m->mapping.links[DOWN][tid] | m->mapping.links[UP][tid];
	if (!(asked & ~there))
		return ST_OK;
	return fail(m->s.ctx, ST_REFUSED, "link %s is not part of the connection (links: %s)",
		    fmt_links(links, asked & (uint16_t)~there), fmt_links(all, there));
}

/* A refusal by the AP costs the connection, so better not to ask. */
static enum status guard_capable(const struct negotiation *m)
{
	struct mld_capabilities c;

	if (!ap_capabilities(m->s.ap, &c))
		return ST_OK;
	if (c.ttlm == TTLM_NONE)
		return fail(m->s.ctx, ST_REFUSED, "the AP negotiates no TID-to-link mapping");
	if (c.ttlm == TTLM_SAME_LINKS && !is_uniform(&m->mapping))
		return fail(m->s.ctx, ST_REFUSED,
			    "the AP negotiates only mappings of all TIDs to the same links");
	return ST_OK;
}

static enum status send_ttlm(const struct negotiation *m)
{
	struct ctx *ctx = m->s.ctx;
	enum status st;
	struct req rq;

	req_change(ctx, &rq, NL80211_CMD_SET_TID_TO_LINK_MAPPING);
	req_target(ctx, &rq);
	req_bytes(&rq, NL80211_ATTR_MLO_TTLM_DLINK, m->mapping.links[DOWN],
		  sizeof(m->mapping.links[DOWN]));
	req_bytes(&rq, NL80211_ATTR_MLO_TTLM_ULINK, m->mapping.links[UP],
		  sizeof(m->mapping.links[UP]));
	st = dispatch(ctx, &rq, NULL);
	if (st == ST_REFUSED && ctx->refusal.err == EINVAL)
		return refused(ctx, "the driver does not take this mapping%s",
			       is_uniform(&m->mapping)
				       ? ""
				       : ": some take only one of all TIDs to the same links");
	return st;
}

/* A mapping cannot be asked for; what can be seen of it is that links without a TID are inactive.
 */
static enum status map(struct negotiation *m)
{
	struct ctx *ctx = m->s.ctx;
	enum status st = guard_links(m);

	if (st == ST_OK)
		st = guard_capable(m);
	if (st == ST_OK)
		st = send_ttlm(m);
	if (st != ST_OK || ctx->opt.dry_run)
		return st;
	st = steer_wait(&m->s, ANSWER_MS, "the AP refused the mapping, or did not answer");
	if (st == ST_OK)
		st = query_iface(ctx, &m->after);
	if (st == ST_OK && !m->after.n_links)
		st = fail(ctx, ST_REFUSED, "the connection ended meanwhile");
	return st;
}

static enum status run_ttlm_set(struct ctx *ctx)
{
	static const struct view view = { text_ttlm, json_ttlm };
	struct negotiation m = { .s = { .ctx = ctx, .cmd = NL80211_CMD_SET_TID_TO_LINK_MAPPING } };
	enum status st = parse_mapping(ctx, &m.mapping);

	if (st == ST_OK)
		st = steer_open(&m.s, "6.8");
	if (st == ST_OK)
		st = map(&m);
	if (st == ST_OK)
		show(ctx, &view, &m);
	steer_close(&m.s);
	return st;
}

static enum status check_ttlm_set(struct ctx *ctx)
{
	struct mapping m = { 0 };

	return parse_mapping(ctx, &m);
}

static const struct param ttlm_params[] = {
	{ .kind = PARAM_WORDS, .name = "[dl:|ul:]TIDS=LINKS", .many = true },
	{ 0 },
};

const struct cmd cmd_ttlm_set = {
	.name = "ttlm set",
	.objects = ON_DEV | ON_WDEV,
	.params = ttlm_params,
	.help = "Negotiate with the AP which traffic identifiers use which links.",
	.check = check_ttlm_set,
	.run = run_ttlm_set,
};
