# SPDX-License-Identifier: GPL-2.0-or-later
# Connections are gone of phones that asked for no flow. One may listen where its
# Contact says, and is called there. One behind a NAT cannot, nor can one that
# would need a certificate; they keep their bindings until they come back. What
# nobody could ever open goes with its connection (RFC 7118).
include outbound.inc
phone nat tcp 192.0.2.40:41000 sip:nat@10.0.0.9:5060;transport=tcp
phone sec tls 192.0.2.40:41001
phone web ws 192.0.2.40:41002 sip:x1y2@df7jal23ls0d.invalid;transport=ws
phone odd tcp 192.0.2.40:41003 sip:odd@nowhere.INVALID;transport=tcp
phone open tcp 192.0.2.40:5060
set to <sip:alice@example.net>
ask nat REGISTER sip:example.net
  To: $to
send nat 200
ask sec REGISTER sip:example.net
  To: $to
send sec 200
ask web REGISTER sip:example.net
  To: $to
send web 200
ask odd REGISTER sip:example.net
  To: $to
send odd 200
ask open REGISTER sip:example.net
  To: $to
send open 200
ask alice REGISTER sip:example.net
  Expires: 0
send alice 200
ask bob MESSAGE sip:alice@example.net
send nat MESSAGE *
send sec MESSAGE *
send web MESSAGE *
send odd MESSAGE *
send open MESSAGE *
reply open 200
send bob 200
close nat
close sec
close web
close odd
close open
ask bob MESSAGE sip:alice@example.net
send open MESSAGE *
reply open 200
send bob 200
ask alice REGISTER sip:example.net
  ! Contact
send alice 200
  Contact: <sip:open@*
  Contact: <sip:sec@*
  Contact: <sip:nat@*
  ! Contact
ask alice REGISTER sip:example.net
  Contact: <sip:open@192.0.2.40:5060;transport=tcp>;expires=0
send alice 200
ask bob MESSAGE sip:alice@example.net
send bob 480
wait 40000
busy 0
