// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * shed.c - requests that were not taken on, and come again
 */
#include <stdlib.h>
#include <string.h>

#include "../util/hash.h"
#include "shed.h"

#define SETS	32768
#define WAYS	4
#define TICK_MS	64
#define AGE_MAX	(32000 / TICK_MS)

/* The branch of the topmost Via is among the first bytes, and not longer. */
#define SEEN	512
#define BRANCH	96
/* CANCEL and ACK have the branch of what they are about. */
#define METHOD	8

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
	u32 seen = len < SEEN ? len : SEEN;
	const char *branch = memmem(buf, seen, ";branch=", 8);
	struct sf_hasher hasher;

	if (!branch)
		return sf_hash(&shed->key, buf, seen);
	len -= (u32)(branch - buf);
	sf_hasher_init(&hasher, &shed->key);
	sf_hasher_add(&hasher, buf, METHOD);
	sf_hasher_add(&hasher, branch, len < BRANCH ? len : BRANCH);
	return sf_hasher_end(&hasher);
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
