/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * clock.h - what time it is
 *
 * Scenario tests link a clock of their own (tests/scenario/clock.c), which
 * stands until the script moves it.
 */
#ifndef SIPFAST_UTIL_CLOCK_H
#define SIPFAST_UTIL_CLOCK_H

#include <sipfast/deps.h>

/**
 * sf_clock_ms() - milliseconds since some point in the past; never goes back
 */
u64 sf_clock_ms(void);

/**
 * sf_clock_wall() - seconds since 1970, as the administrator's clock says
 *
 * For what outlives the process, and for people. It may jump.
 */
u64 sf_clock_wall(void);

#endif /* SIPFAST_UTIL_CLOCK_H */
