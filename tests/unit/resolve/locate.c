// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * locate.c - RFC 3263, section 4, against a server that has records
 */
#include <sipfast/value.h>

#include "world.h"

#define AND	", "

enum {
	UDP = 1 << SF_TRANSPORT_UDP,
	TCP = 1 << SF_TRANSPORT_TCP,
	WS = 1 << SF_TRANSPORT_WS,
	WSS = 1 << SF_TRANSPORT_WSS,
};

static void is(struct world *world, const char *uri, const char *want)
{
	row("%s", uri);
	assert_string_equal(resolved(world, uri), want);
}

static void address(void **state)
{
	struct world *world = world_new();

	(void)state;
	is(world, "sip:192.0.2.1", "udp 192.0.2.1:5060");
	is(world, "sip:192.0.2.1:5070", "udp 192.0.2.1:5070");
	is(world, "sip:192.0.2.1;transport=tcp", "tcp 192.0.2.1:5060");
	is(world, "sip:192.0.2.1;transport=tls", "tls 192.0.2.1:5061");
	is(world, "sip:[2001:db8::1]", "udp [2001:db8::1]:5060");
	is(world, "sip:[2001:db8::1]:99;transport=tcp", "tcp [2001:db8::1]:99");
	is(world, "sips:192.0.2.1", "tls 192.0.2.1:5061");
	is(world, "sips:192.0.2.1;transport=tcp", "tls 192.0.2.1:5061");
	is(world, "sips:192.0.2.1;transport=udp", "none");
	is(world, "sip:192.0.2.1;transport=ws", "none");
	is(world, "sip:192.0.2.256", "none");
	is(world, "sip:", "none");
	is(world, "sip:a b.example", "none");
	assert_int_equal(world->fake.asked, 0);
	world_close(world);
}

static void address_of_no_use(void **state)
{
	struct world *world = world_able(TCP | WS, 1);

	(void)state;
	is(world, "sip:192.0.2.1", "tcp 192.0.2.1:5060");
	is(world, "sip:192.0.2.1;transport=ws", "ws 192.0.2.1:80");
	is(world, "sip:192.0.2.1;transport=udp", "none");
	is(world, "sip:[2001:db8::1]", "none");
	is(world, "sips:192.0.2.1", "none");
	is(world, "sips:192.0.2.1;transport=ws", "none");
	world_close(world);
}

/* With a port nobody is asked for servers. */
static void by_port(void **state)
{
	struct world *world = world_new();

	(void)state;
	fake_a(&world->fake, "a.example", "192.0.2.1");
	fake_srv(&world->fake, "_sip._udp.a.example", 0, 0, 9, "no.example");
	is(world, "sip:a.example:5070", "udp 192.0.2.1:5070");
	is(world, "sip:A.Example.:5070;transport=tcp", "tcp 192.0.2.1:5070");
	is(world, "sips:a.example:5070", "tls 192.0.2.1:5070");
	is(world, "sip:b.example:5070", "none");
	assert_int_equal(world->fake.asked, 4);
	world_close(world);
}

static void by_transport(void **state)
{
	struct world *world = world_new();
	struct fake *fake = &world->fake;

	(void)state;
	fake_naptr(fake, "a.example", 0, 0, "SIP+D2U", "no.example");
	fake_srv(fake, "_sip._tcp.a.example", 0, 0, 5070, "one.example");
	fake_srv(fake, "_sips._tcp.a.example", 0, 0, 5071, "two.example");
	fake_a(fake, "one.example", "192.0.2.1");
	fake_a(fake, "two.example", "192.0.2.2");
	fake_a(fake, "a.example", "192.0.2.3");
	is(world, "sip:a.example;transport=tcp", "tcp 192.0.2.1:5070");
	is(world, "sip:a.example;transport=tls", "tls 192.0.2.2:5071");
	is(world, "sips:a.example;transport=tcp", "tls 192.0.2.2:5071");
	is(world, "sip:a.example;transport=udp", "udp 192.0.2.3:5060");
	is(world, "sip:one.example;transport=tls", "tls 192.0.2.1:5061");
	world_close(world);
}

static void websocket(void **state)
{
	struct world *world = world_able(WS | WSS, 1);

	(void)state;
	fake_a(&world->fake, "a.example", "192.0.2.1");
	is(world, "sip:a.example;transport=ws", "ws 192.0.2.1:80");
	is(world, "sips:a.example;transport=ws", "wss 192.0.2.1:443");
	/* nobody is asked for what is never there (RFC 7118, 5; RFC 6761, 6.4) */
	is(world, "sip:df7jal23ls0d.invalid;transport=ws", "none");
	is(world, "sip:df7jal23ls0d.INVALID.", "none");
	assert_int_equal(world->fake.asked, 1);
	world_close(world);
}

/* Order, then preference; each with its servers. */
static void naptr(void **state)
{
	struct world *world = world_new();
	struct fake *fake = &world->fake;

	(void)state;
	fake_naptr(fake, "a.example", 20, 0, "SIP+D2U", "udp.example");
	fake_naptr(fake, "a.example", 10, 9, "SIP+D2T", "tcp.example");
	fake_naptr(fake, "a.example", 10, 5, "SIPS+D2T", "tls.example");
	fake_srv(fake, "udp.example", 0, 0, 5060, "one.example");
	fake_srv(fake, "tcp.example", 0, 0, 5060, "one.example");
	fake_srv(fake, "tls.example", 0, 0, 5061, "one.example");
	fake_srv(fake, "_sip._udp.a.example", 0, 0, 9, "no.example");
	fake_a(fake, "one.example", "192.0.2.1");
	is(world, "sip:a.example", "tls 192.0.2.1:5061, tcp 192.0.2.1:5060"
				   AND "udp 192.0.2.1:5060");
	is(world, "sips:a.example", "tls 192.0.2.1:5061");
	world_close(world);
}

/* Those that we cannot follow are as good as none. */
static void naptr_of_no_use(void **state)
{
	struct world *world = world_able(UDP | TCP, 3);
	struct fake *fake = &world->fake;

	(void)state;
	fake_naptr(fake, "a.example", 10, 5, "SIPS+D2T", "tls.example");
	fake_srv(fake, "_sip._udp.a.example", 0, 0, 5060, "one.example");
	fake_a(fake, "one.example", "192.0.2.1");
	is(world, "sip:a.example", "udp 192.0.2.1:5060");
	world_close(world);
}

/* Records that lead to no servers leave the host itself, by that transport. */
static void naptr_without_srv(void **state)
{
	struct world *world = world_new();
	struct fake *fake = &world->fake;

	(void)state;
	fake_naptr(fake, "a.example", 10, 5, "SIP+D2T", "tcp.example");
	fake_a(fake, "a.example", "192.0.2.1");
	is(world, "sip:a.example", "tcp 192.0.2.1:5060");
	world_close(world);
}

static void srv_of_each(void **state)
{
	struct world *world = world_new();
	struct fake *fake = &world->fake;

	(void)state;
	fake_srv(fake, "_sips._tcp.a.example", 0, 0, 5061, "one.example");
	fake_srv(fake, "_sip._tcp.a.example", 0, 0, 5060, "one.example");
	fake_srv(fake, "_sip._udp.a.example", 0, 0, 5062, "one.example");
	fake_a(fake, "one.example", "192.0.2.1");
	fake_a(fake, "a.example", "192.0.2.9");
	is(world, "sip:a.example", "udp 192.0.2.1:5062, tcp 192.0.2.1:5060"
				   AND "tls 192.0.2.1:5061");
	is(world, "sips:a.example", "tls 192.0.2.1:5061");
	world_close(world);
}

static void nothing_but_a_host(void **state)
{
	struct world *world = world_new();

	(void)state;
	fake_a(&world->fake, "a.example", "192.0.2.1");
	is(world, "sip:a.example", "udp 192.0.2.1:5060");
	is(world, "sips:a.example", "tls 192.0.2.1:5061");
	is(world, "sip:b.example", "none");
	world_close(world);
}

/* "." is no service: the host itself is not one, either. */
static void refused(void **state)
{
	struct world *world = world_new();
	struct fake *fake = &world->fake;

	(void)state;
	fake_srv(fake, "_sip._udp.a.example", 0, 0, 0, "");
	fake_a(fake, "a.example", "192.0.2.1");
	is(world, "sip:a.example;transport=udp", "none");
	is(world, "sip:a.example", "none");
	is(world, "sip:a.example;transport=tcp", "tcp 192.0.2.1:5060");
	world_close(world);
}

static void failover(void **state)
{
	struct world *world = world_new();
	struct fake *fake = &world->fake;

	(void)state;
	fake_srv(fake, "_sip._udp.a.example", 30, 0, 5063, "three.example");
	fake_srv(fake, "_sip._udp.a.example", 10, 0, 5061, "one.example");
	fake_srv(fake, "_sip._udp.a.example", 15, 0, 5069, "nowhere.example");
	fake_srv(fake, "_sip._udp.a.example", 20, 0, 5062, "two.example");
	fake_a(fake, "one.example", "192.0.2.1");
	fake_a(fake, "two.example", "192.0.2.2");
	fake_a(fake, "three.example", "192.0.2.3");
	is(world, "sip:a.example;transport=udp",
	   "udp 192.0.2.1:5061, udp 192.0.2.2:5062, udp 192.0.2.3:5063");
	world_close(world);
}

static void weights(void **state)
{
	struct world *world = world_new();
	struct fake *fake = &world->fake;
	u32 first = 0, i;

	(void)state;
	fake_srv(fake, "_sip._udp.a.example", 1, 80, 5061, "one.example");
	fake_srv(fake, "_sip._udp.a.example", 1, 20, 5062, "one.example");
	fake_a(fake, "one.example", "192.0.2.1");
	resolved(world, "sip:a.example;transport=udp");
	for (i = 0; i < 5000; i++)
		first += !strcmp(known(world, "sip:a.example;transport=udp"),
				 "udp 192.0.2.1:5061, udp 192.0.2.1:5062");
	assert_in_range(first, 3800, 4200);
	world_close(world);
}

static void families(void **state)
{
	struct world *world = world_new();
	struct fake *fake = &world->fake;

	(void)state;
	fake_a(fake, "a.example", "192.0.2.1");
	fake_a(fake, "a.example", "192.0.2.2");
	fake_a(fake, "a.example", "192.0.2.3");
	fake_a(fake, "a.example", "2001:db8::1");
	is(world, "sip:a.example:1", "udp [2001:db8::1]:1, udp 192.0.2.1:1"
				     AND "udp 192.0.2.2:1, udp 192.0.2.3:1");
	world_close(world);
	world = world_able(UDP, 2);
	fake_a(&world->fake, "a.example", "192.0.2.1");
	fake_a(&world->fake, "a.example", "2001:db8::1");
	is(world, "sip:a.example:1", "udp [2001:db8::1]:1");
	assert_int_equal(world->fake.asked, 1);
	world_close(world);
}

/* One host has not all the places, when there are others. */
static void many(void **state)
{
	struct world *world = world_able(UDP, 1);
	struct fake *fake = &world->fake;
	char ip[] = "192.0.2.0";
	u32 i;

	(void)state;
	for (i = 0; i < 9; i++) {
		ip[8]++;
		fake_a(fake, "one.example", ip);
	}
	is(world, "sip:one.example:1",
	   "udp 192.0.2.1:1, udp 192.0.2.2:1, udp 192.0.2.3:1, udp 192.0.2.4:1"
	   AND "udp 192.0.2.5:1, udp 192.0.2.6:1, udp 192.0.2.7:1, udp 192.0.2.8:1");
	fake_a(fake, "two.example", "192.0.2.99");
	fake_srv(fake, "_sip._udp.a.example", 1, 1, 5060, "one.example");
	fake_srv(fake, "_sip._udp.a.example", 2, 1, 5060, "two.example");
	fake_srv(fake, "_sip._udp.a.example", 3, 1, 5060, "two.example");
	is(world, "sip:a.example",
	   "udp 192.0.2.1:5060, udp 192.0.2.2:5060, udp 192.0.2.3:5060"
	   AND "udp 192.0.2.4:5060, udp 192.0.2.99:5060");
	world_close(world);
}

static void alias(void **state)
{
	struct world *world = world_new();
	struct fake *fake = &world->fake;

	(void)state;
	fake_cname(fake, "_sip._udp.a.example", "srv.example");
	fake_srv(fake, "srv.example", 0, 0, 5070, "one.example");
	fake_cname(fake, "one.example", "two.example");
	fake_cname(fake, "two.example", "three.example");
	fake_a(fake, "three.example", "192.0.2.3");
	is(world, "sip:a.example;transport=udp", "udp 192.0.2.3:5070");
	is(world, "sip:two.example:1", "udp 192.0.2.3:1");
	world_close(world);
}

/* No room for "_sip._udp." in front of it: then it has no servers. */
static void long_name(void **state)
{
	struct world *world = world_new();
	char uri[4 + 248] = "sip:";
	u32 i;

	(void)state;
	for (i = 4; i < sizeof(uri) - 1; i++)
		uri[i] = i % 64 ? 'a' : '.';
	uri[i] = '\0';
	fake_a(&world->fake, uri + 4, "192.0.2.1");
	is(world, uri, "udp 192.0.2.1:5060");
	world_close(world);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(address), TEST(address_of_no_use), TEST(by_port), TEST(by_transport),
		TEST(websocket), TEST(naptr), TEST(naptr_of_no_use),
		TEST(naptr_without_srv), TEST(srv_of_each), TEST(nothing_but_a_host),
		TEST(refused), TEST(failover), TEST(weights), TEST(families),
		TEST(many), TEST(alias), TEST(long_name),
	};

	return run(tests, ARRAY_SIZE(tests));
}
