/* SPDX-License-Identifier: ISC */
/* What the running kernel's nl80211 has: the answer to CTRL_CMD_GETFAMILY. */
#include <string.h>
#include <linux/genetlink.h>

#include "../iw-mlo.h"

/* One operation is a nest of its number and its flags, in this order. */
static bool decode_op(const struct nlattr *op, struct family *f)
{
	const struct nlattr *a;
	uint32_t cmd;
	int rem;

	for_each_nested(a, op, rem) {
		if (attr_type(a) != CTRL_ATTR_OP_ID)
			continue;
		if (!attr_u32(a, &cmd))
			return false;
		if (cmd < 256)
			f->commands[cmd / 32] |= 1u << cmd % 32;
		break;
	}
	return true;
}

static bool decode_ops(const struct nlattr *ops, struct family *f)
{
	const struct nlattr *op;
	int rem;

	for_each_nested(op, ops, rem)
		if (!decode_op(op, f))
			return false;
	return true;
}

static bool decode_group(const struct nlattr *group, struct family *f)
{
	static const char *const names[GROUPS] = {
		[GROUP_CONFIG] = "config",	   [GROUP_MLME] = "mlme",
		[GROUP_VENDOR] = "vendor",	   [GROUP_SCAN] = "scan",
		[GROUP_REGULATORY] = "regulatory", [GROUP_NAN] = "nan",
		[GROUP_TESTMODE] = "testmode"
	};
	char name[NAME_LEN_MAX] = "";
	const struct nlattr *a;
	uint32_t id = 0;
	int rem;

	for_each_nested(a, group, rem) {
		if (attr_type(a) == CTRL_ATTR_MCAST_GRP_NAME && !attr_name(a, name))
			return false;
		if (attr_type(a) == CTRL_ATTR_MCAST_GRP_ID && !attr_u32(a, &id))
			return false;
	}
	if (rem > 0)
		return false;
	for (size_t n = 0; n < GROUPS; n++)
		if (!strcmp(names[n], name))
			f->groups[n] = id;
	return true;
}

static bool decode_groups(const struct nlattr *groups, struct family *f)
{
	const struct nlattr *group;
	int rem;

	for_each_nested(group, groups, rem)
		if (!decode_group(group, f))
			return false;
	return true;
}

bool decode_family(const struct attrs *list, struct family *f)
{
	const struct nlattr *a;
	int rem;

	for_each_attr(a, list, rem) {
		bool ok = true;

		switch (attr_type(a)) {
		case CTRL_ATTR_FAMILY_ID:
			ok = attr_u16(a, &f->id);
			break;
		case CTRL_ATTR_MAXATTR:
			ok = attr_u32(a, &f->maxattr);
			break;
		case CTRL_ATTR_OPS:
			ok = decode_ops(a, f);
			break;
		case CTRL_ATTR_MCAST_GROUPS:
			ok = decode_groups(a, f);
			break;
		}
		if (!ok)
			return false;
	}
	return rem <= 0 && f->id >= NLMSG_MIN_TYPE;
}

bool family_has(const struct family *f, uint8_t cmd)
{
	return f->commands[cmd / 32] >> cmd % 32 & 1;
}
