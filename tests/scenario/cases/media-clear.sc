# SPDX-License-Identifier: GPL-2.0-or-later
# Where both sides are in the clear the module's helper watches itself: it is handed
# nothing.
include media.inc

ask bob INVITE sip:carol@example.net
  Content-Type: application/sdp
  | m=audio 20000 RTP/AVP 0
send bob 100
send carol INVITE *
reply carol 200
  Content-Type: application/sdp
  | m=audio 30000 RTP/AVP 0
send bob 200
follow bob ACK
send carol ACK *
follow bob BYE
send carol BYE *
reply carol 200
send bob 200
wait 40000
# without a description there is nothing to open, either
ask alice INVITE sip:bob@example.net
send alice 100
send bob INVITE *
reply bob 200
send alice 200
follow alice ACK
send bob ACK *
follow alice BYE
send bob BYE *
reply bob 200
send alice 200
wait 40000
busy 0
