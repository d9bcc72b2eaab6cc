# SPDX-License-Identifier: GPL-2.0-or-later
# ACK and CANCEL are never challenged; CANCEL belongs to its INVITE.
include auth.inc
ask alice INVITE sip:bob@example.net
send alice 407
cancel alice
send alice 481
ack alice
login alice alice wonder
send alice 100
send bob INVITE *
reply bob 180
send alice 180
cancel alice
send alice 200
send bob CANCEL *
reply bob 200 CANCEL
reply bob 487 INVITE
send alice 487
send bob ACK *
ack alice
wait 40000
busy 0
