// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * resident.c - where phones of ours are registered from
 */
#include <stdatomic.h>
#include <stdlib.h>

#include "../util/clock.h"
#include "../util/hash.h"
#include "resident.h"

#define SETS	65536
#define WAYS	8

/**
 * struct sf_residents - all addresses, with their ports and without
 * @key: of hashes of addresses; constant
 * @place: of one, in the set that its hash says: above, half of its hash; below,
 *	when its registration ends, in seconds since 1970. 0: nobody's. Each is an
 *	atomic of its own, and all that is known of an address.
 */
struct sf_residents {
	struct sf_hash_key key;
	atomic_ullong place[SETS][WAYS];
};

struct sf_residents *sf_residents_new(void)
{
	struct sf_residents *residents = calloc(1, sizeof(*residents));

	if (residents)
		sf_random(&residents->key, sizeof(residents->key));
	return residents;
}

void sf_residents_free(struct sf_residents *residents)
{
	free(residents);
}

/* Port 0 is any port; of IPv6 it is any address of the /64, too. */
static u64 hash_of(const struct sf_residents *residents, const struct sf_ip *ip,
		   u16 port)
{
	struct sf_hasher hasher;

	sf_hasher_init(&hasher, &residents->key);
	sf_hasher_add(&hasher, &port, sizeof(port));
	if (ip->family == 4)
		sf_hasher_add(&hasher, ip->v4, sizeof(ip->v4));
	else
		sf_hasher_add(&hasher, ip->v6, port ? 16 : 8);
	return sf_hasher_end(&hasher);
}

static u32 wall_of(u64 place)
{
	return (u32)place;
}

static bool is_whose(u64 place, u64 hash)
{
	return place && place >> 32 == hash >> 32;
}

/* Its own place, or the one that is to be it; @was is what is there. */
static atomic_ullong *find(struct sf_residents *residents, u64 hash,
			   unsigned long long *was)
{
	atomic_ullong *set = residents->place[(u32)hash % SETS], *found = NULL;
	u64 got;
	u32 i;

	for (i = 0; i < WAYS; i++) {
		got = atomic_load_explicit(&set[i], memory_order_relaxed);
		if (is_whose(got, hash)) {
			*was = got;
			return &set[i];
		}
		if (!found || wall_of(got) < wall_of(*was)) {
			found = &set[i];
			*was = got;
		}
	}
	return found;
}

static void add(struct sf_residents *residents, u64 hash, u32 wall)
{
	u64 fresh = hash >> 32 << 32 | wall;
	unsigned long long was;
	atomic_ullong *place;

	do {
		place = find(residents, hash, &was);
		if (wall_of(was) >= wall)
			return;
	} while (!atomic_compare_exchange_weak_explicit(place, &was, fresh,
							memory_order_relaxed,
							memory_order_relaxed));
}

void sf_resident_add(struct sf_residents *residents, const struct sf_end *end,
		     u64 wall)
{
	add(residents, hash_of(residents, &end->ip, end->port), (u32)wall);
	add(residents, hash_of(residents, &end->ip, 0), (u32)wall);
}

static bool is_there(const struct sf_residents *residents, u64 hash)
{
	const atomic_ullong *set = residents->place[(u32)hash % SETS];
	u64 got;
	u32 i;

	for (i = 0; i < WAYS; i++) {
		got = atomic_load_explicit(&set[i], memory_order_relaxed);
		if (is_whose(got, hash))
			return wall_of(got) > sf_clock_wall();
	}
	return false;
}

bool sf_resident_at(const struct sf_residents *residents,
		    const struct sf_end *end)
{
	return is_there(residents, hash_of(residents, &end->ip, end->port));
}

bool sf_resident_near(const struct sf_residents *residents,
		      const struct sf_ip *ip)
{
	return is_there(residents, hash_of(residents, ip, 0));
}
