// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * peek.c - what kind of message is this?
 *
 * Line by line, with as little as possible done to a line that nobody asked
 * for: a letter tells most of them apart.
 */
#include <sipfast/peek.h>
#include <sipfast/value.h>

#include "scan.h"

/* Which mandatory headers were there (RFC 3261, 8.1.1), but Max-Forwards. */
#define SEEN_VIA	0x01
#define SEEN_FROM	0x02
#define SEEN_TO		0x04
#define SEEN_CALL_ID	0x08
#define SEEN_CSEQ	0x10
#define SEEN_ALL	0x1f
#define SEEN_LENGTH	0x20

/* First letters of the headers that are asked for, and of their compact forms. */
#define LETTER(c)	(1u << ((c) - 'a'))
#define LETTERS		(LETTER('v') | LETTER('f') | LETTER('t') | LETTER('i') | \
			 LETTER('c') | LETTER('l') | LETTER('u'))

/* How tools that look for victims call themselves, and their first letters. */
static const struct {
	char name[17];
	u8 len;
} scanners[] = {
#define S(name) { name, sizeof(name) - 1 }
	S("friendly-scanner"), S("friendly-request"), S("sipvicious"),
	S("sipcli"), S("sip-scan"), S("sundayddr"), S("pplsip"), S("sivus"),
	S("siparmyknife"), S("iwar"), S("gulp"), S("smap"), S("nmap"),
	S("sipscan"), S("vaxsipuseragent"), S("scanner"),
#undef S
};

#define SCANNER_LETTERS	(LETTER('f') | LETTER('s') | LETTER('p') | LETTER('i') | \
			 LETTER('g') | LETTER('n') | LETTER('v'))

/* Is @c one of @letters, in any case? */
static inline bool one_of(char c, u32 letters)
{
	u32 letter = (u32)(u8)(c | 0x20) - 'a';

	return letter < 26 && letters >> letter & 1;
}

bool sf_peek_scanner(const char *buf, struct sf_span agent)
{
	u32 i;

	if (!agent.len || !one_of(buf[agent.off], SCANNER_LETTERS))
		return false;
	for (i = 0; i < ARRAY_SIZE(scanners); i++)
		if (agent.len >= scanners[i].len &&
		    sf_span_caseeq(buf, sf_span(agent.off, agent.off +
						scanners[i].len),
				   scanners[i].name, scanners[i].len))
			return true;
	return false;
}

/* Does a value begin like this, in any case? */
#define begins(buf, value, lit)						\
	((value).len >= sizeof(lit) - 1 &&				\
	 sf_span_caseis(buf, sf_span((value).off,			\
				     (value).off + sizeof(lit) - 1), lit))

/* "SIP/2.0 Status" */
static enum sf_reason status_line(struct sf_peek *peek, const char *buf, u32 pos,
				  u32 end)
{
	u32 status;

	if (!sf_span_u32(buf, sf_span(pos + 8, pos + 11), &status) ||
	    status < 100 || status > 699 ||
	    (end > pos + 11 && buf[pos + 11] != ' '))
		return SF_STATUS;
	peek->status = (u16)status;
	return SF_OK;
}

/* A method that is known needs no look at its letters. */
static bool method(struct sf_peek *peek, const char *buf, u32 pos, u32 stop)
{
	peek->method = sf_method_id(buf, sf_span(pos, stop));
	return peek->method || (stop > pos &&
				sf_scan_over(buf, pos, stop, SF_C_TOKEN) == stop);
}

/* "Method " or "SIP/2.0 Status"; what follows is somebody else's business. */
static enum sf_reason start_line(struct sf_peek *peek, const char *buf, u32 pos,
				 u32 end)
{
	u32 stop = sf_scan_byte(buf, pos, end, ' ');
	struct sf_span version = sf_span(end < pos + 7 ? pos : end - 7, end);

	if (end >= pos + 11 && stop == pos + 7 &&
	    sf_span_caseis(buf, sf_span(pos, stop), "SIP/2.0"))
		return status_line(peek, buf, pos, end);
	if (stop == end || !begins(buf, version, "SIP/") ||
	    !method(peek, buf, pos, stop))
		return SF_NOT_SIP;
	peek->is_request = true;
	if (sf_span_end(version) - stop < 10)
		return SF_START_LINE;
	return sf_span_caseis(buf, version, "SIP/2.0") ? SF_OK : SF_VERSION;
}

/*
 * Is there a tag among the parameters of a name-addr? They follow its last
 * bracket; who has brackets in a parameter has no tag for us.
 */
static bool has_tag(const char *buf, struct sf_span value)
{
	u32 end = sf_span_end(value), pos = end, stop;

	while (pos > value.off && buf[pos - 1] != '>')
		pos--;
	for (;; pos = stop) {
		pos = sf_scan_byte(buf, pos, end, ';');
		if (pos == end)
			return false;
		pos = sf_scan_lws(buf, pos + 1, end);
		stop = sf_scan_over(buf, pos, end, SF_C_TOKEN);
		if (sf_span_caseis(buf, sf_span(pos, stop), "tag") &&
		    sf_scan_at(buf, sf_scan_lws(buf, stop, end), end, '='))
			return true;
	}
}

static enum sf_reason once(u8 *seen, u8 what, enum sf_reason twice)
{
	enum sf_reason reason = *seen & what ? twice : SF_OK;

	*seen |= what;
	return reason;
}

static enum sf_reason cseq(struct sf_peek *peek, const char *buf,
			   struct sf_span value)
{
	struct sf_cseq cseq;
	enum sf_reason reason;

	if (peek->is_request)
		return SF_OK;
	reason = sf_cseq_parse(buf, value, &cseq);
	if (!reason)
		peek->method = cseq.method;
	return reason;
}

static enum sf_reason length(struct sf_peek *peek, const char *buf,
			     struct sf_span value)
{
	peek->has_length = true;
	return sf_span_u32(buf, value, &peek->length) ? SF_OK : SF_LENGTH;
}

static enum sf_reason header(struct sf_peek *peek, u8 *seen, enum sf_hdr_id id,
			     const char *buf, struct sf_span value)
{
	enum sf_reason reason;

	switch (id) {
	case SF_HDR_VIA:
		*seen |= SEEN_VIA;
		return SF_OK;
	case SF_HDR_FROM:
		peek->from = value;
		return once(seen, SEEN_FROM, SF_DUPLICATE);
	case SF_HDR_TO:
		peek->to = value;
		peek->to_tag = has_tag(buf, value);
		return once(seen, SEEN_TO, SF_DUPLICATE);
	case SF_HDR_CALL_ID:
		peek->call_id = value;
		return once(seen, SEEN_CALL_ID, SF_DUPLICATE);
	case SF_HDR_CSEQ:
		reason = once(seen, SEEN_CSEQ, SF_DUPLICATE);
		return reason ? reason : cseq(peek, buf, value);
	case SF_HDR_CONTENT_LENGTH:
		reason = once(seen, SEEN_LENGTH, SF_LENGTH_DUP);
		return reason ? reason : length(peek, buf, value);
	case SF_HDR_CONTENT_TYPE:
		peek->sdp = begins(buf, value, "application/sdp") ||
			    begins(buf, value, "multipart/");
		return SF_OK;
	case SF_HDR_USER_AGENT:
		peek->scanner = peek->is_request &&
				sf_peek_scanner(buf, value);
		return SF_OK;
	default:
		return SF_OK;
	}
}

static enum sf_hdr_id compact(char c)
{
	switch (c | 0x20) {
	case 'v':
		return SF_HDR_VIA;
	case 'f':
		return SF_HDR_FROM;
	case 't':
		return SF_HDR_TO;
	case 'i':
		return SF_HDR_CALL_ID;
	case 'c':
		return SF_HDR_CONTENT_TYPE;
	case 'l':
		return SF_HDR_CONTENT_LENGTH;
	default:
		return SF_HDR_OTHER;
	}
}

/* Lengths tell these apart faster than a table of all names. */
static enum sf_hdr_id name_id(const char *buf, struct sf_span name)
{
	switch (name.len) {
	case 1:
		return compact(buf[name.off]);
	case 2:
		return sf_span_caseis(buf, name, "To") ? SF_HDR_TO : SF_HDR_OTHER;
	case 3:
		return sf_span_caseis(buf, name, "Via") ? SF_HDR_VIA : SF_HDR_OTHER;
	case 4:
		return sf_span_caseis(buf, name, "From") ? SF_HDR_FROM :
		       sf_span_caseis(buf, name, "CSeq") ? SF_HDR_CSEQ :
							   SF_HDR_OTHER;
	case 7:
		return sf_span_caseis(buf, name, "Call-ID") ? SF_HDR_CALL_ID :
							      SF_HDR_OTHER;
	case 10:
		return sf_span_caseis(buf, name, "User-Agent") ?
		       SF_HDR_USER_AGENT : SF_HDR_OTHER;
	case 12:
		return sf_span_caseis(buf, name, "Content-Type") ?
		       SF_HDR_CONTENT_TYPE : SF_HDR_OTHER;
	case 14:
		return sf_span_caseis(buf, name, "Content-Length") ?
		       SF_HDR_CONTENT_LENGTH : SF_HDR_OTHER;
	default:
		return SF_HDR_OTHER;
	}
}

/* Four letters, as a word of small ones has them. */
#define FOUR(a, b, c, d) ((u32)SF_CHARS8(a, b, c, d, 0, 0, 0, 0))

/*
 * A name as most write it, told by its first eight bytes, which are there. What
 * makes letters small makes a letter of nothing else, but of control characters a
 * colon, and a hyphen of CR.
 *
 * Return: false when it takes a closer look.
 */
static inline bool usual_name(const char *buf, u32 pos, enum sf_hdr_id *id,
			      u32 *value)
{
	u64 raw = sf_load64(buf + pos), word = raw | SF_SWAR_CASE;
	u32 len;

	switch ((u32)word) {
	case FOUR('v', 'i', 'a', ':'):
		*id = SF_HDR_VIA;
		len = 3;
		break;
	case FOUR('f', 'r', 'o', 'm'):
		*id = SF_HDR_FROM;
		len = 4;
		break;
	case FOUR('c', 's', 'e', 'q'):
		*id = SF_HDR_CSEQ;
		len = 4;
		break;
	case FOUR('c', 'a', 'l', 'l'):
		*id = SF_HDR_CALL_ID;
		len = 7;
		if (word >> 32 != FOUR('-', 'i', 'd', ':') || buf[pos + 4] != '-')
			return false;
		break;
	case FOUR('c', 'o', 'n', 't'):
		*id = SF_HDR_OTHER;
		len = 7;
		if (word >> 32 != FOUR('a', 'c', 't', ':'))
			return false;
		break;
	case FOUR('u', 's', 'e', 'r'):
		return false;
	default:
		*id = SF_HDR_TO;
		len = 2;
		if ((u16)word == (u16)FOUR('t', 'o', 0, 0))
			break;
		/* Four letters of a name that nobody asks for? */
		*id = SF_HDR_OTHER;
		*value = pos;
		return !(u32)sf_marks_name(raw);
	}
	*value = pos + len + 1;
	return buf[pos + len] == ':';
}

/* The name of a header line that somebody may ask for. */
static inline enum sf_hdr_id name_of(const char *buf, u32 pos, u32 end,
				     u32 *value)
{
	enum sf_hdr_id id;
	u32 stop;

	if (pos + 8 <= end && usual_name(buf, pos, &id, value))
		return id;
	*value = pos;
	if (!one_of(buf[pos], LETTERS))
		return SF_HDR_OTHER;
	stop = sf_scan_name(buf, pos, end);
	*value = stop;
	while (*value < end && sf_is_wsp(buf[*value]))
		++*value;
	if (!sf_scan_at(buf, *value, end, ':'))
		return SF_HDR_OTHER;
	++*value;
	return name_id(buf, sf_span(pos, stop));
}

/*
 * The end of a header, over all folds: of its line end. SF_PARTIAL when it is
 * not to be seen.
 */
static inline enum sf_reason line_end(const char *buf, u32 pos, u32 seen, u32 *end)
{
	for (;;) {
		pos = sf_scan_eol(buf, pos, seen);
		if (pos + 2 >= seen)
			return SF_PARTIAL;
		if (buf[pos] != '\r' || buf[pos + 1] != '\n')
			return SF_LINE_END;
		if (!sf_is_wsp(buf[pos + 2]))
			break;
		pos += 3;
	}
	*end = pos;
	return SF_OK;
}

/* All header lines. SF_PARTIAL: the blank line is not to be seen. */
static enum sf_reason headers(struct sf_peek *peek, const char *buf, u32 pos,
			      u32 seen, u8 *has)
{
	enum sf_reason reason;
	u32 value, end = pos;

	for (; pos < seen && !sf_is_eol(buf[pos]); pos = end + 2) {
		enum sf_hdr_id id = name_of(buf, pos, seen, &value);

		reason = line_end(buf, value, seen, &end);
		if (!reason && id)
			reason = header(peek, has, id, buf,
					sf_scan_trim(buf, value, end));
		if (reason)
			return reason;
	}
	if (pos + 1 >= seen)
		return SF_PARTIAL;
	if (buf[pos] != '\r' || buf[pos + 1] != '\n')
		return SF_LINE_END;
	peek->head = pos + 2;
	return SF_OK;
}

enum sf_reason sf_peek(struct sf_peek *peek, const char *buf, u32 seen, u32 len)
{
	enum sf_reason reason;
	u32 pos = 0, end;
	u8 has = 0;

	memset(peek, 0, sizeof(*peek));
	while (pos < seen && sf_is_eol(buf[pos]))
		pos++;
	if (pos == seen)
		return SF_EMPTY;
	end = sf_scan_eol(buf, pos, seen);
	reason = start_line(peek, buf, pos, end);
	if (reason)
		return reason;
	if (end == seen)
		return SF_PARTIAL;
	if (end + 1 < seen && (buf[end] != '\r' || buf[end + 1] != '\n'))
		return SF_LINE_END;
	reason = headers(peek, buf, end + 2, seen, &has);
	if (reason)
		return reason == SF_PARTIAL && seen < len ? SF_OK : reason;
	if (has != SEEN_ALL && has != (SEEN_ALL | SEEN_LENGTH))
		return SF_MISSING;
	if (!peek->has_length)
		peek->length = len - peek->head;
	return peek->length > len - peek->head ? SF_LENGTH_CUT : SF_OK;
}
