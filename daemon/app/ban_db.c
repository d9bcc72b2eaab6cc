// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * ban_db.c - bans in the database
 */
#include "ban_db.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

static const char get_sql[] =
	"SELECT address, state, strikes, since, until, reason, evidence FROM ban";
static const char put_sql[] =
	"REPLACE INTO ban (address, state, strikes, since, until, reason,\n"
	" evidence) VALUES (?, ?, ?, ?, ?, ?, ?)";
static const char del_sql[] = "DELETE FROM ban WHERE address = ?";

/* Columns of the first two. */
enum { COL_ADDRESS, COL_STATE, COL_STRIKES, COL_SINCE, COL_UNTIL, COL_REASON,
	COL_EVIDENCE };

static const char *const states[] = {
	[SF_BAN_NONE] = "over",
	[SF_BAN_ALLOWED] = "allowed",
	[SF_BAN_BANNED] = "banned",
};

static bool read_ip(struct sf_ip *ip, const char *text)
{
	memset(ip, 0, sizeof(*ip));
	if (inet_pton(AF_INET, text, ip->v4) == 1)
		ip->family = 4;
	else if (inet_pton(AF_INET6, text, ip->v6) == 1)
		ip->family = 6;
	return ip->family;
}

static const char *column(sqlite3_stmt *stmt, int at)
{
	const unsigned char *text = sqlite3_column_text(stmt, at);

	return text ? (const char *)text : "";
}

static bool read_row(struct sf_ban *ban, sqlite3_stmt *stmt)
{
	const char *state = column(stmt, COL_STATE);
	u32 i;

	memset(ban, 0, sizeof(*ban));
	for (i = 0; i < ARRAY_SIZE(states); i++)
		if (states[i] && !strcmp(states[i], state))
			break;
	if (i == ARRAY_SIZE(states))
		return false;
	ban->kind = i;
	ban->strikes = (u32)sqlite3_column_int64(stmt, COL_STRIKES);
	ban->since = (u64)sqlite3_column_int64(stmt, COL_SINCE);
	ban->end = (u64)sqlite3_column_int64(stmt, COL_UNTIL);
	snprintf(ban->reason, sizeof(ban->reason), "%s",
		 column(stmt, COL_REASON));
	snprintf(ban->evidence, sizeof(ban->evidence), "%s",
		 column(stmt, COL_EVIDENCE));
	return read_ip(&ban->ip, column(stmt, COL_ADDRESS));
}

int sf_ban_db_each(sqlite3 *db, sf_ban_db_fn each, void *arg)
{
	sqlite3_stmt *stmt = sf_database_prepare(db, get_sql);
	struct sf_ban ban;
	int rc = SQLITE_ERROR;

	while (stmt && (rc = sqlite3_step(stmt)) == SQLITE_ROW)
		if (read_row(&ban, stmt))
			each(arg, &ban);
	sqlite3_finalize(stmt);
	return rc == SQLITE_DONE ? 0 : -EIO;
}

int sf_ban_db_open(struct sf_ban_db *bans, sqlite3 *db)
{
	bans->put = sf_database_prepare(db, put_sql);
	bans->del = sf_database_prepare(db, del_sql);
	if (bans->put && bans->del)
		return 0;
	sf_ban_db_close(bans);
	return -EIO;
}

void sf_ban_db_close(struct sf_ban_db *bans)
{
	sqlite3_finalize(bans->put);
	sqlite3_finalize(bans->del);
	memset(bans, 0, sizeof(*bans));
}

static void bind_ip(sqlite3_stmt *stmt, const struct sf_ip *ip)
{
	char text[INET6_ADDRSTRLEN] = "";

	inet_ntop(ip->family == 4 ? AF_INET : AF_INET6, ip->v6, text,
		  sizeof(text));
	sqlite3_bind_text(stmt, COL_ADDRESS + 1, text, -1, SQLITE_TRANSIENT);
}

static int step(sqlite3_stmt *stmt)
{
	int rc = sqlite3_step(stmt);

	sqlite3_reset(stmt);
	return rc == SQLITE_DONE ? 0 : -EIO;
}

int sf_ban_db_put(struct sf_ban_db *bans, const struct sf_ban *ban)
{
	sqlite3_stmt *stmt = bans->put;

	bind_ip(stmt, &ban->ip);
	sqlite3_bind_text(stmt, COL_STATE + 1, states[ban->kind], -1,
			  SQLITE_STATIC);
	sqlite3_bind_int64(stmt, COL_STRIKES + 1, ban->strikes);
	sqlite3_bind_int64(stmt, COL_SINCE + 1, (s64)ban->since);
	sqlite3_bind_int64(stmt, COL_UNTIL + 1, (s64)ban->end);
	sqlite3_bind_text(stmt, COL_REASON + 1, ban->reason, -1, SQLITE_STATIC);
	sqlite3_bind_text(stmt, COL_EVIDENCE + 1, ban->evidence, -1,
			  SQLITE_STATIC);
	return step(stmt);
}

int sf_ban_db_del(struct sf_ban_db *bans, const struct sf_ip *ip)
{
	bind_ip(bans->del, ip);
	return step(bans->del);
}
