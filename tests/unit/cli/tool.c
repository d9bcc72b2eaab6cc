// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * tool.c - command lines, exit codes and what is said about errors
 */
#include "test.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "sample.h"

static void setup(void)
{
	unsetenv("NO_COLOR");
	fake_reset();
	sample_objects();
}

static void usage(void **state)
{
	static const struct {
		const char *args, *err;
	} rows[] = {
		{ "foo", "there is no command 'foo': see 'sipfast help'" },
		{ "-x", "option -x is unknown: see 'sipfast help'" },
		{ "--colour",
		  "option --colour is unknown: see 'sipfast help'" },
		{ "--json=1",
		  "option --json=1 takes no value: see 'sipfast help'" },
		{ "--color=red show",
		  "--color is auto, always or never: see 'sipfast help'" },
		{ "show foo",
		  "'show foo' is unknown: see 'sipfast help show'" },
		{ "show calls 7",
		  "'show calls' takes no argument: see 'sipfast help show'" },
		{ "show call",
		  "'show call' takes one ID: see 'sipfast help show'" },
		{ "monitor -n",
		  "option -n needs a value: see 'sipfast help monitor'" },
		{ "monitor -n 0",
		  "--count is a number, not '0': see 'sipfast help monitor'" },
		{ "monitor -n 1x",
		  "--count is a number, not '1x': see 'sipfast help monitor'" },
		{ "monitor -t nan",
		  "--timeout is seconds, not 'nan': see 'sipfast help monitor'" },
		{ "monitor signalling",
		  "there is no group 'signalling': see 'sipfast help monitor'" },
		{ "help foo bar",
		  "help takes one command: see 'sipfast help help'" },
	};
	const struct output *got;
	char want[128];
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		row("%s", rows[i].args);
		setup();
		got = tool(rows[i].args);
		assert_int_equal(got->status, 2);
		snprintf(want, sizeof(want), "sipfast: %s\n", rows[i].err);
		assert_string_equal(got->err, want);
		assert_string_equal(got->out, "");
	}
}

static void help(void **state)
{
	static const char *const rows[] = {
		"-h", "--help", "help", "help show", "help help", "show -h",
		"-V", "show --version", "monitor -n 3 -h", "stats --help",
	};
	const struct output *got;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		row("%s", rows[i]);
		setup();
		got = tool(rows[i]);
		assert_int_equal(got->status, 0);
		assert_string_equal(got->err, "");
		assert_true(strlen(got->out) > 10);
	}
}

/* Each failure is one line that says what to do. */
static void failures(void **state)
{
	static const struct {
		int open_error, error;
		const char *message, *err;
	} rows[] = {
		{ -ENOENT, 0, "",
		  "the kernel module is not loaded: modprobe nf_sipfast" },
		{ 0, -EPERM, "",
		  "not permitted: it takes root, or CAP_NET_ADMIN in this namespace" },
		{ 0, -EOPNOTSUPP, "",
		  "the kernel module is older than the tool" },
		{ 0, -EBADMSG, "",
		  "malformed answer: module and tool do not fit together" },
		{ 0, -EINVAL, "odd \33[31mport",
		  "the kernel refused: odd \\x1b[31mport (Invalid argument)" },
		{ 0, -EIO, "", "Input/output error" },
	};
	static const char *const commands[] = {
		"", "show calls", "show call 7", "stats", "set", "monitor",
		"set call-limit 3", "show config -j",
	};
	const struct output *got;
	char want[128];
	size_t i, j;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows) * ARRAY_SIZE(commands); i++) {
		j = i % ARRAY_SIZE(rows);
		row("%s, %zu", commands[i / ARRAY_SIZE(rows)], j);
		setup();
		fake.open_error = rows[j].open_error;
		fake.error = rows[j].error;
		fake.fault.message = rows[j].message;
		got = tool(commands[i / ARRAY_SIZE(rows)]);
		assert_int_equal(got->status, 1);
		snprintf(want, sizeof(want), "sipfast: %s\n", rows[j].err);
		assert_string_equal(got->err, want);
		assert_string_equal(got->out, "");
	}
}

static void interrupted(void **state)
{
	const struct output *got;

	(void)state;
	setup();
	fake.interrupted = true;
	got = tool("show calls");
	assert_int_equal(got->status, 0);
	assert_non_null(strstr(got->err, "changed meanwhile"));
	assert_non_null(strstr(got->out, "sip:anna@"));
}

static bool colored(const char *args)
{
	setup();
	return strchr(tool(args)->out, '\33');
}

/* The output of these runs is no terminal: automatic is off. */
static void colors(void **state)
{
	(void)state;
	assert_false(colored("show"));
	assert_false(colored("show --color=auto"));
	assert_false(colored("show --color=never"));
	assert_true(colored("show --color=always"));
	assert_true(colored("--color show"));
	assert_false(colored("--color=always -j show"));
}

static const struct CMUnitTest tests[] = {
	TEST(usage),
	TEST(help),
	TEST(failures),
	TEST(interrupted),
	TEST(colors),
};

int main(void)
{
	return run(tests, ARRAY_SIZE(tests));
}
