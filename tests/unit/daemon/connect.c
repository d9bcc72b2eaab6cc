// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * connect.c - connections that we open
 */
#include "world.h"

#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>

#define TEXT OPTIONS(0)
#define LEN (sizeof(TEXT) - 1)

static struct world *open_at(const char *ip)
{
	struct world *world = world_new();

	world_listen(world, ip, SF_TRANSPORT_TCP);
	world_open(world);
	return world;
}

static int accept_from(struct world *world, int fd, struct sf_end *from)
{
	struct sockaddr_storage sa;
	socklen_t len = sizeof(sa);
	int got;

	world_run(world, 10);
	got = accept(fd, (struct sockaddr *)&sa, &len);
	assert_true(got >= 0);
	sf_end_from_sockaddr(from, &sa);
	return got;
}

static void send_ok(struct world *world, struct sf_flow *flow, const char *text)
{
	assert_int_equal(sf_net_send(world->net, flow, text, (u32)strlen(text)), 0);
}

static void check_open(const char *listen, const char *peer)
{
	struct world *world = open_at(listen);
	struct sf_flow flow = { .transport = SF_TRANSPORT_TCP }, second;
	struct sf_end from;
	int waits = peer_socket(peer, SOCK_STREAM, &flow.remote), fd;

	row("%s to %s", listen, peer);
	assert_int_equal(sf_net_route(world->net, &flow), 0);
	second = flow;
	send_ok(world, &flow, TEXT);
	send_ok(world, &second, "second");
	assert_int_not_equal(flow.serial, 0);
	assert_int_equal(flow.worker, 3);
	assert_int_equal(flow.serial, second.serial);
	fd = accept_from(world, waits, &from);
	assert_true(sf_ip_eq(&from.ip, &flow.local.ip));
	assert_string_equal(peer_read(world, fd, LEN + 6), TEXT "second");
	assert_int_equal(counter(world, SF_NET_OPENED), 1);
	/* What comes back has the listener's address: there we are called. */
	peer_send(fd, TEXT);
	assert_true(world_packets(world, 1));
	assert_int_equal(world->seen[0].flow.serial, flow.serial);
	assert_true(sf_end_eq(&world->seen[0].flow.local, &flow.local));
	assert_true(sf_end_eq(&world->seen[0].flow.remote, &flow.remote));
	/* It is there still for the next one, until it is gone. */
	second.serial = 0;
	second.slot = 77;
	send_ok(world, &second, "third");
	assert_int_equal(second.serial, flow.serial);
	close(fd);
	assert_true(world_closed(world, 1));
	assert_int_equal(sf_net_send(world->net, &flow, "x", 1), -EPIPE);
	close(waits);
	world_close(world);
}

static void opens(void **state)
{
	(void)state;
	check_open("127.0.0.1", "127.0.0.1");
	check_open("0.0.0.0", "127.0.0.1");
	check_open("127.0.0.9", "127.0.0.1");
	check_open("::1", "[::1]");
	check_open("::", "[::1]");
}

/* One that came in is used for its own address and port, another one is not. */
static void reuse(void **state)
{
	struct world *world = open_at("127.0.0.1");
	struct sf_end at = world_end(world, 0);
	int fd = peer_connect(&at);
	struct sf_flow flow;
	u32 serial;

	(void)state;
	peer_send(fd, TEXT);
	assert_true(world_packets(world, 1));
	flow = world->seen[0].flow;
	serial = flow.serial;
	flow.serial = 0;
	flow.slot = 0;
	send_ok(world, &flow, "again");
	assert_int_equal(flow.serial, serial);
	assert_string_equal(peer_read(world, fd, 5), "again");
	/* after it said that it will send no more: there would be no answer */
	shutdown(fd, SHUT_WR);
	world_run(world, 10);
	flow.serial = 0;
	sf_net_send(world->net, &flow, "x", 1);
	assert_int_not_equal(flow.serial, serial);
	close(fd);
	world_close(world);
}

static void refused(void **state)
{
	struct world *world = open_at("127.0.0.1");
	struct sf_flow flow = { .transport = SF_TRANSPORT_TCP };
	int fd = peer_socket("127.0.0.1", SOCK_STREAM, &flow.remote), err;

	(void)state;
	close(fd);
	assert_int_equal(sf_net_route(world->net, &flow), 0);
	err = sf_net_send(world->net, &flow, TEXT, LEN);
	assert_int_equal(err, 0);
	assert_int_equal(sf_net_send(world->net, &flow, TEXT, LEN), 0);
	assert_true(world_unreached(world, 1));
	world_run(world, 10);
	assert_int_equal(world->unreached, 1);
	assert_int_equal(world->closed, 0);
	assert_int_equal(world->err, ECONNREFUSED);
	assert_int_equal(world->last_unreached.serial, flow.serial);
	assert_true(sf_end_eq(&world->last_unreached.remote, &flow.remote));
	assert_int_equal(sf_net_send(world->net, &flow, TEXT, LEN), -EPIPE);
	assert_int_equal(counter(world, SF_NET_OPENED), 0);
	world_close(world);
}

/* A peer whose backlog is full does not answer. */
static void no_answer(void **state)
{
	struct world *world = open_at("127.0.0.1");
	struct sf_flow flow = { .transport = SF_TRANSPORT_TCP };
	int fd = peer_socket("127.0.0.1", SOCK_STREAM, &flow.remote);
	int others[2], i;

	(void)state;
	listen(fd, 0);
	for (i = 0; i < 2; i++) {
		struct sockaddr_storage sa;
		u32 len = sf_end_to_sockaddr(&flow.remote, &sa);

		others[i] = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
		connect(others[i], (struct sockaddr *)&sa, len);
	}
	send_ok(world, &flow, TEXT);
	world_run(world, 20);
	assert_int_equal(world->unreached, 0);
	clock_skip(4000);
	world_run(world, 20);
	assert_int_equal(world->unreached, 0);
	clock_skip(2000);
	assert_true(world_unreached(world, 1));
	assert_int_equal(world->err, ETIMEDOUT);
	for (i = 0; i < 2; i++)
		close(others[i]);
	close(fd);
	world_close(world);
}

/* What waits for a connection is bounded too. */
static void queue(void **state)
{
	struct world *world = world_new();
	struct sf_flow flow = { .transport = SF_TRANSPORT_TCP };
	int fd = peer_socket("127.0.0.1", SOCK_STREAM, &flow.remote);

	(void)state;
	world_listen(world, "127.0.0.1", SF_TRANSPORT_TCP);
	world->limits.queue = LEN + 1;
	world_open(world);
	send_ok(world, &flow, TEXT);
	assert_int_equal(sf_net_send(world->net, &flow, TEXT, LEN), -ENOBUFS);
	send_ok(world, &flow, "x");
	close(fd);
	world_close(world);
}

static void unknown_transport(void **state)
{
	struct world *world = open_at("127.0.0.1");
	struct sf_flow flow = { .transport = SF_TRANSPORT_SCTP };

	(void)state;
	sf_end_parse("127.0.0.1:5060", 0, &flow.remote);
	assert_int_equal(sf_net_send(world->net, &flow, "x", 1), -EPROTONOSUPPORT);
	flow.transport = SF_TRANSPORT_UDP;
	assert_int_equal(sf_net_send(world->net, &flow, "x", 1), -EAFNOSUPPORT);
	world_close(world);
}

static const struct CMUnitTest tests[] = {
	TEST(opens), TEST(reuse), TEST(refused), TEST(no_answer), TEST(queue),
	TEST(unknown_transport),
};

int main(void)
{
	return run(tests, ARRAY_SIZE(tests));
}
