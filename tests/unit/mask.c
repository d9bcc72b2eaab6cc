// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * mask.c - what is masked, and what is not
 */
#include "test.h"

#include <stdlib.h>
#include <string.h>

#include <sipfast/mask.h>

#define REGISTER	"REGISTER sip:example.com SIP/2.0\r\n"
#define DIGEST		REGISTER "Authorization: Digest "
#define INVITE		"INVITE sip:bob@example.com SIP/2.0\r\n\r\n"
#define INFO		"INFO sip:bob@example.com SIP/2.0\r\n"

/* Mask a copy between guard pages. */
static char *masked(const char *text)
{
	u32 len = (u32)strlen(text);
	char *copy = (char *)(uintptr_t)guard_tail(text, len);
	static char out[1024];

	sf_mask(copy, len);
	memcpy(out, copy, len);
	out[len] = '\0';
	return out;
}

struct pair {
	const char *text;
	const char *want;
};

static void assert_pairs(const struct pair *pairs, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) {
		row("%s", pairs[i].text);
		assert_string_equal(masked(pairs[i].text),
				    pairs[i].want ? pairs[i].want :
						    pairs[i].text);
	}
}

static void credentials(void **state)
{
	static const struct pair pairs[] = {
		{ DIGEST "username=\"a\", realm=\"x\", nonce=\"84f1\",\r\n"
		  " uri=\"sip:x\", response=\"ab\\\"c\", nc=01, cnonce=xyz,opaque=\"\"\r\n\r\n",
		  DIGEST "username=\"a\", realm=\"x\", nonce=******,\r\n"
		  " uri=\"sip:x\", response=*******, nc=01, cnonce=***,opaque=**\r\n\r\n" },
		{ REGISTER "proxy-authorization \t: digest RESPONSE = abc username=u\r\n",
		  REGISTER "proxy-authorization \t: digest RESPONSE = *** username=u\r\n" },
		{ REGISTER "Authorization: Basic QWxhZGRpbg==\r\nFrom: x\r\n",
		  REGISTER "Authorization: Basic ************\r\nFrom: x\r\n" },
		{ REGISTER "Authorization:\r\n Bearer a.b.c\r\n\td\r\nTo: y\r\n",
		  REGISTER "Authorization:\r\n Bearer *****\r\n**\r\nTo: y\r\n" },
		{ DIGEST "username=\"anna, response=abc\r\n",
		  DIGEST "username=*******************\r\n" },
		{ DIGEST "realm=\"x, response=abc\\\"\r\n",
		  DIGEST "realm=******************\r\n" },
		{ DIGEST "secret, =x, realm=\r\n",
		  DIGEST "******, =*, realm=\r\n" },
		{ "SIP/2.0 401 X\r\nWWW-Authenticate: Digest nonce=\"84f1\", stale=true\r\n",
		  "SIP/2.0 401 X\r\nWWW-Authenticate: Digest nonce=******, stale=true\r\n" },
		{ "SIP/2.0 200 OK\r\nAuthentication-Info: nextnonce=\"47\", rspauth=\"5f\"\r\n",
		  "SIP/2.0 200 OK\r\nAuthentication-Info: nextnonce=****, rspauth=****\r\n" },
		/* Bare line ends, as in messages that are not understood. */
		{ "\r\nBAD\nAuthorization: Digest response=abc\rFrom: response=abc\n",
		  "\r\nBAD\nAuthorization: Digest response=***\rFrom: response=abc\n" },
		{ REGISTER "Identity: \"KVhPKbfU/pryhVn9\";info=<https://x>\r\n", NULL },
		{ REGISTER "X-Authorization: Digest response=abc\r\n", NULL },
		{ "Authorization", NULL },
		{ REGISTER "Authorization:", NULL },
		{ "", NULL },
	};

	(void)state;
	assert_pairs(pairs, ARRAY_SIZE(pairs));
}

static void passwords(void **state)
{
	static const struct pair pairs[] = {
		{ "INVITE sip:bob:$a,b;@example.com SIP/2.0\r\n",
		  "INVITE sip:bob:*****@example.com SIP/2.0\r\n" },
		{ "INVITE sip:bob:p;w@example.com:5060 SIP/2.0\r\n",
		  "INVITE sip:bob:***@example.com:5060 SIP/2.0\r\n" },
		{ REGISTER "Contact: \"x\" <SIPS:anna:geheim@[2001:db8::1]>, sip:b:c@d\r\n",
		  REGISTER "Contact: \"x\" <SIPS:anna:******@[2001:db8::1]>, sip:b:*@d\r\n" },
		{ REGISTER "Contact: <sip:192.0.2.1:5060>, <sip:anna@192.0.2.1:5060>\r\n", NULL },
		/* Two readers could disagree: it may be a password. */
		{ REGISTER "Route: sip:192.0.2.1:5060,sip:anna@x\r\n",
		  REGISTER "Route: sip:192.0.2.1:*************@x\r\n" },
	};

	(void)state;
	assert_pairs(pairs, ARRAY_SIZE(pairs));
}

static void keys(void **state)
{
	static const struct pair pairs[] = {
		{ INVITE "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:WVNf|2^20\r\n",
		  INVITE "a=crypto:1 AES_CM_128_HMAC_SHA1_80*****************\r\n" },
		{ INVITE "A=Crypto:inline:abc\n", INVITE "A=Crypto:inline:***\n" },
		{ INVITE "a=ice-ufrag:x\r\na=ice-pwd:asd88fgpdd777uzjYhagZg\r\n",
		  INVITE "a=ice-ufrag:x\r\na=ice-pwd:**********************\r\n" },
		{ INVITE "k=base64:abc\r\na=key-mgmt:mikey AQAF\r\na=fingerprint:sha-1 4A:AD\r\n",
		  INVITE "k=**********\r\na=key-mgmt:**********\r\na=fingerprint:sha-1 4A:AD\r\n" },
		{ INVITE "Authorization: Digest response=abc\r\n",
		  INVITE "Authorization: Digest response=***\r\n" },
	};

	(void)state;
	assert_pairs(pairs, ARRAY_SIZE(pairs));
}

static void dialled(void **state)
{
	static const struct pair pairs[] = {
		{ INFO "Content-Type: application/dtmf-relay\r\n\r\nSignal=5\r\nDuration=160\r\n",
		  INFO "Content-Type: application/dtmf-relay\r\n\r\nSignal=*\r\nDuration=***\r\n" },
		{ INFO "\r\n5\r\n", INFO "\r\n*\r\n" },
		{ "NOTIFY sip:a SIP/2.0\r\nc: a/KPML-response\r\n\r\n<x digits=\"12\"/>",
		  "NOTIFY sip:a SIP/2.0\r\nc: a/KPML-response\r\n\r\n<x digits=******" },
		{ "INVITE sip:a SIP/2.0\r\nCSeq: 1 INFO\r\n\r\nt=0 0\r\n", NULL },
		{ "INFO sip:5 SIP/2.0\r\nFrom: <sip:5@x>\r\n\r\n", NULL },
	};

	(void)state;
	assert_pairs(pairs, ARRAY_SIZE(pairs));
}

/* A byte stays or becomes a '*', whatever the bytes are and wherever they end. */
static void any_bytes(void **state)
{
	static const char text[] = INFO
		"Authorization: Digest uri=\"\\\"\", nonce=\"b\",\r\n response=c\r\n"
		"Contact: <sip:a:b@c>\r\nc: x/dtmf\r\n\r\na=crypto:1 A inline:k\r\n5\r\n";
	static char bytes[sizeof(text)];
	u32 len, i, at;
	char *copy;

	(void)state;
	for (i = 0; i < 20000; i++) {
		memcpy(bytes, text, sizeof(text));
		len = random_u32() % sizeof(text);
		bytes[random_u32() % sizeof(text)] = (char)random_u32();
		bytes[random_u32() % sizeof(text)] = "\r\n\",\\ =:"[random_u32() % 8];
		row("%u: %.*s", i, (int)len, bytes);
		copy = (char *)(uintptr_t)(i % 2 ? guard_tail(bytes, len) :
						   guard_head(bytes, len));
		sf_mask(copy, len);
		for (at = 0; at < len; at++)
			assert_true(copy[at] == bytes[at] ||
				    (copy[at] == '*' && bytes[at] != '\r' &&
				     bytes[at] != '\n'));
	}
}

static const struct CMUnitTest tests[] = {
	TEST(credentials),
	TEST(passwords),
	TEST(keys),
	TEST(dialled),
	TEST(any_bytes),
};

int main(void)
{
	return run(tests, ARRAY_SIZE(tests));
}
