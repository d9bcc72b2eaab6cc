# SPDX-License-Identifier: GPL-2.0-or-later
# TCP to TCP: nothing is sent twice; the timers that wait for datagrams are 0.
include phones-tcp.inc
ask alice INVITE sip:bob@example.net
send alice 100
  Via: SIP/2.0/TCP 192.0.2.10:40010;branch=*
send bob INVITE sip:bob@192.0.2.20:40020;transport=tcp
  Via: SIP/2.0/TCP 192.0.2.1:5060;branch=*
  Record-Route: <sip:*@192.0.2.1:5060;transport=tcp;lr>, <sip:*@192.0.2.1:5060;transport=tcp;lr>
wait 20000
reply bob 180
send alice 180
reply bob 486
send alice 486
send bob ACK *
busy 1
again bob
wait 5000
ack alice
busy 0
again alice ACK
wait 100000
ask alice MESSAGE sip:bob@example.net
send bob MESSAGE *
wait 20000
reply bob 200
send alice 200
busy 0
again bob
wait 100000
ask alice INVITE sip:bob@example.net
send alice 100
send bob INVITE *
reply bob 200
send alice 200
follow alice ACK
send bob ACK *
follow bob BYE
send alice BYE *
reply alice 200
send bob 200
follow alice INFO
send bob INFO *
reply bob 200
send alice 200
wait 40000
busy 0
