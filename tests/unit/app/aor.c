// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * aor.c - addresses of record, in one spelling
 */
#include "test.h"

#include <string.h>

#include "../../../daemon/sip/aor.h"

static void spelling(void **state)
{
	static const struct {
		const char *uri;
		const char *aor;
	} rows[] = {
		{ "sip:bob@b", "bob@biloxi.com" },
		{ "sip:%62ob@biloxi.com:5070;transport=tcp", "bob@biloxi.com" },
		{ "sips:Bob@biloxi.com", "Bob@biloxi.com" },
		{ "sip:null-%00-null@b", "null-%00-null@biloxi.com" },
		{ "sip:null-%00-nul%6c@b", "null-%00-null@biloxi.com" },
		{ "sip:user;par=u%40example.net@b",
		  "user;par=u%40example.net@biloxi.com" },
		{ "sip:a%3bb@b", "a%3Bb@biloxi.com" },
		{ "sip:a;b@b", "a;b@biloxi.com" },
		{ "sip:+49-30@b", "+49-30@biloxi.com" },
		{ "sip:x:secret@b", "x@biloxi.com" },
	};
	struct sf_aor aor;
	struct sf_uri uri;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		u32 len = (u32)strlen(rows[i].uri);
		const char *buf = guard_tail(rows[i].uri, len);

		row("%s", rows[i].uri);
		assert_reason(sf_uri_parse(buf, whole(len), &uri), SF_OK);
		assert_true(sf_aor_make(&aor, buf, uri.user, "Biloxi.COM"));
		assert_string_equal(aor.text, rows[i].aor);
		assert_int_equal(aor.len, strlen(rows[i].aor));
		assert_int_equal(aor.text[aor.user_len], '@');
	}
}

static void none(void **state)
{
	struct sf_aor aor;

	(void)state;
	assert_false(sf_aor_make(&aor, "", whole(0), "biloxi.com"));
	assert_int_equal(aor.len, 0);
}

/* Up to the limit, and one more. */
static void limit(void **state)
{
	char user[SF_AOR_MAX];
	struct sf_aor aor;
	u32 len;

	(void)state;
	memset(user, 'a', sizeof(user));
	for (len = 1; len < sizeof(user); len++) {
		row("%u", len);
		assert_int_equal(sf_aor_make(&aor, user, whole(len), "b"),
				 len + 2 <= SF_AOR_MAX);
	}
	memset(user, ' ', sizeof(user));
	assert_true(sf_aor_make(&aor, user, whole(84), "b"));
	assert_false(sf_aor_make(&aor, user, whole(85), "b"));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(spelling),
		TEST(none),
		TEST(limit),
	};

	return run(tests, ARRAY_SIZE(tests));
}
