// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * ip.c - reading and writing addresses, against inet_pton() and by hand
 */
#include "test.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

static bool read_ip(const char *text, struct sf_ip *ip)
{
	u32 len = (u32)strlen(text);

	return sf_span_ip(guard_tail(text, len), whole(len), ip);
}

static void v4(void **state)
{
	static const char *const good[] = {
		"0.0.0.0", "192.0.2.1", "255.255.255.255", "10.0.0.10",
	};
	static const char *const bad[] = {
		"", ".", "1", "1.2.3", "1.2.3.", "1.2.3.4.", "1.2.3.4.5",
		"256.0.0.1", "1.2.3.999", "01.2.3.4", "1.2.3.00", "1..2.3",
		"1.2.3.4 ", " 1.2.3.4", "1.2.3.4a", "[1.2.3.4]", "1.2.3.-4",
		"0x7f.0.0.1", "127.1", "a.b.c.d",
	};
	struct sf_ip ip;
	u8 want[4];
	u32 i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(good); i++) {
		row("%s", good[i]);
		assert_true(read_ip(good[i], &ip));
		assert_int_equal(ip.family, 4);
		assert_int_equal(inet_pton(AF_INET, good[i], want), 1);
		assert_memory_equal(ip.v4, want, 4);
	}
	ip.family = 77;
	for (i = 0; i < ARRAY_SIZE(bad); i++) {
		row("%s", bad[i]);
		assert_false(read_ip(bad[i], &ip));
	}
	assert_int_equal(ip.family, 77);
}

static void v6(void **state)
{
	static const char *const good[] = {
		"::", "::1", "1::", "2001:db8::10", "2001:db8::9:255",
		"1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7::", "::2:3:4:5:6:7:8",
		"1::3:4:5:6:7:8", "fe80::1:2", "::ffff:192.0.2.10",
		"2001:db8::192.0.2.1", "1:2:3:4:5:6:192.0.2.1", "ABCD:ef01::",
		"2001:db8::10:5070", "::1.2.3.4", "1:2:3:4:5::1.2.3.4",
	};
	static const char *const bad[] = {
		":", ":::", ":1", "1:", "1:2", "1:2:3:4:5:6:7", "1::2::3",
		"1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:8::", "::1:2:3:4:5:6:7:8",
		"1:::2", "12345::", "g::", "::1%eth0", "fe80::1%1", "::1 ",
		"1:2:3:4:5:6:7:1.2.3.4", "::1.2.3", "::01.2.3.4", "::1.2.3.4:5",
		"1.2.3.4::", "::256.1.1.1", "::1.2.3.4.5", "[::1", "::1]",
		"[]", "[", "]", "[[::1]]", "::::1.2.3.4", "1:2:3:4:5:6:7:",
	};
	char bracketed[64];
	struct sf_ip ip;
	u8 want[16];
	u32 i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(good); i++) {
		row("%s", good[i]);
		assert_true(read_ip(good[i], &ip));
		assert_int_equal(ip.family, 6);
		assert_int_equal(inet_pton(AF_INET6, good[i], want), 1);
		assert_memory_equal(ip.v6, want, 16);
		snprintf(bracketed, sizeof(bracketed), "[%s]", good[i]);
		assert_true(read_ip(bracketed, &ip));
		assert_memory_equal(ip.v6, want, 16);
	}
	for (i = 0; i < ARRAY_SIZE(bad); i++) {
		row("%s", bad[i]);
		assert_false(read_ip(bad[i], &ip));
	}
}

/* RFC 5118, 4.10: three colons in front of an IPv4 tail, on receipt only */
static void three_colons(void **state)
{
	struct sf_ip ip;
	u8 want[16];

	(void)state;
	inet_pton(AF_INET6, "2001:db8::192.0.2.1", want);
	assert_true(read_ip("[2001:db8:::192.0.2.1]", &ip));
	assert_memory_equal(ip.v6, want, 16);
	assert_false(read_ip("2001:db8:::1", &ip));
	assert_false(read_ip("1::2:::192.0.2.1", &ip));
	assert_false(read_ip("1:::", &ip));
}

/* Whatever inet_pton() takes is taken, and means the same. */
static void random_text(void **state)
{
	static const char some[] = "::::0123.af1.";
	char text[24];
	struct sf_ip ip;
	u8 want[16];
	u32 n, i, len;

	(void)state;
	for (n = 0; n < 300000; n++) {
		len = random_u32() % (sizeof(text) - 1);
		for (i = 0; i < len; i++)
			text[i] = some[random_u32() % (sizeof(some) - 1)];
		text[len] = '\0';
		row("%s", text);
		if (inet_pton(AF_INET6, text, want) == 1) {
			assert_true(read_ip(text, &ip));
			assert_int_equal(ip.family, 6);
			assert_memory_equal(ip.v6, want, 16);
		} else if (inet_pton(AF_INET, text, want) == 1) {
			assert_true(read_ip(text, &ip));
			assert_int_equal(ip.family, 4);
			assert_memory_equal(ip.v4, want, 4);
		} else if (!strstr(text, ":::")) {
			assert_false(read_ip(text, &ip));
		}
	}
}

static void text(void **state)
{
	static const struct {
		const char *from;
		const char *want;
	} rows[] = {
		{ "0.0.0.0", "0.0.0.0" },
		{ "203.0.113.255", "203.0.113.255" },
		{ "::", "::" },
		{ "::1", "::1" },
		{ "1::", "1::" },
		{ "2001:DB8:0:0:0:0:0:10", "2001:db8::10" },
		{ "2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1" },
		{ "2001:0:0:1:0:0:0:1", "2001:0:0:1::1" },
		{ "2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1" },
		{ "1:2:3:4:5:6:0:0", "1:2:3:4:5:6::" },
		{ "0:0:3:4:5:6:7:8", "::3:4:5:6:7:8" },
		{ "0:2:3:4:5:6:7:0", "0:2:3:4:5:6:7:0" },
		{ "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
		  "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff" },
		{ "::ffff:192.0.2.10", "::ffff:192.0.2.10" },
		{ "100:20:3::", "100:20:3::" },
	};
	char out[SF_IP_TEXT_MAX], bracketed[64];
	struct sf_ip ip;
	u32 i, len;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		row("%s", rows[i].from);
		assert_true(read_ip(rows[i].from, &ip));
		assert_text(out, whole(sf_ip_text(&ip, false, out)),
			    rows[i].want);
		len = sf_ip_text(&ip, true, out);
		snprintf(bracketed, sizeof(bracketed),
			 ip.family == 6 ? "[%s]" : "%s", rows[i].want);
		assert_text(out, whole(len), bracketed);
	}
	ip.family = 0;
	assert_int_equal(sf_ip_text(&ip, true, out), 0);
}

/* What is written reads back as the same address. */
static void round_trip(void **state)
{
	char out[SF_IP_TEXT_MAX];
	struct sf_ip ip, back;
	u32 n, i, len;

	(void)state;
	for (n = 0; n < 20000; n++) {
		ip.family = n & 1 ? 6 : 4;
		for (i = 0; i < 16; i++)
			ip.v6[i] = random_u32() & 3 ? 0 : (u8)random_u32();
		len = sf_ip_text(&ip, n & 2, out);
		row("%.*s", (int)len, out);
		assert_true(len <= SF_IP_TEXT_MAX);
		assert_true(sf_span_ip(guard_tail(out, len), whole(len), &back));
		assert_int_equal(back.family, ip.family);
		assert_memory_equal(back.v6, ip.v6, ip.family == 6 ? 16 : 4);
	}
}

static const struct CMUnitTest tests[] = {
	TEST(v4),
	TEST(v6),
	TEST(three_colons),
	TEST(random_text),
	TEST(text),
	TEST(round_trip),
};

int main(void)
{
	return run(tests, ARRAY_SIZE(tests));
}
