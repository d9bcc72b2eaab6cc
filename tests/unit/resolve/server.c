// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * server.c - servers that answer badly, or not at all
 */
#include <sipfast/value.h>

#include "../../../daemon/sip/dns_answer.h"
#include "../../../daemon/util/clock.h"
#include "world.h"

/* Too long for a datagram: asked again by TCP. */
static void truncated(void **state)
{
	struct world *world = world_new();

	(void)state;
	world->fake.truncate = true;
	fake_naptr(&world->fake, "a.example", 0, 0, "SIP+D2T", "tcp.example");
	fake_srv(&world->fake, "tcp.example", 0, 0, 5070, "one.example");
	fake_a(&world->fake, "one.example", "192.0.2.1");
	assert_string_equal(resolved(world, "sip:a.example"), "tcp 192.0.2.1:5070");
	assert_int_equal(world->fake.tcp_asked, 4);
	world_close(world);
}

/* It takes time, but less than a transaction has, and ends. */
static void silent(void **state)
{
	struct world *world = world_new();
	u64 before = world->loop.wheel.now, took;

	(void)state;
	world->fake.silent = true;
	world->travel = true;
	assert_string_equal(resolved(world, "sip:a.example:5060"), "again");
	took = world->loop.wheel.now - before;
	assert_in_range(took, 4000, 8000);
	assert_int_equal(world->fake.asked, 4);		/* two, twice */
	assert_int_equal(counter(world, SF_RESOLVE_FAILED), 2);
	before = world->loop.wheel.now;
	assert_string_equal(resolved(world, "sip:a.example"), "again");
	took = world->loop.wheel.now - before;
	assert_in_range(took, 8000, 16000);
	world_close(world);
}

/* That it did not answer is not remembered. */
static void silent_once(void **state)
{
	struct world *world = world_new();

	(void)state;
	fake_a(&world->fake, "a.example", "192.0.2.1");
	world->fake.rcode = 2;
	assert_string_equal(resolved(world, "sip:a.example:1"), "again");
	assert_string_equal(known(world, "sip:a.example:1"), "ask");
	world->fake.rcode = 0;
	assert_string_equal(resolved(world, "sip:a.example:1"), "udp 192.0.2.1:1");
	world_close(world);
}

static void refusing(void **state)
{
	static const u8 codes[] = { 1, 2, 4, 5, 9 };
	struct world *world = world_new();
	u32 i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(codes); i++) {
		row("%u", codes[i]);
		world->fake.rcode = codes[i];
		assert_string_equal(resolved(world, "sip:a.example"), "again");
	}
	world_close(world);
}

/* Who knows nothing of NAPTR records may know the rest. */
static void mute_about_naptr(void **state)
{
	struct world *world = world_new();

	(void)state;
	world->fake.mute = SF_DNS_NAPTR;
	world->travel = true;
	fake_srv(&world->fake, "_sip._tcp.a.example", 0, 0, 5070, "one.example");
	fake_a(&world->fake, "one.example", "192.0.2.1");
	fake_a(&world->fake, "b.example", "192.0.2.2");
	assert_string_equal(resolved(world, "sip:a.example"), "tcp 192.0.2.1:5070");
	assert_string_equal(resolved(world, "sip:b.example"), "udp 192.0.2.2:5060");
	assert_string_equal(resolved(world, "sip:c.example"), "again");
	world_close(world);
}

/* The host itself is not called while its servers may be others. */
static void mute_about_srv(void **state)
{
	struct world *world = world_new();

	(void)state;
	world->fake.mute = SF_DNS_SRV;
	world->travel = true;
	fake_a(&world->fake, "a.example", "192.0.2.1");
	assert_string_equal(resolved(world, "sip:a.example"), "again");
	assert_string_equal(resolved(world, "sip:a.example;transport=udp"), "again");
	world_close(world);
}

/* One family is enough. */
static void mute_about_ipv6(void **state)
{
	struct world *world = world_new();
	u64 begun;

	(void)state;
	world->fake.mute = SF_DNS_AAAA;
	fake_a(&world->fake, "a.example", "192.0.2.1");
	begun = sf_clock_ms();
	assert_string_equal(resolved(world, "sip:a.example:1"), "udp 192.0.2.1:1");
	assert_in_range(sf_clock_ms() - begun, 300, 5000);
	world->travel = true;
	assert_string_equal(resolved(world, "sip:b.example:1"), "again");
	world_close(world);
}

/* Random bytes: whatever comes of it, it ends. */
static void garbage(void **state)
{
	struct world *world = world_new();
	char uri[] = "sip:aaaa.example";
	u32 i, again = 0;

	(void)state;
	fake_a(&world->fake, "a.example", "192.0.2.1");
	world->fake.garbage = true;
	world->travel = true;
	for (i = 0; i < 300; i++) {
		uri[4] = (char)('a' + i % 26);
		uri[5] = (char)('a' + i / 26);
		again += !strcmp(resolved(world, uri), "again");
	}
	assert_true(again > 200);
	world_close(world);
}

/* Nobody is there: the system says so at once. */
static void nobody(void **state)
{
	struct world *world = world_new();
	struct asked asked = { .done = 0 };

	(void)state;
	fake_close(&world->fake);
	world->travel = true;
	ask(world, &asked, "sip:a.example");
	assert_true(run_until(world, 1));
	assert_string_equal(outcome(&asked.lookup), "again");
	sf_resolver_close(world->resolver);
	sf_loop_close(&world->loop);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(truncated), TEST(silent), TEST(silent_once), TEST(refusing),
		TEST(mute_about_naptr), TEST(mute_about_srv), TEST(mute_about_ipv6),
		TEST(garbage), TEST(nobody),
	};

	return run(tests, ARRAY_SIZE(tests));
}
