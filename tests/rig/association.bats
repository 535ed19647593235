# A real multi-link association on mac80211: the rig's own AP MLD on one radio, iw-mlo connects the other.
# rig: mac80211_hwsim.radios=3

bats_require_minimum_version 1.5.0
load helpers
load ap
load client

setup_file() { begin_file; }
setup() { begin_test; }
teardown() {
	exec 8>&- # which ends the second AP
	end_test
	rm -rf /run/wpa_supplicant
}

# A second AP with this SSID, on the third radio.
second_ap() { # SSID ID:MHZ
	rm -f /tmp/second.in
	mkfifo /tmp/second.in
	"$ap_mld" wlan2 </tmp/second.in >/tmp/second.log 2>&1 3>&- 7>&- &
	exec 8>/tmp/second.in
	echo "start $*" >&8
	until grep -q '^ok' /tmp/second.log; do sleep 0.02; done
}

@test "links on 2.4, 5 and 6 GHz: one, two, three of them" {
	for links in 0:2412 1:5180 2:5955 "0:2412 1:5180" "1:5180 2:5955" "0:2412 1:5180 2:5955"; do
		ap start rig "$links"
		[ "$(links_of wlan0)" = "[$(sed 's/:/,/g; s/[^ ]*/[&]/g; s/ /,/g' <<<"$links")]" ]
		ap stop
		[ "$(links_of wlan0)" = '[]' ]
	done
	ap_is_clean
}

@test "80 MHz on 5 and 6 GHz" {
	ap start rig 3:5220/80 4:5955/80
	channels="5220 5955" associate 3,4
	run jq -c '[.links[] | [.freq_mhz, .width_mhz, .center_freq1_mhz]]' <("$iw_mlo" -j dev wlan1 link)
	[ "$output" = '[[5220,80,5210],[5955,80,5985]]' ]
	ap_is_clean
}

@test "a scan finds every link, with its MLD and its neighbours" {
	ap start rig "$three"
	good -j dev wlan1 scan freq 2412 freq 5180 freq 5955 ssid rig flush
	echo "$output"
	[ "$(jq -c '[.[] | .ap_mld_addr, .ssid, .contradictions, (.links[] | [.link_id, .bssid, .freq_mhz, .heard, .announced.in])]' <<<"$output")" = \
		'["02:00:00:00:00:00","rig",null,[0,"02:00:00:00:00:10",2412,true,"rnr"],[1,"02:00:00:00:00:11",5180,true,"rnr"],[2,"02:00:00:00:00:12",5955,true,"rnr"]]' ]
	# as another program has it: Reduced Neighbor Report (201): the other two links
	iw dev wlan1 scan -u freq 2412 5180 5955 flush ssid rig >/tmp/scan
	[ "$(grep -c '^BSS 02:00:00:00:00:1' /tmp/scan)" -eq 3 ]
	[ "$(grep -cE 'Unknown IE \(201\): 00 10 (51|73|83) ' /tmp/scan)" -eq 3 ]
	[ "$(grep -cE 'Unknown IE \(201\):( [0-9a-f]{2}){40}$' /tmp/scan)" -eq 3 ]
	ap_is_clean
}

@test "profiles in a probe response make a BSS of every link on a scan of one channel" {
	ap start rig "$three"
	# of what was heard itself, the kernel takes no profile
	good dev wlan1 scan freq 5180 flush
	channels=5180 refused "link 0 of the AP was not heard: it has 1" 1,0,2
	ap profiles on
	channels=5180 associate 1,0,2
	happens "assoc $client links 0,1,2 status 0"
	becomes wlan1 '[[0,2412],[1,5180],[2,5955]]'
	ap_is_clean
}

@test "association with two links, as both kernels have it" {
	ap start rig 0:2412 1:5180
	channels="2412 5180" associate 0,1
	[ "$(links_of wlan1)" = '[[0,2412],[1,5180]]' ]
	happens "auth $client link 0 status 0"
	happens "assoc $client links 0,1 status 0"
	[ "$("$iw_mlo" -j dev wlan1 link | jq -r .state)" = connected ]
	run ap stations
	[ "$output" = "ok $client links 0,1 authorized" ]
	authorized
	[ "$(cat /sys/kernel/debug/ieee80211/phy1/netdev:wlan1/active_links)" = 0x3 ]
	ap_is_clean
}

@test "association with three links, on any of them, and data both ways" {
	ap start rig "$three"
	for links in 0,1,2 1,0,2 2,0,1; do
		associate $links
		[ "$(links_of wlan1)" = '[[0,2412],[1,5180],[2,5955]]' ] # each has a frequency, at once
		happens "auth $client link ${links:0:1} status 0"
		happens "assoc $client links 0,1,2 status 0"
		authorized
		frame_passes wlan0 wlan1 $client
		frame_passes wlan1 wlan0 02:00:00:00:00:00
		frame_passes wlan0 wlan1 ff:ff:ff:ff:ff:ff
		disconnect
		happens "gone $client reason 3"
		run iw dev wlan0 station dump
		[ -z "$output" ]
		mark
	done
	ap_is_clean
}

@test "without a choice, every link; on all channels, unless some are named" {
	ap start rig "$three"
	good -j dev wlan1 connect rig
	[ "$(jq -c '[.status, [.links[] | [.link_id, .status]]]' <<<"$output")" = '["success",[[0,"success"],[1,"success"],[2,"success"]]]' ]
	[ "$(links_of wlan1)" = '[[0,2412],[1,5180],[2,5955]]' ]
	bad 2 "connected already" -- dev wlan1 connect rig
	disconnect
	bad 2 "not connected" -- dev wlan1 disconnect
	channels="2412 5955" associate
	[ "$(links_of wlan1)" = '[[0,2412],[2,5955]]' ]
	ap_is_clean
}

@test "one link of three, and a link that the AP does not have" {
	ap start rig "$three"
	associate 2
	happens "assoc $client links 2 status 0"
	[ "$(links_of wlan1)" = '[[2,5955]]' ]
	disconnect
	refused "link 5 of the AP was not heard: it has 0, 1, 2" 0,5
	ap_is_clean
}

@test "accepted in part: the refused links and their statuses are told" {
	ap start rig "$three"
	ap refuse 1 status 37
	associate 0,1,2
	[[ $output == *"link 1  bssid 02:00:00:00:00:11  addr "*"  status 37 ("* ]]
	[ "$(grep -c 'status 0 (success)' <<<"$output")" -eq 3 ]
	happens "assoc $client links 0,2 status 0 refused 1"
	[ "$(links_of wlan1)" = '[[0,2412],[2,5955]]' ]
	disconnect
	ap refuse 1 status 0
	associate 0,1,2
	happens "assoc $client links 0,1,2 status 0"
	ap_is_clean
}

@test "refused: authentication, association, the association link, no answer; and the next attempt works" {
	ap start rig "$three"
	ap auth refuse 30
	refused "the authentication was refused by the AP: status 30" 0,1
	happens "auth $client link 0 status 30"
	ap auth silent
	refused "the AP did not answer the authentication" 0,1
	ap auth accept
	ap assoc refuse 17
	refused "the association was refused by the AP: status 17" 0,1
	happens "assoc $client links - status 17"
	ap assoc accept
	ap refuse 1 status 37
	refused "status 37" 1,0
	happens "assoc $client links - status 37"
	ap refuse 1 status 0
	ap assoc silent
	refused "the AP did not answer the association" 0,1
	happens "assoc $client unanswered"
	run ap stations
	[ "$output" = ok ]
	ap assoc accept
	associate 0,1
	[ "$(links_of wlan1)" = '[[0,2412],[1,5180]]' ]
	! grep '^failed' "$ap_log"
}

@test "an interface that is down, and one that is no station" {
	ap start rig "$three"
	ip link set wlan1 down
	bad 2 "ENETDOWN" -- dev wlan1 connect rig
	bad 2 "is of type ap" -- dev wlan0 connect rig
}

@test "no AP, and two of which one has to be chosen" {
	ap start rig 0:2412 1:5180
	bad 2 "no AP with this SSID was heard" -- dev wlan1 connect nothing freq 2412
	second_ap rig 3:5220
	bad 2 '2 APs have this SSID: choose one by "bssid BSSID"' -- dev wlan1 connect rig freq 2412 freq 5180 freq 5220
	bad 2 "no AP with this SSID and BSSID was heard" -- dev wlan1 connect rig freq 2412 bssid 02:00:00:00:02:13
	# by a link, and by the MLD
	good -j dev wlan1 connect rig freq 2412 freq 5180 freq 5220 bssid 02:00:00:00:02:13
	[ "$(jq -r .ap_mld_addr <<<"$output")" = 02:00:00:00:02:00 ]
	[ "$(links_of wlan1)" = '[[3,5220]]' ]
	disconnect
	good -j dev wlan1 connect rig freq 2412 freq 5180 freq 5220 bssid 02:00:00:00:00:00
	[ "$(links_of wlan1)" = '[[0,2412],[1,5180]]' ]
}

@test "who manages the interface is asked first" {
	ap start rig 0:2412
	mkdir -p /run/wpa_supplicant
	touch /run/wpa_supplicant/wlan1
	bad 2 "wpa_supplicant manages this interface" -- dev wlan1 connect rig freq 2412
	good dev wlan1 connect rig freq 2412 --force
	[ "$(links_of wlan1)" = '[[0,2412]]' ]
}

@test "the AP ends it, with a reason" {
	ap start rig "$three"
	associate 0,1,2
	ap deauth $client reason 5
	happens "gone $client reason 5"
	becomes wlan1 '[]'
	run ap stations
	[ "$output" = ok ]
	associate 0,1,2
	happens "assoc $client links 0,1,2 status 0"
	ap_is_clean
}

@test "the client vanishes, and comes back" {
	ap start rig "$three"
	associate 0,1,2
	echo 2 >/sys/kernel/debug/ieee80211/phy1/hwsim/group
	ap deauth $client reason 5
	happens "gone $client reason 5"
	echo 1 >/sys/kernel/debug/ieee80211/phy1/hwsim/group
	[ "$("$iw_mlo" -j dev wlan1 link | jq -r .state)" = connected ] # it has not heard
	disconnect
	associate 0,1,2
	happens "assoc $client links 0,1,2 status 0"
	# and again, without a word in between
	renew_client
	ip link set wlan1 up
	associate 1,2
	happens "assoc $client links 1,2 status 0"
	run ap stations
	[ "$output" = "ok $client links 1,2 authorized" ]
	# or another program of the AP's puts an end to it
	mark
	iw dev wlan0 station del $client
	happens "gone $client"
	! grep '^failed' "$ap_log"
}

@test "a client without MLO, and with" {
	ap start rig "$three"
	# shellcheck disable=SC2086 # a list
	iw dev wlan1 scan freq $channels flush ssid rig >/dev/null
	iw dev wlan1 connect rig
	happens "assoc $client links [012] status 0 legacy"
	authorized
	frame_passes wlan0 wlan1 $client
	frame_passes wlan1 wlan0 02:00:00:00:00:00
	[ "$("$iw_mlo" -j dev wlan1 link | jq -c '[.links[] | .link_id]')" = '[null]' ]
	disconnect
	happens "gone $client reason 3"
	# the same address as an MLD, and again not, on a link that goes
	associate 0,1,2
	happens "assoc $client links 0,1,2 status 0"
	disconnect
	ap refuse 0 status 17
	ap refuse 1 status 17
	iw dev wlan1 scan freq 5955 flush ssid rig >/dev/null
	iw dev wlan1 connect rig 5955
	happens "assoc $client links 2 status 0 legacy"
	ap remove 2 in 2
	happens "gone $client reason 3"
	happens "removed 2"
	becomes wlan1 '[]'
	ap_is_clean
}

@test "commands that are wrong, and those that the kernel refuses, are answered" {
	run ap start rig
	[[ $output == "error EINVAL "* ]]
	for words in "start" "start rig 15:2412" "start rig 0:2413" "start rig 0:2412/80" "start rig 0:2412 0:5180" \
		"remove 0 in 5" "switch 0 2437" "refuse 0 status 1" "deauth $client reason 1" "nonsense" "auth" "ttlm no"; do
		run ap "$words"
		[[ $output == "error EINVAL "* ]]
	done
	run ap start rig 0:2412 1:7115
	[ "$output" = "error EINVAL START_AP" ]
	grep -q '^failed EINVAL START_AP: ' "$ap_log"
	[ "$(links_of wlan0)" = '[]' ]
	ap start rig 0:2412
	run ap start rig 0:2412
	[ "$output" = "error EINVAL started already" ]
}

@test "an AP whose program is killed beacons no more" {
	ap start rig "$three"
	associate 0,1,2
	kill -9 "$ap_pid"
	wait "$ap_pid" || true
	becomes wlan0 '[[0,null],[1,null],[2,null]]'
	disconnect
	reset_dev wlan0
	ap_open wlan0
	ap start rig 0:2412
	channels=2412 associate 0
	ap_is_clean
}
