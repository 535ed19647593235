# What a table of BSSes costs iw-mlo, iw and the bare program, by its size: "run" beside this file boots
# the guest, and judges the figures that are left in $RIG_RUN/bss.
# rig: mlosim.radios=2 cfg80211.bss_entries_limit=20000

bats_require_minimum_version 1.5.0
load ../rig/helpers

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
}

setup() {
	only_in_guest
	needs_sim
}

# The kernel forgets what it has not heard for 30 seconds.
hear_first() { # HOW-MANY
	python3 -B - "$1" "$BATS_FILE_TMPDIR/frames" <<-'END'
		import struct, sys
		with open(sys.argv[2], "rb") as frames, open("/sys/kernel/debug/mlosim/hear", "wb", buffering=0) as hear:
		    for n in range(int(sys.argv[1])):
		        hear.write(frames.read(*struct.unpack("<H", frames.read(2))))
	END
}

# Every variable is something more for ld.so to look at.
bare() { env -i PATH=/usr/sbin:/usr/bin LC_ALL=C "$@" >"$BATS_TEST_TMPDIR/output"; }

figures() { # BSSES FORM NAME PROGRAM WORD...
	local bsses=$1 form=$2 name=$3 file=$BATS_TEST_TMPDIR/callgrind
	shift 3
	hear_first "$bsses"
	bare "$PEAK" "$BATS_TEST_TMPDIR/peak" "$@"
	bare valgrind -q --tool=callgrind --callgrind-out-file="$file" "$@"
	echo "$bsses $form $name: $(wc -c <"$BATS_TEST_TMPDIR/output") bytes"
	printf '%s\t%s\t%s\t%d\t%d\n' "$bsses" "$form" "$name" "$(awk '$1 == "totals:" { print $2 }' "$file")" \
		"$(cat "$BATS_TEST_TMPDIR/peak")" >>"$RIG_RUN/bss"
}

forms() { # BSSES
	figures "$1" text iw-mlo "$IW_MLO" dev sim0 bss
	figures "$1" json iw-mlo "$IW_MLO" -j dev sim0 bss
	figures "$1" elements iw-mlo "$IW_MLO" -j dev sim0 bss --elements
	figures "$1" text floor "$FLOOR" link sim0
}

@test "a table of 0, 100 and 1,000 BSSes" {
	for n in 0 100 1000; do
		hear_first $n
		[ "$("$IW_MLO" -j dev sim0 bss --flat | jq '[length, (map(.malformed // .channel_problem) | unique)] == ['$n', if '$n' > 0 then [null] else [] end]')" = true ]
		forms $n
		figures $n text iw "$IW" dev sim0 scan dump
	done
}

@test "a table of 10,000 BSSes" {
	hear_first 10000
	[ "$("$IW_MLO" -j dev sim0 bss --flat | jq length)" -eq 10000 ]
	forms 10000
}
