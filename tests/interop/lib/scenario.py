#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""scenario.py register|account|caller|dialer|dials|callee|voice|answers: a scenario of sipp

  register  who=NAME registers at domain=DOMAIN
  account   registers with digest
  caller    calls peer=NAME with audio and video, holds in two ways, goes on,
            transfers the peer to carol, and hangs up
  dialer    calls peer=NAME with digest, talks, and hangs up
  dials     does so without a word
  callee    has early media, picks up, and is hung up on
  voice     is a callee for those who offer audio only
  answers   picks up at once, says nothing, and is hung up on

Each step has its line in sipp's -trace_logs. After one that is looked at comes a pause
for that, twice as long as it takes or more, for machines that are slow.
"""
import sys

VIA = 'Via: SIP/2.0/[transport] [local_ip]:[local_port];rport;branch=[branch]'
CONTACT = 'Contact: <sip:[who]@[local_ip]:[local_port]>'
RESPONSE = ['[last_Via:]', '[last_Record-Route:]', '[last_From:]', '[last_To:];tag=e[pid]',
            '[last_Call-ID:]', '[last_CSeq:]', CONTACT]


def sdp(version, direction, video='0'):
    """With a video port of 0 for who offers pictures, with '' for who does not."""
    pictures = [f'm=video {video} RTP/AVP 96', 'a=rtpmap:96 VP8/90000'] if video else []
    return '\n'.join([
        'v=0', f'o=- 1 {version} IN IP[local_ip_type] [local_ip]', 's=-',
        'c=IN IP[media_ip_type] [media_ip]', 't=0 0',
        'm=audio [rtpstream_audio_port] RTP/AVP 0', 'a=rtpmap:0 PCMU/8000', f'a={direction}',
        *pictures, ''])


def send(lines, body='', retrans=False):
    if body:
        lines = lines + ['Content-Type: application/sdp']
    text = '\n'.join(lines + ['Content-Length: [len]', '', body])
    print(f'<send{" retrans=" + chr(34) + "500" + chr(34) if retrans else ""}>'
          f'<![CDATA[\n{text}\n]]></send>')


def receive(what, name, **more):
    print(f'<recv {what}="{name}"', *(f'{k}="{v}"' for k, v in more.items()), '/>')


def step(name, milliseconds=0, **actions):
    execs = ''.join(f'<exec {k}="{v}"/>' for k, v in actions.items())
    print(f'<nop><action>{execs}<log message="{name}"/></action></nop>')
    if milliseconds:
        print(f'<pause milliseconds="{milliseconds}"/>')


def ask_register(cseq, *extra):
    send(['REGISTER sip:[domain] SIP/2.0', VIA, 'Max-Forwards: 70',
          'From: <sip:[who]@[domain]>;tag=r[pid]', 'To: <sip:[who]@[domain]>',
          'Call-ID: [call_id]', f'CSeq: {cseq} REGISTER', CONTACT, 'Expires: 600', *extra],
         retrans=True)


def register():
    ask_register(1)
    receive('response', '200')


def account():
    ask_register(1)
    receive('response', '401', auth='true')
    ask_register(2, '[authentication]')
    receive('response', '200')


def request(method, cseq, body='', extra=(), first=False):
    uri, tag, routes = ('sip:[peer]@[domain]', '', []) if first \
        else ('[next_url]', '[peer_tag_param]', ['[routes]'])
    send([f'{method} {uri} SIP/2.0', VIA, 'Max-Forwards: 70', *routes,
          'From: <sip:[who]@[domain]>;tag=c[pid]', f'To: <sip:[peer]@[domain]>{tag}',
          'Call-ID: [call_id]',
          f'CSeq: {cseq} {method}', CONTACT, *extra], body, retrans=method != 'ACK')


def invite(cseq, direction, **how):
    request('INVITE', cseq, sdp(cseq, direction, **how), first=cseq == 1)
    for status in 100, 180:
        receive('response', status, optional='true')
    receive('response', 200, **({'rrs': 'true'} if cseq == 1 else {}))
    request('ACK', cseq)


def answer(status, body=''):
    send([f'SIP/2.0 {status}', *RESPONSE], body)


def caller():
    invite(1, 'sendrecv', video='6010')
    step('talking', 4000, rtp_stream='tone.ulaw,-1,0')
    invite(2, 'sendonly')
    step('sendonly', 3000)
    step('pause', rtp_stream='pause')
    invite(3, 'inactive')
    step('inactive', 3000)
    invite(4, 'sendrecv')
    step('resumed', 4000, rtp_stream='resume')
    request('REFER', 5, extra=['Refer-To: <sip:carol@example.org>',
                               'Referred-By: <sip:[who]@[local_ip]:[local_port]>'])
    receive('response', '202')
    step('referred')
    for _ in range(2):
        receive('request', 'NOTIFY')
        send(['SIP/2.0 200 OK', *RESPONSE[:3], '[last_To:]', *RESPONSE[4:]])
        step('notified')
    request('BYE', 6)
    receive('response', '200')


def dialer(silent=False):
    offer = sdp(1, 'sendrecv', video='')
    request('INVITE', 1, offer, first=True)
    receive('response', 100, optional='true')
    receive('response', 407, auth='true')
    # This ACK belongs to the transaction of the INVITE, three steps up.
    send(['ACK sip:[peer]@[domain] SIP/2.0', VIA.replace('branch]', 'branch-3]'),
          'Max-Forwards: 70', 'From: <sip:[who]@[domain]>;tag=c[pid]', '[last_To:]',
          'Call-ID: [call_id]', 'CSeq: 1 ACK'])
    request('INVITE', 2, offer, extra=['[authentication]'], first=True)
    for status in 100, 180, 183:
        receive('response', status, optional='true')
    receive('response', 200, rrs='true')
    request('ACK', 2)
    if not silent:
        step('talking', 8000, rtp_stream='tone.ulaw,-1,0')
    request('BYE', 3)
    receive('response', '200')


def dials():
    dialer(silent=True)


def hung_up_on():
    receive('request', 'BYE')
    send(['SIP/2.0 200 OK', *RESPONSE[:3], '[last_To:]', *RESPONSE[4:]])


def callee(**how):
    receive('request', 'INVITE', rrs='true')
    answer('183 Session Progress', sdp(1, 'sendrecv', **how))
    step('early', 4000, rtp_stream='tone.ulaw,-1,0')
    answer('200 OK', sdp(1, 'sendrecv', **how))
    receive('request', 'ACK')
    step('answered')
    hung_up_on()


def voice():
    callee(video='')


def answers():
    receive('request', 'INVITE', rrs='true')
    answer('180 Ringing')
    answer('200 OK', sdp(1, 'sendrecv', video=''))
    receive('request', 'ACK')
    hung_up_on()


if __name__ == '__main__':
    print('<?xml version="1.0" encoding="UTF-8"?>')
    print(f'<scenario name="{sys.argv[1]}">')
    {'register': register, 'account': account, 'caller': caller, 'dialer': dialer,
     'dials': dials, 'callee': callee, 'voice': voice, 'answers': answers}[sys.argv[1]]()
    print('</scenario>')
