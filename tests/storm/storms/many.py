# SPDX-License-Identifier: GPL-2.0-or-later
"""10 000 calls at a time over one trunk: none is lost, each has ports of its own, and
media comes in to each. What each of them takes of the kernel's memory is printed, before
its media is measured and with that, and bounded; all of it comes back.

A PBX with a thousand phones is one 5-tuple, so that every call stands behind the
same connection. Messages are written in advance, and only those are waited for that
the other side needs.
"""
import re
import time
from pathlib import Path

from lib import check, rtp, sip
from lib.ua import Agent
from scale import number

SECONDS = 280
CALLS = number("CALLS", 300 if check.DEBUG else 2000, 10000)
# Bytes of a call whose media is measured.
MOST = 2000
SETTINGS = ("call-limit", "20000", "pinhole-limit", "200000")


def memory():
    """Bytes in use, of every slab but those of conntrack.

    Caches of one size share a name: which of them is the module's cannot be told.
    """
    time.sleep(0.3)
    size = 0
    for line in Path("/proc/slabinfo").read_text(encoding="ascii").splitlines()[2:]:
        words = line.split()
        if not words[0].startswith(("nf_conntrack", "nf_ct_expect")):
            size += int(words[1]) * int(words[3])
    return size


def request(method, cseq, target, ids, body=b"", to=""):
    """A request of call `ids` = (Call-ID, tag, contact)."""
    call_id, tag, contact = ids
    return sip.build(f"{method} sip:bob@{target[0]}:{target[1]} SIP/2.0", [
        ("Via", f"SIP/2.0/UDP {contact};branch=z9hG4bK{call_id}{method}"),
        ("Max-Forwards", "70"), ("From", f"<sip:anna@example.com>;tag={tag}"),
        ("To", f"<sip:bob@example.com>{to}"), ("Call-ID", call_id),
        ("CSeq", f"{cseq} {method}"), ("Contact", f"<sip:anna@{contact}>"),
        *([("Content-Type", "application/sdp")] if body else [])], body)


def response(data, contact, body=b""):
    """A 200 to it."""
    headers = dict(re.findall(r"^(Via|From|To|Call-ID|CSeq): (.*)\r$",
                              data.decode(), re.M))
    if "tag=" not in headers["To"]:
        headers["To"] += ";tag=bob"
    return sip.build("SIP/2.0 200 OK", [*headers.items(), ("Contact", f"<sip:bob@{contact}>"),
                                        *([("Content-Type", "application/sdp")] if body else [])],
                     body)


def sdp(addr, port):
    """What phones offer and take: speech, and digits beside it."""
    return sip.sdp(addr, media=[f"m=audio {port} RTP/AVP 0 101",
                                "a=rtpmap:101 telephone-event/8000"])


class Crowd:
    """Calls between a phone's and a provider's port."""

    def __init__(self, net):
        self.net = net
        self.phone, self.provider = Agent(net.phone, "anna"), Agent(net.provider, "bob")
        self.lines = []

    def ids(self, number_):
        return f"many-{number_:05}@{self.phone.addr}", f"t{number_}", self.phone.hostport

    def establish(self, number_):
        ids = self.ids(number_)
        port = 6000 + 2 * (number_ % 20000)
        self.phone.send(request("INVITE", 1, self.provider.at, ids,
                                sdp(self.phone.addr, port)), self.provider.at)
        data, source = self.provider.receive("INVITE")
        line = sip.Message(data).media[0]
        self.provider.send(response(data, self.provider.hostport,
                                    sdp(self.provider.addr, 40000)), source)
        self.phone.receive("a 200")
        self.phone.send(request("ACK", 1, self.provider.at, ids, to=";tag=bob"),
                        self.provider.at)
        self.provider.receive("ACK")
        self.lines.append((port, line))

    def hang_up(self, number_):
        self.phone.send(request("BYE", 2, self.provider.at, self.ids(number_), to=";tag=bob"),
                        self.provider.at)
        data, source = self.provider.receive("BYE")
        self.provider.send(response(data, self.provider.hostport), source)
        self.phone.receive("the 200 to BYE")

    def media_arrives(self, number_):
        """The provider speaks to one of them."""
        port, line = self.lines[number_]
        inside, outside = self.net.phone.udp(port), self.net.provider.udp(40000)
        data = rtp.packet()
        outside.send(data, line.rtp)
        inside.expect(data, outside.at, f"RTP of call {number_}")
        inside.close()
        outside.close()


def measured(net, crowd):
    """Memory, when media has come in to every call."""
    for index in range(CALLS + 1):
        crowd.media_arrives(index)
    # Their extensions are conntrack's, and lie in caches that many share.
    net.router.run("conntrack", "-D", "-p", "udp", "--orig-port-src", "40000")
    return memory()


def run(net):
    net.set(*SETTINGS)
    # Media of the first call is to be there when that of the last one has come, and
    # what ends while it is deleted is an error of conntrack's.
    net.router.sysctl("net.netfilter.nf_conntrack_udp_timeout", 3600)
    crowd = Crowd(net)
    # The first one pays for tables and connections.
    crowd.establish(0)
    before = memory()
    start = time.monotonic()
    for index in range(1, CALLS + 1):
        crowd.establish(index)
    seconds = time.monotonic() - start
    net.shows(calls=CALLS + 1, streams=CALLS + 1, ports=CALLS + 1, call_full=0,
              media_ports=0, pinhole_full=0)
    silent = (memory() - before) / CALLS
    taken = (measured(net, crowd) - before) / CALLS
    print(f"{CALLS} calls at {CALLS / seconds:.0f}/s: {silent:.0f} bytes each, "
          f"{taken:.0f} with media measured", flush=True)
    if not check.DEBUG:
        # Debug kernels put zones around every object.
        check.true(taken <= MOST, f"{taken:.0f} bytes for a call")
    check.equal(len({line.rtp for _, line in crowd.lines}), CALLS + 1, "pairs of ports")
    for index in range(0, CALLS + 1, CALLS // 20):
        crowd.media_arrives(index)
    for index in range(CALLS + 1):
        crowd.hang_up(index)
    net.nothing_left(call_full=0)
    left = (memory() - before) / CALLS
    if not check.DEBUG:
        check.true(left < 64, f"{left:.0f} bytes for a call that is over")
