# SPDX-License-Identifier: GPL-2.0-or-later
# What is open before the 2xx: it stays with a 2xx that says nothing of media, and
# is shut when none comes.
include media.inc

ask alice INVITE sip:bob@example.net
  Content-Type: application/sdp
  | m=audio 4000 RTP/AVP 0
send alice 100
send bob INVITE *
reply bob 183
  Content-Type: application/sdp
  | m=audio 20000 RTP/AVP 0
media open 1 192.0.2.10:40010 192.0.2.20:5060 4000 20000 ringing
send alice 183
reply bob 200
media change 1 4000 20000 up
send alice 200
follow alice ACK
send bob ACK *
follow alice BYE
send bob BYE *
reply bob 481
media close 1 bye
send alice 481
wait 40000
# refused
ask bob INVITE sip:alice@example.net
  Content-Type: application/sdp
  | m=audio 20000 RTP/AVP 0
send bob 100
send alice INVITE *
reply alice 183
  Content-Type: application/sdp
  | m=audio 4000 RTP/AVP 0
media open 2 192.0.2.20:5060 192.0.2.10:40010 20000 4000 ringing
send bob 183
reply alice 486
send alice ACK *
media close 2 rejected
send bob 486
ack bob
wait 40000
# given up
ask bob INVITE sip:alice@example.net
  Content-Type: application/sdp
  | m=audio 20000 RTP/AVP 0
send bob 100
send alice INVITE *
reply alice 183
  Content-Type: application/sdp
  | m=audio 4000 RTP/AVP 0
media open 3 192.0.2.20:5060 192.0.2.10:40010 20000 4000 ringing
send bob 183
cancel bob
send bob 200
send alice CANCEL *
reply alice 200 CANCEL
reply alice 487 INVITE
send alice ACK *
media close 3 rejected
send bob 487
ack bob
wait 40000
busy 0
