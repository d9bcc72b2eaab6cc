/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sift.h - while far too much comes, the kernel drops some of it
 *
 * What overload.h passes over has been received, which is a fortieth of what a call
 * takes; but when four times as much comes as can be done, there are fourteen of them
 * for each call, with all who ask again. While they are many, and most new requests
 * are turned away, a filter on the sockets (sieve.h) drops some by lot, and nothing
 * any more when they are few. Nothing is dropped of a dialog, nor a call for help, nor
 * of who asks for no more than what is his (sources.h).
 */
#ifndef SIPFAST_APP_SIFT_H
#define SIPFAST_APP_SIFT_H

#include "../util/timer.h"
#include "overload.h"

struct sf_worker;

/**
 * struct sf_sift - of a worker's new requests, those that get as far as to it
 * @timer: looks again while there is a reason to
 * @told: when it was last logged, on the loop's clock
 * @keep: so many of SF_KEEP_ALL
 * @groups: of these sources; the others come as they are
 * @since: when the kernel was last told, on the loop's clock
 */
struct sf_sift {
	struct sf_timer timer;
	u64 told;
	u32 keep;
	u32 groups;
	u64 since;
};

void sf_sift_init(struct sf_sift *sift);
void sf_sift_exit(struct sf_sift *sift);

/* A new request was turned away. */
void sf_sift_wake(struct sf_worker *worker);

#endif /* SIPFAST_APP_SIFT_H */
