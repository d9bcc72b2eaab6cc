# SPDX-License-Identifier: GPL-2.0-or-later
"""`sipfast show call ID` tells what there is of a call, and what was not done.

Dialogs with their tags and state, the flow, offers that wait, ports, media with
both directions, who is let in and who was turned away, and each decision with
the m= line and the message. The ID is the number, the Call-ID or the beginning
of one; what is ambiguous or unknown is said.
"""
from lib import check, rtp, sip
from lib.ua import Call, pair

HELPERS = ("sipfast",)
PLANS = ("ip4", "ip6", "nat66")


def show(net, name):
    return net.tool("show", "call", name)


def picked(what, **wanted):
    check.equal({key: what.get(key) for key in wanted}, wanted, f"keys of {what}")


def early(net, phone, provider, call):
    """Two phones ring, one with media; the offer still waits for others."""
    call.invite(sip.sdp(phone.addr, media=["m=audio 4000 RTP/AVP 0", "m=audio 22 RTP/AVP 0"]))
    told = show(net, call.id)["calls"][0]
    picked(told, state="setup", call_id=call.id, dialogs=0, dialog=[])
    check.equal(len(told["offer"]), 2, "lines of the offer")
    picked(told["offer"][0], cseq=1, caller=True, response=False, media=0, type="audio",
           usable=True, endpoint=f"{phone.name}:4000")
    picked(told["offer"][1], media=1, usable=False, endpoint=None)
    if net.plan.nat:
        mapped = call.invite_got.media[0].rtp[1]
        face = sip.uri_host(phone.face)
        check.equal(told["offer"][0]["mapped"], f"{face}:{mapped}", "mapped offer")
        check.equal(told["port"], [{"endpoint": f"{phone.name}:4000", "rtcp": 4001,
                                    "mapped": f"{face}:{mapped}"}], "ports")
    call.respond(183, sip.sdp(provider.addr, media=["m=audio 40000 RTP/AVP 0"] * 2), tag="one")
    call.respond(180, tag="two")
    dialogs = show(net, call.id)["calls"][0]["dialog"]
    check.equal(dialogs, [
        {"caller_tag": call.a.tag, "callee_tag": tag, "state": "early", "media": media}
        for tag, media in (("one", [0]), ("two", []))], "dialogs")


def up(net, phone, provider, call):
    call.a.remote_tag = "one"
    call.respond(200, tag="one")
    call.ack()
    told = show(net, call.id)
    picked(told["calls"][0], state="up")
    check.equal([d["state"] for d in told["calls"][0]["dialog"]], ["confirmed", "early"], "states")
    check.true(7000 < told["calls"][0]["expires_ms"] / 1000 <= 7200, "when it is forgotten")
    flow = told["calls"][0]["flow"]
    picked(flow, source=phone.hostport, target=provider.hostport, calls=1)
    check.equal("source_mapped" in flow, net.plan.nat, "the flow is translated")
    check.true(flow["expires_s"] > 7000, f"the flow's timeout {flow}")

    net.stranger.udp(40000).send(rtp.packet(), call.invite_got.media[0].rtp)
    check.until(lambda: show(net, call.id)["streams"][0]["reverse"]["strangers"] == 1,
                "the stranger is seen")
    stream = show(net, call.id)["streams"][0]
    picked(stream["reverse"], admits=f"{provider.name}:*",
           stranger=f"{sip.uri_host(net.stranger.addr)}:40000")
    picked(stream["forward"], admits=f"{phone.name}:*", strangers=0, stranger=None)


def decisions(net, call):
    found = show(net, call.id)["calls"][0]["decision"]
    check.equal(len(found), 1, f"decisions {found}")
    picked(found[0], name="media-low-port", media=1, caller=True, method="INVITE", times=1,
           text="media not opened: the port is below 1024", status=None)
    # The same again is the same.
    msg = call.send(call.a, "UPDATE", sip.sdp("192.0.2.99" if net.plan.family == 4 else
                                              "2001:db8:c000::99", 4000))
    call.back(call.b, msg, 200)
    call.a.agent.send(call.a.sent, call.a.target)
    call.b.agent.message("UPDATE")
    found = show(net, call.id)["calls"][0]["decision"]
    check.equal([(d["name"], d["method"], d["times"]) for d in found],
                [("media-low-port", "INVITE", 1), ("media-foreign", "UPDATE", 2)], "decisions")
    text = net.router.run("sipfast", "show", "call", call.id)
    for words in ("media-low-port, m= line 2\n", "in the caller's INVITE after ",
                  "in the caller's UPDATE after ", ", 2 times\n",
                  "media not opened: an endpoint named somebody else's address",
                  "1 stranger, last ", "dialog:    confirmed, media of m= line 1"):
        check.true(words in text, f"no {words!r} in:\n{text}")
    check.true(max(map(len, text.splitlines())) <= 80, f"lines are too long:\n{text}")


def names(net, phone, provider, call):
    other = Call(phone, provider, call_id=call.id + "-2")
    other.invite()
    number = str(show(net, call.id)["calls"][0]["id"])
    check.equal(show(net, number)["calls"][0]["call_id"], call.id, "call by number")
    check.equal([c["call_id"] for c in show(net, call.id)["calls"]], [call.id], "exact Call-ID")
    check.equal([c["call_id"] for c in show(net, call.id + "-")["calls"]], [other.id],
                "the beginning of a Call-ID")
    net.router.run("sipfast", "show", "call", call.id[:-1], status=1)
    net.router.run("sipfast", "show", "call", "nobody", status=1)
    other.respond(486)


def run(net):
    phone, provider = pair(net)
    call = Call(phone, provider)
    early(net, phone, provider, call)
    up(net, phone, provider, call)
    decisions(net, call)
    names(net, phone, provider, call)
    call.bye()
