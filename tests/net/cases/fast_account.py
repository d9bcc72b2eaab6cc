# SPDX-License-Identifier: GPL-2.0-or-later
"""Conntrack's accounting knows of packets that conntrack has not seen.

A second late at most, at once when somebody asks for the stream,
and exact at the end: in the event of the connection that is gone.
"""
import re
import subprocess
import time

from lib import check, fast
from lib.ua import Talk, pair

PLANS = ("ip4", "ip6", "nat66")
HELPERS = ("sipfast",)
ROUNDS = 7
NETLINK_NETFILTER = "12"


def accounts(lines):
    """{source port of the original direction: (packets, bytes, packets, bytes)}"""
    found = {}
    for line in lines:
        numbers = [int(number) for number in re.findall(r"(?:packets|bytes)=(\d+)", line)]
        ports = re.findall(r"[sd]port=(\d+)", line)
        if len(numbers) == 4 and "5060" not in ports:
            found[ports[0]] = tuple(numbers)
    return found


def expected(net, talks):
    """Of RTP and of RTCP, after so many talks."""
    head = 28 if net.plan.family == 4 else 48
    rtp, rtcp = 12 + 160 + head, 8 + head
    return {(3 * talks, 3 * talks * rtp) * 2, (talks, talks * rtcp) * 2}


def listens(net):
    """Somebody is told of events of conntrack."""
    with net.router, open("/proc/net/netlink", encoding="ascii") as file:
        return any(words[1] == NETLINK_NETFILTER and int(words[3], 16)
                   for words in map(str.split, list(file)[1:]))


def listen(net):
    with net.router:
        events = subprocess.Popen(["conntrack", "-E", *net.family, "-e", "DESTROY", "-p", "udp"],
                                  stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    check.until(lambda: listens(net), "conntrack listens")
    return events


def run(net):
    net.router.sysctl("net.netfilter.nf_conntrack_acct", 1)
    # Connections have room for events when somebody listened before them.
    events = listen(net)
    phone, provider = pair(net)
    talk = Talk(phone, provider)
    fast.promote(net, talk)
    for _ in range(ROUNDS):
        talk.speak()
    fast.takes(net, talk)
    done = 2 + ROUNDS + 1
    check.equal(set(accounts(net.proc("nf_conntrack")).values()), expected(net, done),
                "packets and bytes when the stream was asked for")

    # Nobody asks, and nothing more comes.
    talk.speak()
    time.sleep(1.1)
    done += 1
    check.equal(set(accounts(net.proc("nf_conntrack")).values()), expected(net, done),
                "packets and bytes a second later")

    for _ in range(ROUNDS):
        talk.speak()
    done += ROUNDS
    talk.call.bye()
    net.nothing_left()
    lines = [events.stdout.readline() for _ in ("RTP", "RTCP")]
    events.terminate()
    events.wait()
    check.equal(set(accounts(lines).values()), expected(net, done), "packets and bytes at the end")
