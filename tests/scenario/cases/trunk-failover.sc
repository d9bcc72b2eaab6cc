# SPDX-License-Identifier: GPL-2.0-or-later
# 503, and no answer: the next address. Other refusals are the trunk's word.
include trunk.inc
ask alice INVITE sip:0301234@example.net
send alice 100
send provider INVITE sip:+49301234@provider.example
reply provider 503
send provider ACK *
send second INVITE sip:+49301234@provider.example
reply second 486
send second ACK *
send alice 486
ack alice
ask alice MESSAGE sip:0301234@example.net
send provider MESSAGE *
wait 500
send provider again
wait 1000
send provider again
wait 2000
send provider again
wait 4000
send provider again
wait 4000
send provider again
wait 4000
send provider again
wait 4000
send provider again
wait 4000
send provider again
wait 4000
send provider again
wait 4000
send provider again
wait 500
send second MESSAGE *
reply second 200
send alice 200
# no way to the first one
way provider unroutable
ask alice INVITE sip:0301234@example.net
send alice 100
send second INVITE *
reply second 486
send second ACK *
send alice 486
ack alice
wait 40000
busy 0
