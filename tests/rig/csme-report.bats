# What the CSME firmware reports of its connection: shown as it is, whatever it is, and as a network for wpa_supplicant.
# rig: csmesim.radios=2

bats_require_minimum_version 1.5.0
load helpers
load csme

setup() { fresh_radios; }
teardown() { clean_radios; }

# What a terminal could take for an order: there is none of it.
no_control() { ! LC_ALL=C grep -q $'[\001-\010\013-\037\177]'; }

# One attribute as the kernel puts it, in hexadecimal.
attr() { # TYPE HEX
	local pad=$(((8 - ${#2} % 8) % 8))
	printf '%02x%02x%02x%02x%s%.*s' $(((${#2} / 2 + 4) % 256)) $(((${#2} / 2 + 4) / 256)) "$1" 0 "$2" "$pad" 000000
}

@test "info: everything named, and who owns the radio" {
	good dev csme0 csme info
	n=$(cat /sys/class/ieee80211/$p0/rfkill*/index)
	[ "$output" = "csme0  $p0
	owned no  rfkill$n hard-blocked: not-owner
	connection of the firmware, as last reported
	  ssid \"csme\"
	  bssid 02:43:53:4d:45:aa
	  channel 36  5180 MHz (5GHz)  band by radio
	  auth rsna-psk
	  cipher ccmp" ]
	[ "$(info '[.phy, .owned, .rfkill.hard, .rfkill.reasons, .connection]')" = '["'"$p0"'",false,true,["not-owner"],{"ssid":"csme","ssid_hex":"63736d65","bssid":"02:43:53:4d:45:aa","channel":36,"freq_mhz":5180,"band":"5GHz","freq_source":"radio","auth_mode":7,"auth":"rsna-psk","sta_cipher":4,"cipher":"ccmp"}]' ]
	knob 0 own 1
	becomes '[.owned, .rfkill.hard, .connection.ssid]' '[true,false,"csme"]'
	before=$(asked)
	run --separate-stderr "$iw_mlo" -d dev csme0 csme info
	[ "$(grep '^> ' <<<"$stderr" | grep -cvE '^> [0-9]+ (family|GET_|VENDOR .* VENDOR_SUBCMD 45$)')" -eq 0 ]
	[ "$(asked)" = "$before" ]
}

@test "info: the firmware has reported no connection" {
	knob 0 has_conn 0
	good dev csme0 csme info
	[[ $output == *"owned no"*"no connection: the firmware has reported none" ]]
	[ "$(info 'has("connection")')" = false ]
	bad 2 "the firmware has reported no connection" -- dev csme0 csme info --wpa-supplicant
}

@test "info: numbers without a name are shown as numbers" {
	for n in 1 8 10 255 4294967295; do
		knob 0 auth "$n"
		knob 0 cipher "$n"
		good dev csme0 csme info
		[[ $output == *"auth unknown ($n)"* ]]
		[ "$(info '[.connection.auth_mode, (.connection | has("auth"))]')" = "[$n,false]" ]
		good dev csme0 csme info --wpa-supplicant
		[ "$(understood <(echo "$output"))" = 63736d65 ]
	done
	good dev csme0 csme info
	[[ $output == *"cipher unknown (4294967295)"* ]]
}

@test "info: the channel's frequency by the band, the table of BSSes, the radio, or not at all" {
	freq() { info '.connection | [.channel, .freq_mhz, .freq_source, .freq_candidates_mhz]' "${1:-csme0}"; }
	knob 0 channel 0
	[ "$(freq)" = '[0,null,null,[]]' ]
	knob 0 channel 255
	[ "$(freq)" = '[255,null,null,[]]' ]
	good dev csme0 csme info --wpa-supplicant
	[[ $output != *freq* ]] || [[ $output == *"no channel that is known"* ]]
	knob 0 channel 233
	[ "$(freq)" = '[233,7115,"channel",null]' ]
	knob 0 channel 37 # which 5 GHz has as well, but not this radio
	[ "$(freq)" = '[37,6135,"radio",null]' ]
	knob 0 channel 1
	[ "$(freq)" = '[1,null,null,[2412,5955]]' ]
	knob 1 channel 1 # on a radio without 6 GHz
	[ "$(freq csme1)" = '[1,2412,"radio",null]' ]
	knob 0 band 2
	[ "$(freq)" = '[1,5955,"band",null]' ]
	knob 0 band 255
	knob 0 bssid 02:00:00:00:00:b1
	knob 0 hear 2437 # at another channel than the firmware tells: that was before
	[ "$(freq)" = '[1,null,null,[2412,5955]]' ]
	knob 0 bssid 02:00:00:00:00:b2
	knob 0 hear 5955
	[ "$(freq)" = '[1,5955,"bss-table",null]' ]
	knob 0 hear 2412 # and there, too: no proof of either
	[ "$(freq)" = '[1,null,null,[2412,5955]]' ]
}

# ---- SSIDs and replies that are not nice ----

nasty=(
	22 2222 5c 5c22 6122 23 2023 61202320 7d 0a 0a7d0a 610a0a 0d0a 00 0000 6100 1b5b33316d 09 20 2020612020
	6578743a666f6f 50222e22 50226122 6e6574776f726b3d7b 277b7d27 e280ae61 c3a9 c3 fffe
	ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff
	0000000000000000000000000000000000000000000000000000000000000000
	2222222222222222222222222222222222222222222222222222222222222222
	5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c
	6162636465666768696a6b6c6d6e6f707172737475767778797a303132333435
	2461 6024 25256e 3c2f3e 61226262
)

@test "any SSID is shown as it is, and wpa_supplicant understands the very same" {
	for ssid in "${nasty[@]}"; do
		bytes 0 ssid "$ssid"
		good dev csme0 csme info
		[ "${#lines[@]}" -eq 8 ]
		no_control <<<"$output"
		good -j dev csme0 csme info
		# where the SSID is text, it is this text
		is=$(jq -r '.connection | .ssid_hex + if has("ssid") then "," + (.ssid | @base64) else "" end' <<<"$output")
		[ "${is%,*}" = "$ssid" ]
		[[ $is != *,* ]] || [ "$(base64 -d <<<"${is#*,}" | od -An -tx1 -v | tr -d ' \n')" = "$ssid" ]
		"$iw_mlo" dev csme0 csme info --wpa-supplicant >>profiles
	done
	[ "$(understood profiles)" = "$(printf '%s\n' "${nasty[@]}")" ]
}

@test "any SSID goes to the command as it is" {
	knob 0 own 1
	becomes .owned true
	for ssid in 22 5c22 0a7d0a 00 6100 c3a9 61226262; do
		bytes 0 ssid "$ssid"
		good dev csme0 csme takeover --exec "cat >$PWD/profile; echo \$IW_MLO_SSID_HEX >$PWD/ssid"
		[ "$(<ssid)" = "$ssid" ]
		[ "$(understood profile)" = "$ssid" ]
	done
}

@test "an SSID of no bytes is shown, and no network for anybody" {
	bytes 0 ssid ""
	good dev csme0 csme info
	[[ $output == *'  ssid ""'* ]]
	[ "$(info '[.connection.ssid, .connection.ssid_hex]')" = '["",""]' ]
	bad 2 "the firmware has reported no SSID" -- dev csme0 csme info --wpa-supplicant
}

@test "wpa_supplicant understands the block of every authentication, cipher and channel, known or not" {
	for auth in 0 6 7 9 1 77; do
		for cipher in 0 2 4 8 9 77; do
			knob 0 auth $auth
			knob 0 cipher $cipher
			"$iw_mlo" dev csme0 csme info --wpa-supplicant >>profiles
		done
	done
	[ "$(understood profiles | uniq -c | tr -s ' ')" = " 36 63736d65" ]
	[ "$(grep -c '^BSSID - hexdump(len=6): 02 43 53 4d 45 aa' parsed)" -eq 36 ]
	# of the two GCMPs, any cipher for groups
	[ "$(grep -c '^group: 0x158' parsed)" -eq 12 ]
	rm profiles
	knob 0 bssid 00:00:00:00:00:00
	for channel in 0 1 36 37 255; do
		knob 0 channel $channel
		"$iw_mlo" dev csme0 csme info --wpa-supplicant >>profiles
	done
	[ "$(understood profiles | uniq -c | tr -s ' ')" = " 5 63736d65" ]
	[ "$(grep -c '^BSSID' parsed)" -eq 0 ]
}

@test "replies that lack facts, tell them twice, or in wrong lengths: shown as such, never guessed" {
	good_ssid=$(attr 0x3d 61)
	reply() { bytes 0 raw "$1"; info '.connection | [.ssid_hex, .bssid, .channel, .auth_mode, .sta_cipher, .malformed]'; }
	[ "$(reply "$(attr 0x63 01)")" = '[null,null,null,null,null,null]' ]
	[ "$(reply "$good_ssid")" = '["61",null,null,null,null,null]' ]
	[ "$(reply "$good_ssid$good_ssid")" = '[null,null,null,null,null,["ssid"]]' ]
	[ "$(reply "$(attr 0x3d "$(printf '61%.0s' {1..33})")")" = '[null,null,null,null,null,["ssid"]]' ]
	[ "$(reply "$good_ssid$(attr 0x65 07)$(attr 0x51 0400)")" = '["61",null,null,null,null,["auth","cipher"]]' ]
	[ "$(reply "$good_ssid$(attr 0x66 24000000)")" = '["61",null,null,null,null,["channel"]]' ]
	[ "$(reply "$good_ssid$(attr 0x66 "")")" = '["61",null,null,null,null,["channel"]]' ]
	[ "$(reply "$good_ssid$(attr 0x0a 0243534d45)")" = '["61",null,null,null,null,["bssid"]]' ]
	[ "$(reply "$good_ssid$(attr 0x0a 0243534d45aabb)")" = '["61",null,null,null,null,["bssid"]]' ]
	[ "$(reply "$good_ssid$(attr 0x65 07000000)$(attr 0x65 07000000)")" = '["61",null,null,null,null,["auth"]]' ]
	[ "$(reply "${good_ssid}ff000000")" = '["61",null,null,null,null,["end"]]' ]
	[ "$(reply "${good_ssid}03006500")" = '["61",null,null,null,null,["end"]]' ]
	good dev csme0 csme info
	[[ $output == *'ssid "a"'*"the report is cut short" ]]
	[ "$(reply "$(attr 0x3d "$(printf '61%.0s' {1..400})")$(attr 0x66 24)")" = '[null,null,36,null,null,["ssid"]]' ]
}

@test "replies of chance bytes: always a document, always a block that is one" {
	for seed in $(seq $(($(rounds 80) + 10))); do
		bytes 0 raw "$(awk -v s="$seed$RANDOM" 'BEGIN { srand(s); split("3d 65 66 51 0a 69 70 71 00 01 04 05 08 0a", t, " ")
			for (n = int(rand() * 120); n--;) printf "%s", rand() < 0.6 ? t[int(rand() * 14) + 1] : sprintf("%02x", int(rand() * 256)) }')"
		good -j dev csme0 csme info
		ssid=$(jq -r '.connection | .ssid_hex // ""' <<<"$output")
		good dev csme0 csme info
		no_control <<<"$output"
		if [ -n "$ssid" ]; then
			"$iw_mlo" dev csme0 csme info --wpa-supplicant >profile
			[ "$(understood profile)" = "$ssid" ]
		fi
	done
}
