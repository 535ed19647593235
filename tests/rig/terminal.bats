# What a person sees on a terminal of 80 columns: every command that shows something, on what the rig has.
# rig: mlosim.radios=2

bats_require_minimum_version 1.5.0
load helpers
load ap
load client

setup_file() { begin_file; }
setup() { begin_test; }
teardown() { end_test; }

# Runs it on a terminal and leaves in $output what came there.
on_terminal() { # COLUMNS WORD...
	local columns=$1
	shift
	run script -qec "stty cols $columns rows 24 -onlcr; TERM=xterm ${*@Q}" /dev/null
}

# The longest line, in columns: tabs go to every eighth, colours take none.
longest() { sed 's/\x1b\[[0-9;]*[mKJA]//g' <<<"$output" | expand | wc -L; }

# Demands that no line is longer, but for those with a word that has no room of its own.
fits() { # WORD...
	on_terminal 80 "$iw_mlo" "$@"
	[ "$status" -eq 0 ] || { echo "$*: $status: $output"; return 1; }
	[ "$(longest)" -le 80 ] || { echo "$*: a line of $(longest) columns"; echo "$output"; return 1; }
}

# It says in lines what it says to a pipe: the same words in the same order.
same_words() { # WORD...
	on_terminal 80 "$iw_mlo" -c never "$@"
	diff <(tr -s ' \t\n' '\n' <<<"$output" | grep .) <("$iw_mlo" "$@" | tr -s ' \t\n' '\n' | grep .)
}

@test "every command fits into 80 columns, says all of it, and is not broken in a pipe" {
	ap start rig "$three"
	associate 0,1,2
	for words in "" "--brief"; do
		# shellcheck disable=SC2086 # words
		for dev in wlan0 wlan1; do
			fits $words dev
			fits $words dev $dev
			fits $words dev $dev link
			fits $words dev $dev station
			fits $words phy
		done
		fits $words dev wlan1 link show 1
		fits $words dev wlan1 bss
		fits $words dev wlan1 bss --flat
		fits $words dev wlan1 station 02:00:00:00:00:00
	done
	fits dev wlan1 bss --elements
	fits dev wlan1 bss 02:00:00:00:00:11
	fits phy phy0 caps
	fits reg get
	fits help link
	fits dev wlan1 ttlm set all=0,1
	fits dev wlan1 ttlm set all=0-2
	same_words dev
	same_words phy phy0 caps
	same_words dev wlan0 link
	same_words reg get
	on_terminal 300 "$iw_mlo" -c never phy phy0 caps
	[ "$output" = "$("$iw_mlo" phy phy0 caps)" ]
	[ "$(longest)" -gt 100 ]
	on_terminal 40 "$iw_mlo" dev wlan1 link
	[ "$(longest)" -le 40 ]
}

@test "a scan on a terminal, and one that is brief" {
	ap start rig "$three"
	ip link set wlan1 up
	fits dev wlan1 scan freq 2412 freq 5180 freq 5955
	good -b dev wlan1 scan freq 2412 freq 5180 freq 5955
	[ "${#lines[@]}" -eq 1 ]
	[[ $output == '02:00:00:00:00:00  mld  0@2412 1@5180 2@5955  -50.0 dBm  open  "rig"' ]]
}

@test "brief: a line for each, the same on a terminal and in a pipe" {
	ap start rig "$three"
	associate 0,2
	good --brief dev wlan1
	[[ $output =~ ^"wlan1  phy1  station  $client  0@2412/20 2@5955/20"$ ]]
	good -b dev
	[[ ${lines[0]} =~ ^"wlan0  phy0  ap       02:00:00:00:00:00  0@2412/20 1@5180/20 2@5955/20"$ ]]
	[[ ${lines[1]} =~ ^"wlan1  phy1  station  $client  0@2412/20 2@5955/20"$ ]]
	good -b dev wlan1 link
	[ ${#lines[@]} -eq 2 ]
	[[ ${lines[1]} =~ ^"2  active  5955/20  "[0-9a-f:]{17}"  02:00:00:00:00:12  -50".*" dBm"$ ]]
	good -b dev wlan0 station
	[[ $output == "$client  "*"authorized  "*"tx "* ]]
	good -b phy
	[[ ${lines[0]} =~ ^"phy0  0  mlo  "([a-z0-9-]+ )*station ]]
	good -b dev wlan1 link
	pipe=$output
	on_terminal 100 "$iw_mlo" -c never -b dev wlan1 link
	[ "$output" = "$pipe" ]
	bad 1 "it has no brief form" -- -b dev wlan1 disconnect
	[ "$("$iw_mlo" -j dev wlan1 link | jq -r .state)" = connected ]
}

# Of a link whose signal the kernel tells at each look, a column for each look; a link that the kernel
# tells nothing new of has points.
@test "watching: the signals are drawn in their place, in ASCII or not" {
	local bars
	ap start rig "$three"
	associate 0,1,2
	on_terminal 80 env LC_ALL=C "$iw_mlo" -c never -t 1 dev wlan1 link show --watch 0.1
	[ "$status" -eq 0 ]
	[ "$(longest)" -le 80 ]
	[[ $output == *$'\e['[0-9]*A$'\r'* ]]
	[[ $output != *$'\e[2J'* && $output != *$'\e[H'* ]]
	[ "$(LC_ALL=C grep -c '[^ -~[:cntrl:]]' <<<"$output")" -eq 0 ]
	bars=$(tail -n 30 <<<"$output" | sed -nE 's/\x1b\[[KJ]//g; s/^\t\t([*.]+)\r?$/\1/p' | tail -n 3)
	[ "$(wc -l <<<"$bars")" -eq 3 ]
	while read -r bar; do [ ${#bar} -ge 5 ]; [ ${#bar} -le 11 ]; done <<<"$bars"
	[[ $bars == *'*'* ]]
	on_terminal 80 env LC_ALL=C.UTF-8 "$iw_mlo" -c never -t 0.5 dev wlan1 link show --watch 0.1
	[[ $output == *▆* ]]
	# one link
	on_terminal 80 env LC_ALL=C "$iw_mlo" -c never -t 0.5 dev wlan1 link show 1 --watch 0.1
	[[ $output != *"link 0 "* && $output == *"link 1 "* ]]
	# a pipe gets views below each other, and no picture
	good -t 0.5 dev wlan1 link show --watch 0.1
	[[ $output != *$'\e'* ]]
	! grep -qE $'^\t\t[*.]+$' <<<"$output"
	[ "$(grep -c '^wlan1  type station' <<<"$output")" -ge 2 ]
	good -j -t 0.5 dev wlan1 link show --watch 0.1
	jq -e . <<<"$output" >/dev/null
}

@test "watching: a connection that ends takes its pictures along" {
	ap start rig "$three"
	associate 0,1
	(sleep 0.5; "$iw_mlo" dev wlan1 disconnect) >/dev/null 2>&1 3>&- 7>&- &
	on_terminal 80 env LC_ALL=C "$iw_mlo" -c never -t 1.5 dev wlan1 link show --watch 0.1
	wait $!
	[[ ${lines[-1]} == *"disconnected"* || $output == *disconnected*$'\e[J' ]]
}
