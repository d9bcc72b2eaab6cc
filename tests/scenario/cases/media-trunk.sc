# SPDX-License-Identifier: GPL-2.0-or-later
# A carrier's media comes from wherever it says, a phone's from the phone. What is
# of two families cannot be one call of the kernel's, and goes on without it; a
# WebSocket is nothing that the module can read, either.
conf
listen = {"udp:192.0.2.1:5060", "ws:192.0.2.1:5066"}
workers = 1
store = memory
websocket {
	origins = {"https://phone.example.net"}
}
domain example.net {
	authenticate = false
}
trunk provider {
	peers = {"198.51.100.1"}
	prefixes = {"0"}
	domain = "provider.example"
	target = "alice"
	probe = 0
}
.
listen tls 192.0.2.1:5061
listen udp [2001:db8::1]:5060
user alice a
user bob b
user carol c
phone alice tls 192.0.2.10:40010
phone bob udp [2001:db8::20]:5060
phone carol ws 192.0.2.30:40030 sip:carol@df7jal23ls0d.invalid;transport=ws
phone provider udp 198.51.100.1:5060
start
ask alice REGISTER sip:example.net
send alice 200
ask bob REGISTER sip:example.net
send bob 200
ask carol REGISTER sip:example.net
send carol 200

ask alice INVITE sip:0301234@example.net
  Content-Type: application/sdp
  | m=audio 4000 RTP/AVP 0
send alice 100
send provider INVITE *
reply provider 200
  Content-Type: application/sdp
  | m=audio 20000 RTP/AVP 0
media open 1 192.0.2.10:40010 198.51.100.1:5060 4000 20000 callee-names up
send alice 200
follow alice ACK
send provider ACK *
follow provider INVITE
  Content-Type: application/sdp
  | m=audio 20002 RTP/AVP 0
send provider 100
send alice INVITE *
reply alice 200
  Content-Type: application/sdp
  | m=audio 4000 RTP/AVP 0
media change 1 20002 4000 callee-offers callee-names up
send provider 200
follow provider ACK
send alice ACK *
ask provider INVITE sip:alice@example.net
  Content-Type: application/sdp
  | m=audio 20010 RTP/AVP 0
send provider 100
send alice INVITE *
reply alice 200
  Content-Type: application/sdp
  | m=audio 4010 RTP/AVP 0
media open 2 198.51.100.1:5060 192.0.2.10:40010 20010 4010 caller-names up
send provider 200
follow provider ACK
send alice ACK *

ask alice INVITE sip:bob@example.net
  Content-Type: application/sdp
  | m=audio 4000 RTP/AVP 0
send alice 100
send bob INVITE *
reply bob 200
  Content-Type: application/sdp
  | m=audio 20000 RTP/AVP 0
send alice 200
follow alice ACK
send bob ACK *
counted media-family 1
counted media-failed 0

ask carol INVITE sip:0301234@example.net
  Content-Type: application/sdp
  | m=audio 5000 RTP/AVP 0
send carol 100
send provider INVITE *
reply provider 200
  Content-Type: application/sdp
  | m=audio 20004 RTP/AVP 0
media open 3 192.0.2.30:40030 198.51.100.1:5060 5000 20004 callee-names up
send carol 200
follow carol ACK
send provider ACK *
