# SPDX-License-Identifier: GPL-2.0-or-later
# CANCEL waits for a 1xx, and a final response comes first.
include phones.inc
ask alice INVITE sip:bob@example.net
send alice 100
send bob INVITE *
cancel alice
send alice 200
reply bob 486
send bob ACK *
send alice 486
ack alice
ask alice INVITE sip:bob@example.net
send alice 100
send bob INVITE *
cancel alice
send alice 200
reply bob 200
send alice 200
follow alice ACK
send bob ACK *
wait 40000
busy 0
