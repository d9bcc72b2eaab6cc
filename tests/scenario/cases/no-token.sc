# SPDX-License-Identifier: GPL-2.0-or-later
# Within a dialog without our token: as anybody else's.
include auth.inc
ask alice BYE sip:bob@192.0.2.20:5060
  To: <sip:bob@example.net>;tag=b
send alice 407
login alice alice wonder
send bob BYE *
reply bob 481
send alice 481
ask bob BYE sip:alice@192.0.2.10:5060
  From: <sip:b@example.org>;tag=b
  To: <sip:alice@example.net>;tag=a
send bob 403
wait 40000
busy 0
