// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * scan.c - byte classes, and scans against their simplest form
 */
#include "test.h"

#include <string.h>

#include "scan.h"

#define ALPHA "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGIT "0123456789"

static bool in(const char *set, u32 c)
{
	return c && c < 0x80 && strchr(set, (int)c);
}

/* RFC 3261, 25.1 */
static void classes(void **state)
{
	u32 c;

	(void)state;
	for (c = 0; c < 256; c++) {
		bool visible = (c > 0x20 && c < 0x7f) || c >= 0x80;
		char b = (char)c;

		row("0x%02x", c);
		assert_int_equal(sf_is(b, SF_C_TOKEN),
				 in(ALPHA DIGIT "-.!%*_+`'~", c));
		assert_int_equal(sf_is(b, SF_C_LWS), in(" \t\r\n", c));
		assert_int_equal(sf_is(b, SF_C_HOST), in(ALPHA DIGIT "-._", c));
		assert_int_equal(sf_is(b, SF_C_DIGIT), in(DIGIT, c));
		assert_int_equal(sf_is(b, SF_C_HEX), in(DIGIT "abcdefABCDEF", c));
		assert_int_equal(sf_is(b, SF_C_URI), visible && !in("\"<>", c));
		assert_int_equal(sf_is(b, SF_C_VALUE),
				 visible && !in("\",;<>?\\", c));
		assert_int_equal(sf_is(b, SF_C_DISPLAY),
				 (visible && !in("\",;:<>@\\", c)) ||
				 in(" \t\r\n", c));
	}
}

static u32 eol_slow(const char *buf, u32 pos, u32 end)
{
	while (pos < end && buf[pos] != '\r' && buf[pos] != '\n')
		pos++;
	return pos;
}

static u32 name_slow(const char *buf, u32 pos, u32 end)
{
	while (pos < end && (u8)buf[pos] > 0x20 && buf[pos] != ':')
		pos++;
	return pos;
}

static u32 byte_slow(const char *buf, u32 pos, u32 end, char c)
{
	while (pos < end && buf[pos] != c)
		pos++;
	return pos;
}

static u32 uri_slow(const char *buf, u32 pos, u32 end)
{
	while (pos < end && sf_is(buf[pos], SF_C_URI))
		pos++;
	return pos;
}

static u32 item_slow(const char *buf, u32 pos, u32 end)
{
	while (pos < end && buf[pos] != '"' && buf[pos] != ',' && buf[pos] != '<')
		pos++;
	return pos;
}

static void compare(const char *bytes, u32 len)
{
	const char *buf = guard_tail(bytes, len);
	u32 pos;

	for (pos = 0; pos <= len; pos++) {
		assert_int_equal(sf_scan_eol(buf, pos, len),
				 eol_slow(buf, pos, len));
		assert_int_equal(sf_scan_name(buf, pos, len),
				 name_slow(buf, pos, len));
		assert_int_equal(sf_scan_uri(buf, pos, len),
				 uri_slow(buf, pos, len));
		assert_int_equal(sf_scan_item(buf, pos, len),
				 item_slow(buf, pos, len));
		assert_int_equal(sf_scan_byte(buf, pos, len, ';'),
				 byte_slow(buf, pos, len, ';'));
		assert_int_equal(sf_scan_byte(buf, pos, len, '\0'),
				 byte_slow(buf, pos, len, '\0'));
	}
}

/* Each byte value at each place of a word, alone and behind its neighbours. */
static void places(void **state)
{
	char bytes[20];
	u32 c, at;

	(void)state;
	for (c = 0; c < 256; c++) {
		for (at = 0; at < sizeof(bytes); at++) {
			row("0x%02x at %u", c, at);
			memset(bytes, 'x', sizeof(bytes));
			bytes[at] = (char)c;
			compare(bytes, sizeof(bytes));
			if (!at)
				continue;
			bytes[at - 1] = (char)(c - 1);
			compare(bytes, sizeof(bytes));
			bytes[at - 1] = (char)(c + 1);
			compare(bytes, sizeof(bytes));
		}
	}
}

static void random_bytes(void **state)
{
	static const char some[] = "ab\r\n\t \0:;!\x7f\x80\xff\x0c\x0e";
	char bytes[40];
	u32 n, i, len;

	(void)state;
	for (n = 0; n < 20000; n++) {
		len = random_u32() % sizeof(bytes);
		for (i = 0; i < len; i++)
			bytes[i] = some[random_u32() % (sizeof(some) - 1)];
		row("random %u", n);
		compare(bytes, len);
	}
}

static void quoted(void **state)
{
	static const struct {
		const char *text;
		u32 len;
		u32 end;
	} rows[] = {
		{ "\"\"", 2, 2 },
		{ "\"a\"b", 4, 3 },
		{ "\"a\\\"\"", 5, 5 },
		{ "\"\\\\\"", 4, 4 },
		{ "\"\\\0\"", 4, 4 },
		{ "\"a,<>;\"x", 8, 7 },
		{ "\"", 1, 0 },
		{ "\"a", 2, 0 },
		{ "\"a\\", 3, 0 },
		{ "\"a\\\"", 4, 0 },
	};
	u32 i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		row("%s", rows[i].text);
		assert_int_equal(sf_scan_quoted(guard_tail(rows[i].text,
							   rows[i].len),
						0, rows[i].len), rows[i].end);
	}
}

static void load_upto8(void **state)
{
	const char bytes[] = { 1, 2, 3, 4, 5, 6, 7, 8, 9 };
	u64 want = 0;
	u32 len;

	(void)state;
	for (len = 0; len <= sizeof(bytes); len++) {
		row("%u bytes", len);
		assert_true(sf_load_upto8(guard_tail(bytes, len), len) == want);
		if (len < 8)
			want |= (u64)bytes[len] << 8 * len;
	}
}

static const struct CMUnitTest tests[] = {
	TEST(classes),
	TEST(places),
	TEST(random_bytes),
	TEST(quoted),
	TEST(load_upto8),
};

int main(void)
{
	return run(tests, ARRAY_SIZE(tests));
}
