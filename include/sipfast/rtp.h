/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * rtp.h - packets of RTP, and what a direction of them is like
 *
 * Nothing of a packet but its head is looked at, and of a digit not which it
 * is.
 *
 * RFC 3550 (RTP; A.1 sequence numbers, A.3 loss, A.8 jitter), 3551 (payload
 * types), 4733 (telephone events), 5761 and 7983 (what shares a port).
 */
#ifndef SIPFAST_RTP_H
#define SIPFAST_RTP_H

#include <sipfast/bytes.h>
#include <sipfast/payload.h>

/* The head without sources and extension, and the longest that has both. */
#define SF_RTP_HEAD 12
#define SF_RTP_HEAD_MAX (SF_RTP_HEAD + 15 * 4 + 4)

/* What a datagram on a port of RTP is (RFC 7983, 7; RFC 5761, 4). */
enum sf_rtp_kind {
	SF_RTP_OTHER,
	SF_RTP_RTP,
	SF_RTP_RTCP,
	SF_RTP_STUN,
	SF_RTP_DTLS,
};

/**
 * sf_rtp_kind() - what a datagram is, by its first bytes
 * @buf: its bytes; two of them are enough if it has more
 * @len: how many it has
 *
 * What is too short to be what its first byte says is SF_RTP_OTHER.
 */
enum sf_rtp_kind sf_rtp_kind(const u8 *buf, u32 len);

/* Is sf_rtp_kind() SF_RTP_RTP? */
static inline bool sf_rtp_is(const u8 *buf, u32 len)
{
	return len >= SF_RTP_HEAD && (buf[0] & 0xc0) == 0x80 &&
	       (buf[1] & 0xe0) != 0xc0;
}

/**
 * struct sf_rtp_head - the head of a packet
 * @payload: payload type, 0 to 127
 * @marker: the marker bit
 * @seq: sequence number
 * @stamp: timestamp
 * @ssrc: the source
 */
struct sf_rtp_head {
	u8 payload;
	bool marker;
	u16 seq;
	u32 stamp;
	u32 ssrc;
};

/**
 * sf_rtp_parse() - read the head of a packet
 * @h: written only on success
 * @buf: the packet, or its beginning
 * @have: how many bytes are in @buf; SF_RTP_HEAD_MAX are always enough
 * @len: how long the packet is
 *
 * Sources, extension and padding have to fit into the packet. The padding is
 * judged when the whole packet is there; @have is less than @len for SRTP, too,
 * which ends in something else.
 *
 * Return: whether it is a packet of RTP, version 2.
 */
bool sf_rtp_parse(struct sf_rtp_head *h, const u8 *buf, u32 have, u32 len);

/**
 * sf_rtp_plain() - read a head that has nothing but what is fixed
 *
 * As nearly all are: version 2, neither padding nor extension nor sources.
 *
 * Return: false when it is for sf_rtp_parse() to read.
 */
static inline bool sf_rtp_plain(struct sf_rtp_head *h, const u8 *buf, u32 have)
{
	if (have < SF_RTP_HEAD || buf[0] != 0x80 || (buf[1] & 0xe0) == 0xc0)
		return false;

	h->payload = buf[1] & 0x7f;
	h->marker = buf[1] & 0x80;
	h->seq = sf_be16(buf + 2);
	h->stamp = sf_be32(buf + 4);
	h->ssrc = sf_be32(buf + 8);
	return true;
}

/* Gaps of more packets are no loss but a new beginning (RFC 3550, A.1), */
#define SF_RTP_DROPOUT 3000
/* and packets that come later than so many others are none of them. */
#define SF_RTP_MISORDER 100

/**
 * struct sf_rtp - one direction of RTP, as it passes here
 * @came_ns: when the last packet that fed @jitter came
 * @window: bit n: the packet n behind @seq has come; 0: there was no packet yet
 * @jitter: interarrival jitter, nanoseconds with 4 fractional bits
 * @jitter_max: the highest so far
 * @expected: packets sent, by their numbers; of all sources so far
 * @lost: those of them that have not come
 * @ssrc: the source that counts
 * @stamp: timestamp of the packet that came at @came_ns
 * @tick: sf_clock_tick() of @payload
 * @seq: the highest number of the source
 * @payload: payload type of the last packet that was neither a digit nor
 *	comfort noise
 * @flags: for rtp.c
 * @before_expected: @expected when the source began; of this, and of what follows,
 *	the lower 32 bits, of which differences are taken
 * @before_lost: @lost when the source began
 * @recent_expected: @expected when sf_rtp_recent() was called last
 * @recent_lost: @lost then
 * @reordered: packets that came behind a later one, for the first time
 * @duplicates: packets that had come already, among the last 64
 * @strays: packets that belong neither to the source nor to one that follows
 * @sources: sources so far, one after the other
 * @restarts: how often a source began anew, with other numbers
 * @payloads: how often @payload changed
 * @digits: telephone events
 * @digit_stamp: timestamp of the last one
 * @probe_expected: @expected when @probe came: the source has not gone on meanwhile
 * @probe: the last packet that did not fit; another one right behind it makes
 *	a new beginning
 * @probe_ns: when it came
 *
 * All zeros: nothing was seen yet. The caller sees to it that one packet at a
 * time is counted. What a packet needs that is simply the next is in the first 56 bytes.
 */
struct sf_rtp {
	u64 came_ns;
	u64 window;
	u64 jitter;
	u64 jitter_max;
	u64 expected;
	u32 ssrc;
	u32 stamp;
	u32 tick;
	u16 seq;
	u8 payload;
	u8 flags;

	u64 lost;
	u32 before_expected;
	u32 before_lost;
	u32 recent_expected;
	u32 recent_lost;
	u32 reordered;
	u32 duplicates;
	u32 strays;
	u32 sources;
	u32 restarts;
	u32 payloads;
	u32 digits;
	u32 digit_stamp;
	u32 probe_expected;
	struct sf_rtp_head probe;
	u64 probe_ns;
};

/* In struct sf_rtp.flags: @payload was set; */
#define SF_RTP_HAS_PAYLOAD	0x01
/* @tick is its clock; */
#define SF_RTP_HAS_CLOCK	0x02
/* @stamp and @came_ns are its last; */
#define SF_RTP_HAS_LAST		0x04
/* @probe was set. */
#define SF_RTP_HAS_PROBE	0x08

/*
 * A.8: packets in the order in which they came, late ones and duplicates, too.
 * Seconds of difference are a pause without timestamps, or a new clock.
 */
static inline void sf_rtp_feed(struct sf_rtp *r, u32 stamp, u64 now_ns)
{
	s64 ticks = (s32)(stamp - r->stamp);
	u64 ideal = (u64)(ticks * r->tick >> 12);
	u64 diff = now_ns - r->came_ns - ideal;
	bool first = !(r->flags & SF_RTP_HAS_LAST);

	r->stamp = stamp;
	r->came_ns = now_ns;
	r->flags |= SF_RTP_HAS_LAST;
	if ((s64)diff < 0)
		diff = 0 - diff;
	if (first || !r->tick || diff >> 32)
		return;
	r->jitter += diff - ((r->jitter + 8) >> 4);
	if (r->jitter > r->jitter_max)
		r->jitter_max = r->jitter;
}

/**
 * sf_rtp_next() - count a packet if it is simply the next one
 *
 * Of the same source and type, with a later timestamp: nearly all are.
 *
 * Return: false when it is for sf_rtp_seen() to count.
 */
static inline bool sf_rtp_next(struct sf_rtp *r, const struct sf_rtp_head *h,
			       u64 now_ns)
{
	if (h->ssrc != r->ssrc || (u16)(h->seq - r->seq) != 1 || !r->window ||
	    h->payload != r->payload || h->stamp == r->stamp ||
	    !(r->flags & SF_RTP_HAS_CLOCK))
		return false;

	r->seq = h->seq;
	r->window = r->window << 1 | 1;
	r->expected++;
	sf_rtp_feed(r, h->stamp, now_ns);
	return true;
}

/**
 * sf_rtp_seen() - count a packet
 * @r: its direction
 * @h: its head
 * @known: what payload types stand for; or NULL. Looked at only when the type
 *	is not that of the packet before
 * @now_ns: when it came, of any clock that does not go back
 */
void sf_rtp_seen(struct sf_rtp *r, const struct sf_rtp_head *h,
		 const struct sf_payloads *known, u64 now_ns);

/**
 * sf_rtp_renegotiated() - payload types may stand for something else from now on
 */
void sf_rtp_renegotiated(struct sf_rtp *r);

/**
 * struct sf_rtp_totals - what there is to tell of a direction
 * @expected: packets that were sent, by their numbers, of all sources
 * @lost: those of them that did not come
 * @received: those that did; @expected less @lost
 * @reordered: those of @received that came behind a later one
 * @duplicates: packets that had come already; not in @received
 * @strays: packets with numbers that made no sense; not in @received
 * @ssrc: the source
 * @sources: how many there were; 0: there was no packet, nothing else counts
 * @payloads: how often the payload type changed
 * @digits: telephone events
 * @jitter_us: microseconds, interarrival jitter
 * @jitter_max_us: the highest so far
 * @payload: payload type of the last packet that was neither a digit nor
 *	comfort noise
 * @has_payload: there was one
 * @has_jitter: the clock of @payload is known
 */
struct sf_rtp_totals {
	u64 expected;
	u64 lost;
	u64 received;
	u64 reordered;
	u64 duplicates;
	u64 strays;
	u32 ssrc;
	u32 sources;
	u32 payloads;
	u32 digits;
	u32 jitter_us;
	u32 jitter_max_us;
	u8 payload;
	bool has_payload;
	bool has_jitter;
};

/**
 * sf_rtp_totals() - read what was counted
 * @t: written in full
 */
void sf_rtp_totals(const struct sf_rtp *r, struct sf_rtp_totals *t);

/**
 * sf_rtp_recent() - loss since the last call
 *
 * Packets that came late are taken off the loss of the interval in which they
 * came.
 *
 * Return: per mille, 0 to 1000; 0 when nothing was expected.
 */
u32 sf_rtp_recent(struct sf_rtp *r);

#endif /* SIPFAST_RTP_H */
