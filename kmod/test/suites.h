/* SPDX-License-Identifier: GPL-2.0 */
/*
 * suites.h - the KUnit suites, one for each noun
 */
#ifndef _SF_TEST_SUITES_H
#define _SF_TEST_SUITES_H

#include <kunit/test.h>

extern struct kunit_suite sf_suite_vector;
extern struct kunit_suite sf_suite_nat;
extern struct kunit_suite sf_suite_splice;

#endif /* _SF_TEST_SUITES_H */
