// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * rtp.c - heads of RTP, and what a direction of it is like
 */
#include "test.h"

#include <stddef.h>
#include <string.h>

#include <sipfast/rtp.h>

#define MS 1000000ull

/* What every packet needs comes with one line of the cache. */
_Static_assert(offsetof(struct sf_rtp, before_expected) == 64,
	       "what is hot in sf_rtp is not one line");

static struct sf_rtp rtp;
static struct sf_rtp_totals totals;
static u64 now;

static void fresh(void)
{
	memset(&rtp, 0, sizeof(rtp));
	now = 1000 * MS;
}

/* What most tests send: 20 ms of PCMA from source 1. */
static struct sf_rtp_head head = { .payload = 8, .ssrc = 1 };

static void seen(struct sf_rtp_head h, const struct sf_payloads *known)
{
	sf_rtp_seen(&rtp, &h, known, now);
	sf_rtp_totals(&rtp, &totals);
}

static void number(u32 seq)
{
	struct sf_rtp_head h = head;

	h.seq = (u16)seq;
	h.stamp = seq * 160;
	seen(h, NULL);
	now += 20 * MS;
}

static void numbers(u32 first, u32 last)
{
	for (; first <= last; first++)
		number(first);
}

static void assert_counts(u64 expected, u64 lost, u64 reordered, u64 duplicates)
{
	assert_int_equal(totals.expected, expected);
	assert_int_equal(totals.lost, lost);
	assert_int_equal(totals.received, expected - lost);
	assert_int_equal(totals.reordered, reordered);
	assert_int_equal(totals.duplicates, duplicates);
}

static void kinds(void **state)
{
	static const struct {
		u8 first, second;
		u32 least;
		enum sf_rtp_kind kind;
	} rows[] = {
		{ 0x80, 0, 12, SF_RTP_RTP }, { 0x80, 0x80, 12, SF_RTP_RTP },
		{ 0xbf, 0xff, 12, SF_RTP_RTP }, { 0x80, 191, 12, SF_RTP_RTP },
		{ 0x80, 192, 4, SF_RTP_RTCP }, { 0x81, 200, 4, SF_RTP_RTCP },
		{ 0x80, 223, 4, SF_RTP_RTCP }, { 0x80, 224, 12, SF_RTP_RTP },
		{ 0, 1, 20, SF_RTP_STUN }, { 3, 1, 20, SF_RTP_STUN },
		{ 20, 254, 13, SF_RTP_DTLS }, { 63, 254, 13, SF_RTP_DTLS },
	};
	static const u8 others[] = { 4, 16, 19, 64, 79, 127, 192, 255 };
	u8 bytes[32] = { 0 };
	const u8 *buf;
	u32 i, len;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		bytes[0] = rows[i].first;
		bytes[1] = rows[i].second;
		for (len = 0; len <= sizeof(bytes); len++) {
			row("%u %u, %u bytes", bytes[0], bytes[1], len);
			buf = (const u8 *)guard_tail(bytes, len);
			assert_int_equal(sf_rtp_kind(buf, len),
					 len < rows[i].least ? SF_RTP_OTHER :
					 rows[i].kind);
			assert_int_equal(sf_rtp_is(buf, len),
					 rows[i].kind == SF_RTP_RTP &&
					 len >= rows[i].least);
		}
	}
	for (i = 0; i < ARRAY_SIZE(others); i++) {
		bytes[0] = others[i];
		assert_int_equal(sf_rtp_kind(bytes, 32), SF_RTP_OTHER);
	}
}

static void heads(void **state)
{
	static const u8 bytes[] = {
		0x80, 0x80 | 101, 0xff, 0xfe, 0x01, 0x02, 0x03, 0x04,
		0x90, 0xab, 0xcd, 0xef, 0x55,
	};
	struct sf_rtp_head h = { .payload = 0 };
	u32 len;

	(void)state;
	assert_true(sf_rtp_parse(&h, (const u8 *)guard_tail(bytes, 13), 13, 13));
	assert_int_equal(h.payload, 101);
	assert_true(h.marker);
	assert_int_equal(h.seq, 65534);
	assert_int_equal(h.stamp, 0x01020304);
	assert_int_equal(h.ssrc, 0x90abcdef);
	for (len = 0; len < 12; len++)
		assert_false(sf_rtp_parse(&h, (const u8 *)guard_tail(bytes, len),
					  len, len));
	assert_true(sf_rtp_parse(&h, (const u8 *)guard_tail(bytes, 12), 12, 13));
	assert_false(sf_rtp_parse(&h, bytes, 13, 12));
}

/* Bits of the first byte, bytes 12 and on, how many there are: do they fit? */
static void lengths(void **state)
{
	static const struct {
		u8 bits;
		u8 more[8];
		u32 have, len;
		bool good;
	} rows[] = {
		{ 0x01, { 0 }, 16, 16, true }, { 0x01, { 0 }, 15, 15, false },
		{ 0x02, { 0 }, 20, 20, true }, { 0x02, { 0 }, 19, 19, false },
		{ 0x0f, { 0 }, 20, 72, true }, { 0x0f, { 0 }, 20, 71, false },
		/* extension */
		{ 0x10, { 0 }, 16, 16, true }, { 0x10, { 0 }, 15, 15, false },
		{ 0x10, { 0xbe, 0xde, 0, 1 }, 20, 20, true },
		{ 0x10, { 0xbe, 0xde, 0, 1 }, 19, 19, false },
		{ 0x10, { 0, 0, 0xff, 0xff }, 16, 16 + 262140, true },
		{ 0x10, { 0, 0, 0xff, 0xff }, 16, 16 + 262139, false },
		{ 0x10, { 0 }, 12, 16, false },
		{ 0x11, { 0, 0, 0, 0, 0, 0, 0, 1 }, 20, 24, true },
		{ 0x11, { 0, 0, 0, 0, 0, 0, 0, 1 }, 20, 23, false },
		/* padding */
		{ 0x20, { 0 }, 12, 12, false }, { 0x20, { 0 }, 13, 13, false },
		{ 0x20, { 1 }, 13, 13, true }, { 0x20, { 2 }, 13, 13, false },
		{ 0x20, { 9, 9, 9, 4 }, 16, 16, true },
		{ 0x20, { 9, 9, 9, 5 }, 16, 16, false },
		{ 0x21, { 9, 9, 9, 9, 1 }, 17, 17, true },
		{ 0x21, { 9, 9, 9, 1 }, 16, 16, false },
		/* SRTP, or only the beginning: nothing to judge */
		{ 0x20, { 0 }, 13, 14, true },
	};
	u8 bytes[20] = { 0 };
	struct sf_rtp_head h;
	u32 i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		row("%u: %02x of %u", i, rows[i].bits, rows[i].len);
		bytes[0] = 0x80 | rows[i].bits;
		memcpy(bytes + 12, rows[i].more, 8);
		assert_int_equal(sf_rtp_parse(&h,
					      (const u8 *)guard_tail(bytes, rows[i].have),
					      rows[i].have, rows[i].len),
				 rows[i].good);
	}
}

static void nothing(void **state)
{
	(void)state;
	fresh();
	sf_rtp_totals(&rtp, &totals);
	assert_counts(0, 0, 0, 0);
	assert_int_equal(totals.sources, 0);
	assert_false(totals.has_payload);
	assert_false(totals.has_jitter);
	assert_int_equal(sf_rtp_recent(&rtp), 0);
}

static void in_order(void **state)
{
	(void)state;
	fresh();
	numbers(65530, 65530 + 70000);	/* twice round */
	assert_counts(70001, 0, 0, 0);
	assert_int_equal(totals.sources, 1);
	assert_int_equal(totals.ssrc, 1);
	assert_int_equal(totals.payload, 8);
	assert_int_equal(totals.payloads, 0);
	assert_int_equal(totals.jitter_us, 0);
	assert_int_equal(totals.jitter_max_us, 0);
	assert_true(totals.has_jitter);
}

static void gaps(void **state)
{
	(void)state;
	fresh();
	number(65535);
	number(65537);			/* 65536 is late */
	assert_counts(3, 1, 0, 0);
	number(65536);
	assert_counts(3, 0, 1, 0);
	number(65536);			/* and again */
	number(65537);
	number(65535);
	assert_counts(3, 0, 1, 3);
	number(65537 + 2999);		/* a long gap */
	assert_counts(3002, 2998, 1, 3);
	number(65537 + 2999 - 99);	/* the latest that is known */
	assert_counts(3002, 2997, 2, 3);
	number(65537 + 2999 - 63);
	number(65537 + 2999 - 63);
	assert_counts(3002, 2996, 3, 4);
	number(65537 + 2999 - 100);
	assert_int_equal(totals.strays, 1);
}

/* Packets before the first one, and where the window ends. */
static void before(void **state)
{
	(void)state;
	fresh();
	number(100);
	number(98);
	assert_counts(3, 1, 1, 0);
	number(98);
	assert_counts(3, 1, 1, 1);
	number(99);
	assert_counts(3, 0, 2, 1);
	numbers(101, 170);
	number(100);			/* out of the window; all were here */
	assert_counts(73, 0, 2, 2);
	number(180);
	number(110);			/* can only be one that was missing */
	assert_counts(83, 8, 3, 2);

	fresh();
	number(1000);
	number(901);			/* far out of the window */
	assert_counts(100, 98, 1, 0);
}

/* RFC 3550, A.1: two in a row are a beginning; a stray is nothing. */
static void restart(void **state)
{
	(void)state;
	fresh();
	numbers(1, 10);
	number(30000);
	assert_counts(10, 0, 0, 0);
	assert_int_equal(totals.strays, 1);
	number(11);
	number(30001);			/* the source has gone on meanwhile */
	assert_counts(11, 0, 0, 0);
	assert_int_equal(totals.strays, 2);
	number(30002);
	assert_counts(13, 0, 0, 0);
	assert_int_equal(totals.strays, 1);
	assert_int_equal(totals.sources, 1);
	assert_int_equal(rtp.restarts, 1);
	number(30004);
	assert_counts(15, 1, 0, 0);
	number(12);			/* of before */
	number(14);			/* and not the next */
	assert_counts(15, 1, 0, 0);
	number(3004 + 30000);		/* one too many for a gap */
	assert_counts(15, 1, 0, 0);
	number(33005);
	assert_counts(17, 1, 0, 0);
	assert_int_equal(rtp.restarts, 2);
}

static void sources(void **state)
{
	struct sf_rtp_head h = { .payload = 8, .ssrc = 2, .seq = 5 };

	(void)state;
	fresh();
	number(1);
	number(3);
	seen(h, NULL);
	assert_int_equal(totals.ssrc, 1);
	assert_counts(3, 1, 0, 0);
	h.ssrc = 3;			/* two strays are no beginning */
	h.seq++;
	seen(h, NULL);
	assert_int_equal(totals.strays, 2);
	h.ssrc = 2;
	h.seq--;
	seen(h, NULL);
	now += 25 * MS;
	h.seq++;
	h.stamp += 160;
	seen(h, NULL);
	assert_int_equal(totals.ssrc, 2);
	assert_int_equal(totals.sources, 2);
	assert_int_equal(totals.strays, 2);
	assert_int_equal(totals.payloads, 0);
	assert_counts(5, 1, 0, 0);
	assert_int_equal(totals.jitter_us, 312);	/* 5 ms, of its own */
	/* Nobody comes late for another source. */
	h.seq -= 2;
	seen(h, NULL);
	assert_counts(6, 1, 1, 0);
	number(2);
	number(2);
	assert_counts(6, 1, 1, 0);
	assert_int_equal(totals.strays, 4);
	number(3);
	assert_int_equal(totals.ssrc, 1);
	assert_int_equal(totals.sources, 3);
	assert_counts(8, 1, 1, 0);
}

/* Two that share a port: one of them is told of. */
static void shared(void **state)
{
	struct sf_rtp_head h = { .payload = 8, .ssrc = 2 };
	u32 i;

	(void)state;
	fresh();
	for (i = 0; i < 100; i++) {
		number(i);
		h.seq++;
		seen(h, NULL);
	}
	assert_counts(100, 0, 0, 0);
	assert_int_equal(totals.sources, 1);
	assert_int_equal(totals.strays, 100);
}

/* Random arrivals against a model that remembers every number. */
#define MODEL_MAX 4096
#define MODEL_REACH 60

struct model {
	bool came[MODEL_MAX];
	u32 first, highest, received, reordered, duplicates;
};

static void model_seen(struct model *m, u32 n)
{
	if (m->came[n]) {
		m->duplicates++;
		return;
	}
	m->came[n] = true;
	m->reordered += m->received && n < m->highest;
	if (!m->received || n > m->highest)
		m->highest = n;
	if (!m->received || n < m->first)
		m->first = n;
	m->received++;
}

static void mixes(void **state)
{
	static struct model m;
	u32 round, start, n, pick;

	(void)state;
	for (round = 0; round < 300; round++) {
		memset(&m, 0, sizeof(m));
		fresh();
		start = random_u32();
		n = 2 * MODEL_REACH;
		while (n < MODEL_MAX - 200) {
			pick = random_u32() % 100;
			if (pick < 50 + round % 40)
				n++;
			else if (pick < 95)
				n += random_u32() % 4;
			else if (!(random_u32() % 8))
				n += random_u32() % 150;
			pick = n;
			if (random_u32() % 3 == 0)
				pick -= random_u32() % MODEL_REACH;
			/* what is behind the window cannot be known */
			if (m.received && pick + 63 < m.highest)
				continue;
			row("round %u, number %u", round, pick);
			model_seen(&m, pick);
			number(start + pick);
			assert_counts(m.highest - m.first + 1,
				      m.highest - m.first + 1 - m.received,
				      m.reordered, m.duplicates);
		}
		assert_int_equal(totals.strays, 0);
		assert_int_equal(totals.sources, 1);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(kinds),
		TEST(heads),
		TEST(lengths),
		TEST(nothing),
		TEST(in_order),
		TEST(gaps),
		TEST(before),
		TEST(restart),
		TEST(sources),
		TEST(shared),
		TEST(mixes),
	};

	return run(tests, ARRAY_SIZE(tests));
}
