# iw-mlo: "make help" lists what can be made.

SHELL	:= /bin/bash

PREFIX	?= /usr/local
CC	?= cc
CFLAGS	?= $(if $(SAN),-O1,-O2) -g
PKG_CONFIG ?= pkg-config
INSTALL	?= install

# a tarball has it in a file, which goes before whatever repository it was unpacked in
VERSION := $(shell cat VERSION 2>/dev/null || git describe --tags --always --dirty 2>/dev/null || echo unknown)

# SAN=1: everything again, in a directory of its own, under the address and undefined sanitizers
BUILD	:= build/$(if $(SAN),san,plain)
BIN	:= $(if $(SAN),$(BUILD)/iw-mlo,iw-mlo)
SANITIZE := $(if $(SAN),-fsanitize=address -fsanitize=undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)

# Of libnl, the messages and the socket; generic netlink's few bytes on top are dispatch.c's own, as
# linking libnl-genl-3 for them costs every start 9 system calls and 30,000 instructions.
NL_CFLAGS := $(shell $(PKG_CONFIG) --cflags libnl-3.0)
NL_LIBS	:= $(shell $(PKG_CONFIG) --libs libnl-3.0)

WARN	:= -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith -Wvla \
	   $(if $(CI),-Werror)
FLAGS	= -std=gnu11 -D_GNU_SOURCE -D_FILE_OFFSET_BITS=64 $(WARN) $(CFLAGS) $(CPPFLAGS) $(SANITIZE) $(NL_CFLAGS)

SRC	:= $(wildcard *.c decode/*.c cmds/*.c)
OBJ	:= $(SRC:%.c=$(BUILD)/%.o)

V_CC	= $(if $(V),,@echo "  CC	$<";)
V_LD	= $(if $(V),,@echo "  LD	$@";)

all: $(BIN)

$(BIN): $(OBJ)
	$(V_LD)$(CC) $(FLAGS) $(LDFLAGS) $^ $(NL_LIBS) -o $@

$(BUILD)/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(V_CC)$(CC) $(FLAGS) -MMD -MP -c $< -o $@

# the version is compiled into one file, and only a new version makes that file again
$(BUILD)/iw-mlo.o: FLAGS += -DVERSION='"$(VERSION)"'
$(BUILD)/iw-mlo.o: $(BUILD)/version
$(BUILD)/version: FORCE
	@mkdir -p $(@D)
	@echo '$(VERSION)' | cmp -s - $@ || echo '$(VERSION)' >$@

# ---- unit tests: the whole program but its main() and its socket, which a script of answers replaces

UNIT	:= $(patsubst tests/unit/test-%.c,%,$(wildcard tests/unit/test-*.c))
UNIT_BIN := $(UNIT:%=$(BUILD)/tests/unit/test-%)
UNIT_OBJ := $(filter-out $(BUILD)/transport.o $(BUILD)/iw-mlo.o,$(OBJ)) \
	   $(BUILD)/tests/unit/iw-mlo.o $(BUILD)/tests/unit/fake-kernel.o $(BUILD)/tests/unit/fake-tree.o $(BUILD)/tests/unit/element-gen.o

$(BUILD)/tests/unit/iw-mlo.o: FLAGS += -Dmain=iw_mlo_main -Wno-missing-prototypes
$(BUILD)/tests/unit/iw-mlo.o: iw-mlo.c Makefile
	@mkdir -p $(@D)
	$(V_CC)$(CC) $(FLAGS) -MMD -MP -c $< -o $@

# of the fake kernel's clock
WAITING	:= -Wl,--wrap=poll,--wrap=usleep,--wrap=clock_gettime

$(UNIT_BIN): $(BUILD)/tests/unit/test-%: $(BUILD)/tests/unit/test-%.o $(UNIT_OBJ)
	$(V_LD)$(CC) $(FLAGS) $(LDFLAGS) $(WAITING) $^ $(NL_LIBS) -lcmocka -o $@

# ---- programs of the rig, made of the program's own parts

RIG_BIN	:= $(BUILD)/tests/rig/start-ap $(BUILD)/tests/rig/ap-mld

$(BUILD)/tests/rig/ap-mld: $(BUILD)/tests/rig/ap-frames.o $(BUILD)/tests/rig/ap-stations.o

# all of the program but its main(), on the kernel's own sockets
PROGRAM_OBJ := $(filter-out $(BUILD)/tests/unit/fake-kernel.o $(BUILD)/tests/unit/fake-tree.o $(BUILD)/tests/unit/element-gen.o,$(UNIT_OBJ)) \
	   $(BUILD)/transport.o

$(RIG_BIN): %: %.o $(PROGRAM_OBJ)
	$(V_LD)$(CC) $(FLAGS) $(LDFLAGS) $^ $(NL_LIBS) -o $@

# writes beacons for tshark to read, and what we read in them
PCAP_BIN := $(BUILD)/tests/unit/beacon-pcap

$(PCAP_BIN): %: %.o $(BUILD)/tests/unit/element-gen.o $(PROGRAM_OBJ)
	$(V_LD)$(CC) $(FLAGS) $(LDFLAGS) $^ $(NL_LIBS) -o $@

# what the figures are taken with, and compared with
BENCH_BIN := $(addprefix build/bench/,floor peak race)

# ---- fuzz targets: the decoders, and recordings, by libFuzzer, which is clang's

FUZZ	:= element elements multi-link netlink replay rnr ttlm
FUZZ_SECONDS ?= 60
FUZZ_BIN := $(FUZZ:%=build/fuzz/fuzz-%)
FUZZ_FLAGS = -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all -O1 -g

build/fuzz/iw-mlo.o: FUZZ_FLAGS += -Dmain=iw_mlo_main -Wno-missing-prototypes
build/fuzz/%.o: %.c Makefile
	@mkdir -p $(@D)
	@echo "  CC	$<"; clang -std=gnu11 -D_GNU_SOURCE $(WARN) $(FUZZ_FLAGS) $(NL_CFLAGS) -MMD -MP -c $< -o $@

$(FUZZ_BIN): build/fuzz/fuzz-%: build/fuzz/tests/fuzz/fuzz-%.o $(SRC:%.c=build/fuzz/%.o)
	@echo "  LD	$@"; clang $(FUZZ_FLAGS) -fsanitize=fuzzer $^ $(NL_LIBS) -o $@

build/fuzz/make-corpus: tests/fuzz/make-corpus.c tests/unit/element-gen.c Makefile
	@mkdir -p $(@D)
	$(V_CC)$(CC) -std=gnu11 -D_GNU_SOURCE $(WARN) $(CFLAGS) $(filter %.c,$^) -o $@

# what is found new is kept in build/fuzz/corpus; what fails, in build/fuzz
fuzz: deps
	@$(MAKE) --no-print-directory -j$(shell nproc) $(FUZZ_BIN)
	@for target in $(FUZZ); do tests/fuzz/run $$target $(FUZZ_SECONDS) || exit; done

# the hand-made corpora anew, after a change of their source; those of "replay" are cut from tests/capture
corpus: build/fuzz/make-corpus
	rm -rf $(filter-out tests/fuzz/corpus/replay,$(wildcard tests/fuzz/corpus/*))
	$< tests/fuzz/corpus

unit: $(UNIT_BIN)

parts: $(BIN) $(UNIT_BIN) $(RIG_BIN) $(PCAP_BIN) $(BENCH_BIN)

# ---- what a person asks for

# the rig's kernels: the newest that the archive offers
rig: deps
	@for kernel in $${RIG_KERNELS:-$$(awk '/^[a-z]/ { print $$1 }' tests/rig/kernels)}; do \
		RIG_REFRESH=1 tests/rig/kernel $$kernel || exit; done

demo: deps
	@$(MAKE) --no-print-directory $(BIN) $(RIG_BIN)
	@tests/rig/run $(firstword $(RIG_KERNELS) new) tests/rig/demo.bats | grep --line-buffered -vE '^(1\.\.|ok )'; \
		exit $${PIPESTATUS[0]}

check: deps
	@$(MAKE) --no-print-directory -j$(shell nproc) parts
	@$(MAKE) --no-print-directory -j$(shell nproc) parts SAN=1
	@$(MAKE) --no-print-directory -j$(shell nproc) $(FUZZ_BIN)
	@tests/check

# what the documents show, anew: look at the difference before you keep it
docs: deps
	@$(MAKE) --no-print-directory $(BIN) $(RIG_BIN)
	@tests/docs-update $(firstword $(RIG_KERNELS) new)

# the table goes into README.md, the plot into docs/
bench: deps
	@$(MAKE) --no-print-directory $(BIN) $(BENCH_BIN) build/plain/tests/rig/ap-mld
	@tests/bench/run --update

build/bench/%: tests/bench/%.c Makefile
	@mkdir -p $(@D)
	$(V_CC)$(CC) -std=gnu11 -D_GNU_SOURCE $(WARN) $(CFLAGS) $(shell $(PKG_CONFIG) --cflags libnl-genl-3.0) $< \
		$(shell $(PKG_CONFIG) --libs libnl-genl-3.0) -o $@

SCRIPTS	:= .ci/run completions/iw-mlo.bash debian/tests/links debian/tests/rig debian/tests/words \
	   tests/check tests/completion.bash \
	   tests/cross tests/deps tests/docs-update tests/fuzz/run tests/bench/run tests/bench/iw tests/bench/measure.bash \
	   tests/rig/apt.bash tests/rig/run tests/rig/init tests/rig/kernel
C_FILES	:= $(SRC) $(wildcard *.h tests/*/*.c tests/*/*.h)

lint: deps
	clang-format --dry-run -Werror $(C_FILES)
	cppcheck -q --std=c11 --enable=warning,performance,portability --error-exitcode=1 \
		--suppress=missingIncludeSystem --inline-suppr $(SRC)
	shellcheck -x -S warning $(SCRIPTS)
	mandoc -T lint -W warning man/iw-mlo.8
	$(MAKE) --no-print-directory BUILD=build/analyze BIN=build/analyze/iw-mlo CFLAGS="-O1 -fanalyzer -Werror" CC=gcc

deps:
	@tests/deps

# ---- to take away

SBINDIR	?= $(PREFIX)/sbin
DATADIR	?= $(PREFIX)/share
MANDIR	?= $(DATADIR)/man
BASHDIR	?= $(DATADIR)/bash-completion/completions
ZSHDIR	?= $(DATADIR)/zsh/site-functions
FISHDIR	?= $(DATADIR)/fish/vendor_completions.d

# mode:from:to of each file
INSTALLED := 755:iw-mlo:$(SBINDIR)/iw-mlo 644:man/iw-mlo.8:$(MANDIR)/man8/iw-mlo.8 \
	   644:completions/iw-mlo.bash:$(BASHDIR)/iw-mlo 644:completions/_iw-mlo:$(ZSHDIR)/_iw-mlo \
	   644:completions/iw-mlo.fish:$(FISHDIR)/iw-mlo.fish

install: $(BIN)
	@for file in $(INSTALLED); do \
		IFS=: read -r mode from to <<<"$$file"; \
		echo "  INSTALL $$to"; \
		$(INSTALL) -D -m "$$mode" "$$from" "$(DESTDIR)$$to" || exit; \
	done

uninstall:
	@for file in $(INSTALLED); do rm -f "$(DESTDIR)$${file##*:}"; done

# What is committed, always the same bytes: the times are those of the commit.
DIST	= iw-mlo-$(shell git describe --tags --always)
dist:
	@mkdir -p build
	@git -c tar.umask=0022 -c core.autocrlf=false archive --format=tar --prefix=$(DIST)/ \
		--add-virtual-file=$(DIST)/VERSION:"$(DIST:iw-mlo-%=%)" HEAD >build/$(DIST).tar
	@xz -6 -T1 -f build/$(DIST).tar
	@echo build/$(DIST).tar.xz

# For a build of a package: no kernel, no network, nothing but a compiler and cmocka.
check-unit: $(UNIT_BIN)
	@for test in $(UNIT_BIN); do $$test || exit; done

# For other machines: compilers and libraries that are not there are left out, and told.
cross:
	@tests/cross

help:
	@echo 'make            build iw-mlo'
	@echo 'make demo       add, show and remove MLO links on a real kernel, as a process of this machine'
	@echo 'make check      run all tests (RIG_KERNELS="new stable" chooses the kernels)'
	@echo 'make rig        build the newest kernels for the tests'
	@echo 'make fuzz       feed the decoders what nobody would send (FUZZ_SECONDS=60 for each target)'
	@echo 'make docs       write into the documents what their commands print now'
	@echo 'make bench      count what it costs, and put the figures into README.md and docs/cost.svg'
	@echo 'make lint       check format, scripts, manual and code without running it'
	@echo 'make deps       install what is missing, as root on Debian'
	@echo 'make install    the program, its manual and completions (DESTDIR= PREFIX=$(PREFIX)); make uninstall'
	@echo 'make dist       a tarball of what is committed, in build'
	@echo 'make cross      build for 32 bits, big endian and musl, and run the unit tests there'
	@echo 'variables       CC CFLAGS SAN=1 CI=true (warnings are errors, long tests) V=1 (show commands)'
	@echo '                RIG_LONG=1 tests of endurance do all their rounds'
	@echo '                LINUX_SRC= LINUX_UML= a kernel tree or User-Mode Linux of your own for the rig'

clean:
	rm -rf build iw-mlo

FORCE:
.PHONY: all parts unit fuzz corpus rig demo check docs bench lint deps install uninstall dist check-unit cross help clean FORCE

-include $(OBJ:.o=.d) $(wildcard $(BUILD)/tests/*/*.d build/fuzz/*.d build/fuzz/*/*.d build/fuzz/*/*/*.d)
