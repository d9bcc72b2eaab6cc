# SPDX-License-Identifier: GPL-2.0-or-later
"""A phone over UDP or TCP, with digest, that does one thing after the other."""
import hashlib
import re
import select
import socket
import time

from world import AT, secret


def md5(*parts):
    return hashlib.md5(':'.join(parts).encode()).hexdigest()


def header(text, name):
    return re.search(f'^{name}: (.*?)\r$', text, re.M).group(1)


class Phone:
    def __init__(self, user, address, transport='udp', patience=20, password=None, at=AT):
        self.user, self.transport, self.patience = user, transport, patience
        self.password = password or secret(user)
        kind = socket.SOCK_DGRAM if transport == 'udp' else socket.SOCK_STREAM
        six = ':' in address
        self.sock = socket.socket(socket.AF_INET6 if six else socket.AF_INET, kind)
        self.sock.bind((address, 0))
        self.sock.connect(at)
        self.here = ('[%s]:%d' if six else '%s:%d') % self.sock.getsockname()[:2]
        self.contact = f'<sip:{user}@{self.here};transport={transport}>'
        self.number, self.rest = 0, b''

    def send(self, text):
        self.sock.sendall(text.encode())

    def _one(self):
        """A message, as they come."""
        if self.transport == 'udp':
            return self.sock.recv(65535).decode()
        while b'\r\n\r\n' not in self.rest:
            got = self.sock.recv(65535)
            if not got:
                raise ConnectionError('closed')
            self.rest += got
        head, _, self.rest = self.rest.partition(b'\r\n\r\n')
        return head.decode() + '\r\n\r\n'

    def hear(self, start, method, number=None):
        """The next message that begins so and is about this; older ones may repeat."""
        end = time.monotonic() + self.patience
        want = f'{number or "[0-9]+"} {method}'
        while (left := end - time.monotonic()) > 0:
            self.sock.settimeout(left)
            text = self._one()
            if re.match(start, text) and re.fullmatch(want, header(text, 'CSeq')):
                return text
        raise TimeoutError(f'{self.user} waits for {start} {method}')

    def request(self, method, to, uri=None, call=None, more=(), tag=''):
        self.number += 1
        return '\r\n'.join([
            f'{method} {uri or "sip:" + to} SIP/2.0',
            f'Via: SIP/2.0/{self.transport.upper()} {self.here};rport;'
            f'branch=z9hG4bK{self.user}{self.number}{time.monotonic_ns()}',
            f'From: <sip:{self.user}@home.arpa>;tag=f{self.user}', f'To: <sip:{to}>{tag}',
            f'Call-ID: {call or self.here}', f'CSeq: {self.number} {method}', 'Max-Forwards: 70',
            f'Contact: {self.contact}', *more, 'Content-Length: 0', '', ''])

    def credentials(self, answer, method, uri):
        kind, values = re.search('^(WWW|Proxy)-Authenticate: Digest (.*)\r$', answer, re.M).groups()
        realm, nonce = (re.search(f'{name}="([^"]*)"', values).group(1)
                        for name in ('realm', 'nonce'))
        response = md5(md5(self.user, realm, self.password), nonce, '00000001', 'c', 'auth',
                       md5(method, uri))
        return (('Authorization' if kind == 'WWW' else 'Proxy-Authorization') +
                f': Digest username="{self.user}", realm="{realm}", nonce="{nonce}", uri="{uri}",'
                f' algorithm=MD5, qop=auth, nc=00000001, cnonce="c", response="{response}"')

    def ask(self, method, to, uri=None, call=None):
        """The final response to a request, with credentials if they are asked for."""
        uri = uri or 'sip:' + to
        self.send(self.request(method, to, uri, call))
        answer = self.hear(r'SIP/2\.0 [2-6]', method, self.number)
        if answer[8:11] not in ('401', '407'):
            return answer
        self.acknowledge(method, answer, to, uri, call)
        self.send(self.request(method, to, uri, call, [self.credentials(answer, method, uri)]))
        return None if method == 'INVITE' else self.hear(r'SIP/2\.0 [2-6]', method, self.number)

    def acknowledge(self, method, answer, to, uri, call):
        """Of a refusal, which it repeats."""
        if method != 'INVITE':
            return
        self.number -= 1
        text = self.request('ACK', to, uri, call, tag=';' + header(answer, 'To').split(';', 1)[1])
        self.send(re.sub('^Via: .*?\r$', f'Via: {header(answer, "Via")}\r', text, count=1,
                         flags=re.M))

    def register(self):
        """The status that it came to."""
        return self.ask('REGISTER', f'{self.user}@home.arpa', 'sip:home.arpa')[8:11]

    def answer(self, text, status):
        keep = [line for line in text.split('\r\n')
                if line.split(':')[0] in ('Via', 'From', 'Call-ID', 'CSeq', 'Record-Route')]
        to = header(text, 'To')
        to += '' if 'tag=' in to else f';tag=t{self.user}'
        self.send('\r\n'.join([f'SIP/2.0 {status} X', *keep, f'To: {to}',
                               f'Contact: {self.contact}', 'Content-Length: 0', '', '']))

    def call(self, other, name):
        """A whole call; the status that it came to."""
        to = f'{other.user}@home.arpa'
        refused = self.ask('INVITE', to, call=name)
        if refused:
            self.acknowledge('INVITE', refused, to, 'sip:' + to, name)
            return refused[8:11]
        invite = self.first_of(other)
        if not invite.startswith('INVITE'):
            return invite[8:11]
        other.answer(invite, 180)
        other.answer(invite, 200)
        ok = self.hear(r'SIP/2\.0 [2-6]', 'INVITE', self.number)
        assert ok.startswith('SIP/2.0 200'), ok
        routes = ', '.join(re.findall('^Record-Route: (.*?)\r$', ok, re.M)).split(', ')
        rest = {'uri': re.search('<(.*)>', header(ok, 'Contact')).group(1), 'call': name,
                'more': [f'Route: {route}' for route in reversed(routes)],
                'tag': f';tag=t{other.user}'}
        self.number -= 1
        self.send(self.request('ACK', to, **rest))
        other.hear('ACK', 'ACK')
        self.send(self.request('BYE', to, **rest))
        other.answer(other.hear('BYE', 'BYE'), 200)
        self.hear(r'SIP/2\.0 200', 'BYE', self.number)
        return '200'

    def first_of(self, other):
        """The INVITE that the other one gets, or the final response if he gets none."""
        end = time.monotonic() + self.patience
        while time.monotonic() < end:
            ready = [phone for phone in (self, other) if b'\r\n\r\n' in phone.rest] or \
                select.select([self, other], [], [], 1)[0]
            for phone in ready:
                text = phone._one()  # pylint: disable=protected-access
                about = header(text, 'CSeq')
                if phone is other and re.match('INVITE ', text) or phone is self and \
                        re.match(r'SIP/2\.0 [2-6]', text) and about == f'{self.number} INVITE':
                    return text
        raise TimeoutError(f'{self.user} calls, and nothing happens')

    def fileno(self):
        return self.sock.fileno()
