# A station with a connection that is no MLD: hostapd's open network on one radio, a client on the other.

bats_require_minimum_version 1.5.0
load helpers

setup_file() {
	in_guest || return 0
	cat >/tmp/hostapd.conf <<-END
		interface=wlan0
		driver=nl80211
		ssid=plain "net"
		hw_mode=g
		channel=6
	END
	hostapd -B -P /tmp/hostapd.pid /tmp/hostapd.conf >/tmp/hostapd.log 3>&-
}
teardown_file() { ! in_guest || kill "$(cat /tmp/hostapd.pid)"; }

setup() { only_in_guest; }
teardown() { reset_dev wlan1; }

connect() {
	ip link set wlan1 up
	iw dev wlan1 connect -w 'plain "net"' 2437 >/dev/null
}

@test "the AP has one entry in links, without an id" {
	good -j dev wlan0 link
	[ "$(jq -c '[.type, .state, .ssid, (.links | length), .links[0].link_id, .links[0].freq_mhz]' <<<"$output")" = \
		'["ap",null,"plain \"net\"",1,null,2437]' ]
	good dev wlan0
	[[ $output == *'ssid "plain \x22net\x22"'* ]]
}

@test "a connected station has one entry in links, without an id" {
	connect
	good -j dev wlan1 link
	[ "$(jq -c '[.type, .state, (.links | length), .links[0].link_id, .links[0].freq_mhz, .links[0].channel]' <<<"$output")" = \
		'["station","connected",1,null,2437,6]' ]
	good dev wlan1 link
	[[ ${lines[0]} == "wlan1  type station  addr 02:00:00:00:01:00  connected  ssid \"plain "* ]]
	[[ ${lines[1]} == *"not an MLD  channel 6 (2.4GHz)  2437 MHz"* ]]
	[[ ${lines[2]} == *"active  bssid 02:00:00:00:00:00  signal "* ]]
}

@test "its type is not changed, unless by force" {
	connect
	bad 2 "its connection would end" "--force" -- dev wlan1 set type ap
	only_reads dev wlan1 set type ap
	[ "$("$iw_mlo" -j dev wlan1 link | jq -r .state)" = connected ]
	good dev wlan1 set type ap --force
	[ "$("$iw_mlo" -j dev wlan1 | jq -r .type)" = ap ]
}

@test "connect and disconnect by the tool itself, with what came of it" {
	ip link set wlan1 up
	good -j dev wlan1 connect 'plain \x22net\x22' freq 2437
	[ "$(jq -c '[.event, .ifname, .bssid, .status_code, .status, .links]' <<<"$output")" = \
		'["connect","wlan1","02:00:00:00:00:00",0,"success",null]' ]
	bad 2 "connected already" -- dev wlan1 connect other
	only_reads dev wlan1 connect other
	good dev wlan1 disconnect
	[ "$output" = "wlan1  disconnect  reason 3 (the station leaves)" ]
	bad 2 "not connected" -- dev wlan1 disconnect
	only_reads dev wlan1 disconnect
}

@test "connect to what is not there: refused, and the interface is as it was" {
	ip link set wlan1 up
	bad 2 "no AP with this SSID was heard" -- dev wlan1 connect nobody freq 2437
	[ "$("$iw_mlo" -j dev wlan1 link | jq -r .state)" = disconnected ]
	good dev wlan1 connect 'plain \x22net\x22' freq 2437
}

@test "events of a connection" {
	ip link set wlan1 up
	"$iw_mlo" -j -t 15 event --count 5 connect disconnect new_interface set_interface del_interface >/tmp/events 3>&- &
	sleep 0.3
	good dev wlan1 connect 'plain \x22net\x22' freq 2437
	good dev wlan1 disconnect
	iw phy phy1 interface add extra type managed
	iw dev extra set type monitor
	iw dev extra del
	wait
	[ "$(jq -rc 'select(.ifname == "wlan1") | [.event, .status, .reason_code]' /tmp/events)" = \
		'["connect","success",null]
["disconnect",null,3]' ]
	[ "$(jq -rc 'select(.ifname == "extra") | [.event, .type]' /tmp/events)" = \
		'["new_interface","station"]
["set_interface","monitor"]
["del_interface","monitor"]' ]
}

@test "disconnected again, and no links" {
	connect
	iw dev wlan1 disconnect
	good -j dev wlan1 link
	[ "$(jq -c '[.state, .links]' <<<"$output")" = '["disconnected",[]]' ]
}

@test "a BSS that was only heard is no connection" {
	ip link set wlan1 up
	[[ $(heard_by wlan1 2437) == *"SSID: plain "* ]]
	good -j dev wlan1 link
	[ "$(jq -r .state <<<"$output")" = disconnected ]
}
