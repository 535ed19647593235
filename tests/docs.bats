# The documents, without a kernel: every command line that they show is one that the program takes, every file that
# they name is there. What the commands print is compared in tests/rig/docs.bats.

bats_require_minimum_version 1.5.0

setup_file() {
	export TOP=$BATS_TEST_DIRNAME/.. IW_MLO=${IW_MLO:-$BATS_TEST_DIRNAME/../iw-mlo}
	export DOCS="README.md CONTRIBUTING.md CHANGELOG.md docs/tutorial.md docs/architecture.md"
}

# The words of each call of the program in a shell command, one call a line: not what is behind a pipe or into a file.
calls() { sed -E 's/ *(\|\|?|&&|;|>>?|2>).*//' | grep -E '^iw-mlo( |$)' | sed 's/^iw-mlo *//'; }

# Whatever happens: no usage error, and no change, as nothing is sent that changes anything.
takes() { # WORD...
	local status=0 said
	said=$("$IW_MLO" -n -t 1 "$@" 2>&1 >/dev/null) || status=$?
	[ "$status" -ne 1 ] || { echo "iw-mlo $*: $said"; return 1; }
}

# "iw-mlo: dev wlan0 link add: WHY" of a document's own: a wrong command line is shown on purpose.
meant() { # FILE COMMAND
	grep -F -A 1 -x -e "# $2" -e "\$ $2" "$1" | grep -q '^iw-mlo: .*: not a'
}

@test "every command that is shown is one that the program takes" {
	count=0
	for file in $DOCS man/iw-mlo.8; do
		while read -r command; do
			eval "set -- $(calls <<<"$command")"
			! meant "$TOP/$file" "$command" || continue
			[ $# -eq 0 ] || takes "$@" || { echo "$file: $command"; return 1; }
			count=$((count + 1))
		done < <("$TOP/tests/transcript" --list "$TOP/$file")
	done
	[ "$count" -ge 70 ]
}

# What the help says of a command, as a pattern of a line that shows it: the words that may not be left out.
pattern() {
	sed -E 's/ *\[.*//; s/ \.\.\.//g; s/ [^ ]*[[:upper:]][^ ]*( |$)/ [^ ]+\1/g; s/ [^ ]*[[:upper:]][^ ]*( |$)/ [^ ]+\1/g'
}

@test "the manual shows every command, each on a stage that a test sets" {
	blocks=$("$TOP/tests/transcript" --blocks "$TOP/man/iw-mlo.8")
	shown=$("$TOP/tests/transcript" --list "$TOP/man/iw-mlo.8" | grep -oE '(^|[ (])iw-mlo [^|;>&]*' | sed -E 's/ +$//')
	[ "$("$IW_MLO" help | grep -c '^  iw-mlo ')" -ge 30 ]
	while read -r usage; do
		end="\$"
		[[ $usage != *\[* && $usage != *...* ]] || end="( |\$)"
		grep -qE "iw-mlo( -[^ ]+| -t [0-9.]+)* $(pattern <<<"$usage")$end" <<<"$shown" ||
			{ echo "no example of: $usage ($(pattern <<<"$usage"))"; return 1; }
	done < <("$IW_MLO" help | sed -n 's/^  iw-mlo //p')
	examples=$(grep -n '^\.Sh EXAMPLES' "$TOP/man/iw-mlo.8" | cut -d : -f 1)
	while read -r line scene command; do
		[ "$line" -gt "$examples" ] || [ "$scene" != - ] || { echo "line $line: no scene for $command"; return 1; }
		[ "$scene" = - ] || grep -q "^scene_$scene()" "$TOP/tests/rig/scenes.bash" || { echo "no scene $scene"; return 1; }
		[ "$scene" = - ] || grep -qE "transcript man/iw-mlo.8 .*\b$scene\b" "$TOP"/tests/rig/manual*.bats ||
			{ echo "no test of $scene"; return 1; }
	done <<<"$blocks"
}

@test "so is every command in the text, if it is whole" {
	while IFS=: read -r file command; do
		eval "set -- $(calls <<<"$command")"
		takes "$@" || { echo "$file: $command"; return 1; }
	done < <(cd "$TOP" && grep -oHE '`iw-mlo [^`<A-Z…]*`' $DOCS | tr -d '`')
}

@test "a command that is none is seen" {
	run -1 takes dev wlan0 lnik
	run -1 takes --no-such-option dev
	takes dev wlan0 link del 3
	[ "$(calls <<<'iw-mlo -j dev wlan0 | jq . >x')" = "-j dev wlan0" ]
	[ "$(calls <<<'ip link set wlan0 up')" = "" ]
}

@test "every target of make, test and place that is named is there" {
	for target in $(cd "$TOP" && grep -ohE '(^ {4}|`| && )(tests/deps )?make [a-z-]+' $DOCS | sed 's/.* //' | sort -u); do
		grep -qE "^$target:" "$TOP/Makefile" || { echo "make $target"; return 1; }
	done
	for path in $(cd "$TOP" && grep -ohE '(`|\(|^ {4})(tests|docs|man|cmds|decode|completions|debian|\.ci)/[A-Za-z0-9./_-]*' $DOCS |
		sed -E 's/^[`( ]+//' | sort -u); do
		[ -e "$TOP/$path" ] || [ -e "$TOP/docs/$path" ] || { echo "no $path"; return 1; }
	done
	for path in $(cd "$TOP" && grep -ohE '`[a-z0-9-]+\.[ch]`' docs/architecture.md CONTRIBUTING.md | tr -d '`' | sort -u); do
		[ -e "$TOP/$path" ] || { echo "no $path"; return 1; }
	done
}

@test "links between the documents lead somewhere" {
	for file in $DOCS; do
		for link in $(grep -oE '\]\([^):]+\)' "$TOP/$file" | tr -d '()]'); do
			[ -e "$(dirname "$TOP/$file")/$link" ] || { echo "$file: $link"; return 1; }
		done
	done
}

@test "every source file has its place in the picture's table, and the picture is well-formed" {
	for file in "$TOP"/*.c; do
		grep -qF "\`${file##*/}\`" "$TOP/docs/architecture.md" || { echo "${file##*/}"; return 1; }
	done
	python3 -c 'import sys, xml.dom.minidom; xml.dom.minidom.parse(sys.argv[1])' "$TOP/docs/architecture.svg"
	[ "$(wc -c <"$TOP/docs/architecture.svg")" -le 10000 ]
}
