// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * udp.c - datagrams over the loopback
 */
#include "world.h"

#include <errno.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#define TEXT OPTIONS(0)

static void echo(struct world *world, const struct sf_packet *packet)
{
	struct sf_flow flow = packet->flow;

	assert_int_equal(sf_net_send(world->net, &flow, packet->buf, packet->len),
			 0);
}

static struct world *open_at(const char *ip)
{
	struct world *world = world_new();

	world_listen(world, ip, SF_TRANSPORT_UDP);
	world->on_packet = echo;
	world_open(world);
	return world;
}

/* Where an answer came from. */
static struct sf_end read_from(struct world *world, int fd, char *buf, u32 size)
{
	struct sockaddr_storage sa;
	socklen_t len = sizeof(sa);
	struct sf_end end = { 0 };
	ssize_t n = -1;
	u32 i;

	for (i = 0; n < 0 && i < 400; i++) {
		n = recvfrom(fd, buf, size - 1, MSG_DONTWAIT,
			     (struct sockaddr *)&sa, &len);
		if (n < 0)
			world_run(world, 5);
	}
	assert_true(n >= 0);
	buf[n] = '\0';
	sf_end_from_sockaddr(&end, &sa);
	return end;
}

static void check_echo(const char *listen, const char *to, const char *peer)
{
	struct world *world = open_at(listen);
	struct sf_end at = world_end(world, 0), own, from;
	int fd = peer_socket(peer, SOCK_DGRAM, &own);
	char answer[1000];

	row("%s: %s to %s", listen, peer, to);
	assert_true(sf_end_parse(to, at.port, &at));
	peer_sendto(fd, &at, TEXT, sizeof(TEXT) - 1);
	assert_true(world_packets(world, 1));
	assert_reason(world->seen[0].reason, SF_OK);
	assert_int_equal(world->seen[0].method, SF_METHOD_OPTIONS);
	assert_true(sf_end_eq(&world->seen[0].flow.remote, &own));
	assert_true(sf_end_eq(&world->seen[0].flow.local, &at));
	assert_int_equal(world->seen[0].flow.worker, 3);
	assert_int_equal(world->seen[0].flow.serial, 0);
	from = read_from(world, fd, answer, sizeof(answer));
	assert_true(sf_end_eq(&from, &at));
	assert_string_equal(answer, TEXT);
	assert_int_equal(counter(world, SF_NET_RECEIVED), 1);
	assert_int_equal(counter(world, SF_NET_SENT), 1);
	close(fd);
	world_close(world);
}

/* The answer leaves from where the request went to. */
static void addresses(void **state)
{
	(void)state;
	check_echo("127.0.0.1", "127.0.0.1", "127.0.0.1");
	check_echo("0.0.0.0", "127.0.0.1", "127.0.0.1");
	check_echo("0.0.0.0", "127.0.0.77", "127.0.0.1");
	check_echo("::1", "[::1]", "[::1]");
	check_echo("::", "[::1]", "[::1]");
}

/* More than fit into a batch, in their order. */
static void batches(void **state)
{
	struct world *world = open_at("127.0.0.1");
	struct sf_end at = world_end(world, 0), own;
	int fd = peer_socket("127.0.0.1", SOCK_DGRAM, &own);
	char text[200], answer[200];
	u32 i, count = 100;

	(void)state;
	for (i = 0; i < count; i++) {
		snprintf(text, sizeof(text), "OPTIONS sip:%u SIP/2.0\r\n\r\n", i);
		peer_sendto(fd, &at, text, (u32)strlen(text));
	}
	assert_true(world_packets(world, count));
	for (i = 0; i < count; i++) {
		snprintf(text, sizeof(text), "OPTIONS sip:%u SIP/2.0\r\n\r\n", i);
		assert_string_equal(world->seen[i].text, text);
		read_from(world, fd, answer, sizeof(answer));
		assert_string_equal(answer, text);
	}
	assert_int_equal(counter(world, SF_NET_SENT), count);
	close(fd);
	world_close(world);
}

/* As long as a datagram can be, so many that they do not fit a batch's room. */
static void longest(void **state)
{
	static char text[65507], answer[65600];
	struct world *world = open_at("127.0.0.1");
	struct sf_end at = world_end(world, 0), own;
	int fd = peer_socket("127.0.0.1", SOCK_DGRAM, &own), big = 1 << 22;
	struct sf_flow flow = { .transport = SF_TRANSPORT_UDP };
	u32 head = sizeof(OPTIONS(1)) - 1, i;

	(void)state;
	memset(text, 'x', sizeof(text));
	memcpy(text, OPTIONS(1), head);
	setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &big, sizeof(big));
	for (i = 0; i < 5; i++)
		peer_sendto(fd, &at, text, sizeof(text));
	assert_true(world_packets(world, 5));
	for (i = 0; i < 5; i++) {
		assert_int_equal(world->seen[i].len, sizeof(text));
		read_from(world, fd, answer, sizeof(answer));
		assert_memory_equal(answer, text, sizeof(text));
	}
	flow.remote = own;
	assert_int_equal(sf_net_send(world->net, &flow, answer, 65508), -EMSGSIZE);
	close(fd);
	world_close(world);
}

static void keepalives(void **state)
{
	struct world *world = open_at("127.0.0.1");
	struct sf_end at = world_end(world, 0), own;
	int fd = peer_socket("127.0.0.1", SOCK_DGRAM, &own);

	(void)state;
	peer_sendto(fd, &at, "\r\n\r\n", 4);
	peer_sendto(fd, &at, "\r\n", 2);
	peer_sendto(fd, &at, "", 0);
	peer_sendto(fd, &at, "\0\0\0\0", 4);
	peer_sendto(fd, &at, TEXT, sizeof(TEXT) - 1);
	assert_true(world_packets(world, 1));
	world_run(world, 10);
	assert_int_equal(world->packets, 1);
	assert_int_equal(counter(world, SF_NET_KEEPALIVES), 4);
	assert_int_equal(world->kept, 4);
	assert_true(sf_end_eq(&world->last_kept.remote, &own));
	assert_int_equal(counter(world, SF_NET_RECEIVED), 1);
	close(fd);
	world_close(world);
}

/* What is no SIP is shown, with its reason. */
static void bad(void **state)
{
	struct world *world = open_at("127.0.0.1");
	struct sf_end at = world_end(world, 0), own;
	int fd = peer_socket("127.0.0.1", SOCK_DGRAM, &own);

	(void)state;
	peer_sendto(fd, &at, "hello\r\n\r\n", 9);
	peer_sendto(fd, &at, "\0\1\0\0xxxx", 8);
	assert_true(world_packets(world, 2));
	assert_reason(world->seen[0].reason, SF_NOT_SIP);
	assert_reason(world->seen[1].reason, SF_NOT_SIP);
	close(fd);
	world_close(world);
}

static void stun(void **state)
{
	static const char request[20] = "\0\1\0\0\041\022\244\1020123456789ab";
	struct world *world = open_at("0.0.0.0");
	struct sf_end at = world_end(world, 0), own, from;
	int fd = peer_socket("127.0.0.1", SOCK_DGRAM, &own);
	char answer[100];
	u16 port;

	(void)state;
	peer_sendto(fd, &at, request, sizeof(request));
	from = read_from(world, fd, answer, sizeof(answer));
	assert_true(sf_end_eq(&from, &at));
	assert_memory_equal(answer, "\1\1\0\x0c", 4);
	assert_memory_equal(answer + 4, request + 4, 16);
	port = (u16)((u8)answer[26] << 8 | (u8)answer[27]);
	assert_int_equal(port ^ 0x2112, own.port);
	assert_int_equal(world->packets, 0);
	assert_int_equal(counter(world, SF_NET_KEEPALIVES), 1);
	close(fd);
	world_close(world);
}

/* Nobody is there: the loop goes on, and others are served. */
static void nobody(void **state)
{
	struct world *world = open_at("127.0.0.1");
	struct sf_end at = world_end(world, 0), own;
	int gone = peer_socket("127.0.0.1", SOCK_DGRAM, &own), fd;
	struct sf_flow flow = { .transport = SF_TRANSPORT_UDP, .remote = own };
	u32 i;

	(void)state;
	close(gone);
	for (i = 0; i < 3; i++) {
		assert_int_equal(sf_net_send(world->net, &flow, TEXT,
					     sizeof(TEXT) - 1), 0);
		world_run(world, 5);
	}
	fd = peer_socket("127.0.0.1", SOCK_DGRAM, &own);
	peer_sendto(fd, &at, TEXT, sizeof(TEXT) - 1);
	assert_true(world_packets(world, 1));
	assert_int_equal(world->unreached, 0);
	close(fd);
	world_close(world);
}

/* One that the system refuses does not keep those behind it. */
static void refused(void **state)
{
	struct world *world = open_at("127.0.0.1");
	struct sf_end own;
	int fd = peer_socket("127.0.0.1", SOCK_DGRAM, &own);
	struct sf_flow good = { .transport = SF_TRANSPORT_UDP, .remote = own };
	struct sf_flow wrong = good;
	char answer[1000];

	(void)state;
	wrong.remote.port = 0;
	sf_net_send(world->net, &wrong, TEXT, sizeof(TEXT) - 1);
	sf_net_send(world->net, &good, TEXT, sizeof(TEXT) - 1);
	sf_net_send(world->net, &wrong, TEXT, sizeof(TEXT) - 1);
	read_from(world, fd, answer, sizeof(answer));
	assert_string_equal(answer, TEXT);
	assert_int_equal(counter(world, SF_NET_SENT), 1);
	assert_int_equal(counter(world, SF_NET_SEND_FAILED), 2);
	close(fd);
	world_close(world);
}

/* Somewhere on the loopback where nobody is. */
static struct sf_flow to_nobody(const char *ip)
{
	struct sf_flow flow = { .transport = SF_TRANSPORT_UDP };

	close(peer_socket(ip, SOCK_DGRAM, &flow.remote));
	return flow;
}

static bool has_returned(struct world *world, u32 count)
{
	return world_counter(world, SF_NET_ICMP, count);
}

static void check_returned(const char *listen, const char *ip)
{
	struct world *world = open_at(listen);
	struct sf_flow to = to_nobody(ip);

	row("%s to %s", listen, ip);
	assert_int_equal(sf_net_send(world->net, &to, TEXT, sizeof(TEXT) - 1), 0);
	assert_true(has_returned(world, 1));
	assert_int_equal(world->returned, 1);
	assert_true(sf_end_eq(&world->last_returned.remote, &to.remote));
	assert_int_equal(world->last_returned.transport, SF_TRANSPORT_UDP);
	assert_int_equal(world->last_returned.worker, 3);
	assert_string_equal(world->quote, TEXT);
	/* No packet, and nothing else to be woken for. */
	assert_int_equal(world->packets, 0);
	world_close(world);
}

/* What nobody is there for comes back, with as much of it as ICMP shows. */
static void returned(void **state)
{
	(void)state;
	check_returned("127.0.0.1", "127.0.0.1");
	check_returned("0.0.0.0", "127.0.0.1");
	check_returned("::1", "::1");
	check_returned("::", "::1");
}

/* What was said of one datagram is not told of another, which leaves. */
static void returned_among_others(void **state)
{
	struct world *world = open_at("127.0.0.1");
	struct sf_flow gone = to_nobody("127.0.0.1");
	struct sf_flow good = { .transport = SF_TRANSPORT_UDP };
	int fd = peer_socket("127.0.0.1", SOCK_DGRAM, &good.remote), i;
	char answer[1000];

	(void)state;
	/* One batch is full of the others when its turn comes. */
	for (i = 0; i < 32; i++)
		sf_net_send(world->net, &gone, TEXT, sizeof(TEXT) - 1);
	for (i = 0; i < 20; i++)
		sf_net_send(world->net, &good, TEXT, sizeof(TEXT) - 1);
	for (i = 0; i < 20; i++) {
		read_from(world, fd, answer, sizeof(answer));
		assert_string_equal(answer, TEXT);
	}
	assert_int_equal(counter(world, SF_NET_SEND_FAILED), 0);
	assert_true(has_returned(world, 1));
	/* Nor are those that come. */
	world->on_packet = NULL;
	for (i = 0; i < 20; i++) {
		struct sf_end at = world_end(world, 0);

		sf_net_send(world->net, &gone, TEXT, sizeof(TEXT) - 1);
		peer_sendto(fd, &at, TEXT, sizeof(TEXT) - 1);
	}
	assert_true(world_packets(world, 20));
	close(fd);
	world_close(world);
}

static const struct CMUnitTest tests[] = {
	TEST(addresses), TEST(batches), TEST(longest), TEST(keepalives),
	TEST(bad), TEST(stun), TEST(nobody), TEST(refused),
	TEST(returned), TEST(returned_among_others),
};

int main(void)
{
	return run(tests, ARRAY_SIZE(tests));
}
