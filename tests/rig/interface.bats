# Interfaces made and removed on a real kernel, and what a phy can do.

bats_require_minimum_version 1.5.0
load helpers

setup() { only_in_guest; }

teardown() {
	# whatever a test made, and left
	for wdev in $("$iw_mlo" -j dev | jq -r '.[].interfaces[] | select(.ifname != "wlan0" and .ifname != "wlan1") | .wdev'); do
		"$iw_mlo" wdev "$wdev" del
	done
}

dialect() { "$iw_mlo" -j phy phy0 caps | jq -r .dialect; }
wdevs() { "$iw_mlo" -j dev | jq '[.[].interfaces[]] | length'; }

@test "interfaces of every type that the phy supports" {
	for type in $("$iw_mlo" -j phy phy0 | jq -r '.types - ["ap-vlan", "p2p-device"] | .[]'); do
		good -j phy phy0 interface add new0 type "$type" addr 02:00:00:00:0c:01
		[ "$(jq -c '[.phy, .ifname, .type, .addr]' <<<"$output")" = "[\"phy0\",\"new0\",\"$type\",\"02:00:00:00:0c:01\"]" ]
		good dev new0 info
		good dev new0 del
		[ -z "$output" ]
		bad 2 "no such interface" -- dev new0
	done
}

@test "an interface without a netdev: its wdev id is told, and removes it" {
	good phy phy0 interface add nothing type p2p-device
	[[ ${lines[1]} == *"	wdev 0x"*"  type p2p-device  addr "* ]]
	wdev=$(grep -o '0x[0-9a-f]*' <<<"${lines[1]}")
	good wdev "$wdev" del
	bad 2 "no such wdev" -- wdev "$wdev" del
}

@test "a name that is taken" {
	before=$(wdevs)
	bad 2 "interface of this name" -- phy phy0 interface add wlan1 type station
	bad 2 "interface of this name" -- phy phy0 interface add lo type station
	only_reads phy phy0 interface add wlan1 type station
	[ "$(wdevs)" -eq "$before" ]
}

@test "an address that is taken, by whom" {
	before=$(wdevs)
	bad 2 "interface wlan1 (wdev 0x100000001) has the address 02:00:00:00:01:00 already" -- \
		phy phy0 interface add new0 type station addr 02:00:00:00:01:00
	only_reads phy phy0 interface add new0 type station addr 02:00:00:00:01:00
	[ "$(wdevs)" -eq "$before" ]
}

@test "a type that the phy does not support" {
	before=$(wdevs)
	bad 2 "EOPNOTSUPP" "the hardware supports adhoc, station, ap" -- phy phy0 interface add new0 type wds
	[ "$(wdevs)" -eq "$before" ]
}

@test "a phy that is not there" {
	bad 2 "no such phy" -- phy phy7 interface add new0 type station
}

@test "a link device is not asked of a kernel that has none, and nothing is sent" {
	[ "$(dialect)" != rfc ] || skip "this kernel has them"
	only_reads phy phy0 interface add new0 type mlo-link-device
	[[ $stderr == *'no interface type "mlo-link-device"'*"nothing was sent"* ]]
	only_reads dev wlan0 set type mlo-link-device
}

@test "without CAP_NET_ADMIN nothing is made" {
	run --separate-stderr setpriv --reuid=65534 --clear-groups --inh-caps=-all \
		"$iw_mlo" phy phy0 interface add new0 type station
	[ "$status" -eq 2 ]
	[[ $stderr == *"EPERM (Operation not permitted)"*CAP_NET_ADMIN* ]]
}

@test "a dry run makes nothing" {
	before=$(wdevs)
	good -n phy phy0 interface add new0 type ap
	[[ ${lines[-1]} == 'NEW_INTERFACE WIPHY 0 IFNAME "new0" IFTYPE 3' ]]
	[ "$(wdevs)" -eq "$before" ]
}

@test "caps: types, combinations, MLO, and the dialect with its evidence" {
	good -j phy phy0 caps
	caps=$(jq -c '[.phy, .mlo, .dialect, .evidence.add_link, .evidence.link_info_is_nest]' <<<"$output")
	case $RIG_KERNEL in
	rfc) [ "$caps" = '["phy0",false,"rfc",false,true]' ] ;;
	new | stable) [ "$caps" = '["phy0",true,"links",true,false]' ] ;;
	esac
	[ "$(jq '.combinations | length' <<<"$output")" -ge 1 ]
	[ "$(jq '[.combinations[0].limits[].types[]] | index("station") != null' <<<"$output")" = true ]
	[ "$(jq .evidence.iftype_max <<<"$output")" -ge 12 ]
	good phy phy0 caps
	[[ ${lines[1]} == "	dialect "*"attribute 299 is "* ]]
	[[ $output == *"	combination "*" of {"*station*"}; "*" in all on "*channel* ]]
}
