/* SPDX-License-Identifier: ISC */
/* The attributes of a message, through the decoder that the first byte chooses. */
#include "../../iw-mlo.h"
#include "fuzz.h"

static void check_name(const char name[NAME_LEN_MAX])
{
	must(strnlen(name, NAME_LEN_MAX) < NAME_LEN_MAX);
}

static void check_iface(const struct iface *i)
{
	check_name(i->name);
	must(i->ssid_len <= SSID_LEN_MAX && i->n_links <= LINKS_MAX);
	for (int n = 0; n < i->n_links; n++) {
		must(i->links[n].id <= LINK_ID_MAX);
		must(!n || i->links[n].id > i->links[n - 1].id);
		must(iface_link(i, i->links[n].id) == &i->links[n]);
	}
}

static void fuzz_iface(const struct attrs *a, uint8_t choice)
{
	struct iface i;

	(void)choice;
	if (decode_iface(a, &i))
		check_iface(&i);
}

static void fuzz_wiphy(const struct attrs *a, uint8_t choice)
{
	struct wiphy_caps caps = { 0 };
	struct channel_list channels = { 0 };
	struct regdom d;
	struct wiphy w = { 0 };
	uint32_t index;

	(void)choice;
	decode_wiphy_index(a, &index);
	decode_wiphy(a, &w);
	check_name(w.name);
	must(w.n_combinations <= COMBINATIONS_MAX);
	for (int n = 0; n < w.n_combinations; n++)
		must(w.combinations[n].n_limits <= LIMITS_MAX);
	decode_wiphy_caps(a, &caps);
	must(caps.n_iftypes <= IFTYPE_CAPS_MAX && caps.n_radios <= RADIOS_MAX);
	decode_wiphy_channels(a, &channels);
	must(channels.n <= CHANNELS_MAX);
	decode_regdom(a, &d);
	must(d.n_rules <= REG_RULES_MAX);
}

static void fuzz_event(const struct attrs *a, uint8_t choice)
{
	static const uint8_t cmds[] = { NL80211_CMD_NEW_INTERFACE, NL80211_CMD_CONNECT,
					NL80211_CMD_ROAM, NL80211_CMD_DISCONNECT };
	struct event e;

	if (!decode_event(cmds[choice & 3], a, (enum dialect)((choice >> 2) % 5), &e))
		return;
	check_iface(&e.iface);
	must(e.n_links <= LINKS_MAX);
	for (int n = 0; n < e.n_links; n++)
		must(!e.links[n].has_id || e.links[n].id <= LINK_ID_MAX);
}

static void fuzz_family(const struct attrs *a, uint8_t choice)
{
	struct family f = { 0 };
	struct policy p = { 0 };

	if (decode_family(a, &f))
		family_has(&f, choice);
	decode_policy(a, &p);
}

static void fuzz_bss(const struct attrs *a, uint8_t choice)
{
	struct bytes message = { (const uint8_t *)a->head, (size_t)a->len };
	struct bss b;

	(void)choice;
	if (!decode_bss(a, &b))
		return;
	must(!b.elements.len || is_within(b.elements, message));
	must(!b.beacon_elements.len || is_within(b.beacon_elements, message));
}

static void fuzz_csme(const struct attrs *a, uint8_t choice)
{
	struct csme_connection c;
	struct csme_roaming r;

	(void)choice;
	decode_csme_connection(a, &c);
	decode_csme_roaming(a, &r);
	must(!(c.has & c.malformed));
	must(c.ssid_len <= SSID_LEN_MAX);
}

static void fuzz_ext_ack(const struct attrs *a, uint8_t choice)
{
	struct refusal r = { 0 };

	(void)choice;
	decode_ext_ack(a->head, (size_t)a->len, &r);
	must(strnlen(r.text, sizeof(r.text)) < sizeof(r.text));
}

/* A request as somebody else might have sent it, in words and looked up by offset. */
static void fuzz_message(const struct attrs *a, uint8_t choice)
{
	size_t len;
	char *out;
	FILE *f = open_memstream(&out, &len);
	struct json j = { .f = f };
	struct nlmsghdr *nlh = (void *)(uintptr_t)a->head;

	if (a->len >= NLMSG_HDRLEN + 4) {
		nlh->nlmsg_len = (uint32_t)a->len; /* as it is received */
		attribute_at(nlh, choice);
		text_message(f, nlh);
		json_message(&j, nlh);
	}
	fclose(f);
	must(is_utf8(out, len));
	free(out);
}

static void (*const targets[])(const struct attrs *a, uint8_t choice) = {
	fuzz_iface, fuzz_wiphy,	  fuzz_event,	fuzz_family,
	fuzz_bss,   fuzz_ext_ack, fuzz_message, fuzz_csme,
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes input = { data, size };
	uint8_t target = take_choice(&input), choice = take_choice(&input);
	void *aligned = malloc(input.len + !input.len); /* as netlink messages are */
	struct attrs a = { aligned, (int)input.len };

	must(aligned);
	if (input.len)
		memcpy(aligned, input.p, input.len);
	targets[target % ARRAY_SIZE(targets)](&a, choice);
	free(aligned);
	return 0;
}
