# SPDX-License-Identifier: GPL-2.0-or-later
# Who is there, but not securely, is not nobody (RFC 5630, 5.3).
conf
listen = {"udp:192.0.2.1:5060", "tls:192.0.2.1:5061"}
workers = 1
store = memory
domain example.net { authenticate = false anyone = true }
tls phones {
}
.
phone alice udp 192.0.2.10:5060
phone bob udp 192.0.2.20:5060
start
ask alice REGISTER sip:example.net
send alice 200
ask bob REGISTER sip:example.net
send bob 200
ask alice MESSAGE sips:bob@example.net
send alice 480
  Warning: 380 example.net "SIPS Not Allowed"
ask alice MESSAGE sips:nobody@example.net
send alice 404
  ! Warning
# In the clear he is reached as ever, and nothing is said of it.
ask alice MESSAGE sip:bob@example.net
send bob MESSAGE *
  ! Warning
reply bob 200
send alice 200
  ! Warning
ask bob REGISTER sip:example.net
  Contact: *
  Expires: 0
send bob 200
ask alice MESSAGE sips:bob@example.net
send alice 404
wait 40000
busy 0
