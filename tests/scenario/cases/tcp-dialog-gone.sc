# SPDX-License-Identifier: GPL-2.0-or-later
# The callee's connection is gone in the middle of a call: the token names that
# one, and no other (RFC 5626, 5.3.1).
include phones-tcp.inc
ask alice INVITE sip:bob@example.net
send alice 100
send bob INVITE *
reply bob 200
send alice 200
follow alice ACK
send bob ACK *
close bob
follow alice INFO
wait 0
send alice 430
wait 40000
busy 0
