// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * mask.c - take the secrets out of a copy of a message
 */
#include <sipfast/mask.h>

/**
 * struct mask - the copy, and what is known of the line
 * @buf: the copy
 * @len: its bytes
 * @started: the start line was seen
 * @body: and the blank line
 * @digits: the body may hold what was dialled
 */
struct mask {
	char *buf;
	u32 len;
	bool started;
	bool body;
	bool digits;
};

static bool is_end(char c)
{
	return c == '\r' || c == '\n';
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || is_end(c);
}

/* Line ends stay, so that lines are still the same ones. */
static void fill(struct mask *m, u32 from, u32 end)
{
	for (; from < end; from++)
		if (!is_end(m->buf[from]))
			m->buf[from] = '*';
}

static u32 skip_blank(const struct mask *m, u32 at, u32 end)
{
	while (at < end && is_blank(m->buf[at]))
		at++;
	return at;
}

static u32 skip_word(const struct mask *m, u32 at, u32 end)
{
	while (at < end && !is_blank(m->buf[at]))
		at++;
	return at;
}

static bool starts(const struct mask *m, u32 at, u32 end, const char *lit,
		   u32 len)
{
	return end - at >= len &&
	       sf_span_caseeq(m->buf, sf_span(at, at + len), lit, len);
}

#define STARTS(m, at, end, lit) starts(m, at, end, lit, sizeof(lit) - 1)

/* Where a literal stands in a piece, or its end. */
static u32 find(const struct mask *m, u32 at, u32 end, const char *lit, u32 len)
{
	for (; at < end; at++)
		if (starts(m, at, end, lit, len))
			return at;
	return end;
}

#define FIND(m, at, end, lit) find(m, at, end, lit, sizeof(lit) - 1)

/* Parameters that name something, and prove nothing. */
static bool names_something(const struct mask *m, struct sf_span name)
{
	return sf_span_caseis(m->buf, name, "username") ||
	       sf_span_caseis(m->buf, name, "realm") ||
	       sf_span_caseis(m->buf, name, "uri") ||
	       sf_span_caseis(m->buf, name, "domain") ||
	       sf_span_caseis(m->buf, name, "algorithm") ||
	       sf_span_caseis(m->buf, name, "qop") ||
	       sf_span_caseis(m->buf, name, "nc") ||
	       sf_span_caseis(m->buf, name, "stale") ||
	       sf_span_caseis(m->buf, name, "charset") ||
	       sf_span_caseis(m->buf, name, "userhash");
}

/* The end of a quoted string that begins at @at; @end when it has none. */
static u32 skip_quoted(const struct mask *m, u32 at, u32 end)
{
	for (at++; at < end && m->buf[at] != '"'; at++)
		if (m->buf[at] == '\\')
			at++;
	return at < end ? at + 1 : end;
}

static u32 skip_value(const struct mask *m, u32 at, u32 end)
{
	if (at < end && m->buf[at] == '"')
		return skip_quoted(m, at, end);
	while (at < end && m->buf[at] != ',' && !is_blank(m->buf[at]))
		at++;
	return at;
}

/* A quote that is not closed swallows what follows: no name vouches for it. */
static bool is_open(const struct mask *m, u32 at, u32 end)
{
	if (at == end || m->buf[at] != '"')
		return false;
	for (at++; at < end && m->buf[at] != '"'; at++)
		if (m->buf[at] == '\\')
			at++;
	return at >= end;
}

/* One parameter at @at; returns where the next one may begin. */
static u32 mask_param(struct mask *m, u32 at, u32 end)
{
	struct sf_span name = sf_span(at, at);
	u32 stop;

	while (at < end && m->buf[at] != '=' && m->buf[at] != ',' &&
	       !is_blank(m->buf[at]))
		at++;
	name.len = at - name.off;
	at = skip_blank(m, at, end);
	if (at == end || m->buf[at] != '=') {
		fill(m, name.off, sf_span_end(name));
		return at;
	}
	at = skip_blank(m, at + 1, end);
	stop = skip_value(m, at, end);
	if (!names_something(m, name) || is_open(m, at, stop))
		fill(m, at, stop);
	return stop;
}

static void mask_params(struct mask *m, u32 at, u32 end)
{
	while (at < end) {
		if (m->buf[at] == ',' || is_blank(m->buf[at]))
			at++;
		else
			at = mask_param(m, at, end);
	}
}

static void mask_credentials(struct mask *m, u32 at, u32 end)
{
	u32 scheme = skip_blank(m, at, end);

	at = skip_word(m, scheme, end);
	if (sf_span_caseis(m->buf, sf_span(scheme, at), "Digest"))
		mask_params(m, at, end);
	else
		fill(m, skip_blank(m, at, end), end);
}

/*
 * The password of a URI, which begins at @at behind its scheme; a comma may be
 * part of it. Returns where it is over, at least as far as that.
 */
static u32 mask_password(struct mask *m, u32 at, u32 end)
{
	u32 colon = end;

	for (; at < end; at++) {
		switch (m->buf[at]) {
		case ':':
			if (colon == end)
				colon = at;
			break;
		case '@':
			if (colon < end)
				fill(m, colon + 1, at);
			return at;
		case '<':
		case '>':
		case '"':
		case ' ':
		case '\t':
		case '\r':
		case '\n':
			return at;
		}
	}
	return at;
}

static void mask_uris(struct mask *m, u32 at, u32 end)
{
	while (at < end) {
		if (STARTS(m, at, end, "sip:"))
			at = mask_password(m, at + 4, end);
		else if (STARTS(m, at, end, "sips:"))
			at = mask_password(m, at + 5, end);
		else
			at++;
	}
}

static void mask_header(struct mask *m, u32 at, u32 end)
{
	u32 colon = at;
	struct sf_span name;

	mask_uris(m, at, end);
	while (colon < end && m->buf[colon] != ':')
		colon++;
	if (colon == end)
		return;
	name = sf_span_trim(m->buf, sf_span(at, colon));
	if (sf_span_caseis(m->buf, name, "Authorization") ||
	    sf_span_caseis(m->buf, name, "Proxy-Authorization") ||
	    sf_span_caseis(m->buf, name, "WWW-Authenticate") ||
	    sf_span_caseis(m->buf, name, "Proxy-Authenticate"))
		mask_credentials(m, colon + 1, end);
	else if (sf_span_caseis(m->buf, name, "Authentication-Info") ||
		 sf_span_caseis(m->buf, name, "Proxy-Authentication-Info"))
		mask_params(m, colon + 1, end);
	else if ((sf_span_caseis(m->buf, name, "Content-Type") ||
		  sf_span_caseis(m->buf, name, "c")) &&
		 (FIND(m, colon, end, "kpml") < end ||
		  FIND(m, colon, end, "dtmf") < end))
		m->digits = true;
}

/* a=crypto:TAG SUITE KEYS; wherever "inline:" stands, a key follows. */
static void mask_crypto(struct mask *m, u32 at, u32 end)
{
	u32 key = FIND(m, at, end, "inline:");

	at = skip_word(m, skip_blank(m, at, end), end);
	at = skip_word(m, skip_blank(m, at, end), end);
	if (key < end && key + 7 < at)
		at = key + 7;
	fill(m, at, end);
}

/* Keys are masked wherever their lines stand: the body may be misread. */
static void mask_sdp(struct mask *m, u32 at, u32 end)
{
	at = skip_blank(m, at, end);
	if (STARTS(m, at, end, "a=crypto:"))
		mask_crypto(m, at + 9, end);
	else if (STARTS(m, at, end, "a=ice-pwd:"))
		fill(m, at + 10, end);
	else if (STARTS(m, at, end, "a=key-mgmt:"))
		fill(m, at + 11, end);
	else if (STARTS(m, at, end, "k="))
		fill(m, at + 2, end);
}

static void mask_digits(struct mask *m, u32 at, u32 end)
{
	u32 value = FIND(m, at, end, "=");

	fill(m, value < end ? value + 1 : at, end);
}

/* Bodies have headers, too, in their parts; some are messages. */
static void mask_line(struct mask *m, u32 at, u32 end)
{
	bool digits = m->body && m->digits;

	if (!m->started) {
		m->started = true;
		m->digits = STARTS(m, at, end, "INFO ");
	}
	mask_header(m, at, end);
	mask_sdp(m, at, end);
	if (digits)
		mask_digits(m, at, end);
}

static u32 line_end(const struct mask *m, u32 at)
{
	while (at < m->len && !is_end(m->buf[at]))
		at++;
	return at;
}

static u32 next_line(const struct mask *m, u32 at)
{
	if (at + 1 < m->len && m->buf[at] == '\r' && m->buf[at + 1] == '\n')
		return at + 2;
	return at + 1;
}

/* A header goes on in the lines that begin with a blank (RFC 3261, 7.3.1). */
static u32 unfolded_end(const struct mask *m, u32 at)
{
	u32 end = line_end(m, at), next = next_line(m, end);

	while (m->started && !m->body && next < m->len &&
	       (m->buf[next] == ' ' || m->buf[next] == '\t')) {
		end = line_end(m, next);
		next = next_line(m, end);
	}
	return end;
}

void sf_mask(char *buf, u32 len)
{
	struct mask m = { .buf = buf, .len = len };
	u32 at = 0, end;

	while (at < len) {
		end = unfolded_end(&m, at);
		if (end > at)
			mask_line(&m, at, end);
		else if (m.started)
			m.body = true;
		at = next_line(&m, end);
	}
}
