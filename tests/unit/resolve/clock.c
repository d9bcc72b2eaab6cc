// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * clock.c - the system's clock, which tests can put forward
 *
 * In place of the C library's, so that c-ares goes by it, too.
 */
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "world.h"

static u64 ahead;

void clock_skip(u64 ms)
{
	ahead += ms;
}

int clock_gettime(clockid_t id, struct timespec *now)
{
	int err = (int)syscall(SYS_clock_gettime, id, now);

	if (id != CLOCK_MONOTONIC || err)
		return err;
	now->tv_sec += (time_t)(ahead / 1000);
	now->tv_nsec += (long)(ahead % 1000) * 1000000;
	if (now->tv_nsec >= 1000000000) {
		now->tv_sec++;
		now->tv_nsec -= 1000000000;
	}
	return 0;
}
