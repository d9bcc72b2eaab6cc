/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * stun.h - answers for phones that ask what they look like from here
 *
 * They do that on SIP's own port, and keep their NAT open that way (RFC 5626,
 * 3.5.2). RFC 5389 without authentication: 6 (header), 7.3 (requests), 15
 * (attributes).
 */
#ifndef SIPFAST_NET_STUN_H
#define SIPFAST_NET_STUN_H

#include "flow.h"

#define SF_STUN_ANSWER_MAX	96

/**
 * sf_stun_is() - is this datagram STUN? No SIP message is.
 */
bool sf_stun_is(const char *buf, u32 len);

/**
 * sf_stun_answer() - what to say
 * @buf: a datagram that sf_stun_is(), @len bytes
 * @from: who sent it
 * @answer: SF_STUN_ANSWER_MAX bytes
 *
 * Return: bytes of the answer; 0 when there is none to give.
 */
u32 sf_stun_answer(const char *buf, u32 len, const struct sf_end *from,
		   char *answer);

#endif /* SIPFAST_NET_STUN_H */
