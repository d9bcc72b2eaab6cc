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
#include <linux/rcupdate.h>
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
 * union sf_path_ports - ports of a packet, as they stand in it
 * @sport: source port
 * @dport: destination port
 * @both: both at once
 */
union sf_path_ports {
	struct {
		__be16 sport;
		__be16 dport;
	};
	u32 both;
};

/**
 * struct sf_path_ip4 - addresses of a packet of IPv4, as they stand in it
 * @saddr: source address
 * @daddr: destination address
 */
struct sf_path_ip4 {
	__be32 saddr;
	__be32 daddr;
};

/**
 * struct sf_path_ip6 - the same of IPv6
 * @saddr: source address
 * @daddr: destination address
 */
struct sf_path_ip6 {
	struct in6_addr saddr;
	struct in6_addr daddr;
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
 * @next: the next one in its bucket; changed under sf_paths.lock, read under RCU
 * @meter: meter of the direction, of the first stream
 * @in_ports: ports of the packets as they come in
 * @out_ports: as they leave
 * @in4: their addresses as they come in, if they are of IPv4
 * @out4: as they leave
 * @ifindex: device that they come in by
 * @l3num: NFPROTO_IPV4 or NFPROTO_IPV6
 * @kind: enum sipfast_stream_kind of the packets that it takes
 * @tos: what they leave with in the upper six bits of TOS or traffic class
 * @single: it counts for one stream, whose ports they come in by
 * @addr_sum: what is added to a checksum over the addresses
 * @port_sum: likewise over the ports
 * @dst: the route; holds a reference
 * @neigh: the next hop; holds a reference
 * @cookie: what @dst was valid for
 * @mark: mark of the packets as they leave
 * @priority: likewise
 * @mtu: the longest packet that leaves whole
 * @headroom: what the link layer needs in front of a packet
 * @tally: packets that were not added up; under the lock of @meter
 * @skip_hh: @neigh is of the other family than the packets
 * @dir: direction of @ct
 * @dead: it is not in the table any more; under sf_paths.lock
 * @next_bucket: where the path is whose packet came next; see ahead.h, as to
 * @next_path: its address, and
 * @next_meter: that of its meter
 * @in6: addresses as they come in, if they are of IPv6
 * @out6: as they leave
 * @ct: the connection; holds a reference
 * @of: the streams that it counts for; two for a hairpin
 * @ingress: the device's hook; counts the paths that need it
 * @rcu: frees it
 *
 * Immutable while it is in the table, but for what is said above. What a packet of
 * IPv4 needs lies in two lines of the cache that are fetched together.
 */
struct sf_path {
	struct sf_path __rcu *next;
	struct sf_meter *meter;
	union sf_path_ports in_ports;
	union sf_path_ports out_ports;
	struct sf_path_ip4 in4;
	struct sf_path_ip4 out4;
	int ifindex;
	u8 l3num;
	u8 kind;
	u8 tos;
	bool single;
	__wsum addr_sum;
	__wsum port_sum;
	struct dst_entry *dst;

	struct neighbour *neigh;
	u32 cookie;
	u32 mark;
	u32 priority;
	u16 mtu;
	u16 headroom;
	struct sf_tally tally;
	bool skip_hh;
	u8 dir;
	bool dead;
	u32 next_bucket;
	const void *next_path;
	const void *next_meter;

	struct sf_path_ip6 in6;
	struct sf_path_ip6 out6;
	struct nf_conn *ct;
	struct sf_path_of of[SF_CHILD_STREAMS];
	struct sf_ingress *ingress;
	struct rcu_head rcu;
} __aligned(2 * SMP_CACHE_BYTES);

/**
 * struct sf_paths - the paths of a namespace
 * @buckets: the table; made when the first stream opens, and stays
 * @shift: bits of a sum that are not its hash; set before @buckets
 * @seed: secret of the hash
 * @lock: protects changes to the table, the lists of paths in streams, and
 *	@ingress. Taken with bottom halves off; innermost.
 * @count: paths in the table
 * @ingress: struct sf_ingress of devices that packets come in by
 * @work: makes the table, puts hooks on devices, and frees what has gone
 */
struct sf_paths {
	struct sf_path __rcu **buckets;
	u32 shift;
	u64 seed[10];
	spinlock_t lock; /* see above */
	u32 count;
	struct list_head ingress;
	struct work_struct work;
};

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
 * Two buckets for each of conntrack's, as a connection has two directions; whoever
 * needs more has given more to conntrack. Up to
 */
#define SF_PATH_BUCKETS_MAX	BIT(17)

/*
 * Sum of products with secret factors, of which the upper bits count: as good as
 * a hash gets for words of 32 bits (Carter and Wegman), and two of them cost less
 * than one round of others.
 */
static inline u32 sf_path_hash4(const struct sf_paths *paths,
				const struct sf_path_ip4 *addr, u32 ports)
{
	const u64 *seed = paths->seed;
	u64 sum = seed[0] + seed[1] * (__force u32)addr->saddr +
		  seed[2] * (__force u32)addr->daddr + seed[3] * ports;

	return sum >> paths->shift;
}

static inline u32 sf_path_hash6(const struct sf_paths *paths,
				const struct sf_path_ip6 *addr, u32 ports)
{
	const u64 *seed = paths->seed;
	u64 sum = seed[0] + seed[1] * ports;
	int i;

	for (i = 0; i < 4; i++)
		sum += seed[2 + i] * (__force u32)addr->saddr.s6_addr32[i] +
		       seed[6 + i] * (__force u32)addr->daddr.s6_addr32[i];

	return sum >> paths->shift;
}

/* Those in a bucket. Under RCU, or the lock. */
#define sf_path_each(path, paths, hash)					\
	for (path = rcu_dereference_check((paths)->buckets[hash],		\
			lockdep_is_held(&(paths)->lock));		\
	     path;							\
	     path = rcu_dereference_check(path->next,			\
			lockdep_is_held(&(paths)->lock)))

/**
 * sf_path_find4() - the path of a packet of IPv4
 * @bucket: sf_path_hash4() of them
 * @addr: its addresses
 * @ports: both ports, as they stand in the packet
 * @ifindex: device that it came in by
 *
 * Return: the path, under RCU; or NULL.
 */
static inline struct sf_path *sf_path_find4(const struct sf_paths *paths,
					    u32 bucket,
					    const struct sf_path_ip4 *addr,
					    u32 ports, int ifindex)
{
	struct sf_path *path;

	sf_path_each(path, paths, bucket)
		if (path->in_ports.both == ports &&
		    path->in4.saddr == addr->saddr &&
		    path->in4.daddr == addr->daddr &&
		    path->ifindex == ifindex && path->l3num == NFPROTO_IPV4)
			return path;

	return NULL;
}

/* The same for IPv6. */
static inline struct sf_path *sf_path_find6(const struct sf_paths *paths,
					    u32 bucket,
					    const struct sf_path_ip6 *addr,
					    u32 ports, int ifindex)
{
	struct sf_path *path;

	sf_path_each(path, paths, bucket)
		if (path->in_ports.both == ports && path->ifindex == ifindex &&
		    path->l3num == NFPROTO_IPV6 &&
		    ipv6_addr_equal(&path->in6.saddr, &addr->saddr) &&
		    ipv6_addr_equal(&path->in6.daddr, &addr->daddr))
			return path;

	return NULL;
}

/**
 * sf_path_keep() - tell connections what the paths of a stream have forwarded
 *
 * And keep those alive that had packets, for as long as the namespace lets a stream
 * of UDP be silent. Directions that a rule wants back are given back. To be called
 * once a second; bottom halves off.
 */
void sf_path_keep(struct sf_stream *stream);

/* A connection that may have paths goes. For conntrack to call. */
void sf_path_connection_gone(struct nf_conn *ct);

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
