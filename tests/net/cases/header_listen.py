# SPDX-License-Identifier: GPL-2.0-or-later
"""A phone that listens at 5060 and sends from elsewhere (FIELD 14).

What it writes gets a port of the pool: responses without rport and requests of
the provider reach the phone there, from the provider only, and each side sees
what belongs to it. The port lives as long as the connection that named it, and is
the same for the next one; ports below 1024, and more than four, stay as written.
"""
from lib import check, rtp, sip
from lib.register import Registration
from lib.ua import Agent, Call, Leg, Port

PLANS = ("ip4", "nat66")
SECONDS = 60


class Old(Agent):
    """Sends from one port, receives at another."""

    def __init__(self, host, user, source):
        super().__init__(host, user)
        self.out = Port(host, host.addr, source)

    def send(self, data, to):
        self.out.send(data, to)


class Server(Leg):
    """Answers to where Via says, as there is no rport (RFC 3261, 18.2.2)."""

    def respond(self, msg, status, body=b"", **more):
        host, port = sip.host_port("sip:" + msg.get("Via").partition("UDP ")[2])
        self.agent.send(self.reply(msg, status, body, **more), (host, port))


def old_leg(leg, name):
    """No rport, and Via without the port that is the standard one."""
    leg.via = f"{name};x"
    common = leg._common                        # pylint: disable=protected-access
    leg._common = lambda *a: [(key, value.replace(";x;rport", ""))
                              for key, value in common(*a)]


def call_out(net, phone, provider):
    """Offer and answer, then BYE of the provider: all to 5060."""
    call = Call(phone, provider)
    call.b = Server(provider, phone, call.id)
    old_leg(call.a, phone.name)
    offer, answer = call.establish(sip.sdp(phone.addr, 4000), sip.sdp(provider.addr, 40000))
    check.equal(offer.source[0], net.public, "source of the INVITE")
    contact = sip.host_port(offer.get("Contact"))
    check.equal(contact[0], net.public, "host of the Contact")
    check.true(contact[1] != offer.source[1], "the Contact is where it sends from")
    net.in_pool(contact[1], "port of the Contact")
    check.equal(answer.get("Via").partition(";")[0], f"SIP/2.0/UDP {phone.name}", "its Via")
    one, two = rtp.Endpoint(net.phone, 4000), rtp.Endpoint(net.provider, 40000)
    one.told(answer.media[0])
    two.told(offer.media[0])
    rtp.both_ways(two, one)

    # The phone answers from where it listens, and that is translated as well.
    asked = call.send(call.b, "BYE")
    check.equal(sip.host_port(asked.start.split()[1]), phone.at, "Request-URI at the phone")
    call.a.agent.sock.sendto(call.a.reply(asked, 200), asked.source)
    got = provider.message("a 200")
    check.equal(got.source, contact, "source of the 200")
    check.equal(sip.host_port(got.get("Contact")), contact, "its Contact")
    one.close()
    two.close()
    return contact


def registered(net, phone, provider, contact):
    """A registration at the other port; a call comes in there."""
    reg = Registration(phone, provider)
    reg.server = Server(provider, phone, reg.leg.call_id)
    old_leg(reg.leg, phone.hostport)
    seen, answer = reg.refresh()
    check.equal(seen, contact, "Contact at the registrar")
    check.equal(sip.host_port(answer.get("Contact")), phone.at, "Contact in the 200")
    net.shows(registrations=1)

    other = Agent(net.provider, "carl", 5080)
    leg = Leg(other, phone, "in@example.com", seen)
    sent = leg.request("OPTIONS")
    want = sip.translated(sent, (f"peer@{sip.uri_host(seen[0])}:{seen[1]}",
                                 f"peer@{phone.hostport}"))
    phone.expect(want, other.at, "OPTIONS")
    Leg(Agent(net.stranger, "eve"), phone, "eve@example.com", seen).request("OPTIONS")
    phone.quiet("OPTIONS of a stranger")


def run(net):
    provider = Agent(net.provider, "bob")
    phone = Old(net.phone, "anna", 6000)
    contact = call_out(net, phone, provider)
    net.shows(alias_new=1, ports=1, pinholes=1, pinhole_stranger=0)
    check.equal(call_out(net, phone, provider), contact, "Contact of the second call")
    net.shows(alias_new=1)
    registered(net, phone, provider, contact)

    # The connection goes, another one comes: what others know is still right.
    net.flush()
    phone.out = Port(net.phone, phone.addr, 6002)
    check.equal(call_out(net, phone, provider), contact, "Contact after a flush")
    net.shows(alias_new=2, ports=1)

    # Too many, and too low.
    leg = Leg(phone, provider, "many@example.com")
    contacts = [f"<sip:anna@{phone.name}:{port}>" for port in
                (5061, 5063, 5065, 5067, 5069, 80)]
    leg.contact = ", ".join(contacts)
    leg.request("OPTIONS")
    got = provider.message("OPTIONS").get("Contact")
    check.equal(got.count(phone.name), 3, f"addresses left in {got}")
    check.true(got.endswith(", ".join(contacts[3:])), f"what is left in {got}")
    net.shows(alias_new=5, alias_full=2, alias_low_port=1)

    net.flush()
    check.until(lambda: not net.stats()["ports"], "ports given back", 30)
    net.nothing_left()
