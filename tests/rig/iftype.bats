# set type on a real kernel: the change, its read-back, and refusals that say why.

bats_require_minimum_version 1.5.0
load helpers

setup() { only_in_guest; }
teardown() { reset_dev wlan0; }

type_of() { "$iw_mlo" -j dev "$1" | jq -r .type; }

@test "station to ap, adhoc, monitor and back" {
	for type in ap adhoc monitor p2p-client p2p-go ocb station; do
		good dev wlan0 set type "$type"
		[ -z "$output" ]
		[ "$(type_of wlan0)" = "$type" ]
	done
}

@test "the type that it has: nothing happens, status 0" {
	good dev wlan0 set type station
	[ "$(type_of wlan0)" = station ]
}

@test "refused: an AP MLD that is up, whose links stay" {
	ap_mld wlan0
	before=$("$iw_mlo" -j dev wlan0)
	bad 2 "the AP MLD and its links would end" "--force" -- dev wlan0 set type station
	only_reads dev wlan0 set type station
	[ "$("$iw_mlo" -j dev wlan0)" = "$before" ]
	ip link set wlan0 down
	good dev wlan0 set type station
}

@test "refused: an AP that runs, which goes on" {
	good dev wlan0 set type ap
	ip link set wlan0 up
	"$start_ap" wlan0 - plain 2412
	bad 2 "the AP would end" "--force" -- dev wlan0 set type monitor
	only_reads dev wlan0 set type monitor
	[ "$("$iw_mlo" -j dev wlan0 | jq -c '[.type, .freq_mhz]')" = '["ap",2412]' ]
}

@test "refused: the driver wants it down" {
	ip link set wlan0 up
	bad 2 "EBUSY (Device or resource busy)" "ip link set wlan0 down" "--force" -- dev wlan0 set type monitor
	[ "$(type_of wlan0)" = station ]
	[[ $(ip link show wlan0) == *[\<,]UP[,\>]* ]]
}

@test "--force takes it down and up again, and leaves no ghosts" {
	ap_mld wlan0
	"$start_ap" wlan0 0 first 2412
	good dev wlan0 set type station --force
	[ "$(type_of wlan0)" = station ]
	[ "$(links wlan0)" = '[]' ]
	[[ $(ip link show wlan0) == *[\<,]UP[,\>]* ]]
	good dev wlan0 set type --force monitor
	[ "$(type_of wlan0)" = monitor ]
	ip link set wlan0 down
	good dev wlan0 set type --force station
	[[ $(ip link show wlan0) != *[\<,]UP[,\>]* ]]
}

@test "--force: refused all the same, it comes up again as it was" {
	ip link set wlan0 up
	bad 2 "EOPNOTSUPP" -- dev wlan0 set type wds --force
	[ "$(type_of wlan0)" = station ]
	[[ $(ip link show wlan0) == *[\<,]UP[,\>]* ]]
}

@test "a dry run of --force lists the steps" {
	ap_mld wlan0
	good -n dev wlan0 set type station --force
	[ "$output" = "GET_INTERFACE IFINDEX 3
SIOCSIFFLAGS wlan0 down
SET_INTERFACE IFINDEX 3 IFTYPE 2
SIOCSIFFLAGS wlan0 up" ]
	good -jn dev wlan0 set type station --force
	[ "$(jq -c '[.[].command]' <<<"$output")" = '["GET_INTERFACE","SIOCSIFFLAGS","SET_INTERFACE","SIOCSIFFLAGS"]' ]
	[ "$(type_of wlan0)" = ap ]
}

@test "refused: unsupported, with the list of what is, software types marked" {
	bad 2 "EOPNOTSUPP (Operation not supported)" "the hardware supports adhoc, station, ap" \
		"(in software: ap-vlan, monitor)" -- dev wlan0 set type wds
	[ "$(type_of wlan0)" = station ]
}

@test "refused: types that are only created" {
	bad 2 "EOPNOTSUPP" "created as a p2p-device" -- dev wlan0 set type p2p-device
	[ "$(type_of wlan0)" = station ]
}

@test "a number that this kernel does not know yet is pointed at" {
	case $RIG_KERNEL in
	new) bad 2 "EOPNOTSUPP" -- dev wlan0 set type nan-data ;;
	*) bad 2 'ERANGE (Numerical result out of range): "integer out of range", attribute IFTYPE' -- \
		dev wlan0 set type nan-data ;;
	esac
	[ "$(type_of wlan0)" = station ]
}

@test "an RFC link device is never asked of a kernel that has none" {
	bad 2 'no interface type "mlo-link-device"' "nothing was sent" -- dev wlan0 set type mlo-link-device
	only_reads dev wlan0 set type mlo-link-device
	[ "$(type_of wlan0)" = station ]
}

@test "a dry run changes nothing" {
	good -n dev wlan0 set type ap
	[ "${lines[-1]}" = "SET_INTERFACE IFINDEX 3 IFTYPE 3" ]
	[ "$(type_of wlan0)" = station ]
}
