// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * text.c - escapes, durations, amounts
 */
#include "test.h"

#include <stdlib.h>
#include <string.h>

#include <linux/sipfast.h>

#include "../../../daemon/cli/text.h"
#include "../../../daemon/util/escape.h"

static void escape(void **state)
{
	static const struct {
		const char *text, *want;
	} rows[] = {
		{ NULL, "" },
		{ "", "" },
		{ "sip:anna@example.org", "sip:anna@example.org" },
		{ "\33]0;gone\7", "\\x1b]0;gone\\x07" },
		{ "a\nb\tc\177", "a\\x0ab\\x09c\\x7f" },
		{ "\xc3\xa9\x9b", "\\xc3\\xa9\\x9b" },
	};
	char buf[64], *copy;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		row("%zu", i);
		assert_string_equal(sf_escape(buf, sizeof(buf), rows[i].text),
				    rows[i].want);
		copy = sf_escape_dup(rows[i].text);
		assert_string_equal(copy, rows[i].want);
		free(copy);
	}
}

/* In too little room an escape is never cut in two. */
static void escape_cut(void **state)
{
	char buf[16];

	(void)state;
	assert_string_equal(sf_escape(buf, 16, "0123456789abcde"),
			    "0123456789abcde");
	assert_string_equal(sf_escape(buf, 16, "0123456789abcdef"),
			    "0123456789ab...");
	assert_string_equal(sf_escape(buf, 16, "0123456789\1\2"),
			    "0123456789...");
	assert_string_equal(sf_escape(buf, 8, "\1\2\3"), "\\x01...");
	assert_string_equal(sf_escape(buf, 8, "\1abcd"), "\\x01...");
}

static void durations(void **state)
{
	char buf[SF_TEXT_LEN];

	(void)state;
	assert_string_equal(sf_text_clock(0, buf), "00:00:00");
	assert_string_equal(sf_text_clock(12999, buf), "00:00:12");
	assert_string_equal(sf_text_clock(3599999, buf), "00:59:59");
	assert_string_equal(sf_text_clock(360000000, buf), "100:00:00");
	assert_string_equal(sf_text_seconds(20, buf), "0.02 s");
	assert_string_equal(sf_text_seconds(9999, buf), "10.00 s");
	assert_string_equal(sf_text_seconds(12340, buf), "12.3 s");
	assert_string_equal(sf_text_seconds(60000, buf), "00:01:00");
	sf_text_clock(UINT64_MAX, buf);
}

static void amounts(void **state)
{
	char buf[SF_TEXT_LEN];

	(void)state;
	assert_string_equal(sf_text_bytes(0, buf), "0 B");
	assert_string_equal(sf_text_bytes(1023, buf), "1023 B");
	assert_string_equal(sf_text_bytes(1024, buf), "1.00 KiB");
	assert_string_equal(sf_text_bytes(1230000, buf), "1.17 MiB");
	assert_string_equal(sf_text_bytes(UINT64_MAX, buf), "16384.00 PiB");
}

static void names(void **state)
{
	char buf[SF_TEXT_LEN];

	(void)state;
	assert_string_equal(sf_text_call_state(SIPFAST_CALL_CLOSING, buf),
			    "closing");
	assert_string_equal(sf_text_call_state(200, buf), "200");
	assert_string_equal(sf_text_call_end(SIPFAST_END_FLUSHED, buf),
			    "flushed");
	assert_string_equal(sf_text_call_end(SIPFAST_END_IDLE, buf), "idle");
	assert_string_equal(sf_text_call_end(99, buf), "99");
	assert_string_equal(sf_text_stream_kind(3, buf), "3");
	assert_string_equal(sf_text_media_source(0, buf), "sdp");
	assert_string_equal(sf_text_registration_source(0, buf), "registrar");
	assert_string_equal(sf_text_registration_source(9, buf), "9");
	assert_string_equal(sf_text_tcp(0, buf), "watch");
}

static void percentages(void **state)
{
	static const struct {
		double percent;
		const char *want;
	} rows[] = {
		{ 0, "0%" }, { 0.004, "0.00%" }, { 0.39, "0.39%" },
		{ 9.994, "9.99%" }, { 9.996, "10.0%" }, { 12.34, "12.3%" },
		{ 99.94, "99.9%" }, { 99.96, "100%" }, { 100, "100%" },
	};
	char buf[SF_TEXT_LEN];
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++)
		assert_string_equal(sf_text_percent(rows[i].percent, buf),
				    rows[i].want);
}

/* Each value has one text, which no other has. */
static void dscp(void **state)
{
	char a[SF_TEXT_LEN], b[SF_TEXT_LEN];
	unsigned int i, j;

	(void)state;
	assert_string_equal(sf_text_dscp(46, a), "EF");
	assert_string_equal(sf_text_dscp(34, a), "AF41");
	assert_string_equal(sf_text_dscp(40, a), "CS5");
	assert_string_equal(sf_text_dscp(33, a), "33");
	assert_string_equal(sf_text_dscp(42, a), "42");
	assert_string_equal(sf_text_dscp(2, a), "2");
	assert_string_equal(sf_text_dscp(SIPFAST_DSCP_KEEP, a), "keep");
	for (i = 0; i < 64; i++)
		for (j = 0; j < i; j++)
			assert_string_not_equal(sf_text_dscp(i, a),
						sf_text_dscp(j, b));
}

static const struct CMUnitTest tests[] = {
	TEST(escape),
	TEST(escape_cut),
	TEST(durations),
	TEST(amounts),
	TEST(names),
	TEST(percentages),
	TEST(dscp),
};

int main(void)
{
	return run(tests, ARRAY_SIZE(tests));
}
