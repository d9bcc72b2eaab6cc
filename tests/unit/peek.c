// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * peek.c - what kind of message is this?
 */
#include "test.h"

#include <stdio.h>
#include <string.h>

#include <sipfast/peek.h>

#define VIA	"Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1\r\n"
#define FROM	"From: <sip:a@example.com>;tag=1\r\n"
#define TO	"To: <sip:b@example.com>\r\n"
#define ID	"Call-ID: 1@192.0.2.1\r\n"
#define CSEQ	"CSeq: 1 INVITE\r\n"
#define HEAD	VIA FROM TO ID CSEQ
#define INVITE	"INVITE sip:b@example.com SIP/2.0\r\n"

static struct sf_peek peek;

/* In buffers whose ends are guarded. */
static enum sf_reason look(const char *text)
{
	u32 len = (u32)strlen(text);
	struct sf_peek other;
	enum sf_reason reason = sf_peek(&peek, guard_tail(text, len), len, len);

	assert_int_equal(sf_peek(&other, guard_head(text, len), len, len),
			 reason);
	assert_memory_equal(&peek, &other, sizeof(peek));
	return reason;
}

static void requests(void **state)
{
	u8 method;

	(void)state;
	for (method = SF_METHOD_OTHER + 1; method < SF_METHOD_COUNT; method++) {
		char text[512];

		snprintf(text, sizeof(text), "%s sip:b@example.com SIP/2.0\r\n"
			 HEAD "\r\n", sf_method_name(method));
		assert_int_equal(look(text), SF_OK);
		assert_true(peek.is_request);
		assert_int_equal(peek.method, method);
		assert_int_equal(peek.status, 0);
		assert_int_equal(peek.head, strlen(text));
	}
	assert_int_equal(look("invite sip:b SIP/2.0\r\n" HEAD "\r\n"), SF_OK);
	assert_int_equal(peek.method, SF_METHOD_OTHER);
}

static void responses(void **state)
{
	(void)state;
	assert_int_equal(look("SIP/2.0 180 Ringing\r\n" HEAD "\r\n"), SF_OK);
	assert_false(peek.is_request);
	assert_int_equal(peek.status, 180);
	assert_int_equal(peek.method, SF_METHOD_INVITE);
	assert_int_equal(look("SIP/2.0 200\r\n" HEAD "\r\n"), SF_OK);
	assert_int_equal(look("SIP/2.0 99 x\r\n" HEAD "\r\n"), SF_STATUS);
	assert_int_equal(look("SIP/2.0 700 x\r\n" HEAD "\r\n"), SF_STATUS);
	assert_int_equal(look("SIP/2.0 2000 x\r\n" HEAD "\r\n"), SF_STATUS);
}

static void no_sip(void **state)
{
	static const struct {
		const char *text;
		enum sf_reason reason;
	} rows[] = {
		{ "", SF_EMPTY }, { "\r\n\r\n", SF_EMPTY },
		{ "GET / HTTP/1.1\r\n\r\n", SF_NOT_SIP },
		{ "\r\nhello", SF_NOT_SIP }, { " INVITE", SF_NOT_SIP },
		{ "INVITE SIP/2.0\r\n" HEAD "\r\n", SF_START_LINE },
		{ "INVITE sip:b SIP/3.0\r\n" HEAD "\r\n", SF_VERSION },
		{ "INVITE sip:b SIP/2.0\n" HEAD "\r\n", SF_LINE_END },
		{ "INVITE sip:b SIP/2.0", SF_PARTIAL },
		{ INVITE "Via: x\n\r\n", SF_LINE_END },
		{ INVITE "Via: x\r\r\n", SF_LINE_END },
		{ INVITE HEAD, SF_PARTIAL },
		{ INVITE HEAD "\r", SF_PARTIAL },
		{ INVITE HEAD "\n\n", SF_LINE_END },
	};
	u32 i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++)
		if (look(rows[i].text) != rows[i].reason)
			fail_msg("row %u: %s", i, sf_reason_name(look(rows[i].text)));
}

/* Each of those that all have: missing, and there twice. */
static void mandatory(void **state)
{
	static const char *const lines[] = { VIA, FROM, TO, ID, CSEQ };
	char text[1024];
	u32 i, n, times;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(lines); i++) {
		for (times = 0; times < 3; times += 2) {
			strcpy(text, INVITE);
			for (n = 0; n < ARRAY_SIZE(lines); n++) {
				if (n != i || times)
					strcat(text, lines[n]);
				if (n == i && times)
					strcat(text, lines[n]);
			}
			strcat(text, "\r\n");
			assert_int_equal(look(text), !times ? SF_MISSING :
					 i ? SF_DUPLICATE : SF_OK);
		}
	}
}

static void forms(void **state)
{
	(void)state;
	assert_int_equal(look(INVITE "v: x\r\nf: <sip:a>;tag=1\r\n"
			      "t : <sip:b>\r\ni:\r\n  7 \r\ncseq: 1 INVITE\r\n"
			      "C: APPLICATION/SDP;x\r\nl: 0\r\n\r\n"), SF_OK);
	assert_true(peek.sdp);
	assert_true(peek.has_length);
	assert_int_equal(peek.call_id.len, 1);
	assert_int_equal(look(INVITE HEAD "Content-Type: multipart/mixed\r\n"
			      "Callid: 1\r\nFromage: x\r\nno colon\r\n\r\n"),
			 SF_OK);
	assert_true(peek.sdp);
	assert_int_equal(look(INVITE HEAD "Content-Type: text/plain\r\n\r\n"),
			 SF_OK);
	assert_false(peek.sdp);
}

/*
 * All letters of a name count, in any case, and a colon behind it, or behind blanks:
 * without that line something is missing.
 */
static void names(void **state)
{
	static const struct {
		const char *name, *more;
	} rows[] = {
		{ "Via", "" }, { "From", ";tag=1" }, { "To", "" }, { "Call-ID", "" },
		{ "CSeq", " INVITE" },
	};
	char text[512], name[16];
	enum sf_reason reason;
	u32 i, n, at, bit;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++)
		for (at = 0; at <= strlen(rows[i].name) + 1; at++)
			for (bit = 0; bit < 9; bit++) {
				const char *blank = at > strlen(rows[i].name) ? "\t " : "";

				strcpy(name, rows[i].name);
				strcat(name, blank);
				strcat(name, ":");
				if (at < strlen(rows[i].name) + 1 && bit < 8)
					name[at] ^= (char)(1 << bit);
				strcpy(text, INVITE);
				for (n = 0; n < ARRAY_SIZE(rows); n++)
					snprintf(text + strlen(text), 80, "%s%s 1%s\r\n",
						 n == i ? name : rows[n].name,
						 n == i ? "" : ":", rows[n].more);
				strcat(text, "\r\n");
				reason = look(text);
				/* its line is one of somebody else's, or none */
				if (*blank || bit == 8 ||
				    (bit == 5 && name[at] != ':' &&
				     (name[at] | 0x20) >= 'a'))
					assert_int_equal(reason, SF_OK);
				else
					assert_int_not_equal(reason, SF_OK);
			}
}

static void lengths(void **state)
{
	(void)state;
	assert_int_equal(look(INVITE HEAD "Content-Length: 3\r\n\r\nabc"), SF_OK);
	assert_int_equal(peek.length, 3);
	assert_int_equal(look(INVITE HEAD "Content-Length: 4\r\n\r\nabc"),
			 SF_LENGTH_CUT);
	assert_int_equal(look(INVITE HEAD "Content-Length: 2\r\n\r\nabc"), SF_OK);
	assert_int_equal(look(INVITE HEAD "\r\nabc"), SF_OK);
	assert_false(peek.has_length);
	assert_int_equal(peek.length, 3);
	assert_int_equal(look(INVITE HEAD "l: 1\r\nl: 1\r\n\r\na"),
			 SF_LENGTH_DUP);
	assert_int_equal(look(INVITE HEAD "l: -1\r\n\r\na"), SF_LENGTH);
	assert_int_equal(look(INVITE HEAD "l: 99999999999\r\n\r\na"), SF_LENGTH);
}

/* Not all of it is seen: what is there has to do. */
static void beginnings(void **state)
{
	static const char text[] = INVITE HEAD "Content-Length: 0\r\n\r\n";
	u32 len = sizeof(text) - 1, seen, first = sizeof(INVITE) - 1;

	(void)state;
	for (seen = first; seen < len; seen++) {
		assert_int_equal(sf_peek(&peek, guard_tail(text, seen), seen, len),
				 SF_OK);
		assert_int_equal(peek.method, SF_METHOD_INVITE);
		assert_int_equal(peek.head, 0);
		assert_int_equal(sf_peek(&peek, guard_tail(text, seen), seen,
					 seen), SF_PARTIAL);
	}
}

static void tags(void **state)
{
	static const struct {
		const char *to;
		bool tag;
	} rows[] = {
		{ "<sip:b>", false }, { "<sip:b>;tag=1", true },
		{ "<sip:b> ; TAG = 1", true }, { "<sip:b;tag=1>", false },
		{ "sip:b;tag=1", true }, { "sip:b", false },
		{ "\"x>;tag=1\" <sip:b>", false }, { "<sip:b>;x=1;tag=2", true },
		{ "<sip:b>;tag", false }, { "<sip:b>;tagged=1", false },
	};
	char text[512];
	u32 i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		snprintf(text, sizeof(text), INVITE VIA FROM "To: %s\r\n" ID CSEQ
			 "\r\n", rows[i].to);
		assert_int_equal(look(text), SF_OK);
		if (peek.to_tag != rows[i].tag)
			fail_msg("%s", rows[i].to);
	}
}

static void agents(void **state)
{
	static const struct {
		const char *agent;
		bool scanner;
	} rows[] = {
		{ "friendly-scanner", true }, { "FRIENDLY-SCANNER 1.0", true },
		{ "sipvicious", true }, { "sipcli/v1.8", true },
		{ "friendly phone", false }, { "snom320/8.7", false },
		{ "SIP phone", false }, { "", false }, { "n", false },
		{ "Zoiper", false }, { "Nmap NSE", true },
		{ "baresip v1.0.0 (x86_64/linux)", false },
	};
	char text[512];
	u32 i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		snprintf(text, sizeof(text), INVITE HEAD "User-Agent: %s\r\n\r\n",
			 rows[i].agent);
		assert_int_equal(look(text), SF_OK);
		if (peek.scanner != rows[i].scanner)
			fail_msg("%s", rows[i].agent);
	}
	assert_int_equal(look("SIP/2.0 200 OK\r\n" HEAD
			      "User-Agent: sipvicious\r\n\r\n"), SF_OK);
	assert_false(peek.scanner);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(requests), TEST(responses), TEST(no_sip), TEST(mandatory),
		TEST(forms), TEST(names), TEST(lengths), TEST(beginnings), TEST(tags),
		TEST(agents),
	};

	return run(tests, ARRAY_SIZE(tests));
}
