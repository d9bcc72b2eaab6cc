/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * user.h - who may use us, and the digests of their secrets
 *
 * A table of all users, in memory. It is replaced as a whole when somebody has
 * changed the database; see user_db.h.
 */
#ifndef SIPFAST_APP_USER_H
#define SIPFAST_APP_USER_H

#include "auth.h"

/**
 * struct sf_account - a user
 * @algorithms: bits SF_ALG_BIT(): those of which there is a digest
 * @listed: the user has a list of his own: what he is challenged with is
 *          @algorithms, whatever his domain says
 * @ha1: the digests
 */
struct sf_account {
	u8 algorithms;
	bool listed;
	u8 ha1[SF_ALG_COUNT][SF_DIGEST_MAX];
};

struct sf_users;
struct sf_user_table;

/**
 * sf_users_new() - nobody yet
 * Return: for sf_users_free(), or NULL.
 */
struct sf_users *sf_users_new(void);
void sf_users_free(struct sf_users *users);

/**
 * sf_users_find() - copy out a user; from any thread
 * @aor: as sf_aor_make() writes it
 * @account: written only on success; may be NULL
 */
bool sf_users_find(struct sf_users *users, struct sf_text aor,
		   struct sf_account *account);

u32 sf_users_count(struct sf_users *users);

/**
 * sf_user_table_new() - a table to be filled
 * Return: for sf_users_replace() or sf_user_table_free(), or NULL.
 */
struct sf_user_table *sf_user_table_new(void);
void sf_user_table_free(struct sf_user_table *table);

/**
 * sf_user_table_add() - Return: false when memory is short.
 */
bool sf_user_table_add(struct sf_user_table *table, struct sf_text aor,
		       const struct sf_account *account);

/**
 * sf_users_replace() - the users are those of this table now
 */
void sf_users_replace(struct sf_users *users, struct sf_user_table *table);

#endif /* SIPFAST_APP_USER_H */
