# An AP MLD on wlan0 that is told what to do, for tests. Use: load helpers, load ap.

ap_mld=${AP_MLD:-$PROJECT/build/plain/tests/rig/ap-mld}
ap_log=/tmp/ap-mld.log

# Its answers and events go to one file, in the order in which they came.
ap_open() { # DEV
	rm -f /tmp/ap-mld.in
	: >"$ap_log"
	mkfifo /tmp/ap-mld.in
	"$ap_mld" "$1" </tmp/ap-mld.in >>"$ap_log" 2>&1 3>&- &
	ap_pid=$!
	exec 7>/tmp/ap-mld.in
}

ap_close() {
	exec 7>&-
	wait "$ap_pid"
}

ap_answers() { grep -cE '^(ok|error)( |$)' "$ap_log" || true; }

# Gives it a command and shows its answer; what happened before is forgotten by "happens".
ap() { # WORD...
	local before deadline=$((SECONDS + 5)) answer
	before=$(ap_answers)
	ap_mark=$(wc -l <"$ap_log")
	echo "$*" >&7
	until [ "$(ap_answers)" -gt "$before" ]; do
		[ $SECONDS -lt $deadline ] || { echo "no answer to: $*"; tail -n 20 "$ap_log"; return 1; }
		sleep 0.01
	done
	answer=$(grep -E '^(ok|error)( |$)' "$ap_log" | tail -n 1)
	echo "$answer"
	[[ $answer == ok* ]]
}

# Waits for a line since the last command (or mark) that is matched by the whole of this pattern.
happens() { # ERE
	local deadline=$((SECONDS + 5))
	until tail -n +$((ap_mark + 1)) "$ap_log" | grep -xE -- "$1"; do
		[ $SECONDS -lt $deadline ] || { echo "did not happen: $1"; tail -n 20 "$ap_log"; return 1; }
		sleep 0.01
	done
}
mark() { ap_mark=$(wc -l <"$ap_log"); }

# The kernel took every request of the AP's, and every frame of it was acknowledged.
ap_is_clean() { ! grep -E '^(failed|unacked|lost|ignored)' "$ap_log"; }
