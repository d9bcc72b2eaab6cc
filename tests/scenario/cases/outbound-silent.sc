# SPDX-License-Identifier: GPL-2.0-or-later
# A flow over UDP from which nothing comes for longer than Flow-Timer says, and some
# more, has failed (RFC 5626, 4.4): the other one is used, and what has none is told
# 430. It lives again with the next sign of life.
conf
listen = {"udp:192.0.2.1:5060"}
workers = 2
store = memory
domain example.net { authenticate = false }
.
user alice a
user bob b
phone alice udp 192.0.2.10:5060
phone old udp 192.0.2.20:40020
phone new udp 192.0.2.20:40021
start
ask alice REGISTER sip:example.net
send alice 200
set who <sip:bob@example.net>;tag=b
set phone +sip.instance="<urn:uuid:00000000-0000-1000-8000-000A95A0E128>"
ask old REGISTER sip:example.net
  From: $who
  To: <sip:bob@example.net>
  Supported: outbound, path
  Contact: <sip:bob@10.0.0.5:5060;ob>;reg-id=1;$phone
send old 200
  Flow-Timer: 29
wait 2000
ask new@1 REGISTER sip:example.net
  From: $who
  To: <sip:bob@example.net>
  Supported: outbound, path
  Contact: <sip:bob@10.0.0.5:5060;ob>;reg-id=2;$phone
send new@1 200
ask alice INVITE sip:bob@example.net
send alice 100
send new INVITE *
reply new 200
send alice 200
follow alice ACK
send new ACK *
# Both keep it up, and one does not any more.
wait 29000
ping old
ping new
wait 29000
ping old@1
wait 34999
ping old
follow alice INFO
send new INFO *
reply new 480
send alice 480
wait 1
follow alice INFO
send alice 430
# A sign of life is anything that it sends.
follow new INFO
send alice INFO *
reply alice 480
send new 480
follow alice INFO
send new INFO *
reply new 200
send alice 200
ask alice MESSAGE sip:bob@example.net
send new MESSAGE *
reply new 200
send alice 200
wait 63999
ping old
wait 1
ask alice MESSAGE sip:bob@example.net
send old MESSAGE *
reply old 200
send alice 200
# None of both: nobody is there. Alice promised nothing.
wait 64000
ask alice MESSAGE sip:bob@example.net
send alice 480
ask alice MESSAGE sip:alice@example.net
send alice MESSAGE *
reply alice 200
send alice 200
ping old
ask alice MESSAGE sip:bob@example.net
send old MESSAGE *
reply old 200
send alice 200
wait 60000
busy 0
