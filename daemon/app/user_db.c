// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * user_db.c - users, as the database has them
 */
#include <errno.h>
#include <stdio.h>

#include "user_db.h"

#define COLUMNS "user, domain, algorithms, md5, sha_256, sha_512_256"

/* The first column of a digest; they are in the order of enum sf_alg. */
enum { COL_USER, COL_DOMAIN, COL_ALGORITHMS, COL_HA1 };

const char *sf_algs_text(u8 algorithms, char *text)
{
	u32 alg, len = 0;

	text[0] = '\0';
	for (alg = SF_ALG_COUNT; alg--;)
		if (algorithms & SF_ALG_BIT(alg))
			len += (u32)snprintf(text + len, 64 - len, "%s%s",
					     len ? "," : "",
					     sf_alg_name((enum sf_alg)alg));
	return text;
}

u8 sf_algs_parse(const char *text)
{
	struct sf_span rest = { 0, (u32)strlen(text) }, item;
	enum sf_reason reason;
	enum sf_alg alg;
	u8 bits = 0;

	while (!(reason = sf_list_next(text, &rest, &item))) {
		alg = sf_alg_find(text, item);
		if (alg == SF_ALG_COUNT)
			return 0;
		bits |= SF_ALG_BIT(alg);
	}
	return reason == SF_EMPTY ? bits : 0;
}

static void bind_account(sqlite3_stmt *stmt, const struct sf_account *account)
{
	char text[64];
	u32 alg;

	if (account->listed)
		sqlite3_bind_text(stmt, COL_ALGORITHMS + 1,
				  sf_algs_text(account->algorithms, text), -1,
				  SQLITE_TRANSIENT);
	for (alg = 0; alg < SF_ALG_COUNT; alg++)
		if (account->algorithms & SF_ALG_BIT(alg))
			sqlite3_bind_blob(stmt, (int)alg + COL_HA1 + 1,
					  account->ha1[alg],
					  (int)sf_alg_len((enum sf_alg)alg),
					  SQLITE_STATIC);
}

static void read_account(sqlite3_stmt *stmt, struct sf_account *account)
{
	u32 alg, len;

	memset(account, 0, sizeof(*account));
	account->listed = sqlite3_column_type(stmt, COL_ALGORITHMS) !=
			  SQLITE_NULL;
	for (alg = 0; alg < SF_ALG_COUNT; alg++) {
		len = sf_alg_len((enum sf_alg)alg);
		if (sqlite3_column_bytes(stmt, (int)alg + COL_HA1) != (int)len)
			continue;
		memcpy(account->ha1[alg],
		       sqlite3_column_blob(stmt, (int)alg + COL_HA1), len);
		account->algorithms |= SF_ALG_BIT(alg);
	}
	/* the list may have been made shorter by hand */
	if (account->listed)
		account->algorithms &=
			sf_algs_parse(sf_database_text(stmt, COL_ALGORITHMS).s);
}

/* Run a statement; 0, -EEXIST when that is there already, -EIO. */
static int finish(sqlite3 *db, sqlite3_stmt *stmt)
{
	int rc = stmt ? sqlite3_step(stmt) : SQLITE_ERROR;

	sqlite3_finalize(stmt);
	if (rc == SQLITE_CONSTRAINT)
		return -EEXIST;
	if (rc != SQLITE_DONE)
		return -EIO;
	return sqlite3_changes(db) ? 0 : -ENOENT;
}

/* A change, and that there was one, are seen together. */
static int end_change(sqlite3 *db, int err)
{
	static const char done[] =
		"UPDATE version SET number = number + 1 WHERE name = 'users';"
		"COMMIT";

	if (!err)
		err = sf_database_run(db, done);
	if (err)
		sf_database_run(db, "ROLLBACK");
	return err;
}

int sf_user_db_put(sqlite3 *db, struct sf_text user, struct sf_text domain,
		   const struct sf_account *account, bool only)
{
	static const char insert[] =
		"INSERT INTO user (" COLUMNS ") VALUES (?, ?, ?, ?, ?, ?)";
	static const char replace[] =
		"REPLACE INTO user (" COLUMNS ") VALUES (?, ?, ?, ?, ?, ?)";
	sqlite3_stmt *stmt;

	if (sf_database_run(db, "BEGIN IMMEDIATE"))
		return -EIO;
	stmt = sf_database_prepare(db, only ? insert : replace);
	if (stmt) {
		sf_database_bind(stmt, COL_USER + 1, user);
		sf_database_bind(stmt, COL_DOMAIN + 1, domain);
		bind_account(stmt, account);
	}
	return end_change(db, finish(db, stmt));
}

int sf_user_db_get(sqlite3 *db, struct sf_text user, struct sf_text domain,
		   struct sf_account *account)
{
	sqlite3_stmt *stmt = sf_database_prepare(db,
		"SELECT " COLUMNS " FROM user WHERE user = ? AND domain = ?");
	int rc;

	if (!stmt)
		return -EIO;
	sf_database_bind(stmt, 1, user);
	sf_database_bind(stmt, 2, domain);
	rc = sqlite3_step(stmt);
	if (rc == SQLITE_ROW)
		read_account(stmt, account);
	sqlite3_finalize(stmt);
	return rc == SQLITE_ROW ? 0 : rc == SQLITE_DONE ? -ENOENT : -EIO;
}

int sf_user_db_del(sqlite3 *db, struct sf_text user, struct sf_text domain)
{
	static const char sql[] =
		"DELETE FROM user WHERE user = ? AND domain = ?";
	sqlite3_stmt *stmt;

	if (sf_database_run(db, "BEGIN IMMEDIATE"))
		return -EIO;
	stmt = sf_database_prepare(db, sql);
	if (stmt) {
		sf_database_bind(stmt, 1, user);
		sf_database_bind(stmt, 2, domain);
	}
	return end_change(db, finish(db, stmt));
}

int sf_user_db_each(sqlite3 *db,
		    bool (*each)(void *arg, struct sf_text user,
				 struct sf_text domain,
				 const struct sf_account *account),
		    void *arg)
{
	sqlite3_stmt *stmt = sf_database_prepare(db,
		"SELECT " COLUMNS " FROM user ORDER BY domain, user");
	struct sf_account account;
	int rc = SQLITE_ERROR;

	while (stmt && (rc = sqlite3_step(stmt)) == SQLITE_ROW) {
		read_account(stmt, &account);
		if (!each(arg, sf_database_text(stmt, COL_USER),
			  sf_database_text(stmt, COL_DOMAIN), &account)) {
			rc = SQLITE_DONE;
			break;
		}
	}
	sf_auth_wipe(&account, sizeof(account));
	sqlite3_finalize(stmt);
	return rc == SQLITE_DONE ? 0 : -EIO;
}
