/* SPDX-License-Identifier: ISC */
/* Events, as the kernel multicasts them, on a socket of their own: answers and events would race on
 * one. */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>
#include <linux/genetlink.h>
#include <sys/signalfd.h>

#include "iw-mlo.h"

/* What came before the deadline is heard, but whoever sends without end does not move it. */
#define LATE_LOOKS 100

struct listener {
	struct ctx *ctx;
	listen_fn *fn;
	void *arg;
	bool done;
};

enum status listen_open(struct ctx *ctx, unsigned int groups)
{
	uint32_t ids[GROUPS];
	size_t n = 0;

	for (unsigned int g = 0; g < GROUPS; g++)
		if (groups >> g & 1 && ctx->family.groups[g])
			ids[n++] = ctx->family.groups[g];
	return transport_listen(ctx, ids, n);
}

static void on_event(void *arg, const struct nlmsghdr *nlh)
{
	struct listener *l = arg;
	const struct genlmsghdr *genl = NLMSG_DATA(nlh);
	struct attrs list;

	if (l->done || nlh->nlmsg_type != l->ctx->family.id || !answer_attrs(nlh, &list))
		return;
	if (l->ctx->capture)
		capture_write(l->ctx->capture, nlh);
	if (l->ctx->opt.debug) {
		fputs("* ", stderr);
		text_message(stderr, nlh);
		putc('\n', stderr);
	}
	l->done = l->fn(l->arg, genl->cmd, &list);
}

static void tell_loss(struct listener *l)
{
	uint32_t dropped = transport_dropped(l->ctx);

	l->ctx->lost = false;
	l->ctx->gap = dropped - l->ctx->dropped;
	l->ctx->dropped = dropped;
	l->done |= l->fn(l->arg, 0, &(struct attrs){ 0 });
}

/*
 * The kernel reports a loss before the events that it has kept, all of which came before it: it
 * keeps none until we have taken the last of them (net/netlink/af_netlink.c: netlink_overrun).
 * What it holds gets less with each that is taken; as soon as it does not, those are new.
 */
static void look_for_loss(struct listener *l)
{
	uint32_t left = transport_waiting(l->ctx);

	if (left && left < l->ctx->lost_left)
		l->ctx->lost_left = left;
	else
		tell_loss(l);
}

static enum status receive_events(struct listener *l)
{
	struct ctx *ctx = l->ctx;

	errno = 0;
	if (receive_messages(ctx->events, on_event, l) >= 0) {
		if (ctx->lost)
			look_for_loss(l);
		return ST_OK;
	}
	if (errno != ENOBUFS)
		return fail(ctx, ST_SYSTEM, "cannot receive events: %s", strerror(errno));
	ctx->lost = true;
	ctx->lost_left = UINT32_MAX;
	look_for_loss(l);
	return ST_OK;
}

/* ---- other sources ---- */

enum status listen_also(struct ctx *ctx, int fd, source_fn *fn, void *arg)
{
	if (ctx->n_sources == (int)ARRAY_SIZE(ctx->sources))
		return fail(ctx, ST_SYSTEM, "too many sources of events");
	ctx->sources[ctx->n_sources++] = (struct source){ fd, fn, arg, POLLIN };
	return ST_OK;
}

void listen_for(struct ctx *ctx, int fd, short events)
{
	for (int n = 0; n < ctx->n_sources; n++)
		if (ctx->sources[n].fd == fd)
			ctx->sources[n].events = events;
}

void listen_less(struct ctx *ctx, int fd)
{
	int kept = 0;

	for (int n = 0; n < ctx->n_sources; n++)
		if (ctx->sources[n].fd != fd)
			ctx->sources[kept++] = ctx->sources[n];
	ctx->n_sources = kept;
}

/* But for what whoever started us wants to be ignored, as nohup does. */
static void ending_signals(sigset_t *set)
{
	static const int ending[] = { SIGHUP, SIGINT, SIGTERM };
	struct sigaction is;

	sigemptyset(set);
	sigaddset(set, SIGCHLD);
	for (size_t n = 0; n < ARRAY_SIZE(ending); n++)
		if (sigaction(ending[n], NULL, &is) == 0 && is.sa_handler != SIG_IGN)
			sigaddset(set, ending[n]);
}

static bool on_signal(void *arg)
{
	struct ctx *ctx = arg;
	struct signalfd_siginfo info;

	if (read(ctx->signal_fd, &info, sizeof(info)) != sizeof(info))
		return false;
	if (info.ssi_signo != SIGCHLD)
		ctx->interrupted = (int)info.ssi_signo;
	return true;
}

enum status listen_signals(struct ctx *ctx)
{
	sigset_t set;

	signal(SIGCHLD, SIG_DFL); /* ignored, it would leave no child to wait for */
	ending_signals(&set);
	sigprocmask(SIG_BLOCK, &set, NULL);
	ctx->signal_fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	if (ctx->signal_fd < 0)
		return fail(ctx, ST_SYSTEM, "cannot listen to signals: %s", strerror(errno));
	return listen_also(ctx, ctx->signal_fd, on_signal, ctx);
}

void unblock_signals(void)
{
	sigset_t set;

	ending_signals(&set);
	sigprocmask(SIG_UNBLOCK, &set, NULL);
}

/* ---- waiting ---- */

/* Lets every source that has something be read. This descriptor is the last; -1: none. */
static bool wait_sources(struct ctx *ctx, int fd, int64_t deadline, bool *readable, bool *done)
{
	struct pollfd p[ARRAY_SIZE(ctx->sources) + 1];
	int n = ctx->n_sources;

	for (int i = 0; i < n; i++)
		p[i] = (struct pollfd){ .fd = ctx->sources[i].fd,
					.events = ctx->sources[i].events };
	p[n] = (struct pollfd){ .fd = fd, .events = POLLIN };
	if (!wait_any(p, n + 1, deadline))
		return false;
	for (int i = 0; i < n; i++) {
		struct source *s = &ctx->sources[i];

		if (p[i].revents)
			*done |= s->fn(s->arg);
	}
	*readable = p[n].revents;
	return true;
}

bool listen_once(struct ctx *ctx, int fd, int64_t deadline)
{
	bool readable = false, done = false;

	return wait_sources(ctx, fd, deadline, &readable, &done) && readable;
}

enum status listen_until(struct ctx *ctx, int64_t deadline, listen_fn *fn, void *arg)
{
	struct listener l = { .ctx = ctx, .fn = fn, .arg = arg };
	enum status st = ST_OK;
	int looks = LATE_LOOKS;

	while (st == ST_OK && !l.done) {
		bool readable = true, late = deadline && now_ms() >= deadline;

		if ((late && !looks--) ||
		    (!ctx->n_sources ? !wait_readable(ctx->events_fd, deadline)
				     : !wait_sources(ctx, ctx->hold ? -1 : ctx->events_fd, deadline,
						     &readable, &l.done)))
			st = ST_UNMET;
		else if (readable && !l.done) /* else it stays there */
			st = receive_events(&l);
	}
	return st;
}
