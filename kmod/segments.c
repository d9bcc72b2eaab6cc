// SPDX-License-Identifier: GPL-2.0
/*
 * segments.c - datagrams that came joined in one buffer
 *
 * A network card's driver joins what arrives together (UDP GRO), and a sender
 * may hand over several at once (UDP_SEGMENT). A helper sees the buffer, but an
 * edit changes the length of one datagram, and all but the last have to be
 * equally long. So they are cut apart, as the device would do later, right before
 * conntrack confirms the connection: each takes from here the way that it would
 * have taken alone.
 */
#include <linux/netfilter_bridge.h>
#include <linux/netfilter_ipv4.h>
#include <linux/netfilter_ipv6.h>
#include <net/netfilter/nf_conntrack_core.h>
#include <net/udp.h> /* skb_gso_segment() */

#include "helper.h"
#include "packet.h"
#include "pernet.h"
#include "segments.h"

/* The helper and the confirmation, as for a datagram that came alone. */
static void sf_segment(struct sk_buff *skb, const struct nf_hook_state *state)
{
	int protoff = sf_packet_protoff(skb, state->pf);
	const struct nf_conntrack_helper *helper;
	enum ip_conntrack_info ctinfo;
	struct nf_conn *ct = nf_ct_get(skb, &ctinfo);
	const struct nf_conn_help *help = nfct_help(ct);
	int verdict = NF_ACCEPT;

	helper = help ? rcu_dereference(help->helper) : NULL;
	if (helper && protoff >= 0)
		verdict = helper->help(skb, protoff, ct, ctinfo);
	if (verdict == NF_ACCEPT)
		verdict = nf_conntrack_confirm(skb);
	if (verdict == NF_ACCEPT)
		state->okfn(state->net, state->sk, skb);
	else
		kfree_skb(skb);
}

static unsigned int sf_segments_hook(void *priv, struct sk_buff *skb,
				     const struct nf_hook_state *state)
{
	enum ip_conntrack_info ctinfo;
	struct nf_conn *ct = nf_ct_get(skb, &ctinfo);
	struct sk_buff *segs, *next;

	if (!skb_is_gso(skb) || !ct || ctinfo == IP_CT_RELATED_REPLY ||
	    nf_ct_protonum(ct) != IPPROTO_UDP || !sf_helper_signals(ct))
		return NF_ACCEPT;

	/* On a bridge there is an Ethernet header, which would be lost. */
	segs = nf_bridge_info_exists(skb) ? NULL : skb_gso_segment(skb, 0);
	if (IS_ERR_OR_NULL(segs)) {
		sf_count(sf_pernet(state->net), SF_CNT_SIP_GSO);
		return NF_ACCEPT;
	}

	consume_skb(skb);
	skb_list_walk_safe(segs, skb, next) {
		skb_mark_not_on_list(skb);
		sf_segment(skb, state);
	}

	return NF_STOLEN;
}

#define SF_SEGMENTS_HOOK(family, where) {	\
		.hook = sf_segments_hook,	\
		.pf = family,			\
		.hooknum = where,		\
		.priority = NF_IP_PRI_CONNTRACK_CONFIRM - 1,	\
	}

static const struct nf_hook_ops sf_segments_hooks[] = {
	SF_SEGMENTS_HOOK(NFPROTO_IPV4, NF_INET_POST_ROUTING),
	SF_SEGMENTS_HOOK(NFPROTO_IPV4, NF_INET_LOCAL_IN),
	SF_SEGMENTS_HOOK(NFPROTO_IPV6, NF_INET_POST_ROUTING),
	SF_SEGMENTS_HOOK(NFPROTO_IPV6, NF_INET_LOCAL_IN),
};

static int __net_init sf_segments_hook_net(struct net *net)
{
	return nf_register_net_hooks(net, sf_segments_hooks,
				     ARRAY_SIZE(sf_segments_hooks));
}

static void __net_exit sf_segments_unhook_net(struct net *net)
{
	nf_unregister_net_hooks(net, sf_segments_hooks,
				ARRAY_SIZE(sf_segments_hooks));
}

static struct pernet_operations sf_segments_net_ops = {
	.init = sf_segments_hook_net,
	.pre_exit = sf_segments_unhook_net,
};

int sf_segments_init(void)
{
	return register_pernet_subsys(&sf_segments_net_ops);
}

void sf_segments_exit(void)
{
	unregister_pernet_subsys(&sf_segments_net_ops);
}
