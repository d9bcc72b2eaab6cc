# SPDX-License-Identifier: GPL-2.0-or-later
"""What an idle connection with its binding takes of memory.

It is what the kernel counts for the server's processes before and after, in
proportion of who shares it (PSS): Kamailio's pool is counted once, and as far as it was
touched. What the kernel itself keeps for a socket is the same for both, and is not in it.
"""
from harness.guest import say
from harness.parts import tell
from harness.table import Count, Failed, Row
from harness.tlsserver import VERSIONS, Phones, TlsKamailio, TlsSipfastd, once, settled

COUNT = 4000
LIMIT = 20000


def each(kind, version):
    """Bytes of a connection of COUNT."""
    with kind([]) as server:
        once(version, 200, "register")
        settled(server)
        before = server.memory()
        with Phones(version, COUNT, "hold") as phones:
            answered, *_ = phones.result()
            if answered != COUNT:
                raise Failed(f"{server.name}: {answered} of {COUNT} connections were answered")
            settled(server)
            size = (server.memory() - before) / COUNT
    say(f"bench: tls: {server.name}: TLS {version}: {size:.0f} bytes a connection of {COUNT}")
    tell(version, server.name, size)


def guest():
    for version in VERSIONS:
        for kind in (TlsSipfastd, TlsKamailio):
            each(kind, version)


def rows(found):
    return [Row(f"tls/connection-{version}", "bytes", Count(round(found[version, "sipfastd"][0])),
                "limit", Count(LIMIT), 1) for version in VERSIONS]
