// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * clock.c - what time it is
 */
#include <time.h>

#include "clock.h"

u64 sf_clock_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (u64)now.tv_sec * 1000 + (u64)now.tv_nsec / 1000000;
}

u64 sf_clock_wall(void)
{
	struct timespec now;

	/* Seconds: the time of the last tick will do, and costs less to ask for. */
	clock_gettime(CLOCK_REALTIME_COARSE, &now);
	return (u64)now.tv_sec;
}
