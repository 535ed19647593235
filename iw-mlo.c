/* SPDX-License-Identifier: ISC */
/* main(): the options, the table of commands, exit statuses; the only place that prints errors. */
#include <errno.h>
#include <getopt.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "iw-mlo.h"

#ifndef VERSION
#define VERSION "unknown"
#endif

/* In the order of "help". */
const struct cmd *const commands[] = {
	/* clang-format off */
	&cmd_dev, &cmd_dev_bare, &cmd_dev_info,
	&cmd_link, &cmd_link_show, &cmd_link_add, &cmd_link_del,
	&cmd_set_type, &cmd_connect, &cmd_disconnect, &cmd_del,
	&cmd_phy, &cmd_phy_bare, &cmd_phy_caps, &cmd_interface_add,
	&cmd_event, &cmd_wait, &cmd_assert,
	&cmd_scan, &cmd_bss, &cmd_station,
	&cmd_csme_info, &cmd_csme_own, &cmd_csme_wait, &cmd_csme_events, &cmd_csme_takeover,
	&cmd_link_reconf, &cmd_ttlm_set, &cmd_epcs, &cmd_ap_stop,
	&cmd_reg_get, &cmd_reg_set, &cmd_check, &cmd_help, NULL,
	/* clang-format on */
};

const struct option_help option_table[] = {
	{ 'j', "json", NULL, "print JSON" },
	{ 'p', "pretty", NULL, "print JSON with line breaks" },
	{ 'b', "brief", NULL, "print a line for each object" },
	{ 'c', "color", "auto|always|never", "colour on a terminal, always, or never" },
	{ 'n', "dry-run", NULL, "print the requests; send none that changes anything" },
	{ 'd', "debug", NULL, "print requests and answers on stderr" },
	{ 't', "timeout", "SECONDS", "give up after that time, with status 4" },
	{ 'h', "help", NULL, "print a summary" },
	{ 'V', "version", NULL, "print the version" },
	{ 0 },
};

/* ---- errors ---- */

enum status fail(struct ctx *ctx, enum status status, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(ctx->error, sizeof(ctx->error), fmt, ap);
	va_end(ap);
	return status;
}

/* What to do about an errno whatever the command was; the commands know better for the rest. */
static const char *general_hint(const struct ctx *ctx, char *buf, size_t size, int err)
{
	char name[ESCAPED_SIZE(NAME_LEN_MAX)];

	switch (err) {
	case EPERM:
		return "it needs CAP_NET_ADMIN: try as root";
	case ENODEV:
		return "the interface is gone";
	case EOPNOTSUPP:
		return "this kernel or driver cannot do it";
	case ENETDOWN:
		if (ctx->target.object != OBJECT_DEV)
			return "the interface is down";
		snprintf(buf, size, "the interface is down (\"ip link set %s up\" first)",
			 escape(name, sizeof(name), ctx->target.word, strlen(ctx->target.word)));
		return buf;
	case ERFKILL:
		return "the radio is blocked (\"rfkill list\" shows by what)";
	}
	return NULL;
}

/* "MLO_LINK_ID", or "attribute-500" for what has no name here; "" for 0. */
static const char *attribute_text(char *buf, size_t size, uint32_t type)
{
	const char *name = attribute_name((uint16_t)type);

	if (!type)
		return "";
	if (name)
		return name;
	snprintf(buf, size, "attribute-%u", type);
	return buf;
}

/* "ERANGE (Numerical result out of range): "integer out of range", attribute MLO_LINK_ID; HINT" */
enum status refused(struct ctx *ctx, const char *hint, ...)
{
	const struct refusal *r = &ctx->refusal;
	char own[sizeof(ctx->error)] = "", bad[32] = "", missing[32] = "";
	const char *name = errno_name(r->err), *general = NULL;
	va_list ap;

	va_start(ap, hint);
	if (hint)
		vsnprintf(own, sizeof(own), hint, ap);
	else
		general = general_hint(ctx, own, sizeof(own), r->err);
	va_end(ap);
	return fail(ctx, ST_REFUSED, "refused by the kernel: %s%s%s%s%s%s%s%s%s%s%s%s%s",
		    name ? name : "", name ? " (" : "", strerror(r->err), name ? ")" : "",
		    *r->text ? ": \"" : "", r->text, *r->text ? "\"" : "",
		    r->at ? ", attribute " : "", attribute_text(bad, sizeof(bad), r->at),
		    r->missing ? ", missing attribute " : "",
		    attribute_text(missing, sizeof(missing), r->missing),
		    *own || general ? "; " : "", general ? general : own);
}

static void print_error(const struct ctx *ctx)
{
	fputs("iw-mlo: ", stderr);
	if (ctx->target.object || ctx->cmd) {
		describe_target(stderr, ctx);
		fputs(": ", stderr);
	}
	fprintf(stderr, "%s\n", ctx->error);
}

/* ---- output ---- */

static bool want_colour(const struct ctx *ctx)
{
	const char *off = getenv("NO_COLOR");

	if (ctx->opt.colour != COLOUR_AUTO)
		return ctx->opt.colour == COLOUR_ALWAYS;
	return ctx->width && !(off && *off) && terminal_can_move();
}

/* Who reads it? A pipe gets its lines whole, and no colour. */
static void look_at_stdout(struct ctx *ctx)
{
	if (ctx->opt.json)
		return;
	ctx->width = terminal_width(STDOUT_FILENO, NULL);
	ctx->colour = want_colour(ctx);
}

void show(const struct ctx *ctx, const struct view *view, const void *model)
{
	struct json j = { .f = stdout, .pretty = ctx->opt.pretty };
	struct page p;

	if (ctx->opt.dry_run)
		return;
	if (ctx->opt.json) {
		view->json(&j, ctx, model);
		return;
	}
	page_open(&p, ctx, stdout);
	(ctx->opt.brief ? ctx->cmd->brief : view->text)(&p.t, ctx, model);
	page_close(&p, ctx);
}

/* ---- options ---- */

static enum status bad_option(struct ctx *ctx, const char *word)
{
	char text[80];

	return fail(ctx, ST_USAGE,
		    "\"%s\": unknown option, or its value is missing (try \"iw-mlo help\")",
		    escape(text, sizeof(text), word, strlen(word)));
}

static enum status set_option(struct ctx *ctx, int letter, const char *value)
{
	struct options *o = &ctx->opt;
	char text[80];

	switch (letter) {
	case 'p':
		o->pretty = true;
		/* fallthrough */
	case 'j':
		o->json = true;
		return ST_OK;
	case 'b':
		o->brief = true;
		return ST_OK;
	case 'n':
		o->dry_run = true;
		return ST_OK;
	case 'd':
		o->debug = true;
		return ST_OK;
	case 'h':
		o->help = true;
		return ST_OK;
	case 'V':
		o->version = true;
		return ST_OK;
	case 't':
		if (parse_seconds(value, &o->timeout_ms))
			return ST_OK;
		break;
	case 'c':
		o->colour = !strcmp(value, "auto")     ? COLOUR_AUTO
			    : !strcmp(value, "always") ? COLOUR_ALWAYS
						       : COLOUR_NEVER;
		if (o->colour != COLOUR_NEVER || !strcmp(value, "never"))
			return ST_OK;
		break;
	}
	return fail(ctx, ST_USAGE, "\"%s\": not a value for -%c",
		    escape(text, sizeof(text), value, strlen(value)), letter);
}

/* getopt_long() takes any beginning of a long option; scripts would break when one is added. */
static bool is_exact(const char *word)
{
	size_t len = strcspn(word, "=");

	if (strncmp(word, "--", 2) != 0)
		return true;
	for (const struct option_help *o = option_table; o->name; o++)
		if (strlen(o->name) == len - 2 && !strncmp(o->name, word + 2, len - 2))
			return true;
	return false;
}

static enum status parse_options(struct ctx *ctx, int argc, char **argv)
{
	struct option longs[ARRAY_SIZE(option_table)] = { 0 };
	char shorts[3 * ARRAY_SIZE(option_table)] = "+:", *s = shorts + 2;
	enum status st = ST_OK;

	for (size_t i = 0; option_table[i].name; i++) {
		const struct option_help *o = &option_table[i];

		longs[i] = (struct option){ o->name, o->value ? required_argument : no_argument,
					    NULL, o->letter };
		*s++ = o->letter;
		if (o->value)
			*s++ = ':';
	}
	while (st == ST_OK) {
		int at = optind, letter = getopt_long(argc, argv, shorts, longs, NULL);

		if (letter == -1)
			break;
		if (letter == '?' || letter == ':' || !is_exact(argv[at]))
			return bad_option(ctx, argv[at]);
		st = set_option(ctx, letter, optarg);
	}
	return st;
}

/* ---- main ---- */

/* The requests of a dry run are kept until the end: a command that fails prints nothing. */
static enum status run_dry(struct ctx *ctx)
{
	struct json plan = { .pretty = ctx->opt.pretty };
	char *text = NULL;
	enum status st;
	size_t len;

	plan.f = open_memstream(&text, &len);
	if (!plan.f)
		return fail(ctx, ST_SYSTEM, "out of memory");
	ctx->plan = &plan;
	if (ctx->opt.json)
		json_open(&plan, NULL, '[');
	st = ctx->cmd->run(ctx);
	ctx->plan = NULL;
	if (ctx->opt.json)
		json_close(&plan, ']');
	if (fclose(plan.f) != 0)
		st = fail(ctx, ST_SYSTEM, "out of memory");
	if (st == ST_OK)
		fwrite(text, 1, len, stdout);
	free(text);
	return st;
}

static enum status run(struct ctx *ctx, int argc, char **argv)
{
	enum status st = parse_options(ctx, argc, argv);

	if (st != ST_OK)
		return st;
	if (ctx->opt.version) {
		puts("iw-mlo " VERSION);
		return ST_OK;
	}
	look_at_stdout(ctx);
	if (ctx->opt.help) {
		ctx->opt.brief = false;
		return cmd_help.run(ctx);
	}
	st = parse_command(ctx, argc - optind, argv + optind);
	if (st != ST_OK)
		return st;
	if (ctx->opt.brief && !ctx->cmd->brief)
		return fail(ctx, ST_USAGE, "it has no brief form");
	return ctx->opt.dry_run ? run_dry(ctx) : ctx->cmd->run(ctx);
}

/* Nothing may claim to be printed that was not. */
static enum status finish_output(struct ctx *ctx, enum status st)
{
	bool failed = ferror(stdout);

	if (fclose(stdout) == 0 && !failed)
		return st;
	return fail(ctx, ST_SYSTEM, "cannot write to stdout: %s", strerror(errno));
}

int main(int argc, char **argv)
{
	static char
		buffer[32768]; /* one write() for what a person reads, and no fstat() before it */
	struct ctx ctx = { 0 };
	enum status st;

	setvbuf(stdout, buffer, _IOFBF, sizeof(buffer));
	st = run(&ctx, argc, argv);
	dispatch_close(&ctx);
	if (st == ST_OK && (ctx.unsettled || ctx.events_lost))
		st = fail(&ctx, ST_PARTIAL, "%s: what is shown may be incomplete",
			  ctx.events_lost ? "events were lost" : "the kernel's list kept changing");
	st = finish_output(&ctx, st);
	if (st != ST_OK)
		print_error(&ctx);
	return st;
}
