# The simulated radios that CSME firmware shares with the host (csmesim.c), and what wpa_supplicant makes of it.
# Use: load rig/csme (the path as seen from the bats file), after the helpers.

csm=/sys/kernel/debug/csmesim

needs_csmesim() { [ -d "$csm" ] || [ "$RIG_KERNEL" != custom ] || skip "this kernel has no simulated device"; }

# A knob of a radio; the files are each written at once, whatever bytes there are.
knob() { # RADIO KNOB VALUE
	echo "$3" >"$csm/$1/$2"
}
bytes() { # RADIO KNOB HEX
	local text="" i
	for ((i = 0; i < ${#3}; i += 2)); do text+="\\x${3:i:2}"; done
	printf '%b' "$text" >"$BATS_TEST_TMPDIR/bytes"
	cat "$BATS_TEST_TMPDIR/bytes" >"$csm/$1/$2"
}

asked() { cat "$csm/${1:-0}/asked"; }

info() { # FILTER [DEV]
	"$iw_mlo" -j dev "${2:-csme0}" csme info | jq -c "$1"
}

# The kernel tells of a change of rfkill from a worker of its own: it comes soon, not at once.
becomes() { # FILTER WANTED [DEV]
	local try
	for try in {1..150}; do
		[ "$(info "$1" "${3:-csme0}")" != "$2" ] || return 0
		sleep 0.02
	done
	echo "after $try looks: $(info . "${3:-csme0}")"
	return 1
}

has_lines() { # FILE N
	local try
	for try in {1..150}; do
		[ "$(wc -l <"$1")" -lt "$2" ] || return 0
		sleep 0.02
	done
	echo "after $try looks:"
	cat "$1"
	return 1
}

reset_radio() { # RADIO
	local c=$csm/$1 pair
	knob "$1" present 1
	for pair in grant_ms=100 wait_ms=500 lift_ms=0 keep_ms=0 fail=0 positive=0 has_conn=1 auth=7 \
		cipher=4 channel=36 band=255 button=0 own=0 bssid=02:43:53:4d:45:aa; do
		echo "${pair#*=}" >"$c/${pair%%=*}"
	done
	printf csme >"$c/ssid"
	: >"$c/raw"
	for pair in /sys/class/rfkill/rfkill*/soft; do echo 0 >"$pair"; done
}

# As they are when the guest comes up, each on whatever phy it has then: blocked by the firmware.
fresh_radios() {
	only_in_guest
	needs_csmesim
	reset_radio 0
	reset_radio 1
	becomes .owned false csme0
	becomes .owned false csme1
	p0=$(<"/sys/class/net/csme0/phy80211/name")
	p1=$(<"/sys/class/net/csme1/phy80211/name")
	sleep 0.05
	cd "$BATS_TEST_TMPDIR"
}

# What a test that failed may leave behind.
clean_radios() {
	local job
	for job in $(jobs -p); do kill "$job" 2>/dev/null || true; done
	while umount /dev/rfkill 2>/dev/null; do :; done
	while umount /sys/class/rfkill 2>/dev/null; do :; done
	if ip netns list 2>/dev/null | grep -q .; then ip -all netns delete; sleep 0.2; fi
}

# Runs it in the background; finish() has its status, and what it printed is in the files out and err.
begin() { # WORD...
	# a shell has its jobs ignore ^C
	env --default-signal=INT "$iw_mlo" "$@" >out 2>err 3>&- &
	pid=$!
	sleep 0.15
}
finish() { # STATUS
	local status=0
	wait "$pid" || status=$?
	echo "status $status"
	cat out err
	[ "$status" -eq "$1" ]
}

# What wpa_supplicant makes of a file: the SSID of each network, in hexadecimal, one a line.
understood() { # FILE
	timeout 10 wpa_supplicant -dd -i nosuchdev0 -D nl80211 -c "$1" >parsed || true
	# it speaks of a line, too, where it takes a cipher out of its own list for groups
	awk '/^Line [0-9]+:/ && !/: removed / || /Failed to read or parse/ { bad = 1 }
		/start of a new network/ { blocks++ }
		/^ssid - / { ssid[blocks] = ""; on = 1; next }
		on && /^ / { ssid[blocks] = ssid[blocks] substr($0, 1, 53); next }
		{ on = 0 }
		END { for (n = 1; n <= blocks; n++) { gsub(/ /, "", ssid[n]); print ssid[n] }; exit bad || !blocks }' parsed && return
	cat "$1" parsed >&2
	return 1
}
