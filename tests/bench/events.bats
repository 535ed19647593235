# What an event costs: links of a connection that are lost and regained, some at a time.
# rig: mlosim.radios=2

bats_require_minimum_version 1.5.0
load ../rig/helpers
load measure

changes=100

setup() {
	only_in_guest
	needs_sim
	ip link set sim0 up
	"$iw_mlo" dev sim0 connect mlosim >/dev/null
	cat >"$BATS_TEST_TMPDIR/change" <<-'END'
		# Some at a time, as a small receive buffer has no room for more: then until nothing is left to be read.
		import sys, time
		pid, changes = sys.argv[1], int(sys.argv[2])
		def is_idle():
		    with open("/proc/net/netlink") as f:
		        waiting = sum(int(line.split()[4]) for line in list(f)[1:])
		    with open("/proc/%s/stat" % pid) as f:
		        return not waiting and f.read().rsplit(")", 1)[1].split()[0] == "S"
		def settle(times):
		    idle, deadline = 0, time.monotonic() + 20
		    while idle < times:
		        idle = idle + 1 if is_idle() else 0
		        assert time.monotonic() < deadline
		        time.sleep(0.01)
		settle(30)
		for n in range(changes):
		    with open("/sys/kernel/debug/mlosim/" + ("regain" if n % 2 else "lose"), "w") as f:
		        f.write("sim0 1")
		    if n % 10 == 9:
		        settle(3)
	END
}

teardown() { ! has_sim || "$iw_mlo" dev sim0 disconnect >/dev/null; }

# Runs it until so many changes have been told. The signal is not that of a terminal, which what runs in
# the background ignores; strace has a child to end.
hear() { # CHANGES COMMAND...
	local pid status=0
	env -i PATH=/usr/sbin:/usr/bin LC_ALL=C "${@:2}" >"$BATS_TEST_TMPDIR/output" 3>&- &
	pid=$!
	python3 -B "$BATS_TEST_TMPDIR/change" "$pid" "$1" || status=$?
	[ "$2" != strace ] || kill "$(pgrep -P "$pid")"
	[ "$2" = strace ] || kill "$pid"
	wait "$pid" || true
	return $status
}

cost() { # CHANGES WORD...
	hear "$1" valgrind -q --tool=callgrind --callgrind-out-file="$BATS_TEST_TMPDIR/callgrind" "${@:2}"
	read -r i r < <(callgrind_total "$BATS_TEST_TMPDIR/callgrind")
	bytes=$(wc -c <"$BATS_TEST_TMPDIR/output")
	hear "$1" strace -f -o "$BATS_TEST_TMPDIR/strace" "${@:2}"
	read -r c q < <(strace_total "$BATS_TEST_TMPDIR/strace")
}

# For each change, of many, without what none costs: the line of figures but for its first two.
each() { # PROGRAM WORD...
	local i r c q bytes none
	cost 0 "${@:2}"
	none=("$i" "$r" "$c" "$q" "$bytes")
	cost $changes "${@:2}"
	printf '%s\t%d\t%d\t%.1f\t%.1f\t-\t-\t%d\t-\n' "$1" $(((i - none[0]) / changes)) $(((r - none[1]) / changes)) \
		"$(bc -l <<<"($c - ${none[2]}) / $changes")" "$(bc -l <<<"($q - ${none[3]}) / $changes")" \
		$(((bytes - none[4]) / changes))
}

@test "events" {
	floor=$(each floor "$FLOOR" listen config listen mlme)
	iw=$(each iw "$IW" event)
	for row in event "-j event"; do
		# shellcheck disable=SC2086 # words they are
		for line in "$(each iw-mlo "$IW_MLO" $row)" "$floor" "$iw"; do
			printf 'events\t%s\t%s\n' "$row" "$line" >>"$RIG_RUN/figures"
		done
	done
}
