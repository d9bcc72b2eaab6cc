/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * test.h - what the unit tests of the core share
 *
 * Each program has one file of tests, named after the noun it tests. Inputs go
 * through the guard functions: the bytes lie against a page that cannot be
 * read, so one step too far is a crash.
 */
#ifndef SIPFAST_UNIT_TEST_H
#define SIPFAST_UNIT_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <sipfast/reason.h>
#include <sipfast/span.h>

#define TEST(name) { #name, name, NULL, NULL, NULL }

/**
 * run() - run tests, and print a line "PASS SUITE/FILE/TEST" or FAIL for each
 *
 * SUITE is "unit", or what UNIT_SUITE in the environment says.
 *
 * Return: the exit status.
 */
int run(const struct CMUnitTest *tests, size_t count);

/* The most bytes that a guard function takes. */
#define GUARD_MAX (80 * 1024)

/**
 * guard_tail() - copy bytes to where a guard page follows them
 * guard_head() - copy bytes to where a guard page precedes them
 *
 * Return: the copy, valid until the next call of either.
 */
const char *guard_tail(const void *bytes, u32 len);
const char *guard_head(const void *bytes, u32 len);

/**
 * row() - say which row of a table is under test
 *
 * The last one is printed when the test fails.
 */
void row(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* A pseudo random number: the same sequence in every run. */
u32 random_u32(void);

/* The span of a whole buffer. */
static inline struct sf_span whole(u32 len)
{
	return sf_span(0, len);
}

/* Is the span @want, a string? NULL stands for an empty span. */
void assert_text(const char *buf, struct sf_span s, const char *want);

void assert_reason(enum sf_reason got, enum sf_reason want);

#endif /* SIPFAST_UNIT_TEST_H */
