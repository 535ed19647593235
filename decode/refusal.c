/* SPDX-License-Identifier: ISC */
/* The extended acknowledgement: why the kernel refused, in its own words. */
#include <string.h>

#include "../iw-mlo.h"

/* enum nlmsgerr_attrs (linux/netlink.h), whose last members older headers lack. */
enum {
	EXT_ACK_MSG = 1,
	EXT_ACK_OFFS = 2,
	EXT_ACK_MISS_TYPE = 5, /* since 6.1 */
};

void decode_ext_ack(const void *tlvs, size_t len, struct refusal *r)
{
	struct attrs list = { (struct nlattr *)(uintptr_t)tlvs, (int)len };
	const struct nlattr *a;
	int rem;

	for_each_attr(a, &list, rem) {
		switch (attr_type(a)) {
		case EXT_ACK_MSG:
			escape(r->text, sizeof(r->text), attr_data(a),
			       strnlen(attr_data(a), attr_len(a)));
			break;
		case EXT_ACK_OFFS:
			attr_u32(a, &r->offset);
			break;
		case EXT_ACK_MISS_TYPE:
			attr_u32(a, &r->missing);
			break;
		}
	}
}
