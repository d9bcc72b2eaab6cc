/* SPDX-License-Identifier: GPL-2.0 */
/*
 * timer.h - deadlines of calls and registrations
 *
 * One queue and one delayed work per namespace, so that an object needs no
 * timer of its own to be shut down, and so that a callback runs with the
 * namespace locked, like everything else that changes the tables.
 */
#ifndef _SF_TIMER_H
#define _SF_TIMER_H

#include <linux/timerqueue.h>
#include <linux/workqueue.h>

struct sf_timer;

/* Called with the namespace locked and the timer no longer queued. */
typedef void (*sf_timer_fn)(struct sf_timer *timer);

/**
 * struct sf_timer - a deadline, embedded in its object
 * @node: place in the queue; protected by sf_net.lock, as is @due
 * @due: the deadline. Most are put off time and again before they are reached:
 *	then @node stays where it is and is looked at once in vain.
 * @fn: what happens then
 */
struct sf_timer {
	struct timerqueue_node node;
	ktime_t due;
	sf_timer_fn fn;
};

/**
 * struct sf_timers - the deadlines of a namespace
 * @queue: ordered by time; protected by sf_net.lock
 * @work: runs at the earliest one
 */
struct sf_timers {
	struct timerqueue_head queue;
	struct delayed_work work;
};

struct sf_net;

void sf_timers_init(struct sf_net *sn);

/* Stop for good. Sleeps; the namespace is not locked. */
void sf_timers_exit(struct sf_net *sn);

static inline void sf_timer_init(struct sf_timer *timer, sf_timer_fn fn)
{
	timerqueue_init(&timer->node);
	timer->fn = fn;
}

/**
 * sf_timer_set() - run the timer's function in @ms milliseconds
 *
 * The namespace is locked. A deadline set before is replaced.
 */
void sf_timer_set(struct sf_net *sn, struct sf_timer *timer, u64 ms);

/* Forget the deadline. The namespace is locked. */
void sf_timer_del(struct sf_net *sn, struct sf_timer *timer);

/* Milliseconds until the deadline; 0 when it is due or not set. */
u64 sf_timer_left(const struct sf_timer *timer);

#endif /* _SF_TIMER_H */
