/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * follow.h - events of kernel and daemon, as they come
 */
#ifndef SIPFAST_CLI_FOLLOW_H
#define SIPFAST_CLI_FOLLOW_H

#include "../sys/ask.h"
#include "event.h"
#include "order.h"

/* Where from: SF_KERNEL_* bits, and beside those the daemon. */
#define SF_MONITOR_KERNEL	(SF_KERNEL_CALLS | SF_KERNEL_MEDIA | SF_KERNEL_SIP)
#define SF_MONITOR_SERVED	0x100U

/**
 * struct sf_monitor - a run of the command
 * @kernel: where events come from; NULL: not from there
 * @ask: where the daemon's come from; NULL: not from there
 * @order: events that are held back, if there are both
 * @groups: SF_KERNEL_* bits, and SF_MONITOR_SERVED
 * @diff: show what was edited in messages
 * @decisions: about the message that comes next
 * @memory: calls and streams as they were last
 * @away: the daemon went away, and is looked for
 * @again: when next, on CLOCK_MONOTONIC, in milliseconds
 * @limited: end after @left events
 * @timed: end at @deadline
 * @deadline: on CLOCK_MONOTONIC, in milliseconds
 * @signals: is readable when the user wants to end it
 */
struct sf_monitor {
	struct sf_cli *cli;
	struct sf_kernel *kernel;
	struct sf_ask *ask;
	struct sf_order order;
	unsigned int groups;
	bool diff;
	struct sf_snapshot decisions;
	struct sf_memory memory;
	bool away;
	int64_t again;
	bool limited;
	unsigned long left;
	bool timed;
	int64_t deadline;
	int signals;
};

/* Milliseconds of CLOCK_MONOTONIC. */
int64_t sf_monitor_now(void);

/**
 * sf_monitor_run() - print events until it is over
 * @monitor: what was asked for is set; the rest is zero
 *
 * Return: the exit code.
 */
int sf_monitor_run(struct sf_monitor *monitor);

#endif /* SIPFAST_CLI_FOLLOW_H */
