# SPDX-License-Identifier: GPL-2.0-or-later
"""REGISTER and what comes back."""
from . import check, sip
from .ua import Leg


class Registration:
    """A phone's binding at a registrar; the Call-ID stays over refreshes."""

    def __init__(self, phone, registrar, contacts=None):
        self.phone, self.registrar = phone, registrar
        self.leg = Leg(phone, phone, f"reg-{phone.user}@{phone.addr}", registrar.at)
        self.server = Leg(registrar, phone, self.leg.call_id)
        self.contacts = contacts or [phone.contact]
        self.leg.contact = ", ".join(self.contacts)

    def ask(self, expires=600, extra_headers=(), **more):
        """REGISTER as the registrar receives it."""
        self.leg.remote_tag = ""
        self.leg.request("REGISTER", extra=[("Expires", str(expires)), *extra_headers], **more)
        msg = self.registrar.message("REGISTER")
        check.equal(msg.method, "REGISTER", "request at the registrar")
        return msg

    def answer(self, msg, status=200, expires=600, contacts=None):
        """Its answer as the phone receives it; a 200 lists the bindings."""
        if contacts is None:
            contacts = [msg.get("Contact") + f";expires={expires}"] if expires else []
        extra = [("Contact", value) for value in contacts] if status == 200 else []
        self.server.respond(msg, status, extra=extra, contact=False)
        got = self.leg.take_response(status)
        self.leg.target = self.registrar.at
        return got

    def refresh(self, expires=600):
        """The Contact as the registrar sees it, and the 200 at the phone."""
        msg = self.ask(expires)
        answer = self.answer(msg, expires=expires)
        return sip.host_port(msg.get("Contact")), answer


class User(Registration):
    """Another address of record of the same phone."""

    def __init__(self, phone, registrar, user):
        super().__init__(phone, registrar, [phone.contact.replace(phone.user, user)])
        self.leg.local = self.leg.remote = f"<sip:{user}@example.com>"
        self.leg.call_id = self.server.call_id = f"reg-{user}@{phone.addr}"


def register(phone, registrar, expires=600):
    """Where the registrar will find the phone."""
    return Registration(phone, registrar).refresh(expires)[0]
