# SPDX-License-Identifier: GPL-2.0-or-later
"""Identity: what is vouched for is passed byte for byte, the rest translated.

RFC 8224 covers From, To and P-Asserted-Identity; media is opened as ever. RFC 4474
covers Contact and the body, too: media is then reached by the phone's own mapping.
Both are counted, in both directions.
"""
from lib import check, rtp, sip
from lib.ua import Call, pair

PLANS = ("ip4", "nat66")

NEW = ("Identity", "eyJhbGciOi.eyJhdHRlc3Qi.c2lnbmF0dXJl;info=<https://192.0.2.7/x.cer>")
OLD = [("y", '"ZYNBbHC00VMZr2kZt6VmCvPonWJMGvQTBDqghoWeLxJfzB2a1pxAr3VgrB0SsSAa"'),
       ("Identity-Info", "<https://example.com/example.cer>;alg=rsa-sha1")]


def call_of(phone, provider):
    """One whose parties have the phone's address."""
    call = Call(phone, provider)
    call.a.local = f"<sip:anna@{phone.hostport}>"
    return call, ("P-Asserted-Identity", f"<sip:anna@{phone.hostport}>")


def passport(net, phone, provider):
    call, pai = call_of(phone, provider)
    reply_to = ("Reply-To", f"<sip:anna@{phone.hostport}>")
    sent = call.a.request("INVITE", sip.sdp(phone.addr, 4000), extra=[NEW, pai, reply_to])
    got = call.b.take_request("INVITE")
    call.invite_got = got
    name, port = sip.uri_host(got.source[0]), got.media[0].port
    net.in_pool(port)
    check.same_bytes(got.data, sip.translated(
        sent, (f"UDP {phone.hostport}", f"UDP {name}:{got.source[1]}"),
        (f"Contact: <sip:anna@{phone.hostport}", f"Contact: <sip:anna@{name}:{got.source[1]}"),
        (f"Reply-To: <sip:anna@{phone.hostport}", f"Reply-To: <sip:anna@{name}:{got.source[1]}"),
        (f" {phone.addr}\r\ns=", f" {net.public}\r\ns="),
        (f" {phone.addr}\r\nt=", f" {net.public}\r\nt="),
        ("audio 4000", f"audio {port}")), "INVITE at the provider")
    net.shows(sip_signed=1, ports=1)
    answer = call.respond(200, sip.sdp(provider.addr, 40000))
    check.equal(answer.get("From"), f"{call.a.local};tag={call.a.tag}", "From of the 200")
    call.ack()
    one, two = rtp.Endpoint(net.phone, 4000), rtp.Endpoint(net.provider, 40000)
    one.told(answer.media[0])
    two.told(got.media[0])
    rtp.both_ways(two, one)
    call.bye()
    one.close()
    two.close()
    return got.source


def covered_body(net, phone, provider):
    call, pai = call_of(phone, provider)
    sent = call.a.request("INVITE", sip.sdp(phone.addr, 4000), extra=[*OLD, pai])
    got = call.b.take_request("INVITE")
    call.invite_got = got
    check.same_bytes(got.data, sip.translated(sent, (
        f"UDP {phone.hostport}", f"UDP {sip.uri_host(got.source[0])}:{got.source[1]}")),
        "INVITE at the provider")
    net.shows(sip_signed=2, ports=0, media_shut=1)
    answer = call.respond(200, sip.sdp(provider.addr, 40000))
    # It cannot be called at what it said; it is reached by what it sends from.
    one, two = rtp.Endpoint(net.phone, 4000), rtp.Endpoint(net.provider, 40000)
    one.told(answer.media[0])
    data = rtp.packet()
    one.rtp.send(data, one.peer.rtp)
    got, seen = two.rtp.receive("RTP")
    check.same_bytes(got, data, "RTP at the provider")
    two.rtp.send(data, seen)
    one.rtp.expect(data, provider.host.udp(0).at[:1] + (40000,), "RTP at the phone")
    call.a.remote_tag = call.b.tag
    call.a.request("ACK", cseq=call.a.cseq)
    provider.message("ACK")
    call.b.target = call.b.got.source
    call.bye()
    one.close()
    two.close()


def run(net):
    phone, provider = pair(net)
    source = passport(net, phone, provider)
    covered_body(net, phone, provider)

    # Towards the phone: To is vouched for, the Request-URI is not.
    call = Call(provider, phone, source)
    call.a.remote = f"<sip:anna@{sip.uri_host(source[0])}:{source[1]}>"
    sent = call.a.request("INVITE", sip.sdp(provider.addr, 40000), extra=[NEW])
    phone.expect(sip.translated(sent, (f"peer@{sip.uri_host(source[0])}:{source[1]} SIP",
                                       f"peer@{phone.hostport} SIP")), None, "INVITE")
    net.shows(sip_signed=3)
