// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * overload.c - a share of what is new is taken on
 */
#include "../../../daemon/app/overload.h"
#include "../test.h"

static u64 message;

static const struct sf_end one = { .ip = { 4, { { 192, 0, 2, 1 } } }, .port = 5060 };

/* Each is another message. */
static enum sf_load judge_of(struct sf_overload *load, u64 now, u32 backlog,
			     const struct sf_end *from)
{
	message++;
	sf_overload_forget(load);
	return sf_overload_judge(load, now, backlog, from, (const char *)&message,
				 sizeof(message));
}

static enum sf_load judge(struct sf_overload *load, u64 now, u32 backlog)
{
	return judge_of(load, now, backlog, &one);
}

static void calm(void **state)
{
	struct sf_overload load;
	u64 now;

	(void)state;
	sf_overload_init(&load);
	for (now = 1000; now < 5000; now++)
		assert_int_equal(judge(&load, now, 5), SF_LOAD_ADMIT);
	assert_null(load.shed);
}

/* First fewer are told so, then fewer are taken on; some always are. */
static void too_much(void **state)
{
	u32 count[3] = { 0 };
	struct sf_overload load;
	u64 now;

	(void)state;
	sf_overload_init(&load);
	for (now = 1000; now < 61000; now++)
		assert_int_equal(judge(&load, now, 12), SF_LOAD_ADMIT);
	for (; now < 121000; now++)
		count[judge(&load, now, 100)]++;
	assert_in_range(count[SF_LOAD_ADMIT], 200, 2000);
	assert_in_range(count[SF_LOAD_REFUSE], 3000, 6000);
	assert_true(count[SF_LOAD_SKIP] > 50000);
	/* And when it is over, it is over. */
	for (now += 10000; now < 140000; now++)
		assert_int_equal(judge(&load, now, 0), SF_LOAD_ADMIT);
	sf_overload_exit(&load);
}

/* While less and less waits no fewer are taken on, be it now more and now less. */
static void less_waits(void **state)
{
	struct sf_overload load;
	u64 now = 1000;
	u32 part, step;

	(void)state;
	sf_overload_init(&load);
	for (; now < 2000; now++)
		judge(&load, now, 99);
	part = load.admit.part;
	assert_in_range(part, 1, SF_SHARE_ALL / 2);
	for (step = 0; step < 24; step++, now += 50)
		judge(&load, now, 90 - 3 * step + step % 2 * 8);
	assert_int_equal(load.admit.part, part);
	sf_overload_exit(&load);
}

/* Where nothing waits there is room. */
static void room(void **state)
{
	struct sf_overload load;
	u64 now = 1000;

	(void)state;
	sf_overload_init(&load);
	judge(&load, now, 0);
	load.admit.part = SF_SHARE_ALL / 32;
	for (; now < 1500; now++)
		judge(&load, now, 1);
	assert_in_range(load.admit.part, SF_SHARE_ALL / 32, SF_SHARE_ALL / 16);
	for (; now < 2100; now++)
		judge(&load, now, 0);
	assert_in_range(load.admit.part, SF_SHARE_ALL / 4, SF_SHARE_ALL);
	sf_overload_exit(&load);
}

static void same(void **state)
{
	struct sf_overload load;
	enum sf_load first;
	u32 i;

	(void)state;
	sf_overload_init(&load);
	for (i = 0; i < 100; i++) {
		first = judge(&load, 1000 + i, 50);
		assert_int_equal(sf_overload_judge(&load, 1000 + i, 50, &one,
						   (const char *)&message,
						   sizeof(message)), first);
	}
	sf_overload_exit(&load);
}

/* What was passed over is told so when there is time, and is not in anyone's way. */
static void again(void **state)
{
	static enum sf_load first[2000];
	struct sf_overload load;
	u64 now = 1000, old;

	(void)state;
	sf_overload_init(&load);
	message = 0;
	for (old = 0; old < 2000; old++)
		first[old] = judge(&load, ++now, 100);
	for (now += 4000; now < 15000; now++)
		judge(&load, now, 0);
	for (old = 0; old < 2000; old++) {
		message = old;
		assert_int_equal(judge(&load, ++now, 0),
				 first[old] ? SF_LOAD_REFUSE : SF_LOAD_ADMIT);
		message = 100000 + old;
		assert_int_equal(judge(&load, now, 0), SF_LOAD_ADMIT);
	}
	/* Nobody asks for longer than that. */
	for (old = 0; old < 2000; old++) {
		message = old;
		assert_int_equal(judge(&load, now + 70000, 0), SF_LOAD_ADMIT);
	}
	sf_overload_exit(&load);
}

/*
 * A worker that has 1000 us for each ms, @per_ms new calls of 250 us each; a
 * refusal costs 30 us, and what is skipped 5 us. What it does not get done waits.
 * Return: calls per second, in the last 20 of 30 seconds.
 */
static u32 calls(u32 per_ms)
{
	struct sf_overload load;
	u64 now, waits = 0, done = 0, room;
	u32 arrived = 0;

	sf_overload_init(&load);
	for (now = 1000; now < 31000; now++) {
		waits += per_ms;
		if (waits > 10000)
			waits = 10000;
		for (room = 1000; room >= 250 && waits; waits--) {
			switch (judge(&load, now, (u32)(waits / 100))) {
			case SF_LOAD_ADMIT:
				room -= 250;
				done += now >= 11000;
				break;
			case SF_LOAD_REFUSE:
				room -= 30;
				break;
			case SF_LOAD_SKIP:
				room -= 5;
				break;
			}
			arrived++;
		}
	}
	assert_true(arrived);
	sf_overload_exit(&load);
	return (u32)(done / 20);
}

/* The filter closes while it pays, not below a part, and opens as soon as it does not. */
static void sifted(void **state)
{
	struct sf_overload load = { .admit.part = SF_SHARE_ALL / 4, .taken = 100 };
	u32 keep = SF_KEEP_ALL, i;

	(void)state;
	load.others = 400;
	assert_int_equal(sf_overload_keep(&load, keep), SF_KEEP_ALL);
	load.others = 401;
	for (i = 0; i < 100; i++)
		keep = sf_overload_keep(&load, keep);
	assert_int_equal(keep, SF_KEEP_ALL * 3 / 8);
	/* What is taken on is a greater part of what comes through than of all. */
	load.admit.part = SF_SHARE_ALL;
	load.others = 51;
	assert_int_equal(sf_overload_keep(&load, keep), keep);
	load.admit.part = 1;
	load.others = 50;
	assert_int_equal(sf_overload_keep(&load, keep), 2 * keep);
	assert_int_equal(sf_overload_keep(&load, 2 * keep), SF_KEEP_ALL);
	load.others = 0;
	load.taken = 0;
	assert_int_equal(sf_overload_keep(&load, SF_KEEP_ALL), SF_KEEP_ALL);
	assert_int_equal(sf_overload_keep(&load, keep), 2 * keep);
}

/* One of another group than that of @one. */
static struct sf_end another(void)
{
	struct sf_end end = one;

	while (sf_sieve_group(&end) == sf_sieve_group(&one))
		end.port++;
	return end;
}

/* Who asks for a hundred times as much has a part taken on; who asks for less, all. */
static void fair(void **state)
{
	u32 count[3] = { 0 };
	struct sf_overload load;
	struct sf_end few = another();
	u32 turned_away = 0;
	u64 now;

	(void)state;
	sf_overload_init(&load);
	for (now = 1000; now < 31000; now++) {
		u32 backlog = load.admit.part > SF_SHARE_ALL / 10 ? 100 : 0, i;

		for (i = 0; i < 10; i++)
			count[judge(&load, now, backlog)]++;
		if (now > 3000 && now % 10 == 0)
			turned_away += judge_of(&load, now, backlog, &few) !=
				       SF_LOAD_ADMIT;
	}
	assert_in_range(count[SF_LOAD_ADMIT], 20000, 60000);
	/* Of 2800; one in 2^18 is taken for somebody who comes again (shed.h). */
	assert_in_range(turned_away, 0, 3);
	/* When the great one has gone, it is as if he had never been. */
	for (; now < 35000; now++)
		judge_of(&load, now, 100, &few);
	assert_int_equal(load.sources.most,
			 load.sources.asked[sf_sieve_group(&few)]);
	sf_overload_exit(&load);
}

/* Of many that ask alike each gets the same part, and each is over it. */
static void alike(void **state)
{
	struct sf_end end = one;
	struct sf_sources sources = { 0 };
	u32 part = SF_SHARE_ALL / 4, sum = 0, i;

	(void)state;
	assert_int_equal(sf_sources_over(&sources, part), 0);
	for (i = 0; i < 64000; i++) {
		end.port = (u16)(5060 + i % 32000);
		sum += sf_sources_ask(&sources, 1000, &end, part);
	}
	assert_in_range(sum / 64000, part, part * 5 / 4);
	assert_int_equal(sf_sources_over(&sources, part), 0xffffffff);
	assert_int_equal(sf_sources_over(&sources, SF_SHARE_ALL), 0);
	sf_sources_ask(&sources, 100000, &one, part);
	assert_int_equal(sf_sources_over(&sources, part),
			 1u << sf_sieve_group(&one));
}

static void goodput(void **state)
{
	(void)state;
	assert_in_range(calls(4), 3900, 4000);
	assert_in_range(calls(8), 2900, 4000);
	assert_in_range(calls(16), 2900, 4000);
	/* Skipping takes a third of the time. */
	assert_in_range(calls(64), 1900, 4000);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(calm), TEST(too_much), TEST(less_waits), TEST(room), TEST(same),
		TEST(again), TEST(sifted), TEST(fair), TEST(alike), TEST(goodput),
	};

	return run(tests, ARRAY_SIZE(tests));
}
