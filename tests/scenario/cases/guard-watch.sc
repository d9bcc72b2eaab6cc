# SPDX-License-Identifier: GPL-2.0-or-later
# "watch" does nothing to anybody; a reload changes it.
include guard.inc
phone eve udp 192.0.2.66:5060
ask eve OPTIONS sip:192.0.2.1
  User-Agent: friendly-scanner
send eve 200
conf
listen = {"udp:192.0.2.1:5060"}
workers = 1
store = memory
guard = watch
domain example.net { }
.
reload
ask eve OPTIONS sip:192.0.2.1
  User-Agent: friendly-scanner
send eve 200
phone other udp 192.0.2.67:5060
ask other OPTIONS sip:192.0.2.1
  User-Agent: friendly-scanner
send other 200
ask other OPTIONS sip:192.0.2.1
  User-Agent: friendly-scanner
send other 200
conf
listen = {"udp:192.0.2.1:5060"}
workers = 1
store = memory
emergency-from = {}
domain example.net { }
.
reload
phone third udp 10.0.0.1:5060
ask third OPTIONS sip:192.0.2.1
  User-Agent: friendly-scanner
send third 200
ask third OPTIONS sip:192.0.2.1
  User-Agent: friendly-scanner
guard limit 10.0.0.1 scanner 60
send third 200
