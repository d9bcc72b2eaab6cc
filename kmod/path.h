/* SPDX-License-Identifier: GPL-2.0 */
/*
 * path.h - how the fast path forwards one direction of a media connection
 *
 * A path is made when a packet has passed every hook and every rule, and
 * remembers what it left with. From then on the direction's packets are forwarded
 * where they come in (fastpath.c), until the path is no longer true: its route or
 * neighbour changed, its connection or its stream is gone.
 */
#ifndef _SF_PATH_H
#define _SF_PATH_H

#include <linux/in6.h>
#include <linux/list.h>
#include <linux/netfilter.h>
#include <linux/rculist.h>
#include <linux/spinlock.h>
#include <linux/workqueue.h>
#include <net/ipv6.h>

#include "flow.h"
#include "meter.h"

struct dst_entry;
struct neighbour;
struct net_device;
struct nf_conn;
struct sf_ingress;
struct sf_net;
struct sf_stream;

/* Paths of one stream, its oldest makes room. */
#define SF_STREAM_PATHS 8

/**
 * struct sf_path_ends - addresses and ports of a packet, as they stand in it
 * @sport: source port
 * @dport: destination port
 * @ports: both, as they stand in the packet
 * @ip4: addresses of IPv4
 * @ip6: addresses of IPv6
 */
struct sf_path_ends {
	union {
		struct {
			__be16 sport;
			__be16 dport;
		};
		u32 ports;
	};
	union {
		struct {
			__be32 saddr;
			__be32 daddr;
		} ip4;
		struct {
			struct in6_addr saddr;
			struct in6_addr daddr;
		} ip6;
	};
};

/**
 * struct sf_path_of - a stream that a path counts for
 * @meters: what is counted; of a stream that the path is listed in
 * @list: place in sf_stream.paths; under sf_paths.lock
 * @stream: the stream, or NULL when there is none
 * @side: side of the stream that sends
 * @rtcp: these are its RTCP on a port of its own
 * @second: it is the second of the path's two
 */
struct sf_path_of {
	struct sf_meters *meters;
	struct list_head list;
	struct sf_stream *stream;
	u8 side;
	bool rtcp;
	bool second;
};

/**
 * struct sf_path - one direction of a connection in the fast path
 * @node: place in the table; changed under sf_paths.lock, read under RCU
 * @ifindex: device that the packets come in by
 * @l3num: NFPROTO_IPV4 or NFPROTO_IPV6
 * @dir: direction of @ct
 * @kind: enum sipfast_stream_kind of the packets that it takes
 * @tos: what they leave with in the upper six bits of TOS or traffic class
 * @in: ends of the packets as they come in
 * @mtu: the longest packet that leaves whole
 * @headroom: what the link layer needs in front of a packet
 * @out: ends as they leave
 * @addr_sum: what is added to a checksum over the addresses
 * @port_sum: likewise over the ports
 * @mark: mark of the packets as they leave
 * @priority: likewise
 * @cookie: what @dst was valid for
 * @skip_hh: @neigh is of the other family than the packets
 * @dst: the route; holds a reference
 * @neigh: the next hop; holds a reference
 * @ct: the connection; holds a reference
 * @refreshed: jiffies of the last time that @ct was told of the packets
 * @tally: packets that it has not been told of; under the lock of the first meter
 * @of: the streams that it counts for; two for a hairpin
 * @ingress: the device's hook; counts the paths that need it
 * @dead: it is not in the table any more; under sf_paths.lock
 * @rcu: frees it
 *
 * Immutable while it is in the table, but for what is said above. The first three
 * lines of the cache are what a packet of IPv4 needs.
 */
struct sf_path {
	struct hlist_node node;
	int ifindex;
	u8 l3num;
	u8 dir;
	u8 kind;
	u8 tos;
	struct sf_path_ends in;
	u16 mtu;
	u16 headroom;

	struct sf_path_ends out;
	__wsum addr_sum;
	__wsum port_sum;
	u32 mark;
	u32 priority;
	u32 cookie;
	bool skip_hh;

	struct dst_entry *dst;
	struct neighbour *neigh;
	struct nf_conn *ct;
	unsigned long refreshed;
	struct sf_tally tally;
	struct sf_path_of of[SF_CHILD_STREAMS];
	struct sf_ingress *ingress;
	bool dead;
	struct rcu_head rcu;
};

/**
 * struct sf_paths - the paths of a namespace
 * @buckets: the table; made when the first stream opens, and stays
 * @seed: secret of the hash
 * @lock: protects changes to the table, the lists of paths in streams, and
 *	@ingress. Taken with bottom halves off; innermost.
 * @count: paths in the table
 * @ingress: struct sf_ingress of devices that packets come in by
 * @work: makes the table, puts hooks on devices, and frees what has gone
 */
struct sf_paths {
	struct hlist_head *buckets;
	u64 seed[10];
	spinlock_t lock; /* see above */
	u32 count;
	struct list_head ingress;
	struct work_struct work;
};

/* The meter of the direction that a path is of; of the first stream's. */
static inline struct sf_meter *sf_path_meter(const struct sf_path *path)
{
	return &path->of[0].meters->dir[path->of[0].side];
}

/* The path that is in a list of a stream's. */
static inline struct sf_path *sf_path_with(struct sf_path_of *of)
{
	/* Of two streams, a hairpin's second is the one behind. */
	return of->second ? container_of(of, struct sf_path, of[1]) :
			    container_of(of, struct sf_path, of[0]);
}

/**
 * sf_path_tell() - add up what was forwarded of a direction until now
 *
 * Return: whether it is in the fast path.
 */
bool sf_path_tell(const struct sf_stream *stream, int side);

/**
 * sf_path_promote() - let the fast path have a direction
 * @skb: a packet that leaves, when everybody else has seen it
 * @ct: its connection, with helper "sipfast-media"
 *
 * Does nothing when it has it already, or must not yet.
 */
void sf_path_promote(struct sk_buff *skb, struct nf_conn *ct,
		     enum ip_conntrack_info ctinfo);

/*
 * Two directions of eight thousand calls in as many buckets. A table that grew
 * would have to be asked for its size by every packet.
 */
#define SF_PATH_BITS	14
#define SF_PATH_BUCKETS	BIT(SF_PATH_BITS)

/*
 * Sum of products with secret factors, of which the upper bits count: as good as
 * a hash gets for words of 32 bits (Carter and Wegman), and two of them cost less
 * than one round of others.
 */
static inline u32 sf_path_hash4(const struct sf_paths *paths, __be32 saddr,
				__be32 daddr, u32 ports)
{
	const u64 *seed = paths->seed;
	u64 sum = seed[0] + seed[1] * (__force u32)saddr +
		  seed[2] * (__force u32)daddr + seed[3] * ports;

	return sum >> (64 - SF_PATH_BITS);
}

static inline u32 sf_path_hash6(const struct sf_paths *paths,
				const struct in6_addr *saddr,
				const struct in6_addr *daddr, u32 ports)
{
	const u64 *seed = paths->seed;
	u64 sum = seed[0] + seed[1] * ports;
	int i;

	for (i = 0; i < 4; i++)
		sum += seed[2 + i] * (__force u32)saddr->s6_addr32[i] +
		       seed[6 + i] * (__force u32)daddr->s6_addr32[i];

	return sum >> (64 - SF_PATH_BITS);
}

/**
 * sf_path_find4() - the path of a packet of IPv4
 * @ports: both ports, as they stand in the packet
 * @ifindex: device that it came in by
 *
 * Return: the path, under RCU; or NULL.
 */
static inline struct sf_path *sf_path_find4(const struct sf_paths *paths,
					    __be32 saddr, __be32 daddr,
					    u32 ports, int ifindex)
{
	u32 hash = sf_path_hash4(paths, saddr, daddr, ports);
	struct sf_path *path;

	hlist_for_each_entry_rcu(path, &paths->buckets[hash], node,
				 lockdep_is_held(&paths->lock))
		if (path->in.ports == ports && path->in.ip4.saddr == saddr &&
		    path->in.ip4.daddr == daddr && path->ifindex == ifindex &&
		    path->l3num == NFPROTO_IPV4)
			return path;

	return NULL;
}

/* The same for IPv6. */
static inline struct sf_path *sf_path_find6(const struct sf_paths *paths,
					    const struct in6_addr *saddr,
					    const struct in6_addr *daddr,
					    u32 ports, int ifindex)
{
	u32 hash = sf_path_hash6(paths, saddr, daddr, ports);
	struct sf_path *path;

	hlist_for_each_entry_rcu(path, &paths->buckets[hash], node,
				 lockdep_is_held(&paths->lock))
		if (path->in.ports == ports && path->ifindex == ifindex &&
		    path->l3num == NFPROTO_IPV6 &&
		    ipv6_addr_equal(&path->in.ip6.saddr, saddr) &&
		    ipv6_addr_equal(&path->in.ip6.daddr, daddr))
			return path;

	return NULL;
}

/**
 * sf_path_refresh() - tell the connection what its path has forwarded
 *
 * And keep it alive for as long as the namespace lets a stream of UDP be silent.
 * Under RCU, bottom halves off.
 *
 * Return: false when the path may no longer be used.
 */
bool sf_path_refresh(struct sf_path *path);

/* Give a direction back to the stack. Under RCU. */
void sf_path_demote(struct sf_path *path);

/* The same for all paths of a stream, for good. */
void sf_path_demote_stream(struct sf_stream *stream);

/* The same for all that come in or leave by a device; NULL: by any. */
void sf_path_demote_device(struct sf_net *sn, const struct net_device *dev);

/* There may be something to promote soon: see to it that there is a table. */
void sf_path_prepare(struct sf_net *sn);

void sf_path_net_init(struct sf_net *sn);
void sf_path_net_exit(struct sf_net *sn);

#endif /* _SF_PATH_H */
