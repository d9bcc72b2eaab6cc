# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
#
# Three namespaces: a phone in a LAN, the router, and a provider with somebody
# behind it. Addresses outside are those of RFC 5737.

# shellcheck disable=SC2034 # for those who source this
anna=192.168.1.10 lan=192.168.1.1 wan=203.0.113.1 edge=203.0.113.5 bob=198.51.100.20

in_phone() { ip netns exec phone "$@"; }
in_router() { ip netns exec router "$@"; }
in_provider() { ip netns exec provider "$@"; }

network() {
	local ns
	for ns in phone router provider; do
		ip netns add $ns || return
		ip -n $ns link set lo up
	done
	ip link add eth0 netns phone type veth peer name lan netns router
	ip link add eth0 netns provider type veth peer name wan netns router
	ip link add phones netns provider type dummy

	ip -n phone addr add $anna/24 dev eth0
	ip -n router addr add $lan/24 dev lan
	ip -n router addr add $wan/24 dev wan
	ip -n provider addr add $edge/24 dev eth0
	ip -n provider addr add $bob/24 dev phones
	ip -n phone link set eth0 up
	ip -n router link set lan up
	ip -n router link set wan up
	ip -n provider link set eth0 up
	ip -n provider link set phones up

	# Nobody outside has a route to the LAN: what arrives was translated.
	ip -n phone route add default via $lan
	# Bob's media sockets are bound to no address: this is the one they take.
	ip -n provider route change 203.0.113.0/24 dev eth0 src $bob
	ip -n router route add 198.51.100.0/24 via $edge
	in_router sysctl -qw net.ipv4.ip_forward=1
}

topology() {
	cat <<-EOT
		        phone                        router                          provider
		  +---------------+       +---------------------------+       +------------------------+
		  | anna  440 Hz  |  lan  | 192.168.1.1   203.0.113.1 |  wan  | 203.0.113.5            |
		  | 192.168.1.10  +-------+                           +-------+   registrar :5060      |
		  +---------------+       | masquerade, forward: drop |       |   way in    :5061      |
		                          | nf_sipfast                |       | 198.51.100.20          |
		                          +---------------------------+       |   bob  880 Hz          |
		                                                              +------------------------+
	EOT
}
