# SPDX-License-Identifier: GPL-2.0-or-later
"""`sipfast monitor --sip --diff` shows each message, what became of it, and why.

Addresses before and after translation, the call, the lines that were edited,
reasons of what was not done, messages that were not understood; and no secret:
not in the text, not in the edited one, not in what nobody understood. Without a
listener nothing is reported, and a listener that does not read is counted.
"""
import json
import os
import select
import subprocess
import time

from lib import check, sip
from lib.ua import Call, pair

HELPERS = ("sipfast",)
PLANS = ("ip4", "ip6", "nat66")

SECRETS = ("geheim", "WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz", "84a4cc6f3082121f",
           "Signal=7")
CREDENTIALS = ('Digest username="anna", realm="example.com", nonce="84a4cc6f3082121f", '
               'uri="sip:example.com", response="geheim"')
CRYPTO = "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz"


class Monitor:
    """The tool, one JSON object for each message."""

    def __init__(self, net, *arguments):
        with net.router:
            # pylint: disable=consider-using-with
            self.process = subprocess.Popen(
                ["sipfast", "-j", "monitor", *arguments], stdout=subprocess.PIPE)
        self.said = b""

    def line(self, seconds):
        """The next object; None when there is none in time."""
        end = time.monotonic() + seconds
        while b"\n" not in self.said:
            left = end - time.monotonic()
            if left <= 0 or not select.select([self.process.stdout], [], [], left)[0]:
                return None
            self.said += os.read(self.process.stdout.fileno(), 65536)
        text, _, self.said = self.said.partition(b"\n")
        check.true(not any(secret in text.decode() for secret in SECRETS),
                   f"a secret is told: {text}")
        return json.loads(text)

    def message(self):
        told = self.line(check.WAIT)
        check.true(told, "no message is told")
        check.equal(told["event"], "message", "event")
        return told["message"]

    def listen(self, phone, provider):
        """Wait until it listens."""
        def heard():
            phone.send(b"\r\n\r\n", provider.at)
            phone.send(b"OPTIONS sip:x SIP/2.0\r\n\r\n", provider.at)
            return self.line(0.1)
        check.until(heard, "the monitor listens")
        while self.line(check.QUIET):
            pass
        provider.drain()

    def end(self):
        self.process.terminate()
        self.process.communicate(timeout=check.WAIT)
        check.equal(self.process.returncode, 0, "status of the monitor")


def picked(what, **wanted):
    check.equal({key: what.get(key) for key in wanted}, wanted, f"keys of {what}")


def ends(net, message, sender, receiver):
    """Addresses as the sender and as the receiver see them."""
    nat = net.plan.nat
    out = sender.host in (net.phone,)
    picked(message, source=sender.hostport)
    check.equal("source_mapped" in message, nat and out, "the sender is translated")
    check.equal("target_inside" in message, nat and not out, "the receiver is translated")
    check.equal(message["target"] if out or not nat else message["target_inside"],
                receiver.hostport, "the receiver")


def understood(net, monitor, phone, provider):
    call = Call(phone, provider)
    body = sip.sdp(phone.addr, media=["m=audio 4000 RTP/SAVP 0", "m=audio 22 RTP/AVP 0"])
    body += CRYPTO.encode() + b"\r\n"
    call.invite(body, extra=[("Authorization", CREDENTIALS)])
    told = monitor.message()
    ends(net, told, phone, provider)
    picked(told, call_id=call.id, length=len(call.a.sent),
           verdict="edited" if net.plan.nat else "passed")
    check.equal([(d["name"], d["media"]) for d in told["decision"]],
                [("media-low-port", 1)], "decisions")
    check.equal(told["call"], net.tool("show", "call", call.id)["calls"][0]["id"], "call")
    check.true(CRYPTO.partition("inline:")[0].strip() in "\n".join(told["text"]), "no suite")
    check.true(any('username="anna"' in line for line in told["text"]), "no user")
    seen = dict((d["before"], d["after"]) for d in told["diff"])
    check.equal(bool(seen), net.plan.nat, "something was edited")
    if net.plan.nat:
        port = call.invite_got.media[0].rtp[1]
        check.equal(seen["m=audio 4000 RTP/SAVP 0"], f"m=audio {port} RTP/SAVP 0", "the m= line")
        check.equal(len(told["edited"]), len(told["text"]), "lines")
        check.true(f"Contact: {call.b.got.get('Contact')}" in seen.values(), "no Contact")
    call.respond(486)
    told = monitor.message()
    ends(net, told, provider, phone)
    check.true(told["text"][0].startswith("SIP/2.0 486"), "start line")
    call.ack()
    monitor.message()


def strange(monitor, phone, provider):
    # Understood by nobody, but the phone believes in it: no secret either.
    data = (b"REGISTER sip:x SIP/2.0\r\nVia\r\nAuthorization: " + CREDENTIALS.encode() +
            b"\r\n\r\n")
    phone.send(data, provider.at)
    provider.expect(data)
    told = monitor.message()
    picked(told, verdict="unread", length=len(data), edited=None)
    check.equal([d["name"] for d in told["decision"]], ["parse-header"], "reason")
    check.equal(told["text"][0], "REGISTER sip:x SIP/2.0", "start line")

    phone.send(b"GET / geheim\r\n\r\n", provider.at)
    told = monitor.message()
    picked(told, verdict="unread", text=None)
    check.equal([d["name"] for d in told["decision"]], ["parse-not-sip"], "reason")
    provider.receive("what is no SIP")

    info = Call(phone, provider)
    info.send(info.a, "INFO", b"Signal=7\r\nDuration=160\r\n",
              extra=[("Content-Type", "application/dtmf-relay")])
    check.true("Signal=*" in monitor.message()["text"], "no INFO")

    # Long ones are cut; how long they were is said.
    info.send(info.a, "MESSAGE", b"x" * 5000, extra=[("Content-Type", "text/plain")])
    told = monitor.message()
    check.equal(told["length"], len(info.a.sent), "length")
    check.true(4000 < sum(len(line) + 2 for line in told["text"]) <= 4098, "cut at 4096 bytes")


def unheard(net, phone, provider):
    """A listener that is stopped: the kernel counts what it cannot deliver."""
    monitor = Monitor(net, "--sip")
    monitor.listen(phone, provider)
    os.kill(monitor.process.pid, 19)
    call = Call(phone, provider)
    data = call.a.make("MESSAGE", b"x" * 5000, extra=[("Content-Type", "text/plain")])

    def lost():
        for _ in range(100):
            phone.send(data, provider.at)
        provider.drain()
        return net.stats()["event-lost"]
    check.until(lost, "events are lost")
    os.kill(monitor.process.pid, 18)
    check.until(lambda: (monitor.line(check.WAIT) or {}).get("event") == "lost",
                "the monitor says that events are lost")
    monitor.end()


def run(net):
    phone, provider = pair(net)
    monitor = Monitor(net, "--sip", "--diff")
    monitor.listen(phone, provider)
    understood(net, monitor, phone, provider)
    strange(monitor, phone, provider)
    monitor.end()
    net.shows(event_lost=0)
    if net.plan.name == "ip4":
        unheard(net, phone, provider)
