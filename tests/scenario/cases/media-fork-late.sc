# SPDX-License-Identifier: GPL-2.0-or-later
# A phone picks up before its CANCEL comes: that is one more dialog (RFC 3261,
# 13.2.2.4), and until the caller has hung up there it has media of its own.
include media.inc
phone desk udp 192.0.2.21:5060 sip:bob@192.0.2.21:5060
phone soft tls 192.0.2.22:40022 sip:bob@192.0.2.22:5061;transport=tls
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
reply desk 183
  Content-Type: application/sdp
  | m=audio 21000 RTP/AVP 0
media open 1 192.0.2.10:40010 192.0.2.21:5060 4000 21000 ringing
send alice 183
reply bob 200
  Content-Type: application/sdp
  | m=audio 20000 RTP/AVP 0
media open 2 192.0.2.10:40010 192.0.2.20:5060 4000 20000 up
media close 1 rejected
send alice 200
send desk CANCEL *
reply desk 200 INVITE
  Content-Type: application/sdp
  | m=audio 21002 RTP/AVP 0
media open 3 192.0.2.10:40010 192.0.2.21:5060 4000 21002 up
send alice 200
# nobody has said ACK: once more it is nothing new, of neither
again bob
send alice 200
again desk
send alice 200
reply desk 481 CANCEL
follow alice ACK
send desk ACK *
follow alice BYE
send desk BYE *
reply desk 200
media close 3 bye
send alice 200
wait 40000
busy 0
counted media-opened 3
# whoever was first is in the clear, and so is the caller: the module's helper has
# seen that. Who comes later speaks TLS.
ask soft REGISTER sip:example.net
  To: <sip:bob@example.net>
  From: <sip:bob@example.net>;tag=soft
send soft 200
ask carol INVITE sip:bob@example.net
  Content-Type: application/sdp
  | m=audio 5000 RTP/AVP 0
send carol 100
send bob INVITE *
send desk INVITE *
send soft INVITE *
reply soft 180
send carol 180
reply desk 200
  Content-Type: application/sdp
  | m=audio 21000 RTP/AVP 0
send carol 200
send soft CANCEL *
reply soft 200 INVITE
  Content-Type: application/sdp
  | m=audio 22000 RTP/AVP 0
media open 4 192.0.2.30:5060 192.0.2.22:40022 5000 22000 up
send carol 200
reply soft 481 CANCEL
follow carol ACK
send soft ACK *
follow carol BYE
send soft BYE *
reply soft 200
media close 4 bye
send carol 200
