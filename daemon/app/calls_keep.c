// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * calls_keep.c - the minutes of users, in the database
 *
 * A table of its own, in which a user has a row with what he spoke on his last day.
 * What cannot be written is tried again with the next.
 */
#include "calls_internal.h"

#include <errno.h>
#include <stdlib.h>

#include "../util/container.h"
#include "../util/log.h"
#include "database.h"

static const char table_sql[] =
	"CREATE TABLE IF NOT EXISTS spoken (\n"
	" aor TEXT PRIMARY KEY,\n"
	" day INTEGER NOT NULL,\n"
	" ms INTEGER NOT NULL) WITHOUT ROWID;\n";
static const char put_sql[] =
	"REPLACE INTO spoken (aor, day, ms) VALUES (?, ?, ?)";
static const char get_sql[] = "SELECT aor, ms FROM spoken WHERE day = ?";
static const char old_sql[] = "DELETE FROM spoken WHERE day <> ?";

static bool read_rows(struct sf_calls *calls, sqlite3_stmt *stmt)
{
	struct sf_calls_user *user;
	int rc;

	while ((rc = sqlite3_step(stmt)) == SQLITE_ROW) {
		user = sf_calls_user(calls, sf_database_text(stmt, 0));
		if (user && sqlite3_column_int64(stmt, 1) > 0)
			user->spoken = (u64)sqlite3_column_int64(stmt, 1);
	}
	return rc == SQLITE_DONE;
}

static bool run_for_day(struct sf_calls *calls, const char *sql,
			bool (*rows)(struct sf_calls *calls, sqlite3_stmt *stmt))
{
	sqlite3_stmt *stmt = sf_database_prepare(calls->db, sql);
	bool good = false;
	u64 midnight;

	if (stmt) {
		sqlite3_bind_int64(stmt, 1, sf_calls_day(&midnight));
		good = rows ? rows(calls, stmt) :
			      sqlite3_step(stmt) == SQLITE_DONE;
	}
	sqlite3_finalize(stmt);
	return good;
}

int sf_calls_restore(struct sf_calls *calls, const char *path)
{
	const char *why;
	int err = sf_database_open(&calls->db, path, &why);

	if (err)
		return err;
	if (sf_database_run(calls->db, table_sql) ||
	    !run_for_day(calls, old_sql, NULL) ||
	    !run_for_day(calls, get_sql, read_rows))
		return -EIO;
	return sf_calls_load(calls);
}

/**
 * struct page - what is written at a time
 * @calls: of these
 * @put: the statement
 * @good: all of it worked
 */
struct page {
	const struct sf_calls *calls;
	sqlite3_stmt *put;
	bool good;
};

/* Who talks now has spoken more by now. */
static void keep_user(void *arg, struct sf_entry *entry)
{
	struct sf_calls_user *user = container_of(entry, struct sf_calls_user,
						  entry);
	struct page *page = arg;
	u64 spoken;

	if (!user->dirty && !user->calls && !page->calls->again)
		return;
	spoken = sf_calls_spoken(user);
	sf_database_bind(page->put, 1,
			 (struct sf_text){ user->aor, user->len });
	sqlite3_bind_int64(page->put, 2, user->day);
	sqlite3_bind_int64(page->put, 3, (s64)spoken);
	page->good &= sqlite3_step(page->put) == SQLITE_DONE;
	sqlite3_reset(page->put);
}

static void clean(void *arg, struct sf_entry *entry)
{
	(void)arg;
	container_of(entry, struct sf_calls_user, entry)->dirty = false;
}

/*
 * Within the lock nothing waits for the disk: the commit comes after it. Calls that
 * begin meanwhile wait for some copies.
 */
static bool write_users(struct sf_calls *calls)
{
	struct page page = {
		.calls = calls,
		.put = sf_database_prepare(calls->db, put_sql),
		.good = true,
	};

	if (!page.put)
		return false;
	pthread_mutex_lock(&calls->lock);
	sf_calls_each_user(calls, keep_user, &page);
	if (page.good)
		sf_calls_each_user(calls, clean, NULL);
	pthread_mutex_unlock(&calls->lock);
	sqlite3_finalize(page.put);
	return page.good;
}

void sf_calls_keep(struct sf_calls *calls)
{
	if (!sf_database_run(calls->db, "BEGIN IMMEDIATE")) {
		if (write_users(calls) && sf_calls_save(calls) &&
		    !sf_database_run(calls->db, "COMMIT")) {
			calls->again = false;
			sf_calls_saved(calls);
			return;
		}
		sf_database_run(calls->db, "ROLLBACK");
	}
	calls->again = true;
	sf_log(SF_LOG_WARNING, "minutes-not-kept", "error=\"%s\"",
	       sqlite3_errmsg(calls->db));
}
