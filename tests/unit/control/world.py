# SPDX-License-Identifier: GPL-2.0-or-later
"""A sipfastd of its own, phones, a carrier, and the tool."""
import json
import os
import select
import signal
import socket
import subprocess
import tempfile
import time

PORT = 25070
CARRIER = 25071

CONF = """
listen = {"udp:127.0.0.1:%d", "tcp:127.0.0.1:%d"}
workers = 2
store = memory
log = info
database = "%s/db"
control = "%s/control"
domain home.arpa { authenticate = false anyone = true }
domain closed.home.arpa { }
trunk provider {
    peers = {"udp:127.0.0.1:%d"}
    prefixes = {"0"}
    probe = 1
    register = true
    user = "us"
    secret-file = "%s/secret"
}
"""


def until(what, seconds=10):
    """Wait for something; what it is, or what it was at the end."""
    end = time.monotonic() + seconds
    while True:
        got = what()
        if got or time.monotonic() > end:
            return got
        time.sleep(0.05)


class Daemon:
    def __init__(self, build):
        self.build = build
        self.dir = tempfile.mkdtemp(prefix='sipfast-control-')
        self.control = self.dir + '/control'
        self.conf = self.dir + '/conf'
        with open(self.dir + '/secret', 'w', encoding='ascii') as file:
            file.write('sesame\n')
        os.chmod(self.dir + '/secret', 0o600)
        self.configure('')
        self.log = open(self.dir + '/log', 'wb')
        self.process = subprocess.Popen([build + '/sipfastd', '-c', self.conf],
                                        stderr=self.log)
        until(lambda: os.path.exists(self.control) or self.process.poll())
        until(lambda: 'started' in self.said())

    def configure(self, more):
        with open(self.conf, 'w', encoding='ascii') as file:
            file.write(CONF % (PORT, PORT, self.dir, self.dir, CARRIER, self.dir))
            file.write(more)

    def change(self, old, new):
        with open(self.conf, encoding='ascii') as file:
            text = file.read()
        assert old in text, text
        with open(self.conf, 'w', encoding='ascii') as file:
            file.write(text.replace(old, new))

    def said(self):
        with open(self.dir + '/log', encoding='utf-8', errors='replace') as file:
            return file.read()

    def tool(self, *args, **more):
        return subprocess.run([self.build + '/sipfast', '--control', self.control, *args],
                              capture_output=True, text=True, timeout=30, check=False, **more)

    def watch(self, *args):
        return subprocess.Popen([self.build + '/sipfast', '--control', self.control,
                                 'monitor', '-j', *args], stdout=subprocess.PIPE,
                                stderr=subprocess.DEVNULL, text=True)

    def end(self):
        """The exit status; a leak is one, too."""
        self.process.send_signal(signal.SIGTERM)
        self.process.send_signal(signal.SIGTERM)
        try:
            status = self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            status = 'it hangs'
        self.log.close()
        return status


class Link:
    """A guest at the control socket who does not speak through the tool."""

    def __init__(self, path, room=None):
        self.sock = socket.socket(socket.AF_UNIX)
        if room:
            self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, room)
        self.sock.connect(path)
        self.sock.settimeout(15)
        self.file = self.sock.makefile('r')

    def say(self, text):
        self.sock.sendall(text.encode())

    def line(self):
        try:
            text = self.file.readline()
        except ConnectionResetError:
            return None
        return json.loads(text) if text else None

    def answer(self):
        """All lines up to the last one, with it."""
        lines = []
        while True:
            line = self.line()
            if line is None:
                return lines
            lines.append(line)
            if 'end' in line or 'error' in line:
                return lines

    def ask(self, request, **more):
        self.say(json.dumps({'request': request, **more}) + '\n')
        return self.answer()

    def close(self):
        self.file.close()
        self.sock.close()


class Phone:
    """A UDP socket, and the messages that a phone makes."""

    def __init__(self, name, port=0):
        self.name = name
        self.sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.sock.bind(('127.0.0.1', port))
        self.port = self.sock.getsockname()[1]
        self.sock.settimeout(10)
        self.cseq = 0

    def request(self, method, to, more='', tag='', call=None, uri=None, branch=None):
        self.cseq += 1
        return (f'{method} {uri or "sip:" + to} SIP/2.0\r\n'
                f'Via: SIP/2.0/UDP 127.0.0.1:{self.port};rport;'
                f'branch=z9hG4bK{branch or f"{self.name}{self.port}{self.cseq}"}\r\n'
                f'From: <sip:{self.name}@home.arpa>;tag=f{self.name}\r\n'
                f'To: <sip:{to}>{tag}\r\nCall-ID: {call or f"call{self.port}"}\r\n'
                f'CSeq: {self.cseq} {method}\r\nMax-Forwards: 70\r\n'
                f'Contact: <sip:{self.name}@127.0.0.1:{self.port}>\r\n{more}'
                'Content-Length: 0\r\n\r\n')

    def send(self, text):
        self.sock.sendto(text.encode(), ('127.0.0.1', PORT))

    def receive(self):
        return self.sock.recv(65536).decode()

    def response(self, status=None):
        """The next one that is no 100, or the one with a status."""
        while True:
            text = self.receive()
            got = text.split(' ', 2)[1]
            if got != '100' and (status is None or got == str(status)):
                return text

    def register(self, user=None, expires=600):
        self.send(self.request('REGISTER', f'{user or self.name}@home.arpa',
                               f'Expires: {expires}\r\n', uri='sip:home.arpa',
                               call=f'r{user or self.name}'))
        return self.response()

    def answer(self, text, status, more=''):
        keep = [line for line in text.split('\r\n')
                if line.split(':')[0] in ('Via', 'From', 'Call-ID', 'CSeq', 'Record-Route')]
        to = next(line for line in text.split('\r\n') if line.startswith('To:'))
        if 'tag=' not in to:
            to += f';tag=t{self.name}'
        self.send('\r\n'.join([f'SIP/2.0 {status} X', *keep, to,
                               f'Contact: <sip:{self.name}@127.0.0.1:{self.port}>',
                               more + 'Content-Length: 0', '', '']))


class Carrier(Phone):
    """Answers OPTIONS and REGISTER for as long as somebody looks."""

    def __init__(self):
        super().__init__('carrier', CARRIER)

    def serve(self, seconds=0.5):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if select.select([self.sock], [], [], 0.05)[0]:
                text = self.receive()
                if not text.startswith('SIP/2.0'):
                    self.answer(text, 200, 'Expires: 300\r\n')
