# SPDX-License-Identifier: GPL-2.0-or-later
# A connection is of one worker; others hand it what they have to say.
conf
listen = {"udp:192.0.2.1:5060", "tcp:192.0.2.1:5060"}
workers = 3
store = memory
domain example.net { authenticate = false }
.
user alice a
user bob b
phone alice tcp 192.0.2.10:40010
phone bob tcp 192.0.2.20:40020
start
ask alice@1 REGISTER sip:example.net
send alice@1 200
ask bob@2 REGISTER sip:example.net
send bob@2 200
ask alice@1 INVITE sip:bob@example.net
send alice@1 100
send bob@2 INVITE *
  Via: SIP/2.0/TCP 192.0.2.1:5060;branch=z9hG4bKsf01.*
reply bob@2 180
send alice@1 180
cancel alice@1
send alice@1 200
send bob@2 CANCEL *
reply bob@2 200 CANCEL
reply bob@2 487 INVITE
send alice@1 487
send bob@2 ACK *
ack alice@1
ask alice@1 INVITE sip:bob@example.net
send alice@1 100
send bob@2 INVITE *
reply bob@2 200
send alice@1 200
follow alice@1 ACK
send bob@2 ACK *
follow bob@2 BYE
send alice@1 BYE *
reply alice@1 200
send bob@2 200
wait 40000
busy 0
# What another worker cannot send comes back to who wanted it, who says so at once.
way bob@2 full
ask alice@1 INVITE sip:bob@example.net
send alice@1 100
send alice@1 480
ack alice@1
way bob@2 open
# CANCEL by another connection, of another worker: it is answered there.
wait 40000
ask alice@1 INVITE sip:bob@example.net
send alice@1 100
send bob@2 INVITE *
reply bob@2 180
send alice@1 180
cancel alice@0
send alice@0 200
  CSeq: * CANCEL
send bob@2 CANCEL *
reply bob@2 200 CANCEL
reply bob@2 487 INVITE
send alice@1 487
send bob@2 ACK *
ack alice@1
# So is one that nobody knows.
cancel alice@0
send alice@0 481
wait 40000
busy 0
