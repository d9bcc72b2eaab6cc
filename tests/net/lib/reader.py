# SPDX-License-Identifier: GPL-2.0-or-later
"""Another reader of SIP: tshark, which shares no line with what is tested."""
import json
import struct
import subprocess

from . import check

RAW_IP = 101
# Where an address stands that the other side will use.
ADDRESSES = ["sip.Via.sent-by.address", "sip.r-uri.host", "sip.contact.host", "sip.from.host",
             "sip.to.host", "sip.Route.host", "sip.Record-Route.host", "sip.Path.host",
             "sip.Service-Route.host", "sip.pai.host", "sip.ppi.host", "sdp.owner.address",
             "sdp.connection_info.address", "sdp.ice_candidate.address"]
SUMS = ["ip.checksum.status", "udp.checksum.status"]


def write(packets, path):
    """As tshark reads them: raw IP."""
    with open(path, "wb") as file:
        file.write(struct.pack("=IHHiIII", 0xa1b2c3d4, 2, 4, 0, 0, 65535, RAW_IP))
        for packet in packets:
            data = packet.data[:packet.length]
            file.write(struct.pack("=IIII", 0, 0, len(data), len(data)) + data)


def read(packets, path="/tmp/reader.pcap"):
    """What it finds in each: {field: [values]}."""
    write(packets, path)
    fields = [word for field in [*SUMS, "sip.CSeq", "sip.Content-Length", "sip.Identity",
                                *ADDRESSES]
              for word in ("-e", field)]
    done = subprocess.run(["tshark", "-r", path, "-o", "udp.check_checksum:TRUE", "-o",
                           "ip.check_checksum:TRUE", "-T", "json", *fields],
                          capture_output=True, text=True, check=False)
    check.equal(done.returncode, 0, "tshark's status: " + done.stderr[-300:])
    found = [packet["_source"].get("layers", {}) for packet in json.loads(done.stdout)]
    check.equal(len(found), len(packets), "packets that tshark reads")
    return found


def sums(found, name):
    """Every checksum is right."""
    for field in SUMS:
        for value in found.get(field, []):
            check.true(value in ("1", "Good"), f"{name}: tshark dislikes the {field[:-16]} checksum")


def addresses(found):
    """(field, address) of all that it finds."""
    return [(field, value.strip("[]")) for field in ADDRESSES for value in found.get(field, [])]


def surplus(found, packet):
    """Content-Length, by its account, against the bytes there are; or None."""
    body = packet.udp[8:].partition(b"\r\n\r\n")[2]
    lengths = found.get("sip.Content-Length", [])
    return int(lengths[0]) - len(body) if len(lengths) == 1 else None
