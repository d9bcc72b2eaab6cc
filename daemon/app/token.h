/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * token.h - what we write into Record-Route, and know again in Route
 *
 * A request within a dialog passes because its dialog passed before: it brings
 * back a token that only we can make, bound to Call-ID and to the tag of who
 * began the dialog. It holds the flow of this side of the dialog: by that we know
 * it again, and reach it, where its Contact may not do: behind a NAT, or over a
 * connection that only the other side can open (RFC 5626, 5.2 calls it a flow
 * token).
 */
#ifndef SIPFAST_APP_TOKEN_H
#define SIPFAST_APP_TOKEN_H

#include "../sip/message.h"
#include "../util/hash.h"
#include "../util/out.h"

#define SF_TOKEN_LEN	96	/* longest text of one */

/**
 * sf_token_put() - write a token
 * @key: ours, the same for all workers, and after a restart
 * @request: the request that begins the dialog
 * @flow: of this side
 * @pinned: it is reached by that; otherwise where it says itself
 */
void sf_token_put(struct sf_out *out, const struct sf_hash_key *key,
		  const struct sf_message *request, const struct sf_flow *flow,
		  bool pinned);

/**
 * struct sf_token - a token that came back
 * @pinned: @flow is where that side is reached
 * @flow: its flow, as it was when the dialog began
 */
struct sf_token {
	bool pinned;
	struct sf_flow flow;
};

/**
 * sf_token_read() - read one
 * @request: of the dialog, from either side
 * @text: the token
 * @token: written only on success
 *
 * Return: false when it is not ours, or was made for another dialog.
 */
bool sf_token_read(const struct sf_hash_key *key,
		   const struct sf_message *request, struct sf_span text,
		   struct sf_token *token);

#endif /* SIPFAST_APP_TOKEN_H */
