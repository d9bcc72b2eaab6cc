# SPDX-License-Identifier: GPL-2.0-or-later
# A call between two phones, and its end: RFC 3261, 24.2.
include phones.inc

ask alice INVITE sip:bob@example.net
  Content-Type: application/sdp
  | v=0
  | o=- 1 1 IN IP4 192.0.2.10
send alice 100 Trying
  ! Record-Route
  Via: SIP/2.0/UDP 192.0.2.10:5060;branch=*;rport=5060;received=192.0.2.10
send bob INVITE sip:bob@192.0.2.20:5060
  Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKsf00.{id};rport
  Via: SIP/2.0/UDP 192.0.2.10:5060;branch=*
  ! Via
  Max-Forwards: 69
  Record-Route: <sip:{token}@192.0.2.1:5060;lr>
  ! Record-Route
  ! Route
  = unchanged
reply bob 180
send alice 180
  Via: SIP/2.0/UDP 192.0.2.10:5060;*
  ! Via
  Record-Route: <sip:$token@192.0.2.1:5060;lr>
  = unchanged
wait 1000
reply bob 200
send alice 200
follow alice ACK
send bob ACK sip:bob@192.0.2.20:5060
  Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKsf00.*
  ! Route
  ! Record-Route
  Max-Forwards: 69
  = unchanged
follow bob BYE
send alice BYE sip:alice@192.0.2.10:5060
  ! Route
  = unchanged
reply alice 200
send bob 200
  = unchanged
wait 40000
busy 0
