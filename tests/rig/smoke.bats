# Tests of the rig itself: what a guest is promised.

load helpers

setup() { only_in_guest; }

@test "the host's files cannot be written" {
	for directory in / /etc /usr "$PROJECT" "$BATS_TEST_DIRNAME"; do
		run touch "$directory/written-by-a-guest"
		[ "$status" -ne 0 ]
		[[ $output == *"Read-only file system"* ]]
	done
}

@test "temporary places, the home and the run directory can be written" {
	for directory in /tmp /var/tmp /run /dev/shm "$HOME" "$RIG_RUN"; do
		echo a >"$directory/b"
		[ "$(cat "$directory/b")" = a ]
	done
}

@test "the tests run as root, in the project" {
	[ "$(id -u)" -eq 0 ]
	[ "$PWD" = "$BATS_TEST_DIRNAME" ] || [ "$PWD" = "$PROJECT" ]
}

@test "two simulated radios exist, with MLO where it is known, and more than one channel" {
	[ "$(find /sys/class/ieee80211 -type l | wc -l)" -eq 2 ]
	[ "$RIG_KERNEL" = rfc ] || [ "$(cat /sys/module/mac80211_hwsim/parameters/mlo)" = Y ]
	[ "$(cat /sys/module/mac80211_hwsim/parameters/channels)" -gt 1 ]
}

@test "the kernel is the one asked for" {
	read -r series least < <(awk -v name="$RIG_KERNEL" '$1 == name { print $3, $4 }' "$BATS_TEST_DIRNAME/kernels") || true
	[ -n "${least:-}" ] || skip "the table of kernels does not have $RIG_KERNEL"
	release=$(uname -r)
	# shellcheck disable=SC2053 # the series may be a pattern
	[[ ${release%.*} = $series ]]
	[ "$(printf '%s\n' "$least" "$release" | sort -V | head -n 1)" = "$least" ]
}

@test "devices and pseudo file systems are there" {
	[ "$(cat <(echo through a pipe))" = "through a pipe" ]
	[ -d /sys/kernel/debug/ieee80211/phy0 ]
	[ -c /dev/rfkill ]
	[ -c /dev/pts/ptmx ]
	[ -e /sys/class/net/lo ]
	ip link show lo | grep -q 'LOWER_UP'
}

@test "access points may use 5 GHz once the country is set" {
	channel_36() { iw phy phy0 info | grep -E '^\s+\* 5180(\.0)? MHz'; }
	[[ $(channel_36) == *"no IR"* ]]
	regdom_us
	[[ $(channel_36) == *" dBm)" ]]
}
