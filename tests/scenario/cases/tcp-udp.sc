# SPDX-License-Identifier: GPL-2.0-or-later
# From UDP to TCP and back: each side has an entry of its own (RFC 5658).
conf
listen = {"udp:192.0.2.1:5060", "tcp:192.0.2.1:5060"}
workers = 1
store = memory
domain example.net {
	authenticate = false
}
.
user alice a
user bob b
phone alice udp 192.0.2.10:5060
phone bob tcp 192.0.2.20:40020
start
ask alice REGISTER sip:example.net
send alice 200
ask bob REGISTER sip:example.net
send bob 200
ask alice INVITE sip:bob@example.net
send alice 100
send bob INVITE *
  Via: SIP/2.0/TCP 192.0.2.1:5060;branch=z9hG4bK{branch}
  Via: SIP/2.0/UDP 192.0.2.10:5060;*
  Record-Route: <sip:*@192.0.2.1:5060;transport=tcp;lr>, <sip:*@192.0.2.1:5060;lr>
  ! Record-Route
wait 600
reply bob 200
send alice 200
follow alice ACK
send bob ACK sip:bob@192.0.2.20:40020;transport=tcp
  Via: SIP/2.0/TCP 192.0.2.1:5060;*
  ! Route
follow bob BYE
send alice BYE sip:alice@192.0.2.10:5060
  Via: SIP/2.0/UDP 192.0.2.1:5060;*
  ! Route
wait 500
send alice again
reply alice 200
send bob 200
ask bob MESSAGE sip:alice@example.net
send alice MESSAGE *
wait 500
send alice again
reply alice 200
send bob 200
wait 40000
busy 0
