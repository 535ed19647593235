# The manual, the help and the table of commands say the same.

bats_require_minimum_version 1.5.0

setup_file() {
	export IW_MLO=${IW_MLO:-$BATS_TEST_DIRNAME/../iw-mlo}
	export TOP=$BATS_TEST_DIRNAME/.. PAGE=$BATS_TEST_DIRNAME/../man/iw-mlo.8
}

helped() { "$IW_MLO" help | sed -n 's/^  iw-mlo //p' | sort; }

# The entries of the manual's commands, as plain words.
documented() {
	sed -n '/^\.Sh COMMANDS/,/^\.Sh DIALECTS/s/^\.It Cm //p' "$PAGE" |
		sed -E ':a; s/ (Cm|Ar) / /; ta; s/ Oo / [/g; s/ Oc/]/g' |
		awk -F ' Op ' '{ printf "%s", $1; for (n = 2; n <= NF; n++) printf " [%s]", $n; print "" }' | sort
}

@test "every command of the help is in the manual, and back" {
	[ "$(helped | wc -l)" -ge 11 ]
	diff <(helped) <(documented)
}

@test "every command of the table is in the help" {
	table=$(grep -oE '&cmd_[a-z_]+,' "$TOP/iw-mlo.c" | wc -l)
	[ "$table" -ge 11 ]
	[ "$("$IW_MLO" help | grep -c '^  iw-mlo ')" -eq "$table" ]
	[ "$(cat "$TOP"/cmds/*.c | grep -cE '^const struct cmd ')" -eq "$table" ]
}

@test "every option is in the manual" {
	while read -r letter name; do
		grep -qE "^\.It Fl $letter , Fl -$name( |$)" "$PAGE" || { echo "-$letter, --$name"; return 1; }
	done < <("$IW_MLO" help | sed -nE 's/^  -(.), --([a-z-]+).*/\1 \2/p')
	[ "$("$IW_MLO" help | grep -cE '^  -')" -eq "$(grep -cE '^\.It Fl . , Fl ' "$PAGE")" ]
}

@test "every interface type is in the manual" {
	for type in $("$IW_MLO" help set type | sed -n 's/^    TYPE: //p' | tr -d ,); do
		grep -qE "^\.Cm .*\b$type\b" "$PAGE" || { echo "$type"; return 1; }
	done
}

@test "every JSON key of the renderers is in the manual" {
	for key in $(grep -ohE 'json_(open|uint|bool|text|string|int|bytes|hex|handle|mac|dbm|mbps|name|types|rate|chains)\(j, (ctx, )?"[a-z0-9_]+"' \
		"$TOP"/cmds/*.c "$TOP/trace.c" | sed 's/.*"\(.*\)"/\1/' | sort -u); do
		grep -qE "^\.(It )?Li .*\b$key\b" "$PAGE" || { echo "$key"; return 1; }
	done
}

@test "every exit status is in the manual" {
	for status in $(sed -nE 's/^	ST_[A-Z]+ = ([0-9]),.*/\1/p' "$TOP/iw-mlo.h"); do
		sed -n '/^\.Sh EXIT STATUS/,/^\.Sh PRIV/p' "$PAGE" | grep -qx ".It $status"
	done
}

@test "words with a comma between are quoted one by one" {
	run ! grep -nE '^\.(Qq|Dq|Sq) .* , ' "$PAGE"
	run ! grep -nE '^\..* (Qq|Dq|Sq) [^ ]+ , ' "$PAGE"
}

@test "mandoc finds nothing to warn of" {
	run mandoc -T lint -W warning "$PAGE"
	echo "$output"
	[ -z "$output" ]
}
