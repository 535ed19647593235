/* SPDX-License-Identifier: ISC */
/* Text that is safe on a terminal, and a streaming JSON writer; knows nothing of nl80211. */
#include <inttypes.h>
#include <string.h>

#include "iw-mlo.h"

/*
 * The code point at p, and its length in bytes; 0 if the bytes are not well-formed UTF-8 (RFC 3629:
 * no overlong forms, no surrogates, nothing above U+10FFFF).
 */
static size_t utf8_decode(const uint8_t *p, size_t len, uint32_t *code)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	size_t n = p[0] < 0x80	     ? 1
		   : p[0] >> 5 == 6  ? 2
		   : p[0] >> 4 == 14 ? 3
		   : p[0] >> 3 == 30 ? 4
				     : 0;

	if (!n || n > len)
		return 0;
	*code = n == 1 ? p[0] : p[0] & (0x7fu >> n);
	for (size_t i = 1; i < n; i++) {
		if (p[i] >> 6 != 2)
			return 0;
		*code = *code << 6 | (p[i] & 0x3f);
	}
	if (*code < least[n] || *code > 0x10ffff || (*code >= 0xd800 && *code <= 0xdfff))
		return 0;
	return n;
}

/* What would move the cursor, hide, or reorder the text around it (Unicode, annex 9, table 1). */
static bool is_unsafe(uint32_t code)
{
	return code < 0x20 || (code >= 0x7f && code < 0xa0) || code == 0xad || code == 0x61c ||
	       (code >= 0x200b && code <= 0x200f) || (code >= 0x2028 && code <= 0x202e) ||
	       (code >= 0x2060 && code <= 0x206f) || code == 0xfeff ||
	       (code >= 0xe0000 && code <= 0xe0fff);
}

bool is_utf8(const void *bytes, size_t len)
{
	const uint8_t *p = bytes;
	uint32_t code;

	while (len) {
		size_t n = utf8_decode(p, len, &code);

		if (!n)
			return false;
		p += n;
		len -= n;
	}
	return true;
}

const char *escape(char *buf, size_t size, const void *bytes, size_t len)
{
	const uint8_t *p = bytes, *end = p + len;
	size_t used = 0;

	while (p < end) {
		uint32_t code = 0;
		size_t n = utf8_decode(p, (size_t)(end - p), &code);
		bool plain = n && !is_unsafe(code) && code != '"' && code != '\\';

		if (!n)
			n = 1;
		if (used + (plain ? n : 4 * n) >= size)
			break;
		if (plain)
			memcpy(buf + used, p, n);
		for (size_t i = 0; !plain && i < n; i++)
			snprintf(buf + used + 4 * i, 5, "\\x%02x", p[i]);
		used += plain ? n : 4 * n;
		p += n;
	}
	buf[used] = '\0';
	return buf;
}

void paint(const struct text *t, enum colour c)
{
	static const char *const codes[] = {
		[COLOUR_NAME] = "\033[1;36m",
		[COLOUR_WARN] = "\033[1;31m",
		[COLOUR_OFF] = "\033[0m",
	};

	if (t->colour)
		fputs(codes[c], t->f);
}

/* ---- JSON ---- */

static void json_newline(struct json *j)
{
	if (!j->pretty)
		return;
	putc('\n', j->f);
	for (unsigned int i = 0; i < j->depth; i++)
		putc('\t', j->f);
}

static bool is_plain(uint32_t code)
{
	return code != '"' && code != '\\' && !is_unsafe(code);
}

static void json_escaped(struct json *j, uint32_t code)
{
	if (!is_unsafe(code))
		fprintf(j->f, "\\%c", (int)code);
	else if (code > 0xffff) /* JSON counts in UTF-16 */
		fprintf(j->f, "\\u%04x\\u%04x", 0xd7c0 + (code >> 10), 0xdc00 | (code & 0x3ff));
	else
		fprintf(j->f, "\\u%04x", code);
}

/* Well-formed UTF-8: what is plain goes out in runs. */
static void json_string(struct json *j, const uint8_t *p, size_t len)
{
	const uint8_t *end = p + len, *run = p;
	uint32_t code;

	putc('"', j->f);
	for (size_t n; p < end; p += n) {
		n = utf8_decode(p, (size_t)(end - p), &code);
		if (is_plain(code))
			continue;
		fwrite(run, 1, (size_t)(p - run), j->f);
		json_escaped(j, code);
		run = p + n;
	}
	fwrite(run, 1, (size_t)(end - run), j->f);
	putc('"', j->f);
}

static void json_member(struct json *j, const char *key)
{
	uint64_t bit = 1ull << j->depth;

	if (j->filled & bit)
		putc(',', j->f);
	j->filled |= bit;
	if (j->depth)
		json_newline(j);
	if (!key)
		return;
	fputc('"', j->f);
	fputs(key, j->f);
	fputs(j->pretty ? "\": " : "\":", j->f);
}

void json_open(struct json *j, const char *key, char bracket)
{
	json_member(j, key);
	putc(bracket, j->f);
	j->depth++;
	j->filled &= ~(1ull << j->depth);
}

void json_close(struct json *j, char bracket)
{
	bool filled = j->filled >> j->depth & 1;

	j->depth--;
	if (filled)
		json_newline(j);
	putc(bracket, j->f);
	if (!j->depth)
		putc('\n', j->f);
}

void json_uint(struct json *j, const char *key, uint64_t v)
{
	json_member(j, key);
	fprintf(j->f, "%" PRIu64, v);
}

void json_bool(struct json *j, const char *key, bool v)
{
	json_member(j, key);
	fputs(v ? "true" : "false", j->f);
}

void json_bytes(struct json *j, const char *key, const void *v, size_t len)
{
	if (!is_utf8(v, len))
		return;
	json_member(j, key);
	json_string(j, v, len);
}

void json_text(struct json *j, const char *key, const char *v)
{
	json_bytes(j, key, v, strlen(v));
}

void json_hex(struct json *j, const char *key, const void *v, size_t len)
{
	const uint8_t *p = v;

	json_member(j, key);
	putc('"', j->f);
	for (size_t i = 0; i < len; i++)
		fprintf(j->f, "%02x", p[i]);
	putc('"', j->f);
}

void json_handle(struct json *j, const char *key, uint64_t v)
{
	json_member(j, key);
	fprintf(j->f, "\"0x%" PRIx64 "\"", v);
}

void json_mac(struct json *j, const char *key, const uint8_t mac[ADDR_LEN])
{
	char text[MAC_TEXT];

	json_member(j, key);
	putc('"', j->f);
	fputs(fmt_mac(text, mac), j->f);
	putc('"', j->f);
}

void json_dbm(struct json *j, const char *key, int32_t mbm)
{
	char text[DBM_TEXT];

	json_member(j, key);
	fputs(fmt_dbm(text, mbm), j->f);
}
