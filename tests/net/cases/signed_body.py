# SPDX-License-Identifier: GPL-2.0-or-later
"""A body that is signed is passed byte for byte: S/MIME, and qop=auth-int.

multipart/signed, alone and inside of multipart/mixed; application/pkcs7-mime, in
which nobody can read; Authorization, Proxy-Authorization and Authentication-Info
with qop=auth-int. Headers are translated as ever. A description beside a signed
part, or with another qop, is translated.
"""
from lib import check, sip
from lib.ua import Call, pair

PLANS = ("ip4", "nat66")


def part(boundary, *bodies):
    """A multipart body of (type, bytes)."""
    return b"".join(b"--%s\r\nContent-Type: %s\r\n\r\n%s\r\n" % (boundary, kind, body)
                    for kind, body in bodies) + b"--%s--\r\n" % boundary


def signed(sdp):
    return part(b"s", (b"application/sdp", sdp), (b"application/pkcs7-signature", b"\x30\x82"))


SIGNED = b"multipart/signed;boundary=s;protocol=\"application/pkcs7-signature\""


def bodies(sdp):
    """(name, headers, body, whether it is kept)"""
    digest = "username=\"a, qop=auth\", realm=\"x\", uri=\"sip:x\", response=\"0\""
    yield "multipart/signed", [("Content-Type", SIGNED.decode())], signed(sdp), True
    yield "mixed and signed", [("c", "multipart/mixed; boundary=m")], \
        part(b"m", (b"text/plain", b"x"), (SIGNED, signed(sdp))), True
    yield "pkcs7", [("Content-Type", "application/pkcs7-mime;smime-type=signed-data")], sdp, True
    yield "Authorization", [("Authorization", f"Digest {digest}, qop=auth-int, nc=1")], sdp, True
    yield "Proxy-Authorization", [("Proxy-Authorization", f"Digest qop = \"AUTH-INT\", {digest}")], \
        sdp, True
    yield "Authentication-Info", [("Authentication-Info", "qop=auth-int,rspauth=\"0\"")], sdp, True
    yield "qop=auth", [("Authorization", f"Digest {digest}, qop=auth")], sdp, False
    yield "offered", [("Proxy-Authenticate", "Digest realm=\"x\", nonce=\"0\", qop=auth-int")], \
        sdp, False
    yield "beside", [("Content-Type", "multipart/mixed;boundary=m")], \
        part(b"m", (b"application/sdp", sdp),
             (SIGNED, part(b"s", (b"message/sipfrag", b"From: x\r\n"),
                           (b"application/pkcs7-signature", b"\x30\x82")))), False


def run(net):
    phone, provider = pair(net)
    count = 0
    for name, extra, body, kept in bodies(sip.sdp(phone.addr, 4000)):
        call = Call(phone, provider)
        got = call.invite(body, extra=extra)
        check.true(phone.name not in got.get("Contact"), f"{name}: Contact {got.get('Contact')}")
        if kept:
            check.same_bytes(got.body, body, f"{name}: the body")
        else:
            check.true(f" {phone.addr}\r\n".encode() not in got.body,
                       f"{name}: an address is left in {got.body!r}")
        # Nobody looks for a description in pkcs7-mime.
        count += kept and name != "pkcs7"
        net.shows(sip_signed=count, media_shut=count, ports=0 if kept else 1, streams=0)
        call.respond(486)
        call.ack()
    net.nothing_left()
