# SPDX-License-Identifier: GPL-2.0-or-later
"""In a guest: routers that forward RTP from a phone to a provider's gateway.

    phone 192.168.1.10 ── lan  router  sink    to the gateway, 198.51.100.7
                               203.0.113.1
                                       wan ── provider 198.51.100.6: signalling,
                                              and what the gateway sends

Whatever is forwarded ends in the sink, a dummy device, which costs least and is
the same for everybody. What a router has forwarded is what the sink has got.
"""
import fcntl
import re
import socket
import struct
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from .router import PLAIN, ROOT, Router

PHONE, GATEWAY, PUBLIC = "192.168.1.10", "198.51.100.7", "203.0.113.1"
PHONE_PORTS, GATEWAY_PORTS = 40000, 20000
SIOCGIFHWADDR = 0x8927


def mac(host, device):
    with host, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        answer = fcntl.ioctl(sock, SIOCGIFHWADDR, struct.pack("16s16x", device.encode()))
    return answer[18:24].hex(":")


class MediaRouter(Router):
    """What all have in common; one of `count` flows.

    `sent` is how many packets have come from the phone so far, `replied` from the
    gateway.
    """

    name, rules = "", ""
    helper = PLAIN

    def __init__(self, count=1):
        self.count, self.sent, self.replied = count, 0, 0
        super().__init__(self.helper)
        self.ends = {"phone": (self.phone, "eth0", mac(self.host, "lan")),
                     "provider": (self.provider, "eth0", mac(self.host, "wan"))}
        self.flows = self.write_flows([(PHONE, PHONE_PORTS + 2 * n, GATEWAY, GATEWAY_PORTS + 2 * n)
                                       for n in range(count)])

    def addresses(self, rtnl):
        super().addresses(rtnl)
        self.host.run("ip", "link", "add", "sink", "type", "dummy")
        self.host.sysctl("net.ipv6.conf.sink.disable_ipv6", 1)
        self.host.run("ip", "link", "set", "sink", "up")
        self.host.run("ip", "route", "add", GATEWAY, "dev", "sink")
        self.quiet()

    def quiet(self):
        """What the gateway sends to the phone is for nobody, and no error."""
        self.phone.run("nft", "-f", "-", text="table ip media { chain in { type filter hook "
                       f"input priority 0; udp dport {PHONE_PORTS}-65535 drop; }}; }}")

    def load_rules(self):
        self.host.run("nft", "-f", "-", text=self.rules)

    def state(self):
        """Nothing but what the proof asks for."""
        return {}

    @staticmethod
    def write_flows(flows):
        with tempfile.NamedTemporaryFile("w", encoding="ascii", delete=False) as file:
            file.writelines(f"{' '.join(map(str, flow))}\n" for flow in flows)
        return file.name

    def wire(self, end, flows, first, order="turns"):
        """What the programs call a wire, from an end."""
        host, device, to = self.ends[end]
        return ",".join(map(str, (host.fd, device, to, flows, order, first)))

    def inject(self, end, flows, first, count):
        words = [ROOT / "build/bench/inject", self.wire(end, flows, first), str(count), "0"]
        subprocess.run(words, pass_fds=[self.ends[end][0].fd], check=True)

    def send(self, count):
        """From the phone, where it stopped last."""
        self.inject("phone", self.flows, self.sent, count)
        self.sent += count

    def replies(self):
        """The flows of what the gateway sends, by what conntrack translated."""
        text = self.host.run("conntrack", "-L", "-p", "udp", "-d", GATEWAY)
        found = {}
        for line in text.splitlines():
            values = re.findall(r"(?:src|dst|sport|dport)=(\S+)", line)
            if len(values) == 8:
                found[int(values[2])] = (values[4], values[6], values[5], values[7])
        if len(found) != self.count:
            sys.exit(f"bench: {self.name}: {len(found)} connections, not {self.count}")
        return self.write_flows([found[port] for port in sorted(found)])

    def settle(self):
        """Packets both ways for more than two seconds: then conntrack is sure."""
        self.send(self.count)
        replies = self.replies()
        for _ in range(4):
            self.inject("provider", replies, self.replied, self.count)
            self.replied += self.count
            time.sleep(1)
            self.send(self.count)

    def sunk(self):
        """Packets that the sink has got."""
        with self.host:
            text = Path("/proc/thread-self/net/dev").read_text(encoding="ascii")
        return int(re.search(r"sink: *(.*)", text)[1].split()[9])

    def counted(self):
        """Packets that the one who forwards says he has; None where he does not count."""
        return None

    def account(self):
        """What is forwarded by now, for proof()."""
        return self.sent, self.sunk(), self.counted()

    def proof(self, before):
        """All that was sent since then was forwarded."""
        sent, sunk, counted = before
        self.prove("the sink has got", self.sunk() - sunk, self.sent - sent)
        if counted is not None:
            self.prove("counted are", self.counted() - counted, self.sent - sent)

    def prove(self, what, found, wanted):
        if found != wanted:
            sys.exit(f"bench: {self.name}: {what} {found}, not {wanted}")

    def close(self):
        """What is to be said or proved at the end."""


def compare(routers, turns, warm, count, order):
    """How long the kernel takes for a packet, in ns: for each router a list, by turn.

    In a turn each forwards `warm` packets first, and then `count` that are timed.
    It is proved that every packet was forwarded, and by whom. `order` is that of
    flows: "turns", or "mixed".
    """
    before = [router.account() for router in routers]
    words = [ROOT / "build/bench/compare", str(turns), str(warm), str(count)]
    words += [router.wire("phone", router.flows, router.sent, order) for router in routers]
    told = subprocess.run(words, pass_fds=[router.phone.fd for router in routers], check=True,
                          stdout=subprocess.PIPE, text=True).stdout
    times = []
    for router, line in zip(routers, told.splitlines(), strict=True):
        sent, *each = map(int, line.split())
        router.sent += sent
        times.append([time / count for time in each])
    for router, then in zip(routers, before):
        router.proof(then)
    return times
