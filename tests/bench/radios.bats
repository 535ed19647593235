# What each one-shot command costs on two radios.

bats_require_minimum_version 1.5.0
load ../rig/helpers
load measure

setup() {
	only_in_guest
	section="2 radios"
}

# What a short run leaves out.
long() { [ -z "${BENCH_SHORT:-}" ] || skip "a short run"; }

@test "--version, help" {
	compare --version "" --version
	long
	compare help "" help
}

@test "dev" {
	compare dev "wiphys interfaces" dev
	compare "-j dev" "wiphys interfaces" dev
}

@test "dev wlan0" {
	compare "dev wlan0 info" "dev wlan0 interface phy 0 wiphy" "dev wlan0 info"
	compare "dev wlan0 link" "dev wlan0 interface bss" "dev wlan0 link"
	long
	compare "dev wlan0 station" "dev wlan0 interface stations" "dev wlan0 station dump"
	compare "dev wlan0 bss" "dev wlan0 bss" "dev wlan0 scan dump"
}

@test "phy" {
	long
	compare phy wiphys-split phy
	compare "-j phy" wiphys-split phy
	compare "phy phy0" "wiphys phy 0 wiphys-split" "phy phy0 info"
	compare "phy phy0 caps" "wiphys policy=nl80211 phy 0 wiphys-split" "phy phy0 info"
}

@test "reg get" {
	long
	regdom_us
	compare "reg get" regs "reg get"
}

@test "one family lookup a run" {
	for words in dev "-j dev" "dev wlan0 link" phy; do
		# shellcheck disable=SC2086 # words they are
		syscalls "$IW_MLO" $words
		[ "$(grep -cE 'send(to|msg)\(.*nlmsg_type=(0x10 |nlctrl)' "$BATS_TEST_TMPDIR/strace")" -eq 1 ]
	done
}

@test "interface add, del" {
	long
	before="$IW dev x del 2>/dev/null || true"
	compare "phy phy0 interface add x type station" "wiphys phy 0 new=x wiphy" "phy phy0 interface add x type station"
	before="$IW phy phy0 interface add x type station 2>/dev/null || true"
	compare "dev x del" "dev x interface del interfaces" "dev x del"
}

@test "set type" {
	before="$IW dev wlan1 set type managed"
	compare "dev wlan1 set type ap" "dev wlan1 interface bss set-type=3 interface" "dev wlan1 set type __ap"
}

@test "links of an AP MLD" {
	long
	section="2 radios, wlan0 an AP MLD with 2 links"
	ap_mld wlan0
	[ "$(links wlan0 | jq length)" -eq 2 ]
	compare dev "wiphys interfaces" dev
	compare "-j dev" "wiphys interfaces" dev
	compare "dev wlan0 link" "dev wlan0 interface" "dev wlan0 info"
	before="$IW_MLO dev wlan0 link del 2 2>/dev/null || true"
	compare "dev wlan0 link add 2 addr 02:00:00:00:0a:02" "dev wlan0 interface add-link=2 interface"
	before="$IW_MLO dev wlan0 link add 2 addr 02:00:00:00:0a:02 2>/dev/null || true"
	compare "dev wlan0 link del 2" "dev wlan0 interface del-link=2 interface"
}
