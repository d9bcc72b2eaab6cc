// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * tie.c - which users registered over which connection
 */
#include <pthread.h>
#include <stdlib.h>

#include "tie.h"

#define SHARDS	16
#define BUCKETS	4096	/* of a shard: slots are small numbers, in a row */

/**
 * struct shard - a part of all connections
 * @lock: protects @buckets; taken below the location's locks
 * @buckets: by the slot
 */
struct shard {
	pthread_mutex_t lock;
	struct sf_tie *buckets[BUCKETS];
};

struct sf_ties {
	struct shard shards[SHARDS];
};

struct sf_ties *sf_ties_new(void)
{
	struct sf_ties *ties = calloc(1, sizeof(*ties));
	u32 i;

	for (i = 0; ties && i < SHARDS; i++)
		pthread_mutex_init(&ties->shards[i].lock, NULL);
	return ties;
}

void sf_ties_free(struct sf_ties *ties)
{
	struct sf_tie *tie;
	u32 i, j;

	for (i = 0; i < SHARDS; i++) {
		for (j = 0; j < BUCKETS; j++)
			while ((tie = ties->shards[i].buckets[j])) {
				ties->shards[i].buckets[j] = tie->next;
				free(tie);
			}
		pthread_mutex_destroy(&ties->shards[i].lock);
	}
	free(ties);
}

static struct shard *shard_of(struct sf_ties *ties, const struct sf_flow *flow)
{
	return &ties->shards[flow->worker % SHARDS];
}

static struct sf_tie **bucket_of(struct shard *shard,
				 const struct sf_flow *flow)
{
	return &shard->buckets[flow->slot % BUCKETS];
}

static bool is_of(const struct sf_tie *tie, const struct sf_flow *flow)
{
	return tie->serial == flow->serial && tie->slot == flow->slot &&
	       tie->worker == flow->worker;
}

static bool is_tied(const struct sf_tie *tie, const struct sf_flow *flow,
		    u64 hash)
{
	for (; tie; tie = tie->next)
		if (tie->hash == hash && is_of(tie, flow))
			return true;
	return false;
}

static struct sf_tie *tie_new(const struct sf_flow *flow, u64 hash)
{
	struct sf_tie *tie = malloc(sizeof(*tie));

	if (tie)
		*tie = (struct sf_tie){
			.hash = hash,
			.serial = flow->serial,
			.slot = flow->slot,
			.worker = flow->worker,
		};
	return tie;
}

bool sf_ties_add(struct sf_ties *ties, const struct sf_flow *flow, u64 hash)
{
	struct shard *shard = shard_of(ties, flow);
	struct sf_tie **bucket = bucket_of(shard, flow), *tie = NULL;
	bool there;

	pthread_mutex_lock(&shard->lock);
	there = is_tied(*bucket, flow, hash);
	if (!there)
		tie = tie_new(flow, hash);
	if (tie) {
		tie->next = *bucket;
		*bucket = tie;
	}
	pthread_mutex_unlock(&shard->lock);
	return there || tie;
}

struct sf_tie *sf_ties_take(struct sf_ties *ties, const struct sf_flow *flow)
{
	struct shard *shard = shard_of(ties, flow);
	struct sf_tie **link = bucket_of(shard, flow), *taken = NULL, *tie;

	pthread_mutex_lock(&shard->lock);
	while ((tie = *link)) {
		if (!is_of(tie, flow)) {
			link = &tie->next;
			continue;
		}
		*link = tie->next;
		tie->next = taken;
		taken = tie;
	}
	pthread_mutex_unlock(&shard->lock);
	return taken;
}
