# Recordings of real kernels, told as they were on them: on any machine, and as tshark has them.
#   association   of "event -w": a station's connection with two links, from both ends (7.3)
#   lost-link     likewise: a link that is lost, and comes back (6.12)
#   link-devices  likewise: the RFC's link devices (5.10)
#   nlmon         of nlmon, whole: requests, answers, and each event once for every reader (7.3)

bats_require_minimum_version 1.5.0

setup_file() {
	TOP=$(cd "$BATS_TEST_DIRNAME/.." && pwd)
	export TOP IW_MLO=${IW_MLO:-$TOP/iw-mlo}
}

recordings() { basename -s .pcap "$TOP"/tests/capture/*.pcap; }

@test "every recording is told as it was" {
	[ "$(recordings | wc -l)" -ge 4 ]
	for name in $(recordings); do
		"$IW_MLO" -j event --time wall -r "$TOP/tests/capture/$name.pcap" |
			diff "$TOP/tests/capture/$name.jsonl" - || { echo "$name"; return 1; }
	done
}

@test "filters are the same as on what happens" {
	tell() { "$IW_MLO" -j event -r "$TOP/tests/capture/association.pcap" "$@" | jq -c "[.ifname, .event, .link_id]"; }
	[ "$(tell dev wlan1 links_removed connect)" = '["wlan1","connect",null]
["wlan1","links_removed",null]' ]
	[ "$(tell link 1 start_ap)" = '["wlan0","start_ap",1]' ]
	[ "$(tell phy phy1 --count 1)" = '["wlan1","trigger_scan",null]' ]
}

# Events are what nobody asked for: with neither a sequence number nor a port. LINKS_REMOVED is newer
# than the tshark of Debian 12.
@test "tshark sees the same events, in the same order" {
	command -v tshark >/dev/null || skip "tshark is not installed (make deps)"
	for name in association lost-link link-devices; do
		"$IW_MLO" -j event -r "$TOP/tests/capture/$name.pcap" | jq -r .event >"$BATS_TEST_TMPDIR/ours"
		tshark -r "$TOP/tests/capture/$name.pcap" -Y 'nl80211 && netlink.hdr_seq == 0 && netlink.hdr_pid == 0' \
			-V 2>/dev/null |
			sed -n 's/^ *Command: NL80211_CMD_\([A-Z0-9_]*\) .*/\L\1/p; s/^ *Command: Unknown (154)/links_removed/p' >"$BATS_TEST_TMPDIR/theirs"
		[ -s "$BATS_TEST_TMPDIR/ours" ]
		diff "$BATS_TEST_TMPDIR/ours" "$BATS_TEST_TMPDIR/theirs"
	done
}

refused() { # STATUS WORDS FILE
	run "$IW_MLO" event -r "$3"
	echo "$status: $output" | tail -n 3
	[ "$status" -eq "$1" ]
	[[ $output == *"$2"* ]]
}

@test "what is no recording, or not a whole one" {
	file=$BATS_TEST_TMPDIR/file
	: >"$file"
	refused 2 "it is empty" "$file"
	echo "hello, this is no recording at all" >"$file"
	refused 2 "it is no recording (pcap)" "$file"
	printf '\x0a\x0d\x0d\x0a................................' >"$file"
	refused 2 "pcapng" "$file"
	head -c 24 "$TOP/tests/capture/association.pcap" >"$file"
	refused 0 "" "$file"
	printf '\x01' | dd of="$file" bs=1 seek=20 conv=notrunc 2>/dev/null
	refused 2 "link type" "$file"
	head -c 30000 "$TOP/tests/capture/association.pcap" >"$file"
	refused 5 "ends in one" "$file"
	# a hole of 10 GiB after what is whole
	cp "$TOP/tests/capture/lost-link.pcap" "$file"
	truncate -s 10G "$file"
	refused 5 "not whole" "$file"
	[[ $output == *"links_removed"* ]]
	truncate -s 0 "$file"
	truncate -s 10G "$file"
	refused 2 "no recording" "$file"
}
