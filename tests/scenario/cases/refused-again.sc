# SPDX-License-Identifier: GPL-2.0-or-later
# Who is refused without a transaction gets the same each time.
include phones.inc
ask alice INVITE sip:nobody@example.net
send alice 404
again alice
send alice again
ack alice
again alice ACK
wait 40000
busy 0
