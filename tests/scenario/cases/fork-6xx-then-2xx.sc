# SPDX-License-Identifier: GPL-2.0-or-later
# A 2xx that crosses it goes back nevertheless.
include fork.inc
ask alice INVITE sip:bob@example.net
send alice 100
send desk INVITE *
send cell INVITE *
reply desk 180
send alice 180
reply cell 600
send cell ACK *
send desk CANCEL *
reply desk 200 INVITE
send alice 200
reply desk 481 CANCEL
follow alice ACK
send desk ACK *
wait 60000
busy 0
