// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * check.c - every header's grammar, in messages that have but one fault
 */
#include "test.h"

#include <stdio.h>
#include <string.h>

#include <sipfast/check.h>

#include "grammar.h"

static const char *const base[] = {
	"Via: SIP/2.0/UDP a.example;branch=z9hG4bK1\r\n",
	"From: <sip:a@a.example>;tag=1\r\n",
	"To: <sip:b@b.example>\r\n",
	"Call-ID: 1@a.example\r\n",
	"CSeq: 1 REGISTER\r\n",
};

static struct sf_msg msg;
static struct sf_check found;

/* Do the lines hold a header of the same name as @line? */
static bool holds(const char *lines, u32 len, const char *line)
{
	size_t name = strcspn(line, ":") + 1;
	const char *stop;

	for (; len > name; lines = stop) {
		if (!memcmp(lines, line, name))
			return true;
		stop = (const char *)memchr(lines, '\n', len) + 1;
		len -= (u32)(stop - lines);
	}
	return false;
}

/* A REGISTER with these header lines, in place of those of the same name. */
static enum sf_reason verdict(const char *uri, const char *lines, u32 len)
{
	char text[4096];
	int n;
	u32 i;

	n = snprintf(text, sizeof(text), "REGISTER %s SIP/2.0\r\n", uri);
	for (i = 0; i < ARRAY_SIZE(base); i++)
		if (!holds(lines, len, base[i]))
			n += snprintf(text + n, sizeof(text) - (u32)n, "%s",
				      base[i]);
	memcpy(text + n, lines, len);
	n += (int)len;
	n += snprintf(text + n, sizeof(text) - (u32)n, "\r\n");
	assert_reason(sf_msg_parse(&msg, guard_tail(text, (u32)n), (u32)n),
		      SF_OK);
	memset(&found, 0xff, sizeof(found));
	return sf_msg_check(&msg, &found);
}

static const struct {
	const char *line;
	enum sf_reason reason;
} values[] = {
	{ "X-Own: \"anything; goes, <here", SF_OK },
	{ "X-Own:", SF_OK },
	{ "Subject:", SF_OK },
	{ "Max-Forwards: 0", SF_OK },
	{ "Max-Forwards: 255", SF_OK },
	{ "Max-Forwards: 00070", SF_OK },
	{ "Max-Forwards: 256", SF_NUMBER },
	{ "Max-Forwards: -1", SF_NUMBER },
	{ "Max-Forwards: 7 0", SF_NUMBER },
	{ "Max-Forwards:", SF_VALUE },
	{ "Expires: 4294967295", SF_OK },
	{ "Expires: 4294967296", SF_NUMBER },
	{ "Expires: soon", SF_NUMBER },
	{ "Min-Expires: 60", SF_OK },
	{ "RSeq: 1x", SF_NUMBER },
	{ "Flow-Timer: 120", SF_OK },
	{ "Via: SIP/2.0/UDP a.example;rport;branch=z9hG4bK1", SF_OK },
	{ "Via: SIP/2.0/UDP a.example;rport=5060;received=192.0.2.1", SF_OK },
	{ "Via: SIP/2.0/UDP a.example;received=[2001:db8::1]", SF_OK },
	{ "Via: SIP/2.0/UDP a.example;received=2001:db8::1", SF_OK },
	{ "Via: SIP/2.0/UDP a.example;received=there", SF_PARAM },
	{ "Via: SIP/2.0/UDP a.example;received", SF_PARAM },
	{ "Via: SIP/2.0/UDP a.example;rport=0", SF_PARAM },
	{ "Via: SIP/2.0/UDP a.example;rport=", SF_PARAM },
	{ "Via: SIP/2.0/UDP a.example;branch=a;BRANCH=b", SF_PARAM },
	{ "Via: SIP/2.0/UDP a.example;branch=\"a\"", SF_PARAM },
	{ "Via: SIP/2.0/UDP a.example;maddr=224.2.0.1;ttl=16", SF_OK },
	{ "Via: SIP/2.0/UDP a.example;maddr=..", SF_PARAM },
	{ "Via: SIP/2.0/UDP a.example;ttl=256", SF_PARAM },
	{ "Via: SIP/2.0/UDP a.example;other=x;other=y", SF_OK },
	{ "Via: SIP/2.0/UDP a.example,", SF_ADDR },
	{ "Via: SIP/2.0/UDP a..example", SF_VIA },
	{ "Via: SIP/2.0/UDP 192.0.2.256", SF_VIA },
	{ "Via: SIP/2.0/UDP", SF_VIA },
	{ "Via: SIP/2.0/UDP a, SIP/2.0/TCP b, SIP/3.0/TCP c", SF_VIA },
	{ "From: \"A. \\\"B\\\"\" <sip:a@b>;tag=1", SF_OK },
	{ "From: <sip:a@b>", SF_OK },
	{ "From: <sip:a@b>;tag", SF_PARAM },
	{ "From: <sip:a@b>;tag=", SF_PARAM },
	{ "From: <sip:a@b>;tag=1;tag=2", SF_PARAM },
	{ "From: <sip:a@b>, <sip:c@d>", SF_ADDR },
	{ "From: *", SF_ADDR },
	{ "From: <sip:a@[2001:db8::1]>", SF_OK },
	{ "From: <sip:a@2001:db8::1>", SF_URI },
	{ "From:", SF_VALUE },
	{ "To: <tel:+49-30-(1234)>", SF_OK },
	{ "To: <tel:*21#>", SF_OK },
	{ "To: <tel:+>", SF_URI },
	{ "To: <tel:anna>", SF_URI },
	{ "To: <urn:service:sos>", SF_OK },
	{ "Call-ID: a.b-c!d%e*f_g+h`i'j~(k)<l>:m\\n\"o/p[q]r?s{t}@u", SF_OK },
	{ "Call-ID: a b", SF_CALL_ID },
	{ "Call-ID: a@", SF_CALL_ID },
	{ "Call-ID: a@b@c", SF_CALL_ID },
	{ "Call-ID: @a", SF_CALL_ID },
	{ "Call-ID: a, b", SF_CALL_ID },
	{ "CSeq: 4294967295 REGISTER", SF_OK },
	{ "CSeq: 4294967296 REGISTER", SF_CSEQ },
	{ "CSeq: 1 register", SF_CSEQ_METHOD },
	{ "CSeq: 1 OPTIONS", SF_CSEQ_METHOD },
	{ "CSeq: REGISTER", SF_CSEQ },
	{ "Contact: *", SF_OK },
	{ "Contact: *, <sip:a@b>", SF_ADDR },
	{ "Contact: <sip:a@b>\r\nContact: *", SF_ADDR },
	{ "Contact: <sip:a@b>;q=0.7;expires=60, <sip:c@d>;q=1.000", SF_OK },
	{ "Contact: <sip:a@b>;expires=never", SF_OK },
	{ "Contact: <sip:a@b>;q=1.1", SF_PARAM },
	{ "Contact: <sip:a@b>;q=0.1234", SF_PARAM },
	{ "Contact: <sip:a@b>;q=2", SF_PARAM },
	{ "Contact: <sip:a@b>;q=0x", SF_PARAM },
	{ "Contact: <sip:a@b>;q=0.a", SF_PARAM },
	{ "Contact: sip:a@b;expires=60;q", SF_PARAM },
	{ "Contact: <sip:a@b>;+sip.instance=\"<urn:uuid:0>\";reg-id=1", SF_OK },
	{ "Route: <sip:a;lr>,<sip:b;lr>", SF_OK },
	{ "Route: sip:a;lr", SF_ADDR },
	{ "Record-Route: a <sip:a;lr;lr>", SF_URI },
	{ "Path: sip:a", SF_ADDR },
	{ "History-Info: <sip:a@b>;index=1,<sip:c@d>;index=1.1", SF_OK },
	{ "P-Asserted-Identity: \"A\" <sip:a@b>, tel:+1", SF_OK },
	{ "P-Asserted-Identity: A", SF_ADDR },
	{ "Refer-To: <sip:a@b?Replaces=1%40c%3Bto-tag%3D2>", SF_OK },
	{ "Refer-To: sip:a@b?Replaces=1", SF_ADDR },
	{ "Referred-By: <sip:a@b>;cid=\"1@2\"", SF_OK },
	{ "Content-Type: application/sdp; charset=\"utf-8\"", SF_OK },
	{ "Content-Type: multipart/mixed;boundary=a;boundary=b", SF_VALUE },
	{ "Content-Type: application", SF_VALUE },
	{ "Content-Length: 0", SF_OK },
	{ "Content-Disposition: session;handling=required", SF_OK },
	{ "Content-Disposition: ;handling=required", SF_VALUE },
	{ "Accept:", SF_OK },
	{ "Accept: application/sdp;level=1, */*;q=0.1", SF_OK },
	{ "Accept: application/sdp,, text/plain", SF_ADDR },
	{ "Accept: text", SF_VALUE },
	{ "Accept-Language: da, en-gb;q=0.8", SF_OK },
	{ "Allow: INVITE, NEW-ONE", SF_OK },
	{ "Allow: INVITE ACK", SF_VALUE },
	{ "Supported:", SF_OK },
	{ "Supported: 100rel, timer", SF_OK },
	{ "Require:", SF_VALUE },
	{ "Require: 100rel;x", SF_VALUE },
	{ "Date: Sat, 13 Nov 2010 23:29:00 GMT", SF_OK },
	{ "Date: Sat, 13 Nov 2010 23:29:60 GMT", SF_OK },
	{ "Date: Sat, 13 Nov 2010 23:29:00 EST", SF_DATE },
	{ "Date: Sat, 13 Nov 2010 24:29:00 GMT", SF_DATE },
	{ "Date: Sat, 13 Nov 2010 23:60:00 GMT", SF_DATE },
	{ "Date: Sat, 13 Nov 2010 23:00:61 GMT", SF_DATE },
	{ "Date: Sat, 13 Nov 2010 23-29:00 GMT", SF_DATE },
	{ "Date: Sat, 13 Nov 2010 23:29-00 GMT", SF_DATE },
	{ "Date: Sat, 13 Nov 2010 x3:29:00 GMT", SF_DATE },
	{ "Date: Sat, 32 Nov 2010 23:29:00 GMT", SF_DATE },
	{ "Date: Sat, 00 Nov 2010 23:29:00 GMT", SF_DATE },
	{ "Date: Sat, 13 nov 2010 23:29:00 GMT", SF_DATE },
	{ "Date: Sat, 13 Nov 20x0 23:29:00 GMT", SF_DATE },
	{ "Date: Sat, 13 Nov x010 23:29:00 GMT", SF_DATE },
	{ "Date: Sat, 13 Nov-2010 23:29:00 GMT", SF_DATE },
	{ "Date: Sat, 13-Nov 2010 23:29:00 GMT", SF_DATE },
	{ "Date: Sat; 13 Nov 2010 23:29:00 GMT", SF_DATE },
	{ "Date: Sat,-13 Nov 2010 23:29:00 GMT", SF_DATE },
	{ "Date: Sat, 13 Nov 2010-23:29:00 GMT", SF_DATE },
	{ "Date: sat, 13 Nov 2010 23:29:00 GMT", SF_DATE },
	{ "Date: Sat, 13 Nov 2010 23:29:00  GMT", SF_DATE },
	{ "Date: now\r\nExpires: x", SF_NUMBER },
	{ "Date: now\r\nCSeq: 1 OPTIONS", SF_CSEQ_METHOD },
	{ "Event: presence;id=1", SF_OK },
	{ "Event: ;id=1", SF_VALUE },
	{ "Subscription-State: active;expires=60", SF_OK },
	{ "Session-Expires: 1800;refresher=uac", SF_OK },
	{ "Session-Expires: x;refresher=uac", SF_NUMBER },
	{ "Session-Expires: 1800 refresher", SF_NUMBER },
	{ "Min-SE: 90", SF_OK },
	{ "RAck: 776656 1 INVITE", SF_OK },
	{ "RAck: 776656 INVITE", SF_VALUE },
	{ "RAck: x 1 INVITE", SF_VALUE },
	{ "Replaces: 1@a;to-tag=2;from-tag=3", SF_OK },
	{ "Replaces: ;to-tag=2", SF_VALUE },
	{ "Target-Dialog: 1@a;local-tag=", SF_VALUE },
	{ "Privacy: id;critical", SF_OK },
	{ "Privacy: id;", SF_VALUE },
	{ "Privacy: id critical", SF_VALUE },
	{ "Reason: Q.850;cause=16;text=\"bye, bye\", SIP;cause=200", SF_OK },
	{ "Reason: ;cause=16", SF_VALUE },
	{ "Retry-After: 18000 (in \\) a (little) while);duration=3600", SF_OK },
	{ "Retry-After: 120", SF_OK },
	{ "Retry-After: 18000 (never closed", SF_INFO },
	{ "Retry-After: 4294967296", SF_INFO },
	{ "Timestamp: 54.21 0.5", SF_OK },
	{ "Timestamp: 54", SF_OK },
	{ "Timestamp: .5", SF_INFO },
	{ "Timestamp: 1 x", SF_INFO },
	{ "Timestamp: 1 2 3", SF_INFO },
	{ "MIME-Version: 1.0", SF_OK },
	{ "MIME-Version: 1", SF_INFO },
	{ "MIME-Version: .1", SF_INFO },
	{ "Warning: 399 a.example \"text, \\\"and more\\\"\"", SF_OK },
	{ "Warning: 307 [2001:db8::1]:5060 \"a\", 301 b \"c\"", SF_OK },
	{ "Warning: 1812 overture \"In Progress\"", SF_INFO },
	{ "Warning: 399 a text", SF_INFO },
	{ "Warning: 399 \"text\"", SF_INFO },
	{ "Warning: 399 a \"b\" c", SF_INFO },
	{ "In-Reply-To: 1@a, 2@b", SF_OK },
	{ "Authorization: Digest username=\"a\", realm = \"b,c\", nc=1", SF_OK },
	{ "Authorization: Digest username=\"a\", USERNAME=\"b\"", SF_VALUE },
	{ "Authorization: Digest username", SF_VALUE },
	{ "Authorization: Digest =a", SF_VALUE },
	{ "Authorization: Digest a=\"b\" c", SF_VALUE },
	{ "Authorization: Digest a=b c", SF_VALUE },
	{ "Authorization: Digest a=b,", SF_VALUE },
	{ "Authorization: Digest", SF_VALUE },
	{ "Authorization: \"Digest\" a=b", SF_VALUE },
	{ "Authorization: Other whatever it takes", SF_OK },
	{ "Authentication-Info: nextnonce=\"a\", qop=auth", SF_OK },
	{ "Authentication-Info: \"a\"", SF_VALUE },
	{ "WWW-Authenticate: Digest realm=\"a\"\r\nWWW-Authenticate: New a=b", SF_OK },
	{ "Alert-Info: ;info=internal", SF_OK },
	{ "Geolocation: <cid:a@b>", SF_OK },
	{ "Identity: a/b+c=", SF_OK },
	{ "Accept-Contact: *;audio;require", SF_OK },
	{ "User-Agent: a\r\nUser-Agent: b", SF_INFO },
	{ "User-Agent: a\r\nUser-Agent: b\r\nDate: x", SF_INFO },
	{ "Warning: x\r\nExpires: x", SF_NUMBER },
	{ "Subject: a\r\ns: b", SF_INFO },
	{ "Accept-Language: ,", SF_INFO },
	{ "Event: a\r\no: b", SF_DUPLICATE },
	{ "Expires: 1\r\nExpires: 1", SF_DUPLICATE },
	{ "Date: Sat, 13 Nov 2010 23:29:00 GMT\r\nDate: x", SF_INFO },
	{ "Supported: a\r\nk: b", SF_OK },
};

static void value_rows(void **state)
{
	char lines[512];
	u32 i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(values); i++) {
		row("%s", values[i].line);
		snprintf(lines, sizeof(lines), "%s\r\n", values[i].line);
		assert_reason(verdict("sip:a.example", lines,
				      (u32)strlen(lines)), values[i].reason);
	}
}

static const struct {
	const char *uri;
	enum sf_reason reason;
} uris[] = {
	{ "sip:a.example", SF_OK },
	{ "sips:a:b@a.example:5061;transport=tls;lr?a=b&c=", SF_URI_HEADERS },
	{ "sip:a.example?", SF_URI },
	{ "sip:a.example;?a=b", SF_URI },
	{ "sip:a.example?a", SF_URI },
	{ "sip:a.example?=b", SF_URI },
	{ "sip:a.example?a=b&", SF_URI },
	{ "sip:a.example?a=b,c", SF_URI },
	{ "sip:a.example;a", SF_OK },
	{ "sip:a.example;a=b/[c]:&+$", SF_OK },
	{ "sip:a.example;;a", SF_URI },
	{ "sip:a.example;a=", SF_URI },
	{ "sip:a.example;=a", SF_URI },
	{ "sip:a.example;a,b", SF_URI },
	{ "sip:a.example;transport=tcp;Transport=udp", SF_URI },
	{ "sip:a.example;transport=t[p", SF_URI },
	{ "sip:a.example;user=phone;method=INVITE", SF_OK },
	{ "sip:a.example;maddr=192.0.2.1;ttl=1", SF_OK },
	{ "sip:a.example;maddr=192.0.2.1/2", SF_URI },
	{ "sip:a.example;ttl=999", SF_URI },
	{ "sip:a.example;ttl", SF_URI },
	{ "sip:a.example.", SF_OK },
	{ "sip:.a", SF_URI },
	{ "sip:-a.example", SF_URI },
	{ "sip:a-.example", SF_URI },
	{ "sip:a_b.example", SF_OK },
	{ "sip:192.0.2.1", SF_OK },
	{ "sip:192.0.2", SF_URI },
	{ "sip:0300.0.2.1", SF_URI },
	{ "sip:3232235777", SF_URI },
	{ "sip:0xc0a80101", SF_URI },
	{ "sip:0xc0a8010g", SF_OK },
	{ "sip:*21#@a", SF_OK },
	{ "sip:a:b:c@a", SF_URI },
	{ "sip:a[b]@a", SF_URI },
	{ "sip:a:b^@a", SF_URI },
	{ "sip:a`@a", SF_URI },
	{ "sip:a\\@a", SF_URI },
	{ "sip:{a}@a", SF_URI },
	{ "sip:a|b@a", SF_URI },
	{ "sip:a}@a", SF_URI },
	{ "sip:a%4", SF_URI },
	{ "tel:+1-201-555-0123;phone-context=a", SF_OK },
	{ "tel:1x", SF_URI },
	{ "tel:-", SF_URI },
	{ "tel:1;a=", SF_URI },
	{ "mailto:a@b", SF_OK },
	{ "a", SF_URI },
};

static void uri_rows(void **state)
{
	u32 i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(uris); i++) {
		row("%s", uris[i].uri);
		assert_reason(verdict(uris[i].uri, "", 0), uris[i].reason);
		if (uris[i].reason)
			assert_text(msg.buf, found.at, uris[i].uri);
	}
}

/* What ends a string for C, a line for some, or moves a cursor. */
static void control_characters(void **state)
{
	static const struct {
		const char *line;
		u32 len;
		enum sf_reason reason;
	} rows[] = {
#define ROW(line, reason) { line "\r\n", sizeof(line) + 1, reason }
		ROW("Subject: a\tb", SF_OK),
		ROW("Subject: a\r\n b", SF_OK),
		ROW("Subject: a\0b", SF_CONTROL),
		ROW("Subject: seven b\0b", SF_CONTROL),
		ROW("Subject: a\33[2J", SF_CONTROL),
		ROW("Subject: a\177b", SF_CONTROL),
		ROW("X-Own: a\vb", SF_CONTROL),
		ROW("From: \"a\\\0b\" <sip:a@b>", SF_OK),
		ROW("From: \"a\\\177b\" <sip:a@b>", SF_OK),
		ROW("From: \"a\\\\\0b\" <sip:a@b>", SF_CONTROL),
		ROW("From: \"a\0b\" <sip:a@b>", SF_CONTROL),
		ROW("From: \"a\\\r\n b\" <sip:a@b>", SF_CONTROL),
#undef ROW
	};
	u32 i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		row("%u", i);
		assert_reason(verdict("sip:a", rows[i].line, rows[i].len),
			      rows[i].reason);
	}
}

static void missing(void **state)
{
	static const enum sf_hdr_id want[] = {
		SF_HDR_VIA, SF_HDR_FROM, SF_HDR_TO, SF_HDR_CALL_ID, SF_HDR_CSEQ,
	};
	char text[1024];
	u32 i, j, n;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(base); i++) {
		row("without %s", base[i]);
		n = (u32)sprintf(text, "REGISTER sip:a SIP/2.0\r\n");
		for (j = 0; j < ARRAY_SIZE(base); j++)
			if (j != i)
				n += (u32)sprintf(text + n, "%s", base[j]);
		n += (u32)sprintf(text + n, "\r\n");
		assert_reason(sf_msg_parse(&msg, text, n), SF_OK);
		assert_reason(sf_msg_check(&msg, &found), SF_MISSING);
		assert_int_equal(found.id, want[i]);
		assert_int_equal(found.line, SF_HDR_NONE);
	}
}

/* What is found says where: the element, not the whole list. */
static void places(void **state)
{
	static const char lines[] = "Route: <sip:a>, <sip:b c>, <sip:d>\r\n";

	(void)state;
	assert_reason(verdict("sip:a", lines, sizeof(lines) - 1), SF_ADDR);
	assert_int_equal(found.id, SF_HDR_ROUTE);
	assert_int_equal(found.line, 5);
	assert_text(msg.buf, found.at, "<sip:b c>");
}

static void responses(void **state)
{
	static const char text[] =
		"SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP a\r\nFrom: <sip:a>\r\n"
		"To: <sip:b>\r\nCall-ID: 1\r\nCSeq: 1 INVITE\r\n\r\n";
	static const char star[] =
		"SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP a\r\nFrom: <sip:a>\r\nm: *\r\n"
		"To: <sip:b>\r\nCall-ID: 1\r\nCSeq: 1 INVITE\r\n\r\n";

	(void)state;
	assert_reason(sf_msg_parse(&msg, text, sizeof(text) - 1), SF_OK);
	assert_reason(sf_msg_check(&msg, &found), SF_OK);
	assert_reason(sf_msg_parse(&msg, star, sizeof(star) - 1), SF_OK);
	assert_reason(sf_msg_check(&msg, &found), SF_ADDR);
	assert_int_equal(found.id, SF_HDR_CONTACT);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(value_rows),
		TEST(uri_rows),
		TEST(control_characters),
		TEST(missing),
		TEST(places),
		TEST(responses),
	};

	return run(tests, ARRAY_SIZE(tests));
}
