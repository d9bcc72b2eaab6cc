/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * request.h - requests that we make ourselves: what follows a request, and our
 * own
 *
 * RFC 3261, 9.1 (CANCEL) and 17.1.1.3 (ACK).
 */
#ifndef SIPFAST_SIP_REQUEST_H
#define SIPFAST_SIP_REQUEST_H

#include "../util/out.h"
#include "../util/text.h"
#include "branch.h"
#include "message.h"

/**
 * sf_request_follow() - write the CANCEL of a request, or the ACK of a response
 * that is no 2xx
 * @method: SF_METHOD_CANCEL or SF_METHOD_ACK
 * @request: the bytes of the request as we sent it, @len of them
 * @response: for ACK the response, whose To is taken; NULL for CANCEL
 *
 * Whether it fitted is in @out->full.
 *
 * Return: false when the request cannot be read.
 */
bool sf_request_follow(struct sf_out *out, enum sf_method method,
		       const char *request, u32 len,
		       const struct sf_message *response);

/**
 * struct sf_request - a request of our own, outside of a dialog
 * @method: enum sf_method
 * @ruri: the Request-URI
 * @via: our address, and the transport
 * @branch: of Via
 * @from: URI of From
 * @to: URI of To
 * @tag: of From
 * @call_id: a number that makes Call-ID, the same for a series of requests
 * @cseq: CSeq
 * @lines: further header lines, each with its CRLF
 */
struct sf_request {
	u8 method;
	struct sf_text ruri;
	const struct sf_flow *via;
	struct sf_branch branch;
	struct sf_text from;
	struct sf_text to;
	u64 tag;
	u64 call_id;
	u32 cseq;
	struct sf_text lines;
};

/**
 * sf_request_make() - write one, without a body
 *
 * Whether it fitted is in @out->full.
 */
void sf_request_make(struct sf_out *out, const struct sf_request *request);

/**
 * sf_put_via() - write a Via line
 * @flow: our address, and the transport
 */
void sf_put_via(struct sf_out *out, const struct sf_flow *flow,
		const struct sf_branch *branch);

#endif /* SIPFAST_SIP_REQUEST_H */
