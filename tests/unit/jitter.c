// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * jitter.c - jitter, payload types, digits, and loss of late
 */
#include "test.h"

#include <string.h>

#include <sipfast/rtp.h>

#define MS 1000000ull

static struct sf_rtp rtp;
static struct sf_rtp_totals totals;
static struct sf_payloads known;
static u64 now;

static void fresh(void)
{
	memset(&rtp, 0, sizeof(rtp));
	memset(&known, 0, sizeof(known));
	now = 1000 * MS;
}

static void knows(u8 type, u8 encoding, u32 clock)
{
	const struct sf_payload one = {
		.type = type, .encoding = encoding, .clock = clock,
	};

	sf_payloads_add(&known, &one);
}

static void seen(u8 payload, u32 seq, u32 stamp)
{
	struct sf_rtp_head h = {
		.payload = payload, .seq = (u16)seq, .stamp = stamp, .ssrc = 7,
	};

	sf_rtp_seen(&rtp, &h, &known, now);
	sf_rtp_totals(&rtp, &totals);
}

/* After that many milliseconds, the next packet. */
static void after(u32 ms, u8 payload, u32 stamp)
{
	now += ms * MS;
	seen(payload, rtp.seq + 1u, stamp);
}

/* J += (|D| - J) / 16, by hand. */
static void by_hand(void **state)
{
	(void)state;
	fresh();
	seen(0, 1, 1000);
	after(20, 0, 1160);
	assert_int_equal(totals.jitter_us, 0);
	after(25, 0, 1320);		/* D = 5 ms */
	assert_int_equal(rtp.jitter, 5000000);
	assert_int_equal(totals.jitter_us, 312);
	after(15, 0, 1480);		/* D = -5 ms */
	assert_int_equal(rtp.jitter, 9687500);
	assert_int_equal(totals.jitter_us, 605);
	after(20, 0, 1640);
	assert_int_equal(rtp.jitter, 9082031);
	assert_int_equal(totals.jitter_us, 567);
	assert_int_equal(totals.jitter_max_us, 605);
	/* A packet that comes 20 ms late, behind the next, and once more. */
	now += 40 * MS;
	seen(0, 7, 1960);		/* D = 0 */
	now += MS;
	seen(0, 6, 1800);		/* D = 21 ms */
	assert_int_equal(totals.reordered, 1);
	assert_int_equal(totals.jitter_us, 1811);
	now += MS;
	seen(0, 6, 1800);		/* D = 1 ms */
	assert_int_equal(totals.duplicates, 1);
	assert_int_equal(totals.jitter_us, 1760);
}

static void wraps(void **state)
{
	u32 stamp = 0u - 320;
	u32 i;

	(void)state;
	fresh();
	seen(0, 65534, stamp);
	for (i = 0; i < 100; i++)
		after(i & 1 ? 25 : 15, 0, stamp += 160);
	/* It tends to 5 ms. */
	assert_in_range(totals.jitter_us, 4900, 5000);
	assert_int_equal(totals.lost, 0);
}

/* The same in floating point, for the usual clocks. */
static void random_arrivals(void **state)
{
	static const u32 clocks[] = { 8000, 11025, 16000, 44100, 48000, 90000 };
	double jitter, diff, last_ms, ms;
	u32 i, n, stamp, step;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(clocks); i++) {
		row("%u Hz", clocks[i]);
		fresh();
		knows(96, 0, clocks[i]);
		stamp = random_u32();
		step = clocks[i] / 50;
		jitter = 0;
		last_ms = 0;
		seen(96, 1, stamp);
		for (n = 1; n < 3000; n++) {
			ms = n * 20 + random_u32() % 30000 / 1000.0;
			now = 1000 * MS + (u64)(ms * 1e6);
			stamp += step;
			seen(96, 1 + n, stamp);
			diff = ms - last_ms - step * 1e3 / clocks[i];
			jitter += ((diff < 0 ? -diff : diff) - jitter) / 16;
			last_ms = ms;
			assert_true((double)totals.jitter_us - jitter * 1e3 <= 2 &&
				    jitter * 1e3 - (double)totals.jitter_us <= 2);
		}
		assert_in_range(totals.jitter_us, 5000, 20000);
	}
}

/* Packets of one frame are spread over some time; the frames are not. */
static void video(void **state)
{
	u32 frame, part;

	(void)state;
	fresh();
	knows(98, SF_ENCODING_H264, 90000);
	for (frame = 0; frame < 30; frame++)
		for (part = 0; part < 10; part++)
			after(part ? 3 : 13, 98, frame * 3600);
	assert_int_equal(totals.jitter_us, 0);
	assert_int_equal(totals.jitter_max_us, 0);
	assert_int_equal(totals.expected, 300);
	after(13 + 5, 98, 30 * 3600);
	assert_int_equal(totals.jitter_us, 312);
}

/* RFC 4733, 2.5.1: 50 ms apart, one timestamp, the end three times. */
static void digits(void **state)
{
	u32 i;

	(void)state;
	fresh();
	knows(101, SF_ENCODING_TELEPHONE_EVENT, 8000);
	after(20, 101, 5);		/* before anything else */
	assert_int_equal(totals.digits, 1);
	assert_false(totals.has_payload);
	after(20, 8, 160);
	after(20, 8, 320);
	for (i = 0; i < 6; i++)
		after(i < 4 ? 50 : 0, 101, 480);
	assert_int_equal(totals.digits, 2);
	for (i = 0; i < 6; i++)
		after(i < 4 ? 50 : 0, 101, 2080);
	assert_int_equal(totals.digits, 3);
	now += 10 * MS;
	seen(101, rtp.seq - 8u, 480);	/* one that was here */
	assert_int_equal(totals.duplicates, 1);
	assert_int_equal(totals.digits, 3);
	after(10, 8, 320 + 420 * 8);
	assert_int_equal(totals.jitter_max_us, 0);
	assert_int_equal(totals.payload, 8);
	assert_int_equal(totals.payloads, 0);
	assert_int_equal(totals.lost, 0);
}

/* Silence and its noise; another clock says nothing about this one's. */
static void comfort_noise(void **state)
{
	(void)state;
	fresh();
	after(20, 13, 0);
	assert_false(totals.has_payload);
	after(20, 8, 160);
	after(25, 13, 320);
	assert_int_equal(totals.jitter_us, 312);
	after(1000, 13, 8320);
	assert_int_equal(totals.payload, 8);
	after(20, 8, 8480);
	assert_int_equal(totals.payloads, 0);
	assert_int_equal(totals.jitter_max_us, 312);

	fresh();
	knows(96, SF_ENCODING_OPUS, 48000);
	after(20, 96, 960);
	after(20, 13, 4711);
	after(20, 96, 2880);
	assert_int_equal(totals.jitter_max_us, 0);
}

static void payloads(void **state)
{
	(void)state;
	fresh();
	knows(96, SF_ENCODING_OPUS, 48000);
	after(20, 0, 160);
	after(20, 8, 320);
	after(30, 8, 480);		/* the same clock */
	assert_int_equal(totals.payloads, 1);
	assert_int_equal(totals.jitter_us, 625);
	after(20, 96, 99999);		/* another one: from here on */
	assert_int_equal(totals.payloads, 2);
	assert_int_equal(totals.jitter_us, 625);
	after(20, 96, 99999 + 960);
	assert_int_equal(totals.jitter_us, 585);
	assert_true(totals.has_jitter);
	now += MS;			/* of before: no change */
	seen(8, rtp.seq - 2u, 480);
	assert_int_equal(totals.duplicates, 1);
	assert_int_equal(totals.payloads, 2);
	assert_int_equal(totals.payload, 96);
	after(20, 97, 0);		/* nobody knows it */
	after(99, 97, 5);
	assert_int_equal(totals.payloads, 3);
	assert_int_equal(totals.payload, 97);
	assert_false(totals.has_jitter);
	assert_int_equal(totals.jitter_us, 585);
}

static void renegotiated(void **state)
{
	(void)state;
	fresh();
	knows(96, SF_ENCODING_SPEEX, 8000);
	after(20, 96, 160);
	after(20, 96, 320);
	known.list[0].clock = 16000;
	sf_rtp_renegotiated(&rtp);
	after(20, 96, 5000);
	after(20, 96, 5320);
	assert_int_equal(totals.jitter_max_us, 0);
	assert_int_equal(totals.payloads, 0);
}

/* A pause without timestamps, and timestamps without a pause. */
static void jumps(void **state)
{
	(void)state;
	fresh();
	after(20, 0, 160);
	after(20, 0, 320);
	after(30000, 0, 480);
	after(20, 0, 0x80000000u);
	after(20, 0, 0x80000000u + 160);
	after(20, 0, 0);
	now = ~0ull;
	after(0, 0, 160);
	now = 0;
	after(0, 0, 0x80000160u);
	assert_int_equal(totals.jitter_max_us, 0);
	after(20 + 4294, 0, 0x80000160u + 160);
	assert_int_equal(totals.jitter_us, 4294 * 1000 / 16);
}

static void recent(void **state)
{
	u32 i;

	(void)state;
	fresh();
	for (i = 0; i < 200; i++)
		if (i % 10 != 5)
			seen(0, i, 0);
	assert_int_equal(sf_rtp_recent(&rtp), 100);
	assert_int_equal(sf_rtp_recent(&rtp), 0);
	seen(0, 200, 0);
	seen(0, 195, 0);		/* of before: no more than none */
	assert_int_equal(sf_rtp_recent(&rtp), 0);
	seen(0, 203, 0);
	assert_int_equal(sf_rtp_recent(&rtp), 666);
	rtp.expected += 1ull << 31;
	rtp.lost += 1ull << 30;
	assert_int_equal(sf_rtp_recent(&rtp), 500);
	/* beyond 32 bits, all of it */
	rtp.expected = (1ull << 32) - 1;
	rtp.lost = (1ull << 32) - 2;
	sf_rtp_recent(&rtp);
	seen(0, 206, 0);
	assert_int_equal(totals.expected, (1ull << 32) + 2);
	assert_int_equal(totals.lost, 1ull << 32);
	assert_int_equal(sf_rtp_recent(&rtp), 666);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(by_hand),
		TEST(wraps),
		TEST(random_arrivals),
		TEST(video),
		TEST(digits),
		TEST(comfort_noise),
		TEST(payloads),
		TEST(renegotiated),
		TEST(jumps),
		TEST(recent),
	};

	return run(tests, ARRAY_SIZE(tests));
}
