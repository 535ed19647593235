# Scans and the table of BSSes: honest and hostile beacons, through the kernel, back to the tool.
# rig: mlosim.radios=2

bats_require_minimum_version 1.5.0
load helpers

setup_file() { ! has_sim || ip link set sim0 up; }
setup() {
	only_in_guest
	needs_sim
	export PYTHONPATH=$PROJECT/tests/rig PYTHONDONTWRITEBYTECODE=1
	fresh
}

teardown() {
	has_sim || return 0
	"$iw_mlo" dev sim0 disconnect >/dev/null 2>&1 || true
	echo 10 >"$sim/scan_ms"
	[ ! -e "$BATS_TEST_TMPDIR/pid" ] || kill "$(cat "$BATS_TEST_TMPDIR/pid")"
	[ ! -e /sys/class/net/mon0 ] || iw dev mon0 del
	reset_dev wlan1
}

# An empty table: channel 6 has no AP. A hidden beacon goes after the probe responses that belong to it.
fresh() {
	local try
	for try in 1 2 3; do
		[ -n "$("$iw_mlo" dev sim0 scan flush passive freq 2437)" ] || return 0
	done
	echo "not empty after $try scans"
	return 1
}

# Runs lines of Python (stdin), which make frames and have them heard.
frames() { { echo "from hear import *"; cat; } | python3 -; }

# What the tool says of the whole table, as one line of JSON that jq made.
table() { "$iw_mlo" -j dev sim0 bss "${@:2}" | jq -c "$1"; } # JQ WORD...

# Every form succeeds with valid UTF-8 and without a control character; JSON is JSON.
clean() { # DEV
	local words out=$BATS_TEST_TMPDIR/clean
	for words in "" "--flat" "--elements"; do
		# shellcheck disable=SC2086 # words they are
		{
			"$iw_mlo" dev "$1" bss $words >"$out" 2>"$out.err" && [ ! -s "$out.err" ] || return 1
			iconv -f UTF-8 -t UTF-8 "$out" >/dev/null || return 1
			! LC_ALL=C grep -qP '[\x00-\x08\x0b-\x1f\x7f]' "$out" || return 1
			! grep -qP '[\x{80}-\x{9f}\x{200e}\x{200f}\x{202a}-\x{202e}\x{2066}-\x{2069}]' "$out" || return 1
			"$iw_mlo" -j dev "$1" bss $words >"$out" 2>"$out.err" && [ ! -s "$out.err" ] || return 1
			iconv -f UTF-8 -t UTF-8 "$out" >/dev/null || return 1
			jq -e 'type == "array"' "$out" >/dev/null || return 1
			[ "$(wc -l <"$out")" -eq 1 ] || return 1
		}
	done
}

five='[[0,2412],[1,5180],[2,5955],[3,5745],[4,6115]]'

# ---- scan ----

@test "scan shows the AP MLD with five links, and the AP without beside it" {
	good -j dev sim0 scan
	[ "$(jq -c '[.[] | [.ssid, .ap_mld_addr, (.links | length), .contradictions]]' <<<"$output")" = \
		'[["mlosim","02:4d:4c:4f:ff:00",5,null],["mlosim-legacy",null,1,null]]' ]
	[ "$(jq -c '[.[0].links[] | [.link_id, .freq_mhz]]' <<<"$output")" = "$five" ]
	[ "$(jq -c '[.[].links[] | .heard and (.seen_ms < 5000)] | unique' <<<"$output")" = '[true]' ]
	[ "$(jq -c '[.[0].links[].signal_dbm]' <<<"$output")" = '[-40.0,-45.0,-50.0,-55.0,-60.0]' ] ||
		[ "$(jq -c '[.[0].links[].signal_dbm]' <<<"$output")" = '[-40,-45,-50,-55,-60]' ]
	good dev sim0 scan
	[[ ${lines[0]} == '"mlosim"  open  ap-mld 02:4d:4c:4f:ff:00  5 links' ]]
	[[ ${lines[3]} == "  link 2  02:4d:4c:4f:00:02  5955 MHz 6GHz/1     160 MHz HE"*" -50.0 dBm  "*" ms ago" ]]
	[[ ${lines[6]} == '"mlosim-legacy"  open' ]]
	[[ ${lines[7]} == "  bss     02:4d:4c:4f:00:05  5200 MHz 5GHz/40    20 MHz "*" ms ago" ]]
	[ "${#lines[@]}" -eq 8 ]
	clean sim0
}

@test "scan of some channels, passive, flush, and what the driver does not take" {
	good -j dev sim0 scan freq 2412 freq 5955
	[ "$(jq -c '[.[].links[].freq_mhz]' <<<"$output")" = '[2412,5955]' ]
	good -j dev sim0 scan passive freq 5180
	[ "$(jq -c '[.[].links[].freq_mhz]' <<<"$output")" = '[2412,5180,5955]' ]
	good -j dev sim0 scan flush freq 5745 ssid mlosim ssid 'a\xff'
	[ "$(jq -c '[.[].links[].freq_mhz]' <<<"$output")" = '[5745]' ]
	bad 2 "fewer SSIDs" -- dev sim0 scan ssid a ssid b ssid c ssid d ssid e
	bad 2 "no such channel" -- dev sim0 scan freq 2484
	bad 1 "a passive scan asks for no SSID" -- dev sim0 scan passive ssid a
	good -n dev sim0 scan passive freq 2412 flush
	[ "$(grep -c '^TRIGGER_SCAN IFINDEX [0-9]* SCAN_FREQUENCIES.* SCAN_FLAGS 2$' <<<"$output")" -eq 1 ]
}

@test "scan --flat and --elements" {
	good dev sim0 scan --flat
	[ "${#lines[@]}" -eq 6 ]
	[[ ${lines[1]} == "02:4d:4c:4f:00:01  5180 MHz"*'  "mlosim"  ap-mld 02:4d:4c:4f:ff:00 link 1  open' ]]
	good -j dev sim0 scan --elements
	[ "$(jq -c '[.[] | .elements | map(.name) | contains(["SSID", "Supported Rates", "Country"])] | unique' \
		<<<"$output")" = '[true]' ]
}

@test "the progress is for a terminal, and leaves nothing there" {
	echo 700 >"$sim/scan_ms"
	script -qec "$iw_mlo dev sim0 scan >/dev/null" /dev/null >"$BATS_TEST_TMPDIR/tty"
	grep -q 'scanning, 0\.[2-6] s' "$BATS_TEST_TMPDIR/tty"
	[ "$(tail -c 4 "$BATS_TEST_TMPDIR/tty" | od -An -tx1 | tr -d " ")" = 0d1b5b4b ]
	good dev sim0 scan
}

@test "two scans at once: the second waits for the end of the first" {
	echo 600 >"$sim/scan_ms"
	"$iw_mlo" -j dev sim0 scan flush >"$BATS_TEST_TMPDIR/first" 3>&- &
	sleep 0.2
	good -j dev sim0 scan freq 2412
	wait $!
	[ "$(jq '.[0].links | length' "$BATS_TEST_TMPDIR/first")" -eq 5 ]
	[ "$(jq '.[0].links | length' <<<"$output")" -eq 5 ]
	run --separate-stderr "$iw_mlo" -d dev sim0 scan freq 2412
	[ "$(grep -c '^> .*TRIGGER_SCAN' <<<"$stderr")" -eq 1 ]
}

@test "two scans at once, of two interfaces of a phy" {
	"$iw_mlo" phy "$("$iw_mlo" -j dev sim0 | jq -r .phy)" interface add sim0b type station
	ip link set sim0b up
	echo 600 >"$sim/scan_ms"
	"$iw_mlo" -j dev sim0b scan >"$BATS_TEST_TMPDIR/first" 3>&- &
	sleep 0.2
	good -t 5 -j dev sim0 scan
	wait $!
	[ "$(jq '.[0].links | length' "$BATS_TEST_TMPDIR/first")" -eq 5 ]
	"$iw_mlo" dev sim0b del
}

@test "many scans at once: each ends with its own" {
	echo 30 >"$sim/scan_ms"
	for n in 1 2 3 4 5 6; do
		"$iw_mlo" -t 30 -j dev sim0 scan >"$BATS_TEST_TMPDIR/$n" 2>&1 3>&- &
	done
	wait
	for n in 1 2 3 4 5 6; do
		[ "$(jq '.[0].links | length' "$BATS_TEST_TMPDIR/$n")" -eq 5 ]
	done
}

@test "a scan that is aborted by another process" {
	echo 5000 >"$sim/scan_ms"
	(sleep 0.3; iw dev sim0 scan abort) 3>&- &
	bad 2 "the scan was aborted" '"bss" shows the table as it is' -- dev sim0 scan
	wait
}

@test "a scan that does not end in time, or is interrupted, is aborted" {
	echo 20000 >"$sim/scan_ms"
	bad 4 "the scan did not end within 0.300 s" -- -t 0.3 dev sim0 scan
	run --separate-stderr timeout -s INT 0.4 "$iw_mlo" dev sim0 scan
	[[ $stderr == *"interrupted (Interrupt)"* ]] && [ "${#stderr_lines[@]}" -eq 1 ]
	echo 10 >"$sim/scan_ms"
	good -t 2 dev sim0 scan
}

@test "a scan of an interface that is down, of what is none, by nobody" {
	bad 2 "ENETDOWN" -- dev sim1 scan
	bad 2 "not a Wi-Fi interface" -- dev lo scan
	good dev sim1 bss
	[ -z "$output" ]
	"$iw_mlo" dev sim0 scan >/dev/null
	nobody() { setpriv --reuid 65534 --regid 65534 --clear-groups "$iw_mlo" "$@"; }
	run --separate-stderr nobody -j dev sim0 bss
	[ "$status" -eq 0 ] && [ "$(jq 'length' <<<"$output")" -eq 2 ]
	run --separate-stderr nobody dev sim0 scan
	[ "$status" -eq 2 ] && [[ $stderr == *EPERM* ]] && [ "${#stderr_lines[@]}" -eq 1 ]
}

# ---- the table ----

@test "bss: associated links are marked with their link id" {
	good dev sim0 connect mlosim
	good -j dev sim0 bss
	[ "$(jq -c '[.[0].links[] | select(.associated) | .link_id]' <<<"$output")" = '[0,1,2]' ]
	[ "$(jq -r '.[0].ap_mld_addr' <<<"$output")" = 02:4d:4c:4f:ff:00 ]
	[ "$(jq -c '.[0].contradictions' <<<"$output")" = null ]
	good dev sim0 bss
	for link in 0 1 2; do
		[ "$(grep -c "^  link $link  .*  associated, link $link\$" <<<"$output")" -eq 1 ]
	done
	good dev sim0 bss 02:4d:4c:4f:00:01
	[[ ${lines[0]} == *"  associated, link 1"* ]]
	[[ $output == *$'\n\tSSID: "mlosim"'* ]]
	bad 2 "no such BSS in the table" -- dev sim0 bss 02:00:00:00:00:99
	good dev sim0 disconnect
	[ "$(table '[.[].links[] | select(.associated)]')" = '[]' ]
	good dev sim0 connect mlosim-legacy
	[ "$(table '[.[].links[] | select(.associated) | [.bssid, .link_id]]')" = '[["02:4d:4c:4f:00:05",null]]' ]
}

@test "bss: whom the kernel contradicts, when the AP changes its mind" {
	good dev sim0 connect mlosim
	frames <<-'END'
		assert hear("02:4d:4c:4f:00:01", 5180, ssid("mlosim") + multi_link("02:00:00:00:66:ff", 1))
		assert hear("02:4d:4c:4f:00:02", 5955, ssid("mlosim") + he_operation(1))
	END
	[ "$(table '[.[] | select(.contradictions) | [.ap_mld_addr, .contradictions[]]]')" = \
		'[["02:00:00:00:66:ff",{"what":"kernel_differs","link_id":1,"addrs":["02:4d:4c:4f:00:01","02:4d:4c:4f:ff:00"]}],[null,{"what":"kernel_differs","link_id":2,"addrs":["02:4d:4c:4f:00:02","02:4d:4c:4f:ff:00"]}]]' ]
	clean sim0
}

@test "bss: links announced and not heard" {
	frames <<-'END'
		assert hear("02:00:00:00:0a:00", 2412, ssid("net") + rnr(
		    neighbor("02:00:00:00:0a:01", 115, 36, 1, count=7),
		    neighbor(None, 131, 1, 2, disabled=True),
		    neighbor("02:00:00:00:0b:01", 115, 36, 1, mld_id=4)) + multi_link("02:00:00:00:0a:ff", 0))
	END
	[ "$(table '[.[0].links[] | [.link_id, .heard, .announced]]')" = \
		'[[0,true,null],[1,false,{"in":"rnr","by":"02:00:00:00:0a:00","bssid":"02:00:00:00:0a:01","freq_mhz":5180,"change_count":7,"disabled":false}],[2,false,{"in":"rnr","by":"02:00:00:00:0a:00","freq_mhz":5955,"change_count":1,"disabled":true}]]' ]
	good dev sim0 bss
	[[ ${lines[2]} == "  link 1  02:00:00:00:0a:01  5180 MHz 5GHz/36"*"  not heard; announced by 02:00:00:00:0a:00 (rnr)" ]]
	[[ ${lines[3]} == "  link 2  bssid not told  5955 MHz 6GHz/1"*"  not heard; announced by 02:00:00:00:0a:00 (rnr)  disabled" ]]
}

@test "bss: every contradiction is reported" {
	frames <<-'END'
		mld, other = "02:00:00:00:0a:ff", "02:00:00:00:0b:ff"
		assert hear("02:00:00:00:0a:00", 2412, ssid("net") + rnr(
		    neighbor("02:00:00:00:0a:01", 115, 40, 1, count=7),
		    neighbor("02:00:00:00:0a:02", 115, 149, 5),
		    neighbor("02:00:00:00:0b:03", 115, 149, 3)) + multi_link(mld, 0))
		assert hear("02:00:00:00:0a:01", 5180, ssid("net") + multi_link(mld, 1))
		assert hear("02:00:00:00:0a:02", 5745, ssid("nex") + multi_link(mld, 2))
		assert hear("02:00:00:00:0a:0e", 5745, ssid("net") + multi_link(mld, 2))
		assert hear("02:00:00:00:0b:03", 5745, ssid("net") + multi_link(other, 3), signal=-6000)
	END
	[ "$(table '[.[0].contradictions[] | [.what, .link_id, (.addrs[] | .[15:])]] | sort')" = \
		'[["claimed_twice",2,"02","0e"],["other_change_count",1,"00","01"],["other_channel",1,"00","01"],["other_link_id",5,"00","02"],["other_mld",3,"00","03"],["other_ssid",2,"00","02"]]' ]
	[ "$(table '.[1].contradictions')" = null ]
	[ "$("$iw_mlo" dev sim0 bss | grep -c '^  ! ')" -eq 6 ]
	clean sim0
}

@test "bss: what a BSS can be used for, in words" {
	frames <<-'END'
		six = ssid("net") + multi_link("02:00:00:00:0a:ff", 2)
		assert hear("02:00:00:00:0a:02", 5955, six)
		assert hear("02:00:00:00:0a:03", 5975, six + he_operation(5))
	END
	[ "$(table '[.[0].links[] | [.bssid[15:], .use_for, .cannot_use]]')" = \
		'[["02",[],["6ghz_power_mismatch"]],["03",["normal","mld_link"],null]]' ]
	good dev sim0 bss
	[[ ${lines[1]} == *"  not usable  cannot be used: 6 GHz regulatory power mode does not match"* ]]
	[[ ${lines[2]} != *use* ]]
}

@test "bss: links that the kernel takes out of a probe response" {
	frames <<-'END'
		mld = "02:00:00:00:0a:ff"
		near = ssid("net") + element(1, bytes([0x82]))
		parts = profile(1, "02:00:00:00:0a:01", element(1, bytes([0x8c])))
		parts += profile(3, "02:00:00:00:0a:03", element(1, bytes([0x8c])) + element(221, bytes(240)))
		assert hear("02:00:00:00:0a:00", 2412, near + rnr(
		    neighbor("02:00:00:00:0a:01", 115, 36, 1), neighbor(None, 115, 149, 3)) +
		    multi_link(mld, 0, profiles=parts), PROBE_RESPONSE)
	END
	[ "$(table '[.[] | [.ap_mld_addr, .contradictions, [.links[] | [.link_id, .bssid[15:], .freq_mhz, .heard, .announced.in]]]]')" = \
		'[["02:00:00:00:0a:ff",null,[[0,"00",2412,true,"rnr"],[1,"01",5180,true,"rnr"],[3,"03",5745,true,"rnr"]]]]' ]
	[ "$(table '.[0].links[2] | [.use_for, .cannot_use]')" = '[[],["nstr_nonprimary"]]' ]
	[[ "$("$iw_mlo" dev sim0 bss)" == *"  not usable  cannot be used: not the primary link of an NSTR pair"* ]]
	clean sim0
}

@test "bss: a hidden SSID that a probe response tells, a BSS that moved" {
	frames <<-'END'
		ml = multi_link("02:00:00:00:0a:ff", 0)
		assert hear("02:00:00:00:0a:00", 2412, ssid("") + ml)
		assert hear("02:00:00:00:0a:00", 2412, ssid("net") + ml, PROBE_RESPONSE)
		assert hear("02:00:00:00:0a:00", 2412, ssid("") + ml)
		assert hear("02:00:00:00:0b:00", 2412, ssid("moved") + multi_link("02:00:00:00:0b:ff", 0))
		time.sleep(0.1)
		assert hear("02:00:00:00:0b:00", 2462, ssid("moved") + multi_link("02:00:00:00:0b:ff", 0))
	END
	[ "$(table '[.[] | [.ssid, .contradictions, [.links[] | .freq_mhz]]] | sort')" = \
		'[["moved",null,[2462]],["net",null,[2412]]]' ]
}

# ---- bad input ----

@test "SSIDs that would harm a terminal or a reader, byte for byte" {
	python3 - >"$BATS_TEST_TMPDIR/want" <<-'END'
		from hear import *
		names = [b"\x1b[2J\x1b]0;x\x07", b"a\rb\nc\td\b", "a\u202eb\u2066c\u200f".encode(), b"\xff\xfe\x80",
		    b"\xed\xa0\x80", b"\xc0\xaf", bytes(32), b'"\\"\\', "Café ☕".encode(), b"\xf4\x90\x80\x80",
		    b"\xe2\x80", b"\x7f\xc2\x9b31m", b"</script>%s%n", b" ", bytes(range(32)), b"\x00hidden"]
		for n, name in enumerate(names):
		    e = ssid(name) + element(221, b"\x00\x50\xf2\x04\x10\x11\x00\x20" + name.ljust(32, b"\x1b"))
		    assert hear("02:00:00:00:0a:%02x" % n, 2412, e + element(7, name[:3].ljust(6)), signal=-n * 100 - 1)
		    try:
		        text = name.decode()
		    except UnicodeDecodeError:
		        text = None
		    print("02:00:00:00:0a:%02x" % n, name.hex(), "yes" if text is not None else "no")
	END
	good -j dev sim0 bss
	jq -r '.[] | [.links[0].bssid, .ssid_hex, (if .ssid then "yes" else "no" end)] | join(" ")' <<<"$output" |
		sort | diff - "$BATS_TEST_TMPDIR/want"
	# what is text at all is the same bytes
	"$iw_mlo" -j dev sim0 bss | python3 -c 'import json, sys
for ap in json.loads(sys.stdin.buffer.read().decode("utf-8", "strict")):
    assert ap.get("ssid") is None or ap["ssid"].encode().hex() == ap["ssid_hex"], ap'
	good dev sim0 bss
	[[ $output == *'"\x1b[2J\x1b]0;x\x07"  open'* ]]
	[[ $output == *'"a\xe2\x80\xaeb\xe2\x81\xa6c\xe2\x80\x8f"  open'* ]]
	[[ $output == *'"Café ☕"  open'* ]]
	[ "$(grep -c '^"\(\\x00\)\{32\}"' <<<"$output")" -eq 1 ]
	clean sim0
}

@test "beacons: empty, of one element of 2,304 bytes, with bytes after the end" {
	frames <<-'END'
		net = ssid("net")
		assert hear("02:00:00:00:00:01", 2412)
		assert hear("02:00:00:00:00:02", 2412, extension(107, bytes(2285)))
		assert hear("02:00:00:00:00:03", 2412, extension(99, bytes(2285)))
		assert hear("02:00:00:00:00:04", 2412, element(221, bytes(254)) * 9)
		assert hear("02:00:00:00:00:05", 2412, net + b"\x01\x08\x82")
		assert hear("02:00:00:00:00:06", 2412, net + b"\xdd")
		assert hear("02:00:00:00:00:07", 2412, net + bytes(301))
		assert hear("02:00:00:00:00:08", 2412, multi_link("02:00:00:00:0a:ff", 0)[:-4] + net)
		assert hear("02:00:00:00:00:09", 2412, b"\xf2\xff" + bytes(255))
		assert hear("02:00:00:00:00:0a", 2412, b"\xff\x00" * 1152)
	END
	good -j dev sim0 bss --elements
	[ "$(jq length <<<"$output")" -eq 10 ]
	# nobody's elements take another's away
	for n in 5 6 7; do
		[ "$(jq -r ".[] | select(.bssid == \"02:00:00:00:00:0$n\") | .ssid" <<<"$output")" = net ]
		[ "$(jq -r ".[] | select(.bssid == \"02:00:00:00:00:0$n\") | .malformed" <<<"$output")" = "an element is cut off" ]
	done
	[ "$(jq -c '.[] | select(.bssid == "02:00:00:00:00:05") | .elements[1] | [.id, .malformed, .hex]' <<<"$output")" = \
		'[1,"cut off","0882"]' ]
	clean sim0
}

@test "beacons of any bytes: every BSS is shown, and nothing breaks" {
	frames <<-'END'
		random.seed(7)
		ids = [0, 1, 7, 48, 71, 107, 127, 201, 221, 242, 255, 255, 255]
		exts = [35, 36, 56, 106, 107, 108, 109, 135]
		heard = 0
		for n in range(400):
		    e = b""
		    while len(e) < random.choice((40, 300, 1500)):
		        id = random.choice(ids)
		        body = random.randbytes(random.choice((0, 1, 3, 8, 20, 60, 255)))
		        if id == 255 and body:
		            body = bytes([random.choice(exts)]) + bytes([body[0] & 0x37]) + body[2:]
		        e += element(id, body)
		    heard += hear("02:00:00:01:%02x:%02x" % (n >> 8, n & 255), 2412, e[:random.randrange(len(e) + 1)],
		        random.randrange(2))
		assert heard > 300, heard
	END
	clean sim0
	[ "$(table length --flat)" -ge 300 ]
}

@test "a thousand BSSes with 1.5 KiB of elements each" {
	frames <<-'END'
		for n in range(999):
		    mld, k = divmod(n, 3)
		    links = [("02:22:%02x:%02x:00:%02x" % (mld >> 8, mld & 255, l), c, h, f)
		        for l, (c, h, f) in enumerate([(81, 1, 2412), (128, 36, 5180), (131, 1, 5955)])]
		    assert hear(links[k][0], links[k][3], modern("net-%d" % mld, "02:11:00:%02x:%02x:ff" %
		        (mld >> 8, mld & 255), links, k), signal=-4000 - mld)
	END
	[ "$(table '[length, ([.[].links | length] | unique), ([.[].contradictions] | unique), ([.[].links[].heard] | unique)]')" = \
		'[333,[3],[null],[true]]' ]
	[ "$(table '[.[] | .ssid] | .[:3]')" = '["net-0","net-1","net-2"]' ]
	clean sim0
}

# ---- over the air ----

# An AP of hostapd's on wlan0, to whose own elements any may be added.
ap_on_air() { # CHANNEL LINE...
	printf '%s\n' interface=wlan0 driver=nl80211 ssid=air hw_mode=g channel="$1" "${@:2}" >"$BATS_TEST_TMPDIR/hostapd.conf"
	hostapd -B -P "$BATS_TEST_TMPDIR/pid" "$BATS_TEST_TMPDIR/hostapd.conf" >"$BATS_TEST_TMPDIR/log" 3>&-
	ip link set wlan1 up
}

@test "scan of mac80211 hears an AP with a Multi-Link element of hostapd's" {
	ap_on_air 6 vendor_elements="$(python3 -c 'from hear import *
print((rnr(neighbor("02:00:00:00:0a:01", 115, 36, 1)) + multi_link("02:00:00:00:0a:ff", 0)).hex())')"
	for how in "" passive; do
		# shellcheck disable=SC2086 # a word, or none
		good -j dev wlan1 scan freq 2437 flush $how
		[ "$(jq -c '[.[] | [.ssid, .ap_mld_addr, [.links[] | [.link_id, .heard, (.bssid // .announced.bssid)]]]]' <<<"$output")" = \
			'[["air","02:00:00:00:0a:ff",[[0,true,"02:00:00:00:00:00"],[1,false,"02:00:00:00:0a:01"]]]]' ]
	done
	good -j dev wlan1 scan freq 2437 freq 2412 ssid air --elements
	[ "$(jq -r '.[0].frame' <<<"$output")" = probe_response ]
	clean wlan1
}

# Frames that Python (stdin) sends in a loop while wlan1 scans.
air() {
	{ printf '%s\n' "from hear import *" "open('$BATS_TEST_TMPDIR/begun', 'w')"; cat; } >"$BATS_TEST_TMPDIR/air.py"
	ip link set wlan1 up
	iw phy phy0 interface add mon0 type monitor
	ip link set mon0 mtu 2304 up
	python3 "$BATS_TEST_TMPDIR/air.py" 3>&- &
	until [ -e "$BATS_TEST_TMPDIR/begun" ]; do sleep 0.05; done
	good -j dev wlan1 scan flush freq 2412 passive
	kill $!
	echo "$output"
	clean wlan1
}

@test "scan of mac80211 hears hostile beacons, from a monitor interface" {
	air <<-'END'
		while True:
		    send("mon0", "02:00:00:00:0a:00", ssid(b"\x1b[2J") + element(3, b"\1") + multi_link("02:00:00:00:0a:ff", 3))
		    send("mon0", "02:00:00:00:0b:00", ssid(b"net") + element(3, b"\1") + extension(107, bytes(2200)))
		    send("mon0", "02:00:00:00:0c:00", b"")
		    send("mon0", "02:00:00:00:0d:00", ssid(b"cut") + element(3, b"\1") + b"\xff\xff\x6b")
		    time.sleep(0.01)
	END
	[ "$(jq -c '[.[] | select(.links[0].bssid == "02:00:00:00:0a:00") | [.ap_mld_addr, .ssid_hex, .links[0].link_id]]' <<<"$output")" = \
		'[["02:00:00:00:0a:ff","1b5b324a",3]]' ]
	[ "$(jq '[.[].links[].bssid] | length >= 3' <<<"$output")" = true ]
}

@test "nontransmitted BSSIDs are MLDs of their own" {
	air <<-'END'
		def hidden(index, mld): # of a Multiple BSSID element
		    return element(0, element(83, bytes(2)) + ssid("net-%d" % index) +
		        element(85, bytes([index, 1, 0])) + multi_link(mld, 0))
		beacon = ssid("net-0") + element(3, b"\1") + element(5, bytes([0, 1, 0, 0])) + element(71, bytes([2]) +
		    hidden(1, "02:00:00:00:0b:ff") + hidden(2, "02:00:00:00:0c:ff")) + rnr(
		    neighbor("02:00:00:00:1a:00", 115, 36, 1, mld_id=0),
		    neighbor("02:00:00:00:1a:01", 115, 36, 1, mld_id=1),
		    neighbor("02:00:00:00:1a:02", 115, 36, 1, mld_id=2)) + multi_link("02:00:00:00:0a:ff", 0)
		while True:
		    send("mon0", "02:00:00:00:0a:00", beacon)
		    time.sleep(0.01)
	END
	[ "$(jq -c '[.[] | select(.ap_mld_addr) | [.ssid, .ap_mld_addr[12:], .contradictions, [.links[] | [.link_id, .heard, (.bssid // .announced.bssid)[12:]]]]] | sort' <<<"$output")" = \
		'[["net-0","0a:ff",null,[[0,true,"0a:00"],[1,false,"1a:00"]]],["net-1","0b:ff",null,[[0,true,"0a:01"],[1,false,"1a:01"]]],["net-2","0c:ff",null,[[0,true,"0a:02"],[1,false,"1a:02"]]]]' ]
}
