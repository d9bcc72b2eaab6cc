/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * auth.h - what credentials and challenges are made of
 *
 * A scheme, and for Digest a list of parameters with commas between them (RFC
 * 3261, 25.1: auth-param; RFC 7616, 3.3 and 3.4).
 */
#ifndef SIPFAST_AUTH_H
#define SIPFAST_AUTH_H

#include <sipfast/reason.h>
#include <sipfast/span.h>

/**
 * sf_auth_scheme() - take the scheme off a value
 * @value: of the header
 * @scheme: written only on success
 * @rest: what is behind it; written only on success
 *
 * Return: false when there is none, or no blank behind it.
 */
bool sf_auth_scheme(const char *buf, struct sf_span value,
		    struct sf_span *scheme, struct sf_span *rest);

/* Parameters that take part in a digest. */
enum sf_auth_param_id {
	SF_PARAM_OTHER,
	SF_PARAM_USERNAME,
	SF_PARAM_REALM,
	SF_PARAM_NONCE,
	SF_PARAM_URI,
	SF_PARAM_RESPONSE,
	SF_PARAM_ALGORITHM,
	SF_PARAM_CNONCE,
	SF_PARAM_OPAQUE,
	SF_PARAM_QOP,
	SF_PARAM_NC,
	SF_PARAM_STALE,
	SF_PARAM_USERHASH,
	SF_PARAM_COUNT
};

/**
 * struct sf_auth_param - one name=value
 * @name: its name, a token
 * @value: its value, without quotes, escapes as they came: what a digest is
 *	computed of. Never empty if @quoted is false
 * @id: which one it is (enum sf_auth_param_id)
 * @quoted: it had quotes
 */
struct sf_auth_param {
	struct sf_span name;
	struct sf_span value;
	u8 id;
	bool quoted;
};

/**
 * sf_auth_param_next() - take the next one
 * @rest: what is left, moved behind it
 * @param: written only on success
 *
 * A value without quotes ends at a blank, a quote or a comma; it may hold more
 * than a token may, since some write base64 without quotes.
 *
 * Return: SF_OK; SF_EMPTY at the end; SF_VALUE.
 */
enum sf_reason sf_auth_param_next(const char *buf, struct sf_span *rest,
				  struct sf_auth_param *param);

#endif /* SIPFAST_AUTH_H */
