#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""provider.py ADDRESS:PORT...: a registrar and stateless proxy over UDP.

Just enough of a provider for a call: it believes everybody, remembers the
contact of a REGISTER as it arrived, and forwards everything else with a Via
and a Record-Route of its own. A request leaves by the port that it came to, so
that of two ports one can be the registrar and the other the way in for calls.
"""
import re
import selectors
import socket
import sys
import time
import zlib

contacts = {}  # user -> (URI, when it expires)


class Message:
    """Start line, headers in their order, body."""

    def __init__(self, data):
        head, _, self.body = data.partition(b'\r\n\r\n')
        self.start, *lines = head.decode('utf-8', 'surrogateescape').split('\r\n')
        self.headers = [tuple(part.strip() for part in line.split(':', 1)) for line in lines]

    def all(self, name):
        return [v for n, v in self.headers if n.lower() == name.lower()]

    def get(self, name, default=''):
        return (self.all(name) or [default])[0]

    def first(self, name):
        """Where the first header of that name stands."""
        return next(i for i, (n, _) in enumerate(self.headers) if n.lower() == name.lower())

    def drop_first(self, name):
        return self.headers.pop(self.first(name))[1]

    def change_first(self, name, value):
        self.headers[self.first(name)] = (name, value)

    def bytes(self):
        lines = [self.start] + [f'{n}: {v}' for n, v in self.headers]
        return ('\r\n'.join(lines) + '\r\n\r\n').encode('utf-8', 'surrogateescape') + self.body


def uri_of(value):
    match = re.search(r'<([^>]*)>', value)
    return match.group(1) if match else value.split(';')[0].strip()


def user_of(uri):
    match = re.match(r'sips?:([^@;]*)@', uri)
    return match.group(1) if match else ''


def address_of(uri):
    match = re.match(r'sips?:(?:[^@]*@)?([0-9.]+)(?::(\d+))?', uri)
    return (match.group(1), int(match.group(2) or 5060)) if match else None


def parameter(value, name):
    match = re.search(r';\s*%s=([^;,\s]*)' % name, value, re.I)
    return match.group(1) if match else None


def reply(request, source, status, headers=()):
    """A final response to a request, sent where it came from."""
    answer = Message(request.bytes())
    via = f'{request.get("Via")};received={source[0]}'
    answer.start = f'SIP/2.0 {status}'
    answer.headers = [('Via', re.sub(r';rport(?=;|$)', f';rport={source[1]}', via))]
    answer.headers += [('Via', v) for v in request.all('Via')[1:]]
    answer.headers += [(n, request.get(n)) for n in ('From', 'To', 'Call-ID', 'CSeq')]
    if parameter(request.get('To'), 'tag') is None:
        tag = zlib.crc32(request.get('Call-ID').encode())
        answer.change_first('To', f'{request.get("To")};tag={tag:08x}')
    answer.headers += [*headers, ('Content-Length', '0')]
    answer.body = b''
    return answer.bytes()


def register(request):
    """The headers of the 200; contacts are taken as they come."""
    user = user_of(uri_of(request.get('To')))
    answer = []
    for value in request.all('Contact'):
        expires = int(parameter(value, 'expires') or request.get('Expires', '3600'))
        contacts.pop(user, None)
        if expires:
            contacts[user] = (uri_of(value), time.monotonic() + expires)
            answer.append(('Contact', f'<{uri_of(value)}>;expires={expires}'))
        print(f'registrar: {user} is {uri_of(value)} for {expires} s', flush=True)
    return answer


def target_of(request):
    """Next hop and Request-URI of a request; None when there is none."""
    uri = request.start.split(' ')[1]
    if request.all('Route'):
        return address_of(uri_of(request.get('Route'))), uri
    if address_of(uri):
        return address_of(uri), uri
    contact, expires = contacts.get(user_of(uri), ('', 0))
    return (address_of(contact), contact) if expires > time.monotonic() else (None, uri)


def proxy(request, source, local):
    """(bytes, destination) of what a request leads to."""
    own = f'{local[0]}:{local[1]}'
    # Its top Route is the one that led here.
    if address_of(uri_of(request.get('Route'))) == local:
        request.drop_first('Route')
    target, uri = target_of(request)
    method = request.start.split(' ')[0]
    if target is None:
        return (None if method == 'ACK' else reply(request, source, '404 Not Found')), source
    request.start = f'{method} {uri} SIP/2.0'
    via = f'{request.get("Via")};received={source[0]}'
    request.change_first('Via', re.sub(r';rport(?=;|$)', f';rport={source[1]}', via))
    # Stateless: a retransmission has to get the same branch again.
    branch = zlib.crc32((parameter(via, 'branch') + own).encode())
    request.headers.insert(0, ('Via', f'SIP/2.0/UDP {own};branch=z9hG4bK{branch:08x}'))
    if method == 'INVITE':
        request.headers.insert(1, ('Record-Route', f'<sip:{own};lr>'))
    return request.bytes(), target


def respond(response):
    """Responses go back along the Vias."""
    response.drop_first('Via')
    via = response.get('Via')
    sent_by = re.match(r'SIP/2\.0/UDP\s+([^;:\s]+)(?::(\d+))?', via)
    host = parameter(via, 'received') or sent_by.group(1)
    port = parameter(via, 'rport') or sent_by.group(2) or 5060
    return response.bytes(), (host, int(port))


def handle(data, source, local):
    message = Message(data)
    if message.start.startswith('SIP/2.0 '):
        return respond(message)
    if message.start.startswith('REGISTER '):
        return reply(message, source, '200 OK', register(message)), source
    return proxy(message, source, local)


def main(addresses):
    selector = selectors.DefaultSelector()
    for address in addresses:
        host, port = address.split(':')
        edge = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        edge.bind((host, int(port)))
        selector.register(edge, selectors.EVENT_READ, (host, int(port)))
    print('ready', flush=True)
    while True:
        for key, _ in selector.select():
            data, source = key.fileobj.recvfrom(65535)
            if len(data) < 20:  # a keepalive
                continue
            answer, target = handle(data, source, key.data)
            first = data.split(b'\r\n', 1)[0].decode(errors='replace')
            print(f'{source} to {key.data}: {first}; on to {target}', flush=True)
            if answer:
                key.fileobj.sendto(answer, target)


if __name__ == '__main__':
    main(sys.argv[1:])
