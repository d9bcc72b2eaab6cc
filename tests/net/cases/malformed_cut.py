# SPDX-License-Identifier: GPL-2.0-or-later
"""An INVITE that is cut anywhere passes byte-identical, and is counted.

Every length, in steps that are no multiple of anything. None begins a call: the
last byte completes the message.
"""
from lib import check, sip
from lib.ua import Leg, pair

# Where a cut leaves something that is not even the beginning of SIP.
REASONS = {"parse-not-sip", "parse-start-line", "parse-version", "parse-line-end",
           "parse-header", "parse-length-cut", "parse-empty"}


def run(net):
    phone, provider = pair(net)
    whole = Leg(phone, provider, "cut@example.com").make("INVITE", sip.sdp(phone.addr, 4000))
    lengths = [*range(0, len(whole), 7), len(whole) - 2, len(whole) - 1]
    for length in lengths:
        phone.send(whole[:length], provider.at)
        provider.expect(whole[:length], (net.public, 5060), f"the first {length} bytes")
    if net.ours:
        found = net.stats()
        check.equal(sum(found[name] for name in REASONS), len(lengths), "counted")
        check.equal(found["sip-seen"], 0, "messages understood")
        check.equal(found["calls"], 0, "calls")
    phone.send(whole, provider.at)
    got, _ = provider.receive("the whole INVITE")
    check.true(b"192.168" not in got, "the whole INVITE is private")
