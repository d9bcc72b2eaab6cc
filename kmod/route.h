/* SPDX-License-Identifier: GPL-2.0 */
/*
 * route.h - the route and the neighbour that a path leaves by
 */
#ifndef _SF_ROUTE_H
#define _SF_ROUTE_H

#include <net/dst.h>
#include <net/neighbour.h>
#include <net/net_namespace.h>

#include "path.h"
#include "stats.h"

struct sk_buff;

/**
 * sf_route_take() - keep what a packet leaves by
 * @path: @l3num and @ifindex set; gets @dst, @neigh, @cookie, @skip_hh, @mtu,
 *	@headroom, @tos
 * @skb: the packet, when everybody has seen it
 *
 * Return: SF_CNT_FAST_PROMOTED; or why not, and then nothing is held.
 */
enum sf_counter sf_route_take(struct sf_path *path, struct sk_buff *skb);

/**
 * sf_route_holds() - may packets still leave by it?
 * @net: the namespace
 * @ip6: the path is one of IPv6
 *
 * What ipv4_dst_check() asks, without a call: routes, rules, addresses, MTUs and
 * policies of IPsec that change make all routes old. A neighbour that is dead has
 * been taken out of its table.
 */
static __always_inline bool sf_route_holds(const struct sf_path *path,
					   const struct net *net, bool ip6)
{
	if (unlikely(READ_ONCE(path->neigh->dead)))
		return false;

	if (!ip6)
		return READ_ONCE(path->dst->obsolete) == DST_OBSOLETE_FORCE_CHK &&
		       path->cookie == rt_genid_ipv4(net);

	return dst_check(path->dst, path->cookie);
}

#endif /* _SF_ROUTE_H */
