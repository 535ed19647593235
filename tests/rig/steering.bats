# What happens to a multi-link connection on mac80211: links that come, go and sleep, as client or AP ask for.

bats_require_minimum_version 1.5.0
load helpers
load ap
load client

setup_file() { begin_file; }
setup() { begin_test; }
teardown() { end_test; }

# What all of it needs; since 6.14.
needs_reconf() { has_reconf || skip "this kernel has no ASSOC_MLO_RECONF and no EPCS_CFG"; }
has_reconf() { [ "$(uname -r | awk -F. '{ print $1 * 100 + $2 }')" -ge 614 ]; }

@test "a link is removed, announced before" {
	ap start rig "$three"
	associate 0,1,2
	ap remove 1 in 5
	[ "$(links_of wlan1)" = '[[0,2412],[1,5180],[2,5955]]' ]
	happens "removed 1"
	becomes wlan1 '[[0,2412],[2,5955]]'
	[ "$(links_of wlan0)" = '[[0,2412],[2,5955]]' ]
	run ap stations
	[ "$output" = "ok $client links 0,2 authorized" ]
	frame_passes wlan0 wlan1 $client
	frame_passes wlan1 wlan0 02:00:00:00:00:00
	ap_is_clean
}

@test "the association link is removed; then the last but one" {
	ap start rig "$three"
	associate 0,1,2
	ap remove 0 in 3
	happens "removed 0"
	becomes wlan1 '[[1,5180],[2,5955]]'
	frame_passes wlan1 wlan0 02:00:00:00:00:00
	ap remove 1 in 3
	happens "removed 1"
	becomes wlan1 '[[2,5955]]'
	run ap stations
	[ "$output" = "ok $client links 2 authorized" ]
	frame_passes wlan1 wlan0 02:00:00:00:00:00
	ap_is_clean
}

@test "a removal is called off" {
	ap start rig "$three"
	associate 0,1
	ap remove 1 in 10
	sleep 0.4
	ap keep 1
	sleep 1
	[ "$(links_of wlan1)" = '[[0,2412],[1,5180]]' ]
	[ "$(links_of wlan0)" = '[[0,2412],[1,5180],[2,5955]]' ]
	ap_is_clean
}

@test "one link changes its channel, the others stay" {
	ap start rig "$three"
	associate 0,1,2
	ap switch 0 2437
	happens "switched 0 2437"
	becomes wlan1 '[[0,2437],[1,5180],[2,5955]]'
	ap switch 1 5745 in 3
	happens "switched 1 5745"
	becomes wlan1 '[[0,2437],[1,5745],[2,5955]]'
	ap switch 2 6015
	ap switch 0 2462
	becomes wlan1 '[[0,2462],[1,5745],[2,6015]]'
	becomes wlan0 '[[0,2462],[1,5745],[2,6015]]'
	frame_passes wlan0 wlan1 $client
	run ap stations
	[ "$output" = "ok $client links 0,1,2 authorized" ]
	ap_is_clean
}

@test "reconfiguration: links are added and deleted, as the client asks" {
	needs_reconf
	ap start rig "$three"
	channels="2412 5180" associate 0,1
	good dev wlan1 link reconf add 2 # which it has not heard yet
	[[ ${lines[0]} == "wlan1  added 2" ]] && [[ ${lines[3]} == *"link 2  addr "* ]]
	happens "reconf $client add 2 status 0 links 0,1,2"
	becomes wlan1 '[[0,2412],[1,5180],[2,5955]]'
	good -j dev wlan1 link reconf del 0
	[ "$(jq -c '[.operations, [.links[] | .link_id]]' <<<"$output")" = '[[{"link_id":0,"operation":"del"}],[1,2]]' ]
	happens "reconf $client del 0 status 0 links 1,2"
	[ "$(links_of wlan1)" = '[[1,5180],[2,5955]]' ]
	frame_passes wlan1 wlan0 02:00:00:00:00:00
	mark
	good -j dev wlan1 link reconf add 0 del 1
	[ "$(jq -c '[.operations[] | [.link_id, .operation, .status]]' <<<"$output")" = '[[0,"add","success"],[1,"del","success"]]' ]
	happens "reconf $client (add 0|del 1) status 0 (add 0|del 1) status 0 links 0,2"
	[ "$(links_of wlan1)" = '[[0,2412],[2,5955]]' ]
	authorized
	ap_is_clean
}

@test "reconfiguration: what cannot be is explained, and nothing is sent" {
	needs_reconf
	ap start rig "$three"
	bad 2 "not connected" -- dev wlan1 link reconf add 2
	associate 0,1
	for words in "add 1:link 1 is there already (links: 0,1)" "del 2:there is no link 2 (links: 0,1)" \
		"del 0 del 1:no link would be left to ask over: one of 0,1 has to stay" \
		"add 5:the AP has no link 5 (it has 0,1,2)"; do
		# shellcheck disable=SC2086 # words
		bad 2 "${words#*:}" -- dev wlan1 link reconf ${words%%:*}
		# shellcheck disable=SC2086 # words
		only_reads dev wlan1 link reconf ${words%%:*}
	done
	bad 2 "the interface is of type ap" -- dev wlan0 link reconf del 0
	[ "$(links_of wlan1)" = '[[0,2412],[1,5180]]' ]
	ap_is_clean
}

@test "reconfiguration: refused, and not answered" {
	needs_reconf
	ap start rig "$three"
	associate 0,1
	ap reconf refuse 37
	bad 2 "the AP refused link 2, with a status that the kernel does not tell (links: 0,1)" -- dev wlan1 link reconf add 2
	happens "reconf $client add 2 status 37 links 0,1"
	[ "$(links_of wlan1)" = '[[0,2412],[1,5180]]' ]
	# a link that the kernel has taken away already
	bad 2 "refused to delete a link, and so the kernel ended the connection" -- dev wlan1 link reconf del 1
	happens "gone $client reason 4"
	ap reconf silent
	associate 0,1
	bad 2 "the AP gave no usable answer, and so the kernel ended the connection" -- dev wlan1 link reconf add 2
	[ "$(links_of wlan1)" = '[]' ]
	happens "gone $client reason 4"
	ap_is_clean
}

@test "reconfiguration on a kernel that has none" {
	! has_reconf || skip "this kernel has it"
	ap start rig "$three"
	associate 0,1
	bad 2 "its nl80211 lacks ASSOC_MLO_RECONF, which Linux has since 6.14" -- dev wlan1 link reconf add 2
	bad 2 "its nl80211 lacks EPCS_CFG, which Linux has since 6.14" -- dev wlan1 epcs on
}

@test "TID-to-link mapping: a link goes to sleep and wakes up" {
	ap start rig "$three"
	associate 0,1,2
	good dev wlan1 ttlm set all=0,1
	[ "${lines[0]}" = "wlan1  ttlm  all=0,1" ]
	happens "ttlm $client element ff136d02ff(0300){8} status 0"
	[ "$(links_of wlan1)" = '[[0,2412],[1,5180],[2,null]]' ]
	good -j dev wlan1 ttlm set 0-7=0-2
	[ "$(jq -c '[.ttlm | unique_by(.uplink)[]]' <<<"$output")" = '[{"tid":0,"downlink":[0,1,2],"uplink":[0,1,2]}]' ]
	becomes wlan1 '[[0,2412],[1,5180],[2,5955]]'
	frame_passes wlan1 wlan0 02:00:00:00:00:00
	ap_is_clean
}

@test "TID-to-link mapping: what cannot be is explained, and nothing is sent" {
	ap start rig "$three"
	bad 2 "not connected" -- dev wlan1 ttlm set all=0
	associate 0,1
	bad 2 "link 2,3 is not part of the connection (links: 0,1)" -- dev wlan1 ttlm set all=0,2,3
	only_reads dev wlan1 ttlm set all=0,2,3
	# hwsim takes only one of all TIDs to the same links
	bad 2 "EINVAL" "some take only one of all TIDs to the same links" -- dev wlan1 ttlm set 0-3=0 4-7=1
	[ "$(links_of wlan1)" = '[[0,2412],[1,5180]]' ]
	ap_is_clean
}

@test "TID-to-link mapping: refused, and not answered" {
	ap start rig "$three"
	for answer in "refuse 134" silent; do
		associate 0,1,2
		ap ttlm "$answer"
		bad 2 "the AP refused the mapping, or did not answer, and so the kernel ended the connection" -- dev wlan1 ttlm set all=0
		happens "ttlm $client element .* (status 134|unanswered)"
		[ "$(links_of wlan1)" = '[]' ]
		happens "gone $client reason 4"
	done
}

@test "EPCS: on, off, refused, unanswered" {
	needs_reconf
	ap start rig "$three"
	associate 0,1
	good -j dev wlan1 epcs on
	[ "$(jq -c '[.epcs, .changed]' <<<"$output")" = '[true,true]' ]
	happens "epcs $client on status 0"
	bad 4 "it is on already, or the AP refused or did not answer" -- dev wlan1 epcs on
	good dev wlan1 epcs off
	[ "$output" = "wlan1  epcs off" ]
	happens "epcs $client off"
	good dev wlan1 epcs off
	[ "$output" = "wlan1  epcs off  as it was" ]
	ap epcs refuse 37
	bad 4 "the AP refused or did not answer" -- dev wlan1 epcs on
	happens "epcs $client on status 37"
	ap epcs silent
	bad 4 "the AP refused or did not answer" -- dev wlan1 epcs on
	bad 2 "EALREADY" '("epcs off" takes it back)' -- dev wlan1 epcs on
	good dev wlan1 epcs off
	ap epcs accept
	good dev wlan1 epcs on
	! grep '^failed' "$ap_log"
}

@test "events of all that, on the client and on the AP" {
	ap start rig "$three"
	"$iw_mlo" -j event >/tmp/events 2>&1 3>&- &
	events=$!
	sleep 0.1
	associate 0,1,2
	ap remove 1 in 2
	becomes wlan1 '[[0,2412],[2,5955]]'
	ap switch 0 2437
	becomes wlan1 '[[0,2437],[2,5955]]'
	if has_reconf; then
		good dev wlan1 link reconf del 0
		good dev wlan1 epcs on
	fi
	kill $events
	cat /tmp/events
	wlan1() { jq -sc "[.[] | select($1)$2]" /tmp/events; }
	[ "$(wlan1 '.event == "links_removed"' ' | [.ifname, .links[].link_id]' | jq -c '.[0]')" = '["wlan1",1]' ]
	[ "$(wlan1 '.ifname == "wlan1" and (.event | startswith("ch_switch"))' ' | [.event, .link_id, .freq_mhz]')" = \
		'[["ch_switch_started_notify",0,2437],["ch_switch_notify",0,2437]]' ]
	[ "$(wlan1 '.ifname == "wlan0" and .event == "ch_switch_notify"' ' | [.link_id, .freq_mhz]')" = '[[0,2437]]' ]
	has_reconf || return 0
	[ "$(wlan1 '.event == "epcs_cfg"' ' | [.ifname, .epcs]')" = '[[null,true]]' ]
}

@test "an AP is stopped, or one link of it" {
	ap start rig "$three"
	bad 2 "there is no link 5 (links: 0,1,2)" -- dev wlan0 ap stop link 5
	good dev wlan0 ap stop link 1
	[ "$(links_of wlan0)" = '[[0,2412],[1,null],[2,5955]]' ]
	bad 2 "link 1 does not beacon" -- dev wlan0 ap stop link 1
	good dev wlan0 ap stop
	[ "$(links_of wlan0)" = '[[0,null],[1,null],[2,null]]' ]
	bad 2 "no AP runs on this interface" -- dev wlan0 ap stop
	bad 2 "the interface is of type station, and no AP" -- dev wlan1 ap stop
}

@test "an AP without links is stopped" {
	reset_dev wlan0
	"$iw_mlo" dev wlan0 set type ap
	ip link set wlan0 up
	"$start_ap" wlan0 - rig 2412
	bad 2 "there is no link 0" -- dev wlan0 ap stop link 0
	good dev wlan0 ap stop
	[ "$("$iw_mlo" -j dev wlan0 info | jq .freq_mhz)" = null ]
}

@test "the regulatory domain: shown, set, and back" {
	good -j reg get
	[ "$(jq -c '[.[0].country, .[0].dfs_region]' <<<"$output")" = '["DE","ETSI"]' ]
	# as iw has it: every rule's range
	[ "$(jq -r '.[0].rules[] | "\(.start_khz / 1000 | floor)-\(.end_khz / 1000 | floor)@\(.max_width_khz / 1000 | floor)"' <<<"$output")" = \
		"$(iw reg get | sed -n '/^global/,/^$/s/^	(\([0-9]*\) - \([0-9]*\) @ \([0-9]*\)).*/\1-\2@\3/p')" ]
	good reg set US
	[ "${lines[0]}" = "global  country US  dfs FCC" ]
	[[ $output == *"	5925-7125 MHz  width 320 MHz  eirp 12.0 dBm  no-outdoor  no-ir"* ]]
	good reg set US
	good reg set 00
	[ "${lines[0]}" = "global  country 00 (world)" ]
	good reg set DE
	bad 2 "/lib/firmware/regulatory.db has no such country" -- reg set ZZ
	good -j reg get
	[ "$(jq -r '.[0].country' <<<"$output")" = DE ]
}
