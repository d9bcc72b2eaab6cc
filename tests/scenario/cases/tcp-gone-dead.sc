# SPDX-License-Identifier: GPL-2.0-or-later
# And nobody listens there: that ends the transaction.
include phones-tcp.inc
ask alice INVITE sip:bob@example.net
send alice 100
send bob INVITE *
close alice
way alice full
reply bob 486
send bob ACK *
ask bob MESSAGE sip:alice@example.net
wait 0
send bob 500
wait 40000
busy 0
