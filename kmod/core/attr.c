// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * attr.c - attributes by number, and the values of the small ones
 */
#include <sipfast/attr.h>

#include "scan.h"
#include "words.h"

static const struct {
	u8 len;
	char name[23];
} attr_names[SF_ATTR_COUNT] = {
#define X(sym, name) \
	[SF_ATTR_##sym] = { sizeof(name) - 1, name },
	SF_ATTRS(X)
#undef X
};

enum sf_attr_id sf_attr_id(const char *buf, struct sf_span name)
{
	u32 i;

	for (i = SF_ATTR_OTHER + 1; i < SF_ATTR_COUNT; i++)
		if (sf_span_eq(buf, name, attr_names[i].name,
			       attr_names[i].len))
			return (enum sf_attr_id)i;
	return SF_ATTR_OTHER;
}

const char *sf_attr_name(enum sf_attr_id id)
{
	return (u32)id < SF_ATTR_COUNT ? attr_names[id].name : "";
}

bool sf_attr_find(const char *buf, struct sf_span lines, enum sf_attr_id id,
		  struct sf_span *value)
{
	struct sf_sdp_attr attr;

	while (sf_sdp_attr_next(buf, &lines, &attr)) {
		if (!sf_span_eq(buf, attr.name, attr_names[id].name,
				attr_names[id].len))
			continue;
		*value = attr.value;
		return true;
	}
	return false;
}

bool sf_word_next(const char *buf, struct sf_span *rest, struct sf_span *word)
{
	struct sf_span got;

	if (!sf_word_take(buf, rest, &got))
		return false;
	*word = got;
	return true;
}

/* semantics *( SP mid ) */
enum sf_reason sf_group_parse(const char *buf, struct sf_span value,
			      struct sf_group *group)
{
	struct sf_span semantics;

	if (!sf_word_take(buf, &value, &semantics))
		return SF_SDP_ATTR;
	group->semantics = semantics;
	group->bundle = sf_span_is(buf, semantics, "BUNDLE");
	group->mids = sf_words_trim(buf, value);
	return SF_OK;
}

/* tag SP suite SP key-params *( SP session-param ) */
enum sf_reason sf_crypto_parse(const char *buf, struct sf_span value,
			       struct sf_crypto *crypto)
{
	struct sf_crypto got;
	struct sf_span tag;

	if (!sf_word_take(buf, &value, &tag) ||
	    !sf_span_u32(buf, tag, &got.tag) ||
	    !sf_word_take(buf, &value, &got.suite) ||
	    !sf_word_take(buf, &value, &got.keys))
		return SF_SDP_ATTR;
	got.params = sf_words_trim(buf, value);
	*crypto = got;
	return SF_OK;
}

static u8 hex_digit(char c)
{
	return (u8)(c <= '9' ? c - '0' : sf_lower(c) - 'a' + 10);
}

/* 2HEX *( ":" 2HEX ) */
static bool bytes_read(const char *buf, struct sf_span s,
		       struct sf_fingerprint *out)
{
	const char *p = buf + s.off;
	u32 i;

	if (s.len % 3 != 2 || s.len / 3 >= SF_FINGERPRINT_MAX)
		return false;
	for (i = 0; i <= s.len / 3; i++, p += 3) {
		if (!sf_is(p[0], SF_C_HEX) || !sf_is(p[1], SF_C_HEX) ||
		    (i && p[-1] != ':'))
			return false;
		out->bytes[i] = (u8)(hex_digit(p[0]) << 4 | hex_digit(p[1]));
	}
	out->len = i;
	return true;
}

enum sf_reason sf_fingerprint_parse(const char *buf, struct sf_span value,
				    struct sf_fingerprint *fingerprint)
{
	struct sf_fingerprint got;

	if (!sf_word_take(buf, &value, &got.hash) ||
	    !sf_word_take(buf, &value, &got.text) ||
	    sf_words_trim(buf, value).len ||
	    !bytes_read(buf, got.text, &got))
		return SF_SDP_ATTR;
	*fingerprint = got;
	return SF_OK;
}

enum sf_reason sf_setup_parse(const char *buf, struct sf_span value,
			      enum sf_setup *setup)
{
	value = sf_words_trim(buf, value);
	if (sf_span_caseis(buf, value, "active"))
		*setup = SF_SETUP_ACTIVE;
	else if (sf_span_caseis(buf, value, "passive"))
		*setup = SF_SETUP_PASSIVE;
	else if (sf_span_caseis(buf, value, "actpass"))
		*setup = SF_SETUP_ACTPASS;
	else if (sf_span_caseis(buf, value, "holdconn"))
		*setup = SF_SETUP_HOLDCONN;
	else
		return SF_SDP_ATTR;
	return SF_OK;
}

/* Up to three digits of a fraction, as thousandths; more are cut. */
static bool fraction_read(const char *buf, struct sf_span s, u32 *thousandths)
{
	u32 i, unit = 100;

	*thousandths = 0;
	for (i = 0; i < s.len; i++, unit /= 10) {
		if (!sf_is(buf[s.off + i], SF_C_DIGIT))
			return false;
		*thousandths += unit * (u32)(buf[s.off + i] - '0');
	}
	return s.len;
}

/* Some milliseconds, which nobody has more of than an hour's worth. */
enum sf_reason sf_ptime_parse(const char *buf, struct sf_span value, u32 *us)
{
	u32 end, dot, whole, part = 0;

	value = sf_words_trim(buf, value);
	end = sf_span_end(value);
	dot = sf_scan_byte(buf, value.off, end, '.');
	if (!sf_span_u32(buf, sf_span(value.off, dot), &whole) ||
	    whole > 3600000 ||
	    (dot != end &&
	     !fraction_read(buf, sf_span(dot + 1, end), &part)) ||
	    !(whole + part))
		return SF_SDP_ATTR;
	*us = whole * 1000 + part;
	return SF_OK;
}
