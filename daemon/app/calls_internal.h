/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * calls_internal.h - what calls.c, calls_end.c, calls_keep.c and calls_go_on.c share
 */
#ifndef SIPFAST_APP_CALLS_INTERNAL_H
#define SIPFAST_APP_CALLS_INTERNAL_H

#include <pthread.h>
#include <sqlite3.h>

#include "../util/hash.h"
#include "../util/table.h"
#include "calls.h"
#include "dialog.h"

struct sf_call;

/**
 * struct sf_calls_user - a user who has called today
 * @entry: in the table, by his name
 * @first: his calls
 * @calls: how many there are now
 * @day: which day @spoken is of, see sf_calls_day()
 * @spoken: milliseconds, of calls that are over
 * @minutes: that he has on a day; 0: any number
 * @dirty: the database does not know
 * @len: bytes of @aor
 * @aor: who
 */
struct sf_calls_user {
	struct sf_entry entry;
	struct sf_call *first;
	u32 calls;
	u32 day;
	u64 spoken;
	u32 minutes;
	bool dirty;
	u32 len;
	char aor[];
};

/**
 * struct sf_call - a call
 * @entry: in the table, by Call-ID and the caller's tag
 * @next: of the same user; and @link, what points at it
 * @serial: which one: never 0
 * @user: whose
 * @tag: hash of the other side's tag; 0: it rings
 * @began: when the 2xx came, on sf_clock_ms()
 * @heard: when something was heard of it last, likewise
 * @patience: how long it may be silent, ms
 * @dialog: for BYE; NULL: its user had no limit, or it cannot be ended
 * @dirty: the database does not know, or not all of it
 * @kept: it knows something
 * @told: when both sides were told that it is over, likewise
 * @tries: how often
 */
struct sf_call {
	struct sf_entry entry;
	struct sf_call *next;
	struct sf_call **link;
	u64 serial;
	struct sf_calls_user *user;
	u64 tag;
	u64 began;
	u64 heard;
	u64 patience;
	struct sf_dialog *dialog;
	bool dirty;
	bool kept;
	u64 told;
	u32 tries;
};

/**
 * struct sf_calls_gone - a call that is over, and that the database knows
 * @next: of all of them
 * @serial: which it was
 * @deleted: it is not there any more, if the commit is taken
 */
struct sf_calls_gone {
	struct sf_calls_gone *next;
	u64 serial;
	bool deleted;
};

/**
 * struct sf_calls - the whole
 * @ops: who ends calls, or NULL; called with @owner
 * @key: of hashes
 * @count: entries in @table, for who has no lock; an atomic
 * @lock: of all below, but for @kept and @db
 * @table: calls
 * @users: and who made some
 * @bound: calls that have a dialog
 * @gone: calls that were kept
 * @again: what was written last was not taken: all of it is new
 * @serial: of the next one
 * @db: the database, or NULL; and @kept, when it was written: of who calls
 *      sf_calls_tick()
 */
struct sf_calls {
	const struct sf_calls_ops *ops;
	void *owner;
	struct sf_hash_key key;
	u32 count;
	pthread_mutex_t lock;
	struct sf_table table;
	struct sf_table users;
	u32 bound;
	struct sf_calls_gone *gone;
	bool again;
	u64 serial;
	sqlite3 *db;
	u64 kept;
};

/**
 * sf_calls_day() - a number for today
 * @midnight: written: milliseconds since it began
 */
u32 sf_calls_day(u64 *midnight);

/* These want @calls locked. This one is NULL without memory. */
struct sf_calls_user *sf_calls_user(struct sf_calls *calls, struct sf_text aor);

/* What he has spoken today, with the calls that go on, ms. */
u64 sf_calls_spoken(struct sf_calls_user *user);

/**
 * sf_calls_adopt() - a call of a daemon before us
 * @dialog: is the call's afterwards, or freed
 *
 * Return: it; NULL without memory, or when its dialog has no tags.
 */
struct sf_call *sf_calls_adopt(struct sf_calls *calls, struct sf_text aor,
			       struct sf_dialog *dialog);

/* Find it, or NULL; and take it away. */
struct sf_call *sf_calls_find(struct sf_calls *calls,
			      const struct sf_call_ref *ref);
void sf_calls_drop(struct sf_calls *calls, struct sf_call *call);

/* Its dialog, before the call is added; then it is the call's. */
enum sf_calls_why sf_calls_bind(struct sf_calls *calls,
				const struct sf_message *invite,
				struct sf_dialog **dialog);

/* It has none any more. */
void sf_calls_unbind(struct sf_calls *calls, struct sf_call *call);

/* End what has to end, of all users. */
void sf_calls_judge(struct sf_calls *calls);

void sf_calls_each_user(struct sf_calls *calls,
			void (*each)(void *arg, struct sf_entry *entry),
			void *arg);

/* Read and write the database. */
int sf_calls_restore(struct sf_calls *calls, const char *path);
void sf_calls_keep(struct sf_calls *calls);

/* The same of calls that go on: after what is spoken was read, and within a commit. */
int sf_calls_load(struct sf_calls *calls);
bool sf_calls_save(struct sf_calls *calls);

/* And that commit was taken. */
void sf_calls_saved(struct sf_calls *calls);

#endif /* SIPFAST_APP_CALLS_INTERNAL_H */
