/* SPDX-License-Identifier: ISC */
/* The kernel's netlink socket behind libnl's hooks: the only place that a unit test replaces. */
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

/* The buffer is libnl's to free. */
static int receive_hook(struct nl_sock *sock, struct sockaddr_nl *from, unsigned char **buf,
			struct ucred **creds)
{
	struct iovec iov = { malloc(RECEIVE_SIZE), RECEIVE_SIZE };
	struct msghdr msg = { from, sizeof(*from), &iov, 1, NULL, 0, 0 };
	ssize_t n = -1;

	(void)creds;
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
		return -NLE_FAILURE;
	}
	*buf = iov.iov_base;
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

enum status transport_open(struct ctx *ctx)
{
	struct nl_cb *cb;

	ctx->fd = open_socket();
	if (ctx->fd < 0)
		return fail(ctx, ST_SYSTEM, "cannot open a netlink socket: %s", strerror(errno));
	ctx->sock = nl_socket_alloc();
	if (!ctx->sock)
		return fail(ctx, ST_SYSTEM, "out of memory");
	nl_socket_set_peer_port(ctx->sock, (uint32_t)ctx->fd);
	cb = nl_socket_get_cb(ctx->sock);
	nl_cb_overwrite_send(cb, send_hook);
	nl_cb_overwrite_recv(cb, receive_hook);
	nl_cb_put(cb);
	return ST_OK;
}

void transport_close(struct ctx *ctx)
{
	if (!ctx->sock)
		return;
	close(ctx->fd);
	nl_socket_free(ctx->sock);
	ctx->sock = NULL;
}
