// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * location_walk.c - all bindings, a shard at a time
 */
#include "../util/count.h"
#include "../util/walk.h"
#include "location_internal.h"

void sf_location_sweep(struct sf_location *location)
{
	u32 i;

	for (i = 0; i < SF_SHARDS; i++) {
		sf_shard_lock(&location->shards[i]);
		pthread_mutex_unlock(&location->shards[i].lock);
	}
}

u64 sf_location_count(const struct sf_location *location)
{
	u64 count = 0;
	u32 i;

	for (i = 0; i < SF_SHARDS; i++)
		count += sf_counted(&location->shards[i].bindings);
	return count;
}

typedef void (*each_fn)(void *arg, struct sf_text aor,
			const struct sf_record *record, u32 left);

/* Return: how many there are in the bucket. */
static u32 each_in(struct sf_shard *shard, u32 at, each_fn each, void *arg)
{
	const struct sf_user_place *user;
	const struct sf_binding *binding;
	u32 seen = 0;

	for (user = shard->buckets[at & (shard->size - 1)]; user;
	     user = user->next)
		for (binding = user->bindings; binding;
		     binding = binding->next, seen++)
			each(arg, (struct sf_text){ user->aor, user->len },
			     &binding->record, sf_shard_left(shard, binding));
	return seen;
}

/* A shard, from a bucket on. Return: how many were shown. */
static u32 walk_shard(struct sf_shard *shard, u32 *at, u32 max, each_fn each,
		      void *arg)
{
	u32 seen = 0;

	sf_shard_lock(shard);
	do {
		seen += each_in(shard, *at, each, arg);
		*at = sf_walk_next(*at, shard->size - 1);
	} while (*at && seen < max);
	pthread_mutex_unlock(&shard->lock);
	return seen;
}

bool sf_location_some(struct sf_location *location, u64 *at, u32 max,
		      each_fn each, void *arg)
{
	u32 shard = (u32)(*at >> 32), bucket_at = (u32)*at, seen = 0;

	while (shard < SF_SHARDS && seen < max) {
		seen += walk_shard(&location->shards[shard], &bucket_at,
				   max - seen, each, arg);
		shard += !bucket_at;
	}
	*at = (u64)shard << 32 | bucket_at;
	return shard < SF_SHARDS;
}

void sf_location_each(struct sf_location *location, each_fn each, void *arg)
{
	u64 at = 0;

	sf_location_some(location, &at, UINT32_MAX, each, arg);
}
