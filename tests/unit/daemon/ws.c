// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * ws.c - frames of a WebSocket: what they make, and what is refused
 */
#include "world.h"

#include <stdio.h>

#include "../../../daemon/net/ws.h"

/* A frame's head, with a mask of zeros: what it carries reads as it is. */
#define MASK "\0\0\0\0"
/* The first fragment of a text, of one byte. */
#define FIRST "\x01\x81"
#define FIRST_A FIRST MASK "a"
#define B "b"
#define P "p"
#define C3 "\xc3"
#define TEXT_HI "\x81\x82" MASK "hi"
#define LIT(text) text, sizeof(text) - 1

/* What came, one letter for each, with what it carried and its code. */
static char came_text[4096];
static u32 came_len;

static void note(enum sf_ws_event event, const struct sf_ws_came *came)
{
	static const char letters[] = "?mpqcx";

	came_len += (u32)snprintf(came_text + came_len,
				  sizeof(came_text) - came_len, "%c", letters[event]);
	if (event == SF_WS_CLOSED || event == SF_WS_BROKEN)
		came_len += (u32)snprintf(came_text + came_len,
					  sizeof(came_text) - came_len, "%u",
					  came->code);
	else
		came_len += (u32)snprintf(came_text + came_len,
					  sizeof(came_text) - came_len, "(%.*s)",
					  (int)came->len, came->bytes);
}

static bool feed(struct sf_ws *ws, const char *bytes, u32 len)
{
	struct sf_ws_came came;
	enum sf_ws_event event;

	sf_ws_feed(ws, guard_tail(bytes, len), len);
	while ((event = sf_ws_next(ws, &came))) {
		note(event, &came);
		if (event == SF_WS_CLOSED || event == SF_WS_BROKEN)
			return false;
	}
	return true;
}

static const char *read_in(const char *bytes, u32 len, u32 piece)
{
	struct sf_ws ws = { 0 };
	u32 pos, n;

	came_len = 0;
	came_text[0] = '\0';
	for (pos = 0; pos < len; pos += n) {
		n = piece < len - pos ? piece : len - pos;
		if (!feed(&ws, bytes + pos, n))
			break;
	}
	if (pos >= len && sf_ws_partial(&ws))
		strcat(came_text, "...");
	else if (pos >= len)
		assert_null(ws.frames);
	sf_ws_free(&ws);
	return came_text;
}

static const struct {
	const char *bytes;
	u32 len;
	const char *want;
} rows[] = {
	{ LIT(TEXT_HI), "m(hi)" },
	{ LIT("\x82\x82" MASK "\xff\xfe"), "m(\xff\xfe)" },
	{ LIT("\x81\x82\x01\x02\x03\x04ik"), "m(hi)" },
	{ LIT(TEXT_HI TEXT_HI), "m(hi)m(hi)" },
	{ LIT("\x81\x80" MASK), "m()" },
	{ LIT(FIRST_A "\x00\x81" MASK B "\x80\x81" MASK "c"),
	  "m(abc)" },
	{ LIT("\x01\x80" MASK "\x80\x80" MASK), "m()" },
	{ LIT(FIRST_A "\x89\x81" MASK P "\x80\x81" MASK B),
	  "p(p)m(ab)" },
	{ LIT("\x89\x80" MASK "\x8a\x82" MASK "xy"), "p()q(xy)" },
	{ LIT("\x88\x82" MASK "\x03\xe8"), "c1000" },
	{ LIT("\x88\x80" MASK), "c1005" },
	{ LIT("\x88\x84" MASK "\x0b\xb8ok"), "c3000" },
	/* a character in two fragments */
	{ LIT(FIRST MASK C3 "\x80\x81" MASK "\xa4"), "m(\xc3\xa4)" },
	/* not whole */
	{ LIT("\x81"), "..." },
	{ LIT("\x81\x82" MASK "h"), "..." },
	{ LIT("\x01\x81" MASK "a"), "..." },
	{ LIT("\x81\xfe\x00"), "..." },
	/* without a mask, reserved bits, reserved kinds */
	{ LIT("\x81\x02hi"), "x1002" },
	{ LIT("\x89\x00"), "x1002" },
	{ LIT("\xc1\x82" MASK "hi"), "x1002" },
	{ LIT("\xa1\x82" MASK "hi"), "x1002" },
	{ LIT("\x91\x82" MASK "hi"), "x1002" },
	{ LIT("\x83\x82" MASK "hi"), "x1002" },
	{ LIT("\x8b\x82" MASK "hi"), "x1002" },
	/* goes on with nothing; begins again within another */
	{ LIT("\x80\x81" MASK "a"), "x1002" },
	{ LIT(FIRST_A "\x81\x81" MASK B), "x1002" },
	/* control in fragments, or too long; lengths that are written too long */
	{ LIT("\x09\x81" MASK "a"), "x1002" },
	{ LIT("\x89\xfe\x00\x7e" MASK), "x1002" },
	{ LIT("\x81\xfe\x00\x7d" MASK), "x1002" },
	{ LIT("\x81\xff\x00\x00\x00\x00\x00\x00\xff\xff" MASK), "x1002" },
	{ LIT("\x81\xff\x80\x00\x00\x00\x00\x00\x00\x00" MASK), "x1002" },
	/* closing with one byte, with codes that nobody may send, with no text */
	{ LIT("\x88\x81" MASK "a"), "x1002" },
	{ LIT("\x88\x82" MASK "\x03\xe7"), "x1002" },
	{ LIT("\x88\x82" MASK "\x03\xed"), "x1002" },
	{ LIT("\x88\x82" MASK "\x07\xd0"), "x1002" },
	{ LIT("\x88\x83" MASK "\x03\xe8\xff"), "x1007" },
	/* text that is none: cut, too long, a surrogate, above the last */
	{ LIT("\x81\x81" MASK "\xc3"), "x1007" },
	{ LIT("\x81\x82" MASK "\xc0\x80"), "x1007" },
	{ LIT("\x81\x83" MASK "\xe0\x80\x80"), "x1007" },
	{ LIT("\x81\x83" MASK "\xed\xa0\x80"), "x1007" },
	{ LIT("\x81\x84" MASK "\xf4\x90\x80\x80"), "x1007" },
	{ LIT("\x81\x84" MASK "\xf0\x9f\x98\x80"), "m(\xf0\x9f\x98\x80)" },
	/* 16 MB, and one more than a message may have */
	{ LIT("\x82\xff\x00\x00\x00\x00\x01\x00\x00\x00" MASK "a"), "x1009" },
	{ LIT("\x82\xff\x00\x00\x00\x00\x00\x01\x00\x00" MASK "a"), "x1009" },
};

/* At once, byte by byte, and in pieces of every size up to the whole. */
static void frames(void **state)
{
	u32 i, piece;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		for (piece = 1; piece <= rows[i].len; piece++) {
			row("%u in pieces of %u", i, piece);
			assert_string_equal(read_in(rows[i].bytes, rows[i].len, piece),
					    rows[i].want);
		}
	}
}

static u32 make(char *out, u8 first, u32 len)
{
	u32 head = sf_ws_head(out, first & 0xf, len);

	out[0] = (char)first;
	out[1] |= (char)0x80;
	memset(out + head, 0, 4);
	memset(out + head + 4, 'a', len);
	return head + 4 + len;
}

/* The longest message, in one frame and in two; one byte more is refused. */
static void longest(void **state)
{
	static char bytes[2 * SF_MSG_MAX];
	struct sf_ws_came came;
	struct sf_ws ws = { 0 };
	u32 len = make(bytes, 0x82, SF_MSG_MAX), half = make(bytes + len, 0x02, 10);

	(void)state;
	sf_ws_feed(&ws, bytes, len);
	assert_int_equal(sf_ws_next(&ws, &came), SF_WS_MESSAGE);
	assert_int_equal(came.len, SF_MSG_MAX);
	assert_int_equal(sf_ws_next(&ws, &came), SF_WS_NOTHING);
	assert_null(ws.message);
	assert_null(ws.frames);
	sf_ws_feed(&ws, bytes + len, half);
	assert_int_equal(sf_ws_next(&ws, &came), SF_WS_NOTHING);
	len = make(bytes, 0x80, SF_MSG_MAX - 10);
	sf_ws_feed(&ws, bytes, len);
	assert_int_equal(sf_ws_next(&ws, &came), SF_WS_MESSAGE);
	assert_int_equal(came.len, SF_MSG_MAX);
	half = make(bytes, 0x02, 10);
	len = half + make(bytes + half, 0x80, SF_MSG_MAX - 9);
	sf_ws_feed(&ws, bytes, len);
	assert_int_equal(sf_ws_next(&ws, &came), SF_WS_BROKEN);
	assert_int_equal(came.code, SF_WS_TOO_LARGE);
	sf_ws_free(&ws);
}

/* Who announces much and sends little holds little. */
static void promises(void **state)
{
	static char bytes[SF_MSG_MAX + 14];
	struct sf_ws_came came;
	struct sf_ws ws = { 0 };

	(void)state;
	make(bytes, 0x82, 60000);
	sf_ws_feed(&ws, bytes, 20);
	assert_int_equal(sf_ws_next(&ws, &came), SF_WS_NOTHING);
	assert_true(sf_ws_partial(&ws));
	assert_true(ws.size <= 2048);
	sf_ws_free(&ws);
}

static void heads(void **state)
{
	char head[SF_WS_HEAD_MAX];

	(void)state;
	assert_int_equal(sf_ws_head(head, SF_WS_TEXT, 125), 2);
	assert_memory_equal(head, "\x81\x7d", 2);
	assert_int_equal(sf_ws_head(head, SF_WS_BINARY, 126), 4);
	assert_memory_equal(head, "\x82\x7e\x00\x7e", 4);
	assert_int_equal(sf_ws_head(head, SF_WS_TEXT, 65535), 4);
	assert_memory_equal(head, "\x81\x7e\xff\xff", 4);
	assert_int_equal(sf_ws_head(head, SF_WS_TEXT, 65536), 10);
	assert_memory_equal(head, "\x81\x7f\0\0\0\0\0\x01\0\0", 10);
}

static const struct CMUnitTest tests[] = {
	TEST(frames), TEST(longest), TEST(promises), TEST(heads),
};

int main(void)
{
	return run(tests, ARRAY_SIZE(tests));
}
