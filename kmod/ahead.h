/* SPDX-License-Identifier: GPL-2.0 */
/*
 * ahead.h - whose packet comes next
 *
 * With thousands of streams, to fetch what belongs to one of them takes longer
 * than to forward its packet. But who sends many streams, a PBX, a gateway, a
 * trunk, sends a packet of each at every tick of its clock, in the same order. So
 * each path remembers whose packet came next, and what is needed for that is
 * fetched while its own packet is forwarded. Where packets come in no order, that
 * is in vain and costs a few instructions.
 *
 * What is remembered are addresses, which are fetched and never followed: whoever
 * was there may be gone.
 */
#ifndef _SF_AHEAD_H
#define _SF_AHEAD_H

#include <linux/atomic.h>
#include <linux/cache.h>
#include <linux/percpu.h>
#include <linux/prefetch.h>

#include "path.h"

/**
 * struct sf_ahead - whose packet a CPU has forwarded last
 * @last: its path
 * @age: sf_ahead_age() before it was looked up. As long as that has not changed, no
 *	path was taken out of its table since: so @last is there, and stays until
 *	whoever has asked under RCU is done
 */
struct sf_ahead {
	struct sf_path *last;
	unsigned long age;
};

DECLARE_PER_CPU(struct sf_ahead, sf_ahead);

/* How many paths were taken out of tables. */
extern atomic_long_t sf_ahead_gone;

/* To be asked before a path is looked up. */
static __always_inline unsigned long sf_ahead_age(void)
{
	return atomic_long_read_acquire(&sf_ahead_gone);
}

/* A path was taken out of its table, and has not been freed. */
static inline void sf_ahead_forget(void)
{
	atomic_long_inc_return_release(&sf_ahead_gone);
}

/* At first it is its own packet that comes next. */
static inline void sf_ahead_init(struct sf_path *path, u32 bucket)
{
	path->next_path = path;
	path->next_meter = path->meter;
	path->next_bucket = bucket;
}

/* @path came behind @last. Other CPUs may say something else at the same time. */
static __always_inline void sf_ahead_learn(struct sf_path *last,
					   const struct sf_path *path,
					   u32 bucket)
{
	if (READ_ONCE(last->next_path) == path)
		return;

	WRITE_ONCE(last->next_path, path);
	WRITE_ONCE(last->next_meter, path->meter);
	WRITE_ONCE(last->next_bucket, bucket);
}

/**
 * sf_ahead_fetch() - fetch what the next packet needs
 * @paths: where @path was found
 * @path: path of this packet
 * @bucket: its place there
 * @age: sf_ahead_age() before that
 *
 * Under RCU, bottom halves off.
 */
static __always_inline void sf_ahead_fetch(const struct sf_paths *paths,
					   struct sf_path *path, u32 bucket,
					   unsigned long age)
{
	struct sf_ahead *cpu = this_cpu_ptr(&sf_ahead);
	const void *next = READ_ONCE(path->next_path);

	if (likely(cpu->last) && cpu->age == age)
		sf_ahead_learn(cpu->last, path, bucket);
	cpu->last = path;
	cpu->age = age;

	prefetch(paths->buckets + READ_ONCE(path->next_bucket));
	prefetchw(next);
	prefetchw(next + SMP_CACHE_BYTES);
	prefetchw(READ_ONCE(path->next_meter));
}

#endif /* _SF_AHEAD_H */
