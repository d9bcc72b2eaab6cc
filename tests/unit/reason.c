// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * reason.c - every reason has a name of its own and a sentence
 */
#include "test.h"

#include <string.h>

static void names(void **state)
{
	u32 i, j;

	(void)state;
	assert_string_equal(sf_reason_name(SF_OK), "ok");
	assert_string_equal(sf_reason_name(SF_LENGTH_CUT), "length-cut");
	for (i = 0; i < SF_REASON_COUNT; i++) {
		row("%u", i);
		assert_true(strlen(sf_reason_name(i)) > 0);
		assert_true(strlen(sf_reason_text(i)) > 0);
		for (j = 0; j < i; j++)
			assert_string_not_equal(sf_reason_name(i),
						sf_reason_name(j));
	}
}

static void outside(void **state)
{
	(void)state;
	assert_string_equal(sf_reason_name(SF_REASON_COUNT), "unknown");
	assert_string_equal(sf_reason_name((enum sf_reason)-1), "unknown");
	assert_string_equal(sf_reason_text(SF_REASON_COUNT), "unknown");
}

static const struct CMUnitTest tests[] = {
	TEST(names),
	TEST(outside),
};

int main(void)
{
	return run(tests, ARRAY_SIZE(tests));
}
