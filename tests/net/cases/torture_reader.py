# SPDX-License-Identifier: GPL-2.0-or-later
"""tshark reads what was sent and what arrived: RFC 4475, RFC 5118, whole calls.

Both ways, IPv4 and IPv6. All checksums are right. Content-Length fits the body as
well as it did when the message was sent. And of what is well-formed, no address of
the phone arrives at the provider outside of the places that are never touched, and
of what Identity vouches for.
"""
from lib import check, reader, sip, torture
from lib.capture import Capture
from lib.register import Registration
from lib.ua import Call, pair

PLANS = ("ip4", "nat66")
SECONDS = 90


class Reader:
    """Takes every message off the wire twice: as it left, and as it arrived."""

    def __init__(self, net):
        self.taps = [Capture(net.router, "lan1"), Capture(net.router, "wan"),
                     Capture(net.provider), Capture(net.phone)]
        self.sent, self.arrived, self.names = [], [], []

    def take(self, name):
        """What passed since the last time; a fragmented one cannot be compared."""
        out, back, there, here = ([packet for packet in tap.packets()] for tap in self.taps)
        for sent, arrived, way in ((out, there, "out"), (back, here, "in")):
            if any(packet.fragment for packet in sent + arrived):
                continue
            sent, arrived = ([p for p in packets if len(p.udp) > 20] for packets in (sent, arrived))
            check.equal(len(arrived), len(sent), f"messages of {name}, {way}")
            self.sent += sent
            self.arrived += arrived
            self.names += [(name, way)] * len(sent)

    def judged(self):
        """(name, way, found in the sent one, found in the one that arrived)"""
        pairs = zip(self.sent, self.arrived, reader.read(self.sent), reader.read(self.arrived))
        for (name, way), (was, now, before, after) in zip(self.names, pairs):
            reader.sums(after, name)
            check.equal(reader.surplus(after, now), reader.surplus(before, was),
                        f"{name} {way}: Content-Length less the body")
            yield name, way, before, after


def corpora(net, phone, provider, tap):
    """Every message both ways, on connections of its own; names of the well-formed.

    Within a host name's place in a user part, an IPv6 address would not be.
    """
    known = set()
    for names in (False, True):
        for name, data, wanted in torture.corpus("rfc4475", "rfc5118"):
            name = f"{name}{' without names' if names else ''}"
            if wanted["verdict"] == "ok" and not (names and net.plan.family == 6):
                known.add(name)
            net.flush()
            phone.send(b"\r\n", provider.at)
            _, way = provider.receive("a keepalive")
            for src, dst, to, addr in ((phone, provider, provider.at, phone.addr),
                                       (provider, phone, way, net.public)):
                src.send(torture.own(data, addr, names), to)
                dst.receive(name)
            tap.take(name)
    return known


def calls(net, phone, provider):
    """From each side; held, moved, and hung up. A registration."""
    Registration(phone, provider).refresh()
    for one, two in ((phone, provider), (provider, phone)):
        call = Call(one, two, provider.at if one is phone else (net.public, 5060))
        line = "m=audio {} RTP/AVP 0"
        for first, second in ((4000, 40000), (4010, 40010)):
            offer, answer = (sip.sdp(end.addr, media=[
                line.format(port), f"a=candidate:1 1 UDP 1 {end.addr} {port} typ host"])
                for end, port in ((one, first), (two, second)))
            if first == 4000:
                call.establish(offer, answer)
            else:
                call.transaction(call.a, "INVITE", offer, answer=answer)
                call.ack()
        call.transaction(call.b, "INVITE", sip.sdp(two.addr, 40010, attributes=["a=sendonly"]),
                         answer=sip.sdp(one.addr, 4010, attributes=["a=recvonly"]))
        call.ack(leg=call.b)
        call.bye()


def run(net):
    phone, provider = pair(net)
    tap = Reader(net)
    calls(net, phone, provider)
    tap.take("calls")
    known = corpora(net, phone, provider, tap) | {"calls"}
    count = changed = 0
    for name, way, before, after in tap.judged():
        count += bool(after.get("sip.CSeq"))
        changed += before != after
        if way == "in" or name not in known:
            continue
        vouched = ("sip.from.host", "sip.to.host", "sip.contact.host") \
            if "sip.Identity" in before else ()
        left = [field for field, addr in reader.addresses(after)
                if addr == phone.addr and field not in vouched]
        check.equal(left, [], f"places in {name} that name the phone")
    check.true(count > 150, f"tshark found SIP in {count}")
    check.true(changed > 100, f"{changed} messages were edited")
