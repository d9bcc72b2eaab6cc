/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * world.h - a resolver under test, and the server that it asks
 */
#ifndef SIPFAST_UNIT_WORLD_H
#define SIPFAST_UNIT_WORLD_H

#include "../../../daemon/sip/resolve.h"
#include "../../../daemon/util/container.h"
#include "../test.h"
#include "fake.h"

/* Put the clock forward; the loop does not know yet. */
void clock_skip(u64 ms);

/**
 * struct world - all of it
 * @travel: time passes at once when there is nothing to do
 * @done: lookups that are done
 * @wanted: the loop runs until so many are
 * @slow: stops it when they never are
 */
struct world {
	struct sf_loop loop;
	struct fake fake;
	struct sf_resolver *resolver;
	bool travel;
	u32 done;
	u32 wanted;
	struct sf_timer slow;
};

/**
 * struct asked - a lookup of a test's
 * @done: how often it was done
 * @on_done: what a test does then; or NULL
 */
struct asked {
	struct sf_lookup lookup;
	struct world *world;
	u32 done;
	void (*on_done)(struct asked *asked);
};

/* The only one, with UDP, TCP, TLS and both families. */
struct world *world_new(void);
struct world *world_able(u32 transports, u32 families);
void world_close(struct world *world);

/* "sip:name:5060;transport=tcp", "sips:name": what is asked for. */
struct sf_resolve_target target(const char *uri);

void ask(struct world *world, struct asked *asked, const char *uri);

/* Run the loop until @count more lookups are done; false: they never are. */
bool run_until(struct world *world, u32 count);

/* Run it for so long, of the clock that the loop goes by. */
void run_for(struct world *world, u64 ms);

/* Let time pass. */
void pass(struct world *world, u64 ms);

/**
 * resolved() - ask, and wait
 *
 * Return: "udp 192.0.2.1:5060, tcp [2001:db8::1]:5060", or "none" for -ENOENT,
 * "again" for -EAGAIN; valid until the next call.
 */
const char *resolved(struct world *world, const char *uri);

/* The same without asking anybody; "ask" when DNS would have to be. */
const char *known(struct world *world, const char *uri);

/* The same of a lookup. */
const char *outcome(const struct sf_lookup *lookup);

u64 counter(const struct world *world, enum sf_resolve_counter counter);

#endif /* SIPFAST_UNIT_WORLD_H */
