/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * user_db.h - users, as the database has them
 */
#ifndef SIPFAST_APP_USER_DB_H
#define SIPFAST_APP_USER_DB_H

#include "database.h"
#include "user.h"

/**
 * sf_user_db_put() - add a user, or replace him
 * @only: there must be none yet
 *
 * Return: 0, -EEXIST, or -EIO.
 */
int sf_user_db_put(struct sqlite3 *db, struct sf_text user, struct sf_text domain,
		   const struct sf_account *account, bool only);

/**
 * sf_user_db_get() - Return: 0, -ENOENT, or -EIO.
 */
int sf_user_db_get(struct sqlite3 *db, struct sf_text user, struct sf_text domain,
		   struct sf_account *account);

/**
 * sf_user_db_del() - Return: 0, -ENOENT, or -EIO.
 */
int sf_user_db_del(struct sqlite3 *db, struct sf_text user, struct sf_text domain);

/**
 * sf_user_db_each() - all users, by domain and name
 * @each: returns false to end it
 *
 * Return: 0 or -EIO.
 */
int sf_user_db_each(struct sqlite3 *db,
		    bool (*each)(void *arg, struct sf_text user,
				 struct sf_text domain,
				 const struct sf_account *account),
		    void *arg);

/**
 * sf_algs_text() - "SHA-512-256,SHA-256,MD5": the strongest first
 * @text: 64 bytes
 *
 * Return: @text.
 */
const char *sf_algs_text(u8 algorithms, char *text);

/**
 * sf_algs_parse() - read that, in any case
 * Return: bits SF_ALG_BIT(); 0 when a name is unknown or there is none.
 */
u8 sf_algs_parse(const char *text);

#endif /* SIPFAST_APP_USER_DB_H */
