# The command line, on any machine: no test here needs nl80211, for nothing may be sent before the words are right.

bats_require_minimum_version 1.5.0

setup_file() { export IW_MLO=${IW_MLO:-$BATS_TEST_DIRNAME/../iw-mlo}; }

# Demands this status, an empty stdout, and one line on stderr that has all these texts.
bad() { # STATUS TEXT... -- WORD...
	local want=$1 texts=() text
	shift
	while [ "$1" != -- ]; do texts+=("$1"); shift; done
	shift
	run --separate-stderr "$IW_MLO" "$@"
	echo "iw-mlo $*: $status: $output: $stderr"
	[ "$status" -eq "$want" ] && [ -z "$output" ] && [ "${#stderr_lines[@]}" -eq 1 ] || return 1
	[[ $stderr == "iw-mlo: "* ]] || return 1
	for text in "${texts[@]}"; do [[ $stderr == *"$text"* ]] || { echo "no $text"; return 1; }; done
}

# A wrong command line: status 1, and no socket was opened.
usage() { # TEXT... -- WORD...
	bad 1 "$@" || return 1
	while [ "$1" != -- ]; do shift; done
	shift
	strace -f -e trace=socket -o "$BATS_TEST_TMPDIR/trace" "$IW_MLO" "$@" >/dev/null 2>&1 || true
	! grep -q 'socket(' "$BATS_TEST_TMPDIR/trace"
}

@test "nothing to do" {
	usage "nothing to do" "iw-mlo help" --
	usage "nothing to do" -- -j
	usage "nothing to do" -- --
}

@test "unknown objects and commands, the word named" {
	usage '"frobnicate": unknown word' -- frobnicate
	usage '"": unknown word' -- ""
	usage '"de": unknown word' -- de
	usage '"devx": unknown word' -- devx wlan0
	usage 'dev wlan0: "frobnicate": unknown word, expected info, link, set, connect, disconnect, del' -- dev wlan0 frobnicate
	usage '"lin"' -- dev wlan0 lin
	usage '"": unknown word' -- dev wlan0 ""
	usage 'dev wlan0 link: "frobnicate": unknown word, expected show, add, del' -- dev wlan0 link frobnicate
	usage '"ad"' -- dev wlan0 link ad 1 addr 02:00:00:00:00:01
	usage '"add": unknown word, expected caps, interface' -- phy phy0 add
	usage 'phy phy0: "del": unknown word, expected add' -- phy phy0 interface del new0
	usage '"interface"' -- dev wlan0 interface add new0 type ap
	usage '"caps"' -- dev wlan0 caps
	usage '"connect"' -- phy phy0 connect net
	usage '"connect": unknown word' -- connect net
	usage '"events": unknown word' -- events
	usage '"link"' -- phy phy0 link
	usage '"mtu": unknown word, expected type' -- dev wlan0 set mtu 3
}

@test "words that are missing" {
	usage "a word is missing, expected type" -- dev wlan0 set
	usage "TYPE is missing" -- dev wlan0 set type
	usage "ID is missing" -- dev wlan0 link add
	usage "addr MAC is missing" -- dev wlan0 link add 1
	usage "addr MAC is missing" -- dev wlan0 link add 1 addr
	usage "ID is missing" -- dev wlan0 link add addr 02:00:00:00:00:01
	usage "ID is missing" -- dev wlan0 link del
	usage "WDEV is missing" -- wdev
	usage "SSID is missing" -- dev wlan0 connect
	usage "a word is missing, expected add" -- phy phy0 interface
	usage "NAME is missing" -- phy phy0 interface add
	usage "NAME is missing" -- phy phy0 interface add type ap
	usage "type TYPE is missing" -- phy phy0 interface add new0
	usage "type TYPE is missing" -- phy phy0 interface add new0 type
	usage "addr MAC is missing" -- phy phy0 interface add new0 type ap addr
	usage "TYPE is missing" -- dev wlan0 set type --force
}

@test "words that are too many" {
	usage '"extra"' -- dev wlan0 info extra
	usage '"2"' -- dev wlan0 link del 1 2
	usage '"extra"' -- dev wlan0 link add 1 addr 02:00:00:00:00:01 extra
	usage '"addr": given twice' -- dev wlan0 link add 1 addr 02:00:00:00:00:01 addr 02:00:00:00:00:01
	usage '"extra"' -- phy phy0 extra
	usage '"2"' -- dev wlan0 link show 1 2
	usage '"ap"' -- dev wlan0 set type station ap
	usage '"--frob": unknown word' -- dev wlan0 set type ap --frob
	usage '"--force": given twice' -- dev wlan0 set type --force ap --force
	usage '"extra"' -- dev wlan0 connect net extra
	usage '"net"' -- dev wlan0 disconnect net
	usage '"extra"' -- dev wlan0 del extra
	usage '"ap"' -- phy phy0 interface add new0 ap
	usage '"extra"' -- phy phy0 interface add new0 type ap addr 02:00:00:00:00:01 extra
	usage '"type": given twice' -- phy phy0 interface add new0 type ap type ap
	usage '"extra"' -- phy phy0 caps extra
	usage '"extra"' -- event extra
}

@test "check: an interface, or none" {
	usage '"": not an interface name' -- check ""
	usage '"a/b": not an interface name' -- check a/b
	usage '"wlan1"' -- check wlan0 wlan1
	usage '"--force"' -- check wlan0 --force
	usage 'unknown word' -- dev wlan0 check
}

@test "check where there is no nl80211: that is what is found; no error, and no colour in a pipe" {
	[ ! -e /sys/class/ieee80211 ] || skip "this machine has nl80211"
	for words in check "check wlan0" "-c auto check"; do
		# shellcheck disable=SC2086 # words it is
		run --separate-stderr "$IW_MLO" $words
		[ "$status" -eq 0 ] && [ -z "$stderr" ]
		[ "${lines[0]}" = machine ]
		[ "${lines[1]}" = "  problem    nl80211: this kernel has no nl80211" ]
		[[ $output != *$'\e'* ]]
	done
	run --separate-stderr "$IW_MLO" -c always check
	[ "${lines[1]}" = $'  \e[1;31mproblem\e[0m    nl80211: this kernel has no nl80211' ]
	run --separate-stderr "$IW_MLO" -j check
	[ "$(jq -r '.[0] | .check + " " + .verdict' <<<"$output")" = "nl80211 problem" ]
	run script -qec "TERM=xterm $IW_MLO check" /dev/null
	[[ $output == *$'\e[1;31mproblem\e[0m'* ]]
}

@test "parameters in any order" {
	# right as words; wlan-none is then looked for
	bad 2 "no such interface" -- dev wlan-none link add addr 02:00:00:00:00:01 1 ||
		bad 3 "no nl80211" -- dev wlan-none link add addr 02:00:00:00:00:01 1
}

@test "link ids" {
	for id in -1 15 16 255 256 313 1e1 0x1 01 00 "" " 1" "1 " 1. +1 a 99999999999999999999; do
		usage "\"$id\"" "not a link id (0 to 14)" -- dev wlan0 link del "$id"
	done
	usage '"15": not a link id' -- dev wlan0 link show 15
	usage '"15": not a link id' -- dev wlan0 link add 15 addr 02:00:00:00:00:01
}

@test "addresses" {
	for mac in 1:2:3:4:5:6 02:00:00:00:00 02:00:00:00:00:00:00 02:00:00:00:00:000 02-00-00-00-00-01 \
		020000000001 02:00:00:00:00:0g "02:00:00:00:00:01 " " 2:00:00:00:00:01" "" "02:00:00:00:0:001" -1; do
		usage "\"$mac\": not a MAC address" -- dev wlan0 link add 1 addr "$mac"
	done
	usage '"01:00:00:00:00:01": a multicast address' -- dev wlan0 link add 1 addr 01:00:00:00:00:01
	usage '"ff:ff:ff:ff:ff:ff": a multicast address' -- dev wlan0 link add 1 addr ff:ff:ff:ff:ff:ff
	usage '"00:00:00:00:00:00": the zero address' -- dev wlan0 link add 1 addr 00:00:00:00:00:00
	usage '"02:00": not a MAC address' -- phy phy0 interface add new0 type ap addr 02:00
	usage '"01:00:00:00:00:01": a multicast address' -- phy phy0 interface add new0 type ap addr 01:00:00:00:00:01
	usage '"00:00:00:00:00:00": the zero address' -- phy phy0 interface add new0 type ap addr 00:00:00:00:00:00
}

@test "interface names" {
	usage '"": not an interface name' -- dev ""
	usage '"sixteen-bytes-xx": not an interface name' -- dev sixteen-bytes-xx
	usage '"a/b": not an interface name' -- dev a/b info
	usage '"a b": not an interface name' -- dev "a b"
	usage '"..": not an interface name' -- dev ..
	for name in "" sixteen-bytes-xx a/b a:b "a b" . ..; do
		usage "\"$name\": not an interface name" -- phy phy0 interface add "$name" type ap
	done
}

@test "SSIDs" {
	usage 'not an SSID (1 to 32 bytes, \xHH for any but 0)' -- dev wlan0 connect ""
	usage "not an SSID" -- dev wlan0 connect "$(printf 'x%.0s' {1..33})"
	for ssid in '\x00' 'a\x00b' '\' 'a\' '\x' '\x4' '\xZZ' '\n' '\\'; do
		usage "\"${ssid//\\/\\x5c}\": not an SSID" -- dev wlan0 connect "$ssid"
	done
}

@test "wdev ids" {
	for id in 0 0x0 "" x -1 0x 0xg 18446744073709551616 0x10000000000000000 "1 " 1e3; do
		usage "\"$id\": not a wdev id" -- wdev "$id"
	done
}

@test "phy names" {
	usage '"": not a phy' -- phy ""
	usage "not a phy" -- phy "$(printf 'x%.0s' {1..64})"
}

@test "types" {
	usage '"managed": not an interface type' -- dev wlan0 set type managed
	usage '"": not an interface type' -- dev wlan0 set type ""
	usage '"3": not an interface type' -- dev wlan0 set type 3
	usage '"AP": not an interface type' -- dev wlan0 set type AP
	usage '"type-13": not an interface type' -- dev wlan0 set type type-13
	usage '"managed": not an interface type' -- phy phy0 interface add new0 type managed
	usage '"13": not an interface type' -- phy phy0 interface add new0 type 13
}

@test "options" {
	usage '"-x": unknown option' -- -x
	usage '"--frob": unknown option' -- --frob dev
	usage '"--js": unknown option' -- --js dev
	usage '"--ver": unknown option' -- --ver
	usage '"-t"' -- -t
	usage '"--timeout"' -- --timeout
	usage '"--json=1"' -- --json=1 dev
	for t in 0 -1 abc "" 1s 86401 0.0001 1e3 . .5 5. 0x1; do
		usage "\"$t\": not a value for -t" -- -t "$t" dev
	done
	usage '"blue": not a value for -c' -- -c blue dev
	usage '"": not a value for -c' -- --color= dev
	usage '"-j": options go before "dev"' -- dev -j
	usage '"-j": options go before "phy"' -- phy -j
	usage '"-j": unknown word' -- -- -j
}

@test "an error stays one line of harmless text, whatever the words" {
	usage '"\x0a\x1b[31m\x07\xff"' -- dev wlan0 set type $'\n\e[31m\a\xff'
	usage '\xe2\x80\xae' -- $'\xe2\x80\xae'
	usage '"\x22\x5c"' -- dev wlan0 link del '"\'
	usage "xxxxxxxx" -- dev wlan0 link del "$(printf 'x%.0s' {1..100000})"
}

@test "help lists every command and every option, on stdout" {
	for words in help -h --help "-j -h"; do
		# shellcheck disable=SC2086 # words it is
		run --separate-stderr "$IW_MLO" $words
		[ "$status" -eq 0 ]
		[ -z "$stderr" ]
		for text in "iw-mlo dev DEV link add ID addr MAC" "iw-mlo phy" "iw-mlo help [--words] [COMMAND]" \
			"iw-mlo dev DEV set type TYPE [--force]" "iw-mlo dev DEV connect SSID" "iw-mlo event" \
			"iw-mlo phy PHY interface add NAME type TYPE [addr MAC]" "iw-mlo dev DEV del" "-j, --json" "-t, --timeout SECONDS" "-V, --version"; do
			[[ $output == *"$text"* ]]
		done
	done
}

@test "help for one command, and for none" {
	run --separate-stderr "$IW_MLO" help link add
	[ "${lines[0]}" = "  iw-mlo dev DEV link add ID addr MAC" ]
	[[ $output == *"ID: a link id, 0 to 14"* ]]
	[[ $output != *"link del"* ]]
	run --separate-stderr "$IW_MLO" help dev link
	[[ $output == *"link del"* ]]
	run --separate-stderr "$IW_MLO" help set type
	[[ $output == *"station, ap,"*"mlo-link-device"* ]]
	usage "no such command" -- help frobnicate
	usage "no such command" -- help phy link
}

@test "--version" {
	for words in -V --version "--version dev"; do
		# shellcheck disable=SC2086 # words it is
		run --separate-stderr "$IW_MLO" $words
		[ "$status" -eq 0 ]
		[[ $output =~ ^iw-mlo\ [^\ ]+$ ]]
	done
}

@test "stdout that cannot be written: status 3" {
	for words in help --version; do
		run --separate-stderr bash -c '"$IW_MLO" "$1" >/dev/full' - "$words"
		[ "$status" -eq 3 ]
		[[ $stderr == "iw-mlo: "*"cannot write to stdout: No space left on device" ]]
		run --separate-stderr bash -c '"$IW_MLO" "$1" >&-' - "$words"
		[ "$status" -eq 3 ]
		[[ $stderr == "iw-mlo: "*"cannot write to stdout: Bad file descriptor" ]]
	done
}

@test "a closed pipe: status 3 where SIGPIPE is ignored, else the signal, and never a word of blame" {
	run --separate-stderr bash -c 'set -o pipefail; { sleep 0.1; "$IW_MLO" help; } | true'
	[ "$status" -eq 141 ]
	[ -z "$stderr" ]
	run --separate-stderr bash -c 'trap "" PIPE; set -o pipefail; { sleep 0.1; "$IW_MLO" help; } | true'
	[ "$status" -eq 3 ]
	[[ $stderr == *"cannot write to stdout: Broken pipe" ]]
}

@test "no nl80211: status 3, and the words come first" {
	[ ! -e /sys/class/ieee80211 ] || skip "this machine has nl80211"
	bad 3 "dev: this kernel has no nl80211" -- dev
	bad 3 "dev lo link add: this kernel has no nl80211" -- dev lo link add 1 addr 02:00:00:00:00:01
	bad 3 "phy phy0: this kernel has no nl80211" -- phy phy0
	bad 3 "this kernel has no nl80211" -- -jn dev lo link del 1
}
