/* SPDX-License-Identifier: GPL-2.0 */
/*
 * alias.h - phones that listen at another port than they send from
 *
 * What such a phone writes into Via and Contact is no end of its connection,
 * and nothing translates it. So it gets a port of the media pool, through which
 * the connection's other end can reach it, and which stands for it wherever it
 * is written.
 */
#ifndef _SF_ALIAS_H
#define _SF_ALIAS_H

#include <linux/list.h>
#include <linux/rhashtable-types.h>

#include "end.h"
#include "pinhole.h"
#include "timer.h"

struct sf_net;
struct sf_packet;
struct sf_port;

/* Other ports that one connection may name. */
#define SF_ALIAS_FLOW 4

/**
 * struct sf_alias_key - who listens where, and for whom
 * @inside: where the phone listens, as it knows itself
 * @peer: the other end's address, as it knows itself
 * @zone: conntrack zone
 * @l3num: NFPROTO_IPV4 or NFPROTO_IPV6
 */
struct sf_alias_key {
	struct sf_end inside;
	union nf_inet_addr peer;
	u32 zone;
	u32 l3num;
};

/**
 * struct sf_alias - another port of a phone
 * @rcu: frees it
 * @node: place in sf_net.aliases
 * @list: place in sf_net.alias_list
 * @key: what it stands for
 * @sn: its namespace
 * @timer: when it is looked at whether its connection still lives
 * @port: the pair whose even port stands for it; NULL when handed on
 * @leg: the other port and the peer, as the phone sends to it
 * @pinhole: lets the peer in; holds the connection that named the port
 *
 * All under sf_net.lock, but @pinhole and its @leg, which are read under RCU.
 */
struct sf_alias {
	struct rcu_head rcu;
	struct rhash_head node;
	struct list_head list;
	struct sf_alias_key key;
	struct sf_net *sn;
	struct sf_timer timer;
	struct sf_port *port;
	struct sf_leg leg;
	struct sf_pinhole pinhole;
};

/**
 * sf_alias_hide() - what stands for another endpoint of the sender's
 * @end: its own address, and a port; on success as the receiver sees it
 * @reach: make an alias if there is none
 *
 * The namespace is not locked.
 *
 * Return: false when nothing stands for it.
 */
bool sf_alias_hide(struct sf_packet *pkt, struct sf_end *end, bool reach);

/**
 * sf_alias_undo() - which endpoint of the receiver's an address stands for
 * @end: its address as the sender sees it, and a port; on success as the
 *	receiver knows itself
 *
 * The namespace is not locked.
 *
 * Return: false when it stands for none.
 */
bool sf_alias_undo(struct sf_packet *pkt, struct sf_end *end);

/* The same with the namespace locked. */
bool sf_alias_real(const struct sf_packet *pkt, int side, struct sf_end *end);

/* Forget every alias: the namespace or the module goes. It is locked. */
void sf_alias_flush(struct sf_net *sn);

int sf_alias_net_init(struct sf_net *sn);
void sf_alias_net_exit(struct sf_net *sn);

#endif /* _SF_ALIAS_H */
