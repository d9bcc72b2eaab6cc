# SPDX-License-Identifier: GPL-2.0-or-later
# Over TLS the daemon tells the kernel what was agreed on (MEDIA_OPEN), before it
# hands on the answer; and when the call is over, once the BYE is answered.
include media.inc

ask alice INVITE sip:bob@example.net
  Content-Type: application/sdp
  | m=audio 4000 RTP/AVP 0
send alice 100
send bob INVITE *
reply bob 180
send alice 180
reply bob 183
  Content-Type: application/sdp
  | m=audio 20000 RTP/AVP 0
media open 1 192.0.2.10:40010 192.0.2.20:5060 4000 20000 ringing
send alice 183
# once more the same is nothing new
reply bob 183
  Content-Type: application/sdp
  | m=audio 20000 RTP/AVP 0
send alice 183
reply bob 200
  Content-Type: application/sdp
  | m=audio 20000 RTP/AVP 0
media change 1 4000 20000 up
send alice 200
# nor is a 2xx that is sent again
again bob
send alice 200
follow alice ACK
send bob ACK *
# the callee agrees anew: he asks, and is the one who offers
follow bob INVITE
  Content-Type: application/sdp
  | m=audio 20002 RTP/AVP 0
send bob 100
send alice INVITE *
reply alice 200
  Content-Type: application/sdp
  | m=audio 4000 RTP/AVP 0
media change 1 20002 4000 callee-offers up
send bob 200
follow bob ACK
send alice ACK *
# one that is refused changes nothing
follow alice INVITE
  Content-Type: application/sdp
  | m=audio 4002 RTP/AVP 0
send alice 100
send bob INVITE *
reply bob 488
send bob ACK *
send alice 488
ack alice
# UPDATE
follow alice UPDATE
  Content-Type: application/sdp
  | m=audio 4004 RTP/AVP 0
send bob UPDATE *
reply bob 200
  Content-Type: application/sdp
  | m=audio 20002 RTP/AVP 0
media change 1 4004 20002 up
send alice 200
# a BYE that is challenged ends nothing
follow bob BYE
send alice BYE *
reply alice 401
send bob 401
follow bob BYE
send alice BYE *
reply alice 200
media close 1 bye
send bob 200
wait 40000
busy 0
