/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * way.h - where a request wants to go, once our own part of the way is off
 *
 * RFC 3261, 16.4 (what Route says), 16.6 step 4 (Record-Route) and 6 (strict
 * routers); RFC 5658 (two entries where the sides differ).
 */
#ifndef SIPFAST_APP_WAY_H
#define SIPFAST_APP_WAY_H

#include "../util/text.h"
#include "token.h"

#define SF_WAY_TEXT	2048

/**
 * struct sf_way - a request's way
 * @ruri: the Request-URI, or what a strict router put at the end of Route
 * @moved: @ruri is not the one in the request line
 * @buf: what the spans of @uri are into
 * @uri: @ruri, read
 * @next: the first Route that is not ours; none: @ruri is the next hop
 * @strict: @next is a strict router, which takes the place of @ruri
 * @reroute: Route has to be written anew: ours are off
 * @routes: and this is what is left, in @text
 * @dialog: it brought a token: its dialog passed here before
 * @tokens: how many: one for each side
 * @first: the flow of the first, the side that it says to come from
 * @first_pinned: that side is reached by it: it is a phone of ours, or a proxy of its
 * @pinned: the last one, of the side that it goes to, says where to
 * @flow: namely there
 * @held: and it goes there whatever else it says; set by who does not believe it
 * @ours: how many entries were ours
 * @text: texts of the above
 */
struct sf_way {
	struct sf_text ruri;
	bool moved;
	const char *buf;
	struct sf_uri uri;
	struct sf_text next;
	bool strict;
	bool reroute;
	struct sf_text routes;
	bool dialog;
	u32 tokens;
	struct sf_flow first;
	bool first_pinned;
	bool pinned;
	struct sf_flow flow;
	bool held;
	u32 ours;
	char text[SF_WAY_TEXT];
};

/**
 * struct sf_self - how we know ourselves
 * @key: of tokens
 * @own: is that host and port of a URI us?
 * @owner: for @own
 */
struct sf_self {
	const struct sf_hash_key *key;
	bool (*own)(const void *owner, const char *buf,
		    const struct sf_host *host);
	const void *owner;
};

/**
 * sf_way_read() - read it
 * @way: points into @request, and into itself
 *
 * Return: 0, or the status code to refuse the request with.
 */
u16 sf_way_read(struct sf_way *way, const struct sf_self *self,
		const struct sf_message *request);

/**
 * struct sf_side - one side of a dialog that we stay on the way of
 * @flow: our address there, and the peer's
 * @pinned: it is reached by @flow, whatever its Contact says
 */
struct sf_side {
	struct sf_flow flow;
	bool pinned;
};

/**
 * sf_way_record() - write our elements of Record-Route, one for each side
 * @way: of the request: of sips: they are sips:, too (RFC 3261, 16.6, step 4), but
 *       not where somebody came in the clear, who could not use them
 * @from: the side that the request came from
 * @to: the side that it goes to, which stands first
 */
void sf_way_record(struct sf_out *out, const struct sf_self *self,
		   const struct sf_message *request, const struct sf_way *way,
		   const struct sf_side *from, const struct sf_side *to);

#endif /* SIPFAST_APP_WAY_H */
