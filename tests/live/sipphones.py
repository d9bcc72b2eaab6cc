# SPDX-License-Identifier: GPL-2.0-or-later
"""What sipp's phones do: register, call, hang up and refresh.

All of a phone comes from port 5060 of its own address. Each of its calls is a call of
sipp's, which knows one dialog in each. Its REGISTERs are as long each time, as those of a
phone are, whatever number sipp gives them: User-Agent makes up for that. sipp says the same
URI in all its credentials, so calls are in a domain that asks for none.
"""
REGISTER = """
<send retrans="500"><![CDATA[
REGISTER sip:home.arpa SIP/2.0
Via: SIP/2.0/UDP [field1]:5060;branch=z9hG4bKr-[field0]-[call_id]-{cseq}
Max-Forwards: 70
From: <sip:[field0]@home.arpa>;tag=r[field0]
To: <sip:[field0]@home.arpa>
Call-ID: r///[call_id]
CSeq: {cseq} REGISTER
Contact: <sip:[field0]@[field1]:5060>
{more}User-Agent: sipp[field3]
Expires: 600
Content-Length: 0

]]></send>
"""

CALL = """
<send retrans="500"><![CDATA[
INVITE sip:bob@open.home.arpa SIP/2.0
Via: SIP/2.0/UDP [field1]:5060;branch=z9hG4bKi-[field0]-[call_id]
Max-Forwards: 70
From: <sip:[field0]@open.home.arpa>;tag=i[field0]
To: <sip:bob@open.home.arpa>
Call-ID: i///[call_id]
CSeq: 1 INVITE
Contact: <sip:[field0]@[field1]:5060>
Content-Length: 0

]]></send>
<recv response="100" optional="true"></recv>
<recv response="180" optional="true"></recv>
<recv response="200" rrs="true"></recv>
<send><![CDATA[
ACK [next_url] SIP/2.0
Via: SIP/2.0/UDP [field1]:5060;branch=z9hG4bKa-[field0]-[call_id]
Max-Forwards: 70
[routes]
From: <sip:[field0]@open.home.arpa>;tag=i[field0]
To: <sip:bob@open.home.arpa>[peer_tag_param]
Call-ID: i///[call_id]
CSeq: 1 ACK
Content-Length: 0

]]></send>
<pause milliseconds="{hold}"/>
<send retrans="500"><![CDATA[
BYE [next_url] SIP/2.0
Via: SIP/2.0/UDP [field1]:5060;branch=z9hG4bKb-[field0]-[call_id]
Max-Forwards: 70
[routes]
From: <sip:[field0]@open.home.arpa>;tag=i[field0]
To: <sip:bob@open.home.arpa>[peer_tag_param]
Call-ID: i///[call_id]
CSeq: 2 BYE
Content-Length: 0

]]></send>
"""

CHALLENGED = '<recv response="401" auth="true"></recv>\n'
OK = '<recv response="200"></recv>\n'


def register(cseq):
    return (REGISTER.format(cseq=cseq, more='') + CHALLENGED +
            REGISTER.format(cseq=cseq + 1, more='[field2]\n') + OK)


def scenario(*parts):
    return '<?xml version="1.0" encoding="UTF-8"?>\n<scenario name="phone">\n' + ''.join(parts) + \
        '</scenario>\n'


def phone(quiet, hold):
    """A call, and a refresh behind it; quiet before, in ms."""
    return scenario(register(1), f'<pause milliseconds="{quiet}"/>\n', CALL.format(hold=hold), OK,
                    register(3))


def callee():
    """Somebody to call, without a password."""
    return scenario(REGISTER.format(cseq=1, more='').replace('home.arpa', 'open.home.arpa'), OK)


def users(phones, secret):
    """A file of fields, of (name, address), one for each call: what they fill is above."""
    return 'SEQUENTIAL\n' + ''.join(
        f'{name};{address};[authentication username={name} password={secret(name)}];'
        f'{"-" * (10 - 2 * len(str(number)))}\n'
        for number, (name, address) in enumerate(phones, 1))
