# SPDX-License-Identifier: GPL-2.0-or-later
# IPv6 to IPv4 and back: each side has its address, and its entry.
conf
listen = {"udp:192.0.2.1:5060", "udp:[2001:db8::1]:5060"}
workers = 1
store = memory
domain example.net { authenticate = false }
.
user alice a
user bob b
phone alice udp [2001:db8::10]:5060
phone bob udp 192.0.2.20:5060
start
ask alice REGISTER sip:example.net
send alice 200
ask bob REGISTER sip:example.net
send bob 200
ask alice INVITE sip:bob@example.net
send alice 100
  Via: SIP/2.0/UDP [2001:db8::10]:5060;branch=*;rport=5060;received=2001:db8::10
send bob INVITE *
  Via: SIP/2.0/UDP 192.0.2.1:5060;*
  Record-Route: <sip:*@192.0.2.1:5060;lr>, <sip:*@[2001:db8::1]:5060;lr>
reply bob 200
send alice 200
follow alice ACK
send bob ACK *
follow bob BYE
send alice BYE sip:alice@[2001:db8::10]:5060
  Via: SIP/2.0/UDP [2001:db8::1]:5060;*
  ! Route
reply alice 200
send bob 200
wait 40000
busy 0
