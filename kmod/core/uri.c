// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * uri.c - URIs, and host and port
 *
 * Escapes are checked but not decoded: "%00" must never end anything
 * (RFC 4475, 3.1.1.4), and offsets have to stay those of the message.
 */
#include <sipfast/uri.h>

#include "host.h"
#include "scan.h"

/* A name or IPv4 address, or an IPv6 reference, which has to be one. */
bool sf_host_read(const char *buf, u32 *pos, u32 end, struct sf_host *host)
{
	u32 start = *pos, stop;

	if (sf_scan_at(buf, start, end, '[')) {
		stop = sf_scan_byte(buf, start, end, ']');
		if (stop++ == end)
			return false;
	} else {
		stop = sf_scan_over(buf, start, end, SF_C_HOST);
		if (stop == start)
			return false;
	}
	host->host = sf_span(start, stop);
	*pos = stop;
	if (sf_span_ip(buf, host->host, &host->ip))
		return true;
	host->ip.family = 0;
	return buf[start] != '[';
}

enum sf_reason sf_host_parse(const char *buf, struct sf_span s,
			     struct sf_host *host, u32 *end)
{
	u32 pos = s.off, stop = sf_span_end(s), digits;
	struct sf_host got = { .port = 0 };

	if (!sf_host_read(buf, &pos, stop, &got))
		return SF_URI;
	got.port_text = sf_span(pos, pos);
	if (sf_scan_at(buf, pos, stop, ':')) {
		digits = pos + 1;
		pos = sf_scan_over(buf, digits, stop, SF_C_DIGIT);
		got.port_text = sf_span(digits, pos);
		if (!sf_span_port(buf, got.port_text, &got.port))
			return SF_URI;
	}
	got.hostport = sf_span(s.off, pos);
	if (end)
		*end = pos;
	else if (pos != stop)
		return SF_URI;
	*host = got;
	return SF_OK;
}

static u8 scheme_id(const char *buf, struct sf_span s)
{
	switch (s.len) {
	case 3:
		if (sf_span_caseis(buf, s, "sip"))
			return SF_SCHEME_SIP;
		if (sf_span_caseis(buf, s, "tel"))
			return SF_SCHEME_TEL;
		break;
	case 4:
		if (sf_span_caseis(buf, s, "sips"))
			return SF_SCHEME_SIPS;
		break;
	}
	return SF_SCHEME_OTHER;
}

static bool is_scheme(const char *buf, struct sf_span s)
{
	const char *p = buf + s.off;
	u32 i;

	if (!s.len || (p[0] | 0x20) < 'a' || (p[0] | 0x20) > 'z')
		return false;
	for (i = 1; i < s.len; i++)
		if (p[i] != '+' && (!sf_is(p[i], SF_C_HOST) || p[i] == '_'))
			return false;
	return true;
}

/*
 * Every byte may stand in a URI, and '%' starts an escape. The place of the
 * '@' is found on the way: there is one at most, since two readers would not
 * take the same one of two.
 */
static bool uri_scan(const char *buf, u32 pos, u32 end, u32 *at)
{
	*at = end;
	for (; pos < end; pos++) {
		if (!sf_is(buf[pos], SF_C_URI))
			return false;
		if (buf[pos] == '%') {
			if (end - pos < 3 || !sf_is(buf[pos + 1], SF_C_HEX) ||
			    !sf_is(buf[pos + 2], SF_C_HEX))
				return false;
		} else if (buf[pos] == '@') {
			if (*at != end)
				return false;
			*at = pos;
		}
	}
	return true;
}

/* userinfo = user [ ":" password ] */
static bool userinfo_read(const char *buf, u32 pos, u32 end,
			  struct sf_uri *uri)
{
	u32 colon = sf_scan_byte(buf, pos, end, ':');

	uri->user = sf_span(pos, colon);
	if (colon != end)
		uri->password = sf_span(colon + 1, end);
	return colon != pos;
}

/* What follows the scheme of sip: and sips: */
static enum sf_reason sip_read(const char *buf, u32 pos, u32 end, u32 at,
			       struct sf_uri *uri)
{
	if (at != end) {
		if (!userinfo_read(buf, pos, at, uri))
			return SF_URI;
		pos = at + 1;
	}
	if (sf_host_parse(buf, sf_span(pos, end), &uri->at, &pos))
		return SF_URI;
	if (sf_scan_at(buf, pos, end, ';')) {
		u32 stop = sf_scan_byte(buf, pos, end, '?');

		uri->params = sf_span(pos, stop);
		pos = stop;
	}
	if (pos == end)
		return SF_OK;
	if (buf[pos] != '?')
		return SF_URI;
	uri->headers = sf_span(pos + 1, end);
	return SF_OK;
}

static enum sf_reason tel_read(const char *buf, u32 pos, u32 end,
			       struct sf_uri *uri)
{
	u32 stop = sf_scan_byte(buf, pos, end, ';');

	uri->user = sf_span(pos, stop);
	if (stop != end)
		uri->params = sf_span(stop, end);
	return uri->user.len ? SF_OK : SF_URI;
}

enum sf_reason sf_uri_parse(const char *buf, struct sf_span s,
			    struct sf_uri *uri)
{
	u32 end = sf_span_end(s), colon, at;
	struct sf_uri got = { .all = s };
	enum sf_reason reason = SF_OK;

	colon = sf_scan_byte(buf, s.off, end, ':');
	got.scheme_text = sf_span(s.off, colon);
	if (colon == end || colon + 1 == end ||
	    !is_scheme(buf, got.scheme_text) ||
	    !uri_scan(buf, colon + 1, end, &at))
		return SF_URI;
	got.scheme = scheme_id(buf, got.scheme_text);
	switch (got.scheme) {
	case SF_SCHEME_SIP:
	case SF_SCHEME_SIPS:
		reason = sip_read(buf, colon + 1, end, at, &got);
		break;
	case SF_SCHEME_TEL:
		reason = tel_read(buf, colon + 1, end, &got);
		break;
	default:
		got.user = sf_span(colon + 1, end);
	}
	if (!reason)
		*uri = got;
	return reason;
}
