// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * msg.c - framing, start line and header lines
 */
#include "test.h"

#include <stdio.h>
#include <string.h>

#include <sipfast/msg.h>

static struct sf_msg msg;

static enum sf_reason parse(const char *text)
{
	u32 len = (u32)strlen(text);

	return sf_msg_parse(&msg, guard_tail(text, len), len);
}

static enum sf_reason parse_stream(const char *text)
{
	u32 len = (u32)strlen(text);

	return sf_msg_parse_stream(&msg, guard_tail(text, len), len);
}

struct verdict {
	const char *text;
	enum sf_reason reason;
};

static void check_verdicts(const struct verdict *rows, u32 count)
{
	u32 i;

	for (i = 0; i < count; i++) {
		row("%s", rows[i].text);
		assert_reason(parse(rows[i].text), rows[i].reason);
	}
}

#define REQUEST "OPTIONS sip:a SIP/2.0\r\n"

static void start_lines(void **state)
{
	static const struct verdict rows[] = {
		{ "INVITE sip:a SIP/2.0\r\n\r\n", SF_OK },
		{ "NEW-%41'~ im:a sip/2.0\r\n\r\n", SF_OK },
		{ "SIP/2.0 200 OK\r\n\r\n", SF_OK },
		{ "SIP/2.0 100 \r\n\r\n", SF_OK },
		{ "SIP/2.0 100\r\n\r\n", SF_OK },
		{ "sip/2.0 699 \xd0\xbf\r\n\r\n", SF_OK },
		{ "\r\n\r\nSIP/2.0 200 OK\r\n\r\n", SF_OK },
		{ "INVITE sip:a SIP/7.0\r\n\r\n", SF_VERSION },
		{ "INVITE sip:a SIP/2.00\r\n\r\n", SF_VERSION },
		{ "SIP/7.0 200 OK\r\n\r\n", SF_VERSION },
		{ "SIP/2.0\t200 OK\r\n\r\n", SF_VERSION },
		{ "SIP/2.0\r\n\r\n", SF_START_LINE },
		{ "SIP/2.0 \r\n\r\n", SF_START_LINE },
		{ "SIP/2.0  200 OK\r\n\r\n", SF_START_LINE },
		{ "SIP/2.0 200OK\r\n\r\n", SF_START_LINE },
		{ "SIP/2.0 OK\r\n\r\n", SF_START_LINE },
		{ "SIP/2.0 99 x\r\n\r\n", SF_STATUS },
		{ "SIP/2.0 099 x\r\n\r\n", SF_STATUS },
		{ "SIP/2.0 700 x\r\n\r\n", SF_STATUS },
		{ "SIP/2.0 0200 x\r\n\r\n", SF_STATUS },
		{ "SIP/2.0 4294967301 x\r\n\r\n", SF_STATUS },
		{ "SIP/2.0 4294967496 x\r\n\r\n", SF_STATUS },
		{ "INVITE  sip:a SIP/2.0\r\n\r\n", SF_START_LINE },
		{ "INVITE sip:a  SIP/2.0\r\n\r\n", SF_START_LINE },
		{ "INVITE sip:a SIP/2.0 \r\n\r\n", SF_START_LINE },
		{ "INVITE sip:a; lr SIP/2.0\r\n\r\n", SF_START_LINE },
		{ "INVITE sip:a\tSIP/2.0\r\n\r\n", SF_START_LINE },
		{ "INVITE sip:a\x01 SIP/2.0\r\n\r\n", SF_START_LINE },
		{ "INVITE SIP/2.0\r\n\r\n", SF_START_LINE },
		{ "INVITE  SIP/2.0\r\n\r\n", SF_START_LINE },
		{ "INV@TE sip:a SIP/2.0\r\n\r\n", SF_NOT_SIP },
		{ "INVITE\tsip:a SIP/2.0\r\n\r\n", SF_NOT_SIP },
		{ " INVITE sip:a SIP/2.0\r\n\r\n", SF_NOT_SIP },
		{ "INVITE sip:a\r\n\r\n", SF_NOT_SIP },
		{ "INVITE\r\n\r\n", SF_NOT_SIP },
		{ "GET / HTTP/1.1\r\n\r\n", SF_NOT_SIP },
		{ "HTTP/1.1 200 OK\r\n\r\n", SF_NOT_SIP },
		{ "hello", SF_NOT_SIP },
		{ "INVITE sip:a SIP/2.0\n\n", SF_LINE_END },
		{ "INVITE sip:a SIP/2.0\r\r\n", SF_LINE_END },
		{ "INVITE sip:a SIP/2.0", SF_NOT_SIP },
		{ "INVITE sip:a SIP/2.0\r", SF_LINE_END },
		{ "INVITE sip:a SIP/2.0\r\n", SF_LINE_END },
		{ "", SF_EMPTY },
		{ "\r\n\r\n", SF_EMPTY },
		{ "\r", SF_EMPTY },
	};

	(void)state;
	check_verdicts(rows, ARRAY_SIZE(rows));
}

static void header_lines(void **state)
{
	static const struct verdict rows[] = {
		{ REQUEST "A:\r\n\r\n", SF_OK },
		{ REQUEST "A \t : b\r\n\r\n", SF_OK },
		{ REQUEST "A:b\r\n c\r\n\td\r\n\r\n", SF_OK },
		{ REQUEST "A:\r\n b\r\n\r\n", SF_OK },
		{ REQUEST "A: b\r\n \r\n\r\n", SF_OK },
		{ REQUEST " A: b\r\n\r\n", SF_HEADER },
		{ REQUEST "\tA: b\r\n\r\n", SF_HEADER },
		{ REQUEST ": b\r\n\r\n", SF_HEADER },
		{ REQUEST " : b\r\n\r\n", SF_HEADER },
		{ REQUEST "A b: c\r\n\r\n", SF_HEADER },
		{ REQUEST "A\r\n\r\n", SF_HEADER },
		{ REQUEST "A\r\n :b\r\n\r\n", SF_HEADER },
		{ REQUEST "A(: b\r\n\r\n", SF_HEADER },
		{ REQUEST "\xc3\xa4: b\r\n\r\n", SF_HEADER },
		{ REQUEST "Vi\x01: b\r\n\r\n", SF_HEADER },
		{ REQUEST "A: b\n\r\n", SF_LINE_END },
		{ REQUEST "A: b\r\r\n\r\n", SF_LINE_END },
		{ REQUEST "A: b\rC: d\r\n\r\n", SF_LINE_END },
		{ REQUEST "A: b\nC: d\r\n\r\n", SF_LINE_END },
		{ REQUEST "A: b\n c\r\n\r\n", SF_LINE_END },
		{ REQUEST "A: b\r\n", SF_LINE_END },
		{ REQUEST "A: b\r\n\r", SF_LINE_END },
		{ REQUEST "A: b\r\n\n", SF_LINE_END },
		{ REQUEST "A: b\r\n\rx", SF_LINE_END },
		{ REQUEST "\n", SF_LINE_END },
		{ REQUEST "A", SF_LINE_END },
		{ REQUEST "A ", SF_LINE_END },
		{ REQUEST "A:", SF_LINE_END },
	};

	(void)state;
	check_verdicts(rows, ARRAY_SIZE(rows));
}

static void lengths(void **state)
{
	static const struct {
		const char *text;
		enum sf_reason datagram;
		enum sf_reason stream;
		const char *body;
	} rows[] = {
		{ "l: 3\r\n\r\nabc", SF_OK, SF_OK, "abc" },
		{ "Content-Length: 0003\r\n\r\nabc", SF_OK, SF_OK, "abc" },
		{ "l:\r\n 3\r\n\r\nabc", SF_OK, SF_OK, "abc" },
		{ "l: 3\r\n\r\nabcdef", SF_OK, SF_OK, "abc" },
		{ "l: 0\r\n\r\nabcdef", SF_OK, SF_OK, "" },
		{ "\r\nabc", SF_OK, SF_LENGTH, "abc" },
		{ "\r\n", SF_OK, SF_LENGTH, "" },
		{ "l: 4\r\n\r\nabc", SF_LENGTH_CUT, SF_PARTIAL, NULL },
		{ "l: 9999\r\n\r\nabc", SF_LENGTH_CUT, SF_PARTIAL, NULL },
		{ "l: 65536\r\n\r\nabc", SF_LENGTH_CUT, SF_TOO_LONG, NULL },
		{ "l: 4294967295\r\n\r\nabc", SF_LENGTH_CUT, SF_TOO_LONG,
		  NULL },
		{ "l: 4294967296\r\n\r\nabc", SF_LENGTH, SF_LENGTH, NULL },
		{ "l: 4294967299\r\n\r\nabc", SF_LENGTH, SF_LENGTH, NULL },
		{ "l: 4294967328\r\n\r\nabc", SF_LENGTH, SF_LENGTH, NULL },
		{ "l: 18446744073709551619\r\n\r\nabc", SF_LENGTH, SF_LENGTH,
		  NULL },
		{ "l: -999\r\n\r\nabc", SF_LENGTH, SF_LENGTH, NULL },
		{ "l: +3\r\n\r\nabc", SF_LENGTH, SF_LENGTH, NULL },
		{ "l: \r\n\r\nabc", SF_LENGTH, SF_LENGTH, NULL },
		{ "l: 3;x\r\n\r\nabc", SF_LENGTH, SF_LENGTH, NULL },
		{ "l: 3 3\r\n\r\nabc", SF_LENGTH, SF_LENGTH, NULL },
		{ "l: 3, 3\r\n\r\nabc", SF_LENGTH, SF_LENGTH, NULL },
		{ "l: 0x3\r\n\r\nabc", SF_LENGTH, SF_LENGTH, NULL },
		{ "l: 3\r\nl: 3\r\n\r\nabc", SF_LENGTH_DUP, SF_LENGTH_DUP,
		  NULL },
		{ "l: 3\r\nX: y\r\nContent-Length: 2\r\n\r\nabc",
		  SF_LENGTH_DUP, SF_LENGTH_DUP, NULL },
	};
	char text[256];
	u32 i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		row("%s", rows[i].text);
		snprintf(text, sizeof(text), REQUEST "%s", rows[i].text);
		assert_reason(parse_stream(text), rows[i].stream);
		if (!rows[i].stream)
			assert_text(msg.buf, msg.body, rows[i].body);
		assert_reason(parse(text), rows[i].datagram);
		if (rows[i].datagram)
			continue;
		assert_text(msg.buf, msg.body, rows[i].body);
		assert_int_equal(msg.len, sf_span_end(msg.body));
	}
}

static void request_parts(void **state)
{
	(void)state;
	assert_reason(parse("\r\nINVITE sip:bob@h SIP/2.0\r\n\r\n"), SF_OK);
	assert_true(msg.is_request);
	assert_int_equal(msg.method, SF_METHOD_INVITE);
	assert_int_equal(msg.status, 0);
	assert_text(msg.buf, msg.start, "INVITE sip:bob@h SIP/2.0");
	assert_text(msg.buf, msg.method_name, "INVITE");
	assert_text(msg.buf, msg.ruri, "sip:bob@h");
	assert_int_equal(msg.nhdrs, 0);
	assert_false(msg.has_length);
	assert_int_equal(msg.len, 30);
}

static void response_parts(void **state)
{
	static const struct {
		const char *text;
		u8 method;
	} rows[] = {
		{ "SIP/2.0 486 Busy Here\r\nCSeq: 7 INVITE\r\n\r\n",
		  SF_METHOD_INVITE },
		{ "SIP/2.0 486 Busy Here\r\nCSeq: 7 FOO\r\n\r\n",
		  SF_METHOD_OTHER },
		{ "SIP/2.0 486 Busy Here\r\n\r\n", SF_METHOD_OTHER },
		{ "SIP/2.0 486 Busy Here\r\nCSeq: x BYE\r\n\r\n",
		  SF_METHOD_OTHER },
		{ "SIP/2.0 486 Busy Here\r\nCSeq: 1 BYE\r\nCSeq: 1 ACK\r\n"
		  "\r\n", SF_METHOD_OTHER },
	};
	u32 i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		row("%s", rows[i].text);
		assert_reason(parse(rows[i].text), SF_OK);
		assert_false(msg.is_request);
		assert_int_equal(msg.status, 486);
		assert_int_equal(msg.method, rows[i].method);
		assert_text(msg.buf, msg.phrase, "Busy Here");
		assert_int_equal(msg.ruri.len + msg.method_name.len, 0);
	}
}

static void index_of_headers(void **state)
{
	const struct sf_hdr *via;
	struct sf_span value;

	(void)state;
	assert_reason(parse(REQUEST "Via: a\r\n"
			    "X-Other :  o \r\n"
			    "v:\r\n b ,\r\n\tc \t\r\n"
			    "to: t\r\n"
			    "VIA:d\r\n"
			    "Subject:\r\n"
			    "X: y\r\n\r\n"), SF_OK);
	assert_int_equal(msg.nhdrs, 7);
	via = sf_msg_hdr(&msg, SF_HDR_VIA);
	assert_non_null(via);
	assert_text(msg.buf, via->value, "a");
	via = sf_msg_hdr_next(&msg, via);
	assert_non_null(via);
	assert_text(msg.buf, via->name, "v");
	assert_text(msg.buf, via->value, "b ,\r\n\tc");
	via = sf_msg_hdr_next(&msg, via);
	assert_non_null(via);
	assert_text(msg.buf, via->value, "d");
	assert_ptr_equal(via, &msg.hdrs[msg.last[SF_HDR_VIA]]);
	assert_null(sf_msg_hdr_next(&msg, via));
	assert_null(sf_msg_hdr(&msg, SF_HDR_FROM));
	assert_text(msg.buf, msg.hdrs[1].name, "X-Other");
	assert_text(msg.buf, msg.hdrs[1].value, "o");
	assert_int_equal(msg.hdrs[1].id, SF_HDR_OTHER);
	assert_int_equal(msg.hdrs[1].next, SF_HDR_NONE);
	assert_text(msg.buf, msg.hdrs[5].value, "");

	value = sf_span(7, 8);
	assert_reason(sf_msg_single(&msg, SF_HDR_VIA, &value), SF_DUPLICATE);
	assert_reason(sf_msg_single(&msg, SF_HDR_FROM, &value), SF_HEADER);
	assert_int_equal(value.off, 7);
	assert_reason(sf_msg_single(&msg, SF_HDR_TO, &value), SF_OK);
	assert_text(msg.buf, value, "t");
}

/* As many lines as the index holds, and one more. */
static void many_headers(void **state)
{
	static char text[4096];
	u32 i, n, len;

	(void)state;
	for (n = SF_MSG_HDRS_MAX - 1; n <= SF_MSG_HDRS_MAX + 1; n++) {
		row("%u headers", n);
		len = (u32)sprintf(text, REQUEST);
		for (i = 0; i < n; i++)
			len += (u32)sprintf(text + len, i & 1 ? "v:%u\r\n" :
								"x:%u\r\n", i);
		sprintf(text + len, "\r\n");
		assert_reason(parse(text), n > SF_MSG_HDRS_MAX ? SF_HEADERS :
								 SF_OK);
	}
	assert_int_equal(msg.first[SF_HDR_VIA], 1);
}

static void too_long(void **state)
{
	static char text[SF_MSG_MAX + 1];
	const char *buf;
	u32 len;

	(void)state;
	memset(text, 'x', sizeof(text));
	memcpy(text, REQUEST "\r\n", sizeof(REQUEST) + 1);
	buf = guard_tail(text, SF_MSG_MAX);
	assert_reason(sf_msg_parse(&msg, buf, SF_MSG_MAX), SF_OK);
	assert_int_equal(msg.len, SF_MSG_MAX);
	buf = guard_tail(text, SF_MSG_MAX + 1);
	assert_reason(sf_msg_parse(&msg, buf, SF_MSG_MAX + 1), SF_TOO_LONG);

	/* a stream may hold more than a message, but not without an end */
	len = (u32)sprintf(text, REQUEST "l: 1\r\n\r\n") + 1;
	text[len - 1] = 'x';
	buf = guard_tail(text, SF_MSG_MAX + 1);
	assert_reason(sf_msg_parse_stream(&msg, buf, SF_MSG_MAX + 1), SF_OK);
	assert_int_equal(msg.len, len);
	memset(text, 'x', sizeof(text));
	memcpy(text, REQUEST "A:", sizeof(REQUEST) + 1);
	buf = guard_tail(text, SF_MSG_MAX - 1);
	assert_reason(sf_msg_parse_stream(&msg, buf, SF_MSG_MAX - 1),
		      SF_PARTIAL);
	buf = guard_tail(text, SF_MSG_MAX + 1);
	assert_reason(sf_msg_parse_stream(&msg, buf, SF_MSG_MAX + 1),
		      SF_TOO_LONG);
}

/* What cannot become SIP is told early, the rest may still arrive. */
static void stream_starts(void **state)
{
	static const struct verdict rows[] = {
		{ "", SF_EMPTY },
		{ "\r\n\r\n", SF_EMPTY },
		{ "\r", SF_EMPTY },
		{ "\r\n\r\nI", SF_PARTIAL },
		{ "INVITE", SF_PARTIAL },
		{ "INVITE ", SF_PARTIAL },
		{ "INVITE sip:a SIP/2.0", SF_PARTIAL },
		{ "INVITE sip:a SIP/2.0\r", SF_PARTIAL },
		{ "INVITE sip:a SIP/2.0\r\n", SF_PARTIAL },
		{ "INVITE sip:a SIP/2.0\r\nVi", SF_PARTIAL },
		{ "INVITE sip:a SIP/2.0\r\nVia: x\r\n", SF_PARTIAL },
		{ "INVITE sip:a SIP/2.0\r\nVia: x\r\n\r", SF_PARTIAL },
		{ "S", SF_PARTIAL },
		{ "SIP/", SF_PARTIAL },
		{ "SIP/2.0 2", SF_PARTIAL },
		{ "\x16\x03\x01", SF_NOT_SIP },
		{ "INVITE/", SF_NOT_SIP },
		{ "HTTP/1.1", SF_NOT_SIP },
		{ " INVITE", SF_NOT_SIP },
		{ "GET / HTTP/1.1\r\n", SF_NOT_SIP },
		{ "INVITE sip:a SIP/2.0\r\n x", SF_HEADER },
		{ "INVITE sip:a SIP/2.0\r\nVia\x01", SF_HEADER },
		{ "INVITE sip:a SIP/2.0\n", SF_LINE_END },
	};
	u32 i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		row("%s", rows[i].text);
		assert_reason(parse_stream(rows[i].text), rows[i].reason);
	}
}

/* Several messages in a row, with keepalives between them. */
static void stream_of_messages(void **state)
{
	static const char text[] =
		"\r\n\r\nBYE sip:a SIP/2.0\r\nl: 4\r\n\r\nhi\r\n"
		"SIP/2.0 200 OK\r\nl:0\r\n\r\n"
		"ACK sip:a SIP/2.0\r\nl:0\r\n";
	u32 len = sizeof(text) - 1;
	const char *buf = guard_tail(text, len);

	(void)state;
	assert_reason(sf_msg_parse_stream(&msg, buf, len), SF_OK);
	assert_int_equal(msg.method, SF_METHOD_BYE);
	assert_text(msg.buf, msg.body, "hi\r\n");
	buf += msg.len;
	len -= msg.len;
	assert_reason(sf_msg_parse_stream(&msg, buf, len), SF_OK);
	assert_int_equal(msg.status, 200);
	buf += msg.len;
	len -= msg.len;
	assert_reason(sf_msg_parse_stream(&msg, buf, len), SF_PARTIAL);
}

/* A reader that has the head need not read it again before the body is there. */
static void what_is_missing(void **state)
{
	static const char text[] = "\r\nBYE sip:a SIP/2.0\r\nl: 4\r\n\r\nhi\r\n";
	u32 len = sizeof(text) - 1, i;

	(void)state;
	for (i = 3; i < len; i++) {
		row("%u bytes", i);
		assert_reason(sf_msg_parse_stream(&msg, guard_tail(text, i), i),
			      SF_PARTIAL);
		assert_int_equal(msg.len, i < len - 4 ? 0 : len);
	}
}

static const struct CMUnitTest tests[] = {
	TEST(start_lines),
	TEST(header_lines),
	TEST(lengths),
	TEST(request_parts),
	TEST(response_parts),
	TEST(index_of_headers),
	TEST(many_headers),
	TEST(too_long),
	TEST(stream_starts),
	TEST(stream_of_messages),
	TEST(what_is_missing),
};

int main(void)
{
	return run(tests, ARRAY_SIZE(tests));
}
