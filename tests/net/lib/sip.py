# SPDX-License-Identifier: GPL-2.0-or-later
"""SIP and SDP as text: made line by line, read line by line."""
import re

from . import check


def build(start, headers, body=b"", length=None):
    """A message. Content-Length is right unless `length` is given; False: none."""
    lines = [start] + [f"{name}: {value}" for name, value in headers]
    if length is not False:
        lines.append(f"Content-Length: {len(body) if length is None else length}")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def uri_host(addr):
    """An address as it stands in a URI or Via."""
    return f"[{addr}]" if ":" in addr else addr


def sdp(addr, port=4000, *, media=None, origin=None, session=(), attributes=(), kind=None):
    """A description: one audio line, or the given lines of all media."""
    kind = kind or ("IP6" if ":" in addr else "IP4")
    lines = ["v=0", f"o=- 1 1 IN {kind} {origin or addr}", "s=-",
             f"c=IN {kind} {addr}", "t=0 0", *session]
    lines += media if media is not None else [f"m=audio {port} RTP/AVP 0", *attributes]
    return "".join(line + "\r\n" for line in lines).encode()


def translated(data, *pairs):
    """`data` with every old replaced by its new, and Content-Length to match."""
    head, blank, body = data.partition(b"\r\n\r\n")
    old = len(body)
    for was, now in pairs:
        head = head.replace(was.encode(), now.encode())
        body = body.replace(was.encode(), now.encode())
    head = re.sub(rb"(?i)(\n(?:content-length|l)[ \t]*:[ \t]*)(\d+)",
                  lambda m: m[1] + b"%d" % (int(m[2]) + len(body) - old), head)
    return head + blank + body


class Message:
    """A message as it was received."""

    def __init__(self, data, source=None):
        self.data, self.source = data, source
        head, blank, self.body = data.partition(b"\r\n\r\n")
        check.true(blank, f"no blank line in {data[:80]!r}")
        lines = head.decode().split("\r\n")
        self.start = lines[0]
        self.headers = [tuple(part.strip() for part in line.split(":", 1))
                        for line in lines[1:]]
        self._named = {}
        for key, value in self.headers:
            self._named.setdefault(key.lower(), []).append(value)
        length = self.get("Content-Length")
        if length is not None:
            check.equal(int(length), len(self.body), f"Content-Length of {self.start!r}")

    def all(self, name):
        return self._named.get(name.lower(), [])

    def get(self, name):
        return next(iter(self.all(name)), None)

    @property
    def status(self):
        return int(self.start.split()[1]) if self.start.startswith("SIP/") else None

    @property
    def method(self):
        return self.start.split()[0]

    @property
    def media(self):
        return media(self.body)


def host_port(uri):
    """("203.0.113.1", 5060) of "<sip:anna@203.0.113.1;transport=udp>;expires=60"."""
    text = uri.partition("sip:")[2].rpartition("@")[2] if "@" in uri else uri.partition("sip:")[2]
    for end in ";>?":
        text = text.partition(end)[0]
    host, bracket, port = text.partition("]")
    if not bracket:
        host, _, port = text.partition(":")
    return host.lstrip("["), int(port.lstrip(":") or 5060)


class Media:
    """One m= line: where it says that RTP and RTCP go."""

    def __init__(self, line, addr):
        self.kind, port = line[2:].split()[:2]
        self.addr, self.port, self.rtcp_port = addr, int(port), int(port) + 1
        self.rtcp_addr = addr

    @property
    def rtp(self):
        return self.addr, self.port

    @property
    def rtcp(self):
        return self.rtcp_addr or self.addr, self.rtcp_port


def media(body):
    """Every m= line of a description, with the c= that holds for it."""
    session, found = None, []
    for line in body.decode().splitlines():
        if line.startswith("m="):
            found.append(Media(line, session))
        elif line.startswith("c="):
            if found:
                found[-1].addr = found[-1].rtcp_addr = line.split()[2]
            else:
                session = line.split()[2]
        elif line.startswith("a=rtcp:"):
            words = line[7:].split()
            found[-1].rtcp_port = int(words[0])
            if len(words) > 3:
                found[-1].rtcp_addr = words[3]
    return found
