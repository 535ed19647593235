/* SPDX-License-Identifier: ISC */
/* Conditions in words, and which of them can never hold together. */
#include <stdarg.h>
#include <string.h>

#include "condition.h"

/* ---- words ---- */

struct words {
	struct ctx *ctx;
	int at;
};

static const char *word_at(const struct words *w)
{
	return w->at < w->ctx->args.n_items ? w->ctx->args.items[w->at] : NULL;
}

__attribute__((format(printf, 2, 3))) static enum status wrong(const struct words *w,
							       const char *fmt, ...)
{
	const char *word = word_at(w);
	char text[80], why[200];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(why, sizeof(why), fmt, ap);
	va_end(ap);
	if (!word)
		return fail(w->ctx, ST_USAGE, "nothing follows \"%s\": expected %s",
			    escape(text, sizeof(text), w->ctx->args.items[w->at - 1],
				   strlen(w->ctx->args.items[w->at - 1])),
			    why);
	return fail(w->ctx, ST_USAGE, "\"%s\": expected %s",
		    escape(text, sizeof(text), word, strlen(word)), why);
}

/* "signal>=-60" -> ">=" and "-60", if it begins with this name; "!=" turns the condition round. */
static bool split(const char *word, const char *name, struct condition *c, const char **value)
{
	static const struct {
		const char *text;
		enum op op;
		bool negated;
	} ops[] = {
		{ "!=", OP_EQUAL, true },	{ "<=", OP_LESS_EQUAL, false },
		{ ">=", OP_MORE_EQUAL, false }, { "=", OP_EQUAL, false },
		{ "<", OP_LESS, false },	{ ">", OP_MORE, false },
	};
	size_t len = strlen(name);

	if (strncmp(word, name, len) != 0)
		return false;
	for (size_t n = 0; n < ARRAY_SIZE(ops); n++) {
		size_t used = strlen(ops[n].text);

		if (strncmp(word + len, ops[n].text, used) != 0)
			continue;
		c->op = ops[n].op;
		c->negated ^= ops[n].negated;
		*value = word + len + used;
		return true;
	}
	return false;
}

/* "0,1"; "none". */
static bool parse_links(const char *value, uint16_t *links)
{
	char id[4];

	*links = 0;
	if (!strcmp(value, "none"))
		return true;
	for (;; value++) {
		size_t len = strcspn(value, ",");
		uint8_t n;

		if (len >= sizeof(id))
			return false;
		memcpy(id, value, len);
		id[len] = '\0';
		if (!parse_link_id(id, &n) || *links >> n & 1)
			return false;
		*links |= (uint16_t)(1u << n);
		value += len;
		if (!*value)
			return true;
	}
}

static bool parse_integer(const char *value, uint64_t max, int64_t *v)
{
	uint64_t u;

	if (!parse_u64(value, &u) || u > max)
		return false;
	*v = (int64_t)u;
	return true;
}

/* dBm with a sign and up to two decimals, in mBm. */
static bool parse_dbm(const char *value, int64_t *mbm)
{
	bool negative = *value == '-';
	const char *p = value + negative;
	int64_t v = 0, scale = 100;
	bool dot = false;

	if (strlen(p) > 6 || *p < '0' || *p > '9')
		return false;
	for (; *p; p++) {
		if (*p == '.' && !dot && p[1]) {
			dot = true;
			continue;
		}
		if (*p < '0' || *p > '9' || scale == 1)
			return false;
		v = 10 * v + (*p - '0');
		if (dot)
			scale /= 10;
	}
	*mbm = negative ? -v * scale : v * scale;
	return true;
}

static enum status parse_link_fact(struct words *w, struct condition *c)
{
	const char *word, *value;

	w->at++;
	word = word_at(w);
	if (!word || !parse_link_id(word, &c->link_id))
		return wrong(w, "a link id (0 to %d)", LINK_ID_MAX);
	w->at++;
	word = word_at(w);
	if (word && !strcmp(word, "present")) {
		c->subject = SUBJECT_PRESENT;
	} else if (word && !strcmp(word, "active")) {
		c->subject = SUBJECT_ACTIVE;
	} else if (word && split(word, "signal", c, &value)) {
		c->subject = SUBJECT_SIGNAL;
		if (!parse_dbm(value, &c->value))
			return wrong(w, "a signal in dBm (as signal>-60)");
	} else if (word && split(word, "freq", c, &value)) {
		c->subject = SUBJECT_FREQ;
		if (!parse_integer(value, 100000, &c->value) || !c->value)
			return wrong(w, "a frequency in MHz (as freq=5180)");
	} else {
		return wrong(w, "present, active, signal>DBM or freq=MHZ");
	}
	return ST_OK;
}

static enum status only_equal(const struct words *w, const struct condition *c)
{
	return c->op == OP_EQUAL ? ST_OK : wrong(w, "= or !=");
}

static enum status parse_links_fact(const struct words *w, struct condition *c, const char *value)
{
	c->subject = c->op == OP_EQUAL ? SUBJECT_LINKS : SUBJECT_NUMBER;
	if (c->subject == SUBJECT_LINKS && !parse_links(value, &c->links))
		return wrong(w, "a list of link ids (as 0,1; or none)");
	if (c->subject == SUBJECT_NUMBER && !parse_integer(value, 1000, &c->value))
		return wrong(w, "a number of links");
	return ST_OK;
}

static enum status parse_fact(struct words *w, struct condition *c)
{
	const char *word = word_at(w), *value;

	if (!word)
		return wrong(w, "a condition");
	if (!strcmp(word, "link"))
		return parse_link_fact(w, c);
	if (!strcmp(word, "owned")) {
		c->subject = SUBJECT_OWNED;
		return ST_OK;
	}
	if (split(word, "links", c, &value))
		return parse_links_fact(w, c, value);
	if (split(word, "state", c, &value)) {
		c->subject = SUBJECT_STATE;
		c->value = !strcmp(value, "connected");
		if (!c->value && strcmp(value, "disconnected") != 0)
			return wrong(w, "connected or disconnected");
		return only_equal(w, c);
	}
	if (split(word, "type", c, &value)) {
		c->subject = SUBJECT_TYPE;
		c->iftype = iftype_of_word(value);
		return c->iftype ? only_equal(w, c)
				 : wrong(w, "an interface type (\"iw-mlo help set type\")");
	}
	if (split(word, "ap-mld-addr", c, &value)) {
		c->subject = SUBJECT_AP_MLD;
		return parse_mac(value, c->mac) ? only_equal(w, c)
						: wrong(w, "a MAC address (02:00:00:00:00:00)");
	}
	return wrong(w, "a condition (state=, links=, links>=, link ID ..., type=, "
			"ap-mld-addr=, owned, each after \"not\" if it shall not hold)");
}

enum status parse_conditions(struct ctx *ctx, struct conditions *all)
{
	struct words w = { ctx, 0 };
	enum status st = ST_OK;

	all->n = 0;
	for (; st == ST_OK && word_at(&w); w.at++) {
		struct condition c = { .first = w.at };

		if (all->n == CONDITIONS_MAX)
			return wrong(&w, "no more than %d conditions", CONDITIONS_MAX);
		for (; word_at(&w) && !strcmp(word_at(&w), "not"); w.at++)
			c.negated = !c.negated;
		st = parse_fact(&w, &c);
		c.last = w.at;
		all->v[all->n++] = c;
	}
	return st;
}

const char *condition_words(const struct ctx *ctx, const struct condition *c, char *buf,
			    size_t size)
{
	size_t used = 0;
	char text[80];

	*buf = '\0';
	for (int n = c->first; n <= c->last && used < size; n++) {
		const char *word = ctx->args.items[n];

		used += (size_t)snprintf(buf + used, size - used, "%s%s", used ? " " : "",
					 escape(text, sizeof(text), word, strlen(word)));
	}
	return buf;
}

const char *condition_choices(int argc, char **argv)
{
	if (argc > 0 && !strcmp(argv[argc - 1], "link"))
		return "ID";
	if (argc > 1 && !strcmp(argv[argc - 2], "link"))
		return "present active freq= signal> signal<";
	return "state=connected state=disconnected links= links>= link type= ap-mld-addr= owned not";
}

/* ---- what cannot be ---- */

/* What all of them together leave open. */
struct limits {
	uint16_t there, not_there; /* bitmaps of links */
	int64_t least, most;	   /* how many there are */
	bool connected, disconnected, client_only;
	const struct iftype *type;
	const uint8_t *ap;
	const struct condition *culprit; /* the first that does not go with those before it */
};

bool condition_compare(int64_t is, enum op op, int64_t with)
{
	switch (op) {
	case OP_EQUAL:
		return is == with;
	case OP_LESS:
		return is < with;
	case OP_LESS_EQUAL:
		return is <= with;
	case OP_MORE:
		return is > with;
	case OP_MORE_EQUAL:
		return is >= with;
	}
	return false;
}

static void limit_number(struct limits *l, const struct condition *c)
{
	int64_t least = -1, most = -1;

	for (int64_t n = 0; n <= LINKS_MAX; n++)
		if (condition_compare(n, c->op, c->value) != c->negated) {
			least = least < 0 ? n : least;
			most = n;
		}
	if (least < 0)
		least = LINKS_MAX + 1;
	l->least = least > l->least ? least : l->least;
	l->most = most < l->most ? most : l->most;
}

static void limit_links(struct limits *l, const struct condition *c)
{
	uint16_t all = (1u << LINKS_MAX) - 1, bit = (uint16_t)(1u << c->link_id);

	if (c->subject == SUBJECT_NUMBER)
		limit_number(l, c);
	else if (c->subject == SUBJECT_PRESENT && c->negated)
		l->not_there |= bit;
	else if (c->subject == SUBJECT_LINKS && !c->negated) {
		l->there |= c->links;
		l->not_there |= (uint16_t)(all & ~c->links);
	} else if (c->subject >= SUBJECT_SIGNAL || (c->subject != SUBJECT_LINKS && !c->negated))
		l->there |= bit; /* what is not there has no signal either */
}

static void limit(struct limits *l, const struct condition *c, bool *clash)
{
	switch (c->subject) {
	case SUBJECT_STATE:
		l->client_only = true;
		if (c->value != c->negated)
			l->connected = true;
		else
			l->disconnected = true;
		break;
	case SUBJECT_TYPE:
		*clash |= !c->negated && l->type && l->type != c->iftype;
		if (!c->negated)
			l->type = c->iftype;
		break;
	case SUBJECT_AP_MLD:
		if (c->negated)
			break;
		*clash |= l->ap && memcmp(l->ap, c->mac, ADDR_LEN) != 0;
		l->ap = c->mac;
		l->connected = l->client_only = true;
		break;
	case SUBJECT_OWNED:
		break;
	case SUBJECT_LINKS:
	case SUBJECT_NUMBER:
	case SUBJECT_PRESENT:
	case SUBJECT_ACTIVE:
	case SUBJECT_SIGNAL:
	case SUBJECT_FREQ:
		limit_links(l, c);
		break;
	}
}

static bool is_possible(const struct limits *l)
{
	bool is_client = l->type && (l->type->number == NL80211_IFTYPE_STATION ||
				     l->type->number == NL80211_IFTYPE_P2P_CLIENT);

	return !(l->there & l->not_there) && !(l->connected && l->disconnected) &&
	       __builtin_popcount(l->there) <= l->most &&
	       LINKS_MAX - __builtin_popcount(l->not_there) >= l->least && l->least <= l->most &&
	       !(l->disconnected && (l->there || l->least > 0)) &&
	       !(l->client_only && l->type && !is_client);
}

enum status check_possible(struct ctx *ctx, const struct conditions *all)
{
	struct limits l = { .most = LINKS_MAX };
	char text[200];

	for (int n = 0; n < all->n; n++) {
		bool clash = false;

		limit(&l, &all->v[n], &clash);
		if (!clash && is_possible(&l))
			continue;
		return fail(ctx, ST_USAGE, "\"%s\" can never be%s",
			    condition_words(ctx, &all->v[n], text, sizeof(text)),
			    n ? ", together with what is before it" : "");
	}
	return ST_OK;
}
