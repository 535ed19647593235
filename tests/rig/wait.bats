# Waiting for links, connections and types on a real kernel: at once, in time, and never missed.
# rig: mlosim.radios=2

bats_require_minimum_version 1.5.0
load helpers
load ap

setup() { only_in_guest; }
teardown() {
	in_guest || return 0
	reset_dev wlan0
	reset_dev wlan1
}

quiet() { # WORD...
	good "$@"
	[ -z "$output" ]
}

@test "links of an access point: what has no event is looked at" {
	bad 4 "not true: links=0,1 (they are none); type=ap (it is station)" -- dev wlan0 assert links=0,1 type=ap
	ap_mld wlan0
	quiet dev wlan0 assert links=0,1 type=ap not link 2 present
	"$iw_mlo" dev wlan0 wait link 2 present timeout 5 3>&- &
	sleep 0.3
	"$iw_mlo" dev wlan0 link add 2 addr 02:00:00:00:0a:02
	wait $!
	bad 4 "not true in time: links<3 (they are 0,1,2)" -- dev wlan0 wait 'links<3' timeout 0.3
}

@test "a connection: its state, its links, its access point, its signal; and its end" {
	regdom_eu
	ap_open wlan0
	ap start rig 0:2412 1:5180
	ip link set wlan1 up
	bad 4 "state=connected (it is disconnected)" -- dev wlan1 assert state=connected
	"$iw_mlo" dev wlan1 wait state=connected links=0,1 link 0 active link 1 freq=5180 \
		ap-mld-addr=02:00:00:00:00:00 link 1 'signal>-90' timeout 5 3>&- &
	waiter=$!
	"$iw_mlo" dev wlan1 connect rig
	wait $waiter
	quiet dev wlan1 assert state=connected 'links>=2'
	"$iw_mlo" dev wlan1 wait not link 0 present links=1 timeout 5 3>&- &
	waiter=$!
	ap remove 0 in 3
	wait $waiter
	"$iw_mlo" dev wlan1 wait link 1 freq=5200 timeout 5 3>&- &
	waiter=$!
	ap switch 1 5200 in 3
	wait $waiter
	"$iw_mlo" dev wlan1 wait state=disconnected timeout 5 3>&- &
	waiter=$!
	ap deauth 02:00:00:00:01:00 reason 4
	wait $waiter
	ap stop
	ap_close
}

@test "who owns the radio" {
	quiet dev wlan0 assert owned
	echo 1 >/sys/class/rfkill/rfkill0/soft
	quiet dev wlan0 wait owned
	bad 4 "not true in time: not owned (it is)" -- dev wlan0 wait not owned timeout 0.3
	echo 0 >/sys/class/rfkill/rfkill0/soft
}

@test "what can never be, what is not there, and what goes away" {
	bad 4 "type=wds can never be: the phy has no interfaces of this type" -- dev wlan0 wait type=wds
	bad 2 "no such interface" -- dev nope wait links=0
	iw phy phy1 interface add extra type managed
	"$iw_mlo" dev extra wait type=monitor timeout 5 2>/tmp/err 3>&- &
	waiter=$!
	sleep 0.3
	iw dev extra del
	status=0
	wait $waiter || status=$?
	[ "$status" -eq 2 ]
	[ "$(cat /tmp/err)" = "iw-mlo: dev extra wait: the interface went away" ]
}

@test "interrupted: status 4, and what was missing" {
	for signal in INT TERM; do
		# in the background, a shell lets its commands ignore SIGINT
		env --default-signal "$iw_mlo" dev wlan1 wait links=0 2>/tmp/err 3>&- &
		waiter=$!
		sleep 0.3
		kill -$signal $waiter
		status=0
		wait $waiter || status=$?
		[ "$status" -eq 4 ]
		grep 'interrupted (.*): links=0 (they are none)' /tmp/err
	done
}

# The change comes a little earlier or later than the waiting, round by round; a change that was
# missed would be waited for ten seconds.
races='
	spin() { i=0; while [ $((i += 1)) -lt "$1" ]; do :; done; }
	for n in $(seq "$2"); do
		"$0" -t 10 dev "$1" wait $3 & waiter=$!
		spin $((n % 50 * 40))
		eval "$4"
		wait $waiter || { echo "round $n: status $?"; exit 1; }
		"$0" -t 10 dev "$1" wait $5 & waiter=$!
		spin $((n % 47 * 40))
		eval "$6"
		wait $waiter || { echo "round $n, back: status $?"; exit 1; }
	done'

@test "1000 races of a link's loss and return with the waiting for it: none is missed" {
	needs_sim
	ip link set sim0 up
	"$iw_mlo" dev sim0 connect mlosim
	again="until echo sim0 1" # the change before may still be on its way
	sh -c "$races" "$iw_mlo" sim0 "$(rounds_of_new 1000)" "not link 1 present" "$again >$sim/lose; do :; done" \
		"link 1 present" "$again >$sim/regain; do :; done" 2>/tmp/races.err 3>&- || { tail -n 3 /tmp/races.err; return 1; }
	"$iw_mlo" dev sim0 disconnect
}

@test "1000 races of a change of type with the waiting for it: none is missed" {
	sh -c "$races" "$iw_mlo" wlan1 "$(rounds 1000)" type=monitor "iw dev wlan1 set type monitor" \
		type=station "iw dev wlan1 set type managed" 3>&-
}

@test "asserting and waiting change nothing" {
	only_reads dev wlan0 assert links=none
	only_reads dev wlan0 wait links=none
}
