// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * database.c - the SQLite file: users, bindings, secrets
 */
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "database.h"

#define VERSION 3

/* Of SQLite's log between two checkpoints; its own default. */
#define LOG_PAGES 1000

/*
 * Version 3. A binding is found by its user, its contact as it was written, and
 * the flow that it is (RFC 5626; not in version 1); times are seconds since 1970.
 * Of a user there is a digest for each algorithm that he may use; if he has a list
 * of algorithms of his own, it is named. What changes users raises "users" in the
 * table version. Of an address that was banned it is known how often (ban.h; not in
 * version 2).
 */
#define BINDING_TABLE \
	"CREATE TABLE binding (\n" \
	" aor TEXT NOT NULL,\n" \
	" contact TEXT NOT NULL,\n" \
	" expires INTEGER NOT NULL,\n" \
	" q REAL NOT NULL,\n" \
	" call_id TEXT NOT NULL,\n" \
	" cseq INTEGER NOT NULL,\n" \
	" params TEXT,\n" \
	" path TEXT,\n" \
	" instance TEXT NOT NULL,\n" \
	" reg_id INTEGER NOT NULL,\n" \
	" user_agent TEXT,\n" \
	" transport TEXT NOT NULL,\n" \
	" source TEXT NOT NULL,\n" \
	" local TEXT NOT NULL,\n" \
	" PRIMARY KEY (aor, contact, instance, reg_id)) WITHOUT ROWID;\n"

#define BAN_TABLE \
	"CREATE TABLE IF NOT EXISTS ban (\n" \
	" address TEXT PRIMARY KEY,\n" \
	" state TEXT NOT NULL,\n" \
	" strikes INTEGER NOT NULL,\n" \
	" since INTEGER NOT NULL,\n" \
	" until INTEGER NOT NULL,\n" \
	" reason TEXT NOT NULL,\n" \
	" evidence TEXT NOT NULL) WITHOUT ROWID;\n"

static const char schema[] =
	"BEGIN IMMEDIATE;\n"
	BINDING_TABLE
	BAN_TABLE
	"CREATE TABLE user (\n"
	" user TEXT NOT NULL,\n"
	" domain TEXT NOT NULL,\n"
	" algorithms TEXT,\n"
	" md5 BLOB,\n"
	" sha_256 BLOB,\n"
	" sha_512_256 BLOB,\n"
	" PRIMARY KEY (user, domain)) WITHOUT ROWID;\n"
	"CREATE TABLE secret (\n"
	" name TEXT PRIMARY KEY,\n"
	" key BLOB NOT NULL) WITHOUT ROWID;\n"
	"CREATE TABLE version (\n"
	" name TEXT PRIMARY KEY,\n"
	" number INTEGER NOT NULL) WITHOUT ROWID;\n"
	"INSERT INTO version VALUES ('users', 1);\n"
	"PRAGMA user_version = 3;\n"
	"COMMIT;";

static const char from_version_1[] =
	"BEGIN IMMEDIATE;\n"
	"ALTER TABLE binding RENAME TO binding_1;\n"
	BINDING_TABLE
	"INSERT INTO binding SELECT aor, contact, expires, q, call_id, cseq,\n"
	" params, path, coalesce(instance, ''), coalesce(reg_id, 0),\n"
	" user_agent, transport, source, local FROM binding_1;\n"
	"DROP TABLE binding_1;\n"
	BAN_TABLE
	"PRAGMA user_version = 3;\n"
	"COMMIT;";

static const char from_version_2[] =
	"BEGIN IMMEDIATE;\n"
	BAN_TABLE
	"PRAGMA user_version = 3;\n"
	"COMMIT;";

/* By the version that there is. */
static const char *const updates[VERSION] = {
	schema, from_version_1, from_version_2,
};

static __thread char reason[256];

static int fail(const char **why, int err, const char *what, const char *more)
{
	snprintf(reason, sizeof(reason), "%s: %s", what, more);
	if (why)
		*why = reason;
	return err;
}

int sf_database_run(sqlite3 *db, const char *sql)
{
	return sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK ? 0 : -EIO;
}

sqlite3_stmt *sf_database_prepare(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *stmt = NULL;

	sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &stmt, NULL);
	return stmt;
}

void sf_database_bind(sqlite3_stmt *stmt, int at, struct sf_text text)
{
	if (text.len)
		sqlite3_bind_text(stmt, at, text.s, (int)text.len,
				  SQLITE_STATIC);
	else
		sqlite3_bind_text(stmt, at, "", 0, SQLITE_STATIC);
}

struct sf_text sf_database_text(sqlite3_stmt *stmt, int at)
{
	const void *bytes = sqlite3_column_text(stmt, at);

	return (struct sf_text){ bytes ? bytes : "",
				 (u32)sqlite3_column_bytes(stmt, at) };
}

/* -1 on failure. */
static int version_of(sqlite3 *db)
{
	sqlite3_stmt *stmt = sf_database_prepare(db, "PRAGMA user_version");
	int version = -1;

	if (stmt && sqlite3_step(stmt) == SQLITE_ROW)
		version = sqlite3_column_int(stmt, 0);
	sqlite3_finalize(stmt);
	return version;
}

/* The owner of the directory is who the daemon runs as, or root. */
static void give_away(int fd, const char *path)
{
	const struct group *group = getgrnam("sipfast");
	char copy[PATH_MAX];
	struct stat st;

	snprintf(copy, sizeof(copy), "%s", path);
	if (geteuid() || !group || stat(dirname(copy), &st))
		return;
	if (!fchown(fd, st.st_uid, group->gr_gid))
		fchmod(fd, 0640);
}

/* SQLite takes the mode of its other files from this one. */
static int make_file(const char *path, const char **why)
{
	int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	if (fd < 0 && errno == EEXIST)
		return 0;
	if (fd < 0)
		return fail(why, -errno, path, strerror(errno));
	give_away(fd, path);
	close(fd);
	return 0;
}

static int open_tables(sqlite3 *db, const char *path, const char **why)
{
	int version;

	sqlite3_busy_timeout(db, SF_DATABASE_PATIENCE);
	if (sf_database_run(db, "PRAGMA journal_mode = WAL;"
			    "PRAGMA synchronous = NORMAL"))
		return fail(why, -EIO, path, sqlite3_errmsg(db));
	version = version_of(db);
	if (version < 0)
		return fail(why, -EIO, path, sqlite3_errmsg(db));
	if (version > VERSION)
		return fail(why, -EPROTO, path, "made by a newer version");
	/* somebody else may make them at the same time */
	if (version < VERSION &&
	    sf_database_run(db, updates[version])) {
		sf_database_run(db, "ROLLBACK");
		version = version_of(db);
		if (version != VERSION)
			return fail(why, -EIO, path, sqlite3_errmsg(db));
	}
	return 0;
}

int sf_database_open(sqlite3 **db, const char *path, const char **why)
{
	sqlite3 *made = NULL;
	int err;

	err = make_file(path, why);
	if (err)
		return err;
	if (sqlite3_open_v2(path, &made, SQLITE_OPEN_READWRITE, NULL) !=
	    SQLITE_OK)
		err = fail(why, -EIO, path,
			   made ? sqlite3_errmsg(made) : "out of memory");
	else
		err = open_tables(made, path, why);
	if (err)
		sqlite3_close(made);
	else
		*db = made;
	return err;
}

/* Each step is a page of the log: the one that has the row. */
static int fill_log(sqlite3 *db)
{
	static const char sql[] =
		"UPDATE version SET number = number + 1 WHERE name = 'log'";
	sqlite3_stmt *stmt = sf_database_prepare(db, sql);
	int n, rc = stmt ? SQLITE_DONE : SQLITE_ERROR;

	for (n = 0; n < LOG_PAGES && rc == SQLITE_DONE; n++) {
		rc = sqlite3_step(stmt);
		sqlite3_reset(stmt);
	}
	sqlite3_finalize(stmt);
	return rc == SQLITE_DONE ? 0 : -EIO;
}

int sf_database_sync(sqlite3 *db)
{
	char limit[48];
	int err;

	/* Nothing leaves the log while nothing is synchronised. */
	err = sf_database_run(db, "PRAGMA wal_autocheckpoint = 0;"
			      "PRAGMA synchronous = OFF;"
			      "INSERT OR IGNORE INTO version VALUES ('log', 0)");
	if (!err)
		err = fill_log(db);
	snprintf(limit, sizeof(limit), "PRAGMA wal_autocheckpoint = %d",
		 LOG_PAGES);
	if (sf_database_run(db, "PRAGMA synchronous = FULL;"
			    "DELETE FROM version WHERE name = 'log';"
			    "PRAGMA wal_checkpoint") ||
	    sf_database_run(db, limit))
		err = -EIO;
	return err;
}
