# The numbers of nl80211.h against the kernel's own headers: the installed one, and those of the rig's kernels.

bats_require_minimum_version 1.5.0

ours=$BATS_TEST_DIRNAME/../nl80211.h

our_names() { grep -oE '^	NL80211_[A-Z0-9_]+ = [0-9]+' "$ours" | awk '{ print $1 }'; }

# "NAME VALUE" for each of our names that the header has, as the compiler sees it.
values() { # HEADER
	local name
	{
		echo "#include <stdio.h>"
		echo "#include \"$1\""
		echo "int main(void) {"
		while read -r name; do
			! grep -qwF "$name" "$1" || echo "printf(\"$name %d\\n\", (int)$name);"
		done < <(our_names)
		echo "return 0; }"
	} >"$BATS_TEST_TMPDIR/values.c"
	gcc -w "$BATS_TEST_TMPDIR/values.c" -o "$BATS_TEST_TMPDIR/values" && "$BATS_TEST_TMPDIR/values"
}

compare() { # HEADER LEAST
	values "$1" >"$BATS_TEST_TMPDIR/theirs"
	values "$ours" >"$BATS_TEST_TMPDIR/ours"
	[ "$(wc -l <"$BATS_TEST_TMPDIR/theirs")" -ge "$2" ]
	# every value of theirs is ours
	run grep -vxFf "$BATS_TEST_TMPDIR/ours" "$BATS_TEST_TMPDIR/theirs"
	echo "$output"
	[ -z "$output" ]
}

@test "every name has a number of its own in its enum, written out" {
	[ "$(our_names | wc -l)" -ge 60 ]
	[ "$(grep -cE '^	(NL80211|RFC)_[A-Z0-9_]+( =.*)?,' "$ours")" -eq \
		"$(grep -cE '^	(NL80211|RFC)_[A-Z0-9_]+ = [0-9]+,' "$ours")" ]
}

@test "the installed linux/nl80211.h agrees" {
	compare /usr/include/linux/nl80211.h 60
}

# Theirs are longer: IWL_MVM_VENDOR_CMD_x, IWL_MVM_VENDOR_ATTR_x.
@test "Intel's numbers agree with the installed linux/nl80211-vnd-intel.h" {
	header=/usr/include/linux/nl80211-vnd-intel.h
	grep -oE '^	INTEL_[A-Z0-9_]+ = 0x[0-9a-f]+' "$ours" |
		sed -E 's/INTEL_(CMD|ATTR)_/IWL_MVM_VENDOR_\1_/' >"$BATS_TEST_TMPDIR/intel"
	[ "$(wc -l <"$BATS_TEST_TMPDIR/intel")" -ge 14 ]
	{
		echo "#include \"$header\""
		while read -r name _ value; do
			echo "_Static_assert($name == $value, \"$name\");"
		done <"$BATS_TEST_TMPDIR/intel"
	} >"$BATS_TEST_TMPDIR/intel.c"
	gcc -fsyntax-only "$BATS_TEST_TMPDIR/intel.c"
}

@test "the headers of the rig's kernels agree, and the newest has every name" {
	found=0
	for kernel in ${RIG_KERNELS:-new stable}; do
		[ "$kernel" != custom ] || continue
		header=$(dirname "$("$BATS_TEST_DIRNAME/rig/kernel" "$kernel")")/nl80211.h
		compare "$header" 60
		found=$((found + 1))
		[ "$kernel" = new ] || continue
		[ "$(wc -l <"$BATS_TEST_TMPDIR/theirs")" -eq "$(our_names | wc -l)" ]
	done
	[ $found -ge 1 ] || skip "no kernel of the table was asked for"
}
