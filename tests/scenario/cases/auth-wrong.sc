# SPDX-License-Identifier: GPL-2.0-or-later
# A wrong secret and an unknown user look the same.
include auth.inc
ask alice MESSAGE sip:bob@example.net
send alice 407
login alice alice wrong
send alice 407
login alice nobody wonder
send alice 407
login alice alice wonder
send bob MESSAGE *
reply bob 200
send alice 200
wait 40000
busy 0
