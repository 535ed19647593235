# Links of an AP MLD, added, shown and removed on a real kernel; and the traps that the kernel leaves open.

bats_require_minimum_version 1.5.0
load helpers

setup_file() { regdom_us; }
setup() { only_in_guest; }
teardown() { reset_dev wlan0; reset_dev wlan1; }

both='[{"link_id":0,"addr":"02:00:00:00:0a:00"},{"link_id":1,"addr":"02:00:00:00:0a:01"}]'

@test "links are added, shown and removed as asked" {
	good dev wlan0 set type ap
	ip link set wlan0 up
	good dev wlan0 link
	[[ $output == "wlan0  type ap "*"  no links" ]]
	good dev wlan0 link add 0 addr 02:00:00:00:0a:00
	[ -z "$output" ]
	good dev wlan0 link add 1 addr 02:00:00:00:0a:01
	[ "$(links wlan0)" = "$both" ]
	good dev wlan0 link show 1
	[ "$output" = "link 1  addr 02:00:00:00:0a:01  no channel" ]
	good dev wlan0 link del 0
	[ "$(links wlan0)" = '[{"link_id":1,"addr":"02:00:00:00:0a:01"}]' ]
	good dev wlan0 link del 1
	[ "$(links wlan0)" = '[]' ]
}

@test "every id from 0 to 14 can be a link, listed in order" {
	good dev wlan0 set type ap
	ip link set wlan0 up
	for id in 14 3 0 7 1 13 2 12 4 11 5 10 6 9 8; do
		good dev wlan0 link add "$id" addr "$(printf '02:00:00:00:0b:%02x' "$id")"
	done
	run jq -c '[.links[].link_id]' <("$iw_mlo" -j dev wlan0 link)
	[ "$output" = "[0,1,2,3,4,5,6,7,8,9,10,11,12,13,14]" ]
	[ "$("$iw_mlo" -j dev wlan0 link show 13 | jq -r .addr)" = 02:00:00:00:0b:0d ]
}

@test "a link of its own wdev id, too" {
	ap_mld wlan0
	wdev=$("$iw_mlo" -j dev wlan0 | jq -r .wdev)
	good wdev "$wdev" link add 5 addr 02:00:00:00:0a:05
	good wdev "$wdev" link show 5
	good wdev "$wdev" link del 5
	[ "$(links wlan0)" = "$both" ]
}

@test "links that beacon: channel, width, centre, power, SSID, in dev and in link" {
	ap_mld wlan0
	"$start_ap" wlan0 0 first 2412
	"$start_ap" wlan0 1 first 5180 3 5210
	good -j dev
	run jq -c '.[0].interfaces[0] | del(.links[].tx_power_dbm)' <<<"$output"
	[ "$output" = '{"ifname":"wlan0","ifindex":3,"wdev":"0x1","type":"ap","addr":"02:00:00:00:00:00","ssid":"first","ssid_hex":"6669727374","links":[{"link_id":0,"addr":"02:00:00:00:0a:00","freq_mhz":2412,"channel":1,"band":"2.4GHz","width_mhz":20,"no_ht":true,"center_freq1_mhz":2412},{"link_id":1,"addr":"02:00:00:00:0a:01","freq_mhz":5180,"channel":36,"band":"5GHz","width_mhz":80,"center_freq1_mhz":5210}]}' ]
	good dev wlan0 link show 1
	[[ $output == "link 1  addr 02:00:00:00:0a:01  channel 36 (5GHz)  5180 MHz  width 80 MHz  center 5210 MHz"* ]]
	good dev wlan0 link del 0
	good -j dev wlan0 link
	[ "$(jq -c '[.links[].freq_mhz]' <<<"$output")" = '[5180]' ]
}

@test "tx power of a link is shown where the kernel tells it, and only there" {
	ap_mld wlan0
	"$start_ap" wlan0 0 first 2412
	told=$(iw dev wlan0 info | grep -c txpower || true)
	power=$("$iw_mlo" -j dev wlan0 | jq '[.. | .tx_power_dbm? // empty] | length')
	case $RIG_KERNEL in
	new) [ "$power" -ge 1 ] ;;          # inside the link
	stable) [ "$power" -le 1 ] ;;       # at the interface, if at all
	esac
	echo "iw: $told, iw-mlo: $power"
}

@test "punctured subchannels are named by frequency" {
	[ "$RIG_KERNEL" != stable ] || skip "the simulated radios of 6.12 cannot puncture"
	ap_mld wlan0
	"$start_ap" wlan0 1 first 5180 3 5210 2
	good -j dev wlan0 link show 1
	[ "$(jq -c '[.punctured_bitmap, .punctured_mhz]' <<<"$output")" = '[2,[5200]]' ]
	good dev wlan0 link show 1
	[[ $output == *"  punctured 0x0002 5200 MHz"* ]]
}

@test "JSON keys and values of link, as the manual promises them" {
	ap_mld wlan0
	good -j dev wlan0 link
	[ "$output" = '{"ifname":"wlan0","ifindex":3,"wdev":"0x1","type":"ap","addr":"02:00:00:00:00:00","links":[{"link_id":0,"addr":"02:00:00:00:0a:00"},{"link_id":1,"addr":"02:00:00:00:0a:01"}]}' ]
	good -jp dev wlan0 link
	[ "$(jq -c . <<<"$output")" = "$("$iw_mlo" -j dev wlan0 link)" ]
}

# ---- guard rails ----

@test "refused: the interface is down" {
	good dev wlan0 set type ap
	bad 2 "is down" "ip link set wlan0 up" -- dev wlan0 link add 0 addr 02:00:00:00:0a:00
	only_reads dev wlan0 link add 0 addr 02:00:00:00:0a:00
	ip link set wlan0 up
	good dev wlan0 link add 0 addr 02:00:00:00:0a:00
}

@test "refused: not an AP" {
	ip link set wlan0 up
	bad 2 "type station" "set type ap" -- dev wlan0 link add 0 addr 02:00:00:00:0a:00
	bad 2 "type station" -- dev wlan0 link del 0
	only_reads dev wlan0 link add 0 addr 02:00:00:00:0a:00
}

@test "refused: the link is there; its address stays as it was" {
	ap_mld wlan0
	bad 2 "link 1 is there already" 02:00:00:00:0a:01 "link del 1" -- \
		dev wlan0 link add 1 addr 02:00:00:00:0a:09
	only_reads dev wlan0 link add 1 addr 02:00:00:00:0a:09
	[ "$(links wlan0)" = "$both" ]
}

@test "refused: another link has the address" {
	ap_mld wlan0
	bad 2 "link 1 has the address 02:00:00:00:0a:01" -- dev wlan0 link add 2 addr 02:00:00:00:0a:01
	only_reads dev wlan0 link add 2 addr 02:00:00:00:0a:01
	[ "$(links wlan0)" = "$both" ]
}

@test "refused: a running AP without links, which keeps beaconing" {
	good dev wlan0 set type ap
	ip link set wlan0 up
	"$start_ap" wlan0 - plain 5180
	bad 2 "an AP without links runs here" -- dev wlan0 link add 0 addr 02:00:00:00:0a:00
	only_reads dev wlan0 link add 0 addr 02:00:00:00:0a:00
	good -j dev wlan0 link
	[ "$(jq -c '[.ssid, .links[0].freq_mhz, .links[0].link_id]' <<<"$output")" = '["plain",5180,null]' ]
	ip link set wlan1 up
	[[ $(heard_by wlan1 5180) == *"SSID: plain"* ]]
}

@test "refused: no such link, with those that there are" {
	ap_mld wlan0
	bad 2 "there is no link 3 (links: 0, 1)" -- dev wlan0 link del 3
	bad 2 "there is no link 14 (links: 0, 1)" -- dev wlan0 link show 14
	only_reads dev wlan0 link del 3
	good dev wlan0 link del 0
	bad 2 "there is no link 0 (links: 1)" -- dev wlan0 link del 0
}

@test "refused: without CAP_NET_ADMIN, though everything can be read" {
	ap_mld wlan0
	as_nobody() { setpriv --reuid=65534 --regid=65534 --clear-groups --inh-caps=-all "$iw_mlo" "$@"; }
	run --separate-stderr as_nobody dev wlan0 link add 3 addr 02:00:00:00:0a:03
	[ "$status" -eq 2 ]
	[ -z "$output" ]
	[ "$stderr" = "iw-mlo: dev wlan0 link add: refused by the kernel: EPERM (Operation not permitted); it needs CAP_NET_ADMIN: try as root" ]
	run --separate-stderr as_nobody dev wlan0 set type station
	[ "$status" -eq 2 ]
	for words in "dev" "-j dev" "phy" "dev wlan0" "dev wlan0 link" "-j dev wlan1 link"; do
		# shellcheck disable=SC2086 # words it is
		[ "$(as_nobody $words)" = "$("$iw_mlo" $words)" ]
	done
}

@test "a ghost link is called a ghost, and cannot be added to" {
	ap_mld wlan0
	"$start_ap" wlan0 0 first 2412
	run iw dev wlan0 set type managed
	[ "$status" -ne 0 ]
	good -j dev wlan0 link show 0
	[ "$(jq -c '[.link_id, .addr, .ghost]' <<<"$output")" = '[0,"00:00:00:00:00:00",true]' ]
	good dev wlan0 link
	[[ $output == *"link 0  addr 00:00:00:00:00:00  ghost: "* ]]
	bad 2 "link 0 is a ghost" "down and up" -- dev wlan0 link add 0 addr 02:00:00:00:0a:00
	ip link set wlan0 down
	ip link set wlan0 up
	good dev wlan0 link add 0 addr 02:00:00:00:0a:00
}

@test "a dry run changes nothing and prints what it would send" {
	ap_mld wlan0
	good -n dev wlan0 link del 1
	[ "$output" = "GET_INTERFACE IFINDEX 3
REMOVE_LINK IFINDEX 3 MLO_LINK_ID 1" ]
	good -jn dev wlan0 link add 2 addr 02:00:00:00:0a:02
	[ "$(jq -c '.[1]' <<<"$output")" = '{"command":"ADD_LINK","number":148,"attributes":{"ifindex":3,"mlo_link_id":2,"mac":"02:00:00:00:0a:02"}}' ]
	[ "$(links wlan0)" = "$both" ]
}
