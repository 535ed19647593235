/* SPDX-License-Identifier: ISC */
/* The value of one netlink attribute, its length checked against its type. */
#include <string.h>

#include "../iw-mlo.h"

static bool copy(const struct nlattr *a, void *to, size_t len)
{
	if (attr_len(a) != len)
		return false;
	memcpy(to, attr_data(a), len);
	return true;
}

bool attr_u8(const struct nlattr *a, uint8_t *v)
{
	return copy(a, v, sizeof(*v));
}

bool attr_u16(const struct nlattr *a, uint16_t *v)
{
	return copy(a, v, sizeof(*v));
}

bool attr_u32(const struct nlattr *a, uint32_t *v)
{
	return copy(a, v, sizeof(*v));
}

bool attr_u64(const struct nlattr *a, uint64_t *v)
{
	return copy(a, v, sizeof(*v)); /* the kernel aligns to 4 bytes only: never by pointer */
}

bool attr_mac(const struct nlattr *a, uint8_t mac[ADDR_LEN])
{
	return copy(a, mac, ADDR_LEN);
}

bool attr_name(const struct nlattr *a, char name[NAME_LEN_MAX])
{
	size_t len = strnlen(attr_data(a), attr_len(a));

	if (len < 1 || len >= NAME_LEN_MAX)
		return false;
	memcpy(name, attr_data(a), len);
	name[len] = '\0';
	return true;
}
