# SPDX-License-Identifier: GPL-2.0-or-later
# Who guesses is limited at the tenth wrong answer, and banned at the twentieth.
include guard.inc
phone eve udp 192.0.2.66:5060
ask eve REGISTER sip:example.net
  From: <sip:alice@example.net>;tag=e
  To: <sip:alice@example.net>
send eve 401
include guess-9.inc
login eve alice wrong
guard limit 192.0.2.66 wrong-secret 10
send eve 401
wait 2000
include guess-9.inc
login eve alice wrong
guard ban 192.0.2.66 wrong-secret
send eve 401
# It was said, and is not said again; nor is he heard, while he can be.
login eve alice wrong
nothing
login eve alice wonder
nothing
counted banned 2
# Nor is what he sends that nobody can read, or that ends nothing.
recv eve
MESSAGE sip:bob@example.net SIP/2.0
Via: SIP/2.0/UDP 192.0.2.66:5060;branch=z9hG4bK-e
From: <sip:alice@example.net>;tag=e
To: <sip:bob@example.net>
Call-ID: e
CSeq: one MESSAGE
.
nothing
counted banned 3
counted bad-requests 0
ask eve CANCEL sip:bob@example.net
nothing
counted banned 4
# An unknown user is as bad; an hour later it begins anew.
wait 3600000
ask eve REGISTER sip:example.net
  From: <sip:mallory@example.net>;tag=e
  To: <sip:mallory@example.net>
send eve 401
login eve mallory wrong
send eve 401
login eve mallory wrong
send eve 401
login eve mallory wrong
send eve 401
login eve mallory wrong
send eve 401
login eve mallory wrong
send eve 401
login eve mallory wrong
send eve 401
login eve mallory wrong
send eve 401
login eve mallory wrong
send eve 401
login eve mallory wrong
send eve 401
login eve mallory wrong
guard limit 192.0.2.66 unknown-user 10
send eve 401
# And what is answered with a good password is good.
ask bob REGISTER sip:example.net
send bob 401
login bob bob builder
send bob 200
