# SPDX-License-Identifier: GPL-2.0-or-later
# Other domains: for who has proven himself, by DNS, one address after the other.
include auth.inc
name example.org udp:198.51.100.1:5060 udp:198.51.100.2:5060
ask alice INVITE sip:carol@example.org
send alice 407
ack alice
login alice alice wonder
send alice 100
send udp 198.51.100.1:5060 INVITE sip:carol@example.org
  Via: {first}
  ! Proxy-Authorization
wait 500
send udp 198.51.100.1:5060 again
wait 1000
send udp 198.51.100.1:5060 again
wait 2000
send udp 198.51.100.1:5060 again
wait 4000
send udp 198.51.100.1:5060 again
wait 8000
send udp 198.51.100.1:5060 again
wait 16000
send udp 198.51.100.1:5060 again
wait 500
send udp 198.51.100.2:5060 INVITE sip:carol@example.org
  Via: SIP/2.0/UDP 192.0.2.1:5060;*
reply udp 198.51.100.2:5060 503
send udp 198.51.100.2:5060 ACK *
send alice 500
ack alice
# 503: the next one at once
ask alice MESSAGE sip:carol@example.org
send alice 407
login alice alice wonder
send udp 198.51.100.1:5060 MESSAGE *
reply udp 198.51.100.1:5060 503
send udp 198.51.100.2:5060 MESSAGE *
reply udp 198.51.100.2:5060 200
send alice 200
# no such name
ask alice MESSAGE sip:carol@nowhere.example.org
send alice 407
login alice alice wonder
send alice 404
name broken.example.org fails
ask alice MESSAGE sip:carol@broken.example.org
send alice 407
login alice alice wonder
send alice 500
# TLS is not ours
ask alice MESSAGE sips:carol@example.org
send alice 416
wait 40000
busy 0
