/* SPDX-License-Identifier: ISC */
/* Text that is safe on a terminal, and a streaming JSON writer; knows nothing of nl80211. */
#include <inttypes.h>
#include <string.h>

#include "iw-mlo.h"

size_t utf8_decode(const uint8_t *p, size_t len, uint32_t *code)
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

/*
 * What comes before a value, and a value that is no string, go into the buffer unasked: there is
 * always so much room for them.
 */
#define KEY_MAX	     64
#define VALUE_MAX    32
#define DEPTH_MAX    64
#define MEMBER_MAX   (KEY_MAX + VALUE_MAX + DEPTH_MAX + 8)
#define HEX_AT_ONCE  256 /* bytes; their digits fit into the buffer */
#define TEXT_AT_ONCE 512

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

static void written(struct json *j, const char *to)
{
	j->used = (size_t)(to - j->buf);
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

static char *newline(const struct json *j, char *to)
{
	*to++ = '\n';
	for (unsigned int i = 0; i < j->depth && i < DEPTH_MAX; i++)
		*to++ = '\t';
	return to;
}

/*
 * The comma, the line's end, and the key: what every member begins with. Returns where its value
 * goes, with room for VALUE_MAX or for more; written() then tells where that ended.
 */
static char *member(struct json *j, const char *key, size_t more)
{
	char *to = reserve(j, MEMBER_MAX + more);

	if (j->filled)
		*to++ = ',';
	j->filled = true;
	if (j->pretty && j->depth)
		to = newline(j, to);
	if (!key)
		return to;
	*to++ = '"';
	to = stpcpy(to, key);
	*to++ = '"';
	*to++ = ':';
	if (j->pretty)
		*to++ = ' ';
	return to;
}

static char *put_uint(char *to, uint64_t v)
{
	size_t digits = 2;

	if (v < 10) {
		*to = (char)('0' + v);
		return to + 1;
	}
	for (uint64_t least = 100; digits < 20 && v >= least; least *= 10)
		digits++;
	for (size_t i = digits; i--; v /= 10)
		to[i] = (char)('0' + v % 10);
	return to + digits;
}

static char *put_hex(char *to, const uint8_t *p, size_t len)
{
	static const char digit[] = "0123456789abcdef";

	for (const uint8_t *end = p + len; p < end; p++) {
		*to++ = digit[*p >> 4];
		*to++ = digit[*p & 15];
	}
	return to;
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
	put(j, text, strlen(text));
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

void json_open(struct json *j, const char *key, char bracket)
{
	char *to = member(j, key, 0);

	*to++ = bracket;
	written(j, to);
	j->depth++;
	j->filled = false;
}

void json_close(struct json *j, char bracket)
{
	char *to = reserve(j, MEMBER_MAX);

	j->depth--;
	if (j->pretty && j->filled)
		to = newline(j, to);
	*to++ = bracket;
	j->filled = j->depth;
	if (!j->depth)
		*to++ = '\n';
	written(j, to);
	if (!j->depth)
		flush(j);
}

void json_uint(struct json *j, const char *key, uint64_t v)
{
	written(j, put_uint(member(j, key, 0), v));
}

void json_int(struct json *j, const char *key, int64_t v)
{
	char *to = member(j, key, 0);

	if (v < 0)
		*to++ = '-';
	written(j, put_uint(to, v < 0 ? 0 - (uint64_t)v : (uint64_t)v));
}

void json_bool(struct json *j, const char *key, bool v)
{
	char *to = member(j, key, 0);

	written(j, v ? mempcpy(to, "true", 4) : mempcpy(to, "false", 5));
}

void json_bytes(struct json *j, const char *key, const void *v, size_t len)
{
	if (!is_utf8(v, len))
		return;
	written(j, member(j, key, 0));
	put_string(j, v, len);
}

void json_string(struct json *j, const char *key, const char *v)
{
	json_bytes(j, key, v, strlen(v));
}

void json_text(struct json *j, const char *key, const char *v)
{
	size_t len = strlen(v);
	char *to = member(j, key, len <= TEXT_AT_ONCE ? len : 0);

	*to++ = '"';
	if (len <= TEXT_AT_ONCE) {
		to = mempcpy(to, v, len);
	} else {
		written(j, to);
		put(j, v, len);
		to = reserve(j, 1);
	}
	*to++ = '"';
	written(j, to);
}

void json_hex(struct json *j, const char *key, const void *v, size_t len)
{
	const uint8_t *p = v;
	char *to = member(j, key, len < HEX_AT_ONCE ? 2 * len : 2 * HEX_AT_ONCE);

	*to++ = '"';
	for (; len > HEX_AT_ONCE; len -= HEX_AT_ONCE, p += HEX_AT_ONCE) {
		written(j, put_hex(to, p, HEX_AT_ONCE));
		to = reserve(j, 2 * HEX_AT_ONCE + 1);
	}
	to = put_hex(to, p, len);
	*to++ = '"';
	written(j, to);
}

void json_handle(struct json *j, const char *key, uint64_t v)
{
	char *to = stpcpy(member(j, key, 0), "\"0x");
	int shift = 60;

	while (shift && !(v >> shift))
		shift -= 4;
	for (; shift >= 0; shift -= 4)
		*to++ = "0123456789abcdef"[v >> shift & 15];
	*to++ = '"';
	written(j, to);
}

void json_mac(struct json *j, const char *key, const uint8_t mac[ADDR_LEN])
{
	char *to = member(j, key, 0);

	*to++ = '"';
	fmt_mac(to, mac);
	to += MAC_TEXT - 1;
	*to++ = '"';
	written(j, to);
}

void json_dbm(struct json *j, const char *key, int32_t mbm)
{
	char text[DBM_TEXT];

	written(j, stpcpy(member(j, key, 0), fmt_dbm(text, mbm)));
}

void json_mbps(struct json *j, const char *key, uint64_t kbps)
{
	char text[MBPS_TEXT];

	written(j, stpcpy(member(j, key, 0), fmt_mbps(text, kbps)));
}
