# Completion in the shells, without a kernel to ask: every command and option of the help is offered, word by word.

bats_require_minimum_version 1.5.0
load completion

setup_file() {
	export COMPLETIONS=$BATS_TEST_DIRNAME/../completions
	IW_MLO=$(realpath "${IW_MLO:-$BATS_TEST_DIRNAME/../iw-mlo}")
	export PATH=${IW_MLO%/*}:$PATH
}

helped() { iw-mlo help | sed -n 's/^  iw-mlo //p'; }

next() { iw-mlo help --words "$@" | cut -f 1; }

# Demands that all these words are offered after those before the "@", and that one after a "!" is not.
offered() { # WORD... @ WORD...
	local before=() word
	while [ "$1" != @ ]; do before+=("$1"); shift; done
	shift
	for word; do
		if [[ $word = !* ]]; then
			! next "${before[@]}" | grep -qxF -e "${word#!}" || { echo "after ${before[*]}: $word"; return 1; }
		else
			next "${before[@]}" | grep -qxF -e "$word" || { echo "after ${before[*]}: no $word"; return 1; }
		fi
	done
}

# Demands that a word of a usage is offered, or, if it is in capitals, some words in its place.
is_offered() { # WORD BEFORE...
	local word=$1
	shift
	if [[ $word = *[[:upper:]]* ]]; then
		next "$@" | grep -qxF -e "$word" || next "$@" | grep -qxE '[[:lower:]].*'
	else
		bash_next "iw-mlo $* ${word:0:2}" | grep -qxF -e "$word"
	fi
}

@test "every word of every usage is offered after those before it; the interface may be a wdev" {
	[ "$(helped | wc -l)" -ge 24 ]
	while read -r -a usage; do
		objects=("${usage[0]}")
		[ "${usage[1]:-}" != DEV ] || objects+=(wdev)
		for object in "${objects[@]}"; do
			before=()
			for word in "$object" "${usage[@]:1}"; do
				[[ $word != \[*\]?* ]] && word=${word#[} word=${word%]}
				[ "$word ${usage[1]}" != "DEV DEV" ] || word=${object^^}
				[ "$word" != ... ] || continue
				is_offered "$word" "${before[@]}" || { echo "after ${before[*]}: no $word"; return 1; }
				case $word in
				TYPE) before+=(station) ;;
				*[[:upper:]]*) before+=("${word,,}0") ;;
				*) before+=("$word") ;;
				esac
			done
		done
	done < <(helped)
}

@test "every option, and its values; none after the object" {
	while read -r letter name; do
		for dash in "$letter" "$name"; do
			offered @ "$dash"
			offered -j @ "$dash"
			offered dev @ "!$dash"
			offered -- @ "!$dash"
			bash_next "iw-mlo $dash" | grep -qxF -e "$dash"
		done
	done < <(iw-mlo help | sed -nE 's/^  (-.), (--[a-z-]+).*/\1 \2/p')
	[ "$(next | grep -c '^--')" -eq "$(iw-mlo help | grep -c '^  -')" ]
	for option in -c --color -jc; do
		[ "$(next "$option" | xargs)" = "auto always never" ]
		offered "$option" auto @ dev --json
	done
	[ "$(next -t)" = SECONDS ]
	offered -t 5 @ dev
	offered -t5 -cnever --timeout=5 @ dev
	offered -t5 @ dev
	offered -c -t @ dev
	offered -- @ dev
	[ "$(bash_next "iw-mlo ")" = "$(next | grep -v '^-' | sort)" ]
}

@test "parameters: in any order, once, but for those that may be there several times" {
	offered dev wlan0 link add @ ID addr
	offered dev wlan0 link add 1 @ addr !ID
	offered dev wlan0 link add addr 02:00:00:00:00:01 @ ID !addr
	[ "$(next dev wlan0 link add addr)" = MAC ]
	offered dev wlan0 scan freq 2412 @ freq ssid passive
	offered dev wlan0 scan passive @ freq !passive
	offered dev wlan0 scan freq 2412 freq 2437 @ freq passive
	[ -z "$(next dev wlan0 scan passive passive)" ]
	offered phy phy0 @ caps !link
	offered @ event !link !caps
	offered dev wlan0 set type ap @ --force
	[ -z "$(next dev wlan0 link del 1)" ]
	[ -z "$(next dev wlan0 link del 1 2)" ]
	[ -z "$(next dev wlan0 set type ap ap)" ]
	[ -z "$(next frobnicate)" ]
	[ -z "$(next dev wlan0 frobnicate)" ]
}

@test "interface types, and the commands that help takes" {
	diff <(next dev wlan0 set type | grep -v ^-- | sort) \
		<(iw-mlo help set type | sed -n 's/^    TYPE: //p' | sed 's/, /\n/g' | sort)
	offered help @ link interface --words
	offered help dev link @ add
	offered help phy @ caps !link
	offered help interface @ add
}

@test "events, clocks and conditions" {
	offered event @ links_removed rfkill dev --count "!EVENT"
	offered event --time @ wall mono delta "!dev"
	offered dev wlan0 wait @ state=connected links= link not owned "!CONDITION"
	offered dev wlan0 wait owned @ timeout not
	offered dev wlan0 wait not link @ ID "!owned"
	offered dev wlan0 assert link 1 @ present active "signal>" freq= "!ID"
	# every event that is offered is one
	for name in $(next event | grep -xE '[a-z_]+' | grep -vxE 'dev|phy|link'); do
		iw-mlo event -r /dev/null "$name" 2>&1 | grep -q 'is empty' || [ "$name" = rfkill ] || { echo "$name"; return 1; }
	done
	[ "$(bash_next "iw-mlo dev wlan0 wait state=c")" = connected ]
	[ "$(bash_next "iw-mlo dev wlan0 assert owned link 1 p")" = present ]
}

@test "a word is offered once, and explained in one line" {
	for before in "" "dev wlan0" "dev wlan0 link" "dev wlan0 csme" "phy phy0" help; do
		# shellcheck disable=SC2086 # words
		[ -z "$(next $before | sort | uniq -d)" ]
	done
	run ! grep -vP '^[^\t]+\t[^\t]*$' <(iw-mlo help --words dev wlan0)
	[ "$(iw-mlo help --words dev wlan0 | grep ^csme)" = "csme	" ]
	[ "$(iw-mlo help --words dev wlan0 link | grep ^add)" = "add	$(iw-mlo help link add | sed -n '2s/^ *//p')" ]
}

@test "whatever words there are, it succeeds, and opens no socket" {
	for words in "" "-" "--" "-- --" "-c" "--color=" "dev" "wdev x y z" "phy" "help --words help" "dev wlan0 link add addr addr addr"; do
		# shellcheck disable=SC2086 # words
		strace -f -e trace=socket -o "$BATS_TEST_TMPDIR/trace" iw-mlo help --words $words
		run ! grep 'socket(' "$BATS_TEST_TMPDIR/trace"
	done
	iw-mlo help --words dev "$(printf 'x%.0s' {1..4000})" "" link $'\n' "" >/dev/null
}

# What the kernel would be asked stands in a program of that name.
machine() {
	export _iw_mlo_sysfs=$BATS_TEST_TMPDIR/sys
	mkdir -p "$_iw_mlo_sysfs"/class/{net/{lo,eth0,wlan0/phy80211,'$(touch hit)'/phy80211},ieee80211/phy0}
	real=$(type -P iw-mlo)
	mkdir -p "$BATS_TEST_TMPDIR/bin"
	cat >"$BATS_TEST_TMPDIR/bin/iw-mlo" <<-EOF
		#!/bin/bash
		[ "\$1" != help ] || exec $real "\$@"
		echo "\$*" >>$BATS_TEST_TMPDIR/asked
		[[ "\$*" != *" dev" ]] || echo '[{"interfaces":[{"wdev":"0x1","links":[]},{"wdev":"0x100000002"}]}]'
		[[ "\$*" != *" info" ]] || echo '{"wdev":"0x1","links":[{"link_id":0,"addr":"a"},{"link_id":14}]}'
	EOF
	chmod +x "$BATS_TEST_TMPDIR/bin/iw-mlo"
	PATH=$BATS_TEST_TMPDIR/bin:$PATH
}

@test "names and ids of this machine, in bash" {
	machine
	cd "$BATS_TEST_TMPDIR"
	[ "$(bash_next "iw-mlo dev w")" = wlan0 ]
	[ "$(bash_next "iw-mlo dev " | xargs -d '\n')" = '\$\(touch\ hit\) wlan0' ]
	[ "$(bash_next "iw-mlo -j phy ")" = phy0 ]
	[ "$(bash_next "iw-mlo wdev 0x1" | xargs)" = "0x1 0x100000002" ]
	[ "$(bash_next "iw-mlo -j dev wlan0 link del " | xargs)" = "0 14" ]
	[ "$(bash_next "iw-mlo wdev 0x1 link show 1" | xargs)" = "14" ]
	grep -qx -e "-t 1 -j dev wlan0 info" asked
	grep -qx -e "-t 1 -j wdev 0x1 info" asked
	[ ! -e hit ]
	export _iw_mlo_sysfs=$BATS_TEST_TMPDIR
	for line in "iw-mlo dev " "iw-mlo phy "; do [ -z "$(bash_next "$line")" ]; done
}

@test "words that bash parts, or that are quoted" {
	[ "$(bash_next 'iw-mlo dev wlan0 link add addr 02:00:00:00:00:01 ')" = "" ]
	[ "$(bash_next 'iw-mlo --timeout=5 ph')" = phy ]
	[ "$(bash_next 'iw-mlo dev wlan0 scan ssid "my dev" pa')" = passive ]
	machine
	mkdir -p "$_iw_mlo_sysfs/class/ieee80211/radio:1" "$_iw_mlo_sysfs/class/ieee80211/radio:2"
	[ "$(bash_next 'iw-mlo phy radio:' | xargs)" = "1 2" ]
	[ "$(bash_next 'iw-mlo phy ra' | xargs)" = "radio:1 radio:2" ]
}

@test "a program that is not there is no reason to complain" {
	mkdir "$BATS_TEST_TMPDIR/none"
	run bash_next "$BATS_TEST_TMPDIR/none/iw-mlo dev "
	[ "$status" -eq 0 ]
	[ -z "$output" ]
}

@test "the name of a file, in each shell" {
	mkdir "$BATS_TEST_TMPDIR/bin"
	printf '#!/bin/bash\nprintf "FILE\\tFILE\\nother\\t\\n"\n' >"$BATS_TEST_TMPDIR/bin/iw-mlo"
	chmod +x "$BATS_TEST_TMPDIR/bin/iw-mlo"
	PATH=$BATS_TEST_TMPDIR/bin:$PATH
	cd "$BATS_TEST_TMPDIR"
	touch recorded 'rec two'
	[ "$(bash_next "iw-mlo event -r rec" | xargs -d '\n')" = 'rec\ two recorded' ]
	! type -P fish >/dev/null || [ "$(fish_next "iw-mlo event -r reco")" = recorded ]
	! type -P zsh >/dev/null || [ "$(zsh_next "iw-mlo event -r reco")" = recorded ]
}

@test "the same in fish" {
	type -P fish >/dev/null || skip "no fish"
	fish --no-execute "$COMPLETIONS/iw-mlo.fish"
	machine
	cd "$BATS_TEST_TMPDIR"
	[ "$(fish_next "iw-mlo dev wlan0 li")" = link ]
	[ "$(fish_next "iw-mlo dev w")" = wlan0 ]
	[ "$(fish_next "iw-mlo phy ")" = phy0 ]
	[ "$(fish_next "iw-mlo wdev 0" | xargs)" = "0x1 0x100000002" ]
	[ "$(fish_next "iw-mlo dev wlan0 link del " | xargs)" = "0 14" ]
	[ "$(fish_next "iw-mlo dev wlan0 link show " | xargs)" = "0 14" ]
	[ "$(fish_next "iw-mlo dev wlan0 link show --")" = --watch ]
	[ "$(fish_next "iw-mlo --col")" = --color ]
	[ "$(fish_next "iw-mlo -c n")" = never ]
	fish --no-config -c "source $COMPLETIONS/iw-mlo.fish; complete --do-complete 'iw-mlo dev wlan0 link a'" |
		grep -qxF "add	Give an AP one more link."
	[ "$(fish_next "iw-mlo frob ")" = "" ]
	[ ! -e hit ]
}

@test "the same in zsh" {
	type -P zsh >/dev/null || skip "no zsh"
	zsh -n "$COMPLETIONS/_iw-mlo"
	machine
	cd "$BATS_TEST_TMPDIR"
	[ "$(zsh_next "iw-mlo dev wlan0 li")" = link ]
	[ "$(zsh_next "iw-mlo dev w")" = wlan0 ]
	[ "$(zsh_next "iw-mlo phy ")" = phy0 ]
	[ "$(zsh_next "iw-mlo wdev 0" | xargs)" = "0x1 0x100000002" ]
	[ "$(zsh_next "iw-mlo dev wlan0 link del " | xargs)" = "0 14" ]
	[ "$(zsh_next "iw-mlo dev wlan0 link show " | xargs)" = "0 14" ]
	[ "$(zsh_next "iw-mlo -t 1 --col")" = --color ]
	[ "$(zsh_next "iw-mlo dev wlan0 \"link\" a")" = add ]
	[ "$(zsh_next "iw-mlo dev wlan0 scan ssid \"my dev\" pa")" = passive ]
	[ "$(zsh_next "iw-mlo frob ")" = "" ]
	[ ! -e hit ]
}
