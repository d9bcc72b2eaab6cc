# SPDX-License-Identifier: GPL-2.0-or-later
"""What is not done is counted under a name that says why, and passes untouched.

Media over TCP, lines that only one side has, media that begins on hold, answers
in a dialog that nobody knows, more offers than are kept, a Call-ID that is too
long; registrations of somebody else, without a binding, and unasked answers.
"""
from lib import check, sip
from lib.register import Registration
from lib.ua import Call, pair

HELPERS = ("sipfast",)


def media(net, phone, provider):
    call = Call(phone, provider)
    lines = ["m=audio 4000 RTP/AVP 0", "m=message 4002 TCP/MSRP *"]
    call.establish(sip.sdp(phone.addr, media=lines),
                   sip.sdp(provider.addr, media=["m=audio 40000 RTP/AVP 0"]))
    net.shows(streams=1, media_transport=1, media_lines=1, media_hold=0)
    call.bye()

    call = Call(phone, provider)
    call.establish(sip.sdp("0.0.0.0", 4000), sip.sdp(provider.addr, 40000))
    net.shows(streams=0, media_hold=1)
    call.bye()


def offers(net, phone, provider):
    # Without a tag in To it is the answer of no dialog.
    call = Call(phone, provider)
    msg = call.invite(sip.sdp(phone.addr, 4000))
    data = call.b.reply(msg, 183, sip.sdp(provider.addr, 40000))
    provider.send(data.replace(b";tag=" + call.b.tag.encode(), b""), msg.source)
    phone.message("a 183")
    net.shows(streams=0, offer_dialog=1)
    call.respond(200, sip.sdp(provider.addr, 40000))
    call.ack()
    net.shows(streams=1, offer_full=0)
    for number in range(4):
        call.send(call.a, "UPDATE", sip.sdp(phone.addr, 4100 + 2 * number))
    net.shows(streams=1, offer_full=1)
    call.bye()

    call = Call(phone, provider, call_id="x" * 256)
    offer = call.invite(sip.sdp(phone.addr, 4000))
    check.equal(offer.media[0].port, 4000, "port of a call that is not followed")
    net.shows(calls=0, call_id_long=1, call_no_memory=0)


def registrations(net, phone, provider):
    reg = Registration(phone, provider, contacts=["<sip:anna@192.168.1.77:5060>"])
    reg.refresh()
    net.shows(registrations=0, registration_foreign=1, registration_stray=1)

    reg = Registration(phone, provider)
    reg.answer(reg.ask(), contacts=[])
    net.shows(registrations=0, registration_unbound=1)
    # Whoever asks what there is, or leaves, asks for nothing that was not done.
    Registration(phone, provider, contacts=["*"]).ask(0)
    net.shows(registrations=0, registration_foreign=1)


def run(net):
    phone, provider = pair(net)
    media(net, phone, provider)
    offers(net, phone, provider)
    registrations(net, phone, provider)
    net.nothing_left()
