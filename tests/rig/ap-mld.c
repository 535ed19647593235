/* SPDX-License-Identifier: ISC */
/*
 * An AP MLD for the rig: an open network on up to 15 links, answered for by this program.
 *
 * usage: ap-mld [-d] DEV
 *	-d: requests and answers on stderr
 *
 * Every line on stdin is a command; each is answered by one line, "ok ..." or "error ERRNO WHAT":
 *
 *	start SSID ID:MHZ[/80]...	begin to beacon
 *	stop				and end it; the links go, too
 *	stations			who is there: MAC links IDS STATE [legacy], with ";" between
 *	refuse ID status N		of this link, to whom asks for it; 0: welcome again
 *	auth|assoc|reconf|ttlm|epcs accept | refuse [N] | silent
 *					how such requests are answered from now on
 *	profiles on|off			of all links in probe responses
 *	remove ID in N			announced for N TBTTs, then done
 *	keep ID				not removed after all
 *	switch ID MHZ[/80] [in N]	to another channel, after N beacons
 *	deauth MAC reason N		with a frame
 *	forget MAC			without
 *	quit				as the end of stdin
 *
 * Every other line is something that happened:
 *
 *	auth MAC link ID [legacy] status N
 *	assoc MAC links IDS status N [refused IDS] [legacy]	acknowledged and authorized
 *	assoc MAC unanswered
 *	ignored assoc MAC link ID	from whom did not authenticate there
 *	unacked TYPE MAC		a frame of ours, by its first octet
 *	gone MAC [reason N]
 *	removed ID
 *	switched ID MHZ
 *	reconf MAC {add|del} ID status N... links IDS
 *	ttlm MAC element HEX status N | unanswered, ttlm MAC off
 *	epcs MAC on status N | unanswered, epcs MAC off
 *	failed ERRNO WHAT: WHY		the kernel refused a request
 *	lost				events; what became of them is not known
 */
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "ap-mld.h"

#define REASON_LEAVING 3
#define SWITCH_BEACONS 5
#define WORDS_MAX      20

/* ---- the kernel ---- */

static const char *errno_text(int err)
{
	static char buf[16];
	const char *name = errno_name(err);

	snprintf(buf, sizeof(buf), "errno-%d", err);
	return name ? name : buf;
}

/* Everything that fails is told; a command's answer has the first of it. */
static enum status note(struct own_ap *ap, enum status st, const char *what)
{
	int err = st == ST_REFUSED ? ap->ctx.refusal.err : EIO;

	if (st == ST_OK)
		return st;
	printf("failed %s %s: %s\n", errno_text(err), what, ap->ctx.error);
	if (ap->failure.err)
		return st;
	ap->failure.err = err;
	snprintf(ap->failure.what, sizeof(ap->failure.what), "%s", what);
	return st;
}

enum status ask(struct own_ap *ap, struct req *rq, const char *what)
{
	return note(ap, dispatch(&ap->ctx, rq, NULL), what);
}

void ap_request(struct own_ap *ap, struct req *rq, uint8_t cmd)
{
	req_change(&ap->ctx, rq, cmd);
	req_target(&ap->ctx, rq);
}

enum status send_frame(struct own_ap *ap, const struct own_link *l, const struct out *o,
		       const char *what)
{
	struct req rq;

	ap_request(ap, &rq, NL80211_CMD_FRAME);
	req_u8(&rq, NL80211_ATTR_MLO_LINK_ID, l->id);
	req_u32(&rq, NL80211_ATTR_WIPHY_FREQ, l->chan.freq);
	req_bytes(&rq, NL80211_ATTR_FRAME, o->b, o->len);
	return ask(ap, &rq, what);
}

/* Frames come on the socket that asked for them: the one of the events. */
static void swap_sockets(struct ctx *ctx)
{
	struct nl_sock *sock = ctx->sock;
	int fd = ctx->fd;

	ctx->sock = ctx->events;
	ctx->fd = ctx->events_fd;
	ctx->events = sock;
	ctx->events_fd = fd;
}

static void register_frames(struct own_ap *ap)
{
	static const uint16_t types[] = { FC_AUTH,     FC_ASSOC_REQUEST,
					  FC_DISASSOC, FC_REASSOC_REQUEST,
					  FC_DEAUTH,   FC_PROBE_REQUEST,
					  FC_ACTION };
	static const uint8_t match[] = { CATEGORY_PROTECTED_EHT };
	struct req rq;

	swap_sockets(&ap->ctx);
	for (size_t i = 0; i < ARRAY_SIZE(types); i++) {
		ap_request(ap, &rq, NL80211_CMD_REGISTER_FRAME);
		req_u16(&rq, NL80211_ATTR_FRAME_TYPE, types[i]);
		/* the kernel wants a pattern, even an empty one */
		req_bytes(&rq, NL80211_ATTR_FRAME_MATCH, match,
			  types[i] == FC_ACTION ? sizeof(match) : 0);
		ask(ap, &rq, "REGISTER_FRAME");
	}
	swap_sockets(&ap->ctx);
	ap->registered = !ap->failure.err;
}

static enum status set_up(struct own_ap *ap, bool up)
{
	ap->ctx.refusal.err = EIO; /* it is not of netlink */
	return note(ap, set_netdev_up(&ap->ctx, ap->iface.name, up), "SIOCSIFFLAGS");
}

static void become_ap(struct own_ap *ap)
{
	enum status st = ST_OK;
	struct req rq;

	if (ap->iface.type != NL80211_IFTYPE_AP) {
		st = set_up(ap, false);
		ap_request(ap, &rq, NL80211_CMD_SET_INTERFACE);
		req_u32(&rq, NL80211_ATTR_IFTYPE, NL80211_IFTYPE_AP);
		if (ask(ap, &rq, "SET_INTERFACE") == ST_OK)
			ap->iface.type = NL80211_IFTYPE_AP;
	}
	if (st == ST_OK && set_up(ap, true) == ST_OK && !ap->registered)
		register_frames(ap);
}

static void link_request(struct own_ap *ap, struct req *rq, uint8_t cmd, const struct own_link *l)
{
	ap_request(ap, rq, cmd);
	req_u8(rq, NL80211_ATTR_MLO_LINK_ID, l->id);
}

static void add_channel(struct req *rq, const struct chandef *c)
{
	req_u32(rq, NL80211_ATTR_WIPHY_FREQ, c->freq);
	req_u32(rq, NL80211_ATTR_CHANNEL_WIDTH, c->width);
	req_u32(rq, NL80211_ATTR_CENTER_FREQ1, c->center1);
}

static void add_beacon(const struct own_ap *ap, struct req *rq, const struct own_link *l)
{
	struct out head = { .len = 0 }, tail = { .len = 0 };

	put_beacon_head(&head, ap, l);
	put_beacon_tail(&tail, ap, l);
	req_bytes(rq, NL80211_ATTR_BEACON_HEAD, head.b, head.len);
	req_bytes(rq, NL80211_ATTR_BEACON_TAIL, tail.b, tail.len);
}

static enum status add_link(struct own_ap *ap, const struct own_link *l)
{
	struct req rq;

	link_request(ap, &rq, NL80211_CMD_ADD_LINK, l);
	req_mac(&rq, NL80211_ATTR_MAC, l->addr);
	return ask(ap, &rq, "ADD_LINK");
}

/* Owned: what no longer answers should not beacon either. */
static enum status start_link(struct own_ap *ap, const struct own_link *l)
{
	struct req rq;

	link_request(ap, &rq, NL80211_CMD_START_AP, l);
	req_bytes(&rq, NL80211_ATTR_SSID, ap->ssid, ap->ssid_len);
	req_u32(&rq, NL80211_ATTR_BEACON_INTERVAL, BEACON_TU);
	req_u32(&rq, NL80211_ATTR_DTIM_PERIOD, DTIM_PERIOD);
	req_flag(&rq, NL80211_ATTR_SOCKET_OWNER);
	add_channel(&rq, &l->chan);
	add_beacon(ap, &rq, l);
	return ask(ap, &rq, "START_AP");
}

static void update_beacons(struct own_ap *ap)
{
	const struct own_link *l;
	struct req rq;

	for_each_link(ap, l) {
		if (l->switching) /* the kernel has its next one already */
			continue;
		link_request(ap, &rq, NL80211_CMD_SET_BEACON, l);
		add_beacon(ap, &rq, l);
		ask(ap, &rq, "SET_BEACON");
	}
}

/* The stations first: with a link, the kernel would flush every station that has it, wholly. */
static void remove_link(struct own_ap *ap, struct own_link *l)
{
	struct req rq;

	leave_link(ap, l);
	link_request(ap, &rq, NL80211_CMD_REMOVE_LINK, l);
	ask(ap, &rq, "REMOVE_LINK");
	l->up = false;
	l->removal = 0;
}

/* The beacons until the switch, with the counter that the kernel counts down, and those after. */
static void switch_link(struct own_ap *ap, struct own_link *l, const struct chandef *to,
			uint8_t count)
{
	struct out head = { .len = 0 }, tail = { .len = 0 };
	struct own_link after = *l;
	uint16_t counter;
	struct req rq;
	size_t nest;

	put_beacon_head(&head, ap, l);
	counter = (uint16_t)put_channel_switch(&tail, to, count);
	put_beacon_tail(&tail, ap, l);
	after.chan = *to;
	after.changes++;
	link_request(ap, &rq, NL80211_CMD_CHANNEL_SWITCH, l);
	add_channel(&rq, to);
	req_u32(&rq, NL80211_ATTR_CH_SWITCH_COUNT, count);
	add_beacon(ap, &rq, &after);
	nest = req_nest(&rq, NL80211_ATTR_CSA_IES);
	req_bytes(&rq, NL80211_ATTR_BEACON_HEAD, head.b, head.len);
	req_bytes(&rq, NL80211_ATTR_BEACON_TAIL, tail.b, tail.len);
	req_u16(&rq, NL80211_ATTR_CNTDWN_OFFS_BEACON, counter);
	req_nest_end(&rq, nest);
	l->switching |= ask(ap, &rq, "CHANNEL_SWITCH") == ST_OK;
}

static void stop(struct own_ap *ap)
{
	struct own_station *s;
	struct own_link *l;

	for_each_station(ap, s)
		dismiss(ap, s, true, REASON_LEAVING);
	for_each_link(ap, l)
		remove_link(ap, l);
}

/* ---- time ---- */

static void set_tick(struct own_ap *ap)
{
	const struct own_link *l;
	bool any = false;

	for_each_link(ap, l)
		any |= l->removal;
	ap->tick = any ? now_ms() + BEACON_TU * 1024 / 1000 : 0;
}

static void on_tick(struct own_ap *ap)
{
	struct own_link *l;

	for_each_link(ap, l) {
		if (!l->removal || --l->removal)
			continue;
		remove_link(ap, l);
		printf("removed %u\n", l->id);
	}
	update_beacons(ap);
	set_tick(ap);
}

/* ---- commands: NULL, or what was wrong with the words ---- */

static const char wrong[] = "words";

static struct own_link *link_of(struct own_ap *ap, const char *word)
{
	uint8_t id;

	if (!word || !parse_link_id(word, &id) || !ap->links[id].up)
		return NULL;
	return &ap->links[id];
}

/* A number after its keyword. */
static bool parse_number(char **words, const char *keyword, uint64_t max, uint64_t *n)
{
	return words[0] && words[1] && !strcmp(words[0], keyword) && parse_u64(words[1], n) &&
	       *n <= max;
}

static bool plan_link(struct own_ap *ap, char *word)
{
	char *colon = strchr(word, ':');
	struct own_link *l;
	uint8_t id;

	if (!colon)
		return false;
	*colon = '\0';
	if (!parse_link_id(word, &id) || ap->links[id].up)
		return false;
	l = &ap->links[id];
	*l = (struct own_link){ .up = true, .id = id, .changes = 1 };
	memcpy(l->addr, ap->iface.addr, ADDR_LEN);
	l->addr[ADDR_LEN - 1] ^= (uint8_t)(0x10 + id);
	return parse_channel(colon + 1, &l->chan);
}

static bool is_started(const struct own_ap *ap)
{
	const struct own_link *l;

	for_each_link(ap, l)
		return true;
	return false;
}

static const char *cmd_start(struct own_ap *ap, char **words)
{
	struct own_link *l;

	if (is_started(ap))
		return "started already";
	if (!words[0] || !words[1] || !parse_ssid(words[0], ap->ssid, &ap->ssid_len))
		return wrong;
	for (words++; *words; words++) {
		if (!plan_link(ap, *words)) {
			memset(ap->links, 0, sizeof(ap->links));
			return wrong;
		}
	}
	ap->kept = false;
	become_ap(ap);
	for_each_link(ap, l)
		if (ap->failure.err || add_link(ap, l) != ST_OK)
			l->up = false;
	for_each_link(ap, l)
		if (!ap->failure.err)
			start_link(ap, l);
	for_each_link(ap, l)
		if (ap->failure.err)
			remove_link(ap, l);
	return NULL;
}

static const char *cmd_stop(struct own_ap *ap, char **words)
{
	(void)words;
	stop(ap);
	set_tick(ap);
	return NULL;
}

static const char *cmd_stations(struct own_ap *ap, char **words)
{
	const char *between = " ", *state;
	char mac[MAC_TEXT];
	struct own_station *s;

	(void)words;
	printf("ok");
	for_each_station(ap, s) {
		state = s->authorized	? "authorized"
			: s->associated ? "associated"
					: "authenticated";
		printf("%s%s links ", between, fmt_mac(mac, s->addr));
		print_links(s->links);
		printf(" %s%s", state, s->mld ? "" : " legacy");
		between = "; ";
	}
	putchar('\n');
	return NULL;
}

static const char *cmd_refuse(struct own_ap *ap, char **words)
{
	struct own_link *l = link_of(ap, words[0]);
	uint64_t status;

	if (!l || !parse_number(words + 1, "status", UINT16_MAX, &status))
		return wrong;
	l->refusal = (uint16_t)status;
	return NULL;
}

static struct answer *answer_of(struct own_ap *ap, const char *word)
{
	const struct {
		const char *word;
		struct answer *answer;
	} table[] = {
		{ "auth", &ap->auth }, { "assoc", &ap->assoc }, { "reconf", &ap->reconf },
		{ "ttlm", &ap->ttlm }, { "epcs", &ap->epcs },
	};

	for (size_t i = 0; i < ARRAY_SIZE(table); i++)
		if (!strcmp(table[i].word, word))
			return table[i].answer;
	return NULL;
}

/* The word before these says to what. */
static const char *cmd_answer(struct own_ap *ap, char **words)
{
	struct answer *a = answer_of(ap, words[-1]);
	uint64_t status = STATUS_REFUSED;

	if (!words[0])
		return wrong;
	if (!strcmp(words[0], "accept"))
		*a = (struct answer){ 0 };
	else if (!strcmp(words[0], "silent"))
		*a = (struct answer){ .silent = true };
	else if (strcmp(words[0], "refuse") ||
		 (words[1] && (!parse_u64(words[1], &status) || status > UINT16_MAX)))
		return wrong;
	else
		*a = (struct answer){ .status = (uint16_t)status };
	return NULL;
}

static const char *cmd_profiles(struct own_ap *ap, char **words)
{
	if (!words[0])
		return wrong;
	ap->profiles = !strcmp(words[0], "on");
	return NULL;
}

static const char *cmd_remove(struct own_ap *ap, char **words)
{
	struct own_link *l = link_of(ap, words[0]);
	uint64_t n;

	if (!l || !parse_number(words + 1, "in", UINT16_MAX, &n) || !n)
		return wrong;
	l->removal = (uint16_t)n;
	update_beacons(ap);
	set_tick(ap);
	return NULL;
}

/* The element goes on, without the link: its absence would not stop the stations' timers. */
static const char *cmd_keep(struct own_ap *ap, char **words)
{
	struct own_link *l = link_of(ap, words[0]);

	if (!l || !l->removal)
		return wrong;
	l->removal = 0;
	ap->kept = true;
	update_beacons(ap);
	set_tick(ap);
	return NULL;
}

static const char *cmd_switch(struct own_ap *ap, char **words)
{
	struct own_link *l = link_of(ap, words[0]);
	uint64_t count = SWITCH_BEACONS;
	struct chandef to;

	if (!l || !words[1] || !parse_channel(words[1], &to) ||
	    (words[2] && !parse_number(words + 2, "in", 255, &count)))
		return wrong;
	switch_link(ap, l, &to, (uint8_t)count);
	return NULL;
}

static struct own_station *station_of(struct own_ap *ap, const char *word)
{
	uint8_t addr[ADDR_LEN];

	return word && parse_mac(word, addr) ? find_station(ap, addr) : NULL;
}

static const char *cmd_deauth(struct own_ap *ap, char **words)
{
	struct own_station *s = station_of(ap, words[0]);
	uint64_t reason;

	if (!s || !parse_number(words + 1, "reason", UINT16_MAX, &reason))
		return wrong;
	dismiss(ap, s, true, (uint16_t)reason);
	return NULL;
}

static const char *cmd_forget(struct own_ap *ap, char **words)
{
	struct own_station *s = station_of(ap, words[0]);

	if (!s)
		return wrong;
	dismiss(ap, s, false, 0);
	return NULL;
}

static const struct {
	const char *word;
	const char *(*run)(struct own_ap *ap, char **words);
	bool answers;
} ap_commands[] = {
	{ "start", cmd_start, false },	    { "stop", cmd_stop, false },
	{ "stations", cmd_stations, true }, { "refuse", cmd_refuse, false },
	{ "auth", cmd_answer, false },	    { "assoc", cmd_answer, false },
	{ "reconf", cmd_answer, false },    { "ttlm", cmd_answer, false },
	{ "epcs", cmd_answer, false },	    { "profiles", cmd_profiles, false },
	{ "remove", cmd_remove, false },    { "keep", cmd_keep, false },
	{ "switch", cmd_switch, false },    { "deauth", cmd_deauth, false },
	{ "forget", cmd_forget, false },    { "quit", cmd_stop, false },
};

static void run_words(struct own_ap *ap, char **words)
{
	const char *problem = "command";
	bool answers = false;

	ap->failure.err = 0;
	for (size_t i = 0; i < ARRAY_SIZE(ap_commands); i++) {
		if (strcmp(ap_commands[i].word, words[0]))
			continue;
		problem = ap_commands[i].run(ap, words + 1);
		answers = ap_commands[i].answers;
		break;
	}
	if (problem)
		printf("error EINVAL %s\n", problem);
	else if (ap->failure.err)
		printf("error %s %s\n", errno_text(ap->failure.err), ap->failure.what);
	else if (!answers)
		puts("ok");
}

/* false: that was the last one. */
static bool run_line(struct own_ap *ap)
{
	char line[512], *words[WORDS_MAX + 1], *next = line;
	size_t n = 0;

	if (!fgets(line, sizeof(line), stdin)) {
		stop(ap);
		return false;
	}
	while (n < WORDS_MAX && (words[n] = strtok_r(next, " \n", &next)))
		n++;
	words[n] = NULL;
	if (n)
		run_words(ap, words);
	return !n || strcmp(words[0], "quit") != 0;
}

/* ---- events ---- */

/* What an event says that is of use here. */
struct news {
	uint32_t ifindex;
	uint8_t link_id;
	const uint8_t *mac;
	struct bytes frame;
	bool acked;
	struct chandef chan;
};

static void take_news(const struct nlattr *a, struct news *n)
{
	switch (attr_type(a)) {
	case NL80211_ATTR_IFINDEX:
		attr_u32(a, &n->ifindex);
		break;
	case NL80211_ATTR_MLO_LINK_ID:
		attr_u8(a, &n->link_id);
		break;
	case NL80211_ATTR_MAC:
		n->mac = attr_len(a) == ADDR_LEN ? attr_data(a) : NULL;
		break;
	case NL80211_ATTR_FRAME:
		n->frame = (struct bytes){ attr_data(a), attr_len(a) };
		break;
	case NL80211_ATTR_ACK:
		n->acked = true;
		break;
	default:
		decode_chandef_attr(a, &n->chan);
	}
}

static struct own_link *link_of_freq(struct own_ap *ap, uint32_t freq)
{
	struct own_link *l;

	for_each_link(ap, l)
		if (l->chan.freq == freq)
			return l;
	return NULL;
}

static void on_mgmt(struct own_ap *ap, const struct news *n, bool sent)
{
	struct bytes head;
	struct received r = { .acked = n->acked, .body = n->frame };

	r.link = link_of_freq(ap, n->chan.freq);
	if (!take_bytes(&r.body, MAC_HEADER, &head) || (!sent && !r.link))
		return;
	r.type = head.p[0];
	r.to = head.p + 4;
	r.from = head.p + 10;
	if (sent)
		on_frame_sent(ap, &r);
	else
		on_frame(ap, &r);
}

static void on_switched(struct own_ap *ap, const struct news *n)
{
	struct own_link *l = n->link_id < LINKS_MAX ? &ap->links[n->link_id] : NULL;

	if (!l || !l->up)
		return;
	l->chan = n->chan;
	l->changes++;
	l->switching = false;
	printf("switched %u %u\n", l->id, l->chan.freq);
	update_beacons(ap); /* the other links' tell of this one's channel */
}

static bool on_event(void *arg, uint8_t cmd, const struct attrs *list)
{
	struct own_ap *ap = arg;
	struct news n = { .link_id = LINKS_MAX };
	const struct nlattr *a;
	int rem;

	for_each_attr(a, list, rem)
		take_news(a, &n);
	if (!cmd)
		puts("lost");
	if (n.ifindex != ap->iface.ifindex)
		return true;
	if (cmd == NL80211_CMD_FRAME || cmd == NL80211_CMD_FRAME_TX_STATUS)
		on_mgmt(ap, &n, cmd == NL80211_CMD_FRAME_TX_STATUS);
	else if (cmd == NL80211_CMD_DEL_STATION && n.mac)
		on_deleted(ap, n.mac);
	else if (cmd == NL80211_CMD_CH_SWITCH_NOTIFY)
		on_switched(ap, &n);
	return true;
}

/* ---- */

static enum status serve(struct own_ap *ap)
{
	struct pollfd fds[] = { { .fd = 0, .events = POLLIN },
				{ .fd = ap->ctx.events_fd, .events = POLLIN } };
	int64_t left;

	for (;;) {
		left = ap->tick - now_ms();
		if (ap->tick && left <= 0) {
			on_tick(ap);
			continue;
		}
		if (poll(fds, 2, ap->tick ? (int)left : -1) < 0 && errno != EINTR)
			return fail(&ap->ctx, ST_SYSTEM, "poll: %s", strerror(errno));
		if (fds[1].revents && listen_until(&ap->ctx, 0, on_event, ap) != ST_OK)
			return ST_SYSTEM;
		if (fds[0].revents && !run_line(ap))
			return ST_OK;
	}
}

static enum status open_ap(struct own_ap *ap)
{
	enum status st = open_iface(&ap->ctx, &ap->iface);

	if (st == ST_OK)
		st = listen_open(&ap->ctx, 1u << GROUP_MLME);
	return st;
}

int main(int argc, char **argv)
{
	static struct own_ap ap;
	bool debug = argc > 1 && !strcmp(argv[1], "-d");
	enum status st;

	if (argc != 2 + debug)
		return ST_USAGE;
	ap.ctx.opt.debug = debug;
	ap.ctx.target = (struct target){ .object = OBJECT_DEV, .word = argv[1 + debug] };
	setvbuf(stdin, NULL, _IONBF, 0); /* a line that stdio has read ahead, poll() does not see */
	setvbuf(stdout, NULL, _IOLBF, 0);
	st = open_ap(&ap);
	if (st == ST_OK)
		st = serve(&ap);
	if (st != ST_OK)
		fprintf(stderr, "ap-mld: %s\n", ap.ctx.error);
	dispatch_close(&ap.ctx);
	return st;
}
