/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * media_internal.h - what media.c and media_sweep.c share
 */
#ifndef SIPFAST_APP_MEDIA_INTERNAL_H
#define SIPFAST_APP_MEDIA_INTERNAL_H

#include <pthread.h>

#include "../util/table.h"
#include "media.h"

/**
 * struct sf_media_dialog - a dialog
 * @entry: in the table, by its cookie
 * @next: of those that are to go, while they are swept
 * @call: its number in the kernel; 0: none
 * @link: the link that @call is of
 * @answered: a 2xx came
 * @waits: @sdp has an offer without an answer
 * @offerer: who made the offer in @sdp
 * @names: the parties may name any address
 * @touched: when it was last dealt with, on sf_clock_ms()
 * @seen: the sweep that saw it in the kernel last
 * @sdp: what was agreed on, until a 2xx comes, or an offer that waits
 */
struct sf_media_dialog {
	struct sf_entry entry;
	struct sf_media_dialog *next;
	u32 call;
	u32 link;
	bool answered;
	bool waits;
	u8 offerer;
	bool names[2];
	u64 touched;
	u32 seen;
	struct sf_blob *sdp[2];
};

/**
 * struct sf_media - the whole
 * @ops: the kernel
 * @key: of cookies
 * @lock: of all below, but for @sweeps and @swept
 * @dialogs: all of them
 * @link: to the kernel; NULL: there is none
 * @links: so many there were: a call's number is of one of them
 * @tried: when there was a try to open one
 * @failing: the last request failed, which was logged
 * @sweeps: so many there were; of who calls sf_media_tick()
 * @swept: when the last one was
 */
struct sf_media {
	const struct sf_handover_ops *ops;
	struct sf_hash_key key;
	pthread_mutex_t lock;
	struct sf_table dialogs;
	void *link;
	u32 links;
	u64 tried;
	bool failing;
	u32 sweeps;
	u64 swept;
};

/* All of these want @media locked. */

/* NULL when there is none of this cookie. */
struct sf_media_dialog *sf_media_find(const struct sf_media *media, u64 hash);

/* Return: NULL when there are SF_MEDIA_MAX, or no memory. */
struct sf_media_dialog *sf_media_add(struct sf_media *media, u64 hash);

/* Forget it; the kernel is told nothing. */
void sf_media_drop(struct sf_media *media, struct sf_media_dialog *dialog);

/* The kernel has this call: @arg is the struct sf_media, which is not locked. */
void sf_media_saw(void *arg, u32 call, u64 hash);

#endif /* SIPFAST_APP_MEDIA_INTERNAL_H */
