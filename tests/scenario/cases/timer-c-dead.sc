# SPDX-License-Identifier: GPL-2.0-or-later
# Who rings, and does not even answer the CANCEL: 64 T1 later he is given up.
include phones.inc
ask alice INVITE sip:bob@example.net
send alice 100
send bob INVITE *
reply bob 180
send alice 180
wait 180000
send bob CANCEL *
wait 500
send bob again
wait 1000
send bob again
wait 2000
send bob again
wait 4000
send bob again
wait 4000
send bob again
wait 4000
send bob again
wait 4000
send bob again
wait 4000
send bob again
wait 4000
send bob again
wait 4000
send bob again
wait 500
send alice 408
ack alice
wait 40000
busy 0
