/* SPDX-License-Identifier: GPL-2.0 */
/*
 * prefix.h - lists of prefixes that the administrator sets
 */
#ifndef _SF_PREFIX_H
#define _SF_PREFIX_H

#include <linux/netfilter.h>
#include <linux/rcupdate.h>
#include <linux/types.h>
#include <uapi/linux/sipfast.h>

struct netlink_ext_ack;
struct nla_policy;
struct nlattr;
struct sk_buff;

/**
 * struct sf_prefix - a prefix
 * @addr: an address in it
 * @l3num: NFPROTO_IPV4 or NFPROTO_IPV6
 * @len: bits that count
 */
struct sf_prefix {
	union nf_inet_addr addr;
	u8 l3num;
	u8 len;
};

/**
 * struct sf_prefixes - a list of them, never changed
 * @rcu: frees it
 * @count: entries in @item
 * @item: the prefixes
 *
 * An empty list is NULL.
 */
struct sf_prefixes {
	struct rcu_head rcu;
	u8 count;
	struct sf_prefix item[];
};

/* Bits of a whole address. */
static inline u8 sf_prefix_full(u8 l3num)
{
	return l3num == NFPROTO_IPV4 ? 32 : 128;
}

/* Do two addresses agree in the first @len bits? */
bool sf_prefix_equal(const union nf_inet_addr *a, const union nf_inet_addr *b,
		     u8 l3num, u8 len);

/* Is an address in one of the prefixes? */
bool sf_prefixes_have(const struct sf_prefixes *list,
		      const union nf_inet_addr *addr, u8 l3num);

/* Of a nest of enum sipfast_prefixes_attr. */
extern const struct nla_policy sf_prefixes_policy[SIPFAST_A_PREFIXES_MAX + 1];

/**
 * sf_prefixes_read() - read a nest that the policy has seen
 * @list: freed with kfree_rcu(), or kfree() if nobody has seen it
 * @nest: the attribute, or NULL: an empty list
 *
 * May sleep.
 *
 * Return: 0; -EINVAL, -E2BIG, explained; -ENOMEM.
 */
int sf_prefixes_read(struct sf_prefixes **list, const struct nlattr *nest,
		     struct netlink_ext_ack *extack);

/* Add a list as such a nest. Return: 0, or -EMSGSIZE with nothing added. */
int sf_prefixes_fill(struct sk_buff *skb, int attr,
		     const struct sf_prefixes *list);

#endif /* _SF_PREFIX_H */
