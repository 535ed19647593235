# An interface that the kernel left in a state in which it refuses every multi-link authentication.

bats_require_minimum_version 1.5.0
load helpers
load ap
load client

setup_file() { begin_file; }
setup() { begin_test; }
teardown() { end_test; }

# Once the interface is in this state, the kernel refuses every AUTHENTICATE with a link: what an
# ASSOCIATE leaves behind that comes without an authentication, or too late.
jam() {
	"$iw_mlo" dev wlan1 scan freq 2412 passive >/dev/null
	python3 - <<-'END'
		import socket, struct
		def attr(type, data):
		    return struct.pack("=HH", 4 + len(data), type) + data + b"\0" * (-len(data) % 4)
		def mac(last): return bytes([2, 0, 0, 0, 0, last])
		def ask(family, flags, cmd, attrs):
		    s.send(struct.pack("=IHHII", 20 + len(attrs), family, flags, 1, 0) + struct.pack("=BBH", cmd, 1, 0) + attrs)
		    return s.recv(65536)
		s = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 16)
		s.bind((0, 0))
		answer = ask(16, 1, 3, attr(2, b"nl80211\0"))
		family = struct.unpack_from("=H", answer, answer.index(struct.pack("=HH", 6, 1)) + 4)[0]
		link = attr(313, b"\0") + attr(6, mac(0x10)) + attr(38, struct.pack("=I", 2412))
		answer = ask(family, 5, 38, attr(3, struct.pack("=I", socket.if_nametoindex("wlan1"))) + attr(52, b"rig")
		    + attr(313, b"\0") + attr(314, mac(0)) + attr(312 | 0x8000, attr(1 | 0x8000, link)))
		print(struct.unpack_from("=i", answer, 16)[0])
	END
}

@test "an interface that refuses every authentication with links is set right" {
	ap start rig "$three"
	run jam
	[ "$output" != 0 ] || skip "this kernel needs no authentication for an association"
	[ "$output" = -22 ]
	run --separate-stderr "$iw_mlo" -d dev wlan1 connect rig link 0 link 1 freq 2412 freq 5180
	[ "$status" -eq 0 ]
	steps=$(grep -oE '^> [0-9]+ A(UTHENTICATE|SSOCIATE)|error -22' <<<"$stderr" | sed 's/> [0-9]* //' | paste -sd ' ')
	# refused with a link, made without one, then as it should be
	[ "$steps" = "AUTHENTICATE error -22 AUTHENTICATE AUTHENTICATE ASSOCIATE" ]
	[ "$(links_of wlan1)" = '[[0,2412],[1,5180]]' ]
	happens "assoc $client links 0,1 status 0"
	forgive_jam
}
