# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
#
# What every scene is made of: prose, waits with a bound, checks and a verdict.
# A scene sets `scene` to its name and sources this first.

work=${work:-/run/$scene}
mkdir -p "$work"
# The debug kernel takes several times as long for everything.
patience=1
[ -z "${SIPFAST_DEBUG-}" ] || patience=6

passed=() failed=() verdict=()
b='' n='' red='' green=''
colour=never # for programs that the scene runs

# Output of a guest always looks like a terminal's, so the caller decides.
# shellcheck disable=SC2034
use_colour() {
	colour=always
	b=$'\e[1m' n=$'\e[0m' red=$'\e[31m' green=$'\e[32m'
}

say() { printf '%s\n' "$*"; }

# chapter TITLE: where the output takes a breath.
chapter() {
	local rule
	printf -v rule '%*s' $((94 - ${#1})) ''
	printf '\n%s── %s %s%s\n\n' "$b" "$1" "${rule// /─}" "$n"
}

indent() { sed -u 's/^./   &/'; }

# within SECONDS COMMAND…: does it succeed by then?
within() {
	local end=$((SECONDS + $1 * patience))
	shift
	until "$@" >"$work/within" 2>&1; do
		if [ $SECONDS -ge $end ]; then
			cat "$work/within"
			return 1
		fi
		sleep 0.1
	done
}

# await SECONDS WHAT COMMAND…: until the command succeeds. The scene makes no
# sense without, so it ends here, and says what did not happen. A machine that is
# shared may take three times as long.
await() {
	local bound=$((3 * $1)) what=$2
	shift 2
	within "$bound" "$@" >"$work/await" && return
	say "${red}Waited $((bound * patience)) s in vain: $what${n}"
	say "   (${*})"
	indent <"$work/await"
	failed+=("wait: $what")
	verdict+=("${red}✘${n} in vain: $what")
	what=${what//\'/}
	report_line FAIL "${what// /-}"
	finish
}

# check NAME TEXT COMMAND…: one line of the verdict; what the command printed
# explains a failure.
check() {
	local name=$1 text=$2
	shift 2
	if "$@" >"$work/check" 2>&1; then
		passed+=("$name")
		verdict+=("${green}✔${n} $text")
		report_line PASS "$name"
	else
		failed+=("$name")
		verdict+=("${red}✘${n} $text")
		report_line FAIL "$name"
		say "${red}Not so: $text${n}"
		indent <"$work/check"
	fi
}

# Lines for tests/run go to descriptor 3, when it is there.
report_line() {
	[ -z "${terse-}" ] || echo "$1 interop/$scene/$2" >&3
}

# leave: nothing stays for the next scene. A job may be the shell of a function that
# waits for its command, which would live on: all that is in a namespace ends.
leave() {
	local ns running
	mapfile -t running < <(jobs -p && ip netns list | while read -r ns _; do
		ip netns pids "$ns"
	done)
	kill "${running[@]}" 2>/dev/null
	sleep 0.5
	kill -KILL "${running[@]}" 2>/dev/null
	ip -all netns delete
}

# finish: the verdict, with the scene's own `evidence` behind a failure.
finish() {
	if [ -n "${keep-}" ]; then
		cp "$work"/*.pcap* "$keep"
	fi
	if [ ${#failed[@]} -gt 0 ]; then
		chapter "what the parts said"
		evidence
	fi
	leave >/dev/null 2>&1
	# Recordings and captures are in the guest's memory, which the next scene needs;
	# what was told of a failure is still to be shown.
	find "$work" -mindepth 1 ! -name prose -delete
	chapter "verdict"
	printf '   %s\n' "${verdict[@]}"
	say
	if [ ${#failed[@]} -gt 0 ]; then
		say "   ${red}${b}${#failed[@]} of $((${#failed[@]} + ${#passed[@]})) failed${n} after $SECONDS s"
		exit 1
	fi
	say "   ${green}${b}All ${#passed[@]} checks passed${n} in $SECONDS s"
	exit 0
}

# log_tail TITLE FILE [LINES]: for `evidence`.
log_tail() {
	[ -s "$2" ] || return 0
	say "${b}$1${n}"
	# A user agent paints its status line over and over.
	tr '\r' '\n' <"$2" | grep -avE '^(\[[0-9:]+\] audio=.*|)$' | tail -n "${3:-60}" | indent
}
