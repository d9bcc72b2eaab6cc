/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * frame.h - where the messages of a stream end
 *
 * A peer may send byte by byte: what was looked at is not looked at again. The
 * head is read when it is whole, or when twice as much is there as when it was
 * read last, so that what is no SIP is found out early.
 */
#ifndef SIPFAST_NET_FRAME_H
#define SIPFAST_NET_FRAME_H

#include <sipfast/msg.h>

/**
 * struct sf_frame - what is known of a message that is not whole
 * @scanned: up to here no blank line ends
 * @tried: bytes there were when the head was read in vain
 * @need: bytes of the message, once its head is whole; 0 before
 *
 * All zero: nothing is known.
 */
struct sf_frame {
	u32 scanned;
	u32 tried;
	u32 need;
};

/**
 * sf_frame_next() - is the message whole?
 * @frame: what is known of it, all zero again unless SF_PARTIAL is returned
 * @msg: its index, as sf_msg_parse_stream() leaves it; nothing when that was
 *       not asked
 * @buf: the message's bytes so far, the first of them no line end
 *
 * Return: what sf_msg_parse_stream() says; SF_PARTIAL at times when it would
 * say that this is no message: that comes later then.
 */
enum sf_reason sf_frame_next(struct sf_frame *frame, struct sf_msg *msg,
			     const char *buf, u32 len);

/**
 * struct sf_blank - line ends between messages, RFC 5626, 4.4.1
 * @seen: how much of CR LF CR LF came last
 */
struct sf_blank {
	u8 seen;
};

/**
 * sf_blank_skip() - pass over line ends
 * @pings: how many times they were a ping
 *
 * Return: how many bytes they are.
 */
u32 sf_blank_skip(struct sf_blank *blank, const char *buf, u32 len, u32 *pings);

#endif /* SIPFAST_NET_FRAME_H */
