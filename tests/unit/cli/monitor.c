// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * monitor.c - events, as lines and as JSON
 */
#include "test.h"

#include <errno.h>
#include <jansson.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include <linux/sipfast.h>

#include "sample.h"

#define AT	"12:00:01.123 "

static const struct output *ask(const char *args)
{
	row("%s", args);
	fake_reset();
	sample_events();
	return tool(args);
}

static void whole_call(void **state)
{
	const struct output *got = ask("monitor -n 11");

	(void)state;
	assert_int_equal(got->status, 0);
	assert_string_equal(got->err, "");
	assert_string_equal(got->out, golden("monitor.dat"));
}

static int lines(const char *text)
{
	int n = 0;

	for (; *text; text++)
		n += *text == '\n';
	return n;
}

static void ends(void **state)
{
	(void)state;
	assert_int_equal(lines(ask("monitor --count=2")->out), 2);
	assert_int_equal(lines(ask("monitor --timeout 0.05")->out), 11);
	assert_int_equal(ask("monitor -t 0")->status, 0);
}

static void groups(void **state)
{
	(void)state;
	ask("monitor -t 0");
	assert_int_equal(fake.groups, SF_KERNEL_CALLS | SF_KERNEL_MEDIA);
	ask("monitor -t 0 call");
	assert_int_equal(fake.groups, SF_KERNEL_CALLS);
	ask("monitor media -t 0");
	assert_int_equal(fake.groups, SF_KERNEL_MEDIA);
}

/* The signal waits until the tool asks for it. */
static void signals(void **state)
{
	static const int numbers[] = { SIGINT, SIGTERM };
	sigset_t set, old;
	size_t i;

	(void)state;
	for (i = 0; i < 2; i++) {
		sigemptyset(&set);
		sigaddset(&set, numbers[i]);
		sigprocmask(SIG_BLOCK, &set, &old);
		kill(getpid(), numbers[i]);
		assert_int_equal(ask("monitor")->status, 0);
		assert_int_equal(sigtimedwait(&set, NULL,
					      &(struct timespec){ 0 }), -1);
		sigprocmask(SIG_SETMASK, &old, NULL);
	}
}

/* Lost events and one that cannot be read are told; it goes on. */
static void lost_events(void **state)
{
	const struct output *got;
	struct nlmsghdr *nlh;
	struct nlattr *nest;

	(void)state;
	fake_reset();
	sample_end(sample_call(SIPFAST_CMD_GET_CALL, 7, SIPFAST_CALL_UP, 5000));
	fake_event_error(-ENOBUFS);
	nlh = fake_message(SIPFAST_CMD_CALL_NEW_NTF);
	nest = mnl_attr_nest_start(nlh, SIPFAST_A_CALL);
	mnl_attr_put_u32(nlh, SIPFAST_A_CALL_STATE, SIPFAST_CALL_UP);
	mnl_attr_nest_end(nlh, nest);
	nlh = sample_call(SIPFAST_CMD_CALL_CHANGE_NTF, 7,
			  SIPFAST_CALL_CLOSING, 6000);
	sample_end(nlh);
	got = tool("monitor -n 1");
	assert_int_equal(got->status, 0);
	assert_string_equal(got->out,
			    AT "events were lost: they came too fast\n"
			    AT "call 7 closing\n");
	assert_non_null(strstr(got->err, "sipfast: malformed answer: "));
}

/* What was there before the monitor began is known to it. */
static void changes(void **state)
{
	static const char want[] =
		AT "call 7 changed\n"
		AT "call 7 status 491\n"
		AT "call 7 now  192.168.1.10:5060 (203.0.113.1:34012) -> 198.51.100.9:5060\n"
		AT "call 9 77\n";
	struct nlmsghdr *nlh;

	(void)state;
	fake_reset();
	sample_objects();
	nlh = sample_call(SIPFAST_CMD_CALL_CHANGE_NTF, 7, SIPFAST_CALL_UP, 1);
	mnl_attr_put_u16(nlh, SIPFAST_A_CALL_STATUS, 200);
	sample_end(nlh);
	nlh = sample_call(SIPFAST_CMD_CALL_CHANGE_NTF, 7, SIPFAST_CALL_UP, 1);
	mnl_attr_put_u16(nlh, SIPFAST_A_CALL_STATUS, 491);
	sample_end(nlh);
	nlh = sample_call(SIPFAST_CMD_CALL_CHANGE_NTF, 7, SIPFAST_CALL_UP, 1);
	put_endpoint(nlh, SIPFAST_A_CALL_CALLEE, "198.51.100.9", 5060);
	sample_end(nlh);
	nlh = sample_call(SIPFAST_CMD_CALL_CHANGE_NTF, 9, 77, 1);
	sample_end(nlh);
	fake_message(200);
	assert_string_equal(tool("monitor -n 4")->out, want);
}

static void json(void **state)
{
	const char *line = ask("monitor -j -n 11")->out;
	const char *when;
	json_t *event;
	int n = 0;

	(void)state;
	while (*line) {
		event = json_loads(line, JSON_DISABLE_EOF_CHECK, NULL);
		assert_non_null(event);
		when = json_string_value(json_object_get(event, "time"));
		assert_string_equal(when, "2026-01-01T12:00:01.123+00:00");
		assert_non_null(json_object_get(event, "event"));
		assert_int_equal(json_object_size(event), 3);
		json_decref(event);
		line = strchr(line, '\n') + 1;
		n++;
	}
	assert_int_equal(n, 11);
}

#define BEFORE	"INVITE sip:b@x SIP/2.0\r\nVia: a\r\nFrom: \33[1m\r\n\r\nc=1\r\n"
#define AFTER	"INVITE sip:b@x SIP/2.0\r\nVia: bb\r\nFrom: \33[1m\r\n\r\nc=2\r\n"
#define FLOW	"192.168.1.10:5060 (203.0.113.1:34012) -> 198.51.100.5:5060\n"

/* Their time is the kernel's. */
static void messages(void **state)
{
	static const char head[] =
		"12:00:02.500 INVITE sip:b@x SIP/2.0\n"
		"  " FLOW
		"  edited, 51 bytes, call 7, f81d4fae\n"
		"  media-low-port, m= line 2\n"
		"    media not opened: the port is below 1024\n";
	static const char changes[] =
		"  - Via: a\n  + Via: bb\n  - c=1\n  + c=2\n";
	static const char others[] =
		"12:00:02.500 not shown\n  " FLOW "  unread, 4 bytes\n"
		"12:00:02.500 OPTIONS\n  " FLOW "  passed, 9 bytes\n";
	static const char *const rows[] = {
		"monitor --sip -n 3", "monitor -n 3 sip", "monitor --diff -n 3",
	};
	char want[1024];
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		row("%s", rows[i]);
		fake_reset();
		sample_message(SIPFAST_VERDICT_EDITED, BEFORE, AFTER);
		sample_message(SIPFAST_VERDICT_UNREAD, NULL, NULL);
		sample_message(SIPFAST_VERDICT_PASSED, "\nOPTIONS\n", NULL);
		snprintf(want, sizeof(want), "%s%s%s", head,
			 i == 2 ? changes : "", others);
		assert_string_equal(tool(rows[i])->out, want);
		assert_int_equal(fake.groups, SF_KERNEL_SIP);
	}
}

/* Lines that were added or taken away stand between those that are the same. */
static void message_lines(void **state)
{
	static const char *const rows[][3] = {
		{ "a\nb\nd", "a\nb\nc\nd", "  + c\n" },
		{ "a\nb\nc\nd\n", "a\nd\n", "  - b\n  - c\n" },
		{ "a", "a\nb\nb", "  + b\n  + b\n" },
		{ "x\na\nb", "y\nb", "  - x\n  - a\n  + y\n" },
		{ "a", "a\r\n", "" },
	};
	static const char last[] = "    media not opened: the port is below 1024\n";
	const char *got;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		row("%zu", i);
		fake_reset();
		sample_message(SIPFAST_VERDICT_EDITED, rows[i][0], rows[i][1]);
		got = strstr(tool("monitor --diff -n 1")->out, last);
		assert_non_null(got);
		assert_string_equal(got + strlen(last), rows[i][2]);
	}
}

static void message_json(void **state)
{
	(void)state;
	fake_reset();
	sample_message(SIPFAST_VERDICT_EDITED, "\1\nb", "\1\nc");
	assert_string_equal(tool("monitor -j --diff -n 1")->out,
			    golden("monitor-message.dat"));
	fake_reset();
	sample_message(SIPFAST_VERDICT_EDITED, "\1\nb", "\1\nc");
	assert_null(strstr(tool("monitor -j --sip -n 1")->out, "\"diff\""));
}

static void json_lost(void **state)
{
	static const char want[] =
		"{\"time\": \"2026-01-01T12:00:01.123+00:00\", \"event\": \"lost\"}\n";

	(void)state;
	fake_reset();
	fake_event_error(-ENOBUFS);
	assert_string_equal(tool("monitor -j -t 0.05")->out, want);
}

static const struct CMUnitTest tests[] = {
	TEST(whole_call),
	TEST(ends),
	TEST(groups),
	TEST(signals),
	TEST(lost_events),
	TEST(changes),
	TEST(json),
	TEST(messages),
	TEST(message_lines),
	TEST(message_json),
	TEST(json_lost),
};

int main(void)
{
	return run(tests, ARRAY_SIZE(tests));
}
