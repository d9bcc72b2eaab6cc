# SPDX-License-Identifier: GPL-2.0-or-later
"""Phone and provider's line are in VLANs: calls out and in, with audio."""
from lib import check, vlan
from lib.capture import Capture
from lib.ua import Talk
from lib.ways import ways


def run(net):
    lan, wan = vlan.everywhere(net, [7], [35])
    outside, inside = Capture(net.isp, wan), Capture(net.phone, lan)

    for caller, callee, target in ways(net):
        talk = Talk(caller, callee, target=target)
        talk.speak()
        talk.call.bye()
        net.nothing_left()
        talk.close()
    for capture in (outside, inside):
        packets = capture.packets()
        check.true(len(packets) >= 12, f"{len(packets)} packets in a VLAN")
        for packet in packets:
            packet.judge()
