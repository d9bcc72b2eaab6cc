// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * order.c - in which order servers are tried
 */
#include "../../../daemon/sip/srv.h"
#include "world.h"

#define ROUNDS	20000

/* Priorities and weights. */
static struct sf_dns_answer servers(const u16 (*rows)[2], u32 count)
{
	struct sf_dns_answer answer = { .count = count };
	u32 i;

	for (i = 0; i < count; i++) {
		answer.at[i].first = rows[i][0];
		answer.at[i].second = rows[i][1];
	}
	return answer;
}

/* How often each one is at a place. */
static void tally(const struct sf_dns_answer *answer, u32 place, u32 *counts)
{
	u8 order[SF_DNS_RECORDS_MAX];
	u64 seed = 1;
	u32 i;

	memset(counts, 0, SF_DNS_RECORDS_MAX * sizeof(*counts));
	for (i = 0; i < ROUNDS; i++) {
		sf_srv_order(answer, order, &seed);
		counts[order[place]]++;
	}
}

static void assert_share(u32 count, double share)
{
	double got = (double)count / ROUNDS;

	if (got < share - 0.02 || got > share + 0.02)
		fail_msg("%.3f, want %.3f", got, share);
}

static void by_weight(void **state)
{
	static const u16 rows[][2] = { { 5, 60 }, { 5, 30 }, { 5, 10 } };
	struct sf_dns_answer answer = servers(rows, 3);
	u32 counts[SF_DNS_RECORDS_MAX];

	(void)state;
	tally(&answer, 0, counts);
	assert_share(counts[0], 0.6);
	assert_share(counts[1], 0.3);
	assert_share(counts[2], 0.1);
	/* the second: of those that are left, by their weights */
	tally(&answer, 1, counts);
	assert_share(counts[0], 0.3 * 60 / 70 + 0.1 * 60 / 90);
	assert_share(counts[1], 0.6 * 30 / 40 + 0.1 * 30 / 90);
}

/* RFC 2782: no weight has a small chance beside others; one of two here. */
static void no_weight(void **state)
{
	static const u16 rows[][2] = { { 0, 1 }, { 0, 0 } };
	struct sf_dns_answer answer = servers(rows, 2);
	u32 counts[SF_DNS_RECORDS_MAX];

	(void)state;
	tally(&answer, 0, counts);
	assert_share(counts[0], 0.5);
	assert_share(counts[1], 0.5);
}

static void largest_weights(void **state)
{
	static const u16 rows[][2] = { { 0, 65535 }, { 0, 65535 } };
	struct sf_dns_answer answer = servers(rows, 2);
	u32 counts[SF_DNS_RECORDS_MAX];

	(void)state;
	tally(&answer, 0, counts);
	assert_share(counts[0], 0.5);
}

/* Whatever the weights, a permutation in which priorities rise. */
static void by_priority(void **state)
{
	static const u16 rows[][2] = {
		{ 20, 100 }, { 10, 1 }, { 65535, 0 }, { 10, 0 }, { 0, 0 }, { 20, 3 },
	};
	struct sf_dns_answer answer = servers(rows, ARRAY_SIZE(rows));
	u8 order[SF_DNS_RECORDS_MAX];
	u64 seed = 7;
	u32 round, i, seen;

	(void)state;
	for (round = 0; round < 200; round++) {
		sf_srv_order(&answer, order, &seed);
		for (i = 0, seen = 0; i < answer.count; i++) {
			seen |= 1u << order[i];
			if (i)
				assert_true(answer.at[order[i - 1]].first <=
					    answer.at[order[i]].first);
		}
		assert_int_equal(seen, 0x3f);
	}
}

static void same_dice(void **state)
{
	static const u16 rows[][2] = { { 1, 1 }, { 1, 1 }, { 1, 1 }, { 1, 1 } };
	struct sf_dns_answer answer = servers(rows, 4);
	u8 one[SF_DNS_RECORDS_MAX], two[SF_DNS_RECORDS_MAX];
	u64 seed, again, i;

	(void)state;
	for (i = 0; i < 100; i++) {
		seed = i;
		again = i;
		sf_srv_order(&answer, one, &seed);
		sf_srv_order(&answer, two, &again);
		assert_memory_equal(one, two, 4);
	}
}

static void none(void **state)
{
	struct sf_dns_answer answer = { .count = 0 };
	u8 order[SF_DNS_RECORDS_MAX];
	u64 seed = 1;

	(void)state;
	sf_srv_order(&answer, order, &seed);
	sf_naptr_order(&answer, order);
}

static void naptr(void **state)
{
	static const u16 rows[][2] = {
		{ 10, 60 }, { 10, 50 }, { 5, 65535 }, { 65535, 0 }, { 10, 50 },
	};
	struct sf_dns_answer answer = servers(rows, ARRAY_SIZE(rows));
	u8 order[SF_DNS_RECORDS_MAX];

	(void)state;
	sf_naptr_order(&answer, order);
	assert_memory_equal(order, "\2\1\4\0\3", 5);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(by_weight), TEST(no_weight), TEST(largest_weights),
		TEST(by_priority), TEST(same_dice), TEST(none), TEST(naptr),
	};

	return run(tests, ARRAY_SIZE(tests));
}
