/* SPDX-License-Identifier: ISC */
/*
 * How much memory a program had at most. Small itself, as Linux counts what was there before
 * exec().
 *
 * usage: peak FILE PROGRAM WORD...	puts KiB into FILE, and ends with the program's status
 */
#include <stdio.h>
#include <unistd.h>
#include <sys/resource.h>
#include <sys/wait.h>

int main(int argc, char **argv)
{
	struct rusage usage;
	int status;
	pid_t pid;
	FILE *f;

	if (argc < 3)
		return 1;
	pid = fork();
	if (!pid) {
		execv(argv[2], argv + 2);
		_exit(127);
	}
	if (pid < 0 || wait4(pid, &status, 0, &usage) != pid || !(f = fopen(argv[1], "w")))
		return 1;
	fprintf(f, "%ld\n", usage.ru_maxrss);
	return fclose(f) || !WIFEXITED(status) ? 1 : WEXITSTATUS(status);
}
