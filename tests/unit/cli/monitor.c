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

#define CALL_NEW							\
AT "call 7 new  sip:anna@example.org -> sip:bob@example.org  "		\
"192.168.1.10:5060 (203.0.113.1:34012) -> 198.51.100.5:5060\n"

#define STREAM_NEW							\
AT "stream 12 audio rtp open  call 7  "					\
"forward 192.168.1.10:4000 (203.0.113.1:35000) -> 198.51.100.5:20000  "	\
"reverse 198.51.100.5:20000 -> 203.0.113.1:35000 (192.168.1.10:4000)\n"

static const struct output *run(const char *args)
{
	row("%s", args);
	fake_reset();
	sample_events();
	return tool(args);
}

static void whole_call(void **state)
{
	const struct output *got = run("monitor -n 11");

	(void)state;
	assert_int_equal(got->status, 0);
	assert_string_equal(got->err, "");
	assert_string_equal(got->out,
AT "registration 3 new  sip:anna@example.org  "
"192.168.1.10:5060 (203.0.113.1:34012) -> 198.51.100.5:5060  for 01:00:00\n"
CALL_NEW
AT "call 7 ringing\n"
STREAM_NEW
AT "call 7 up after 4.21 s\n"
AT "stream 12 audio rtp forward: first packet\n"
AT "stream 12 audio rtp reverse: first packet\n"
AT "stream 12 audio rtp closed after 00:02:07: "
"forward 6150 packets 1.17 MiB, reverse 6149 packets 1.17 MiB\n"
AT "call 7 ended: bye after 00:00:12\n"
AT "call 8 ended: rejected with 486 after 00:00:02 without an answer\n"
AT "registration 3 ended  sip:anna@example.org  "
"192.168.1.10:5060 (203.0.113.1:34012) -> 198.51.100.5:5060\n");
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
	assert_int_equal(lines(run("monitor --count=2")->out), 2);
	assert_int_equal(lines(run("monitor --timeout 0.05")->out), 11);
	assert_int_equal(run("monitor -t 0")->status, 0);
}

static void groups(void **state)
{
	(void)state;
	run("monitor -t 0");
	assert_int_equal(fake.groups, SF_KERNEL_CALLS | SF_KERNEL_MEDIA);
	run("monitor -t 0 call");
	assert_int_equal(fake.groups, SF_KERNEL_CALLS);
	run("monitor media -t 0");
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
		assert_int_equal(run("monitor")->status, 0);
		sigtimedwait(&set, NULL, &(struct timespec){ 0 });
		sigprocmask(SIG_SETMASK, &old, NULL);
	}
}

/* Lost events and one that cannot be read are told; it goes on. */
static void lost(void **state)
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
	assert_string_equal(got->err,
"sipfast: malformed answer: module and tool do not fit together\n");
}

/* What was there before the monitor began is known to it. */
static void changes(void **state)
{
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
	assert_string_equal(tool("monitor -n 4")->out,
AT "call 7 changed\n"
AT "call 7 status 491\n"
AT "call 7 now  192.168.1.10:5060 (203.0.113.1:34012) -> 198.51.100.9:5060\n"
AT "call 9 77\n");
}

static void json(void **state)
{
	const char *line = run("monitor -j -n 11")->out;
	json_t *event;
	int n = 0;

	(void)state;
	while (*line) {
		event = json_loads(line, JSON_DISABLE_EOF_CHECK, NULL);
		assert_non_null(event);
		assert_string_equal(json_string_value(
			json_object_get(event, "time")),
			"2026-01-01T12:00:01.123+00:00");
		assert_non_null(json_object_get(event, "event"));
		assert_int_equal(json_object_size(event), 3);
		json_decref(event);
		line = strchr(line, '\n') + 1;
		n++;
	}
	assert_int_equal(n, 11);
}

static void json_lost(void **state)
{
	(void)state;
	fake_reset();
	fake_event_error(-ENOBUFS);
	assert_string_equal(tool("monitor -j -t 0.05")->out,
"{\"time\": \"2026-01-01T12:00:01.123+00:00\", \"event\": \"lost\"}\n");
}

TESTS(TEST(whole_call), TEST(ends), TEST(groups), TEST(signals), TEST(lost),
      TEST(changes), TEST(json), TEST(json_lost));
