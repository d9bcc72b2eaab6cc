// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * name.c - names of hosts
 */
#include <stdio.h>

#include "../../../daemon/sip/dns_name.h"
#include "wire.h"
#include "world.h"

#define LABEL_63	"a23456789012345678901234567890123456789012345678901234567890123"
#define NAME_253	LABEL_63 "." LABEL_63 "." LABEL_63 "." \
			"a234567890123456789012345678901234567890123456789012345678901"

static void text(void **state)
{
	static const struct {
		const char *text;
		const char *name;	/* NULL: none */
	} rows[] = {
		{ "example.com", "example.com" },
		{ "Example.COM.", "example.com" },
		{ "pbx", "pbx" },
		{ "_sip._udp.a-b.example", "_sip._udp.a-b.example" },
		{ "1.example", "1.example" },
		{ LABEL_63 ".x", LABEL_63 ".x" },
		{ LABEL_63 "4.x", NULL },
		{ NAME_253, NAME_253 },
		{ NAME_253 ".", NAME_253 },
		{ NAME_253 "x", NULL },
		{ "", NULL }, { ".", NULL }, { "..", NULL }, { ".a", NULL },
		{ "a..b", NULL }, { "a b", NULL }, { "a\\b", NULL }, { "a/b", NULL },
		{ "b\xc3\xbcro.example", NULL }, { "a:5060", NULL }, { "[::1", NULL },
		{ "192.0.2.256", NULL }, { "1.2.3", NULL }, { "7", NULL },
	};
	char name[SF_DNS_NAME_SIZE];
	u32 i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		u32 len = (u32)strlen(rows[i].text);
		struct sf_text in = { guard_tail(rows[i].text, len), len };

		row("%s", rows[i].text);
		assert_int_equal(sf_dns_name_text(name, in), !!rows[i].name);
		if (rows[i].name)
			assert_string_equal(name, rows[i].name);
	}
}

static void text_with_nul(void **state)
{
	struct sf_text in = { "a\0b", 3 };
	char name[SF_DNS_NAME_SIZE];

	(void)state;
	assert_false(sf_dns_name_text(name, in));
}

static u32 read_name(const char *bytes, u32 len, u32 off, char *name)
{
	return sf_dns_name_read((const u8 *)guard_tail(bytes, len), len, off, name);
}

/* Bytes, where the name begins, where it ends; 0: it does not. */
static void wire(void **state)
{
#define ROW(bytes, off, end, name) { bytes, sizeof(bytes) - 1, off, end, name }
	static const struct {
		const char *bytes;
		u32 len;
		u32 off;
		u32 end;
		const char *name;
	} rows[] = {
		ROW("\1a\2BC\0", 0, 6, "a.bc"),
		ROW("\0", 0, 1, ""),
		ROW("\1a\0\1b\xc0\0", 3, 7, "b.a"),
		ROW("\1a\0\xc0\0\xc0\3", 5, 7, "a"),
		ROW("\3a.b\0", 0, 5, "?"),
		ROW("\1\0\1a\0", 0, 5, "?"),
		ROW("\1 \1a\0", 0, 5, "?"),
		/* what has no end, or none inside */
		ROW("\1a", 0, 0, ""), ROW("\2a\0", 0, 0, ""), ROW("\1", 0, 0, ""),
		ROW("", 0, 0, ""), ROW("\1a\xc0", 0, 0, ""), ROW("\1a\0", 9, 0, ""),
		ROW("\xc0\0", 0, 0, ""), ROW("\xc0\2\0", 0, 0, ""),
		ROW("\1a\xc0\0", 0, 0, ""), ROW("\1a\xc0\2", 0, 0, ""),
		ROW("\xc0\2\xc0\0", 2, 0, ""), ROW("\xff\xff", 0, 0, ""),
		/* kinds of labels that are none */
		ROW("\101a\0", 0, 0, ""), ROW("\200a\0", 0, 0, ""),
	};
#undef ROW
	char name[SF_DNS_NAME_SIZE];
	u32 i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		row("%u", i);
		assert_int_equal(read_name(rows[i].bytes, rows[i].len, rows[i].off,
					   name), rows[i].end);
		if (rows[i].end)
			assert_string_equal(name, rows[i].name);
	}
}

static void wire_longest(void **state)
{
	char name[SF_DNS_NAME_SIZE], longer[256];
	struct wire out = { .len = 0 };

	(void)state;
	wire_name(&out, NAME_253);
	assert_int_equal(read_name((char *)out.buf, out.len, 0, name), 255);
	assert_string_equal(name, NAME_253);
	snprintf(longer, sizeof(longer), "%sx", NAME_253);
	out.len = 0;
	wire_name(&out, longer);
	assert_int_equal(read_name((char *)out.buf, out.len, 0, name), 0);
}

/* As many pointers as fit: each leads back, so it ends, and soon. */
static void wire_pointers(void **state)
{
	char bytes[16000], name[SF_DNS_NAME_SIZE];
	u32 i;

	(void)state;
	memcpy(bytes, "\0\0", 2);
	for (i = 2; i < sizeof(bytes); i += 2) {
		bytes[i] = (char)(0xc0 | (i - 2) >> 8);
		bytes[i + 1] = (char)(i - 2);
	}
	assert_int_equal(read_name(bytes, sizeof(bytes), sizeof(bytes) - 2, name),
			 sizeof(bytes));
	assert_string_equal(name, "");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(text), TEST(text_with_nul), TEST(wire), TEST(wire_longest),
		TEST(wire_pointers),
	};

	return run(tests, ARRAY_SIZE(tests));
}
