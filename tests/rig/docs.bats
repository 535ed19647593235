# What the documents show is what is printed: their commands are run, in their order. "make docs" writes what differs.

bats_require_minimum_version 1.5.0
load helpers
load documents

setup_file() { ! in_guest || regdom_us; }
setup() { setup_documents; }
teardown() { ! in_guest || for dev in wlan0 wlan1; do reset_dev "$dev"; done; }

@test "the tutorial" { transcript docs/tutorial.md; }

@test "the screen of the README" {
	regdom_eu # for 6 GHz
	transcript README.md
}

# ---- the test itself ----

@test "an output that differs is seen, and one that differs in what always does is not" {
	cd "$BATS_TEST_TMPDIR"
	printf '%s\n' 'Text' '```console' '$ echo "after 12.3 ms"; echo 4a:01:02:03:04:05' 'after 0.1 ms' 'fe:01:02:03:04:06' \
		'# cd /; x=5' '# echo $x $PWD >&2; (exit 3)' '5 /' '# echo $?; printf no-newline' '3' 'no-newline' '```' '$ false' >good.md
	"$PROJECT/tests/transcript" good.md
	sed 's/^5 /6 /' good.md >bad.md
	run -1 "$PROJECT/tests/transcript" bad.md
	[[ $output == "bad.md:7: "*"--- shown:"*"6 /"*"--- printed:"*"5 /"* ]]
	sed '/^no-newline/d' good.md >bad.md
	run -1 "$PROJECT/tests/transcript" bad.md
	[ "$("$PROJECT/tests/transcript" --update bad.md)" = "$(cat good.md)" ]
	echo nothing >bad.md
	run -1 "$PROJECT/tests/transcript" bad.md
	[ "$output" = "nothing was run" ]
}

@test "a scene is set before its block, one that fails is told, and others than those named are left out" {
	cd "$BATS_TEST_TMPDIR"
	echo 'scene() { n=$1; [ $1 != broken ] || { echo it broke; exit 1; }; }' >scenes
	printf '%s\n' '<!-- scene: one -->' '```console' '$ echo $n' 'one' '```' '' '```console' '$ echo "still $n"' 'still one' '```' \
		'<!-- scene: two -->' '```console' '$ echo $n' 'two' '```' >good.md
	"$PROJECT/tests/transcript" good.md scenes
	sed 's/^two/three/' good.md >bad.md
	run -1 "$PROJECT/tests/transcript" bad.md scenes
	run -1 "$PROJECT/tests/transcript" bad.md scenes two
	"$PROJECT/tests/transcript" bad.md scenes one
	run -1 "$PROJECT/tests/transcript" bad.md scenes three
	sed 's/scene: two/scene: broken/' good.md >bad.md
	run -1 "$PROJECT/tests/transcript" bad.md scenes
	[[ $output == "the shell ended at: scene broken"*"it broke" ]]
	[ "$("$PROJECT/tests/transcript" --blocks good.md | xargs -d '\n')" = '3 one echo $n 8 - echo "still $n" 13 two echo $n' ]
}
