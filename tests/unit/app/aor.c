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
		{ "sip:bob@Biloxi.COM", "bob@biloxi.com" },
		{ "sip:%62ob@biloxi.com:5070;transport=tcp", "bob@biloxi.com" },
		{ "sips:Bob@biloxi.com", "Bob@biloxi.com" },
		{ "sip:null-%00-null@example.com", "null-%00-null@example.com" },
		{ "sip:null-%00-nul%6c@example.com",
		  "null-%00-null@example.com" },
		{ "sip:user;par=u%40example.net@example.com",
		  "user;par=u%40example.net@example.com" },
		{ "sip:a%3bb@example.com", "a%3Bb@example.com" },
		{ "sip:a;b@example.com", "a;b@example.com" },
		{ "sip:+49-30@example.com", "+49-30@example.com" },
		{ "sip:x@[2001:DB8:0::1]:5060", "x@[2001:db8::1]" },
		{ "sip:x:secret@example.com", "x@example.com" },
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
		assert_true(sf_aor_of_uri(&aor, buf, &uri));
		assert_string_equal(aor.text, rows[i].aor);
		assert_int_equal(aor.len, strlen(rows[i].aor));
		assert_int_equal(aor.text[aor.user_len], '@');
	}
}

static void none(void **state)
{
	static const char *const rows[] = {
		"sip:example.com", "tel:+123", "mailto:a@example.com",
	};
	struct sf_aor aor;
	struct sf_uri uri;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		u32 len = (u32)strlen(rows[i]);

		row("%s", rows[i]);
		assert_reason(sf_uri_parse(rows[i], whole(len), &uri), SF_OK);
		assert_false(sf_aor_of_uri(&aor, rows[i], &uri));
		assert_int_equal(aor.len, 0);
	}
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
