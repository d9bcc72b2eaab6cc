/* SPDX-License-Identifier: GPL-2.0 */
/*
 * tcp.h - SIP over TCP, segment by segment
 */
#ifndef _SF_TCP_H
#define _SF_TCP_H

#include <linux/skbuff.h>
#include <net/netfilter/nf_conntrack.h>

/**
 * sf_tcp_help() - read the messages of a TCP segment
 * @protoff: where the TCP header begins
 * @watch: nothing may be edited
 *
 * Messages that are whole move calls and registrations; one that is cut by the end
 * of the segment passes unread, and is counted. The stream stays as it is, like
 * over UDP in watch mode, unless the connection is edited (tcpedit.h): then whole
 * messages are.
 *
 * Return: NF_ACCEPT; NF_DROP, counted, of an edited connection only.
 */
int sf_tcp_help(struct sk_buff *skb, unsigned int protoff, struct nf_conn *ct,
		enum ip_conntrack_info ctinfo, bool watch);

#endif /* _SF_TCP_H */
