// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * tap.c - who looks on sees what comes and what is sent, and only while he does
 */
#include "world.h"

#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>

#define TEXT OPTIONS(0)
#define LEN (sizeof(TEXT) - 1)

static struct sight {
	struct sf_flow flow;
	u32 len;
	u8 worker;
	bool out;
	int err;
} sights[8];

static u32 count;

static void see(struct sf_net_tap *tap, const struct sf_sight *sight)
{
	(void)tap;
	assert_true(count < ARRAY_SIZE(sights));
	assert_memory_equal(sight->buf, TEXT, LEN);
	sights[count++] = (struct sight){ *sight->flow, sight->len,
					  sight->worker, sight->out,
					  sight->err };
}

static struct sf_net_tap tap = { .see = see };

static void echo(struct world *world, const struct sf_packet *packet)
{
	struct sf_flow flow = packet->flow;

	sf_net_send(world->net, &flow, packet->buf, packet->len);
}

static struct world *open_at(enum sf_transport transport)
{
	struct world *world = world_new();

	world_listen(world, "127.0.0.1", transport);
	world_open(world);
	sf_net_watch(world->net, &tap);
	world->on_packet = echo;
	count = 0;
	atomic_store(&tap.open, true);
	return world;
}

static void check_pair(const struct sf_end *peer, enum sf_transport transport)
{
	u32 i;

	assert_int_equal(count, 2);
	for (i = 0; i < 2; i++) {
		row("%u", i);
		assert_int_equal(sights[i].out, i);
		assert_int_equal(sights[i].err, 0);
		assert_int_equal(sights[i].len, LEN);
		assert_int_equal(sights[i].worker, 3);
		assert_int_equal(sights[i].flow.transport, transport);
		assert_true(sf_end_eq(&sights[i].flow.remote, peer));
	}
}

static void datagrams(void **state)
{
	struct world *world = open_at(SF_TRANSPORT_UDP);
	struct sf_end at = world_end(world, 0), me;
	int fd = peer_socket("127.0.0.1", SOCK_DGRAM, &me);

	(void)state;
	peer_sendto(fd, &at, TEXT, LEN);
	assert_string_equal(peer_read(world, fd, LEN), TEXT);
	check_pair(&me, SF_TRANSPORT_UDP);
	/* Nobody looks on any more; keepalives were never shown. */
	peer_sendto(fd, &at, "\r\n\r\n", 4);
	atomic_store(&tap.open, false);
	peer_sendto(fd, &at, TEXT, LEN);
	assert_true(world_packets(world, 2));
	assert_int_equal(count, 2);
	close(fd);
	world_close(world);
}

static void streams(void **state)
{
	struct world *world = open_at(SF_TRANSPORT_TCP);
	struct sf_end at = world_end(world, 0);
	int fd = peer_connect(&at);
	struct sf_flow flow;

	(void)state;
	peer_send(fd, TEXT);
	assert_string_equal(peer_read(world, fd, LEN), TEXT);
	flow = world->seen[0].flow;
	check_pair(&flow.remote, SF_TRANSPORT_TCP);
	assert_int_equal(sights[0].flow.serial, sights[1].flow.serial);
	sf_net_drop(world->net, &flow);
	assert_true(world_closed(world, 1));
	/* What could not be sent is seen, too, and why. */
	assert_int_equal(sf_net_send(world->net, &flow, TEXT, LEN), -EPIPE);
	assert_int_equal(count, 3);
	assert_true(sights[2].out);
	assert_int_equal(sights[2].err, -EPIPE);
	close(fd);
	world_close(world);
}

static const struct CMUnitTest tests[] = { TEST(datagrams), TEST(streams) };

int main(void)
{
	return run(tests, ARRAY_SIZE(tests));
}
