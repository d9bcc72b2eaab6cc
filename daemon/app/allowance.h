/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * allowance.h - what a user may call by way of trunks
 *
 * Whoever has stolen a password calls numbers that cost, at night, as many at once as
 * there are lines. A section "calls" of the configuration says what its user, or
 * everybody else, may do; calls.h knows what they do. Calls for help are not asked.
 */
#ifndef SIPFAST_APP_ALLOWANCE_H
#define SIPFAST_APP_ALLOWANCE_H

#include "../util/out.h"
#include "../util/text.h"

#define SF_QUIET_MAX	8
#define SF_NUMBER_MAX	128

/**
 * struct sf_words - a list of words
 * @word: each for free()
 * @count: how many
 */
struct sf_words {
	char **word;
	u32 count;
};

/**
 * struct sf_hours - hours of some days of the week
 * @days: bit 0 is Sunday
 * @from: minutes since midnight, local time
 * @to: likewise; when it is not after @from, of the next day
 */
struct sf_hours {
	u8 days;
	u16 from;
	u16 to;
};

/**
 * struct sf_allowance - of one user, or of all others
 * @name: "alice@example.net", or "default"
 * @allow: numbers that may be called begin so; none: all
 * @deny: and these may not; the longest of both lists counts
 * @at_once: calls; 0: any number, as of the next
 * @minutes: of calls, on one day
 * @quiet: when nothing may be called
 * @quiets: how many of these there are
 */
struct sf_allowance {
	char *name;
	struct sf_words allow;
	struct sf_words deny;
	u32 at_once;
	u32 minutes;
	struct sf_hours quiet[SF_QUIET_MAX];
	u32 quiets;
};

/**
 * sf_hours_parse() - "22:00-06:00", "mon-fri 18:00-08:00", "sat,sun 00:00-24:00"
 * Return: false when it is nothing like that.
 */
bool sf_hours_parse(const char *text, struct sf_hours *hours);

/**
 * sf_hours_at() - is it such an hour?
 * @day: of the week, 0 is Sunday
 * @minute: since midnight
 */
bool sf_hours_at(const struct sf_hours *hours, u32 day, u32 minute);

/**
 * sf_number_plain() - a number as it is compared
 * @user: of a URI
 *
 * Escapes are read, what only divides digits is left out, and 00 in front is +: who
 * writes a number in another way calls the same. Of what does not fit the beginning is
 * there.
 */
void sf_number_plain(struct sf_out *out, struct sf_text user);

/* May this number be called? It is a plain one. */
bool sf_allowance_number(const struct sf_allowance *allowance,
			 struct sf_text number);

/* Is it quiet now? @wall: seconds since 1970. */
bool sf_allowance_quiet(const struct sf_allowance *allowance, u64 wall);

#endif /* SIPFAST_APP_ALLOWANCE_H */
