# SPDX-License-Identifier: GPL-2.0-or-later
"""An endpoint that found out its public address keeps what it writes (STUN).

Via and Contact with the mapped address leave byte for byte and come back so: in
responses, and in requests of the provider. The media that it announced by its
mapped port flows: its first packet takes the mapping that it has.
"""
from lib import check, rtp, sip
from lib.ua import Agent, Call, Leg

PLANS = ("ip4", "nat66")


def signalling(phone, provider):
    """Where the provider sees the phone."""
    leg = Leg(phone, provider, "ask@example.com")
    leg.request("OPTIONS")
    asked = provider.message("OPTIONS")
    Leg(provider, phone, leg.call_id).respond(asked, 200)
    leg.take_response(200)
    return asked.source


def mapping(net, port, server):
    """What a STUN server would tell of a port of the phone."""
    port.send(b"binding request", server.at)
    _, seen = server.receive("a binding request")
    server.send(b"binding response", seen)
    port.receive("a binding response")
    check.equal(seen[0], net.public, "address at the STUN server")
    return seen[1]


def run(net):
    provider = Agent(net.provider, "bob")
    server = net.stranger.udp(3478)
    # Somebody has the ports already: a mapping is another port than the phone's.
    Leg(Agent(net.phone2, "eve"), provider, "x").request("OPTIONS")
    provider.message("OPTIONS")
    for port in (4000, 4001):
        mapping(net, net.phone2.udp(port), server)

    phone = Agent(net.phone, "anna")
    host, port = signalling(phone, provider)
    public = f"{sip.uri_host(host)}:{port}"
    check.true(port != 5060, "the phone kept its port")
    call = Call(phone, provider)
    call.a.via, call.a.contact = public, f"<sip:anna@{public}>"

    one, two = rtp.Endpoint(net.phone, 4000), rtp.Endpoint(net.gateway, 40000)
    ports = [mapping(net, end, server) for end in (one.rtp, one.rtcp)]
    check.true(4000 not in ports, "the phone's media kept its port")
    offer = sip.sdp(host, ports[0], attributes=[f"a=rtcp:{ports[1]}"])
    sent = call.a.request("INVITE", offer)
    asked = call.b.take_request("INVITE")
    check.same_bytes(asked.data, sent, "INVITE at the provider")

    sent = call.b.reply(asked, 200, sip.sdp(net.gateway.addr, 40000))
    provider.send(sent, asked.source)
    phone.expect(sent, provider.at, "the 200 at the phone")
    call.a.remote_tag = call.b.tag
    call.ack()
    net.shows(calls=1, streams=2, ports=0, media_foreign=0, media_shut=1)
    one.told(sip.media(sent.partition(b"\r\n\r\n")[2])[0])
    two.told(asked.media[0])
    rtp.both_ways(one, two)

    call.b.target = asked.source
    sent = call.b.request("BYE")
    phone.expect(sent, provider.at, "BYE at the phone")
    call.a.respond(sip.Message(sent, provider.at), 200)
    provider.message("a 200")
    net.shows(calls=0, streams=0, pinholes=0)

    # It gave that up: what it writes is translated again, and back.
    call = Call(phone, provider)
    sent = call.a.request("INVITE", sip.sdp(phone.addr, 4000))
    asked = call.b.take_request("INVITE")
    check.equal(sip.host_port(asked.get("Contact")), (host, port), "Contact at the provider")
    got = call.back(call.b, asked, 486)
    check.true(f"UDP {phone.hostport};" in got.get("Via"), f"Via at the phone: {got.get('Via')}")
