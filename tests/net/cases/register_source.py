# SPDX-License-Identifier: GPL-2.0-or-later
"""Who may reach a registered phone: its registrar, and whom the settings add.

From any port of the registrar; with `prefix` from its /24 (IPv6: /64), with
registration-hosts from those prefixes, with `any` from everywhere. Everybody else is
refused and counted. A change holds for the registrations of afterwards; the list
holds at once.
"""
from lib import check
from lib.register import Registration
from lib.ua import Agent, Call, Talk, pair

PLANS = ("ip4", "ip6", "nat66", "watch-routed")
HELPERS = ("sipfast",)


def reaches(host, phone, contact, ports=iter(range(5100, 6000))):
    """A call from a port that nobody has used."""
    caller = Agent(host, "carl", next(ports))
    talk = Talk(caller, phone, (40000, 4000), target=contact)
    talk.speak()
    talk.call.bye()
    talk.close()
    caller.close()


def refused(net, host, phone, contact, ports=iter(range(6100, 7000))):
    before = net.stats()["pinhole-stranger"]
    Call(Agent(host, "eve", next(ports)), phone, target=contact).a.request("INVITE")
    phone.quiet("an INVITE of a stranger")
    check.until(lambda: net.stats()["pinhole-stranger"] == before + 1, "it is counted")


def run(net):
    phone, provider = pair(net)
    # The gateway shares the provider's /24, but not its /64.
    four = net.plan.family == 4
    reg = Registration(phone, provider)
    contact, _ = reg.refresh()
    reaches(net.provider, phone, contact)
    refused(net, net.gateway, phone, contact)
    refused(net, net.stranger, phone, contact)

    net.set("registration-hosts",
            f"192.0.2.0/24,{net.gateway.addr}/{32 if four else 64}")
    reaches(net.gateway, phone, contact)
    reaches(net.provider, phone, contact)
    refused(net, net.stranger, phone, contact)
    net.set("registration-hosts", "none")
    refused(net, net.gateway, phone, contact)

    for source in ("prefix", "any"):
        reg.refresh(0)
        net.set("registration-source", source)
        contact, _ = reg.refresh()
        reaches(net.provider, phone, contact)
        for host in (net.gateway, net.stranger):
            if source == "any" or four:
                reaches(host, phone, contact)
            else:
                refused(net, host, phone, contact)
