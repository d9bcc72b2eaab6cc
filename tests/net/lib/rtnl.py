# SPDX-License-Identifier: GPL-2.0-or-later
"""Just enough of rtnetlink to build a topology.

A process in a guest costs a tenth of a second, and a topology takes thirty
of them with ip(8); this takes a few milliseconds.
"""
import ctypes
import fcntl
import ipaddress
import itertools
import os
import socket
import struct

RTM_NEWLINK, RTM_DELLINK, RTM_NEWADDR, RTM_DELADDR, RTM_NEWROUTE = 16, 17, 20, 21, 24
RTM_DELROUTE = 25
NLM_F_REQUEST, NLM_F_ACK, NLM_F_EXCL, NLM_F_CREATE = 0x1, 0x4, 0x200, 0x400
NLMSG_ERROR = 2
IFLA_IFNAME, IFLA_MTU, IFLA_LINK, IFLA_MASTER = 3, 4, 5, 10
IFLA_LINKINFO, IFLA_NET_NS_FD = 18, 28
IFLA_INFO_KIND, IFLA_INFO_DATA, VETH_INFO_PEER = 1, 2, 1
IFLA_VLAN_ID, IFLA_VLAN_PROTOCOL = 1, 5
IFA_ADDRESS, IFA_LOCAL = 1, 2
IFA_F_NODAD = 2
RTA_DST, RTA_OIF, RTA_GATEWAY = 1, 4, 5
RT_TABLE_MAIN, RTPROT_STATIC, RTN_UNICAST = 254, 4, 1
RT_SCOPE_UNIVERSE, RT_SCOPE_LINK = 0, 253
IFF_UP = 1
SIOCETHTOOL, ETHTOOL_STXCSUM = 0x8946, 0x17
_numbers = itertools.count(10)


def _attr(kind, data):
    return struct.pack("=HH", len(data) + 4, kind) + data + b"\0" * (-len(data) % 4)


def _ifinfo(index=0, flags=0, change=0):
    return struct.pack("=BxHiII", socket.AF_UNSPEC, 0, index, flags, change)


def _request(kind, flags, payload):
    head = struct.pack("=IHHII", 16 + len(payload), kind,
                       NLM_F_REQUEST | NLM_F_ACK | flags, 1, 0)
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, socket.NETLINK_ROUTE) as sock:
        sock.send(head + payload)
        answer = sock.recv(65536)
    got, = struct.unpack_from("=H", answer, 4)
    error, = struct.unpack_from("=i", answer, 16)
    if got == NLMSG_ERROR and error:
        raise OSError(-error, os.strerror(-error))


def veth(name, peer, peer_ns):
    """A pair: one end here, the other in the namespace of a descriptor.

    The ends have different numbers. With equal ones, as the kernel would choose
    in two namespaces, it takes them for one real device, whose carrier it believes
    in after a second; until then there is no IPv6.
    """
    other = _ifinfo(next(_numbers)) + _attr(IFLA_IFNAME, peer.encode() + b"\0") + \
        _attr(IFLA_NET_NS_FD, struct.pack("=I", peer_ns))
    info = _attr(IFLA_INFO_KIND, b"veth\0") + \
        _attr(IFLA_INFO_DATA, _attr(VETH_INFO_PEER, other))
    _request(RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL, _ifinfo(next(_numbers)) +
             _attr(IFLA_IFNAME, name.encode() + b"\0") + _attr(IFLA_LINKINFO, info))


def vlan(name, under, number, proto=0x8100):
    """`proto` of the tag: 0x8100 is 802.1Q, 0x88a8 802.1ad."""
    info = _attr(IFLA_INFO_KIND, b"vlan\0") + \
        _attr(IFLA_INFO_DATA, _attr(IFLA_VLAN_ID, struct.pack("=H", number)) +
              _attr(IFLA_VLAN_PROTOCOL, struct.pack("!H", proto)))
    _request(RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL, _ifinfo() +
             _attr(IFLA_LINK, struct.pack("=I", socket.if_nametoindex(under))) +
             _attr(IFLA_IFNAME, name.encode() + b"\0") + _attr(IFLA_LINKINFO, info))


def bridge(name):
    _request(RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL, _ifinfo() +
             _attr(IFLA_IFNAME, name.encode() + b"\0") +
             _attr(IFLA_LINKINFO, _attr(IFLA_INFO_KIND, b"bridge\0")))


def master(name, over):
    """A port of a bridge."""
    _request(RTM_NEWLINK, 0, _ifinfo(socket.if_nametoindex(name)) +
             _attr(IFLA_MASTER, struct.pack("=I", socket.if_nametoindex(over))))


def up(name, on=True):
    _request(RTM_NEWLINK, 0, _ifinfo(socket.if_nametoindex(name), IFF_UP if on else 0, IFF_UP))


def delete(name):
    """With a veth goes its other end."""
    _request(RTM_DELLINK, 0, _ifinfo(socket.if_nametoindex(name)))


def move(name, new, where):
    """To the namespace of a descriptor, with another name."""
    _request(RTM_NEWLINK, 0, _ifinfo(socket.if_nametoindex(name)) +
             _attr(IFLA_NET_NS_FD, struct.pack("=I", where)) +
             _attr(IFLA_IFNAME, new.encode() + b"\0"))


def mtu(name, size):
    _request(RTM_NEWLINK, 0, _ifinfo(socket.if_nametoindex(name)) +
             _attr(IFLA_MTU, struct.pack("=I", size)))


def _family(where):
    return socket.AF_INET if where.version == 4 else socket.AF_INET6


def address(name, text, on=True):
    """address("eth0", "192.168.1.10/24"), at once also where it is IPv6's."""
    where = ipaddress.ip_interface(text)
    family = _family(where)
    _request(RTM_NEWADDR if on else RTM_DELADDR, NLM_F_CREATE if on else 0,
             struct.pack("=BBBBi", family, where.network.prefixlen, IFA_F_NODAD, 0,
                         socket.if_nametoindex(name)) +
             _attr(IFA_LOCAL, where.packed) + _attr(IFA_ADDRESS, where.packed))


def default(gateway, name, on=True):
    route("::/0" if ":" in gateway else "0.0.0.0/0", gateway, name, on)


def route(prefix, gateway, name, on=True):
    gate, where = ipaddress.ip_address(gateway), ipaddress.ip_network(prefix)
    _request(RTM_NEWROUTE if on else RTM_DELROUTE, NLM_F_CREATE if on else 0,
             struct.pack("=BBBBBBBBI", _family(gate), where.prefixlen, 0, 0, RT_TABLE_MAIN,
                         RTPROT_STATIC, RT_SCOPE_UNIVERSE, RTN_UNICAST, 0) +
             _attr(RTA_DST, where.network_address.packed) +
             _attr(RTA_GATEWAY, gate.packed) +
             _attr(RTA_OIF, struct.pack("=i", socket.if_nametoindex(name))))


def tx_checksum(name, on):
    """ethtool -K NAME tx on|off: off writes every checksum out on the wire."""
    value = (ctypes.c_uint32 * 2)(ETHTOOL_STXCSUM, 1 if on else 0)
    ifreq = struct.pack("16sP16x", name.encode(), ctypes.addressof(value))
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        fcntl.ioctl(sock, SIOCETHTOOL, ifreq)
