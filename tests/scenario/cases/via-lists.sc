# SPDX-License-Identifier: GPL-2.0-or-later
# Vias on one line, in both directions, and a response whose Vias somebody put
# together.
include phones.inc
ask alice MESSAGE sip:bob@example.net
  Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK-v1;rport, SIP/2.0/TCP 10.0.0.9;branch=z9hG4bK-v0
send bob MESSAGE *
  Via: {ours}
  Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK-v1;rport=5060;received=192.0.2.10, SIP/2.0/TCP 10.0.0.9;branch=z9hG4bK-v0
  ! Via
  From: {from}
  Call-ID: {call}
  CSeq: {cseq}
recv bob
SIP/2.0 200 OK
v: $ours, SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK-v1;rport=5060;received=192.0.2.10, SIP/2.0/TCP 10.0.0.9;branch=z9hG4bK-v0
f: $from
t: <sip:bob@example.net>;tag=b
i: $call
CSeq: $cseq
.
send alice 200
  Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK-v1;rport=5060;received=192.0.2.10, SIP/2.0/TCP 10.0.0.9;branch=z9hG4bK-v0
  ! Via
wait 40000
busy 0
