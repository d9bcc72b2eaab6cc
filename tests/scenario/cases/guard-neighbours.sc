# SPDX-License-Identifier: GPL-2.0-or-later
# Behind alice's NAT somebody guesses: she would be banned with him, so that takes more.
# Guesses are not heard, but hers are her own; and who sends in her name harms nobody.
include guard.inc
phone eve udp 203.0.113.10:6060
ask eve REGISTER sip:example.net
  From: <sip:alice@example.net>;tag=e
  To: <sip:alice@example.net>
send eve 401
include guess-9.inc
include guess-9.inc
include guess.inc
include guess.inc
login eve alice wrong
nothing
login eve alice wonder
nothing
ask alice REGISTER sip:example.net
send alice 401
login alice alice wonder
send alice 200
# In alice's name, address and port: unreadable, and a scanner's.
recv alice raw
REGISTER sip:example.net SIP/2.0

.
include scan.inc
include scan.inc
include scan.inc
include scan.inc
include scan.inc
include scan.inc
include scan.inc
include scan.inc
# In the carrier's.
ask provider OPTIONS sip:192.0.2.1
  User-Agent: sipvicious
send provider 200
ask provider OPTIONS sip:192.0.2.1
  User-Agent: sipvicious
send provider 200
ask provider OPTIONS sip:192.0.2.1
  User-Agent: sipvicious
send provider 200
# And in that of a neighbour who is at home nowhere: five times as many.
ask eve OPTIONS sip:192.0.2.1
  User-Agent: sipcli/v1.8
send eve 200
ask eve OPTIONS sip:192.0.2.1
  User-Agent: sipcli/v1.8
send eve 200
ask eve OPTIONS sip:192.0.2.1
  User-Agent: sipcli/v1.8
send eve 200
# Who calls for help has to prove who he is, and does: a guesser beside her is no
# reason not to help.
ask alice INVITE sip:112@example.net
send alice 407
ack alice
login alice alice wonder
send alice 100
send provider INVITE sip:112@198.51.100.1
reply provider 486
send alice 486
send provider ACK *
ack alice
wait 40000
busy 0
