# SPDX-License-Identifier: GPL-2.0-or-later
# What comes back unchanged is a loop; with another Request-URI it is a spiral.
include phones.inc
ask alice INVITE sip:bob@example.net
send alice 100
send bob INVITE *
  Via: SIP/2.0/UDP 192.0.2.1:5060;branch={branch}
  Via: {hers}
  Record-Route: {rr}
  Call-ID: {call}
  CSeq: {cseq}
ask bob INVITE sip:bob@example.net
  Via: SIP/2.0/UDP 192.0.2.20:5060;branch=z9hG4bK-b1
  Via: SIP/2.0/UDP 192.0.2.1:5060;branch=$branch
  Via: $hers
  From: <sip:alice@example.net>;tag=alice
  Call-ID: $call
  CSeq: $cseq
send bob 482
# Straight from us, our Via is on top.
ask bob INVITE sip:bob@example.net
  Via: SIP/2.0/UDP 192.0.2.1:5060;branch=$branch
  Via: $hers
  From: <sip:alice@example.net>;tag=alice
  Call-ID: $call
  CSeq: $cseq
send bob 482
# A spiral: the same call, for somebody else.
ask bob INVITE sip:alice@example.net
  Via: SIP/2.0/UDP 192.0.2.20:5060;branch=z9hG4bK-b2
  Via: SIP/2.0/UDP 192.0.2.1:5060;branch=$branch
  Via: $hers
  From: <sip:alice@example.net>;tag=alice
  Call-ID: $call
  CSeq: $cseq
send bob 100
send alice INVITE sip:alice@192.0.2.10:5060
reply alice 486
send alice ACK *
send bob 486
wait 0
ask bob ACK sip:alice@example.net
  Via: SIP/2.0/UDP 192.0.2.20:5060;branch=z9hG4bK-b2
  From: <sip:alice@example.net>;tag=alice
  Call-ID: $call
  CSeq: 1 ACK
reply bob 486
send bob ACK *
send alice 486
ack alice
# The same branch in the Via of another is no loop.
ask bob INVITE sip:bob@example.net
  Via: SIP/2.0/UDP 192.0.2.20:5060;branch=z9hG4bK-b0
  Via: SIP/2.0/UDP 192.0.2.9:5060;branch=$branch
  Via: $hers
  From: <sip:alice@example.net>;tag=alice
  Call-ID: $call
  CSeq: $cseq
send bob 100
send bob INVITE *
wait 0
reply bob 486
send bob ACK *
send bob 486
ack bob
wait 40000
busy 0
