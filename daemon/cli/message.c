// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * message.c - a SIP message as the core reads it
 */
#include "message.h"

static enum sf_reason describe(struct sf_message *message)
{
	enum sf_reason reason;
	struct sf_span where;

	if (message->framed)
		return SF_EMPTY;
	reason = sf_sdp_of(&message->msg, &where);
	if (reason)
		return reason;
	return sf_sdp_parse(&message->sdp, message->msg.buf, where);
}

void sf_message_read(struct sf_message *message, const char *bytes, size_t len,
		     bool stream)
{
	/* a longer one is refused all the same, and more fits no u32 */
	u32 n = len > 2 * SF_MSG_MAX ? 2 * SF_MSG_MAX : len;

	message->size = len;
	if (stream)
		message->framed = sf_msg_parse_stream(&message->msg, bytes, n);
	else
		message->framed = sf_msg_parse(&message->msg, bytes, n);
	message->check = (struct sf_check){ .line = SF_HDR_NONE };
	message->reason = message->framed;
	if (!message->reason)
		message->reason = sf_msg_check(&message->msg, &message->check);
	/* line ends on a stream are what comes before a message */
	if (stream && message->reason == SF_EMPTY)
		message->reason = SF_PARTIAL;
	message->described = describe(message);
}

const char *sf_message_verdict(const struct sf_message *message)
{
	switch (message->reason) {
	case SF_OK:
		return "complete";
	case SF_PARTIAL:
		return "partial";
	default:
		return "bad";
	}
}

/* The next element of the lines of a kind. */
static bool next_item(const struct sf_msg *msg, struct sf_message_at *at,
		      struct sf_span *item)
{
	while (at->hdr) {
		if (!sf_list_next(msg->buf, &at->rest, item))
			return true;
		at->hdr = sf_msg_hdr_next(msg, at->hdr);
		if (at->hdr)
			at->rest = at->hdr->value;
	}
	return false;
}

static void begin(struct sf_message_at *at, const struct sf_hdr *hdr)
{
	at->begun = true;
	at->hdr = hdr;
	if (hdr)
		at->rest = hdr->value;
}

bool sf_message_via(const struct sf_message *message, struct sf_message_at *at,
		    struct sf_via *via)
{
	const struct sf_msg *msg = &message->msg;
	struct sf_span item;

	if (!at->begun)
		begin(at, sf_msg_hdr(msg, SF_HDR_VIA));
	while (next_item(msg, at, &item))
		if (!sf_via_parse(msg->buf, item, via))
			return true;
	return false;
}

/* Does the header consist of addresses? */
static bool has_addrs(const struct sf_hdr *hdr)
{
	switch (hdr->id) {
	case SF_HDR_FROM:
	case SF_HDR_TO:
	case SF_HDR_CONTACT:
	case SF_HDR_ROUTE:
	case SF_HDR_RECORD_ROUTE:
	case SF_HDR_PATH:
	case SF_HDR_SERVICE_ROUTE:
	case SF_HDR_REFER_TO:
	case SF_HDR_REFERRED_BY:
	case SF_HDR_REPLY_TO:
	case SF_HDR_DIVERSION:
	case SF_HDR_HISTORY_INFO:
	case SF_HDR_P_ASSERTED_IDENTITY:
	case SF_HDR_P_ASSOCIATED_URI:
	case SF_HDR_P_CALLED_PARTY_ID:
	case SF_HDR_P_PREFERRED_IDENTITY:
	case SF_HDR_REMOTE_PARTY_ID:
		return true;
	}
	return false;
}

/* Line by line, in the order of the message. */
static bool next_addr(const struct sf_msg *msg, struct sf_message_at *at,
		      struct sf_uri *uri)
{
	struct sf_span item;
	struct sf_addr addr;

	while (at->hdr) {
		while (has_addrs(at->hdr) &&
		       !sf_list_next(msg->buf, &at->rest, &item))
			if (!sf_addr_parse(msg->buf, item, &addr) &&
			    !sf_uri_parse(msg->buf, addr.uri, uri))
				return true;
		if (++at->hdr == msg->hdrs + msg->nhdrs)
			at->hdr = NULL;
		else
			at->rest = at->hdr->value;
	}
	return false;
}

bool sf_message_uri(const struct sf_message *message, struct sf_message_at *at,
		    struct sf_uri *uri)
{
	const struct sf_msg *msg = &message->msg;

	if (!at->begun) {
		begin(at, msg->nhdrs ? msg->hdrs : NULL);
		if (!sf_uri_parse(msg->buf, msg->ruri, uri))
			return true;
	}
	return next_addr(msg, at, uri);
}

const char *sf_message_transport(u8 transport)
{
	static const char *const names[] = {
		[SF_TRANSPORT_OTHER] = "other", [SF_TRANSPORT_UDP] = "udp",
		[SF_TRANSPORT_TCP] = "tcp", [SF_TRANSPORT_TLS] = "tls",
		[SF_TRANSPORT_SCTP] = "sctp", [SF_TRANSPORT_WS] = "ws",
		[SF_TRANSPORT_WSS] = "wss",
	};

	return names[transport];
}

const char *sf_message_scheme(u8 scheme)
{
	static const char *const names[] = {
		[SF_SCHEME_OTHER] = "other", [SF_SCHEME_SIP] = "sip",
		[SF_SCHEME_SIPS] = "sips", [SF_SCHEME_TEL] = "tel",
	};

	return names[scheme];
}

const char *sf_message_media(u8 type)
{
	static const char *const names[] = {
		[SF_MEDIA_OTHER] = "other", [SF_MEDIA_AUDIO] = "audio",
		[SF_MEDIA_VIDEO] = "video", [SF_MEDIA_TEXT] = "text",
		[SF_MEDIA_IMAGE] = "image",
		[SF_MEDIA_APPLICATION] = "application",
		[SF_MEDIA_MESSAGE] = "message",
	};

	return names[type];
}

const char *sf_message_proto(u8 proto)
{
	static const char *const names[] = {
		[SF_PROTO_OTHER] = "other", [SF_PROTO_RTP] = "rtp",
		[SF_PROTO_UDP] = "udp", [SF_PROTO_TCP] = "tcp",
	};

	return names[proto];
}

const char *sf_message_dir(enum sf_sdp_dir dir)
{
	static const char *const names[] = {
		[SF_DIR_UNSET] = "sendrecv", [SF_DIR_SENDRECV] = "sendrecv",
		[SF_DIR_SENDONLY] = "sendonly", [SF_DIR_RECVONLY] = "recvonly",
		[SF_DIR_INACTIVE] = "inactive",
	};

	return names[dir];
}

const char *sf_message_help(enum sf_help help)
{
	static const char *const names[] = {
		[SF_HELP_PASS] = "pass", [SF_HELP_EDIT] = "edit",
		[SF_HELP_OPEN] = "open",
	};

	return names[help];
}

const char *sf_message_ruling(u16 ruling, const char *go, char *buf)
{
	switch (ruling) {
	case SF_GO:
		return go;
	case SF_DISCARD:
		return "discard";
	case SF_ABSORB:
		return "absorb";
	}
	snprintf(buf, 8, "%u", ruling);
	return buf;
}
