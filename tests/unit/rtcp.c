// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * rtcp.c - reports: what they say, and what is no report
 */
#include "test.h"

#include <string.h>

#include <sipfast/rtcp.h>

#define SECOND 1000000000ull
#define MS 1000000ull

/* A packet that grows. */
static u8 packet[512];
static u32 size;

static void put(u32 val)
{
	packet[size++] = (u8)(val >> 24);
	packet[size++] = (u8)(val >> 16);
	packet[size++] = (u8)(val >> 8);
	packet[size++] = (u8)val;
}

static void head(u32 type, u32 count, u32 words)
{
	put(2u << 30 | count << 24 | type << 16 | (words - 1));
}

static void sender(u32 ssrc, u32 ntp, u32 blocks)
{
	head(200, blocks, 7 + 6 * blocks);
	put(ssrc);
	put(0xaaaa0000 | ntp >> 16);
	put(ntp << 16 | 0x5555);
	put(160);
	put(10);
	put(1600);
}

static void receiver(u32 ssrc, u32 blocks)
{
	head(201, blocks, 2 + 6 * blocks);
	put(ssrc);
}

static void block(u32 about, u8 fraction, s32 lost, u32 lsr, u32 dlsr)
{
	put(about);
	put((u32)fraction << 24 | ((u32)lost & 0xffffff));
	put(0x10004);
	put(77);
	put(lsr);
	put(dlsr);
}

static const u8 *guarded(void)
{
	return (const u8 *)guard_tail(packet, size);
}

static struct sf_rtcp there, back;

/* A packet with a report about `there', travelling `back'. */
static bool seen_back(u64 now)
{
	return sf_rtcp_seen(&back, &there, guarded(), size, now);
}

static void fresh(void)
{
	memset(&there, 0, sizeof(there));
	memset(&back, 0, sizeof(back));
	size = 0;
}

static void compound(void **state)
{
	struct sf_rtcp_item item;
	struct sf_rtcp_walk walk;

	(void)state;
	fresh();
	sender(0x11111111, 0xb44db705, 2);
	block(0x22222222, 64, -2, 0xb710bd2c, 0x00054000);
	block(0x33333333, 255, 0x7fffff, 0, 0);
	head(202, 1, 4);		/* SDES */
	put(0x11111111);
	put(0x01046140);
	put(0x62630000);
	head(203, 2, 4);
	put(0x11111111);
	put(0x44444444);
	put(0x03627965);
	sf_rtcp_walk(&walk, guarded(), size);
	assert_int_equal(sf_rtcp_next(&walk, &item), SF_RTCP_SENDER);
	assert_int_equal(item.ssrc, 0x11111111);
	assert_int_equal(item.ntp, 0xb44db705);
	assert_int_equal(sf_rtcp_next(&walk, &item), SF_RTCP_BLOCK);
	assert_int_equal(item.ssrc, 0x11111111);
	assert_int_equal(item.about, 0x22222222);
	assert_int_equal(item.fraction, 64);
	assert_int_equal(item.lost, -2);
	assert_int_equal(item.jitter, 77);
	assert_int_equal(item.lsr, 0xb710bd2c);
	assert_int_equal(item.dlsr, 0x00054000);
	assert_int_equal(sf_rtcp_next(&walk, &item), SF_RTCP_BLOCK);
	assert_int_equal(item.about, 0x33333333);
	assert_int_equal(item.lost, 0x7fffff);
	assert_int_equal(sf_rtcp_next(&walk, &item), SF_RTCP_BYE);
	assert_int_equal(item.ssrc, 0x11111111);
	assert_int_equal(sf_rtcp_next(&walk, &item), SF_RTCP_BYE);
	assert_int_equal(item.ssrc, 0x44444444);
	assert_int_equal(sf_rtcp_next(&walk, &item), SF_RTCP_END);
	assert_int_equal(sf_rtcp_next(&walk, &item), SF_RTCP_END);
}

/* RFC 3550, figure 2, seen from the sender: 6.125 s. */
static void round_trip(void **state)
{
	u64 sent = 46853125 * MS, heard = 46864500 * MS;

	(void)state;
	fresh();
	sender(1, 0xb7052000, 0);	/* it travels `there' */
	assert_true(sf_rtcp_seen(&there, &back, guarded(), size, sent));
	assert_int_equal(there.sender_ns, sent);
	assert_int_equal(there.sender_ntp, 0xb7052000);
	size = 0;
	receiver(2, 1);
	block(1, 26, 4, 0xb7052000, 0x00054000);
	assert_true(seen_back(heard));
	assert_true(there.has_rtt);
	assert_int_equal(there.rtt_us, 6125000);
	assert_int_equal(there.report_ns, heard);
	assert_int_equal(there.fraction, 101);
	assert_int_equal(there.lost, 4);
	assert_int_equal(there.jitter, 77);
	assert_int_equal(back.report_ns, 0);
	assert_false(back.has_rtt);
}

/* What a report with this delay makes of an SR that passed @gone ago. */
static bool rtt(u64 gone, u32 lsr, u32 dlsr)
{
	fresh();
	there.sender_ntp = 5;
	there.sender_ns = 100 * SECOND;
	receiver(2, 1);
	block(1, 0, -5, lsr, dlsr);
	assert_true(seen_back(100 * SECOND + gone));
	assert_int_equal(there.lost, 0);
	return there.has_rtt;
}

static void nonsense(void **state)
{
	(void)state;
	assert_true(rtt(SECOND, 5, 65536));
	assert_int_equal(there.rtt_us, 0);
	assert_true(rtt(SECOND - 15258, 5, 65536)); /* a unit of DLSR */
	assert_int_equal(there.rtt_us, 0);
	assert_false(rtt(SECOND - 15259, 5, 65536));
	assert_false(rtt(SECOND, 5, ~0u));
	assert_true(rtt((1ull << 35) - 1, 5, 0));
	assert_int_equal(there.rtt_us, 34359738);
	assert_false(rtt(1ull << 35, 5, 0));
	assert_false(rtt(SECOND, 6, 0));	/* another SR */
	assert_false(rtt(SECOND, 0, 0));	/* none */
	/* none was seen, and none is claimed */
	fresh();
	receiver(2, 1);
	block(1, 0, 0, 0, 0);
	assert_true(seen_back(SECOND));
	assert_int_equal(there.report_ns, SECOND);
	assert_false(there.has_rtt);
	assert_int_equal(there.rtt_us, 0);
}

/* Reports about, and of, somebody else who uses the port. */
static void sources(void **state)
{
	(void)state;
	fresh();
	there.source = 1;
	back.source = 2;
	sender(3, 9, 2);
	block(4, 128, 9, 0, 0);
	block(1, 255, 3, 0, 0);
	head(203, 1, 2);
	put(3);
	assert_true(seen_back(SECOND));
	assert_int_equal(back.sender_ntp, 0);
	assert_false(back.left);
	assert_int_equal(there.lost, 3);
	assert_int_equal(there.fraction, 996);

	size = 0;
	sender(2, 9, 1);
	block(5, 128, 9, 0, 0);
	head(203, 1, 2);
	put(2);
	assert_true(seen_back(2 * SECOND));
	assert_int_equal(back.sender_ntp, 9);
	assert_int_equal(there.report_ns, SECOND);
	assert_true(back.left);

	size = 0;			/* it was not for good */
	sender(2, 10, 0);
	assert_true(seen_back(3 * SECOND));
	assert_false(back.left);
}

/* RFC 5506: feedback alone; and a BYE of nobody. */
static void reduced(void **state)
{
	struct sf_rtcp_item item;
	struct sf_rtcp_walk walk;

	(void)state;
	fresh();
	head(205, 1, 3);
	put(1);
	put(2);
	assert_true(seen_back(SECOND));
	assert_int_equal(there.report_ns, 0);
	head(203, 0, 1);
	sf_rtcp_walk(&walk, guarded(), size);
	assert_int_equal(sf_rtcp_next(&walk, &item), SF_RTCP_END);
}

static void padding(void **state)
{
	(void)state;
	fresh();
	receiver(2, 1);
	block(1, 0, 7, 0, 0);
	put(8);
	put(8);
	packet[0] |= 0x20;
	packet[3] += 2;
	assert_true(seen_back(SECOND));
	assert_int_equal(there.lost, 7);
	packet[size - 1] = 12;		/* a block that is padding */
	assert_false(seen_back(SECOND));
	packet[size - 1] = 7;
	assert_false(seen_back(SECOND));
	packet[size - 1] = 0;
	assert_false(seen_back(SECOND));
	packet[size - 1] = 252;
	assert_false(seen_back(SECOND));
	packet[size - 1] = 8;		/* not in the middle */
	head(202, 0, 1);
	assert_false(seen_back(SECOND));
	size = 0;
	head(202, 0, 1);
	packet[0] |= 0x20;
	assert_false(seen_back(SECOND));
}

/* Each length short of the right one, and nothing of it is believed. */
static void cut(void **state)
{
	u32 len, all;

	(void)state;
	fresh();
	sender(2, 9, 1);
	block(1, 0, 7, 0, 0);
	head(203, 1, 2);
	put(2);
	all = size;
	for (len = 0; len < all; len++) {
		row("%u bytes", len);
		if (len == 52)		/* the SR alone */
			continue;
		assert_false(sf_rtcp_seen(&back, &there,
					  (const u8 *)guard_tail(packet, len),
					  len, SECOND));
		assert_int_equal(back.sender_ntp, 0);
		assert_int_equal(there.report_ns, 0);
	}
	assert_true(seen_back(SECOND));
}

static void malformed(void **state)
{
	static const struct {
		u8 first;
		u8 type;
		u8 words;
	} rows[] = {
		{ 0x40, 201, 1 }, { 0xc0, 201, 1 }, { 0x00, 201, 1 },
		{ 0x80, 191, 1 }, { 0x80, 224, 1 }, { 0x80, 0, 1 },
		{ 0x81, 201, 1 }, { 0x80, 200, 1 }, { 0x82, 203, 1 },
		{ 0x80, 201, 0 }, { 0x80, 201, 2 }, { 0x9f, 201, 1 },
	};
	u32 i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		row("%02x %u %u", rows[i].first, rows[i].type, rows[i].words);
		fresh();
		receiver(1, 0);
		assert_true(seen_back(SECOND));
		packet[0] = rows[i].first;
		packet[1] = rows[i].type;
		packet[3] = rows[i].words;
		assert_false(seen_back(SECOND));
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(compound),
		TEST(round_trip),
		TEST(nonsense),
		TEST(sources),
		TEST(reduced),
		TEST(padding),
		TEST(cut),
		TEST(malformed),
	};

	return run(tests, ARRAY_SIZE(tests));
}
