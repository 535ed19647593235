/* SPDX-License-Identifier: ISC */
/*
 * The one netlink loop: it owns the sequence numbers, the deadline and the retries.
 *
 * libnl builds messages. What comes is read here: libnl takes a dump that the kernel ended with an
 * error for a success, folds most errnos into one, and puts every message of a datagram into memory
 * of its own, which costs more than all that is done with it.
 */
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <linux/genetlink.h>
#include <netlink/msg.h>
#include <netlink/netlink.h>
#include <netlink/socket.h>

#include "iw-mlo.h"

#define DUMP_TRIES   6
#define REQUEST_SIZE 1024 /* at first: libnl's own default is a page, which it clears */
#define HEAD_LEN     (NLMSG_HDRLEN + GENL_HDRLEN)

/* One request on its way, until its answer is complete. */
struct exchange {
	struct ctx *ctx;
	const struct nlmsghdr *request;
	const struct sink *sink;
	enum status status;
	bool done, interrupted, answered;
	bool late; /* the deadline passed before something was received */
};

/* ---- building requests ---- */

static void req_begin(struct ctx *ctx, struct req *rq, uint16_t type, uint8_t cmd, int flags)
{
	struct genlmsghdr genl = { .cmd = cmd };
	struct nlmsghdr *nlh;

	*rq = (struct req){ .msg = nlmsg_alloc_size(REQUEST_SIZE) };
	nlh = rq->msg ? nlmsg_put(rq->msg, 0, ++ctx->seq, type, 0, NLM_F_REQUEST | flags) : NULL;
	if (nlh)
		rq->failed = nlmsg_append(rq->msg, &genl, sizeof(genl), NLMSG_ALIGNTO) < 0;
	else
		rq->failed = true;
}

void req_get(struct ctx *ctx, struct req *rq, uint8_t cmd)
{
	req_begin(ctx, rq, ctx->family.id, cmd, 0);
}

void req_dump(struct ctx *ctx, struct req *rq, uint8_t cmd)
{
	req_begin(ctx, rq, ctx->family.id, cmd, NLM_F_DUMP);
}

void req_change(struct ctx *ctx, struct req *rq, uint8_t cmd)
{
	req_begin(ctx, rq, ctx->family.id, cmd, NLM_F_ACK);
	rq->changes = true;
}

/* Frames and beacons need more room than most requests. */
static void make_room(struct req *rq, size_t len)
{
	size_t need = nlmsg_hdr(rq->msg)->nlmsg_len + (size_t)nla_total_size((int)len);

	if (need > nlmsg_get_max_size(rq->msg))
		rq->failed = nlmsg_expand(rq->msg, 2 * need) < 0;
}

void req_bytes(struct req *rq, uint16_t type, const void *bytes, size_t len)
{
	if (!rq->failed)
		make_room(rq, len);
	if (!rq->failed)
		rq->failed = nla_put(rq->msg, type, (int)len, bytes) < 0;
}

/* Remembered as an offset: a message that grows may move. */
size_t req_nest(struct req *rq, uint16_t type)
{
	size_t at = rq->failed ? 0 : nlmsg_hdr(rq->msg)->nlmsg_len;

	req_bytes(rq, type | NLA_F_NESTED, NULL, 0);
	return at;
}

void req_nest_end(struct req *rq, size_t at)
{
	struct nlmsghdr *nlh = rq->failed ? NULL : nlmsg_hdr(rq->msg);

	if (nlh)
		((struct nlattr *)((char *)nlh + at))->nla_len = (uint16_t)(nlh->nlmsg_len - at);
}

void req_flag(struct req *rq, uint16_t type)
{
	req_bytes(rq, type, NULL, 0);
}

void req_u8(struct req *rq, uint16_t type, uint8_t v)
{
	req_bytes(rq, type, &v, sizeof(v));
}

void req_u16(struct req *rq, uint16_t type, uint16_t v)
{
	req_bytes(rq, type, &v, sizeof(v));
}

void req_u32(struct req *rq, uint16_t type, uint32_t v)
{
	req_bytes(rq, type, &v, sizeof(v));
}

void req_u64(struct req *rq, uint16_t type, uint64_t v)
{
	req_bytes(rq, type, &v, sizeof(v));
}

void req_mac(struct req *rq, uint16_t type, const uint8_t mac[ADDR_LEN])
{
	req_bytes(rq, type, mac, ADDR_LEN);
}

void req_dump_policy(struct ctx *ctx, struct req *rq, uint8_t cmd)
{
	static const char name[] = NL80211_GENL_NAME;

	req_begin(ctx, rq, GENL_ID_CTRL, CTRL_CMD_GETPOLICY, NLM_F_DUMP);
	req_bytes(rq, CTRL_ATTR_FAMILY_NAME, name, sizeof(name));
	req_u32(rq, CTRL_ATTR_OP, cmd);
}

/* ---- answers ---- */

static void debug_message(const struct ctx *ctx, char direction, const struct nlmsghdr *nlh)
{
	if (!ctx->opt.debug)
		return;
	fprintf(stderr, "%c %u ", direction, nlh->nlmsg_seq);
	if (nlh->nlmsg_type == GENL_ID_CTRL)
		fputs("family " NL80211_GENL_NAME, stderr);
	else
		text_message(stderr, nlh);
	fputs((nlh->nlmsg_flags & NLM_F_DUMP) == NLM_F_DUMP && direction == '>' ? " (dump)\n"
										: "\n",
	      stderr);
}

static void debug_end(const struct ctx *ctx, const struct nlmsghdr *nlh, const char *what,
		      int error)
{
	if (ctx->opt.debug)
		fprintf(stderr, "< %u %s %d\n", nlh->nlmsg_seq, what, error);
}

static void refuse(struct exchange *x, int error, const void *tlvs, size_t len)
{
	x->ctx->refusal = (struct refusal){ .err = -error };
	if (len)
		decode_ext_ack(tlvs, len, &x->ctx->refusal);
	x->ctx->refusal.at = attribute_at(x->request, x->ctx->refusal.offset);
	x->status = refused(x->ctx, NULL);
	x->done = true;
}

/* NLMSG_ERROR: an errno, the request's header, with it its payload unless capped, then the reasons.
 */
static void on_error(struct exchange *x, const struct nlmsghdr *nlh)
{
	const struct nlmsgerr *e = nlmsg_data(nlh);
	size_t len = (size_t)nlmsg_datalen(nlh), skip = sizeof(*e);

	if (len < sizeof(*e)) {
		x->status = fail(x->ctx, ST_SYSTEM, "the kernel's answer is cut short");
		x->done = true;
		return;
	}
	debug_end(x->ctx, nlh, "error", e->error);
	if (!(nlh->nlmsg_flags & NLM_F_CAPPED) && e->msg.nlmsg_len >= sizeof(e->msg))
		skip += NLMSG_ALIGN(e->msg.nlmsg_len - sizeof(e->msg));
	if (!(nlh->nlmsg_flags & NLM_F_ACK_TLVS) || skip > len)
		skip = len;
	if (e->error < 0)
		refuse(x, e->error, (const char *)e + skip, len - skip);
	x->ctx->positive = e->error > 0 ? e->error : 0;
	x->done = true;
}

/* The errno of a dump is the payload of its end; older kernels than the interface send none. */
static void on_done(struct exchange *x, const struct nlmsghdr *nlh)
{
	size_t len = (size_t)nlmsg_datalen(nlh);
	int error = 0;

	if (len >= sizeof(error))
		memcpy(&error, nlmsg_data(nlh), sizeof(error));
	debug_end(x->ctx, nlh, "done", error);
	x->done = true;
	if (error >= 0)
		return;
	if (!(nlh->nlmsg_flags & NLM_F_ACK_TLVS))
		len = sizeof(error);
	refuse(x, error, (const char *)nlmsg_data(nlh) + sizeof(error), len - sizeof(error));
}

bool answer_attrs(const struct nlmsghdr *nlh, struct attrs *list)
{
	if (nlh->nlmsg_len < HEAD_LEN)
		return false;
	list->head = (const struct nlattr *)((const char *)nlh + HEAD_LEN);
	list->len = (int)(nlh->nlmsg_len - HEAD_LEN);
	return true;
}

static void on_data(struct exchange *x, const struct nlmsghdr *nlh)
{
	struct attrs list;

	if (nlh->nlmsg_type != x->request->nlmsg_type)
		return;
	if (!(nlh->nlmsg_flags & NLM_F_MULTI) && !(x->request->nlmsg_flags & NLM_F_ACK))
		x->done = true;
	if (!answer_attrs(nlh, &list))
		return;
	debug_message(x->ctx, '<', nlh);
	x->answered = true;
	errno = 0;
	if (x->status != ST_OK || !x->sink || x->sink->add(x->sink->model, &list))
		return;
	x->status = fail(x->ctx, ST_SYSTEM,
			 errno == ENOMEM ? "out of memory"
					 : "the kernel sent what cannot be: its answer is "
					   "malformed (-d shows it)");
}

static void on_message(void *arg, const struct nlmsghdr *nlh)
{
	struct exchange *x = arg;

	/* an answer to an earlier try may be on its way */
	if (nlh->nlmsg_seq != x->request->nlmsg_seq || x->done)
		return;
	if (x->ctx->capture)
		capture_write(x->ctx->capture, nlh);
	if (nlh->nlmsg_flags & NLM_F_DUMP_INTR)
		x->interrupted = true;
	if (nlh->nlmsg_type == NLMSG_ERROR)
		on_error(x, nlh);
	else if (nlh->nlmsg_type == NLMSG_DONE)
		on_done(x, nlh);
	else if (nlh->nlmsg_type >= NLMSG_MIN_TYPE)
		on_data(x, nlh);
}

/* ---- the loop ---- */

int64_t now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

int64_t now_ms(void)
{
	return now_us() / 1000;
}

bool wait_any(struct pollfd *p, int n_fds, int64_t deadline)
{
	int64_t left;
	int n;

	do {
		left = deadline ? deadline - now_ms() : -1;
		n = poll(p, (nfds_t)n_fds, deadline && left < 0 ? 0 : (int)left);
	} while (n < 0 && errno == EINTR);
	return n != 0; /* of what poll() cannot wait for, the read will tell */
}

bool wait_readable(int fd, int64_t deadline)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };

	return !deadline || wait_any(&p, 1, deadline); /* without one, the read itself will wait */
}

/* A question with one answer: neither a list, which may be empty, nor a change. */
static bool is_get(const struct nlmsghdr *request)
{
	return !(request->nlmsg_flags & (NLM_F_DUMP | NLM_F_ACK));
}

static enum status receive_failed(struct exchange *x, int err)
{
	bool changes = x->request->nlmsg_flags & NLM_F_ACK;

	if (err == ENOBUFS && !changes) {
		x->interrupted = true; /* some of the answer is lost: ask again */
		x->done = !(x->request->nlmsg_flags & NLM_F_DUMP); /* a dump goes on to its end */
		return ST_OK;
	}
	if (err == ENOBUFS)
		return fail(x->ctx, ST_PARTIAL,
			    "the kernel's answer was lost (ENOBUFS): "
			    "the change may have been made or not");
	return fail(x->ctx, ST_SYSTEM, "cannot receive from the kernel: %s", strerror(err));
}

/* NLMSG_OK(), which compares an unsigned number with one that has a sign. */
static bool message_ok(const struct nlmsghdr *nlh, int left)
{
	return left >= NLMSG_HDRLEN && nlh->nlmsg_len >= (uint32_t)NLMSG_HDRLEN &&
	       nlh->nlmsg_len <= (uint32_t)left;
}

int receive_messages(struct nl_sock *sock, void (*take)(void *arg, const struct nlmsghdr *nlh),
		     void *arg)
{
	unsigned char *buf = NULL;
	const struct nlmsghdr *nlh;
	uint32_t port = 0;
	int left, n = 0;

	errno = 0;
	left = transport_receive(sock, &buf, &port);
	if (left < 0)
		return -1;
	nlh = (const struct nlmsghdr *)buf;
	for (; message_ok(nlh, left); nlh = NLMSG_NEXT(nlh, left), n++)
		if (!port) /* other processes can send to us, too */
			take(arg, nlh);
	free(buf);
	return n;
}

static enum status receive_some(struct exchange *x)
{
	int n = receive_messages(x->ctx->sock, on_message, x);

	if (n < 0)
		return receive_failed(x, errno);
	return n ? x->status : fail(x->ctx, ST_SYSTEM, "the kernel's answer is cut short");
}

/*
 * The kernel may have taken all of the time to take the request, as drivers do that ask a device:
 * then its answer is there, and is an answer. More than one look would be no deadline.
 */
static bool wait_answer(struct exchange *x)
{
	int64_t deadline = x->ctx->deadline_ms;

	if (x->late)
		return false;
	x->late = deadline && now_ms() >= deadline;
	return wait_readable(x->ctx->fd, deadline);
}

static enum status receive_answer(struct exchange *x)
{
	while (!x->done) {
		if (!wait_answer(x))
			return fail(x->ctx, ST_UNMET, "no answer from the kernel within %u.%03u s",
				    x->ctx->opt.timeout_ms / 1000, x->ctx->opt.timeout_ms % 1000);
		x->status = receive_some(x);
		if (x->status == ST_SYSTEM || x->status == ST_PARTIAL)
			break;
	}
	if (x->status == ST_OK && is_get(x->request) && !x->answered && !x->interrupted)
		return fail(x->ctx, ST_SYSTEM, "the kernel did not answer the question");
	return x->status;
}

static enum status send_request(struct ctx *ctx, struct req *rq)
{
	errno = 0;
	debug_message(ctx, '>', nlmsg_hdr(rq->msg));
	if (nl_send(ctx->sock, rq->msg) >= 0)
		return ST_OK;
	return fail(ctx, ST_SYSTEM, "cannot send to the kernel: %s", strerror(errno));
}

/* Asks until the answer is of one piece, a bounded number of times: the last one stands, marked. */
static enum status exchange_until_settled(struct ctx *ctx, struct req *rq, const struct sink *sink)
{
	struct nlmsghdr *nlh = nlmsg_hdr(rq->msg);
	enum status st;

	for (int left = DUMP_TRIES; left--; nlh->nlmsg_seq = ++ctx->seq) {
		struct exchange x = { .ctx = ctx, .request = nlh, .sink = sink };

		st = send_request(ctx, rq);
		if (st == ST_OK)
			st = receive_answer(&x);
		if (st == ST_OK && sink && sink->torn && sink->torn(sink->model))
			x.interrupted = true;
		if (st != ST_OK || !x.interrupted)
			return st;
		if (left && sink && sink->reset)
			sink->reset(sink->model);
	}
	if (is_get(nlh))
		return fail(ctx, ST_SYSTEM,
			    "the kernel\'s answer was lost time and again (ENOBUFS)");
	ctx->unsettled = true;
	return ST_OK;
}

static void plan(const struct ctx *ctx, const struct nlmsghdr *nlh)
{
	if (ctx->opt.json) {
		json_message(ctx->plan, nlh);
		return;
	}
	text_message(ctx->plan->f, nlh);
	putc('\n', ctx->plan->f);
}

void plan_netdev(const struct ctx *ctx, const char *name, bool up)
{
	char text[ESCAPED_SIZE(NAME_LEN_MAX)];

	if (!ctx->opt.json) {
		fprintf(ctx->plan->f, "SIOCSIFFLAGS %s %s\n",
			escape(text, sizeof(text), name, strlen(name)), up ? "up" : "down");
		return;
	}
	json_open(ctx->plan, NULL, '{');
	json_text(ctx->plan, "command", "SIOCSIFFLAGS");
	json_string(ctx->plan, "ifname", name);
	json_bool(ctx->plan, "up", up);
	json_close(ctx->plan, '}');
}

enum status dispatch(struct ctx *ctx, struct req *rq, const struct sink *sink)
{
	enum status st = ST_OK;

	if (rq->failed)
		st = fail(ctx, ST_SYSTEM, "out of memory");
	else if (ctx->opt.dry_run && nlmsg_hdr(rq->msg)->nlmsg_type != GENL_ID_CTRL)
		plan(ctx, nlmsg_hdr(rq->msg));
	if (st == ST_OK && !(ctx->opt.dry_run && rq->changes))
		st = exchange_until_settled(ctx, rq, sink);
	nlmsg_free(rq->msg);
	rq->msg = NULL;
	return st;
}

const char *but_found(enum status change)
{
	return change == ST_PARTIAL ? "the kernel's answer was lost, and"
				    : "the kernel agreed, but";
}

/* ---- opening ---- */

static bool add_family(void *model, const struct attrs *a)
{
	return decode_family(a, model);
}

static enum status find_family(struct ctx *ctx)
{
	static const char name[] = NL80211_GENL_NAME;
	struct sink sink = { .add = add_family, .model = &ctx->family };
	struct req rq;
	enum status st;

	req_begin(ctx, &rq, GENL_ID_CTRL, CTRL_CMD_GETFAMILY, 0);
	req_bytes(&rq, CTRL_ATTR_FAMILY_NAME, name, sizeof(name));
	st = dispatch(ctx, &rq, &sink);
	if (st == ST_REFUSED && ctx->refusal.err == ENOENT)
		return fail(ctx, ST_SYSTEM,
			    "this kernel has no nl80211: no Wi-Fi driver is loaded "
			    "(\"modprobe cfg80211\" brings nl80211 alone)");
	return st == ST_REFUSED ? ST_SYSTEM : st;
}

enum status dispatch_open(struct ctx *ctx)
{
	enum status st;

	if (ctx->family.id)
		return ST_OK;
	if (ctx->opt.timeout_ms)
		ctx->deadline_ms = now_ms() + ctx->opt.timeout_ms;
	st = transport_open(ctx);
	if (st == ST_OK)
		st = find_family(ctx);
	ctx->dialect = judge_dialect(&ctx->family, NULL);
	return st;
}

void dispatch_close(struct ctx *ctx)
{
	transport_close(ctx);
}
