# What a phy can do, as real kernels tell it: a phy of several radios.
# rig: mac80211_hwsim.multi_radio=1 mac80211_hwsim.channels=1

bats_require_minimum_version 1.5.0
load helpers

setup_file() { ! in_guest || regdom_eu; }
setup() { only_in_guest; }

caps() { "$iw_mlo" -j phy phy0 caps | jq -c "$1"; }

@test "bands with their channels, as the regulatory domain has them" {
	[ "$(caps '.bands | map(.band)')" = '["2.4GHz","5GHz","6GHz","S1GHz"]' ]
	[ "$(caps '.bands | map(.enabled + .disabled == .channels) | all')" = true ]
	[ "$(caps '.bands[] | select(.band == "6GHz") | [.channels, .enabled > 0, .first_mhz, .last_mhz]')" = '[59,true,5955,7115]' ]
	iw phy phy0 info >/tmp/info
	for band in 1 2 4; do
		word=$(sed -n ${band}p <<<$'2.4GHz\n5GHz\n\n6GHz')
		sed -n "/^	Band $band:/,/^	[^	]/p" /tmp/info | grep -E '\* [0-9.]+ MHz' >/tmp/channels
		[ "$(caps ".bands[] | select(.band == \"$word\") | [.channels, .disabled, .no_ir, .radar]")" = \
			"[$(wc -l </tmp/channels),$(grep -c '(disabled)' /tmp/channels),$(grep -c 'no IR' /tmp/channels),$(grep -c 'radar' /tmp/channels)]" ]
	done
	good phy phy0 caps
	[[ $output == *$'\n\tband 6GHz  5955-7115 MHz  59 channels: '*" disabled"* ]]
}

@test "6 GHz is there, but disabled, where it is not allowed" {
	regdom 00
	for try in {1..100}; do
		left=$(caps '.bands[] | select(.band == "6GHz") | [.channels, .enabled]')
		[ "$left" != '[59,0]' ] || break
		sleep 0.02
	done
	regdom_eu
	[ "$left" = '[59,0]' ]
}

@test "EML and MLD capabilities of an AP; of a client, none are told" {
	[ "$(caps '.iftype_capabilities | map(.type)')" = '["ap"]' ]
	[ "$(caps '.iftype_capabilities[0].eml_capabilities | [.emlsr, .emlmr, .padding_delay_us, .transition_delay_us, .transition_timeout_us]')" = '[true,true,0,0,0]' ]
	[ "$(caps '.iftype_capabilities[0].mld_capabilities | [.max_simultaneous_links, .ttlm_negotiation, .link_reconfiguration]')" = '[15,"same_links",false]' ]
	[ "$(caps '.iftype_capabilities[0] | has("ext_mld_capabilities")')" = false ]
	good phy phy0 caps
	[[ $output == *$'\n\tap EML  EMLSR  EMLMR  padding 0 us  '* ]]
}

@test "radios with their frequencies, their combinations, and those of all together" {
	[ "$(caps '.radios | map([.radio, .freq_ranges[]])')" = '[[0,{"start_khz":2402000,"end_khz":2494000}],[1,{"start_khz":5170000,"end_khz":5935000}],[2,{"start_khz":5945000,"end_khz":7125000}],[3,{"start_khz":892500,"end_khz":937500}]]' ]
	[ "$(caps '.radios | map(.combinations | length)')" = '[1,1,1,1]' ]
	[ "$(caps '.radios | map(.combinations[0].channels)')" = '[1,1,1,1]' ]
	[ "$(caps '.combinations | map(.channels)')" = '[4]' ]
	[ "$(caps '.radios | map(has("antenna_mask")) | any')" = false ]
	good phy phy0 caps
	[[ $output == *$'\n\tradio 3  892.500-937.500 MHz\n\t\tcombination '* ]]
}

@test "an interface may use all radios, and the kernel says so from 6.13 on" {
	radios=$("$iw_mlo" -j dev wlan0 info | jq .radio_mask)
	[ "$radios" = "$(uname -r | grep -q "^6[.]12" && echo null || echo 15)" ]
}

@test "only reads" {
	only_reads phy phy0 caps
}
