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
	[[ ${lines[0]} == "wlan1  type station  addr 02:00:00:00:01:00  connected" ]]
	[[ ${lines[1]} == *"not an MLD  channel 6 (2.4GHz)  2437 MHz"* ]]
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
