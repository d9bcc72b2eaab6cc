// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * stand.c - stands in for daemon/sip/message.c and reply.c until they are there
 */
#include "test.h"

#include <string.h>

#include <sipfast/role.h>

#include "../../../daemon/sip/reply.h"

static void read_addr(struct sf_message *m, enum sf_hdr_id id,
		      struct sf_addr *addr, struct sf_span *tag)
{
	struct sf_param param;
	struct sf_span value;

	if (sf_msg_single(m->msg, id, &value) ||
	    sf_addr_parse(m->buf, value, addr))
		return;
	if (sf_param(m->buf, addr->params, "tag", &param))
		*tag = param.value;
}

enum sf_reason sf_message_read(struct sf_message *m,
			       const struct sf_packet *packet)
{
	struct sf_param param;
	struct sf_span value;

	m->packet = packet;
	m->buf = packet->buf;
	m->msg = packet->msg;
	m->method = packet->msg->method;
	if (!sf_msg_via(m->msg, 0, &m->via) &&
	    sf_param(m->buf, m->via.params, "branch", &param))
		m->branch = param.value;
	sf_msg_single(m->msg, SF_HDR_CALL_ID, &m->call_id);
	if (!sf_msg_single(m->msg, SF_HDR_CSEQ, &value))
		sf_cseq_parse(m->buf, value, &m->cseq);
	read_addr(m, SF_HDR_FROM, &m->from, &m->from_tag);
	read_addr(m, SF_HDR_TO, &m->to, &m->to_tag);
	return SF_OK;
}

void sf_reply_build(struct sf_out *out, const struct sf_message *request,
		    const struct sf_reply *reply)
{
	sf_put_lit(out, "SIP/2.0 ");
	sf_put_u32(out, reply->status);
	sf_put_lit(out, " ");
	sf_put_str(out, reply->phrase ? reply->phrase : "x");
	sf_put_lit(out, "\r\nCall-ID: ");
	sf_put_span(out, request->buf, request->call_id);
	sf_put_lit(out, "\r\n");
	sf_put(out, reply->lines, reply->lines_len);
	sf_put_lit(out, "\r\n");
}

void sf_reply_flow(const struct sf_message *request, struct sf_flow *flow)
{
	*flow = request->packet->flow;
}

void sf_reply_send(struct sf_net *net, const struct sf_message *request,
		   const struct sf_reply *reply)
{
	char bytes[65000];
	struct sf_out out = sf_out(bytes, sizeof(bytes));
	struct sf_flow flow;

	sf_reply_build(&out, request, reply);
	sf_reply_flow(request, &flow);
	sf_net_send(net, &flow, bytes, out.len);
}
