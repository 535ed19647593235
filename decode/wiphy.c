/* SPDX-License-Identifier: ISC */
/* Wiphys, as far as they are named and have iftypes: the answer to GET_WIPHY. */

#include "../iw-mlo.h"

/* A nest of flags, the attribute's type being the iftype. */
static uint32_t decode_iftypes(const struct nlattr *nest)
{
	const struct nlattr *a;
	uint32_t bitmap = 0;
	int rem;

	for_each_nested(a, nest, rem)
		if (attr_type(a) < 32)
			bitmap |= 1u << attr_type(a);
	return bitmap;
}

bool decode_wiphy_index(const struct attrs *list, uint32_t *index)
{
	const struct nlattr *a;
	int rem;

	for_each_attr(a, list, rem)
		if (attr_type(a) == NL80211_ATTR_WIPHY)
			return attr_u32(a, index);
	return false;
}

bool decode_wiphy(const struct attrs *list, struct wiphy *w)
{
	const struct nlattr *a;
	int rem;

	for_each_attr(a, list, rem) {
		bool ok = true;

		switch (attr_type(a)) {
		case NL80211_ATTR_WIPHY:
			ok = w->has_index = attr_u32(a, &w->index);
			break;
		case NL80211_ATTR_WIPHY_NAME:
			ok = attr_name(a, w->name);
			break;
		case NL80211_ATTR_SUPPORTED_IFTYPES:
			w->has_iftypes = true;
			w->iftypes = decode_iftypes(a);
			break;
		case NL80211_ATTR_SOFTWARE_IFTYPES:
			w->software_iftypes = decode_iftypes(a);
			break;
		case NL80211_ATTR_MLO_SUPPORT:
			w->mlo = true;
			break;
		}
		if (!ok)
			return false;
	}
	return rem <= 0;
}

const struct wiphy *wiphy_of_index(const struct wiphy_list *l, uint32_t index)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->v[i].has_index && l->v[i].index == index)
			return &l->v[i];
	return NULL;
}
