# Completion of names and ids, as a kernel has them.

bats_require_minimum_version 1.5.0
load helpers
load ../completion

setup() {
	only_in_guest
	export PATH=${iw_mlo%/*}:$PATH COMPLETIONS=$PROJECT/completions
}

teardown() { reset_dev wlan0; }

# What each shell that is there offers at the end of a line that has no quotes.
all_shells() { # LINE WANTED
	[ "$(bash_next "$1" | xargs -d '\n')" = "$2" ] || { echo "bash: $(bash_next "$1")"; return 1; }
	! type -P fish >/dev/null || [ "$(fish_next "$1" | xargs -d '\n')" = "$2" ] || { echo "fish: $(fish_next "$1")"; return 1; }
	! type -P zsh >/dev/null || [ "$(zsh_next "$1" | xargs -d '\n')" = "$2" ] || { echo "zsh: $(zsh_next "$1")"; return 1; }
}

@test "interfaces, wdevs, phys and links" {
	ap_mld wlan0
	all_shells "iw-mlo dev " "wlan0 wlan1"
	all_shells "iw-mlo phy " "phy0 phy1"
	all_shells "iw-mlo wdev 0x" "0x1 0x100000001"
	all_shells "iw-mlo dev wlan0 link show " "0 1"
	all_shells "iw-mlo -n wdev 0x1 link del " "0 1"
	all_shells "iw-mlo dev wlan1 link del " ""
	all_shells "iw-mlo dev wlan-none link del " ""
}

@test "as anybody, who may not change anything" {
	ap_mld wlan0
	# the project may lie where nobody else may look
	there=$(mktemp -d)
	cp "$iw_mlo" "$COMPLETIONS/iw-mlo.bash" "$PROJECT/tests/completion.bash" "$there"
	chmod -R a+rX "$there"
	asked=$(cd "$there" && COMPLETIONS=$there PATH=$there:$PATH setpriv --reuid=65534 --regid=65534 --clear-groups bash -c \
		'. ./completion.bash; bash_next "iw-mlo dev wlan0 link del "' | xargs)
	[ "$asked" = "0 1" ]
}

@test "the name of an interface is no command" {
	ip link set wlan1 down
	ip link set wlan1 name '`>hit`;$x'
	cd "$BATS_TEST_TMPDIR"
	[ "$(bash_next "iw-mlo dev " | head -1)" = '\`\>hit\`\;\$x' ]
	ip link set '`>hit`;$x' name wlan1
	[ ! -e hit ]
}
