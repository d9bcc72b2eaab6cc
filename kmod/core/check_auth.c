// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * check_auth.c - credentials and challenges
 *
 * Of a scheme that is not known nothing is known but that it has a name and
 * something behind it (RFC 4475, 3.3.7). Digest is a list of parameters, and
 * one that stands twice is read in one way here and in another way there.
 */
#include "grammar.h"
#include "scan.h"

/* Every parameter that takes part in a digest (RFC 7616, 3.3 and 3.4). */
static const struct {
	char name[10];
	u8 len;
} once[] = {
	{ "username", 8 }, { "realm", 5 }, { "nonce", 5 }, { "uri", 3 },
	{ "response", 8 }, { "algorithm", 9 }, { "cnonce", 6 }, { "opaque", 6 },
	{ "qop", 3 }, { "nc", 2 }, { "stale", 5 }, { "userhash", 8 },
};

static bool first_time(const char *buf, struct sf_span name, u32 *seen)
{
	u32 i;

	for (i = 0; i < ARRAY_SIZE(once); i++) {
		if (!sf_span_caseeq(buf, name, once[i].name, once[i].len))
			continue;
		if (*seen & 1u << i)
			return false;
		*seen |= 1u << i;
		break;
	}
	return true;
}

/* name "=" ( token / quoted-string ) */
static bool auth_param(const char *buf, struct sf_span s, u32 *seen)
{
	u32 end = sf_span_end(s), pos;
	struct sf_span name;

	pos = sf_scan_over(buf, s.off, end, SF_C_TOKEN);
	name = sf_span(s.off, pos);
	pos = sf_scan_lws(buf, pos, end);
	if (!name.len || !sf_scan_at(buf, pos, end, '='))
		return false;
	pos = sf_scan_lws(buf, pos + 1, end);
	if (sf_scan_at(buf, pos, end, '"')) {
		if (sf_scan_quoted(buf, pos, end) != end)
			return false;
	} else if (!sf_good_all(buf, sf_span(pos, end), SF_C_VALUE)) {
		return false;
	}
	return first_time(buf, name, seen);
}

static bool auth_params(const char *buf, struct sf_span rest)
{
	enum sf_reason reason;
	struct sf_span item;
	u32 seen = 0;

	for (;;) {
		reason = sf_list_next(buf, &rest, &item);
		if (reason)
			return reason == SF_EMPTY;
		if (!auth_param(buf, item, &seen))
			return false;
	}
}

bool sf_good_auth(const char *buf, struct sf_span s)
{
	u32 end = sf_span_end(s), stop, pos;
	struct sf_span scheme;

	stop = sf_scan_over(buf, s.off, end, SF_C_TOKEN);
	pos = sf_scan_lws(buf, stop, end);
	scheme = sf_span(s.off, stop);
	if (!scheme.len || pos == stop || pos == end)
		return false;
	return !sf_span_caseis(buf, scheme, "Digest") ||
	       auth_params(buf, sf_span(pos, end));
}

bool sf_good_auth_info(const char *buf, struct sf_span s)
{
	return s.len && auth_params(buf, s);
}
