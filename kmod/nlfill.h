/* SPDX-License-Identifier: GPL-2.0 */
/*
 * nlfill.h - write our objects as netlink attributes
 */
#ifndef _SF_NLFILL_H
#define _SF_NLFILL_H

#include <linux/skbuff.h>
#include <net/netlink.h>

struct sf_net;

/* The object is not to be shown. */
#define SF_FILL_SKIP 1

/*
 * Add an object to a message. Return: 0, SF_FILL_SKIP, or -EMSGSIZE with
 * nothing added.
 */
typedef int (*sf_fill_fn)(struct sk_buff *skb, const void *obj);

/* struct sf_config; struct sf_call, struct sf_reg: the namespace locked. */
int sf_fill_config(struct sk_buff *skb, const void *config);
int sf_fill_call(struct sk_buff *skb, const void *call);
int sf_fill_stream(struct sk_buff *skb, const void *stream);
int sf_fill_reg(struct sk_buff *skb, const void *reg);

/* Tables come before counters. */
#define SF_FILL_TABLES 5

/**
 * struct sf_fill_stat - one row of the statistics
 * @sn: the namespace
 * @index: below SF_FILL_TABLES a table, above it enum sf_counter
 */
struct sf_fill_stat {
	struct sf_net *sn;
	unsigned int index;
};

int sf_fill_stat(struct sk_buff *skb, const void *stat);

#endif /* _SF_NLFILL_H */
