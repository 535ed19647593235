/* SPDX-License-Identifier: ISC */
/*
 * The stations of an AP MLD: their frames are answered, and the kernel is told of them. Addresses
 * of a frame from a station that the kernel knows as an MLD are MLD addresses, else those on the
 * air.
 */
#include <errno.h>
#include <string.h>

#include "ap-mld.h"

static const char *mac_text(const uint8_t *addr)
{
	static char buf[MAC_TEXT];

	return fmt_mac(buf, addr);
}

void print_links(uint16_t bitmap)
{
	const char *comma = "";

	for (unsigned int id = 0; id < LINKS_MAX; id++) {
		if (!(bitmap >> id & 1))
			continue;
		printf("%s%u", comma, id);
		comma = ",";
	}
	if (!bitmap)
		putchar('-');
}

/* ---- elements of requests ---- */

static bool find_element(struct bytes rest, int id, struct scratch *scratch, struct bytes *body)
{
	struct element e;

	while (element_next(&rest, &e)) {
		if (id != (e.ext == NO_EXT ? e.id : 0x100 | e.ext))
			continue;
		*body = element_body(&e, scratch);
		return true;
	}
	return false;
}

/* A Multi-Link element of an MLD that is not an AP. */
struct own_multi_link {
	uint8_t type;
	const uint8_t *mld; /* NULL: not told */
	struct bytes profiles;
};

static bool take_multi_link(struct bytes body, struct own_multi_link *ml)
{
	uint16_t control;
	uint8_t len;
	struct bytes common;

	if (!take_u16(&body, &control) || !take_u8(&body, &len) || len < 1 ||
	    !take_bytes(&body, len - 1u, &common))
		return false;
	ml->type = control & 7;
	ml->mld = common.len >= ADDR_LEN ? common.p : NULL;
	if (ml->type == ML_RECONFIGURATION && !(control & 0x10))
		ml->mld = NULL;
	ml->profiles = body;
	return ml->type == ML_RECONFIGURATION || ml->mld;
}

/* What a station asks of a link. */
struct wish {
	uint8_t id, operation; /* of a reconfiguration */
	bool complete, has_addr;
	const uint8_t *addr;
	struct bytes elements;
};

/* Layout of control and STA info: the MAC address comes first (clauses 9.4.2.322.2.4 and .4). */
static bool take_wish(struct bytes profile, struct wish *w)
{
	uint16_t control;
	uint8_t len;
	struct bytes info, capability;

	if (!take_u16(&profile, &control) || !take_u8(&profile, &len) || len < 1 ||
	    !take_bytes(&profile, len - 1u, &info))
		return false;
	*w = (struct wish){ .id = control & 15, .operation = control >> 7 & 15 };
	w->complete = control & 0x10;
	w->has_addr = control & 0x20 && info.len >= ADDR_LEN;
	w->addr = info.p;
	if (w->complete && !take_bytes(&profile, 2, &capability))
		return false;
	w->elements = profile;
	return w->id < LINKS_MAX;
}

/* Links that are there twice, and those beyond n, are left out. */
static size_t take_wishes(struct bytes profiles, struct scratch *scratch, struct wish *w, size_t n)
{
	uint16_t seen = 0;
	struct element e;
	size_t found = 0;

	while (found < n && subelement_next(&profiles, &e)) {
		if (e.id != 0 || !take_wish(element_body(&e, scratch), &w[found]) ||
		    seen >> w[found].id & 1)
			continue;
		seen |= (uint16_t)(1u << w[found++].id);
	}
	return found;
}

static bool find_multi_link(struct bytes elements, uint8_t type, struct scratch *scratch,
			    struct own_multi_link *ml)
{
	struct bytes body;

	return find_element(elements, EXT_MULTI_LINK, scratch, &body) &&
	       take_multi_link(body, ml) && ml->type == type;
}

/* ---- the kernel's stations ---- */

struct own_station *find_station(struct own_ap *ap, const uint8_t *addr)
{
	struct own_station *s;

	for_each_station(ap, s) {
		if (same_addr(s->addr, addr))
			return s;
		for (int id = 0; id < LINKS_MAX; id++)
			if (s->links >> id & 1 && same_addr(s->link_addr[id], addr))
				return s;
	}
	return NULL;
}

static struct own_station *new_entry(struct own_ap *ap)
{
	for (size_t n = 0; n < STATIONS_MAX; n++) {
		struct own_station *s = &ap->stations[n];

		if (s->used)
			continue;
		*s = (struct own_station){ .used = true, .aid = (uint16_t)(n + 1) };
		return s;
	}
	return NULL;
}

static void add_flags(struct req *rq, uint32_t mask, uint32_t set)
{
	req_bytes(rq, NL80211_ATTR_STA_FLAGS2, (uint32_t[]){ mask, set }, 8);
}

/* By link address and link id: by the MLD address alone, the kernel would look at link 0. */
static void station_request(struct own_ap *ap, struct req *rq, uint8_t cmd,
			    const struct own_station *s, uint8_t link_id)
{
	ap_request(ap, rq, cmd);
	req_mac(rq, NL80211_ATTR_MAC, s->link_addr[link_id]);
	if (s->mld)
		req_mac(rq, NL80211_ATTR_MLD_ADDR, s->addr);
	req_u8(rq, NL80211_ATTR_MLO_LINK_ID, link_id);
}

static enum status new_station(struct own_ap *ap, const struct own_station *s)
{
	static const uint8_t rates[] = { 0x0c, 0x18, 0x30 };
	struct req rq;

	station_request(ap, &rq, NL80211_CMD_NEW_STATION, s, s->link_id);
	req_u16(&rq, NL80211_ATTR_STA_AID, s->aid);
	req_u16(&rq, NL80211_ATTR_STA_LISTEN_INTERVAL, 0);
	req_bytes(&rq, NL80211_ATTR_STA_SUPPORTED_RATES, rates, sizeof(rates));
	/* else the kernel takes it for associated */
	add_flags(&rq, 1u << NL80211_STA_FLAG_AUTHENTICATED | 1u << NL80211_STA_FLAG_ASSOCIATED, 0);
	return ask(ap, &rq, "NEW_STATION");
}

static enum status del_station(struct own_ap *ap, const struct own_station *s)
{
	struct req rq;

	ap_request(ap, &rq, NL80211_CMD_DEL_STATION);
	req_mac(&rq, NL80211_ATTR_MAC, s->addr);
	return ask(ap, &rq, "DEL_STATION");
}

/* What the elements say that a link of the station can do, as far as its band has it. */
static void add_capabilities(struct req *rq, const struct chandef *c, struct bytes own,
			     struct bytes inherited)
{
	const struct {
		int id;
		uint16_t type;
		bool here;
	} table[] = {
		{ ELEMENT_RATES, NL80211_ATTR_STA_SUPPORTED_RATES, true },
		{ ELEMENT_HT_CAPABILITIES, NL80211_ATTR_HT_CAPABILITY, !is_6ghz(c) },
		{ ELEMENT_VHT_CAPABILITIES, NL80211_ATTR_VHT_CAPABILITY, is_5ghz(c) },
		{ EXT_HE_CAPABILITIES, NL80211_ATTR_HE_CAPABILITY, true },
		{ EXT_HE_6GHZ_CAPABILITIES, NL80211_ATTR_HE_6GHZ_CAPABILITY, is_6ghz(c) },
		{ EXT_EHT_CAPABILITIES, NL80211_ATTR_EHT_CAPABILITY, true },
	};
	struct scratch none = { 0 };
	struct bytes body;

	for (size_t i = 0; i < ARRAY_SIZE(table); i++)
		if (table[i].here && (find_element(own, table[i].id, &none, &body) ||
				      find_element(inherited, table[i].id, &none, &body)))
			req_bytes(rq, table[i].type, body.p, body.len);
}

static enum status set_associated(struct own_ap *ap, const struct own_station *s,
				  struct bytes elements)
{
	uint32_t flags = 1u << NL80211_STA_FLAG_AUTHENTICATED | 1u << NL80211_STA_FLAG_ASSOCIATED |
			 1u << NL80211_STA_FLAG_WME;
	struct req rq;

	station_request(ap, &rq, NL80211_CMD_SET_STATION, s, s->link_id);
	req_u16(&rq, NL80211_ATTR_STA_AID, s->aid);
	req_u16(&rq, NL80211_ATTR_STA_LISTEN_INTERVAL, 1);
	add_capabilities(&rq, &ap->links[s->link_id].chan, elements, (struct bytes){ 0 });
	add_flags(&rq, flags, flags);
	return ask(ap, &rq, "SET_STATION associated");
}

static enum status set_authorized(struct own_ap *ap, const struct own_station *s)
{
	uint32_t flag = 1u << NL80211_STA_FLAG_AUTHORIZED;
	struct req rq;

	station_request(ap, &rq, NL80211_CMD_SET_STATION, s, s->link_id);
	add_flags(&rq, flag, flag);
	return ask(ap, &rq, "SET_STATION authorized");
}

static enum status add_link_sta(struct own_ap *ap, struct own_station *s, const struct wish *w,
				struct bytes inherited)
{
	enum status st;
	struct req rq;

	memcpy(s->link_addr[w->id], w->addr, ADDR_LEN);
	station_request(ap, &rq, NL80211_CMD_ADD_LINK_STA, s, w->id);
	add_capabilities(&rq, &ap->links[w->id].chan, w->elements, inherited);
	st = ask(ap, &rq, "ADD_LINK_STA");
	if (st == ST_OK)
		s->links |= (uint16_t)(1u << w->id);
	return st;
}

static enum status remove_link_sta(struct own_ap *ap, struct own_station *s, uint8_t id)
{
	struct req rq;

	ap_request(ap, &rq, NL80211_CMD_REMOVE_LINK_STA);
	req_mac(&rq, NL80211_ATTR_MLD_ADDR, s->addr);
	req_u8(&rq, NL80211_ATTR_MLO_LINK_ID, id);
	s->links &= (uint16_t) ~(1u << id);
	return ask(ap, &rq, "REMOVE_LINK_STA");
}

static void forget(struct own_ap *ap, struct own_station *s)
{
	del_station(ap, s);
	s->used = false;
}

static void say_farewell(struct own_ap *ap, const struct own_station *s, uint16_t reason)
{
	struct out o = { .len = 0 };
	const struct own_link *l;

	for_each_link(ap, l) {
		if (!(s->links >> l->id & 1))
			continue;
		begin_frame(&o, FC_DEAUTH, s->addr, l);
		put_u16(&o, reason);
		send_frame(ap, l, &o, "FRAME deauth");
		return;
	}
}

void dismiss(struct own_ap *ap, struct own_station *s, bool tell, uint16_t reason)
{
	if (tell)
		say_farewell(ap, s, reason);
	forget(ap, s);
	printf("gone %s reason %u\n", mac_text(s->addr), reason);
}

/* A removed link that a station is not said to have left takes the whole station with it. */
void leave_link(struct own_ap *ap, const struct own_link *l)
{
	struct own_station *s;

	for_each_station(ap, s) {
		if (!(s->links >> l->id & 1))
			continue;
		if (s->mld && s->links & ~(1u << l->id))
			remove_link_sta(ap, s, l->id);
		else
			dismiss(ap, s, true, 3);
	}
}

static bool answered(void *model, const struct attrs *a)
{
	(void)a;
	*(bool *)model = true;
	return true;
}

/* Our own deletions are told, too: of an entry that is in use by now, the kernel is asked. */
void on_deleted(struct own_ap *ap, const uint8_t *addr)
{
	struct own_station *s = find_station(ap, addr);
	bool there = false;
	struct sink sink = { .add = answered, .model = &there };
	struct req rq;

	if (!s)
		return;
	req_get(&ap->ctx, &rq, NL80211_CMD_GET_STATION);
	req_target(&ap->ctx, &rq);
	req_mac(&rq, NL80211_ATTR_MAC, s->addr);
	if (dispatch(&ap->ctx, &rq, &sink) != ST_REFUSED || there)
		return;
	printf("gone %s\n", mac_text(s->addr));
	s->used = false;
}

/* ---- authentication ---- */

/* What it was before is forgotten, in the kernel, too: it comes with new link addresses. */
static struct own_station *renew(struct own_ap *ap, const struct received *r, const uint8_t *mld)
{
	struct own_station *old = find_station(ap, mld ? mld : r->from), *s;
	uint8_t addr[ADDR_LEN];

	memcpy(addr, r->from, ADDR_LEN);
	if (old && mld && same_addr(r->from, mld)) /* translated */
		memcpy(addr, old->link_addr[old->link_id], ADDR_LEN);
	if (old)
		forget(ap, old);
	s = new_entry(ap);
	if (!s)
		return NULL;
	s->mld = mld;
	memcpy(s->addr, mld ? mld : addr, ADDR_LEN);
	s->link_id = r->link->id;
	s->links = (uint16_t)(1u << s->link_id);
	memcpy(s->link_addr[s->link_id], addr, ADDR_LEN);
	return s;
}

static void on_auth(struct own_ap *ap, const struct received *r)
{
	uint8_t room[256];
	struct scratch scratch = { room, sizeof(room) };
	struct bytes elements = r->body, fixed;
	struct own_multi_link ml = { 0 };
	uint16_t status = ap->auth.status;
	struct out o = { .len = 0 };
	struct own_station *s;
	bool mld;

	if (ap->auth.silent || !take_bytes(&elements, 6, &fixed) || le16(fixed.p + 2) != 1)
		return;
	if (le16(fixed.p))
		status = 13; /* only the open system is spoken here */
	mld = find_multi_link(elements, ML_BASIC, &scratch, &ml);
	s = status ? NULL : renew(ap, r, ml.mld);
	if (s && new_station(ap, s) != ST_OK)
		s->used = false;
	if (!status && (!s || !s->used))
		status = STATUS_REFUSED;
	put_auth_response(&o, ap, r->link, status ? r->from : s->link_addr[s->link_id], mld,
			  status);
	send_frame(ap, r->link, &o, "FRAME auth");
	printf("auth %s link %u%s status %u\n", mac_text(mld ? ml.mld : r->from), r->link->id,
	       mld ? "" : " legacy", status);
}

/* ---- association ---- */

/* The kernel has the last word on what was granted. */
static uint16_t judge_link(struct own_ap *ap, struct own_station *s, const struct wish *w,
			   struct bytes inherited)
{
	const struct own_link *l = &ap->links[w->id];

	if (!l->up || !w->complete || !w->has_addr || s->links >> w->id & 1)
		return STATUS_REFUSED;
	if (l->refusal)
		return l->refusal;
	return add_link_sta(ap, s, w, inherited) == ST_OK ? 0 : STATUS_REFUSED;
}

static void send_assoc_response(struct own_ap *ap, const struct received *r, struct own_station *s,
				uint16_t status, const struct link_status *links, size_t n)
{
	bool again = r->type == FC_REASSOC_REQUEST;
	struct out o = { .len = 0 };

	begin_frame(&o, again ? FC_REASSOC_RESPONSE : FC_ASSOC_RESPONSE, s->addr, r->link);
	put_u16(&o, 1);
	put_u16(&o, status);
	put_u16(&o, s->aid | 0xc000);
	put_assoc_elements(&o, ap, r->link, s->mld, links, n);
	send_frame(ap, r->link, &o, "FRAME assoc");
}

static size_t judge_links(struct own_ap *ap, struct own_station *s, struct bytes elements,
			  struct link_status *links)
{
	uint8_t room[SCRATCH_SIZE(2304)];
	struct scratch scratch = { room, sizeof(room) };
	struct wish wishes[LINKS_MAX];
	struct own_multi_link ml;
	size_t n = 0;

	if (s->mld && find_multi_link(elements, ML_BASIC, &scratch, &ml))
		n = take_wishes(ml.profiles, &scratch, wishes, LINKS_MAX);
	for (size_t i = 0; i < n; i++) {
		links[i].id = wishes[i].id;
		links[i].status = judge_link(ap, s, &wishes[i], elements);
		if (links[i].status)
			s->refused |= (uint16_t)(1u << links[i].id);
	}
	return n;
}

static void on_assoc(struct own_ap *ap, const struct received *r)
{
	struct own_station *s = find_station(ap, r->from);
	struct link_status links[LINKS_MAX];
	uint16_t status = ap->assoc.status;
	struct bytes elements = r->body, fixed;
	size_t n = 0;

	if (!take_bytes(&elements, r->type == FC_REASSOC_REQUEST ? 10 : 4, &fixed))
		return;
	if (!s || s->associated || s->link_id != r->link->id) {
		printf("ignored assoc %s link %u\n", mac_text(r->from), r->link->id);
		return;
	}
	if (ap->assoc.silent) {
		printf("assoc %s unanswered\n", mac_text(s->addr));
		forget(ap, s);
		return;
	}
	if (!status && r->link->refusal)
		status = r->link->refusal;
	if (!status && set_associated(ap, s, elements) != ST_OK)
		status = STATUS_REFUSED;
	s->associated = !status;
	if (!status)
		n = judge_links(ap, s, elements, links);
	send_assoc_response(ap, r, s, status, links, n);
}

static void print_assoc(const struct own_station *s, uint16_t status)
{
	printf("assoc %s links ", mac_text(s->addr));
	print_links(status ? 0 : s->links);
	printf(" status %u", status);
	if (s->refused) {
		printf(" refused ");
		print_links(s->refused);
	}
	puts(s->mld ? "" : " legacy");
}

void on_frame_sent(struct own_ap *ap, const struct received *r)
{
	bool assoc = r->type == FC_ASSOC_RESPONSE || r->type == FC_REASSOC_RESPONSE;
	struct own_station *s = find_station(ap, r->to);

	if (!r->acked && r->type != FC_PROBE_RESPONSE)
		printf("unacked %#04x %s\n", r->type, mac_text(r->to));
	if (!assoc || !r->acked || !s || r->body.len < 4)
		return;
	if (s->associated && !s->authorized)
		s->authorized = set_authorized(ap, s) == ST_OK;
	print_assoc(s, le16(r->body.p + 2));
	if (!s->associated)
		forget(ap, s);
}

/* ---- the actions of Protected EHT ---- */

static void begin_action(struct out *o, const struct received *r, uint8_t action, uint8_t token)
{
	begin_frame(o, FC_ACTION, r->from, r->link);
	put_u8(o, CATEGORY_PROTECTED_EHT);
	put_u8(o, action);
	put_u8(o, token);
}

static uint16_t judge_wish(struct own_ap *ap, struct own_station *s, const struct wish *w)
{
	if (ap->reconf.status)
		return ap->reconf.status;
	if (w->operation == RECONF_ADD)
		return judge_link(ap, s, w, (struct bytes){ 0 });
	if (w->operation != RECONF_DELETE || !(s->links >> w->id & 1) || s->links == 1u << w->id)
		return STATUS_REFUSED;
	return remove_link_sta(ap, s, w->id) == ST_OK ? 0 : STATUS_REFUSED;
}

static void print_reconf(const struct own_station *s, const struct wish *w,
			 const struct link_status *links, size_t n)
{
	printf("reconf %s", mac_text(s->addr));
	for (size_t i = 0; i < n; i++)
		printf(" %s %u status %u", w[i].operation == RECONF_ADD ? "add" : "del",
		       links[i].id, links[i].status);
	printf(" links ");
	print_links(s->links);
	putchar('\n');
}

static void answer_reconf(struct own_ap *ap, const struct received *r, uint8_t token,
			  const struct wish *w, const struct link_status *links, size_t n)
{
	struct link_status added[LINKS_MAX];
	struct out o = { .len = 0 };
	size_t n_added = 0;

	begin_action(&o, r, ACTION_RECONF_RESPONSE, token);
	put_u8(&o, (uint8_t)n);
	for (size_t i = 0; i < n; i++) {
		put_u8(&o, links[i].id);
		put_u16(&o, links[i].status);
		if (w[i].operation == RECONF_ADD && !links[i].status)
			added[n_added++] = links[i];
	}
	if (n_added) {
		put_u8(&o, 0); /* group key data: none on an open network */
		put_reconf_element(&o, ap, r->link, added, n_added);
	}
	send_frame(ap, r->link, &o, "FRAME reconf");
}

static void on_reconf(struct own_ap *ap, struct own_station *s, const struct received *r,
		      uint8_t token, struct bytes elements)
{
	uint8_t room[SCRATCH_SIZE(2304)];
	struct scratch scratch = { room, sizeof(room) };
	struct link_status links[LINKS_MAX];
	struct wish wishes[LINKS_MAX];
	struct own_multi_link ml;
	size_t n;

	if (ap->reconf.silent || !find_multi_link(elements, ML_RECONFIGURATION, &scratch, &ml))
		return;
	n = take_wishes(ml.profiles, &scratch, wishes, LINKS_MAX);
	for (size_t i = 0; i < n; i++) {
		links[i].id = wishes[i].id;
		links[i].status = judge_wish(ap, s, &wishes[i]);
	}
	answer_reconf(ap, r, token, wishes, links, n);
	print_reconf(s, wishes, links, n);
}

/* The element's octets are shown as they are: what they mean is for the test to know. */
static void on_ttlm(struct own_ap *ap, const struct own_station *s, const struct received *r,
		    uint8_t token, struct bytes elements)
{
	struct out o = { .len = 0 };

	if (!ap->ttlm.silent) {
		begin_action(&o, r, ACTION_TTLM_RESPONSE, token);
		put_u16(&o, ap->ttlm.status);
		send_frame(ap, r->link, &o, "FRAME ttlm");
	}
	printf("ttlm %s element ", mac_text(s->addr));
	for (size_t i = 0; i < elements.len; i++)
		printf("%02x", elements.p[i]);
	printf(ap->ttlm.silent ? " unanswered\n" : " status %u\n", ap->ttlm.status);
}

static void on_epcs(struct own_ap *ap, const struct own_station *s, const struct received *r,
		    uint8_t token)
{
	struct out o = { .len = 0 };

	if (ap->epcs.silent) {
		printf("epcs %s on unanswered\n", mac_text(s->addr));
		return;
	}
	begin_action(&o, r, ACTION_EPCS_RESPONSE, token);
	put_u16(&o, ap->epcs.status);
	if (!ap->epcs.status)
		put_epcs_element(&o, ap);
	send_frame(ap, r->link, &o, "FRAME epcs");
	printf("epcs %s on status %u\n", mac_text(s->addr), ap->epcs.status);
}

static void on_action(struct own_ap *ap, const struct received *r)
{
	struct own_station *s = find_station(ap, r->from);
	struct bytes elements = r->body, head;
	uint8_t action, token = 0;

	if (!s || !s->associated || !take_bytes(&elements, 2, &head))
		return;
	action = head.p[1];
	if (action != ACTION_TTLM_TEARDOWN && action != ACTION_EPCS_TEARDOWN &&
	    !take_u8(&elements, &token))
		return;
	if (action == ACTION_RECONF_REQUEST)
		on_reconf(ap, s, r, token, elements);
	else if (action == ACTION_TTLM_REQUEST)
		on_ttlm(ap, s, r, token, elements);
	else if (action == ACTION_EPCS_REQUEST)
		on_epcs(ap, s, r, token);
	else if (action == ACTION_EPCS_TEARDOWN)
		printf("epcs %s off\n", mac_text(s->addr));
	else if (action == ACTION_TTLM_TEARDOWN)
		printf("ttlm %s off\n", mac_text(s->addr));
}

/* ---- the rest ---- */

static void on_probe(struct own_ap *ap, const struct received *r)
{
	struct own_station *s = find_station(ap, r->from);
	struct scratch none = { 0 };
	struct out o = { .len = 0 };
	struct bytes ssid;

	if (!find_element(r->body, ELEMENT_SSID, &none, &ssid) ||
	    (ssid.len && (ssid.len != ap->ssid_len || memcmp(ssid.p, ap->ssid, ssid.len))))
		return;
	/* else the kernel would send the answer to a link address that was given up with an attempt
	 */
	if (s && !s->associated)
		forget(ap, s);
	put_probe_response(&o, ap, r->link, r->from);
	send_frame(ap, r->link, &o, "FRAME probe response");
}

static void on_farewell(struct own_ap *ap, const struct received *r)
{
	struct own_station *s = find_station(ap, r->from);

	if (s)
		dismiss(ap, s, false, r->body.len >= 2 ? le16(r->body.p) : 0);
}

void on_frame(struct own_ap *ap, const struct received *r)
{
	switch (r->type) {
	case FC_PROBE_REQUEST:
		on_probe(ap, r);
		break;
	case FC_AUTH:
		on_auth(ap, r);
		break;
	case FC_ASSOC_REQUEST:
	case FC_REASSOC_REQUEST:
		on_assoc(ap, r);
		break;
	case FC_DEAUTH:
	case FC_DISASSOC:
		on_farewell(ap, r);
		break;
	case FC_ACTION:
		on_action(ap, r);
		break;
	}
}
