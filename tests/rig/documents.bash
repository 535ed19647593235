# What the tests of documents share. Use: load helpers, load documents.

setup_documents() {
	only_in_guest
	PATH=${iw_mlo%/*}:${start_ap%/*}:$PATH
	cd "$PROJECT"
}

transcript() { # FILE [SCENE...]
	if [ "${DOCS_UPDATE:-}" = 1 ]; then
		mkdir -p "$RIG_RUN/docs/$(dirname "$1")"
		tests/transcript --update "$1" tests/rig/scenes.bash "${@:2}" >"$RIG_RUN/docs/$1"
		return
	fi
	tests/transcript "$1" tests/rig/scenes.bash "${@:2}"
}
