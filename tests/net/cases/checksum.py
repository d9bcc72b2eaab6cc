# SPDX-License-Identifier: GPL-2.0-or-later
"""UDP and IP checksums are right on the wire, for every length and parity.

Messages shrink on their way out and grow on their way in, by odd and even
amounts and at odd and even offsets; RTP is translated in its headers only. Once
written out by the sender, once left to the device (checksum offload).
"""
from lib import check, rtnl, sip
from lib.capture import Capture
from lib.ua import Call, Talk, pair

PLANS = ("ip4", "ip6", "nat66")


def lengths(net, phone, provider):
    for pad in range(6):
        call = Call(phone, provider)
        call.invite(sip.sdp(phone.addr, 4000 + 200 * pad), extra=[("X-Pad", "x" * pad)])
        call.respond(200, sip.sdp(provider.addr, 40000 + 100 * pad),
                     extra=[("X-Pad", "x" * (pad + 3))])
        call.ack()
        call.bye()
    net.nothing_left()


def run(net):
    phone, provider = pair(net)
    captures = [Capture(net.provider), Capture(net.phone)]
    lengths(net, phone, provider)
    talk = Talk(phone, provider)
    talk.speak()
    talk.call.bye()
    for capture in captures:
        packets = capture.packets()
        check.true(len(packets) > 15, f"{len(packets)} packets captured")
        for packet in packets:
            packet.judge()

    for host, dev in ((net.phone, "eth0"), (net.provider, "eth0"), (net.router, "lan1"),
                      (net.router, "wan"), (net.isp, "wan"), (net.isp, "provider")):
        with host:
            rtnl.tx_checksum(dev, True)
    lengths(net, phone, provider)
    talk.up((4000, 40000))
