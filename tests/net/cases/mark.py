# SPDX-License-Identifier: GPL-2.0-or-later
"""The mark says what SIP a packet carries, and rules go by its names.

Each message of registrations and calls has its method, class and flags; other bits
of the mark, and other packets, are left alone. Without a mask nothing is marked.
"""
from lib import check, sip
from lib.register import register
from lib.topology import RULES
from lib.ua import Agent, Call, pair

PLANS = ("ip4", "nat66", "watch-routed")
# Each packet takes two runs of nft.
SECONDS = 60
HELPERS = ("sipfast",)

MASK = "0x3fff0000"
MARKS = RULES.parent / "sipfast-marks.nft"

# Counts what goes through the router by whatever it is told to look for.
WATCH = """include "{marks}"
table inet marks {{
	chain before {{
		type filter hook prerouting priority -185
		meta mark set 0x40000007
	}}
	chain seen {{
		type filter hook forward priority 10
		{rules}
	}}
}}"""


class Marks:
    """What rules see of the next packet."""

    def __init__(self, net, proto="udp"):
        self.net, self.proto = net, proto

    def watch(self, *words):
        """Count packets with just these words, of those that carry SIP."""
        wanted = " | ".join("$SIP_" + word.upper() for word in words) or "0"
        self.net.router.run("nft", "-f", "-", text="table inet marks {}\ndelete table inet marks")
        rule = f"meta l4proto {self.proto} meta mark & $SIP_MARK == {wanted} counter"
        rest = "meta mark & 0xc000ffff == 0x40000007 counter"
        self.net.router.run("nft", "-f", "-", text=WATCH.format(
            marks=MARKS, rules=f"{rule}\n\t\t{rest}"))

    def seen(self):
        lines = self.net.router.run("nft", "list", "chain", "inet", "marks", "seen").splitlines()
        counts = [int(line.split("packets ")[1].split()[0]) for line in lines if "packets" in line]
        return counts[0], counts[1]

    def is_(self, what, *words):
        """What is done now sends one packet through the router, which is marked so."""
        self.watch(*words)
        result = what()
        check.equal(self.seen(), (1, 1), f"packets marked {' '.join(words)}, and with the rest")
        return result


def calls(marks, phone, provider, known):
    """A call of a phone that is registered, or not."""
    offer, answer = (sip.sdp(who.addr, port=port)
                     for who, port in ((phone, 4000), (provider, 40000)))
    call = Call(phone, provider)
    flags = ("registered",) if known else ()
    marks.is_(lambda: call.invite(offer), "invite", "initial", "sdp", *flags)
    marks.is_(lambda: call.respond(180), "invite", "1xx", "in_dialog")
    marks.is_(lambda: call.respond(200, answer), "invite", "2xx", "in_dialog", "sdp")
    marks.is_(call.ack, "ack", "in_dialog", *flags)
    msg = marks.is_(lambda: call.send(call.b, "INFO"), "info", "in_dialog")
    marks.is_(lambda: call.back(call.a, msg, 200), "info", "2xx", "in_dialog", *flags)
    msg = marks.is_(lambda: call.send(call.a, "BYE"), "bye", "in_dialog", *flags)
    marks.is_(lambda: call.back(call.b, msg, 486), "bye", "4xx", "in_dialog")


def raw(phone, provider, text):
    phone.send(text.replace("\n", "\r\n").encode(), (provider.addr, provider.port))
    return provider.receive("the datagram")


def odd(marks, phone, provider):
    """What is no message, or of nobody's call."""
    head = ("Via: SIP/2.0/UDP {0};branch=z9hG4bKx\nFrom: <sip:a@example.com>;tag=1\n"
            "To: <sip:b@example.com>{1}\nCall-ID: nobody\nCSeq: 1 {2}\n")
    hello = head.format(phone.hostport, ";tag=2", "BYE")
    marks.is_(lambda: raw(phone, provider, "BYE sip:b@example.com SIP/2.0\n" + hello + "\n"),
              "bye")
    hello = head.format(phone.hostport, "", "OPTIONS")
    marks.is_(lambda: raw(phone, provider, "OPTIONS sip:b@example.com SIP/2.0\n" + hello +
                          "User-Agent: friendly-scanner\n\n"),
              "options", "initial", "scanner")
    marks.is_(lambda: raw(phone, provider, "OPTIONS sip:b@example.com SIP/2.0\n" + hello +
                          "Content-Length: 100\n\n"), "options", "malformed")
    marks.is_(lambda: raw(phone, provider, "OPTIONS sip:b@example.com SIP/2.0\n"
                          "Max-Forwards: 70\n\n"), "options", "malformed")
    marks.is_(lambda: raw(phone, provider, "FETCH sip:b@example.com SIP/2.0\n" +
                          head.format(phone.hostport, "", "FETCH") + "\n"), "other", "initial")
    marks.is_(lambda: raw(phone, provider, "hello"), "malformed")
    marks.is_(lambda: raw(phone, provider, "\n\n"))


def run(net):
    marks = Marks(net)
    phone, provider = pair(net)
    raw(phone, provider, "hello")
    # No mask: not even a hook, and the mark is what rules make of it.
    marks.is_(lambda: raw(phone, provider, "hello"))
    net.shows(mark_set=0)
    for wrong in ("0x1fff0000", "0x5fff0000"):
        net.router.run("sipfast", "set", "mark-mask", wrong, status=1)
    net.set("mark-mask", MASK)
    check.equal(net.tool("set")["config"]["mark_mask"], int(MASK, 16), "mark_mask")
    odd(marks, phone, provider)
    calls(marks, phone, provider, False)
    register(phone, provider)
    calls(marks, phone, provider, True)
    # Somebody else's flow is not looked at.
    other = Agent(net.phone, "anna", 7000)
    marks.is_(lambda: raw(other, Agent(net.provider, "bob", 7000), "REGISTER x SIP/2.0\n\n"))
    net.set("mark-mask", "none")
    marks.is_(lambda: raw(phone, provider, "hello"))
