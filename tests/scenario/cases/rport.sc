# SPDX-License-Identifier: GPL-2.0-or-later
# received and rport (RFC 3581), and neither where they are not wanted.
include phones.inc
ask alice MESSAGE sip:bob@example.net
  Via: SIP/2.0/UDP 10.0.0.5:5060;branch=z9hG4bK-a;rport
send bob MESSAGE *
  Via: SIP/2.0/UDP 192.0.2.1:5060;branch=*;rport
  Via: SIP/2.0/UDP 10.0.0.5:5060;branch=z9hG4bK-a;rport=5060;received=192.0.2.10
reply bob 200
send alice 200
  Via: SIP/2.0/UDP 10.0.0.5:5060;branch=z9hG4bK-a;rport=5060;received=192.0.2.10
# Without rport to the port of Via.
ask udp 192.0.2.10:40000 MESSAGE sip:bob@example.net
  From: <sip:alice@example.net>;tag=x
  Via: SIP/2.0/UDP phone.example.org:5070;branch=z9hG4bK-b
send bob MESSAGE *
  Via: *
  Via: SIP/2.0/UDP phone.example.org:5070;branch=z9hG4bK-b;received=192.0.2.10
reply bob 200
send udp 192.0.2.10:5070 200
# And without a port there to 5060; no received where it came from there.
ask udp 192.0.2.10:40000 MESSAGE sip:bob@example.net
  From: <sip:alice@example.net>;tag=x
  Via: SIP/2.0/UDP 192.0.2.10;branch=z9hG4bK-c
send bob MESSAGE *
  Via: *
  Via: SIP/2.0/UDP 192.0.2.10;branch=z9hG4bK-c
reply bob 200
send udp 192.0.2.10:5060 200
# What the sender claims there is not believed.
ask alice MESSAGE sip:bob@example.net
  Via: SIP/2.0/UDP 192.0.2.10;branch=z9hG4bK-d;received=203.0.113.9;rport
send bob MESSAGE *
  Via: *
  Via: SIP/2.0/UDP 192.0.2.10;branch=z9hG4bK-d;rport=5060;received=192.0.2.10
reply bob 200
send alice 200
wait 40000
busy 0
