/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * location_internal.h - what location.c and location_walk.c share
 *
 * location.c finds and changes the bindings of a user, location_walk.c shows all.
 */
#ifndef SIPFAST_APP_LOCATION_INTERNAL_H
#define SIPFAST_APP_LOCATION_INTERNAL_H

#include <pthread.h>

#include "../util/clock.h"
#include "../util/hash.h"
#include "../util/timer.h"
#include "location.h"

/* Parts of all users, each with a lock of its own. */
#define SF_SHARDS	64

/**
 * struct sf_binding - one binding
 * @timer: fires when it expires, and before that when it is to be kept within reach
 * @until: when it expires, on the shard's wheel
 * @next: of the same user
 * @user: whose it is
 * @room: bytes that the record's texts may have here
 * @record: all that is known of it
 *
 * All of it is under the shard's lock.
 */
struct sf_binding {
	struct sf_timer timer;
	u64 until;
	struct sf_binding *next;
	struct sf_user_place *user;
	u32 room;
	struct sf_record record;
};

/**
 * struct sf_user_place - a user who has bindings, or is getting one
 * @next: in the bucket
 * @shard: where he is; constant
 * @bindings: his bindings
 * @hash: of the address of record; constant
 * @len: bytes of @aor; constant
 * @aor: the address of record; constant
 *
 * @next and @bindings are under the shard's lock.
 */
struct sf_user_place {
	struct sf_user_place *next;
	struct sf_shard *shard;
	struct sf_binding *bindings;
	u64 hash;
	u16 len;
	char aor[];
};

/**
 * struct sf_shard - a part of all users
 * @lock: protects all that follows, and what is in it
 * @location: the whole; constant
 * @buckets: users by the upper bits of their hash
 * @size: of @buckets, a power of two
 * @users: how many there are
 * @bindings: how many; read without the lock, too
 * @wheel: when bindings expire
 */
struct sf_shard {
	pthread_mutex_t lock;
	struct sf_location *location;
	struct sf_user_place **buckets;
	u32 size;
	u32 users;
	u64 bindings;
	struct sf_wheel wheel;
};

/**
 * struct sf_location - all of them
 * @key: of the hashes; constant
 * @user: who wants to know, and @owner; constant
 * @keep: see sf_location_keep(); milliseconds, 0: never; atomic
 * @ties: has a lock of its own
 * @pulses: likewise
 */
struct sf_location {
	struct sf_hash_key key;
	const struct sf_location_user *user;
	void *owner;
	u32 keep;
	struct sf_ties *ties;
	struct sf_pulses *pulses;
	struct sf_shard shards[SF_SHARDS];
};

/* What has expired is gone then. */
static inline void sf_shard_lock(struct sf_shard *shard)
{
	pthread_mutex_lock(&shard->lock);
	sf_wheel_run(&shard->wheel, sf_clock_ms());
}

/* Seconds until it expires, rounded up; at least 1. */
static inline u32 sf_shard_left(const struct sf_shard *shard,
				const struct sf_binding *binding)
{
	if (binding->until <= shard->wheel.now)
		return 1;
	return (u32)((binding->until - shard->wheel.now + 999) / 1000);
}

#endif /* SIPFAST_APP_LOCATION_INTERNAL_H */
