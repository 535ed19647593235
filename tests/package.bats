# What leaves the house: installation, the tarball, the Debian package. All in copies of the files as they are now.

bats_require_minimum_version 1.5.0

setup_file() {
	export TOP=$BATS_TEST_DIRNAME/.. SRC=$BATS_FILE_TMPDIR/src
	git -C "$TOP" rev-parse --is-inside-work-tree >/dev/null 2>&1 || skip "no git repository to take the files from"
	mkdir "$SRC"
	(cd "$TOP" && git ls-files -co --exclude-standard -z | xargs -0 cp -P --parents -t "$SRC" 2>/dev/null) || true
	git -C "$SRC" init -q
	as_ever "$SRC" add -A
	GIT_COMMITTER_DATE=@1700000000 as_ever "$SRC" commit -qm "all of it" --date=@1700000000
	as_ever "$SRC" tag -m "a version" v9.8
}

as_ever() { # DIRECTORY WORD...
	local dir=$1
	shift
	git -C "$dir" -c user.name=nobody -c user.email=nobody@localhost "$@"
}

# Whoever runs make must not be seen by it.
make_in() { # DIRECTORY WORD...
	local dir=$1
	shift
	env -u MAKEFLAGS -u MAKELEVEL make -s -C "$dir" "$@"
}

files_in() { (cd "$1" && find . -type f -printf '%m %P\n' | sort); }

@test "install puts five files where they belong, uninstall takes them away" {
	make_in "$SRC" install DESTDIR="$BATS_TEST_TMPDIR/a" PREFIX=/usr
	diff - <(files_in "$BATS_TEST_TMPDIR/a") <<-EOF
		644 usr/share/bash-completion/completions/iw-mlo
		644 usr/share/fish/vendor_completions.d/iw-mlo.fish
		644 usr/share/man/man8/iw-mlo.8
		644 usr/share/zsh/site-functions/_iw-mlo
		755 usr/sbin/iw-mlo
	EOF
	"$BATS_TEST_TMPDIR/a/usr/sbin/iw-mlo" help >/dev/null
	make_in "$SRC" uninstall DESTDIR="$BATS_TEST_TMPDIR/a" PREFIX=/usr
	[ -z "$(files_in "$BATS_TEST_TMPDIR/a")" ]

	(umask 077 && make_in "$SRC" install DESTDIR="$BATS_TEST_TMPDIR/b c" ZSHDIR=/z SBINDIR=/bin)
	diff - <(files_in "$BATS_TEST_TMPDIR/b c") <<-EOF
		644 usr/local/share/bash-completion/completions/iw-mlo
		644 usr/local/share/fish/vendor_completions.d/iw-mlo.fish
		644 usr/local/share/man/man8/iw-mlo.8
		644 z/_iw-mlo
		755 bin/iw-mlo
	EOF
}

@test "the tarball is the same wherever and whenever it is made, and has all that is committed" {
	make_in "$SRC" dist
	git clone -q "$SRC" "$BATS_TEST_TMPDIR/clone"
	cd "$BATS_TEST_TMPDIR/clone"
	git config tar.umask 0
	git config core.autocrlf true
	echo "not committed" >>README.md
	(umask 077 && touch -d 2001-01-01 ./* && TZ=Asia/Tokyo LC_ALL=C make_in . dist)
	cmp "$SRC/build/iw-mlo-v9.8.tar.xz" build/iw-mlo-v9.8.tar.xz

	diff <({ git ls-files; echo VERSION; } | sort) \
		<(tar -tf build/iw-mlo-v9.8.tar.xz | sed -n 's,^iw-mlo-v9.8/\(.*[^/]\)$,\1,p' | sort)
	[ "$(tar -tvf build/iw-mlo-v9.8.tar.xz --full-time --utc | awk '{ print $4, $5 }' | sort -u)" = "2023-11-14 22:13:20" ]
	[ -z "$(tar -tvf build/iw-mlo-v9.8.tar.xz | awk '{ print $1, $2 }' | sort -u |
		grep -vxE '(drwxr-xr-x|-rw-r--r--|-rwxr-xr-x) root/root')" ]
}

@test "what is in the tarball builds without git, knows its version, and passes its tests" {
	make_in "$SRC" dist
	# another repository around it, with a version of its own, is none of its business
	mkdir "$BATS_TEST_TMPDIR/other"
	git -C "$BATS_TEST_TMPDIR/other" init -q
	as_ever "$BATS_TEST_TMPDIR/other" commit -q --allow-empty -m other
	as_ever "$BATS_TEST_TMPDIR/other" tag -m other v1.1
	cd "$BATS_TEST_TMPDIR/other"
	tar -xf "$SRC/build/iw-mlo-v9.8.tar.xz"
	cd iw-mlo-v9.8
	make_in .
	[ "$(./iw-mlo --version)" = "iw-mlo v9.8" ]
	# no git at all
	mkdir "$BATS_TEST_TMPDIR/bin"
	printf '#!/bin/sh\necho git was called >&2\nexit 1\n' >"$BATS_TEST_TMPDIR/bin/git"
	chmod +x "$BATS_TEST_TMPDIR/bin/git"
	make_in . clean
	[ "$(PATH=$BATS_TEST_TMPDIR/bin:$PATH make_in . 2>&1 | grep -v '^  ')" = "" ]
	[ "$(./iw-mlo --version)" = "iw-mlo v9.8" ]
	IW_MLO=$PWD/iw-mlo bats tests/cli.bats tests/doc.bats
}

@test "the Debian package: lintian has nothing to say, and it works" {
	for tool in dpkg-buildpackage dh lintian; do type -P $tool >/dev/null || skip "no $tool"; done
	mkdir "$BATS_TEST_TMPDIR/deb"
	cp -r "$SRC" "$BATS_TEST_TMPDIR/deb/iw-mlo"
	rm -rf "$BATS_TEST_TMPDIR/deb/iw-mlo/.git"
	cd "$BATS_TEST_TMPDIR/deb/iw-mlo"
	env -u MAKEFLAGS -u MAKELEVEL DEB_BUILD_OPTIONS=nocheck dpkg-buildpackage -us -uc -d >../log 2>&1 || { tail -30 ../log; false; }
	cd ..
	lintian -iI --fail-on error,warning,info ./*.changes >lintian 2>&1 || { cat lintian; false; }

	dpkg-deb -x iw-mlo_*_*.deb root
	version=$(sed -n '1s/.*(\(.*\)).*/\1/p' iw-mlo/debian/changelog)
	[ "$(root/usr/sbin/iw-mlo --version)" = "iw-mlo $version" ]
	[ "$(dpkg-deb -f iw-mlo_*_*.deb Depends | grep -o 'lib[^ ]*' | xargs)" = "libc6 libnl-3-200" ]
	for file in usr/sbin/iw-mlo usr/share/man/man8/iw-mlo.8.gz usr/share/bash-completion/completions/iw-mlo \
		usr/share/zsh/vendor-completions/_iw-mlo usr/share/fish/vendor_completions.d/iw-mlo.fish \
		usr/share/doc/iw-mlo/README.md.gz usr/share/doc/iw-mlo/tutorial.md.gz; do
		[ -s "root/$file" ] || [ -s "root/${file%.gz}" ] || { echo "no $file"; false; }
	done
}

@test "the package's test of the words passes, and sees a program that is wrong" {
	mkdir "$BATS_TEST_TMPDIR/bin"
	ln -s "$(realpath "$TOP/iw-mlo")" "$BATS_TEST_TMPDIR/bin/iw-mlo"
	sed "s,^PATH=.*,PATH=$BATS_TEST_TMPDIR/bin:\$PATH,; s,/usr/share/bash-completion/completions/iw-mlo,$TOP/completions/iw-mlo.bash,; s,man -P cat iw-mlo,mandoc -a $TOP/man/iw-mlo.8," \
		"$TOP/debian/tests/words" >"$BATS_TEST_TMPDIR/words"
	run -0 bash "$BATS_TEST_TMPDIR/words"
	[ "$output" = "all well" ]
	ln -sf "$(type -P true)" "$BATS_TEST_TMPDIR/bin/iw-mlo"
	run bash "$BATS_TEST_TMPDIR/words"
	[ "$status" -ne 0 ]
}

@test "the package's test of the rig runs the program that is installed" {
	kernel=${RIG_KERNELS:-}
	kernel=${kernel%% *}
	[[ -n $kernel && $kernel != rfc ]] || skip "RIG_KERNELS names no kernel of today"
	export RIG_KERNEL=$kernel
	cd "$TOP"
	mkdir -p "$TOP/build/installed"
	# a guest sees nothing of /tmp
	cp iw-mlo build/installed/iw-mlo
	PATH=$TOP/build/installed:$PATH run -0 env -u MAKEFLAGS -u MAKELEVEL debian/tests/rig smoke links
	[ "$(grep -c '^ok' <<<"$output")" -ge 10 ]
	printf '#!/bin/sh\nexit 0\n' >build/installed/iw-mlo
	PATH=$TOP/build/installed:$PATH run env -u MAKEFLAGS -u MAKELEVEL debian/tests/rig links
	[ "$status" -ne 0 ]
	rm -r build/installed
}

@test "the change log begins with the version of the package, or with what is not released" {
	version=$(sed -n '1s/.*(\(.*\)).*/\1/p' "$TOP/debian/changelog")
	grep -m1 '^## ' "$TOP/CHANGELOG.md" | grep -qE "^## \[(Unreleased|${version//./\\.})\]"
}
