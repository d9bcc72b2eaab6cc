# SPDX-License-Identifier: GPL-2.0-or-later
"""Media that comes back after silence comes in (expectations serve only once).

The connections of the media are forgotten, as after 120 s of hold, and either
side begins again: by the pinhole table. Then everything is forgotten, signalling
too, and media still comes in; the phone's BYE ends the call on a new connection.
"""
import re

from lib import rtp
from lib.ua import Talk, pair

PLANS = ("ip4", "ip6", "nat66", "watch-routed")


def forget_media(net):
    """conntrack -D of everything but SIP."""
    for line in net.media_flows():
        src, dst, sport, dport = re.search(
            r"src=(\S+) dst=(\S+) sport=(\d+) dport=(\d+)", line).groups()
        net.router.run("conntrack", "-D", "-p", "udp", "-s", src, "-d", dst,
                       "--sport", sport, "--dport", dport)


def run(net):
    phone, provider = pair(net)
    talk = Talk(phone, provider)
    talk.speak()
    net.shows(pinhole_lookup=1)
    for first, second in ((talk.two, talk.one), (talk.one, talk.two)):
        forget_media(net)
        net.no_media_flows()
        rtp.both_ways(first, second)
    for first, second in ((talk.two, talk.one), (talk.one, talk.two)):
        net.flush()
        rtp.both_ways(first, second)
    net.shows(calls=1, streams=1, pinholes=2)
    talk.call.bye()
    net.nothing_left()
