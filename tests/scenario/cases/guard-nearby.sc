# SPDX-License-Identifier: GPL-2.0-or-later
# From where calls for help are taken without asking, nobody is kept away: a rule
# cannot tell such a call. He is not heard, and helped.
include guard.inc
phone eve udp 10.0.0.66:5060
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
ask eve OPTIONS sip:192.0.2.1
  User-Agent: friendly-scanner
send eve 200
ask eve OPTIONS sip:192.0.2.1
  User-Agent: friendly-scanner
send eve 200
ask eve INVITE sip:112@example.net
  From: <sip:alice@example.net>;tag=e
send eve 100
send provider INVITE sip:112@198.51.100.1
reply provider 486
send eve 486
send provider ACK *
ack eve
ask eve INVITE urn:service:sos
  From: <sip:alice@example.net>;tag=e
send eve 100
send provider INVITE *
reply provider 486
send eve 486
send provider ACK *
ack eve
wait 40000
busy 0
