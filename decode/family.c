/* SPDX-License-Identifier: ISC */
/* What the running kernel's nl80211 has: the answer to CTRL_CMD_GETFAMILY. */
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

enum dialect family_dialect(const struct family *f)
{
	/* asked of the kernel, never of its version: stable kernels back-port */
	return family_has(f, NL80211_CMD_ADD_LINK) ? DIALECT_LINKS : DIALECT_NONE;
}
