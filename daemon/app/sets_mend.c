// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * sets_mend.c - finds what the sets have, and should not, and the other way round
 */
#include <errno.h>
#include <stdlib.h>

#include "sets_internal.h"

#define TRIES	5	/* a set may change while it is listed */
#define SLACK	5000	/* ms: so much later an element may end */

/**
 * struct listing - what was found
 * @round: its number
 * @now: when it began, on sf_clock_ms()
 * @extra: elements that should not be there
 * @count: how many
 * @room: of @extra
 */
struct listing {
	struct sf_sets *sets;
	u32 round;
	u64 now;
	struct sf_nft_change *extra;
	u32 count;
	u32 room;
};

static void add_extra(struct listing *listing, const struct sf_nft_key *key)
{
	u32 room = listing->room ? listing->room * 2 : 256;
	struct sf_nft_change *extra;

	if (listing->count == listing->room) {
		extra = realloc(listing->extra, room * sizeof(*extra));
		if (!extra)
			return;
		listing->extra = extra;
		listing->room = room;
	}
	listing->extra[listing->count++] = (struct sf_nft_change){
		.key = *key,
		.kind = SF_NFT_DELETE,
	};
}

static void found(void *arg, const struct sf_nft_key *key, uint64_t left_ms)
{
	struct listing *listing = arg;
	struct sf_sets *sets = listing->sets;
	struct sf_wish *wish;

	pthread_mutex_lock(&sets->lock);
	wish = sf_wish_find(sets, key);
	if (!wish) {
		/* Of a phone that has not come since the start. */
		if (!sf_nft_is_length(key->set))
			add_extra(listing, key);
	} else if (!wish->gone) {
		wish->seen = listing->round;
		wish->held = left_ms == UINT64_MAX ? SF_FOREVER :
						     listing->now + left_ms;
		/* One that ends too late is made anew. */
		if (wish->end != SF_FOREVER &&
		    (wish->held == SF_FOREVER ||
		     wish->held > wish->end + SLACK)) {
			wish->held = 0;
			sf_wish_tell(sets, wish);
		} else if (sf_wish_is_late(wish, listing->now)) {
			sf_wish_tell(sets, wish);
		}
	}
	pthread_mutex_unlock(&sets->lock);
}

static void look(void *arg, struct sf_entry *place)
{
	struct sf_wish *wish = container_of(place, struct sf_wish, place);
	struct listing *listing = arg;

	if (wish->seen == listing->round || wish->gone)
		return;
	wish->held = 0;
	sf_wish_tell(listing->sets, wish);
}

static int list_set(struct listing *listing, enum sf_nft_set set)
{
	struct sf_sets *sets = listing->sets;
	int err = -EINTR, n;

	for (n = 0; n < TRIES && err == -EINTR; n++)
		err = sets->ops->list(sets->link, set, found, listing);
	return err;
}

static int list_all(struct listing *listing)
{
	int err = 0;
	u32 set;

	for (set = 0; set < SF_NFT_SET_COUNT && !err; set++)
		err = list_set(listing, set);
	return err;
}

static void delete_extra(struct listing *listing)
{
	struct sf_sets *sets = listing->sets;
	u32 at, n;

	for (at = 0; at < listing->count && !sets->absent; at += n) {
		n = listing->count - at;
		if (n > SF_NFT_BATCH)
			n = SF_NFT_BATCH;
		sf_count_add(&sets->counters[SF_SETS_DELETED], n);
		sf_sets_apply(sets, listing->extra + at, n);
	}
}

void sf_sets_mend(struct sf_sets *sets)
{
	struct listing listing = {
		.sets = sets,
		.round = ++sets->round,
		.now = sf_clock_ms(),
	};
	bool was_absent = sets->said;
	u32 at = 0;
	int err = list_all(&listing);

	sf_count(&sets->counters[SF_SETS_LISTED]);
	if (!sf_sets_absent(sets, err)) {
		if (was_absent)
			sf_log(SF_LOG_NOTICE, "sets-found",
			       "table=\"inet sipfast\"");
		if (!err)
			delete_extra(&listing);
		pthread_mutex_lock(&sets->lock);
		if (!err)
			sf_table_walk(&sets->table, &at, UINT32_MAX, look,
				      &listing);
		pthread_mutex_unlock(&sets->lock);
		/* One that could not be listed is tried again. */
		if (err)
			sf_timer_set(&sets->loop->wheel, &sets->mend, 1000);
	}
	sf_sets_tell(sets);
	free(listing.extra);
}
