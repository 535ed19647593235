/* SPDX-License-Identifier: ISC */
/* What only a person sees: lines broken to the terminal's width, columns, a picture drawn in place.
 */
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>
#include <sys/ioctl.h>

#include "iw-mlo.h"

#define WIDTH_DEFAULT 80
#define WIDTH_LEAST   20 /* below that, to break lines helps nobody */
#define TAB	      8
#define HANGING	      4 /* what follows a break is so much deeper than the line's beginning */
#define COLUMNS_MAX   12

unsigned int terminal_width(int fd, unsigned int *rows)
{
	const char *columns = getenv("COLUMNS");
	struct winsize size;
	uint64_t width;

	/* without TERM, as from cron, nobody is there to read lines that fit */
	if (!getenv("TERM") || ioctl(fd, TIOCGWINSZ, &size) != 0)
		return 0;
	if (rows)
		*rows = size.ws_row;
	if (size.ws_col)
		return size.ws_col;
	/* a serial line does not know */
	return columns && parse_u64(columns, &width) && width && width < 10000 ? (unsigned int)width
									       : WIDTH_DEFAULT;
}

bool terminal_can_move(void)
{
	const char *term = getenv("TERM");

	return term && strcmp(term, "dumb") != 0;
}

bool locale_is_utf8(void)
{
	static const char *const names[] = { "LC_ALL", "LC_CTYPE", "LANG" };

	for (size_t n = 0; n < ARRAY_SIZE(names); n++) {
		const char *value = getenv(names[n]);

		if (value && *value)
			return strcasestr(value, "UTF-8") || strcasestr(value, "UTF8");
	}
	return false;
}

/* ---- how wide ---- */

/* Of East Asia's characters and pictures most take two columns; marks over others take none. */
static unsigned int code_width(uint32_t code)
{
	static const uint32_t wide[][2] = {
		{ 0x1100, 0x115f }, { 0x2e80, 0xa4cf }, { 0xac00, 0xd7a3 },   { 0xf900, 0xfaff },
		{ 0xfe30, 0xfe6f }, { 0xff00, 0xff60 }, { 0x1f300, 0x1faff }, { 0x20000, 0x3fffd },
	};

	if (code >= 0x300 && code <= 0x36f)
		return 0;
	for (size_t n = 0; n < ARRAY_SIZE(wide); n++)
		if (code >= wide[n][0] && code <= wide[n][1])
			return 2;
	return 1;
}

/* The bytes of the next character, or of a colour, which takes no column. */
static size_t next_char(const char *p, const char *end, unsigned int *columns)
{
	size_t len = (size_t)(end - p), n;
	uint32_t code;

	*columns = 0;
	if (*p == '\033') {
		n = 1;
		while (p + n < end && p[n - 1] != 'm')
			n++;
		return n;
	}
	n = utf8_decode((const uint8_t *)p, len, &code);
	*columns = n ? code_width(code) : 1;
	return n ? n : 1;
}

static unsigned int columns_of(const char *p, const char *end)
{
	unsigned int all = 0, columns;

	while (p < end) {
		p += next_char(p, end, &columns);
		all += columns;
	}
	return all;
}

/* ---- breaking lines ---- */

/* Where a line can be broken: the blanks from p to next are left out. */
struct gap {
	const char *p, *next;
};

/*
 * As far as the width goes. The gap between facts, two blanks, is better than one within a fact.
 * Blanks need no room: at the end of the line they are left out.
 */
static const char *find_gap(const char *p, const char *end, unsigned int room, struct gap *gap)
{
	struct gap between = { 0 }, within = { 0 };
	bool quoted = false;
	unsigned int columns;

	for (const char *next; p < end; p = next) {
		next = p + next_char(p, end, &columns);
		if (*p == '"')
			quoted = !quoted;
		if (*p == ' ' && !quoted) {
			while (next < end && *next == ' ')
				next++;
			*(next - p > 1 ? &between : &within) = (struct gap){ p, next };
			columns = (unsigned int)(next - p);
		}
		if (columns > room)
			break;
		room -= columns;
	}
	*gap = between.p ? between : within;
	return p;
}

/* A word that does not fit is left whole, for the terminal to break: it may be copied. */
static unsigned int fold_line(FILE *f, const char *p, const char *end, unsigned int width)
{
	unsigned int indent = 0, hanging, rows = 1, columns;
	const char *begin = p;

	for (const char *next; p < end && strchr(" \t\033", *p); p = next) {
		next = p + next_char(p, end, &columns);
		indent = *p == '\t' ? (indent / TAB + 1) * TAB : indent + columns;
	}
	fwrite(begin, 1, (size_t)(p - begin), f);
	hanging = indent + HANGING < width / 2 ? indent + HANGING : HANGING;
	for (;; rows++) {
		struct gap gap;
		const char *fits =
			find_gap(p, end, width - (indent < width ? indent : width), &gap);

		if (fits == end || !gap.p)
			break;
		fwrite(p, 1, (size_t)(gap.p - p), f);
		fprintf(f, "\n%*s", hanging, "");
		indent = hanging;
		p = gap.next;
	}
	fwrite(p, 1, (size_t)(end - p), f);
	putc('\n', f);
	return rows + (indent + columns_of(p, end) - (p < end)) / width;
}

unsigned int fold_lines(FILE *f, const char *text, size_t len, unsigned int width)
{
	const char *end = text + len;
	unsigned int rows = 0;

	if (width < WIDTH_LEAST)
		width = WIDTH_LEAST;
	for (const char *p = text; p < end;) {
		const char *eol = memchr(p, '\n', (size_t)(end - p));

		eol = eol ? eol : end;
		rows += fold_line(f, p, eol, width);
		p = eol + 1;
	}
	return rows;
}

/* ---- columns ---- */

static const char *cell_end(const char *p, const char *end)
{
	while (p < end && *p != '\t' && *p != '\n')
		p++;
	return p;
}

static void measure(const char *p, const char *end, unsigned int width[COLUMNS_MAX])
{
	for (unsigned int n = 0; p < end; p++) {
		const char *cell = p;
		unsigned int columns;

		p = cell_end(p, end);
		columns = columns_of(cell, p);
		if (n < COLUMNS_MAX && columns > width[n])
			width[n] = columns;
		n = p < end && *p == '\n' ? 0 : n + 1;
	}
}

/* Only before another cell are there blanks, so that no line ends with them. */
void align_columns(FILE *f, const char *text, size_t len)
{
	unsigned int width[COLUMNS_MAX] = { 0 }, owed = 0, n = 0;
	const char *end = text + len;

	measure(text, end, width);
	for (const char *p = text; p < end; p++) {
		const char *cell = p;

		p = cell_end(p, end);
		if (p > cell) {
			fprintf(f, "%*s", owed, "");
			owed = 0;
			fwrite(cell, 1, (size_t)(p - cell), f);
		}
		if (n < COLUMNS_MAX && width[n])
			owed += width[n] - columns_of(cell, p) + 2;
		n++;
		if (p < end && *p == '\t')
			continue;
		putc('\n', f);
		owed = n = 0;
	}
}

/* ---- pages ---- */

void page_open(struct page *p, const struct ctx *ctx, FILE *to)
{
	*p = (struct page){ .t = { .f = to, .colour = ctx->colour }, .to = to };
	if (ctx->width || ctx->opt.brief)
		p->t.f = open_memstream(&p->buf, &p->len);
	if (!p->t.f) /* no memory: as it comes */
		p->t.f = to;
}

static void fold_brief(const struct page *p, FILE *to, unsigned int width)
{
	char *aligned = NULL;
	size_t len = 0;
	FILE *f = width ? open_memstream(&aligned, &len) : NULL;

	align_columns(f ? f : to, p->buf, p->len);
	if (f && fclose(f) == 0)
		fold_lines(to, aligned, len, width);
	free(aligned);
}

void page_close(struct page *p, const struct ctx *ctx)
{
	if (p->t.f == p->to)
		return;
	if (fclose(p->t.f) == 0 && ctx->opt.brief)
		fold_brief(p, p->to, ctx->width);
	else
		fold_lines(p->to, p->buf, p->len, ctx->width);
	free(p->buf);
}

/* ---- in place ---- */

/* Each line's rest is cleared, and what is below the last: a screen that is cleared first flickers.
 */
static void overwrite(const char *text, size_t len)
{
	for (const char *p = text, *end = text + len; p < end; p++) {
		if (*p == '\n')
			fputs("\033[K", stdout);
		putc(*p, stdout);
	}
	fputs("\033[J", stdout);
}

void screen_draw(struct screen *s, const char *text, size_t len)
{
	unsigned int rows = 0, width = terminal_width(STDOUT_FILENO, &rows), taken;
	char *frame = NULL;
	size_t size = 0;
	FILE *f = open_memstream(&frame, &size);

	if (!f)
		return;
	taken = fold_lines(f, text, len, width);
	if (fclose(f) == 0) {
		if (s->rows && s->width == width && s->rows < rows)
			printf("\033[%uA\r", s->rows);
		else if (s->rows) /* it has no place that could be found again */
			fputs("\033[H", stdout);
		overwrite(frame, size);
	}
	*s = (struct screen){ width, taken };
	free(frame);
}

/* ---- a picture of a signal ---- */

#define LEAST_MBM (-9000)
#define MOST_MBM  (-3000)

static const char *const blocks[] = { "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█" };
static const char *const ascii[] = { "_", "-", "~", "=", "+", "*", "%", "#" };

const char *signal_picture(enum sample_kind kind, int32_t mbm, bool utf8)
{
	int levels = ARRAY_SIZE(ascii), level;

	if (kind == SAMPLE_NONE)
		return " ";
	if (kind == SAMPLE_OLD)
		return utf8 ? "·" : ".";
	level = mbm <= LEAST_MBM  ? 0
		: mbm >= MOST_MBM ? levels - 1
				  : (mbm - LEAST_MBM) * levels / (MOST_MBM - LEAST_MBM);
	return (utf8 ? blocks : ascii)[level];
}
