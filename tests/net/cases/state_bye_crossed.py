# SPDX-License-Identifier: GPL-2.0-or-later
"""Two BYEs that cross, with a challenge to one; and a challenge that comes twice.

Each response belongs to the BYE that it answers: the call ends at the first
final one, and not at a challenge.
"""
from lib.ua import Talk
from lib.ways import ways


def again(call, leg, msg, status):
    """The same response once more, as after an ACK or a request that was lost."""
    leg.agent.send(leg.sent, msg.source)
    call.other(leg).take_response(status)


def run(net):
    for caller, callee, target in ways(net):
        talk = Talk(caller, callee, target=target)
        call = talk.call
        mine, other = call.send(call.a, "BYE"), call.send(call.b, "BYE")
        call.back(call.b, mine, 407)
        net.shows(calls=1, streams=1)
        talk.speak()
        call.back(call.a, other, 200)
        net.nothing_left()
        talk.close()

        talk = Talk(caller, callee, target=target)
        call = talk.call
        first = call.send(call.a, "BYE")
        call.back(call.b, first, 401)
        second = call.send(call.a, "BYE")
        late = call.b.reply(first, 401)
        call.b.agent.send(late, first.source)
        call.a.take_response(401)
        net.shows(calls=1, streams=1)
        call.back(call.b, second, 200)
        net.nothing_left()
        talk.close()
