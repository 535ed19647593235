/* SPDX-License-Identifier: ISC */
/*
 * Netlink messages in a file, as tcpdump records them from an nlmon device: pcap, whose packets are
 * a header of 16 bytes in network order and a datagram (LINKTYPE_NETLINK). The numbers of pcap
 * itself are in the byte order of whoever wrote the file, and the datagrams in that of the machine
 * that they were on; the two are mostly, but not always, the same.
 */
#include <arpa/inet.h>
#include <byteswap.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <linux/genetlink.h>

#include "iw-mlo.h"

#define MAGIC_US	 0xa1b2c3d4u
#define MAGIC_NS	 0xa1b23c4du
#define MAGIC_PCAPNG	 0x0a0d0d0au /* in either order */
#define LINKTYPE_NETLINK 253
#define ARPHRD_NETLINK	 824
#define PACKET_OUT	 4	   /* PACKET_OUTGOING: as nlmon has it */
#define SNAPLEN		 262144	   /* bytes of a packet that are kept: all */
#define PACKET_MAX	 (1 << 20) /* more than any datagram: a length beyond is none */

struct file_header {
	uint32_t magic;
	uint16_t major, minor;
	uint32_t zone, accuracy, snaplen, linktype;
};

struct packet_header {
	uint32_t seconds, fraction, len, whole_len;
};

struct cooked {
	uint16_t direction, hardware;
	uint8_t unused[10];
	uint16_t protocol;
};

/* ---- writing ---- */

enum status capture_create(struct ctx *ctx, struct capture *c, const char *path)
{
	struct file_header h = { MAGIC_US, 2, 4, 0, 0, SNAPLEN, LINKTYPE_NETLINK };
	char text[256];

	memset(c, 0, sizeof(*c));
	c->path = path;
	c->f = fopen(path, "we");
	if (!c->f)
		return fail(ctx, ST_SYSTEM, "cannot write to \"%s\": %s",
			    escape(text, sizeof(text), path, strlen(path)), strerror(errno));
	if (fwrite(&h, sizeof(h), 1, c->f) != 1)
		c->err = errno;
	return ST_OK;
}

void capture_write(struct capture *c, const struct nlmsghdr *nlh)
{
	struct cooked cooked = {
		htons(PACKET_OUT), htons(ARPHRD_NETLINK), { 0 }, htons(NETLINK_GENERIC)
	};
	uint32_t len = (uint32_t)(sizeof(cooked) + nlh->nlmsg_len);
	struct packet_header h = { .len = len, .whole_len = len };
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	h.seconds = (uint32_t)now.tv_sec;
	h.fraction = (uint32_t)now.tv_nsec / 1000;
	if (!c->err &&
	    (fwrite(&h, sizeof(h), 1, c->f) != 1 || fwrite(&cooked, sizeof(cooked), 1, c->f) != 1 ||
	     fwrite(nlh, nlh->nlmsg_len, 1, c->f) != 1))
		c->err = errno;
}

bool capture_flush(struct capture *c)
{
	if (!c->err && fflush(c->f) != 0)
		c->err = errno;
	return !c->err;
}

enum status capture_close(struct ctx *ctx, struct capture *c)
{
	bool written = c->f;
	char text[256];

	if (c->f && fclose(c->f) != 0 && !c->err)
		c->err = errno;
	if (!written && c->fd > STDERR_FILENO)
		close(c->fd);
	free(c->packet);
	c->f = NULL;
	c->packet = NULL;
	if (!c->err || !written)
		return ST_OK;
	return fail(ctx, ST_SYSTEM, "cannot write to \"%s\": %s",
		    escape(text, sizeof(text), c->path, strlen(c->path)), strerror(c->err));
}

/* ---- reading ---- */

static uint32_t number(const struct capture *c, uint32_t v)
{
	return c->swapped ? bswap_32(v) : v;
}

static const char *judge_header(struct capture *c, const struct file_header *h)
{
	uint32_t magic = h->magic, linktype;

	if (magic == MAGIC_PCAPNG)
		return "it is pcapng, which is not read here (\"editcap -F pcap\" turns it into "
		       "pcap)";
	if (magic != MAGIC_US && magic != MAGIC_NS) {
		c->swapped = true;
		magic = number(c, magic);
	}
	if (magic != MAGIC_US && magic != MAGIC_NS)
		return "it is no recording (pcap)";
	c->nanoseconds = magic == MAGIC_NS;
	linktype = number(c, h->linktype) & 0x03ffffff; /* above it: the length of an FCS */
	return linktype == LINKTYPE_NETLINK ? NULL
					    : "its link type is not that of nlmon (NETLINK, 253)";
}

/* What comes through a pipe may take its time: until then, a signal may end it. */
static bool refill(struct capture *c)
{
	struct ctx *ctx = c->ctx;
	ssize_t n;

	while (ctx->n_sources && !listen_once(ctx, c->fd, ctx->deadline_ms))
		if (ctx->interrupted || (ctx->deadline_ms && now_ms() >= ctx->deadline_ms))
			return false;
	do
		n = read(c->fd, c->buf, sizeof(c->buf));
	while (n < 0 && errno == EINTR);
	if (n < 0)
		c->err = errno;
	c->start = 0;
	c->len = n > 0 ? (size_t)n : 0;
	return n > 0;
}

/* How many bytes there were of those. */
static size_t take(struct capture *c, void *to, size_t len)
{
	size_t done = 0;

	while (done < len && (c->len || refill(c))) {
		size_t n = len - done < c->len ? len - done : c->len;

		memcpy((char *)to + done, c->buf + c->start, n);
		c->start += n;
		c->len -= n;
		done += n;
	}
	return done;
}

enum status capture_open(struct ctx *ctx, struct capture *c, const char *path)
{
	struct file_header h;
	const char *problem;
	char text[256];
	size_t n;

	escape(text, sizeof(text), path, strlen(path));
	memset(c, 0, sizeof(*c));
	c->ctx = ctx;
	c->path = path;
	c->fd = strcmp(path, "-") ? open(path, O_RDONLY | O_CLOEXEC) : STDIN_FILENO;
	if (c->fd < 0)
		return fail(ctx, errno == ENOENT ? ST_REFUSED : ST_SYSTEM, "cannot read \"%s\": %s",
			    text, strerror(errno));
	n = take(c, &h, sizeof(h));
	if (c->err)
		return fail(ctx, ST_SYSTEM, "cannot read \"%s\": %s", text, strerror(c->err));
	problem = !n		  ? "it is empty"
		  : n < sizeof(h) ? "it is no recording (pcap)"
				  : judge_header(c, &h);
	return problem ? fail(ctx, ST_REFUSED, "\"%s\": %s", text, problem) : ST_OK;
}

/* Memory for one packet, grown as needed: a length alone, which may be a lie, takes little. */
static bool read_packet(struct capture *c, size_t len)
{
	if (len > c->size) {
		unsigned char *more = realloc(c->packet, len);

		if (!more)
			return false;
		c->packet = more;
		c->size = len;
	}
	return take(c, c->packet, len) == len;
}

static bool is_generic_netlink(const struct capture *c)
{
	struct cooked cooked;

	memcpy(&cooked, c->packet, sizeof(cooked));
	return cooked.protocol == htons(NETLINK_GENERIC);
}

void *capture_next(struct capture *c, size_t *len)
{
	struct packet_header h;
	size_t n;

	do {
		n = take(c, &h, sizeof(h));
		if (n < sizeof(h)) {
			c->cut |= n > 0 || c->err;
			return NULL;
		}
		*len = number(c, h.len);
		/* no packet is without its header: such are the zeros of a file with holes */
		if (*len < sizeof(struct cooked) || *len > PACKET_MAX || !read_packet(c, *len)) {
			c->cut = true;
			return NULL;
		}
		c->cut |= *len < number(c, h.whole_len);
	} while (!is_generic_netlink(c));
	c->time_us = (int64_t)number(c, h.seconds) * 1000000 +
		     number(c, h.fraction) / (c->nanoseconds ? 1000 : 1);
	*len -= sizeof(struct cooked);
	return c->packet + sizeof(struct cooked);
}
