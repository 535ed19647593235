/* SPDX-License-Identifier: ISC */
/*
 * Which BSSes are links of one AP MLD.
 *
 * A BSS says which MLD it is a link of, and with which id, in its Multi-Link element; of the other
 * links it tells in the profiles of that element, and in Reduced Neighbor Reports. All of it is
 * anybody's word: what does not go together is kept, and told.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "iw-mlo.h"

/* An MLD has 15 links; whoever announces many more does not get all of them listed. */
#define LINKS_ANNOUNCED 64

/* ---- one BSS ---- */

/* An address as a number, as tables are sorted and searched by it. */
static uint64_t mac_key(const uint8_t mac[ADDR_LEN])
{
	uint64_t key = 0;

	for (int i = 0; i < ADDR_LEN; i++)
		key = key << 8 | mac[i];
	return key;
}

struct bytes bss_ssid(const struct bss *b)
{
	struct bytes ssid = { 0 };
	struct element e;

	if (element_find(b->elements, 0, NO_EXT, &e) ||
	    element_find(b->beacon_elements, 0, NO_EXT, &e))
		decode_ssid(e.body, &ssid);
	return ssid;
}

static bool find_basic(struct bytes elements, struct scratch *s, struct bss_view *v)
{
	struct element e;

	while (element_next(&elements, &e)) {
		struct multi_link m;
		const char *why;

		if (e.id != EID_EXTENSION || e.ext != EID_EXT_MULTI_LINK)
			continue;
		why = decode_multi_link(element_body(&e, s), &m);
		if (m.type != ML_BASIC || (m.has_ap_mld_id && m.ap_mld_id != v->own_mld_id))
			continue;
		v->malformed = v->malformed ? v->malformed : why;
		v->ml = m;
		/* what may lie in the scratch does not outlast it */
		v->ml.sub_elements = v->ml.unknown = (struct bytes){ 0 };
		return v->has_ml = m.has_mld_addr;
	}
	return false;
}

static void skim(struct bytes elements, struct bss_view *v)
{
	struct element e;

	while (element_next(&elements, &e))
		if (e.id == EID_MULTIPLE_BSSID_INDEX && e.body.len)
			v->own_mld_id = e.body.p[0];
	if (elements.len && !v->malformed)
		v->malformed = "an element is cut off";
}

void view_bss(const struct bss *b, struct scratch scratch, struct bss_view *v)
{
	struct element ssid;

	*v = (struct bss_view){ .bss = b };
	if (element_find(b->elements, 0, NO_EXT, &ssid) ||
	    element_find(b->beacon_elements, 0, NO_EXT, &ssid))
		v->malformed = decode_ssid(ssid.body, &v->ssid);
	skim(b->elements.len ? b->elements : b->beacon_elements, v);
	/* a probe response may lack it where the beacon has it, and the other way round */
	if (!find_basic(b->elements, &scratch, v))
		find_basic(b->beacon_elements, &scratch, v);
	v->bssid_key = mac_key(b->bssid);
	v->mld_key = v->has_ml ? mac_key(v->ml.mld_addr) : UINT64_MAX;
}

static uint8_t link_id_of(const struct bss_view *v)
{
	return v->ml.has_link_id ? v->ml.link_id : LINK_ID_NONE;
}

/* ---- an AP and its links ---- */

static void contradict(struct ap *ap, enum contradiction_kind kind, uint8_t link_id,
		       const uint8_t *a, const uint8_t *b)
{
	struct contradiction c = { .kind = kind, .link_id = link_id };

	memcpy(c.a, a, ADDR_LEN);
	memcpy(c.b, b, ADDR_LEN);
	for (int n = 0; n < ap->n_contradictions; n++)
		if (!memcmp(&ap->contradictions[n], &c, sizeof(c)))
			return;
	if (ap->n_contradictions == CONTRADICTIONS_MAX)
		ap->more_contradictions = true;
	else
		ap->contradictions[ap->n_contradictions++] = c;
}

static uint64_t link_key(const struct ap_link *l)
{
	return l->heard ? l->heard->bssid_key : l->has_bssid ? mac_key(l->bssid) : 0;
}

/* Links are sorted by id and BSSID. Where this one is, or would be. */
static size_t place_of(const struct ap *ap, uint8_t id, uint64_t key)
{
	size_t low = 0, high = ap->n_links;

	while (low < high) {
		size_t mid = (low + high) / 2;
		const struct ap_link *l = &ap->links[mid];

		if (l->id < id || (l->id == id && link_key(l) < key))
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* The link with this id and, if it is told, this BSSID; NULL: there is none. */
static struct ap_link *find_link(const struct ap *ap, uint8_t id, const uint8_t *bssid)
{
	size_t at = place_of(ap, id, 0);
	struct ap_link *l = &ap->links[at];

	if (at == ap->n_links || l->id != id)
		return NULL;
	/* one without a BSSID is the only one of its id */
	if (!bssid || (!l->heard && !l->has_bssid))
		return l;
	at = place_of(ap, id, mac_key(bssid));
	l = &ap->links[at];
	return at < ap->n_links && l->id == id && link_key(l) == mac_key(bssid) ? l : NULL;
}

/* NULL: no memory. */
static struct ap_link *add_link(struct ap *ap, uint8_t id, uint64_t key)
{
	size_t at = place_of(ap, id, key), behind = ap->n_links - at;

	if (!grow((void **)&ap->links, &ap->n_links, &ap->links_size, sizeof(*ap->links)))
		return NULL;
	memmove(&ap->links[at + 1], &ap->links[at], behind * sizeof(*ap->links));
	ap->links[at] = (struct ap_link){ .id = id };
	return &ap->links[at];
}

/* Of two entries of one BSS, which was on another channel or with another SSID in between. */
static bool is_better(const struct bss *a, const struct bss *b)
{
	if (bss_is_ours(a) != bss_is_ours(b))
		return bss_is_ours(a);
	return a->has_seen && b->has_seen && a->seen_ms < b->seen_ms;
}

static bool hear(struct ap *ap, const struct bss_view *v)
{
	const struct bss *b = v->bss;
	uint8_t id = link_id_of(v);
	struct ap_link *l = find_link(ap, id, b->bssid), *other = find_link(ap, id, NULL);

	if (!l && other && id != LINK_ID_NONE)
		contradict(ap, CLAIMED_TWICE, id, other->heard->bss->bssid, b->bssid);
	if (!l)
		l = add_link(ap, id, v->bssid_key);
	if (!l)
		return false;
	if ((b->has_mld_addr && memcmp(b->mld_addr, ap->mld_addr, ADDR_LEN) != 0) ||
	    (b->has_link_id && b->link_id != id))
		contradict(ap, KERNEL_DIFFERS, b->has_link_id ? b->link_id : id, b->bssid,
			   b->mld_addr);
	if (!l->heard || is_better(b, l->heard->bss))
		l->heard = v;
	return true;
}

/* ---- what is announced ---- */

struct folding {
	struct bss_view *views;
	size_t n;
	const struct bss_view **by_bssid; /* sorted, then by MLD, the better ones first */
	struct scratch scratch;		  /* of the longest */
};

struct announcement {
	uint8_t link_id;
	const char *in;
	const uint8_t *by, *bssid;   /* bssid may be NULL */
	const uint8_t *change_count; /* may be NULL */
	uint32_t freq;
	bool disabled;
};

static int compare_bssid(const void *a, const void *b)
{
	const struct bss_view *v = *(const struct bss_view *const *)a;
	const struct bss_view *w = *(const struct bss_view *const *)b;

	if (v->bssid_key != w->bssid_key)
		return v->bssid_key < w->bssid_key ? -1 : 1;
	if (v->mld_key != w->mld_key)
		return v->mld_key < w->mld_key ? -1 : 1;
	return is_better(w->bss, v->bss) - is_better(v->bss, w->bss);
}

/* Of those with this BSSID, rather one of this MLD. */
static const struct bss_view *find_heard(const struct folding *f, const uint8_t *bssid,
					 const uint8_t *mld_addr)
{
	uint64_t key = mac_key(bssid), mld = mac_key(mld_addr);
	size_t low = 0, high = f->n;

	while (low < high) {
		size_t mid = (low + high) / 2;
		const struct bss_view *v = f->by_bssid[mid];

		if (v->bssid_key < key || (v->bssid_key == key && v->mld_key < mld))
			low = mid + 1;
		else
			high = mid;
	}
	if (low < f->n && f->by_bssid[low]->bssid_key == key)
		return f->by_bssid[low];
	return low && f->by_bssid[low - 1]->bssid_key == key ? f->by_bssid[low - 1] : NULL;
}

/*
 * What is announced of a BSS, against what it says itself. false: it is a link of this MLD, but
 * another than is announced, and was heard as that.
 */
static bool compare(struct ap *ap, const struct announcement *a, const struct bss_view *heard)
{
	const uint8_t *bssid = heard->bss->bssid;

	if (!heard->has_ml || memcmp(heard->ml.mld_addr, ap->mld_addr, ADDR_LEN) != 0) {
		contradict(ap, OTHER_MLD, a->link_id, a->by, bssid);
		return true;
	}
	if (link_id_of(heard) != a->link_id)
		contradict(ap, OTHER_ID, a->link_id, a->by, bssid);
	if (a->change_count && heard->ml.has_change_count &&
	    *a->change_count != heard->ml.change_count)
		contradict(ap, OTHER_COUNT, a->link_id, a->by, bssid);
	if (a->freq && heard->bss->has_freq && a->freq != heard->bss->freq)
		contradict(ap, OTHER_CHANNEL, a->link_id, a->by, bssid);
	return link_id_of(heard) == a->link_id;
}

static void note(struct ap_link *l, const struct announcement *a)
{
	l->disabled |= a->disabled;
	if (a->freq && !l->freq)
		l->freq = a->freq;
	if (a->bssid && !l->has_bssid) {
		memcpy(l->bssid, a->bssid, ADDR_LEN);
		l->has_bssid = true;
	}
	if (a->change_count && !l->has_change_count) {
		l->change_count = *a->change_count;
		l->has_change_count = true;
	}
	if (l->announced)
		return;
	l->announced = true;
	l->announced_in = a->in;
	memcpy(l->announced_by, a->by, ADDR_LEN);
}

static const uint8_t *bssid_of(const struct ap_link *l)
{
	return l->heard ? l->heard->bss->bssid : l->bssid;
}

static bool announce(const struct folding *f, struct ap *ap, const struct announcement *a)
{
	const struct bss_view *heard = a->bssid ? find_heard(f, a->bssid, ap->mld_addr) : NULL;
	struct ap_link *l = find_link(ap, a->link_id, a->bssid);
	const struct ap_link *other = find_link(ap, a->link_id, NULL);

	if (heard && !compare(ap, a, heard))
		return true;
	if (!l && ap->n_links >= LINKS_ANNOUNCED) {
		ap->more_contradictions = true;
		return true;
	}
	if (!l && other)
		contradict(ap, CLAIMED_TWICE, a->link_id, bssid_of(other), a->bssid);
	if (!l)
		l = add_link(ap, a->link_id, a->bssid ? mac_key(a->bssid) : 0);
	if (l)
		note(l, a);
	return l;
}

/* Of MLDs that are not the reporter's own, the address is not told. */
static bool announce_rnr(const struct folding *f, struct ap *ap, const struct bss_view *v,
			 struct bytes body)
{
	struct neighbor n;
	struct tbtt_info t;

	while (neighbor_next(&body, &n)) {
		uint32_t freq = 0;
		const char *band;

		op_class_freq(n.op_class, n.channel, &freq, &band);
		while (tbtt_info_next(&n, &t)) {
			struct announcement a = {
				.in = "rnr",
				.by = v->bss->bssid,
				.bssid = t.has_bssid ? t.bssid : NULL,
				.change_count = t.has_change_count ? &t.change_count : NULL,
				.freq = freq,
				.disabled = t.disabled,
			};

			if (!t.has_mld || !t.has_ap_mld_id || t.ap_mld_id != v->own_mld_id ||
			    !t.has_link_id)
				continue;
			a.link_id = t.link_id;
			if (!announce(f, ap, &a))
				return false;
		}
	}
	return true;
}

static bool announce_profiles(const struct folding *f, struct ap *ap, const struct bss_view *v,
			      const struct multi_link *m)
{
	enum frame frame = v->bss->from_probe_response ? FRAME_PROBE_RESPONSE : FRAME_BEACON;
	struct sta_profiles profiles = sta_profiles(m, frame);
	struct scratch scratch = f->scratch;
	struct sta_profile p;

	while (sta_profile_next(&profiles, &scratch, &p)) {
		struct announcement a = {
			.in = "profile",
			.by = v->bss->bssid,
			.bssid = p.has_addr ? p.addr : NULL,
			.change_count = p.has_change_count ? &p.change_count : NULL,
		};

		if (!p.has_link_id || p.malformed)
			continue;
		a.link_id = p.link_id;
		if (!announce(f, ap, &a))
			return false;
	}
	return true;
}

static bool announce_multi_link(const struct folding *f, struct ap *ap, const struct bss_view *v,
				const struct element *e)
{
	struct folding inner = *f; /* its scratch begins behind what is joined here */
	struct multi_link m;

	decode_multi_link(element_body(e, &inner.scratch), &m);
	if (m.type != ML_BASIC || (m.has_ap_mld_id && m.ap_mld_id != v->own_mld_id))
		return true;
	return announce_profiles(&inner, ap, v, &m);
}

static bool announce_all(const struct folding *f, struct ap *ap, const struct bss_view *v,
			 struct bytes elements)
{
	struct element e;
	bool ok = true;

	while (ok && element_next(&elements, &e)) {
		if (e.id == EID_RNR)
			ok = announce_rnr(f, ap, v, e.body);
		else if (e.id == EID_EXTENSION && e.ext == EID_EXT_MULTI_LINK)
			ok = announce_multi_link(f, ap, v, &e);
	}
	return ok;
}

/* ---- all of them ---- */

static int compare_mld(const void *a, const void *b)
{
	const struct bss_view *v = a, *w = b;

	if (v->mld_key != w->mld_key)
		return v->mld_key < w->mld_key ? -1 : 1;
	if (link_id_of(v) != link_id_of(w))
		return link_id_of(v) - link_id_of(w);
	return v->bssid_key < w->bssid_key ? -1 : v->bssid_key > w->bssid_key;
}

static bool same_mld(const struct bss_view *v, const struct bss_view *w)
{
	return v->has_ml && w->has_ml && !memcmp(v->ml.mld_addr, w->ml.mld_addr, ADDR_LEN);
}

/* As many zeros as the SSID has bytes are no SSID either. */
static bool tells_ssid(const struct bss_view *v)
{
	for (size_t i = 0; i < v->ssid.len; i++)
		if (v->ssid.p[i])
			return true;
	return false;
}

static bool same_ssid(const struct bss_view *v, const struct bss_view *w)
{
	return v->ssid.len == w->ssid.len && !memcmp(v->ssid.p, w->ssid.p, v->ssid.len);
}

/* A hidden SSID is no other SSID. */
static void compare_ssids(struct ap *ap, const struct bss_view *v, size_t n)
{
	const struct bss_view *first = NULL;

	ap->ssid = v->ssid;
	for (size_t i = 0; i < n; i++) {
		if (!tells_ssid(&v[i]))
			continue;
		first = first ? first : &v[i];
		ap->ssid = first->ssid;
		if (!same_ssid(first, &v[i]))
			contradict(ap, OTHER_SSID, link_id_of(&v[i]), first->bss->bssid,
				   v[i].bss->bssid);
	}
}

/* Both frames may announce something that the other does not. */
static bool fold_mld(const struct folding *f, struct ap *ap, const struct bss_view *v, size_t n)
{
	bool ok = true;

	ap->is_mld = true;
	memcpy(ap->mld_addr, v->ml.mld_addr, ADDR_LEN);
	for (size_t i = 0; i < n && ok; i++)
		ok = hear(ap, &v[i]);
	for (size_t i = 0; i < n && ok; i++) {
		const struct bss *b = v[i].bss;

		ok = announce_all(f, ap, &v[i], b->elements);
		if (ok && b->beacon_elements.p != b->elements.p)
			ok = announce_all(f, ap, &v[i], b->beacon_elements);
	}
	compare_ssids(ap, v, n);
	return ok;
}

static bool fold_legacy(struct ap *ap, const struct bss_view *v)
{
	struct ap_link *l = add_link(ap, LINK_ID_NONE, v->bssid_key);

	ap->ssid = v->ssid;
	if (l)
		l->heard = v;
	if (v->bss->has_mld_addr)
		contradict(ap, KERNEL_DIFFERS, v->bss->link_id, v->bss->bssid, v->bss->mld_addr);
	return l;
}

/* What a reader looks for first has the greatest rank. */
static int64_t rank(const struct ap *ap)
{
	int64_t best = INT64_MIN;

	for (size_t n = 0; n < ap->n_links; n++) {
		const struct bss_view *v = ap->links[n].heard;
		int64_t r = v && v->bss->has_signal ? v->bss->signal : INT32_MIN;

		if (v && bss_is_ours(v->bss))
			r = RANK_OURS;
		best = r > best ? r : best;
	}
	return best;
}

static int compare_rank(const void *a, const void *b)
{
	const struct ap *x = a, *y = b;

	return x->rank > y->rank ? -1 : x->rank < y->rank;
}

static bool fold_groups(struct folding *f, struct ap_list *aps)
{
	for (size_t first = 0, n; first < f->n; first += n) {
		const struct bss_view *v = &f->views[first];
		struct ap *ap = grow((void **)&aps->v, &aps->n, &aps->size, sizeof(*aps->v));

		if (!ap)
			return false;
		for (n = 1; first + n < f->n && same_mld(v, v + n); n++)
			;
		if (!(v->has_ml ? fold_mld(f, ap, v, n) : fold_legacy(ap, v)))
			return false;
		ap->rank = rank(ap);
	}
	if (aps->n)
		qsort(aps->v, aps->n, sizeof(*aps->v), compare_rank);
	return true;
}

static size_t longest(const struct bss_list *l)
{
	size_t max = 1;

	for (size_t n = 0; n < l->n; n++) {
		const struct bss *b = &l->v[n];

		max = b->elements.len > max ? b->elements.len : max;
		max = b->beacon_elements.len > max ? b->beacon_elements.len : max;
	}
	return max;
}

bool view_bsses(const struct bss_list *bsses, struct ap_list *aps)
{
	size_t size = SCRATCH_SIZE(longest(bsses));
	struct scratch scratch = { malloc(size), size };
	uint8_t *begin = scratch.p;

	aps->views = calloc(bsses->n ? bsses->n : 1, sizeof(*aps->views));
	if (!begin || !aps->views) {
		free(begin);
		errno = ENOMEM;
		return false;
	}
	for (size_t n = 0; n < bsses->n; n++)
		view_bss(&bsses->v[n], scratch, &aps->views[n]);
	qsort(aps->views, bsses->n, sizeof(*aps->views), compare_mld);
	free(begin);
	return true;
}

bool fold_bsses(const struct bss_list *bsses, struct ap_list *aps)
{
	size_t size = SCRATCH_SIZE(longest(bsses)), room = bsses->n ? bsses->n : 1;
	uint8_t *scratch = malloc(size);
	struct folding f = { .n = bsses->n, .scratch = { scratch, size } };
	bool ok;

	f.by_bssid = calloc(room, sizeof(*f.by_bssid));
	ok = scratch && f.by_bssid && view_bsses(bsses, aps);
	f.views = aps->views;
	for (size_t n = 0; ok && n < f.n; n++)
		f.by_bssid[n] = &f.views[n];
	if (ok)
		qsort(f.by_bssid, f.n, sizeof(*f.by_bssid), compare_bssid);
	ok = ok && fold_groups(&f, aps);
	free(scratch);
	free(f.by_bssid);
	if (!ok)
		errno = ENOMEM;
	return ok;
}

void free_ap_list(struct ap_list *aps)
{
	for (size_t n = 0; n < aps->n; n++)
		free(aps->v[n].links);
	free(aps->views);
	free(aps->v);
	memset(aps, 0, sizeof(*aps));
}

bool ap_capabilities(const struct ap *ap, struct mld_capabilities *c)
{
	for (size_t n = 0; ap && n < ap->n_links; n++) {
		const struct bss_view *v = ap->links[n].heard;

		if (!v || !v->ml.has_mld_capabilities)
			continue;
		*c = decode_mld_capabilities(v->ml.mld_capabilities, FRAME_UNKNOWN);
		return true;
	}
	return false;
}
