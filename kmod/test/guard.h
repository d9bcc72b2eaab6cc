/* SPDX-License-Identifier: GPL-2.0 */
/*
 * guard.h - bytes in front of memory that nobody may read
 *
 * vmalloc leaves a hole behind each area. A reader that goes one byte too far
 * falls into it, and is named by KASAN on the debug kernel. (User Mode Linux
 * takes the fault again and again, so there the run ends by its timeout.)
 */
#ifndef _SF_TEST_GUARD_H
#define _SF_TEST_GUARD_H

#include <linux/types.h>

struct kunit_suite;

/* Set as suite_init and suite_exit of a suite that uses the function below. */
int sf_guard_init(struct kunit_suite *suite);
void sf_guard_exit(struct kunit_suite *suite);

/**
 * sf_guard() - copy bytes to where the hole follows them
 * @len: at most SF_MSG_MAX
 *
 * Return: the copy, valid until the next call.
 */
const char *sf_guard(const void *bytes, u32 len);

#endif /* _SF_TEST_GUARD_H */
