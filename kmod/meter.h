/* SPDX-License-Identifier: GPL-2.0 */
/*
 * meter.h - what is counted of the packets of a stream
 *
 * Whether they go through the stack or take the fast path. A stream gets its
 * meters with the first packet: most that were agreed on in a fork never have one.
 */
#ifndef _SF_METER_H
#define _SF_METER_H

#include <linux/cache.h>
#include <linux/refcount.h>
#include <linux/spinlock.h>
#include <sipfast/rtcp.h>
#include <sipfast/rtp.h>
#include <uapi/linux/sipfast.h>

#include "stream.h"

/**
 * struct sf_meter - one direction of a stream
 * @lock: protects it. Taken with bottom halves off; innermost.
 * @declined: why it is not in the fast path, or its last packet was not: 1 + enum
 *	sf_counter; 0: nothing stands in the way. [1]: the same of RTCP on the port
 *	above. Read and written without @lock, too
 * @rtp: what the RTP is like
 * @rtcp: packets of RTCP on the port above
 * @other: how many of @packets could have been RTP and are not
 * @packets: packets, without RTCP on the port above
 * @bytes: their bytes, IP headers included
 * @fast: how many of @packets and @rtcp the fast path forwarded
 * @first: ktime_get_boottime_ns() of the first of @packets, 0 before it
 * @last: of the last one that was not simply the next of RTP, see sf_meters_last()
 *
 * What a packet of RTP needs is in the first line of the cache.
 */
struct sf_meter {
	spinlock_t lock; /* see above */
	u16 declined[2];
	struct sf_rtp rtp;
	u32 rtcp;
	u32 other;
	u64 packets;
	u64 bytes;
	u64 fast;
	u64 first;
	u64 last;
} ____cacheline_aligned;

/**
 * struct sf_quality - what a direction is like
 * @silent: SIPFAST_STREAM_ONE_WAY holds for it
 * @poor: intervals that have to be good until it is not poor any more
 * @recent: per mille lost in the last interval
 *
 * Under sf_net.lock.
 */
struct sf_quality {
	bool silent;
	u8 poor;
	u16 recent;
};

/**
 * struct sf_meters - both directions of a stream
 * @dir: by the side that sends
 * @stream: whose they are
 * @refs: of the stream, which gives its own back a grace period after it closed, and
 *	of paths
 * @lock: protects @rtcp. Taken with bottom halves off; a meter's nests inside.
 * @rtcp: what was said of each direction; NULL before the first report; freed with
 *	the meters
 * @reported: ktime_get_boottime_ns() of the last RTCP, 0: never; read anywhere
 * @judged: when the last interval ended; under sf_net.lock
 * @quality: what each direction is like; likewise
 *
 * Seven lines of the cache: if they were a power of two, the first lines of all meters
 * would share few sets of the cache.
 */
struct sf_meters {
	struct sf_meter dir[2];
	struct sf_stream *stream;
	refcount_t refs;
	spinlock_t lock; /* @rtcp */
	struct sf_rtcp *rtcp;
	u64 reported;
	u64 judged;
	struct sf_quality quality[2];
};

/**
 * struct sf_tally - packets of the fast path that were not added up yet
 * @packets: how many
 * @bytes: their bytes, IP headers included
 *
 * Under the lock of the meter that they are to be added to.
 */
struct sf_tally {
	u32 packets;
	u32 bytes;
};

/**
 * struct sf_datagram - a packet to be counted
 * @data: what UDP carries, or its beginning
 * @have: bytes in @data: SF_RTP_HEAD_MAX or all that there are; all of RTCP
 * @len: how many UDP carries
 * @bytes: length of the packet, IP header included
 * @now: ktime_get_boottime_ns()
 */
struct sf_datagram {
	const u8 *data;
	u32 have;
	u32 len;
	u32 bytes;
	u64 now;
};

/**
 * sf_meters() - the meters of a stream
 *
 * Under RCU.
 *
 * Return: NULL before its first packet.
 */
struct sf_meters *sf_meters(const struct sf_stream *stream);

/**
 * sf_meters_get() - the same, made if they are not there
 *
 * Return: NULL for lack of memory.
 */
struct sf_meters *sf_meters_get(struct sf_stream *stream);

/* Give a reference back. */
void sf_meters_put(struct sf_meters *meters);

/* Note why the fast path does not have it: 1 + enum sf_counter; 0: it does. */
static inline void sf_meter_decline(struct sf_meter *meter, bool rtcp, u16 why)
{
	if (READ_ONCE(meter->declined[rtcp]) != why)
		WRITE_ONCE(meter->declined[rtcp], why);
}

/**
 * sf_meter_count() - count a packet that goes through the stack
 * @side: who sent it
 * @kind: sf_rtp_kind() of it where the stream is RTP, else SF_RTP_OTHER
 * @rtcp: it came on the port above, that is for RTCP
 *
 * Under RCU, bottom halves off.
 */
void sf_meter_count(struct sf_meters *meters, int side, enum sf_rtp_kind kind,
		    bool rtcp, const struct sf_datagram *d);

/**
 * sf_meter_count_fast() - look at a packet that the fast path forwards
 *
 * The same, but that it adds nothing up: whoever forwards it has a tally, and
 * sf_meter_add() adds that. Nor is it the first packet of its direction.
 */
void sf_meter_count_fast(struct sf_meters *meters, int side,
			 enum sf_rtp_kind kind, bool rtcp,
			 const struct sf_datagram *d);

/**
 * sf_meter_next() - the same of a packet of RTP, if it is simply the next
 * @meter: its direction's
 * @tally: where it is added up in any case
 *
 * Return: false when sf_meter_count_fast() is to look at it.
 */
static __always_inline bool sf_meter_next(struct sf_meter *meter,
					  const struct sf_datagram *d,
					  struct sf_tally *tally)
{
	struct sf_rtp_head head;
	bool next;

	spin_lock(&meter->lock);
	tally->packets++;
	tally->bytes += d->bytes;
	next = sf_rtp_plain(&head, d->data, d->have) &&
	       sf_rtp_next(&meter->rtp, &head, d->now);
	if (unlikely(meter->declined[false]))
		sf_meter_decline(meter, false, 0);
	spin_unlock(&meter->lock);

	return next;
}

/**
 * sf_meter_add() - add up what was forwarded in the fast path
 * @rtcp: on the port above
 */
void sf_meter_add(struct sf_meters *meters, int side, bool rtcp,
		  const struct sf_tally *tally);

/* When the last packet of a direction came, 0: never. Under RCU. */
static inline u64 sf_meters_last(const struct sf_meters *meters, int side)
{
	return meters ? max(READ_ONCE(meters->dir[side].last),
			    READ_ONCE(meters->dir[side].rtp.came_ns)) : 0;
}

#endif /* _SF_METER_H */
