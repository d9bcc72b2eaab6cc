# SPDX-License-Identifier: GPL-2.0-or-later
# It is given up while DNS is asked.
include auth.inc
name slow.example.org waits
ask alice INVITE sip:carol@slow.example.org
send alice 407
ack alice
login alice alice wonder
send alice 100
cancel alice
send alice 200
wait 0
send alice 487
ack alice
name slow.example.org udp:198.51.100.1:5060
nothing
wait 40000
busy 0
