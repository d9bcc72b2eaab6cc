# SPDX-License-Identifier: GPL-2.0-or-later
"""Calls that somebody hands to the module who reads the signalling: MEDIA_OPEN.

As sipfastd does for TLS; here nobody sends any signalling at all.
"""
import ipaddress
import itertools
import struct

from . import genl, rtp, sip

_cookies = itertools.count(1)

FORMS = {"CALL": "=I", "COOKIE": "=Q", "ZONE": "=H", "CALLEE_OFFERS": "=B",
         "CALLER_NAMES": "=B", "CALLEE_NAMES": "=B", "ANSWERED": "=B", "SILENCE": "=I",
         "END": "=B"}


def endpoint(addr, port):
    addr = ipaddress.ip_address(addr)
    return [genl.attribute(f"ENDPOINT_ADDR{addr.version}", addr.packed),
            genl.attribute("ENDPOINT_PORT", struct.pack("!H", port))]


def media(**values):
    """The nest MEDIA; what is None is left out."""
    parts = []
    for name, value in values.items():
        name = name.upper()
        if value is None:
            continue
        if isinstance(value, int):
            value = struct.pack(FORMS[name], value)
        parts.append(genl.attribute("MEDIA_" + name, value))
    return genl.attribute("MEDIA", parts)


class Opened:
    """A call of two hosts, open until close(); `values` replace what is said of it."""

    def __init__(self, net, parties, offer=None, answer=None, **values):
        self.net, self.cookie = net, next(_cookies)
        caller, callee = parties
        said = {"cookie": self.cookie, "call_id": f"opened-{self.cookie}@{caller.addr}",
                "from": "sip:anna@example.com", "to": "sip:bob@example.com",
                "caller_tag": "a", "callee_tag": "b",
                "caller": endpoint(caller.addr, 40001), "callee": endpoint(callee.addr, 5061),
                "offer": offer, "answer": answer, "answered": 1}
        self.id = self._open(**(said | values))

    def _open(self, **values):
        with self.net.router:
            return genl.number(genl.ask("MEDIA_OPEN", media(**values)), "CALL", "CALL_ID")

    @property
    def shown(self):
        """The cookie as the tool writes it."""
        return f"{self.cookie:016x}"

    def again(self, offer, answer, **values):
        """Another agreement in the same dialog."""
        return self._open(**({"call": self.id, "offer": offer, "answer": answer} | values))

    def close(self, **values):
        close(self.net, self.id, **values)


def close(net, call, **values):
    with net.router:
        genl.ask("MEDIA_CLOSE", media(call=call, **values))


def audio(net, ports=(4000, 40000), **values):
    """A call of the phone and the provider, and its two media endpoints."""
    one, two = (rtp.Endpoint(host, port) for host, port in
                zip((net.phone, net.provider), ports))
    offer, answer = (sip.sdp(host.addr, port) for host, port in
                     zip((net.phone, net.provider), ports))
    one.told(sip.media(answer)[0])
    two.told(sip.media(offer)[0])
    return Opened(net, (net.phone, net.provider), offer, answer, **values), one, two


# Nobody gets through but whom the module lets in.
SHUT = """
table inet shut {
	chain forward {
		type filter hook forward priority filter; policy drop;
		ct state established,related accept
		meta l4proto ipv6-icmp accept
		udp dport 5060 accept
	}
}
"""


def shut(net):
    net.router.run("nft", "-f", "-", text=SHUT)
