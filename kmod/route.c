// SPDX-License-Identifier: GPL-2.0
/*
 * route.c - the route and the neighbour that a path leaves by
 */
#include <linux/netdevice.h>
#include <linux/netfilter_bridge.h>
#include <net/dsfield.h>
#include <net/ip.h>
#include <net/ip6_route.h>
#include <net/ndisc.h>
#include <net/route.h>

#include "route.h"

static bool sf_route_unicast(const struct sf_path *path,
			     const struct dst_entry *dst)
{
	const struct rtable *rt = (const struct rtable *)dst;
	const struct rt6_info *rt6 = (const struct rt6_info *)dst;

	if (path->l3num == NFPROTO_IPV4)
		return rt->rt_type == RTN_UNICAST &&
		       !(rt->rt_flags & (RTCF_LOCAL | RTCF_BROADCAST |
					 RTCF_MULTICAST));

	return !(rt6->rt6i_flags & (RTF_LOCAL | RTF_ANYCAST | RTF_REJECT));
}

/* A device whose packets are those of a VRF, or that leads back to us. */
static bool sf_route_odd(const struct net_device *dev)
{
	return !dev || dev->flags & IFF_LOOPBACK || netif_is_l3_slave(dev) ||
	       netif_is_l3_master(dev);
}

/* Is that all that becomes of the packet: a route, and a device? */
static bool sf_route_plain(const struct sf_path *path, struct sk_buff *skb)
{
	const struct dst_entry *dst = skb_dst(skb);
	const struct net_device *in;

	if (!dst || dst->dev != skb->dev || dst->lwtstate ||
	    nf_bridge_info_exists(skb) || !sf_route_unicast(path, dst))
		return false;
#ifdef CONFIG_XFRM
	if (dst->xfrm || skb_sec_path(skb))
		return false;
#endif
	in = dev_get_by_index_rcu(dev_net(dst->dev), path->ifindex);

	return !sf_route_odd(in) && !sf_route_odd(dst->dev);
}

static struct neighbour *sf_route_neigh(struct sf_path *path,
					struct sk_buff *skb)
{
	struct dst_entry *dst = skb_dst(skb);

	if (path->l3num == NFPROTO_IPV4)
		return ip_neigh_for_gw((struct rtable *)dst, skb,
				       &path->skip_hh);

	return ip_neigh_gw6(dst->dev, rt6_nexthop((struct rt6_info *)dst,
						  &ipv6_hdr(skb)->daddr));
}

static void sf_route_ip4(struct sf_path *path, const struct sk_buff *skb)
{
	const struct rtable *rt = (const struct rtable *)path->dst;

	path->cookie = rt->rt_genid;
	path->mtu = ip_dst_mtu_maybe_forward(path->dst, true);
	path->tos = ipv4_get_dsfield(ip_hdr(skb)) & ~INET_ECN_MASK;
}

static void sf_route_ip6(struct sf_path *path, const struct sk_buff *skb)
{
	const struct rt6_info *rt = (const struct rt6_info *)path->dst;
	unsigned int mtu = ip6_dst_mtu_maybe_forward(path->dst, true);

	path->cookie = rt6_get_cookie(rt);
	path->mtu = min_t(unsigned int, mtu, U16_MAX);
	path->tos = ipv6_get_dsfield(ipv6_hdr(skb)) & ~INET_ECN_MASK;
}

enum sf_counter sf_route_take(struct sf_path *path, struct sk_buff *skb)
{
	struct dst_entry *dst = skb_dst(skb);
	struct neighbour *neigh;

	if (!sf_route_plain(path, skb))
		return SF_CNT_FAST_ROUTE;

	neigh = sf_route_neigh(path, skb);
	if (IS_ERR(neigh) || !refcount_inc_not_zero(&neigh->refcnt))
		return SF_CNT_FAST_ROUTE;

	if (!dst_hold_safe(dst)) {
		neigh_release(neigh);
		return SF_CNT_FAST_ROUTE;
	}

	path->neigh = neigh;
	path->dst = dst;
	path->headroom = LL_RESERVED_SPACE(dst->dev);
	if (path->l3num == NFPROTO_IPV4)
		sf_route_ip4(path, skb);
	else
		sf_route_ip6(path, skb);

	return SF_CNT_FAST_PROMOTED;
}
