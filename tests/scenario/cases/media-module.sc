# SPDX-License-Identifier: GPL-2.0-or-later
# A module that has no room, forgets a call, or is not there: calls go on, and what
# comes next is handed over again.
include media.inc

module full
ask alice INVITE sip:bob@example.net
  Content-Type: application/sdp
  | m=audio 4000 RTP/AVP 0
send alice 100
send bob INVITE *
reply bob 200
  Content-Type: application/sdp
  | m=audio 20000 RTP/AVP 0
send alice 200
follow alice ACK
send bob ACK *
module present
# the callee refreshes: to the kernel it is a call that he begins
follow bob INVITE
  Content-Type: application/sdp
  | m=audio 20000 RTP/AVP 0
send bob 100
send alice INVITE *
reply alice 200
  Content-Type: application/sdp
  | m=audio 4000 RTP/AVP 0
media open 1 192.0.2.20:5060 192.0.2.10:40010 20000 4000 up
send bob 200
follow bob ACK
send alice ACK *
# it was silent for long, and the kernel ended it; within a minute that is noticed
module forgets
wait 60000
wait 60000
follow alice INVITE
  Content-Type: application/sdp
  | m=audio 4000 RTP/AVP 0
send alice 100
send bob INVITE *
reply bob 200
  Content-Type: application/sdp
  | m=audio 20000 RTP/AVP 0
media open 2 192.0.2.10:40010 192.0.2.20:5060 4000 20000 up
send alice 200
follow alice ACK
send bob ACK *
# or when it agrees anew
module forgets
follow alice INVITE
  Content-Type: application/sdp
  | m=audio 4002 RTP/AVP 0
send alice 100
send bob INVITE *
reply bob 200
  Content-Type: application/sdp
  | m=audio 20000 RTP/AVP 0
media open 3 192.0.2.10:40010 192.0.2.20:5060 4002 20000 up
send alice 200
follow alice ACK
send bob ACK *
# no module: whatever was agreed on, it is not asked
module absent
follow alice INVITE
  Content-Type: application/sdp
  | m=audio 4004 RTP/AVP 0
send alice 100
send bob INVITE *
reply bob 200
  Content-Type: application/sdp
  | m=audio 20000 RTP/AVP 0
send alice 200
follow alice ACK
send bob ACK *
# and asked again when it has come
module present
wait 40000
follow alice INVITE
  Content-Type: application/sdp
  | m=audio 4004 RTP/AVP 0
send alice 100
send bob INVITE *
reply bob 200
  Content-Type: application/sdp
  | m=audio 20000 RTP/AVP 0
media open 4 192.0.2.10:40010 192.0.2.20:5060 4004 20000 up
send alice 200
follow alice ACK
send bob ACK *
follow alice BYE
send bob BYE *
reply bob 200
media close 4 bye
send alice 200
