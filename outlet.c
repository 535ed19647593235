/* SPDX-License-Identifier: ISC */
/*
 * Output that never keeps its writer waiting: who reads events must not stop for who reads what is
 * printed of them, or the kernel drops some.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include "iw-mlo.h"

#define SIZE_FIRST 16384
#define SIZE_KEPT  (1 << 20) /* of an empty buffer */

/* ---- the buffer ---- */

static bool make_room(struct outlet *s, size_t more)
{
	size_t size = s->size ? s->size : SIZE_FIRST;
	char *buf;

	if (s->start && s->start + s->len + more > s->size) {
		memmove(s->buf, s->buf + s->start, s->len);
		s->start = 0;
	}
	while (size < s->start + s->len + more)
		size *= 2;
	if (size == s->size)
		return true;
	buf = realloc(s->buf, size);
	if (!buf)
		return false;
	s->buf = buf;
	s->size = size;
	return true;
}

static ssize_t keep(void *arg, const char *bytes, size_t len)
{
	struct outlet *s = arg;

	if (s->err || s->gone)
		return (ssize_t)len; /* there is nobody to tell, here */
	if (!make_room(s, len)) {
		s->err = ENOMEM;
		return (ssize_t)len;
	}
	memcpy(s->buf + s->start + s->len, bytes, len);
	s->len += len;
	return (ssize_t)len;
}

static void take(struct outlet *s, size_t len)
{
	s->start += len;
	s->len -= len;
	if (s->len)
		return;
	s->start = 0;
	if (s->size > SIZE_KEPT) {
		free(s->buf);
		s->buf = NULL;
		s->size = 0;
	}
}

/* ---- the descriptor ---- */

/*
 * O_NONBLOCK is of the open file, which others share: so a pipe or a terminal is opened once more.
 * A regular file keeps nobody waiting.
 */
static void find_descriptor(struct outlet *s)
{
	struct stat st;

	s->fd = STDOUT_FILENO;
	if (fstat(STDOUT_FILENO, &st) < 0 || S_ISREG(st.st_mode)) {
		s->own = true;
		return;
	}
	s->is_socket = S_ISSOCK(st.st_mode);
	if (s->is_socket)
		return;
	s->fd = open("/proc/self/fd/1", O_WRONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
	s->own = s->fd >= 0;
	if (s->fd < 0)
		s->fd = STDOUT_FILENO;
}

bool outlet_open(struct outlet *s)
{
	static const cookie_io_functions_t io = { .write = keep };

	memset(s, 0, sizeof(*s));
	s->max = OUTLET_MAX;
	signal(SIGPIPE, SIG_IGN);
	find_descriptor(s);
	s->f = fopencookie(s, "w", io);
	return s->f;
}

/* What may be shared is asked before, and given no more than it has room for then. */
static ssize_t write_some(const struct outlet *s)
{
	const char *p = s->buf + s->start;
	struct pollfd room = { .fd = s->fd, .events = POLLOUT };

	if (s->own)
		return write(s->fd, p, s->len);
	if (s->is_socket)
		return send(s->fd, p, s->len, MSG_DONTWAIT);
	if (poll(&room, 1, 0) == 0) {
		errno = EAGAIN;
		return -1;
	}
	return write(s->fd, p, s->len < PIPE_BUF ? s->len : PIPE_BUF);
}

static void write_kept(struct outlet *s)
{
	while (s->len && !s->err && !s->gone) {
		ssize_t n = write_some(s);

		if (n >= 0)
			take(s, (size_t)n);
		else if (errno == EAGAIN)
			return;
		else if (errno == EPIPE)
			s->gone = true;
		else if (errno != EINTR)
			s->err = errno;
	}
}

void outlet_push(struct outlet *s)
{
	fflush(s->f);
	write_kept(s);
}

void outlet_drain(struct outlet *s, int patience_ms)
{
	struct pollfd p = { .fd = s->fd, .events = POLLOUT };

	outlet_push(s);
	while (s->len && !s->err && !s->gone && poll(&p, 1, patience_ms) > 0)
		write_kept(s);
}

void outlet_close(struct outlet *s)
{
	if (s->f)
		fclose(s->f);
	if (s->fd > STDERR_FILENO)
		close(s->fd);
	free(s->buf);
	memset(s, 0, sizeof(*s));
}
