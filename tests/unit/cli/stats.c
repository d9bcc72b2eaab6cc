// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * stats.c - tables and counters
 */
#include "test.h"

#include <jansson.h>
#include <string.h>

#include <linux/sipfast.h>

#include "sample.h"

static const struct output *ask(const char *args)
{
	row("%s", args);
	fake_reset();
	sample_objects();
	return tool(args);
}

static void text(void **state)
{
	(void)state;
	assert_string_equal(ask("stats")->out, golden("stats.dat"));
	assert_string_equal(ask("show stats")->out, golden("stats.dat"));
	assert_string_equal(ask("stats -a")->out, golden("stats-all.dat"));
	assert_string_equal(ask("stats --all")->out, golden("stats-all.dat"));
}

static void some(void **state)
{
	static const char want[] =
		"COUNTER    VALUE  MEANING\n"
		"call-full      0  calls refused because the table was full\n";
	const struct output *got;

	(void)state;
	assert_string_equal(ask("stats call-full")->out, want);
	got = ask("stats sip-seen nonsense");
	assert_int_equal(got->status, 1);
	assert_string_equal(got->err,
			    "sipfast: there is no counter 'nonsense'\n");
	assert_string_equal(got->out, "");
}

static void json(void **state)
{
	json_t *got = json_loads(ask("stats -j")->out, 0, NULL);
	json_t *counter, *table;

	(void)state;
	assert_non_null(got);
	table = json_array_get(json_object_get(got, "tables"), 1);
	assert_string_equal(json_string_value(json_object_get(table, "name")),
			    "pinholes");
	assert_int_equal(json_integer_value(json_object_get(table, "used")), 8);
	assert_int_equal(json_array_size(json_object_get(got, "counters")), 3);
	counter = json_array_get(json_object_get(got, "counters"), 2);
	assert_int_equal(json_integer_value(json_object_get(counter, "value")),
			 0);
	json_decref(got);
}

static void json_some(void **state)
{
	json_t *got = json_loads(ask("stats -j sip-seen")->out, 0, NULL);

	(void)state;
	assert_non_null(got);
	assert_null(json_object_get(got, "tables"));
	assert_int_equal(json_array_size(json_object_get(got, "counters")), 1);
	json_decref(got);
}

/* Neither the name nor the sentence need be there. */
static void bare(void **state)
{
	struct nlmsghdr *nlh;

	(void)state;
	fake_reset();
	nlh = fake_message(SIPFAST_CMD_GET_STATS);
	mnl_attr_put(nlh, SIPFAST_A_COUNTER, 0, NULL);
	mnl_attr_put(nlh, SIPFAST_A_TABLE, 0, NULL);
	assert_non_null(strstr(tool("stats -a")->out, "\n-            0  "));
	assert_non_null(strstr(tool("stats")->out, "All counters are zero."));
	assert_int_equal(tool("stats nonsense")->status, 1);
	assert_int_equal(tool("stats -j")->status, 0);
}

static const struct CMUnitTest tests[] = {
	TEST(text),
	TEST(some),
	TEST(json),
	TEST(json_some),
	TEST(bare),
};

int main(void)
{
	return run(tests, ARRAY_SIZE(tests));
}
