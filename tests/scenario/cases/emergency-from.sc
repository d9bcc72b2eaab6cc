# SPDX-License-Identifier: GPL-2.0-or-later
# A call for help from a private network is not asked who it is: not without
# credentials, not with wrong ones, not with a From of anybody, and not under
# overload. What was not proven is not asserted; a call to others is asked.
conf
listen = {"udp:10.0.0.1:5060", "udp:[fd00::1]:5060"}
workers = 1
store = memory
domain example.net { }
trunk provider {
	peers = {"198.51.100.1"}
	domain = "provider.example"
	probe = 0
	trusted = true
	emergency = true
}
.
user alice wonder
phone alice udp 10.0.0.10:5060
phone six udp [fd00::6]:5060
phone provider udp 198.51.100.1:5060
phone outside udp 192.0.2.10:5060
start
ask alice INVITE sip:112@example.net
  P-Asserted-Identity: <sip:president@example.net>
send alice 100
send provider INVITE sip:112@provider.example
  ! P-Asserted-Identity
  From: <sip:alice@example.net>;*
reply provider 183
send alice 183
# Nor within the dialog, which is not proven either.
follow alice PRACK
send provider PRACK *
reply provider 200
send alice 200
reply provider 200 INVITE
send alice 200
follow alice ACK
send provider ACK *
follow alice UPDATE
send provider UPDATE *
  ! P-Asserted-Identity
reply provider 200
send alice 200
follow alice BYE
send provider BYE *
reply provider 200
send alice 200
# What is wrong with the credentials stops nobody.
ask alice INVITE sip:bob@example.net
send alice 407
ack alice
login alice alice looking-glass
send alice 407
ack alice
ask alice INVITE sip:112@example.net
  Proxy-Authorization: Digest username="alice", realm="example.net", nonce="x", uri="sip:112@example.net", response="00000000000000000000000000000000", qop=auth, nc=00000001, cnonce="c"
send alice 100
send provider INVITE sip:112@provider.example
  ! Proxy-Authorization
  ! P-Asserted-Identity
reply provider 486
send alice 486
send provider ACK *
ack alice
ask alice INVITE urn:service:sos
  From: "?" <sip:anonymous@anonymous.invalid>;tag=x
send alice 100
send provider INVITE sip:112@provider.example
  ! P-Asserted-Identity
cancel alice
send alice 200
reply provider 100
send provider CANCEL *
reply provider 200 CANCEL
reply provider 487 INVITE
send provider ACK *
send alice 487
ack alice
# IPv6 has private networks, too; everybody else proves who he is.
ask six INVITE sip:112@example.net
send six 100
send provider INVITE sip:112@provider.example
reply provider 486
send six 486
send provider ACK *
ack six
ask outside INVITE sip:112@example.net
send outside 407
ack outside
drain
ask alice INVITE sip:911@example.net
send alice 100
send provider INVITE sip:911@provider.example
reply provider 486
send alice 486
send provider ACK *
ack alice
wait 40000
busy 0
