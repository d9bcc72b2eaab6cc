/* SPDX-License-Identifier: GPL-2.0 */
/*
 * walk.h - read all that can be read from a message, and doubt each result
 *
 * Freestanding like the core: the KUnit suites and the fuzzers share it. They
 * put the message where a step too far is caught.
 */
#ifndef _SF_TEST_WALK_H
#define _SF_TEST_WALK_H

#include <sipfast/msg.h>
#include <sipfast/sdp.h>

/**
 * sf_walk_msg() - read every value of an index, and its session description
 * @msg: what sf_msg_parse() or sf_msg_parse_stream() made
 * @len: bytes that it was given
 * @sdp: room for the index of the description
 *
 * Return: NULL, or what is wrong with the results.
 */
const char *sf_walk_msg(const struct sf_msg *msg, u32 len, struct sf_sdp *sdp);

/**
 * sf_walk_value() - read some bytes as a header value of every kind
 * Return: NULL, or what is wrong with the results.
 */
const char *sf_walk_value(const char *buf, struct sf_span value);

/**
 * sf_walk_sdp() - read a session description and all its lines
 * Return: NULL, or what is wrong with the results.
 */
const char *sf_walk_sdp(const char *buf, struct sf_span all,
			struct sf_sdp *sdp);

/**
 * sf_walk_digest() - a number for all that the core makes of some bytes
 * @msg: room for an index
 * @sdp: likewise for that of a description
 *
 * Verdicts and every field of the indexes go into it, as a datagram, as a
 * stream and as a description. The same bytes have the same number in the
 * kernel and in user space.
 */
u32 sf_walk_digest(const char *buf, u32 len, struct sf_msg *msg,
		   struct sf_sdp *sdp);

#endif /* _SF_TEST_WALK_H */
