// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * ban.c - whom the daemon does not hear
 *
 * What changes is written to the database by sf_ban_sweep(), so that no worker
 * waits for a disk. An entry that is gone is written, too, before it is freed. What
 * the database does not take is written again.
 */
#include "ban.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../util/clock.h"
#include "../util/container.h"
#include "../util/hash.h"
#include "../util/log.h"
#include "../util/table.h"
#include "ban_db.h"

#define SWEEP		4096	/* entries that are looked at each second */
#define SWEPT		256	/* and those of them that end */
#define SAVED		1000	/* rows that are written in one transaction */
#define IP_TEXT		48

/**
 * struct entry - an address
 * @place: in the table; its link is NULL when the entry is gone
 * @ban: what is known; its kind is what it was when @ban.end comes
 * @next: the next one to be written
 * @unsaved: it is to be written
 * @kept: the database has a row of it, or is to get one
 * @beside: the next one that is being written; of who sweeps
 * @gone: it was gone when that began; likewise
 */
struct entry {
	struct sf_entry place;
	struct sf_ban ban;
	struct entry *next;
	bool unsaved;
	bool kept;
	struct entry *beside;
	bool gone;
};

/**
 * struct sf_bans - all of them
 * @key: of hashes; constant
 * @user: who is told, with @owner; constant
 * @db: of who sweeps; NULL: nothing is kept
 * @rows: its statements
 * @failing: it did not take what was written last, which was logged; likewise
 * @lock: protects what follows
 * @table: the entries
 * @first: the first to be written
 * @last: where the next is put
 * @at: where the sweep goes on
 * @active: entries that are banned, limited or allowed; read without the lock
 * @banned: those that are banned; likewise
 */
struct sf_bans {
	struct sf_hash_key key;
	const struct sf_ban_user *user;
	void *owner;
	sqlite3 *db;
	struct sf_ban_db rows;
	bool failing;
	pthread_mutex_t lock;
	struct sf_table table;
	struct entry *first;
	struct entry **last;
	u32 at;
	atomic_uint active;
	atomic_uint banned;
};

/* Who has one address of a /64 has all of them. */
static struct sf_ip network_of(const struct sf_ip *ip)
{
	struct sf_ip net = { .family = ip->family };

	memcpy(net.v6, ip->v6, ip->family == 4 ? 4 : 8);
	return net;
}

static u64 hash_of(const struct sf_bans *bans, const struct sf_ip *net)
{
	return sf_hash(&bans->key, net->v6, net->family == 4 ? 4 : 8);
}

static struct entry *find(const struct sf_bans *bans, const struct sf_ip *net)
{
	struct sf_entry *at = sf_table_first(&bans->table, hash_of(bans, net));
	struct entry *entry;

	for (; at; at = sf_table_next(at)) {
		entry = container_of(at, struct entry, place);
		if (entry->ban.ip.family == net->family &&
		    !memcmp(entry->ban.ip.v6, net->v6,
			    net->family == 4 ? 4 : 16))
			return entry;
	}
	return NULL;
}

/* What it is now: who is limited or banned is so until the end. */
static enum sf_ban_kind kind_of(const struct sf_ban *ban, u64 now)
{
	return ban->end && ban->end <= now ? SF_BAN_NONE : ban->kind;
}

static void count(struct sf_bans *bans, enum sf_ban_kind kind, u32 n)
{
	if (kind != SF_BAN_NONE)
		atomic_fetch_add(&bans->active, n);
	if (kind == SF_BAN_BANNED)
		atomic_fetch_add(&bans->banned, n);
}

/* Under the lock. */
static void turn_into(struct sf_bans *bans, struct entry *entry,
		      enum sf_ban_kind kind)
{
	count(bans, entry->ban.kind, (u32)-1);
	entry->ban.kind = kind;
	count(bans, kind, 1);
}

/* Under the lock; what is limited is not kept. */
static void save_later(struct sf_bans *bans, struct entry *entry)
{
	if (entry->unsaved)
		return;
	entry->unsaved = true;
	entry->kept = true;
	entry->next = NULL;
	*bans->last = entry;
	bans->last = &entry->next;
}

/* Under the lock. NULL: there is no room, or no memory. */
static struct entry *make(struct sf_bans *bans, const struct sf_ip *net)
{
	struct entry *entry = find(bans, net);

	if (entry)
		return entry;
	if (bans->table.count >= SF_BANS_MAX)
		return NULL;
	entry = calloc(1, sizeof(*entry));
	if (!entry)
		return NULL;
	entry->ban.ip = *net;
	sf_table_add(&bans->table, &entry->place, hash_of(bans, net));
	return entry;
}

/* Under the lock: the row goes first, if there may be one. */
static void forget(struct sf_bans *bans, struct entry *entry)
{
	turn_into(bans, entry, SF_BAN_NONE);
	sf_table_del(&bans->table, &entry->place);
	if (entry->kept)
		save_later(bans, entry);
	else
		free(entry);
}

static void set_texts(struct sf_ban *ban, const char *reason,
		      const char *evidence)
{
	snprintf(ban->reason, sizeof(ban->reason), "%s", reason);
	snprintf(ban->evidence, sizeof(ban->evidence), "%s", evidence);
}

static void say(const char *event, const struct sf_ban *ban)
{
	char ip[IP_TEXT];

	ip[sf_ip_text(&ban->ip, false, ip)] = '\0';
	sf_log(SF_LOG_NOTICE, event,
	       "address=%s%s seconds=%llu strikes=%u reason=%s evidence=%s",
	       ip, ban->ip.family == 4 ? "" : "/64",
	       (unsigned long long)(ban->end ? ban->end - ban->since : 0),
	       ban->strikes, sf_quoted(ban->reason, strlen(ban->reason)),
	       sf_quoted(ban->evidence, strlen(ban->evidence)));
}

static void tell(struct sf_bans *bans, const struct sf_ban *ban)
{
	if (bans->user)
		bans->user->changed(bans->owner, ban);
}

static u64 next_length(const struct sf_ban *ban)
{
	static const u32 lengths[] = { SF_BAN_FIRST_S, SF_BAN_SECOND_S,
		SF_BAN_THIRD_S };

	return lengths[ban->strikes < 3 ? ban->strikes : 2];
}

/* Under the lock. */
static void ban_now(struct sf_bans *bans, struct entry *entry, u64 seconds,
		    const char *reason, const char *evidence)
{
	struct sf_ban *ban = &entry->ban;
	u64 now = sf_clock_wall();

	if (ban->strikes && ban->end + SF_BAN_MEMORY_S <= now)
		ban->strikes = 0;
	if (!seconds)
		seconds = next_length(ban);
	turn_into(bans, entry, SF_BAN_BANNED);
	ban->since = now;
	ban->end = now + seconds;
	ban->strikes++;
	set_texts(ban, reason, evidence);
	save_later(bans, entry);
}

bool sf_ban_add(struct sf_bans *bans, const struct sf_ip *ip,
		const char *reason, const char *evidence, bool proven)
{
	const struct sf_ip net = network_of(ip);
	struct entry *entry;
	enum sf_ban_kind was;
	struct sf_ban ban;

	if (!proven) {
		sf_ban_limit(bans, ip, reason, evidence, SF_LIMIT_MAX_S);
		return sf_ban_has(bans, ip);
	}
	pthread_mutex_lock(&bans->lock);
	entry = make(bans, &net);
	was = entry ? kind_of(&entry->ban, sf_clock_wall()) : SF_BAN_ALLOWED;
	if (was == SF_BAN_NONE || was == SF_BAN_LIMITED) {
		ban_now(bans, entry, 0, reason, evidence);
		ban = entry->ban;
	}
	pthread_mutex_unlock(&bans->lock);
	if (was != SF_BAN_NONE && was != SF_BAN_LIMITED)
		return was == SF_BAN_BANNED;
	say("banned", &ban);
	tell(bans, &ban);
	return true;
}

void sf_ban_limit(struct sf_bans *bans, const struct sf_ip *ip,
		  const char *reason, const char *evidence, u32 seconds)
{
	const struct sf_ip net = network_of(ip);
	u64 now = sf_clock_wall();
	struct entry *entry;
	enum sf_ban_kind was;
	struct sf_ban ban;

	pthread_mutex_lock(&bans->lock);
	entry = make(bans, &net);
	was = entry ? kind_of(&entry->ban, now) : SF_BAN_ALLOWED;
	if (was == SF_BAN_NONE || was == SF_BAN_LIMITED) {
		turn_into(bans, entry, SF_BAN_LIMITED);
		entry->ban.since = now;
		entry->ban.end = now + (seconds < SF_LIMIT_MAX_S ?
					seconds : SF_LIMIT_MAX_S);
		set_texts(&entry->ban, reason, evidence);
		ban = entry->ban;
	}
	pthread_mutex_unlock(&bans->lock);
	if (was == SF_BAN_NONE)
		say("limited", &ban);
	if (was == SF_BAN_NONE || was == SF_BAN_LIMITED)
		tell(bans, &ban);
}

int sf_ban_by_hand(struct sf_bans *bans, const struct sf_ip *ip, u64 seconds,
		   const char *evidence)
{
	const struct sf_ip net = network_of(ip);
	struct entry *entry;
	struct sf_ban ban;

	if (seconds > SF_BAN_LONGEST_S)
		seconds = SF_BAN_LONGEST_S;
	pthread_mutex_lock(&bans->lock);
	entry = make(bans, &net);
	if (entry) {
		ban_now(bans, entry, seconds, "manual", evidence);
		ban = entry->ban;
	}
	pthread_mutex_unlock(&bans->lock);
	if (!entry)
		return -ENOSPC;
	say("banned", &ban);
	tell(bans, &ban);
	return 0;
}

bool sf_ban_lift(struct sf_bans *bans, const struct sf_ip *ip)
{
	const struct sf_ip net = network_of(ip);
	struct entry *entry;
	struct sf_ban ban;

	pthread_mutex_lock(&bans->lock);
	entry = find(bans, &net);
	if (entry) {
		ban = entry->ban;
		ban.kind = SF_BAN_NONE;
		forget(bans, entry);
	}
	pthread_mutex_unlock(&bans->lock);
	if (!entry)
		return false;
	say("unbanned", &ban);
	tell(bans, &ban);
	return true;
}

int sf_ban_allow(struct sf_bans *bans, const struct sf_ip *ip,
		 const char *evidence)
{
	const struct sf_ip net = network_of(ip);
	struct entry *entry;
	struct sf_ban ban;

	pthread_mutex_lock(&bans->lock);
	entry = make(bans, &net);
	if (entry) {
		turn_into(bans, entry, SF_BAN_ALLOWED);
		entry->ban.strikes = 0;
		entry->ban.since = sf_clock_wall();
		entry->ban.end = 0;
		set_texts(&entry->ban, "manual", evidence);
		save_later(bans, entry);
		ban = entry->ban;
	}
	pthread_mutex_unlock(&bans->lock);
	if (!entry)
		return -ENOSPC;
	say("allowed", &ban);
	tell(bans, &ban);
	return 0;
}

enum sf_ban_kind sf_ban_of(struct sf_bans *bans, const struct sf_ip *ip)
{
	const struct sf_ip net = network_of(ip);
	enum sf_ban_kind kind = SF_BAN_NONE;
	const struct entry *entry;

	if (!atomic_load_explicit(&bans->active, memory_order_relaxed))
		return SF_BAN_NONE;
	pthread_mutex_lock(&bans->lock);
	entry = find(bans, &net);
	if (entry)
		kind = kind_of(&entry->ban, sf_clock_wall());
	pthread_mutex_unlock(&bans->lock);
	return kind;
}

u32 sf_ban_count(const struct sf_bans *bans)
{
	return atomic_load_explicit(&bans->banned, memory_order_relaxed);
}

/* Those that are to be changed, which a walk may not do. */
struct swept {
	u64 now;
	u32 count;
	struct entry *entry[SWEPT];
};

static bool is_over(const struct entry *entry, u64 now)
{
	const struct sf_ban *ban = &entry->ban;

	if (ban->kind == SF_BAN_ALLOWED || ban->end > now)
		return false;
	return ban->kind != SF_BAN_NONE || !ban->strikes ||
	       ban->end + SF_BAN_MEMORY_S <= now;
}

static void gather(void *arg, struct sf_entry *place)
{
	struct entry *entry = container_of(place, struct entry, place);
	struct swept *swept = arg;

	if (swept->count < SWEPT && is_over(entry, swept->now))
		swept->entry[swept->count++] = entry;
}

/* Under the lock. The kernel's element ends by itself, at the same time. */
static void end(struct sf_bans *bans, struct entry *entry, u64 now)
{
	if (!entry->ban.strikes || entry->ban.end + SF_BAN_MEMORY_S <= now) {
		forget(bans, entry);
		return;
	}
	turn_into(bans, entry, SF_BAN_NONE);
	save_later(bans, entry);
}

/* What is written in one transaction; the oldest first. */
struct batch {
	struct entry *first;
	struct entry **last;
};

/* In the order in which they changed: a row may go and come again. */
static struct entry *take_unsaved(struct sf_bans *bans, struct batch *batch,
				  struct sf_ban *ban)
{
	struct entry *entry;

	pthread_mutex_lock(&bans->lock);
	entry = bans->first;
	if (entry) {
		bans->first = entry->next;
		if (!bans->first)
			bans->last = &bans->first;
		entry->unsaved = false;
		*ban = entry->ban;
		entry->gone = !entry->place.link;
		entry->beside = NULL;
		*batch->last = entry;
		batch->last = &entry->beside;
	}
	pthread_mutex_unlock(&bans->lock);
	return entry;
}

/* They come before what has changed since, unless they have themselves. */
static void put_back(struct sf_bans *bans, struct batch *batch)
{
	struct entry *entry, *rest, **at = &bans->first;

	pthread_mutex_lock(&bans->lock);
	rest = bans->first;
	for (entry = batch->first; entry; entry = entry->beside) {
		if (entry->unsaved)
			continue;
		entry->unsaved = true;
		*at = entry;
		at = &entry->next;
	}
	*at = rest;
	if (!rest)
		bans->last = at;
	pthread_mutex_unlock(&bans->lock);
}

/* Nobody but us knows those that are gone. */
static void free_gone(struct batch *batch)
{
	struct entry *entry, *next;

	for (entry = batch->first; entry; entry = next) {
		next = entry->beside;
		if (entry->gone)
			free(entry);
	}
}

static int write_row(struct sf_bans *bans, const struct sf_ban *ban, bool gone)
{
	if (!bans->db)
		return 0;
	if (gone)
		return sf_ban_db_del(&bans->rows, &ban->ip);
	if (ban->kind == SF_BAN_LIMITED)
		return 0;
	return sf_ban_db_put(&bans->rows, ban);
}

static bool is_unsaved(struct sf_bans *bans)
{
	bool unsaved;

	pthread_mutex_lock(&bans->lock);
	unsaved = bans->first;
	pthread_mutex_unlock(&bans->lock);
	return unsaved;
}

static int complain(struct sf_bans *bans)
{
	if (!bans->failing)
		sf_log(SF_LOG_ERROR, "bans-not-kept", "error=\"%s\"",
		       sqlite3_errmsg(bans->db));
	bans->failing = true;
	return -EIO;
}

static int run(struct sf_bans *bans, const char *sql)
{
	return bans->db ? sf_database_run(bans->db, sql) : 0;
}

static int write_some(struct sf_bans *bans, struct batch *batch)
{
	const struct entry *entry;
	struct sf_ban ban;
	u32 n = 0;
	int err = 0;

	while (!err && n++ < SAVED &&
	       (entry = take_unsaved(bans, batch, &ban)))
		err = write_row(bans, &ban, entry->gone);
	return err;
}

/* Return: 0; or why not: it is tried again. */
static int save(struct sf_bans *bans)
{
	struct batch batch = { .last = &batch.first };
	int err;

	if (!is_unsaved(bans))
		return 0;
	if (run(bans, "BEGIN IMMEDIATE"))
		return complain(bans);
	if (!write_some(bans, &batch) && !run(bans, "COMMIT")) {
		bans->failing = false;
		free_gone(&batch);
		return 0;
	}
	err = complain(bans);
	run(bans, "ROLLBACK");
	put_back(bans, &batch);
	return err;
}

/* When there is no more trying. */
static void drop_unsaved(struct sf_bans *bans)
{
	struct batch batch = { .last = &batch.first };
	struct sf_ban ban;

	while (take_unsaved(bans, &batch, &ban))
		;
	free_gone(&batch);
}

void sf_ban_sweep(struct sf_bans *bans)
{
	struct swept swept = { .now = sf_clock_wall() };
	u32 i;

	pthread_mutex_lock(&bans->lock);
	if (!sf_table_walk(&bans->table, &bans->at, SWEEP, gather, &swept))
		bans->at = 0;
	for (i = 0; i < swept.count; i++)
		end(bans, swept.entry[i], swept.now);
	pthread_mutex_unlock(&bans->lock);
	save(bans);
}

/* Whom to show entries to. */
struct shown {
	void (*each)(void *arg, const struct sf_ban *ban);
	void *arg;
	u64 now;
};

static void show(void *arg, struct sf_entry *place)
{
	const struct shown *shown = arg;
	struct sf_ban ban = container_of(place, struct entry, place)->ban;

	ban.kind = kind_of(&ban, shown->now);
	shown->each(shown->arg, &ban);
}

bool sf_ban_some(struct sf_bans *bans, u32 *at, u32 max,
		 void (*each)(void *arg, const struct sf_ban *ban), void *arg)
{
	struct shown shown = { each, arg, sf_clock_wall() };
	bool more;

	pthread_mutex_lock(&bans->lock);
	more = sf_table_walk(&bans->table, at, max, show, &shown);
	pthread_mutex_unlock(&bans->lock);
	return more;
}

static void restore(void *arg, const struct sf_ban *ban)
{
	struct sf_bans *bans = arg;
	struct entry *entry = make(bans, &ban->ip);

	if (!entry)
		return;
	entry->ban = *ban;
	entry->kept = true;
	count(bans, ban->kind, 1);
}

static int open_rows(struct sf_bans *bans, const char *path)
{
	int err = sf_database_open(&bans->db, path, NULL);

	if (!err)
		err = sf_ban_db_open(&bans->rows, bans->db);
	return err ? err : sf_ban_db_each(bans->db, restore, bans);
}

int sf_bans_open(struct sf_bans **bans, const char *path,
		 const struct sf_ban_user *user, void *owner)
{
	struct sf_bans *made = calloc(1, sizeof(*made));
	int err;

	if (!made)
		return -ENOMEM;
	made->user = user;
	made->owner = owner;
	made->last = &made->first;
	pthread_mutex_init(&made->lock, NULL);
	sf_random(&made->key, sizeof(made->key));
	err = sf_table_init(&made->table);
	if (!err && path)
		err = open_rows(made, path);
	if (err)
		sf_bans_close(made);
	else
		*bans = made;
	return err;
}

static void take_first(void *arg, struct sf_entry *place)
{
	struct entry **first = arg;

	if (!*first)
		*first = container_of(place, struct entry, place);
}

static void free_entries(struct sf_bans *bans)
{
	struct entry *entry;
	u32 at = 0;

	while (bans->table.count) {
		entry = NULL;
		sf_table_walk(&bans->table, &at, 1, take_first, &entry);
		if (!entry) {
			at = 0;
			continue;
		}
		sf_table_del(&bans->table, &entry->place);
		free(entry);
	}
	sf_table_free(&bans->table);
}

void sf_bans_close(struct sf_bans *bans)
{
	if (!bans)
		return;
	while (is_unsaved(bans) && !save(bans))
		;
	drop_unsaved(bans);
	sf_ban_db_close(&bans->rows);
	sqlite3_close(bans->db);
	free_entries(bans);
	pthread_mutex_destroy(&bans->lock);
	free(bans);
}
