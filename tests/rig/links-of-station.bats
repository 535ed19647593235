# A station's MLO connection with link ids, as a full-MAC driver reports it: made, shown, partly refused, lost, ended.
# rig: mlosim.radios=2

bats_require_minimum_version 1.5.0
load helpers

setup_file() { ! has_sim || ip link set sim0 up; }
setup() { only_in_guest; needs_sim; }

teardown() {
	has_sim || return 0
	"$iw_mlo" dev sim0 disconnect >/dev/null || true
	for knob in refuse timeout; do echo 0 >"$sim/$knob"; done
	echo 65535 >"$sim/accept"
	echo 7 >"$sim/request"
}

# The links of sim0, shortly.
sim_links() { "$iw_mlo" -j dev sim0 link | jq -c '[.state, [.links[] | [.link_id, .freq_mhz]]]'; }

# A roam is an event that the kernel works on later: what is expected comes soon, not at once.
becomes() { # LINKS
	local try
	for try in {1..100}; do
		[ "$(sim_links)" != "$1" ] || return 0
		sleep 0.02
	done
	echo "after $try looks: $(sim_links)"
	return 1
}

three='["connected",[[0,2412],[1,5180],[2,5955]]]'

@test "connect with three links, and its outcome link by link" {
	good -j dev sim0 connect mlosim
	[ "$(jq -c '[.event, .ap_mld_addr, .status_code, [.links[] | [.link_id, .bssid, .status]]]' <<<"$output")" = \
		'["connect","02:4d:4c:4f:ff:00",0,[[0,"02:4d:4c:4f:00:00","success"],[1,"02:4d:4c:4f:00:01","success"],[2,"02:4d:4c:4f:00:02","success"]]]' ]
	[ "$(sim_links)" = "$three" ]
	good dev sim0 link
	[[ ${lines[0]} == "sim0  type station  addr "*"  connected  ssid \"mlosim\"  ap-mld 02:4d:4c:4f:ff:00"* ]]
	[[ ${lines[1]} == *"link 0  addr "*"  channel 1 (2.4GHz)"* ]]
	[[ ${lines[2]} == *"active  bssid 02:4d:4c:4f:00:00  signal "* ]]
	[[ ${lines[5]} == *"link 2  addr "*"  channel 1 (6GHz)  5955 MHz  width 160 MHz"* ]]
}

@test "every link has an address of its own" {
	good dev sim0 connect mlosim
	[ "$("$iw_mlo" -j dev sim0 link | jq '[.addr, .links[].addr] | unique | length')" -eq 4 ]
}

@test "the AP takes only some of the links: which, and why not the others" {
	echo $((0xffff & ~2)) >"$sim/accept"
	echo 17 >"$sim/link_status"
	good dev sim0 connect mlosim
	[[ $output == *"	link 1  bssid 02:4d:4c:4f:00:01"*"  status 17 (the AP takes no more stations)"* ]]
	[ "$(sim_links)" = '["connected",[[0,2412],[2,5955]]]' ]
}

@test "links that are lost and regained, sampled: never half a link" {
	good dev sim0 connect mlosim
	for link in 0 1 2 1 0; do
		echo "sim0 $link" >"$sim/lose"
		[ "$(sim_links | jq -c "[.[1][] | select(.[0] == $link)]")" = '[]' ]
		[ "$(sim_links | jq '.[1] | length')" -eq 2 ]
		echo "sim0 $link" >"$sim/regain"
		becomes "$three"
	done
}

@test "sampled in a loop while links come and go: only states that were" {
	good dev sim0 connect mlosim
	cd "$BATS_TEST_TMPDIR"
	sh -c 'while [ ! -e stop ]; do "$0" -j dev sim0 link || echo "status $?"; done >seen 2>&1' "$iw_mlo" 3>&- &
	for _ in $(seq "$(rounds 300)"); do
		for link in 0 1 2; do
			echo "sim0 $link" >"$sim/lose"
			echo "sim0 $link" >"$sim/regain"
			read -rt 0.002 <>/dev/ptmx || true
		done
	done
	touch stop
	wait
	becomes "$three"
	[ "$(wc -l <seen)" -ge 10 ]
	# a link is there with its channel and its address, or it is not there
	[ "$(jq -c 'select(.state != "connected" or ([.links[] | select((.addr | not) or (.freq_mhz | not))] | length) > 0)' seen | wc -l)" -eq 0 ]
	[ "$(jq -c 'select((.links | length) < 2 or (.links | length) > 3)' seen | wc -l)" -eq 0 ]
}

@test "refused by the AP, timed out" {
	echo 17 >"$sim/refuse"
	bad 2 "status 17 (the AP takes no more stations)" -- dev sim0 connect mlosim
	echo 0 >"$sim/refuse"
	echo 2 >"$sim/timeout"
	bad 2 "no AP answered" -- dev sim0 connect mlosim
	[ "$(sim_links)" = '["disconnected",[]]' ]
}

@test "an AP without MLO: one link without an id" {
	good -j dev sim0 connect mlosim-legacy
	[ "$(jq -c '[.bssid, .links]' <<<"$output")" = '["02:4d:4c:4f:00:05",null]' ]
	[ "$(sim_links)" = '["connected",[[null,5200]]]' ]
}

@test "ended by the AP, roamed: the event tells" {
	good dev sim0 connect mlosim
	"$iw_mlo" -j -t 3 event roam disconnect >/tmp/events 3>&- &
	sleep 0.3
	echo sim0 0 >"$sim/roam"
	echo sim0 8 >"$sim/disconnect"
	wait
	[ "$(jq -c '[.event, (.links | length), .reason_code, .by_ap]' /tmp/events)" = '["roam",3,null,null]
["disconnect",0,8,true]' ]
}

@test "refused: the type of a connected station, and links that are the AP's to change" {
	good dev sim0 connect mlosim
	bad 2 "its connection would end" -- dev sim0 set type ap
	bad 2 "only an ap's links" -- dev sim0 link add 3 addr 02:00:00:00:0a:03
	[ "$(sim_links)" = "$three" ]
}

@test "link devices are refused, and nothing is sent" {
	good -n dev sim0 connect mlosim
	[[ $output == *"CONNECT IFINDEX "*" MLO_SUPPORT" ]]
	only_reads phy phy0 interface add ld type mlo-link-device
	[[ $stderr == *'no interface type "mlo-link-device"'* ]]
}
