// SPDX-License-Identifier: GPL-2.0
/*
 * path.c - how the fast path forwards one direction of a media connection
 */
#include <linux/log2.h>
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

#include "ahead.h"
#include "cache.h"
#include "helper.h"
#include "ingress.h"
#include "marking.h"
#include "meter.h"
#include "path.h"
#include "pernet.h"
#include "route.h"
#include "stream.h"

static u32 sf_path_hash(const struct sf_paths *paths,
			const struct sf_path *path)
{
	return path->l3num == NFPROTO_IPV4 ?
	       sf_path_hash4(paths, &path->in4, path->in_ports.both) :
	       sf_path_hash6(paths, &path->in6, path->in_ports.both);
}

/* One like this that is there, under RCU or the lock. */
static struct sf_path *sf_path_like(const struct sf_paths *paths,
				    const struct sf_path *like)
{
	u32 ports = like->in_ports.both, bucket = sf_path_hash(paths, like);

	return like->l3num == NFPROTO_IPV4 ?
	       sf_path_find4(paths, bucket, &like->in4, ports, like->ifindex) :
	       sf_path_find6(paths, bucket, &like->in6, ports, like->ifindex);
}

/* Where the packets come from and go to, and what conntrack makes of that. */
static void sf_path_leg(struct sf_path *path, const struct nf_conn *ct)
{
	const struct nf_conntrack_tuple *there = nf_ct_tuple(ct, path->dir);
	const struct nf_conntrack_tuple *back = nf_ct_tuple(ct, !path->dir);

	path->in_ports.sport = there->src.u.all;
	path->in_ports.dport = there->dst.u.all;
	path->out_ports.sport = back->dst.u.all;
	path->out_ports.dport = back->src.u.all;
	if (path->l3num == NFPROTO_IPV4) {
		path->in4.saddr = there->src.u3.ip;
		path->in4.daddr = there->dst.u3.ip;
		path->out4.saddr = back->dst.u3.ip;
		path->out4.daddr = back->src.u3.ip;
	} else {
		path->in6.saddr = there->src.u3.in6;
		path->in6.daddr = there->dst.u3.in6;
		path->out6.saddr = back->dst.u3.in6;
		path->out6.daddr = back->src.u3.in6;
	}
}

/* What makes a checksum over the old true for the new. */
static __wsum sf_path_diff(const void *old, const void *new, int len)
{
	return csum_sub(csum_partial(new, len, 0), csum_partial(old, len, 0));
}

static void sf_path_sums(struct sf_path *path)
{
	path->addr_sum = path->l3num == NFPROTO_IPV4 ?
		sf_path_diff(&path->in4, &path->out4, sizeof(path->in4)) :
		sf_path_diff(&path->in6, &path->out6, sizeof(path->in6));
	path->port_sum = sf_path_diff(&path->in_ports, &path->out_ports,
				      sizeof(path->in_ports));
}

/*
 * Tell the streams and the connection of the packets that they do not know yet. False
 * when there were none.
 */
static bool sf_path_account(struct sf_path *path)
{
	const struct sf_path_of *of;
	struct sf_tally tally;

	spin_lock_bh(&path->meter->lock);
	tally = path->tally;
	path->tally = (struct sf_tally){};
	spin_unlock_bh(&path->meter->lock);

	if (!tally.packets)
		return false;

	for (of = path->of; of < path->of + SF_CHILD_STREAMS; of++)
		if (of->meters)
			sf_meter_add(of->meters, of->side, of->rtcp, &tally);
	nf_ct_acct_add(path->ct, path->dir, tally.packets, tally.bytes);

	return true;
}

static void sf_path_free(struct sf_path *path)
{
	struct sf_path_of *of;

	for (of = path->of; of < path->of + SF_CHILD_STREAMS; of++)
		if (of->meters)
			sf_meters_put(of->meters);
	neigh_release(path->neigh);
	dst_release(path->dst);
	nf_ct_put(path->ct);
	kmem_cache_free(sf_path_cache, path);
}

/* Other CPUs may have forwarded packets while it was taken out. */
static void sf_path_free_rcu(struct rcu_head *rcu)
{
	struct sf_path *path = container_of(rcu, struct sf_path, rcu);

	sf_path_account(path);
	sf_path_free(path);
}

/* The pointer to a path in its bucket; the lock is held. */
static struct sf_path __rcu **sf_path_place(struct sf_paths *paths,
					    const struct sf_path *path)
{
	struct sf_path __rcu **at = &paths->buckets[sf_path_hash(paths, path)];
	struct sf_path *here;

	for (;;) {
		here = rcu_dereference_protected(*at,
						 lockdep_is_held(&paths->lock));
		if (here == path)
			return at;
		at = &here->next;
	}
}

/* Take it out of the table; the lock is held. Ended by sf_path_end(). */
static bool sf_path_unlink(struct sf_paths *paths, struct sf_path *path)
{
	struct sf_path_of *of;

	lockdep_assert_held(&paths->lock);

	if (path->dead)
		return false;

	path->dead = true;
	rcu_assign_pointer(*sf_path_place(paths, path),
			   rcu_dereference_protected(path->next, true));
	sf_ahead_forget();
	paths->count--;
	for (of = path->of; of < path->of + SF_CHILD_STREAMS; of++)
		if (of->stream) {
			list_del(&of->list);
			of->stream->npaths--;
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
	struct sf_path *path;
	u32 i;

	if (!READ_ONCE(paths->count))
		return;

	/* One that is taken out is freed after the lock is let go. */
	for (i = 0; i < BIT_ULL(64 - paths->shift); i++) {
		spin_lock_bh(&paths->lock);
		sf_path_each(path, paths, i)
			if (sf_path_uses(path, dev) &&
			    sf_path_unlink(paths, path))
				sf_path_end(sn, path);
		spin_unlock_bh(&paths->lock);
	}
}

/*
 * A path of a direction of a connection, if there is one: each device that its
 * packets come in by has its own. The lock is held.
 */
static struct sf_path *sf_path_of_ct(struct sf_paths *paths,
				     const struct nf_conn *ct, u8 dir)
{
	struct sf_path like = { .l3num = nf_ct_l3num(ct), .dir = dir };
	struct sf_path *path;

	sf_path_leg(&like, ct);
	sf_path_each(path, paths, sf_path_hash(paths, &like))
		if (path->ct == ct)
			return path;

	return NULL;
}

/* Take it out, and say why; the lock is held. */
static void sf_path_drop(struct sf_net *sn, struct sf_path *path,
			 enum sf_counter why)
{
	sf_path_unlink(&sn->paths, path);
	sf_count(sn, why);
	sf_meter_decline(path->meter, path->of[0].rtcp, 1 + why);
	sf_path_end(sn, path);
}

void sf_path_connection_gone(struct nf_conn *ct)
{
	struct sf_net *sn = sf_pernet(nf_ct_net(ct));
	struct sf_paths *paths = &sn->paths;
	struct sf_path *path;
	u8 dir;

	if (!READ_ONCE(paths->count))
		return;

	spin_lock_bh(&paths->lock);
	for (dir = 0; dir < IP_CT_DIR_MAX; dir++)
		while ((path = sf_path_of_ct(paths, ct, dir)))
			sf_path_drop(sn, path, SF_CNT_FAST_CONNECTION);
	spin_unlock_bh(&paths->lock);
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

/* A path of a stream that a rule wants back; the lock is held. */
static struct sf_path *sf_path_unwanted(const struct sf_stream *stream)
{
	struct sf_path_of *of;

	list_for_each_entry(of, &stream->paths, list)
		if (sf_marking_opted_out(sf_path_with(of)->ct))
			return sf_path_with(of);

	return NULL;
}

void sf_path_keep(struct sf_stream *stream)
{
	struct sf_net *sn = stream->sn;
	struct sf_path_of *of;
	struct sf_path *path;

	spin_lock(&sn->paths.lock);
	list_for_each_entry(of, &stream->paths, list) {
		path = sf_path_with(of);
		if (sf_path_account(path))
			nf_ct_refresh(path->ct, sf_path_timeout(path->ct));
	}
	while ((path = sf_path_unwanted(stream)))
		sf_path_drop(sn, path, SF_CNT_FAST_OPTED_OUT);
	spin_unlock(&sn->paths.lock);
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
	of = &path->of[0];
	if (!of->stream)
		return false;
	path->meter = &of->meters->dir[of->side];
	path->kind = of->rtcp ? SIPFAST_STREAM_RTCP : of->stream->kind;
	path->single = !of[1].stream && !of->rtcp;

	return true;
}

static void sf_path_hold_meters(struct sf_path *path)
{
	struct sf_path_of *of;

	for (of = path->of; of < path->of + SF_CHILD_STREAMS; of++)
		if (of->meters)
			refcount_inc(&of->meters->refs);
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

/* Is there a reason not to have it in the table? The lock is held. */
static bool sf_path_late(struct sf_net *sn, const struct sf_path *path,
			 bool over)
{
	return over || sf_path_like(&sn->paths, path) ||
	       nf_ct_is_dying(path->ct) || !READ_ONCE(sn->config.fastpath);
}

/* The lock is held. */
static void sf_path_insert(struct sf_paths *paths, struct sf_path *path)
{
	u32 bucket = sf_path_hash(paths, path);
	struct sf_path __rcu **head = &paths->buckets[bucket];
	struct sf_path *next;

	sf_ahead_init(path, bucket);
	next = rcu_dereference_protected(*head, lockdep_is_held(&paths->lock));
	RCU_INIT_POINTER(path->next, next);
	rcu_assign_pointer(*head, path);
	paths->count++;
}

/* Put it into the table; SF_CNT_COUNT when somebody was faster. */
static enum sf_counter sf_path_link(struct sf_net *sn, struct sf_path *path)
{
	struct sf_paths *paths = &sn->paths;
	struct sf_path *oldest;
	bool over = false;

	spin_lock_bh(&paths->lock);
	oldest = sf_path_crowd(path, &over);
	if (sf_path_late(sn, path, over)) {
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
	sf_path_insert(paths, path);
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
	nf_conntrack_get(&ct->ct_general);
	sf_path_hold_meters(path);
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
	       !nf_ct_is_dying(ct) &&
	       /* With it comes the shift, see sf_path_table(). */
	       smp_load_acquire(&sn->paths.buckets);
}

/* Has it a path? Not one that is for packets in the clear, when it was IPsec. */
static bool sf_path_there(struct sf_net *sn, const struct sk_buff *skb,
			  const struct sf_path *like)
{
	struct sf_path *path = sf_path_like(&sn->paths, like);

	if (!path || !skb_sec_path(skb))
		return path;

	sf_path_demote(path);

	return false;
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
	bool rtcp;

	if (!sf_path_ready(sn, skb, ct))
		return;

	sf_path_leg(&like, ct);
	if (sf_path_there(sn, skb, &like) || !sf_path_streams(&like))
		return;

	if (!sf_marking_opted_out(ct))
		what = sf_path_make(sn, skb, ct, &like);
	if (what == SF_CNT_COUNT)
		return;
	/* What does not change is counted once, not with every packet. */
	rtcp = like.of[0].rtcp;
	if (what == SF_CNT_FAST_PROMOTED ||
	    READ_ONCE(like.meter->declined[rtcp]) != 1 + what)
		sf_count(sn, what);
	sf_meter_decline(like.meter, rtcp,
			 what == SF_CNT_FAST_PROMOTED ? 0 : 1 + what);
}

void sf_path_prepare(struct sf_net *sn)
{
	if (!sn->paths.buckets)
		queue_work(system_wq, &sn->paths.work);
}

static void sf_path_table(struct sf_paths *paths)
{
	unsigned int count = clamp_t(unsigned int, 2 * nf_conntrack_htable_size,
				     2, SF_PATH_BUCKETS_MAX);
	struct sf_path __rcu **buckets;

	if (paths->buckets)
		return;

	count = roundup_pow_of_two(count);
	buckets = kvcalloc(count, sizeof(*buckets), GFP_KERNEL);
	if (!buckets)
		return;

	paths->shift = 64 - ilog2(count);
	/* Whoever sees the pointer sees the shift, and an empty table behind it. */
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
