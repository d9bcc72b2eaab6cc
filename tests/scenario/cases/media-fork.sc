# SPDX-License-Identifier: GPL-2.0-or-later
# Two phones of bob's speak before he picks up one of them: the other's media is
# shut with that, and one that refuses takes along only its own.
include media.inc
phone desk udp 192.0.2.21:5060 sip:bob@192.0.2.21:5060
ask desk REGISTER sip:example.net
  To: <sip:bob@example.net>
  From: <sip:bob@example.net>;tag=desk
send desk 200

ask alice INVITE sip:bob@example.net
  Content-Type: application/sdp
  | m=audio 4000 RTP/AVP 0
send alice 100
send bob INVITE *
send desk INVITE *
reply bob 183
  Content-Type: application/sdp
  | m=audio 20000 RTP/AVP 0
media open 1 192.0.2.10:40010 192.0.2.20:5060 4000 20000 ringing
send alice 183
reply desk 183
  Content-Type: application/sdp
  | m=audio 21000 RTP/AVP 0
media open 2 192.0.2.10:40010 192.0.2.21:5060 4000 21000 ringing
send alice 183
reply desk 200
  Content-Type: application/sdp
  | m=audio 21000 RTP/AVP 0
media change 2 4000 21000 up
media close 1 rejected
send alice 200
send bob CANCEL *
reply bob 200 CANCEL
reply bob 487 INVITE
send bob ACK *
follow alice ACK
send desk ACK *
wait 40000
ask alice INVITE sip:bob@example.net
  Content-Type: application/sdp
  | m=audio 4000 RTP/AVP 0
send alice 100
send bob INVITE *
send desk INVITE *
reply bob 183
  Content-Type: application/sdp
  | m=audio 20000 RTP/AVP 0
media open 3 192.0.2.10:40010 192.0.2.20:5060 4000 20000 ringing
send alice 183
reply desk 183
  Content-Type: application/sdp
  | m=audio 21000 RTP/AVP 0
media open 4 192.0.2.10:40010 192.0.2.21:5060 4000 21000 ringing
send alice 183
reply bob 486
send bob ACK *
media close 3 rejected
# What rings when the daemon ends is shut as well: the runner looks at that.
