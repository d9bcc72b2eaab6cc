/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sources.h - who asks for how much, while too much comes
 *
 * One trunk that asks for ten times what can be done is no reason to turn a phone away
 * that asks once. So when only a part of what is new can be taken on, that is the part
 * of who asks most; all others get as many, which is all for who asks for no more.
 * Sources are groups of addresses with ports, as the kernel's filter can know them
 * (sieve.h): with many of them each group is as large as the others, and each gets the
 * same part.
 */
#ifndef SIPFAST_APP_SOURCES_H
#define SIPFAST_APP_SOURCES_H

#include "../sip/sieve.h"

#define SF_SHARE_ALL	1024

/**
 * struct sf_sources - of a worker, those of about the last half second
 * @most: the greatest of @asked
 * @aged: when they last became less, on the loop's clock
 * @asked: each group's requests
 */
struct sf_sources {
	u32 most;
	u64 aged;
	u32 asked[SF_SIEVE_GROUPS];
};

/**
 * sf_sources_ask() - one asks
 * @now: on the loop's clock
 * @part: of SF_SHARE_ALL, what who asks most gets
 *
 * Return: what this one gets.
 */
u32 sf_sources_ask(struct sf_sources *sources, u64 now, const struct sf_end *from,
		   u32 part);

/* The groups that do not get all then, a bit each. */
u32 sf_sources_over(const struct sf_sources *sources, u32 part);

#endif /* SIPFAST_APP_SOURCES_H */
