// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * guess.c - how often each source may be wrong about who it is
 */
#include <stdatomic.h>
#include <stdlib.h>

#include "../util/clock.h"
#include "../util/hash.h"
#include "guess.h"

#define SETS	2048
#define WAYS	4
#define TICKS	3	/* of SF_GUESS_MS: 32 bits of them are 136 years */

/**
 * struct sf_guesses - all sources that were wrong lately
 * @key: of hashes of addresses; constant
 * @start: the clock's zero, ms; constant
 * @place: of a source, in the set that its hash says: above, half of its hash;
 *	below, in ticks of SF_GUESS_MS / TICKS since @start, when it will have
 *	all its guesses again. 0: nobody's. Each is an atomic of its own, and all
 *	that is known of a source.
 */
struct sf_guesses {
	struct sf_hash_key key;
	u64 start;
	atomic_ullong place[SETS][WAYS];
};

struct sf_guesses *sf_guesses_new(void)
{
	struct sf_guesses *guesses = calloc(1, sizeof(*guesses));

	if (!guesses)
		return NULL;
	sf_random(&guesses->key, sizeof(guesses->key));
	guesses->start = sf_clock_ms();
	return guesses;
}

void sf_guesses_free(struct sf_guesses *guesses)
{
	free(guesses);
}

static u64 hash_of(const struct sf_guesses *guesses, const struct sf_ip *ip)
{
	if (ip->family == 4)
		return sf_hash(&guesses->key, ip->v4, sizeof(ip->v4));
	return sf_hash(&guesses->key, ip->v6, 8);
}

static u32 now(const struct sf_guesses *guesses)
{
	return (u32)((sf_clock_ms() - guesses->start) * TICKS / SF_GUESS_MS);
}

static u32 set_of(u64 hash)
{
	return (u32)hash % SETS;
}

/* The place of a source, or the one that is to be its own. */
static u32 find(const struct sf_guesses *guesses, u64 hash, u64 *was)
{
	const atomic_ullong *set = guesses->place[set_of(hash)];
	u64 got, oldest = ~0ull;
	u32 i, at = 0;

	for (i = 0; i < WAYS; i++) {
		got = atomic_load_explicit(&set[i], memory_order_relaxed);
		if (got && got >> 32 == hash >> 32) {
			*was = got;
			return i;
		}
		if ((got & 0xffffffff) < oldest) {
			oldest = got & 0xffffffff;
			*was = got;
			at = i;
		}
	}
	return at;
}

void sf_guess_wrong(struct sf_guesses *guesses, const struct sf_ip *ip)
{
	u64 hash = hash_of(guesses, ip);
	atomic_ullong *place;
	u32 at, end, ticks = now(guesses);
	unsigned long long was = 0;
	u64 seen;

	do {
		at = find(guesses, hash, &seen);
		place = &guesses->place[set_of(hash)][at];
		was = seen;
		end = seen >> 32 == hash >> 32 ? (u32)seen : 0;
		if (end < ticks)
			end = ticks;
		end += TICKS;
	} while (!atomic_compare_exchange_weak_explicit(place, &was,
							hash >> 32 << 32 | end,
							memory_order_relaxed,
							memory_order_relaxed));
}

bool sf_guess_spent(const struct sf_guesses *guesses, const struct sf_ip *ip)
{
	u64 hash = hash_of(guesses, ip), seen;

	find(guesses, hash, &seen);
	return seen && seen >> 32 == hash >> 32 &&
	       (u32)seen > now(guesses) + (SF_GUESSES - 1) * TICKS;
}
