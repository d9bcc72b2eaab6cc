// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * reply.c - what is in a response that is made here
 */
#include "test.h"

#include <stdlib.h>
#include <string.h>

#include "../../../daemon/sip/reply.h"
#include "fake.h"

/* Who is told to come again is not told the same as all others are. */
static void retry_after(void **state)
{
	bool said[64] = { false };
	u32 i, kinds = 0;

	(void)state;
	for (i = 0; i < 2000; i++) {
		char text[40];
		struct sf_out out = sf_out(text, sizeof(text) - 1);
		long seconds;
		char *end;

		sf_put_retry_after(&out);
		assert_false(out.full);
		text[out.len] = '\0';
		assert_true(!strncmp(text, "Retry-After: ", 13));
		seconds = strtol(text + 13, &end, 10);
		assert_string_equal(end, "\r\n");
		assert_in_range(seconds, 5, 29);
		kinds += !said[seconds];
		said[seconds] = true;
	}
	assert_int_equal(kinds, 25);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(retry_after),
	};

	return run(tests, ARRAY_SIZE(tests));
}
