// SPDX-License-Identifier: GPL-2.0
/*
 * meter.c - what is counted of the packets of a stream
 */
#include <linux/slab.h>
#include <uapi/linux/sipfast.h>

#include "cache.h"
#include "meter.h"
#include "netlink.h"
#include "pernet.h"
#include "stream.h"

struct sf_meters *sf_meters(const struct sf_stream *stream)
{
	return rcu_dereference_check(stream->meters,
				     lockdep_is_held(&stream->sn->lock));
}

struct sf_meters *sf_meters_get(struct sf_stream *stream)
{
	struct sf_meters *meters = sf_meters(stream), *old;

	if (meters)
		return meters;

	meters = kmem_cache_zalloc(sf_meters_cache, GFP_ATOMIC);
	if (!meters) {
		sf_count(stream->sn, SF_CNT_MEDIA_NO_MEMORY);
		return NULL;
	}
	meters->stream = stream;
	meters->judged = stream->opened;
	refcount_set(&meters->refs, 1);
	spin_lock_init(&meters->lock);
	spin_lock_init(&meters->dir[0].lock);
	spin_lock_init(&meters->dir[1].lock);

	/* Two CPUs may have the first packets of the two directions. */
	old = unrcu_pointer(cmpxchg(&stream->meters, NULL,
				    RCU_INITIALIZER(meters)));
	if (!old)
		return meters;
	kmem_cache_free(sf_meters_cache, meters);

	return old;
}

void sf_meters_put(struct sf_meters *meters)
{
	if (!refcount_dec_and_test(&meters->refs))
		return;

	kfree(meters->rtcp);
	kmem_cache_free(sf_meters_cache, meters);
}

/* The first packet of a direction. */
static void sf_meter_first(struct sf_meters *meters, int side)
{
	struct sf_stream *stream = meters->stream;

	sf_netlink_stream_event(stream, SIPFAST_STREAM_FIRST, side);
	if (READ_ONCE(meters->dir[!side].first))
		sf_netlink_stream_event(stream, SIPFAST_STREAM_UP, -1);
}

/* Room for what is said of each direction; its lock is held. False: no memory. */
static bool sf_meters_rtcp(struct sf_meters *meters)
{
	if (!meters->rtcp)
		meters->rtcp = kcalloc(2, sizeof(*meters->rtcp), GFP_ATOMIC);
	if (!meters->rtcp)
		sf_count(meters->stream->sn, SF_CNT_MEDIA_NO_MEMORY);

	return meters->rtcp;
}

static void sf_meters_said(struct sf_meters *meters, int side,
			   const struct sf_datagram *d)
{
	struct sf_rtcp *rtcp = meters->rtcp;
	int i;

	for (i = 0; i < 2; i++)
		rtcp[i].source = READ_ONCE(meters->dir[i].rtp.ssrc);
	sf_rtcp_seen(&rtcp[side], &rtcp[!side], d->data, d->len, d->now);
}

/*
 * Reports talk of the sender's packets and of those that it received. Those on a
 * port of their own are about another stream.
 */
static void sf_meter_report(struct sf_meters *meters, int side,
			    const struct sf_datagram *d)
{
	const struct sf_stream *stream = meters->stream;
	struct sf_stream *rtp;

	WRITE_ONCE(meters->reported, d->now);
	if (sf_stream_secure(stream) || d->have < d->len)
		return;

	if (stream->kind == SIPFAST_STREAM_RTCP) {
		rtp = xa_load(&stream->sn->stream_ids, stream->about);
		meters = rtp ? sf_meters(rtp) : NULL;
		if (!meters)
			return;
	}

	spin_lock(&meters->lock);
	if (sf_meters_rtcp(meters))
		sf_meters_said(meters, side, d);
	spin_unlock(&meters->lock);
}

static void sf_meter_rtp(struct sf_meter *meter, const struct sf_stream *stream,
			 int side, const struct sf_datagram *d)
{
	struct sf_rtp_head head;

	/* What a side receives is what its own description has names for. */
	if (sf_rtp_parse(&head, d->data, d->have, d->len))
		sf_rtp_seen(&meter->rtp, &head,
			    &stream->dir[!side].terms.payloads, d->now);
	else
		meter->other++;
}

/* Which packet of a meter this is: of its own, or of the RTCP on the port above. */
static bool sf_meter_look(struct sf_meters *meters, int side,
			  enum sf_rtp_kind kind, bool rtcp,
			  const struct sf_datagram *d)
{
	const struct sf_stream *stream = meters->stream;
	struct sf_meter *meter = &meters->dir[side];
	bool first = false;

	if (rtcp)
		return false;

	meter->last = d->now;
	if (!meter->first) {
		meter->first = d->now;
		first = true;
	}
	if (kind == SF_RTP_RTP)
		sf_meter_rtp(meter, stream, side, d);
	else if (stream->kind == SIPFAST_STREAM_RTP)
		meter->other++;

	return first;
}

static void sf_meter_looked(struct sf_meters *meters, int side,
			    enum sf_rtp_kind kind, bool rtcp,
			    const struct sf_datagram *d)
{
	if (kind == SF_RTP_RTCP)
		sf_meter_report(meters, side, d);
	else if (rtcp)
		WRITE_ONCE(meters->reported, d->now);
}

void sf_meter_count(struct sf_meters *meters, int side, enum sf_rtp_kind kind,
		    bool rtcp, const struct sf_datagram *d)
{
	struct sf_meter *meter = &meters->dir[side];
	bool first;

	spin_lock(&meter->lock);
	if (rtcp) {
		meter->rtcp++;
	} else {
		meter->packets++;
		meter->bytes += d->bytes;
	}
	first = sf_meter_look(meters, side, kind, rtcp, d);
	spin_unlock(&meter->lock);

	sf_meter_looked(meters, side, kind, rtcp, d);
	if (first)
		sf_meter_first(meters, side);
}

void sf_meter_count_fast(struct sf_meters *meters, int side,
			 enum sf_rtp_kind kind, bool rtcp,
			 const struct sf_datagram *d)
{
	struct sf_meter *meter = &meters->dir[side];

	spin_lock(&meter->lock);
	sf_meter_look(meters, side, kind, rtcp, d);
	sf_meter_decline(meter, rtcp, 0);
	spin_unlock(&meter->lock);

	sf_meter_looked(meters, side, kind, rtcp, d);
}

void sf_meter_add(struct sf_meters *meters, int side, bool rtcp,
		  const struct sf_tally *tally)
{
	struct sf_meter *meter = &meters->dir[side];

	spin_lock_bh(&meter->lock);
	meter->fast += tally->packets;
	if (rtcp) {
		meter->rtcp += tally->packets;
	} else {
		meter->packets += tally->packets;
		meter->bytes += tally->bytes;
	}
	spin_unlock_bh(&meter->lock);
}
