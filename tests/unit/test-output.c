/* SPDX-License-Identifier: ISC */
/* Escaping and the JSON writer, held against strict parsers of others: python3's json and jq. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fake-kernel.h"

#define SEED	2463534242u
#define STRINGS 3000
#define LEN_MAX 40

/* ---- random strings, the same at every run ---- */

static uint32_t seed;

static uint32_t next_random(uint32_t below)
{
	seed ^= seed << 13;
	seed ^= seed >> 17;
	seed ^= seed << 5;
	return seed % below;
}

static size_t put_utf8(uint8_t *p, uint32_t code)
{
	if (code < 0x80) {
		p[0] = (uint8_t)code;
		return 1;
	}
	if (code < 0x800) {
		p[0] = (uint8_t)(0xc0 | code >> 6);
		p[1] = (uint8_t)(0x80 | (code & 0x3f));
		return 2;
	}
	if (code < 0x10000) {
		p[0] = (uint8_t)(0xe0 | code >> 12);
		p[1] = (uint8_t)(0x80 | (code >> 6 & 0x3f));
		p[2] = (uint8_t)(0x80 | (code & 0x3f));
		return 3;
	}
	p[0] = (uint8_t)(0xf0 | code >> 18);
	p[1] = (uint8_t)(0x80 | (code >> 12 & 0x3f));
	p[2] = (uint8_t)(0x80 | (code >> 6 & 0x3f));
	p[3] = (uint8_t)(0x80 | (code & 0x3f));
	return 4;
}

/* Code points around every border, surrogates and what is beyond Unicode included. */
static uint32_t random_code(void)
{
	static const uint32_t borders[] = {
		0,	0x1f,	0x22,	0x5c,	0x7f,	 0x80,	  0x9f,	   0xad,     0x61c,
		0x7ff,	0x800,	0x200b, 0x202e, 0x2066,	 0x2069,  0xd7ff,  0xd800,   0xdfff,
		0xe000, 0xfeff, 0xfffd, 0xffff, 0x10000, 0xe0001, 0xe0fff, 0x10ffff, 0x110000,
	};

	switch (next_random(4)) {
	case 0:
		return borders[next_random(ARRAY_SIZE(borders))] + next_random(2);
	case 1:
		return next_random(0x80);
	case 2:
		return next_random(0x3000);
	}
	return next_random(0x110000);
}

/* Of each three: random bytes, random code points, code points with one byte broken. */
static size_t random_string(uint8_t buf[LEN_MAX], unsigned int kind)
{
	size_t len = 0, want = next_random(LEN_MAX - 4);

	while (len < want) {
		if (kind % 3 == 0)
			buf[len++] = (uint8_t)next_random(256);
		else
			len += put_utf8(buf + len, random_code());
	}
	if (kind % 3 == 2 && len)
		buf[next_random((uint32_t)len)] = (uint8_t)next_random(256);
	return len;
}

/* ---- the judges ---- */

struct writer {
	char path[32];
	FILE *f;
};

static void scratch_open(struct writer *s)
{
	int fd;

	strcpy(s->path, "/tmp/iw-mlo-test-XXXXXX");
	fd = mkstemp(s->path);
	s->f = fd < 0 ? NULL : fdopen(fd, "w+");
	assert_non_null(s->f);
}

static void scratch_close(struct writer *s)
{
	fclose(s->f);
	unlink(s->path);
}

static char *scratch_text(struct writer *s)
{
	char *text;
	long len;

	fflush(s->f);
	fseek(s->f, 0, SEEK_END);
	len = ftell(s->f);
	rewind(s->f);
	text = calloc(1, (size_t)len + 1);
	assert_non_null(text);
	assert_int_equal(fread(text, 1, (size_t)len, s->f), (size_t)len);
	return text;
}

static void put_hex(FILE *f, const void *bytes, size_t len)
{
	for (size_t i = 0; i < len; i++)
		fprintf(f, "%02x", ((const uint8_t *)bytes)[i]);
	fputc('\n', f);
}

/* Runs a python script over two files; it says what is wrong by itself. */
static void judge(const char *script, struct writer *a, struct writer *b)
{
	char command[3000];
	int n = snprintf(command, sizeof(command), "python3 -c '%s' %s %s >&2", script, a->path,
			 b->path);

	assert_true(n > 0 && (size_t)n < sizeof(command));
	fflush(a->f);
	fflush(b->f);
	fflush(NULL);
	assert_int_equal(system(command), 0);
}

#define PY_RAW                                                                   \
	"import json, re, sys, unicodedata\n"                                    \
	"raw = [bytes.fromhex(l) for l in open(sys.argv[2])]\n"                  \
	"def utf8(b):\n"                                                         \
	"    try: return b.decode(\"utf-8\", \"strict\")\n"                      \
	"    except UnicodeDecodeError: return None\n"                           \
	"bidi = \"LRE RLE LRO RLO PDF LRI RLI FSI PDI\".split()\n"               \
	"def bad(c):\n"                                                          \
	"    return unicodedata.category(c) in (\"Cc\", \"Zl\", \"Zp\") or \\\n" \
	"        c in \"\\u061c\\u200e\\u200f\\ufeff\" or \\\n"                  \
	"        unicodedata.bidirectional(c) in bidi\n"

/* ---- JSON ---- */

static void write_strings(FILE *json, FILE *raw, bool pretty)
{
	struct json j = { .f = json, .pretty = pretty };
	uint8_t buf[LEN_MAX];

	seed = SEED;
	json_open(&j, NULL, '[');
	for (unsigned int n = 0; n < STRINGS; n++) {
		size_t len = random_string(buf, n);

		json_bytes(&j, NULL, buf, len);
		put_hex(raw, buf, len);
	}
	json_close(&j, ']');
}

static void check_random_strings(bool pretty)
{
	struct writer json, raw;

	print_message("# seed %u\n", SEED);
	scratch_open(&json);
	scratch_open(&raw);
	write_strings(json.f, raw.f, pretty);
	judge(PY_RAW "want = [s for s in map(utf8, raw) if s is not None]\n"
		     "text = open(sys.argv[1], \"rb\").read().decode(\"utf-8\")\n"
		     "assert json.loads(text) == want, \"strings differ\"\n"
		     "assert len(want) > 500 and len(raw) - len(want) > 500, len(want)\n"
		     "ugly = [c for c in text if bad(c) and c not in \"\\n\\t\"]\n"
		     "assert not ugly, ugly\n",
	      &json, &raw);
	scratch_close(&json);
	scratch_close(&raw);
}

static void random_strings_survive_json(void **state)
{
	(void)state;
	check_random_strings(false);
}

static void random_strings_survive_pretty_json(void **state)
{
	(void)state;
	check_random_strings(true);
}

static void jq_takes_the_strings_too(void **state)
{
	struct writer json, raw;
	char command[200];

	(void)state;
	scratch_open(&json);
	scratch_open(&raw);
	write_strings(json.f, raw.f, false);
	fflush(json.f);
	snprintf(command, sizeof(command), "jq -c . <%s >%s", json.path, raw.path);
	fflush(NULL);
	assert_int_equal(system(command), 0);
	judge("import json, sys\n"
	      "a, b = (json.load(open(p, encoding=\"utf-8\")) for p in sys.argv[1:])\n"
	      "assert a == b and len(a) > 500, \"jq reads something else\"\n",
	      &json, &raw);
	scratch_close(&json);
	scratch_close(&raw);
}

/* A random tree: the writer's own nesting is the only thing that knows its shape. */
static void write_tree(struct json *j, FILE *shape, unsigned int depth, bool in_object)
{
	unsigned int members = next_random(4);

	for (unsigned int n = 0; n < members; n++) {
		char key[16];
		const char *k = in_object ? key : NULL;

		snprintf(key, sizeof(key), "k%u", n);
		switch (next_random(depth ? 4 : 2)) {
		case 0:
			json_uint(j, k, UINT64_MAX - n);
			break;
		case 1:
			json_bool(j, k, n & 1);
			break;
		case 2:
			json_open(j, k, '{');
			write_tree(j, shape, depth - 1, true);
			json_close(j, '}');
			break;
		case 3:
			json_open(j, k, '[');
			write_tree(j, shape, depth - 1, false);
			json_close(j, ']');
			break;
		}
	}
	fprintf(shape, "%u\n", members);
}

static void random_trees_parse_and_have_their_shape(void **state)
{
	struct writer docs, shapes;

	(void)state;
	scratch_open(&docs);
	scratch_open(&shapes);
	for (uint32_t n = 1; n <= 200; n++)
		for (int pretty = 0; pretty < 2; pretty++) {
			struct json j = { .f = docs.f, .pretty = pretty };

			seed = SEED + n;
			json_open(&j, NULL, '[');
			write_tree(&j, shapes.f, 6, false);
			json_close(&j, ']');
			assert_int_equal(j.depth, 0);
			fputs("\x1e\n", docs.f);
		}
	judge("import json, sys\n"
	      "docs = open(sys.argv[1]).read().split(chr(30))[:-1]\n"
	      "want = [int(l) for l in open(sys.argv[2])]\n"
	      "got = []\n"
	      "def walk(x):\n"
	      "    for v in x.values() if type(x) is dict else x:\n"
	      "        if type(v) in (dict, list): walk(v)\n"
	      "    got.append(len(x))\n"
	      "parsed = [json.loads(d) for d in docs]\n"
	      "for p in parsed: walk(p)\n"
	      "assert got == want, \"shapes differ\"\n"
	      "assert parsed[0::2] == parsed[1::2], \"pretty says something else\"\n"
	      "assert all(d.strip().count(chr(10)) == 0 for d in docs[0::2])\n",
	      &docs, &shapes);
	scratch_close(&docs);
	scratch_close(&shapes);
}

static void write_each(struct json *j)
{
	static const uint8_t mac[ADDR_LEN] = { 2, 0, 0, 0, 0, 0xff };

	json_open(j, NULL, '{');
	json_uint(j, "uint", UINT64_MAX);
	json_bool(j, "yes", true);
	json_bool(j, "no", false);
	json_string(j, "text", "a\"b\\c\n\t\x7f/");
	json_bytes(j, "bytes", "a\0b", 3);
	json_bytes(j, "not_utf8", "\xff", 1);
	json_hex(j, "hex", "\xff\x01", 2);
	json_handle(j, "handle", UINT64_MAX);
	json_mac(j, "mac", mac);
	json_dbm(j, "dbm", -4950);
	json_open(j, "empty", '[');
	json_close(j, ']');
	json_open(j, "none", '{');
	json_close(j, '}');
	json_open(j, "list", '[');
	json_uint(j, NULL, 1);
	json_uint(j, NULL, 2);
	json_close(j, ']');
	json_close(j, '}');
}

static void assert_json(bool pretty, const char *want)
{
	struct writer s;
	struct json j = { .pretty = pretty };
	char *text;

	scratch_open(&s);
	j.f = s.f;
	write_each(&j);
	text = scratch_text(&s);
	assert_string_equal(text, want);
	free(text);
	scratch_close(&s);
}

static void every_writer_exactly(void **state)
{
	(void)state;
	assert_json(false, "{\"uint\":18446744073709551615,\"yes\":true,\"no\":false,"
			   "\"text\":\"a\\\"b\\\\c\\u000a\\u0009\\u007f/\","
			   "\"bytes\":\"a\\u0000b\",\"hex\":\"ff01\","
			   "\"handle\":\"0xffffffffffffffff\",\"mac\":\"02:00:00:00:00:ff\","
			   "\"dbm\":-49.5,\"empty\":[],\"none\":{},\"list\":[1,2]}\n");
}

/* Numbers of every length, and the smallest and the greatest of it. */
static void numbers_of_every_length(void **state)
{
	char want[64], got[64];
	uint64_t v = 1;

	(void)state;
	for (int digits = 1; digits <= 20; digits++, v *= 10)
		for (uint64_t n = v - 1; n <= v; n++) {
			FILE *f = fmemopen(got, sizeof(got), "w");
			struct json j = { .f = f };

			json_open(&j, NULL, '[');
			json_uint(&j, NULL, n);
			json_handle(&j, NULL, n);
			json_close(&j, ']');
			fclose(f);
			snprintf(want, sizeof(want), "[%llu,\"0x%llx\"]\n", (unsigned long long)n,
				 (unsigned long long)n);
			assert_string_equal(got, want);
		}
}

/* Around what goes in one piece, and around what the buffer holds, wherever it begins there. */
static void values_of_every_length(void **state)
{
	static char text[1200], hex[sizeof(text)], want[4 * sizeof(text)], got[4 * sizeof(text)];

	(void)state;
	memset(hex, '6', sizeof(hex));
	for (size_t len = 0; len < sizeof(text) - 1; len++, text[len - 1] = 'f') {
		FILE *f = fmemopen(got, sizeof(got), "w");
		struct json j = { .f = f };
		size_t bytes = len / 2;

		json_open(&j, NULL, '{');
		json_text(&j, "text", text);
		json_hex(&j, "hex", text, bytes);
		json_bool(&j, "end", true);
		json_close(&j, '}');
		fclose(f);
		snprintf(want, sizeof(want), "{\"text\":\"%s\",\"hex\":\"%.*s\",\"end\":true}\n",
			 text, (int)(2 * bytes), hex);
		assert_string_equal(got, want);
	}
}

static void every_writer_exactly_pretty(void **state)
{
	(void)state;
	assert_json(true, "{\n"
			  "\t\"uint\": 18446744073709551615,\n"
			  "\t\"yes\": true,\n"
			  "\t\"no\": false,\n"
			  "\t\"text\": \"a\\\"b\\\\c\\u000a\\u0009\\u007f/\",\n"
			  "\t\"bytes\": \"a\\u0000b\",\n"
			  "\t\"hex\": \"ff01\",\n"
			  "\t\"handle\": \"0xffffffffffffffff\",\n"
			  "\t\"mac\": \"02:00:00:00:00:ff\",\n"
			  "\t\"dbm\": -49.5,\n"
			  "\t\"empty\": [],\n"
			  "\t\"none\": {},\n"
			  "\t\"list\": [\n"
			  "\t\t1,\n"
			  "\t\t2\n"
			  "\t]\n"
			  "}\n");
}

/* ---- text ---- */

static void assert_escaped(const char *bytes, size_t len, const char *want)
{
	char buf[200];

	assert_string_equal(escape(buf, sizeof(buf), bytes, len), want);
}

#define E(bytes, want) assert_escaped(bytes, sizeof(bytes) - 1, want)

static void printable_utf8_is_kept(void **state)
{
	(void)state;
	E("", "");
	E("abc ~/:", "abc ~/:");
	E("Caf\xc3\xa9 \xe6\x97\xa5\xe6\x9c\xac \xf0\x9f\x93\xb6",
	  "Caf\xc3\xa9 \xe6\x97\xa5\xe6\x9c\xac \xf0\x9f\x93\xb6");
	E("\xc2\xa0\xc2\xa1", "\xc2\xa0\xc2\xa1");
	E("\xed\x9f\xbf\xee\x80\x80\xf4\x8f\xbf\xbf", "\xed\x9f\xbf\xee\x80\x80\xf4\x8f\xbf\xbf");
}

static void controls_and_quotes_are_escaped(void **state)
{
	(void)state;
	E("\0\x01\t\n\r\x1b[0m\x1f", "\\x00\\x01\\x09\\x0a\\x0d\\x1b[0m\\x1f");
	E("\x7f\"\\", "\\x7f\\x22\\x5c");
	E("\\x41", "\\x5cx41");
	E("\xc2\x80\xc2\x9b\xc2\x9f", "\\xc2\\x80\\xc2\\x9b\\xc2\\x9f");
}

static void invisible_and_reordering_characters_are_escaped(void **state)
{
	(void)state;
	E("a\xe2\x80\xae"
	  "b",
	  "a\\xe2\\x80\\xae"
	  "b");
	E("\xe2\x81\xa6", "\\xe2\\x81\\xa6");
	E("\xe2\x80\x8b\xe2\x80\x8f", "\\xe2\\x80\\x8b\\xe2\\x80\\x8f");
	E("\xe2\x80\xa8\xe2\x80\xa9", "\\xe2\\x80\\xa8\\xe2\\x80\\xa9");
	E("\xd8\x9c", "\\xd8\\x9c");
	E("\xc2\xad", "\\xc2\\xad");
	E("\xef\xbb\xbf", "\\xef\\xbb\\xbf");
	E("\xf3\xa0\x80\x81", "\\xf3\\xa0\\x80\\x81");
}

static void malformed_utf8_is_escaped(void **state)
{
	(void)state;
	E("\x80", "\\x80");
	E("\xff\xfe", "\\xff\\xfe");
	E("\xc3", "\\xc3");
	E("\xc3"
	  "a",
	  "\\xc3"
	  "a");
	E("\xe2\x82", "\\xe2\\x82");
	E("\xf0\x9f\x93", "\\xf0\\x9f\\x93");
	E("\xc0\x80", "\\xc0\\x80");
	E("\xc1\xbf", "\\xc1\\xbf");
	E("\xe0\x9f\xbf", "\\xe0\\x9f\\xbf");
	E("\xf0\x8f\xbf\xbf", "\\xf0\\x8f\\xbf\\xbf");
	E("\xed\xa0\x80\xed\xbf\xbf", "\\xed\\xa0\\x80\\xed\\xbf\\xbf");
	E("\xf4\x90\x80\x80", "\\xf4\\x90\\x80\\x80");
	E("\xf8\x88\x80\x80\x80", "\\xf8\\x88\\x80\\x80\\x80");
}

static void nothing_is_cut_within_an_escape(void **state)
{
	static const char bytes[] = "a\xc3\xa9\n\xf0\x9f\x93\xb6\xe2\x80\xaez";
	char whole[ESCAPED_SIZE(sizeof(bytes))], *part;
	/* where the whole may be cut */
	static const size_t ends[] = { 0, 1, 3, 7, 11, 23, 24 };

	(void)state;
	escape(whole, sizeof(whole), bytes, sizeof(bytes) - 1);
	assert_int_equal(strlen(whole), 24);
	for (size_t size = 1; size <= 26; size++) {
		size_t want = 0;

		part = malloc(size);
		escape(part, size, bytes, sizeof(bytes) - 1);
		for (size_t n = 0; n < ARRAY_SIZE(ends); n++)
			if (ends[n] < size)
				want = ends[n];
		assert_int_equal(strlen(part), want);
		assert_memory_equal(part, whole, want);
		free(part);
	}
}

static void random_strings_are_escaped_and_can_be_told_apart(void **state)
{
	struct writer out, raw;
	uint8_t buf[LEN_MAX];
	char text[ESCAPED_SIZE(LEN_MAX)];

	(void)state;
	print_message("# seed %u\n", SEED);
	scratch_open(&out);
	scratch_open(&raw);
	seed = SEED;
	for (unsigned int n = 0; n < STRINGS; n++) {
		size_t len = random_string(buf, n), size = n % 7 ? sizeof(text) : len + 1;

		escape(text, size, buf, len);
		put_hex(raw.f, buf, len);
		put_hex(out.f, text, strlen(text));
	}
	judge(PY_RAW "back = lambda m: bytes([int(m.group(1), 16)])\n"
		     "n = 0\n"
		     "for r, l in zip(raw, open(sys.argv[1])):\n"
		     "    o = bytes.fromhex(l)\n"
		     "    s = o.decode(\"utf-8\", \"strict\")\n"
		     "    assert not any(map(bad, s)) and chr(34) not in s, (r, o)\n"
		     "    u = re.sub(rb\"\\\\x([0-9a-f]{2})\", back, o)\n"
		     "    assert (u == r) if n % 7 else r.startswith(u), (r, o)\n"
		     "    n += 1\n"
		     "assert n == 3000, n\n",
	      &out, &raw);
	scratch_close(&out);
	scratch_close(&raw);
}

static void colours_are_written_only_if_wanted(void **state)
{
	struct writer s;
	struct text t = { 0 };
	char *text;

	(void)state;
	scratch_open(&s);
	t.f = s.f;
	paint(&t, COLOUR_NAME);
	t.colour = true;
	paint(&t, COLOUR_WARN);
	paint(&t, COLOUR_OFF);
	text = scratch_text(&s);
	assert_string_equal(text, "\033[1;31m\033[0m");
	free(text);
	scratch_close(&s);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(random_strings_survive_json),
	cmocka_unit_test(random_strings_survive_pretty_json),
	cmocka_unit_test(jq_takes_the_strings_too),
	cmocka_unit_test(random_trees_parse_and_have_their_shape),
	cmocka_unit_test(every_writer_exactly),
	cmocka_unit_test(every_writer_exactly_pretty),
	cmocka_unit_test(numbers_of_every_length),
	cmocka_unit_test(values_of_every_length),
	cmocka_unit_test(printable_utf8_is_kept),
	cmocka_unit_test(controls_and_quotes_are_escaped),
	cmocka_unit_test(invisible_and_reordering_characters_are_escaped),
	cmocka_unit_test(malformed_utf8_is_escaped),
	cmocka_unit_test(nothing_is_cut_within_an_escape),
	cmocka_unit_test(random_strings_are_escaped_and_can_be_told_apart),
	cmocka_unit_test(colours_are_written_only_if_wanted),
};

int main(void)
{
	return cmocka_run_group_tests(tests, NULL, NULL);
}
