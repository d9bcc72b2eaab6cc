// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * find.c - addresses in text, against memmem
 */
#define _GNU_SOURCE
#include "test.h"

#include <stdio.h>
#include <string.h>

#include <sipfast/find.h>

static void add(struct sf_find *find, const char *text)
{
	struct sf_ip ip;

	assert_true(sf_span_ip(text, whole((u32)strlen(text)), &ip));
	sf_find_add(find, &ip);
}

static bool in(const struct sf_find *find, const char *text)
{
	u32 len = (u32)strlen(text);
	bool found = sf_find_in(find, guard_tail(text, len), whole(len));

	assert_int_equal(sf_find_in(find, guard_head(text, len), whole(len)),
			 found);
	return found;
}

/* At every place of texts of every length, up to both ends. */
static void everywhere(void **state)
{
	static const char *const addresses[] = {
		"1.2.3.4", "10.0.0.1", "192.168.1.10", "255.255.255.255",
	};
	char text[64];
	u32 i, len, at, n;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(addresses); i++) {
		struct sf_find find;

		sf_find_init(&find);
		add(&find, "203.0.113.1");
		add(&find, addresses[i]);
		n = (u32)strlen(addresses[i]);
		for (len = n; len < sizeof(text); len++)
			for (at = 0; at + n <= len; at++) {
				memset(text, len & 1 ? '.' : '1', len);
				text[len] = '\0';
				memcpy(text + at, addresses[i], n);
				row("%s", text);
				assert_true(in(&find, text));
			}
	}
}

static void not_there(void **state)
{
	struct sf_find find;

	(void)state;
	sf_find_init(&find);
	assert_false(in(&find, "sip:bob@192.168.1.10"));
	add(&find, "192.168.1.10");
	add(&find, "203.0.113.1");
	assert_false(in(&find, "sip:bob@biloxi.example.com;tag=1.2.3.4"));
	assert_false(in(&find, "sip:bob@192.168.1.1"));
	assert_false(in(&find, "sip:bob@192.168.11.10"));
	assert_false(in(&find, "sip:bob@203.0.113.2:5060"));
	assert_false(in(&find, "sip:bob@192.168.1."));
	assert_false(in(&find, "92.168.1.10"));
	assert_true(in(&find, "sip:bob@192.168.1.10"));
	assert_true(in(&find, "<sip:203.0.113.1>"));
	/* more than is looked for: the parser tells */
	assert_true(in(&find, "sip:bob@192.168.1.100"));
}

/* IPv6 has many ways to be written. */
static void any(void **state)
{
	struct sf_find find;

	(void)state;
	sf_find_init(&find);
	add(&find, "192.168.1.10");
	add(&find, "2001:db8::1");
	assert_true(in(&find, "sip:bob@biloxi.example.com"));
}

/* Never missed, whatever is around it. */
static void random_texts(void **state)
{
	static const char alphabet[] = "0123.";
	char text[41], want[16];
	struct sf_find find;
	struct sf_ip ip = { .family = 4 };
	u32 i, j, len, found = 0;

	(void)state;
	for (i = 0; i < 200000; i++) {
		for (j = 0; j < 4; j++)
			ip.v4[j] = (u8)(random_u32() % 4);
		sf_find_init(&find);
		sf_find_add(&find, &ip);
		snprintf(want, sizeof(want), "%u.%u.%u.%u", ip.v4[0], ip.v4[1],
			 ip.v4[2], ip.v4[3]);
		len = 8 + random_u32() % 33;
		for (j = 0; j < len; j++)
			text[j] = alphabet[j % 2 ? 4 : random_u32() % 4];
		text[len] = '\0';
		row("%s in %s", want, text);
		assert_int_equal(sf_find_in(&find, text, whole(len)),
				 !!memmem(text, len, want, strlen(want)));
		found += !!memmem(text, len, want, strlen(want));
	}
	assert_true(found > 1000);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(everywhere), TEST(not_there), TEST(any),
		TEST(random_texts),
	};

	return run(tests, ARRAY_SIZE(tests));
}
