// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * user_watch.c - keeps the users in memory like those in the database
 */
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "../sip/aor.h"
#include "../util/log.h"
#include "user_db.h"
#include "user_watch.h"

/**
 * struct sf_user_watch - who looks for changes
 * @users: has a lock of its own
 * @db: the thread's
 * @version: asks for "users" of the table version; the thread's
 * @seen: what that was when they were read; the thread's
 * @thread: looks
 * @lock: protects @stop
 * @wake: signalled when it changes
 * @stop: end
 */
struct sf_user_watch {
	struct sf_users *users;
	sqlite3 *db;
	sqlite3_stmt *version;
	s64 seen;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	bool stop;
};

static const char version_sql[] =
	"SELECT number FROM version WHERE name = 'users'";

/* -1 when it cannot be read. */
static s64 read_version(struct sf_user_watch *watch)
{
	s64 number = -1;

	if (sqlite3_step(watch->version) == SQLITE_ROW)
		number = sqlite3_column_int64(watch->version, 0);
	sqlite3_reset(watch->version);
	return number;
}

static bool add_to_table(void *arg, struct sf_text user, struct sf_text domain,
			 const struct sf_account *account)
{
	char name[SF_AOR_MAX + 1];
	struct sf_aor aor;

	if (domain.len > SF_AOR_MAX)
		return true;
	memcpy(name, domain.s, domain.len);
	name[domain.len] = '\0';
	/* a name that nobody could have is a row made by hand */
	if (!sf_aor_make(&aor, user.s, (struct sf_span){ 0, user.len }, name))
		return true;
	return sf_user_table_add(arg, (struct sf_text){ aor.text, aor.len },
				 account);
}

/* The version first: what changes while the users are read is read again. */
static int reload(struct sf_user_watch *watch)
{
	struct sf_user_table *table;
	s64 version = read_version(watch);

	if (version == watch->seen)
		return 0;
	table = version < 0 ? NULL : sf_user_table_new();
	if (!table)
		return -EIO;
	if (sf_user_db_each(watch->db, add_to_table, table)) {
		sf_user_table_free(table);
		return -EIO;
	}
	sf_users_replace(watch->users, table);
	watch->seen = version;
	return 0;
}

static void wait_a_while(struct sf_user_watch *watch)
{
	struct timespec until;

	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_nsec += (long)SF_USERS_POLL * 1000000;
	until.tv_sec += until.tv_nsec / 1000000000;
	until.tv_nsec %= 1000000000;
	if (!watch->stop)
		pthread_cond_timedwait(&watch->wake, &watch->lock, &until);
}

static void *follow(void *arg)
{
	struct sf_user_watch *watch = arg;
	bool stop = false, failed = false;

	while (!stop) {
		pthread_mutex_lock(&watch->lock);
		wait_a_while(watch);
		stop = watch->stop;
		pthread_mutex_unlock(&watch->lock);
		if (stop || !reload(watch)) {
			failed = false;
			continue;
		}
		if (!failed)
			sf_log(SF_LOG_ERROR, "users-unread", "reason=%s",
			       sqlite3_errmsg(watch->db));
		failed = true;
	}
	return NULL;
}

static void release(struct sf_user_watch *watch)
{
	sqlite3_finalize(watch->version);
	sqlite3_close(watch->db);
	pthread_cond_destroy(&watch->wake);
	pthread_mutex_destroy(&watch->lock);
	free(watch);
}

int sf_users_follow(struct sf_user_watch **watch, struct sf_users *users,
		    const char *path, const char **why)
{
	struct sf_user_watch *made = calloc(1, sizeof(*made));
	pthread_condattr_t attr;
	int err;

	if (!made)
		return -ENOMEM;
	made->users = users;
	made->seen = -1;
	pthread_mutex_init(&made->lock, NULL);
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(&made->wake, &attr);
	pthread_condattr_destroy(&attr);
	err = sf_database_open(&made->db, path, why);
	if (!err) {
		made->version = sf_database_prepare(made->db, version_sql);
		err = made->version ? reload(made) : -EIO;
	}
	if (!err)
		err = -pthread_create(&made->thread, NULL, follow, made);
	if (err) {
		release(made);
		return err;
	}
	*watch = made;
	return 0;
}

void sf_users_unfollow(struct sf_user_watch *watch)
{
	pthread_mutex_lock(&watch->lock);
	watch->stop = true;
	pthread_cond_signal(&watch->wake);
	pthread_mutex_unlock(&watch->lock);
	pthread_join(watch->thread, NULL);
	release(watch);
}
