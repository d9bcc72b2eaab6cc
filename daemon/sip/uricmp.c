// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * uricmp.c - do two URIs mean the same (RFC 3261, 19.1.4)?
 */
#include <sipfast/addr.h>

#include "uricmp.h"

/*
 * Each part is looked for among all those of the other URI. With more of them the
 * bytes have to be the same: else whoever writes two URIs says how long it takes.
 */
#define PARTS_MAX	32

static int hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool is_reserved(u8 c)
{
	return c && memchr(";/?:@&=+$,", c, 10);
}

bool sf_is_unreserved(u8 c)
{
	if ((c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z'))
		return true;
	return c && memchr("-_.!~*'()", c, 9);
}

u32 sf_escape_next(const char *buf, u32 *pos, u32 end)
{
	u32 at = *pos;
	u8 c = buf[at];

	*pos = at + 1;
	if (c != '%' || end - at < 3 || hex(buf[at + 1]) < 0 ||
	    hex(buf[at + 2]) < 0)
		return c;
	*pos = at + 3;
	c = (u8)(hex(buf[at + 1]) << 4 | hex(buf[at + 2]));
	return is_reserved(c) ? c + SF_ESCAPED : c;
}

static u32 lower(u32 c)
{
	return (c & 0xff) >= 'A' && (c & 0xff) <= 'Z' ? c | 0x20 : c;
}

/* One side of a comparison: a part of a URI, and where in it we are. */
struct side {
	const char *buf;
	struct sf_span s;
};

static bool same_text(struct side a, struct side b, bool any_case)
{
	u32 i = a.s.off, j = b.s.off;
	u32 i_end = sf_span_end(a.s), j_end = sf_span_end(b.s), x, y;

	while (i < i_end && j < j_end) {
		x = sf_escape_next(a.buf, &i, i_end);
		y = sf_escape_next(b.buf, &j, j_end);
		if (x != y && !(any_case && lower(x) == lower(y)))
			return false;
	}
	return i == i_end && j == j_end;
}

/* Whatever port is named. */
static bool same_host(const char *a, const struct sf_host *ah, const char *b,
		      const struct sf_host *bh)
{
	if (ah->ip.family != bh->ip.family)
		return false;
	if (ah->ip.family)
		return !memcmp(ah->ip.v6, bh->ip.v6,
			       ah->ip.family == 4 ? 4 : 16);
	return sf_span_caseeq(a, ah->host, b + bh->host.off, bh->host.len);
}

/* Parameters that matter even where the other URI has none. */
static bool is_weighty(const char *buf, struct sf_span name)
{
	return sf_span_caseis(buf, name, "transport") ||
	       sf_span_caseis(buf, name, "user") ||
	       sf_span_caseis(buf, name, "ttl") ||
	       sf_span_caseis(buf, name, "method") ||
	       sf_span_caseis(buf, name, "maddr");
}

static bool find_param(struct side side, const char *buf, struct sf_span name,
		       struct sf_param *param)
{
	while (!sf_param_next(side.buf, &side.s, param))
		if (same_text((struct side){ side.buf, param->name },
			      (struct side){ buf, name }, true))
			return true;
	return false;
}

/* Are the parameters of @a in @b, too, with the same values? */
static bool params_match(struct side a, struct side b)
{
	struct sf_param mine, theirs;
	u32 count = 0;

	while (!sf_param_next(a.buf, &a.s, &mine)) {
		if (count++ == PARTS_MAX)
			return false;
		if (!find_param(b, a.buf, mine.name, &theirs)) {
			if (is_weighty(a.buf, mine.name))
				return false;
			continue;
		}
		if (!same_text((struct side){ a.buf, mine.value },
			       (struct side){ b.buf, theirs.value }, true))
			return false;
	}
	return true;
}

/* name=value of the next header; false at the end. Nothing is none. */
static bool next_header(struct side *side, struct sf_span *name,
			struct sf_span *value)
{
	u32 end = sf_span_end(side->s), start = side->s.off, at, eq;

	while (start < end && side->buf[start] == '&')
		start++;
	if (start >= end)
		return false;
	for (at = start; at < end && side->buf[at] != '&';)
		at++;
	for (eq = start; eq < at && side->buf[eq] != '=';)
		eq++;
	*name = sf_span(start, eq);
	*value = sf_span(eq < at ? eq + 1 : at, at);
	side->s = sf_span(at < end ? at + 1 : end, end);
	return true;
}

static u32 count_header(struct side side, const char *buf, struct sf_span name,
			struct sf_span value)
{
	struct sf_span n, v;
	u32 count = 0;

	while (next_header(&side, &n, &v))
		count += same_text((struct side){ side.buf, n },
				   (struct side){ buf, name }, true) &&
			 same_text((struct side){ side.buf, v },
				   (struct side){ buf, value }, true);
	return count;
}

/* Each header of @a is as often in @b: the order does not matter. */
static bool headers_match(struct side a, struct side b)
{
	struct side rest = a;
	struct sf_span name, value;
	u32 count = 0;

	while (next_header(&rest, &name, &value))
		if (count++ == PARTS_MAX ||
		    count_header(a, a.buf, name, value) !=
		    count_header(b, a.buf, name, value))
			return false;
	return true;
}

#define SIDE(buf, span) ((struct side){ (buf), (span) })

bool sf_uri_same_user(const char *a, const struct sf_uri *ap, const char *b,
		      const struct sf_uri *bp)
{
	return ap->scheme == bp->scheme &&
	       same_text(SIDE(a, ap->user), SIDE(b, bp->user), false) &&
	       same_host(a, &ap->at, b, &bp->at);
}

static bool same_parts(const char *a, const struct sf_uri *ap, const char *b,
		       const struct sf_uri *bp)
{
	/* a port that is named is another one than one that is left out */
	return ap->at.port == bp->at.port && sf_uri_same_user(a, ap, b, bp) &&
	       same_text(SIDE(a, ap->password), SIDE(b, bp->password), false) &&
	       params_match(SIDE(a, ap->params), SIDE(b, bp->params)) &&
	       params_match(SIDE(b, bp->params), SIDE(a, ap->params)) &&
	       headers_match(SIDE(a, ap->headers), SIDE(b, bp->headers)) &&
	       headers_match(SIDE(b, bp->headers), SIDE(a, ap->headers));
}

bool sf_uri_equal(const char *a, struct sf_span as, const char *b,
		  struct sf_span bs)
{
	struct sf_uri ap, bp;

	if (sf_span_eq(a, as, b + bs.off, bs.len))
		return true;
	if (sf_uri_parse(a, as, &ap) || sf_uri_parse(b, bs, &bp))
		return false;
	if (ap.scheme != SF_SCHEME_SIP && ap.scheme != SF_SCHEME_SIPS)
		return false;
	return same_parts(a, &ap, b, &bp);
}
