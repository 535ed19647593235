/* SPDX-License-Identifier: ISC */
/*
 * csme takeover: from "the firmware holds the radio" to "it is ours, and the profile is there", as
 * the commit that added Intel's vendor commands describes it (its steps 7 to 16).
 *
 * A profile that was handed to a command is withdrawn by the same command if a later step fails.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/wait.h>

#include "../iw-mlo.h"

#define GRACE_MS 2000 /* for a command to end after it was asked to, or to withdraw */

enum { TAKEOVER_EXEC, TAKEOVER_TIMEOUT };

enum step { STEP_BLOCK, STEP_INFO, STEP_PROFILE, STEP_ASK, STEP_LIFT, STEPS };

static const struct {
	const char *name, *words, *failed;
} steps[STEPS] = {
	[STEP_BLOCK] = { "block_seen", "block seen", "looking at the block" },
	[STEP_INFO] = { "connection_read", "connection read", "reading the connection" },
	[STEP_PROFILE] = { "profile", "profile", "installing the profile" },
	[STEP_ASK] = { "ownership_requested", "ownership requested", "requesting ownership" },
	[STEP_LIFT] = { "block_lifted", "block lifted", "waiting for the block to be lifted" },
};

struct takeover {
	struct csme c;
	struct csme_answer answer;
	int64_t began_us, ended_us[STEPS];
	bool was_blocked, installed, withdrawing;
	char *profile; /* NULL: the firmware has no connection to keep */
	size_t profile_len;
	pid_t child;
};

/* ---- the command ---- */

static void set_variables(const struct takeover *t, const char *action)
{
	const struct csme_connection *conn = &t->c.connection;
	char text[ESCAPED_SIZE(SSID_LEN_MAX)] = "", mac[MAC_TEXT];
	int used = 0;

	setenv("IW_MLO_ACTION", action, 1);
	setenv("IW_MLO_IFNAME", t->c.iface.name, 1);
	for (int n = 0; n < conn->ssid_len; n++)
		snprintf(text + 2 * n, 3, "%02x", conn->ssid[n]);
	setenv("IW_MLO_SSID_HEX", text, 1);
	unsetenv("IW_MLO_BSSID");
	if (csme_has(conn, CSME_BSSID))
		setenv("IW_MLO_BSSID", fmt_mac(mac, conn->bssid), 1);
	*text = '\0';
	for (unsigned int n = 0; n < t->c.n_freqs; n++)
		used += snprintf(text + used, sizeof(text) - (size_t)used, "%s%u", n ? " " : "",
				 t->c.freqs[n]);
	setenv("IW_MLO_FREQ_MHZ", text, 1);
}

/* In the child: what it prints is for people, stdout is ours. */
static void become_command(const struct takeover *t, const char *action, int input)
{
	setpgid(0, 0);
	unblock_signals();
	dup2(input, STDIN_FILENO);
	dup2(STDERR_FILENO, STDOUT_FILENO);
	set_variables(t, action);
	execl("/bin/sh", "sh", "-c", t->c.ctx->args.command, (char *)NULL);
	_exit(127);
}

/* The profile is in the pipe, which it fits into, before there is anybody who might not read it. */
static enum status start_command(struct takeover *t, const char *action)
{
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) < 0)
		return fail(t->c.ctx, ST_SYSTEM, "cannot make a pipe: %s", strerror(errno));
	if (write(ends[1], t->profile, t->profile_len) != (ssize_t)t->profile_len)
		return fail(t->c.ctx, ST_SYSTEM, "cannot write to a pipe: %s", strerror(errno));
	fflush(NULL);
	t->child = fork();
	if (!t->child) {
		close(ends[1]);
		become_command(t, action, ends[0]);
	}
	if (t->child > 0)
		setpgid(t->child,
			t->child); /* whoever of the two is first: it may be killed soon */
	close(ends[0]);
	close(ends[1]);
	if (t->child < 0)
		return fail(t->c.ctx, ST_SYSTEM, "cannot start the command: %s", strerror(errno));
	return ST_OK;
}

static bool on_event(void *arg, uint8_t cmd, const struct attrs *a)
{
	(void)arg;
	(void)cmd;
	(void)a;
	return false;
}

/* Whether it has ended by the deadline, or was to be given up before. */
static bool wait_command(struct takeover *t, int64_t deadline, int *status)
{
	enum status st = ST_OK;

	while (waitpid(t->child, status, WNOHANG) != t->child) {
		if (st == ST_UNMET || t->c.ctx->interrupted || (t->c.gone && !t->withdrawing))
			return false;
		st = listen_until(t->c.ctx, deadline, on_event, NULL);
	}
	t->child = 0;
	return true;
}

static void kill_command(struct takeover *t)
{
	int64_t deadline = now_ms() + GRACE_MS;
	int status;

	kill(-t->child, SIGTERM);
	while (waitpid(t->child, &status, WNOHANG) != t->child) {
		if (now_ms() > deadline)
			kill(-t->child, SIGKILL);
		usleep(10000);
	}
	t->child = 0;
}

static enum status judge_command(struct ctx *ctx, int status)
{
	if (WIFEXITED(status) && !WEXITSTATUS(status))
		return ST_OK;
	if (WIFEXITED(status))
		return fail(ctx, ST_UNMET, "the command ended with status %d", WEXITSTATUS(status));
	return fail(ctx, ST_UNMET, "the command was ended by signal %d (%s)", WTERMSIG(status),
		    strsignal(WTERMSIG(status)));
}

static enum status run_command(struct takeover *t)
{
	struct ctx *ctx = t->c.ctx;
	enum status st = start_command(t, "install");
	int status;

	if (st != ST_OK)
		return st;
	t->installed = true; /* perhaps only half: to be withdrawn all the same */
	if (wait_command(t, ctx->deadline_ms, &status))
		return judge_command(ctx, status);
	kill_command(t);
	if (t->c.gone)
		return fail(ctx, ST_REFUSED, "the device went away");
	if (ctx->interrupted)
		return fail(ctx, ST_UNMET, "interrupted (%s)", strsignal(ctx->interrupted));
	return fail(ctx, ST_UNMET, "the command did not end in time");
}

/* The reason for it stays what is reported. */
static enum status withdraw(struct takeover *t, enum status st)
{
	struct ctx *ctx = t->c.ctx;
	char why[sizeof(ctx->error)];
	bool failed;
	int status = 0;

	snprintf(why, sizeof(why), "%s", ctx->error);
	failed = start_command(t, "withdraw") != ST_OK;
	t->withdrawing = true;
	ctx->interrupted = 0;
	if (!failed && !wait_command(t, now_ms() + GRACE_MS, &status)) {
		kill_command(t);
		failed = true;
	}
	failed |= judge_command(ctx, status) != ST_OK;
	return fail(ctx, st, "%.*s; %s", (int)sizeof(why) - 80, why,
		    failed ? "and the command did not withdraw the profile"
			   : "the command has withdrawn the profile");
}

/* ---- steps ---- */

static enum status see_block(struct takeover *t)
{
	enum status st = csme_watch(&t->c);

	t->was_blocked = !rfkill_is_owned(&t->c.rfkill);
	return st == ST_OK ? csme_guard_switch(&t->c) : st;
}

static enum status make_profile(struct takeover *t)
{
	struct ctx *ctx = t->c.ctx;
	enum status st = csme_check_profile(&t->c);
	FILE *f;

	if (st != ST_OK)
		return st;
	f = open_memstream(&t->profile, &t->profile_len);
	if (f)
		csme_print_profile(f, &t->c);
	if (!f || fclose(f) != 0)
		return fail(ctx, ST_SYSTEM, "out of memory");
	if (ctx->opt.dry_run || !is_given(&ctx->args, TAKEOVER_EXEC))
		return ST_OK;
	return run_command(t);
}

static enum status do_step(struct takeover *t, enum step step)
{
	switch (step) {
	case STEP_BLOCK:
		return see_block(t);
	case STEP_INFO:
		return csme_ask_connection(&t->c);
	case STEP_PROFILE: /* without a connection there is nothing to keep */
		return t->c.has_connection ? make_profile(t) : ST_OK;
	case STEP_ASK:
		return csme_ask_ownership(&t->c, &t->answer);
	case STEP_LIFT:
		return t->c.ctx->opt.dry_run ? ST_OK : csme_wait_granted(&t->c, &t->answer);
	case STEPS:
		break;
	}
	return ST_OK;
}

static enum status step_failed(struct takeover *t, enum step step, enum status st)
{
	struct ctx *ctx = t->c.ctx;
	char why[sizeof(ctx->error)];

	snprintf(why, sizeof(why), "%s", ctx->error);
	fail(ctx, st, "%s: %.*s", steps[step].failed, (int)sizeof(why) - 80, why);
	return t->installed ? withdraw(t, st) : st;
}

/* ---- what came of it ---- */

static int64_t took_us(const struct takeover *t, int step)
{
	return t->ended_us[step] - (step ? t->ended_us[step - 1] : t->began_us);
}

static const char *profile_words(const struct takeover *t)
{
	if (!t->profile)
		return "not needed: the firmware has reported no connection";
	return t->installed ? "handed to the command" : "written";
}

/* Comments of wpa_supplicant's, so that all of it can go into a file of its own. */
static void text_takeover(const struct text *t, const struct ctx *ctx, const void *model)
{
	const struct takeover *k = model;

	(void)ctx;
	fputs("# ", t->f);
	text_iface_name(t, &k->c.iface);
	fprintf(t->f, " is owned after %.1f ms%s\n",
		(double)(k->ended_us[STEP_LIFT] - k->began_us) / 1000,
		k->was_blocked ? "" : "; it was not blocked by the CSME firmware");
	for (int n = 0; n < STEPS; n++)
		fprintf(t->f, "#   %-20s %8.1f ms%s%s\n", steps[n].words,
			(double)took_us(k, n) / 1000, n == STEP_PROFILE ? "  " : "",
			n == STEP_PROFILE ? profile_words(k) : "");
	if (k->profile && !k->installed)
		fputs(k->profile, t->f);
}

static void json_takeover(struct json *j, const struct ctx *ctx, const void *model)
{
	const struct takeover *k = model;

	(void)ctx;
	json_open(j, NULL, '{');
	json_csme_head(j, &k->c);
	json_bool(j, "was_blocked", k->was_blocked);
	json_bool(j, "granted_in_time", !k->answer.err && !k->answer.positive);
	json_open(j, "steps", '[');
	for (int n = 0; n < STEPS; n++) {
		json_open(j, NULL, '{');
		json_text(j, "step", steps[n].name);
		json_uint(j, "took_us", (uint64_t)took_us(k, n));
		json_close(j, '}');
	}
	json_close(j, ']');
	if (k->profile)
		json_string(j, "profile", k->profile);
	json_close(j, '}');
}

static enum status run_takeover(struct ctx *ctx)
{
	static const struct view view = { text_takeover, json_takeover };
	struct takeover t = { .began_us = now_us() };
	enum status st;

	csme_limit(ctx, is_given(&ctx->args, TAKEOVER_TIMEOUT), CSME_PATIENCE_MS);
	st = csme_open(ctx, &t.c);
	for (enum step n = STEP_BLOCK; n < STEPS && st == ST_OK; n++) {
		st = do_step(&t, n);
		t.ended_us[n] = now_us();
		if (st == ST_OK && ctx->interrupted)
			st = fail(ctx, ST_UNMET, "interrupted (%s)", strsignal(ctx->interrupted));
		if (st != ST_OK)
			st = step_failed(&t, n, st);
	}
	if (st == ST_OK)
		show(ctx, &view, &t);
	free(t.profile);
	return st;
}

static const struct param takeover_params[] = {
	[TAKEOVER_EXEC] = { .kind = PARAM_COMMAND,
			    .name = "COMMAND",
			    .keyword = "--exec",
			    .optional = true },
	[TAKEOVER_TIMEOUT] = { .kind = PARAM_SECONDS,
			       .name = "S",
			       .keyword = "timeout",
			       .optional = true },
	{ 0 },
};

const struct cmd cmd_csme_takeover = {
	.name = "csme takeover",
	.objects = ON_DEV | ON_WDEV,
	.params = takeover_params,
	.help = "Take the radio over from the CSME firmware, with a profile for its connection.",
	.run = run_takeover,
};
