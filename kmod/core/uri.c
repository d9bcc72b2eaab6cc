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
	/* a name that begins with a letter is no address */
	if ((buf[start] == '[' || sf_is(buf[start], SF_C_DIGIT)) &&
	    sf_span_ip(buf, host->host, &host->ip))
		return true;
	host->ip.family = 0;
	return buf[start] != '[';
}

/* host [ ":" port ]; @host is undefined on failure, @pos behind it if not */
static bool hostport_read(const char *buf, u32 *pos, u32 end,
			  struct sf_host *host)
{
	u32 start = *pos, digits;

	if (!sf_host_read(buf, pos, end, host))
		return false;
	host->port = 0;
	host->port_text = sf_span(*pos, *pos);
	if (sf_scan_at(buf, *pos, end, ':')) {
		digits = *pos + 1;
		*pos = sf_scan_over(buf, digits, end, SF_C_DIGIT);
		host->port_text = sf_span(digits, *pos);
		if (!sf_span_port(buf, host->port_text, &host->port))
			return false;
	}
	host->hostport = sf_span(start, *pos);
	return true;
}

enum sf_reason sf_host_parse(const char *buf, struct sf_span s,
			     struct sf_host *host, u32 *end)
{
	u32 pos = s.off, stop = sf_span_end(s);
	struct sf_host got;

	if (!hostport_read(buf, &pos, stop, &got) || (!end && pos != stop))
		return SF_URI;
	if (end)
		*end = pos;
	*host = got;
	return SF_OK;
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

/* The scheme, known or not; @colon is where it ends. */
static bool scheme_read(const char *buf, struct sf_span s, struct sf_uri *uri,
			u32 *colon)
{
	const char *p = buf + s.off;

	uri->scheme = SF_SCHEME_OTHER;
	if (s.len > 4 && sf_lower(p[0]) == 's' && sf_lower(p[1]) == 'i' &&
	    sf_lower(p[2]) == 'p') {
		if (p[3] == ':')
			uri->scheme = SF_SCHEME_SIP;
		else if (sf_lower(p[3]) == 's' && p[4] == ':')
			uri->scheme = SF_SCHEME_SIPS;
	}
	if (uri->scheme)
		*colon = s.off + (uri->scheme == SF_SCHEME_SIP ? 3 : 4);
	else
		*colon = sf_scan_byte(buf, s.off, sf_span_end(s), ':');
	uri->scheme_text = sf_span(s.off, *colon);
	if (!uri->scheme && sf_span_caseis(buf, uri->scheme_text, "tel"))
		uri->scheme = SF_SCHEME_TEL;
	return uri->scheme || is_scheme(buf, uri->scheme_text);
}

enum sf_scheme sf_uri_scheme(const char *buf, struct sf_span s)
{
	struct sf_uri uri;
	u32 colon;

	scheme_read(buf, s, &uri, &colon);
	return (enum sf_scheme)uri.scheme;
}

/* '%' starts an escape, which has to be whole. */
static bool escape_whole(const char *buf, u32 pos, u32 end)
{
	return end - pos >= 3 && sf_is(buf[pos + 1], SF_C_HEX) &&
	       sf_is(buf[pos + 2], SF_C_HEX);
}

/* What may not stand in a URI, or asks for a closer look. */
static inline u64 marks_special(u64 word)
{
	return sf_marks_uri(word) | sf_swar_byte(word, '%') |
	       sf_swar_byte(word, '@');
}

/*
 * Every byte may stand in a URI. The place of the '@' is found on the way:
 * there is one at most, since two readers would not take the same one of two.
 */
static bool uri_scan(const char *buf, u32 pos, u32 end, u32 *at)
{
	*at = end;
	for (;; pos++) {
		pos = sf_scan(buf, pos, end, marks_special);
		if (pos == end)
			return true;
		if (buf[pos] == '@' && *at == end)
			*at = pos;
		else if (buf[pos] != '%' || !escape_whole(buf, pos, end))
			return false;
	}
}

/* userinfo = user [ ":" password ] */
static bool userinfo_read(const char *buf, u32 pos, u32 end,
			  struct sf_uri *uri)
{
	u32 colon = sf_scan_byte(buf, pos, end, ':');

	uri->user = sf_span(pos, colon);
	uri->password = sf_span(colon == end ? end : colon + 1, end);
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
	if (!hostport_read(buf, &pos, end, &uri->at))
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

/* Parts that are absent, as the header has it: all zero. */
static void parts_init(struct sf_uri *uri)
{
	uri->user = sf_span(0, 0);
	uri->password = uri->user;
	uri->params = uri->user;
	uri->headers = uri->user;
}

enum sf_reason sf_uri_parse(const char *buf, struct sf_span s,
			    struct sf_uri *uri)
{
	u32 end = sf_span_end(s), colon, at;
	enum sf_reason reason = SF_OK;
	struct sf_uri got;

	if (!scheme_read(buf, s, &got, &colon) || colon == end ||
	    colon + 1 == end || !uri_scan(buf, colon + 1, end, &at))
		return SF_URI;
	got.all = s;
	parts_init(&got);
	switch (got.scheme) {
	case SF_SCHEME_SIP:
	case SF_SCHEME_SIPS:
		reason = sip_read(buf, colon + 1, end, at, &got);
		break;
	case SF_SCHEME_TEL:
		memset(&got.at, 0, sizeof(got.at));
		reason = tel_read(buf, colon + 1, end, &got);
		break;
	default:
		memset(&got.at, 0, sizeof(got.at));
		got.user = sf_span(colon + 1, end);
	}
	if (!reason)
		*uri = got;
	return reason;
}
