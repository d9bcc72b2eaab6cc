// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * allowance.c - numbers and hours
 */
#include "test.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../../../daemon/app/allowance.h"

static void hours_parse(void **state)
{
	static const struct {
		const char *text;
		u8 days;
		u16 from;
		u16 to;
	} good[] = {
		{ "22:00-06:00", 0x7f, 1320, 360 },
		{ "0:00-24:00", 0x7f, 0, 1440 },
		{ "mon-fri 18:30-08:05", 0x3e, 1110, 485 },
		{ "sat,sun 00:00-24:00", 0x41, 0, 1440 },
		{ "Fri-Mon 01:00-02:00", 0x63, 60, 120 },
		{ "sun,tue-wed 01:00-02:00", 0x0d, 60, 120 },
	};
	static const char *const bad[] = {
		"", "22:00", "22:00-", "22:00-06:00 ", "24:00-06:00",
		"22:60-06:00", "22:00-24:01", "mon22:00-06:00", "mon",
		"mon- 22:00-06:00", "mon, 22:00-06:00", "day 22:00-06:00",
		"22:00-06:00-07:00", " 22:00-06:00", "22:00-06:60",
	};
	struct sf_hours hours;
	u32 i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(good); i++) {
		row("%s", good[i].text);
		assert_true(sf_hours_parse(good[i].text, &hours));
		assert_int_equal(hours.days, good[i].days);
		assert_int_equal(hours.from, good[i].from);
		assert_int_equal(hours.to, good[i].to);
	}
	for (i = 0; i < ARRAY_SIZE(bad); i++) {
		row("%s", bad[i]);
		assert_false(sf_hours_parse(bad[i], &hours));
	}
}

static void hours_at(void **state)
{
	static const struct {
		const char *text;
		u32 day;
		u32 minute;
		bool is;
	} rows[] = {
		{ "22:00-06:00", 1, 1319, false },
		{ "22:00-06:00", 1, 1320, true },
		{ "22:00-06:00", 1, 359, true },
		{ "22:00-06:00", 1, 360, false },
		{ "08:00-17:00", 1, 479, false },
		{ "08:00-17:00", 1, 480, true },
		{ "08:00-17:00", 1, 1019, true },
		{ "08:00-17:00", 1, 1020, false },
		/* the night of a day ends on the next */
		{ "sat 22:00-06:00", 6, 1320, true },
		{ "sat 22:00-06:00", 0, 359, true },
		{ "sat 22:00-06:00", 6, 359, false },
		{ "sat 22:00-06:00", 0, 1320, false },
		{ "sun 00:00-24:00", 0, 0, true },
		{ "sun 00:00-24:00", 0, 1439, true },
		{ "sun 00:00-24:00", 1, 0, false },
		{ "sun 12:00-12:00", 0, 719, false },
		{ "sun 12:00-12:00", 0, 720, true },
		{ "sun 12:00-12:00", 1, 719, true },
		{ "sun 12:00-12:00", 1, 720, false },
	};
	struct sf_hours hours;
	u32 i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		row("%s, day %u, minute %u", rows[i].text, rows[i].day,
		    rows[i].minute);
		assert_true(sf_hours_parse(rows[i].text, &hours));
		assert_int_equal(sf_hours_at(&hours, rows[i].day,
					     rows[i].minute), rows[i].is);
	}
}

/* It is the administrator's clock that counts. */
static void local(void **state)
{
	struct sf_allowance allowance = { .quiets = 1 };
	u64 wall = 1780000000;	/* Thursday, 20:26:40 UTC */

	(void)state;
	sf_hours_parse("thu 20:00-21:00", &allowance.quiet[0]);
	setenv("TZ", "UTC0", 1);
	tzset();
	assert_true(sf_allowance_quiet(&allowance, wall));
	assert_false(sf_allowance_quiet(&allowance, wall + 34 * 60));
	setenv("TZ", "XYZ-2", 1);
	tzset();
	assert_false(sf_allowance_quiet(&allowance, wall));
	assert_true(sf_allowance_quiet(&allowance, wall - 2 * 3600));
}

static void plain(void **state)
{
	static const struct {
		const char *user;
		const char *number;
	} rows[] = {
		{ "0301234", "0301234" },
		{ "+49301234", "+49301234" },
		{ "0049301234", "+49301234" },
		{ "+49-(30).12-34", "+49301234" },
		{ "%30%30882", "+882" },
		{ "%2b882", "+882" },
		{ "%2B882", "+882" },
		{ "0-0882", "+882" },
		{ "%", "%" }, { "%3", "%3" }, { "%zz", "%zz" },
		{ "0", "0" }, { "00", "+" }, { "", "" },
		{ "000", "+0" },
	};
	char buf[32];
	u32 i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		struct sf_out out = sf_out(buf, sizeof(buf));

		row("%s", rows[i].user);
		sf_number_plain(&out, sf_text_str(rows[i].user));
		assert_int_equal(out.len, strlen(rows[i].number));
		assert_memory_equal(buf, rows[i].number, out.len);
	}
	/* too long: what it begins with is what counts */
	{
		struct sf_out out = sf_out(buf, sizeof(buf));

		sf_number_plain(&out, sf_text_str("0088299999999999999999999999999999999999"));
		assert_memory_equal(buf, "+882", 4);
	}
}

static void numbers(void **state)
{
	static char *home[] = { (char *)"+49", (char *)"0043", (char *)"112" };
	static char *dear[] = { (char *)"+4990", (char *)"+43" };
	static char *any[] = { (char *)"" };
	const struct sf_words none = { 0 }, few = { home, 3 }, bad = { dear, 2 };
	const struct sf_words all = { any, 1 };
	const struct {
		struct sf_words allow;
		struct sf_words deny;
		const char *number;
		bool may;
	} rows[] = {
		{ none, none, "+88212", true },
		{ few, none, "+4930", true },
		{ few, none, "+4", false },
		{ few, none, "+4312", true },
		{ few, none, "+88212", false },
		{ few, none, "", false },
		{ none, bad, "+49301", true },
		{ none, bad, "+49900", false },
		{ few, bad, "+49900", false },
		{ few, bad, "+49301", true },
		{ few, bad, "+4312", false },	/* as long: no */
		{ all, bad, "+88212", true },
		{ all, bad, "+49900", false },
		{ all, none, "", true },
		{ none, all, "+4930", false },
		{ few, all, "+4930", true },
		{ few, all, "+8821", false },
	};
	bool may;
	u32 i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		struct sf_allowance allowance = { .allow = rows[i].allow,
						  .deny = rows[i].deny };

		row("%u: %s", i, rows[i].number);
		may = sf_allowance_number(&allowance,
					  sf_text_str(rows[i].number));
		assert_int_equal(may, rows[i].may);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(hours_parse),
		TEST(hours_at),
		TEST(local),
		TEST(plain),
		TEST(numbers),
	};

	return run(tests, ARRAY_SIZE(tests));
}
