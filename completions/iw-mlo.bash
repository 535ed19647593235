# bash completion for iw-mlo. Which words may come next, the program says itself: "iw-mlo help --words".

# The words up to the cursor as the program would get them: bash parts them at ":" and "=".
_iw_mlo_join() {
	local rest=$COMP_LINE part n
	words=()
	for ((n = 0; n <= COMP_CWORD; n++)); do
		part=${COMP_WORDS[n]}
		if [[ $n -eq 0 || $rest = [[:space:]]* ]]; then
			words+=("$part")
		else
			words[-1]+=$part
		fi
		rest=${rest#"${rest%%[![:space:]]*}"}
		rest=${rest#"$part"}
	done
}

# What this machine has in the place of a word in capitals: names from sysfs, the rest from the kernel.
_iw_mlo_values() { # WORD
	local path
	case $1 in
	DEV)
		for path in "$_iw_mlo_sysfs"/class/net/*/phy80211; do
			[[ -e $path ]] || continue
			path=${path%/phy80211}
			printf '%s\n' "${path##*/}"
		done
		;;
	PHY)
		for path in "$_iw_mlo_sysfs"/class/ieee80211/*; do
			[[ ! -e $path ]] || printf '%s\n' "${path##*/}"
		done
		;;
	WDEV) "${words[0]}" -t 1 -j dev | grep -o '"wdev":"0x[0-9a-f]*"' | cut -d '"' -f 4 ;;
	FILE) compgen -f -- "$typed" ;;
	ID) "${words[0]}" -t 1 -j "${object[@]}" info | grep -o '"link_id":[0-9]*' | cut -d : -f 2 ;;
	esac 2>/dev/null
}

_iw_mlo() {
	local words object=() typed found next part n
	_iw_mlo_join
	typed=${words[-1]}
	unset 'words[-1]'
	for ((n = 1; n < ${#words[@]} - 1; n++)); do
		[[ ${words[n]} != @(dev|wdev) ]] || { object=("${words[@]:n:2}"); break; }
	done

	COMPREPLY=()
	while IFS= read -r found; do
		[[ $found = "$typed"* ]] || continue
		printf -v found %q "$found"
		# what stands before the last of these is typed already, for readline
		for part in : =; do
			[[ $COMP_WORDBREAKS != *"$part"* || $typed != *"$part"* ]] || found=${found#"${typed%"${typed##*"$part"}"}"}
		done
		COMPREPLY+=("$found")
	done < <("${words[0]}" help --words "${words[@]:1}" 2>/dev/null |
		while IFS=$'\t' read -r next _; do
			case $next in
			-*) [[ $typed != -* ]] || printf '%s\n' "$next" ;;
			[[:upper:]]*) _iw_mlo_values "$next" ;;
			*) printf '%s\n' "$next" ;;
			esac
		done)
	# a value is to follow at once
	[[ ${#COMPREPLY[@]} -ne 1 || ${COMPREPLY[0]} != *[=\>\<] ]] || compopt -o nospace 2>/dev/null
}

: "${_iw_mlo_sysfs:=/sys}"
complete -F _iw_mlo iw-mlo
