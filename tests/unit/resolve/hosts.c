// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * hosts.c - names from a file like /etc/hosts
 */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "world.h"

static char path[] = "/tmp/sipfast-hosts-XXXXXX";

static void write_hosts(const char *text)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

static struct world *world_hosts(const char *text)
{
	struct world *world = world_new();
	const struct sf_resolver_able able = {
		.transports = 1 << SF_TRANSPORT_UDP | 1 << SF_TRANSPORT_TCP,
		.families = 3, .hosts = path,
	};

	write_hosts(text);
	sf_resolver_close(world->resolver);
	assert_int_equal(sf_resolver_open(&world->resolver, &world->loop, &able,
					  "127.0.0.1:9"), 0);
	return world;
}

/* What is there needs no question, to nobody. */
static void lines(void **state)
{
	static const char text[] =
		"# 192.0.2.9 comment.example\n"
		"127.0.0.1\tlocalhost\n"
		"\n"
		"192.0.2.1 a.example  a # b.example\n"
		"  2001:db8::1\tA.Example\r\n"
		"192.0.2.2 other.example a.example.\n"
		"no-address c.example\n"
		"192.0.2.300 c.example\n"
		"192.0.2.3 d.example#e.example\n"
		"192.0.2.4 last.example";
	struct world *world = world_hosts(text);

	(void)state;
	assert_string_equal(known(world, "sip:a.example"),
			    "udp [2001:db8::1]:5060, udp 192.0.2.1:5060, udp 192.0.2.2:5060");
	assert_string_equal(known(world, "sip:a.example:5070;transport=tcp"),
			    "tcp [2001:db8::1]:5070, tcp 192.0.2.1:5070, tcp 192.0.2.2:5070");
	assert_string_equal(known(world, "sip:last.example"),
			    "udp 192.0.2.4:5060");
	assert_string_equal(known(world, "sip:d.example"), "udp 192.0.2.3:5060");
	assert_string_equal(known(world, "sip:a"),
			    "udp 192.0.2.1:5060");
	assert_string_equal(known(world, "sip:b.example"), "ask");
	assert_string_equal(known(world, "sip:c.example"), "ask");
	assert_string_equal(known(world, "sip:e.example"), "ask");
	assert_string_equal(known(world, "sip:comment.example"), "ask");
	assert_string_equal(known(world, "sip:x.a.example"), "ask");
	assert_int_equal(world->fake.asked, 0);
	world_close(world);
}

static void changed(void **state)
{
	struct world *world = world_hosts("192.0.2.1 a.example\n");

	(void)state;
	assert_string_equal(resolved(world, "sip:a.example"),
			    "udp 192.0.2.1:5060");
	write_hosts("192.0.2.200 a.example\n");
	pass(world, 1000);
	assert_string_equal(resolved(world, "sip:a.example"),
			    "udp 192.0.2.200:5060");
	unlink(path);
	pass(world, 1000);
	assert_string_equal(known(world, "sip:a.example"), "ask");
	world_close(world);
}

int main(void)
{
	static const struct CMUnitTest tests[] = { TEST(lines), TEST(changed) };
	int fd = mkstemp(path), failed;

	if (fd < 0)
		return 1;
	close(fd);
	failed = run(tests, ARRAY_SIZE(tests));
	unlink(path);
	return failed;
}
