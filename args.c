/* SPDX-License-Identifier: ISC */
/* The command line after the options: object, selector, command, parameters. Pure: nothing is sent.
 */
#include <ctype.h>
#include <string.h>

#include "iw-mlo.h"

#define WORD_TEXT  80 /* what an error quotes of a word */
#define NOT_A_NAME "\"%s\": not an interface name (1 to 15 bytes, no '/', ':' or space)"

static const struct {
	const char *word, *selector;
} objects[] = {
	[OBJECT_NONE] = { "", "" },
	[OBJECT_DEV] = { "dev", "DEV" },
	[OBJECT_WDEV] = { "wdev", "WDEV" },
	[OBJECT_PHY] = { "phy", "PHY" },
};

static const char *quoted(char buf[WORD_TEXT], const char *word)
{
	return escape(buf, WORD_TEXT, word, strlen(word));
}

/* ---- which command ---- */

static enum object find_object(const char *word)
{
	for (size_t o = OBJECT_DEV; o < ARRAY_SIZE(objects); o++)
		if (!strcmp(objects[o].word, word))
			return (enum object)o;
	return OBJECT_NONE;
}

/* The part of a command's name after the first n words of argv; NULL: it does not begin with them.
 */
static const char *name_after(const char *name, int n, char **argv)
{
	for (int k = 0; k < n; k++) {
		size_t len = strcspn(name, " ");

		if (!len || strlen(argv[k]) != len || strncmp(argv[k], name, len) != 0)
			return NULL;
		name += len + (name[len] == ' ');
	}
	return name;
}

/* How many words the name has, if argv begins with all of them; else -1. */
static int match_name(const char *name, int argc, char **argv)
{
	int words = *name != '\0';
	const char *rest;

	for (const char *p = name; *p; p++)
		words += *p == ' ';
	rest = words <= argc ? name_after(name, words, argv) : NULL;
	return rest ? words : -1;
}

/* The command with the longest name that the words begin with. */
static const struct cmd *find_cmd(const struct target *t, int argc, char **argv, int *used)
{
	const struct cmd *best = NULL;

	*used = -1;
	for (int i = 0; commands[i]; i++) {
		const struct cmd *c = commands[i];
		int n;

		if (!(c->objects >> t->object & 1) || (t->object && c->all != !t->word))
			continue;
		n = match_name(c->name, argc, argv);
		if (n > *used) {
			*used = n;
			best = c;
		}
	}
	return best;
}

/* The words that may follow the first n: "show, add, del". */
static void next_words(const struct ctx *ctx, int n, char **argv, char *buf, size_t size)
{
	size_t used = 0;

	*buf = '\0';
	for (int i = 0; commands[i] && used < size; i++) {
		const struct cmd *c = commands[i];
		const char *rest = name_after(c->name, n, argv);
		char word[24];

		if (!rest || !*rest || c->all || !(c->objects >> ctx->target.object & 1))
			continue;
		snprintf(word, sizeof(word), "%.*s", (int)strcspn(rest, " "), rest);
		if (!strstr(buf, word))
			used += (size_t)snprintf(buf + used, size - used, "%s%s", used ? ", " : "",
						 word);
	}
}

/* Is there a command of several words that begins with this one? */
static bool is_begun(const struct ctx *ctx, char **argv)
{
	char next[200];

	next_words(ctx, 1, argv, next, sizeof(next));
	return *next;
}

/* argv[n] belongs to no command: either it is wrong, or what should follow it is missing. */
static enum status unknown_word(struct ctx *ctx, int n, int argc, char **argv)
{
	char word[WORD_TEXT], next[200];

	for (;; n++) {
		*next = '\0';
		if (n < argc)
			next_words(ctx, n + 1, argv, next, sizeof(next));
		if (!*next)
			break;
	}
	next_words(ctx, n, argv, next, sizeof(next));
	if (n == argc)
		return fail(ctx, ST_USAGE, "a word is missing, expected %s", next);
	return fail(ctx, ST_USAGE, "\"%s\": unknown word%s%s", quoted(word, argv[n]),
		    *next ? ", expected " : "", next);
}

/* ---- parameters ---- */

/* Each takes one value. text: the word, escaped, for what is wrong with it. */
typedef enum status value_fn(struct ctx *ctx, const struct param *p, const char *word,
			     const char *text);

static enum status take_link_id(struct ctx *ctx, const struct param *p, const char *word,
				const char *text)
{
	struct args *a = &ctx->args;

	if (!parse_link_id(word, &a->link_id))
		return fail(ctx, ST_USAGE, "\"%s\": not a link id (0 to %d)", text, LINK_ID_MAX);
	for (int n = 0; n < a->n_link_ids; n++)
		if (a->link_ids[n] == a->link_id)
			return fail(ctx, ST_USAGE, "link %u is given twice", a->link_id);
	a->link_ids[a->n_link_ids++] = a->link_id;
	a->links_of[p - ctx->cmd->params] |= (uint16_t)(1u << a->link_id);
	return ST_OK;
}

static enum status take_mac(struct ctx *ctx, const struct param *p, const char *word,
			    const char *text)
{
	(void)p;
	if (!parse_mac(word, ctx->args.mac))
		return fail(ctx, ST_USAGE, "\"%s\": not a MAC address (02:00:00:00:00:00)", text);
	if (mac_is_multicast(ctx->args.mac))
		return fail(ctx, ST_USAGE, "\"%s\": a multicast address", text);
	if (mac_is_zero(ctx->args.mac))
		return fail(ctx, ST_USAGE, "\"%s\": the zero address", text);
	return ST_OK;
}

static enum status take_iftype(struct ctx *ctx, const struct param *p, const char *word,
			       const char *text)
{
	(void)p;
	ctx->args.iftype = iftype_of_word(word);
	if (ctx->args.iftype)
		return ST_OK;
	return fail(ctx, ST_USAGE, "\"%s\": not an interface type (\"iw-mlo help set type\")",
		    text);
}

static enum status take_name(struct ctx *ctx, const struct param *p, const char *word,
			     const char *text)
{
	(void)p;
	ctx->args.name = word;
	return valid_ifname(word) ? ST_OK : fail(ctx, ST_USAGE, NOT_A_NAME, text);
}

static enum status take_ssid(struct ctx *ctx, const struct param *p, const char *word,
			     const char *text)
{
	struct args *a = &ctx->args;

	(void)p;
	if (a->n_ssids == SSIDS_MAX)
		return fail(ctx, ST_USAGE, "more than %d SSIDs", SSIDS_MAX);
	if (!parse_ssid(word, a->ssids[a->n_ssids].bytes, &a->ssids[a->n_ssids].len))
		return fail(ctx, ST_USAGE,
			    "\"%s\": not an SSID (1 to 32 bytes, \\xHH for any but 0)", text);
	a->n_ssids++;
	return ST_OK;
}

static enum status take_freq(struct ctx *ctx, const struct param *p, const char *word,
			     const char *text)
{
	struct args *a = &ctx->args;

	(void)p;
	if (a->n_freqs == FREQS_MAX)
		return fail(ctx, ST_USAGE, "more than %d frequencies", FREQS_MAX);
	if (!parse_freq(word, &a->freqs[a->n_freqs]))
		return fail(ctx, ST_USAGE, "\"%s\": not the frequency of a channel, in MHz", text);
	a->n_freqs++;
	return ST_OK;
}

static enum status take_seconds(struct ctx *ctx, const struct param *p, const char *word,
				const char *text)
{
	(void)p;
	if (parse_seconds(word, &ctx->args.ms))
		return ST_OK;
	return fail(ctx, ST_USAGE, "\"%s\": not a time in seconds", text);
}

static enum status take_country(struct ctx *ctx, const struct param *p, const char *word,
				const char *text)
{
	bool letters = isupper((unsigned char)word[0]) && isupper((unsigned char)word[1]);

	(void)p;
	ctx->args.country = word;
	if (!strcmp(word, "00") || (letters && !word[2]))
		return ST_OK;
	return fail(ctx, ST_USAGE,
		    "\"%s\": not a country (two capital letters, or 00 for the world)", text);
}

static enum status take_command(struct ctx *ctx, const struct param *p, const char *word,
				const char *text)
{
	(void)p;
	ctx->args.command = word;
	return *word ? ST_OK : fail(ctx, ST_USAGE, "\"%s\": not a command", text);
}

static enum status take_count(struct ctx *ctx, const struct param *p, const char *word,
			      const char *text)
{
	(void)p;
	if (parse_u64(word, &ctx->args.count) && ctx->args.count)
		return ST_OK;
	return fail(ctx, ST_USAGE, "\"%s\": not a number (1 and up)", text);
}

static enum status take_item(struct ctx *ctx, const struct param *p, const char *word,
			     const char *text)
{
	struct args *a = &ctx->args;

	(void)text;
	if (a->n_items == ITEMS_MAX)
		return fail(ctx, ST_USAGE, "more than %d of %s", ITEMS_MAX, p->name);
	a->items[a->n_items++] = word;
	return ST_OK;
}

static enum status parse_value(struct ctx *ctx, const struct param *p, const char *word)
{
	static value_fn *const take[] = {
		[PARAM_LINK_ID] = take_link_id, [PARAM_MAC] = take_mac,
		[PARAM_IFTYPE] = take_iftype,	[PARAM_NAME] = take_name,
		[PARAM_SSID] = take_ssid,	[PARAM_FREQ] = take_freq,
		[PARAM_SECONDS] = take_seconds, [PARAM_COUNTRY] = take_country,
		[PARAM_COMMAND] = take_command, [PARAM_COUNT] = take_count,
		[PARAM_ITEM] = take_item,	[PARAM_WORDS] = NULL,
	};
	char text[WORD_TEXT];

	/* what has none here is looked at by the command itself */
	return take[p->kind] ? take[p->kind](ctx, p, word, quoted(text, word)) : ST_OK;
}

/* The parameter that a word stands for or introduces; -1: none that is still open. */
static int find_param(const struct ctx *ctx, const char *word)
{
	const struct param *p = ctx->cmd->params;

	for (int i = 0; p && p[i].name; i++)
		if (p[i].keyword && !strcmp(p[i].keyword, word))
			return i;
	for (int i = 0; p && p[i].name; i++)
		if (!p[i].keyword && (p[i].many || !is_given(&ctx->args, i)))
			return i;
	return -1;
}

static enum status missing_param(struct ctx *ctx, const struct param *p)
{
	return fail(ctx, ST_USAGE, "%s%s%s is missing", p->keyword ? p->keyword : "",
		    p->keyword ? " " : "", p->name);
}

static enum status parse_params(struct ctx *ctx, int argc, char **argv, int first)
{
	const struct param *params = ctx->cmd->params;
	enum status st;

	for (int n = first; n < argc; n++) {
		int i = find_param(ctx, argv[n]);
		char word[WORD_TEXT];

		if (i < 0)
			return unknown_word(ctx, n, argc, argv);
		if (params[i].kind == PARAM_WORDS) {
			ctx->args.words = argv + n;
			ctx->args.n_words = argc - n;
			return ST_OK;
		}
		if (is_given(&ctx->args, i) && !params[i].many)
			return fail(ctx, ST_USAGE, "\"%s\": given twice", quoted(word, argv[n]));
		if (params[i].keyword && params[i].kind != PARAM_FLAG && ++n == argc)
			return missing_param(ctx, &params[i]);
		ctx->args.given |= 1u << i;
		ctx->args.values[i] = argv[n];
		st = parse_value(ctx, &params[i], argv[n]);
		if (st != ST_OK)
			return st;
	}
	for (int i = 0; params && params[i].name; i++)
		if (!params[i].optional && !is_given(&ctx->args, i))
			return missing_param(ctx, &params[i]);
	return ST_OK;
}

/* ---- the whole ---- */

static enum status parse_selector(struct ctx *ctx, const char *word)
{
	struct target *t = &ctx->target;
	char text[WORD_TEXT];

	quoted(text, word);
	if (word[0] == '-' && (word[1] == '-' || isalpha((unsigned char)word[1])))
		return fail(ctx, ST_USAGE, "\"%s\": options go before \"%s\"", text,
			    objects[t->object].word);
	if (t->object == OBJECT_DEV && !valid_ifname(word))
		return fail(ctx, ST_USAGE, NOT_A_NAME, text);
	if (t->object == OBJECT_WDEV && (!parse_u64(word, &t->wdev) || !t->wdev))
		return fail(ctx, ST_USAGE, "\"%s\": not a wdev id (0x1 and up)", text);
	if (t->object == OBJECT_PHY && (!*word || strlen(word) >= NAME_LEN_MAX))
		return fail(ctx, ST_USAGE, "\"%s\": not a phy's name or number", text);
	t->word = word;
	return ST_OK;
}

enum status parse_command(struct ctx *ctx, int argc, char **argv)
{
	char word[WORD_TEXT];
	enum status st;
	int used;

	if (!argc)
		return fail(ctx, ST_USAGE, "nothing to do (try \"iw-mlo help\")");
	ctx->target.object = find_object(argv[0]);
	if (ctx->target.object) {
		argc--;
		argv++;
	}
	if (ctx->target.object && argc) {
		st = parse_selector(ctx, argv[0]);
		if (st != ST_OK)
			return st;
		argc--;
		argv++;
	}
	ctx->cmd = find_cmd(&ctx->target, argc, argv, &used);
	if (!ctx->cmd && ctx->target.object && !ctx->target.word)
		return fail(ctx, ST_USAGE, "%s is missing", objects[ctx->target.object].selector);
	if (!ctx->cmd && !ctx->target.object && is_begun(ctx, argv))
		return unknown_word(ctx, 0, argc, argv);
	if (!ctx->cmd && !ctx->target.object)
		return fail(ctx, ST_USAGE, "\"%s\": unknown word (try \"iw-mlo help\")",
			    quoted(word, argv[0]));
	if (!ctx->cmd)
		return argc ? unknown_word(ctx, 0, argc, argv)
			    : fail(ctx, ST_USAGE, "the command is missing (try \"iw-mlo help\")");
	st = parse_params(ctx, argc, argv, used);
	if (st == ST_OK && ctx->cmd->check)
		st = ctx->cmd->check(ctx);
	return st;
}

/* "dev|wdev DEV": the first object that it takes is enough where its twin says the same. */
void usage_line(FILE *f, const struct cmd *c)
{
	const char *space = "";

	for (size_t o = OBJECT_DEV; o < ARRAY_SIZE(objects); o++) {
		if (!(c->objects >> o & 1))
			continue;
		fputs(objects[o].word, f);
		if (!c->all)
			fprintf(f, " %s", objects[o].selector);
		space = " ";
		break;
	}
	if (*c->name) {
		fprintf(f, "%s%s", space, c->name);
		space = " ";
	}
	for (const struct param *p = c->params; p && p->name; p++) {
		bool value = p->kind != PARAM_FLAG;

		fprintf(f, "%s%s%s%s%s%s%s", space, p->optional ? "[" : "",
			p->keyword ? p->keyword : "", p->keyword && value ? " " : "",
			value ? p->name : "", p->many ? " ..." : "", p->optional ? "]" : "");
	}
}

bool cmd_matches(const struct cmd *c, int argc, char **argv)
{
	enum object o = argc ? find_object(argv[0]) : OBJECT_NONE;

	if (o && !(c->objects >> o & 1))
		return false;
	return name_after(c->name, argc - (o != OBJECT_NONE), argv + (o != OBJECT_NONE));
}

void describe_target(FILE *f, const struct ctx *ctx)
{
	char word[WORD_TEXT];
	const char *space = "";

	if (ctx->target.object) {
		fputs(objects[ctx->target.object].word, f);
		space = " ";
	}
	if (ctx->target.word)
		fprintf(f, "%s%s", space, quoted(word, ctx->target.word));
	if (ctx->cmd && *ctx->cmd->name)
		fprintf(f, "%s%s", space, ctx->cmd->name);
}

void iftype_choices(char buf[IFTYPES_TEXT])
{
	size_t used;

	iftype_words(buf, 0x7ffe, DIALECT_LINKS);
	used = strlen(buf);
	snprintf(buf + used, IFTYPES_TEXT - used, ", mlo-link-device");
}

/* ---- completion: which words may come next ---- */

/* What was offered so far: a word that several commands have is offered once. */
struct offers {
	FILE *f;
	char types[IFTYPES_TEXT];
	struct {
		const char *word;
		size_t len;
	} v[128];
	size_t n;
};

static void offer(struct offers *o, const char *word, size_t len, const char *about)
{
	for (size_t i = 0; i < o->n; i++)
		if (o->v[i].len == len && !memcmp(o->v[i].word, word, len))
			return;
	if (o->n < ARRAY_SIZE(o->v)) {
		o->v[o->n].word = word;
		o->v[o->n++].len = len;
	}
	fprintf(o->f, "%.*s\t%s\n", (int)len, word, about);
}

static void offer_each(struct offers *o, const char *words, const char *between)
{
	while (*words) {
		size_t len = strcspn(words, between);

		offer(o, words, len, "");
		words += len + strspn(words + len, between);
	}
}

/* "auto|always|never" is three words; "MAC" stays, for whoever asks to put addresses in its place.
 */
static void offer_value(struct offers *o, const char *name)
{
	if (strspn(name, "abcdefghijklmnopqrstuvwxyz-|") == strlen(name))
		offer_each(o, name, "|");
	else
		offer(o, name, strlen(name), "");
}

static void offer_param(struct offers *o, const struct param *p, int argc, char **argv)
{
	if (p->choices) {
		offer_each(o, p->choices(argc, argv), " ");
		return;
	}
	if (p->kind != PARAM_IFTYPE) {
		offer_value(o, p->name);
		return;
	}
	iftype_choices(o->types);
	offer_each(o, o->types, ", ");
}

/* The first of the words that are left of a command's name; the help is that of the last. */
static void offer_name(struct offers *o, const char *rest, const char *help)
{
	size_t len = strcspn(rest, " ");

	offer(o, rest, len, rest[len] ? "" : help);
}

/* The words that "help" takes: a command's, with or without its object's in front. */
static void offer_names(struct offers *o, int argc, char **argv)
{
	bool object = argc && find_object(argv[0]);

	for (int i = 0; commands[i]; i++) {
		const char *rest;

		if (!cmd_matches(commands[i], argc, argv))
			continue;
		rest = name_after(commands[i]->name, argc - object, argv + object);
		if (*rest)
			offer_name(o, rest, commands[i]->help);
	}
}

/* After the words of the command's name. */
static void offer_params(struct offers *o, const struct cmd *c, int argc, char **argv)
{
	struct ctx ctx = { .cmd = c };
	const struct param *p = c->params;

	for (int n = 0; n < argc; n++) {
		int i = find_param(&ctx, argv[n]);

		if (i < 0 || (is_given(&ctx.args, i) && !p[i].many))
			return;
		if (p[i].kind == PARAM_WORDS) {
			if (c == &cmd_help)
				offer_names(o, argc - n, argv + n);
			return;
		}
		ctx.args.given |= 1u << i;
		if (p[i].keyword && p[i].kind != PARAM_FLAG && ++n == argc) {
			offer_param(o, &p[i], argc, argv);
			return;
		}
	}
	for (int i = 0; p && p[i].name; i++) {
		if (is_given(&ctx.args, i) && !p[i].many)
			continue;
		if (p[i].keyword)
			offer(o, p[i].keyword, strlen(p[i].keyword),
			      p[i].kind == PARAM_FLAG ? "" : p[i].name);
		else
			offer_param(o, &p[i], argc, argv);
	}
	if (c == &cmd_help)
		offer_names(o, 0, argv);
}

/* After the options. */
static void offer_words(struct offers *o, int argc, char **argv)
{
	enum object object = argc ? find_object(argv[0]) : OBJECT_NONE;
	int used = object ? 2 : 0; /* the object and its name */

	for (size_t i = OBJECT_DEV; !argc && i < ARRAY_SIZE(objects); i++)
		offer(o, objects[i].word, strlen(objects[i].word), objects[i].selector);
	if (object && argc == 1)
		offer_value(o, objects[object].selector);
	for (int i = 0; commands[i] && argc >= used; i++) {
		const struct cmd *c = commands[i];
		const char *rest = name_after(c->name, argc - used, argv + used);
		int words;

		if (c->all || !(c->objects >> object & 1))
			continue;
		if (rest && *rest)
			offer_name(o, rest, c->help);
		words = match_name(c->name, argc - used, argv + used);
		if (words >= 0)
			offer_params(o, c, argc - used - words, argv + used + words);
	}
}

/* The option whose value is the word after this one; NULL: none. */
static const struct option_help *awaits_value(const char *word)
{
	for (const struct option_help *o = option_table; o->name; o++) {
		const char *at = word[1] == '-' ? NULL : strchr(word + 1, o->letter);

		if (o->value && (at ? !at[1] : word[1] == '-' && !strcmp(word + 2, o->name)))
			return o;
	}
	return NULL;
}

void print_next_words(FILE *f, int argc, char **argv)
{
	const struct option_help *open = NULL;
	struct offers o = { .f = f };
	bool ended = false;
	int n;

	for (n = 0; n < argc && !ended && (open || argv[n][0] == '-'); n++) {
		ended = !open && !strcmp(argv[n], "--");
		open = open ? NULL : awaits_value(argv[n]);
	}
	if (open) {
		offer_value(&o, open->value);
		return;
	}
	offer_words(&o, argc - n, argv + n);
	for (const struct option_help *p = option_table; n == argc && !ended && p->name; p++)
		fprintf(f, "-%c\t%s\n--%s\t%s\n", p->letter, p->help, p->name, p->help);
}
