// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * store_sqlite.c - a store in a SQLite database
 *
 * One thread writes. What comes after a while of rest is written at once; after
 * that SF_STORE_WINDOW has to pass, and what has come by then is written in one
 * transaction. One that fails is tried again until it works: nobody is told that
 * something is kept which is not, and as the oldest change gets older, no more
 * are taken.
 *
 * A commit is on the disk when it returns (sf_database_sync()).
 */
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "../util/clock.h"
#include "../util/hash.h"
#include "../util/log.h"
#include "database.h"
#include "location.h"
#include "store.h"

#define RETRY_MS	200
#define SWEEP_S		3600	/* how often expired rows are deleted */
#define SECRET_MAX	64

/**
 * struct sqlite - the store
 * @store: head
 * @path: of the file
 * @db: the writer's
 * @begin: begins a transaction; the writer's
 * @commit: ends it; the writer's
 * @put: adds or replaces a row; the writer's
 * @del: deletes one; the writer's
 * @thread: the writer
 * @lock: protects what follows
 * @wake: signalled when there is something to do
 * @first: the oldest change that waits, or is being written
 * @last: where the next one is put
 * @count: how many there are
 * @stop: write what is there, and end
 */
struct sqlite {
	struct sf_store store;
	char *path;
	sqlite3 *db;
	sqlite3_stmt *begin;
	sqlite3_stmt *commit;
	sqlite3_stmt *put;
	sqlite3_stmt *del;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	struct sf_change *first;
	struct sf_change **last;
	u32 count;
	bool stop;
};

static const char put_sql[] =
	"REPLACE INTO binding (aor, contact, expires, q, call_id, cseq, params,\n"
	" path, instance, reg_id, user_agent, transport, source, local)\n"
	" VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
static const char del_sql[] =
	"DELETE FROM binding WHERE aor = ? AND contact = ? AND instance = ?\n"
	" AND reg_id = ?";
static const char get_sql[] =
	"SELECT aor, contact, expires, q, call_id, cseq, params, path,\n"
	" instance, reg_id, user_agent, transport, source, local FROM binding\n"
	" WHERE expires > ?";

/* Columns of the first and the last statement. */
enum { COL_AOR, COL_CONTACT, COL_EXPIRES, COL_Q, COL_CALL_ID, COL_CSEQ,
	COL_PARAMS, COL_PATH, COL_INSTANCE, COL_REG_ID, COL_AGENT,
	COL_TRANSPORT, COL_SOURCE, COL_LOCAL };

static struct sqlite *sqlite_of(struct sf_store *store)
{
	return (struct sqlite *)store;
}

static bool sqlite_ready(struct sf_store *store)
{
	struct sqlite *sqlite = sqlite_of(store);
	bool stalled, full;

	pthread_mutex_lock(&sqlite->lock);
	full = sqlite->count >= SF_STORE_QUEUE;
	stalled = sqlite->first &&
		  sf_clock_ms() - sqlite->first->since > SF_STORE_PATIENCE;
	pthread_mutex_unlock(&sqlite->lock);
	if (full)
		sf_count(&store->counters[SF_STORE_FULL]);
	else if (stalled)
		sf_count(&store->counters[SF_STORE_STALLED]);
	return !full && !stalled;
}

static void sqlite_put(struct sf_store *store, struct sf_change *change)
{
	struct sqlite *sqlite = sqlite_of(store);
	bool rests;

	change->since = sf_clock_ms();
	change->next = NULL;
	pthread_mutex_lock(&sqlite->lock);
	rests = !sqlite->first;
	*sqlite->last = change;
	sqlite->last = &change->next;
	sqlite->count++;
	pthread_mutex_unlock(&sqlite->lock);
	/* not earlier: the writer would wake up to wait for the lock */
	if (rests)
		pthread_cond_signal(&sqlite->wake);
}

static void bind_end(sqlite3_stmt *stmt, int at, const struct sf_end *end)
{
	char text[SF_END_TEXT_LEN];

	sqlite3_bind_text(stmt, at, sf_end_text(end, text), -1,
			  SQLITE_TRANSIENT);
}

static void bind_record(sqlite3_stmt *stmt, const struct sf_record *record)
{
	const struct sf_flow *flow = &record->flow;

	sf_database_bind(stmt, COL_CONTACT + 1, sf_record_contact(record));
	sqlite3_bind_int64(stmt, COL_EXPIRES + 1, (s64)record->wall);
	sqlite3_bind_double(stmt, COL_Q + 1, record->q / (double)SF_Q_MAX);
	sf_database_bind(stmt, COL_CALL_ID + 1, sf_record_call_id(record));
	sqlite3_bind_int64(stmt, COL_CSEQ + 1, record->cseq);
	sf_database_bind(stmt, COL_PARAMS + 1, sf_record_params(record));
	sf_database_bind(stmt, COL_PATH + 1, sf_record_path(record));
	sf_database_bind(stmt, COL_INSTANCE + 1, sf_record_instance(record));
	sqlite3_bind_int64(stmt, COL_REG_ID + 1, record->reg_id);
	sf_database_bind(stmt, COL_AGENT + 1, sf_record_agent(record));
	sqlite3_bind_text(stmt, COL_TRANSPORT + 1,
			  sf_transport_name((enum sf_transport)flow->transport),
			  -1, SQLITE_STATIC);
	bind_end(stmt, COL_SOURCE + 1, &flow->remote);
	bind_end(stmt, COL_LOCAL + 1, &flow->local);
}

/* Which one it is. */
static void bind_key(sqlite3_stmt *stmt, const struct sf_record *record)
{
	sf_database_bind(stmt, 2, sf_record_contact(record));
	sf_database_bind(stmt, 3, sf_record_instance(record));
	sqlite3_bind_int64(stmt, 4, record->reg_id);
}

static bool run_stmt(sqlite3_stmt *stmt)
{
	int rc = sqlite3_step(stmt);

	sqlite3_reset(stmt);
	return rc == SQLITE_DONE;
}

static bool run_step(struct sqlite *sqlite, struct sf_text aor,
		     const struct sf_step_view *step)
{
	bool put = step->step == SF_STEP_PUT;
	sqlite3_stmt *stmt = put ? sqlite->put : sqlite->del;

	sf_database_bind(stmt, COL_AOR + 1, aor);
	if (put)
		bind_record(stmt, step->record);
	else
		bind_key(stmt, step->record);
	return run_stmt(stmt);
}

static bool run_change(struct sqlite *sqlite, const struct sf_change *change)
{
	struct sf_text aor = { change->data, change->aor };
	struct sf_step_view step;
	u32 at = 0;

	while (sf_change_next(change, &at, &step))
		if (!run_step(sqlite, aor, &step))
			return false;
	return true;
}

/* The changes from the first one to @last. */
static bool write_all(struct sqlite *sqlite, const struct sf_change *first,
		      const struct sf_change *last)
{
	const struct sf_change *change = first;
	bool good = run_stmt(sqlite->begin);

	while (good) {
		good = run_change(sqlite, change);
		if (change == last)
			break;
		change = change->next;
	}
	if (good && run_stmt(sqlite->commit)) {
		sf_count(&sqlite->store.counters[SF_STORE_COMMITS]);
		return true;
	}
	sf_count(&sqlite->store.counters[SF_STORE_FAILED]);
	sf_log(SF_LOG_ERROR, "store-failed", "reason=\"%s\"",
	       sqlite3_errmsg(sqlite->db));
	sf_database_run(sqlite->db, "ROLLBACK");
	return false;
}

static void deliver(struct sqlite *sqlite, struct sf_receipt *receipt,
		    bool failed)
{
	if (!receipt)
		return;
	receipt->failed = failed;
	if (sf_mailbox_put(receipt->box, &receipt->letter))
		return;
	sf_count(&sqlite->store.counters[SF_STORE_UNDELIVERED]);
	free(receipt);
}

/* They are done: off the queue, then off to those who wait. */
static void finish(struct sqlite *sqlite, struct sf_change *last, bool failed)
{
	struct sf_change *change, *next, *first;
	u32 done = 0;

	pthread_mutex_lock(&sqlite->lock);
	first = sqlite->first;
	sqlite->first = last->next;
	if (!sqlite->first)
		sqlite->last = &sqlite->first;
	for (change = first; change != last; change = change->next)
		done++;
	sqlite->count -= ++done;
	pthread_mutex_unlock(&sqlite->lock);
	if (!failed)
		sf_count_add(&sqlite->store.counters[SF_STORE_CHANGES], done);
	last->next = NULL;
	for (change = first; change; change = next) {
		next = change->next;
		deliver(sqlite, change->receipt, failed);
		free(change);
	}
}

static void pause_ms(u32 ms)
{
	struct timespec t = { ms / 1000, (long)(ms % 1000) * 1000000 };

	nanosleep(&t, NULL);
}

/*
 * The last change of the next group; NULL when the writer is to end. @began: when
 * it was taken, and the one before.
 */
static struct sf_change *next_group(struct sqlite *sqlite, u64 *began)
{
	struct sf_change *last = NULL;
	bool stop;
	u64 rest;

	pthread_mutex_lock(&sqlite->lock);
	while (!sqlite->first && !sqlite->stop)
		pthread_cond_wait(&sqlite->wake, &sqlite->lock);
	stop = sqlite->stop;
	pthread_mutex_unlock(&sqlite->lock);
	rest = sf_clock_ms() - *began;
	if (!stop && rest < SF_STORE_WINDOW)
		pause_ms((u32)(SF_STORE_WINDOW - rest));
	*began = sf_clock_ms();
	pthread_mutex_lock(&sqlite->lock);
	if (sqlite->first)
		last = (struct sf_change *)((char *)sqlite->last -
					    offsetof(struct sf_change, next));
	pthread_mutex_unlock(&sqlite->lock);
	return last;
}

static bool is_stopping(struct sqlite *sqlite)
{
	bool stop;

	pthread_mutex_lock(&sqlite->lock);
	stop = sqlite->stop;
	pthread_mutex_unlock(&sqlite->lock);
	return stop;
}

/* What memory has forgotten by itself. */
static void sweep(struct sqlite *sqlite)
{
	char sql[80];

	snprintf(sql, sizeof(sql), "DELETE FROM binding WHERE expires <= %llu",
		 (unsigned long long)sf_clock_wall());
	sf_database_run(sqlite->db, sql);
}

static void *writer(void *arg)
{
	struct sqlite *sqlite = arg;
	u64 swept = sf_clock_wall(), began = 0;
	struct sf_change *last;
	bool good;

	while ((last = next_group(sqlite, &began))) {
		while (!(good = write_all(sqlite, sqlite->first, last)) &&
		       !is_stopping(sqlite))
			pause_ms(RETRY_MS);
		finish(sqlite, last, !good);
		if (sf_clock_wall() - swept < SWEEP_S)
			continue;
		swept = sf_clock_wall();
		sweep(sqlite);
	}
	return NULL;
}

static enum sf_transport transport_of(struct sf_text name)
{
	u32 t;

	for (t = SF_TRANSPORT_UDP; t <= SF_TRANSPORT_WSS; t++)
		if (!strcmp(sf_transport_name((enum sf_transport)t), name.s))
			return (enum sf_transport)t;
	return SF_TRANSPORT_OTHER;
}

/* Where in the parameters it is. */
static struct sf_text within(struct sf_text params, struct sf_text instance)
{
	const char *at = instance.len ?
		memmem(params.s, params.len, instance.s, instance.len) : NULL;

	return (struct sf_text){ at, at ? instance.len : 0 };
}

static bool read_row(sqlite3_stmt *stmt, struct sf_fresh *fresh)
{
	struct sf_text transport = sf_database_text(stmt, COL_TRANSPORT);

	memset(fresh, 0, sizeof(*fresh));
	fresh->contact = sf_database_text(stmt, COL_CONTACT);
	fresh->wall = (u64)sqlite3_column_int64(stmt, COL_EXPIRES);
	fresh->q = (u16)(sqlite3_column_double(stmt, COL_Q) * SF_Q_MAX + 0.5);
	fresh->call_id = sf_database_text(stmt, COL_CALL_ID);
	fresh->cseq = (u32)sqlite3_column_int64(stmt, COL_CSEQ);
	fresh->params = sf_database_text(stmt, COL_PARAMS);
	fresh->path = sf_database_text(stmt, COL_PATH);
	fresh->instance = within(fresh->params,
				 sf_database_text(stmt, COL_INSTANCE));
	fresh->reg_id = (u32)sqlite3_column_int64(stmt, COL_REG_ID);
	fresh->agent = sf_database_text(stmt, COL_AGENT);
	fresh->flow.transport = transport_of(transport);
	return fresh->contact.len && fresh->q <= SF_Q_MAX &&
	       fresh->flow.transport &&
	       sf_fresh_len(fresh) <= SF_RECORD_TEXT_MAX &&
	       sf_end_parse(sf_database_text(stmt, COL_SOURCE).s, 0,
			    &fresh->flow.remote) &&
	       sf_end_parse(sf_database_text(stmt, COL_LOCAL).s, 0,
			    &fresh->flow.local);
}

static int restore_rows(sqlite3_stmt *stmt, struct sf_location *location,
			u64 *count)
{
	union {
		struct sf_record record;
		char room[sizeof(struct sf_record) + SF_RECORD_TEXT_MAX];
	} made;
	struct sf_fresh fresh;
	int rc, err;

	while ((rc = sqlite3_step(stmt)) == SQLITE_ROW) {
		/* what somebody has written by hand may be anything */
		if (!read_row(stmt, &fresh))
			continue;
		sf_record_write(&made.record, &fresh);
		err = sf_location_restore(location,
					  sf_database_text(stmt, COL_AOR),
					  &made.record);
		if (err == -ENOMEM)
			return err;
		*count += !err;
	}
	return rc == SQLITE_DONE ? 0 : -EIO;
}

static int sqlite_restore(struct sf_store *store, struct sf_location *location,
			  u64 *count)
{
	struct sqlite *sqlite = sqlite_of(store);
	sqlite3_stmt *stmt;
	int err = -EIO;

	*count = 0;
	sweep(sqlite);
	stmt = sf_database_prepare(sqlite->db, get_sql);
	if (stmt) {
		sqlite3_bind_int64(stmt, 1, (s64)sf_clock_wall());
		err = restore_rows(stmt, location, count);
	}
	sqlite3_finalize(stmt);
	return err;
}

static int read_secret(sqlite3_stmt *stmt, void *key, u32 len)
{
	if (sqlite3_step(stmt) != SQLITE_ROW ||
	    sqlite3_column_bytes(stmt, 0) != (int)len)
		return -EIO;
	memcpy(key, sqlite3_column_blob(stmt, 0), len);
	return 0;
}

/* Two that start at once get the same one. */
static int sqlite_secret(struct sf_store *store, const char *name, void *key,
			 u32 len)
{
	struct sqlite *sqlite = sqlite_of(store);
	sqlite3_stmt *make, *get;
	u8 fresh[SECRET_MAX];
	int err = -EIO;

	if (len > SECRET_MAX)
		return -EINVAL;
	sf_random(fresh, len);
	make = sf_database_prepare(sqlite->db,
				   "INSERT OR IGNORE INTO secret VALUES (?, ?)");
	get = sf_database_prepare(sqlite->db,
				  "SELECT key FROM secret WHERE name = ?");
	if (make && get) {
		sqlite3_bind_text(make, 1, name, -1, SQLITE_STATIC);
		sqlite3_bind_blob(make, 2, fresh, (int)len, SQLITE_STATIC);
		sqlite3_bind_text(get, 1, name, -1, SQLITE_STATIC);
		if (sqlite3_step(make) == SQLITE_DONE)
			err = read_secret(get, key, len);
	}
	sqlite3_finalize(make);
	sqlite3_finalize(get);
	return err;
}

static void release(struct sqlite *sqlite)
{
	sqlite3_finalize(sqlite->begin);
	sqlite3_finalize(sqlite->commit);
	sqlite3_finalize(sqlite->put);
	sqlite3_finalize(sqlite->del);
	sqlite3_close(sqlite->db);
	pthread_cond_destroy(&sqlite->wake);
	pthread_mutex_destroy(&sqlite->lock);
	free(sqlite->path);
	free(sqlite);
}

static void sqlite_close(struct sf_store *store)
{
	struct sqlite *sqlite = sqlite_of(store);

	pthread_mutex_lock(&sqlite->lock);
	sqlite->stop = true;
	pthread_cond_signal(&sqlite->wake);
	pthread_mutex_unlock(&sqlite->lock);
	pthread_join(sqlite->thread, NULL);
	release(sqlite);
}

static int open_all(struct sqlite *sqlite, const char **why)
{
	int err = sf_database_open(&sqlite->db, sqlite->path, why);

	if (err)
		return err;
	sqlite->begin = sf_database_prepare(sqlite->db, "BEGIN IMMEDIATE");
	sqlite->commit = sf_database_prepare(sqlite->db, "COMMIT");
	sqlite->put = sf_database_prepare(sqlite->db, put_sql);
	sqlite->del = sf_database_prepare(sqlite->db, del_sql);
	if (!sqlite->begin || !sqlite->commit || !sqlite->put || !sqlite->del ||
	    sf_database_sync(sqlite->db)) {
		if (why)
			*why = "its tables are not what they should be";
		return -EIO;
	}
	return -pthread_create(&sqlite->thread, NULL, writer, sqlite);
}

int sf_store_sqlite(struct sf_store **store, const char *path, const char **why)
{
	static const struct sf_store_ops ops = {
		.durable = true,
		.ready = sqlite_ready,
		.put = sqlite_put,
		.restore = sqlite_restore,
		.secret = sqlite_secret,
		.close = sqlite_close,
	};
	struct sqlite *sqlite = calloc(1, sizeof(*sqlite));
	int err = -ENOMEM;

	if (!sqlite)
		return err;
	sqlite->store.ops = &ops;
	sqlite->last = &sqlite->first;
	pthread_mutex_init(&sqlite->lock, NULL);
	pthread_cond_init(&sqlite->wake, NULL);
	sqlite->path = strdup(path);
	if (sqlite->path)
		err = open_all(sqlite, why);
	if (err) {
		release(sqlite);
		return err;
	}
	*store = &sqlite->store;
	return 0;
}
