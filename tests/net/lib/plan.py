# SPDX-License-Identifier: GPL-2.0-or-later
"""Plans: which addresses a case's network has, and what its router does.

A case runs as NAME, and as NAME@PLAN for every other plan in its PLANS. It is
written with the addresses of ip4; Plan.text() gives those of the plan.
"""
import re

# Who is where; the last octet or word is the host's.
FOUR = {"public": "203.0.113.1", "isp": "203.0.113.254", "prefix": "/24", "outside": "/30",
        "phone": ("192.168.1.10", "192.168.1.1"), "phone2": ("192.168.2.10", "192.168.2.1"),
        "pbx": ("192.168.3.10", "192.168.3.1"),
        "provider": ("198.51.100.6", "198.51.100.5"),
        "gateway": ("198.51.100.10", "198.51.100.9"),
        "provider2": ("198.51.100.14", "198.51.100.13"),
        "remote": ("198.51.100.22", "198.51.100.21"),
        "stranger": ("198.51.100.66", "198.51.100.65")}

# The public address is shorter than the phones', as above.
SIX = {"public": "2001:db8:f::1", "isp": "2001:db8:f::254", "prefix": "/64", "outside": "/64",
       "phone": ("2001:db8:1::10", "2001:db8:1::1"),
       "phone2": ("2001:db8:2::10", "2001:db8:2::1"),
       "pbx": ("2001:db8:3::10", "2001:db8:3::1"),
       "provider": ("2001:db8:60::6", "2001:db8:60::5"),
       "gateway": ("2001:db8:61::10", "2001:db8:61::9"),
       "provider2": ("2001:db8:62::14", "2001:db8:62::13"),
       "remote": ("2001:db8:63::22", "2001:db8:63::21"),
       "stranger": ("2001:db8:66::66", "2001:db8:66::65")}

# What cases write of others.
FOREIGN = {"192.0.2.": "2001:db8:c000::", "192.168.9.9": "2001:db8:9::9", "0.0.0.0": "::"}


class Plan:
    """`nat`: the router translates what leaves. `watch`: and edits nothing."""

    def __init__(self, name, family=4, nat=True, watch=False):
        self.name, self.family, self.nat, self.watch = name, family, nat, watch
        self.where = FOUR if family == 4 else SIX
        self.public = self.where["public"]
        # A message arrives as it was sent.
        self.untouched = watch or not nat

    def rules(self, text, helper):
        """The shipped rules: they masquerade IPv4 and leave IPv6 as it is."""
        text = text.replace('type "sipfast"', f'type "{helper}"')
        if self.family == 6 and self.nat:
            text = text.replace("meta nfproto ipv6 accept", "")
        elif self.family == 4 and not self.nat:
            text = text.replace("meta nfproto ipv6 accept", "accept")
        return text

    def text(self, text):
        """Text of a message with this plan's addresses in IPv4's places."""
        if self.family == 4:
            return text
        text = re.sub(r"\bIP4 (\d+(?:\.\d+){3})\b", lambda m: "IP6 " + self._six(m[1]), text)
        # %40 is an @.
        return re.sub(r"(?:(?<=%40)|(?<![\d.%]))\d+(?:\.\d+){3}(?![\d.])",
                      lambda m: f"[{self._six(m[0])}]", text)

    @staticmethod
    def _six(addr):
        for name, value in FOUR.items():
            if value == addr:
                return SIX[name]
            if addr in value:
                return SIX[name][value.index(addr)]
        for start, six in FOREIGN.items():
            if addr.startswith(start):
                return six + addr[len(start):]
        raise ValueError(f"no IPv6 address stands for {addr}")


PLANS = {plan.name: plan for plan in (
    Plan("ip4"), Plan("ip6", 6, nat=False), Plan("nat66", 6),
    Plan("routed", nat=False), Plan("watch", watch=True),
    Plan("watch-routed", nat=False, watch=True), Plan("watch6", 6, nat=False, watch=True))}
