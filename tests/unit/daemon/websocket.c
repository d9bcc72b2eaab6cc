// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * websocket.c - WebSockets over the loopback, from the request to the end
 */
#include "world.h"

#include <errno.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#define MASK "\0\0\0\0"
#define LIT(text) text, sizeof(text) - 1

#define ASK(path, protocol, more)					\
	"GET " path " HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\n"	\
	"Connection: Upgrade\r\n"					\
	"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"		\
	"Sec-WebSocket-Version: 13\r\n"					\
	"Sec-WebSocket-Protocol: " protocol "\r\n" more "\r\n"

#define GRANTED								\
	"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"	\
	"Connection: Upgrade\r\nSec-WebSocket-Protocol: sip\r\n"	\
	"Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n"

/* Without Content-Length: where it ends its frame says (RFC 7118, 5). */
#define SIP								\
	"OPTIONS sip:a@example.com SIP/2.0\r\n"				\
	"Via: SIP/2.0/WS x.invalid;branch=z9hG4bKa\r\n"			\
	"From: <sip:a@example.com>;tag=1\r\nTo: <sip:a@example.com>\r\n"	\
	"Call-ID: a\r\nCSeq: 1 OPTIONS\r\n\r\n"

static const char *const origins[] = { "https://good" };

static struct world *open_world(u32 ping_s)
{
	const struct sf_web web = { .origins = origins, .count = 1,
				    .path = "/sip", .ping_s = ping_s };
	struct world *world = world_new();

	world_listen(world, "127.0.0.1", SF_TRANSPORT_WS);
	world->limits.message_s = 1;
	world_open(world);
	sf_net_web(world->net, &web);
	return world;
}

static int open_socket(struct world *world)
{
	struct sf_end at = world_end(world, 0);
	int fd = peer_connect(&at);

	peer_send(fd, ASK("/sip", "sip", "Origin: https://good\r\n"));
	assert_string_equal(peer_read(world, fd, sizeof(GRANTED) - 1), GRANTED);
	return fd;
}

static void send_bytes(int fd, const char *bytes, size_t len)
{
	assert_int_equal(send(fd, bytes, len, MSG_NOSIGNAL), len);
}

/* A message in one frame; it is long enough for two bytes of length. */
static u32 frame(char *out, const char *text)
{
	u32 len = (u32)strlen(text);

	memcpy(out, "\x81\xfe", 2);
	out[2] = (char)(len >> 8);
	out[3] = (char)len;
	memset(out + 4, 0, 4);
	memcpy(out + 8, text, len);
	return len + 8;
}

static void must_read(struct world *world, int fd, const char *bytes, u32 len)
{
	assert_memory_equal(peer_read(world, fd, len), bytes, len);
}

static void refusals(void **state)
{
	static const struct {
		const char *text;
		const char *answer;
		enum sf_net_counter counter;
	} rows[] = {
		{ "PUT / HTTP/1.1\r\nHost: a\r\n\r\n", "HTTP/1.1 405",
		  SF_NET_HTTP_METHOD },
		{ "REGISTER sip:a SIP/2.0\r\n\r\n", "HTTP/1.1 400",
		  SF_NET_HTTP_MALFORMED },
		{ "GET /sip HTTP/1.1\r\nHost: a\r\n\r\n", "HTTP/1.1 426",
		  SF_NET_HTTP_PLAIN },
		{ "GET /sip HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\n\r\n",
		  "HTTP/1.1 426", SF_NET_HTTP_VERSION },
		{ ASK("/", "sip", ""), "HTTP/1.1 404", SF_NET_HTTP_PATH },
		{ ASK("/sip", "xmpp", ""), "HTTP/1.1 400", SF_NET_HTTP_PROTOCOL },
		{ ASK("/sip", "sip", "Origin: https://evil\r\n"), "HTTP/1.1 403",
		  SF_NET_HTTP_ORIGIN },
	};
	struct world *world = open_world(0);
	struct sf_end at = world_end(world, 0);
	u32 i;
	int fd;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		row("%s", rows[i].text);
		fd = peer_connect(&at);
		peer_send(fd, rows[i].text);
		must_read(world, fd, rows[i].answer, 12);
		assert_true(peer_gone(world, fd));
		assert_int_equal(counter(world, rows[i].counter), 1);
		close(fd);
	}
	assert_int_equal(counter(world, SF_NET_UPGRADED), 0);
	assert_int_equal(world->packets, 0);
	world_close(world);
}

static void echo(struct world *world, const struct sf_packet *packet)
{
	struct sf_flow flow = packet->flow;

	assert_int_equal(sf_net_send(world->net, &flow, packet->buf, packet->len),
			 0);
}

static void messages(void **state)
{
	struct world *world = open_world(0);
	int fd = open_socket(world);
	char bytes[400];
	u32 len = frame(bytes, SIP);

	(void)state;
	world->on_packet = echo;
	send_bytes(fd, bytes, len);
	assert_true(world_packets(world, 1));
	assert_reason(world->seen[0].reason, SF_OK);
	assert_string_equal(world->seen[0].text, SIP);
	assert_int_equal(world->seen[0].flow.transport, SF_TRANSPORT_WS);
	/* the head is four bytes, and has no mask */
	must_read(world, fd, "\x81\x7e\x00", 3);
	assert_memory_equal(peer_read(world, fd, sizeof(SIP)) + 1, SIP,
			    sizeof(SIP) - 1);
	/* what is no message ends nothing */
	send_bytes(fd, LIT("\x81\x85" MASK "hello"));
	assert_true(world_packets(world, 2));
	assert_int_not_equal(world->seen[1].reason, SF_OK);
	world->on_packet = NULL;
	send_bytes(fd, bytes, len);
	assert_true(world_packets(world, 3));
	close(fd);
	assert_true(world_closed(world, 1));
	assert_int_equal(world->last_closed.serial, world->seen[0].flow.serial);
	assert_int_equal(world->last_closed.transport, SF_TRANSPORT_WS);
	world_close(world);
}

/* The request and two messages, a byte at a time. */
static void byte_by_byte(void **state)
{
	struct world *world = open_world(0);
	struct sf_end at = world_end(world, 0);
	int fd = peer_connect(&at);
	static const char ask[] = ASK("/sip", "sip", "");
	char bytes[1024];
	u32 len = sizeof(ask) - 1, i;

	(void)state;
	memcpy(bytes, ask, len);
	len += frame(bytes + len, SIP);
	len += frame(bytes + len, SIP);
	for (i = 0; i < len; i++) {
		send_bytes(fd, bytes + i, 1);
		world_run(world, 1);
	}
	assert_true(world_packets(world, 2));
	assert_string_equal(world->seen[1].text, SIP);
	close(fd);
	world_close(world);
}

static void pings(void **state)
{
	struct world *world = open_world(0);
	int fd = open_socket(world);

	(void)state;
	send_bytes(fd, LIT("\x89\x82" MASK "hi"));
	must_read(world, fd, "\x8a\x02hi", 4);
	send_bytes(fd, LIT("\x81\x84" MASK "\r\n\r\n"));
	must_read(world, fd, "\x81\x02\r\n", 4);
	assert_int_equal(counter(world, SF_NET_KEEPALIVES), 2);
	assert_int_equal(world->packets, 0);
	close(fd);
	world_close(world);
}

/* Who is silent is asked; who answers stays, who does not is gone. */
static void asked(void **state)
{
	struct world *world = open_world(30);
	int fd = open_socket(world);

	(void)state;
	clock_skip(30001);
	must_read(world, fd, "\x89\x00", 2);
	send_bytes(fd, LIT("\x8a\x80" MASK));
	world_run(world, 20);
	clock_skip(29000);
	world_run(world, 20);
	assert_int_equal(world_conns(world), 1);
	clock_skip(1100);
	must_read(world, fd, "\x89\x00", 2);
	clock_skip(30001);
	assert_true(world_closed(world, 1));
	assert_int_equal(counter(world, SF_NET_IDLE), 1);
	close(fd);
	world_close(world);
}

static void ends(void **state)
{
	static const struct {
		const char *bytes;
		u32 len;
		const char *last;
		enum sf_net_counter counter;
	} rows[] = {
		{ LIT("\x88\x82" MASK "\x03\xe9"), "\x88\x02\x03\xe9",
		  SF_NET_COUNTER_COUNT },
		{ LIT("\x81\x02hi"), "\x88\x02\x03\xea", SF_NET_WS_MALFORMED },
		{ LIT("\x81\x81" MASK "\xff"), "\x88\x02\x03\xef", SF_NET_WS_UTF8 },
		{ LIT("\x82\xff\0\0\0\0\x01\0\0\0" MASK "a"), "\x88\x02\x03\xf1",
		  SF_NET_WS_LARGE },
	};
	u32 i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		struct world *world = open_world(0);
		int fd = open_socket(world);

		row("%u", i);
		send_bytes(fd, rows[i].bytes, rows[i].len);
		must_read(world, fd, rows[i].last, 4);
		assert_true(peer_gone(world, fd));
		close(fd);
		assert_true(world_closed(world, 1));
		if (rows[i].counter != SF_NET_COUNTER_COUNT)
			assert_int_equal(counter(world, rows[i].counter), 1);
		world_close(world);
	}
}

/* The request, a frame and a fragmented message have their time, pings or not. */
static void slow(void **state)
{
	static const char *const parts[] = { "", "\x81", "\x01\x81" };
	static const u32 lens[] = { 0, 1, 2 };
	u32 i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(parts); i++) {
		struct world *world = open_world(30);
		struct sf_end at = world_end(world, 0);
		int fd = i ? open_socket(world) : peer_connect(&at);

		row("%u", i);
		if (i)
			send_bytes(fd, parts[i], lens[i]);
		else
			peer_send(fd, "GET /s");
		if (i == 2)
			send_bytes(fd, LIT(MASK "a"));
		world_run(world, 20);
		clock_skip(600);
		world_run(world, 5);
		if (i == 2)
			send_bytes(fd, LIT("\x89\x80" MASK));
		world_run(world, 5);
		assert_int_equal(world_conns(world), 1);
		clock_skip(600);
		assert_true(world_counter(world, SF_NET_SLOW, 1));
		assert_int_equal(world_conns(world), 0);
		close(fd);
		world_close(world);
	}
}

/* Nobody is called by WebSocket, and what is gone is gone. */
static void outwards(void **state)
{
	struct world *world = open_world(0);
	struct sf_flow flow = { .transport = SF_TRANSPORT_WS };
	struct sf_end end;
	int fd = peer_socket("127.0.0.1", SOCK_STREAM, &end);

	(void)state;
	flow.remote = end;
	assert_int_equal(sf_net_route(world->net, &flow), 0);
	assert_int_equal(sf_net_send(world->net, &flow, SIP, sizeof(SIP) - 1),
			 -EPIPE);
	assert_int_equal(world_conns(world), 0);
	close(fd);
	world_close(world);
}

static const struct CMUnitTest tests[] = {
	TEST(refusals), TEST(messages), TEST(byte_by_byte), TEST(pings),
	TEST(asked), TEST(ends), TEST(slow), TEST(outwards),
};

int main(void)
{
	return run(tests, ARRAY_SIZE(tests));
}
