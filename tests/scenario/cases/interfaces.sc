# SPDX-License-Identifier: GPL-2.0-or-later
# Two interfaces: each side is told the address that it can reach (RFC 5658), and
# both entries are taken off again.
conf
listen = {"udp:192.0.2.1:5060", "udp:10.0.0.1:5060"}
workers = 1
store = memory
domain example.net {
	authenticate = false
}
.
user alice a
user bob b
route 10.0.0.0/8 10.0.0.1
phone alice udp 10.0.0.10:5060
phone bob udp 192.0.2.20:5060
start
ask alice REGISTER sip:example.net
send alice 200
ask bob REGISTER sip:example.net
send bob 200
ask alice INVITE sip:bob@example.net
send alice 100
send bob INVITE *
  Via: SIP/2.0/UDP 192.0.2.1:5060;*
  Record-Route: <sip:{out}@192.0.2.1:5060;lr>, <sip:{in}@10.0.0.1:5060;lr>
reply bob 200
send alice 200
  Record-Route: <sip:$out@192.0.2.1:5060;lr>, <sip:$in@10.0.0.1:5060;lr>
follow alice ACK
send bob ACK *
  Via: SIP/2.0/UDP 192.0.2.1:5060;*
  ! Route
follow alice INFO
  Content-Type: application/dtmf-relay
  | Signal=1
send bob INFO sip:bob@192.0.2.20:5060
  ! Route
  ! Record-Route
  = unchanged
reply bob 200
send alice 200
follow bob INVITE
send bob 100
send alice INVITE sip:alice@10.0.0.10:5060
  Via: SIP/2.0/UDP 10.0.0.1:5060;*
  ! Route
reply alice 200
send bob 200
follow bob ACK
send alice ACK *
follow bob BYE
send alice BYE sip:alice@10.0.0.10:5060
  Via: SIP/2.0/UDP 10.0.0.1:5060;*
  ! Route
reply alice 200
send bob 200
wait 40000
busy 0
