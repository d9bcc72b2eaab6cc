// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * clock.c - a clock that stands until the script moves it
 */
#include "../../daemon/util/clock.h"

#include "world.h"

#define START		1000000
#define START_WALL	1780000000

static u64 passed;

void clock_reset(void)
{
	passed = 0;
}

void clock_pass(u64 ms)
{
	passed += ms;
}

u64 sf_clock_ms(void)
{
	return START + passed;
}

u64 sf_clock_wall(void)
{
	return START_WALL + passed / 1000;
}
