// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * check_date.c - "Sat, 13 Nov 2010 23:29:00 GMT"
 *
 * The form has a fixed length, so each part has its place. It is the only one
 * of HTTP's dates that SIP kept, and its letters have their case.
 */
#include "grammar.h"
#include "scan.h"

#define DATE_LEN 29

/* Two digits at @p, or -1. */
static int two(const char *p)
{
	if (!sf_is(p[0], SF_C_DIGIT) || !sf_is(p[1], SF_C_DIGIT))
		return -1;
	return (p[0] - '0') * 10 + p[1] - '0';
}

/* One of the names of three letters that @names strings together? */
static bool is_name(const char *p, const char *names, u32 count)
{
	u32 i;

	for (i = 0; i < count; i++)
		if (!memcmp(p, names + 3 * i, 3))
			return true;
	return false;
}

static bool good_day(const char *p)
{
	int day = two(p);

	return day >= 1 && day <= 31 && p[2] == ' ' &&
	       is_name(p + 3, "JanFebMarAprMayJunJulAugSepOctNovDec", 12) &&
	       p[6] == ' ' && two(p + 7) >= 0 && two(p + 9) >= 0;
}

/* A minute may have 61 seconds. */
static bool good_time(const char *p)
{
	int hour = two(p), minute = two(p + 3), second = two(p + 6);

	return hour >= 0 && hour < 24 && p[2] == ':' && minute >= 0 &&
	       minute < 60 && p[5] == ':' && second >= 0 && second <= 60;
}

bool sf_good_date(const char *buf, struct sf_span s)
{
	const char *p = buf + s.off;

	return s.len == DATE_LEN && is_name(p, "MonTueWedThuFriSatSun", 7) &&
	       p[3] == ',' && p[4] == ' ' && good_day(p + 5) && p[16] == ' ' &&
	       good_time(p + 17) && !memcmp(p + 25, " GMT", 4);
}
