# What tests in a guest share. Use: load rig/helpers (the path as seen from the bats file).

in_guest() { grep -q '^[^ ]* / hostfs ' /proc/mounts; }

# Guards what would crash or change the machine itself.
only_in_guest() { in_guest || skip "runs in a guest of the rig"; }

sysrq() { # KEY
	in_guest && echo "$1" >/proc/sysrq-trigger
}

# Opens the 5 GHz band to access points. The kernel may have looked for its database
# before there was a root file system, so it has to look again.
regdom_us() {
	local deadline=$((SECONDS + 5))
	iw reg reload
	iw reg set US
	until iw reg get | grep -q '^country US:'; do
		[ $SECONDS -lt $deadline ] || { echo "the regulatory domain did not become US" >&2; return 1; }
		sleep 0.02
	done
}

