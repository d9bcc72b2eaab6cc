# SPDX-License-Identifier: GPL-2.0-or-later
"""A TCP sender by hand: each segment with the boundaries that a case wants.

Its peer is the kernel, which says what it has got. Of what the sender sends, it
can have a segment lost behind the router. Offsets count from the first byte.
"""
import select
import socket
import struct

from . import check

SYN, FIN, RST, ACK, PUSH = 2, 1, 4, 16, 8
ETH_P_IP, PACKET_OUTGOING = 0x0800, 4
LOST = 0x04                     # type of service of what the isp loses
SACK_PERMITTED = b"\x02\x04\x05\xb4\x01\x01\x04\x02"


def _sum(data):
    data += b"\0" * (len(data) % 2)
    total = sum(struct.unpack(f"!{len(data) // 2}H", data))
    while total >> 16:
        total = (total & 0xffff) + (total >> 16)
    return ~total & 0xffff


def lose(net):
    """The isp loses what is marked so."""
    net.hosts["isp"].run("nft", "-f", "-", text=f"""
        table ip lose {{
            chain forward {{
                type filter hook forward priority 0
                ip dscp {LOST >> 2} drop
            }}
        }}""")


class RawTcp:
    """One connection from a host without a kernel's help."""

    def __init__(self, host, peer, port, isn):
        self.host, self.peer, self.port = host, peer, port
        self.isn, self.irs = isn, 0
        self.acked, self.sacks, self.got = 0, [], {}
        with host:
            self.mouth = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_RAW)
            self.ears = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(ETH_P_IP))
        self.ears.bind(("eth0", ETH_P_IP))
        # The host's kernel knows of no connection.
        host.run("nft", "-f", "-", text="""
            table ip quiet {
                chain out {
                    type filter hook output priority 0
                    tcp flags & rst == rst drop
                }
            }""")

    def _put(self, flags, seq, data=b"", options=b"", tos=0):
        addresses = socket.inet_aton(self.host.addr) + socket.inet_aton(self.peer[0])
        tcp = struct.pack("!HHIIBBHHH", self.port, self.peer[1], seq & 0xffffffff,
                          self.received() if flags & ACK else 0, 5 + len(options) // 4 << 4, flags,
                          65535, 0, 0) + options + data
        checksum = _sum(addresses + struct.pack("!HH", socket.IPPROTO_TCP, len(tcp)) + tcp)
        tcp = tcp[:16] + struct.pack("!H", checksum) + tcp[18:]
        ip = struct.pack("!BBHHHBBH", 0x45, tos, 20 + len(tcp), 0, 0, 64, socket.IPPROTO_TCP, 0)
        self.mouth.sendto(ip + addresses + tcp, (self.peer[0], 0))

    def received(self):
        """What to acknowledge: all that has come without a gap."""
        data = self.stream()
        return self.irs + 1 + len(data) & 0xffffffff

    def stream(self):
        """What has come without a gap."""
        data = b""
        for at in sorted(self.got):
            if at <= len(data):
                data += self.got[at][len(data) - at:]
        return data

    def _take(self, packet):
        head = (packet[0] & 15) * 4
        length, = struct.unpack_from("!H", packet, 2)
        sport, dport, seq, ack, offset, flags = struct.unpack_from("!HHIIBB", packet, head)
        if packet[9] != socket.IPPROTO_TCP or (sport, dport) != (self.peer[1], self.port):
            return None
        check.true(not flags & RST, "the connection was reset")
        data = packet[head + (offset >> 4) * 4:length]
        if flags & SYN:
            self.irs = seq
        elif data:
            self.got[seq - self.irs - 1 & 0xffffffff] = data
        if flags & ACK:
            # A number that was never sent is a huge one here.
            self.acked = max(self.acked, ack - self.isn - 1 & 0xffffffff)
            self.sacks = list(self._sacks(packet[head + 20:head + (offset >> 4) * 4]))
        return flags

    def _sacks(self, options):
        while options and options[0]:
            size = 1 if options[0] == 1 else options[1]
            if options[0] == 5:
                for at in range(2, size, 8):
                    yield tuple(edge - self.isn - 1 & 0xffffffff
                                for edge in struct.unpack_from("!II", options, at))
            options = options[size:]

    def hear(self, seconds=0.0):
        """Take what has come; wait for something if there is nothing."""
        flags = None
        while select.select([self.ears], [], [], seconds if flags is None else 0)[0]:
            packet, where = self.ears.recvfrom(65536)
            if where[2] != PACKET_OUTGOING:
                flags = self._take(packet) or flags
        return flags

    def connect(self):
        self._put(SYN, self.isn, options=SACK_PERMITTED)
        check.true(self.hear(check.WAIT), "no answer to SYN")
        self.ack()

    def ack(self):
        self._put(ACK, self.isn + 1 + self.acked)

    def send(self, stream, begin, end, lost=False, flags=ACK | PUSH):
        """Bytes of the stream in one segment."""
        self._put(flags, self.isn + 1 + begin, stream[begin:end], tos=LOST if lost else 0)

    def until_acked(self, offset):
        check.until(lambda: (self.hear(0.01), self.acked >= offset)[1],
                    f"byte {offset} is acknowledged; {self.acked} is")
        check.equal(self.acked, offset, "bytes that are acknowledged")

    def close(self):
        self.mouth.close()
        self.ears.close()
