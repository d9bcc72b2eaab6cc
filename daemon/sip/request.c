// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * request.c - requests that we make ourselves
 *
 * As a special exception, linking with OpenSSL is permitted; see COPYING.
 */
#include "request.h"

static void put_lines(struct sf_out *out, const struct sf_msg *msg,
		      enum sf_hdr_id id)
{
	const struct sf_hdr *hdr = sf_msg_hdr(msg, id);

	for (; hdr; hdr = sf_msg_hdr_next(msg, hdr)) {
		sf_put_str(out, sf_hdr_name(id));
		sf_put_lit(out, ": ");
		sf_put_span(out, msg->buf, hdr->value);
		sf_put_lit(out, "\r\n");
	}
}

/* Only the topmost: the one that we wrote, alone on its line. */
static void put_via(struct sf_out *out, const struct sf_msg *msg)
{
	sf_put_lit(out, "Via: ");
	sf_put_span(out, msg->buf, sf_msg_hdr(msg, SF_HDR_VIA)->value);
	sf_put_lit(out, "\r\n");
}

static bool put_cseq(struct sf_out *out, const struct sf_msg *msg,
		     enum sf_method method)
{
	struct sf_cseq cseq;
	struct sf_span value;

	if (sf_msg_single(msg, SF_HDR_CSEQ, &value) ||
	    sf_cseq_parse(msg->buf, value, &cseq))
		return false;
	sf_put_lit(out, "CSeq: ");
	sf_put_u32(out, cseq.number);
	sf_put_lit(out, " ");
	sf_put_str(out, sf_method_name(method));
	sf_put_lit(out, "\r\n");
	return true;
}

bool sf_request_follow(struct sf_out *out, enum sf_method method,
		       const char *request, u32 len,
		       const struct sf_message *response)
{
	static _Thread_local struct sf_msg msg;

	if (sf_msg_parse(&msg, request, len) || !sf_msg_hdr(&msg, SF_HDR_VIA))
		return false;
	sf_put_str(out, sf_method_name(method));
	sf_put_lit(out, " ");
	sf_put_span(out, request, msg.ruri);
	sf_put_lit(out, " SIP/2.0\r\n");
	put_via(out, &msg);
	put_lines(out, &msg, SF_HDR_ROUTE);
	sf_put_lit(out, "Max-Forwards: 70\r\n");
	put_lines(out, &msg, SF_HDR_FROM);
	put_lines(out, response ? response->msg : &msg, SF_HDR_TO);
	put_lines(out, &msg, SF_HDR_CALL_ID);
	if (!put_cseq(out, &msg, method))
		return false;
	sf_put_lit(out, "Content-Length: 0\r\n\r\n");
	return true;
}

void sf_put_via(struct sf_out *out, const struct sf_flow *flow,
		const struct sf_branch *branch)
{
	sf_put_lit(out, "Via: SIP/2.0/");
	sf_put_str(out, sf_transport_via(flow->transport));
	sf_put_lit(out, " ");
	sf_put_ip(out, &flow->local.ip);
	sf_put_lit(out, ":");
	sf_put_u32(out, flow->local.port);
	sf_put_lit(out, ";branch=");
	sf_put_branch(out, branch);
	if (!sf_transport_reliable(flow->transport))
		sf_put_lit(out, ";rport");
	sf_put_lit(out, "\r\n");
}

static void put_party(struct sf_out *out, const char *name, struct sf_text uri)
{
	sf_put_str(out, name);
	sf_put_lit(out, ": <");
	sf_put(out, uri.s, uri.len);
	sf_put_lit(out, ">");
}

void sf_request_make(struct sf_out *out, const struct sf_request *request)
{
	const char *method = sf_method_name(request->method);

	sf_put_str(out, method);
	sf_put_lit(out, " ");
	sf_put(out, request->ruri.s, request->ruri.len);
	sf_put_lit(out, " SIP/2.0\r\n");
	sf_put_via(out, request->via, &request->branch);
	sf_put_lit(out, "Max-Forwards: 70\r\n");
	put_party(out, "From", request->from);
	sf_put_lit(out, ";tag=");
	sf_put_hex(out, request->tag, 16);
	sf_put_lit(out, "\r\n");
	put_party(out, "To", request->to);
	sf_put_lit(out, "\r\nCall-ID: ");
	sf_put_hex(out, request->call_id, 16);
	sf_put_lit(out, "@");
	sf_put_ip(out, &request->via->local.ip);
	sf_put_lit(out, "\r\nCSeq: ");
	sf_put_u32(out, request->cseq);
	sf_put_lit(out, " ");
	sf_put_str(out, method);
	sf_put_lit(out, "\r\n");
	sf_put(out, request->lines.s, request->lines.len);
	sf_put_lit(out, "Content-Length: 0\r\n\r\n");
}
