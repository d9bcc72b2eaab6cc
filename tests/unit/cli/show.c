// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * show.c - what `sipfast show` prints
 */
#include "test.h"

#include <jansson.h>
#include <string.h>

#include <linux/sipfast.h>

#include "sample.h"

#define CALL_4								\
"call 4: sip:+15550100@example.net -> sip:carol@example.org\n"		\
"  state:     ringing (180), 00:00:04 since the INVITE, 2 dialogs\n"	\
"  caller:    [2001:db8::5]:5060\n"					\
"  callee:    [2001:db8:1::20]:5062\n"					\
"  zone:      3\n"							\
"  call-id:   4711\n"

#define CALL_7								\
"call 7: sip:anna@example.org -> sip:bob@example.org\n"			\
"  state:     up, 00:02:03 since the answer\n"				\
"  caller:    192.168.1.10:5060 (203.0.113.1:34012)\n"			\
"  callee:    198.51.100.5:5060\n"					\
"  call-id:   f81d4fae@192.168.1.10\n"					\
"  stream 12: audio rtp, open for 00:02:07\n"				\
"    forward: 192.168.1.10:4000 (203.0.113.1:35000) -> 198.51.100.5:20000\n" \
"             6150 packets, 1.17 MiB, last packet 0.02 s ago\n"		\
"    reverse: 198.51.100.5:20000 -> 203.0.113.1:35000 (192.168.1.10:4000)\n" \
"             1 packet, 200 B, last packet 2.90 s ago\n"		\
"  stream 13: audio rtcp, open for 00:02:07\n"				\
"    forward: 192.168.1.10:4001 (203.0.113.1:35001) -> 198.51.100.5:20001\n" \
"             24 packets, 4.69 KiB, last packet 0.02 s ago\n"		\
"    reverse: 198.51.100.5:20001 -> 203.0.113.1:35001 (192.168.1.10:4001)\n" \
"             no packet yet\n"

#define REGISTRATION_3							\
"registration 3: sip:anna@example.org\n"				\
"  contact:   192.168.1.10:5060 (203.0.113.1:34012)\n"			\
"  registrar: 198.51.100.5:5060\n"					\
"  expires:   in 00:58:12\n"

static void assert_prints(const char *args, const char *want)
{
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
	assert_prints("", CALL_4 "\n" CALL_7 "\n" REGISTRATION_3 "\n"
		      "2 calls, 2 streams, 1 registration\n");
	assert_prints("show", CALL_4 "\n" CALL_7 "\n" REGISTRATION_3 "\n"
		      "2 calls, 2 streams, 1 registration\n");
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
	assert_prints("show call 7", CALL_7);
	assert_prints("show call 4", CALL_4);
	assert_prints("show call 4711", CALL_4);
	assert_prints("show call f81d4fae@192.168.1.10", CALL_7);
	got = tool("show call 99999999999");
	assert_int_equal(got->status, 1);
	assert_string_equal(got->err, "sipfast: there is no such call\n");
}

static void tables(void **state)
{
	(void)state;
	assert_prints("show regs",
"REG  AOR                   CONTACT                                REGISTRAR           EXPIRES\n"
"  3  sip:anna@example.org  192.168.1.10:5060 (203.0.113.1:34012)  198.51.100.5:5060  00:58:12\n");
	assert_prints("show calls",
"CALL  STATE       SINCE  FROM                       TO                     CALLER                                 CALLEE\n"
"   4  ringing  00:00:04  sip:+15550100@example.net  sip:carol@example.org  [2001:db8::5]:5060                     [2001:db8:1::20]:5062\n"
"   7  up       00:02:03  sip:anna@example.org       sip:bob@example.org    192.168.1.10:5060 (203.0.113.1:34012)  198.51.100.5:5060\n");
}

static void streams(void **state)
{
	const char *out;

	(void)state;
	fake_reset();
	sample_objects();
	out = tool("show streams")->out;
	assert_non_null(strstr(out, "\n    12     7  audio  rtp   reverse  "));
	assert_non_null(strstr(out, "     6150  1.17 MiB  0.02 s\n"));
	assert_non_null(strstr(out, "        0       0 B   never\n"));
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
	assert_int_equal(json_array_size(json_object_get(all,
							 "registrations")), 1);
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
		assert_int_equal(json_array_size(json_object_get(got, "calls")),
				 rows[i].calls);
		assert_int_equal(json_array_size(
			json_object_get(got, "streams")), rows[i].streams);
		assert_int_equal(json_array_size(json_object_get(got,
			"registrations")), rows[i].registrations);
		json_decref(got);
	}
}

TESTS(TEST(overview), TEST(nothing), TEST(one_call), TEST(tables),
      TEST(streams), TEST(arrow), TEST(hostile_text), TEST(bare), TEST(json),
      TEST(json_lists));
