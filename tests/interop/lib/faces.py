#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""faces.py LAN.pcap WAN.pcap ROUTER: is what the router did to SIP right?

Prints a line `ok NAME` or `wrong NAME`, with what is wrong in front, for each of
  private   nobody outside reads an address of the inside
  public    the phone reads nothing of the router's address outside
  length    Content-Length is the length of the body, on both sides
  crossed   every message came out at the other side
  audio     and so did every RTP packet of a call that is up; outside it comes
            from the port that the phone's SDP has there
"""
import sys

import capture

INSIDE = [prefix.encode() for prefix in capture.INSIDE]


def private(found, _):
    for crossing in found:
        if crossing.outer and any(i in crossing.outer.packet.data for i in INSIDE):
            yield 'outside', crossing.outer


def public(found, router):
    address = router.encode()
    for crossing in found:
        if crossing.inner and not crossing.outward and address in crossing.inner.packet.data:
            yield 'inside', crossing.inner


def length(found, _):
    for crossing in found:
        for side, message in ('inside', crossing.inner), ('outside', crossing.outer):
            # Over UDP it may be left out.
            if message and int(message.get('Content-Length') or len(message.body)) != \
                    len(message.body):
                yield side, message


def crossed(found, _):
    for crossing in found:
        if crossing.inner is None:
            yield 'only outside', crossing.outer
        if crossing.outer is None:
            yield 'only inside', crossing.inner


def audio_port(message):
    """Of the m= line of its SDP; None without."""
    ports = [int(line.split()[1]) for line in message.sdp if line.startswith('m=audio ')]
    return ports[0] if ports else None


def talks(found):
    """(from, to, the phone's port outside) of each call: its media is open
    from the answer to the BYE."""
    begin = port = None
    for crossing in found:
        if crossing.outward:
            port = audio_port(crossing.outer) or port
        name, method = crossing.inner.name, crossing.inner.method
        if name.startswith('200') and method == 'INVITE' and begin is None:
            begin = max(crossing.inner.packet.time, crossing.outer.packet.time)
        elif name == 'BYE' and begin is not None:
            yield begin, crossing.time, port
            begin = None


def during(way, span):
    return {key: packet for key, packet in way.items() if span[0] < packet.time < span[1]}


def audio(found, inner_path, outer_path, router):
    inner = capture.Audio(inner_path, 0, capture.inside)
    outer = capture.Audio(outer_path, 0, lambda p: p.source[0] == router)
    right = []
    for span in talks(found):
        out, back = during(inner.sent, span), during(outer.heard, span)
        lost = [len(out.keys() - outer.sent.keys()), len(back.keys() - inner.heard.keys())]
        ports = {packet.source[1] for packet in during(outer.sent, span).values()}
        print(f'RTP outward: {len(out)} packets, {lost[0]} lost, from {ports}, '
              f'SDP says {span[2]}; inward: {len(back)}, {lost[1]} lost')
        right.append(out and back and lost == [0, 0] and ports == {span[2]})
    return bool(right) and all(right)


def main(inner_path, outer_path, router):
    found = capture.crossings(inner_path, outer_path, router)
    complete = bool(found)
    for check in private, public, length, crossed:
        wrong = list(check(found, router))
        for side, message in wrong:
            print(f'{side}:')
            print(message.packet.data.decode(errors='replace'))
        complete = complete and not (check is crossed and wrong)
        print('wrong' if wrong or not found else 'ok', check.__name__)
    heard = complete and audio(found, inner_path, outer_path, router)
    print('ok' if heard else 'wrong', 'audio')


if __name__ == '__main__':
    main(*sys.argv[1:4])
