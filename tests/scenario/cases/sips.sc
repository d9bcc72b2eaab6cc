# SPDX-License-Identifier: GPL-2.0-or-later
# Without a listener for TLS or WSS nothing is known of sips: (RFC 3261, 8.2.2.1 and
# 16.3), whoever is asked for.
include trunk.inc
ask alice MESSAGE sips:bob@example.net
send alice 416
  ! Warning
ask alice MESSAGE sips:0301234@example.net
send alice 416
ask alice MESSAGE sips:carol@example.org
send alice 416
ask alice INVITE sips:bob@example.net
send alice 416
ack alice
ask alice OPTIONS sips:example.net
send alice 200
ask alice REGISTER sips:example.net
send alice 416
# What was said securely of somebody else is as good as anything.
ask alice REGISTER sip:example.net
  To: <sips:alice@example.net>
  From: <sips:alice@example.net>;tag=a
send alice 200
wait 40000
busy 0
