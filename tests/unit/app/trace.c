// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * trace.c - which messages are shown to whom, and what is not shown
 */
#include "test.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../../daemon/app/trace.h"
#include "fake.h"

#define THREADS	4
#define EACH	3000

static struct sf_loop loop;
static struct sf_mailbox box;
static struct sf_tracer tracer;

/* What letters said: how many there were for each place, and the last one. */
static u32 got[SF_TRACES_MAX];
static u32 opened_letters;
static char last[4096];
static bool last_out;
static int last_err;

static void open_letter(struct sf_letter *letter, void *owner)
{
	struct sf_traced *traced = (struct sf_traced *)letter;
	int i;

	(void)owner;
	opened_letters++;
	for (i = 0; i < SF_TRACES_MAX; i++)
		if (tracer.trace[i].filter.len)
			got[i] += sf_trace_wants(&tracer, i, traced);
	snprintf(last, sizeof(last), "%.*s", (int)traced->len, traced->bytes);
	last_out = traced->out;
	last_err = traced->err;
	sf_traced_free(traced);
}

static void begin(void)
{
	fake_reset();
	memset(&tracer, 0, sizeof(tracer));
	memset(got, 0, sizeof(got));
	opened_letters = 0;
	sf_tracer_init(&tracer);
	assert_int_equal(sf_mailbox_init(&box, &loop, SF_TRACED_MAX, NULL), 0);
	tracer.box = &box;
	tracer.open = open_letter;
}

static void end(void)
{
	sf_mailbox_close(&box, &loop);
	assert_int_equal(tracer.waiting, 0);
}

static int trace(const char *text)
{
	struct sf_filter filter;

	assert_true(sf_filter_init(&filter, sf_text_str(text)));
	return sf_trace_open(&tracer, &filter);
}

/* As the network does it; "\n" becomes "\r\n". */
static void pass(const char *text, bool out, int err)
{
	char bytes[4096];
	u32 len = 0;

	for (; *text; text++) {
		if (*text == '\n')
			bytes[len++] = '\r';
		bytes[len++] = *text;
	}
	if (atomic_load(&tracer.tap.open))
		tracer.tap.see(&tracer.tap, &(struct sf_sight){
			.flow = &fake_flow,
			.buf = guard_tail(bytes, len),
			.len = len,
			.out = out,
			.err = err,
		});
}

#define HEAD "Via: SIP/2.0/UDP h;branch=z9hG4bK1\nMax-Forwards: 70\n"
#define TAIL "CSeq: 1 INVITE\nContent-Length: 0\n\n"

static const char *invite(const char *from, const char *to, const char *call,
			  const char *more)
{
	static char text[4096];

	snprintf(text, sizeof(text), "INVITE sip:x@y SIP/2.0\n" HEAD
		 "From: <%s>;tag=1\nTo: <%s>\nCall-ID: %s\n%s" TAIL, from, to,
		 call, more);
	return text;
}

static bool matches(const char *wanted, const char *text)
{
	static struct sf_filter filter;
	const struct sf_message *message = incoming(text);

	row("%s: %s", wanted, text);
	assert_true(sf_filter_init(&filter, sf_text_str(wanted)));
	return sf_filter_match(&filter, message->msg);
}

static void users(void **state)
{
	const char *text = invite("sip:%61lice@A.example", "tel:+49-30", "c1",
				  "P-Asserted-Identity: <sip:77@p>, <tel:+493012>\n");

	(void)state;
	assert_true(matches("alice", text));
	assert_true(matches("alice@a.example", text));
	assert_true(matches("SIP:alice@a.EXAMPLE", text));
	assert_true(matches("sips:al%69ce", text));
	assert_true(matches("c1", text));
	assert_true(matches("x", text));
	assert_true(matches("x@y", text));
	assert_true(matches("77@p", text));
	assert_true(matches("tel:+493012", text));
	assert_true(matches("+493012", text));
	assert_false(matches("Alice", text));
	assert_false(matches("alic", text));
	assert_false(matches("alice@b.example", text));
	assert_false(matches("C1", text));
	assert_false(matches("c", text));
	assert_false(matches("a.example", text));
	assert_false(matches("y", text));
}

static void accounts(void **state)
{
	static const char digest[] =
		"Proxy-Authorization: Digest username=\"%s\", realm=\"r.example\",\n"
		" nonce=\"n\", uri=\"sip:x@y\", response=\"00000000000000000000000000000000\"\n";
	char more[512];
	const char *text;

	(void)state;
	snprintf(more, sizeof(more), digest, "7001");
	text = invite("sip:a@a", "sip:b@b", "c", more);
	assert_true(matches("7001", text));
	assert_true(matches("7001@r.example", text));
	assert_false(matches("7001@b", text));
	assert_false(matches("r.example", text));
	snprintf(more, sizeof(more), digest, "7001@home.arpa");
	text = invite("sip:a@a", "sip:b@b", "c", more);
	assert_true(matches("7001", text));
	assert_true(matches("7001@home.arpa", text));
	assert_false(matches("7001@r.example", text));
}

static void no_filters(void **state)
{
	struct sf_filter filter;
	char text[SF_FILTER_MAX + 2];

	(void)state;
	memset(text, 'a', sizeof(text));
	assert_true(sf_filter_init(&filter, (struct sf_text){ text, SF_FILTER_MAX }));
	assert_false(sf_filter_init(&filter,
				    (struct sf_text){ text, SF_FILTER_MAX + 1 }));
	assert_false(sf_filter_init(&filter, sf_text_str("")));
	assert_false(sf_filter_init(&filter, sf_text_str("a b")));
	assert_false(sf_filter_init(&filter, sf_text_str("a\n")));
	assert_false(sf_filter_init(&filter, (struct sf_text){ "a\0b", 3 }));
	assert_false(sf_filter_init(&filter, sf_text_str("\xc3\xa4")));
}

static struct sf_filter following;

static bool is_shown(const char *from, const char *call)
{
	const struct sf_message *message =
		incoming(invite(from, "sip:2@h", call, ""));

	row("%s in %s", from, call);
	return sf_filter_match(&following, message->msg);
}

/* What follows in the call names her no more; another call does not follow. */
static void follows(void **state)
{
	char call[32];
	u32 i;

	(void)state;
	assert_true(sf_filter_init(&following, sf_text_str("alice")));
	assert_false(is_shown("sip:1@h", "one"));
	assert_true(is_shown("sip:alice@h", "one"));
	assert_true(is_shown("sip:1@h", "one"));
	assert_false(is_shown("sip:1@h", "two"));
	for (i = 0; i < SF_FILTER_CALLS; i++) {
		snprintf(call, sizeof(call), "more%u", i);
		assert_true(is_shown("sip:alice@h", call));
	}
	assert_true(is_shown("sip:1@h", call));
	assert_false(is_shown("sip:1@h", "one"));
	assert_int_equal(following.calls, SF_FILTER_CALLS);
}

static void to_whom(void **state)
{
	int alice, bob, call;

	(void)state;
	begin();
	pass(invite("sip:alice@h", "sip:bob@h", "c", ""), false, 0);
	assert_false(atomic_load(&tracer.tap.open));
	alice = trace("alice");
	bob = trace("bob");
	call = trace("c");
	pass(invite("sip:alice@h", "sip:x@h", "a", ""), false, 0);
	pass(invite("sip:x@h", "sip:bob@h", "c", ""), true, -EPIPE);
	pass(invite("sip:x@h", "sip:z@h", "z", ""), false, 0);
	fake_read(&box);
	assert_int_equal(got[alice], 1);
	assert_int_equal(got[bob], 1);
	assert_int_equal(got[call], 1);
	assert_int_equal(opened_letters, 2);
	assert_true(last_out);
	assert_int_equal(last_err, -EPIPE);
	/* Who comes after him does not get what was his. */
	pass(invite("sip:alice@h", "sip:x@h", "b", ""), false, 0);
	sf_trace_close(&tracer, alice);
	assert_int_equal(trace("carol"), alice);
	fake_read(&box);
	assert_int_equal(got[alice], 1);
	sf_trace_close(&tracer, alice);
	sf_trace_close(&tracer, bob);
	assert_true(atomic_load(&tracer.tap.open));
	sf_trace_close(&tracer, call);
	assert_false(atomic_load(&tracer.tap.open));
	end();
}

static void too_many_trace(void **state)
{
	int i;

	(void)state;
	begin();
	for (i = 0; i < SF_TRACES_MAX; i++)
		assert_int_equal(trace("alice"), i);
	assert_int_equal(trace("alice"), -1);
	sf_trace_close(&tracer, 3);
	assert_int_equal(trace("alice"), 3);
	end();
}

/* And what is no message, but names her, is shown as well. */
static void masked(void **state)
{
	(void)state;
	begin();
	trace("alice");
	pass("\n\nREGISTER sip:h SIP/2.0\n" HEAD "From: <sip:alice:pw77@h>;tag=1\n"
	     "Authorization: Digest username=\"alice\", realm=\"h\", nonce=\"n\",\n"
	     " uri=\"sip:h\", response=\"0123456789abcdef0123456789abcdef\"\n"
	     "Call-ID: c\nno header\n\n", false, 0);
	fake_read(&box);
	assert_int_equal(opened_letters, 1);
	assert_memory_equal(last, "REGISTER sip:h", 14);
	assert_non_null(strstr(last, "username=\"alice\""));
	assert_null(strstr(last, "0123456789"));
	assert_null(strstr(last, "pw77"));
	assert_non_null(strstr(last, "no header"));
	end();
}

/* Nobody reads: what is too much is lost, and counted for whom it was. */
static void bounds(void **state)
{
	static char text[SF_MSG_MAX];
	struct sf_sight sight = { .flow = &fake_flow, .buf = text };
	int place, other;
	u32 i, many;

	(void)state;
	begin();
	place = trace("alice");
	other = trace("bob");
	for (i = 0; i < SF_TRACED_MAX + 5; i++)
		pass(invite("sip:alice@h", "sip:x@h", "c", ""), false, 0);
	assert_int_equal(sf_trace_lost(&tracer, place), 5);
	assert_int_equal(sf_trace_lost(&tracer, place), 0);
	assert_int_equal(sf_trace_lost(&tracer, other), 0);
	fake_read(&box);
	assert_int_equal(got[place], SF_TRACED_MAX);
	assert_int_equal(tracer.waiting, 0);
	memset(text, 'x', sizeof(text));
	memcpy(text, "OPTIONS sip:alice@h SIP/2.0\r\nContent-Length: 0\r\n\r\n", 50);
	sight.len = sizeof(text);
	many = SF_TRACED_BYTES / sight.len;
	for (i = 0; i < many + 3; i++)
		tracer.tap.see(&tracer.tap, &sight);
	assert_int_equal(sf_trace_lost(&tracer, place), 3);
	assert_true(tracer.waiting <= SF_TRACED_BYTES);
	fake_read(&box);
	assert_int_equal(got[place], SF_TRACED_MAX + many);
	end();
}

static void *worker(void *arg)
{
	static const char text[] = "OPTIONS sip:alice@h SIP/2.0\r\n"
		"Call-ID: c\r\nContent-Length: 0\r\n\r\n";
	struct sf_sight sight = {
		.flow = &fake_flow,
		.buf = text,
		.len = sizeof(text) - 1,
	};
	u32 i;

	(void)arg;
	for (i = 0; i < EACH; i++)
		if (atomic_load(&tracer.tap.open))
			tracer.tap.see(&tracer.tap, &sight);
	return NULL;
}

/* Workers see, while others come and go: each message is shown, or lost. */
static void threads(void **state)
{
	pthread_t thread[THREADS];
	int place, i;
	u64 lost;

	(void)state;
	begin();
	place = trace("alice");
	for (i = 0; i < THREADS; i++)
		assert_int_equal(pthread_create(&thread[i], NULL, worker, NULL), 0);
	for (i = 0; i < 1000; i++) {
		int other = trace(i % 2 ? "alice" : "bob");

		fake_read(&box);
		sf_trace_close(&tracer, other);
	}
	for (i = 0; i < THREADS; i++)
		pthread_join(thread[i], NULL);
	fake_read(&box);
	lost = sf_trace_lost(&tracer, place);
	assert_int_equal(got[place] + lost, THREADS * EACH);
	end();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(users),
		TEST(accounts),
		TEST(no_filters),
		TEST(follows),
		TEST(to_whom),
		TEST(too_many_trace),
		TEST(masked),
		TEST(bounds),
		TEST(threads),
	};

	return run(tests, ARRAY_SIZE(tests));
}
