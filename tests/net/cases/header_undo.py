# SPDX-License-Identifier: GPL-2.0-or-later
"""Headers are translated, and back, to the byte.

The phone gets its own Via and Contact back as it wrote them, with or without a
port, with `received` and `rport` that name the phone; the provider sees the
mapping, with a port where the phone's differs from 5060. Call-ID, branch and
tags stay, even when the phone's address is in them.
"""
from lib import check, sip
from lib.ua import Agent, Call

PLANS = ("ip4", "nat66")


def one_call(net, phone, provider, via_port, contact_port):
    call = Call(phone, provider)
    if not via_port:
        call.a.via = phone.name
    if not contact_port:
        call.a.contact = f"<sip:anna@{phone.name}>;+sip.instance=\"<{phone.addr}>\""
    sent = call.a.request("INVITE", sip.sdp(phone.addr, 4000))
    got = call.b.take_request("INVITE")
    host, port = got.source
    check.equal(host, net.public, "source at the provider")

    name = sip.uri_host(host)
    seen = f"{name}:{port}"
    bare = name if port == 5060 else seen
    check.same_bytes(got.data, sip.translated(
        sent, (f"UDP {phone.hostport}", f"UDP {seen}"), (f"UDP {phone.name}", f"UDP {bare}"),
        (f"@{phone.hostport}>", f"@{seen}>"), (f"@{phone.name}>;+", f"@{bare}>;+"),
        (f" {phone.addr}\r\ns=", f" {host}\r\ns="), (f" {phone.addr}\r\nt=", f" {host}\r\nt="),
        ("m=audio 4000", f"m=audio {got.media[0].port}"),
    ), "INVITE at the provider")

    # A response, and a request from the other side.
    for status in (180, 200):
        sent = call.b.reply(got, status)
        want = sip.translated(
            sent, (f"UDP {seen}" if via_port else f"UDP {bare}", f"UDP {call.a.via}"),
            (f"received={host};rport={port}", f"received={phone.addr};rport=5060"))
        provider.send(sent, got.source)
        phone.expect(want, provider.at, f"the {status}")
    call.a.remote_tag = call.b.tag
    call.ack()

    own = phone.hostport if contact_port else phone.name
    call.b.target = sip.host_port(got.get("Contact"))
    sent = call.b.request("BYE")
    asked = call.a.take_request("BYE")
    check.same_bytes(asked.data, sent.replace(f"peer@{seen} ".encode(),
                                              f"peer@{own} ".encode()), "BYE at the phone")
    call.back(call.a, asked, 200)


def run(net):
    provider = Agent(net.provider, "bob")
    phone, phone2 = Agent(net.phone, "anna"), Agent(net.phone2, "anna")
    for via_port in (True, False):
        for contact_port in (True, False):
            # The second phone's port cannot be kept: the first one has it.
            one_call(net, phone, provider, via_port, contact_port)
            one_call(net, phone2, provider, via_port, contact_port)
            # A phone is expected to write itself in one way: begin anew.
            net.flush()
    net.nothing_left()
