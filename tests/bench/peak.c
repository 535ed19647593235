/* SPDX-License-Identifier: ISC */
/*
 * How much memory a program had at most: all that was resident, and what of it was its own, which
 * is its heap, its stack and the data that it has written to; not the code and what is shared.
 * Memory is given back by a system call only, so before each of them is when to look.
 *
 * usage: peak FILE PROGRAM WORD...	puts both, in KiB, into FILE, and ends with the program's
 * status
 */
#include <signal.h>
#include <stdio.h>
#include <unistd.h>
#include <sys/personality.h>
#include <sys/ptrace.h>
#include <sys/wait.h>

struct peak {
	long resident, own; /* pages */
};

static void look(pid_t pid, struct peak *peak)
{
	long resident, shared;
	char path[32];
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/statm", pid);
	f = fopen(path, "r");
	if (!f)
		return;
	if (fscanf(f, "%*d %ld %ld", &resident, &shared) == 2) {
		peak->resident = resident > peak->resident ? resident : peak->resident;
		peak->own = resident - shared > peak->own ? resident - shared : peak->own;
	}
	fclose(f);
}

/* The place of the stack is chosen by chance, and with it how many pages it has. */
static void begin(char **argv)
{
	personality(ADDR_NO_RANDOMIZE);
	ptrace(PTRACE_TRACEME, 0, NULL, NULL);
	execv(argv[0], argv);
	_exit(127);
}

static int watch(pid_t pid, struct peak *peak)
{
	int status, execs = 0;

	while (waitpid(pid, &status, 0) == pid && WIFSTOPPED(status)) {
		long sig = WSTOPSIG(status);

		if (sig == SIGTRAP && execs++) /* the first is that of exec() itself */
			look(pid, peak);
		if (sig == SIGTRAP)
			sig = 0;
		if (ptrace(PTRACE_SYSCALL, pid, NULL, (void *)sig) < 0)
			return 1;
	}
	return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

int main(int argc, char **argv)
{
	long kib = sysconf(_SC_PAGESIZE) / 1024;
	struct peak peak = { 0 };
	int status;
	pid_t pid;
	FILE *f;

	if (argc < 3)
		return 1;
	pid = fork();
	if (!pid)
		begin(argv + 2);
	if (pid < 0)
		return 1;
	status = watch(pid, &peak);
	f = fopen(argv[1], "w");
	if (!f)
		return 1;
	fprintf(f, "%ld\t%ld\n", peak.resident * kib, peak.own * kib);
	return fclose(f) ? 1 : status;
}
