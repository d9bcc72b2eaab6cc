// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * limits.c - what one connection, and one source, may take
 */
#include "world.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#define TEXT OPTIONS(0)
#define MANY 300	/* more than the smallest tables have buckets */

static struct world *world_at(const char *ip)
{
	struct world *world = world_new();

	world_listen(world, ip, SF_TRANSPORT_TCP);
	return world;
}

static void connections(void **state)
{
	struct world *world = world_at("127.0.0.1");
	struct sf_end at;
	int fds[4], i;

	(void)state;
	world->limits.conns = 3;
	world_open(world);
	at = world_end(world, 0);
	for (i = 0; i < 4; i++)
		fds[i] = peer_connect(&at);
	assert_true(world_counter(world, SF_NET_REFUSED_FULL, 1));
	assert_int_equal(world_conns(world), 3);
	assert_true(peer_gone(world, fds[3]));
	close(fds[3]);
	close(fds[0]);
	assert_true(world_closed(world, 1));
	fds[0] = peer_connect(&at);
	assert_true(world_counter(world, SF_NET_ACCEPTED, 4));
	for (i = 0; i < 3; i++)
		close(fds[i]);
	world_close(world);
}

/* From an address of the loopback's own. */
static int connect_from(const char *ip, const struct sf_end *at)
{
	struct sockaddr_storage sa;
	struct sf_end end;
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	u32 len;

	assert_true(sf_end_parse(ip, 1, &end));
	end.port = 0;
	len = sf_end_to_sockaddr(&end, &sa);
	assert_int_equal(bind(fd, (struct sockaddr *)&sa, len), 0);
	len = sf_end_to_sockaddr(at, &sa);
	assert_int_equal(connect(fd, (struct sockaddr *)&sa, len), 0);
	return fd;
}

static void sources(void **state)
{
	struct world *world = world_at("127.0.0.1");
	struct sf_end at;
	int fds[6], i;

	(void)state;
	world->limits.conns_per_source = 2;
	world_open(world);
	at = world_end(world, 0);
	for (i = 0; i < 5; i++)
		fds[i] = connect_from(i < 3 ? "127.0.0.5" : "127.0.0.6", &at);
	assert_true(world_counter(world, SF_NET_ACCEPTED, 4));
	assert_int_equal(counter(world, SF_NET_REFUSED_SOURCE), 1);
	assert_true(peer_gone(world, fds[2]));
	close(fds[0]);
	assert_true(world_closed(world, 1));
	fds[5] = connect_from("127.0.0.5", &at);
	assert_true(world_counter(world, SF_NET_ACCEPTED, 5));
	assert_int_equal(counter(world, SF_NET_REFUSED_SOURCE), 1);
	for (i = 1; i < 6; i++)
		close(fds[i]);
	world_close(world);
}

/* Nobody shakes hands here: a section without a certificate is enough. */
static struct world *world_of_tls(struct sf_tls **tls)
{
	const struct sf_tls_conf conf = { .name = "any" };
	struct world *world = world_new();
	char why[SF_TLS_WHY_MAX];

	world_listen(world, "127.0.0.1", SF_TRANSPORT_TLS);
	*tls = sf_tls_new();
	assert_int_equal(sf_tls_add(*tls, &conf, why), 0);
	return world;
}

static void half_open(void **state)
{
	struct sf_tls *tls;
	struct world *world = world_of_tls(&tls);
	struct sf_end at;
	int fds[7], i;

	(void)state;
	world->limits.half_open = 4;
	world->limits.half_open_per_source = 2;
	world_open(world);
	sf_net_secure(world->net, tls);
	at = world_end(world, 0);
	for (i = 0; i < 6; i++)
		fds[i] = connect_from(i < 3 ? "127.0.0.5" : i < 5 ?
				      "127.0.0.6" : "127.0.0.7", &at);
	assert_true(world_counter(world, SF_NET_TLS_HALF_OPEN, 1));
	assert_int_equal(counter(world, SF_NET_TLS_HALF_OPEN_SOURCE), 1);
	assert_int_equal(counter(world, SF_NET_ACCEPTED), 4);
	assert_true(peer_gone(world, fds[2]));
	assert_true(peer_gone(world, fds[5]));
	/* One that ends makes room. */
	close(fds[0]);
	assert_true(world_closed(world, 1));
	fds[6] = connect_from("127.0.0.5", &at);
	assert_true(world_counter(world, SF_NET_ACCEPTED, 5));
	/* And all of them do, in time. */
	clock_skip(5000);
	assert_true(world_closed(world, 5));
	assert_int_equal(counter(world, SF_NET_TLS_LATE), 4);
	fds[0] = connect_from("127.0.0.5", &at);
	assert_true(world_counter(world, SF_NET_ACCEPTED, 6));
	for (i = 0; i < 7; i++)
		close(fds[i]);
	world_close(world);
	sf_tls_put(tls);
}

static void handshakes(void **state)
{
	struct sf_tls *tls;
	struct world *world = world_of_tls(&tls);
	struct sf_end at;
	int i;

	(void)state;
	world->limits.shakes = 10;
	world->limits.shakes_per_source = 4;
	world_open(world);
	sf_net_secure(world->net, tls);
	at = world_end(world, 0);
	for (i = 0; i < 16; i++)
		close(connect_from(i < 5 ? "127.0.0.5" : i < 10 ? "127.0.0.6" :
				   i < 13 ? "127.0.0.7" : "127.0.0.8", &at));
	assert_true(world_counter(world, SF_NET_TLS_RATE, 4));
	assert_int_equal(counter(world, SF_NET_ACCEPTED), 10);
	assert_int_equal(counter(world, SF_NET_TLS_RATE_SOURCE), 2);
	/* A quarter of a second is one more for a source. */
	clock_skip(260);
	close(connect_from("127.0.0.5", &at));
	assert_true(world_counter(world, SF_NET_ACCEPTED, 11));
	close(connect_from("127.0.0.5", &at));
	assert_true(world_counter(world, SF_NET_TLS_RATE_SOURCE, 3));
	close(connect_from("127.0.0.9", &at));
	assert_true(world_counter(world, SF_NET_ACCEPTED, 12));
	world_close(world);
	sf_tls_put(tls);
}

static void idle(void **state)
{
	struct world *world = world_at("127.0.0.1");
	struct sf_end at;
	int fd;

	(void)state;
	world->limits.idle_s = 10;
	world_open(world);
	at = world_end(world, 0);
	fd = peer_connect(&at);
	assert_true(world_counter(world, SF_NET_ACCEPTED, 1));
	clock_skip(9000);
	peer_send(fd, "\r\n\r\n");
	assert_string_equal(peer_read(world, fd, 2), "\r\n");
	clock_skip(9000);
	world_run(world, 10);
	assert_int_equal(world_conns(world), 1);
	clock_skip(1000);
	assert_true(world_closed(world, 1));
	assert_int_equal(counter(world, SF_NET_IDLE), 1);
	assert_true(peer_gone(world, fd));
	close(fd);
	world_close(world);
}

/* Who promised that something comes is not kept without it. */
static void kept_alive(void **state)
{
	struct world *world = world_at("127.0.0.1");
	struct sf_flow flow;
	struct sf_end at;
	int fd, i;

	(void)state;
	world->limits.idle_s = 100;
	world_open(world);
	at = world_end(world, 0);
	fd = peer_connect(&at);
	peer_send(fd, TEXT);
	assert_true(world_packets(world, 1));
	flow = world->seen[0].flow;
	sf_net_keep(world->net, &flow, 10);
	for (i = 0; i < 3; i++) {
		clock_skip(9000);
		peer_send(fd, "\r\n\r\n");
		assert_string_equal(peer_read(world, fd, 2), "\r\n");
	}
	assert_int_equal(world_conns(world), 1);
	/* He takes it back. */
	sf_net_keep(world->net, &flow, 0);
	clock_skip(90000);
	world_run(world, 10);
	assert_int_equal(world_conns(world), 1);
	/* It is no longer than others have. */
	sf_net_keep(world->net, &flow, 1000);
	clock_skip(99000);
	world_run(world, 10);
	assert_int_equal(world_conns(world), 1);
	sf_net_keep(world->net, &flow, 10);
	clock_skip(10000);
	assert_true(world_closed(world, 1));
	assert_int_equal(counter(world, SF_NET_IDLE), 1);
	sf_net_keep(world->net, &flow, 10);
	close(fd);
	world_close(world);
}

/* Each byte is something that came, but no message. */
static void slow(void **state)
{
	struct world *world = world_at("127.0.0.1");
	struct sf_end at;
	int fd, i;

	(void)state;
	world->limits.message_s = 10;
	world_open(world);
	at = world_end(world, 0);
	fd = peer_connect(&at);
	for (i = 0; i < 9; i++) {
		peer_send(fd, "O");
		world_run(world, 5);
		clock_skip(1000);
	}
	assert_int_equal(world->closed, 0);
	clock_skip(1000);
	assert_true(world_closed(world, 1));
	assert_int_equal(counter(world, SF_NET_SLOW), 1);
	assert_int_equal(counter(world, SF_NET_IDLE), 0);
	assert_int_equal(world->packets, 0);
	close(fd);
	world_close(world);
}

/* The time for a message begins with its own first byte. */
static void slow_one_by_one(void **state)
{
	struct world *world = world_at("127.0.0.1");
	struct sf_end at;
	u32 i;
	int fd;

	(void)state;
	world->limits.message_s = 10;
	world_open(world);
	at = world_end(world, 0);
	fd = peer_connect(&at);
	peer_send(fd, "OPTI");
	for (i = 1; i < 5; i++) {
		world_run(world, 5);
		clock_skip(8000);
		peer_send(fd, &TEXT "OPTI"[4]);
		assert_true(world_packets(world, i));
	}
	assert_int_equal(world->closed, 0);
	close(fd);
	world_close(world);
}

/* A peer that does not read: whole messages are refused, none is torn. */
static void queue(void **state)
{
	struct world *world = world_at("127.0.0.1");
	static char text[8000];
	u32 size = sizeof(text), taken = 0, i;
	int fd, err;
	struct sf_end at;
	struct sf_flow flow;
	const char *got;

	(void)state;
	world->limits.queue = 10000;
	world_open(world);
	at = world_end(world, 0);
	fd = peer_connect(&at);
	peer_send(fd, TEXT);
	assert_true(world_packets(world, 1));
	flow = world->seen[0].flow;
	do {
		memset(text, 'a' + taken % 26, size);
		err = sf_net_send(world->net, &flow, text, size);
		taken += !err;
	} while (!err && taken < 100000);
	assert_int_equal(err, -ENOBUFS);
	assert_int_equal(counter(world, SF_NET_QUEUE_FULL), 1);
	assert_int_equal(counter(world, SF_NET_SENT), taken);
	got = peer_read(world, fd, taken * size < 1000000 ? taken * size : 1000000);
	for (i = 0; i < taken * size && i < 1000000; i++)
		assert_int_equal(got[i], 'a' + i / size % 26);
	close(fd);
	assert_true(world_closed(world, 1));
	world_close(world);
}

/* Other limits hold for who comes then; more than tables were made for is no harm. */
static void changed(void **state)
{
	struct world *world = world_at("127.0.0.1");
	int fds[MANY], i;
	struct sf_end at;

	(void)state;
	world->limits.conns = 2;
	world_open(world);
	at = world_end(world, 0);
	for (i = 0; i < 2; i++)
		fds[i] = peer_connect(&at);
	assert_true(world_counter(world, SF_NET_ACCEPTED, 2));
	world->limits.conns = 1;
	sf_net_limit(world->net, &world->limits);
	fds[2] = peer_connect(&at);
	assert_true(world_counter(world, SF_NET_REFUSED_FULL, 1));
	assert_int_equal(world_conns(world), 2);
	close(fds[2]);
	world->limits.conns = MANY;
	world->limits.conns_per_source = 2;
	sf_net_limit(world->net, &world->limits);
	fds[2] = peer_connect(&at);
	assert_true(world_counter(world, SF_NET_REFUSED_SOURCE, 1));
	close(fds[2]);
	world->limits.conns_per_source = MANY;
	world->limits.idle_s = 10;
	sf_net_limit(world->net, &world->limits);
	for (i = 2; i < MANY; i++)
		fds[i] = peer_connect(&at);
	assert_true(world_counter(world, SF_NET_ACCEPTED, MANY));
	/* those that were there before have what they were told then */
	clock_skip(10000);
	assert_true(world_closed(world, MANY - 2));
	world_run(world, 10);
	assert_int_equal(world_conns(world), 2);
	assert_int_equal(counter(world, SF_NET_IDLE), MANY - 2);
	for (i = 0; i < MANY; i++)
		close(fds[i]);
	world_close(world);
}

/* Without descriptors peers are turned away, and the loop does not spin. */
static void descriptors(void **state)
{
	struct world *world = world_at("127.0.0.1");
	struct rlimit old, few;
	struct sf_end at;
	int fds[3], i;

	(void)state;
	world_open(world);
	at = world_end(world, 0);
	for (i = 0; i < 3; i++)
		fds[i] = peer_connect(&at);
	getrlimit(RLIMIT_NOFILE, &old);
	few = old;
	/* the next one is the first that is not allowed */
	few.rlim_cur = (rlim_t)dup(0);
	close((int)few.rlim_cur);
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &few), 0);
	assert_true(world_counter(world, SF_NET_REFUSED_FULL, 3));
	setrlimit(RLIMIT_NOFILE, &old);
	for (i = 0; i < 3; i++) {
		assert_true(peer_gone(world, fds[i]));
		close(fds[i]);
	}
	assert_int_equal(counter(world, SF_NET_ACCEPTED), 0);
	fds[0] = peer_connect(&at);
	assert_true(world_counter(world, SF_NET_ACCEPTED, 1));
	close(fds[0]);
	world_close(world);
}

static const struct CMUnitTest tests[] = {
	TEST(connections), TEST(sources), TEST(half_open), TEST(handshakes),
	TEST(idle), TEST(kept_alive), TEST(slow),
	TEST(slow_one_by_one), TEST(queue), TEST(changed),
	TEST(descriptors),
};

int main(void)
{
	return run(tests, ARRAY_SIZE(tests));
}
