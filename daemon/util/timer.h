/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * timer.h - a hierarchical wheel of timers
 *
 * Setting and stopping one costs the same however many there are: every
 * transaction has two. A wheel belongs to one thread.
 */
#ifndef SIPFAST_UTIL_TIMER_H
#define SIPFAST_UTIL_TIMER_H

#include <sipfast/deps.h>

#define SF_WHEEL_BITS	6
#define SF_WHEEL_SLOTS	64	/* 2^SF_WHEEL_BITS */
#define SF_WHEEL_LEVELS	6	/* 2^36 ms: two years */

/**
 * struct sf_timer - one timer, a part of what it is for
 * @next: in its slot
 * @link: what points at it; NULL while it is not set
 * @at: when it fires, on the wheel's clock
 * @fire: called once, then; it may set the timer again, or free it
 *
 * All zero is a timer that is not set.
 */
struct sf_timer {
	struct sf_timer *next;
	struct sf_timer **link;
	u64 at;
	void (*fire)(struct sf_timer *timer);
};

/**
 * struct sf_wheel - timers of a thread
 * @now: milliseconds, as sf_clock_ms() said when sf_wheel_run() was last called
 * @busy: for each level a bit for each slot that may hold timers
 * @slots: level 0 has a slot per millisecond, each further one 64 times as long
 */
struct sf_wheel {
	u64 now;
	u64 busy[SF_WHEEL_LEVELS];
	struct sf_timer *slots[SF_WHEEL_LEVELS][SF_WHEEL_SLOTS];
};

void sf_wheel_init(struct sf_wheel *wheel, u64 now);

/**
 * sf_timer_set() - let a timer fire so many milliseconds from @wheel->now
 *
 * One that is set already is moved.
 */
void sf_timer_set(struct sf_wheel *wheel, struct sf_timer *timer, u64 ms);

/**
 * sf_timer_stop() - it will not fire; nothing happens if it was not set
 */
void sf_timer_stop(struct sf_timer *timer);

static inline bool sf_timer_is_set(const struct sf_timer *timer)
{
	return timer->link;
}

/**
 * sf_wheel_run() - move the clock, and fire what is due, earliest first
 *
 * Timers of the same millisecond fire in any order.
 */
void sf_wheel_run(struct sf_wheel *wheel, u64 now);

/**
 * sf_wheel_wait() - how long nothing is due
 *
 * Return: milliseconds from @wheel->now, never too many; -1 for ever.
 */
int sf_wheel_wait(const struct sf_wheel *wheel);

#endif /* SIPFAST_UTIL_TIMER_H */
