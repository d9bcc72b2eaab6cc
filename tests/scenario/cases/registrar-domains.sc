# SPDX-License-Identifier: GPL-2.0-or-later
# Two domains of ours: each user registers at his own (RFC 3261, 10.3, step 5), or at
# an address of ours, which is that of both.
conf
listen = {"udp:192.0.2.1:5060"}
workers = 1
store = memory
domain example.net { authenticate = false }
domain example.com {
	authenticate = false
	aliases = {"www.example.com"}
}
.
user alice a
user carol c example.com
phone alice udp 192.0.2.10:5060
start
ask alice REGISTER sip:example.com
  From: <sip:alice@example.net>;tag=1
  To: <sip:alice@example.net>
send alice 404
ask alice REGISTER sip:example.net
  From: <sip:carol@example.com>;tag=1
  To: <sip:carol@example.com>
send alice 404
ask alice REGISTER sip:www.example.com
  From: <sip:carol@example.com>;tag=1
  To: <sip:carol@example.com>
send alice 200
ask alice REGISTER sip:192.0.2.1
  From: <sip:carol@example.com>;tag=1
  To: <sip:carol@example.com>
send alice 200
ask alice REGISTER sip:192.0.2.1
  From: <sip:alice@example.net>;tag=1
  To: <sip:alice@example.net>
send alice 200
busy 0
