/* SPDX-License-Identifier: ISC */
/* The kernel's netlink sockets: the only place that a unit test replaces. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <netlink/handlers.h>
#include <netlink/msg.h>
#include <netlink/netlink.h>
#include <netlink/socket.h>
#include <sys/socket.h>

#include "iw-mlo.h"

/* The kernel fills no datagram of a dump beyond this (af_netlink.c: netlink_recvmsg). */
#define RECEIVE_SIZE 32768
#define EVENTS_SIZE  (4 << 20) /* of the events' receive buffer */

#ifndef SOL_NETLINK
#define SOL_NETLINK 270
#endif

/* libnl hands a hook its socket and nothing else: the descriptor travels as its peer's port,
 * unused. */
static int socket_fd(struct nl_sock *sock)
{
	return (int)nl_socket_get_peer_port(sock);
}

static int send_hook(struct nl_sock *sock, struct nl_msg *msg)
{
	struct sockaddr_nl kernel = { .nl_family = AF_NETLINK };
	const struct nlmsghdr *nlh = nlmsg_hdr(msg);
	ssize_t n = sendto(socket_fd(sock), nlh, nlh->nlmsg_len, 0, (struct sockaddr *)&kernel,
			   sizeof(kernel));

	return n < 0 ? -NLE_FAILURE : (int)n;
}

int transport_receive(struct nl_sock *sock, unsigned char **buf, uint32_t *port)
{
	struct iovec iov = { malloc(RECEIVE_SIZE), RECEIVE_SIZE };
	struct sockaddr_nl from = { 0 };
	struct msghdr msg = {
		.msg_name = &from, .msg_namelen = sizeof(from), .msg_iov = &iov, .msg_iovlen = 1
	};
	ssize_t n = -1;

	while (iov.iov_base && n < 0) {
		n = recvmsg(socket_fd(sock), &msg, 0);
		if (n < 0 && errno != EINTR)
			break;
	}
	if (n >= 0 && msg.msg_flags & MSG_TRUNC) {
		errno = EMSGSIZE;
		n = -1;
	}
	if (n < 0) {
		int err = errno;

		free(iov.iov_base);
		errno = err;
		return -1;
	}
	*buf = iov.iov_base;
	*port = from.nl_pid;
	return (int)n;
}

/*
 * Not by nl_connect(): it shrinks the receive buffer to 32 KiB, and binds, which a socket for
 * requests does not need. The reasons for a refusal come only to who asked for them.
 */
static int open_socket(void)
{
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_GENERIC), on = 1;

	if (fd >= 0 && fd <= STDERR_FILENO) { /* one of them is closed: do not become it */
		int high = fcntl(fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);

		close(fd);
		fd = high;
	}
	if (fd >= 0)
		setsockopt(fd, SOL_NETLINK, NETLINK_EXT_ACK, &on, sizeof(on));
	return fd;
}

static struct nl_sock *hooked_socket(int fd)
{
	struct nl_sock *sock = nl_socket_alloc();
	struct nl_cb *cb;

	if (!sock)
		return NULL;
	nl_socket_set_peer_port(sock, (uint32_t)fd);
	cb = nl_socket_get_cb(sock);
	nl_cb_overwrite_send(cb, send_hook);
	nl_cb_put(cb);
	return sock;
}

enum status transport_open(struct ctx *ctx)
{
	ctx->fd = open_socket();
	if (ctx->fd < 0)
		return fail(ctx, ST_SYSTEM, "cannot open a netlink socket: %s", strerror(errno));
	ctx->sock = hooked_socket(ctx->fd);
	return ctx->sock ? ST_OK : fail(ctx, ST_SYSTEM, "out of memory");
}

/* Room for a burst: the limit that only root may pass is tried first. */
static void widen(int fd)
{
	int size = EVENTS_SIZE;

	if (setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof(size)) < 0)
		setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof(size));
}

enum status transport_listen(struct ctx *ctx, const uint32_t *groups, size_t n)
{
	struct sockaddr_nl any = { .nl_family = AF_NETLINK };
	int fd = open_socket();

	if (fd < 0)
		return fail(ctx, ST_SYSTEM, "cannot open a netlink socket: %s", strerror(errno));
	ctx->events_fd = fd;
	ctx->events = hooked_socket(fd);
	if (!ctx->events)
		return fail(ctx, ST_SYSTEM, "out of memory");
	widen(fd);
	/* what is not bound has the port 0, and the kernel takes it for the sender and leaves it
	 * out */
	if (bind(fd, (struct sockaddr *)&any, sizeof(any)) < 0)
		return fail(ctx, ST_SYSTEM, "cannot bind a netlink socket: %s", strerror(errno));
	for (size_t i = 0; i < n; i++)
		if (setsockopt(fd, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, &groups[i],
			       sizeof(groups[i])) < 0)
			return fail(ctx, ST_SYSTEM, "cannot listen to events: %s", strerror(errno));
	return ST_OK;
}

#ifndef SO_MEMINFO /* since 4.12 */
#define SO_MEMINFO 55
#endif
#define MEMINFO_RMEM_ALLOC 0
#define MEMINFO_DROPS	   8

static uint32_t memory_info(const struct ctx *ctx, int what)
{
	uint32_t info[16] = { 0 };
	socklen_t len = sizeof(info);

	if (getsockopt(ctx->events_fd, SOL_SOCKET, SO_MEMINFO, info, &len) < 0)
		return 0;
	return info[what];
}

uint32_t transport_waiting(const struct ctx *ctx)
{
	return memory_info(ctx, MEMINFO_RMEM_ALLOC);
}

uint32_t transport_dropped(const struct ctx *ctx)
{
	return memory_info(ctx, MEMINFO_DROPS);
}

static void close_socket(struct nl_sock **sock, int fd)
{
	if (!*sock)
		return;
	close(fd);
	nl_socket_free(*sock);
	*sock = NULL;
}

void transport_close(struct ctx *ctx)
{
	close_socket(&ctx->sock, ctx->fd);
	close_socket(&ctx->events, ctx->events_fd);
}
