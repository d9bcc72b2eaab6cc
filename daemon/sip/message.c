// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * message.c - what everybody asks of a message
 *
 * As a special exception, linking with OpenSSL is permitted; see COPYING.
 */
#include "message.h"

#include <sipfast/role.h>

#define COOKIE	"z9hG4bK"

static struct sf_span param_value(const char *buf, struct sf_span params,
				  const char *name, u32 len)
{
	struct sf_param param;

	if (!sf_param_find(buf, params, name, len, &param))
		return (struct sf_span){ 0 };
	return param.value;
}

/* Of a parameter that stands twice, the first counts. */
static void read_via_params(struct sf_message *message)
{
	struct sf_span rest = message->via.params;
	const char *buf = message->buf;
	struct sf_param param;

	while (!sf_param_next(buf, &rest, &param))
		if (sf_span_caseis(buf, param.name, "rport"))
			message->rport = true;
		else if (!message->branch.len &&
			 sf_span_caseis(buf, param.name, "branch"))
			message->branch = param.value;
}

static enum sf_reason read_via(struct sf_message *message)
{
	const char *buf = message->buf;
	enum sf_reason reason;

	reason = sf_msg_via(message->msg, 0, &message->via);
	if (reason)
		return reason == SF_EMPTY ? SF_MISSING : reason;
	read_via_params(message);
	message->cookie = message->branch.len > sizeof(COOKIE) - 1 &&
			  !memcmp(buf + message->branch.off, COOKIE,
				  sizeof(COOKIE) - 1);
	return SF_OK;
}

static enum sf_reason read_party(const struct sf_message *message,
				 enum sf_hdr_id id, struct sf_addr *addr,
				 struct sf_span *tag)
{
	struct sf_span value;
	enum sf_reason reason = sf_msg_single(message->msg, id, &value);

	if (reason)
		return reason == SF_HEADER ? SF_MISSING : reason;
	reason = sf_addr_parse(message->buf, value, addr);
	if (!reason)
		*tag = param_value(message->buf, addr->params, "tag", 3);
	return reason;
}

static enum sf_reason read_cseq(struct sf_message *message)
{
	struct sf_span value;
	enum sf_reason reason;

	reason = sf_msg_single(message->msg, SF_HDR_CSEQ, &value);
	if (reason)
		return reason == SF_HEADER ? SF_MISSING : reason;
	reason = sf_cseq_parse(message->buf, value, &message->cseq);
	if (!reason && message->msg->is_request &&
	    message->cseq.method != message->method)
		return SF_CSEQ_METHOD;
	return reason;
}

enum sf_reason sf_message_read(struct sf_message *message,
			       const struct sf_packet *packet)
{
	enum sf_reason reason, first = SF_OK;

	memset(message, 0, sizeof(*message));
	message->packet = packet;
	message->buf = packet->buf;
	message->msg = packet->msg;
	message->method = packet->msg->method;
	/* Whatever can be read is: a refusal needs it. */
	first = read_via(message);
	reason = read_cseq(message);
	first = first ? first : reason;
	reason = sf_msg_single(message->msg, SF_HDR_CALL_ID, &message->call_id);
	first = first || !reason ? first : SF_MISSING;
	reason = read_party(message, SF_HDR_FROM, &message->from,
			    &message->from_tag);
	first = first ? first : reason;
	reason = read_party(message, SF_HDR_TO, &message->to, &message->to_tag);
	return first ? first : reason;
}

bool sf_message_source(const struct sf_message *message)
{
	return sf_ip_eq(&message->via.sent_by.ip,
			&message->packet->flow.remote.ip);
}
