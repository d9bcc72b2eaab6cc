# SPDX-License-Identifier: GPL-2.0-or-later
"""An INVITE that fails leaves nothing; a challenged one goes on.

407 to the first INVITE, then again with credentials in the same call, then 486:
port, offer and early media are gone.
"""
from lib import sip
from lib.ua import Call
from lib.ways import ways


def run(net):
    for number, way in enumerate(ways(net), 1):
        rejected(net, number, *way)


def rejected(net, number, caller, callee, target):
    ports = 0 if target else 1
    call = Call(caller, callee, target)
    first = call.invite(sip.sdp(caller.addr, 4000)).media[0]
    call.respond(407, tag="proxy")
    call.a.remote_tag = "proxy"
    call.ack()
    call.a.remote_tag = ""
    net.shows(calls=1)

    again = call.invite(sip.sdp(caller.addr, 4000)).media[0]
    if ports:
        net.in_pool(again.port)
        net.in_pool(first.port)
    call.respond(183, sip.sdp(callee.addr, 40000))
    net.shows(calls=1, streams=1, ports=1)
    call.respond(486)
    call.ack()
    net.nothing_left(call_new=number)
