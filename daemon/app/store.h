/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * store.h - what outlives the process
 *
 * Memory holds the truth while the daemon runs; a store is told of changes, in
 * the order in which they were made, and gives them back at the next start.
 * Whoever answers a phone waits until its change is durable.
 */
#ifndef SIPFAST_APP_STORE_H
#define SIPFAST_APP_STORE_H

#include "../util/count.h"
#include "../util/mailbox.h"
#include "record.h"

struct sf_location;

/* How old the oldest change may get before no more are taken, ms. */
#define SF_STORE_PATIENCE	2000

/* How many may wait. */
#define SF_STORE_QUEUE		20000

/*
 * From one group of changes that are written together to the next, at least, ms:
 * a phone does not notice it (it asks again after 500), and each group costs a
 * synchronisation of the disk, however many share it.
 */
#define SF_STORE_WINDOW		10

/**
 * struct sf_receipt - head of a letter that tells of a durable change
 * @letter: opened in the thread of @box; see mailbox.h
 * @box: whose it is
 * @failed: the store is closing, and has not made it durable. Set before it is
 *          delivered.
 *
 * It is made by malloc(): the store frees it when the box takes no more.
 */
struct sf_receipt {
	struct sf_letter letter;
	struct sf_mailbox *box;
	bool failed;
};

enum sf_step {
	SF_STEP_PUT,		/* add a binding, or overwrite the same */
	SF_STEP_DELETE,		/* remove it */
};

/**
 * struct sf_change - changes of one user, made together
 * @next: in the queue
 * @receipt: for when it is done
 * @since: when it was queued, on sf_clock_ms()
 * @aor: bytes of the address of record, at the beginning of @data
 * @len: bytes used in @data
 * @max: bytes there are
 * @data: the address of record, then the steps
 */
struct sf_change {
	struct sf_change *next;
	struct sf_receipt *receipt;
	u64 since;
	u32 aor;
	u32 len;
	u32 max;
	char data[] __attribute__((aligned(8)));
};

/* Bytes that a step takes: of a record that is put, and of one to be deleted. */
u32 sf_change_room_put(const struct sf_fresh *fresh);
u32 sf_change_room_delete(const struct sf_record *record);

/**
 * sf_change_new() - an empty one
 * @room: what the steps take
 *
 * Return: for sf_store_put() or free(), or NULL.
 */
struct sf_change *sf_change_new(struct sf_text aor, u32 room);

void sf_change_put(struct sf_change *change, const struct sf_record *record);
void sf_change_delete(struct sf_change *change, const struct sf_record *record);

/**
 * struct sf_step_view - one step of a change
 * @step: what is done
 * @record: what is put, or deleted: its contact, instance and reg-id say which
 */
struct sf_step_view {
	enum sf_step step;
	const struct sf_record *record;
};

/**
 * sf_change_next() - take the next step
 * @at: where; 0 at first
 */
bool sf_change_next(const struct sf_change *change, u32 *at,
		    struct sf_step_view *view);

/* X(symbol, name): what a store has done. */
#define SF_STORE_COUNTERS(X)						\
	X(CHANGES, "changes")		/* made durable */		\
	X(COMMITS, "commits")		/* in so many groups */		\
	X(FAILED, "failed")		/* commits, tried again */	\
	X(STALLED, "stalled")		/* changes not taken: too slow */ \
	X(FULL, "full")			/* changes not taken: too many */ \
	X(UNDELIVERED, "undelivered")	/* receipts nobody took */

enum sf_store_counter {
#define X(sym, name) SF_STORE_##sym,
	SF_STORE_COUNTERS(X)
#undef X
	SF_STORE_COUNTER_COUNT
};

const char *sf_store_counter_name(enum sf_store_counter counter);

struct sf_store;

/**
 * struct sf_store_ops - a kind of store
 * @durable: it keeps what it is given. A store that does not is handed no
 *           changes, and who asks is answered at once.
 * @ready: does it take changes now?
 * @put: takes over a change; called in the order of the changes of a user
 * @restore: put all into a location that is empty
 * @secret: read a secret, or make it
 * @close: end; what was put is written before
 */
struct sf_store_ops {
	bool durable;
	bool (*ready)(struct sf_store *store);
	void (*put)(struct sf_store *store, struct sf_change *change);
	int (*restore)(struct sf_store *store, struct sf_location *location,
		       u64 *count);
	int (*secret)(struct sf_store *store, const char *name, void *key,
		      u32 len);
	void (*close)(struct sf_store *store);
};

/**
 * struct sf_store - head of all stores
 * @ops: what it is; constant
 * @counters: what it has done
 */
struct sf_store {
	const struct sf_store_ops *ops;
	u64 counters[SF_STORE_COUNTER_COUNT];
};

/**
 * sf_store_memory() - a store that keeps nothing
 * Return: for sf_store_close(), or NULL.
 */
struct sf_store *sf_store_memory(void);

/**
 * sf_store_sqlite() - a store in a SQLite database
 * @store: for sf_store_close(); written only on success
 * @path: the file, made when it is not there
 * @why: the reason of a failure, for people, constant or valid until the next
 *       call; may be NULL
 *
 * What is acknowledged survives a power cut, too: each group of changes is
 * synchronised to the disk.
 *
 * Return: 0 or a negative errno.
 */
int sf_store_sqlite(struct sf_store **store, const char *path, const char **why);

static inline void sf_store_close(struct sf_store *store)
{
	store->ops->close(store);
}

static inline bool sf_store_durable(const struct sf_store *store)
{
	return store->ops->durable;
}

/**
 * sf_store_ready() - may a change be made now?
 *
 * When not, nothing is changed, and the phone is told to come again.
 */
static inline bool sf_store_ready(struct sf_store *store)
{
	return store->ops->ready(store);
}

/**
 * sf_store_put() - make a change durable
 * @change: the store's from now on
 * @receipt: for when that is done, or NULL: never earlier, and when a commit fails it is
 *           tried again. Of an empty change when all that was put before is
 *           durable.
 *
 * Only when sf_store_durable().
 */
static inline void sf_store_put(struct sf_store *store,
				struct sf_change *change,
				struct sf_receipt *receipt)
{
	change->receipt = receipt;
	store->ops->put(store, change);
}

/**
 * sf_store_restore() - fill an empty location
 * @count: how many bindings came back
 *
 * Return: 0 or a negative errno.
 */
static inline int sf_store_restore(struct sf_store *store,
				   struct sf_location *location, u64 *count)
{
	return store->ops->restore(store, location, count);
}

/**
 * sf_store_secret() - a key that stays the same over restarts
 * @name: which one
 * @len: bytes of @key, 64 at most; always the same for a name
 *
 * Return: 0 or a negative errno.
 */
static inline int sf_store_secret(struct sf_store *store, const char *name,
				  void *key, u32 len)
{
	return store->ops->secret(store, name, key, len);
}

static inline u64 sf_store_counter(const struct sf_store *store,
				   enum sf_store_counter counter)
{
	return sf_counted(&store->counters[counter]);
}

#endif /* SIPFAST_APP_STORE_H */
