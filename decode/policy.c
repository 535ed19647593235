/* SPDX-License-Identifier: ISC */
/* What the kernel accepts: the answer to CTRL_CMD_GETPOLICY for one command of nl80211. */
#include <linux/genetlink.h>

#include "../iw-mlo.h"

static bool decode_limit(const struct nlattr *limit, uint32_t *type, uint64_t *max)
{
	const struct nlattr *a;
	int rem;

	for_each_nested(a, limit, rem) {
		if (attr_type(a) == NL_POLICY_TYPE_ATTR_TYPE && !attr_u32(a, type))
			return false;
		if (attr_type(a) == NL_POLICY_TYPE_ATTR_MAX_VALUE_U && !attr_u64(a, max))
			return false;
	}
	return rem <= 0;
}

/* The attributes of one policy, each with its type and its limits. */
static bool decode_attributes(const struct nlattr *policy, struct policy *p)
{
	const struct nlattr *limit;
	int rem;

	for_each_nested(limit, policy, rem) {
		uint32_t type = 0;
		uint64_t max = 0;

		if (!decode_limit(limit, &type, &max))
			return false;
		if (attr_type(limit) == NL80211_ATTR_IFTYPE)
			p->iftype_max = max;
		if (attr_type(limit) == RFC_ATTR_MLO_LINK_INFO)
			p->link_info_is_nest = type == NL_ATTR_TYPE_NESTED;
	}
	return rem <= 0;
}

/* { command { CTRL_ATTR_POLICY_DO: index } }: it comes before the policies themselves. */
static bool decode_index(const struct nlattr *ops, struct policy *p)
{
	const struct nlattr *op, *a;
	int rem, rem2;

	for_each_nested(op, ops, rem) {
		for_each_nested(a, op, rem2)
			if (attr_type(a) == CTRL_ATTR_POLICY_DO && !attr_u32(a, &p->index))
				return false;
		if (rem2 > 0)
			return false;
	}
	return rem <= 0;
}

bool decode_policy(const struct attrs *list, struct policy *p)
{
	const struct nlattr *a, *policy;
	int rem, rem2;

	for_each_attr(a, list, rem) {
		if (attr_type(a) == CTRL_ATTR_OP_POLICY && !decode_index(a, p))
			return false;
		if (attr_type(a) != CTRL_ATTR_POLICY)
			continue;
		for_each_nested(policy, a, rem2)
			if (attr_type(policy) == p->index && !decode_attributes(policy, p))
				return false;
		if (rem2 > 0)
			return false;
	}
	return rem <= 0;
}
