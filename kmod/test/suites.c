// SPDX-License-Identifier: GPL-2.0
/*
 * suites.c - run the KUnit suites when asked to
 *
 * KUnit would run them as the module is loaded, but kernels disagree whether
 * that is before or after its init function, and most of them need the module
 * at work. So they run when anything is written to the parameter "kunit", in
 * the network namespace of the writer.
 */
#include <linux/module.h>
#include <linux/moduleparam.h>

#include "suites.h"

static struct kunit_suite *sf_suites[] = {
	&sf_suite_vector,
	&sf_suite_port,
	&sf_suite_timer,
	&sf_suite_splice,
	&sf_suite_nat,
	&sf_suite_call,
	&sf_suite_offer,
	&sf_suite_opened,
	&sf_suite_pinhole,
	&sf_suite_stream,
	&sf_suite_register,
	&sf_suite_seqmap,
	&sf_suite_config,
};

static int sf_suites_run(const char *val, const struct kernel_param *param)
{
	int err;

	/* On the command line it would be too early. */
	if (THIS_MODULE->state != MODULE_STATE_LIVE)
		return -EBUSY;

	err = __kunit_test_suites_init(sf_suites, ARRAY_SIZE(sf_suites));
	if (!err)
		__kunit_test_suites_exit(sf_suites, ARRAY_SIZE(sf_suites));

	return err;
}

static const struct kernel_param_ops sf_suites_ops = {
	.set = sf_suites_run,
};

module_param_cb(kunit, &sf_suites_ops, NULL, 0200);
MODULE_PARM_DESC(kunit, "write anything to run the KUnit suites");
