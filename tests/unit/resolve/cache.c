// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * cache.c - how long what DNS has said holds
 */
#include <stdio.h>

#include "world.h"

#define A	"sip:a.example:1"
#define MINUTE	60000

static void expires(void **state)
{
	struct world *world = world_new();

	(void)state;
	fake_a(&world->fake, "a.example", "192.0.2.1")->ttl = 10;
	fake_a(&world->fake, "a.example", "2001:db8::1")->ttl = 100;
	resolved(world, A);
	pass(world, 9500);
	assert_string_not_equal(known(world, A), "ask");
	pass(world, 501);
	assert_string_equal(known(world, A), "ask");
	world->fake.asked = 0;
	resolved(world, A);
	assert_int_equal(world->fake.asked, 1);
	assert_string_not_equal(known(world, A), "ask");
	world_close(world);
}

/* A second at least, a day at most. */
static void expires_within_reason(void **state)
{
	struct world *world = world_able(1 << SF_TRANSPORT_UDP, 1);

	(void)state;
	fake_a(&world->fake, "a.example", "192.0.2.1")->ttl = 0;
	fake_a(&world->fake, "b.example", "192.0.2.2")->ttl = 0x7fffffff;
	resolved(world, A);
	assert_string_equal(known(world, A), "udp 192.0.2.1:1");
	pass(world, 1001);
	assert_string_equal(known(world, A), "ask");
	resolved(world, "sip:b.example:1");
	pass(world, 24 * 60 * MINUTE - 1000);
	assert_string_equal(known(world, "sip:b.example:1"), "udp 192.0.2.2:1");
	pass(world, 1001);
	assert_string_equal(known(world, "sip:b.example:1"), "ask");
	world_close(world);
}

static void none(void **state)
{
	struct world *world = world_able(1 << SF_TRANSPORT_UDP, 1);

	(void)state;
	assert_string_equal(resolved(world, A), "none");
	assert_int_equal(counter(world, SF_RESOLVE_NONE), 1);
	pass(world, 29500);
	assert_string_equal(known(world, A), "none");
	pass(world, 501);
	assert_string_equal(known(world, A), "ask");
	world->fake.negative = 100;
	assert_string_equal(resolved(world, A), "none");
	pass(world, 99500);
	assert_string_equal(known(world, A), "none");
	pass(world, 501);
	assert_string_equal(known(world, A), "ask");
	/* that there was none serves nobody when DNS is silent */
	world->fake.rcode = 2;
	assert_string_equal(resolved(world, A), "again");
	world_close(world);
}

/* DNS is silent: five minutes more, and a new answer as soon as there is one. */
static void stale(void **state)
{
	struct world *world = world_able(1 << SF_TRANSPORT_UDP, 1);

	(void)state;
	fake_a(&world->fake, "a.example", "192.0.2.1");
	resolved(world, A);
	pass(world, MINUTE + 1);
	world->fake.rcode = 2;
	assert_string_equal(known(world, A), "ask");
	assert_int_equal(counter(world, SF_RESOLVE_STALE), 0);
	assert_string_equal(resolved(world, A), "udp 192.0.2.1:1");
	assert_int_equal(counter(world, SF_RESOLVE_STALE), 1);
	/* not asked again for each of those that want it */
	world->fake.asked = 0;
	assert_string_equal(known(world, A), "udp 192.0.2.1:1");
	assert_string_equal(resolved(world, A), "udp 192.0.2.1:1");
	assert_int_equal(world->fake.asked, 0);
	assert_int_equal(counter(world, SF_RESOLVE_STALE), 3);
	pass(world, 10001);
	assert_string_equal(known(world, A), "ask");
	world->fake.rcode = 0;
	memcpy(world->fake.records[0].data, "\xc0\x00\x02\x63", 4);
	assert_string_equal(resolved(world, A), "udp 192.0.2.99:1");
	assert_string_equal(known(world, A), "udp 192.0.2.99:1");
	assert_int_equal(counter(world, SF_RESOLVE_STALE), 3);
	world_close(world);
}

static void too_stale(void **state)
{
	struct world *world = world_able(1 << SF_TRANSPORT_UDP, 1);

	(void)state;
	fake_a(&world->fake, "a.example", "192.0.2.1");
	resolved(world, A);
	world->fake.rcode = 2;
	pass(world, MINUTE + 5 * MINUTE - 5000);
	assert_string_equal(resolved(world, A), "udp 192.0.2.1:1");
	pass(world, 4500);
	assert_string_equal(resolved(world, A), "udp 192.0.2.1:1");
	pass(world, 501);
	assert_string_equal(resolved(world, A), "again");
	world->fake.rcode = 0;
	assert_string_equal(resolved(world, A), "udp 192.0.2.1:1");
	world_close(world);
}

static const char *numbered(u32 i)
{
	static char uri[32];

	snprintf(uri, sizeof(uri), "sip:n%u.example:1", i);
	return uri;
}

/* Bounded: the one that was not used for longest goes. */
static void full(void **state)
{
	struct world *world = world_able(1 << SF_TRANSPORT_UDP, 1);
	u32 i;

	(void)state;
	world->fake.any = true;
	for (i = 0; i < 4096; i++)
		resolved(world, numbered(i));
	assert_string_not_equal(known(world, numbered(0)), "ask");
	assert_string_not_equal(resolved(world, numbered(1)), "ask");
	resolved(world, numbered(4096));
	resolved(world, numbered(4097));
	assert_string_not_equal(known(world, numbered(0)), "ask");
	assert_string_not_equal(known(world, numbered(1)), "ask");
	assert_string_equal(known(world, numbered(2)), "ask");
	assert_string_equal(known(world, numbered(3)), "ask");
	assert_string_not_equal(known(world, numbered(4)), "ask");
	assert_int_equal(counter(world, SF_RESOLVE_FULL), 0);
	world_close(world);
}

/* All of it is being asked for: no more names, until there are answers. */
static void full_of_questions(void **state)
{
	struct world *world = world_able(1 << SF_TRANSPORT_UDP, 1);
	static struct asked asked[4097];
	struct asked again = { .done = 0 };
	u32 i;

	(void)state;
	memset(asked, 0, sizeof(asked));
	world->fake.silent = true;
	for (i = 0; i < ARRAY_SIZE(asked); i++)
		ask(world, &asked[i], numbered(i));
	assert_true(run_until(world, 1));
	assert_int_equal(asked[4096].done, 1);
	assert_string_equal(outcome(&asked[4096].lookup), "again");
	assert_int_equal(counter(world, SF_RESOLVE_FULL), 1);
	/* who wants what others want shares it */
	ask(world, &again, numbered(7));
	assert_int_equal(counter(world, SF_RESOLVE_ASKED), 4096);
	world->travel = true;
	assert_true(run_until(world, 4097));
	assert_int_equal(again.done, 1);
	world->travel = false;
	world->fake.silent = false;
	world->fake.any = true;
	assert_string_equal(resolved(world, numbered(4096)), "udp 192.0.2.1:1");
	world_close(world);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(expires), TEST(expires_within_reason), TEST(none), TEST(stale),
		TEST(too_stale), TEST(full), TEST(full_of_questions),
	};

	return run(tests, ARRAY_SIZE(tests));
}
