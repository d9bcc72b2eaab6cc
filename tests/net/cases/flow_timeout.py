# SPDX-License-Identifier: GPL-2.0-or-later
"""How long a connection with the helper lives: as long as somebody needs it (FIELD 24).

Junk, and SIP that begins nothing, keeps UDP's plain timeout. A registration
keeps it until it expires, and a call as long as it is up: keepalives of either
side, whole messages or four zero bytes, do not shorten that. After a BYE the
registration counts again.
"""
from lib import check, sip
from lib.register import register
from lib.ua import Agent, Leg, Talk

PLANS = ("ip4", "ip6", "nat66")
PLAIN, REPLIED = 30, 120
KEEPALIVES = (b"\r\n\r\n", b"\r\n", b"\0\0\0\0", b"", b"junk")


def timeout(net, port):
    """Seconds that the connection from this port of the phone has left."""
    found = [int(flow["line"].split()[2]) for flow in net.conntrack()
             if flow["src"] == net.phone.addr and flow["sport"] == str(port)]
    check.equal(len(found), 1, f"connections from port {port}")
    return found[0]


def keepalives(phone, provider, way):
    for data in KEEPALIVES:
        phone.send(data, provider.at)
        provider.expect(data, way, "a keepalive")
        provider.send(data, way)
        phone.expect(data, provider.at, "a keepalive")


def lives(net, port, least, most):
    left = timeout(net, port)
    check.true(least - 5 <= left <= most, f"port {port} lives {left} s, not {least} to {most}")


def run(net):
    provider = Agent(net.provider, "bob")
    for number, data in enumerate(KEEPALIVES + (b"OPTIONS sip:a@b SIP/2.0\r\n\r\n",)):
        junk = net.phone.udp(6000 + number)
        junk.send(data, provider.at)
        _, way = provider.receive("junk")
        lives(net, junk.port, 0, PLAIN)
        provider.send(data, way)
        junk.expect(data, provider.at)
        lives(net, junk.port, 0, REPLIED)

    phone = Agent(net.phone, "berta", 6100)
    leg = Leg(phone, provider, "options@example.com")
    leg.request("OPTIONS")
    msg = sip.Message(*provider.receive("OPTIONS"))
    Leg(provider, phone, "options@example.com").respond(msg, 200)
    leg.take_response(200)
    lives(net, 6100, 0, REPLIED)

    phone = Agent(net.phone, "anna")
    way = register(phone, provider, 600)
    lives(net, 5060, 600, 660)
    keepalives(phone, provider, way)
    lives(net, 5060, 600, 660)
    if not net.ours:
        return

    for caller, callee, target in ((phone, provider, None), (provider, phone, way)):
        talk = Talk(caller, callee, target=target)
        lives(net, 5060, 7200, 7200)
        keepalives(phone, provider, way)
        lives(net, 5060, 7200, 7200)
        talk.call.bye()
        lives(net, 5060, 600, 660)
        talk.close()
    # A call alone: after it the plain timeout counts.
    phone = Agent(net.phone, "carla", 6200)
    talk = Talk(phone, provider)
    lives(net, 6200, 7200, 7200)
    talk.call.bye()
    lives(net, 6200, 0, REPLIED)
