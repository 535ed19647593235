/* SPDX-License-Identifier: ISC */
/* The kernel of the unit tests: a script of datagrams, played request by request. */
#include <endian.h>
#include <fcntl.h>
#include <limits.h>
#include <net/if.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>
#include <linux/genetlink.h>
#include <netlink/handlers.h>
#include <netlink/msg.h>
#include <netlink/netlink.h>
#include <netlink/socket.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include "fake-kernel.h"

#define MESSAGES_MAX  600
#define DATAGRAMS_MAX 400
#define TURNS_MAX     400
#define NESTS_MAX     8
#define EXT_MSG	      1
#define EXT_OFFS      2
#define EXT_MISS_TYPE 5
#define OFFSET_OF     0x80000000u /* in a script: the offset of an attribute, not yet known */
#define TURN_POLICY   UINT_MAX	  /* of what answers the dump of the policy */
#define STATUS_SCRIPT 97	  /* the program did what the script has no answer for */
#define STATUS_SAN    98	  /* a sanitizer found something */

enum kind { DATAGRAM, FAILURE, SILENCE, LOSS };

struct datagram {
	unsigned int turn;
	bool event;
	enum kind kind;
	int err;
	uint32_t port;
	size_t cut;
};

struct message {
	size_t datagram, start, len; /* of the payload, in the arena */
	uint16_t type, flags;
	int seq_off, length_off;
};

struct packet {
	enum kind kind;
	bool of_dump;
	int err;
	uint32_t port;
	uint8_t *bytes;
	size_t len;
};

/* What the process that runs the program tells the one that judges. */
struct shared {
	size_t sent_len;
	char sent[65536];
	unsigned int opened, family, turns;
};

static struct {
	uint8_t arena[1 << 18];
	size_t used;
	struct message messages[MESSAGES_MAX];
	size_t n_messages;
	struct datagram datagrams[DATAGRAMS_MAX];
	size_t n_datagrams;
	unsigned int turns; /* the first is the look-up of the family */
	unsigned int at;    /* the turn that is being written */
	void (*deeds[TURNS_MAX])(void);
	bool events; /* what is being written comes as events after it */
	size_t nests[NESTS_MAX];
	unsigned int depth;
	size_t last_attr;
	uint32_t commands[8], maxattr, link_info_type;
	uint64_t iftype_max;
	bool own_network, lo_down;
	uint32_t dropped; /* events, by the kernel's account */
} script;

static struct queue {
	struct packet packets[DATAGRAMS_MAX];
	size_t head, tail;
	int fd;
} answers = { .fd = -1 }, events = { .fd = -1 };

static struct nl_sock *listener; /* NULL: nobody listens to events */
static uint32_t last_seq;
static struct shared *shared;

const char *__asan_default_options(void);
const char *__ubsan_default_options(void);

const char *__asan_default_options(void)
{
	return "exitcode=98";
}

const char *__ubsan_default_options(void)
{
	return "exitcode=98:print_stacktrace=1";
}

/* Loud in both processes: no assertion of cmocka's, as the program's process has no test. */
__attribute__((format(printf, 1, 2), noreturn)) static void broken(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	fputs("fake kernel: ", stderr);
	vfprintf(stderr, fmt, ap);
	fputc('\n', stderr);
	va_end(ap);
	_exit(STATUS_SCRIPT);
}

/* ---- writing the script ---- */

void k_family_has(uint8_t cmd)
{
	script.commands[cmd / 32] |= 1u << cmd % 32;
}

void k_reset(void)
{
	static const uint8_t spoken[] = {
		NL80211_CMD_GET_WIPHY, NL80211_CMD_GET_INTERFACE, NL80211_CMD_SET_INTERFACE,
		NL80211_CMD_GET_SCAN,  NL80211_CMD_ADD_LINK,	  NL80211_CMD_REMOVE_LINK,
	};

	memset(&script, 0, sizeof(script));
	script.maxattr = 333;
	script.iftype_max = NL80211_IFTYPE_PD;
	for (size_t i = 0; i < ARRAY_SIZE(spoken); i++)
		k_family_has(spoken[i]);
}

void k_without_links(void)
{
	script.commands[NL80211_CMD_ADD_LINK / 32] &=
		~(1u << NL80211_CMD_ADD_LINK % 32 | 1u << NL80211_CMD_REMOVE_LINK % 32);
}

void k_maxattr(uint32_t maxattr)
{
	script.maxattr = maxattr;
}

void k_policy(uint64_t iftype_max, uint32_t link_info_type)
{
	script.iftype_max = iftype_max;
	script.link_info_type = link_info_type;
}

void k_rfc(void)
{
	k_without_links();
	k_maxattr(RFC_ATTR_MLO_LINK_INFO);
	k_policy(RFC_IFTYPE_MLO_LINK_DEVICE, NL_ATTR_TYPE_NESTED);
}

static struct datagram *new_datagram(enum kind kind)
{
	struct datagram *d = &script.datagrams[script.n_datagrams++];

	if (script.n_datagrams > DATAGRAMS_MAX)
		broken("more than %d datagrams", DATAGRAMS_MAX);
	*d = (struct datagram){ .turn = script.at, .event = script.events, .kind = kind };
	return d;
}

/* The one that the next message goes to. */
static struct datagram *open_datagram(void)
{
	struct datagram *d = script.n_datagrams ? &script.datagrams[script.n_datagrams - 1] : NULL;

	if (d && d->turn == script.at && d->event == script.events && d->kind == DATAGRAM)
		return d;
	return new_datagram(DATAGRAM);
}

bool k_own_network(bool lo_up)
{
	pid_t pid = fork();
	int status;

	script.own_network = true;
	script.lo_down = !lo_up;
	if (!pid)
		_exit(unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0);
	return pid > 0 && waitpid(pid, &status, 0) == pid && status == 0;
}

void k_turn(void)
{
	script.at = ++script.turns;
	script.events = false;
}

void k_policy_turn(void)
{
	script.at = TURN_POLICY;
	script.events = false;
}

void k_no_policy(int err)
{
	k_policy_turn();
	k_nack(err, NLM_F_CAPPED);
}

void k_events(void)
{
	script.events = true;
}

void k_event(uint8_t cmd)
{
	k_events();
	k_datagram();
	k_data(cmd, 0);
}

void k_event_about(uint8_t cmd, uint32_t ifindex)
{
	k_event(cmd);
	k_put_u32(NL80211_ATTR_WIPHY, 0);
	k_put_u32(NL80211_ATTR_IFINDEX, ifindex);
}

void k_policy_attr(uint16_t policy, uint16_t attr, uint32_t type, uint64_t max)
{
	k_message(GENL_ID_CTRL, NLM_F_MULTI);
	k_raw(&(struct genlmsghdr){ .cmd = CTRL_CMD_GETPOLICY, .version = 2 }, GENL_HDRLEN);
	k_put_u16(CTRL_ATTR_FAMILY_ID, K_FAMILY_ID);
	k_nest(CTRL_ATTR_POLICY);
	k_nest(policy);
	k_nest(attr);
	k_put_u32(NL_POLICY_TYPE_ATTR_TYPE, type);
	if (max) {
		k_put_u64(NL_POLICY_TYPE_ATTR_MIN_VALUE_U, 0);
		k_put_u64(NL_POLICY_TYPE_ATTR_MAX_VALUE_U, max);
	}
	k_nest_end();
	k_nest_end();
	k_nest_end();
}

void k_policy_index(uint32_t index)
{
	k_message(GENL_ID_CTRL, NLM_F_MULTI);
	k_raw(&(struct genlmsghdr){ .cmd = CTRL_CMD_GETPOLICY, .version = 2 }, GENL_HDRLEN);
	k_put_u16(CTRL_ATTR_FAMILY_ID, K_FAMILY_ID);
	k_nest(CTRL_ATTR_OP_POLICY);
	k_nest(NL80211_CMD_SET_INTERFACE);
	k_put_u32(CTRL_ATTR_POLICY_DO, index);
	k_nest_end();
	k_nest_end();
}

void k_datagram(void)
{
	new_datagram(DATAGRAM);
}

void k_do(void (*fn)(void))
{
	if (script.at >= TURNS_MAX)
		broken("more than %d turns", TURNS_MAX);
	script.deeds[script.at] = fn;
}

void k_from_port(uint32_t pid)
{
	open_datagram()->port = pid;
}

void k_cut(size_t bytes)
{
	open_datagram()->cut = bytes;
}

void k_receive_error(int err)
{
	new_datagram(FAILURE)->err = err;
}

void k_end_of_file(void)
{
	new_datagram(DATAGRAM);
}

void k_silence(void)
{
	new_datagram(SILENCE);
}

void k_lost(uint32_t dropped)
{
	new_datagram(LOSS);
	script.dropped = dropped;
}

static struct message *last_message(void)
{
	if (!script.n_messages)
		broken("no message yet");
	return &script.messages[script.n_messages - 1];
}

void k_raw(const void *bytes, size_t len)
{
	if (script.used + len > sizeof(script.arena))
		broken("the script is too long");
	if (len)
		memcpy(script.arena + script.used, bytes, len);
	script.used += len;
	last_message()->len += len;
}

void k_put_number(uint16_t type, uint64_t v, size_t len)
{
	uint8_t bytes[16] = { 0 };

	if (len > sizeof(bytes))
		broken("a number of %zu bytes", len);
	for (size_t i = 0; i < len && i < sizeof(v); i++)
		bytes[htole16(1) == 1 ? i : len - 1 - i] = (uint8_t)(v >> 8 * i);
	k_put(type, bytes, len);
}

void k_message(uint16_t type, uint16_t flags)
{
	open_datagram();
	if (script.n_messages == MESSAGES_MAX)
		broken("more than %d messages", MESSAGES_MAX);
	script.messages[script.n_messages++] = (struct message){
		.datagram = script.n_datagrams - 1,
		.start = script.used,
		.type = type,
		.flags = flags,
	};
	script.depth = 0;
}

void k_data(uint8_t cmd, uint16_t flags)
{
	struct genlmsghdr genl = { .cmd = cmd, .version = 1 };

	k_message(K_FAMILY_ID, flags);
	k_raw(&genl, sizeof(genl));
}

void k_nack(int err, uint16_t flags)
{
	struct nlmsgerr e = { .error = -err };

	k_message(NLMSG_ERROR, flags);
	k_raw(&e, sizeof(e));
}

void k_ack(void)
{
	k_nack(0, NLM_F_CAPPED);
}

void k_done(int err)
{
	int payload = -err;

	k_message(NLMSG_DONE, NLM_F_MULTI);
	k_raw(&payload, sizeof(payload));
}

void k_seq(int off)
{
	last_message()->seq_off = off;
}

void k_length(int off)
{
	last_message()->length_off = off;
}

void k_put(uint16_t type, const void *bytes, size_t len)
{
	static const uint8_t padding[NLA_ALIGNTO];
	struct nlattr a = { .nla_type = type, .nla_len = (uint16_t)(NLA_HDRLEN + len) };

	script.last_attr = script.used;
	k_raw(&a, sizeof(a));
	k_raw(bytes, len);
	k_raw(padding, NLA_ALIGN(len) - len);
}

void k_put_u8(uint16_t type, uint8_t v)
{
	k_put(type, &v, sizeof(v));
}

void k_put_u16(uint16_t type, uint16_t v)
{
	k_put(type, &v, sizeof(v));
}

void k_put_u32(uint16_t type, uint32_t v)
{
	k_put(type, &v, sizeof(v));
}

void k_put_u64(uint16_t type, uint64_t v)
{
	k_put(type, &v, sizeof(v));
}

void k_put_text(uint16_t type, const char *text)
{
	k_put(type, text, strlen(text) + 1);
}

void k_put_mac(uint16_t type, const char *text)
{
	uint8_t mac[ADDR_LEN];
	unsigned int v[ADDR_LEN];

	if (sscanf(text, "%x:%x:%x:%x:%x:%x", &v[0], &v[1], &v[2], &v[3], &v[4], &v[5]) != ADDR_LEN)
		broken("\"%s\" is no address", text);
	for (int i = 0; i < ADDR_LEN; i++)
		mac[i] = (uint8_t)v[i];
	k_put(type, mac, sizeof(mac));
}

static struct nlattr *attr_at(size_t at)
{
	return (struct nlattr *)(script.arena + at);
}

void k_attr_length(int off)
{
	attr_at(script.last_attr)->nla_len += (uint16_t)off;
}

void k_nest(uint16_t type)
{
	if (script.depth == NESTS_MAX)
		broken("too many nests");
	script.nests[script.depth++] = script.used;
	k_put(type | NLA_F_NESTED, NULL, 0);
}

void k_nest_end(void)
{
	size_t at = script.nests[--script.depth];

	attr_at(at)->nla_len = (uint16_t)(script.used - at);
	script.last_attr = at;
}

static void put_ext(uint16_t type, const void *bytes, size_t len)
{
	last_message()->flags |= NLM_F_ACK_TLVS;
	k_put(type, bytes, len);
}

void k_ext_text(const char *text)
{
	put_ext(EXT_MSG, text, strlen(text) + 1);
}

void k_ext_offset(uint32_t offset)
{
	put_ext(EXT_OFFS, &offset, sizeof(offset));
}

void k_ext_offset_of(uint16_t type)
{
	k_ext_offset(OFFSET_OF | type);
}

void k_ext_missing(uint32_t type)
{
	put_ext(EXT_MISS_TYPE, &type, sizeof(type));
}

void k_iface(uint16_t flags, uint32_t type)
{
	k_data(NL80211_CMD_NEW_INTERFACE, flags);
	k_put_u32(NL80211_ATTR_IFINDEX, K_LO);
	k_put_text(NL80211_ATTR_IFNAME, "lo");
	k_put_u32(NL80211_ATTR_WIPHY, 0);
	k_put_u32(NL80211_ATTR_IFTYPE, type);
	k_put_u64(NL80211_ATTR_WDEV, 1);
	k_put_mac(NL80211_ATTR_MAC, "02:00:00:00:00:01");
	k_put_u32(NL80211_ATTR_GENERATION, 5);
}

void k_links_begin(void)
{
	k_nest(NL80211_ATTR_MLO_LINKS);
}

void k_link_begin(uint8_t id, const char *mac)
{
	k_nest(id + 1);
	k_put_u8(NL80211_ATTR_MLO_LINK_ID, id);
	if (mac)
		k_put_mac(NL80211_ATTR_MAC, mac);
}

void k_link(uint8_t id, const char *mac)
{
	k_link_begin(id, mac);
	k_nest_end();
}

void k_links_end(void)
{
	k_nest_end();
}

static const struct {
	uint32_t freq;
	uint8_t op_class, channel;
} mld_channels[] = { { 2412, 81, 1 }, { 5180, 115, 36 }, { 5955, 131, 1 } };

uint32_t k_mld_freq(uint8_t id)
{
	return mld_channels[id].freq;
}

/* Reduced Neighbor Report of one link (802.11be 9.4.2.169). */
static size_t put_neighbor(uint8_t *to, const struct k_mld *mld, uint8_t id)
{
	const uint8_t rnr[] = { 201,
				20,
				0,
				16,
				mld_channels[id].op_class,
				mld_channels[id].channel,
				0xff,
				2,
				0,
				0,
				0,
				mld->m,
				id,
				0,
				0,
				0,
				0,
				0x42,
				0x7f,
				0,
				(uint8_t)(id | 0x10),
				0 };

	memcpy(to, rnr, sizeof(rnr));
	return sizeof(rnr);
}

static size_t put_mld_elements(uint8_t *to, const struct k_mld *mld, uint8_t id)
{
	const uint8_t ml[] = { 255,
			       14,
			       107,
			       0x30,
			       1,
			       11,
			       2,
			       0,
			       0,
			       0,
			       mld->m,
			       0xaa,
			       id,
			       1,
			       (uint8_t)mld->capabilities,
			       (uint8_t)(mld->capabilities >> 8) };
	size_t n = 2 + strlen(mld->ssid);

	to[0] = 0;
	to[1] = (uint8_t)strlen(mld->ssid);
	memcpy(to + 2, mld->ssid, strlen(mld->ssid));
	for (uint8_t k = 0; k < ARRAY_SIZE(mld_channels); k++)
		if (mld->announced >> k & 1 && k != id)
			n += put_neighbor(to + n, mld, k);
	memcpy(to + n, ml, sizeof(ml));
	return n + sizeof(ml);
}

void k_mld_bss(const struct k_mld *mld, uint8_t id, bool ours)
{
	uint8_t elements[200], bssid[ADDR_LEN] = { 2, 0, 0, 0, mld->m, id },
			       addr[ADDR_LEN] = { 2, 0, 0, 0, mld->m, 0xaa };
	size_t n = put_mld_elements(elements, mld, id);

	k_data(NL80211_CMD_NEW_SCAN_RESULTS, NLM_F_MULTI);
	k_nest(NL80211_ATTR_BSS);
	k_put(NL80211_BSS_BSSID, bssid, sizeof(bssid));
	k_put_u32(NL80211_BSS_FREQUENCY, mld_channels[id].freq);
	k_put_u16(NL80211_BSS_CAPABILITY, mld->closed ? 0x11 : 1);
	k_put_u32(NL80211_BSS_SIGNAL_MBM, (uint32_t)(-6000 + 100 * id));
	k_put_u32(NL80211_BSS_USE_FOR, mld->use_normal_only ? 1 : 3);
	k_put(NL80211_BSS_INFORMATION_ELEMENTS, elements, n);
	if (ours) {
		k_put_u32(NL80211_BSS_STATUS, NL80211_BSS_STATUS_ASSOCIATED);
		k_put_u8(NL80211_BSS_MLO_LINK_ID, id);
		k_put(NL80211_BSS_MLD_ADDR, addr, sizeof(addr));
	}
	k_nest_end();
}

void k_wiphy(uint16_t flags, uint32_t index, const char *name)
{
	k_data(NL80211_CMD_NEW_WIPHY, flags);
	k_put_u32(NL80211_ATTR_WIPHY, index);
	k_put_text(NL80211_ATTR_WIPHY_NAME, name);
}

void k_iftypes(uint16_t attr, uint32_t bitmap)
{
	k_nest(attr);
	for (uint16_t n = 0; n < 32; n++)
		if (bitmap >> n & 1)
			k_put(n, NULL, 0);
	k_nest_end();
}

size_t k_attrs_len(void)
{
	return last_message()->len - sizeof(struct genlmsghdr);
}

struct attrs k_attrs(size_t cut)
{
	size_t len = k_attrs_len() - cut;
	void *copy = malloc(len ? len : 1);

	if (!copy)
		broken("no memory");
	memcpy(copy, script.arena + last_message()->start + sizeof(struct genlmsghdr), len);
	return (struct attrs){ copy, (int)len };
}

void k_attrs_free(struct attrs a)
{
	free((void *)(uintptr_t)a.head);
}

/* ---- playing it ---- */

__attribute__((format(printf, 1, 2))) static void log_sent(const char *fmt, ...)
{
	size_t room = sizeof(shared->sent) - shared->sent_len;
	va_list ap;

	va_start(ap, fmt);
	shared->sent_len += (size_t)vsnprintf(shared->sent + shared->sent_len, room, fmt, ap);
	va_end(ap);
	if (shared->sent_len >= sizeof(shared->sent))
		broken("too many requests");
}

static uint32_t offset_of(const struct nlmsghdr *request, uint32_t type)
{
	struct nlattr *a;
	int rem;

	nla_for_each_attr(a, nlmsg_attrdata(request, GENL_HDRLEN),
			  nlmsg_attrlen(request, GENL_HDRLEN),
			  rem) if ((uint32_t)nla_type(a) ==
				   type) return (uint32_t)((const char *)a - (const char *)request);
	broken("the request has no attribute %u", type);
}

/* The extended acknowledgement, with the offsets that the script left open. */
static size_t render_ext(uint8_t *to, const uint8_t *tlvs, size_t len,
			 const struct nlmsghdr *request)
{
	struct nlattr *a;
	uint32_t offset;
	int rem;

	memcpy(to, tlvs, len);
	nla_for_each_attr(a, (struct nlattr *)to, (int)len, rem)
	{
		if (nla_type(a) != EXT_OFFS || nla_len(a) != sizeof(offset))
			continue;
		memcpy(&offset, nla_data(a), sizeof(offset));
		if (offset & OFFSET_OF)
			offset = offset_of(request, offset & ~OFFSET_OF);
		memcpy(nla_data(a), &offset, sizeof(offset));
	}
	return len;
}

/* An errno, then the request that it answers, whole unless capped, as the kernel does. */
static size_t render_error(uint8_t *to, const struct message *m, const struct nlmsghdr *request)
{
	const uint8_t *payload = script.arena + m->start;
	size_t len = sizeof(struct nlmsgerr);

	if (m->len < len) {
		memcpy(to, payload, m->len);
		return m->len;
	}
	memcpy(to, payload, sizeof(int));
	memcpy(to + sizeof(int), request, sizeof(*request));
	if (!(m->flags & NLM_F_CAPPED)) {
		memcpy(to + len, request + 1, request->nlmsg_len - sizeof(*request));
		len += NLMSG_ALIGN(request->nlmsg_len - sizeof(*request));
	}
	return len + render_ext(to + len, payload + sizeof(struct nlmsgerr),
				m->len - sizeof(struct nlmsgerr), request);
}

static size_t render_done(uint8_t *to, const struct message *m, const struct nlmsghdr *request)
{
	const uint8_t *payload = script.arena + m->start;

	memcpy(to, payload, sizeof(int));
	return sizeof(int) +
	       render_ext(to + sizeof(int), payload + sizeof(int), m->len - sizeof(int), request);
}

static size_t render_message(uint8_t *to, const struct message *m, const struct nlmsghdr *request)
{
	struct nlmsghdr h = { .nlmsg_type = m->type, .nlmsg_flags = m->flags };
	uint8_t *payload = to + sizeof(h);
	size_t len = m->len;

	if (m->type == NLMSG_ERROR)
		len = render_error(payload, m, request);
	else if (m->type == NLMSG_DONE && m->len >= sizeof(int))
		len = render_done(payload, m, request);
	else if (len)
		memcpy(payload, script.arena + m->start, len);
	h.nlmsg_len = (uint32_t)((int)(sizeof(h) + len) + m->length_off);
	h.nlmsg_seq = request->nlmsg_seq + (uint32_t)m->seq_off;
	memcpy(to, &h, sizeof(h));
	return NLMSG_ALIGN(sizeof(h) + len);
}

static bool is_dump(const struct nlmsghdr *request)
{
	return (request->nlmsg_flags & NLM_F_DUMP) == NLM_F_DUMP;
}

static void set_readable(struct queue *q)
{
	eventfd_t ignored;

	while (q->head < q->tail && q->packets[q->head].kind == LOSS)
		free(q->packets[q->head++].bytes);
	eventfd_read(q->fd, &ignored);
	if (q->head < q->tail && q->packets[q->head].kind != SILENCE)
		eventfd_write(q->fd, 1);
}

/* In memory of exactly its size, which libnl frees. */
static void enqueue(struct queue *q, size_t n, const struct nlmsghdr *request)
{
	static uint8_t room[1 << 17];
	const struct datagram *d = &script.datagrams[n];
	struct packet *p = &q->packets[q->tail++];

	if (q->tail > DATAGRAMS_MAX)
		broken("too many datagrams at once");
	*p = (struct packet){ .kind = d->kind, .err = d->err, .port = d->port };
	p->of_dump = is_dump(request);
	memset(room, 0, sizeof(room));
	for (size_t k = 0; k < script.n_messages; k++)
		if (script.messages[k].datagram == n)
			p->len += render_message(room + p->len, &script.messages[k], request);
	p->len -= d->cut;
	p->bytes = malloc(p->len ? p->len : 1);
	memcpy(p->bytes, room, p->len);
}

/* What happens while nobody listens is lost. */
static void play_events(unsigned int turn)
{
	static const struct nlmsghdr unasked;

	for (size_t n = 0; n < script.n_datagrams; n++) {
		if (!script.datagrams[n].event || script.datagrams[n].turn != turn)
			continue;
		if (!listener)
			broken("nobody listens to the event after:\n%s", shared->sent);
		enqueue(&events, n, &unasked);
	}
	if (listener)
		set_readable(&events);
}

static bool is_scripted(unsigned int turn)
{
	for (size_t n = 0; n < script.n_datagrams; n++)
		if (script.datagrams[n].turn == turn && !script.datagrams[n].event)
			return true;
	return false;
}

static void play(unsigned int turn, const struct nlmsghdr *request)
{
	for (size_t n = 0; n < script.n_datagrams; n++)
		if (script.datagrams[n].turn == turn && !script.datagrams[n].event)
			enqueue(&answers, n, request);
	set_readable(&answers);
}

static void script_group(uint16_t place, const char *name, uint32_t id)
{
	k_nest(place);
	k_put_text(CTRL_ATTR_MCAST_GRP_NAME, name);
	k_put_u32(CTRL_ATTR_MCAST_GRP_ID, id);
	k_nest_end();
}

static void script_family(void)
{
	k_message(GENL_ID_CTRL, 0);
	k_raw(&(struct genlmsghdr){ .cmd = CTRL_CMD_NEWFAMILY, .version = 2 }, GENL_HDRLEN);
	k_put_text(CTRL_ATTR_FAMILY_NAME, NL80211_GENL_NAME);
	k_put_u16(CTRL_ATTR_FAMILY_ID, K_FAMILY_ID);
	k_put_u32(CTRL_ATTR_MAXATTR, script.maxattr);
	k_nest(CTRL_ATTR_OPS);
	for (uint16_t cmd = 0; cmd < 256; cmd++) {
		if (!(script.commands[cmd / 32] >> cmd % 32 & 1))
			continue;
		k_nest(cmd + 1);
		k_put_u32(CTRL_ATTR_OP_ID, cmd);
		k_put_u32(CTRL_ATTR_OP_FLAGS, 10);
		k_nest_end();
	}
	k_nest_end();
	k_nest(CTRL_ATTR_MCAST_GROUPS);
	script_group(1, "config", K_GROUP_CONFIG);
	script_group(2, "scan", K_GROUP_SCAN);
	script_group(3, "vendor", K_GROUP_VENDOR);
	script_group(4, "mlme", K_GROUP_MLME);
	script_group(5, "regulatory", K_GROUP_REGULATORY);
	k_nest_end();
}

/* As kernels do: first which policy is the command's, then all there are, attribute by attribute.
 */
static void script_policy(void)
{
	k_policy_index(1);
	k_policy_attr(0, NL80211_ATTR_IFTYPE, NL_ATTR_TYPE_U32, 99);
	k_policy_attr(1, NL80211_ATTR_WIPHY, NL_ATTR_TYPE_U32, 0);
	k_policy_attr(1, NL80211_ATTR_IFTYPE, NL_ATTR_TYPE_U32, script.iftype_max);
	if (script.link_info_type)
		k_policy_attr(1, RFC_ATTR_MLO_LINK_INFO, script.link_info_type, 0);
	k_datagram();
	k_policy_attr(1, RFC_ATTR_MLO_LINK_INFO + 1, NL_ATTR_TYPE_NESTED, 0);
	k_policy_attr(2, RFC_ATTR_MLO_LINK_INFO,
		      script.link_info_type ? NL_ATTR_TYPE_FLAG : NL_ATTR_TYPE_NESTED, 0);
	k_policy_attr(2, NL80211_ATTR_IFTYPE, NL_ATTR_TYPE_U32, 1);
	k_done(0);
}

/* Plays what the script has for this turn, or what is written for it now. */
static void play_or(unsigned int turn, void (*write)(void), const struct nlmsghdr *request)
{
	unsigned int at = script.at;

	if (!is_scripted(turn)) {
		script.at = turn;
		script.events = false;
		write();
		script.at = at;
	}
	play(turn, request);
}

static void answer_family(const struct nlmsghdr *request)
{
	shared->family++;
	play_or(0, script_family, request);
}

/* The only other question to generic netlink itself. */
static void answer_policy(const struct nlmsghdr *request)
{
	const struct nlattr *op =
		nlmsg_find_attr((struct nlmsghdr *)request, GENL_HDRLEN, CTRL_ATTR_OP);

	if (!op || nla_len(op) != sizeof(uint32_t))
		broken("the policy of no command");
	if (!is_dump(request))
		broken("the policy is a dump");
	log_sent("dump policy %u\n", *(const uint32_t *)nla_data(op));
	play_or(TURN_POLICY, script_policy, request);
}

static void answer_control(const struct nlmsghdr *request)
{
	const struct genlmsghdr *genl = nlmsg_data(request);
	const struct nlattr *name =
		nlmsg_find_attr((struct nlmsghdr *)request, GENL_HDRLEN, CTRL_ATTR_FAMILY_NAME);

	if (!name || strcmp(nla_data(name), NL80211_GENL_NAME) != 0)
		broken("a question about another family");
	if (genl->cmd == CTRL_CMD_GETPOLICY)
		answer_policy(request);
	else if (genl->cmd == CTRL_CMD_GETFAMILY)
		answer_family(request);
	else
		broken("command %u of generic netlink", genl->cmd);
}

/* ---- what was sent ---- */

/* Names of their own, so that a wrong name in the program's tables does not hide itself. */
static void log_name(unsigned int number, bool attr)
{
	static const struct {
		const char *name;
		unsigned int number;
		bool attr;
	} names[] = {
		{ "GET_WIPHY", 1, false },
		{ "GET_INTERFACE", 5, false },
		{ "SET_INTERFACE", 6, false },
		{ "GET_SCAN", 32, false },
		{ "NEW_INTERFACE", 7, false },
		{ "DEL_INTERFACE", 8, false },
		{ "CONNECT", 46, false },
		{ "DISCONNECT", 48, false },
		{ "ADD_LINK", 148, false },
		{ "REMOVE_LINK", 149, false },
		{ "IFNAME", 4, true },
		{ "SSID", 52, true },
		{ "AUTH_TYPE", 53, true },
		{ "MLO_SUPPORT", 315, true },
		{ "WIPHY", 1, true },
		{ "IFINDEX", 3, true },
		{ "IFTYPE", 5, true },
		{ "MAC", 6, true },
		{ "WDEV", 153, true },
		{ "SPLIT_WIPHY_DUMP", 174, true },
		{ "VENDOR", 103, false },
		{ "VENDOR_ID", 195, true },
		{ "VENDOR_SUBCMD", 196, true },
		{ "VENDOR_DATA", 197, true },
		{ "GET_STATION", 17, false },
		{ "GET_SURVEY", 50, false },
		{ "STA_DUMP_LINK_STATS", 367, true },
		{ "TRIGGER_SCAN", 33, false },
		{ "SCAN_FREQUENCIES", 44, true },
		{ "SCAN_SSIDS", 45, true },
		{ "ABORT_SCAN", 114, false },
		{ "AUTHENTICATE", 37, false },
		{ "ASSOCIATE", 38, false },
		{ "STOP_AP", 16, false },
		{ "ASSOC_MLO_RECONF", 156, false },
		{ "EPCS_CFG", 157, false },
		{ "SET_TID_TO_LINK_MAPPING", 155, false },
		{ "GET_REG", 31, false },
		{ "GET_KEY", 9, false },
		{ "REQ_SET_REG", 27, false },
		{ "REG_ALPHA2", 33, true },
		{ "WIPHY_FREQ", 38, true },
		{ "MLD_ADDR", 314, true },
		{ "MLO_LINKS", 312, true },
		{ "MLO_TTLM_DLINK", 328, true },
		{ "MLO_TTLM_ULINK", 329, true },
		{ "EPCS", 336, true },
		{ "MLO_RECONF_REM_LINKS", 335, true },
		{ "MLO_LINK_ID", 313, true },
		{ "BSS_DUMP_INCLUDE_USE_DATA", 327, true },
	};

	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		if (names[i].number == number && names[i].attr == attr) {
			log_sent(" %s", names[i].name);
			return;
		}
	log_sent(" %u", number);
}

#define VALUE_MAX 4096

static void reverse(uint8_t *p, size_t len)
{
	for (size_t i = 0; i < len / 2; i++) {
		uint8_t byte = p[i];

		p[i] = p[len - 1 - i];
		p[len - 1 - i] = byte;
	}
}

static void swap_number(uint8_t *p, size_t len)
{
	if (len == 2 || len == 4 || len == 8)
		reverse(p, len);
}

/* A list of attributes; with a depth, of such lists; at the bottom, of numbers or of bytes. */
static void swap_list(uint8_t *p, size_t len, unsigned int depth, bool numbers)
{
	for (size_t at = 0; at + NLA_HDRLEN <= len;) {
		struct nlattr a;

		memcpy(&a, p + at, sizeof(a));
		reverse(p + at, 2);
		reverse(p + at + 2, 2);
		if (depth)
			swap_list(p + at + NLA_HDRLEN, a.nla_len - NLA_HDRLEN, depth - 1, numbers);
		else if (numbers)
			swap_number(p + at + NLA_HDRLEN, a.nla_len - NLA_HDRLEN);
		at += NLA_ALIGN(a.nla_len);
	}
}

/* As a little-endian machine has the value of an attribute, so that what is logged is the same on
 * all. */
static void to_little_endian(uint8_t *p, size_t len, unsigned int type)
{
	if (htole16(1) == 1)
		return;
	switch (type) {
	case NL80211_ATTR_SCAN_SSIDS:
		swap_list(p, len, 0, false);
		break;
	case NL80211_ATTR_SCAN_FREQUENCIES:
		swap_list(p, len, 0, true);
		break;
	case NL80211_ATTR_MLO_LINKS:
		swap_list(p, len, 1, true);
		break;
	case NL80211_ATTR_MLO_TTLM_DLINK:
	case NL80211_ATTR_MLO_TTLM_ULINK:
		for (size_t i = 0; i + 2 <= len; i += 2)
			reverse(p + i, 2);
		break;
	default:
		swap_number(p, len);
	}
}

static void log_value(const struct nlattr *a)
{
	size_t len = (size_t)nla_len(a);
	uint8_t bytes[VALUE_MAX];
	uint32_t u32;

	if (!len)
		return;
	if (len > sizeof(bytes))
		broken("a value of %zu bytes", len);
	memcpy(bytes, nla_data(a), len);
	to_little_endian(bytes, len, (unsigned int)nla_type(a));
	log_sent("=");
	if (len == sizeof(u32)) {
		memcpy(&u32, bytes, sizeof(u32));
		log_sent("%u", le32toh(u32));
		return;
	}
	if (len == 1) {
		log_sent("%u", bytes[0]);
		return;
	}
	for (size_t i = 0; i < len; i++)
		log_sent("%02x", bytes[i]);
}

/* In a network of its own: whether lo is up, whenever that has changed. */
static void log_lo(void)
{
	struct ifreq ifr = { .ifr_name = "lo" };
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	bool up;

	if (fd < 0 || ioctl(fd, SIOCGIFFLAGS, &ifr) < 0)
		broken("no lo");
	close(fd);
	up = ifr.ifr_flags & IFF_UP;
	if (up == script.lo_down)
		log_sent("lo is %s\n", up ? "up" : "down");
	script.lo_down = !up;
}

static void log_request(const struct nlmsghdr *request)
{
	const struct genlmsghdr *genl = nlmsg_data(request);
	struct nlattr *a;
	int rem;

	if (script.own_network)
		log_lo();
	switch (request->nlmsg_flags) {
	case NLM_F_REQUEST:
		log_sent("get");
		break;
	case NLM_F_REQUEST | NLM_F_DUMP:
		log_sent("dump");
		break;
	case NLM_F_REQUEST | NLM_F_ACK:
		log_sent("change");
		break;
	default:
		log_sent("flags-0x%x", request->nlmsg_flags);
	}
	log_name(genl->cmd, false);
	nla_for_each_attr(a, nlmsg_attrdata(request, GENL_HDRLEN),
			  nlmsg_attrlen(request, GENL_HDRLEN), rem)
	{
		log_name((unsigned int)nla_type(a), true);
		log_value(a);
	}
	log_sent("\n");
}

/* ---- the clock ---- */

int __real_poll(struct pollfd *fds, nfds_t n, int ms);
int __wrap_poll(struct pollfd *fds, nfds_t n, int ms);
int __real_usleep(useconds_t us);
int __wrap_usleep(useconds_t us);
int __real_clock_gettime(clockid_t clock, struct timespec *t);
int __wrap_clock_gettime(clockid_t clock, struct timespec *t);

static int64_t waited_us; /* in all, or as long as it would have been */

/* What comes by itself, and not by the script: an end of a child, a timer, a device of the test's.
 */
static bool may_wake(const struct pollfd *fds, nfds_t n)
{
	char path[32], what[64];
	siginfo_t info;

	if (waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) == 0)
		return true;
	for (nfds_t i = 0; i < n; i++) {
		ssize_t len;

		snprintf(path, sizeof(path), "/proc/self/fd/%d", fds[i].fd);
		len = readlink(path, what, sizeof(what) - 1);
		what[len > 0 ? len : 0] = '\0';
		if (*what == '/' || !strncmp(what, "anon_inode:[timerfd]", 20))
			return true;
	}
	return false;
}

static int64_t real_us(void)
{
	struct timespec t;

	__real_clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

/* Where nothing can come, a limit passes at once. */
int __wrap_poll(struct pollfd *fds, nfds_t n, int ms)
{
	int ready = __real_poll(fds, n, 0);
	int64_t began = real_us();

	if (ready || !ms)
		return ready;
	if (ms > 0 && !may_wake(fds, n)) {
		waited_us += (int64_t)ms * 1000;
		return 0;
	}
	ready = __real_poll(fds, n, ms);
	waited_us += real_us() - began;
	return ready;
}

int __wrap_usleep(useconds_t us)
{
	waited_us += us;
	return __real_usleep(us);
}

/* Only waiting takes time: so no limit passes because the machine is slow. */
int __wrap_clock_gettime(clockid_t clock, struct timespec *t)
{
	static int64_t began;
	int64_t us;

	if (clock != CLOCK_MONOTONIC)
		return __real_clock_gettime(clock, t);
	began = began ? began : real_us();
	us = began + ++waited_us;
	t->tv_sec = us / 1000000;
	t->tv_nsec = us % 1000000 * 1000;
	return 0;
}

/* ---- the hooks ---- */

static int send_hook(struct nl_sock *sock, struct nl_msg *msg)
{
	const struct nlmsghdr *request = nlmsg_hdr(msg);

	(void)sock;
	if (request->nlmsg_seq <= last_seq)
		broken("sequence number %u came before", request->nlmsg_seq);
	last_seq = request->nlmsg_seq;
	for (size_t n = answers.head; n < answers.tail; n++)
		if (is_dump(request) && answers.packets[n].of_dump &&
		    answers.packets[n].kind == DATAGRAM)
			broken("a dump while another goes on: EBUSY");
	if (request->nlmsg_type == GENL_ID_CTRL) {
		answer_control(request);
		return (int)request->nlmsg_len;
	}
	if (request->nlmsg_type != K_FAMILY_ID)
		broken("a request for family %u", request->nlmsg_type);
	log_request(request);
	if (++shared->turns > script.turns)
		broken("no answer to this request:\n%s", shared->sent);
	if (shared->turns < TURNS_MAX && script.deeds[shared->turns])
		script.deeds[shared->turns]();
	play(shared->turns, request);
	play_events(shared->turns);
	return (int)request->nlmsg_len;
}

int transport_receive(struct nl_sock *sock, unsigned char **buf, uint32_t *port)
{
	struct queue *q = sock == listener ? &events : &answers;
	struct packet *p = &q->packets[q->head];

	if (q->head == q->tail)
		broken("nothing more to receive after:\n%s", shared->sent);
	if (p->kind == SILENCE)
		broken("a receive that would wait forever");
	q->head++;
	set_readable(q);
	if (p->kind == FAILURE) {
		free(p->bytes);
		errno = p->err;
		return -NLE_FAILURE;
	}
	*port = p->port;
	*buf = p->bytes;
	if (!p->len) {
		*buf = NULL;
		free(p->bytes);
	}
	p->bytes = NULL;
	return (int)p->len;
}

static struct nl_sock *hooked_socket(struct queue *q)
{
	struct nl_sock *sock = nl_socket_alloc();
	struct nl_cb *cb;

	shared->opened++;
	q->fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
	if (!sock || q->fd < 0)
		broken("no memory");
	cb = nl_socket_get_cb(sock);
	nl_cb_overwrite_send(cb, send_hook);
	nl_cb_put(cb);
	return sock;
}

enum status transport_open(struct ctx *ctx)
{
	ctx->sock = hooked_socket(&answers);
	ctx->fd = answers.fd;
	return ST_OK;
}

enum status transport_listen(struct ctx *ctx, const uint32_t *groups, size_t n)
{
	if (listener)
		broken("listens twice");
	listener = ctx->events = hooked_socket(&events);
	ctx->events_fd = events.fd;
	log_sent("listen");
	for (size_t i = 0; i < n; i++)
		log_sent(groups[i] == K_GROUP_CONFIG	   ? " config"
			 : groups[i] == K_GROUP_MLME	   ? " mlme"
			 : groups[i] == K_GROUP_VENDOR	   ? " vendor"
			 : groups[i] == K_GROUP_SCAN	   ? " scan"
			 : groups[i] == K_GROUP_REGULATORY ? " regulatory"
							   : " another");
	log_sent("\n");
	play_events(0);
	return ST_OK;
}

static void close_socket(struct nl_sock **sock, int fd)
{
	if (!*sock)
		return;
	close(fd);
	nl_socket_free(*sock);
	*sock = NULL;
}

/* The kernel reports a loss before the events that came before it: those up to k_lost(). */
uint32_t transport_waiting(const struct ctx *ctx)
{
	uint32_t n = 0;

	(void)ctx;
	while (events.head + n < events.tail && events.packets[events.head + n].kind != LOSS)
		n++;
	return events.head + n < events.tail ? n : 0;
}

uint32_t transport_dropped(const struct ctx *ctx)
{
	(void)ctx;
	return script.dropped;
}

void transport_close(struct ctx *ctx)
{
	close_socket(&ctx->sock, ctx->fd);
	close_socket(&ctx->events, ctx->events_fd);
}

/* ---- running the program ---- */

int iw_mlo_main(int argc, char **argv);

static int temporary(void)
{
	FILE *f = tmpfile();
	int fd = f ? fcntl(fileno(f), F_DUPFD_CLOEXEC, 3) : -1;

	if (fd < 0)
		broken("no temporary file");
	fclose(f);
	return fd;
}

static char *contents(int fd)
{
	off_t end = lseek(fd, 0, SEEK_END), len = end < 0 ? 0 : end; /* a terminal has none */
	char *text = calloc(1, (size_t)len + 1);

	if (text && end < 0) {
		close(fd);
		return text;
	}
	if (!text || pread(fd, text, (size_t)len, 0) != (ssize_t)len)
		broken("cannot read what was printed");
	close(fd);
	return text;
}

static void enter_own_network(void)
{
	struct ifreq ifr = { .ifr_name = "lo", .ifr_flags = IFF_UP };
	int fd;

	if (unshare(CLONE_NEWUSER | CLONE_NEWNET) < 0)
		broken("no network namespace");
	if (script.lo_down)
		return;
	fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (fd < 0 || ioctl(fd, SIOCSIFFLAGS, &ifr) < 0)
		broken("lo does not come up");
	close(fd);
}

__attribute__((noreturn)) static void run_child(int out, int err, char *const words[])
{
	int argc = 0;

	alarm(20); /* a hang is a failure, too */
	dup2(out, STDOUT_FILENO);
	dup2(err, STDERR_FILENO);
	unsetenv("NO_COLOR");
	if (script.own_network)
		enter_own_network();
	while (words[argc])
		argc++;
	argc = iw_mlo_main(argc, (char **)words);
	if (script.own_network)
		log_lo();
	exit(argc);
}

static const struct run *run_into(int out, char *const words[])
{
	static struct run r;
	int err = temporary(), status;
	pid_t pid;

	free(r.out);
	free(r.err);
	if (!shared)
		shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE,
			      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (shared == MAP_FAILED)
		broken("no memory");
	memset(shared, 0, sizeof(*shared));
	fflush(NULL);
	pid = fork();
	if (!pid)
		run_child(out, err, words);
	if (pid < 0 || waitpid(pid, &status, 0) != pid)
		broken("cannot run the program");
	r = (struct run){
		.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status),
		.out = contents(out),
		.err = contents(err),
		.sent = shared->sent,
		.opened = shared->opened,
		.family = shared->family,
		.turns_left = script.turns - shared->turns,
	};
	return &r;
}

const struct run *run_words(char *const words[])
{
	return run_into(temporary(), words);
}

static const struct run *run_line(int out, const char *line)
{
	char copy[500], *words[40] = { (char *)"iw-mlo" }, *save;
	size_t n = 1;

	snprintf(copy, sizeof(copy), "%s", line);
	for (char *w = strtok_r(copy, " ", &save); w; w = strtok_r(NULL, " ", &save))
		if (n + 1 < ARRAY_SIZE(words))
			words[n++] = w;
	return run_into(out, words);
}

const struct run *run(const char *line)
{
	return run_line(temporary(), line);
}

/* A process that takes what comes out of a terminal, which would be full before long. */
static pid_t read_terminal(int master, int slave, int to)
{
	char buf[4096];
	pid_t pid = fork();
	ssize_t n;

	if (pid)
		return pid;
	close(slave);
	/* up to a NUL: what is on its way when the last one closes may be lost */
	while ((n = read(master, buf, sizeof(buf))) > 0) {
		const char *end = memchr(buf, '\0', (size_t)n);

		n = end ? end - buf : n;
		if (write(to, buf, (size_t)n) != n || end)
			break;
	}
	_exit(0);
}

const struct run *run_on_terminal(unsigned short columns, unsigned short rows, const char *line)
{
	struct winsize size = { .ws_col = columns, .ws_row = rows };
	int master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC), slave, seen = temporary();
	struct termios mode;
	struct run *r;
	pid_t reader;

	if (master < 0 || grantpt(master) < 0 || unlockpt(master) < 0)
		broken("no terminal");
	slave = open(ptsname(master), O_RDWR | O_NOCTTY | O_CLOEXEC);
	if (slave < 0 || ioctl(slave, TIOCSWINSZ, &size) < 0 || tcgetattr(slave, &mode) < 0)
		broken("no terminal");
	cfmakeraw(&mode);
	tcsetattr(slave, TCSANOW, &mode);
	reader = read_terminal(master, slave, seen);
	r = (struct run *)run_line(dup(slave), line);
	if (write(slave, "", 1) != 1)
		broken("no terminal");
	waitpid(reader, NULL, 0);
	close(slave);
	free(r->out);
	r->out = contents(seen);
	close(master);
	return r;
}

const struct run *run_to(const char *path, const char *line)
{
	return run_line(open(path, O_RDWR | O_CLOEXEC), line);
}

static void assert_text(const char *what, const char *got, const char *want, const char *file,
			int line)
{
	if (!want || !strcmp(got, want))
		return;
	print_error("%s differs:\n%s--- expected:\n%s---\n", what, got, want);
	_fail(file, line);
}

void k_assert_run(const struct run *r, int status, const char *out, const char *err,
		  const char *sent, const char *file, int line)
{
	if (r->status != status) {
		print_error("status %d instead of %d\nstdout: %s\nstderr: %s\nsent:\n%s", r->status,
			    status, r->out, r->err, r->sent);
		_fail(file, line);
	}
	assert_text("stderr", r->err, err, file, line);
	assert_text("stdout", r->out, out, file, line);
	assert_text("what was sent", r->sent, sent, file, line);
	if (r->turns_left) {
		print_error("%u answers of the script were not asked for\n", r->turns_left);
		_fail(file, line);
	}
}
