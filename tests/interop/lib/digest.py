#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""digest.py ROUTER USER@DOMAIN SECRET METHOD URI [BODY]: one request over UDP

without credentials first, then, if there is a secret, with what was asked for
(RFC 7616, MD5). Prints the statuses of the final responses, as in `407 200`.
"""
import hashlib
import re
import socket
import sys


def md5(*parts):
    return hashlib.md5(':'.join(parts).encode()).hexdigest()


class Client:
    def __init__(self, router, aor, secret):
        self.aor, self.secret = aor, secret
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.connect((router, 5060))
        self.socket.settimeout(5)
        self.at = '%s:%d' % self.socket.getsockname()

    def request(self, number, method, uri, body, credentials=''):
        to = self.aor if method == 'REGISTER' else uri.removeprefix('sip:')
        return '\r\n'.join([
            f'{method} {uri} SIP/2.0',
            f'Via: SIP/2.0/UDP {self.at};rport;branch=z9hG4bK-{number}-{id(self)}',
            f'From: <sip:{self.aor}>;tag=d', f'To: <sip:{to}>', 'Max-Forwards: 70',
            f'Call-ID: digest-{method}-{self.at}', f'CSeq: {number} {method}',
            f'Contact: <sip:{self.at}>', *credentials.splitlines(),
            *(['Content-Type: text/plain'] if body else []),
            f'Content-Length: {len(body)}', '', body])

    def ask(self, *request):
        """The final response."""
        self.socket.send(self.request(*request).encode())
        while True:
            answer = self.socket.recv(65535).decode(errors='replace')
            if answer.startswith('SIP/2.0 ') and answer[8] != '1':
                return answer

    def credentials(self, answer, method, uri):
        kind, values = re.search(r'^(WWW|Proxy)-Authenticate: Digest (.*algorithm=MD5.*)$', answer,
                                 re.M).groups()
        realm, nonce = (re.search(f'{name}="([^"]*)"', values).group(1)
                        for name in ('realm', 'nonce'))
        user = self.aor.partition('@')[0]
        response = md5(md5(user, realm, self.secret), nonce, '00000001', 'c', 'auth',
                       md5(method, uri))
        header = 'Authorization' if kind == 'WWW' else 'Proxy-Authorization'
        return (f'{header}: Digest username="{user}", realm="{realm}", nonce="{nonce}", '
                f'uri="{uri}", algorithm=MD5, qop=auth, nc=00000001, cnonce="c", '
                f'response="{response}"')


def main(router, aor, secret, method, uri, body=''):
    client = Client(router, aor, secret)
    if method == 'REGISTER':
        uri = 'sip:' + aor.partition('@')[2]
    first = client.ask(1, method, uri, body)
    statuses = [first[8:11]]
    if secret and statuses[0] in ('401', '407'):
        second = client.ask(2, method, uri, body, client.credentials(first, method, uri))
        statuses.append(second[8:11])
    print(*statuses)


if __name__ == '__main__':
    main(*sys.argv[1:])
