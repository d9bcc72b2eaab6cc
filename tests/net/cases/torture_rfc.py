# SPDX-License-Identifier: GPL-2.0-or-later
"""Every message of RFC 4475 and RFC 5118, from the phone and from the provider.

As it is: nothing in it is ours, so it arrives byte for byte. And with the
phone's own address, or the router's, in all places of addresses: what is no SIP
arrives byte for byte and is counted with its reason; what is, with nothing
changed but its addresses, right lengths and right checksums.
"""
from lib import check, torture
from lib.capture import Capture
from lib.ua import Talk, pair

PLANS = ("ip4", "nat66")
SECONDS = 60


def counted(net, before, wanted, name):
    """What the helper made of a message that was sent four times."""
    if not net.ours:
        return before
    found = net.stats()
    counter = "sip-seen" if wanted["parse"] == "ok" else "parse-" + wanted["parse"]
    check.equal(found[counter] - before[counter], 4, f"{counter} of {name}")
    # A port of the phone's that a message names is all that may open.
    for what in (found, before):
        what["other pinholes"] = what["pinholes"] - what["alias-new"]
    for table in ("streams", "other pinholes", "registrations"):
        # A REGISTER waits for its answer.
        if table != "registrations" or b"REGISTER" not in wanted["data"]:
            check.equal(found[table], before[table], f"{table} after {name}")
    return found


def run(net):
    phone, provider = pair(net)
    phone.send(b"\r\n", provider.at)
    _, way = provider.receive("a keepalive")
    captures = [Capture(net.provider), Capture(net.phone)]
    judge = torture.Judge(phone.addr, net.public)
    ways = ((phone, provider, provider.at, phone.addr), (provider, phone, way, net.public))
    edited = 0

    def exchange(data, names):
        """Both ways: what was sent, and what arrived."""
        for src, dst, to, addr in ways:
            sent = data if names is None else torture.own(data, addr, names)
            src.send(sent, to)
            yield sent, dst.receive(name)[0]

    found = net.stats() if net.ours else {}
    for name, data, wanted in torture.corpus("rfc4475", "rfc5118"):
        for sent, got in exchange(data, None):
            check.same_bytes(got, sent, name)
        for sent, got in exchange(data, False):
            edited += judge.edited(sent, got, name)
            if wanted["parse"] != "ok":
                check.same_bytes(got, sent, name)
        found = counted(net, found, wanted | {"data": data}, name)
    # An address for a name may be what makes it a message, or none.
    for name, data, wanted in torture.corpus("rfc4475", "rfc5118"):
        for sent, got in exchange(data, True):
            edited += judge.edited(sent, got, name + " without names")
    check.true(edited > 60, f"{edited} messages were edited")
    for capture in captures:
        for packet in capture.packets():
            if not packet.fragment:
                packet.judge()
    Talk(phone, provider).speak()
