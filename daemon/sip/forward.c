// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * forward.c - what a proxy changes in what it forwards, and nothing else
 *
 * As a special exception, linking with OpenSSL is permitted; see COPYING.
 */
#include "forward.h"

#include <sipfast/edit.h>

#include "reply.h"
#include "request.h"

#define HOPS	70	/* RFC 3261, 8.1.1.6 */
#define HOPS_MAX	255	/* 20.22 */

/* A header line with its line end. */
static struct sf_span whole_line(const struct sf_msg *msg, u32 n)
{
	const struct sf_hdr *hdr = &msg->hdrs[n];
	u32 end;

	if (n + 1u < msg->nhdrs)
		return sf_span(hdr->name.off, msg->hdrs[n + 1].name.off);
	/* The last one: white space, then its line end. */
	end = sf_span_end(hdr->value);
	while (msg->buf[end] != '\n')
		end++;
	return sf_span(hdr->name.off, end + 1);
}

static u32 line_start(const struct sf_msg *msg, enum sf_hdr_id id)
{
	return msg->hdrs[msg->first[id]].name.off;
}

static void insert(struct sf_edits *edits, u32 at, const struct sf_out *out)
{
	if (out->full)
		edits->err = SF_EDITS;
	else
		sf_edit(edits, sf_span(at, at), out->buf, out->len);
}

static void add_via(struct sf_edits *edits, const struct sf_forward *forward)
{
	char buf[128];
	struct sf_out out = sf_out(buf, sizeof(buf));

	sf_put_via(&out, forward->via, &forward->branch);
	insert(edits, line_start(forward->request->msg, SF_HDR_VIA), &out);
}

/* Parameters of the sender's that are ours to set. */
static void cut_received(struct sf_edits *edits,
			 const struct sf_message *request)
{
	struct sf_span rest = request->via.params;
	struct sf_param param;

	while (!sf_param_next(request->buf, &rest, &param)) {
		if (sf_span_caseis(request->buf, param.name, "received") ||
		    sf_span_caseis(request->buf, param.name, "rport"))
			sf_edit(edits, param.all, "", 0);
	}
}

static void set_received(struct sf_edits *edits,
			 const struct sf_message *request)
{
	char buf[96];
	struct sf_out out = sf_out(buf, sizeof(buf));

	sf_reply_received(&out, request);
	cut_received(edits, request);
	if (out.len)
		insert(edits, sf_span_end(request->via.params), &out);
}

static void add_list(struct sf_edits *edits, const struct sf_msg *msg,
		     enum sf_hdr_id id, const struct sf_text *text)
{
	enum sf_hdr_id before = sf_msg_hdr(msg, id) ? id : SF_HDR_VIA;
	char buf[2048];
	struct sf_out out = sf_out(buf, sizeof(buf));

	if (!text->len)
		return;
	sf_put_str(&out, sf_hdr_name(id));
	sf_put_lit(&out, ": ");
	sf_put(&out, text->s, text->len);
	sf_put_lit(&out, "\r\n");
	insert(edits, line_start(msg, before), &out);
}

static void set_hops(struct sf_edits *edits, const struct sf_msg *msg)
{
	struct sf_span value;
	u32 hops;

	if (!sf_msg_single(msg, SF_HDR_MAX_FORWARDS, &value) &&
	    sf_span_u32(msg->buf, value, &hops) && hops)
		sf_edit_u32(edits, value, hops > HOPS_MAX ? HOPS : hops - 1);
	else
		sf_edit(edits, sf_span(line_start(msg, SF_HDR_VIA),
				       line_start(msg, SF_HDR_VIA)),
			"Max-Forwards: 70\r\n", 18);
}

/*
 * A datagram and a frame of a WebSocket say where a message ends, TCP does not:
 * there it has to be told (RFC 3261, 18.3).
 */
static void set_length(struct sf_edits *edits, const struct sf_msg *msg)
{
	u32 via = line_start(msg, SF_HDR_VIA);
	char buf[32];
	struct sf_out out = sf_out(buf, sizeof(buf));

	if (msg->has_length)
		return;
	sf_put_lit(&out, "Content-Length: ");
	sf_put_u32(&out, msg->body.len);
	sf_put_lit(&out, "\r\n");
	insert(edits, via, &out);
}

static void drop_lines(struct sf_edits *edits, const struct sf_msg *msg,
		       enum sf_hdr_id id)
{
	const struct sf_hdr *hdr = sf_msg_hdr(msg, id);

	for (; hdr; hdr = sf_msg_hdr_next(msg, hdr))
		sf_edit(edits, whole_line(msg, hdr - msg->hdrs), "", 0);
}

static bool is_dropped(const struct sf_drops *drops, u32 line)
{
	return drops->lines[line / 64] >> line % 64 & 1;
}

/* Those that stand together at once: there may be more than edits. */
static void drop(struct sf_edits *edits, const struct sf_msg *msg,
		 const struct sf_drops *drops)
{
	struct sf_span lines = { 0 };
	u32 i;

	for (i = 0; i < msg->nhdrs; i++) {
		if (is_dropped(drops, i)) {
			if (!lines.len)
				lines.off = msg->hdrs[i].name.off;
			lines.len = sf_span_end(whole_line(msg, i)) - lines.off;
		} else if (lines.len) {
			sf_edit(edits, lines, "", 0);
			lines.len = 0;
		}
	}
	if (lines.len)
		sf_edit(edits, lines, "", 0);
}

static bool apply(struct sf_out *out, const struct sf_edits *edits,
		  const struct sf_msg *msg)
{
	struct sf_span all = sf_span(msg->start.off, msg->len);
	u32 len;

	if (sf_edits_apply(edits, msg->buf, all, out->buf + out->len,
			   out->max - out->len, &len))
		return false;
	out->len += len;
	return true;
}

bool sf_forward_request(struct sf_out *out, const struct sf_forward *forward)
{
	static _Thread_local struct sf_edits edits;
	const struct sf_message *request = forward->request;
	const struct sf_msg *msg = request->msg;
	u32 via = line_start(msg, SF_HDR_VIA);

	sf_edits_init(&edits);
	if (forward->ruri.s)
		sf_edit(&edits, msg->ruri, forward->ruri.s, forward->ruri.len);
	add_via(&edits, forward);
	if (forward->own)
		drop_lines(&edits, msg, SF_HDR_VIA);
	else
		set_received(&edits, request);
	add_list(&edits, msg, SF_HDR_RECORD_ROUTE, &forward->record);
	if (forward->reroute) {
		drop_lines(&edits, msg, SF_HDR_ROUTE);
		add_list(&edits, msg, SF_HDR_ROUTE, &forward->route);
	}
	set_hops(&edits, msg);
	if (sf_transport_reliable(forward->via->transport))
		set_length(&edits, msg);
	drop(&edits, msg, &forward->drops);
	if (forward->lines.len)
		sf_edit(&edits, sf_span(via, via), forward->lines.s,
			forward->lines.len);
	return apply(out, &edits, msg);
}

bool sf_forward_response(struct sf_out *out, const struct sf_message *response,
			 const struct sf_drops *drops)
{
	static _Thread_local struct sf_edits edits;
	const struct sf_msg *msg = response->msg;
	u32 line = msg->first[SF_HDR_VIA];
	struct sf_span rest = msg->hdrs[line].value, item;
	u32 start = rest.off;

	sf_edits_init(&edits);
	/* Wherever the request came from: it does no harm. */
	set_length(&edits, msg);
	sf_list_next(msg->buf, &rest, &item);
	if (sf_list_next(msg->buf, &rest, &item))
		sf_edit(&edits, whole_line(msg, line), "", 0);
	else
		sf_edit(&edits, sf_span(start, item.off), "", 0);
	drop(&edits, msg, drops);
	return apply(out, &edits, msg);
}
