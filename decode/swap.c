/* SPDX-License-Identifier: ISC */
/*
 * Messages of a machine of the other byte order: netlink is in that of the machine it is on, so a
 * recording has to be turned before it is decoded. Whether a number is one, its attribute's form
 * tells: that of nl80211 is in trace.c, that of generic netlink itself below.
 */
#include <byteswap.h>
#include <string.h>
#include <linux/genetlink.h>

#include "../iw-mlo.h"

#define NESTS_MAX 6 /* of policies: more than any other message here has */
#define ANY	  0xffff

/* An attribute, by its type, or all of those in a list. */
struct shape {
	uint16_t type;
	enum form form;
	const struct shape *inner; /* of a nest; ends with type 0 */
};

static bool swap_list(void *head, int len, const struct shape *shapes, int depth);

/* ---- forms ---- */

static const struct shape *find_shape(const struct shape *s, uint16_t type)
{
	for (; s->type; s++)
		if (s->type == ANY || s->type == type)
			return s;
	return NULL;
}

/* shapes NULL: attributes of nl80211, or nests of such. */
static struct shape shape_of(const struct shape *shapes, uint16_t type)
{
	static const struct shape of_nests[] = { { ANY, FORM_NEST, NULL }, { 0 } };
	const struct shape *s = shapes ? find_shape(shapes, type) : NULL;
	struct shape own = { type, shapes ? FORM_HEX : attribute_form(type), NULL };

	if (s)
		return *s;
	if (own.form == FORM_ARRAY || (!shapes && type == RFC_ATTR_MLO_LINK_INFO))
		return (struct shape){ type, FORM_NEST, of_nests };
	return own;
}

/* ---- values ---- */

static void swap16(void *at)
{
	uint16_t v;

	memcpy(&v, at, sizeof(v));
	v = bswap_16(v);
	memcpy(at, &v, sizeof(v));
}

static void swap32(void *at)
{
	uint32_t v;

	memcpy(&v, at, sizeof(v));
	v = bswap_32(v);
	memcpy(at, &v, sizeof(v));
}

static void swap64(void *at)
{
	uint64_t v;

	memcpy(&v, at, sizeof(v));
	v = bswap_64(v);
	memcpy(at, &v, sizeof(v));
}

/* A number of a wrong length is none: whoever reads it will say so. */
static bool swap_value(void *at, size_t len, const struct shape *s, int depth)
{
	static const struct shape of_u32[] = { { ANY, FORM_U32, NULL }, { 0 } };
	static const struct shape of_bytes[] = { { 0 } };

	switch (s->form) {
	case FORM_U16:
		if (len == sizeof(uint16_t))
			swap16(at);
		break;
	case FORM_U32:
	case FORM_S32:
		if (len == sizeof(uint32_t))
			swap32(at);
		break;
	case FORM_U64:
		if (len == sizeof(uint64_t))
			swap64(at);
		break;
	case FORM_U16S:
		for (size_t n = 0; n + sizeof(uint16_t) <= len; n += sizeof(uint16_t))
			swap16((char *)at + n);
		break;
	case FORM_U32_LIST:
		return swap_list(at, (int)len, of_u32, depth + 1);
	case FORM_BYTES_LIST:
		return swap_list(at, (int)len, of_bytes, depth + 1);
	case FORM_NEST:
	case FORM_ARRAY:
		return swap_list(at, (int)len, s->inner, depth + 1);
	case FORM_HEX:
	case FORM_FLAG:
	case FORM_U8:
	case FORM_MAC:
	case FORM_NAME:
	case FORM_BYTES:
		break;
	}
	return true;
}

static bool swap_list(void *head, int len, const struct shape *shapes, int depth)
{
	struct nlattr *a = head;

	if (depth > NESTS_MAX)
		return false;
	while (len >= NLA_HDRLEN) {
		struct shape s;

		swap16(&a->nla_len);
		swap16(&a->nla_type);
		if (!attr_ok(a, len))
			return false;
		s = shape_of(shapes, attr_type(a));
		if (!swap_value(a + 1, attr_len(a), &s, depth))
			return false;
		a = (struct nlattr *)(uintptr_t)attr_next(a, &len);
	}
	return len <= 0;
}

/* ---- generic netlink's own ---- */

static const struct shape op[] = {
	{ CTRL_ATTR_OP_ID, FORM_U32, NULL },
	{ CTRL_ATTR_OP_FLAGS, FORM_U32, NULL },
	{ 0 },
};
static const struct shape ops[] = { { ANY, FORM_NEST, op }, { 0 } };

static const struct shape group[] = { { CTRL_ATTR_MCAST_GRP_ID, FORM_U32, NULL }, { 0 } };
static const struct shape groups[] = { { ANY, FORM_NEST, group }, { 0 } };

static const struct shape limit[] = {
	{ NL_POLICY_TYPE_ATTR_TYPE, FORM_U32, NULL },
	{ NL_POLICY_TYPE_ATTR_MIN_VALUE_S, FORM_U64, NULL },
	{ NL_POLICY_TYPE_ATTR_MAX_VALUE_S, FORM_U64, NULL },
	{ NL_POLICY_TYPE_ATTR_MIN_VALUE_U, FORM_U64, NULL },
	{ NL_POLICY_TYPE_ATTR_MAX_VALUE_U, FORM_U64, NULL },
	{ 0 },
};
static const struct shape limits[] = { { ANY, FORM_NEST, limit }, { 0 } };
static const struct shape policies[] = { { ANY, FORM_NEST, limits }, { 0 } };

static const struct shape op_policy[] = {
	{ CTRL_ATTR_POLICY_DO, FORM_U32, NULL },
	{ CTRL_ATTR_POLICY_DUMP, FORM_U32, NULL },
	{ 0 },
};
static const struct shape op_policies[] = { { ANY, FORM_NEST, op_policy }, { 0 } };

static const struct shape control[] = {
	{ CTRL_ATTR_FAMILY_ID, FORM_U16, NULL },   { CTRL_ATTR_VERSION, FORM_U32, NULL },
	{ CTRL_ATTR_HDRSIZE, FORM_U32, NULL },	   { CTRL_ATTR_MAXATTR, FORM_U32, NULL },
	{ CTRL_ATTR_OPS, FORM_NEST, ops },	   { CTRL_ATTR_MCAST_GROUPS, FORM_NEST, groups },
	{ CTRL_ATTR_POLICY, FORM_NEST, policies }, { CTRL_ATTR_OP_POLICY, FORM_NEST, op_policies },
	{ CTRL_ATTR_OP, FORM_U32, NULL },	   { 0 },
};

/* ---- messages ---- */

/* A vendor's data is its own: of Intel's, what is read here are bytes and addresses. */
static void swap_intel(void *head, int len)
{
	static const struct shape bytes[] = { { 0 } };
	struct attrs list = { head, len };
	struct nlattr *data = NULL;
	const struct nlattr *a;
	uint32_t vendor = 0;
	int rem;

	for_each_attr(a, &list, rem) {
		if (attr_type(a) == NL80211_ATTR_VENDOR_ID)
			attr_u32(a, &vendor);
		if (attr_type(a) == NL80211_ATTR_VENDOR_DATA)
			data = (struct nlattr *)(uintptr_t)a;
	}
	if (vendor == INTEL_OUI && data)
		swap_list(data + 1, (int)attr_len(data), bytes, 1);
}

static void swap_header(struct nlmsghdr *nlh)
{
	swap32(&nlh->nlmsg_len);
	swap16(&nlh->nlmsg_type);
	swap16(&nlh->nlmsg_flags);
	swap32(&nlh->nlmsg_seq);
	swap32(&nlh->nlmsg_pid);
}

bool swap_message(void *message, size_t len)
{
	struct nlmsghdr *nlh = message;
	char *attrs = (char *)message + NLMSG_HDRLEN + GENL_HDRLEN;
	int left;

	if (len < NLMSG_HDRLEN)
		return false;
	swap_header(nlh);
	if (nlh->nlmsg_len < NLMSG_HDRLEN || nlh->nlmsg_len > len)
		return false;
	if (nlh->nlmsg_type < NLMSG_MIN_TYPE)
		return true;
	left = (int)nlh->nlmsg_len - NLMSG_HDRLEN - (int)GENL_HDRLEN;
	if (left < 0)
		return false;
	if (nlh->nlmsg_type == GENL_ID_CTRL)
		return swap_list(attrs, left, control, 0);
	if (!swap_list(attrs, left, NULL, 0))
		return false;
	swap_intel(attrs, left);
	return true;
}
