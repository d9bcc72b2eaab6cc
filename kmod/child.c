// SPDX-License-Identifier: GPL-2.0
/*
 * child.c - the connections that pinholes let in
 *
 * A new connection that a pinhole admits becomes the child of the signalling
 * connection that opened it. It comes by an expectation, or by the hook, which
 * runs right behind conntrack and looks at the table itself.
 */
#include <linux/netfilter_ipv4.h>
#include <linux/netfilter_ipv6.h>
#include <net/netfilter/nf_conntrack_core.h>
#include <net/netfilter/nf_conntrack_expect.h>
#include <net/netfilter/nf_conntrack_helper.h>
#include <net/netfilter/nf_nat.h>

#include "child.h"
#include "flow.h"
#include "helper.h"
#include "marking.h"
#include "pernet.h"
#include "pinhole.h"
#include "stream.h"
#include "trace.h"

static bool sf_child_manip(struct nf_conn *ct,
			   const union nf_inet_addr *addr, __be16 min_port,
			   __be16 max_port, enum nf_nat_manip_type manip)
{
	const struct nf_nat_range2 range = {
		.flags = NF_NAT_RANGE_MAP_IPS | NF_NAT_RANGE_PROTO_SPECIFIED,
		.min_addr = *addr,
		.max_addr = *addr,
		.min_proto.all = min_port,
		.max_proto.all = max_port,
	};

	return nf_nat_setup_info(ct, &range, manip) == NF_ACCEPT;
}

/*
 * A source sends from where it announced: from its mapping, or from its own
 * port, which the administrator's rules must not move then. A translated
 * source that uses another port than it announced gets one of the pool.
 */
static bool sf_child_snat(struct sf_net *sn, struct nf_conn *ct,
			  const struct sf_way *way)
{
	const struct sf_end source = sf_end_src(&ct->tuplehash[0].tuple);
	const struct sf_end from = sf_way_end(way, sf_pinhole_from(way->ph));
	const struct sf_end face = sf_way_end(way, sf_pinhole_face(way->ph));
	__be16 min = face.port, max = face.port;

	if (!sf_end_equal(&from, &source)) {
		if (sf_pinhole_open_source(way->ph))
			return true;
		min = htons(READ_ONCE(sn->config.media_port_min));
		max = htons(READ_ONCE(sn->config.media_port_max));
	}

	return sf_child_manip(ct, &face.addr, min, max, NF_NAT_MANIP_SRC);
}

/*
 * The media of two inside endpoints that call each other through a provider:
 * each was told the other's mapping. Outside, nobody would send their packets
 * back to us. What a packet would look like there finds the pinhole of the
 * other leg, which knows where the mapping leads.
 */
static struct sf_way sf_child_hairpin(struct sf_net *sn,
				      const struct sf_way *way)
{
	const struct sf_pinhole *refused, *ph = way->ph;
	const struct nf_conntrack_tuple seen =
		sf_way_tuple(way, sf_pinhole_face(ph));
	struct sf_way other = {};

	if (!READ_ONCE(sn->config.hairpin) || ph->kind != SF_PINHOLE_MEDIA ||
	    sf_pinhole_inward(ph) || sf_pinhole_open_source(ph))
		return other;

	other = sf_way_find(sn, &seen, ph->zone, &refused);
	if (other.ph && (other.ph->kind != SF_PINHOLE_MEDIA ||
			 !sf_pinhole_inward(other.ph)))
		other.ph = NULL;

	return other;
}

/*
 * Translate a new connection as its pinhole says, and deliver it to @inside.
 * What a pinhole does not translate is left to the administrator's nat chains.
 */
static bool sf_child_nat(struct sf_net *sn, struct nf_conn *ct,
			 const struct sf_way *way,
			 const struct sf_end *inside)
{
	const struct sf_end to = sf_end_dst(nf_ct_tuple(ct,
							IP_CT_DIR_ORIGINAL));

	if (!sf_end_equal(&to, inside) &&
	    !sf_child_manip(ct, &inside->addr, inside->port, inside->port,
			    NF_NAT_MANIP_DST))
		return false;

	return way->ph->from_free || sf_child_snat(sn, ct, way);
}

/*
 * Room to note the device that masquerade watches. Only a child whose source is
 * translated leaves by it.
 */
static void sf_child_masq_room(struct nf_conn *ct,
			       const struct sf_pinhole *ph)
{
#if IS_ENABLED(CONFIG_NF_NAT_MASQUERADE)
	const struct nf_conn_nat *from = nfct_nat(ct->master);

	if (from && from->masq_index && !sf_pinhole_open_source(ph))
		nf_ct_nat_ext_add(ct);
#endif
}

/*
 * A connection that leaves by another device than the one noted is killed by
 * the NAT core on the spot, and one that is unconfirmed does not survive that:
 * nor does the kernel. So it is noted once the first packet leaves by it.
 */
void sf_child_follow_masq(const struct sk_buff *skb, struct nf_conn *ct)
{
#if IS_ENABLED(CONFIG_NF_NAT_MASQUERADE)
	struct nf_conn_nat *nat = nfct_nat(ct);
	const struct nf_conn_nat *from;

	if (!nat || nat->masq_index || !ct->master || nf_ct_is_confirmed(ct))
		return;

	from = nfct_nat(ct->master);
	if (from && from->masq_index == skb->dev->ifindex)
		nat->masq_index = from->masq_index;
#endif
}

static struct sf_passage sf_child_passage(const struct sf_way *way)
{
	return (struct sf_passage){ .stream = way->ph->stream,
				    .dir = way->ph->side, .rtcp = way->rtcp };
}

/* Make a new connection, whose master is set, the child that was awaited. */
static bool sf_child_adopt(struct sf_net *sn, struct nf_conn *ct,
			   const struct sf_way *way)
{
	const struct sf_way other = sf_child_hairpin(sn, way);
	const struct sf_way *last = other.ph ? &other : way;
	const struct sf_end inside = sf_way_end(last, sf_pinhole_inside(last->ph));
	const struct sf_pinhole *ph = way->ph;
	struct nf_conn_help *help;

	trace_sipfast_pinhole_admit(ph, way->rtcp);

	help = nfct_help(ct) ?: nf_ct_helper_ext_add(ct, GFP_ATOMIC);
	if (!help)
		return false;

	if (ph->kind == SF_PINHOLE_MEDIA) {
		struct sf_child *child;

		sf_stream_label(sn, ph->stream, ct);
		/* Room for labels moves what there was. */
		help = nfct_help(ct);
		child = nfct_help_data(ct);
		child->of[0] = sf_child_passage(way);
		if (other.ph)
			child->of[1] = sf_child_passage(&other);
		rcu_assign_pointer(help->helper, sf_helper_media(ct));
	} else {
		sf_flow_inherit(ct, &sf_pinhole_inside(ph)->addr);
		rcu_assign_pointer(help->helper, sf_helper_contact(ct));
	}

	sf_child_masq_room(ct, ph);

	if (other.ph)
		sf_count(sn, SF_CNT_PINHOLE_HAIRPIN);

	return sf_child_nat(sn, ct, way, &inside);
}

/* A connection that an expectation announced; its master is set already. */
void sf_child_expected(struct nf_conn *ct, struct nf_conntrack_expect *exp)
{
	struct sf_net *sn = sf_pernet(nf_ct_net(ct));
	const struct sf_pinhole *refused;
	struct sf_way way;

	way = sf_way_find(sn, nf_ct_tuple(ct, IP_CT_DIR_ORIGINAL),
			  nf_ct_zone(ct)->id, &refused);
	if (!way.ph) {
		sf_count(sn, SF_CNT_PINHOLE_GONE);
		return;
	}

	sf_count(sn, sf_child_adopt(sn, ct, &way) ? SF_CNT_PINHOLE_EXPECTED :
						      SF_CNT_PINHOLE_NAT);
}

static void sf_child_refuse(struct sf_net *sn, const struct nf_conn *ct,
			    const struct sf_pinhole *ph)
{
	const struct sf_end who = sf_end_src(nf_ct_tuple(ct, IP_CT_DIR_ORIGINAL));

	sf_count(sn, SF_CNT_PINHOLE_STRANGER);
	if (ph->kind == SF_PINHOLE_MEDIA)
		sf_stream_stranger(sn, ph, &who);
}

static bool sf_child_admit(struct sf_net *sn, struct nf_conn *ct)
{
	const struct sf_pinhole *refused;
	struct nf_conn *master;
	struct sf_way way;

	way = sf_way_find(sn, nf_ct_tuple(ct, IP_CT_DIR_ORIGINAL),
			  nf_ct_zone(ct)->id, &refused);
	if (!way.ph) {
		if (refused)
			sf_child_refuse(sn, ct, refused);
		return false;
	}

	/* The pinhole holds a reference for as long as we can see it. */
	master = way.ph->master;
	nf_conntrack_get(&master->ct_general);
	ct->master = master;
	__set_bit(IPS_EXPECTED_BIT, &ct->status);
#ifdef CONFIG_NF_CONNTRACK_MARK
	ct->mark = READ_ONCE(master->mark);
#endif
#ifdef CONFIG_NF_CONNTRACK_SECMARK
	ct->secmark = master->secmark;
#endif
	sf_count(sn, sf_child_adopt(sn, ct, &way) ? SF_CNT_PINHOLE_LOOKUP :
						      SF_CNT_PINHOLE_NAT);

	return true;
}

/*
 * Behind conntrack and before everybody else: a connection is ours to change
 * only as long as it is unconfirmed and nobody else has looked at it.
 */
static unsigned int sf_child_hook(void *priv, struct sk_buff *skb,
				  const struct nf_hook_state *state)
{
	enum ip_conntrack_info ctinfo;
	struct nf_conn *ct = nf_ct_get(skb, &ctinfo);

	if (!ct || ctinfo != IP_CT_NEW || nf_ct_is_confirmed(ct) ||
	    nf_ct_is_template(ct) || nf_ct_protonum(ct) != IPPROTO_UDP ||
	    ct->master)
		return NF_ACCEPT;

	if (sf_child_admit(sf_pernet(state->net), ct))
		nf_ct_set(skb, ct, IP_CT_RELATED);

	return NF_ACCEPT;
}

#define SF_CHILD_HOOK(family, where, prio) {	\
		.hook = sf_child_hook,		\
		.pf = family,			\
		.hooknum = where,		\
		.priority = (prio) + 1,		\
	}

static const struct nf_hook_ops sf_child_hooks[] = {
	SF_CHILD_HOOK(NFPROTO_IPV4, NF_INET_PRE_ROUTING, NF_IP_PRI_CONNTRACK),
	SF_CHILD_HOOK(NFPROTO_IPV4, NF_INET_LOCAL_OUT, NF_IP_PRI_CONNTRACK),
	SF_CHILD_HOOK(NFPROTO_IPV6, NF_INET_PRE_ROUTING, NF_IP6_PRI_CONNTRACK),
	SF_CHILD_HOOK(NFPROTO_IPV6, NF_INET_LOCAL_OUT, NF_IP6_PRI_CONNTRACK),
};

static int __net_init sf_child_hook_net(struct net *net)
{
	return nf_register_net_hooks(net, sf_child_hooks,
				     ARRAY_SIZE(sf_child_hooks));
}

static void __net_exit sf_child_unhook_net(struct net *net)
{
	nf_unregister_net_hooks(net, sf_child_hooks,
				ARRAY_SIZE(sf_child_hooks));
}

static struct pernet_operations sf_child_net_ops = {
	.init = sf_child_hook_net,
	.pre_exit = sf_child_unhook_net,
};

int sf_child_init(void)
{
	return register_pernet_subsys(&sf_child_net_ops);
}

void sf_child_exit(void)
{
	unregister_pernet_subsys(&sf_child_net_ops);
}
