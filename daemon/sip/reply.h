/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * reply.h - making responses, and where they go
 *
 * RFC 3261, 8.2.6 (how), 18.2.2 (where); RFC 3581 (rport).
 */
#ifndef SIPFAST_SIP_REPLY_H
#define SIPFAST_SIP_REPLY_H

#include "../util/out.h"
#include "message.h"

/**
 * struct sf_reply - a response to be made
 * @status: status code
 * @phrase: the reason phrase; NULL for that of the RFCs
 * @tag: for To, if the request has none there; 0: none (100)
 * @lines: further header lines, each with its CRLF, @lines_len bytes
 * @type: Content-Type of @body; NULL when there is no body
 * @body: the body, @body_len bytes
 */
struct sf_reply {
	u16 status;
	const char *phrase;
	u64 tag;
	const char *lines;
	u32 lines_len;
	const char *type;
	const char *body;
	u32 body_len;
};

/**
 * sf_reply_build() - write a response
 * @request: what is answered. If it could not be read in full, what there is
 *           of it is used: see sf_msg_parse().
 *
 * Via, From, To, Call-ID and CSeq are the request's; the topmost Via gets
 * received and rport as it should have. Record-Route is copied into what can
 * make a dialog, Timestamp into 100.
 *
 * Whether it fitted is in @out->full.
 */
void sf_reply_build(struct sf_out *out, const struct sf_message *request,
		    const struct sf_reply *reply);

/**
 * sf_reply_received() - write the parameters that the topmost Via of a request
 * gets from who received it (RFC 3261, 18.2.1; RFC 3581, 4)
 */
void sf_reply_received(struct sf_out *out, const struct sf_message *request);

/**
 * sf_reply_flow() - where a response to a request goes
 * @flow: the packet's, and of UDP without rport the port of Via
 */
void sf_reply_flow(const struct sf_message *request, struct sf_flow *flow);

/**
 * sf_reply_send() - answer a request without a transaction (RFC 3261, 8.2.7)
 *
 * Never called for ACK.
 */
void sf_reply_send(struct sf_net *net, const struct sf_message *request,
		   const struct sf_reply *reply);

/**
 * sf_put_retry_after() - write the header line that says when to ask again
 *
 * Seconds that differ: all of them at once would be the same again.
 */
void sf_put_retry_after(struct sf_out *out);

/**
 * sf_status_phrase() - the reason phrase that the RFCs give
 * Return: a constant string, of an unknown code that of its class.
 */
const char *sf_status_phrase(u16 status);

#endif /* SIPFAST_SIP_REPLY_H */
