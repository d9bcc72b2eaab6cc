// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * credentials.c - Authorization and WWW-Authenticate, good and bad
 */
#include "test.h"

#include <string.h>

#include <sipfast/auth.h>

#include "../../../daemon/sip/credentials.h"

static const char *buf;

static enum sf_reason read_credentials(const char *text,
				       struct sf_credentials *c)
{
	u32 len = (u32)strlen(text);

	row("%s", text);
	buf = guard_tail(text, len);
	return sf_credentials_parse(buf, whole(len), c);
}

static enum sf_reason read_challenge(const char *text, struct sf_challenge *c)
{
	u32 len = (u32)strlen(text);

	row("%s", text);
	buf = guard_tail(text, len);
	return sf_challenge_parse(buf, whole(len), c);
}

#define MUST "username=\"bob\", realm=\"b.com\", nonce=\"84\",\r\n" \
	" uri=\"sip:b.com\", response=\"42\""

/* Names are compared as words: all letters count, and how many. */
static void names(void **state)
{
	static const struct {
		const char *text;
		u8 id;
	} rows[] = {
		{ "username=1", SF_PARAM_USERNAME },
		{ "USERNAME=1", SF_PARAM_USERNAME },
		{ "userhash=1", SF_PARAM_USERHASH },
		{ "realm=1", SF_PARAM_REALM },
		{ "Nonce=1", SF_PARAM_NONCE },
		{ "cnonce=1", SF_PARAM_CNONCE },
		{ "uri=1", SF_PARAM_URI },
		{ "response=1", SF_PARAM_RESPONSE },
		{ "algoriThm=1", SF_PARAM_ALGORITHM },
		{ "opaque=1", SF_PARAM_OPAQUE },
		{ "qop=1", SF_PARAM_QOP },
		{ "nc=1", SF_PARAM_NC },
		{ "stale=1", SF_PARAM_STALE },
		{ "n=1", SF_PARAM_OTHER },
		{ "ncc=1", SF_PARAM_OTHER },
		{ "xusername=1", SF_PARAM_OTHER },
		{ "usernamex=1", SF_PARAM_OTHER },
		{ "lgorithm=1", SF_PARAM_OTHER },
		{ "algo=1", SF_PARAM_OTHER },
		{ "algorithms=1", SF_PARAM_OTHER },
		{ "blgorithm=1", SF_PARAM_OTHER },
		{ "a-lgorithm=1", SF_PARAM_OTHER },
		{ "no_ce=1", SF_PARAM_OTHER },
		{ "u2i=1", SF_PARAM_OTHER },
	};
	u32 i, len;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		struct sf_auth_param param;
		struct sf_span rest;

		row("%s", rows[i].text);
		len = (u32)strlen(rows[i].text);
		buf = guard_tail(rows[i].text, len);
		rest = whole(len);
		assert_reason(sf_auth_param_next(buf, &rest, &param), SF_OK);
		assert_int_equal(param.id, rows[i].id);
	}
}

static void good(void **state)
{
	struct sf_credentials c;

	(void)state;
	assert_reason(read_credentials("Digest username=\"b\\\"ob\",realm=\"b.com\" ,\r\n"
				       " NONCE = \"a,b=\", uri=\"sip:b.com\",\r\n"
				       " response=\"42\", algorithm=SHA-256,\r\n"
				       " qop=auth,nc=0000001f, cnonce=\"0a\",\r\n"
				       " what=ever, userhash=true", &c), SF_OK);
	assert_text(buf, c.username, "b\\\"ob");
	assert_text(buf, c.realm, "b.com");
	assert_text(buf, c.nonce, "a,b=");
	assert_text(buf, c.uri, "sip:b.com");
	assert_text(buf, c.response, "42");
	assert_text(buf, c.algorithm, "SHA-256");
	assert_text(buf, c.qop, "auth");
	assert_text(buf, c.cnonce, "0a");
	assert_text(buf, c.nc_text, "0000001f");
	assert_int_equal(c.nc, 31);
	assert_true(c.userhash);
	/* RFC 2069, and qop in quotes as some phones have it */
	assert_reason(read_credentials("digest " MUST, &c), SF_OK);
	assert_int_equal(c.nc, 0);
	assert_reason(read_credentials("Digest " MUST ", qop=\"auth\",\r\n"
				       " nc=00000001, cnonce=\"\"", &c), SF_OK);
	assert_text(buf, c.qop, "auth");
	assert_text(buf, c.cnonce, NULL);
}

static void bad(void **state)
{
	static const char *const rows[] = {
		"Digest username=\"bob\"",
		"Digest " MUST ", qop=auth",
		"Digest " MUST ", qop=auth, cnonce=\"1\"",
		"Digest " MUST ", nc=00000001, cnonce=\"1\"",
		"Digest " MUST ", qop=auth, nc=00000001",
		"Digest " MUST ", qop=auth, nc=1, cnonce=\"1\"",
		"Digest " MUST ", qop=auth, nc=00000000, cnonce=\"1\"",
		"Digest " MUST ", qop=auth, nc=0000000g, cnonce=\"1\"",
		"Digest " MUST ", nonce=\"85\"",
		"Digest " MUST ", NONCE=\"84\"",
		"Digest " MUST ", opaque=\"x",
		"Digest " MUST ", opaque=\"x\"y\"",
		"Digest " MUST ", opaque=\"x\\\"",
		"Digest " MUST ", opaque",
		"Digest " MUST ", opaque=",
		"Digest " MUST ", =x",
		"Digest " MUST ", ,",
		"Digest username=\"bob\" realm=\"b.com\"",
		"Digest ",
	};
	static const char *const others[] = {
		"", "Digest", "Basic QWxhZGRpbg==", "Digestive a=b",
		"NoOneKnowsThisScheme opaque-data=here", "=a b",
	};
	struct sf_credentials c;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++)
		assert_reason(read_credentials(rows[i], &c), SF_VALUE);
	for (i = 0; i < ARRAY_SIZE(others); i++)
		assert_reason(read_credentials(others[i], &c), SF_EMPTY);
}

static void challenges(void **state)
{
	struct sf_challenge c;

	(void)state;
	assert_reason(read_challenge("Digest realm=\"a\", nonce=\"b\"", &c), SF_OK);
	assert_false(c.has_qop || c.has_opaque || c.stale);
	assert_reason(read_challenge("Digest realm=\"a\", nonce=\"b\", opaque=\"\",\r\n"
				     " qop=\"auth-int, auth\", stale=TRUE,\r\n"
				     " algorithm=MD5", &c), SF_OK);
	assert_true(c.has_qop && c.has_opaque && c.stale && c.auth);
	assert_text(buf, c.algorithm, "MD5");
	assert_reason(read_challenge("Digest realm=\"a\", nonce=\"b\",\r\n"
				     " qop=\"auth-int\"", &c), SF_OK);
	assert_true(c.has_qop && !c.auth);
	assert_reason(read_challenge("Digest realm=\"a\"", &c), SF_VALUE);
	assert_reason(read_challenge("Bearer realm=\"a\", nonce=\"b\"", &c),
		      SF_EMPTY);
}

/* Every beginning of a good one, and every byte of it turned into another. */
static void mutated(void **state)
{
	static const char text[] = "Digest " MUST ", qop=auth, nc=00000001,\t"
		"cnonce=\"a\\\"b\"";
	static const char bytes[] = "\"\\,=\r\n\t a\0\xff";
	struct sf_credentials c;
	char copy[sizeof(text)];
	u32 i, j;

	(void)state;
	for (i = 0; i < sizeof(text); i++)
		sf_credentials_parse(guard_tail(text, i), whole(i), &c);
	for (i = 0; i < sizeof(text) - 1; i++)
		for (j = 0; j < sizeof(bytes) - 1; j++) {
			memcpy(copy, text, sizeof(text));
			copy[i] = bytes[j];
			sf_credentials_parse(guard_tail(copy, sizeof(text) - 1),
					     whole(sizeof(text) - 1), &c);
		}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(names),
		TEST(good),
		TEST(bad),
		TEST(challenges),
		TEST(mutated),
	};

	return run(tests, ARRAY_SIZE(tests));
}
