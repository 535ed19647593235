# The Debian archive through apt, with nothing of the machine's own apt read but the archive's address, and
# nothing changed. Use: source it with $work, a directory that will be removed again, and die().
# shellcheck disable=SC2154 # $work is set by who sources it

# The archive's address comes from apt itself: the first repository that looks like Debian's.
mirror() {
	[ -n "${RIG_MIRROR:-}" ] && { echo "$RIG_MIRROR"; return; }
	# shellcheck disable=SC2016 # apt expands it
	apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' |
		sort -u | grep -m1 -E '/debian/?$'
}

# What comes is signed; a mirror that stands still for some days serves as well as any.
throwaway_apt() { # TOOL WORD...
	local tool=$1
	shift
	"$tool" -o Dir::Etc::sourcelist="$work/sources.list" -o Dir::Etc::sourceparts=/dev/null \
		-o Dir::Etc::preferencesparts=/dev/null -o Dir::State::Lists="$work/lists" \
		-o Dir::State::status="$work/status" -o Dir::Cache="$work/apt" \
		-o APT::Sandbox::User="$(id -un)" -o Acquire::Languages=none \
		-o Acquire::Check-Valid-Until=false "$@"
}

write_sources() { # deb|deb-src SUITE,...
	local archive suite
	archive=$(mirror) || die "no Debian archive in this machine's apt configuration: set RIG_MIRROR to its address"
	mkdir -p "$work/lists/partial" "$work/apt/archives/partial"
	: >"$work/status"
	for suite in ${2//,/ }; do
		echo "$1 [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $archive $suite main"
	done >"$work/sources.list"
}
