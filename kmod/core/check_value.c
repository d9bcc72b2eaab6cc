// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * check_value.c - values of headers, by the shapes that they share
 */
#include <sipfast/value.h>

#include "grammar.h"
#include "scan.h"

bool sf_good_all(const char *buf, struct sf_span s, u8 classes)
{
	return s.len && sf_scan_over(buf, s.off, sf_span_end(s), classes) ==
			sf_span_end(s);
}

bool sf_good_token(const char *buf, struct sf_span s)
{
	return sf_good_all(buf, s, SF_C_TOKEN);
}

bool sf_good_u32(const char *buf, struct sf_span s)
{
	u32 val;

	return sf_span_u32(buf, s, &val);
}

bool sf_good_u8(const char *buf, struct sf_span s)
{
	u32 val;

	return sf_span_u32(buf, s, &val) && val <= 255;
}

/* Take bytes of a class, and the white space behind them. */
static struct sf_span take(const char *buf, struct sf_span *rest, u8 classes)
{
	u32 end = sf_span_end(*rest);
	u32 stop = sf_scan_over(buf, rest->off, end, classes);
	struct sf_span got = sf_span(rest->off, stop);

	*rest = sf_span(sf_scan_lws(buf, stop, end), end);
	return got;
}

static bool take_byte(const char *buf, struct sf_span *rest, char c)
{
	u32 end = sf_span_end(*rest);

	if (!sf_scan_at(buf, rest->off, end, c))
		return false;
	*rest = sf_span(sf_scan_lws(buf, rest->off + 1, end), end);
	return true;
}

/*
 * The bytes of a word are visible and none of those that separate: the
 * grammar forbids a few more that are seen in the field and confuse nobody.
 */
static bool is_word(char c)
{
	return (u8)c > ' ' && (u8)c < 0x7f && c != '@' && c != ',' && c != ';';
}

static struct sf_span take_word(const char *buf, struct sf_span *rest)
{
	u32 pos = rest->off, end = sf_span_end(*rest);
	struct sf_span got;

	while (pos < end && is_word(buf[pos]))
		pos++;
	got = sf_span(rest->off, pos);
	*rest = sf_span(pos, end);
	return got;
}

static bool take_call_id(const char *buf, struct sf_span *rest)
{
	if (!take_word(buf, rest).len)
		return false;
	if (!sf_scan_at(buf, rest->off, sf_span_end(*rest), '@'))
		return true;
	*rest = sf_span(rest->off + 1, sf_span_end(*rest));
	return take_word(buf, rest).len;
}

bool sf_good_call_id(const char *buf, struct sf_span s)
{
	return take_call_id(buf, &s) && !s.len;
}

bool sf_good_dialog(const char *buf, struct sf_span s)
{
	return take_call_id(buf, &s) && sf_good_params(buf, s);
}

bool sf_good_token_params(const char *buf, struct sf_span s)
{
	return take(buf, &s, SF_C_TOKEN).len && sf_good_params(buf, s);
}

bool sf_good_delta_params(const char *buf, struct sf_span s)
{
	return sf_good_u32(buf, take(buf, &s, SF_C_DIGIT)) &&
	       sf_good_params(buf, s);
}

bool sf_good_type(const char *buf, struct sf_span s)
{
	struct sf_type type;

	return !sf_type_parse(buf, s, &type) &&
	       sf_good_params(buf, type.params);
}

/* 1*DIGIT "." 1*DIGIT */
bool sf_good_version(const char *buf, struct sf_span s)
{
	return take(buf, &s, SF_C_DIGIT).len && take_byte(buf, &s, '.') &&
	       sf_good_all(buf, s, SF_C_DIGIT);
}

/* priv-value *( ";" priv-value ) (RFC 3323, 4.2) */
bool sf_good_privacy(const char *buf, struct sf_span s)
{
	do {
		if (!take(buf, &s, SF_C_TOKEN).len)
			return false;
	} while (take_byte(buf, &s, ';'));
	return !s.len;
}

/* response-num LWS CSeq-num LWS Method (RFC 3262, 7.2) */
bool sf_good_rack(const char *buf, struct sf_span s)
{
	struct sf_cseq cseq;

	return sf_good_u32(buf, take(buf, &s, SF_C_DIGIT)) &&
	       !sf_cseq_parse(buf, s, &cseq);
}

/* 1*DIGIT [ "." *DIGIT ] */
static bool take_decimal(const char *buf, struct sf_span *rest)
{
	if (!take(buf, rest, SF_C_DIGIT).len)
		return false;
	if (take_byte(buf, rest, '.'))
		take(buf, rest, SF_C_DIGIT);
	return true;
}

/* A time, and a delay if a server added one */
bool sf_good_timestamp(const char *buf, struct sf_span s)
{
	return take_decimal(buf, &s) && (!s.len || take_decimal(buf, &s)) &&
	       !s.len;
}

/* "(" text, escapes and further comments ")" */
static bool take_comment(const char *buf, struct sf_span *rest)
{
	u32 pos = rest->off, end = sf_span_end(*rest), depth = 0;

	do {
		if (pos >= end)
			return false;
		if (buf[pos] == '(')
			depth++;
		else if (buf[pos] == ')')
			depth--;
		else if (buf[pos] == '\\')
			pos++;
		pos++;
	} while (depth);
	*rest = sf_span(sf_scan_lws(buf, pos, end), end);
	return true;
}

bool sf_good_retry_after(const char *buf, struct sf_span s)
{
	if (!sf_good_u32(buf, take(buf, &s, SF_C_DIGIT)))
		return false;
	if (sf_scan_at(buf, s.off, sf_span_end(s), '(') &&
	    !take_comment(buf, &s))
		return false;
	return sf_good_params(buf, s);
}

/* 3DIGIT SP warn-agent SP quoted-string */
bool sf_good_warning(const char *buf, struct sf_span s)
{
	u32 end = sf_span_end(s);

	if (take(buf, &s, SF_C_DIGIT).len != 3 ||
	    !take(buf, &s, SF_C_VALUE).len ||
	    !sf_scan_at(buf, s.off, end, '"'))
		return false;
	return sf_scan_quoted(buf, s.off, end) == end;
}
