// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * hdr.c - every name of the tables finds its number, and nothing else does
 */
#include "test.h"

#include <ctype.h>
#include <string.h>

#include <sipfast/hdr.h>

static const struct {
	enum sf_hdr_id id;
	const char *name;
	char compact;
} known[] = {
#define X(sym, name, compact) \
	{ SF_HDR_##sym, name, compact },
	SF_HDRS(X)
#undef X
};

static enum sf_hdr_id id_of_bytes(const char *bytes, u32 len)
{
	return sf_hdr_id(guard_tail(bytes, len), whole(len));
}

static enum sf_hdr_id id_of(const char *name)
{
	return id_of_bytes(name, (u32)strlen(name));
}

/*
 * If a name that was added fails here, two names share a slot: hdr.c needs
 * another HDR_MULT, and its slots anew, as `make slots` prints them.
 */
static void full_names(void **state)
{
	char text[32];
	u32 i, j;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(known); i++) {
		row("%s", known[i].name);
		assert_int_equal(id_of(known[i].name), known[i].id);
		assert_string_equal(sf_hdr_name(known[i].id), known[i].name);
		strcpy(text, known[i].name);
		for (j = 0; text[j]; j++)
			text[j] = (char)toupper(text[j]);
		assert_int_equal(id_of(text), known[i].id);
		for (j = 0; text[j]; j++)
			text[j] = (char)tolower(text[j]);
		assert_int_equal(id_of(text), known[i].id);
	}
}

static void compact_names(void **state)
{
	enum sf_hdr_id want[256] = { SF_HDR_OTHER };
	char text[2] = "";
	u32 i, c;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(known); i++) {
		c = (u8)known[i].compact;
		if (!c)
			continue;
		want[c] = known[i].id;
		want[toupper((int)c)] = known[i].id;
	}
	for (c = 0; c < 256; c++) {
		row("0x%02x", c);
		text[0] = (char)c;
		assert_int_equal(id_of_bytes(text, 1), want[c]);
	}
}

/* One byte changed, cut off or added makes another name. */
static void near_misses(void **state)
{
	char text[32];
	u32 i, j, c, len;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(known); i++) {
		len = (u32)strlen(known[i].name);
		for (j = 0; j < len; j++) {
			for (c = 0; c < 256; c++) {
				row("%s, byte %u is 0x%02x", known[i].name, j,
				    c);
				memcpy(text, known[i].name, len);
				text[j] = (char)c;
				if (tolower((int)c) ==
				    tolower(known[i].name[j]))
					continue;
				assert_int_not_equal(id_of_bytes(text, len),
						     known[i].id);
			}
		}
		row("%s, and more or less", known[i].name);
		memcpy(text, known[i].name, len);
		text[len] = 's';
		assert_int_equal(id_of_bytes(text, len + 1), SF_HDR_OTHER);
		/* "t" is To indeed */
		if (len > 2)
			assert_int_not_equal(id_of_bytes(text, len - 1),
					     known[i].id);
	}
	assert_int_equal(id_of(""), SF_HDR_OTHER);
	assert_int_equal(id_of("X-A-Very-Long-Name-Of-Somebody's-Own-Header"),
			 SF_HDR_OTHER);
	assert_string_equal(sf_hdr_name(SF_HDR_OTHER), "");
	assert_string_equal(sf_hdr_name(SF_HDR_COUNT), "");
}

static void methods(void **state)
{
	static const struct {
		enum sf_method id;
		const char *name;
	} rows[] = {
#define X(sym, name) \
	{ SF_METHOD_##sym, name },
		SF_METHODS(X)
#undef X
		{ SF_METHOD_OTHER, "invite" },
		{ SF_METHOD_OTHER, "Invite" },
		{ SF_METHOD_OTHER, "INVITES" },
		{ SF_METHOD_OTHER, "INVIT" },
		{ SF_METHOD_OTHER, "RE%47IST%45R" },
		{ SF_METHOD_OTHER, "" },
		{ SF_METHOD_OTHER, "X" },
	};
	u32 i, len;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		row("%s", rows[i].name);
		len = (u32)strlen(rows[i].name);
		assert_int_equal(sf_method_id(guard_tail(rows[i].name, len),
					      whole(len)), rows[i].id);
		if (rows[i].id)
			assert_string_equal(sf_method_name(rows[i].id),
					    rows[i].name);
	}
	assert_string_equal(sf_method_name(SF_METHOD_OTHER), "");
	assert_string_equal(sf_method_name(SF_METHOD_COUNT), "");
}

static const struct CMUnitTest tests[] = {
	TEST(full_names),
	TEST(compact_names),
	TEST(near_misses),
	TEST(methods),
};

int main(void)
{
	return run(tests, ARRAY_SIZE(tests));
}
