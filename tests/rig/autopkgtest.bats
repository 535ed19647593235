# The Debian package's own tests, which are made for machines with a kernel of their own.

bats_require_minimum_version 1.5.0
load helpers

setup() {
	only_in_guest
	mkdir "$BATS_TEST_TMPDIR/bin"
	ln -s "$iw_mlo" "$BATS_TEST_TMPDIR/bin/iw-mlo"
	sed "s,^PATH=.*,PATH=$BATS_TEST_TMPDIR/bin:\$PATH," "$PROJECT/debian/tests/links" >"$BATS_TEST_TMPDIR/links"
}

teardown() { reset_dev wlan0; }

@test "links" {
	run -0 bash "$BATS_TEST_TMPDIR/links"
	[ "${lines[-1]}" = "all well" ]
}
