/* SPDX-License-Identifier: GPL-2.0 */
/*
 * end.h - transport addresses, in the kernel's form and in the core's
 */
#ifndef _SF_END_H
#define _SF_END_H

#include <linux/netfilter.h>
#include <linux/string.h>
#include <net/netfilter/nf_conntrack_tuple.h>
#include <sipfast/span.h>

/**
 * struct sf_end - an address and a port
 * @addr: the address; bytes that its family does not use are zero
 * @port: the port
 * @zero: padding; ends are hashed and compared as bytes
 */
struct sf_end {
	union nf_inet_addr addr;
	__be16 port;
	u16 zero;
};

/**
 * struct sf_leg - the two ends of a flow and how each looks to the other
 * @real: the two endpoints as they know themselves
 * @face: each endpoint as the other one sees it; equal to @real where
 *	nothing is translated
 *
 * Sides are numbered 0 and 1 by whoever fills it in.
 */
struct sf_leg {
	struct sf_end real[2];
	struct sf_end face[2];
};

static inline bool sf_addr_equal(const union nf_inet_addr *a,
				 const union nf_inet_addr *b)
{
	return nf_inet_addr_cmp(a, b);
}

static inline bool sf_end_equal(const struct sf_end *a, const struct sf_end *b)
{
	return a->port == b->port && sf_addr_equal(&a->addr, &b->addr);
}

static inline bool sf_addr_any(const union nf_inet_addr *addr)
{
	return !(addr->all[0] | addr->all[1] | addr->all[2] | addr->all[3]);
}

/* Is a side of the leg translated? */
static inline bool sf_leg_mapped(const struct sf_leg *leg, int side)
{
	return !sf_end_equal(&leg->real[side], &leg->face[side]);
}

/* The end of a tuple that sends, and the one that it sends to. */
static inline struct sf_end sf_end_src(const struct nf_conntrack_tuple *t)
{
	return (struct sf_end){ .addr = t->src.u3, .port = t->src.u.all };
}

static inline struct sf_end sf_end_dst(const struct nf_conntrack_tuple *t)
{
	return (struct sf_end){ .addr = t->dst.u3, .port = t->dst.u.all };
}

/**
 * sf_addr_from_ip() - take an address of the core
 * @l3num: NFPROTO_IPV4 or NFPROTO_IPV6
 *
 * Return: false when it is of another family.
 */
static inline bool sf_addr_from_ip(union nf_inet_addr *addr,
				   const struct sf_ip *ip, u8 l3num)
{
	if (ip->family != (l3num == NFPROTO_IPV4 ? 4 : 6))
		return false;

	memset(addr, 0, sizeof(*addr));
	if (l3num == NFPROTO_IPV4)
		memcpy(&addr->ip, ip->v4, sizeof(ip->v4));
	else
		memcpy(&addr->in6, ip->v6, sizeof(ip->v6));

	return true;
}

static inline struct sf_ip sf_addr_to_ip(const union nf_inet_addr *addr,
					 u8 l3num)
{
	struct sf_ip ip = { .family = l3num == NFPROTO_IPV4 ? 4 : 6 };

	if (l3num == NFPROTO_IPV4)
		memcpy(ip.v4, &addr->ip, sizeof(ip.v4));
	else
		memcpy(ip.v6, &addr->in6, sizeof(ip.v6));

	return ip;
}

#endif /* _SF_END_H */
