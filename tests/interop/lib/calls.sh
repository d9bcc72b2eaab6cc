# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
#
# Calls between anna inside and bob and carol outside, through Kamailio: what the
# scenes have in common. Sourced first; takes the scene's arguments.

# shellcheck disable=SC2034 # for those who source this
asked=() plan=ip4 helper=sipfast terse='' keep='' colours=''
exec 3>&1
scene=${0##*/}
while [ $# -gt 0 ]; do
	case $1 in
	--plan) plan=$2 && shift ;;
	--helper) helper=$2 && shift ;;
	--terse) terse=y ;;
	--keep) keep=$2 && shift ;;
	--colour) colours=y ;;
	*) sed -n '4,/^set/s/^# \{0,1\}//p' "$0" >&2 && exit 2 ;;
	esac
	shift
done
[ "$plan" = ip4 ] || scene+=-$plan

# shellcheck source=scene.sh
. tests/interop/lib/scene.sh
[ -z "$colours" ] || use_colour
# shellcheck source=kamailio.sh
. tests/interop/lib/kamailio.sh
# shellcheck source=ask.sh
. tests/interop/lib/ask.sh
# shellcheck source=agent.sh
. tests/interop/lib/agent.sh
lib=tests/interop/lib

# shellcheck disable=SC2034 # so is this
proxy=$(uri "$edge"):5060
declare -A place=([anna]=phone [bob]=bob [carol]=carol)
declare -A address=([anna]=$anna [bob]=$bob [carol]=$carol)
declare -A pitch=([anna]=440 [bob]=880 [carol]=1320)
# The sides of the router, where everybody is, and what is captured there.
declare -A side=([anna]=lan [bob]=wan [carol]=wan)
sides=(lan wan)
watched=udp

# shellcheck source=sipp.sh
. tests/interop/lib/sipp.sh

evidence() {
	local who file
	for who in anna bob carol; do
		log_tail "$who" "$work/$who/log"
		for file in "$work/$who"/*.err; do
			log_tail "$who's sipp" "$file"
		done
	done
	log_tail "Kamailio" "$work/kamailio.log"
	log_tail "sipfast monitor" "$work/monitor"
	say "${b}router${n}"
	{
		in_router sipfast --color=never show
		in_router sipfast --color=never stats
		in_router conntrack -L -f "$family"
		dmesg | tail -n 20
	} 2>&1 | indent
}

# ready: the network, with all that listens to it.
ready() {
	local at
	network || { report_line FAIL setup && failed+=(setup) && finish; }
	for hz in "${pitch[@]}"; do
		python3 $lib/tone.py make "$work/$hz.wav" "$hz"
	done
	for at in "${sides[@]}"; do
		# Its buffer has room for so many packets of the length that it keeps: for
		# eight, with what it keeps and has otherwise.
		in_router tcpdump -Z root -i "$at" -U --immediate-mode -s 16384 -B 32768 \
			-w "$work/$at.pcap" "$watched" >"$work/tcpdump-$at.log" 2>&1 &
	done
	in_router sipfast --color=never monitor >"$work/monitor" 2>&1 &
	for at in "${sides[@]}"; do
		await 10 "the capture of $at begins" grep -l listening "$work/tcpdump-$at.log"
	done
	await 10 "monitor listens" listening
	kamailio_start
}

# begin COMMAND: all of that, and the agents that the command starts.
begin() {
	ready
	"$@"
	await 5 "anna's registration" monitor_saw 'registration [0-9]+ new'
}

act() {
	chapter "$1"
	told=$(($(wc -l <"$work/monitor") + 1))
}

# tell NAME COMMAND [PARAMETER]
tell() { agent "${place[$1]}" "${address[$1]}" "${@:2}"; }

# listens_at NAMESPACE t|u PORT: something does, over TCP or UDP. An INVITE that comes
# earlier finds the port closed, and that ends it.
listens_at() { ip netns exec "$1" ss -Hln"$2" | grep ":$3 "; }

# ring CALLER CALLEE: until it rings.
ring() {
	await 10 "$1 dials" tell "$1" dial "sip:$2@example.org"
	await 10 "it rings" monitor_saw 'call [0-9]+ ringing'
}

# answer CALLEE: until they can talk.
answer() {
	await 5 "$1 picks up" tell "$1" accept
	await 10 "the call is up" monitor_saw 'call [0-9]+ up'
}

# rings NAME: she was called since the last `seen`.
seen() { before=$(($(wc -l <"$work/$1/log") + 1)); }
rings() { tail -n "+$before" "$work/$1/log" | grep -a '^SIP/2.0 180'; }

mark() { since=$EPOCHREALTIME; }

# ask NAME TEXT WHO COMMAND…: what somebody heard since the mark; the answer comes
# when all is over. Commands are those of hear.py.
ask() {
	asked+=("$1:$2")
	echo "$1 ${side[$3]} ${address[$3]} $since $EPOCHREALTIME ${*:4}" >>"$work/questions"
}

# audio NAME ONE OTHER: they hear each other from now on.
audio() {
	mark
	sleep 1
	ask "$1-heard-$2" "$1: $2 hears $3's ${pitch[$3]} Hz, and not ${pitch[$2]}" \
		"$2" tone "${pitch[$3]}" "${pitch[$2]}"
	ask "$1-heard-$3" "$1: $3 hears $2's ${pitch[$2]} Hz, and not ${pitch[$3]}" \
		"$3" tone "${pitch[$2]}" "${pitch[$3]}"
}

# recordings NAME ONE OTHER: what the agents themselves made of it.
recordings() {
	local who=$2 peer=$3 _
	for _ in 1 2; do
		check "$1-recorded-$who" "$1: $who recorded $peer's ${pitch[$peer]} Hz" within 5 \
			recorded "$who" "$peer"
		who=$3 peer=$2
	done
}

recorded() {
	python3 $lib/tone.py check "$(recording "$1")" "${pitch[$2]}" "${pitch[$1]}"
}

# gone NAME: nothing is left in the router of what was spoken.
gone() {
	check "$1-tables" "$1: no call, stream or port left, nor a pinhole of theirs" \
		within 5 hung_up
	check "$1-flows" "$1: no media connection and no expectation left" no_media_flow
}

# said FILE NAME: it says that this is right; and how so, if not.
said() {
	awk -v name="$2" '$2 == name && $1 == "ok" { right = 1 }
		{ lines = lines $0 "\n" }
		$1 == "ok" || $1 == "wrong" {
			if ($2 == name) printf "%s", lines
			lines = ""
		}
		END { exit !right }' "$1"
}

# captures: the files of all sides.
captures() { printf "$work/%s.pcap\n" "${sides[@]}"; }

# answers: to all that was asked.
answers() {
	local question files
	mapfile -t files < <(captures)
	python3 $lib/hear.py "${files[@]}" <"$work/questions" >"$work/answers"
	for question in "${asked[@]}"; do
		check "${question%%:*}" "${question#*:}" said "$work/answers" "${question%%:*}"
	done
}

# judge: everything that was sent.
judge() {
	local face faces=(length crossed) outside=$wan
	answers
	# Without translation there is nothing to hide.
	if [ "$plan" = ip6 ]; then outside=$anna; else faces+=(private public); fi
	python3 $lib/faces.py "$work/lan.pcap" "$work/wan.pcap" "$outside" >"$work/faces"
	for face in "${faces[@]}"; do
		check "all-$face" "all along: $face" said "$work/faces" "$face"
	done
}

if [ -n "$terse" ]; then
	exec >"$work/prose" 2>&1
	# shellcheck disable=SC2154
	trap '[ ${#failed[@]} -eq 0 ] || cat "$work/prose" >&3' EXIT
fi
