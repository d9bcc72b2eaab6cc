# SPDX-License-Identifier: GPL-2.0-or-later
"""Tables that are full: what does not fit passes unfollowed, and is counted.

One call at most, one pair of ports, three pinholes, one registration; and there
is room again afterwards.
"""
from lib import check, sip
from lib.monitor import Monitor
from lib.register import Registration, register
from lib.ua import Agent, Call, Talk, pair

HELPERS = ("sipfast",)


def unfollowed(phone, provider, port=4100):
    """A call whose media is not opened, but whose messages pass."""
    call = Call(phone, provider)
    offer, _ = call.establish(sip.sdp(phone.addr, port), sip.sdp(provider.addr, 40100))
    check.equal(offer.media[0].port, port, "port of media that is not opened")
    return call


def run(net):
    phone, provider = pair(net)

    net.set("call-limit", "1")
    talk = Talk(phone, provider)
    other = unfollowed(phone, provider)
    net.shows(calls=1, streams=1, call_full=1)
    talk.speak()
    other.bye()
    talk.speak()
    talk.call.bye()
    talk.close()
    talk = Talk(phone, provider)
    talk.speak()
    talk.call.bye()
    net.nothing_left(call_full=1)
    talk.close()

    net.set("call-limit", "100", "media-ports", "20000-20001")
    talk = Talk(phone, provider)
    check.equal(talk.two.peer.port, 20000, "the only pair")
    other = unfollowed(phone, provider)
    net.shows(calls=2, streams=1, ports=1, media_ports=1)
    talk.speak()
    other.bye()
    talk.call.bye()
    net.nothing_left(media_ports=1)
    talk.close()

    # One direction alone is not opened.
    net.set("media-ports", "10000-32767", "pinhole-limit", "1")
    call = Call(phone, provider)
    call.establish(sip.sdp(phone.addr, 4000), sip.sdp(provider.addr, 40000))
    found = net.stats()
    check.true(found["pinhole-full"] >= 1 and found["pinholes"] == 0, f"pinholes: {found}")
    call.bye()
    net.nothing_left()

    net.set("pinhole-limit", "100", "registration-limit", "1")
    register(phone, provider)
    register(Agent(net.phone2, "berta"), provider)
    net.shows(registrations=1, registration_full=1)
    Registration(phone, provider).refresh()
    net.shows(registrations=1, registration_full=1)

    # What is told of a stream whose first direction finds no room has both of them.
    net.set("pinhole-limit", "1")
    monitor = Monitor(net.router)
    call = Call(phone, provider)
    call.establish(sip.sdp(phone.addr, 4000), sip.sdp(provider.addr, 40000))
    stream, = monitor.told("stream-end")
    check.equal([stream[way]["source"] for way in ("forward", "reverse")],
                [agent.hostport.rpartition(":")[0] + port
                 for agent, port in ((phone, ":4000"), (provider, ":40000"))],
                "where media would have come from")
    monitor.close()
    call.bye()
