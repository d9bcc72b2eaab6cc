// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * check_auth.c - credentials and challenges
 *
 * Of a scheme that is not known nothing is known but that it has a name and
 * something behind it (RFC 4475, 3.3.7). Digest is a list of parameters, and
 * one that stands twice is read in one way here and in another way there.
 */
#include <sipfast/auth.h>

#include "chars.h"
#include "grammar.h"

static bool auth_params(const char *buf, struct sf_span rest)
{
	struct sf_auth_param param;
	enum sf_reason reason;
	u32 seen = 0;

	while (!(reason = sf_auth_param_next(buf, &rest, &param))) {
		if (param.id && seen & 1u << param.id)
			return false;
		seen |= 1u << param.id;
		if (!param.quoted && !sf_good_all(buf, param.value, SF_C_VALUE))
			return false;
	}
	return reason == SF_EMPTY;
}

bool sf_good_auth(const char *buf, struct sf_span s)
{
	struct sf_span scheme, rest;

	return sf_auth_scheme(buf, s, &scheme, &rest) && rest.len &&
	       (!sf_span_caseis(buf, scheme, "Digest") ||
		auth_params(buf, rest));
}

bool sf_good_auth_info(const char *buf, struct sf_span s)
{
	return s.len && auth_params(buf, s);
}
