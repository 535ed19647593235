# What "make demo" shows: an AP MLD gets two links and loses one; a station connects over two, and loses one. Tests
# like any other.

bats_require_minimum_version 1.5.0
load helpers
load ap

setup_file() { regdom_us; }
setup() { only_in_guest; }

say() { printf '\n# %s\n' "$*" >&3; }

# Shows the command and what it prints, as a person at a shell would see it.
shown() { # WORD...
	printf '$ %s\n' "$*" >&3
	output=$("$@")
	[ -z "$output" ] || printf '%s\n' "$output" >&3
}

teardown() {
	in_guest || return 0
	[ -z "${ap_pid:-}" ] || ap_close
	for dev in wlan0 wlan1; do reset_dev "$dev"; done
}

@test "an access point" {
	PATH=${iw_mlo%/*}:$PATH
	say "Two simulated radios on Linux $(uname -r), running as a process of this machine."
	shown iw-mlo dev
	[[ $output == phy0*phy1* ]]

	say "wlan0 becomes an AP MLD with two links."
	shown iw-mlo dev wlan0 set type ap
	shown ip link set wlan0 up
	shown iw-mlo dev wlan0 link add 0 addr 02:00:00:00:00:10
	shown iw-mlo dev wlan0 link add 1 addr 02:00:00:00:00:11

	say "An AP daemon would start each link's beacon now; a small program does it here."
	"$start_ap" wlan0 0 demo 2412
	"$start_ap" wlan0 1 demo 5180 3 5210
	shown iw-mlo dev
	[[ $output == *"link 0  addr 02:00:00:00:00:10  channel 1 "*"link 1  addr 02:00:00:00:00:11  channel 36 "* ]]
	shown iw-mlo -p dev wlan0 link
	[ "$(jq '.links | length' <<<"$output")" -eq 2 ]

	say "One link goes away."
	shown iw-mlo dev wlan0 link del 0
	shown iw-mlo dev wlan0 link
	[[ $output == *"link 1  addr 02:00:00:00:00:11"* && $output != *"link 0"* ]]

	say "What cannot be done is explained, with status 2."
	printf '$ iw-mlo dev wlan0 link del 0\n' >&3
	run --separate-stderr iw-mlo dev wlan0 link del 0
	[ "$status" -eq 2 ]
	printf '%s\n' "$stderr" >&3
}

@test "a station" {
	PATH=${iw_mlo%/*}:$PATH
	say "An access point of the tests makes a network of two links; wlan1 looks for it, and connects over both."
	ap_open wlan0
	ap start demo 0:2412 1:5180
	shown ip link set wlan1 up
	shown iw-mlo dev wlan1 scan ssid demo freq 2412 freq 5180
	[[ $output == '"demo"  open  ap-mld '*"2 links"* ]]
	shown iw-mlo dev wlan1 connect demo freq 2412 freq 5180
	shown iw-mlo dev wlan1 link
	[[ $output == *"ap-mld 02:00:00:00:00:00"*"link 0 "*"link 1 "* ]]

	say "The access point removes link 0; the connection goes on."
	ap remove 0 in 10
	shown iw-mlo event dev wlan1 --count 1 --timeout 5
	[[ $output == *links_removed*"link 0"* ]]
	shown iw-mlo dev wlan1 link
	[[ $output == *"link 1 "* && $output != *"link 0 "* ]]
}
