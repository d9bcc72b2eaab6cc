# SPDX-License-Identifier: GPL-2.0-or-later
"""TCP, edited: calls both ways over a connection, audio both ways, and a registration.

The phone names its listener, not the port that the connection comes from: the
provider sees where the connection comes from, and the phone gets back exactly what
it wrote (FIELD 14). Keepalives in front (FIELD 13).
"""
from lib import check, rtp, sip
from lib.register import Registration
from lib.tcp import pair
from lib.ua import Call

PLANS = ("ip4", "nat66")


def run(net):
    net.set("tcp", "edit")
    phone, provider = pair(net)
    outside = provider.line.sock.getpeername()[:2]
    check.equal(outside[0], net.public, "where the connection comes from")
    registration = Registration(phone, provider)
    phone.line.send(b"\r\n\r\n")
    asked = registration.ask()
    check.equal(sip.host_port(asked.get("Contact")), outside, "registered contact")
    via = f"SIP/2.0/TCP {sip.uri_host(outside[0])}:{outside[1]};"
    check.true(asked.get("Via").startswith(via), f"Via: {asked.get('Via')}")
    answer = registration.answer(asked)
    check.equal(answer.get("Contact"), phone.contact + ";expires=600", "Contact in the 200")
    check.true(answer.get("Via").startswith(f"SIP/2.0/TCP {phone.hostport};"),
               f"Via in the 200: {answer.get('Via')}")
    net.shows(registrations=1, pinholes=0)

    for a, b in ((phone, provider), (provider, phone)):
        call = Call(a, b, target=outside if a is provider else None)
        one, two = rtp.Endpoint(a.host, 4000, addr=a.addr), rtp.Endpoint(b.host, 40000, addr=b.addr)
        a.line.send(b"\r\n\r\n")
        offer, answer = call.establish(sip.sdp(a.addr, 4000), sip.sdp(b.addr, 40000))
        if a is phone:
            check.equal(sip.host_port(offer.get("Contact")), outside, "Contact of the phone")
        else:
            check.equal(offer.start.split()[1], f"sip:bob-peer@{phone.hostport}",
                        "Request-URI at the phone")
        net.shows(calls=1, streams=1)
        one.told(answer.media[0])
        two.told(offer.media[0])
        rtp.both_ways(one, two)
        call.bye(call.b)
        net.nothing_left()
        one.close()
        two.close()
    net.shows(call_new=2, tcp=1, tcp_split=0, tcp_gap=0, tcp_again=0, tcp_dropped=0, tcp_memory=0)
