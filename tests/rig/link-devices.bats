# The RFC's MLO link devices, on a kernel that has them: made, shown, taken along by a connection, lost, removed.
# rig: mlosim.radios=2

bats_require_minimum_version 1.5.0
load helpers

setup_file() { ! has_sim || ip link set sim0 up; }
setup() { only_in_guest; needs_sim; }

teardown() {
	has_sim || return 0
	"$iw_mlo" dev sim0 disconnect >/dev/null || true
	for wdev in $("$iw_mlo" -j dev | jq -r '.[].interfaces[] | select(.ifname == null) | .wdev'); do
		"$iw_mlo" wdev "$wdev" del
	done
	for knob in refuse timeout; do echo 0 >"$sim/$knob"; done
	echo 65535 >"$sim/accept"
	echo 20 >"$sim/connect_ms"
}

# The phy that has this interface.
phy_of() { "$iw_mlo" -j dev "$1" | jq -r .phy; }

link_device() { # PHY MAC
	"$iw_mlo" -j phy "$1" interface add ld type mlo-link-device addr "$2" | jq -r .wdev
}

channel_of() { "$iw_mlo" -j wdev "$1" | jq -c .freq_mhz; }

@test "the kernel is seen to speak the RFC" {
	good -j phy "$(phy_of sim0)" caps
	[ "$(jq -c '[.dialect, .evidence.add_link, .evidence.maxattr, .evidence.iftype_max, .evidence.link_info_is_nest, .ext_feature_mlo, .mlo]' <<<"$output")" = \
		'["rfc",false,299,13,true,true,false]' ]
	[ "$(jq '.types | index("mlo-link-device") != null' <<<"$output")" = true ]
	good -j phy "$(phy_of wlan0)" caps
	[ "$(jq -c '[.dialect, .ext_feature_mlo, (.types | index("mlo-link-device"))]' <<<"$output")" = '["rfc",false,null]' ]
}

@test "link devices on both radios, with chosen addresses" {
	good phy "$(phy_of sim0)" interface add ld0 type mlo-link-device addr 02:00:00:00:0d:00
	[[ ${lines[1]} == *"	wdev 0x"*"  type mlo-link-device  addr 02:00:00:00:0d:00" ]]
	good -j phy "$(phy_of sim1)" interface add ld1 type mlo-link-device addr 02:00:00:00:0d:01
	[ "$(jq -c '[.ifname, .ifindex, .type, .addr]' <<<"$output")" = '[null,null,"mlo-link-device","02:00:00:00:0d:01"]' ]
	good -j dev
	[ "$(jq -c '[.[].interfaces[] | select(.type == "mlo-link-device") | .addr]' <<<"$output")" = \
		'["02:00:00:00:0d:00","02:00:00:00:0d:01"]' ]
}

@test "a link device can be selected, and removed once" {
	wdev=$(link_device "$(phy_of sim0)" 02:00:00:00:0d:00)
	good wdev "$wdev" info
	[[ $output == *"	wdev $wdev  type mlo-link-device  addr 02:00:00:00:0d:00" ]]
	good wdev "$wdev" del
	bad 2 "no such wdev" -- wdev "$wdev" del
	bad 2 "no such wdev" -- wdev "$wdev"
}

@test "a wiphy without link devices" {
	before=$("$iw_mlo" -j dev)
	bad 2 "EOPNOTSUPP" "the hardware supports" -- phy "$(phy_of wlan0)" interface add ld type mlo-link-device
	[ "$("$iw_mlo" -j dev)" = "$before" ]
}

@test "an address that is taken" {
	wdev=$(link_device "$(phy_of sim0)" 02:00:00:00:0d:00)
	bad 2 "an interface (wdev $wdev) has the address 02:00:00:00:0d:00 already" -- \
		phy "$(phy_of sim1)" interface add ld type mlo-link-device addr 02:00:00:00:0d:00
}

@test "links with ids are what this kernel has not" {
	bad 2 "no MLO links (its nl80211 lacks ADD_LINK)" -- dev sim1 link add 0 addr 02:00:00:00:0a:00
	bad 2 "no MLO links (its nl80211 lacks REMOVE_LINK)" -- dev sim1 link del 0
	only_reads dev sim1 link add 0 addr 02:00:00:00:0a:00
}

@test "type 13 means nothing else here" {
	bad 2 'no interface type "nan-data": its number 13 is mlo-link-device here' -- dev sim1 set type nan-data
	only_reads dev sim1 set type nan-data
}

@test "a station becomes a link device and a station again, with the same ifindex" {
	ip link set sim1 down
	index=$("$iw_mlo" -j dev sim1 | jq .ifindex)
	good dev sim1 set type mlo-link-device
	[ "$("$iw_mlo" -j dev sim1 | jq -c '[.type, .ifindex]')" = "[\"mlo-link-device\",$index]" ]
	good dev sim1 set type station
	[ "$("$iw_mlo" -j dev sim1 | jq -c '[.type, .ifindex]')" = "[\"station\",$index]" ]
}

@test "a connection without link devices is one link" {
	good -j dev sim0 connect mlosim
	[ "$(jq -c '[.event, .ifname, .status_code, .bssid, .links]' <<<"$output")" = \
		'["connect","sim0",0,"02:4d:4c:4f:00:01",null]' ]
	good -j dev sim0 link
	[ "$(jq -c '[.state, .links[0].freq_mhz, .link_devices]' <<<"$output")" = '["connected",5180,[]]' ]
	good dev sim0 disconnect
}

@test "a connection takes link devices of both radios along" {
	one=$(link_device "$(phy_of sim0)" 02:00:00:00:0d:00)
	two=$(link_device "$(phy_of sim1)" 02:00:00:00:0d:01)
	[ "$(channel_of "$one")" = null ]
	good -j dev sim0 connect mlosim
	[ "$(jq -c '[.links[] | .wdev]' <<<"$output")" = "[\"$one\",\"$two\"]" ]
	[ "$(jq -c '[.links[] | .bssid]' <<<"$output")" = '["02:4d:4c:4f:00:03","02:4d:4c:4f:00:02"]' ]
	[ "$(channel_of "$one")" = 5745 ]
	[ "$(channel_of "$two")" = 5955 ]
	good -j dev sim0 link
	[ "$(jq -c '[.state, .links[0].freq_mhz, .link_devices_certain, [.link_devices[] | [.wdev, .freq_mhz]]]' <<<"$output")" = \
		"[\"connected\",5180,true,[[\"$one\",5745],[\"$two\",5955]]]" ]
	good dev sim0 link
	[[ ${lines[1]} == "	station  channel 36 (5GHz)  5180 MHz"* ]]
	[[ ${lines[2]} == "		active  bssid 02:4d:4c:4f:00:01"* ]]
	[[ ${lines[3]} == "	link device wdev $one  addr 02:00:00:00:0d:00  channel 149 (5GHz)"* ]]
	good dev sim0 disconnect
	[ "$(channel_of "$one")" = null ]
	[ "$(channel_of "$two")" = null ]
}

@test "refused: a connected station does not become a link device" {
	good dev sim0 connect mlosim
	bad 2 "its connection would end" -- dev sim0 set type mlo-link-device
	only_reads dev sim0 set type mlo-link-device
}

@test "a link device is removed while it is connected" {
	one=$(link_device "$(phy_of sim0)" 02:00:00:00:0d:00)
	two=$(link_device "$(phy_of sim1)" 02:00:00:00:0d:01)
	good dev sim0 connect mlosim
	good wdev "$one" del
	good -j dev sim0 link
	[ "$(jq -c '[.state, [.link_devices[] | .wdev]]' <<<"$output")" = "[\"connected\",[\"$two\"]]" ]
	good dev sim0 disconnect
}

@test "a link that is lost, and found again" {
	one=$(link_device "$(phy_of sim0)" 02:00:00:00:0d:00)
	good dev sim0 connect mlosim
	echo sim0 3 >"$sim/lose"
	[ "$(channel_of "$one")" = null ]
	[ "$("$iw_mlo" -j dev sim0 link | jq -c '[.state, .link_devices]')" = '["connected",[]]' ]
	echo sim0 3 >"$sim/regain"
	[ "$(channel_of "$one")" = 5745 ]
}

@test "the AP takes only some of the links" {
	one=$(link_device "$(phy_of sim0)" 02:00:00:00:0d:00)
	two=$(link_device "$(phy_of sim1)" 02:00:00:00:0d:01)
	echo $((0xffff & ~(1 << 3))) >"$sim/accept"
	good -j dev sim0 connect mlosim
	[ "$(jq -c '[.links[].wdev]' <<<"$output")" = "[\"$two\"]" ]
	[ "$(channel_of "$one")" = null ]
	[ "$("$iw_mlo" -j dev sim0 link | jq -c '[.link_devices[].wdev]')" = "[\"$two\"]" ]
}

@test "refused by the AP, timed out, and ended by the AP" {
	echo 17 >"$sim/refuse"
	bad 2 "status 17 (the AP takes no more stations)" -- dev sim0 connect mlosim
	[ "$("$iw_mlo" -j dev sim0 link | jq -r .state)" = disconnected ]
	echo 0 >"$sim/refuse"
	echo 2 >"$sim/timeout"
	bad 2 "no AP answered" -- dev sim0 connect mlosim
	echo 0 >"$sim/timeout"
	good dev sim0 connect mlosim
	"$iw_mlo" -j -t 2 event dev sim0 >/tmp/events 3>&- &
	sleep 0.3
	echo sim0 8 >"$sim/disconnect"
	wait
	[ "$(jq -c '[.event, .reason_code, .reason, .by_ap]' /tmp/events)" = '["disconnect",8,"the station leaves the BSS",true]' ]
}

@test "given up in time, and nothing goes on behind our back" {
	echo 3000 >"$sim/connect_ms"
	bad 4 "nothing came of it within 0.300 s" -- -t 0.3 dev sim0 connect mlosim
	sleep 3.2
	[ "$("$iw_mlo" -j dev sim0 link | jq -r .state)" = disconnected ]
}

@test "many times: made, connected, disconnected, removed; nothing is left" {
	before=$("$iw_mlo" -j dev | jq '[.[].interfaces[]] | length')
	echo 1 >"$sim/connect_ms"
	p0=$(phy_of sim0) p1=$(phy_of sim1)
	cat >/tmp/cycle <<-'END'
		for n in $(seq $4); do
			a=$("$1" -j phy $2 interface add a type mlo-link-device) || exit
			b=$("$1" -j phy $3 interface add b type mlo-link-device) || exit
			a=${a#*\"wdev\":\"}; a=${a%%\"*}
			b=${b#*\"wdev\":\"}; b=${b%%\"*}
			links=$("$1" -j dev sim0 connect mlosim) || exit
			case $links in *\"$a\"*\"$b\"*) ;; *) echo "$links"; exit 1 ;; esac
			[ $((n % 2)) = 0 ] || "$1" wdev $a del || exit
			"$1" dev sim0 disconnect >/dev/null || exit
			[ $((n % 2)) = 1 ] || "$1" wdev $a del || exit
			"$1" wdev $b del || exit
		done
	END
	sh /tmp/cycle "$iw_mlo" "$p0" "$p1" "$(rounds 500)"
	[ "$("$iw_mlo" -j dev | jq '[.[].interfaces[]] | length')" -eq "$before" ]
}
