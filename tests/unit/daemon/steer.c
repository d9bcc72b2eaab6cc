// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * steer.c - the kernel gives responses to the worker that their branch names
 *
 * A worker's sockets, and two more on the same port in the place of others.
 */
#include "world.h"

#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#include "../../../daemon/sip/request.h"
#include "../../../daemon/sip/steer.h"

#define WORKERS	3
#define PEERS	24

struct group {
	struct world *world;
	struct sf_end at;
	int other[WORKERS];
	int peer[PEERS];
};

static void open_group(struct group *group, const char *ip)
{
	struct sock_filter program[SF_STEER_MAX];
	struct sockaddr_storage sa;
	struct sf_end own;
	u32 len, i;
	int on = 1;

	group->world = world_new();
	world_listen(group->world, ip, SF_TRANSPORT_UDP);
	world_open(group->world);
	group->at = world_end(group->world, 0);
	len = sf_end_to_sockaddr(&group->at, &sa);
	for (i = 1; i < WORKERS; i++) {
		group->other[i] = socket(sa.ss_family, SOCK_DGRAM, 0);
		assert_false(setsockopt(group->other[i], SOL_SOCKET, SO_REUSEPORT,
					&on, sizeof(on)));
		assert_false(bind(group->other[i], (struct sockaddr *)&sa, len));
	}
	assert_int_equal(sf_net_steer(group->world->net, program,
				      sf_steer_program(program)), 0);
	for (i = 0; i < PEERS; i++)
		group->peer[i] = peer_socket(ip, SOCK_DGRAM, &own);
}

static void close_group(struct group *group)
{
	u32 i;

	for (i = 0; i < PEERS; i++)
		close(group->peer[i]);
	for (i = 1; i < WORKERS; i++)
		close(group->other[i]);
	world_close(group->world);
}

/* How many of what each peer sends come to which worker. */
static void spread(struct group *group, const char *text, u32 *came)
{
	char buf[2000];
	u32 i, before = group->world->packets +
			counter(group->world, SF_NET_KEEPALIVES);

	for (i = 0; i < PEERS; i++)
		peer_sendto(group->peer[i], &group->at, text, (u32)strlen(text));
	world_run(group->world, 5);
	came[0] = group->world->packets +
		  counter(group->world, SF_NET_KEEPALIVES) - before;
	for (i = 1; i < WORKERS; i++)
		for (came[i] = 0; recv(group->other[i], buf, sizeof(buf),
				       MSG_DONTWAIT) >= 0; came[i]++)
			;
	assert_int_equal(came[0] + came[1] + came[2], PEERS);
}

static const char *response(const char *line, const char *ip, u8 worker,
			    const char *above)
{
	static char text[2000];
	const struct sf_branch branch = { worker, 0x1234567890abcdef, 0x01234567 };
	struct sf_out out = sf_out(text, sizeof(text) - 1);
	struct sf_flow flow = { .transport = SF_TRANSPORT_UDP };

	assert_true(sf_end_parse(ip, 5060, &flow.local));
	sf_put_str(&out, line);
	sf_put_lit(&out, "\r\n");
	sf_put_str(&out, above);
	sf_put_via(&out, &flow, &branch);
	sf_put_lit(&out, "Via: SIP/2.0/UDP 192.0.2.9;branch=z9hG4bK776asdhds\r\n"
		   "From: <sip:a@example.net>;tag=1\r\n"
		   "To: <sip:b@example.net>;tag=2\r\nCall-ID: 1@example.net\r\n"
		   "CSeq: 1 INVITE\r\nContent-Length: 0\r\n\r\n");
	text[out.len] = '\0';
	return text;
}

static void steered(struct group *group, const char *line, const char *ip)
{
	u32 came[WORKERS];
	u8 worker;

	for (worker = 0; worker < WORKERS; worker++) {
		row("%s, from %s, of worker %u", line, ip, worker);
		spread(group, response(line, ip, worker, ""), came);
		assert_int_equal(came[worker], PEERS);
	}
}

static void hashed(struct group *group, const char *what, const char *text)
{
	u32 came[WORKERS];

	row("%s", what);
	spread(group, text, came);
	assert_true(came[0] < PEERS && came[1] < PEERS && came[2] < PEERS);
}

static void by_branch(const char *ip)
{
	struct group group = { 0 };

	open_group(&group, ip);
	steered(&group, "SIP/2.0 200 OK", "192.0.2.1");
	steered(&group, "SIP/2.0 200 ", "192.0.2.1");
	steered(&group, "SIP/2.0 180 Ringing", "203.0.113.213");
	steered(&group, "SIP/2.0 401 Unauthorized", "[2001:db8::1]");
	steered(&group, "SIP/2.0 481 Call Leg/Transaction Does Not Exist",
		"[2001:db8:1234:5678:9abc:def0:1234:5678]");
	close_group(&group);
}

static void responses(void **state)
{
	(void)state;
	by_branch("127.0.0.1");
	by_branch("::1");
}

/* What has no branch of ours keeps to the hash; none of it is worker 0's alone. */
static void rest(void **state)
{
	struct group group = { 0 };

	(void)state;
	open_group(&group, "127.0.0.1");
	hashed(&group, "a keepalive", "\r\n\r\n");
	hashed(&group, "half a response", "SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP 192");
	hashed(&group, "a request", OPTIONS(0));
	hashed(&group, "a worker that is not there",
	       response("SIP/2.0 200 OK", "192.0.2.1", 0xab, ""));
	hashed(&group, "something above Via",
	       response("SIP/2.0 200 OK", "192.0.2.1", 1, "Server: x\r\n"));
	hashed(&group, "a Via that is not ours",
	       response("SIP/2.0 200 OK", "192.0.2.1", 1,
			"Via: SIP/2.0/UDP 192.0.2.7:5060;branch=z9hG4bK7\r\n"));
	hashed(&group, "many words",
	       response("SIP/2.0 200 this goes on for longer than anybody would like",
			"192.0.2.1", 1, ""));
	close_group(&group);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(responses), TEST(rest),
	};

	return run(tests, ARRAY_SIZE(tests));
}
