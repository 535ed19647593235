# Beacons made by hand, as tshark reads them and as the program does.

bats_require_minimum_version 1.5.0

setup_file() {
	export BEACON_PCAP=${BEACON_PCAP:-$BATS_TEST_DIRNAME/../build/plain/tests/unit/beacon-pcap}
	"$BEACON_PCAP" "$BATS_FILE_TMPDIR/capture" >"$BATS_FILE_TMPDIR/json"
}

setup() { command -v tshark >/dev/null || skip "tshark is not installed"; }

# Demands that at least so many facts were compared, and none differs.
same() { # KIND FACTS
	run "$BATS_TEST_DIRNAME/tshark-compare" "$BATS_FILE_TMPDIR/capture" "$BATS_FILE_TMPDIR/json" "$1"
	echo "$output"
	[ "$status" -eq 0 ] && [ "${lines[-1]%% *}" -ge "$2" ]
}

@test "the same elements are there" { same walk 3; }

@test "Reduced Neighbor Report: BSSIDs, channels, operating classes, MLD IDs, link ids" { same rnr 30; }

@test "Multi-Link: MLD address, link ids, change count, capabilities" { same multi-link 16; }

@test "RSN, its extension, and WPA" { same security 32; }

@test "HT, VHT and HE Operation" { same channel 26; }

@test "SSID, rates, TIM, country, load" { same bss 24; }
