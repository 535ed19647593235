# The radio that CSME firmware has, taken over in one command; or not, and then nothing is left half done.
# rig: csmesim.radios=2

bats_require_minimum_version 1.5.0
load helpers
load csme

setup() { fresh_radios; }
teardown() { clean_radios; }

@test "takeover: from blocked to owned in one command, and how long each step took" {
	good dev csme0 csme takeover
	printf '%s\n' "${lines[@]:0:6}" | sed "s/^/# $RIG_KERNEL: /" >&3
	[[ ${lines[0]} == "# csme0 is owned after "*" ms" ]]
	[[ $output == *"block seen"*"connection read"*"profile "*"  written"*"ownership requested"*"block lifted"* ]]
	printf '%s\n' "$output" >profile
	[ "$(understood profile)" = 63736d65 ]
	[ "$(info .owned)" = true ]
	shares=
	for _ in 1 2 3 4 5 6 7 8 9; do
		knob 0 own 0
		becomes .owned false
		sleep 0.05
		knob 0 grant_ms 50
		good -j dev csme0 csme takeover
		[ "$(jq -c '[.owned, .was_blocked, .granted_in_time, [.steps[].step]]' <<<"$output")" = '[true,true,true,["block_seen","connection_read","profile","ownership_requested","block_lifted"]]' ]
		# all but what the firmware takes, which is 50 ms and what its timer adds
		shares+="$(jq '[.steps[] | select(.step != "ownership_requested") | .took_us] | add' <<<"$output")"$'\n'
		[ "$(jq '[.steps[].took_us] | add' <<<"$output")" -lt 5000000 ]
	done
	sort -n <<<"$shares" | sed '/^$/d' | awk -v k="$RIG_KERNEL" '{ v[NR] = $1 / 1000 } END { printf "# %s: the tool'"'"'s own share, of %d runs: least %.1f ms, median %.1f ms, most %.1f ms\n", k, NR, v[1], v[int((NR + 1) / 2)], v[NR] }' >&3
}

@test "takeover: the command has the profile before the radio is asked for" {
	good -j dev csme0 csme takeover --exec "cat >$PWD/profile; env | grep ^IW_MLO_ | sort >$PWD/env; $iw_mlo -j dev csme0 csme info | jq .owned >$PWD/owned; date >/dev/null"
	jq -c '[.steps[] | {(.step): .took_us}] | add' <<<"$output" | sed "s/^/# $RIG_KERNEL: with a command: /" >&3
	[ "$(jq -r .profile <<<"$output")" = "$(<profile)" ]
	[ "$(understood profile)" = 63736d65 ]
	[ "$(<owned)" = false ]
	[ "$(<env)" = "IW_MLO_ACTION=install
IW_MLO_BSSID=02:43:53:4d:45:aa
IW_MLO_FREQ_MHZ=5180
IW_MLO_IFNAME=csme0
IW_MLO_SSID_HEX=63736d65" ]
	[ "$(info .owned)" = true ]
	good dev csme0 csme takeover # once more
	[[ ${lines[0]} == *"; it was not blocked by the CSME firmware" ]]
}

@test "takeover: without a connection there is no profile to hand over" {
	knob 0 has_conn 0
	good dev csme0 csme takeover --exec "touch $PWD/ran"
	[[ $output == *"profile"*"not needed: the firmware has reported no connection"* ]]
	[ ! -e ran ]
	[ "$(info .owned)" = true ]
}

# What the command is told, one word a line.
log="cat >/dev/null; echo \$IW_MLO_ACTION >>"

@test "takeover: refused or too late at each step, which it says, and the profile is withdrawn" {
	before=$(asked)
	bad 4 "installing the profile: the command ended with status 7" "the command has withdrawn the profile" -- \
		dev csme0 csme takeover --exec "$log$PWD/one; [ \$IW_MLO_ACTION = withdraw ] || exit 7"
	[ "$(<one)" = $'install\nwithdraw' ]
	bad 4 "installing the profile: the command did not end in time; the command has withdrawn the profile" -- \
		dev csme0 csme takeover --exec "$log$PWD/two; [ \$IW_MLO_ACTION = withdraw ] || sleep 60" timeout 0.4
	[ "$(<two)" = $'install\nwithdraw' ]
	[ "$(asked)" = "$before" ] && [ "$(info .owned)" = false ]
	knob 0 fail 19
	bad 2 "requesting ownership: refused by the kernel: ENODEV" "the command has withdrawn the profile" -- \
		dev csme0 csme takeover --exec "$log$PWD/three"
	[ "$(<three)" = $'install\nwithdraw' ]
	knob 0 fail 0
	knob 0 grant_ms 65535
	knob 0 wait_ms 100
	bad 4 "waiting for the block to be lifted: not granted: ETIMEDOUT" "the command has withdrawn the profile" -- \
		dev csme0 csme takeover --exec "$log$PWD/four" timeout 0.5
	[ "$(<four)" = $'install\nwithdraw' ]
	bytes 0 ssid ""
	bad 2 "installing the profile: the firmware has reported no SSID" -- dev csme0 csme takeover --exec "$log$PWD/five"
	[ ! -e five ]
}

@test "takeover: interrupted while the command runs, and while the firmware is waited for" {
	knob 0 grant_ms 65535
	knob 0 wait_ms 50
	for signal in INT TERM HUP; do
		before=$(asked)
		begin dev csme0 csme takeover --exec "$log$PWD/one; [ \$IW_MLO_ACTION = withdraw ] || sleep 60"
		sleep 0.3
		kill -$signal $pid
		finish 4
		[[ $(<err) == *"installing the profile: interrupted ("*"the command has withdrawn the profile" ]]
		[ "$(<one)" = $'install\nwithdraw' ]
		[ "$(asked)" = "$before" ]
		begin dev csme0 csme takeover --exec "$log$PWD/two"
		sleep 0.5
		kill -$signal $pid
		finish 4
		[[ $(<err) == *"waiting for the block to be lifted: interrupted ("*"the command has withdrawn the profile" ]]
		[ "$(<two)" = $'install\nwithdraw' ]
		rm one two
	done
	[ "$(cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\0' ' ' | grep -c '[s]leep 60 ')" -eq 0 ]
}

@test "takeover: the device goes away while the command runs, and while the firmware is waited for" {
	for fallback in "" /dev/null; do
		[ -z "$fallback" ] || mount --bind "$fallback" /dev/rfkill
		begin dev csme0 csme takeover --exec "$log$PWD/one; [ \$IW_MLO_ACTION = withdraw ] || sleep 60"
		sleep 0.2
		knob 0 present 0
		finish 2
		[[ $(<err) == *"installing the profile: the device went away; the command has withdrawn the profile" ]]
		[ "$(<one)" = $'install\nwithdraw' ]
		reset_radio 0
		becomes .owned false
		knob 0 grant_ms 65535
		knob 0 wait_ms 50
		begin dev csme0 csme takeover --exec "$log$PWD/two; [ \$IW_MLO_ACTION = install ] || sleep 0.5; echo done >>$PWD/two"
		sleep 0.4
		knob 0 present 0
		finish 2
		[[ $(<err) == *"waiting for the block to be lifted: the device went away; the command has withdrawn the profile" ]]
		[ "$(<two)" = $'install\ndone\nwithdraw\ndone' ]
		rm one two
		reset_radio 0
		becomes .owned false
	done
}

@test "takeover: taken back in the middle, the profile is withdrawn" {
	knob 0 grant_ms 300
	knob 0 keep_ms 150
	begin dev csme0 csme takeover --exec "$log$PWD/one" timeout 2
	sleep 0.1
	kill -STOP $pid
	sleep 0.9
	kill -CONT $pid
	finish 4
	[[ $(<err) == *"the firmware took the device back"*"the command has withdrawn the profile" ]]
	[ "$(<one)" = $'install\nwithdraw' ]
}
