# SPDX-License-Identifier: GPL-2.0-or-later
"""In a guest: who forwards RTP, and how it is known that he did."""
import json
import re
import subprocess
import sys

from .media import GATEWAY, GATEWAY_PORTS, PHONE, PHONE_PORTS, PUBLIC, MediaRouter
from .router import OURS, ROOT, Router

TRANSLATE = f"""
table ip translate {{
	chain outside {{
		type nat hook postrouting priority srcnat; policy accept;
		ip saddr 192.168.1.0/24 snat to {PUBLIC}
	}}
}}
"""


class Floor(MediaRouter):
    """Drops all as early as rules can: what the harness itself costs."""

    name = "floor"
    rules = """
table netdev floor {
	chain away {
		type filter hook ingress device lan priority 0; policy drop;
	}
}
"""

    def settle(self):
        self.send(self.count)

    def prove(self, what, found, wanted):
        super().prove(what, found, 0)


class Nat(MediaRouter):
    """Conntrack translates the source, and the stack forwards."""

    name = "nat"
    rules = TRANSLATE


class Flowtable(MediaRouter):
    """The same, offloaded to a flow table in software."""

    name = "flowtable"
    rules = TRANSLATE + """
table ip fast {
	counter slow { }
	flowtable media {
		hook ingress priority 0; devices = { lan, wan, sink };
	}
	chain forward {
		type filter hook forward priority 0; policy accept;
		counter name slow
		meta l4proto udp flow add @media
	}
}
"""

    def load_rules(self):
        super().load_rules()
        # It has to be there when its turn comes again.
        self.host.sysctl("net.netfilter.nf_flowtable_udp_timeout", 600)

    def settle(self):
        """The second packet offloads the flow. An answer would do so with the way
        that it came, which is not the sink's."""
        for _ in range(3):
            self.send(self.count)

    def counted(self):
        """All that were sent but those that took the slow way."""
        told = self.host.run("nft", "list", "counter", "ip", "fast", "slow")
        return self.sent - int(re.search(r"packets (\d+)", told)[1])

    def proof(self, before):
        super().proof(before)
        told = self.host.run("conntrack", "-L", "-p", "udp", "-d", GATEWAY)
        self.prove("offloaded are", told.count("[OFFLOAD]"), self.count)


class Ours(MediaRouter):
    """Calls through the helper with the shipped rules."""

    name = "ours"
    helper = OURS

    def __init__(self, count):
        self.start = None
        super().__init__(count)
        self.talk()

    def settle(self):
        super().settle()
        self.start = self.start or (self.sent, *self.streams())

    def load_rules(self):
        Router.load_rules(self)

    def talk(self):
        """As many calls as there are to be flows, which stay."""
        ends = (self.phone.fd, self.provider.fd)
        batch = 1 if self.count < 50 else 50
        words = [ROOT / "build/bench/load", *ends, "talk", self.count, batch, 1, "-"]
        subprocess.run(list(map(str, words)), pass_fds=ends, stdout=subprocess.DEVNULL,
                       check=True)

    def streams(self):
        """(packets from the phones, those of them in the fast path)."""
        told = json.loads(self.host.run("sipfast", "-j", "show", "streams"))["streams"]
        if len(told) != self.count:
            sys.exit(f"bench: {self.name}: {len(told)} streams")
        return tuple(sum(stream["forward"].get(key, 0) for stream in told)
                     for key in ("packets", "fast_packets"))

    def close(self):
        """Asked only here, for to tell of ten thousand streams takes seconds."""
        sent, *counts = self.start
        packets, fast = (now - then for now, then in zip(self.streams(), counts))
        self.prove("counted are", packets, self.sent - sent)
        print(f"bench: media: ours, flows: {self.count}: {100 * fast / packets:.2f} % "
              f"of {packets} packets in the fast path", flush=True)
        if fast < 0.99 * packets:
            sys.exit("bench: media: that is not what was to be measured")
