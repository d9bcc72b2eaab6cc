// SPDX-License-Identifier: GPL-2.0
/*
 * path.c - how the fast path forwards one direction of a media connection
 */
#include <linux/netdevice.h>
#include <linux/random.h>
#include <linux/rculist.h>
#include <linux/slab.h>
#include <net/dst.h>
#include <net/ip.h>
#include <net/neighbour.h>
#include <net/netfilter/nf_conntrack_acct.h>
#include <net/netfilter/nf_conntrack_l4proto.h>
#include <net/netfilter/nf_conntrack_timeout.h>

#include "cache.h"
#include "helper.h"
#include "ingress.h"
#include "marking.h"
#include "meter.h"
#include "path.h"
#include "pernet.h"
#include "route.h"
#include "stream.h"

/* One like this that is there, under RCU or the lock. */
static struct sf_path *sf_path_like(const struct sf_paths *paths,
				    const struct sf_path *like)
{
	const struct sf_path_ends *in = &like->in;
	int dev = like->ifindex;

	return like->l3num == NFPROTO_IPV4 ?
	       sf_path_find4(paths, in->ip4.saddr, in->ip4.daddr, in->ports,
			     dev) :
	       sf_path_find6(paths, &in->ip6.saddr, &in->ip6.daddr, in->ports,
			     dev);
}

static void sf_path_ends(struct sf_path_ends *ends, u8 l3num,
			 const struct sf_end *from, const struct sf_end *to)
{
	ends->sport = from->port;
	ends->dport = to->port;
	if (l3num == NFPROTO_IPV4) {
		ends->ip4.saddr = from->addr.ip;
		ends->ip4.daddr = to->addr.ip;
	} else {
		ends->ip6.saddr = from->addr.in6;
		ends->ip6.daddr = to->addr.in6;
	}
}

/* Where the packets come from and go to, and what conntrack makes of that. */
static void sf_path_leg(struct sf_path *path, const struct nf_conn *ct)
{
	const struct nf_conntrack_tuple *there = nf_ct_tuple(ct, path->dir);
	const struct nf_conntrack_tuple *back = nf_ct_tuple(ct, !path->dir);
	struct sf_end from = sf_end_src(there), to = sf_end_dst(there);
	struct sf_end face = sf_end_dst(back), inside = sf_end_src(back);

	sf_path_ends(&path->in, path->l3num, &from, &to);
	sf_path_ends(&path->out, path->l3num, &face, &inside);
}

/* What makes a checksum over the old true for the new. */
static __wsum sf_path_diff(const void *old, const void *new, int len)
{
	return csum_sub(csum_partial(new, len, 0), csum_partial(old, len, 0));
}

static void sf_path_sums(struct sf_path *path)
{
	const struct sf_path_ends *in = &path->in, *out = &path->out;

	path->addr_sum = path->l3num == NFPROTO_IPV4 ?
		sf_path_diff(&in->ip4, &out->ip4, sizeof(in->ip4)) :
		sf_path_diff(&in->ip6, &out->ip6, sizeof(in->ip6));
	path->port_sum = sf_path_diff(&in->ports, &out->ports,
				      sizeof(in->ports));
}

static void sf_path_free(struct sf_path *path)
{
	neigh_release(path->neigh);
	dst_release(path->dst);
	nf_ct_put(path->ct);
	kmem_cache_free(sf_path_cache, path);
}

static void sf_path_free_rcu(struct rcu_head *rcu)
{
	sf_path_free(container_of(rcu, struct sf_path, rcu));
}

/* Tell the streams and the connection of the packets that they do not know yet. */
static void sf_path_account(struct sf_path *path)
{
	struct sf_meter *meter = sf_path_meter(path);
	const struct sf_path_of *of;
	struct sf_tally tally;

	spin_lock_bh(&meter->lock);
	tally = path->tally;
	path->tally = (struct sf_tally){};
	spin_unlock_bh(&meter->lock);

	if (!tally.packets)
		return;

	for (of = path->of; of < path->of + SF_CHILD_STREAMS; of++)
		if (of->stream)
			sf_meter_add(of->meters, of->side, of->rtcp, &tally);
	nf_ct_acct_add(path->ct, path->dir, tally.packets, tally.bytes);
}

/* Take it out of the table; the lock is held. Ended by sf_path_end(). */
static bool sf_path_unlink(struct sf_paths *paths, struct sf_path *path)
{
	int i;

	lockdep_assert_held(&paths->lock);

	if (path->dead)
		return false;

	path->dead = true;
	hlist_del_rcu(&path->node);
	paths->count--;
	for (i = 0; i < SF_CHILD_STREAMS; i++)
		if (path->of[i].stream) {
			list_del(&path->of[i].list);
			path->of[i].stream->npaths--;
		}
	sf_ingress_put(path->ingress);

	return true;
}

static void sf_path_end(struct sf_net *sn, struct sf_path *path)
{
	sf_count(sn, SF_CNT_FAST_DEMOTED);
	sf_path_account(path);
	call_rcu(&path->rcu, sf_path_free_rcu);
}

void sf_path_demote(struct sf_path *path)
{
	struct sf_net *sn = sf_pernet(nf_ct_net(path->ct));
	bool mine;

	spin_lock_bh(&sn->paths.lock);
	mine = sf_path_unlink(&sn->paths, path);
	spin_unlock_bh(&sn->paths.lock);

	if (mine)
		sf_path_end(sn, path);
}

void sf_path_demote_stream(struct sf_stream *stream)
{
	struct sf_net *sn = stream->sn;
	struct sf_path_of *of;
	struct sf_path *path;

	for (;;) {
		spin_lock_bh(&sn->paths.lock);
		stream->over = true;
		of = list_first_entry_or_null(&stream->paths,
					      struct sf_path_of, list);
		path = of ? sf_path_with(of) : NULL;
		if (path)
			sf_path_unlink(&sn->paths, path);
		spin_unlock_bh(&sn->paths.lock);
		if (!path)
			return;
		sf_path_end(sn, path);
	}
}

static bool sf_path_uses(const struct sf_path *path,
			 const struct net_device *dev)
{
	return !dev || path->ifindex == dev->ifindex || path->neigh->dev == dev;
}

void sf_path_demote_device(struct sf_net *sn, const struct net_device *dev)
{
	struct sf_paths *paths = &sn->paths;
	struct hlist_node *next;
	struct sf_path *path;
	u32 i;

	if (!READ_ONCE(paths->count))
		return;

	for (i = 0; i < SF_PATH_BUCKETS; i++) {
		spin_lock_bh(&paths->lock);
		hlist_for_each_entry_safe(path, next, &paths->buckets[i], node)
			if (sf_path_uses(path, dev) &&
			    sf_path_unlink(paths, path))
				sf_path_end(sn, path);
		spin_unlock_bh(&paths->lock);
	}
}

bool sf_path_tell(const struct sf_stream *stream, int side)
{
	struct sf_paths *paths = &stream->sn->paths;
	struct sf_path_of *of;
	bool promoted = false;

	spin_lock_bh(&paths->lock);
	list_for_each_entry(of, &stream->paths, list) {
		if (of->side != side)
			continue;
		sf_path_account(sf_path_with(of));
		promoted |= !of->rtcp;
	}
	spin_unlock_bh(&paths->lock);

	return promoted;
}

/* As long as the namespace, or a rule, lets a stream of UDP be silent. */
static u32 sf_path_timeout(const struct nf_conn *ct)
{
	const unsigned int *timeouts = nf_ct_timeout_lookup(ct);

	if (!timeouts)
		timeouts = nf_udp_pernet(nf_ct_net(ct))->timeouts;

	return READ_ONCE(timeouts[UDP_CT_REPLIED]);
}

bool sf_path_refresh(struct sf_path *path)
{
	struct nf_conn *ct = path->ct;

	WRITE_ONCE(path->refreshed, jiffies);
	sf_path_account(path);
	nf_ct_refresh(ct, sf_path_timeout(ct));

	return !sf_marking_opted_out(ct);
}

/* The streams that the connection belongs to; false when one is gone. */
static bool sf_path_streams(struct sf_path *path)
{
	const struct sf_child *child = nfct_help_data(path->ct);
	struct sf_net *sn = sf_pernet(nf_ct_net(path->ct));
	const struct sf_passage *passage = child->of;
	struct sf_path_of *of;

	for (of = path->of; of < path->of + SF_CHILD_STREAMS; of++, passage++) {
		if (!passage->stream)
			continue;
		of->stream = xa_load(&sn->stream_ids, passage->stream);
		of->meters = of->stream ? sf_meters(of->stream) : NULL;
		if (!of->meters)
			return false;
		of->side = passage->dir ^ path->dir;
		of->rtcp = passage->rtcp;
		of->second = of != path->of;
	}
	path->kind = path->of[0].rtcp ? SIPFAST_STREAM_RTCP :
					path->of[0].stream->kind;

	return true;
}

static void sf_path_link_streams(struct sf_path *path)
{
	struct sf_path_of *of;

	for (of = path->of; of < path->of + SF_CHILD_STREAMS; of++) {
		if (!of->stream)
			continue;
		list_add_tail(&of->list, &of->stream->paths);
		of->stream->npaths++;
	}
}

/* Streams that end, or have too many; the lock is held. */
static struct sf_path *sf_path_crowd(const struct sf_path *path, bool *over)
{
	const struct sf_path_of *of;
	struct sf_path *oldest = NULL;

	for (of = path->of; of < path->of + SF_CHILD_STREAMS; of++) {
		if (!of->stream)
			continue;
		*over |= of->stream->over;
		if (of->stream->npaths >= SF_STREAM_PATHS)
			oldest = sf_path_with(list_first_entry(&of->stream->paths,
							       struct sf_path_of,
							       list));
	}

	return oldest;
}

/* Put it into the table; SF_CNT_COUNT when somebody was faster. */
static enum sf_counter sf_path_link(struct sf_net *sn, struct sf_path *path)
{
	struct sf_paths *paths = &sn->paths;
	struct sf_path *oldest;
	bool over = false;
	u32 hash;

	hash = path->l3num == NFPROTO_IPV4 ?
	       sf_path_hash4(paths, path->in.ip4.saddr, path->in.ip4.daddr,
			     path->in.ports) :
	       sf_path_hash6(paths, &path->in.ip6.saddr, &path->in.ip6.daddr,
			     path->in.ports);

	spin_lock_bh(&paths->lock);
	oldest = sf_path_crowd(path, &over);
	if (over || sf_path_like(paths, path) || !READ_ONCE(sn->config.fastpath)) {
		spin_unlock_bh(&paths->lock);
		return SF_CNT_COUNT;
	}
	path->ingress = sf_ingress_get(sn, path->ifindex);
	if (!path->ingress) {
		spin_unlock_bh(&paths->lock);
		return SF_CNT_FAST_NO_MEMORY;
	}
	if (oldest && sf_path_unlink(paths, oldest))
		sf_path_end(sn, oldest);
	sf_path_link_streams(path);
	hlist_add_head_rcu(&path->node, &paths->buckets[hash]);
	paths->count++;
	spin_unlock_bh(&paths->lock);

	return SF_CNT_FAST_PROMOTED;
}

static enum sf_counter sf_path_make(struct sf_net *sn, struct sk_buff *skb,
				    struct nf_conn *ct,
				    const struct sf_path *like)
{
	struct sf_path *path = kmem_cache_alloc(sf_path_cache, GFP_ATOMIC);
	enum sf_counter what;

	if (!path)
		return SF_CNT_FAST_NO_MEMORY;

	memcpy(path, like, sizeof(*path));
	what = sf_route_take(path, skb);
	if (what != SF_CNT_FAST_PROMOTED) {
		kmem_cache_free(sf_path_cache, path);
		return what;
	}

	sf_path_sums(path);
	path->mark = skb->mark;
	path->priority = skb->priority;
	path->refreshed = jiffies;
	nf_conntrack_get(&ct->ct_general);
	what = sf_path_link(sn, path);
	if (what != SF_CNT_FAST_PROMOTED)
		sf_path_free(path);

	return what;
}

/* Is it for us to look at, and is there something to put it into? */
static bool sf_path_ready(struct sf_net *sn, const struct sk_buff *skb,
			  const struct nf_conn *ct)
{
	return READ_ONCE(sn->config.fastpath) && skb->skb_iif &&
	       test_bit(IPS_ASSURED_BIT, &ct->status) &&
	       !nf_ct_is_dying(ct) && READ_ONCE(sn->paths.buckets);
}

void sf_path_promote(struct sk_buff *skb, struct nf_conn *ct,
		     enum ip_conntrack_info ctinfo)
{
	struct sf_net *sn = sf_pernet(nf_ct_net(ct));
	struct sf_path like = {
		.ifindex = skb->skb_iif,
		.l3num = nf_ct_l3num(ct),
		.dir = CTINFO2DIR(ctinfo),
		.ct = ct,
	};
	enum sf_counter what = SF_CNT_FAST_OPTED_OUT;
	struct sf_meter *meter;

	if (!sf_path_ready(sn, skb, ct))
		return;

	sf_path_leg(&like, ct);
	if (sf_path_like(&sn->paths, &like) || !sf_path_streams(&like))
		return;

	if (!sf_marking_opted_out(ct))
		what = sf_path_make(sn, skb, ct, &like);
	if (what == SF_CNT_COUNT)
		return;
	/* What does not change is counted once, not with every packet. */
	meter = sf_path_meter(&like);
	if (what == SF_CNT_FAST_PROMOTED || meter->declined != 1 + what)
		sf_count(sn, what);
	sf_meter_decline(meter, what == SF_CNT_FAST_PROMOTED ? 0 : 1 + what);
}

void sf_path_prepare(struct sf_net *sn)
{
	if (!sn->paths.buckets)
		queue_work(system_wq, &sn->paths.work);
}

static void sf_path_table(struct sf_paths *paths)
{
	struct hlist_head *buckets;

	if (paths->buckets)
		return;

	buckets = kvcalloc(SF_PATH_BUCKETS, sizeof(*buckets), GFP_KERNEL);
	if (!buckets)
		return;

	/* Whoever sees the pointer sees an empty table behind it. */
	smp_store_release(&paths->buckets, buckets);
}

static void sf_path_work(struct work_struct *work)
{
	struct sf_paths *paths = container_of(work, struct sf_paths, work);

	sf_path_table(paths);
	sf_ingress_update(paths);
}

void sf_path_net_init(struct sf_net *sn)
{
	get_random_bytes(sn->paths.seed, sizeof(sn->paths.seed));
	spin_lock_init(&sn->paths.lock);
	INIT_LIST_HEAD(&sn->paths.ingress);
	INIT_WORK(&sn->paths.work, sf_path_work);
}

void sf_path_net_exit(struct sf_net *sn)
{
	sf_path_demote_device(sn, NULL);
	cancel_work_sync(&sn->paths.work);
	sf_ingress_net_exit(sn);
	kvfree(sn->paths.buckets);
}
