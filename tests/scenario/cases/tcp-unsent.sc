# SPDX-License-Identifier: GPL-2.0-or-later
# A final response that cannot be sent ends its transaction, once: over a connection
# nothing is left to wait for then.
include phones-tcp.inc
ask alice MESSAGE sip:bob@example.net
send bob MESSAGE *
way alice full
reply bob 200
nothing
way alice open
wait 5000
busy 0
ask alice INVITE sip:bob@example.net
send alice 100
send bob INVITE *
way alice full
reply bob 486
send bob ACK *
wait 40000
busy 0
