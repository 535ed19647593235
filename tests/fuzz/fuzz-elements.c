/* SPDX-License-Identifier: ISC */
/* Every element in text and in JSON; the first byte chooses the frame and the band. */
#include "../../cmds/show-elements.h"
#include "fuzz.h"

/* Strings end, brackets match, and there are no control characters: enough to be read as JSON. */
static void check_json(const char *p, size_t len)
{
	char open[64];
	unsigned int depth = 0;
	bool in_string = false;

	for (size_t i = 0; i < len; i++) {
		must((uint8_t)p[i] >= 0x20 || (p[i] == '\n' && i == len - 1));
		if (p[i] == '\\')
			i++;
		else if (p[i] == '"')
			in_string = !in_string;
		else if (!in_string && (p[i] == '{' || p[i] == '['))
			open[depth++] = p[i];
		else if (!in_string && (p[i] == '}' || p[i] == ']'))
			must(depth && open[--depth] == p[i] - 2);
		must(depth < sizeof(open));
		must(in_string || i == 0 || p[i] != ',' || !strchr("{[,:", p[i - 1]));
	}
	must(!depth && !in_string);
}

/* Nothing but lines of what can be seen. */
static void check_text(const char *p, size_t len)
{
	must(!len || p[len - 1] == '\n');
	for (size_t i = 0; i < len; i++)
		must((uint8_t)p[i] >= 0x20 || p[i] == '\n' || p[i] == '\t');
}

static void show_one(bool json, struct bytes input, const struct element_env *env)
{
	size_t len;
	char *out;
	FILE *f = open_memstream(&out, &len);
	struct json j = { .f = f };
	struct text t = { .f = f };

	must(f);
	if (json) {
		json_open(&j, NULL, '{');
		json_elements(&j, "elements", input, env);
		json_close(&j, '}');
		must(j.depth == 0);
	} else {
		text_elements(&t, 1, input, env);
	}
	fclose(f);
	must(is_utf8(out, len));
	if (json)
		check_json(out, len);
	else
		check_text(out, len);
	free(out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const uint32_t freqs[] = { 0, 2437, 5180, 5975 };
	struct bytes input = { data, size };
	uint8_t choice = take_choice(&input);
	struct element_env env = {
		.frame = (enum frame)(choice % (FRAME_ASSOC_RESPONSE + 1)),
		.freq = freqs[choice >> 6],
		.scratch = scratch_for(input.len),
	};

	show_one(true, input, &env);
	show_one(false, input, &env);
	free(env.scratch.p);
	return 0;
}
