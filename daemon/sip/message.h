/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * message.h - a message as transactions and what is above them see it
 *
 * What everybody asks of a message is read once: who it is from, which
 * transaction and which dialog it names. The rest is read by whoever needs it.
 */
#ifndef SIPFAST_SIP_MESSAGE_H
#define SIPFAST_SIP_MESSAGE_H

#include <sipfast/value.h>

#include "../net/net.h"

/**
 * struct sf_message - a message while it is dealt with
 * @packet: it as it came in
 * @buf: the same as @packet->buf: all spans are into this
 * @msg: the same as @packet->msg
 * @method: enum sf_method; of a response that of CSeq
 * @via: the topmost Via
 * @branch: its branch; empty when it has none
 * @cookie: @branch is of RFC 3261, and so unique
 * @rport: the topmost Via asks for the port that it came from (RFC 3581)
 * @cseq: CSeq
 * @call_id: Call-ID
 * @from: From
 * @to: To
 * @from_tag: empty when there is none
 * @to_tag: empty when there is none: the request begins a dialog, or is
 *          outside of any
 */
struct sf_message {
	const struct sf_packet *packet;
	const char *buf;
	const struct sf_msg *msg;
	u8 method;
	struct sf_via via;
	struct sf_span branch;
	bool cookie;
	bool rport;
	struct sf_cseq cseq;
	struct sf_span call_id;
	struct sf_addr from;
	struct sf_addr to;
	struct sf_span from_tag;
	struct sf_span to_tag;
};

/**
 * sf_message_read() - read that
 * @message: what could not be read is empty
 * @packet: a message whose @reason is SF_OK
 *
 * Return: SF_OK, or the first thing that could not be read.
 */
enum sf_reason sf_message_read(struct sf_message *message,
			       const struct sf_packet *packet);

/**
 * sf_message_source() - did it come from the address in its topmost Via?
 *
 * If not, Via gets received (RFC 3261, 18.2.1).
 */
bool sf_message_source(const struct sf_message *message);

#endif /* SIPFAST_SIP_MESSAGE_H */
