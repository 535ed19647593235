/* SPDX-License-Identifier: ISC */
/* What the running kernel's nl80211 has: the answer to CTRL_CMD_GETFAMILY. */
#include <linux/genetlink.h>
#include <netlink/attr.h>

#include "../iw-mlo.h"

static bool decode_ops(const struct nlattr *ops, struct family *f)
{
	struct nlattr *op, *a;
	int rem, rem2;

	nla_for_each_nested (op, ops, rem) {
		nla_for_each_nested (a, op, rem2) {
			uint32_t cmd;

			if (nla_type(a) != CTRL_ATTR_OP_ID)
				continue;
			if (!attr_u32(a, &cmd))
				return false;
			if (cmd < 256)
				f->commands[cmd / 32] |= 1u << cmd % 32;
		}
	}
	return true;
}

bool decode_family(const struct attrs *list, struct family *f)
{
	struct nlattr *a;
	int rem;

	for_each_attr (a, list, rem) {
		bool ok = true;

		switch (nla_type(a)) {
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
	return f->id >= NLMSG_MIN_TYPE;
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
