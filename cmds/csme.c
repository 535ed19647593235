/* SPDX-License-Identifier: ISC */
/* csme: who owns a radio that Intel's CSME firmware shares with the host, and how to get it. */
#include <errno.h>
#include <string.h>
#include <unistd.h>
#include <linux/rfkill.h>
#include <net/if.h>
#include <sys/timerfd.h>

#include "../iw-mlo.h"

#define LOOK_EVERY_MS  100 /* at sysfs, where /dev/rfkill is not to be had */
#define CANDIDATES_MAX ARRAY_SIZE(((struct csme *)NULL)->freqs)

/* ---- why not ---- */

/* The commands come from iwlmvm, and only where iwlmei was built. */
static enum status explain_no_csme(struct ctx *ctx, const char *phy)
{
	char driver[NAME_LEN_MAX] = "", text[ESCAPED_SIZE(NAME_LEN_MAX)];

	if (!sysfs_link(driver, sizeof(driver), "class/ieee80211/%s/device/driver", phy))
		return fail(ctx, ST_REFUSED,
			    "the driver of this phy has no commands for Intel's CSME firmware");
	if (strcmp(driver, "iwlwifi") != 0)
		return fail(ctx, ST_REFUSED,
			    "the driver of this phy, %s, has no commands for Intel's CSME "
			    "firmware: only iwlwifi has",
			    escape(text, sizeof(text), driver, strlen(driver)));
	if (sysfs_exists("module/iwlmei"))
		return fail(ctx, ST_REFUSED,
			    "iwlmei is loaded, but the driver of this phy offers none of its "
			    "commands: the device has no CSME firmware, or it is driven by iwlmld");
	if (sysfs_exists("module/iwlmld") && !sysfs_exists("module/iwlmvm"))
		return fail(ctx, ST_REFUSED,
			    "the device is driven by iwlmld, which has no commands for Intel's "
			    "CSME firmware");
	return fail(ctx, ST_REFUSED,
		    "this kernel has no iwlmei loaded, which iwlwifi's commands for the CSME "
		    "firmware come from (CONFIG_IWLMEI depends on BROKEN in current kernels)");
}

enum status csme_open(struct ctx *ctx, struct csme *c)
{
	enum status st;
	uint32_t index;

	memset(c, 0, sizeof(*c));
	c->ctx = ctx;
	c->rfkill_fd = -1;
	st = open_iface(ctx, &c->iface);
	if (st == ST_OK)
		st = query_wiphy_full(ctx, c->iface.wiphy, &c->wiphy);
	if (st != ST_OK)
		return st;
	if (!c->wiphy.csme_conn_info || !c->wiphy.csme_ownership)
		return explain_no_csme(ctx, c->wiphy.name);
	c->has_rfkill = rfkill_find(c->wiphy.index, &index) && rfkill_read(index, &c->rfkill);
	return ST_OK;
}

/* ---- asking the driver ---- */

static void req_intel(struct csme *c, struct req *rq, uint32_t subcmd, bool change)
{
	if (change)
		req_change(c->ctx, rq, NL80211_CMD_VENDOR);
	else
		req_get(c->ctx, rq, NL80211_CMD_VENDOR);
	req_target(c->ctx, rq);
	req_u32(rq, NL80211_ATTR_VENDOR_ID, INTEL_OUI);
	req_u32(rq, NL80211_ATTR_VENDOR_SUBCMD, subcmd);
}

static bool add_connection(void *model, const struct attrs *a)
{
	return decode_csme_connection(a, model);
}

/* As the firmware numbers them. */
static const char *const bands[] = { "2.4GHz", "5GHz", "6GHz" };

/* Where the channel may be; the band is not told. */
static void find_candidates(struct csme *c)
{
	const struct csme_connection *conn = &c->connection;

	c->n_freqs = 0;
	if (!csme_has(conn, CSME_CHANNEL))
		return;
	for (size_t b = 0; b < ARRAY_SIZE(bands); b++) {
		uint32_t mhz = channel_to_freq(bands[b], conn->channel);

		if (csme_has(conn, CSME_BAND) && conn->band != b)
			mhz = 0;
		if (mhz)
			c->freqs[c->n_freqs++] = mhz;
	}
	if (c->n_freqs == 1)
		c->freq_source = csme_has(conn, CSME_BAND) ? "band" : "channel";
}

/* Leaves those of the candidates whose bits are set, if there are any. */
static void keep_freqs(struct csme *c, uint32_t has, const char *source)
{
	unsigned int kept = 0;

	for (unsigned int n = 0; n < c->n_freqs; n++)
		if (has >> n & 1)
			c->freqs[kept++] = c->freqs[n];
	if (kept)
		c->n_freqs = kept;
	if (kept == 1)
		c->freq_source = source;
}

struct search {
	const struct csme *c;
	uint32_t has; /* bit n: at its freqs[n] */
};

static bool add_bss(void *model, const struct attrs *a)
{
	struct search *s = model;
	struct bss b;

	if (!decode_bss(a, &b))
		return false;
	if (!b.has_bssid || !b.has_freq || memcmp(b.bssid, s->c->connection.bssid, ADDR_LEN) != 0)
		return true;
	for (unsigned int n = 0; n < s->c->n_freqs; n++)
		if (s->c->freqs[n] == b.freq)
			s->has |= 1u << n;
	return true;
}

/* The AP may have been heard lately. */
static enum status look_in_bss_table(struct csme *c)
{
	struct search s = { c, 0 };
	struct sink sink = { .add = add_bss, .model = &s };
	struct req rq;
	enum status st;

	if (!csme_has(&c->connection, CSME_BSSID))
		return ST_OK;
	req_dump(c->ctx, &rq, NL80211_CMD_GET_SCAN);
	req_target(c->ctx, &rq);
	/* else those are left out that cannot be used for everything, as many at 6 GHz */
	req_flag(&rq, NL80211_ATTR_BSS_DUMP_INCLUDE_USE_DATA);
	st = dispatch(c->ctx, &rq, &sink);
	keep_freqs(c, s.has, "bss-table");
	return st;
}

static bool add_channels(void *model, const struct attrs *a)
{
	struct channel_list channels;
	struct search *s = model;

	channels.n = 0;
	if (!decode_wiphy_channels(a, &channels))
		return false;
	for (unsigned int n = 0; n < s->c->n_freqs; n++)
		if (channel_at(&channels, s->c->freqs[n]))
			s->has |= 1u << n;
	return true;
}

/* The firmware uses the same radio: what that cannot tune to is out of the question. */
static enum status look_at_radio(struct csme *c)
{
	struct search s = { c, 0 };
	struct sink sink = { .add = add_channels, .model = &s };
	struct req rq;
	enum status st;

	req_dump(c->ctx, &rq, NL80211_CMD_GET_WIPHY);
	req_flag(&rq, NL80211_ATTR_SPLIT_WIPHY_DUMP);
	req_u32(&rq, NL80211_ATTR_WIPHY, c->wiphy.index);
	st = dispatch(c->ctx, &rq, &sink);
	keep_freqs(c, s.has, "radio");
	return st;
}

static enum status find_freq(struct csme *c)
{
	enum status st = ST_OK;

	find_candidates(c);
	if (c->n_freqs > 1)
		st = look_in_bss_table(c);
	if (st == ST_OK && c->n_freqs > 1)
		st = look_at_radio(c);
	return st;
}

enum status csme_ask_connection(struct csme *c)
{
	struct sink sink = { .add = add_connection, .model = &c->connection };
	struct req rq;
	enum status st;

	req_intel(c, &rq, INTEL_CMD_GET_CSME_CONN_INFO, false);
	st = dispatch(c->ctx, &rq, &sink);
	/* there is nothing in the request that could be invalid: the firmware has told nothing */
	if (st == ST_REFUSED && c->ctx->refusal.err == EINVAL)
		return ST_OK;
	c->has_connection = st == ST_OK;
	return st == ST_OK ? find_freq(c) : st;
}

enum status csme_ask_ownership(struct csme *c, struct csme_answer *a)
{
	struct req rq;
	enum status st;

	memset(a, 0, sizeof(*a));
	c->ctx->positive = 0;
	req_intel(c, &rq, INTEL_CMD_HOST_GET_OWNERSHIP, true);
	a->asked_us = now_us();
	st = dispatch(c->ctx, &rq, NULL);
	a->answered_us = now_us();
	a->positive = c->ctx->positive;
	if (st == ST_UNMET)
		return fail(
			c->ctx, ST_UNMET,
			"the driver did not answer within %u.%03u s; it may still be asking the "
			"firmware",
			c->ctx->opt.timeout_ms / 1000, c->ctx->opt.timeout_ms % 1000);
	if (st != ST_REFUSED)
		return st;
	a->err = c->ctx->refusal.err;
	if (a->err == ETIMEDOUT)
		return ST_OK;
	if (a->err == ENODEV)
		return refused(c->ctx,
			       "iwlmei has no connection to the firmware, or the device is gone");
	return ST_REFUSED;
}

/* ---- watching ---- */

static bool owned(const struct csme *c)
{
	return c->has_rfkill && rfkill_is_owned(&c->rfkill);
}

/* Returns whether whoever waits has to look. */
static bool take_news(struct csme *c, enum rfkill_news news, const struct rfkill *r)
{
	bool was = owned(c);

	c->seen = true;
	c->gone |= news == RFKILL_GONE;
	c->lost |= news == RFKILL_LOST;
	if (news != RFKILL_CHANGED)
		return true;
	c->rfkill = *r;
	if (!was && owned(c))
		c->lifted_us = now_us();
	if (was && !owned(c))
		c->taken_us = now_us();
	return c->on_rfkill ? c->on_rfkill(c) : owned(c);
}

static bool on_rfkill_device(void *arg)
{
	struct csme *c = arg;
	enum rfkill_news news;
	struct rfkill r;
	bool done = false;

	while ((news = rfkill_next(c->rfkill_fd, c->rfkill.index, &r)) == RFKILL_CHANGED)
		done = take_news(c, news, &r);
	return news == RFKILL_NOTHING ? done : take_news(c, news, &r);
}

static bool same_blocks(const struct rfkill *a, const struct rfkill *b)
{
	return a->soft == b->soft && a->hard == b->hard && a->reasons == b->reasons;
}

static bool look_at_sysfs(void *arg)
{
	struct csme *c = arg;
	struct rfkill r;

	if (!rfkill_read(c->rfkill.index, &r))
		return take_news(c, RFKILL_GONE, NULL);
	return same_blocks(&r, &c->rfkill) ? false : take_news(c, RFKILL_CHANGED, &r);
}

static bool on_timer(void *arg)
{
	const struct csme *c = arg;
	uint64_t ticks;

	return read(c->rfkill_fd, &ticks, sizeof(ticks)) == sizeof(ticks) && look_at_sysfs(arg);
}

static int open_timer(void)
{
	struct timespec every = { .tv_nsec = LOOK_EVERY_MS * 1000000L };
	struct itimerspec t = { every, every };
	int fd = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);

	if (fd >= 0)
		timerfd_settime(fd, 0, &t, NULL);
	return fd;
}

/* How it is now: the look before may be out of date. */
static void look_first(struct csme *c)
{
	if (c->look == look_at_sysfs)
		c->seen = rfkill_read(c->rfkill.index, &c->rfkill);
	else
		c->look(c);
	c->gone |= !c->seen;
	c->lifted_us = c->taken_us = 0;
}

enum status csme_watch(struct csme *c)
{
	enum status st = listen_open(c->ctx, 1u << GROUP_VENDOR);
	source_fn *on_readable = on_rfkill_device;

	if (st == ST_OK && !c->has_rfkill)
		st = fail(c->ctx, ST_REFUSED,
			  "its rfkill device is not to be seen (is /sys that of this network "
			  "namespace?)");
	if (st == ST_OK)
		st = listen_signals(c->ctx);
	if (st != ST_OK)
		return st;
	c->rfkill_fd = rfkill_open();
	c->look = on_rfkill_device;
	if (c->rfkill_fd < 0) {
		c->rfkill_fd = open_timer();
		c->look = look_at_sysfs;
		on_readable = on_timer;
	}
	if (c->rfkill_fd < 0)
		return fail(c->ctx, ST_SYSTEM, "cannot watch rfkill: %s", strerror(errno));
	look_first(c);
	return listen_also(c->ctx, c->rfkill_fd, on_readable, c);
}

static bool on_other_event(void *arg, uint8_t cmd, const struct attrs *a)
{
	(void)arg;
	(void)cmd;
	(void)a;
	return false;
}

static enum status wait_owned(struct csme *c)
{
	enum status st = ST_OK;

	while (st == ST_OK && !owned(c) && !c->gone && !c->lost && !c->ctx->interrupted)
		st = listen_until(c->ctx, c->ctx->deadline_ms, on_other_event, c);
	if (c->gone)
		return fail(c->ctx, ST_REFUSED, "the device went away");
	if (c->lost)
		return fail(c->ctx, ST_SYSTEM, "rfkill cannot be read any more");
	if (c->ctx->interrupted)
		return fail(c->ctx, ST_UNMET, "interrupted (%s)", strsignal(c->ctx->interrupted));
	return st;
}

void csme_limit(struct ctx *ctx, bool given, uint32_t otherwise_ms)
{
	uint32_t ms = given ? ctx->args.ms : otherwise_ms, *limit = &ctx->opt.timeout_ms;

	if (ms && (!*limit || (given && ms < *limit)))
		*limit = ms;
}

/* ---- renderers ---- */

#define MS_TEXT 24
static const char *fmt_ms(char buf[MS_TEXT], int64_t us)
{
	snprintf(buf, MS_TEXT, "%lld.%lld ms", (long long)us / 1000, (long long)us / 100 % 10);
	return buf;
}

void text_rfkill(const struct text *t, const struct rfkill *r)
{
	const char *before = " ";

	if (!r->soft && !r->hard)
		fputs(" not blocked", t->f);
	if (r->soft)
		fputs(" soft-blocked", t->f);
	if (!r->hard)
		return;
	fputs(" hard-blocked:", t->f);
	if (!r->has_reasons || !r->reasons)
		fputs(" for a reason that the kernel does not tell", t->f);
	for (unsigned int bit = 0; r->has_reasons && bit < 8; bit++) {
		if (!(r->reasons >> bit & 1))
			continue;
		fputs(before, t->f);
		if (rfkill_reason(bit))
			fputs(rfkill_reason(bit), t->f);
		else
			fprintf(t->f, "reason-0x%x", 1u << bit);
		before = ", ";
	}
}

static void text_number(const struct text *t, const char *what, const char *word, uint32_t n)
{
	if (word)
		fprintf(t->f, "\t  %s %s\n", what, word);
	else
		fprintf(t->f, "\t  %s unknown (%u)\n", what, n);
}

static void text_freqs(const struct text *t, const struct csme *c)
{
	const char *band;
	uint32_t channel;

	fprintf(t->f, "\t  channel %u", c->connection.channel);
	for (unsigned int n = 0; n < c->n_freqs; n++)
		if (freq_to_channel(c->freqs[n], &channel, &band))
			fprintf(t->f, "%s %u MHz (%s)", n ? " or" : " ", c->freqs[n], band);
	if (c->freq_source)
		fprintf(t->f, "  band by %s", c->freq_source);
	putc('\n', t->f);
}

/* If it has not told the channel, or one that this band has not. */
static void text_told_band(const struct text *t, const struct csme *c)
{
	uint8_t band = c->connection.band;

	if (csme_has(&c->connection, CSME_BAND) && !c->n_freqs)
		text_number(t, "band", band < ARRAY_SIZE(bands) ? bands[band] : NULL, band);
}

static void text_malformed(const struct text *t, const struct csme_connection *conn)
{
	for (int n = 0; n < CSME_FACTS; n++)
		if (conn->malformed >> n & 1)
			fprintf(t->f, "\t  %s malformed, not shown\n",
				csme_fact_word((enum csme_fact)n));
	if (conn->torn)
		fputs("\t  the report is cut short\n", t->f);
}

static void text_connection(const struct text *t, const struct csme *c)
{
	const struct csme_connection *conn = &c->connection;
	char text[ESCAPED_SIZE(SSID_LEN_MAX)], mac[MAC_TEXT];

	fputs("\tconnection of the firmware, as last reported\n", t->f);
	if (csme_has(conn, CSME_SSID))
		fprintf(t->f, "\t  ssid \"%s\"\n",
			escape(text, sizeof(text), conn->ssid, conn->ssid_len));
	if (csme_has(conn, CSME_BSSID))
		fprintf(t->f, "\t  bssid %s\n", fmt_mac(mac, conn->bssid));
	if (csme_has(conn, CSME_CHANNEL))
		text_freqs(t, c);
	text_told_band(t, c);
	if (csme_has(conn, CSME_AUTH))
		text_number(t, "auth", csme_auth_word(conn->auth), conn->auth);
	if (csme_has(conn, CSME_CIPHER))
		text_number(t, "cipher", csme_cipher_word(conn->cipher), conn->cipher);
	if (csme_has(conn, CSME_COLLOC_CHANNEL))
		fprintf(t->f, "\t  co-located channel %u\n", conn->colloc_channel);
	if (csme_has(conn, CSME_COLLOC_BSSID))
		fprintf(t->f, "\t  co-located bssid %s\n", fmt_mac(mac, conn->colloc_bssid));
	text_malformed(t, conn);
}

static void text_info(const struct text *t, const struct ctx *ctx, const void *model)
{
	const struct csme *c = model;
	char name[ESCAPED_SIZE(NAME_LEN_MAX)];

	(void)ctx;
	text_iface_name(t, &c->iface);
	fprintf(t->f, "  %s\n", escape(name, sizeof(name), c->wiphy.name, strlen(c->wiphy.name)));
	if (c->has_rfkill) {
		fprintf(t->f, "\towned %s  rfkill%u", owned(c) ? "yes" : "no", c->rfkill.index);
		text_rfkill(t, &c->rfkill);
		putc('\n', t->f);
	} else {
		fputs("\towned unknown: the rfkill device is not to be seen\n", t->f);
	}
	if (c->has_connection)
		text_connection(t, c);
	else if (!c->ctx->refusal.err || c->ctx->refusal.err == EINVAL)
		fputs("\tno connection: the firmware has reported none\n", t->f);
}

void json_rfkill(struct json *j, const struct rfkill *r)
{
	json_open(j, "rfkill", '{');
	json_uint(j, "index", r->index);
	json_bool(j, "soft", r->soft);
	json_bool(j, "hard", r->hard);
	if (r->hard && r->has_reasons) {
		char number[16];

		json_open(j, "reasons", '[');
		for (unsigned int bit = 0; bit < 8; bit++) {
			snprintf(number, sizeof(number), "reason-0x%x", 1u << bit);
			if (r->reasons >> bit & 1)
				json_text(j, NULL,
					  rfkill_reason(bit) ? rfkill_reason(bit) : number);
		}
		json_close(j, ']');
	}
	json_close(j, '}');
}

static void json_freqs(struct json *j, const struct csme *c)
{
	const char *band;
	uint32_t channel;

	if (c->n_freqs == 1) {
		json_uint(j, "freq_mhz", c->freqs[0]);
		if (freq_to_channel(c->freqs[0], &channel, &band))
			json_text(j, "band", band);
		json_text(j, "freq_source", c->freq_source);
		return;
	}
	json_open(j, "freq_candidates_mhz", '[');
	for (unsigned int n = 0; n < c->n_freqs; n++)
		json_uint(j, NULL, c->freqs[n]);
	json_close(j, ']');
}

static void json_malformed(struct json *j, const struct csme_connection *conn)
{
	if (!conn->malformed && !conn->torn)
		return;
	json_open(j, "malformed", '[');
	for (int n = 0; n < CSME_FACTS; n++)
		if (conn->malformed >> n & 1)
			json_text(j, NULL, csme_fact_word((enum csme_fact)n));
	if (conn->torn)
		json_text(j, NULL, "end");
	json_close(j, ']');
}

static void json_connection(struct json *j, const struct csme *c)
{
	const struct csme_connection *conn = &c->connection;

	json_open(j, "connection", '{');
	if (csme_has(conn, CSME_SSID)) {
		json_bytes(j, "ssid", conn->ssid, conn->ssid_len);
		json_hex(j, "ssid_hex", conn->ssid, conn->ssid_len);
	}
	if (csme_has(conn, CSME_BSSID))
		json_mac(j, "bssid", conn->bssid);
	if (csme_has(conn, CSME_CHANNEL)) {
		json_uint(j, "channel", conn->channel);
		json_freqs(j, c);
	}
	if (csme_has(conn, CSME_BAND))
		json_uint(j, "band_number", conn->band);
	if (csme_has(conn, CSME_AUTH)) {
		json_uint(j, "auth_mode", conn->auth);
		if (csme_auth_word(conn->auth))
			json_text(j, "auth", csme_auth_word(conn->auth));
	}
	if (csme_has(conn, CSME_CIPHER)) {
		json_uint(j, "sta_cipher", conn->cipher);
		if (csme_cipher_word(conn->cipher))
			json_text(j, "cipher", csme_cipher_word(conn->cipher));
	}
	if (csme_has(conn, CSME_COLLOC_CHANNEL))
		json_uint(j, "colloc_channel", conn->colloc_channel);
	if (csme_has(conn, CSME_COLLOC_BSSID))
		json_mac(j, "colloc_bssid", conn->colloc_bssid);
	json_malformed(j, conn);
	json_close(j, '}');
}

void json_csme_head(struct json *j, const struct csme *c)
{
	json_iface_head(j, c->ctx, &c->iface);
	json_wiphy_head(j, &c->wiphy, c->wiphy.index);
	if (!c->has_rfkill)
		return;
	json_bool(j, "owned", owned(c));
	json_rfkill(j, &c->rfkill);
}

static void json_info(struct json *j, const struct ctx *ctx, const void *model)
{
	const struct csme *c = model;

	(void)ctx;
	json_open(j, NULL, '{');
	json_csme_head(j, c);
	if (c->has_connection)
		json_connection(j, c);
	json_close(j, '}');
}

/* ---- info ---- */

enum { INFO_WPA_SUPPLICANT };

static void text_profile(const struct text *t, const struct ctx *ctx, const void *model)
{
	(void)ctx;
	csme_print_profile(t->f, model);
}

static enum status show_profile(struct csme *c)
{
	static const struct view view = { text_profile, json_info };
	enum status st = csme_check_profile(c);

	c->ctx->width = 0; /* a file, whose lines end where they end */
	if (st == ST_OK)
		show(c->ctx, &view, c);
	return st;
}

static enum status run_info(struct ctx *ctx)
{
	static const struct view view = { text_info, json_info };
	struct csme c;
	enum status st = csme_open(ctx, &c);

	if (st == ST_OK)
		st = csme_ask_connection(&c);
	else
		return st;
	if (is_given(&ctx->args, INFO_WPA_SUPPLICANT))
		return st == ST_OK ? show_profile(&c) : st;
	/* who owns it can be told without being privileged */
	if (st != ST_OK && (st != ST_REFUSED || ctx->refusal.err != EPERM))
		return st;
	show(ctx, &view, &c);
	return st == ST_OK ? ST_OK
			   : fail(ctx, ST_PARTIAL,
				  "the firmware's connection is not shown: EPERM (Operation not "
				  "permitted); it needs CAP_NET_ADMIN: try as root");
}

static const struct param info_params[] = {
	[INFO_WPA_SUPPLICANT] = { .kind = PARAM_FLAG,
				  .name = "--wpa-supplicant",
				  .keyword = "--wpa-supplicant",
				  .optional = true },
	{ 0 },
};

const struct cmd cmd_csme_info = {
	.name = "csme info",
	.objects = ON_DEV | ON_WDEV,
	.params = info_params,
	.help = "Show who owns the radio, and what Intel's CSME firmware is connected to.",
	.run = run_info,
};

/* ---- own, wait ---- */

enum { WAIT_TIMEOUT };

struct outcome {
	const struct csme *c;
	const struct csme_answer *answer; /* NULL: not asked */
	int64_t began_us;
};

static void text_outcome(const struct text *t, const struct ctx *ctx, const void *model)
{
	const struct outcome *o = model;
	const struct csme_answer *a = o->answer;
	char ms[MS_TEXT];

	(void)ctx;
	text_iface_name(t, &o->c->iface);
	fputs("  owned", t->f);
	if (a)
		fprintf(t->f, "  %s after %s",
			a->err || a->positive ? "not granted in the driver's time, answered"
					      : "answered",
			fmt_ms(ms, a->answered_us - o->began_us));
	if (o->c->lifted_us)
		fprintf(t->f, "  lifted after %s", fmt_ms(ms, o->c->lifted_us - o->began_us));
	if (o->c->rfkill.soft || o->c->rfkill.hard) {
		fputs("  still", t->f);
		text_rfkill(t, &o->c->rfkill);
	}
	putc('\n', t->f);
}

static void json_outcome(struct json *j, const struct ctx *ctx, const void *model)
{
	const struct outcome *o = model;

	(void)ctx;
	json_open(j, NULL, '{');
	json_csme_head(j, o->c);
	if (o->answer) {
		json_bool(j, "granted_in_time", !o->answer->err && !o->answer->positive);
		json_uint(j, "answered_us", (uint64_t)(o->answer->answered_us - o->began_us));
	}
	if (o->c->lifted_us)
		json_uint(j, "lifted_us", (uint64_t)(o->c->lifted_us - o->began_us));
	json_close(j, '}');
}

static const struct view outcome_view = { text_outcome, json_outcome };

/* A switch that is off cannot be argued with. */
enum status csme_guard_switch(const struct csme *c)
{
	const struct rfkill *r = &c->rfkill;

	if (!r->hard || !r->has_reasons || r->reasons & RFKILL_HARD_BLOCK_NOT_OWNER)
		return ST_OK;
	return fail(c->ctx, ST_REFUSED,
		    "rfkill%u is hard-blocked by the radio's switch or another cause, not by the "
		    "CSME firmware: there is nothing to ask for",
		    r->index);
}

/* The whole story in one sentence. */
static enum status not_granted(const struct csme *c, const struct csme_answer *a)
{
	int64_t ended = now_us() - a->asked_us;
	char first[100] = "", ms[MS_TEXT], ms2[MS_TEXT], ms3[MS_TEXT];

	if (a->err)
		snprintf(first, sizeof(first), "not granted: ETIMEDOUT (%s) after %s, and",
			 strerror(a->err), fmt_ms(ms, a->answered_us - a->asked_us));
	else if (a->positive)
		snprintf(first, sizeof(first), "not granted: the driver answered %d after %s, and",
			 a->positive, fmt_ms(ms, a->answered_us - a->asked_us));
	else
		snprintf(first, sizeof(first), "the driver agreed after %s, but",
			 fmt_ms(ms, a->answered_us - a->asked_us));
	if (c->lifted_us > a->asked_us)
		return fail(
			c->ctx, ST_UNMET,
			"%s the firmware took the device back: the block was lifted after %s, and "
			"back after %s",
			first, fmt_ms(ms2, c->lifted_us - a->asked_us),
			fmt_ms(ms3, c->taken_us - a->asked_us));
	return fail(c->ctx, ST_UNMET, "%s the block was not lifted within %s", first,
		    fmt_ms(ms2, ended));
}

enum status csme_wait_granted(struct csme *c, const struct csme_answer *a)
{
	enum status st;

	c->look(c); /* what came with the answer */
	st = wait_owned(c);
	return st == ST_UNMET && !c->ctx->interrupted ? not_granted(c, a) : st;
}

static enum status run_own(struct ctx *ctx)
{
	struct csme_answer answer;
	struct csme c;
	struct outcome o = { &c, &answer, 0 };
	enum status st;

	csme_limit(ctx, is_given(&ctx->args, WAIT_TIMEOUT), CSME_PATIENCE_MS);
	st = csme_open(ctx, &c);
	if (st == ST_OK)
		st = csme_watch(&c);
	if (st == ST_OK)
		st = csme_guard_switch(&c);
	if (st == ST_OK)
		st = csme_ask_ownership(&c, &answer);
	if (st != ST_OK || ctx->opt.dry_run)
		return st;
	o.began_us = answer.asked_us;
	st = csme_wait_granted(&c, &answer);
	if (st == ST_OK)
		show(ctx, &outcome_view, &o);
	return st;
}

static enum status run_wait(struct ctx *ctx)
{
	struct csme c;
	struct outcome o = { &c, NULL, now_us() };
	enum status st;

	csme_limit(ctx, is_given(&ctx->args, WAIT_TIMEOUT), 0);
	st = csme_open(ctx, &c);
	if (st == ST_OK)
		st = csme_watch(&c);
	if (st != ST_OK || ctx->opt.dry_run)
		return st;
	st = wait_owned(&c);
	if (st == ST_UNMET && !ctx->interrupted)
		return fail(ctx, ST_UNMET,
			    "not owned in time: rfkill%u is still hard-blocked: not-owner",
			    c.rfkill.index);
	if (st == ST_OK)
		show(ctx, &outcome_view, &o);
	return st;
}

static const struct param wait_params[] = {
	[WAIT_TIMEOUT] = { .kind = PARAM_SECONDS,
			   .name = "S",
			   .keyword = "timeout",
			   .optional = true },
	{ 0 },
};

const struct cmd cmd_csme_own = {
	.name = "csme own",
	.objects = ON_DEV | ON_WDEV,
	.params = wait_params,
	.help = "Ask the CSME firmware for the radio, and wait until it is the host's.",
	.run = run_own,
};

const struct cmd cmd_csme_wait = {
	.name = "csme wait",
	.objects = ON_DEV | ON_WDEV,
	.params = wait_params,
	.help = "Wait until the radio is the host's, without asking for it.",
	.run = run_wait,
};

/* ---- events ---- */

/* Printed as they come; the first tells how things are. */
struct stream {
	struct csme c; /* the first, as its callbacks know nothing but it */
	bool was_owned, began;
};

static void print_rfkill(const struct csme *c, const char *event)
{
	struct json j = { .f = stdout };
	struct page p;

	if (c->ctx->opt.json) {
		json_open(&j, NULL, '{');
		json_text(&j, "event", event);
		json_csme_head(&j, c);
		json_close(&j, '}');
		return;
	}
	page_open(&p, c->ctx, stdout);
	text_iface_name(&p.t, &c->iface);
	fprintf(p.t.f, "  %s  rfkill%u", event, c->rfkill.index);
	text_rfkill(&p.t, &c->rfkill);
	putc('\n', p.t.f);
	page_close(&p, c->ctx);
}

static bool print_change(struct csme *c)
{
	struct stream *s = (struct stream *)c;
	bool is = owned(c);

	print_rfkill(c, is == s->was_owned && s->began ? "rfkill" : is ? "owned" : "not_owned");
	s->was_owned = is;
	s->began = true;
	return fflush(stdout) != 0;
}

static void print_roaming(const struct csme *c, const struct csme_roaming *r)
{
	const char *event = r->forbidden ? "roaming_forbidden" : "roaming_allowed";
	struct json j = { .f = stdout };
	struct page p;
	char mac[MAC_TEXT];

	if (c->ctx->opt.json) {
		json_open(&j, NULL, '{');
		json_text(&j, "event", event);
		json_string(&j, "ifname", c->iface.name);
		if (r->has_addr)
			json_mac(&j, "addr", r->addr);
		json_close(&j, '}');
		return;
	}
	page_open(&p, c->ctx, stdout);
	text_iface_name(&p.t, &c->iface);
	fprintf(p.t.f, "  %s", event);
	if (r->has_addr)
		fprintf(p.t.f, "  addr %s", fmt_mac(mac, r->addr));
	putc('\n', p.t.f);
	page_close(&p, c->ctx);
}

static bool on_vendor_event(void *arg, uint8_t cmd, const struct attrs *a)
{
	struct stream *s = arg;
	struct ctx *ctx = s->c.ctx;
	struct csme_roaming r;

	if (!cmd) {
		ctx->events_lost = true;
		puts(ctx->opt.json ? "{\"event\":\"gap\"}" : "gap: events were lost here");
	} else if (cmd == NL80211_CMD_VENDOR && decode_csme_roaming(a, &r) && r.has_forbidden &&
		   r.has_ifindex && r.ifindex == s->c.iface.ifindex) {
		print_roaming(&s->c, &r);
	}
	return fflush(stdout) != 0;
}

static enum status run_events(struct ctx *ctx)
{
	struct stream s = { 0 };
	enum status st = csme_open(ctx, &s.c);

	if (st == ST_OK)
		st = csme_watch(&s.c);
	if (st != ST_OK || ctx->opt.dry_run)
		return st;
	s.c.on_rfkill = print_change;
	print_change(&s.c);
	while (st == ST_OK && !s.c.gone && !s.c.lost && !ctx->interrupted && !ferror(stdout))
		st = listen_until(ctx, ctx->deadline_ms, on_vendor_event, &s);
	if (s.c.gone)
		return fail(ctx, ST_REFUSED, "the device went away");
	if (s.c.lost)
		return fail(ctx, ST_SYSTEM, "rfkill cannot be read any more");
	return st == ST_UNMET ? ST_OK : st;
}

const struct cmd cmd_csme_events = {
	.name = "csme events",
	.objects = ON_DEV | ON_WDEV,
	.help = "Show changes of the radio's owner, and when roaming is forbidden or allowed.",
	.run = run_events,
};
