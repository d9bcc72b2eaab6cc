# SPDX-License-Identifier: GPL-2.0-or-later
# Unless the administrator does not want that.
conf
listen = {"udp:192.0.2.1:5060"}
workers = 1
store = memory
foreign-domains = false
domain example.net { }
.
user alice wonder
phone alice udp 192.0.2.10:5060
start
ask alice INVITE sip:carol@198.51.100.1
send alice 407
ack alice
login alice alice wonder
send alice 403
ack alice
wait 40000
busy 0
