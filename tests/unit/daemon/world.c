// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * world.c - a worker's sockets under test, and peers
 */
#include <errno.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "world.h"

#define PATIENCE_MS	5000
#define READ_MAX	1048576

/**
 * struct alarm - stops the loop
 */
struct alarm_clock {
	struct sf_timer timer;
	struct sf_loop *loop;
	bool rung;
};

static void ring(struct sf_timer *timer)
{
	struct alarm_clock *clock = container_of(timer, struct alarm_clock, timer);

	clock->rung = true;
	clock->loop->stop = true;
}

static void packet(void *owner, const struct sf_packet *p)
{
	struct world *world = owner;
	struct seen *seen = &world->seen[world->packets % SEEN_MAX];
	u32 len = p->len < sizeof(seen->text) ? p->len : sizeof(seen->text) - 1;

	*seen = (struct seen){
		.flow = p->flow, .reason = p->reason, .len = p->len,
		.method = p->msg->method,
	};
	memcpy(seen->text, p->buf, len);
	world->packets++;
	if (world->on_packet)
		world->on_packet(world, p);
}

static void closed(void *owner, const struct sf_flow *flow)
{
	struct world *world = owner;

	world->closed++;
	world->last_closed = *flow;
}

static void unreached(void *owner, const struct sf_flow *flow, int err)
{
	struct world *world = owner;

	world->unreached++;
	world->last_unreached = *flow;
	world->err = err;
}

static void keepalive(void *owner, const struct sf_flow *flow)
{
	struct world *world = owner;

	world->kept++;
	world->last_kept = *flow;
}

static void returned(void *owner, const struct sf_flow *flow, const char *quote,
		     u32 len)
{
	struct world *world = owner;

	world->returned++;
	world->last_returned = *flow;
	len = len < sizeof(world->quote) ? len : sizeof(world->quote) - 1;
	memcpy(world->quote, quote, len);
	world->quote[len] = '\0';
}

static const struct sf_net_user user = {
	.keepalive = keepalive, .returned = returned,
	.packet = packet, .closed = closed, .unreached = unreached,
};

/* After each round: is it there? */
static void check(void *owner)
{
	struct world *world = owner;

	if (world->until && world->until(world))
		world->loop.stop = true;
}

struct world *world_new(void)
{
	static struct world world;

	world = (struct world){
		.limits = {
			.conns = 100, .conns_per_source = 100, .idle_s = 600,
			.message_s = 30, .connect_s = 5, .queue = 100000,
		},
	};
	assert_int_equal(sf_loop_init(&world.loop), 0);
	world.loop.after = check;
	world.loop.owner = &world;
	return &world;
}

void world_listen(struct world *world, const char *ip, enum sf_transport transport)
{
	struct sf_listen *listen = &world->listen[world->count++];

	assert_true(sf_end_parse(ip, 1, &listen->end));
	listen->end.port = 0;
	listen->transport = transport;
}

void world_open(struct world *world)
{
	int failed;

	assert_int_equal(sf_net_open(&world->net, &world->loop, 3, world->listen,
				     world->count, &world->limits, &user, world,
				     &failed), 0);
	assert_int_equal(failed, -1);
}

void world_close(struct world *world)
{
	sf_net_close(world->net);
	sf_loop_close(&world->loop);
}

/* sf_net_route() knows the port that the system chose. */
struct sf_end world_end(struct world *world, u32 i)
{
	u8 family = world->listen[i].end.ip.family;
	struct sf_flow flow = { .transport = world->listen[i].transport };
	const char *loopback = family == 4 ? "127.0.0.1" : "::1";

	assert_true(sf_end_parse(loopback, 9, &flow.remote));
	assert_int_equal(sf_net_route(world->net, &flow), 0);
	return flow.local;
}

/* Return: did what is waited for come? */
static bool run_until(struct world *world, bool (*until)(const struct world *),
		      u64 wanted, u64 ms)
{
	struct alarm_clock clock = { .timer.fire = ring, .loop = &world->loop };

	world->until = until;
	world->wanted = wanted;
	sf_wheel_run(&world->loop.wheel, sf_clock_ms());
	sf_timer_set(&world->loop.wheel, &clock.timer, ms);
	world->loop.stop = false;
	sf_loop_run(&world->loop);
	sf_timer_stop(&clock.timer);
	world->until = NULL;
	return !clock.rung;
}

static bool enough_packets(const struct world *world)
{
	return world->packets >= world->wanted;
}

static bool enough_closed(const struct world *world)
{
	return world->closed >= world->wanted;
}

static bool enough_unreached(const struct world *world)
{
	return world->unreached >= world->wanted;
}

bool world_packets(struct world *world, u32 count)
{
	return run_until(world, enough_packets, count, PATIENCE_MS);
}

bool world_closed(struct world *world, u32 count)
{
	return run_until(world, enough_closed, count, PATIENCE_MS);
}

bool world_unreached(struct world *world, u32 count)
{
	return run_until(world, enough_unreached, count, PATIENCE_MS);
}

bool world_counter(struct world *world, enum sf_net_counter which, u64 value)
{
	u32 turns;

	for (turns = 0; turns < PATIENCE_MS / 5; turns++) {
		if (counter(world, which) >= value)
			return true;
		world_run(world, 5);
	}
	return false;
}

void world_run(struct world *world, u64 ms)
{
	run_until(world, NULL, 0, ms);
}

u64 counter(const struct world *world, enum sf_net_counter which)
{
	return sf_net_counter(world->net, which);
}

static void count_conn(void *arg, const struct sf_conn_view *conn)
{
	(void)conn;
	++*(u32 *)arg;
}

u32 world_conns(struct world *world)
{
	u32 count = 0;

	sf_net_each(world->net, count_conn, &count);
	return count;
}

int peer_socket(const char *ip, int type, struct sf_end *end)
{
	struct sockaddr_storage sa;
	socklen_t len = sizeof(sa);
	struct sf_end at;
	int fd;

	assert_true(sf_end_parse(ip, 1, &at));
	at.port = 0;
	fd = socket(at.ip.family == 4 ? AF_INET : AF_INET6, type, 0);
	assert_true(fd >= 0);
	assert_int_equal(bind(fd, (struct sockaddr *)&sa,
			      sf_end_to_sockaddr(&at, &sa)), 0);
	if (type == SOCK_STREAM)
		assert_int_equal(listen(fd, 16), 0);
	assert_int_equal(getsockname(fd, (struct sockaddr *)&sa, &len), 0);
	sf_end_from_sockaddr(end, &sa);
	return fd;
}

int peer_connect(const struct sf_end *to)
{
	struct sockaddr_storage sa;
	u32 len = sf_end_to_sockaddr(to, &sa);
	int fd = socket(sa.ss_family, SOCK_STREAM, 0);

	assert_true(fd >= 0);
	assert_int_equal(connect(fd, (struct sockaddr *)&sa, len), 0);
	return fd;
}

void peer_send(int fd, const char *text)
{
	assert_int_equal(send(fd, text, strlen(text), MSG_NOSIGNAL), strlen(text));
}

void peer_sendto(int fd, const struct sf_end *to, const void *buf, u32 len)
{
	struct sockaddr_storage sa;
	u32 sa_len = sf_end_to_sockaddr(to, &sa);

	assert_int_equal(sendto(fd, buf, len, 0, (struct sockaddr *)&sa, sa_len),
			 len);
}

const char *peer_read(struct world *world, int fd, u32 len)
{
	static char bytes[READ_MAX];
	u32 have = 0, turns;
	ssize_t n;

	for (turns = 0; have < len && turns < PATIENCE_MS / 5; turns++) {
		n = recv(fd, bytes + have, len - have, MSG_DONTWAIT);
		if (n > 0) {
			have += (u32)n;
			turns = 0;
		} else if (n < 0 && errno == EAGAIN) {
			world_run(world, 5);
		} else {
			break;
		}
	}
	bytes[have] = '\0';
	return bytes;
}

bool peer_gone(struct world *world, int fd)
{
	u32 turns;
	char byte;

	for (turns = 0; turns < PATIENCE_MS / 5; turns++) {
		ssize_t n = recv(fd, &byte, 1, MSG_DONTWAIT);

		if (!n || (n < 0 && errno != EAGAIN))
			return true;
		if (n < 0)
			world_run(world, 5);
	}
	return false;
}
