# SPDX-License-Identifier: GPL-2.0-or-later
"""Messages that hurt, and what may have become of them on the way.

judge() does not use any of the helper's reading: it hides, in what was sent and
in what arrived, everything that a helper may edit, and compares the rest byte by
byte.
"""
import re
from pathlib import Path

from . import check, sip

VECTORS = Path(__file__).resolve().parents[2] / "vectors"
LENGTH = re.compile(rb"(?im)^(content-length|l)([ \t]*:\s*)(\d+)")


def corpus(*folders):
    """(name, bytes, {statement: rest}) of every vector in these folders."""
    for folder in folders:
        for file in sorted((VECTORS / folder).glob("*.expect")):
            data = next(file.with_suffix(end) for end in (".dat", ".sip")
                        if file.with_suffix(end).exists()).read_bytes()
            lines = [line.split(None, 1) for line in file.read_text("utf-8").splitlines()
                     if line and line[0] != "#"]
            yield f"{folder}/{file.stem}".strip("./"), data, \
                {words[0]: words[-1] for words in lines if len(words) > 1}


def length_of(data):
    """(declared, there) of a body; declared is None without Content-Length."""
    head, _, body = data.partition(b"\r\n\r\n")
    found = LENGTH.search(head)
    return int(found[3]) if found else None, len(body)


def own(data, addr, names=False):
    """The message with `addr` for every address in it; and for host names."""
    declared, there = length_of(data)
    bare, uri = addr.encode(), sip.uri_host(addr).encode()
    four = rb"(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])"
    data = re.sub(rb"IN IP[46] (?:%s|[\da-f:]*::[\da-f:.]*)" % four,
                  b"IN IP6 " + bare if b":" in bare else b"IN IP4 " + bare, data)
    data = re.sub(rb"\[[\da-f:.]*::[\da-f:.]*\]", uri, data)
    data = re.sub(rb"(?<!IP4 )%s" % four, uri, data) if uri != bare else \
        re.sub(four, uri, data)
    if names:
        data = re.sub(rb"\b[a-z\d-]+(?:\.[a-z\d-]+)*\.(?:com|org|net)\b", uri, data)
    if declared == there:
        head, blank, body = data.partition(b"\r\n\r\n")
        data = LENGTH.sub(lambda m: m[1] + m[2] + b"%d" % len(body), head) + blank + body
    return data


class Judge:
    """What an edit may have changed between two hosts."""

    def __init__(self, *addrs):
        # No part of a longer address; a port goes with it.
        texts = b"|".join(rb"(?<![\d.])%s(?![\d.])" % re.escape(addr.encode())
                          if ":" not in addr else
                          rb"\[%s\]|(?<![\da-f:])%s(?![\da-f:])" % ((addr.encode(),) * 2)
                          for addr in addrs)
        self.hidden = (
            (re.compile(rb"(?:%s)(?::\d+)?" % texts), b"@"),
            (LENGTH, rb"\1\2#"),
            (re.compile(rb"(?i)rport[ \t\r\n]*=[ \t\r\n]*\d+"), b"rport=#"),
            (re.compile(rb"(?m)^(m=[^ \r\n]+ )\d+"), rb"\1#"),
            (re.compile(rb"(?m)^(a=rtcp:)\d+"), rb"\1#"),
            # The port that follows an address of a candidate.
            (re.compile(rb"(?m)^a=(?:remote-candidates|candidate):[^\r\n]*"),
             lambda line: re.sub(rb"(@ (?:rport )?)\d+", rb"\1#", line[0])))

    def plain(self, data):
        for pattern, text in self.hidden:
            data = pattern.sub(text, data)
        return data

    def edited(self, sent, got, name):
        """Was it edited? Fails when more than that happened."""
        if sent == got:
            return False
        check.same_bytes(self.plain(got), self.plain(sent), f"{name} but for its addresses")
        (was, there), (now, here) = length_of(sent), length_of(got)
        check.equal(now is None, was is None, f"{name}: Content-Length there")
        if was is not None:
            check.equal(now - was, here - there, f"{name}: growth of Content-Length")
            check.true(now <= here or was > there, f"{name}: Content-Length {now} of {here}")
        return True
