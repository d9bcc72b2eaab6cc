/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sets_internal.h - what sets.c, sets_tell.c and sets_mend.c share
 */
#ifndef SIPFAST_APP_SETS_INTERNAL_H
#define SIPFAST_APP_SETS_INTERNAL_H

#include <pthread.h>

#include "../util/clock.h"
#include "../util/container.h"
#include "../util/count.h"
#include "../util/hash.h"
#include "../util/log.h"
#include "../util/table.h"
#include "sets.h"

#define SF_FOREVER	UINT64_MAX

/**
 * struct sf_wish - an element that should be there, or goes
 * @place: in the table
 * @next: the next one that the kernel is to be told of
 * @key: the element
 * @waits: it is in that list
 * @gone: it is to be deleted, and then forgotten
 * @refs: bindings that come from there; of trunks the round that saw it last
 * @seen: the listing in which it was seen last
 * @end: until when, on sf_clock_ms(); SF_FOREVER
 * @held: until when the kernel has it; 0: it has not
 */
struct sf_wish {
	struct sf_entry place;
	struct sf_wish *next;
	struct sf_nft_key key;
	bool waits;
	bool gone;
	u32 refs;
	u32 seen;
	u64 end;
	u64 held;
};

/* An address that was banned. */
struct sf_banned {
	struct sf_banned *next;
	struct sf_ip ip;
};

/**
 * struct sf_sets - the whole
 * @key: of hashes; constant
 * @loop: the main thread's
 * @ops: the kernel
 * @user: who wants to know, with @owner
 * @link: to the kernel; NULL: it has no nf_tables
 * @events: hears of changes
 * @wake: an eventfd: something waits
 * @flush: fires when what waits is told
 * @mend: fires when the sets are listed
 * @absent: there is no table, or we may not; the main thread's
 * @said: that was said
 * @trunks: addresses of carriers; the main thread's
 * @marked: those of them that were seen in this round
 * @round: number of the last listing, or of the last look at trunks
 * @at: where the sweep is
 * @counters: SF_SETS_COUNTERS; shared
 * @lock: protects what follows
 * @table: of struct sf_wish
 * @lengths: those of them that are lengths of REGISTERs
 * @first: what the kernel is to be told of
 * @last: where the next one is put
 * @banned: who was banned since
 */
struct sf_sets {
	struct sf_hash_key key;
	struct sf_loop *loop;
	const struct sf_nft_ops *ops;
	const struct sf_sets_user *user;
	void *owner;
	void *link;
	struct sf_watch events;
	struct sf_watch wake;
	struct sf_timer flush;
	struct sf_timer mend;
	bool absent;
	bool said;
	u32 trunks;
	u32 marked;
	u32 round;
	u32 at;
	u64 counters[SF_SETS_COUNTER_COUNT];
	pthread_mutex_t lock;
	struct sf_table table;
	u32 lengths;
	struct sf_wish *first;
	struct sf_wish **last;
	struct sf_banned *banned;
};

/* Under the lock: the wish of a key, or NULL. */
struct sf_wish *sf_wish_find(const struct sf_sets *sets,
			     const struct sf_nft_key *key);

/* Under the lock: it is forgotten. */
void sf_wish_free(struct sf_sets *sets, struct sf_wish *wish);

/* Is it a set of lengths of REGISTERs? */
static inline bool sf_nft_is_length(enum sf_nft_set set)
{
	return set == SF_NFT_REFRESH4 || set == SF_NFT_REFRESH6;
}

/* Under the lock: the kernel is to be told. Return: nothing waited before. */
bool sf_wish_tell(struct sf_sets *sets, struct sf_wish *wish);

/* Under the lock: does the kernel's time for it end too early? */
bool sf_wish_is_late(const struct sf_wish *wish, u64 now);

/* sets_tell.c: make changes; what is refused is left out. 0, or -ENOENT … */
int sf_sets_apply(struct sf_sets *sets, const struct sf_nft_change *changes,
		  u32 count);

/* sets_tell.c: tell all that waits. */
void sf_sets_tell(struct sf_sets *sets);

/* sets_mend.c: list the sets, and let the difference wait. */
void sf_sets_mend(struct sf_sets *sets);

/* Is there nobody to tell? Whatever is refused so is said, once. */
bool sf_sets_absent(struct sf_sets *sets, int err);

#endif /* SIPFAST_APP_SETS_INTERNAL_H */
