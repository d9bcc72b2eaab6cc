// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * show.c - what `sipfast show` prints
 */
#include "test.h"

#include <jansson.h>
#include <string.h>

#include <linux/sipfast.h>

#include "sample.h"

/* @file is in expected/. */
static void assert_prints(const char *args, const char *file)
{
	const char *want = golden(file);
	const struct output *got;

	row("%s", args);
	fake_reset();
	sample_objects();
	got = tool(args);
	assert_string_equal(got->err, "");
	assert_string_equal(got->out, want);
	assert_int_equal(got->status, 0);
}

static void overview(void **state)
{
	(void)state;
	assert_prints("", "show.dat");
	assert_prints("show", "show.dat");
}

static void nothing(void **state)
{
	const struct output *got;

	(void)state;
	fake_reset();
	got = tool("");
	assert_int_equal(got->status, 0);
	assert_string_equal(got->out, "0 calls, 0 streams, 0 registrations\n");
}

static void one_call(void **state)
{
	const struct output *got;

	(void)state;
	assert_prints("show call 7", "show-call-7.dat");
	assert_prints("show call 4", "show-call-4.dat");
	assert_prints("show call 4711", "show-call-4.dat");
	assert_prints("show call f81d4fae@192.168.1.10", "show-call-7.dat");
	assert_prints("show call 47", "show-call-4.dat");
	assert_prints("show call f81d", "show-call-7.dat");
	got = tool("show call 99999999999");
	assert_int_equal(got->status, 1);
	assert_string_equal(got->err, "sipfast: there is no such call\n");
}

/* Two legs under one Call-ID are one answer, two Call-IDs are none. */
static void several_calls(void **state)
{
	static const char *const ids[] = { "abc-1", "abc-1", "abc-12", "abc-2" };
	const struct output *got;
	struct nlmsghdr *nlh;
	struct nlattr *nest;
	size_t i;

	(void)state;
	fake_reset();
	for (i = 0; i < ARRAY_SIZE(ids); i++) {
		nlh = fake_message(SIPFAST_CMD_GET_CALL);
		nest = mnl_attr_nest_start(nlh, SIPFAST_A_CALL);
		mnl_attr_put_u32(nlh, SIPFAST_A_CALL_ID, i + 1);
		mnl_attr_put_strz(nlh, SIPFAST_A_CALL_CALL_ID, ids[i]);
		mnl_attr_nest_end(nlh, nest);
	}
	got = tool("show call abc-1");
	assert_int_equal(got->status, 0);
	assert_non_null(strstr(got->out, "call 1: "));
	assert_non_null(strstr(got->out, "\n\ncall 2: "));
	assert_null(strstr(got->out, "call 3: "));
	assert_non_null(strstr(tool("show call abc-2")->out, "call 4: "));
	got = tool("show call abc");
	assert_int_equal(got->status, 1);
	assert_string_equal(got->out, "");
	assert_string_equal(got->err,
			    "sipfast: 4 calls begin with 'abc': say more of the Call-ID\n");
}

static void tables(void **state)
{
	(void)state;
	assert_prints("show calls", "show-calls.dat");
	assert_prints("show streams", "show-streams.dat");
	assert_prints("show regs", "show-regs.dat");
	assert_prints("show registrations", "show-regs.dat");
}

/* Columns are left out, and then text is cut, as far as it takes. */
static void terminal(void **state)
{
	static const struct {
		const char *args;
		unsigned int width;
		const char *want;
	} rows[] = {
		{ "show calls", 130,
"CALL  STATE       SINCE  FROM                       TO                     MEDIA      CALLER\n" },
		{ "show calls", 80,
"CALL  STATE       SINCE  FROM                   TO                     MEDIA\n"
"   4  ringing  00:00:04  sip:+15550100@exam...  sip:carol@example.org  -\n"
"   7  up       00:02:03  sip:anna@example.org   sip:bob@example.org    audio <->\n" },
		{ "show streams", 80,
"STREAM  CALL  MEDIA  KIND  WAY      PACKETS  CODEC   LOSS  JITTER   MOS  FLAGS\n" },
		{ "show regs", 76,
		  "REG  AOR                   CONTACT                                 EXPIRES\n" },
	};
	const char *got, *end;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		row("%s at %u", rows[i].args, rows[i].width);
		fake_reset();
		sample_objects();
		got = tool_width(rows[i].args, rows[i].width)->out;
		assert_memory_equal(got, rows[i].want, strlen(rows[i].want));
		for (; *got; got = end + 1) {
			end = strchr(got, '\n');
			assert_true(end - got <= rows[i].width);
			assert_true(end[-1] != ' ');
		}
	}
	/* So narrow that nothing more can be done. */
	assert_int_equal(tool_width("show calls", 1)->status, 0);
}

static void arrow(void **state)
{
	(void)state;
	fake_reset();
	sample_objects();
	assert_non_null(strstr(tool_utf8("show")->out,
			       "example.org \xe2\x86\x92 sip:bob"));
}

/* Text of the length and content that an attacker would choose. */
static void hostile_text(void **state)
{
	static const char *const rows[] = { "show", "show calls", "show -j" };
	struct nlmsghdr *nlh;
	char text[900];
	const char *c;
	size_t i;

	(void)state;
	memset(text, '\33', sizeof(text));
	text[sizeof(text) - 1] = '\0';
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		row("%s", rows[i]);
		fake_reset();
		nlh = sample_call(SIPFAST_CMD_GET_CALL, 1, 77, 0);
		mnl_attr_put_strz(nlh, SIPFAST_A_CALL_FROM, text);
		mnl_attr_put_strz(nlh, SIPFAST_A_CALL_TO, "\n\r\t\x9b");
		sample_end(nlh);
		for (c = tool(rows[i])->out; *c; c++)
			assert_true(*c == '\n' || (*c >= ' ' && *c <= '~'));
	}
}

/* A call of which the kernel says nothing at all. */
static void bare(void **state)
{
	struct nlmsghdr *nlh;

	(void)state;
	fake_reset();
	nlh = fake_message(SIPFAST_CMD_GET_CALL);
	mnl_attr_put(nlh, SIPFAST_A_CALL, 0, NULL);
	nlh = fake_message(SIPFAST_CMD_GET_STREAM);
	mnl_attr_put(nlh, SIPFAST_A_STREAM, 0, NULL);
	nlh = fake_message(SIPFAST_CMD_GET_REGISTRATION);
	mnl_attr_put(nlh, SIPFAST_A_REGISTRATION, 0, NULL);
	assert_non_null(strstr(tool("show")->out, "call 0: - -> -\n"));
	assert_int_equal(tool("show calls")->status, 0);
	assert_int_equal(tool("show streams")->status, 0);
	assert_int_equal(tool("show regs")->status, 0);
	assert_string_equal(tool("show calls -j")->out,
			    "{\n  \"calls\": [\n    {}\n  ]\n}\n");
}

static json_t *load(const char *args)
{
	json_error_t error;
	json_t *json;

	fake_reset();
	sample_objects();
	json = json_loads(tool(args)->out, 0, &error);
	if (!json)
		fail_msg("%s: %s", args, error.text);
	return json;
}

static const char *text_at(json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

static int number_at(json_t *object, const char *key)
{
	return json_integer_value(json_object_get(object, key));
}

static int entries_at(json_t *object, const char *key)
{
	return json_array_size(json_object_get(object, key));
}

/* A call of that Call-ID between two of the addresses. */
static void add_call(uint32_t id, const char *call_id, const char *caller,
		     const char *callee, bool opened)
{
	struct nlmsghdr *nlh = fake_message(SIPFAST_CMD_GET_CALL);
	struct nlattr *nest = mnl_attr_nest_start(nlh, SIPFAST_A_CALL);

	mnl_attr_put_u32(nlh, SIPFAST_A_CALL_ID, id);
	mnl_attr_put_strz(nlh, SIPFAST_A_CALL_CALL_ID, call_id);
	put_endpoint(nlh, SIPFAST_A_CALL_CALLER, caller, 5060);
	put_endpoint(nlh, SIPFAST_A_CALL_CALLEE, callee, 5061);
	if (opened)
		mnl_attr_put_u64(nlh, SIPFAST_A_CALL_COOKIE, 7);
	mnl_attr_nest_end(nlh, nest);
}

/* The helper's calls with a party of what the daemon opened are legs of that. */
static void seen_twice(void **state)
{
	static const int want[] = { 2, 0, 4, 0, 2, 0, 0 };
	json_t *all, *call;
	size_t i;

	(void)state;
	fake_reset();
	add_call(1, "one", "192.0.2.254", "192.0.2.2", false);
	add_call(2, "one", "192.0.2.1", "192.0.2.2", true);
	/* a fork; and who was called is who asks */
	add_call(3, "one", "192.0.2.3", "192.0.2.254", false);
	add_call(4, "one", "192.0.2.4", "192.0.2.3", true);
	add_call(5, "one", "192.0.2.1", "192.0.2.254", false);
	/* another party, or another Call-ID */
	add_call(6, "one", "192.0.2.254", "192.0.2.6", false);
	add_call(7, "two", "192.0.2.254", "192.0.2.2", false);
	all = json_loads(tool("show calls -j")->out, 0, NULL);
	for (i = 0; i < ARRAY_SIZE(want); i++) {
		call = json_array_get(json_object_get(all, "calls"), i);
		assert_int_equal(number_at(call, "id"), i + 1);
		assert_int_equal(number_at(call, "leg_of"), want[i]);
		assert_true(!json_object_get(call, "leg_of") == !want[i]);
	}
	json_decref(all);
	assert_non_null(strstr(tool("show")->out, "  leg of:    call 4\n"));
	assert_non_null(strstr(tool("show")->out,
			       "\n4 calls, 3 legs, 0 streams, "));
	assert_non_null(strstr(tool("show calls")->out, "  leg of 2  "));
}

static void json(void **state)
{
	json_t *all = load("-j"), *call, *stream, *reverse;

	(void)state;
	call = json_array_get(json_object_get(all, "calls"), 1);
	assert_int_equal(number_at(call, "id"), 7);
	assert_string_equal(text_at(call, "state"), "up");
	assert_string_equal(text_at(call, "caller"), "192.168.1.10:5060");
	assert_string_equal(text_at(call, "caller_mapped"),
			    "203.0.113.1:34012");
	assert_null(json_object_get(call, "callee_mapped"));
	assert_int_equal(number_at(call, "duration_ms"), 123500);
	stream = json_array_get(json_object_get(all, "streams"), 1);
	assert_int_equal(number_at(stream, "call"), 7);
	assert_string_equal(text_at(stream, "kind"), "rtcp");
	reverse = json_object_get(stream, "reverse");
	assert_int_equal(number_at(reverse, "packets"), 0);
	assert_null(json_object_get(reverse, "last_packet_ms"));
	assert_int_equal(entries_at(all, "registrations"), 1);
	json_decref(all);
}

/* What is behind a call, in the names of the attributes. */
static void json_detail(void **state)
{
	json_t *all = load("show call 7 -j"), *call, *list;

	(void)state;
	call = json_array_get(json_object_get(all, "calls"), 0);
	assert_int_equal(number_at(call, "expires_ms"), 7076500);
	assert_string_equal(text_at(json_object_get(call, "flow"), "target"),
			    "198.51.100.5:5060");
	list = json_object_get(call, "dialog");
	assert_int_equal(json_array_size(list), 2);
	list = json_object_get(json_array_get(list, 0), "media");
	assert_int_equal(json_integer_value(json_array_get(list, 1)), 2);
	list = json_object_get(call, "offer");
	assert_true(json_is_true(json_object_get(json_array_get(list, 0),
						 "caller")));
	assert_null(json_object_get(json_array_get(list, 1), "endpoint"));
	assert_int_equal(number_at(json_array_get(json_object_get(call, "port"),
						  0), "rtcp"), 4001);
	list = json_object_get(call, "decision");
	assert_string_equal(text_at(json_array_get(list, 0), "name"),
			    "media-low-port");
	assert_int_equal(number_at(json_array_get(list, 0), "media"), 1);
	assert_null(json_object_get(json_array_get(list, 1), "media"));
	assert_int_equal(number_at(json_array_get(list, 1), "times"), 3);
	json_decref(all);
}

/* Each command has the lists that it shows, and no others. */
static void json_lists(void **state)
{
	static const struct {
		const char *args;
		int calls, streams, registrations;
	} rows[] = {
		{ "show calls -j", 2, 0, 0 },
		{ "show -j streams", 0, 2, 0 },
		{ "-j show regs", 0, 0, 1 },
		{ "show call 7 --json", 1, 2, 0 },
		{ "show call 4711 -j", 1, 0, 0 },
	};
	json_t *got;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		row("%s", rows[i].args);
		got = load(rows[i].args);
		assert_int_equal(entries_at(got, "calls"), rows[i].calls);
		assert_int_equal(entries_at(got, "streams"), rows[i].streams);
		assert_int_equal(entries_at(got, "registrations"),
				 rows[i].registrations);
		json_decref(got);
	}
}

static const struct CMUnitTest tests[] = {
	TEST(overview),
	TEST(nothing),
	TEST(one_call),
	TEST(several_calls),
	TEST(tables),
	TEST(terminal),
	TEST(arrow),
	TEST(hostile_text),
	TEST(bare),
	TEST(seen_twice),
	TEST(json),
	TEST(json_detail),
	TEST(json_lists),
};

int main(void)
{
	return run(tests, ARRAY_SIZE(tests));
}
