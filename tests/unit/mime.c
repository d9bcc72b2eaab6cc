// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * mime.c - the session description in bodies of all kinds
 */
#include "test.h"

#include <stdio.h>
#include <string.h>

#include <sipfast/sdp.h>

static struct sf_msg msg;

#define SDP "v=0\r\ns=-\r\n"
#define PART "Content-Type: application/sdp\r\n\r\n" SDP
#define TEXT "Content-Type: text/plain\r\n\r\nhello"
#define MIXED "c: multipart/mixed;boundary=b\r\n"

struct body {
	const char *headers;
	const char *body;
	enum sf_reason reason;
};

static void check_body(const char *headers, const char *body, u32 len,
		       enum sf_reason reason)
{
	char text[2048];
	struct sf_span where = sf_span(0, 1);
	const char *buf;
	u32 head;

	head = (u32)snprintf(text, sizeof(text),
			     "ACK sip:a SIP/2.0\r\n%sl: %u\r\n\r\n", headers,
			     len);
	memcpy(text + head, body, len);
	buf = guard_tail(text, head + len);
	assert_reason(sf_msg_parse(&msg, buf, head + len), SF_OK);
	assert_reason(sf_sdp_of(&msg, &where), reason);
	if (reason)
		assert_int_equal(where.len, 1);
	else
		assert_text(buf, where, SDP);
}

static void check_bodies(const struct body *rows, u32 count)
{
	u32 i;

	for (i = 0; i < count; i++) {
		row("%s%s", rows[i].headers, rows[i].body);
		check_body(rows[i].headers, rows[i].body,
			   (u32)strlen(rows[i].body), rows[i].reason);
	}
}

static void whole_body(void **state)
{
	static const struct body rows[] = {
		{ "c: application/sdp\r\n", SDP, SF_OK },
		{ "Content-Type:\r\n Application / SDP ; x=y\r\n", SDP, SF_OK },
		{ "c: application/sdp\r\n", "", SF_EMPTY },
		{ "", SDP, SF_EMPTY },
		{ "c: text/plain\r\n", SDP, SF_EMPTY },
		{ "c: application/sdpx\r\n", SDP, SF_EMPTY },
		{ "c: sdp\r\n", SDP, SF_EMPTY },
		{ "c: application/sdp\r\ne: gzip\r\n", SDP, SF_EMPTY },
		{ "c: application/sdp\r\nc: application/sdp\r\n", SDP, SF_SDP },
	};

	(void)state;
	check_bodies(rows, ARRAY_SIZE(rows));
}

static void parts(void **state)
{
	static const struct body rows[] = {
		{ MIXED, "--b\r\n" PART "\r\n--b--\r\n", SF_OK },
		{ MIXED, "--b\r\n" PART "\r\n--b--", SF_OK },
		{ MIXED, "preamble\r\n--b \t\r\n" PART "\r\n--b--\r\nepilogue",
		  SF_OK },
		{ MIXED, "--b\r\n" TEXT "\r\n--b\r\n" PART "\r\n--b--\r\n",
		  SF_OK },
		{ MIXED, "--b\r\n" PART "\r\n--b\r\n" TEXT "\r\n--b--\r\n",
		  SF_OK },
		{ MIXED, "--b\r\n\r\nno type\r\n--b\r\n" PART "\r\n--b--",
		  SF_OK },
		{ MIXED, "--b\r\n--b\r\n" PART "\r\n--b--", SF_OK },
		{ MIXED, "--b\r\n" TEXT "\r\n--bb\r\n-b\r\n--b-\r\n --b\r\n"
		  "--b\r\n" PART "\r\n--b--", SF_OK },
		{ MIXED, "--b\r\n" TEXT "\n--b\n\r\n--b\r\n" PART "\r\n--b--",
		  SF_OK },
		{ "c: multipart/mixed ; x=y; Boundary = \"a 'b:,=?\"\r\n",
		  "--a 'b:,=?\r\n" PART "\r\n--a 'b:,=?--", SF_OK },
		{ "c: Multipart/Alternative;boundary=b\r\n",
		  "--b\r\nX: y\r\nCONTENT-TYPE:\r\n application/SDP;x\r\n"
		  "Content-Disposition: session\r\n"
		  "Content-Transfer-Encoding: binary\r\n\r\n" SDP "\r\n--b--",
		  SF_OK },
		{ MIXED, "--b\r\n" TEXT "\r\n--b--\r\n", SF_EMPTY },
		{ MIXED, "--b--\r\n", SF_EMPTY },
		{ MIXED, "--b\r\nContent-Type: application/sdp\r\n\r\n--b--",
		  SF_EMPTY },
		{ MIXED, "--b\r\nContent-Transfer-Encoding: base64\r\n" PART
		  "\r\n--b--", SF_EMPTY },
		{ MIXED, "--b\r\nContent-Encoding: gzip\r\n" PART "\r\n--b--",
		  SF_EMPTY },
		/* behind the close delimiter nobody reads */
		{ MIXED, "--b--\r\n--b\r\n" PART "\r\n--b--\r\n", SF_EMPTY },
	};

	(void)state;
	check_bodies(rows, ARRAY_SIZE(rows));
}

#define SEVENTY "1234567890123456789012345678901234567890123456789012345678901234567890"

static void malformed(void **state)
{
	static const struct body rows[] = {
		{ MIXED, "none", SF_SDP },
		{ MIXED, "--b", SF_SDP },
		{ MIXED, "--b\r", SF_SDP },
		{ MIXED, "--b\r\n", SF_SDP },
		{ MIXED, "--b\r\n" PART, SF_SDP },
		{ MIXED, "--b\r\n" PART "\r\n--b", SF_SDP },
		{ MIXED, "--b\r\n" PART "\r\n--bb--", SF_SDP },
		{ MIXED, "--b\n" PART "\n--b--", SF_SDP },
		{ MIXED, "--b\r\nno colon\r\n" PART "\r\n--b--", SF_SDP },
		{ MIXED, "--b\r\nA: b\n" PART "\r\n--b--", SF_SDP },
		{ MIXED, "--b\r\nContent-Type: sdp\r\n" PART "\r\n--b--",
		  SF_SDP },
		{ MIXED, "--b\r\nContent-Type: text/plain\r\n" PART
		  "\r\n--b--", SF_SDP },
		{ "c: multipart/mixed\r\n", "--b\r\n" PART "\r\n--b--",
		  SF_SDP },
		{ "c: multipart/mixed;boundary=\r\n", "--\r\n" PART "\r\n----",
		  SF_SDP },
		{ "c: multipart/mixed;boundary=\"\"\r\n",
		  "--\r\n" PART "\r\n----", SF_SDP },
		{ "c: multipart/mixed;boundary=" SEVENTY "1\r\n",
		  "--b\r\n" PART "\r\n--b--", SF_SDP },
	};

	(void)state;
	check_bodies(rows, ARRAY_SIZE(rows));
}

#define INNER(type, b, part) \
	"Content-Type: multipart/" type ";boundary=" b "\r\n\r\n" \
	"--" b "\r\n" part "\r\n--" b "--"

static void nested(void **state)
{
	static const struct body rows[] = {
		{ MIXED, "--b\r\n" INNER("alternative", "i", PART)
		  "\r\n--b--", SF_OK },
		{ MIXED, "--b\r\n" INNER("alternative", "i", TEXT)
		  "\r\n--b\r\n" PART "\r\n--b--", SF_OK },
		{ MIXED, "--b\r\n" INNER("related", "i",
					 INNER("alternative", "j", PART))
		  "\r\n--b--", SF_OK },
		{ MIXED, "--b\r\n" INNER("related", "i",
					 INNER("alternative", "j", TEXT))
		  "\r\n--b\r\n" PART "\r\n--b--", SF_OK },
		/* too deep to be looked into */
		{ MIXED, "--b\r\n" INNER("x", "i", INNER("x", "j",
					 INNER("x", "k", PART)))
		  "\r\n--b--", SF_EMPTY },
		{ MIXED, "--b\r\n" INNER("x", "i", TEXT) "\r\n--b--",
		  SF_EMPTY },
		/* the inner body may not reach over the outer delimiter */
		{ MIXED, "--b\r\nContent-Type: multipart/x;boundary=i\r\n\r\n"
		  "--i\r\n" TEXT "\r\n--b\r\n" PART "\r\n--i--\r\n--b--",
		  SF_SDP },
	};

	(void)state;
	check_bodies(rows, ARRAY_SIZE(rows));
}

static void sealed(void **state)
{
	static const struct {
		const char *headers;
		const char *body;
		bool sealed;
	} rows[] = {
		{ "c: multipart/Signed;boundary=b\r\n",
		  "--b\r\n" PART "\r\n--b\r\n" TEXT "\r\n--b--", true },
		{ MIXED, "--b\r\n" INNER("signed", "i", PART) "\r\n--b--", true },
		{ "c: multipart/signed;boundary=b\r\n",
		  "--b\r\n" INNER("mixed", "i", PART) "\r\n--b--", true },
		{ MIXED, "--b\r\n" INNER("signed", "i", TEXT)
		  "\r\n--b\r\n" PART "\r\n--b--", false },
		{ MIXED, "--b\r\n" PART "\r\n--b--", false },
		{ "c: application/sdp\r\n", SDP, false },
		{ "c: multipart/signed;boundary=b\r\n",
		  "--b\r\n" TEXT "\r\n--b--", false },
		{ "c: multipart/signed;boundary=b\r\n", "--b\r\n" PART, false },
	};
	char text[2048];
	u32 i, len;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		row("%s%s", rows[i].headers, rows[i].body);
		len = (u32)snprintf(text, sizeof(text),
				    "ACK sip:a SIP/2.0\r\n%sl: %zu\r\n\r\n%s",
				    rows[i].headers, strlen(rows[i].body),
				    rows[i].body);
		assert_reason(sf_msg_parse(&msg, guard_tail(text, len), len),
			      SF_OK);
		assert_int_equal(sf_sdp_signed(&msg), rows[i].sealed);
	}
}

static void binary(void **state)
{
	static const char body[] = "--b\r\n\r\n\0\r\0\n\xff--b\r\0--b\r\n\r\n"
				   "--b\r\n" PART "\r\n--b--";

	(void)state;
	check_body(MIXED, body, sizeof(body) - 1, SF_OK);
}

static const struct CMUnitTest tests[] = {
	TEST(whole_body),
	TEST(parts),
	TEST(malformed),
	TEST(nested),
	TEST(sealed),
	TEST(binary),
};

int main(void)
{
	return run(tests, ARRAY_SIZE(tests));
}
