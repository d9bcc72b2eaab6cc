# SPDX-License-Identifier: GPL-2.0-or-later
"""What is never touched, even where the phone's address and port stand in it.

Call-ID, tags, branch, Replaces and Target-Dialog, also among the headers of a
Refer-To; display names, parameters, User-Agent, free text, credentials; addresses
of others, also on the phone's port, and the phone's as part of a longer one.
"""
from lib import check, sip
from lib.ua import pair

PLANS = ("ip4", "nat66")

OWN = "192.168.1.10:5060"
KEPT = [("Replaces", f"x@{OWN};to-tag=1;from-tag=2"),
        ("Target-Dialog", f"x@{OWN};local-tag=1;remote-tag=2"),
        ("Join", f"x@{OWN};to-tag=1;from-tag=2"),
        ("In-Reply-To", f"x@{OWN}"),
        ("Refer-To", f"<sip:carl@192.0.2.8?Replaces=x%40{OWN.replace(':', '%3A')}"
                     f"&Target-Dialog=x%40{OWN.replace(':', '%3A')}>"),
        ("Reply-To", f"\"{OWN} <sip:a@{OWN}>\" <sip:a@192.0.2.8;x=192.168.1.10>;y=192.168.1.10"),
        ("Referred-By", "<sip:192.168.1.10@192.0.2.8>"),
        ("P-Asserted-Identity", "<tel:192.168.1.10>"),
        ("Authorization", f"Digest username=\"{OWN}\", realm=\"{OWN}\", nonce=\"1\", "
                          f"uri=\"sip:{OWN}\", response=\"0\""),
        ("User-Agent", f"Phone ({OWN})"), ("Server", OWN.partition(":")[0]),
        ("Subject", f"sip:anna@{OWN}"), ("Warning", f"399 {OWN} \"{OWN}\""),
        ("Call-Info", f"<http://{OWN}/>"), ("Alert-Info", f"<http://{OWN}/>"),
        ("X-Anything", f"<sip:anna@{OWN}>"), ("Date", "Thu, 01 Jan 2026 00:00:00 GMT"),
        ("Contact", "<sip:anna@192.168.9.9:5060>, <sip:anna@192.0.2.1:5060>, "
                    "<sip:anna@example.com:5060>, <mailto:anna@example.com>"),
        ("Route", "<sip:192.0.2.192:5060;lr>"),
        ("Via", f"SIP/2.0/UDP 192.0.2.9:5060;received={OWN.partition(':')[0]};rport=5060;"
                f"branch=z9hG4bK{OWN}")]


def message(net, start, via, call_id):
    return sip.build(net.text(start), [(name, net.text(value)) for name, value in [
        ("Via", f"SIP/2.0/UDP {via};branch=z9hG4bK-192.168.1.10-203.0.113.1"),
        *KEPT, ("From", "\"192.168.1.10\" <sip:192.168.1.10@example.com>;tag=192.168.1.10"),
        ("To", "<sip:bob@example.com>;tag=203.0.113.1"), ("Call-ID", call_id),
        ("CSeq", "1 OPTIONS")]], net.text("I am at 192.168.1.10:5060.\r\n").encode())


def run(net):
    phone, provider = pair(net)
    sent = message(net, "OPTIONS sip:bob@198.51.100.6 SIP/2.0", OWN, f"c@{OWN}")
    phone.send(sent, provider.at)
    got, source = provider.receive("OPTIONS")
    check.same_bytes(got, sent.replace(
        net.text(f"UDP {OWN}").encode(),
        f"UDP {sip.uri_host(source[0])}:{source[1]}".encode()), "OPTIONS at the provider")

    # Nor does anything else become ours on the way in.
    sent = message(net, "OPTIONS sip:anna@example.com SIP/2.0", "198.51.100.6:5060",
                   "c@203.0.113.1:5060")
    provider.send(sent, source)
    phone.expect(sent, provider.at, "OPTIONS at the phone")
