// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * span.c - comparing, trimming, numbers
 */
#include "test.h"

#include <string.h>

static void compare(void **state)
{
	const char *buf = guard_tail("xBranch", 7);
	struct sf_span s = sf_span(1, 7);

	(void)state;
	assert_true(sf_span_is(buf, s, "Branch"));
	assert_false(sf_span_is(buf, s, "branch"));
	assert_true(sf_span_caseis(buf, s, "bRANCH"));
	assert_false(sf_span_caseis(buf, s, "branc"));
	assert_false(sf_span_caseis(buf, s, "branchx"));
	assert_true(sf_span_is(buf, sf_span(7, 7), ""));
	/* one bit apart, and no letters */
	assert_false(sf_span_caseis("@[", whole(2), "`{"));
	assert_false(sf_span_caseis("\xc4", whole(1), "\xe4"));
}

static void within(void **state)
{
	(void)state;
	assert_true(sf_span_within(sf_span(3, 5), sf_span(3, 5)));
	assert_true(sf_span_within(sf_span(5, 5), sf_span(3, 5)));
	assert_false(sf_span_within(sf_span(2, 5), sf_span(3, 5)));
	assert_false(sf_span_within(sf_span(3, 6), sf_span(3, 5)));
}

static void trim(void **state)
{
	static const struct {
		const char *text;
		const char *want;
	} rows[] = {
		{ "", "" },
		{ "a", "a" },
		{ "  \t a b\t ", "a b" },
		{ "\r\n a\r\n\tb\r\n ", "a\r\n\tb" },
		{ " \t\r\n ", "" },
	};
	const char *buf;
	u32 i, len;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		row("%u", i);
		len = (u32)strlen(rows[i].text);
		buf = guard_tail(rows[i].text, len);
		assert_text(buf, sf_span_trim(buf, whole(len)), rows[i].want);
		buf = guard_head(rows[i].text, len);
		assert_text(buf, sf_span_trim(buf, whole(len)), rows[i].want);
	}
}

static void numbers(void **state)
{
	static const struct {
		const char *text;
		bool ok;
		u32 val;
	} rows[] = {
		{ "0", true, 0 },
		{ "0009", true, 9 },
		{ "4294967295", true, 4294967295u },
		{ "0000000000000000000000004294967295", true, 4294967295u },
		{ "4294967296", false, 0 },
		{ "4294967328", false, 0 },
		{ "18446744073709551616", false, 0 },
		{ "36893488147419103232", false, 0 },
		{ "99999999999999999999999999999999999999", false, 0 },
		{ "", false, 0 },
		{ "-1", false, 0 },
		{ "+1", false, 0 },
		{ " 1", false, 0 },
		{ "1 ", false, 0 },
		{ "1a", false, 0 },
		{ "0x10", false, 0 },
	};
	u32 i, len, val;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		row("%s", rows[i].text);
		len = (u32)strlen(rows[i].text);
		val = 77;
		assert_int_equal(sf_span_u32(guard_tail(rows[i].text, len),
					     whole(len), &val), rows[i].ok);
		assert_int_equal(val, rows[i].ok ? rows[i].val : 77);
	}
}

static void ports(void **state)
{
	u16 port = 77;

	(void)state;
	assert_false(sf_span_port("0", whole(1), &port));
	assert_false(sf_span_port("65536", whole(5), &port));
	assert_false(sf_span_port("70596", whole(5), &port));
	assert_false(sf_span_port("", whole(0), &port));
	assert_int_equal(port, 77);
	assert_true(sf_span_port("1", whole(1), &port));
	assert_int_equal(port, 1);
	assert_true(sf_span_port("065535", whole(6), &port));
	assert_int_equal(port, 65535);
}

static void number_text(void **state)
{
	static const struct {
		u32 val;
		const char *want;
	} rows[] = {
		{ 0, "0" }, { 9, "9" }, { 10, "10" }, { 65535, "65535" },
		{ 4294967295u, "4294967295" },
	};
	char out[SF_U32_TEXT_MAX];
	u32 i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		row("%u", rows[i].val);
		assert_text(out, whole(sf_u32_text(rows[i].val, out)),
			    rows[i].want);
	}
}

static const struct CMUnitTest tests[] = {
	TEST(compare),
	TEST(within),
	TEST(trim),
	TEST(numbers),
	TEST(ports),
	TEST(number_text),
};

int main(void)
{
	return run(tests, ARRAY_SIZE(tests));
}
