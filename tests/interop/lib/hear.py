#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""hear.py SIDE.pcap... <QUESTIONS: what came to somebody, at the ports that its own
session descriptions have? A question is a line

  NAME SIDE ADDRESS SINCE UNTIL COMMAND...

with a side of the router, as its capture is called (lan, wan), and of the commands

  tone HEARD OWN   audio with the tone HEARD, and not OWN
  quiet            no audio at all
  dtmf DIGITS      these, as telephone events (RFC 4733)
  video            pictures: some packets that a description has as video

Prints a line `ok NAME` or `wrong NAME` for each, and before it what it saw.
"""
import collections
import re
import sys
from pathlib import Path

import capture
import tcp
import tone

DIGITS = '0123456789*#ABCD'


def described(sdp):
    """(kind, address, port, {payload type: name}) of each m= line."""
    session = address = media = names = None
    for line in sdp + ['m=']:
        if line.startswith('c='):
            address = line.split()[2].split('/')[0]
            if media is None:
                session = address
        elif line.startswith('m='):
            if media:
                yield media[0], address, int(media[1]), names
            media, names, address = line[2:].split(), {}, session
        elif line.startswith('a=rtpmap:'):
            number, name = re.match(r'a=rtpmap:(\d+) ([^/]*)', line).groups()
            names[int(number)] = name.lower()


class Side:
    """What one side of the router saw."""

    def __init__(self, path):
        self.names = {}
        # address -> {port: kind}, which changes from call to call.
        self.ports = collections.defaultdict(dict)
        self.rtp = collections.defaultdict(list)
        for packet in tcp.all_packets(path):
            host, port = packet.target
            if capture.is_sip(packet):
                for kind, *where, names in described(capture.Sip(packet).sdp):
                    self.ports[where[0]][where[1]] = kind
                    self.names.update(names)
            elif port in self.ports[host] and capture.rtp_identity(packet):
                self.rtp[host].append((self.ports[host][port], packet))


class Ear:
    """RTP that an address was sent to where it said that it listens."""

    def __init__(self, side, address, since, until):
        self.names = side.names
        self.listens = address in side.ports
        self.heard = [(kind, packet) for kind, packet in side.rtp[address]
                      if since <= packet.time < until]
        print(f'{address} listens at {side.ports[address]}, RTP: {len(self.heard)} packets')

    def payload(self, kind, name):
        """(packet, payload) of one codec."""
        for its, packet in self.heard:
            number = packet.data[1] & 127
            if its == kind and self.names.get(number, 'pcmu' if number == 0 else '') == name:
                yield packet, packet.data[12 + 4 * (packet.data[0] & 15):]

    def tone(self, heard, own):
        data = b''.join(payload for _, payload in self.payload('audio', 'pcmu'))
        return tone.judge([tone.linear(c) for c in data], tone.RATE, int(heard), int(own), 0.6)

    def quiet(self):
        return self.listens and not [p for kind, p in self.heard if kind == 'audio']

    def dtmf(self, digits):
        events = {}
        for packet, payload in self.payload('audio', 'telephone-event'):
            events.setdefault(packet.data[4:8], DIGITS[payload[0]])
        print('events:', ''.join(events.values()))
        return ''.join(events.values()) == digits

    def video(self):
        count = sum(1 for kind, _ in self.heard if kind == 'video')
        print(f'{count} packets of video')
        return count >= 5


def main(*paths):
    sides = {Path(path).stem: Side(path) for path in paths}
    for line in sys.stdin:
        name, side, address, since, until, command, *args = line.split()
        ear = Ear(sides[side], address, float(since), float(until))
        print('ok' if getattr(ear, command)(*args) else 'wrong', name)


if __name__ == '__main__':
    main(*sys.argv[1:])
