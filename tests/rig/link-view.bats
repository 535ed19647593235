# The view of a connection link by link, against what iw, mac80211 and the AP have of the same.
# rig: mlosim.radios=2 mac80211_hwsim.multi_radio=1 mac80211_hwsim.channels=1

bats_require_minimum_version 1.5.0
load helpers
load ap
load client

setup_file() { begin_file; }
setup() { begin_test; }
teardown() { end_test; }

ap_addr=02:00:00:00:00:00
debug=/sys/kernel/debug/ieee80211/phy1/netdev:wlan1
radios='{"2.4GHz":0,"5GHz":1,"6GHz":2}'

view() { "$iw_mlo" -j dev "${1:-wlan1}" link; }

# The kernel's own word for whether it tells statistics of each link, and on which it associated.
per_link() { "$iw_mlo" -j phy phy0 caps | jq -e '.evidence.maxattr >= 367' >/dev/null; }

holds() { # FILTER
	jq -e --argjson radios "$radios" "$1" <<<"$view" >/dev/null || { echo "not true: $1"; echo "$view"; return 1; }
}

# Of the whole view: every fact is as somebody else has it.
agrees() { # IDS
	local ap
	view=$(view)
	ap=$(view wlan0)
	holds "[.ifname, .ifindex, .type, .addr, .state, .ap_mld_addr, .ssid, .ssid_hex] ==
		[\"wlan1\", $(cat /sys/class/net/wlan1/ifindex), \"station\", \"$client\", \"connected\", \"$ap_addr\", \"rig\", \"726967\"]"
	holds "[.links[].link_id] == [$1]"
	# mac80211's own
	diff <(jq -r '.links[] | "\(.link_id) \(.addr)"' <<<"$view") \
		<(for link in "$debug"/link-*; do echo "${link##*-} $(cat "$link/addr")"; done)
	holds "[.links[] | select(.active) | pow(2; .link_id)] | add == $(($(cat $debug/active_links)))"
	holds '[.links[].active_source] | unique == ["debugfs"]'
	# the AP's
	holds "[.links[] | . as \$l | ($(jq -c .links <<<"$ap")[] | select(.link_id == \$l.link_id)) |
		\$l.bssid == .addr and if \$l.active then \$l.freq_mhz == .freq_mhz and \$l.width_mhz == .width_mhz and
			\$l.center_freq1_mhz == .center_freq1_mhz else \$l.freq_mhz == null end] | all and length > 0"
	[ "$(ap stations)" = "ok $client links $1 authorized" ]
	# iw's
	diff <(jq -r '.links[].bssid' <<<"$view" | sort) \
		<(iw dev wlan1 scan dump | sed -n 's/^BSS \(.*\)(on wlan1) -- associated$/\1/p' | sort)
	diff <(jq -r '.links[] | select(.active) | "\(.bssid) \(.freq_mhz)"' <<<"$view" | sort) \
		<(iw dev wlan1 link 2>/dev/null | awk '/^Connected/ { b = $3 } /freq:/ { print b, $2 }' | sort |
			grep -E "^($(jq -r '[.links[] | select(.active) | .bssid] | join("|")' <<<"$view")) ")
	[ "$(iw dev wlan1 station dump | awk '/^Station/ { print $2 }')" = $ap_addr ]
	holds '[.links[].signal_dbm] | unique == [-50]'
	# 6.12 does not tell that there is more than one radio, and is asked for it only where a link is unused
	holds '[.links[] | select(.radio and .radio != $radios[.band])] == []'
	if per_link; then
		holds '[.links[] | select(.active and .radio == null)] == []'
		holds '.links | all(has("tx_packets", "rx_packets", "beacon_rx"))'
		diff <(jq -c '.links[] | [.link_id, .addr]' <<<"$view") \
			<("$iw_mlo" -j dev wlan0 station | jq -c '.[0].links[] | [.link_id, .addr]')
	else
		holds '.links | any(has("tx_packets", "rx_packets")) | not'
		holds '.links | all(.signal_source == "bss" and .seen_ms >= 0)'
		holds '.assoc_link_id == null'
	fi
}

associated_on() { # ID
	happens "auth $client link $1 status 0"
	! per_link || [ "$(view | jq .assoc_link_id)" = "$1" ]
}

@test "two links and three, on any of them" {
	ap start rig "$three"
	for links in 0,1 2,1 2,0,1; do
		mark
		associate $links
		associated_on ${links:0:1}
		agrees "$(tr , '\n' <<<$links | sort | paste -sd,)"
		holds '.links | all(.active)'
		disconnect
		[ "$(view | jq -c '[.state, .links, .ssid, .ap_mld_addr]')" = '["disconnected",[],null,null]' ]
	done
	ap_is_clean
}

@test "for people" {
	ap start rig "$three"
	associate 1,2
	good dev wlan1 link
	echo "$output"
	[[ ${lines[0]} == "wlan1  type station  addr $client  connected  ssid \"rig\"  ap-mld $ap_addr"* ]]
	! per_link || [[ ${lines[0]} == *"  association link 1" ]]
	[[ ${lines[1]} =~ ^$'\t'"link 1  addr "[0-9a-f:]{17}"  channel 36 (5GHz)  5180 MHz  width 20 MHz  center 5180 MHz" ]]
	[[ ${lines[2]} == $'\t\tactive  bssid 02:00:00:00:00:11  signal -50'*" dBm"* ]]
	[[ ${lines[3]} =~ ^$'\t'"link 2  addr "[0-9a-f:]{17}"  channel 1 (6GHz)  5955 MHz  width 20 MHz  center 5955 MHz" ]]
	[[ ${lines[4]} == $'\t\tactive  bssid 02:00:00:00:00:12  signal -50'*" dBm"* ]]
	[ ${#lines[@]} -eq 5 ]
	good dev wlan1 link show 2
	[ ${#lines[@]} -eq 2 ]
	[[ ${lines[0]} == "link 2  addr "* ]]
	[ "$("$iw_mlo" -j dev wlan1 link show 2 | jq -c '[.link_id, .bssid, .active]')" = '[2,"02:00:00:00:00:12",true]' ]
	bad 2 "there is no link 0 (links: 1, 2)" -- dev wlan1 link show 0
	good dev wlan0 link
	[[ $output != *active* && $output != *bssid* ]]
	only_reads dev wlan1 link
}

@test "frames that are sent are counted on the link that carries them" {
	per_link || return 0 # before 7.3, of all links together
	ap start rig "$three"
	associate 0,1,2
	before=$(view | jq '[.links[].tx_packets] | add')
	frame_passes wlan1 wlan0 $ap_addr
	after=$(view | jq '[.links[].tx_packets] | add')
	echo "$before, then $after"
	[ "$after" -ge $((before + 20)) ]
	[ "$(view | jq '[.links[].tx_packets] | add')" -eq "$("$iw_mlo" -j dev wlan1 station | jq '.[0].tx_packets')" ]
}

@test "a link without traffic identifiers is inactive, until it has some" {
	ap start rig "$three"
	associate 0,1,2
	good dev wlan1 ttlm set all=0,1
	becomes wlan1 '[[0,2412],[1,5180],[2,null]]'
	agrees 0,1,2
	holds '[.links[] | .active] == [true, true, false]'
	holds '[.links[] | .radio] == [0, 1, null]' # now that a link is unused, the phy is asked
	good dev wlan1 link
	[ "$(grep -c $'^\t\tactive ' <<<"$output")" -eq 2 ]
	grep -A1 $'^\tlink 2 .*  no channel' <<<"$output" | grep -q $'^\t\tinactive  bssid 02:00:00:00:00:12'
	# who may not look into debugfs has the kernel's channels to go by
	view=$(setpriv --reuid=65534 --clear-groups "$iw_mlo" -j dev wlan1 link)
	holds '[.links[] | [.active, .active_source]] == [[true, "channel"], [true, "channel"], [false, "channel"]]'
	good dev wlan1 ttlm set all=0-2
	becomes wlan1 '[[0,2412],[1,5180],[2,5955]]'
	agrees 0,1,2
	holds '.links | all(.active)'
}

@test "a link that the AP removes is gone" {
	ap start rig "$three"
	associate 0,1,2
	agrees 0,1,2
	own=$(jq -c '[.links[] | select(.link_id != 1) | .addr]' <<<"$view")
	ap remove 1 in 3
	becomes wlan1 '[[0,2412],[2,5955]]'
	happens "removed 1"
	agrees 0,2
	[ "$(jq -c '[.links[].addr]' <<<"$view")" = "$own" ]
	# the link that it associated on is no other than it was, though it is gone
	ap remove 0 in 3
	becomes wlan1 '[[2,5955]]'
	happens "removed 0"
	agrees 2
	ap_is_clean
}

@test "a link that switches its channel" {
	ap start rig "$three"
	associate 0,1,2
	agrees 0,1,2
	own=$(jq -c '[.links[].addr]' <<<"$view")
	ap switch 1 5220 in 3
	happens "switched 1 5220"
	becomes wlan1 '[[0,2412],[1,5220],[2,5955]]'
	agrees 0,1,2
	[ "$(jq -c '[.links[].addr]' <<<"$view")" = "$own" ]
	ap_is_clean
}

@test "a link that the AP refused is not there" {
	ap start rig "$three"
	ap refuse 1 status 37
	associate 0,1,2
	agrees 0,2
	ap_is_clean
}

@test "80 MHz" {
	ap start rig 3:5220/80 4:5955/80
	channels="5220 5955" associate 3,4
	agrees 3,4
	holds '[.links[] | [.width_mhz, .center_freq1_mhz]] == [[80, 5210], [80, 5985]]'
}

@test "a connection without MLO is one link without an id" {
	ap start rig "$three"
	iw dev wlan1 connect -w rig 5180
	happens "assoc $client .* legacy"
	view=$(view)
	holds '.state == "connected" and .ssid == "rig" and (.links | length) == 1'
	holds '[has("ap_mld_addr", "assoc_link_id", "max_active_links")] | any | not'
	holds ".links[0] | [.link_id, .addr, .bssid, .freq_mhz, .active, .active_source, .signal_dbm, .signal_source] ==
		[null, \"$client\", \"02:00:00:00:00:11\", 5180, true, \"channel\", -50, \"station\"]"
	holds '.links[0] | has("tx_packets", "rx_packets", "connected_s")'
	[ "$(jq '.links[0].connected_s' <<<"$view")" -le 5 ]
	good dev wlan1 link
	[[ ${lines[1]} == $'\tnot an MLD  channel 36 (5GHz)  5180 MHz'* ]]
	[[ ${lines[2]} == $'\t\tactive  bssid 02:00:00:00:00:11  signal -50 dBm  '* ]]
}

@test "watching: what happens is seen when it does, and SIGTERM ends it well" {
	ap start rig "$three"
	"$iw_mlo" -j dev wlan1 link show --watch 60 >"$BATS_TEST_TMPDIR/seen" 3>&- 7>&- &
	watch=$!
	until [ -s "$BATS_TEST_TMPDIR/seen" ]; do sleep 0.02; done
	associate 0,1,2
	ap deauth "$client" reason 5
	happens "gone $client reason 5"
	until tail -n 1 "$BATS_TEST_TMPDIR/seen" | grep disconnected; do sleep 0.02; done
	kill -TERM $watch
	wait $watch
	cat "$BATS_TEST_TMPDIR/seen"
	[ "$(jq -c '[.state, [.links[].bssid]]' "$BATS_TEST_TMPDIR/seen" | uniq)" = '["disconnected",[]]
["connected",["02:00:00:00:00:10","02:00:00:00:00:11","02:00:00:00:00:12"]]
["disconnected",[]]' ]
	"$iw_mlo" dev wlan1 link show --watch 0.1 >"$BATS_TEST_TMPDIR/seen" 3>&- 7>&- &
	watch=$!
	until [ "$(grep -cx "wlan1  type station  addr $client  disconnected" "$BATS_TEST_TMPDIR/seen")" -ge 3 ]; do sleep 0.02; done
	kill -TERM $watch
	wait $watch
}

@test "at most 100 system calls, whatever it has to ask" {
	ap start rig "$three"
	associate 0,1,2
	for unused in none one; do
		[ $unused = none ] || good dev wlan1 ttlm set all=0,1
		strace -f -o "$BATS_TEST_TMPDIR/strace" "$iw_mlo" -j dev wlan1 link >/dev/null
		strace -f -c "$iw_mlo" -j dev wlan1 link 2>&1 >/dev/null | tail -n 1
		calls=$(grep -cvE '^[0-9]+ +(\+\+\+|---)' "$BATS_TEST_TMPDIR/strace")
		valgrind -q --tool=callgrind --callgrind-out-file="$BATS_TEST_TMPDIR/callgrind" "$iw_mlo" -j dev wlan1 link >/dev/null
		echo "# three links, $unused unused: $calls system calls, $(awk '$1 == "totals:" { print $2 }' "$BATS_TEST_TMPDIR/callgrind") instructions" >&3
		[ "$calls" -le 100 ]
	done
}

@test "a driver that connects by itself" {
	needs_sim
	ip link set sim0 up
	good dev sim0 connect mlosim
	view=$(view sim0)
	holds '[.state, .ssid, .ap_mld_addr, .assoc_link_id] == ["connected", "mlosim", "02:4d:4c:4f:ff:00", 0]'
	holds '[.links[] | [.link_id, .addr, .bssid, .freq_mhz, .width_mhz, .active, .active_source, .signal_dbm]] == [
		[0, "02:4d:4c:10:00:00", "02:4d:4c:4f:00:00", 2412, 20, true, "channel", -40],
		[1, "02:4d:4c:11:00:00", "02:4d:4c:4f:00:01", 5180, 80, true, "channel", -45],
		[2, "02:4d:4c:12:00:00", "02:4d:4c:4f:00:02", 5955, 160, true, "channel", -50]]'
	if per_link; then
		holds '[.links[] | [.tx_packets, .tx_retries, .rx_packets, .tx_bitrate_mbps, .signal_source]] == [
			[200, 10, 1000, 6, "station"], [400, 20, 2000, 12, "station"], [600, 30, 3000, 18, "station"]]'
	else
		holds '[.links[] | [has("tx_packets"), .signal_source]] | unique == [[false, "bss"]]'
	fi
	echo sim0 1 >$sim/lose
	[ "$(view sim0 | jq -c '[.links[] | [.link_id, .bssid]]')" = '[[0,"02:4d:4c:4f:00:00"],[2,"02:4d:4c:4f:00:02"]]' ]
	echo sim0 1 >$sim/regain
	[ "$(view sim0 | jq -c '[.links[].bssid]')" = '["02:4d:4c:4f:00:00","02:4d:4c:4f:00:01","02:4d:4c:4f:00:02"]' ]
	echo sim0 5 >$sim/disconnect
	[ "$(view sim0 | jq -c '[.state, .links]')" = '["disconnected",[]]' ]
	good dev sim0 connect mlosim-legacy
	view=$(view sim0)
	holds '[.state, .ssid, .links[0].link_id, .links[0].bssid, .links[0].freq_mhz] == ["connected", "mlosim-legacy", null, "02:4d:4c:4f:00:05", 5200]'
	good dev sim0 disconnect
}
