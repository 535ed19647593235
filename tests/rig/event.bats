# Events of a real kernel: told as they happen, filtered, recorded, and none lost unseen.
# rig: mlosim.radios=2

bats_require_minimum_version 1.5.0
load helpers
load ap

setup() { only_in_guest; }

teardown() {
	in_guest || return 0
	[ -z "${watching:-}" ] || stop_watching >/dev/null || true
	reset_dev wlan0
	reset_dev wlan1
}

events=/tmp/events

# Starts it in the background, its records in a file, and returns as soon as it listens.
watch() { # WORD...
	: >"$events"
	# in the background, a shell lets its commands ignore SIGINT
	env --default-signal "$iw_mlo" "$@" >"$events" 2>/tmp/watched.err 3>&- &
	watching=$!
	listens
}
# A process has two netlink sockets as soon as it listens, and then reads the state.
listens() {
	local try
	for try in {1..250}; do
		[ "$(ls -l "/proc/$watching/fd" | grep -c 'anon_inode:\[signalfd\]')" -eq 0 ] || return 0
		sleep 0.02
	done
	echo "it does not listen"
	return 1
}
stop_watching() { # [SIGNAL]
	local pid=$watching status=0
	watching=
	kill "-${1:-TERM}" "$pid"
	wait "$pid" || status=$?
	return $status
}

# Waits for a record that jq finds.
happened() { # JQ-CONDITION
	local deadline=$((SECONDS + 5))
	until [ -n "$(jq -c "select($1)" "$events" 2>/dev/null)" ]; do
		[ $SECONDS -lt $deadline ] || { echo "did not happen: $1"; cat "$events"; return 1; }
		sleep 0.02
	done
}

@test "interfaces, phys, scans, the regulatory domain, rfkill" {
	watch -j event
	iw phy phy1 interface add extra type managed
	iw dev extra set type monitor
	iw dev extra del
	iw phy phy1 set name other
	iw phy other set name phy1
	ip link set wlan1 up
	"$iw_mlo" dev wlan1 scan freq 2412 freq 5180 ssid net >/dev/null
	regdom_us
	echo 1 >/sys/class/rfkill/rfkill1/soft
	echo 0 >/sys/class/rfkill/rfkill1/soft
	happened '.event == "rfkill" and .rfkill.soft == false'
	stop_watching
	[ "$(jq -rc 'select(.ifname == "extra") | [.event, .type, .wiphy]' "$events")" = \
		'["new_interface","station",1]
["set_interface","monitor",1]
["del_interface","monitor",1]' ]
	[ "$(jq -rc 'select(.event == "new_wiphy") | .phy' "$events")" = "other
phy1" ]
	[ "$(jq -rc 'select(.event | endswith("scan") or endswith("results")) | [.event, .ifname, .freqs_mhz, .ssids[0].ssid]' "$events")" = \
		'["trigger_scan","wlan1",[2412,5180],"net"]
["new_scan_results","wlan1",[2412,5180],"net"]' ]
	[ -n "$(jq 'select(.event == "reg_change" and .country == "US" and .initiator == "user")' "$events")" ]
	[ "$(jq -c 'select(.event == "rfkill") | [.phy, .rfkill.index, .rfkill.soft]' "$events")" = '["phy1",1,true]
["phy1",1,false]' ]
	# numbered without a hole
	[ "$(jq -s '[.[].seq] == [range(1; length + 1)]' "$events")" = true ]
}

@test "a vendor's event" {
	watch -j event vendor
	python3 - "$PROJECT/tests/rig" <<-'END'
		import importlib.machinery, importlib.util, struct, sys
		sys.argv[1:] = ["wlan0", "0"] + sys.argv[1:]
		loader = importlib.machinery.SourceFileLoader("burst", sys.argv[3] + "/burst")
		b = importlib.util.module_from_spec(importlib.util.spec_from_loader("burst", loader))
		loader.exec_module(b)
		data = b.attr(8, struct.pack("=I", 5))
		b.request(b.sock, b.family, 103, b.ifindex + b.attr(195, struct.pack("=I", 0x1374)) +
		          b.attr(196, struct.pack("=I", 1)) + b.attr(197 | 0x8000, data))
	END
	happened '.vendor_id == "0x1374"'
	stop_watching
	cat "$events"
	[ "$(jq -c '[.event, .ifname, .subcmd, .data_hex]' "$events")" = '["vendor","wlan0","0x1","0800080006000000"]' ]
}

@test "a connection with links, step by step, from both ends; channels and links that change" {
	regdom_eu
	watch -j event
	ap_open wlan0
	ap start rig 0:2412 1:5180
	ip link set wlan1 up
	"$iw_mlo" dev wlan1 connect rig
	ap switch 1 5200 in 3
	happened '.event == "ch_switch_notify" and .ifname == "wlan1"'
	ap remove 0 in 3
	happened '.event == "links_removed"'
	ap deauth 02:00:00:00:01:00 reason 4
	happened '.event == "disconnect"'
	ap stop
	ap_close
	stop_watching
	grep -v '"scan\|frame_tx\|reg_' "$events"
	of_client() { jq -c "select(.ifname == \"wlan1\" and .event == \"$1\") | $2" "$events"; }
	[ "$(of_client authenticate '[.ap_addr, .status_code]')" = '["02:00:00:00:00:00",0]' ]
	[ "$(of_client associate '[.ap_addr, .status]')" = '["02:00:00:00:00:00","success"]' ]
	[ "$(of_client connect '[.ap_mld_addr, .status, [.links[] | [.link_id, .status]]]')" = \
		'["02:00:00:00:00:00","success",[[0,"success"],[1,"success"]]]' ]
	[ "$(of_client links_removed '[.links[].link_id]')" = '[0]' ]
	[ "$(of_client deauthenticate '[.ap_addr, .reason_code, .by_ap]')" = '["02:00:00:00:00:00",4,true]' ]
	[ "$(of_client disconnect '[.reason_code, .by_ap]')" = '[4,true]' ]
	[ "$(of_client ch_switch_notify '[.link_id, .freq_mhz]' | sort -u)" = '[1,5200]' ]
	of_ap() { jq -c "select(.ifname == \"wlan0\" and .event == \"$1\") | $2" "$events"; }
	[ "$(of_ap ch_switch_started_notify '[.link_id, .freq_mhz, .beacons_left]')" = '[1,5200,3]' ]
	[ "$(of_ap start_ap '.link_id' | sort | tr '\n' ' ')" = '0 1 ' ]
	[ "$(of_ap new_station '.station')" = '"02:00:00:00:01:00"' ]
	[ "$(of_ap del_station '.station' | sort -u)" = '"02:00:00:00:01:00"' ]
}

@test "filters by device, phy, event and number" {
	"$iw_mlo" -j event dev extra --count 3 >/tmp/dev 3>&- &
	"$iw_mlo" -j event phy phy0 --timeout 2 >/tmp/phy 3>&- &
	watch -j event set_interface
	iw phy phy1 interface add extra type managed
	iw phy phy0 interface add extra0 type managed
	iw dev extra set type monitor
	iw dev extra del
	iw dev extra0 del
	wait %1 %2 2>/dev/null || wait
	[ "$(jq -c '[.event, .ifname]' /tmp/dev)" = '["new_interface","extra"]
["set_interface","extra"]
["del_interface","extra"]' ]
	[ "$(jq -c '[.event, .ifname]' /tmp/phy)" = '["new_interface","extra0"]
["del_interface","extra0"]' ]
	[ "$(jq -c .event "$events")" = '"set_interface"' ]
}

@test "4000 changes in a burst, read as they come: none is lost" {
	watch -j event dev wlan1
	"$PROJECT/tests/rig/burst" wlan1 "$(rounds 4000)"
	sleep 0.3
	stop_watching
	[ "$(wc -l <"$events")" -eq "$(rounds 4000)" ]
	[ "$(jq -s '[.[].type] == [range(0; length) | if . % 2 == 0 then "monitor" else "station" end]' "$events")" = true ]
}

@test "4000 link changes of a connection: none is lost" {
	needs_sim
	ip link set sim0 up
	"$iw_mlo" dev sim0 connect mlosim
	watch -j event roam links_removed
	sh -c 'for n in $(seq "$1"); do
		echo "sim0 1" >"$0/lose"
		until echo "sim0 1" >"$0/regain"; do :; done
		until grep -q "^phy2 .*sim0.* 0x7" "$0/state" || [ $((tries = tries + 1)) -gt 20 ]; do :; done
	done' "$sim" "$(rounds_of_new 2000)" 2>/dev/null
	sleep 0.3
	stop_watching
	"$iw_mlo" dev sim0 disconnect
	[ "$(jq -c 'select(.event == "links_removed") | [.links[].link_id]' "$events" | uniq -c | awk '{ print $1, $2 }')" = "$(rounds_of_new 2000) [1]" ]
	[ "$(grep -c '"roam"' "$events")" -eq "$(rounds_of_new 2000)" ]
}

@test "stopped for the whole of a burst: a gap, a snapshot, and the end is that of dev" {
	watch -j event
	kill -STOP "$watching"
	"$PROJECT/tests/rig/burst" wlan1 20001
	kill -CONT "$watching"
	happened '.event == "resync"'
	stop_watching
	[ "$(jq -c 'select(.event | IN("gap", "snapshot", "resync")) | .event' "$events" | tr '\n' ' ')" = '"gap" "snapshot" "resync" ' ]
	[ "$(jq -c 'select(.event == "snapshot") | .phys' "$events")" = "$("$iw_mlo" -j dev)" ]
	# what was lost and what was told are all there were
	told=$(grep -c '"set_interface"' "$events")
	echo "# of 20001 events in a burst, $told were kept by the kernel for a reader that was stopped" >&3
	[ "$(jq 'select(.event == "gap") | .lost' "$events")" -eq $((20001 - told)) ]
	[ "$(jq -c 'select(.event == "resync") | [.change, .ifname, .type, .was.type]' "$events")" = '["changed","wlan1","monitor","station"]' ]
	# it came after everything that was before it
	[ "$(tail -n 3 "$events" | jq -c .event | head -n 1)" = '"gap"' ]
}

@test "a reader that stops: nothing is lost until it goes on, and nothing waits" {
	mkfifo /tmp/fifo
	sh -c 'kill -STOP $$; cat >/tmp/read' </tmp/fifo 3>&- &
	reader=$!
	"$iw_mlo" -j event dev wlan1 >/tmp/fifo 3>&- &
	watching=$!
	listens
	"$PROJECT/tests/rig/burst" wlan1 12000
	kill -CONT "$reader"
	sleep 1
	stop_watching
	wait "$reader"
	[ "$(grep -c '"set_interface"' /tmp/read)" -eq 12000 ]
	! grep '"gap"' /tmp/read
}

@test "many events: the memory stays as it is" {
	"$iw_mlo" -j event dev wlan1 3>&- | tail -n 1 >/tmp/last &
	sleep 0.5
	watching=$(pidof iw-mlo)
	memory() { awk '/^VmHWM/ { print $2 }' "/proc/$watching/status"; }
	"$PROJECT/tests/rig/burst" wlan1 $(($(rounds 100000) / 10))
	before=$(memory)
	"$PROJECT/tests/rig/burst" wlan1 "$(rounds 100000)"
	after=$(memory)
	echo "$before kB, then $after kB"
	cat /tmp/last
	sleep 3 # what is left to be read at the end has a second only
	kill "$watching"
	watching=
	wait
	cat /tmp/last
	[ "$(jq .seq /tmp/last)" -eq $(($(rounds 100000) * 11 / 10)) ]
	# what waits for a reader that has to share the processor, but not what 100000 events are
	[ "$after" -le $((before + 2000)) ]
}

@test "signals and readers end it quietly, with status 0" {
	for signal in INT TERM; do
		watch -j event
		iw phy phy1 interface add extra type managed
		iw dev extra del
		happened '.event == "del_interface"'
		stop_watching $signal
		[ ! -s /tmp/watched.err ]
	done
	# the end of who reads is seen at once, without an event
	mkfifo /tmp/pipe
	"$iw_mlo" event >/tmp/pipe 2>/tmp/watched.err 3>&- &
	watching=$!
	exec 8</tmp/pipe
	listens
	exec 8<&-
	wait "$watching"
	watching=
	[ ! -s /tmp/watched.err ]
}

@test "recorded and read again; tshark reads it, too" {
	iw phy phy1 interface add extra type managed
	watch -j event -w /tmp/own.pcap
	iw dev extra set type monitor
	ip link set wlan1 up
	"$iw_mlo" dev wlan1 scan freq 2412 >/dev/null
	iw dev extra del
	happened '.event == "del_interface"'
	stop_watching
	good -j event -r /tmp/own.pcap
	diff <(grep -v '"rfkill"' "$events") <(echo "$output")
	command -v tshark >/dev/null || skip "no tshark"
	run tshark -r /tmp/own.pcap -Y nl80211 -T fields -e nl80211.cmd
	echo "$output" | head -n 20
	[ "$(grep -cE '^(6|8|33|34)$' <<<"$output")" -eq 4 ]
}

@test "what another program recorded from nlmon: its answers are no events, twins are one" {
	ip link add nlmon0 type nlmon
	ip link set nlmon0 up
	"$PROJECT/tests/rig/nlmon" nlmon0 /tmp/foreign.pcap 3>&- &
	recorder=$!
	sleep 0.3
	iw event >/tmp/iw 3>&- &
	watch -j event
	"$iw_mlo" dev >/dev/null
	iw phy phy1 interface add extra type managed
	iw dev extra set type monitor
	iw dev extra del
	happened '.event == "del_interface"'
	stop_watching
	kill "$recorder" %2 2>/dev/null || kill "$recorder"
	wait "$recorder"
	good -j event -r /tmp/foreign.pcap
	diff <(cat "$events") <(echo "$output")
	# and through a pipe
	[ "$("$iw_mlo" -j event -r - </tmp/foreign.pcap)" = "$output" ]
}

@test "what happened before the end is told before it" {
	watch -j event
	kill -STOP "$watching"
	"$PROJECT/tests/rig/burst" wlan1 500
	kill -TERM "$watching"
	kill -CONT "$watching"
	wait "$watching"
	watching=
	[ "$(grep -c '"set_interface"' "$events")" -eq 500 ]
}
