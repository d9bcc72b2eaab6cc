# SPDX-License-Identifier: GPL-2.0-or-later
# G ends with the ACK; I absorbs more of them for 5 s.
include phones.inc
ask alice INVITE sip:bob@example.net
send alice 100
send bob INVITE sip:bob@192.0.2.20:5060
again alice
send alice again
reply bob 180
send alice 180
again alice INVITE
send alice again
reply bob 486
send alice 486
send bob ACK sip:bob@192.0.2.20:5060
wait 500
send alice again
again alice INVITE
send alice again
ack alice
again alice ACK
again alice INVITE
wait 4999
again alice ACK
again alice INVITE
wait 1
# Now it is new.
again alice INVITE
send alice 100
send bob INVITE sip:bob@192.0.2.20:5060
reply bob 486
send alice 486
send bob ACK *
ack alice
