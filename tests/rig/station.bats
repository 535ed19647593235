# Stations with their links and statistics, of both ends: an AP MLD on mac80211, and a driver that counts itself.
# rig: mlosim.radios=2

bats_require_minimum_version 1.5.0
load helpers
load ap

setup_file() { ! in_guest || regdom_eu; }
setup() { only_in_guest; }

teardown() {
	in_guest || return 0
	forgive_jam
	[ -z "${ap_pid:-}" ] || { cat "$ap_log"; ap_close; }
	iw dev wlan1 disconnect 2>/dev/null || true
	ip link set wlan1 down
	iw dev wlan1 set type ibss
	iw dev wlan1 set type managed
	reset_dev wlan0
}

client=02:00:00:00:01:00
ap_addr=02:00:00:00:00:00

# An AP MLD of three links, and a client that is connected to these of them.
connected() { # LINK...
	local words=() id
	for id; do words+=(link "$id"); done
	ap_open wlan0
	ap start rig 0:2412 1:5180 2:5955
	ip link set wlan1 up
	good dev wlan1 connect rig "${words[@]}" freq 2412 freq 5180 freq 5955
	happens "assoc $client links .* status 0.*"
}

# What the tool says of the stations, as one line of JSON that jq made.
stations() { # DEV FILTER
	"$iw_mlo" -j dev "$1" station | jq -c "$2"
}

# The kernel's own word for whether it tells statistics of each link.
per_link() { "$iw_mlo" -j phy phy0 caps | jq -e '.evidence.maxattr >= 367' >/dev/null; }

send_frames() { # DEV ADDRESS COUNT
	python3 - "$@" <<-'END'
		import socket, sys, time
		s = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(0x88b5))
		s.bind((sys.argv[1], 0x88b5))
		to = bytes.fromhex(sys.argv[2].replace(":", ""))
		for n in range(int(sys.argv[3])):
		    s.send(to + s.getsockname()[4] + b"\x88\xb5" + bytes(500))
		    time.sleep(0.002)
	END
}

@test "the AP lists its client, with the client's addresses on each link" {
	connected
	run stations wlan0 '[.[] | [.addr, .authorized, .associated]]'
	[ "$output" = "[[\"$client\",true,true]]" ]
	own=$("$iw_mlo" -j dev wlan1 link | jq -c '[.links[] | [.link_id, .addr]]')
	if per_link; then
		[ "$(stations wlan0 '.[0] | [.mld, .mld_addr, .link_statistics]')" = "[true,\"$client\",true]" ]
		[ "$(stations wlan0 '.[0].links | map([.link_id, .addr])')" = "$own" ]
		[ "$(stations wlan0 '.[0].links | map(.freq_mhz)')" = '[2412,5180,5955]' ]
		[ "$(stations wlan0 '.[0].links | map(.signal_source) | unique')" = '["station"]' ]
		[ "$(stations wlan0 '.[0].assoc_link_id')" = "$("$iw_mlo" -j dev wlan1 station | jq '.[0].assoc_link_id')" ]
	else
		[ "$(stations wlan0 '.[0] | [has("mld", "links", "link_statistics")]')" = '[false,false,false]' ]
	fi
	ap_is_clean
}

@test "the client lists the AP MLD, with its address and signal on each link" {
	connected
	run stations wlan1 '[.[] | [.addr, .mld, .authorized]]'
	[ "$output" = "[[\"$ap_addr\",true,true]]" ]
	run stations wlan1 '.[0].links | map([.link_id, .addr, .freq_mhz, .signal_dbm])'
	[ "$output" = '[[0,"02:00:00:00:00:10",2412,-50],[1,"02:00:00:00:00:11",5180,-50],[2,"02:00:00:00:00:12",5955,-50]]' ]
	if per_link; then
		[ "$(stations wlan1 '.[0] | [.link_statistics, (.links | map(.signal_source) | unique)]')" = '[true,["station"]]' ]
		[ "$(stations wlan1 '.[0].links | map(.beacon_rx > 0) | all')" = true ]
	else
		[ "$(stations wlan1 '.[0] | [.link_statistics, (.links | map(.signal_source) | unique)]')" = '[false,["bss"]]' ]
		[ "$(stations wlan1 '.[0].links | map(has("tx_bytes")) | any')" = false ]
		good dev wlan1 station
		[[ $output == *"  2 02:00:00:00:00:12    -50.0 dBm in the table of BSSes, "*" ms ago"* ]]
		[[ $output == *"the kernel tells no statistics of each link"* ]]
	fi
}

@test "what is sent is counted at both ends, and the links add up to the total" {
	connected
	before=$(stations wlan1 '.[0].tx_bytes')
	send_frames wlan1 $ap_addr 20
	sleep 0.1
	[ "$(stations wlan1 '.[0].tx_bytes')" -ge $((before + 20 * 500)) ]
	per_link || return 0 # the AP of 6.12 counts what came over one link alone
	[ "$(stations wlan0 '.[0].rx_packets')" -ge 20 ]
	stations wlan0 '.[0] | [.rx_bytes, (.links | map(.rx_bytes) | add), .tx_bytes, (.links | map(.tx_bytes) | add)]'
	[ "$(stations wlan0 '.[0] | .rx_packets == (.links | map(.rx_packets) | add)')" = true ]
	[ "$(stations wlan1 '.[0] | .tx_bytes == (.links | map(.tx_bytes) | add)')" = true ]
	[ "$(stations wlan1 '.[0].links | map(.tx_packets) | max')" -ge 20 ]
}

@test "a client of one link, and one without MLO" {
	connected 2
	if per_link; then
		[ "$(stations wlan0 '.[0] | [.mld, .assoc_link_id, (.links | map(.link_id))]')" = '[true,2,[2]]' ]
		good dev wlan0 station
		[[ $output != *total* ]]
	fi
	good dev wlan1 disconnect
	happens "gone $client.*"
	mark
	iw dev wlan1 connect -w rig 5180
	happens "assoc $client .* legacy"
	if per_link; then
		[ "$(stations wlan0 '.[0] | [.mld, .assoc_link_id, (.links | map([.link_id, .addr]))]')" = "[false,1,[[1,\"$client\"]]]" ]
		good dev wlan0 station
		[[ ${lines[1]} == "$client  no MLD  association link 1  authorized"* ]]
	else
		[ "$(stations wlan0 '.[0] | [.addr, has("mld")]')" = "[\"$client\",false]" ]
	fi
	# its AP is a BSS to it, and has no links
	[ "$(stations wlan1 '.[0] | [.addr, has("links"), .signal_dbm]')" = '["02:00:00:00:00:11",false,-50]' ]
}

@test "one station is found by its address, and by those of its links" {
	connected
	good dev wlan1 station $ap_addr
	[[ $output == *"  beacon loss 0"* ]]
	[ "$("$iw_mlo" -j dev wlan1 station $ap_addr | jq -r .addr)" = $ap_addr ]
	! per_link || [ "$("$iw_mlo" -j dev wlan1 station 02:00:00:00:00:12 | jq -r .addr)" = $ap_addr ]
	bad 2 "there is no station 02:00:00:00:00:77" -- dev wlan1 station 02:00:00:00:00:77
	bad 2 "there is no station $client" -- dev wlan1 station $client
}

@test "no stations: nothing is connected, down, of another type, without a netdev" {
	ip link set wlan1 up
	for state in up down; do
		ip link set wlan1 $state
		good dev wlan1 station
		[ -z "$output" ]
		good -j dev wlan1 station
		[ "$output" = '[]' ]
	done
	wdev=$("$iw_mlo" -j phy phy1 interface add p2p0 type p2p-device | jq -r .wdev)
	bad 2 EINVAL "without a network device there are none" -- wdev "$wdev" station
	"$iw_mlo" wdev "$wdev" del
	only_reads dev wlan1 station
}

@test "stations that come and go while they are listed are no error" {
	connected
	good dev wlan1 disconnect
	(while :; do
		"$iw_mlo" dev wlan1 connect rig freq 2412 link 0 && "$iw_mlo" dev wlan1 disconnect
	done) >/dev/null 2>&1 3>&- &
	loop=$!
	seen=0
	for ((n = 0; n < $(rounds 200); n++)); do
		run --separate-stderr "$iw_mlo" -j dev wlan0 station
		[ "$status" -eq 0 ] && [ -z "$stderr" ] || break
		[ "$output" = '[]' ] || seen=$((seen + 1))
	done
	kill $loop
	wait $loop 2>/dev/null || true
	echo "$n looks, $seen with a station: $status: $stderr"
	[ "$status" -eq 0 ] && [ -z "$stderr" ] && [ $seen -gt 0 ]
	jq -e type <<<"$output" >/dev/null
}

@test "statistics of a driver's own, of each link" {
	needs_sim
	ip link set sim0 up
	good dev sim0 connect mlosim
	if per_link; then
		run stations sim0 '.[0].links | map([.link_id, .addr, .tx_bytes, .rx_bytes, .tx_packets, .rx_packets, .tx_retries, .tx_failed, .signal_dbm, .tx_bitrate_mbps])'
		echo "$output"
		[ "$output" = '[[0,"02:4d:4c:4f:00:00",200000,1000000,200,1000,10,1,-40,6],[1,"02:4d:4c:4f:00:01",400000,2000000,400,2000,20,2,-45,12],[2,"02:4d:4c:4f:00:02",600000,3000000,600,3000,30,3,-50,18]]' ]
		good dev sim0 station
		[ "${lines[4]}" = "  0 02:4d:4c:4f:00:00 tx     6.0               200k     200      10      1    -" ]
		[ "${lines[9]}" = "                      rx       -              3.00M    3000                 -50" ]
	else
		run stations sim0 '.[0] | [.tx_bytes, .rx_bytes, .link_statistics, (.links | map([.link_id, .addr, .signal_dbm, .signal_source]))]'
		echo "$output"
		[ "$output" = '[200000,1000000,false,[[0,"02:4d:4c:4f:00:00",-40,"bss"],[1,"02:4d:4c:4f:00:01",-45,"bss"],[2,"02:4d:4c:4f:00:02",-50,"bss"]]]' ]
	fi
	# the device of 6.12 says, too, on which link and to whom
	[ "$(stations sim0 '.[0] | [.mld, .mld_addr, .assoc_link_id]')" = '[true,"02:4d:4c:4f:ff:00",0]' ]
	good dev sim0 disconnect
	good dev sim0 connect mlosim-legacy
	[ "$(stations sim0 '.[0] | [.addr, .mld, has("links"), .signal_dbm]')" = '["02:4d:4c:4f:00:05",null,false,-65]' ]
	good dev sim0 disconnect
	[ "$(stations sim0 .)" = '[]' ]
}

@test "statistics of each link are asked for only where the kernel knows them" {
	ip link set wlan1 up
	run --separate-stderr "$iw_mlo" -d dev wlan1 station
	grep '^> ' <<<"$stderr"
	if per_link; then
		grep -qx '> [0-9]* GET_STATION IFINDEX [0-9]* STA_DUMP_LINK_STATS (dump)' <<<"$stderr"
	else
		grep -qx '> [0-9]* GET_STATION IFINDEX [0-9]* (dump)' <<<"$stderr"
	fi
}
