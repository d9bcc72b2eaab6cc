/* SPDX-License-Identifier: GPL-2.0 */
/*
 * suites.h - the KUnit suites, one for each noun
 */
#ifndef _SF_TEST_SUITES_H
#define _SF_TEST_SUITES_H

#include <kunit/test.h>

extern struct kunit_suite sf_suite_call;
extern struct kunit_suite sf_suite_config;
extern struct kunit_suite sf_suite_nat;
extern struct kunit_suite sf_suite_offer;
extern struct kunit_suite sf_suite_opened;
extern struct kunit_suite sf_suite_pinhole;
extern struct kunit_suite sf_suite_port;
extern struct kunit_suite sf_suite_register;
extern struct kunit_suite sf_suite_seqmap;
extern struct kunit_suite sf_suite_splice;
extern struct kunit_suite sf_suite_stream;
extern struct kunit_suite sf_suite_timer;
extern struct kunit_suite sf_suite_vector;

#endif /* _SF_TEST_SUITES_H */
