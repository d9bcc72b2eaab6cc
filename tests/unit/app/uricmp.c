// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * uricmp.c - RFC 3261, 19.1.4: its own examples, and some more
 */
#include "test.h"

#include <stdio.h>
#include <string.h>

#include "../../../daemon/sip/uricmp.h"

struct pair {
	const char *a;
	const char *b;
};

static bool equal(const char *a, const char *b)
{
	u32 len = (u32)strlen(a), n = (u32)strlen(b);
	bool got, back;

	row("%s and %s", a, b);
	got = sf_uri_equal(guard_tail(a, len), whole(len), b, whole(n));
	back = sf_uri_equal(b, whole(n), guard_tail(a, len), whole(len));
	assert_int_equal(got, back);
	return got;
}

static void same(void **state)
{
	static const struct pair pairs[] = {
		/* the RFC's */
		{ "sip:%61lice@atlanta.com;transport=TCP",
		  "sip:alice@AtLanTa.CoM;Transport=tcp" },
		{ "sip:carol@chicago.com",
		  "sip:carol@chicago.com;newparam=5" },
		{ "sip:carol@chicago.com",
		  "sip:carol@chicago.com;security=on" },
		{ "sip:biloxi.com;transport=tcp;method=REGISTER?to=sip:bob%40biloxi.com",
		  "sip:biloxi.com;method=REGISTER;transport=tcp?to=sip:bob%40biloxi.com" },
		{ "sip:alice@atlanta.com?subject=project%20x&priority=urgent",
		  "sip:alice@atlanta.com?priority=urgent&subject=project%20x" },
		/* escapes, addresses */
		{ "sip:bob@[2001:db8::10]", "sip:bob@[2001:DB8:0:0:0:0:0:10]" },
		{ "sip:bob@192.0.2.1:5070", "SIP:bob@192.0.2.1:5070" },
		{ "sip:a;b=c@example.com", "sip:a;%62=c@example.com" },
		{ "sip:a:pw@example.com", "sip:a:p%77@example.com" },
		{ "mailto:a@example.com", "mailto:a@example.com" },
		/* nothing is no header */
		{ "sip:a@example.com?a=1&b=2", "sip:a@example.com?&b=2&&&a=1&" },
		{ "sip:a@example.com", "sip:a@example.com?&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(pairs); i++)
		assert_true(equal(pairs[i].a, pairs[i].b));
}

static void different(void **state)
{
	static const struct pair pairs[] = {
		/* the RFC's */
		{ "SIP:ALICE@AtLanTa.CoM;Transport=udp",
		  "sip:alice@AtLanTa.CoM;Transport=UDP" },
		{ "sip:bob@biloxi.com", "sip:bob@biloxi.com:5060" },
		{ "sip:bob@biloxi.com", "sip:bob@biloxi.com;transport=udp" },
		{ "sip:bob@biloxi.com", "sip:bob@biloxi.com:6000;transport=tcp" },
		{ "sip:carol@chicago.com",
		  "sip:carol@chicago.com?Subject=next%20meeting" },
		{ "sip:bob@phone21.boxesbybob.com", "sip:bob@192.0.2.4" },
		{ "sip:carol@chicago.com;security=on",
		  "sip:carol@chicago.com;security=off" },
		/* what one alone must not have */
		{ "sip:a@example.com", "sip:a@example.com;user=ip" },
		{ "sip:a@example.com", "sip:a@example.com;ttl=1" },
		{ "sip:a@example.com", "sip:a@example.com;maddr=192.0.2.1" },
		{ "sip:a@example.com", "sip:a@example.com;method=INVITE" },
		{ "sip:a@example.com", "sips:a@example.com" },
		{ "sip:a@example.com", "sip:a:b@example.com" },
		{ "sip:a@example.com", "sip:example.com" },
		/* reserved characters are not their escapes */
		{ "sip:a;b@example.com", "sip:a%3bb@example.com" },
		{ "sip:a@example.com", "sip:a%00@example.com" },
		{ "sip:null-%00-null@example.com", "sip:null-%01-null@example.com" },
		{ "sip:a@example.com?a=1&a=1&b=2", "sip:a@example.com?a=1&b=2&b=2" },
		{ "sip:a@[2001:db8::10]", "sip:a@[2001:db8::11]" },
		{ "mailto:a@example.com", "mailto:A@example.com" },
		{ "sip:a@example.com", "nonsense" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(pairs); i++)
		assert_false(equal(pairs[i].a, pairs[i].b));
}

/* "Equality is not transitive", says the RFC, with these. */
static void not_transitive(void **state)
{
	(void)state;
	assert_true(equal("sip:carol@chicago.com",
			  "sip:carol@chicago.com;security=on"));
	assert_true(equal("sip:carol@chicago.com",
			  "sip:carol@chicago.com;security=off"));
}

static char long_a[1024], long_b[1024];

/* "sip:HOST" with @count parts behind it, from the first or from the last. */
static const char *long_uri(char *to, const char *host, const char *part,
			    u32 count, bool back)
{
	u32 i, len = (u32)sprintf(to, "sip:%s", host);

	for (i = 0; i < count; i++)
		len += (u32)sprintf(to + len, "%c%c%u",
				    *part == '?' && i ? '&' : *part, part[1],
				    back ? count - 1 - i : i);
	return to;
}

static bool equal_parts(const char *part, const char *other, u32 a, u32 b)
{
	return equal(long_uri(long_a, "example.com", part, a, false),
		     long_uri(long_b, "EXAMPLE.com", other, b, true));
}

/* Each of the one is looked for in the other: only so many are. */
static void many(void **state)
{
	(void)state;
	assert_true(equal_parts(";x", ";x", 32, 32));
	assert_true(equal_parts(";x", ";y", 32, 32));
	assert_false(equal_parts(";x", ";x", 33, 33));
	assert_false(equal_parts(";x", ";x", 33, 32));
	assert_false(equal_parts(";x", ";y", 33, 1));
	assert_true(equal_parts("?x", "?x", 32, 32));
	assert_false(equal_parts("?x", "?x", 33, 33));
	/* the same bytes are, however many */
	long_uri(long_a, "example.com", ";x", 100, false);
	assert_true(equal(long_a, long_uri(long_b, "example.com", ";x", 100,
					   false)));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(same),
		TEST(different),
		TEST(not_transitive),
		TEST(many),
	};

	return run(tests, ARRAY_SIZE(tests));
}
