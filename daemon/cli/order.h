/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * order.h - events of several sources in the order in which they happened
 *
 * Each source is in order; they come by ways of different length. So an event
 * is held back for a moment, and whatever is older overtakes it.
 */
#ifndef SIPFAST_CLI_ORDER_H
#define SIPFAST_CLI_ORDER_H

#include <stddef.h>
#include <stdio.h>

#include "cli.h"

/**
 * struct sf_held - an event that is held back, printed already
 * @next: the next younger one
 * @when: when it happened
 * @due: when it may go, in milliseconds of CLOCK_MONOTONIC
 * @text: its text, @len bytes
 */
struct sf_held {
	struct sf_held *next;
	struct timespec when;
	int64_t due;
	char *text;
	size_t len;
};

/**
 * struct sf_order - all that are held back; zero it before use
 * @first: the oldest
 * @out: where they go, while one is being printed
 * @text: which is printed to here, @len bytes
 */
struct sf_order {
	struct sf_held *first;
	FILE *out;
	char *text;
	size_t len;
};

/* What is printed from now on is an event … */
void sf_order_begin(struct sf_order *order, struct sf_cli *cli);

/* … that happened then, and comes at @now. */
void sf_order_end(struct sf_order *order, struct sf_cli *cli,
		  const struct timespec *when, int64_t now);

/**
 * sf_order_flush() - print what is due
 * @now: in milliseconds of CLOCK_MONOTONIC; INT64_MAX: everything
 */
void sf_order_flush(struct sf_order *order, struct sf_cli *cli, int64_t now);

/* Milliseconds until the first is due; -1: there is none. */
int sf_order_wait(const struct sf_order *order, int64_t now);

#endif /* SIPFAST_CLI_ORDER_H */
