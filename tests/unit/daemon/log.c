// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * log.c - lines for the administrator
 */
#include "world.h"

#include <sys/mman.h>
#include <unistd.h>

#include "../../../daemon/util/log.h"

/* What a call wrote on standard error. */
#define wrote(call) ({							\
	int into = memfd_create("log", 0), err = dup(STDERR_FILENO);	\
	static char text[3000];						\
	ssize_t n;							\
	dup2(into, STDERR_FILENO);					\
	call;								\
	dup2(err, STDERR_FILENO);					\
	close(err);							\
	n = pread(into, text, sizeof(text) - 1, 0);			\
	close(into);							\
	text[n] = '\0';							\
	text;								\
})

static void lines(void **state)
{
	(void)state;
	assert_string_equal(wrote(sf_log(SF_LOG_NOTICE, "trunk-down",
					 "trunk=%s status=%u", "a", 503)),
			    "<5>trunk-down trunk=a status=503\n");
	assert_string_equal(wrote(sf_log(SF_LOG_ERROR, "end", "%s", "")),
			    "<3>end\n");
	assert_string_equal(wrote(sf_log(SF_LOG_ERROR, "x", "a=%s", "1\n<3>y\x1b[2J\xff")),
			    "<3>x a=1\\x0a<3>y\\x1b[2J\\xff\n");
}

static void levels(void **state)
{
	(void)state;
	assert_true(sf_log_wants(SF_LOG_NOTICE));
	assert_false(sf_log_wants(SF_LOG_INFO));
	assert_string_equal(wrote(sf_log(SF_LOG_INFO, "x", "a=1")), "");
	sf_log_level(SF_LOG_DEBUG);
	assert_string_equal(wrote(sf_log(SF_LOG_DEBUG, "x", "a=1")), "<7>x a=1\n");
	sf_log_level(SF_LOG_ERROR);
	assert_string_equal(wrote(sf_log(SF_LOG_WARNING, "x", "a=1")), "");
	sf_log_level(SF_LOG_NOTICE);
}

/* Cut at a thousand bytes, its line end included. */
static void long_lines(void **state)
{
	char value[2001];
	const char *line;
	u32 len;

	(void)state;
	memset(value, 'v', sizeof(value));
	for (len = 980; len < sizeof(value); len++) {
		value[len] = '\0';
		line = wrote(sf_log(SF_LOG_ERROR, "x", "a=%s", value));
		if (len + 8 <= 1000) {
			assert_int_equal(strlen(line), len + 8);
		} else {
			assert_true(strlen(line) <= 1000);
			assert_true(strstr(line, "v...\n"));
		}
		value[len] = 'v';
	}
}

static void quoting(void **state)
{
	static const struct {
		const char *text;
		u32 len;
		const char *quoted;
	} rows[] = {
		{ "alice", 5, "alice" },
		{ "sip:a@[2001:db8::1]:5060", 24, "sip:a@[2001:db8::1]:5060" },
		{ "", 0, "\"\"" },
		{ "a b", 3, "\"a b\"" },
		{ "a=b", 3, "\"a=b\"" },
		{ "a\"b\\", 4, "\"a\\\"b\\\\\"" },
		{ "a\0b\n", 4, "\"a\\x00b\\x0a\"" },
		{ "\xc3\xa4", 2, "\"\\xc3\\xa4\"" },
	};
	u32 i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++)
		assert_string_equal(sf_quoted(guard_tail(rows[i].text, rows[i].len),
					      rows[i].len), rows[i].quoted);
}

/* Of any length, whole up to some length; eight live at a time. */
static void quoted_lengths(void **state)
{
	const char *first = sf_quoted("first", 5), *q = NULL;
	char text[600];
	u32 len, i;

	(void)state;
	for (i = 0; i < 7; i++)
		q = sf_quoted("x y", 3);
	assert_string_equal(first, "first");
	assert_string_equal(q, "\"x y\"");
	for (i = 0; i < 2; i++) {
		memset(text, i ? '\n' : 'x', sizeof(text));
		for (len = 1; len <= sizeof(text); len++) {
			q = sf_quoted(text, len);
			assert_true(strlen(q) < 256);
			if (len > 250)
				assert_non_null(strstr(q, "..."));
			if (len < 50)
				assert_null(strstr(q, "..."));
		}
	}
}

static const struct CMUnitTest tests[] = {
	TEST(lines), TEST(levels), TEST(long_lines), TEST(quoting),
	TEST(quoted_lengths),
};

int main(void)
{
	return run(tests, ARRAY_SIZE(tests));
}
