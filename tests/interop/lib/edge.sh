# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
#
# A router that runs sipfastd: anna's two phones in a LAN, bob's in another, and
# outside a carrier with carol behind it, and somebody whom nobody knows. All of
# it is routed, nothing translated. Sourced after calls.sh.

: "${work:?}" "${lib:?}" "${lan:?}" "${wan:?}" "${edge:?}" "${anna:?}" "${carol:?}"

# shellcheck disable=SC2034 # for those who source this
sides=(lan lan2 wan) watched="udp or tcp port 5060"
bob=192.168.2.10 lan2=192.168.2.1 second=192.168.1.11 stranger=198.51.100.66
place+=([second]=second [bob]=bob [stranger]=stranger)
address+=([second]=$second [bob]=$bob)
pitch+=([second]=660)
side+=([second]=lan [bob]=lan2)
users=(anna bob) # who have an account at the router

topology() {
	cat <<-EOT
		  phones                               router                         a carrier
		  anna   440 Hz  192.168.1.10 ─┬ lan ─┬────────────────────────┬ wan ─ 203.0.113.5    Kamailio
		  second 660 Hz  192.168.1.11 ─┘      │ sipfastd               │       192.0.2.20     carol 1320 Hz
		  bob    880 Hz  192.168.2.10 ── lan2 ┤ input, forward: drop   │       198.51.100.66  a stranger
		                                      └────────────────────────┘
	EOT
}

rules() { in_router nft -D wan=wan -f nft/sipfast-edge.nft; }

network() {
	local ns
	for ns in phone second bob router provider carol stranger; do
		ip netns add $ns || return
		ip -n $ns link set lo up
	done
	# shellcheck disable=SC2034 # read by link()
	prefix=24
	ip -n router link add lan type bridge
	ip -n router addr add "$lan/24" dev lan
	ip -n router link set lan up
	link phone eth0 "$anna" router anna 0.0.0.0
	link second eth0 "$second" router second 0.0.0.0
	for ns in anna second; do
		ip -n router addr flush dev $ns
		ip -n router link set $ns master lan
	done
	link bob eth0 "$bob" router lan2 "$lan2"
	link provider eth0 "$edge" router wan "$wan"
	link carol eth0 "$carol" provider carol "${carol%20}1"
	link stranger eth0 "$stranger" provider stranger "${stranger%66}1"
	for ns in phone second; do
		ip -n $ns route add default via "$lan"
	done
	ip -n bob route add default via "$lan2"
	ip -n router route add default via "$edge"
	ip -n carol route add default via "${carol%20}1"
	ip -n stranger route add default via "${stranger%66}1"
	ip -n provider route add 192.168.0.0/16 via "$wan"
	for ns in router provider; do
		ip netns exec $ns sysctl -qw net.ipv4.ip_forward=1
	done
	rules
}

# secret NAME: of its account.
secret() { echo "Violet-$1-ladder-71"; }

# daemon_start: with the shipped configuration, its trunk filled in. baresip 1.0
# registers with MD5, and not at all where SHA-256 is offered besides; the
# configuration says what to do about such phones. Before it, `listens` may name
# other listeners, and `served` more of the configuration.
listens='"udp:*", "tcp:*"' served=''
daemon_start() {
	local who
	secret trunk >"$work/trunk.secret"
	chmod 640 "$work/trunk.secret"
	{
		sed "/^#/d; s/algorithms = .*/algorithms = {MD5}/; s/^listen = .*/listen = {$listens}/" \
			daemon/sipfastd.conf
		cat <<-EOT
			database = "$work/sipfast.db"
			control = "$work/control"
			trunk carrier {
				peers = {"$edge"}
				prefixes = {"9"}
				strip = 1
				domain = "example.org"
				user = "anna"
				secret-file = "$work/trunk.secret"
				register = true
				target = "anna"
			}
			$served
		EOT
	} >"$work/sipfastd.conf"
	for who in "${users[@]}"; do
		secret "$who" | in_router sipfast user add -d "$work/sipfast.db" "$who@home.arpa"
	done >"$work/users" 2>&1
	check configured "sipfastd takes the configuration" \
		in_router sipfastd -t -c "$work/sipfastd.conf"
	daemon_run
}

# Not by in_router: what is in the background is to be the daemon itself.
daemon_run() {
	ip netns exec router sipfastd -c "$work/sipfastd.conf" >"$work/sipfastd.log" 2>&1 </dev/null &
	daemon=$!
	await 10 "sipfastd serves" grep started "$work/sipfastd.log"
}

daemon_stop() { kill "$daemon" && wait "$daemon"; }

# phone_setup NAME USER TRANSPORT PORTS [ROUTER]: an account at the router.
phone_setup() {
	# shellcheck disable=SC2034 # read by agent_setup()
	local agent_user=$2 agent_transport=$3 agent_domain=home.arpa agent_secret
	# shellcheck disable=SC2034 # likewise
	agent_secret=$(secret "$2")
	agent_setup "$1" eth0 "${address[$1]}" "${5-$lan}:5060" "$work/${pitch[$1]}.wav" "$4"
}

# logged NAME PATTERN: in what a phone said since line ${seen[NAME]}.
declare -A seen=()
look() {
	local who
	for who in "$@"; do
		seen[$who]=$(($(wc -l <"$work/$who/log") + 1))
	done
}
logged() { tail -n "+${seen[$1]-1}" "$work/$1/log" | grep -aE "$2"; }

# up COUNT: so many calls of the kernel's have their media, each a leg of
# sipfastd's.
up() {
	in_router sipfast -j show streams >"$work/streams"
	jq -e --argjson n "$1" '.streams | length == $n' "$work/streams" && return
	cat "$work/streams"
	return 1
}

# media: of the legs that opened it, the one whose pinhole it came by hears it: for
# two seconds, so that what agents record of it is long enough to be judged.
media() {
	in_router sipfast -j show streams >"$work/streams"
	jq -e '[.streams[] | select(.forward.packets > 100 and .reverse.packets > 100)] |
		length > 0' "$work/streams" && return
	cat "$work/streams"
	return 1
}

# closed: nobody speaks. A call that was forked waits for 32 s whether another of
# its phones picks up as well.
closed() { [ "$(used streams ports)" = 0 ] && no_media_flow; }

# A registration over TCP has no pinhole: its connection is there.
nothing_left() {
	in_router sipfast stats
	[ "$(used calls streams ports)" = 0 ] && [ "$(used pinholes)" -le "$(used registrations)" ]
}

# ask_as PLACE ROUTER USER@DOMAIN SECRET METHOD [BODY]: what comes of such a
# request to anna; without a secret it stays with the first answer.
ask_as() {
	ip netns exec "$1" python3 "$lib"/digest.py "${@:2:4}" sip:anna@home.arpa "${6-}"
}

# judge_edge: everything that was sent.
judge_edge() {
	local files
	mapfile -t files < <(captures)
	answers
	python3 "$lib"/passed.py "$lan,$lan2,$wan" "${files[@]}" >"$work/passed"
	check all-bodies "all along: no byte of a body differs between sender and receiver" \
		said "$work/passed" bodies
	check all-routed "all along: what begins a call, and its answer, has Record-Route" \
		said "$work/passed" routed
	check all-length "all along: every Content-Length is right" said "$work/passed" length
	check all-untouched "all along: the kernel edited nothing" untouched
}

untouched() {
	in_router sipfast -j stats | jq -e '[.counters[] |
		select(.name == "sip-rewritten").value] | add // 0 == 0'
}
