# SPDX-License-Identifier: GPL-2.0-or-later
# Whatever comes to another worker gets to the one that has the transaction:
# responses by their branch, CANCEL and ACK by asking around.
include workers.inc
ask alice@0 INVITE sip:bob@example.net
send alice@0 100
send bob@0 INVITE *
  Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKsf00.*
reply bob@2 180
send alice@0 180
reply bob@1 486
send alice@0 486
send bob@0 ACK *
ack alice@2
wait 40000
ask alice@1 INVITE sip:bob@example.net
send alice@1 100
send bob@1 INVITE *
  Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKsf01.*
reply bob@1 180
send alice@1 180
cancel alice@0
send alice 200
  CSeq: * CANCEL
send bob@1 CANCEL *
reply bob@0 200 CANCEL
reply bob@2 487 INVITE
send alice@1 487
send bob@1 ACK *
ack alice@0
wait 40000
# The ACK of a 2xx is for whoever gets it.
ask alice@1 INVITE sip:bob@example.net
send alice@1 100
send bob@1 INVITE *
reply bob@1 200
send alice@1 200
follow alice@2 ACK
send bob@2 ACK *
follow bob@0 BYE
send alice@0 BYE *
reply alice@1 200
send bob@0 200
# Nobody has it: 481, once.
ask alice@1 CANCEL sip:bob@example.net
  CSeq: 7 CANCEL
send alice 481
ask alice@2 ACK sip:bob@example.net
ask bob@1 MESSAGE sip:alice@example.net
send alice@1 MESSAGE *
reply alice@0 200
send bob@1 200
again alice@0
wait 40000
again alice@0
nothing
