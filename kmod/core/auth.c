// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * auth.c - what credentials and challenges are made of
 */
#include <sipfast/auth.h>

#include "scan.h"

/* With blanks behind them: that is what SF_SWAR_CASE makes of no byte at all. */
static const u64 names[SF_PARAM_COUNT] = {
	[SF_PARAM_USERNAME] = SF_CHARS8('u', 's', 'e', 'r', 'n', 'a', 'm', 'e'),
	[SF_PARAM_REALM] = SF_CHARS8('r', 'e', 'a', 'l', 'm', ' ', ' ', ' '),
	[SF_PARAM_NONCE] = SF_CHARS8('n', 'o', 'n', 'c', 'e', ' ', ' ', ' '),
	[SF_PARAM_URI] = SF_CHARS8('u', 'r', 'i', ' ', ' ', ' ', ' ', ' '),
	[SF_PARAM_RESPONSE] = SF_CHARS8('r', 'e', 's', 'p', 'o', 'n', 's', 'e'),
	/* SF_PARAM_ALGORITHM is longer */
	[SF_PARAM_CNONCE] = SF_CHARS8('c', 'n', 'o', 'n', 'c', 'e', ' ', ' '),
	[SF_PARAM_OPAQUE] = SF_CHARS8('o', 'p', 'a', 'q', 'u', 'e', ' ', ' '),
	[SF_PARAM_QOP] = SF_CHARS8('q', 'o', 'p', ' ', ' ', ' ', ' ', ' '),
	[SF_PARAM_NC] = SF_CHARS8('n', 'c', ' ', ' ', ' ', ' ', ' ', ' '),
	[SF_PARAM_STALE] = SF_CHARS8('s', 't', 'a', 'l', 'e', ' ', ' ', ' '),
	[SF_PARAM_USERHASH] = SF_CHARS8('u', 's', 'e', 'r', 'h', 'a', 's', 'h'),
};

/*
 * All letters at once, in lower case. A name is a token: the bit makes a letter of
 * none of its other characters, and a blank of none at all.
 */
static u8 id_of(const char *buf, struct sf_span name)
{
	u64 word;
	u8 i;

	if (name.len > 8)
		return sf_span_caseis(buf, name, "algorithm") ?
			SF_PARAM_ALGORITHM : SF_PARAM_OTHER;
	word = sf_load_last(buf, name.off, sf_span_end(name)) | SF_SWAR_CASE;
	for (i = SF_PARAM_USERNAME; i < SF_PARAM_COUNT; i++)
		if (word == names[i])
			return i;
	return SF_PARAM_OTHER;
}

bool sf_auth_scheme(const char *buf, struct sf_span value,
		    struct sf_span *scheme, struct sf_span *rest)
{
	u32 end = sf_span_end(value);
	u32 stop = sf_scan_over(buf, value.off, end, SF_C_TOKEN);
	u32 pos = sf_scan_lws(buf, stop, end);

	if (stop == value.off || pos == stop)
		return false;
	*scheme = sf_span(value.off, stop);
	*rest = sf_span(pos, end);
	return true;
}

/* What ends a value without quotes, and what may stand nowhere in one. */
static inline u64 marks_bare(u64 word)
{
	return sf_swar_below(word, 0x21) | sf_swar_byte(word, '"') |
	       sf_swar_byte(word, ',') | sf_swar_byte(word, 0x7f);
}

/* What stands behind the '='; where it ends, or 0 when it cannot. */
static u32 value_read(const char *buf, u32 pos, u32 end,
		      struct sf_auth_param *param)
{
	u32 stop;

	param->quoted = sf_scan_at(buf, pos, end, '"');
	if (param->quoted) {
		stop = sf_scan_quoted(buf, pos, end);
		if (stop)
			param->value = sf_span(pos + 1, stop - 1);
		return stop;
	}
	stop = sf_scan(buf, pos, end, marks_bare);
	param->value = sf_span(pos, stop);
	return stop == pos ? 0 : stop;
}

/* The comma, and something behind it; false when that is not what follows. */
static bool comma_read(const char *buf, u32 *pos, u32 end)
{
	*pos = sf_scan_lws(buf, *pos, end);
	if (*pos == end)
		return true;
	if (buf[*pos] != ',')
		return false;
	*pos = sf_scan_lws(buf, *pos + 1, end);
	return *pos != end;
}

enum sf_reason sf_auth_param_next(const char *buf, struct sf_span *rest,
				  struct sf_auth_param *param)
{
	u32 end = sf_span_end(*rest), start, pos;
	struct sf_auth_param got;

	start = sf_scan_lws(buf, rest->off, end);
	if (start == end)
		return SF_EMPTY;
	pos = sf_scan_over(buf, start, end, SF_C_TOKEN);
	got.name = sf_span(start, pos);
	pos = sf_scan_lws(buf, pos, end);
	if (!got.name.len || !sf_scan_at(buf, pos, end, '='))
		return SF_VALUE;
	pos = value_read(buf, sf_scan_lws(buf, pos + 1, end), end, &got);
	if (!pos || !comma_read(buf, &pos, end))
		return SF_VALUE;
	got.id = id_of(buf, got.name);
	*rest = sf_span(pos, end);
	*param = got;
	return SF_OK;
}
