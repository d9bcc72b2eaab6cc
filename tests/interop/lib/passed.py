#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""passed.py ADDRESS[,ADDRESS...] SIDE.pcap...: what a proxy at these addresses let pass

Prints a line `ok NAME` or `wrong NAME`, with what is wrong in front, for each of
  bodies    what came with a body left with the same bytes, and none was made up
  routed    what begins a dialog, and its 2xx, left with Record-Route
  length    Content-Length is the length of the body
"""
import collections
import re
import sys

import capture
import tcp


class Passage:
    """Messages that came to the proxy, and that left it, by what they are."""

    def __init__(self, proxy, paths):
        self.came, self.left = collections.defaultdict(list), collections.defaultdict(list)
        for path in paths:
            for packet in filter(capture.is_sip, tcp.all_packets(path)):
                way = self.left if packet.source[0] in proxy else self.came
                message = capture.Sip(packet)
                way[identity(message)].append(message)
        # What the proxy refused by itself.
        self.refused = {key[:2] for key in self.left
                        if re.match('4', key[2]) and key not in self.came}

    def all(self):
        for way in self.came, self.left:
            for messages in way.values():
                yield from messages


def tag(value):
    found = re.search(r';tag=([^;>\s]*)', value)
    return found.group(1) if found else ''


def identity(message):
    return (message.get('Call-ID'), message.get('CSeq').split()[0], message.name,
            message.method, tag(message.get('From')), tag(message.get('To')))


def bodies(passage):
    """Yields the messages that are wrong; counts those that are right."""
    count = 0
    for key, messages in passage.came.items():
        left = passage.left.get(key, [])
        if not messages[0].body:
            continue
        if not left and key[:2] not in passage.refused:
            yield messages[0]
        for message in left:
            count += 1
            if message.body != messages[0].body:
                yield message
    for key, messages in passage.left.items():
        if messages[0].body and key not in passage.came:
            yield messages[0]
    print(f'{count} bodies passed')


def routed(passage):
    count = 0
    for key, messages in passage.left.items():
        if key[3] != 'INVITE' or (key[2] == 'INVITE' and key[5]) or \
                not re.match('INVITE|2', key[2]):
            continue
        for message in messages:
            count += 1
            if not message.get('Record-Route'):
                yield message
    print(f'{count} messages with Record-Route')


def length(passage):
    for message in passage.all():
        if int(message.get('Content-Length') or len(message.body)) != len(message.body):
            yield message


def main(proxy, *paths):
    passage = Passage(proxy.split(','), paths)
    for check in bodies, routed, length:
        wrong = list(check(passage))
        for message in wrong:
            print(f'{message.packet.source} to {message.packet.target}:')
            print(message.packet.data.decode(errors='replace'))
        print('wrong' if wrong or not passage.left else 'ok', check.__name__)


if __name__ == '__main__':
    main(*sys.argv[1:])
