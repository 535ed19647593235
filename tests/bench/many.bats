# What a list of interfaces costs, by its length.

bats_require_minimum_version 1.5.0
load ../rig/helpers
load measure

setup() { only_in_guest; }

@test "10, 100 and 1,000 interfaces" {
	there=3 # with hwsim's own
	for n in 10 100 1000; do
		for ((; there <= n; there++)); do "$IW" phy phy0 interface add "if$there" type station; done
		[ "$("$IW_MLO" -j dev | jq '[.[].interfaces[]] | length')" -eq "$n" ]
		section="$n interfaces"
		compare dev "wiphys interfaces" dev
		compare "-j dev" "wiphys interfaces" dev
	done
	compare "dev wlan1 info" "dev wlan1 interface phy 1 wiphy" "dev wlan1 info"
}
