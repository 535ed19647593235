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

/* Most of what there is, and neither to be decoded nor to be escaped. */
static bool is_plain_ascii(uint8_t c)
{
	return c >= 0x20 && c < 0x7f && c != '"' && c != '\\';
}

bool is_utf8(const void *bytes, size_t len)
{
	const uint8_t *p = bytes;
	uint32_t code;

	while (len) {
		size_t n = is_plain_ascii(*p) ? 1 : utf8_decode(p, len, &code);

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
		[COLOUR_NAME] = "\033[1;36m",	   [COLOUR_GOOD] = "\033[1;32m",
		[COLOUR_ATTENTION] = "\033[1;33m", [COLOUR_WARN] = "\033[1;31m",
		[COLOUR_OFF] = "\033[0m",
	};

	if (t->colour)
		fputs(codes[c], t->f);
}

/* ---- JSON ---- */

#define HEX_AT_ONCE 256 /* bytes; their digits fit into the buffer */
#define KEY_MAX	    64

static void flush(struct json *j)
{
	fwrite_unlocked(j->buf, 1, j->used, j->f);
	j->used = 0;
}

/* Room for so many bytes, which must fit into the buffer. */
static char *reserve(struct json *j, size_t len)
{
	if (sizeof(j->buf) - j->used < len)
		flush(j);
	return j->buf + j->used;
}

static void put(struct json *j, const void *bytes, size_t len)
{
	if (len > sizeof(j->buf)) {
		flush(j);
		fwrite_unlocked(bytes, 1, len, j->f);
		return;
	}
	memcpy(reserve(j, len), bytes, len);
	j->used += len;
}

static void put_char(struct json *j, char c)
{
	*reserve(j, 1) = c;
	j->used++;
}

static void put_text(struct json *j, const char *text)
{
	put(j, text, strlen(text));
}

static void put_uint(struct json *j, uint64_t v)
{
	char digits[20], *p = digits + sizeof(digits);

	if (v < 10) {
		put_char(j, (char)('0' + v));
		return;
	}
	do
		*--p = (char)('0' + v % 10);
	while (v /= 10);
	put(j, p, (size_t)(digits + sizeof(digits) - p));
}

static void put_hex(struct json *j, const uint8_t *p, size_t len)
{
	static const char digit[] = "0123456789abcdef";

	while (len) {
		size_t n = len < HEX_AT_ONCE ? len : HEX_AT_ONCE;
		char *to = reserve(j, 2 * n);

		for (const uint8_t *end = p + n; p < end; p++) {
			*to++ = digit[*p >> 4];
			*to++ = digit[*p & 15];
		}
		j->used += 2 * n;
		len -= n;
	}
}

static void newline(struct json *j)
{
	if (!j->pretty)
		return;
	put_char(j, '\n');
	for (unsigned int i = 0; i < j->depth; i++)
		put_char(j, '\t');
}

static void put_escape(struct json *j, uint32_t code)
{
	char text[16];

	if (!is_unsafe(code))
		snprintf(text, sizeof(text), "\\%c", (int)code);
	else if (code > 0xffff) /* JSON counts in UTF-16 */
		snprintf(text, sizeof(text), "\\u%04x\\u%04x", 0xd7c0 + (code >> 10),
			 0xdc00 | (code & 0x3ff));
	else
		snprintf(text, sizeof(text), "\\u%04x", code);
	put_text(j, text);
}

/* Well-formed UTF-8: what is plain goes out in runs. */
static void put_string(struct json *j, const uint8_t *p, size_t len)
{
	const uint8_t *end = p + len, *run = p;
	uint32_t code;

	put_char(j, '"');
	for (size_t n; p < end; p += n) {
		n = 1;
		if (is_plain_ascii(*p))
			continue;
		n = utf8_decode(p, (size_t)(end - p), &code);
		if (code != '"' && code != '\\' && !is_unsafe(code))
			continue;
		put(j, run, (size_t)(p - run));
		put_escape(j, code);
		run = p + n;
	}
	put(j, run, (size_t)(end - run));
	put_char(j, '"');
}

/* The comma, the line's end, and the key: what every member begins with, so in one go. */
static void member(struct json *j, const char *key)
{
	uint64_t bit = 1ull << j->depth;
	char *to;

	if (j->filled & bit)
		put_char(j, ',');
	j->filled |= bit;
	if (j->depth)
		newline(j);
	if (!key)
		return;
	to = reserve(j, KEY_MAX);
	*to++ = '"';
	to = stpcpy(to, key);
	*to++ = '"';
	*to++ = ':';
	if (j->pretty)
		*to++ = ' ';
	j->used = (size_t)(to - j->buf);
}

void json_open(struct json *j, const char *key, char bracket)
{
	member(j, key);
	put_char(j, bracket);
	j->depth++;
	j->filled &= ~(1ull << j->depth);
}

void json_close(struct json *j, char bracket)
{
	bool filled = j->filled >> j->depth & 1;

	j->depth--;
	if (filled)
		newline(j);
	put_char(j, bracket);
	if (j->depth)
		return;
	put_char(j, '\n');
	flush(j);
}

void json_uint(struct json *j, const char *key, uint64_t v)
{
	member(j, key);
	put_uint(j, v);
}

void json_int(struct json *j, const char *key, int64_t v)
{
	member(j, key);
	if (v < 0)
		put_char(j, '-');
	put_uint(j, v < 0 ? 0 - (uint64_t)v : (uint64_t)v);
}

void json_bool(struct json *j, const char *key, bool v)
{
	member(j, key);
	if (v)
		put(j, "true", 4);
	else
		put(j, "false", 5);
}

void json_bytes(struct json *j, const char *key, const void *v, size_t len)
{
	if (!is_utf8(v, len))
		return;
	member(j, key);
	put_string(j, v, len);
}

void json_string(struct json *j, const char *key, const char *v)
{
	json_bytes(j, key, v, strlen(v));
}

void json_text(struct json *j, const char *key, const char *v)
{
	member(j, key);
	put_char(j, '"');
	put_text(j, v);
	put_char(j, '"');
}

void json_hex(struct json *j, const char *key, const void *v, size_t len)
{
	member(j, key);
	put_char(j, '"');
	put_hex(j, v, len);
	put_char(j, '"');
}

void json_handle(struct json *j, const char *key, uint64_t v)
{
	char text[24];

	member(j, key);
	snprintf(text, sizeof(text), "\"0x%" PRIx64 "\"", v);
	put_text(j, text);
}

void json_mac(struct json *j, const char *key, const uint8_t mac[ADDR_LEN])
{
	char text[MAC_TEXT];

	member(j, key);
	put_char(j, '"');
	put_text(j, fmt_mac(text, mac));
	put_char(j, '"');
}

void json_dbm(struct json *j, const char *key, int32_t mbm)
{
	char text[DBM_TEXT];

	member(j, key);
	put_text(j, fmt_dbm(text, mbm));
}

void json_mbps(struct json *j, const char *key, uint64_t kbps)
{
	char text[MBPS_TEXT];

	member(j, key);
	put_text(j, fmt_mbps(text, kbps));
}
