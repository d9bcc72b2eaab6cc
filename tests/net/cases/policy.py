# SPDX-License-Identifier: GPL-2.0-or-later
"""Every example of nft/examples does what it says, and `sipfast policy` shows it.

Each is loaded as an administrator would load it, behind the names of the marks;
packets that should pass do, and those that should not do not.
"""
import json
import re
import shutil
from pathlib import Path

from lib import check, sip
from lib.register import register
from lib.topology import RULES
from lib.ua import Agent, Call, Talk, pair

PLANS = ("ip4", "ip6")
HELPERS = ("sipfast",)
SECONDS = 60

NFT = RULES.parent
MARKS = NFT / "sipfast-marks.nft"


def load(net, name, *replaced):
    path = NFT / "examples" / f"{name}.nft"
    text = (path if path.exists() else NFT / f"{name}.nft").read_text(encoding="ascii")
    for old, new in replaced:
        check.true(old in text, f"{name} has {old}")
        text = text.replace(old, new)
    net.router.run("nft", "-D", "wan=wan", "-D", "voice=lan1", "-f", "-",
                   text=MARKS.read_text(encoding="ascii") + text)


def unload(net, *chains):
    for chain in chains:
        net.router.run("nft", "delete", "chain", "inet", "sipfast", chain)


def rules(net, chain):
    """[packets] of its rules that have a counter, as sipfast policy has them."""
    chains = net.tool("policy")["chains"]
    found = [one for one in chains if one["name"] == chain]
    check.equal(len(found), 1, f"chains {chain}")
    return [rule["packets"] for rule in found[0]["rules"] if "packets" in rule]


def message(src, dst, method="OPTIONS", uri="", more=""):
    host = dst.hostport
    return (f"{method} {uri or f'sip:bob@{host}'} SIP/2.0\r\n"
            f"Via: SIP/2.0/UDP {src.hostport};branch=z9hG4bK{method}{abs(hash(uri + more))}\r\n"
            f"From: <sip:anna@example.com>;tag=1\r\nTo: <sip:bob@example.com>\r\n"
            f"Call-ID: {method}-{abs(hash(uri + more))}\r\nCSeq: 1 {method}\r\n"
            f"Max-Forwards: 70\r\n{more}Content-Length: 0\r\n\r\n").encode()


def passes(src, dst, data, what):
    src.send(data, (dst.addr, dst.port))
    dst.receive(what)


def stays(src, dst, data, what):
    src.send(data, (dst.addr, dst.port))
    dst.quiet(what)


def registered_only(net, phone, provider):
    load(net, "registered-only")
    passes(phone, provider, message(phone, provider), "OPTIONS")
    stays(phone, provider, message(phone, provider, "INVITE"), "an INVITE without registration")
    check.equal(rules(net, "registered-only"), [1], "dropped")
    register(phone, provider)
    call = Call(phone, provider)
    call.establish(sip.sdp(phone.addr, 4000), sip.sdp(provider.addr, 40000))
    call.bye()
    check.equal(rules(net, "registered-only"), [1], "dropped after the registration")
    unload(net, "registered-only")


def carriers_only(net, phone, provider):
    load(net, "carriers-only")
    six = net.plan.family == 6
    at, rule = (net.phone2.addr, 1) if six else (net.public, 0)
    stranger = Agent(net.stranger, "mallory", 5060)
    stranger.send(message(stranger, stranger), (at, 5060))
    # A neighbour may have to be found first.
    check.until(lambda: rules(net, "carriers-only")[rule] == 1, "it is dropped")
    net.router.run("nft", "add", "element", "inet", "sipfast", "trunks6" if six else "trunks4",
                   "{ %s }" % stranger.addr)
    stranger.send(message(stranger, stranger), (at, 5060))
    stranger.quiet("an answer")
    check.equal(rules(net, "carriers-only")[rule], 1, "dropped of a carrier")
    passes(phone, provider, message(phone, provider, more="X: carriers\r\n"), "what goes out")
    net.router.run("nft", "flush", "set", "inet", "sipfast", "trunks6" if six else "trunks4")
    stranger.close()
    unload(net, "carriers-only")


def register_rate(net, phone, provider):
    load(net, "register-rate", ("5/second burst 5", "1/second burst 5"))
    for number in range(30):
        phone.send(message(phone, provider, "REGISTER", more=f"X: {number}\r\n"),
                   (provider.addr, provider.port))
    dropped = sum(rules(net, "register-rate"))
    check.true(15 <= dropped <= 25, f"{dropped} of 30 at once were dropped")
    for _ in range(30 - dropped):
        provider.receive("a REGISTER")
    provider.quiet("more than that")
    passes(phone, provider, message(phone, provider, more="X: rate\r\n"), "OPTIONS")
    unload(net, "register-rate")


def flood(net, phone, provider):
    # A guest that checks its memory sends less than some rates allow, and one that has
    # to wait for its processor may: bursts are as shipped.
    load(net, "sipfast-flood", ("2000/second burst 4000", "100/second burst 4000"),
         ("100/second burst 200", "5/second burst 200"),
         ("10/second burst 50", "1/second burst 50"),
         ("10/second burst 20", "1/second burst 20"),
         ("30/minute burst 20", "1/minute burst 20"))
    six = net.plan.family == 6
    at = net.phone2.addr if six else net.public
    stranger = Agent(net.stranger, "mallory", 5061)
    for number in range(200):
        stranger.send(message(stranger, stranger, more=f"X: {number}\r\n"), (at, 5060))
    dropped = sum(rules(net, "flood-stranger"))
    check.true(170 <= dropped <= 180, f"{dropped} of 200 at once were dropped")
    net.router.run("nft", "flush", "set", "inet", "sipfast", "asking6" if six else "asking4")
    for number in range(10):
        stranger.send(message(stranger, stranger, more=f"Y: {number}\r\n"), (at, 5060))
    check.true(sum(rules(net, "flood-stranger")) >= dropped + 8,
               "it is hardly heard for a while")
    for number in range(50):
        passes(phone, provider, message(phone, provider, more=f"X: flood {number}\r\n"), "inside")
    of_a_carrier(net, stranger, (at, 5060))
    in_its_name(net, stranger, (at, 5060))
    stranger.close()
    unload(net, "flood", "flood-stranger", "flood-phone", "flood-register")


def drops(net, chain, source, to, data, count):
    """How many of them the rules of a chain drop."""
    before = sum(rules(net, chain))
    for _ in range(count):
        source.send(data, to)
    return sum(rules(net, chain)) - before


def of_a_carrier(net, carrier, to):
    """Much is heard of one, but not everything; and its REGISTER is a stranger's."""
    known = "trunks6" if net.plan.family == 6 else "trunks4"
    data = message(carrier, carrier, "BYE")
    net.router.run("nft", "add", "element", "inet", "sipfast", known, "{ %s }" % carrier.addr)
    check.equal(drops(net, "flood", carrier, to, data, 1000), 0, "BYE of a carrier dropped")
    check.true(drops(net, "flood", carrier, to, data, 6000) >= 500, "too much of a carrier")
    data = message(carrier, carrier, "REGISTER")
    check.true(drops(net, "flood-stranger", carrier, to, data, 100) >= 70, "REGISTER of a carrier")
    net.router.run("nft", "flush", "set", "inet", "sipfast", known)


def in_its_name(net, phone, to):
    """Of one that is registered: a budget for each of what it says."""
    family = 6 if net.plan.family == 6 else 4
    data = {method: f"{method} sip:example.com SIP/2.0\r\nX: y\r\n\r\n".encode()
            for method in ("REGISTER", "INVITE", "BYE")}
    length = len(data["REGISTER"]) + 50

    def element(name, *more):
        net.router.run("nft", "add", "element", "inet", "sipfast", f"{name}{family}",
                       "{ %s timeout 1h }" % " . ".join(map(str, (phone.addr, phone.port, *more))))

    def of_it(packet, count, chain):
        return drops(net, chain, phone, to, packet, count)

    element("registered")
    element("refresh", length + 8 & ~3)
    check.true(75 <= of_it(data["REGISTER"], 100, "flood-register") <= 80, "REGISTER")
    check.equal(of_it(data["INVITE"], 150, "flood-phone"), 0, "INVITE of it dropped")
    check.true(of_it(data["INVITE"], 350, "flood-phone") >= 200, "too many INVITE")
    check.equal(of_it(data["BYE"], 500, "flood-phone"), 0, "BYE of it dropped")
    own = data["REGISTER"].ljust(length, b"x")
    check.equal(of_it(own, 50, "flood-register"), 0, "as long as its own, and dropped")
    check.true(of_it(own, 100, "flood-register") >= 70, "too many of its own")
    check.true(of_it(own + b"xxxx", 10, "flood-register") >= 8, "longer than its own")


def malformed(net, phone, provider):
    load(net, "malformed")
    stays(phone, provider, b"hello", "what is no SIP")
    stays(phone, provider, b"OPTIONS sip:a SIP/2.0\r\nMax-Forwards: 70\r\n\r\n", "half of it")
    stays(phone, provider, message(phone, provider, more="User-Agent: friendly-scanner\r\n"),
          "a scanner")
    check.equal(rules(net, "malformed"), [2, 1], "dropped")
    passes(phone, provider, b"\r\n\r\n", "a keepalive")
    passes(phone, provider, message(phone, provider, more="X: whole\r\n"), "a message")
    unload(net, "malformed")


def night(net, phone, provider):
    always = (('meta hour >= "22:00"', 'meta hour >= "00:00"'),)
    never = (('meta hour >= "22:00"', 'meta l4proto 255'), ('meta hour < "06:00"', 'meta l4proto 255'))
    load(net, "night", *never)
    passes(phone, provider, message(phone, provider, "INVITE", "sip:0033123@x.example"), "by day")
    load(net, "night", *always)
    for number in ("112", "0049301234", "+49301234", "0301234", "urn"):
        uri = "urn:service:sos" if number == "urn" else f"sip:{number}@night.example"
        passes(phone, provider, message(phone, provider, "INVITE", uri), uri)
    for number in ("0033123", "+33123"):
        stays(phone, provider, message(phone, provider, "INVITE", f"sip:{number}@night.example"),
              number)
    check.equal(rules(net, "night-abroad"), [1, 1], "dropped")
    unload(net, "night", "night-abroad")


def dscp(net, phone, provider):
    shutil.copy(NFT / "connlabel.conf", "/etc/connlabel.conf")
    load(net, "dscp")
    net.set("audio-dscp", "keep")
    talk = Talk(phone, provider)
    talk.speak()
    check.true(sum(rules(net, "media-dscp")) > 0, "packets of audio")
    talk.call.bye()
    unload(net, "media-dscp")


def log_register(net, phone, provider):
    load(net, "log-register")
    passes(phone, provider, message(phone, provider, "REGISTER", more="X: log\r\n"), "REGISTER")
    passes(phone, provider, message(phone, provider, more="X: log\r\n"), "OPTIONS")
    check.equal(rules(net, "log-register"), [1], "logged")
    unload(net, "log-register")


def voice_vlan(net, phone, provider):
    load(net, "voice-vlan")
    passes(phone, provider, message(phone, provider, more="X: voice\r\n"), "of the voice VLAN")
    other = Agent(net.phone2, "eve", 5060)
    stays(other, provider, message(other, provider, more="X: voice\r\n"), "of another")
    check.equal(rules(net, "voice-vlan"), [0, 1] if rules(net, "voice-vlan")[1] else [1, 0],
                "dropped")
    other.close()
    unload(net, "voice-vlan")


def tested(net, *words, status=0):
    return json.loads(net.router.run("sipfast", "-j", "policy", "test", *words, status=status))


def test(net, phone, provider):
    """The same rules, tried on a copy; nothing of the machine changes."""
    load(net, "registered-only")
    load(net, "malformed")
    before = net.router.run("nft", "list", "ruleset")
    out = (f"from {phone.addr} to {provider.addr}").split()
    got = tested(net, "OPTIONS", *out)
    check.equal((got["verdict"], got["arrived"], got["in"]), ("accepted", "postrouting", "lan1"),
                "OPTIONS")
    got = tested(net, " ".join(["INVITE", *out, "with sdp"]), status=1)
    check.equal((got["verdict"], got["decided"]["chain"]), ("dropped", "registered-only"), "INVITE")
    check.true("meta mark &" in got["decided"]["rule"], got["decided"]["rule"])
    port = "[%s]:5060" if net.plan.family == 6 else "%s:5060"
    known = "registered6" if net.plan.family == 6 else "registered4"
    net.router.run("nft", "add", "element", "inet", "sipfast", known,
                   "{ %s . 5060 timeout 1h }" % phone.addr)
    before = net.router.run("nft", "list", "ruleset").split(" expires ")[0]
    got = tested(net, "INVITE", "from", port % phone.addr, "to", port % provider.addr)
    check.equal((got["verdict"], got["arrived"]), ("accepted", "postrouting"),
                "INVITE of a phone in the set")
    got = tested(net, "REGISTER", "from", provider.addr)
    check.equal((got["verdict"], got["arrived"], got["in"]), ("accepted", "input", "wan"),
                "REGISTER to the router")
    got = tested(net, "INVITE", "from", provider.addr, "to", phone.addr, "over", "tcp", status=1)
    check.equal((got["verdict"], got["decided"]["chain"], got["decided"]["rule"]),
                ("dropped", "forward", "policy drop"), "from outside")
    for wrong, code in ((("invite", "from", phone.addr), 2), (("INVITE",), 2),
                        (("INVITE", "from", "nowhere"), 2),
                        (("INVITE", "from", phone.addr, "in", "eth77"), 2)):
        net.router.run("sipfast", "policy", "test", *wrong, status=code)
    check.equal(net.router.run("nft", "list", "ruleset").split(" expires ")[0], before,
                "the rules afterwards")
    check.true("sipfast-probe" not in net.router.run("ip", "link"), "the probe's interface is gone")
    text = net.router.run("sipfast", "policy", "test", "INVITE", "from", phone.addr, "to",
                          provider.addr, "in-dialog", status=0)
    check.true("Not as here:" in text, text)
    net.router.run("nft", "delete", "element", "inet", "sipfast", known,
                   "{ %s . 5060 }" % phone.addr)
    unload(net, "registered-only", "malformed")


def foreign(net, phone, provider):
    """What nft cannot read back is named, not tried."""
    six = net.plan.family == 6
    tool, table = ("ip6tables", "ip6 raw") if six else ("iptables", "ip raw")
    rule = ["PREROUTING", "-p", "udp", "--dport", "9", "-j", "CT", "--helper", "sipfast"]
    net.router.run(tool, "-t", "raw", "-A", *rule)
    got = tested(net, "OPTIONS", "from", phone.addr, "to", provider.addr)
    check.equal(got["verdict"], "accepted", "the rest of the rules")
    check.true(f"left out for their matches of iptables: table {table}" in got["not_as_here"],
               got["not_as_here"])
    net.router.run("nft", "delete", "table", *table.split())
    net.router.run("nft", "add", "table", "bridge", "filter")
    got = tested(net, "OPTIONS", "from", phone.addr, "to", provider.addr)
    check.true("rules for bridges are not met, for there are none" in got["not_as_here"],
               got["not_as_here"])
    net.router.run("nft", "delete", "table", "bridge", "filter")
    got = tested(net, "OPTIONS", "from", phone.addr, "to", provider.addr)
    check.true("iptables" not in " ".join(got["not_as_here"]), got["not_as_here"])


def shown(net):
    """What the tool says where rules see no marks."""
    load(net, "malformed")
    net.set("mark-mask", "none")
    text = net.router.run("sipfast", "policy")
    check.true("nothing writes marks: sipfast set mark-mask 0x3fff0000" in text, text)
    net.set("mark-mask", "0x3fff0000")
    net.router.run("nft", "-f", "-", text=MARKS.read_text(encoding="ascii") + """
table inet sipfast {
	chain early {
		type filter hook prerouting priority -185
		meta mark & $SIP_MALFORMED != 0 drop
	}
}""")
    text = net.router.run("sipfast", "policy")
    check.true("too early to see marks" in text, text)
    check.true("registered4" in text and "attach" in text, text)
    unload(net, "early", "malformed")


def installed(net):
    """Where it is installed: what a ruleset has of its own, and all that policy.nft offers."""
    share = Path("/usr/share/sipfast")
    check.true(not share.exists(), "it is not installed here")
    shutil.copytree(NFT, share)
    policy = re.sub("^#(include|define)", r"\1", (NFT / "policy.nft").read_text(encoding="ascii"),
                    flags=re.M)
    for name, floods in (("sipfast-edge.nft", True), ("sipfast.nft", False)):
        net.router.run("nft", "-D", "wan=wan", "-f", str(NFT / name))
        chains = net.router.run("nft", "list", "table", "inet", "sipfast")
        check.true("set banned4 {" in chains, f"{name} has the sets")
        check.equal("chain flood {" in chains, floods, f"{name} keeps out a flood")
        net.router.run("nft", "-D", "wan=wan", "-f", "-", text=policy)
    shutil.rmtree(share)


def run(net):
    net.router.run("nft", "-f", str(NFT / "sipfast-sets.nft"))
    net.set("mark-mask", "0x3fff0000")
    phone, provider = pair(net)
    shown(net)
    test(net, phone, provider)
    foreign(net, phone, provider)
    for part in (registered_only, carriers_only, register_rate, flood, malformed, night, dscp,
                 log_register, voice_vlan):
        part(net, phone, provider)
    installed(net)
