// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * pulse.c - when something was last heard of flows over UDP
 */
#include <pthread.h>
#include <stdlib.h>

#include "../util/clock.h"
#include "pulse.h"

#define SHARDS	64
#define BUCKETS	512	/* of a shard */

/**
 * struct pulse - one flow
 * @next: of the same bucket
 * @end: the phone's end
 * @refs: its bindings
 * @heard: when something last came, sf_clock_ms()
 */
struct pulse {
	struct pulse *next;
	struct sf_end end;
	u32 refs;
	u64 heard;
};

/**
 * struct shard - a part of all flows
 * @lock: protects @buckets; taken below the location's locks
 * @buckets: by the hash
 */
struct shard {
	pthread_mutex_t lock;
	struct pulse *buckets[BUCKETS];
};

/**
 * struct sf_pulses - all of them
 * @key: of the hashes; constant
 * @count: how many there are: while there is none, each datagram only costs a look at
 *         that; atomic
 */
struct sf_pulses {
	struct sf_hash_key key;
	u32 count;
	struct shard shards[SHARDS];
};

struct sf_pulses *sf_pulses_new(const struct sf_hash_key *key)
{
	struct sf_pulses *pulses = calloc(1, sizeof(*pulses));
	u32 i;

	if (!pulses)
		return NULL;
	pulses->key = *key;
	for (i = 0; i < SHARDS; i++)
		pthread_mutex_init(&pulses->shards[i].lock, NULL);
	return pulses;
}

void sf_pulses_free(struct sf_pulses *pulses)
{
	struct pulse *pulse;
	u32 i, j;

	for (i = 0; i < SHARDS; i++) {
		for (j = 0; j < BUCKETS; j++)
			while ((pulse = pulses->shards[i].buckets[j])) {
				pulses->shards[i].buckets[j] = pulse->next;
				free(pulse);
			}
		pthread_mutex_destroy(&pulses->shards[i].lock);
	}
	free(pulses);
}

static bool is_empty(const struct sf_pulses *pulses)
{
	return !__atomic_load_n(&pulses->count, __ATOMIC_RELAXED);
}

/*
 * What points at the flow, or at NULL where it would be; its shard is locked.
 */
static struct pulse **find(struct sf_pulses *pulses, const struct sf_end *end,
			   struct shard **shard)
{
	u8 key[18] = { (u8)end->port, (u8)(end->port >> 8) };
	u32 len = end->ip.family == 4 ? sizeof(end->ip.v4) :
					sizeof(end->ip.v6);
	struct pulse **link;
	u64 hash;

	memcpy(key + 2, end->ip.family == 4 ? end->ip.v4 : end->ip.v6, len);
	hash = sf_hash(&pulses->key, key, len + 2);
	*shard = &pulses->shards[hash % SHARDS];
	pthread_mutex_lock(&(*shard)->lock);
	link = &(*shard)->buckets[hash / SHARDS % BUCKETS];
	while (*link && !sf_end_eq(&(*link)->end, end))
		link = &(*link)->next;
	return link;
}

void sf_pulses_add(struct sf_pulses *pulses, const struct sf_end *end)
{
	struct shard *shard;
	struct pulse **link = find(pulses, end, &shard), *pulse = *link;

	if (!pulse)
		pulse = calloc(1, sizeof(*pulse));
	if (pulse && !pulse->refs++) {
		pulse->end = *end;
		*link = pulse;
		__atomic_fetch_add(&pulses->count, 1, __ATOMIC_RELAXED);
	}
	if (pulse)
		pulse->heard = sf_clock_ms();
	pthread_mutex_unlock(&shard->lock);
}

void sf_pulses_drop(struct sf_pulses *pulses, const struct sf_end *end)
{
	struct shard *shard;
	struct pulse **link = find(pulses, end, &shard), *pulse = *link;

	if (pulse && !--pulse->refs) {
		*link = pulse->next;
		free(pulse);
		__atomic_fetch_sub(&pulses->count, 1, __ATOMIC_RELAXED);
	}
	pthread_mutex_unlock(&shard->lock);
}

void sf_pulses_heard(struct sf_pulses *pulses, const struct sf_end *end)
{
	struct shard *shard;
	struct pulse *pulse;

	if (is_empty(pulses))
		return;
	pulse = *find(pulses, end, &shard);
	if (pulse)
		pulse->heard = sf_clock_ms();
	pthread_mutex_unlock(&shard->lock);
}

bool sf_pulses_late(struct sf_pulses *pulses, const struct sf_end *end,
		    u32 seconds)
{
	const struct pulse *pulse;
	struct shard *shard;
	bool late;

	if (is_empty(pulses))
		return false;
	pulse = *find(pulses, end, &shard);
	late = pulse && sf_clock_ms() - pulse->heard >= 1000ull * seconds;
	pthread_mutex_unlock(&shard->lock);
	return late;
}
