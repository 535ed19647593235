/* SPDX-License-Identifier: ISC */
/*
 * How long programs take, by turns, so that whatever else the machine does strikes all of them.
 *
 * usage: race ROUNDS BEFORE PROGRAM WORD... [-- PROGRAM WORD...] ...
 *   The median of each, in microseconds from fork() to the end, on a line of its own. BEFORE is a
 *   command of the shell's that is run before each of them and takes no part; "" is none. What the
 *   programs print is thrown away. Status 1: one of them failed.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <sys/wait.h>

#define PROGRAMS_MAX 8
#define ROUNDS_MAX   1000

static long now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static void become(char **argv)
{
	int null = open("/dev/null", O_WRONLY);

	dup2(null, STDOUT_FILENO);
	execv(argv[0], argv);
	_exit(127);
}

/* -1: it failed. */
static long run(char **argv)
{
	long began = now_us();
	int status;
	pid_t pid = fork();

	if (!pid)
		become(argv);
	if (pid < 0 || waitpid(pid, &status, 0) != pid || status)
		return -1;
	return now_us() - began;
}

static int by_size(const void *a, const void *b)
{
	const long *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

static int split(char **words, char ***programs)
{
	int n = 0;

	programs[n++] = words;
	for (; *words; words++)
		if (!strcmp(*words, "--") && n < PROGRAMS_MAX) {
			*words = NULL;
			programs[n++] = words + 1;
		}
	return n;
}

int main(int argc, char **argv)
{
	static long us[PROGRAMS_MAX][ROUNDS_MAX];
	char **programs[PROGRAMS_MAX];
	int n, rounds;

	if (argc < 4)
		return 1;
	rounds = atoi(argv[1]);
	if (rounds < 1 || rounds > ROUNDS_MAX)
		return 1;
	n = split(argv + 3, programs);
	for (int round = 0; round < rounds; round++)
		for (int i = 0; i < n; i++) {
			if (*argv[2] && system(argv[2]))
				return 1;
			us[i][round] = run(programs[i]);
			if (us[i][round] < 0)
				return 1;
		}
	for (int i = 0; i < n; i++) {
		qsort(us[i], (size_t)rounds, sizeof(us[i][0]), by_size);
		printf("%ld\n", us[i][rounds / 2]);
	}
	return 0;
}
