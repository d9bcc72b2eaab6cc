# SPDX-License-Identifier: GPL-2.0-or-later
# A browser and a phone (RFC 7118): it calls itself .invalid, and whatever is for
# it goes by the connection that it opened; when that is gone, so is its binding.
conf
listen = {"udp:192.0.2.1:5060", "tcp:192.0.2.1:5060", "ws:192.0.2.1:5066"}
workers = 1
store = memory
websocket {
	origins = {"https://phone.example.net"}
}
domain example.net {
	authenticate = false
}
.
user alice a
user bob b
phone alice ws 192.0.2.10:40010 sip:alice@df7jal23ls0d.invalid;transport=ws
phone bob udp 192.0.2.20:5060
start
ask alice REGISTER sip:example.net
  Via: SIP/2.0/WS df7jal23ls0d.invalid;branch=z9hG4bK-r
send alice 200
  Via: SIP/2.0/WS df7jal23ls0d.invalid;branch=z9hG4bK-r;received=192.0.2.10
ask bob REGISTER sip:example.net
send bob 200
# the browser calls
ask alice INVITE sip:bob@example.net
  Via: SIP/2.0/WS df7jal23ls0d.invalid;branch=z9hG4bK-i
send alice 100
send bob INVITE sip:bob@192.0.2.20:5060
  Via: SIP/2.0/UDP 192.0.2.1:5060;*
  Via: SIP/2.0/WS df7jal23ls0d.invalid;branch=z9hG4bK-i;received=192.0.2.10
  Record-Route: <sip:*@192.0.2.1:5060;lr>, <sip:*@192.0.2.1:5066;transport=ws;lr>
reply bob 200
send alice 200
follow alice ACK
send bob ACK sip:bob@192.0.2.20:5060
  Via: SIP/2.0/UDP 192.0.2.1:5060;*
follow bob BYE
send alice BYE sip:alice@df7jal23ls0d.invalid;transport=ws
  Via: SIP/2.0/WS 192.0.2.1:5066;*
reply alice 200
send bob 200
# messages, both ways
ask alice MESSAGE sip:bob@example.net
send bob MESSAGE sip:bob@192.0.2.20:5060
reply bob 200
send alice 200
ask bob MESSAGE sip:alice@example.net
send alice MESSAGE sip:alice@df7jal23ls0d.invalid;transport=ws
reply alice 200
send bob 200
wait 40000
# the browser is called, and gone before it has answered
ask bob INVITE sip:alice@example.net
send bob 100
send alice INVITE *
close alice
wait 1
busy 2
ask bob MESSAGE sip:alice@example.net
send bob 480
