// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * ask.c - who asks, who is told, and who does not want to know any more
 */
#include <errno.h>

#include "world.h"

static void shared(void **state)
{
	struct world *world = world_new();
	struct asked asked[20] = { { .done = 0 } };
	u32 i;

	(void)state;
	fake_a(&world->fake, "a.example", "192.0.2.1");
	for (i = 0; i < ARRAY_SIZE(asked); i++)
		ask(world, &asked[i], "sip:a.example:5060");
	assert_true(run_until(world, ARRAY_SIZE(asked)));
	for (i = 0; i < ARRAY_SIZE(asked); i++) {
		assert_int_equal(asked[i].done, 1);
		assert_string_equal(outcome(&asked[i].lookup), "udp 192.0.2.1:5060");
	}
	assert_int_equal(world->fake.asked, 2);		/* A and AAAA */
	assert_int_equal(counter(world, SF_RESOLVE_ASKED), 2);
	world_close(world);
}

static void known_then(void **state)
{
	struct world *world = world_new();

	(void)state;
	fake_a(&world->fake, "a.example", "192.0.2.1");
	assert_string_equal(known(world, "sip:a.example"), "ask");
	assert_string_equal(known(world, "sip:192.0.2.7"), "udp 192.0.2.7:5060");
	assert_string_equal(known(world, "sip:a!example"), "none");
	assert_int_equal(world->fake.asked, 0);
	resolved(world, "sip:a.example");
	world->fake.asked = 0;
	assert_string_equal(known(world, "sip:a.example"), "udp 192.0.2.1:5060");
	assert_string_equal(resolved(world, "sip:a.example"), "udp 192.0.2.1:5060");
	assert_int_equal(world->fake.asked, 0);
	assert_true(counter(world, SF_RESOLVE_KNOWN) > 0);
	world_close(world);
}

/* Told in the order in which they asked. */
static struct asked *told[4];
static u32 told_count;

static void note(struct asked *asked)
{
	told[told_count++] = asked;
}

static void in_order(void **state)
{
	struct world *world = world_new();
	struct asked asked[4] = { { .done = 0 } };
	u32 i;

	(void)state;
	told_count = 0;
	for (i = 0; i < ARRAY_SIZE(asked); i++) {
		asked[i].on_done = note;
		ask(world, &asked[i], "sip:192.0.2.1");
	}
	assert_true(run_until(world, ARRAY_SIZE(asked)));
	for (i = 0; i < ARRAY_SIZE(asked); i++)
		assert_ptr_equal(told[i], &asked[i]);
	world_close(world);
}

static void cancelled(void **state)
{
	struct world *world = world_new();
	struct asked one = { .done = 0 }, two = { .done = 0 }, known_one = { .done = 0 };

	(void)state;
	fake_a(&world->fake, "a.example", "192.0.2.1");
	sf_resolve_cancel(&one.lookup);			/* never asked */
	ask(world, &one, "sip:a.example");
	ask(world, &two, "sip:a.example");
	ask(world, &known_one, "sip:192.0.2.1");
	sf_resolve_cancel(&one.lookup);
	sf_resolve_cancel(&one.lookup);
	sf_resolve_cancel(&known_one.lookup);
	assert_true(run_until(world, 1));
	run_for(world, 20);
	assert_int_equal(one.done, 0);
	assert_int_equal(known_one.done, 0);
	assert_int_equal(two.done, 1);
	sf_resolve_cancel(&two.lookup);			/* done already */
	world_close(world);
}

/* What was asked for is learned all the same. */
static void all_cancelled(void **state)
{
	struct world *world = world_new();
	struct asked one = { .done = 0 };

	(void)state;
	fake_a(&world->fake, "a.example", "192.0.2.1");
	ask(world, &one, "sip:a.example:5060");
	sf_resolve_cancel(&one.lookup);
	run_for(world, 20);
	assert_int_equal(one.done, 0);
	assert_string_equal(known(world, "sip:a.example:5060"), "udp 192.0.2.1:5060");
	world_close(world);
}

static struct asked three[3];

/* The first of them cancels the others; their memory may be gone then. */
static void cancel_others(struct asked *asked)
{
	u32 i;

	for (i = 0; i < ARRAY_SIZE(three); i++)
		if (&three[i] != asked)
			sf_resolve_cancel(&three[i].lookup);
	sf_resolve_cancel(&asked->lookup);
}

static void cancelled_in_done(void **state)
{
	struct world *world = world_new();
	u32 i;

	(void)state;
	fake_a(&world->fake, "a.example", "192.0.2.1");
	memset(three, 0, sizeof(three));
	for (i = 0; i < ARRAY_SIZE(three); i++) {
		three[i].on_done = cancel_others;
		ask(world, &three[i], i ? "sip:a.example:1" : "sip:a.example:2");
	}
	assert_true(run_until(world, 1));
	run_for(world, 20);
	assert_int_equal(three[0].done + three[1].done + three[2].done, 1);
	world_close(world);
}

/* Ask again from within: told in another turn. */
static void ask_again(struct asked *asked)
{
	if (asked->world->done < 5) {
		asked->done = 0;
		ask(asked->world, asked, "sip:a.example:5060");
	}
}

static void asked_in_done(void **state)
{
	struct world *world = world_new();
	struct asked one = { .on_done = ask_again };

	(void)state;
	fake_a(&world->fake, "a.example", "192.0.2.1");
	ask(world, &one, "sip:a.example:5060");
	assert_true(run_until(world, 5));
	assert_int_equal(world->fake.asked, 2);
	world_close(world);
}

/* Closed while some wait, some are done and some are cancelled. */
static void closed(void **state)
{
	struct world *world = world_new();
	struct asked asked[4] = { { .done = 0 } };
	u32 i;

	(void)state;
	ask(world, &asked[0], "sip:a.example");
	ask(world, &asked[1], "sip:b.example;transport=tcp");
	ask(world, &asked[2], "sip:192.0.2.1");
	ask(world, &asked[3], "sip:c.example");
	sf_resolve_cancel(&asked[3].lookup);
	world_close(world);
	for (i = 0; i < ARRAY_SIZE(asked); i++) {
		assert_int_equal(asked[i].done, 0);
		sf_resolve_cancel(&asked[i].lookup);
	}
	sf_resolver_close(NULL);
}

static void no_servers(void **state)
{
	const struct sf_resolver_able able = { .transports = 2, .families = 1 };
	struct sf_resolver *resolver = NULL;
	struct sf_loop loop;

	(void)state;
	assert_int_equal(sf_loop_init(&loop), 0);
	assert_int_equal(sf_resolver_open(&resolver, &loop, &able, "no address"),
			 -EINVAL);
	assert_null(resolver);
	assert_int_equal(sf_resolver_open(&resolver, &loop, &able, NULL), 0);
	sf_resolver_close(resolver);
	sf_loop_close(&loop);
}

static void counters(void **state)
{
	u32 i;

	(void)state;
	for (i = 0; i < SF_RESOLVE_COUNTER_COUNT; i++)
		assert_true(strlen(sf_resolve_counter_name(i)) > 0);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(shared), TEST(known_then), TEST(in_order), TEST(cancelled),
		TEST(all_cancelled), TEST(cancelled_in_done), TEST(asked_in_done),
		TEST(closed), TEST(no_servers), TEST(counters),
	};

	return run(tests, ARRAY_SIZE(tests));
}
