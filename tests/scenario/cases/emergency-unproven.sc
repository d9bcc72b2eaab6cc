# SPDX-License-Identifier: GPL-2.0-or-later
# Who has not proven anything is asked for it, also when he calls for help.
include auth.inc
ask alice INVITE sip:112@example.net
send alice 407
ack alice
login alice alice wonder
# No trunk takes it here.
send alice 404
ack alice
wait 40000
busy 0
