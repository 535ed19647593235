# What stands on the stage when a block of a document is run: see tests/transcript. Two simulated radios, wlan0 and
# wlan1; in a guest of their own, wlp0s20f3, which CSME firmware shares, and wlp1s0, whose driver connects by itself.

PROJECT=${PROJECT:-$(realpath "$(dirname "${BASH_SOURCE[0]}")/../..")}
# shellcheck source=tests/rig/helpers.bash
. "$PROJECT/tests/rig/helpers.bash"
# shellcheck source=tests/rig/ap.bash
. "$PROJECT/tests/rig/ap.bash"
# shellcheck source=tests/rig/csme.bash
. "$PROJECT/tests/rig/csme.bash"
# shellcheck source=tests/rig/client.bash
. "$PROJECT/tests/rig/client.bash"

# One that fails ends the shell.
scene() { # NAME
	clear_the_stage
	set -e
	"scene_$1"
	set +e
}

clear_the_stage() {
	local wdev
	is_called csme0 wlp0s20f3
	is_called sim0 wlp1s0
	[ ! -e /sys/class/net/wlp1s0 ] || iw-mlo dev wlp1s0 disconnect
	[ -e /sys/class/net/wlan0 ] || return 0
	iw-mlo dev wlan1 disconnect
	[ -z "${ap_pid:-}" ] || ap_close
	ap_pid=
	renew_client
	reset_dev wlan0
	for wdev in $(iw-mlo -j dev | jq -r '.[].interfaces[] | select(.ifname != "wlan0" and .ifname != "wlan1").wdev'); do
		iw-mlo wdev "$wdev" del
	done
}

is_called() { # OLD-NAME NAME
	[ ! -e "/sys/class/net/$1" ] || ip link set "$1" name "$2"
}

scene_start() { :; }

scene_two_links() {
	iw-mlo dev wlan0 set type ap
	ip link set wlan0 up
	iw-mlo dev wlan0 link add 0 addr 02:00:00:00:00:10
	iw-mlo dev wlan0 link add 1 addr 02:00:00:00:00:11
}

# As "make demo" begins.
scene_demo_ap() {
	scene_two_links
	"$start_ap" wlan0 0 demo 2412
	"$start_ap" wlan0 1 demo 5180 3 5210
}

# An AP MLD of three links, and a station that may connect.
scene_office() {
	ip link set wlan1 up
	iw-mlo dev wlan1 scan flush passive freq 2437 # what was heard on other stages
	ap_open wlan0
	ap start office 0:2412 1:5180 2:5955
}

scene_client() {
	scene_office
	connect_to_office 0 1 2
}

scene_client_of_two() {
	scene_office
	connect_to_office 0 1
}

connect_to_office() { # LINK...
	local words=() id try
	for id; do words+=(link "$id"); done
	iw-mlo dev wlan1 connect office "${words[@]}" freq 2412 freq 5180 freq 5955
	# the kernel knows a link's signal from its first beacon on
	for try in {1..100}; do
		[ "$(iw-mlo -j dev wlan1 link | jq -c '[.links[].signal_source] | unique')" != '["station"]' ] || return 0
		sleep 0.02
	done
	return 1
}

# A radio that CSME firmware holds.
scene_csme() {
	local try
	reset_radio 0
	printf office >"$csm/0/ssid"
	for try in {1..100}; do
		[ "$(iw-mlo -j dev wlp0s20f3 csme info | jq .owned)" != false ] || return 0
		sleep 0.02
	done
	return 1
}

# A driver that counts for itself.
scene_counts() {
	ip link set wlp1s0 up
	iw-mlo dev wlp1s0 connect mlosim
}
