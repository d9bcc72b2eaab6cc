/* SPDX-License-Identifier: GPL-2.0 */
/*
 * flow.h - what a conntrack remembers for us in its helper's private data
 *
 * Private data is never an owner: conntrack does not tell when it goes. It
 * holds numbers and bits only.
 */
#ifndef _SF_FLOW_H
#define _SF_FLOW_H

#include <linux/bits.h>
#include <linux/build_bug.h>
#include <net/netfilter/nf_conntrack_helper.h>

/* Places where this flow's endpoint wrote its address without a port. */
#define SF_BARE_VIA	BIT(0)
#define SF_BARE_CONTACT	BIT(1)
#define SF_BARE_OTHER	BIT(2)

/**
 * struct sf_flow - on signalling connections
 * @reg_until: nfct_time_stamp until which a registration needs the mapping;
 *	protected by sf_net.lock, read anywhere
 * @calls: calls that need the mapping; likewise
 * @bare: SF_BARE_*: an address that is undone gets back no port where it had
 *	none. Written without a lock: bits are only added, and a lost one only
 *	costs the elision.
 */
struct sf_flow {
	u32 reg_until;
	u16 calls;
	u8 bare;
};

/**
 * struct sf_child - on media connections
 * @stream: number of the stream
 * @dir: side that sends in the connection's original direction
 */
struct sf_child {
	u32 stream;
	u8 dir;
};

#define SF_FLOW_ROOM sizeof_field(struct nf_conn_help, data)
static_assert(sizeof(struct sf_flow) <= SF_FLOW_ROOM);
static_assert(sizeof(struct sf_child) <= SF_FLOW_ROOM);

/* The flow of a signalling connection, or NULL when it has lost its helper. */
static inline struct sf_flow *sf_flow(const struct nf_conn *ct)
{
	return nfct_help(ct) ? nfct_help_data(ct) : NULL;
}

/**
 * sf_flow_refresh() - keep the mapping of a signalling connection alive
 *
 * Called for every packet, because every packet makes conntrack start its
 * short UDP timeout anew. Does nothing when neither a registration nor a call
 * needs the connection.
 */
void sf_flow_refresh(struct nf_conn *ct);

/**
 * sf_flow_relax() - let a connection end that no call needs any more
 *
 * The namespace is locked.
 */
void sf_flow_relax(struct nf_conn *ct);

/**
 * sf_flow_register() - note that a registration needs the connection
 * @seconds: for how long from now
 *
 * The namespace is locked.
 */
void sf_flow_register(struct nf_conn *ct, u32 seconds);

#endif /* _SF_FLOW_H */
