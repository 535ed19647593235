# What tests in a guest share. Use: load rig/helpers (the path as seen from the bats file).

in_guest() { grep -q '^[^ ]* / hostfs ' /proc/mounts; }

# Guards what would crash or change the machine itself.
only_in_guest() { in_guest || skip "runs in a guest of the rig"; }

sysrq() { # KEY
	in_guest && echo "$1" >/proc/sysrq-trigger
}

# Opens the 5 GHz band to access points. The kernel may have looked for its database
# before there was a root file system, so it has to look again.
regdom_us() { regdom US; }
# 6 GHz, too: where an access point may not start it in the US, Europe allows it.
regdom_eu() { regdom DE; }

regdom() { # COUNTRY
	local deadline=$((SECONDS + 5))
	iw reg reload
	iw reg set "$1"
	until iw reg get | grep -q "^country $1:"; do
		[ $SECONDS -lt $deadline ] || { echo "the regulatory domain did not become $1" >&2; return 1; }
		sleep 0.02
	done
}

# ---- the program under test ----

iw_mlo=${IW_MLO:-$PROJECT/iw-mlo}
start_ap=${START_AP:-$PROJECT/build/plain/tests/rig/start-ap}

# Runs it and demands success with nothing on stderr.
good() { # WORD...
	run --separate-stderr "$iw_mlo" "$@"
	[ "$status" -eq 0 ] && [ -z "$stderr" ] || { echo "iw-mlo $*: $status: $stderr"; return 1; }
}

# Runs it and demands this status, an empty stdout, and one line on stderr that has all these texts.
bad() { # STATUS TEXT... -- WORD...
	local want=$1 texts=() text
	shift
	while [ "$1" != -- ]; do texts+=("$1"); shift; done
	shift
	run --separate-stderr "$iw_mlo" "$@"
	echo "iw-mlo $*: $status: $stderr"
	[ "$status" -eq "$want" ] && [ -z "$output" ] && [ "${#stderr_lines[@]}" -eq 1 ] || return 1
	[[ $stderr == "iw-mlo: "* ]] || return 1
	for text in "${texts[@]}"; do [[ $stderr == *"$text"* ]] || { echo "no \"$text\""; return 1; }; done
}

# Runs it, which may do what it likes, and demands that no request but these reads was sent.
only_reads() { # WORD...
	run --separate-stderr "$iw_mlo" -d "$@"
	! grep '^> ' <<<"$stderr" | grep -vE '^> [0-9]+ (family|GET_)' || return 1
	grep -q '^> ' <<<"$stderr"
}

# What the tool says of an interface, as one line of JSON that jq made.
links() { # DEV
	"$iw_mlo" -j dev "$1" link | jq -c '[.links[] | {link_id, addr}]'
}

# An AP MLD with links 0 and 1 that do not beacon.
ap_mld() { # DEV
	"$iw_mlo" dev "$1" set type ap
	ip link set "$1" up
	"$iw_mlo" dev "$1" link add 0 addr 02:00:00:00:0a:00
	"$iw_mlo" dev "$1" link add 1 addr 02:00:00:00:0a:01
}

# As it was when the guest came up: nothing of it outlasts being down and another type.
reset_dev() { # DEV
	ip link set "$1" down
	iw dev "$1" set type managed
}

# How often a test of endurance does it: all of it in a long run, else a twentieth.
rounds() { echo $(($1 / (${RIG_LONG:-0} ? 1 : 20))); }
# The same on the newest kernel; on others a twentieth, whatever is asked for.
rounds_of_new() {
	if [ "$RIG_KERNEL" = new ]; then rounds "$1"; else echo $(($1 / 20)); fi
}

# The simulated device that connects by itself, and its knobs: in every kernel that the rig builds,
# but not in one that a user hands in.
sim=/sys/kernel/debug/mlosim
has_sim() { in_guest && [ -d "$sim" ]; }
needs_sim() { has_sim || [ "$RIG_KERNEL" != custom ] || skip "this kernel has no simulated device"; }

# mac80211 warns of the state that a refused authentication with links leaves behind (jam.bats): of that it
# may, and of nothing else.
forgive_jam() {
	dmesg | grep 'WARNING:' | grep -v ' at .*ieee80211_prep_connection+' && return 1
	! dmesg | grep -E 'BUG:|Oops|UBSAN' || return 1
	dmesg --clear
}

# What iw's scan of one channel finds. Now and then iw waits for ever for the end of a scan.
heard_by() { # DEV FREQ
	local try
	for try in 1 2 3 4; do
		! timeout 3 iw dev "$1" scan freq "$2" passive || return 0
		echo "scan $try did not end" >&2
	done
	return 1
}
