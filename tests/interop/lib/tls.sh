# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
#
# That router over TLS, and the calls that its sipfastd hands to the kernel. Sourced
# after edge.sh.

: "${work:?}" "${lan:?}" "${lan2:?}"

# certificate: of the router, for its addresses in the LANs; it is its own authority.
certificate() {
	openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 \
		-keyout "$work/router.key" -out "$work/router.crt" -subj "/CN=home.arpa" \
		-addext "subjectAltName=DNS:home.arpa,IP:$lan,IP:$lan2" 2>&1 &&
		chmod 640 "$work/router.key"
}

# tls_listens: before daemon_start.
tls_listens() {
	check certificate "a certificate for the router" certificate
	listens+=', "tls:*"'
	# shellcheck disable=SC2034 # read by daemon_start()
	served="tls phones {
		certificate = \"$work/router.crt\"
		key = \"$work/router.key\"
	}"
}

# opened STATE: there is one call of the daemon's, and it is in that state.
opened() {
	in_router sipfast -j show calls >"$work/calls"
	jq -e --arg state "$1" '[.calls[] | select(has("cookie"))] |
		length == 1 and .[0].state == $state' "$work/calls" && return
	cat "$work/calls"
	return 1
}

nothing_open() {
	in_router sipfast stats
	[ "$(used calls streams ports)" = 0 ] && no_media_flow
}
