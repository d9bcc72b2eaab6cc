// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * check_param.c - the parameters of headers
 *
 * Names are unique in a header (RFC 3261, 7.3.1). That is judged for those
 * that somebody acts upon: for all of them it would cost the square of their
 * number, which the sender chooses.
 */
#include "grammar.h"
#include "scan.h"

static bool good_ip(const char *buf, struct sf_span s)
{
	struct sf_ip ip;

	return sf_span_ip(buf, s, &ip);
}

static bool good_port(const char *buf, struct sf_span s)
{
	u16 port;

	return sf_span_port(buf, s, &port);
}

/* "0" [ "." 0*3DIGIT ] or "1" [ "." 0*3("0") ], as 25.1 has it */
static bool good_q(const char *buf, struct sf_span s)
{
	const char *p = buf + s.off;
	u32 i;

	if (!s.len || s.len > 5 || (p[0] != '0' && p[0] != '1') ||
	    (s.len > 1 && p[1] != '.'))
		return false;
	for (i = 2; i < s.len; i++)
		if (!sf_is(p[i], SF_C_DIGIT) || (p[0] == '1' && p[i] != '0'))
			return false;
	return true;
}

static const struct {
	char name[10];
	u8 len;
	bool bare;	/* it may stand without a value */
	bool (*good)(const char *buf, struct sf_span value);	/* or any */
} known[] = {
	{ "tag", 3, false, sf_good_token },
	{ "branch", 6, false, sf_good_token },
	{ "received", 8, false, good_ip },
	{ "rport", 5, true, good_port },
	{ "maddr", 5, false, sf_good_hostname },
	{ "ttl", 3, false, sf_good_u8 },
	{ "q", 1, false, good_q },
	/* 20.10: a lifetime that cannot be read stands for an hour */
	{ "expires", 7, false, NULL },
	{ "boundary", 8, false, NULL },
};

static u32 known_find(const char *buf, struct sf_span name)
{
	u32 i;

	for (i = 0; i < ARRAY_SIZE(known); i++)
		if (sf_span_caseeq(buf, name, known[i].name, known[i].len))
			break;
	return i;
}

static bool good_param(const char *buf, const struct sf_param *param, u32 *seen)
{
	u32 i;

	if (param->has_value && !param->value.len)
		return false;
	i = known_find(buf, param->name);
	if (i == ARRAY_SIZE(known))
		return true;
	if (*seen & 1u << i)
		return false;
	*seen |= 1u << i;
	if (!param->has_value)
		return known[i].bare;
	return !known[i].good || known[i].good(buf, param->value);
}

bool sf_good_params(const char *buf, struct sf_span params)
{
	struct sf_param param;
	enum sf_reason reason;
	u32 seen = 0;

	for (;;) {
		reason = sf_param_next(buf, &params, &param);
		if (reason)
			return reason == SF_EMPTY;
		if (!good_param(buf, &param, &seen))
			return false;
	}
}
