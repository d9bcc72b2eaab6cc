// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * credentials.c - what Authorization and WWW-Authenticate say
 */
#include <sipfast/addr.h>

#include "credentials.h"

static bool is_lws(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Neither blank nor separator: what names and bare values are made of. */
static bool is_bare(char c)
{
	return (u8)c > ' ' && c != 0x7f && c != '"' && c != ',' && c != '=';
}

static u32 skip(const char *buf, u32 pos, u32 end)
{
	while (pos < end && is_lws(buf[pos]))
		pos++;
	return pos;
}

static u32 bare_end(const char *buf, u32 pos, u32 end)
{
	while (pos < end && is_bare(buf[pos]))
		pos++;
	return pos;
}

/* "..." that fills @s, with no quote in it that is not escaped. */
static bool unquote(const char *buf, struct sf_span s, struct sf_span *inside)
{
	u32 pos = s.off + 1, end = sf_span_end(s);

	while (pos < end && buf[pos] != '"')
		pos += buf[pos] == '\\' ? 2 : 1;
	if (pos != end - 1)
		return false;
	*inside = sf_span(s.off + 1, pos);
	return true;
}

/* What stands behind the '='. A bare value may hold '=' (base64). */
static bool read_value(const char *buf, struct sf_span s,
		       struct sf_auth_param *param)
{
	u32 pos;

	param->quoted = s.len && buf[s.off] == '"';
	if (param->quoted)
		return s.len > 1 && unquote(buf, s, &param->value);
	for (pos = s.off; pos < sf_span_end(s); pos++)
		if (!is_bare(buf[pos]) && buf[pos] != '=')
			return false;
	param->value = s;
	return s.len;
}

enum sf_reason sf_auth_param_next(const char *buf, struct sf_span *rest,
				  struct sf_auth_param *param)
{
	struct sf_auth_param found = { .quoted = false };
	enum sf_reason reason;
	struct sf_span item;
	u32 pos, end;

	reason = sf_list_next(buf, rest, &item);
	if (reason)
		return reason == SF_EMPTY ? SF_EMPTY : SF_VALUE;
	end = sf_span_end(item);
	pos = bare_end(buf, item.off, end);
	found.name = sf_span(item.off, pos);
	pos = skip(buf, pos, end);
	if (!found.name.len || pos == end || buf[pos] != '=')
		return SF_VALUE;
	pos = skip(buf, pos + 1, end);
	if (!read_value(buf, sf_span(pos, end), &found))
		return SF_VALUE;
	*param = found;
	return SF_OK;
}

bool sf_auth_scheme(const char *buf, struct sf_span value,
		    struct sf_span *scheme, struct sf_span *rest)
{
	u32 end = sf_span_end(value), pos = bare_end(buf, value.off, end);
	u32 behind = skip(buf, pos, end);

	if (pos == value.off || behind == pos)
		return false;
	*scheme = sf_span(value.off, pos);
	*rest = sf_span(behind, end);
	return true;
}

static bool is_digest(const char *buf, struct sf_span value,
		      struct sf_span *rest)
{
	struct sf_span scheme;

	return sf_auth_scheme(buf, value, &scheme, rest) &&
	       sf_span_caseis(buf, scheme, "Digest");
}

/**
 * struct slot - where a parameter goes
 * @name: its name, in lower case
 * @len: its length
 * @to: takes the value
 * @seen: it was there
 */
struct slot {
	const char *name;
	u32 len;
	struct sf_span *to;
	bool seen;
};

#define SLOT(lit, where) { (lit), sizeof(lit) - 1, (where), false }

/* Fill the slots; false for what is malformed or stands twice. */
static bool read_all(const char *buf, struct sf_span rest, struct slot *slots,
		     u32 count)
{
	struct sf_auth_param param;
	enum sf_reason reason;
	u32 i;

	while (!(reason = sf_auth_param_next(buf, &rest, &param)))
		for (i = 0; i < count; i++) {
			if (!sf_span_caselit(buf, param.name, slots[i].name,
					     slots[i].len))
				continue;
			if (slots[i].seen)
				return false;
			slots[i].seen = true;
			*slots[i].to = param.value;
		}
	return reason == SF_EMPTY;
}

/* Eight hexadecimal digits, and not 0: counting begins with 1. */
static bool read_nc(const char *buf, struct sf_span s, u32 *nc)
{
	u32 i, val = 0;
	char c;

	if (s.len != 8)
		return false;
	for (i = 0; i < 8; i++) {
		c = buf[s.off + i];
		if (c >= '0' && c <= '9')
			val = val << 4 | (u32)(c - '0');
		else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')
			val = val << 4 | (u32)((c | 0x20) - 'a' + 10);
		else
			return false;
	}
	*nc = val;
	return val;
}

enum { C_USERNAME, C_REALM, C_NONCE, C_URI, C_RESPONSE, C_ALGORITHM, C_CNONCE,
	C_QOP, C_NC, C_USERHASH, C_COUNT };

static bool is_complete(const struct slot *slots)
{
	u32 i;

	for (i = C_USERNAME; i <= C_RESPONSE; i++)
		if (!slots[i].seen)
			return false;
	/* with qop come nc and cnonce, without it neither */
	return slots[C_QOP].seen == slots[C_NC].seen &&
	       (!slots[C_QOP].seen || slots[C_CNONCE].seen);
}

enum sf_reason sf_credentials_parse(const char *buf, struct sf_span value,
				    struct sf_credentials *credentials)
{
	struct sf_credentials c = { .nc = 0 };
	struct sf_span userhash = { 0 }, rest;
	struct slot slots[C_COUNT] = {
		[C_USERNAME] = SLOT("username", &c.username),
		[C_REALM] = SLOT("realm", &c.realm),
		[C_NONCE] = SLOT("nonce", &c.nonce),
		[C_URI] = SLOT("uri", &c.uri),
		[C_RESPONSE] = SLOT("response", &c.response),
		[C_ALGORITHM] = SLOT("algorithm", &c.algorithm),
		[C_CNONCE] = SLOT("cnonce", &c.cnonce),
		[C_QOP] = SLOT("qop", &c.qop),
		[C_NC] = SLOT("nc", &c.nc_text),
		[C_USERHASH] = SLOT("userhash", &userhash),
	};

	if (!is_digest(buf, value, &rest))
		return SF_EMPTY;
	if (!read_all(buf, rest, slots, C_COUNT) || !is_complete(slots))
		return SF_VALUE;
	if (slots[C_NC].seen && !read_nc(buf, c.nc_text, &c.nc))
		return SF_VALUE;
	c.userhash = sf_span_caseis(buf, userhash, "true");
	*credentials = c;
	return SF_OK;
}

/* Is "auth" in a list of options? */
static bool offers_auth(const char *buf, struct sf_span list)
{
	struct sf_span item;

	while (!sf_list_next(buf, &list, &item))
		if (sf_span_caseis(buf, item, "auth"))
			return true;
	return false;
}

enum sf_reason sf_challenge_parse(const char *buf, struct sf_span value,
				  struct sf_challenge *challenge)
{
	struct sf_challenge c = { .stale = false };
	struct sf_span qop = { 0 }, stale = { 0 }, rest;
	struct slot slots[] = {
		SLOT("realm", &c.realm),
		SLOT("nonce", &c.nonce),
		SLOT("opaque", &c.opaque),
		SLOT("algorithm", &c.algorithm),
		SLOT("qop", &qop),
		SLOT("stale", &stale),
	};

	if (!is_digest(buf, value, &rest))
		return SF_EMPTY;
	if (!read_all(buf, rest, slots, ARRAY_SIZE(slots)) || !slots[0].seen ||
	    !slots[1].seen)
		return SF_VALUE;
	c.has_opaque = slots[2].seen;
	c.has_qop = slots[4].seen;
	c.auth = offers_auth(buf, qop);
	c.stale = sf_span_caseis(buf, stale, "true");
	*challenge = c;
	return SF_OK;
}
