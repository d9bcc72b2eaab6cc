// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * table.c - a hash table whose entries are parts of what they find
 *
 * As a special exception, linking with OpenSSL is permitted; see COPYING.
 */
#include "table.h"

#include <errno.h>
#include <stdlib.h>

#include "walk.h"

#define BUCKETS	64	/* of a table that begins */

int sf_table_init(struct sf_table *table)
{
	table->buckets = calloc(BUCKETS, sizeof(*table->buckets));
	table->mask = BUCKETS - 1;
	table->count = 0;
	return table->buckets ? 0 : -ENOMEM;
}

void sf_table_free(struct sf_table *table)
{
	free(table->buckets);
	table->buckets = NULL;
}

static void link_in(struct sf_entry **bucket, struct sf_entry *entry)
{
	entry->next = *bucket;
	if (entry->next)
		entry->next->link = &entry->next;
	entry->link = bucket;
	*bucket = entry;
}

/* One that cannot grow goes on, slower. */
static void grow(struct sf_table *table)
{
	u32 mask = table->mask * 2 + 1, i;
	struct sf_entry **buckets, *entry;

	buckets = calloc((size_t)mask + 1, sizeof(*buckets));
	if (!buckets)
		return;
	for (i = 0; i <= table->mask; i++) {
		while ((entry = table->buckets[i])) {
			table->buckets[i] = entry->next;
			link_in(&buckets[entry->hash & mask], entry);
		}
	}
	free(table->buckets);
	table->buckets = buckets;
	table->mask = mask;
}

void sf_table_add(struct sf_table *table, struct sf_entry *entry, u64 hash)
{
	if (table->count > table->mask)
		grow(table);
	entry->hash = hash;
	link_in(&table->buckets[hash & table->mask], entry);
	table->count++;
}

void sf_table_del(struct sf_table *table, struct sf_entry *entry)
{
	if (!entry->link)
		return;
	*entry->link = entry->next;
	if (entry->next)
		entry->next->link = entry->link;
	entry->link = NULL;
	table->count--;
}

static struct sf_entry *same(struct sf_entry *entry, u64 hash)
{
	while (entry && entry->hash != hash)
		entry = entry->next;
	return entry;
}

struct sf_entry *sf_table_first(const struct sf_table *table, u64 hash)
{
	return same(table->buckets[hash & table->mask], hash);
}

struct sf_entry *sf_table_next(const struct sf_entry *entry)
{
	return same(entry->next, entry->hash);
}

bool sf_table_walk(const struct sf_table *table, u32 *at, u32 max,
		   void (*each)(void *arg, struct sf_entry *entry), void *arg)
{
	struct sf_entry *entry;
	u32 seen = 0;

	do {
		for (entry = table->buckets[*at & table->mask]; entry;
		     entry = entry->next, seen++)
			each(arg, entry);
		*at = sf_walk_next(*at, table->mask);
	} while (*at && seen < max);
	return *at;
}
