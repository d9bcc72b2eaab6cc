# SPDX-License-Identifier: GPL-2.0-or-later
# A BYE takes the way that the other side's would: through the proxies that stay on the
# way, with our credentials, over the phone's connection; and the media closes.
file provider.secret
hush
.
conf
listen = {"udp:192.0.2.1:5060"}
workers = 3
store = memory
domain example.net {
	authenticate = false
}
trunk provider {
	peers = {"198.51.100.1"}
	prefixes = {"0"}
	user = "acme"
	secret-file = "provider.secret"
	probe = 0
}
calls default {
	minutes = 10
}
.
listen tls 192.0.2.1:5061
user alice a
phone alice tls 192.0.2.10:40010
phone provider udp 198.51.100.1:5060
phone made udp 203.0.113.1:5060
start
ask alice REGISTER sip:example.net
send alice 200
ask alice INVITE sip:0301@example.net
  CSeq: 20 INVITE
  Content-Type: application/sdp
  | m=audio 4000 RTP/AVP 0
send alice 100
send provider INVITE *
  Record-Route: {to}, {from}
reply provider 200
  Record-Route: <sip:inner@198.51.100.8;lr>, <sip:outer@198.51.100.1;lr>, $to, $from
  Contact: <sip:gateway@198.51.100.9>
  Content-Type: application/sdp
  | m=audio 20000 RTP/AVP 0
media open 1 192.0.2.10:40010 198.51.100.1:5060 4000 20000 callee-names up
send alice 200
follow alice ACK
  Route: $from, $to, <sip:outer@198.51.100.1;lr>
send provider ACK *
wait 600000
send alice BYE sip:alice@192.0.2.10:40010;transport=tls
  Via: SIP/2.0/TLS 192.0.2.1:5061;branch=*
  ! Via
  ! Route
  CSeq: 1 BYE
send provider BYE sip:gateway@198.51.100.9
  Via: SIP/2.0/UDP 192.0.2.1:5060;branch=*
  ! Via
  Route: <sip:outer@198.51.100.1;lr>, <sip:inner@198.51.100.8;lr>
  ! Route
  ! Proxy-Authorization
  CSeq: 21 BYE
reply provider 407
  Proxy-Authenticate: Digest realm="provider.example", nonce="n1", qop="auth"
send provider BYE *
  Route: <sip:outer@198.51.100.1;lr>, <sip:inner@198.51.100.8;lr>
  = digest acme hush
reply provider 200
media close 1 bye
reply alice 200
wait 40000
busy 0
counted ended-minutes 1
