// SPDX-License-Identifier: GPL-2.0
/*
 * marking.c - how media is marked, for rules and for the network
 */
#include <net/dsfield.h>
#include <net/netfilter/nf_conntrack_extend.h>

#include "marking.h"
#include "pernet.h"

/*
 * Only rules make conntrack give connections room for labels. Media gets it anyway:
 * a rule that is loaded later is to find them.
 */
void sf_marking_label(struct nf_conn *ct, const char *type)
{
	struct nf_conn_labels *labels = nf_ct_labels_find(ct);

	if (!labels)
		labels = nf_ct_ext_add(ct, NF_CT_EXT_LABELS, GFP_ATOMIC);
	if (!labels)
		return;

	if (!strcmp(type, "audio"))
		set_bit(SIPFAST_LABEL_AUDIO, labels->bits);
	else if (!strcmp(type, "video"))
		set_bit(SIPFAST_LABEL_VIDEO, labels->bits);
}

static u8 sf_marking_wanted(const struct sf_config *config, const char *type)
{
	if (!strcmp(type, "audio"))
		return READ_ONCE(config->audio_dscp);
	if (!strcmp(type, "video"))
		return READ_ONCE(config->video_dscp);

	return SIPFAST_DSCP_KEEP;
}

void sf_marking_dscp(const struct sf_net *sn, struct sk_buff *skb, u8 l3num,
		     const char *type)
{
	u8 dscp = sf_marking_wanted(&sn->config, type);
	bool ip4 = l3num == NFPROTO_IPV4;
	u32 head = ip4 ? sizeof(struct iphdr) : sizeof(struct ipv6hdr);

	if (dscp == SIPFAST_DSCP_KEEP || skb_ensure_writable(skb, head))
		return;

	if (ip4)
		ipv4_change_dsfield(ip_hdr(skb), INET_ECN_MASK, dscp << 2);
	else
		ipv6_change_dsfield(ipv6_hdr(skb), INET_ECN_MASK, dscp << 2);
}
