// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * guard.c - what sources do, and what becomes of them
 */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <sqlite3.h>

#include "../../../daemon/app/guard.h"
#include "fake.h"

static struct sf_guard *guard;
static enum sf_standing who;
static struct sf_guard_case last;
static u32 verdicts;

static enum sf_standing standing(void *owner, const struct sf_flow *flow)
{
	(void)owner;
	(void)flow;
	return who;
}

static void judged(void *owner, const struct sf_guard_case *judged)
{
	(void)owner;
	last = *judged;
	verdicts++;
}

static const struct sf_guard_user user = { standing, judged };

static struct sf_flow from(u8 a, u8 b, u8 c)
{
	return (struct sf_flow){
		.remote = { { 4, .v4 = { 10, a, b, c } }, 5060 },
		.transport = SF_TRANSPORT_UDP,
	};
}

static void does(struct sf_flow flow, bool answered, enum sf_guard_why why,
		 u32 times)
{
	while (times--)
		sf_guard_count(guard, &flow, answered, why);
}

static void wrong(struct sf_flow flow, u32 times)
{
	does(flow, true, SF_GUARD_WRONG_SECRET, times);
}

static bool spent(struct sf_flow flow)
{
	return sf_guard_spent(guard, &flow.remote.ip);
}

static void begin(enum sf_standing is)
{
	fake_reset();
	who = is;
	verdicts = 0;
	sf_guard_free(guard);
	guard = sf_guard_new(&user, NULL);
	assert_non_null(guard);
}

#define assert_verdict(n, what)						\
	do {								\
		assert_int_equal(verdicts, n);				\
		assert_int_equal(last.verdict, what);			\
	} while (0)

static void pace(void **state)
{
	u32 i;

	(void)state;
	begin(SF_STANDING_STRANGER);
	assert_false(spent(from(0, 0, 1)));
	wrong(from(0, 0, 1), SF_GUARD_BAN - 1);
	assert_false(spent(from(0, 0, 1)));
	wrong(from(0, 0, 1), 1);
	assert_true(spent(from(0, 0, 1)));
	assert_false(spent(from(0, 0, 2)));
	for (i = 0; i < 3; i++) {
		fake_pass(SF_GUARD_MS / 1000 - 1);
		assert_true(spent(from(0, 0, 1)));
		fake_pass(1);
		assert_false(spent(from(0, 0, 1)));
		wrong(from(0, 0, 1), 1);
	}
	fake_pass(SF_GUARD_BAN * SF_GUARD_MS / 1000);
	wrong(from(0, 0, 1), SF_GUARD_BAN - 1);
	assert_false(spent(from(0, 0, 1)));
	/* nobody is locked out for longer than an hour by what he did */
	wrong(from(0, 0, 1), 100000);
	fake_pass(3600);
	assert_false(spent(from(0, 0, 1)));
}

static void networks(void **state)
{
	struct sf_flow one = { .remote.ip = { 6, .v6 = { 0x20, 1, 0xd, 0xb8,
							 [7] = 1, [15] = 1 } },
			       .transport = SF_TRANSPORT_UDP };
	struct sf_flow other = one;

	(void)state;
	begin(SF_STANDING_STRANGER);
	wrong(one, SF_GUARD_BAN);
	other.remote.ip.v6[15] = 2;
	assert_true(spent(other));
	other.remote.ip.v6[7] = 2;
	assert_false(spent(other));
}

/* More sources than there is room for: who is the most wrong stays. */
static void crowd(void **state)
{
	u32 i, innocent = 0;

	(void)state;
	begin(SF_STANDING_STRANGER);
	wrong(from(255, 0, 1), 3 * SF_GUARD_BAN);
	for (i = 0; i < 200000; i++)
		wrong(from(1 + (u8)(i >> 16), (u8)(i >> 8), (u8)i), 1);
	assert_true(spent(from(255, 0, 1)));
	for (i = 0; i < 200000; i++)
		innocent += spent(from(1 + (u8)(i >> 16), (u8)(i >> 8), (u8)i));
	assert_int_equal(innocent, 0);
}

/* First a limit, then the ban, and both are said once. */
static void stranger(void **state)
{
	(void)state;
	begin(SF_STANDING_STRANGER);
	wrong(from(0, 0, 1), SF_GUARD_LIMIT - 1);
	assert_int_equal(verdicts, 0);
	wrong(from(0, 0, 1), 1);
	assert_verdict(1, SF_GUARD_LIMITED);
	assert_int_equal(last.seconds, SF_GUARD_LIMIT_S);
	assert_true(last.proven);
	/* who goes on after the limit is not limited once more */
	fake_pass(SF_GUARD_LIMIT_S);
	wrong(from(0, 0, 1), SF_GUARD_BAN - SF_GUARD_LIMIT);
	assert_int_equal(verdicts, 1);
	wrong(from(0, 0, 1), SF_GUARD_LIMIT);
	assert_verdict(2, SF_GUARD_BANNED);
	wrong(from(0, 0, 1), 100);
	assert_int_equal(verdicts, 2);
	/* a fresh start */
	fake_pass(3600);
	wrong(from(0, 0, 1), SF_GUARD_BAN);
	assert_verdict(4, SF_GUARD_BANNED);
	assert_int_equal(sf_guard_judged(guard, SF_GUARD_BANNED), 2);
	assert_int_equal(sf_guard_judged(guard, SF_GUARD_LIMITED), 2);
}

/* A phone whose password is wrong, and that tries once or twice a minute. */
static void patient(void **state)
{
	u32 i;

	(void)state;
	begin(SF_STANDING_STRANGER);
	for (i = 0; i < 10000; i++) {
		wrong(from(0, 0, 1), 2);
		fake_pass(30);
	}
	assert_int_equal(verdicts, 0);
}

/* What anybody can send in anybody's name never leads to a ban. */
static void unproven(void **state)
{
	struct sf_flow tcp = from(0, 0, 3);
	u32 i;

	(void)state;
	begin(SF_STANDING_STRANGER);
	does(from(0, 0, 1), false, SF_GUARD_MALFORMED, 19);
	assert_int_equal(verdicts, 0);
	does(from(0, 0, 1), false, SF_GUARD_MALFORMED, 1);
	assert_verdict(1, SF_GUARD_LIMITED);
	assert_int_equal(last.seconds, SF_GUARD_LOOSE_S);
	assert_false(last.proven);
	for (i = 0; i < 1000; i++)
		does(from(0, 0, 1), false, i % SF_GUARD_WHY_COUNT, 10);
	assert_int_equal(verdicts, 1);
	assert_false(spent(from(0, 0, 1)));
	/* nor does it make a ban of what would be none */
	wrong(from(0, 0, 1), SF_GUARD_LIMIT - 1);
	assert_int_equal(verdicts, 1);
	/* who goes on when the limit is over is limited sooner */
	fake_pass(SF_GUARD_LOOSE_S);
	does(from(0, 0, 2), false, SF_GUARD_SCANNER, 1);
	assert_int_equal(verdicts, 1);
	does(from(0, 0, 2), false, SF_GUARD_SCANNER, 1);
	assert_verdict(2, SF_GUARD_LIMITED);
	fake_pass(SF_GUARD_LOOSE_S);
	does(from(0, 0, 2), false, SF_GUARD_UNANSWERED, 6);
	assert_int_equal(verdicts, 2);
	does(from(0, 0, 2), false, SF_GUARD_UNANSWERED, 1);
	assert_verdict(3, SF_GUARD_LIMITED);
	/* a connection is somebody */
	tcp.transport = SF_TRANSPORT_TCP;
	does(tcp, false, SF_GUARD_SCANNER, 1);
	assert_verdict(4, SF_GUARD_BANNED);
	tcp.remote.ip.v4[3] = 4;
	does(tcp, false, SF_GUARD_MALFORMED, SF_GUARD_BAN);
	assert_verdict(6, SF_GUARD_BANNED);
}

/* Challenges alone are no crime, but nobody needs so many. */
static void unanswered(void **state)
{
	struct sf_flow tcp = from(0, 0, 2);
	u32 i;

	(void)state;
	begin(SF_STANDING_STRANGER);
	for (i = 0; i < 1000; i++) {
		does(from(0, 0, 1), false, SF_GUARD_UNANSWERED, 60);
		fake_pass(20);
	}
	assert_int_equal(verdicts, 0);
	/* those that are answered do not count */
	for (i = 0; i < 1000; i++) {
		struct sf_flow flow = from(0, 0, 1);

		does(flow, false, SF_GUARD_UNANSWERED, 1);
		sf_guard_good(guard, &flow.remote.ip);
	}
	assert_int_equal(verdicts, 0);
	does(from(0, 0, 1), false, SF_GUARD_UNANSWERED, 67);
	assert_verdict(1, SF_GUARD_LIMITED);
	/* not even on a connection */
	tcp.transport = SF_TRANSPORT_TCP;
	does(tcp, false, SF_GUARD_UNANSWERED, 10000);
	assert_verdict(2, SF_GUARD_LIMITED);
}

/* Twenty in a second, as a flood from many addresses would be: within 5 s. */
static void flood(void **state)
{
	u32 i;

	(void)state;
	begin(SF_STANDING_STRANGER);
	for (i = 0; i < 5 && !verdicts; i++) {
		does(from(0, 0, 1), false, SF_GUARD_UNANSWERED, 20);
		fake_pass(1);
	}
	assert_verdict(1, SF_GUARD_LIMITED);
}

static void standings(void **state)
{
	static const struct {
		enum sf_standing who;
		u32 times;
		enum sf_guard_verdict verdict;
		u32 verdicts;
	} rows[] = {
		{ SF_STANDING_NEIGHBOUR, SF_GUARD_BAN - 1, 0, 0 },
		{ SF_STANDING_NEIGHBOUR, SF_GUARD_BAN, SF_GUARD_SPARED, 1 },
		{ SF_STANDING_NEIGHBOUR, SF_GUARD_LIMIT * 5, SF_GUARD_LIMITED, 2 },
		{ SF_STANDING_NEIGHBOUR, SF_GUARD_BAN * 5 - 1, SF_GUARD_LIMITED, 2 },
		{ SF_STANDING_NEIGHBOUR, SF_GUARD_BAN * 5, SF_GUARD_BANNED, 3 },
		{ SF_STANDING_RESIDENT, SF_GUARD_BAN * 5, SF_GUARD_BANNED, 3 },
		{ SF_STANDING_CARRIER, SF_GUARD_BAN * 5, SF_GUARD_SPARED, 1 },
		{ SF_STANDING_CARRIER, SF_GUARD_BAN * 50, SF_GUARD_BANNED, 3 },
		{ SF_STANDING_NEARBY, SF_GUARD_LIMIT, 0, 0 },
		{ SF_STANDING_NEARBY, 100000, SF_GUARD_SPARED, 1 },
	};
	u32 i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		row("%s, %u times", sf_standing_name(rows[i].who),
		    rows[i].times);
		begin(rows[i].who);
		wrong(from(0, 0, 1), rows[i].times);
		assert_int_equal(verdicts, rows[i].verdicts);
		if (verdicts)
			assert_int_equal(last.verdict, rows[i].verdict);
		assert_int_equal(spent(from(0, 0, 1)),
				 rows[i].times >= SF_GUARD_BAN);
	}
}

/* Nothing that is unproven harms who is known by address and port. */
static void spoofed(void **state)
{
	enum sf_standing is;

	(void)state;
	for (is = SF_STANDING_RESIDENT; is < SF_STANDING_COUNT; is++) {
		row("%s", sf_standing_name(is));
		begin(is);
		does(from(0, 0, 1), false, SF_GUARD_SCANNER, 10000);
		does(from(0, 0, 1), false, SF_GUARD_MALFORMED, 10000);
		does(from(0, 0, 1), false, SF_GUARD_UNANSWERED, 10000);
		assert_verdict(1, SF_GUARD_SPARED);
		assert_false(spent(from(0, 0, 1)));
	}
	begin(SF_STANDING_NEIGHBOUR);
	does(from(0, 0, 1), false, SF_GUARD_MALFORMED, 99);
	assert_int_equal(verdicts, 0);
	does(from(0, 0, 1), false, SF_GUARD_MALFORMED, 1);
	assert_verdict(1, SF_GUARD_LIMITED);
}

static const struct sf_hash_key keys[] = { { { 1, 2 } }, { { 3, 4 } } };
static char path[64];

static void run_sql(const char *sql)
{
	sqlite3 *db;

	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
}

static int take_count(void *arg, int columns, char **values, char **names)
{
	(void)columns;
	(void)names;
	*(int *)arg = atoi(values[0]);
	return 0;
}

static int rows(void)
{
	sqlite3 *db;
	int count = -1;

	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	sqlite3_exec(db, "SELECT count(*) FROM score", take_count, &count, NULL);
	sqlite3_close(db);
	return count;
}

/* A daemon ends, or is killed: then it writes nothing more; and the next one begins. */
static void restart(bool killed, const struct sf_hash_key *key)
{
	struct sf_guard *old = guard;

	if (!killed)
		sf_guard_free(old);
	verdicts = 0;
	guard = sf_guard_new(&user, NULL);
	assert_non_null(guard);
	assert_int_equal(sf_guard_keep(guard, path, key), 0);
	if (killed) {
		run_sql("CREATE TABLE had AS SELECT * FROM score");
		sf_guard_free(old);
		run_sql("DELETE FROM score");
		run_sql("INSERT INTO score SELECT * FROM had");
		run_sql("DROP TABLE had");
	}
}

static void begin_keeping(void)
{
	begin(SF_STANDING_STRANGER);
	run_sql("DROP TABLE IF EXISTS score");
	restart(false, &keys[0]);
}

static void keep(u32 seconds)
{
	fake_pass(seconds);
	sf_guard_tick(guard);
}

/* Who was wrong is not new because we are. Time goes by all the same. */
static void kept(void **state)
{
	(void)state;
	begin_keeping();
	wrong(from(0, 0, 1), 30);
	assert_true(spent(from(0, 0, 1)));
	keep(SF_GUARD_KEEP_S - 1);
	restart(true, &keys[0]);
	assert_false(spent(from(0, 0, 1)));

	begin_keeping();
	wrong(from(0, 0, 1), 30);
	keep(SF_GUARD_KEEP_S);
	restart(true, &keys[0]);
	assert_true(spent(from(0, 0, 1)));
	assert_false(spent(from(0, 0, 2)));
	/* 90 - 5 seconds, of which 57 are allowed */
	fake_pass(27);
	assert_true(spent(from(0, 0, 1)));
	fake_pass(1);
	assert_false(spent(from(0, 0, 1)));

	begin_keeping();
	wrong(from(0, 0, 1), 30);
	restart(false, &keys[0]);
	assert_true(spent(from(0, 0, 1)));
	sf_guard_free(guard);
	fake_pass(33);
	guard = NULL;
	restart(false, &keys[0]);
	assert_false(spent(from(0, 0, 1)));
	wrong(from(0, 0, 1), 1);
	assert_true(spent(from(0, 0, 1)));
	/* the same with another key is nobody */
	restart(false, &keys[1]);
	assert_false(spent(from(0, 0, 1)));
}

/* Who has nine guesses may have one more, whoever counted them. */
static void kept_verdicts(void **state)
{
	(void)state;
	begin_keeping();
	wrong(from(0, 0, 1), SF_GUARD_LIMIT - 1);
	restart(false, &keys[0]);
	assert_int_equal(verdicts, 0);
	wrong(from(0, 0, 1), 1);
	assert_verdict(1, SF_GUARD_LIMITED);
	/* limits are not kept: it is reached again */
	restart(false, &keys[0]);
	wrong(from(0, 0, 1), 1);
	assert_verdict(1, SF_GUARD_LIMITED);
	wrong(from(0, 0, 1), SF_GUARD_BAN - SF_GUARD_LIMIT);
	assert_verdict(2, SF_GUARD_BANNED);
	/* bans are, and somebody may have lifted it */
	restart(false, &keys[0]);
	wrong(from(0, 0, 1), 1);
	assert_int_equal(verdicts, 0);
	/* what is unproven is another score */
	does(from(0, 0, 2), false, SF_GUARD_MALFORMED, 19);
	restart(false, &keys[0]);
	does(from(0, 0, 2), false, SF_GUARD_MALFORMED, 1);
	assert_verdict(1, SF_GUARD_LIMITED);
	assert_false(last.proven);
}

/* What is over before it is looked at again is not written. */
static void kept_little(void **state)
{
	u32 i;

	(void)state;
	begin_keeping();
	for (i = 0; i < 10000; i++)
		does(from((u8)(i >> 16), (u8)(i >> 8), (u8)i), false,
		     SF_GUARD_UNANSWERED, 1);
	wrong(from(1, 1, 1), 1);
	keep(SF_GUARD_KEEP_S);
	assert_int_equal(rows(), 0);
	wrong(from(1, 1, 1), 4);
	keep(SF_GUARD_KEEP_S);
	assert_int_equal(rows(), 1);
	/* nor is it a second time */
	run_sql("DELETE FROM score");
	keep(SF_GUARD_KEEP_S);
	assert_int_equal(rows(), 0);
	/* a place has one row, however many were there */
	for (i = 0; i < 200000; i++)
		wrong(from((u8)(i >> 16), (u8)(i >> 8), (u8)i), 4);
	keep(SF_GUARD_KEEP_S);
	assert_in_range(rows(), 30000, 32768);
	for (i = 0; i < 200000; i++)
		wrong(from((u8)(10 + (i >> 16)), (u8)(i >> 8), (u8)i), 9);
	keep(SF_GUARD_KEEP_S);
	assert_in_range(rows(), 30000, 32768);
	/* and none when its time is over */
	sf_guard_free(guard);
	guard = NULL;
	fake_pass(3601);
	restart(false, &keys[0]);
	assert_int_equal(rows(), 0);
}

/* Clocks that jump, and rows that others wrote, make nobody worse than he was. */
static void kept_odd(void **state)
{
	static const char *const odd[] = {
		"UPDATE score SET place = -1", "UPDATE score SET place = 32768",
		"UPDATE score SET place = 9223372036854775807",
		"UPDATE score SET proven = -9223372036854775807",
		"UPDATE score SET at = -9223372036854775807",
		"UPDATE score SET proven = 'much'",
	};
	u32 i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(odd); i++) {
		row("%s", odd[i]);
		begin_keeping();
		wrong(from(0, 0, 1), 30);
		restart(false, &keys[0]);
		run_sql(odd[i]);
		restart(true, &keys[0]);
		assert_false(spent(from(0, 0, 1)));
	}
	begin_keeping();
	wrong(from(0, 0, 1), 30);
	keep(SF_GUARD_KEEP_S);
	fake.wall -= 1000000;
	restart(true, &keys[0]);
	assert_true(spent(from(0, 0, 1)));
	fake_pass(28);
	assert_false(spent(from(0, 0, 1)));
	/* nobody's score is more than an hour */
	run_sql("UPDATE score SET proven = 9223372036854775807");
	restart(true, &keys[0]);
	assert_true(spent(from(0, 0, 1)));
	fake_pass(3600);
	assert_false(spent(from(0, 0, 1)));
}

/* What was not taken is written with the next. */
static void kept_late(void **state)
{
	(void)state;
	begin_keeping();
	wrong(from(0, 0, 1), 30);
	run_sql("ALTER TABLE score RENAME TO away");
	keep(SF_GUARD_KEEP_S);
	run_sql("ALTER TABLE away RENAME TO score");
	assert_int_equal(rows(), 0);
	keep(SF_GUARD_KEEP_S);
	assert_int_equal(rows(), 1);
	restart(true, &keys[0]);
	assert_true(spent(from(0, 0, 1)));
	sf_guard_free(guard);
	guard = NULL;
}

static int make_dir(void **state)
{
	static char dir[] = "/tmp/sipfast-guard-XXXXXX";

	*state = mkdtemp(dir);
	snprintf(path, sizeof(path), "%s/db", dir);
	return *state ? 0 : -1;
}

static int remove_dir(void **state)
{
	char command[80];

	snprintf(command, sizeof(command), "rm -r %s", (char *)*state);
	return system(command);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(pace),
		TEST(networks),
		TEST(crowd),
		TEST(stranger),
		TEST(patient),
		TEST(unproven),
		TEST(unanswered),
		TEST(flood),
		TEST(standings),
		TEST(spoofed),
		TEST(kept),
		TEST(kept_verdicts),
		TEST(kept_little),
		TEST(kept_odd),
		TEST(kept_late),
	};
	void *dir;
	int failed;

	if (make_dir(&dir))
		return 1;
	failed = run(tests, ARRAY_SIZE(tests));
	return remove_dir(&dir) || failed;
}
