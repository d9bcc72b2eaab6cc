// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * loop.c - descriptors, timers and the end of a round
 */
#include "world.h"

#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

#define BELLS	5

/**
 * struct bell - a descriptor that can be read
 */
struct bell {
	struct sf_watch watch;
	u32 rung;
};

static struct sf_loop loop;
static struct bell *bells[BELLS];
static u32 rounds, fired;

static void count(struct sf_watch *watch, u32 events)
{
	struct bell *bell = container_of(watch, struct bell, watch);

	assert_true(events & EPOLLIN);
	bell->rung++;
	loop.stop = true;
}

static void open_bells(void (*ready)(struct sf_watch *watch, u32 events))
{
	u32 i;

	assert_int_equal(sf_loop_init(&loop), 0);
	for (i = 0; i < BELLS; i++) {
		bells[i] = calloc(1, sizeof(*bells[i]));
		bells[i]->watch = (struct sf_watch){
			eventfd(1, EFD_NONBLOCK), ready
		};
		assert_int_equal(sf_loop_watch(&loop, &bells[i]->watch, EPOLLIN), 0);
	}
}

static void close_bell(u32 i)
{
	if (!bells[i])
		return;
	sf_loop_unwatch(&loop, &bells[i]->watch);
	close(bells[i]->watch.fd);
	free(bells[i]);
	bells[i] = NULL;
}

static void close_all(void)
{
	u32 i;

	for (i = 0; i < BELLS; i++)
		close_bell(i);
	sf_loop_close(&loop);
}

static void run_once(void)
{
	loop.stop = false;
	sf_loop_run(&loop);
}

/* Level-triggered: what is not read comes again; what is not wanted does not. */
static void watches(void **state)
{
	u32 i, total;

	(void)state;
	open_bells(count);
	for (i = 0; i < 3 * BELLS; i++)
		run_once();
	assert_true(bells[0]->rung > 1);
	for (i = 1; i < BELLS; i++)
		sf_loop_change(&loop, &bells[i]->watch, 0);
	total = bells[0]->rung;
	for (i = 0; i < 10; i++)
		run_once();
	assert_int_equal(bells[0]->rung, total + 10);
	close_all();
}

/* The first one that is called frees all of them, itself too. */
static void free_all(struct sf_watch *watch, u32 events)
{
	u32 i;

	(void)watch;
	(void)events;
	rounds++;
	for (i = 0; i < BELLS; i++)
		close_bell(i);
}

static void stop_loop(struct sf_timer *timer)
{
	(void)timer;
	fired++;
	loop.stop = true;
}

static void freed_in_a_round(void **state)
{
	struct sf_timer timer = { .fire = stop_loop };

	(void)state;
	rounds = 0;
	open_bells(free_all);
	sf_timer_set(&loop.wheel, &timer, 20);
	run_once();
	assert_int_equal(rounds, 1);
	close_all();
}

static void timer_frees_all(struct sf_timer *timer)
{
	(void)timer;
	fired++;
	free_all(NULL, 0);
	loop.stop = true;
}

/* What is ready is freed by a timer that is due in the same round. */
static void freed_by_a_timer(void **state)
{
	struct sf_timer timer = { .fire = timer_frees_all };

	(void)state;
	rounds = 0;
	fired = 0;
	open_bells(free_all);
	sf_timer_set(&loop.wheel, &timer, 20);
	clock_skip(100);
	run_once();
	assert_int_equal(fired, 1);
	assert_int_equal(rounds, 1);
	close_all();
}

static void timers(void **state)
{
	struct sf_timer timer = { .fire = stop_loop };
	u64 before = sf_clock_ms();

	(void)state;
	fired = 0;
	open_bells(count);
	close_all();
	assert_int_equal(sf_loop_init(&loop), 0);
	sf_wheel_run(&loop.wheel, sf_clock_ms());
	sf_timer_set(&loop.wheel, &timer, 30);
	run_once();
	assert_int_equal(fired, 1);
	assert_true(sf_clock_ms() - before >= 30);
	sf_loop_close(&loop);
}

/* A timer is late by what was worked meanwhile, and not by twice that. */
static void late(void **state)
{
	struct sf_timer timer = { .fire = stop_loop };
	u64 before;

	(void)state;
	assert_int_equal(sf_loop_init(&loop), 0);
	before = sf_clock_ms();
	sf_wheel_run(&loop.wheel, before);
	sf_timer_set(&loop.wheel, &timer, 60000);
	clock_skip(59990);
	run_once();
	assert_true(sf_clock_ms() - before < 61000);
	sf_loop_close(&loop);
}

static void end_round(void *owner)
{
	assert_ptr_equal(owner, &loop);
	if (++rounds == 3)
		loop.stop = true;
}

static void ring_only(struct sf_watch *watch, u32 events)
{
	(void)events;
	container_of(watch, struct bell, watch)->rung++;
}

/* Before each time it waits. */
static void after(void **state)
{
	(void)state;
	open_bells(ring_only);
	rounds = 0;
	loop.after = end_round;
	loop.owner = &loop;
	run_once();
	assert_int_equal(rounds, 3);
	assert_int_equal(bells[0]->rung, 2);
	close_all();
}

static const struct CMUnitTest tests[] = {
	TEST(watches), TEST(freed_in_a_round), TEST(freed_by_a_timer),
	TEST(timers), TEST(late),
	TEST(after),
};

int main(void)
{
	return run(tests, ARRAY_SIZE(tests));
}
