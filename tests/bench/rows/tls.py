# SPDX-License-Identifier: GPL-2.0-or-later
"""tls: sipfastd beside Kamailio, with as many workers, one certificate, RSA-2048, and
one suite: ECDHE with X25519, AES-128-GCM and SHA-256, by TLS 1.2 and by TLS 1.3.

tls/connection    memory of an idle connection with its binding (connection.py)
tls/handshake…    processor time of a full handshake and a REGISTER beyond what a loop
                  around OpenSSL takes that accepts and answers (handshake.py)
tls/resumed…      that of a handshake that goes on with a session, to a full one
                  (resumed.py)
tls/held          10 000 connections that are held, and register again, and
tls/reload        once more after a reload with another certificate (held.py)

PARTS="handshake resumed" measures some of it.
"""
import os
import subprocess
import sys

from harness import parts
from harness.sipserver import HERE

PARTS = os.environ.get("PARTS", "connection handshake resumed held").split()


def measure():
    subprocess.run(["make", "-s", "-C", HERE, "tls"], check=True, stdout=sys.stderr)
    return parts.measure("tls", PARTS)


def guest(arguments):
    return parts.guest("tls", arguments)
