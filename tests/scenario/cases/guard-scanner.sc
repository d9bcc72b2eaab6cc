# SPDX-License-Identifier: GPL-2.0-or-later
# Scanners say so: two datagrams are a limit; on a connection, or with an answer to a
# challenge, one is a ban.
include guard.inc
phone eve udp 192.0.2.66:5060
phone scan tcp 192.0.2.67:5060
phone crack udp 192.0.2.68:5060
ask eve OPTIONS sip:192.0.2.1
  User-Agent: friendly-scanner
send eve 200
ask eve OPTIONS sip:192.0.2.1
  User-Agent: friendly-scanner
guard limit 192.0.2.66 scanner 60
send eve 200
ask eve OPTIONS sip:192.0.2.1
  User-Agent: friendly-scanner
send eve 200
ask scan OPTIONS sip:192.0.2.1
  User-Agent: SIPVicious
guard ban 192.0.2.67 scanner
send scan 200
ask crack REGISTER sip:example.net
  User-Agent: friendly-scanner
  From: <sip:alice@example.net>;tag=e
  To: <sip:alice@example.net>
send crack 401
login crack alice wrong
guard limit 192.0.2.68 scanner 60
guard ban 192.0.2.68 scanner
send crack 401
# In the headers of an answer it is somebody's own business.
ask alice OPTIONS sip:192.0.2.1
  Subject: friendly-scanner
send alice 200
