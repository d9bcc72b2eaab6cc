# SPDX-License-Identifier: GPL-2.0-or-later
"""Connection labels: media has its kind, and "sipfast-no-fastpath" keeps it in the stack.

It is obeyed whether a rule sets it before the first packet is promoted, or somebody
sets it afterwards; then within a second.
"""
import shutil
import time
from pathlib import Path

from lib import check, fast, sip
from lib.topology import RULES
from lib.ua import Call, Talk, pair

PLANS = ("ip4", "ip6", "nat66")
HELPERS = ("sipfast",)

WATCH = """table inet labels {
	counter audio {}
	counter video {}
	chain seen {
		type filter hook forward priority 10
		ct label sipfast-audio counter name audio
		ct label sipfast-video counter name video
	}
}"""
OPT_OUT = """table inet opted {
	chain out {
		type filter hook forward priority -10
		udp sport { 4000, 40000 } ct label set sipfast-no-fastpath
	}
}"""


def names():
    """Where nft and conntrack look for them."""
    for place in ("/etc/connlabel.conf", "/etc/xtables/connlabel.conf"):
        Path(place).parent.mkdir(exist_ok=True)
        shutil.copy(RULES.parent / "connlabel.conf", place)


def seen(net):
    lines = net.router.run("nft", "list", "counters", "table", "inet", "labels").splitlines()
    return [int(line.split()[1]) for line in lines if "packets" in line]


def label(net, port):
    net.router.run("conntrack", "-U", *net.family, "-p", "udp", "--orig-port-src", str(port),
                   "--label-add", "sipfast-no-fastpath")


def kinds(net, phone, provider):
    """Rules see what a connection carries."""
    lines = "m=audio {} RTP/AVP 0", "m=video {} RTP/AVP 96"
    call = Call(phone, provider)
    offer, _ = call.establish(*(
        sip.sdp(who.addr, media=[line.format(port) for line, port in zip(lines, (at, at + 10))])
        for who, at in ((phone, 4100), (provider, 40100))))
    for number, (media, count) in enumerate(zip(offer.media, (1, 2))):
        inside = net.phone.udp(4100 + 10 * number)
        outside = net.provider.udp(40100 + 10 * number)
        before = seen(net)
        for _ in range(count):
            outside.send(b"x" * 20, media.rtp)
            inside.expect(b"x" * 20, what=media.kind)
        before[number] += count
        check.equal(seen(net), before, f"packets seen of audio and video, {media.kind}")
    call.bye()
    net.nothing_left()


def run(net):
    names()
    phone, provider = pair(net)
    net.router.run("nft", "-f", "-", text=WATCH)
    kinds(net, phone, provider)

    talk = Talk(phone, provider)
    fast.promote(net, talk)
    before = net.stats()["fast-opted-out"]
    label(net, 4000)
    time.sleep(1.1)
    # The first packet finds it out, and goes through the stack, as do all behind it.
    talk.speak()
    check.equal(fast.promoted(net), [False, False], "promoted with the label")
    net.shows(fast_opted_out=before + 2)
    check.equal(fast.moved(net, talk.speak), [(3, 1)] * 2, "RTCP is fast still")
    talk.call.bye()
    net.nothing_left()
    talk.close()

    net.router.run("nft", "-f", "-", text=OPT_OUT)
    talk = Talk(phone, provider, ports=(4000, 40000))
    for _ in range(3):
        talk.speak()
        fast.settle()
    check.equal(fast.promoted(net), [False, False], "promoted with the label")
    before = net.stats()["fast-opted-out"]
    check.equal(fast.moved(net, talk.speak), [(3, 1)] * 2, "RTCP is fast still")
    for way in fast.directions(net):
        check.equal(way.get("declined"), "fast-opted-out", "reason")
    net.shows(fast_opted_out=before)
    talk.call.bye()
    net.nothing_left()
