// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * clock.c - the system's clock, which tests can put forward
 */
#include <time.h>

#include "world.h"

static u64 ahead;

void clock_skip(u64 ms)
{
	ahead += ms;
}

u64 sf_clock_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (u64)now.tv_sec * 1000 + (u64)now.tv_nsec / 1000000 + ahead;
}

u64 sf_clock_wall(void)
{
	return (u64)time(NULL) + ahead / 1000;
}
