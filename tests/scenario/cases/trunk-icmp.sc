# SPDX-License-Identifier: GPL-2.0-or-later
# A peer of a trunk that is gone: the next one has the call at once.
include trunk.inc
ask alice INVITE sip:0301234@example.net
send alice 100
send provider INVITE *
icmp provider
send second INVITE *
reply second 486
send second ACK *
send alice 486
ack alice
ask alice MESSAGE sip:0301234@example.net
send provider MESSAGE *
icmp provider
send second MESSAGE *
icmp second
send alice 500
wait 40000
busy 0
