// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * trunk.c - what a reload hands on of a trunk
 */
#include "test.h"

#include <string.h>

#include "../../../daemon/app/trunk.h"

/* A configuration with one trunk. */
static struct side {
	struct sf_conf conf;
	struct sf_conf_trunk trunk;
	struct sf_conf_peer peer[2];
} old, fresh;

/* Who is at the other end of a connection is not the question here. */
bool sf_net_is(struct sf_net *net, const struct sf_flow *flow, const char *name)
{
	(void)net;
	(void)flow;
	(void)name;
	return false;
}

u32 sf_net_expect(struct sf_net *net, const char *site, struct sf_text name)
{
	(void)net;
	(void)site;
	(void)name;
	return 0;
}

static void set_up(struct side *side)
{
	*side = (struct side){
		.peer = { { .host = (char *)"a.example" },
			  { .host = (char *)"192.0.2.9", .port = 5070,
			    .transport = SF_TRANSPORT_TCP } },
		.trunk = { .name = (char *)"provider", .peer = side->peer,
			   .peers = 2, .user = (char *)"acme",
			   .registers = true, .trunk = sf_trunk_new() },
		.conf = { .trunk = &side->trunk, .trunks = 1 },
	};
}

static void begin(void)
{
	struct sf_trunk *known;

	set_up(&old);
	set_up(&fresh);
	known = old.trunk.trunk;
	known->peer[0].spot.end.port = 5061;
	known->peer[1].spot.end.port = 5070;
	known->peer[1].down = true;
	known->peers = 2;
	known->registered = true;
	known->status = 200;
}

/* How many peers are known of the new one, and whether it is registered. */
static void hands_on(u32 peers, bool registered)
{
	struct sf_trunk *now;

	sf_trunks_hand_on(&fresh.conf, &old.conf);
	now = fresh.trunk.trunk;
	assert_int_equal(now->peers, peers);
	assert_int_equal(now->peer[1].down, peers == 2);
	assert_int_equal(now->peer[1].spot.end.port, peers ? 5070 : 0);
	assert_int_equal(now->registered, registered);
	assert_int_equal(now->status, registered ? 200 : 0);
	assert_int_equal(now == old.trunk.trunk, registered);
	sf_trunk_put(old.trunk.trunk);
	sf_trunk_put(now);
}

/* What else is configured does not change what is known. */
static void same(void **state)
{
	(void)state;
	begin();
	hands_on(2, true);
	begin();
	fresh.trunk.probe = 60;
	fresh.trunk.secret = (char *)"hush";
	fresh.trunk.expires = 900;
	hands_on(2, true);
}

static void other_peers(void **state)
{
	(void)state;
	begin();
	fresh.peer[0].host = (char *)"b.example";
	hands_on(0, false);
	begin();
	fresh.peer[1].port = 5071;
	hands_on(0, false);
	begin();
	fresh.peer[1].transport = SF_TRANSPORT_TLS;
	hands_on(0, false);
	begin();
	fresh.trunk.peers = 1;
	hands_on(0, false);
	begin();
	old.trunk.peers = 1;
	hands_on(0, false);
}

static void other_account(void **state)
{
	(void)state;
	begin();
	fresh.trunk.user = (char *)"other";
	hands_on(2, false);
	begin();
	fresh.trunk.domain = (char *)"provider.example";
	hands_on(2, false);
	begin();
	old.trunk.contact = (char *)"us";
	hands_on(2, false);
	begin();
	fresh.trunk.registers = false;
	hands_on(2, false);
}

static void other_name(void **state)
{
	(void)state;
	begin();
	fresh.trunk.name = (char *)"another";
	hands_on(0, false);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(same), TEST(other_peers), TEST(other_account),
		TEST(other_name),
	};

	return run(tests, ARRAY_SIZE(tests));
}
