// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * media_sweep.c - dialogs whose calls the kernel has, and has no more
 *
 * As a special exception, linking with OpenSSL is permitted; see COPYING.
 */
#include "media_internal.h"

#include "../util/clock.h"
#include "../util/container.h"

#define SWEEP_MS	60000	/* how often we look which calls the kernel still has */
#define OFFER_MS	64000	/* how long an offer may wait for its answer */
#define SWEEP_PIECE	256	/* dialogs looked at while the lock is held */

/* A call of a daemon before us: the next one may know its dialog. */
static void adopt(struct sf_media *media, u32 call, u64 hash)
{
	struct sf_media_dialog *dialog = sf_media_add(media, hash);

	if (!dialog)
		return;
	dialog->call = call;
	dialog->link = media->links;
	dialog->answered = true;
}

void sf_media_saw(void *arg, u32 call, u64 hash)
{
	struct sf_media *media = arg;
	struct sf_media_dialog *dialog;

	pthread_mutex_lock(&media->lock);
	dialog = sf_media_find(media, hash);
	if (dialog)
		dialog->seen = media->sweeps;
	else if (!media->sweeps)
		adopt(media, call, hash);
	pthread_mutex_unlock(&media->lock);
}

/**
 * struct broom - a sweep
 * @media: what is swept
 * @since: when it began: the kernel did not tell of what came later
 * @gone: dialogs that are over
 */
struct broom {
	const struct sf_media *media;
	u64 since;
	struct sf_media_dialog *gone;
};

static void look_at(void *arg, struct sf_entry *entry)
{
	struct sf_media_dialog *dialog = container_of(entry, struct sf_media_dialog, entry);
	struct broom *broom = arg;
	bool lost = dialog->call ? dialog->seen != broom->media->sweeps :
				   broom->since - dialog->touched > OFFER_MS;

	if (dialog->touched >= broom->since || !lost)
		return;
	dialog->next = broom->gone;
	broom->gone = dialog;
}

static void sweep(struct sf_media *media, u64 since)
{
	bool more = true;
	u32 at = 0;

	while (more) {
		struct broom broom = { .media = media, .since = since };
		struct sf_media_dialog *dialog;

		pthread_mutex_lock(&media->lock);
		more = sf_table_walk(&media->dialogs, &at, SWEEP_PIECE, look_at,
				     &broom);
		while ((dialog = broom.gone)) {
			broom.gone = dialog->next;
			sf_media_drop(media, dialog);
		}
		pthread_mutex_unlock(&media->lock);
	}
}

static bool is_empty(struct sf_media *media)
{
	bool empty;

	pthread_mutex_lock(&media->lock);
	empty = !media->dialogs.count;
	pthread_mutex_unlock(&media->lock);
	return empty;
}

/* By a link of its own: workers need not wait for a long list. */
void sf_media_tick(struct sf_media *media)
{
	u64 now = sf_clock_ms();
	void *link;
	int err;

	if (now - media->swept < SWEEP_MS || is_empty(media))
		return;
	media->swept = now;
	media->sweeps++;
	if (media->ops->connect(&link))
		return;
	err = media->ops->list(link, sf_media_saw, media);
	media->ops->disconnect(link);
	if (!err)
		sweep(media, now);
}
