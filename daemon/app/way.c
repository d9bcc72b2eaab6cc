// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * way.c - where a request wants to go, once our own part of the way is off
 *
 * As a special exception, linking with OpenSSL is permitted; see COPYING.
 */
#include "way.h"

#include <stddef.h>

/* The URI of an element of Route. */
static bool route_uri(const char *buf, struct sf_span item,
		      struct sf_addr *addr, struct sf_uri *uri)
{
	return !sf_addr_parse(buf, item, addr) &&
	       !sf_uri_parse(buf, addr->uri, uri);
}

static bool is_loose(const char *buf, const struct sf_uri *uri)
{
	struct sf_param param;

	return sf_param(buf, uri->params, "lr", &param);
}

/* The token of the last entry of ours is that of the side we go to. */
static void take_token(struct sf_way *way, const struct sf_self *self,
		       const struct sf_message *request,
		       const struct sf_uri *uri)
{
	struct sf_token token;

	way->ours++;
	way->pinned = false;
	/* What has no tag in To begins something, whatever it brings. */
	if (!uri->user.len || !request->to_tag.len ||
	    !sf_token_read(self->key, request, uri->user, &token))
		return;
	way->dialog = true;
	if (!way->tokens++) {
		way->first = token.flow;
		way->first_pinned = token.pinned;
	}
	way->pinned = token.pinned;
	way->flow = token.flow;
}

/*
 * What is left of Route, ours off the front. A strict router in front of us put
 * the Request-URI at the end and our own entry into its place.
 */
static u16 walk(struct sf_way *way, const struct sf_self *self,
		const struct sf_message *request, struct sf_out *left,
		struct sf_span *last)
{
	const struct sf_hdr *hdr = sf_msg_hdr(request->msg, SF_HDR_ROUTE);
	struct sf_span rest, item;
	struct sf_addr addr;
	struct sf_uri uri;
	bool front = true;

	for (; hdr; hdr = sf_msg_hdr_next(request->msg, hdr)) {
		rest = hdr->value;
		while (!sf_list_next(request->buf, &rest, &item)) {
			if (!route_uri(request->buf, item, &addr, &uri))
				return 400;
			if (front && self->own(self->owner, request->buf,
					       &uri.at)) {
				take_token(way, self, request, &uri);
				continue;
			}
			if (front) {
				way->next = sf_text(request->buf, addr.uri);
				way->strict = !is_loose(request->buf, &uri);
			}
			front = false;
			if (left->len)
				sf_put_lit(left, ", ");
			*last = sf_span(left->len, left->len);
			sf_put_span(left, request->buf, item);
			last->len = item.len;
		}
	}
	return 0;
}

/* Our own entry stands where the Request-URI should: RFC 3261, 16.4. */
static bool is_strict(struct sf_way *way, const struct sf_self *self,
		      const struct sf_message *request)
{
	struct sf_token token;

	return way->uri.user.len && is_loose(request->buf, &way->uri) &&
	       self->own(self->owner, request->buf, &way->uri.at) &&
	       sf_token_read(self->key, request, way->uri.user, &token);
}

/* The last of @left is the Request-URI. */
static u16 move_last(struct sf_way *way, struct sf_out *left,
		     struct sf_span last)
{
	struct sf_addr addr;

	if (!last.len || sf_addr_parse(way->text, last, &addr) ||
	    sf_uri_parse(way->text, addr.uri, &way->uri))
		return 400;
	way->ruri = sf_text(way->text, addr.uri);
	way->buf = way->text;
	way->moved = true;
	if (!last.off) {
		left->len = 0;
		way->next = (struct sf_text){ 0 };
	} else {
		left->len = last.off - 2;	/* and its comma */
	}
	return 0;
}

/*
 * The next hop is a strict router: it is to stand in the request line, and what
 * stood there at the end (RFC 3261, 16.6, step 6).
 */
static u16 give_place(struct sf_way *way, struct sf_out *left)
{
	static _Thread_local char text[SF_WAY_TEXT];
	struct sf_out out = sf_out(text, sizeof(text));
	struct sf_span rest = sf_span(0, left->len), item;

	if (sf_list_next(left->buf, &rest, &item))
		return 400;
	while (!sf_list_next(left->buf, &rest, &item)) {
		sf_put_span(&out, left->buf, item);
		sf_put_lit(&out, ", ");
	}
	sf_put_lit(&out, "<");
	sf_put(&out, way->ruri.s, way->ruri.len);
	sf_put_lit(&out, ">");
	if (out.full)
		return 513;
	memcpy(left->buf, text, out.len);
	left->len = out.len;
	way->ruri = way->next;
	way->moved = true;
	return 0;
}

u16 sf_way_read(struct sf_way *way, const struct sf_self *self,
		const struct sf_message *request)
{
	struct sf_out left = sf_out(way->text, sizeof(way->text));
	const struct sf_msg *msg = request->msg;
	struct sf_span last = { 0 };
	bool strict;
	u16 status;

	memset(way, 0, offsetof(struct sf_way, text));
	way->ruri = sf_text(request->buf, msg->ruri);
	way->buf = request->buf;
	if (sf_uri_parse(request->buf, msg->ruri, &way->uri))
		return 400;
	strict = is_strict(way, self, request);
	if (strict)
		take_token(way, self, request, &way->uri);
	status = walk(way, self, request, &left, &last);
	if (!status && left.full)
		status = 513;
	if (!status && strict) {
		way->reroute = true;
		status = move_last(way, &left, last);
	}
	/* Elsewhere nobody goes where Route says. */
	if (!status && way->dialog && way->strict && way->next.s)
		status = give_place(way, &left);
	if (way->ours)
		way->reroute = true;
	way->routes = (struct sf_text){ .s = way->text, .len = left.len };
	return status;
}

static void put_element(struct sf_out *out, const struct sf_self *self,
			const struct sf_message *request,
			const struct sf_side *side, bool sips)
{
	const struct sf_flow *flow = &side->flow;

	sips = sips && sf_transport_secure(flow->transport);
	sf_put_str(out, sips ? "<sips:" : "<sip:");
	sf_token_put(out, self->key, request, flow, side->pinned);
	sf_put_lit(out, "@");
	sf_put_ip(out, &flow->local.ip);
	sf_put_lit(out, ":");
	sf_put_u32(out, flow->local.port);
	/* Of sips: TLS is what is meant (RFC 5630, 3.1.4). */
	if (flow->transport != SF_TRANSPORT_UDP &&
	    !(sips && flow->transport == SF_TRANSPORT_TLS)) {
		sf_put_lit(out, ";transport=");
		/* RFC 7118, 5.3: one word, encrypted or not. */
		sf_put_str(out, sf_transport_websocket(flow->transport) ?
				"ws" : sf_transport_name(flow->transport));
	}
	sf_put_lit(out, ";lr>");
}

void sf_way_record(struct sf_out *out, const struct sf_self *self,
		   const struct sf_message *request, const struct sf_way *way,
		   const struct sf_side *from, const struct sf_side *to)
{
	bool sips = way->uri.scheme == SF_SCHEME_SIPS;

	put_element(out, self, request, to, sips);
	sf_put_lit(out, ", ");
	put_element(out, self, request, from, sips);
}
