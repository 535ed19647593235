# What a table of BSSes costs, by its size.
# rig: mlosim.radios=2 cfg80211.bss_entries_limit=20000

bats_require_minimum_version 1.5.0
load ../rig/helpers
load measure

setup_file() {
	in_guest || return 0
	ip link set sim0 up
	PYTHONPATH=$PROJECT/tests/rig python3 -B - 10000 >"$BATS_FILE_TMPDIR/frames" <<-'END'
		# Every third is a probe response, which comes last of its MLD, with profiles of the other links.
		import sys
		from hear import *
		where = [(81, 1, 2412), (128, 36, 5180), (131, 1, 5955)]
		for n in range(int(sys.argv[1])):
		    mld, link = n // 3, (n + 1) % 3
		    links = [("02:22:%02x:%02x:00:%02x" % (mld >> 8, mld & 255, l), *w) for l, w in enumerate(where)]
		    address = "02:11:00:%02x:%02x:ff" % (mld >> 8, mld & 255)
		    frame = heard_as(links[link][0], where[link][2], modern("network-%d" % mld, address, links, link,
		        profiles=link == 0), PROBE_RESPONSE if link == 0 else BEACON, -4000 - mld)
		    sys.stdout.buffer.write(struct.pack("<H", len(frame)) + frame)
	END
	cat >"$BATS_FILE_TMPDIR/hear" <<-'END'
		import struct, sys
		with open(sys.argv[2], "rb") as frames, open("/sys/kernel/debug/mlosim/hear", "wb", buffering=0) as hear:
		    for n in range(int(sys.argv[1])):
		        hear.write(frames.read(*struct.unpack("<H", frames.read(2))))
	END
}

setup() {
	only_in_guest
	needs_sim
}

# The kernel forgets what it has not heard for 30 seconds.
hear_first() { python3 -B "$BATS_FILE_TMPDIR/hear" "$1" "$BATS_FILE_TMPDIR/frames"; } # HOW-MANY

# One run of each is enough: what differs from run to run is how long ago they were heard.
forms() { # BSSES [WORDS-OF-IW]
	local words
	section="$1 BSSes" once=1
	for words in bss "-j bss" "bss --elements" "-j bss --elements"; do
		# takes longer than the kernel remembers
		[ "$1 $words" != "10000 bss --elements" ] || continue
		hear_first "$1"
		figure "$words" iw-mlo - "$IW_MLO ${words%bss*}dev sim0 bss${words#*bss}"
		[ "$(wc -c <"$BATS_TEST_TMPDIR/output")" -ge $((100 * $1)) ] # all were still there
	done
	hear_first "$1"
	figure bss floor - "$FLOOR dev sim0 bss"
	[ -z "${2:-}" ] || figure bss iw - "$IW $2"
}

@test "a table of 0, 100 and 1,000 BSSes" {
	for n in 0 100 1000; do
		hear_first $n
		[ "$("$IW_MLO" -j dev sim0 bss --flat | jq '[length, (map(.malformed // .channel_problem) | unique)] == ['$n', if '$n' > 0 then [null] else [] end]')" = true ]
		forms $n "dev sim0 scan dump"
	done
}

@test "a table of 10,000 BSSes" {
	hear_first 10000
	[ "$("$IW_MLO" -j dev sim0 bss --flat | jq length)" -eq 10000 ]
	forms 10000
}
