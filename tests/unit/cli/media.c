// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * media.c - what is shown of the quality of streams
 */
#include "test.h"

#include <jansson.h>
#include <string.h>

#include <linux/sipfast.h>

#include "sample.h"

/* A call of two, which sounds bad one way and is silent the other. */
static const struct sample_stream bad = {
	.id = 21, .secure = true, .idle = true,
	.forward = {
		.packets = 10, .silent = true, .last = 3200, .encoding = "G722",
		.payload = 9, .expected = 10, .jitter = 500,
	},
	.reverse = {
		.packets = 900, .last = 10, .fast = 900, .poor = true,
		.encoding = "opus", .payload = 111, .expected = 1000,
		.lost = 100, .jitter = 61000, .recent = 120, .report = true,
		.report_lost = 101, .report_jitter = 62000,
	},
};

static const struct output *ask(const char *args,
				const struct sample_stream *stream)
{
	row("%s", args);
	fake_reset();
	sample_end(sample_call(SIPFAST_CMD_GET_CALL, 7, SIPFAST_CALL_UP, 5000));
	sample_stream(SIPFAST_CMD_GET_STREAM, stream);
	return tool(args);
}

static void assert_has(const struct output *got, const char *text)
{
	assert_int_equal(got->status, 0);
	assert_string_equal(got->err, "");
	if (!strstr(got->out, text))
		fail_msg("'%s' is not in:\n%s", text, got->out);
}

/* As on a terminal that has not got room for all of it. */
static void table(void **state)
{
	static const char want[] =
"STREAM  CALL  MEDIA  KIND  WAY      SOURCE                                 PACKETS  CODEC   LOSS   JITTER   MOS  FLAGS\n"
"    21     7  audio  rtp   forward  192.168.1.10:4000 (203.0.113.1:35000)       10  G722      0%   0.5 ms  4.34  silent idle secure\n"
"    21     7  audio  rtp   reverse  198.51.100.5:20000                         900  opus   10.0%  61.0 ms     -  poor idle secure\n"
"stream 21 is one-way: nothing arrives from phone 192.168.1.10\n";

	(void)state;
	fake_reset();
	sample_stream(SIPFAST_CMD_GET_STREAM, &bad);
	assert_string_equal(tool_width("show streams", 138)->out, want);
}

static void overview(void **state)
{
	const struct output *got = ask("show", &bad);

	(void)state;
	assert_has(got, "  stream 21: audio rtp, open for 00:02:07, secure, idle\n");
	assert_has(got, "             G722, 0% lost, jitter 0.5 ms, MOS 4.34\n"
			"             one-way: nothing arrives from phone 192.168.1.10\n");
	assert_has(got, "             opus, 10.0% lost (100 of 1000), jitter 61.0 ms\n"
			"             poor: 12.0% lost lately, jitter 61.0 ms\n");
	assert_null(strstr(got->out, "receiver: "));
}

static void one_call(void **state)
{
	const struct output *got = ask("show call 7", &bad);

	(void)state;
	assert_has(got, "             receiver: 101 lost (12.0% lately), jitter 62.0 ms\n"
			"             99.7% in the fast path\n"
			"             poor: 12.0% lost lately, jitter 61.0 ms\n"
			"             admits 198.51.100.5:*");
}

static void declined(void **state)
{
	struct sample_stream s = bad;

	(void)state;
	s.reverse.declined = "fast-mtu";
	assert_has(ask("show call 7", &s),
		   "99.7% in the fast path, not now: fast-mtu\n");
	s.reverse.fast = 0;
	assert_has(ask("show call 7", &s), "not in the fast path: fast-mtu\n");
	s.reverse.declined = "\33[31mx";
	assert_has(ask("show streams", &s), "\\x1b[31mx");
	s.reverse.encoding = "\33[31mx";
	assert_has(ask("show streams", &s), "\\x1b[31mx");
	assert_null(strchr(ask("show call 7 -j", &s)->out, '\33'));
}

/* What nobody translates is neither a phone nor outside. */
static void untranslated(void **state)
{
	struct nlmsghdr *nlh;
	struct nlattr *nest, *way;

	(void)state;
	fake_reset();
	nlh = fake_message(SIPFAST_CMD_GET_STREAM);
	nest = mnl_attr_nest_start(nlh, SIPFAST_A_STREAM);
	way = mnl_attr_nest_start(nlh, SIPFAST_A_STREAM_REVERSE);
	put_endpoint(nlh, SIPFAST_A_DIRECTION_SOURCE, "2001:db8::5", 4000);
	mnl_attr_put_u8(nlh, SIPFAST_A_DIRECTION_SILENT, 1);
	mnl_attr_nest_end(nlh, way);
	mnl_attr_nest_end(nlh, nest);
	assert_has(tool("show streams"),
		   "stream 0 is one-way: nothing arrives from 2001:db8::5\n");
}

static json_t *quality_of(json_t *all, const char *way)
{
	json_t *stream = json_array_get(json_object_get(all, "streams"), 0);

	return json_object_get(json_object_get(stream, way), "quality");
}

static double real_at(json_t *object, const char *key)
{
	return json_real_value(json_object_get(object, key));
}

static void json(void **state)
{
	json_t *all = json_loads(ask("show streams -j", &bad)->out, 0, NULL);
	json_t *q = quality_of(all, "forward"), *stream, *way;

	(void)state;
	assert_string_equal(json_string_value(json_object_get(q, "codec")),
			    "G722");
	assert_true(real_at(q, "loss_percent") == 0);
	assert_true(real_at(q, "jitter_ms") == 0.5);
	assert_true(real_at(q, "delay_ms") == 22.5);
	assert_true(real_at(q, "rating") == 116);
	assert_true(real_at(q, "mos") == 4.337);
	assert_true(json_is_true(json_object_get(q, "wideband")));
	q = quality_of(all, "reverse");
	assert_true(real_at(q, "loss_percent") == 10);
	assert_true(real_at(q, "fast_percent") > 99);
	assert_null(json_object_get(q, "mos"));
	stream = json_array_get(json_object_get(all, "streams"), 0);
	assert_true(json_is_true(json_object_get(stream, "secure")));
	assert_true(json_is_true(json_object_get(stream, "idle")));
	assert_null(json_object_get(stream, "event"));
	way = json_object_get(stream, "reverse");
	assert_true(json_is_true(json_object_get(way, "poor")));
	way = json_object_get(way, "report");
	assert_int_equal(json_integer_value(json_object_get(way, "lost")), 101);
	assert_null(json_object_get(way, "rtt_us"));
	json_decref(all);
}

#define AT	"12:00:01.123 stream 21 audio rtp "

static void change(uint8_t event, int forward)
{
	struct sample_stream s = bad;

	s.has_event = true;
	s.event = event;
	s.has_way = forward >= 0;
	s.event_forward = forward > 0;
	sample_stream(SIPFAST_CMD_STREAM_CHANGE_NTF, &s);
}

/* One line for each; a value of a later kernel is its number. */
static void events(void **state)
{
	static const char want[] =
		AT "forward: first packet\n"
		AT "up: packets both ways\n"
		AT "one-way: nothing arrives from phone 192.168.1.10\n"
		AT "two-way again: packets arrive from phone 192.168.1.10\n"
		AT "one-way: nothing arrives from outside (198.51.100.5)\n"
		AT "poor: from outside (198.51.100.5), 12.0% lost lately, jitter 61.0 ms\n"
		AT "good again: from outside (198.51.100.5), 12.0% lost lately, jitter 61.0 ms\n"
		AT "idle: no packets either way\n"
		AT "resumed: packets again\n"
		AT "one-way\n"
		AT "event 77\n";

	(void)state;
	fake_reset();
	sample_stream(SIPFAST_CMD_GET_STREAM, &bad);
	change(SIPFAST_STREAM_FIRST, 1);
	change(SIPFAST_STREAM_UP, -1);
	change(SIPFAST_STREAM_ONE_WAY, 1);
	change(SIPFAST_STREAM_TWO_WAY, 1);
	change(SIPFAST_STREAM_ONE_WAY, 0);
	change(SIPFAST_STREAM_POOR, 0);
	change(SIPFAST_STREAM_GOOD, 0);
	change(SIPFAST_STREAM_IDLE, -1);
	change(SIPFAST_STREAM_RESUMED, -1);
	change(SIPFAST_STREAM_ONE_WAY, -1);
	change(77, -1);
	assert_string_equal(tool("monitor -n 11")->out, want);
}

/* What is up has had a first packet each way, whether that was told or not. */
static void up_at_once(void **state)
{
	static const char want[] =
		AT "reverse: first packet up: packets both ways\n";
	struct sample_stream s = { .id = 21, .forward = { .packets = 1 } };

	(void)state;
	fake_reset();
	sample_stream(SIPFAST_CMD_GET_STREAM, &s);
	s.reverse.packets = 1;
	s.has_event = true;
	s.event = SIPFAST_STREAM_UP;
	sample_stream(SIPFAST_CMD_STREAM_CHANGE_NTF, &s);
	assert_string_equal(tool("monitor -n 1")->out, want);
}

/* Its totals, with what they mean. */
static void at_end(void **state)
{
	const struct output *got;

	(void)state;
	fake_reset();
	sample_stream(SIPFAST_CMD_STREAM_END_NTF, &bad);
	got = tool("monitor -n 1");
	assert_has(got, AT "closed after 00:02:07: ");
	assert_has(got, ": forward 10 packets 1.95 KiB G722 0% lost jitter 0.5 ms MOS 4.34, ");
	assert_has(got, ", reverse 900 packets 175.78 KiB + 3 RTCP opus ");
	assert_has(got, " opus 10.0% lost jitter 61.0 ms\n");
}

static void event_json(void **state)
{
	json_t *event, *stream;

	(void)state;
	fake_reset();
	change(SIPFAST_STREAM_TWO_WAY, 0);
	event = json_loads(tool("monitor -j -n 1")->out, 0, NULL);
	assert_string_equal(json_string_value(json_object_get(event, "event")),
			    "stream-change");
	stream = json_object_get(event, "stream");
	assert_string_equal(json_string_value(json_object_get(stream, "event")),
			    "two-way");
	assert_true(json_is_false(json_object_get(stream, "event_forward")));
	json_decref(event);
}

static const struct CMUnitTest tests[] = {
	TEST(table),
	TEST(overview),
	TEST(one_call),
	TEST(declined),
	TEST(untranslated),
	TEST(json),
	TEST(events),
	TEST(up_at_once),
	TEST(at_end),
	TEST(event_json),
};

int main(void)
{
	return run(tests, ARRAY_SIZE(tests));
}
