// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * ban.c - whom the daemon does not hear, and what is kept of it
 */
#include "test.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../../../daemon/app/ban_db.h"
#include "fake.h"

static struct sf_bans *bans;
static struct sf_ban last;
static u32 told;
static bool full;
static u32 begun;

typedef int exec_fn(sqlite3 *db, const char *sql, sqlite3_callback each, void *arg,
		    char **why);

/* Instead of the library's, which it asks. */
int sqlite3_exec(sqlite3 *db, const char *sql, sqlite3_callback each, void *arg,
		 char **why)
{
	exec_fn *real = (exec_fn *)dlsym(RTLD_NEXT, "sqlite3_exec");

	begun += !strcmp(sql, "BEGIN IMMEDIATE");
	if (full && !strcmp(sql, "COMMIT"))
		return SQLITE_FULL;
	return real(db, sql, each, arg, why);
}

static void changed(void *owner, const struct sf_ban *ban)
{
	assert_ptr_equal(owner, &told);
	last = *ban;
	told++;
}

static const struct sf_ban_user user = { .changed = changed };

static void begin(const char *path)
{
	told = 0;
	assert_int_equal(sf_bans_open(&bans, path, &user, &told), 0);
}

static struct sf_ip ip(const char *text)
{
	struct sf_ip ip;

	assert_true(sf_span_ip(text, (struct sf_span){ 0, (u16)strlen(text) },
			       &ip));
	return ip;
}

static bool add(const char *text, bool proven)
{
	struct sf_ip who = ip(text);

	return sf_ban_add(bans, &who, "scanner", "friendly-scanner", proven);
}

static enum sf_ban_kind of(const char *text)
{
	struct sf_ip who = ip(text);

	return sf_ban_of(bans, &who);
}

static void longer(void **state)
{
	static const u32 lengths[] = { 300, 3600, 86400, 86400 };
	u32 i;

	(void)state;
	fake_reset();
	begin(NULL);
	for (i = 0; i < ARRAY_SIZE(lengths); i++) {
		assert_true(add("192.0.2.1", true));
		assert_int_equal(last.end - last.since, lengths[i]);
		assert_int_equal(last.strikes, i + 1);
		/* It is banned already: nothing changes. */
		assert_true(add("192.0.2.1", true));
		assert_int_equal(told, i + 1);
		fake_pass(lengths[i] - 1);
		assert_int_equal(of("192.0.2.1"), SF_BAN_BANNED);
		fake_pass(1);
		assert_int_equal(of("192.0.2.1"), SF_BAN_NONE);
		sf_ban_sweep(bans);
		assert_int_equal(sf_ban_count(bans), 0);
	}
	/* A week later nobody remembers. */
	fake_pass(SF_BAN_MEMORY_S);
	assert_true(add("192.0.2.1", true));
	assert_int_equal(last.end - last.since, 300);
	assert_int_equal(last.strikes, 1);
	assert_string_equal(last.reason, "scanner");
	assert_string_equal(last.evidence, "friendly-scanner");
	sf_bans_close(bans);
}

static void unproven(void **state)
{
	struct sf_ip who = ip("192.0.2.1");

	(void)state;
	fake_reset();
	begin(NULL);
	assert_false(add("192.0.2.1", false));
	assert_int_equal(of("192.0.2.1"), SF_BAN_LIMITED);
	assert_int_equal(last.end - last.since, 60);
	sf_ban_limit(bans, &who, "flood", "", 3600);
	assert_int_equal(last.end - last.since, 60);
	sf_ban_limit(bans, &who, "flood", "", 10);
	fake_pass(10);
	assert_int_equal(of("192.0.2.1"), SF_BAN_NONE);
	sf_ban_sweep(bans);
	assert_false(sf_ban_lift(bans, &who));
	/* Who was limited is banned once he has proven where he is. */
	assert_false(add("192.0.2.1", false));
	assert_true(add("192.0.2.1", true));
	assert_int_equal(of("192.0.2.1"), SF_BAN_BANNED);
	assert_int_equal(last.end - last.since, 300);
	/* And is no less banned for what comes without proof. */
	assert_true(add("192.0.2.1", false));
	assert_int_equal(of("192.0.2.1"), SF_BAN_BANNED);
	sf_bans_close(bans);
}

static void networks(void **state)
{
	(void)state;
	fake_reset();
	begin(NULL);
	assert_true(add("2001:db8:1:2::9", true));
	assert_int_equal(of("2001:db8:1:2:ffff::1"), SF_BAN_BANNED);
	assert_int_equal(of("2001:db8:1:3::9"), SF_BAN_NONE);
	assert_true(add("32.1.13.184", true));
	assert_int_equal(of("32.1.13.185"), SF_BAN_NONE);
	assert_int_equal(sf_ban_count(bans), 2);
	sf_bans_close(bans);
}

static void by_hand(void **state)
{
	struct sf_ip who = ip("192.0.2.1");

	(void)state;
	fake_reset();
	begin(NULL);
	assert_int_equal(sf_ban_allow(bans, &who, "the carrier"), 0);
	assert_false(add("192.0.2.1", true));
	assert_false(add("192.0.2.1", false));
	assert_int_equal(of("192.0.2.1"), SF_BAN_ALLOWED);
	fake_pass(SF_BAN_MEMORY_S * 2);
	sf_ban_sweep(bans);
	assert_int_equal(of("192.0.2.1"), SF_BAN_ALLOWED);
	assert_int_equal(sf_ban_by_hand(bans, &who, 90, "noise"), 0);
	assert_int_equal(last.end - last.since, 90);
	assert_string_equal(last.reason, "manual");
	assert_true(sf_ban_lift(bans, &who));
	assert_int_equal(last.kind, SF_BAN_NONE);
	assert_false(sf_ban_lift(bans, &who));
	assert_true(add("192.0.2.1", true));
	assert_int_equal(last.end - last.since, 300);
	sf_bans_close(bans);
}

static void count_kinds(void *arg, const struct sf_ban *ban)
{
	u32 *kinds = arg;

	kinds[ban->kind]++;
}

static void kept(void **state)
{
	char path[] = "/tmp/sipfast-ban-XXXXXX", name[64];
	struct sf_ip carrier = ip("192.0.2.2"), gone = ip("192.0.2.3");
	u32 kinds[4] = { 0 }, at = 0;

	(void)state;
	fake_reset();
	assert_non_null(mkdtemp(path));
	snprintf(name, sizeof(name), "%s/db", path);
	begin(name);
	assert_true(add("192.0.2.1", true));
	assert_true(add("2001:db8::1", true));
	assert_int_equal(sf_ban_allow(bans, &carrier, ""), 0);
	assert_true(add("192.0.2.3", true));
	assert_false(add("192.0.2.4", false));
	sf_ban_sweep(bans);
	assert_true(sf_ban_lift(bans, &gone));
	sf_bans_close(bans);

	fake_pass(100);
	begin(name);
	assert_int_equal(of("192.0.2.1"), SF_BAN_BANNED);
	assert_int_equal(of("2001:db8::7"), SF_BAN_BANNED);
	assert_int_equal(of("192.0.2.2"), SF_BAN_ALLOWED);
	assert_int_equal(of("192.0.2.3"), SF_BAN_NONE);
	assert_int_equal(of("192.0.2.4"), SF_BAN_NONE);
	assert_int_equal(sf_ban_count(bans), 2);
	assert_false(sf_ban_some(bans, &at, 1000, count_kinds, kinds));
	assert_int_equal(kinds[SF_BAN_BANNED], 2);
	assert_int_equal(kinds[SF_BAN_ALLOWED], 1);
	assert_int_equal(kinds[SF_BAN_NONE], 0);
	fake_pass(200);
	sf_ban_sweep(bans);
	sf_bans_close(bans);

	/* What was banned once is remembered, too. */
	begin(name);
	assert_int_equal(of("192.0.2.1"), SF_BAN_NONE);
	assert_true(add("192.0.2.1", true));
	assert_int_equal(last.end - last.since, 3600);
	sf_bans_close(bans);
	snprintf(name, sizeof(name), "rm -r %s", path);
	assert_int_equal(system(name), 0);
}

/* Somebody else has the database for longer than is waited: then it is later. */
static void locked(void **state)
{
	char path[] = "/tmp/sipfast-ban-XXXXXX", name[64];
	sqlite3 *other;

	(void)state;
	fake_reset();
	assert_non_null(mkdtemp(path));
	snprintf(name, sizeof(name), "%s/db", path);
	begin(name);
	assert_int_equal(sf_database_open(&other, name, NULL), 0);
	assert_int_equal(sf_database_run(other, "BEGIN IMMEDIATE"), 0);
	assert_true(add("192.0.2.1", true));
	sf_ban_sweep(bans);
	assert_int_equal(sf_database_run(other, "ROLLBACK"), 0);
	sqlite3_close(other);
	sf_ban_sweep(bans);
	sf_bans_close(bans);
	begin(name);
	assert_int_equal(of("192.0.2.1"), SF_BAN_BANNED);
	sf_bans_close(bans);
	snprintf(name, sizeof(name), "rm -r %s", path);
	assert_int_equal(system(name), 0);
}

static void lift(const char *text)
{
	struct sf_ip who = ip(text);

	assert_true(sf_ban_lift(bans, &who));
}

/* As the next daemon would find it, were this one gone now. */
static enum sf_ban_kind kept_of(const char *db, const char *text)
{
	struct sf_bans *ours = bans;
	u32 so_far = told;
	enum sf_ban_kind kind;

	begin(db);
	kind = of(text);
	sf_bans_close(bans);
	bans = ours;
	told = so_far;
	return kind;
}

/* Change all that can change, and write it. */
static void change(void)
{
	lift("192.0.2.1");
	lift("192.0.2.2");
	assert_true(add("192.0.2.2", true));
	assert_true(add("192.0.2.3", true));
	assert_true(add("192.0.2.4", true));
	sf_ban_sweep(bans);
}

static void assert_changed(const char *db)
{
	assert_int_equal(kept_of(db, "192.0.2.1"), SF_BAN_NONE);
	assert_int_equal(kept_of(db, "192.0.2.2"), SF_BAN_BANNED);
	assert_int_equal(kept_of(db, "192.0.2.3"), SF_BAN_BANNED);
	assert_int_equal(kept_of(db, "192.0.2.4"), SF_BAN_NONE);
}

static const char no_sql[] =
	"CREATE TRIGGER no BEFORE INSERT ON ban WHEN new.address = '192.0.2.3'\n"
	" BEGIN SELECT RAISE(FAIL, 'full'); END";

/* The disk is full: at the end, or at a row. What changes then is written later. */
static void check_not_taken(const char *db, bool at_row)
{
	sqlite3 *other;

	fake_reset();
	begin(db);
	assert_int_equal(sf_database_open(&other, db, NULL), 0);
	assert_true(add("192.0.2.1", true));
	assert_true(add("192.0.2.2", true));
	sf_ban_sweep(bans);
	full = !at_row;
	if (at_row)
		assert_int_equal(sf_database_run(other, no_sql), 0);
	change();
	assert_int_equal(kept_of(db, "192.0.2.1"), SF_BAN_BANNED);
	lift("192.0.2.4");
	sf_ban_sweep(bans);
	full = false;
	if (at_row)
		assert_int_equal(sf_database_run(other, "DROP TRIGGER no"), 0);
	sf_ban_sweep(bans);
	assert_changed(db);
	sf_bans_close(bans);
	assert_changed(db);
	sqlite3_close(other);
}

static void not_taken(void **state)
{
	char path[] = "/tmp/sipfast-ban-XXXXXX", name[64];

	(void)state;
	assert_non_null(mkdtemp(path));
	snprintf(name, sizeof(name), "%s/end", path);
	check_not_taken(name, false);
	snprintf(name, sizeof(name), "%s/row", path);
	check_not_taken(name, true);
	snprintf(name, sizeof(name), "rm -r %s", path);
	assert_int_equal(system(name), 0);
}

/* Who was only limited leaves nothing behind, whatever the database takes. */
static void limited_only(void **state)
{
	char path[] = "/tmp/sipfast-ban-XXXXXX", name[64];

	(void)state;
	fake_reset();
	assert_non_null(mkdtemp(path));
	snprintf(name, sizeof(name), "%s/db", path);
	begin(name);
	assert_false(add("192.0.2.1", false));
	assert_false(add("192.0.2.2", false));
	lift("192.0.2.2");
	fake_pass(SF_LIMIT_MAX_S);
	begun = 0;
	sf_ban_sweep(bans);
	assert_int_equal(begun, 0);
	sf_bans_close(bans);
	snprintf(name, sizeof(name), "rm -r %s", path);
	assert_int_equal(system(name), 0);
}

static void many(void **state)
{
	struct sf_ip who = { .family = 4 };
	u32 i, n = 0;

	(void)state;
	fake_reset();
	begin(NULL);
	for (i = 0; i < SF_BANS_MAX + 10; i++) {
		memcpy(who.v4, &i, 4);
		n += sf_ban_add(bans, &who, "flood", "", true);
	}
	assert_int_equal(n, SF_BANS_MAX);
	assert_int_equal(sf_ban_by_hand(bans, &who, 0, ""), -28);
	sf_bans_close(bans);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(longer),
		TEST(unproven),
		TEST(networks),
		TEST(by_hand),
		TEST(kept),
		TEST(locked),
		TEST(not_taken),
		TEST(limited_only),
		TEST(many),
	};

	return run(tests, ARRAY_SIZE(tests));
}
