# SPDX-License-Identifier: GPL-2.0-or-later
# A Contact may have what a Request-URI must not (RFC 3261, 16.6, step 2; 19.1.1).
include phones.inc
ask bob REGISTER sip:example.net
  Contact: <sip:b?@192.0.2.20;method=BYE;x=1?Route=%3Csip:192.0.2.66%3E&Subject=x>
  Expires: 600
send bob 200
ask bob REGISTER sip:example.net
  Contact: <sip:bob@192.0.2.20:5060>;expires=0
send bob 200
  Contact: <sip:b?@192.0.2.20;method=BYE;x=1?Route=%3Csip:192.0.2.66%3E&Subject=x>;expires=600
ask alice MESSAGE sip:bob@example.net
send bob MESSAGE sip:b?@192.0.2.20;x=1
reply bob 200
send alice 200
wait 40000
busy 0
