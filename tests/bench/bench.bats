# Instructions and system calls of iw-mlo, of iw and of the bare program, on a real kernel: "run" beside
# this file boots the guest, and judges the figures that are left in $RIG_RUN/figures.

bats_require_minimum_version 1.5.0
load ../rig/helpers

setup() {
	only_in_guest
	uname -r >"$RIG_RUN/release"
}

# Every variable is something more for ld.so to look at. Output goes to a file, as a device costs one
# system call more where stdio asks whether it is a terminal.
bare() { env -i PATH=/usr/sbin:/usr/bin LC_ALL=C "$@" >"$BATS_TEST_TMPDIR/output"; }

instructions() { # PROGRAM WORD...
	local file=$BATS_TEST_TMPDIR/callgrind
	bare valgrind -q --tool=callgrind --callgrind-out-file="$file" "$@" || return
	awk '$1 == "totals:" { print $2 }' "$file"
}

# One line a call; the rest are signals and ends.
syscalls() { # PROGRAM WORD...
	bare strace -f -o "$BATS_TEST_TMPDIR/strace" "$@" || return
	grep -cvE '^[0-9]+ +(\+\+\+|---)' "$BATS_TEST_TMPDIR/strace"
}

# Everything twice, as a figure that does not come again is none: the same number of system calls,
# and of instructions, but for one in 200.
measure() { # QUESTION NAME PROGRAM WORD...
	local question=$1 name=$2 first again calls calls_again
	shift 2
	first=$(instructions "$@")
	again=$(instructions "$@")
	calls=$(syscalls "$@")
	calls_again=$(syscalls "$@")
	echo "$question: $name: $first, then $again instructions; $calls, then $calls_again system calls"
	[ "$calls" -eq "$calls_again" ]
	[ $((200 * (first > again ? first - again : again - first))) -lt "$first" ]
	printf '%s\t%s\t%d\t%d\n' "$question" "$name" "$first" "$calls" >>"$RIG_RUN/figures"
}

compare() { # QUESTION WORDS-OF-IW-MLO WORDS-OF-FLOOR WORDS-OF-IW
	# shellcheck disable=SC2086 # words they are
	{
		measure "$1" iw-mlo "$IW_MLO" $2
		measure "$1" floor "$FLOOR" $3
		measure "$1" iw "$IW" $4
	}
}

@test "--version" { compare version --version version --version; }

@test "dev" { compare dev dev dev dev; }

@test "-j dev" { compare dev-json "-j dev" dev dev; }

@test "dev wlan0 link" { compare link "dev wlan0 link" "link wlan0" "dev wlan0 link"; }

@test "phy" { compare phy phy phy phy; }

@test "dev, wlan0 an AP MLD with 2 links" {
	ap_mld wlan0
	[ "$(links wlan0 | jq length)" -eq 2 ]
	compare mld dev dev dev
}

@test "-j dev, wlan0 an AP MLD with 2 links" {
	[ "$(links wlan0 | jq length)" -eq 2 ]
	compare mld-json "-j dev" dev dev
}

@test "one family lookup a run" {
	for words in dev "-j dev" "dev wlan0 link" phy; do
		# shellcheck disable=SC2086 # words they are
		syscalls "$IW_MLO" $words
		[ "$(grep -cE 'send(to|msg)\(.*nlmsg_type=(0x10 |nlctrl)' "$BATS_TEST_TMPDIR/strace")" -eq 1 ]
	done
}
