/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * count.h - counters that several threads share
 *
 * Nothing is ordered by them: they are for people.
 */
#ifndef SIPFAST_UTIL_COUNT_H
#define SIPFAST_UTIL_COUNT_H

#include <sipfast/deps.h>

static inline void sf_count_add(u64 *counter, u64 n)
{
	__atomic_fetch_add(counter, n, __ATOMIC_RELAXED);
}

static inline void sf_count(u64 *counter)
{
	sf_count_add(counter, 1);
}

static inline u64 sf_counted(const u64 *counter)
{
	return __atomic_load_n(counter, __ATOMIC_RELAXED);
}

#endif /* SIPFAST_UTIL_COUNT_H */
