# SPDX-License-Identifier: GPL-2.0-or-later
# After the answer CANCEL changes nothing, and is answered.
include phones.inc
ask alice INVITE sip:bob@example.net
send alice 100
send bob INVITE *
reply bob 200
send alice 200
cancel alice
send alice 200
  CSeq: * CANCEL
follow alice ACK
send bob ACK *
wait 40000
busy 0
