/* SPDX-License-Identifier: GPL-2.0 */
/*
 * tcpedit.h - TCP connections whose messages are edited
 *
 * A connection is edited from its first byte to its last, or not at all: so the
 * setting decides when it begins. What it needs is owned by its namespace and
 * holds a reference to the connection; the connection holds a number only
 * (struct sf_flow). A timer looks now and then whether the connection is still
 * there, because conntrack does not tell.
 */
#ifndef _SF_TCPEDIT_H
#define _SF_TCPEDIT_H

#include <linux/spinlock.h>
#include <linux/tcp.h>

#include "form.h"
#include "seqmap.h"
#include "timer.h"

struct sf_net;
struct sf_packet;

/* Connections that are edited at most. */
#define SF_TCP_MAX 16384

/* Bytes of memory for the edits of all of them, in all namespaces. */
#define SF_TCP_MEMORY (64 * 1024 * 1024)

/**
 * struct sf_tcp - a connection that is edited
 * @rcu: frees it
 * @sn: its namespace
 * @id: its number
 * @timer: looks after the connection; under sf_net.lock
 * @ct: the connection; holds a reference
 * @lock: protects @way, and keeps a packet's numbers and bytes in step. Taken
 *	with bottom halves off; sf_net.lock and conntrack's locks nest inside.
 * @way: what was edited in each direction
 * @port: the port that the sender of each direction writes with its address, by
 *	enum sf_place; 0: not known. It is that of its listener; the connection
 *	comes from another. Under @lock.
 */
struct sf_tcp {
	struct rcu_head rcu;
	struct sf_net *sn;
	u32 id;
	struct sf_timer timer;
	struct nf_conn *ct;
	spinlock_t lock; /* see above */
	struct sf_seqmap way[IP_CT_DIR_MAX];
	__be16 port[IP_CT_DIR_MAX][SF_PLACES];
};

/**
 * sf_tcp_open() - decide whether a connection is edited, and note where it begins
 * @pkt: a packet that opens it
 * @th: its header
 * @watch: nothing may be edited
 */
void sf_tcp_open(struct sf_packet *pkt, const struct tcphdr *th, bool watch);

/**
 * sf_tcp_get() - what is known of an edited connection
 *
 * Under RCU, bottom halves off.
 *
 * Return: it, made when this is its first data; NULL when the connection is not
 * edited.
 */
struct sf_tcp *sf_tcp_get(struct sf_packet *pkt);

/**
 * sf_tcp_remember() - take over the edits of a message
 * @seq: where the message begins
 *
 * What cannot be remembered is not done, and counted. @tcp is locked.
 */
void sf_tcp_remember(struct sf_tcp *tcp, struct sf_packet *pkt, u32 seq);

/**
 * sf_tcp_write() - make a packet say what was decided
 * @protoff: where the TCP header begins
 * @seq: number of the first byte of data
 * @len: bytes of data
 * @out: scratch, @max bytes of it
 *
 * Replaces what was edited, now or before, and counts as the receiver does.
 * @tcp is locked. Pointers into the packet are stale afterwards.
 *
 * Return: false, counted, when it has to be dropped.
 */
bool sf_tcp_write(struct sf_tcp *tcp, struct sf_packet *pkt,
		  unsigned int protoff, u32 seq, u32 len, char *out, u32 max);

/* Forget every connection: the namespace or the module goes. It is locked. */
void sf_tcp_flush(struct sf_net *sn);

#endif /* _SF_TCPEDIT_H */
