// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * timer.c - the wheel against a plain array
 */
#include "world.h"

#include "../../../daemon/util/timer.h"

#define TIMERS	200
#define NEVER	UINT64_MAX

/**
 * struct item - a timer, and what is expected of it
 * @at: when it has to fire; NEVER: it is not set
 * @again: milliseconds until it sets itself again; 0: it does not
 */
struct item {
	struct sf_timer timer;
	u64 at;
	u64 again;
};

static struct sf_wheel wheel;
static struct item items[TIMERS];
static u64 last, fired;

static void set(struct item *item, u64 ms)
{
	sf_timer_set(&wheel, &item->timer, ms);
	item->at = wheel.now + ms;
}

static void fire(struct sf_timer *timer)
{
	struct item *item = container_of(timer, struct item, timer);

	fired++;
	assert_false(sf_timer_is_set(timer));
	assert_true(item->at <= wheel.now);
	assert_true(item->at >= last);
	last = item->at;
	item->at = NEVER;
	if (item->again)
		set(item, item->again);
}

static void start(u64 now)
{
	u32 i;

	sf_wheel_init(&wheel, now);
	for (i = 0; i < TIMERS; i++)
		items[i] = (struct item){ .timer.fire = fire, .at = NEVER };
	fired = 0;
}

static u64 earliest(void)
{
	u64 first = NEVER;
	u32 i;

	for (i = 0; i < TIMERS; i++)
		if (items[i].at < first)
			first = items[i].at;
	return first;
}

static void run_to(u64 now)
{
	u32 i;

	last = 0;
	sf_wheel_run(&wheel, now);
	assert_int_equal(wheel.now, now);
	for (i = 0; i < TIMERS; i++) {
		assert_int_equal(sf_timer_is_set(&items[i].timer),
				 items[i].at != NEVER);
		assert_true(items[i].at > now);
	}
}

/* Whoever sleeps so long misses nothing, and does not wake for nothing often. */
static void check_wait(void)
{
	u64 first = earliest();
	int wait = sf_wheel_wait(&wheel);

	if (first == NEVER) {
		assert_int_equal(wait, -1);
		return;
	}
	assert_true(wait >= 0 && (u64)wait <= first - wheel.now);
	/* exact where the first level reaches */
	if ((first ^ wheel.now) < SF_WHEEL_SLOTS)
		assert_int_equal(wait, first - wheel.now);
}

/* Mostly short, at times of any length. */
static u64 random_ms(void)
{
	u64 bits = random_u32() % 40;

	return ((u64)random_u32() << 32 | random_u32()) & ((1ull << bits) - 1);
}

static void operation(void)
{
	struct item *item = &items[random_u32() % TIMERS];

	switch (random_u32() % 4) {
	case 0:
		sf_timer_stop(&item->timer);
		item->at = NEVER;
		break;
	case 1:
		item->again = random_u32() % 2 ? 1 + random_u32() % 100000 : 0;
		set(item, random_ms());
		break;
	default:
		set(item, random_ms());
	}
}

static void any_order(u64 from)
{
	u32 i;

	start(from);
	for (i = 0; i < 20000; i++) {
		row("operation %u", i);
		operation();
		check_wait();
		if (random_u32() % 3)
			continue;
		if (random_u32() % 2 && earliest() != NEVER)
			run_to(earliest());
		else
			run_to(wheel.now + random_ms() % (1ull << (random_u32() % 30)));
		check_wait();
	}
	assert_true(fired > 1000);
}

static void random_operations(void **state)
{
	(void)state;
	any_order(0);
	any_order(1234567890123);
	/* where the digits of the last level begin anew */
	any_order((1ull << 36) - 1000);
}

/* Each timer on its own, at its millisecond, neither before nor after. */
static void exact(void **state)
{
	static const u64 times[] = {
		0, 1, 62, 63, 64, 65, 4095, 4096, 4097, 262143, 262144,
		16777216, 1073741824, 68719476735, 68719476736, 68719476737,
		200000000000,
	};
	static const u64 starts[] = { 0, 1, 63, 64, 100000, 68719476736 - 1 };
	u32 i, j;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(starts); i++) {
		for (j = 0; j < ARRAY_SIZE(times); j++) {
			row("%llu from %llu", (unsigned long long)times[j],
			    (unsigned long long)starts[i]);
			start(starts[i]);
			set(&items[0], times[j]);
			if (times[j])
				run_to(starts[i] + times[j] - 1);
			assert_int_equal(fired, 0);
			run_to(starts[i] + times[j]);
			assert_int_equal(fired, 1);
		}
	}
}

/* One that sets itself for now fires in the next run, not in this one for ever. */
static void sets_itself(struct sf_timer *timer)
{
	fired++;
	sf_timer_set(&wheel, timer, 0);
}

static void again_at_once(void **state)
{
	(void)state;
	start(5);
	items[0].timer.fire = sets_itself;
	sf_timer_set(&wheel, &items[0].timer, 10);
	sf_wheel_run(&wheel, 100);
	assert_int_equal(fired, 1);
	assert_int_equal(sf_wheel_wait(&wheel), 0);
	sf_wheel_run(&wheel, 100);
	assert_int_equal(fired, 2);
}

/* One of several that are due stops another, and itself, which is not set. */
static void stops_other(struct sf_timer *timer)
{
	fired++;
	sf_timer_stop(timer);
	sf_timer_stop(&items[0].timer);
	sf_timer_stop(&items[1].timer);
	sf_timer_stop(&items[2].timer);
}

static void stopped_when_due(void **state)
{
	u32 i;

	(void)state;
	start(5);
	for (i = 0; i < 3; i++) {
		items[i].timer.fire = stops_other;
		sf_timer_set(&wheel, &items[i].timer, 10 + i);
	}
	sf_wheel_run(&wheel, 100);
	assert_int_equal(fired, 1);
	assert_int_equal(sf_wheel_wait(&wheel), -1);
}

/* Few that are far away are waited for; of many it is known where they are. */
static void far_away(void **state)
{
	u32 i;

	(void)state;
	start(5);
	for (i = 0; i < 4; i++) {
		set(&items[i], 300 + i);
		assert_int_equal(sf_wheel_wait(&wheel), 300);
	}
	set(&items[4], 304);
	assert_true(sf_wheel_wait(&wheel) <= 300);
	set(&items[5], 100000);
	run_to(320);
	assert_int_equal(fired, 5);
	assert_int_equal(sf_wheel_wait(&wheel), 100005 - 320);
}

/* What was stopped wakes nobody, and time does not run back. */
static void odds(void **state)
{
	(void)state;
	start(1000);
	assert_int_equal(sf_wheel_wait(&wheel), -1);
	set(&items[0], 100);
	set(&items[1], 5000);
	sf_timer_stop(&items[0].timer);
	items[0].at = NEVER;
	assert_true(sf_wheel_wait(&wheel) > 1000);
	sf_wheel_run(&wheel, 500);
	assert_int_equal(wheel.now, 1000);
	sf_timer_set(&wheel, &items[2].timer, NEVER);
	assert_true(sf_timer_is_set(&items[2].timer));
	sf_timer_stop(&items[2].timer);
	run_to(6000);
	assert_int_equal(fired, 1);
}

static const struct CMUnitTest tests[] = {
	TEST(random_operations), TEST(exact), TEST(again_at_once), TEST(far_away),
	TEST(stopped_when_due), TEST(odds),
};

int main(void)
{
	return run(tests, ARRAY_SIZE(tests));
}
