// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * world.c - a resolver under test, and the server that it asks
 */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>

#include <sipfast/value.h>

#include "../../../daemon/util/clock.h"
#include "world.h"

#define PATIENCE_MS	60000

static struct world the_world;

/* What was sent has arrived: all of it is on this machine, and in this thread. */
static bool is_quiet(const struct sf_loop *loop)
{
	struct pollfd epoll = { .fd = loop->epoll, .events = POLLIN };

	return !poll(&epoll, 1, 0);
}

/* Time goes by while nothing else happens. */
static void after(void *owner)
{
	struct world *world = owner;
	int wait = sf_wheel_wait(&world->loop.wheel);

	if (world->done >= world->wanted)
		world->loop.stop = true;
	else if (world->travel && wait > 0 && is_quiet(&world->loop))
		clock_skip((u64)wait);
}

static void too_slow(struct sf_timer *timer)
{
	struct world *world = container_of(timer, struct world, slow);

	world->loop.stop = true;
}

struct world *world_able(u32 transports, u32 families)
{
	const struct sf_resolver_able able = {
		.transports = transports, .families = families,
	};
	struct world *world = &the_world;

	memset(world, 0, sizeof(*world));
	assert_int_equal(sf_loop_init(&world->loop), 0);
	world->loop.after = after;
	world->loop.owner = world;
	world->slow.fire = too_slow;
	assert_int_equal(sf_resolver_open(&world->resolver, &world->loop, &able,
					  fake_open(&world->fake, &world->loop)), 0);
	return world;
}

struct world *world_new(void)
{
	return world_able(1 << SF_TRANSPORT_UDP | 1 << SF_TRANSPORT_TCP |
			  1 << SF_TRANSPORT_TLS, 3);
}

void world_close(struct world *world)
{
	sf_resolver_close(world->resolver);
	fake_close(&world->fake);
	sf_loop_close(&world->loop);
}

static u8 transport_named(const char *name)
{
	u32 i;

	for (i = SF_TRANSPORT_UDP; i <= SF_TRANSPORT_WSS; i++)
		if (!strcmp(sf_transport_name(i), name))
			return (u8)i;
	fail_msg("no transport %s", name);
	return 0;
}

struct sf_resolve_target target(const char *uri)
{
	struct sf_resolve_target to = { .secure = !strncmp(uri, "sips:", 5) };
	const char *host = strchr(uri, ':') + 1, *param = strstr(host, ";transport=");
	const char *end = param ? param : host + strlen(host);
	const char *bracket = memchr(host, ']', (size_t)(end - host));
	const char *colon = memchr(bracket ? bracket : host, ':',
				   (size_t)(end - (bracket ? bracket : host)));

	if (param)
		to.transport = transport_named(param + strlen(";transport="));
	if (colon)
		to.port = (u16)atoi(colon + 1);
	to.host.s = host;
	to.host.len = (u32)((colon ? colon : end) - host);
	return to;
}

static void done(struct sf_lookup *lookup)
{
	struct asked *asked = container_of(lookup, struct asked, lookup);

	asked->done++;
	asked->world->done++;
	if (asked->on_done)
		asked->on_done(asked);
}

void ask(struct world *world, struct asked *asked, const char *uri)
{
	struct sf_resolve_target to = target(uri);

	asked->world = world;
	asked->lookup.done = done;
	sf_resolve(world->resolver, &to, &asked->lookup);
	assert_int_equal(asked->done, 0);
}

bool run_until(struct world *world, u32 count)
{
	world->wanted = world->done + count;
	world->loop.stop = false;
	sf_timer_set(&world->loop.wheel, &world->slow, PATIENCE_MS);
	sf_loop_run(&world->loop);
	sf_timer_stop(&world->slow);
	return world->done >= world->wanted;
}

void run_for(struct world *world, u64 ms)
{
	world->wanted = UINT32_MAX;
	world->loop.stop = false;
	sf_timer_set(&world->loop.wheel, &world->slow, ms);
	sf_loop_run(&world->loop);
}

void pass(struct world *world, u64 ms)
{
	clock_skip(ms);
	sf_wheel_run(&world->loop.wheel, sf_clock_ms());
}

const char *outcome(const struct sf_lookup *lookup)
{
	static char text[1024];
	char end[SF_END_TEXT_LEN];
	size_t len = 0;
	u32 i;

	assert_true(lookup->count <= SF_SPOTS_MAX);
	assert_int_equal(!lookup->err, lookup->count > 0);
	if (lookup->err == -ENOENT)
		return "none";
	if (lookup->err == -EAGAIN)
		return "again";
	for (i = 0; i < lookup->count; i++)
		len += (size_t)snprintf(text + len, sizeof(text) - len, "%s%s %s",
					i ? ", " : "",
					sf_transport_name(lookup->at[i].transport),
					sf_end_text(&lookup->at[i].end, end));
	return text;
}

const char *resolved(struct world *world, const char *uri)
{
	struct asked asked = { .done = 0 };

	ask(world, &asked, uri);
	if (!run_until(world, 1))
		return "never";
	assert_int_equal(asked.done, 1);
	return outcome(&asked.lookup);
}

const char *known(struct world *world, const char *uri)
{
	struct sf_resolve_target to = target(uri);
	struct sf_lookup lookup = { .err = 0 };

	if (!sf_resolve_now(world->resolver, &to, &lookup))
		return "ask";
	return outcome(&lookup);
}

u64 counter(const struct world *world, enum sf_resolve_counter counter)
{
	return sf_resolve_counter(world->resolver, counter);
}
