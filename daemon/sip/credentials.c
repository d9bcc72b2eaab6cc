// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * credentials.c - what Authorization and WWW-Authenticate say
 */
#include <sipfast/addr.h>

#include "credentials.h"

/**
 * struct params - of Digest
 * @value: of each that it is computed of; empty when it is absent
 * @seen: a bit for each that was there
 */
struct params {
	struct sf_span value[SF_PARAM_COUNT];
	u32 seen;
};

static bool has(const struct params *params, enum sf_auth_param_id id)
{
	return params->seen & 1u << id;
}

/* SF_EMPTY for another scheme; SF_VALUE for what is malformed or stands twice. */
static enum sf_reason read_all(const char *buf, struct sf_span value,
			       struct params *params)
{
	struct sf_auth_param param;
	struct sf_span scheme, rest;
	enum sf_reason reason;

	if (!sf_auth_scheme(buf, value, &scheme, &rest) ||
	    !sf_span_caseis(buf, scheme, "Digest"))
		return SF_EMPTY;
	memset(params, 0, sizeof(*params));
	while (!(reason = sf_auth_param_next(buf, &rest, &param))) {
		if (param.id && has(params, param.id))
			return SF_VALUE;
		params->seen |= 1u << param.id;
		params->value[param.id] = param.value;
	}
	return reason == SF_EMPTY ? SF_OK : SF_VALUE;
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

static bool is_complete(const struct params *params)
{
	u32 id;

	for (id = SF_PARAM_USERNAME; id <= SF_PARAM_RESPONSE; id++)
		if (!has(params, id))
			return false;
	/* with qop come nc and cnonce, without it neither */
	return has(params, SF_PARAM_QOP) == has(params, SF_PARAM_NC) &&
	       (!has(params, SF_PARAM_QOP) || has(params, SF_PARAM_CNONCE));
}

enum sf_reason sf_credentials_parse(const char *buf, struct sf_span value,
				    struct sf_credentials *credentials)
{
	struct params p;
	enum sf_reason reason = read_all(buf, value, &p);
	u32 nc = 0;

	if (reason)
		return reason;
	if (!is_complete(&p) || (has(&p, SF_PARAM_NC) &&
				 !read_nc(buf, p.value[SF_PARAM_NC], &nc)))
		return SF_VALUE;
	*credentials = (struct sf_credentials){
		.username = p.value[SF_PARAM_USERNAME],
		.realm = p.value[SF_PARAM_REALM],
		.nonce = p.value[SF_PARAM_NONCE],
		.uri = p.value[SF_PARAM_URI],
		.response = p.value[SF_PARAM_RESPONSE],
		.algorithm = p.value[SF_PARAM_ALGORITHM],
		.cnonce = p.value[SF_PARAM_CNONCE],
		.qop = p.value[SF_PARAM_QOP],
		.nc_text = p.value[SF_PARAM_NC],
		.nc = nc,
		.userhash = sf_span_caseis(buf, p.value[SF_PARAM_USERHASH],
					   "true"),
	};
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
	struct params p;
	enum sf_reason reason = read_all(buf, value, &p);

	if (reason)
		return reason;
	if (!has(&p, SF_PARAM_REALM) || !has(&p, SF_PARAM_NONCE))
		return SF_VALUE;
	*challenge = (struct sf_challenge){
		.realm = p.value[SF_PARAM_REALM],
		.nonce = p.value[SF_PARAM_NONCE],
		.opaque = p.value[SF_PARAM_OPAQUE],
		.algorithm = p.value[SF_PARAM_ALGORITHM],
		.has_opaque = has(&p, SF_PARAM_OPAQUE),
		.has_qop = has(&p, SF_PARAM_QOP),
		.auth = offers_auth(buf, p.value[SF_PARAM_QOP]),
		.stale = sf_span_caseis(buf, p.value[SF_PARAM_STALE], "true"),
	};
	return SF_OK;
}
