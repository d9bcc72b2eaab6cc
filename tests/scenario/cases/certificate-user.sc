# SPDX-License-Identifier: GPL-2.0-or-later
# A domain whose users have certificates of their own, and no passwords: who shows
# none, or another's, is refused whatever he asks, and by whatever he comes.
conf
listen = {"udp:192.0.2.1:5060", "tcp:192.0.2.1:5060", "tls:192.0.2.1:5061"}
workers = 1
store = memory
tls phones { fingerprints = {"00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00"} }
domain example.net {
	authenticate = false
	client-certificate = user
}
domain example.com {
	authenticate = false
}
.
user alice a
user bob b
user carol c example.com
phone clear udp 192.0.2.10:5060
phone alice tls 192.0.2.10:40010
phone bob tls 192.0.2.20:40020
phone none tls 192.0.2.30:40030
certificate alice alice@example.net
certificate bob bob@example.net
start
set who <sip:alice@example.net>;tag=a
ask clear REGISTER sip:example.net
  From: $who
  To: <sip:alice@example.net>
  Contact: <sip:alice@192.0.2.10>
send clear 403
  ! Contact
ask none REGISTER sip:example.net
  From: $who
  To: <sip:alice@example.net>
  Contact: <sip:alice@192.0.2.30>
send none 403
ask bob REGISTER sip:example.net
  From: $who
  To: <sip:alice@example.net>
  Contact: <sip:alice@192.0.2.20>
send bob 403
# To the router itself means the first domain.
ask none REGISTER sip:192.0.2.1
  From: $who
  To: <sip:alice@192.0.2.1>
  Contact: <sip:alice@192.0.2.30>
send none 403
ask alice REGISTER sip:example.net
  From: $who
  To: <sip:alice@example.net>
  Contact: <sip:alice@192.0.2.10:40010;transport=tls>
send alice 200
  Contact: <sip:alice@192.0.2.10:40010;transport=tls>*
ask bob MESSAGE sip:alice@example.net
  From: <sip:bob@example.net>;tag=b
send alice MESSAGE *
reply alice 200
send bob 200
ask bob MESSAGE sip:alice@example.net
  From: $who
send bob 403
ask none MESSAGE sip:alice@example.net
  From: $who
send none 403
ask clear MESSAGE sip:alice@example.net
  From: $who
send clear 403
# The other domain wants none.
ask none MESSAGE sip:alice@example.net
  From: <sip:carol@example.com>;tag=c
send alice MESSAGE *
reply alice 200
send none 200
wait 40000
busy 0
