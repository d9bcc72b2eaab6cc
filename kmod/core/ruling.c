// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * ruling.c - what a proxy, a server and a NAT helper owe a message
 */
#include <sipfast/check.h>
#include <sipfast/role.h>
#include <sipfast/sdp.h>

/* Whether it can be answered at all: somebody asked, and said where he is. */
static bool is_answerable(const struct sf_msg *msg)
{
	return msg->is_request && msg->method != SF_METHOD_ACK &&
	       sf_msg_hdr(msg, SF_HDR_VIA);
}

/* A response that says no; the reasons that are more than "bad request". */
static u16 refusal(const struct sf_msg *msg, enum sf_reason reason)
{
	if (!is_answerable(msg))
		return SF_DISCARD;
	if (reason == SF_VERSION)
		return 505;
	if (reason == SF_CSEQ_METHOD && msg->method == SF_METHOD_OTHER)
		return 501;
	return 400;
}

static u16 answer(const struct sf_msg *msg, u16 status)
{
	return status == SF_GO || is_answerable(msg) ? status : SF_DISCARD;
}

/* urn:service:sos and its like are for everybody to route (RFC 5031). */
static bool is_service(const struct sf_msg *msg)
{
	struct sf_span head = msg->ruri;

	if (head.len < 12)
		return false;
	head.len = 12;
	return sf_span_caseis(msg->buf, head, "urn:service:");
}

static bool is_routable(const struct sf_msg *msg)
{
	return sf_uri_scheme(msg->buf, msg->ruri) != SF_SCHEME_OTHER ||
	       is_service(msg);
}

/* What few use is not the business of those who do not (RFC 4475, 3.1.2.12). */
static bool is_refused(enum sf_reason reason)
{
	return reason != SF_OK && !sf_is_minor(reason);
}

u16 sf_proxy_ruling(const struct sf_msg *msg, enum sf_reason reason,
		    const struct sf_able *able)
{
	struct sf_span option;

	if (is_refused(reason))
		return refusal(msg, reason);
	if (!msg->is_request && !sf_msg_returns(msg))
		return SF_DISCARD;
	if (!msg->is_request)
		return msg->status == 100 ? SF_ABSORB : SF_GO;
	if (!is_routable(msg))
		return answer(msg, 416);
	if (sf_msg_spent(msg))
		return answer(msg, 483);
	if (sf_msg_lacks(msg, SF_HDR_PROXY_REQUIRE, able, &option))
		return answer(msg, 420);
	return SF_GO;
}

/* To names what is registered, and "*" goes with Expires: 0 (10.2.2, 10.3). */
static u16 register_ruling(const struct sf_msg *msg)
{
	struct sf_span value, to;
	enum sf_scheme scheme;
	struct sf_addr addr;
	u32 expires;

	if (sf_msg_single(msg, SF_HDR_TO, &to) ||
	    sf_addr_parse(msg->buf, to, &addr))
		return 400;
	scheme = sf_uri_scheme(msg->buf, addr.uri);
	if (scheme != SF_SCHEME_SIP && scheme != SF_SCHEME_SIPS)
		return 400;
	if (sf_msg_single(msg, SF_HDR_CONTACT, &value) ||
	    !sf_span_is(msg->buf, value, "*"))
		return SF_GO;
	if (sf_msg_single(msg, SF_HDR_EXPIRES, &value) ||
	    !sf_span_u32(msg->buf, value, &expires) || expires)
		return 400;
	return SF_GO;
}

/* A body that is no offer, and an answer that nobody there would take. */
static u16 invite_ruling(const struct sf_msg *msg)
{
	struct sf_span value;
	struct sf_type type;

	if (msg->body.len &&
	    !sf_msg_single(msg, SF_HDR_CONTENT_TYPE, &value) &&
	    !sf_type_parse(msg->buf, value, &type) &&
	    !sf_span_caseis(msg->buf, type.type, "multipart") &&
	    !sf_span_caseis(msg->buf, type.subtype, "sdp"))
		return 415;
	return sf_msg_accepts(msg) ? SF_GO : 406;
}

/* What else a method asks for: RFC 3262, 3515, 3903, 6665. */
static u16 method_ruling(const struct sf_msg *msg)
{
	switch (msg->method) {
	case SF_METHOD_REGISTER:
		return register_ruling(msg);
	case SF_METHOD_INVITE:
		return invite_ruling(msg);
	case SF_METHOD_PRACK:
		return sf_msg_hdr(msg, SF_HDR_RACK) ? SF_GO : 400;
	case SF_METHOD_REFER:
		return sf_msg_hdr(msg, SF_HDR_REFER_TO) ? SF_GO : 400;
	case SF_METHOD_SUBSCRIBE:
	case SF_METHOD_NOTIFY:
	case SF_METHOD_PUBLISH:
		return sf_msg_hdr(msg, SF_HDR_EVENT) ? SF_GO : 489;
	}
	return SF_GO;
}

u16 sf_server_ruling(const struct sf_msg *msg, enum sf_reason reason,
		     const struct sf_able *able)
{
	struct sf_span option;
	struct sf_via via;

	if (is_refused(reason))
		return refusal(msg, reason);
	/* a response that still has a way to go was not for us (8.1.3.3) */
	if (!msg->is_request)
		return sf_msg_via(msg, 1, &via) ? SF_GO : SF_DISCARD;
	if (msg->method == SF_METHOD_OTHER)
		return answer(msg, 501);
	if (!is_routable(msg))
		return answer(msg, 416);
	if (msg->method != SF_METHOD_CANCEL &&
	    sf_msg_lacks(msg, SF_HDR_REQUIRE, able, &option))
		return answer(msg, 420);
	return answer(msg, method_ruling(msg));
}

static bool good_params(const char *buf, struct sf_span rest)
{
	struct sf_param param;
	enum sf_reason reason;

	do
		reason = sf_param_next(buf, &rest, &param);
	while (!reason);
	return reason == SF_EMPTY;
}

static bool via_readable(const char *buf, struct sf_span item)
{
	struct sf_via via;

	return !sf_via_parse(buf, item, &via) && good_params(buf, via.params);
}

static bool contact_readable(const char *buf, struct sf_span item)
{
	struct sf_addr addr;
	struct sf_uri uri;

	return !sf_addr_parse(buf, item, &addr) &&
	       (addr.star || !sf_uri_parse(buf, addr.uri, &uri)) &&
	       good_params(buf, addr.params);
}

/* Can all elements of a header be read, so that they can be translated? */
static bool all_readable(const struct sf_msg *msg, enum sf_hdr_id id,
			 bool (*readable)(const char *, struct sf_span))
{
	const struct sf_hdr *hdr = sf_msg_hdr(msg, id);
	enum sf_reason reason = SF_EMPTY;
	struct sf_span rest, item;

	for (; hdr && reason == SF_EMPTY; hdr = sf_msg_hdr_next(msg, hdr)) {
		rest = hdr->value;
		for (;;) {
			reason = sf_list_next(msg->buf, &rest, &item);
			if (reason)
				break;
			if (!readable(msg->buf, item))
				return false;
		}
	}
	return reason == SF_EMPTY;
}

static bool addr_readable(const struct sf_msg *msg, enum sf_hdr_id id)
{
	struct sf_span value;

	return !sf_msg_single(msg, id, &value) &&
	       contact_readable(msg->buf, value);
}

static bool is_translatable(const struct sf_msg *msg)
{
	struct sf_uri uri;

	if (msg->is_request ? !!sf_uri_parse(msg->buf, msg->ruri, &uri) :
			      !sf_msg_returns(msg))
		return false;
	return sf_msg_clear(msg) && addr_readable(msg, SF_HDR_FROM) &&
	       addr_readable(msg, SF_HDR_TO) &&
	       all_readable(msg, SF_HDR_VIA, via_readable) &&
	       all_readable(msg, SF_HDR_CONTACT, contact_readable);
}

/* Is there a contact that somebody could call, and may it be registered? */
static bool announces_contact(const struct sf_msg *msg)
{
	const struct sf_hdr *hdr = sf_msg_hdr(msg, SF_HDR_CONTACT);
	struct sf_span rest, item;
	struct sf_addr addr;
	struct sf_uri uri;

	if (msg->is_request && register_ruling(msg) != SF_GO)
		return false;
	for (; hdr; hdr = sf_msg_hdr_next(msg, hdr)) {
		rest = hdr->value;
		while (!sf_list_next(msg->buf, &rest, &item))
			if (!sf_addr_parse(msg->buf, item, &addr) &&
			    !sf_uri_parse(msg->buf, addr.uri, &uri) &&
			    uri.at.host.len)
				return true;
	}
	return false;
}

enum sf_help sf_helper_ruling(const struct sf_msg *msg, enum sf_reason reason)
{
	struct sf_span where;
	bool opens;

	if (reason || !is_translatable(msg))
		return SF_HELP_PASS;
	switch (msg->method) {
	case SF_METHOD_REGISTER:
		opens = announces_contact(msg);
		break;
	case SF_METHOD_INVITE:
	case SF_METHOD_ACK:
	case SF_METHOD_PRACK:
	case SF_METHOD_UPDATE:
		opens = !sf_sdp_of(msg, &where);
		break;
	default:
		opens = false;
	}
	return opens ? SF_HELP_OPEN : SF_HELP_EDIT;
}
