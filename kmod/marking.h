/* SPDX-License-Identifier: GPL-2.0 */
/*
 * marking.h - how media is marked, for rules and for the network
 */
#ifndef _SF_MARKING_H
#define _SF_MARKING_H

#include <net/netfilter/nf_conntrack_labels.h>
#include <uapi/linux/sipfast.h>

struct sf_net;
struct sk_buff;

/**
 * sf_marking_label() - label a media connection
 * @ct: unconfirmed, so that it may get room for labels
 * @type: type of the m= line
 */
void sf_marking_label(struct nf_conn *ct, const char *type);

/* Has a rule said that a connection is to stay in the stack? */
static inline bool sf_marking_opted_out(const struct nf_conn *ct)
{
	const struct nf_conn_labels *labels = nf_ct_labels_find(ct);

	return labels && test_bit(SIPFAST_LABEL_NO_FASTPATH, labels->bits);
}

/**
 * sf_marking_dscp() - give a packet the DSCP that is set for its media
 * @skb: the packet, which leaves
 * @type: type of the m= line
 *
 * Nothing for other types than audio and video. Congestion's bits stay.
 */
void sf_marking_dscp(const struct sf_net *sn, struct sk_buff *skb, u8 l3num,
		     const char *type);

#endif /* _SF_MARKING_H */
