# SPDX-License-Identifier: GPL-2.0-or-later
"""Certificates that are made on the spot, and phones that speak TLS."""
import os
import socket
import ssl
import subprocess
import tempfile
from pathlib import Path

KEYS = tempfile.TemporaryDirectory(prefix='sipfast-tls-')
AT = ('127.0.0.1', 5061)


def openssl(*words):
    subprocess.run(['openssl', *words], check=True, cwd=KEYS.name, capture_output=True, timeout=60)


def authority(name):
    openssl('req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes',
            '-keyout', name + '.key', '-out', name + '.crt', '-days', '30', '-subj', '/CN=' + name)


def certificate(name, alt, ca='ca', days='30'):
    """Signed by an authority; negative days are over."""
    Path(KEYS.name, name + '.cnf').write_text(
        '[ca]\ndefault_ca = d\n[d]\ndatabase = index.txt\nserial = serial\nnew_certs_dir = .\n'
        'default_md = sha256\npolicy = p\nunique_subject = no\ncopy_extensions = copy\n'
        'default_crl_days = 30\n[p]\ncommonName = supplied\n', encoding='ascii')
    Path(KEYS.name, 'index.txt').touch()
    if not Path(KEYS.name, 'serial').exists():
        Path(KEYS.name, 'serial').write_text('1000\n', encoding='ascii')
    openssl('req', '-new', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes',
            '-keyout', name + '.key', '-out', name + '.csr', '-subj', '/CN=' + name,
            '-addext', 'subjectAltName=' + alt)
    when = ['-startdate', '200101000000Z', '-enddate', '210101000000Z'] if days < '0' else \
        ['-days', days]
    openssl('ca', '-batch', '-config', name + '.cnf', '-cert', ca + '.crt', '-keyfile', ca + '.key',
            '-in', name + '.csr', '-out', name + '.crt', *when)
    os.chmod(Path(KEYS.name, name + '.key'), 0o640)


def fingerprint(name):
    out = subprocess.run(['openssl', 'x509', '-noout', '-fingerprint', '-sha256', '-in',
                          f'{KEYS.name}/{name}.crt'], check=True, capture_output=True, text=True,
                         timeout=60).stdout
    return out.strip().split('=')[1]


def client(**more):
    context = ssl.create_default_context(cafile=f'{KEYS.name}/ca.crt')
    for name, value in more.items():
        setattr(context, name, value)
    return context


def register(call_id='1'):
    return (f'REGISTER sip:open.example SIP/2.0\r\nVia: SIP/2.0/TLS 127.0.0.1;branch=z9hG4bK{call_id}'
            f'\r\nFrom: <sip:a@open.example>;tag=1\r\nTo: <sip:a@open.example>\r\n'
            f'Call-ID: {call_id}\r\nCSeq: 1 REGISTER\r\n'
            f'Contact: <sip:a@127.0.0.1:5099;transport=tls>\r\nContent-Length: 0\r\n\r\n').encode()


def connect(context=None, port=5061, session=None, name='home.arpa'):
    sock = socket.create_connection((AT[0], port), timeout=20)
    return (context or client()).wrap_socket(sock, server_hostname=name, session=session)


def answer(line):
    data = b''
    while b'\r\n\r\n' not in data:
        more = line.recv(65536)
        if not more:
            break
        data += more
    return data


def works(line=None):
    line = line or connect()
    line.sendall(register())
    got = answer(line)
    assert got.startswith(b'SIP/2.0 200 '), got
    return line
