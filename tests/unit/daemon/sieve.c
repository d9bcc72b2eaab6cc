// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * sieve.c - what the kernel may drop of new requests, and what it never does
 */
#include "world.h"

#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#include "../../../daemon/sip/sieve.h"

static const char *const names[] = {
	"192.0.2.1", "home.arpa", "[2001:db8::1]", "pbx.example.net", "abc",
};

#define ALL	0xffffffffu

static void sift_some(struct world *world, u32 groups, u32 keep)
{
	struct sock_filter program[SF_SIEVE_MAX];
	const struct sf_sieve sieve = {
		.name = names, .names = ARRAY_SIZE(names), .help = "19",
		.groups = groups, .keep = keep,
	};

	assert_int_equal(sf_net_sift(world->net, program,
				     sf_sieve_program(program, &sieve)), 0);
}

static void sift(struct world *world, u32 keep)
{
	sift_some(world, ALL, keep);
}

static const char *message(const char *line)
{
	static char text[1000];

	snprintf(text, sizeof(text), "%s\r\n"
		 "Via: SIP/2.0/UDP 127.0.0.1:5060;branch=z9hG4bK776asdhds\r\n"
		 "From: <sip:alice@home.arpa>;tag=1\r\nTo: <sip:b@home.arpa>\r\n"
		 "Call-ID: 1@home.arpa\r\nCSeq: 1 INVITE\r\nContent-Length: 0\r\n\r\n",
		 line);
	return text;
}

/* How many of @count come. */
static u32 come(struct world *world, int peer, const char *text, u32 count)
{
	struct sf_end at = world_end(world, 0);
	u32 before = world->packets, last, i;

	for (i = 0; i < count; i++)
		peer_sendto(peer, &at, text, (u32)strlen(text));
	do {
		last = world->packets;
		world_run(world, 5);
	} while (world->packets != last);
	return world->packets - before;
}

static void judged(const char *ip)
{
	static const struct {
		const char *line;
		bool dropped;
	} rows[] = {
		{ "REGISTER sip:home.arpa SIP/2.0", true },
		{ "INVITE sip:bob@home.arpa SIP/2.0", true },
		{ "INVITE sip:bob@home.arpa;user=phone SIP/2.0", true },
		{ "INVITE sip:bob@home.arpa:5060 SIP/2.0", true },
		{ "INVITE sip:0301234567@pbx.example.net SIP/2.0", true },
		{ "INVITE sip:b@abc SIP/2.0", true },
		{ "INVITE sip:12345678901234567890123456789012@home.arpa SIP/2.0", false },
		{ "INVITE sip:a2345678901234567890123456789012@home.arpa SIP/2.0", true },
		{ "INVITE sip:a23456789012345678901234567890123@home.arpa SIP/2.0", false },
		/* calls for help, and what may be one */
		{ "INVITE sip:112@home.arpa SIP/2.0", false },
		{ "INVITE sip:911@home.arpa SIP/2.0", false },
		{ "INVITE sip:%31%31%32@home.arpa SIP/2.0", false },
		{ "INVITE sip:+49112@home.arpa SIP/2.0", false },
		{ "INVITE tel:112 SIP/2.0", false },
		{ "INVITE urn:service:sos SIP/2.0", false },
		/* dialogs: a contact, or one of our Record-Route */
		{ "INVITE sip:bob@192.168.1.9 SIP/2.0", false },
		{ "INVITE sip:192.168.1.9 SIP/2.0", false },
		{ "INVITE sip:bob@192.0.2.1 SIP/2.0", false },
		{ "INVITE sip:bob@[2001:db8::1] SIP/2.0", false },
		{ "INVITE sip:h SIP/2.0\r\nf:<sip:a@home.arpa>;tag=1", false },
		{ "ACK sip:bob@home.arpa SIP/2.0", false },
		{ "BYE sip:bob@home.arpa SIP/2.0", false },
		{ "CANCEL sip:bob@home.arpa SIP/2.0", false },
		/* names that are not ours, or not as we write them */
		{ "INVITE sip:bob@home.arpa.example SIP/2.0", false },
		{ "INVITE sip:bob@home.arp SIP/2.0", false },
		{ "INVITE sip:bob@ahome.arpa SIP/2.0", false },
		{ "INVITE sip:bob@HOME.ARPA SIP/2.0", false },
		{ "INVITE sips:bob@home.arpa SIP/2.0", false },
		{ "INVITE  sip:bob@home.arpa SIP/2.0", false },
		{ "SIP/2.0 200 OK", false },
	};
	struct world *world = world_new();
	struct sf_end own;
	int peer;
	u32 i;

	world_listen(world, ip, SF_TRANSPORT_UDP);
	world_open(world);
	peer = peer_socket(ip, SOCK_DGRAM, &own);
	sift(world, 0);
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		row("%s: %s", ip, rows[i].line);
		assert_int_equal(come(world, peer, message(rows[i].line), 1),
				 !rows[i].dropped);
	}
	row("short ones");
	assert_int_equal(come(world, peer, "REGISTER sip:home.arpa SIP/2.0", 1), 1);
	assert_int_equal(come(world, peer, "R", 1), 1);
	row("counted");
	sf_net_drops(world->net);
	i = (u32)counter(world, SF_NET_DROPPED);
	assert_true(i >= 7);
	sf_net_drops(world->net);
	assert_int_equal(counter(world, SF_NET_DROPPED), i);
	close(peer);
	world_close(world);
}

static void verdicts(void **state)
{
	(void)state;
	judged("127.0.0.1");
	judged("::1");
}

/* So many of them, and without a filter all. */
static void by_lot(void **state)
{
	struct world *world = world_new();
	const char *text = message("REGISTER sip:home.arpa SIP/2.0");
	struct sf_end own;
	int peer;

	(void)state;
	world_listen(world, "127.0.0.1", SF_TRANSPORT_UDP);
	world_open(world);
	peer = peer_socket("127.0.0.1", SOCK_DGRAM, &own);
	sift(world, 32768);
	assert_in_range(come(world, peer, text, 400), 100, 300);
	sift(world, 65536);
	assert_int_equal(come(world, peer, text, 400), 400);
	sift(world, 0);
	assert_int_equal(come(world, peer, text, 400), 0);
	assert_int_equal(sf_net_sift(world->net, NULL, 0), 0);
	assert_int_equal(come(world, peer, text, 400), 400);
	close(peer);
	world_close(world);
}

/* Sources of one group alone; the kernel finds the group that we do. */
static void by_source(const char *ip)
{
	const char *text = message("REGISTER sip:home.arpa SIP/2.0");
	u32 peers = 20, seen = 0, group, i;
	struct world *world = world_new();
	struct sf_end own;
	int peer;

	world_listen(world, ip, SF_TRANSPORT_UDP);
	world_open(world);
	for (i = 0; i < peers; i++) {
		peer = peer_socket(ip, SOCK_DGRAM, &own);
		group = sf_sieve_group(&own);
		seen |= 1u << group;
		row("%s: port %u, group %u", ip, own.port, group);
		sift_some(world, 1u << group, 0);
		assert_int_equal(come(world, peer, text, 1), 0);
		sift_some(world, ~(1u << group), 0);
		assert_int_equal(come(world, peer, text, 1), 1);
		close(peer);
	}
	assert_in_range(__builtin_popcount(seen), 4, SF_SIEVE_GROUPS);
	world_close(world);
}

static void sources(void **state)
{
	(void)state;
	by_source("127.0.0.1");
	by_source("::1");
}

/* More than there is room for: what is left out is let through. */
static void many_names(void **state)
{
	static char text[100][64], line[100];
	static const char *list[100];
	struct world *world = world_new();
	struct sock_filter program[SF_SIEVE_MAX];
	struct sf_sieve sieve = { .name = list, .names = 100, .help = "",
				  .groups = ALL };
	struct sf_end own;
	int peer;
	u32 i;

	(void)state;
	for (i = 0; i < 100; i++) {
		snprintf(text[i], sizeof(text[i]),
			 "a-name-of-sixty-letters-in-all-is-long-enough.a%03u.example",
			 i);
		list[i] = text[i];
	}
	world_listen(world, "127.0.0.1", SF_TRANSPORT_UDP);
	world_open(world);
	peer = peer_socket("127.0.0.1", SOCK_DGRAM, &own);
	assert_in_range(sf_sieve_program(program, &sieve), 900, SF_SIEVE_MAX);
	assert_int_equal(sf_net_sift(world->net, program,
				     sf_sieve_program(program, &sieve)), 0);
	snprintf(line, sizeof(line), "INVITE sip:b@%s SIP/2.0", list[0]);
	assert_int_equal(come(world, peer, message(line), 1), 0);
	snprintf(line, sizeof(line), "INVITE sip:b@%s SIP/2.0", list[99]);
	assert_int_equal(come(world, peer, message(line), 1), 1);
	close(peer);
	world_close(world);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(verdicts), TEST(by_lot), TEST(sources), TEST(many_names),
	};

	return run(tests, ARRAY_SIZE(tests));
}
