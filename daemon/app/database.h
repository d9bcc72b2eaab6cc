/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * database.h - the SQLite file: users, bindings, secrets
 *
 * Its tables are for administrators to read, too; database.c has them.
 */
#ifndef SIPFAST_APP_DATABASE_H
#define SIPFAST_APP_DATABASE_H

#include <sqlite3.h>

#include "record.h"

#define SF_DATABASE_PATH "/var/lib/sipfast/sipfast.db"

/* How long somebody else's lock is waited for, ms. */
#define SF_DATABASE_PATIENCE 5000

/**
 * sf_database_open() - open the file, make it if it is not there
 * @db: for sqlite3_close(); written only on success
 * @why: the reason of a failure, for people; valid until this thread calls it
 *       again; may be NULL
 *
 * A file that is made belongs to the owner of its directory, and may be read
 * by the group sipfast if there is one. Older tables are brought up to date;
 * those of a newer version are left alone, and refused.
 *
 * Return: 0 or a negative errno.
 */
int sf_database_open(sqlite3 **db, const char *path, const char **why);

/**
 * sf_database_sync() - from now on each commit is on the disk when it returns
 *
 * SQLite's log gets the length that it has between two checkpoints first, which
 * takes some milliseconds. A log that grows makes the file system write a journal
 * of its own at each commit: more time, and more wear of flash.
 *
 * Return: 0 or -EIO.
 */
int sf_database_sync(sqlite3 *db);

/**
 * sf_database_run() - run statements that have no answer
 * Return: 0 or -EIO.
 */
int sf_database_run(sqlite3 *db, const char *sql);

/**
 * sf_database_prepare() - compile a statement
 * Return: for sqlite3_finalize(), or NULL.
 */
sqlite3_stmt *sf_database_prepare(sqlite3 *db, const char *sql);

/* Bind a text that stays where it is until the statement has run. */
void sf_database_bind(sqlite3_stmt *stmt, int at, struct sf_text text);

/* A column; valid until the next step. */
struct sf_text sf_database_text(sqlite3_stmt *stmt, int at);

#endif /* SIPFAST_APP_DATABASE_H */
