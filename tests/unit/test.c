// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * test.c - guard pages, and a verdict line for each test
 *
 * cmocka runs the tests one at a time with its own report put aside: standard
 * output carries "PASS unit/FILE/TEST" lines and nothing else, what explains a
 * failure goes to standard error.
 */
#define _GNU_SOURCE
#include "test.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define PAGE 4096

static char row_text[256];

void row(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(row_text, sizeof(row_text), format, args);
	va_end(args);
}

/* GUARD_MAX bytes between two pages that cannot be read. */
static char *guarded(void)
{
	static char *room;
	char *map;

	if (room)
		return room;
	map = mmap(NULL, GUARD_MAX + 2 * PAGE, PROT_NONE,
		   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (map == MAP_FAILED ||
	    mprotect(map + PAGE, GUARD_MAX, PROT_READ | PROT_WRITE)) {
		perror("guard pages");
		exit(2);
	}
	room = map + PAGE;
	return room;
}

const char *guard_tail(const void *bytes, u32 len)
{
	char *copy = guarded() + GUARD_MAX - len;

	memcpy(copy, bytes, len);
	return copy;
}

const char *guard_head(const void *bytes, u32 len)
{
	return memcpy(guarded(), bytes, len);
}

u32 random_u32(void)
{
	static u64 state = 0x9e3779b97f4a7c15ull;

	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (u32)(state >> 32);
}

void assert_text(const char *buf, struct sf_span s, const char *want)
{
	u32 len = want ? (u32)strlen(want) : 0;

	if (sf_span_eq(buf, s, want ? want : "", len))
		return;
	fail_msg("got \"%.*s\" (%u+%u), want \"%s\"", (int)s.len, buf + s.off,
		 s.off, s.len, want ? want : "");
}

void assert_reason(enum sf_reason got, enum sf_reason want)
{
	if (got != want)
		fail_msg("got %s, want %s", sf_reason_name(got),
			 sf_reason_name(want));
}

/* What cmocka said about a failure, indented: its own verdicts are no lines. */
static void explain(int report)
{
	FILE *in = fdopen(dup(report), "r");
	char line[1024];

	rewind(in);
	while (fgets(line, sizeof(line), in))
		fprintf(stderr, "    %s", line);
	fclose(in);
	if (row_text[0])
		fprintf(stderr, "    in row: %s\n", row_text);
}

/* Run one test, with standard output put aside for cmocka's report. */
static bool passes(const struct CMUnitTest *test)
{
	int report = memfd_create("report", MFD_CLOEXEC);
	int out = dup(STDOUT_FILENO), failed;

	row_text[0] = '\0';
	dup2(report, STDOUT_FILENO);
	failed = _cmocka_run_group_tests(test->name, test, 1, NULL, NULL);
	fflush(stdout);
	dup2(out, STDOUT_FILENO);
	close(out);
	if (failed)
		explain(report);
	close(report);
	return !failed;
}

int run(const struct CMUnitTest *tests, size_t count)
{
	const char *suite = getenv("UNIT_SUITE");
	int status = 0;
	size_t i;

	setenv("CMOCKA_MESSAGE_OUTPUT", "TAP", 1);
	for (i = 0; i < count; i++) {
		bool ok = passes(&tests[i]);

		printf("%s %s/%s/%s\n", ok ? "PASS" : "FAIL",
		       suite ? suite : "unit", program_invocation_short_name,
		       tests[i].name);
		fflush(stdout);
		if (!ok)
			status = 1;
	}
	return status;
}
