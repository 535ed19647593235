# Counts what programs cost, in a guest. Use: load ../rig/helpers, load measure.
#
# The script "run" beside this file boots the guests and collects $RIG_RUN/figures. A line of it:
#   section, row, program, instructions, of them rendering, system calls, requests, KiB resident, KiB of its
#   own, bytes printed, microseconds
# It stands for one program, or for several that are run one after the other to tell the same: then it is
# the sum, and of memory the greatest.

# What belongs together in the table.
section=
# A command of the shell's that brings about what each run needs; "" is none.
before=
rounds=$([ -n "${BENCH_SHORT:-}" ] && echo 1 || echo 15)

in_guest && uname -r >"$RIG_RUN/release"

# Every variable is something more for ld.so to look at. Output goes to a file, as a device costs one
# system call more where stdio asks whether it is a terminal.
bare() { env -i PATH=/usr/sbin:/usr/bin LC_ALL=C "$@" >"$BATS_TEST_TMPDIR/output"; }

prepare() { [ -z "$before" ] || sh -c "$before"; }

# All instructions, and those below the functions that turn a model into text.
callgrind_total() { # FILE
	awk '
		/^c?fn=/ { split($0, part, /[=() ]+/); if (part[3] != "") name[part[2]] = part[3] }
		/^cfn=/ { callee = name[part[2]] }
		/^calls=/ { getline; if (callee ~ /^(show|run_help|text_event|json_event_members)$/) rendering += $2 }
		/^totals:/ { all = $2 }
		END { print all, rendering + 0 }' "$1"
}

# One line a call; the rest are signals and ends.
strace_total() { # FILE
	awk '
		/^[0-9]+ +(\+\+\+|---)/ { next }
		{ n++ }
		/^[0-9]+ +send(to|msg)\(/ { requests++ }
		END { print n, requests + 0 }' "$1"
}

instructions() { # PROGRAM WORD...
	prepare
	bare valgrind -q --tool=callgrind --callgrind-out-file="$BATS_TEST_TMPDIR/callgrind" "$@" || return
	callgrind_total "$BATS_TEST_TMPDIR/callgrind"
}

syscalls() { # PROGRAM WORD...
	prepare
	bare strace -f -o "$BATS_TEST_TMPDIR/strace" "$@" || return
	strace_total "$BATS_TEST_TMPDIR/strace"
}

peak() { # PROGRAM WORD...
	prepare
	bare "$PEAK" "$BATS_TEST_TMPDIR/peak" "$@" || return
	cat "$BATS_TEST_TMPDIR/peak"
}

# Not empty: one run of each will do.
once=
# What is judged is counted twice, as a figure that does not come again is none: the same number of system
# calls, and of instructions, but for one in 200.
repeats() { # INSTRUCTIONS CALLS REQUESTS PROGRAM WORD...
	local i c q
	read -r i _ < <(instructions "${@:4}")
	read -r c q < <(syscalls "${@:4}")
	echo "${*:4}: $1, then $i instructions; $2, then $c system calls; $3, then $q requests"
	[ "$2 $3" = "$c $q" ] && [ $((200 * ($1 > i ? $1 - i : i - $1))) -lt "$1" ]
}

# A line of numbers in $measured, and in "known", as there are rows with the same iw or floor.
declare -gA known
measure() { # PROGRAM WORD...
	local key="$section $before $*" _
	measured=${known["$key"]:-}
	[ -z "$measured" ] || return 0
	# a beacon may come in between, and change the answer
	for _ in 1 2 3; do
		if measure_once "$@"; then
			known["$key"]=$measured
			return
		fi
	done
	return 1
}
measure_once() { # PROGRAM WORD...
	local i r c q resident own
	# the longest last: by its end the kernel may have forgotten BSSes
	read -r c q < <(syscalls "$@")
	read -r resident own < <(peak "$@")
	read -r i r < <(instructions "$@")
	measured="$i $r $c $q $resident $own $(wc -c <"$BATS_TEST_TMPDIR/output")"
	[ -n "$once" ] || [ "$1" != "$IW_MLO" ] || repeats "$i" "$c" "$q" "$@"
}

figure() { # ROW PROGRAM US COMMAND...
	local row=$1 program=$2 us=$3 sum=(0 0 0 0 0 0 0) command measured it n
	shift 3
	for command; do
		# shellcheck disable=SC2086 # words they are
		measure $command
		read -ra it <<<"$measured"
		for n in 0 1 2 3 6; do sum[n]=$((sum[n] + it[n])); done
		for n in 4 5; do sum[n]=$((it[n] > sum[n] ? it[n] : sum[n])); done
	done
	printf '%s' "$section" >>"$RIG_RUN/figures"
	printf '\t%s' "$row" "$program" "${sum[@]}" "$us" >>"$RIG_RUN/figures"
	echo >>"$RIG_RUN/figures"
}

# By turns, in microseconds.
race() { # COMMAND...
	local command words=()
	for command; do
		# shellcheck disable=SC2206 # words they are
		words+=(-- $command)
	done
	env -i PATH=/usr/sbin:/usr/bin LC_ALL=C "$RACE" "$rounds" "$before" "${words[@]:1}" </dev/null
}

# The row is named by the words of iw-mlo. Without words of iw there is nothing to compare with.
compare() { # WORDS-OF-IW-MLO WORDS-OF-FLOOR [WORDS-OF-IW]...
	local row=$1 floor="$FLOOR${2:+ $2}" ours="$IW_MLO $1" us words iw=()
	shift 2
	for words; do iw+=("$IW $words"); done
	mapfile -t us < <(race "$ours" "$floor" "${iw[@]}")
	[ ${#us[@]} -eq $((2 + $#)) ]
	figure "$row" iw-mlo "${us[0]}" "$ours"
	figure "$row" floor "${us[1]}" "$floor"
	[ $# -eq 0 ] || figure "$row" iw $(($(IFS=+; echo "${us[*]:2}"))) "${iw[@]}"
}
