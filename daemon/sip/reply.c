// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * reply.c - making responses, and where they go
 *
 * As a special exception, linking with OpenSSL is permitted; see COPYING.
 */
#include "reply.h"

#include "../util/hash.h"

#define RETRY_MIN_S	5
#define RETRY_SPREAD_S	25

/* RFC 3261, 21, and the registry since; by status. */
static const struct {
	u16 status;
	const char *phrase;
} phrases[] = {
	{ 100, "Trying" },
	{ 180, "Ringing" },
	{ 181, "Call Is Being Forwarded" },
	{ 182, "Queued" },
	{ 183, "Session Progress" },
	{ 200, "OK" },
	{ 202, "Accepted" },
	{ 204, "No Notification" },
	{ 300, "Multiple Choices" },
	{ 301, "Moved Permanently" },
	{ 302, "Moved Temporarily" },
	{ 305, "Use Proxy" },
	{ 380, "Alternative Service" },
	{ 400, "Bad Request" },
	{ 401, "Unauthorized" },
	{ 403, "Forbidden" },
	{ 404, "Not Found" },
	{ 405, "Method Not Allowed" },
	{ 406, "Not Acceptable" },
	{ 407, "Proxy Authentication Required" },
	{ 408, "Request Timeout" },
	{ 410, "Gone" },
	{ 413, "Request Entity Too Large" },
	{ 414, "Request-URI Too Long" },
	{ 415, "Unsupported Media Type" },
	{ 416, "Unsupported URI Scheme" },
	{ 420, "Bad Extension" },
	{ 421, "Extension Required" },
	{ 423, "Interval Too Brief" },
	{ 430, "Flow Failed" },
	{ 439, "First Hop Lacks Outbound Support" },
	{ 440, "Max-Breadth Exceeded" },
	{ 480, "Temporarily Unavailable" },
	{ 481, "Call/Transaction Does Not Exist" },
	{ 482, "Loop Detected" },
	{ 483, "Too Many Hops" },
	{ 484, "Address Incomplete" },
	{ 486, "Busy Here" },
	{ 487, "Request Terminated" },
	{ 488, "Not Acceptable Here" },
	{ 491, "Request Pending" },
	{ 493, "Undecipherable" },
	{ 500, "Server Internal Error" },
	{ 501, "Not Implemented" },
	{ 502, "Bad Gateway" },
	{ 503, "Service Unavailable" },
	{ 504, "Server Time-out" },
	{ 505, "Version Not Supported" },
	{ 513, "Message Too Large" },
	{ 600, "Busy Everywhere" },
	{ 603, "Decline" },
	{ 604, "Does Not Exist Anywhere" },
	{ 606, "Not Acceptable" },
};

const char *sf_status_phrase(u16 status)
{
	static const char *const classes[] = { "Trying", "OK", "Redirected",
		"Bad Request", "Server Internal Error", "Decline" };
	u32 low = 0, high = ARRAY_SIZE(phrases), i;

	while (low < high) {
		i = (low + high) / 2;
		if (phrases[i].status == status)
			return phrases[i].phrase;
		if (phrases[i].status < status)
			low = i + 1;
		else
			high = i;
	}
	return status >= 100 && status < 700 ? classes[status / 100 - 1] : "";
}

static void put_line(struct sf_out *out, const char *name, const char *buf,
		     struct sf_span value)
{
	sf_put_str(out, name);
	sf_put_lit(out, ": ");
	sf_put_span(out, buf, value);
	sf_put_lit(out, "\r\n");
}

/* All lines of a kind, as they came: folds and lists stay what they were. */
static void copy_lines(struct sf_out *out, const struct sf_message *request,
		       enum sf_hdr_id id, const struct sf_hdr *hdr)
{
	for (; hdr; hdr = sf_msg_hdr_next(request->msg, hdr))
		put_line(out, sf_hdr_name(id), request->buf, hdr->value);
}

static void copy(struct sf_out *out, const struct sf_message *request,
		 enum sf_hdr_id id)
{
	copy_lines(out, request, id, sf_msg_hdr(request->msg, id));
}

void sf_reply_received(struct sf_out *out, const struct sf_message *request)
{
	const struct sf_flow *flow = &request->packet->flow;

	/* RFC 3581, 4: who asks for the port gets the address, too. */
	if (request->rport) {
		sf_put_lit(out, ";rport=");
		sf_put_u32(out, flow->remote.port);
	} else if (sf_message_source(request)) {
		return;
	}
	sf_put_lit(out, ";received=");
	sf_put_addr(out, &flow->remote.ip);
}

/* A parameter of the sender's that is ours to set. */
static bool is_ours(const char *buf, const struct sf_param *param)
{
	return sf_span_caseis(buf, param->name, "received") ||
	       sf_span_caseis(buf, param->name, "rport");
}

/* The topmost Via with received and rport, and what stands behind it there. */
static void put_via(struct sf_out *out, const struct sf_message *request)
{
	const struct sf_hdr *line = sf_msg_hdr(request->msg, SF_HDR_VIA);
	struct sf_span rest, params = request->via.params;
	struct sf_param param;

	sf_put_lit(out, "Via: ");
	sf_put_span(out, request->buf, sf_span(line->value.off, params.off));
	rest = params;
	while (!sf_param_next(request->buf, &rest, &param)) {
		if (!is_ours(request->buf, &param))
			sf_put_span(out, request->buf, param.all);
	}
	/* What is malformed stays. */
	sf_put_span(out, request->buf, rest);
	sf_reply_received(out, request);
	sf_put_span(out, request->buf, sf_span(sf_span_end(params),
					       sf_span_end(line->value)));
	sf_put_lit(out, "\r\n");
	copy_lines(out, request, SF_HDR_VIA, sf_msg_hdr_next(request->msg, line));
}

static void put_to(struct sf_out *out, const struct sf_message *request,
		   u64 tag)
{
	const struct sf_hdr *to = sf_msg_hdr(request->msg, SF_HDR_TO);

	if (!to)
		return;
	sf_put_lit(out, "To: ");
	sf_put_span(out, request->buf, to->value);
	if (tag && !request->to_tag.len) {
		sf_put_lit(out, ";tag=");
		sf_put_hex(out, tag, 16);
	}
	sf_put_lit(out, "\r\n");
}

static void put_status(struct sf_out *out, const struct sf_reply *reply)
{
	sf_put_lit(out, "SIP/2.0 ");
	sf_put_u32(out, reply->status);
	sf_put_lit(out, " ");
	sf_put_str(out, reply->phrase ? reply->phrase :
					sf_status_phrase(reply->status));
	sf_put_lit(out, "\r\n");
}

static void put_body(struct sf_out *out, const struct sf_reply *reply)
{
	if (reply->type) {
		sf_put_lit(out, "Content-Type: ");
		sf_put_str(out, reply->type);
		sf_put_lit(out, "\r\n");
	}
	sf_put_lit(out, "Content-Length: ");
	sf_put_u32(out, reply->body_len);
	sf_put_lit(out, "\r\n\r\n");
	if (reply->body_len)
		sf_put(out, reply->body, reply->body_len);
}

/* Can a response make a dialog, and so needs the way there (RFC 3261, 12.1.1)? */
static bool makes_dialog(const struct sf_message *request, u16 status)
{
	return status > 100 && status < 300 &&
	       (request->method == SF_METHOD_INVITE ||
		request->method == SF_METHOD_SUBSCRIBE ||
		request->method == SF_METHOD_REFER ||
		request->method == SF_METHOD_NOTIFY);
}

void sf_reply_build(struct sf_out *out, const struct sf_message *request,
		    const struct sf_reply *reply)
{
	put_status(out, reply);
	if (request->via.sent_by.host.len)
		put_via(out, request);
	else	/* malformed, or of another version: as it came */
		copy(out, request, SF_HDR_VIA);
	if (makes_dialog(request, reply->status))
		copy(out, request, SF_HDR_RECORD_ROUTE);
	copy(out, request, SF_HDR_FROM);
	put_to(out, request, reply->tag);
	copy(out, request, SF_HDR_CALL_ID);
	copy(out, request, SF_HDR_CSEQ);
	if (reply->status == 100)
		copy(out, request, SF_HDR_TIMESTAMP);
	if (reply->lines_len)
		sf_put(out, reply->lines, reply->lines_len);
	put_body(out, reply);
}

void sf_put_retry_after(struct sf_out *out)
{
	u8 jitter;

	sf_random(&jitter, sizeof(jitter));
	sf_put_lit(out, "Retry-After: ");
	sf_put_u32(out, RETRY_MIN_S + jitter % RETRY_SPREAD_S);
	sf_put_lit(out, "\r\n");
}

void sf_reply_flow(const struct sf_message *request, struct sf_flow *flow)
{
	*flow = request->packet->flow;
	if (sf_transport_reliable(flow->transport) ||
	    !request->via.sent_by.host.len || request->rport)
		return;
	flow->remote.port = request->via.sent_by.port;
	if (!flow->remote.port)
		flow->remote.port = sf_transport_port(flow->transport);
}

void sf_reply_send(struct sf_net *net, const struct sf_message *request,
		   const struct sf_reply *reply)
{
	static _Thread_local char buf[SF_MSG_MAX];
	struct sf_out out = sf_out(buf, sizeof(buf));
	struct sf_flow flow;

	/* Nobody is there to answer. */
	if (!sf_msg_hdr(request->msg, SF_HDR_VIA))
		return;
	sf_reply_build(&out, request, reply);
	sf_reply_flow(request, &flow);
	if (!out.full)
		sf_net_send(net, &flow, out.buf, out.len);
}
