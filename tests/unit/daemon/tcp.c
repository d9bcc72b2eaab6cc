// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * tcp.c - connections over the loopback: messages in and out
 */
#include "world.h"

#include <errno.h>
#include <stdlib.h>
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

static void echo(struct world *world, const struct sf_packet *packet)
{
	struct sf_flow flow = packet->flow;

	assert_int_equal(sf_net_send(world->net, &flow, packet->buf, packet->len),
			 0);
}

static void check_request(const char *listen)
{
	struct world *world = open_at(listen);
	struct sf_end at = world_end(world, 0);
	int fd = peer_connect(&at);

	row("%s", listen);
	world->on_packet = echo;
	peer_send(fd, TEXT);
	assert_true(world_packets(world, 1));
	assert_reason(world->seen[0].reason, SF_OK);
	assert_int_equal(world->seen[0].len, LEN);
	assert_true(sf_end_eq(&world->seen[0].flow.local, &at));
	assert_int_not_equal(world->seen[0].flow.serial, 0);
	assert_int_equal(world->seen[0].flow.worker, 3);
	assert_string_equal(peer_read(world, fd, LEN), TEXT);
	assert_int_equal(counter(world, SF_NET_ACCEPTED), 1);
	close(fd);
	world_close(world);
}

static void requests(void **state)
{
	(void)state;
	check_request("127.0.0.1");
	check_request("0.0.0.0");
	check_request("::1");
	check_request("::");
}

static void byte_by_byte(void **state)
{
	static const char text[] = OPTIONS(5) "hello\r\n" OPTIONS(0);
	struct world *world = open_at("127.0.0.1");
	struct sf_end at = world_end(world, 0);
	int fd = peer_connect(&at), i;

	(void)state;
	for (i = 0; text[i]; i++) {
		assert_int_equal(send(fd, text + i, 1, 0), 1);
		world_run(world, 1);
	}
	assert_true(world_packets(world, 2));
	assert_string_equal(world->seen[0].text, OPTIONS(5) "hello");
	assert_string_equal(world->seen[1].text, OPTIONS(0));
	close(fd);
	world_close(world);
}

/* Several in one segment, the last one in two. */
static void many_at_once(void **state)
{
	struct world *world = open_at("127.0.0.1");
	struct sf_end at = world_end(world, 0);
	int fd = peer_connect(&at);

	(void)state;
	peer_send(fd, OPTIONS(2) "ab\r\n" OPTIONS(0) OPTIONS(3) "c");
	assert_true(world_packets(world, 2));
	world_run(world, 10);
	assert_int_equal(world->packets, 2);
	assert_string_equal(world->seen[1].text, OPTIONS(0));
	peer_send(fd, "de" OPTIONS(1));
	assert_true(world_packets(world, 3));
	assert_string_equal(world->seen[2].text, OPTIONS(3) "cde");
	peer_send(fd, "f");
	assert_true(world_packets(world, 4));
	assert_string_equal(world->seen[3].text, OPTIONS(1) "f");
	close(fd);
	world_close(world);
}

/* A stream of messages in pieces of any size is the same messages. */
static void pieces(void **state)
{
	struct world *world = open_at("127.0.0.1");
	struct sf_end at = world_end(world, 0);
	int fd = peer_connect(&at);
	u32 count = 200, pos, size, total = 0, i;
	char *text = malloc(count * 1000 + 1), *p = text;

	(void)state;
	for (i = 0; i < count; i++)
		p = stpcpy(p, i % 3 ? OPTIONS(0) : OPTIONS(10) "0123456789");
	total = (u32)(p - text);
	for (pos = 0; pos < total; pos += size) {
		size = 1 + random_u32() % 2000;
		if (size > total - pos)
			size = total - pos;
		assert_int_equal(send(fd, text + pos, size, 0), size);
		if (!(random_u32() % 2))
			world_run(world, 1);
	}
	assert_true(world_packets(world, count));
	for (i = 0; i < count; i++)
		assert_string_equal(world->seen[i].text,
				    i % 3 ? OPTIONS(0) : OPTIONS(10) "0123456789");
	free(text);
	close(fd);
	world_close(world);
}

/* The longest message there is, and one that is longer. */
static void longest(void **state)
{
	struct world *world = open_at("127.0.0.1");
	struct sf_end at = world_end(world, 0);
	int fd = peer_connect(&at);
	u32 head = sizeof(OPTIONS(65300)) - 1;
	char *body = calloc(1, 65301);

	(void)state;
	memset(body, 'x', 65300);
	peer_send(fd, OPTIONS(65300));
	peer_send(fd, body);
	peer_send(fd, OPTIONS(0));
	assert_true(world_packets(world, 2));
	assert_int_equal(world->seen[0].len, head + 65300);
	assert_reason(world->seen[0].reason, SF_OK);
	peer_send(fd, OPTIONS(65500));
	assert_true(world_packets(world, 3));
	assert_reason(world->seen[2].reason, SF_TOO_LONG);
	assert_true(peer_gone(world, fd));
	free(body);
	close(fd);
	world_close(world);
}

static void pings(void **state)
{
	struct world *world = open_at("127.0.0.1");
	struct sf_end at = world_end(world, 0);
	int fd = peer_connect(&at);

	(void)state;
	peer_send(fd, "\r\n\r\n");
	assert_string_equal(peer_read(world, fd, 2), "\r\n");
	peer_send(fd, "\r\n");
	world_run(world, 10);
	peer_send(fd, "\r\n" OPTIONS(0));
	assert_string_equal(peer_read(world, fd, 2), "\r\n");
	assert_true(world_packets(world, 1));
	assert_int_equal(counter(world, SF_NET_KEEPALIVES), 2);
	close(fd);
	world_close(world);
}

static void refuse(struct world *world, const struct sf_packet *packet)
{
	struct sf_flow flow = packet->flow;

	assert_int_equal(sf_net_send(world->net, &flow, "no", 2), 0);
}

/* Shown once, then closed; an answer gets through, whatever else came. */
static void bad(void **state)
{
	static const char text[] = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
	struct world *world = open_at("127.0.0.1");
	struct sf_end at = world_end(world, 0);
	int fd = peer_connect(&at);

	(void)state;
	peer_send(fd, text);
	assert_true(world_closed(world, 1));
	assert_int_equal(world->packets, 1);
	assert_reason(world->seen[0].reason, SF_NOT_SIP);
	assert_string_equal(world->seen[0].text, text);
	assert_true(peer_gone(world, fd));
	close(fd);

	world->on_packet = refuse;
	fd = peer_connect(&at);
	peer_send(fd, text);
	assert_true(world_packets(world, 2));
	peer_send(fd, text);
	world_run(world, 10);
	assert_string_equal(peer_read(world, fd, 3), "no");
	assert_int_equal(world->packets, 2);
	close(fd);
	assert_true(world_closed(world, 2));
	assert_int_equal(counter(world, SF_NET_BROKEN), 2);
	world_close(world);
}

static void await_twice(struct world *world, const struct sf_packet *packet)
{
	sf_net_await(world->net, &packet->flow);
	sf_net_await(world->net, &packet->flow);
}

/* Who has shut up is answered, and let go with the last answer. */
static void half_close(void **state)
{
	struct world *world = open_at("127.0.0.1");
	struct sf_end at = world_end(world, 0);
	int fd = peer_connect(&at);
	struct sf_flow flow;

	(void)state;
	world->on_packet = await_twice;
	peer_send(fd, TEXT "OPT");
	shutdown(fd, SHUT_WR);
	assert_true(world_packets(world, 1));
	world_run(world, 10);
	flow = world->seen[0].flow;
	assert_int_equal(sf_net_send(world->net, &flow, "answer", 6), 0);
	sf_net_answered(world->net, &flow);
	assert_string_equal(peer_read(world, fd, 6), "answer");
	assert_int_equal(world->closed, 0);
	assert_int_equal(sf_net_send(world->net, &flow, "other", 5), 0);
	sf_net_answered(world->net, &flow);
	assert_true(world_closed(world, 1));
	assert_string_equal(peer_read(world, fd, 5), "other");
	assert_true(peer_gone(world, fd));
	/* It is too late for more of them. */
	sf_net_answered(world->net, &flow);
	close(fd);
	world_close(world);
}

/* Who waits for nothing is let go at once. */
static void half_close_unawaited(void **state)
{
	struct world *world = open_at("127.0.0.1");
	struct sf_end at = world_end(world, 0);
	int fd = peer_connect(&at);

	(void)state;
	peer_send(fd, TEXT);
	shutdown(fd, SHUT_WR);
	assert_true(world_closed(world, 1));
	assert_true(peer_gone(world, fd));
	close(fd);
	world_close(world);
}

/* But not before he has it all. */
static void half_close_queued(void **state)
{
	struct world *world = world_new();
	static char text[400000];
	u64 sent = 0, got = 0;
	struct sf_flow flow;
	struct sf_end at;
	u32 len;
	int fd;

	(void)state;
	world_listen(world, "127.0.0.1", SF_TRANSPORT_TCP);
	world->limits.queue = 2 * sizeof(text);
	world_open(world);
	at = world_end(world, 0);
	fd = peer_connect(&at);
	peer_send(fd, TEXT);
	assert_true(world_packets(world, 1));
	flow = world->seen[0].flow;
	memset(text, 'a', sizeof(text));
	while (!sf_net_send(world->net, &flow, text, sizeof(text)))
		sent += sizeof(text);
	shutdown(fd, SHUT_WR);
	world_run(world, 10);
	assert_int_equal(world->closed, 0);
	while ((len = (u32)strlen(peer_read(world, fd, sizeof(text)))))
		got += len;
	assert_int_equal(got, sent);
	assert_int_equal(world->closed, 1);
	close(fd);
	world_close(world);
}

/* Whoever is to answer does not: nobody waits for longer. */
static void half_close_late(void **state)
{
	struct world *world = open_at("127.0.0.1");
	struct sf_end at = world_end(world, 0);
	int fd = peer_connect(&at);
	struct sf_flow flow;

	(void)state;
	world->on_packet = await_twice;
	peer_send(fd, TEXT "OPT");
	shutdown(fd, SHUT_WR);
	assert_true(world_packets(world, 1));
	world_run(world, 10);
	flow = world->seen[0].flow;
	assert_int_equal(sf_net_send(world->net, &flow, "answer", 6), 0);
	assert_string_equal(peer_read(world, fd, 6), "answer");
	assert_int_equal(world->closed, 0);
	clock_skip(33000);
	assert_true(world_closed(world, 1));
	assert_true(peer_gone(world, fd));
	close(fd);
	world_close(world);
}

static void peer_leaves(void **state)
{
	struct world *world = open_at("127.0.0.1");
	struct sf_end at = world_end(world, 0);
	int fd = peer_connect(&at);
	struct linger now = { .l_onoff = 1 };
	struct sf_flow flow;

	(void)state;
	/* without a word */
	close(fd);
	assert_true(world_closed(world, 1));
	/* with a reset */
	fd = peer_connect(&at);
	peer_send(fd, TEXT);
	assert_true(world_packets(world, 1));
	flow = world->seen[0].flow;
	/* of another worker is another one */
	flow.worker++;
	assert_int_equal(sf_net_send(world->net, &flow, "x", 1), -EPIPE);
	sf_net_drop(world->net, &flow);
	flow.worker--;
	assert_int_equal(world_conns(world), 1);
	setsockopt(fd, SOL_SOCKET, SO_LINGER, &now, sizeof(now));
	close(fd);
	assert_true(world_closed(world, 2));
	assert_true(sf_end_eq(&world->last_closed.remote, &flow.remote));
	assert_int_equal(world->last_closed.serial, flow.serial);
	assert_int_equal(sf_net_send(world->net, &flow, "x", 1), -EPIPE);
	assert_int_equal(counter(world, SF_NET_CLOSED), 2);
	assert_int_equal(world_conns(world), 0);
	world_close(world);
}

static void drop_now(struct world *world, const struct sf_packet *packet)
{
	struct sf_flow flow = packet->flow;

	sf_net_drop(world->net, &flow);
	sf_net_drop(world->net, &flow);
	assert_int_equal(sf_net_send(world->net, &flow, "x", 1), -EPIPE);
}

/* In the middle of what it delivers. */
static void drop(void **state)
{
	struct world *world = open_at("127.0.0.1");
	struct sf_end at = world_end(world, 0);
	int fd = peer_connect(&at);

	(void)state;
	world->on_packet = drop_now;
	peer_send(fd, TEXT TEXT "OPTI");
	assert_true(world_closed(world, 1));
	assert_int_equal(world->packets, 1);
	assert_true(peer_gone(world, fd));
	close(fd);
	/* from its own buffer */
	fd = peer_connect(&at);
	peer_send(fd, "OPT");
	world_run(world, 10);
	peer_send(fd, TEXT + 3);
	assert_true(world_closed(world, 2));
	assert_int_equal(world->packets, 2);
	close(fd);
	world_close(world);
}

static int greedy;
static u32 before_modest;
static bool modest_seen;

/* For each message that is taken the greedy one has another. */
static void refill(struct world *world, const struct sf_packet *packet)
{
	(void)world;
	if (packet->buf[packet->len - 1] == 'm') {
		modest_seen = true;
		return;
	}
	before_modest += !modest_seen;
	if (!modest_seen)
		send(greedy, TEXT, LEN, MSG_DONTWAIT);
}

/* One that never ends does not keep the others waiting. */
static void fair(void **state)
{
	struct world *world = open_at("127.0.0.1");
	struct sf_end at = world_end(world, 0);
	int modest;

	(void)state;
	greedy = peer_connect(&at);
	modest = peer_connect(&at);
	before_modest = 0;
	modest_seen = false;
	while (send(greedy, TEXT, LEN, MSG_DONTWAIT) == (ssize_t)LEN)
		;
	peer_send(modest, OPTIONS(1) "m");
	world->on_packet = refill;
	while (!modest_seen && before_modest < 100000)
		assert_true(world_packets(world, world->packets + 1));
	assert_true(modest_seen);
	/* a few buffers full */
	assert_true(before_modest < 10 * 65536 / LEN);
	close(greedy);
	close(modest);
	world_close(world);
}

static const struct CMUnitTest tests[] = {
	TEST(requests), TEST(byte_by_byte), TEST(many_at_once), TEST(pieces),
	TEST(longest), TEST(pings), TEST(bad), TEST(half_close),
	TEST(half_close_unawaited), TEST(half_close_queued), TEST(half_close_late),
	TEST(peer_leaves), TEST(drop), TEST(fair),
};

int main(void)
{
	return run(tests, ARRAY_SIZE(tests));
}
