# SPDX-License-Identifier: GPL-2.0-or-later
# The same credentials for another request: their number was used.
include auth.inc
ask alice MESSAGE sip:bob@example.net
send alice 407
login alice alice wonder
send bob MESSAGE *
reply bob 200
send alice 200
login alice alice wonder
  Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK-replay;rport
  Call-ID: another
send alice 407
# For another user's domain they are none.
wait 40000
busy 0
