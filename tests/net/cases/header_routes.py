# SPDX-License-Identifier: GPL-2.0-or-later
"""Every header that carries the phone's address is translated (FIELD 15).

Route, Record-Route, Path, Service-Route, From, To, Reply-To, Refer-To,
Referred-By, identities, a lower Via, `sips:`. Foreign addresses, and the
phone's own in places that are never touched, stay.
"""
from lib import check, sip
from lib.ua import pair

PLANS = ("ip4", "nat66")

OURS = [("Record-Route", "<sip:192.168.1.10;lr>, <sip:198.51.100.6;lr>"),
        ("Path", "<sip:192.168.1.10:5060;lr>"),
        ("Service-Route", "<sip:192.168.1.10:5060;lr>"),
        ("Reply-To", "\"A, B\" <sip:anna@192.168.1.10:5060>"),
        ("Refer-To", "<sip:carl@192.168.1.10:5060?Subject=x>"),
        ("Referred-By", "<sip:anna@192.168.1.10:5060>"),
        ("P-Asserted-Identity", "<sip:anna@192.168.1.10:5060>, <tel:+49301>"),
        ("P-Preferred-Identity", "\"Anna\" <sip:anna@192.168.1.10:5060>"),
        ("Remote-Party-ID", "<sip:anna@192.168.1.10:5060>;party=calling"),
        ("Diversion", "<sip:anna@192.168.1.10:5060>;reason=no-answer"),
        ("Via", "SIP/2.0/UDP 192.168.1.10:5060;branch=z9hG4bKlow")]

KEPT = [("Via", "SIP/2.0/UDP 192.168.9.9:5060;branch=z9hG4bK192.168.1.10"),
        ("Route", "<sip:198.51.100.6;lr>"),
        ("Refer-To", "<sip:carl@example.org?Replaces=c%40192.168.1.10%3A5060>"),
        ("Replaces", "c@192.168.1.10:5060;to-tag=1;from-tag=2"),
        ("User-Agent", "Phone/1.0 (192.168.1.10:5060)"),
        ("Subject", "call me at sip:anna@192.168.1.10:5060"),
        ("Call-Info", "<http://192.168.1.10/anna.png>;purpose=icon"),
        ("X-Own", "<sip:anna@192.168.1.10:5060>")]


def message(net, addr):
    """An OPTIONS with all of them, as a phone at `addr` would write it."""
    swap = [(name, value.replace("192.168.1.10", addr)) for name, value in OURS]
    uri_host = "198.51.100.6"
    headers = [("Via", f"SIP/2.0/UDP {addr}:5060;branch=z9hG4bKtop"),
               *swap, *KEPT,
               ("From", f"<sip:anna@{addr}:5060>;tag=a"), ("To", f"<sip:bob@{uri_host}>"),
               ("Call-ID", "options@192.168.1.10"), ("CSeq", "1 OPTIONS"),
               ("Contact", f"<sips:anna@{addr}:5060>, <sip:{addr}>")]
    return local(net, f"OPTIONS sip:bob@{uri_host} SIP/2.0", headers)


def local(net, start, headers):
    return sip.build(net.text(start), [(name, net.text(value)) for name, value in headers])


def run(net):
    phone, provider = pair(net)
    phone.send(message(net, "192.168.1.10"), provider.at)
    provider.expect(message(net, "203.0.113.1"), (net.public, 5060), "OPTIONS")

    # And back: what the provider writes of the mapping is the phone's again.
    inbound = [("Via", "SIP/2.0/UDP 198.51.100.6:5060;branch=z9hG4bKin"),
               ("Route", "<sip:203.0.113.1;lr>, <sip:203.0.113.1:5060;lr>, <sip:192.0.2.1>"),
               ("From", "<sip:bob@example.com>;tag=b"), ("To", "<sip:anna@203.0.113.1>;tag=a"),
               ("Call-ID", "in@203.0.113.1"), ("CSeq", "2 NOTIFY")]
    sent = local(net, "NOTIFY sip:anna@203.0.113.1:5060 SIP/2.0", inbound)
    provider.send(sent, (net.public, 5060))
    got, _ = phone.receive("NOTIFY")
    msg = sip.Message(got)
    for line in ("sip:anna@192.168.1.10", "sip:anna@192.168.1.10:5060"):
        if msg.start == net.text(f"NOTIFY {line} SIP/2.0"):
            break
    else:
        check.fail(f"start line at the phone: {msg.start}")
    route = msg.get("Route")
    check.true(net.public not in route and route.endswith(net.text(", <sip:192.0.2.1>")),
               f"Route at the phone: {route}")
    check.true(f"@{phone.name}" in msg.get("To"), f"To at the phone: {msg.get('To')}")
    check.equal(msg.get("Call-ID"), net.text("in@203.0.113.1"), "Call-ID at the phone")
