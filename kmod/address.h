/* SPDX-License-Identifier: GPL-2.0 */
/*
 * address.h - addresses that the router loses
 *
 * A provider that gives a line another address takes the old one away. What
 * was translated to it can be reached no more: calls, registrations and their
 * connections end, so that the next message of a phone begins anew.
 */
#ifndef _SF_ADDRESS_H
#define _SF_ADDRESS_H

#include <linux/list.h>
#include <linux/spinlock.h>
#include <linux/workqueue.h>

#include "end.h"

struct sf_net;

/* Objects that are looked at before the namespace is let go for others. */
#define SF_ADDRESS_BATCH 64

/**
 * struct sf_lost - an address that a device of the namespace had
 * @list: place in sf_addresses.lost
 * @addr: the address
 * @l3num: NFPROTO_IPV4 or NFPROTO_IPV6
 */
struct sf_lost {
	struct list_head list;
	union nf_inet_addr addr;
	u8 l3num;
};

/**
 * struct sf_addresses - lost addresses of a namespace, not yet dealt with
 * @lock: protects @lost and @nlost; taken with bottom halves off, because
 *	IPv6 loses addresses in softirq context, too
 * @lost: struct sf_lost, the oldest first
 * @nlost: how many
 * @work: deals with them
 */
struct sf_addresses {
	spinlock_t lock; /* see above */
	struct list_head lost;
	u32 nlost;
	struct work_struct work;
};

/* Is an end at the lost address? */
static inline bool sf_lost_end(const struct sf_lost *lost,
			       const struct sf_end *end)
{
	return sf_addr_equal(&lost->addr, &end->addr);
}

/* Is one of the two sides, as it knows itself or as it is seen? */
static inline bool sf_lost_leg(const struct sf_lost *lost,
			       const struct sf_leg *leg)
{
	return sf_lost_end(lost, &leg->real[0]) ||
	       sf_lost_end(lost, &leg->real[1]) ||
	       sf_lost_end(lost, &leg->face[0]) ||
	       sf_lost_end(lost, &leg->face[1]);
}

void sf_address_net_init(struct sf_net *sn);

/* Its devices are gone: no more addresses are lost. */
void sf_address_net_exit(struct sf_net *sn);

/* Listen to every namespace. */
int sf_address_init(void);

/* Listen no more. What was heard is still dealt with. */
void sf_address_exit(void);

#endif /* _SF_ADDRESS_H */
