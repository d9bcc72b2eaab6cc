// SPDX-License-Identifier: GPL-2.0
/*
 * guard.c - bytes in front of memory that nobody may read
 */
#include <kunit/test.h>
#include <linux/mm.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include <sipfast/msg.h>

#include "guard.h"

#define SF_GUARD_SIZE PAGE_ALIGN(SF_MSG_MAX)

/* Suites run one after the other. */
static char *sf_guard_area;

int sf_guard_init(struct kunit_suite *suite)
{
	sf_guard_area = vmalloc(SF_GUARD_SIZE);

	return sf_guard_area ? 0 : -ENOMEM;
}

void sf_guard_exit(struct kunit_suite *suite)
{
	vfree(sf_guard_area);
}

const char *sf_guard(const void *bytes, u32 len)
{
	return memcpy(sf_guard_area + SF_GUARD_SIZE - len, bytes, len);
}
