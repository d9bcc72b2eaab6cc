// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * route.c - which address of ours is used, and which are ours
 */
#include "world.h"

#include <errno.h>
#include <ifaddrs.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

/* Return: what sf_net_route() says, its choice in @local. */
static int route(struct world *world, const char *remote,
		 enum sf_transport transport, struct sf_end *local)
{
	struct sf_flow flow = { .transport = transport };
	int err;

	assert_true(sf_end_parse(remote, 5060, &flow.remote));
	err = sf_net_route(world->net, &flow);
	*local = flow.local;
	return err;
}

static void assert_ip(const struct sf_end *end, const char *want)
{
	char text[SF_END_TEXT_LEN], full[SF_END_TEXT_LEN];

	snprintf(full, sizeof(full), "%s:%u", want, end->port);
	assert_string_equal(sf_end_text(end, text), full);
	assert_int_not_equal(end->port, 0);
}

static void choice(void **state)
{
	struct world *world = world_new();
	struct sf_end local, again, fixed;
	struct sf_flow flow = { .transport = SF_TRANSPORT_UDP };

	(void)state;
	world_listen(world, "127.0.0.8", SF_TRANSPORT_UDP);
	world_listen(world, "0.0.0.0", SF_TRANSPORT_UDP);
	world_listen(world, "127.0.0.1", SF_TRANSPORT_UDP);
	world_listen(world, "127.0.0.8", SF_TRANSPORT_TCP);
	world_open(world);
	/* its own listener before that for all, that before any other */
	assert_int_equal(route(world, "127.0.0.1", SF_TRANSPORT_UDP, &local), 0);
	assert_ip(&local, "127.0.0.1");
	assert_int_equal(route(world, "127.0.0.1", SF_TRANSPORT_TCP, &local), 0);
	assert_ip(&local, "127.0.0.8");
	assert_int_equal(route(world, "127.0.0.1", SF_TRANSPORT_UDP, &again), 0);
	assert_true(again.port != local.port);
	/* an address that is set stays */
	assert_true(sf_end_parse("127.0.0.8:9", 0, &fixed));
	flow.local = fixed;
	flow.remote = fixed;
	assert_int_equal(sf_net_route(world->net, &flow), 0);
	assert_true(sf_end_eq(&flow.local, &fixed));
	/* and gets its listener's port */
	flow.local.port = 0;
	assert_int_equal(sf_net_route(world->net, &flow), 0);
	assert_int_not_equal(flow.local.port, 0);
	assert_int_not_equal(flow.local.port, again.port);
	/* nobody listens */
	assert_int_equal(route(world, "::1", SF_TRANSPORT_UDP, &local),
			 -EAFNOSUPPORT);
	assert_int_equal(route(world, "127.0.0.1", SF_TRANSPORT_TLS, &local),
			 -EAFNOSUPPORT);
	world_close(world);
}

/* Each destination has its own answer, also after another one was asked for. */
static void remembered(void **state)
{
	struct world *world = world_new();
	struct sf_end local;
	u32 i;

	(void)state;
	world_listen(world, "0.0.0.0", SF_TRANSPORT_UDP);
	world_listen(world, "::", SF_TRANSPORT_UDP);
	world_open(world);
	for (i = 0; i < 3; i++) {
		assert_int_equal(route(world, "127.0.0.1", SF_TRANSPORT_UDP,
				       &local), 0);
		assert_ip(&local, "127.0.0.1");
		assert_int_equal(route(world, "::1", SF_TRANSPORT_UDP, &local), 0);
		assert_ip(&local, "[::1]");
		clock_skip(2000);
		world_run(world, 1);
	}
	assert_true(route(world, "255.255.255.255", SF_TRANSPORT_UDP, &local) < 0);
	world_close(world);
}

/* What getifaddrs() says instead of the system: one address, and one entry of none. */
static struct sockaddr_storage address;
static struct ifaddrs one = { .ifa_addr = (struct sockaddr *)&address };
static struct ifaddrs none = { .ifa_next = &one };
static u32 asked;
static bool fails;

int getifaddrs(struct ifaddrs **all)
{
	asked++;
	*all = &none;
	return fails ? -1 : 0;
}

void freeifaddrs(struct ifaddrs *all)
{
	assert_ptr_equal(all, &none);
}

static void say(const char *ip)
{
	struct sf_end end;

	assert_true(sf_end_parse(ip, 1, &end));
	sf_end_to_sockaddr(&end, &address);
}

static bool own(struct world *world, const char *ip, u16 port)
{
	struct sf_end end;

	assert_true(sf_end_parse(ip, 1, &end));
	return sf_net_own(world->net, &end.ip, port);
}

static void ours(void **state)
{
	struct world *world = world_new();
	struct sf_end a, b;

	(void)state;
	world_listen(world, "127.0.0.8", SF_TRANSPORT_UDP);
	world_listen(world, "0.0.0.0", SF_TRANSPORT_TCP);
	world_listen(world, "::", SF_TRANSPORT_UDP);
	world_open(world);
	say("::1");
	a = world_end(world, 0);
	b = world_end(world, 1);
	assert_true(own(world, "127.0.0.8", a.port));
	assert_false(own(world, "127.0.0.8", a.port == 65535 ? 1 : a.port + 1));
	assert_false(own(world, "127.0.0.9", a.port));
	assert_true(own(world, "127.0.0.9", b.port));
	assert_true(own(world, "127.0.0.1", b.port));
	assert_false(own(world, "198.51.100.7", b.port));
	assert_false(own(world, "127.0.0.8", 0));
	assert_true(own(world, "::1", world_end(world, 2).port));
	assert_false(own(world, "2001:db8::7", world_end(world, 2).port));
	world_close(world);
}

/*
 * The system is asked once in three seconds, however many addresses somebody asks
 * about; and an address that is new, or gone, is known of by then.
 */
static void ours_change(void **state)
{
	struct world *world = world_new();
	char text[20];
	u16 port;
	u32 i;

	(void)state;
	world_listen(world, "0.0.0.0", SF_TRANSPORT_UDP);
	world_open(world);
	port = world_end(world, 0).port;
	asked = 0;
	say("198.51.100.7");
	for (i = 0; i < 1000; i++) {
		snprintf(text, sizeof(text), "203.0.%u.%u", i >> 8, i & 255);
		assert_false(own(world, text, port));
	}
	assert_true(own(world, "198.51.100.7", port));
	assert_int_equal(asked, 1);
	say("198.51.100.8");
	clock_skip(3000);
	world_run(world, 1);
	assert_true(own(world, "198.51.100.8", port));
	assert_false(own(world, "198.51.100.7", port));
	assert_int_equal(asked, 2);
	/* what it does not say stays */
	fails = true;
	clock_skip(3000);
	world_run(world, 1);
	assert_true(own(world, "198.51.100.8", port));
	assert_true(own(world, "198.51.100.8", port));
	assert_int_equal(asked, 3);
	fails = false;
	world_close(world);
}

static void not_opened(void **state)
{
	static const struct sf_net_user nobody;
	struct sf_listen listen[2] = { { .transport = SF_TRANSPORT_UDP },
				       { .transport = SF_TRANSPORT_TCP } };
	struct sf_net_limits limits = { 0 };
	struct sf_net *net = NULL;
	struct sf_loop loop;
	int failed;

	(void)state;
	assert_int_equal(sf_loop_init(&loop), 0);
	assert_true(sf_end_parse("127.0.0.1:9", 0, &listen[0].end));
	listen[0].end.port = 0;
	/* not an address of ours */
	assert_true(sf_end_parse("198.51.100.7:5060", 0, &listen[1].end));
	assert_int_equal(sf_net_open(&net, &loop, 0, listen, 2, &limits, &nobody,
				     NULL, &failed), -EADDRNOTAVAIL);
	assert_int_equal(failed, 1);
	assert_null(net);
	assert_true(!loop.after);
	sf_loop_close(&loop);
}

/* Each worker has sockets of its own on the same port. */
static void shared_port(void **state)
{
	static const struct sf_net_user nobody;
	struct world *world = world_new();
	struct sf_net_limits limits = { 0 };
	struct sf_listen listen[2];
	struct sf_net *second;
	int failed;
	u32 i;

	(void)state;
	world_listen(world, "127.0.0.1", SF_TRANSPORT_UDP);
	world_listen(world, "0.0.0.0", SF_TRANSPORT_TCP);
	world_open(world);
	for (i = 0; i < 2; i++) {
		listen[i] = world->listen[i];
		listen[i].end.port = world_end(world, i).port;
	}
	assert_int_equal(sf_net_open(&second, &world->loop, 1, listen, 2, &limits,
				     &nobody, NULL, &failed), 0);
	sf_net_close(second);
	world_close(world);
}

static const struct CMUnitTest tests[] = {
	TEST(choice), TEST(remembered), TEST(ours), TEST(ours_change),
	TEST(not_opened), TEST(shared_port),
};

int main(void)
{
	return run(tests, ARRAY_SIZE(tests));
}
