# SPDX-License-Identifier: GPL-2.0-or-later
# The limit of transactions.
conf
listen = {"udp:192.0.2.1:5060"}
workers = 1
store = memory
limits { transactions = 2 }
domain example.net { authenticate = false }
.
user alice a
user bob b
phone alice udp 192.0.2.10:5060
phone bob udp 192.0.2.20:5060
start
ask bob REGISTER sip:example.net
send bob 200
ask alice MESSAGE sip:bob@example.net
send bob MESSAGE *
ask alice MESSAGE sip:bob@example.net
send bob MESSAGE *
ask alice MESSAGE sip:bob@example.net
send alice 503
again bob REGISTER
send bob 503
reply bob 200
send alice 200
within 500 send bob MESSAGE *
reply bob 200
send alice 200
wait 40000
ask alice MESSAGE sip:bob@example.net
send bob MESSAGE *
reply bob 200
send alice 200
wait 40000
busy 0
