// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * msg.c - the one pass that indexes a message
 *
 * Inside, SF_PARTIAL means "the bytes end here": a stream waits for more, a
 * datagram has lost its blank line.
 *
 * A message that is refused may have to be answered, so what was read before
 * is left in the index, and a start line that is wrong in itself does not keep
 * the headers from being read.
 */
#include <sipfast/msg.h>
#include <sipfast/value.h>

#include "names.h"
#include "scan.h"

/* Does a CRLF stand at @pos? */
static inline enum sf_reason crlf_check(const char *buf, u32 pos, u32 len)
{
	if (pos == len)
		return SF_PARTIAL;
	if (buf[pos] != '\r')
		return SF_LINE_END;
	if (pos + 1 == len)
		return SF_PARTIAL;
	return buf[pos + 1] == '\n' ? SF_OK : SF_LINE_END;
}

/* In upper case, as everyone sends it, or in any (RFC 3261, 7.1). */
static bool is_version(const char *buf, struct sf_span s)
{
	return s.len == 7 && (!memcmp(buf + s.off, "SIP/2.0", 7) ||
			      sf_span_caseis(buf, s, "SIP/2.0"));
}

/* Some SIP-Version, to tell an unknown version from no SIP. */
static bool is_any_version(const char *buf, struct sf_span s)
{
	const char *p = buf + s.off;

	return s.len > 4 && sf_lower(p[0]) == 's' && sf_lower(p[1]) == 'i' &&
	       sf_lower(p[2]) == 'p' && p[3] == '/';
}

static enum sf_reason status_read(struct sf_msg *msg, const char *buf, u32 pos,
				  u32 end)
{
	u32 stop = sf_scan_over(buf, pos, end, SF_C_DIGIT), status;

	if (!sf_span_u32(buf, sf_span(pos, stop), &status))
		return stop == pos ? SF_START_LINE : SF_STATUS;
	if (stop - pos != 3 || status < 100 || status > 699)
		return SF_STATUS;
	msg->status = (u16)status;
	msg->phrase = sf_span(stop, stop);
	if (stop == end)
		return SF_OK;
	if (buf[stop] != ' ')
		return SF_START_LINE;
	msg->phrase = sf_span(stop + 1, end);
	return SF_OK;
}

/* SIP-Version SP Status-Code SP Reason-Phrase (RFC 3261, 7.2) */
static enum sf_reason status_line(struct sf_msg *msg, const char *buf)
{
	u32 pos = msg->start.off, end = sf_span_end(msg->start);
	struct sf_span version;

	while (pos < end && buf[pos] != ' ')
		pos++;
	version = sf_span(msg->start.off, pos);
	msg->method_name = sf_span(pos, pos);
	msg->ruri = sf_span(pos, pos);
	if (!is_version(buf, version))
		return SF_VERSION;
	if (pos == end)
		return SF_START_LINE;
	return status_read(msg, buf, pos + 1, end);
}

/* The last word of the start line, whatever blanks follow it. */
static struct sf_span last_word(const char *buf, struct sf_span s)
{
	u32 end = sf_span_end(s), pos;

	while (end > s.off && sf_is_wsp(buf[end - 1]))
		end--;
	for (pos = end; pos > s.off && !sf_is_wsp(buf[pos - 1]); pos--)
		;
	return sf_span(pos, end);
}

/* Method SP Request-URI SP SIP-Version, with single blanks (RFC 3261, 7.1) */
static enum sf_reason request_line(struct sf_msg *msg, const char *buf)
{
	u32 pos = msg->start.off, end = sf_span_end(msg->start), uri;
	struct sf_span version = last_word(buf, msg->start);

	uri = sf_scan_over(buf, pos, end, SF_C_TOKEN);
	if (uri == pos || !sf_scan_at(buf, uri, end, ' ') ||
	    !is_any_version(buf, version))
		return SF_NOT_SIP;
	msg->is_request = true;
	msg->method_name = sf_span(pos, uri);
	msg->method = sf_method_id(buf, msg->method_name);
	msg->phrase = sf_span(end, end);
	uri++;
	for (pos = uri; pos < end && (u8)buf[pos] > ' ' && buf[pos] != 0x7f;)
		pos++;
	msg->ruri = sf_span(uri, pos);
	if (!msg->ruri.len || !sf_scan_at(buf, pos, end, ' ') ||
	    pos + 1 != version.off || sf_span_end(version) != end)
		return SF_START_LINE;
	return is_version(buf, version) ? SF_OK : SF_VERSION;
}

/*
 * The start line has not ended. On a stream this must not wait for ever for
 * what cannot become SIP: the method of a request, or "SIP/", comes first.
 */
static enum sf_reason start_unended(const char *buf, u32 pos, u32 len)
{
	u32 stop = sf_scan_over(buf, pos, len, SF_C_TOKEN);

	if (stop == len)
		return SF_PARTIAL;
	if (buf[stop] == ' ' && stop != pos)
		return SF_PARTIAL;
	if (buf[stop] == '/' && sf_span_caseis(buf, sf_span(pos, stop), "SIP"))
		return SF_PARTIAL;
	return SF_NOT_SIP;
}

static enum sf_reason start_line(struct sf_msg *msg, const char *buf, u32 *pos,
				 u32 len)
{
	u32 start = *pos, end = sf_scan_eol(buf, start, len);
	enum sf_reason reason = crlf_check(buf, end, len);

	msg->start = sf_span(start, end);
	if (reason) {
		enum sf_reason early = start_unended(buf, start, end);

		return early == SF_NOT_SIP ? early : reason;
	}
	*pos = end + 2;
	if (is_any_version(buf, msg->start))
		return status_line(msg, buf);
	return request_line(msg, buf);
}

/* Find the CRLF that ends a header, over all folds. */
static inline enum sf_reason hdr_end(const char *buf, u32 pos, u32 len,
				     u32 *end)
{
	enum sf_reason reason;

	for (;;) {
		pos = sf_scan_eol(buf, pos, len);
		reason = crlf_check(buf, pos, len);
		if (reason)
			return reason;
		if (pos + 2 == len)
			return SF_PARTIAL;
		if (!sf_is_wsp(buf[pos + 2]))
			break;
		pos += 3;
	}
	*end = pos;
	return SF_OK;
}

/*
 * The name and the colon. Known names are tokens by nature; the others have
 * to prove it.
 */
static inline enum sf_reason hdr_name(struct sf_hdr *hdr, const char *buf,
				      u32 *pos, u32 len)
{
	u32 start = *pos, end = sf_scan_name(buf, start, len), colon = end;
	u64 head = sf_load_upto8(buf + start, len - start);

	hdr->name = sf_span(start, end);
	hdr->id = (u8)sf_hdr_lookup(head, buf + start, end - start);
	if (!hdr->id &&
	    (end == start || sf_scan_over(buf, start, end, SF_C_TOKEN) != end))
		return SF_HEADER;
	while (colon < len && sf_is_wsp(buf[colon]))
		colon++;
	if (colon == len)
		return SF_PARTIAL;
	*pos = colon + 1;
	return buf[colon] == ':' ? SF_OK : SF_HEADER;
}

static inline void hdr_link(struct sf_msg *msg, struct sf_hdr *hdr, u8 index)
{
	hdr->next = SF_HDR_NONE;
	if (!hdr->id)
		return;
	if (msg->first[hdr->id] == SF_HDR_NONE)
		msg->first[hdr->id] = index;
	else
		msg->hdrs[msg->last[hdr->id]].next = index;
	msg->last[hdr->id] = index;
}

/* All header lines and the blank line; @pos ends at the body. */
static enum sf_reason hdrs_read(struct sf_msg *msg, const char *buf, u32 *pos,
				u32 len)
{
	enum sf_reason reason = SF_OK;
	u32 at = *pos, end, n = 0;
	struct sf_hdr *hdr;

	for (;; at = end + 2) {
		if (at == len)
			reason = SF_PARTIAL;
		if (reason || sf_is_eol(buf[at]))
			break;
		reason = SF_HEADERS;
		if (n == SF_MSG_HDRS_MAX)
			break;
		hdr = &msg->hdrs[n];
		reason = hdr_name(hdr, buf, &at, len);
		if (!reason)
			reason = hdr_end(buf, at, len, &end);
		if (reason)
			break;
		hdr->value = sf_scan_trim(buf, at, end);
		hdr_link(msg, hdr, (u8)n++);
	}
	msg->nhdrs = (u8)n;
	if (reason)
		return reason;
	*pos = at + 2;
	return crlf_check(buf, at, len);
}

static void msg_init(struct sf_msg *msg, const char *buf)
{
	memset(msg, 0, offsetof(struct sf_msg, first));
	msg->buf = buf;
	memset(msg->first, SF_HDR_NONE, sizeof(msg->first));
}

/* What a response answers is said by its CSeq. */
static void method_from_cseq(struct sf_msg *msg)
{
	struct sf_cseq cseq;
	struct sf_span value;

	if (sf_msg_single(msg, SF_HDR_CSEQ, &value) ||
	    sf_cseq_parse(msg->buf, value, &cseq))
		return;
	msg->method = cseq.method;
}

/* Is what the start line is refused for no reason to doubt where it ends? */
static bool is_readable(enum sf_reason reason)
{
	return reason == SF_START_LINE || reason == SF_VERSION ||
	       reason == SF_STATUS;
}

/* Everything up to the body, which starts at @pos. */
static enum sf_reason head_parse(struct sf_msg *msg, const char *buf, u32 *pos,
				 u32 len)
{
	enum sf_reason reason;

	msg_init(msg, buf);
	while (*pos < len && sf_is_eol(buf[*pos]))
		++*pos;
	if (*pos == len)
		return SF_EMPTY;
	reason = start_line(msg, buf, pos, len);
	if (reason && !is_readable(reason))
		return reason;
	if (reason)
		hdrs_read(msg, buf, pos, len);
	else
		reason = hdrs_read(msg, buf, pos, len);
	if (!msg->is_request)
		method_from_cseq(msg);
	return reason;
}

/* Content-Length, judged before anyone adds it to an offset. */
static enum sf_reason length_read(struct sf_msg *msg, u32 *length)
{
	const struct sf_hdr *hdr = sf_msg_hdr(msg, SF_HDR_CONTENT_LENGTH);

	msg->has_length = !!hdr;
	if (!hdr)
		return SF_OK;
	if (hdr->next != SF_HDR_NONE)
		return SF_LENGTH_DUP;
	return sf_span_u32(msg->buf, hdr->value, length) ? SF_OK : SF_LENGTH;
}

static void body_set(struct sf_msg *msg, u32 pos, u32 end)
{
	msg->body = sf_span(pos, end);
	msg->len = end;
}

enum sf_reason sf_msg_parse(struct sf_msg *msg, const char *buf, u32 len)
{
	enum sf_reason reason;
	u32 pos = 0, length;

	if (len > SF_MSG_MAX) {
		msg_init(msg, buf);
		return SF_TOO_LONG;
	}
	reason = head_parse(msg, buf, &pos, len);
	if (reason == SF_PARTIAL)
		return sf_span_end(msg->start) == len ? SF_NOT_SIP : SF_LINE_END;
	if (reason)
		return reason;
	length = len - pos;
	reason = length_read(msg, &length);
	if (reason)
		return reason;
	if (length > len - pos)
		return SF_LENGTH_CUT;
	body_set(msg, pos, pos + length);
	return SF_OK;
}

enum sf_reason sf_msg_parse_stream(struct sf_msg *msg, const char *buf, u32 len)
{
	u32 max = len < SF_MSG_MAX ? len : SF_MSG_MAX;
	enum sf_reason reason;
	u32 pos = 0, length;

	reason = head_parse(msg, buf, &pos, max);
	if (reason == SF_PARTIAL && max == SF_MSG_MAX)
		return SF_TOO_LONG;
	if (reason)
		return reason;
	reason = length_read(msg, &length);
	if (reason)
		return reason;
	if (!msg->has_length)
		return SF_LENGTH;
	if (length > SF_MSG_MAX - pos)
		return SF_TOO_LONG;
	if (length > len - pos) {
		msg->len = pos + length;
		return SF_PARTIAL;
	}
	body_set(msg, pos, pos + length);
	return SF_OK;
}

enum sf_reason sf_msg_single(const struct sf_msg *msg, enum sf_hdr_id id,
			     struct sf_span *value)
{
	const struct sf_hdr *hdr = sf_msg_hdr(msg, id);

	if (!hdr)
		return SF_HEADER;
	if (hdr->next != SF_HDR_NONE)
		return SF_DUPLICATE;
	*value = hdr->value;
	return SF_OK;
}
