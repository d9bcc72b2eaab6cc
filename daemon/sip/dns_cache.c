// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * dns_cache.c - what DNS has said, for as long as it holds
 */
#include <errno.h>
#include <stdlib.h>

#include "../util/container.h"
#include "dns_cache.h"

#define TTL_MIN		1
#define TTL_MAX		(24 * 60 * 60)
#define STALE_MS	(5 * 60 * 1000)	/* an answer serves after its end */
#define RETRY_MS	10000		/* a silent DNS is asked again */

/**
 * struct sf_dns_entry - a name and a type, and what is known of them
 * @idle: in the list of those that may go; only while it is nobody's
 * @place: in the table
 * @pins: who holds it
 * @asked: a question is on its way
 * @stale: DNS did not answer, and the answer is an old one
 * @until: it holds, milliseconds of the loop
 * @end: it may be used when nothing better is to be had
 * @answer: the last good one; NULL: there is none
 */
struct sf_dns_entry {
	TAILQ_ENTRY(sf_dns_entry) idle;
	struct sf_entry place;
	struct sf_dns_pins pins;
	struct sf_dns_question question;
	struct sf_dns_cache *cache;
	bool asked;
	bool stale;
	u64 until;
	u64 end;
	struct sf_dns_answer *answer;
	u16 type;
	char name[];
};

static const struct sf_dns_answer nobody_knows = { .err = -EAGAIN };

static u64 now(const struct sf_dns_cache *cache)
{
	return cache->loop->wheel.now;
}

static void count(struct sf_dns_cache *cache, enum sf_resolve_counter counter)
{
	cache->counters[counter]++;
}

static bool holds(const struct sf_dns_entry *entry)
{
	return entry->answer && now(entry->cache) < entry->until;
}

static bool is_idle(const struct sf_dns_entry *entry)
{
	return LIST_EMPTY(&entry->pins) && !entry->asked;
}

static void remove_entry(struct sf_dns_entry *entry)
{
	sf_table_del(&entry->cache->table, &entry->place);
	free(entry->answer);
	free(entry);
}

/* Nobody's any more: it stays if it is worth something. */
static void settle(struct sf_dns_entry *entry)
{
	if (!is_idle(entry))
		return;
	if (entry->answer)
		TAILQ_INSERT_TAIL(&entry->cache->idle, entry, idle);
	else
		remove_entry(entry);
}

static u64 hash_of(const struct sf_dns_cache *cache, const char *name, u16 type)
{
	struct sf_hasher hasher;

	sf_hasher_init(&hasher, &cache->key);
	sf_hasher_add(&hasher, &type, sizeof(type));
	sf_hasher_add(&hasher, name, strlen(name));
	return sf_hasher_end(&hasher);
}

static struct sf_dns_entry *find(const struct sf_dns_cache *cache,
				 const char *name, u16 type, u64 hash)
{
	struct sf_entry *place = sf_table_first(&cache->table, hash);

	for (; place; place = sf_table_next(place)) {
		struct sf_dns_entry *entry =
			container_of(place, struct sf_dns_entry, place);

		if (entry->type == type && !strcmp(entry->name, name))
			return entry;
	}
	return NULL;
}

/* Return: false when everything in it is in use. */
static bool make_room(struct sf_dns_cache *cache)
{
	struct sf_dns_entry *oldest = TAILQ_FIRST(&cache->idle);

	if (cache->table.count < SF_DNS_CACHE_MAX)
		return true;
	if (!oldest)
		return false;
	TAILQ_REMOVE(&cache->idle, oldest, idle);
	remove_entry(oldest);
	return true;
}

/* Keep what was read. Without memory for it nobody knows. */
static void keep(struct sf_dns_entry *entry, const struct sf_dns_answer *read)
{
	size_t size = sf_dns_answer_size(read);
	struct sf_dns_answer *copy = malloc(size);
	u32 ttl = read->ttl < TTL_MAX ? read->ttl : TTL_MAX;

	free(entry->answer);
	entry->answer = copy;
	entry->stale = false;
	if (!copy)
		return;
	memcpy(copy, read, size);
	entry->until = now(entry->cache) + (ttl > TTL_MIN ? ttl : TTL_MIN) * 1000ull;
	entry->end = entry->until + (read->err ? 0 : STALE_MS);
}

/* Nobody answers: what has been true serves a little longer. */
static void fail(struct sf_dns_entry *entry)
{
	u64 retry = now(entry->cache) + RETRY_MS;

	count(entry->cache, SF_RESOLVE_FAILED);
	if (entry->answer && now(entry->cache) < entry->end) {
		entry->stale = true;
		entry->until = retry < entry->end ? retry : entry->end;
		count(entry->cache, SF_RESOLVE_STALE);
		return;
	}
	free(entry->answer);
	entry->answer = NULL;
}

static void read_answer(struct sf_dns_entry *entry, int err, const u8 *buf,
			u32 len)
{
	struct sf_dns_answer *scratch = &entry->cache->scratch;

	if (err)
		sf_dns_answer_none(scratch, err);
	else
		sf_dns_answer_read(scratch, buf, len, entry->name, entry->type);
	if (scratch->err == -EAGAIN) {
		fail(entry);
		return;
	}
	if (scratch->err)
		count(entry->cache, SF_RESOLVE_NONE);
	keep(entry, scratch);
}

static void answered(struct sf_dns_question *question, int err, const u8 *buf,
		     u32 len)
{
	struct sf_dns_entry *entry =
		container_of(question, struct sf_dns_entry, question);
	struct sf_dns_pin *pin;

	entry->asked = false;
	read_answer(entry, err, buf, len);
	LIST_FOREACH(pin, &entry->pins, list)
		pin->answered(pin);
	settle(entry);
}

static struct sf_dns_entry *new_entry(struct sf_dns_cache *cache,
				      const char *name, u16 type, u64 hash)
{
	size_t len = strlen(name) + 1;
	struct sf_dns_entry *entry;

	if (!make_room(cache)) {
		count(cache, SF_RESOLVE_FULL);
		return NULL;
	}
	entry = calloc(1, sizeof(*entry) + len);
	if (!entry)
		return NULL;
	LIST_INIT(&entry->pins);
	entry->question.answered = answered;
	entry->cache = cache;
	entry->type = type;
	memcpy(entry->name, name, len);
	sf_table_add(&cache->table, &entry->place, hash);
	return entry;
}

/* An entry that is on no list, or NULL. */
static struct sf_dns_entry *take(struct sf_dns_cache *cache, const char *name,
				 u16 type)
{
	u64 hash = hash_of(cache, name, type);
	struct sf_dns_entry *entry = find(cache, name, type, hash);

	if (!entry)
		return new_entry(cache, name, type, hash);
	if (is_idle(entry))
		TAILQ_REMOVE(&cache->idle, entry, idle);
	return entry;
}

/* The answer, one that is out of date counted. */
static const struct sf_dns_answer *use(const struct sf_dns_entry *entry)
{
	count(entry->cache, entry->stale ? SF_RESOLVE_STALE : SF_RESOLVE_KNOWN);
	return entry->answer;
}

const struct sf_dns_answer *sf_dns_cache_known(struct sf_dns_cache *cache,
					       const char *name,
					       enum sf_dns_type type)
{
	struct sf_dns_entry *entry =
		find(cache, name, type, hash_of(cache, name, type));

	if (!entry || entry->asked || !holds(entry))
		return NULL;
	if (is_idle(entry)) {
		TAILQ_REMOVE(&cache->idle, entry, idle);
		TAILQ_INSERT_TAIL(&cache->idle, entry, idle);
	}
	return use(entry);
}

void sf_dns_cache_pin(struct sf_dns_cache *cache, struct sf_dns_pin *pin,
		      const char *name, enum sf_dns_type type)
{
	struct sf_dns_entry *entry = take(cache, name, type);

	pin->entry = entry;
	if (!entry)
		return;
	LIST_INSERT_HEAD(&entry->pins, pin, list);
	if (entry->asked)
		return;
	if (holds(entry)) {
		use(entry);
		return;
	}
	entry->asked = true;
	count(cache, SF_RESOLVE_ASKED);
	sf_dns_ask(&cache->dns, entry->name, type, &entry->question);
}

void sf_dns_cache_unpin(struct sf_dns_pin *pin)
{
	if (!pin->entry)
		return;
	LIST_REMOVE(pin, list);
	settle(pin->entry);
	pin->entry = NULL;
}

bool sf_dns_pin_is(const struct sf_dns_pin *pin, const char *name,
		   enum sf_dns_type type)
{
	return pin->entry && pin->entry->type == type &&
	       !strcmp(pin->entry->name, name);
}

const struct sf_dns_answer *sf_dns_pin_answer(const struct sf_dns_pin *pin)
{
	if (!pin->entry)
		return &nobody_knows;
	if (pin->entry->asked)
		return NULL;
	return pin->entry->answer ? pin->entry->answer : &nobody_knows;
}

int sf_dns_cache_open(struct sf_dns_cache *cache, struct sf_loop *loop,
		      const char *servers)
{
	int err = sf_table_init(&cache->table);

	if (err)
		return err;
	err = sf_dns_open(&cache->dns, loop, servers);
	if (err) {
		sf_table_free(&cache->table);
		return err;
	}
	cache->loop = loop;
	TAILQ_INIT(&cache->idle);
	sf_random(&cache->key, sizeof(cache->key));
	memset(cache->counters, 0, sizeof(cache->counters));
	return 0;
}

void sf_dns_cache_close(struct sf_dns_cache *cache)
{
	u32 i;

	sf_dns_close(&cache->dns);
	for (i = 0; i <= cache->table.mask; i++)
		while (cache->table.buckets[i])
			remove_entry(container_of(cache->table.buckets[i],
						  struct sf_dns_entry, place));
	sf_table_free(&cache->table);
}
