# SPDX-License-Identifier: GPL-2.0-or-later
"""User agents: what each side of a dialog knows, and calls made of two.

An agent believes what it reads: requests go to the Contact that it was told,
responses to where the request came from. So an address that the router did
not translate, or not back, shows as a message that never arrives.
"""
import itertools

from . import check, rtp, sip
from .host import Port

_numbers = itertools.count(1)


class Agent(Port):
    """A user at a UDP port that speaks SIP."""

    transport = "UDP"

    def __init__(self, host, user, port=5060, addr=None):
        super().__init__(host, addr or host.addr, port)
        self.user = user

    @property
    def name(self):
        """The address as URIs write it."""
        return sip.uri_host(self.addr)

    @property
    def face(self):
        """The address as the outside sees it."""
        return self.host.face

    @property
    def hostport(self):
        return f"{self.name}:{self.port}"

    @property
    def contact(self):
        return f"<sip:{self.user}@{self.hostport}>"

    def message(self, what):
        return sip.Message(*self.receive(what))


def pair(net):
    """Anna's phone inside, and Bob at the provider."""
    return Agent(net.phone, "anna"), Agent(net.provider, "bob")


class Leg:
    """One side's view of a dialog."""

    def __init__(self, agent, peer, call_id, target=None):
        self.agent, self.call_id = agent, call_id
        self.local, self.remote = (f"<sip:{who.user}@example.com>" for who in (agent, peer))
        self.tag, self.remote_tag = f"{agent.user}{next(_numbers)}", ""
        self.cseq = 0
        self.target = target or peer.at
        self.sent = self.got = None
        self.contact = agent.contact
        self.via = agent.hostport

    def _common(self, cseq, method):
        remote = self.remote + (f";tag={self.remote_tag}" if self.remote_tag else "")
        return [("Via", f"SIP/2.0/{self.agent.transport} {self.via};rport;branch=z9hG4bK{next(_numbers)}"),
                ("Max-Forwards", "70"),
                ("From", f"{self.local};tag={self.tag}"), ("To", remote),
                ("Call-ID", self.call_id), ("CSeq", f"{cseq} {method}"),
                ("Contact", self.contact)]

    def make(self, method, body=b"", extra=(), cseq=None, length=None):
        """The bytes of the next request."""
        if cseq is None:
            self.cseq += 1
            cseq = self.cseq
        host, port = self.target
        uri = f"sip:{self.agent.user}-peer@{sip.uri_host(host)}:{port}"
        headers = self._common(cseq, method) + list(extra)
        if body and not any(name.lower() in ("content-type", "c") for name, _ in extra):
            headers.append(("Content-Type", "application/sdp"))
        self.sent = sip.build(f"{method} {uri} SIP/2.0", headers, body, length)
        return self.sent

    def request(self, method, body=b"", **more):
        data = self.make(method, body, **more)
        self.agent.send(data, self.target)
        return data

    def take_request(self, method):
        """Receive one, and learn from it."""
        msg = self.agent.message(method)
        check.equal(msg.method, method, f"request at {self.agent}")
        self.got = msg
        if msg.get("Contact"):
            self.target = sip.host_port(msg.get("Contact"))
        if not self.remote_tag and ";tag=" in msg.get("From"):
            self.remote_tag = msg.get("From").partition(";tag=")[2]
        return msg

    def reply(self, msg, status, body=b"", extra=(), tag=None, contact=True):
        """The bytes of a response to a request that was received."""
        to = msg.get("To")
        if ";tag=" not in to and status > 100:
            to += f";tag={tag or self.tag}"
        # What RFC 3581 asks of a server: note where the request came from.
        via = [value.replace(";rport", f";received={msg.source[0]};rport={msg.source[1]}")
               if number == 0 else value for number, value in enumerate(msg.all("Via"))]
        headers = [("Via", value) for value in via]
        headers += [("Record-Route", value) for value in msg.all("Record-Route")]
        headers += [("From", msg.get("From")), ("To", to), ("Call-ID", msg.get("Call-ID")),
                    ("CSeq", msg.get("CSeq"))]
        if contact:
            headers.append(("Contact", self.contact))
        headers += list(extra)
        if body:
            headers.append(("Content-Type", "application/sdp"))
        self.sent = sip.build(f"SIP/2.0 {status} X", headers, body)
        return self.sent

    def respond(self, msg, status, body=b"", **more):
        data = self.reply(msg, status, body, **more)
        self.agent.send(data, msg.source)
        return data

    def take_response(self, status):
        msg = self.agent.message(f"a {status}")
        check.equal(msg.status, status, f"response at {self.agent}")
        self.got = msg
        if ";tag=" in msg.get("To") and not self.remote_tag:
            self.remote_tag = msg.get("To").partition(";tag=")[2]
        if msg.get("Contact") and status < 300:
            self.target = sip.host_port(msg.get("Contact"))
        return msg


class Call:
    """Two legs. Every step sends on one side and receives on the other.

    self.a called self.b. The messages that arrived are a.got and b.got.
    """

    def __init__(self, caller, callee, target=None, call_id=None):
        self.id = call_id or f"call-{next(_numbers)}@{caller.addr}"
        self.a = Leg(caller, callee, self.id, target)
        self.b = Leg(callee, caller, self.id)
        self.invite_got = None
        self.offer = self.answer = b""

    def other(self, leg):
        return self.b if leg is self.a else self.a

    def send(self, leg, method, body=b"", **more):
        """A request from one side, as the other receives it."""
        leg.request(method, body, **more)
        return self.other(leg).take_request(method)

    def back(self, leg, msg, status, body=b"", **more):
        """A response to it from `leg`, as the other side receives it."""
        leg.respond(msg, status, body, **more)
        return self.other(leg).take_response(status)

    def invite(self, body=b"", **more):
        self.offer = body
        self.invite_got = self.send(self.a, "INVITE", body, **more)
        return self.invite_got

    def respond(self, status, body=b"", **more):
        return self.back(self.b, self.invite_got, status, body, **more)

    def ack(self, body=b"", leg=None):
        leg = leg or self.a
        return self.send(leg, "ACK", body, cseq=leg.cseq)

    def establish(self, offer, answer, extra=()):
        """INVITE, 180, 200, ACK: (offer as received, answer as received)."""
        got_offer = self.invite(offer)
        self.respond(180)
        got_answer = self.respond(200, answer, extra=extra)
        self.ack()
        return got_offer, got_answer

    def transaction(self, leg, method, body=b"", status=200, answer=b"", **more):
        """A request and its final response: both as received."""
        request = self.send(leg, method, body, **more)
        return request, self.back(self.other(leg), request, status, answer)

    def bye(self, leg=None, status=200):
        return self.transaction(leg or self.a, "BYE", status=status)


class Talk:
    """A call with an audio line that is up, and its two media endpoints.

    `extra` are headers of the 200.
    """

    def __init__(self, caller, callee, ports=(4000, 40000), target=None, descriptions=None,
                 extra=()):
        self.call = Call(caller, callee, target)
        self.extra = extra
        self.one = rtp.Endpoint(caller.host, ports[0], addr=caller.addr)
        self.two = rtp.Endpoint(callee.host, ports[1], addr=callee.addr)
        self.up(ports, descriptions)

    def up(self, ports, descriptions=None):
        a, b = self.call.a.agent, self.call.b.agent
        offer, answer = self.call.establish(
            *(descriptions or (sip.sdp(a.addr, ports[0]), sip.sdp(b.addr, ports[1]))),
            extra=self.extra)
        self.one.told(answer.media[0])
        self.two.told(offer.media[0])

    def speak(self):
        rtp.both_ways(self.one, self.two)

    def close(self):
        for end in (self.one, self.two):
            end.close()
