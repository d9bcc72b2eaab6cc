/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * forward.h - what a proxy changes in what it forwards, and nothing else
 *
 * RFC 3261, 16.6 (requests), 16.7 (responses), 18.2.1 (received); RFC 3581.
 */
#ifndef SIPFAST_SIP_FORWARD_H
#define SIPFAST_SIP_FORWARD_H

#include "../util/out.h"
#include "../util/text.h"
#include "branch.h"
#include "message.h"

/**
 * struct sf_drops - header lines that are left out
 * @lines: a bit for each, by its index
 */
struct sf_drops {
	u64 lines[SF_MSG_HDRS_MAX / 64];
};

static inline void sf_drops_add(struct sf_drops *drops, u32 line)
{
	drops->lines[line / 64] |= 1ull << line % 64;
}

/**
 * struct sf_forward - how a request is forwarded
 * @request: the request
 * @via: what the new Via says: our address there and the transport
 * @branch: and its branch
 * @own: it is our own: there is no other Via
 * @ruri: the new Request-URI; NULL: it stays
 * @reroute: Route becomes @route, whatever it was
 * @route: the elements, ", " between them; none: there is no Route
 * @record: elements of Record-Route that come before those that are there
 * @drops: header lines that are left out
 * @lines: further header lines, each with its CRLF
 */
struct sf_forward {
	const struct sf_message *request;
	const struct sf_flow *via;
	struct sf_branch branch;
	bool own;
	struct sf_text ruri;
	bool reroute;
	struct sf_text route;
	struct sf_text record;
	struct sf_drops drops;
	struct sf_text lines;
};

/**
 * sf_forward_request() - write the request as it goes on
 *
 * Max-Forwards is one less, or 70 if there was none; it is not 0.
 *
 * Return: false when it does not fit or is not to be edited.
 */
bool sf_forward_request(struct sf_out *out, const struct sf_forward *forward);

/**
 * sf_forward_response() - write a response without its topmost Via
 * @drops: header lines that are left out, too
 *
 * Return: false when it does not fit.
 */
bool sf_forward_response(struct sf_out *out, const struct sf_message *response,
			 const struct sf_drops *drops);

#endif /* SIPFAST_SIP_FORWARD_H */
