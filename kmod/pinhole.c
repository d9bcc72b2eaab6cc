// SPDX-License-Identifier: GPL-2.0
/*
 * pinhole.c - who may reach which media or contact
 *
 * A pinhole is open as long as its owner says so. Conntrack's expectations
 * cannot carry that: they are few, serve once and expire. So the table here
 * is the truth. An expectation is programmed for the first RTP connection of
 * each direction; whatever no expectation serves (RTCP, media that comes back
 * after silence, registrations, overflow) finds its pinhole in the hook, which
 * runs right behind conntrack. Both ways end in the same child connection.
 */
#include <linux/inetdevice.h>
#include <linux/netfilter_ipv4.h>
#include <linux/netfilter_ipv6.h>
#include <linux/rhashtable.h>
#include <net/netfilter/nf_conntrack_core.h>
#include <net/netfilter/nf_conntrack_expect.h>
#include <net/netfilter/nf_conntrack_helper.h>
#include <net/netfilter/nf_nat.h>

#include "flow.h"
#include "helper.h"
#include "pernet.h"
#include "pinhole.h"
#include "prefix.h"
#include "stream.h"
#include "trace.h"

/* The two ports of a pair are found in one place. */
static u16 sf_pinhole_even(const struct sf_pinhole_key *key)
{
	return ntohs(key->to.port) & 0xfffe;
}

static u32 sf_pinhole_hash(const void *data, u32 len, u32 seed)
{
	const struct sf_pinhole_key *key = data;

	return jhash2(key->to.addr.all, ARRAY_SIZE(key->to.addr.all),
		      seed + (sf_pinhole_even(key) << 16 | key->zone));
}

static u32 sf_pinhole_hash_of(const void *obj, u32 len, u32 seed)
{
	const struct sf_pinhole *ph = obj;

	return sf_pinhole_hash(&ph->key, len, seed);
}

static int sf_pinhole_cmp(struct rhashtable_compare_arg *arg, const void *obj)
{
	const struct sf_pinhole_key *a = arg->key;
	const struct sf_pinhole_key *b = &((const struct sf_pinhole *)obj)->key;

	return a->zone != b->zone || a->l3num != b->l3num ||
	       sf_pinhole_even(a) != sf_pinhole_even(b) ||
	       !sf_addr_equal(&a->to.addr, &b->to.addr);
}

static const struct rhashtable_params sf_pinhole_params = {
	.key_len = sizeof(struct sf_pinhole_key),
	.key_offset = offsetof(struct sf_pinhole, key),
	.head_offset = offsetof(struct sf_pinhole, node),
	.hashfn = sf_pinhole_hash,
	.obj_hashfn = sf_pinhole_hash_of,
	.obj_cmpfn = sf_pinhole_cmp,
	.min_size = SF_TABLE_MIN,
};

static struct sf_pinhole_key sf_pinhole_key(const struct nf_conntrack_tuple *t,
					    u16 zone)
{
	struct sf_pinhole_key key;

	memset(&key, 0, sizeof(key));
	key.to.addr = t->dst.u3;
	key.to.port = t->dst.u.udp.port;
	key.zone = zone;
	key.l3num = t->src.l3num;

	return key;
}

/*
 * Others than the announced source can only be had from a side that is not
 * translated: somebody else's packets never leave under an endpoint's address.
 */
static bool sf_pinhole_open_source(const struct sf_pinhole *ph)
{
	return sf_end_equal(&ph->from, &ph->from_face);
}

void sf_pinhole_source(struct sf_pinhole *ph, u8 source)
{
	bool ip4 = ph->key.l3num == NFPROTO_IPV4;

	ph->from_len = sf_prefix_full(ph->key.l3num);
	if (!sf_pinhole_open_source(ph))
		return;

	if (source == SIPFAST_SOURCE_ANY)
		ph->from_len = 0;
	else if (source == SIPFAST_SOURCE_PREFIX)
		ph->from_len = ip4 ? 24 : 64;
}

static bool sf_pinhole_admits(const struct sf_net *sn,
			      const struct sf_pinhole *ph,
			      const union nf_inet_addr *addr)
{
	if (sf_prefix_equal(&ph->from.addr, addr, ph->key.l3num, ph->from_len))
		return true;

	return ph->kind != SF_PINHOLE_MEDIA && sf_pinhole_open_source(ph) &&
	       sf_prefixes_have(rcu_dereference(sn->registration_hosts), addr,
				ph->key.l3num);
}

/**
 * struct sf_way - a way through a pinhole
 * @ph: the pinhole
 * @rtcp: by its upper ports
 */
struct sf_way {
	const struct sf_pinhole *ph;
	bool rtcp;
};

/* An end of a pinhole, on this way. */
static struct sf_end sf_way_end(const struct sf_way *way,
				const struct sf_end *end)
{
	return (struct sf_end){ .addr = end->addr,
				.port = htons(ntohs(end->port) + way->rtcp) };
}

/* Does a port lead into a pinhole that is found there? */
static bool sf_way_to(struct sf_way *way, const struct sf_pinhole *ph,
		      __be16 port)
{
	way->ph = ph;
	way->rtcp = ph->key.to.port != port;

	return !way->rtcp || (ph->paired && ntohs(port) & 1);
}

/*
 * The way of the first packet of a connection. Under RCU. Where several pinholes
 * admit it, the one that knows the source's port goes first: it keeps the
 * translation that the source announced.
 * @refused: one that is there and does not, when none does
 *
 * Return: a way, whose pinhole is NULL when none does.
 */
static struct sf_way sf_way_find(struct sf_net *sn,
				 const struct nf_conntrack_tuple *t, u16 zone,
				 const struct sf_pinhole **refused)
{
	struct sf_pinhole_key key = sf_pinhole_key(t, zone);
	struct sf_way way, found = {};
	const struct sf_pinhole *ph;
	struct rhlist_head *list, *pos;

	*refused = NULL;
	list = rhltable_lookup(&sn->pinholes, &key, sf_pinhole_params);
	rhl_for_each_entry_rcu(ph, pos, list, node) {
		if (!sf_way_to(&way, ph, key.to.port))
			continue;
		if (!sf_pinhole_admits(sn, ph, &t->src.u3)) {
			*refused = ph;
			continue;
		}
		found = way;
		if (sf_way_end(&way, &ph->from).port == t->src.u.udp.port)
			break;
	}

	return found;
}

static bool sf_pinhole_manip(struct nf_conn *ct,
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
static bool sf_pinhole_snat(struct sf_net *sn, struct nf_conn *ct,
			    const struct sf_way *way)
{
	const struct sf_end source = sf_end_src(&ct->tuplehash[0].tuple);
	const struct sf_end from = sf_way_end(way, &way->ph->from);
	const struct sf_end face = sf_way_end(way, &way->ph->from_face);
	__be16 min = face.port, max = face.port;

	if (!sf_end_equal(&from, &source)) {
		if (sf_pinhole_open_source(way->ph))
			return true;
		min = htons(READ_ONCE(sn->config.media_port_min));
		max = htons(READ_ONCE(sn->config.media_port_max));
	}

	return sf_pinhole_manip(ct, &face.addr, min, max, NF_NAT_MANIP_SRC);
}

/* A packet from somewhere that goes this way. */
static struct nf_conntrack_tuple sf_way_tuple(const struct sf_way *way,
					      const struct sf_end *from)
{
	const struct sf_end src = sf_way_end(way, from);
	const struct sf_end dst = sf_way_end(way, &way->ph->key.to);

	return (struct nf_conntrack_tuple){
		.src.l3num = way->ph->key.l3num,
		.src.u3 = src.addr,
		.src.u.udp.port = src.port,
		.dst.u3 = dst.addr,
		.dst.u.udp.port = dst.port,
		.dst.protonum = IPPROTO_UDP,
	};
}

static bool sf_pinhole_inward(const struct sf_pinhole *ph)
{
	return !sf_end_equal(&ph->key.to, &ph->inside);
}

/*
 * The media of two inside endpoints that call each other through a provider:
 * each was told the other's mapping. Outside, nobody would send their packets
 * back to us. What a packet would look like there finds the pinhole of the
 * other leg, which knows where the mapping leads.
 */
static struct sf_way sf_pinhole_hairpin(struct sf_net *sn,
					const struct sf_way *way)
{
	const struct sf_pinhole *refused, *ph = way->ph;
	const struct nf_conntrack_tuple seen = sf_way_tuple(way,
							    &ph->from_face);
	struct sf_way other = {};

	if (!READ_ONCE(sn->config.hairpin) || ph->kind != SF_PINHOLE_MEDIA ||
	    sf_pinhole_inward(ph) || sf_pinhole_open_source(ph))
		return other;

	other = sf_way_find(sn, &seen, ph->key.zone, &refused);
	if (other.ph && (other.ph->kind != SF_PINHOLE_MEDIA ||
			 !sf_pinhole_inward(other.ph)))
		other.ph = NULL;

	return other;
}

/*
 * Translate a new connection as its pinhole says, and deliver it to @inside.
 * What a pinhole does not translate is left to the administrator's nat chains.
 */
static bool sf_pinhole_nat(struct sf_net *sn, struct nf_conn *ct,
			   const struct sf_way *way,
			   const struct sf_end *inside)
{
	const struct sf_end to = sf_end_dst(nf_ct_tuple(ct,
							IP_CT_DIR_ORIGINAL));

	if (!sf_end_equal(&to, inside) &&
	    !sf_pinhole_manip(ct, &inside->addr, inside->port, inside->port,
			      NF_NAT_MANIP_DST))
		return false;

	return way->ph->from_free || sf_pinhole_snat(sn, ct, way);
}

/*
 * Room to note the device that masquerade watches. Only a child whose source is
 * translated leaves by it.
 */
static void sf_pinhole_masq_room(struct nf_conn *ct,
				 const struct sf_pinhole *ph)
{
#if IS_ENABLED(CONFIG_NF_NAT_MASQUERADE)
	const struct nf_conn_nat *from = nfct_nat(ct->master);

	if (from && from->masq_index &&
	    !sf_end_equal(&ph->from, &ph->from_face))
		nf_ct_nat_ext_add(ct);
#endif
}

/*
 * A connection that leaves by another device than the one noted is killed by
 * the NAT core on the spot, and one that is unconfirmed does not survive that:
 * nor does the kernel. So it is noted once the first packet leaves by it.
 */
void sf_pinhole_follow_masq(const struct sk_buff *skb, struct nf_conn *ct)
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

static struct sf_passage sf_way_passage(const struct sf_way *way)
{
	return (struct sf_passage){ .stream = way->ph->stream,
				    .dir = way->ph->dir, .rtcp = way->rtcp };
}

/* Make a new connection, whose master is set, the child that was awaited. */
static bool sf_pinhole_adopt(struct sf_net *sn, struct nf_conn *ct,
			     const struct sf_way *way)
{
	const struct sf_way other = sf_pinhole_hairpin(sn, way);
	const struct sf_way *last = other.ph ? &other : way;
	const struct sf_end inside = sf_way_end(last, &last->ph->inside);
	const struct sf_pinhole *ph = way->ph;
	struct nf_conn_help *help;

	trace_sipfast_pinhole_admit(ph, way->rtcp);

	help = nfct_help(ct) ?: nf_ct_helper_ext_add(ct, GFP_ATOMIC);
	if (!help)
		return false;

	if (ph->kind == SF_PINHOLE_MEDIA) {
		struct sf_child *child = nfct_help_data(ct);

		child->of[0] = sf_way_passage(way);
		if (other.ph)
			child->of[1] = sf_way_passage(&other);
		rcu_assign_pointer(help->helper, sf_helper_media(ct));
	} else {
		sf_flow_inherit(ct, &ph->inside.addr);
		rcu_assign_pointer(help->helper, sf_helper_contact(ct));
	}

	sf_pinhole_masq_room(ct, ph);

	if (other.ph)
		sf_count(sn, SF_CNT_PINHOLE_HAIRPIN);

	return sf_pinhole_nat(sn, ct, way, &inside);
}

/* A connection that an expectation announced; its master is set already. */
void sf_pinhole_expected(struct nf_conn *ct, struct nf_conntrack_expect *exp)
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

	sf_count(sn, sf_pinhole_adopt(sn, ct, &way) ? SF_CNT_PINHOLE_EXPECTED :
						      SF_CNT_PINHOLE_NAT);
}

static void sf_pinhole_refuse(struct sf_net *sn, const struct nf_conn *ct,
			      const struct sf_pinhole *ph)
{
	const struct sf_end who = sf_end_src(nf_ct_tuple(ct, IP_CT_DIR_ORIGINAL));

	sf_count(sn, SF_CNT_PINHOLE_STRANGER);
	if (ph->kind == SF_PINHOLE_MEDIA)
		sf_stream_stranger(sn, ph, &who);
}

static bool sf_pinhole_admit(struct sf_net *sn, struct nf_conn *ct)
{
	const struct sf_pinhole *refused;
	struct nf_conn *master;
	struct sf_way way;

	way = sf_way_find(sn, nf_ct_tuple(ct, IP_CT_DIR_ORIGINAL),
			  nf_ct_zone(ct)->id, &refused);
	if (!way.ph) {
		if (refused)
			sf_pinhole_refuse(sn, ct, refused);
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
	sf_count(sn, sf_pinhole_adopt(sn, ct, &way) ? SF_CNT_PINHOLE_LOOKUP :
						      SF_CNT_PINHOLE_NAT);

	return true;
}

/*
 * Behind conntrack and before everybody else: a connection is ours to change
 * only as long as it is unconfirmed and nobody else has looked at it.
 */
static unsigned int sf_pinhole_hook(void *priv, struct sk_buff *skb,
				    const struct nf_hook_state *state)
{
	enum ip_conntrack_info ctinfo;
	struct nf_conn *ct = nf_ct_get(skb, &ctinfo);

	if (!ct || ctinfo != IP_CT_NEW || nf_ct_is_confirmed(ct) ||
	    nf_ct_is_template(ct) || nf_ct_protonum(ct) != IPPROTO_UDP ||
	    ct->master)
		return NF_ACCEPT;

	if (sf_pinhole_admit(sf_pernet(state->net), ct))
		nf_ct_set(skb, ct, IP_CT_RELATED);

	return NF_ACCEPT;
}

#define SF_PINHOLE_HOOK(family, where, prio) {	\
		.hook = sf_pinhole_hook,	\
		.pf = family,			\
		.hooknum = where,		\
		.priority = (prio) + 1,		\
	}

static const struct nf_hook_ops sf_pinhole_hooks[] = {
	SF_PINHOLE_HOOK(NFPROTO_IPV4, NF_INET_PRE_ROUTING, NF_IP_PRI_CONNTRACK),
	SF_PINHOLE_HOOK(NFPROTO_IPV4, NF_INET_LOCAL_OUT, NF_IP_PRI_CONNTRACK),
	SF_PINHOLE_HOOK(NFPROTO_IPV6, NF_INET_PRE_ROUTING, NF_IP6_PRI_CONNTRACK),
	SF_PINHOLE_HOOK(NFPROTO_IPV6, NF_INET_LOCAL_OUT, NF_IP6_PRI_CONNTRACK),
};

/*
 * Media that overtook its answer has made a connection without us. It would
 * keep the translation that it got, or lead to nobody, as long as packets come.
 */
static void sf_way_clear_early(struct sf_net *sn, const struct sf_way *way)
{
	const struct sf_pinhole *ph = way->ph;
	const struct nf_conntrack_tuple tuple = sf_way_tuple(way, &ph->from);
	struct nf_conntrack_tuple_hash *h;
	struct nf_conn_help *help;
	struct nf_conn *ct;

	h = nf_conntrack_find_get(sn->net, nf_ct_zone(ph->master), &tuple);
	if (!h)
		return;

	ct = nf_ct_tuplehash_to_ctrack(h);
	help = nfct_help(ct);
	if (NF_CT_DIRECTION(h) == IP_CT_DIR_ORIGINAL && !ct->master &&
	    !(help && rcu_access_pointer(help->helper)))
		nf_ct_kill(ct);
	nf_ct_put(ct);
}

/*
 * Likewise media from another inside endpoint, whose own leg was agreed on
 * first. It leads to the router itself: what answers it comes from the mapping.
 */
static void sf_way_clear_hairpin(struct sf_net *sn, const struct sf_way *way)
{
	const struct sf_pinhole *ph = way->ph;
	struct nf_conntrack_tuple tuple = sf_way_tuple(way, &ph->from);
	struct nf_conntrack_tuple_hash *h;
	struct nf_conn *ct;

	if (!sf_pinhole_inward(ph))
		return;

	swap(tuple.src.u3, tuple.dst.u3);
	swap(tuple.src.u.udp.port, tuple.dst.u.udp.port);
	h = nf_conntrack_find_get(sn->net, nf_ct_zone(ph->master), &tuple);
	if (!h)
		return;

	ct = nf_ct_tuplehash_to_ctrack(h);
	rcu_read_lock();
	if (NF_CT_DIRECTION(h) == IP_CT_DIR_REPLY && sf_helper_ours(ct))
		nf_ct_kill(ct);
	rcu_read_unlock();
	nf_ct_put(ct);
}

static void sf_pinhole_clear(struct sf_net *sn, const struct sf_pinhole *ph)
{
	struct sf_way way = { .ph = ph };

	sf_way_clear_early(sn, &way);
	sf_way_clear_hairpin(sn, &way);
	if (!ph->paired)
		return;

	way.rtcp = true;
	sf_way_clear_early(sn, &way);
	sf_way_clear_hairpin(sn, &way);
}

int sf_pinhole_open(struct sf_net *sn, struct sf_pinhole *ph,
		    struct nf_conn *master)
{
	int err;

	lockdep_assert_held(&sn->lock);

	if (sn->npinholes >= READ_ONCE(sn->config.pinhole_limit)) {
		sf_decide(sn, SF_CNT_PINHOLE_FULL);
		return -ENFILE;
	}

	nf_conntrack_get(&master->ct_general);
	ph->master = master;
	err = rhltable_insert(&sn->pinholes, &ph->node, sf_pinhole_params);
	if (err) {
		nf_ct_put(master);
		ph->master = NULL;
		sf_decide(sn, SF_CNT_PINHOLE_NO_MEMORY);
		return err;
	}
	sn->npinholes++;
	trace_sipfast_pinhole_open(ph, ph->paired);
	if (ph->kind == SF_PINHOLE_MEDIA)
		sf_pinhole_clear(sn, ph);

	return 0;
}

/* Conntrack compares what the mask leaves, and wants nothing else to be set. */
static void sf_pinhole_widen(struct nf_conntrack_expect *exp,
			     const struct sf_pinhole *ph)
{
	union nf_inet_addr *addr = &exp->tuple.src.u3;
	union nf_inet_addr mask = {};
	int i;

	if (ph->key.l3num == NFPROTO_IPV4)
		mask.ip = inet_make_mask(ph->from_len);
	else
		for (i = 0; i < ph->from_len; i += 32)
			mask.ip6[i / 32] = inet_make_mask(min(ph->from_len - i,
							      32));

	for (i = 0; i < ARRAY_SIZE(mask.all); i++)
		addr->all[i] &= mask.all[i];
	exp->mask.src.u3 = mask;
}

void sf_pinhole_expect(struct sf_net *sn, struct sf_pinhole *ph)
{
	struct nf_conntrack_expect *exp = nf_ct_expect_alloc(ph->master);

	if (!exp) {
		sf_count(sn, SF_CNT_PINHOLE_NO_EXPECT);
		return;
	}

	nf_ct_expect_init(exp, SF_EXPECT_MEDIA, ph->key.l3num,
			  ph->from_len ? &ph->from.addr : NULL,
			  &ph->key.to.addr, IPPROTO_UDP, NULL,
			  &ph->key.to.port);
	sf_pinhole_widen(exp, ph);
	exp->expectfn = sf_pinhole_expected;

	ph->expected = !nf_ct_expect_related(exp, 0);
	if (!ph->expected)
		sf_count(sn, SF_CNT_PINHOLE_NO_EXPECT);

	nf_ct_expect_put(exp);
}

/*
 * Withdraw what sf_pinhole_expect() announced, if no connection has come for it
 * and no other pinhole stands for the same. Marking it dead would leave it in
 * conntrack's table, where it slows down every new connection.
 */
static void sf_pinhole_unexpect(struct sf_net *sn, const struct sf_pinhole *ph)
{
	const struct sf_way way = { .ph = ph };
	const struct nf_conntrack_tuple tuple = sf_way_tuple(&way, &ph->from);
	const struct sf_pinhole *refused;
	struct nf_conntrack_expect *exp;

	rcu_read_lock();
	if (sf_way_find(sn, &tuple, ph->key.zone, &refused).ph)
		goto out;

	spin_lock_bh(&nf_conntrack_expect_lock);
	exp = __nf_ct_expect_find(sn->net, nf_ct_zone(ph->master), &tuple);
	if (exp && exp->expectfn == sf_pinhole_expected)
		nf_ct_unlink_expect(exp);
	spin_unlock_bh(&nf_conntrack_expect_lock);
out:
	rcu_read_unlock();
}

void sf_pinhole_close(struct sf_net *sn, struct sf_pinhole *ph)
{
	lockdep_assert_held(&sn->lock);

	trace_sipfast_pinhole_close(ph, ph->paired);
	rhltable_remove(&sn->pinholes, &ph->node, sf_pinhole_params);
	sn->npinholes--;
	if (ph->expected)
		sf_pinhole_unexpect(sn, ph);
}

struct sf_pinhole *sf_pinhole_of(struct sf_net *sn, enum sf_pinhole_kind kind,
				 const struct sf_end *to,
				 const struct nf_conn *master)
{
	const struct sf_pinhole_key key = {
		.to = *to,
		.zone = nf_ct_zone(master)->id,
		.l3num = nf_ct_l3num(master),
	};
	struct sf_pinhole *ph, *found = NULL;
	struct rhlist_head *list, *pos;

	lockdep_assert_held(&sn->lock);

	rcu_read_lock();
	list = rhltable_lookup(&sn->pinholes, &key, sf_pinhole_params);
	rhl_for_each_entry_rcu(ph, pos, list, node) {
		if (ph->kind == kind && ph->master == master &&
		    sf_end_equal(&ph->key.to, to)) {
			found = ph;
			break;
		}
	}
	rcu_read_unlock();

	return found;
}

void sf_pinhole_put(struct sf_pinhole *ph)
{
	nf_ct_put(ph->master);
}

int sf_pinhole_net_init(struct sf_net *sn)
{
	return rhltable_init(&sn->pinholes, &sf_pinhole_params);
}

void sf_pinhole_net_exit(struct sf_net *sn)
{
	rhltable_destroy(&sn->pinholes);
}

static int __net_init sf_pinhole_hook_net(struct net *net)
{
	return nf_register_net_hooks(net, sf_pinhole_hooks,
				     ARRAY_SIZE(sf_pinhole_hooks));
}

static void __net_exit sf_pinhole_unhook_net(struct net *net)
{
	nf_unregister_net_hooks(net, sf_pinhole_hooks,
				ARRAY_SIZE(sf_pinhole_hooks));
}

static struct pernet_operations sf_pinhole_net_ops = {
	.init = sf_pinhole_hook_net,
	.pre_exit = sf_pinhole_unhook_net,
};

int sf_pinhole_init(void)
{
	return register_pernet_subsys(&sf_pinhole_net_ops);
}

void sf_pinhole_exit(void)
{
	unregister_pernet_subsys(&sf_pinhole_net_ops);
}
