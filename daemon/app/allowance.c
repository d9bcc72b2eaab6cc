// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * allowance.c - what a user may call by way of trunks
 */
#include "allowance.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#define DAY	(24 * 60)
#define WEEK	7

static const char *const days[WEEK] = {
	"sun", "mon", "tue", "wed", "thu", "fri", "sat",
};

/* Return: what stands behind it; NULL: it is no day. */
static const char *take_day(const char *text, u32 *day)
{
	for (*day = 0; *day < WEEK; (*day)++)
		if (!strncasecmp(text, days[*day], 3))
			return text + 3;
	return NULL;
}

/* "mon", "mon-fri" */
static const char *take_span(const char *text, u8 *bits)
{
	u32 day, end;

	text = take_day(text, &day);
	if (!text)
		return NULL;
	end = day;
	if (*text == '-')
		text = take_day(text + 1, &end);
	if (!text)
		return NULL;
	for (*bits |= 1u << day; day != end; *bits |= 1u << day)
		day = (day + 1) % WEEK;
	return text;
}

/* "mon-thu,sat ", or nothing, which is each day. */
static const char *take_days(const char *text, u8 *bits)
{
	*bits = 0;
	if (*text >= '0' && *text <= '9') {
		*bits = (1u << WEEK) - 1;
		return text;
	}
	text = take_span(text, bits);
	while (text && *text == ',')
		text = take_span(text + 1, bits);
	return text && *text == ' ' ? text + 1 : NULL;
}

bool sf_hours_parse(const char *text, struct sf_hours *hours)
{
	unsigned int from, from_min, to, to_min;
	int len = 0;

	text = take_days(text, &hours->days);
	if (!text || sscanf(text, "%2u:%2u-%2u:%2u%n", &from, &from_min, &to,
			    &to_min, &len) != 4 || text[len])
		return false;
	if (from_min > 59 || to_min > 59)
		return false;
	hours->from = (u16)(from * 60 + from_min);
	hours->to = (u16)(to * 60 + to_min);
	return hours->from < DAY && hours->to <= DAY;
}

static bool has_day(const struct sf_hours *hours, u32 day)
{
	return hours->days & 1u << day % WEEK;
}

bool sf_hours_at(const struct sf_hours *hours, u32 day, u32 minute)
{
	if (hours->from < hours->to)
		return has_day(hours, day) && minute >= hours->from &&
		       minute < hours->to;
	return (has_day(hours, day) && minute >= hours->from) ||
	       (has_day(hours, day + WEEK - 1) && minute < hours->to);
}

static int hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The next character, and what it takes. */
static char unescape(const char *s, u32 len, u32 *at)
{
	char c = s[(*at)++];

	if (c != '%' || len - *at < 2 || hex(s[*at]) < 0 || hex(s[*at + 1]) < 0)
		return c;
	*at += 2;
	return (char)(hex(s[*at - 2]) << 4 | hex(s[*at - 1]));
}

/* RFC 3966, 3: visual separators. */
static bool divides(char c)
{
	return c == '-' || c == '.' || c == '(' || c == ')' || c == ' ';
}

void sf_number_plain(struct sf_out *out, struct sf_text user)
{
	u32 at = 0, start = out->len;
	char c;

	while (at < user.len) {
		c = unescape(user.s, user.len, &at);
		if (!divides(c))
			sf_put(out, &c, 1);
	}
	if (out->len - start < 2 || memcmp(out->buf + start, "00", 2))
		return;
	out->len--;
	memmove(out->buf + start, out->buf + start + 1, out->len - start);
	out->buf[start] = '+';
}

/* How long the longest is that a number begins with; -1: none. */
static int longest(const struct sf_words *words, struct sf_text number)
{
	char buf[SF_NUMBER_MAX];
	int best = -1;
	u32 i;

	for (i = 0; i < words->count; i++) {
		struct sf_out out = sf_out(buf, sizeof(buf));

		sf_number_plain(&out, sf_text_str(words->word[i]));
		if (!out.full && out.len <= number.len && (int)out.len > best &&
		    (!out.len || !memcmp(out.buf, number.s, out.len)))
			best = (int)out.len;
	}
	return best;
}

bool sf_allowance_number(const struct sf_allowance *allowance,
			 struct sf_text number)
{
	int allowed = longest(&allowance->allow, number);
	int denied = longest(&allowance->deny, number);

	if (!allowance->allow.count)
		return denied < 0;
	return allowed > denied;
}

bool sf_allowance_quiet(const struct sf_allowance *allowance, u64 wall)
{
	time_t now = (time_t)wall;
	struct tm tm;
	u32 i;

	localtime_r(&now, &tm);
	for (i = 0; i < allowance->quiets; i++)
		if (sf_hours_at(&allowance->quiet[i], (u32)tm.tm_wday,
				(u32)(tm.tm_hour * 60 + tm.tm_min)))
			return true;
	return false;
}
