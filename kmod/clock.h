/* SPDX-License-Identifier: GPL-2.0 */
/*
 * clock.h - when packets come
 */
#ifndef _SF_CLOCK_H
#define _SF_CLOCK_H

#include <linux/kernel_stat.h>
#include <linux/ktime.h>
#include <linux/percpu.h>
#include <linux/preempt.h>

/**
 * struct sf_clock - when a CPU has looked at the clock last
 * @now: ktime_get_boottime_ns() then
 * @run: which run of the softirq that was in
 * @left: packets for which it is still true
 */
struct sf_clock {
	u64 now;
	unsigned int run;
	unsigned int left;
};

/* Packets of a run after which the clock is looked at again. */
#define SF_CLOCK_PACKETS 32

DECLARE_PER_CPU(struct sf_clock, sf_clock);

/**
 * sf_clock_softirq() - when a packet came
 *
 * Reading the clock costs as much as rewriting a packet. Those that one run of the
 * softirq has from the device were there when it began, so they have come at the
 * same time as far as anybody can tell. Elsewhere (threads of NAPI, local packets)
 * there is no such run, and the clock is read.
 *
 * Bottom halves off.
 *
 * Return: ktime_get_boottime_ns(), of a bit earlier perhaps.
 */
static inline u64 sf_clock_softirq(void)
{
	struct sf_clock *clock = this_cpu_ptr(&sf_clock);
	unsigned int run = kstat_this_cpu->softirqs[NET_RX_SOFTIRQ];

	if (clock->run == run && clock->left && in_serving_softirq()) {
		clock->left--;
		return clock->now;
	}
	clock->now = ktime_get_boottime_ns();
	clock->run = run;
	clock->left = SF_CLOCK_PACKETS;

	return clock->now;
}

#endif /* _SF_CLOCK_H */
