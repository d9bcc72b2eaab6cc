// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * user.c - users in the database, and in memory
 */
#include "test.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../../../daemon/app/user_db.h"
#include "../../../daemon/app/user_watch.h"
#include "fake.h"

#define TEXT(lit) ((struct sf_text){ (lit), sizeof(lit) - 1 })

static char dir[64], path[96];
static sqlite3 *db;

static void begin(void)
{
	const char *why = "";

	fake_reset();
	snprintf(dir, sizeof(dir), "/tmp/sipfast-user-XXXXXX");
	assert_non_null(mkdtemp(dir));
	snprintf(path, sizeof(path), "%s/sipfast.db", dir);
	if (sf_database_open(&db, path, &why))
		fail_msg("%s", why);
}

static void end(void)
{
	char command[128];

	sqlite3_close(db);
	snprintf(command, sizeof(command), "rm -r %s", dir);
	assert_int_equal(system(command), 0);
}

static bool count_one(void *arg, struct sf_text user, struct sf_text domain,
		      const struct sf_account *account)
{
	assert_true(user.len && domain.len && account->algorithms);
	++*(u32 *)arg;
	return true;
}

static void rows(void **state)
{
	struct sf_account a = { .algorithms = SF_ALG_ALL }, b;
	u32 n = 0;

	(void)state;
	begin();
	memset(a.ha1, 7, sizeof(a.ha1));
	memset(a.ha1[SF_ALG_MD5] + 16, 0, 16);
	assert_int_equal(sf_user_db_get(db, TEXT("bob"), TEXT("b.com"), &b),
			 -ENOENT);
	assert_int_equal(sf_user_db_del(db, TEXT("bob"), TEXT("b.com")),
			 -ENOENT);
	assert_int_equal(sf_user_db_put(db, TEXT("bob"), TEXT("b.com"), &a,
					true), 0);
	assert_int_equal(sf_user_db_put(db, TEXT("bob"), TEXT("b.com"), &a,
					true), -EEXIST);
	assert_int_equal(sf_user_db_get(db, TEXT("bob"), TEXT("b.com"), &b), 0);
	assert_memory_equal(&a, &b, sizeof(a));
	a.algorithms = SF_ALG_BIT(SF_ALG_MD5);
	a.listed = true;
	assert_int_equal(sf_user_db_put(db, TEXT("bob"), TEXT("b.com"), &a,
					false), 0);
	assert_int_equal(sf_user_db_put(db, TEXT("bob"), TEXT("c.com"), &a,
					true), 0);
	assert_int_equal(sf_user_db_get(db, TEXT("bob"), TEXT("b.com"), &b), 0);
	assert_int_equal(b.algorithms, SF_ALG_BIT(SF_ALG_MD5));
	assert_true(b.listed);
	assert_int_equal(sf_user_db_each(db, count_one, &n), 0);
	assert_int_equal(n, 2);
	assert_int_equal(sf_user_db_del(db, TEXT("bob"), TEXT("b.com")), 0);
	assert_int_equal(sf_user_db_get(db, TEXT("bob"), TEXT("b.com"), &b),
			 -ENOENT);
	end();
}

static bool await(struct sf_users *users, u32 count)
{
	u32 i;

	for (i = 0; i < 500 && sf_users_count(users) != count; i++)
		usleep(10000);
	return sf_users_count(users) == count;
}

/* In about a second, without being told. */
static void followed(void **state)
{
	struct sf_account a = { .algorithms = SF_ALG_ALL }, b;
	struct sf_users *users = sf_users_new();
	struct sf_user_watch *watch;

	(void)state;
	begin();
	assert_int_equal(sf_user_db_put(db, TEXT("bob"), TEXT("B.com"), &a,
					true), 0);
	assert_int_equal(sf_users_follow(&watch, users, path, NULL), 0);
	assert_true(sf_users_find(users, TEXT("bob@b.com"), &b));
	assert_false(sf_users_find(users, TEXT("eve@b.com"), &b));
	assert_int_equal(sf_user_db_put(db, TEXT("eve"), TEXT("b.com"), &a,
					true), 0);
	assert_true(await(users, 2));
	assert_true(sf_users_find(users, TEXT("eve@b.com"), &b));
	assert_int_equal(sf_user_db_del(db, TEXT("bob"), TEXT("B.com")), 0);
	assert_true(await(users, 1));
	assert_false(sf_users_find(users, TEXT("bob@b.com"), NULL));
	sf_users_unfollow(watch);
	sf_users_free(users);
	end();
}

static void algorithms(void **state)
{
	char text[64];

	(void)state;
	assert_string_equal(sf_algs_text(SF_ALG_ALL, text),
			    "SHA-512-256,SHA-256,MD5");
	assert_string_equal(sf_algs_text(0, text), "");
	assert_int_equal(sf_algs_parse("md5"), SF_ALG_BIT(SF_ALG_MD5));
	assert_int_equal(sf_algs_parse("MD5,sha-256"),
			 SF_ALG_BIT(SF_ALG_MD5) | SF_ALG_BIT(SF_ALG_SHA256));
	assert_int_equal(sf_algs_parse(""), 0);
	assert_int_equal(sf_algs_parse("MD5,"), 0);
	assert_int_equal(sf_algs_parse("MD5,SHA-1"), 0);
}

/* Enough for the table to grow. */
static void many(void **state)
{
	struct sf_user_table *table = sf_user_table_new();
	struct sf_users *users = sf_users_new();
	struct sf_account account = { .algorithms = 1 };
	char aor[32];
	u32 i;

	(void)state;
	for (i = 0; i < 5000; i++) {
		snprintf(aor, sizeof(aor), "u%u@b.com", i);
		assert_true(sf_user_table_add(table,
					      (struct sf_text){ aor, (u32)strlen(aor) },
					      &account));
	}
	sf_users_replace(users, table);
	for (i = 0; i < 5000; i += 3) {
		snprintf(aor, sizeof(aor), "u%u@b.com", i);
		assert_true(sf_users_find(users,
					  (struct sf_text){ aor, (u32)strlen(aor) },
					  NULL));
	}
	sf_users_free(users);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(rows),
		TEST(followed),
		TEST(algorithms),
		TEST(many),
	};

	return run(tests, ARRAY_SIZE(tests));
}
