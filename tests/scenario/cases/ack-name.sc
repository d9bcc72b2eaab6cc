# SPDX-License-Identifier: GPL-2.0-or-later
# ACK goes to a name that DNS has to be asked for, as all else in a dialog does, and
# past addresses that there is no way to.
include trunk.inc
name gw.provider.example waits
phone gateway udp 198.51.100.30:5060
phone far udp [2001:db8::30]:5060
way far unroutable
ask alice INVITE sip:0123@example.net
send alice 100
send provider INVITE *
reply provider 200
  Contact: <sip:x@gw.provider.example>
send alice 200
follow alice ACK
nothing
name gw.provider.example udp:[2001:db8::30]:5060 udp:198.51.100.30:5060
send gateway ACK sip:x@gw.provider.example
  ! Proxy-Authorization
  = unchanged
follow alice ACK
send gateway ACK sip:x@gw.provider.example
follow alice BYE
send gateway BYE *
reply gateway 200
send alice 200
# There is no such name: nobody is told.
ask alice INVITE sip:0123@example.net
send alice 100
send provider INVITE *
reply provider 200
  Contact: <sip:x@nowhere.provider.example>
send alice 200
follow alice ACK
nothing
follow alice BYE
send alice 404
wait 40000
busy 0
