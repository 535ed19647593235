# Reading while links come and go: rounds of add and del of two links against a reader in a loop.

bats_require_minimum_version 1.5.0
load helpers

setup() { only_in_guest; }

# Both loops are run by sh: a fork of bats' own shell costs more than the program under test.
writer='
	for round in $(seq "$1"); do
		"$0" dev wlan0 link add 0 addr 02:00:00:00:0a:00 &&
		"$0" dev wlan0 link add 1 addr 02:00:00:00:0a:01 &&
		"$0" dev wlan0 link del 0 &&
		"$0" dev wlan0 link del 1 || exit
	done'
reader='while [ ! -e stop ]; do "$0" -j dev || echo "status $?"; done >seen 2>&1'

@test "every answer is whole and shows only states that existed" {
	cd "$BATS_TEST_TMPDIR"
	"$iw_mlo" dev wlan0 set type ap
	ip link set wlan0 up
	sh -c "$reader" "$iw_mlo" 3>&- &
	sh -c "$writer" "$iw_mlo" "$(rounds 1000)"
	touch stop
	wait
	[ "$(links wlan0)" = '[]' ]
	python3 - seen "$(rounds 1000)" <<-'END'
		import collections, json, sys
		link = [{"link_id": n, "addr": "02:00:00:00:0a:0%d" % n} for n in (0, 1)]
		existed = [], [link[0]], link, [link[1]]
		seen = collections.Counter()
		for line in open(sys.argv[1], "rb"):
		    phys = json.loads(line.decode("utf-8", "strict"))
		    assert [p["phy"] for p in phys] == ["phy0", "phy1"], line
		    links = phys[0]["interfaces"][0].get("links", [])
		    assert links in existed, line
		    seen[len(links), links[0]["link_id"] if links else None] += 1
		print(dict(seen))
		# a reader that saw but one state was no witness
		assert len(seen) == 4 and sum(seen.values()) >= int(sys.argv[2]) / 2, seen
	END
}
