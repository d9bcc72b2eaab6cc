/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * walk.h - going through the buckets of a hash table bit by bit
 *
 * Between two steps the table may change, and grow. Buckets are counted from
 * their upper bit down: what a bucket is split into when the table grows lies
 * then either before or behind the walk, as the bucket did. So what is there
 * all the time is seen once, and nothing twice.
 */
#ifndef SIPFAST_UTIL_WALK_H
#define SIPFAST_UTIL_WALK_H

#include <sipfast/deps.h>

static inline u32 sf_walk_reverse(u32 bits)
{
	u32 i, reversed = 0;

	for (i = 0; i < 32; i++, bits >>= 1)
		reversed = reversed << 1 | (bits & 1);
	return reversed;
}

/**
 * sf_walk_next() - the bucket behind one
 * @at: the bucket; 0 is the first
 * @mask: of the table, now: its size, a power of two, minus one
 *
 * Return: 0 when that was the last one.
 */
static inline u32 sf_walk_next(u32 at, u32 mask)
{
	return sf_walk_reverse(sf_walk_reverse(at | ~mask) + 1);
}

#endif /* SIPFAST_UTIL_WALK_H */
