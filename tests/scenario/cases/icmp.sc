# SPDX-License-Identifier: GPL-2.0-or-later
# ICMP says that nobody is there: what was sent there fails at once (RFC 3261, 17.1.4
# and 18.4), as if a connection did not come about, and the binding stays.
include phones.inc
ask alice INVITE sip:bob@example.net
send alice 100
send bob INVITE *
icmp bob
send alice 480
ack alice
wait 5000
busy 0
# Who has answered is there.
ask alice INVITE sip:bob@example.net
send alice 100
send bob INVITE sip:bob@192.0.2.20:5060
reply bob 100
icmp bob
icmp bob 0
reply bob 180
send alice 180
icmp bob
reply bob 486
send bob ACK *
send alice 486
ack alice
wait 40000
busy 0
# What does not show which request it is about may be made up: it says something only
# of who did not answer at once.
ask alice MESSAGE sip:bob@example.net
send bob MESSAGE *
icmp bob 0
icmp bob 90
wait 500
send bob again
icmp bob 90
send alice 480
ask alice MESSAGE sip:bob@example.net
send bob MESSAGE *
wait 500
send bob again
icmp bob 0
send alice 480
# Of another place it says nothing.
ask bob MESSAGE sip:alice@example.net
send alice MESSAGE *
reply alice 200
send bob 200
ask alice MESSAGE sip:bob@example.net
send bob MESSAGE *
wait 500
send bob again
icmp alice 0
reply bob 200
send alice 200
wait 40000
busy 0
