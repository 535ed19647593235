/* SPDX-License-Identifier: ISC */
/* Requests and replies in words: for --debug, --dry-run, and the attribute that a refusal points
 * at. */
#include <ctype.h>
#include <inttypes.h>
#include <string.h>
#include <linux/genetlink.h>
#include <netlink/msg.h>

#include "iw-mlo.h"

static const char *const command_names[256] = {
/* clang-format off */
#define COMMAND(n) [NL80211_CMD_##n] = #n
	COMMAND(GET_WIPHY), COMMAND(SET_WIPHY), COMMAND(NEW_WIPHY), COMMAND(DEL_WIPHY),
	COMMAND(GET_INTERFACE), COMMAND(SET_INTERFACE), COMMAND(NEW_INTERFACE),
	COMMAND(DEL_INTERFACE), COMMAND(GET_SURVEY), COMMAND(NEW_SURVEY_RESULTS),
	COMMAND(GET_SCAN), COMMAND(GET_STATION), COMMAND(NEW_STATION), COMMAND(DEL_STATION),
	COMMAND(AUTHENTICATE), COMMAND(ASSOCIATE), COMMAND(DEAUTHENTICATE), COMMAND(TRIGGER_SCAN),
	COMMAND(SCAN_ABORTED), COMMAND(ABORT_SCAN), COMMAND(NEW_SCAN_RESULTS), COMMAND(START_AP),
	COMMAND(STOP_AP), COMMAND(CH_SWITCH_NOTIFY), COMMAND(CH_SWITCH_STARTED_NOTIFY),
	COMMAND(REQ_SET_REG), COMMAND(GET_REG), COMMAND(GET_KEY), COMMAND(REG_CHANGE), COMMAND(WIPHY_REG_CHANGE),
	COMMAND(LINKS_REMOVED), COMMAND(SET_TID_TO_LINK_MAPPING), COMMAND(ASSOC_MLO_RECONF),
	COMMAND(EPCS_CFG), COMMAND(CONNECT), COMMAND(ROAM), COMMAND(DISCONNECT), COMMAND(VENDOR),
	COMMAND(ADD_LINK), COMMAND(REMOVE_LINK), COMMAND(FRAME), COMMAND(FRAME_TX_STATUS),
	COMMAND(DISASSOCIATE), COMMAND(MICHAEL_MIC_FAILURE), COMMAND(JOIN_IBSS),
	COMMAND(SET_REKEY_OFFLOAD), COMMAND(NOTIFY_CQM), COMMAND(UNPROT_DEAUTHENTICATE),
	COMMAND(UNPROT_DISASSOCIATE), COMMAND(NEW_PEER_CANDIDATE), COMMAND(PMKSA_CANDIDATE),
	COMMAND(TDLS_OPER), COMMAND(UNEXPECTED_FRAME), COMMAND(PROBE_PEER),
	COMMAND(UNEXPECTED_4ADDR_FRAME), COMMAND(CONN_FAILED), COMMAND(FT_EVENT),
	COMMAND(PORT_AUTHORIZED), COMMAND(EXTERNAL_AUTH), COMMAND(STA_OPMODE_CHANGED),
	COMMAND(CONTROL_PORT_FRAME), COMMAND(UPDATE_OWE_INFO), COMMAND(UNPROT_BEACON),
	COMMAND(CONTROL_PORT_FRAME_TX_STATUS), COMMAND(ASSOC_COMEBACK), COMMAND(REG_BEACON_HINT),
	COMMAND(REMAIN_ON_CHANNEL), COMMAND(CANCEL_REMAIN_ON_CHANNEL), COMMAND(FRAME_WAIT_CANCEL),
	COMMAND(RADAR_DETECT), COMMAND(OBSS_COLOR_COLLISION), COMMAND(COLOR_CHANGE_STARTED),
	COMMAND(COLOR_CHANGE_ABORTED), COMMAND(COLOR_CHANGE_COMPLETED),
	COMMAND(INCUMBENT_SIGNAL_DETECT), COMMAND(TESTMODE), COMMAND(SET_WOWLAN),
	COMMAND(START_SCHED_SCAN), COMMAND(STOP_SCHED_SCAN), COMMAND(SCHED_SCAN_RESULTS),
	COMMAND(SCHED_SCAN_STOPPED), COMMAND(CRIT_PROTOCOL_STOP), COMMAND(PEER_MEASUREMENT_RESULT),
	COMMAND(PEER_MEASUREMENT_COMPLETE), COMMAND(DEL_NAN_FUNCTION), COMMAND(NAN_MATCH),
	COMMAND(NAN_NEXT_DW_NOTIFICATION), COMMAND(NAN_CLUSTER_JOINED),
	COMMAND(NAN_SCHED_UPDATE_DONE), COMMAND(NAN_ULW_UPDATE), COMMAND(NAN_CHANNEL_EVAC),
#undef COMMAND
	/* clang-format on */
};

static const struct {
	uint16_t type;
	enum form form;
	const char *name;
} attribute_names[] = {
/* clang-format off */
#define ATTRIBUTE(n, form) { NL80211_ATTR_##n, FORM_##form, #n }
	ATTRIBUTE(WIPHY, U32),
	ATTRIBUTE(WIPHY_NAME, NAME),
	ATTRIBUTE(IFINDEX, U32),
	ATTRIBUTE(IFNAME, NAME),
	ATTRIBUTE(IFTYPE, U32),
	ATTRIBUTE(MAC, MAC),
	ATTRIBUTE(WDEV, U64),
	ATTRIBUTE(SSID, BYTES),
	ATTRIBUTE(4ADDR, U8),
	ATTRIBUTE(GENERATION, U32),
	ATTRIBUTE(TXQ_STATS, HEX),
	ATTRIBUTE(VIF_RADIO_MASK, U32),
	ATTRIBUTE(WIPHY_FREQ, U32),
	ATTRIBUTE(WIPHY_CHANNEL_TYPE, U32),
	ATTRIBUTE(WIPHY_TX_POWER_LEVEL, S32),
	ATTRIBUTE(CHANNEL_WIDTH, U32),
	ATTRIBUTE(CENTER_FREQ1, U32),
	ATTRIBUTE(CENTER_FREQ2, U32),
	ATTRIBUTE(WIPHY_FREQ_OFFSET, U32),
	ATTRIBUTE(CENTER_FREQ1_OFFSET, U32),
	ATTRIBUTE(PUNCT_BITMAP, U32),
	ATTRIBUTE(BEACON_INTERVAL, U32),
	ATTRIBUTE(DTIM_PERIOD, U32),
	ATTRIBUTE(BEACON_HEAD, HEX),
	ATTRIBUTE(FRAME, HEX),
	ATTRIBUTE(AUTH_TYPE, U32),
	ATTRIBUTE(REASON_CODE, U16),
	ATTRIBUTE(TIMED_OUT, FLAG),
	ATTRIBUTE(DISCONNECTED_BY_AP, FLAG),
	ATTRIBUTE(STATUS_CODE, U16),
	ATTRIBUTE(REQ_IE, HEX),
	ATTRIBUTE(RESP_IE, HEX),
	ATTRIBUTE(BSSID, MAC),
	ATTRIBUTE(SUPPORTED_IFTYPES, HEX),
	ATTRIBUTE(SUPPORTED_COMMANDS, HEX),
	ATTRIBUTE(INTERFACE_COMBINATIONS, HEX),
	ATTRIBUTE(EXT_FEATURES, HEX),
	ATTRIBUTE(SOFTWARE_IFTYPES, HEX),
	ATTRIBUTE(SPLIT_WIPHY_DUMP, FLAG),
	ATTRIBUTE(WIPHY_BANDS, HEX),
	ATTRIBUTE(WIPHY_ANTENNA_AVAIL_TX, U32),
	ATTRIBUTE(WIPHY_ANTENNA_AVAIL_RX, U32),
	ATTRIBUTE(IFTYPE_EXT_CAPA, HEX),
	ATTRIBUTE(WIPHY_RADIOS, HEX),
	ATTRIBUTE(WIPHY_INTERFACE_COMBINATIONS, HEX),
	ATTRIBUTE(VENDOR_ID, U32),
	ATTRIBUTE(VENDOR_SUBCMD, U32),
	ATTRIBUTE(VENDOR_DATA, HEX),
	ATTRIBUTE(VENDOR_EVENTS, HEX),
	ATTRIBUTE(SURVEY_INFO, HEX),
	ATTRIBUTE(SCAN_FREQUENCIES, U32_LIST),
	ATTRIBUTE(SCAN_SSIDS, BYTES_LIST),
	ATTRIBUTE(SCAN_FLAGS, U32),
	ATTRIBUTE(SCAN_FREQ_KHZ, U32_LIST),
	ATTRIBUTE(REG_INITIATOR, U8),
	ATTRIBUTE(REG_TYPE, U8),
	ATTRIBUTE(COOKIE, U64),
	ATTRIBUTE(RADAR_EVENT, U32),
	ATTRIBUTE(RADAR_BACKGROUND, FLAG),
	ATTRIBUTE(CH_SWITCH_BLOCK_TX, FLAG),
	ATTRIBUTE(OBSS_COLOR_BITMAP, U64),
	ATTRIBUTE(COLOR_CHANGE_COUNT, U32),
	ATTRIBUTE(TIMEOUT_REASON, U32),
	ATTRIBUTE(ACK, FLAG),
	ATTRIBUTE(MLO_TTLM_DLINK, U16S),
	ATTRIBUTE(MLO_TTLM_ULINK, U16S),
	ATTRIBUTE(BSS, HEX),
	ATTRIBUTE(BSS_DUMP_INCLUDE_USE_DATA, FLAG),
	ATTRIBUTE(STA_INFO, HEX),
	ATTRIBUTE(STA_DUMP_LINK_STATS, FLAG),
	ATTRIBUTE(MLO_LINKS, ARRAY),
	ATTRIBUTE(MLO_LINK_ID, U8),
	ATTRIBUTE(MLD_ADDR, MAC),
	ATTRIBUTE(MLO_SUPPORT, FLAG),
	ATTRIBUTE(MLO_RECONF_REM_LINKS, U16),
	ATTRIBUTE(EPCS, FLAG),
	ATTRIBUTE(CH_SWITCH_COUNT, U32),
	ATTRIBUTE(REG_ALPHA2, NAME),
	ATTRIBUTE(REG_RULES, HEX),
	ATTRIBUTE(DFS_REGION, U8),
	ATTRIBUTE(USER_REG_HINT_TYPE, U32),
	ATTRIBUTE(WIPHY_SELF_MANAGED_REG, FLAG),
#undef ATTRIBUTE
	/* clang-format on */
};

const char *command_name(uint8_t cmd)
{
	return command_names[cmd];
}

const char *event_name(char buf[EVENT_NAME_TEXT], uint8_t cmd)
{
	const char *name = command_names[cmd];
	size_t n = 0;

	if (!name) {
		snprintf(buf, EVENT_NAME_TEXT, "command-%u", cmd);
		return buf;
	}
	for (; name[n]; n++)
		buf[n] = name[n] >= 'A' && name[n] <= 'Z' ? (char)(name[n] | 0x20) : name[n];
	buf[n] = '\0';
	return buf;
}

const char *attribute_name(uint16_t type)
{
	for (size_t i = 0; i < ARRAY_SIZE(attribute_names); i++)
		if (attribute_names[i].type == type)
			return attribute_names[i].name;
	return NULL;
}

enum form attribute_form(uint16_t type)
{
	for (size_t i = 0; i < ARRAY_SIZE(attribute_names); i++)
		if (attribute_names[i].type == type)
			return attribute_names[i].form;
	return FORM_HEX;
}

static struct attrs message_attrs(const struct nlmsghdr *nlh)
{
	return (struct attrs){ nlmsg_attrdata(nlh, GENL_HDRLEN), nlmsg_attrlen(nlh, GENL_HDRLEN) };
}

/* indexed: the list's types are no attributes, but the places in an array of nests. */
static uint16_t find_at(const struct attrs *list, const char *at, bool indexed)
{
	const struct nlattr *a;
	int rem;

	for_each_attr(a, list, rem) {
		enum form form = indexed ? FORM_NEST : attribute_form(attr_type(a));
		struct attrs inner = attr_nested(a);
		uint16_t found;

		if ((const char *)a == at)
			return indexed ? 0 : attr_type(a);
		if (form != FORM_NEST && form != FORM_ARRAY)
			continue;
		found = find_at(&inner, at, form == FORM_ARRAY);
		if (found)
			return found;
	}
	return 0;
}

uint16_t attribute_at(const struct nlmsghdr *nlh, uint32_t offset)
{
	struct attrs list = message_attrs(nlh);

	return find_at(&list, (const char *)nlh + offset, false);
}

/*
 * An attribute's value as a number. An array of nests is one level deep in all that nl80211 sends,
 * so the recursion of the printers below ends by the message's own lengths.
 */
static bool number(const struct nlattr *a, enum form form, uint64_t *v)
{
	uint8_t u8;
	uint16_t u16;
	uint32_t u32;

	if (form == FORM_U8 && attr_u8(a, &u8))
		*v = u8;
	else if (form == FORM_U16 && attr_u16(a, &u16))
		*v = u16;
	else if (form == FORM_U32 && attr_u32(a, &u32))
		*v = u32;
	else
		return form == FORM_U64 && attr_u64(a, v);
	return true;
}

static bool is_mac(const struct nlattr *a, enum form form, uint8_t mac[ADDR_LEN])
{
	return form == FORM_MAC && attr_mac(a, mac);
}

static void text_hex(FILE *f, const struct nlattr *a)
{
	const uint8_t *p = attr_data(a);

	putc(' ', f);
	for (size_t i = 0; i < attr_len(a); i++)
		fprintf(f, "%02x", p[i]);
}

static bool is_list(enum form form)
{
	return form == FORM_U16S || form == FORM_U32_LIST || form == FORM_BYTES_LIST;
}

static void text_item(FILE *f, const struct nlattr *a, enum form form)
{
	char text[ESCAPED_SIZE(NAME_LEN_MAX)];
	uint32_t u32;

	if (form == FORM_U32_LIST && attr_u32(a, &u32))
		fprintf(f, " %" PRIu32, u32);
	else if (form == FORM_U32_LIST)
		text_hex(f, a);
	else
		fprintf(f, " \"%s\"", escape(text, sizeof(text), attr_data(a), attr_len(a)));
}

/* " [ 2412 5180 ]" */
static void text_list(FILE *f, const struct nlattr *a, enum form form)
{
	const struct nlattr *item;
	int rem;

	fputs(" [", f);
	if (form == FORM_U16S)
		for (size_t n = 0; n < attr_len(a) / sizeof(uint16_t); n++)
			fprintf(f, " %u", ((const uint16_t *)attr_data(a))[n]);
	else
		for_each_nested(item, a, rem)
			text_item(f, item, form);
	fputs(" ]", f);
}

static void text_value(FILE *f, const struct nlattr *a, enum form form)
{
	char text[ESCAPED_SIZE(NAME_LEN_MAX)], name[NAME_LEN_MAX];
	uint8_t mac[ADDR_LEN];
	uint32_t u32;
	uint64_t v;

	if (number(a, form, &v))
		fprintf(f, " %" PRIu64, v);
	else if (is_list(form))
		text_list(f, a, form);
	else if (form == FORM_S32 && attr_u32(a, &u32))
		fprintf(f, " %" PRId32, (int32_t)u32);
	else if (is_mac(a, form, mac))
		fprintf(f, " %s", fmt_mac(text, mac));
	else if (form == FORM_NAME && attr_name(a, name))
		fprintf(f, " \"%s\"", escape(text, sizeof(text), name, strlen(name)));
	else if (form == FORM_BYTES)
		fprintf(f, " \"%s\"", escape(text, sizeof(text), attr_data(a), attr_len(a)));
	else if (attr_len(a) || form != FORM_FLAG)
		text_hex(f, a);
}

static void text_attrs(FILE *f, const struct attrs *list, bool indexed)
{
	const struct nlattr *a;
	int rem;

	for_each_attr(a, list, rem) {
		uint16_t type = attr_type(a);
		const char *name = indexed ? NULL : attribute_name(type);
		enum form form = indexed ? FORM_NEST : attribute_form(type);
		struct attrs inner = attr_nested(a);

		if (name)
			fprintf(f, " %s", name);
		else
			fprintf(f, indexed ? " %u" : " attribute-%u", type);
		if (form != FORM_NEST && form != FORM_ARRAY) {
			text_value(f, a, form);
			continue;
		}
		fputs(" {", f);
		text_attrs(f, &inner, form == FORM_ARRAY);
		fputs(" }", f);
	}
}

void text_message(FILE *f, const struct nlmsghdr *nlh)
{
	const struct genlmsghdr *genl = nlmsg_data(nlh);
	struct attrs list = message_attrs(nlh);
	const char *name = command_name(genl->cmd);

	if (name)
		fputs(name, f);
	else
		fprintf(f, "command-%u", genl->cmd);
	text_attrs(f, &list, false);
}

/* "MLO_LINK_ID" -> "mlo_link_id", as all keys are. */
static const char *json_key(char *buf, size_t size, const struct nlattr *a, bool indexed)
{
	const char *name = indexed ? NULL : attribute_name(attr_type(a));

	if (name)
		snprintf(buf, size, "%s", name);
	else
		snprintf(buf, size, indexed ? "%u" : "attribute_%u", (unsigned int)attr_type(a));
	for (char *p = buf; *p; p++)
		*p = (char)tolower((unsigned char)*p);
	return buf;
}

static void json_list(struct json *j, const char *key, const struct nlattr *a, enum form form)
{
	const struct nlattr *item;
	uint32_t u32;
	int rem;

	json_open(j, key, '[');
	if (form == FORM_U16S)
		for (size_t n = 0; n < attr_len(a) / sizeof(uint16_t); n++)
			json_uint(j, NULL, ((const uint16_t *)attr_data(a))[n]);
	else
		for_each_nested(item, a, rem)
			if (form == FORM_U32_LIST && attr_u32(item, &u32))
				json_uint(j, NULL, u32);
			else
				json_hex(j, NULL, attr_data(item), attr_len(item));
	json_close(j, ']');
}

static void json_value(struct json *j, const char *key, const struct nlattr *a, enum form form)
{
	char name[NAME_LEN_MAX];
	uint8_t mac[ADDR_LEN];
	uint64_t v;

	if (is_list(form))
		json_list(j, key, a, form);
	else if (form == FORM_U64 && attr_u64(a, &v))
		json_handle(j, key, v);
	else if (number(a, form, &v))
		json_uint(j, key, v);
	else if (is_mac(a, form, mac))
		json_mac(j, key, mac);
	else if (form == FORM_NAME && attr_name(a, name))
		json_string(j, key, name);
	else if (form == FORM_FLAG && !attr_len(a))
		json_bool(j, key, true);
	else
		json_hex(j, key, attr_data(a), attr_len(a));
}

static void json_attrs(struct json *j, const struct attrs *list, bool indexed)
{
	const struct nlattr *a;
	char key[40];
	int rem;

	for_each_attr(a, list, rem) {
		enum form form = indexed ? FORM_NEST : attribute_form(attr_type(a));
		struct attrs inner = attr_nested(a);

		json_key(key, sizeof(key), a, indexed);
		if (form != FORM_NEST && form != FORM_ARRAY) {
			json_value(j, key, a, form);
			continue;
		}
		json_open(j, key, '{');
		json_attrs(j, &inner, form == FORM_ARRAY);
		json_close(j, '}');
	}
}

void json_message(struct json *j, const struct nlmsghdr *nlh)
{
	const struct genlmsghdr *genl = nlmsg_data(nlh);
	struct attrs list = message_attrs(nlh);
	const char *name = command_name(genl->cmd);

	json_open(j, NULL, '{');
	if (name)
		json_text(j, "command", name);
	json_uint(j, "number", genl->cmd);
	json_open(j, "attributes", '{');
	json_attrs(j, &list, false);
	json_close(j, '}');
	json_close(j, '}');
}
