# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
#
# What is asked of the router while a scene runs. Sourced after scene.sh and a
# network.

: "${work:?}"

# used TABLE…: the entries of these tables, all of them together.
used() {
	in_router sipfast -j stats | jq --args '[.tables[] |
		select(.name | IN($ARGS.positional[])).used] | add' "$@"
}

# A registration has a pinhole of its own.
hung_up() {
	in_router sipfast stats
	[ "$(used calls streams ports)" = 0 ] && [ "$(used pinholes)" = "$(used registrations)" ]
}

empty() {
	in_router sipfast stats
	[ "$(used calls streams pinholes ports registrations)" = 0 ]
}

# Somebody has joined a group of generic netlink.
listening() {
	in_router grep -E '^[0-9a-f]+ +16 +[0-9]+ +[0-9a-f]*[1-9a-f]' /proc/net/netlink
}

# In what monitor told since line $told.
monitor_saw() { tail -n "+${told-1}" "$work/monitor" | grep -E -- "$1"; }

# Packets may come late and leave a trace that nobody answers; what was media,
# or leads to anybody, must be gone.
no_media_flow() {
	local left family=${family-ipv4}
	left=$(in_router conntrack -L -f "$family" -p udp 2>/dev/null |
		grep -vE '[sd]port=506[01] ' | grep -E 'helper=|ASSURED'
		in_router conntrack -L expect -f "$family" 2>/dev/null)
	echo "$left"
	[ -z "$left" ]
}

# recording NAME: the newest of what this one heard.
recording() {
	local file newest=''
	for file in "$work/$1"/rec/*dec.wav; do
		if [ -z "$newest" ] || [ "$file" -nt "$newest" ]; then newest=$file; fi
	done
	echo "$newest"
}
