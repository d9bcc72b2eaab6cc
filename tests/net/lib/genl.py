# SPDX-License-Identifier: GPL-2.0-or-later
"""The module's netlink family, spoken to in this process.

Tables and counters, which `sipfast -j stats` says too, and cases ask for every few
packets; a process in a guest costs thirty milliseconds. The tool has tests of its
own. And requests that the tool does not make.
"""
import os
import re
import socket
import struct
from pathlib import Path

HEADER = Path(__file__).resolve().parents[3] / "include/uapi/linux/sipfast.h"

NLM_F_REQUEST, NLM_F_DUMP = 0x1, 0x300
NLMSG_ERROR, NLMSG_DONE = 2, 3
NLM_F_ACK, NLM_F_ACK_TLVS, NLA_F_NESTED = 0x4, 0x200, 0x8000
NLMSGERR_ATTR_MSG = 1
SOL_NETLINK, NETLINK_CAP_ACK, NETLINK_EXT_ACK = 270, 10, 11
# Python has no name for it.
NETLINK_GENERIC = 16
GENL_ID_CTRL, CTRL_CMD_GETFAMILY = 16, 3
CTRL_ATTR_FAMILY_ID, CTRL_ATTR_FAMILY_NAME = 1, 2
NLA_TYPE_MASK = 0x3fff


def _enums():
    """{name: number} of every enum of the contract."""
    numbers = {}
    text = re.sub(r"/\*.*?\*/", "", HEADER.read_text(encoding="ascii"), flags=re.DOTALL)
    for body in re.findall(r"enum \w+ \{(.*?)\}", text, re.DOTALL):
        for number, name in enumerate(re.findall(r"\w+(?=,)", body)):
            numbers[name] = number
    return numbers


_ENUM = _enums()


def _attributes(data):
    """{number: [payload…]}"""
    found = {}
    while len(data) >= 4:
        length, kind = struct.unpack_from("=HH", data)
        found.setdefault(kind & NLA_TYPE_MASK, []).append(data[4:length])
        data = data[(length + 3) & ~3:]
    return found


def attribute(name, value):
    """One attribute: a nest of a list, a string, bytes, or what is packed already."""
    nested = isinstance(value, list)
    if nested:
        value = b"".join(value)
    elif isinstance(value, str):
        value = value.encode() + b"\0"
    kind = _ENUM["SIPFAST_A_" + name] | (NLA_F_NESTED if nested else 0)
    return struct.pack("=HH", 4 + len(value), kind) + value + b"\0" * (-len(value) % 4)


class Refused(Exception):
    """An error, with what the kernel said about it."""

    def __init__(self, number, text):
        super().__init__(f"{os.strerror(number)}: {text}")
        self.number, self.text = number, text


def _refusal(data):
    """Of an NLMSG_ERROR without the request that it is about; None: it is none."""
    error = struct.unpack_from("=i", data)[0]
    said = _attributes(data[20:]).get(NLMSGERR_ATTR_MSG, [b""])[0]
    return Refused(-error, _text(said)) if error else None


def ask(command, *attributes):
    """{name's number: [payload…]} of the answer; raises Refused."""
    answer = {}
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, NETLINK_GENERIC) as sock:
        for option in (NETLINK_CAP_ACK, NETLINK_EXT_ACK):
            sock.setsockopt(SOL_NETLINK, option, 1)
        _ask(sock, _family(sock), _ENUM["SIPFAST_CMD_" + command], NLM_F_ACK,
             b"".join(attributes))
        while True:
            for kind, data in _messages(sock):
                if kind != NLMSG_ERROR:
                    answer = _attributes(data[4:])
                    continue
                refusal = _refusal(data)
                if refusal:
                    raise refusal
                return answer


def number(answer, *names):
    """A u32 in a nest of an answer."""
    for name in names[:-1]:
        answer = _attributes(answer[_ENUM["SIPFAST_A_" + name]][0])
    return struct.unpack("=I", answer[_ENUM["SIPFAST_A_" + names[-1]]][0])[0]


def _messages(sock):
    """(type, what follows its header) of one read."""
    data = sock.recv(1 << 17)
    while len(data) >= 16:
        length, kind = struct.unpack_from("=IH", data)
        yield kind, data[16:length]
        data = data[(length + 3) & ~3:]


def _ask(sock, family, command, flags=0, attributes=b""):
    sock.send(struct.pack("=IHHIIBBH", 20 + len(attributes), family,
                          NLM_F_REQUEST | flags, 1, 0, command, 1, 0) + attributes)


def _check(kind, data):
    error = struct.unpack_from("=i", data)[0] if kind == NLMSG_ERROR else 0
    if error:
        raise OSError(-error, os.strerror(-error))


def _family(sock):
    name = b"sipfast\0"
    _ask(sock, GENL_ID_CTRL, CTRL_CMD_GETFAMILY, 0,
         struct.pack("=HH", 4 + len(name), CTRL_ATTR_FAMILY_NAME) + name)
    (kind, data), = _messages(sock)
    _check(kind, data)
    return struct.unpack("=H", _attributes(data[4:])[CTRL_ATTR_FAMILY_ID][0])[0]


def _text(data):
    return data.rstrip(b"\0").decode()


def stats():
    """{name of a table or counter: how many}, of the namespace that we are in."""
    found = {}
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, NETLINK_GENERIC) as sock:
        _ask(sock, _family(sock), _ENUM["SIPFAST_CMD_GET_STATS"], NLM_F_DUMP)
        while True:
            for kind, data in _messages(sock):
                _check(kind, data)
                if kind == NLMSG_DONE:
                    return found
                every = _attributes(data[4:])
                for what, value, form in (("TABLE", "USED", "=I"), ("COUNTER", "VALUE", "=Q")):
                    for nest in every.get(_ENUM["SIPFAST_A_" + what], ()):
                        one = _attributes(nest)
                        number = one[_ENUM[f"SIPFAST_A_{what}_{value}"]][0]
                        found[_text(one[_ENUM[f"SIPFAST_A_{what}_NAME"]][0])] = \
                            struct.unpack(form, number)[0]
