# SPDX-License-Identifier: GPL-2.0-or-later
# Flows over UDP: nobody says that one is gone. When a request by it is not answered
# in its time, or the next hop says so, the other flow of the phone is tried
# (RFC 5626, 7), and a dialog that was begun by a flow stays with it.
conf
listen = {"udp:192.0.2.1:5060"}
workers = 1
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
  Require: outbound
  Flow-Timer: 29
wait 2000
ask new REGISTER sip:example.net
  From: $who
  To: <sip:bob@example.net>
  Supported: outbound, path
  Contact: <sip:bob@10.0.0.5:5060;ob>;reg-id=2;$phone
send new 200
  Require: outbound
  Contact: *;reg-id=2;*
  Contact: *;reg-id=1;*
# Nobody answers by the newer one.
ask alice MESSAGE sip:bob@example.net
send new MESSAGE sip:bob@10.0.0.5:5060;ob
wait 500
send new again
wait 1000
send new again
wait 2000
send new again
wait 4000
send new again
wait 4000
send new again
wait 4000
send new again
wait 4000
send new again
wait 4000
send new again
wait 4000
send new again
wait 4000
send new again
wait 499
wait 1
send old MESSAGE sip:bob@10.0.0.5:5060;ob
reply old 200
send alice 200
# ICMP says so at once.
ask alice MESSAGE sip:bob@example.net
send new MESSAGE *
icmp new
send old MESSAGE sip:bob@10.0.0.5:5060;ob
icmp old
send alice 480
# Neither is forgotten for that.
ask alice MESSAGE sip:bob@example.net
send new MESSAGE *
reply new 200
send alice 200
# Nor a call; whoever answers keeps the dialog.
ask alice INVITE sip:bob@example.net
send alice 100
send new INVITE *
reply new 430
send new ACK *
send old INVITE *
reply old 200
send alice 200
follow alice ACK
send old ACK *
# That flow has failed, and the dialog has no other one.
follow alice INFO
send old INFO *
icmp old
send alice 430
follow alice BYE
send old BYE *
reply old 200
send alice 200
wait 60000
busy 0
