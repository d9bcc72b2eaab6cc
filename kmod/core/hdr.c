// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * hdr.c - header names and methods to numbers
 *
 * A header name is looked up with one multiplication and one comparison: its
 * first and last eight bytes and its length make a key, and HDR_MULT sends
 * every known key to a slot of its own. The multiplier was found by trying
 * random odd numbers; tests/unit/hdr.c says when the table needs a new one.
 */
#include <sipfast/hdr.h>

#include "scan.h"

#define HDR_MULT	0x09a50f38dce4e301ull

/* The longest name that the table can hold. */
#define HDR_NAME_MAX	24

static const u8 hdr_slots[256] = {
	[0x03] = SF_HDR_TO,
	[0x05] = SF_HDR_MIN_EXPIRES,
	[0x06] = SF_HDR_VIA,
	[0x0f] = SF_HDR_SESSION_EXPIRES,
	[0x10] = SF_HDR_CONTENT_LANGUAGE,
	[0x11] = SF_HDR_EXPIRES,
	[0x14] = SF_HDR_REASON,
	[0x1a] = SF_HDR_MIN_SE,
	[0x1c] = SF_HDR_REFER_TO,
	[0x21] = SF_HDR_UNSUPPORTED,
	[0x22] = SF_HDR_CSEQ,
	[0x26] = SF_HDR_MAX_FORWARDS,
	[0x2a] = SF_HDR_ACCEPT_ENCODING,
	[0x2e] = SF_HDR_REQUEST_DISPOSITION,
	[0x30] = SF_HDR_REMOTE_PARTY_ID,
	[0x31] = SF_HDR_CONTENT_DISPOSITION,
	[0x33] = SF_HDR_FLOW_TIMER,
	[0x36] = SF_HDR_CONTENT_LENGTH,
	[0x3c] = SF_HDR_ALLOW,
	[0x40] = SF_HDR_AUTHENTICATION_INFO,
	[0x41] = SF_HDR_SERVICE_ROUTE,
	[0x44] = SF_HDR_SIP_ETAG,
	[0x48] = SF_HDR_CALL_INFO,
	[0x4d] = SF_HDR_REPLY_TO,
	[0x4e] = SF_HDR_FROM,
	[0x53] = SF_HDR_ALLOW_EVENTS,
	[0x54] = SF_HDR_CALL_ID,
	[0x5f] = SF_HDR_ACCEPT_LANGUAGE,
	[0x63] = SF_HDR_ACCEPT,
	[0x6b] = SF_HDR_CONTENT_TYPE,
	[0x72] = SF_HDR_TARGET_DIALOG,
	[0x73] = SF_HDR_PROXY_REQUIRE,
	[0x76] = SF_HDR_GEOLOCATION,
	[0x79] = SF_HDR_REQUIRE,
	[0x7a] = SF_HDR_IDENTITY,
	[0x80] = SF_HDR_PRIORITY,
	[0x83] = SF_HDR_SUPPORTED,
	[0x86] = SF_HDR_WWW_AUTHENTICATE,
	[0x95] = SF_HDR_ORGANIZATION,
	[0x96] = SF_HDR_REPLACES,
	[0x9b] = SF_HDR_EVENT,
	[0xa4] = SF_HDR_RACK,
	[0xa6] = SF_HDR_USER_AGENT,
	[0xa9] = SF_HDR_ERROR_INFO,
	[0xad] = SF_HDR_PROXY_AUTHORIZATION,
	[0xb2] = SF_HDR_RSEQ,
	[0xb9] = SF_HDR_MIME_VERSION,
	[0xbd] = SF_HDR_AUTHORIZATION,
	[0xbe] = SF_HDR_SERVER,
	[0xc4] = SF_HDR_RECORD_ROUTE,
	[0xc9] = SF_HDR_WARNING,
	[0xca] = SF_HDR_DATE,
	[0xcb] = SF_HDR_TIMESTAMP,
	[0xd1] = SF_HDR_REFERRED_BY,
	[0xd2] = SF_HDR_IN_REPLY_TO,
	[0xd5] = SF_HDR_PROXY_AUTHENTICATE,
	[0xd6] = SF_HDR_ACCEPT_CONTACT,
	[0xd9] = SF_HDR_P_PREFERRED_IDENTITY,
	[0xdd] = SF_HDR_P_ASSERTED_IDENTITY,
	[0xe2] = SF_HDR_CONTENT_ENCODING,
	[0xe5] = SF_HDR_RETRY_AFTER,
	[0xe8] = SF_HDR_SIP_IF_MATCH,
	[0xe9] = SF_HDR_PATH,
	[0xea] = SF_HDR_SUBSCRIPTION_STATE,
	[0xec] = SF_HDR_ROUTE,
	[0xee] = SF_HDR_SUBJECT,
	[0xf1] = SF_HDR_CONTACT,
	[0xf2] = SF_HDR_PRIVACY,
	[0xf4] = SF_HDR_ALERT_INFO,
	[0xf7] = SF_HDR_REJECT_CONTACT,
	[0xf8] = SF_HDR_HISTORY_INFO,
	[0xfa] = SF_HDR_DIVERSION,
};

static const u8 hdr_compact[26] = {
	['a' - 'a'] = SF_HDR_ACCEPT_CONTACT,
	['b' - 'a'] = SF_HDR_REFERRED_BY,
	['c' - 'a'] = SF_HDR_CONTENT_TYPE,
	['d' - 'a'] = SF_HDR_REQUEST_DISPOSITION,
	['e' - 'a'] = SF_HDR_CONTENT_ENCODING,
	['f' - 'a'] = SF_HDR_FROM,
	['i' - 'a'] = SF_HDR_CALL_ID,
	['j' - 'a'] = SF_HDR_REJECT_CONTACT,
	['k' - 'a'] = SF_HDR_SUPPORTED,
	['l' - 'a'] = SF_HDR_CONTENT_LENGTH,
	['m' - 'a'] = SF_HDR_CONTACT,
	['o' - 'a'] = SF_HDR_EVENT,
	['r' - 'a'] = SF_HDR_REFER_TO,
	['s' - 'a'] = SF_HDR_SUBJECT,
	['t' - 'a'] = SF_HDR_TO,
	['u' - 'a'] = SF_HDR_ALLOW_EVENTS,
	['v' - 'a'] = SF_HDR_VIA,
	['x' - 'a'] = SF_HDR_SESSION_EXPIRES,
	['y' - 'a'] = SF_HDR_IDENTITY,
};

struct hdr_name {
	u8 len;
	char text[HDR_NAME_MAX];
};

static const struct hdr_name hdr_names[SF_HDR_COUNT] = {
#define X(sym, name, compact) \
	[SF_HDR_##sym] = { sizeof(name) - 1, name },
	SF_HDRS(X)
#undef X
};

/* The first eight bytes of a name, or all of them, padded with zeros. */
static inline u64 name_head(const char *p, u32 len)
{
	u64 word = 0;

	if (len >= 8)
		return sf_load64(p);
	while (len)
		word = word << 8 | (u8)p[--len];
	return word;
}

/* In lower case; what is no letter may change too, hdr_is() tells. */
static inline u64 name_key(const char *p, u32 len)
{
	u64 head = name_head(p, len) | SF_SWAR_CASE;
	u64 tail = 0;

	if (len < 8)
		head &= (1ull << 8 * len) - 1;
	if (len > 8)
		tail = sf_load64(p + len - 8) | SF_SWAR_CASE;
	return head + 3 * tail + len;
}

enum sf_hdr_id sf_hdr_id(const char *buf, struct sf_span name)
{
	const char *p = buf + name.off;
	const struct hdr_name *known;
	u8 id;

	if (name.len == 1) {
		id = (u8)((u8)sf_lower(*p) - 'a');
		return id < 26 ? hdr_compact[id] : SF_HDR_OTHER;
	}
	if (name.len > HDR_NAME_MAX || !name.len)
		return SF_HDR_OTHER;
	id = hdr_slots[name_key(p, name.len) * HDR_MULT >> 56];
	known = &hdr_names[id];
	if (!sf_span_caseeq(buf, name, known->text, known->len))
		return SF_HDR_OTHER;
	return id;
}

const char *sf_hdr_name(enum sf_hdr_id id)
{
	return (u32)id < SF_HDR_COUNT ? hdr_names[id].text : "";
}

/* First letter and length tell all methods apart. */
#define METHOD_SLOT(first, len)	(((u32)(first) * 3 + (len)) & 31)

static const u8 method_slots[32] = {
	[METHOD_SLOT('I', 6)] = SF_METHOD_INVITE,
	[METHOD_SLOT('A', 3)] = SF_METHOD_ACK,
	[METHOD_SLOT('B', 3)] = SF_METHOD_BYE,
	[METHOD_SLOT('C', 6)] = SF_METHOD_CANCEL,
	[METHOD_SLOT('R', 8)] = SF_METHOD_REGISTER,
	[METHOD_SLOT('O', 7)] = SF_METHOD_OPTIONS,
	[METHOD_SLOT('P', 5)] = SF_METHOD_PRACK,
	[METHOD_SLOT('U', 6)] = SF_METHOD_UPDATE,
	[METHOD_SLOT('I', 4)] = SF_METHOD_INFO,
	[METHOD_SLOT('S', 9)] = SF_METHOD_SUBSCRIBE,
	[METHOD_SLOT('N', 6)] = SF_METHOD_NOTIFY,
	[METHOD_SLOT('R', 5)] = SF_METHOD_REFER,
	[METHOD_SLOT('M', 7)] = SF_METHOD_MESSAGE,
	[METHOD_SLOT('P', 7)] = SF_METHOD_PUBLISH,
};

struct method_name {
	u8 len;
	char text[11];
};

static const struct method_name method_names[SF_METHOD_COUNT] = {
#define X(sym, name) \
	[SF_METHOD_##sym] = { sizeof(name) - 1, name },
	SF_METHODS(X)
#undef X
};

enum sf_method sf_method_id(const char *buf, struct sf_span method)
{
	const struct method_name *known;
	u8 id;

	if (!method.len)
		return SF_METHOD_OTHER;
	id = method_slots[METHOD_SLOT((u8)buf[method.off], method.len)];
	known = &method_names[id];
	if (!sf_span_eq(buf, method, known->text, known->len))
		return SF_METHOD_OTHER;
	return id;
}

const char *sf_method_name(enum sf_method method)
{
	return (u32)method < SF_METHOD_COUNT ? method_names[method].text : "";
}
