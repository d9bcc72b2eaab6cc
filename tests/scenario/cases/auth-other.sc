# SPDX-License-Identifier: GPL-2.0-or-later
# From is somebody else's: 403, also of another domain of ours.
include auth.inc
ask alice MESSAGE sip:bob@example.net
  From: <sip:bob@example.net>;tag=x
send alice 407
login alice alice wonder
send alice 403
ask alice MESSAGE sip:bob@example.net
  From: <sip:alice@example.com>;tag=x
send alice 407
login alice alice wonder
send alice 407
ask alice REGISTER sip:example.net
  To: <sip:bob@example.net>
send alice 401
login alice alice wonder
send alice 403
