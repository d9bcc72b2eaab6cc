# SPDX-License-Identifier: GPL-2.0-or-later
# A phone behind a NAT: it says 10.0.0.5, and comes from elsewhere. It is reached
# where it comes from, in both directions and for the whole dialog.
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
phone alice udp 203.0.113.5:41000 sip:alice@10.0.0.5:5060
phone bob udp 192.0.2.20:5060
start
ask alice REGISTER sip:example.net
  Via: SIP/2.0/UDP 10.0.0.5:5060;branch=z9hG4bK-n1;rport
send alice 200
  Via: SIP/2.0/UDP 10.0.0.5:5060;branch=z9hG4bK-n1;rport=41000;received=203.0.113.5
  Contact: <sip:alice@10.0.0.5:5060>;expires=3600
ask bob REGISTER sip:example.net
send bob 200
# It calls.
ask alice INVITE sip:bob@example.net
  Via: SIP/2.0/UDP 10.0.0.5:5060;branch=z9hG4bK-n2;rport
send alice 100
send bob INVITE *
  Contact: <sip:alice@10.0.0.5:5060>
  Record-Route: <sip:*@192.0.2.1:5060;lr>, <sip:*@192.0.2.1:5060;lr>
reply bob 200
send alice 200
follow alice ACK
send bob ACK sip:bob@192.0.2.20:5060
follow bob INFO
send alice INFO sip:alice@10.0.0.5:5060
  ! Route
reply alice 200
send bob 200
follow alice INFO
send bob INFO sip:bob@192.0.2.20:5060
reply bob 200
send alice 200
follow bob BYE
send alice BYE sip:alice@10.0.0.5:5060
reply alice 200
send bob 200
# It is called.
ask bob INVITE sip:alice@example.net
send bob 100
send alice INVITE sip:alice@10.0.0.5:5060
  Record-Route: <sip:*@192.0.2.1:5060;lr>, <sip:*@192.0.2.1:5060;lr>
reply alice 180
send bob 180
reply alice 200
send bob 200
follow bob ACK
send alice ACK sip:alice@10.0.0.5:5060
follow bob BYE
send alice BYE sip:alice@10.0.0.5:5060
reply alice 200
send bob 200
follow alice BYE
send bob BYE sip:bob@192.0.2.20:5060
reply bob 481
send alice 481
wait 25000
send alice OPTIONS *
wait 15000
busy 0
