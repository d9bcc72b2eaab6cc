/* SPDX-License-Identifier: GPL-2.0 */
/*
 * flow.h - what a conntrack remembers for us in its helper's private data
 *
 * Private data is never an owner: conntrack does not tell when it goes. It
 * holds numbers and bits only.
 */
#ifndef _SF_FLOW_H
#define _SF_FLOW_H

#include <linux/build_bug.h>
#include <net/netfilter/nf_conntrack_helper.h>

#include "form.h"

/*
 * What a TCP connection carries: SIP, or something else, which is never read
 * again; neither before its first bytes.
 */
#define SF_TCP_SIP	BIT(0)
#define SF_TCP_OTHER	BIT(1)

/*
 * In a direction, the next message begins at struct sf_flow.next, or is still
 * to be found.
 */
#define SF_TCP_KNOWN(dir)	BIT(2 + (dir))
#define SF_TCP_LOST(dir)	BIT(4 + (dir))

/* Messages are edited: from the connection's first byte to its last. */
#define SF_TCP_EDIT	BIT(6)

/**
 * struct sf_flow - on signalling connections
 * @reg_until: nfct_time_stamp until which a registration needs the mapping;
 *	protected by sf_net.lock, read anywhere
 * @calls: calls that need the mapping; likewise
 * @aliases: other ports at which its endpoints listen; under sf_net.lock
 * @edited: number of the connection's struct sf_tcp, or 0
 * @tcp: SF_TCP_*. Written without a lock, like @next: what another CPU
 *	overwrites costs reading a message, or finding the next one.
 * @next: sequence number of the next message in each direction, while a cut
 *	one is passing, or before the first
 * @forms: how each endpoint writes itself, by the direction in which it sends
 */
struct sf_flow {
	u32 reg_until;
	u32 calls;
	u8 aliases;
	u8 tcp;
	u32 edited;
	u32 next[IP_CT_DIR_MAX];
	struct sf_forms forms[IP_CT_DIR_MAX];
};

/**
 * struct sf_passage - a stream that a media connection belongs to
 * @stream: number of the stream; 0: none
 * @dir: side that sends in the connection's original direction
 * @rtcp: it is the stream's RTCP, on a port of its own
 */
struct sf_passage {
	u32 stream;
	u8 dir;
	bool rtcp;
};

/* Streams of one connection: two when it joins two legs behind the router. */
#define SF_CHILD_STREAMS 2

/**
 * struct sf_child - on media connections
 * @of: the streams; the second one only when it is a hairpin
 */
struct sf_child {
	struct sf_passage of[SF_CHILD_STREAMS];
};

#define SF_FLOW_ROOM sizeof_field(struct nf_conn_help, data)
static_assert(sizeof(struct sf_flow) <= SF_FLOW_ROOM);
static_assert(sizeof(struct sf_child) <= SF_FLOW_ROOM);

/* The flow of a signalling connection, or NULL when it has lost its helper. */
static inline struct sf_flow *sf_flow(const struct nf_conn *ct)
{
	return nfct_help(ct) ? nfct_help_data(ct) : NULL;
}

/* Jiffies for which a registration still needs the connection. */
u32 sf_flow_registered(const struct sf_flow *flow);

/**
 * sf_flow_refresh() - keep the mapping of a signalling connection alive
 *
 * Called for every packet, because every packet makes conntrack start its
 * short UDP timeout anew. Does nothing when neither a registration nor a call
 * needs the connection, and never shortens the patience that TCP has anyway.
 */
void sf_flow_refresh(struct nf_conn *ct);

/**
 * sf_flow_relax() - let a connection end that no call needs any more
 *
 * One of TCP ends by itself.
 *
 * The namespace is locked.
 */
void sf_flow_relax(struct nf_conn *ct);

/**
 * sf_flow_register() - note that a registration needs the connection
 * @seconds: for how long from now
 * @only: no other one does; else the longest counts
 *
 * The namespace is locked.
 */
void sf_flow_register(struct nf_conn *ct, u32 seconds, bool only);

/* No registration needs the connection any more. Likewise. */
void sf_flow_unregister(struct nf_conn *ct);

/**
 * sf_flow_inherit() - let a new connection know how its endpoint writes itself
 * @ct: one that was let in to @inside, with room for a flow; its master is set
 */
void sf_flow_inherit(struct nf_conn *ct, const union nf_inet_addr *inside);

#endif /* _SF_FLOW_H */
