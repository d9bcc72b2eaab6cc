/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ban_db.h - bans in the database
 */
#ifndef SIPFAST_APP_BAN_DB_H
#define SIPFAST_APP_BAN_DB_H

#include "ban.h"
#include "database.h"

/* Is shown what is kept of one; valid during the call. */
typedef void (*sf_ban_db_fn)(void *arg, const struct sf_ban *ban);

/**
 * sf_ban_db_each() - show what is kept
 *
 * Rows that make no sense are left out: somebody wrote them by hand.
 *
 * Return: 0 or -EIO.
 */
int sf_ban_db_each(sqlite3 *db, sf_ban_db_fn each, void *arg);

/* The statements that change it. */
struct sf_ban_db {
	sqlite3_stmt *put;
	sqlite3_stmt *del;
};

/* Return: 0 or -EIO. */
int sf_ban_db_open(struct sf_ban_db *bans, sqlite3 *db);
void sf_ban_db_close(struct sf_ban_db *bans);

/* Keep one, or replace it. Return: 0 or -EIO. */
int sf_ban_db_put(struct sf_ban_db *bans, const struct sf_ban *ban);

/* Return: 0, even when there was none; -EIO. */
int sf_ban_db_del(struct sf_ban_db *bans, const struct sf_ip *ip);

#endif /* SIPFAST_APP_BAN_DB_H */
