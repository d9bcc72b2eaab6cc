# SPDX-License-Identifier: GPL-2.0-or-later
# The answer cannot be sent: that ends the transaction, and the same request is
# new then.
include phones.inc
ask alice MESSAGE sip:bob@example.net
send bob MESSAGE *
way alice full
reply bob 200
way alice open
again alice
send bob MESSAGE *
reply bob 200
send alice 200
ask alice INVITE sip:bob@example.net
send alice 100
send bob INVITE *
way alice full
reply bob 486
send bob ACK *
way alice open
wait 10000
nothing
# Nor can the request: there is no way to where the callee is.
way bob unroutable
ask alice MESSAGE sip:bob@example.net
send alice 500
ask alice INVITE sip:bob@example.net
send alice 100
send alice 500
ack alice
way bob full
ask alice INVITE sip:bob@example.net
send alice 100
wait 0
send alice 500
ack alice
wait 40000
busy 0
