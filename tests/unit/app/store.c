// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * store.c - what is kept, what comes back, and when who waits is told
 */
#include "test.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <sqlite3.h>
#include <unistd.h>

#include "../../../daemon/app/database.h"
#include "../../../daemon/app/location.h"
#include "../../../daemon/app/outbound.h"
#include "../../../daemon/app/store.h"
#include "fake.h"

#define TEXT(lit) ((struct sf_text){ (lit), sizeof(lit) - 1 })

static char dir[64], path[96];
static struct sf_store *store;
static struct sf_mailbox box;
static const struct sf_location_user nobody;

static void make_dir(void)
{
	fake_reset();
	snprintf(dir, sizeof(dir), "/tmp/sipfast-store-XXXXXX");
	assert_non_null(mkdtemp(dir));
	snprintf(path, sizeof(path), "%s/sipfast.db", dir);
}

static void open_store(void)
{
	const char *why = "";

	if (sf_store_sqlite(&store, path, &why))
		fail_msg("%s", why);
	assert_int_equal(sf_mailbox_init(&box, NULL, 100000, NULL), 0);
}

static void close_store(void)
{
	sf_store_close(store);
	sf_mailbox_close(&box, NULL);
}

static void remove_dir(void)
{
	char command[128];

	snprintf(command, sizeof(command), "rm -r %s", dir);
	assert_int_equal(system(command), 0);
}

/* A receipt that counts. */
struct counted {
	struct sf_receipt receipt;
	u32 *done;
	u32 *failed;
};

static u32 done, failed;

static void count(struct sf_letter *letter, void *owner)
{
	struct counted *c = (struct counted *)letter;

	(void)owner;
	++*(c->receipt.failed ? c->failed : c->done);
	free(c);
}

static void forget(void)
{
	done = 0;
	failed = 0;
}

static struct sf_receipt *receipt(void)
{
	struct counted *c = malloc(sizeof(*c));

	*c = (struct counted){
		.receipt.letter.open = count,
		.receipt.box = &box,
		.done = &done,
		.failed = &failed,
	};
	return &c->receipt;
}

static struct sf_fresh fresh(const char *contact)
{
	return (struct sf_fresh){
		.contact = { contact, (u32)strlen(contact) },
		.params = TEXT(";+sip.instance=\"<urn:uuid:1>\";reg-id=1"),
		.instance = { NULL, 0 },
		.call_id = TEXT("call\0id"),
		.path = TEXT("<sip:p1;lr>, <sip:p2;lr>"),
		.agent = TEXT("Phone/1.0"),
		.flow = fake_flow,
		.wall = fake.wall + 3600,
		.cseq = 4000000000u,
		.reg_id = 1,
		.q = 333,
	};
}

static void put(const char *aor, const char *contact, u64 wall)
{
	struct sf_text name = { aor, (u32)strlen(aor) };
	struct sf_fresh f = fresh(contact);
	struct sf_change *change = sf_change_new(name, sf_change_room_put(&f));
	struct sf_record *record;

	f.wall = wall;
	f.instance = (struct sf_text){ f.params.s + 16, 12 };
	record = malloc(sizeof(*record) + sf_fresh_len(&f));
	sf_record_write(record, &f);
	sf_change_put(change, record);
	sf_store_put(store, change, receipt());
	free(record);
}

static void del(const char *aor, const char *contact)
{
	struct sf_text name = { aor, (u32)strlen(aor) };
	struct sf_fresh f = fresh(contact);
	struct sf_record *record = malloc(sizeof(*record) + sf_fresh_len(&f));
	struct sf_change *change;

	f.instance = (struct sf_text){ f.params.s + 16, 12 };
	sf_record_write(record, &f);
	change = sf_change_new(name, sf_change_room_delete(record));
	sf_change_delete(change, record);
	sf_store_put(store, change, receipt());
	free(record);
}

/* Until so many are told, ten seconds at most. */
static void await(u32 want)
{
	u32 i;

	for (i = 0; i < 1000 && done + failed < want; i++) {
		usleep(10000);
		fake_read(&box);
	}
	assert_int_equal(done, want);
	assert_int_equal(failed, 0);
}

static void same_record(void *arg, struct sf_text aor,
			const struct sf_record *r, u32 left)
{
	struct sf_fresh f = fresh("sip:bob@192.0.2.4;ob");

	++*(u32 *)arg;
	assert_true(sf_text_eq(aor, TEXT("bob@b.com")));
	assert_true(sf_text_eq(sf_record_contact(r), f.contact));
	assert_true(sf_text_eq(sf_record_params(r), f.params));
	assert_true(sf_text_eq(sf_record_call_id(r), f.call_id));
	assert_true(sf_text_eq(sf_record_path(r), f.path));
	assert_true(sf_text_eq(sf_record_agent(r), f.agent));
	assert_true(sf_text_eq(sf_record_instance(r), TEXT("<urn:uuid:1>")));
	assert_int_equal(r->wall, f.wall);
	assert_int_equal(left, 3600);
	assert_int_equal(r->cseq, f.cseq);
	assert_int_equal(r->reg_id, 1);
	assert_int_equal(r->q, 333);
	assert_true(sf_end_eq(&r->flow.remote, &fake_flow.remote));
	assert_true(sf_end_eq(&r->flow.local, &fake_flow.local));
	assert_int_equal(r->flow.transport, SF_TRANSPORT_UDP);
}

/* All of a binding comes back; what was deleted or has expired does not. */
static void round_trip(void **state)
{
	struct sf_location *location;
	u64 restored;
	u32 n = 0;

	(void)state;
	make_dir();
	forget();
	open_store();
	put("bob@b.com", "sip:bob@192.0.2.4;ob", fake.wall + 10);
	put("bob@b.com", "sip:bob@192.0.2.4;ob", fake.wall + 3600);
	put("eve@b.com", "sip:eve@192.0.2.5", fake.wall + 3600);
	del("eve@b.com", "sip:eve@192.0.2.5");
	put("old@b.com", "sip:old@192.0.2.6", fake.wall);
	await(5);
	assert_int_equal(sf_store_counter(store, SF_STORE_CHANGES), 5);
	assert_true(sf_store_counter(store, SF_STORE_COMMITS) <= 5);
	close_store();
	open_store();
	assert_int_equal(sf_location_open(&location, &nobody, NULL), 0);
	assert_int_equal(sf_store_restore(store, location, &restored), 0);
	assert_int_equal(restored, 1);
	sf_location_each(location, same_record, &n);
	assert_int_equal(n, 1);
	sf_location_close(location);
	close_store();
	remove_dir();
}

static void flow(u32 reg_id)
{
	struct sf_fresh f = fresh("sip:bob@10.0.0.4;ob");
	struct sf_change *change = sf_change_new(TEXT("bob@b.com"),
						 sf_change_room_put(&f));
	struct sf_record *record = malloc(sizeof(*record) + sf_fresh_len(&f));

	f.instance = (struct sf_text){ f.params.s + 16, 12 };
	f.path = (struct sf_text){ 0 };
	f.flow.transport = SF_TRANSPORT_TCP;
	f.reg_id = reg_id;
	sf_record_write(record, &f);
	sf_change_put(change, record);
	sf_store_put(store, change, receipt());
	free(record);
}

static void is_gone(void *arg, struct sf_text aor, const struct sf_record *r,
		    u32 left)
{
	(void)aor;
	(void)left;
	*(u32 *)arg += r->reg_id;
	assert_int_equal(sf_outbound_reach(r), SF_REACH_NONE);
}

/* Flows with the same contact are two; over a restart their connections go. */
static void flows(void **state)
{
	struct sf_location *location;
	u64 restored;
	u32 ids = 0;

	(void)state;
	make_dir();
	forget();
	open_store();
	flow(1);
	flow(2);
	await(2);
	close_store();
	open_store();
	assert_int_equal(sf_location_open(&location, &nobody, NULL), 0);
	assert_int_equal(sf_store_restore(store, location, &restored), 0);
	assert_int_equal(restored, 2);
	sf_location_each(location, is_gone, &ids);
	assert_int_equal(ids, 3);
	sf_location_close(location);
	close_store();
	remove_dir();
}

/* A file of version 1, which knew no flows. */
static void version_1(void **state)
{
	struct sf_location *location;
	u64 restored;
	u32 n = 0;
	sqlite3 *db;

	(void)state;
	make_dir();
	forget();
	open_store();
	put("bob@b.com", "sip:bob@192.0.2.4;ob", fake.wall + 3600);
	await(1);
	close_store();
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, "ALTER TABLE binding RENAME TO b;\n"
		"CREATE TABLE binding (aor TEXT, contact TEXT, expires INTEGER,\n"
		" q REAL, call_id TEXT, cseq INTEGER, params TEXT, path TEXT,\n"
		" instance TEXT, reg_id INTEGER, user_agent TEXT,\n"
		" transport TEXT, source TEXT, local TEXT,\n"
		" PRIMARY KEY (aor, contact)) WITHOUT ROWID;\n"
		"INSERT INTO binding SELECT * FROM b; DROP TABLE b;\n"
		"PRAGMA user_version = 1", NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
	open_store();
	assert_int_equal(sf_location_open(&location, &nobody, NULL), 0);
	assert_int_equal(sf_store_restore(store, location, &restored), 0);
	assert_int_equal(restored, 1);
	sf_location_each(location, same_record, &n);
	assert_int_equal(n, 1);
	sf_location_close(location);
	close_store();
	remove_dir();
}

/* Closing writes what waits. */
static void closing(void **state)
{
	struct sf_location *location;
	char aor[32];
	u64 restored;
	u32 i;

	(void)state;
	make_dir();
	forget();
	open_store();
	for (i = 0; i < 1000; i++) {
		snprintf(aor, sizeof(aor), "u%u@b.com", i);
		put(aor, "sip:x@192.0.2.4", fake.wall + 60);
	}
	close_store();
	assert_int_equal(done, 1000);
	open_store();
	assert_int_equal(sf_location_open(&location, &nobody, NULL), 0);
	assert_int_equal(sf_store_restore(store, location, &restored), 0);
	assert_int_equal(restored, 1000);
	sf_location_close(location);
	close_store();
	remove_dir();
}

/* A process that writes, tells what is durable, and is killed. */
static void write_until_killed(int tell)
{
	char aor[32];
	u32 i, told = 0;

	forget();
	open_store();
	for (i = 0;; i++) {
		snprintf(aor, sizeof(aor), "u%u@b.com", i);
		put(aor, "sip:x@192.0.2.4", fake.wall + 60);
		if (i % 16 == 15)
			usleep(1000);
		fake_read(&box);
		for (; told < done; told++)
			if (write(tell, "", 1) != 1)
				_exit(1);
	}
}

static void killed(void **state)
{
	struct sf_location *location;
	u64 restored, told = 0;
	char buf[4096];
	int pipes[2];
	ssize_t got;
	pid_t pid;

	(void)state;
	make_dir();
	assert_int_equal(pipe(pipes), 0);
	pid = fork();
	if (!pid)
		write_until_killed(pipes[1]);
	close(pipes[1]);
	while (told < 2000 && (got = read(pipes[0], buf, sizeof(buf))) > 0)
		told += (u64)got;
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	while ((got = read(pipes[0], buf, sizeof(buf))) > 0)
		told += (u64)got;
	close(pipes[0]);
	open_store();
	assert_int_equal(sf_location_open(&location, &nobody, NULL), 0);
	assert_int_equal(sf_store_restore(store, location, &restored), 0);
	row("%llu told, %llu there", (unsigned long long)told,
	    (unsigned long long)restored);
	assert_true(told >= 2000);
	/* each user once, in order: the first @told are there */
	assert_true(restored >= told);
	sf_location_close(location);
	close_store();
	remove_dir();
}

/* Somebody holds the database: nobody is told, and after a while none is taken. */
static void stalled(void **state)
{
	sqlite3 *other;

	(void)state;
	make_dir();
	forget();
	open_store();
	assert_int_equal(sf_database_open(&other, path, NULL), 0);
	assert_int_equal(sf_database_run(other, "BEGIN IMMEDIATE"), 0);
	assert_true(sf_store_ready(store));
	put("bob@b.com", "sip:bob@192.0.2.4", fake.wall + 60);
	assert_true(sf_store_ready(store));
	usleep(50000);
	fake.now += SF_STORE_PATIENCE + 1;
	assert_false(sf_store_ready(store));
	assert_int_equal(sf_store_counter(store, SF_STORE_STALLED), 1);
	fake_read(&box);
	assert_int_equal(done, 0);
	assert_int_equal(sf_database_run(other, "ROLLBACK"), 0);
	await(1);
	assert_true(sf_store_ready(store));
	sqlite3_close(other);
	close_store();
	remove_dir();
}

static void secrets(void **state)
{
	u8 a[16], b[16], c[16], d[32];

	(void)state;
	make_dir();
	open_store();
	assert_int_equal(sf_store_secret(store, "tag", a, sizeof(a)), 0);
	assert_int_equal(sf_store_secret(store, "route", b, sizeof(b)), 0);
	close_store();
	open_store();
	assert_int_equal(sf_store_secret(store, "tag", c, sizeof(c)), 0);
	assert_memory_equal(a, c, sizeof(a));
	assert_true(memcmp(a, b, sizeof(a)));
	/* of another length it is another one */
	assert_true(sf_store_secret(store, "tag", d, sizeof(d)));
	close_store();
	remove_dir();
}

/* A newer version's file, no file, and no database. */
static void unusable(void **state)
{
	const char *why;
	struct stat st;
	sqlite3 *db;
	FILE *f;

	(void)state;
	make_dir();
	assert_int_equal(sf_database_open(&db, path, &why), 0);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 07, 0);
	assert_int_equal(sf_database_run(db, "PRAGMA user_version = 99"), 0);
	sqlite3_close(db);
	assert_true(sf_store_sqlite(&store, path, &why));
	assert_holds(why, "newer");
	assert_true(sf_store_sqlite(&store, "/nowhere/at/all.db", &why));
	assert_holds(why, "/nowhere/at/all.db: No such file");
	f = fopen(path, "w");
	fputs("this is no database, whatever its name says, is it?", f);
	fclose(f);
	assert_true(sf_store_sqlite(&store, path, &why));
	remove_dir();
}

static off_t log_size(void)
{
	char name[sizeof(path) + 4];
	struct stat st;

	snprintf(name, sizeof(name), "%s-wal", path);
	assert_int_equal(stat(name, &st), 0);
	return st.st_size;
}

/* A commit overwrites what is there: the log has its length, and keeps it. */
static void log_stays(void **state)
{
	char aor[32];
	off_t size;
	u32 n;

	(void)state;
	make_dir();
	forget();
	open_store();
	size = log_size();
	assert_true(size >= 1000 * 4096);
	for (n = 0; n < 20; n++) {
		snprintf(aor, sizeof(aor), "u%u@b.com", n);
		put(aor, "sip:x@192.0.2.4", fake.wall + 60);
		await(n + 1);
	}
	assert_int_equal(log_size(), size);
	close_store();
	remove_dir();
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(round_trip),
		TEST(flows),
		TEST(version_1),
		TEST(closing),
		TEST(killed),
		TEST(stalled),
		TEST(secrets),
		TEST(unusable),
		TEST(log_stays),
	};

	return run(tests, ARRAY_SIZE(tests));
}
