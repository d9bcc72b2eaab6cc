// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * order.c - events of several sources in the order in which they happened
 */
#include "mem.h"
#include "order.h"

#define HOLD_MS	100	/* longer than a busy daemon takes to pass one on */

void sf_order_begin(struct sf_order *order, struct sf_cli *cli)
{
	order->out = cli->out;
	cli->out = sf_mem_check(open_memstream(&order->text, &order->len));
}

static bool is_older(const struct timespec *a, const struct timespec *b)
{
	if (a->tv_sec != b->tv_sec)
		return a->tv_sec < b->tv_sec;
	return a->tv_nsec < b->tv_nsec;
}

void sf_order_end(struct sf_order *order, struct sf_cli *cli,
		  const struct timespec *when, int64_t now)
{
	struct sf_held *held = sf_mem_check(calloc(1, sizeof(*held)));
	struct sf_held **at = &order->first;

	fclose(cli->out);
	cli->out = order->out;
	held->when = *when;
	held->due = now + HOLD_MS;
	held->text = order->text;
	held->len = order->len;
	while (*at && !is_older(when, &(*at)->when))
		at = &(*at)->next;
	held->next = *at;
	*at = held;
}

void sf_order_flush(struct sf_order *order, struct sf_cli *cli, int64_t now)
{
	struct sf_held *held;

	while ((held = order->first) && held->due <= now) {
		order->first = held->next;
		fwrite(held->text, 1, held->len, cli->out);
		free(held->text);
		free(held);
	}
	fflush(cli->out);
}

int sf_order_wait(const struct sf_order *order, int64_t now)
{
	if (!order->first)
		return -1;
	return order->first->due > now ? (int)(order->first->due - now) : 0;
}
