// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * user.c - who may use us, and the digests of their secrets
 */
#include <pthread.h>
#include <stdlib.h>

#include "../util/hash.h"
#include "user.h"

#define SIZE_MIN 64

/* One user. */
struct entry {
	struct entry *next;
	u64 hash;
	struct sf_account account;
	u32 len;
	char aor[];
};

/**
 * struct sf_user_table - all of them
 * @key: of the hashes
 * @buckets: by the hash
 * @size: of @buckets, a power of two
 * @count: how many users there are
 */
struct sf_user_table {
	struct sf_hash_key key;
	struct entry **buckets;
	u32 size;
	u32 count;
};

/**
 * struct sf_users - the table in force
 * @lock: protects @table, and what is in it
 * @table: the table
 */
struct sf_users {
	pthread_rwlock_t lock;
	struct sf_user_table *table;
};

struct sf_user_table *sf_user_table_new(void)
{
	struct sf_user_table *table = calloc(1, sizeof(*table));

	if (!table)
		return NULL;
	sf_random(&table->key, sizeof(table->key));
	table->size = SIZE_MIN;
	table->buckets = calloc(table->size, sizeof(*table->buckets));
	if (!table->buckets) {
		free(table);
		return NULL;
	}
	return table;
}

void sf_user_table_free(struct sf_user_table *table)
{
	struct entry *entry;
	u32 i;

	for (i = 0; i < table->size; i++)
		while ((entry = table->buckets[i])) {
			table->buckets[i] = entry->next;
			sf_auth_wipe(&entry->account, sizeof(entry->account));
			free(entry);
		}
	free(table->buckets);
	free(table);
}

static struct entry **bucket(const struct sf_user_table *table, u64 hash)
{
	return &table->buckets[hash & (table->size - 1)];
}

static void grow(struct sf_user_table *table)
{
	struct entry **old = table->buckets, **to, *entry;
	u32 i, size = table->size;

	table->buckets = calloc((size_t)size * 2, sizeof(*old));
	if (!table->buckets) {
		table->buckets = old;
		return;
	}
	table->size = size * 2;
	for (i = 0; i < size; i++)
		while ((entry = old[i])) {
			old[i] = entry->next;
			to = bucket(table, entry->hash);
			entry->next = *to;
			*to = entry;
		}
	free(old);
}

bool sf_user_table_add(struct sf_user_table *table, struct sf_text aor,
		       const struct sf_account *account)
{
	struct entry *entry = malloc(sizeof(*entry) + aor.len), **to;

	if (!entry)
		return false;
	entry->hash = sf_hash(&table->key, aor.s, aor.len);
	entry->account = *account;
	entry->len = aor.len;
	memcpy(entry->aor, aor.s, aor.len);
	if (++table->count > table->size)
		grow(table);
	to = bucket(table, entry->hash);
	entry->next = *to;
	*to = entry;
	return true;
}

struct sf_users *sf_users_new(void)
{
	struct sf_users *users = calloc(1, sizeof(*users));

	if (!users)
		return NULL;
	users->table = sf_user_table_new();
	if (!users->table || pthread_rwlock_init(&users->lock, NULL)) {
		if (users->table)
			sf_user_table_free(users->table);
		free(users);
		return NULL;
	}
	return users;
}

void sf_users_free(struct sf_users *users)
{
	sf_user_table_free(users->table);
	pthread_rwlock_destroy(&users->lock);
	free(users);
}

static const struct entry *find(const struct sf_user_table *table,
				struct sf_text aor)
{
	u64 hash = sf_hash(&table->key, aor.s, aor.len);
	const struct entry *entry = *bucket(table, hash);

	for (; entry; entry = entry->next)
		if (entry->hash == hash && entry->len == aor.len &&
		    !memcmp(entry->aor, aor.s, aor.len))
			return entry;
	return NULL;
}

bool sf_users_find(struct sf_users *users, struct sf_text aor,
		   struct sf_account *account)
{
	const struct entry *entry;

	pthread_rwlock_rdlock(&users->lock);
	entry = find(users->table, aor);
	if (entry && account)
		*account = entry->account;
	pthread_rwlock_unlock(&users->lock);
	return entry;
}

u32 sf_users_count(struct sf_users *users)
{
	u32 count;

	pthread_rwlock_rdlock(&users->lock);
	count = users->table->count;
	pthread_rwlock_unlock(&users->lock);
	return count;
}

void sf_users_replace(struct sf_users *users, struct sf_user_table *table)
{
	struct sf_user_table *old;

	pthread_rwlock_wrlock(&users->lock);
	old = users->table;
	users->table = table;
	pthread_rwlock_unlock(&users->lock);
	sf_user_table_free(old);
}
