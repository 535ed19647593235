# Tests that the rig's runner sees what goes wrong in a guest, whatever way it goes wrong. Runs on the host.

bats_require_minimum_version 1.5.0

setup_file() {
	read -r kernel _ <<<"${RIG_KERNELS:-new}"
	export kernel
	# A kernel that is yet to be built must not count against a time limit.
	"$BATS_TEST_DIRNAME/rig/kernel" "$kernel" >/dev/null
}

setup() {
	rig=$BATS_TEST_DIRNAME/rig
	export RIG_TIMEOUT=20 RIG_KEEP=$BATS_TEST_TMPDIR/kept RIG_PASS="RIG_FIXTURE RIG_FIXTURE_UNSET"
	export RIG_FIXTURE_KEPT=back RIG_FIXTURE="two  spaces, a \"quote\", an 'apostrophe', a \$dollar
and a second line"
}

teardown() {
	[ -z "${runner:-}" ] || kill "$runner" 2>/dev/null || true
}

guest() { # FIXTURE...
	stderr=
	run --separate-stderr "$rig/run" "$kernel" "${@/#/$rig/fixtures/}"
}

has_line() { # PATTERN TEXT
	grep -qxE "$1" <<<"$2" || { printf 'no line "%s" in:\n%s\n' "$1" "$2"; return 1; }
}

@test "all well: status 0, nothing on stderr, all that was asked for and handed on" {
	guest pass.bats
	[ "$status" -eq 0 ]
	[ "$stderr" = "" ]
	[ "$(grep -c '^ok ' <<<"$output")" -eq 4 ]
	[[ $output != *$'\r'* ]]
	[ "$(cat "$RIG_KEEP"/*/result)" = carried ]
}

@test "a failing test" {
	guest fail.bats
	[ "$status" -eq 1 ]
	has_line 'ok 1 passes' "$output"
	has_line 'not ok 2 fails' "$output"
	[ "$(grep -c '^not ok' <<<"$output")" -eq 1 ]
}

@test "a failing test in the first of two files" {
	guest fail.bats pass.bats
	[ "$status" -eq 1 ]
	has_line 'not ok 2 fails' "$output"
	has_line 'ok 1 three radios' "$output"
}

@test "an end of bats itself" {
	guest bats-dies.bats
	[ "$status" -eq 1 ]
	has_line 'ok 1 before the end of bats' "$output"
	has_line 'not ok 2 rig: bats-dies.bats on kernel .*: bats ended with status 137' "$output"
}

@test "a panic" {
	guest panic.bats
	[ "$status" -eq 1 ]
	has_line 'ok 1 before the panic' "$output"
	has_line 'not ok 2 rig: panic.bats on kernel .*: Kernel panic .*' "$output"
	has_line '.*Kernel panic - not syncing: sysrq triggered crash' "$stderr"
}

@test "a hang" {
	local start=$SECONDS
	RIG_TIMEOUT=5 guest hang.bats
	[ "$status" -eq 1 ]
	[ $((SECONDS - start)) -lt 12 ]
	has_line 'ok 1 before the hang' "$output"
	has_line 'not ok 2 rig: hang.bats on kernel .*: no end within 5 s' "$output"
	has_line '.*Run .* as init process' "$stderr"
}

@test "an early power-off" {
	guest power-off.bats
	[ "$status" -eq 1 ]
	has_line 'ok 1 before the power-off' "$output"
	has_line 'not ok 2 rig: power-off.bats on kernel .*: the guest ended early' "$output"
	has_line '.*reboot: Power down' "$stderr"
}

@test "a reboot: the tests do not run again" {
	guest reboot.bats
	[ "$status" -eq 1 ]
	[ "$(grep -c '^ok ' <<<"$output")" -eq 1 ]
	has_line 'not ok 2 rig: reboot.bats on kernel .*: the guest ended early' "$output"
}

@test "a warning of the kernel" {
	guest warning.bats
	[ "$status" -eq 1 ]
	has_line 'ok 1 warning' "$output"
	has_line 'not ok 2 rig: warning.bats on kernel .*: trouble in the kernel' "$output"
	has_line '.*WARNING: a warning for the rig' "$stderr"
}

@test "an unknown kernel" {
	kernel=none-of-this-name guest pass.bats
	[ "$status" -ne 0 ]
	[ "$output" = "" ]
	has_line 'rig: none-of-this-name: no such kernel.*' "$stderr"
}

@test "a file that does not exist, and one that no guest could see" {
	guest none-of-this-name.bats
	[ "$status" -eq 2 ]
	has_line '.*no such file: .*' "$stderr"
	touch "$BATS_TEST_TMPDIR/elsewhere.bats"
	run --separate-stderr "$rig/run" "$kernel" "$BATS_TEST_TMPDIR/elsewhere.bats"
	[ "$status" -eq 2 ]
	has_line '.*not in the project.*' "$stderr"
}

@test "nothing is left behind that nobody asked to keep" {
	mkdir "$BATS_TEST_TMPDIR/tmp"
	RIG_KEEP='' TMPDIR=$BATS_TEST_TMPDIR/tmp guest fail.bats
	[ "$status" -eq 1 ]
	has_line 'ok 1 passes' "$output"
	[ "$(ls -A "$BATS_TEST_TMPDIR/tmp")" = "" ]
}

@test "TAP comes as it is made, and a runner that is ended takes its guest along" {
	"$rig/run" "$kernel" "$rig/fixtures/hang.bats" >"$BATS_TEST_TMPDIR/out" 2>&1 3>&- &
	runner=$!
	for _ in {1..100}; do
		grep -qx 'ok 1 before the hang' "$BATS_TEST_TMPDIR/out" && break
		sleep 0.1
	done
	has_line 'ok 1 before the hang' "$(cat "$BATS_TEST_TMPDIR/out")"
	pgrep -f "uml_dir=$RIG_KEEP/" >/dev/null
	kill "$runner"
	status=0
	wait "$runner" || status=$?
	[ "$status" -eq 130 ]
	run pgrep -f "uml_dir=$RIG_KEEP/"
	[ "$status" -eq 1 ]
}

@test "a project below /tmp, with a space in its path" {
	copy="$BATS_TEST_TMPDIR/a project"
	mkdir -p "$copy/tests"
	cp -r "$rig" "$copy/tests/"
	rig=$copy/tests/rig guest fail.bats
	[ "$status" -eq 1 ]
	has_line 'ok 1 passes' "$output"
}
