# What is between a machine and working MLO, as each kernel, driver and regulatory domain has it.
# rig: mlosim.radios=2 csmesim.radios=1

bats_require_minimum_version 1.5.0
load helpers
load ap
load client

setup_file() {
	in_guest || return 0
	regdom DE
	! has_sim || ip link set sim0 up
}
setup() { only_in_guest; }
teardown() {
	in_guest || return 0
	rm -rf /run/wpa_supplicant /run/NetworkManager
	for soft in /sys/class/rfkill/rfkill*/soft; do echo 0 >"$soft"; done
	reset_dev wlan0
	! has_sim || "$iw_mlo" dev sim0 disconnect >/dev/null || true
}

# Which kernel it is, whatever the rig calls it.
is_rfc() { uname -r | grep -q '^5[.]10'; }
is_stable() { uname -r | grep -q '^6[.]12'; }

# The verdict, sentence and fact of a check.
of() { # CHECK [DEV]
	"$iw_mlo" -j check ${2:+"$2"} | jq -c --arg c "$1" '.[] | select(.check == $c) | [.verdict, .text, .fact]'
}
next_of() { # CHECK DEV
	"$iw_mlo" -j check "$2" | jq -r --arg c "$1" '.[] | select(.check == $c) | .next'
}

@test "the kernel: its dialect, and what it is too old for" {
	good -j check wlan0
	machine=$(jq -c 'map(select(.phy == null) | [.check, .verdict])' <<<"$output")
	if is_rfc; then
		[ "$machine" = '[["nl80211","ok"],["dialect","ok"],["permission","ok"]]' ]
		[ "$(of dialect wlan0)" = '["ok","links are devices, as the RFC of 2020 has them","no ADD_LINK; last attribute 299; attribute 299 is a nest, as the RFC'"'"'s is; iftypes up to 13"]' ]
	elif is_stable; then
		[ "$machine" = '[["nl80211","ok"],["dialect","ok"],["reconfiguration","attention"],["epcs","attention"],["link_statistics","attention"],["permission","ok"]]' ]
		[ "$(of dialect wlan0)" = '["ok","links have ids, as Linux has them since 6.0","the kernel has ADD_LINK; last attribute 332; attribute 299 is no nest, as the RFC'"'"'s would be; iftypes up to 12"]' ]
		[ "$(of link_statistics wlan0)" = '["attention","too old to tell the statistics of each link","last attribute 332, which should be 367"]' ]
		[ "$(next_of reconfiguration wlan0)" = "Linux 6.14 or newer" ]
	else
		missing=$("$iw_mlo" -j check wlan0 | jq -c 'map(select(.check == "link_statistics").next)')
		if uname -r | grep -q '^7[.]2'; then
			[ "$missing" = '["Linux 7.3 or newer"]' ]
		else
			[ "$machine" = '[["nl80211","ok"],["dialect","ok"],["kernel","ok"],["permission","ok"]]' ]
			[ "$(of kernel wlan0)" = '["ok","it is new enough for all that is asked here","bss_use, ttlm, radios, reconfiguration, epcs, link_statistics"]' ]
		fi
	fi
}

@test "the driver, and what it is for" {
	if is_rfc; then
		[ "$(of driver wlan0)" = '["problem","it does not support MLO on this device","driver mac80211_hwsim; ext feature 55 is not set"]' ]
		[ "$(of types wlan0)" = '["problem","link devices cannot be made","GET_WIPHY lists adhoc, station, ap, ap-vlan, monitor, p2p-client, p2p-go, p2p-device, ocb"]' ]
	else
		[ "$(of driver wlan0)" = '["ok","it supports MLO","driver mac80211_hwsim; MLO_SUPPORT is set"]' ]
		[ "$(of types wlan0)" = '["ok","stations and access points can be made","GET_WIPHY lists adhoc, station, ap, ap-vlan, monitor, p2p-client, p2p-go, p2p-device, ocb"]' ]
		[ "$(of channels wlan0)" = '["ok","it can be on 4 channels at a time","GET_WIPHY lists 1 interface combination"]' ]
		[ "$(of capabilities wlan0)" = '["attention","how many links a station uses at a time is not told","ap: EML 0x0081 (EMLSR, EMLMR), MLD 0x002e (15 links at a time; TID-to-link mapping: the same links for all TIDs)"]' ]
	fi
}

# The channels follow the domain a little later.
six_becomes() { # VERDICT
	local try
	for try in {1..100}; do
		six=$(of 6ghz wlan0)
		[ "$(jq -r '.[0] + .[1]' <<<"$six")" != "$1" ] || return 0
		sleep 0.02
	done
	echo "after $try looks: $six"
	return 1
}

@test "6 GHz: open in Europe, to be listened to in the US, closed where no country is set" {
	if is_rfc; then # its simulated radios end at 5 GHz
		[ "$(of 6ghz wlan0)" = '["attention","the driver has no such band for this device","GET_WIPHY lists no channel there"]' ]
		return
	fi
	six_becomes "okthe band is open"
	[ "$six" = '["ok","the band is open","24 of 59 channels enabled, 5955-6415 MHz"]' ]
	[ "$(of regdomain wlan0)" = '["ok","the country is DE","GET_REG: the global domain, country DE, DFS ETSI"]' ]
	[ "$(of bands wlan0 | jq -c '.[:2]')" = '["ok","3 bands are open"]' ]
	regdom US
	six_becomes "attentionthe band is open to listen: an AP must be heard first, and none be started"
	[ "$(jq -r '.[2]' <<<"$six")" = "59 of 59 channels enabled, 5955-7115 MHz; 59 of them to listen first (no-ir)" ]
	regdom 00
	six_becomes "attentionthe band is closed: no link can be there"
	[ "$(jq -r '.[2]' <<<"$six")" = "0 of 59 channels enabled; the domain of 00 has no rule there" ]
	[ "$(of regdomain wlan0 | jq -c '.[:2]')" = '["attention","no country is set: only what every country allows is open"]' ]
	[ "$(next_of 6ghz wlan0)" = '"iw-mlo reg set CC" asks for the domain of country CC' ]
	regdom DE
	six_becomes "okthe band is open"
}

@test "radios that are blocked: by software, and by Intel's firmware" {
	index=$(cat /sys/class/net/wlan0/phy80211/rfkill*/index)
	[ "$(of rfkill wlan0)" = "[\"ok\",\"the radio is not blocked\",\"rfkill$index: soft no, hard no\"]" ]
	echo 1 >"/sys/class/rfkill/rfkill$index/soft"
	[ "$(of rfkill wlan0)" = "[\"problem\",\"the radio is blocked\",\"rfkill$index: soft yes, hard no\"]" ]
	[ "$(next_of rfkill wlan0)" = "\"rfkill unblock $index\"" ]
	[ -d /sys/kernel/debug/csmesim ] || return 0
	[ "$(of rfkill csme0 | jq -r '.[2]')" = "rfkill$(cat /sys/class/net/csme0/phy80211/rfkill*/index): soft no, hard yes: not-owner" ]
	[ "$(of csme csme0 | jq -c '.[:2]')" = '["problem","Intel'"'"'s CSME firmware has the device"]' ]
	[ "$(next_of csme csme0)" = '"iw-mlo dev csme0 csme info" shows its connection, "iw-mlo dev csme0 csme takeover" takes it over' ]
	good dev csme0 csme info
	echo 1 >/sys/kernel/debug/csmesim/0/own
	for try in {1..100}; do
		[[ $(of csme csme0) != *problem* ]] || { sleep 0.02; continue; }
		break
	done
	[ "$(of csme csme0 | jq -c '.[:2]')" = '["ok","Intel'"'"'s CSME firmware does not block the device"]' ]
	[ "$(of driver csme0 | jq -r '.[0]')" = problem ]
	echo 0 >/sys/kernel/debug/csmesim/0/own
}

@test "an interface alone, or all of them" {
	good -j check
	[ "$(jq -c 'map(.ifname // empty) | unique | map(select(. == "wlan0" or . == "wlan1"))' <<<"$output")" = '["wlan0","wlan1"]' ]
	good -j check wlan1
	[ "$(jq -c 'map(.ifname // empty) | unique' <<<"$output")" = '["wlan1"]' ]
	[ "$(jq -c 'map(.phy // empty) | unique | length' <<<"$output")" = 1 ]
	bad 2 "no such interface" -- check nosuch0
	bad 2 "not a Wi-Fi interface" -- check lo
}

@test "an interface: down, and then up, and hints that are true" {
	[ "$(of state wlan0)" = '["attention","the interface is down","SIOCGIFFLAGS has no IFF_UP"]' ]
	hint=$(next_of state wlan0)
	[ "$hint" = '"ip link set wlan0 up"' ]
	eval "${hint//\"/}"
	[ -z "$(of state wlan0)" ]
	[ "$(of links wlan0)" = '["attention","it is not connected","GET_INTERFACE has no links, GET_SCAN no BSS of a connection"]' ]
}

@test "who else manages it" {
	[ "$(of manager wlan0 | jq -r '.[0]')" = ok ]
	mkdir -p /run/wpa_supplicant /run/NetworkManager/devices
	touch /run/wpa_supplicant/wlan0
	[ "$(of manager wlan0)" = '["attention","wpa_supplicant manages it, and may undo what is changed here","/run/wpa_supplicant/wlan0"]' ]
	index=$(cat /sys/class/net/wlan0/ifindex)
	printf '[device]\nmanaged=true\n' >"/run/NetworkManager/devices/$index"
	[ "$(of manager wlan0)" = "[\"attention\",\"NetworkManager manages it, and may undo what is changed here\",\"/run/NetworkManager/devices/$index\"]" ]
}

@test "without privileges, and without debugfs" {
	before=$("$iw_mlo" -j check wlan0 | jq -c 'map(select(.check != "permission" and .check != "debugfs") | [.check, .verdict, .fact])')
	plain() { setpriv --reuid 65534 --clear-groups --bounding-set -all --inh-caps -all "$@"; }
	run --separate-stderr plain "$iw_mlo" -j check wlan0
	[ "$status" -eq 0 ] && [ -z "$stderr" ]
	[ "$(jq -c 'map(select(.check != "permission" and .check != "debugfs") | [.check, .verdict, .fact])' <<<"$output")" = "$before" ]
	[ "$(jq -c '.[] | select(.check == "permission") | [.verdict, .fact, .next]' <<<"$output")" = \
		'["attention","GET_KEY, which needs CAP_NET_ADMIN and names no interface here, is answered with EPERM","changes need CAP_NET_ADMIN: as root"]' ]
	! is_rfc || return 0 # whose links no file tells of
	[ "$(jq -c '.[] | select(.check == "debugfs") | [.verdict, .fact, .next]' <<<"$output")" = '["attention","active_links may not be read","run it as root"]' ]
	[ "$(of debugfs wlan0 | jq -r '.[0]')" = ok ]
	mkdir -p -m 0700 /run/wpa_supplicant
	run --separate-stderr plain "$iw_mlo" -j check wlan0
	[ "$(jq -c '.[] | select(.check == "manager") | [.verdict, .text, .fact, .next]' <<<"$output")" = \
		'["attention","whether anyone else manages it cannot be told","/run may not be searched for wpa_supplicant and NetworkManager","run it as root"]' ]
	hint=$(unshare -m sh -c 'umount /sys/kernel/debug; "$0" -j check wlan0' "$iw_mlo" | jq -r '.[] | select(.check == "debugfs") | .next')
	[ "$hint" = '"mount -t debugfs debugfs /sys/kernel/debug", if it is not' ]
	[ "$(unshare -m sh -c 'umount /sys/kernel/debug; mount -t debugfs debugfs /sys/kernel/debug; "$0" -j check wlan0' "$iw_mlo" |
		jq -r '.[] | select(.check == "debugfs") | .verdict')" = ok ]
}

@test "only reads, in text of 80 columns, without colour in a pipe" {
	only_reads check
	only_reads check wlan0
	good check
	[ "$(wc -L <<<"$output")" -le 80 ]
	[[ $output != *$'\e'* ]]
	[[ ${lines[-1]} =~ ^[0-9]+\ problem,\ [0-9]+\ attention,\ [0-9]+\ ok$ ]]
	[ "${lines[-1]}" = "$("$iw_mlo" -j check | jq -r 'map(.verdict) | "\(map(select(. == "problem")) | length) problem, \(map(select(. == "attention")) | length) attention, \(map(select(. == "ok")) | length) ok"')" ]
	good -c always check
	[[ $output == *$'\e[1;32mok\e[0m'*$'\e[1;33mattention\e[0m'* ]]
	run script -qec "TERM=xterm $iw_mlo check wlan0" /dev/null
	[[ $output == *$'\e[1;32mok\e[0m'* ]]
	run script -qec "TERM=xterm NO_COLOR=1 $iw_mlo check wlan0" /dev/null
	[[ $output != *$'\e'* ]]
}

@test "a connection: every link, one less, and one without MLO" {
	needs_sim
	! is_rfc || return 0 # its links are devices
	good dev sim0 connect mlosim
	[ "$(of links sim0)" = '["ok","3 are set up, and all of them active","set up: 0,1,2; active: 0,1,2 (by channel); limit at a time: not told by the driver, 5 by the AP"]' ]
	[ "$(of ap_links sim0 | jq -r '.[0]')" = ok ]
	echo "sim0 2" >"$sim/lose"
	[ "$(of links sim0 | jq -r '.[2]')" = "set up: 0,1; active: 0,1 (by channel); limit at a time: not told by the driver, 5 by the AP" ]
	[ "$(of ap_links sim0)" = '["attention","link 2 of the AP is not set up","5955 MHz (6GHz); heard, and nothing here forbids it"]' ]
	echo "sim0 0" >"$sim/lose"
	[ "$(of links sim0 | jq -c '.[:2]')" = '["attention","the connection has one link only"]' ]
	good dev sim0 disconnect
	good dev sim0 connect mlosim-legacy
	[ "$(of links sim0)" = '["attention","the connection is without MLO: the AP is no MLD","BSS 02:4d:4c:4f:00:05 has no basic Multi-Link element"]' ]
}

@test "a station on two links of three, and hints that bring the third" {
	! is_rfc || return 0 # no mac80211 with links
	begin_test
	ap start rig "$three"
	channels="2412 5180" associate 0,1
	good check wlan1
	[ "$(wc -L <<<"$output")" -le 80 ]
	[ "$(of links wlan1)" = '["ok","2 are set up, and all of them active","set up: 0,1; active: 0,1 (by debugfs); limit at a time: not told by the driver, 3 by the AP"]' ]
	[ "$(of debugfs wlan1 | jq -r '.[0]')" = ok ]
	[ "$(of ap_links wlan1)" = '["attention","link 2 of the AP is not set up","5955 MHz (6GHz); announced, but not heard"]' ]
	hint=$(next_of ap_links wlan1)
	[ "$hint" = '"iw-mlo dev wlan1 scan freq 5955 passive" listens for it' ]
	good dev wlan1 scan freq 5955 passive
	[ "$(of ap_links wlan1 | jq -r '.[2]')" = '5955 MHz (6GHz); heard, and nothing here forbids it' ]
	hint=$(next_of ap_links wlan1)
	if is_stable; then # which cannot
		[ "$hint" = null ]
	else
		[ "$hint" = '"iw-mlo dev wlan1 link reconf add 2" asks the AP for it' ]
		good dev wlan1 link reconf add 2
		[ "$(of ap_links wlan1)" = '["ok","every link that the AP tells of is set up","3 in the table of BSSes"]' ]
	fi
	# what mac80211 does not use, though it is set up
	echo 0x1 >/sys/kernel/debug/ieee80211/phy1/netdev:wlan1/active_links
	[ "$(of links wlan1 | jq -r '.[0], .[1]' | head -n 2 | sed 's/[23] are/N are/' | tr '\n' ' ')" = "attention N are set up, but only 1 active " ]
	end_test
}

@test "an AP: every link of it beacons" {
	! is_rfc || return 0
	begin_test
	ap start rig 0:2412 1:5180
	[ "$(of links wlan0)" = '["ok","every link of this AP MLD has a channel","GET_INTERFACE lists 0,1"]' ]
	end_test
}

@test "an AP: without links, and with some that do not beacon" {
	! is_rfc || return 0 # no kernel for AP MLDs
	iw dev wlan0 set type __ap
	ip link set wlan0 up
	[ "$(of links wlan0)" = '["attention","this AP has no links: it is no MLD","GET_INTERFACE lists none"]' ]
	[ "$(next_of links wlan0)" = '"iw-mlo dev wlan0 link add ID addr MAC"' ]
	good dev wlan0 link add 0 addr 02:00:00:00:0a:00
	good dev wlan0 link add 3 addr 02:00:00:00:0a:03
	[ "$(of links wlan0)" = '["attention","links without a channel, so no beacon: 0,3","GET_INTERFACE lists 0,3"]' ]
}

@test "link devices of the RFC" {
	needs_sim
	is_rfc || return 0 # links have ids here
	[ "$(of driver sim0 | jq -c '.[0]')" = '"ok"' ]
	good dev sim0 connect mlosim
	[ "$(of links sim0)" = '["attention","the connection has one link only","link devices: 0; with a channel: 0; stations with a channel: 1"]' ]
	good dev sim0 disconnect
	phy=$("$iw_mlo" -j dev sim0 | jq -r .phy)
	wdev=$("$iw_mlo" -j phy "$phy" interface add ld type mlo-link-device | jq -r .wdev)
	good dev sim0 connect mlosim
	[ "$(of links sim0)" = '["ok","the connection has 1 link device","link devices: 1; with a channel: 1; stations with a channel: 1"]' ]
	good dev sim0 disconnect
	good wdev "$wdev" del
}
