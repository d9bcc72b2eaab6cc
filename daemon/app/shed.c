// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * shed.c - requests that were not taken on, and come again
 */
#include <stdlib.h>

#include "../util/hash.h"
#include "shed.h"

#define SETS	32768
#define WAYS	4
#define TICK_MS	64
#define AGE_MAX	(32000 / TICK_MS)

/* The branch of the topmost Via is among the first bytes. */
#define SEEN	512

/* A place has a time below, of which it is known whether it is recent, and a hash. */
#define TIME_BITS	12
#define TIME_MASK	((1u << TIME_BITS) - 1)

/**
 * struct sf_shed - those of the last 32 s
 * @key: of their hashes
 * @last: when the last one was added
 * @place: of one, in the set that its hash says; those that are too old are free
 */
struct sf_shed {
	struct sf_hash_key key;
	u64 last;
	u32 place[SETS][WAYS];
};

struct sf_shed *sf_shed_new(void)
{
	struct sf_shed *shed = calloc(1, sizeof(*shed));

	if (shed)
		sf_random(&shed->key, sizeof(shed->key));
	return shed;
}

void sf_shed_free(struct sf_shed *shed)
{
	free(shed);
}

static u64 hash_of(const struct sf_shed *shed, const char *buf, u32 len)
{
	return sf_hash(&shed->key, buf, len < SEEN ? len : SEEN);
}

static u32 set_of(u64 hash)
{
	return (u32)(hash % SETS);
}

static u32 mark_of(u64 hash)
{
	return (u32)(hash >> 32) & ~TIME_MASK;
}

static u32 age(u32 place, u64 now)
{
	return (u32)(now / TICK_MS - place) & TIME_MASK;
}

bool sf_shed_knows(const struct sf_shed *shed, u64 now, const char *buf,
		   u32 len)
{
	const u32 *set;
	u64 hash;
	u32 i;

	if (!shed || now - shed->last > AGE_MAX * TICK_MS)
		return false;
	hash = hash_of(shed, buf, len);
	set = shed->place[set_of(hash)];
	for (i = 0; i < WAYS; i++)
		if (set[i] && (set[i] & ~TIME_MASK) == mark_of(hash) &&
		    age(set[i], now) <= AGE_MAX)
			return true;
	return false;
}

void sf_shed_add(struct sf_shed *shed, u64 now, const char *buf, u32 len)
{
	u32 i, oldest = 0, *set;
	u64 hash;

	if (!shed)
		return;
	hash = hash_of(shed, buf, len);
	set = shed->place[set_of(hash)];
	for (i = 0; i < WAYS; i++) {
		if (!set[i] || (set[i] & ~TIME_MASK) == mark_of(hash)) {
			oldest = i;
			break;
		}
		if (age(set[i], now) > age(set[oldest], now))
			oldest = i;
	}
	set[oldest] = mark_of(hash) | ((u32)(now / TICK_MS) & TIME_MASK);
	shed->last = now;
}
