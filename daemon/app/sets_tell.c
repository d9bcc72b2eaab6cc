// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * sets_tell.c - tells the kernel what has changed
 *
 * In the main thread. No lock is held while the kernel is asked.
 */
#include <errno.h>
#include <stdlib.h>

#include "sets_internal.h"

/* Batches that are tried to find those changes that the kernel refuses. */
#define TRIES	64

/* Addresses whose connections are looked for in one go: each takes a while. */
#define CUTS	16

/* Return: 0, or what says that there is nobody to tell. */
static int apply(struct sf_sets *sets, const struct sf_nft_change *changes,
		 u32 count, u32 *tries)
{
	int err;

	if (!*tries) {
		sf_count_add(&sets->counters[SF_SETS_REFUSED], count);
		return 0;
	}
	(*tries)--;
	err = sets->ops->change(sets->link, changes, count);
	sf_count(&sets->counters[SF_SETS_MESSAGES]);
	if (!err || sf_sets_absent(sets, err))
		return err;
	if (count == 1) {
		sf_count(&sets->counters[SF_SETS_REFUSED]);
		sf_log(SF_LOG_INFO, "set-refused", "set=%s error=%d",
		       sf_nft_set_name(changes->key.set), -err);
		return 0;
	}
	err = apply(sets, changes, count / 2, tries);
	return err ? err : apply(sets, changes + count / 2, count - count / 2,
				 tries);
}

int sf_sets_apply(struct sf_sets *sets, const struct sf_nft_change *changes,
		  u32 count)
{
	u32 tries = TRIES;

	return apply(sets, changes, count, &tries);
}

static const enum sf_sets_counter kinds[] = {
	[SF_NFT_ADD] = SF_SETS_ADDED,
	[SF_NFT_RENEW] = SF_SETS_RENEWED,
	[SF_NFT_DELETE] = SF_SETS_DELETED,
};

/* Under the lock. What is gone is forgotten, whatever the kernel says to it. */
static void take(struct sf_sets *sets, struct sf_wish *wish,
		 struct sf_nft_change *change)
{
	u64 now = sf_clock_ms();

	change->key = wish->key;
	change->timeout_ms = 0;
	if (wish->gone || wish->end <= now) {
		change->kind = SF_NFT_DELETE;
		sf_wish_free(sets, wish);
		return;
	}
	/* It may be there, too, when it should not be held: see put_ban(). */
	change->kind = wish->end == SF_FOREVER ? SF_NFT_ADD : SF_NFT_RENEW;
	if (wish->end != SF_FOREVER)
		change->timeout_ms = wish->end - now;
	wish->held = wish->end;
}

static u32 gather(struct sf_sets *sets, struct sf_nft_change *changes)
{
	struct sf_wish *wish;
	u32 n = 0;

	pthread_mutex_lock(&sets->lock);
	while (n < SF_NFT_BATCH && (wish = sets->first)) {
		sets->first = wish->next;
		if (!sets->first)
			sets->last = &sets->first;
		wish->waits = false;
		take(sets, wish, &changes[n++]);
	}
	pthread_mutex_unlock(&sets->lock);
	return n;
}

static void tell_kernel(struct sf_sets *sets)
{
	static struct sf_nft_change changes[SF_NFT_BATCH];
	u32 i, n;

	/* With nobody to tell the list is emptied all the same: sf_sets_mend()
	 * finds what is missing when somebody comes.
	 */
	while ((n = gather(sets, changes))) {
		for (i = 0; i < n && !sets->absent; i++)
			sf_count(&sets->counters[kinds[changes[i].kind]]);
		if (!sets->absent)
			sf_sets_apply(sets, changes, n);
	}
}

static struct sf_banned *take_banned(struct sf_sets *sets)
{
	struct sf_banned *banned;

	pthread_mutex_lock(&sets->lock);
	banned = sets->banned;
	if (banned)
		sets->banned = banned->next;
	pthread_mutex_unlock(&sets->lock);
	return banned;
}

static void cut_one(struct sf_sets *sets, const struct sf_ip *ip)
{
	int err = sets->link ? sets->ops->cut(sets->link, ip->v6,
					      ip->family == 6) : 0;

	if (err)
		sf_log(SF_LOG_INFO, "cut-failed", "error=%d", -err);
	else
		sf_count(&sets->counters[SF_SETS_CUT]);
	if (sets->user)
		sets->user->banned(sets->owner, ip);
}

/*
 * A ban is in the kernel before connections end: none of them begins again. Of
 * many, the others have their turn next time.
 */
static void cut(struct sf_sets *sets)
{
	struct sf_banned *banned;
	u32 n;

	for (n = 0; n < CUTS; n++) {
		banned = take_banned(sets);
		if (!banned)
			return;
		cut_one(sets, &banned->ip);
		free(banned);
	}
	sf_timer_set(&sets->loop->wheel, &sets->flush, SF_SETS_WAIT_MS);
}

void sf_sets_tell(struct sf_sets *sets)
{
	tell_kernel(sets);
	cut(sets);
}
