// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * calls_go_on.c - calls that go on when we do not, in the database
 *
 * Those that have to be ended, when their user's minutes are used up: who waits for a
 * restart would have all night otherwise. A row each, written when the call is answered
 * and when something is known that has changed; and when all of them were looked at
 * last. After a longer time than SF_CALLS_GAP_S nobody can tell which of them still are.
 */
#include "calls_internal.h"

#include <errno.h>
#include <stdlib.h>

#include "../util/clock.h"
#include "../util/container.h"
#include "database.h"

static const char table_sql[] =
	"CREATE TABLE IF NOT EXISTS call (\n"
	" serial INTEGER PRIMARY KEY,\n"
	" aor TEXT NOT NULL,\n"
	" call_id TEXT NOT NULL,\n"
	" caller TEXT NOT NULL,\n"
	" callee TEXT NOT NULL,\n"
	" caller_target TEXT NOT NULL,\n"
	" callee_target TEXT NOT NULL,\n"
	" caller_routes TEXT NOT NULL,\n"
	" callee_routes TEXT NOT NULL,\n"
	" caller_cseq INTEGER NOT NULL,\n"
	" callee_cseq INTEGER NOT NULL,\n"
	" patience INTEGER NOT NULL);\n"
	"CREATE TABLE IF NOT EXISTS calls_kept (\n"
	" id INTEGER PRIMARY KEY CHECK (id = 0),\n"
	" at INTEGER NOT NULL);\n";
static const char put_sql[] =
	"REPLACE INTO call (serial, aor, call_id, caller, callee, caller_target,\n"
	" callee_target, caller_routes, callee_routes, caller_cseq, callee_cseq,\n"
	" patience) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
static const char get_sql[] =
	"SELECT serial, aor, call_id, caller, callee, caller_target, callee_target,\n"
	" caller_routes, callee_routes, caller_cseq, callee_cseq, patience\n"
	" FROM call ORDER BY serial";
static const char del_sql[] = "DELETE FROM call WHERE serial = ?";
static const char kept_sql[] = "REPLACE INTO calls_kept (id, at) VALUES (0, ?)";
static const char old_sql[] =
	"DELETE FROM call WHERE coalesce((SELECT at FROM calls_kept), 0) < ?";

enum { COL_SERIAL, COL_AOR, COL_CALL_ID, COL_PARTY, COL_TARGET = COL_PARTY + 2,
	COL_ROUTES = COL_TARGET + 2, COL_CSEQ = COL_ROUTES + 2,
	COL_PATIENCE = COL_CSEQ + 2 };

/* Return: what step() did last. */
static int run_with(struct sf_calls *calls, const char *sql, u64 value)
{
	sqlite3_stmt *stmt = sf_database_prepare(calls->db, sql);
	int rc = SQLITE_ERROR;

	if (stmt) {
		sqlite3_bind_int64(stmt, 1, (s64)value);
		rc = sqlite3_step(stmt);
	}
	sqlite3_finalize(stmt);
	return rc;
}

/* Time that nobody was there to count is not counted. */
static void read_call(struct sf_calls *calls, sqlite3_stmt *stmt)
{
	u64 serial = (u64)sqlite3_column_int64(stmt, COL_SERIAL);
	u64 patience = (u64)sqlite3_column_int64(stmt, COL_PATIENCE);
	struct sf_dialog is = {
		.call_id = sf_database_text(stmt, COL_CALL_ID),
	}, *dialog;
	struct sf_call *call;
	int i;

	for (i = 0; i < 2; i++) {
		is.party[i] = sf_database_text(stmt, COL_PARTY + i);
		is.target[i] = sf_database_text(stmt, COL_TARGET + i);
		is.routes[i] = sf_database_text(stmt, COL_ROUTES + i);
		is.cseq[i] = (u32)sqlite3_column_int64(stmt, COL_CSEQ + i);
	}
	if (serial <= calls->serial || serial > INT64_MAX / 2 ||
	    calls->bound >= SF_CALLS_BOUND || sf_dialog_copy(&dialog, &is))
		return;
	calls->serial = serial - 1;
	call = sf_calls_adopt(calls, sf_database_text(stmt, COL_AOR), dialog);
	if (call && patience < call->patience)
		call->patience = patience;
}

int sf_calls_load(struct sf_calls *calls)
{
	sqlite3_stmt *stmt;
	int rc = SQLITE_ERROR;

	if (sf_database_run(calls->db, table_sql) ||
	    run_with(calls, old_sql, sf_clock_wall() - SF_CALLS_GAP_S) !=
	    SQLITE_DONE)
		return -EIO;
	stmt = calls->ops ? sf_database_prepare(calls->db, get_sql) : NULL;
	while (stmt && (rc = sqlite3_step(stmt)) == SQLITE_ROW)
		read_call(calls, stmt);
	sqlite3_finalize(stmt);
	return !calls->ops || rc == SQLITE_DONE ? 0 : -EIO;
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

static void write_call(struct page *page, const struct sf_call *call)
{
	const struct sf_dialog *dialog = call->dialog;
	sqlite3_stmt *put = page->put;
	int i;

	sqlite3_bind_int64(put, COL_SERIAL + 1, (s64)call->serial);
	sf_database_bind(put, COL_AOR + 1,
			 (struct sf_text){ call->user->aor, call->user->len });
	sf_database_bind(put, COL_CALL_ID + 1, dialog->call_id);
	for (i = 0; i < 2; i++) {
		sf_database_bind(put, COL_PARTY + 1 + i, dialog->party[i]);
		sf_database_bind(put, COL_TARGET + 1 + i, dialog->target[i]);
		sf_database_bind(put, COL_ROUTES + 1 + i, dialog->routes[i]);
		sqlite3_bind_int64(put, COL_CSEQ + 1 + i, dialog->cseq[i]);
	}
	sqlite3_bind_int64(put, COL_PATIENCE + 1, (s64)call->patience);
	page->good &= sqlite3_step(put) == SQLITE_DONE;
	sqlite3_reset(put);
}

static bool is_new(const struct sf_calls *calls, const struct sf_call *call)
{
	return call->tag && call->dialog && (call->dirty || calls->again);
}

static void write_user(void *arg, struct sf_entry *entry)
{
	const struct sf_calls_user *user =
		container_of(entry, struct sf_calls_user, entry);
	const struct sf_call *call;
	struct page *page = arg;

	for (call = user->first; call; call = call->next)
		if (is_new(page->calls, call))
			write_call(page, call);
}

static void clean(void *arg, struct sf_entry *entry)
{
	struct sf_calls_user *user = container_of(entry, struct sf_calls_user,
						  entry);
	struct sf_call *call;

	for (call = user->first; call; call = call->next) {
		if (!is_new(arg, call))
			continue;
		call->dirty = false;
		call->kept = true;
	}
}

static bool delete_gone(struct sf_calls *calls)
{
	struct sf_calls_gone *gone;

	for (gone = calls->gone; gone; gone = gone->next) {
		if (run_with(calls, del_sql, gone->serial) != SQLITE_DONE)
			return false;
		gone->deleted = true;
	}
	return true;
}

void sf_calls_saved(struct sf_calls *calls)
{
	struct sf_calls_gone **at = &calls->gone, *gone;

	pthread_mutex_lock(&calls->lock);
	while ((gone = *at)) {
		if (!gone->deleted) {
			at = &gone->next;
			continue;
		}
		*at = gone->next;
		free(gone);
	}
	pthread_mutex_unlock(&calls->lock);
}

bool sf_calls_save(struct sf_calls *calls)
{
	struct page page = {
		.calls = calls,
		.put = sf_database_prepare(calls->db, put_sql),
		.good = true,
	};
	bool any;

	if (!page.put)
		return false;
	pthread_mutex_lock(&calls->lock);
	any = calls->bound || calls->gone;
	if (any) {
		sf_calls_each_user(calls, write_user, &page);
		page.good &= delete_gone(calls);
	}
	if (page.good)
		sf_calls_each_user(calls, clean, calls);
	pthread_mutex_unlock(&calls->lock);
	sqlite3_finalize(page.put);
	return page.good && (!any || run_with(calls, kept_sql,
					      sf_clock_wall()) == SQLITE_DONE);
}
