// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * mime.c - the session description in a body (RFC 2046, RFC 5621)
 *
 * Every part of a multipart body is bounded by delimiter lines, so one pass
 * over the lines finds them; binary parts may hold any byte.
 */
#include <sipfast/sdp.h>
#include <sipfast/value.h>

#include "scan.h"

/* RFC 2046, 5.1.1 */
#define BOUNDARY_MAX	70

/* Multipart in multipart in multipart, and no further. */
#define DEPTH_MAX	3

static bool is_sdp(const char *buf, const struct sf_type *type)
{
	return sf_span_caseis(buf, type->type, "application") &&
	       sf_span_caseis(buf, type->subtype, "sdp");
}

static bool is_multipart(const char *buf, const struct sf_type *type)
{
	return sf_span_caseis(buf, type->type, "multipart");
}

static bool is_signed(const char *buf, const struct sf_type *type)
{
	return is_multipart(buf, type) &&
	       sf_span_caseis(buf, type->subtype, "signed");
}

/*
 * struct parts - a multipart body while it is walked
 * @sealed: it, or one that holds it, is signed
 * @buf: the buffer
 * @boundary: the boundary, without quotes
 * @pos: behind the delimiter line of the next part; 0 when all are read
 * @end: the end of the body
 */
struct parts {
	bool sealed;
	const char *buf;
	struct sf_span boundary;
	u32 pos;
	u32 end;
};

/* The boundary parameter, quotes taken off. */
static bool boundary_read(const char *buf, struct sf_span params,
			  struct sf_span *boundary)
{
	struct sf_param param;
	struct sf_span value;

	if (!sf_param(buf, params, "boundary", &param))
		return false;
	value = param.value;
	if (value.len >= 2 && buf[value.off] == '"') {
		value.off++;
		value.len -= 2;
	}
	*boundary = value;
	return value.len && value.len <= BOUNDARY_MAX;
}

/*
 * Is there a delimiter line at @pos? @next is set behind it, and to 0 by the
 * closing one, behind which nobody reads.
 */
static bool delimiter_at(const struct parts *in, u32 pos, u32 *next)
{
	const char *buf = in->buf;
	u32 len = in->boundary.len;

	if (in->end - pos < len + 2 || buf[pos] != '-' || buf[pos + 1] != '-' ||
	    memcmp(buf + pos + 2, buf + in->boundary.off, len))
		return false;
	pos += len + 2;
	if (in->end - pos >= 2 && buf[pos] == '-' && buf[pos + 1] == '-') {
		*next = 0;
		return true;
	}
	while (pos < in->end && sf_is_wsp(buf[pos]))
		pos++;
	*next = pos + 2;
	return in->end - pos >= 2 && buf[pos] == '\r' && buf[pos + 1] == '\n';
}

/*
 * Find the next delimiter at or behind @pos.
 * Return: where its line starts, or @in->end when there is none.
 */
static u32 delimiter_find(const struct parts *in, u32 pos, u32 *next)
{
	for (;;) {
		if (delimiter_at(in, pos, next))
			return pos;
		do {
			pos = sf_scan_byte(in->buf, pos, in->end, '\n');
			if (pos == in->end)
				return pos;
			pos++;
		} while (pos < 2 || in->buf[pos - 2] != '\r');
	}
}

/* Take the part at @in->pos; its span leaves out the CRLF of the delimiter. */
static enum sf_reason part_take(struct parts *in, struct sf_span *part)
{
	u32 next, stop;

	if (!in->pos)
		return SF_EMPTY;
	stop = delimiter_find(in, in->pos, &next);
	if (stop == in->end)
		return SF_SDP;
	/* a delimiter right behind the last one shares its CRLF: no part */
	*part = sf_span(in->pos, stop >= in->pos + 2 ? stop - 2 : in->pos);
	in->pos = next;
	return SF_OK;
}

/*
 * struct part - what the header lines of a part say
 * @type: its Content-Type
 * @typed: it has one
 * @plain: the bytes are not encoded
 * @body: what follows the blank line
 */
struct part {
	struct sf_type type;
	bool typed;
	bool plain;
	struct sf_span body;
};

static bool is_plain(const char *buf, struct sf_span value)
{
	return sf_span_caseis(buf, value, "binary") ||
	       sf_span_caseis(buf, value, "8bit") ||
	       sf_span_caseis(buf, value, "7bit");
}

/* One header line of a part. */
static bool part_hdr(const char *buf, struct sf_span line, struct part *part)
{
	u32 end = sf_span_end(line), colon;
	struct sf_span name, value;

	colon = sf_scan_byte(buf, line.off, end, ':');
	if (colon == end)
		return false;
	name = sf_span_trim(buf, sf_span(line.off, colon));
	value = sf_span_trim(buf, sf_span(colon + 1, end));
	switch (sf_hdr_id(buf, name)) {
	case SF_HDR_CONTENT_TYPE:
		if (part->typed || sf_type_parse(buf, value, &part->type))
			return false;
		part->typed = true;
		break;
	case SF_HDR_CONTENT_ENCODING:
		part->plain = false;
		break;
	default:
		if (sf_span_caseis(buf, name, "Content-Transfer-Encoding") &&
		    !is_plain(buf, value))
			part->plain = false;
	}
	return true;
}

/* The end of a header line, folds included; @end when there is no CRLF. */
static u32 part_line_end(const char *buf, u32 pos, u32 end)
{
	for (;;) {
		pos = sf_scan_eol(buf, pos, end);
		if (end - pos < 2 || buf[pos] != '\r' || buf[pos + 1] != '\n')
			return end;
		if (end - pos == 2 || !sf_is_wsp(buf[pos + 2]))
			return pos;
		pos += 3;
	}
}

static bool part_read(const char *buf, struct sf_span all, struct part *part)
{
	u32 pos = all.off, end = sf_span_end(all), stop;

	part->typed = false;
	part->plain = true;
	for (; pos < end; pos = stop + 2) {
		stop = part_line_end(buf, pos, end);
		if (stop == end)
			return false;
		if (stop == pos) {
			part->body = sf_span(pos + 2, end);
			return true;
		}
		if (!part_hdr(buf, sf_span(pos, stop), part))
			return false;
	}
	/* header lines only: an empty body */
	part->body = sf_span(end, end);
	return true;
}

static enum sf_reason parts_start(struct parts *in, const char *buf,
				  struct sf_span body,
				  const struct sf_type *type, bool sealed)
{
	u32 next;

	in->sealed = sealed || is_signed(buf, type);
	in->buf = buf;
	in->pos = body.off;
	in->end = sf_span_end(body);
	if (!boundary_read(buf, type->params, &in->boundary))
		return SF_SDP;
	if (delimiter_find(in, in->pos, &next) == in->end)
		return SF_SDP;
	in->pos = next;
	return SF_OK;
}

/*
 * Walk the parts in their order and look into those that are multipart, too:
 * bodies are nested when an offer comes with, say, a picture of the caller.
 */
static enum sf_reason parts_find(const struct sf_msg *msg,
				 const struct sf_type *type,
				 struct sf_span *where, bool *sealed)
{
	struct parts open[DEPTH_MAX];
	const char *buf = msg->buf;
	enum sf_reason reason;
	struct sf_span all;
	struct part part;
	u32 depth = 0;

	reason = parts_start(&open[0], buf, msg->body, type, false);
	while (!reason) {
		reason = part_take(&open[depth], &all);
		if (reason == SF_EMPTY && depth) {
			depth--;
			reason = SF_OK;
			continue;
		}
		if (reason)
			break;
		if (!part_read(buf, all, &part))
			return SF_SDP;
		if (!part.typed || !part.plain || !part.body.len)
			continue;
		if (is_sdp(buf, &part.type)) {
			*where = part.body;
			*sealed = open[depth].sealed;
			return SF_OK;
		}
		if (is_multipart(buf, &part.type) && depth + 1 < DEPTH_MAX) {
			reason = parts_start(&open[depth + 1], buf, part.body,
					     &part.type, open[depth].sealed);
			depth++;
		}
	}
	return reason;
}

static enum sf_reason body_find(const struct sf_msg *msg,
				struct sf_span *where, bool *sealed)
{
	enum sf_reason reason;
	struct sf_span value;
	struct sf_type type;

	if (!msg->body.len || sf_msg_hdr(msg, SF_HDR_CONTENT_ENCODING))
		return SF_EMPTY;
	reason = sf_msg_single(msg, SF_HDR_CONTENT_TYPE, &value);
	if (reason)
		return reason == SF_DUPLICATE ? SF_SDP : SF_EMPTY;
	if (sf_type_parse(msg->buf, value, &type))
		return SF_EMPTY;
	if (is_sdp(msg->buf, &type)) {
		*where = msg->body;
		*sealed = false;
		return SF_OK;
	}
	if (is_multipart(msg->buf, &type))
		return parts_find(msg, &type, where, sealed);
	return SF_EMPTY;
}

enum sf_reason sf_sdp_of(const struct sf_msg *msg, struct sf_span *where)
{
	bool sealed;

	return body_find(msg, where, &sealed);
}

bool sf_sdp_signed(const struct sf_msg *msg)
{
	struct sf_span where;
	bool sealed;

	return body_find(msg, &where, &sealed) == SF_OK && sealed;
}
