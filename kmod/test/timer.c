// SPDX-License-Identifier: GPL-2.0
/*
 * timer.c - deadlines
 */
#include <linux/delay.h>

#include "../timer.h"
#include "suites.h"
#include "wire.h"

/* More than are served at once. */
#define MANY 150

/**
 * struct bell - a deadline that notes when it was its turn
 * @timer: the deadline
 * @count: how many rang so far
 * @fired: as which one it rang; 0 for not yet
 */
struct bell {
	struct sf_timer timer;
	u32 *count;
	u32 fired;
};

static void ring(struct sf_timer *timer)
{
	struct bell *bell = container_of(timer, struct bell, timer);

	bell->fired = ++*bell->count;
}

static struct bell *bells_of(struct kunit *test)
{
	struct bell *bells = kunit_kcalloc(test, MANY, sizeof(*bells),
					     GFP_KERNEL);
	u32 *count = kunit_kzalloc(test, sizeof(*count), GFP_KERNEL);
	u32 i;

	KUNIT_ASSERT_NOT_NULL(test, bells);
	KUNIT_ASSERT_NOT_NULL(test, count);
	for (i = 0; i < MANY; i++) {
		sf_timer_init(&bells[i].timer, ring);
		bells[i].count = count;
	}

	return bells;
}

static void set(struct sf_wire *w, struct bell *bell, u64 ms)
{
	spin_lock_bh(&w->sn->lock);
	sf_timer_set(w->sn, &bell->timer, ms);
	spin_unlock_bh(&w->sn->lock);
}

static void del(struct sf_wire *w, struct bell *bell)
{
	spin_lock_bh(&w->sn->lock);
	sf_timer_del(w->sn, &bell->timer);
	spin_unlock_bh(&w->sn->lock);
}

static u64 left(struct sf_wire *w, struct bell *bell)
{
	u64 ms;

	spin_lock_bh(&w->sn->lock);
	ms = sf_timer_left(&bell->timer);
	spin_unlock_bh(&w->sn->lock);

	return ms;
}

static void wait(struct sf_wire *w, u32 ms)
{
	msleep(ms);
	flush_delayed_work(&w->sn->timers.work);
}

static void in_order(struct kunit *test)
{
	struct bell *bells = bells_of(test);
	struct sf_wire *w = sf_wire(test);

	set(w, &bells[0], 60);
	set(w, &bells[1], 30);
	set(w, &bells[2], 10);
	KUNIT_EXPECT_LE(test, left(w, &bells[0]), 60ULL);
	wait(w, 150);
	KUNIT_EXPECT_EQ(test, bells[2].fired, 1U);
	KUNIT_EXPECT_EQ(test, bells[1].fired, 2U);
	KUNIT_EXPECT_EQ(test, bells[0].fired, 3U);
	KUNIT_EXPECT_EQ(test, left(w, &bells[0]), 0ULL);
}

static void replaced(struct kunit *test)
{
	struct bell *bells = bells_of(test);
	struct sf_wire *w = sf_wire(test);

	set(w, &bells[0], 5);
	set(w, &bells[0], 60 * 1000);
	set(w, &bells[1], 60 * 1000);
	set(w, &bells[1], 5);
	set(w, &bells[2], 5);
	del(w, &bells[2]);
	/* one that is not set can be forgotten as well */
	del(w, &bells[2]);
	wait(w, 80);
	KUNIT_EXPECT_EQ(test, bells[0].fired, 0U);
	KUNIT_EXPECT_EQ(test, bells[1].fired, 1U);
	KUNIT_EXPECT_EQ(test, bells[2].fired, 0U);
	KUNIT_EXPECT_GT(test, left(w, &bells[0]), 59 * 1000ULL);
	del(w, &bells[0]);
	KUNIT_EXPECT_EQ(test, left(w, &bells[0]), 0ULL);
}

/* Put off before it is reached, and reached then. */
static void put_off(struct kunit *test)
{
	struct bell *bells = bells_of(test);
	struct sf_wire *w = sf_wire(test);

	set(w, &bells[0], 10);
	set(w, &bells[0], 300);
	wait(w, 60);
	KUNIT_EXPECT_EQ(test, bells[0].fired, 0U);
	KUNIT_EXPECT_GT(test, left(w, &bells[0]), 0ULL);
	wait(w, 400);
	KUNIT_EXPECT_EQ(test, bells[0].fired, 1U);
	KUNIT_EXPECT_EQ(test, *bells->count, 1U);
}

/* All at once are served, a batch at a time. */
static void many(struct kunit *test)
{
	struct bell *bells = bells_of(test);
	struct sf_wire *w = sf_wire(test);
	u32 i;

	for (i = 0; i < MANY; i++)
		set(w, &bells[i], i % 3);
	for (i = 0; i < 10; i++)
		wait(w, 20);
	for (i = 0; i < MANY; i++)
		KUNIT_EXPECT_NE(test, bells[i].fired, 0U);
	KUNIT_EXPECT_EQ(test, *bells->count, (u32)MANY);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(in_order),
	KUNIT_CASE(replaced),
	KUNIT_CASE(put_off),
	KUNIT_CASE(many),
	{}
};

struct kunit_suite sf_suite_timer = {
	.name = "sipfast_timer",
	.suite_init = sf_wire_suite_init,
	.suite_exit = sf_wire_suite_exit,
	.init = sf_wire_init,
	.exit = sf_wire_exit,
	.test_cases = cases,
};
