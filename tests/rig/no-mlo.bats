# A driver without MLO: the kernel's bare EINVAL is explained.
# rig: mac80211_hwsim.mlo=0

bats_require_minimum_version 1.5.0
load helpers

setup() { only_in_guest; }

@test "link add says that the driver does not support MLO" {
	good dev wlan0 set type ap
	ip link set wlan0 up
	bad 2 "EINVAL (Invalid argument)" "the driver of this phy does not support MLO" -- \
		dev wlan0 link add 0 addr 02:00:00:00:0a:00
	[ "$(links wlan0)" = '[]' ]
}

@test "check says so, and who it is that does not" {
	good -j check wlan0
	[ "$(jq -c '.[] | select(.check == "driver") | [.verdict, .text, .fact]' <<<"$output")" = \
		'["problem","it does not support MLO on this device","driver mac80211_hwsim; MLO_SUPPORT is not set"]' ]
	[ "$(jq -c 'map(.check | select(. == "capabilities" or . == "channels" or . == "debugfs"))' <<<"$output")" = '[]' ]
}

@test "phy says the same" {
	good phy
	[[ ${lines[0]} == "phy0  wiphy 0  mlo no  types "* ]]
	good -j phy 1
	[ "$(jq -c '[.phy, .wiphy, .mlo]' <<<"$output")" = '["phy1",1,false]' ]
}
