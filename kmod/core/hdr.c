// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * hdr.c - header names and methods to numbers
 *
 * A header name is looked up with one multiplication and one comparison: its
 * first and last eight bytes and its length make a key, and HDR_MULT sends
 * every known key to a slot of its own. `make -C tests/unit slots` finds the
 * multiplier; tests/unit/hdr.c says when the table needs a new one.
 *
 * Setting the bit that tells upper from lower case makes names comparable
 * eight bytes at a time. Of the bytes above SP it confuses none with a letter
 * or '-', and known names consist of these.
 */
#include <sipfast/hdr.h>

#include "names.h"
#include "scan.h"

#define HDR_MULT	0x63b81efb22b86d0full

/* Room for a name, and a size that makes indexing a shift. */
#define HDR_NAME_MAX	31

static const u8 hdr_slots[256] = {
	[0x03] = SF_HDR_PATH,
	[0x05] = SF_HDR_MIME_VERSION,
	[0x06] = SF_HDR_EVENT,
	[0x07] = SF_HDR_CONTENT_ENCODING,
	[0x08] = SF_HDR_ACCEPT_ENCODING,
	[0x0b] = SF_HDR_PROXY_AUTHORIZATION,
	[0x0c] = SF_HDR_GEOLOCATION_ROUTING,
	[0x0d] = SF_HDR_RESOURCE_PRIORITY,
	[0x12] = SF_HDR_MAX_FORWARDS,
	[0x19] = SF_HDR_MAX_BREADTH,
	[0x1a] = SF_HDR_WWW_AUTHENTICATE,
	[0x1e] = SF_HDR_RECV_INFO,
	[0x20] = SF_HDR_CONTACT,
	[0x21] = SF_HDR_MIN_SE,
	[0x24] = SF_HDR_ACCEPT,
	[0x26] = SF_HDR_EXPIRES,
	[0x27] = SF_HDR_SERVER,
	[0x29] = SF_HDR_SUBSCRIPTION_STATE,
	[0x2a] = SF_HDR_HISTORY_INFO,
	[0x2b] = SF_HDR_SECURITY_VERIFY,
	[0x2f] = SF_HDR_P_ASSERTED_IDENTITY,
	[0x30] = SF_HDR_TIMESTAMP,
	[0x35] = SF_HDR_ACCEPT_CONTACT,
	[0x36] = SF_HDR_REFER_TO,
	[0x37] = SF_HDR_PROXY_AUTHENTICATE,
	[0x39] = SF_HDR_INFO_PACKAGE,
	[0x3d] = SF_HDR_REASON,
	[0x47] = SF_HDR_DIVERSION,
	[0x48] = SF_HDR_REPLACES,
	[0x4c] = SF_HDR_JOIN,
	[0x4d] = SF_HDR_P_CALLED_PARTY_ID,
	[0x51] = SF_HDR_REPLY_TO,
	[0x53] = SF_HDR_REFERRED_BY,
	[0x59] = SF_HDR_ACCEPT_LANGUAGE,
	[0x5a] = SF_HDR_REJECT_CONTACT,
	[0x5f] = SF_HDR_GEOLOCATION,
	[0x60] = SF_HDR_CONTENT_DISPOSITION,
	[0x63] = SF_HDR_VIA,
	[0x65] = SF_HDR_DATE,
	[0x69] = SF_HDR_REMOTE_PARTY_ID,
	[0x6b] = SF_HDR_CALL_ID,
	[0x6e] = SF_HDR_PRIORITY,
	[0x78] = SF_HDR_IDENTITY,
	[0x7d] = SF_HDR_USER_TO_USER,
	[0x82] = SF_HDR_ALLOW,
	[0x90] = SF_HDR_GEOLOCATION_ERROR,
	[0x92] = SF_HDR_P_PREFERRED_IDENTITY,
	[0x96] = SF_HDR_IDENTITY_INFO,
	[0x97] = SF_HDR_REFER_SUB,
	[0x9b] = SF_HDR_P_ASSOCIATED_URI,
	[0x9e] = SF_HDR_ALERT_INFO,
	[0x9f] = SF_HDR_REQUIRE,
	[0xa4] = SF_HDR_FROM,
	[0xaa] = SF_HDR_SIP_ETAG,
	[0xab] = SF_HDR_SECURITY_SERVER,
	[0xad] = SF_HDR_RACK,
	[0xb2] = SF_HDR_CONTENT_TYPE,
	[0xc0] = SF_HDR_RSEQ,
	[0xc3] = SF_HDR_RETRY_AFTER,
	[0xc4] = SF_HDR_SERVICE_ROUTE,
	[0xca] = SF_HDR_CALL_INFO,
	[0xcc] = SF_HDR_TO,
	[0xce] = SF_HDR_RECORD_ROUTE,
	[0xcf] = SF_HDR_SESSION_EXPIRES,
	[0xd0] = SF_HDR_AUTHENTICATION_INFO,
	[0xd3] = SF_HDR_MIN_EXPIRES,
	[0xd5] = SF_HDR_PRIVACY,
	[0xd7] = SF_HDR_ROUTE,
	[0xd8] = SF_HDR_ERROR_INFO,
	[0xda] = SF_HDR_SIP_IF_MATCH,
	[0xdc] = SF_HDR_SUPPORTED,
	[0xdd] = SF_HDR_SESSION_ID,
	[0xe1] = SF_HDR_FLOW_TIMER,
	[0xe8] = SF_HDR_CSEQ,
	[0xe9] = SF_HDR_SECURITY_CLIENT,
	[0xea] = SF_HDR_WARNING,
	[0xeb] = SF_HDR_PROXY_REQUIRE,
	[0xee] = SF_HDR_ORGANIZATION,
	[0xf0] = SF_HDR_CONTENT_LANGUAGE,
	[0xf4] = SF_HDR_SUBJECT,
	[0xf5] = SF_HDR_CONTENT_LENGTH,
	[0xf6] = SF_HDR_IN_REPLY_TO,
	[0xf7] = SF_HDR_TARGET_DIALOG,
	[0xf9] = SF_HDR_REQUEST_DISPOSITION,
	[0xfa] = SF_HDR_UNSUPPORTED,
	[0xfb] = SF_HDR_AUTHORIZATION,
	[0xfd] = SF_HDR_ALLOW_EVENTS,
	[0xfe] = SF_HDR_USER_AGENT,
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
	['n' - 'a'] = SF_HDR_IDENTITY_INFO,
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
	char text[HDR_NAME_MAX];
	u8 len;
};

static const struct hdr_name hdr_names[SF_HDR_COUNT] = {
#define X(sym, name, compact) \
	[SF_HDR_##sym] = { name, sizeof(name) - 1 },
	SF_HDRS(X)
#undef X
};

static inline u64 load_lower(const char *p)
{
	return sf_load64(p) | SF_SWAR_CASE;
}

/* Is a name of @len bytes, with @head and @tail as below, the known one? */
static inline bool hdr_is(const struct hdr_name *known, u64 head, u64 tail,
			  const char *p, u32 len)
{
	u64 want = load_lower(known->text);

	if (known->len != len)
		return false;
	if (len < 8)
		return head == (want & ((1ull << 8 * len) - 1));
	if (len > 16 && load_lower(p + 8) != load_lower(known->text + 8))
		return false;
	return head == want && tail == load_lower(known->text + len - 8);
}

enum sf_hdr_id sf_hdr_lookup(u64 head, const char *p, u32 len)
{
	u64 tail = 0;
	u8 id;

	head |= SF_SWAR_CASE;
	if (len == 1) {
		id = (u8)((u8)head - 'a');
		return id < 26 ? hdr_compact[id] : SF_HDR_OTHER;
	}
	if (!len || len >= HDR_NAME_MAX)
		return SF_HDR_OTHER;
	if (len < 8)
		head &= (1ull << 8 * len) - 1;
	else
		tail = load_lower(p + len - 8);
	id = hdr_slots[(head + 3 * tail + len) * HDR_MULT >> 56];
	return hdr_is(&hdr_names[id], head, tail, p, len) ? id : SF_HDR_OTHER;
}

enum sf_hdr_id sf_hdr_id(const char *buf, struct sf_span name)
{
	u32 end = sf_span_end(name);

	if (sf_scan_name(buf, name.off, end) != end)
		return SF_HDR_OTHER;
	return sf_hdr_lookup(sf_load_upto8(buf + name.off, name.len),
			     buf + name.off, name.len);
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
