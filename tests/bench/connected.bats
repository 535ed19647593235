# What each command costs on a client that is connected with two links, and on its AP MLD.

bats_require_minimum_version 1.5.0
load ../rig/helpers
load ../rig/ap
load ../rig/client
load measure

ap_addr=02:00:00:00:00:00

setup_file() { begin_file; }
setup() {
	begin_test
	section="2 links connected"
	ap start rig 0:2412 1:5180
	channels="2412 5180" associate 0,1
	[ "$(links_of wlan1)" = '[[0,2412],[1,5180]]' ]
}
teardown() { end_test; }

@test "links" {
	for j in "" "-j "; do
		compare "${j}dev wlan1 link" "dev wlan1 interface bss stations station=$ap_addr surveys interface" \
			"dev wlan1 link" "dev wlan1 info" "dev wlan1 station dump"
	done
}

@test "the rest" {
	compare dev "wiphys interfaces" dev
	compare "dev wlan1 info" "dev wlan1 interface phy 1 wiphy" "dev wlan1 info"
	compare "dev wlan1 station" "dev wlan1 interface stations station=$ap_addr bss" "dev wlan1 station dump"
	compare "dev wlan0 station" "dev wlan0 interface stations station=$client" "dev wlan0 station dump"
	compare "dev wlan1 bss" "dev wlan1 bss" "dev wlan1 scan dump"
	compare "-j dev wlan1 bss" "dev wlan1 bss" "dev wlan1 scan dump"
}
