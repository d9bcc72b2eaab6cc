# SPDX-License-Identifier: GPL-2.0-or-later
# Who guesses is heard twenty times, and once more every three seconds; the right
# secret makes no difference, and who goes on puts it off. A phone that is registered
# there is heard.
include auth.inc
phone eve udp 192.0.2.10:6060
ask eve REGISTER sip:example.net
  From: <sip:alice@example.net>;tag=e
  To: <sip:alice@example.net>
send eve 401
login eve alice wrong
send eve 401
login eve alice wrong
send eve 401
login eve alice wrong
send eve 401
login eve alice wrong
send eve 401
login eve alice wrong
send eve 401
login eve alice wrong
send eve 401
login eve alice wrong
send eve 401
login eve alice wrong
send eve 401
login eve alice wrong
send eve 401
login eve alice wrong
send eve 401
login eve alice wrong
send eve 401
login eve alice wrong
send eve 401
login eve alice wrong
send eve 401
login eve alice wrong
send eve 401
login eve alice wrong
send eve 401
login eve alice wrong
send eve 401
login eve alice wrong
send eve 401
login eve alice wrong
send eve 401
login eve alice wrong
send eve 401
# Nobody's secret is worth as much.
login eve nobody wrong
send eve 401
login eve alice wonder
nothing
login eve alice wrong
nothing
ask alice REGISTER sip:example.net
send alice 401
login alice alice wonder
send alice 200
# Elsewhere nobody guessed.
ask bob MESSAGE sip:alice@example.net
send bob 407
login bob bob builder
send alice MESSAGE *
reply alice 200
send bob 200
wait 2999
login eve alice wrong
nothing
wait 6001
login eve alice wrong
send eve 401
login eve alice wonder
nothing
# So is what is not for the registrar.
ask eve MESSAGE sip:bob@example.net
  From: <sip:alice@example.net>;tag=e
send eve 407
login eve alice wonder
nothing
ask eve INVITE sip:bob@example.net
  From: <sip:alice@example.net>;tag=e
send eve 407
ack eve
login eve alice wrong
nothing
wait 60000
login eve alice wonder
send eve 100
send bob INVITE *
reply bob 486
send bob ACK *
send eve 486
ack eve
wait 40000
busy 0
