# What the commands about Intel's CSME cost; the nearest that iw has prints the firmware's answer in hexadecimal.
# rig: csmesim.radios=2

bats_require_minimum_version 1.5.0
load ../rig/helpers
load ../rig/csme
load measure

setup() {
	only_in_guest
	needs_csmesim
	section="a radio shared with CSME"
}

@test "csme info" {
	wiphy=$("$iw_mlo" -j dev csme0 info | jq .wiphy)
	for j in "" "-j "; do
		compare "${j}dev csme0 csme info" "dev csme0 interface phy $wiphy wiphys-split dev csme0 csme=45 bss phy $wiphy wiphys-split" \
			"dev csme0 vendor recv 0x001735 0x2d /dev/null"
	done
}
