# SPDX-License-Identifier: GPL-2.0-or-later
"""TCP: two megabytes of messages, with losses on both sides of the router.

Watched and edited, in small segments and in large ones. All arrives: watched,
byte for byte; edited, each message once, edited or as it was sent. Both ends are
the kernel's: it loses, sends again, joins and cuts as it likes.
"""
import contextlib
import random
import select

from lib import check
from lib.tcp import pair
from lib.ua import Leg

SIZE = (1 << 18) if check.DEBUG else (1 << 21)
SECONDS = 900
# An acknowledgment that is lost makes a sender take its time-out for the round trip, and
# the next time-out is as long: some stalls last for a minute. A guest that travels in
# time has it at once.
STALL = 300
LOSS = "3%"


@contextlib.contextmanager
def losses(net):
    """Between phone and router, and between router and provider, both ways.

    Connections are made without: how long that takes would be a matter of luck.
    """
    links = ((net.phone, "eth0"), (net.router, "lan1"), (net.router, "wan"),
             (net.hosts["isp"], "wan"))
    for host, dev in links:
        host.run("tc", "qdisc", "replace", "dev", dev, "root", "netem", "limit", "10000",
                 "loss", LOSS, "delay", "1ms")
    yield
    for host, dev in links:
        host.run("tc", "qdisc", "del", "dev", dev, "root")


def pour(one, two, data):
    """All of it from one end to the other."""
    one.sock.setblocking(False)
    two.sock.setblocking(False)
    sent, got = 0, []
    while True:
        readable, writable, _ = select.select([two.sock], [one.sock] if sent < len(data) else [],
                                              [], STALL)
        check.true(readable or writable, f"nothing moves after {sum(map(len, got))} bytes")
        if writable:
            sent += one.sock.send(data[sent:sent + 20000])
            if sent == len(data):
                one.sock.shutdown(1)
        if readable:
            got.append(two.sock.recv(1 << 18))
            if not got[-1]:
                return b"".join(got)


def judge(stream, sent, own, seen):
    """Each message once, edited or not; the numbers of those that were edited."""
    at, edited = 0, []
    for number, data in enumerate(sent):
        now = data.replace(own, seen)
        if stream.startswith(now, at):
            at += len(now)
            edited.append(number)
        else:
            check.true(stream.startswith(data, at),
                       f"message {number} is {stream[at:at + 300]!r}")
            at += len(data)
    check.equal(at, len(stream), "length of the stream")
    return edited


def stream(net, rng, mode, size):
    """A connection with losses; how many of its messages were edited, and were sent."""
    net.set("tcp", mode)
    phone, provider = pair(net)
    outside = "%s:%d" % provider.line.sock.getpeername()[:2]
    leg = Leg(phone, provider, "loss@x")
    leg.via, leg.contact = phone.addr, f"<sip:anna@{phone.addr}>"
    sent = []
    while size > 0:
        sent.append(leg.make("MESSAGE", b"x" * rng.randrange(200)))
        size -= len(sent[-1])
    data = b"".join(sent)
    with losses(net):
        got = pour(phone.line, provider.line, data)
    if mode == "watch" and net.ours:
        check.true(got == data, "the stream changed")
    edited = judge(got, sent, phone.addr.encode(), outside.encode())
    # No loss is the end of all edits; of a short stream that would be luck.
    if mode == "edit" and net.ours and len(sent) > 200:
        check.true(edited and edited[-1] >= len(sent) // 2,
                   f"{len(edited)} of {len(sent)} are edited, the last is {edited[-1:]}")
    return len(edited), len(sent) if mode == "edit" else 0


def run(net):
    rng = random.Random(1)
    edited = sent = 0

    def streams(*wanted):
        nonlocal edited, sent
        for mode, size in wanted:
            done = stream(net, rng, mode, size)
            edited, sent = edited + done[0], sent + done[1]

    streams(("watch", SIZE // 8), ("edit", SIZE // 8))
    # Larger segments may be too long once they are edited, and come again in parts.
    net.shows(tcp_dropped=0)
    net.offload("phone", "provider")
    streams(("watch", SIZE // 8), ("edit", SIZE))
    if not net.ours:
        return
    # Which segments are lost is a matter of luck; a short stream is but one or two.
    for _ in range(400):
        if net.stats()["tcp-again"] and edited > sent // 10:
            break
        streams(("edit", SIZE // 8))
    found = net.stats()
    check.true(found["tcp-again"] > 0, "nothing was edited again")
    check.true(edited > sent // 10, f"{edited} of {sent} are edited")
    check.equal(found["sip-rewritten"], edited, "edited messages")
    check.equal(found["tcp-memory"], 0, "edits without memory")
