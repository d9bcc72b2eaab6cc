/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * table.h - a hash table whose entries are parts of what they find
 */
#ifndef SIPFAST_UTIL_TABLE_H
#define SIPFAST_UTIL_TABLE_H

#include <sipfast/deps.h>

/**
 * struct sf_entry - a place in a table
 * @next: in its bucket
 * @link: what points at it; NULL while it is in no table
 * @hash: of its key
 */
struct sf_entry {
	struct sf_entry *next;
	struct sf_entry **link;
	u64 hash;
};

/**
 * struct sf_table - a table; it grows, and does not shrink
 * @buckets: @mask + 1 of them
 * @count: entries
 */
struct sf_table {
	struct sf_entry **buckets;
	u32 mask;
	u32 count;
};

/**
 * sf_table_init() - Return: 0 or -ENOMEM.
 */
int sf_table_init(struct sf_table *table);
void sf_table_free(struct sf_table *table);

void sf_table_add(struct sf_table *table, struct sf_entry *entry, u64 hash);

/* Nothing happens when it is in none. */
void sf_table_del(struct sf_table *table, struct sf_entry *entry);

/**
 * sf_table_first() - the first entry with a hash, or NULL
 * sf_table_next() - the next one with the same
 */
struct sf_entry *sf_table_first(const struct sf_table *table, u64 hash);
struct sf_entry *sf_table_next(const struct sf_entry *entry);

/**
 * sf_table_walk() - show some entries, a bucket after the other
 * @at: where to begin, 0 at first; written: where to go on, if there is more
 * @max: so many or, with those of the last bucket, a few more
 * @each: called for each; it must not change the table
 *
 * The table may change between two calls: see walk.h.
 *
 * Return: false when the last one was shown.
 */
bool sf_table_walk(const struct sf_table *table, u32 *at, u32 max,
		   void (*each)(void *arg, struct sf_entry *entry), void *arg);

#endif /* SIPFAST_UTIL_TABLE_H */
