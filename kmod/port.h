/* SPDX-License-Identifier: GPL-2.0 */
/*
 * port.h - pairs of ports that stand for an inside endpoint's RTP and RTCP
 */
#ifndef _SF_PORT_H
#define _SF_PORT_H

#include <linux/list.h>
#include <linux/rhashtable-types.h>

#include "end.h"

struct sf_net;

/**
 * struct sf_port_key - the even port of a pair
 * @face: address and even port, as seen from outside
 * @zone: conntrack zone
 */
struct sf_port_key {
	struct sf_end face;
	u32 zone;
};

/**
 * struct sf_port - a pair, and whom it stands for
 * @node: place in sf_net.ports
 * @key: the pair
 * @list: place in its call's list
 * @real: the endpoint's own RTP address and port
 * @real_rtcp: its own RTCP port
 * @used: mark of the call's sweep
 *
 * All under sf_net.lock.
 */
struct sf_port {
	struct rhash_head node;
	struct sf_port_key key;
	struct list_head list;
	struct sf_end real;
	__be16 real_rtcp;
	bool used;
};

/**
 * sf_port_alloc() - take a random free pair
 * @addr: mapped address
 * @zone: conntrack zone
 *
 * The even port is for RTP, the odd one above it for RTCP (RFC 3550, 11),
 * whatever the endpoint's own ports are.
 *
 * Return: the pair, given back with sf_port_free(); NULL when the pool is
 * exhausted or memory is, counted.
 */
struct sf_port *sf_port_alloc(struct sf_net *sn,
			      const union nf_inet_addr *addr, u16 zone);

/**
 * sf_port_find() - the pair that a mapped endpoint belongs to
 * @end: either port of the pair
 *
 * Return: the pair, valid while the namespace is locked; or NULL.
 */
struct sf_port *sf_port_find(struct sf_net *sn, const struct sf_end *end,
			     u16 zone);

void sf_port_free(struct sf_net *sn, struct sf_port *port);

int sf_port_net_init(struct sf_net *sn);
void sf_port_net_exit(struct sf_net *sn);

#endif /* _SF_PORT_H */
