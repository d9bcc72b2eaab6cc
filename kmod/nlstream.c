// SPDX-License-Identifier: GPL-2.0
/*
 * nlstream.c - write streams, and what they are like, as netlink attributes
 */
#include <linux/ktime.h>
#include <uapi/linux/sipfast.h>

#include "meter.h"
#include "nlfill.h"
#include "pernet.h"
#include "prefix.h"
#include "stream.h"

/* Whom a pinhole admits: an address or a prefix, and any port; or anybody. */
static int sf_fill_admits(struct sk_buff *skb, const struct sf_pinhole *ph)
{
	struct nlattr *nest = nla_nest_start(skb, SIPFAST_A_DIRECTION_ADMITS);
	int err = 0;

	if (!nest)
		return -EMSGSIZE;

	if (ph->from_len)
		err = sf_fill_addr(skb, &sf_pinhole_from(ph)->addr, ph->l3num);
	if (!err && ph->from_len && ph->from_len < sf_prefix_full(ph->l3num))
		err = nla_put_u8(skb, SIPFAST_A_ENDPOINT_BITS, ph->from_len);

	return sf_fill_nest(skb, nest, err);
}

static int sf_fill_strangers(struct sk_buff *skb, struct sf_stream *stream,
			     int side)
{
	struct sf_direction *dir = &stream->dir[side];
	struct sf_end last;
	u32 n;

	spin_lock_bh(&stream->lock);
	n = dir->strangers;
	last = dir->stranger;
	spin_unlock_bh(&stream->lock);

	return nla_put_u32(skb, SIPFAST_A_DIRECTION_STRANGERS, n) ?:
	       (n ? sf_fill_end(skb, SIPFAST_A_DIRECTION_STRANGER, &last,
				dir->pinhole.l3num) : 0);
}

static int sf_fill_u64(struct sk_buff *skb, int attr, u64 value)
{
	return nla_put_u64_64bit(skb, attr, value, SIPFAST_A_DIRECTION_PAD);
}

static int sf_fill_clock(struct sk_buff *skb, const struct sf_payload *payload)
{
	const char *name = sf_encoding_name(payload->encoding);
	int err = 0;

	if (*name)
		err = nla_put_string(skb, SIPFAST_A_RTP_ENCODING, name);
	if (!err && payload->clock)
		err = nla_put_u32(skb, SIPFAST_A_RTP_CLOCK, payload->clock);

	return err;
}

static int sf_fill_rtp_counts(struct sk_buff *skb,
			      const struct sf_rtp_totals *t)
{
	return nla_put_u64_64bit(skb, SIPFAST_A_RTP_EXPECTED, t->expected,
				 SIPFAST_A_RTP_PAD) ?:
	       nla_put_u64_64bit(skb, SIPFAST_A_RTP_LOST, t->lost,
				 SIPFAST_A_RTP_PAD) ?:
	       nla_put_u64_64bit(skb, SIPFAST_A_RTP_REORDERED, t->reordered,
				 SIPFAST_A_RTP_PAD) ?:
	       nla_put_u64_64bit(skb, SIPFAST_A_RTP_DUPLICATES, t->duplicates,
				 SIPFAST_A_RTP_PAD) ?:
	       nla_put_u32(skb, SIPFAST_A_RTP_DIGITS, t->digits);
}

static int sf_fill_rtp(struct sk_buff *skb, const struct sf_meters *meters,
		       int side, const struct sf_rtp_totals *t)
{
	const struct sf_stream *stream = meters->stream;
	struct nlattr *nest = nla_nest_start(skb, SIPFAST_A_DIRECTION_RTP);
	struct sf_payload payload;
	int err;

	if (!nest)
		return -EMSGSIZE;

	err = nla_put_u32(skb, SIPFAST_A_RTP_SSRC, t->ssrc) ?:
	      nla_put_u32(skb, SIPFAST_A_RTP_SOURCES, t->sources) ?:
	      nla_put_u32(skb, SIPFAST_A_RTP_PAYLOADS, t->payloads) ?:
	      nla_put_u32(skb, SIPFAST_A_RTP_RECENT,
			  meters->quality[side].recent) ?:
	      sf_fill_rtp_counts(skb, t);
	if (!err && t->has_jitter)
		err = nla_put_u32(skb, SIPFAST_A_RTP_JITTER, t->jitter_us) ?:
		      nla_put_u32(skb, SIPFAST_A_RTP_JITTER_MAX,
				  t->jitter_max_us);
	if (!err && t->has_payload)
		err = nla_put_u8(skb, SIPFAST_A_RTP_PAYLOAD, t->payload);
	if (!err && t->has_payload &&
	    sf_payloads_find(&stream->dir[!side].terms.payloads, t->payload,
			     &payload))
		err = sf_fill_clock(skb, &payload);

	return sf_fill_nest(skb, nest, err);
}

/* The clock that the receiver's reports count in; 0: not known. */
static u32 sf_fill_report_clock(const struct sf_stream *stream, int side,
				const struct sf_rtp_totals *t)
{
	struct sf_payload payload;

	return t->has_payload &&
	       sf_payloads_find(&stream->dir[!side].terms.payloads, t->payload,
				&payload) ? payload.clock : 0;
}

static int sf_fill_report(struct sk_buff *skb, const struct sf_rtcp *rtcp,
			  u32 clock)
{
	struct nlattr *nest = nla_nest_start(skb, SIPFAST_A_DIRECTION_REPORT);
	int err;

	if (!nest)
		return -EMSGSIZE;

	err = nla_put_u32(skb, SIPFAST_A_REPORT_AGE,
			  sf_fill_since(rtcp->report_ns)) ?:
	      nla_put_u32(skb, SIPFAST_A_REPORT_FRACTION, rtcp->fraction) ?:
	      nla_put_u32(skb, SIPFAST_A_REPORT_LOST, rtcp->lost);
	if (!err && clock)
		err = nla_put_u32(skb, SIPFAST_A_REPORT_JITTER,
				  sf_clock_us(rtcp->jitter, clock));
	if (!err && rtcp->has_rtt)
		err = nla_put_u32(skb, SIPFAST_A_REPORT_RTT, rtcp->rtt_us);

	return sf_fill_nest(skb, nest, err);
}

static int sf_fill_quality(struct sk_buff *skb, const struct sf_stream *stream,
			   struct sf_meters *meters, int side)
{
	struct sf_rtp_totals totals;
	struct sf_rtcp rtcp = {};
	int err = 0;

	spin_lock_bh(&meters->dir[side].lock);
	sf_rtp_totals(&meters->dir[side].rtp, &totals);
	spin_unlock_bh(&meters->dir[side].lock);
	spin_lock_bh(&meters->lock);
	if (meters->rtcp)
		rtcp = meters->rtcp[side];
	spin_unlock_bh(&meters->lock);

	if (totals.sources)
		err = sf_fill_rtp(skb, meters, side, &totals);
	if (!err && rtcp.report_ns)
		err = sf_fill_report(skb, &rtcp,
				     sf_fill_report_clock(stream, side,
							  &totals));

	return err;
}

static int sf_fill_declined(struct sk_buff *skb, u16 why)
{
	char name[SF_COUNTER_NAME_MAX];

	if (!why)
		return 0;

	sf_stats_name(why - 1, name);

	return nla_put_string(skb, SIPFAST_A_DIRECTION_DECLINED, name);
}

static int sf_fill_counts(struct sk_buff *skb, const struct sf_stream *stream,
			  struct sf_meters *meters, int side)
{
	const struct sf_direction *dir = &stream->dir[side];
	struct sf_meter seen = {}, *meter = &seen;
	bool promoted = sf_path_tell(stream, side);

	if (meters) {
		meter = &meters->dir[side];
		spin_lock_bh(&meter->lock);
		seen.packets = meter->packets;
		seen.bytes = meter->bytes;
		seen.rtcp = meter->rtcp;
		seen.fast = meter->fast;
		seen.other = meter->other;
		seen.first = meter->first;
		seen.last = sf_meters_last(meters, side);
		seen.declined[false] = READ_ONCE(meter->declined[false]);
		spin_unlock_bh(&meter->lock);
	}

	return sf_fill_u64(skb, SIPFAST_A_DIRECTION_PACKETS, seen.packets) ?:
	       sf_fill_u64(skb, SIPFAST_A_DIRECTION_BYTES, seen.bytes) ?:
	       sf_fill_u64(skb, SIPFAST_A_DIRECTION_FAST, seen.fast) ?:
	       sf_fill_u64(skb, SIPFAST_A_DIRECTION_OTHER, seen.other) ?:
	       (dir->pinhole.paired ?
		sf_fill_u64(skb, SIPFAST_A_DIRECTION_RTCP, seen.rtcp) : 0) ?:
	       (seen.first ?
		nla_put_u32(skb, SIPFAST_A_DIRECTION_FIRST,
			    sf_fill_since(seen.first)) ?:
		nla_put_u32(skb, SIPFAST_A_DIRECTION_LAST,
			    sf_fill_since(seen.last)) : 0) ?:
	       nla_put_u8(skb, SIPFAST_A_DIRECTION_PROMOTED,
			  promoted) ?:
	       sf_fill_declined(skb, seen.declined[false]);
}

static int sf_fill_direction_ends(struct sk_buff *skb,
				  const struct sf_pinhole *ph)
{
	const struct sf_end *from = sf_pinhole_from(ph);
	const struct sf_end *to = sf_pinhole_to(ph);

	return sf_fill_end(skb, SIPFAST_A_DIRECTION_SOURCE, from, ph->l3num) ?:
	       sf_fill_mapped(skb, SIPFAST_A_DIRECTION_SOURCE_MAPPED, from,
			      sf_pinhole_face(ph), ph->l3num) ?:
	       sf_fill_end(skb, SIPFAST_A_DIRECTION_TARGET, to, ph->l3num) ?:
	       sf_fill_mapped(skb, SIPFAST_A_DIRECTION_TARGET_INSIDE, to,
			      sf_pinhole_inside(ph), ph->l3num);
}

static int sf_fill_direction(struct sk_buff *skb, int attr,
			     const struct sf_stream *stream, int side)
{
	const struct sf_pinhole *ph = &stream->dir[side].pinhole;
	struct nlattr *nest = nla_nest_start(skb, attr);
	struct sf_meters *meters;
	int err;

	if (!nest)
		return -EMSGSIZE;

	rcu_read_lock();
	meters = sf_meters(stream);
	err = sf_fill_direction_ends(skb, ph) ?:
	      sf_fill_counts(skb, stream, meters, side) ?:
	      nla_put_u8(skb, SIPFAST_A_DIRECTION_SILENT,
			 meters && meters->quality[side].silent) ?:
	      nla_put_u8(skb, SIPFAST_A_DIRECTION_POOR,
			 meters ? meters->quality[side].poor : 0);
	if (!err && meters)
		err = sf_fill_quality(skb, stream, meters, side);
	if (!err && ph->open)
		err = sf_fill_admits(skb, ph) ?:
		      sf_fill_strangers(skb, (struct sf_stream *)stream, side);
	rcu_read_unlock();

	return sf_fill_nest(skb, nest, err);
}

/* The attributes of a stream but the event that befell it, if any. */
static int sf_fill_stream_all(struct sk_buff *skb,
			      const struct sf_stream *stream)
{
	return nla_put_u32(skb, SIPFAST_A_STREAM_ID, stream->id) ?:
	       nla_put_u32(skb, SIPFAST_A_STREAM_CALL, stream->call) ?:
	       nla_put_u8(skb, SIPFAST_A_STREAM_MEDIA, stream->media) ?:
	       nla_put_string(skb, SIPFAST_A_STREAM_TYPE, stream->type) ?:
	       nla_put_u8(skb, SIPFAST_A_STREAM_KIND, stream->kind) ?:
	       nla_put_u32(skb, SIPFAST_A_STREAM_AGE,
			   sf_fill_since(stream->opened)) ?:
	       nla_put_u8(skb, SIPFAST_A_STREAM_SECURE,
			  sf_stream_secure(stream)) ?:
	       nla_put_u8(skb, SIPFAST_A_STREAM_IDLE, stream->idle) ?:
	       sf_fill_direction(skb, SIPFAST_A_STREAM_FORWARD, stream,
				 stream->caller) ?:
	       sf_fill_direction(skb, SIPFAST_A_STREAM_REVERSE, stream,
				 !stream->caller);
}

int sf_fill_stream(struct sk_buff *skb, const void *obj)
{
	struct nlattr *nest = nla_nest_start(skb, SIPFAST_A_STREAM);

	return nest ? sf_fill_nest(skb, nest, sf_fill_stream_all(skb, obj)) :
		      -EMSGSIZE;
}

int sf_fill_stream_event(struct sk_buff *skb, const void *obj)
{
	struct nlattr *nest = nla_nest_start(skb, SIPFAST_A_STREAM);
	const struct sf_fill_event *event = obj;
	int err;

	if (!nest)
		return -EMSGSIZE;

	err = sf_fill_stream_all(skb, event->stream) ?:
	      nla_put_u8(skb, SIPFAST_A_STREAM_EVENT, event->event);
	if (!err && event->side >= 0)
		err = nla_put_u8(skb, SIPFAST_A_STREAM_EVENT_FORWARD,
				 event->side == event->stream->caller);

	return sf_fill_nest(skb, nest, err);
}
