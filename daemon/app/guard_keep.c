// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * guard_keep.c - the guard's scores, in the database
 *
 * A table of its own, with a row for each place that there is at most: a source is in
 * the same place after a restart, as the key of hashes is. What is over before it could
 * be written a second time is not written at all, so that a flood of addresses that are
 * none of the sender's costs no more than memory.
 */
#include "guard_internal.h"

#include <errno.h>

#include "../util/log.h"
#include "database.h"

#define TICKS_S(s)	((s) * 1000 / SF_GUARD_TICK_MS)
#define SCORE_MAX	TICKS_S(3600)	/* as of any */
#define SHARE		(SF_GUARD_SETS / SF_GUARD_LOCKS * SF_GUARD_WAYS)

/* Times are of seconds since 1970, and of ticks from then on. */
static const char table_sql[] =
	"CREATE TABLE IF NOT EXISTS score (\n"
	" place INTEGER PRIMARY KEY,\n"
	" mark INTEGER NOT NULL,\n"
	" at INTEGER NOT NULL,\n"
	" proven INTEGER NOT NULL,\n"
	" unproven INTEGER NOT NULL,\n"
	" told INTEGER NOT NULL);\n";
static const char put_sql[] =
	"REPLACE INTO score (place, mark, at, proven, unproven, told)\n"
	" VALUES (?, ?, ?, ?, ?, ?)";
static const char get_sql[] =
	"SELECT place, mark, at, proven, unproven, told FROM score";

static const char old_sql[] = "DELETE FROM score WHERE at < ?";

enum { COL_PLACE, COL_MARK, COL_AT, COL_PROVEN, COL_UNPROVEN, COL_TOLD };

/* So much later; who wrote it may have had another idea of what time it is. */
static u32 aged(s64 score, s64 age)
{
	s64 gone = age > 0 ? age : 0;

	if (score > SCORE_MAX)
		score = SCORE_MAX;
	if (gone > SCORE_MAX || score <= TICKS_S(gone))
		return 0;
	return (u32)(score - TICKS_S(gone));
}

/*
 * Limits were of the daemon that is gone: one that is reached again is a new one. A ban
 * is kept where bans are, and may have been lifted since.
 */
static void read_row(struct sf_guard *guard, sqlite3_stmt *stmt)
{
	s64 at = sqlite3_column_int64(stmt, COL_PLACE);
	s64 age = (s64)sf_clock_wall() - sqlite3_column_int64(stmt, COL_AT);
	u32 proven = aged(sqlite3_column_int64(stmt, COL_PROVEN), age);
	u32 loose = aged(sqlite3_column_int64(stmt, COL_UNPROVEN), age);
	u32 now = sf_guard_now(guard);
	struct sf_guard_place *place;

	if (at < 0 || at >= SF_GUARD_SETS * SF_GUARD_WAYS || !(proven || loose))
		return;
	place = &guard->places[at / SF_GUARD_WAYS][at % SF_GUARD_WAYS];
	*place = (struct sf_guard_place){
		.mark = (u32)sqlite3_column_int64(stmt, COL_MARK) | 1,
		.proven = proven ? now + proven : 0,
		.loose = loose ? now + loose : 0,
		.told = sqlite3_column_int64(stmt, COL_TOLD) &
			~(1u << SF_GUARD_LIMITED),
	};
}

static bool read_rows(struct sf_guard *guard)
{
	sqlite3_stmt *stmt = sf_database_prepare(guard->db, get_sql);
	int rc = SQLITE_ERROR;

	while (stmt && (rc = sqlite3_step(stmt)) == SQLITE_ROW)
		read_row(guard, stmt);
	sqlite3_finalize(stmt);
	return rc == SQLITE_DONE;
}

/* Nothing lasts that long. */
static bool drop_old(struct sf_guard *guard)
{
	sqlite3_stmt *stmt = sf_database_prepare(guard->db, old_sql);
	bool good = false;

	if (stmt) {
		sqlite3_bind_int64(stmt, 1, (s64)sf_clock_wall() -
					    SCORE_MAX / TICKS_S(1));
		good = sqlite3_step(stmt) == SQLITE_DONE;
	}
	sqlite3_finalize(stmt);
	return good;
}

int sf_guard_keep(struct sf_guard *guard, const char *path,
		  const struct sf_hash_key *key)
{
	int err = sf_database_open(&guard->db, path, NULL);

	if (err)
		return err;
	guard->key = *key;
	guard->kept = sf_clock_ms();
	if (sf_database_run(guard->db, table_sql) || !drop_old(guard) ||
	    !read_rows(guard))
		return -EIO;
	return 0;
}

/**
 * struct page - places of one lock that are to be written
 * @row: copies
 * @place: and which they are
 * @count: how many
 */
struct page {
	struct sf_guard_place row[SHARE];
	u32 place[SHARE];
	u32 count;
};

static bool lasts(const struct sf_guard_place *place, u32 now)
{
	u32 end = place->proven > place->loose ? place->proven : place->loose;

	return sf_guard_left(end, now) > TICKS_S(SF_GUARD_KEEP_S);
}

static void take_set(struct page *page, struct sf_guard *guard, u32 set)
{
	u32 now = sf_guard_now(guard), i;

	for (i = 0; i < SF_GUARD_WAYS; i++) {
		struct sf_guard_place *place = &guard->places[set][i];

		if ((place->dirty || guard->again) && lasts(place, now)) {
			page->row[page->count] = *place;
			page->place[page->count++] = set * SF_GUARD_WAYS + i;
		}
		place->dirty = false;
	}
}

/* Nobody waits for the disk. Where nothing has changed, nothing is looked at. */
static void take_share(struct page *page, struct sf_guard *guard, u32 lock)
{
	u32 set = SF_GUARD_SETS;

	page->count = 0;
	pthread_mutex_lock(&guard->locks[lock]);
	if (guard->dirty[lock] || guard->again)
		set = lock;
	for (; set < SF_GUARD_SETS; set += SF_GUARD_LOCKS)
		take_set(page, guard, set);
	guard->dirty[lock] = false;
	pthread_mutex_unlock(&guard->locks[lock]);
}

static bool write_page(const struct page *page, const struct sf_guard *guard,
		       sqlite3_stmt *put)
{
	u32 now = sf_guard_now(guard), i;
	bool good = true;

	for (i = 0; i < page->count && good; i++) {
		const struct sf_guard_place *row = &page->row[i];

		sqlite3_bind_int64(put, COL_PLACE + 1, page->place[i]);
		sqlite3_bind_int64(put, COL_MARK + 1, row->mark);
		sqlite3_bind_int64(put, COL_AT + 1, (s64)sf_clock_wall());
		sqlite3_bind_int64(put, COL_PROVEN + 1,
				   sf_guard_left(row->proven, now));
		sqlite3_bind_int64(put, COL_UNPROVEN + 1,
				   sf_guard_left(row->loose, now));
		sqlite3_bind_int64(put, COL_TOLD + 1, row->told);
		good = sqlite3_step(put) == SQLITE_DONE;
		sqlite3_reset(put);
	}
	return good;
}

/* The first page that has something begins; without any nothing is written. */
static bool write_all(struct sf_guard *guard)
{
	static _Thread_local struct page page;
	sqlite3_stmt *put = NULL;
	bool good = true;
	u32 lock;

	for (lock = 0; lock < SF_GUARD_LOCKS && good; lock++) {
		take_share(&page, guard, lock);
		if (!page.count)
			continue;
		if (!put) {
			good = !sf_database_run(guard->db, "BEGIN IMMEDIATE");
			put = good ? sf_database_prepare(guard->db, put_sql) :
				     NULL;
		}
		good = put && write_page(&page, guard, put);
	}
	if (put)
		sqlite3_finalize(put);
	if (put && good)
		good = !sf_database_run(guard->db, "COMMIT");
	return good;
}

static void keep(struct sf_guard *guard)
{
	bool failed = guard->again;

	guard->again = !write_all(guard);
	if (!guard->again)
		return;
	if (!failed)
		sf_log(SF_LOG_WARNING, "scores-not-kept", "error=\"%s\"",
		       sqlite3_errmsg(guard->db));
	if (!sqlite3_get_autocommit(guard->db))
		sf_database_run(guard->db, "ROLLBACK");
}

void sf_guard_tick(struct sf_guard *guard)
{
	if (!guard->db ||
	    sf_clock_ms() - guard->kept < SF_GUARD_KEEP_S * 1000)
		return;
	guard->kept = sf_clock_ms();
	keep(guard);
}

void sf_guard_keep_end(struct sf_guard *guard)
{
	if (guard->db)
		keep(guard);
	sqlite3_close(guard->db);
}
