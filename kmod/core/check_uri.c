// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * check_uri.c - every part of a URI
 *
 * What sf_uri_parse() lets pass because nobody trips over it is judged here.
 * Users keep two liberties that phones take: a bare '#', and UTF-8.
 */
#include <sipfast/check.h>

#include "grammar.h"
#include "scan.h"

/* Does inet_aton() take the label for a number? */
static bool is_number(const char *p, u32 len)
{
	u32 i = 0;

	if (len > 1 && p[0] == '0' && sf_lower(p[1]) == 'x')
		for (i = 2; i < len && sf_is(p[i], SF_C_HEX);)
			i++;
	else
		while (i < len && sf_is(p[i], SF_C_DIGIT))
			i++;
	return i == len;
}

static bool good_label(const char *p, u32 len)
{
	return len && p[0] != '-' && p[len - 1] != '-';
}

/*
 * Labels and dots, one of which may close the name. When the last label is a
 * number it is an address to some and a name to others.
 */
bool sf_good_host(const char *buf, const struct sf_host *host)
{
	u32 pos = host->host.off, end = sf_span_end(host->host), dot;

	if (host->ip.family)
		return true;
	for (;; pos = dot + 1) {
		dot = sf_scan_byte(buf, pos, end, '.');
		if (!good_label(buf + pos, dot - pos))
			return false;
		if (dot == end || dot + 1 == end)
			return !is_number(buf + pos, dot - pos);
	}
}

bool sf_good_hostname(const char *buf, struct sf_span s)
{
	struct sf_host host = { .port = 0 };

	if (sf_span_ip(buf, s, &host.ip))
		return true;
	host.host = s;
	return sf_good_all(buf, s, SF_C_HOST) && sf_good_host(buf, &host);
}

/* user and password; of what may stand in a URI, these may not stand here */
static bool good_userinfo(const char *buf, struct sf_span s)
{
	const char *p = buf + s.off;
	u32 i;

	for (i = 0; i < s.len; i++) {
		switch (p[i]) {
		case ':':
		case '[':
		case ']':
		case '\\':
		case '^':
		case '`':
		case '{':
		case '|':
		case '}':
			return false;
		}
	}
	return true;
}

/* Parameters that say where a request goes, and that two readers may read. */
enum {
	URI_TRANSPORT	= 0x01,
	URI_MADDR	= 0x02,
	URI_TTL		= 0x04,
	URI_USER	= 0x08,
	URI_METHOD	= 0x10,
	URI_LR		= 0x20,
};

static u32 uri_param_bit(const char *buf, struct sf_span name)
{
	if (sf_span_caseis(buf, name, "transport"))
		return URI_TRANSPORT;
	if (sf_span_caseis(buf, name, "maddr"))
		return URI_MADDR;
	if (sf_span_caseis(buf, name, "ttl"))
		return URI_TTL;
	if (sf_span_caseis(buf, name, "user"))
		return URI_USER;
	if (sf_span_caseis(buf, name, "method"))
		return URI_METHOD;
	if (sf_span_caseis(buf, name, "lr"))
		return URI_LR;
	return 0;
}

static bool good_uri_param(const char *buf, u32 bit, struct sf_span value)
{
	switch (bit) {
	case URI_TRANSPORT:
	case URI_USER:
	case URI_METHOD:
		return sf_good_token(buf, value);
	case URI_MADDR:
		return sf_good_hostname(buf, value);
	case URI_TTL:
		return sf_good_u8(buf, value);
	}
	return true;
}

/* pname [ "=" pvalue ], one of *( ";" ... ) */
static bool uri_param(const char *buf, struct sf_span s, u32 *seen)
{
	u32 end = sf_span_end(s), eq = sf_scan_byte(buf, s.off, end, '=');
	struct sf_span name = sf_span(s.off, eq);
	struct sf_span value = sf_span(end, end);
	u32 bit = uri_param_bit(buf, name);

	if (eq != end)
		value = sf_span(eq + 1, end);
	if (!name.len || (eq != end && !value.len) || (*seen & bit))
		return false;
	*seen |= bit;
	return good_uri_param(buf, bit, value);
}

/* What parameters and headers may hold is no '@' and no '?' (19.1.1). */
static bool good_uri_chars(const char *buf, struct sf_span s)
{
	u32 end = sf_span_end(s);

	return sf_scan_byte(buf, s.off, end, '@') == end &&
	       sf_scan_byte(buf, s.off, end, ',') == end;
}

static bool good_uri_params(const char *buf, struct sf_span s)
{
	u32 pos = s.off, end = sf_span_end(s), stop, seen = 0;

	while (pos < end) {
		stop = sf_scan_byte(buf, pos + 1, end, ';');
		if (!uri_param(buf, sf_span(pos + 1, stop), &seen))
			return false;
		pos = stop;
	}
	return good_uri_chars(buf, s);
}

/* hname "=" hvalue, with '&' between them; a value may be empty */
static bool good_uri_headers(const char *buf, struct sf_span s)
{
	u32 pos = s.off, end = sf_span_end(s), stop, eq;

	for (;; pos = stop + 1) {
		stop = sf_scan_byte(buf, pos, end, '&');
		eq = sf_scan_byte(buf, pos, stop, '=');
		if (eq == pos || eq == stop)
			return false;
		if (stop == end)
			return good_uri_chars(buf, s);
	}
}

static bool good_sip(const char *buf, const struct sf_uri *uri)
{
	/* a '?' with nothing behind it is left to the span's end to show */
	bool marked = sf_span_end(uri->at.hostport) + uri->params.len !=
		      sf_span_end(uri->all);

	return good_userinfo(buf, uri->user) &&
	       good_userinfo(buf, uri->password) &&
	       sf_good_host(buf, &uri->at) &&
	       good_uri_params(buf, uri->params) &&
	       (!marked || good_uri_headers(buf, uri->headers));
}

/* Digits with visual separators, '*' and '#'; '+' in front (RFC 3966, 3). */
static bool good_tel(const char *buf, const struct sf_uri *uri)
{
	u32 pos = uri->user.off, end = sf_span_end(uri->user), digits = 0;

	if (sf_scan_at(buf, pos, end, '+'))
		pos++;
	for (; pos < end; pos++) {
		if (sf_is(buf[pos], SF_C_HEX) || buf[pos] == '*' ||
		    buf[pos] == '#')
			digits++;
		else if (!memchr("-.()", buf[pos], 4))
			return false;
	}
	return digits && good_uri_params(buf, uri->params);
}

bool sf_good_uri(const char *buf, const struct sf_uri *uri)
{
	switch (uri->scheme) {
	case SF_SCHEME_SIP:
	case SF_SCHEME_SIPS:
		return good_sip(buf, uri);
	case SF_SCHEME_TEL:
		return good_tel(buf, uri);
	}
	return true;
}

enum sf_reason sf_uri_check(const char *buf, struct sf_span s)
{
	struct sf_uri uri;

	return !sf_uri_parse(buf, s, &uri) && sf_good_uri(buf, &uri) ?
		SF_OK : SF_URI;
}
