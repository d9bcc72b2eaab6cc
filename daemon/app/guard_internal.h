/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * guard_internal.h - what guard.c and guard_keep.c share
 */
#ifndef SIPFAST_APP_GUARD_INTERNAL_H
#define SIPFAST_APP_GUARD_INTERNAL_H

#include <pthread.h>
#include <sqlite3.h>

#include "../util/clock.h"
#include "guard.h"

#define SF_GUARD_SETS	8192
#define SF_GUARD_WAYS	4
#define SF_GUARD_LOCKS	64	/* a set is held for some ten instructions */
#define SF_GUARD_TICK_MS	100

/**
 * struct sf_guard_place - a source
 * @mark: half of its hash; 0: nobody's
 * @proven: when its proven score will be 0, in ticks since the start
 * @loose: when the other one will be
 * @until: the last limit for that one ends then
 * @told: verdicts that the proven score had since it was 0
 * @dirty: the database does not know
 */
struct sf_guard_place {
	u32 mark;
	u32 proven;
	u32 loose;
	u32 until;
	u16 told;
	bool dirty;
};

/**
 * struct sf_guard - all sources that did something lately
 * @user: who knows more, called with @owner; constant
 * @key: of hashes of addresses; constant
 * @start: the clock's zero, ms; constant
 * @whys: how often each of them counted; atomics
 * @verdicts: how often each was reached; atomics
 * @db: the database, or NULL; and @kept, when it was written, and @again, when that
 *      failed: of who calls sf_guard_tick()
 * @locks: lock n protects the sets n, n + SF_GUARD_LOCKS, …
 * @dirty: and element n, which says whether one of their places is
 * @places: the sources, each in the set that its hash says
 */
struct sf_guard {
	const struct sf_guard_user *user;
	void *owner;
	struct sf_hash_key key;
	u64 start;
	u64 whys[SF_GUARD_WHY_COUNT];
	u64 verdicts[SF_GUARD_VERDICT_COUNT];
	sqlite3 *db;
	u64 kept;
	bool again;
	pthread_mutex_t locks[SF_GUARD_LOCKS];
	bool dirty[SF_GUARD_LOCKS];
	struct sf_guard_place places[SF_GUARD_SETS][SF_GUARD_WAYS];
};

/* Ticks since the start, and one: 0 is never. */
static inline u32 sf_guard_now(const struct sf_guard *guard)
{
	return (u32)((sf_clock_ms() - guard->start) / SF_GUARD_TICK_MS) + 1;
}

static inline u32 sf_guard_left(u32 end, u32 at)
{
	return end > at ? end - at : 0;
}

/* Write once more, and close. */
void sf_guard_keep_end(struct sf_guard *guard);

#endif /* SIPFAST_APP_GUARD_INTERNAL_H */
