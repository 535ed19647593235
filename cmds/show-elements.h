/* SPDX-License-Identifier: ISC */
/* Elements in text and in JSON: what the renderers of elements and their callers share. */
#ifndef SHOW_ELEMENTS_H
#define SHOW_ELEMENTS_H

#include "../elements.h"
#include "../iw-mlo.h"

/* What an element's meaning depends on beyond its own bytes. */
struct element_env {
	enum frame frame;
	uint32_t freq;		/* MHz: of the channel that the elements speak of; 0: unknown */
	struct scratch scratch; /* SCRATCH_SIZE() of all elements; free again after each call */
	struct bytes elements;	/* those that stand together: set by json_elements() */
	bool brief;		/* what is not decoded is told by its length, not in hex */
	const struct element_env *outer; /* what a complete profile inherits from; NULL: nothing */
	bool in_profile;		 /* of a link, where no Multi-Link element may be */
	bool nested; /* in any profile, where Multiple BSSID elements are not looked into */
};

/*
 * The body, up to its first fragment, of the first such element, which a profile may inherit from
 * the frame. false: there is none.
 */
bool env_find(const struct element_env *env, uint8_t id, int ext, struct bytes *body);

/*
 * An array with an object for each element: "id", "ext_id", "name", and either what its decoder
 * understood or "len" and "hex". "malformed" says why something is missing, "hex" is there then,
 * too. Without any element the key is left out.
 */
void json_elements(struct json *j, const char *key, struct bytes elements,
		   const struct element_env *env);
/* Lines that begin with level tabs, those within an element with more. */
void text_elements(const struct text *t, unsigned int level, struct bytes elements,
		   const struct element_env *env);

/*
 * How an element is shown; the table of them is in show-elements.c. Both functions show what can be
 * decoded of the body (fragments joined) and return NULL, or, in a few words, what is malformed,
 * which the caller shows. text: goes on in the line that begins with the name, ends it, and may add
 * lines with level + 1 tabs. json: adds members to the element's object, which has "id", "ext_id"
 * and "name" already.
 */
typedef const char *element_text(const struct text *t, unsigned int level, struct bytes body,
				 const struct element_env *env);
typedef const char *element_json(struct json *j, struct bytes body, const struct element_env *env);
struct element_view {
	uint8_t id;
	int16_t ext;	    /* NO_EXT: none */
	char name[30];	    /* as IEEE Std 802.11 has it, or shorter */
	element_text *text; /* NULL: not decoded */
	element_json *json;
};

void text_indent(const struct text *t, unsigned int level);
/* "12 bytes 0a0b0c...", end of line. */
void text_hex(const struct text *t, struct bytes b);
/* The same of what has no decoder: in brief, "12 bytes". */
void text_undecoded(const struct text *t, struct bytes b, const struct element_env *env);
/* Tabs, "malformed: why", end of line. */
void text_malformed(const struct text *t, unsigned int level, const char *why);

/* ---- show-elements-bss.c: registered in the table of show-elements.c ---- */

element_text text_ssid, text_rates, text_ds_parameter_set, text_tim, text_country, text_bss_load,
	text_channel_switch, text_ext_channel_switch, text_max_channel_switch_time,
	text_ht_capabilities, text_ht_operation, text_vht_capabilities, text_vht_operation,
	text_he_capabilities, text_he_operation, text_he_6ghz_capabilities, text_eht_operation,
	text_bandwidth_indication, text_eht_capabilities, text_multiple_bssid,
	text_ext_capabilities, text_tx_power_envelope, text_rsn, text_rsn_extension, text_vendor;
element_json json_ssid, json_rates, json_ds_parameter_set, json_tim, json_country, json_bss_load,
	json_channel_switch, json_ext_channel_switch, json_max_channel_switch_time,
	json_ht_capabilities, json_ht_operation, json_vht_capabilities, json_vht_operation,
	json_he_capabilities, json_he_operation, json_he_6ghz_capabilities, json_eht_operation,
	json_bandwidth_indication, json_eht_capabilities, json_multiple_bssid,
	json_ext_capabilities, json_tx_power_envelope, json_rsn, json_rsn_extension, json_vendor;

/* ---- show-elements-mlo.c ---- */

element_text text_multi_link, text_non_inheritance, text_rnr, text_ttlm;
element_json json_multi_link, json_non_inheritance, json_rnr, json_ttlm;

/* Fields of Multi-Link elements, and of wiphys: a line of text, an object with a key. */
void text_eml(const struct text *t, struct eml_capabilities c);
void text_mld(const struct text *t, struct mld_capabilities c);
void text_ext_mld(const struct text *t, struct ext_mld_capabilities c);
void json_eml(struct json *j, struct eml_capabilities c);
void json_mld(struct json *j, struct mld_capabilities c, enum frame frame);
void json_ext_mld(struct json *j, struct ext_mld_capabilities c);

#endif /* SHOW_ELEMENTS_H */
