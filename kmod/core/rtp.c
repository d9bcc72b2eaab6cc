// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * rtp.c - what a direction of RTP is like (RFC 3550, A.1, A.3 and A.8)
 *
 * A.1 keeps the first and the highest number and the packets received, and
 * tells the loss by their difference; duplicates make up for lost packets there.
 * Here a packet that comes in order adds one to what is expected, a gap its
 * packets to what is lost, and one of them that comes late takes itself off
 * again, once: the window knows who was there.
 */
#include <sipfast/rtp.h>

/* How a packet came. */
enum place {
	STRAY,		/* it is none of this source */
	NEXT,		/* it is the highest so far */
	LATE,		/* behind a higher one */
	AGAIN,		/* it was here */
};

/* The same payload type may run on with another source. */
static void begin(struct sf_rtp *r, const struct sf_rtp_head *h)
{
	r->before_expected = (u32)r->expected;
	r->before_lost = (u32)r->lost;
	r->expected++;
	r->ssrc = h->ssrc;
	r->seq = h->seq;
	r->window = 1;
	r->jitter = 0;
	r->flags &= ~SF_RTP_HAS_LAST;
}

/* Some packets on, of which only this one came. */
static void advance(struct sf_rtp *r, u16 ahead)
{
	r->seq = (u16)(r->seq + ahead);
	r->window = (ahead < 64 ? r->window << ahead : 0) | 1;
	r->expected += ahead;
	r->lost += ahead - 1u;
}

/*
 * Behind the highest by @back. Before the first packet of the source there may
 * have been others. Behind the window nobody knows whether it was here: it was
 * not, as long as somebody is missing.
 */
static enum place behind(struct sf_rtp *r, u16 back)
{
	u32 span = (u32)r->expected - r->before_expected;
	u64 bit = back < 64 ? 1ull << back : 0;

	if (r->window & bit ||
	    (back < span && (u32)r->lost == r->before_lost)) {
		r->duplicates++;
		return AGAIN;
	}
	r->window |= bit;
	r->reordered++;
	if (back < span) {
		r->lost--;
	} else {
		r->expected += back + 1 - span;
		r->lost += back - span;
	}
	return LATE;
}

/*
 * It does not fit. Two in a row are a beginning, of another source or of the same
 * one with other numbers, unless the present one has gone on in between: where
 * two sources share a port, the first one is told of.
 */
static bool begins(struct sf_rtp *r, const struct sf_rtp_head *h, u64 now_ns)
{
	if (r->flags & SF_RTP_HAS_PROBE && r->probe_expected == (u32)r->expected &&
	    r->probe.ssrc == h->ssrc && (u16)(r->probe.seq + 1) == h->seq)
		return true;
	r->flags |= SF_RTP_HAS_PROBE;
	r->probe = *h;
	r->probe_ns = now_ns;
	r->probe_expected = (u32)r->expected;
	r->strays++;
	return false;
}

static void digit(struct sf_rtp *r, u32 stamp)
{
	if (r->digits && r->digit_stamp == stamp)
		return;
	r->digits++;
	r->digit_stamp = stamp;
}

/*
 * Another payload type. Does the packet tell of jitter? Digits have the time at
 * which they began, all along; comfort noise may count another clock.
 */
static bool turn(struct sf_rtp *r, const struct sf_rtp_head *h,
		 const struct sf_payloads *known)
{
	struct sf_payload p = { .clock = 0 };
	u32 tick;

	sf_payloads_find(known, h->payload, &p);
	tick = sf_clock_tick(p.clock);
	if (p.encoding == SF_ENCODING_TELEPHONE_EVENT) {
		digit(r, h->stamp);
		return false;
	}
	if (p.encoding == SF_ENCODING_CN)
		return r->flags & SF_RTP_HAS_CLOCK && r->tick == tick;
	if (r->flags & SF_RTP_HAS_PAYLOAD && r->payload != h->payload)
		r->payloads++;
	if (r->tick != tick)
		r->flags &= ~SF_RTP_HAS_LAST;
	r->payload = h->payload;
	r->tick = tick;
	r->flags |= SF_RTP_HAS_PAYLOAD | SF_RTP_HAS_CLOCK;
	return true;
}

/*
 * What a packet tells besides its number. The packets of a video frame have one
 * timestamp: only the first says when it came.
 */
static void look(struct sf_rtp *r, const struct sf_rtp_head *h,
		 const struct sf_payloads *known, u64 now_ns, enum place place)
{
	bool same = r->payload == h->payload && r->flags & SF_RTP_HAS_CLOCK;

	if (!same && (place != NEXT || !turn(r, h, known)))
		return;
	if (r->stamp == h->stamp && place != AGAIN && r->flags & SF_RTP_HAS_LAST)
		return;
	sf_rtp_feed(r, h->stamp, now_ns);
}

/* Every other packet than the next. */
static enum place locate(struct sf_rtp *r, const struct sf_rtp_head *h,
			 const struct sf_payloads *known, u64 now_ns)
{
	u16 ahead = (u16)(h->seq - r->seq), back = (u16)(r->seq - h->seq);

	if (!r->window) {
		begin(r, h);
		r->sources = 1;
		return NEXT;
	}
	if (r->ssrc == h->ssrc && back < SF_RTP_MISORDER)
		return behind(r, back);
	if (r->ssrc == h->ssrc && ahead < SF_RTP_DROPOUT) {
		advance(r, ahead);
		return NEXT;
	}
	if (!begins(r, h, now_ns))
		return STRAY;
	r->strays--;
	if (r->ssrc == h->ssrc)
		r->restarts++;
	else
		r->sources++;
	begin(r, &r->probe);
	look(r, &r->probe, known, r->probe_ns, NEXT);
	advance(r, 1);
	return NEXT;
}

void sf_rtp_seen(struct sf_rtp *r, const struct sf_rtp_head *h,
		 const struct sf_payloads *known, u64 now_ns)
{
	enum place place;

	if (sf_rtp_next(r, h, now_ns))
		return;

	place = locate(r, h, known, now_ns);
	if (place != STRAY)
		look(r, h, known, now_ns, place);
}

void sf_rtp_renegotiated(struct sf_rtp *r)
{
	r->flags &= ~SF_RTP_HAS_CLOCK;
}

static u32 jitter_us(u64 jitter)
{
	return (u32)(jitter >> 4) / 1000;
}

void sf_rtp_totals(const struct sf_rtp *r, struct sf_rtp_totals *t)
{
	t->expected = r->expected;
	t->lost = r->lost;
	t->received = r->expected - r->lost;
	t->reordered = r->reordered;
	t->duplicates = r->duplicates;
	t->strays = r->strays;
	t->ssrc = r->ssrc;
	t->sources = r->sources;
	t->payloads = r->payloads;
	t->digits = r->digits;
	t->jitter_us = jitter_us(r->jitter);
	t->jitter_max_us = jitter_us(r->jitter_max);
	t->payload = r->payload;
	t->has_payload = r->flags & SF_RTP_HAS_PAYLOAD;
	t->has_jitter = r->tick;
}

u32 sf_rtp_recent(struct sf_rtp *r)
{
	u32 expected = (u32)r->expected - r->recent_expected;
	u32 lost = (u32)r->lost - r->recent_lost;

	r->recent_expected = (u32)r->expected;
	r->recent_lost = (u32)r->lost;
	/* More of the packets before have come than were lost since. */
	if ((s32)lost < 0)
		return 0;
	/* Nor can there be more, unless there were too many to count. */
	if (lost > expected)
		lost = expected;
	while (expected >> 22) {
		expected >>= 1;
		lost >>= 1;
	}
	return expected ? lost * 1000 / expected : 0;
}
