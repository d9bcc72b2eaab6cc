#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""flood.py ROUTER RATE SECONDS SENT SOURCE…: REGISTER from many sources, in turn

A SOURCE is a network, all of whose addresses send, or ADDRESS:PORT in whose name is
sent. What went out so far is in the file SENT. 100 000 datagrams a second and 60
seconds at most.
"""
import ipaddress
import os
import socket
import struct
import sys
import time

STEP = 0.01


def request(address, number):
    return (f'REGISTER sip:home.arpa SIP/2.0\r\nVia: SIP/2.0/UDP {address}:5060;'
            f'branch=z9hG4bK{number}\r\nMax-Forwards: 70\r\n'
            f'From: <sip:{number}@home.arpa>;tag={number}\r\nTo: <sip:{number}@home.arpa>\r\n'
            f'Call-ID: {number}\r\nCSeq: 1 REGISTER\r\nContact: <sip:{number}@{address}>\r\n'
            f'Content-Length: 0\r\n\r\n').encode()


def own(network, router):
    """A socket for each address of it."""
    for number, address in enumerate(ipaddress.ip_network(network)):
        sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        sock.bind((str(address), 5060))
        sock.connect((router, 5060))
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        data = request(address, number)
        yield lambda sock=sock, data=data: sock.send(data)


def forged(source, router, raw):
    """A packet with somebody else's address; the kernel adds what is zero."""
    address, _, port = source.partition(':')
    data = request(address, int(port))
    packet = struct.pack('!BBHHHBBH4s4s', 0x45, 0, 28 + len(data), 0, 0, 64, 17, 0,
                         socket.inet_aton(address), socket.inet_aton(router)) + \
        struct.pack('!HHHH', int(port), 5060, 8 + len(data), 0) + data
    return lambda: raw.sendto(packet, (router, 0))


def main(router, rate, seconds, sent, *sources):
    rate, seconds = min(int(rate), 100000), min(float(seconds), 60)
    raw = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_RAW)
    senders = []
    for source in sources:
        senders += [forged(source, router, raw)] if ':' in source else own(source, router)
    begin, count = time.monotonic(), 0
    while (now := time.monotonic() - begin) < seconds:
        for _ in range(int(now * rate) - count):
            try:
                senders[count % len(senders)]()
            except OSError:     # what an unreachable port has answered, or a full queue
                pass
            count += 1
        with open(sent + '.new', 'w', encoding='ascii') as out:
            print(count, file=out)
        os.replace(sent + '.new', sent)
        time.sleep(STEP)


if __name__ == '__main__':
    main(*sys.argv[1:])
