# Interfaces and wiphys as a real kernel lists them, and selectors that name none of them.

bats_require_minimum_version 1.5.0
load helpers

setup() { only_in_guest; }

@test "dev lists what iw dev lists" {
	good -j dev
	ours=$(jq -r '.[].interfaces[] | .ifname, .addr, (.ifindex | tostring), .wdev' <<<"$output" | sort)
	theirs=$(iw dev | sed -n 's/^\t*Interface //p; s/^\t*\(addr\|ifindex\|wdev\) //p' | sort)
	[ -n "$ours" ]
	[ "$ours" = "$theirs" ]
}

@test "dev in text" {
	good dev
	[ "$output" = "phy0
	wlan0  type station  addr 02:00:00:00:00:00  ifindex 3  wdev 0x1
phy1
	wlan1  type station  addr 02:00:00:00:01:00  ifindex 4  wdev 0x100000001" ]
}

@test "dev in JSON, plain and pretty" {
	good -j dev
	[ "$output" = '[{"phy":"phy0","wiphy":0,"interfaces":[{"ifname":"wlan0","ifindex":3,"wdev":"0x1","type":"station","addr":"02:00:00:00:00:00"}]},{"phy":"phy1","wiphy":1,"interfaces":[{"ifname":"wlan1","ifindex":4,"wdev":"0x100000001","type":"station","addr":"02:00:00:00:01:00"}]}]' ]
	plain=$output
	good -p dev
	[ "${#lines[@]}" -gt 10 ]
	[ "$(jq -c . <<<"$output")" = "$plain" ]
	python3 -c 'import json,sys; json.loads(sys.stdin.buffer.read().decode("utf-8", "strict"))' <<<"$plain"
}

@test "dev DEV, dev DEV info and wdev WDEV info are one" {
	good -j dev wlan1
	one=$output
	[ "$(jq -r .phy <<<"$one")" = phy1 ]
	good -j dev wlan1 info
	[ "$output" = "$one" ]
	good -j wdev 0x100000001 info
	[ "$output" = "$one" ]
	good -j wdev 4294967297
	[ "$output" = "$one" ]
}

@test "an interface without a netdev is listed, and can be selected by its wdev" {
	iw phy phy0 interface add p2p type __p2pdev
	good -j dev
	wdev=$(jq -r '.[0].interfaces[] | select(.type == "p2p-device") | .wdev' <<<"$output")
	[ "$wdev" != null ]
	good dev
	[[ $output == *"	wdev $wdev  type p2p-device  addr "* ]]
	good wdev "$wdev"
	good -j wdev "$wdev" link
	[ "$(jq -c '[.ifname, .type, .links]' <<<"$output")" = '[null,"p2p-device",[]]' ]
	bad 2 "without a netdev" -- wdev "$wdev" set type station
	bad 2 "type p2p-device" -- wdev "$wdev" link add 0 addr 02:00:00:00:0a:00
	iw wdev "$wdev" del
	bad 2 "no such wdev" -- wdev "$wdev"
}

@test "a wiphy without interfaces is listed; renamed, it has its new name" {
	iw dev wlan1 del
	iw phy phy1 set name "café"
	good -j dev
	[ "$(jq -c '.[1]' <<<"$output")" = '{"phy":"café","wiphy":1,"interfaces":[]}' ]
	good dev
	[ "${lines[2]}" = "café" ]
	good phy café
	[[ $output == "café  wiphy 1  mlo yes  types "* ]]
	iw phy café set name phy1
	iw phy phy1 interface add wlan1 type managed
}

@test "names that are no text: escaped in text, hexadecimal in JSON" {
	name=$'w\e[31m\xff'
	ip link set wlan1 name "$name"
	good -j dev
	[ "$(jq -r '.[1].interfaces[0] | .ifname_hex, .ifname' <<<"$output")" = "771b5b33316dff
null" ]
	good dev
	[[ $output == *'w\x1b[31m\xff  type station'* ]]
	good dev "$name" link
	[[ $output == 'w\x1b[31m\xff  type station'* ]]
	bad 2 'dev w\x1b[31m\xff link add' -- dev "$name" link add 0 addr 02:00:00:00:0a:00
	ip link set "$name" name wlan1
}

@test "phy lists MLO support and types" {
	good phy
	[ "${#lines[@]}" -eq 2 ]
	[[ ${lines[0]} == "phy0  wiphy 0  mlo yes  types adhoc, station, ap, "* ]]
	good -j phy
	[ "$(jq -c '.[1] | [.phy, .wiphy, .mlo, (.types | index("ap") != null), .software_types]' <<<"$output")" = \
		'["phy1",1,true,true,["ap-vlan","monitor"]]' ]
	good -j phy 0
	[ "$(jq -r .phy <<<"$output")" = phy0 ]
	good phy phy1
	[ "${#lines[@]}" -eq 1 ]
}

@test "what is not there: status 2, the word named" {
	bad 2 "dev nope" "no such interface" -- dev nope
	bad 2 "dev lo" "not a Wi-Fi interface" -- dev lo
	bad 2 "dev lo link" "not a Wi-Fi interface" -- dev lo link
	bad 2 "dev lo link add" -- dev lo link add 0 addr 02:00:00:00:0a:00
	bad 2 "wdev 0x7" "no such wdev" -- wdev 0x7
	bad 2 "wdev 0xffffffffffffffff" -- wdev 0xffffffffffffffff info
	bad 2 "phy phy9" "no such phy" -- phy phy9
	bad 2 "phy 9" "no such phy" -- phy 9
}

@test "a station without a connection is disconnected" {
	good dev wlan0 link
	[ "$output" = "wlan0  type station  addr 02:00:00:00:00:00  disconnected" ]
	good -j dev wlan0 link
	[ "$(jq -c '[.state, .links]' <<<"$output")" = '["disconnected",[]]' ]
	bad 2 "there is no link 0" -- dev wlan0 link show 0
}

@test "colour: always and never; NO_COLOR is heeded" {
	good -c always dev
	[[ $output == *$'\e['* ]]
	good dev
	[[ $output != *$'\e['* ]]
	run script -qec "TERM=xterm $iw_mlo dev" /dev/null
	[[ $output == *$'\e['* ]]
	run script -qec "TERM=xterm $iw_mlo --color never dev" /dev/null
	[[ $output != *$'\e['* ]]
	run script -qec "TERM=xterm NO_COLOR=1 $iw_mlo dev" /dev/null
	[[ $output != *$'\e['* ]]
	good -c always -j dev
	[[ $output != *$'\e['* ]]
}

@test "-d prints requests and answers on stderr, and changes nothing on stdout" {
	run --separate-stderr "$iw_mlo" -d -j dev
	[ "$output" = "$("$iw_mlo" -j dev)" ]
	[[ $stderr == *"GET_INTERFACE (dump)"* ]]
	[[ $stderr == *'NEW_INTERFACE IFINDEX 3 IFNAME "wlan0"'* ]]
	[ "$(grep -c '^> [0-9]* family' <<<"$stderr")" -eq 1 ]
}

@test "--timeout does not disturb what is quick" {
	good -t 5 dev
	good --timeout=0.5 dev wlan0 link
}
