# What the tests of completion share, on the host and in a guest: how to ask each shell.

# What bash offers at the end of a line, sorted, one a line. Readline parts the line at these, which
# are words of their own but for blanks and quotes.
bash_next() ( # LINE
	COMP_LINE=$1 COMP_POINT=${#1}
	COMP_WORDBREAKS=$' \t\n"\'><=;|&(:'
	mapfile -t COMP_WORDS < <(grep -oE '("[^"]*("|$)|[^][:space:]"><=;|&(:[]+)+|[><=;|&(:]+' <<<"$1")
	[[ $1 != *" " ]] || COMP_WORDS+=("")
	COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
	# shellcheck source=completions/iw-mlo.bash
	. "$COMPLETIONS/iw-mlo.bash"
	_iw_mlo
	[ ${#COMPREPLY[@]} -eq 0 ] || printf '%s\n' "${COMPREPLY[@]}" | sort
)

fish_next() { # LINE
	fish --no-config -c "source $COMPLETIONS/iw-mlo.fish; complete --do-complete '$1'" | cut -f 1 | sort
}

# zsh completes in its line editor alone, so one is run on a terminal of its own, and given the line and a TAB.
# What it would put there goes to a file: each compadd of the completion is followed by one that only collects.
zsh_next() ( # LINE
	out=$(mktemp -d)
	trap 'rm -rf "$out"' EXIT
	cat >"$out/.zshrc" <<-'EOF'
		PS1= PS2= LISTMAX=0
		unsetopt beep list_beep
		autoload -Uz compinit
		compinit -u -C -d $dump
		compadd() {
			local -a hits
			if [[ ${@[1,(i)(-|--)]} != *-(O|A|D)\ * ]]; then
				builtin compadd -A hits "$@"
				print -rl -- $hits >>$ZDOTDIR/words
			fi
			builtin compadd "$@"
		}
		finish() { : >$ZDOTDIR/done }
		zle -N finish
		bindkey '^I' complete-word
		bindkey '^X^D' finish
		: >$ZDOTDIR/ready
	EOF
	# shellcheck disable=SC2016 # for zsh
	dump=${BATS_FILE_TMPDIR:-$out}/zcompdump ZDOTDIR=$out zsh -f -c '
		zmodload zsh/zpty
		await() { repeat 500; do [[ ! -e $1 ]] || return 0; zpty -rt shell seen; sleep 0.01; done; return 1 }
		export TERM=dumb
		fpath=($1 $fpath)
		export FPATH
		zpty -b shell zsh -i
		await $ZDOTDIR/ready || exit
		zpty -w -n shell "$2"$'\''\t'\''
		zpty -w -n shell $'\''\C-x\C-d'\''
		await $ZDOTDIR/done
		zpty -d shell' zsh "$COMPLETIONS" "$1" >&2
	[ ! -e "$out/words" ] || grep . "$out/words" | sort -u
)
