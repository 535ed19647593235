# An AP MLD on wlan0 and a client of it on wlan1, for tests. Use: load helpers, load ap, load client.

client=02:00:00:00:01:00
channels="2412 5180 5955"
three="0:2412 1:5180 2:5955"

# Use in setup_file, setup and teardown.
begin_file() { ! in_guest || regdom_eu; }
begin_test() {
	only_in_guest
	ap_open wlan0
	ip link set wlan1 up
}
end_test() {
	in_guest || return 0
	cat "$ap_log"
	"$iw_mlo" dev wlan1 disconnect >/dev/null 2>&1 || true
	ap_close
	renew_client
	reset_dev wlan0
}

# As if it had never been used: from one type to another, nothing is left.
renew_client() {
	ip link set wlan1 down
	iw dev wlan1 set type ibss
	iw dev wlan1 set type managed
}

# The words of connect for these links, of which the first carries the association; none: any.
connect_words() { # [IDS]
	local ids=${1:-} word
	echo dev wlan1 connect rig
	for word in ${ids//,/ }; do echo link "$word"; done
	for word in $channels; do echo freq "$word"; done
}

associate() { # [IDS]
	# shellcheck disable=SC2046 # words
	good $(connect_words "$@")
}

# Demands that it fails, says this, and leaves nothing behind.
refused() { # TEXT [IDS]
	local text=$1
	shift
	# shellcheck disable=SC2046 # words
	bad 2 "$text" -- $(connect_words "$@")
	[ "$("$iw_mlo" -j dev wlan1 link | jq -c '[.state, .links]')" = '["disconnected",[]]' ]
}

disconnect() { good dev wlan1 disconnect; }

# Of an interface: each link's id and frequency, null where it is not active.
links_of() { "$iw_mlo" -j dev "$1" link | jq -c '[.links[] | [.link_id, .freq_mhz]]'; }

becomes() { # DEV LINKS
	local try
	for try in {1..150}; do
		[ "$(links_of "$1")" != "$2" ] || return 0
		sleep 0.02
	done
	echo "after $try looks: $(links_of "$1")"
	return 1
}

# What the kernel of the AP has.
authorized() { iw dev wlan0 station get "$client" | grep -q 'authorized:.*yes'; }

frame_passes() { # FROM TO ADDRESS
	python3 - "$@" <<-'END'
		import socket, sys
		def raw(dev):
		    s = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(0x88b5))
		    s.bind((dev, 0x88b5)); s.settimeout(2); return s
		source, target = raw(sys.argv[1]), raw(sys.argv[2])
		to = bytes.fromhex(sys.argv[3].replace(":", ""))
		for n in range(20):
		    source.send(to + source.getsockname()[4] + b"\x88\xb5" + bytes([n]) * 50)
		for n in range(20):
		    assert target.recv(2000)[14] == n
	END
}
