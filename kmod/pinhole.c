// SPDX-License-Identifier: GPL-2.0
/*
 * pinhole.c - who may reach which media or contact
 *
 * A pinhole is open as long as its owner says so. Conntrack's expectations
 * cannot carry that: they are few, serve once and expire. So the table here
 * is the truth. An expectation is programmed for the first RTP connection of
 * each direction; whatever no expectation serves (RTCP, media that comes back
 * after silence, registrations, overflow) finds its pinhole when it comes. Both
 * ways end in the same child connection (child.c).
 */
#include <linux/inetdevice.h>
#include <linux/rhashtable.h>
#include <net/netfilter/nf_conntrack_core.h>
#include <net/netfilter/nf_conntrack_expect.h>
#include <net/netfilter/nf_conntrack_helper.h>

#include "child.h"
#include "helper.h"
#include "pernet.h"
#include "pinhole.h"
#include "prefix.h"
#include "trace.h"

/* The two ports of a pair are found in one place. */
static u16 sf_pinhole_even(const struct sf_end *to)
{
	return ntohs(to->port) & 0xfffe;
}

static struct sf_pinhole_key sf_pinhole_key(const struct sf_end *to, u16 zone,
					    u16 l3num)
{
	return (struct sf_pinhole_key){ .to = *to, .zone = zone,
					.l3num = l3num };
}

static u32 sf_pinhole_hash(const void *data, u32 len, u32 seed)
{
	const struct sf_pinhole_key *key = data;

	return jhash2(key->to.addr.all, ARRAY_SIZE(key->to.addr.all),
		      seed + (sf_pinhole_even(&key->to) << 16 | key->zone));
}

static u32 sf_pinhole_hash_of(const void *obj, u32 len, u32 seed)
{
	const struct sf_pinhole *ph = obj;
	const struct sf_pinhole_key key = sf_pinhole_key(sf_pinhole_to(ph),
							 ph->zone, ph->l3num);

	return sf_pinhole_hash(&key, len, seed);
}

static int sf_pinhole_cmp(struct rhashtable_compare_arg *arg, const void *obj)
{
	const struct sf_pinhole_key *key = arg->key;
	const struct sf_pinhole *ph = obj;
	const struct sf_end *to = sf_pinhole_to(ph);

	return key->zone != ph->zone || key->l3num != ph->l3num ||
	       sf_pinhole_even(&key->to) != sf_pinhole_even(to) ||
	       !sf_addr_equal(&key->to.addr, &to->addr);
}

static const struct rhashtable_params sf_pinhole_params = {
	.key_len = sizeof(struct sf_pinhole_key),
	.head_offset = offsetof(struct sf_pinhole, node),
	.hashfn = sf_pinhole_hash,
	.obj_hashfn = sf_pinhole_hash_of,
	.obj_cmpfn = sf_pinhole_cmp,
	.min_size = SF_TABLE_MIN,
};

void sf_pinhole_source(struct sf_pinhole *ph, u8 source)
{
	bool ip4 = ph->l3num == NFPROTO_IPV4;

	ph->from_len = sf_prefix_full(ph->l3num);
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
	if (sf_prefix_equal(&sf_pinhole_from(ph)->addr, addr, ph->l3num,
			    ph->from_len))
		return true;

	return ph->kind != SF_PINHOLE_MEDIA && sf_pinhole_open_source(ph) &&
	       sf_prefixes_have(rcu_dereference(sn->registration_hosts), addr,
				ph->l3num);
}

/* Does a port lead into a pinhole that is found there? */
static bool sf_way_to(struct sf_way *way, const struct sf_pinhole *ph,
		      __be16 port)
{
	way->ph = ph;
	way->rtcp = sf_pinhole_to(ph)->port != port;

	return !way->rtcp || (ph->paired && ntohs(port) & 1);
}

struct sf_way sf_way_find(struct sf_net *sn, const struct nf_conntrack_tuple *t,
			  u16 zone, const struct sf_pinhole **refused)
{
	const struct sf_end to = sf_end_dst(t);
	const struct sf_pinhole_key key = sf_pinhole_key(&to, zone, t->src.l3num);
	struct sf_way way, found = {};
	const struct sf_pinhole *ph;
	struct rhlist_head *list, *pos;

	*refused = NULL;
	list = rhltable_lookup(&sn->pinholes, &key, sf_pinhole_params);
	rhl_for_each_entry_rcu(ph, pos, list, node) {
		if (!sf_way_to(&way, ph, to.port))
			continue;
		if (!sf_pinhole_admits(sn, ph, &t->src.u3)) {
			*refused = ph;
			continue;
		}
		found = way;
		if (sf_way_end(&way, sf_pinhole_from(ph)).port ==
		    t->src.u.udp.port)
			break;
	}

	return found;
}

struct nf_conntrack_tuple sf_way_tuple(const struct sf_way *way,
				       const struct sf_end *from)
{
	const struct sf_end src = sf_way_end(way, from);
	const struct sf_end dst = sf_way_end(way, sf_pinhole_to(way->ph));

	return (struct nf_conntrack_tuple){
		.src.l3num = way->ph->l3num,
		.src.u3 = src.addr,
		.src.u.udp.port = src.port,
		.dst.u3 = dst.addr,
		.dst.u.udp.port = dst.port,
		.dst.protonum = IPPROTO_UDP,
	};
}

/*
 * Media that overtook its answer has made a connection without us. It would
 * keep the translation that it got, or lead to nobody, as long as packets come.
 */
static void sf_way_clear_early(struct sf_net *sn, const struct sf_way *way)
{
	const struct sf_pinhole *ph = way->ph;
	const struct nf_conntrack_tuple tuple =
		sf_way_tuple(way, sf_pinhole_from(ph));
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
	struct nf_conntrack_tuple tuple = sf_way_tuple(way, sf_pinhole_from(ph));
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
	const struct sf_pinhole_key key = sf_pinhole_key(sf_pinhole_to(ph),
							 ph->zone, ph->l3num);
	int err;

	lockdep_assert_held(&sn->lock);

	if (sn->npinholes >= READ_ONCE(sn->config.pinhole_limit)) {
		sf_decide(sn, SF_CNT_PINHOLE_FULL);
		return -ENFILE;
	}

	nf_conntrack_get(&master->ct_general);
	ph->master = master;
	err = rhltable_insert_key(&sn->pinholes, &key, &ph->node,
				  sf_pinhole_params);
	if (err) {
		nf_ct_put(master);
		ph->master = NULL;
		sf_decide(sn, SF_CNT_PINHOLE_NO_MEMORY);
		return err;
	}
	ph->open = true;
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

	if (ph->l3num == NFPROTO_IPV4)
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
	const struct sf_end *to = sf_pinhole_to(ph);

	if (!exp) {
		sf_count(sn, SF_CNT_PINHOLE_NO_EXPECT);
		return;
	}

	nf_ct_expect_init(exp, SF_EXPECT_MEDIA, ph->l3num,
			  ph->from_len ? &sf_pinhole_from(ph)->addr : NULL,
			  &to->addr, IPPROTO_UDP, NULL, &to->port);
	sf_pinhole_widen(exp, ph);
	exp->expectfn = sf_child_expected;

	ph->expected = !nf_ct_expect_related(exp, 0);
	if (!ph->expected)
		sf_count(sn, SF_CNT_PINHOLE_NO_EXPECT);

	nf_ct_expect_put(exp);
}

/*
 * Another pinhole for the same media, as both legs of a call through a proxy on
 * this router have one: what one announced stands for the other from now on.
 */
static bool sf_pinhole_inherit(struct sf_net *sn, const struct sf_pinhole *ph)
{
	const struct sf_end *to = sf_pinhole_to(ph);
	const struct sf_pinhole_key key = sf_pinhole_key(to, ph->zone, ph->l3num);
	struct rhlist_head *list, *pos;
	struct sf_pinhole *other;

	list = rhltable_lookup(&sn->pinholes, &key, sf_pinhole_params);
	rhl_for_each_entry_rcu(other, pos, list, node) {
		if (sf_end_equal(sf_pinhole_to(other), to) &&
		    sf_addr_equal(&sf_pinhole_from(other)->addr,
				  &sf_pinhole_from(ph)->addr) &&
		    other->from_len == ph->from_len) {
			other->expected = true;
			return true;
		}
	}

	return false;
}

/*
 * Withdraw what sf_pinhole_expect() announced, if no connection has come for it
 * and no other pinhole stands for the same. Marking it dead would leave it in
 * conntrack's table, where it slows down every new connection; left alone, it
 * would let media in for as long as conntrack keeps it, which is a week.
 */
static void sf_pinhole_unexpect(struct sf_net *sn, const struct sf_pinhole *ph)
{
	const struct sf_way way = { .ph = ph };
	const struct nf_conntrack_tuple tuple =
		sf_way_tuple(&way, sf_pinhole_from(ph));
	struct nf_conntrack_expect *exp;

	rcu_read_lock();
	if (sf_pinhole_inherit(sn, ph))
		goto out;

	spin_lock_bh(&nf_conntrack_expect_lock);
	exp = __nf_ct_expect_find(sn->net, nf_ct_zone(ph->master), &tuple);
	if (exp && exp->expectfn == sf_child_expected)
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
	ph->open = false;
	sn->npinholes--;
	if (ph->expected)
		sf_pinhole_unexpect(sn, ph);
}

struct sf_pinhole *sf_pinhole_of(struct sf_net *sn, enum sf_pinhole_kind kind,
				 const struct sf_end *to,
				 const struct nf_conn *master)
{
	const struct sf_pinhole_key key =
		sf_pinhole_key(to, nf_ct_zone(master)->id, nf_ct_l3num(master));
	struct sf_pinhole *ph, *found = NULL;
	struct rhlist_head *list, *pos;

	lockdep_assert_held(&sn->lock);

	rcu_read_lock();
	list = rhltable_lookup(&sn->pinholes, &key, sf_pinhole_params);
	rhl_for_each_entry_rcu(ph, pos, list, node) {
		if (ph->kind == kind && ph->master == master &&
		    sf_end_equal(sf_pinhole_to(ph), to)) {
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
