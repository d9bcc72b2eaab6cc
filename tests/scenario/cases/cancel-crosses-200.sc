# SPDX-License-Identifier: GPL-2.0-or-later
# The answer was faster: it goes to the caller, who has to hang up.
include phones.inc
ask alice INVITE sip:bob@example.net
send alice 100
send bob INVITE *
reply bob 180
send alice 180
cancel alice
send alice 200
  CSeq: * CANCEL
send bob CANCEL *
reply bob 200 INVITE
send alice 200
  CSeq: * INVITE
reply bob 481 CANCEL
follow alice ACK
send bob ACK *
follow alice BYE
send bob BYE *
reply bob 200
send alice 200
wait 40000
busy 0
