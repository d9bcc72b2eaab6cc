// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * calls.c - calls of users, and their minutes
 */
#include "test.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <sqlite3.h>

#include "../../../daemon/app/calls.h"
#include "../../../daemon/app/dialog.h"
#include "fake.h"

/* Thursday, 0:00 UTC. */
#define MIDNIGHT	1779926400

static struct sf_calls *calls;
static struct sf_allowance allowance;
static const struct sf_hash_key key = { { 3, 4 } };
static struct sf_self self;

static bool full;

typedef int exec_fn(sqlite3 *db, const char *sql, sqlite3_callback each, void *arg,
		    char **why);

/* Instead of the library's, which it asks. */
int sqlite3_exec(sqlite3 *db, const char *sql, sqlite3_callback each, void *arg,
		 char **why)
{
	exec_fn *real = (exec_fn *)dlsym(RTLD_NEXT, "sqlite3_exec");

	if (full && !strcmp(sql, "COMMIT"))
		return SQLITE_FULL;
	return real(db, sql, each, arg, why);
}

static struct sf_calls_over told;
static u32 tellings;
static bool busy;

static bool over(void *owner, const struct sf_calls_over *call)
{
	assert_ptr_equal(owner, &told);
	if (busy)
		return false;
	told = *call;
	tellings++;
	return true;
}

static const struct sf_calls_ops ops = { .over = over };

static bool is_own(const void *owner, const char *buf, const struct sf_host *host)
{
	(void)owner;
	(void)buf;
	(void)host;
	return true;
}

static void begin(u32 at_once, u32 minutes)
{
	fake_reset();
	fake.wall = MIDNIGHT + 12 * 3600;
	allowance = (struct sf_allowance){ .at_once = at_once,
					   .minutes = minutes };
	assert_int_equal(sf_calls_open(&calls, NULL, NULL, NULL), 0);
}

static const struct sf_message *message(const char *line, const char *from,
					const char *to, const char *more)
{
	static char text[8192];

	snprintf(text, sizeof(text),
		 "%s\nVia: SIP/2.0/UDP h;branch=z9hG4bK1\n"
		 "From: <sip:a@b>;tag=%s\nTo: <sip:c@d>%s%s\n"
		 "Call-ID: 1\nCSeq: 1 INVITE\n%s\n", line, from,
		 *to ? ";tag=" : "", to, more);
	return incoming(text);
}

static enum sf_calls_why calls_who(const char *aor, const char *tag,
				   struct sf_call_ref *ref)
{
	return sf_calls_begin(calls, &allowance, sf_text_str(aor),
			      message("INVITE sip:c@d SIP/2.0", tag, "", ""),
			      ref);
}

static void answered(const struct sf_call_ref *ref, const char *from,
		     const char *to, const char *more)
{
	sf_calls_answered(calls, ref, &self,
			  message("SIP/2.0 200 OK", from, to, more));
}

static struct sf_calls_path path_of = { .by_trunk = true, .to_trunk = true };

static bool knows(const char *from, const char *to)
{
	struct sf_call_ref ref;

	assert_true(sf_calls_within(calls, message("BYE sip:c@d SIP/2.0", from,
						   to, ""), &path_of, &ref));
	return ref.serial;
}

static void at_once(void **state)
{
	struct sf_call_ref first, second, other;

	(void)state;
	begin(2, 0);
	assert_int_equal(calls_who("alice@b", "1", &first), SF_CALLS_FINE);
	/* the same Call-ID and tag is another call nevertheless */
	assert_int_equal(calls_who("alice@b", "1", &second), SF_CALLS_FINE);
	assert_int_equal(calls_who("alice@b", "3", &other), SF_CALLS_TOO_MANY);
	assert_int_equal(calls_who("bob@b", "4", &other), SF_CALLS_FINE);
	answered(&first, "1", "x", "");
	assert_int_equal(calls_who("alice@b", "3", &other), SF_CALLS_TOO_MANY);
	sf_calls_ended(calls, &second);
	sf_calls_ended(calls, &second);
	assert_int_equal(calls_who("alice@b", "3", &second), SF_CALLS_FINE);
	assert_int_equal(calls_who("alice@b", "5", &other), SF_CALLS_TOO_MANY);
	sf_calls_ended(calls, &first);
	assert_int_equal(calls_who("alice@b", "5", &other), SF_CALLS_FINE);
	assert_int_equal(sf_calls_count(calls), 3);
	sf_calls_close(calls);
}

/* Both sides belong to it, and nobody else. */
static void dialogs(void **state)
{
	struct sf_call_ref ref;

	(void)state;
	begin(0, 0);
	assert_false(knows("1", "x"));
	calls_who("alice@b", "1", &ref);
	assert_false(knows("1", "x"));
	answered(&ref, "1", "x", "");
	assert_true(knows("1", "x"));
	assert_true(knows("x", "1"));
	assert_false(knows("1", "y"));
	assert_false(knows("2", "x"));
	assert_false(knows("x", "2"));
	/* a second answer changes nothing */
	answered(&ref, "1", "y", "");
	assert_true(knows("1", "x"));
	sf_calls_ended(calls, &ref);
	assert_false(knows("1", "x"));
	sf_calls_close(calls);
}

static void minutes(void **state)
{
	struct sf_call_ref ref, other;

	(void)state;
	begin(0, 10);
	calls_who("alice@b", "1", &ref);
	fake_pass(3600);	/* it rings */
	answered(&ref, "1", "x", "");
	fake_pass(599);
	assert_int_equal(calls_who("alice@b", "2", &other), SF_CALLS_FINE);
	sf_calls_ended(calls, &other);
	fake_pass(1);
	/* it goes on, and counts */
	assert_int_equal(calls_who("alice@b", "2", &other), SF_CALLS_TOO_LONG);
	sf_calls_ended(calls, &ref);
	assert_int_equal(calls_who("alice@b", "2", &other), SF_CALLS_TOO_LONG);
	assert_int_equal(calls_who("bob@b", "2", &other), SF_CALLS_FINE);
	allowance.minutes = 11;
	assert_int_equal(calls_who("alice@b", "2", &other), SF_CALLS_FINE);
	allowance.minutes = 10;
	/* at midnight it begins anew, and what began before counts from there */
	fake_pass(MIDNIGHT + 24 * 3600 - 300 - (u32)fake.wall);
	assert_int_equal(calls_who("carol@b", "3", &ref), SF_CALLS_FINE);
	answered(&ref, "3", "x", "");
	fake_pass(300 + 599);
	assert_int_equal(calls_who("alice@b", "4", &other), SF_CALLS_FINE);
	assert_int_equal(calls_who("carol@b", "4", &other), SF_CALLS_FINE);
	fake_pass(1);
	assert_int_equal(calls_who("carol@b", "4", &other), SF_CALLS_TOO_LONG);
	sf_calls_close(calls);
}

static void silence(void **state)
{
	struct sf_call_ref ref;

	(void)state;
	begin(1, 0);
	calls_who("alice@b", "1", &ref);
	answered(&ref, "1", "x", "");
	fake_pass(SF_CALLS_SILENT_S - 1);
	sf_calls_tick(calls);
	assert_true(knows("x", "1"));
	fake_pass(SF_CALLS_SILENT_S - 1);
	sf_calls_tick(calls);
	assert_int_equal(sf_calls_count(calls), 1);
	fake_pass(1);
	sf_calls_tick(calls);
	assert_int_equal(sf_calls_count(calls), 0);
	/* session timers say when to wonder */
	calls_who("alice@b", "1", &ref);
	answered(&ref, "1", "x", "Session-Expires: 100;refresher=uac\n");
	fake_pass(109);
	sf_calls_tick(calls);
	assert_int_equal(sf_calls_count(calls), 1);
	fake_pass(1);
	sf_calls_tick(calls);
	assert_int_equal(sf_calls_count(calls), 0);
	/* but not what no time says, or one that is too short */
	calls_who("alice@b", "1", &ref);
	answered(&ref, "1", "x", "Session-Expires: soon\n");
	fake_pass(SF_CALLS_SILENT_S - 1);
	sf_calls_tick(calls);
	assert_int_equal(sf_calls_count(calls), 1);
	fake_pass(1);
	sf_calls_tick(calls);
	calls_who("alice@b", "1", &ref);
	answered(&ref, "1", "x", "Session-Expires: 89\n");
	fake_pass(SF_CALLS_SILENT_S - 1);
	sf_calls_tick(calls);
	assert_int_equal(sf_calls_count(calls), 1);
	sf_calls_close(calls);
}

/* Without a dialog nothing of the request matters. */
static void refreshed(const struct sf_call_ref *ref, const char *more)
{
	const struct sf_message *answer = message("SIP/2.0 200 OK", "1", "x", more);

	sf_calls_moved(calls, ref, answer, answer);
}

/* The last refresh says when the next one is due, or that none is. */
static void refreshes(void **state)
{
	struct sf_call_ref ref;

	(void)state;
	begin(1, 0);
	calls_who("alice@b", "1", &ref);
	answered(&ref, "1", "x", "Session-Expires: 100\n");
	refreshed(&ref, "Session-Expires: 1000\n");
	fake_pass(1099);
	sf_calls_tick(calls);
	assert_int_equal(sf_calls_count(calls), 1);
	refreshed(&ref, "");
	fake_pass(SF_CALLS_SILENT_S - 1100);
	sf_calls_tick(calls);
	assert_int_equal(sf_calls_count(calls), 1);
	refreshed(&ref, "Session-Expires: 90\n");
	sf_calls_tick(calls);
	assert_int_equal(sf_calls_count(calls), 0);
	sf_calls_close(calls);
}

static void begin_ending(u32 minutes)
{
	begin(0, minutes);
	sf_calls_close(calls);
	self.key = &key;
	self.own = is_own;
	tellings = 0;
	assert_int_equal(sf_calls_open(&calls, NULL, &ops, &told), 0);
}

/* What we have put into Record-Route of such a call. */
static const char *ours(const char *tag)
{
	static const struct sf_side side = {
		.flow = { .transport = SF_TRANSPORT_UDP,
			  .local = { { 4, .v4 = { 192, 0, 2, 9 } }, 5060 },
			  .remote = { { 4, .v4 = { 192, 0, 2, 1 } }, 5060 } },
	};
	static char routes[512];
	struct sf_out out = sf_out(routes, sizeof(routes) - 2);
	const struct sf_way way = { 0 };

	sf_put_lit(&out, "Record-Route: ");
	sf_way_record(&out, &self, message("INVITE sip:c@d SIP/2.0", tag, "", ""),
		      &way, &side, &side);
	assert_false(out.full);
	memcpy(routes + out.len, "\n", 2);
	return routes;
}

static u32 tick(u32 seconds)
{
	u32 before = tellings;

	fake_pass(seconds);
	sf_calls_tick(calls);
	return tellings - before;
}

/* As soon as they are used up, both sides are told, until the callee knows. */
static void ended(void **state)
{
	struct sf_call_ref ref, other;
	u32 i;

	(void)state;
	begin_ending(10);
	assert_int_equal(calls_who("alice@b", "1", &ref), SF_CALLS_FINE);
	assert_int_equal(calls_who("alice@b", "2", &other), SF_CALLS_FINE);
	answered(&ref, "1", "x", ours("1"));
	assert_int_equal(tick(599), 0);
	/* nobody listens: the next second will do */
	busy = true;
	assert_int_equal(tick(1), 0);
	busy = false;
	assert_int_equal(tick(1), 1);
	assert_int_equal(told.ref.serial, ref.serial);
	assert_int_equal(told.why, SF_CALLS_MINUTES);
	assert_false(told.again);
	assert_true(told.bye[0].len && told.bye[1].len);
	assert_true(sf_text_eq(told.aor, sf_text_str("alice@b")));
	for (i = 1; i < SF_CALLS_TRIES; i++) {
		assert_int_equal(tick(SF_CALLS_AGAIN_S - 1), 0);
		assert_int_equal(tick(1), 1);
		assert_true(told.again);
	}
	assert_int_equal(sf_calls_count(calls), 2);
	assert_int_equal(tick(SF_CALLS_AGAIN_S), 0);
	/* what rings costs nothing */
	assert_int_equal(sf_calls_count(calls), 1);
	answered(&other, "2", "y", ours("2"));
	assert_int_equal(tick(1), 1);
	sf_calls_ended(calls, &other);
	assert_int_equal(tick(SF_CALLS_AGAIN_S), 0);
	sf_calls_close(calls);
}

static u32 more_minutes(void *arg, struct sf_text aor)
{
	return sf_text_eq(aor, sf_text_str("alice@b")) ? *(u32 *)arg : 0;
}

/* What was said of his minutes last, and what could be kept. */
static void bound(void **state)
{
	struct sf_call_ref ref;
	static char much[SF_DIALOG_TEXT];
	u32 minutes = 20, i;

	(void)state;
	begin_ending(10);
	calls_who("alice@b", "1", &ref);
	answered(&ref, "1", "x", ours("1"));
	sf_calls_review(calls, more_minutes, &minutes);
	assert_int_equal(tick(1199), 0);
	assert_int_equal(tick(1), 1);
	minutes = 0;
	sf_calls_review(calls, more_minutes, &minutes);
	assert_int_equal(tick(SF_CALLS_AGAIN_S), 0);
	sf_calls_ended(calls, &ref);

	/* who is too long for us to remember */
	snprintf(much, sizeof(much), "Contact: <sip:%0*d@h>\n", SF_DIALOG_TEXT / 2, 1);
	assert_int_equal(sf_calls_begin(calls, &allowance, sf_text_str("bob@b"),
					message("INVITE sip:c@d SIP/2.0", "1", "", much),
					&ref), SF_CALLS_LONG);
	allowance.minutes = 0;
	assert_int_equal(sf_calls_begin(calls, &allowance, sf_text_str("bob@b"),
					message("INVITE sip:c@d SIP/2.0", "1", "", much),
					&ref), SF_CALLS_FINE);
	sf_calls_ended(calls, &ref);

	/* there are only so many, and those that are over make room */
	allowance.minutes = 10;
	for (i = 0; i < SF_CALLS_BOUND; i++)
		calls_who("bob@b", "3", &ref);
	assert_int_equal(sf_calls_count(calls), SF_CALLS_BOUND);
	assert_int_equal(calls_who("bob@b", "4", &ref), SF_CALLS_FULL);
	allowance.minutes = 0;
	assert_int_equal(calls_who("carol@b", "4", &ref), SF_CALLS_FINE);
	sf_calls_close(calls);
}

/* Nobody would see it go on: it is ended as well. */
static void bound_silence(void **state)
{
	static const struct sf_ip elsewhere = { 4, .v4 = { 2, 2, 2, 3 } };
	const struct sf_calls_path was = path_of;
	struct sf_call_ref ref;

	(void)state;
	begin_ending(24 * 60);
	calls_who("alice@b", "1", &ref);
	answered(&ref, "1", "x", ours("1"));
	assert_int_equal(tick(SF_CALLS_SILENT_S - 1), 0);
	/* what nobody believes is heard nevertheless */
	path_of = (struct sf_calls_path){ .from = &elsewhere };
	assert_false(knows("x", "1"));
	path_of = was;
	assert_int_equal(tick(SF_CALLS_SILENT_S - 1), 0);
	assert_int_equal(tick(1), 1);
	assert_int_equal(told.why, SF_CALLS_SILENT);
	assert_int_equal(sf_calls_count(calls), 1);
	sf_calls_ended(calls, &ref);
	/* one whose way is not known can only be forgotten */
	calls_who("alice@b", "1", &ref);
	answered(&ref, "1", "x", "");
	assert_int_equal(tick(SF_CALLS_SILENT_S), 0);
	assert_int_equal(sf_calls_count(calls), 0);
	sf_calls_close(calls);
}

/* Two who promised to say that they are there, and do not, do not go on uncounted. */
static void promise(void **state)
{
	struct sf_call_ref ref;
	char more[1024];

	(void)state;
	begin_ending(0);
	allowance.at_once = 1;
	snprintf(more, sizeof(more), "%sSession-Expires: 100\n", ours("1"));
	calls_who("alice@b", "1", &ref);
	answered(&ref, "1", "x", more);
	assert_int_equal(tick(109), 0);
	assert_int_equal(tick(1), 1);
	assert_int_equal(told.why, SF_CALLS_SILENT);
	assert_true(told.bye[0].len && told.bye[1].len);
	assert_int_equal(calls_who("alice@b", "2", &ref), SF_CALLS_TOO_MANY);
	sf_calls_ended(calls, &told.ref);
	/* who did not may have nothing to say */
	assert_int_equal(calls_who("alice@b", "2", &ref), SF_CALLS_FINE);
	answered(&ref, "2", "y", ours("2"));
	assert_int_equal(tick(SF_CALLS_SILENT_S), 0);
	assert_int_equal(sf_calls_count(calls), 0);
	sf_calls_close(calls);
}

/* Who calls may say much about the call, to himself: none of it is believed. */
static void believed(void **state)
{
	static const struct sf_ip here = { 4, .v4 = { 2, 2, 2, 2 } };
	static const struct sf_ip elsewhere = { 4, .v4 = { 2, 2, 2, 3 } };
	const struct sf_calls_path was = path_of;
	struct sf_call_ref ref;
	char more[1024];

	(void)state;
	begin_ending(10);
	calls_who("alice@b", "1", &ref);
	snprintf(more, sizeof(more), "%sContact: <sip:c@2.2.2.2:5062>\n", ours("1"));
	answered(&ref, "1", "x", more);
	path_of = (struct sf_calls_path){ .from = &elsewhere };
	assert_false(knows("1", "x"));
	assert_false(knows("x", "1"));
	path_of.to = sf_text_str("sip:c@2.2.2.3");
	assert_false(knows("1", "x"));
	path_of.to = sf_text_str("sip:other@2.2.2.2");
	assert_true(knows("1", "x"));
	assert_false(knows("x", "1"));
	path_of.to = (struct sf_text){ 0 };
	path_of.from = &here;
	assert_true(knows("x", "1"));
	assert_false(knows("1", "x"));
	path_of.by_trunk = true;
	assert_false(knows("1", "x"));
	path_of = (struct sf_calls_path){ .to_trunk = true, .from = &elsewhere };
	assert_true(knows("1", "x"));
	assert_false(knows("x", "1"));
	/* CSeq that nobody can go on from */
	snprintf(more, sizeof(more),
		 "INFO sip:c@d SIP/2.0\nVia: SIP/2.0/UDP h;branch=z9hG4bK1\n"
		 "From: <sip:a@b>;tag=1\nTo: <sip:c@d>;tag=x\nCall-ID: 1\n"
		 "CSeq: %u INFO\n\n", SF_DIALOG_CSEQ + 1u);
	assert_false(sf_calls_within(calls, incoming(more), &path_of, &ref));
	path_of = was;
	sf_calls_close(calls);
}

/* Minutes outlive us: those of today, in a database. */
static void kept(void **state)
{
	char dir[] = "/tmp/sipfast-calls-XXXXXX", db[64], more[80];
	struct sf_call_ref ref, other;

	(void)state;
	begin(0, 10);
	sf_calls_close(calls);
	assert_non_null(mkdtemp(dir));
	snprintf(db, sizeof(db), "%s/db", dir);
	assert_int_equal(sf_calls_open(&calls, db, NULL, NULL), 0);
	calls_who("alice@b", "1", &ref);
	answered(&ref, "1", "x", "");
	fake_pass(599);
	sf_calls_close(calls);
	assert_int_equal(sf_calls_open(&calls, db, NULL, NULL), 0);
	assert_int_equal(calls_who("alice@b", "1", &ref), SF_CALLS_FINE);
	answered(&ref, "1", "x", "");
	fake_pass(1);
	/* not only when we end: the next one may find what a crash left */
	fake_pass(SF_CALLS_KEEP_S);
	sf_calls_tick(calls);
	{
		struct sf_calls *ours = calls;

		assert_int_equal(sf_calls_open(&calls, db, NULL, NULL), 0);
		assert_int_equal(calls_who("alice@b", "2", &other),
				 SF_CALLS_TOO_LONG);
		sf_calls_close(calls);
		calls = ours;
	}
	sf_calls_close(calls);
	fake_pass(24 * 3600);
	assert_int_equal(sf_calls_open(&calls, db, NULL, NULL), 0);
	assert_int_equal(calls_who("alice@b", "2", &other), SF_CALLS_FINE);
	sf_calls_close(calls);
	assert_int_not_equal(sf_calls_open(&calls, dir, NULL, NULL), 0);
	snprintf(more, sizeof(more), "rm -r %s", dir);
	assert_int_equal(system(more), 0);
}

static char path[64];

static void run_sql(const char *sql)
{
	sqlite3 *db;

	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
}

static void open_kept(void)
{
	assert_int_equal(sf_calls_open(&calls, path, &ops, &told), 0);
	sf_calls_review(calls, more_minutes, &allowance.minutes);
}

/* What the database has now is all that the next one has. */
static void crash(void)
{
	struct sf_calls *old = calls;

	run_sql("CREATE TABLE had AS SELECT * FROM call");
	sf_calls_close(old);
	run_sql("DELETE FROM call");
	run_sql("INSERT INTO call SELECT * FROM had");
	run_sql("DROP TABLE had");
	open_kept();
}

static void begin_kept(u32 minutes, struct sf_call_ref *ref)
{
	begin_ending(minutes);
	sf_calls_close(calls);
	run_sql("DROP TABLE IF EXISTS call");
	run_sql("DROP TABLE IF EXISTS spoken");
	open_kept();
	assert_int_equal(calls_who("alice@b", "1", ref), SF_CALLS_FINE);
	answered(ref, "1", "x", ours("1"));
}

/* Calls that have to be ended go on with the next one, which ends them. */
static void goes_on(void **state)
{
	struct sf_call_ref ref;

	(void)state;
	begin_kept(10, &ref);
	assert_int_equal(tick(SF_CALLS_KEEP_S - 1), 0);
	crash();
	assert_false(knows("1", "x"));
	sf_calls_close(calls);

	begin_kept(10, &ref);
	assert_int_equal(tick(300), 0);
	crash();
	assert_true(knows("1", "x"));
	assert_true(knows("x", "1"));
	assert_false(knows("1", "y"));
	assert_int_equal(tick(299), 0);
	assert_int_equal(tick(1), 1);
	assert_true(sf_text_eq(told.aor, sf_text_str("alice@b")));
	assert_true(told.bye[0].len && told.bye[1].len);
	/* a new one is none of those before */
	allowance.minutes = 0;
	ref = (struct sf_call_ref){ 0 };
	assert_int_equal(calls_who("alice@b", "1", &ref), SF_CALLS_FINE);
	assert_true(ref.serial > told.ref.serial);
	sf_calls_ended(calls, &ref);
	sf_calls_ended(calls, &told.ref);
	assert_false(knows("1", "x"));
	assert_int_equal(tick(SF_CALLS_KEEP_S), 0);
	crash();
	assert_false(knows("1", "x"));
	assert_int_equal(sf_calls_count(calls), 0);
	sf_calls_close(calls);

	/* time without us costs nothing, and too much of it is the end */
	begin_kept(10, &ref);
	sf_calls_close(calls);
	fake_pass(SF_CALLS_GAP_S);
	open_kept();
	assert_true(knows("1", "x"));
	assert_int_equal(tick(599), 0);
	assert_int_equal(tick(1), 1);
	sf_calls_close(calls);
	fake_pass(SF_CALLS_GAP_S + 1);
	open_kept();
	assert_int_equal(sf_calls_count(calls), 0);
	sf_calls_close(calls);
}

/* A disk that is full is told at the commit; what it did not take comes again. */
static void not_taken(void **state)
{
	struct sf_call_ref ref, other;

	(void)state;
	begin_kept(10, &ref);
	assert_int_equal(calls_who("bob@b", "2", &other), SF_CALLS_FINE);
	answered(&other, "2", "y", ours("2"));
	assert_int_equal(tick(300), 0);
	fake_pass(299);
	sf_calls_ended(calls, &other);
	full = true;
	assert_int_equal(tick(SF_CALLS_KEEP_S), 1);
	full = false;
	assert_int_equal(tick(SF_CALLS_KEEP_S), 0);
	crash();
	assert_true(knows("1", "x"));
	assert_false(knows("2", "y"));
	assert_int_equal(calls_who("bob@b", "3", &other), SF_CALLS_FINE);
	answered(&other, "3", "z", ours("3"));
	fake_pass(1);
	assert_int_equal(calls_who("bob@b", "4", &other), SF_CALLS_TOO_LONG);
	sf_calls_close(calls);
}

/* Whoever wrote that: it is no call. */
static void goes_on_odd(void **state)
{
	static const char *const odd[] = {
		"UPDATE call SET caller = '<sip:a@b>'",
		"UPDATE call SET callee = ''",
		"UPDATE call SET callee = ';;;'",
		"UPDATE call SET serial = -1",
		"UPDATE call SET serial = 0",
		"UPDATE call SET serial = 9223372036854775807",
		"UPDATE call SET caller_target = printf('%.*c', 7000, 'x')",
		"UPDATE calls_kept SET at = at - 601",
		"DELETE FROM calls_kept",
	};
	struct sf_call_ref ref;
	u32 i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(odd); i++) {
		row("%s", odd[i]);
		begin_kept(10, &ref);
		sf_calls_close(calls);
		run_sql(odd[i]);
		open_kept();
		assert_int_equal(sf_calls_count(calls), 0);
		assert_int_equal(calls_who("alice@b", "1", &ref), SF_CALLS_FINE);
		sf_calls_close(calls);
	}
	/* one that cannot be told is one that can be forgotten */
	begin_kept(10, &ref);
	sf_calls_close(calls);
	run_sql("UPDATE call SET caller_routes = '', callee_routes = 'x', patience = 1");
	open_kept();
	assert_int_equal(sf_calls_count(calls), 1);
	assert_int_equal(tick(1), 1);
	assert_int_equal(told.bye[0].len, 0);
	sf_calls_close(calls);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(at_once),
		TEST(dialogs),
		TEST(minutes),
		TEST(silence),
		TEST(refreshes),
		TEST(ended),
		TEST(bound),
		TEST(bound_silence),
		TEST(promise),
		TEST(believed),
		TEST(kept),
		TEST(goes_on),
		TEST(goes_on_odd),
		TEST(not_taken),
	};

	char dir[] = "/tmp/sipfast-calls-XXXXXX", more[80];
	int failed;

	if (!mkdtemp(dir))
		return 1;
	snprintf(path, sizeof(path), "%s/db", dir);
	setenv("TZ", "UTC0", 1);
	failed = run(tests, ARRAY_SIZE(tests));
	snprintf(more, sizeof(more), "rm -r %s", dir);
	return system(more) || failed;
}
