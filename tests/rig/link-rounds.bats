# Looking at connections that come and go, again and again: what is shown is always of one of them.
# rig: mlosim.radios=2

bats_require_minimum_version 1.5.0
load helpers
load ap
load client

setup_file() { begin_file; }
setup() { begin_test; }
teardown() { end_test; }

# Both loops of each test are run by sh: a fork of bats' own shell costs more than the program under test.
reader='while [ ! -e stop ]; do "$0" -j dev "$1" link; echo "status $?"; done >seen 2>errors'

# Each look, with its status, against all connections that there were.
judge() { # AP-MLD SSID LEAST
	python3 - "$@" <<-'END'
		import collections, json, sys
		mld, ssid, least = sys.argv[1], sys.argv[2], int(sys.argv[3])
		made = set()
		for line in open("made"):
		    c = json.loads(line)
		    made.add(tuple((l["link_id"], l["addr"], l["bssid"]) for l in c["links"]))
		count = collections.Counter()
		view = None
		for line in open("seen", "rb"):
		    if not line.startswith(b"status "):
		        assert view is None, line
		        view = json.loads(line.decode("utf-8", "strict"))
		        continue
		    status = int(line.split()[1])
		    assert status in (0, 5), (status, view)
		    count["status %d" % status] += 1
		    if status == 0 and view["state"] == "disconnected":
		        count["disconnected"] += 1
		        # while a connection is made, the kernel has its SSID already
		        assert view["links"] == [] and view.get("ssid", ssid) == ssid and "ap_mld_addr" not in view, view
		    elif status == 0:
		        count["connected"] += 1
		        links = view["links"]
		        assert tuple((l["link_id"], l["addr"], l["bssid"]) for l in links) in made, view
		        assert len({l["addr"] for l in links}) == len(links) > 1, view
		        assert (view["ap_mld_addr"], view["ssid"]) == (mld, ssid), view
		        assert view.get("assoc_link_id", links[0]["link_id"]) in [l["link_id"] for l in links], view
		        assert [l for l in links if l.get("active") is None or "signal_dbm" not in l] == [], view
		        count["with statistics"] += all("tx_packets" in l for l in links)
		    view = None
		print(dict(count))
		# a reader that saw but one state was no witness
		assert min(count["connected"], count["disconnected"]) >= least, count
		assert count["status 5"] <= (count["status 0"]) / 50, count
	END
}

@test "associations with an AP MLD, each with addresses of its own" {
	rounds=$(rounds 1000)
	ap start rig "$three"
	cd "$BATS_TEST_TMPDIR"
	sh -c "$reader" "$iw_mlo" wlan1 3>&- 7>&- &
	reading=$!
	sh -c '
		for round in $(seq "$1"); do
			"$0" -j dev wlan1 connect rig freq 2412 freq 5180 freq 5955 &&
			sleep 0.03 && # or hardly a look meets a connection
			"$0" dev wlan1 disconnect >/dev/null || exit
		done >made' "$iw_mlo" "$rounds" 7>&-
	touch stop
	wait $reading
	[ "$(wc -l <made)" -eq "$rounds" ]
	judge 02:00:00:00:00:00 rig $((rounds / 2))
	sort errors | uniq -c
	! grep -E '^(failed|unacked|lost)' "$ap_log" # a station that has to wait may ask twice
}

@test "connections of a driver whose links have the same addresses each time" {
	needs_sim
	rounds=$(rounds 200)
	ip link set sim0 up
	cd "$BATS_TEST_TMPDIR"
	sh -c "$reader" "$iw_mlo" sim0 3>&- 7>&- &
	reading=$!
	sh -c '
		for round in $(seq "$1"); do
			echo $((round % 2 ? 7 : 24)) >"$2/request"
			"$0" -j dev sim0 connect mlosim &&
			sleep 0.03 &&
			"$0" dev sim0 disconnect >/dev/null || exit
		done >made' "$iw_mlo" "$rounds" "$sim" 7>&-
	touch stop
	wait $reading
	[ "$(jq -c '[.links[].link_id]' made | sort -u)" = '[0,1,2]
[0,3,4]' ]
	judge 02:4d:4c:4f:ff:00 mlosim $((rounds / 2))
	sort errors | uniq -c
}
