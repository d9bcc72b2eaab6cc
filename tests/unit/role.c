// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * role.c - rulings on messages that have one peculiarity each
 */
#include "test.h"

#include <stdio.h>
#include <string.h>

#include <sipfast/check.h>
#include <sipfast/role.h>

static struct sf_msg msg;

/* Index a message with this start line, CSeq and these header lines. */
static enum sf_reason judge(const char *start, const char *cseq,
			    const char *lines, const char *body)
{
	struct sf_check found;
	enum sf_reason reason;
	char text[2048];
	u32 n;

	n = (u32)snprintf(text, sizeof(text),
			  "%s\r\nVia: SIP/2.0/UDP a.example\r\n"
			  "From: <sip:a@a.example>;tag=1\r\nCall-ID: 1\r\n"
			  "CSeq: 1 %s\r\n%s%s\r\n%s", start, cseq,
			  !strncmp(lines, "To: ", 4) ? "" : "To: <sip:b@b>\r\n",
			  lines, body);
	reason = sf_msg_parse(&msg, guard_tail(text, n), n);
	return reason ? reason : sf_msg_check(&msg, &found);
}

static const struct {
	const char *method;
	const char *uri;
	const char *lines;
	u16 proxy;
	u16 server;
} requests[] = {
	{ "OPTIONS", "sip:a", "", SF_GO, SF_GO },
	{ "OPTIONS", "tel:1", "", SF_GO, SF_GO },
	{ "OPTIONS", "urn:service:sos", "", SF_GO, SF_GO },
	{ "OPTIONS", "urn:service", "", 416, 416 },
	{ "OPTIONS", "http://a", "", 416, 416 },
	{ "OPTIONS", "sip:a", "Max-Forwards: 0\r\n", 483, SF_GO },
	{ "OPTIONS", "sip:a", "Max-Forwards: 1\r\n", SF_GO, SF_GO },
	{ "OPTIONS", "sip:a", "Proxy-Require: x\r\n", 420, SF_GO },
	{ "OPTIONS", "sip:a", "Proxy-Require: Foo\r\n", SF_GO, SF_GO },
	{ "OPTIONS", "sip:a", "Require: foo, bar\r\n", SF_GO, SF_GO },
	{ "OPTIONS", "sip:a", "Require: foo\r\nRequire: x\r\n", SF_GO, 420 },
	{ "CANCEL", "sip:a", "Require: x\r\n", SF_GO, SF_GO },
	{ "ACK", "sip:a", "Require: x\r\n", SF_GO, SF_DISCARD },
	{ "ACK", "http://a", "", SF_DISCARD, SF_DISCARD },
	{ "ACK", "sip:a", "Max-Forwards: x\r\n", SF_DISCARD, SF_DISCARD },
	{ "NEW", "sip:a", "", SF_GO, 501 },
	{ "OPTIONS", "sip:a", "Date: now\r\n", SF_GO, SF_GO },
	{ "OPTIONS", "sip:a", "Warning: x\r\n", SF_GO, SF_GO },
	{ "OPTIONS", "sip:a", "Expires: x\r\n", 400, 400 },
	{ "REGISTER", "sip:a", "", SF_GO, SF_GO },
	{ "REGISTER", "sip:a", "To: <tel:1>\r\n", SF_GO, 400 },
	{ "REGISTER", "sip:a", "To: <sips:b@b>\r\n", SF_GO, SF_GO },
	{ "REGISTER", "sip:a", "Contact: *\r\n", SF_GO, 400 },
	{ "REGISTER", "sip:a", "Contact: *\r\nExpires: 1\r\n", SF_GO, 400 },
	{ "REGISTER", "sip:a", "Contact: *\r\nExpires: 0\r\n", SF_GO, SF_GO },
	{ "REGISTER", "sip:a", "Contact: <sip:a>\r\n", SF_GO, SF_GO },
	{ "INVITE", "sip:a", "", SF_GO, SF_GO },
	{ "INVITE", "sip:a", "Accept: */*\r\n", SF_GO, SF_GO },
	{ "INVITE", "sip:a", "Accept: application/*\r\n", SF_GO, SF_GO },
	{ "INVITE", "sip:a", "Accept: a/b, application/SDP\r\n", SF_GO, SF_GO },
	{ "INVITE", "sip:a", "Accept: text/sdp\r\n", SF_GO, 406 },
	{ "INVITE", "sip:a", "Accept: application/pdf\r\n", SF_GO, 406 },
	{ "INVITE", "sip:a", "Accept:\r\n", SF_GO, 406 },
	{ "PRACK", "sip:a", "", SF_GO, 400 },
	{ "PRACK", "sip:a", "RAck: 1 1 INVITE\r\n", SF_GO, SF_GO },
	{ "REFER", "sip:a", "", SF_GO, 400 },
	{ "REFER", "sip:a", "Refer-To: sip:c\r\n", SF_GO, SF_GO },
	{ "NOTIFY", "sip:a", "", SF_GO, 489 },
	{ "SUBSCRIBE", "sip:a", "Event: presence\r\n", SF_GO, SF_GO },
	{ "PUBLISH", "sip:a", "Event: presence\r\n", SF_GO, SF_GO },
};

static void request_rows(void **state)
{
	static const char *const options[] = { "foo", "bar" };
	static const struct sf_able able = { options, ARRAY_SIZE(options) };
	enum sf_reason reason;
	char start[128];
	u32 i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(requests); i++) {
		row("%s %s %s", requests[i].method, requests[i].uri,
		    requests[i].lines);
		snprintf(start, sizeof(start), "%s %s SIP/2.0",
			 requests[i].method, requests[i].uri);
		reason = judge(start, requests[i].method, requests[i].lines, "");
		assert_int_equal(sf_proxy_ruling(&msg, reason, &able),
				 requests[i].proxy);
		assert_int_equal(sf_server_ruling(&msg, reason, &able),
				 requests[i].server);
	}
}

static void bodies(void **state)
{
	static const struct {
		const char *lines;
		u16 server;
		enum sf_help help;
	} rows[] = {
		{ "Content-Type: application/sdp\r\n", SF_GO, SF_HELP_OPEN },
		{ "Content-Type: text/plain\r\n", 415, SF_HELP_EDIT },
		{ "Content-Type: multipart/mixed\r\n", SF_GO, SF_HELP_EDIT },
		{ "Content-Type: x\r\n", 400, SF_HELP_EDIT },
		{ "", SF_GO, SF_HELP_EDIT },
	};
	enum sf_reason reason;
	u32 i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		row("%s", rows[i].lines);
		reason = judge("INVITE sip:a SIP/2.0", "INVITE", rows[i].lines,
			       "v=0\r\n");
		assert_int_equal(sf_server_ruling(&msg, reason, NULL),
				 rows[i].server);
		assert_int_equal(sf_helper_ruling(&msg, SF_OK), rows[i].help);
	}
}

static const struct {
	const char *start;
	const char *lines;
	u16 proxy;
	u16 server;
	enum sf_help help;
} responses[] = {
	{ "SIP/2.0 100 Trying", "", SF_ABSORB, SF_GO, SF_HELP_EDIT },
	{ "SIP/2.0 200 OK", "", SF_GO, SF_GO, SF_HELP_EDIT },
	{ "SIP/2.0 200 OK", "Via: SIP/2.0/UDP 192.0.2.1\r\n",
	  SF_GO, SF_DISCARD, SF_HELP_EDIT },
	{ "SIP/2.0 200 OK", "v: SIP/2.0/UDP 224.0.0.1\r\n",
	  SF_DISCARD, SF_DISCARD, SF_HELP_PASS },
	{ "SIP/2.0 200 OK", "v: SIP/2.0/UDP 0.0.0.0\r\n",
	  SF_DISCARD, SF_DISCARD, SF_HELP_PASS },
	{ "SIP/2.0 200 OK", "v: SIP/2.0/UDP [ff02::1]\r\n",
	  SF_DISCARD, SF_DISCARD, SF_HELP_PASS },
	{ "SIP/2.0 200 OK", "v: SIP/2.0/UDP [::]\r\n",
	  SF_DISCARD, SF_DISCARD, SF_HELP_PASS },
	{ "SIP/2.0 200 OK", "v: SIP/2.0/UDP 0.0.0.0;received=192.0.2.1\r\n",
	  SF_GO, SF_DISCARD, SF_HELP_EDIT },
	{ "SIP/2.0 200 OK", "v: SIP/2.0/UDP a;maddr=255.255.255.255\r\n",
	  SF_DISCARD, SF_DISCARD, SF_HELP_PASS },
	{ "SIP/2.0 200 OK", "v: SIP/2.0/UDP 255.255.255.255;maddr=a\r\n",
	  SF_DISCARD, SF_DISCARD, SF_HELP_PASS },
	{ "SIP/2.0 200 OK", "Expires: x\r\n",
	  SF_DISCARD, SF_DISCARD, SF_HELP_EDIT },
};

static void response_rows(void **state)
{
	enum sf_reason reason;
	u32 i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(responses); i++) {
		row("%s %s", responses[i].start, responses[i].lines);
		reason = judge(responses[i].start, "INVITE", responses[i].lines,
			       "");
		assert_int_equal(sf_proxy_ruling(&msg, reason, NULL),
				 responses[i].proxy);
		assert_int_equal(sf_server_ruling(&msg, reason, NULL),
				 responses[i].server);
		assert_int_equal(sf_helper_ruling(&msg, SF_OK),
				 responses[i].help);
	}
}

/* What is wrong with these keeps a helper from translating, or from opening. */
static void helper_rows(void **state)
{
	static const struct {
		const char *method;
		const char *lines;
		enum sf_help help;
	} rows[] = {
		{ "REGISTER", "Contact: <sip:a@b>\r\n", SF_HELP_OPEN },
		{ "REGISTER", "Contact: <mailto:a@b>\r\n", SF_HELP_EDIT },
		{ "REGISTER", "Contact: *\r\nExpires: 0\r\n", SF_HELP_EDIT },
		{ "REGISTER", "Contact: *\r\n", SF_HELP_EDIT },
		{ "REGISTER", "Contact: <sip:a@>\r\n", SF_HELP_PASS },
		{ "REGISTER", "Contact: <sip:a@b\r\n", SF_HELP_PASS },
		{ "REGISTER", "Contact: <sip:a@b>;=\r\n", SF_HELP_PASS },
		{ "REGISTER", "Via: SIP/2.0/UDP a;;\r\n", SF_HELP_PASS },
		{ "REGISTER", "Via: SIP/2.0\r\n", SF_HELP_PASS },
		{ "REGISTER", "To: \"\r\n", SF_HELP_PASS },
		{ "REGISTER", "CSeq: 1 REGISTER\r\n", SF_HELP_PASS },
		{ "REGISTER", "i: 1\r\n", SF_HELP_PASS },
		{ "REGISTER", "f: <sip:a>\r\n", SF_HELP_PASS },
		{ "REGISTER", "t: <sip:a>\r\n", SF_HELP_PASS },
		{ "MESSAGE", "", SF_HELP_EDIT },
	};
	char start[64];
	u32 i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		row("%s %s", rows[i].method, rows[i].lines);
		snprintf(start, sizeof(start), "%s sip:a SIP/2.0",
			 rows[i].method);
		judge(start, rows[i].method, rows[i].lines, "");
		assert_int_equal(sf_helper_ruling(&msg, SF_OK), rows[i].help);
	}
	judge("REGISTER <sip:a> SIP/2.0", "REGISTER", "", "");
	assert_int_equal(sf_helper_ruling(&msg, SF_OK), SF_HELP_PASS);
	assert_int_equal(sf_helper_ruling(&msg, SF_LENGTH), SF_HELP_PASS);
}

/* A refused message is answered as far as it could be read. */
static void refusals(void **state)
{
	enum sf_reason reason;

	(void)state;
	reason = judge("OPTIONS sip:a SIP/3.0", "OPTIONS", "", "");
	assert_reason(reason, SF_VERSION);
	assert_int_equal(msg.nhdrs, 5);
	assert_int_equal(sf_proxy_ruling(&msg, reason, NULL), 505);
	reason = judge("NEW sip:a SIP/2.0", "OTHER", "", "");
	assert_int_equal(sf_proxy_ruling(&msg, reason, NULL), 501);
	reason = judge("OPTIONS sip:a  SIP/2.0", "OPTIONS", "", "");
	assert_reason(reason, SF_START_LINE);
	assert_int_equal(sf_proxy_ruling(&msg, reason, NULL), 400);
	reason = judge("SIP/2.0 999 A", "OPTIONS", "", "");
	assert_reason(reason, SF_STATUS);
	assert_int_equal(msg.nhdrs, 5);
	assert_int_equal(sf_server_ruling(&msg, reason, NULL), SF_DISCARD);
	reason = judge("OPTIONS sip:a SIP/2.0", "OPTIONS", "l: -1\r\n", "");
	assert_reason(reason, SF_LENGTH);
	assert_int_equal(sf_server_ruling(&msg, reason, NULL), 400);
	reason = sf_msg_parse(&msg, "A sip:a SIP/2.0\r\nb: c\r\n\r\n", 25);
	assert_int_equal(sf_server_ruling(&msg, SF_MISSING, NULL), SF_DISCARD);
	reason = sf_msg_parse(&msg, "\r\n", 2);
	assert_int_equal(sf_server_ruling(&msg, reason, NULL), SF_DISCARD);
}

static void vias(void **state)
{
	struct sf_via via;

	(void)state;
	judge("OPTIONS sip:a SIP/2.0", "OPTIONS",
	      "v: SIP/2.0/TCP b, SIP/2.0/TLS c\r\nv: x, SIP/2.0/WS d,\r\n", "");
	assert_reason(sf_msg_via(&msg, 0, &via), SF_OK);
	assert_int_equal(via.transport, SF_TRANSPORT_UDP);
	assert_reason(sf_msg_via(&msg, 2, &via), SF_OK);
	assert_int_equal(via.transport, SF_TRANSPORT_TLS);
	assert_reason(sf_msg_via(&msg, 3, &via), SF_VIA);
	assert_reason(sf_msg_via(&msg, 4, &via), SF_ADDR);
	judge("OPTIONS sip:a SIP/2.0", "OPTIONS", "", "");
	assert_reason(sf_msg_via(&msg, 1, &via), SF_EMPTY);
}

/* One after the other, what cannot be read among them. */
static void vias_in_turn(void **state)
{
	struct sf_vias at;
	struct sf_via via;

	(void)state;
	judge("OPTIONS sip:a SIP/2.0", "OPTIONS",
	      "v: SIP/2.0/TCP b, x\r\nv: SIP/2.0/WS d, SIP/2.0/TLS e,\r\n", "");
	sf_vias_begin(&msg, &at);
	assert_reason(sf_vias_next(&msg, &at, &via), SF_OK);
	assert_int_equal(via.transport, SF_TRANSPORT_UDP);
	assert_reason(sf_vias_next(&msg, &at, &via), SF_OK);
	assert_int_equal(via.transport, SF_TRANSPORT_TCP);
	assert_reason(sf_vias_next(&msg, &at, &via), SF_VIA);
	assert_reason(sf_vias_next(&msg, &at, &via), SF_OK);
	assert_int_equal(via.transport, SF_TRANSPORT_WS);
	assert_reason(sf_vias_next(&msg, &at, &via), SF_ADDR);
	assert_reason(sf_vias_next(&msg, &at, &via), SF_ADDR);
	judge("OPTIONS sip:a SIP/2.0", "OPTIONS", "", "");
	sf_vias_begin(&msg, &at);
	assert_reason(sf_vias_next(&msg, &at, &via), SF_OK);
	assert_reason(sf_vias_next(&msg, &at, &via), SF_EMPTY);
	assert_reason(sf_vias_next(&msg, &at, &via), SF_EMPTY);
	/* none at all */
	assert_reason(sf_msg_parse(&msg, "A sip:a SIP/2.0\r\n\r\n", 19), SF_OK);
	sf_vias_begin(&msg, &at);
	assert_reason(sf_vias_next(&msg, &at, &via), SF_EMPTY);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(request_rows),
		TEST(bodies),
		TEST(response_rows),
		TEST(helper_rows),
		TEST(refusals),
		TEST(vias),
		TEST(vias_in_turn),
	};

	return run(tests, ARRAY_SIZE(tests));
}
