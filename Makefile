# iw-mlo: "make help" lists what can be made.

PREFIX	?= /usr/local
CC	?= cc
CFLAGS	?= -O2 -g
PKG_CONFIG ?= pkg-config
INSTALL	?= install

VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || cat VERSION 2>/dev/null || echo unknown)

# SAN=1: everything again, in a directory of its own, under the address and undefined sanitizers
BUILD	:= build/$(if $(SAN),san,plain)
BIN	:= $(if $(SAN),$(BUILD)/iw-mlo,iw-mlo)
SANITIZE := $(if $(SAN),-fsanitize=address$(,)undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
,	:= ,

# Of libnl, the messages and the socket; generic netlink's few bytes on top are dispatch.c's own, as
# linking libnl-genl-3 for them costs every start 9 system calls and 30,000 instructions.
NL_CFLAGS := $(shell $(PKG_CONFIG) --cflags libnl-3.0)
NL_LIBS	:= $(shell $(PKG_CONFIG) --libs libnl-3.0)

WARN	:= -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith -Wvla \
	   $(if $(CI),-Werror)
FLAGS	= -std=gnu11 -D_GNU_SOURCE $(WARN) $(CFLAGS) $(CPPFLAGS) $(SANITIZE) $(NL_CFLAGS)

CORE	:= args.c dispatch.c output.c query.c trace.c util.c \
	   decode/attr.c decode/bss.c decode/family.c decode/iface.c decode/refusal.c decode/wiphy.c
CMDS	:= cmds/dev.c cmds/help.c cmds/iftype.c cmds/link.c cmds/phy.c
SRC	:= iw-mlo.c transport.c $(CORE) $(CMDS)
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

UNIT	:= args decode dispatch output util
UNIT_BIN := $(UNIT:%=$(BUILD)/tests/unit/test-%)
UNIT_OBJ := $(filter-out $(BUILD)/transport.o $(BUILD)/iw-mlo.o,$(OBJ)) \
	   $(BUILD)/tests/unit/iw-mlo.o $(BUILD)/tests/unit/fake-kernel.o

$(BUILD)/tests/unit/iw-mlo.o: FLAGS += -Dmain=iw_mlo_main -Wno-missing-prototypes
$(BUILD)/tests/unit/iw-mlo.o: iw-mlo.c Makefile
	@mkdir -p $(@D)
	$(V_CC)$(CC) $(FLAGS) -MMD -MP -c $< -o $@

$(UNIT_BIN): $(BUILD)/tests/unit/test-%: $(BUILD)/tests/unit/test-%.o $(UNIT_OBJ)
	$(V_LD)$(CC) $(FLAGS) $(LDFLAGS) $^ $(NL_LIBS) -lcmocka -o $@

unit: $(UNIT_BIN)

# ---- programs of the rig, made of the program's own parts

RIG_BIN	:= $(BUILD)/tests/rig/start-ap

$(RIG_BIN): %: %.o $(filter-out $(BUILD)/tests/unit/fake-kernel.o,$(UNIT_OBJ)) $(BUILD)/transport.o
	$(V_LD)$(CC) $(FLAGS) $(LDFLAGS) $^ $(NL_LIBS) -o $@

clean:
	rm -rf build iw-mlo

FORCE:
.PHONY: all unit clean FORCE

-include $(OBJ:.o=.d) $(wildcard $(BUILD)/tests/unit/*.d)
