// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * user.c - users, added and removed
 */
#include "test.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdio_ext.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../../../daemon/app/user_db.h"
#include "sample.h"

static char dir[64];

static void begin(void)
{
	fake_reset();
	snprintf(dir, sizeof(dir), "/tmp/sipfast-tool-XXXXXX");
	assert_non_null(mkdtemp(dir));
}

static void end(void)
{
	char command[128];

	snprintf(command, sizeof(command), "rm -r %s", dir);
	assert_int_equal(system(command), 0);
}

/* The tool with a line on its standard input. */
static const struct output *ask(const char *args, const char *line)
{
	int was = dup(STDIN_FILENO), in = memfd_create("stdin", MFD_CLOEXEC);
	const struct output *got;
	char all[512];

	row("%s < %s", args, line);
	assert_int_equal(write(in, line, strlen(line)), strlen(line));
	lseek(in, 0, SEEK_SET);
	dup2(in, STDIN_FILENO);
	clearerr(stdin);
	snprintf(all, sizeof(all), "user -d %s/sipfast.db %s", dir, args);
	got = tool(all);
	/* what was not read is not for the next one */
	__fpurge(stdin);
	dup2(was, STDIN_FILENO);
	close(was);
	close(in);
	return got;
}

static void done(const char *args, const char *line)
{
	const struct output *got = ask(args, line);

	assert_string_equal(got->err, "");
	assert_int_equal(got->status, 0);
}

static void refused(const char *args, const char *line, const char *why)
{
	const struct output *got = ask(args, line);

	assert_int_equal(got->status, 1);
	assert_string_equal(got->out, "");
	assert_non_null(strstr(got->err, why));
}

/* What the phone's digest is compared with. */
static void assert_secret(const char *name, const char *domain,
			  const char *secret, u8 algorithms)
{
	struct sf_text u = { name, (u32)strlen(name) };
	struct sf_text d = { domain, (u32)strlen(domain) };
	struct sf_account account;
	u8 ha1[SF_DIGEST_MAX];
	char path[96];
	sqlite3 *db;
	u32 alg;

	snprintf(path, sizeof(path), "%s/sipfast.db", dir);
	assert_int_equal(sf_database_open(&db, path, NULL), 0);
	assert_int_equal(sf_user_db_get(db, u, d, &account), 0);
	assert_int_equal(account.algorithms, algorithms);
	for (alg = 0; alg < SF_ALG_COUNT; alg++) {
		if (!(algorithms & SF_ALG_BIT(alg)))
			continue;
		sf_auth_ha1((enum sf_alg)alg, u, d,
			    (struct sf_text){ secret, (u32)strlen(secret) },
			    ha1);
		assert_memory_equal(ha1, account.ha1[alg],
				    sf_alg_len((enum sf_alg)alg));
	}
	sqlite3_close(db);
}

static void life(void **state)
{
	const struct output *got;

	(void)state;
	begin();
	done("add bob@Example.ORG", "zanzibar\n");
	assert_secret("bob", "example.org", "zanzibar", SF_ALG_ALL);
	refused("add bob@example.org", "zanzibar\n", "is there already");
	done("passwd bob@example.org", "a better one, I think\r\n");
	assert_secret("bob", "example.org", "a better one, I think", SF_ALG_ALL);
	done("add --algorithms md5 +4930123@192.0.2.1", "zanzibar");
	assert_secret("+4930123", "192.0.2.1", "zanzibar",
		      SF_ALG_BIT(SF_ALG_MD5));
	/* his list stays */
	done("passwd +4930123@192.0.2.1", "tanganyika");
	assert_secret("+4930123", "192.0.2.1", "tanganyika",
		      SF_ALG_BIT(SF_ALG_MD5));
	got = ask("list", "");
	assert_int_equal(got->status, 0);
	assert_non_null(strstr(got->out, "+4930123@192.0.2.1 "));
	assert_non_null(strstr(got->out, "bob@example.org "));
	assert_non_null(strstr(got->out, " SHA-512-256,SHA-256,MD5\n"));
	done("del bob@example.org", "");
	refused("del bob@example.org", "", "there is no user");
	refused("passwd bob@example.org", "zanzibar\n", "there is no user");
	end();
}

static void guessed(void **state)
{
	(void)state;
	begin();
	refused("add bob@example.org", "", "no secret was read");
	refused("add bob@example.org", "\n", "the secret is empty");
	refused("add --weak bob@example.org", "\n", "the secret is empty");
	refused("add bob@example.org", "1234567\n", "shorter than 8");
	refused("add reception@example.org", "RECEPTION\n", "the user's name");
	done("add --weak bob@example.org", "1234\n");
	assert_secret("bob", "example.org", "1234", SF_ALG_ALL);
	end();
}

static void generated(void **state)
{
	const struct output *got;
	char first[64];
	json_t *o;

	(void)state;
	begin();
	got = ask("add --generate bob@example.org", "");
	assert_int_equal(got->status, 0);
	assert_int_equal(strlen(got->out), 21);
	snprintf(first, sizeof(first), "%.20s", got->out);
	assert_secret("bob", "example.org", first, SF_ALG_ALL);
	got = ask("passwd -j --generate bob@example.org", "");
	assert_int_equal(got->status, 0);
	o = json_loads(got->out, 0, NULL);
	assert_string_equal(json_string_value(json_object_get(o, "user")),
			    "bob@example.org");
	assert_string_not_equal(json_string_value(json_object_get(o, "secret")),
				first);
	json_decref(o);
	end();
}

static void json(void **state)
{
	const struct output *got;
	json_t *o, *list;

	(void)state;
	begin();
	got = ask("list -j", "");
	o = json_loads(got->out, 0, NULL);
	assert_int_equal(json_array_size(json_object_get(o, "users")), 0);
	json_decref(o);
	done("add bob@example.org", "zanzibar");
	got = ask("-j list", "");
	o = json_loads(got->out, 0, NULL);
	list = json_object_get(o, "users");
	assert_int_equal(json_array_size(list), 1);
	assert_string_equal(json_string_value(json_object_get(json_array_get(list, 0),
							      "user")),
			    "bob@example.org");
	json_decref(o);
	end();
}

static void usage(void **state)
{
	static const char *const rows[] = {
		"", "show", "add", "add bob", "add @example.org", "add bob@",
		"add bob@example.org secret", "add b%20b@example.org",
		"add bob@example.org:5060", "add b@b@example.org",
		"list bob@example.org", "add --algorithms sha1 bob@example.org",
		"add --secret=x bob@example.org",
	};
	const struct output *got;
	size_t i;

	(void)state;
	begin();
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		got = ask(rows[i], "zanzibar\n");
		assert_int_equal(got->status, 2);
		assert_non_null(strstr(got->err, "see 'sipfast help user'"));
	}
	end();
}

/* Nobody else may read it. */
static void mode(void **state)
{
	struct stat st;
	char path[96];

	(void)state;
	begin();
	done("add bob@example.org", "zanzibar");
	snprintf(path, sizeof(path), "%s/sipfast.db", dir);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0137, 0);
	end();
	begin();
	rmdir(dir);
	refused("list", "", "cannot open the database");
	assert_int_equal(mkdir(dir, 0700), 0);
	end();
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(life),
		TEST(guessed),
		TEST(generated),
		TEST(json),
		TEST(usage),
		TEST(mode),
	};

	return run(tests, ARRAY_SIZE(tests));
}
