# SPDX-License-Identifier: GPL-2.0-or-later
# Within a dialog sips: is kept as well, and who asks for it in vain is told why.
include sips.inc
ask alice INVITE sip:carol@example.net
send alice 100
send carol INVITE sip:carol@192.0.2.30:5060
reply carol 200
send alice 200
follow alice ACK
send carol ACK *
follow alice INFO sips:carol@192.0.2.30:5060
send alice 480
  Warning: 380 example.net "SIPS Not Allowed"
follow alice INFO
send carol INFO *
reply carol 480
send alice 480
  ! Warning
follow carol INFO sips:alice@192.0.2.10:5061
send alice INFO sips:alice@192.0.2.10:5061
reply alice 200
send carol 200
follow alice BYE
send carol BYE *
reply carol 200
send alice 200
wait 40000
busy 0
