/* SPDX-License-Identifier: ISC */
/* check: a phy. Its driver, what that can do, the regulatory domain, and what blocks it. */
#include <string.h>

#include "check.h"

#define BIT(n) (1u << (n))

/* ---- the driver ---- */

static bool has_links(const struct checkup *c)
{
	return c->ctx->dialect == DIALECT_RFC ? c->caps.wiphy.ext_feature_55 : c->caps.wiphy.mlo;
}

static void add_driver(struct checkup *c, struct finding *f)
{
	char driver[NAME_LEN_MAX], text[ESCAPED_SIZE(NAME_LEN_MAX)];

	if (sysfs_link(driver, sizeof(driver), "class/ieee80211/%s/device/driver", f->phy))
		add_fact(f, "driver %s; ", escape(text, sizeof(text), driver, strlen(driver)));
	else
		add_fact(f, "/sys does not tell the driver; ");
	if (c->ctx->dialect == DIALECT_RFC)
		add_fact(f, "ext feature %u is %sset", RFC_EXT_FEATURE_MLO,
			 c->caps.wiphy.ext_feature_55 ? "" : "not ");
	else
		add_fact(f, "MLO_SUPPORT is %sset", c->caps.wiphy.mlo ? "" : "not ");
}

/* Parameters that take Wi-Fi 7 away, of the driver that has such. */
static void add_parameters(struct finding *f)
{
	static const char *const names[] = { "disable_11ax", "disable_11be" };
	char driver[NAME_LEN_MAX], value[4];

	if (!sysfs_link(driver, sizeof(driver), "class/ieee80211/%s/device/driver", f->phy) ||
	    strcmp(driver, "iwlwifi") != 0)
		return;
	for (size_t n = 0; n < ARRAY_SIZE(names); n++)
		if (sysfs_read(value, sizeof(value), "module/iwlwifi/parameters/%s", names[n]) &&
		    *value == 'Y') {
			add_fact(f, "; iwlwifi.%s is set", names[n]);
			add_next(f, "%sload iwlwifi without %s", *f->next ? "; " : "", names[n]);
		}
}

static void check_driver(struct checkup *c)
{
	enum dialect d = c->ctx->dialect;
	struct finding *f;

	if (d != DIALECT_LINKS && d != DIALECT_RFC)
		f = found(c, "driver", CHECK_ATTENTION,
			  "whether it supports MLO, this kernel does not tell");
	else if (has_links(c))
		f = found(c, "driver", CHECK_OK, "it supports MLO");
	else
		f = found(c, "driver", CHECK_PROBLEM, "it does not support MLO on this device");
	add_driver(c, f);
	if (f->verdict != CHECK_PROBLEM)
		return;
	add_parameters(f);
	if (!*f->next)
		add_next(
			f,
			"a Wi-Fi 7 device; if this is one, a newer kernel or newer firmware: some drivers "
			"have MLO only where the firmware has");
}

/* ---- what it can be ---- */

static void check_types(struct checkup *c)
{
	bool sta = c->caps.wiphy.iftypes & BIT(NL80211_IFTYPE_STATION);
	bool ap = c->caps.wiphy.iftypes & BIT(NL80211_IFTYPE_AP);
	char words[IFTYPES_TEXT];
	struct finding *f;

	if (c->ctx->dialect == DIALECT_RFC)
		f = c->caps.wiphy.iftypes & BIT(RFC_IFTYPE_MLO_LINK_DEVICE)
			    ? found(c, "types", CHECK_OK, "link devices can be made")
			    : found(c, "types", CHECK_PROBLEM, "link devices cannot be made");
	else if (sta && ap)
		f = found(c, "types", CHECK_OK, "stations and access points can be made");
	else if (sta || ap)
		f = found(c, "types", CHECK_OK, "%s can be made, %s cannot",
			  sta ? "stations" : "access points", sta ? "access points" : "stations");
	else
		f = found(c, "types", CHECK_PROBLEM,
			  "neither stations nor access points can be made");
	iftype_words(words, c->caps.wiphy.iftypes, c->ctx->dialect);
	add_fact(f, "GET_WIPHY lists %s", words);
}

/* The most channels at a time that any of the combinations allows; 0: none tells. */
static uint32_t most_channels(const struct wiphy_caps *c)
{
	const struct combination *v = c->n_radios ? c->combinations : c->wiphy.combinations;
	int n_all = c->n_radios ? c->n_combinations : c->wiphy.n_combinations;
	uint32_t most = 0;

	for (int n = 0; n < n_all; n++)
		if (v[n].channels > most)
			most = v[n].channels;
	return most;
}

static void check_combinations(struct checkup *c)
{
	uint32_t most = most_channels(&c->caps);
	struct finding *f;
	unsigned int n;

	if (most > 1)
		f = found(c, "channels", CHECK_OK, "it can be on %u channels at a time", most);
	else if (most)
		f = found(c, "channels", CHECK_ATTENTION,
			  "it can be on one channel at a time, with all active links");
	else
		f = found(c, "channels", CHECK_ATTENTION,
			  "on how many channels it can be at a time is not told");
	n = c->caps.n_radios ? c->caps.n_combinations : c->caps.wiphy.n_combinations;
	add_fact(f, "GET_WIPHY lists %u interface combination%s", n, n == 1 ? "" : "s");
	if (c->caps.n_radios)
		add_fact(f, " of %u radios", c->caps.n_radios);
}

/* ---- EML and MLD capabilities ---- */

static void add_eml(struct finding *f, uint16_t raw)
{
	struct eml_capabilities eml = decode_eml_capabilities(raw);

	add_fact(f, "EML 0x%04x%s, ", raw,
		 eml.emlsr && eml.emlmr ? " (EMLSR, EMLMR)"
		 : eml.emlsr		? " (EMLSR)"
		 : eml.emlmr		? " (EMLMR)"
					: "");
}

static void add_mld(struct finding *f, uint16_t raw)
{
	static const char *const ttlm[] = { "none", "the same links for all TIDs", "reserved",
					    "any links" };
	/* what is shown of it is the same in every frame */
	struct mld_capabilities mld = decode_mld_capabilities(raw, FRAME_UNKNOWN);

	add_fact(f, "MLD 0x%04x (%u link%s at a time; TID-to-link mapping: %s%s)", raw,
		 mld.max_simultaneous_links, mld.max_simultaneous_links == 1 ? "" : "s",
		 ttlm[mld.ttlm], mld.link_reconfiguration ? "; reconfiguration" : "");
}

static void add_capabilities(struct checkup *c, struct finding *f)
{
	char type[IFTYPE_TEXT];

	for (int n = 0; n < c->caps.n_iftypes; n++) {
		const struct iftype_caps *i = &c->caps.iftypes[n];

		if (!i->has_mld)
			continue;
		add_fact(f, "%s%s: ", *f->fact ? ". " : "",
			 iftype_name(type, i->iftype, c->ctx->dialect));
		if (i->has_eml)
			add_eml(f, i->eml);
		add_mld(f, i->mld);
	}
	if (!*f->fact)
		add_fact(f, "GET_WIPHY has no MLD capabilities of any type");
}

static const struct iftype_caps *caps_of(const struct wiphy_caps *c, uint32_t iftype)
{
	for (int n = 0; n < c->n_iftypes; n++)
		if (c->iftypes[n].iftype == iftype && c->iftypes[n].has_mld)
			return &c->iftypes[n];
	return NULL;
}

unsigned int links_at_a_time(const struct wiphy_caps *c, uint32_t iftype)
{
	const struct iftype_caps *i = caps_of(c, iftype);

	return i ? decode_mld_capabilities(i->mld, FRAME_ASSOC_REQUEST).max_simultaneous_links : 0;
}

static void check_capabilities(struct checkup *c)
{
	const struct iftype_caps *sta = caps_of(&c->caps, NL80211_IFTYPE_STATION);
	bool emlsr = sta && decode_eml_capabilities(sta->eml).emlsr;
	unsigned int most = links_at_a_time(&c->caps, NL80211_IFTYPE_STATION);
	struct finding *f;

	if (most > 1)
		f = found(c, "capabilities", CHECK_OK, "a station uses up to %u links at a time",
			  most);
	else if (sta)
		f = found(c, "capabilities", CHECK_ATTENTION, "a station uses one link at a time%s",
			  emlsr ? ", which it changes by EMLSR" : "");
	else
		f = found(c, "capabilities", CHECK_ATTENTION,
			  "how many links a station uses at a time is not told");
	add_capabilities(c, f);
}

/* ---- bands ---- */

static unsigned int enabled(const struct band_caps *b)
{
	return b->channels - b->disabled;
}

static void check_bands(struct checkup *c)
{
	static const unsigned int bands[] = { NL80211_BAND_2GHZ, NL80211_BAND_5GHZ,
					      NL80211_BAND_6GHZ };
	struct finding *f;
	int open = 0;

	for (size_t n = 0; n < ARRAY_SIZE(bands); n++)
		open += enabled(&c->caps.bands[bands[n]]) > 0;
	if (open > 1)
		f = found(c, "bands", CHECK_OK, "%d bands are open", open);
	else if (open && c->ctx->dialect == DIALECT_RFC)
		f = found(c, "bands", CHECK_OK, "one band is open; links may be of other phys");
	else if (open)
		f = found(c, "bands", CHECK_ATTENTION,
			  "one band is open: all links have to be there");
	else
		f = found(c, "bands", CHECK_PROBLEM, "no band is open: every channel is disabled");
	for (size_t n = 0; n < ARRAY_SIZE(bands); n++) {
		const struct band_caps *b = &c->caps.bands[bands[n]];

		if (b->channels)
			add_fact(f, "%s%u of %u at %s",
				 *f->fact ? ", " : "channels enabled: ", enabled(b), b->channels,
				 band_word(bands[n]));
	}
	if (!*f->fact)
		add_fact(f, "GET_WIPHY lists no channel");
}

/* ---- the regulatory domain ---- */

/* NULL: the kernel has none. */
static const struct regdom *regdom_of_phy(const struct checkup *c)
{
	const struct regdom *global = NULL;

	for (size_t n = 0; n < c->regdoms.n; n++) {
		const struct regdom *d = &c->regdoms.v[n];

		if (d->has_wiphy && d->wiphy == c->wiphy->index)
			return d;
		if (!d->has_wiphy)
			global = d;
	}
	return global;
}

static void add_domain(struct finding *f, const struct regdom *d)
{
	char text[ESCAPED_SIZE(2)];

	add_fact(f, "GET_REG: %s domain, country %s",
		 d->self_managed ? "the driver's own"
		 : d->has_wiphy	 ? "the phy's own"
				 : "the global",
		 *d->country ? escape(text, sizeof(text), d->country, 2) : "not told");
	if (dfs_region_word(d->dfs_region))
		add_fact(f, ", DFS %s", dfs_region_word(d->dfs_region));
}

static void add_how_to_set(struct finding *f, const struct regdom *d)
{
	if (d && d->self_managed)
		add_next(f, "it is the driver's to know the country: it cannot be set");
	else
		add_next(f, "\"iw-mlo reg set CC\" asks for the domain of country CC");
}

static void check_regdomain(struct checkup *c)
{
	const struct regdom *d = regdom_of_phy(c);
	char text[ESCAPED_SIZE(2)];
	struct finding *f;

	if (!d || !*d->country) {
		f = found(c, "regdomain", CHECK_ATTENTION, "the kernel tells of no country");
		add_fact(f, d ? "GET_REG has none" : "GET_REG tells of no domain");
		return;
	}
	if (!strcmp(d->country, "00"))
		f = found(c, "regdomain", CHECK_ATTENTION,
			  "no country is set: only what every country allows is open");
	else if (!strcmp(d->country, "98"))
		f = found(c, "regdomain", CHECK_ATTENTION,
			  "several countries were told: only what all of them allow is open");
	else if (!strcmp(d->country, "99"))
		f = found(c, "regdomain", CHECK_OK, "the driver has a domain of its own");
	else
		f = found(c, "regdomain", CHECK_OK, "the country is %s",
			  escape(text, sizeof(text), d->country, 2));
	add_domain(f, d);
	if (f->verdict != CHECK_OK)
		add_how_to_set(f, d);
}

/* ---- 6 GHz ---- */

#define SIX_GHZ_START 5945000 /* kHz */
#define SIX_GHZ_END   7125000

/* Adds the ranges there that the domain has a rule for; false: there is none. */
static bool add_six_ghz_rules(struct finding *f, const struct regdom *d)
{
	bool any = false;

	for (int n = 0; n < d->n_rules; n++) {
		const struct reg_rule *r = &d->rules[n];

		if (!r->has_range || r->start_khz >= SIX_GHZ_END || r->end_khz <= SIX_GHZ_START)
			continue;
		add_fact(f, "%s %u-%u MHz", any ? "," : "; but the domain has rules for",
			 r->start_khz / 1000, r->end_khz / 1000);
		any = true;
	}
	return any;
}

static void explain_closed(struct checkup *c, struct finding *f)
{
	const struct regdom *d = regdom_of_phy(c);
	char text[ESCAPED_SIZE(2)];

	if (d && (add_six_ghz_rules(f, d) || d->more_rules)) {
		add_next(f, "the driver, or its firmware, keeps it closed: why, the kernel does "
			    "not tell");
		return;
	}
	if (d && *d->country)
		add_fact(f, "; the domain of %s has no rule there",
			 escape(text, sizeof(text), d->country, 2));
	add_how_to_set(f, d);
}

static void add_limits(struct finding *f, const struct band_caps *b)
{
	add_fact(f, ", %u-%u MHz", b->first_enabled_mhz, b->last_enabled_mhz);
	if (b->no_ir)
		add_fact(f, "; %u of them to listen first (no-ir)", b->no_ir);
	if (b->no_eht)
		add_fact(f, "; %u of them without Wi-Fi 7 (no-eht)", b->no_eht);
}

static void check_six_ghz(struct checkup *c)
{
	const struct band_caps *six = &c->caps.bands[NL80211_BAND_6GHZ];
	struct finding *f;

	if (!six->channels) {
		f = found(c, "6ghz", CHECK_ATTENTION,
			  "the driver has no such band for this device");
		add_fact(f, "GET_WIPHY lists no channel there");
		return;
	}
	if (!enabled(six))
		f = found(c, "6ghz", CHECK_ATTENTION, "the band is closed: no link can be there");
	else if (six->no_eht == enabled(six))
		f = found(c, "6ghz", CHECK_ATTENTION,
			  "the band is open, but not to Wi-Fi 7: no link can be there");
	else if (six->no_ir == enabled(six))
		f = found(c, "6ghz", CHECK_ATTENTION,
			  "the band is open to listen: an AP must be heard first, and none be "
			  "started");
	else
		f = found(c, "6ghz", CHECK_OK, "the band is open");
	add_fact(f, "%u of %u channels enabled", enabled(six), six->channels);
	if (!enabled(six))
		explain_closed(c, f);
	else
		add_limits(f, six);
}

/* ---- blocks ---- */

static void add_reasons(struct finding *f, const struct rfkill *r)
{
	const char *before = " ";

	add_fact(f, "rfkill%u: soft %s, hard %s", r->index, r->soft ? "yes" : "no",
		 r->hard ? "yes:" : "no");
	if (r->hard && (!r->has_reasons || !r->reasons))
		add_fact(f, " the reason is not told");
	for (unsigned int bit = 0; r->hard && r->has_reasons && bit < 8; bit++) {
		if (!(r->reasons >> bit & 1))
			continue;
		if (rfkill_reason(bit))
			add_fact(f, "%s%s", before, rfkill_reason(bit));
		else
			add_fact(f, "%sreason-0x%x", before, 1u << bit);
		before = ", ";
	}
}

static void check_blocks(struct checkup *c, const struct rfkill *r)
{
	bool other = r->hard && (rfkill_is_owned(r) || r->reasons & ~BIT(1));
	struct finding *f;

	if (!r->soft && !r->hard)
		f = found(c, "rfkill", CHECK_OK, "the radio is not blocked");
	else
		f = found(c, "rfkill", CHECK_PROBLEM, "the radio is blocked");
	add_reasons(f, r);
	if (r->soft)
		add_next(f, "\"rfkill unblock %u\"", r->index);
	if (other)
		add_next(f, "%sthe radio's switch, or the firmware's setup", *f->next ? "; " : "");
	if (!rfkill_is_owned(r) && !c->caps.wiphy.csme_ownership)
		add_next(f,
			 "%sanother system owns the device, and the driver has no command to "
			 "ask for it",
			 *f->next ? "; " : "");
}

/* An interface of the phy at hand, for commands that can be tried as they stand. */
static const char *any_iface(const struct checkup *c, char name[ESCAPED_SIZE(NAME_LEN_MAX)])
{
	for (size_t n = 0; n < c->ifaces.n; n++) {
		const struct iface *i = &c->ifaces.v[n];

		if (i->wiphy == c->wiphy->index && *i->name)
			return escape(name, ESCAPED_SIZE(NAME_LEN_MAX), i->name, strlen(i->name));
	}
	return "DEV";
}

static void check_csme(struct checkup *c, const struct rfkill *r)
{
	char buf[ESCAPED_SIZE(NAME_LEN_MAX)];
	const char *name = any_iface(c, buf);
	struct finding *f;

	if (!c->caps.wiphy.csme_ownership)
		return;
	if (!r) {
		f = found(c, "csme", CHECK_ATTENTION,
			  "whether Intel's CSME firmware has the device cannot be told");
		add_fact(f, "/sys shows no rfkill device of this phy");
		return;
	}
	if (rfkill_is_owned(r))
		f = found(c, "csme", CHECK_OK, "Intel's CSME firmware does not block the device");
	else
		f = found(c, "csme", CHECK_PROBLEM, "Intel's CSME firmware has the device");
	add_fact(f, "the driver has its commands; rfkill%u is %sblocked as not-owner", r->index,
		 rfkill_is_owned(r) ? "not " : "");
	if (f->verdict == CHECK_PROBLEM)
		add_next(f,
			 "\"iw-mlo dev %s csme info\" shows its connection, \"iw-mlo dev %s csme "
			 "takeover\" takes it over",
			 name, name);
}

static void check_rfkill(struct checkup *c)
{
	struct finding *f;
	struct rfkill r;
	uint32_t index;

	if (rfkill_find(c->wiphy->index, &index) && rfkill_read(index, &r)) {
		check_blocks(c, &r);
		check_csme(c, &r);
		return;
	}
	if (sysfs_exists("class/ieee80211/%s", c->wiphy->name) && !sysfs_exists("class/rfkill")) {
		f = found(c, "rfkill", CHECK_OK, "this kernel has no rfkill to block the radio");
		add_fact(f, "/sys has no class of it");
	} else {
		f = found(c, "rfkill", CHECK_ATTENTION,
			  "whether the radio is blocked cannot be told");
		add_fact(f, "/sys shows no rfkill device of this phy");
		add_next(f, "is /sys that of this network namespace?");
	}
	check_csme(c, NULL);
}

/* ---- all of it ---- */

void check_phy(struct checkup *c)
{
	check_driver(c);
	check_types(c);
	if (c->ctx->dialect == DIALECT_LINKS && c->caps.wiphy.mlo) {
		check_combinations(c);
		check_capabilities(c);
	}
	check_bands(c);
	check_six_ghz(c);
	check_regdomain(c);
	check_rfkill(c);
}
