# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
#
# Anna's phone in a LAN, the router, Kamailio as the provider, and behind it bob
# and carol, each with a network of their own. `plan` says what the router does:
# ip4 masquerades; nat66 does the same to IPv6; ip6 translates nothing.

: "${work:?}" "${plan:?}" "${helper:?}"

# shellcheck disable=SC2034 # for those who source this
case $plan in
ip4)
	family=ipv4 prefix=24
	anna=192.168.1.10 lan=192.168.1.1 wan=203.0.113.1 edge=203.0.113.5
	bob=198.51.100.20 carol=192.0.2.20
	;;
ip6 | nat66)
	family=ipv6 prefix=64
	anna=2001:db8:1::10 lan=2001:db8:1::1 wan=2001:db8:f::1 edge=2001:db8:f::5
	bob=2001:db8:60::20 carol=2001:db8:61::20
	;;
esac

in_phone() { ip netns exec phone "$@"; }
in_router() { ip netns exec router "$@"; }
in_provider() { ip netns exec provider "$@"; }

# uri ADDRESS: as URIs and configurations write it.
uri() {
	case $1 in
	*:*) echo "[$1]" ;;
	*) echo "$1" ;;
	esac
}

# link NS DEVICE ADDRESS PEER-NS DEVICE ADDRESS
link() {
	ip link add "$2" netns "$1" type veth peer name "$5" netns "$4"
	ip -n "$1" addr add "$3/$prefix" dev "$2"
	ip -n "$4" addr add "$6/$prefix" dev "$5"
	ip -n "$1" link set "$2" up
	ip -n "$4" link set "$5" up
}

# The rules as shipped, but for nat66 and another helper.
rules() {
	local edits=(-e "s/type \"sipfast\"/type \"$helper\"/")
	[ "$plan" != nat66 ] || edits+=(-e '/meta nfproto ipv6 accept/d')
	[ "$helper" != none ] || edits=(-e '/ ct helper set /d')
	sed "${edits[@]}" nft/sipfast.nft | in_router nft -D wan=wan -f -
}

network() {
	local ns
	for ns in phone router provider bob carol; do
		ip netns add $ns || return
		ip -n $ns link set lo up
		# Neighbours are trusted at once.
		ip netns exec $ns sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1 \
			net.ipv6.conf.all.accept_dad=0 net.ipv6.conf.default.accept_dad=0
	done
	link phone eth0 "$anna" router lan "$lan"
	link provider eth0 "$edge" router wan "$wan"
	link bob eth0 "$bob" provider bob "${bob%20}1"
	link carol eth0 "$carol" provider carol "${carol%20}1"
	ip -n phone route add default via "$lan"
	ip -n router route add default via "$edge"
	ip -n bob route add default via "${bob%20}1"
	ip -n carol route add default via "${carol%20}1"
	# Elsewhere nobody outside has a route to the LAN: what arrives was translated.
	[ "$plan" != ip6 ] || ip -n provider route add 2001:db8:1::/64 via "$wan"
	rules
}

# kamailio_start: until it listens.
kamailio_start() {
	mkdir -p "$work/kamailio"
	in_provider kamailio -f tests/interop/lib/kamailio.cfg -l "udp:$(uri "$edge"):5060" \
		-DD -E -m 16 -M 4 -n 1 -w "$work/kamailio" -Y "$work/kamailio" \
		>"$work/kamailio.log" 2>&1 </dev/null &
	await 20 "Kamailio listens" in_provider grep -qi ":13C4 " /proc/net/udp /proc/net/udp6
}

# registered NAME
registered() { grep "registered $1:" "$work/kamailio.log"; }
