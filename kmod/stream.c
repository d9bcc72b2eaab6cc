// SPDX-License-Identifier: GPL-2.0
/*
 * stream.c - the media of calls
 */
#include <linux/ktime.h>
#include <linux/slab.h>
#include <linux/udp.h>
#include <net/netfilter/nf_conntrack_core.h>
#include <net/netfilter/nf_conntrack_zones.h>
#include <uapi/linux/sipfast.h>

#include "cache.h"
#include "flow.h"
#include "helper.h"
#include "marking.h"
#include "meter.h"
#include "netlink.h"
#include "path.h"
#include "pernet.h"
#include "quality.h"
#include "stream.h"

/* No packet on an ordinary link is longer, and so no report. */
#define SF_REPORT_MAX 1500

static void sf_stream_free(struct rcu_head *rcu)
{
	struct sf_stream *stream = container_of(rcu, struct sf_stream, rcu);
	struct sf_meters *meters = rcu_dereference_protected(stream->meters, 1);
	int d;

	for (d = 0; d < 2; d++)
		if (stream->dir[d].pinhole.master)
			sf_pinhole_put(&stream->dir[d].pinhole);

	if (meters)
		sf_meters_put(meters);
	kmem_cache_free(sf_stream_cache, stream);
}

static void sf_stream_pinhole(struct sf_stream *stream, int side,
			      const struct sf_stream_spec *spec)
{
	struct sf_pinhole *ph = &stream->dir[side].pinhole;

	ph->kind = SF_PINHOLE_MEDIA;
	ph->leg = &stream->leg;
	ph->stream = stream->id;
	ph->side = side;
	ph->zone = stream->zone.id;
	ph->l3num = nf_ct_l3num(spec->master);
	ph->from_free = spec->shut[side] || spec->free;
	ph->paired = spec->paired;
	sf_pinhole_source(ph, READ_ONCE(stream->sn->config.media_source));
}

static bool sf_stream_let_in(struct sf_stream *stream,
			     const struct sf_stream_spec *spec)
{
	struct sf_pinhole *ph;
	int side;

	/* Both can be told of, even if the first one does not open. */
	for (side = 0; side < 2; side++)
		sf_stream_pinhole(stream, side, spec);

	for (side = 0; side < 2; side++) {
		ph = &stream->dir[side].pinhole;
		if (spec->shut[!side])
			continue;
		if (sf_pinhole_open(stream->sn, ph, spec->master))
			return false;
		if (stream->kind != SIPFAST_STREAM_RTCP)
			sf_pinhole_expect(stream->sn, ph);
	}

	return true;
}

struct sf_stream *sf_stream_open(struct sf_net *sn,
				 const struct sf_stream_spec *spec)
{
	struct sf_stream *stream;

	lockdep_assert_held(&sn->lock);

	stream = kmem_cache_zalloc(sf_stream_cache, GFP_ATOMIC);
	if (!stream)
		goto no_memory;

	stream->sn = sn;
	stream->call = spec->call;
	stream->caller = spec->caller;
	stream->media = spec->media;
	stream->kind = spec->kind;
	strscpy(stream->type, spec->type, sizeof(stream->type));
	stream->leg = spec->leg;
	stream->zone = *nf_ct_zone(spec->master);
	stream->opened = ktime_get_boottime_ns();
	stream->mutual = stream->opened;
	stream->about = spec->about;
	INIT_LIST_HEAD(&stream->paths);
	spin_lock_init(&stream->lock);

	if (xa_alloc_cyclic_bh(&sn->stream_ids, &stream->id, stream,
			       xa_limit_31b, &sn->stream_next, GFP_ATOMIC) < 0) {
		kmem_cache_free(sf_stream_cache, stream);
		goto no_memory;
	}
	sn->nstreams++;

	if (!sf_stream_let_in(stream, spec)) {
		sf_stream_close(stream);
		return NULL;
	}

	sf_count(sn, SF_CNT_MEDIA_NEW);
	sf_path_prepare(sn);
	sf_quality_begin(sn);
	sf_netlink_stream(stream, SIPFAST_CMD_STREAM_NEW_NTF);

	return stream;

no_memory:
	sf_decide(sn, SF_CNT_MEDIA_NO_MEMORY);
	return NULL;
}

/* Is a connection one of this stream's? */
static bool sf_stream_has(const struct sf_stream *stream,
			  const struct nf_conn *ct)
{
	const struct nf_conn_help *help = nfct_help(ct);
	const struct sf_child *child;
	bool has = false;
	int i;

	rcu_read_lock();
	if (help && rcu_dereference(help->helper) == sf_helper_media(ct)) {
		child = nfct_help_data(ct);
		for (i = 0; i < SF_CHILD_STREAMS; i++)
			has |= child->of[i].stream == stream->id;
	}
	rcu_read_unlock();

	return has;
}

static void sf_stream_kill(struct sf_stream *stream,
			   const struct sf_stream_child *child)
{
	const struct sf_way way = {
		.ph = &stream->dir[child->side].pinhole,
		.rtcp = child->rtcp,
	};
	const struct sf_end from = { .addr = child->addr, .port = child->port };
	const struct nf_conntrack_tuple tuple = sf_way_tuple(&way, &from);
	struct nf_conntrack_tuple_hash *h;
	struct nf_conn *ct;

	h = nf_conntrack_find_get(stream->sn->net, &stream->zone, &tuple);
	if (!h)
		return;

	/* The tuple may belong to somebody else by now. */
	ct = nf_ct_tuplehash_to_ctrack(h);
	if (sf_stream_has(stream, ct))
		nf_ct_kill(ct);
	nf_ct_put(ct);
}

/* No child is added any more, so the list can be walked without the lock. */
static void sf_stream_kill_children(struct sf_stream *stream)
{
	u32 i, n;

	spin_lock_bh(&stream->lock);
	stream->closed = true;
	n = min_t(u32, stream->nchildren, SF_STREAM_CHILDREN);
	spin_unlock_bh(&stream->lock);

	for (i = 0; i < n; i++)
		sf_stream_kill(stream, &stream->children[i]);
}

void sf_stream_close(struct sf_stream *stream)
{
	struct sf_net *sn = stream->sn;
	int side;

	lockdep_assert_held(&sn->lock);

	sf_netlink_stream(stream, SIPFAST_CMD_STREAM_END_NTF);

	for (side = 0; side < 2; side++)
		if (stream->dir[side].pinhole.open)
			sf_pinhole_close(sn, &stream->dir[side].pinhole);
	xa_erase_bh(&sn->stream_ids, stream->id);
	sn->nstreams--;
	sf_path_demote_stream(stream);
	sf_stream_kill_children(stream);
	call_rcu(&stream->rcu, sf_stream_free);
}

u64 sf_stream_last(const struct sf_stream *stream)
{
	const struct sf_meters *meters = sf_meters(stream);

	return meters ? max3(sf_meters_last(meters, 0),
			     sf_meters_last(meters, 1),
			     READ_ONCE(meters->reported)) : 0;
}

u64 sf_stream_talk(const struct sf_stream *stream)
{
	const struct sf_meters *meters = sf_meters(stream);

	return min(sf_meters_last(meters, 0), sf_meters_last(meters, 1));
}

void sf_stream_terms(struct sf_stream *stream, int side,
		     const struct sf_terms *terms)
{
	struct sf_direction *dir = &stream->dir[side];
	struct sf_meters *meters = sf_meters(stream);
	struct sf_meter *meter;

	stream->mutual = ktime_get_boottime_ns();
	/* Nobody reads it, or reads it once more. */
	if (!meters) {
		dir->terms = *terms;
		/* Pairs with cmpxchg() in sf_meters_get(). */
		smp_mb();
		meters = sf_meters(stream);
		if (!meters)
			return;
	}

	meter = &meters->dir[!side];
	spin_lock_bh(&meter->lock);
	dir->terms = *terms;
	sf_rtp_renegotiated(&meter->rtp);
	spin_unlock_bh(&meter->lock);
}

void sf_stream_label(struct sf_net *sn, u32 id, struct nf_conn *ct)
{
	const struct sf_stream *stream = xa_load(&sn->stream_ids, id);

	if (stream)
		sf_marking_label(ct, stream->type);
}

/* The first packet of a connection: remember it, to end it with the stream. */
static void sf_stream_child(struct sf_stream *stream, const struct nf_conn *ct,
			    const struct sf_passage *of)
{
	const struct sf_end from = sf_end_src(nf_ct_tuple(ct,
							  IP_CT_DIR_ORIGINAL));
	const struct sf_stream_child child = {
		.addr = from.addr,
		.port = htons(ntohs(from.port) - of->rtcp),
		.side = of->dir,
		.rtcp = of->rtcp,
	};

	spin_lock_bh(&stream->lock);
	if (!stream->closed) {
		if (stream->nchildren >= SF_STREAM_CHILDREN)
			sf_count(stream->sn, SF_CNT_MEDIA_CONNECTIONS);
		stream->children[stream->nchildren++ % SF_STREAM_CHILDREN] =
			child;
	}
	spin_unlock_bh(&stream->lock);
}

void sf_stream_stranger(struct sf_net *sn, const struct sf_pinhole *ph,
			const struct sf_end *who)
{
	struct sf_stream *stream = xa_load(&sn->stream_ids, ph->stream);

	if (!stream)
		return;

	spin_lock_bh(&stream->lock);
	stream->dir[ph->side].strangers++;
	stream->dir[ph->side].stranger = *who;
	spin_unlock_bh(&stream->lock);
}

static void sf_stream_count(struct sf_stream *stream,
			    const struct sf_passage *of, int side,
			    const struct sf_datagram *d)
{
	struct sf_meters *meters = sf_meters_get(stream);
	enum sf_rtp_kind kind = SF_RTP_OTHER;

	if (!meters)
		return;
	if (stream->kind != SIPFAST_STREAM_UDP)
		kind = sf_rtp_kind(d->data, d->len);
	sf_meter_count(meters, side, kind, of->rtcp, d);
}

/*
 * One datagram of a packet, which has several when a device joined them.
 * @off: where it begins
 */
static void sf_stream_datagram(struct sk_buff *skb, unsigned int off,
			       struct sf_stream *stream,
			       const struct sf_passage *of, int side,
			       struct sf_datagram *d)
{
	u8 room[SF_RTP_HEAD_MAX];

	d->have = min_t(u32, d->len, sizeof(room));
	if (off + d->len <= skb_headlen(skb))
		d->have = d->len;
	d->data = skb_header_pointer(skb, off, d->have, room);
	if (d->data)
		sf_stream_count(stream, of, side, d);
}

static void sf_stream_datagrams(struct sk_buff *skb, unsigned int off,
				struct sf_stream *stream,
				const struct sf_passage *of, int side)
{
	struct sf_datagram d = { .now = ktime_get_boottime_ns() };
	u32 step = skb_is_gso(skb) ? skb_shinfo(skb)->gso_size : skb->len;
	u32 head = off;

	do {
		d.len = min(skb->len - off, step);
		d.bytes = head + d.len;
		sf_stream_datagram(skb, off, stream, of, side, &d);
		off += d.len;
	} while (d.len && off < skb->len);
}

/* Reports are read as a whole. */
static bool sf_stream_readable(struct sk_buff *skb)
{
	return skb_is_gso(skb) || skb->len > SF_REPORT_MAX ||
	       pskb_may_pull(skb, skb->len);
}

void sf_stream_packet(struct sk_buff *skb, unsigned int protoff,
		      struct nf_conn *ct, enum ip_conntrack_info ctinfo)
{
	bool back = CTINFO2DIR(ctinfo) == IP_CT_DIR_REPLY;
	const struct sf_child *child = nfct_help_data(ct);
	struct sf_net *sn = sf_pernet(nf_ct_net(ct));
	const struct sf_passage *of;
	struct sf_stream *stream;
	unsigned int off = protoff + sizeof(struct udphdr);

	if (skb->len < off || !sf_stream_readable(skb)) {
		sf_count(sn, SF_CNT_MEDIA_SHORT);
		return;
	}

	/* The router's own packets come with bottom halves on. */
	local_bh_disable();
	for (of = child->of; of < child->of + SF_CHILD_STREAMS; of++) {
		if (!of->stream)
			continue;
		stream = xa_load(&sn->stream_ids, of->stream);
		if (!stream) {
			sf_count(sn, SF_CNT_MEDIA_STRAY);
			continue;
		}
		if (!nf_ct_is_confirmed(ct))
			sf_stream_child(stream, ct, of);
		sf_stream_datagrams(skb, off, stream, of, of->dir ^ back);
		sf_marking_dscp(sn, skb, nf_ct_l3num(ct), stream->type);
	}
	local_bh_enable();
}
