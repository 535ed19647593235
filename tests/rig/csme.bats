# A radio that CSME firmware shares with the host: asked for, granted, refused, taken back.
# rig: csmesim.radios=2

bats_require_minimum_version 1.5.0
load helpers
load csme

setup() { fresh_radios; }
teardown() { clean_radios; }

# As a user who may do nothing, with the program where such a one can read it.
as_nobody() { # WORD...
	local there=/run/as-nobody
	[ -d "$there" ] || { mkdir -m 1777 "$there" && cp "$iw_mlo" "$there/iw-mlo" && chmod 755 "$there/iw-mlo"; }
	setpriv --reuid=65534 --regid=65534 --clear-groups --inh-caps=-all "$there/iw-mlo" "$@"
}

@test "info without being privileged: who owns it, but not the connection" {
	run --separate-stderr as_nobody dev csme0 csme info
	[ "$status" -eq 5 ]
	[[ $output == "csme0  $p0"*"owned no  rfkill"*"hard-blocked: not-owner" ]]
	[[ $stderr == *"connection is not shown: EPERM"*"CAP_NET_ADMIN"* ]]
	run --separate-stderr as_nobody -j dev csme0 csme info
	[ "$status" -eq 5 ]
	[ "$(jq -c '[.owned, .rfkill.reasons, has("connection")]' <<<"$output")" = '[false,["not-owner"],false]' ]
	run --separate-stderr as_nobody dev csme0 csme info --wpa-supplicant
	[ "$status" -eq 2 ] && [ -z "$output" ]
	[[ $stderr == *CAP_NET_ADMIN* ]]
}

@test "own and takeover without being privileged: refused, and the firmware is not asked" {
	before=$(asked)
	run --separate-stderr as_nobody dev csme0 csme own
	[ "$status" -eq 2 ] && [ -z "$output" ]
	[[ $stderr == "iw-mlo: dev csme0 csme own: "*EPERM*CAP_NET_ADMIN* ]]
	run --separate-stderr as_nobody dev csme0 csme takeover --exec "touch /run/as-nobody/ran"
	[ "$status" -eq 2 ] && [ -z "$output" ]
	[[ $stderr == *"reading the connection: "*EPERM*CAP_NET_ADMIN* ]]
	[ ! -e /run/as-nobody/ran ]
	[ "$(asked)" = "$before" ]
}

@test "wait and events without being privileged see the owner all the same" {
	as_nobody dev lo info || true # it is there from now on
	as_nobody -t 2 dev csme0 csme events >seen 2>err 3>&- &
	first=$!
	as_nobody dev csme0 csme wait timeout 5 >out 2>>err 3>&- &
	second=$!
	has_lines seen 1
	sleep 0.3
	knob 0 own 1
	wait $second
	[[ $(<out) == "csme0  owned  lifted after "* ]]
	has_lines seen 2
	wait $first
	[[ $(<seen) == *"not_owned"*$'\n'*"  owned"* ]]
	[ ! -s err ]
}

# ---- own, and in which order things come ----

@test "own: granted while the driver waits" {
	good dev csme0 csme own
	[[ $output == "csme0  owned  answered after "*" lifted after "* ]]
	reset_radio 0
	becomes .owned false
	sleep 0.1
	good -j dev csme0 csme own
	[ "$(jq -c '[.owned, .granted_in_time, .rfkill.hard, .answered_us >= 90000, has("lifted_us")]' <<<"$output")" = '[true,true,false,true,true]' ]
	good -j dev csme0 csme own # it is owned already
	[ "$(jq -c '[.owned, .granted_in_time, has("lifted_us")]' <<<"$output")" = '[true,true,false]' ]
}

@test "own: the block is lifted after the answer" {
	knob 0 lift_ms 200
	good -j dev csme0 csme own
	[ "$(jq -c '[.owned, .granted_in_time, .lifted_us - .answered_us > 100000]' <<<"$output")" = '[true,true,true]' ]
}

@test "own: granted after the driver has given up" {
	knob 0 grant_ms 400
	knob 0 wait_ms 150
	good dev csme0 csme own
	[[ $output == *"not granted in the driver's time, answered after"*"lifted after"* ]]
	reset_radio 0
	becomes .owned false
	sleep 0.1
	knob 0 grant_ms 400
	knob 0 wait_ms 150
	good -j dev csme0 csme own
	[ "$(jq -c '[.owned, .granted_in_time]' <<<"$output")" = '[true,false]' ]
}

@test "own: never granted" {
	knob 0 grant_ms 65535
	knob 0 wait_ms 100
	bad 4 "not granted: ETIMEDOUT" "the block was not lifted within" -- dev csme0 csme own timeout 0.5
	bad 4 "the block was not lifted within" -- -t 0.5 dev csme0 csme own
	knob 0 positive 62 # a kernel before 6.2
	bad 4 "not granted: the driver answered 62" "the block was not lifted within" -- dev csme0 csme own timeout 0.5
	knob 0 positive 0
	knob 0 grant_ms 1
	knob 0 lift_ms 60000
	bad 4 "the driver agreed after" "but the block was not lifted within" -- dev csme0 csme own timeout 0.5
}

@test "own: a kernel before 6.2 answers with a positive number, granted in time or not" {
	knob 0 positive 1
	good dev csme0 csme own
	[[ $output == *"not granted in the driver's time, answered after"*"lifted after"* ]]
}

@test "own: taken back in the middle" {
	knob 0 grant_ms 300
	knob 0 keep_ms 150
	begin dev csme0 csme own timeout 2
	kill -STOP $pid # it hears nothing until all has happened
	sleep 0.9
	kill -CONT $pid
	finish 4
	[[ $(<err) == *"the driver agreed after "*"but the firmware took the device back: the block was lifted after "*", and back after "* ]]
}

@test "own: the request ends before the driver does" {
	knob 0 grant_ms 300
	run --separate-stderr "$iw_mlo" dev csme0 csme own timeout 0.1
	# the driver cannot be stopped: if it was granted meanwhile, that may be told, or that it took too long
	[ "$status" -eq 0 ] || [ "$status" -eq 4 ]
	becomes .owned true
}

@test "own: refused by the driver" {
	for pair in 1:EPERM 19:ENODEV 95:EOPNOTSUPP 22:EINVAL 16:EBUSY; do
		knob 0 fail "${pair%:*}"
		bad 2 "refused by the kernel: ${pair#*:}" -- dev csme0 csme own
		bad 2 "requesting ownership: refused by the kernel: ${pair#*:}" -- dev csme0 csme takeover
	done
	knob 0 fail 19
	bad 2 "iwlmei has no connection to the firmware" -- dev csme0 csme own
	[ "$(info .owned)" = false ]
}

@test "own: two at once, and two that wait" {
	knob 0 grant_ms 300
	"$iw_mlo" dev csme0 csme own >a 2>&1 3>&- &
	"$iw_mlo" dev csme0 csme own >b 2>&1 3>&- &
	"$iw_mlo" dev csme0 csme wait timeout 9 >c 2>&1 3>&- &
	"$iw_mlo" dev csme0 csme wait timeout 9 >d 2>&1 3>&- &
	for job in $(jobs -p); do wait "$job"; done
	cat a b c d
	for file in a b; do [[ $(<$file) == "csme0  owned  answered after "* ]]; done
	for file in c d; do [[ $(<$file) == "csme0  owned"* ]]; done
}

@test "own: two radios at once, each of them its own" {
	knob 0 grant_ms 200
	knob 1 grant_ms 65535
	knob 1 wait_ms 100
	begin dev csme1 csme own timeout 0.8
	good dev csme0 csme own
	finish 4
	[ "$(info .owned csme0)" = true ]
	[ "$(info .owned csme1)" = false ]
}

@test "info while another asks for ownership does not hang" {
	knob 0 grant_ms 400
	begin dev csme0 csme own
	[ "$(info .owned csme1)" = false ]
	[ "$(info .connection.ssid)" = '"csme"' ]
	finish 0
}

@test "interrupted while it asks, and while it waits" {
	for signal in INT TERM HUP; do
		reset_radio 0
		becomes .owned false
		knob 0 grant_ms 65535
		knob 0 wait_ms 400
		begin dev csme0 csme own
		kill -$signal $pid # within the request, which cannot be called back
		finish 4
		[[ $(<err) == *"interrupted ("* ]]
		knob 0 wait_ms 50
		begin dev csme0 csme own
		sleep 0.2
		kill -$signal $pid
		finish 4
		[[ $(<err) == "iw-mlo: dev csme0 csme own: interrupted ("* ]]
		begin dev csme0 csme wait
		kill -$signal $pid
		finish 4
		[[ $(<err) == "iw-mlo: dev csme0 csme wait: interrupted ("* ]]
	done
}

@test "the device goes away while it is waited for, asked, or looked at" {
	knob 0 grant_ms 65535
	knob 0 wait_ms 50
	for words in "own" "wait" "takeover"; do
		begin dev csme0 csme $words
		sleep 0.2
		knob 0 present 0
		finish 2
		[[ $(<err) == *"the device went away" ]]
		reset_radio 0
		becomes .owned false
		knob 0 grant_ms 65535
		knob 0 wait_ms 50
	done
	knob 0 wait_ms 500
	begin dev csme0 csme own
	knob 0 present 0 # while the driver waits
	finish 2
	[[ $(<err) == *"the device went away" ]]
	bad 2 "no such interface" -- dev csme0 csme info
	bad 2 "no such interface" -- dev csme0 csme own
}

# ---- other blocks ----

@test "the radio's switch is off: nothing is asked for, and why" {
	knob 0 own 1
	knob 0 button 1
	becomes '[.owned, .rfkill.reasons]' '[true,["signal"]]'
	before=$(asked)
	bad 2 "hard-blocked by the radio's switch or another cause, not by the CSME firmware" -- dev csme0 csme own
	bad 2 "looking at the block: " "hard-blocked by the radio's switch" -- dev csme0 csme takeover --exec "touch $PWD/ran"
	[ ! -e ran ]
	[ "$(asked)" = "$before" ]
	good dev csme0 csme wait
	[[ $output == *"owned  still hard-blocked: signal" ]]
}

@test "the switch is off, and the firmware has the radio: it is given, and still blocked" {
	knob 0 button 1
	becomes '.rfkill.reasons' '["signal","not-owner"]'
	good dev csme0 csme own
	[[ $output == *"still hard-blocked: signal" ]]
	[ "$(info '[.owned, .rfkill.reasons]')" = '[true,["signal"]]' ]
	knob 0 button 0
	becomes '[.owned, .rfkill.hard]' '[true,false]'
}

@test "a soft block is told, and in nobody's way" {
	n=$(info .rfkill.index)
	echo 1 >"/sys/class/rfkill/rfkill$n/soft"
	sleep 0.1
	good dev csme0 csme info
	[[ $output == *"owned no  rfkill$n soft-blocked hard-blocked: not-owner"* ]]
	good dev csme0 csme own
	[[ $output == *"still soft-blocked" ]]
}

# ---- which rfkill device is whose ----

@test "each radio has its own rfkill device, whatever their names are" {
	[ "$(info .rfkill.index csme0)" != "$(info .rfkill.index csme1)" ]
	[ "$(info .rfkill.index csme0)" = "$(cat /sys/class/ieee80211/$p0/rfkill*/index)" ]
	wiphy=$(info .wiphy)
	# a phy may have any name but that of a number that is not its own
	iw phy "$p0" set name "other of $p0"
	iw phy "$p1" set name rfkill0
	good -j dev csme0 csme own
	[ "$(jq -c '[.phy, .wiphy, .owned]' <<<"$output")" = "[\"other of $p0\",$wiphy,true]" ]
	[ "$(info '[.phy, .owned]' csme1)" = '["rfkill0",false]' ]
	iw phy phy0 set name renamed
	bad 2 "the driver of this phy, mac80211_hwsim, has no commands" -- dev wlan0 csme info
	iw phy renamed set name phy0
	iw phy "other of $p0" set name "$p0"
	iw phy rfkill0 set name "$p1"
	good dev csme1 csme own
	[ "$(info .owned csme1)" = true ]
}

@test "in another network namespace" {
	ip netns add other
	iw phy "$p1" set netns name other
	bad 2 "no such interface" -- dev csme1 csme info
	in_other() { ip netns exec other "$iw_mlo" "$@"; }
	[ "$(in_other -j dev csme1 csme info | jq -c '[.phy, .owned, .rfkill.reasons, .connection.ssid]')" = "[\"$p1\",false,[\"not-owner\"],\"csme\"]" ]
	[ "$(info '[.phy, .owned]' csme0)" = "[\"$p0\",false]" ]
	in_other dev csme1 csme own >out
	[[ $(<out) == "csme1  owned  answered after "*"lifted after"* ]]
	[ "$(in_other -j dev csme1 csme info | jq .owned)" = true ]
	[ "$(info .owned csme0)" = false ]
	ip netns exec other iw phy "$p1" set name renamed
	[ "$(in_other -j dev csme1 csme info | jq -c '[.phy, .owned]')" = '["renamed",true]' ]
	knob 1 own 0
	in_other dev csme1 csme takeover >out
	[[ $(<out) == "# csme1 is owned after "* ]]
	ip netns exec other iw phy renamed set name "$p1"
}

@test "in another network namespace with the files of this one: said, not guessed" {
	ip netns add other
	iw phy "$p1" set netns name other
	in_other() { nsenter --net=/run/netns/other "$iw_mlo" "$@"; }
	in_other dev csme1 csme info >out
	[[ $(<out) == "csme1  $p1"*"owned unknown: the rfkill device is not to be seen"*'ssid "csme"'* ]]
	[ "$(in_other -j dev csme1 csme info | jq -c '[has("owned"), has("rfkill"), .connection.ssid]')" = '[false,false,"csme"]' ]
	before=$(asked 1)
	for words in own wait events takeover; do
		status=0
		in_other dev csme1 csme $words >out 2>err || status=$?
		cat err
		[ "$status" -eq 2 ] && [ ! -s out ]
		[[ $(<err) == *"its rfkill device is not to be seen (is /sys that of this network namespace?)" ]]
	done
	[ "$(asked 1)" = "$before" ]
}

# Of all that /dev/rfkill is, /dev/null is only a device.
@test "without /dev/rfkill, sysfs tells" {
	mount --bind /dev/null /dev/rfkill
	good dev csme0 csme own
	[[ $output == "csme0  owned  answered after "*"lifted after "* ]]
	knob 0 own 0
	becomes .owned false
	begin dev csme0 csme wait
	knob 0 own 1
	finish 0
	[[ $(<out) == "csme0  owned  lifted after "* ]]
	knob 0 own 0
	becomes .owned false
	begin -t 5 dev csme0 csme events
	knob 0 button 1
	has_lines out 2
	knob 0 present 0
	finish 2
	[[ $(<out) == *"not_owned"*"rfkill  rfkill"*"hard-blocked: signal, not-owner" ]]
	[[ $(<err) == *"the device went away" ]]
	reset_radio 0
	becomes .owned false
	good -j dev csme0 csme takeover
	[ "$(jq -c '[.was_blocked, .owned]' <<<"$output")" = '[true,true]' ]
}

@test "without either, who owns it is not known, and nothing is asked for" {
	mount -t tmpfs none /sys/class/rfkill
	good dev csme0 csme info
	[[ $output == *"owned unknown"*'ssid "csme"'* ]]
	before=$(asked)
	bad 2 "its rfkill device is not to be seen" -- dev csme0 csme own
	[ "$(asked)" = "$before" ]
}

# ---- where it cannot work ----

@test "a driver without the commands: why not, and nothing but reads" {
	for words in info own wait events takeover "info --wpa-supplicant"; do
		bad 2 "the driver of this phy, mac80211_hwsim, has no commands for Intel's CSME firmware: only iwlwifi has" -- dev wlan0 csme $words
	done
	only_reads dev wlan0 csme takeover
	bad 2 "mac80211_hwsim" -- dev wlan0 csme takeover --exec "touch $PWD/ran"
	[ ! -e ran ]
	bad 2 "no such interface" -- dev nosuchdev0 csme info
	bad 2 "not a Wi-Fi interface" -- dev lo csme own
}

@test "caps tell which phy has the commands" {
	good phy "$p0" caps
	[[ $output == *$'\n\tcsme connection-info get-ownership roaming-events'* ]]
	good phy phy0 caps
	[[ $output != *csme* ]]
	[ "$("$iw_mlo" -j phy "$p0" caps | jq -c .csme)" = '{"connection_info":true,"get_ownership":true,"roaming_events":true}' ]
	[ "$("$iw_mlo" -j phy phy0 caps | jq -c .csme)" = '{"connection_info":false,"get_ownership":false,"roaming_events":false}' ]
}

@test "a dry run asks the firmware nothing" {
	before=$(asked)
	good -n dev csme0 csme own
	[[ $output == *"VENDOR IFINDEX "*" VENDOR_ID 5941 VENDOR_SUBCMD 48" ]]
	good -n dev csme0 csme takeover --exec "touch $PWD/ran"
	[ ! -e ran ]
	good -n dev csme0 csme wait
	good -n dev csme0 csme events
	[ "$(asked)" = "$before" ]
	[ "$(info .owned)" = false ]
}

# ---- events ----

@test "events: given, taken, switched off, roaming; until the device goes away" {
	begin -t 20 dev csme0 csme events
	"$iw_mlo" -j -t 20 dev csme0 csme events >json 2>/dev/null 3>&- &
	other=$!
	has_lines out 1
	has_lines json 1
	n=2
	for step in own=1 roam=0 button=1 own=0 button=0 roam=1; do
		knob 0 "${step%=*}" "${step#*=}"
		knob 1 "${step%=*}" "${step#*=}" # another radio's are not shown
		has_lines out $n
		has_lines json $n
		n=$((n + 1))
	done
	knob 0 present 0
	finish 2
	wait $other || [ $? -eq 2 ]
	sed 's/rfkill[0-9]/rfkillN/' out >seen
	[ "$(<seen)" = "csme0  not_owned  rfkillN hard-blocked: not-owner
csme0  owned  rfkillN not blocked
csme0  roaming_forbidden  addr 02:43:53:4d:45:00
csme0  rfkill  rfkillN hard-blocked: signal
csme0  not_owned  rfkillN hard-blocked: signal, not-owner
csme0  rfkill  rfkillN hard-blocked: not-owner
csme0  roaming_allowed  addr 02:43:53:4d:45:00" ]
	[[ $(<err) == "iw-mlo: dev csme0 csme events: the device went away" ]]
	[ "$(jq -r '[.event, (.rfkill.reasons // [] | join("+"))] | join(" ")' json)" = "not_owned not-owner
owned 
roaming_forbidden 
rfkill signal
not_owned signal+not-owner
rfkill not-owner
roaming_allowed " ]
}

@test "events: interrupted is no failure, and a reader that goes away is no hang" {
	begin dev csme0 csme events
	kill -INT $pid
	finish 0
	[ "$(wc -l <out)" -eq 1 ]
	(for n in 1 2 3 4 5; do sleep 0.15; echo $((n % 2)) >"$csm/0/own"; done) 3>&- &
	run --separate-stderr timeout 10 bash -c '"$0" dev csme0 csme events | head -n 1' "$iw_mlo"
	[ "$status" -ne 124 ]
	[ "${#lines[@]}" -eq 1 ]
	wait
}
