/* SPDX-License-Identifier: ISC */
/* help: made from the tables of options and commands. */
#include <string.h>

#include "../iw-mlo.h"

enum { HELP_WORDS, HELP_COMMAND };

static void print_options(FILE *f)
{
	fputs("\noptions:\n", f);
	for (const struct option_help *o = option_table; o->name; o++) {
		int width = fprintf(f, "  -%c, --%s%s%s", o->letter, o->name, o->value ? " " : "",
				    o->value ? o->value : "");

		fprintf(f, "%*s%s\n", 32 - width, "", o->help);
	}
}

static void print_params(FILE *f, const struct cmd *c)
{
	char types[IFTYPES_TEXT];

	for (const struct param *p = c->params; p && p->name; p++) {
		switch (p->kind) {
		case PARAM_LINK_ID:
			fprintf(f, "    %s: a link id, 0 to %d\n", p->name, LINK_ID_MAX);
			break;
		case PARAM_MAC:
			fprintf(f, "    %s: an address, 02:00:00:00:00:00\n", p->name);
			break;
		case PARAM_IFTYPE:
			iftype_choices(types);
			fprintf(f, "    %s: %s\n", p->name, types);
			break;
		case PARAM_NAME:
			fprintf(f, "    %s: 1 to 15 bytes\n", p->name);
			break;
		case PARAM_SSID:
			fprintf(f, "    %s: 1 to 32 bytes; \\xHH is a byte\n", p->name);
			break;
		case PARAM_FREQ:
			fprintf(f, "    %s: MHz, as 5180\n", p->name);
			break;
		case PARAM_SECONDS:
			fprintf(f, "    %s: seconds, as 2.5\n", p->name);
			break;
		case PARAM_COUNTRY:
			fprintf(f, "    %s: two capital letters, or 00 for the world\n", p->name);
			break;
		case PARAM_COMMAND:
			fprintf(f, "    %s: for sh -c, in one word\n", p->name);
			break;
		case PARAM_COUNT:
			fprintf(f, "    %s: a number, 1 and up\n", p->name);
			break;
		case PARAM_FLAG:
		case PARAM_TEXT:
		case PARAM_ITEM:
		case PARAM_WORDS:
			break;
		}
	}
}

static void print_commands(FILE *f, int argc, char **argv)
{
	for (int i = 0; commands[i]; i++) {
		if (!cmd_matches(commands[i], argc, argv))
			continue;
		fputs("  iw-mlo ", f);
		usage_line(f, commands[i]);
		fprintf(f, "\n    %s\n", commands[i]->help);
		if (argc && commands[i]->objects & ON_WDEV)
			fputs("    dev DEV: or wdev WDEV\n", f);
		if (argc)
			print_params(f, commands[i]);
	}
}

static enum status check_help(struct ctx *ctx)
{
	const struct args *a = &ctx->args;

	if (is_given(a, HELP_WORDS))
		return ST_OK;
	for (int i = 0; commands[i]; i++)
		if (cmd_matches(commands[i], a->n_words, a->words))
			return ST_OK;
	return fail(ctx, ST_USAGE, "no such command");
}

static enum status run_help(struct ctx *ctx)
{
	const struct args *a = &ctx->args;
	struct page p;

	if (is_given(a, HELP_WORDS)) {
		print_next_words(stdout, a->n_words, a->words);
		return ST_OK;
	}
	page_open(&p, ctx, stdout);
	if (!a->n_words)
		fputs("usage: iw-mlo [OPTIONS] OBJECT [NAME] [COMMAND]\n\n", p.t.f);
	print_commands(p.t.f, a->n_words, a->words);
	if (!a->n_words) {
		fputs("\nwdev WDEV may stand wherever dev DEV does.\n", p.t.f);
		print_options(p.t.f);
	}
	page_close(&p, ctx);
	return ST_OK;
}

static const struct param help_params[] = {
	[HELP_WORDS] = { .kind = PARAM_FLAG,
			 .name = "--words",
			 .keyword = "--words",
			 .optional = true },
	[HELP_COMMAND] = { .kind = PARAM_WORDS, .name = "COMMAND", .optional = true },
	{ 0 },
};

const struct cmd cmd_help = {
	.name = "help",
	.objects = ON_NOTHING,
	.params = help_params,
	.help = "Show what there is, or one command in detail.",
	.check = check_help,
	.run = run_help,
};
