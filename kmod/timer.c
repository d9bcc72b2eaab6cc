// SPDX-License-Identifier: GPL-2.0
/*
 * timer.c - deadlines of calls and registrations
 */
#include <linux/ktime.h>

#include "pernet.h"
#include "timer.h"

/* Deadlines served before the lock is let go for others. */
#define SF_TIMER_BATCH 64

/* Wake at the earliest deadline: never before it, so as not to come in vain. */
static void sf_timers_arm(struct sf_net *sn)
{
	struct timerqueue_node *next = timerqueue_getnext(&sn->timers.queue);
	unsigned long delay = 0;
	ktime_t now;

	if (!next)
		return;

	now = ktime_get_boottime();
	if (ktime_after(next->expires, now))
		delay = msecs_to_jiffies(ktime_ms_delta(next->expires, now)) + 1;
	mod_delayed_work(system_wq, &sn->timers.work, delay);
}

/* True: it is the earliest one. */
static bool sf_timer_queue(struct sf_net *sn, struct sf_timer *timer)
{
	timer->node.expires = timer->due;

	return timerqueue_add(&sn->timers.queue, &timer->node);
}

static void sf_timers_work(struct work_struct *work)
{
	struct sf_net *sn = container_of(to_delayed_work(work), struct sf_net,
					 timers.work);
	struct timerqueue_node *node;
	struct sf_timer *timer;
	int batch;

	spin_lock_bh(&sn->lock);
	for (batch = 0; batch < SF_TIMER_BATCH; batch++) {
		node = timerqueue_getnext(&sn->timers.queue);
		if (!node || ktime_after(node->expires, ktime_get_boottime()))
			break;

		timer = container_of(node, struct sf_timer, node);
		sf_timer_del(sn, timer);
		if (ktime_after(timer->due, ktime_get_boottime()))
			sf_timer_queue(sn, timer);
		else
			timer->fn(timer);
	}
	sf_timers_arm(sn);
	spin_unlock_bh(&sn->lock);
}

void sf_timers_init(struct sf_net *sn)
{
	timerqueue_init_head(&sn->timers.queue);
	INIT_DELAYED_WORK(&sn->timers.work, sf_timers_work);
}

void sf_timers_exit(struct sf_net *sn)
{
	cancel_delayed_work_sync(&sn->timers.work);
}

void sf_timer_set(struct sf_net *sn, struct sf_timer *timer, u64 ms)
{
	lockdep_assert_held(&sn->lock);

	timer->due = ktime_add_ms(ktime_get_boottime(), ms);
	if (timerqueue_node_queued(&timer->node) &&
	    !ktime_before(timer->due, timer->node.expires))
		return;

	sf_timer_del(sn, timer);
	if (sf_timer_queue(sn, timer))
		sf_timers_arm(sn);
}

void sf_timer_del(struct sf_net *sn, struct sf_timer *timer)
{
	lockdep_assert_held(&sn->lock);

	if (!timerqueue_node_queued(&timer->node))
		return;

	timerqueue_del(&sn->timers.queue, &timer->node);
	timerqueue_init(&timer->node);
}

u64 sf_timer_left(const struct sf_timer *timer)
{
	s64 ms;

	if (!timerqueue_node_queued((struct timerqueue_node *)&timer->node))
		return 0;

	ms = ktime_ms_delta(timer->due, ktime_get_boottime());

	return ms > 0 ? ms : 0;
}
