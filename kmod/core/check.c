// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * check.c - full validation: one table says how each header is judged
 */
#include <sipfast/check.h>
#include <sipfast/value.h>

#include "grammar.h"
#include "scan.h"

/* How a header is judged. */
enum {
	ONCE	= 0x01,		/* one line at most */
	LIST	= 0x02,		/* @good takes the elements of a comma list */
	EMPTY	= 0x04,		/* the value may be empty */
	MINOR	= 0x08,		/* it informs people: no message fails for it */
};

static enum sf_reason addr_check(const char *buf, struct sf_span item,
				 struct sf_addr *addr)
{
	enum sf_reason reason = sf_addr_parse(buf, item, addr);

	if (!reason && !addr->star)
		reason = sf_uri_check(buf, addr->uri);
	if (!reason && !sf_good_params(buf, addr->params))
		reason = SF_PARAM;
	return reason;
}

/* name-addr or addr-spec; "*" is for Contact alone */
static enum sf_reason check_addr(const char *buf, struct sf_span item)
{
	struct sf_addr addr;
	enum sf_reason reason = addr_check(buf, item, &addr);

	return !reason && addr.star ? SF_ADDR : reason;
}

static enum sf_reason check_contact(const char *buf, struct sf_span item)
{
	struct sf_addr addr;

	return addr_check(buf, item, &addr);
}

/*
 * name-addr. A Route without brackets has its parameters at the header for one
 * reader and in the URI for the next (RFC 3261, 20.34).
 */
static enum sf_reason check_name_addr(const char *buf, struct sf_span item)
{
	struct sf_addr addr;
	enum sf_reason reason = addr_check(buf, item, &addr);

	return !reason && !addr.bracketed ? SF_ADDR : reason;
}

static enum sf_reason check_via(const char *buf, struct sf_span item)
{
	enum sf_reason reason;
	struct sf_via via;

	reason = sf_via_parse(buf, item, &via);
	if (!reason && !sf_good_host(buf, &via.sent_by))
		reason = SF_VIA;
	if (!reason && !sf_good_params(buf, via.params))
		reason = SF_PARAM;
	return reason;
}

static enum sf_reason check_cseq(const char *buf, struct sf_span value)
{
	struct sf_cseq cseq;

	return sf_cseq_parse(buf, value, &cseq);
}

/*
 * Headers that are free text, or that are seen in forms of their own and that
 * nobody routes by (Alert-Info, Identity of RFC 4474), have no row.
 */
static const struct rule {
	enum sf_reason (*check)(const char *buf, struct sf_span s);
	bool (*good)(const char *buf, struct sf_span s);
	u8 why;		/* what is said when @good says no */
	u8 flags;
} rules[SF_HDR_COUNT] = {
	[SF_HDR_VIA] = { check_via, NULL, SF_OK, LIST },
	[SF_HDR_FROM] = { check_addr, NULL, SF_OK, ONCE },
	[SF_HDR_TO] = { check_addr, NULL, SF_OK, ONCE },
	[SF_HDR_CALL_ID] = { NULL, sf_good_call_id, SF_CALL_ID, ONCE },
	[SF_HDR_CSEQ] = { check_cseq, NULL, SF_OK, ONCE },
	[SF_HDR_CONTACT] = { check_contact, NULL, SF_OK, LIST },
	[SF_HDR_MAX_FORWARDS] = { NULL, sf_good_u8, SF_NUMBER, ONCE },
	[SF_HDR_CONTENT_LENGTH] = { NULL, sf_good_u32, SF_NUMBER, ONCE },
	[SF_HDR_CONTENT_TYPE] = { NULL, sf_good_type, SF_VALUE, ONCE },
	[SF_HDR_ROUTE] = { check_name_addr, NULL, SF_OK, LIST },
	[SF_HDR_RECORD_ROUTE] = { check_name_addr, NULL, SF_OK, LIST },
	[SF_HDR_EXPIRES] = { NULL, sf_good_u32, SF_NUMBER, ONCE },
	[SF_HDR_ACCEPT] = { NULL, sf_good_type, SF_VALUE, LIST | EMPTY },
	[SF_HDR_ACCEPT_ENCODING] = { NULL, sf_good_token_params, SF_VALUE, LIST | EMPTY },
	[SF_HDR_ACCEPT_LANGUAGE] = { NULL, sf_good_token_params, SF_INFO, LIST | EMPTY | MINOR },
	[SF_HDR_ALLOW] = { NULL, sf_good_token, SF_VALUE, LIST | EMPTY },
	[SF_HDR_ALLOW_EVENTS] = { NULL, sf_good_token, SF_VALUE, LIST },
	[SF_HDR_AUTHENTICATION_INFO] = { NULL, sf_good_auth_info, SF_VALUE, 0 },
	[SF_HDR_AUTHORIZATION] = { NULL, sf_good_auth, SF_VALUE, 0 },
	[SF_HDR_CONTENT_DISPOSITION] = { NULL, sf_good_token_params, SF_VALUE, ONCE },
	[SF_HDR_CONTENT_ENCODING] = { NULL, sf_good_token, SF_VALUE, LIST },
	[SF_HDR_CONTENT_LANGUAGE] = { NULL, sf_good_token, SF_INFO, LIST | MINOR },
	[SF_HDR_DATE] = { NULL, sf_good_date, SF_DATE, ONCE | MINOR },
	[SF_HDR_DIVERSION] = { check_name_addr, NULL, SF_OK, LIST },
	[SF_HDR_EVENT] = { NULL, sf_good_token_params, SF_VALUE, ONCE },
	[SF_HDR_FLOW_TIMER] = { NULL, sf_good_u32, SF_NUMBER, ONCE },
	[SF_HDR_GEOLOCATION] = { check_name_addr, NULL, SF_OK, LIST },
	[SF_HDR_GEOLOCATION_ROUTING] = { NULL, sf_good_token_params, SF_VALUE, ONCE },
	[SF_HDR_HISTORY_INFO] = { check_name_addr, NULL, SF_OK, LIST },
	[SF_HDR_IN_REPLY_TO] = { NULL, sf_good_call_id, SF_INFO, LIST | MINOR },
	[SF_HDR_INFO_PACKAGE] = { NULL, sf_good_token_params, SF_VALUE, ONCE },
	[SF_HDR_JOIN] = { NULL, sf_good_dialog, SF_VALUE, ONCE },
	[SF_HDR_MAX_BREADTH] = { NULL, sf_good_u32, SF_NUMBER, ONCE },
	[SF_HDR_MIME_VERSION] = { NULL, sf_good_version, SF_INFO, ONCE | MINOR },
	[SF_HDR_MIN_EXPIRES] = { NULL, sf_good_u32, SF_NUMBER, ONCE },
	[SF_HDR_MIN_SE] = { NULL, sf_good_delta_params, SF_NUMBER, ONCE },
	[SF_HDR_ORGANIZATION] = { NULL, NULL, SF_OK, ONCE | MINOR },
	[SF_HDR_P_ASSERTED_IDENTITY] = { check_addr, NULL, SF_OK, LIST },
	[SF_HDR_P_ASSOCIATED_URI] = { check_addr, NULL, SF_OK, LIST | EMPTY },
	[SF_HDR_P_CALLED_PARTY_ID] = { check_addr, NULL, SF_OK, ONCE },
	[SF_HDR_P_PREFERRED_IDENTITY] = { check_addr, NULL, SF_OK, LIST },
	[SF_HDR_PATH] = { check_name_addr, NULL, SF_OK, LIST },
	[SF_HDR_PRIORITY] = { NULL, sf_good_token, SF_INFO, ONCE | MINOR },
	[SF_HDR_PRIVACY] = { NULL, sf_good_privacy, SF_VALUE, ONCE },
	[SF_HDR_PROXY_AUTHENTICATE] = { NULL, sf_good_auth, SF_VALUE, 0 },
	[SF_HDR_PROXY_AUTHORIZATION] = { NULL, sf_good_auth, SF_VALUE, 0 },
	[SF_HDR_PROXY_REQUIRE] = { NULL, sf_good_token, SF_VALUE, LIST },
	[SF_HDR_RACK] = { NULL, sf_good_rack, SF_VALUE, ONCE },
	[SF_HDR_REASON] = { NULL, sf_good_token_params, SF_VALUE, LIST },
	[SF_HDR_RECV_INFO] = { NULL, sf_good_token_params, SF_VALUE, LIST | EMPTY },
	[SF_HDR_REFER_SUB] = { NULL, sf_good_token_params, SF_VALUE, ONCE },
	[SF_HDR_REFER_TO] = { check_addr, NULL, SF_OK, ONCE },
	[SF_HDR_REFERRED_BY] = { check_addr, NULL, SF_OK, ONCE },
	[SF_HDR_REMOTE_PARTY_ID] = { check_name_addr, NULL, SF_OK, LIST },
	[SF_HDR_REPLACES] = { NULL, sf_good_dialog, SF_VALUE, ONCE },
	[SF_HDR_REPLY_TO] = { check_addr, NULL, SF_OK, ONCE },
	[SF_HDR_REQUEST_DISPOSITION] = { NULL, sf_good_token, SF_VALUE, LIST },
	[SF_HDR_ACCEPT_CONTACT] = { NULL, sf_good_token_params, SF_VALUE, LIST },
	[SF_HDR_REJECT_CONTACT] = { NULL, sf_good_token_params, SF_VALUE, LIST },
	[SF_HDR_REQUIRE] = { NULL, sf_good_token, SF_VALUE, LIST },
	[SF_HDR_RESOURCE_PRIORITY] = { NULL, sf_good_token, SF_VALUE, LIST },
	[SF_HDR_RETRY_AFTER] = { NULL, sf_good_retry_after, SF_INFO, ONCE | MINOR },
	[SF_HDR_RSEQ] = { NULL, sf_good_u32, SF_NUMBER, ONCE },
	[SF_HDR_SECURITY_CLIENT] = { NULL, sf_good_token_params, SF_VALUE, LIST },
	[SF_HDR_SECURITY_SERVER] = { NULL, sf_good_token_params, SF_VALUE, LIST },
	[SF_HDR_SECURITY_VERIFY] = { NULL, sf_good_token_params, SF_VALUE, LIST },
	[SF_HDR_SERVER] = { NULL, NULL, SF_OK, ONCE | MINOR },
	[SF_HDR_SERVICE_ROUTE] = { check_name_addr, NULL, SF_OK, LIST },
	[SF_HDR_SESSION_EXPIRES] = { NULL, sf_good_delta_params, SF_NUMBER, ONCE },
	[SF_HDR_SESSION_ID] = { NULL, sf_good_token_params, SF_VALUE, ONCE },
	[SF_HDR_SIP_ETAG] = { NULL, sf_good_token, SF_VALUE, ONCE },
	[SF_HDR_SIP_IF_MATCH] = { NULL, sf_good_token, SF_VALUE, ONCE },
	[SF_HDR_SUBJECT] = { NULL, NULL, SF_OK, ONCE | MINOR },
	[SF_HDR_SUBSCRIPTION_STATE] = { NULL, sf_good_token_params, SF_VALUE, ONCE },
	[SF_HDR_SUPPORTED] = { NULL, sf_good_token, SF_VALUE, LIST | EMPTY },
	[SF_HDR_TARGET_DIALOG] = { NULL, sf_good_dialog, SF_VALUE, ONCE },
	[SF_HDR_TIMESTAMP] = { NULL, sf_good_timestamp, SF_INFO, ONCE | MINOR },
	[SF_HDR_UNSUPPORTED] = { NULL, sf_good_token, SF_VALUE, LIST },
	[SF_HDR_USER_AGENT] = { NULL, NULL, SF_OK, ONCE | MINOR },
	[SF_HDR_WARNING] = { NULL, sf_good_warning, SF_INFO, LIST | MINOR },
	[SF_HDR_WWW_AUTHENTICATE] = { NULL, sf_good_auth, SF_VALUE, 0 },
};

/* Eight bytes without a control character or backslash? */
static inline bool is_text(const char *p)
{
	u64 word = sf_load64(p);

	return !(sf_swar_below(word, ' ') | sf_swar_byte(word, 0x7f) |
		 sf_swar_byte(word, '\\'));
}

/*
 * Control characters end a line, a string or a word for one reader and not for
 * another; behind a backslash they are a quoted pair (RFC 4475, 3.1.1.2). CR
 * and LF are here because of folds, and nothing may escape those.
 */
static bool has_control(const char *buf, struct sf_span s)
{
	u32 pos = s.off, end = sf_span_end(s);
	bool pair = false;

	for (; pos < end; pos++) {
		while (!pair && end - pos >= 8 && is_text(buf + pos))
			pos += 8;
		if (pos == end)
			break;
		if ((u8)buf[pos] < ' ' && buf[pos] != '\t') {
			if (pair == sf_is_eol(buf[pos]))
				return true;
		} else if (buf[pos] == 0x7f && !pair) {
			return true;
		}
		pair = buf[pos] == '\\' && !pair;
	}
	return false;
}

static enum sf_reason value_check(const char *buf, const struct rule *rule,
				  struct sf_span s)
{
	if (rule->check)
		return rule->check(buf, s);
	return rule->good(buf, s) ? SF_OK : rule->why;
}

static enum sf_reason list_check(const char *buf, const struct rule *rule,
				 struct sf_span rest, struct sf_span *at)
{
	struct sf_span item = *at;
	enum sf_reason reason;

	for (;;) {
		*at = rest;
		reason = sf_list_next(buf, &rest, &item);
		if (reason)
			return reason == SF_EMPTY ? SF_OK : reason;
		*at = item;
		reason = value_check(buf, rule, item);
		if (reason)
			return reason;
	}
}

/* The value of a header line; @at is what is wrong about it. */
static enum sf_reason line_value(const char *buf, const struct rule *rule,
				 const struct sf_hdr *hdr, struct sf_span *at)
{
	if (!rule->check && !rule->good)
		return SF_OK;
	if (!hdr->value.len)
		return rule->flags & EMPTY ? SF_OK : SF_VALUE;
	if (rule->flags & LIST)
		return list_check(buf, rule, hdr->value, at);
	return value_check(buf, rule, hdr->value);
}

static enum sf_reason line_check(const struct sf_msg *msg,
				 const struct sf_hdr *hdr, struct sf_span *at)
{
	const struct rule *rule = &rules[hdr->id];
	enum sf_reason reason;

	*at = hdr->value;
	if (has_control(msg->buf, hdr->value))
		return SF_CONTROL;
	if ((rule->flags & ONCE) && msg->first[hdr->id] != hdr - msg->hdrs)
		reason = SF_DUPLICATE;
	else
		reason = line_value(msg->buf, rule, hdr, at);
	if (reason && (rule->flags & MINOR) && reason != SF_DATE)
		reason = SF_INFO;
	return reason;
}

static enum sf_reason fault(struct sf_check *check, enum sf_reason reason,
			    u32 id, u32 line, struct sf_span at)
{
	check->id = (u8)id;
	check->line = (u8)line;
	check->at = at;
	return reason;
}

/*
 * Every header line. The first minor fault is left in @check, and @late says
 * which it is, since anything else counts before it.
 */
static enum sf_reason lines_check(const struct sf_msg *msg,
				  struct sf_check *check, enum sf_reason *late)
{
	const struct sf_hdr *hdr;
	enum sf_reason reason;
	struct sf_span at;
	u32 i;

	for (i = 0; i < msg->nhdrs; i++) {
		hdr = &msg->hdrs[i];
		reason = line_check(msg, hdr, &at);
		if (!reason || (*late && sf_is_minor(reason)))
			continue;
		fault(check, reason, hdr->id, i, at);
		if (!sf_is_minor(reason))
			return reason;
		*late = reason;
	}
	return SF_OK;
}

/* RFC 3261, 8.1.1; Max-Forwards was not there before it (RFC 4475, 3.4.1). */
static enum sf_reason mandatory_check(const struct sf_msg *msg,
				      struct sf_check *check)
{
	static const u8 mandatory[] = {
		SF_HDR_TO, SF_HDR_FROM, SF_HDR_CALL_ID, SF_HDR_CSEQ, SF_HDR_VIA,
	};
	u32 i;

	for (i = 0; i < ARRAY_SIZE(mandatory); i++)
		if (!sf_msg_hdr(msg, mandatory[i]))
			return fault(check, SF_MISSING, mandatory[i],
				     SF_HDR_NONE, sf_span(0, 0));
	return SF_OK;
}

static enum sf_reason ruri_check(const struct sf_msg *msg,
				 struct sf_check *check)
{
	enum sf_reason reason;
	struct sf_uri uri;

	reason = sf_uri_parse(msg->buf, msg->ruri, &uri);
	if (!reason && !sf_good_uri(msg->buf, &uri))
		reason = SF_URI;
	if (!reason && uri.headers.len)
		reason = SF_URI_HEADERS;
	if (!reason)
		return SF_OK;
	return fault(check, reason, SF_HDR_OTHER, SF_HDR_NONE, msg->ruri);
}

/* Methods differ by their case, and one of them may be unknown. */
static enum sf_reason method_check(const struct sf_msg *msg,
				   struct sf_check *check)
{
	const struct sf_hdr *hdr = sf_msg_hdr(msg, SF_HDR_CSEQ);
	struct sf_cseq cseq;

	if (sf_cseq_parse(msg->buf, hdr->value, &cseq) ||
	    sf_span_eq(msg->buf, cseq.method_name,
		       msg->buf + msg->method_name.off, msg->method_name.len))
		return SF_OK;
	return fault(check, SF_CSEQ_METHOD, SF_HDR_CSEQ,
		     (u32)(hdr - msg->hdrs), cseq.method_name);
}

/* "*" is all contacts of a REGISTER, so it stands alone (RFC 3261, 10.2.2). */
static enum sf_reason star_check(const struct sf_msg *msg,
				 struct sf_check *check)
{
	const struct sf_hdr *hdr = sf_msg_hdr(msg, SF_HDR_CONTACT);
	bool alone = hdr && hdr->next == SF_HDR_NONE && msg->is_request &&
		     msg->method == SF_METHOD_REGISTER;
	struct sf_span rest, item;

	for (; hdr; hdr = sf_msg_hdr_next(msg, hdr)) {
		rest = hdr->value;
		while (!sf_list_next(msg->buf, &rest, &item))
			if (sf_span_is(msg->buf, item, "*") &&
			    (!alone || item.len != hdr->value.len))
				return fault(check, SF_ADDR, SF_HDR_CONTACT,
					     (u32)(hdr - msg->hdrs), item);
	}
	return SF_OK;
}

enum sf_reason sf_msg_check(const struct sf_msg *msg, struct sf_check *check)
{
	enum sf_reason reason = SF_OK, late = SF_OK;

	if (msg->is_request)
		reason = ruri_check(msg, check);
	if (!reason)
		reason = lines_check(msg, check, &late);
	if (!reason)
		reason = mandatory_check(msg, check);
	if (!reason)
		reason = star_check(msg, check);
	if (!reason && msg->is_request)
		reason = method_check(msg, check);
	return reason ? reason : late;
}
