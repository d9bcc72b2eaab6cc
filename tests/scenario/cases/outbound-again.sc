# SPDX-License-Identifier: GPL-2.0-or-later
# The phone comes back over another connection, and from another address: of the
# same instance and reg-id that is the same flow. What it had is forgotten before
# anybody has noticed that it is gone.
include outbound.inc
phone there tcp 192.0.2.30:40030
ask there REGISTER sip:example.net
  From: $who
  To: <sip:bob@example.net>
  Supported: outbound
  Contact: <sip:bob@10.0.0.7;transport=tcp;ob>;reg-id=1;$phone
send there 200
  Contact: <sip:bob@10.0.0.7;transport=tcp;ob>;reg-id=1;$phone;expires=3600
  ! Contact
ask alice MESSAGE sip:bob@example.net
send there MESSAGE sip:bob@10.0.0.7;transport=tcp;ob
reply there 200
send alice 200
close bob
ask alice MESSAGE sip:bob@example.net
send there MESSAGE *
reply there 200
send alice 200
wait 40000
busy 0
