/* SPDX-License-Identifier: ISC */
/* A whole recording: "event -r", in text and in JSON. */
#include <fcntl.h>
#include <sanitizer/common_interface_defs.h>
#include <sys/mman.h>
#include <unistd.h>

#include "fuzz.h"
#include "../../iw-mlo.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);

static int recording, nowhere, stderr_of_fuzzer;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
	stderr_of_fuzzer = dup(STDERR_FILENO);
	recording = memfd_create("recording", MFD_CLOEXEC);
	must(nowhere >= 0 && stderr_of_fuzzer >= 0 && recording >= 0);
	__sanitizer_set_report_fd((void *)(intptr_t)stderr_of_fuzzer);
	dup2(nowhere, STDOUT_FILENO);
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes input = { data, size };
	struct ctx ctx = { .opt.json = take_choice(&input) & 1 };
	char path[40];
	char *words[] = { "event", "-t", "-r", path, NULL };

	snprintf(path, sizeof(path), "/proc/self/fd/%d", recording);
	must(ftruncate(recording, 0) == 0);
	must(pwrite(recording, input.p, input.len, 0) == (ssize_t)input.len);
	must(parse_command(&ctx, 4, words) == ST_OK);
	dup2(nowhere, STDERR_FILENO);
	ctx.cmd->run(&ctx);
	dup2(stderr_of_fuzzer, STDERR_FILENO);
	close(ctx.signal_fd);
	return 0;
}
