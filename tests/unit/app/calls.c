// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * calls.c - calls of users, and their minutes
 */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "../../../daemon/app/calls.h"
#include "fake.h"

/* Thursday, 0:00 UTC. */
#define MIDNIGHT	1779926400

static struct sf_calls *calls;
static struct sf_allowance allowance;

static void begin(u32 at_once, u32 minutes)
{
	fake_reset();
	fake.wall = MIDNIGHT + 12 * 3600;
	allowance = (struct sf_allowance){ .at_once = at_once,
					   .minutes = minutes };
	assert_int_equal(sf_calls_open(&calls, NULL), 0);
}

static const struct sf_message *message(const char *line, const char *from,
					const char *to, const char *more)
{
	static char text[1024];

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
	sf_calls_answered(calls, ref, message("SIP/2.0 200 OK", from, to, more));
}

static bool knows(const char *from, const char *to)
{
	return sf_calls_within(calls, message("BYE sip:c@d SIP/2.0", from, to,
					      "")).serial;
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
	/* but not what no time says */
	calls_who("alice@b", "1", &ref);
	answered(&ref, "1", "x", "Session-Expires: soon\n");
	fake_pass(SF_CALLS_SILENT_S - 1);
	sf_calls_tick(calls);
	assert_int_equal(sf_calls_count(calls), 1);
	sf_calls_close(calls);
}

/* Minutes outlive us: those of today, in a database. */
static void kept(void **state)
{
	char dir[] = "/tmp/sipfast-calls-XXXXXX", path[64], more[80];
	struct sf_call_ref ref, other;

	(void)state;
	begin(0, 10);
	sf_calls_close(calls);
	assert_non_null(mkdtemp(dir));
	snprintf(path, sizeof(path), "%s/db", dir);
	assert_int_equal(sf_calls_open(&calls, path), 0);
	calls_who("alice@b", "1", &ref);
	answered(&ref, "1", "x", "");
	fake_pass(599);
	sf_calls_close(calls);
	assert_int_equal(sf_calls_open(&calls, path), 0);
	assert_int_equal(calls_who("alice@b", "1", &ref), SF_CALLS_FINE);
	answered(&ref, "1", "x", "");
	fake_pass(1);
	/* not only when we end: the next one may find what a crash left */
	fake_pass(SF_CALLS_KEEP_S);
	sf_calls_tick(calls);
	{
		struct sf_calls *ours = calls;

		assert_int_equal(sf_calls_open(&calls, path), 0);
		assert_int_equal(calls_who("alice@b", "2", &other),
				 SF_CALLS_TOO_LONG);
		sf_calls_close(calls);
		calls = ours;
	}
	sf_calls_close(calls);
	fake_pass(24 * 3600);
	assert_int_equal(sf_calls_open(&calls, path), 0);
	assert_int_equal(calls_who("alice@b", "2", &other), SF_CALLS_FINE);
	sf_calls_close(calls);
	assert_int_not_equal(sf_calls_open(&calls, dir), 0);
	snprintf(more, sizeof(more), "rm -r %s", dir);
	assert_int_equal(system(more), 0);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(at_once),
		TEST(dialogs),
		TEST(minutes),
		TEST(silence),
		TEST(kept),
	};

	setenv("TZ", "UTC0", 1);
	return run(tests, ARRAY_SIZE(tests));
}
